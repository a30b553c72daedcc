//! Reading the board: often while somebody is there, seldom while nobody looks.

use sluis_wire::api::{BoardPage, BoardRead, Call as _};
use sluis_wire::codec;

use super::{Effect, Fault, Keys, Model, Spoken, Step};
use crate::link::Ask;

/// Milliseconds between two polls of an open chat.
const OPEN: u64 = 4_000;
/// The same after two minutes without a touch.
const IDLE: u64 = 15_000;
/// The same after ten minutes, or while the page is hidden.
const AWAY: u64 = 60_000;
const IDLE_AFTER: u64 = 120_000;
const AWAY_AFTER: u64 = 600_000;
/// Longest wait after failures, in milliseconds.
const LONGEST: u64 = 30_000;

/// Milliseconds to wait after so many failures in a row.
pub(super) fn backoff(failures: u32) -> u64 {
    (1_000 << failures.min(5)).min(LONGEST)
}

/// Asks, when it is time to.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let (Keys::Ready(page), Step::Chat, Some(table)) = (model.keys, model.step, model.table())
    else {
        return Vec::new();
    };
    if model.polling.under_way || model.now < model.polling.not_before {
        return Vec::new();
    }
    let read = BoardRead {
        page,
        bits: table.page_bits,
        after: model.polling.after,
    };
    let Some(body) =
        BoardRead::SIZE.and_then(|size| codec::pad_to(&codec::encode(&read), size).ok())
    else {
        return Vec::new();
    };
    model.polling.under_way = true;
    vec![Effect::Poll(body)]
}

/// Asks at the next tick.
pub(super) fn soon(model: &mut Model) {
    model.polling.not_before = model.now;
}

/// Takes in an answer.
pub(super) fn answered(model: &mut Model, answer: Result<BoardPage, Fault>) -> Vec<Effect> {
    model.polling.under_way = false;
    let Ok(page) = answer else {
        model.polling.failures = model.polling.failures.saturating_add(1);
        model.polling.not_before = model.now + backoff(model.polling.failures);
        connection(model, false);
        return Vec::new();
    };
    model.polling.failures = 0;
    connection(model, true);
    let more = page.cursor < page.version && page.cursor > model.polling.after;
    model.polling.after = page.cursor.max(model.polling.after);
    model.polling.not_before = if more {
        model.now
    } else {
        model.now + pause(model)
    };
    model.polling.complete |= !more;
    let mut effects = Vec::new();
    if !page.entries.is_empty() {
        let written_to = if model.back.done { None } else { model.team() };
        effects.push(Effect::Worker(Ask::Board {
            entries: page.entries,
            written_to,
        }));
    }
    if more {
        effects.extend(ask(model));
    }
    effects
}

/// Notes whether the server answers.
pub(super) fn connection(model: &mut Model, up: bool) {
    if model.offline == up {
        model.offline = !up;
        model.spoken = if up { Spoken::Online } else { Spoken::Offline };
    }
}

/// Milliseconds until the next poll, up to a quarter more or less, so that nobody is recognised by a rhythm.
fn pause(model: &Model) -> u64 {
    let quiet = model.now.saturating_sub(model.active);
    let pause = if !model.visible || quiet > AWAY_AFTER {
        AWAY
    } else if quiet > IDLE_AFTER {
        IDLE
    } else {
        OPEN
    };
    pause * 3 / 4 + pause / 2 * u64::from(model.chance) / u64::from(u16::MAX)
}
