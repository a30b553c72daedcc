//! Dossiers to another Sluis and from one, as a file that eight words open.

use serde::{Deserialize, Serialize};
use sluis_domain::event::PartOf;
use sluis_domain::vocabulary::Kind;

use crate::{Language, Secret};

/// What goes along in a package, beside the facts and the people without their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackForm {
    /// The conversation with the reporter.
    pub conversation: bool,
    /// The team's notes.
    pub notes: bool,
    /// How to reach people.
    pub contacts: bool,
    /// Why that has to go along.
    pub reason: String,
    /// Language of the words.
    pub language: Language,
}

/// A package that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedFile {
    /// The file.
    pub file: Vec<u8>,
    /// The eight words that open it. They are kept nowhere.
    pub words: Vec<Secret>,
}

/// What a package holds, before anything of it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageView {
    /// The organisation that it comes from, by its own word.
    pub organisation: String,
    /// When it was made (unix seconds).
    pub made: u64,
    /// What the dossier was called there.
    pub number: String,
    /// Report or advice question.
    pub kind: Kind,
    /// When it came to be there (unix seconds).
    pub opened: u64,
    /// First words of its story.
    pub gist: String,
    /// People on its list.
    pub people: u32,
    /// Of how many of them it says how to reach them.
    pub contacts: u32,
    /// Messages, replies and notes.
    pub entries: Vec<PackageLine>,
}

/// Who said something in a dossier of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageLine {
    /// Message, reply or note.
    pub of: PartOf,
    /// Who, by the package's word; empty for the reporter.
    pub author: String,
    /// When (unix seconds).
    pub time: u64,
}
