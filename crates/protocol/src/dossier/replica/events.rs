//! Taking in what the relay lists as events.

use alloc::vec::Vec;

use sluis_directory::log::Directory;
use sluis_domain::dossier::Dossier;
use sluis_domain::ids::EventId;
use sluis_domain::log::EventLog;
use sluis_sorted::Set;
use sluis_wire::address::FrameHash;

use super::{Aside, Delivery, EventsOutcome, Kept, Replica, Why};
use crate::dossier::alarm::{Alarm, AlarmKind, Object, Rule};
use crate::dossier::event::{self, SealedEvent, SignedEvent};
use crate::dossier::keys::Right;
use crate::dossier::proof::Signed;
use crate::primitives::kdf;

/// What becomes of an event.
enum Verdict {
    Counts,
    Aside(Why),
    Refused(AlarmKind, Rule),
}

impl Replica {
    /// Takes in the relay's events from place `from` on, of a list that the relay says has `length`. Give answers in the
    /// order in which they were asked for.
    pub fn absorb_events(
        &mut self,
        from: u64,
        frames: &[Vec<u8>],
        length: u64,
        directory: &Directory,
    ) -> EventsOutcome {
        let mut outcome = EventsOutcome::default();
        let before: Set<EventId> = self.events.keys().copied().collect();
        let fresh = self.list(from, frames, length, &mut outcome);
        for frame in fresh {
            self.take_frame(frame, directory, &mut outcome.alarms);
        }
        self.retry(directory, &mut outcome.alarms);
        self.fold();
        if self.listed.len() as u64 == length
            && from.checked_add(frames.len() as u64) == Some(length)
        {
            self.check_own(&mut outcome.alarms);
        }
        let ordered = self.log.ordered().into_iter().map(|entry| entry.id);
        outcome.new = ordered.filter(|id| !before.contains(id)).collect();
        let waits = |why| self.aside.values().any(|aside| aside.why == why);
        outcome.directory_behind = waits(Why::DirectoryBehind);
        outcome.control_behind = waits(Why::ControlBehind) || !self.unopened.is_empty();
        outcome
    }

    /// Compares the relay's list with the one that I have, and gives the frames that are new in it.
    fn list<'a>(
        &mut self,
        from: u64,
        frames: &'a [Vec<u8>],
        length: u64,
        outcome: &mut EventsOutcome,
    ) -> Vec<&'a [u8]> {
        let mine = self.listed.len() as u64;
        let end = from.saturating_add(frames.len() as u64);
        let again = self.reading.take().is_some();
        let mut fresh = Vec::new();
        let mut known: Set<FrameHash> = self.listed.iter().copied().collect();
        // What did not open is tried once more when it is read once more: keys may have come since.
        for refused in self.refused_frames() {
            known.remove(&refused);
        }
        if length < mine {
            let alarm = self.alarm(AlarmKind::EventsRolledBack, Object::Position(length));
            self.raise(alarm, &mut outcome.alarms);
            outcome.read_again = from > 0 && !again;
        }
        if outcome.read_again {
            self.reading = Some(0);
        } else if again && end < length && !frames.is_empty() {
            self.reading = Some(end);
        }
        if from > mine {
            return fresh;
        }
        for (position, frame) in (from..).zip(frames) {
            let hash = FrameHash(kdf::sha256(frame));
            let place = usize::try_from(position).unwrap_or(usize::MAX);
            match self.listed.get(place) {
                Some(listed) if *listed == hash => {
                    if known.insert(hash) {
                        fresh.push(frame.as_slice());
                    }
                    continue;
                }
                Some(_) => {
                    let alarm = self.alarm(AlarmKind::EventsRolledBack, Object::Position(position));
                    self.raise(alarm, &mut outcome.alarms);
                    outcome.read_again = from > 0 && !again;
                    if outcome.read_again {
                        self.reading = Some(0);
                    }
                    self.listed.truncate(place);
                }
                None => {}
            }
            self.listed.push(hash);
            if known.insert(hash) {
                fresh.push(frame.as_slice());
            }
        }
        if end == length {
            self.listed
                .truncate(usize::try_from(length).unwrap_or(usize::MAX));
        }
        fresh
    }

    fn refused_frames(&self) -> impl Iterator<Item = FrameHash> + '_ {
        self.alarms.iter().filter_map(|alarm| match alarm.object {
            Object::Frame(hash) if alarm.kind == AlarmKind::EventRefused => Some(hash),
            _ => None,
        })
    }

    /// Opens one frame and files what is in it.
    fn take_frame(&mut self, frame: &[u8], directory: &Directory, alarms: &mut Vec<Alarm>) {
        let hash = FrameHash(kdf::sha256(frame));
        let refused =
            |rule| Alarm::new(AlarmKind::EventRefused, self.address, Object::Frame(hash)).by(rule);
        let Ok(envelope) = event::parse(frame) else {
            return self.raise(refused(Rule::Form), alarms);
        };
        if envelope.dossier != self.address {
            return self.raise(refused(Rule::OtherDossier), alarms);
        }
        let Some(keys) = self.epochs.get(&envelope.epoch) else {
            if envelope.epoch > self.chain.epoch() {
                self.control_readings = 0;
                self.unopened.insert(hash, frame.to_vec());
                return;
            }
            return self.raise(refused(Rule::Epoch), alarms);
        };
        match SealedEvent::open(&envelope, keys) {
            Ok(sealed) => self.file(sealed, envelope.epoch, Some(hash), directory, alarms),
            Err(_) => self.raise(refused(Rule::Damaged), alarms),
        }
    }

    /// Judges an opened event for the first time and puts it where it belongs.
    pub(super) fn file(
        &mut self,
        sealed: SealedEvent,
        epoch: u32,
        frame: Option<FrameHash>,
        directory: &Directory,
        alarms: &mut Vec<Alarm>,
    ) {
        let id = sealed.id();
        if self.events.contains_key(&id) {
            return;
        }
        let verdict = match sealed.read() {
            Ok(event) => self.judge(id, &event, Some(&sealed), epoch, directory),
            Err(_) => Verdict::Refused(AlarmKind::EventRefused, Rule::Form),
        };
        match verdict {
            Verdict::Counts => {
                self.aside.remove(&id);
                self.alarms.retain(|alarm| {
                    alarm.kind != AlarmKind::EventRefused
                        || Some(alarm.object) != frame.map(Object::Frame)
                });
                if let Ok(event) = sealed.read() {
                    self.log.insert(event.to_entry(id));
                }
                self.events.insert(
                    id,
                    Kept {
                        event: sealed,
                        epoch,
                    },
                );
            }
            Verdict::Aside(why) => {
                if why == Why::ControlBehind && !self.aside.contains_key(&id) {
                    self.control_readings = 0;
                }
                self.aside.insert(
                    id,
                    Aside {
                        event: sealed,
                        epoch,
                        why,
                    },
                );
            }
            Verdict::Refused(kind, rule) => {
                self.aside.remove(&id);
                let object = frame.map_or(Object::Event(id), Object::Frame);
                let link = if kind == AlarmKind::ControlFork {
                    let event = sealed.read().ok();
                    event.and_then(|event| self.chain.link(event.control_number))
                } else {
                    None
                };
                let link = link.map(|link| Signed::Link(link.signed()));
                let proof = core::iter::once(Signed::Event(sealed)).chain(link);
                let alarm = self.alarm(kind, object).by(rule).with_proof(proof);
                self.raise(alarm, alarms);
            }
        }
    }

    /// Judges again what waited, until nothing changes.
    pub(super) fn retry(&mut self, directory: &Directory, alarms: &mut Vec<Alarm>) {
        let unopened: Vec<_> = self
            .unopened
            .iter()
            .map(|(hash, frame)| (*hash, frame.clone()))
            .collect();
        for (hash, frame) in unopened {
            let openable =
                event::parse(&frame).is_ok_and(|envelope| envelope.epoch <= self.chain.epoch());
            if openable {
                self.unopened.remove(&hash);
                self.take_frame(&frame, directory, alarms);
            }
        }
        loop {
            let count = self.events.len();
            let waiting: Vec<_> = self.aside.values().cloned().collect();
            for Aside { event, epoch, .. } in waiting {
                self.file(event, epoch, None, directory, alarms);
            }
            if self.events.len() == count {
                break;
            }
        }
    }

    /// After the control chain grew: judges everything again, since a frontier may bound what counted before. Gives
    /// the events that count now and did not.
    pub(super) fn reconsider(
        &mut self,
        directory: &Directory,
        alarms: &mut Vec<Alarm>,
    ) -> Vec<EventId> {
        let before: Set<EventId> = self.events.keys().copied().collect();
        let ids: Vec<EventId> = before.iter().copied().collect();
        for id in ids {
            let Some(kept) = self.events.get(&id) else {
                continue;
            };
            let Ok(event) = kept.event.read() else {
                continue;
            };
            let verdict = self.judge(id, &event, None, kept.epoch, directory);
            let why = match verdict {
                Verdict::Counts => continue,
                Verdict::Aside(why) => why,
                Verdict::Refused(..) => Why::AuthorRevoked,
            };
            if let Some(Kept { event, epoch }) = self.events.remove(&id) {
                self.aside.insert(id, Aside { event, epoch, why });
            }
        }
        if self.events.len() < before.len() {
            let mut log = EventLog::default();
            for (id, kept) in &self.events {
                if let Ok(event) = kept.event.read() {
                    log.insert(event.to_entry(*id));
                }
            }
            self.log = log;
        }
        self.retry(directory, alarms);
        self.fold();
        self.events
            .keys()
            .copied()
            .filter(|id| !before.contains(id))
            .collect()
    }

    fn fold(&mut self) {
        self.state = Dossier::replay(&self.log);
    }

    /// Whether an event counts. `sealed` is given when its signature has not been checked yet.
    fn judge(
        &self,
        id: EventId,
        event: &SignedEvent,
        sealed: Option<&SealedEvent>,
        epoch: u32,
        directory: &Directory,
    ) -> Verdict {
        let refused = |rule| Verdict::Refused(AlarmKind::EventRefused, rule);
        if event.dossier != self.address {
            return refused(Rule::OtherDossier);
        }
        let standing = event.standing;
        if standing.seq > directory.length() {
            return Verdict::Aside(Why::DirectoryBehind);
        }
        let Some(author) = directory.device(&event.author) else {
            return refused(Rule::UnknownAuthor);
        };
        if sealed.is_some_and(|sealed| sealed.verify(&author.device.sign).is_err()) {
            return refused(Rule::Signature);
        }
        // From here on the author really said so. Somebody who may not write any more proves nothing by it.
        let accuse = |kind, rule| {
            let may_write = self.right_of(&event.author, directory) >= Some(Right::Writer);
            Verdict::Refused(
                if may_write {
                    kind
                } else {
                    AlarmKind::EventRefused
                },
                rule,
            )
        };
        if directory.hash_at(standing.seq) != Some(standing.head) {
            return accuse(AlarmKind::DirectoryFork, Rule::Standing);
        }
        if event.control_number >= self.chain.length() {
            return Verdict::Aside(Why::ControlBehind);
        }
        let Some(link) = self.chain.link(event.control_number) else {
            return refused(Rule::ControlHead);
        };
        if link.hash != event.control_head {
            return accuse(AlarmKind::ControlFork, Rule::ControlHead);
        }
        if link.envelope.epoch != epoch {
            return refused(Rule::Epoch);
        }
        if standing.seq < link.body.standing.seq {
            return refused(Rule::Standing);
        }
        if !directory.device_at(&event.author, standing.seq) {
            return refused(Rule::NotCurrent);
        }
        let right =
            self.chain
                .right_of(&event.author, event.control_number, directory, standing.seq);
        if right < Some(Right::Writer) {
            return refused(Rule::NoRight);
        }
        if self.chain.is_stale(epoch, directory, standing.seq) {
            return refused(Rule::StaleKey);
        }
        self.judge_frontier(id, event, directory)
    }

    /// What somebody made who may not write any more counts only if somebody who may has vouched for it, or if it
    /// was here before.
    fn judge_frontier(&self, id: EventId, event: &SignedEvent, directory: &Directory) -> Verdict {
        if let Some(heads) = self
            .chain
            .frontier(&event.author, event.control_number, directory)
        {
            return if self.is_before(id, heads) {
                Verdict::Counts
            } else {
                Verdict::Aside(Why::AuthorRevoked)
            };
        }
        let may_write = self.right_of(&event.author, directory) >= Some(Right::Writer);
        if may_write || self.events.contains_key(&id) {
            Verdict::Counts
        } else {
            Verdict::Aside(Why::AuthorRevoked)
        }
    }

    /// Whether the event is one of these or before one of them, as far as anything is known here.
    fn is_before(&self, id: EventId, heads: &[EventId]) -> bool {
        let mut seen = Set::new();
        let mut open = heads.to_vec();
        while let Some(next) = open.pop() {
            if next == id {
                return true;
            }
            if !seen.insert(next) {
                continue;
            }
            if let Some(entry) = self.log.entry(&next) {
                open.extend(entry.before());
            } else if let Some(Ok(event)) = self.aside.get(&next).map(|aside| aside.event.read()) {
                open.extend(event.parents);
                open.extend(event.author_prev);
            }
        }
        false
    }

    /// After a whole list: every event of mine that the relay has must be in it.
    fn check_own(&mut self, alarms: &mut Vec<Alarm>) {
        let listed: Set<FrameHash> = self.listed.iter().copied().collect();
        let mut gone = Vec::new();
        for (id, (frame, delivery)) in &mut self.own {
            if listed.contains(frame) {
                *delivery = Delivery::Listed;
                continue;
            }
            match delivery {
                Delivery::Waiting => {}
                // This list may have been under way when the relay took the event in.
                Delivery::Acknowledged => *delivery = Delivery::Overdue,
                Delivery::Overdue | Delivery::Listed => gone.push(*id),
            }
        }
        let still = |alarm: &Alarm| alarm.kind != AlarmKind::OwnEventGone;
        let gone: Vec<_> = gone
            .into_iter()
            .map(|id| Alarm::new(AlarmKind::OwnEventGone, self.address, Object::Event(id)))
            .collect();
        self.alarms
            .retain(|alarm| still(alarm) || gone.contains(alarm));
        for alarm in gone {
            self.raise(alarm, alarms);
        }
    }
}
