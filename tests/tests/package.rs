//! A dossier goes to another deployment as a file: what was chosen and nothing else, opened by its words, a new dossier of whoever takes it in.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::rc::Rc;

use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::{Lane, PackageTaken, PartOf};
use sluis_domain::people::{Facts, PersonRole};
use sluis_domain::view::{HistoryKind, history};
use sluis_domain::vocabulary::Field;
use sluis_e2e::harness::{
    Desk, Reporter, Shelf, Transport, World, chance, found, one_person, two_people,
};
use sluis_protocol::contact::Contact;
use sluis_protocol::engine::{ActError, PackChoice, PackError, Work};
use sluis_protocol::package::{Package, Packed};
use sluis_protocol::words::Code;
use sluis_wire::address::DossierAddress;

const NAME: &str = "Lotte Voorbeeld";
const PHONE: &str = "06 00 00 00 09";

struct Stage {
    _world: Rc<World>,
    anna: Desk,
    address: DossierAddress,
}

/// Anna of a centre with a report, its people, a reply and notes.
fn begin() -> Stage {
    let world = World::new();
    let road: Rc<dyn Transport> = world.clone();
    let founding = found(&world, &two_people(&world), road.clone(), Shelf::plain());
    let (mut anna, mut bram) = founding.pair(&road, &world.clock);
    for desk in [&mut anna, &mut bram] {
        desk.engine.poke_all();
        desk.pump();
    }
    let genesis = anna.engine.genesis();
    let mut reporter = Reporter::new(genesis, world.clone(), world.clock.clone(), 5);
    let line = anna.engine.organisation().unwrap().name.clone();
    reporter.write(&line, "Er is iets gebeurd met mij.");
    world.clock.pass(60);
    anna.engine.poke_all();
    anna.pump();
    let address = anna.only_dossier();
    for (role, contact) in [(PersonRole::Witness, false), (PersonRole::Affected, true)] {
        let facts = Facts {
            role,
            capacity: "roeier".into(),
            minor: Some(false),
        };
        let contact = contact.then(|| Contact {
            name: NAME.into(),
            phone: PHONE.into(),
            email: String::new(),
            address: String::new(),
        });
        let now = anna.clock.now();
        let added = anna
            .engine
            .add_person(address, facts, contact, now, &mut anna.rng);
        added.unwrap();
    }
    anna.reply(address, "Dank je wel.");
    // The first person leaves the list: numbers have a gap.
    let listed = anna
        .engine
        .dossier(&address)
        .unwrap()
        .state()
        .people()
        .listed();
    let first = listed.first().unwrap().0;
    anna.act(address, Command::RemovePerson(first));
    anna.act(
        address,
        Command::Note(Lane::Team, "@p2 belde terug.".into()),
    );
    anna.act(address, Command::Set(Field::Happened("@p2 viel.".into())));
    anna.act(address, Command::Set(Field::Club("RV De Zwaan".into())));
    anna.sync();
    let now = anna.clock.now();
    let own = "Alleen voor mij.";
    anna.engine
        .note_for_me(address, own.into(), now, &mut anna.rng)
        .unwrap();
    anna.sync();
    anna.engine.look_at_people(address);
    anna.sync();
    Stage {
        _world: world,
        anna,
        address,
    }
}

/// Another deployment, whose only person takes packages in.
fn elsewhere() -> (Rc<World>, Desk) {
    let world = World::new();
    let road: Rc<dyn Transport> = world.clone();
    let mut founding = found(&world, &one_person(&world), road, Shelf::plain());
    founding.founder.engine.poke_all();
    founding.founder.pump();
    (world, founding.founder)
}

fn code() -> Code {
    Code::generate(&mut chance(11))
}

impl Stage {
    fn pack(&mut self, choice: &PackChoice) -> Result<Package, PackError> {
        let (now, anna) = (self.anna.clock.now(), &mut self.anna);
        let file = anna
            .engine
            .pack(self.address, choice, &code(), now, &mut anna.rng)?;
        anna.keep();
        Ok(Package::open(&file, &code()).unwrap())
    }

    fn log(&self) -> Vec<HistoryKind> {
        kinds(self.anna.engine.dossier(&self.address).unwrap())
    }
}

fn kinds(work: &Work) -> Vec<HistoryKind> {
    let lines = history(work.replica().log()).into_iter();
    lines.map(|line| line.what).collect()
}

fn only(package: &Package) -> &Packed {
    package.dossiers.first().unwrap()
}

fn choice(conversation: bool, notes: bool, contacts: Option<&str>) -> PackChoice {
    PackChoice {
        conversation,
        notes,
        contacts: contacts.map(Into::into),
    }
}

#[test]
fn only_what_was_chosen_goes_along_and_the_log_says_so() {
    let mut stage = begin();
    let bare = stage.pack(&choice(false, false, None)).unwrap();
    assert_eq!(only(&bare).entries, []);
    assert!(only(&bare).people.iter().all(|one| one.contact.is_none()));
    assert_eq!(
        only(&bare)
            .people
            .iter()
            .map(|one| one.number)
            .collect::<Vec<_>>(),
        [2]
    );
    let all = stage.pack(&choice(true, true, Some("overdracht"))).unwrap();
    let said: Vec<PartOf> = only(&all).entries.iter().map(|entry| entry.of).collect();
    assert_eq!(said.len(), 3);
    for of in [PartOf::Message, PartOf::Reply, PartOf::Note] {
        assert!(said.contains(&of));
    }
    let contact = only(&all).people.first().unwrap().contact.clone().unwrap();
    assert_eq!(
        (contact.name.as_str(), contact.phone.as_str()),
        (NAME, PHONE)
    );
    let texts = format!("{all:?}");
    assert!(!texts.contains("Alleen voor mij"));
    let log = stage.log();
    assert!(log.contains(&HistoryKind::PackageMade(false)));
    assert!(log.contains(&HistoryKind::PackageMade(true)));
}

#[test]
fn contact_data_does_not_go_without_a_reason() {
    let mut stage = begin();
    let before = stage.log().len();
    let refused = stage.pack(&choice(true, true, Some("  ")));
    let wanted = PackError::Act(ActError::Refused(Refusal::Empty));
    assert_eq!(refused, Err(wanted));
    assert_eq!(stage.log().len(), before);
}

#[test]
fn what_comes_in_is_a_new_dossier_of_whoever_takes_it_in() {
    let mut stage = begin();
    let package = stage.pack(&choice(true, true, Some("overdracht"))).unwrap();
    let (world, mut vera) = elsewhere();
    let packed = only(&package);
    let heads: Vec<String> = packed
        .entries
        .iter()
        .map(|entry| format!("Uit een pakket, van {}", entry.author))
        .collect();
    let now = vera.clock.now();
    let made = vera
        .engine
        .unpack(&package, packed, &heads, now, &mut vera.rng);
    let address = made.unwrap();
    vera.keep();
    vera.sync();
    vera.assert_calm();
    assert_ne!(address, stage.address);
    let work = vera.engine.dossier(&address).unwrap();
    let known = work.state();
    let came = PackageTaken {
        organisation: package.organisation.clone(),
        made: package.made,
        number: packed.number.clone(),
    };
    assert_eq!(known.came_from(), Some(&came));
    assert!(kinds(work).contains(&HistoryKind::PackageTaken));
    // People are counted anew, and texts point to them by their new numbers.
    assert_eq!(known.fields().happened, "@p1 viel.");
    assert_eq!(known.fields().club, "RV De Zwaan");
    let notes: Vec<&str> = known
        .notes()
        .iter()
        .map(|(_, note)| note.text.as_str())
        .collect();
    assert_eq!(notes.len(), 3);
    assert!(
        notes
            .iter()
            .all(|note| note.starts_with("Uit een pakket, van "))
    );
    assert!(
        notes
            .iter()
            .any(|note| note.ends_with("\n@p1 belde terug."))
    );
    // Nobody of the other deployment is an author here, and nobody can be answered.
    let me = vera.engine.device().id;
    let log = work.replica().log().ordered();
    assert!(log.iter().all(|entry| entry.author.0 == me.0));
    assert!(!known.can_reply());
    // How to reach people is sealed apart here too.
    assert_eq!(known.people().with_contact().count(), 1);
    world.assert_disk_lacks(&[NAME, PHONE, "De Zwaan"]);
}
