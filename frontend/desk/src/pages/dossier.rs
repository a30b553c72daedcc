//! One dossier: a header that always says what matters, and its parts.

mod bond;
mod conflict;
mod conversation;
mod extract;
mod files;
mod head;
mod involved;
mod log;
mod notes;
mod package;
mod paper;
mod picture;
mod share;
mod story;

use sluis_kit::html;
use sluis_kit::text::desk as text;
use sluis_kit::{Button, Icon, Progress, Tab, Tabs, glyph};
use sluis_link::{DossierView, DraftSlot};
use yew::prelude::*;

use super::light::el;
use super::{alarms, on, title};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::dossier::{DossierMsg, DraftState, OpenDossier, Part};
use crate::state::{Model, Msg};

pub(super) use head::initials;
pub(super) use share::waiting;
pub(super) use story::{classes_of, levels};

/// What every part of the page draws from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    model: &'a Model,
    desk: &'a Desk,
    open: &'a OpenDossier,
    view: &'a DossierView,
    send: &'a Callback<Msg>,
}

/// The page of the open dossier.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(open) = &desk.open else {
        return Html::default();
    };
    let number = desk.row(open.key).map_or("", |row| row.number.as_str());
    let body = match (&open.view, open.fault) {
        (Some(view), _) => {
            let scene = Scene {
                model,
                desk,
                open,
                view,
                send,
            };
            if open.printing {
                let screen = el("div", "sluis-stack sluis-screen-only").kid(whole(scene));
                html! { <>{ screen.html() }{ paper::view(scene) }</> }
            } else {
                whole(scene)
            }
        }
        (None, Some(fault)) => {
            let again = Msg::Dossier(DossierMsg::Open(open.key, None));
            html! {
                <>
                    { title(text::dossier_failed_title(locale)) }
                    { super::fault(locale, fault) }
                    <div><Button id="dossier-again" icon={glyph::ROTATE_CCW} onclick={on(send, again)}>{ sluis_kit::text::common::retry(locale) }</Button></div>
                </>
            }
        }
        (None, None) => html! {
            <>
                { title(text::dossier_title(locale, number)) }
                <Progress id="dossier-loading" {locale} label={text::dossier_loading(locale)} />
            </>
        },
    };
    html! {
        <div class="sluis-stack">
            <a id="back-to-dossiers" class="utrecht-link utrecht-link--html-a desk-back sluis-screen-only" href={Route::Dossiers.fragment()}><Icon glyph={glyph::ARROW_LEFT} />{ text::back_to_dossiers(locale) }</a>
            { body }
        </div>
    }
}

fn whole(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        open,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let tab = |part: Part| {
        let label = match part {
            Part::Notes if view.extract.is_some() => sluis_kit::text::extract::part(locale),
            Part::Conversation => text::part_conversation(locale),
            Part::Story => text::part_story(locale),
            Part::Notes => text::part_notes(locale),
            Part::People => sluis_kit::text::involved::part_people(locale),
            Part::Files => sluis_kit::text::files::part_files(locale),
            Part::Share => sluis_kit::text::share::part_share(locale),
            Part::Log => text::part_log(locale),
        };
        let mut tab = Tab::new(part.id(), label);
        if part == Part::Conversation {
            tab.count = usize::try_from(view.row.unread).unwrap_or(usize::MAX);
        }
        tab
    };
    // An extract has no reporter and no story of its own.
    let parts = if view.extract.is_some() {
        Part::OF_EXTRACT.as_slice()
    } else {
        Part::ALL.as_slice()
    };
    let shown = if parts.contains(&open.tab) {
        open.tab
    } else {
        Part::Notes
    };
    let making = scene.desk.extract.as_ref();
    let making = making.filter(|form| form.dossier == view.row.key);
    let panel = match (shown, &view.extract, making) {
        (Part::Notes, Some(extract), _) => locked(view, extract::view(scene, extract)),
        (Part::Share, _, Some(form)) => extract::form(scene, form),
        (Part::Conversation, ..) => conversation::view(scene),
        (Part::Story, ..) => locked(view, story::view(scene)),
        (Part::Notes, ..) => locked(view, notes::view(scene)),
        (Part::People, ..) => involved::view(scene),
        (Part::Files, ..) => files::view(scene),
        (Part::Share, ..) => share::view(scene),
        (Part::Log, ..) => log::view(scene),
    };
    let onselect = send.reform(|id: AttrValue| {
        let part = Part::ALL.into_iter().find(|part| part.id() == id.as_str());
        Msg::Dossier(DossierMsg::Show(part.unwrap_or_default()))
    });
    html! {
        <>
            { head::view(scene) }
            { share::banner(scene) }
            { conflict::view(scene) }
            { for view.alarms.iter().map(|alarm| alarms::alarm(locale, alarm, send)) }
            <div class="desk-parts">
                <Tabs id="part" label={text::parts(locale)} tabs={parts.iter().copied().map(tab).collect::<Vec<_>>()} selected={shown.id()} {onselect}>
                    { panel }
                </Tabs>
            </div>
        </>
    }
}

/// What only who may write can use; for everybody else it is there to read.
fn locked(view: &DossierView, html: Html) -> Html {
    if view.share.may_write() {
        html
    } else {
        html! { <fieldset class="desk-locked" disabled=true>{ html }</fieldset> }
    }
}

/// How far a draft is, in words.
fn draft_state(scene: Scene<'_>, slot: DraftSlot) -> &'static str {
    let locale = scene.model.locale;
    let draft = scene.open.draft(slot);
    match draft.state {
        DraftState::Typing => text::draft_saving(locale),
        DraftState::Kept if !draft.text.is_empty() => text::draft_kept(locale),
        DraftState::Kept | DraftState::Sending(_) | DraftState::Failed(_) => "",
    }
}
