//! Sending: seal, work, post, one entry after the other, until the server has it on disk. Nothing is lost on the way: what
//! was typed stays in the message until then.

use sluis_directory::signature::{Label, Signature};
use sluis_protocol::primitives::kdf;
use sluis_wire::api::{Call as _, IntakePost, IntakeReceipt, Problem};
use sluis_wire::codec;
use sluis_wire::pow::{BUCKET_SECONDS, Challenge, Solution};

use super::{ENTRY_TEXT, Effect, Fault, Model, Outgoing, Spoken, Stage, poll};
use crate::link::{Ask, Say, Tell};

/// Seconds before its end at which a solution counts as too old to send.
const MARGIN: u64 = 60;
/// Failures in a row after which the page says that it waits.
const PATIENCE: u32 = 2;
/// How often the server may find the work wrong before the page gives up.
const WRONG_MOST: u32 = 6;

/// Puts a message on its way.
pub(super) fn send(model: &mut Model, say: Say) -> Vec<Effect> {
    let Some(team) = model.team() else {
        return Vec::new();
    };
    let local = model.next_local;
    model.next_local += 1;
    model.outgoing.push(Outgoing {
        local,
        time: model.seconds(),
        say: say.clone(),
        stage: Stage::Sending,
        message: None,
        frames: Vec::new(),
        tries: 0,
        not_before: 0,
        in_flight: None,
    });
    let mut effects = vec![Effect::Worker(Ask::Seal {
        local,
        team,
        time: model.server_time(),
        say,
        read: model.said.next,
    })];
    effects.extend(work(model));
    effects
}

/// Takes in a sealed message.
pub(super) fn sealed(model: &mut Model, tell: Tell) -> Vec<Effect> {
    let Tell::Sealed {
        local,
        message,
        frames,
    } = tell
    else {
        return Vec::new();
    };
    if let Some(outgoing) = model
        .outgoing
        .iter_mut()
        .find(|outgoing| outgoing.local == local)
    {
        if frames.is_empty() {
            outgoing.stage = Stage::Failed;
        }
        outgoing.message = Some(message);
        outgoing.frames = frames;
    }
    go_on(model)
}

/// Posts the next entry when there is one, with work to go with it, and none is under way.
pub(super) fn go_on(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    if model
        .outgoing
        .iter()
        .any(|outgoing| outgoing.in_flight.is_some())
    {
        return Vec::new();
    }
    let next = model.outgoing.iter_mut().find(|outgoing| {
        matches!(outgoing.stage, Stage::Sending | Stage::Waiting) && !outgoing.frames.is_empty()
    });
    let Some(outgoing) = next.filter(|outgoing| outgoing.not_before <= now) else {
        return buy(model);
    };
    let Some(solution) = model.work.ready.pop() else {
        return work(model);
    };
    let envelope = outgoing.frames.first().cloned().unwrap_or_default();
    let post = IntakePost {
        solution: solution.clone(),
        envelope,
    };
    let Some(body) =
        IntakePost::SIZE.and_then(|size| codec::pad_to(&codec::encode(&post), size).ok())
    else {
        outgoing.stage = Stage::Failed;
        return Vec::new();
    };
    outgoing.in_flight = Some(solution);
    let mut effects = vec![Effect::Post(outgoing.local, body)];
    effects.extend(work(model));
    effects
}

/// Hands over work for a file, when a file waits and there is some.
fn buy(model: &mut Model) -> Vec<Effect> {
    let mut paid = None;
    if model.work.files > 0
        && let Some(solution) = model.work.ready.pop()
    {
        model.work.files -= 1;
        // As an entry without content, which is written like any other; the script leaves out the byte of its length.
        let post = IntakePost {
            solution,
            envelope: Vec::new(),
        };
        paid = Some(Effect::Attach(codec::encode(&post)));
    }
    let mut effects = work(model);
    effects.extend(paid);
    effects
}

/// Takes in what the server said to an entry.
pub(super) fn posted(
    model: &mut Model,
    local: u32,
    answer: Result<IntakeReceipt, Fault>,
) -> Vec<Effect> {
    let relay = model.table().map(|table| table.relay_key);
    let (now, chance) = (model.now, model.chance);
    let Some(outgoing) = model
        .outgoing
        .iter_mut()
        .find(|outgoing| outgoing.local == local)
    else {
        return Vec::new();
    };
    let Some(solution) = outgoing.in_flight.take() else {
        return Vec::new();
    };
    let answer = answer.and_then(|receipt| {
        let envelope = outgoing
            .frames
            .first()
            .map(|frame| kdf::sha256(frame))
            .unwrap_or_default();
        let bytes = [envelope.as_slice(), &receipt.hour.0.to_be_bytes()].concat();
        let held = relay.is_some_and(|key| {
            key.verify(Label::Receipt, &bytes, &Signature(receipt.signature))
                .is_ok()
        });
        held.then_some(()).ok_or(Fault::Garbled)
    });
    let mut reached = true;
    match answer {
        Ok(()) => {
            outgoing.frames.remove(0);
            outgoing.tries = 0;
            outgoing.stage = Stage::Sending;
            if outgoing.frames.is_empty() {
                outgoing.stage = Stage::Stored;
                model.spoken = Spoken::Stored;
                model.polling.not_before = now;
            }
        }
        Err(Fault::Problem(Problem::WorkWrong)) if outgoing.tries < WRONG_MOST => {
            outgoing.tries += 1;
            model.work.challenge = None;
        }
        Err(Fault::Unreachable | Fault::Problem(Problem::Busy)) => {
            reached = !matches!(answer, Err(Fault::Unreachable));
            outgoing.tries = outgoing.tries.saturating_add(1);
            let pause = poll::backoff(outgoing.tries);
            outgoing.not_before =
                now + pause * 3 / 4 + pause / 2 * u64::from(chance) / u64::from(u16::MAX);
            if outgoing.tries >= PATIENCE {
                outgoing.stage = Stage::Waiting;
            }
            model.work.ready.push(solution);
        }
        Err(_) => {
            outgoing.stage = Stage::Failed;
            model.spoken = Spoken::Failed;
        }
    }
    poll::connection(model, reached);
    go_on(model)
}

/// Tries a message again that was refused.
pub(super) fn retry(model: &mut Model, local: u32) -> Vec<Effect> {
    let (team, read) = (model.team(), model.said.next);
    let Some(outgoing) = model
        .outgoing
        .iter_mut()
        .find(|outgoing| outgoing.local == local)
    else {
        return Vec::new();
    };
    if outgoing.stage != Stage::Failed {
        return Vec::new();
    }
    (outgoing.stage, outgoing.tries, outgoing.not_before) = (Stage::Sending, 0, 0);
    match team {
        Some(team) if outgoing.frames.is_empty() => {
            let (say, time) = (
                outgoing.say.clone(),
                sluis_wire::time::UnixTime(outgoing.time),
            );
            vec![Effect::Worker(Ask::Seal {
                local,
                team,
                time,
                say,
                read,
            })]
        }
        _ => go_on(model),
    }
}

/// Keeps as much work ready as there are entries to send or being written.
pub(super) fn work(model: &mut Model) -> Vec<Effect> {
    let clock = model.server_time().0;
    model
        .work
        .ready
        .retain(|solution| holds(&solution.challenge, clock));
    if model
        .work
        .challenge
        .as_ref()
        .is_some_and(|challenge| !holds(challenge, clock))
    {
        model.work.challenge = None;
    }
    let busy = model.work.running.is_some() || model.work.asked;
    if busy || model.table().is_none() || model.work.ready.len() >= wanted(model) {
        return Vec::new();
    }
    if let Some(challenge) = model.work.challenge.take() {
        model.work.running = Some(0);
        return vec![Effect::Worker(Ask::Work(challenge))];
    }
    if model.now < model.work.not_before {
        return Vec::new();
    }
    model.work.asked = true;
    vec![Effect::ReadChallenge]
}

/// Takes in a new challenge.
pub(super) fn challenge_read(model: &mut Model, answer: Result<Challenge, Fault>) -> Vec<Effect> {
    model.work.asked = false;
    match answer {
        Ok(challenge) => {
            model.work.challenge = Some(challenge);
            poll::connection(model, true);
            work(model)
        }
        Err(fault) => {
            model.work.not_before = model.now + poll::backoff(2);
            if fault == Fault::Unreachable {
                poll::connection(model, false);
            }
            for outgoing in &mut model.outgoing {
                if outgoing.stage == Stage::Sending {
                    outgoing.stage = Stage::Waiting;
                }
            }
            Vec::new()
        }
    }
}

/// Takes in finished work.
pub(super) fn solved(model: &mut Model, solution: Solution) -> Vec<Effect> {
    model.work.running = None;
    model.work.ready.push(solution);
    go_on(model)
}

/// Whether a challenge will still be good when it arrives.
fn holds(challenge: &Challenge, clock: u64) -> bool {
    clock + MARGIN < challenge.bucket.0 + 2 * BUCKET_SECONDS
}

fn wanted(model: &Model) -> usize {
    let entries = model.outgoing.iter().map(|outgoing| match outgoing.stage {
        Stage::Sending | Stage::Waiting => {
            let under_way = usize::from(outgoing.in_flight.is_some());
            outgoing.frames.len().max(1) - under_way
        }
        Stage::Stored | Stage::Failed => 0,
    });
    let draft = match model.step {
        super::Step::Chat => model.reply.len(),
        _ => model.story.len(),
    };
    let draft = if model.writing() {
        1 + draft / ENTRY_TEXT
    } else {
        0
    };
    entries.sum::<usize>() + draft + model.work.files
}
