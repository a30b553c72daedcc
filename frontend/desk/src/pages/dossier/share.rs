//! Sharing: who has access, what a change would do, and what was shared with me.

use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::{common, share as text};
use sluis_kit::{
    Alert, Badge, Button, Checkbox, Choice, Icon, RadioGroup, TextField, Tone, Variant, glyph,
};
use sluis_link::{Access, DossierKey, GivenUp, Offer, Party, Right, Standing};
use yew::prelude::*;

use super::super::{Pick, access, fault_line, on, unix};
use super::{Scene, initials};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::dossier::{DossierMsg, Part};
use crate::state::share::{Handing, Plan, ShareMsg};
use crate::state::{Model, Msg};
use crate::words;

/// As many people and teams as the form lists at once.
const MOST: usize = 6;

/// The part of the dossier.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    let may = view.share.may_share();
    html! {
        <div class="sluis-columns desk-share">
            <div class="sluis-stack">
                { who(scene) }
                if may { { give(scene) } }
                if !view.share.lost { { more(scene) } }
            </div>
            <section class="sluis-stack" aria-labelledby="map-title">
                <h2 id="map-title" class="utrecht-heading-2">{ text::map_title(locale) }</h2>
                { access::picture(locale, &view.row.number, &scene.desk.profile.organisation, &view.access) }
                <p><a class="utrecht-link utrecht-link--html-a" href={Route::Access.fragment()}>{ text::all_access(locale) }</a></p>
            </section>
        </div>
    }
}

/// What stands above every part: access that is gone, or an offer that waits.
pub(super) fn banner(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        desk,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let share = &view.share;
    html! {
        <>
            if share.lost {
                <div id="access-lost"><Alert {locale} tone={Tone::Warning} what={text::lost_title(locale)} advice={text::lost_what(locale)} quiet=true>
                    if desk.share.form.plan == Some(Plan::Forget) {
                        { plan(scene, Plan::Forget) }
                    } else {
                        <div>{ button("forget", text::forget(locale), Variant::Secondary, plans(send, Plan::Forget)) }</div>
                    }
                </Alert></div>
            }
            if let Some(one) = &share.offer {
                <ul class="desk-list sluis-card">{ offer(model, desk, send, one, false) }</ul>
            }
            if let Some(party) = share.consented.as_ref().filter(|_| share.may_share()) {
                <div id="consented"><Alert {locale} tone={Tone::Info} what={text::consent_row(locale, &party.name)} advice={text::consent_what(locale, &party.name)} quiet=true>
                    <div>{ consents(desk, send, locale, view.row.key, party.party, &party.name, "share-consented") }</div>
                </Alert></div>
            }
        </>
    }
}

/// What waits in the work list about sharing.
pub(in crate::pages) fn waiting(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let shares = &desk.share.shares;
    let group = |id: &'static str, title: &'static str, count: usize, items: Html| {
        html! {
            if count > 0 {
                <section key={id} class="sluis-card desk-group" aria-labelledby={id}>
                    <h2 {id} class="utrecht-heading-2">{ title }<span class="sluis-tab__count">{ count }</span></h2>
                    <ul class="desk-list">{ items }</ul>
                </section>
            }
        }
    };
    let offers = shares
        .offers
        .iter()
        .map(|one| offer(model, desk, send, one, true));
    let consented = shares.consents.iter().map(|one| {
        let act = consents(
            desk,
            send,
            locale,
            one.dossier,
            one.party.party,
            &one.party.name,
            "consent",
        );
        row(
            one.dossier,
            &one.number,
            html! { <>
                <p>{ text::consent_row(locale, &one.party.name) }</p>
                <p class="sluis-soft">{ text::consent_what(locale, &one.party.name) }</p>
            </> },
            act,
            send,
        )
    });
    let reacted = shares.reactions.iter().map(|one| {
        let words = if one.accepted {
            text::reaction_accepted(locale, &one.name)
        } else {
            text::reaction_refused(locale, &one.name)
        };
        row(
            one.dossier,
            &one.number,
            html! { <>
                <p>{ words }</p>
                <p class="sluis-soft">{ format_date(locale, unix(one.time)) }
                    if !one.reason.is_empty() { { " · " }{ &one.reason } }
                </p>
            </> },
            Html::default(),
            send,
        )
    });
    html! {
        <>
            { group("work-offers", text::shared_title(locale), shares.offers.len(), offers.collect()) }
            { group("work-consents", text::consent_title(locale), shares.consents.len(), consented.collect()) }
            { group("work-reactions", text::reaction_title(locale), shares.reactions.len(), reacted.collect()) }
        </>
    }
}

fn button(id: &str, words: &str, variant: Variant, onclick: Callback<()>) -> Html {
    html! { <Button id={id.to_owned()} {variant} {onclick}>{ words }</Button> }
}

/// A line of the work list that leads to a dossier.
fn row(key: DossierKey, number: &str, words: Html, act: Html, send: &Callback<Msg>) -> Html {
    let open = Msg::Dossier(DossierMsg::Open(key, Some(Part::Share)));
    html! {
        <li key={number} class="desk-item">
            <div class="desk-item__words">
                <button type="button" class="desk-open desk-number" onclick={on(send, open).reform(|_: MouseEvent| ())}>{ number }</button>
                { words }
            </div>
            { act }
        </li>
    }
}

fn consents(
    desk: &Desk,
    send: &Callback<Msg>,
    locale: Locale,
    key: DossierKey,
    party: Party,
    name: &str,
    id: &'static str,
) -> Html {
    let busy = matches!(desk.share.form.state, Handing::Busy(_));
    let onclick = on(send, Msg::Share(ShareMsg::Consented(key, party)));
    html! { <Button {id} variant={Variant::Primary} icon={glyph::SHARE_2} {busy} {onclick}>{ text::consent_give(locale, name) }</Button> }
}

/// A dossier that was shared with me: take it or not. In the list its number leads to it.
fn offer(model: &Model, desk: &Desk, send: &Callback<Msg>, one: &Offer, leads: bool) -> Html {
    let locale = model.locale;
    let share = &desk.share;
    let busy = matches!(share.form.state, Handing::Busy(_));
    let from = [one.from.as_str(), ", ", &one.organisation].concat();
    let says = if one.transfer {
        text::offer_transfer
    } else {
        match one.right {
            Right::Reader => text::offer_reader,
            Right::Writer => text::offer_writer,
            Right::Steward => text::offer_steward,
        }
    };
    let mut more = vec![format_date(locale, unix(one.time))];
    if let Some(until) = one.until {
        more.push(text::until(locale, &format_date(locale, unix(until))));
    }
    let key = one.dossier;
    let words = html! {
        <>
            <p>{ says(locale, &from, &one.to) }</p>
            if !one.reason.is_empty() { <p>{ text::offer_why(locale, &one.reason) }</p> }
            <p class="sluis-soft">{ more.join(" · ") }</p>
        </>
    };
    let refusing = share.refusing.as_ref().filter(|(of, _)| *of == key);
    let act = if let Some((_, reason)) = refusing {
        let typed = send.reform(move |reason| Msg::Share(ShareMsg::Refusing(Some((key, reason)))));
        let back = on(send, Msg::Share(ShareMsg::Refusing(None)));
        html! {
            <div class="sluis-stack desk-share__refuse">
                if one.right == Right::Reader { <p>{ text::refuse_gone(locale, &one.from) }</p> } else {
                    <TextField id="refuse-reason" label={text::refuse_reason(locale)} hint={text::refuse_reason_hint(locale, &one.from)} value={reason.clone()} maxlength={500} oninput={typed} />
                    <p class="sluis-soft">{ text::refuse_what(locale, &one.from) }</p>
                }
                <div class="utrecht-button-group">
                    <Button id="refuse-do" variant={Variant::Primary} {busy} onclick={on(send, Msg::Share(ShareMsg::Refuse))}>{ text::refuse_do(locale) }</Button>
                    { button("refuse-back", common::cancel(locale), Variant::Secondary, back) }
                </div>
            </div>
        }
    } else {
        let begin = on(
            send,
            Msg::Share(ShareMsg::Refusing(Some((key, String::new())))),
        );
        html! {
            <div class="utrecht-button-group">
                <Button class="offer-accept" variant={Variant::Primary} icon={glyph::CHECK} {busy} onclick={on(send, Msg::Share(ShareMsg::Accept(key)))}>{ text::accept(locale) }</Button>
                <Button class="offer-refuse" onclick={begin}>{ text::refuse(locale) }</Button>
            </div>
        }
    };
    if leads {
        row(key, &one.number, words, act, send)
    } else {
        html! { <li class="desk-item"><div class="desk-item__words">{ words }</div>{ act }</li> }
    }
}

fn plans(send: &Callback<Msg>, plan: Plan) -> Callback<()> {
    on(send, Msg::Share(ShareMsg::Plan(Some(plan))))
}

/// Who has access, with what can be done about each.
fn who(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    let stewards: Vec<&str> = view
        .access
        .iter()
        .filter(|one| one.right == Right::Steward && one.party.is_some())
        .map(|one| one.name.as_str())
        .collect();
    let ask = if stewards.is_empty() {
        text::may_not_nobody(locale).to_owned()
    } else {
        text::may_not(locale, &stewards.join(", "))
    };
    html! {
        <section class="sluis-stack" aria-labelledby="who-title">
            <h2 id="who-title" class="utrecht-heading-2">{ text::who_title(locale) }</h2>
            <p class="sluis-soft">{ text::who_hint(locale) }</p>
            if let Some(why) = view.share.given_up {
                <div id="share-given-up"><Alert {locale} tone={Tone::Danger} what={text::given_up(locale)} advice={match why {
                    GivenUp::NoRight => text::given_up_right(locale),
                    GivenUp::LastSteward => text::err_last_steward(locale),
                    GivenUp::Rules => text::given_up_rules(locale),
                }} quiet=true /></div>
            }
            if view.share.pending {
                <p id="share-pending" class="desk-consent" role="status"><Icon glyph={glyph::CLOCK} />{ text::pending(locale) }</p>
            }
            <ul id="share-who" class="desk-list sluis-card">{ for view.access.iter().enumerate().map(|(place, one)| person(scene, place, one)) }</ul>
            if !view.share.may_share() && !view.share.lost { <p id="share-ask">{ ask }</p> }
        </section>
    }
}

fn person(scene: Scene<'_>, place: usize, one: &Access) -> Html {
    let Scene {
        model,
        desk,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let place = place.to_string();
    let date = |moment| format_date(locale, unix(moment));
    let around = if one.team {
        text::team_of(locale, &one.organisation)
    } else {
        one.organisation.clone()
    };
    let mut facts = Vec::new();
    if one.since > 0 {
        facts.push(text::since(locale, &date(one.since)));
    }
    if !one.by.is_empty() {
        facts.push(text::given_by(locale, &one.by));
    }
    if let Some(until) = one.until {
        facts.push(text::until(locale, &date(until)));
    }
    let (standing, tone) = match &one.standing {
        Standing::Holds => (None, Tone::Neutral),
        // Whoever may only read cannot write an answer down.
        Standing::Offered if one.right == Right::Reader => (None, Tone::Neutral),
        Standing::Offered => (Some(text::standing_offered(locale).to_owned()), Tone::Info),
        Standing::Sending => (
            Some(text::standing_sending(locale).to_owned()),
            Tone::Warning,
        ),
        Standing::Refused(why) if why.is_empty() => (
            Some(text::standing_refused(locale).to_owned()),
            Tone::Warning,
        ),
        Standing::Refused(why) => (Some(text::standing_refused_why(locale, why)), Tone::Warning),
    };
    let planned = |party: Party| {
        desk.share
            .form
            .plan
            .filter(|plan| matches!(plan, Plan::Change(of, _) | Plan::Take(of) if *of == party))
    };
    let acts = |party: Party| {
        let act = |id: &str, words: &'static str, plan: Plan| {
            let label = text::for_whom(locale, words, &one.name);
            let onclick = plans(send, plan);
            html! { <Button id={[id, &place].concat()} variant={Variant::Subtle} label={label} {onclick}>{ words }</Button> }
        };
        let next = match one.right {
            Right::Reader => Right::Writer,
            Right::Writer | Right::Steward => Right::Reader,
        };
        html! {
            <div class="utrecht-button-group sluis-screen-only">
                { act("share-change-", text::change(locale), Plan::Change(party, next)) }
                { act("share-take-", text::take_back(locale), Plan::Take(party)) }
            </div>
        }
    };
    // One's own last team is left by withdrawing, so that nobody locks everybody out by mistake.
    let party = one.party.filter(|_| view.share.may_share() && !one.mine);
    html! {
        <li class="desk-item">
            <span class={if one.outside { "sluis-face desk-face--outside" } else { "sluis-face" }} aria-hidden="true">{ initials(&one.name) }</span>
            <div class="desk-item__words">
                <p class="sluis-row-of desk-item__head">
                    <span class="sluis-strong">{ &one.name }{ if one.mine && !one.team { [" (", text::who_you(locale), ")"].concat() } else { String::new() } }</span>
                    if one.outside { <Badge tone={Tone::Warning}>{ text::outside(locale) }</Badge> }
                    if let Some(standing) = standing { <Badge {tone}>{ standing }</Badge> }
                </p>
                <p>{ words::right(locale, one.right) }</p>
                <p class="sluis-soft">{ around }</p>
                <p class="sluis-soft">{ facts.join(" · ") }</p>
                if !one.reason.is_empty() { <p class="sluis-soft">{ text::offer_why(locale, &one.reason) }</p> }
            </div>
            if let Some(party) = party {
                if let Some(planned) = planned(party) { { plan(scene, planned) } } else { { acts(party) } }
            }
        </li>
    }
}

/// What a right will mean, said before it is given.
struct Will<'a> {
    name: &'a str,
    team: bool,
    /// The organisation, when it is another one.
    outside: Option<&'a str>,
    right: Right,
    until: Option<u64>,
    transfer: bool,
}

impl Will<'_> {
    fn words(&self, locale: Locale) -> Vec<String> {
        let name = self.name;
        let mut words = match self.right {
            Right::Reader => vec![
                [
                    &text::will_reader(locale, name),
                    " ",
                    text::will_change_nothing(locale),
                ]
                .concat(),
            ],
            Right::Writer => vec![text::will_writer(locale, name)],
            Right::Steward => vec![text::will_steward(locale, name)],
        };
        if self.team {
            words.push(text::will_team(locale).to_owned());
        }
        words.push(match self.until {
            Some(until) => text::will_until(locale, &format_date(locale, unix(until))),
            None => text::will_no_end(locale).to_owned(),
        });
        if let Some(organisation) = self.outside {
            words.push(text::will_outside(locale, name, organisation));
        }
        if self.transfer {
            words.push(text::will_transfer(locale, name));
        }
        words
    }
}

fn lines(words: Vec<String>) -> Html {
    html! { <ul class="utrecht-unordered-list">{ for words.into_iter().map(|line| html! { <li class="utrecht-unordered-list__item">{ line }</li> }) }</ul> }
}

/// The rights to choose from, each with what it means.
fn rights(id: &'static str, locale: Locale, right: Right, onright: &Callback<Right>) -> Html {
    let all = [
        (
            Right::Reader,
            text::right_reader(locale),
            text::right_reader_hint(locale),
        ),
        (
            Right::Writer,
            text::right_writer(locale),
            text::right_writer_hint(locale),
        ),
        (
            Right::Steward,
            text::right_steward(locale),
            text::right_steward_hint(locale),
        ),
    ];
    let place = |right: Right| (right as u8).to_string();
    let choices = all
        .into_iter()
        .map(|(right, label, hint)| Choice::new(place(right), label).with_hint(hint))
        .collect::<Vec<_>>();
    let onchange = onright.reform(|value: String| match value.as_str() {
        "2" => Right::Steward,
        "1" => Right::Writer,
        _ => Right::Reader,
    });
    html! { <RadioGroup {id} legend={text::right(locale)} {choices} value={place(right)} {onchange} /> }
}

/// The form for sharing.
fn give(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        desk,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let share = &desk.share;
    let form = &share.form;
    let has = |party: Party| view.access.iter().any(|one| one.party == Some(party));
    let mut found = share.found();
    found.retain(|one| !has(one.party));
    let more = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    let chosen = form.chosen.and_then(|party| share.party(party));
    if let Some(chosen) = chosen.filter(|chosen| !found.iter().any(|one| one.party == chosen.party))
    {
        found.insert(0, chosen);
    }
    let choices: Vec<Choice> = found
        .iter()
        .map(|one| {
            let around = match one.party {
                Party::Team(_) => text::team_of(locale, &one.organisation),
                Party::Member(_) => one.organisation.clone(),
            };
            let mut hint = around;
            for (holds, words) in [
                (one.outside, text::outside(locale)),
                (!one.ready, text::not_ready(locale)),
            ] {
                if holds {
                    hint.push_str(" · ");
                    hint.push_str(words);
                }
            }
            Choice::new(id_of(one.party), one.name.clone()).with_hint(hint)
        })
        .collect();
    let parties: Vec<Party> = found.iter().map(|one| one.party).collect();
    let onchoose = {
        let send = send.clone();
        Callback::from(move |id: String| {
            if let Some(party) = parties.iter().find(|party| id_of(**party) == id) {
                send.emit(Msg::Share(ShareMsg::Choose(*party)));
            }
        })
    };
    let sends = |make: fn(String) -> ShareMsg| send.reform(move |text| Msg::Share(make(text)));
    let nobody =
        (form.state == Handing::Nobody).then(|| AttrValue::from(text::choose_whom(locale)));
    let over = (form.state == Handing::Over).then(|| AttrValue::from(text::until_over(locale)));
    let will = chosen.map(|one| {
        Will {
            name: &one.name,
            team: matches!(one.party, Party::Team(_)),
            outside: one.outside.then_some(one.organisation.as_str()),
            right: form.right,
            until: form.end(model.now).unwrap_or_default(),
            transfer: form.transfer,
        }
        .words(locale)
    });
    html! {
        <section class="sluis-card sluis-stack sluis-screen-only" aria-labelledby="give-title">
            <h2 id="give-title" class="utrecht-heading-2">{ text::give_title(locale) }</h2>
            <TextField id="share-search" kind="search" label={text::find(locale)} hint={text::find_hint(locale)} value={form.search.clone()} error={nobody} oninput={sends(ShareMsg::Search)} />
            if choices.is_empty() { <p role="status">{ text::found_none(locale) }</p> } else {
                <RadioGroup id="share-whom" legend={text::whom(locale)} {choices} value={form.chosen.map(id_of).unwrap_or_default()} onchange={onchoose} />
            }
            if more > 0 { <p class="sluis-soft">{ text::found_more(locale, more) }</p> }
            if let Some(will) = will {
                { rights("share-right", locale, form.right, &send.reform(|right| Msg::Share(ShareMsg::Right(right)))) }
                <div class="desk-head__fields">
                    <TextField id="share-until" kind="date" label={text::until_label(locale)} hint={text::until_hint(locale)} value={form.until.clone()} error={over} oninput={sends(ShareMsg::Until)} />
                    <TextField id="share-reason" label={text::reason(locale)} hint={text::reason_hint(locale)} value={form.reason.clone()} maxlength={500} oninput={sends(ShareMsg::Reason)} />
                </div>
                <Checkbox id="share-transfer" label={text::transfer(locale)} hint={text::transfer_hint(locale)} checked={form.transfer} onchange={send.reform(|on| Msg::Share(ShareMsg::Transfer(on)))} />
                <div id="share-will"><Alert {locale} tone={Tone::Info} what={text::will_title(locale)}>{ lines(will) }</Alert></div>
            }
            { failed(scene) }
            <div><Button id="share-give" variant={Variant::Primary} icon={glyph::SHARE_2} busy={matches!(form.state, Handing::Busy(_))} onclick={on(send, Msg::Share(ShareMsg::Give))}>{ text::give(locale) }</Button></div>
        </section>
    }
}

/// What was not taken, and that it is still here.
fn failed(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    html! {
        if let Handing::Failed(fault) = scene.desk.share.form.state {
            <Alert {locale} tone={Tone::Danger} what={fault_line(locale, fault)} />
        }
    }
}

fn id_of(party: Party) -> String {
    let (kind, id) = match party {
        Party::Team(id) => ("t", id),
        Party::Member(id) => ("m", id),
    };
    [kind, &u128::from_be_bytes(id).to_string()].concat()
}

/// The name that a party has here.
fn name_of(scene: Scene<'_>, party: Party) -> String {
    let here = scene
        .view
        .access
        .iter()
        .find(|one| one.party == Some(party))
        .map(|one| &one.name);
    let known = scene.desk.share.party(party).map(|one| &one.name);
    here.or(known).cloned().unwrap_or_default()
}

/// Withdrawing, shutting out, new keys.
fn more(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        desk,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let planned = desk.share.form.plan;
    let part = |id: &'static str, title: &'static str, what: &'static str, own: Plan| {
        let open = match (planned, own) {
            (Some(Plan::ShutOut(_)), Plan::ShutOut(_)) => planned,
            (Some(plan), own) if plan == own => planned,
            _ => None,
        };
        html! {
            <section class="sluis-card sluis-stack" aria-labelledby={[id, "-title"].concat()}>
                <h3 id={[id, "-title"].concat()} class="utrecht-heading-3">{ title }</h3>
                <p>{ what }</p>
                if let Some(open) = open { { plan(scene, open) } } else {
                    <div>{ button(id, title, Variant::Secondary, plans(send, own)) }</div>
                }
            </section>
        }
    };
    html! {
        <details class="desk-more sluis-screen-only" open={matches!(planned, Some(Plan::Recuse | Plan::ShutOut(_) | Plan::Renew))}>
            <summary id="share-more">{ text::withdraw(locale) }</summary>
            <div class="sluis-stack">
                { part("recuse", text::recuse(locale), text::recuse_what(locale), Plan::Recuse) }
                if view.share.may_share() {
                    { part("shut-out", text::shut_out(locale), text::shut_out_what(locale), Plan::ShutOut(None)) }
                    { part("renew", text::plan_renew(locale), text::plan_renew_what(locale), Plan::Renew) }
                }
            </div>
        </details>
    }
}

/// What is about to happen, in words.
struct Warned {
    title: String,
    words: Vec<String>,
    /// The words on the button.
    act: &'static str,
    /// What has to be typed first, and the request for it.
    word: Option<(String, String)>,
    /// What is to be chosen first.
    choose: Html,
}

/// What is about to happen, and the button that does it.
fn plan(scene: Scene<'_>, plan: Plan) -> Html {
    let Scene {
        model, desk, send, ..
    } = scene;
    let locale = model.locale;
    let form = &desk.share.form;
    let Warned {
        title,
        words,
        act,
        word,
        choose,
    } = match plan {
        Plan::Change(party, right) => change(scene, party, right),
        Plan::ShutOut(member) => shut_out(scene, member),
        other => simple(scene, other),
    };
    let ready = word
        .as_ref()
        .is_none_or(|(word, _)| !word.is_empty() && same(&form.typed, word));
    let typed = send.reform(|text| Msg::Share(ShareMsg::Typed(text)));
    let variant = if matches!(plan, Plan::Change(..) | Plan::Renew) {
        Variant::Primary
    } else {
        Variant::Danger
    };
    html! {
        <div class="sluis-stack desk-plan" role="group" aria-labelledby="share-plan">
            <h3 id="share-plan" tabindex="-1" class="utrecht-heading-3">{ title }</h3>
            { choose }
            if !words.is_empty() { { lines(words) } }
            if let Some((_, label)) = word.filter(|(word, _)| !word.is_empty()) {
                <TextField id="plan-word" {label} value={form.typed.clone()} oninput={typed} />
            }
            { failed(scene) }
            <div class="utrecht-button-group">
                <Button id="plan-do" {variant} disabled={!ready} busy={matches!(form.state, Handing::Busy(_))} onclick={on(send, Msg::Share(ShareMsg::Confirm))}>{ act }</Button>
                { button("plan-back", common::cancel(locale), Variant::Secondary, on(send, Msg::Share(ShareMsg::Plan(None)))) }
            </div>
        </div>
    }
}

/// Another right for somebody who has one.
fn change(scene: Scene<'_>, party: Party, right: Right) -> Warned {
    let locale = scene.model.locale;
    let name = name_of(scene, party);
    let one = scene
        .view
        .access
        .iter()
        .find(|one| one.party == Some(party));
    let to = scene
        .send
        .reform(move |right| Msg::Share(ShareMsg::Plan(Some(Plan::Change(party, right)))));
    let outside = one.filter(|one| one.outside);
    let mut words = Will {
        name: &name,
        team: matches!(party, Party::Team(_)),
        outside: outside.map(|one| one.organisation.as_str()),
        right,
        until: None,
        transfer: false,
    }
    .words(locale);
    words.push(if one.is_some_and(|one| right < one.right) {
        text::plan_lower(locale, &name)
    } else {
        text::plan_higher(locale).to_owned()
    });
    Warned {
        title: text::plan_change(locale, &name),
        words,
        act: text::plan_change_do(locale),
        word: None,
        choose: rights("plan-right", locale, right, &to),
    }
}

/// Somebody with a conflict of interest.
fn shut_out(scene: Scene<'_>, member: Option<[u8; 16]>) -> Warned {
    let locale = scene.model.locale;
    let choices = people(scene);
    let chosen = choices.iter().find(|(id, _)| id.is_some() && *id == member);
    let name = chosen.map_or_else(String::new, |(_, name)| name.to_string());
    let to = |member| Msg::Share(ShareMsg::Plan(Some(Plan::ShutOut(member))));
    let choose = Pick {
        id: "shut-out-whom",
        label: text::shut_out_whom(locale).into(),
        choices,
        value: member,
        disabled: false,
    };
    Warned {
        title: text::shut_out(locale).to_owned(),
        words: if name.is_empty() {
            vec![]
        } else {
            vec![
                text::shut_out_1(locale, &name),
                text::shut_out_2(locale, &name),
            ]
        },
        act: text::shut_out(locale),
        word: Some((name.clone(), text::type_name(locale, &name))),
        choose: choose.view(scene.send.reform(to)),
    }
}

/// What needs no choice.
fn simple(scene: Scene<'_>, plan: Plan) -> Warned {
    let locale = scene.model.locale;
    let number = scene.view.row.number.as_str();
    let typed = || Some((number.to_owned(), text::type_number(locale, number)));
    let (title, words, word) = match plan {
        Plan::Take(party) => {
            let name = name_of(scene, party);
            let words = vec![
                text::plan_take_1(locale, &name),
                text::plan_take_2(locale).to_owned(),
            ];
            return Warned {
                title: text::plan_take(locale, &name),
                words,
                act: text::take_back(locale),
                word: None,
                choose: Html::default(),
            };
        }
        Plan::Recuse => (
            text::recuse(locale),
            vec![text::recuse_1(locale), text::recuse_2(locale)],
            typed(),
        ),
        Plan::Forget => (
            text::forget(locale),
            vec![text::forget_what(locale)],
            typed(),
        ),
        Plan::Renew | Plan::Change(..) | Plan::ShutOut(_) => {
            (text::plan_renew(locale), vec![], None)
        }
    };
    Warned {
        title: title.to_owned(),
        words: words.into_iter().map(str::to_owned).collect(),
        act: title,
        word,
        choose: Html::default(),
    }
}

/// Whom one can shut out: colleagues, and people of other organisations who have access.
fn people(scene: Scene<'_>) -> Vec<(Option<[u8; 16]>, AttrValue)> {
    let profile = &scene.desk.profile;
    let mut people = vec![(
        None,
        AttrValue::from(text::shut_out_choose(scene.model.locale)),
    )];
    let colleagues = profile
        .colleagues
        .iter()
        .filter(|(id, _)| *id != profile.member)
        .map(|(id, name)| (*id, name.clone()));
    let outside = scene.view.access.iter().filter_map(|one| match one.party {
        Some(Party::Member(id)) if one.outside => Some((id, one.name.clone())),
        _ => None,
    });
    people.extend(
        colleagues
            .chain(outside)
            .map(|(id, name)| (Some(id), name.into())),
    );
    people
}

/// Whether what was typed is the asked word, whatever its case and the spaces around it.
fn same(typed: &str, word: &str) -> bool {
    typed.trim().to_lowercase() == word.to_lowercase()
}
