//! Who can read and write what: as a picture, with a table of the same facts, for one dossier and for all of them.

use core::cmp::Reverse;

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::share as text;
use sluis_kit::{Progress, glyph};
use sluis_link::{Access, Party, Right};
use yew::prelude::*;

use super::light::{El, el, heading, icon, p, section};
use super::title;
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
const BAR: usize = 240;
/// A cell of a table.
const CELL: &str = "utrecht-table__cell";
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
    let mut drawing = el("svg", "")
        .with(
            "viewBox",
            ["0 0 ", &WIDTH.to_string(), " ", &height.to_string()].concat(),
        )
        .attr("role", "img");
    for (name, all) in &boxes {
        let tall = (all.len() + 1) * LINE;
        let class = if *name == own {
            "desk-map__box"
        } else {
            "desk-map__box desk-map__box--outside"
        };
        let place = [("x", BOX), ("y", top), ("width", WIDTH - BOX - 2)];
        let frame = el("rect", class)
            .at(&place)
            .at(&[("height", tall), ("rx", 10)]);
        drawing = drawing
            .kid(frame.html())
            .kid(label("desk-map__title", top, name));
        for (place, one) in all.iter().enumerate() {
            let y = top + (place + 1) * LINE;
            let dot = [("cx", BOX), ("cy", y + LINE / 2), ("r", 5)];
            drawing = drawing
                .kid(stroke(one.right, curve(middle, y + LINE / 2)))
                .kid(el("circle", "desk-map__dot").at(&dot).html())
                .kid(label("", y, &one.name));
        }
        top += tall + GAP;
    }
    let outside = people.iter().filter(|one| one.outside).count();
    let counts = [
        text::map_counts(locale, people.len()),
        text::map_outside(locale, outside),
    ]
    .join(", ");
    let pill = [("x", 2), ("y", middle.saturating_sub(22)), ("width", 92)];
    let pill = el("rect", "desk-map__dossier")
        .at(&pill)
        .at(&[("height", 44), ("rx", 10)]);
    let name = el("text", "desk-map__number").at(&[("x", 48), ("y", middle + 5)]);
    drawing = drawing
        .kid(pill.html())
        .kid(name.text(number).html())
        .with("aria-label", text::map_label(locale, number, &counts));
    let legend = [Right::Reader, Right::Writer, Right::Steward].map(|right| {
        let line = el("svg", "")
            .attr("viewBox", "0 0 40 10")
            .attr("aria-hidden", "true")
            .kid(stroke(right, "M0 5H40".to_owned()));
        el("li", "")
            .kid(line.html())
            .text(short_right(locale, right))
            .html()
    });
    let rows = people.iter().map(|one| {
        let who = el("td", CELL)
            .text(&one.name)
            .kid(el("br", "").html())
            .kid(el("span", "sluis-soft").text(&one.organisation).html());
        el("tr", "utrecht-table__row")
            .kid(who.html())
            .kid(el("td", CELL).text(short_right(locale, one.right)).html())
            .html()
    });
    let heads = vec![head(text::who(locale)), head(text::may(locale))];
    let table = table(text::map_title(locale), heads, rows.collect());
    let caption = el("figcaption", "sluis-stack")
        .kid(el("ul", "desk-map__legend").kids(legend.into()).html())
        .kid(p("", &counts))
        .kid(el("div", "sluis-table-place").kid(table.html()).html());
    el("figure", "sluis-stack desk-map")
        .kid(drawing.html())
        .kid(caption.html())
        .html()
}

/// A line to somebody, as their right draws it.
fn stroke(right: Right, way: String) -> Html {
    let class = match right {
        Right::Reader => "desk-map__line desk-map__line--reader",
        Right::Writer => "desk-map__line",
        Right::Steward => "desk-map__line desk-map__line--steward",
    };
    el("path", class).with("d", way).html()
}

/// A name in the box whose line begins at `y`.
fn label(class: &'static str, y: usize, name: &str) -> Html {
    let place = [("x", BOX + 16), ("y", y + LINE / 2 + 5)];
    el("text", class).at(&place).text(&short(name)).html()
}

fn table(caption: &str, heads: Vec<Html>, rows: Vec<Html>) -> El {
    let heads = el("tr", "").kids(heads).html();
    el("table", "utrecht-table sluis-table")
        .kid(el("caption", "sluis-hidden").text(caption).html())
        .kid(el("thead", "").kid(heads).html())
        .kid(el("tbody", "").kids(rows).html())
}

/// From the dossier to a line of a box.
fn curve(middle: usize, y: usize) -> String {
    let [middle, y, turn, end] = [middle, y, 136, BOX].map(|number| number.to_string());
    [
        "M94 ", &middle, "C", &turn, " ", &middle, " 130 ", &y, " ", &end, " ", &y,
    ]
    .concat()
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

fn head(words: &str) -> Html {
    let class = "utrecht-table__header-cell";
    el("th", class).attr("scope", "col").text(words).html()
}

/// The page over all dossiers.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let whole = desk.count();
    let back = el(
        "a",
        "utrecht-link utrecht-link--html-a desk-back sluis-screen-only",
    )
    .attr("href", Route::Dossiers.fragment())
    .kid(icon(glyph::ARROW_LEFT))
    .text(text::back_to_dossiers(locale));
    let page = el("div", "sluis-stack")
        .kid(back.html())
        .kid(title(text::all_title(locale)));
    let Some(map) = &desk.share.map else {
        let label = text::all_loading(locale);
        return page
            .kid(html! { <Progress id="access-loading" {locale} {label} /> })
            .html();
    };
    let heads = [
        text::who(locale),
        text::all_reads(locale),
        text::all_writes(locale),
        text::all_decides(locale),
    ]
    .map(head);
    let rows = map
        .iter()
        .map(|reach| line(model, desk, send, reach, whole));
    let all = table(text::all_title(locale), heads.into(), rows.collect());
    let all = el("div", "sluis-table-place").kid(all.attr("id", "access-table").html());
    let mut shown = map
        .iter()
        .filter(|reach| desk.share.shown == Some(reach.who.party));
    let shown = shown.next().map(|reach| reached(model, desk, send, reach));
    let both = el("div", "sluis-columns desk-share")
        .kid(all.html())
        .kids(shown.into_iter().collect());
    page.kid(p(
        "sluis-soft",
        &text::all_intro(locale, &whole.to_string()),
    ))
    .kid(both.html())
    .html()
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
    let name = el("button", "desk-open")
        .attr("type", "button")
        .attr("aria-pressed", if on_show { "true" } else { "false" })
        .text(&who.name)
        .click(send, Msg::Share(ShareMsg::Show(who.party)));
    let mut bar = el("svg", "desk-bar")
        .with("viewBox", ["0 0 ", &BAR.to_string(), " 10"].concat())
        .attr("aria-hidden", "true")
        .kid(bar_of("desk-bar__whole", BAR));
    let classes = ["desk-bar--reader", "desk-bar--writer", "desk-bar--steward"];
    for (count, class) in counts.iter().zip(classes) {
        bar = bar.kid(bar_of(class, count * BAR / whole.max(1)));
    }
    let first = el("td", CELL)
        .kid(name.html())
        .kid(p("sluis-soft", &[kind, ", ", &who.organisation].concat()))
        .kid(bar.html());
    let row = if on_show {
        "utrecht-table__row utrecht-table__row--selected"
    } else {
        "utrecht-table__row"
    };
    let numbers = counts.map(|count| {
        let class = "utrecht-table__cell sluis-number";
        el("td", class).text(&count.to_string()).html()
    });
    el("tr", row).kid(first.html()).kids(numbers.into()).html()
}

fn bar_of(class: &'static str, width: usize) -> Html {
    let size = [("width", width), ("height", 10), ("rx", 3)];
    el("rect", class).at(&size).html()
}

/// The dossiers of one person or team.
fn reached(model: &Model, desk: &Desk, send: &Callback<Msg>, reach: &Reach) -> Html {
    let locale = model.locale;
    let name = reach.who.name.as_str();
    let rows = reach.dossiers.iter().take(MOST).filter_map(|(key, right)| {
        let row = desk.row(*key)?;
        let open = Msg::Dossier(DossierMsg::Open(*key, Some(Part::Share)));
        let number = el("button", "desk-open")
            .attr("type", "button")
            .text(&row.number)
            .click(send, open);
        let right = el("span", "").text(short_right(locale, *right));
        let first = el("p", "sluis-row-of").kid(number.html()).kid(right.html());
        let words = el("div", "desk-item__words")
            .kid(first.html())
            .kid(p("desk-gist sluis-soft", &row.gist));
        Some(el("li", "desk-item").kid(words.html()).html())
    });
    let title = text::all_shown(locale, name);
    let mut all = section("sluis-card desk-group", "access-shown")
        .kid(heading("h2", "access-shown", &title).html());
    if reach.dossiers.is_empty() {
        all = all.kid(p("", &text::all_none(locale, name)));
    }
    all.kid(el("ul", "desk-list").kids(rows.collect()).html())
        .html()
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
