//! Where the trials play: Anna on an honest road, Bram and a reporter on a road that lies, two colleagues who leave when told to.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "whatever goes wrong here is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use sluis_directory::entry::{Op, Role};
use sluis_directory::frame_hash;
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::SigningKey;
use sluis_directory::snapshot::Freshness;
use sluis_directory::statement::Statement;
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_domain::ids::{EventId, PersonId};
use sluis_domain::people::{Facts, PersonRole};
use sluis_domain::vocabulary::{Field, Kind, Origin};
use sluis_protocol::contact::Contact;
use sluis_protocol::conversation::{Conversation, MessageId};
use sluis_protocol::dossier::Right;
use sluis_protocol::engine::{ContactState, Engine, Party, Step, Terms};
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::{Row, Store};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{BoardPost, ControlAppend, DirectoryAppend, EventAppend};
use sluis_wire::time::DAY;
use tempfile::TempDir;

use super::EvilRelay;
use crate::harness::{Desk, People, Reporter, Shelf, Transport, World, chance, found, plan};

/// Rows of the directory and of statements, as the engine numbers its stores.
const ENTRIES: Store = Store(2);
const STATEMENTS: Store = Store(3);

/// Which of the reporters everybody here writes with.
const SEED: u64 = 5;

/// What shows after some time, where a lie can only be bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The desk says that what witnesses vouch for is old, and stops sharing.
    SnapshotOld,
    /// The reporter's page finds no key any more that still holds, and takes no text.
    KeysEnd,
    /// The reporter is shown no receipt for a message that the relay confirmed.
    NoReceipt,
    /// As soon as anything later is let through, its absence is named.
    NamedByTheNext,
    /// It stands on its own: nothing that exists is touched by it.
    OnItsOwn,
}

/// The stage.
pub struct Scene {
    /// The real relay.
    pub world: Rc<World>,
    /// Anna's road, honest unless told otherwise.
    pub open_road: Rc<EvilRelay>,
    /// The road of Bram and of the reporter.
    pub evil: Rc<EvilRelay>,
    /// A director, who is the witness too.
    pub anna: Desk,
    /// Her colleague.
    pub bram: Desk,
    /// Somebody who writes.
    pub rex: Reporter,
    /// The dossier of what they wrote first.
    pub first: DossierAddress,
    /// The road of whoever plays along with the relay.
    pub dark: Rc<EvilRelay>,
    leavers: Vec<DeviceSecrets>,
    heard: Vec<String>,
    /// What Anna wrote of people in the first dossier.
    known: BTreeMap<PersonId, Contact>,
    folders: Vec<TempDir>,
}

impl Default for Scene {
    fn default() -> Self {
        Self::new()
    }
}

impl Scene {
    /// A line with one conversation, calm on all sides.
    #[must_use]
    pub fn new() -> Self {
        Self::stage(&[]).0
    }

    /// The same, with a federation that has one person, who was given this right in the first dossier.
    #[must_use]
    pub fn with_guest(right: Right) -> (Self, Desk) {
        let people: &[(&str, &[Role])] = &[("Fleur Proef", &[Role::Director, Role::CaseManager])];
        let (mut scene, guest) = Self::stage(&[("Roeibond", people)]);
        let mut guest = guest.expect("somebody of the federation");
        scene.anna.agree_with_all();
        scene.round();
        scene.give(&guest, right);
        guest.sync();
        (scene, guest)
    }

    /// Anna gives the guest's team a right in the first dossier, or another one than it has.
    pub fn give(&mut self, guest: &Desk, right: Right) {
        let (party, now) = (team_of(guest), self.world.clock.now());
        let anna = &mut self.anna;
        anna.engine
            .share(
                self.first,
                party,
                right,
                Terms::default(),
                now,
                &mut anna.rng,
            )
            .expect("Anna may share");
        self.round();
    }

    /// Anna takes the guest's access back.
    pub fn take(&mut self, guest: &Desk) {
        let (party, now) = (team_of(guest), self.world.clock.now());
        let anna = &mut self.anna;
        anna.engine
            .unshare(self.first, party, now, &mut anna.rng)
            .expect("Anna may take it back");
        anna.sync();
    }

    /// The desk of the colleague who leaves next, at work, on the road of whoever plays along with the relay.
    #[must_use]
    pub fn colluder(&self) -> Desk {
        let secrets = self.leavers.last().expect("two may leave").to_bytes();
        let secrets = DeviceSecrets::from_bytes(&secrets).expect("what was written");
        let mut desk = self.dark_desk(secrets);
        desk.sync();
        desk
    }

    fn dark_desk(&self, secrets: DeviceSecrets) -> Desk {
        let road: Rc<dyn Transport> = self.dark.clone();
        let genesis = self.anna.engine.genesis();
        let clock = self.world.clock.clone();
        let mut desk = Desk::enter(secrets, genesis, road, clock, Shelf::plain(), 90);
        desk.pump();
        desk
    }

    fn stage(guests: &[(&str, People<'_>)]) -> (Self, Option<Desk>) {
        let world = World::new();
        let handler: &[Role] = &[Role::CaseManager];
        let people: &[(&str, &[Role])] = &[
            ("Anna Proef", &[Role::Director, Role::CaseManager]),
            ("Bram Proef", handler),
            ("Carla Proef", handler),
            ("Dirk Proef", handler),
        ];
        let organisations = [&[("Centrum", people)], guests].concat();
        let plan = plan(&world, &organisations);
        let open_road = EvilRelay::new(Rc::clone(&world));
        let evil = EvilRelay::new(Rc::clone(&world));
        let dark = EvilRelay::new(Rc::clone(&world));
        let road: Rc<dyn Transport> = open_road.clone();
        let mut founding = found(&world, &plan, road, Shelf::plain());
        let mut leavers = founding.others.split_off(1);
        let guest = leavers.split_off(2).pop();
        let road: Rc<dyn Transport> = evil.clone();
        let (anna, bram) = founding.pair(&road, &world.clock);
        let rex = Reporter::new(anna.engine.genesis(), road, world.clock.clone(), SEED);
        let mut scene = Self {
            world,
            open_road,
            evil,
            first: DossierAddress([0; 16]),
            anna,
            bram,
            rex,
            dark,
            leavers,
            heard: Vec::new(),
            known: BTreeMap::new(),
            folders: Vec::new(),
        };
        scene.rex.write("Centrum", "het eerste bericht");
        scene.world.clock.pass(60);
        let guest = guest.map(|secrets| scene.dark_desk(secrets));
        scene.round();
        scene.first = scene.anna.only_dossier();
        scene.anna.reply(scene.first, "het eerste antwoord");
        scene.note_by_anna("de eerste notitie");
        scene.round();
        scene.anna.assert_calm();
        scene.bram.assert_calm();
        (scene, guest)
    }

    /// Both desks look at their relays until neither has anything to say.
    pub fn round(&mut self) {
        for _ in 0..2 {
            self.anna.sync();
            self.bram.sync();
        }
    }

    /// Bram's desk looks at everything, more than once, while a little time goes by.
    pub fn bram_looks(&mut self) {
        for _ in 0..3 {
            self.world.clock.pass(30);
            self.bram.keep();
            self.bram.engine.poke_all();
            self.bram.pump();
        }
    }

    /// Anna's desk works while days go by.
    pub fn days(&mut self, days: u64) {
        for _ in 0..days {
            self.world.clock.pass(DAY);
            self.anna.sync();
        }
    }

    /// Anna writes a note in the first dossier; it reaches the relay.
    pub fn note_by_anna(&mut self, text: &str) {
        self.anna
            .act(self.first, Command::Note(Lane::Team, text.into()));
        self.anna.sync();
    }

    /// Bram writes a note in the first dossier; his desk sends it.
    pub fn note_by_bram(&mut self, text: &str) {
        self.bram
            .act(self.first, Command::Note(Lane::Team, text.into()));
        self.bram.sync();
    }

    /// Anna adds somebody to the first dossier, with contact data of this number; both desks know of it.
    pub fn person_by_anna(&mut self, number: u8) -> PersonId {
        let facts = Facts {
            role: PersonRole::Witness,
            capacity: String::new(),
            minor: None,
        };
        let (now, anna) = (self.world.clock.now(), &mut self.anna);
        let id = anna
            .engine
            .add_person(self.first, facts, Some(contact(number)), now, &mut anna.rng)
            .expect("Anna may add somebody");
        self.known.insert(id, contact(number));
        self.round();
        id
    }

    /// Anna writes other contact data; both desks know of it.
    pub fn edit_by_anna(&mut self, id: PersonId, number: u8) {
        self.anna
            .engine
            .set_contact(self.first, id, contact(number))
            .expect("Anna may change it");
        self.known.insert(id, contact(number));
        self.round();
    }

    /// Bram opens the page of people, more than once.
    pub fn bram_reads_people(&mut self) {
        for _ in 0..2 {
            self.bram.engine.look_at_people(self.first);
            self.bram_looks();
        }
    }

    /// A person whose contact data Bram takes for something else than Anna wrote; with `all`, also one that he cannot read.
    fn strange_contact(&self, all: bool) -> Option<String> {
        let wrong = self.known.iter().find(|(id, truth)| {
            let mine = self.anna.engine.contact(&self.first, id);
            if matches!(mine, ContactState::Erased(..)) {
                return false;
            }
            match self.bram.engine.contact(&self.first, id) {
                ContactState::Open(contact) => contact != *truth,
                _ => all,
            }
        });
        wrong.map(|(id, _)| format!("contact data of {id:?}"))
    }

    /// A second dossier, made by Anna by hand.
    pub fn second(&mut self) -> DossierAddress {
        let fields = [Field::Sport("Roeien".into())];
        let (now, rng) = (self.world.clock.now(), &mut self.anna.rng);
        let made = self
            .anna
            .engine
            .open_by_hand(Kind::Advice, Origin::Phone, &fields, now, rng);
        self.anna.sync();
        made.expect("Anna may open a dossier")
    }

    /// An entry for the directory as Anna's own knows it, signed.
    #[must_use]
    pub fn entry(&self, op: Op, key: &SigningKey) -> Vec<u8> {
        let directory = self.anna.engine.directory().expect("a directory");
        sign_entry(&directory.next_entry(op, self.world.clock.now()), &[key]).expect("it fits")
    }

    /// Puts an entry into the log.
    pub fn append(&mut self, entry: Vec<u8>) {
        let call = DirectoryAppend {
            entries: vec![entry],
        };
        self.world.call(&call).expect("the rules allow it");
    }

    /// The entry by which the next colleague leaves.
    pub fn leaving(&mut self) -> Vec<u8> {
        let leaver = self.leavers.pop().expect("two may leave");
        self.entry(
            Op::MemberRevoke {
                member: leaver.member,
            },
            &self.anna.engine.device().sign,
        )
    }

    /// A colleague leaves; Anna's desk renews all keys that they held.
    pub fn leave(&mut self) {
        let entry = self.leaving();
        self.append(entry);
        for _ in 0..2 {
            self.anna.engine.poke_all();
            self.anna.pump();
        }
    }

    /// A copy of the relay as it is now, running beside it.
    pub fn copy(&mut self) -> Rc<World> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        self.world.stop();
        copy_folder(self.world.data(), &data);
        self.world.restart();
        self.folders.push(folder);
        World::at(&data, self.world.clock.now())
    }

    /// A second device that thinks it is Anna's, with these rows of hers, on the road to another relay.
    fn double(&self, rows: Rows, road: &Rc<World>) -> Desk {
        let loaded = rows.into_iter().map(|(store, key, value)| Row {
            store,
            key,
            value: value.into(),
        });
        let engine =
            Engine::load(loaded.collect(), &[], self.world.clock.now()).expect("rows of a device");
        Desk {
            engine,
            clock: self.anna.clock.clone(),
            rng: chance(77),
            shelf: Shelf::plain(),
            transport: road.clone(),
            sent: Vec::new(),
            folds: true,
        }
    }

    /// A colleague leaves, and two devices of Anna's renew the keys of the dossier: hers at the real relay, and a copy of it at
    /// the relay that this gives, which is the same up to there.
    pub fn leave_twice_over(&mut self) -> Rc<World> {
        let before = rows(&self.anna);
        let entry = self.leaving();
        self.append(entry);
        self.anna.engine.poke_all();
        let link = loop {
            let next = self.anna.next().expect("keys to be renewed");
            if matches!(next.step, Step::Link(_)) {
                break next;
            }
            let reply = self.anna.transmit(&next);
            self.anna.take(next.step, &reply);
        };
        let other = self.copy();
        let reply = self.anna.transmit(&link);
        self.anna.take(link.step, &reply);
        self.anna.pump();
        let mut double = self.double(before, &other);
        for _ in 0..2 {
            double.engine.poke_all();
            double.pump();
        }
        other
    }

    /// A copy of Anna's device and her own each write a note in the first dossier without knowing of the other.
    pub fn write_twice_over(&mut self) {
        let world = Rc::clone(&self.world);
        let mut double = self.double(rows(&self.anna), &world);
        let note = |text: &str| Command::Note(Lane::Team, text.into());
        double.act(self.first, note("van de kopie"));
        self.anna.act(self.first, note("van het apparaat zelf"));
        double.pump();
        self.anna.pump();
    }

    /// The frame of an entry, as Anna's desk keeps it.
    #[must_use]
    pub fn frame_of_entry(&self, place: usize) -> Vec<u8> {
        let entries = values(&self.anna, ENTRIES);
        entries.get(place).cloned().expect("such an entry")
    }

    /// All statement frames that Anna's desk holds.
    #[must_use]
    pub fn statements(&self) -> Vec<Vec<u8>> {
        values(&self.anna, STATEMENTS)
    }

    /// Every event frame that Anna's desk ever sent to a dossier.
    #[must_use]
    pub fn events_of(&self, address: DossierAddress) -> Vec<Vec<u8>> {
        let sent = self.open_road.requests::<EventAppend>().into_iter();
        sent.filter(|call| call.dossier == address)
            .flat_map(|call| call.events)
            .collect()
    }

    /// Every control link that Anna's desk ever appended.
    #[must_use]
    pub fn links_sent(&self) -> Vec<ControlAppend> {
        self.open_road.requests::<ControlAppend>()
    }

    /// Every entry that Anna's desk ever put on the board.
    #[must_use]
    pub fn board_posts(&self) -> Vec<Vec<u8>> {
        self.open_road
            .requests::<BoardPost>()
            .into_iter()
            .map(|call| call.entry)
            .collect()
    }

    /// The reporter looks, over the road that lies; what is wrong is noted.
    pub fn rex_looks(&mut self) -> Conversation {
        match self.rex.look() {
            Ok(said) => {
                self.heard.extend(
                    said.alarms
                        .iter()
                        .map(|alarm| format!("Reporter {alarm:?}")),
                );
                said
            }
            Err(failed) => {
                self.heard.push(format!("Reporter {failed:?}"));
                Conversation::default()
            }
        }
    }

    /// The same reporter on a phone that knows nothing, on an honest road.
    #[must_use]
    pub fn truth_for_rex(&self) -> Conversation {
        let road: Rc<dyn Transport> = self.world.clone();
        self.stranger(road).look().expect("the honest road")
    }

    /// The same reporter on a phone that knows nothing, on the road that lies.
    #[must_use]
    pub fn rex_returns(&self) -> Reporter {
        let road: Rc<dyn Transport> = self.evil.clone();
        self.stranger(road)
    }

    fn stranger(&self, road: Rc<dyn Transport>) -> Reporter {
        Reporter::new(
            self.anna.engine.genesis(),
            road,
            self.world.clock.clone(),
            SEED,
        )
    }

    /// The reporter writes a message that no other has the number of.
    pub fn rex_writes(&mut self, text: &str) -> MessageId {
        self.rex.write("Centrum", text)
    }

    /// Notes something that a reporter's page would show.
    pub fn note_heard(&mut self, what: String) {
        self.heard.push(what);
    }

    /// How many lies were told.
    #[must_use]
    pub fn told(&self) -> usize {
        self.evil.told() + self.open_road.told() + self.dark.told()
    }

    /// Days that Bram's desk says its newest snapshot is old, from when it warns.
    #[must_use]
    pub fn warned_days(&self) -> Option<u64> {
        match self.bram.engine.freshness(self.world.clock.now()) {
            Some(Freshness::Stale { days }) => Some(days),
            _ => None,
        }
    }

    /// Everything that was ever noticed, each with the object that it names.
    #[must_use]
    pub fn alarms(&self) -> Vec<String> {
        let engine = self
            .bram
            .engine
            .alarms()
            .iter()
            .map(|alarm| format!("{alarm:?}"));
        let dossiers = self.bram.engine.dossiers().flat_map(|(_, work)| {
            let alarms = work.replica().alarms();
            alarms.into_iter().map(|alarm| {
                format!(
                    "{:?} {:?} {:?} {:?}",
                    alarm.kind, alarm.dossier, alarm.object, alarm.rule
                )
            })
        });
        engine
            .chain(dossiers)
            .chain(self.heard.iter().cloned())
            .collect()
    }

    /// What Bram or the reporter believe that is not so.
    pub fn foreign(&mut self) -> Option<String> {
        self.anna.engine.poke_all();
        self.anna.pump();
        let (anna, bram) = (&self.anna.engine, &self.bram.engine);
        let (mine, theirs) = (anna.directory()?, bram.directory()?);
        if mine.hash_at(theirs.length()) != Some(theirs.head().head) {
            return Some("a directory entry".into());
        }
        for frame in values(&self.bram, STATEMENTS) {
            let holds = Statement::parse(&frame).and_then(|statement| statement.verify_past(mine));
            if holds.is_err() {
                return Some("a statement".into());
            }
        }
        let me = bram.device().id.0;
        for (address, work) in bram.dossiers() {
            let Some(known) = anna.dossier(address) else {
                return Some(format!("dossier {address:?}"));
            };
            let (here, there) = (work.replica(), known.replica());
            if here.chain().links().iter().any(|link| {
                there.chain().link(link.envelope.number).map(|one| one.hash) != Some(link.hash)
            }) {
                return Some(format!("a control link of {address:?}"));
            }
            if let Some(entry) = here
                .log()
                .entries()
                .find(|entry| entry.author.0 != me && there.log().entry(&entry.id).is_none())
            {
                return Some(format!("event {:?} of {address:?}", entry.id));
            }
        }
        if let Some(contact) = self.strange_contact(false) {
            return Some(contact);
        }
        let truth = self.truth_for_rex();
        let said = self.rex.look().unwrap_or_default();
        let strange = said.utterances.iter().find(|one| {
            !truth
                .utterances
                .iter()
                .any(|true_one| true_one.text == one.text)
        });
        if let Some(strange) = strange {
            return Some(format!("utterance {:?}", strange.text));
        }
        said.filed
            .iter()
            .find(|filed| !truth.filed.contains(filed))
            .map(|filed| format!("receipt {filed:?}"))
    }

    /// The relay is honest again, and the desk is unlocked anew. What is different then from how it would have been.
    pub fn recover(&mut self) -> Option<String> {
        self.evil.repent();
        self.open_road.repent();
        self.bram.pump();
        self.bram.crash();
        for _ in 0..3 {
            self.world.clock.pass(700);
            for desk in [&mut self.anna, &mut self.bram] {
                desk.engine.poke_all();
                desk.pump();
            }
        }
        self.bram_reads_people();
        if let Some(contact) = self.strange_contact(true) {
            return Some(contact);
        }
        let (anna, bram) = (&self.anna.engine, &self.bram.engine);
        if anna.directory()?.head() != bram.directory()?.head() {
            return Some("the directory stays behind".into());
        }
        let (mine, theirs) = (
            hashes(&self.anna, STATEMENTS),
            hashes(&self.bram, STATEMENTS),
        );
        if mine != theirs {
            return Some(format!(
                "{} statements, {} at Anna's",
                theirs.len(),
                mine.len()
            ));
        }
        for (address, work) in anna.dossiers() {
            let Some(known) = bram.dossier(address) else {
                return Some(format!("dossier {address:?} lacks"));
            };
            if work.replica().chain().head() != known.replica().chain().head() {
                return Some(format!("control chain of {address:?} differs"));
            }
            if events(anna, address) != events(bram, address) {
                return Some(format!("events of {address:?} differ"));
            }
        }
        let truth = self.truth_for_rex();
        let said = self.rex_returns().look().unwrap_or_default();
        (said != truth).then(|| "the conversation differs".into())
    }
}

/// Contact data that a number decides.
fn contact(number: u8) -> Contact {
    Contact {
        name: format!("Persoon {number}"),
        phone: format!("06 0000000{number}"),
        email: String::new(),
        address: String::new(),
    }
}

/// The team of whoever sits at a desk.
fn team_of(desk: &Desk) -> Party {
    let member = desk.engine.device().member;
    let directory = desk.engine.directory().expect("a directory");
    let team = directory.teams_of(&member).next().expect("a team");
    Party::Team(team.team.id)
}

fn events(engine: &Engine, address: &DossierAddress) -> BTreeSet<EventId> {
    let work = engine.dossier(address);
    work.map(|work| {
        work.replica()
            .log()
            .entries()
            .map(|entry| entry.id)
            .collect()
    })
    .unwrap_or_default()
}

type Rows = Vec<(Store, Vec<u8>, Vec<u8>)>;

fn rows(desk: &Desk) -> Rows {
    let Shelf::Plain(rows) = &desk.shelf else {
        panic!("desks here keep their rows in the open")
    };
    rows.iter()
        .map(|((store, key), value)| (*store, key.clone(), value.clone()))
        .collect()
}

fn values(desk: &Desk, wanted: Store) -> Vec<Vec<u8>> {
    rows(desk)
        .into_iter()
        .filter(|(store, ..)| *store == wanted)
        .map(|(.., value)| value)
        .collect()
}

fn hashes(desk: &Desk, wanted: Store) -> BTreeSet<[u8; 32]> {
    values(desk, wanted)
        .iter()
        .map(|frame| frame_hash(frame).0)
        .collect()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the data folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}
