//! A deployment with many dossiers, to measure how a desk bears them. Marked as a demonstration, so that a browser can play its people.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a world that cannot be made whole must not be measured"
)]

use std::path::Path;
use std::rc::Rc;

use sluis_directory::entry::{OrganisationKind, Policy, Role};
use sluis_directory::signature::VerifyingKey;
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::vocabulary::{Field, Kind, Origin, Status};
use sluis_protocol::dossier::Right;
use sluis_protocol::engine::{Party, Terms};
use sluis_protocol::founding::{OrganisationPlan, PersonPlan, Plan};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{Hello, Welcome};
use sluis_wire::time::{DAY, UnixTime};

use crate::demo::{Player, write_people};
use crate::harness::{Desk, Shelf, Transport, World, found};

/// How much there is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Ordinary dossiers.
    pub dossiers: usize,
    /// Events in each of these.
    pub events: usize,
    /// Bytes of the story of each of these, at least.
    pub story: usize,
    /// Events of one long dossier beside them.
    pub long: usize,
    /// People beside the one who has the dossiers.
    pub colleagues: usize,
}

impl Size {
    /// What the issue bounds: 1,000 dossiers with 20,000 events, one of them with 500, and 20 people to share with.
    pub const MANY: Self = Self {
        dossiers: 999,
        events: 20,
        story: 0,
        long: 500,
        colleagues: 20,
    };

    /// How many dossiers there are in all.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.dossiers + 1
    }
}

/// Words of the long dossier's story, to find it by.
pub const LONG: &str = "Het lange dossier";

/// Makes the folder. All dossiers are of the first person, number 0; the long one is shared with all others but the last.
pub fn make(data: &Path, now: UnixTime, size: Size) {
    let world = World::at(data, UnixTime(now.0.saturating_sub(DAY)));
    let mut desks = set_up(&world, size.colleagues);
    for desk in &mut desks {
        desk.folds = false;
    }
    let first = desks.first_mut().expect("the first person");
    for number in 0..size.dossiers {
        let story = story(number, size.story);
        dossier(first, &story, size.events);
    }
    let long = dossier(first, LONG, size.long);
    first.sync();
    share_with_all_but_the_last(&mut desks, long);
    world.clock.set(now);
    for desk in &mut desks {
        desk.sync();
        desk.assert_calm();
        assert_eq!(desk.engine.pending(), 0, "everything has been sent");
    }
    let players: Vec<Player<'_>> = desks
        .iter()
        .map(|desk| Player {
            name: "Proefpersoon",
            organisation: "Centrum (proef)",
            role: "case-manager",
            desk,
        })
        .collect();
    write_people(data, &players);
    world.stop();
}

/// A story that begins with its number and goes on in words that others use too, until it is long enough.
fn story(number: usize, bytes: usize) -> String {
    let words: Vec<&str> = include_str!("../../crates/protocol/src/words/nl.txt")
        .lines()
        .collect();
    let mut story = format!("Verhaal nummer {}", 100_000 + number);
    let mut state = number as u64;
    while story.len() < bytes {
        // Knuth's linear congruential generator: which words is all the same, as long as they are always these.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let word = usize::try_from(state >> 48).unwrap_or(0) % words.len();
        // Real texts hold many words that only few others hold: compounds.
        let compound = if state & (7 << 20) == 0 {
            words[(word + number) % words.len()]
        } else {
            ""
        };
        story.push(' ');
        story.push_str(words[word]);
        story.push_str(compound);
    }
    story
}

fn set_up(world: &Rc<World>, colleagues: usize) -> Vec<Desk> {
    let Welcome { relay_key, .. } = world.call(&Hello).expect("a relay that says hello");
    let people = (0..=colleagues).map(|number| PersonPlan {
        name: format!("Proefpersoon {number}"),
        roles: vec![Role::CaseManager],
    });
    let plan = Plan {
        name: "Sluis, meting".into(),
        demonstration: true,
        relay_key: VerifyingKey::parse(relay_key).expect("a key"),
        policy: Policy::default(),
        organisations: vec![OrganisationPlan {
            name: "Centrum (proef)".into(),
            kind: OrganisationKind::Centre,
            line: "Meldpunt (proef)".into(),
            people: people.collect(),
        }],
    };
    let transport: Rc<dyn Transport> = world.clone();
    let mut founding = found(world, &plan, transport.clone(), Shelf::plain());
    let others = founding.desks(&transport, &world.clock, Shelf::plain);
    let mut desks = vec![founding.founder];
    desks.extend(others);
    for _ in 0..2 {
        for desk in &mut desks {
            desk.engine.poke_all();
            desk.pump();
        }
    }
    desks
}

/// What is left to measure is the last one.
fn share_with_all_but_the_last(desks: &mut [Desk], address: DossierAddress) {
    let [first, others @ .., _last] = desks else {
        return;
    };
    let now = first.clock.now();
    for other in others.iter() {
        let party = Party::Member(other.engine.device().member);
        first
            .engine
            .share(
                address,
                party,
                Right::Reader,
                Terms::default(),
                now,
                &mut first.rng,
            )
            .expect("a steward shares");
    }
    first.keep();
    first.sync();
    assert!(
        first.engine.access(&address).len() > others.len(),
        "everybody has access"
    );
}

/// A dossier by hand with so many events.
fn dossier(desk: &mut Desk, story: &str, events: usize) -> DossierAddress {
    let now = desk.clock.now();
    let fields = [Field::FirstStory(story.into())];
    let address = desk
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &fields, now, &mut desk.rng)
        .expect("a dossier by hand");
    let status = Command::Set(Field::Status(Status::Read));
    let mut commands = vec![status];
    // Opening and the story are events already.
    commands.extend((3..events).map(|number| {
        let text = format!("Notitie {number}: gebeld, niemand nam op; morgen opnieuw proberen.");
        Command::Note(Lane::Team, text)
    }));
    for command in commands {
        desk.engine
            .act(address, command, now, &mut desk.rng)
            .expect("the dossier allows it");
    }
    desk.keep();
    desk.pump();
    address
}
