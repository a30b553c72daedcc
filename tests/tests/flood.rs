//! More conversations in an hour than a team can take in: none is lost, none becomes a dossier without a person (decision 21).
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::rc::Rc;

use sluis_e2e::harness::{Desk, Reporter, Shelf, Transport, World, found, one_person, two_people};
use sluis_protocol::engine::{NEW_AN_HOUR, Reply, UnsortedLine};
use sluis_wire::api::{Call as _, IntakeLane, IntakeList, IntakePage};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;

const FLOOD: u64 = 30;

/// So many people who write within an hour.
fn flood(world: &Rc<World>, desk: &Desk, from: u64) -> Vec<Reporter> {
    let genesis = desk.engine.genesis();
    let write = |seed| {
        let mut reporter = Reporter::new(genesis, world.clone(), world.clock.clone(), seed);
        reporter.write("Centrum", &format!("bericht van {seed}"));
        reporter
    };
    (from..from + FLOOD).map(write).collect()
}

fn count(desk: &Desk) -> usize {
    desk.engine.dossiers().count()
}

/// The person decides: a dossier.
fn sort_in(desk: &mut Desk, line: &UnsortedLine) {
    let now = desk.clock.now();
    desk.engine
        .sort_in(line.address, now, &mut desk.rng)
        .unwrap();
    desk.sync();
}

#[test]
fn what_comes_after_the_twentieth_conversation_of_an_hour_waits_for_a_click_on_every_desk() {
    let world = World::new();
    let transport: Rc<dyn Transport> = world.clone();
    let founding = found(&world, &two_people(&world), world.clone(), Shelf::plain());
    let (mut anna, mut bram) = founding.pair(&transport, &world.clock);
    let mut reporters = flood(&world, &anna, 100);
    anna.engine.poke();
    bram.engine.poke();
    // In lock step: each does one request after the other's.
    while anna.step() | bram.step() {}
    for _ in 0..3 {
        anna.sync();
        bram.sync();
    }
    assert_eq!((count(&anna), count(&bram)), (NEW_AN_HOUR, NEW_AN_HOUR));
    let lines = anna.engine.unsorted();
    assert_eq!(lines.len(), 10);
    assert_eq!(bram.engine.unsorted(), lines, "both see the same");
    assert_eq!(lines[0].text, "bericht van 120");
    assert_eq!(lines[0].lane, IntakeLane::First);
    assert_eq!(lines[0].hour, world.clock.now().to_hour());

    // Hours later, and after starting again, still nothing becomes a dossier by itself.
    world.clock.pass(3 * 3_600);
    bram.crash();
    bram.sync();
    anna.sync();
    assert_eq!(bram.engine.unsorted(), lines);

    // A follow-up on a dossier passes; one on what waits stays with it.
    reporters[0].write("Centrum", "nog iets");
    reporters[25].write("Centrum", "ben je er nog?");
    anna.sync();
    bram.sync();
    assert_eq!((count(&anna), count(&bram)), (NEW_AN_HOUR, NEW_AN_HOUR));
    let unread: usize = anna
        .engine
        .dossiers()
        .map(|(one, _)| anna.unread(one))
        .sum();
    assert_eq!(unread, NEW_AN_HOUR + 1);
    assert_eq!(anna.engine.unsorted()[5].messages, 2);

    // One click makes one, for everybody, with all that came.
    let line = anna.engine.unsorted()[5].clone();
    sort_in(&mut anna, &line);
    bram.sync();
    assert_eq!(
        (count(&anna), count(&bram)),
        (NEW_AN_HOUR + 1, NEW_AN_HOUR + 1)
    );
    let told = [
        (true, "bericht van 125".to_owned()),
        (true, "ben je er nog?".to_owned()),
    ];
    assert_eq!(anna.conversation(&line.address), told);
    assert_eq!(bram.conversation(&line.address), told);
    assert_eq!(
        (anna.engine.unsorted().len(), bram.engine.unsorted().len()),
        (9, 9)
    );
    world.clock.pass(60);
    anna.sync();
    let said = reporters[25].look().unwrap();
    assert_eq!((said.alarms.len(), said.filed.len()), (0, 2));

    // The next hour begins anew.
    world.clock.pass(3_600);
    flood(&world, &anna, 200);
    anna.sync();
    assert_eq!(count(&anna), 2 * NEW_AN_HOUR + 1);
    assert_eq!(anna.engine.unsorted().len(), 19);
    anna.assert_calm();
    bram.assert_calm();
    world.stop();
    world.assert_disk_lacks(&["bericht"]);
}

#[test]
fn what_is_set_aside_comes_back_and_what_is_removed_does_not() {
    let world = World::new();
    let mut founding = found(&world, &one_person(&world), world.clone(), Shelf::sealed());
    let desk = &mut founding.founder;
    desk.pump();
    flood(&world, desk, 100);
    desk.sync();
    let lines = desk.engine.unsorted();
    let (first, second) = (lines[0].address, lines[1].address);
    desk.engine.set_aside(first, true);
    desk.sync();
    desk.crash();
    desk.engine.poke_all();
    desk.sync();
    assert!(desk.engine.unsorted()[0].aside, "kept over a lock");
    desk.engine.set_aside(first, false);
    assert_eq!(desk.engine.unsorted(), lines);

    desk.engine.remove_unsorted(second);
    desk.sync();
    desk.crash();
    desk.engine.poke_all();
    desk.sync();
    let left: Vec<_> = desk.engine.unsorted();
    assert_eq!(left.len(), 9);
    assert!(left.iter().all(|line| line.address != second));
    assert_eq!(count(desk), NEW_AN_HOUR);
    desk.assert_calm();
}

/// A road to a relay whose first lane was full.
struct Full(Rc<World>);

impl Transport for Full {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        let reply = self.0.send(path, body, proof);
        let Reply::Answer(body) = &reply else {
            return reply;
        };
        if path != IntakeList::PATH {
            return reply;
        }
        let mut page: IntakePage = codec::decode(body, 1 << 20).unwrap();
        for entry in &mut page.entries {
            entry.lane = IntakeLane::Second;
        }
        Reply::Answer(codec::encode(&page))
    }
}

#[test]
fn the_relay_says_when_and_by_which_lane_a_message_came() {
    let world = World::new();
    let road: Rc<dyn Transport> = Rc::new(Full(world.clone()));
    let mut founding = found(&world, &one_person(&world), road, Shelf::plain());
    let desk = &mut founding.founder;
    desk.pump();
    let came = world.clock.now().to_hour();
    flood(&world, desk, 100);
    world.clock.pass(5 * 3_600);
    desk.sync();
    for (_, work) in desk.engine.dossiers() {
        let (_, message) = work.state().messages().next().unwrap();
        assert_eq!(UnixTime(message.hour), came);
    }
    let lines = desk.engine.unsorted();
    assert_eq!(lines.len(), 10);
    assert!(lines.iter().all(|line| line.lane == IntakeLane::Second));
    desk.assert_calm();
}
