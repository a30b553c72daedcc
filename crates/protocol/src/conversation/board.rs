//! The way back: one reply, sealed to the reporter and signed by a device of the team. Every entry is 4,096 bytes.
//!
//! ```text
//! frame   = header 0x0502 (10) ‖ BoardEnvelope { tag 16, sealed } ‖ 0 signatures (1)
//! sealed  = HPKE psk(rpk, reply PSK, psk_id = "sluis/1/reply-psk", info, aad = header (10), pad_to(signed))
//! info    = context("sluis/1/reply", genesis 32, tag 16, H(rpk) 32)
//! signed  = postcard { body (bytes), signer 32, signature 64 }
//! signature = Ed25519(device, "sluis/1/reply", genesis 32 ‖ tag 16 ‖ H(rpk) 32 ‖ body)
//! body    = postcard ReplyBody { index u32, time, team 16, author, lowest u32, standing { seq, head 32 }, parts }
//! ```
//!
//! The number stands in tag, info, signature and body: a reply in another place, or twice, does nothing (pitfall P5).

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::{Label, Signature, SigningKey, VerifyingKey};
use sluis_wire::{
    address::{BoardTag, GenesisHash},
    codec::{self, PAD_HEADER_LEN},
    envelope::BoardEnvelope,
    frame::{self, Frame, FrameType},
    limits,
};
use zeroize::Zeroizing;

use super::{
    keys::{ReporterContact, ReporterKeys},
    reply::{AUTHOR_MOST, ReplyBody},
};
use crate::{
    error::Error,
    padding::BOARD_CONTENT,
    primitives::{
        kdf,
        kem::{self, KemPublic},
    },
};

const LABEL: &str = "sluis/1/reply";
const PSK_ID: &[u8] = b"sluis/1/reply-psk";

/// A reply that opened: by someone who knew the conversation, signed by `signer`. Whether the signer stands for the
/// team is for [`Thread`](super::Thread) to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it says.
    pub body: ReplyBody,
    /// Who signed it.
    pub signer: VerifyingKey,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    body: Vec<u8>,
    signer: VerifyingKey,
    signature: Signature,
}

/// Seals one reply into the place that `body.index` gives it: a frame of exactly [`limits::BOARD_ENTRY`] bytes.
/// `device` must stand among the reply keys of `body.team`.
///
/// # Errors
/// [`Error::Encoding`] when the parts are more than [`reply::split`](super::reply::split) puts together, or the
/// author's role is longer than [`AUTHOR_MOST`] bytes.
pub fn seal_reply(
    genesis: GenesisHash,
    contact: &ReporterContact,
    body: &ReplyBody,
    device: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    if body.author.len() > AUTHOR_MOST {
        return Err(sluis_wire::Error::TooLong {
            len: body.author.len(),
            max: AUTHOR_MOST,
        }
        .into());
    }
    let tag = contact.tag(body.index);
    let place = Place::new(genesis, tag, &contact.kem);
    let body = codec::encode(body);
    let signature = device.sign(Label::Reply, &place.signed(&body));
    let signed = Signed {
        body,
        signer: device.verifying_key(),
        signature,
    };
    let signed = Zeroizing::new(codec::encode(&signed));
    let content = Zeroizing::new(codec::pad_to(&signed, BOARD_CONTENT)?);
    let header = frame::header_for(FrameType::BoardEntry, FrameType::BoardEntry.max_body_len())?;
    let sealed = kem::seal_psk(
        &contact.kem,
        &contact.psk(),
        PSK_ID,
        &place.info(),
        &header,
        &content,
        rng,
    )?;
    let body = codec::encode(&BoardEnvelope { tag, sealed });
    Ok(Frame::build(FrameType::BoardEntry, &body)?.to_bytes())
}

/// The place of a board entry, read from its outside.
///
/// # Errors
/// [`Error::Encoding`] when it is no board entry.
pub fn tag_of(entry: &[u8]) -> Result<BoardTag, Error> {
    Ok(parse(entry)?.1.tag)
}

/// Opens the entry at the place of reply number `index`.
///
/// # Errors
/// [`Error::Damaged`] when it was changed, is for another place, or was sealed by a stranger; [`Error::Signature`]
/// when its author did not sign it; [`Error::Encoding`] when it has the wrong form.
pub fn open_reply(
    genesis: GenesisHash,
    keys: &ReporterKeys,
    index: u32,
    entry: &[u8],
) -> Result<Opened, Error> {
    let (frame, envelope) = parse(entry)?;
    let tag = keys.tag(index);
    if envelope.tag != tag {
        return Err(Error::Damaged);
    }
    let place = Place::new(genesis, tag, keys.public());
    let content = kem::open_psk(
        keys.kem(),
        keys.psk(),
        PSK_ID,
        &place.info(),
        frame.header(),
        &envelope.sealed,
    )?;
    let signed: Signed = codec::decode(codec::unpad(&content)?, limits::BOARD_ENTRY)?;
    signed
        .signer
        .verify(Label::Reply, &place.signed(&signed.body), &signed.signature)?;
    let body: ReplyBody = codec::decode(&signed.body, limits::BOARD_ENTRY)?;
    if body.index != index {
        return Err(Error::Damaged);
    }
    Ok(Opened {
        body,
        signer: signed.signer,
    })
}

/// Bytes of encoded parts that fit in one entry, whatever stands beside them.
pub(super) fn room() -> usize {
    /// Length of body, signer, signature.
    const AROUND: usize = 2 + 32 + 64;
    /// Index, time, team, author, lowest, standing: each at its longest.
    const BODY: usize = 5 + 10 + 16 + (1 + AUTHOR_MOST) + 5 + (10 + 32);
    BOARD_CONTENT - PAD_HEADER_LEN - AROUND - BODY
}

fn parse(entry: &[u8]) -> Result<(Frame, BoardEnvelope), Error> {
    let frame = Frame::parse_as(FrameType::BoardEntry, entry)?;
    let envelope = codec::decode(frame.body(), limits::BOARD_ENTRY)?;
    Ok((frame, envelope))
}

/// What binds a reply to where it lies and to whom it is for.
struct Place {
    genesis: GenesisHash,
    tag: BoardTag,
    recipient: [u8; 32],
}

impl Place {
    fn new(genesis: GenesisHash, tag: BoardTag, kem: &KemPublic) -> Self {
        Self {
            genesis,
            tag,
            recipient: kdf::sha256(kem.as_bytes()),
        }
    }

    fn info(&self) -> Vec<u8> {
        kdf::context(LABEL, &[&self.genesis.0, &self.tag.0, &self.recipient])
    }

    fn signed(&self, body: &[u8]) -> Vec<u8> {
        [
            &self.genesis.0,
            self.tag.0.as_slice(),
            &self.recipient,
            body,
        ]
        .concat()
    }
}
