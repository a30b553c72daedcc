//! People of the dossier: who they are, how to reach them, and closing, which destroys that.

mod closing;
mod form;

use sluis_domain::people::{PersonRole, Respondents};
use sluis_domain::retention;
use sluis_domain::vocabulary::FieldName;
use sluis_kit::i18n::{Locale, format_date, format_time};
use sluis_kit::text::{common, desk, involved as text, policy};
use sluis_kit::{Tone, Variant};
use sluis_link::{ContactForm, ContactView, DossierView, InvolvedView};
use yew::prelude::*;

use super::super::light::{Line, Press, badge, el, heading, notice, p, section};
use super::super::unix;
use super::Scene;
use crate::state::Msg;
use crate::state::involved::{PersonMsg, Plan, begun, called, mentions};
use crate::state::share::Handing;
use crate::words;

/// The part of the dossier.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    let involved = &scene.open.involved;
    let may = view.share.may_write();
    let mut all = el("div", "sluis-stack desk-conversation");
    if let Some(closing) = &view.closing {
        all = all.kid(closing::proof(scene, closing));
    }
    if view.closing_pending {
        let what = text::close_pending(locale).to_owned();
        let advice = Some(text::close_wait(locale).to_owned());
        let told = notice(locale, Tone::Info, false, what, advice, Html::default());
        all = all.kid(el("div", "").attr("id", "close-pending").kid(told).html());
    }
    let about = involved.about.and_then(|who| {
        let mut people = view.people.iter();
        people.find(|one| one.key == who)
    });
    if let Some(one) = about {
        return answer(scene, one);
    }
    if let Some(closing) = involved.closing.as_ref().filter(|_| may) {
        return all.kid(closing::form(scene, closing)).html();
    }
    let mut list = section("sluis-stack", "people-title")
        .kid(heading("h2", "people-title", text::title(locale)).html())
        .kid(p("sluis-soft", text::hint(locale)));
    if view.people.is_empty() {
        list = list.kid(p("utrecht-paragraph", text::empty(locale)));
    } else {
        let people = view.people.iter().map(|one| person(scene, one)).collect();
        let people = el("ul", "desk-list sluis-card")
            .attr("id", "people-list")
            .kids(people);
        list = list.kid(people.html());
    }
    if let Some(ends) = view.row.ends {
        let day = format_date(locale, unix(ends));
        let months = retention::months(view.row.kind).unwrap_or_default();
        let until = text::ends_what(locale, &day, &months.to_string());
        list = list.kid(el("p", "sluis-soft").attr("id", "ends").text(&until).html());
    }
    all = all.kid(list.html());
    if !may || view.closing.is_some() || view.closing_pending {
        return all.html();
    }
    if let Some(form) = &involved.form {
        return all.kid(form::view(scene, form)).html();
    }
    let buttons = el("div", "utrecht-button-group sluis-screen-only")
        .kid(
            press("person-add", text::add(locale), Variant::Primary)
                .html(scene.send, Msg::Person(PersonMsg::New)),
        )
        .kid(
            press("close-dossier", text::close(locale), Variant::Secondary)
                .html(scene.send, Msg::Person(PersonMsg::Close)),
        );
    all.kid(buttons.html()).html()
}

fn press(id: &str, words: &str, variant: Variant) -> Press {
    Press {
        id: id.into(),
        words: words.into(),
        variant,
        ..Press::default()
    }
}

fn busy(scene: Scene<'_>) -> bool {
    matches!(scene.open.involved.state, Handing::Busy(_))
}

/// Why something was not taken.
fn trouble(scene: Scene<'_>) -> Html {
    match scene.open.involved.state {
        Handing::Failed(fault) => {
            let advice = words::fault(scene.model.locale, fault);
            let (what, now) = (advice.what.to_owned(), Some(advice.now.to_owned()));
            notice(
                scene.model.locale,
                Tone::Danger,
                false,
                what,
                now,
                Html::default(),
            )
        }
        _ => Html::default(),
    }
}

fn person(scene: Scene<'_>, one: &InvolvedView) -> Html {
    person_facts(scene, one, acts(scene, one, &one.number.to_string()))
}

fn person_facts(scene: Scene<'_>, one: &InvolvedView, acts: Html) -> Html {
    let locale = scene.model.locale;
    let number = one.number.to_string();
    let mut facts = vec![words::person_role(locale, one.role).to_owned()];
    if !one.capacity.is_empty() {
        facts.push(one.capacity.clone());
    }
    if let Some(minor) = one.minor {
        facts.push(age(locale, minor).to_owned());
    }
    let head = el("p", "sluis-row-of desk-item__head")
        .kid(badge(Tone::Neutral, ["@p", &number].concat()))
        .kid(
            el("span", "sluis-strong")
                .text(&called(locale, one, true))
                .html(),
        );
    let mut about = el("div", "desk-item__words")
        .kid(head.html())
        .kid(p("sluis-soft", &facts.join(" · ")));
    if one.renumbered {
        about = about.kid(p("", text::renumbered(locale)));
    }
    about = about.kid(contact(scene, one));
    if !matches!(one.contact, ContactView::None | ContactView::Erased(..)) {
        about = about.kid(ground(scene, one.role));
    }
    if let Some(until) = one.pinned {
        let moment = [
            format_date(locale, unix(until)),
            format_time(locale, unix(until)),
        ];
        about = about.kid(p("", &text::pinned(locale, &moment.join(" "))));
    }
    el("li", "desk-item desk-person")
        .kid(about.html())
        .kid(acts)
        .html()
}

pub(super) fn age(locale: Locale, minor: bool) -> &'static str {
    if minor {
        text::minor_yes(locale)
    } else {
        text::minor_no(locale)
    }
}

fn contact(scene: Scene<'_>, one: &InvolvedView) -> Html {
    let locale = scene.model.locale;
    let soft = |words: &str| p("sluis-soft", words);
    match &one.contact {
        ContactView::None if !one.role.keeps_contact(respondents(scene)) => {
            soft(text::contact_respondent(locale))
        }
        ContactView::None => soft(text::contact_none(locale)),
        ContactView::Open(contact) => ways(contact),
        ContactView::Saving(contact) => {
            let state = el("p", "")
                .attr("role", "status")
                .text(text::contact_saving(locale));
            el("div", "").kid(ways(contact)).kid(state.html()).html()
        }
        ContactView::Shut if !scene.view.share.may_write() => soft(text::contact_reader(locale)),
        ContactView::Shut => soft(text::contact_shut(locale)),
        ContactView::Erasing => soft(text::contact_erasing(locale)),
        ContactView::Erased(time, by) => soft(&text::contact_erased(
            locale,
            &format_date(locale, unix(*time)),
            by,
        )),
    }
}

/// Whether who respondents are is kept in this dossier.
fn respondents(scene: Scene<'_>) -> Respondents {
    if scene.view.ground.is_some() {
        Respondents::Named
    } else {
        Respondents::Unnamed
    }
}

/// On what ground it is kept who somebody is, where it takes one.
fn ground(scene: Scene<'_>, role: PersonRole) -> Html {
    let locale = scene.model.locale;
    match scene.view.ground {
        _ if role != PersonRole::Respondent => Html::default(),
        Some(ground) => {
            let ground = words::ground(locale, ground);
            p("sluis-soft", &policy::contact_ground(locale, ground))
        }
        None => p("sluis-soft", policy::contact_ground_over(locale)),
    }
}

/// Telephone number and addresses; the name stands above.
fn ways(contact: &ContactForm) -> Html {
    let mut lines = Vec::new();
    for (scheme, way) in [("tel:", &contact.phone), ("mailto:", &contact.email)] {
        if !way.0.is_empty() {
            let bare: String = way
                .0
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect();
            let link = el("a", "utrecht-link utrecht-link--html-a")
                .with("href", [scheme, &bare].concat())
                .text(&way.0);
            lines.push(el("p", "").kid(link.html()).html());
        }
    }
    if !contact.address.0.is_empty() {
        lines.push(p("desk-typed", &contact.address.0));
    }
    el("div", "desk-person__ways").kids(lines).html()
}

fn acts(scene: Scene<'_>, one: &InvolvedView, number: &str) -> Html {
    let locale = scene.model.locale;
    let planned = scene.open.involved.plan;
    if planned == Some(Plan::Remove(one.key)) {
        let words = [
            text::plan_remove(locale, number),
            text::plan_remove_what(locale).to_owned(),
        ];
        return confirm(scene, words, text::plan_remove_do(locale));
    }
    if planned == Some(Plan::Erase(one.key)) {
        let words = [
            text::plan_erase(locale, number),
            text::plan_erase_what(locale).to_owned(),
        ];
        return confirm(scene, words, text::plan_erase_do(locale));
    }
    let act = |id: &str, words: &'static str, msg: PersonMsg| {
        let press = Press {
            id: [id, "-", number].concat(),
            words: words.into(),
            label: Some([words, ": ", &text::person(locale, number)].concat()),
            variant: Variant::Subtle,
            ..Press::default()
        };
        press.html(scene.send, Msg::Person(msg))
    };
    let mut buttons = el("div", "utrecht-button-group sluis-screen-only");
    buttons = buttons.kid(act(
        "person-about",
        text::about(locale),
        PersonMsg::About(one.key),
    ));
    if !scene.view.share.may_write() || scene.view.closing.is_some() || scene.view.closing_pending {
        return buttons.html();
    }
    buttons = buttons.kid(act(
        "person-change",
        text::change(locale),
        PersonMsg::Edit(one.key),
    ));
    if matches!(one.contact, ContactView::Open(_)) && one.pinned.is_none() {
        buttons = buttons.kid(act(
            "person-pin",
            text::pin(locale),
            PersonMsg::Pin(one.key),
        ));
    }
    let kept = !matches!(one.contact, ContactView::None | ContactView::Erased(..));
    buttons = if kept {
        buttons.kid(act(
            "person-erase",
            text::erase(locale),
            PersonMsg::Plan(Plan::Erase(one.key)),
        ))
    } else {
        buttons.kid(act(
            "person-remove",
            text::remove(locale),
            PersonMsg::Plan(Plan::Remove(one.key)),
        ))
    };
    buttons.html()
}

/// Everything about one person, to be printed.
fn answer(scene: Scene<'_>, one: &InvolvedView) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    let title = text::about_title(locale, &one.number.to_string());
    let mut said: Vec<(String, &str)> = [
        (FieldName::FirstStory, &view.first_story),
        (FieldName::Happened, &view.happened),
        (FieldName::Asked, &view.asked),
    ]
    .into_iter()
    .map(|(name, text)| (words::field(locale, name).to_owned(), text.as_str()))
    .collect();
    let date = |time| format_date(locale, unix(time));
    let bubbles = view.conversation.iter();
    said.extend(bubbles.map(|one| (date(one.time), one.text.as_str())));
    said.extend(
        view.notes
            .iter()
            .map(|one| (date(one.time), one.text.as_str())),
    );
    said.retain(|(_, text)| mentions(text, one.number));
    let mut all = section("sluis-stack sluis-card", "about-title")
        .kid(
            heading("h2", "about-title", &title)
                .attr("tabindex", "-1")
                .html(),
        )
        .kid(p("sluis-soft sluis-screen-only", text::about_hint(locale)))
        .kid(p(
            "sluis-strong",
            &desk::dossier_title(locale, &view.row.number),
        ))
        .kid(
            el("ul", "desk-list")
                .kid(person_facts(scene, one, Html::default()))
                .html(),
        )
        .kid(heading("h3", "about-text", text::about_text(locale)).html());
    if said.is_empty() {
        all = all.kid(p("", text::about_none(locale)));
    }
    for (from, text) in said {
        all = all
            .kid(p("sluis-soft", &from))
            .kid(p("desk-typed", &told(view, locale, text)));
    }
    let buttons = el("div", "utrecht-button-group sluis-screen-only")
        .kid(
            press("about-print", text::about_print(locale), Variant::Primary)
                .html(scene.send, Msg::Print),
        )
        .kid(
            press("about-back", text::about_back(locale), Variant::Secondary)
                .html(scene.send, Msg::Person(PersonMsg::Cancel)),
        );
    all.kid(buttons.html()).html()
}

fn confirm(scene: Scene<'_>, [what, more]: [String; 2], go: &'static str) -> Html {
    let locale = scene.model.locale;
    let sure = Press {
        busy: busy(scene),
        disabled: !scene.open.involved.is_sure(scene.view),
        ..press("person-confirm", go, Variant::Primary)
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(sure.html(scene.send, Msg::Person(PersonMsg::Confirm)))
        .kid(
            press("person-cancel", common::cancel(locale), Variant::Secondary)
                .html(scene.send, Msg::Person(PersonMsg::Cancel)),
        );
    el("div", "sluis-stack")
        .kid(
            el("p", "sluis-strong")
                .attr("id", "person-plan")
                .attr("tabindex", "-1")
                .text(&what)
                .html(),
        )
        .kid(p("", &more))
        .kid(typing(scene))
        .kid(trouble(scene))
        .kid(buttons.html())
        .html()
}

/// The line in which what will be lost is typed; nothing where nothing will be.
fn typing(scene: Scene<'_>) -> Html {
    let involved = &scene.open.involved;
    let Some(wanted) = involved.at_stake(scene.view) else {
        return Html::default();
    };
    let line = Line {
        id: "person-typed",
        label: text::type_to_confirm(scene.model.locale, &wanted),
        value: involved.typed.clone(),
        ..Line::default()
    };
    line.html(
        scene
            .send
            .reform(|typed| Msg::Person(PersonMsg::Typed(typed))),
    )
}

/// People to choose from while a text ends with an at sign: pressing one puts in who is meant.
pub(super) fn offered(scene: Scene<'_>, text_now: &str, put: impl Fn(String) -> Msg) -> Html {
    let locale = scene.model.locale;
    let people = &scene.view.people;
    let Some(before) = begun(text_now).filter(|_| !people.is_empty()) else {
        return Html::default();
    };
    let one = |person: &InvolvedView| {
        let number = person.number.to_string();
        let whole = [before, "@p", &number, " "].concat();
        press(
            &["insert-", &number].concat(),
            &called(locale, person, true),
            Variant::Subtle,
        )
        .html(scene.send, put(whole))
    };
    el("div", "utrecht-button-group")
        .attr("role", "group")
        .attr("aria-label", text::insert(locale))
        .kid(el("span", "sluis-soft").text(text::insert(locale)).html())
        .kids(people.iter().map(one).collect())
        .html()
}

/// A text as people read it: with what its placeholders stand for.
pub(super) fn told(view: &DossierView, locale: Locale, text: &str) -> String {
    crate::state::involved::told(locale, &view.people, text, true)
}
