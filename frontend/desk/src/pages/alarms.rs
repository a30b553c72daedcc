//! Alarms and standing warnings in words: what it means, what still works, what to do.

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::desk as text;
use sluis_kit::{Alert, Tone};
use sluis_link::{AlarmKind, Warning};
use yew::prelude::*;

use crate::words;

/// One alarm.
pub(super) fn alarm(locale: Locale, kind: AlarmKind) -> Html {
    let [what, works, now] = words::alarm(locale, kind);
    html! {
        <Alert {locale} tone={Tone::Danger} {what} advice={now}>
            <p class="utrecht-paragraph"><span class="sluis-strong">{ text::alarm_still_works(locale) }{ ": " }</span>{ works }</p>
        </Alert>
    }
}

/// One standing warning.
pub(super) fn warning(locale: Locale, warning: Warning) -> Html {
    let (what, now) = words::warning(locale, warning);
    html! { <Alert {locale} tone={Tone::Warning} {what} advice={now} quiet=true /> }
}
