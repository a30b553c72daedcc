//! Who is at the keyboard, what surrounds them, and how the desk looks.

use sluis_kit::html;
use sluis_kit::text::{common, desk as text};
use sluis_kit::{Button, LanguageSwitch, SchemeSwitch, Variant, glyph};
use yew::prelude::*;

use sluis_link::Secret;

use super::light::{Line, Press, el, heading, p, section};
use super::{alarms, classes, fault_line, on, policy, title};
use crate::state::desk::Desk;
use crate::state::lock::{LockMsg, Locking};
use crate::state::{Model, Msg};
use crate::words;

/// All settings.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <div class="sluis-stack">
            { title(text::settings_title(locale)) }
            <div class="sluis-grid">
                { you(model, desk) }
                { security(model, desk, send) }
                if !desk.profile.demonstration { { second_lock(model, desk, send) } }
                { display(model, send) }
                { classes::card(locale) }
            </div>
            { policy::card(model, desk, send) }
            <section class="sluis-stack" aria-labelledby="settings-warnings">
                <h2 id="settings-warnings" class="utrecht-heading-2">{ text::settings_warnings(locale) }</h2>
                if desk.profile.warnings.is_empty() {
                    <p class="utrecht-paragraph">{ text::settings_warnings_none(locale) }</p>
                }
                { for desk.profile.warnings.iter().map(|warning| alarms::warning(locale, *warning)) }
            </section>
        </div>
    }
}

fn you(model: &Model, desk: &Desk) -> Html {
    let locale = model.locale;
    let profile = &desk.profile;
    let roles: Vec<&str> = profile
        .roles
        .iter()
        .map(|role| words::role(locale, *role))
        .collect();
    let colleagues: Vec<&str> = profile
        .colleagues
        .iter()
        .filter(|(id, _)| *id != profile.member)
        .map(|(_, name)| name.as_str())
        .collect();
    let or = |text: String, none: &str| {
        if text.is_empty() {
            none.to_owned()
        } else {
            text
        }
    };
    let fact = |name: &'static str, value: String| {
        html! { <div class="desk-fact"><dt>{ name }</dt><dd>{ value }</dd></div> }
    };
    html! {
        <section class="sluis-card sluis-stack" aria-labelledby="settings-you">
            <h2 id="settings-you" class="utrecht-heading-2">{ text::settings_you(locale) }</h2>
            <dl class="desk-facts">
                { fact(text::settings_name(locale), profile.person.clone()) }
                { fact(text::settings_roles(locale), roles.join(", ")) }
                { fact(text::settings_organisation(locale), profile.organisation.clone()) }
                { fact(text::settings_lines(locale), or(profile.lines.join(", "), text::settings_lines_none(locale))) }
                { fact(text::settings_colleagues(locale), or(colleagues.join(", "), text::settings_colleagues_none(locale))) }
            </dl>
        </section>
    }
}

fn security(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let profile = &desk.profile;
    html! {
        <section class="sluis-card sluis-stack" aria-labelledby="settings-security">
            <h2 id="settings-security" class="utrecht-heading-2">{ text::settings_security(locale) }</h2>
            <dl class="desk-facts">
                <div class="desk-fact"><dt>{ text::settings_control_code(locale) }</dt><dd id="control-code" class="desk-code">{ &profile.control_code }</dd></div>
            </dl>
            <p class="sluis-soft">{ text::settings_control_code_hint(locale) }</p>
            <dl class="desk-facts">
                <div class="desk-fact"><dt>{ text::settings_lock(locale) }</dt><dd>{ text::settings_lock_minutes(locale, usize::from(profile.lock_minutes)) }</dd></div>
            </dl>
            <div><Button id="settings-lock" variant={Variant::Primary} icon={glyph::LOCK} onclick={on(send, Msg::Lock)}>{ text::lock_now(locale) }<kbd class="sluis-kbd">{ text::lock_keys(locale) }</kbd></Button></div>
        </section>
    }
}

/// The authenticator that has to be there beside the passphrase.
fn second_lock(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (form, on) = (&desk.lock, desk.profile.second_lock.is_some());
    let title = heading("h2", "second-lock", text::lock_title(locale)).attr("tabindex", "-1");
    let mut all = section("sluis-card sluis-stack", "second-lock")
        .kid(title.html())
        .kid(p(
            "",
            if on {
                text::lock_is_on(locale)
            } else {
                text::lock_what(locale)
            },
        ))
        .kid(p("", text::lock_way_back(locale)));
    let act = if on {
        text::lock_off(locale)
    } else {
        text::lock_on(locale)
    };
    if !form.shown {
        let begin = Press {
            id: "lock-begin".into(),
            words: act.into(),
            ..Press::default()
        };
        let begin = begin.html(send, Msg::SecondLock(LockMsg::Show(true)));
        return all.kid(el("div", "").kid(begin).html()).html();
    }
    let error = match form.state {
        Locking::Failed(fault) => Some(fault_line(locale, fault).to_string()),
        _ => None,
    };
    let passphrase = Line {
        id: "lock-passphrase",
        label: text::passphrase(locale).into(),
        hint: Some(text::lock_passphrase_hint(locale).into()),
        error,
        value: form.passphrase.0.clone(),
        kind: "password",
    };
    let typed = send.reform(|text| Msg::SecondLock(LockMsg::Typed(Secret(text))));
    all = all.kid(passphrase.html(typed));
    let told = match form.state {
        Locking::Touching => Some(text::lock_touch(locale)),
        Locking::TouchingAgain => Some(text::lock_touch_again(locale)),
        Locking::Open | Locking::Busy(_) | Locking::Failed(_) => None,
    };
    if let Some(told) = told {
        let told = el("p", "")
            .attr("id", "lock-told")
            .attr("role", "status")
            .text(told);
        all = all.kid(told.html());
    }
    let busy = matches!(
        form.state,
        Locking::Touching | Locking::TouchingAgain | Locking::Busy(_)
    );
    let go = Press {
        id: "lock-go".into(),
        words: act.into(),
        variant: Variant::Primary,
        busy,
        ..Press::default()
    };
    let back = Press {
        id: "lock-back".into(),
        words: common::cancel(locale).into(),
        ..Press::default()
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(go.html(send, Msg::SecondLock(LockMsg::Go)))
        .kid(back.html(send, Msg::SecondLock(LockMsg::Show(false))));
    all.kid(buttons.html()).html()
}

fn display(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <section class="sluis-card sluis-stack" aria-labelledby="settings-display">
            <h2 id="settings-display" class="utrecht-heading-2">{ text::settings_display(locale) }</h2>
            <div class="desk-fact"><span class="sluis-strong">{ common::language(locale) }</span><LanguageSwitch {locale} onlanguage={send.reform(Msg::Spoken)} /></div>
            <div class="desk-fact"><span class="sluis-strong">{ common::color_scheme(locale) }</span><SchemeSwitch {locale} scheme={model.scheme} onscheme={send.reform(Msg::Coloured)} /></div>
        </section>
    }
}
