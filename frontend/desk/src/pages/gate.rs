//! Before the door: unlocking, choosing a person, and why there is no way in.

use sluis_kit::html;
use sluis_kit::text::{common, desk as text};
use sluis_kit::{Access, Alert, Button, Progress, TextField, Tone, Variant, glyph};
use sluis_link::{Fault, Secret};
use yew::prelude::*;

use super::{fault_line, on, title};
use crate::state::gate::{Demo, Gate, GateMsg, Unlock};
use crate::state::{Model, Msg};
use crate::words;

/// The worker is being asked how things stand.
pub(super) fn waiting(model: &Model) -> Html {
    let locale = model.locale;
    html! {
        <div class="sluis-stack desk-panel">
            { title(text::page_title(locale)) }
            <Progress id="starting" {locale} label={text::starting(locale)} />
        </div>
    }
}

/// The desk is locking.
#[inline(never)]
pub(super) fn locking(model: &Model) -> Html {
    let locale = model.locale;
    html! {
        <div class="sluis-stack desk-panel">
            { title(text::page_title(locale)) }
            <Progress id="locking" {locale} label={text::locking(locale)} />
        </div>
    }
}

/// The worker does not answer any more.
#[inline(never)]
pub(super) fn broken(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let advice = [text::broken_what(locale), text::broken_do(locale)];
    door(model, send, text::broken_title(locale), advice)
}

/// There is no way in, and why.
#[inline(never)]
pub(super) fn closed(model: &Model, gate: &Gate, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (title, advice) = match gate {
        Gate::OtherTab => (
            text::other_tab_title(locale),
            [text::other_tab_what(locale), text::other_tab_do(locale)],
        ),
        Gate::Unreachable => (
            text::unreachable_title(locale),
            [text::unreachable_what(locale), text::unreachable_do(locale)],
        ),
        Gate::Failed(fault) => {
            let advice = words::fault(locale, *fault);
            (text::failed_title(locale), [advice.what, advice.now])
        }
        Gate::Unlock(_) | Gate::Demo(_) | Gate::NoVault | Gate::Revoked | Gate::Emptying(_) => {
            return Html::default();
        }
    };
    door(model, send, title, advice)
}

fn door(
    model: &Model,
    send: &Callback<Msg>,
    heading: &'static str,
    advice: [&'static str; 2],
) -> Html {
    let [what, now] = advice;
    html! {
        <div class="sluis-stack desk-panel">
            { title(heading) }
            <p class="utrecht-paragraph">{ what }</p>
            <p class="utrecht-paragraph">{ now }</p>
            <div><Button id="start-again" variant={Variant::Primary} icon={glyph::ROTATE_CCW} onclick={on(send, Msg::StartAgain)}>{ common::retry(model.locale) }</Button></div>
        </div>
    }
}

/// The passphrase.
pub(super) fn unlock(model: &Model, form: &Unlock, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let busy = form.progress.is_some();
    // What is about the passphrase stands at its field, the rest above the form.
    let at_field = |fault: Fault| matches!(fault, Fault::WrongPassphrase | Fault::Incomplete);
    let error = form
        .fault
        .filter(|fault| at_field(*fault))
        .map(|fault| fault_line(locale, fault));
    let onsubmit = submits(send, Msg::Gate(GateMsg::Submit));
    let shows = Msg::Gate(GateMsg::Show(!form.shown));
    html! {
        <div class="sluis-stack desk-panel">
            { title(text::unlock_title(locale)) }
            <p class="utrecht-paragraph">{ text::unlock_intro(locale) }</p>
            if let Some(fault) = form.fault.filter(|fault| !at_field(*fault)) { { super::fault(locale, fault) } }
            <form class="sluis-stack" {onsubmit}>
                <TextField id="unlock-passphrase" label={text::passphrase(locale)} value={form.passphrase.0.clone()}
                    kind={if form.shown { "text" } else { "password" }} autocomplete="current-password" {error}
                    access={if busy { Access::ReadOnly } else { Access::default() }}
                    oninput={send.reform(|text| Msg::Gate(GateMsg::Typed(Secret(text))))} />
                <div class="utrecht-button-group">
                    <Button id="unlock" submit=true variant={Variant::Primary} icon={glyph::LOCK_OPEN} {busy}>{ text::unlock(locale) }</Button>
                    <Button id="unlock-show" variant={Variant::Subtle} icon={if form.shown { glyph::EYE_OFF } else { glyph::EYE }} pressed={form.shown} onclick={on(send, shows)}>
                        { if form.shown { text::passphrase_hide(locale) } else { text::passphrase_show(locale) } }
                    </Button>
                </div>
            </form>
            if form.second.is_some() { <p id="unlock-second" class="utrecht-paragraph" role="status">{ if form.touching { text::lock_touch(locale) } else { text::lock_with_both(locale) } }</p> }
            if let Some(progress) = form.progress {
                <Progress id="unlock-progress" {locale} label={text::unlocking(locale)} percent={percent(progress.permille)}
                    detail={words::stage(locale, progress.stage)} oncancel={on(send, Msg::Gate(GateMsg::Cancel))} />
            }
            <details class="desk-more">
                <summary>{ text::forgot_title(locale) }</summary>
                <p class="utrecht-paragraph">{ text::forgot_what(locale) }</p>
                { super::enrol::forget(locale, send) }
            </details>
        </div>
    }
}

/// The people of a demonstration.
#[inline(never)]
pub(super) fn demo(model: &Model, chooser: &Demo, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let person = |person: &sluis_link::DemoPerson| {
        let number = person.number;
        let chosen = chooser.chosen == Some(number);
        let onclick = send.reform(move |_: MouseEvent| Msg::Gate(GateMsg::Choose(number)));
        html! {
            <li key={number}>
                <button type="button" id={["demo-", &number.to_string()].concat()} class={classes!("desk-person", chosen.then_some("desk-person--chosen"))} {onclick}>
                    <span class="sluis-face" aria-hidden="true">{ super::dossier::initials(&person.name) }</span>
                    <span class="desk-person__words">
                        <span class="sluis-strong">{ &person.name }</span>
                        <span class="sluis-soft">{ words::role(locale, person.role) }{ ", " }{ &person.organisation }</span>
                    </span>
                </button>
            </li>
        }
    };
    html! {
        <div class="sluis-stack desk-panel desk-panel--wide">
            { title(text::demo_title(locale)) }
            <p class="utrecht-paragraph">{ text::demo_intro(locale) }</p>
            if let Some(fault) = chooser.fault { { super::fault(locale, fault) } }
            <ul class="desk-people">{ for chooser.people.iter().map(person) }</ul>
            if let Some(progress) = chooser.progress {
                <Progress id="unlock-progress" {locale} label={text::demo_entering(locale)} percent={percent(progress.permille)} detail={words::stage(locale, progress.stage)} />
            }
            if chooser.people.is_empty() { <Alert {locale} tone={Tone::Info} what={text::reading_vault(locale)} /> }
        </div>
    }
}

/// A form that sends this message instead of leaving the page.
pub(super) fn submits(send: &Callback<Msg>, msg: Msg) -> Callback<SubmitEvent> {
    send.reform(move |event: SubmitEvent| {
        event.prevent_default();
        msg.clone()
    })
}

/// Hundredths of thousandths.
pub(super) fn percent(permille: u16) -> Option<u8> {
    u8::try_from(permille / 10)
        .ok()
        .map(|percent| percent.min(100))
}
