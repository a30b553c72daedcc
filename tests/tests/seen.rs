//! The mark that a person read a dossier, once a day, and what it gives away about a relay that hides something.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::rc::Rc;

use sluis_directory::entry::Role;
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::view::{HistoryKind, history};
use sluis_domain::vocabulary::{Kind, Origin};
use sluis_e2e::harness::{Desk, Shelf, Transport, World, decode, found, plan, two_people};
use sluis_protocol::dossier::AlarmKind;
use sluis_protocol::engine::Reply;
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{Call as _, EventRead};
use sluis_wire::codec;
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
    let address = opened(&mut first);
    (first, second, address)
}

fn opened(desk: &mut Desk) -> DossierAddress {
    let (now, rng) = (desk.clock.now(), &mut desk.rng);
    let address = desk
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &[], now, rng)
        .unwrap();
    desk.pump();
    address
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

/// A road on which the relay lists only these of the events of the dossier.
struct Hiding {
    world: Rc<World>,
    shows: &'static [usize],
}

impl Transport for Hiding {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        let reply = self.world.send(path, body, proof);
        let Reply::Answer(bytes) = &reply else {
            return reply;
        };
        if path != EventRead::PATH {
            return reply;
        }
        let mut page = decode::<EventRead>(bytes);
        let events = (0..).zip(page.events);
        page.events = events
            .filter(|(place, _)| self.shows.contains(place))
            .map(|(_, frame)| frame)
            .collect();
        page.length = page.events.len() as u64;
        Reply::Answer(codec::encode(&page))
    }
}

/// Whether a third person, to whom the relay lists only these events, is told that one is missing.
fn is_missed(shows: &'static [usize]) -> bool {
    let world = World::new();
    let roles: &[Role] = &[Role::CaseManager];
    let people = [
        ("Noor", [Role::Director, Role::CaseManager].as_slice()),
        ("Bram", roles),
        ("Carla", roles),
    ];
    let mut founding = found(
        &world,
        &plan(&world, &[("Centrum", &people)]),
        world.clone(),
        Shelf::plain(),
    );
    founding.founder.pump();
    let honest: Rc<dyn Transport> = world.clone();
    let mut desks = founding.desks(&honest, &world.clock, Shelf::plain);
    let (mut third, mut second) = (desks.remove(1), desks.remove(0));
    let mut first = founding.founder;
    for desk in [&mut second, &mut third, &mut first] {
        desk.pump();
    }
    third.sync();
    let address = opened(&mut first);
    note(&mut first, address, "een");
    second.sync();
    second.look_at(address);
    second.pump();
    third.transport = Rc::new(Hiding { world, shows });
    third.sync();
    let work = third.engine.dossier(&address).unwrap();
    let alarms = work.replica().alarms();
    alarms
        .iter()
        .any(|alarm| alarm.kind == AlarmKind::EventMissing)
}

#[test]
fn what_a_relay_hides_is_missed_once_a_mark_names_it() {
    // Opened, a note, the mark of whoever read the note (and that the dossier counts as read).
    assert!(!is_missed(&[0, 1, 2, 3]));
    assert!(is_missed(&[0, 2, 3]));
    // A relay that hides everything from some moment on has shown nothing that names more.
    assert!(!is_missed(&[0]));
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
