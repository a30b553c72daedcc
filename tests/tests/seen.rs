//! The mark that a person read a dossier, once a day, and what it gives away about a relay that hides something.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::rc::Rc;

use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::view::{HistoryKind, history};
use sluis_domain::vocabulary::{Kind, Origin};
use sluis_e2e::harness::{Desk, Shelf, Transport, World, found, two_people};
use sluis_wire::address::DossierAddress;
use sluis_wire::time::DAY;

/// Two people of one team, and a dossier that the first one made.
fn scene(world: &Rc<World>) -> (Desk, Desk, DossierAddress) {
    let mut founding = found(world, &two_people(world), world.clone(), Shelf::plain());
    founding.founder.pump();
    let transport: Rc<dyn Transport> = world.clone();
    let mut second = founding
        .desks(&transport, &world.clock, Shelf::plain)
        .remove(0);
    second.pump();
    let mut first = founding.founder;
    first.pump();
    second.sync();
    let (now, rng) = (first.clock.now(), &mut first.rng);
    let address = first
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &[], now, rng)
        .unwrap();
    first.pump();
    (first, second, address)
}

fn note(desk: &mut Desk, address: DossierAddress, text: &str) {
    desk.act(address, Command::Note(Lane::Team, text.into()));
    desk.pump();
}

/// Who read it, as this desk knows.
fn readers(desk: &Desk, address: &DossierAddress) -> Vec<[u8; 16]> {
    let log = desk.engine.dossier(address).unwrap().replica().log();
    history(log)
        .into_iter()
        .filter(|line| line.what == HistoryKind::Looked)
        .map(|line| line.author.0)
        .collect()
}

#[test]
fn a_person_marks_what_others_did_once_a_day() {
    let world = World::new();
    let (mut first, mut second, address) = scene(&world);
    first.look_at(address);
    assert!(
        readers(&first, &address).is_empty(),
        "own work needs no mark"
    );
    note(&mut first, address, "een");
    second.sync();
    for _ in 0..3 {
        second.look_at(address);
        second.pump();
    }
    first.sync();
    let (one, two) = (first.engine.device().id.0, second.engine.device().id.0);
    assert_eq!(readers(&first, &address), [two]);

    // More on the same day needs no mark of its own; the next day does.
    note(&mut first, address, "twee");
    second.sync();
    second.look_at(address);
    second.pump();
    assert_eq!(readers(&second, &address), [two]);
    world.clock.pass(DAY);
    first.sync();
    second.sync();
    second.look_at(address);
    second.pump();
    first.sync();
    first.look_at(address);
    first.pump();
    assert_eq!(readers(&first, &address), [two, two, one]);
    first.assert_calm();
}
