//! What the relay has yet to show: statements that it took, and tables that witnesses vouch for.
//!
//! A relay cannot forge a key, but it can keep one back. It is found out by what else it says: that a place is taken, that it
//! has what I sent, or a snapshot whose tables are not those that follow from what I was shown.

use alloc::vec::Vec;

use sluis_directory::snapshot::{Snapshot, prepare};
use sluis_directory::statement::{Statement, StatementKey};
use sluis_sorted::Map;
use sluis_wire::time::{DAY, UnixTime};

use super::{Alarm, Engine, Step};

/// Days after which a snapshot is too old to be compared: statements of its first weeks are not kept for ever.
const COMPARE_DAYS: u64 = 7;
/// Seconds that the clocks of two colleagues may differ: a key this close to a snapshot may be missing in it.
const CLOSE: u64 = 600;

/// What the relay has yet to show.
#[derive(Default)]
pub(super) struct Audit {
    /// Version of the statement of mine that is on its way.
    pub(super) offered: u32,
    /// Places that are taken, by the relay's own word, and the least version that must lie there.
    promised: Map<StatementKey, u32>,
    /// The whole list is being read again because something that was promised was not in it.
    anew: bool,
    /// Where to read on at the next look at everything: what came after was refused.
    pub(super) again: Option<u64>,
    /// Time of the first snapshot that did not fit, while none has fitted since.
    unmatched: Option<UnixTime>,
}

impl Engine {
    /// The relay says that it has a statement in this place: the one that I sent, or another.
    pub(super) fn promise(&mut self, key: StatementKey) {
        let offered = self.audit.offered;
        self.audit.promised.insert(key, offered);
    }

    /// After a whole list: what was promised must be there. It is read once more from its start before anything is said.
    pub(super) fn check_promises(&mut self) {
        let mut promised = core::mem::take(&mut self.audit.promised);
        promised.retain(|key, version| {
            self.statements
                .get(key)
                .is_none_or(|held| held.statement.version() < *version)
        });
        if promised.is_empty() {
            self.audit.anew = false;
        } else if self.audit.anew {
            self.audit.anew = false;
            for key in promised.into_keys() {
                self.stuck.insert(Step::Put(key));
                self.alarm(Alarm::StatementWithheld(key));
            }
        } else {
            self.audit.anew = true;
            self.audit.promised = promised;
            self.read_statements_anew();
        }
    }

    /// Looks for the links that events of dossiers wait for.
    pub(super) fn look_for_links(&mut self) {
        for (address, work) in &mut self.dossiers {
            if work.look_for_links() {
                self.wants.dossiers.insert(*address);
            }
        }
    }

    /// Looks once more at dossiers in which something was refused or is missing, and at those that seem closed to me: only a lie lasts.
    pub(super) fn read_refused_again(&mut self) {
        let shut = self.dossiers.iter().filter(|(_, work)| work.is_shut());
        for address in shut.map(|(address, _)| *address).collect::<Vec<_>>() {
            self.want_links(address);
        }
        for (address, work) in &mut self.dossiers {
            if work.read_refused_again() {
                self.wants.dossiers.insert(*address);
            }
        }
    }

    /// Reads all statements again. What is held already stays.
    pub(super) fn read_statements_anew(&mut self) {
        self.statement_cursor = 0;
        self.audit.again = None;
        self.wants.statements = true;
    }

    /// Whether the tables that witnesses vouch for are those that follow from what I was shown. One that does not fit may have been
    /// made before the witness saw the newest key; the next day's has to fit.
    pub(super) fn compare_tables(&mut self, snapshot: &Snapshot, now: UnixTime) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        if self.wants.statements
            || snapshot.standing != directory.head()
            || now.since(snapshot.time) > COMPARE_DAYS * DAY
        {
            return;
        }
        let held = || self.statements.values().map(|held| &held.statement);
        let newer = held().any(|statement| {
            matches!(statement, Statement::TeamIntake(body) if body.author.time.plus(CLOSE) > snapshot.time)
        });
        let Ok(mine) = prepare(directory, held(), snapshot.time) else {
            return;
        };
        if mine.snapshot.tables == snapshot.tables {
            self.audit.unmatched = None;
        } else if !newer {
            match self.audit.unmatched {
                Some(first) if snapshot.time.since(first) >= DAY => self.alarm(Alarm::KeysDiffer),
                Some(_) => {}
                None => {
                    self.audit.unmatched = Some(snapshot.time);
                    self.read_statements_anew();
                }
            }
        }
    }
}
