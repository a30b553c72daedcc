//! Who shares which dossier with whom in the demonstration.

use std::rc::Rc;

use sluis_domain::vocabulary::Field;
use sluis_protocol::conversation::message::{Part, SignedWish, Wish};
use sluis_protocol::dossier::Right;
use sluis_protocol::engine::{Party, Terms};
use sluis_wire::address::DossierAddress;
use sluis_wire::time::DAY;

use super::{ORGANISATIONS, Stage, everyone_looks, set};
use crate::harness::{Desk, World};

/// One dossier that is shared.
struct Given {
    /// Its place in the list of cases.
    case: usize,
    /// Who shares it, by place in the list of people.
    by: usize,
    /// With the team of which organisation.
    to: usize,
    right: Right,
    reason: &'static str,
    /// For how many days; without end where there is none.
    days: Option<u64>,
    transfer: bool,
    /// Who takes it; nobody has answered where there is none.
    taken_by: Option<usize>,
}

const GIVEN: [Given; 4] = [
    Given {
        case: 11,
        by: 5,
        to: 0,
        right: Right::Writer,
        reason: "Dit lijkt op matchfixing. We willen samen verder zoeken.",
        days: None,
        transfer: false,
        taken_by: Some(1),
    },
    Given {
        case: 17,
        by: 3,
        to: 0,
        right: Right::Reader,
        reason: "Ter informatie: misschien zijn er meer sporters.",
        days: Some(60),
        transfer: false,
        taken_by: None,
    },
    Given {
        case: 7,
        by: 5,
        to: 0,
        right: Right::Steward,
        reason: "Ons bestuur zit hier te dicht op. Nemen jullie het over?",
        days: None,
        transfer: true,
        taken_by: None,
    },
    Given {
        case: 10,
        by: 2,
        to: 2,
        right: Right::Reader,
        reason: "De zaal is van jullie: kijken jullie mee?",
        days: Some(30),
        transfer: false,
        taken_by: None,
    },
];

/// The case whose reporter lets the federation read along, who handles it, and which federation that is.
const CONSENT: (usize, usize, usize) = (14, 2, 2);

/// Shares, and answers what somebody takes.
pub(super) fn play(stage: &mut Stage, world: &Rc<World>, desks: &mut [Desk]) {
    everyone_looks(desks);
    // What the centre and both federations agreed upon (T11).
    if let Some(director) = desks.first_mut() {
        director.agree_with_all();
    }
    everyone_looks(desks);
    consent(stage, world, desks);
    let address = |stage: &Stage, case| {
        let mut threads = stage.threads.iter();
        let thread = threads.find(|thread| thread.number == case);
        thread
            .and_then(|thread| thread.dossier)
            .expect("a case with a dossier")
    };
    for given in &GIVEN {
        let to = address(stage, given.case);
        let desk = desks.get_mut(given.by).expect("six people");
        give(desk, to, given);
    }
    everyone_looks(desks);
    for given in &GIVEN {
        let Some(taker) = given.taken_by.and_then(|place| desks.get_mut(place)) else {
            continue;
        };
        let now = taker.clock.now();
        let to = address(stage, given.case);
        taker
            .engine
            .answer_offer(to, true, "", now, &mut taker.rng)
            .expect("an offer that waits");
        taker.look_at(to);
        taker.sync();
    }
    everyone_looks(desks);
}

fn give(desk: &mut Desk, to: DossierAddress, given: &Given) {
    let name = ORGANISATIONS.get(given.to).map_or("", |(name, _)| *name);
    let parties = desk.engine.parties();
    let team = parties
        .iter()
        .find(|one| one.organisation_name == name && matches!(one.party, Party::Team(_)));
    let party = team.expect("a team of that organisation").party;
    let now = desk.clock.now();
    let terms = Terms {
        until: given.days.map(|days| now.plus(days * DAY)),
        reason: given.reason.into(),
        transfer: given.transfer,
    };
    desk.engine
        .share(to, party, given.right, terms, now, &mut desk.rng)
        .expect("a dossier that can be shared");
    desk.sync();
}

fn consent(stage: &mut Stage, world: &Rc<World>, desks: &mut [Desk]) {
    let (case, handler, federation) = CONSENT;
    let desk = desks.get_mut(handler).expect("six people");
    let mut threads = stage.threads.iter_mut();
    let thread = threads
        .find(|thread| thread.number == case)
        .expect("the case");
    let reporter = thread.reporter.as_mut().expect("a chat");
    let line = ORGANISATIONS.first().map_or("", |(_, line)| line);
    let wish = SignedWish::sign(
        &reporter.keys,
        &desk.engine.genesis(),
        world.clock.now(),
        Wish::FederationMayRead(true),
    );
    reporter.look().expect("a calm conversation");
    reporter.write_parts(
        line,
        "Mijn bond mag dit van mij meelezen.",
        vec![Part::Wish(wish)],
    );
    desk.sync();
    let address = thread.dossier.expect("a dossier");
    let name = ORGANISATIONS.get(federation).map_or("", |(name, _)| name);
    set(desk, address, Field::Federation((*name).into()));
    desk.sync();
}
