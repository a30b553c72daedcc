//! What the relay adds to each call of the interface: how large a request may be, which dossier it is about, and a line for the description.

use sluis_wire::address::DossierAddress;
use sluis_wire::api::{
    BoardPost, BoardRead, BoardRenew, Call, ChallengeRead, ChangesRead, ControlAppend, ControlRead,
    DirectoryAppend, DirectoryRead, DossierCreate, EventAppend, EventRead, EvidenceRead,
    FigureList, FigurePut, FileBegin, FileClaim, FileDelete, FileFinish, FileLook, FileOpen, Hello,
    INTAKE_POST, IntakeDelete, IntakeList, IntakePost, PeopleErase, PeopleRead, PersonPut,
    PersonWrapsPut, PersonWrapsRead, PiecePut, PieceRead, RendezvousPut, RendezvousRead, SetUp,
    SnapshotPut, SnapshotRead, StatementList, StatementPut, StreamOpen,
};
use sluis_wire::envelope::ControlEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::{Error, codec, limits};

/// Bytes of a request that holds a few numbers or ids.
const NUMBERS: usize = 64;
/// Bytes around frames in a request: their lengths.
const LENGTHS: usize = 16;
/// Bytes of a list of short things, about a thousand of them.
const LIST: usize = 64 * 1024;

/// Bytes of a request that names files.
const FILES: usize = NUMBERS + 16 * limits::FILES_IN_REQUEST;

/// A call as the relay takes it.
pub(crate) trait Asked: Call + Send + Sync + 'static {
    /// Largest body in bytes, inclusive. Checked before it is read.
    const LIMIT: usize;
    /// What it is for, in one line.
    const SUMMARY: &'static str;

    /// The dossier whose keys prove the caller, for calls of readers, writers and stewards.
    ///
    /// # Errors
    /// Those of the frame that names it.
    fn dossier(&self) -> Result<Option<DossierAddress>, Error> {
        Ok(None)
    }
}

macro_rules! asked {
    ($call:ty, $limit:expr, $summary:literal $(, |$self:ident| $dossier:expr)?) => {
        impl Asked for $call {
            const LIMIT: usize = $limit;
            const SUMMARY: &'static str = $summary;
            $(fn dossier(&self) -> Result<Option<DossierAddress>, Error> {
                let $self = self;
                $dossier.map(Some)
            })?
        }
    };
}

asked!(Hello, NUMBERS, "The relay's key and clock");
asked!(
    SetUp,
    limits::REQUEST,
    "Start a deployment with the set-up code"
);
asked!(
    DirectoryAppend,
    limits::REQUEST,
    "Append signed entries to the directory log"
);
asked!(DirectoryRead, NUMBERS, "Read the directory log");
asked!(
    StatementPut,
    limits::STATEMENT + limits::WRAPS + LENGTHS,
    "Put a signed statement of a key"
);
asked!(StatementList, NUMBERS, "List statements");
asked!(
    SnapshotPut,
    limits::REQUEST,
    "Put a witnessed snapshot with its team tables"
);
asked!(SnapshotRead, NUMBERS, "Read the newest snapshot");
asked!(
    EvidenceRead,
    limits::SMALL_REQUEST,
    "All that a reporter's page needs before it can write"
);
asked!(
    ChallengeRead,
    limits::SMALL_REQUEST,
    "A new proof-of-work challenge"
);
asked!(
    IntakePost,
    INTAKE_POST,
    "Put a sealed message in the intake queue"
);
asked!(IntakeList, NUMBERS, "List the intake queue");
asked!(
    IntakeDelete,
    LIST,
    "Delete imported entries of the intake queue"
);
asked!(
    BoardRead,
    limits::SMALL_REQUEST,
    "Read one page of the reply board"
);
asked!(
    BoardPost,
    limits::BOARD_ENTRY + LENGTHS,
    "Put a sealed reply on the board"
);
asked!(BoardRenew, LIST, "Keep replies on the board alive");
asked!(
    DossierCreate,
    limits::CONTROL_ENTRY + limits::WRAPS + LENGTHS,
    "Create a dossier"
);
asked!(
    ControlAppend,
    limits::CONTROL_ENTRY + limits::WRAPS + LENGTHS,
    "Append to a dossier's control chain",
    |call| control(&call.control).map(|(_, control)| control.dossier)
);
asked!(ControlRead, NUMBERS, "Read a dossier's control chain");
asked!(
    EventAppend,
    limits::REQUEST,
    "Append sealed events to a dossier",
    |call| Ok(call.dossier)
);
asked!(
    EventRead,
    NUMBERS,
    "Read a dossier's sealed events",
    |call| Ok(call.dossier)
);
asked!(
    PersonPut,
    limits::PERSON_RECORD + limits::WRAPS + 128,
    "Put a person's sealed record with the relay's half of its key",
    |call| Ok(call.dossier)
);
asked!(
    PersonWrapsPut,
    limits::WRAPS + 128,
    "Replace the wraps of a person's record",
    |call| Ok(call.dossier)
);
asked!(
    PersonWrapsRead,
    NUMBERS,
    "Read the wraps of a person's record",
    |call| Ok(call.dossier)
);
asked!(
    PeopleRead,
    NUMBERS,
    "Read the sealed records of a dossier's people with the relay's halves of their keys",
    |call| Ok(call.dossier)
);
asked!(
    PeopleErase,
    2 * 1024,
    "Destroy records, wraps and halves of keys for good",
    |call| Ok(call.dossier)
);
asked!(FileBegin, NUMBERS, "Begin a file of a dossier", |call| Ok(
    call.dossier
));
asked!(
    FileOpen,
    limits::FILE_OPEN,
    "Begin a file of a reporter with a proof of work"
);
asked!(
    PiecePut,
    limits::PIECE_PUT,
    "Put one sealed piece of a file"
);
asked!(
    FileLook,
    limits::FILE_REQUEST,
    "Which pieces of a file are there"
);
asked!(
    FileFinish,
    limits::FILE_REQUEST,
    "Say that all pieces of a file were sent"
);
asked!(
    PieceRead,
    NUMBERS,
    "Read one sealed piece of a file",
    |call| Ok(call.dossier)
);
asked!(
    FileClaim,
    FILES,
    "Take files of a reporter into a dossier",
    |call| Ok(call.dossier)
);
asked!(FileDelete, FILES, "Delete files of a dossier", |call| Ok(
    call.dossier
));
asked!(
    FigurePut,
    limits::FIGURE + LENGTHS,
    "Put a sealed anonymous row of the figures"
);
asked!(FigureList, NUMBERS, "List the rows of the figures");
asked!(ChangesRead, NUMBERS, "Which objects changed");
asked!(
    RendezvousPut,
    limits::RENDEZVOUS + 256,
    "Leave a new device's public keys in a slot for ten minutes"
);
asked!(RendezvousRead, NUMBERS, "Look into a slot");
asked!(
    StreamOpen,
    NUMBERS,
    "A stream that says that something changed"
);

/// A control frame and what stands outside its seal.
///
/// # Errors
/// Those of frame and body.
pub(crate) fn control(bytes: &[u8]) -> Result<(Frame, ControlEnvelope), Error> {
    let frame = Frame::parse_as(FrameType::ControlEntry, bytes)?;
    let envelope = codec::decode(frame.body(), FrameType::ControlEntry.max_body_len())?;
    Ok((frame, envelope))
}
