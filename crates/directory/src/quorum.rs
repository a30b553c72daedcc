//! Who has to sign a frame, and whether they did.

use alloc::vec::Vec;

use sluis_wire::address::MemberId;
use sluis_wire::frame::{Frame, FrameSignature};

use crate::error::Error;
use crate::signature::{Label, Signature, VerifyingKey};

/// A key that may sign, with the person whose device has it. A key on paper is nobody's.
pub(crate) type Signer = (VerifyingKey, Option<MemberId>);

/// A set of keys of which so many must sign. However many devices a person has, they count once.
pub(crate) struct Quorum {
    /// Who may.
    pub(crate) keys: Vec<Signer>,
    /// How many must.
    pub(crate) threshold: usize,
}

impl Quorum {
    pub(crate) fn new(keys: &[VerifyingKey], threshold: u8) -> Self {
        Self::of(keys.iter().map(|key| (*key, None)).collect(), threshold)
    }

    pub(crate) fn of(keys: Vec<Signer>, threshold: u8) -> Self {
        Self {
            keys,
            threshold: usize::from(threshold),
        }
    }

    /// How many could sign at most.
    pub(crate) fn most(&self) -> usize {
        count(self.keys.iter())
    }

    fn find(&self, signer: &FrameSignature) -> Option<&Signer> {
        self.keys
            .iter()
            .find(|(key, _)| *key.as_bytes() == signer.key)
    }
}

/// As how many these count.
pub(crate) fn count<'a>(signers: impl Iterator<Item = &'a Signer>) -> usize {
    let (mut persons, mut papers): (Vec<MemberId>, _) = (Vec::new(), 0);
    for (_, owner) in signers {
        match owner {
            None => papers += 1,
            Some(owner) if persons.contains(owner) => {}
            Some(owner) => persons.push(*owner),
        }
    }
    persons.len() + papers
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
    let signed = |quorum: &Quorum| count(signers.iter().filter_map(|signer| quorum.find(signer)));
    way.iter().all(|quorum| signed(quorum) >= quorum.threshold)
}

fn verify_all(frame: &Frame, label: Label, way: &Way) -> Result<(), Error> {
    for signer in frame.signatures() {
        let key = way.iter().find_map(|quorum| quorum.find(signer));
        let (key, _) = key.ok_or(Error::SignerUnknown)?;
        key.verify(label, frame.signed_bytes(), &Signature(signer.signature))?;
    }
    Ok(())
}
