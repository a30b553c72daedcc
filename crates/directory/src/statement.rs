//! Statements: signed promises of one device that live beside the log, because they change weekly or monthly.
//!
//! Each kind has its own frame type (docs/protocol.md 3.3); the frame carries exactly one signature, by the author's device key, label
//! statement. The wraps travel beside it in a wraps frame whose hash the statement holds.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_wire::address::{CapabilityKey, DeviceId, FrameHash, TeamId};
use sluis_wire::time::{UnixTime, Week};

use crate::entry::KemKey;
use crate::signature::VerifyingKey;

/// Where the author's directory stood, which shows a fork to whoever stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Number of entries that the author had applied.
    pub seq: u64,
    /// Hash of the last of them.
    pub head: FrameHash,
}

/// Who said it, when, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The device whose key signs.
    pub device: DeviceId,
    /// When.
    pub time: UnixTime,
    /// The author's view of the directory.
    pub standing: Standing,
}

/// A team's content key for one epoch (frame 0x0201). Author: a device of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamContent {
    /// Who said it.
    pub author: Author,
    /// Which team.
    pub team: TeamId,
    /// From 0; one more at each removal.
    pub epoch: u32,
    /// The public key.
    pub kem: KemKey,
    /// Hash of the wraps frame that gives the secret to each device of the team.
    pub wraps: FrameHash,
}

/// A team's intake key for one week (frame 0x0202). Author: a device of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamIntake {
    /// Who said it.
    pub author: Author,
    /// Which team.
    pub team: TeamId,
    /// For which week; valid from its start for 14 days.
    pub week: Week,
    /// From 0; a higher one replaces a lower one (decision 14).
    pub version: u32,
    /// The public key that reporters seal to.
    pub kem: KemKey,
    /// Signing keys of the team's devices: who may sign replies.
    pub reply_keys: Vec<VerifyingKey>,
    /// Hash of the wraps frame that gives the secret to each device of the team.
    pub wraps: FrameHash,
}

/// A device's key for one month (frame 0x0203): for what must be able to die.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthKey {
    /// Who said it; the key is this device's.
    pub author: Author,
    /// Running number, from 0, one more at each turn.
    pub period: u32,
    /// Holds from.
    pub not_before: UnixTime,
    /// Holds until, at most 45 days later.
    pub not_after: UnixTime,
    /// The public key.
    pub kem: KemKey,
}

/// The capability that all staff share for what must not name a team (decision 18; frame 0x0204). Author: any current device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffCapability {
    /// Who said it.
    pub author: Author,
    /// From 0; one more at each removal.
    pub epoch: u32,
    /// What the relay checks requests against.
    pub key: CapabilityKey,
    /// Hash of the wraps frame that gives the secret to each current device.
    pub wraps: FrameHash,
}

/// Days that an intake key is good for from the start of its week.
pub const INTAKE_DAYS: u64 = 14;
/// Days that a month key may be good for.
pub const MONTH_DAYS: u64 = 45;
