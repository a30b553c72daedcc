//! The first step: who reads this, what happens next, and simply writing.

use sluis_kit::text::reporter;
use sluis_kit::{Glyph, glyph};
use yew::prelude::*;

use super::frame::{danger, door, memory};
use super::ui::{Field, Kind, button, el, option, row, title};
use crate::state::{Door, Model, Msg, TEXT_MOST};

/// Characters from which the page says how many are left.
const NEARLY: usize = 2_000;

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let mut all = vec![
        title(reporter::write_title(locale).into()),
        intro(model),
        danger(model),
        door(model),
        memory(model),
    ];
    if matches!(model.door, Door::Open(_) | Door::Asking) {
        form(model, send, &mut all);
    }
    let back = button(
        "return",
        Kind::Subtle,
        None,
        reporter::have_words(locale),
        send,
        Msg::ComeBack,
    );
    all.push(row(vec![back.html()]));
    all
}

fn intro(model: &Model) -> Html {
    let locale = model.locale;
    let line = |glyph: Glyph, text: String| {
        el("li", "")
            .icon(glyph)
            .kid(el("span", "").says(text).html())
            .html()
    };
    let who = match model.table().map(|table| table.lines.as_slice()) {
        Some([line]) => reporter::write_who_line(locale, &line.name),
        _ => reporter::write_who(locale).into(),
    };
    let lines = vec![
        line(glyph::LOCK, who),
        line(glyph::KEY_ROUND, reporter::write_next(locale).into()),
        line(glyph::CLOCK, reporter::write_when(locale).into()),
    ];
    el("ul", "sluis-lines").kids(lines).html()
}

fn form(model: &Model, send: &Callback<Msg>, all: &mut Vec<Html>) {
    let locale = model.locale;
    let waiting = model.table().is_none();
    let left = TEXT_MOST.checked_sub(model.story.len());
    let error = match left {
        None => Some(
            [
                reporter::err_story_long(locale),
                " ",
                reporter::rec_story_long(locale),
            ]
            .concat(),
        ),
        Some(_) if model.story_missing => Some(
            [
                reporter::err_story_empty(locale),
                " ",
                reporter::rec_story_empty(locale),
            ]
            .concat(),
        ),
        Some(_) => None,
    };
    all.push(lines(model, send));
    let field = Field {
        id: "story",
        label: reporter::story_label(locale).into(),
        hint: if waiting {
            reporter::story_waiting(locale)
        } else {
            reporter::story_hint(locale)
        },
        error,
        value: &model.story,
        rows: 7,
        disabled: waiting,
        typed: Msg::StoryTyped,
        enter: Msg::Continue,
    };
    all.push(field.html(send));
    if let Some(left) = left.filter(|left| *left < NEARLY) {
        all.push(
            el("p", "sluis-soft")
                .says(reporter::characters_left(locale, left))
                .html(),
        );
    }
    let go_on = button(
        "continue",
        Kind::Primary,
        Some(glyph::ARROW_RIGHT),
        reporter::continue_button(locale),
        send,
        Msg::Continue,
    );
    all.push(row(vec![go_on.flag("disabled", waiting).html()]));
}

/// The lines, when there are several; otherwise there is nothing to choose.
pub(super) fn lines(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(lines) = model
        .table()
        .map(|table| &table.lines)
        .filter(|lines| lines.len() > 1)
    else {
        return Html::default();
    };
    let legend = el(
        "legend",
        "utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend",
    );
    let mut set = el(
        "fieldset",
        "utrecht-form-fieldset utrecht-form-fieldset--html-fieldset",
    )
    .id("line");
    set = set.kid(legend.text(reporter::line_question(locale)).html());
    for (number, line) in lines.iter().enumerate() {
        let hint = if line.organisation == line.name {
            String::new()
        } else {
            reporter::line_of(locale, &line.organisation)
        };
        let id = ["line-", &number.to_string()].concat();
        let chosen = model.line == Some(line.team);
        set = set.kid(option(
            id,
            true,
            line.name.clone(),
            &hint,
            chosen,
            send,
            Msg::LineChosen(Some(line.team)),
        ));
    }
    let centre = lines
        .iter()
        .find(|line| line.centre)
        .or(lines.first())
        .map_or("", |line| line.name.as_str());
    let hint = reporter::line_unknown_hint(locale, centre);
    let unknown = reporter::line_unknown(locale).into();
    let none = model.line.is_none();
    set.kid(option(
        "line-unknown".into(),
        true,
        unknown,
        &hint,
        none,
        send,
        Msg::LineChosen(None),
    ))
    .html()
}
