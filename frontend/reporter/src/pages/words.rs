//! The eight words, and one of them back.

use sluis_kit::glyph;
use sluis_kit::text::{common, reporter};
use yew::prelude::*;

use super::frame::memory;
use super::ui::{Field, Kind, button, el, p, progress, row, title};
use crate::state::{Model, Msg};

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let mut all = vec![
        title(reporter::words_title(locale).into()),
        p(reporter::words_why(locale)),
        memory(model),
    ];
    if model.words.is_empty() {
        all.push(progress("making", reporter::words_making(locale), None, ""));
    } else {
        all.push(list(model));
        all.push(p(reporter::words_how(locale)));
        let copied = if model.copied == Some(true) {
            common::copied(locale)
        } else {
            common::copy(locale)
        };
        all.push(row(vec![
            button(
                "copy",
                Kind::Plain,
                Some(glyph::COPY),
                copied,
                send,
                Msg::Copy,
            )
            .html(),
            button(
                "print",
                Kind::Plain,
                Some(glyph::PRINTER),
                common::print(locale),
                send,
                Msg::Print,
            )
            .html(),
            button(
                "save-image",
                Kind::Plain,
                Some(glyph::IMAGE),
                reporter::words_image(locale),
                send,
                Msg::SaveImage,
            )
            .html(),
        ]));
        if model.copied == Some(false) {
            all.push(p(reporter::words_not_copied(locale)));
        }
        all.push(
            el("p", "sluis-soft sluis-screen-only")
                .text(reporter::words_traces(locale))
                .html(),
        );
    }
    let kept = button(
        "kept",
        Kind::Primary,
        Some(glyph::CHECK),
        reporter::words_kept(locale),
        send,
        Msg::WordsKept,
    );
    let back = button(
        "back",
        Kind::Subtle,
        None,
        reporter::back_to_text(locale),
        send,
        Msg::BackToWriting,
    );
    all.push(row(vec![
        kept.flag("disabled", model.words.is_empty()).html(),
        back.html(),
    ]));
    all
}

/// The words, large.
pub(super) fn list(model: &Model) -> Html {
    let label = reporter::words_list_label(model.locale);
    let mut list = el("ol", "sluis-words")
        .id("words")
        .attr("aria-label", label)
        .attr("translate", "no");
    for word in &model.words {
        list = list.kid(el("li", "sluis-word").says(word.clone()).html());
    }
    list.html()
}

pub(super) fn check(model: &Model, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let number = model.asked_word + 1;
    let field = Field {
        id: "word",
        label: reporter::check_label(locale, number),
        hint: "",
        error: model
            .asked_wrong
            .then(|| reporter::check_wrong(locale, number)),
        value: &model.asked_typed,
        rows: 1,
        disabled: false,
        typed: Msg::WordTyped,
        enter: Msg::CheckAndSend,
    };
    let again = button(
        "words-again",
        Kind::Subtle,
        None,
        reporter::words_again(locale),
        send,
        Msg::BackToWords,
    );
    vec![
        title(reporter::check_title(locale, number)),
        p(reporter::check_why(locale)),
        field.html(send),
        row(vec![
            button(
                "send",
                Kind::Primary,
                Some(glyph::SEND),
                reporter::check_send(locale),
                send,
                Msg::CheckAndSend,
            )
            .html(),
            button(
                "skip",
                Kind::Plain,
                None,
                reporter::check_skip(locale),
                send,
                Msg::SkipAndSend,
            )
            .html(),
        ]),
        row(vec![again.html()]),
    ]
}
