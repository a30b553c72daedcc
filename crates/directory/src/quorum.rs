//! Who has to sign a frame, and whether they did.

use alloc::vec::Vec;

use sluis_wire::frame::{Frame, FrameSignature};

use crate::error::Error;
use crate::signature::{Label, Signature, VerifyingKey};

/// A set of keys of which so many must sign.
pub(crate) struct Quorum {
    /// Who may.
    pub(crate) keys: Vec<VerifyingKey>,
    /// How many must.
    pub(crate) threshold: usize,
}

impl Quorum {
    pub(crate) fn new(keys: &[VerifyingKey], threshold: u8) -> Self {
        Self {
            keys: keys.to_vec(),
            threshold: usize::from(threshold),
        }
    }

    fn find(&self, signer: &FrameSignature) -> Option<&VerifyingKey> {
        self.keys.iter().find(|key| *key.as_bytes() == signer.key)
    }
}

/// Quorums that must all be met, by signers who each belong to one of them.
pub(crate) type Way = Vec<Quorum>;

/// Checks that the frame's signatures fulfil one of the `ways`, with none too many, in ascending order of key: so an entry
/// has one spelling that nobody without a key can change.
pub(crate) fn check_exact(frame: &Frame, label: Label, ways: &[Way]) -> Result<(), Error> {
    let signers = frame.signatures();
    if !signers.is_sorted_by(|a, b| a.key < b.key) {
        return Err(Error::SignatureOrder);
    }
    let meets = |signers: &[FrameSignature]| ways.iter().find(|way| is_met(way, signers));
    let Some(way) = meets(signers) else {
        let known = |signer| ways.iter().flatten().any(|q| q.find(signer).is_some());
        let missing = !ways.iter().any(|way| has_enough(way, signers));
        return Err(if missing && signers.iter().all(known) {
            Error::SignatureMissing
        } else {
            Error::SignerUnknown
        });
    };
    for left_out in 0..signers.len() {
        let mut fewer = signers.to_vec();
        fewer.remove(left_out);
        if meets(&fewer).is_some() {
            return Err(Error::SignatureSurplus);
        }
    }
    verify_all(frame, label, way)
}

/// Checks that the frame's signatures fulfil all quorums of `way`; more than enough is fine, a stranger is not.
pub(crate) fn check_enough(frame: &Frame, label: Label, way: &Way) -> Result<(), Error> {
    if !is_met(way, frame.signatures()) {
        return Err(Error::SignatureMissing);
    }
    verify_all(frame, label, way)
}

fn is_met(way: &Way, signers: &[FrameSignature]) -> bool {
    let belongs = |signer| way.iter().any(|quorum| quorum.find(signer).is_some());
    has_enough(way, signers) && signers.iter().all(belongs)
}

fn has_enough(way: &Way, signers: &[FrameSignature]) -> bool {
    let count = |quorum: &Quorum| signers.iter().filter(|s| quorum.find(s).is_some()).count();
    way.iter().all(|quorum| count(quorum) >= quorum.threshold)
}

fn verify_all(frame: &Frame, label: Label, way: &Way) -> Result<(), Error> {
    for signer in frame.signatures() {
        let key = way.iter().find_map(|quorum| quorum.find(signer));
        key.ok_or(Error::SignerUnknown)?.verify(
            label,
            frame.signed_bytes(),
            &Signature(signer.signature),
        )?;
    }
    Ok(())
}
