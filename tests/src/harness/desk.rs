//! A staff device: the engine with storage and a road to the relay, as the browser's worker has it.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "whatever goes wrong here is a failed test"
)]

use std::collections::BTreeMap;
use std::rc::Rc;

use sluis_protocol::engine::{Engine, Outgoing, Reply, Step};
use sluis_protocol::founding::Founded;
use sluis_protocol::primitives::stretch::Profile;
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::{Change, Row, Store, Vault};
use sluis_wire::address::{DossierAddress, GenesisHash};
use sluis_wire::time::UnixTime;

use super::world::{Clock, Transport};
use super::{Chance, chance};

/// Requests after which a desk that is still not done has run into an endless loop.
pub const STEPS_MOST: usize = 20_000;

const PASSPHRASE: &str = "zes losse woorden als proef";

/// Where a desk keeps its rows.
pub enum Shelf {
    /// A real vault, whose passphrase is stretched for real.
    Sealed(Box<Sealed>),
    /// Rows in the open: quick, for tests that are not about the vault.
    Plain(BTreeMap<(Store, Vec<u8>), Vec<u8>>),
}

/// A vault with what storage holds of it.
pub struct Sealed {
    vault: Vault,
    header: Vec<u8>,
    rows: BTreeMap<[u8; 32], Vec<u8>>,
}

impl Shelf {
    /// A new vault.
    #[must_use]
    pub fn sealed() -> Self {
        let (vault, header) = Vault::create(PASSPHRASE, Profile::VaultPhone, &mut chance(7))
            .expect("memory for a vault");
        Self::Sealed(Box::new(Sealed {
            vault,
            header,
            rows: BTreeMap::new(),
        }))
    }

    /// Rows in the open.
    #[must_use]
    pub fn plain() -> Self {
        Self::Plain(BTreeMap::new())
    }

    fn write(&mut self, changes: Vec<Change>, rng: &mut Chance) {
        match self {
            Self::Sealed(sealed) => {
                if changes.is_empty() {
                    return;
                }
                for write in sealed.vault.seal(&changes, rng) {
                    match write.bytes {
                        Some(bytes) => sealed.rows.insert(write.name, bytes),
                        None => sealed.rows.remove(&write.name),
                    };
                }
            }
            Self::Plain(rows) => {
                for Change { store, key, value } in changes {
                    match value {
                        Some(value) => rows.insert((store, key), value.to_vec()),
                        None => rows.remove(&(store, key)),
                    };
                }
            }
        }
    }

    fn load(&mut self, now: UnixTime) -> Engine {
        match self {
            Self::Sealed(sealed) => {
                sealed.vault = Vault::open(&sealed.header, PASSPHRASE, None)
                    .expect("the passphrase opens the vault");
                let stored: Vec<_> = sealed
                    .rows
                    .iter()
                    .map(|(name, bytes)| (*name, bytes.clone()))
                    .collect();
                let (rows, damage) = sealed.vault.load(&stored);
                Engine::load(rows, &damage, now).expect("the rows hold the device")
            }
            Self::Plain(rows) => {
                let rows = rows.iter().map(|((store, key), value)| Row {
                    store: *store,
                    key: key.clone(),
                    value: value.clone().into(),
                });
                Engine::load(rows.collect(), &[], now).expect("the rows hold the device")
            }
        }
    }

    /// The rows of one store.
    #[must_use]
    pub fn rows_of(&self, store: Store) -> Vec<Row> {
        match self {
            Self::Sealed(sealed) => {
                let stored: Vec<_> = sealed
                    .rows
                    .iter()
                    .map(|(name, bytes)| (*name, bytes.clone()))
                    .collect();
                sealed.vault.rows_of(store, &stored)
            }
            Self::Plain(rows) => rows
                .iter()
                .filter(|((of, _), _)| *of == store)
                .map(|((store, key), value)| Row {
                    store: *store,
                    key: key.clone(),
                    value: value.clone().into(),
                })
                .collect(),
        }
    }

    /// Everything that storage holds, as bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<Vec<u8>> {
        match self {
            Self::Sealed(sealed) => sealed.rows.values().cloned().collect(),
            Self::Plain(rows) => rows.values().cloned().collect(),
        }
    }
}

/// One staff device at work.
pub struct Desk {
    /// The engine: act on it directly, then [`Desk::sync`].
    pub engine: Engine,
    /// Its own clock.
    pub clock: Clock,
    /// Its own randomness.
    pub rng: Chance,
    /// Its storage.
    pub shelf: Shelf,
    /// Its road to the relay.
    pub transport: Rc<dyn Transport>,
    /// Every request that was ever sent, by what it was about.
    pub sent: Vec<Step>,
    /// Whether dossiers take little room between two steps.
    pub folds: bool,
}

impl Desk {
    /// The desk of a device that the directory knows already.
    #[must_use]
    pub fn enter(
        device: DeviceSecrets,
        genesis: GenesisHash,
        transport: Rc<dyn Transport>,
        clock: Clock,
        shelf: Shelf,
        seed: u64,
    ) -> Self {
        Self::with(Engine::new(device, genesis), transport, clock, shelf, seed)
    }

    /// The desk of a founder. Sends the first entries.
    #[must_use]
    pub fn found(
        founded: Founded,
        code: String,
        transport: Rc<dyn Transport>,
        clock: Clock,
        shelf: Shelf,
        seed: u64,
    ) -> (Self, Vec<DeviceSecrets>) {
        let (engine, others) =
            Engine::found(founded, code, clock.now()).expect("fresh entries hold");
        let mut desk = Self::with(engine, transport, clock, shelf, seed);
        let outgoing = desk.next().expect("the set-up itself");
        assert_eq!(outgoing.step, Step::SetUp);
        let reply = desk.transmit(&outgoing);
        assert!(
            matches!(reply, Reply::Answer(_)),
            "set-up was answered with {reply:?}"
        );
        desk.take(outgoing.step, &reply);
        (desk, others)
    }

    /// The desk of this engine.
    #[must_use]
    pub fn with(
        engine: Engine,
        transport: Rc<dyn Transport>,
        clock: Clock,
        shelf: Shelf,
        seed: u64,
    ) -> Self {
        let mut desk = Self {
            engine,
            clock,
            rng: chance(seed),
            shelf,
            transport,
            sent: Vec::new(),
            folds: true,
        };
        desk.keep();
        desk
    }

    /// Writes down what changed.
    pub fn keep(&mut self) {
        self.shelf.write(self.engine.take_changes(), &mut self.rng);
        // As a browser does from time to time: what is folded has to say the same as what is open.
        if self.folds {
            self.engine.fold_dossiers();
        }
    }

    /// The next request; what it builds on is written down.
    #[expect(clippy::should_implement_trait, reason = "named as the engine's own")]
    pub fn next(&mut self) -> Option<Outgoing> {
        let next = self.engine.next(self.clock.now(), &mut self.rng);
        self.keep();
        next
    }

    /// Sends a request.
    pub fn transmit(&mut self, outgoing: &Outgoing) -> Reply {
        self.sent.push(outgoing.step);
        self.transport
            .send(outgoing.path, &outgoing.body, outgoing.proof.as_deref())
    }

    /// Takes an answer in and writes down what it changed.
    pub fn take(&mut self, step: Step, reply: &Reply) {
        self.engine
            .absorb(step, reply, self.clock.now(), &mut self.rng);
        self.keep();
    }

    /// One request with its answer. False when there is nothing to send.
    pub fn step(&mut self) -> bool {
        let Some(outgoing) = self.next() else {
            return false;
        };
        let reply = self.transmit(&outgoing);
        self.take(outgoing.step, &reply);
        true
    }

    /// Sends and fetches until nothing is left. Gives the number of requests.
    ///
    /// # Panics
    /// When it never ends.
    pub fn pump(&mut self) -> usize {
        for count in 0..STEPS_MOST {
            if !self.step() {
                return count;
            }
        }
        let last: Vec<_> = self.sent.iter().rev().take(12).collect();
        panic!("a desk that never comes to rest; its last requests, newest first: {last:?}");
    }

    /// Writes down, looks at the relay, and goes on until nothing is left. Gives the number of requests.
    pub fn sync(&mut self) -> usize {
        self.keep();
        self.engine.poke();
        self.pump()
    }

    /// The device dies and starts again from its rows. What was not written down is gone.
    pub fn crash(&mut self) {
        self.engine = self.shelf.load(self.clock.now());
    }

    /// The address of the only dossier.
    #[must_use]
    pub fn only_dossier(&self) -> DossierAddress {
        let all: Vec<_> = self
            .engine
            .dossiers()
            .map(|(address, _)| *address)
            .collect();
        match all.as_slice() {
            [one] => *one,
            other => panic!("one dossier expected, there are {}", other.len()),
        }
    }

    /// The texts of a conversation: `true` for the reporter's.
    #[must_use]
    pub fn conversation(&self, address: &DossierAddress) -> Vec<(bool, String)> {
        let work = self.engine.dossier(address).expect("the dossier");
        let bubbles = sluis_domain::view::bubbles(work.state());
        bubbles
            .into_iter()
            .map(|bubble| (bubble.staff.is_none(), bubble.text))
            .collect()
    }

    /// Messages of the reporter that this person has not seen.
    #[must_use]
    pub fn unread(&self, address: &DossierAddress) -> usize {
        let work = self.engine.dossier(address).expect("the dossier");
        work.state()
            .unseen(|author| self.engine.is_mine(author))
            .len()
    }

    /// Opens a dossier before the person's eyes.
    pub fn look_at(&mut self, address: DossierAddress) {
        self.engine
            .look_at(address, self.clock.now(), &mut self.rng);
        self.keep();
    }

    /// Writes a reply.
    pub fn reply(&mut self, address: DossierAddress, text: &str) {
        self.engine
            .reply(address, text, self.clock.now(), &mut self.rng)
            .expect("a reply can be written");
        self.keep();
    }

    /// Does something in a dossier.
    pub fn act(&mut self, address: DossierAddress, command: sluis_domain::command::Command) {
        self.engine
            .act(address, command, self.clock.now(), &mut self.rng)
            .expect("the dossier allows it");
        self.keep();
    }

    /// Files an agreement with every other organisation, as a director of mine (T11).
    ///
    /// # Panics
    /// When the rules refuse.
    pub fn agree_with_all(&mut self) {
        let mine = self.engine.organisation().expect("my organisation").id;
        let directory = self.engine.directory().expect("a directory");
        let others = directory.organisations().map(|one| one.id);
        let others: Vec<_> = others.filter(|id| *id != mine).collect();
        for other in others {
            let (title, notice) = (
                "Afspraken over delen",
                "Privacyverklaring op de site van de organisatie",
            );
            let now = self.clock.now();
            self.engine
                .file_agreement(other, title, notice, now, &mut self.rng)
                .expect("a director files an agreement");
            self.sync();
        }
    }

    /// Fails when anything is wrong, as this device sees it.
    pub fn assert_calm(&self) {
        assert!(
            self.engine.alarms().is_empty(),
            "alarms: {:?}",
            self.engine.alarms()
        );
        for (address, work) in self.engine.dossiers() {
            let alarms = work.replica().alarms();
            assert!(alarms.is_empty(), "alarms of {address:?}: {alarms:?}");
        }
    }
}
