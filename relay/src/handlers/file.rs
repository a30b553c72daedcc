//! Files: their sealed pieces, from desks and from reporters.

use sha2::{Digest as _, Sha256};
use sluis_wire::api::{
    Done, FileBegin, FileClaim, FileDelete, FileFinish, FileLook, FileOpen, FileProgress,
    FileTicket, Piece, PiecePut, PieceRead, Problem,
};
use sluis_wire::limits;
use sluis_wire::time::DAY;

use crate::app::App;
use crate::error::Refusal;
use crate::store::{FileStage, Store, Write};

/// Seconds after which a file that was begun may be swept: no ticket for it is good any more.
const BEGUN_SECONDS: u64 = limits::FILE_SECONDS + 3_600;

/// Begins a file of a dossier.
///
/// # Errors
/// [`Problem::TooLarge`] for too many pieces, [`Problem::Conflict`] for another file under this name.
pub(crate) async fn begin<S: Store>(app: App<S>, call: FileBegin) -> Result<FileTicket, Refusal> {
    let FileBegin {
        dossier,
        file,
        pieces,
    } = call;
    check_pieces(pieces, limits::FILE_PIECES)?;
    let now = app.now();
    let write = Write::FileBegin {
        file,
        dossier: Some(dossier),
        pieces,
        cap: 0,
        expires: now.plus(BEGUN_SECONDS),
    };
    app.store().write(write).await?;
    Ok(app.files().ticket(file, pieces, now))
}

/// Begins a file of a reporter.
///
/// # Errors
/// [`Problem::WorkWrong`], [`Problem::TooLarge`], [`Problem::Busy`] when too many wait, [`Problem::NotFound`] before set-up.
pub(crate) async fn open<S: Store>(app: App<S>, call: FileOpen) -> Result<FileTicket, Refusal> {
    app.need_directory()?;
    check_pieces(call.pieces, limits::FILE_PIECES_REPORTER)?;
    let now = app.now();
    let hash = Sha256::new_with_prefix(call.file.0)
        .chain_update(call.pieces.to_be_bytes())
        .finalize();
    app.gate().spend(&call.solution, hash.into(), now).await?;
    let write = Write::FileBegin {
        file: call.file,
        dossier: None,
        pieces: call.pieces,
        cap: u64::try_from(limits::FILES_WAITING).unwrap_or(u64::MAX),
        expires: now.plus(BEGUN_SECONDS),
    };
    app.store().write(write).await?;
    Ok(app.files().ticket(call.file, call.pieces, now))
}

fn check_pieces(pieces: u32, most: u32) -> Result<(), Problem> {
    match pieces {
        0 => Err(Problem::Malformed),
        _ if pieces > most => Err(Problem::TooLarge),
        _ => Ok(()),
    }
}

/// Puts a piece.
///
/// # Errors
/// [`Problem::Forbidden`] for a ticket that is none of ours or too old, [`Problem::Malformed`] for a piece of another size or number.
pub(crate) async fn put<S: Store>(app: App<S>, call: PiecePut) -> Result<Done, Refusal> {
    let PiecePut {
        ticket,
        number,
        piece,
    } = call;
    app.files().check(&ticket, app.now())?;
    let last = number.checked_add(1) == Some(ticket.pieces);
    let fits = piece.len() == limits::FILE_PIECE
        || last && !piece.is_empty() && piece.len() < limits::FILE_PIECE;
    if number >= ticket.pieces || !fits {
        return Err(Problem::Malformed.into());
    }
    app.files().put(ticket.file, number, piece).await?;
    Ok(Done)
}

/// Says which pieces are there.
///
/// # Errors
/// [`Problem::Forbidden`] for a ticket that is none of ours or too old.
pub(crate) async fn look<S: Store>(app: App<S>, call: FileLook) -> Result<FileProgress, Refusal> {
    let ticket = call.ticket;
    app.files().check(&ticket, app.now())?;
    let bytes = usize::try_from(ticket.pieces.div_ceil(8)).unwrap_or(0);
    let mut present = vec![0_u8; bytes];
    for number in app.files().present(ticket.file).await? {
        let byte = usize::try_from(number / 8)
            .ok()
            .and_then(|index| present.get_mut(index));
        if let Some(byte) = byte.filter(|_| number < ticket.pieces) {
            *byte |= 1 << (number % 8);
        }
    }
    Ok(FileProgress { present })
}

/// Makes a file whole.
///
/// # Errors
/// [`Problem::Forbidden`] for a ticket that is none of ours or too old, [`Problem::Conflict`] while pieces are missing.
pub(crate) async fn finish<S: Store>(app: App<S>, call: FileFinish) -> Result<Done, Refusal> {
    let (ticket, now) = (call.ticket, app.now());
    app.files().check(&ticket, now)?;
    let mut numbers = app.files().present(ticket.file).await?;
    numbers.sort_unstable();
    if !numbers.into_iter().eq(0..ticket.pieces) {
        return Err(Problem::Conflict.into());
    }
    let write = Write::FileFinish {
        file: ticket.file,
        expires: now.plus(limits::INTAKE_DAYS * DAY),
    };
    app.store().write(write).await?;
    Ok(Done)
}

/// Reads a piece.
///
/// # Errors
/// [`Problem::NotFound`] for a file that is not this dossier's, not whole, or deleted.
pub(crate) async fn read<S: Store>(app: App<S>, call: PieceRead) -> Result<Piece, Refusal> {
    let row = app.store().file(call.file).await?;
    let readable = row.is_some_and(|row| {
        row.dossier == Some(call.dossier)
            && row.stage == FileStage::Whole
            && call.number < row.pieces
    });
    if !readable {
        return Err(Problem::NotFound.into());
    }
    let piece = app.files().read(call.file, call.number).await?;
    let piece = piece.ok_or(Problem::NotFound)?;
    Ok(Piece { piece })
}

/// Takes files of a reporter into a dossier.
///
/// # Errors
/// [`Problem::TooLarge`] for too many at once.
pub(crate) async fn claim<S: Store>(app: App<S>, call: FileClaim) -> Result<Done, Refusal> {
    let FileClaim { dossier, files } = call;
    if files.len() > limits::FILES_IN_REQUEST {
        return Err(Problem::TooLarge.into());
    }
    app.store()
        .write(Write::FileClaim { dossier, files })
        .await?;
    Ok(Done)
}

/// Puts files of a dossier in the bin.
///
/// # Errors
/// [`Problem::TooLarge`] for too many at once.
pub(crate) async fn delete<S: Store>(app: App<S>, call: FileDelete) -> Result<Done, Refusal> {
    let FileDelete { dossier, files } = call;
    if files.len() > limits::FILES_IN_REQUEST {
        return Err(Problem::TooLarge.into());
    }
    let write = Write::FileDelete {
        dossier,
        files,
        expires: app.now().plus(limits::FILE_BIN_DAYS * DAY),
    };
    app.store().write(write).await?;
    Ok(Done)
}
