//! What a team says back: typed parts, split over board entries where they do not fit in one.
//!
//! ```text
//! part     = kind (postcard u16) ‖ bytes (length-prefixed)     unknown kinds are kept (decision 38)
//! kind 1     text       piece                                   kind 5     read       message 16: up to and with this one
//! kind 2     echo       piece: the reporter's own message       kind 6     status     u8, as sluis_domain::vocabulary::Status
//! kind 3     heard      message 16, part of the reporter        kind 7     hand-over  team 16: the next answers come from it
//! kind 4     filed      message 16, hash 32, time               kind 8     in place   index: this entry stands in the place of that one
//!                                                                piece    = message 16, number u8, count u8, time, text
//! ```

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};
use sluis_directory::statement::Standing;
use sluis_domain::vocabulary::Status;
use sluis_wire::{address::TeamId, codec, limits, time::UnixTime};

use super::{
    board, cut,
    message::{FILE_NAME, Message, MessageId, Part, message_hash},
};
use crate::error::Error;

/// Most bytes of [`ReplyBody::author`].
pub const AUTHOR_MOST: usize = 120;

/// What stands inside one board entry, signed by a device of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyBody {
    /// Number of the reply in its conversation, from 0; the same as in its tag.
    pub index: u32,
    /// When it was made, by the author's clock.
    pub time: UnixTime,
    /// The team that the author writes for, which has the conversation now.
    pub team: TeamId,
    /// Name of the author's role, as the reporter may see it; at most [`AUTHOR_MOST`] bytes.
    pub author: String,
    /// The lowest number that is still on the board.
    pub lowest: u32,
    /// Where the author's directory stood.
    pub standing: Standing,
    /// What is said.
    pub parts: Vec<ReplyPart>,
}

/// A text, or a piece of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Of which message.
    pub message: MessageId,
    /// Which piece, from 0.
    pub number: u8,
    /// How many there are.
    pub count: u8,
    /// When the message was written.
    pub time: UnixTime,
    /// The piece itself.
    pub text: String,
}

impl Piece {
    /// A whole text; [`split`] cuts it where that is needed.
    #[must_use]
    pub fn whole(message: MessageId, time: UnixTime, text: &str) -> Self {
        Self {
            message,
            number: 0,
            count: 1,
            time,
            text: text.into(),
        }
    }
}

/// One thing that is said to the reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPart", into = "RawPart")]
pub enum ReplyPart {
    /// An answer.
    Text(Piece),
    /// The text of the reporter's own message, so that the conversation reads whole after coming back (decision 15).
    Echo(Piece),
    /// Another part of the reporter's own message.
    Heard(MessageId, Part),
    /// Proof of filing: the hash of a message ([`message_hash`]) and when it came into the hands of the team.
    Filed {
        /// Which.
        message: MessageId,
        /// Its hash.
        hash: [u8; 32],
        /// When.
        time: UnixTime,
    },
    /// Somebody has read everything up to and with this message.
    Read(MessageId),
    /// Where the case stands.
    Status(Status),
    /// From now on another team has the conversation.
    HandOver(TeamId),
    /// The entry stands in the place of the one with this number, whose signer is of the team no more (decision 17).
    InPlaceOf(u32),
    /// A part of a later release: kept as it came.
    Unknown(u16, Vec<u8>),
}

/// A part as it is written.
#[derive(Serialize, Deserialize)]
struct RawPart {
    kind: u16,
    bytes: Vec<u8>,
}

impl From<ReplyPart> for RawPart {
    fn from(part: ReplyPart) -> Self {
        let (kind, bytes) = match part {
            ReplyPart::Text(piece) => (1, codec::encode(&piece)),
            ReplyPart::Echo(piece) => (2, codec::encode(&piece)),
            ReplyPart::Heard(message, part) => (3, codec::encode(&(message, part))),
            ReplyPart::Filed {
                message,
                hash,
                time,
            } => (4, codec::encode(&(message, hash, time))),
            ReplyPart::Read(message) => (5, codec::encode(&message)),
            ReplyPart::Status(status) => (6, codec::encode(&status)),
            ReplyPart::HandOver(team) => (7, codec::encode(&team)),
            ReplyPart::InPlaceOf(index) => (8, codec::encode(&index)),
            ReplyPart::Unknown(kind, bytes) => (kind, bytes),
        };
        Self { kind, bytes }
    }
}

impl TryFrom<RawPart> for ReplyPart {
    type Error = sluis_wire::Error;

    fn try_from(raw: RawPart) -> Result<Self, Self::Error> {
        let RawPart { kind, bytes } = raw;
        let most = limits::BOARD_ENTRY;
        Ok(match kind {
            1 => Self::Text(codec::decode(&bytes, most)?),
            2 => Self::Echo(codec::decode(&bytes, most)?),
            3 => {
                let (message, part) = codec::decode(&bytes, most)?;
                Self::Heard(message, part)
            }
            4 => {
                let (message, hash, time) = codec::decode(&bytes, most)?;
                Self::Filed {
                    message,
                    hash,
                    time,
                }
            }
            5 => Self::Read(codec::decode(&bytes, most)?),
            // A status of a later release is kept like any other part that is not known.
            6 => codec::decode(&bytes, most).map_or(Self::Unknown(kind, bytes), Self::Status),
            7 => Self::HandOver(codec::decode(&bytes, most)?),
            8 => Self::InPlaceOf(codec::decode(&bytes, most)?),
            kind => Self::Unknown(kind, bytes),
        })
    }
}

/// What a team posts when it has taken in a message: proof of filing, then the message itself and its other parts.
#[must_use]
pub fn receipt(message: &Message, filed: UnixTime) -> Vec<ReplyPart> {
    let id = message.id;
    let mut parts = Vec::from([ReplyPart::Filed {
        message: id,
        hash: message_hash(id, &message.text),
        time: filed,
    }]);
    if !message.text.is_empty() {
        parts.push(ReplyPart::Echo(Piece::whole(
            id,
            message.time,
            &message.text,
        )));
    }
    let heard = message
        .parts
        .iter()
        .filter(|part| !matches!(part, Part::Ack(_)));
    parts.extend(heard.map(|part| ReplyPart::Heard(id, echoed(part))));
    parts
}

/// A part as it goes back: of a file only what it was called.
fn echoed(part: &Part) -> Part {
    match part.file() {
        Some(file) => Part::Unknown(FILE_NAME, file.name.into_bytes()),
        None => part.clone(),
    }
}

/// Spreads parts over as many board entries as they need, in order; long text and echo are cut. Each inner list goes
/// into one [`ReplyBody`].
///
/// # Errors
/// [`sluis_wire::Error::TooLong`] when a part that cannot be cut fits in no entry, or a text needs more than 255.
pub fn split(parts: Vec<ReplyPart>) -> Result<Vec<Vec<ReplyPart>>, Error> {
    let room = board::room();
    let mut entries = Vec::from([Vec::new()]);
    let mut used = 1;
    for part in parts.into_iter().map(|part| pieces(part, room)) {
        for part in part? {
            let len = codec::encode(&part).len();
            if len + 1 > room {
                return Err(sluis_wire::Error::TooLong { len, max: room - 1 }.into());
            }
            if used + len > room {
                entries.push(Vec::new());
                used = 1;
            }
            used += len;
            if let Some(entry) = entries.last_mut() {
                entry.push(part);
            }
        }
    }
    Ok(entries)
}

/// Cuts a text or echo that fits in no single entry.
fn pieces(part: ReplyPart, room: usize) -> Result<Vec<ReplyPart>, Error> {
    /// Kind and lengths of part and text, message id, number, count, time (at most), count of parts.
    const AROUND: usize = 1 + 3 + 3 + 16 + 1 + 1 + 10 + 1;
    let (piece, wrap): (&Piece, fn(Piece) -> ReplyPart) = match &part {
        ReplyPart::Text(piece) => (piece, ReplyPart::Text),
        ReplyPart::Echo(piece) => (piece, ReplyPart::Echo),
        _ => return Ok(Vec::from([part])),
    };
    let most = room - AROUND;
    let count = cut(&piece.text, most).count();
    let count = u8::try_from(count).map_err(|_| {
        let max = usize::from(u8::MAX) * most;
        sluis_wire::Error::TooLong {
            len: piece.text.len(),
            max,
        }
    })?;
    let texts = (0..count).zip(cut(&piece.text, most));
    Ok(texts
        .map(|(number, text)| {
            let Piece { message, time, .. } = *piece;
            wrap(Piece {
                message,
                number,
                count,
                time,
                text: text.into(),
            })
        })
        .collect())
}
