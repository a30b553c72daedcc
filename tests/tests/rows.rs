//! How a dossier lies in the vault: what is written when something happens in it, and what comes back.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::vocabulary::{Kind, Origin};
use sluis_e2e::harness::{Desk, Shelf, World, found, one_person};
use sluis_protocol::vault::Store;
use sluis_wire::address::DossierAddress;

/// As the engine numbers its stores.
const DOSSIERS: Store = Store(9);
const EVENTS: Store = Store(15);

fn desk_with_notes(count: usize) -> (Desk, DossierAddress) {
    let world = World::new();
    let plan = one_person(&world);
    let mut desk = found(&world, &plan, world.clone(), Shelf::plain()).founder;
    desk.pump();
    let now = world.clock.now();
    let address = desk
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &[], now, &mut desk.rng)
        .unwrap();
    for number in 0..count {
        let text = format!("{number}: {}", "x".repeat(400));
        desk.act(address, Command::Note(Lane::Team, text));
    }
    desk.sync();
    (desk, address)
}

fn rows(desk: &Desk, wanted: Store) -> usize {
    let Shelf::Plain(rows) = &desk.shelf else {
        panic!("rows in the open")
    };
    rows.keys().filter(|(store, _)| *store == wanted).count()
}

#[test]
fn a_new_event_does_not_mean_writing_all_the_old_ones() {
    let (mut desk, address) = desk_with_notes(150);
    assert!(rows(&desk, EVENTS) > 2);
    let now = desk.clock.now();
    let note = Command::Note(Lane::Team, "one more".into());
    desk.engine.act(address, note, now, &mut desk.rng).unwrap();
    let changes = desk.engine.take_changes();
    let stores: Vec<Store> = changes.iter().map(|change| change.store).collect();
    assert_eq!(stores, [DOSSIERS, EVENTS]);
    let events = changes.last().and_then(|change| change.value.as_ref());
    assert!(events.unwrap().len() < 40 * 1024);
}

#[test]
fn a_dossier_comes_back_from_all_its_rows() {
    let (mut desk, address) = desk_with_notes(150);
    let before = desk.engine.dossier(&address).unwrap().state().clone();
    desk.crash();
    assert_eq!(*desk.engine.dossier(&address).unwrap().state(), before);
    desk.assert_calm();
}

#[test]
fn events_without_their_dossier_go_and_come_back_from_the_relay() {
    for lost in [DOSSIERS, EVENTS] {
        let (mut desk, address) = desk_with_notes(3);
        let Shelf::Plain(rows) = &mut desk.shelf else {
            panic!("rows in the open")
        };
        // As after a damaged row, the cursor is lost with it.
        rows.retain(|(store, _), _| *store != lost && *store != Store(10));
        desk.crash();
        assert!(desk.engine.dossier(&address).is_none());
        desk.keep();
        assert_eq!(self::rows(&desk, EVENTS), 0);
        desk.sync();
        let notes = desk.engine.dossier(&address).unwrap().state().notes();
        assert_eq!(notes.len(), 3);
    }
}
