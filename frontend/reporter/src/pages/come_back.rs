//! Coming back with the eight words. What is wrong is pointed out word by word.

use sluis_kit::text::reporter;
use sluis_kit::{Button, Progress, TextArea, Variant, glyph};
use yew::prelude::*;

use super::frame::{door, memory, plain, title};
use crate::link::{Fix, WrongWords};
use crate::state::{Door, Model, Msg, typed_words};

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let open = send.reform(|()| Msg::Open);
    let error = model.back.wrong.as_ref().map(|wrong| AttrValue::from(what(model, wrong)));
    let ready = matches!(model.door, Door::Open(_));
    html! {
        <>
            { title(reporter::return_title(locale)) }
            { door(model) }
            { memory(model) }
            <TextArea id="words-typed" label={reporter::return_label(locale)} hint={reporter::return_hint(locale)} value={model.back.typed.clone()} {error}
                rows=3 oninput={send.reform(Msg::WordsTyped)} onsend={open.clone()} />
            { help(model, send) }
            if model.back.busy { <Progress id="opening" {locale} label={reporter::return_opening(locale)} /> }
            <div class="sluis-row-of">
                <Button id="open" variant={Variant::Primary} icon={glyph::LOCK_OPEN} busy={model.back.busy} disabled={!ready} onclick={open}>{ reporter::return_open(locale) }</Button>
                { plain("write-new", reporter::return_new(locale), send.reform(|()| Msg::BackToWriting)) }
            </div>
        </>
    }
}

fn what(model: &Model, wrong: &WrongWords) -> String {
    let locale = model.locale;
    match wrong {
        WrongWords::Count(count) => reporter::return_count(locale, *count),
        WrongWords::Check(_) => reporter::return_check(locale).into(),
        WrongWords::Unknown(unknown) => {
            let typed = typed_words(&model.back.typed);
            let lines = unknown.iter().map(|(index, _)| {
                reporter::return_unknown(locale, index + 1, typed.get(*index).map_or("", String::as_str))
            });
            lines.collect::<Vec<_>>().join(" ")
        }
    }
}

fn help(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    match &model.back.wrong {
        Some(WrongWords::Unknown(unknown)) => {
            let with_help = unknown.iter().filter(|(_, suggestions)| !suggestions.is_empty());
            html! {
                <ul class="sluis-fixes">
                    { for with_help.map(|(index, suggestions)| html! {
                        <li key={*index} class="sluis-row-of">
                            <span>{ reporter::check_label(locale, index + 1) }{ ". " }{ reporter::return_did_you_mean(locale) }</span>
                            { for suggestions.iter().map(|word| {
                                let (index, chosen) = (*index, word.clone());
                                html! { <Button onclick={send.reform(move |()| Msg::PutWord(index, chosen.clone()))}>{ word }</Button> }
                            }) }
                        </li>
                    }) }
                </ul>
            }
        }
        Some(WrongWords::Check(fixes)) if !fixes.is_empty() => html! {
            <div class="sluis-fixes">
                <p class="utrecht-paragraph">{ reporter::return_check_fixes(locale) }</p>
                <div class="sluis-row-of">
                    { for fixes.iter().enumerate().map(|(number, fix)| {
                        let words = match fix {
                            Fix::Replace(index, word) => reporter::return_replace(locale, index + 1, word),
                            Fix::Swap(first, second) => reporter::return_swap(locale, first + 1, second + 1),
                        };
                        html! { <Button onclick={send.reform(move |()| Msg::Fix(number))}>{ words }</Button> }
                    }) }
                </div>
            </div>
        },
        _ => Html::default(),
    }
}
