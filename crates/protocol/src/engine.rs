//! The engine of a staff device: takes wishes and answers, gives requests and rows to be kept. Sans-IO: whoever runs it
//! brings the network, the storage, the clock and the randomness (docs/protocol.md 7.2).
//!
//! The loop is always the same: act or [`Engine::absorb`], write [`Engine::take_changes`] to storage in one transaction, then send what
//! [`Engine::next`] gives, until it gives nothing. One request is under way at a time; an answer to another one is ignored.
//! Rows are written before the request that builds on them is sent, so that a tab that dies loses nothing that was confirmed.

mod audit;
mod board;
mod contacts;
pub mod export;
mod extract;
mod figures;
mod files;
mod import;
mod keys;
mod office;
mod package;
mod people;
mod proof;
mod rows;
mod settings;
mod share;
mod step;
mod sync;
mod unsorted;
mod work;

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::log::Directory;
use sluis_directory::signature::SigningKey;
use sluis_directory::statement::{Statement, StatementKey};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DossierAddress, FileAddress, GenesisHash, TeamId};
use sluis_wire::api::ControlLink;
use sluis_wire::time::{DAY, UnixTime, Week};

use crate::primitives::kem::KemSecret;
use crate::primitives::secret::SecretKey;
use crate::staff::{DeviceSecrets, MonthSecret, Names};
use crate::vault::Change;

pub use board::ReplyError;
pub use contacts::{ContactState, Shredding};
pub use extract::NewExtract;
pub use figures::FigureNames;
pub use files::{FileError, FileReader, PieceFault, Upload};
pub use office::{Admit, Agreement, OfficeError, Waiting};
pub use package::{PackChoice, PackError};
pub use rows::LoadError;
pub use settings::ClassWish;
pub use share::{
    AccessChange, AccessLine, Agreed, Offer, Party, PartyInfo, Reaction, Standing, Terms,
};
pub use step::{Outgoing, Reply, Step};
pub use unsorted::{NEW_AN_HOUR, UnsortedLine};
pub use work::{ActError, GivenUp, Work};

/// What is wrong, and with which object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// Two different histories of the directory.
    DirectoryFork,
    /// The relay shows a shorter directory than before.
    DirectoryRolledBack,
    /// A directory entry that the rules refuse.
    DirectoryRefused,
    /// A statement that the rules refuse.
    StatementRefused,
    /// The relay has a statement in this place, by its own word, and does not show it.
    StatementWithheld(StatementKey),
    /// Witnesses vouch for other intake keys than the relay showed me.
    KeysDiffer,
    /// The relay shows an older snapshot than before.
    SnapshotRolledBack,
    /// The relay counts fewer changes than before: it was put back to an older state.
    RelayRolledBack,
    /// My own wrap of this shared key is missing or wrong.
    SharedKeyWrong(StatementKey),
    /// Something is wrong with a dossier.
    Dossier(DossierAddress, crate::dossier::AlarmKind),
    /// A message in the queue is damaged.
    IntakeDamaged,
    /// A place on the board is taken by bytes that none of us made.
    BoardTaken(DossierAddress),
    /// The answer of the relay cannot be read.
    AnswerDamaged,
    /// A file that nobody took away is not all at the relay.
    FileMissing(DossierAddress, FileAddress),
    /// A file is not what its event says.
    FileDamaged(DossierAddress, FileAddress),
    /// The rows of the vault are older than its last write.
    VaultRolledBack,
    /// Rows of the vault do not open.
    VaultDamaged,
    /// Contact data that events name is not shown, though nobody says that it was destroyed.
    ContactWithheld(DossierAddress),
    /// The relay shows older contact data than events name.
    ContactRolledBack(DossierAddress),
    /// Contact data, a half of its key or a receipt is not what events say, or not the relay's.
    ContactWrong(DossierAddress),
}

/// What a founder still has to send.
struct Founding {
    code: String,
    entries: Vec<Vec<u8>>,
}

/// A statement that the directory's rules let in.
struct Held {
    statement: Statement,
    frame: Vec<u8>,
}

/// An intake key of one of my teams.
struct IntakeSecret {
    kem: KemSecret,
    not_after: UnixTime,
}

/// What has to be asked of the relay.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks, not states"
)]
struct Wants {
    directory: bool,
    statements: bool,
    snapshot: bool,
    /// Read the relay's newest snapshot.
    newest_snapshot: bool,
    changes: bool,
    /// Ask the relay what time it is.
    clock: bool,
    /// See whose keys have to be renewed.
    renewals: bool,
    /// See whose replies have to be signed anew.
    replies: bool,
    /// See whose access is over.
    access: bool,
    intake: bool,
    /// See whether there are new rows of the figures.
    figures: bool,
    dossiers: Set<DossierAddress>,
}

/// A staff device at work. Dropping it wipes its keys.
pub struct Engine {
    genesis: GenesisHash,
    me: DeviceSecrets,
    founding: Option<Founding>,
    directory: Option<Directory>,
    names: Option<SecretKey<Names>>,
    months: Vec<MonthSecret>,
    statements: Map<StatementKey, Held>,
    statement_cursor: u64,
    team_keys: Map<(TeamId, u32), KemSecret>,
    intake_keys: Map<(TeamId, Week, u32), IntakeSecret>,
    staff: Map<u32, SigningKey>,
    snapshot: Option<Vec<u8>>,
    /// A snapshot of mine on its way.
    snapshot_sent: Option<Vec<u8>>,
    audit: audit::Audit,
    /// Length of the directory at which statements ahead of it were seen.
    behind_at: Option<u64>,
    dossiers: Map<DossierAddress, work::Work>,
    /// Dossiers that wait for a longer directory.
    behind: Set<DossierAddress>,
    foreign: Map<DossierAddress, u64>,
    /// Links of a chain that takes more than one answer to be read.
    links: Map<DossierAddress, Vec<ControlLink>>,
    change_cursor: u64,
    /// The cursor up to which everything that changed has been fetched too: the one that is kept.
    settled_cursor: u64,
    intake: import::Queue,
    unsorted: unsorted::Unsorted,
    drafts: Map<(DossierAddress, u8), String>,
    uploads: Map<FileAddress, Upload>,
    wants: Wants,
    in_flight: Option<step::InFlight>,
    stuck: Set<Step>,
    /// Seconds that the relay's clock is ahead of ours (negative: behind), once known.
    clock_offset: i64,
    changes: Vec<Change>,
    /// Dossiers whose rows are to be written.
    unkept: Set<DossierAddress>,
    office: office::Office,
    contacts: contacts::Contacts,
    figures: figures::Figures,
    alarms: Set<Alarm>,
    /// What shows to others that there are two directories: a signed thing that stands on another one than mine.
    evidence: Option<Vec<u8>>,
    touched: Set<DossierAddress>,
}

impl Engine {
    /// Everything that storage has to keep since the last call, to be written in one transaction before the next request is sent.
    pub fn take_changes(&mut self) -> Vec<Change> {
        if self.office.sheet.is_some() {
            self.changes.clear();
            return Vec::new();
        }
        for address in core::mem::take(&mut self.unkept) {
            if let Some(work) = self.dossiers.get_mut(&address) {
                self.changes.extend(work.changes(&address));
            }
        }
        core::mem::take(&mut self.changes)
    }

    /// The dossiers that look different since the last call.
    pub fn take_touched(&mut self) -> Set<DossierAddress> {
        core::mem::take(&mut self.touched)
    }

    /// Counts a dossier among those that look different.
    pub fn touch(&mut self, address: DossierAddress) {
        self.touched.insert(address);
    }

    /// What is wrong.
    #[must_use]
    pub fn alarms(&self) -> &Set<Alarm> {
        &self.alarms
    }

    /// The deployment.
    #[must_use]
    pub fn genesis(&self) -> GenesisHash {
        self.genesis
    }

    /// The directory, once it is known.
    #[must_use]
    pub fn directory(&self) -> Option<&Directory> {
        self.directory.as_ref()
    }

    /// This device.
    #[must_use]
    pub fn device(&self) -> &DeviceSecrets {
        &self.me
    }

    /// Something changed at the relay, or some time went by: look again.
    pub fn poke(&mut self) {
        self.wants.changes = true;
        self.wants.snapshot = true;
        self.wants.access = true;
        self.stuck.clear();
        self.look_for_links();
        self.contacts_again();
        self.read_intake_again();
    }

    /// Whether something did not work that may work later, without the relay having to change for it: a busy relay, an answer that was lost,
    /// a message that came while keys were being renewed. Whoever keeps the clock pokes again after some seconds.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.stuck.is_empty() || self.intake.is_left()
    }

    /// Reads the queue again when a message in it could not be taken in.
    fn read_intake_again(&mut self) {
        if self.intake.take_again() {
            self.read_queue_from_start();
        }
    }

    /// Looks at everything again, as after unlocking.
    pub fn poke_all(&mut self) {
        if let Some(again) = self.audit.again.take() {
            self.statement_cursor = self.statement_cursor.min(again);
        }
        self.wants.directory = true;
        self.wants.statements = true;
        self.wants.newest_snapshot = true;
        self.wants.renewals = true;
        self.wants.intake = true;
        self.look_at_figures();
        self.read_refused_again();
        self.poke();
    }

    /// Whether this device's clock and the relay's are more than a day apart, as far as that is known (decision 35).
    #[must_use]
    pub fn is_clock_off(&self) -> bool {
        self.clock_offset.unsigned_abs() > DAY
    }

    /// The relay's clock, as far as it is known (decision 35).
    fn relay_time(&self, now: UnixTime) -> UnixTime {
        UnixTime(now.0.saturating_add_signed(self.clock_offset))
    }

    fn alarm(&mut self, alarm: Alarm) {
        self.alarms.insert(alarm);
    }
}

fn random(rng: &mut impl CryptoRng) -> [u8; 16] {
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    id
}
