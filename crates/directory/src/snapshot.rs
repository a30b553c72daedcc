//! Snapshots: where the log stands and which team tables hold, co-signed by witnesses, so that a reporter without memory
//! can know whom it writes to (docs/protocol.md 3.4).

mod table;

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_wire::address::{FrameHash, TeamId};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime, Week};

use crate::entry::{KemKey, WitnessSet};
use crate::error::Error;
use crate::frame_hash;
use crate::log::{CLOCK_TOLERANCE, Directory};
use crate::quorum::{Quorum, check_enough};
use crate::signature::{Label, VerifyingKey};
use crate::statement::{INTAKE_DAYS, Standing};
use crate::untrusted::Untrusted;

pub use table::{Tables, co_sign, prepare, team_table};

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

/// Age of a snapshot in days from which staff are warned.
pub const WARN_DAYS: u64 = 3;
/// Age of a snapshot in days from which granting outside the own organisation stops (decision 39).
pub const BLOCK_DAYS: u64 = 7;

/// How old a snapshot is, for staff. It never stops a reporter (decision 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Younger than [`WARN_DAYS`].
    Fresh,
    /// This many whole days old: warn.
    Stale {
        /// At least [`WARN_DAYS`].
        days: u64,
    },
}

impl Freshness {
    /// Whether granting outside the own organisation has to wait.
    #[must_use]
    pub fn blocks(self) -> bool {
        matches!(self, Self::Stale { days } if days >= BLOCK_DAYS)
    }
}

impl Line {
    /// The week that the intake key was made for: what an intake envelope names. It may be the week before the table's, as
    /// a key holds for two.
    #[must_use]
    pub fn key_week(&self) -> Week {
        Week::of(UnixTime(self.not_after.0.saturating_sub(INTAKE_DAYS * DAY)))
    }
}

impl Snapshot {
    /// Reads a snapshot's frame.
    ///
    /// # Errors
    /// [`Error::Frame`] when it is no snapshot frame.
    pub fn parse(bytes: &[u8]) -> Result<Untrusted<Self>, Error> {
        let frame = Frame::parse_as(FrameType::Snapshot, bytes)?;
        let content = codec::decode(frame.body(), FrameType::Snapshot.max_body_len())?;
        Ok(Untrusted { frame, content })
    }

    /// How old it is at `now`.
    #[must_use]
    pub fn freshness(&self, now: UnixTime) -> Freshness {
        match now.since(self.time) / DAY {
            0..WARN_DAYS => Freshness::Fresh,
            days => Freshness::Stale { days },
        }
    }

    /// Hash of a week's table, when the snapshot names one.
    #[must_use]
    pub fn table(&self, week: Week) -> Option<&FrameHash> {
        let mut tables = self.tables.iter();
        tables
            .find(|(named, _)| *named == week)
            .map(|(_, hash)| hash)
    }

    /// The newest table that has begun at `now`: what a reporter is served. When no newer snapshot comes, the last one's keys
    /// hold for a week longer than it names tables.
    #[must_use]
    pub fn begun(&self, now: UnixTime) -> Option<(Week, &FrameHash)> {
        let mut newest_first = self.tables.iter().rev();
        let begun = newest_first.find(|(week, _)| *week <= Week::of(now));
        begun.map(|(week, hash)| (*week, hash))
    }

    /// Whether these are the frames of the tables that it names, all of them and in order.
    #[must_use]
    pub fn names_tables<F: AsRef<[u8]>>(&self, frames: &[F]) -> bool {
        let named = self.tables.iter().map(|(week, hash)| (Some(*week), *hash));
        let given = frames.iter().map(|frame| {
            let table = TeamTable::parse(frame.as_ref());
            (table.ok().map(|t| t.week), frame_hash(frame.as_ref()))
        });
        named.eq(given)
    }
}

impl TeamTable {
    /// Reads a table's frame. Only a snapshot that names its hash vouches for it.
    ///
    /// # Errors
    /// [`Error::Frame`] when it is no table frame.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let frame = Frame::parse_as(FrameType::TeamTable, bytes)?;
        let max = FrameType::TeamTable.max_body_len();
        let table = codec::decode(frame.body(), max)?;
        Ok(table)
    }

    /// Its frame.
    ///
    /// # Errors
    /// [`Error::Frame`] when it is too long.
    pub fn to_frame(&self) -> Result<Vec<u8>, Error> {
        let body = codec::encode(self);
        Ok(Frame::build(FrameType::TeamTable, &body)?.to_bytes())
    }
}

impl Untrusted<Snapshot> {
    /// The snapshot, when enough witnesses signed it who were in force, and whose devices were current, where it stands.
    ///
    /// # Errors
    /// [`Error::Behind`] and [`Error::Fork`] for its standing, [`Error::WitnessesMissing`], [`Error::SignatureMissing`], [`Error::Signature`],
    /// [`Error::TimeAhead`] when it is made later than `now`.
    pub fn verify(self, directory: &Directory, now: UnixTime) -> Result<Snapshot, Error> {
        let standing = self.content.standing;
        directory.check_standing(standing)?;
        let set = directory
            .witnesses_at(standing.seq)
            .ok_or(Error::WitnessesMissing)?;
        let mut current = set.clone();
        current.keys.retain(|key| {
            directory
                .device_by_key(key)
                .is_some_and(|record| record.span.held_at(standing.seq))
        });
        let snapshot = self.verify_witnesses(&current)?;
        if snapshot.time.since(now) > CLOCK_TOLERANCE {
            return Err(Error::TimeAhead);
        }
        Ok(snapshot)
    }

    /// The snapshot, when enough of `set` signed it and nobody else.
    pub(crate) fn verify_witnesses(self, set: &WitnessSet) -> Result<Snapshot, Error> {
        let quorum = Quorum::new(&set.keys, set.threshold);
        check_enough(&self.frame, Label::Snapshot, &alloc::vec![quorum])?;
        Ok(self.content)
    }
}
