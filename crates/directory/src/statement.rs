//! Statements: signed promises of one device that live beside the log, because they change weekly or monthly.
//!
//! Each kind has its own frame type (docs/protocol.md 3.3); the frame carries exactly one signature, by the author's device key, label
//! statement. The wraps travel beside it in a wraps frame whose hash the statement holds.

mod check;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_wire::address::{CapabilityKey, DeviceId, FrameHash, TeamId};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime, Week};

use crate::entry::KemKey;
use crate::frame_hash;
use crate::log::Directory;
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

/// A team's content key for one epoch (frame 0x0201). Author: a device of the team. Each member is a team of one (decision 26): its
/// id stands for the team's then.
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
    /// The secret of an earlier epoch, sealed under this one's (docs/protocol.md 4.9): whoever comes later reads what was before. Empty
    /// where there is none.
    pub link: Vec<u8>,
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

/// One of the four kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// A team's content key.
    TeamContent(TeamContent),
    /// A team's intake key.
    TeamIntake(TeamIntake),
    /// A device's monthly key.
    MonthKey(MonthKey),
    /// The staff capability.
    StaffCapability(StaffCapability),
}

/// The place that a statement takes: there is one statement for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatementKey {
    /// A team's content key of an epoch.
    TeamContent(TeamId, u32),
    /// A team's intake key of a week.
    TeamIntake(TeamId, Week),
    /// A device's key of a period.
    MonthKey(DeviceId, u32),
    /// The staff capability of an epoch.
    StaffCapability(u32),
}

impl TeamIntake {
    /// Until when reporters may seal to it.
    #[must_use]
    pub fn not_after(&self) -> UnixTime {
        self.week.start().plus(INTAKE_DAYS * DAY)
    }
}

impl Statement {
    /// Who said it.
    #[must_use]
    pub fn author(&self) -> &Author {
        match self {
            Self::TeamContent(body) => &body.author,
            Self::TeamIntake(body) => &body.author,
            Self::MonthKey(body) => &body.author,
            Self::StaffCapability(body) => &body.author,
        }
    }

    /// The place that it takes.
    #[must_use]
    pub fn key(&self) -> StatementKey {
        match self {
            Self::TeamContent(body) => StatementKey::TeamContent(body.team, body.epoch),
            Self::TeamIntake(body) => StatementKey::TeamIntake(body.team, body.week),
            Self::MonthKey(body) => StatementKey::MonthKey(body.author.device, body.period),
            Self::StaffCapability(body) => StatementKey::StaffCapability(body.epoch),
        }
    }

    /// Which edition it is; 0 for kinds that have one only.
    #[must_use]
    pub fn version(&self) -> u32 {
        match self {
            Self::TeamIntake(body) => body.version,
            Self::TeamContent(_) | Self::MonthKey(_) | Self::StaffCapability(_) => 0,
        }
    }

    /// The team that it is about, for the kinds that are about one.
    #[must_use]
    pub fn team(&self) -> Option<&TeamId> {
        match self {
            Self::TeamContent(body) => Some(&body.team),
            Self::TeamIntake(body) => Some(&body.team),
            Self::MonthKey(_) | Self::StaffCapability(_) => None,
        }
    }

    /// Hash of the wraps frame beside it, for the kinds that have one.
    #[must_use]
    pub fn wraps(&self) -> Option<&FrameHash> {
        match self {
            Self::TeamContent(body) => Some(&body.wraps),
            Self::TeamIntake(body) => Some(&body.wraps),
            Self::StaffCapability(body) => Some(&body.wraps),
            Self::MonthKey(_) => None,
        }
    }

    /// Whether `wraps` is the frame that the statement names; empty for the kinds that have none.
    #[must_use]
    pub fn wraps_match(&self, wraps: &[u8]) -> bool {
        match self.wraps() {
            Some(hash) => {
                Frame::parse_as(FrameType::Wraps, wraps).is_ok() && frame_hash(wraps) == *hash
            }
            None => wraps.is_empty(),
        }
    }

    /// Whether this statement takes the place of `held`, which came before: by a higher version, or, for an intake key, because
    /// the author of `held` has left since (or else a leaver could hold a place for ever with the highest version). Else the
    /// first one stays: what was sealed to a content key needs it. Both have been verified.
    #[must_use]
    pub fn replaces(&self, held: &Self, directory: &Directory) -> bool {
        let gives_way = matches!(held, Self::TeamIntake(_)) && !held.author_stays(directory);
        self.key() == held.key()
            && self.author_stays(directory)
            && (self.version() > held.version() || gives_way)
    }

    /// Whether something new may be sealed to its key: its author is still there, and so are all devices that hold the secret, and no
    /// other. Else somebody who is entitled makes the next one first.
    #[must_use]
    pub fn is_fresh(&self, directory: &Directory) -> bool {
        let length = self.author().standing.seq;
        let same = self.team().is_none_or(|team| {
            let now = directory.team_devices(team).map(|record| record.device.id);
            let then = directory.team_devices_at(team, length);
            now.eq(then.map(|record| record.device.id))
        });
        same && self.author_stays(directory)
    }

    /// The type of its frame.
    #[must_use]
    pub fn frame_type(&self) -> FrameType {
        match self {
            Self::TeamContent(_) => FrameType::TeamContentStatement,
            Self::TeamIntake(_) => FrameType::TeamIntakeStatement,
            Self::MonthKey(_) => FrameType::MonthKeyStatement,
            Self::StaffCapability(_) => FrameType::StaffCapabilityStatement,
        }
    }
}
