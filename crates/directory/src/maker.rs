//! Making and signing entries, statements and snapshots. No clock, no randomness, no network: all that is handed in.

use alloc::vec::Vec;

use serde::Serialize;
use sluis_wire::address::{DeviceId, MemberId};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameSignature, FrameType};
use sluis_wire::time::UnixTime;

use crate::ZERO_HASH;
use crate::entry::{Device, DeviceKind, Entry, Genesis, KemKey, Op};
use crate::error::Error;
use crate::signature::{Label, Signature, SigningKey};
use crate::snapshot::Snapshot;
use crate::statement::Statement;

impl Entry {
    /// The first entry of a log, unsigned.
    #[must_use]
    pub fn genesis(genesis: Genesis, time: UnixTime) -> Self {
        Self {
            seq: 0,
            prev: ZERO_HASH,
            time,
            op: Op::Genesis(genesis),
        }
    }
}

impl Device {
    /// A device with its proof of possession.
    #[must_use]
    pub fn new(
        id: DeviceId,
        member: MemberId,
        kind: DeviceKind,
        kem: KemKey,
        key: &SigningKey,
    ) -> Self {
        let mut device = Self {
            id,
            member,
            kind,
            sign: key.verifying_key(),
            kem,
            possession: Signature([0; 64]),
        };
        device.possession = key.sign(Label::Possession, &device.possession_bytes());
        device
    }
}

/// An entry's frame, signed by all `keys`; the order of the keys does not matter.
///
/// # Errors
/// [`Error::Frame`] when it is too long, or there are too many keys or one twice.
pub fn sign_entry(entry: &Entry, keys: &[&SigningKey]) -> Result<Vec<u8>, Error> {
    sign(
        FrameType::DirectoryEntry,
        Label::DirectoryEntry,
        entry,
        keys,
    )
}

/// The entry's frame with one more signature. Look at the entry ([`read_entry`]) before signing it.
///
/// # Errors
/// [`Error::Frame`] when the bytes are no entry frame, or this key signed already.
pub fn co_sign_entry(frame: &[u8], key: &SigningKey) -> Result<Vec<u8>, Error> {
    add_signature(FrameType::DirectoryEntry, Label::DirectoryEntry, frame, key)
}

/// What an entry's frame says, for showing it to somebody who is asked to co-sign. Nothing in it is checked.
///
/// # Errors
/// [`Error::Frame`] when the bytes are no entry frame.
pub fn read_entry(frame: &[u8]) -> Result<Entry, Error> {
    crate::log::read_entry(frame).map(|(_, entry)| entry)
}

/// A statement's frame, signed by its author's device.
///
/// # Errors
/// [`Error::Frame`] when it is too long.
pub fn sign_statement(statement: &Statement, key: &SigningKey) -> Result<Vec<u8>, Error> {
    let (kind, keys) = (statement.frame_type(), [key]);
    match statement {
        Statement::TeamContent(body) => sign(kind, Label::Statement, body, &keys),
        Statement::TeamIntake(body) => sign(kind, Label::Statement, body, &keys),
        Statement::MonthKey(body) => sign(kind, Label::Statement, body, &keys),
        Statement::StaffCapability(body) => sign(kind, Label::Statement, body, &keys),
    }
}

/// A snapshot's frame with the signature of its first witness.
///
/// # Errors
/// [`Error::Frame`] when it is too long.
pub fn sign_snapshot(snapshot: &Snapshot, witness: &SigningKey) -> Result<Vec<u8>, Error> {
    sign(FrameType::Snapshot, Label::Snapshot, snapshot, &[witness])
}

pub(crate) fn add_signature(
    kind: FrameType,
    label: Label,
    bytes: &[u8],
    key: &SigningKey,
) -> Result<Vec<u8>, Error> {
    let frame = Frame::parse_as(kind, bytes)?;
    let mut signatures = frame.signatures().to_vec();
    signatures.push(signature(&frame, label, key));
    finish(kind, frame.body(), signatures)
}

fn sign<T: Serialize>(
    kind: FrameType,
    label: Label,
    body: &T,
    keys: &[&SigningKey],
) -> Result<Vec<u8>, Error> {
    let body = codec::encode(body);
    let frame = Frame::build(kind, &body)?;
    let signatures = keys.iter().map(|key| signature(&frame, label, key));
    finish(kind, &body, signatures.collect())
}

fn signature(frame: &Frame, label: Label, key: &SigningKey) -> FrameSignature {
    FrameSignature {
        key: *key.verifying_key().as_bytes(),
        signature: key.sign(label, frame.signed_bytes()).0,
    }
}

/// Signatures stand in ascending order of key.
fn finish(
    kind: FrameType,
    body: &[u8],
    mut signatures: Vec<FrameSignature>,
) -> Result<Vec<u8>, Error> {
    signatures.sort_by_key(|signature| signature.key);
    let mut frame = Frame::build(kind, body)?;
    for signature in signatures {
        frame.attach(signature)?;
    }
    Ok(frame.to_bytes())
}
