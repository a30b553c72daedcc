//! Who did what, checked on this device.

use sluis_kit::html;
use sluis_kit::text::{desk as text, extract, figures, files, involved, package, share};
use sluis_kit::{Badge, Button, Moment, Tone, glyph};
use sluis_link::{AccessChange, LogKind, LogLine};
use yew::prelude::*;

use super::super::{on, unix};
use super::Scene;
use crate::state::Msg;
use crate::state::dossier::DossierMsg;
use crate::words;

/// The log, newest first.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let log = &scene.view.log;
    html! {
        <section class="sluis-stack desk-conversation" aria-labelledby="log-title">
            <h2 id="log-title" class="utrecht-heading-2">{ text::log_title(locale) }</h2>
            <p class="sluis-soft">{ text::log_intro(locale) }</p>
            <p class="sluis-row-of sluis-screen-only">
                <Button id="save-log" icon={glyph::SAVE} onclick={on(scene.send, Msg::Dossier(DossierMsg::SaveLog))}>{ text::save_log(locale) }</Button>
                <span class="sluis-soft">{ text::save_log_hint(locale) }</span>
            </p>
            { super::package::view(scene) }
            { super::picture::view(scene) }
            if log.is_empty() {
                <p class="utrecht-paragraph">{ text::log_empty(locale) }</p>
            } else {
                <ol class="desk-list sluis-card">{ for log.iter().map(|line| one(scene, line)) }</ol>
            }
        </section>
    }
}

fn one(scene: Scene<'_>, line: &LogLine) -> Html {
    let locale = scene.model.locale;
    let what = match &line.what {
        LogKind::Opened => text::log_opened(locale).to_owned(),
        LogKind::MessageImported => text::log_imported(locale).to_owned(),
        LogKind::ReplySent => text::log_reply(locale).to_owned(),
        LogKind::FieldSet(name) => text::log_field(locale, words::field(locale, *name)),
        LogKind::NoteAdded => text::log_note(locale).to_owned(),
        LogKind::Looked => text::log_looked(locale).to_owned(),
        LogKind::Tied => text::log_tied(locale).to_owned(),
        LogKind::Printed => text::log_printed(locale).to_owned(),
        LogKind::Exported => text::log_exported(locale).to_owned(),
        LogKind::KeysRenewed => text::log_keys(locale).to_owned(),
        LogKind::AccessChanged(changes) if changes.is_empty() => {
            text::log_access(locale).to_owned()
        }
        LogKind::AccessChanged(changes) => changes
            .iter()
            .map(|change| access(locale, change))
            .collect::<Vec<_>>()
            .join(" · "),
        LogKind::ShutOut(name) => share::log_shut_out(locale, name),
        LogKind::AccessAnswered(name, true) => share::reaction_accepted(locale, name),
        LogKind::AccessAnswered(name, false) => share::reaction_refused(locale, name),
        LogKind::ExtractMade => extract::log_made(locale).to_owned(),
        LogKind::OpinionGiven => extract::log_opinion(locale).to_owned(),
        LogKind::AdviceAsked => extract::log_asked(locale).to_owned(),
        LogKind::OpinionReturned => extract::log_returned(locale).to_owned(),
        LogKind::PersonAdded(number) => involved::log_added(locale, &number.to_string()),
        LogKind::PersonChanged(number) => involved::log_changed(locale, &number.to_string()),
        LogKind::PersonRemoved(number) => involved::log_removed(locale, &number.to_string()),
        LogKind::ContactSealed(number) => involved::log_sealed(locale, &number.to_string()),
        LogKind::ContactErased(number) => involved::log_erased(locale, &number.to_string()),
        LogKind::Closed => involved::log_closed(locale).to_owned(),
        LogKind::Shredded => involved::log_shredded(locale).to_owned(),
        LogKind::Redacted => involved::log_redacted(locale).to_owned(),
        LogKind::FileAdded => files::log_file_added(locale).to_owned(),
        LogKind::FileRemoved => files::log_file_removed(locale).to_owned(),
        LogKind::PackageMade(true) => package::log_made_contacts(locale).to_owned(),
        LogKind::PackageMade(false) => package::log_made(locale).to_owned(),
        LogKind::PackageTaken(name, number) => package::log_taken(locale, name, number),
        LogKind::FigureKept => figures::log_kept(locale).to_owned(),
        LogKind::Unknown(number) => text::log_unknown(locale, &number.to_string()),
    };
    let author = if line.author.is_empty() {
        text::log_unknown_author(locale)
    } else {
        &line.author
    };
    html! {
        <li class="desk-log">
            <span class="desk-log__words"><span>{ what }</span><span class="sluis-soft">{ author }{ " · " }<Moment {locale} unix={unix(line.time)} /></span></span>
            if line.verified {
                <Badge tone={Tone::Ok} icon={glyph::SHIELD_CHECK}>{ text::log_verified(locale) }</Badge>
            } else {
                <Badge tone={Tone::Danger} icon={glyph::TRIANGLE_ALERT}>{ text::log_unverified(locale) }</Badge>
            }
        </li>
    }
}

/// Who got or lost which right.
fn access(locale: sluis_kit::Locale, change: &AccessChange) -> String {
    let name = change.name.as_str();
    match change.right {
        None => share::log_took(locale, name),
        Some(right) if change.had => share::log_changed(locale, name, words::right(locale, right)),
        Some(right) => share::log_gave(locale, name, words::right(locale, right)),
    }
}
