//! One event of a dossier: signed by its author's device, padded, sealed (docs/protocol.md 6.4).
//!
//! ```text
//! id     = H("event-id" ‖ bytes ‖ signature)                           bytes = postcard of SignedEvent
//! sealed = CE(KDF(DK, "dossier-event"), dossier ‖ epoch, padded (bytes, signature))
//! frame  = type 0x0403, body = dossier ‖ epoch ‖ sealed
//! ```

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::{Label, Signature, SigningKey, VerifyingKey};
use sluis_directory::statement::Standing;
use sluis_domain::event::Event;
use sluis_domain::ids::{AuthorId, EventId};
use sluis_domain::log::LogEntry;
use sluis_wire::address::{DeviceId, DossierAddress, FrameHash};
use sluis_wire::codec;
use sluis_wire::envelope::EventEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::UnixTime;

use super::keys::EpochKeys;
use crate::error::Error;
use crate::padding;
use crate::primitives::{chunked, kdf};

const EVENT: &str = "sluis/1/dossier-event";

/// What an author signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedEvent {
    /// The dossier.
    pub dossier: DossierAddress,
    /// The device that signs.
    pub author: DeviceId,
    /// Number among its own events, from 0.
    pub author_seq: u64,
    /// Its own event before.
    pub author_prev: Option<EventId>,
    /// The heads that it had, at most eight.
    pub parents: Vec<EventId>,
    /// One more than the highest before it.
    pub lamport: u64,
    /// When, as it says.
    pub time: UnixTime,
    /// Where its directory stood.
    pub standing: Standing,
    /// Number of the newest control entry that it had accepted.
    pub control_number: u64,
    /// Hash of that entry.
    pub control_head: FrameHash,
    /// Kind of event.
    pub kind: u16,
    /// Body of the event.
    pub body: Vec<u8>,
}

/// An event with the bytes that were signed. Whoever made it is known only after [`SealedEvent::verify`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEvent {
    bytes: Vec<u8>,
    signature: Signature,
}

impl SealedEvent {
    /// Signs an event.
    #[must_use]
    pub fn sign(event: &SignedEvent, signer: &SigningKey) -> Self {
        let bytes = codec::encode(event);
        let signature = signer.sign(Label::Event, &bytes);
        Self { bytes, signature }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> EventId {
        EventId(kdf::hash(
            "sluis/1/event-id",
            &[&self.bytes, &self.signature.0],
        ))
    }

    /// Checks the author's signature.
    ///
    /// # Errors
    /// [`Error::Signature`] when it does not match.
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), Error> {
        Ok(key.verify(Label::Event, &self.bytes, &self.signature)?)
    }

    /// What was signed.
    ///
    /// # Errors
    /// [`Error::Encoding`] when the bytes are no event.
    pub fn read(&self) -> Result<SignedEvent, Error> {
        Ok(codec::decode(&self.bytes, FrameType::Event.max_len())?)
    }

    /// Bytes and signature, to show to others.
    #[must_use]
    pub fn proof(&self) -> Vec<Vec<u8>> {
        alloc::vec![self.bytes.clone(), self.signature.0.to_vec()]
    }

    /// Seals it into a frame.
    ///
    /// # Errors
    /// [`Error::Encoding`] when it is too long for a frame.
    pub fn seal(
        &self,
        dossier: &DossierAddress,
        epoch: u32,
        keys: &EpochKeys,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let content = codec::encode(self);
        let padded = codec::pad_to(&content, padding::event_size(content.len()))?;
        let sealed = chunked::seal(&keys.sealing(EVENT), &context(dossier, epoch), &padded, rng);
        let body = codec::encode(&EventEnvelope {
            dossier: *dossier,
            epoch,
            sealed,
        });
        Ok(Frame::build(FrameType::Event, &body)?.to_bytes())
    }

    /// Opens what a frame holds.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it was changed, or sealed with another key or for another place; [`Error::Encoding`] when
    /// the content is no event.
    pub fn open(envelope: &EventEnvelope, keys: &EpochKeys) -> Result<Self, Error> {
        let place = context(&envelope.dossier, envelope.epoch);
        let padded = chunked::open(&keys.sealing(EVENT), &place, &envelope.sealed)?;
        let content = codec::unpad(&padded)?;
        if padded.len() != padding::event_size(content.len()) {
            return Err(Error::Damaged);
        }
        Ok(codec::decode(content, FrameType::Event.max_len())?)
    }
}

impl SignedEvent {
    /// The event as the domain's log takes it.
    #[must_use]
    pub fn to_entry(&self, id: EventId) -> LogEntry {
        LogEntry {
            id,
            author: AuthorId(self.author.0),
            author_seq: self.author_seq,
            author_prev: self.author_prev,
            parents: self.parents.clone(),
            lamport: self.lamport,
            time: self.time.0,
            event: Event::decode(self.kind, &self.body),
        }
    }
}

/// Reads what the relay sees of an event.
///
/// # Errors
/// [`Error::Encoding`] when it is no event frame; [`Error::Damaged`] when it carries signatures outside the seal.
pub fn parse(frame: &[u8]) -> Result<EventEnvelope, Error> {
    let parsed = Frame::parse_as(FrameType::Event, frame)?;
    if !parsed.signatures().is_empty() {
        return Err(Error::Damaged);
    }
    Ok(codec::decode(
        parsed.body(),
        FrameType::Event.max_body_len(),
    )?)
}

fn context(dossier: &DossierAddress, epoch: u32) -> Vec<u8> {
    kdf::context(EVENT, &[&dossier.0, &epoch.to_be_bytes()])
}
