//! Extracts of a dossier for advisers, and their opinions.

use serde::{Deserialize, Serialize};
use sluis_domain::event::ExtractPart;

use crate::{DossierKey, Party};

/// What is to be shown to whom: every word of it was on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewExtract {
    /// What they are asked.
    pub question: String,
    /// Until when they can read it (unix seconds).
    pub until: u64,
    /// What they read.
    pub parts: Vec<ExtractPart>,
    /// Who they are.
    pub with: Vec<Party>,
}

/// A dossier that is an extract of another one, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractView {
    /// What is asked.
    pub question: String,
    /// Until when it can be read (unix seconds).
    pub until: u64,
    /// What there is to read.
    pub parts: Vec<ExtractPart>,
    /// What advisers said, oldest first.
    pub opinions: Vec<OpinionView>,
}

/// An extract that was made of a dossier, for the page of that dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceView {
    /// The extract, where it is on this device.
    pub extract: Option<DossierKey>,
    /// What is asked.
    pub question: String,
    /// Names of who may read it.
    pub with: Vec<String>,
    /// Until when (unix seconds).
    pub until: u64,
    /// What came back, oldest first.
    pub opinions: Vec<OpinionView>,
}

/// An opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionView {
    /// Who wrote it.
    pub author: String,
    /// When (unix seconds).
    pub time: u64,
    /// What it says.
    pub text: String,
}
