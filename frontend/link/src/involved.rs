//! People in a dossier, their contact data, and closing.

use serde::{Deserialize, Serialize};
use sluis_domain::figures::Figure;
use sluis_domain::people::{ClosingReason, PersonRole};
use sluis_domain::vocabulary::FieldName;

use crate::{FileKey, Secret};

/// A person in a dossier, as the page names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InvolvedKey(pub [u8; 16]);

/// What it takes to reach somebody. In memory only, on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    /// Name.
    pub name: Secret,
    /// Telephone number.
    pub phone: Secret,
    /// Mail address.
    pub email: Secret,
    /// Postal address.
    pub address: Secret,
}

impl Default for ContactForm {
    fn default() -> Self {
        let empty = || Secret(String::new());
        Self {
            name: empty(),
            phone: empty(),
            email: empty(),
            address: empty(),
        }
    }
}

impl ContactForm {
    /// Nothing is filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.phone, &self.email, &self.address]
            .into_iter()
            .all(|text| text.0.trim().is_empty())
    }
}

/// What is noted of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonForm {
    /// What they are in the dossier.
    pub role: PersonRole,
    /// What they are in the sport.
    pub capacity: String,
    /// Whether they are under 18.
    pub minor: Option<bool>,
    /// How to reach them; empty for as it is.
    pub contact: ContactForm,
}

/// What a page may ask about the people of a dossier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PersonAsk {
    /// Somebody has the people before their eyes: fetch what it takes to reach them.
    Look,
    /// Adds somebody.
    Add(PersonForm),
    /// Notes other things.
    Change(InvolvedKey, PersonForm),
    /// Takes somebody off the list.
    Remove(InvolvedKey),
    /// Keeps how to reach somebody on this device for a day.
    Pin(InvolvedKey),
    /// Destroys how to reach somebody, for good.
    Erase(InvolvedKey),
    /// Where names, numbers and addresses still stand in the text. Answer: [`crate::Answer::Findings`].
    Sweep,
    /// Takes these words out. Answer: [`crate::Answer::Findings`], what is left.
    Redact(Vec<FindingPlace>),
    /// Closes the dossier.
    Close(CloseForm),
}

/// How a dossier is to be closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseForm {
    /// Why.
    pub reason: ClosingReason,
    /// What came of it.
    pub outcome: String,
    /// What stays for the figures, as it was shown; nothing when no row is made.
    pub figure: Option<Box<Figure>>,
    /// Files that go first.
    pub remove: Vec<FileKey>,
    /// What is written down about why they went.
    pub why: String,
}

/// Somebody in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvolvedView {
    /// Who.
    pub key: InvolvedKey,
    /// Their number: `@p1` is number 1.
    pub number: u16,
    /// Two colleagues gave one number at once; this is the one who got another.
    pub renumbered: bool,
    /// What they are in the dossier.
    pub role: PersonRole,
    /// What they are in the sport.
    pub capacity: String,
    /// Whether they are under 18.
    pub minor: Option<bool>,
    /// How to reach them.
    pub contact: ContactView,
    /// Until when that is kept on this device (unix seconds), if it is.
    pub pinned: Option<u64>,
}

/// How it stands with how to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactView {
    /// Nothing is noted.
    None,
    /// Being saved: not safe yet.
    Saving(ContactForm),
    /// Here it is.
    Open(ContactForm),
    /// Not here, or not yet.
    Shut,
    /// Being destroyed.
    Erasing,
    /// Destroyed: when (unix seconds), and by whom.
    Erased(u64, String),
}

/// How a dossier was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingView {
    /// When (unix seconds).
    pub time: u64,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: ClosingReason,
    /// What came of it.
    pub outcome: String,
    /// Devices that held something and are in use.
    pub devices: u32,
    /// How many of them said that it is gone.
    pub done: u32,
    /// When the last key ends that could open what an old copy of the server holds (unix seconds).
    pub until: u64,
    /// The server's word, for each person.
    pub proofs: Vec<ProofView>,
}

/// The server's word that it destroyed what it had of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofView {
    /// The person's number.
    pub number: u16,
    /// The hour (unix seconds).
    pub hour: u64,
    /// Its signature was checked here and holds.
    pub holds: bool,
    /// The signature's first bytes, to compare by eye.
    pub mark: String,
}

/// Where something was found that may give somebody away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FindingPlace {
    /// A field.
    Field(FieldName),
    /// A message, a reply or a note.
    Event([u8; 32]),
}

/// Something that may give somebody away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where.
    pub place: FindingPlace,
    /// What was found, each once.
    pub words: Vec<String>,
    /// How the text reads without.
    pub text: String,
}
