//! Snapshots: where the log stands and which team tables hold, co-signed by witnesses, so that a reporter without memory
//! can know whom it writes to (docs/protocol.md 3.4).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_wire::address::{FrameHash, TeamId};
use sluis_wire::time::{UnixTime, Week};

use crate::entry::KemKey;
use crate::signature::VerifyingKey;
use crate::statement::Standing;

/// What witnesses sign (frame 0x0301, label snapshot).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// When it was made.
    pub time: UnixTime,
    /// Where the log stood.
    pub standing: Standing,
    /// Hash of the team table frame of each week, in ascending order (decision 23).
    pub tables: Vec<(Week, FrameHash)>,
}

/// All lines that a reporter may write to in one week (frame 0x0302, unsigned: the snapshot holds its hash).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamTable {
    /// Which week.
    pub week: Week,
    /// See [`crate::entry::Policy::page_bits`].
    pub page_bits: u8,
    /// In ascending order of team id.
    pub lines: Vec<Line>,
}

/// One line: a team that reporters may write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The team.
    pub team: TeamId,
    /// Name of the line.
    pub name: String,
    /// Name of its organisation.
    pub organisation: String,
    /// Whether that organisation is the centre.
    pub centre: bool,
    /// Intake key of the week, from the team's statement.
    pub kem: KemKey,
    /// Good until.
    pub not_after: UnixTime,
    /// Who may sign replies.
    pub reply_keys: Vec<VerifyingKey>,
}
