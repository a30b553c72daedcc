//! Who has access: organisations, people and their devices, and what a director decides about them.

mod admit;
mod office;

pub(super) use admit::view as admit;

use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::{common, people as text, sheets};
use sluis_kit::{
    Alert, Badge, Button, Checkbox, Icon, Progress, TextArea, TextField, Tone, Variant, glyph,
};
use sluis_link::{
    DeviceKey, DeviceView, OrganisationSort, OrganisationView, People, PersonKey, PersonView,
    Secret, StaffRole,
};
use yew::prelude::*;

use super::{Pick, on, title, unix};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::people::admit::{Who, begins};
use crate::state::people::{Doing, PeopleMsg, Question, Staff};
use crate::state::{Model, Msg};
use crate::words;

/// The whole page.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(people) = &desk.staff.people else {
        return html! {
            <div class="sluis-stack">
                { title(text::people_title(locale)) }
                <Progress id="people-loading" {locale} label={text::people_loading(locale)} />
            </div>
        };
    };
    let directs = people.organisations.iter().any(|one| one.mine);
    let begin = |id: &'static str, variant, glyph, who, label: &'static str| {
        html! { <Button {id} {variant} icon={glyph} onclick={on(send, begins(who))}>{ label }</Button> }
    };
    let pending = usize::try_from(people.pending).unwrap_or(usize::MAX);
    html! {
        <div class="sluis-stack">
            { title(text::people_title(locale)) }
            <p class="utrecht-paragraph">{ text::people_intro(locale) }</p>
            <div class="utrecht-button-group">
                if directs { { begin("people-admit", Variant::Primary, glyph::PLUS, Who::Colleague, text::people_admit(locale)) } }
                { begin("people-add-device", Variant::Secondary, glyph::MONITOR, Who::Device(people.me), text::people_add_device(locale)) }
                <a id="people-sheets" class="utrecht-button utrecht-button--html-button utrecht-button--secondary-action" href={Route::Sheets.fragment()}><Icon glyph={glyph::FILE_TEXT} />{ sheets::nav(locale) }</a>
                if people.may_found { { begin("people-found", Variant::Secondary, glyph::USERS, Who::Organisation, text::people_admit_organisation(locale)) } }
            </div>
            <p id="people-pending" role="status" class="sluis-soft">{ if pending > 0 { text::people_pending(locale, pending) } else { String::new() } }</p>
            if let Some(fault) = desk.staff.fault { { super::fault(locale, fault) } }
            if let Some(question) = &desk.staff.question { { ask(model, desk, question, send) } }
            { office::signing(model, desk, people, send) }
            { own_devices(model, desk, people, send) }
            { for people.organisations.iter().map(|one| organisation(model, desk, people, one, send)) }
            <section class="sluis-card sluis-stack" aria-labelledby="people-outside">
                <h2 id="people-outside" class="utrecht-heading-2">{ text::people_outside_title(locale) }</h2>
                <p class="utrecht-paragraph">{ text::people_outside(locale) }</p>
            </section>
        </div>
    }
}

fn own_devices(model: &Model, desk: &Desk, people: &People, send: &Callback<Msg>) -> Html {
    let Some((_, me)) = desk.staff.person(people.me) else {
        return Html::default();
    };
    html! {
        <section class="sluis-card sluis-stack" aria-labelledby="people-own">
            <h2 id="people-own" class="utrecht-heading-2">{ text::people_your_devices(model.locale) }</h2>
            { devices(model, &desk.staff, people.here, me, send) }
        </section>
    }
}

fn organisation(
    model: &Model,
    desk: &Desk,
    people: &People,
    one: &OrganisationView,
    send: &Callback<Msg>,
) -> Html {
    let locale = model.locale;
    let kind = match one.sort {
        OrganisationSort::Centre => text::people_kind_centre(locale),
        OrganisationSort::Federation => text::people_kind_federation(locale),
        OrganisationSort::Experts => text::people_kind_experts(locale),
        OrganisationSort::RegisterHolder => text::people_kind_register(locale),
    };
    let teams: Vec<String> = one
        .teams
        .iter()
        .map(|team| {
            if team.line {
                [&team.name, " (", text::people_line(locale), ")"].concat()
            } else {
                team.name.clone()
            }
        })
        .collect();
    html! {
        <section class="sluis-card sluis-stack" aria-label={one.name.clone()}>
            <div class="sluis-row-of">
                <h2 class="utrecht-heading-2">{ &one.name }</h2>
                <Badge>{ kind }</Badge>
                if one.mine { <span class="sluis-soft">{ text::people_mine(locale) }</span> }
            </div>
            if !teams.is_empty() { <p class="sluis-soft">{ text::people_teams(locale) }{ ": " }{ teams.join(", ") }</p> }
            { office::directors(model, desk, people, one, send) }
            if one.people.is_empty() {
                <p class="utrecht-paragraph">{ text::people_nobody(locale) }</p>
            } else {
                <ul class="desk-list">{ for one.people.iter().map(|person| row(model, desk, people, one, person, send)) }</ul>
            }
        </section>
    }
}

/// The name of a person, or that it is not known.
pub(super) fn name_of(locale: Locale, person: &PersonView) -> String {
    if person.name.is_empty() {
        text::people_unnamed(locale).to_owned()
    } else {
        person.name.clone()
    }
}

fn row(
    model: &Model,
    desk: &Desk,
    people: &People,
    organisation: &OrganisationView,
    person: &PersonView,
    send: &Callback<Msg>,
) -> Html {
    let locale = model.locale;
    let name = name_of(locale, person);
    let roles: Vec<&str> = person
        .roles
        .iter()
        .map(|role| words::role(locale, *role))
        .collect();
    let roles = if roles.is_empty() {
        text::people_no_roles(locale).to_owned()
    } else {
        roles.join(", ")
    };
    let shown = if person.key == people.me {
        text::people_you(locale, &name)
    } else {
        name.clone()
    };
    let open = desk.staff.unfolded == Some(person.key);
    let key = person.key;
    let onclick = send.reform(move |_: MouseEvent| Msg::People(PeopleMsg::Unfold(key)));
    html! {
        <li key={id_of(&key.0)} class="people-one">
            <div class="desk-item">
                <span class="sluis-face" aria-hidden="true">{ super::dossier::initials(&name) }</span>
                <div class="desk-item__words">
                    <span class="sluis-strong">{ shown }</span>
                    <span class="sluis-soft">{ roles }{ " · " }{ text::people_devices(locale, person.devices.len()) }</span>
                </div>
                <button type="button" class="utrecht-button utrecht-button--html-button utrecht-button--secondary-action people-more" aria-expanded={if open { "true" } else { "false" }}
                    aria-label={text::people_show_of(locale, &name)} {onclick}>
                    <Icon glyph={if open { glyph::CHEVRON_UP } else { glyph::CHEVRON_DOWN }} />{ text::people_show(locale) }
                </button>
            </div>
            if open { { details(model, desk, people, organisation, person, send) } }
        </li>
    }
}

/// A key as part of an identifier.
pub(super) fn id_of(key: &[u8; 16]) -> String {
    key.iter().take(8).map(u8::to_string).collect()
}

fn details(
    model: &Model,
    desk: &Desk,
    people: &People,
    organisation: &OrganisationView,
    person: &PersonView,
    send: &Callback<Msg>,
) -> Html {
    let locale = model.locale;
    let key = person.key;
    let roles = roles_for(organisation.sort).into_iter().map(|role| {
        let onchange = send.reform(move |on| Msg::People(PeopleMsg::Role(key, role, on)));
        html! { <Checkbox id={format!("role-{}", role as u8)} label={words::role(locale, role)} checked={person.roles.contains(&role)} {onchange} /> }
    });
    let teams = organisation.teams.iter().map(|team| {
        let team_key = team.key;
        let onchange = send.reform(move |on| Msg::People(PeopleMsg::InTeam(key, team_key, on)));
        html! { <Checkbox id={["team-", &id_of(&team_key.0)].concat()} label={team.name.clone()} checked={person.teams.contains(&team_key)} {onchange} /> }
    });
    html! {
        <div class="people-details">
            if key != people.me { { devices(model, &desk.staff, people.here, person, send) } }
            if organisation.mine {
                <fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset">
                    <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ text::people_roles(locale) }</legend>
                    <div class="people-choices">{ for roles }</div>
                </fieldset>
                if person.roles.contains(&StaffRole::ConfidentialAdviser) { <p class="utrecht-paragraph">{ text::adviser_hint(locale) }</p> }
                if !organisation.teams.is_empty() {
                    <fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset">
                        <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ text::people_in_teams(locale) }</legend>
                        <div class="people-choices">{ for teams }</div>
                    </fieldset>
                }
                if key != people.me {
                    <div class="utrecht-button-group">
                        <Button id="people-new-device" icon={glyph::MONITOR} onclick={on(send, begins(Who::Device(key)))}>{ text::people_new_device(locale) }</Button>
                        <Button id="people-leave" icon={glyph::LOG_OUT} onclick={on(send, Msg::People(PeopleMsg::Leave(key)))}>{ text::people_leave(locale) }</Button>
                    </div>
                }
            } else if key == people.me {
                <p class="sluis-soft">{ text::people_your_devices(locale) }{ ": " }{ text::people_devices(locale, person.devices.len()) }</p>
            }
        </div>
    }
}

/// The roles that a director gives in an organisation. A director is made with the recovery sheet.
fn roles_for(sort: OrganisationSort) -> Vec<StaffRole> {
    let all = [
        StaffRole::Coordinator,
        StaffRole::CaseManager,
        StaffRole::ConfidentialAdviser,
        StaffRole::PanelMember,
        StaffRole::BoardReader,
        StaffRole::AdvisoryMember,
        StaffRole::Expert,
        StaffRole::AllFederations,
    ];
    let fits = |role: &StaffRole| match role {
        StaffRole::AllFederations => sort == OrganisationSort::Centre,
        StaffRole::Expert => sort == OrganisationSort::Experts,
        _ => sort != OrganisationSort::Experts,
    };
    all.into_iter().filter(fits).collect()
}

fn devices(
    model: &Model,
    staff: &Staff,
    here: DeviceKey,
    person: &PersonView,
    send: &Callback<Msg>,
) -> Html {
    let locale = model.locale;
    let may = staff.may_revoke(person.key);
    let owner = person.key;
    let one = |device: &DeviceView| {
        let key = device.key;
        let onclick = on(send, Msg::People(PeopleMsg::Revoke(owner, key)));
        html! {
            <li key={id_of(&key.0)} class="desk-item people-device">
                <Icon glyph={if device.paper { glyph::FILE_TEXT } else { glyph::MONITOR }} />
                <div class="desk-item__words">
                    <span class="sluis-strong">{ device_name(locale, device, here) }</span>
                    <span class="sluis-soft">{ device_facts(locale, device) }</span>
                </div>
                if may && !device.paper {
                    <Button class="people-revoke" icon={glyph::X} {onclick}>{ text::people_revoke(locale) }</Button>
                }
            </li>
        }
    };
    html! {
        <>
            <ul class="desk-list people-devices">{ for person.devices.iter().map(one) }</ul>
            if may { <p class="sluis-soft">{ text::people_revoke_hint(locale) }</p> }
        </>
    }
}

fn device_name(locale: Locale, device: &DeviceView, here: DeviceKey) -> String {
    if device.paper {
        text::people_paper(locale).to_owned()
    } else if device.key == here {
        [
            text::people_browser(locale),
            " (",
            text::people_here(locale),
            ")",
        ]
        .concat()
    } else {
        text::people_browser(locale).to_owned()
    }
}

fn device_facts(locale: Locale, device: &DeviceView) -> String {
    let since = text::people_since(locale, &format_date(locale, unix(device.since)));
    if device.by_name.is_empty() {
        since
    } else {
        [
            since,
            ", ".to_owned(),
            text::people_let_in_by(locale, &device.by_name),
        ]
        .concat()
    }
}

/// The question before something that cannot be undone.
fn ask(model: &Model, desk: &Desk, question: &Question, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(people) = &desk.staff.people else {
        return Html::default();
    };
    let (Doing::Leave(key) | Doing::Revoke(key)) = question.what;
    let Some((organisation, person)) = desk.staff.person(key) else {
        return Html::default();
    };
    let name = name_of(locale, person);
    let (heading, body, label) = match question.what {
        Doing::Leave(_) => (
            text::leave_title(locale, &name),
            leave(locale, organisation, person, &name, question, send),
            text::leave_confirm(locale),
        ),
        Doing::Revoke(_) => (
            text::revoke_title(locale).to_owned(),
            revoke(locale, people.here, person, question, send),
            text::revoke_confirm(locale),
        ),
    };
    let busy = model.is_deciding();
    let onsubmit = super::gate::submits(send, Msg::People(PeopleMsg::Confirm));
    html! {
        <section class="sluis-card sluis-stack people-question" aria-labelledby="people-question">
            <h2 id="people-question" tabindex="-1" class="utrecht-heading-2">{ heading }</h2>
            <form class="sluis-stack" {onsubmit}>
                { body }
                if question.takes_sheet { { takes_sheet(locale, question, send) } }
                <div class="utrecht-button-group">
                    <Button id="people-confirm" submit=true variant={Variant::Danger} {busy}>{ label }</Button>
                    <Button id="people-turn-back" onclick={on(send, Msg::People(PeopleMsg::TurnBack))}>{ common::cancel(locale) }</Button>
                </div>
            </form>
        </section>
    }
}

fn leave(
    locale: Locale,
    organisation: &OrganisationView,
    person: &PersonView,
    name: &str,
    question: &Question,
    send: &Callback<Msg>,
) -> Html {
    let heirs = organisation
        .people
        .iter()
        .filter(|other| other.key != person.key);
    let choices: Vec<(Option<PersonKey>, AttrValue)> =
        core::iter::once((None, AttrValue::Static(text::leave_nobody(locale))))
            .chain(heirs.map(|heir| (Some(heir.key), name_of(locale, heir).into())))
            .collect();
    let pick = Pick {
        id: "people-heir",
        label: text::leave_heir(locale).into(),
        choices,
        value: question.heir,
        disabled: false,
    };
    let error = question
        .differs
        .then(|| AttrValue::Static(text::leave_differs(locale)));
    html! {
        <>
            <p class="utrecht-paragraph">{ text::leave_what(locale) }</p>
            <ul class="utrecht-unordered-list desk-next">
                <li>{ text::leave_access(locale, name) }</li>
                <li>{ text::leave_known(locale, name) }</li>
                <li>{ text::leave_keys(locale) }</li>
                <li>{ text::leave_heir_hint(locale, name) }</li>
            </ul>
            { pick.view(send.reform(|heir| Msg::People(PeopleMsg::Heir(heir)))) }
            <TextField id="people-name" label={text::leave_type(locale, name)} value={question.typed.clone()} {error}
                oninput={send.reform(|name| Msg::People(PeopleMsg::Typed(name)))} />
        </>
    }
}

fn revoke(
    locale: Locale,
    here: DeviceKey,
    person: &PersonView,
    question: &Question,
    send: &Callback<Msg>,
) -> Html {
    html! {
        <>
            <p class="utrecht-paragraph">{ text::revoke_what(locale) }</p>
            <fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset">
                <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ text::revoke_which(locale) }</legend>
                { for person.devices.iter().filter(|device| !device.paper).map(|device| mark(locale, device, here, &question.devices, send)) }
            </fieldset>
            if question.devices.len() > 1 { <p class="utrecht-paragraph">{ text::revoke_let_in(locale) }</p> }
            if question.devices.contains(&here) { <p class="utrecht-paragraph sluis-strong">{ text::revoke_here(locale) }</p> }
            if question.devices.is_empty() { <p role="status" class="utrecht-paragraph sluis-strong">{ text::revoke_none(locale) }</p> }
        </>
    }
}

fn mark(
    locale: Locale,
    device: &DeviceView,
    here: DeviceKey,
    marked: &[DeviceKey],
    send: &Callback<Msg>,
) -> Html {
    let key = device.key;
    let onchange = send.reform(move |on| Msg::People(PeopleMsg::Mark(key, on)));
    let label = [
        device_name(locale, device, here),
        ", ".to_owned(),
        device_facts(locale, device),
    ]
    .concat();
    html! { <Checkbox key={id_of(&key.0)} id={["mark-", &id_of(&key.0)].concat()} {label} checked={marked.contains(&key)} {onchange} /> }
}

/// The words of the sheet, where it takes them to pass on what a device watched over.
fn takes_sheet(locale: Locale, question: &Question, send: &Callback<Msg>) -> Html {
    let wrong = question.wrong.as_ref();
    let error = wrong.map(|wrong| AttrValue::from(super::enrol::sheet_words(locale, wrong)));
    let oninput = send.reform(|words| Msg::People(PeopleMsg::Sheet(Secret(words))));
    html! { <TextArea id="people-sheet" label={text::admit_sheet(locale)} hint={text::last_witness_hint(locale)} value={question.sheet.0.clone()} {error} {oninput} /> }
}

/// That a new device of mine was let in, for a week (decision 30).
#[inline(never)]
pub(super) fn told(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let one = |device: &DeviceView| {
        let date = format_date(locale, unix(device.since));
        let what = if device.paper {
            text::people_told_paper(locale, &date, &device.by_name)
        } else {
            text::people_told_browser(locale, &date, &device.by_name)
        };
        let known = on(send, Msg::People(PeopleMsg::Known(device.key)));
        html! {
            <Alert {locale} tone={Tone::Warning} what={text::people_told_title(locale)} advice={text::people_told_do(locale)} quiet=true>
                <p class="utrecht-paragraph">{ what }</p>
                <div class="sluis-row-of">
                    <a class="utrecht-link utrecht-link--html-a" href={Route::People.fragment()}>{ text::people_told_look(locale) }</a>
                    <Button class="people-known" variant={Variant::Subtle} onclick={known}>{ text::people_told_known(locale) }</Button>
                </div>
            </Alert>
        }
    };
    let news = desk.staff.newly_let_in(model.now);
    html! { { for news.into_iter().map(one) } }
}
