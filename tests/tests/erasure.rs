//! People in dossiers and their contact data, through the real relay: who can read it, that it lasts a month's turn, and that it dies.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::HashSet;
use std::rc::Rc;

use sluis_directory::entry::Role;
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::ids::PersonId;
use sluis_domain::people::{Closing, ClosingReason, Facts, PersonRole};
use sluis_domain::vocabulary::{Kind, Origin, Status};
use sluis_e2e::erasure::{Loot, recovered};
use sluis_e2e::evil::EvilRelay;
use sluis_e2e::harness::{Desk, Shelf, Transport, World, found, plan, two_people};
use sluis_protocol::contact::Contact;
use sluis_protocol::engine::{ActError, ContactState, Reply, Terms};
use sluis_relay::store::Store as _;
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{Call as _, PeopleErase, PersonPut};
use sluis_wire::time::DAY;

const NAME: &str = "Kanarie Vogelzang";
const PHONE: &str = "06 98 76 54 32";

fn contact() -> Contact {
    Contact {
        name: NAME.into(),
        phone: PHONE.into(),
        email: String::new(),
        address: String::new(),
    }
}

fn facts(role: PersonRole) -> Facts {
    Facts {
        role,
        capacity: "speler".into(),
        minor: Some(true),
    }
}

fn closing() -> Closing {
    Closing {
        reason: ClosingReason::Settled,
        outcome: "besproken".into(),
    }
}

/// Two people of one team on a road that is listened to, and a dossier that the first one made.
struct Scene {
    world: Rc<World>,
    road: Rc<EvilRelay>,
    anna: Desk,
    bram: Desk,
    address: DossierAddress,
}

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let road = EvilRelay::new(Rc::clone(&world));
        let transport: Rc<dyn Transport> = road.clone();
        let plan = two_people(&world);
        let mut founding = found(&world, &plan, transport.clone(), Shelf::plain());
        founding.founder.pump();
        let mut bram = founding
            .desks(&transport, &world.clock, Shelf::plain)
            .remove(0);
        let mut anna = founding.founder;
        bram.pump();
        anna.sync();
        let address = opened(&mut anna);
        bram.sync();
        Self {
            world,
            road,
            anna,
            bram,
            address,
        }
    }

    /// Both look at the relay until neither has anything to say.
    fn round(&mut self) {
        for _ in 0..3 {
            self.anna.sync();
            self.bram.sync();
        }
    }

    /// Days go by in which both work.
    fn days(&mut self, days: u64) {
        for _ in 0..days {
            self.world.clock.pass(DAY);
            for desk in [&mut self.anna, &mut self.bram] {
                desk.engine.poke_all();
                desk.pump();
            }
        }
    }

    fn loot(&self) -> Loot {
        Loot::of(&self.road, &[&self.anna, &self.bram])
    }

    fn calm(&self) {
        self.anna.assert_calm();
        self.bram.assert_calm();
    }
}

fn opened(desk: &mut Desk) -> DossierAddress {
    let (now, rng) = (desk.clock.now(), &mut desk.rng);
    let made = desk
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &[], now, rng);
    desk.pump();
    made.unwrap()
}

fn add(desk: &mut Desk, address: DossierAddress, contact: Contact) -> PersonId {
    let now = desk.clock.now();
    let facts = facts(PersonRole::Affected);
    let added = desk
        .engine
        .add_person(address, facts, Some(contact), now, &mut desk.rng);
    desk.pump();
    added.unwrap()
}

fn close(desk: &mut Desk, address: DossierAddress) {
    let now = desk.clock.now();
    let closed = desk
        .engine
        .close_dossier(address, closing(), None, now, &mut desk.rng);
    closed.unwrap();
    desk.pump();
}

/// Reads somebody's contact data, as whoever opens the page of people.
fn read(desk: &mut Desk, address: DossierAddress, id: PersonId) -> Option<Contact> {
    desk.engine.look_at_people(address);
    desk.pump();
    match desk.engine.contact(&address, &id) {
        ContactState::Open(contact) => Some(contact.clone()),
        _ => None,
    }
}

#[test]
fn a_colleague_reads_contact_data_and_nothing_at_rest_holds_it() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene.round();
    assert_eq!(read(&mut scene.anna, scene.address, id), Some(contact()));
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(contact()));
    scene.calm();
    scene.world.assert_disk_lacks(&[NAME, PHONE]);
    for desk in [&scene.anna, &scene.bram] {
        for row in desk.shelf.bytes() {
            let holds = |text: &str| row.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!holds(NAME) && !holds(PHONE), "rows in the open hold it");
        }
    }
    scene.bram.crash();
    assert_eq!(
        scene.bram.engine.contact(&scene.address, &id),
        ContactState::Shut
    );
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(contact()));
}

#[test]
fn an_edit_takes_the_place_of_what_was_there() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene.round();
    let mut other = contact();
    other.phone = "010 1234567".into();
    let set = scene
        .bram
        .engine
        .set_contact(scene.address, id, other.clone());
    set.unwrap();
    assert!(matches!(
        scene.bram.engine.contact(&scene.address, &id),
        ContactState::Saving(_)
    ));
    scene.round();
    assert_eq!(
        read(&mut scene.anna, scene.address, id),
        Some(other.clone())
    );
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(other));
    // Who has the page open sees it change.
    let mut third = contact();
    third.phone = "030 7654321".into();
    let set = scene
        .anna
        .engine
        .set_contact(scene.address, id, third.clone());
    set.unwrap();
    scene.round();
    assert!(matches!(
        scene.bram.engine.contact(&scene.address, &id),
        ContactState::Open(shown) if *shown == third
    ));
    scene.calm();
}

#[test]
fn of_two_edits_at_once_the_later_one_holds() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene.round();
    for (desk, phone) in [(&mut scene.anna, "1"), (&mut scene.bram, "2")] {
        let mut other = contact();
        other.phone = phone.into();
        desk.engine.set_contact(scene.address, id, other).unwrap();
    }
    scene.round();
    let mine = read(&mut scene.anna, scene.address, id).unwrap();
    assert_eq!(mine.phone, "2");
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(mine));
    scene.calm();
}

#[test]
fn without_a_connection_contact_data_waits_in_memory_only() {
    let mut scene = Scene::new();
    scene.anna.transport = Rc::new(Nowhere);
    let id = add(&mut scene.anna, scene.address, contact());
    assert_eq!(scene.anna.engine.contacts_pending_in(&scene.address), 1);
    for row in scene.anna.shelf.bytes() {
        assert!(!row.windows(NAME.len()).any(|part| part == NAME.as_bytes()));
    }
    scene.anna.transport = scene.road.clone();
    scene.round();
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(contact()));
}

struct Nowhere;
impl Transport for Nowhere {
    fn send(&self, _: &str, _: &[u8], _: Option<&str>) -> Reply {
        Reply::Lost
    }
}

#[test]
fn one_person_is_kept_for_a_day_on_the_road() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    let (now, anna) = (scene.world.clock.now(), &mut scene.anna);
    anna.engine
        .pin_contact(scene.address, id, now, &mut anna.rng)
        .unwrap();
    anna.keep();
    for row in anna.shelf.bytes() {
        assert!(!row.windows(NAME.len()).any(|part| part == NAME.as_bytes()));
    }
    anna.transport = Rc::new(Nowhere);
    scene.world.clock.pass(DAY - 60);
    anna.crash();
    assert!(matches!(
        anna.engine.contact(&scene.address, &id),
        ContactState::Open(_)
    ));
    scene.world.clock.pass(120);
    anna.crash();
    assert_eq!(anna.engine.contact(&scene.address, &id), ContactState::Shut);
    assert_eq!(anna.engine.pinned(&scene.address, &id), None);
}

#[test]
fn contact_data_outlives_months_of_work() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene.round();
    scene.days(70);
    scene.bram.crash();
    scene.round();
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(contact()));
    assert_eq!(read(&mut scene.anna, scene.address, id), Some(contact()));
    for desk in [&scene.anna, &scene.bram] {
        let months = desk.shelf.rows_of(sluis_protocol::vault::Store(4));
        assert!(months.len() <= 2, "old month keys are gone");
    }
}

#[test]
fn whoever_was_away_for_months_reads_it_when_back() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene.anna.sync();
    for _ in 0..80 {
        scene.world.clock.pass(DAY);
        scene.anna.engine.poke_all();
        scene.anna.pump();
    }
    scene.bram.crash();
    scene.bram.engine.poke_all();
    scene.round();
    scene.round();
    assert_eq!(read(&mut scene.bram, scene.address, id), Some(contact()));
    scene.bram.assert_calm();
}

#[test]
fn whoever_is_let_in_to_write_reads_it_and_whoever_only_reads_does_not() {
    let world = World::new();
    let people: &[(&str, &[Role])] = &[("Anna Proef", &[Role::Director, Role::CaseManager])];
    let guests: &[(&str, &[Role])] = &[("Fleur Proef", &[Role::Director, Role::CaseManager])];
    let plan = plan(&world, &[("Centrum", people), ("Roeibond", guests)]);
    let transport: Rc<dyn Transport> = world.clone();
    let mut founding = found(&world, &plan, transport.clone(), Shelf::plain());
    founding.founder.pump();
    let mut fleur = founding
        .desks(&transport, &world.clock, Shelf::plain)
        .remove(0);
    let mut anna = founding.founder;
    fleur.pump();
    anna.sync();
    anna.agree_with_all();
    fleur.sync();
    let address = opened(&mut anna);
    let id = add(&mut anna, address, contact());
    let party = {
        let member = fleur.engine.device().member;
        sluis_protocol::engine::Party::Member(member)
    };
    for (right, expected) in [
        (sluis_protocol::dossier::Right::Reader, None),
        (sluis_protocol::dossier::Right::Writer, Some(contact())),
    ] {
        let now = world.clock.now();
        anna.engine
            .share(address, party, right, Terms::default(), now, &mut anna.rng)
            .unwrap();
        for _ in 0..4 {
            anna.sync();
            fleur.sync();
        }
        assert_eq!(read(&mut fleur, address, id), expected, "{right:?}");
    }
    let now = world.clock.now();
    anna.engine
        .unshare(address, party, now, &mut anna.rng)
        .unwrap();
    for _ in 0..3 {
        anna.sync();
        fleur.sync();
    }
    assert!(
        fleur
            .shelf
            .rows_of(sluis_protocol::vault::Store(30))
            .is_empty()
    );
    assert_eq!(fleur.engine.contact(&address, &id), ContactState::Shut);
}

#[test]
fn a_respondent_has_a_role_and_no_contact_data() {
    let mut scene = Scene::new();
    let now = scene.world.clock.now();
    let added = scene.anna.engine.add_person(
        scene.address,
        facts(PersonRole::Respondent),
        Some(contact()),
        now,
        &mut scene.anna.rng,
    );
    assert!(matches!(added, Err(ActError::Refused(_))));
}

#[test]
fn one_persons_data_goes_before_the_dossier_closes() {
    let mut scene = Scene::new();
    let (first, second) = (
        add(&mut scene.anna, scene.address, contact()),
        add(&mut scene.anna, scene.address, contact()),
    );
    scene.round();
    scene
        .bram
        .engine
        .erase_contact(scene.address, first)
        .unwrap();
    scene.round();
    assert!(matches!(
        scene.anna.engine.contact(&scene.address, &first),
        ContactState::Erased(..)
    ));
    assert_eq!(
        read(&mut scene.anna, scene.address, second),
        Some(contact())
    );
    let again = scene
        .anna
        .engine
        .set_contact(scene.address, first, contact());
    assert!(matches!(again, Err(ActError::Refused(_))));
    scene.calm();
}

#[test]
fn closing_destroys_contact_data_and_every_device_says_so() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene
        .anna
        .act(scene.address, Command::Note(Lane::Team, "@p1 belde".into()));
    scene.round();
    close(&mut scene.anna, scene.address);
    let early = scene.anna.engine.shredding(&scene.address).unwrap();
    assert_eq!((early.done, early.devices), (1, 2));
    scene.round();
    for desk in [&mut scene.anna, &mut scene.bram] {
        let state = desk.engine.dossier(&scene.address).unwrap().state();
        assert_eq!(state.status(), Status::Closed);
        assert_eq!(state.notes().len(), 1, "the text stays");
        let ContactState::Erased(_, erased) = desk.engine.contact(&scene.address, &id) else {
            panic!("erased")
        };
        let receipt = sluis_wire::codec::decode(&erased.receipt, erased.receipt.len()).unwrap();
        assert!(desk.engine.is_receipt(&scene.address, &receipt));
        let all = desk.engine.shredding(&scene.address).unwrap();
        assert_eq!((all.done, all.devices), (2, 2));
        assert!(
            desk.shelf
                .rows_of(sluis_protocol::vault::Store(30))
                .is_empty()
        );
    }
    scene.calm();
    // Taken up again, the dossier is open and the data stays gone.
    scene.bram.act(scene.address, Command::Reopen);
    scene.round();
    assert_eq!(read(&mut scene.bram, scene.address, id), None);
    assert_eq!(scene.bram.engine.shredding(&scene.address), None);
}

#[test]
fn what_people_noted_for_themselves_loses_the_names_that_their_own_device_knows() {
    let mut scene = Scene::new();
    let id = add(&mut scene.anna, scene.address, contact());
    scene.round();
    assert_eq!(
        read(&mut scene.bram, scene.address, id),
        Some(contact()),
        "it is open before his eyes"
    );
    for desk in [&mut scene.anna, &mut scene.bram] {
        let now = desk.clock.now();
        let text = format!("{NAME} terugbellen op {PHONE}");
        desk.engine
            .note_for_me(scene.address, text, now, &mut desk.rng)
            .unwrap();
        desk.pump();
    }
    close(&mut scene.anna, scene.address);
    scene.round();
    for desk in [&mut scene.anna, &mut scene.bram] {
        let own = desk.engine.private_of(&scene.address);
        let notes = desk.engine.dossier(&own[0]).unwrap().state().notes();
        assert_eq!(notes[0].1.text, "@p1 terugbellen op @p1");
    }
    scene.calm();
}

#[test]
fn a_device_that_dies_between_the_servers_word_and_the_event_finishes_closing() {
    let mut scene = Scene::new();
    add(&mut scene.anna, scene.address, contact());
    scene.round();
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    anna.engine
        .close_dossier(scene.address, closing(), None, now, &mut anna.rng)
        .unwrap();
    loop {
        let next = anna.next().unwrap();
        let reply = anna.transmit(&next);
        if next.path == PeopleErase::PATH {
            break;
        }
        anna.take(next.step, &reply);
    }
    anna.crash();
    scene.round();
    let state = scene.bram.engine.dossier(&scene.address).unwrap().state();
    assert_eq!(state.status(), Status::Closed);
    scene.calm();
}

#[test]
fn the_attack_works_while_a_dossier_is_open() {
    let mut scene = Scene::new();
    for _ in 0..3 {
        add(&mut scene.anna, scene.address, contact());
    }
    scene.round();
    assert_eq!(recovered(&scene.loot()), 3, "or it would show nothing");
}

/// Goal 6: everything that the relay ever held and all vaults unlocked, after closing and month's turn; and before the turn, with what an honest
/// relay has left.
#[test]
fn of_a_thousand_records_none_comes_back_after_closing() {
    const DOSSIERS: usize = 20;
    const PEOPLE: usize = 50;
    let mut scene = Scene::new();
    let mut dossiers = vec![scene.address];
    dossiers.extend((1..DOSSIERS).map(|_| opened(&mut scene.anna)));
    for address in &dossiers {
        for number in 0..PEOPLE {
            let mut one = contact();
            one.phone = format!("06 {number:08}");
            let now = scene.world.clock.now();
            let anna = &mut scene.anna;
            let facts = facts(PersonRole::Witness);
            anna.engine
                .add_person(*address, facts, Some(one), now, &mut anna.rng)
                .unwrap();
        }
        scene.anna.pump();
    }
    scene.round();
    let puts: Vec<PersonPut> = scene.road.requests();
    assert_eq!(puts.len(), DOSSIERS * PEOPLE);
    for address in &dossiers {
        close(&mut scene.anna, *address);
    }
    scene.round();
    scene.calm();

    // Before the turn: the honest relay's files.
    let mut left = 0;
    for address in &dossiers {
        let rows = scene.world.wait(scene.world.app().store().people(*address));
        left += rows
            .unwrap()
            .iter()
            .filter(|row| !row.record.is_empty())
            .count();
    }
    assert_eq!(left, 0, "records at the relay");
    let marks: HashSet<[u8; 16]> = puts
        .iter()
        .flat_map(|put| [&put.share[..], &put.record[20..52]])
        .map(|bytes| bytes[..16].try_into().unwrap())
        .collect();
    let start = |bytes: &[u8]| usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    let mut first = vec![false; 1 << 16];
    for mark in &marks {
        first[start(mark)] = true;
    }
    scene.world.stop();
    for (path, bytes) in scene.world.disk() {
        let mut places = bytes.windows(16);
        let found = places.any(|part| first[start(part)] && marks.contains(part));
        assert!(!found, "{}", path.display());
    }
    scene.world.restart();

    // After the turn: everything that went over the road at any time.
    scene.days(40);
    let loot = scene.loot();
    assert_eq!(loot.records(), DOSSIERS * PEOPLE);
    assert_eq!(recovered(&loot), 0);
}
