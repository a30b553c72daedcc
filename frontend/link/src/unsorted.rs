//! New conversations that wait for somebody to decide about them.

use serde::{Deserialize, Serialize};

use crate::DossierKey;

/// A conversation beyond those that an hour turns into dossiers by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsortedView {
    /// The dossier that it would become.
    pub key: DossierKey,
    /// Whom it was written to.
    pub line: String,
    /// When its first message came (unix seconds, cut to the hour).
    pub hour: u64,
    /// It came while the server's ordinary lane was full.
    pub busy: bool,
    /// Messages so far.
    pub messages: u32,
    /// Its first words.
    pub gist: String,
    /// It was set aside at this desk.
    pub aside: bool,
}

/// What is to become of such a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sorting {
    /// A dossier.
    Make,
    /// Set aside at this desk.
    Aside,
    /// Brought back from there.
    Back,
    /// Deleted at the server, for all colleagues.
    Remove,
}
