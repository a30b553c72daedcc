//! The first step: who reads this, what happens next, and simply writing.

use sluis_kit::text::reporter;
use sluis_kit::{Access, Button, Choice, Glyph, Icon, RadioGroup, TextArea, Variant, glyph};
use sluis_wire::address::TeamId;
use yew::prelude::*;

use super::frame::{door, memory, phones, plain, title};
use crate::state::{Door, Model, Msg, TEXT_MOST};

/// Characters from which the page says how many are left.
const NEARLY: usize = 2_000;

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let open = matches!(model.door, Door::Open(_) | Door::Asking);
    html! {
        <>
            { title(reporter::write_title(locale)) }
            { intro(model) }
            { door(model) }
            { memory(model) }
            if open { { form(model, send) } }
            <div class="sluis-row-of">{ plain("return", reporter::have_words(locale), send.reform(|()| Msg::ComeBack)) }</div>
        </>
    }
}

fn intro(model: &Model) -> Html {
    let locale = model.locale;
    let row = |glyph: Glyph, text: AttrValue| html! { <li><Icon {glyph} /><span>{ text }</span></li> };
    let who = match model.table().map(|table| table.lines.as_slice()) {
        Some([line]) => reporter::write_who_line(locale, &line.name).into(),
        _ => reporter::write_who(locale).into(),
    };
    html! {
        <>
            <ul class="sluis-lines">
                { row(glyph::LOCK, who) }
                { row(glyph::KEY_ROUND, reporter::write_next(locale).into()) }
                { row(glyph::CLOCK, reporter::write_when(locale).into()) }
            </ul>
            <div class="sluis-danger">
                <a class="utrecht-link utrecht-link--html-a sluis-strong" href="tel:112"><Icon glyph={glyph::PHONE} />{ reporter::danger(locale) }</a>
                <details id="phones">
                    <summary>{ reporter::other_phones(locale) }</summary>
                    { phones(model) }
                </details>
            </div>
        </>
    }
}

fn form(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let waiting = model.table().is_none();
    let left = TEXT_MOST.checked_sub(model.story.len());
    let error: Option<AttrValue> = match left {
        None => Some([reporter::err_story_long(locale), " ", reporter::rec_story_long(locale)].concat().into()),
        Some(_) if model.story_missing => {
            Some([reporter::err_story_empty(locale), " ", reporter::rec_story_empty(locale)].concat().into())
        }
        Some(_) => None,
    };
    html! {
        <>
            { lines(model, send) }
            <TextArea id="story" label={reporter::story_label(locale)} hint={if waiting { reporter::story_waiting(locale) } else { reporter::story_hint(locale) }}
                value={model.story.clone()} oninput={send.reform(Msg::StoryTyped)} rows=7 {error}
                access={if waiting { Access::Disabled } else { Access::Open }} onsend={send.reform(|()| Msg::Continue)} />
            if let Some(left) = left.filter(|left| *left < NEARLY) { <p class="sluis-soft">{ reporter::characters_left(locale, left) }</p> }
            <div class="sluis-row-of">
                <Button id="continue" variant={Variant::Primary} icon={glyph::ARROW_RIGHT} disabled={waiting} onclick={send.reform(|()| Msg::Continue)}>{ reporter::continue_button(locale) }</Button>
            </div>
        </>
    }
}

/// The lines, when there are several; otherwise there is nothing to choose.
pub(super) fn lines(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(lines) = model.table().map(|table| &table.lines).filter(|lines| lines.len() > 1) else {
        return Html::default();
    };
    let mut choices: Vec<Choice> = lines
        .iter()
        .map(|line| {
            let choice = Choice::new(value(line.team), line.name.clone());
            if line.organisation == line.name { choice } else { choice.with_hint(reporter::line_of(locale, &line.organisation)) }
        })
        .collect();
    let centre = lines.iter().find(|line| line.centre).or(lines.first()).map_or("", |line| line.name.as_str());
    let unknown = Choice::new("", reporter::line_unknown(locale)).with_hint(reporter::line_unknown_hint(locale, centre));
    choices.push(unknown);
    let teams: Vec<TeamId> = lines.iter().map(|line| line.team).collect();
    let onchange = send.reform(move |chosen: String| {
        Msg::LineChosen(teams.iter().copied().find(|team| value(*team) == chosen))
    });
    html! { <RadioGroup id="line" legend={reporter::line_question(locale)} {choices} value={model.line.map(value).unwrap_or_default()} {onchange} /> }
}

fn value(team: TeamId) -> String {
    team.0.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
