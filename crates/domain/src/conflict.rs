//! Two people who set one field while neither knew of the other: both values stay in sight until somebody chooses.
//!
//! A set knows another one that it has as an ancestor in the log. What counts are the sets that no later set of the same
//! field knows; when their values differ, the field is disputed. A set that knows them all settles it. The log alone says
//! so: the same log gives the same disputes on every device.

use alloc::vec::Vec;

use sluis_sorted::{Map, Set};

use crate::dossier::Made;
use crate::event::Event;
use crate::ids::EventId;
use crate::log::{EventLog, LogEntry};
use crate::vocabulary::{Field, FieldName, Status};

/// A field with more than one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which field.
    pub field: FieldName,
    /// Its values, each once, in the order of the log: at least two.
    pub choices: Vec<Choice>,
}

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who chose it, and when.
    pub made: Made,
    /// The value.
    pub value: Field,
}

/// What was found in a whole log.
#[derive(Default)]
pub(crate) struct Found {
    /// The disputed fields, in the order of their names.
    pub(crate) conflicts: Vec<Conflict>,
    /// The status that a person chose, where only a look at the dossier stands beside it.
    pub(crate) chosen_status: Option<Status>,
}

/// Looks for disputes. `ordered` holds the entries of `log` that count, in order.
pub(crate) fn find(log: &EventLog, ordered: &[&LogEntry]) -> Found {
    let mut newest: Map<FieldName, Vec<(&LogEntry, &Field)>> = Map::new();
    for &entry in ordered {
        if let Event::FieldSet(field) = &entry.event {
            let sets = newest.entry(field.name()).or_default();
            if !sets.is_empty() {
                let known = known(log, entry, sets);
                sets.retain(|(set, _)| !known.contains(&set.id));
            }
            sets.push((entry, field));
        }
    }
    let mut found = Found::default();
    for (name, mut sets) in newest {
        // A dossier counts as read when somebody looks at it: that is no choice against another one.
        let is_look = |field: &Field| *field == Field::Status(Status::Read);
        if name == FieldName::Status && sets.iter().any(|(_, field)| !is_look(field)) {
            sets.retain(|(_, field)| !is_look(field));
            if let Some((_, Field::Status(status))) = sets.last() {
                found.chosen_status = Some(*status);
            }
        }
        let mut choices: Vec<Choice> = Vec::new();
        for (entry, field) in sets {
            choices.retain(|choice| choice.value != *field);
            choices.push(Choice {
                made: Made::by(entry),
                value: field.clone(),
            });
        }
        if choices.len() > 1 {
            found.conflicts.push(Conflict {
                field: name,
                choices,
            });
        }
    }
    found
}

/// Which of these sets are before `entry`.
fn known(log: &EventLog, entry: &LogEntry, sets: &[(&LogEntry, &Field)]) -> Set<EventId> {
    // Whatever is before an entry has a lower number than it.
    let lowest = sets.iter().map(|(set, _)| set.lamport).min().unwrap_or(0);
    let mut found = Set::new();
    let mut seen = Set::new();
    let mut open: Vec<EventId> = entry.before().collect();
    while let Some(id) = open.pop() {
        let Some(before) = log.entry(&id).filter(|before| before.lamport >= lowest) else {
            continue;
        };
        if !seen.insert(id) {
            continue;
        }
        if sets.iter().any(|(set, _)| set.id == id) {
            found.insert(id);
            if found.len() == sets.len() {
                break;
            }
        }
        open.extend(before.before());
    }
    found
}
