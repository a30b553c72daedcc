//! Sharing dossiers between organisations, against the real router: giving, raising, lowering and taking back, terms and answers, transfer,
//! lock-out, hand-over, and what a reporter's consent leads to.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::cell::Cell;
use std::rc::Rc;

use sluis_directory::capability::sign_request;
use sluis_directory::entry::Role;
use sluis_directory::statement::Statement;
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::vocabulary::{Field, Kind, Origin, Status};
use sluis_e2e::harness::{Desk, Shelf, Transport, World, chance, found, plan};
use sluis_protocol::dossier::{
    Acting, Action, AlarmKind, Recipient, RecipientKey, Right, WorkError,
};
use sluis_protocol::engine::{
    AccessLine, ActError, Agreed, Alarm, Party, Reply, ReplyError, Standing, Terms,
};
use sluis_protocol::primitives::kem::KemPublic;
use sluis_protocol::vault::Store;
use sluis_wire::address::{DossierAddress, MemberId, TeamId};
use sluis_wire::api::{Call as _, ControlAppend};
use sluis_wire::codec;
use sluis_wire::time::DAY;

/// The rows of statements of keys.
const STATEMENTS: Store = Store(3);

/// The road to the relay, which a test can cut.
struct Road {
    world: Rc<World>,
    cut: Cell<bool>,
}

impl Transport for Road {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        if self.cut.get() {
            Reply::Lost
        } else {
            self.world.send(path, body, proof)
        }
    }
}

/// The centre with Anna, Bram and Chris; a federation with Fleur and Gijs.
struct Scene {
    world: Rc<World>,
    road: Rc<Road>,
    anna: Desk,
    bram: Desk,
    chris: Desk,
    fleur: Desk,
    gijs: Desk,
    address: DossierAddress,
}

impl Scene {
    /// Everyone has started; the two have agreed about sharing; Anna has opened a dossier by hand with a note in it.
    fn new() -> Self {
        let mut scene = Self::not_agreed();
        scene.anna.agree_with_all();
        scene.sync();
        scene
    }

    /// The same before anything was agreed.
    fn not_agreed() -> Self {
        let world = World::new();
        let road = Rc::new(Road {
            world: world.clone(),
            cut: Cell::new(false),
        });
        let both: &[Role] = &[Role::Director, Role::CaseManager];
        let one: &[Role] = &[Role::CaseManager];
        let centre = [("Anna", both), ("Bram", one), ("Chris", one)];
        let federation = [("Fleur", both), ("Gijs", one)];
        let plan = plan(
            &world,
            &[("Centrum", &centre), ("Roeibond Één", &federation)],
        );
        let mut founding = found(&world, &plan, road.clone(), Shelf::plain());
        founding.founder.pump();
        let transport: Rc<dyn Transport> = world.clone();
        let mut others = founding.desks(&transport, &world.clock, Shelf::plain);
        let (gijs, fleur) = (others.pop().unwrap(), others.pop().unwrap());
        let (chris, bram) = (others.pop().unwrap(), others.pop().unwrap());
        let mut scene = Self {
            world,
            road,
            anna: founding.founder,
            bram,
            chris,
            fleur,
            gijs,
            address: DossierAddress([0; 16]),
        };
        scene.sync();
        let now = scene.world.clock.now();
        let anna = &mut scene.anna;
        let fields = [Field::Sport("Roeien".into())];
        scene.address = anna
            .engine
            .open_by_hand(Kind::Report, Origin::Phone, &fields, now, &mut anna.rng)
            .unwrap();
        anna.act(scene.address, note("first"));
        scene.sync();
        scene
    }

    fn desks(&mut self) -> [&mut Desk; 5] {
        [
            &mut self.anna,
            &mut self.bram,
            &mut self.chris,
            &mut self.fleur,
            &mut self.gijs,
        ]
    }

    /// Time passes, and everyone looks at the relay, twice.
    fn sync(&mut self) {
        self.world.clock.pass(60);
        for _ in 0..2 {
            for desk in self.desks() {
                desk.sync();
            }
        }
    }

    /// The team of an organisation, as the desks list it.
    fn team(&self, outside: bool) -> Party {
        let parties = self.anna.engine.parties();
        let mut teams = parties
            .iter()
            .filter(|info| matches!(info.party, Party::Team(_)));
        teams.find(|info| info.outside == outside).unwrap().party
    }

    fn share(&mut self, to: Party, right: Right) {
        share(&mut self.anna, self.address, to, right, Terms::default()).unwrap();
    }

    fn unshare(&mut self, party: Party) {
        let now = self.world.clock.now();
        let anna = &mut self.anna;
        anna.engine
            .unshare(self.address, party, now, &mut anna.rng)
            .unwrap();
        anna.keep();
    }

    fn calm(&mut self) {
        for desk in self.desks() {
            desk.assert_calm();
        }
    }
}

fn share(
    desk: &mut Desk,
    address: DossierAddress,
    to: Party,
    right: Right,
    terms: Terms,
) -> Result<(), ActError> {
    let now = desk.clock.now();
    let done = desk
        .engine
        .share(address, to, right, terms, now, &mut desk.rng);
    desk.keep();
    done
}

fn note(text: &str) -> Command {
    Command::Note(Lane::Team, text.into())
}

fn try_note(desk: &mut Desk, address: DossierAddress, text: &str) -> Result<(), ActError> {
    let now = desk.clock.now();
    let done = desk.engine.act(address, note(text), now, &mut desk.rng);
    desk.keep();
    done.map(|_| ())
}

fn notes(desk: &Desk, address: &DossierAddress) -> Vec<String> {
    let work = desk.engine.dossier(address).unwrap();
    let notes = work.state().notes().iter();
    notes.map(|(_, note)| note.text.clone()).collect()
}

fn right(desk: &Desk, address: &DossierAddress) -> Option<Right> {
    desk.engine.right(address)
}

fn me(desk: &Desk) -> MemberId {
    desk.engine.device().member
}

fn no_right() -> ActError {
    ActError::Work(WorkError::NoRight)
}

/// How many links of a chain begin new keys.
fn epochs(desk: &Desk, address: &DossierAddress) -> usize {
    let work = desk.engine.dossier(address).unwrap();
    let links = work.replica().chain().links().iter();
    links
        .filter(|link| link.action().is_some_and(Action::renews_keys))
        .count()
}

/// A team, by the newest content key that a desk knows.
fn key_of(desk: &Desk, team: TeamId, right: Right) -> RecipientKey {
    let rows = desk.shelf.rows_of(STATEMENTS);
    let contents = rows.iter().filter_map(|row| {
        let directory = desk.engine.directory()?;
        let statement = Statement::parse(&row.value).ok()?;
        match statement.verify_past(directory).ok()? {
            Statement::TeamContent(content) if content.team == team => Some(content),
            _ => None,
        }
    });
    let content = contents.max_by_key(|content| content.epoch).unwrap();
    RecipientKey {
        recipient: Recipient::Team {
            team,
            epoch: content.epoch,
        },
        right,
        kem: KemPublic::parse(&content.kem.0).unwrap(),
    }
}

/// Shares with a team as a program does that asks nothing: straight from the keys of the dossier to the relay.
fn share_unasked(scene: &mut Scene, to: TeamId, right: Right) {
    let anna = &scene.anna;
    let replica = anna.engine.dossier(&scene.address).unwrap().replica();
    let team = |recipient: &Recipient| match recipient {
        Recipient::Team { team, .. } => *team,
        other => unreachable!("{other:?}"),
    };
    let grants = replica.grants().iter();
    let mut all: Vec<RecipientKey> = grants
        .map(|grant| key_of(anna, team(&grant.recipient), grant.right))
        .collect();
    all.push(key_of(anna, to, right));
    let now = scene.world.clock.now();
    let acting = Acting {
        device: anna.engine.device().id,
        signer: &anna.engine.device().sign,
        directory: anna.engine.directory().unwrap(),
        now,
    };
    let made = replica.grant(&acting, &all, &mut chance(5)).unwrap();
    let call = ControlAppend {
        control: made.control,
        wraps: made.wraps,
    };
    let body = codec::encode(&call);
    let steward = replica.steward_key().unwrap();
    let genesis = anna.engine.genesis();
    let proof = sign_request(steward, &genesis, ControlAppend::PATH, &body, [7; 16], now);
    let reply = scene
        .world
        .send(ControlAppend::PATH, &body, Some(&proof.encode()));
    assert!(matches!(reply, Reply::Answer(_)), "the relay cannot know");
}

fn given(desk: &Desk, address: &DossierAddress, party: Party) -> AccessLine {
    let lines = desk.engine.access(address);
    let mut lines = lines.into_iter();
    lines.find(|line| party.is(&line.recipient)).unwrap()
}

#[test]
fn nothing_leaves_the_organisation_before_an_agreement_is_on_file() {
    let mut scene = Scene::not_agreed();
    let (address, federation) = (scene.address, scene.team(true));
    let asked = |scene: &mut Scene, party: Party| {
        share(
            &mut scene.anna,
            address,
            party,
            Right::Reader,
            Terms::default(),
        )
    };
    assert_eq!(asked(&mut scene, federation), Err(ActError::NoAgreement));
    assert_eq!(scene.anna.engine.agreed(federation), Agreed::No);
    assert!(
        !scene
            .anna
            .engine
            .dossier(&address)
            .unwrap()
            .sharing_pending()
    );
    let bram = Party::Member(me(&scene.bram));
    assert_eq!(asked(&mut scene, bram), Ok(()), "inside there is no need");

    // Either of the two files it; until the relay has it, nothing is shared.
    let centre = scene.anna.engine.organisation().unwrap().id;
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    fleur
        .engine
        .file_agreement(centre, "Samen", "Op de site", now, &mut fleur.rng)
        .unwrap();
    assert!(fleur.engine.is_filing(&centre));
    assert_eq!(asked(&mut scene, federation), Err(ActError::NoAgreement));
    scene.sync();
    assert_eq!(scene.anna.engine.agreed(federation), Agreed::Yes);
    assert_eq!(asked(&mut scene, federation), Ok(()));
    scene.sync();
    for desk in [&scene.anna, &scene.gijs] {
        assert!(given(desk, &address, federation).agreed);
    }
    scene.calm();
}

#[test]
fn a_program_that_shares_without_an_agreement_is_seen_by_every_reader() {
    let mut scene = Scene::not_agreed();
    let (address, federation) = (scene.address, scene.team(true));
    let Party::Team(team) = federation else {
        unreachable!("a team")
    };
    share_unasked(&mut scene, team, Right::Writer);
    scene.sync();
    let seen = |scene: &Scene| {
        [&scene.anna, &scene.bram, &scene.fleur, &scene.gijs]
            .map(|desk| given(desk, &address, federation).agreed)
    };
    assert_eq!(seen(&scene), [false; 4]);
    // An agreement afterwards is no excuse; less access is always possible, more is not.
    let raised = share(
        &mut scene.anna,
        address,
        federation,
        Right::Steward,
        Terms::default(),
    );
    assert_eq!(raised, Err(ActError::NoAgreement));
    scene.share(federation, Right::Reader);
    scene.sync();
    scene.anna.agree_with_all();
    scene.sync();
    assert_eq!(seen(&scene), [false; 4]);
    // Given again, with the agreement on file, it is as it should be.
    scene.unshare(federation);
    scene.sync();
    scene.share(federation, Right::Reader);
    scene.sync();
    assert_eq!(seen(&scene), [true; 4]);
    scene.calm();
}

#[test]
fn a_federation_reads_then_writes_and_then_does_neither() {
    let mut scene = Scene::new();
    let address = scene.address;
    assert!(scene.fleur.engine.dossier(&address).is_none());
    assert!(scene.anna.engine.may_share(&address) && scene.bram.engine.may_share(&address));
    let federation = scene.team(true);

    scene.share(federation, Right::Reader);
    assert!(
        scene
            .anna
            .engine
            .dossier(&address)
            .unwrap()
            .sharing_pending()
    );
    scene.sync();
    let shared = scene.anna.engine.dossier(&address).unwrap();
    assert!(!shared.sharing_pending() && shared.pending() == 0);
    for reader in [&scene.fleur, &scene.gijs] {
        assert_eq!(notes(reader, &address), ["first"], "with its history");
        assert_eq!(right(reader, &address), Some(Right::Reader));
    }
    assert_eq!(
        epochs(&scene.anna, &address),
        1,
        "a newcomer costs no new keys"
    );
    assert_eq!(try_note(&mut scene.fleur, address, "no"), Err(no_right()));
    assert!(!scene.fleur.engine.may_write(&address));
    let own = scene.team(false);
    let done = share(
        &mut scene.fleur,
        address,
        own,
        Right::Reader,
        Terms::default(),
    );
    assert_eq!(done, Err(no_right()));

    scene.share(federation, Right::Writer);
    scene.sync();
    assert_eq!(try_note(&mut scene.fleur, address, "from fleur"), Ok(()));
    scene.sync();
    assert_eq!(notes(&scene.bram, &address), ["first", "from fleur"]);
    let done = share(
        &mut scene.fleur,
        address,
        own,
        Right::Reader,
        Terms::default(),
    );
    assert_eq!(done, Err(no_right()), "a writer does not share");

    scene.share(federation, Right::Reader);
    assert_eq!(
        try_note(&mut scene.anna, address, "too early"),
        Err(ActError::NotReady),
        "what the one who is lowered could sign for waits for the new keys"
    );
    scene.sync();
    assert_eq!(try_note(&mut scene.fleur, address, "no"), Err(no_right()));
    assert_eq!(epochs(&scene.anna, &address), 2);

    scene.unshare(federation);
    assert_eq!(
        try_note(&mut scene.anna, address, "too early"),
        Err(ActError::NotReady)
    );
    scene.sync();
    assert_eq!(try_note(&mut scene.anna, address, "after"), Ok(()));
    scene.sync();
    assert_eq!(
        notes(&scene.bram, &address),
        ["first", "from fleur", "after"]
    );
    for shut in [&mut scene.fleur, &mut scene.gijs] {
        assert!(shut.engine.dossier(&address).unwrap().is_shut());
        assert_eq!(notes(shut, &address), ["first", "from fleur"]);
        assert_eq!(try_note(shut, address, "no"), Err(ActError::Shut));
        assert_eq!(right(shut, &address), None);
        shut.crash();
        shut.sync();
        assert!(shut.engine.dossier(&address).unwrap().is_shut());
        assert!(shut.engine.forget_dossier(&address));
        shut.keep();
        shut.crash();
        shut.sync();
        assert!(shut.engine.dossier(&address).is_none());
    }
    assert!(!scene.anna.engine.forget_dossier(&address));
    assert_eq!(epochs(&scene.anna, &address), 3);
    scene.calm();

    // And let in once more: all of it is there again.
    scene.share(federation, Right::Writer);
    scene.sync();
    assert_eq!(
        notes(&scene.fleur, &address),
        ["first", "from fleur", "after"]
    );
    scene.calm();
}

#[test]
fn access_that_comes_back_opens_the_copy_that_was_shut() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    scene.share(federation, Right::Writer);
    scene.sync();
    scene.unshare(federation);
    scene.sync();
    scene.anna.act(address, note("meanwhile"));
    scene.sync();
    assert!(scene.gijs.engine.dossier(&address).unwrap().is_shut());
    scene.share(federation, Right::Reader);
    scene.sync();
    let work = scene.gijs.engine.dossier(&address).unwrap();
    assert!(!work.is_shut());
    assert_eq!(notes(&scene.gijs, &address), ["first", "meanwhile"]);
    scene.calm();
}

#[test]
fn one_person_of_another_team_gets_access_and_loses_it() {
    let mut scene = Scene::new();
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    let fields = [Field::Sport("Roeien".into())];
    let address = fleur
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &fields, now, &mut fleur.rng)
        .unwrap();
    scene.sync();
    let bram = Party::Member(me(&scene.bram));
    assert!(
        !scene
            .fleur
            .engine
            .parties()
            .iter()
            .any(|info| info.party == bram),
        "somebody of another organisation is listed only when their role is to be invited"
    );
    let centre = scene.team(false);
    share(
        &mut scene.fleur,
        address,
        centre,
        Right::Writer,
        Terms::default(),
    )
    .unwrap();
    let gijs = Party::Member(me(&scene.gijs));
    share(
        &mut scene.fleur,
        address,
        gijs,
        Right::Reader,
        Terms::default(),
    )
    .unwrap();
    scene.sync();
    assert_eq!(right(&scene.bram, &address), Some(Right::Writer));
    let members = scene.fleur.engine.access(&address);
    assert!(members.iter().any(|line| {
        matches!(line.recipient, Recipient::Member { member, .. } if Party::Member(member) == gijs)
    }));
    scene.calm();
}

#[test]
fn two_stewards_at_once_both_get_their_way() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    let gijs = Party::Member(me(&scene.gijs));
    scene.share(federation, Right::Reader);
    share(
        &mut scene.bram,
        address,
        gijs,
        Right::Writer,
        Terms::default(),
    )
    .unwrap();
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), Some(Right::Reader));
    assert_eq!(right(&scene.gijs, &address), Some(Right::Writer));

    // One takes away while the other raises: whoever comes second at the relay has the last word, and nobody goes on about it.
    scene.unshare(federation);
    share(
        &mut scene.bram,
        address,
        federation,
        Right::Writer,
        Terms::default(),
    )
    .unwrap();
    scene.sync();
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), Some(Right::Writer));
    assert_eq!(scene.anna.engine.pending() + scene.bram.engine.pending(), 0);
    scene.calm();
}

#[test]
fn a_wish_survives_a_lost_connection_and_a_crash() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    scene.road.cut.set(true);
    scene.share(federation, Right::Writer);
    scene.anna.sync();
    assert!(scene.anna.engine.pending() > 0);
    scene.anna.crash();
    assert!(
        scene
            .anna
            .engine
            .dossier(&address)
            .unwrap()
            .sharing_pending()
    );
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), None);
    // Somebody else's link comes first meanwhile.
    let gijs = Party::Member(me(&scene.gijs));
    share(
        &mut scene.bram,
        address,
        gijs,
        Right::Reader,
        Terms::default(),
    )
    .unwrap();
    scene.sync();
    scene.road.cut.set(false);
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), Some(Right::Writer));
    let lines = scene.anna.engine.access(&address);
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.standing != Standing::Sending));
    scene.calm();
}

#[test]
fn an_offer_is_answered_and_the_answer_is_told() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    let terms = Terms {
        reason: "you know the club".into(),
        ..Terms::default()
    };
    share(&mut scene.anna, address, federation, Right::Writer, terms).unwrap();
    scene.sync();
    let offers = scene.fleur.engine.offers();
    assert_eq!(offers.len(), 1);
    assert_eq!(offers[0].right, Right::Writer);
    assert_eq!(offers[0].terms.reason, "you know the club");
    assert!(scene.anna.engine.offers().is_empty() && scene.bram.engine.offers().is_empty());
    let standing = |scene: &Scene| {
        let lines = scene.anna.engine.access(&address);
        let line = lines.iter().find(|line| federation.is(&line.recipient));
        line.map(|line| line.standing.clone())
    };
    assert_eq!(standing(&scene), Some(Standing::Offered));
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    fleur
        .engine
        .answer_offer(address, true, "", now, &mut fleur.rng)
        .unwrap();
    scene.sync();
    assert!(scene.fleur.engine.offers().is_empty() && scene.gijs.engine.offers().is_empty());
    assert_eq!(standing(&scene), Some(Standing::Holds));
    let reactions = scene.anna.engine.reactions();
    assert!(reactions.len() == 1 && reactions[0].accepted);
    assert!(
        scene.bram.engine.reactions().is_empty(),
        "told to whoever shared"
    );
    scene.calm();
}

#[test]
fn a_refused_offer_is_taken_back_by_itself() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    scene.share(federation, Right::Writer);
    scene.sync();
    let now = scene.world.clock.now();
    let gijs = &mut scene.gijs;
    gijs.engine
        .answer_offer(address, false, "not ours", now, &mut gijs.rng)
        .unwrap();
    scene.sync();
    scene.sync();
    assert!(scene.fleur.engine.dossier(&address).unwrap().is_shut());
    let reactions = scene.anna.engine.reactions();
    assert!(!reactions[0].accepted && reactions[0].reason == "not ours");
    assert_eq!(scene.anna.engine.access(&address).len(), 1);
    // Shared once more, the old refusal does not count.
    scene.share(federation, Right::Writer);
    scene.sync();
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), Some(Right::Writer));
    assert_eq!(scene.fleur.engine.offers().len(), 1);
    scene.calm();
}

#[test]
fn a_reader_answers_on_their_own_device() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    scene.share(federation, Right::Reader);
    scene.sync();
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    fleur
        .engine
        .answer_offer(address, false, "", now, &mut fleur.rng)
        .unwrap();
    fleur.keep();
    fleur.crash();
    fleur.sync();
    assert!(fleur.engine.offers().is_empty());
    assert!(fleur.engine.dossier(&address).unwrap().is_declined());
    assert!(fleur.engine.forget_dossier(&address));
    fleur.sync();
    assert!(fleur.engine.dossier(&address).is_none());
    scene.calm();
}

#[test]
fn access_with_an_end_ends() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    let terms = Terms {
        until: Some(scene.world.clock.now().plus(2 * DAY)),
        ..Terms::default()
    };
    share(&mut scene.anna, address, federation, Right::Writer, terms).unwrap();
    scene.sync();
    scene.world.clock.pass(DAY);
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), Some(Right::Writer));
    scene.world.clock.pass(DAY);
    scene.sync();
    assert!(scene.fleur.engine.dossier(&address).unwrap().is_shut());
    assert_eq!(scene.bram.engine.access(&address).len(), 1);
    scene.calm();
}

#[test]
fn a_writer_cannot_end_the_access_of_others_by_words() {
    use sluis_domain::event::AccessTerms;
    use sluis_domain::ids::PartyRef;
    use sluis_domain::vocabulary::AccessRight;

    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    let gijs = Party::Member(me(&scene.gijs));
    scene.share(federation, Right::Writer);
    scene.share(gijs, Right::Reader);
    scene.sync();
    let words = AccessTerms {
        party: PartyRef(me(&scene.gijs).0),
        right: AccessRight::Reader,
        until: Some(1),
        reason: String::new(),
        transfer: false,
    };
    scene.fleur.act(address, Command::GiveAccess(words));
    let person = PartyRef(me(&scene.gijs).0);
    scene.fleur.act(address, Command::ShutOut(person));
    scene.sync();
    scene.sync();
    assert_eq!(scene.anna.engine.access(&address).len(), 3);
    scene.share(federation, Right::Reader);
    scene.sync();
    scene.calm();
}

#[test]
fn a_transfer_counts_once_it_is_accepted() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    let terms = Terms {
        transfer: true,
        ..Terms::default()
    };
    share(
        &mut scene.anna,
        address,
        federation,
        Right::Steward,
        terms.clone(),
    )
    .unwrap();
    scene.sync();
    assert_eq!(right(&scene.anna, &address), Some(Right::Steward));
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    fleur
        .engine
        .answer_offer(address, false, "no room", now, &mut fleur.rng)
        .unwrap();
    scene.sync();
    scene.sync();
    assert!(scene.fleur.engine.dossier(&address).unwrap().is_shut());
    assert_eq!(right(&scene.anna, &address), Some(Right::Steward));

    share(&mut scene.anna, address, federation, Right::Steward, terms).unwrap();
    scene.sync();
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    fleur
        .engine
        .answer_offer(address, true, "", now, &mut fleur.rng)
        .unwrap();
    scene.sync();
    scene.sync();
    assert_eq!(right(&scene.fleur, &address), Some(Right::Steward));
    assert_eq!(right(&scene.anna, &address), Some(Right::Reader));
    // The new owner ends what is left, and nobody is alarmed.
    let now = scene.world.clock.now();
    let own = scene.team(false);
    let fleur = &mut scene.fleur;
    fleur
        .engine
        .unshare(address, own, now, &mut fleur.rng)
        .unwrap();
    scene.sync();
    assert!(scene.bram.engine.dossier(&address).unwrap().is_shut());
    scene.calm();
}

#[test]
fn somebody_with_a_conflict_of_interest_is_locked_out_of_their_teams_dossier() {
    let mut scene = Scene::new();
    let address = scene.address;
    let bram = me(&scene.bram);
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    anna.engine
        .recuse(address, bram, now, &mut anna.rng)
        .unwrap();
    anna.keep();
    scene.sync();
    scene.anna.act(address, note("without bram"));
    scene.sync();
    assert_eq!(notes(&scene.chris, &address), ["first", "without bram"]);
    assert_eq!(right(&scene.chris, &address), Some(Right::Steward));
    let shut = scene.bram.engine.dossier(&address).unwrap();
    assert!(shut.is_shut());
    assert_eq!(notes(&scene.bram, &address), ["first"]);
    // Bram decided in it, so that it is closed to him is an alarm until he knows why.
    let alarms = shut.replica().alarms();
    assert!(
        alarms
            .iter()
            .all(|alarm| alarm.kind == AlarmKind::WrongWrap)
    );
    // The team cannot be let in again, for Bram is in it.
    let team = scene.team(false);
    let done = share(
        &mut scene.chris,
        address,
        team,
        Right::Reader,
        Terms::default(),
    );
    assert_eq!(done, Err(ActError::ShutOut));
    scene.anna.assert_calm();
    scene.chris.assert_calm();
}

#[test]
fn whoever_recuses_themselves_has_nothing_left() {
    let mut scene = Scene::new();
    let address = scene.address;
    let anna = me(&scene.anna);
    let now = scene.world.clock.now();
    let desk = &mut scene.anna;
    desk.engine
        .recuse(address, anna, now, &mut desk.rng)
        .unwrap();
    desk.keep();
    scene.sync();
    assert!(scene.anna.engine.dossier(&address).is_none());
    scene.anna.crash();
    scene.anna.sync();
    assert!(scene.anna.engine.dossier(&address).is_none());
    assert_eq!(right(&scene.bram, &address), Some(Right::Steward));
    scene.bram.act(address, note("on"));
    scene.sync();
    assert_eq!(notes(&scene.chris, &address), ["first", "on"]);
    scene.calm();
}

#[test]
fn somebody_must_be_left_to_decide() {
    let mut scene = Scene::new();
    let (address, own) = (scene.address, scene.team(false));
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    let taken = anna.engine.unshare(address, own, now, &mut anna.rng);
    assert_eq!(taken, Err(ActError::LastSteward));
    let lowered = share(anna, address, own, Right::Writer, Terms::default());
    assert_eq!(lowered, Err(ActError::LastSteward));
    scene.sync();
    assert_eq!(right(&scene.bram, &address), Some(Right::Steward));
}

#[test]
fn all_that_somebody_handled_goes_to_a_colleague() {
    let mut scene = Scene::new();
    let first = scene.address;
    let (bram, chris) = (me(&scene.bram), me(&scene.chris));
    let now = scene.world.clock.now();
    let anna = &mut scene.anna;
    let second = anna
        .engine
        .open_by_hand(Kind::Advice, Origin::Email, &[], now, &mut anna.rng)
        .unwrap();
    let closed = anna
        .engine
        .open_by_hand(Kind::Advice, Origin::Email, &[], now, &mut anna.rng)
        .unwrap();
    for address in [first, second, closed] {
        anna.act(address, Command::Set(Field::Handler(Some(bram.0))));
    }
    anna.act(closed, Command::Set(Field::Status(Status::Closed)));
    scene.sync();
    let anna = &mut scene.anna;
    let count = anna
        .engine
        .hand_over(bram, chris, now, &mut anna.rng)
        .unwrap();
    assert_eq!(count, 2);
    scene.sync();
    for address in [first, second] {
        let work = scene.chris.engine.dossier(&address).unwrap();
        assert_eq!(work.state().fields().handler, Some(chris.0));
    }
    scene.calm();
}

#[test]
fn without_a_fresh_snapshot_nothing_leaves_the_organisation() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    let gijs = scene.team(false);
    scene.world.clock.pass(8 * DAY);
    // Nobody has been online meanwhile, and nothing comes through now.
    let done = share(
        &mut scene.anna,
        address,
        federation,
        Right::Reader,
        Terms::default(),
    );
    assert_eq!(done, Err(ActError::SnapshotOld));
    let inside = share(
        &mut scene.anna,
        address,
        gijs,
        Right::Steward,
        Terms::default(),
    );
    assert_eq!(inside, Ok(()), "inside the organisation it warns only");
    scene.sync();
    let done = share(
        &mut scene.anna,
        address,
        federation,
        Right::Reader,
        Terms::default(),
    );
    assert_eq!(done, Ok(()));
}

#[test]
fn a_long_chain_is_read_by_whoever_comes_late() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    for _ in 0..20 {
        let now = scene.world.clock.now();
        let anna = &mut scene.anna;
        anna.engine.renew(address, now, &mut anna.rng).unwrap();
        anna.sync();
    }
    assert_eq!(epochs(&scene.anna, &address), 21);
    scene.share(federation, Right::Reader);
    scene.sync();
    assert_eq!(notes(&scene.fleur, &address), ["first"]);
    assert_eq!(epochs(&scene.bram, &address), 21);
    scene.calm();
}

#[test]
fn a_guest_does_not_answer_the_reporter_of_another_team() {
    use sluis_e2e::harness::Reporter;

    let mut scene = Scene::new();
    let genesis = scene.anna.engine.genesis();
    let transport: Rc<dyn Transport> = scene.world.clone();
    let mut reporter = Reporter::new(genesis, transport, scene.world.clock.clone(), 5);
    reporter.write("Centrum", "my trainer shouts");
    scene.sync();
    let before = scene.address;
    let all: Vec<DossierAddress> = scene
        .anna
        .engine
        .dossiers()
        .map(|(address, _)| *address)
        .collect();
    let address = all.into_iter().find(|address| *address != before).unwrap();
    let federation = scene.team(true);
    share(
        &mut scene.anna,
        address,
        federation,
        Right::Writer,
        Terms::default(),
    )
    .unwrap();
    scene.sync();
    assert_eq!(scene.fleur.conversation(&address).len(), 1);
    let now = scene.world.clock.now();
    let fleur = &mut scene.fleur;
    let told = fleur.engine.reply(address, "hello", now, &mut fleur.rng);
    assert_eq!(told, Err(ReplyError::Act(ActError::NotOfTeam)));
    fleur.look_at(address);
    fleur.act(address, Command::Set(Field::Status(Status::InProgress)));
    scene.sync();
    let said = reporter.look().unwrap();
    assert_eq!(said.alarms, []);
    scene.calm();
}

#[test]
fn whoever_leaves_the_other_organisation_reads_nothing_new() {
    let mut scene = Scene::new();
    let (address, federation) = (scene.address, scene.team(true));
    scene.share(federation, Right::Reader);
    scene.sync();
    assert_eq!(notes(&scene.gijs, &address), ["first"]);
    let now = scene.world.clock.now();
    let gijs = me(&scene.gijs);
    scene.fleur.engine.revoke_member(gijs, now).unwrap();
    scene.fleur.keep();
    scene.fleur.sync();
    for desk in [&mut scene.anna, &mut scene.fleur, &mut scene.bram] {
        desk.sync();
        desk.sync();
    }
    assert_eq!(
        epochs(&scene.anna, &address),
        2,
        "renewed without a reminder"
    );
    scene.anna.act(address, note("after"));
    scene.sync();
    assert_eq!(notes(&scene.fleur, &address), ["first", "after"]);
    assert_eq!(notes(&scene.gijs, &address), ["first"]);
    let alarms = scene.anna.engine.alarms();
    assert!(
        !alarms
            .iter()
            .any(|alarm| matches!(alarm, Alarm::Dossier(..)))
    );
    scene.anna.assert_calm();
    scene.fleur.assert_calm();
}

#[test]
fn what_a_reader_has_seen_is_known_on_their_device() {
    use sluis_e2e::harness::Reporter;

    let mut scene = Scene::new();
    let genesis = scene.anna.engine.genesis();
    let transport: Rc<dyn Transport> = scene.world.clone();
    let mut reporter = Reporter::new(genesis, transport, scene.world.clock.clone(), 5);
    reporter.write("Centrum", "my trainer shouts");
    scene.sync();
    let before = scene.address;
    let all = scene.anna.engine.dossiers();
    let all: Vec<DossierAddress> = all.map(|(address, _)| *address).collect();
    let address = all.into_iter().find(|address| *address != before).unwrap();
    let federation = scene.team(true);
    let terms = Terms::default();
    share(&mut scene.anna, address, federation, Right::Reader, terms).unwrap();
    scene.sync();
    assert_eq!(scene.fleur.engine.unseen(&address).len(), 1);
    scene.fleur.look_at(address);
    assert!(scene.fleur.engine.unseen(&address).is_empty());
    scene.fleur.crash();
    scene.fleur.sync();
    assert!(scene.fleur.engine.unseen(&address).is_empty());
    assert_eq!(scene.fleur.engine.pending(), 0);
    scene.calm();
}
