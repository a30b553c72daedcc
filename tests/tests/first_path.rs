//! The main path, end to end: from the set-up to a conversation in a dossier.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::cell::Cell;
use std::rc::Rc;

use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::vocabulary::{Category, Field, Kind, Origin, Status};
use sluis_e2e::harness::{Desk, Reporter, Shelf, Transport, World, found, one_person, two_people};
use sluis_protocol::conversation::{Voice, message_hash};
use sluis_protocol::engine::{Reply, Step};
use sluis_wire::api::{Call as _, DossierCreate, Problem};

const FIRST: &str = "kanarie-een: mijn trainer schreeuwt tijdens iedere training";
const SECOND: &str = "kanarie-twee: het was gisteren weer zo";
const ANSWER: &str = "kanarie-drie: dank je, we lezen mee";
const NOTE: &str = "kanarie-vier: vrijdag terugbellen";

fn alone(world: &Rc<World>, shelf: Shelf) -> Desk {
    let plan = one_person(world);
    let mut founding = found(world, &plan, world.clone(), shelf);
    founding.founder.pump();
    founding.founder.assert_calm();
    founding.founder
}

#[test]
fn set_up_publishes_what_a_reporter_needs() {
    let world = World::new();
    let mut desk = alone(&world, Shelf::plain());
    let reporter = Reporter::new(desk.engine.genesis(), world.clone(), world.clock.clone(), 5);
    let table = reporter.evidence().unwrap();
    assert_eq!(table.lines.len(), 1);
    assert_eq!(table.lines[0].name, "Meldlijn Centrum");
    assert!(
        desk.sync() < 4,
        "a desk with nothing to do makes {:?}",
        desk.sent
    );
}

#[test]
fn a_message_becomes_a_dossier_and_the_answer_comes_back() {
    let world = World::new();
    let mut desk = alone(&world, Shelf::sealed());
    let genesis = desk.engine.genesis();
    let transport: Rc<dyn Transport> = world.clone();
    let (mut reporter, words) =
        Reporter::with_words(genesis, transport.clone(), world.clock.clone(), 5);
    let first = reporter.write("Centrum", FIRST);

    world.clock.pass(60);
    desk.sync();
    let address = desk.only_dossier();
    assert_eq!(desk.conversation(&address), [(true, FIRST.into())]);
    assert_eq!(desk.unread(&address), 1);
    assert_eq!(
        desk.engine.dossier(&address).unwrap().state().status(),
        Status::New
    );
    assert_eq!(
        desk.engine.dossier(&address).unwrap().state().origin(),
        Origin::Chat
    );

    world.clock.pass(60);
    desk.look_at(address);
    desk.reply(address, ANSWER);
    desk.sync();
    assert_eq!(desk.unread(&address), 0);
    assert_eq!(desk.engine.pending(), 0);

    world.clock.pass(3_600);
    let mut reporter = Reporter::return_with(&words, genesis, transport, world.clock.clone(), 6);
    let said = reporter.look().unwrap();
    assert_eq!(said.alarms, []);
    let texts: Vec<_> = said
        .utterances
        .iter()
        .map(|one| (one.voice == Voice::Reporter, one.text.as_str()))
        .collect();
    assert!(
        texts.contains(&(true, FIRST)) && texts.contains(&(false, ANSWER)) && texts.len() == 2,
        "{texts:?}"
    );
    assert_eq!(said.filed[0].hash, message_hash(first, FIRST));
    assert_eq!(said.read, Some(first));
    assert_eq!(said.status.unwrap().0, Status::Read);

    reporter.write("Centrum", SECOND);
    desk.sync();
    assert_eq!(desk.only_dossier(), address);
    assert_eq!(desk.unread(&address), 1);
    desk.act(address, Command::Note(Lane::Team, NOTE.into()));
    desk.act(
        address,
        Command::Set(Field::Classification(Some((Category::Transgressive, None)))),
    );
    desk.sync();
    desk.assert_calm();
    let before = desk.conversation(&address);
    assert_eq!(before.len(), 3);

    desk.crash();
    assert_eq!(desk.conversation(&address), before);
    assert_eq!(desk.unread(&address), 1);
    assert_eq!(
        desk.engine.dossier(&address).unwrap().state().notes()[0]
            .1
            .text,
        NOTE
    );
    desk.sync();
    desk.assert_calm();
    assert_eq!(desk.conversation(&address), before);

    world.stop();
    world.assert_disk_lacks(&["kanarie", "Anna Proef"]);
    let held = desk.shelf.bytes();
    assert!(
        held.iter()
            .all(|row| !row.windows(7).any(|window| window == b"kanarie"))
    );
}

#[test]
fn a_dossier_made_by_hand_reaches_a_colleague() {
    let world = World::new();
    let plan = two_people(&world);
    let mut founding = found(&world, &plan, world.clone(), Shelf::plain());
    let transport: Rc<dyn Transport> = world.clone();
    founding.founder.pump();
    let mut bram = founding
        .desks(&transport, &world.clock, Shelf::plain)
        .remove(0);
    let mut anna = founding.founder;
    bram.pump();
    anna.sync();
    let fields = [
        Field::Sport("Roeien".into()),
        Field::FirstStory("kanarie: gebeld".into()),
    ];
    let now = world.clock.now();
    let address = anna
        .engine
        .open_by_hand(Kind::Advice, Origin::Phone, &fields, now, &mut anna.rng)
        .unwrap();
    anna.sync();
    bram.sync();
    let work = bram.engine.dossier(&address).unwrap();
    assert_eq!(work.state().fields().sport, "Roeien");
    assert_eq!(work.state().origin(), Origin::Phone);
    bram.act(address, Command::Note(Lane::Team, "van Bram".into()));
    bram.sync();
    anna.sync();
    assert_eq!(
        anna.engine.dossier(&address).unwrap().state().notes().len(),
        1
    );
    anna.assert_calm();
    bram.assert_calm();
    world.stop();
    world.assert_disk_lacks(&["kanarie", "Roeien"]);
}

#[test]
fn two_desks_that_import_at_once_end_with_one_dossier() {
    let world = World::new();
    let plan = two_people(&world);
    let founding = found(&world, &plan, world.clone(), Shelf::plain());
    let transport: Rc<dyn Transport> = world.clone();
    let (mut anna, mut bram) = founding.pair(&transport, &world.clock);
    let genesis = anna.engine.genesis();
    let mut reporter = Reporter::new(genesis, transport, world.clock.clone(), 5);
    for round in 0..3 {
        let text = format!("bericht {round}");
        reporter.write("Centrum", &text);
        world.clock.pass(60);
        anna.engine.poke();
        bram.engine.poke();
        // In lock step: each does one request after the other's.
        while anna.step() | bram.step() {}
        for _ in 0..3 {
            anna.sync();
            bram.sync();
        }
    }
    let address = anna.only_dossier();
    assert_eq!(bram.only_dossier(), address);
    assert_eq!(anna.conversation(&address).len(), 3);
    assert_eq!(anna.conversation(&address), bram.conversation(&address));
    anna.assert_calm();
    bram.assert_calm();
    let said = reporter.look().unwrap();
    assert_eq!(said.alarms, []);
    assert_eq!(said.utterances.len(), 3, "{:?}", said.utterances);
    assert_eq!(said.filed.len(), 3, "each message is filed once");
}

/// A laptop that is closed between the event and the board: the reply is in the dossier, and a colleague's desk posts it.
#[test]
fn a_colleague_posts_what_the_authors_desk_could_not() {
    let world = World::new();
    let mut founding = found(&world, &two_people(&world), world.clone(), Shelf::plain());
    let transport: Rc<dyn Transport> = world.clone();
    founding.founder.pump();
    let mut bram = founding
        .desks(&transport, &world.clock, Shelf::plain)
        .remove(0);
    let mut anna = founding.founder;
    bram.pump();
    anna.sync();
    let genesis = anna.engine.genesis();
    let (mut reporter, words) =
        Reporter::with_words(genesis, transport.clone(), world.clock.clone(), 5);
    reporter.write("Centrum", FIRST);
    anna.sync();
    bram.sync();
    let address = anna.only_dossier();
    world.clock.pass(60);
    anna.sync();

    anna.reply(address, ANSWER);
    while let Some(outgoing) = anna.next() {
        if matches!(outgoing.step, Step::Board(..)) {
            break;
        }
        let reply = anna.transmit(&outgoing);
        anna.take(outgoing.step, &reply);
    }
    let answered = |seed: u64| {
        let clock = world.clock.clone();
        let mut reporter = Reporter::return_with(&words, genesis, transport.clone(), clock, seed);
        let said = reporter.look().unwrap();
        said.utterances.iter().any(|one| one.text == ANSWER)
    };
    bram.sync();
    assert!(!answered(6), "its author has some minutes for it");
    world.clock.pass(601);
    bram.sync();
    assert!(answered(7));
    assert!(bram.sync() < 4, "it is looked for once");
    anna.crash();
    anna.sync();
    anna.assert_calm();
    bram.assert_calm();
    assert_eq!(anna.engine.pending() + bram.engine.pending(), 0);
}

/// A road on which the relay has no time for dossiers, for a while.
struct Busy {
    world: Rc<World>,
    busy: Cell<bool>,
}

impl Transport for Busy {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        if self.busy.get() && path == DossierCreate::PATH {
            Reply::Problem(Problem::Busy)
        } else {
            self.world.send(path, body, proof)
        }
    }
}

#[test]
fn a_desk_knows_that_a_busy_relay_has_to_be_asked_again() {
    let world = World::new();
    let road = Rc::new(Busy {
        world: world.clone(),
        busy: Cell::new(false),
    });
    let mut founding = found(&world, &one_person(&world), road.clone(), Shelf::plain());
    let desk = &mut founding.founder;
    desk.pump();
    desk.sync();
    assert!(!desk.engine.is_waiting());
    road.busy.set(true);
    let now = world.clock.now();
    desk.engine
        .open_by_hand(Kind::Report, Origin::Phone, &[], now, &mut desk.rng)
        .unwrap();
    desk.pump();
    assert!(desk.engine.is_waiting() && desk.engine.pending() > 0);
    road.busy.set(false);
    desk.pump();
    assert!(desk.engine.pending() > 0, "it waits to be poked");
    desk.sync();
    assert!(!desk.engine.is_waiting());
    assert_eq!(desk.engine.pending(), 0);
}
