//! Tables and snapshots as witnesses make them: every witness gets the same bytes from the same log and statements.

use alloc::vec::Vec;

use sluis_sorted::Map;
use sluis_wire::address::TeamId;
use sluis_wire::api::snapshot_weeks;
use sluis_wire::frame::FrameType;
use sluis_wire::time::{UnixTime, Week};

use super::{Line, Snapshot, TeamTable};
use crate::entry::{OrganisationKind, Team};
use crate::error::Error;
use crate::frame_hash;
use crate::log::{CLOCK_TOLERANCE, Directory};
use crate::maker::add_signature;
use crate::signature::{Label, SigningKey};
use crate::statement::{Statement, TeamIntake};

/// A snapshot before anyone signed it, and the frames of the tables that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    /// What witnesses sign.
    pub snapshot: Snapshot,
    /// Table frames, one for each week.
    pub frames: Vec<Vec<u8>>,
}

/// The table of a week: for each line the intake key of that week, or else of the week before, which still holds.
///
/// `statements` have been verified; of two for one place the one counts that replaces the other, else the first. A key made by
/// somebody who has left the team since is left out: the leaver knows its secret. So are reply keys of leavers.
///
/// # Errors
/// [`Error::Frame`] when there are too many lines for one table.
pub fn team_table<'a>(
    directory: &Directory,
    statements: impl IntoIterator<Item = &'a Statement>,
    week: Week,
) -> Result<TeamTable, Error> {
    let held = hold(directory, statements);
    Ok(table_of(directory, &held, week))
}

/// The snapshot that an honest witness makes at `now`, with its tables. Sign it with [`crate::maker::sign_snapshot`].
///
/// # Errors
/// [`Error::Frame`] when there are too many lines for one table.
pub fn prepare<'a>(
    directory: &Directory,
    statements: impl IntoIterator<Item = &'a Statement>,
    now: UnixTime,
) -> Result<Tables, Error> {
    let held = hold(directory, statements);
    let mut tables = Tables {
        snapshot: Snapshot {
            time: now,
            standing: directory.head(),
            tables: Vec::new(),
        },
        frames: Vec::new(),
    };
    for week in snapshot_weeks(now) {
        let frame = table_of(directory, &held, week).to_frame()?;
        tables.snapshot.tables.push((week, frame_hash(&frame)));
        tables.frames.push(frame);
    }
    Ok(tables)
}

/// The snapshot's frame with one more witness's signature, after that witness has rebuilt the tables from its own log and statements.
///
/// # Errors
/// [`Error::StandingDiffers`] when it does not stand at the head here, [`Error::TimeAhead`] and [`Error::Expired`] when it was not made within a day
/// of `now`, [`Error::TablesDiffer`], [`Error::Frame`].
pub fn co_sign<'a>(
    frame: &[u8],
    directory: &Directory,
    statements: impl IntoIterator<Item = &'a Statement>,
    witness: &SigningKey,
    now: UnixTime,
) -> Result<Vec<u8>, Error> {
    let snapshot = Snapshot::parse(frame)?.content;
    if snapshot.standing != directory.head() {
        return Err(Error::StandingDiffers);
    }
    if snapshot.time.since(now) > CLOCK_TOLERANCE {
        return Err(Error::TimeAhead);
    }
    if now.since(snapshot.time) > CLOCK_TOLERANCE {
        return Err(Error::Expired);
    }
    if prepare(directory, statements, snapshot.time)?.snapshot != snapshot {
        return Err(Error::TablesDiffer);
    }
    add_signature(FrameType::Snapshot, Label::Snapshot, frame, witness)
}

type Held<'a> = Map<(TeamId, Week), &'a Statement>;

fn hold<'a>(
    directory: &Directory,
    statements: impl IntoIterator<Item = &'a Statement>,
) -> Held<'a> {
    let mut held = Held::new();
    for statement in statements {
        let Statement::TeamIntake(intake) = statement else {
            continue;
        };
        if !statement.author_stays(directory) {
            continue;
        }
        let place = held.entry((intake.team, intake.week)).or_insert(statement);
        if statement.replaces(place, directory) {
            *place = statement;
        }
    }
    held
}

fn table_of(directory: &Directory, held: &Held<'_>, week: Week) -> TeamTable {
    let before = Week(week.0.saturating_sub(1));
    let lines = directory.teams().filter(|record| record.team.line);
    let lines = lines.filter_map(|record| {
        let team = &record.team;
        let statement = [week, before]
            .iter()
            .find_map(|week| held.get(&(team.id, *week)))?;
        let Statement::TeamIntake(intake) = statement else {
            return None;
        };
        line_of(directory, team, intake)
    });
    TeamTable {
        week,
        page_bits: directory.policy().page_bits,
        lines: lines.collect(),
    }
}

/// A line with nobody left to answer is none.
fn line_of(directory: &Directory, team: &Team, intake: &TeamIntake) -> Option<Line> {
    let organisation = directory.organisation(&team.organisation)?;
    let current: Vec<_> = directory
        .reply_keys_at(&team.id, directory.length())
        .collect();
    let mut reply_keys = intake.reply_keys.clone();
    reply_keys.retain(|key| current.contains(key));
    if reply_keys.is_empty() {
        return None;
    }
    Some(Line {
        team: team.id,
        name: team.name.clone(),
        organisation: organisation.name.clone(),
        centre: organisation.kind == OrganisationKind::Centre,
        kem: intake.kem.clone(),
        not_after: intake.not_after(),
        reply_keys,
    })
}
