//! Fields that people changed at the same time: all values, with who chose them and when, until somebody chooses one.

use sluis_domain::classes::Classes;
use sluis_domain::vocabulary::{Field, FieldName, Status};
use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::desk as text;
use sluis_kit::{Button, Moment};
use sluis_link::{Choice, Conflict};
use yew::prelude::*;

use super::super::{on, unix};
use super::Scene;
use crate::state::Msg;
use crate::state::dossier::DossierMsg;
use crate::words;

/// One card for each field.
pub(super) fn view(scene: Scene<'_>) -> Html {
    html! { <>{ for scene.view.conflicts.iter().map(|conflict| card(scene, conflict)) }</> }
}

fn card(scene: Scene<'_>, conflict: &Conflict) -> Html {
    let locale = scene.model.locale;
    // In a closed dossier only the status can be set.
    let fixed = scene.view.row.status == Status::Closed && conflict.field != FieldName::Status;
    let one = |choice: &Choice| {
        let choose = Msg::Dossier(DossierMsg::Chosen(choice.value.clone()));
        html! {
            <li class="desk-log">
                <span class="desk-log__words">
                    <span class="desk-typed">{ words_of(locale, &scene.desk.profile.classes, choice) }</span>
                    <span class="sluis-soft">{ &choice.author }{ " · " }<Moment {locale} unix={unix(choice.time)} /></span>
                </span>
                if !fixed {
                    <Button onclick={on(scene.send, choose)}>{ text::conflict_choose(locale) }</Button>
                }
            </li>
        }
    };
    html! {
        <section class="sluis-card sluis-stack desk-conflict sluis-screen-only">
            <h2 class="utrecht-heading-3">{ text::conflict_title(locale, words::field(locale, conflict.field)) }</h2>
            <p class="sluis-soft">{ text::conflict_hint(locale) }</p>
            <ul class="desk-list">{ for conflict.choices.iter().map(one) }</ul>
        </section>
    }
}

/// A value as people read it.
fn words_of(locale: Locale, classes: &Classes, choice: &Choice) -> String {
    let words = match &choice.value {
        Field::Kind(kind) => words::kind(locale, *kind).to_owned(),
        Field::Classification(Some((category, sub))) => {
            let sub = sub.map(|sub| words::subcategory_now(locale, classes, sub));
            let parts = [Some(words::category(locale, *category)), sub.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
        }
        Field::Level(Some(level)) => words::level(locale, *level).to_owned(),
        Field::Status(status) => words::status(locale, *status).to_owned(),
        Field::Handler(_) => choice.person.clone(),
        Field::Federation(text)
        | Field::Sport(text)
        | Field::FirstStory(text)
        | Field::Happened(text)
        | Field::Asked(text)
        | Field::Club(text) => text.clone(),
        Field::Risk(Some(risk)) => words::risk(locale, *risk).to_owned(),
        Field::Groups(groups) => groups
            .iter()
            .map(|group| words::risk_group(locale, *group))
            .collect::<Vec<_>>()
            .join(", "),
        Field::Tags(tags) => tags.join(", "),
        Field::Tier(Some(tier)) => words::tier(locale, *tier).to_owned(),
        Field::Classification(None)
        | Field::Level(None)
        | Field::Risk(None)
        | Field::Tier(None) => String::new(),
    };
    if words.is_empty() {
        text::conflict_empty(locale).to_owned()
    } else {
        words
    }
}
