//! Closing a dossier: what has to be settled, what still stands in the text, and the proof that contact data is gone.

use sluis_domain::people::ClosingReason;
use sluis_kit::i18n::{format_date, format_time};
use sluis_kit::text::{common, desk, figures, involved as text};
use sluis_kit::{Checkbox, Choice, RadioGroup, Tone, Variant, glyph, html};
use sluis_link::{ClosingView, ContactView, FileKey, FileView, Finding, FindingPlace};
use yew::prelude::*;

use super::super::super::light::{Choose, El, Line, Press, badge, el, heading, notice, p, section};
use super::super::super::unix;
use super::super::Scene;
use super::{busy, press, trouble, typing};
use crate::state::Msg;
use crate::state::involved::{ClosingForm, PersonMsg, Stays};
use crate::state::tally;
use crate::words;

/// The form for closing.
pub(super) fn form(scene: Scene<'_>, form: &ClosingForm) -> Html {
    let locale = scene.model.locale;
    let (send, view) = (scene.send, scene.view);
    let mut all = section("sluis-stack sluis-card sluis-screen-only", "close-title")
        .kid(
            heading("h2", "close-title", text::close_title(locale))
                .attr("tabindex", "-1")
                .html(),
        )
        .kid(p("", text::close_what(locale)))
        .kid(p("sluis-soft", text::close_own(locale)));
    all = settle(scene, form).into_iter().fold(all, El::kid);
    all = all.kid(findings(scene, form.findings.as_deref()));
    all = files(scene, form).into_iter().fold(all, El::kid);
    let reasons = ClosingReason::ALL.map(|reason| words::closing_reason(locale, reason));
    let reason = Choose {
        id: "close-reason",
        label: text::reason(locale),
        choices: &reasons,
        chosen: ClosingReason::ALL
            .iter()
            .position(|reason| *reason == form.reason),
    };
    let reason = reason.html(&send.reform(|place: usize| {
        let reason = ClosingReason::ALL.get(place).copied();
        Msg::Person(PersonMsg::Reason(reason.unwrap_or(ClosingReason::Settled)))
    }));
    let outcome = Line {
        id: "close-outcome",
        label: text::outcome(locale).into(),
        hint: Some(text::outcome_hint(locale).into()),
        value: form.outcome.clone(),
        ..Line::default()
    };
    let outcome = outcome.html(send.reform(|text| Msg::Person(PersonMsg::Outcome(text))));
    let go = Press {
        busy: busy(scene),
        disabled: !form.is_settled(view) || !scene.open.involved.is_sure(view),
        ..press("close-do", text::close_do(locale), Variant::Primary)
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(go.html(send, Msg::Person(PersonMsg::Finish)))
        .kid(
            press("close-cancel", common::cancel(locale), Variant::Secondary)
                .html(send, Msg::Person(PersonMsg::Cancel)),
        );
    all.kid(reason)
        .kid(outcome)
        .kid(stays(scene, form))
        .kid(typing(scene))
        .kid(trouble(scene))
        .kid(buttons.html())
        .html()
}

/// What stays for the figures, word for word.
fn stays(scene: Scene<'_>, form: &ClosingForm) -> Html {
    let locale = scene.model.locale;
    let all = el("div", "sluis-stack")
        .attr("id", "close-figure")
        .attr("role", "status")
        .kid(heading("h3", "close-figure-title", figures::closing_title(locale)).html());
    match (&form.figure, form.row()) {
        (Stays::Asked, _) => all.kid(p("", figures::closing_wait(locale))).html(),
        (_, None) => all.kid(p("", figures::closing_done(locale))).html(),
        (_, Some(row)) => {
            let (known, empty) = tally::known(locale, &scene.desk.profile.classes, &row);
            let facts = known.into_iter().map(|(name, words)| {
                el("div", "desk-fact")
                    .kid(el("dt", "").text(name).html())
                    .kid(el("dd", "").text(&words).html())
                    .html()
            });
            let facts = el("dl", "desk-facts").kids(facts.collect()).html();
            let all = all.kid(p("", figures::closing_what(locale))).kid(facts);
            if empty.is_empty() {
                all.html()
            } else {
                let empty = figures::closing_empty(locale, &empty);
                all.kid(p("sluis-soft", &empty)).html()
            }
        }
    }
}

/// What has to be settled first.
fn settle(scene: Scene<'_>, form: &ClosingForm) -> Vec<Html> {
    let locale = scene.model.locale;
    let mut all = Vec::new();
    for conflict in &scene.view.conflicts {
        let words = text::close_conflict(locale, words::field(locale, conflict.field));
        let what = text::close_settle(locale).to_owned();
        all.push(notice(
            locale,
            Tone::Warning,
            true,
            what,
            Some(words),
            Html::default(),
        ));
    }
    if scene.view.row.waiting_since.is_some() {
        let onchange = scene
            .send
            .reform(|ticked| Msg::Person(PersonMsg::Unanswered(ticked)));
        all.push(html! {
            <Checkbox id="close-unanswered" label={text::close_unanswered_ok(locale)} hint={text::close_unanswered(locale)} checked={form.unanswered} {onchange} />
        });
    }
    all
}

fn findings(scene: Scene<'_>, found: Option<&[Finding]>) -> Html {
    let locale = scene.model.locale;
    let send = scene.send;
    let Some(found) = found else {
        return press("close-sweep", text::sweep(locale), Variant::Secondary)
            .html(send, Msg::Person(PersonMsg::Sweep));
    };
    let mut all = el("div", "sluis-stack")
        .attr("id", "close-findings")
        .attr("role", "status");
    if scene
        .view
        .people
        .iter()
        .any(|one| one.contact == ContactView::Shut)
    {
        all = all.kid(p("", text::sweep_shut(locale)));
    }
    if found.is_empty() {
        all = all.kid(p("", text::sweep_none(locale)));
    } else {
        let one = |place: usize, one: &Finding| {
            let where_ = match one.place {
                FindingPlace::Field(name) => words::field(locale, name),
                FindingPlace::Event(_) => text::found_note(locale),
            };
            let quoted = one.words.join(", ");
            let redact = Press {
                id: ["redact-", &place.to_string()].concat(),
                busy: busy(scene),
                ..press("", text::redact(locale), Variant::Secondary)
            };
            let about = el("div", "desk-item__words")
                .kid(p("sluis-strong", &text::found_in(locale, where_, &quoted)))
                .kid(p(
                    "sluis-soft desk-typed",
                    &text::found_instead(locale, &one.text),
                ));
            el("li", "desk-item")
                .kid(about.html())
                .kid(redact.html(send, Msg::Person(PersonMsg::Redact(vec![one.place]))))
                .html()
        };
        let items = found
            .iter()
            .enumerate()
            .map(|(place, found)| one(place, found));
        let places = found.iter().map(|one| one.place).collect();
        let redact = Press {
            busy: busy(scene),
            ..press("redact-all", text::redact_all(locale), Variant::Primary)
        };
        all = all
            .kid(heading("h3", "close-found", text::sweep_found(locale)).html())
            .kid(el("ul", "desk-list").kids(items.collect()).html())
            .kid(p("sluis-soft", text::redact_keeps(locale)))
            .kid(redact.html(send, Msg::Person(PersonMsg::Redact(places))));
    }
    all.kid(
        press("close-sweep", text::sweep_again(locale), Variant::Subtle)
            .html(send, Msg::Person(PersonMsg::Sweep)),
    )
    .html()
}

/// What is to become of each file.
fn files(scene: Scene<'_>, form: &ClosingForm) -> Option<Html> {
    let locale = scene.model.locale;
    let here: Vec<&FileView> = (scene.view.files.iter())
        .filter(|one| one.removed.is_none())
        .collect();
    if here.is_empty() {
        return None;
    }
    let may_remove = scene.view.share.may_share();
    let hint = if may_remove {
        text::close_files_what(locale)
    } else {
        text::close_files_keep(locale)
    };
    let one = |(place, one): (usize, &&FileView)| {
        let key: FileKey = one.key;
        let mut choices = vec![Choice::new("keep", text::close_file_keep(locale))];
        if may_remove {
            choices.push(Choice::new("remove", text::close_file_remove(locale)));
        }
        let value = match form.files.get(&key) {
            Some(true) => "keep",
            Some(false) => "remove",
            None => "",
        };
        let onchange = scene
            .send
            .reform(move |chosen: String| Msg::Person(PersonMsg::File(key, chosen == "keep")));
        let id = ["close-file-", &place.to_string()].concat();
        let group = html! { <RadioGroup id={id} legend={one.name.clone()} {choices} value={value} {onchange} /> };
        let facts = p("sluis-soft", &super::super::files::facts(scene, one));
        el("li", "desk-item")
            .kid(el("div", "desk-item__words").kid(group).kid(facts).html())
            .html()
    };
    let list = el("ul", "desk-list").kids(here.iter().enumerate().map(one).collect());
    let all = el("div", "sluis-stack")
        .attr("id", "close-files")
        .kid(heading("h3", "close-files-title", text::close_files(locale)).html())
        .kid(p("", hint))
        .kid(list.html());
    Some(all.html())
}

/// What shows that contact data is gone; made to be printed.
pub(super) fn proof(scene: Scene<'_>, closing: &ClosingView) -> Html {
    let locale = scene.model.locale;
    let date = |moment| format_date(locale, unix(moment));
    let reason = words::closing_reason(locale, closing.reason);
    let number = scene.view.row.number.as_str();
    let mut all = section("sluis-stack sluis-card", "proof-title")
        .kid(heading("h2", "proof-title", text::proof_title(locale)).html())
        .kid(p("sluis-strong", &desk::dossier_title(locale, number)))
        .kid(p(
            "",
            &text::proof_closed(locale, &date(closing.time), &closing.by, reason),
        ));
    if !closing.outcome.is_empty() {
        all = all.kid(p("desk-typed", &closing.outcome));
    }
    if closing.proofs.is_empty() {
        all = all.kid(p("", text::proof_none(locale)));
    } else {
        let line = closing.proofs.iter().map(|one| {
            let when = [date(one.hour), format_time(locale, unix(one.hour))];
            let words =
                text::proof_person(locale, &when.join(" "), &one.mark, &one.number.to_string());
            let holds = if one.holds {
                badge(Tone::Ok, text::proof_holds(locale).to_owned())
            } else {
                badge(Tone::Danger, text::proof_fails(locale).to_owned())
            };
            el("li", "").text(&words).text(" ").kid(holds).html()
        });
        let devices = text::proof_devices(
            locale,
            &closing.devices.to_string(),
            &closing.done.to_string(),
        );
        all = all
            .kid(el("ul", "desk-proof").kids(line.collect()).html())
            .kid(
                el("p", "")
                    .attr("id", "proof-devices")
                    .text(&devices)
                    .html(),
            )
            .kid(p("", &text::proof_after(locale, &date(closing.until))))
            .kid(p("sluis-soft", text::proof_what(locale)));
    }
    let print = Press {
        icon: Some(glyph::PRINTER),
        ..press("proof-print", text::proof_print(locale), Variant::Secondary)
    };
    let print = el("div", "sluis-screen-only").kid(print.html(scene.send, Msg::Print));
    all.kid(print.html()).html()
}
