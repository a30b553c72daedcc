//! The matrix: what a hostile relay can do, to what, and what has to come of it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::scene::{Limit, Scene};

/// What the relay does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Leaves one out in the middle.
    Drop,
    /// Holds back the newest.
    HoldBack,
    /// Gives an old one again.
    Replay,
    /// Gives them in another order.
    Reorder,
    /// Gives one twice.
    Duplicate,
    /// Goes back to an older state.
    RollBack,
    /// Shows two clients two different states.
    Fork,
    /// Gives one in place of another.
    Swap,
    /// Puts a key of its own in place of another.
    SubstituteKey,
    /// Flips a bit.
    Flip,
    /// Cuts off the end, or adds something.
    Truncate,
    /// Adds something of its own.
    Inject,
    /// Confirms what it did not do.
    FalseReceipt,
    /// Lies about page bits, quotas, the minimum version, or how much there is.
    Lie,
    /// Serves everybody but this client.
    Selective,
}

impl Act {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 15] = [
        Self::Drop,
        Self::HoldBack,
        Self::Replay,
        Self::Reorder,
        Self::Duplicate,
        Self::RollBack,
        Self::Fork,
        Self::Swap,
        Self::SubstituteKey,
        Self::Flip,
        Self::Truncate,
        Self::Inject,
        Self::FalseReceipt,
        Self::Lie,
        Self::Selective,
    ];
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// The log of members and devices.
    Directory,
    /// Statements of keys, and the snapshots and tables made of them.
    Keys,
    /// A dossier's control chain.
    Control,
    /// A dossier's events.
    Events,
    /// The queue of messages.
    Intake,
    /// The board of replies.
    Board,
    /// Contact data of people: records, wraps, and the relay's halves of their keys.
    Contacts,
    /// Files.
    Files,
}

impl Object {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Directory,
        Self::Keys,
        Self::Control,
        Self::Events,
        Self::Intake,
        Self::Board,
        Self::Contacts,
        Self::Files,
    ];

    /// Whether the table has a cell for this act.
    #[must_use]
    pub const fn has(self, act: Act) -> bool {
        match act {
            Act::FalseReceipt => matches!(self, Self::Contacts),
            Act::RollBack => !matches!(self, Self::Intake),
            Act::Fork => !matches!(self, Self::Intake | Self::Board | Self::Contacts),
            Act::Lie => !matches!(
                self,
                Self::Control | Self::Events | Self::Contacts | Self::Files
            ),
            Act::SubstituteKey => !matches!(self, Self::Files),
            _ => true,
        }
    }
}

/// What has to come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It cannot be accepted: nothing foreign enters, and when the relay is honest again, all is as if it always had been.
    Prevented,
    /// This alarm is raised.
    Detected(&'static str),
    /// After some time this shows.
    Limited(Limit),
}

impl fmt::Display for Expected {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prevented => to.write_str("P"),
            Self::Detected(alarm) => write!(to, "D {alarm}"),
            Self::Limited(limit) => write!(to, "L {limit:?}"),
        }
    }
}

/// One cell, as a trial: tells the lie in a scene, and gives the limit that showed, if one did.
pub struct Trial {
    /// What the relay does.
    pub act: Act,
    /// What has to come of it.
    pub expected: Expected,
    /// Does it.
    pub run: fn(&mut Scene) -> Option<Limit>,
}

/// What came of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As expected.
    AsExpected,
    /// No lie was told: the trial shows nothing.
    NoLie,
    /// The lie had its effect and nobody noticed.
    Silent(String),
    /// Something else came of it.
    Otherwise(String),
}

/// A trial with what came of it.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the relay did.
    pub act: Act,
    /// What it did it to.
    pub object: Object,
    /// What had to come of it.
    pub expected: Expected,
    /// What did.
    pub outcome: Outcome,
    /// How many answers were not the honest ones.
    pub told: usize,
    /// All alarms that were raised.
    pub alarms: Vec<String>,
}

/// Runs a trial in a scene of its own and judges what came of it.
#[must_use]
pub fn judge(object: Object, trial: &Trial) -> Row {
    let mut row = Row {
        act: trial.act,
        object,
        expected: trial.expected,
        outcome: Outcome::NoLie,
        told: 0,
        alarms: Vec::new(),
    };
    let result = catch_unwind(AssertUnwindSafe(|| {
        let mut scene = Scene::new();
        let limit = (trial.run)(&mut scene);
        row.told = scene.told();
        row.alarms = scene.alarms();
        row.outcome = outcome(object, trial.expected, limit, &mut scene, &row.alarms);
    }));
    if result.is_err() {
        row.outcome = Outcome::Otherwise("the trial itself failed".into());
    } else if row.told == 0 {
        row.outcome = Outcome::NoLie;
    }
    row
}

fn outcome(
    object: Object,
    expected: Expected,
    limit: Option<Limit>,
    scene: &mut Scene,
    alarms: &[String],
) -> Outcome {
    let foreign = scene.foreign();
    // What is wrong in a dossier is said of that dossier.
    let place = match object {
        Object::Control | Object::Events | Object::Contacts | Object::Files => {
            format!("{:?}", scene.first)
        }
        Object::Directory | Object::Keys | Object::Intake | Object::Board => String::new(),
    };
    let named = |name: &str| {
        let mut alarms = alarms.iter();
        alarms.any(|alarm| alarm.contains(name) && alarm.contains(&place))
    };
    match expected {
        Expected::Prevented => match foreign {
            Some(foreign) => Outcome::Silent(foreign),
            None => scene
                .recover()
                .map_or(Outcome::AsExpected, Outcome::Otherwise),
        },
        Expected::Detected(name) if named(name) => Outcome::AsExpected,
        Expected::Limited(wanted) if limit == Some(wanted) => Outcome::AsExpected,
        Expected::Detected(_) | Expected::Limited(_) if alarms.is_empty() && limit.is_none() => {
            Outcome::Silent("no alarm and no limit".into())
        }
        Expected::Detected(_) | Expected::Limited(_) => {
            Outcome::Otherwise(format!("{limit:?} {alarms:?}"))
        }
    }
}

/// The matrix as text.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut text = String::new();
    for act in Act::ALL {
        for object in Object::ALL {
            let cell = rows
                .iter()
                .find(|row| row.act == act && row.object == object);
            let line = cell.map_or_else(
                || format!("{act:?} × {object:?}: –\n"),
                |row| {
                    format!(
                        "{act:?} × {object:?}: {} | {:?} | {} lies\n",
                        row.expected, row.outcome, row.told
                    )
                },
            );
            text.push_str(&line);
        }
    }
    text
}
