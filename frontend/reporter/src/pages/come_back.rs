//! Coming back with the eight words. What is wrong is pointed out word by word.

use sluis_kit::glyph;
use sluis_kit::text::reporter;
use yew::prelude::*;

use super::frame::{door, memory};
use super::ui::{Field, Kind, button, el, p, progress, row, title};
use crate::link::{Fix, WrongWords};
use crate::state::{Door, Model, Msg, typed_words};

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let field = Field {
        id: "words-typed",
        label: reporter::return_label(locale).into(),
        hint: reporter::return_hint(locale),
        error: model.back.wrong.as_ref().map(|wrong| what(model, wrong)),
        value: &model.back.typed,
        rows: 3,
        disabled: false,
        typed: Msg::WordsTyped,
        enter: Msg::Open,
    };
    let ready = matches!(model.door, Door::Open(_)) && !model.back.busy;
    let open = button(
        "open",
        Kind::Primary,
        Some(glyph::LOCK_OPEN),
        reporter::return_open(locale),
        send,
        Msg::Open,
    );
    let new = button(
        "write-new",
        Kind::Subtle,
        None,
        reporter::return_new(locale),
        send,
        Msg::BackToWriting,
    );
    let busy = if model.back.busy {
        progress("opening", reporter::return_opening(locale), None, "")
    } else {
        Html::default()
    };
    vec![
        title(reporter::return_title(locale).into()),
        door(model),
        memory(model),
        field.html(send),
        help(model, send),
        busy,
        row(vec![open.flag("disabled", !ready).html(), new.html()]),
    ]
}

fn what(model: &Model, wrong: &WrongWords) -> String {
    let locale = model.locale;
    match wrong {
        WrongWords::Count(count) => reporter::return_count(locale, *count),
        WrongWords::Check(_) => reporter::return_check(locale).into(),
        WrongWords::Unknown(unknown) => {
            let typed = typed_words(&model.back.typed);
            let mut all = String::new();
            for (index, _) in unknown {
                all.push_str(&reporter::return_unknown(
                    locale,
                    index + 1,
                    typed.get(*index).map_or("", String::as_str),
                ));
                all.push(' ');
            }
            all
        }
    }
}

fn help(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let chip = |words: String, msg: Msg| {
        button("", Kind::Plain, None, "", send, msg)
            .says(words)
            .html()
    };
    let mut all = el("div", "sluis-fixes");
    match &model.back.wrong {
        Some(WrongWords::Unknown(unknown)) => {
            for (index, suggestions) in unknown
                .iter()
                .filter(|(_, suggestions)| !suggestions.is_empty())
            {
                let mut line = vec![
                    el("span", "")
                        .says(reporter::check_label(locale, index + 1))
                        .text(". ")
                        .text(reporter::return_did_you_mean(locale))
                        .html(),
                ];
                for word in suggestions {
                    line.push(chip(word.clone(), Msg::PutWord(*index, word.clone())));
                }
                all = all.kid(row(line));
            }
        }
        Some(WrongWords::Check(fixes)) if !fixes.is_empty() => {
            let mut line = Vec::new();
            for (number, fix) in fixes.iter().enumerate() {
                let words = match fix {
                    Fix::Replace(index, word) => reporter::return_replace(locale, index + 1, word),
                    Fix::Swap(first, second) => {
                        reporter::return_swap(locale, first + 1, second + 1)
                    }
                };
                line.push(chip(words, Msg::Fix(number)));
            }
            all = all
                .kid(p(reporter::return_check_fixes(locale)))
                .kid(row(line));
        }
        _ => return Html::default(),
    }
    all.html()
}
