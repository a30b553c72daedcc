//! What is on every step: the way out, the language, the notices, the foot.

use sluis_kit::text::{common, reporter};
use sluis_kit::{Language, Level, Locale, Scheme, glyph};
use yew::prelude::*;

use super::ui::{Kind, alert, button, details, el, icon, row};
use super::{chat, come_back, words, write};
use crate::state::{Closed, Door, Model, Msg, Spoken, Step};

/// The whole page.
pub(crate) fn page(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let step = match model.step {
        Step::Write => write::view(model, send),
        Step::Words => words::view(model, send),
        Step::Check => words::check(model, send),
        Step::Chat => chat::view(model, send),
        Step::Return => come_back::view(model, send),
    };
    let skip =
        el("a", "utrecht-skip-link utrecht-skip-link--visible-on-focus").attr("href", "#main");
    let skip = skip
        .click(send, Msg::SkipToMain)
        .text(common::skip_to_content(locale));
    let mut all = el("div", "sluis-page").kid(skip.html());
    if model.table().is_some_and(|table| table.demonstration) {
        all = all.kid(
            el("p", "sluis-demonstration")
                .text(common::demonstration_explained(locale))
                .html(),
        );
    }
    let main = el("main", "sluis-main sluis-stack")
        .id("main")
        .attr("tabindex", "-1")
        .kids(step);
    let live = el("div", "sluis-hidden")
        .id("live")
        .attr("role", "status")
        .text(spoken(model));
    all.kid(header(model, send))
        .kid(main.html())
        .kid(foot(model, send))
        .kid(live.html())
        .html()
}

fn header(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let mut switch = el("div", "sluis-switch")
        .attr("role", "group")
        .attr("aria-label", common::switch_language(locale));
    for language in Language::ALL {
        let on = language == locale.language;
        let option = el("button", switch_class(on))
            .attr("type", "button")
            .attr("lang", language.tag());
        // The letters that are seen are part of what is heard, for people who speak to their browser.
        let name = el("span", "sluis-hidden").says([" ", language.name()].concat());
        let option = option
            .attr("aria-pressed", truth(on))
            .says(language.tag().to_ascii_uppercase())
            .kid(name.html())
            .click(send, Msg::Language(language));
        switch = switch.kid(option.html());
    }
    let leave = button(
        "leave",
        Kind::Plain,
        Some(glyph::DOOR_OPEN),
        reporter::leave_quickly(locale),
        send,
        Msg::Leave,
    );
    let leave = el("div", "sluis-leave").kid(leave.html());
    let inner = el("div", "sluis-header__inner")
        .kid(switch.html())
        .kid(leave.html());
    el("header", "sluis-header sluis-bar")
        .kid(inner.html())
        .html()
}

fn foot(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (level, label) = match locale.level {
        Level::Adult => (Level::Child, reporter::easy_reading(locale)),
        Level::Child => (Level::Adult, reporter::normal_reading(locale)),
    };
    let leaving = el("li", "utrecht-unordered-list__item")
        .text(reporter::safe_leave(locale))
        .text(" ")
        .text(reporter::leave_quickly_hint(locale));
    let mut list = el("ul", "utrecht-unordered-list").kid(leaving.html());
    for text in [
        reporter::safe_nothing_kept(locale),
        reporter::safe_history(locale),
        reporter::safe_watched(locale),
    ] {
        list = list.kid(el("li", "utrecht-unordered-list__item").text(text).html());
    }
    let mut schemes = el("div", "sluis-switch")
        .attr("role", "group")
        .attr("aria-label", common::color_scheme(locale));
    let each = [
        (
            Scheme::System,
            common::scheme_system(locale),
            glyph::MONITOR,
        ),
        (Scheme::Light, common::scheme_light(locale), glyph::SUN),
        (Scheme::Dark, common::scheme_dark(locale), glyph::MOON),
    ];
    for (scheme, label, glyph) in each {
        let on = scheme == model.scheme;
        let option = el("button", switch_class(on))
            .attr("type", "button")
            .attr("aria-pressed", truth(on));
        schemes = schemes.kid(
            option
                .attr("aria-label", label)
                .icon(glyph)
                .click(send, Msg::Scheme(scheme))
                .html(),
        );
    }
    let reading = button(
        "reading-level",
        Kind::Plain,
        Some(glyph::EYE),
        label,
        send,
        Msg::Level(level),
    );
    el("footer", "sluis-foot sluis-screen-only")
        .kid(details(
            "safe",
            "sluis-card",
            reporter::safe_title(locale),
            vec![list.html()],
        ))
        .kid(row(vec![reading.html(), schemes.html()]))
        .html()
}

/// Why nothing can be written now, with what can be done instead.
pub(super) fn door(model: &Model) -> Html {
    let locale = model.locale;
    let (bad, what, advice) = match model.door {
        Door::Open(_) | Door::Asking => return Html::default(),
        Door::Unreachable => (
            false,
            reporter::err_unreachable(locale),
            reporter::rec_unreachable(locale),
        ),
        Door::Closed(Closed::NotYet) => (
            false,
            reporter::err_not_open(locale),
            reporter::rec_not_open(locale),
        ),
        Door::Closed(Closed::NoLine) => (
            false,
            reporter::err_no_line(locale),
            reporter::rec_no_line(locale),
        ),
        Door::Closed(Closed::Clock) => (
            true,
            reporter::err_clock(locale),
            reporter::rec_clock(locale),
        ),
        Door::Closed(Closed::Forged) => (
            true,
            reporter::err_forged(locale),
            reporter::rec_forged(locale),
        ),
        Door::Closed(Closed::Device) => (
            true,
            common::err_browser(locale),
            common::rec_browser(locale),
        ),
    };
    el("div", "sluis-stack")
        .kid(alert(bad, what, advice).html())
        .kid(phones(model))
        .html()
}

/// Everyone who can be called.
pub(super) fn phones(model: &Model) -> Html {
    let Some(site) = &model.site else {
        return Html::default();
    };
    let mut list = el("ul", "sluis-phones");
    for phone in &site.phones {
        let digits: String = phone
            .number
            .chars()
            .filter(|letter| letter.is_ascii_digit() || *letter == '+')
            .collect();
        let link =
            el("a", "utrecht-link utrecht-link--html-a").with("href", ["tel:", &digits].concat());
        let link = link.kid(el("span", "").says(phone.name.clone()).html());
        let link = link
            .text(" ")
            .kid(el("span", "sluis-strong").says(phone.number.clone()).html());
        list = list.kid(el("li", "").kid(link.html()).html());
    }
    list.html()
}

/// The line that leads to help in danger.
pub(super) fn danger(model: &Model) -> Html {
    let locale = model.locale;
    let call = el("a", "utrecht-link utrecht-link--html-a sluis-strong").attr("href", "tel:112");
    let call = call.kid(icon(glyph::PHONE)).text(reporter::danger(locale));
    let others = details(
        "phones",
        "",
        reporter::other_phones(locale),
        vec![phones(model)],
    );
    el("div", "sluis-danger")
        .kid(call.html())
        .kid(others)
        .html()
}

/// Too little memory for the keys.
pub(super) fn memory(model: &Model) -> Html {
    if model.memory_short {
        alert(
            true,
            reporter::err_memory(model.locale),
            reporter::rec_memory(model.locale),
        )
        .html()
    } else {
        Html::default()
    }
}

const fn truth(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

const fn switch_class(on: bool) -> &'static str {
    if on {
        "sluis-switch__option sluis-switch__option--on"
    } else {
        "sluis-switch__option"
    }
}

fn spoken(model: &Model) -> &'static str {
    let locale: Locale = model.locale;
    match model.spoken {
        Spoken::Nothing => "",
        Spoken::Stored => reporter::spoken_stored(locale),
        Spoken::Failed => reporter::spoken_failed(locale),
        Spoken::Offline => common::err_offline(locale),
        Spoken::Online => reporter::spoken_online(locale),
        Spoken::NewReply => reporter::spoken_new(locale),
        Spoken::Copied => reporter::spoken_copied(locale),
        Spoken::NotCopied => reporter::words_not_copied(locale),
    }
}
