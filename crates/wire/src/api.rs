//! Requests and answers of the relay's interface.
//!
//! Every request is `POST <path>` with a postcard body (`application/octet-stream`), every answer 200 with a postcard body, or a
//! problem (RFC 9457, `application/problem+json`) whose `code` is one of [`Problem`]. Requests of the reporter page have one size per path
//! ([`crate::limits::SMALL_REQUEST`], and the intake post). A type's `PATH` and who may call it stand with each type.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::address::{BoardTag, CapabilityKey, DossierAddress, FileAddress, GenesisHash};
use crate::pow::{Challenge, Solution};
use crate::time::{UnixTime, Week};

/// One kind of request.
pub trait Call: Serialize + DeserializeOwned {
    /// Path below the relay's origin.
    const PATH: &'static str;
    /// The exact size that the encoded body is padded to (`codec::pad_to`), or `None` for staff requests.
    const SIZE: Option<usize> = None;
    /// Who may call.
    const CALLER: Caller;
    /// What comes back.
    type Answer: Serialize + DeserializeOwned;
}

/// Who may make a call: which key the `sluis-proof` header has to be signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Anyone; no header.
    Anyone,
    /// A current device of the directory, with its own key.
    Device,
    /// Whoever holds the current staff capability (decision 18).
    Staff,
    /// Whoever holds the dossier's current read key.
    Reader,
    /// Whoever holds the dossier's current write key.
    Writer,
    /// Whoever holds the dossier's current steward key, or its write key (decision 27: any writer may rotate; readers check which it was).
    Steward,
    /// Whoever holds the dossier's current steward key, and nobody else.
    StewardAlone,
}

/// What a problem answer's `code` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// The body or a frame in it cannot be read.
    Malformed,
    /// Larger than the limit.
    TooLarge,
    /// No proof, a stale one, a used one, or by a key that may not.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Another entry took this place first: read, then try again.
    Conflict,
    /// The directory rules refuse the entry, statement or snapshot.
    Refused,
    /// The proof of work is wrong, used or too old.
    WorkWrong,
    /// Busy or full: wait, then try again.
    Busy,
    /// The set-up code is wrong, or set-up was done already.
    SetUp,
    /// Not the caller's fault.
    Internal,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Malformed,
        Self::TooLarge,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::Refused,
        Self::WorkWrong,
        Self::Busy,
        Self::SetUp,
        Self::Internal,
    ];

    /// The `code` of the problem answer.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "Malformed",
            Self::TooLarge => "TooLarge",
            Self::Forbidden => "Forbidden",
            Self::NotFound => "NotFound",
            Self::Conflict => "Conflict",
            Self::Refused => "Refused",
            Self::WorkWrong => "WorkWrong",
            Self::Busy => "Busy",
            Self::SetUp => "SetUp",
            Self::Internal => "Internal",
        }
    }

    /// The problem with this `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }
}

macro_rules! call {
    ($request:ty => $answer:ty, $path:literal, $caller:ident $(, $size:expr)?) => {
        impl Call for $request {
            const PATH: &'static str = $path;
            $(const SIZE: Option<usize> = Some($size);)?
            const CALLER: Caller = Caller::$caller;
            type Answer = $answer;
        }
    };
}

mod people;

pub use people::*;

/// Nothing to say back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done;

/// Asks for the relay's key and clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hello;
/// Answer to [`Hello`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Welcome {
    /// The relay's own verifying key; the genesis entry must name it.
    pub relay_key: [u8; 32],
    /// The deployment, once it is set up.
    pub genesis: Option<GenesisHash>,
    /// The relay's clock.
    pub now: UnixTime,
    /// Whether board and intake already exist for a demonstration (the signed mark is in the genesis entry; this only spares a look).
    pub set_up: bool,
}
call!(Hello => Welcome, "/api/1/hello", Anyone);

/// Starts a deployment: the first entries of the directory, once, with the code that the relay printed at its first start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetUp {
    /// The set-up code, as typed.
    pub code: String,
    /// Directory entry frames from genesis on; applied all or none.
    pub entries: Vec<Vec<u8>>,
}
call!(SetUp => Done, "/api/1/setup", Anyone);

/// Appends directory entries; applied all or none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DirectoryAppend {
    /// Directory entry frames, in order.
    pub entries: Vec<Vec<u8>>,
}
call!(DirectoryAppend => Done, "/api/1/directory/append", Anyone);

/// Reads the directory log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DirectoryRead {
    /// First sequence number wanted.
    pub from: u64,
}
/// Answer to [`DirectoryRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DirectoryPage {
    /// Entry frames from `from` on.
    pub entries: Vec<Vec<u8>>,
    /// Length of the whole log.
    pub length: u64,
}
call!(DirectoryRead => DirectoryPage, "/api/1/directory/read", Device);

/// Puts a statement with its wraps (empty where the kind has none). One (kind, subject, epoch or week) takes its place once; a higher `version` replaces.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StatementPut {
    /// Statement frame.
    pub statement: Vec<u8>,
    /// Wraps frame, or empty.
    pub wraps: Vec<u8>,
}
call!(StatementPut => Done, "/api/1/statement/put", Device);

/// Lists statements in the order in which the relay took them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StatementList {
    /// Those taken after this number; 0 for all.
    pub after: u64,
}
/// One stored statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredStatement {
    /// The relay's running number.
    pub number: u64,
    /// Statement frame.
    pub statement: Vec<u8>,
    /// Wraps frame, or empty.
    pub wraps: Vec<u8>,
}
/// Answer to [`StatementList`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StatementPage {
    /// In ascending order of number.
    pub statements: Vec<StoredStatement>,
    /// Whether this was all.
    pub complete: bool,
}
call!(StatementList => StatementPage, "/api/1/statement/list", Device);

/// Puts a witnessed snapshot with the team tables that it names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SnapshotPut {
    /// Snapshot frame with the witnesses' signatures.
    pub snapshot: Vec<u8>,
    /// Team table frames, one for each week that the snapshot names.
    pub tables: Vec<Vec<u8>>,
}
call!(SnapshotPut => Done, "/api/1/snapshot/put", Device);

/// The newest snapshot, for staff clients (reporters take [`Evidence`]).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SnapshotRead;
/// Answer to [`SnapshotRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SnapshotAnswer {
    /// Snapshot frame; empty when there is none yet.
    pub snapshot: Vec<u8>,
}
call!(SnapshotRead => SnapshotAnswer, "/api/1/snapshot/read", Device);

/// Everything that a reporter's page needs to know whom it writes to, and a challenge.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvidenceRead;
/// Answer to [`EvidenceRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Genesis entry frame.
    pub genesis: Vec<u8>,
    /// `RootRotate` and `WitnessSet` entry frames, in order.
    pub roots: Vec<Vec<u8>>,
    /// The newest snapshot frame.
    pub snapshot: Vec<u8>,
    /// Team table frame of this week.
    pub table: Vec<u8>,
    /// The relay's clock.
    pub now: UnixTime,
    /// Work for the first message.
    pub challenge: Challenge,
}
call!(EvidenceRead => Evidence, "/api/1/evidence", Anyone, crate::limits::SMALL_REQUEST);

/// Asks for a new challenge.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChallengeRead;
call!(ChallengeRead => Challenge, "/api/1/intake/challenge", Anyone, crate::limits::SMALL_REQUEST);

/// Posts one intake entry with its proof of work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IntakePost {
    /// The work.
    pub solution: Solution,
    /// Intake frame of exactly [`crate::limits::INTAKE_ENTRY`] bytes.
    pub envelope: Vec<u8>,
}
/// Bytes of an encoded [`IntakePost`] request: the entry, and room for the solution.
pub const INTAKE_POST: usize = crate::limits::INTAKE_ENTRY + 256;
/// Answer to [`IntakePost`]: the relay has it on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeReceipt {
    /// When, to the hour.
    pub hour: UnixTime,
    /// The relay's signature (label `sluis/1/receipt`) over SHA-256(envelope) ‖ hour (8, big endian).
    #[serde(with = "serde_bytes64")]
    pub signature: [u8; 64],
}
call!(IntakePost => IntakeReceipt, "/api/1/intake/post", Anyone, INTAKE_POST);

/// Lists the intake queue. Every device tries its own team keys on all of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IntakeList {
    /// Entries with a higher number.
    pub after: u64,
}
/// In which lane of the queue an entry waits (decision 21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IntakeLane {
    /// The ordinary one.
    First,
    /// For what came while the first one was full, and cost its sender more work.
    Second,
}

impl IntakeLane {
    /// Its number in the store.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::First => 0,
            Self::Second => 1,
        }
    }
}

/// One waiting entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IntakeEntry {
    /// The relay's running number.
    pub number: u64,
    /// When it came, cut to the hour: the relay's word.
    pub hour: UnixTime,
    /// In which lane it waits: the relay's word.
    pub lane: IntakeLane,
    /// Intake frame.
    pub envelope: Vec<u8>,
}
/// Answer to [`IntakeList`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IntakePage {
    /// In ascending order of number.
    pub entries: Vec<IntakeEntry>,
    /// Whether this was all.
    pub complete: bool,
}
call!(IntakeList => IntakePage, "/api/1/intake/list", Staff);

/// Deletes imported entries. Numbers that are gone already are no fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IntakeDelete {
    /// Number, and the secret whose SHA-256 stands in the entry's header.
    pub entries: Vec<(u64, [u8; 32])>,
}
call!(IntakeDelete => Done, "/api/1/intake/delete", Staff);

/// Reads one page of the reply board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoardRead {
    /// The reader's page number, of which the first `bits` bits count.
    pub page: u16,
    /// From the signed team table, 0 to 16.
    pub bits: u8,
    /// Entries with a higher number; the answer's `version` of the last poll, or 0.
    pub after: u64,
}
/// Answer to [`BoardRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoardPage {
    /// Highest number on this page so far; when it equals `after`, nothing changed.
    pub version: u64,
    /// Board frames, at most [`crate::limits::BOARD_PAGE`], in ascending order of number.
    pub entries: Vec<Vec<u8>>,
    /// Number of the last entry in `entries`: go on from here while `version` is higher.
    pub cursor: u64,
}
call!(BoardRead => BoardPage, "/api/1/board/page", Anyone, crate::limits::SMALL_REQUEST);

/// Puts one reply on the board. The same bytes again are no fault; other bytes under the same tag are a conflict.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoardPost {
    /// Board frame of exactly [`crate::limits::BOARD_ENTRY`] bytes.
    pub entry: Vec<u8>,
}
call!(BoardPost => Done, "/api/1/board/post", Staff);

/// Keeps replies alive for another [`crate::limits::BOARD_DAYS`] days.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoardRenew {
    /// Which.
    pub tags: Vec<BoardTag>,
}
/// Answer to [`BoardRenew`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLacks {
    /// Those of the tags that nothing lies under: whoever has the sealed bytes may post them again.
    pub missing: Vec<BoardTag>,
}
call!(BoardRenew => BoardLacks, "/api/1/board/renew", Staff);

/// Creates a dossier. A conflict means that it exists: read it and adopt it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DossierCreate {
    /// Control frame number 0.
    pub control: Vec<u8>,
    /// Wraps frame of epoch 0.
    pub wraps: Vec<u8>,
}
call!(DossierCreate => Done, "/api/1/dossier/create", Staff);

/// Appends to a dossier's control chain, if `number` and `prev` fit (compare-and-swap).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ControlAppend {
    /// Control frame.
    pub control: Vec<u8>,
    /// Wraps frame that it names.
    pub wraps: Vec<u8>,
}
call!(ControlAppend => Done, "/api/1/dossier/control/append", Steward);

/// Reads a dossier's control chain with its wraps: what a new recipient needs before any key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ControlRead {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// First number wanted.
    pub from: u64,
}
/// One link with the wraps that it names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ControlLink {
    /// Control frame.
    pub control: Vec<u8>,
    /// Wraps frame.
    pub wraps: Vec<u8>,
}
/// Answer to [`ControlRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ControlPage {
    /// In order of number.
    pub links: Vec<ControlLink>,
    /// Length of the whole chain.
    pub length: u64,
}
call!(ControlRead => ControlPage, "/api/1/dossier/control/read", Staff);

/// Appends events. The same bytes again are no fault and keep their first place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventAppend {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// Event frames, at most [`crate::limits::EVENTS_IN_APPEND`]; stored all or none.
    pub events: Vec<Vec<u8>>,
}
call!(EventAppend => Done, "/api/1/dossier/event/append", Writer);

/// Reads a dossier's events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventRead {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// How many the caller has already, counted in the relay's order.
    pub from: u64,
}
/// Answer to [`EventRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventPage {
    /// Event frames in the order in which they came.
    pub events: Vec<Vec<u8>>,
    /// How many there are in all.
    pub length: u64,
}
call!(EventRead => EventPage, "/api/1/dossier/event/read", Reader);

/// What changed at the relay: random names of objects, no authors, no kinds of event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangesRead {
    /// Changes with a higher number.
    pub after: u64,
}
/// One object that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Changed {
    /// The directory log grew.
    Directory,
    /// A statement or snapshot came.
    Statements,
    /// The intake queue changed.
    Intake,
    /// A dossier's chain or events grew.
    Dossier(DossierAddress),
}
/// Answer to [`ChangesRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangesPage {
    /// Each object once, however often it changed; at most 1,000.
    pub changes: Vec<Changed>,
    /// Ask for changes after this next time.
    pub next: u64,
    /// Whether this was all.
    pub complete: bool,
}
call!(ChangesRead => ChangesPage, "/api/1/changes", Staff);

/// Opens the stream that says only that something changed: each 8 bytes (big endian) are the newest number of [`ChangesRead`];
/// the current number comes first, and a repeat of it every 25 seconds keeps the connection alive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StreamOpen;
call!(StreamOpen => Done, "/api/1/stream", Staff);

/// Leaves the public keys of a new device in a slot that an invitation names (decision 30). Lives for
/// [`crate::limits::RENDEZVOUS_SECONDS`] in the relay's memory; the first writer has the slot, the same bytes again are no fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RendezvousPut {
    /// The slot of the invitation.
    pub slot: [u8; 16],
    /// Proof of work, as for a message (from [`ChallengeRead`]).
    pub solution: Solution,
    /// What is left there: 1 to [`crate::limits::RENDEZVOUS`] bytes.
    pub request: Vec<u8>,
}
call!(RendezvousPut => Done, "/api/1/rendezvous/put", Anyone);

/// Looks into a slot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RendezvousRead {
    /// The slot of the invitation.
    pub slot: [u8; 16],
}
/// Answer to [`RendezvousRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RendezvousAnswer {
    /// What lies there; empty while there is nothing.
    pub request: Vec<u8>,
}
call!(RendezvousRead => RendezvousAnswer, "/api/1/rendezvous/read", Anyone);

/// What lets its holder send the pieces of one file: the relay's own word, which it need not remember.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileTicket {
    /// Which file.
    pub file: FileAddress,
    /// How many pieces it has.
    pub pieces: u32,
    /// The hour in which it began; good for [`crate::limits::FILE_SECONDS`].
    pub began: UnixTime,
    /// The relay's keyed hash over the fields above.
    pub mac: [u8; 32],
}

/// Begins a file of a dossier, or goes on with one. Another file under the same name is a conflict.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileBegin {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// A new name.
    pub file: FileAddress,
    /// 1 to [`crate::limits::FILE_PIECES`].
    pub pieces: u32,
}
call!(FileBegin => FileTicket, "/api/1/file/begin", Writer);

/// Begins a file of a reporter: one proof of work each. It belongs to no dossier until somebody takes it into one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileOpen {
    /// The work.
    pub solution: Solution,
    /// A new name.
    pub file: FileAddress,
    /// 1 to [`crate::limits::FILE_PIECES_REPORTER`].
    pub pieces: u32,
}
call!(FileOpen => FileTicket, "/api/1/file/open", Anyone, crate::limits::FILE_OPEN);

/// Puts one piece. One that is there already stays as it is, which is no fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PiecePut {
    /// Of which file.
    pub ticket: FileTicket,
    /// Which piece, from 0.
    pub number: u32,
    /// Exactly [`crate::limits::FILE_PIECE`] bytes; the last piece may be shorter.
    pub piece: Vec<u8>,
}
call!(PiecePut => Done, "/api/1/file/piece/put", Anyone, crate::limits::PIECE_PUT);

/// Asks which pieces are there, to go on after a lost connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileLook {
    /// Of which file.
    pub ticket: FileTicket,
}
/// Answer to [`FileLook`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProgress {
    /// One bit for each piece, the lowest bit of the first byte for piece 0.
    pub present: Vec<u8>,
}
call!(FileLook => FileProgress, "/api/1/file/look", Anyone, crate::limits::FILE_REQUEST);

/// Says that all pieces were sent. A missing one is a conflict. Doing it twice is no fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileFinish {
    /// Which file.
    pub ticket: FileTicket,
}
call!(FileFinish => Done, "/api/1/file/finish", Anyone, crate::limits::FILE_REQUEST);

/// Reads one piece of a file of a dossier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PieceRead {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// Which file.
    pub file: FileAddress,
    /// Which piece, from 0.
    pub number: u32,
}
/// Answer to [`PieceRead`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// As it was put.
    pub piece: Vec<u8>,
}
call!(PieceRead => Piece, "/api/1/file/piece/read", Reader);

/// Takes files of a reporter into a dossier. Those that are not there, or are another dossier's, are passed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileClaim {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// At most [`crate::limits::FILES_IN_REQUEST`].
    pub files: Vec<FileAddress>,
}
call!(FileClaim => Done, "/api/1/file/claim", Writer);

/// Deletes files of a dossier: nobody can read them any more, and after [`crate::limits::FILE_BIN_DAYS`] days they are gone. Those that are not
/// there are passed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileDelete {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// At most [`crate::limits::FILES_IN_REQUEST`].
    pub files: Vec<FileAddress>,
}
call!(FileDelete => Done, "/api/1/file/delete", StewardAlone);

/// Puts an anonymous row of the figures. Nothing says whose desk it comes from. The same bytes again are no fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FigurePut {
    /// Figure frame of exactly [`crate::limits::FIGURE`] bytes.
    pub figure: Vec<u8>,
}
call!(FigurePut => Done, "/api/1/figure/put", Staff);

/// Lists the rows of the figures in the order in which the relay took them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FigureList {
    /// Those taken after this number; 0 for all.
    pub after: u64,
}
/// One stored row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFigure {
    /// The relay's running number.
    pub number: u64,
    /// Figure frame.
    pub figure: Vec<u8>,
}
/// Answer to [`FigureList`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FigurePage {
    /// In ascending order of number.
    pub figures: Vec<StoredFigure>,
    /// Whether this was all.
    pub complete: bool,
}
call!(FigureList => FigurePage, "/api/1/figure/list", Staff);

/// A dossier's keys as the relay checks them, for the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierKeys {
    /// See [`crate::envelope::ControlEnvelope::read_key`].
    pub read: CapabilityKey,
    /// See [`crate::envelope::ControlEnvelope::write_key`].
    pub write: CapabilityKey,
    /// See [`crate::envelope::ControlEnvelope::steward_key`].
    pub steward: CapabilityKey,
}

/// The weeks for which team tables are kept and named by snapshots: this one and this many more (decision 1).
pub const WEEKS_AHEAD: u32 = 8;

/// The weeks from `now` on that an honest snapshot names.
pub fn snapshot_weeks(now: UnixTime) -> impl Iterator<Item = Week> {
    (0..=WEEKS_AHEAD).map(move |ahead| Week::of(now).plus(ahead))
}

/// 64 bytes, which serde's own arrays stop short of.
mod serde_bytes64 {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8; 64], to: S) -> Result<S::Ok, S::Error> {
        let (front, back) = bytes.split_at(32);
        let halves: ([u8; 32], [u8; 32]) = (
            front.try_into().unwrap_or_default(),
            back.try_into().unwrap_or_default(),
        );
        halves.serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 64], D::Error> {
        let (front, back) = <([u8; 32], [u8; 32])>::deserialize(from)?;
        let mut bytes = [0; 64];
        let (left, right) = bytes
            .split_at_mut_checked(32)
            .ok_or_else(|| D::Error::custom("length"))?;
        left.copy_from_slice(&front);
        right.copy_from_slice(&back);
        Ok(bytes)
    }
}
