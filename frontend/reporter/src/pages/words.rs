//! The eight words, and one of them back.

use sluis_kit::text::{common, reporter};
use sluis_kit::{Button, Progress, TextField, Variant, glyph};
use yew::prelude::*;

use super::frame::{memory, plain, title};
use crate::state::{Model, Msg};

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let on = |msg: fn() -> Msg| send.reform(move |()| msg());
    html! {
        <>
            { title(reporter::words_title(locale)) }
            <p class="utrecht-paragraph">{ reporter::words_why(locale) }</p>
            { memory(model) }
            if model.words.is_empty() {
                <Progress id="making" {locale} label={reporter::words_making(locale)} />
            } else {
                { list(model) }
                <p class="utrecht-paragraph">{ reporter::words_how(locale) }</p>
                <div class="sluis-row-of">
                    <Button id="copy" icon={glyph::COPY} onclick={on(|| Msg::Copy)}>{ if model.copied == Some(true) { common::copied(locale) } else { common::copy(locale) } }</Button>
                    <Button id="print" icon={glyph::PRINTER} onclick={on(|| Msg::Print)}>{ common::print(locale) }</Button>
                    <Button id="save-image" icon={glyph::IMAGE} onclick={on(|| Msg::SaveImage)}>{ reporter::words_image(locale) }</Button>
                </div>
                if model.copied == Some(false) { <p class="utrecht-paragraph">{ reporter::words_not_copied(locale) }</p> }
                <p class="sluis-soft sluis-screen-only">{ reporter::words_traces(locale) }</p>
            }
            <div class="sluis-row-of sluis-screen-only">
                <Button id="kept" variant={Variant::Primary} icon={glyph::CHECK} disabled={model.words.is_empty()} onclick={on(|| Msg::WordsKept)}>{ reporter::words_kept(locale) }</Button>
                { plain("back", reporter::back_to_text(locale), on(|| Msg::BackToWriting)) }
            </div>
        </>
    }
}

/// The words, large.
pub(super) fn list(model: &Model) -> Html {
    html! {
        <ol id="words" class="sluis-words" aria-label={reporter::words_list_label(model.locale)} translate="no">
            { for model.words.iter().map(|word| html! { <li class="sluis-word">{ word }</li> }) }
        </ol>
    }
}

pub(super) fn check(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let on = |msg: fn() -> Msg| send.reform(move |()| msg());
    let number = model.asked_word + 1;
    let error = model.asked_wrong.then(|| AttrValue::from(reporter::check_wrong(locale, number)));
    html! {
        <>
            { title(&reporter::check_title(locale, number)) }
            <p class="utrecht-paragraph">{ reporter::check_why(locale) }</p>
            <TextField id="word" label={reporter::check_label(locale, number)} value={model.asked_typed.clone()} {error}
                oninput={send.reform(Msg::WordTyped)} onenter={on(|| Msg::CheckAndSend)} />
            <div class="sluis-row-of">
                <Button id="send" variant={Variant::Primary} icon={glyph::SEND} onclick={on(|| Msg::CheckAndSend)}>{ reporter::check_send(locale) }</Button>
                <Button id="skip" onclick={on(|| Msg::SkipAndSend)}>{ reporter::check_skip(locale) }</Button>
            </div>
            <div class="sluis-row-of">{ plain("words-again", reporter::words_again(locale), on(|| Msg::BackToWords)) }</div>
        </>
    }
}
