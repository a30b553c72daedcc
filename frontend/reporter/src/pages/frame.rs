//! What is on every step: the way out, the language, the notices, the foot.

use sluis_kit::text::{common, reporter};
use sluis_kit::{
    Alert, Button, LanguageSwitch, Level, LiveRegion, Locale, SchemeSwitch, SkipLink, Tone, Variant, glyph,
};
use yew::prelude::*;

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
    html! {
        <div class="sluis-page">
            <SkipLink {locale} />
            if model.table().is_some_and(|table| table.demonstration) {
                <p class="sluis-demonstration">{ common::demonstration_explained(locale) }</p>
            }
            { header(model, send) }
            <main id="main" class="sluis-main sluis-stack" tabindex="-1">{ step }</main>
            { foot(model, send) }
            <LiveRegion message={spoken(model)} />
        </div>
    }
}

fn header(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <header class="sluis-header sluis-bar">
            <div class="sluis-header__inner">
                <LanguageSwitch {locale} onlanguage={send.reform(Msg::Language)} />
                <div class="sluis-leave">
                    <Button id="leave" icon={glyph::DOOR_OPEN} onclick={send.reform(|()| Msg::Leave)}>{ reporter::leave_quickly(locale) }</Button>
                </div>
            </div>
        </header>
    }
}

fn foot(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (level, label) = match locale.level {
        Level::Adult => (Level::Child, reporter::easy_reading(locale)),
        Level::Child => (Level::Adult, reporter::normal_reading(locale)),
    };
    html! {
        <footer class="sluis-foot sluis-screen-only">
            <details id="safe" class="sluis-card">
                <summary>{ reporter::safe_title(locale) }</summary>
                <ul class="utrecht-unordered-list utrecht-unordered-list--html-content">
                    <li>{ reporter::safe_leave(locale) }{ " " }{ reporter::leave_quickly_hint(locale) }</li>
                    <li>{ reporter::safe_nothing_kept(locale) }</li>
                    <li>{ reporter::safe_history(locale) }</li>
                    <li>{ reporter::safe_watched(locale) }</li>
                </ul>
            </details>
            <div class="sluis-row-of">
                <Button id="reading-level" icon={glyph::EYE} onclick={send.reform(move |()| Msg::Level(level))}>{ label }</Button>
                <SchemeSwitch {locale} scheme={model.scheme} onscheme={send.reform(Msg::Scheme)} />
            </div>
        </footer>
    }
}

/// Why nothing can be written now, with what can be done instead.
pub(super) fn door(model: &Model) -> Html {
    let locale = model.locale;
    let (tone, what, advice) = match model.door {
        Door::Open(_) | Door::Asking => return Html::default(),
        Door::Unreachable => (Tone::Warning, reporter::err_unreachable(locale), reporter::rec_unreachable(locale)),
        Door::Closed(Closed::NotYet) => (Tone::Warning, reporter::err_not_open(locale), reporter::rec_not_open(locale)),
        Door::Closed(Closed::NoLine) => (Tone::Warning, reporter::err_no_line(locale), reporter::rec_no_line(locale)),
        Door::Closed(Closed::Clock) => (Tone::Danger, reporter::err_clock(locale), reporter::rec_clock(locale)),
        Door::Closed(Closed::Forged) => (Tone::Danger, reporter::err_forged(locale), reporter::rec_forged(locale)),
        Door::Closed(Closed::Device) => (Tone::Danger, common::err_browser(locale), common::rec_browser(locale)),
    };
    html! { <Alert {locale} {tone} {what} {advice}>{ phones(model) }</Alert> }
}

/// Everyone who can be called.
pub(super) fn phones(model: &Model) -> Html {
    let Some(site) = &model.site else { return Html::default() };
    let locale = model.locale;
    html! {
        <ul class="sluis-phones">
            { for site.phones.iter().map(|phone| {
                let digits: String = phone.number.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
                html! {
                    <li key={phone.number.clone()}>
                        <a class="utrecht-link utrecht-link--html-a" href={["tel:", &digits].concat()} aria-label={reporter::call(locale, &phone.name, &phone.number)}>
                            <span class="sluis-phones__name">{ &phone.name }</span>
                            <span class="sluis-strong">{ &phone.number }</span>
                        </a>
                    </li>
                }
            }) }
        </ul>
    }
}

/// The heading of a step, which takes the focus when the step begins.
pub(super) fn title(text: &str) -> Html {
    html! { <h1 id="title" class="utrecht-heading-1" tabindex="-1">{ text }</h1> }
}

/// A button that looks like text.
pub(super) fn plain(id: &'static str, words: &'static str, onclick: Callback<()>) -> Html {
    html! { <Button {id} variant={Variant::Subtle} {onclick}>{ words }</Button> }
}

/// Too little memory for the keys.
pub(super) fn memory(model: &Model) -> Html {
    let locale = model.locale;
    if !model.memory_short {
        return Html::default();
    }
    html! { <Alert {locale} tone={Tone::Danger} what={reporter::err_memory(locale)} advice={reporter::rec_memory(locale)} /> }
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
