//! Extracts for advisers: the form that makes one, the extract as they read it, and what came back.

use sluis_domain::event::PartOf;
use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::{common, desk as words_of, extract as text};
use sluis_kit::{Access, Checkbox, TextArea, Tone, Variant, glyph};
use sluis_link::{AdviceView, DraftSlot, ExtractView, OpinionView, Party, PartyView};
use yew::prelude::*;

use super::super::light::{Line, Press, el, heading, notice, p, section};
use super::super::{fault_line, unix};
use super::{Scene, draft_state};
use crate::state::Msg;
use crate::state::dossier::{DossierMsg, DraftState};
use crate::state::extract::{ExtractMsg, Form, Making};

/// As many teams and people as the form lists at once.
const MOST: usize = 8;

fn press(id: &str, words: &str, primary: bool, scene: Scene<'_>, msg: ExtractMsg) -> Html {
    let press = Press {
        id: id.into(),
        words: words.into(),
        variant: if primary {
            Variant::Primary
        } else {
            Variant::default()
        },
        ..Press::default()
    };
    press.html(scene.send, Msg::Extract(msg))
}

/// In the part about access: what advisers were asked, what came back, and the way to ask again.
pub(super) fn advice(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let view = scene.view;
    if view.advice.is_empty() && !view.share.may_share() {
        return Html::default();
    }
    let mut all = section("sluis-card sluis-stack", "advice-title")
        .kid(heading("h2", "advice-title", text::advice_title(locale)).html())
        .kid(p("sluis-soft", text::advice_hint(locale)));
    for asked in &view.advice {
        all = all.kid(one(scene, asked));
    }
    if view.share.may_share() {
        let begin = press(
            "extract-begin",
            text::begin(locale),
            false,
            scene,
            ExtractMsg::Begin,
        );
        all = all.kid(el("div", "sluis-screen-only").kid(begin).html());
    }
    all.html()
}

fn one(scene: Scene<'_>, asked: &AdviceView) -> Html {
    let locale = scene.model.locale;
    let until = format_date(locale, unix(asked.until));
    let over = asked.until <= scene.model.now;
    let ends = if over {
        text::was_until(locale, &until)
    } else {
        text::is_until(locale, &until)
    };
    let facts = [asked.with.join(", "), ends].join(" · ");
    let mut all = el("article", "sluis-stack desk-advice")
        .kid(el("p", "sluis-strong").text(&asked.question).html())
        .kid(p("sluis-soft", &facts));
    if let Some(key) = asked.extract {
        let leads = el("button", "desk-open desk-number")
            .attr("type", "button")
            .text(text::open_extract(locale))
            .click(scene.send, Msg::Dossier(DossierMsg::Open(key, None)));
        all = all.kid(el("div", "sluis-screen-only").kid(leads.html()).html());
    }
    all.kid(opinions(locale, &asked.opinions)).html()
}

/// What advisers said.
fn opinions(locale: Locale, opinions: &[OpinionView]) -> Html {
    if opinions.is_empty() {
        return p("", text::no_opinion(locale));
    }
    let one = |one: &OpinionView| {
        let head = [
            one.author.as_str(),
            " · ",
            &format_date(locale, unix(one.time)),
        ];
        el("li", "desk-note")
            .kid(p("sluis-strong", &head.concat()))
            .kid(p("desk-typed", &one.text))
            .html()
    };
    el("ul", "desk-list")
        .attr("aria-label", text::opinions_title(locale))
        .kids(opinions.iter().map(one).collect())
        .html()
}

fn part_name(locale: Locale, of: PartOf) -> &'static str {
    match of {
        PartOf::FirstStory => words_of::first_story(locale),
        PartOf::Happened => words_of::happened(locale),
        PartOf::Asked => words_of::asked(locale),
        PartOf::Note => text::of_note(locale),
        PartOf::Message => text::of_message(locale),
        PartOf::Reply => text::of_reply(locale),
    }
}

/// The extract as its readers see it, and the box for an opinion.
pub(super) fn view(scene: Scene<'_>, extract: &ExtractView) -> Html {
    let locale = scene.model.locale;
    let until = format_date(locale, unix(extract.until));
    let mut all = section("sluis-stack desk-conversation", "extract-title")
        .kid(heading("h2", "extract-title", text::extract_title(locale)).html())
        .kid(notice(
            locale,
            Tone::Info,
            true,
            text::extract_what(locale).to_owned(),
            Some(text::extract_until(locale, &until)),
            Html::default(),
        ))
        .kid(
            el("h3", "utrecht-heading-3")
                .text(text::question(locale))
                .html(),
        )
        .kid(p("desk-typed", &extract.question));
    for part in &extract.parts {
        let head = el("h3", "utrecht-heading-3").text(part_name(locale, part.of));
        let part = el("article", "sluis-card sluis-stack")
            .kid(head.html())
            .kid(p("desk-typed", &part.text));
        all = all.kid(part.html());
    }
    let title = el("h3", "utrecht-heading-3").text(text::opinions_title(locale));
    all.kid(title.html())
        .kid(opinions(locale, &extract.opinions))
        .kid(opine(scene))
        .html()
}

/// The box for an opinion: the note of an ordinary dossier.
fn opine(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let draft = &scene.open.note;
    let busy = matches!(draft.state, DraftState::Sending(_));
    let error = match draft.state {
        DraftState::Failed(fault) => Some(fault_line(locale, fault)),
        _ => None,
    };
    let send = Press {
        id: "add-opinion".into(),
        words: text::give_opinion(locale).into(),
        variant: Variant::Primary,
        busy,
        ..Press::default()
    };
    let send = send.html(scene.send, Msg::Dossier(DossierMsg::Send(DraftSlot::Note)));
    let state = el("span", "sluis-soft").text(draft_state(scene, DraftSlot::Note));
    let buttons = el("div", "utrecht-button-group")
        .kid(send)
        .kid(state.html());
    let access = if busy {
        Access::ReadOnly
    } else {
        Access::default()
    };
    let typed = scene
        .send
        .reform(|text| Msg::Dossier(DossierMsg::Drafted(DraftSlot::Note, text)));
    let area = html! { <TextArea id="note" label={text::opinion(locale)} hint={text::opinion_hint(locale)} rows=5 value={draft.text.clone()} {error} {access} oninput={typed} /> };
    el("div", "sluis-stack sluis-screen-only")
        .kid(area)
        .kid(buttons.html())
        .html()
}

/// The form, in the place of the part about access.
pub(super) fn form(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let title = heading("h2", "extract-title", text::form_title(locale)).attr("tabindex", "-1");
    section("sluis-stack desk-conversation", "extract-title")
        .kid(title.html())
        .kid(p("", text::form_what(locale)))
        .kid(pieces(scene, form))
        .kid(names(scene, form))
        .kid(whom(scene, form))
        .kid(last(scene, form))
        .html()
}

/// What a field lacks, when it is the one that lacks something.
fn lacks(form: &Form, field: &'static str, words: &'static str) -> Option<String> {
    (form.state == Making::Lacks(field)).then(|| words.to_owned())
}

/// What goes along, each in words that can be changed.
fn pieces(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let mut all = section("sluis-card sluis-stack", "extract-pieces")
        .kid(heading("h3", "extract-pieces", text::pieces_title(locale)).html())
        .kid(p("sluis-soft", text::pieces_hint(locale)));
    if form.pieces.is_empty() {
        return all.kid(p("", text::pieces_none(locale))).html();
    }
    let mut error = lacks(form, "extract-take-0", text::pieces_lack(locale));
    for (place, piece) in form.pieces.iter().enumerate() {
        let number = place.to_string();
        let id = ["extract-take-", &number].concat();
        let label = part_name(locale, piece.of);
        let take = scene
            .send
            .reform(move |on| Msg::Extract(ExtractMsg::Take(place, on)));
        let hint = (!piece.on).then(|| start(&piece.text));
        all = all.kid(html! { <Checkbox {id} {label} {hint} error={error.take()} checked={piece.on} onchange={take} /> });
        if piece.on {
            let id = ["extract-words-", &number].concat();
            let typed = scene
                .send
                .reform(move |words| Msg::Extract(ExtractMsg::Words(place, words)));
            let label = text::piece_words(locale, label);
            all = all.kid(html! { <TextArea {id} {label} rows=4 value={piece.text.clone()} oninput={typed} /> });
        }
    }
    all.html()
}

/// The first words of a text.
fn start(text: &str) -> String {
    let mut start: String = text.chars().take(90).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// Names become placeholders.
fn names(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let name = Line {
        id: "extract-name",
        label: text::name(locale).into(),
        hint: Some(text::name_hint(locale).into()),
        value: form.name.clone(),
        ..Line::default()
    };
    let typed = scene
        .send
        .reform(|name| Msg::Extract(ExtractMsg::Name(name)));
    let replace = ExtractMsg::Replace(text::person(locale));
    let mut all = section("sluis-card sluis-stack", "extract-names")
        .kid(heading("h3", "extract-names", text::names_title(locale)).html())
        .kid(name.html(typed))
        .kid(press(
            "extract-replace",
            text::replace(locale),
            false,
            scene,
            replace,
        ));
    if let Some(found) = form.found {
        let told = el("p", "")
            .attr("role", "status")
            .attr("id", "extract-found");
        let words = match found {
            0 => text::found_none(locale).to_owned(),
            some => text::found(locale, some),
        };
        all = all.kid(told.text(&words).html());
    }
    for (place, name) in form.people.iter().enumerate() {
        let number = (place + 1).to_string();
        let line = [name, " → ", text::person(locale), " ", &number].concat();
        all = all.kid(p("sluis-soft", &line));
    }
    if form.has_traces() {
        let told = notice(
            locale,
            Tone::Warning,
            true,
            text::traces(locale).to_owned(),
            Some(text::traces_do(locale).to_owned()),
            Html::default(),
        );
        all = all.kid(el("div", "").attr("id", "extract-traces").kid(told).html());
    }
    all.html()
}

/// Who is asked, until when, and what.
fn whom(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let sends =
        |make: fn(String) -> ExtractMsg| scene.send.reform(move |words| Msg::Extract(make(words)));
    let search = Line {
        id: "extract-search",
        label: text::whom(locale).into(),
        hint: Some(text::whom_hint(locale).into()),
        error: lacks(form, "extract-search", text::whom_lacks(locale)),
        value: form.search.clone(),
        kind: "search",
    };
    let until = Line {
        id: "extract-until",
        label: text::until(locale).into(),
        hint: Some(text::until_hint(locale).into()),
        error: lacks(form, "extract-until", text::until_lacks(locale)),
        value: form.until.clone(),
        kind: "date",
    };
    let mut all = section("sluis-card sluis-stack", "extract-whom")
        .kid(heading("h3", "extract-whom", text::whom_title(locale)).html())
        .kid(search.html(sends(ExtractMsg::Search)));
    for (place, one) in listed(scene, form).into_iter().enumerate() {
        let id = ["extract-with-", &place.to_string()].concat();
        let party = one.party;
        let on = form.with.contains(&party);
        let change = scene
            .send
            .reform(move |on| Msg::Extract(ExtractMsg::With(party, on)));
        let (label, hint) = (one.name.clone(), one.organisation.clone());
        all = all.kid(html! { <Checkbox {id} {label} {hint} checked={on} disabled={!one.ready} onchange={change} /> });
    }
    let error = lacks(form, "extract-question", text::question_lacks(locale));
    let typed = sends(ExtractMsg::Question);
    let question = html! { <TextArea id="extract-question" label={text::question(locale)} hint={text::question_hint(locale)} rows=3 value={form.question.clone()} {error} oninput={typed} /> };
    all.kid(until.html(sends(ExtractMsg::Until)))
        .kid(question)
        .html()
}

/// Those who were chosen, and those whom the search finds.
fn listed<'a>(scene: Scene<'a>, form: &Form) -> Vec<&'a PartyView> {
    let me = Party::Member(scene.desk.profile.member);
    let chosen = |one: &PartyView| form.with.contains(&one.party);
    let mut all = scene.desk.share.listed("", &chosen);
    if !form.search.trim().is_empty() {
        let others = |one: &PartyView| one.party != me && !chosen(one);
        all.extend(scene.desk.share.listed(&form.search, &others));
    }
    all.truncate(MOST);
    all
}

/// What leaves, once more as it is, and the button.
fn last(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let mut all = section("sluis-card sluis-stack", "extract-last")
        .kid(heading("h3", "extract-last", text::last_title(locale)).html())
        .kid(p("", text::last_what(locale)));
    for piece in form.chosen() {
        let part = el("article", "sluis-stack extract-leaves")
            .kid(p("sluis-strong", part_name(locale, piece.of)))
            .kid(p("desk-typed", &piece.text));
        all = all.kid(part.html());
    }
    if let Making::Failed(fault) = form.state {
        all = all.kid(notice(
            locale,
            Tone::Danger,
            false,
            fault_line(locale, fault).to_string(),
            None,
            Html::default(),
        ));
    }
    let make = Press {
        id: "extract-make".into(),
        words: text::make(locale).into(),
        variant: Variant::Primary,
        icon: Some(glyph::SHARE_2),
        busy: matches!(form.state, Making::Busy(_)),
        ..Press::default()
    };
    let make = make.html(scene.send, Msg::Extract(ExtractMsg::Make));
    let leave = press(
        "extract-leave",
        common::cancel(locale),
        false,
        scene,
        ExtractMsg::Leave,
    );
    let buttons = el("div", "utrecht-button-group sluis-screen-only");
    all.kid(buttons.kid(make).kid(leave).html()).html()
}
