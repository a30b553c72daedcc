//! Sharing: who has access, what a change would do, and what was shared with me.

use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::{common, desk as desk_text, share as text};
use sluis_kit::{Checkbox, Choice, RadioGroup, Tone, Variant, glyph};
use sluis_link::{Access, Agreed, DossierKey, GivenUp, Offer, Party, PartyView, Right, Standing};
use yew::prelude::*;

use super::super::light::{Line, Press, badge, el, heading, icon, notice, p, section};
use super::super::{Pick, access, fault_line, unix};
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
    let own = &scene.desk.profile.organisation;
    let mut left = el("div", "sluis-stack").kid(who(scene));
    if view.share.may_share() {
        left = left.kid(give(scene));
    }
    if view.extract.is_none() {
        left = left.kid(super::extract::advice(scene));
    }
    if !view.share.lost {
        left = left.kid(more(scene));
    }
    let all = el("a", "utrecht-link utrecht-link--html-a")
        .attr("href", Route::Access.fragment())
        .text(text::all_access(locale));
    let right = section("sluis-stack", "map-title")
        .kid(heading("h2", "map-title", text::map_title(locale)).html())
        .kid(access::picture(locale, &view.row.number, own, &view.access))
        .kid(all.html());
    el("div", "sluis-columns desk-share")
        .kid(left.html())
        .kid(right.html())
        .html()
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
    let mut all = Vec::new();
    if share.lost {
        let act = if desk.share.form.plan == Some(Plan::Forget) {
            plan(scene, Plan::Forget)
        } else {
            button("forget", text::forget(locale), send, plans(Plan::Forget))
        };
        let what = text::lost_title(locale).to_owned();
        let advice = Some(text::lost_what(locale).to_owned());
        let lost = notice(locale, Tone::Warning, true, what, advice, act);
        all.push(el("div", "").attr("id", "access-lost").kid(lost).html());
    }
    if let Some(one) = &share.offer {
        let offer = offer(model, desk, send, one, false);
        all.push(el("ul", "desk-list sluis-card").kid(offer).html());
    }
    if let Some(party) = share.consented.as_ref().filter(|_| share.may_share()) {
        let name = party.name.as_str();
        let act = if party.agreed == Agreed::Yes {
            let key = view.row.key;
            consents(
                desk,
                send,
                locale,
                key,
                party.party,
                name,
                "share-consented",
            )
        } else {
            let prepare = Msg::Share(ShareMsg::Prepare(party.party));
            button(
                "share-prepare",
                text::not_agreed_lead(locale),
                send,
                prepare,
            )
        };
        let advice = Some(consent_means(locale, party));
        let what = text::consent_row(locale, name);
        all.push(notice(locale, Tone::Info, true, what, advice, act));
    }
    Html::from_iter(all)
}

/// What waits in the work list about sharing.
pub(in crate::pages) fn waiting(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let shares = &desk.share.shares;
    let group = |id: &'static str, title: &'static str, items: Vec<Html>| {
        if items.is_empty() {
            return Html::default();
        }
        let count = el("span", "sluis-tab__count").text(&items.len().to_string());
        section("sluis-card desk-group", id)
            .kid(heading("h2", id, title).kid(count.html()).html())
            .kid(el("ul", "desk-list").kids(items).html())
            .html()
    };
    let offers = shares.offers.iter();
    let offers = offers.map(|one| offer(model, desk, send, one, true));
    let consented = shares.consents.iter().map(|one| {
        let name = one.party.name.as_str();
        let to = one.party.party;
        // Without an agreement the number leads to what is needed.
        let act = if one.party.agreed == Agreed::Yes {
            consents(desk, send, locale, one.dossier, to, name, "")
        } else {
            Html::default()
        };
        let words = vec![
            p("", &text::consent_row(locale, name)),
            p("sluis-soft", &consent_means(locale, &one.party)),
        ];
        row(one.dossier, &one.number, words, act, send)
    });
    let reacted = shares.reactions.iter().map(|one| {
        let words = if one.accepted {
            text::reaction_accepted(locale, &one.name)
        } else {
            text::reaction_refused(locale, &one.name)
        };
        let mut more = vec![format_date(locale, unix(one.time))];
        if !one.reason.is_empty() {
            more.push(one.reason.clone());
        }
        let words = vec![p("", &words), p("sluis-soft", &more.join(" · "))];
        row(one.dossier, &one.number, words, Html::default(), send)
    });
    let groups = [
        group("work-offers", text::shared_title(locale), offers.collect()),
        group(
            "work-consents",
            text::consent_title(locale),
            consented.collect(),
        ),
        group(
            "work-reactions",
            text::reaction_title(locale),
            reacted.collect(),
        ),
    ];
    Html::from_iter(groups)
}

fn button(id: &str, words: &str, send: &Callback<Msg>, msg: Msg) -> Html {
    let press = Press {
        id: id.into(),
        words: words.into(),
        ..Press::default()
    };
    el("div", "").kid(press.html(send, msg)).html()
}

/// A line of the work list that leads to a dossier.
fn row(key: DossierKey, number: &str, words: Vec<Html>, act: Html, send: &Callback<Msg>) -> Html {
    let open = Msg::Dossier(DossierMsg::Open(key, Some(Part::Share)));
    let leads = el("button", "desk-open desk-number")
        .attr("type", "button")
        .text(number)
        .click(send, open);
    let words = el("div", "desk-item__words").kid(leads.html()).kids(words);
    el("li", "desk-item").kid(words.html()).kid(act).html()
}

/// What acting upon the consent would do, or what stands in the way.
fn consent_means(locale: Locale, party: &PartyView) -> String {
    match party.agreed {
        Agreed::Yes => text::consent_what(locale, &party.name),
        Agreed::Filing => text::filing(locale, &party.organisation),
        Agreed::No => text::not_agreed(locale, &party.organisation),
    }
}

fn consents(
    desk: &Desk,
    send: &Callback<Msg>,
    locale: Locale,
    key: DossierKey,
    party: Party,
    name: &str,
    id: &str,
) -> Html {
    let press = Press {
        id: id.into(),
        words: text::consent_give(locale, name),
        variant: Variant::Primary,
        icon: Some(glyph::SHARE_2),
        busy: busy(desk),
        ..Press::default()
    };
    let press = press.html(send, Msg::Share(ShareMsg::Consented(key, party)));
    el("div", "").kid(press).html()
}

fn busy(desk: &Desk) -> bool {
    matches!(desk.share.form.state, Handing::Busy(_))
}

/// A dossier that was shared with me: take it or not. In the list its number leads to it.
fn offer(model: &Model, desk: &Desk, send: &Callback<Msg>, one: &Offer, leads: bool) -> Html {
    let locale = model.locale;
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
    let mut words = vec![p("", &says(locale, &from, &one.to))];
    if !one.reason.is_empty() {
        words.push(p("", &text::offer_why(locale, &one.reason)));
    }
    words.push(p("sluis-soft", &more.join(" · ")));
    let key = one.dossier;
    let refusing = desk.share.refusing.as_ref().filter(|(of, _)| *of == key);
    let act = if let Some((_, reason)) = refusing {
        refuse(locale, desk, send, one, reason)
    } else {
        let accept = Press {
            words: text::accept(locale).into(),
            variant: Variant::Primary,
            icon: Some(glyph::CHECK),
            class: "offer-accept",
            busy: busy(desk),
            ..Press::default()
        };
        let refuse = Press {
            words: text::refuse(locale).into(),
            class: "offer-refuse",
            ..Press::default()
        };
        let begin = ShareMsg::Refusing(Some((key, String::new())));
        el("div", "utrecht-button-group")
            .kid(accept.html(send, Msg::Share(ShareMsg::Accept(key))))
            .kid(refuse.html(send, Msg::Share(begin)))
            .html()
    };
    if leads {
        return row(key, &one.number, words, act, send);
    }
    let words = el("div", "desk-item__words").kids(words).html();
    el("li", "desk-item").kid(words).kid(act).html()
}

/// Why it is not taken. Whoever may only read cannot write that down: the dossier just goes.
fn refuse(locale: Locale, desk: &Desk, send: &Callback<Msg>, one: &Offer, reason: &str) -> Html {
    let key = one.dossier;
    let mut all = el("div", "sluis-stack desk-share__refuse");
    if one.right == Right::Reader {
        all = all.kid(p("", &text::refuse_gone(locale, &one.from)));
    } else {
        let line = Line {
            id: "refuse-reason",
            label: text::refuse_reason(locale).into(),
            hint: Some(text::refuse_reason_hint(locale, &one.from)),
            value: reason.into(),
            ..Line::default()
        };
        let typed = send.reform(move |reason| Msg::Share(ShareMsg::Refusing(Some((key, reason)))));
        all = all
            .kid(line.html(typed))
            .kid(p("sluis-soft", &text::refuse_what(locale, &one.from)));
    }
    let sends = Press {
        id: "refuse-do".into(),
        words: text::refuse_do(locale).into(),
        variant: Variant::Primary,
        busy: busy(desk),
        ..Press::default()
    };
    let back = Msg::Share(ShareMsg::Refusing(None));
    let buttons = el("div", "utrecht-button-group")
        .kid(sends.html(send, Msg::Share(ShareMsg::Refuse)))
        .kid(button("refuse-back", common::cancel(locale), send, back));
    all.kid(buttons.html()).html()
}

fn plans(plan: Plan) -> Msg {
    Msg::Share(ShareMsg::Plan(Some(plan)))
}

/// Who has access, with what can be done about each.
fn who(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    let stewards = view
        .access
        .iter()
        .filter(|one| one.right == Right::Steward && one.party.is_some());
    let stewards: Vec<&str> = stewards.map(|one| one.name.as_str()).collect();
    let mut all = section("sluis-stack", "who-title")
        .kid(heading("h2", "who-title", text::who_title(locale)).html())
        .kid(p("sluis-soft", text::who_hint(locale)));
    if let Some(why) = view.share.given_up {
        let advice = match why {
            GivenUp::NoRight => text::given_up_right(locale),
            GivenUp::LastSteward => text::err_last_steward(locale),
            GivenUp::Rules => text::given_up_rules(locale),
        };
        let what = text::given_up(locale).to_owned();
        let told = notice(
            locale,
            Tone::Danger,
            true,
            what,
            Some(advice.to_owned()),
            Html::default(),
        );
        all = all.kid(el("div", "").attr("id", "share-given-up").kid(told).html());
    }
    if view.share.pending {
        let pending = el("p", "desk-consent")
            .attr("id", "share-pending")
            .attr("role", "status")
            .kid(icon(glyph::CLOCK))
            .text(text::pending(locale));
        all = all.kid(pending.html());
    }
    let people = view.access.iter().enumerate();
    let people = people.map(|(place, one)| person(scene, place, one));
    let list = el("ul", "desk-list sluis-card").attr("id", "share-who");
    all = all.kid(list.kids(people.collect()).html());
    if !view.share.may_share() && !view.share.lost {
        let ask = if stewards.is_empty() {
            text::may_not_nobody(locale).to_owned()
        } else {
            text::may_not(locale, &stewards.join(", "))
        };
        all = all.kid(el("p", "").attr("id", "share-ask").text(&ask).html());
    }
    all.html()
}

fn person(scene: Scene<'_>, place: usize, one: &Access) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    let date = |moment| format_date(locale, unix(moment));
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
    let mut name = one.name.clone();
    if one.mine && !one.team {
        name.push_str(" (");
        name.push_str(text::who_you(locale));
        name.push(')');
    }
    let mut head =
        el("p", "sluis-row-of desk-item__head").kid(el("span", "sluis-strong").text(&name).html());
    if one.outside {
        head = head.kid(badge(Tone::Warning, text::outside(locale).to_owned()));
    }
    let standing = match &one.standing {
        // Whoever may only read cannot write an answer down.
        Standing::Offered if one.right == Right::Reader => None,
        Standing::Holds => None,
        Standing::Offered => Some((Tone::Info, text::standing_offered(locale).to_owned())),
        Standing::Sending => Some((Tone::Warning, text::standing_sending(locale).to_owned())),
        Standing::Refused(why) if why.is_empty() => {
            Some((Tone::Warning, text::standing_refused(locale).to_owned()))
        }
        Standing::Refused(why) => Some((Tone::Warning, text::standing_refused_why(locale, why))),
    };
    if let Some((tone, words)) = standing {
        head = head.kid(badge(tone, words));
    }
    if !one.agreed {
        head = head.kid(badge(Tone::Danger, text::given_unagreed(locale).to_owned()));
    }
    let around = if one.team {
        text::team_of(locale, &one.organisation)
    } else {
        one.organisation.clone()
    };
    let mut words = el("div", "desk-item__words")
        .kid(head.html())
        .kid(p("", words::right(locale, one.right)))
        .kid(p("sluis-soft", &around))
        .kid(p("sluis-soft", &facts.join(" · ")));
    if !one.reason.is_empty() {
        words = words.kid(p("sluis-soft", &text::offer_why(locale, &one.reason)));
    }
    let face = if one.outside {
        "sluis-face desk-face--outside"
    } else {
        "sluis-face"
    };
    let face = el("span", face)
        .attr("aria-hidden", "true")
        .text(&initials(&one.name));
    // One's own last team is left by withdrawing, so that nobody locks everybody out by mistake.
    let party = one.party.filter(|_| view.share.may_share() && !one.mine);
    el("li", "desk-item")
        .kid(face.html())
        .kid(words.html())
        .kid(party.map_or_else(Html::default, |party| acts(scene, place, one, party)))
        .html()
}

/// What can be done about somebody's access, or what is about to be done.
fn acts(scene: Scene<'_>, place: usize, one: &Access, party: Party) -> Html {
    let locale = scene.model.locale;
    let planned = scene.desk.share.form.plan;
    let planned =
        planned.filter(|plan| matches!(plan, Plan::Change(of, _) | Plan::Take(of) if *of == party));
    if let Some(planned) = planned {
        return plan(scene, planned);
    }
    let next = match one.right {
        Right::Reader => Right::Writer,
        Right::Writer | Right::Steward => Right::Reader,
    };
    let act = |id: &str, words: &'static str, plan: Plan| {
        let press = Press {
            id: [id, &place.to_string()].concat(),
            words: words.into(),
            label: Some(text::for_whom(locale, words, &one.name)),
            variant: Variant::Subtle,
            ..Press::default()
        };
        press.html(scene.send, plans(plan))
    };
    el("div", "utrecht-button-group sluis-screen-only")
        .kid(act(
            "share-change-",
            text::change(locale),
            Plan::Change(party, next),
        ))
        .kid(act(
            "share-take-",
            text::take_back(locale),
            Plan::Take(party),
        ))
        .html()
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
    let line = |words: String| el("li", "utrecht-unordered-list__item").text(&words).html();
    el("ul", "utrecht-unordered-list")
        .kids(words.into_iter().map(line).collect())
        .html()
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
    found.retain(|one| !has(one.party) && one.party != Party::Member(desk.profile.member));
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
    let search = Line {
        id: "share-search",
        label: text::find(locale).into(),
        hint: Some(text::find_hint(locale).into()),
        error: (form.state == Handing::Nobody).then(|| text::choose_whom(locale).into()),
        value: form.search.clone(),
        kind: "search",
    };
    let mut all = section("sluis-card sluis-stack sluis-screen-only", "give-title")
        .kid(heading("h2", "give-title", text::give_title(locale)).html())
        .kid(search.html(sends(ShareMsg::Search)));
    all = if choices.is_empty() {
        let none = el("p", "").attr("role", "status");
        all.kid(none.text(text::found_none(locale)).html())
    } else {
        all.kid(html! { <RadioGroup id="share-whom" legend={text::whom(locale)} {choices} value={form.chosen.map(id_of).unwrap_or_default()} onchange={onchoose} /> })
    };
    if more > 0 {
        all = all.kid(p("sluis-soft", &text::found_more(locale, more)));
    }
    if let Some(chosen) = chosen.filter(|chosen| chosen.agreed != Agreed::Yes) {
        return all.kid(unagreed(scene, chosen)).kid(failed(scene)).html();
    }
    if let Some(chosen) = chosen {
        all = all.kids(terms(scene, chosen));
    }
    let gives = Press {
        id: "share-give".into(),
        words: text::give(locale).into(),
        variant: Variant::Primary,
        icon: Some(glyph::SHARE_2),
        busy: busy(desk),
        ..Press::default()
    };
    let gives = gives.html(send, Msg::Share(ShareMsg::Give));
    all.kid(failed(scene))
        .kid(el("div", "").kid(gives).html())
        .html()
}

/// On what terms, and what that will mean.
fn terms(scene: Scene<'_>, chosen: &PartyView) -> Vec<Html> {
    let Scene {
        model, desk, send, ..
    } = scene;
    let locale = model.locale;
    let form = &desk.share.form;
    let sends = |make: fn(String) -> ShareMsg| send.reform(move |text| Msg::Share(make(text)));
    let will = Will {
        name: &chosen.name,
        team: matches!(chosen.party, Party::Team(_)),
        outside: chosen.outside.then_some(chosen.organisation.as_str()),
        right: form.right,
        until: form.end(model.now).unwrap_or_default(),
        transfer: form.transfer,
    };
    let will_outside = will.outside;
    let onright = send.reform(|right| Msg::Share(ShareMsg::Right(right)));
    let until = Line {
        id: "share-until",
        label: text::until_label(locale).into(),
        hint: Some(text::until_hint(locale).into()),
        error: (form.state == Handing::Over).then(|| text::until_over(locale).into()),
        value: form.until.clone(),
        kind: "date",
    };
    let reason = Line {
        id: "share-reason",
        label: text::reason(locale).into(),
        hint: Some(text::reason_hint(locale).into()),
        value: form.reason.clone(),
        ..Line::default()
    };
    let fields = el("div", "desk-head__fields")
        .kid(until.html(sends(ShareMsg::Until)))
        .kid(reason.html(sends(ShareMsg::Reason)));
    let transfer = html! { <Checkbox id="share-transfer" label={text::transfer(locale)} hint={text::transfer_hint(locale)} checked={form.transfer} onchange={send.reform(|on| Msg::Share(ShareMsg::Transfer(on)))} /> };
    let what = text::will_title(locale).to_owned();
    let will = lines(will.words(locale));
    let will = notice(locale, Tone::Info, false, what, None, will);
    let mut agreement = Html::default();
    if let Some(organisation) = will_outside {
        agreement = p("", &text::agreed(locale, organisation));
    }
    vec![
        agreement,
        rights("share-right", locale, form.right, &onright),
        fields.html(),
        transfer,
        el("div", "").attr("id", "share-will").kid(will).html(),
    ]
}

/// Nothing was agreed about sharing with this organisation: a director can put it on file here, others are told whom to ask.
fn unagreed(scene: Scene<'_>, chosen: &PartyView) -> Html {
    let Scene { model, desk, .. } = scene;
    let locale = model.locale;
    let organisation = chosen.organisation.as_str();
    let around = el("div", "").attr("id", "share-unagreed");
    if chosen.agreed == Agreed::Filing {
        let filing = text::filing(locale, organisation);
        return around.attr("role", "status").kid(p("", &filing)).html();
    }
    let mine = desk.staff.own();
    let directs = mine.is_some_and(|one| one.mine);
    let (advice, more) = if directs {
        (text::not_agreed_file(locale).to_owned(), agreement(scene))
    } else {
        let people = mine.map_or(&[][..], |one| &one.people);
        let names = people.iter().filter(|person| person.directs);
        let names: Vec<&str> = names.map(|person| person.name.as_str()).collect();
        let ask = if names.is_empty() {
            text::not_agreed_ask(locale).to_owned()
        } else {
            text::not_agreed_ask_whom(locale, &names.join(", "))
        };
        (ask, Html::default())
    };
    let what = text::not_agreed(locale, organisation);
    let told = notice(locale, Tone::Warning, true, what, Some(advice), more);
    around.kid(told).html()
}

/// The form with which an agreement is put on file.
fn agreement(scene: Scene<'_>) -> Html {
    let Scene {
        model, desk, send, ..
    } = scene;
    let locale = model.locale;
    let form = &desk.share.form;
    let empty = |text: &str| {
        let blank = form.state == Handing::Blank && text.trim().is_empty();
        blank.then(|| desk_text::problem_empty(locale).to_owned())
    };
    let sends = |make: fn(String) -> ShareMsg| send.reform(move |text| Msg::Share(make(text)));
    let title = Line {
        id: "share-agreement",
        label: text::agreement(locale).into(),
        hint: Some(text::agreement_hint(locale).into()),
        error: empty(&form.agreement),
        value: form.agreement.clone(),
        ..Line::default()
    };
    let privacy = Line {
        id: "share-notice",
        label: text::agreement_notice(locale).into(),
        hint: Some(text::agreement_notice_hint(locale).into()),
        error: empty(&form.notice),
        value: form.notice.clone(),
        ..Line::default()
    };
    let file = Press {
        id: "share-agree".into(),
        words: text::agreement_file(locale).into(),
        variant: Variant::Primary,
        busy: busy(desk),
        ..Press::default()
    };
    el("div", "sluis-stack")
        .kid(title.html(sends(ShareMsg::Agreement)))
        .kid(privacy.html(sends(ShareMsg::Notice)))
        .kid(file.html(send, Msg::Share(ShareMsg::Agree)))
        .html()
}

/// What was not taken, and that it is still here.
fn failed(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    match scene.desk.share.form.state {
        Handing::Failed(fault) => notice(
            locale,
            Tone::Danger,
            false,
            fault_line(locale, fault).to_string(),
            None,
            Html::default(),
        ),
        _ => Html::default(),
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
        let act = match open {
            Some(open) => plan(scene, open),
            None => button(id, title, send, plans(own)),
        };
        el("section", "sluis-card sluis-stack")
            .attr("aria-label", title)
            .kid(el("h3", "utrecht-heading-3").text(title).html())
            .kid(p("", what))
            .kid(act)
            .html()
    };
    let mut parts = vec![part(
        "recuse",
        text::recuse(locale),
        text::recuse_what(locale),
        Plan::Recuse,
    )];
    if view.share.may_share() {
        parts.push(part(
            "shut-out",
            text::shut_out(locale),
            text::shut_out_what(locale),
            Plan::ShutOut(None),
        ));
        parts.push(part(
            "renew",
            text::plan_renew(locale),
            text::plan_renew_what(locale),
            Plan::Renew,
        ));
    }
    let summary = el("summary", "").attr("id", "share-more");
    let mut all = el("details", "desk-more sluis-screen-only");
    if matches!(planned, Some(Plan::Recuse | Plan::ShutOut(_) | Plan::Renew)) {
        all = all.attr("open", "");
    }
    all.kid(summary.text(text::withdraw(locale)).html())
        .kid(el("div", "sluis-stack").kids(parts).html())
        .html()
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
    let variant = if matches!(plan, Plan::Change(..) | Plan::Renew) {
        Variant::Primary
    } else {
        Variant::Danger
    };
    let heading = heading("h3", "share-plan", &title).attr("tabindex", "-1");
    let mut all = el("div", "sluis-stack desk-plan")
        .attr("role", "group")
        .attr("aria-labelledby", "share-plan")
        .kid(heading.html())
        .kid(choose);
    if !words.is_empty() {
        all = all.kid(lines(words));
    }
    if let Some((_, label)) = word.filter(|(word, _)| !word.is_empty()) {
        let line = Line {
            id: "plan-word",
            label,
            value: form.typed.clone(),
            ..Line::default()
        };
        all = all.kid(line.html(send.reform(|text| Msg::Share(ShareMsg::Typed(text)))));
    }
    let does = Press {
        id: "plan-do".into(),
        words: act.into(),
        variant,
        busy: busy(desk),
        disabled: !ready,
        ..Press::default()
    };
    let back = Msg::Share(ShareMsg::Plan(None));
    let buttons = el("div", "utrecht-button-group")
        .kid(does.html(send, Msg::Share(ShareMsg::Confirm)))
        .kid(button("plan-back", common::cancel(locale), send, back));
    all.kid(failed(scene)).kid(buttons.html()).html()
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
        until: one.and_then(|one| one.until),
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
