//! New conversations beyond those that an hour turns into dossiers by itself: a person decides about each (decision 21, docs/protocol.md 7.3).
//!
//! They stay in the queue of the relay, and are here in memory only: after unlocking the queue is read from its start again.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DossierAddress, TeamId};
use sluis_wire::api::IntakeLane;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::import::Arrival;
use super::{ActError, Engine, Work, rows};

/// New conversations of a team that become dossiers by themselves, of those that came within one hour.
pub const NEW_AN_HOUR: usize = 20;

/// A conversation that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsortedLine {
    /// The dossier that it would become.
    pub address: DossierAddress,
    /// Whom it was written to.
    pub team: TeamId,
    /// When its first message came, cut to the hour.
    pub hour: UnixTime,
    /// Which lane that came by.
    pub lane: IntakeLane,
    /// Messages so far.
    pub messages: usize,
    /// Text of the first one.
    pub text: String,
    /// Somebody at this desk set it aside.
    pub aside: bool,
}

/// What waits for decisions.
#[derive(Default)]
pub(super) struct Unsorted {
    waiting: Map<DossierAddress, Vec<Arrival>>,
    /// Those that were set aside at this desk.
    aside: Set<DossierAddress>,
    /// Those that this reading of the queue has come across.
    met: Set<DossierAddress>,
    /// Dossiers that this desk has begun by itself, by team and hour.
    begun: Map<(TeamId, UnixTime), Set<DossierAddress>>,
    /// Entries that somebody decided to remove.
    removed: Vec<(u64, [u8; 32])>,
    /// The list looks different.
    changed: bool,
}

impl Unsorted {
    pub(super) fn load(&mut self, key: &[u8]) -> Option<()> {
        self.aside.insert(DossierAddress(key.try_into().ok()?));
        Some(())
    }

    /// The queue is read from its start.
    pub(super) fn start_over(&mut self) {
        self.met.clear();
    }

    /// Whether this entry is on its way out.
    pub(super) fn is_removed(&self, number: u64) -> bool {
        self.removed.iter().any(|(gone, _)| *gone == number)
    }

    pub(super) fn removed(&self) -> impl Iterator<Item = (u64, [u8; 32])> {
        self.removed.iter().copied()
    }

    pub(super) fn gone(&mut self, gone: impl Fn(u64) -> bool) {
        self.removed.retain(|(number, _)| !gone(*number));
    }
}

impl Engine {
    /// The conversations that wait for a decision, whoever waits longest first.
    #[must_use]
    pub fn unsorted(&self) -> Vec<UnsortedLine> {
        let line = |(address, arrivals): (&DossierAddress, &Vec<Arrival>)| {
            let first = arrivals.first()?;
            Some((
                first.number(),
                UnsortedLine {
                    address: *address,
                    team: first.team,
                    hour: first.hour,
                    lane: first.lane,
                    messages: arrivals.len(),
                    text: first.message.text.clone(),
                    aside: self.unsorted.aside.contains(address),
                },
            ))
        };
        let mut lines: Vec<_> = self.unsorted.waiting.iter().filter_map(line).collect();
        lines.sort_by_key(|(number, _)| *number);
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// Whether the list looks different since this was asked last.
    pub fn take_unsorted_changed(&mut self) -> bool {
        core::mem::take(&mut self.unsorted.changed)
    }

    /// Makes a dossier of what waits.
    ///
    /// # Errors
    /// [`ActError::NoDossier`] when nothing waits under this address, [`ActError::NotReady`] when the keys are not here: it waits on.
    pub fn sort_in(
        &mut self,
        address: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let arrivals = self.unsorted.waiting.remove(&address);
        let arrivals = arrivals.ok_or(ActError::NoDossier)?;
        self.unsorted.changed = true;
        self.forget_aside(address);
        for arrival in arrivals {
            self.take_in(arrival, now, rng);
        }
        if self.dossiers.contains_key(&address) {
            Ok(())
        } else {
            Err(ActError::NotReady)
        }
    }

    /// Sets what waits aside at this desk, or brings it back. At the relay nothing changes.
    pub fn set_aside(&mut self, address: DossierAddress, aside: bool) {
        self.unsorted.changed = true;
        if !aside {
            self.forget_aside(address);
        } else if self.unsorted.waiting.contains_key(&address)
            && self.unsorted.aside.insert(address)
        {
            self.put(rows::ASIDE, &address.0, Zeroizing::new(Vec::new()));
        }
    }

    /// Has the relay delete what waits, for all colleagues. It cannot be brought back.
    pub fn remove_unsorted(&mut self, address: DossierAddress) {
        self.unsorted.changed = true;
        for arrival in self.unsorted.waiting.remove(&address).unwrap_or_default() {
            self.unsorted.removed.extend(arrival.numbers);
        }
        self.forget_aside(address);
    }

    fn forget_aside(&mut self, address: DossierAddress) {
        if self.unsorted.aside.remove(&address) {
            self.forget(rows::ASIDE, &address.0);
        }
    }

    /// Whether a message begins a conversation that a person has to decide about. Follow-ups on what is a dossier already never do.
    pub(super) fn waits_for_decision(&mut self, arrival: &Arrival) -> bool {
        let address = arrival.address();
        if self.dossiers.contains_key(&address) || self.foreign.contains_key(&address) {
            return false;
        }
        if self.unsorted.waiting.contains_key(&address) || self.unsorted.aside.contains(&address) {
            return true;
        }
        let (team, hour) = (arrival.team, arrival.hour);
        let of_hour = self
            .dossiers
            .iter()
            .filter(|(_, work)| work.team() == Some(team) && work.first_arrival() == Some(hour.0));
        let others: Vec<DossierAddress> = of_hour.map(|(address, _)| *address).collect();
        let begun = self.unsorted.begun.entry((team, hour)).or_default();
        begun.extend(others);
        if begun.len() >= NEW_AN_HOUR {
            return !begun.contains(&address);
        }
        begun.insert(address);
        false
    }

    pub(super) fn hold(&mut self, arrival: Arrival) {
        let address = arrival.address();
        self.unsorted.met.insert(address);
        self.unsorted.changed = true;
        let waiting = self.unsorted.waiting.entry(address).or_default();
        match (waiting.iter_mut()).find(|other| other.message.id == arrival.message.id) {
            Some(other) => *other = arrival,
            None => waiting.push(arrival),
        }
    }

    /// The queue was read to its end: what is not in it any more waits for nothing.
    pub(super) fn unsorted_read(&mut self) {
        let met = &self.unsorted.met;
        let aside = self.unsorted.aside.iter();
        let gone: Vec<DossierAddress> = aside.filter(|one| !met.contains(one)).copied().collect();
        let before = self.unsorted.waiting.len();
        self.unsorted.waiting.retain(|one, _| met.contains(one));
        self.unsorted.changed |= self.unsorted.waiting.len() != before;
        for address in gone {
            self.forget_aside(address);
        }
    }

    /// What a colleague made a dossier of is taken in there.
    pub(super) fn sort_what_is_known(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let waiting = self.unsorted.waiting.keys().copied();
        let known = waiting.filter(|address| {
            self.foreign.contains_key(address)
                || (self.dossiers.get(address)).is_some_and(Work::is_read)
        });
        for address in known.collect::<Vec<_>>() {
            if self.foreign.contains_key(&address) {
                self.unsorted.waiting.remove(&address);
                self.unsorted.changed = true;
            } else {
                let _known = self.sort_in(address, now, rng);
            }
        }
    }
}
