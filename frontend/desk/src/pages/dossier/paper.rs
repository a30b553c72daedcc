//! A dossier on paper: what it holds for everybody who may read it, who printed it and when. Notes for oneself stay out, and so does what it
//! takes to reach somebody: people are their numbers and roles, as in the text.

use sluis_kit::i18n::{Locale, format_moment};
use sluis_kit::text::{common, desk as text, files, involved};
use sluis_link::{InvolvedView, Lane};
use yew::prelude::*;

use super::super::light::{El, el, p};
use super::super::unix;
use super::Scene;
use crate::words;

/// The sheets. They exist for the printer only.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let Scene { model, view, .. } = scene;
    let locale = model.locale;
    let row = &view.row;
    let moment = |time: u64| format_moment(locale, unix(time));
    let by = text::printed_by(locale, &scene.desk.profile.person, &moment(model.now));
    let mut facts = vec![
        (
            common::kind(locale),
            words::kind(locale, row.kind).to_owned(),
        ),
        (
            common::status(locale),
            words::status(locale, row.status).to_owned(),
        ),
        (text::handler(locale), row.handler.clone()),
        (common::category(locale), category(scene)),
        (common::federation(locale), row.federation.clone()),
        (text::club(locale), row.club.clone()),
        (common::sport(locale), row.sport.clone()),
    ];
    facts.extend(row.level.map(|level| {
        (
            common::level(locale),
            words::level(locale, level).to_owned(),
        )
    }));
    facts.extend(
        row.risk
            .map(|risk| (text::risk(locale), words::risk(locale, risk).to_owned())),
    );
    facts.extend(view.closing.as_ref().map(|closing| {
        (
            text::closing_reason(locale),
            words::closing_reason(locale, closing.reason).to_owned(),
        )
    }));
    let mut sheet = el("article", "desk-paper")
        .attr("id", "paper")
        .kid(
            el("h1", "")
                .text(&text::dossier_title(locale, &row.number))
                .html(),
        )
        .kid(p("desk-paper__by", &by))
        .kid(list(facts));
    for (title, words) in [
        (text::first_story(locale), &view.first_story),
        (text::happened(locale), &view.happened),
        (text::asked(locale), &view.asked),
    ] {
        if !words.is_empty() {
            sheet = sheet.kid(head(title)).kid(p("desk-typed", words));
        }
    }
    if !view.conversation.is_empty() {
        sheet = sheet.kid(head(text::part_conversation(locale)));
        for bubble in &view.conversation {
            let who = bubble
                .staff
                .as_deref()
                .unwrap_or(common::role_reporter(locale));
            sheet = sheet.kid(said(who, &moment(bubble.time), &bubble.text));
        }
    }
    sheet = people(locale, &view.people)
        .into_iter()
        .fold(sheet, El::kid);
    let files_here = view.files.iter().filter(|file| file.removed.is_none());
    let names: Vec<Html> = files_here.map(|file| p("", &file.name)).collect();
    if !names.is_empty() {
        sheet = sheet.kid(head(files::part_files(locale))).kids(names);
    }
    let notes = view.notes.iter().filter(|note| note.lane == Lane::Team);
    for (place, note) in notes.enumerate() {
        if place == 0 {
            sheet = sheet.kid(head(text::part_notes(locale)));
        }
        sheet = sheet.kid(said(&note.author, &moment(note.time), &note.text));
    }
    sheet.html()
}

/// The people without their names: contact data is printed for one person at a time, by whoever asks for it.
fn people(locale: Locale, people: &[InvolvedView]) -> Vec<Html> {
    if people.is_empty() {
        return Vec::new();
    }
    let one = |one: &InvolvedView| {
        let minor = one.minor.map(|minor| super::involved::age(locale, minor));
        let facts = [
            Some(words::person_role(locale, one.role)),
            Some(one.capacity.as_str()).filter(|words| !words.is_empty()),
            minor,
        ];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        p("", &["@p", &one.number.to_string(), ": ", &facts].concat())
    };
    let mut all = vec![head(involved::title(locale))];
    all.extend(people.iter().map(one));
    all.push(p("desk-paper__by", involved::paper_people(locale)));
    all
}

fn category(scene: Scene<'_>) -> String {
    let locale = scene.model.locale;
    scene
        .view
        .row
        .classification
        .map_or_else(String::new, |(category, sub)| {
            let classes = &scene.desk.profile.classes;
            let sub = sub.map(|sub| words::subcategory_now(locale, classes, sub));
            let parts = [Some(words::category(locale, category)), sub.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
        })
}

fn list(facts: Vec<(&'static str, String)>) -> Html {
    let known = facts.into_iter().filter(|(_, words)| !words.is_empty());
    let lines = known.map(|(name, words)| {
        el("div", "")
            .kid(el("dt", "").text(name).html())
            .kid(el("dd", "").text(&words).html())
            .html()
    });
    el("dl", "desk-paper__facts").kids(lines.collect()).html()
}

fn head(words: &str) -> Html {
    el("h2", "").text(words).html()
}

fn said(who: &str, when: &str, words: &str) -> Html {
    el("section", "desk-paper__said")
        .kid(p("sluis-strong", &[who, " · ", when].concat()))
        .kid(p("desk-typed", words))
        .html()
}
