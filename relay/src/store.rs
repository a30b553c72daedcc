//! What the relay keeps, as a trait: one embedded backend today, room for a second.
//!
//! All writing goes through [`Store::write`]: one [`Write`] is applied as a whole or not at all, and is on disk before the call returns.
//! The store checks what needs the newest state (compare-and-swap, idempotence, caps); what the bytes mean is checked before.
//! Every backend passes the suite in `conformance`.

#[cfg(test)]
pub(crate) mod conformance;
pub mod sqlite;

use std::future::Future;

use sluis_wire::address::{BoardTag, DossierAddress, FileAddress, FrameHash, PersonAddress};
use sluis_wire::api::{
    Changed, ChangesPage, ControlPage, DirectoryPage, DossierKeys, EventPage, FigurePage,
    IntakePage, PersonWraps, StatementPage,
};
use sluis_wire::time::UnixTime;
use tokio::sync::watch;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Other bytes have this place already, or the place is not the next one. Nothing was written.
    #[error("the place is taken")]
    Conflict,
    /// There is no such object. Nothing was written.
    #[error("no such object")]
    NotFound,
    /// The cap of this kind of object is reached. Nothing was written.
    #[error("full")]
    Full,
    /// The storage was written by a newer release. It is left as it is.
    #[error("the storage has version {found}, and this release knows versions up to {known}")]
    Newer {
        /// Version of the storage.
        found: i64,
        /// Newest version that this release can use.
        known: i64,
    },
    /// The storage itself failed; whether anything was written is unknown to the caller, who may send the same again.
    #[error("the storage failed")]
    Backend(#[source] sqlx::Error),
    /// The store has been closed.
    #[error("the storage is closed")]
    Closed,
}

/// One change of what is kept, applied as a whole or not at all.
#[derive(Clone, Debug)]
pub enum Write {
    /// Appends to the directory log. [`Error::Conflict`] unless the log has exactly `from` entries.
    Directory {
        /// Length of the log before.
        from: u64,
        /// Frames, in order.
        entries: Vec<Vec<u8>>,
    },
    /// Takes a slot. [`Error::Conflict`] when the slot holds something else than the statement says it replaces; the same bytes again
    /// are no fault.
    Statement(Statement),
    /// Replaces the snapshot and its team tables. [`Error::Conflict`] unless newer than the one there is; the same bytes again are no
    /// fault.
    Snapshot {
        /// The time inside it.
        time: UnixTime,
        /// Snapshot frame.
        frame: Vec<u8>,
        /// All table frames that it names, with their hashes.
        tables: Vec<(FrameHash, Vec<u8>)>,
    },
    /// Puts an entry in the intake queue. [`Error::Full`] above `cap` in its lane; the same envelope again is no fault.
    Intake {
        /// SHA-256 of the envelope.
        hash: [u8; 32],
        /// Which lane.
        lane: u8,
        /// Entries that the lane may hold, inclusive.
        cap: u64,
        /// When it may be swept.
        expires: UnixTime,
        /// SHA-256 of the delete secret.
        delete_hash: [u8; 32],
        /// Intake frame.
        envelope: Vec<u8>,
    },
    /// Deletes intake entries whose number and hash of the delete secret fit. Others are passed over.
    IntakeDelete(Vec<(u64, [u8; 32])>),
    /// Puts a reply on the board. [`Error::Conflict`] for other bytes under the same tag; the same again are no fault.
    Board {
        /// Where.
        tag: BoardTag,
        /// When it may be swept.
        expires: UnixTime,
        /// Board frame.
        entry: Vec<u8>,
    },
    /// Lets replies live until `expires`. Unknown tags are passed over.
    BoardRenew {
        /// Which.
        tags: Vec<BoardTag>,
        /// When they may be swept.
        expires: UnixTime,
    },
    /// Creates a dossier. [`Error::Conflict`] when it exists; the same bytes again, as long as they are all of its chain, are no fault.
    DossierCreate(Link),
    /// Appends to a control chain. [`Error::Conflict`] unless `number` and `prev` fit and the epoch is the same or one more;
    /// the newest link again is no fault.
    Control(Link),
    /// Appends events, in order. Those that are there already keep their first place. [`Error::NotFound`] without such a dossier,
    /// [`Error::Conflict`] when `epoch` is beyond the dossier's.
    Events {
        /// Which dossier.
        dossier: DossierAddress,
        /// Highest epoch among the events.
        epoch: u32,
        /// Hash and frame of each.
        events: Vec<(FrameHash, Vec<u8>)>,
    },
    /// Puts a person's record with its wraps in the place of the one before. [`Error::NotFound`] without such a dossier, [`Error::Conflict`] unless
    /// `version` is the next one or when the person was erased, [`Error::Full`] above [`sluis_wire::limits::PEOPLE`] records in the dossier; the same
    /// record again is no fault.
    Person {
        /// Which dossier.
        dossier: DossierAddress,
        /// Which person.
        person: PersonAddress,
        /// From 1.
        version: u32,
        /// Hash of the record frame.
        hash: FrameHash,
        /// Record frame.
        record: Vec<u8>,
        /// Wraps frame.
        wraps: Vec<u8>,
    },
    /// Replaces the wraps of a record. [`Error::Conflict`] unless there is a record of this version and `turn` is the next one; the same wraps
    /// again are no fault.
    PersonWraps {
        /// Which dossier.
        dossier: DossierAddress,
        /// Which person.
        person: PersonAddress,
        /// Version of the record.
        version: u32,
        /// From 1.
        turn: u32,
        /// Wraps frame.
        wraps: Vec<u8>,
    },
    /// Destroys records and wraps, and takes their places for good. Those that are erased already keep their hour.
    PeopleErase {
        /// Which dossier.
        dossier: DossierAddress,
        /// Who.
        people: Vec<PersonAddress>,
        /// The time.
        now: UnixTime,
    },
    /// Begins a file, or begins it again while it is not whole. [`Error::Conflict`] for another file under the same name, [`Error::Full`] when
    /// `cap` files without a dossier wait.
    FileBegin {
        /// Which file.
        file: FileAddress,
        /// Whose it is; `None` for a reporter's.
        dossier: Option<DossierAddress>,
        /// How many pieces it has.
        pieces: u32,
        /// Files without a dossier that may wait, inclusive.
        cap: u64,
        /// When it may be swept, unless it is whole by then.
        expires: UnixTime,
    },
    /// All pieces are there. [`Error::NotFound`] without such a file; twice is no fault.
    FileFinish {
        /// Which file.
        file: FileAddress,
        /// When one without a dossier may be swept.
        expires: UnixTime,
    },
    /// Files without a dossier become this one's. Others are passed over.
    FileClaim {
        /// Which dossier.
        dossier: DossierAddress,
        /// Which files.
        files: Vec<FileAddress>,
    },
    /// Files of this dossier go to the bin. Others are passed over.
    FileDelete {
        /// Which dossier.
        dossier: DossierAddress,
        /// Which files.
        files: Vec<FileAddress>,
        /// When they may be swept.
        expires: UnixTime,
    },
    /// Forgets files whose pieces are gone.
    FileForget(Vec<FileAddress>),
    /// Puts a row of the figures at the end. The same bytes again are no fault.
    Figure(Vec<u8>),
    /// Deletes what expired at `now` or before, and gives the space back.
    Sweep {
        /// The time.
        now: UnixTime,
    },
}

/// A statement on its way into the store.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its place: kind, subject, and epoch or week.
    pub slot: Vec<u8>,
    /// The frame in the slot that it replaces, or `None` for a slot that is free.
    pub replaces: Option<Vec<u8>>,
    /// When it may be swept; `None` for never.
    pub expires: Option<UnixTime>,
    /// Statement frame.
    pub frame: Vec<u8>,
    /// Wraps frame, or empty.
    pub wraps: Vec<u8>,
}

/// One link of a control chain on its way into the store.
#[derive(Clone, Debug)]
pub struct Link {
    /// The dossier.
    pub dossier: DossierAddress,
    /// Hash of the link before; zeroes for number 0.
    pub prev: FrameHash,
    /// What holds from this link on.
    pub head: Head,
    /// Control frame.
    pub frame: Vec<u8>,
    /// Wraps frame.
    pub wraps: Vec<u8>,
}

/// The newest link of a dossier, as far as the relay checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place in the chain.
    pub number: u64,
    /// Hash of its frame.
    pub hash: FrameHash,
    /// The epoch that holds.
    pub epoch: u32,
    /// The keys that requests are checked against.
    pub keys: DossierKeys,
}

/// What is kept of one person in a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub person: PersonAddress,
    /// Version of the record; 0 when there never was one.
    pub version: u32,
    /// Hash of the record frame; zeroes when there never was one.
    pub hash: FrameHash,
    /// The hour in which it was erased.
    pub erased: Option<UnixTime>,
    /// Record frame; empty when erased.
    pub record: Vec<u8>,
}

/// One reply on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRow {
    /// Running number.
    pub number: u64,
    /// Board frame.
    pub entry: Vec<u8>,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStage {
    /// Its pieces are coming.
    Begun,
    /// All of it is there.
    Whole,
    /// In the bin.
    Deleted,
}

/// What is known of a file. Its pieces lie elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Whose it is; `None` for a reporter's that nobody has taken into a dossier yet.
    pub dossier: Option<DossierAddress>,
    /// How many pieces it has.
    pub pieces: u32,
    /// How far it is.
    pub stage: FileStage,
}

/// A place to keep what clients send. Cheap to share; all methods take `&self`.
///
/// Pages of several objects hold at least one object and stop after the one that reaches `max_bytes`.
pub trait Store: Send + Sync + 'static {
    /// Applies one change and returns when it is on disk.
    ///
    /// # Errors
    /// As each [`Write`] says; [`Error::Backend`], [`Error::Closed`].
    fn write(&self, write: Write) -> impl Future<Output = Result<(), Error>> + Send;

    /// Directory entries from number `from` on.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn directory(
        &self,
        from: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<DirectoryPage, Error>> + Send;

    /// The statement frame in a slot.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn statement(&self, slot: &[u8])
    -> impl Future<Output = Result<Option<Vec<u8>>, Error>> + Send;

    /// Statements with a number above `after`.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn statements(
        &self,
        after: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<StatementPage, Error>> + Send;

    /// The newest snapshot frame.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn snapshot(&self) -> impl Future<Output = Result<Option<Vec<u8>>, Error>> + Send;

    /// The team table frame with this hash.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn team_table(
        &self,
        hash: FrameHash,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, Error>> + Send;

    /// Intake entries with a number above `after`.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn intake(
        &self,
        after: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<IntakePage, Error>> + Send;

    /// How many entries wait in a lane of the intake queue.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn intake_waiting(&self, lane: u8) -> impl Future<Output = Result<u64, Error>> + Send;

    /// At most `limit` replies on pages `first` to `last` (inclusive) with a number above `after`, in ascending order, and the highest
    /// number there is on these pages above `after` (`after` itself when there is none).
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn board(
        &self,
        first: u16,
        last: u16,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Result<(Vec<BoardRow>, u64), Error>> + Send;

    /// Those of the tags under which nothing lies on the board, in their order.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn board_lacks(
        &self,
        tags: &[BoardTag],
    ) -> impl Future<Output = Result<Vec<BoardTag>, Error>> + Send;

    /// The newest link of a dossier.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn head(
        &self,
        dossier: DossierAddress,
    ) -> impl Future<Output = Result<Option<Head>, Error>> + Send;

    /// Links of a control chain from number `from` on; `length` is 0 without such a dossier.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn control(
        &self,
        dossier: DossierAddress,
        from: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<ControlPage, Error>> + Send;

    /// Events of a dossier from place `from` on.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn events(
        &self,
        dossier: DossierAddress,
        from: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<EventPage, Error>> + Send;

    /// All people of a dossier, in order of their addresses, the erased ones too.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn people(
        &self,
        dossier: DossierAddress,
    ) -> impl Future<Output = Result<Vec<PersonRow>, Error>> + Send;

    /// The wraps of a person's record; `None` when there is none, or none any more.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn person_wraps(
        &self,
        dossier: DossierAddress,
        person: PersonAddress,
    ) -> impl Future<Output = Result<Option<PersonWraps>, Error>> + Send;

    /// A file.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn file(
        &self,
        file: FileAddress,
    ) -> impl Future<Output = Result<Option<FileRow>, Error>> + Send;

    /// How many files wait without a dossier.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn files_waiting(&self) -> impl Future<Output = Result<u64, Error>> + Send;

    /// At most `limit` files that expired at `now` or before.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn files_expired(
        &self,
        now: UnixTime,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<FileAddress>, Error>> + Send;

    /// Rows of the figures with a number above `after`.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn figures(
        &self,
        after: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<FigurePage, Error>> + Send;

    /// Objects whose newest change has a number above `after`, at most `limit`. Numbers become visible in ascending order: who has read
    /// up to `next` misses nothing at or below it.
    ///
    /// # Errors
    /// [`Error::Backend`].
    fn changes(
        &self,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Result<ChangesPage, Error>> + Send;

    /// The number of the newest change; the receiver is told after each commit.
    fn newest_change(&self) -> watch::Receiver<u64>;

    /// Finishes what is being written and lets go of the storage.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

impl Write {
    /// What readers of the change list have to be told.
    #[must_use]
    pub fn changed(&self) -> Option<Changed> {
        match self {
            Self::Directory { .. } => Some(Changed::Directory),
            Self::Statement(_) | Self::Snapshot { .. } => Some(Changed::Statements),
            Self::Intake { .. } | Self::IntakeDelete(_) => Some(Changed::Intake),
            // Events say what happened to people.
            Self::Board { .. }
            | Self::BoardRenew { .. }
            | Self::Person { .. }
            | Self::PersonWraps { .. }
            | Self::PeopleErase { .. }
            | Self::FileBegin { .. }
            | Self::FileFinish { .. }
            | Self::FileClaim { .. }
            | Self::FileDelete { .. }
            | Self::FileForget(_)
            | Self::Figure(_)
            | Self::Sweep { .. } => None,
            Self::DossierCreate(link) | Self::Control(link) => Some(Changed::Dossier(link.dossier)),
            Self::Events { dossier, .. } => Some(Changed::Dossier(*dossier)),
        }
    }
}
