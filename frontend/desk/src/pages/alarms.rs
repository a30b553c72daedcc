//! Alarms and standing warnings in words: what it means, what still works, what to do.

use sluis_kit::i18n::Locale;
use sluis_kit::text::desk as text;
use sluis_kit::{Tone, glyph};
use sluis_link::{Alarm, AlarmKind, Warning};
use yew::prelude::*;

use super::light::{Press, el, notice, p};
use crate::state::Msg;
use crate::words;

/// One alarm; what shows others that it is right can be saved where there is such a thing.
#[inline(never)]
pub(super) fn alarm(locale: Locale, alarm: &Alarm, send: &Callback<Msg>) -> Html {
    let [what, works, now] = words::alarm(locale, alarm.kind);
    let mut more = el("div", "sluis-stack").kid(still_works(locale, works));
    let mut buttons = el("div", "utrecht-button-group sluis-screen-only");
    if alarm.provable {
        more = more.kid(p("sluis-soft", proof_holds(locale, alarm)));
        let save = Press {
            id: "save-proof".into(),
            words: text::save_proof(locale).into(),
            icon: Some(glyph::SAVE),
            ..Press::default()
        };
        let save = save.html(send, Msg::SaveProof(alarm.dossier, alarm.kind));
        buttons = buttons.kid(save);
    }
    if alarm.kind == AlarmKind::DirectoryFork && alarm.dossier.is_none() {
        let settle = Press {
            id: "settle-fork".into(),
            words: text::settle_fork(locale).into(),
            ..Press::default()
        };
        buttons = buttons.kid(settle.html(send, Msg::SettleFork));
    }
    let (what, now) = (what.to_owned(), Some(now.to_owned()));
    let more = more.kid(buttons.html()).html();
    notice(locale, Tone::Danger, false, what, now, more)
}

/// What whoever gets the file can read in it.
fn proof_holds(locale: Locale, alarm: &Alarm) -> &'static str {
    if alarm.dossier.is_some() {
        text::proof_holds_dossier(locale)
    } else {
        text::proof_holds(locale)
    }
}

fn still_works(locale: Locale, works: &str) -> Html {
    let head = [text::alarm_still_works(locale), ": "].concat();
    el("p", "utrecht-paragraph")
        .kid(el("span", "sluis-strong").text(&head).html())
        .text(works)
        .html()
}

/// One standing warning.
#[inline(never)]
pub(super) fn warning(locale: Locale, warning: Warning) -> Html {
    let (what, now) = words::warning(locale, warning);
    let works = still_works(locale, words::warning_works(locale, warning));
    notice(
        locale,
        Tone::Warning,
        true,
        what,
        Some(now.to_owned()),
        works,
    )
}
