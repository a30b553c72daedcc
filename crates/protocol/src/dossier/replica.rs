//! One dossier in one client: takes in what the relay lists, judges it, and says what is wrong.
//!
//! Sans-IO: the caller fetches, sends and stores. Nothing that fails a check ever reaches the state; what fails stays
//! visible as an alarm ([`Replica::alarms`]).

mod control;
mod events;
pub mod export;
mod store;
mod work;

use alloc::vec::Vec;

use sluis_directory::log::Directory;
use sluis_directory::signature::SigningKey;
use sluis_domain::dossier::Dossier;
use sluis_domain::ids::EventId;
use sluis_domain::log::{EventLog, Finding};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DeviceId, DossierAddress, FrameHash, GenesisHash};
use sluis_wire::time::UnixTime;

use super::alarm::{Alarm, AlarmKind, Object, Rule};
use super::chain::Chain;
use super::control::Grant;
use super::event::SealedEvent;
use super::keys::{EpochKeys, Right};
use super::proof::Signed;
use crate::error::Error;

/// Whoever works here: which device, with which key, on which directory, when.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// My device.
    pub device: DeviceId,
    /// Its signing key.
    pub signer: &'a SigningKey,
    /// The directory as I know it.
    pub directory: &'a Directory,
    /// Now.
    pub now: UnixTime,
}

/// One dossier in one client.
pub struct Replica {
    genesis: GenesisHash,
    address: DossierAddress,
    me: DeviceId,
    chain: Chain,
    epochs: Map<u32, EpochKeys>,
    /// The wraps frame that the newest link names.
    wraps: Vec<u8>,
    log: EventLog,
    state: Dossier,
    events: Map<EventId, Kept>,
    aside: Map<EventId, Aside>,
    /// Frames of an epoch that I do not know yet.
    unopened: Map<FrameHash, Vec<u8>>,
    /// The relay's list of events, by hash of frame.
    listed: Vec<FrameHash>,
    /// Events that I made, with the hash of their frame, and how sure it is that the relay has them.
    own: Map<EventId, (FrameHash, Delivery)>,
    alarms: Set<Alarm>,
    /// Events aside that I vouch for with my next link.
    vouched: Set<EventId>,
    /// How many whole readings of the control chain have not brought what some events wait for. Not stored.
    control_readings: u8,
    /// How far the list has been read again, while it is being read again. Not stored.
    reading: Option<u64>,
}

/// An event that counts.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) event: SealedEvent,
    pub(crate) epoch: u32,
}

/// An event that opened and does not count now.
#[derive(Clone, Debug)]
pub(crate) struct Aside {
    pub(crate) event: SealedEvent,
    pub(crate) epoch: u32,
    pub(crate) why: Why,
}

/// Why an event does not count now.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Why {
    /// Its author's directory is longer than mine.
    DirectoryBehind,
    /// Its author's control chain is longer than mine.
    ControlBehind,
    /// Its author may not write any more, and nobody who may has vouched for it (decision 28).
    AuthorRevoked,
}

/// Whether the relay has an event of mine.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub(crate) enum Delivery {
    /// Waits to be sent.
    Waiting,
    /// The relay said that it has it.
    Acknowledged,
    /// One whole list without it has come since; that list may have been under way already.
    Overdue,
    /// The relay listed it.
    Listed,
}

/// An event of mine, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authored {
    /// Its id.
    pub id: EventId,
    /// The frame: make it durable before it is sent.
    pub frame: Vec<u8>,
}

/// A new control link, ready to be sent. It counts here once it comes back through [`Replica::absorb_control`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Control frame.
    pub control: Vec<u8>,
    /// Wraps frame.
    pub wraps: Vec<u8>,
}

/// Why something cannot be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkError {
    /// Two control chains: nothing may be written until people have resolved it.
    #[error("the control chain is forked")]
    Forked,
    /// I may not do that.
    #[error("no right to do that")]
    NoRight,
    /// A device that holds the keys was revoked: renew them first ([`Replica::rotate`]).
    #[error("the keys must be renewed first")]
    RotationDue,
    /// The recipients break a rule of the chain.
    #[error("recipients break a rule")]
    Refused(Rule),
    /// Sealing failed: too long, or not a key.
    #[error("sealing failed")]
    Sealing(#[from] Error),
}

/// Why a dossier could not be taken over from the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdoptError {
    /// None of my keys opens it: it is not for me, or a team key has not arrived yet.
    NotForMe,
    /// Fetch the directory first: an author's is longer than mine.
    DirectoryBehind,
    /// It is for me, and something is wrong with it.
    Alarm(Alarm),
}

/// What taking in control links did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ControlOutcome {
    /// Links that were accepted.
    pub added: u64,
    /// Alarms that are new.
    pub alarms: Vec<Alarm>,
    /// Fetch the directory and give the same links again.
    pub directory_behind: bool,
    /// The newest keys are not for me: I was taken out, or somebody lies.
    pub no_wrap: bool,
    /// Events that count now because of the new links, and did not before.
    pub events: Vec<EventId>,
}

/// What taking in events did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsOutcome {
    /// Events that count now and did not before, in the order of the log.
    pub new: Vec<EventId>,
    /// Alarms that are new.
    pub alarms: Vec<Alarm>,
    /// Fetch the directory; events wait for it, and are judged again at the next call.
    pub directory_behind: bool,
    /// Fetch the control chain; events wait for it, and are judged again by [`Replica::absorb_control`].
    pub control_behind: bool,
    /// The list is not the one that it was: go on reading, [`Replica::position`] begins again at 0.
    pub read_again: bool,
}

impl core::fmt::Debug for Replica {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (links, events) = (self.chain.length(), self.log.len());
        write!(
            formatter,
            "Replica({:?}, {links} links, {events} events)",
            self.address
        )
    }
}

impl Replica {
    /// Where it lies at the relay.
    #[must_use]
    pub fn address(&self) -> DossierAddress {
        self.address
    }

    /// What its log adds up to.
    #[must_use]
    pub fn state(&self) -> &Dossier {
        &self.state
    }

    /// Its log.
    #[must_use]
    pub fn log(&self) -> &EventLog {
        &self.log
    }

    /// Its control chain.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Everyone who may read or write now.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        self.chain.grants()
    }

    /// My own right now.
    #[must_use]
    pub fn right(&self, directory: &Directory) -> Option<Right> {
        self.right_of(&self.me, directory)
    }

    /// The right of a device now.
    #[must_use]
    pub fn right_of(&self, device: &DeviceId, directory: &Directory) -> Option<Right> {
        self.chain.right_of(
            device,
            self.chain.length().checked_sub(1)?,
            directory,
            directory.length(),
        )
    }

    /// The right that the author of an event had where it stood; nothing for an event that does not count.
    #[must_use]
    pub fn author_right(&self, event: &EventId, directory: &Directory) -> Option<Right> {
        let event = self.events.get(event)?.event.read().ok()?;
        let (number, length) = (event.control_number, event.standing.seq);
        self.chain
            .right_of(&event.author, number, directory, length)
    }

    /// How many control links I have: read from there.
    #[must_use]
    pub fn control_length(&self) -> u64 {
        self.chain.length()
    }

    /// Read the relay's events from this place: as many as I have, or fewer while the list is read again because it was
    /// not what it had been ([`EventsOutcome::read_again`]).
    #[must_use]
    pub fn position(&self) -> u64 {
        self.reading.unwrap_or(self.listed.len() as u64)
    }

    /// The keys of an epoch, as far as I have them.
    #[must_use]
    pub fn keys_of(&self, epoch: u32) -> Option<&EpochKeys> {
        self.epochs.get(&epoch)
    }

    /// Signs requests to read events.
    #[must_use]
    pub fn read_key(&self) -> Option<SigningKey> {
        let epoch = self.chain.epoch();
        Some(self.keys_of(epoch)?.read_key(&self.address, epoch))
    }

    /// Signs requests to append events.
    #[must_use]
    pub fn write_key(&self) -> Option<&SigningKey> {
        self.keys_of(self.chain.epoch())?.write_key()
    }

    /// Signs requests to append control links.
    #[must_use]
    pub fn steward_key(&self) -> Option<&SigningKey> {
        self.keys_of(self.chain.epoch())?.steward_key()
    }

    /// The keys must be renewed before anything is written: a device that holds them was revoked or left its team.
    #[must_use]
    pub fn is_rotation_due(&self, directory: &Directory) -> bool {
        self.chain
            .is_stale(self.chain.epoch(), directory, directory.length())
    }

    /// The newest control link is by somebody who may not write any more; renewing the keys vouches for it.
    #[must_use]
    pub fn is_unvouched(&self, directory: &Directory) -> bool {
        self.chain.last().is_some_and(|link| {
            let right = self.right_of(&link.body.author, directory);
            right.is_none_or(|right| right < Right::Writer)
        })
    }

    /// Two control chains: nothing may be written.
    #[must_use]
    pub fn is_forked(&self) -> bool {
        self.alarms
            .iter()
            .any(|alarm| alarm.kind == AlarmKind::ControlFork)
    }

    /// Everything that is wrong, in a fixed order.
    #[must_use]
    pub fn alarms(&self) -> Set<Alarm> {
        let mut alarms = self.alarms.clone();
        for finding in self.log.findings() {
            let alarm = |kind, object| Alarm::new(kind, self.address, object);
            match finding {
                Finding::Missing { event, .. } if self.aside.contains_key(&event) => {}
                Finding::Missing { event, .. } => {
                    alarms.insert(alarm(AlarmKind::EventMissing, Object::Event(event)));
                }
                Finding::Gap { author, author_seq } => {
                    let waiting = self
                        .aside
                        .values()
                        .filter_map(|aside| aside.event.read().ok());
                    let mut waiting = waiting.filter(|event| event.author.0 == author.0);
                    if !waiting.any(|event| event.author_seq == author_seq) {
                        let row = Object::AuthorRow(DeviceId(author.0), author_seq);
                        alarms.insert(alarm(AlarmKind::EventMissing, row));
                    }
                }
                Finding::Equivocation {
                    author,
                    author_seq,
                    one,
                    other,
                } => {
                    let row = Object::AuthorRow(DeviceId(author.0), author_seq);
                    let proof = [one, other]
                        .into_iter()
                        .filter_map(|id| self.events.get(&id));
                    let proof = proof.map(|kept| Signed::Event(kept.event.clone()));
                    alarms.insert(alarm(AlarmKind::Equivocation, row).with_proof(proof));
                }
                Finding::Misnumbered { event } => {
                    alarms.insert(
                        alarm(AlarmKind::EventRefused, Object::Event(event)).by(Rule::Numbered),
                    );
                }
            }
        }
        alarms
    }

    /// Takes down the alarms of one kind that do not come from the log itself, after a person has dealt with them.
    pub fn dismiss(&mut self, kind: AlarmKind) {
        self.alarms.retain(|alarm| alarm.kind != kind);
    }

    /// Events wait for links of the control chain that the relay has not shown.
    #[must_use]
    pub fn waits_for_links(&self) -> bool {
        let behind = |aside: &Aside| aside.why == Why::ControlBehind;
        !self.unopened.is_empty() || self.aside.values().any(behind)
    }

    /// Events that opened and do not count, with why.
    pub fn aside(&self) -> impl Iterator<Item = (EventId, Why)> + '_ {
        self.aside.iter().map(|(id, aside)| (*id, aside.why))
    }

    /// Vouches for everything that is aside because its author may not write any more: it counts for everyone once my
    /// next link ([`Replica::rotate`], [`Replica::frontier`]) is taken in. For a person to decide, or when the author is
    /// an older device of my own.
    pub fn vouch(&mut self) {
        let aside = self
            .aside
            .iter()
            .filter(|(_, aside)| aside.why == Why::AuthorRevoked);
        self.vouched = aside.map(|(id, _)| *id).collect();
    }

    /// Events of mine that the relay has not confirmed.
    pub fn waiting(&self) -> impl Iterator<Item = EventId> + '_ {
        let waiting = self
            .own
            .iter()
            .filter(|(_, (_, delivery))| *delivery == Delivery::Waiting);
        waiting.map(|(id, _)| *id)
    }

    /// Whether the relay is known to have this event.
    #[must_use]
    pub fn is_stored(&self, event: &EventId) -> bool {
        self.own
            .get(event)
            .is_none_or(|(_, delivery)| *delivery != Delivery::Waiting)
    }

    /// The relay said that it has these events of mine.
    pub fn acknowledge(&mut self, events: &[EventId]) {
        for event in events {
            if let Some((_, delivery)) = self.own.get_mut(event)
                && *delivery == Delivery::Waiting
            {
                *delivery = Delivery::Acknowledged;
            }
        }
    }

    fn alarm(&self, kind: AlarmKind, object: Object) -> Alarm {
        Alarm::new(kind, self.address, object)
    }

    /// Keeps an alarm; tells it as new when it was not there.
    fn raise(&mut self, alarm: Alarm, new: &mut Vec<Alarm>) {
        if self.alarms.insert(alarm.clone()) {
            new.push(alarm);
        }
    }
}
