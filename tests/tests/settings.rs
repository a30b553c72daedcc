//! Settings of organisations through the real relay: the table of subcategories keeps old meanings, and respondents are named only where directors
//! have said so.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::rc::Rc;

use sluis_directory::class::{ClassChange, ClassEdit};
use sluis_directory::entry::{LegalGround, Op, Role};
use sluis_directory::maker::sign_entry;
use sluis_domain::classes::{ClassName, ClassNames};
use sluis_domain::command::{Command, Refusal};
use sluis_domain::ids::PersonId;
use sluis_domain::people::{Facts, PersonRole};
use sluis_domain::vocabulary::{Category, Field, Kind, Origin, Subcategory};
use sluis_e2e::harness::{Desk, Shelf, Transport, World, found, plan};
use sluis_protocol::contact::Contact;
use sluis_protocol::engine::{ActError, ClassWish, ContactState, OfficeError, Step};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{DirectoryAppend, Problem};

const NAME: &str = "Kanarie Vogelzang";
const REASONS: &str = "Kanariebesluit van het bestuur";
const CATEGORY: Category = Category::Transgressive;

/// The centre with Anna, who directs it, and Bram; a federation with Fleur, who directs that.
struct Scene {
    world: Rc<World>,
    anna: Desk,
    bram: Desk,
    fleur: Desk,
}

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let both: &[Role] = &[Role::Director, Role::CaseManager];
        let centre = [("Anna", both), ("Bram", &[Role::CaseManager])];
        let federation = [("Fleur", both)];
        let plan = plan(&world, &[("Centrum", &centre), ("Roeibond", &federation)]);
        let transport: Rc<dyn Transport> = world.clone();
        let mut founding = found(&world, &plan, transport.clone(), Shelf::plain());
        founding.founder.pump();
        let mut others = founding.desks(&transport, &world.clock, Shelf::plain);
        let (fleur, bram) = (others.pop().unwrap(), others.pop().unwrap());
        let mut scene = Self {
            world,
            anna: founding.founder,
            bram,
            fleur,
        };
        scene.round();
        scene
    }

    fn round(&mut self) {
        self.world.clock.pass(60);
        for _ in 0..2 {
            for desk in [&mut self.anna, &mut self.bram, &mut self.fleur] {
                desk.engine.poke_all();
                desk.sync();
            }
        }
    }

    fn calm(&mut self) {
        for desk in [&mut self.anna, &mut self.bram, &mut self.fleur] {
            assert_eq!(desk.engine.office_pending(), 0);
            assert_eq!(desk.engine.take_office_refused(), None);
            desk.assert_calm();
        }
    }
}

fn names(name: &str) -> ClassNames {
    ClassNames {
        dutch: name.into(),
        english: format!("{name} (en)"),
    }
}

fn edit(desk: &mut Desk, wish: ClassWish) -> Result<(), OfficeError> {
    let now = desk.clock.now();
    desk.engine.edit_classes(wish, now)
}

fn opened(desk: &mut Desk) -> DossierAddress {
    let (now, rng) = (desk.clock.now(), &mut desk.rng);
    let made = desk
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &[], now, rng);
    desk.pump();
    made.unwrap()
}

fn classify(desk: &mut Desk, address: DossierAddress, sub: Subcategory) -> Result<(), ActError> {
    let now = desk.clock.now();
    let value = Field::Classification(Some((CATEGORY, Some(sub))));
    let set = Command::Set(value);
    let done = desk.engine.act(address, set, now, &mut desk.rng);
    desk.pump();
    done.map(|_| ())
}

/// What a dossier is classified as here, in words.
fn called(desk: &Desk, address: &DossierAddress) -> Option<String> {
    let fields = desk.engine.dossier(address)?.state().fields();
    let sub = fields.classification?.1?;
    match desk.engine.classes().called(sub) {
        ClassName::Own(names) => Some(names.dutch.clone()),
        ClassName::BuiltIn(known) => Some(format!("{known:?}")),
        ClassName::Unknown(_) => None,
    }
}

fn offered(desk: &Desk) -> Vec<u16> {
    let offered = desk.engine.classes().offered(CATEGORY).into_iter();
    offered.map(Subcategory::code).collect()
}

#[test]
fn a_dossier_keeps_the_words_of_the_version_that_it_was_classified_with() {
    let mut scene = Scene::new();
    let before = opened(&mut scene.bram);
    classify(&mut scene.bram, before, Subcategory::Bullying).unwrap();
    edit(
        &mut scene.anna,
        ClassWish::Add(CATEGORY, names(" Ontgroening ")),
    )
    .unwrap();
    let bullying = Subcategory::Bullying.code();
    let rename = ClassWish::Rename(bullying, names("Pesten en buitensluiten"));
    edit(&mut scene.anna, rename).unwrap();
    assert_eq!(scene.anna.engine.office_pending(), 2);
    scene.anna.keep();
    scene.anna.crash();
    scene.round();
    let classes = scene.fleur.engine.classes();
    assert_eq!(classes, scene.bram.engine.classes());
    let hazing = *offered(&scene.bram).iter().max().unwrap();

    let address = opened(&mut scene.bram);
    let chosen = Subcategory::at(hazing, classes.version());
    classify(&mut scene.bram, address, chosen).unwrap();
    edit(
        &mut scene.anna,
        ClassWish::Rename(hazing, names("Inwijding")),
    )
    .unwrap();
    scene.round();
    edit(&mut scene.anna, ClassWish::Retire(hazing)).unwrap();
    scene.round();

    for desk in [&scene.anna, &scene.bram] {
        assert_eq!(called(desk, &address).as_deref(), Some("Ontgroening"));
        assert_eq!(called(desk, &before).as_deref(), Some("Bullying"));
        assert!(!offered(desk).contains(&hazing));
        assert!(desk.engine.classes().is_retired(chosen));
    }
    // What is retired is chosen no more; what was chosen may be said again as it was.
    let classes = scene.bram.engine.classes();
    let late = classify(&mut scene.bram, before, classes.newest(chosen));
    assert!(matches!(late, Err(ActError::Refused(Refusal::NotOffered))));
    let misfit = Field::Classification(Some((Category::Integrity, Some(chosen))));
    let now = scene.world.clock.now();
    let bram = &mut scene.bram;
    let misfit = bram
        .engine
        .act(before, Command::Set(misfit), now, &mut bram.rng);
    assert!(matches!(
        misfit,
        Err(ActError::Refused(Refusal::CategoryDoesNotFit))
    ));
    scene.calm();
}

#[test]
fn a_desk_that_has_not_heard_of_an_edit_keeps_what_it_knew_and_says_it_in_those_words() {
    let mut scene = Scene::new();
    edit(&mut scene.anna, ClassWish::Add(CATEGORY, names("Nieuw"))).unwrap();
    scene.anna.pump();
    let code = *offered(&scene.anna).iter().max().unwrap();
    let sub = Subcategory::at(code, 1);
    // Bram does not know it yet, and cannot choose it.
    let address = opened(&mut scene.bram);
    let early = classify(&mut scene.bram, address, sub);
    assert!(matches!(early, Err(ActError::Refused(Refusal::NotOffered))));
    scene.round();
    classify(&mut scene.bram, address, sub).unwrap();
    edit(&mut scene.anna, ClassWish::Retire(code)).unwrap();
    scene.anna.pump();
    // Nor that it is gone: what he says was so in the version that he names.
    let other = opened(&mut scene.bram);
    let known = scene.bram.engine.classes().newest(sub);
    classify(&mut scene.bram, other, known).unwrap();
    scene.round();
    for dossier in [address, other] {
        assert_eq!(called(&scene.anna, &dossier).as_deref(), Some("Nieuw"));
    }
    scene.calm();
}

#[test]
fn nobody_but_a_director_of_the_centre_edits_the_table() {
    let mut scene = Scene::new();
    let wish = || ClassWish::Add(CATEGORY, names("Eigen"));
    let refused = Err(OfficeError::NotAllowed);
    assert_eq!(edit(&mut scene.bram, wish()), refused, "a member");
    assert_eq!(edit(&mut scene.fleur, wish()), refused, "another director");
    // Something else belongs to every category, and what does not exist has no other name.
    for code in [Subcategory::Other.code(), 300] {
        let rename = edit(&mut scene.anna, ClassWish::Rename(code, names("Eigen")));
        assert!(matches!(rename, Err(OfficeError::Refused(_))));
    }
    let empty = edit(&mut scene.anna, ClassWish::Add(CATEGORY, names("")));
    assert!(matches!(empty, Err(OfficeError::Refused(_))));

    // Past the engine, the relay and every desk refuse it too.
    let directory = scene.fleur.engine.directory().unwrap();
    let edit = ClassEdit {
        version: 1,
        category: 0,
        code: 256,
        change: ClassChange::Named {
            dutch: "Eigen".into(),
            english: "Own".into(),
        },
    };
    let entry = directory.next_entry(Op::Classification(edit), scene.world.clock.now());
    for signer in [&scene.fleur, &scene.bram] {
        let frame = sign_entry(&entry, &[&signer.engine.device().sign]).unwrap();
        assert!(directory.clone().apply(&frame).is_err());
        let sent = scene.world.call(&DirectoryAppend {
            entries: vec![frame],
        });
        assert!(matches!(sent, Err(problem) if problem != Problem::Conflict));
    }
    scene.round();
    assert_eq!(scene.anna.engine.classes().version(), 0);
    scene.calm();
}

#[test]
fn who_is_first_edits_the_table_and_who_is_second_is_told() {
    let mut scene = Scene::new();
    edit(&mut scene.anna, ClassWish::Add(CATEGORY, names("Mijn"))).unwrap();
    // The same director, at another desk, was first.
    let directory = scene.anna.engine.directory().unwrap();
    let first = ClassEdit {
        version: 1,
        category: 0,
        code: 256,
        change: ClassChange::Named {
            dutch: "Eerder".into(),
            english: "Earlier".into(),
        },
    };
    let entry = directory.next_entry(Op::Classification(first), scene.world.clock.now());
    let frame = sign_entry(&entry, &[&scene.anna.engine.device().sign]).unwrap();
    let entries = vec![frame];
    scene.world.call(&DirectoryAppend { entries }).unwrap();
    scene.anna.sync();
    scene.anna.sync();
    let refused = Some(OfficeError::Refused(sluis_directory::Error::VersionNotNext));
    assert_eq!(scene.anna.engine.take_office_refused(), refused);
    assert_eq!(scene.anna.engine.office_pending(), 0);
    assert_eq!(scene.anna.engine.classes().version(), 1);
    edit(&mut scene.anna, ClassWish::Add(CATEGORY, names("Mijn"))).unwrap();
    scene.round();
    assert_eq!(scene.fleur.engine.classes().version(), 2);
    scene.calm();
}

fn contact() -> Contact {
    Contact {
        name: NAME.into(),
        phone: String::new(),
        email: String::new(),
        address: String::new(),
    }
}

fn facts(role: PersonRole) -> Facts {
    Facts {
        role,
        capacity: "trainer".into(),
        minor: Some(false),
    }
}

fn accuse(
    desk: &mut Desk,
    address: DossierAddress,
    contact: Option<Contact>,
) -> Result<PersonId, ActError> {
    let now = desk.clock.now();
    let facts = facts(PersonRole::Respondent);
    let rng = &mut desk.rng;
    let added = desk.engine.add_person(address, facts, contact, now, rng);
    desk.pump();
    added
}

fn switch(desk: &mut Desk, ground: Option<LegalGround>) -> Result<(), OfficeError> {
    let now = desk.clock.now();
    let reasons = if ground.is_some() { REASONS } else { "" };
    let rng = &mut desk.rng;
    desk.engine.set_respondents(ground, reasons, now, rng)
}

fn is_unnamed<T>(done: &Result<T, ActError>) -> bool {
    matches!(done, Err(ActError::Refused(Refusal::RespondentUnnamed)))
}

fn read(desk: &mut Desk, address: DossierAddress, id: PersonId) -> Option<Contact> {
    desk.engine.look_at_people(address);
    desk.pump();
    match desk.engine.contact(&address, &id) {
        ContactState::Open(contact) => Some(contact.clone()),
        _ => None,
    }
}

#[test]
fn a_respondent_is_named_only_while_the_policy_of_the_own_organisation_says_so() {
    let mut scene = Scene::new();
    let address = opened(&mut scene.bram);
    let of_bond = opened(&mut scene.fleur);
    assert!(is_unnamed(&accuse(
        &mut scene.bram,
        address,
        Some(contact())
    )));
    assert_eq!(
        switch(&mut scene.bram, Some(LegalGround::Interest)),
        Err(OfficeError::NotAllowed)
    );
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    let silent = anna
        .engine
        .set_respondents(Some(LegalGround::Interest), " ", now, &mut anna.rng);
    assert!(silent.is_err(), "switching on takes reasons");
    switch(&mut scene.anna, Some(LegalGround::Interest)).unwrap();
    scene.round();
    let centre = scene.bram.engine.organisation().unwrap().id;
    let directory = scene.bram.engine.directory().unwrap();
    let policy = directory.respondents(&centre).unwrap();
    assert_eq!(policy.ground, Some(LegalGround::Interest));
    assert_eq!(scene.bram.engine.reasons_in(policy), REASONS);

    let id = accuse(&mut scene.bram, address, Some(contact())).unwrap();
    scene.round();
    assert_eq!(read(&mut scene.anna, address, id), Some(contact()));
    assert!(
        is_unnamed(&accuse(&mut scene.fleur, of_bond, Some(contact()))),
        "the federation decides for itself"
    );

    switch(&mut scene.anna, None).unwrap();
    scene.round();
    let changed = scene.bram.engine.set_contact(address, id, contact());
    assert!(is_unnamed(&changed));
    assert!(is_unnamed(&accuse(
        &mut scene.bram,
        address,
        Some(contact())
    )));
    accuse(&mut scene.bram, address, None).unwrap();
    // What was noted meanwhile stays, and facts about the same person may change, until it is destroyed.
    let capacity = Facts {
        capacity: "hoofdtrainer".into(),
        ..facts(PersonRole::Respondent)
    };
    scene.bram.act(address, Command::ChangePerson(id, capacity));
    assert_eq!(read(&mut scene.anna, address, id), Some(contact()));
    scene.anna.engine.erase_contact(address, id).unwrap();
    scene.round();
    assert!(matches!(
        scene.bram.engine.contact(&address, &id),
        ContactState::Erased(..)
    ));
    scene.calm();
    scene.world.stop();
    scene.world.assert_disk_lacks(&["Kanarie"]);
}

#[test]
fn nobody_becomes_a_respondent_with_a_name_while_respondents_have_none() {
    let mut scene = Scene::new();
    let address = opened(&mut scene.anna);
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    let witness = facts(PersonRole::Witness);
    let rng = &mut anna.rng;
    let added = anna
        .engine
        .add_person(address, witness, Some(contact()), now, rng);
    let id = added.unwrap();
    anna.pump();
    let turn = Command::ChangePerson(id, facts(PersonRole::Respondent));
    let turned = anna.engine.act(address, turn.clone(), now, &mut anna.rng);
    assert!(matches!(
        turned,
        Err(ActError::Refused(Refusal::ContactLeft))
    ));
    switch(&mut scene.anna, Some(LegalGround::Membership)).unwrap();
    scene.round();
    scene.anna.act(address, turn);
    scene.calm();
}

#[test]
fn a_desk_with_an_old_view_of_the_policy_sends_nothing_once_it_knows_better() {
    let mut scene = Scene::new();
    let address = opened(&mut scene.bram);
    switch(&mut scene.anna, Some(LegalGround::Obligation)).unwrap();
    scene.round();
    // Off again, which Bram has not heard when he types.
    switch(&mut scene.anna, None).unwrap();
    scene.anna.pump();
    let now = scene.world.clock.now();
    let bram = &mut scene.bram;
    let known = bram.engine.add_person(
        address,
        facts(PersonRole::Respondent),
        Some(contact()),
        now,
        &mut bram.rng,
    );
    let id = known.unwrap();
    // Before anything leaves, a desk reads what is new.
    bram.sent.clear();
    bram.sync();
    let put = |step: &Step| matches!(step, Step::PersonPut(..));
    assert!(!bram.sent.iter().any(put), "sent though it knew better");
    scene.round();
    assert_eq!(scene.bram.engine.contact(&address, &id), ContactState::None);
    assert_eq!(scene.anna.engine.contact(&address, &id), ContactState::None);

    // The other way round: who has not heard that it is on waits until they have.
    switch(&mut scene.anna, Some(LegalGround::Obligation)).unwrap();
    scene.anna.pump();
    let early = scene.bram.engine.set_contact(address, id, contact());
    assert!(is_unnamed(&early));
    scene.round();
    scene
        .bram
        .engine
        .set_contact(address, id, contact())
        .unwrap();
    scene.round();
    // The record goes first, the event that names it after.
    scene.round();
    assert_eq!(read(&mut scene.anna, address, id), Some(contact()));
    scene.calm();
}
