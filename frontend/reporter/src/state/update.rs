//! What each thing that happens does.

use sluis_kit::Language;
use sluis_protocol::conversation::Wish;

use super::{
    Closed, Door, Effect, Keys, Listed, Model, Msg, Spoken, Step, TEXT_MOST, door, poll, send,
};
use crate::link::{Ask, Fix, Say, Tell, WrongWords};
use crate::pages::proof;

/// Presses of Escape that lead out.
const ESCAPES: usize = 3;
/// Milliseconds in which they have to fall.
const ESCAPE_SPAN: u64 = 2_000;

/// Takes in one message and returns the work it asks for. Touches nothing else.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if is_touch(&msg) {
        model.active = model.now;
        model.copied = None;
    }
    match msg {
        Msg::SiteRead(site) => then_work(model, |model| door::site_read(model, site)),
        Msg::EvidenceRead(answer) => then_work(model, |model| door::evidence_read(model, answer)),
        Msg::ChallengeRead(answer) => send::challenge_read(model, answer),
        Msg::ListsRead(text) => lists_read(model, text),
        Msg::Posted(local, answer) => send::posted(model, local, answer),
        Msg::Polled(answer) => poll::answered(model, answer),
        Msg::Worker(tell) => heard(model, tell),
        Msg::WorkerStopped => {
            model.door = Door::Closed(Closed::Device);
            Vec::new()
        }
        Msg::Tick { now, chance } => tick(model, now, chance),
        Msg::Visible(visible) => {
            model.visible = visible;
            if visible {
                poll::soon(model);
            }
            Vec::new()
        }
        Msg::Escape => escape(model),
        Msg::Leave => leave(model),
        Msg::SkipToMain => vec![Effect::Focus("main")],
        Msg::Language(language) => {
            model.locale = model.locale.with_language(language);
            let mut effects = vec![Effect::Locale(model.locale)];
            if model.lists == Listed::Here {
                effects.push(show_words(model, None));
            }
            effects
        }
        Msg::Level(level) => {
            model.locale = model.locale.with_level(level);
            Vec::new()
        }
        Msg::Scheme(scheme) => {
            model.scheme = scheme;
            vec![Effect::Scheme(scheme)]
        }
        msg => steps(model, msg),
    }
}

/// What a person does on one of the steps.
fn steps(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::LineChosen(line) => {
            model.line = line;
            Vec::new()
        }
        Msg::StoryTyped(text) => {
            model.story = text;
            model.story_missing = false;
            begin(model)
        }
        Msg::Continue if model.story.trim().is_empty() => {
            model.story_missing = true;
            vec![Effect::Focus("story")]
        }
        Msg::Continue if model.story.len() > TEXT_MOST => vec![Effect::Focus("story")],
        Msg::Continue => {
            model.memory_short = false;
            let mut effects = begin(model);
            effects.extend(go(model, Step::Words));
            effects
        }
        Msg::BackToWriting => go(model, Step::Write),
        Msg::BackToWords | Msg::WordsKept if model.words.is_empty() => Vec::new(),
        Msg::WordsKept => {
            // The word that is asked back differs from time to time.
            model.asked_word = usize::from(model.chance) % model.words.len();
            (model.asked_typed, model.asked_wrong) = (String::new(), false);
            go(model, Step::Check)
        }
        Msg::BackToWords => go(model, Step::Words),
        Msg::WordTyped(text) => {
            (model.asked_typed, model.asked_wrong) = (text, false);
            Vec::new()
        }
        Msg::CheckAndSend => {
            let typed = model.asked_typed.trim().to_ascii_lowercase();
            if model.words.get(model.asked_word) == Some(&typed) {
                send_story(model)
            } else {
                model.asked_wrong = true;
                vec![Effect::Focus("word")]
            }
        }
        Msg::SkipAndSend => send_story(model),
        Msg::Copy => vec![Effect::Copy(model.words.join(" "))],
        Msg::Copied(worked) => {
            model.copied = Some(worked);
            model.spoken = if worked {
                Spoken::Copied
            } else {
                Spoken::NotCopied
            };
            Vec::new()
        }
        Msg::Print => vec![Effect::Print],
        Msg::SaveImage => vec![Effect::SaveImage(model.words.clone())],
        Msg::SaveProof => proof(model)
            .map(|text| Effect::SaveText("bewijs.txt".into(), text))
            .into_iter()
            .collect(),
        Msg::ComeBack | Msg::WordsTyped(_) | Msg::Open | Msg::Fix(_) | Msg::PutWord(..) => {
            coming_back(model, msg)
        }
        msg => chatting(model, msg),
    }
}

/// What a person does in the conversation.
fn chatting(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::ReplyTyped(text) => {
            model.reply = text;
            send::work(model)
        }
        Msg::Send if model.reply.trim().is_empty() || model.reply.len() > TEXT_MOST => {
            vec![Effect::Focus("reply")]
        }
        Msg::Send => {
            let text = core::mem::take(&mut model.reply);
            let mut effects = send::send(model, Say::Text(text));
            effects.extend([Effect::Focus("reply"), Effect::ScrollToEnd]);
            effects
        }
        Msg::Retry(local) => send::retry(model, local),
        Msg::AnswerTyped(text) => {
            model.answer = text;
            send::work(model)
        }
        Msg::Answer(question, text) => {
            model.answer = String::new();
            let text = text.trim();
            if text.is_empty() {
                Vec::new()
            } else {
                send::send(model, Say::Answer(question, text.into()))
            }
        }
        Msg::SkipQuestion(question) => {
            model.answer = String::new();
            model.skipped.push(question);
            Vec::new()
        }
        Msg::FederationMayRead(may) if may != model.federation_may_read() => {
            send::send(model, Say::Wish(Wish::FederationMayRead(may)))
        }
        Msg::AskStop => {
            model.stop_asked = true;
            vec![Effect::Focus("stop-question")]
        }
        Msg::KeepGoing => {
            model.stop_asked = false;
            vec![Effect::Focus("stop")]
        }
        Msg::Stop => {
            model.stop_asked = false;
            send::send(model, Say::Wish(Wish::Stop))
        }
        Msg::Attach => vec![Effect::Attach(Vec::new())],
        Msg::WorkWanted => {
            model.work.files += 1;
            send::go_on(model)
        }
        Msg::Attached(said) => send::send(model, Say::File(said)),
        _ => Vec::new(),
    }
}

/// What a person does to come back with the words.
fn coming_back(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::ComeBack => {
            let mut effects = go(model, Step::Return);
            effects.extend(read_lists(model));
            effects
        }
        Msg::WordsTyped(text) => {
            (model.back.typed, model.back.wrong) = (text, None);
            Vec::new()
        }
        Msg::Open if model.back.busy || model.table().is_none() => Vec::new(),
        Msg::Open => {
            model.back.busy = true;
            (model.back.wrong, model.memory_short) = (None, false);
            if model.lists == Listed::Here {
                vec![Effect::Worker(Ask::Return(model.back.typed.clone()))]
            } else {
                read_lists(model)
            }
        }
        Msg::PutWord(index, word) => {
            put(model, &[(index, word)]);
            vec![Effect::Focus("words-typed")]
        }
        Msg::Fix(number) => {
            let Some(WrongWords::Check(fixes)) = &model.back.wrong else {
                return Vec::new();
            };
            match fixes.get(number).cloned() {
                Some(Fix::Replace(index, word)) => put(model, &[(index, word)]),
                Some(Fix::Swap(first, second)) => {
                    let words: Vec<String> = typed_words(&model.back.typed);
                    if let (Some(one), Some(other)) = (words.get(first), words.get(second)) {
                        put(model, &[(first, other.clone()), (second, one.clone())]);
                    }
                }
                None => {}
            }
            vec![Effect::Focus("words-typed")]
        }
        _ => Vec::new(),
    }
}

/// The typed words, as a person counts them.
pub(crate) fn typed_words(typed: &str) -> Vec<String> {
    let parts = typed
        .split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphabetic() && letter != '\'');
    parts
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

fn put(model: &mut Model, changes: &[(usize, String)]) {
    let mut words = typed_words(&model.back.typed);
    for (index, word) in changes {
        if let Some(place) = words.get_mut(*index) {
            place.clone_from(word);
        }
    }
    model.back.typed = words.join(" ");
    if let Some(WrongWords::Unknown(unknown)) = &mut model.back.wrong {
        unknown.retain(|(index, _)| !changes.iter().any(|(changed, _)| changed == index));
        if unknown.is_empty() {
            model.back.wrong = None;
        }
    } else {
        model.back.wrong = None;
    }
}

/// Makes words and work as soon as somebody writes.
fn begin(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    if model.keys == Keys::None && !model.memory_short && model.table().is_some() && model.writing()
    {
        model.keys = Keys::Making;
        effects.push(Effect::Worker(Ask::Begin));
    }
    if model.words.is_empty() && model.keys != Keys::None || model.step == Step::Return {
        effects.extend(read_lists(model));
    }
    effects.extend(send::work(model));
    effects
}

/// The lists of words are fetched when words are made or typed, both of them, so that an observer cannot tell one from the other.
fn read_lists(model: &mut Model) -> Vec<Effect> {
    if model.lists != Listed::No || model.now < model.lists_not_before {
        return Vec::new();
    }
    model.lists = Listed::Asked;
    vec![Effect::ReadLists]
}

fn lists_read(model: &mut Model, lists: Option<String>) -> Vec<Effect> {
    if lists.is_none() {
        model.lists = Listed::No;
        model.lists_not_before = model.now + poll::backoff(2);
        return Vec::new();
    }
    model.lists = Listed::Here;
    let mut effects = vec![show_words(model, lists)];
    if model.back.busy {
        effects.push(Effect::Worker(Ask::Return(model.back.typed.clone())));
    }
    effects
}

/// Words appear in the language of the page.
fn show_words(model: &Model, lists: Option<String>) -> Effect {
    let english = model.locale.language == Language::En;
    Effect::Worker(Ask::Lists { lists, english })
}

fn send_story(model: &mut Model) -> Vec<Effect> {
    let text = core::mem::take(&mut model.story);
    if text.trim().is_empty() {
        return go(model, Step::Write);
    }
    let mut effects = go(model, Step::Chat);
    effects.extend(send::send(model, Say::Text(text)));
    effects
}

fn go(model: &mut Model, step: Step) -> Vec<Effect> {
    model.step = step;
    vec![Effect::Focus("title")]
}

fn heard(model: &mut Model, tell: Tell) -> Vec<Effect> {
    match tell {
        Tell::Words(words) => {
            model.words = words;
            Vec::new()
        }
        Tell::Ready { page } => {
            model.keys = Keys::Ready(page);
            if model.back.busy {
                model.back = super::ComingBack {
                    done: true,
                    ..super::ComingBack::default()
                };
                // What was typed before coming back goes along.
                model.reply = core::mem::take(&mut model.story);
                return go(model, Step::Chat);
            }
            Vec::new()
        }
        Tell::Wrong(wrong) => {
            (model.back.busy, model.back.wrong) = (false, Some(wrong));
            vec![Effect::Focus("words-typed")]
        }
        Tell::OutOfMemory => {
            (model.back.busy, model.memory_short, model.keys) = (false, true, Keys::None);
            Vec::new()
        }
        Tell::Worked(percent) => {
            model.work.running = Some(percent);
            Vec::new()
        }
        Tell::Solved(solution) => send::solved(model, solution),
        sealed @ Tell::Sealed { .. } => send::sealed(model, sealed),
        Tell::Said(said) => {
            if said.utterances.len() > model.said.utterances.len() {
                model.spoken = Spoken::NewReply;
            }
            model.said = *said;
            door::count_strangers(model);
            Vec::new()
        }
    }
}

fn tick(model: &mut Model, now: u64, chance: u16) -> Vec<Effect> {
    (model.now, model.chance) = (now.max(model.now), chance);
    let mut effects = door::ask(model);
    effects.extend(poll::ask(model));
    effects.extend(begin(model));
    effects.extend(send::go_on(model));
    effects
}

fn then_work(model: &mut Model, first: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    let mut effects = first(model);
    effects.extend(begin(model));
    effects
}

fn escape(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    model
        .escapes
        .retain(|then| now.saturating_sub(*then) < ESCAPE_SPAN);
    model.escapes.push(now);
    if model.escapes.len() >= ESCAPES {
        leave(model)
    } else {
        Vec::new()
    }
}

fn leave(model: &Model) -> Vec<Effect> {
    const ELSEWHERE: &str = "about:blank";
    let exit = model
        .site
        .as_ref()
        .map_or(ELSEWHERE, |site| site.exit.as_str());
    vec![Effect::Leave(exit.into())]
}

/// Whether a person did this.
fn is_touch(msg: &Msg) -> bool {
    !matches!(
        msg,
        Msg::SiteRead(_)
            | Msg::EvidenceRead(_)
            | Msg::ChallengeRead(_)
            | Msg::ListsRead(_)
            | Msg::Posted(..)
            | Msg::Polled(_)
            | Msg::Worker(_)
            | Msg::WorkerStopped
            | Msg::Tick { .. }
            | Msg::WorkWanted
            | Msg::Copied(_)
    )
}
