//! One link of a dossier's control chain: who may do what from here on (docs/protocol.md 6.3).
//!
//! ```text
//! place  = label ‖ genesis ‖ dossier ‖ number ‖ prev ‖ epoch ‖ read key ‖ write key ‖ steward key
//! signed = label ‖ place ‖ hash of the wraps frame ‖ body           Ed25519 of the author's device, label control
//! sealed = CE(KDF(DK, "dossier-control"), place ‖ hash of the wraps frame, padded (body, signature))
//! ```

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::{Label, Signature, SigningKey, VerifyingKey};
use sluis_directory::statement::Standing;
use sluis_domain::ids::EventId;
use sluis_wire::address::{DeviceId, FrameHash, GenesisHash};
use sluis_wire::codec;
use sluis_wire::envelope::ControlEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::UnixTime;

use super::keys::{EpochKeys, Recipient, Right};
use crate::error::Error;
use crate::padding;
use crate::primitives::{chunked, kdf};

const CONTROL: &str = "sluis/1/dossier-control";

/// What a link does. The numbers are part of the format; 6 (close) and on are for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Action {
    /// Starts the chain.
    Create = 1,
    /// New keys for the same recipients. Any writer may.
    Rotate = 2,
    /// More recipients or higher rights, under the same keys. By a steward.
    Grant = 3,
    /// New keys for fewer recipients or lower rights. By a steward.
    Revoke = 4,
    /// Nothing new but the list of accepted heads (decision 28). Any writer may.
    Frontier = 5,
}

impl Action {
    /// Its number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The action with this number, if this release knows it.
    #[must_use]
    pub fn parse(number: u16) -> Option<Self> {
        [
            Self::Create,
            Self::Rotate,
            Self::Grant,
            Self::Revoke,
            Self::Frontier,
        ]
        .into_iter()
        .find(|action| action.number() == number)
    }

    /// Whether a new epoch begins with it.
    #[must_use]
    pub const fn renews_keys(self) -> bool {
        match self {
            Self::Create | Self::Rotate | Self::Revoke => true,
            Self::Grant | Self::Frontier => false,
        }
    }
}

/// One recipient, as the chain lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// Who.
    pub recipient: Recipient,
    /// May what.
    pub right: Right,
    /// SHA-256 of the slot that holds its keys.
    pub slot: [u8; 32],
}

/// What a link says to those who may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlBody {
    /// The device that signs.
    pub author: DeviceId,
    /// When, as it says.
    pub time: UnixTime,
    /// Where its directory stood.
    pub standing: Standing,
    /// What it does: see [`Action`].
    pub action: u16,
    /// Everyone from now on.
    pub grants: Vec<Grant>,
    /// `H("kcv" ‖ dossier ‖ epoch ‖ DK)`.
    pub check_value: [u8; 32],
    /// The content key of the epoch before, sealed under this one's; empty where no epoch begins or none was before.
    pub back_link: Vec<u8>,
    /// Heads of the author's event log: what a device that has no right to write any more made without being an
    /// ancestor of these does not count (decision 28).
    pub accepted: Vec<EventId>,
}

/// The sealed content of a control frame: the body as signed, and the signature.
#[derive(Serialize, Deserialize)]
struct Signed {
    body: Vec<u8>,
    signature: Signature,
}

/// A link that opened and is not yet judged. The bytes are those that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedLink {
    /// The frame.
    pub frame: Vec<u8>,
    /// Its hash.
    pub hash: FrameHash,
    /// What the relay sees.
    pub envelope: ControlEnvelope,
    /// What it says.
    pub body: ControlBody,
    pub(crate) body_bytes: Vec<u8>,
    pub(crate) signature: Signature,
}

/// A link for others to check without keys: as the relay has it, and what is sealed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedLink {
    frame: Vec<u8>,
    body: Vec<u8>,
    signature: Signature,
}

impl SignedLink {
    /// What it says. Nothing in it is believed yet.
    ///
    /// # Errors
    /// [`Error::Encoding`] or [`Error::Damaged`] when it is no link.
    pub fn read(&self) -> Result<OpenedLink, Error> {
        let (hash, envelope) = parse(&self.frame)?;
        let body = codec::decode(&self.body, FrameType::ControlEntry.max_body_len())?;
        Ok(OpenedLink {
            frame: self.frame.clone(),
            hash,
            envelope,
            body,
            body_bytes: self.body.clone(),
            signature: self.signature,
        })
    }
}

/// What stands outside the seal, as bytes, the wraps' hash and the seal left out: the wraps bind it.
pub(crate) fn place(genesis: &GenesisHash, envelope: &ControlEnvelope) -> Vec<u8> {
    kdf::context(
        "sluis/1/dossier-place",
        &[
            &genesis.0,
            &envelope.dossier.0,
            &envelope.number.to_be_bytes(),
            &envelope.prev.0,
            &envelope.epoch.to_be_bytes(),
            &envelope.read_key.0,
            &envelope.write_key.0,
            &envelope.steward_key.0,
        ],
    )
}

fn context(genesis: &GenesisHash, envelope: &ControlEnvelope) -> Vec<u8> {
    kdf::context(CONTROL, &[&place(genesis, envelope), &envelope.wraps.0])
}

fn signed_bytes(genesis: &GenesisHash, envelope: &ControlEnvelope, body: &[u8]) -> Vec<u8> {
    kdf::context(
        "sluis/1/dossier-control-body",
        &[&place(genesis, envelope), &envelope.wraps.0, body],
    )
}

/// Signs and seals a link; `envelope.sealed` is filled in.
pub(crate) fn seal(
    genesis: &GenesisHash,
    mut envelope: ControlEnvelope,
    body: &ControlBody,
    keys: &EpochKeys,
    signer: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<OpenedLink, Error> {
    let body_bytes = codec::encode(body);
    let signature = signer.sign(
        Label::Control,
        &signed_bytes(genesis, &envelope, &body_bytes),
    );
    let content = codec::encode(&Signed {
        body: body_bytes.clone(),
        signature,
    });
    let padded = codec::pad_to(&content, padding::control_size(content.len()))?;
    envelope.sealed = chunked::seal(
        &keys.sealing(CONTROL),
        &context(genesis, &envelope),
        &padded,
        rng,
    );
    let frame = Frame::build(FrameType::ControlEntry, &codec::encode(&envelope))?.to_bytes();
    let hash = FrameHash(kdf::sha256(&frame));
    Ok(OpenedLink {
        frame,
        hash,
        envelope,
        body: body.clone(),
        body_bytes,
        signature,
    })
}

/// Reads what the relay sees of a link.
pub(crate) fn parse(frame: &[u8]) -> Result<(FrameHash, ControlEnvelope), Error> {
    let parsed = Frame::parse_as(FrameType::ControlEntry, frame)?;
    if !parsed.signatures().is_empty() {
        return Err(Error::Damaged);
    }
    let envelope = codec::decode(parsed.body(), FrameType::ControlEntry.max_body_len())?;
    Ok((FrameHash(kdf::sha256(frame)), envelope))
}

/// Opens a link with the keys of its epoch. Nothing in it is believed yet.
pub(crate) fn open(
    genesis: &GenesisHash,
    frame: &[u8],
    keys: &EpochKeys,
) -> Result<OpenedLink, Error> {
    let (hash, envelope) = parse(frame)?;
    let padded = chunked::open(
        &keys.sealing(CONTROL),
        &context(genesis, &envelope),
        &envelope.sealed,
    )?;
    let content = codec::unpad(&padded)?;
    if padded.len() != padding::control_size(content.len()) {
        return Err(Error::Damaged);
    }
    let max = FrameType::ControlEntry.max_body_len();
    let signed: Signed = codec::decode(content, max)?;
    let body = codec::decode(&signed.body, max)?;
    Ok(OpenedLink {
        frame: frame.to_vec(),
        hash,
        envelope,
        body,
        body_bytes: signed.body,
        signature: signed.signature,
    })
}

impl OpenedLink {
    /// What it does, if this release knows it.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        Action::parse(self.body.action)
    }

    /// For others to check without keys.
    #[must_use]
    pub fn signed(&self) -> SignedLink {
        SignedLink {
            frame: self.frame.clone(),
            body: self.body_bytes.clone(),
            signature: self.signature,
        }
    }

    /// Checks the author's signature.
    ///
    /// # Errors
    /// [`Error::Signature`] when it does not match.
    pub fn verify(&self, genesis: &GenesisHash, key: &VerifyingKey) -> Result<(), Error> {
        let bytes = signed_bytes(genesis, &self.envelope, &self.body_bytes);
        Ok(key.verify(Label::Control, &bytes, &self.signature)?)
    }
}
