//! The way in: one queue entry, sealed to a line's key of the week. Every entry is 8,192 bytes, whatever is in it.
//!
//! ```text
//! frame   = header 0x0501 (10) ‖ IntakeEnvelope { delete hash 32, week, dir_seq, sealed } ‖ 0 signatures (1)
//! sealed  = HPKE base(key of the week, info, aad, pad_to(body))
//! info    = context("sluis/1/intake", genesis 32, team 16, week (4, be), not_after (8, be), dir_head 32)
//! aad     = header (10) ‖ delete hash (32) ‖ week (4, be) ‖ dir_seq (8, be)
//! body    = postcard { contact, message 16, number u8, count u8, time, delete secret 32, parts }
//! contact = postcard { conversation 16, page u16, rpk 1216, consent key 32, psk 32, tag key 32 }
//! ```
//!
//! Only who opens it knows the delete secret, whose SHA-256 stands outside. First message and tenth look alike: each
//! carries all that is needed to answer.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::{
    evidence::TrustedTable,
    snapshot::Line,
    statement::{INTAKE_DAYS, Standing},
};
use sluis_wire::{
    address::{FrameHash, GenesisHash, TeamId},
    codec::{self, PAD_HEADER_LEN},
    envelope::IntakeEnvelope,
    frame::{self, Frame, FrameType},
    limits,
    time::{DAY, UnixTime, Week},
};
use zeroize::Zeroizing;

use super::{
    keys::{ConversationId, ReporterContact, ReporterKeys},
    message::{Fragment, MessageId, Part},
};
use crate::{
    error::Error,
    padding::intake_content,
    primitives::{
        kdf,
        kem::{self, KemPublic, KemSecret},
    },
};

const LABEL: &str = "sluis/1/intake";

/// Whom a message goes to: a line of a trusted table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The deployment.
    pub genesis: GenesisHash,
    /// The team of the line.
    pub team: TeamId,
    /// Week of the table. It stands in the open, so it is the same for all lines, also for one whose key is a week older.
    pub week: Week,
    /// Until when the key is good.
    pub not_after: UnixTime,
    /// Where the witnesses' directory stood.
    pub standing: Standing,
    kem: KemPublic,
}

impl Destination {
    /// A line of a table that was checked.
    ///
    /// # Errors
    /// [`Error::UnacceptableKey`] when the line's key is no key of the suite.
    pub fn new(table: &TrustedTable, line: &Line) -> Result<Self, Error> {
        Ok(Self {
            genesis: table.genesis,
            team: line.team,
            week: table.week,
            not_after: line.not_after,
            standing: table.standing,
            kem: KemPublic::parse(&line.kem.0)?,
        })
    }
}

/// One intake secret of the team, to try on the queue.
#[derive(Clone, Copy, Debug)]
pub struct IntakeKey<'a> {
    /// Whose.
    pub team: TeamId,
    /// Until when its public half was good.
    pub not_after: UnixTime,
    /// The secret half.
    pub secret: &'a KemSecret,
}

impl<'a> IntakeKey<'a> {
    /// The secret that a team's intake statement announced for `week`.
    #[must_use]
    pub fn new(team: TeamId, week: Week, secret: &'a KemSecret) -> Self {
        Self {
            team,
            not_after: week.start().plus(INTAKE_DAYS * DAY),
            secret,
        }
    }
}

/// A queue entry whose shape is right and that nobody has opened yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedIntake {
    header: Vec<u8>,
    envelope: IntakeEnvelope,
}

/// What an opened queue entry holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// How to answer, and which conversation it is.
    pub contact: ReporterContact,
    /// The share of a message that it carries.
    pub fragment: Fragment,
    /// Lets the relay delete the entry.
    pub delete_secret: [u8; 32],
}

impl Received {
    /// Which conversation it belongs to.
    #[must_use]
    pub const fn conversation(&self) -> ConversationId {
        self.contact.conversation
    }
}

#[derive(Serialize, Deserialize)]
struct Body {
    contact: ReporterContact,
    message: MessageId,
    number: u8,
    count: u8,
    time: UnixTime,
    delete_secret: [u8; 32],
    parts: Vec<Part>,
}

/// Seals one fragment into a queue entry: a frame of exactly [`limits::INTAKE_ENTRY`] bytes.
///
/// # Errors
/// [`Error::Encoding`] when the fragment is larger than [`Message::fragments`](super::Message::fragments) makes them.
pub fn seal_intake(
    keys: &ReporterKeys,
    to: &Destination,
    fragment: &Fragment,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    let mut delete_secret = [0; 32];
    rng.fill_bytes(&mut delete_secret);
    let delete_hash = kdf::sha256(&delete_secret);
    let body = Zeroizing::new(codec::encode(&Body {
        contact: keys.contact(),
        message: fragment.message,
        number: fragment.number,
        count: fragment.count,
        time: fragment.time,
        delete_secret,
        parts: fragment.parts.clone(),
    }));
    let (week, dir_seq) = (to.week, to.standing.seq);
    let content = Zeroizing::new(codec::pad_to(&body, intake_content(week, dir_seq))?);
    let header = frame::header_for(
        FrameType::IntakeMessage,
        FrameType::IntakeMessage.max_body_len(),
    )?;
    let info = info(to.genesis, to.team, week, to.not_after, to.standing.head);
    let aad = aad(&header, &delete_hash, week, dir_seq);
    let sealed = kem::seal_base(&to.kem, &info, &aad, &content, rng)?;
    let body = codec::encode(&IntakeEnvelope {
        delete_hash,
        week,
        dir_seq,
        sealed,
    });
    Ok(Frame::build(FrameType::IntakeMessage, &body)?.to_bytes())
}

impl SealedIntake {
    /// Reads the outside of a queue entry.
    ///
    /// # Errors
    /// [`Error::Encoding`] when it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let frame = Frame::parse_as(FrameType::IntakeMessage, bytes)?;
        let envelope = codec::decode(frame.body(), limits::INTAKE_ENTRY)?;
        Ok(Self {
            header: frame.header().to_vec(),
            envelope,
        })
    }

    /// Week of the table that it was written by. The key may be one week older: try all that still hold.
    #[must_use]
    pub const fn week(&self) -> Week {
        self.envelope.week
    }

    /// Length of the directory log that the reporter's snapshot stood at: the `dir_head` to open it with is the hash
    /// of entry `dir_seq - 1`.
    #[must_use]
    pub const fn dir_seq(&self) -> u64 {
        self.envelope.dir_seq
    }

    /// Opens it with one key; `None` when it was sealed to another key, team, week or directory.
    ///
    /// # Errors
    /// When the key fits and what is inside is not what a reporter's page writes.
    pub fn open(
        &self,
        genesis: GenesisHash,
        dir_head: FrameHash,
        key: &IntakeKey<'_>,
    ) -> Result<Option<Received>, Error> {
        let IntakeEnvelope {
            delete_hash,
            week,
            dir_seq,
            sealed,
        } = &self.envelope;
        let info = info(genesis, key.team, *week, key.not_after, dir_head);
        let aad = aad(&self.header, delete_hash, *week, *dir_seq);
        let Ok(content) = kem::open_base(key.secret, &info, &aad, sealed) else {
            return Ok(None);
        };
        let body: Body = codec::decode(codec::unpad(&content)?, limits::INTAKE_ENTRY)?;
        let numbered = body.number < body.count && usize::from(body.count) <= limits::INTAKE_PARTS;
        if !numbered || kdf::sha256(&body.delete_secret) != *delete_hash {
            return Err(Error::Damaged);
        }
        Ok(Some(Received {
            contact: body.contact,
            fragment: Fragment {
                message: body.message,
                number: body.number,
                count: body.count,
                time: body.time,
                parts: body.parts,
            },
            delete_secret: body.delete_secret,
        }))
    }
}

/// Tries keys on one queue entry; `dir_head` looks up the hash of the log's entry number `dir_seq - 1`.
/// `None` when none of them fits, or the log is not yet so long: sync it and try again.
///
/// # Errors
/// As [`SealedIntake::parse`] and [`SealedIntake::open`].
pub fn open_intake<'a>(
    frame: &[u8],
    genesis: GenesisHash,
    dir_head: impl FnOnce(u64) -> Option<FrameHash>,
    keys: impl IntoIterator<Item = IntakeKey<'a>>,
) -> Result<Option<Received>, Error> {
    let sealed = SealedIntake::parse(frame)?;
    let Some(head) = dir_head(sealed.dir_seq()) else {
        return Ok(None);
    };
    for key in keys {
        if let Some(received) = sealed.open(genesis, head, &key)? {
            return Ok(Some(received));
        }
    }
    Ok(None)
}

/// Bytes of encoded parts that fit in one entry, whatever its header says.
pub(super) fn room() -> usize {
    /// Contact: conversation, page, X-Wing key, consent key, reply PSK, tag key.
    const CONTACT: usize = 16 + 3 + kem::PUBLIC_LEN + 32 + 32 + 32;
    /// Message id, number, count, time (at most), delete secret.
    const AROUND: usize = 16 + 1 + 1 + 10 + 32;
    intake_content(Week(u32::MAX), u64::MAX) - PAD_HEADER_LEN - CONTACT - AROUND
}

fn info(
    genesis: GenesisHash,
    team: TeamId,
    week: Week,
    not_after: UnixTime,
    head: FrameHash,
) -> Vec<u8> {
    let (week, not_after) = (week.0.to_be_bytes(), not_after.0.to_be_bytes());
    kdf::context(LABEL, &[&genesis.0, &team.0, &week, &not_after, &head.0])
}

fn aad(header: &[u8], delete_hash: &[u8; 32], week: Week, dir_seq: u64) -> Vec<u8> {
    [
        header,
        delete_hash,
        &week.0.to_be_bytes(),
        &dir_seq.to_be_bytes(),
    ]
    .concat()
}
