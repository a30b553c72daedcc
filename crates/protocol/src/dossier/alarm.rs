//! What can be wrong with a dossier, by name and by object. An alarm never repairs anything: a person decides.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_domain::ids::EventId;
use sluis_wire::address::{DeviceId, DossierAddress, FrameHash};

use super::proof::Signed;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlarmKind {
    /// Somebody signed while standing on another directory than mine.
    DirectoryFork,
    /// Two different signed control entries with one number: the dossier is read-only.
    ControlFork,
    /// The relay shows a shorter control chain than before.
    ControlRolledBack,
    /// A control entry that the rules refuse.
    ControlRefused,
    /// A wrap is missing, does not open, or gives another key than the control entry promises.
    WrongWrap,
    /// An event is missing that others build on.
    EventMissing,
    /// An event of mine that the relay took in is no longer listed.
    OwnEventGone,
    /// A damaged, forged or misplaced event.
    EventRefused,
    /// Two events of one author with one number.
    Equivocation,
    /// The relay lists fewer events than before, or others in their place.
    EventsRolledBack,
}

/// What an alarm is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Object {
    /// A control entry, by number.
    Control(u64),
    /// An event, by id.
    Event(EventId),
    /// An event frame that does not open, by hash.
    Frame(FrameHash),
    /// A place in the relay's list of events.
    Position(u64),
    /// An author's own row of events: which number.
    AuthorRow(DeviceId, u64),
}

/// Which rule something broke.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
pub enum Rule {
    /// The bytes are not what they should be.
    #[error("not the right form")]
    Form,
    /// It does not open: changed on the way, or sealed for another place.
    #[error("does not open")]
    Damaged,
    /// It belongs to another dossier.
    #[error("belongs to another dossier")]
    OtherDossier,
    /// Its number or its link to the one before is wrong.
    #[error("does not follow the one before")]
    Place,
    /// The epoch is not the one that the chain has there.
    #[error("wrong epoch")]
    Epoch,
    /// The author is not in the directory.
    #[error("unknown author")]
    UnknownAuthor,
    /// The author's device was not current where the author stood.
    #[error("author's device was revoked or not there yet")]
    NotCurrent,
    /// The signature does not match.
    #[error("signature does not match")]
    Signature,
    /// The author had not the right to do it.
    #[error("author had not the right")]
    NoRight,
    /// The author's directory is another one than mine.
    #[error("stands on another directory")]
    Standing,
    /// The author's control chain is another one than mine.
    #[error("stands on another control chain")]
    ControlHead,
    /// Made after a revocation, under a key that the revoked one holds.
    #[error("made under a key that a revoked device holds")]
    StaleKey,
    /// An action that this release does not know.
    #[error("unknown action")]
    UnknownAction,
    /// Somebody was added or raised by an author who may not do that.
    #[error("rights grew without a steward")]
    RightsGrew,
    /// The list of recipients is not in order: none, one twice, or one who is not there.
    #[error("recipients not in order")]
    Recipients,
    /// The key is not the one that the control entry promises.
    #[error("not the promised key")]
    KeyCheck,
    /// The capability keys do not fit the keys that I hold.
    #[error("capability keys do not fit")]
    Capability,
    /// The wraps are not the ones that the control entry names.
    #[error("not the named wraps")]
    Wraps,
    /// None of the wraps opens with my keys.
    #[error("no wrap for me")]
    NoWrap,
    /// Its number is not the one that its parents allow.
    #[error("number does not fit the parents")]
    Numbered,
}

/// Something that a person has to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alarm {
    /// What is wrong.
    pub kind: AlarmKind,
    /// In which dossier.
    pub dossier: DossierAddress,
    /// With what.
    pub object: Object,
    /// The rule that was broken, where one says more than the kind.
    pub rule: Option<Rule>,
    /// What shows it to others, where there is anything: [`Signed`](super::proof::Signed) things as bytes. Two of them, or one and
    /// the directory, may be a [`proof`](super::proof).
    pub proof: Vec<Vec<u8>>,
}

impl Alarm {
    pub(crate) fn new(kind: AlarmKind, dossier: DossierAddress, object: Object) -> Self {
        Self {
            kind,
            dossier,
            object,
            rule: None,
            proof: Vec::new(),
        }
    }

    pub(crate) fn by(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    pub(crate) fn with_proof(mut self, proof: impl IntoIterator<Item = Signed>) -> Self {
        self.proof = proof.into_iter().map(|one| one.to_bytes()).collect();
        self
    }
}
