//! The keys of one epoch of a dossier, and how each recipient gets those of its right (docs/protocol.md 6.2).
//!
//! ```text
//! slot      = HPKE base, X-Wing, to the recipient's key, of
//!             right (1) ‖ DK (32) ‖ W seed or zeros (32) ‖ S seed or zeros (32)
//!     info  = label ‖ genesis ‖ public part of the control entry ‖ recipient
//! read key  = Ed25519 key of KDF(DK, "dossier-read", dossier ‖ epoch)
//! ```
//!
//! All slots have one length, stand in random order and are filled up to 8, 16, 32 or 64 with slots for thrown-away
//! keys, so the relay learns neither who nor how many may read.

use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::SigningKey;
use sluis_wire::address::{CapabilityKey, DeviceId, DossierAddress, MemberId, TeamId};
use sluis_wire::codec;
use sluis_wire::envelope::WrapSet;
use sluis_wire::frame::{Frame, FrameType};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::padding;
use crate::primitives::kem::{self, KemPublic, KemSecret};
use crate::primitives::secret::{Role, SecretKey, equal};
use crate::primitives::{chunked, kdf};

/// Bytes of a slot's content.
const WRAP_CONTENT: usize = 1 + 3 * 32;
/// Bytes of a slot.
pub const SLOT: usize = WRAP_CONTENT + kem::OVERHEAD;

/// Role of the content key `DK` of an epoch.
pub enum Content {}
impl Role for Content {
    const NAME: &'static str = "dossier content";
}
/// Role of keys that are derived from `DK` for one kind of object.
pub(crate) enum Sealing {}
impl Role for Sealing {
    const NAME: &'static str = "dossier sealing";
}

/// What a recipient may do. Each holds what the one before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Right {
    /// Reads.
    Reader,
    /// Reads and writes.
    Writer,
    /// Also decides who may.
    Steward,
}

/// Whoever an epoch's keys are wrapped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Recipient {
    /// A team, through its content key of that epoch.
    Team {
        /// Which team.
        team: TeamId,
        /// Epoch of its content key.
        epoch: u32,
    },
    /// One device, through its long key.
    Device(DeviceId),
    /// A member as a team of one (decision 26), through that team's content key.
    Member {
        /// Which member.
        member: MemberId,
        /// Epoch of the content key.
        epoch: u32,
    },
}

impl Recipient {
    /// Whether both are the same team, device or member, whatever the epoch of its key.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Team { team: one, .. }, Self::Team { team: two, .. }) => one == two,
            (Self::Device(one), Self::Device(two)) => one == two,
            (Self::Member { member: one, .. }, Self::Member { member: two, .. }) => one == two,
            _ => false,
        }
    }

    /// Epoch of the key; 0 for a device, whose key never changes.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        match self {
            Self::Team { epoch, .. } | Self::Member { epoch, .. } => *epoch,
            Self::Device(_) => 0,
        }
    }
}

/// A recipient with its right and the key to seal to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientKey {
    /// Who.
    pub recipient: Recipient,
    /// May what.
    pub right: Right,
    /// By which key.
    pub kem: KemPublic,
}

/// A secret key of mine, with the recipient that it makes me.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// As whom it opens.
    pub recipient: Recipient,
    /// The key.
    pub secret: &'a KemSecret,
}

/// The keys of one epoch, as far as my right goes. Wiped on drop.
pub struct EpochKeys {
    content: SecretKey<Content>,
    write: Option<SigningKey>,
    steward: Option<SigningKey>,
}

impl fmt::Debug for EpochKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EpochKeys(redacted)")
    }
}

impl EpochKeys {
    /// Random keys of a new epoch, independent of those before (pitfall P13).
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let seed =
            |rng: &mut _| SigningKey::from_seed(*SecretKey::<Content>::generate(rng).expose());
        Self {
            content: SecretKey::generate(rng),
            write: Some(seed(rng)),
            steward: Some(seed(rng)),
        }
    }

    /// What a reader of a later epoch learns of an earlier one: its content key.
    pub(crate) fn content_only(content: SecretKey<Content>) -> Self {
        Self {
            content,
            write: None,
            steward: None,
        }
    }

    /// The keys with these seeds.
    pub(crate) fn from_seeds(
        content: [u8; 32],
        write: Option<[u8; 32]>,
        steward: Option<[u8; 32]>,
    ) -> Self {
        Self {
            content: SecretKey::from_bytes(content),
            write: write.map(SigningKey::from_seed),
            steward: steward.map(SigningKey::from_seed),
        }
    }

    /// The same keys with another steward key, or without.
    pub(crate) fn with_steward(mut self, steward: Option<&SigningKey>) -> Self {
        self.steward = steward.map(copy);
        self
    }

    pub(crate) fn content(&self) -> &SecretKey<Content> {
        &self.content
    }

    /// Signs requests to read this epoch's events.
    #[must_use]
    pub fn read_key(&self, dossier: &DossierAddress, epoch: u32) -> SigningKey {
        let parts: [&[u8]; 2] = [&dossier.0, &epoch.to_be_bytes()];
        let seed: SecretKey<Sealing> =
            kdf::derive(self.content.expose(), "sluis/1/dossier-read", &parts);
        SigningKey::from_seed(*seed.expose())
    }

    /// Signs requests to append events; mine when I may write.
    #[must_use]
    pub fn write_key(&self) -> Option<&SigningKey> {
        self.write.as_ref()
    }

    /// Signs requests to append control entries; mine when I am a steward.
    #[must_use]
    pub fn steward_key(&self) -> Option<&SigningKey> {
        self.steward.as_ref()
    }

    /// `H("kcv" ‖ dossier ‖ epoch ‖ DK)`: the promise of a control entry about the content key.
    #[must_use]
    pub fn check_value(&self, dossier: &DossierAddress, epoch: u32) -> [u8; 32] {
        let parts: [&[u8]; 3] = [&dossier.0, &epoch.to_be_bytes(), self.content.expose()];
        kdf::hash("sluis/1/dossier-kcv", &parts)
    }

    /// The key that seals one kind of object in this epoch.
    pub(crate) fn sealing(&self, label: &'static str) -> SecretKey<Sealing> {
        kdf::derive(self.content.expose(), label, &[])
    }

    /// Seals the content key of the epoch before under this one's, so that a newcomer reads the history.
    pub(crate) fn seal_back(
        &self,
        before: &Self,
        dossier: &DossierAddress,
        epoch: u32,
        rng: &mut impl CryptoRng,
    ) -> Vec<u8> {
        let key = self.sealing(HIST);
        chunked::seal(
            &key,
            &history_context(dossier, epoch),
            before.content.expose(),
            rng,
        )
    }

    /// The content key of the epoch before.
    pub(crate) fn open_back(
        &self,
        sealed: &[u8],
        dossier: &DossierAddress,
        epoch: u32,
    ) -> Result<Self, Error> {
        let opened = chunked::open(
            &self.sealing(HIST),
            &history_context(dossier, epoch),
            sealed,
        )?;
        Ok(Self::content_only(
            SecretKey::from_slice(&opened).ok_or(Error::Damaged)?,
        ))
    }

    pub(crate) fn same_content(&self, other: &Self) -> bool {
        equal(self.content.expose(), other.content.expose())
    }

    /// Takes over the capabilities that the other knows and this does not.
    pub(crate) fn learn(&mut self, other: &Self) {
        if self.write.is_none() {
            self.write = other.write.as_ref().map(copy);
        }
        if self.steward.is_none() {
            self.steward = other.steward.as_ref().map(copy);
        }
    }

    pub(crate) fn duplicate(&self) -> Self {
        Self {
            content: SecretKey::from_bytes(*self.content.expose()),
            write: self.write.as_ref().map(copy),
            steward: self.steward.as_ref().map(copy),
        }
    }
}

const HIST: &str = "sluis/1/dossier-hist";

fn history_context(dossier: &DossierAddress, epoch: u32) -> Vec<u8> {
    kdf::context(HIST, &[&dossier.0, &epoch.to_be_bytes()])
}

pub(crate) fn copy(key: &SigningKey) -> SigningKey {
    SigningKey::from_seed(*key.expose_seed())
}

/// The public half of a capability, as the relay knows it.
#[must_use]
pub fn capability(key: &SigningKey) -> CapabilityKey {
    CapabilityKey(*key.verifying_key().as_bytes())
}

/// What an opened slot holds.
#[derive(Debug)]
pub(crate) struct Unwrapped {
    pub(crate) recipient: Recipient,
    pub(crate) right: Right,
    pub(crate) keys: EpochKeys,
    pub(crate) slot: [u8; 32],
}

/// Wraps an epoch's keys for everyone, each as far as its right goes. Gives the wraps frame and, in the order of
/// `recipients`, the hash of each one's slot. `place` is what the control entry shows of itself.
pub(crate) fn wrap(
    place: &[u8],
    keys: &EpochKeys,
    recipients: &[RecipientKey],
    rng: &mut impl CryptoRng,
) -> Result<(Vec<u8>, Vec<[u8; 32]>), Error> {
    let count = padding::wrap_slots(recipients.len()).ok_or(Error::UnusableContext)?;
    let mut slots = Vec::with_capacity(count);
    for to in recipients {
        let content = wrap_content(keys, to.right);
        slots.push(kem::seal_base(
            &to.kem,
            &info(place, &to.recipient),
            &[],
            content.as_slice(),
            rng,
        )?);
    }
    let hashes = slots.iter().map(|slot| kdf::sha256(slot)).collect();
    while slots.len() < count {
        let nobody = KemSecret::generate(rng).public();
        slots.push(kem::seal_base(&nobody, &[], &[], &[0; WRAP_CONTENT], rng)?);
    }
    shuffle(&mut slots, rng);
    let frame = Frame::build(FrameType::Wraps, &codec::encode(&WrapSet { slots }))?;
    Ok((frame.to_bytes(), hashes))
}

fn wrap_content(keys: &EpochKeys, right: Right) -> Zeroizing<Vec<u8>> {
    let mut content = Zeroizing::new(Vec::with_capacity(WRAP_CONTENT));
    content.push(match right {
        Right::Reader => 1,
        Right::Writer => 2,
        Right::Steward => 3,
    });
    content.extend_from_slice(keys.content.expose());
    let mut push = |key: Option<&SigningKey>, needed: Right| match key.filter(|_| right >= needed) {
        Some(key) => content.extend_from_slice(key.expose_seed()),
        None => content.extend_from_slice(&[0; 32]),
    };
    push(keys.write.as_ref(), Right::Writer);
    push(keys.steward.as_ref(), Right::Steward);
    content
}

fn shuffle(slots: &mut [Vec<u8>], rng: &mut impl CryptoRng) {
    for last in (1..slots.len()).rev() {
        let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        let chosen = usize::try_from(rng.next_u64() % bound).unwrap_or(last);
        slots.swap(last, chosen);
    }
}

/// Reads a wraps frame.
pub(crate) fn parse_wraps(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    let frame = Frame::parse_as(FrameType::Wraps, bytes)?;
    let set: WrapSet = codec::decode(frame.body(), FrameType::Wraps.max_body_len())?;
    let right_count = padding::WRAP_SLOTS.contains(&set.slots.len());
    if !frame.signatures().is_empty()
        || !right_count
        || set.slots.iter().any(|slot| slot.len() != SLOT)
    {
        return Err(Error::Damaged);
    }
    Ok(set.slots)
}

/// Tries every key of mine on every slot; the first that opens.
pub(crate) fn unwrap(
    place: &[u8],
    slots: &[Vec<u8>],
    candidates: &[Candidate<'_>],
) -> Option<Unwrapped> {
    candidates.iter().find_map(|candidate| {
        let info = info(place, &candidate.recipient);
        slots.iter().find_map(|slot| {
            let opened = kem::open_base(candidate.secret, &info, &[], slot).ok()?;
            let (right, keys) = parse_content(&opened)?;
            Some(Unwrapped {
                recipient: candidate.recipient,
                right,
                keys,
                slot: kdf::sha256(slot),
            })
        })
    })
}

fn parse_content(content: &[u8]) -> Option<(Right, EpochKeys)> {
    let (right, rest) = content.split_first()?;
    let (dk, rest) = rest.split_first_chunk::<32>()?;
    let (write, rest) = rest.split_first_chunk::<32>()?;
    let steward: &[u8; 32] = rest.try_into().ok()?;
    let right = match right {
        1 => Right::Reader,
        2 => Right::Writer,
        3 => Right::Steward,
        _ => return None,
    };
    let seed = |seed: &[u8; 32]| Some(*seed).filter(|seed| *seed != [0; 32]);
    Some((
        right,
        EpochKeys::from_seeds(*dk, seed(write), seed(steward)),
    ))
}

fn info(place: &[u8], recipient: &Recipient) -> Vec<u8> {
    kdf::context("sluis/1/dossier-wrap", &[place, &codec::encode(recipient)])
}
