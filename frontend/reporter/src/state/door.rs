//! Learning whom to write to.

use sluis_directory::evidence::{EvidenceError, verify_evidence};
use sluis_directory::frame_hash;
use sluis_protocol::conversation::Alarm;
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{Evidence, Problem};
use sluis_wire::codec;
use sluis_wire::time::{UnixTime, Week};

use super::{Closed, Door, Effect, Fault, Model, Site, poll};
use crate::link::Ask;

/// Milliseconds after which a door that was closed is tried again.
const AGAIN: u64 = 30_000;

/// Takes in what the operator says.
pub(super) fn site_read(model: &mut Model, site: Option<Site>) -> Vec<Effect> {
    let Some(site) = site else {
        model.door_tries = model.door_tries.saturating_add(1);
        model.door = Door::Unreachable;
        return Vec::new();
    };
    let pinned = site.genesis.is_some() || model.loopback;
    model.site = Some(site);
    match model.early.take() {
        _ if !pinned => close(model, Closed::NotYet),
        Some(evidence) => evidence_read(model, Ok(evidence)),
        None => Vec::new(),
    }
}

/// Takes in what the server says about whom to write to.
pub(super) fn evidence_read(
    model: &mut Model,
    answer: Result<Box<Evidence>, Fault>,
) -> Vec<Effect> {
    model.door_asked = false;
    let evidence = match answer {
        Ok(evidence) => evidence,
        Err(Fault::Problem(Problem::NotFound | Problem::Refused)) => {
            return close(model, Closed::NotYet);
        }
        Err(_) => {
            model.door_tries = model.door_tries.saturating_add(1);
            model.door_not_before = model.now + poll::backoff(model.door_tries);
            if model.table().is_none() {
                model.door = Door::Unreachable;
            }
            return Vec::new();
        }
    };
    let Some(site) = &model.site else {
        model.early = Some(evidence);
        return Vec::new();
    };
    // On the machine that serves the page itself, what it serves is believed: somebody is trying it out (decision 23).
    let tried_out = model
        .loopback
        .then(|| GenesisHash(frame_hash(&evidence.genesis).0));
    let Some(genesis) = site.genesis.or(tried_out) else {
        return close(model, Closed::NotYet);
    };
    let now = UnixTime(model.seconds());
    match verify_evidence(&evidence, &genesis, now) {
        Ok(table) => {
            (model.door_tries, model.judged) = (0, model.judging);
            model.offset =
                i64::try_from(evidence.now.0).unwrap_or(0) - i64::try_from(now.0).unwrap_or(0);
            model.work.challenge = Some(evidence.challenge.clone());
            model.door = Door::Open(Box::new(table));
            let evidence = codec::encode(&*evidence);
            vec![Effect::Worker(Ask::Trust {
                evidence,
                genesis,
                now,
            })]
        }
        Err(error) => close(model, reason(error)),
    }
}

/// Asks, when it is time to.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    if model.door_asked || model.early.is_some() || model.now < model.door_not_before {
        return Vec::new();
    }
    let again = match &model.door {
        Door::Asking | Door::Unreachable => true,
        // A new week has a new table, and so has a team that somebody came to.
        Door::Open(table) => {
            model.strangers > model.judged || table.week != Week::of(UnixTime(model.seconds()))
        }
        Door::Closed(closed) => matches!(closed, Closed::NoLine),
    };
    if !again {
        return Vec::new();
    }
    model.door_not_before = model.now + poll::backoff(model.door_tries.saturating_add(1));
    if model.site.is_none() {
        return vec![Effect::ReadSite];
    }
    (model.door_asked, model.judging) = (true, model.strangers);
    vec![Effect::ReadEvidence]
}

/// Counts the replies of hands that the table in use does not name.
pub(super) fn count_strangers(model: &mut Model) {
    let strangers = |alarm: &&Alarm| matches!(alarm, Alarm::NotTheTeam(_));
    model.strangers = model.said.alarms.iter().filter(strangers).count();
    model.judged = model.judged.min(model.strangers);
}

fn close(model: &mut Model, closed: Closed) -> Vec<Effect> {
    model.door_not_before = model.now + AGAIN;
    if model.table().is_none() {
        model.door = Door::Closed(closed);
    }
    Vec::new()
}

fn reason(error: EvidenceError) -> Closed {
    match error {
        EvidenceError::NoValidLine => Closed::NoLine,
        EvidenceError::ClockOff => Closed::Clock,
        _ => Closed::Forged,
    }
}
