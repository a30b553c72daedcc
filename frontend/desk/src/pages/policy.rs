//! Whether my organisation keeps who respondents are: on the page of settings, for everybody to see and for directors to change.

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::{common, policy as text};
use sluis_kit::{TextArea, Variant};
use sluis_link::{LegalGround, RespondentsView};
use yew::prelude::*;

use super::light::{Choose, El, Press, el, heading, p, section};
use crate::state::desk::Desk;
use crate::state::people::policy::{PolicyForm, PolicyMsg, Wrong, decides};
use crate::state::{Model, Msg};
use crate::words;

/// The card.
pub(super) fn card(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(own) = desk.staff.own() else {
        return Html::default();
    };
    let head = heading("h2", "respondents-title", text::respondents_title(locale));
    let mut all = section(
        "sluis-card sluis-stack desk-conversation",
        "respondents-title",
    )
    .kid(head.attr("tabindex", "-1").html());
    all = stands(locale, &own.respondents, all);
    let failed = desk.staff.policy.as_ref().and(desk.staff.fault);
    if let Some(fault) = failed {
        all = all.kid(super::fault(locale, fault));
    }
    if !own.mine {
        let only = text::respondents_asks_director(locale);
        return all.kid(p("sluis-soft", only)).html();
    }
    match desk.staff.policy.as_deref() {
        Some(form) => view_form(model, form, send, all),
        None => acts(locale, &own.respondents, send, all),
    }
    .html()
}

/// How it stands now.
fn stands(locale: Locale, now: &RespondentsView, all: El) -> El {
    let Some(ground) = now.ground else {
        return all.kid(p("utrecht-paragraph", text::respondents_off(locale)));
    };
    let fact = |name: &str, value: &str| {
        el("div", "desk-fact")
            .kid(el("dt", "").text(name).html())
            .kid(el("dd", "desk-typed").text(value).html())
            .html()
    };
    let facts = el("dl", "desk-facts")
        .kid(fact(
            text::respondents_ground(locale),
            words::ground(locale, ground),
        ))
        .kid(fact(text::respondents_reasons(locale), &now.reasons));
    all.kid(p("utrecht-paragraph", text::respondents_on(locale)))
        .kid(facts.html())
}

fn acts(locale: Locale, now: &RespondentsView, send: &Callback<Msg>, all: El) -> El {
    let press = |id: &str, words: &str| Press {
        id: id.into(),
        words: words.into(),
        ..Press::default()
    };
    let on = now.ground.is_some();
    let words = if on {
        text::respondents_change(locale)
    } else {
        text::respondents_begin(locale)
    };
    let begin = press("respondents-begin", words).html(send, decides(PolicyMsg::Begin));
    let mut buttons = el("div", "utrecht-button-group").kid(begin);
    if on {
        let stop = press("respondents-stop", text::respondents_stop(locale));
        buttons = buttons.kid(stop.html(send, decides(PolicyMsg::Off)));
    }
    all.kid(buttons.html())
}

fn view_form(model: &Model, form: &PolicyForm, send: &Callback<Msg>, all: El) -> El {
    let locale = model.locale;
    let (all, label, confirm) = if let Some(ground) = form.ground {
        let all = all
            .kid(p("utrecht-paragraph", text::respondents_what(locale)))
            .kid(grounds(locale, ground, send));
        (
            all,
            text::respondents_reasons(locale),
            text::respondents_save(locale),
        )
    } else {
        let head = heading(
            "h3",
            "respondents-off",
            text::respondents_stop_title(locale),
        );
        let all = all
            .kid(head.html())
            .kid(p("utrecht-paragraph", text::respondents_stop_what(locale)));
        (
            all,
            text::respondents_stop_why(locale),
            text::respondents_stop(locale),
        )
    };
    let hint = form.ground.map(|_| text::respondents_hint(locale));
    let error = form.wrong.map(|wrong| match wrong {
        Wrong::Empty => text::respondents_empty(locale),
        Wrong::Long => text::respondents_long(locale),
    });
    let (hint, error) = (hint.map(AttrValue::Static), error.map(AttrValue::Static));
    let oninput = send.reform(|reasons| decides(PolicyMsg::Reasons(reasons)));
    let reasons = html! { <TextArea id="respondents-reasons" {label} {hint} {error} value={form.reasons.clone()} {oninput} /> };
    let confirm = Press {
        id: "respondents-confirm".into(),
        words: confirm.into(),
        variant: Variant::Primary,
        busy: model.is_deciding(),
        ..Press::default()
    };
    let back = Press {
        id: "respondents-back".into(),
        words: common::cancel(locale).into(),
        ..Press::default()
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(confirm.html(send, decides(PolicyMsg::Confirm)))
        .kid(back.html(send, decides(PolicyMsg::Stop)));
    all.kid(reasons).kid(buttons.html())
}

fn grounds(locale: Locale, now: LegalGround, send: &Callback<Msg>) -> Html {
    let choices = LegalGround::ALL.map(|ground| words::ground(locale, ground));
    let mut all = LegalGround::ALL.iter();
    let choose = Choose {
        id: "respondents-pick",
        label: text::respondents_pick(locale),
        choices: &choices,
        chosen: all.position(|ground| *ground == now),
    };
    choose.html(&send.reform(|place: usize| {
        let ground = LegalGround::ALL.get(place).copied();
        decides(PolicyMsg::Ground(ground.unwrap_or(LegalGround::Obligation)))
    }))
}
