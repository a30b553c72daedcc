//! The recovery sheet, on screen and on paper.

use sluis_kit::html;
use sluis_kit::i18n::format_date;
use sluis_kit::text::desk as text;
use sluis_link::Sheet;
use yew::prelude::*;

use super::unix;
use crate::state::Model;

/// The sheet as it is printed: what it is for, its words with their numbers, the control code and the day.
pub(super) fn view(model: &Model, sheet: &Sheet, organisation: &str) -> Html {
    let locale = model.locale;
    let fact = |name: &'static str, value: Html| {
        html! {
            <div class="desk-fact"><dt>{ name }</dt><dd>{ value }</dd></div>
        }
    };
    html! {
        <section class="desk-sheet" aria-labelledby="sheet-title">
            <h2 id="sheet-title" class="utrecht-heading-2">{ text::sheet_title(locale) }</h2>
            <dl class="desk-facts">
                { fact(text::sheet_organisation(locale), organisation.into()) }
                { fact(text::sheet_date(locale), format_date(locale, unix(model.now)).into()) }
                { fact(text::sheet_control_code(locale), html! { <span class="desk-code">{ &sheet.control_code }</span> }) }
            </dl>
            <p class="utrecht-paragraph">{ text::sheet_what(locale) }</p>
            <h3 id="sheet-words" class="utrecht-heading-3">{ text::sheet_words(locale) }</h3>
            <ol class="sluis-words" aria-labelledby="sheet-words">
                { for sheet.words.iter().map(|word| html! { <li class="sluis-word">{ &word.0 }</li> }) }
            </ol>
            <p class="utrecht-paragraph">{ text::sheet_keep(locale) }</p>
            <p class="utrecht-paragraph">{ text::sheet_check(locale) }</p>
        </section>
    }
}
