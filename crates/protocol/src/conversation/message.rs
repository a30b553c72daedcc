//! What a reporter says: typed parts. Longer text is split over up to eight queue entries and joined again by the team.
//!
//! ```text
//! part     = kind (postcard u16) ‖ bytes (length-prefixed)     unknown kinds are kept and shown as such (decision 38)
//! kind 1     text      UTF-8
//! kind 2     answer    postcard (question u16, text)
//! kind 3     wish      postcard (time, wish, signature 64): the federation may read this, or stop
//! kind 4     ack       postcard u32: every reply below this number was read
//! kind 5     file      postcard of sluis_domain::file::File
//! kind 6     file name UTF-8; only in an echo, in place of kind 5
//! wish signature = Ed25519(consent key, "sluis/1/consent", postcard (genesis 32, conversation 16, time, wish))
//! ```

use alloc::{string::String, vec::Vec};

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::{Label, Signature, VerifyingKey};
use sluis_domain::file::File;
use sluis_sorted::Map;
use sluis_wire::{address::GenesisHash, codec, limits, time::UnixTime};

use super::{
    cut, intake,
    keys::{ConversationId, ReporterKeys},
};
use crate::{error::Error, primitives::kdf};

/// One message of a reporter or of a team: random.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId(pub [u8; 16]);

impl MessageId {
    /// A random one.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        Self(id)
    }
}

/// A later, skippable question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub enum Question {
    /// Which sport (1).
    Sport,
    /// Which federation (2).
    Federation,
    /// At what level (3).
    Level,
    /// Whether someone under 18 is involved (4).
    Minor,
    /// How the team can reach the reporter (5).
    Contact,
    /// A question of a later release.
    Other(u16),
}

impl From<u16> for Question {
    fn from(number: u16) -> Self {
        match number {
            1 => Self::Sport,
            2 => Self::Federation,
            3 => Self::Level,
            4 => Self::Minor,
            5 => Self::Contact,
            other => Self::Other(other),
        }
    }
}

impl From<Question> for u16 {
    fn from(question: Question) -> Self {
        match question {
            Question::Sport => 1,
            Question::Federation => 2,
            Question::Level => 3,
            Question::Minor => 4,
            Question::Contact => 5,
            Question::Other(other) => other,
        }
    }
}

/// What a reporter may wish. It can be proved, not enforced (protocol 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// Whether the reporter's own federation may read this.
    FederationMayRead(bool),
    /// The reporter wants the case to stop.
    Stop,
}

/// A wish with the signature of the conversation's consent key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedWish {
    /// When it was made, by the reporter's clock.
    pub time: UnixTime,
    /// What is wished.
    pub wish: Wish,
    /// By the consent key.
    pub signature: Signature,
}

impl SignedWish {
    /// Signs a wish.
    #[must_use]
    pub fn sign(keys: &ReporterKeys, genesis: &GenesisHash, time: UnixTime, wish: Wish) -> Self {
        let bytes = Self::bytes(genesis, keys.conversation(), time, wish);
        Self {
            time,
            wish,
            signature: keys.consent().sign(Label::Consent, &bytes),
        }
    }

    /// Checks that the reporter of this conversation wished it.
    ///
    /// # Errors
    /// [`Error::Signature`] when not.
    pub fn verify(
        &self,
        genesis: &GenesisHash,
        conversation: ConversationId,
        consent: &VerifyingKey,
    ) -> Result<(), Error> {
        let bytes = Self::bytes(genesis, conversation, self.time, self.wish);
        Ok(consent.verify(Label::Consent, &bytes, &self.signature)?)
    }

    fn bytes(
        genesis: &GenesisHash,
        conversation: ConversationId,
        time: UnixTime,
        wish: Wish,
    ) -> Vec<u8> {
        codec::encode(&(genesis, conversation, time, wish))
    }
}

/// One part of what a reporter says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPart", into = "RawPart")]
pub enum Part {
    /// Text, or a piece of it.
    Text(String),
    /// An answer to one of the later questions.
    Answer(Question, String),
    /// A signed wish.
    Wish(SignedWish),
    /// Every reply below this number was read.
    Ack(u32),
    /// A part of a later release, kept as it came; or a file, which only the team takes apart ([`Part::file`]).
    Unknown(u16, Vec<u8>),
}

/// The kind of a part that names a file, which lies at the relay already.
pub const FILE: u16 = 5;
/// The kind of a part of an echo that says what a file was called.
pub const FILE_NAME: u16 = 6;

impl Part {
    /// A part that names a file.
    #[must_use]
    pub fn of_file(file: &File) -> Self {
        Self::Unknown(FILE, codec::encode(file))
    }

    /// The file that it names, if it does.
    #[must_use]
    pub fn file(&self) -> Option<File> {
        match self {
            Self::Unknown(FILE, bytes) => codec::decode(bytes, limits::INTAKE_ENTRY).ok(),
            _ => None,
        }
    }
}

/// A part as it is written.
#[derive(Serialize, Deserialize)]
struct RawPart {
    kind: u16,
    bytes: Vec<u8>,
}

impl From<Part> for RawPart {
    fn from(part: Part) -> Self {
        let (kind, bytes) = match part {
            Part::Text(text) => (1, text.into_bytes()),
            Part::Answer(question, text) => (2, codec::encode(&(question, text))),
            Part::Wish(wish) => (3, codec::encode(&wish)),
            Part::Ack(below) => (4, codec::encode(&below)),
            Part::Unknown(kind, bytes) => (kind, bytes),
        };
        Self { kind, bytes }
    }
}

impl TryFrom<RawPart> for Part {
    type Error = sluis_wire::Error;

    fn try_from(raw: RawPart) -> Result<Self, Self::Error> {
        let RawPart { kind, bytes } = raw;
        let most = limits::INTAKE_ENTRY;
        Ok(match kind {
            1 => Self::Text(String::from_utf8(bytes).map_err(|_| Self::Error::Malformed)?),
            2 => {
                let (question, text) = codec::decode(&bytes, most)?;
                Self::Answer(question, text)
            }
            3 => Self::Wish(codec::decode(&bytes, most)?),
            4 => Self::Ack(codec::decode(&bytes, most)?),
            kind => Self::Unknown(kind, bytes),
        })
    }
}

/// One message as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Random.
    pub id: MessageId,
    /// When it was sent, by the reporter's clock.
    pub time: UnixTime,
    /// The text; may be empty when there are other parts.
    pub text: String,
    /// Everything that is not text.
    pub parts: Vec<Part>,
}

/// One queue entry's share of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Of which message.
    pub message: MessageId,
    /// Which share, from 0.
    pub number: u8,
    /// How many there are, 1 to [`limits::INTAKE_PARTS`].
    pub count: u8,
    /// When the message was sent.
    pub time: UnixTime,
    /// What is in it; text parts of all fragments in order make the whole text.
    pub parts: Vec<Part>,
}

impl Message {
    /// Splits the message over as many queue entries as it needs.
    ///
    /// # Errors
    /// [`sluis_wire::Error::TooLong`] when it needs more than [`limits::INTAKE_PARTS`], or one part fits in no entry.
    pub fn fragments(&self) -> Result<Vec<Fragment>, Error> {
        let room = intake::room();
        // Kind and length in front of a text part.
        let around = 1 + 3;
        let mut entries = Vec::from([Vec::new()]);
        let mut used = 1;
        for part in &self.parts {
            let len = codec::encode(part).len();
            if len + 1 > room {
                return Err(sluis_wire::Error::TooLong { len, max: room - 1 }.into());
            }
            if used + len > room {
                entries.push(Vec::new());
                used = 1;
            }
            used += len;
            if let Some(entry) = entries.last_mut() {
                entry.push(part.clone());
            }
        }
        let mut rest = self.text.as_str();
        while !rest.is_empty() {
            let piece = cut(rest, room.saturating_sub(used + around))
                .next()
                .unwrap_or_default();
            if let Some(entry) = entries.last_mut()
                && !piece.is_empty()
            {
                entry.push(Part::Text(piece.into()));
            }
            rest = rest.get(piece.len()..).unwrap_or_default();
            if !rest.is_empty() {
                entries.push(Vec::new());
                used = 1;
            }
        }
        let count = u8::try_from(entries.len()).unwrap_or(u8::MAX);
        if entries.len() > limits::INTAKE_PARTS {
            let max = limits::INTAKE_PARTS * (room - 1 - around);
            return Err(sluis_wire::Error::TooLong {
                len: self.text.len(),
                max,
            }
            .into());
        }
        let fragments = (0..count).zip(entries);
        Ok(fragments
            .map(|(number, parts)| Fragment {
                message: self.id,
                number,
                count,
                time: self.time,
                parts,
            })
            .collect())
    }
}

/// What stands in the proof of filing: `H("sluis/1/message", message id, text)`.
#[must_use]
pub fn message_hash(id: MessageId, text: &str) -> [u8; 32] {
    kdf::hash("sluis/1/message", &[&id.0, text.as_bytes()])
}

/// Collects the fragments of messages until they are whole. Fragments that come twice change nothing.
#[derive(Clone, Debug, Default)]
pub struct Joiner {
    waiting: Map<MessageId, Map<u8, Fragment>>,
}

impl Joiner {
    /// Nothing collected yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one fragment in and gives the message back when it was the last one that was missing.
    pub fn add(&mut self, fragment: Fragment) -> Option<Message> {
        let (message, count) = (fragment.message, fragment.count);
        let pieces = self.waiting.entry(message).or_default();
        // The first fragment of a message says how many there are.
        if pieces
            .first_key_value()
            .is_some_and(|(_, first)| first.count != count)
        {
            return None;
        }
        pieces.entry(fragment.number).or_insert(fragment);
        if pieces.len() < usize::from(count) {
            return None;
        }
        self.waiting
            .remove(&message)
            .map(|pieces| join(message, pieces.into_values()))
    }

    /// What has come of messages that are not whole: how many fragments are missing, and the message without them.
    pub fn unfinished(&self) -> impl Iterator<Item = (usize, Message)> {
        self.waiting.iter().filter_map(|(message, pieces)| {
            let (_, first) = pieces.first_key_value()?;
            let missing = usize::from(first.count).saturating_sub(pieces.len());
            Some((missing, join(*message, pieces.values().cloned())))
        })
    }
}

fn join(id: MessageId, fragments: impl Iterator<Item = Fragment>) -> Message {
    let mut message = Message {
        id,
        time: UnixTime(0),
        text: String::new(),
        parts: Vec::new(),
    };
    for fragment in fragments {
        message.time = fragment.time;
        for part in fragment.parts {
            match part {
                Part::Text(text) => message.text.push_str(&text),
                other => message.parts.push(other),
            }
        }
    }
    message
}
