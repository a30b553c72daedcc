//! Taking in what the relay says about rights.

use alloc::vec::Vec;

use sluis_directory::log::Directory;
use sluis_domain::dossier::Dossier;
use sluis_domain::log::EventLog;
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DeviceId, DossierAddress, FrameHash};
use sluis_wire::api::ControlLink;
use sluis_wire::envelope::ControlEnvelope;

use super::{AdoptError, Aside, ControlOutcome, Replica, Why};
use crate::dossier::alarm::{Alarm, AlarmKind, Object, Rule};
use crate::dossier::chain::{Chain, Judgement};
use crate::dossier::control::{self, Grant, OpenedLink};
use crate::dossier::keys::{self, Candidate, EpochKeys, Right, Unwrapped, capability};
use crate::dossier::proof::Signed;
use crate::primitives::kdf;

/// Links that were opened and judged, with the keys that they brought.
struct Taken {
    chain: Chain,
    epochs: Map<u32, EpochKeys>,
    wraps: Vec<u8>,
}

/// Why links were not taken.
enum Refused {
    NoWrap,
    DirectoryBehind,
    Broken {
        kind: AlarmKind,
        number: u64,
        rule: Rule,
    },
}

impl Replica {
    /// Takes over a dossier from the relay: its whole chain, from number 0, with `candidates` being all keys of mine
    /// that it may be wrapped for (newest first).
    ///
    /// # Errors
    /// [`AdoptError`].
    pub fn adopt(
        address: DossierAddress,
        me: DeviceId,
        links: &[ControlLink],
        candidates: &[Candidate<'_>],
        directory: &Directory,
    ) -> Result<Self, AdoptError> {
        let genesis = directory.genesis();
        let chain = Chain::new(genesis, address);
        let taken = take(&chain, &Map::new(), links, candidates, directory, address).map_err(
            |refused| match refused {
                Refused::NoWrap => AdoptError::NotForMe,
                Refused::DirectoryBehind => AdoptError::DirectoryBehind,
                Refused::Broken { kind, number, rule } => {
                    AdoptError::Alarm(Alarm::new(kind, address, Object::Control(number)).by(rule))
                }
            },
        )?;
        Ok(Self {
            genesis,
            address,
            me,
            chain: taken.chain,
            epochs: taken.epochs,
            wraps: taken.wraps,
            log: EventLog::default(),
            state: Dossier::default(),
            events: Map::new(),
            aside: Map::new(),
            unopened: Map::new(),
            listed: Vec::new(),
            own: Map::new(),
            alarms: Set::new(),
            vouched: Set::new(),
            control_readings: 0,
            reading: None,
        })
    }

    /// Takes in the links from number `from` on, of a chain that the relay says has `length`. All of them are accepted
    /// or none. Links that I have already are compared with mine.
    pub fn absorb_control(
        &mut self,
        from: u64,
        links: &[ControlLink],
        length: u64,
        candidates: &[Candidate<'_>],
        directory: &Directory,
    ) -> ControlOutcome {
        let mut outcome = ControlOutcome::default();
        let mine = self.chain.length();
        if length < mine {
            let alarm = self.alarm(AlarmKind::ControlRolledBack, Object::Control(length));
            self.raise(alarm, &mut outcome.alarms);
        }
        let mut fresh = links;
        for number in from..mine {
            let Some((link, rest)) = fresh.split_first() else {
                break;
            };
            self.compare(number, link, candidates, directory, &mut outcome.alarms);
            fresh = rest;
        }
        let whole = from <= mine && from.checked_add(links.len() as u64) == Some(length);
        if fresh.is_empty() && whole {
            self.count_reading(&mut outcome.alarms);
        }
        if fresh.is_empty() || from > mine || self.is_forked() {
            return outcome;
        }
        let taken = take(
            &self.chain,
            &self.epochs,
            fresh,
            candidates,
            directory,
            self.address,
        );
        let taken = taken.and_then(|taken| self.check_vouched(taken, directory));
        match taken {
            Ok(taken) => {
                outcome.added = taken.chain.length() - mine;
                self.chain = taken.chain;
                self.epochs = taken.epochs;
                self.wraps = taken.wraps;
                // These were about links that have been replaced by sound ones.
                self.alarms.retain(|alarm| {
                    !matches!(
                        alarm.kind,
                        AlarmKind::WrongWrap
                            | AlarmKind::ControlRefused
                            | AlarmKind::ControlRolledBack
                    )
                });
                outcome.events = self.reconsider(directory, &mut outcome.alarms);
            }
            Err(Refused::DirectoryBehind) => outcome.directory_behind = true,
            Err(Refused::NoWrap) => {
                outcome.no_wrap = true;
                let number = mine + fresh.len() as u64 - 1;
                let alarm = self
                    .alarm(AlarmKind::WrongWrap, Object::Control(number))
                    .by(Rule::NoWrap);
                self.raise(alarm, &mut outcome.alarms);
            }
            Err(Refused::Broken { kind, number, rule }) => {
                let mut alarm = self.alarm(kind, Object::Control(number)).by(rule);
                if kind == AlarmKind::DirectoryFork {
                    let place = usize::try_from(number - mine).unwrap_or(usize::MAX);
                    let link = fresh
                        .get(place)
                        .and_then(|link| self.open_other(number, link, candidates, directory));
                    alarm = alarm.with_proof(link.map(|link| Signed::Link(link.signed())));
                }
                self.raise(alarm, &mut outcome.alarms);
            }
        }
        outcome
    }

    /// After a whole reading of the chain that brought nothing: what waits for links has waited in vain. One such
    /// reading may have been under way before the events came.
    fn count_reading(&mut self, alarms: &mut Vec<Alarm>) {
        let behind = |aside: &&Aside| aside.why == Why::ControlBehind;
        if self.unopened.is_empty() && !self.aside.values().any(|aside| behind(&aside)) {
            return;
        }
        self.control_readings = self.control_readings.saturating_add(1);
        if self.control_readings < 2 {
            return;
        }
        for hash in core::mem::take(&mut self.unopened).into_keys() {
            let alarm = self
                .alarm(AlarmKind::EventRefused, Object::Frame(hash))
                .by(Rule::Epoch);
            self.raise(alarm, alarms);
        }
        let waiting = self.aside.iter().filter(|(_, aside)| behind(aside));
        let waiting: Vec<_> = waiting
            .map(|(id, aside)| {
                let alarm = self.alarm(AlarmKind::ControlRolledBack, Object::Event(*id));
                let proof = [Signed::Event(aside.event.clone())];
                alarm.by(Rule::ControlHead).with_proof(proof)
            })
            .collect();
        for alarm in waiting {
            self.raise(alarm, alarms);
        }
    }

    /// Compares a link that the relay lists with the one that I have under that number.
    fn compare(
        &mut self,
        number: u64,
        other: &ControlLink,
        candidates: &[Candidate<'_>],
        directory: &Directory,
        alarms: &mut Vec<Alarm>,
    ) {
        let Some(mine) = self.chain.link(number) else {
            return;
        };
        if mine.hash == FrameHash(kdf::sha256(&other.control)) {
            return;
        }
        let object = Object::Control(number);
        let alarm = match self.open_other(number, other, candidates, directory) {
            // Signed by somebody who could: two histories, and here are both.
            Some(link) => self
                .alarm(AlarmKind::ControlFork, object)
                .with_proof([mine.signed(), link.signed()].map(Signed::Link)),
            None => self
                .alarm(AlarmKind::ControlRefused, object)
                .by(Rule::Place),
        };
        self.raise(alarm, alarms);
    }

    /// Another link for a number that I have: opens and is signed by a device that had the right there.
    fn open_other(
        &self,
        number: u64,
        other: &ControlLink,
        candidates: &[Candidate<'_>],
        directory: &Directory,
    ) -> Option<OpenedLink> {
        let with = |keys: &EpochKeys| control::open(&self.genesis, &other.control, keys).ok();
        let link = self.epochs.values().find_map(with).or_else(|| {
            let (_, envelope) = control::parse(&other.control).ok()?;
            let slots = keys::parse_wraps(&other.wraps).ok()?;
            let place = control::place(&self.genesis, &envelope);
            with(&keys::unwrap(&place, &slots, candidates)?.keys)
        })?;
        let author = directory.device(&link.body.author)?;
        link.verify(&self.genesis, &author.device.sign).ok()?;
        let place = link.envelope.dossier == self.address && link.envelope.number == number;
        let before = number.saturating_sub(1);
        let right =
            self.chain
                .right_of(&link.body.author, before, directory, link.body.standing.seq);
        (place && right >= Some(Right::Writer)).then_some(link)
    }

    /// New links whose last author may not write any more (and so could have made them any time, with the relay's help)
    /// must not add or raise anyone.
    fn check_vouched(&self, taken: Taken, directory: &Directory) -> Result<Taken, Refused> {
        let links = taken.chain.links();
        let first_new = self.chain.links().len();
        let may_now = |number: usize, link: &OpenedLink| {
            let before = number
                .checked_sub(1)
                .and_then(|before| u64::try_from(before).ok());
            let right = before.and_then(|before| {
                taken
                    .chain
                    .right_of(&link.body.author, before, directory, directory.length())
            });
            right >= Some(Right::Writer)
        };
        let vouched = links
            .iter()
            .enumerate()
            .skip(first_new)
            .rev()
            .find(|(number, link)| may_now(*number, link));
        let base = vouched.map_or_else(
            || self.chain.grants(),
            |(_, link)| link.body.grants.as_slice(),
        );
        let known = |grant: &Grant| {
            base.iter()
                .any(|was| was.recipient.is_same(&grant.recipient) && grant.right <= was.right)
        };
        let trailing = links
            .iter()
            .skip(vouched.map_or(first_new, |(number, _)| number + 1));
        for link in trailing {
            if !link.body.grants.iter().all(known) {
                let number = link.envelope.number;
                return Err(Refused::Broken {
                    kind: AlarmKind::ControlRefused,
                    number,
                    rule: Rule::RightsGrew,
                });
            }
        }
        Ok(taken)
    }
}

/// Opens and judges links that follow `chain`.
fn take(
    chain: &Chain,
    epochs: &Map<u32, EpochKeys>,
    links: &[ControlLink],
    candidates: &[Candidate<'_>],
    directory: &Directory,
    dossier: DossierAddress,
) -> Result<Taken, Refused> {
    let first = chain.length();
    let broken = |at: usize, rule| Refused::Broken {
        kind: AlarmKind::ControlRefused,
        number: first + at as u64,
        rule,
    };
    let wrong_wrap = |at: usize, rule| Refused::Broken {
        kind: AlarmKind::WrongWrap,
        number: first + at as u64,
        rule,
    };
    let mut envelopes = Vec::with_capacity(links.len());
    let mut prev = chain.head();
    for (at, link) in links.iter().enumerate() {
        let (hash, envelope) = control::parse(&link.control).map_err(|_| broken(at, Rule::Form))?;
        if envelope.dossier != dossier {
            return Err(broken(at, Rule::OtherDossier));
        }
        if envelope.number != first + at as u64 || envelope.prev != prev {
            return Err(broken(at, Rule::Place));
        }
        prev = hash;
        envelopes.push(envelope);
    }
    let last_at = links.len().saturating_sub(1);
    let (Some(last), Some(last_envelope)) = (links.last(), envelopes.last()) else {
        return Err(Refused::NoWrap);
    };
    if FrameHash(kdf::sha256(&last.wraps)) != last_envelope.wraps {
        return Err(wrong_wrap(last_at, Rule::Wraps));
    }
    let slots = keys::parse_wraps(&last.wraps).map_err(|_| wrong_wrap(last_at, Rule::Form))?;
    let unwrapped = unwrap_last(directory, chain, &envelopes, &slots, candidates);
    let mut known: Map<u32, EpochKeys> = epochs
        .iter()
        .map(|(epoch, keys)| (*epoch, keys.duplicate()))
        .collect();
    let epoch = last_envelope.epoch;
    if let Some(unwrapped) = &unwrapped {
        learn(&mut known, epoch, &unwrapped.keys, last_envelope)
            .map_err(|rule| wrong_wrap(last_at, rule))?;
    } else if !known.contains_key(&epoch) {
        return Err(Refused::NoWrap);
    }
    if unwrapped
        .as_ref()
        .is_some_and(|unwrapped| unwrapped.right == Right::Steward)
        && known
            .get(&epoch)
            .is_some_and(|keys| keys.steward_key().is_none())
        && let Some(older) = older_steward(directory, links, &envelopes, candidates)
        && let Some(keys) = known.remove(&epoch)
    {
        known.insert(epoch, keys.with_steward(older.steward_key()));
    }
    let opened = open_all(directory, links, &envelopes, &mut known, dossier)
        .map_err(|(at, rule)| broken(at, rule))?;

    let mut next = chain.clone();
    for (at, link) in opened.into_iter().enumerate() {
        let epoch = link.envelope.epoch;
        let keys = known.get(&epoch).ok_or(Refused::NoWrap)?;
        let before = epoch.checked_sub(1).and_then(|before| known.get(&before));
        let hashes =
            slot_hashes(links.get(at), &link.envelope).map_err(|rule| wrong_wrap(at, rule))?;
        next.judge(&link, keys, before, hashes.as_deref(), directory)
            .map_err(|judgement| match judgement {
                Judgement::DirectoryBehind => Refused::DirectoryBehind,
                Judgement::Broken(rule @ (Rule::KeyCheck | Rule::Wraps | Rule::Capability)) => {
                    wrong_wrap(at, rule)
                }
                Judgement::Broken(Rule::Standing) => Refused::Broken {
                    kind: AlarmKind::DirectoryFork,
                    number: first + at as u64,
                    rule: Rule::Standing,
                },
                Judgement::Broken(rule) => broken(at, rule),
            })?;
        next.push(link);
    }
    if let Some(unwrapped) = unwrapped {
        let mut listed = next
            .grants()
            .iter()
            .filter(|grant| grant.recipient == unwrapped.recipient);
        let fits =
            listed.any(|grant| grant.slot == unwrapped.slot && grant.right == unwrapped.right);
        let complete = unwrapped.right < Right::Writer || unwrapped.keys.write_key().is_some();
        if !fits || !complete {
            return Err(wrong_wrap(last_at, Rule::KeyCheck));
        }
    }
    Ok(Taken {
        chain: next,
        epochs: known,
        wraps: last.wraps.clone(),
    })
}

/// Opens my slot among the wraps of the newest link. They may have been made by an earlier link of the same epoch.
fn unwrap_last(
    directory: &Directory,
    chain: &Chain,
    envelopes: &[ControlEnvelope],
    slots: &[Vec<u8>],
    candidates: &[Candidate<'_>],
) -> Option<Unwrapped> {
    let wraps = envelopes.last()?.wraps;
    let older = chain.links().iter().map(|link| &link.envelope);
    let maker = older
        .chain(envelopes)
        .find(|envelope| envelope.wraps == wraps)?;
    keys::unwrap(
        &control::place(&directory.genesis(), maker),
        slots,
        candidates,
    )
}

/// Adds what a wrap gave to what I know of its epoch.
fn learn(
    known: &mut Map<u32, EpochKeys>,
    epoch: u32,
    keys: &EpochKeys,
    envelope: &ControlEnvelope,
) -> Result<(), Rule> {
    let mut learned = keys.duplicate();
    if let Some(before) = known.get(&epoch) {
        if !before.same_content(keys) {
            return Err(Rule::KeyCheck);
        }
        learned.learn(before);
    }
    if learned.steward_key().is_none() {
        // A writer renewed the keys: the stewards keep the steward key that they have.
        let kept = known
            .values()
            .filter_map(EpochKeys::steward_key)
            .find(|key| capability(key) == envelope.steward_key);
        learned = learned.duplicate().with_steward(kept);
    }
    known.insert(epoch, learned);
    Ok(())
}

/// A writer renewed the keys and could not wrap the steward key: the wraps of an earlier link hold it.
fn older_steward(
    directory: &Directory,
    links: &[ControlLink],
    envelopes: &[ControlEnvelope],
    candidates: &[Candidate<'_>],
) -> Option<EpochKeys> {
    let wanted = envelopes.last()?.steward_key;
    let older = links
        .iter()
        .zip(envelopes)
        .rev()
        .filter(|(_, envelope)| envelope.steward_key == wanted);
    older
        .filter_map(|(link, envelope)| {
            let slots = keys::parse_wraps(&link.wraps).ok()?;
            let place = control::place(&directory.genesis(), envelope);
            Some(keys::unwrap(&place, &slots, candidates)?.keys)
        })
        .find(|keys| {
            keys.steward_key()
                .is_some_and(|key| capability(key) == wanted)
        })
}

/// Opens all links, newest first: each first link of an epoch gives the content key of the epoch before.
fn open_all(
    directory: &Directory,
    links: &[ControlLink],
    envelopes: &[ControlEnvelope],
    known: &mut Map<u32, EpochKeys>,
    dossier: DossierAddress,
) -> Result<Vec<OpenedLink>, (usize, Rule)> {
    let genesis = directory.genesis();
    let mut opened = Vec::with_capacity(links.len());
    for (at, (link, envelope)) in links.iter().zip(envelopes).enumerate().rev() {
        let epoch = envelope.epoch;
        let keys = known.get(&epoch).ok_or((at, Rule::Epoch))?;
        let open = control::open(&genesis, &link.control, keys).map_err(|_| (at, Rule::Damaged))?;
        if let Some(before) = epoch.checked_sub(1)
            && !open.body.back_link.is_empty()
            && !known.contains_key(&before)
        {
            let keys = keys
                .open_back(&open.body.back_link, &dossier, epoch)
                .map_err(|_| (at, Rule::KeyCheck))?;
            known.insert(before, keys);
        }
        opened.push(open);
    }
    opened.reverse();
    Ok(opened)
}

/// Hashes of the slots of a link's own wraps; nothing when the relay does not keep them any more.
fn slot_hashes(
    link: Option<&ControlLink>,
    envelope: &ControlEnvelope,
) -> Result<Option<Vec<[u8; 32]>>, Rule> {
    let Some(link) = link.filter(|link| !link.wraps.is_empty()) else {
        return Ok(None);
    };
    if FrameHash(kdf::sha256(&link.wraps)) != envelope.wraps {
        return Err(Rule::Wraps);
    }
    let slots = keys::parse_wraps(&link.wraps).map_err(|_| Rule::Form)?;
    Ok(Some(slots.iter().map(|slot| kdf::sha256(slot)).collect()))
}
