//! Who can read and write what: as a picture, with a table of the same facts, for one dossier and for all of them.

use core::cmp::Reverse;

use sluis_kit::Icon;
use sluis_kit::i18n::Locale;
use sluis_kit::text::share as text;
use sluis_kit::{Progress, glyph};
use sluis_link::{Access, Party, Right};
use yew::prelude::*;

use super::{on, title};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::dossier::{DossierMsg, Part};
use crate::state::share::{Reach, ShareMsg};
use crate::state::{Model, Msg};

/// Width of the map, in its own units; a unit is at most a pixel.
const WIDTH: usize = 440;
/// Where the boxes of organisations begin.
const BOX: usize = 176;
/// Height of a line.
const LINE: usize = 30;
/// Space between two boxes.
const GAP: usize = 14;
/// Most letters that fit on a line.
const LETTERS: usize = 30;
/// Width of a bar.
const BAR: usize = 160;
/// As many dossiers as are listed at once.
const MOST: usize = 200;

/// The map of one dossier: who stands around it, by organisation; the line says what they may.
pub(super) fn picture(locale: Locale, number: &str, own: &str, people: &[Access]) -> Html {
    let mut sorted: Vec<&Access> = people.iter().collect();
    sorted.sort_by_key(|one| (one.outside, &one.organisation, Reverse(one.right)));
    let mut boxes: Vec<(&str, Vec<&Access>)> = Vec::new();
    for one in sorted {
        match boxes.last_mut() {
            Some((name, all)) if *name == one.organisation => all.push(one),
            _ => boxes.push((&one.organisation, vec![one])),
        }
    }
    let height = boxes
        .iter()
        .map(|(_, all)| (all.len() + 1) * LINE + GAP)
        .sum::<usize>()
        + GAP;
    let middle = height / 2;
    let mut top = GAP;
    let drawn = boxes.iter().map(|(name, all)| {
        let from = top;
        let tall = (all.len() + 1) * LINE;
        top += tall + GAP;
        let organisation = if *name == own {
            text::own_organisation(locale)
        } else {
            text::outside(locale)
        };
        let rows = all.iter().enumerate().map(|(place, one)| {
            let y = from + (place + 1) * LINE + LINE / 2;
            html! {
                <>
                    <path class={["desk-map__line", line_of(one.right)].join(" ")} d={curve(middle, y)} />
                    <circle class="desk-map__dot" cx={BOX.to_string()} cy={y.to_string()} r="5" />
                    <text x={(BOX + 16).to_string()} y={(y + 5).to_string()}>{ short(&one.name) }</text>
                </>
            }
        });
        html! {
            <>
                <rect class={if *name == own { "desk-map__box" } else { "desk-map__box desk-map__box--outside" }}
                    x={BOX.to_string()} y={from.to_string()} width={(WIDTH - BOX - 2).to_string()} height={tall.to_string()} rx="10" />
                <text class="desk-map__title" x={(BOX + 16).to_string()} y={(from + LINE / 2 + 6).to_string()}>{ short(name) }<title>{ organisation }</title></text>
                { for rows }
            </>
        }
    });
    let drawn: Vec<Html> = drawn.collect();
    let outside = people.iter().filter(|one| one.outside).count();
    let counts = [
        text::map_counts(locale, people.len()),
        text::map_outside(locale, outside),
    ]
    .join(", ");
    html! {
        <figure class="sluis-stack desk-map">
            <svg viewBox={["0 0 ", &WIDTH.to_string(), " ", &height.to_string()].concat()} role="img" aria-label={text::map_label(locale, number, &counts)}>
                { for drawn }
                <rect class="desk-map__dossier" x="2" y={middle.saturating_sub(22).to_string()} width="92" height="44" rx="10" />
                <text class="desk-map__number" x="48" y={(middle + 5).to_string()}>{ number }</text>
            </svg>
            <figcaption class="sluis-stack">
                <ul class="desk-map__legend">
                    { for [Right::Reader, Right::Writer, Right::Steward].into_iter().map(|right| html! {
                        <li><svg viewBox="0 0 40 10" aria-hidden="true"><path class={["desk-map__line", line_of(right)].join(" ")} d="M0 5H40" /></svg>{ short_right(locale, right) }</li>
                    }) }
                </ul>
                <p>{ counts }</p>
                <div class="sluis-table-place"><table class="utrecht-table sluis-table">
                    <caption class="sluis-hidden">{ text::map_title(locale) }</caption>
                    <thead><tr>{ head(text::who(locale)) }{ head(text::may(locale)) }</tr></thead>
                    <tbody>{ for people.iter().map(|one| html! {
                        <tr class="utrecht-table__row"><td class="utrecht-table__cell">{ &one.name }<br /><span class="sluis-soft">{ &one.organisation }</span></td>{ cell(short_right(locale, one.right)) }</tr>
                    }) }</tbody>
                </table></div>
            </figcaption>
        </figure>
    }
}

/// From the dossier to a line of a box.
fn curve(middle: usize, y: usize) -> String {
    let [middle, y, turn, end] = [middle, y, 136, BOX].map(|number| number.to_string());
    [
        "M94 ", &middle, "C", &turn, " ", &middle, " 130 ", &y, " ", &end, " ", &y,
    ]
    .concat()
}

const fn line_of(right: Right) -> &'static str {
    match right {
        Right::Reader => "desk-map__line--reader",
        Right::Writer => "desk-map__line--writer",
        Right::Steward => "desk-map__line--steward",
    }
}

fn short_right(locale: Locale, right: Right) -> &'static str {
    match right {
        Right::Reader => text::line_reader(locale),
        Right::Writer => text::line_writer(locale),
        Right::Steward => text::line_steward(locale),
    }
}

/// As much of a name as a line holds; the table has all of it.
fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(LETTERS - 1).collect();
    short.push('…');
    short
}

fn head(words: &'static str) -> Html {
    html! { <th scope="col" class="utrecht-table__header-cell">{ words }</th> }
}

fn cell(words: &str) -> Html {
    html! { <td class="utrecht-table__cell">{ words }</td> }
}

/// The page over all dossiers.
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let whole = desk.count();
    html! {
        <div class="sluis-stack">
            <a class="utrecht-link utrecht-link--html-a desk-back sluis-screen-only" href={Route::Dossiers.fragment()}><Icon glyph={glyph::ARROW_LEFT} />{ text::back_to_dossiers(locale) }</a>
            { title(text::all_title(locale)) }
            if let Some(map) = &desk.share.map {
                <p class="sluis-soft">{ text::all_intro(locale, &whole.to_string()) }</p>
                <div class="sluis-columns">
                    <div class="sluis-table-place"><table id="access-table" class="utrecht-table sluis-table">
                        <caption class="sluis-hidden">{ text::all_title(locale) }</caption>
                        <thead><tr>
                            { head(text::who(locale)) }{ head(text::organisation(locale)) }{ head(text::all_reads(locale)) }{ head(text::all_writes(locale)) }{ head(text::all_decides(locale)) }
                            <th scope="col" class="utrecht-table__header-cell desk-wide-only">{ text::all_picture(locale) }</th>
                        </tr></thead>
                        <tbody>{ for map.iter().map(|reach| line(model, desk, send, reach, whole)) }</tbody>
                    </table></div>
                    { for map.iter().filter(|reach| desk.share.shown == Some(reach.who.party)).map(|reach| reached(model, desk, send, reach)) }
                </div>
            } else {
                <Progress id="access-loading" {locale} label={text::all_loading(locale)} />
            }
        </div>
    }
}

fn line(model: &Model, desk: &Desk, send: &Callback<Msg>, reach: &Reach, whole: usize) -> Html {
    let locale = model.locale;
    let who = &reach.who;
    let at_least = |right: Right| {
        let all = reach.dossiers.iter();
        all.filter(|(_, own)| *own >= right).count()
    };
    let counts = [Right::Reader, Right::Writer, Right::Steward].map(at_least);
    let on_show = desk.share.shown == Some(who.party);
    let kind = match who.party {
        Party::Team(_) => text::all_team(locale),
        Party::Member(_) => text::all_person(locale),
    };
    let onclick = on(send, Msg::Share(ShareMsg::Show(who.party)));
    let bars = counts.iter().zip(["reader", "writer", "steward"]).map(|(count, right)| {
        let width = count * BAR / whole.max(1);
        html! { <rect class={["desk-bar--", right].concat()} height="14" rx="3" width={width.to_string()} /> }
    });
    html! {
        <tr class={classes!("utrecht-table__row", on_show.then_some("utrecht-table__row--selected"))}>
            <td class="utrecht-table__cell">
                <button type="button" class="desk-open" aria-pressed={if on_show { "true" } else { "false" }} onclick={onclick.reform(|_: MouseEvent| ())}>{ &who.name }</button>
                <span class="sluis-soft">{ " " }{ kind }</span>
            </td>
            { cell(&who.organisation) }
            { for counts.iter().map(|count| html! { <td class="utrecht-table__cell sluis-number">{ count }</td> }) }
            <td class="utrecht-table__cell desk-wide-only"><svg class="desk-bar" viewBox={["0 0 ", &BAR.to_string(), " 14"].concat()} aria-hidden="true">
                <rect class="desk-bar__whole" height="14" rx="3" width={BAR.to_string()} />{ for bars }
            </svg></td>
        </tr>
    }
}

/// The dossiers of one person or team.
fn reached(model: &Model, desk: &Desk, send: &Callback<Msg>, reach: &Reach) -> Html {
    let locale = model.locale;
    let rows = reach.dossiers.iter().take(MOST).filter_map(|(key, right)| {
        let row = desk.row(*key)?;
        let open = Msg::Dossier(DossierMsg::Open(*key, Some(Part::Share)));
        Some(html! {
            <li class="desk-item">
                <div class="desk-item__words">
                    <p class="sluis-row-of"><button type="button" class="desk-open" onclick={on(send, open).reform(|_: MouseEvent| ())}>{ &row.number }</button><span>{ short_right(locale, *right) }</span></p>
                    <p class="desk-gist sluis-soft">{ &row.gist }</p>
                </div>
            </li>
        })
    });
    html! {
        <section class="sluis-card desk-group" aria-labelledby="access-shown">
            <h2 id="access-shown" class="utrecht-heading-2">{ text::all_shown(locale, &reach.who.name) }</h2>
            if reach.dossiers.is_empty() { <p>{ text::all_none(locale, &reach.who.name) }</p> }
            <ul class="desk-list">{ for rows }</ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_letters() {
        assert_eq!(short("Noor"), "Noor");
        let long = "é".repeat(LETTERS + 1);
        assert_eq!(short(&long).chars().count(), LETTERS);
    }
}
