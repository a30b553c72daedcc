//! What ties dossiers together, against the real router: notes for oneself, dossiers of one incident, a report that grows out of a question, and
//! dossiers that lie folded in memory.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::rc::Rc;

use sluis_directory::entry::Role;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::Lane;
use sluis_domain::vocabulary::{Field, Kind, Origin, Tie};
use sluis_e2e::harness::{Desk, Shelf, Transport, World, found, plan};
use sluis_protocol::dossier::{Recipient, Right};
use sluis_protocol::engine::{ActError, Party, Terms};
use sluis_wire::address::DossierAddress;

const SECRET: &str = "kanarie alleen voor Anna";

/// The centre with Anna and Bram; a federation with Fleur.
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
        let one: &[Role] = &[Role::CaseManager];
        let centre = [("Anna", both), ("Bram", one)];
        let federation = [("Fleur", both)];
        let plan = plan(&world, &[("Centrum", &centre), ("Roeibond", &federation)]);
        let transport: Rc<dyn Transport> = world.clone();
        let mut founding = found(&world, &plan, transport.clone(), Shelf::sealed());
        founding.founder.pump();
        let mut others = founding.desks(&transport, &world.clock, Shelf::plain);
        let (fleur, bram) = (others.pop().unwrap(), others.pop().unwrap());
        let mut scene = Self {
            world,
            anna: founding.founder,
            bram,
            fleur,
        };
        scene.sync();
        scene.anna.agree_with_all();
        scene.sync();
        scene
    }

    fn sync(&mut self) {
        self.world.clock.pass(60);
        for _ in 0..3 {
            for desk in [&mut self.anna, &mut self.bram, &mut self.fleur] {
                desk.sync();
            }
        }
    }

    fn open(&mut self, kind: Kind, story: &str) -> DossierAddress {
        let now = self.world.clock.now();
        let fields = [
            Field::FirstStory(story.into()),
            Field::Sport("Roeien".into()),
        ];
        let anna = &mut self.anna;
        let address = anna
            .engine
            .open_by_hand(kind, Origin::Phone, &fields, now, &mut anna.rng);
        self.sync();
        address.unwrap()
    }
}

fn note(desk: &mut Desk, about: DossierAddress, text: &str) {
    let now = desk.clock.now();
    let noted = desk
        .engine
        .note_for_me(about, text.into(), now, &mut desk.rng);
    noted.unwrap();
    desk.keep();
}

#[test]
fn a_note_for_oneself_is_read_by_its_author_alone() {
    let mut scene = Scene::new();
    let address = scene.open(Kind::Report, "verhaal");
    note(&mut scene.anna, address, SECRET);
    note(&mut scene.anna, address, "en nog een");
    scene.sync();
    let own = scene.anna.engine.private_of(&address);
    assert_eq!(own.len(), 1, "both notes lie in one place");
    let work = scene.anna.engine.dossier(&own[0]).unwrap();
    let texts: Vec<&str> = work
        .state()
        .notes()
        .iter()
        .map(|(_, note)| note.text.as_str())
        .collect();
    assert_eq!(texts, [SECRET, "en nog een"]);
    assert_eq!(work.pending(), 0, "it has been sent");
    let me = scene.anna.engine.device().member;
    let rights = work.rights();
    assert!(
        matches!(rights[..], [(Recipient::Member { member, .. }, Right::Steward)] if member == me),
        "{rights:?}"
    );
    for colleague in [&mut scene.bram, &mut scene.fleur] {
        assert!(colleague.engine.dossier(&own[0]).is_none());
        assert!(colleague.engine.private_of(&address).is_empty());
        colleague.assert_calm();
        let holds = |bytes: &Vec<u8>| {
            bytes
                .windows(SECRET.len())
                .any(|part| part == SECRET.as_bytes())
        };
        assert!(!colleague.shelf.bytes().iter().any(holds));
    }
    assert!(scene.bram.engine.dossier(&address).is_some());
}

#[test]
fn notes_for_oneself_come_back_after_unlocking_and_stay_with_their_dossier() {
    let mut scene = Scene::new();
    let address = scene.open(Kind::Report, "verhaal");
    note(&mut scene.anna, address, SECRET);
    scene.sync();
    scene.anna.crash();
    assert_eq!(scene.anna.engine.unfolded(), 0, "nothing was opened for it");
    let own = scene.anna.engine.private_of(&address);
    assert_eq!(own.len(), 1);
    assert_eq!(scene.anna.engine.all_private().get(&address), Some(&own));
    let work = scene.anna.engine.dossier(&own[0]).unwrap();
    assert_eq!(work.state().notes()[0].1.text, SECRET);
}

#[test]
fn dossiers_of_one_incident_name_each_other_and_those_that_i_cannot_read_stay_veiled() {
    let mut scene = Scene::new();
    let one = scene.open(Kind::Report, "een");
    let two = scene.open(Kind::Report, "twee");
    let three = scene.open(Kind::Report, "drie");
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    anna.engine.link(one, two, now, &mut anna.rng).unwrap();
    anna.engine.link(two, three, now, &mut anna.rng).unwrap();
    anna.keep();
    let terms = Terms {
        until: None,
        reason: "meekijken".into(),
        transfer: false,
    };
    let fleur = scene.fleur.engine.device().member;
    let anna = &mut scene.anna;
    anna.engine
        .share(
            one,
            Party::Member(fleur),
            Right::Reader,
            terms,
            now,
            &mut anna.rng,
        )
        .unwrap();
    anna.keep();
    scene.sync();
    let all = |desk: &Desk, from| {
        let found = desk.engine.incident(&from).into_iter();
        found.map(|(address, _)| address).collect::<Vec<_>>()
    };
    assert_eq!(all(&scene.bram, three), [three, two, one]);
    assert_eq!(
        all(&scene.fleur, one),
        [one, two],
        "no further than the veil"
    );
    assert!(scene.fleur.engine.dossier(&two).is_none());
    let bram = &mut scene.bram;
    let now = scene.world.clock.now();
    bram.engine.unlink(two, one, now, &mut bram.rng).unwrap();
    bram.keep();
    scene.sync();
    assert_eq!(all(&scene.anna, one), [one]);
    assert_eq!(all(&scene.anna, two), [two, three]);
    scene.fleur.assert_calm();
}

#[test]
fn a_question_grows_into_a_report_that_knows_where_it_came_from() {
    let mut scene = Scene::new();
    let advice = scene.open(Kind::Advice, "Hoe zit het met foto's in de kleedkamer?");
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    let report = anna.engine.grow(advice, now, &mut anna.rng).unwrap();
    anna.keep();
    let again = anna.engine.grow(report, now, &mut anna.rng);
    assert_eq!(
        again,
        Err(ActError::Refused(Refusal::NothingChanged)),
        "a report is one already"
    );
    scene.sync();
    let bram = &scene.bram.engine;
    let state = bram.dossier(&report).unwrap().state();
    assert_eq!(state.fields().kind, Kind::Report);
    assert_eq!(state.fields().sport, "Roeien");
    assert!(state.fields().first_story.contains("kleedkamer"));
    assert_eq!(
        bram.incident(&report),
        [(report, Tie::Incident), (advice, Tie::GrewFrom)]
    );
    assert_eq!(
        bram.incident(&advice),
        [(advice, Tie::Incident), (report, Tie::GrewInto)]
    );
    let kind = bram.dossier(&advice).unwrap().state().fields().kind;
    assert_eq!(kind, Kind::Advice, "the question stays one");
}

#[test]
fn a_folded_dossier_says_what_the_open_one_said() {
    let mut scene = Scene::new();
    let address = scene.open(Kind::Report, "verhaal");
    for number in 0..100 {
        let text = format!("{number}: {}", "x".repeat(700));
        scene.anna.act(address, Command::Note(Lane::Team, text));
    }
    scene.sync();
    let engine = &mut scene.anna.engine;
    let before = engine.dossier(&address).unwrap();
    let (state, rights) = (before.state().clone(), before.rights());
    let (team, length) = (before.team(), before.length());
    assert!(engine.unfolded() > 0);
    engine.fold_dossiers();
    assert_eq!(engine.unfolded(), 0);
    let after = engine.dossier(&address).unwrap();
    assert_eq!((after.team(), after.length()), (team, length));
    assert_eq!(after.rights(), rights);
    assert_eq!(engine.unfolded(), 0, "none of that opens it");
    assert_eq!(*engine.dossier(&address).unwrap().state(), state);
    assert_eq!(engine.unfolded(), 1);
    // What is written on top of a folded one counts like anything else.
    scene.anna.engine.fold_dossiers();
    scene
        .anna
        .act(address, Command::Note(Lane::Team, "later".into()));
    scene.sync();
    scene.anna.crash();
    let notes = |desk: &Desk| desk.engine.dossier(&address).unwrap().state().notes().len();
    assert_eq!((notes(&scene.anna), notes(&scene.bram)), (101, 101));
    scene.anna.assert_calm();
}
