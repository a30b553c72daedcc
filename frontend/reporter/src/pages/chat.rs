//! The conversation.

use sluis_domain::vocabulary::Status;
use sluis_kit::i18n::{format_time, local_day, machine_moment, relative_day};
use sluis_kit::text::{common, reporter};
use sluis_kit::{Glyph, Locale, glyph};
use sluis_protocol::conversation::message::FILE_NAME;
use sluis_protocol::conversation::{Alarm, Part, Question, Voice, Wish};
use yew::prelude::*;

use super::frame::door;
use super::ui::{
    Field, Kind, alert, button, details, el, option, p, progress, row, says, soft, title,
};
use super::{words, write};
use crate::link::{Say, file_parts};
use crate::state::{Model, Msg, Stage, TEXT_MOST};

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let hint = if model.back.done {
        reporter::not_shown_yet(locale)
    } else {
        reporter::reply_hint(locale)
    };
    vec![
        title(reporter::chat_title(locale).into()),
        with_whom(model),
        notices(model, send),
        bubbles(model, send),
        working(model),
        question(model, send),
        compose(model, send),
        soft(hint),
        more(model, send),
    ]
}

fn with_whom(model: &Model) -> Html {
    let locale = model.locale;
    let team = model.team();
    let line = model
        .table()
        .and_then(|table| table.lines.iter().find(|line| Some(line.team) == team));
    let mut all = Vec::new();
    if let Some(line) = line.filter(|_| model.has_conversation()) {
        all.push(says(reporter::chat_with(locale, &line.name)));
    }
    if let Some((status, _)) = model.said.status {
        let badge = el("p", "sluis-status")
            .id("status")
            .icon(glyph::FLAG)
            .text(reporter::status_label(locale));
        all.push(
            badge
                .text(" ")
                .text(status_words(locale, status))
                .text(".")
                .html(),
        );
    }
    row(all)
}

fn status_words(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::New => reporter::case_new(locale),
        Status::Read => reporter::case_read(locale),
        Status::InProgress => reporter::case_in_progress(locale),
        Status::WaitingForReporter => reporter::case_waiting_for_reporter(locale),
        Status::Referred => reporter::case_referred(locale),
        Status::Stopped => reporter::case_stopped(locale),
        Status::Closed => reporter::case_closed(locale),
    }
}

fn notices(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (mut missing, mut damaged, mut stranger) = (false, false, false);
    for alarm in &model.said.alarms {
        match alarm {
            Alarm::Missing(_) => missing = true,
            Alarm::Damaged(_) => damaged = true,
            Alarm::NotTheTeam(_) => stranger |= model.is_answered_by_strangers(),
            Alarm::AnotherTeam(_) => stranger = true,
        }
    }
    let mut all = vec![door(model)];
    let each = [
        (
            model.offline,
            false,
            common::err_offline(locale),
            common::rec_offline(locale),
        ),
        (
            missing,
            true,
            reporter::err_missing_reply(locale),
            reporter::rec_missing_reply(locale),
        ),
        (
            damaged,
            true,
            reporter::err_damaged_reply(locale),
            reporter::rec_damaged_reply(locale),
        ),
        (
            stranger,
            true,
            reporter::err_stranger(locale),
            reporter::rec_stranger(locale),
        ),
    ];
    for (_, bad, what, advice) in each.into_iter().filter(|(holds, ..)| *holds) {
        all.push(alert(bad, what, advice).html());
    }
    if model.back.done && model.polling.complete && !model.has_conversation() {
        all.push(
            alert(
                false,
                reporter::nothing_found(locale),
                reporter::nothing_found_hint(locale),
            )
            .html(),
        );
        let check = button(
            "check-words",
            Kind::Plain,
            None,
            reporter::check_words(locale),
            send,
            Msg::ComeBack,
        );
        all.push(row(vec![check.html()]));
    }
    el("div", "sluis-stack sluis-notices").kids(all).html()
}

/// One bubble: who, when, what, how far.
struct Bubble {
    author: String,
    own: bool,
    unix: i64,
    text: String,
    whole: bool,
    state: Option<(Glyph, String)>,
    retry: Option<u32>,
}

fn bubbles(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let mut all = echoed(model);
    pending(model, &mut all);
    let now = unix(model.seconds());
    let mut day = None;
    let mut list = el("ol", "sluis-chat")
        .id("reply-list")
        .attr("aria-label", reporter::chat_list_label(locale));
    for bubble in all {
        let today = Some(local_day(bubble.unix));
        if day != today {
            let name = el("span", "sluis-day__name").says(relative_day(locale, bubble.unix, now));
            list = list.kid(el("li", "sluis-day").kid(name.html()).html());
            day = today;
        }
        list = list.kid(drawn(locale, bubble, send));
    }
    list.html()
}

fn drawn(locale: Locale, bubble: Bubble, send: &Callback<Msg>) -> Html {
    let class = match (bubble.own, bubble.retry.is_some()) {
        (_, true) => "sluis-bubble sluis-bubble--own sluis-bubble--failed",
        (true, false) => "sluis-bubble sluis-bubble--own",
        (false, false) => "sluis-bubble",
    };
    let mut item = el("li", class).kid(
        el("span", "sluis-bubble__author")
            .says(bubble.author)
            .html(),
    );
    item = item.kid(el("div", "sluis-bubble__text").says(bubble.text).html());
    if !bubble.whole {
        item = item.kid(el("em", "").text(reporter::cut_off(locale)).html());
    }
    let time = el("time", "")
        .with("datetime", machine_moment(bubble.unix))
        .says(format_time(locale, bubble.unix));
    let mut foot = el("span", "sluis-bubble__foot").kid(time.html());
    if let Some((glyph, words)) = bubble.state {
        foot = foot.kid(
            el("span", "sluis-bubble__delivery")
                .icon(glyph)
                .says(words)
                .html(),
        );
    }
    item = item.kid(foot.html());
    if let Some(local) = bubble.retry {
        let again = button(
            "",
            Kind::Plain,
            Some(glyph::ROTATE_CCW),
            reporter::retry_button(locale),
            send,
            Msg::Retry(local),
        );
        item = item.kid(row(vec![again.html()]));
    }
    item.html()
}

fn unix(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(0)
}

/// What the board gives back, in order.
fn echoed(model: &Model) -> Vec<Bubble> {
    let locale = model.locale;
    let said = &model.said;
    let place = |message| said.filed.iter().position(|filed| filed.message == message);
    let read_to = said.read.and_then(place);
    // Messages are read in the order in which they came in.
    let state = |message| {
        let read = place(message).is_some_and(|place| Some(place) <= read_to);
        Some(if read {
            read_state(locale)
        } else {
            stored_state(locale)
        })
    };
    let mut all = Vec::new();
    for one in &said.utterances {
        let (author, own) = match &one.voice {
            Voice::Reporter => (reporter::you(locale).into(), true),
            Voice::Team(role) => (role.clone(), false),
        };
        let state = if own { state(one.message) } else { None };
        let (unix, text, whole) = (unix(one.time.0), one.text.clone(), one.whole);
        all.push(Bubble {
            author,
            own,
            unix,
            text,
            whole,
            state,
            retry: None,
        });
    }
    for (message, part) in &said.heard {
        let filed = place(*message).and_then(|place| said.filed.get(place));
        let unix = unix(filed.map_or(0, |filed| filed.time.0));
        if let Some(text) = part_words(locale, part) {
            let (author, state) = (reporter::you(locale).into(), state(*message));
            let at = all
                .iter()
                .rposition(|bubble| bubble.unix <= unix)
                .map_or(0, |before| before + 1);
            all.insert(
                at,
                Bubble {
                    author,
                    own: true,
                    unix,
                    text,
                    whole: true,
                    state,
                    retry: None,
                },
            );
        }
    }
    all
}

/// Messages of this sitting that the board does not give back yet.
fn pending(model: &Model, all: &mut Vec<Bubble>) {
    let locale = model.locale;
    for outgoing in model.pending() {
        let text = match &outgoing.say {
            Say::Text(text) => text.clone(),
            Say::Answer(question, text) => answer_words(locale, *question, text),
            Say::Wish(wish) => wish_words(locale, *wish).into(),
            Say::File(said) => file_words(locale, file_parts(said).0),
        };
        let state = match (outgoing.stage, model.work.running) {
            (Stage::Stored, _) => stored_state(locale),
            (Stage::Failed, _) => (glyph::CIRCLE_ALERT, reporter::state_failed(locale).into()),
            (Stage::Waiting, _) => (glyph::CLOUD_OFF, reporter::state_waiting(locale).into()),
            (Stage::Sending, Some(percent)) if !outgoing.is_under_way() => (
                glyph::CLOCK,
                reporter::state_working(locale, percent.into()),
            ),
            (Stage::Sending, _) if outgoing.message.is_none() => {
                (glyph::LOCK, reporter::state_sealing(locale).into())
            }
            (Stage::Sending, _) => (glyph::CLOCK, reporter::state_sending(locale).into()),
        };
        all.push(Bubble {
            author: reporter::you(locale).into(),
            own: true,
            unix: unix(outgoing.time),
            text,
            whole: true,
            state: Some(state),
            retry: (outgoing.stage == Stage::Failed).then_some(outgoing.local),
        });
    }
}

fn read_state(locale: Locale) -> (Glyph, String) {
    (glyph::CHECK_CHECK, reporter::state_read(locale).into())
}

fn stored_state(locale: Locale) -> (Glyph, String) {
    (glyph::CHECK, reporter::state_stored(locale).into())
}

fn part_words(locale: Locale, part: &Part) -> Option<String> {
    match part {
        Part::Answer(question, text) => Some(answer_words(locale, *question, text)),
        Part::Wish(wish) => Some(wish_words(locale, wish.wish).into()),
        Part::Unknown(FILE_NAME, name) => Some(file_words(locale, name)),
        _ => None,
    }
}

fn file_words(locale: Locale, name: &[u8]) -> String {
    lines(
        reporter::attach_button(locale),
        str::from_utf8(name).unwrap_or_default(),
    )
}

fn answer_words(locale: Locale, question: Question, text: &str) -> String {
    lines(question_words(locale, question), text)
}

#[inline(never)]
fn lines(above: &str, below: &str) -> String {
    [above, "\n", below].concat()
}

fn wish_words(locale: Locale, wish: Wish) -> &'static str {
    match wish {
        Wish::FederationMayRead(true) => reporter::shared_on(locale),
        Wish::FederationMayRead(false) => reporter::shared_off(locale),
        Wish::Stop => reporter::stopped(locale),
    }
}

fn question_words(locale: Locale, question: Question) -> &'static str {
    match question {
        Question::Sport => reporter::question_sport(locale),
        Question::Federation => reporter::question_federation(locale),
        Question::Level => reporter::question_level(locale),
        Question::Minor => reporter::question_minor(locale),
        Question::Contact => reporter::question_contact(locale),
        Question::Other(_) => reporter::question_other(locale),
    }
}

/// The work that a message waits for.
fn working(model: &Model) -> Html {
    let locale = model.locale;
    let waits = model
        .outgoing
        .iter()
        .any(|outgoing| outgoing.stage == Stage::Sending && !outgoing.is_under_way());
    match model.work.running.filter(|_| waits) {
        Some(percent) => progress(
            "progress",
            reporter::work_label(locale),
            Some(percent),
            reporter::work_why(locale),
        ),
        None => Html::default(),
    }
}

/// One later question at a time.
fn question(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(question) = model.question() else {
        return Html::default();
    };
    let label = question_words(locale, question);
    let choices = match question {
        Question::Level => vec![
            common::level_recreational(locale),
            common::level_competition(locale),
            common::level_talent(locale),
            common::level_elite(locale),
            reporter::dont_know(locale),
        ],
        Question::Minor => vec![
            common::yes(locale),
            common::no(locale),
            reporter::dont_know(locale),
        ],
        _ => Vec::new(),
    };
    let heading = el("h2", "sluis-soft")
        .text(reporter::questions_title(locale))
        .html();
    let mut card = el("section", "sluis-card sluis-stack sluis-question")
        .id("question")
        .kid(heading);
    let mut buttons = Vec::new();
    if choices.is_empty() {
        let answer = || Msg::Answer(question, model.answer.clone());
        let field = Field {
            id: "answer",
            label: label.into(),
            hint: if question == Question::Contact {
                reporter::question_contact_hint(locale)
            } else {
                ""
            },
            error: None,
            value: &model.answer,
            rows: 1,
            disabled: false,
            typed: Msg::AnswerTyped,
            enter: answer(),
        };
        card = card.kid(field.html(send));
        buttons.push(
            button(
                "answer-send",
                Kind::Plain,
                None,
                reporter::answer_send(locale),
                send,
                answer(),
            )
            .html(),
        );
    } else {
        card = card.kid(el("p", "sluis-strong").text(label).html());
    }
    for words in choices {
        buttons.push(
            button(
                "",
                Kind::Plain,
                None,
                words,
                send,
                Msg::Answer(question, words.into()),
            )
            .html(),
        );
    }
    let skip = button(
        "answer-skip",
        Kind::Subtle,
        None,
        reporter::answer_skip(locale),
        send,
        Msg::SkipQuestion(question),
    );
    buttons.push(skip.html());
    card.kid(row(buttons)).html()
}

fn compose(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let too_long = model.reply.len() > TEXT_MOST;
    let field = Field {
        id: "reply",
        label: reporter::reply_label(locale).into(),
        hint: "",
        error: too_long.then(|| {
            [
                reporter::err_story_long(locale),
                " ",
                reporter::rec_story_long(locale),
            ]
            .concat()
        }),
        value: &model.reply,
        rows: 3,
        disabled: false,
        typed: Msg::ReplyTyped,
        enter: Msg::Send,
    };
    let lines = if model.has_conversation() {
        Html::default()
    } else {
        write::lines(model, send)
    };
    let go = button(
        "send",
        Kind::Primary,
        Some(glyph::SEND),
        reporter::send_button(locale),
        send,
        Msg::Send,
    );
    let mut buttons = vec![go.html()];
    if model.has_conversation() {
        let attach = button(
            "attach",
            Kind::Plain,
            None,
            reporter::attach_button(locale),
            send,
            Msg::Attach,
        );
        buttons.push(attach.html());
    }
    el("div", "sluis-compose sluis-stack")
        .kid(lines)
        .kid(field.html(send))
        .kid(row(buttons))
        // Filled by the script that is fetched for it.
        .kid(el("div", "").id("attach-place").html())
        .html()
}

fn more(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let filed = !model.said.filed.is_empty();
    let may = model.federation_may_read();
    let proof = button(
        "proof",
        Kind::Plain,
        Some(glyph::DOWNLOAD),
        reporter::proof_button(locale),
        send,
        Msg::SaveProof,
    );
    let mut all = vec![
        option(
            "share".into(),
            false,
            reporter::share_label(locale).into(),
            reporter::share_hint(locale),
            may,
            send,
            Msg::FederationMayRead(!may),
        ),
        row(vec![proof.flag("disabled", !filed).html()]),
        soft(if filed {
            reporter::proof_hint(locale)
        } else {
            reporter::proof_waiting(locale)
        }),
    ];
    if !model.words.is_empty() {
        all.push(details(
            "my-words",
            "",
            reporter::show_words(locale),
            vec![words::list(model)],
        ));
    }
    if model.stop_asked {
        let confirm = button(
            "stop-confirm",
            Kind::Danger,
            None,
            reporter::stop_confirm(locale),
            send,
            Msg::Stop,
        );
        let cancel = button(
            "stop-cancel",
            Kind::Plain,
            None,
            reporter::stop_cancel(locale),
            send,
            Msg::KeepGoing,
        );
        let heading = el("h2", "utrecht-heading-3")
            .id("stop-question")
            .attr("tabindex", "-1")
            .text(reporter::stop_title(locale));
        all.push(heading.html());
        all.push(p(reporter::stop_text(locale)));
        all.push(row(vec![confirm.html(), cancel.html()]));
    } else if !model.stopped() {
        all.push(row(vec![
            button(
                "stop",
                Kind::Plain,
                None,
                reporter::stop_button(locale),
                send,
                Msg::AskStop,
            )
            .html(),
        ]));
    }
    let inside = el("div", "sluis-stack").kids(all).html();
    details(
        "more",
        "sluis-card",
        reporter::more_title(locale),
        vec![inside],
    )
}
