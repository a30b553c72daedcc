//! Who may read and write which dossier, and how that is changed.

use serde::{Deserialize, Serialize};

use crate::DossierKey;

/// Somebody that a dossier can be shared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Party {
    /// A team, and whoever belongs to it.
    Team([u8; 16]),
    /// One person.
    Member([u8; 16]),
}

/// A party with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyView {
    /// Which one.
    pub party: Party,
    /// What people call it.
    pub name: String,
    /// Name of the organisation.
    pub organisation: String,
    /// It belongs to another organisation than mine.
    pub outside: bool,
    /// What a dossier is sealed for it with is known.
    pub ready: bool,
    /// Whether an agreement about sharing with their organisation is on file; said where somebody is about to share.
    pub agreed: Agreed,
}

/// Whether an agreement about sharing and a privacy notice are on file with another organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Agreed {
    /// No: nothing can be shared with them.
    No,
    /// It is on its way to the server.
    Filing,
    /// Yes, or it is my own organisation.
    Yes,
}

/// Rights in a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Right {
    /// Reads.
    Reader,
    /// Reads and writes.
    Writer,
    /// Also decides who may.
    Steward,
}

/// Someone who may read a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a line of its own on the page"
)]
pub struct Access {
    /// Person or team.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// What they may.
    pub right: Right,
    /// Whether this is a team.
    pub team: bool,
    /// How the page names them; nothing for a device that stands alone.
    pub party: Option<Party>,
    /// They belong to another organisation than mine.
    pub outside: bool,
    /// This is me, or a team of mine.
    pub mine: bool,
    /// Since when (unix seconds); 0 while it is on its way.
    pub since: u64,
    /// Who gave it; empty for a device that is not known.
    pub by: String,
    /// Until when (unix seconds), if it ends by itself.
    pub until: Option<u64>,
    /// Why, as whoever gave it wrote.
    pub reason: String,
    /// How far it is.
    pub standing: Standing,
    /// An agreement was on file when this was given, or it is the same organisation.
    pub agreed: bool,
}

/// How far a right is that somebody was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It holds, and they have not said yet whether they take it.
    Offered,
    /// They said no, for this reason.
    Refused(String),
    /// Safe on this device, on its way to the server.
    Sending,
}

/// What the page of a dossier shows about sharing, beside who has access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareView {
    /// What I may; nothing when it was taken back.
    pub right: Option<Right>,
    /// Only another team may answer the reporter.
    pub elsewhere: bool,
    /// A change of mine is on its way.
    pub pending: bool,
    /// My access was taken back: what is here stays as it was.
    pub lost: bool,
    /// It was shared with me and I have not answered.
    pub offer: Option<Offer>,
    /// The reporter agreed that these read it, and they do not yet.
    pub consented: Option<PartyView>,
    /// Why my last change was given up after all.
    pub given_up: Option<GivenUp>,
}

/// Why a change of who has access that was kept here was given up later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenUp {
    /// I do not decide about it any more.
    NoRight,
    /// Nobody would be left who decides.
    LastSteward,
    /// The rules refuse it.
    Rules,
}

impl ShareView {
    /// I may change what is in it.
    #[must_use]
    pub fn may_write(&self) -> bool {
        self.right >= Some(Right::Writer)
    }

    /// I decide who has access.
    #[must_use]
    pub fn may_share(&self) -> bool {
        self.right == Some(Right::Steward)
    }
}

/// A dossier that was shared with me or my team and that nobody answered for yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which one.
    pub dossier: DossierKey,
    /// Its number.
    pub number: String,
    /// Who shared it.
    pub from: String,
    /// Their organisation.
    pub organisation: String,
    /// With whom: me or a team of mine.
    pub to: String,
    /// What they may.
    pub right: Right,
    /// Until when (unix seconds).
    pub until: Option<u64>,
    /// Why.
    pub reason: String,
    /// The dossier is to become theirs.
    pub transfer: bool,
    /// When (unix seconds).
    pub time: u64,
}

/// What somebody answered to a dossier that I shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// Which dossier.
    pub dossier: DossierKey,
    /// Its number.
    pub number: String,
    /// Who answered.
    pub name: String,
    /// Whether they took it.
    pub accepted: bool,
    /// Why not.
    pub reason: String,
    /// When (unix seconds).
    pub time: u64,
}

/// A reporter agreed that their federation reads along, and it does not yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Which dossier.
    pub dossier: DossierKey,
    /// Its number.
    pub number: String,
    /// Who may read it.
    pub party: PartyView,
}

/// What waits for a person about sharing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// Shared with me.
    pub offers: Vec<Offer>,
    /// Answers to what I shared, newest first.
    pub reactions: Vec<Reaction>,
    /// Consent that nobody acted upon.
    pub consents: Vec<Consent>,
}

/// A change of who may do what.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ShareAsk {
    /// Gives a right, or another one than they have.
    Give {
        /// To whom.
        party: Party,
        /// Which right.
        right: Right,
        /// Until when (unix seconds).
        until: Option<u64>,
        /// Why.
        reason: String,
        /// The dossier is to become theirs.
        transfer: bool,
    },
    /// Takes the access back.
    Take(Party),
    /// New keys for the same people.
    Renew,
    /// Puts an agreement about sharing with the organisation of this party on file: its title, and the privacy notice that goes with it.
    /// Answer: [`Answer::Parties`](crate::Answer::Parties).
    Agree(Party, String, String),
    /// Takes what was shared with me, or not, for this reason.
    Answer(bool, String),
    /// Shuts this person out for good: myself (recusal) or somebody with a conflict of interest.
    ShutOut([u8; 16]),
    /// Removes what this device still has of a dossier that was taken back from me.
    Forget,
}

/// A change in the list of who has access, for the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessChange {
    /// Person or team.
    pub name: String,
    /// What they may now; nothing when they lost it.
    pub right: Option<Right>,
    /// They had another right before.
    pub had: bool,
}

/// Who can read and write what, of all dossiers that this device knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessMap {
    /// People and teams.
    pub parties: Vec<PartyView>,
    /// For each person, their teams.
    pub teams: Vec<([u8; 16], Vec<[u8; 16]>)>,
    /// For each dossier, who may do what.
    pub dossiers: Vec<(DossierKey, Vec<(Party, Right)>)>,
}
