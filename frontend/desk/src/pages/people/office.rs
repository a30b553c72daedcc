//! Directors: who they are, how many have to sign, what waits for another one, and signing for another one.

use sluis_domain::classes::Classes;
use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::{common, people as text, policy};
use sluis_kit::{Checkbox, TextArea, Variant, glyph};
use sluis_link::{Decision, OrganisationView, People, PersonView, Secret, StaffRole, WaitingView};
use yew::prelude::*;

use super::name_of;
use crate::pages::enrol;
use crate::pages::light::{Press, el, heading, p, section};
use crate::state::desk::Desk;
use crate::state::people::office::{Naming, OfficeMsg, says};
use crate::state::{Model, Msg};
use crate::words;

/// What a decision does, in words.
fn decision(locale: Locale, classes: &Classes, decision: &Decision) -> String {
    let called = |sub| words::subcategory(locale, classes, sub);
    let name = |name: &String| {
        if name.is_empty() {
            text::people_unnamed(locale).to_owned()
        } else {
            name.clone()
        }
    };
    let roles = |roles: &[StaffRole]| {
        let roles: Vec<&str> = roles
            .iter()
            .map(|role| words::role(locale, *role))
            .collect();
        if roles.is_empty() {
            text::people_no_roles(locale).to_owned()
        } else {
            roles.join(", ")
        }
    };
    match decision {
        Decision::Person(who, new) => text::decides_person(locale, &name(who), &roles(new)),
        Decision::Roles(who, new) => text::decides_roles(locale, &name(who), &roles(new)),
        Decision::Leaves(who) => text::decides_leaves(locale, &name(who)),
        Decision::Device(who) => text::decides_device(locale, &name(who)),
        Decision::Revoked(who) => text::decides_revoked(locale, &name(who)),
        Decision::Team(team, people) => text::decides_team(locale, &people.join(", "), team),
        Decision::Agreement(with) => text::decides_agreement(locale, with),
        Decision::Named(category, None, names) => policy::decides_class_new(
            locale,
            words::category(locale, *category),
            &names.dutch,
            &names.english,
        ),
        Decision::Named(_, Some(sub), names) => {
            policy::decides_class_name(locale, &called(*sub), &names.dutch, &names.english)
        }
        Decision::Retired(sub) => policy::decides_class_gone(locale, &called(*sub)),
        Decision::Respondents(who, now) => match now.ground {
            Some(ground) => policy::decides_respondents_on(
                locale,
                who,
                words::ground(locale, ground),
                &now.reasons,
            ),
            None => policy::decides_respondents_off(locale, who),
        },
        Decision::Other => text::decides_other(locale).to_owned(),
    }
}

/// What waits for another director, and signing for another one.
pub(super) fn signing(model: &Model, desk: &Desk, people: &People, send: &Callback<Msg>) -> Html {
    let directs = people.organisations.iter().any(|one| one.mine);
    let others = people.organisations.iter().flat_map(|one| &one.people);
    let several = others.filter(|person| person.directs).count() > 1;
    let mut all = el("div", "sluis-stack");
    if !people.waiting.is_empty() {
        let classes = &desk.profile.classes;
        all = all.kid(waiting(model.locale, classes, &people.waiting, send));
    }
    if directs && several {
        all = all.kid(sign(model, desk, send));
    }
    all.html()
}

fn waiting(
    locale: Locale,
    classes: &Classes,
    waiting: &[WaitingView],
    send: &Callback<Msg>,
) -> Html {
    let one = |one: &WaitingView| {
        let copy = Press {
            words: text::waiting_copy(locale).into(),
            icon: Some(glyph::COPY),
            class: "waiting-copy",
            ..Press::default()
        };
        let withdraw = Press {
            words: text::waiting_withdraw(locale).into(),
            variant: Variant::Subtle,
            class: "waiting-withdraw",
            ..Press::default()
        };
        let copies = Msg::Copy(Secret(one.code.clone()));
        let buttons = el("div", "utrecht-button-group")
            .kid(copy.html(send, copies))
            .kid(withdraw.html(send, says(OfficeMsg::Withdraw(one.number))));
        let code = el("p", "desk-code waiting-code").text(&one.code).html();
        let words = el("div", "desk-item__words")
            .kid(p("sluis-strong", &decision(locale, classes, &one.what)))
            .kid(code)
            .kid(buttons.html());
        el("li", "desk-item").kid(words.html()).html()
    };
    section("sluis-card sluis-stack", "people-waiting")
        .kid(heading("h2", "people-waiting", text::waiting_title(locale)).html())
        .kid(p("utrecht-paragraph", text::waiting_intro(locale)))
        .kid(
            el("ul", "desk-list")
                .kids(waiting.iter().map(one).collect())
                .html(),
        )
        .html()
}

fn sign(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let signing = &desk.staff.signing;
    let oninput = send.reform(|code| says(OfficeMsg::Code(code)));
    let mut all = section("sluis-card sluis-stack", "people-signing")
        .kid(heading("h2", "people-signing", text::signing_title(locale)).html())
        .kid(p("utrecht-paragraph", text::signing_intro(locale)))
        .kid(html! { <TextArea id="signing-code" label={text::signing_code(locale)} value={signing.code.clone()} {oninput} /> });
    let press = if let Some(read) = &signing.says {
        let says = el("p", "sluis-strong")
            .attr("id", "signing-says")
            .attr("role", "status");
        all = all
            .kid(p("utrecht-paragraph", text::signing_says(locale)))
            .kid(
                says.text(&decision(locale, &desk.profile.classes, read))
                    .html(),
            );
        (
            Press {
                id: "signing-sign".into(),
                words: text::signing_sign(locale).into(),
                variant: Variant::Primary,
                icon: Some(glyph::CHECK),
                busy: model.is_deciding(),
                ..Press::default()
            },
            OfficeMsg::Sign,
        )
    } else {
        (
            Press {
                id: "signing-read".into(),
                words: text::signing_read(locale).into(),
                disabled: signing.code.trim().is_empty(),
                ..Press::default()
            },
            OfficeMsg::Read,
        )
    };
    let press = press.0.html(send, says(press.1));
    all.kid(el("div", "").kid(press).html()).html()
}

/// Who directs an organisation and how many sign; where the sheet is at hand it can be changed.
pub(super) fn directors(
    model: &Model,
    desk: &Desk,
    people: &People,
    one: &OrganisationView,
    send: &Callback<Msg>,
) -> Html {
    let locale = model.locale;
    if let Some(form) = desk
        .staff
        .naming
        .as_ref()
        .filter(|form| form.organisation == one.key)
    {
        return naming(model, form, one, send);
    }
    let names = one.people.iter().filter(|person| person.directs);
    let names: Vec<String> = names.map(|person| name_of(locale, person)).collect();
    let (add, revoke) = one.thresholds;
    let sign = |many: u8| {
        if many > 1 {
            text::directors_two(locale)
        } else {
            text::directors_one(locale)
        }
    };
    let names = if names.is_empty() {
        text::people_nobody(locale).to_owned()
    } else {
        names.join(", ")
    };
    let says = text::directors_are(locale, sign(add), &names, sign(revoke));
    let mut all = el("div", "sluis-stack people-directors").kid(p("sluis-soft", &says));
    if people.may_found && !one.people.is_empty() {
        let press = Press {
            words: text::directors_change(locale).into(),
            label: Some(text::directors_change_of(locale, &one.name)),
            variant: Variant::Subtle,
            class: "people-name-directors",
            ..Press::default()
        };
        let begin = self::says(OfficeMsg::Name(one.key));
        all = all.kid(el("div", "").kid(press.html(send, begin)).html());
    }
    all.html()
}

fn naming(model: &Model, form: &Naming, one: &OrganisationView, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let person = |person: &PersonView| {
        let key = person.key;
        let onchange = send.reform(move |on| says(OfficeMsg::Person(key, on)));
        let id = ["directs-", &super::id_of(&key.0)].concat();
        html! { <Checkbox {id} label={name_of(locale, person)} checked={form.people.contains(&key)} {onchange} /> }
    };
    let working = one.people.iter();
    let working = working.filter(|person| person.devices.iter().any(|device| !device.paper));
    let legend = el(
        "legend",
        "utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend",
    );
    let who = el(
        "fieldset",
        "utrecht-form-fieldset utrecht-form-fieldset--html-fieldset",
    )
    .kid(legend.text(text::naming_who(locale)).html())
    .kids(working.map(person).collect());
    let two = |id: &'static str,
               label: &'static str,
               hint: &'static str,
               checked: bool,
               make: fn(bool) -> OfficeMsg| {
        let onchange = send.reform(move |on| says(make(on)));
        let disabled = !form.may_be_two();
        html! { <Checkbox {id} {label} {hint} checked={checked && !disabled} {disabled} {onchange} /> }
    };
    let error = form
        .wrong
        .as_ref()
        .map(|wrong| AttrValue::from(enrol::sheet_words(locale, wrong)));
    let oninput = send.reform(|words| says(OfficeMsg::Typed(Secret(words))));
    let sheet = html! { <TextArea id="naming-sheet" label={text::admit_sheet(locale)} hint={text::admit_sheet_hint(locale)} value={form.sheet.0.clone()} {error} {oninput} /> };
    let confirm = Press {
        id: "naming-confirm".into(),
        words: text::naming_confirm(locale).into(),
        variant: Variant::Primary,
        busy: model.is_deciding(),
        disabled: form.people.is_empty(),
        ..Press::default()
    };
    let stop = Press {
        id: "naming-stop".into(),
        words: common::cancel(locale).into(),
        ..Press::default()
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(confirm.html(send, says(OfficeMsg::Confirm)))
        .kid(stop.html(send, says(OfficeMsg::Stop)));
    let head = heading("h3", "naming-title", &text::naming_title(locale, &one.name));
    section("sluis-card sluis-stack people-question", "naming-title")
        .kid(head.attr("tabindex", "-1").html())
        .kid(p("utrecht-paragraph", text::naming_what(locale)))
        .kid(who.html())
        .kid(two(
            "naming-add",
            text::naming_two_add(locale),
            text::naming_two_add_hint(locale),
            form.two_add,
            OfficeMsg::TwoAdd,
        ))
        .kid(two(
            "naming-revoke",
            text::naming_two_revoke(locale),
            text::naming_two_revoke_hint(locale),
            form.two_revoke,
            OfficeMsg::TwoRevoke,
        ))
        .kid(p("utrecht-paragraph", text::naming_locked(locale)))
        .kid(sheet)
        .kid(buttons.html())
        .html()
}
