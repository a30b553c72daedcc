//! Bad luck, on purpose: several desks and reporters on roads that lose, double and delay, with crashes and clocks that are wrong.
//!
//! Chance is seeded: the same seed gives the same run. In the end the roads are good again, and then everybody must agree and nothing
//! may be lost, doubled or suspected.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "whatever goes wrong here is a failed test"
)]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rand_core::Rng as _;
use sluis_domain::command::Command;
use sluis_domain::event::{Event, Lane};
use sluis_domain::ids::{EventId, MessageId};
use sluis_domain::vocabulary::{Field, Kind, Origin, Status};
use sluis_protocol::conversation::{Alarm, Message};
use sluis_protocol::engine::{Reply, Step};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::Call as _;
use sluis_wire::api::IntakePost;

use crate::harness::{
    Chance, Desk, Failed, Reporter, Shelf, Transport, World, body_of, chance, found, plan,
};
use sluis_directory::entry::Role;

/// How long and how rough a run is.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Moments, in each of which one of the players does one thing.
    pub moments: usize,
    /// Of 100 requests, those that meet with trouble.
    pub trouble: u64,
    /// Of 1,000 moments of a desk, those in which it crashes.
    pub crashes: u64,
    /// Seconds that a desk's clock may be wrong, either way.
    pub skew: i64,
    /// Whether dossiers are closed too. A message that arrives while a colleague closes the dossier may then stand in the closed one and in
    /// the next; it is never lost.
    pub closing: bool,
}

impl Default for Weather {
    fn default() -> Self {
        Self {
            moments: 900,
            trouble: 12,
            crashes: 15,
            skew: 90,
            closing: false,
        }
    }
}

/// What a run saw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Messages that reporters sent.
    pub messages: usize,
    /// Replies that desks wrote.
    pub replies: usize,
    /// Events, over all dossiers.
    pub events: usize,
    /// Crashes of desks.
    pub crashes: usize,
    /// Requests that met with trouble.
    pub troubles: usize,
}

/// A road that loses and doubles while the weather is bad.
struct Road {
    world: Rc<World>,
    chance: RefCell<Chance>,
    trouble: Rc<Cell<u64>>,
    met: Rc<Cell<usize>>,
}

impl Transport for Road {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        let (bad, kind) = {
            let mut chance = self.chance.borrow_mut();
            (
                below(&mut chance, 100) < self.trouble.get(),
                below(&mut chance, 8),
            )
        };
        if !bad {
            return self.world.send(path, body, proof);
        }
        self.met.set(self.met.get() + 1);
        match kind {
            // Lost on the way there.
            0..=2 => Reply::Lost,
            // Lost on the way back.
            3..=5 => {
                self.world.send(path, body, proof);
                Reply::Lost
            }
            // It arrives twice.
            6 => {
                let first = self.world.send(path, body, proof);
                self.world.send(path, body, proof);
                first
            }
            _ => {
                self.world.send(path, body, proof);
                self.world.send(path, body, proof)
            }
        }
    }
}

/// A desk with an answer that may still be on its way.
struct Player {
    desk: Desk,
    coming: Option<(Step, Reply)>,
}

/// Somebody who writes and tries until it has arrived.
struct Writer {
    reporter: Reporter,
    /// What has not arrived yet: sealed entries of messages.
    waiting: Vec<Vec<u8>>,
    written: BTreeMap<MessageId, String>,
}

struct Run {
    world: Rc<World>,
    chance: Chance,
    players: Vec<Player>,
    writers: Vec<Writer>,
    replies: Vec<String>,
    notes: Vec<String>,
    seen: Seen,
}

fn below(chance: &mut Chance, most: u64) -> u64 {
    chance.next_u64() % most.max(1)
}

fn pick(chance: &mut Chance, count: usize) -> usize {
    usize::try_from(below(chance, count as u64)).unwrap_or(0)
}

/// Plays one run and checks what must hold in its end.
#[must_use]
pub fn run(seed: u64, weather: Weather) -> Seen {
    let world = World::new();
    let trouble = Rc::new(Cell::new(0));
    let met = Rc::new(Cell::new(0));
    let road = |number: u64| -> Rc<dyn Transport> {
        Rc::new(Road {
            world: world.clone(),
            chance: chance(seed ^ (number << 32)).into(),
            trouble: trouble.clone(),
            met: met.clone(),
        })
    };
    let mut run = Run::begin(&world, seed, weather, &road);
    trouble.set(weather.trouble);
    for _ in 0..weather.moments {
        run.moment(weather);
    }
    trouble.set(0);
    run.settle();
    run.check(weather.closing);
    run.seen.troubles = met.get();
    world.stop();
    world.assert_disk_lacks(&["bericht van", "antwoord nummer", "notitie nummer"]);
    run.seen
}

impl Run {
    fn begin(
        world: &Rc<World>,
        seed: u64,
        weather: Weather,
        road: &dyn Fn(u64) -> Rc<dyn Transport>,
    ) -> Self {
        let mut chance = chance(seed);
        let people: &[(&str, &[Role])] = &[
            ("Anna", &[Role::Director, Role::CaseManager]),
            ("Bram", &[Role::CaseManager]),
            ("Chris", &[Role::CaseManager]),
        ];
        let other: &[(&str, &[Role])] = &[("Dana", &[Role::Director, Role::CaseManager])];
        let plan = plan(world, &[("Centrum", people), ("Bond", other)]);
        let mut founding = found(world, &plan, road(1), Shelf::plain());
        founding.founder.pump();
        let genesis = founding.genesis;
        let mut players = vec![Player {
            desk: founding.founder,
            coming: None,
        }];
        for (device, number) in founding.others.into_iter().zip(2..) {
            let wide = u64::try_from(2 * weather.skew + 1).unwrap_or(1);
            let skew = i64::try_from(below(&mut chance, wide)).unwrap_or(0) - weather.skew;
            let clock = world.clock.skewed(skew);
            let mut desk = Desk::enter(
                device,
                genesis,
                road(number),
                clock,
                Shelf::plain(),
                seed + number,
            );
            if number == 4 {
                // Of a line with one person; the others come when they come.
                desk.pump();
            }
            players.push(Player { desk, coming: None });
        }
        for player in &mut players {
            player.desk.sync();
        }
        let writers = (0..3).map(|number| Writer {
            reporter: Reporter::new(
                genesis,
                road(20 + number),
                world.clock.clone(),
                seed + 50 + number,
            ),
            waiting: Vec::new(),
            written: BTreeMap::new(),
        });
        Self {
            world: world.clone(),
            chance,
            players,
            writers: writers.collect(),
            replies: Vec::new(),
            notes: Vec::new(),
            seen: Seen::default(),
        }
    }

    fn moment(&mut self, weather: Weather) {
        if below(&mut self.chance, 4) == 0 {
            let seconds = below(&mut self.chance, 40);
            self.world.clock.pass(seconds);
        }
        match below(&mut self.chance, 100) {
            0..=4 => self.write(),
            5..=14 => self.post(),
            15..=17 => self.look(),
            18..=29 => self.work(weather.closing),
            _ => self.step(weather),
        }
    }

    fn write(&mut self) {
        let place = pick(&mut self.chance, self.writers.len());
        let line = if place == 0 { "Bond" } else { "Centrum" };
        let long = below(&mut self.chance, 6) == 0;
        let number = self.seen.messages;
        let Some(writer) = self.writers.get_mut(place) else {
            return;
        };
        let Ok(table) = writer.reporter.evidence() else {
            return;
        };
        let Some(to) = table
            .lines
            .iter()
            .find(|known| known.name.contains(line))
            .cloned()
        else {
            return;
        };
        let mut text = format!("bericht van {place} nummer {number}");
        if long {
            text.push_str(&" en nog veel meer".repeat(900));
        }
        let message: Message = writer.reporter.message(&text, Vec::new());
        writer
            .waiting
            .extend(writer.reporter.seal(&table, &to, &message));
        writer.written.insert(MessageId(message.id.0), text);
        self.seen.messages += 1;
    }

    /// Posts one entry that has not arrived yet.
    fn post(&mut self) {
        let place = pick(&mut self.chance, self.writers.len());
        let Some(writer) = self.writers.get_mut(place) else {
            return;
        };
        post_one(writer);
    }

    fn look(&mut self) {
        let place = pick(&mut self.chance, self.writers.len());
        let Some(writer) = self.writers.get_mut(place) else {
            return;
        };
        match writer.reporter.look() {
            // A reply may be on its way while the next one has arrived.
            Ok(said) => assert!(
                said.alarms
                    .iter()
                    .all(|alarm| matches!(alarm, Alarm::Missing(_))),
                "{:?}",
                said.alarms
            ),
            Err(Failed::Lost) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    /// A person does something at a desk.
    fn work(&mut self, closing: bool) {
        let place = pick(&mut self.chance, self.players.len());
        let what = below(&mut self.chance, 20);
        let Some(player) = self.players.get_mut(place) else {
            return;
        };
        let desk = &mut player.desk;
        let all: Vec<DossierAddress> = desk
            .engine
            .dossiers()
            .map(|(address, _)| *address)
            .collect();
        let now = desk.clock.now();
        if what == 0 {
            // Refused while the first keys are still coming.
            let _made =
                desk.engine
                    .open_by_hand(Kind::Report, Origin::Phone, &[], now, &mut desk.rng);
            desk.keep();
            return;
        }
        let Some(address) = all.get(pick(&mut self.chance, all.len())).copied() else {
            return;
        };
        match what {
            1..=6 => desk.look_at(address),
            7..=12 => {
                let text = format!("antwoord nummer {}", self.seen.replies);
                if desk
                    .engine
                    .reply(address, &text, now, &mut desk.rng)
                    .is_ok()
                {
                    self.replies.push(text);
                    self.seen.replies += 1;
                }
                desk.keep();
            }
            13..=15 => {
                let text = format!("notitie nummer {}", self.notes.len());
                let note = Command::Note(Lane::Team, text.clone());
                if desk.engine.act(address, note, now, &mut desk.rng).is_ok() {
                    self.notes.push(text);
                }
                desk.keep();
            }
            _ => {
                let status = match below(&mut self.chance, 8) {
                    0 if closing => Status::Closed,
                    0..=4 => Status::InProgress,
                    _ => Status::WaitingForReporter,
                };
                // Refused when it is so already.
                let set = Command::Set(Field::Status(status));
                let _set = desk.engine.act(address, set, now, &mut desk.rng);
                desk.keep();
            }
        }
    }

    /// A desk's own loop, cut in pieces: ask, send, hear.
    fn step(&mut self, weather: Weather) {
        let place = pick(&mut self.chance, self.players.len());
        let crash = below(&mut self.chance, 1_000) < weather.crashes;
        let (poke, wait, moment) = (
            below(&mut self.chance, 12) == 0,
            below(&mut self.chance, 2) == 0,
            below(&mut self.chance, 3),
        );
        let Some(player) = self.players.get_mut(place) else {
            return;
        };
        let Player { desk, coming } = player;
        if crash {
            self.seen.crashes += 1;
            match moment {
                // After writing down, before sending.
                0 if coming.is_none() => drop(desk.next()),
                // After hearing, before writing down.
                1 => {
                    if let Some((step, reply)) = coming.take() {
                        desk.engine
                            .absorb(step, &reply, desk.clock.now(), &mut desk.rng);
                    }
                }
                _ => {}
            }
            *coming = None;
            desk.crash();
            return;
        }
        if let Some((step, reply)) = coming.take_if(|_| !wait) {
            desk.take(step, &reply);
            return;
        }
        if coming.is_some() {
            return;
        }
        if poke {
            desk.engine.poke();
        }
        if let Some(outgoing) = desk.next() {
            let reply = desk.transmit(&outgoing);
            *coming = Some((outgoing.step, reply));
        }
    }

    /// The roads are good again: everyone sends and fetches until all is quiet.
    fn settle(&mut self) {
        for writer in &mut self.writers {
            while !writer.waiting.is_empty() {
                post_one(writer);
            }
        }
        for player in &mut self.players {
            if let Some((step, reply)) = player.coming.take() {
                player.desk.take(step, &reply);
            }
        }
        for _ in 0..8 {
            for player in &mut self.players {
                player.desk.sync();
            }
            self.world.clock.pass(301);
        }
    }

    fn check(&mut self, closing: bool) {
        for player in &self.players {
            player.desk.assert_calm();
            assert_eq!(player.desk.engine.pending(), 0, "all has been sent");
        }
        let (team, other) = self.players.split_at(3);
        let first = logs(&team.first().expect("a desk").desk);
        for player in team {
            assert!(logs(&player.desk) == first, "the desks of a team agree");
        }
        let alone = logs(&other.first().expect("a desk").desk);
        self.seen.events = first.values().chain(alone.values()).map(Vec::len).sum();

        let mut imported: BTreeMap<MessageId, Vec<String>> = BTreeMap::new();
        let mut replies: Vec<String> = Vec::new();
        let mut notes: Vec<String> = Vec::new();
        for player in [self.players.first(), self.players.get(3)]
            .into_iter()
            .flatten()
        {
            for (_, work) in player.desk.engine.dossiers() {
                for (_, message) in work.state().messages() {
                    imported.entry(message.id).or_default().push(message.text());
                }
                for entry in work.replica().log().ordered() {
                    match &entry.event {
                        Event::ReplySent(reply) => replies.push(reply.text.clone()),
                        Event::NoteAdded(note) => notes.push(note.text.clone()),
                        _ => {}
                    }
                }
            }
        }
        let expected: BTreeMap<MessageId, Vec<String>> = self
            .writers
            .iter()
            .flat_map(|writer| &writer.written)
            .map(|(id, text)| (*id, vec![text.clone()]))
            .collect();
        if closing {
            imported.values_mut().for_each(Vec::dedup);
        }
        assert!(
            imported == expected,
            "each message is in one dossier, once: {}",
            difference(&imported, &expected)
        );
        if closing {
            // A reply to a dossier that a colleague has just closed becomes a note.
            let all = [replies.clone(), notes].concat();
            assert_same(
                all,
                &[self.replies.clone(), self.notes.clone()].concat(),
                "words",
            );
        } else {
            assert_same(replies.clone(), &self.replies, "replies");
            assert_same(notes, &self.notes, "notes");
        }

        let mut told: BTreeSet<String> = BTreeSet::new();
        for writer in &mut self.writers {
            let said = writer.reporter.look().expect("a good road");
            assert_eq!(said.alarms, [], "what the reporter sees is whole");
            let filed: BTreeSet<_> = said
                .filed
                .iter()
                .map(|filed| MessageId(filed.message.0))
                .collect();
            let whole = writer.written.keys().copied().collect();
            assert!(filed == whole, "each message is filed");
            for text in writer.written.values() {
                let echoes = said
                    .utterances
                    .iter()
                    .filter(|one| one.whole && one.text == *text)
                    .count();
                assert_eq!(echoes, 1, "own words come back once");
            }
            told.extend(said.utterances.into_iter().map(|one| one.text));
        }
        for text in &replies {
            assert!(told.contains(text), "{text} did not reach its reporter");
        }
    }
}

fn post_one(writer: &mut Writer) {
    let Some(envelope) = writer.waiting.first().cloned() else {
        return;
    };
    let Ok(solution) = writer.reporter.work() else {
        return;
    };
    let call = IntakePost { solution, envelope };
    match writer
        .reporter
        .transport
        .send(IntakePost::PATH, &body_of(&call), None)
    {
        Reply::Answer(_) => drop(writer.waiting.remove(0)),
        Reply::Lost => {}
        Reply::Problem(problem) => panic!("a message was refused: {problem:?}"),
    }
}

fn logs(desk: &Desk) -> BTreeMap<DossierAddress, Vec<EventId>> {
    let ids = |work: &sluis_protocol::engine::Work| {
        work.replica()
            .log()
            .ordered()
            .into_iter()
            .map(|entry| entry.id)
            .collect()
    };
    desk.engine
        .dossiers()
        .map(|(address, work)| (*address, ids(work)))
        .collect()
}

fn assert_same(found: Vec<String>, expected: &[String], what: &str) {
    let mut left = expected.to_vec();
    let mut extra = Vec::new();
    for text in found {
        match left.iter().position(|known| *known == text) {
            Some(place) => drop(left.swap_remove(place)),
            None => extra.push(text),
        }
    }
    assert!(
        left.is_empty() && extra.is_empty(),
        "{what}: each once; lost {left:?}, too many {extra:?}"
    );
}

fn difference(
    found: &BTreeMap<MessageId, Vec<String>>,
    expected: &BTreeMap<MessageId, Vec<String>>,
) -> String {
    let short = |texts: &Vec<String>| {
        texts
            .iter()
            .map(|text| text.chars().take(30).collect())
            .collect::<Vec<String>>()
    };
    let missing: Vec<_> = expected
        .iter()
        .filter(|(id, _)| !found.contains_key(id))
        .map(|(_, text)| short(text))
        .collect();
    let wrong: Vec<_> = found
        .iter()
        .filter(|(id, text)| expected.get(id) != Some(text))
        .map(|(_, text)| short(text))
        .collect();
    format!("missing {missing:?}, wrong {wrong:?}")
}
