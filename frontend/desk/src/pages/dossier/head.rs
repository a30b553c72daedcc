//! The header of a dossier: number, kind, status, handler, who may read, whether all is safe.

use sluis_domain::vocabulary::{Field, FieldName, Status};
use sluis_kit::html;
use sluis_kit::i18n::{format_time, machine_moment, relative_day};
use sluis_kit::text::{common, desk as text, share};
use sluis_kit::{Badge, Button, Icon, Tone, Variant, glyph};
use sluis_link::{Access, Right};
use yew::prelude::*;

use super::super::dossiers::{STATUSES, status_tone};
use super::super::light::Press;
use super::super::{Pick, on, title, unix};
use super::Scene;
use crate::state::Msg;
use crate::state::dossier::{DossierMsg, Safety};
use crate::words;

/// The header.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        desk,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let row = &view.row;
    let active = unix(row.active);
    let when = [
        relative_day(locale, active, unix(model.now)),
        format_time(locale, active),
    ]
    .join(" ");
    let status = match desk.field(FieldName::Status) {
        Some(Field::Status(status)) => status,
        _ => row.status,
    };
    let kind = match desk.field(FieldName::Kind) {
        Some(Field::Kind(kind)) => kind,
        _ => row.kind,
    };
    let statuses = STATUSES.map(|status| (status, words::status(locale, status).into()));
    html! {
        <div class="sluis-card desk-head">
            <div class="desk-head__first">
                { title(text::dossier_title(locale, &row.number)) }
                <span id="dossier-kind"><Badge>{ words::kind(locale, kind) }</Badge></span>
                <span id="dossier-status-shown"><Badge tone={status_tone(status)}>{ words::status(locale, status) }</Badge></span>
                { safety(scene) }
            </div>
            <p class="sluis-soft">
                { words::origin(locale, row.origin) }{ " · " }
                <time datetime={machine_moment(active)}>{ text::last_activity_on(locale, &when) }</time>
            </p>
            if view.share.right == Some(Right::Reader) { <p id="only-reading" class="desk-consent"><Icon glyph={glyph::EYE} />{ share::only_reading(locale) }</p> }
            { super::locked(view, html! { <div class="desk-head__fields">
                { Pick { id: "dossier-status", label: common::status(locale).into(), choices: statuses.to_vec(), value: status, disabled: false }
                    .view(send.reform(|status: Status| Msg::Dossier(DossierMsg::Chosen(Field::Status(status))))) }
                { handler(scene) }
            </div> }) }
            <p class="sluis-screen-only">{ print(scene) }</p>
            { access(scene) }
        </div>
    }
}

fn handler(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        desk,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let value = match desk.field(FieldName::Handler) {
        Some(Field::Handler(handler)) => handler,
        _ => view.handler,
    };
    let me = desk.profile.member;
    let mut choices: Vec<(Option<[u8; 16]>, AttrValue)> = vec![
        (None, text::not_handled(locale).into()),
        (
            Some(me),
            [
                desk.profile.person.as_str(),
                " (",
                &common::you(locale).to_lowercase(),
                ")",
            ]
            .concat()
            .into(),
        ),
    ];
    for (id, name) in &desk.profile.colleagues {
        if *id != me {
            choices.push((Some(*id), name.clone().into()));
        }
    }
    // A handler who has left keeps their name.
    if let Some(id) = value.filter(|id| !choices.iter().any(|(other, _)| *other == Some(*id))) {
        choices.push((Some(id), view.row.handler.clone().into()));
    }
    let take = Msg::Dossier(DossierMsg::Chosen(Field::Handler(Some(me))));
    html! {
        <>
            { Pick { id: "dossier-handler", label: text::handler(locale).into(), choices, value, disabled: false }
                .view(send.reform(|handler| Msg::Dossier(DossierMsg::Chosen(Field::Handler(handler))))) }
            if value != Some(me) {
                <Button id="take-it" icon={glyph::USER} onclick={on(send, take)}>{ text::take_it(locale) }</Button>
            }
        </>
    }
}

fn print(scene: Scene<'_>) -> Html {
    Press {
        id: "print-dossier".into(),
        words: text::print_dossier(scene.model.locale).into(),
        variant: Variant::Subtle,
        icon: Some(glyph::PRINTER),
        ..Press::default()
    }
    .html(scene.send, Msg::Dossier(DossierMsg::Print))
}

/// Whether all is safe, and the way back from the last change.
fn safety(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        desk,
        open,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let (glyph, words, state) = match desk.safety() {
        Safety::Failed => (glyph::CIRCLE_ALERT, text::save_failed(locale), "failed"),
        Safety::Saving => (glyph::SAVE, text::save_saving(locale), "saving"),
        Safety::Sending(_) => (glyph::CLOCK, text::save_sending(locale), "sending"),
        Safety::Waiting(_) => (glyph::CLOUD_OFF, text::save_waiting(locale), "waiting"),
        Safety::Saved => (glyph::CLOUD_CHECK, text::save_saved(locale), "saved"),
    };
    html! {
        <div class="desk-safety sluis-screen-only">
            if let Some(undo) = &open.undo {
                <Button id="undo" variant={Variant::Subtle} icon={glyph::UNDO_2} onclick={on(send, Msg::Dossier(DossierMsg::Undo))}>
                    { text::undo_field(locale, words::field(locale, undo.before.name())) }
                </Button>
            }
            <span id="save-state" data-state={state} class={classes!("desk-save", (state == "failed").then_some("desk-save--failed"))}><Icon {glyph} />{ words }</span>
        </div>
    }
}

/// Who may read and write: faces, and all of it in words below.
fn access(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let people = &scene.view.access;
    let outside: sluis_sorted::Set<&str> = people
        .iter()
        .filter(|one| one.outside)
        .map(|one| one.organisation.as_str())
        .collect();
    let face = |access: &Access| {
        let words = in_words(locale, access);
        html! { <span class={if access.outside { "sluis-face desk-face--outside" } else { "sluis-face" }} aria-hidden="true" title={words}>{ initials(&access.name) }</span> }
    };
    let line = |access: &Access| {
        html! {
            <li class="desk-access__one">
                <span class="sluis-face" aria-hidden="true">{ initials(&access.name) }</span>
                <span>{ in_words(locale, access) }</span>
            </li>
        }
    };
    html! {
        <details class="desk-more desk-access">
            <summary id="access">
                <span class="desk-faces">{ for people.iter().take(6).map(face) }</span>
                <span>{ text::access_count(locale, people.len()) }</span>
                { for outside.iter().map(|name| html! { <Badge tone={Tone::Warning}>{ name }</Badge> }) }
            </summary>
            <h2 class="utrecht-heading-3">{ text::access_title(locale) }</h2>
            <ul class="desk-access__list">{ for people.iter().map(line) }</ul>
            <p class="sluis-soft">{ text::access_only(locale) }</p>
        </details>
    }
}

fn in_words(locale: sluis_kit::Locale, access: &Access) -> String {
    let mut words = access.name.clone();
    let place = if access.team {
        text::access_team(locale)
    } else {
        ""
    };
    let around: Vec<&str> = [place, access.organisation.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty() && *part != access.name)
        .collect();
    if !around.is_empty() {
        words.push_str(" (");
        words.push_str(&around.join(", "));
        words.push(')');
    }
    words.push(' ');
    words.push_str(words::right(locale, access.right));
    words
}

/// The first letters of the first and the last word of a name.
pub(in crate::pages) fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_alphanumeric));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        assert_eq!(initials("Noor van der Berg"), "NB");
        assert_eq!(initials("Centrum"), "C");
        assert_eq!(initials("Élodie – Ö"), "ÉÖ");
        assert_eq!(initials(""), "");
    }
}
