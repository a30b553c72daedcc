//! The log of a dossier: events that name the ones before them by digest, so that two halves merge into one whole.
//!
//! Pure data: who checked signatures and rights lives elsewhere. The same set of entries gives the same order, the
//! same heads and the same findings, whatever way they came in.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_sorted::{Map, Set};

use crate::event::{Event, HEADS_MOST};
use crate::ids::{AuthorId, EventId};

/// Most parents of one entry.
pub const PARENTS_MOST: usize = 8;

/// One event with its place among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Digest of its signed bytes.
    pub id: EventId,
    /// Who made it.
    pub author: AuthorId,
    /// Its number among the author's own, from 0.
    pub author_seq: u64,
    /// The author's own event before it; none for number 0.
    pub author_prev: Option<EventId>,
    /// At most [`PARENTS_MOST`] events that the author had as heads.
    pub parents: Vec<EventId>,
    /// One more than the highest of its parents and of the author's own event before it; 1 without any.
    pub lamport: u64,
    /// When its author says it was made, unix seconds; for display, never for order.
    pub time: u64,
    /// What happened.
    pub event: Event,
}

impl LogEntry {
    /// Every event that it names as being before it.
    pub fn before(&self) -> impl Iterator<Item = EventId> + '_ {
        self.parents.iter().copied().chain(self.author_prev)
    }
}

/// Something about the log that should not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Finding {
    /// An event is not here that another one builds on.
    Missing {
        /// The one that is missing.
        event: EventId,
        /// The one that names it.
        named_by: EventId,
    },
    /// An author's own row has a hole.
    Gap {
        /// Whose.
        author: AuthorId,
        /// The first number that is missing.
        author_seq: u64,
    },
    /// Two events of one author with one number: a cloned device, or worse.
    Equivocation {
        /// Whose.
        author: AuthorId,
        /// Which number.
        author_seq: u64,
        /// One of them.
        one: EventId,
        /// The other.
        other: EventId,
    },
    /// An event with a number that its parents do not allow: kept, and left out of the state.
    Misnumbered {
        /// Which.
        event: EventId,
    },
}

/// All entries of a dossier that are known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventLog {
    entries: Map<EventId, LogEntry>,
    by_author: Map<(AuthorId, u64), Set<EventId>>,
}

impl EventLog {
    /// Takes an entry, in any order. Whether it is new here.
    pub fn insert(&mut self, entry: LogEntry) -> bool {
        if self.entries.contains_key(&entry.id) {
            return false;
        }
        self.by_author
            .entry((entry.author, entry.author_seq))
            .or_default()
            .insert(entry.id);
        self.entries.insert(entry.id, entry);
        true
    }

    /// Takes everything that the other has.
    pub fn merge(&mut self, other: &Self) {
        for entry in other.entries.values() {
            self.insert(entry.clone());
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One entry.
    #[must_use]
    pub fn entry(&self, id: &EventId) -> Option<&LogEntry> {
        self.entries.get(id)
    }

    /// All entries in order of id.
    pub fn entries(&self) -> impl Iterator<Item = &LogEntry> {
        self.entries.values()
    }

    /// Entries in the order in which they count: by (lamport, id). That order is topological, because the number of an
    /// entry is above those of its parents; misnumbered entries are left out.
    #[must_use]
    pub fn ordered(&self) -> Vec<&LogEntry> {
        let mut ordered: Vec<_> = self
            .entries
            .values()
            .filter(|entry| !self.is_misnumbered(entry))
            .collect();
        ordered.sort_by_key(|entry| (entry.lamport, entry.id));
        ordered
    }

    /// The well-numbered entries that no other entry builds on, in ascending order.
    #[must_use]
    pub fn heads(&self) -> Vec<EventId> {
        let sound = || {
            self.entries
                .values()
                .filter(|entry| !self.is_misnumbered(entry))
        };
        let named: Set<EventId> = sound().flat_map(LogEntry::before).collect();
        sound()
            .map(|entry| entry.id)
            .filter(|id| !named.contains(id))
            .collect()
    }

    /// What the next entry of `author` carries: number, own event before it, parents, lamport.
    ///
    /// Parents are the heads (the newest [`PARENTS_MOST`] of them; the others stay heads and are named later).
    #[must_use]
    pub fn next_place(&self, author: AuthorId) -> Place {
        let own = self
            .by_author
            .range((author, 0)..=(author, u64::MAX))
            .next_back();
        let own = own.and_then(|((_, seq), ids)| Some((*seq, *ids.first()?)));
        let mut heads: Vec<_> = self
            .heads()
            .into_iter()
            .filter_map(|id| self.entry(&id))
            .collect();
        heads.sort_by_key(|entry| core::cmp::Reverse((entry.lamport, entry.id)));
        heads.truncate(PARENTS_MOST);
        let mut parents: Vec<_> = heads.iter().map(|entry| entry.id).collect();
        parents.sort_unstable();
        let own_lamport = own
            .and_then(|(_, id)| self.entry(&id))
            .map_or(0, |entry| entry.lamport);
        let highest = heads
            .iter()
            .map(|entry| entry.lamport)
            .fold(own_lamport, u64::max);
        Place {
            author_seq: own.map_or(0, |(seq, _)| seq.saturating_add(1)),
            author_prev: own.map(|(_, id)| id),
            parents,
            lamport: highest.saturating_add(1),
        }
    }

    /// What `author` can say to have seen: the heads, if one of them is somebody else's and the author has not said so since
    /// `since` (unix seconds). Whoever lacks one of them was not given everything.
    #[must_use]
    pub fn unmarked_heads(&self, author: AuthorId, since: u64) -> Option<Vec<EventId>> {
        let said = |entry: &LogEntry| {
            entry.author == author
                && entry.time >= since
                && matches!(entry.event, Event::HeadsSeen(_))
        };
        let mut heads = self.heads();
        let others = |id: &EventId| self.entry(id).is_some_and(|entry| entry.author != author);
        if !heads.iter().any(others) || self.entries.values().any(said) {
            return None;
        }
        heads.truncate(HEADS_MOST);
        Some(heads)
    }

    /// The given events and everything before them that is known here.
    #[must_use]
    pub fn ancestors(&self, of: &[EventId]) -> Set<EventId> {
        let mut found = Set::new();
        let mut open = of.to_vec();
        while let Some(id) = open.pop() {
            if let Some(entry) = self.entries.get(&id)
                && found.insert(id)
            {
                open.extend(entry.before());
            }
        }
        found
    }

    /// What should not be, in a fixed order.
    #[must_use]
    pub fn findings(&self) -> Set<Finding> {
        let mut findings = Set::new();
        for entry in self.entries.values() {
            let seen = if let Event::HeadsSeen(heads) = &entry.event {
                heads.as_slice()
            } else {
                &[]
            };
            for before in entry.before().chain(seen.iter().copied()) {
                if !self.entries.contains_key(&before) {
                    findings.insert(Finding::Missing {
                        event: before,
                        named_by: entry.id,
                    });
                }
            }
            if self.is_misnumbered(entry) {
                findings.insert(Finding::Misnumbered { event: entry.id });
            }
        }
        let mut last: Option<(AuthorId, u64)> = None;
        for (&(author, seq), ids) in &self.by_author {
            let expected = last
                .filter(|(of, _)| *of == author)
                .map_or(0, |(_, seq)| seq.saturating_add(1));
            if seq > expected {
                findings.insert(Finding::Gap {
                    author,
                    author_seq: expected,
                });
            }
            let mut ids = ids.iter();
            if let (Some(&one), Some(&other)) = (ids.next(), ids.next()) {
                findings.insert(Finding::Equivocation {
                    author,
                    author_seq: seq,
                    one,
                    other,
                });
            }
            last = Some((author, seq));
        }
        findings
    }

    /// Whether the entry's numbers contradict those of the entries before it that are known here.
    fn is_misnumbered(&self, entry: &LogEntry) -> bool {
        if entry.parents.len() > PARENTS_MOST
            || entry.author_prev.is_some() != (entry.author_seq > 0)
        {
            return true;
        }
        let mut highest = 0;
        let mut all_known = true;
        for id in entry.before() {
            match self.entries.get(&id) {
                Some(before) => highest = highest.max(before.lamport),
                None => all_known = false,
            }
        }
        let own_fits = entry
            .author_prev
            .and_then(|id| self.entries.get(&id))
            .is_none_or(|own| {
                own.author == entry.author
                    && own.author_seq.checked_add(1) == Some(entry.author_seq)
            });
        let lamport_fits = if all_known {
            highest.checked_add(1) == Some(entry.lamport)
        } else {
            entry.lamport > highest
        };
        !(own_fits && lamport_fits)
    }
}

/// Where the next entry of an author goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// See [`LogEntry::author_seq`].
    pub author_seq: u64,
    /// See [`LogEntry::author_prev`].
    pub author_prev: Option<EventId>,
    /// See [`LogEntry::parents`].
    pub parents: Vec<EventId>,
    /// See [`LogEntry::lamport`].
    pub lamport: u64,
}
