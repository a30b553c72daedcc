//! The conversation.

use sluis_domain::vocabulary::Status;
use sluis_kit::i18n::{format_time, local_day, machine_moment};
use sluis_kit::text::{common, reporter};
use sluis_kit::{
    Alert, Button, Checkbox, DaySeparator, Dialog, Glyph, Icon, Locale, Progress, TextArea, TextField, Tone, Variant, glyph,
};
use sluis_protocol::conversation::{Alarm, Part, Question, Voice, Wish};
use yew::prelude::*;

use super::frame::{door, plain, title};
use super::{words, write};
use crate::link::Say;
use crate::state::{ANSWER_MOST, Model, Msg, Stage};

pub(super) fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <>
            { title(reporter::chat_title(locale)) }
            { with_whom(model) }
            { notices(model, send) }
            { bubbles(model, send) }
            { working(model) }
            { question(model, send) }
            { compose(model, send) }
            { more(model, send) }
        </>
    }
}

fn with_whom(model: &Model) -> Html {
    let locale = model.locale;
    let team = model.team();
    let line = model.table().and_then(|table| table.lines.iter().find(|line| Some(line.team) == team));
    html! {
        <div class="sluis-row-of">
            if let Some(line) = line.filter(|_| !model.said.utterances.is_empty() || !model.back.done) {
                <p class="utrecht-paragraph">{ reporter::chat_with(locale, &line.name) }</p>
            }
            if let Some((status, _)) = model.said.status {
                <p id="status" class="sluis-status"><Icon glyph={glyph::FLAG} />{ reporter::status_label(locale) }{ " " }{ status_words(locale, status) }{ "." }</p>
            }
        </div>
    }
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
            Alarm::NotTheTeam(_) | Alarm::AnotherTeam(_) => stranger = true,
        }
    }
    let nothing = model.back.done && model.polling.complete && !model.has_conversation();
    html! {
        <>
            if model.table().is_none() { { door(model) } }
            if model.offline { <Alert {locale} tone={Tone::Warning} what={common::err_offline(locale)} advice={common::rec_offline(locale)} /> }
            if missing { <Alert {locale} tone={Tone::Danger} what={reporter::err_missing_reply(locale)} advice={reporter::rec_missing_reply(locale)} /> }
            if damaged { <Alert {locale} tone={Tone::Danger} what={reporter::err_damaged_reply(locale)} advice={reporter::rec_damaged_reply(locale)} /> }
            if stranger { <Alert {locale} tone={Tone::Danger} what={reporter::err_stranger(locale)} advice={reporter::rec_stranger(locale)} /> }
            if nothing {
                <Alert {locale} what={reporter::nothing_found(locale)} advice={reporter::nothing_found_hint(locale)}>
                    <Button id="check-words" onclick={send.reform(|()| Msg::ComeBack)}>{ reporter::check_words(locale) }</Button>
                </Alert>
            }
        </>
    }
}

/// One bubble: who, when, what, how far.
struct Bubble {
    author: AttrValue,
    own: bool,
    unix: i64,
    text: AttrValue,
    whole: bool,
    state: Option<(Glyph, AttrValue)>,
    retry: Option<u32>,
}

fn bubbles(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let all: Vec<Bubble> = echoed(model).into_iter().chain(pending(model)).collect();
    let now = i64::try_from(model.seconds()).unwrap_or(0);
    let mut day = None;
    html! {
        <ol id="reply-list" class="sluis-chat" aria-label={reporter::chat_list_label(locale)}>
            { for all.iter().enumerate().map(|(number, bubble)| {
                let today = Some(local_day(bubble.unix));
                let turned = day != today;
                day = today;
                html! {
                    <>
                        if turned { <DaySeparator key={["day", &number.to_string()].concat()} {locale} unix={bubble.unix} {now} /> }
                        { drawn(locale, bubble, send) }
                    </>
                }
            }) }
        </ol>
    }
}

fn drawn(locale: Locale, bubble: &Bubble, send: &Callback<Msg>) -> Html {
    let retry = bubble.retry.map(|local| send.reform(move |()| Msg::Retry(local)));
    let classes = classes!("sluis-bubble", bubble.own.then_some("sluis-bubble--own"), retry.is_some().then_some("sluis-bubble--failed"));
    html! {
        <li class={classes}>
            <span class="sluis-bubble__author">{ &bubble.author }</span>
            <div class="sluis-bubble__text">{ &bubble.text }</div>
            if !bubble.whole { <em>{ reporter::cut_off(locale) }</em> }
            <span class="sluis-bubble__foot">
                <time datetime={machine_moment(bubble.unix)}>{ format_time(locale, bubble.unix) }</time>
                if let Some((glyph, words)) = &bubble.state { <span class="sluis-bubble__delivery"><Icon glyph={*glyph} />{ words }</span> }
            </span>
            if let Some(onclick) = retry { <Button class="sluis-retry" icon={glyph::ROTATE_CCW} {onclick}>{ reporter::retry_button(locale) }</Button> }
        </li>
    }
}

/// What the board gives back, in order.
fn echoed(model: &Model) -> Vec<Bubble> {
    let locale = model.locale;
    let own = |message| model.said.utterances.iter().rposition(|said| said.voice == Voice::Reporter && Some(said.message) == message);
    let read_to = own(model.said.read);
    let mut all: Vec<Bubble> = Vec::new();
    for (place, said) in model.said.utterances.iter().enumerate() {
        let (author, own) = match &said.voice {
            Voice::Reporter => (AttrValue::from(reporter::you(locale)), true),
            Voice::Team(role) => (AttrValue::from(role.clone()), false),
        };
        let read = read_to.is_some_and(|read_to| place <= read_to);
        let state = own.then(|| if read { read_state(locale) } else { stored_state(locale) });
        let unix = i64::try_from(said.time.0).unwrap_or(0);
        all.push(Bubble { author, own, unix, text: said.text.clone().into(), whole: said.whole, state, retry: None });
    }
    for (_, part) in &model.said.heard {
        if let Some(text) = part_words(locale, part) {
            let unix = match part {
                Part::Wish(wish) => wish.time.0,
                _ => model.said.filed.first().map_or(0, |filed| filed.time.0),
            };
            let unix = i64::try_from(unix).unwrap_or(0);
            let author = reporter::you(locale).into();
            all.push(Bubble { author, own: true, unix, text: text.into(), whole: true, state: Some(stored_state(locale)), retry: None });
        }
    }
    all
}

/// Messages of this sitting that the board does not give back yet.
fn pending(model: &Model) -> impl Iterator<Item = Bubble> {
    let locale = model.locale;
    model.pending().map(move |outgoing| {
        let text = match &outgoing.say {
            Say::Text(text) => text.clone(),
            Say::Answer(question, text) => answer_words(locale, *question, text),
            Say::Wish(wish) => wish_words(locale, *wish).into(),
        };
        let state: (Glyph, AttrValue) = match (outgoing.stage, model.work.running) {
            (Stage::Stored, _) => stored_state(locale),
            (Stage::Failed, _) => (glyph::CIRCLE_ALERT, reporter::state_failed(locale).into()),
            (Stage::Waiting, _) => (glyph::CLOUD_OFF, reporter::state_waiting(locale).into()),
            (Stage::Sending, Some(percent)) if !outgoing.is_under_way() => {
                (glyph::CLOCK, reporter::state_working(locale, percent.into()).into())
            }
            (Stage::Sending, _) if outgoing.message.is_none() => (glyph::LOCK, reporter::state_sealing(locale).into()),
            (Stage::Sending, _) => (glyph::CLOCK, reporter::state_sending(locale).into()),
        };
        Bubble {
            author: reporter::you(locale).into(),
            own: true,
            unix: i64::try_from(outgoing.time).unwrap_or(0),
            text: text.into(),
            whole: true,
            state: Some(state),
            retry: (outgoing.stage == Stage::Failed).then_some(outgoing.local),
        }
    })
}

fn read_state(locale: Locale) -> (Glyph, AttrValue) {
    (glyph::CHECK_CHECK, reporter::state_read(locale).into())
}

fn stored_state(locale: Locale) -> (Glyph, AttrValue) {
    (glyph::CHECK, reporter::state_stored(locale).into())
}

fn part_words(locale: Locale, part: &Part) -> Option<String> {
    match part {
        Part::Answer(question, text) => Some(answer_words(locale, *question, text)),
        Part::Wish(wish) => Some(wish_words(locale, wish.wish).into()),
        _ => None,
    }
}

fn answer_words(locale: Locale, question: Question, text: &str) -> String {
    [question_words(locale, question), "\n", text].concat()
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
    let waits = model.outgoing.iter().any(|outgoing| outgoing.stage == Stage::Sending && !outgoing.is_under_way());
    match model.work.running.filter(|_| waits) {
        Some(percent) => html! {
            <Progress id="progress" {locale} label={reporter::work_label(locale)} percent={Some(percent)} detail={Some(AttrValue::from(reporter::work_why(locale)))} />
        },
        None => Html::default(),
    }
}

/// One later question at a time.
fn question(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(question) = model.question() else { return Html::default() };
    let choose = |words: &'static str| {
        html! { <Button onclick={send.reform(move |()| Msg::Answer(question, words.into()))}>{ words }</Button> }
    };
    let label = question_words(locale, question);
    let (choices, typed): (Vec<&'static str>, bool) = match question {
        Question::Level => (
            vec![
                common::level_recreational(locale),
                common::level_competition(locale),
                common::level_talent(locale),
                common::level_elite(locale),
                reporter::dont_know(locale),
            ],
            false,
        ),
        Question::Minor => (vec![common::yes(locale), common::no(locale), reporter::dont_know(locale)], false),
        _ => (Vec::new(), true),
    };
    let answer = {
        let typed = model.answer.clone();
        send.reform(move |()| Msg::Answer(question, typed.clone()))
    };
    let hint = (question == Question::Contact).then(|| AttrValue::from(reporter::question_contact_hint(locale)));
    html! {
        <section id="question" class="sluis-card sluis-stack sluis-question" aria-labelledby="question-title">
            <h2 id="question-title" class="sluis-soft">{ reporter::questions_title(locale) }</h2>
            if typed {
                <TextField id="answer" {label} {hint} value={model.answer.clone()} oninput={send.reform(Msg::AnswerTyped)} maxlength={ANSWER_MOST} onenter={answer.clone()} />
            } else {
                <p class="sluis-strong">{ label }</p>
            }
            <div class="sluis-row-of">
                { for choices.into_iter().map(choose) }
                if typed { <Button id="answer-send" onclick={answer}>{ reporter::answer_send(locale) }</Button> }
                { plain("answer-skip", reporter::answer_skip(locale), send.reform(move |()| Msg::SkipQuestion(question))) }
            </div>
        </section>
    }
}

fn compose(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let first = model.back.done && !model.has_conversation();
    html! {
        <div class="sluis-compose sluis-stack">
            if first { { write::lines(model, send) } }
            <TextArea id="reply" label={reporter::reply_label(locale)} value={model.reply.clone()} rows=2 oninput={send.reform(Msg::ReplyTyped)}
                onsend={send.reform(|()| Msg::Send)} />
            <div class="sluis-row-of">
                <Button id="send" variant={Variant::Primary} icon={glyph::SEND} onclick={send.reform(|()| Msg::Send)}>{ reporter::send_button(locale) }</Button>
            </div>
        </div>
    }
}

fn more(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let filed = !model.said.filed.is_empty();
    html! {
        <>
            <p class="sluis-soft">{ if model.back.done { reporter::not_shown_yet(locale) } else { reporter::reply_hint(locale) } }</p>
            <details id="more" class="sluis-card">
                <summary>{ reporter::more_title(locale) }</summary>
                <div class="sluis-stack">
                    <Checkbox id="share" label={reporter::share_label(locale)} hint={reporter::share_hint(locale)} checked={model.federation_may_read()} onchange={send.reform(Msg::FederationMayRead)} />
                    <div class="sluis-stack">
                        <div class="sluis-row-of"><Button id="proof" icon={glyph::DOWNLOAD} disabled={!filed} onclick={send.reform(|()| Msg::SaveProof)}>{ reporter::proof_button(locale) }</Button></div>
                        <p class="sluis-soft">{ if filed { reporter::proof_hint(locale) } else { reporter::proof_waiting(locale) } }</p>
                    </div>
                    if !model.words.is_empty() {
                        <details id="my-words"><summary>{ reporter::show_words(locale) }</summary>{ words::list(model) }</details>
                    }
                    if !model.stopped() {
                        <div class="sluis-row-of"><Button id="stop" variant={Variant::Secondary} onclick={send.reform(|()| Msg::AskStop)}>{ reporter::stop_button(locale) }</Button></div>
                    }
                </div>
            </details>
            <Dialog id="stop-dialog" {locale} title={reporter::stop_title(locale)} open={model.stop_asked} onclose={send.reform(|()| Msg::KeepGoing)}
                actions={html! {
                    <div class="sluis-row-of">
                        <Button id="stop-confirm" variant={Variant::Danger} onclick={send.reform(|()| Msg::Stop)}>{ reporter::stop_confirm(locale) }</Button>
                        <Button id="stop-cancel" onclick={send.reform(|()| Msg::KeepGoing)}>{ reporter::stop_cancel(locale) }</Button>
                    </div>
                }}>
                <p class="utrecht-paragraph">{ reporter::stop_text(locale) }</p>
            </Dialog>
        </>
    }
}
