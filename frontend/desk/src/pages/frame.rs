//! What surrounds every screen: band, header with menu and connection, short messages.

use sluis_kit::html;
use sluis_kit::text::{common, desk as text, people};
use sluis_kit::{
    Alert, Button, DemonstrationBand, Glyph, Icon, PageHeader, SkipLink, Toast, Tone, Variant,
    glyph,
};
use sluis_link::Link;
use yew::prelude::*;

use super::{Pick, on};
use crate::route::Route;
use crate::state::desk::{Desk, DeskMsg};
use crate::state::gate::Gate;
use crate::state::toast::Words;
use crate::state::{Model, Msg, Phase};
use crate::words;

/// Puts the screen into its frame.
pub(super) fn view(model: &Model, send: &Callback<Msg>, screen: Html) -> Html {
    let locale = model.locale;
    let wide = matches!(model.phase, Phase::Open(_));
    let demonstration = match &model.phase {
        Phase::Open(desk) => desk.profile.demonstration,
        Phase::Gate(Gate::Demo(_)) => true,
        _ => false,
    };
    let home = wide.then_some(AttrValue::Static(Route::Work.fragment()));
    html! {
        <div class={classes!("sluis-page", wide.then_some("desk-page"))}>
            <SkipLink {locale} />
            if demonstration {
                <DemonstrationBand {locale} />
            }
            <PageHeader {locale} scheme={model.scheme} name={text::page_title(locale)} {home}
                onlanguage={send.reform(Msg::Spoken)} onscheme={send.reform(Msg::Coloured)}>
                if let Some(desk) = model.desk() { { menu(model, desk, send) } }
            </PageHeader>
            <main id="main" tabindex="-1" class={classes!("sluis-main", if wide { "sluis-main--wide" } else { "desk-door" })}>
                if let Some(desk) = model.desk() { { warning(model, desk, send) } }
                { screen }
            </main>
            { toast(model, send) }
        </div>
    }
}

fn menu(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let waiting: usize = desk.work.iter().map(|(_, keys)| keys.len()).sum();
    let here = |route: Route| {
        model.route == route
            || (route == Route::Dossiers && matches!(model.route, Route::Dossier | Route::Figures))
            || (route == Route::Settings && model.route == Route::Classes)
            || (route == Route::People && matches!(model.route, Route::Admit | Route::Sheets))
    };
    let item = |route: Route, id: &'static str, glyph: Glyph, label: &'static str, count: usize| {
        html! {
            <a {id} class="sluis-nav__link" href={route.fragment()} aria-current={here(route).then_some("page")}>
                <Icon {glyph} />{ label }
                if count > 0 { <span class="sluis-tab__count">{ count }</span> }
            </a>
        }
    };
    html! {
        <>
            <nav class="sluis-nav" aria-label={common::main_navigation(locale)}>
                { item(Route::Work, "nav-work", glyph::INBOX, text::nav_work(locale), waiting) }
                { item(Route::Dossiers, "nav-dossiers", glyph::FOLDER, text::nav_dossiers(locale), 0) }
                { item(Route::New, "new-dossier", glyph::PLUS, text::nav_new(locale), 0) }
                { item(Route::People, "nav-people", glyph::USERS, people::nav_people(locale), 0) }
                { item(Route::Settings, "nav-settings", glyph::SETTINGS, text::nav_settings(locale), 0) }
            </nav>
            { link(model, desk, send) }
            if !desk.people.is_empty() { { switcher(model, desk, send) } }
            <Button id="lock" icon={glyph::LOCK} onclick={on(send, Msg::Lock)}>
                { text::lock_now(locale) }<kbd class="sluis-kbd desk-wide-only">{ text::lock_keys(locale) }</kbd>
            </Button>
        </>
    }
}

/// The state of the connection, always in sight.
fn link(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let (glyph, words, offline) = match desk.link {
        None => (
            glyph::LOADER_CIRCLE,
            text::link_unknown(locale).to_owned(),
            false,
        ),
        Some(Link::Synced) => (
            glyph::CLOUD_CHECK,
            text::link_synced(locale).to_owned(),
            false,
        ),
        Some(Link::Syncing(waiting)) => (
            glyph::LOADER_CIRCLE,
            text::link_syncing(locale, count(waiting)),
            false,
        ),
        Some(Link::Offline(waiting)) => (
            glyph::CLOUD_OFF,
            text::link_offline(locale, count(waiting)),
            true,
        ),
    };
    html! {
        <div class={classes!("desk-link", offline.then_some("desk-link--offline"))}>
            <span id="link-state" role="status"><Icon {glyph} />{ words }</span>
            if offline {
                <Button id="sync-now" variant={Variant::Subtle} onclick={on(send, Msg::Desk(DeskMsg::SyncNow))}>{ text::link_retry(locale) }</Button>
            }
        </div>
    }
}

fn switcher(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let choices = desk
        .people
        .iter()
        .map(|person| {
            let label = [&person.name, " – ", words::role(locale, person.role)].concat();
            (person.number, AttrValue::from(label))
        })
        .collect();
    let value = desk
        .people
        .iter()
        .find(|person| person.name == desk.profile.person)
        .map_or(u8::MAX, |person| person.number);
    let pick = Pick {
        id: "switch-person",
        label: text::switch_person(locale).into(),
        choices,
        value,
        disabled: false,
    };
    html! { <div class="desk-switcher">{ pick.view(send.reform(Msg::Switch)) }</div> }
}

fn warning(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <>
            if model.newer {
                <p class="desk-notice sluis-card">{ text::newer_version(locale) }{ " " }<Button id="take-newer" onclick={on(send, Msg::Lock)}>{ text::newer_take(locale) }</Button></p>
            }
            if desk.locks_soon {
                <div class="desk-notice"><Alert {locale} tone={Tone::Warning} what={text::locks_soon(locale)} /></div>
            }
        </>
    }
}

fn toast(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let last = model.toasts.list().last();
    let message = last.map_or(AttrValue::Static(""), |toast| match toast.words {
        Words::Copied => text::toast_copied(locale).into(),
        Words::NotCopied => [
            common::err_not_copied(locale),
            " ",
            common::rec_not_copied(locale),
        ]
        .concat()
        .into(),
        Words::DossierMade => text::toast_dossier_made(locale).into(),
        Words::ReplySaved => text::toast_reply(locale).into(),
        Words::NoteSaved => text::toast_note(locale).into(),
        Words::Decided => people::people_decided(locale).into(),
        Words::LockChanged => text::lock_changed(locale).into(),
        Words::ExtractMade => sluis_kit::text::extract::toast_made(locale).into(),
        Words::ShareSaved => sluis_kit::text::share::toast_saved(locale).into(),
        Words::PersonSaved => sluis_kit::text::involved::saved(locale).into(),
        Words::Undone => text::toast_undone(locale).into(),
        Words::Failed(fault) => super::fault_line(locale, fault),
    });
    let id = last.map_or(0, |toast| toast.id);
    html! { <Toast {locale} {message} onclose={on(send, Msg::ToastGone(id))} /> }
}
