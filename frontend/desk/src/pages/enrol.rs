//! Coming in on an empty browser: the two ways, their steps, and clearing a browser that has no access any more.

use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::{common, desk as shared, people as text, sheets};
use sluis_kit::{
    Alert, Button, Checkbox, Icon, Progress, TextArea, TextField, Tone, Variant, glyph,
};
use sluis_link::{DeviceView, Joining, Secret, SheetRead};
use yew::prelude::*;

use super::gate::submits;
use super::light::{el, p};
use super::people::id_of;
use super::{on, title, unix};
use crate::services::scan;
use crate::state::enrol::{EnterMsg, Join, Path, Restore, Way};
use crate::state::gate::{Emptying, GateMsg};
use crate::state::setup::{SetUp, SetUpMsg, Step};
use crate::state::{Model, Msg};

/// A browser without a vault: the ways in.
#[inline(never)]
pub(super) fn ways(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let way = |id: &'static str, way, glyph, label: &'static str, hint: &'static str| {
        let onclick = send.reform(move |_: MouseEvent| Msg::Gate(GateMsg::Enter(way)));
        html! {
            <li>
                <button type="button" {id} class="desk-person" {onclick}>
                    <Icon {glyph} />
                    <span class="desk-person__words"><span class="sluis-strong">{ label }</span><span class="sluis-soft">{ hint }</span></span>
                </button>
            </li>
        }
    };
    html! {
        <div class="sluis-stack desk-panel">
            { title(shared::no_vault_title(locale)) }
            <p class="utrecht-paragraph">{ shared::no_vault_what(locale) }</p>
            <h2 class="utrecht-heading-2">{ text::enter_title(locale) }</h2>
            <ul class="desk-people">
                { way("enter-invitation", Way::Invitation, glyph::USERS, text::enter_invitation(locale), text::enter_invitation_hint(locale)) }
                { way("enter-with-sheet", Way::Sheet, glyph::FILE_TEXT, text::enter_sheet(locale), text::enter_sheet_hint(locale)) }
            </ul>
        </div>
    }
}

/// A step that only these ways have.
pub(super) fn step(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    match (&form.path, form.step) {
        (Path::Join(join), Step::Invitation) => invitation(model, form, join, send),
        (Path::Join(join), Step::Compare) => compare(model, join, send),
        (Path::Restore(restore), Step::Typed) => sheet(model, form, restore, send),
        (Path::Restore(restore), Step::Lost) => lost(model.locale, restore, send),
        (path, Step::Done) => done(model.locale, path, send),
        _ => Html::default(),
    }
}

fn back(locale: Locale, send: &Callback<Msg>) -> Html {
    html! { <Button id="enter-back" icon={glyph::ARROW_LEFT} onclick={on(send, Msg::Enter(EnterMsg::Back))}>{ common::back(locale) }</Button> }
}

fn foot(locale: Locale, busy: bool, send: &Callback<Msg>) -> Html {
    html! {
        <div class="utrecht-button-group desk-foot">
            <Button id="enter-next" submit=true variant={Variant::Primary} {busy}>{ common::continue_(locale) }</Button>
            { back(locale, send) }
        </div>
    }
}

fn typed(send: &Callback<Msg>) -> Callback<String> {
    send.reform(|text| Msg::Enter(EnterMsg::Typed(Secret(text))))
}

fn invitation(model: &Model, form: &SetUp, join: &Join, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let error = join.wrong.then(|| {
        let words = [
            text::enter_code_wrong(locale),
            " ",
            text::enter_code_wrong_do(locale),
        ];
        AttrValue::from(words.concat())
    });
    html! {
        <>
            { title(text::enter_code_title(locale)) }
            <p class="utrecht-paragraph">{ text::enter_code_intro(locale) }</p>
            if let Some(fault) = form.fault { { super::fault(locale, fault) } }
            { camera(locale, (join.scanning, join.unseen), |on| Msg::Enter(EnterMsg::Scan(on)), send) }
            <form class="sluis-stack" onsubmit={submits(send, Msg::Enter(EnterMsg::Next))}>
                <TextArea id="enter-code" label={text::enter_code(locale)} hint={text::enter_code_hint(locale)} value={join.code.0.clone()} {error} oninput={typed(send)} />
                { foot(locale, form.working.is_some(), send) }
            </form>
        </>
    }
}

/// Where the browser reads such pictures by itself.
pub(super) fn camera(
    locale: Locale,
    (scanning, unseen): (bool, bool),
    scans: fn(bool) -> Msg,
    send: &Callback<Msg>,
) -> Html {
    if !scan::available() {
        return Html::default();
    }
    let onchange = {
        let send = send.clone();
        Callback::from(move |event: Event| {
            let send = send.clone();
            scan::picture(&event, move |code| {
                send.emit(Msg::Scanned(code.map(Secret)));
            });
        })
    };
    html! {
        <div class="sluis-stack">
            if scanning {
                <p role="status" class="utrecht-paragraph">{ text::enter_scan_hint(locale) }</p>
                <video id={scan::VIDEO} class="people-camera" muted=true playsinline=true aria-label={text::enter_scan_hint(locale)}></video>
                <div><Button id="enter-scan" icon={glyph::X} onclick={on(send, scans(false))}>{ text::enter_scan_stop(locale) }</Button></div>
            } else {
                <div class="utrecht-button-group">
                    <Button id="enter-scan" icon={glyph::IMAGE} onclick={on(send, scans(true))}>{ text::enter_scan(locale) }</Button>
                </div>
                <div class="utrecht-form-field">
                    <label class="utrecht-form-label utrecht-form-field__label" for="enter-picture">{ text::enter_scan_picture(locale) }</label>
                    <input id="enter-picture" type="file" accept="image/*" {onchange} />
                </div>
            }
            if unseen { <Alert {locale} tone={Tone::Warning} what={text::enter_scan_none(locale)} /> }
        </div>
    }
}

fn compare(model: &Model, join: &Join, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <>
            { title(text::enter_words_title(locale)) }
            <p class="utrecht-paragraph">{ text::enter_words_intro(locale) }</p>
            <section class="desk-words" aria-labelledby="title">
                <ol id="enter-words" class="sluis-words desk-words__list">
                    { for join.shown.iter().flat_map(|shown| &shown.words).map(|word| html! { <li class="sluis-word">{ word }</li> }) }
                </ol>
            </section>
            { for join.shown.iter().map(|shown| beside(locale, shown)) }
            <p class="utrecht-paragraph">{ text::enter_words_next(locale) }</p>
            <Progress id="enter-waiting" {locale} label={text::enter_words_waiting(locale)} oncancel={on(send, Msg::Enter(EnterMsg::Back))} />
        </>
    }
}

/// The same as a code, for whoever stands beside the new device.
fn beside(locale: Locale, shown: &Joining) -> Html {
    let summary = el("summary", "").attr("id", "enter-answer-show");
    el("details", "desk-more")
        .kid(summary.text(text::enter_answer(locale)).html())
        .kid(p("utrecht-paragraph", text::enter_answer_what(locale)))
        .kid(super::sheet::picture(
            &shown.picture,
            text::enter_answer_picture(locale),
        ))
        .kid(
            el("p", "desk-code")
                .attr("id", "enter-answer")
                .text(&shown.code)
                .html(),
        )
        .html()
}

/// What is wrong with the words of a sheet.
pub(super) fn sheet_words(locale: Locale, read: &SheetRead) -> String {
    match read {
        SheetRead::Count(count) => text::sheet_count(locale, usize::from(*count)),
        SheetRead::Unknown(places) => {
            let places: Vec<String> = places.iter().map(u8::to_string).collect();
            text::sheet_unknown(locale, &places.join(", "))
        }
        SheetRead::OneShare => text::sheet_one_share(locale).to_owned(),
        SheetRead::Mistaken => text::sheet_mistaken(locale).to_owned(),
        SheetRead::Wrong(place) => sheets::wrong(locale, &place.to_string()),
        SheetRead::Foreign | SheetRead::Part(..) | SheetRead::Fits { .. } => {
            text::sheet_foreign(locale).to_owned()
        }
    }
}

fn sheet(model: &Model, form: &SetUp, restore: &Restore, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let error = restore
        .wrong
        .as_ref()
        .map(|wrong| AttrValue::from(sheet_words(locale, wrong)));
    let busy = form.working.is_some();
    html! {
        <>
            { title(text::enter_sheet_title(locale)) }
            <p class="utrecht-paragraph">{ text::enter_sheet_intro(locale) }</p>
            if let Some(fault) = form.fault { { super::fault(locale, fault) } }
            <form class="sluis-stack" onsubmit={submits(send, Msg::Enter(EnterMsg::Next))}>
                <TextArea id="enter-sheet" label={text::enter_sheet_words(locale)} hint={text::enter_sheet_words_hint(locale)} value={restore.words.0.clone()} {error} oninput={typed(send)} />
                { foot(locale, busy, send) }
            </form>
            if busy { <Progress id="enter-checking" {locale} label={text::enter_sheet_checking(locale)} oncancel={on(send, Msg::SetUp(SetUpMsg::Cancel))} /> }
        </>
    }
}

fn lost(locale: Locale, restore: &Restore, send: &Callback<Msg>) -> Html {
    let device = |device: &DeviceView| {
        let key = device.key;
        let onchange = send.reform(move |on| Msg::Enter(EnterMsg::Mark(key, on)));
        let label = text::enter_lost_browser(locale, &format_date(locale, unix(device.since)));
        let id = id_of(&key.0);
        html! { <Checkbox key={id.clone()} id={["lost-", &id].concat()} {label} checked={restore.lost.contains(&key)} {onchange} /> }
    };
    html! {
        <>
            { title(text::enter_lost_title(locale)) }
            <p class="utrecht-paragraph sluis-strong">{ text::enter_lost_who(locale, &restore.person, &restore.organisation) }</p>
            <form class="sluis-stack" onsubmit={submits(send, Msg::Enter(EnterMsg::Next))}>
                if restore.devices.is_empty() {
                    <p class="utrecht-paragraph">{ text::enter_lost_none(locale) }</p>
                } else {
                    <fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset">
                        <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ text::enter_lost_what(locale) }</legend>
                        { for restore.devices.iter().map(device) }
                    </fieldset>
                }
                { foot(locale, false, send) }
            </form>
        </>
    }
}

fn done(locale: Locale, path: &Path, send: &Callback<Msg>) -> Html {
    let restored = matches!(path, Path::Restore(_));
    let what = if restored {
        text::enter_done_restored(locale)
    } else {
        text::enter_done_joined(locale)
    };
    html! {
        <>
            { title(text::enter_done_title(locale)) }
            <Alert {locale} tone={Tone::Ok} {what} />
            if !restored { { regulation(locale) } }
            if restored { <Alert {locale} tone={Tone::Warning} what={text::enter_done_sheet(locale)} /> }
            <div><Button id="setup-finish" variant={Variant::Primary} icon={glyph::INBOX} onclick={on(send, Msg::SetUp(SetUpMsg::Finish))}>{ if restored { text::enter_done_work(locale) } else { text::regulation_accept(locale) } }</Button></div>
        </>
    }
}

/// The regulation of access, before the first use (M5).
pub(super) fn regulation(locale: Locale) -> Html {
    html! {
        <section class="sluis-card sluis-stack" aria-labelledby="regulation">
            <h2 id="regulation" class="utrecht-heading-2">{ text::regulation_title(locale) }</h2>
            <ul class="utrecht-unordered-list desk-next">
                <li>{ text::regulation_need(locale) }</li>
                <li>{ text::regulation_own(locale) }</li>
                <li>{ text::regulation_passphrase(locale) }</li>
                <li>{ text::regulation_tell(locale) }</li>
                <li>{ text::regulation_seen(locale) }</li>
            </ul>
        </section>
    }
}

/// This browser's access was revoked.
#[inline(never)]
pub(super) fn revoked(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <div class="sluis-stack desk-panel">
            { title(text::revoked_title(locale)) }
            <p class="utrecht-paragraph">{ text::revoked_what(locale) }</p>
            <p class="utrecht-paragraph">{ text::revoked_do(locale) }</p>
            <div class="utrecht-button-group">
                <Button id="forget" onclick={on(send, Msg::Gate(GateMsg::Forget))}>{ text::forget_start(locale) }</Button>
                <Button id="start-again" icon={glyph::ROTATE_CCW} onclick={on(send, Msg::StartAgain)}>{ common::retry(locale) }</Button>
            </div>
        </div>
    }
}

/// The question before a browser is cleared.
#[inline(never)]
pub(super) fn emptying(model: &Model, form: &Emptying, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let label = text::forget_type(locale, text::forget_word(locale));
    let error = form
        .differs
        .then(|| AttrValue::Static(text::forget_differs(locale)));
    html! {
        <div class="sluis-stack desk-panel">
            { title(text::forget_title(locale)) }
            <p class="utrecht-paragraph">{ text::forget_what(locale) }</p>
            <p class="utrecht-paragraph">{ text::forget_after(locale) }</p>
            if let Some(fault) = form.fault { { super::fault(locale, fault) } }
            <form class="sluis-stack" onsubmit={submits(send, Msg::Gate(GateMsg::Submit))}>
                <TextField id="forget-word" {label} value={form.typed.clone()} {error} oninput={send.reform(|text| Msg::Gate(GateMsg::Typed(Secret(text))))} />
                <div class="utrecht-button-group desk-foot">
                    <Button id="forget-confirm" submit=true variant={Variant::Danger}>{ text::forget_confirm(locale) }</Button>
                    <Button id="start-again" onclick={on(send, Msg::StartAgain)}>{ common::cancel(locale) }</Button>
                </div>
            </form>
        </div>
    }
}

/// The button under "forgotten your passphrase".
#[inline(never)]
pub(super) fn forget(locale: Locale, send: &Callback<Msg>) -> Html {
    html! { <Button id="forget" variant={Variant::Subtle} onclick={on(send, Msg::Gate(GateMsg::Forget))}>{ text::forget_start(locale) }</Button> }
}

/// The heading over work that failed on these ways.
pub(super) fn failed_title(locale: Locale) -> &'static str {
    text::enter_failed_title(locale)
}

/// The heading over the work of coming back.
pub(super) fn working_title(locale: Locale) -> &'static str {
    text::enter_working_title(locale)
}
