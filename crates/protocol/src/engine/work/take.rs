//! Taking in what the relay lists of a dossier, and doing again what came second.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::{Event, Lane};
use sluis_domain::ids::EventId;
use sluis_sorted::Map;
use sluis_wire::address::{DossierAddress, MemberId, TeamId};
use sluis_wire::api::{ControlLink, ControlPage, EventPage};
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::super::{Alarm, Engine, ReplyError, Step, rows};
use super::{ActError, Books, Change, Owed, Work};
use crate::conversation::message;
use crate::dossier::{AdoptError, AlarmKind, Candidate, Recipient, Replica, Right};
use crate::primitives::kem::KemSecret;
use crate::staff::DeviceSecrets;

/// An event as it is written: its number and its body.
type Written = (u16, Vec<u8>);

/// Most links of one chain that are gathered before they are looked at.
const LINKS_MOST: usize = 2_000;

impl Work {
    /// None of my keys opens the newest link. Whoever decides here does not simply lose that, so for them the alarm stays; for everyone else it
    /// is how access ends. Whether it is what I wanted myself, and all of it is to go.
    fn shut(&mut self, guest: bool, me: &MemberId, now: UnixTime) -> bool {
        let mine = Change::ShutOut(*me);
        let wanted = self.books.wishes.iter().any(|wish| wish.what == mine);
        if guest || wanted {
            self.replica_mut().dismiss(AlarmKind::WrongWrap);
        }
        self.books.shut = self.books.shut.or(Some(now));
        self.books.link = None;
        wanted
    }

    /// My access came back.
    fn reopen(&mut self) {
        if self.books.shut.take().is_some() {
            self.wants_events = true;
        }
        self.books.link = None;
    }
}

impl Engine {
    /// All links of an answer and of those before it, once the chain is whole; nothing while there is more to read.
    fn gather_links(
        &mut self,
        address: DossierAddress,
        page: &ControlPage,
    ) -> Option<Vec<ControlLink>> {
        let from = match self.dossiers.get(&address) {
            Some(work) => work.links(),
            None => self.foreign.get(&address).copied().unwrap_or(0),
        };
        let mut links = self.links.remove(&address).unwrap_or_default();
        links.extend(page.links.iter().cloned());
        let more = from + (links.len() as u64) < page.length;
        if more && !page.links.is_empty() && links.len() < LINKS_MOST {
            self.links.insert(address, links);
            return None;
        }
        Some(links)
    }

    pub(in crate::engine) fn created(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.books.creation = None;
        }
        self.keep_dossier(address);
    }

    /// The dossier exists: somebody else made it first.
    pub(in crate::engine) fn adopt_theirs(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.adopting = true;
            self.links.remove(&address);
            self.wants.dossiers.insert(address);
        }
    }

    pub(in crate::engine) fn want_control(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.wants_control = true;
            work.wants_events = true;
        }
        self.stuck.remove(&Step::Control(address));
        self.stuck.remove(&Step::Events(address));
    }

    /// Looks whether the chain grew. What was refused is tried again when it did.
    pub(in crate::engine) fn want_links(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.wants_control = true;
            self.wants.dossiers.insert(address);
        }
    }

    pub(in crate::engine) fn absorb_control(
        &mut self,
        address: DossierAddress,
        page: &ControlPage,
        now: UnixTime,
    ) {
        let Some(links) = self.gather_links(address, page) else {
            return;
        };
        let length = page.length;
        if let Some(work) = self.dossiers.get_mut(&address).filter(|work| work.adopting) {
            let first = links.first().map(|link| link.control.as_slice());
            if work
                .books
                .creation
                .as_ref()
                .map(|(control, _)| control.as_slice())
                == first
            {
                // It is my own: the answer to its making was lost.
                work.adopting = false;
                work.wants_control = true;
                self.created(address);
                return;
            }
        } else if self.foreign.get(&address) == Some(&length) && links.is_empty() {
            self.wants.dossiers.remove(&address);
            self.settle_cursor();
            return;
        } else if self.foreign.remove(&address).is_some() {
            // Its chain grew: read it from its start, for it may be mine now.
            self.forget(rows::FOREIGN, &address.0);
            return;
        }
        match self.dossiers.get(&address) {
            Some(work) if !work.adopting => self.absorb_links(address, &links, length, now),
            _ => self.adopt_links(address, &links, length, now),
        }
    }

    fn absorb_links(
        &mut self,
        address: DossierAddress,
        links: &[ControlLink],
        length: u64,
        now: UnixTime,
    ) {
        let Some((directory, work)) = self.directory.as_ref().zip(self.dossiers.get_mut(&address))
        else {
            return;
        };
        let candidates = candidates(&self.team_keys, &self.me);
        let guest = work.replica().right(directory) < Some(Right::Steward);
        let from = work.links();
        let outcome =
            work.replica_mut()
                .absorb_control(from, links, length, &candidates, directory);
        work.wants_control = work.replica().control_length() < length && outcome.added > 0;
        let forget = outcome.no_wrap && work.shut(guest, &self.me.member, now);
        if outcome.directory_behind {
            self.wants.directory = true;
            self.behind.insert(address);
            self.stuck.insert(Step::Control(address));
        }
        if outcome.added > 0 {
            work.reopen();
            work.read_refused_again();
            self.wants.renewals = true;
            self.stuck.remove(&Step::Link(address));
            self.stuck.remove(&Step::Events(address));
            self.stuck.remove(&Step::Append(address));
        }
        self.keep_dossier(address);
        if forget {
            self.forget_dossier(&address);
        }
    }

    fn adopt_links(
        &mut self,
        address: DossierAddress,
        links: &[ControlLink],
        length: u64,
        now: UnixTime,
    ) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let candidates = candidates(&self.team_keys, &self.me);
        match Replica::adopt(address, self.me.id, links, &candidates, directory) {
            Ok(replica) => self.adopt(address, replica, now),
            Err(AdoptError::NotForMe) if self.dossiers.contains_key(&address) => {
                // Under the name of a dossier of mine lies one that I cannot open.
                self.alarm(Alarm::Dossier(address, AlarmKind::WrongWrap));
                self.stuck.insert(Step::Control(address));
            }
            Err(AdoptError::NotForMe) => {
                self.foreign.insert(address, length);
                self.put(
                    rows::FOREIGN,
                    &address.0,
                    Zeroizing::new(length.to_be_bytes().to_vec()),
                );
                self.wants.dossiers.remove(&address);
                self.settle_cursor();
            }
            Err(AdoptError::DirectoryBehind) => {
                self.wants.directory = true;
                self.behind.insert(address);
                self.stuck.insert(Step::Control(address));
            }
            Err(AdoptError::Alarm(alarm)) => {
                self.alarm(Alarm::Dossier(address, alarm.kind));
                self.stuck.insert(Step::Control(address));
            }
        }
    }

    /// Takes over a dossier; what I did in my own version of it before is done once more in this one, when it has been read.
    fn adopt(&mut self, address: DossierAddress, replica: Replica, now: UnixTime) {
        let mut books = Books {
            renewed: now,
            ..Books::default()
        };
        let mut pages = Vec::new();
        if let Some(mut before) = self.dossiers.remove(&address) {
            let mine: Vec<Written> = before
                .replica()
                .log()
                .ordered()
                .into_iter()
                .map(|entry| entry.event.encode())
                .collect();
            // The rows that it has are the ones to be written over.
            before.learn_pages();
            pages = before.pages.unwrap_or_default();
            books.owed = before.books.owed;
            books.redo = before.books.redo;
            books.wishes = before.books.wishes;
            books.claims = before.books.claims;
            books.removals = before.books.removals;
            books.redo.extend(mine);
        }
        books.unread = true;
        let mut work = Work::new(replica, books);
        work.wants_events = true;
        work.pages = Some(pages);
        self.foreign.remove(&address);
        self.dossiers.insert(address, work);
        self.wants.dossiers.insert(address);
        self.wants.renewals = true;
        self.keep_dossier(address);
    }

    /// Does again what I did in my own versions of dossiers, as far as theirs do not say the same already.
    pub(in crate::engine) fn redo_all(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let due = |work: &Work| !work.books.redo.is_empty() && !work.books.unread;
        let due: Vec<DossierAddress> = self
            .dossiers
            .iter()
            .filter(|(_, work)| due(work))
            .map(|(address, _)| *address)
            .collect();
        for address in due {
            self.redo(address, now, rng);
        }
    }

    fn redo(&mut self, address: DossierAddress, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(work) = self.dossiers.get_mut(&address) else {
            return;
        };
        let redo = core::mem::take(&mut work.books.redo);
        let mut replies: Vec<(String, Vec<Written>)> = Vec::new();
        let mut left = Vec::new();
        for (kind, body) in redo {
            let command = match Event::decode(kind, &body) {
                Event::DossierOpened(opening) => Command::Open(opening),
                Event::MessageImported(fact) => Command::Import(fact),
                Event::FieldSet(field) => Command::Set(field),
                Event::NoteAdded(note) => Command::Note(note.lane, note.text),
                Event::FileAdded(file) => Command::AddFile(file),
                Event::FileRemoved(removal) => Command::RemoveFile(removal),
                Event::MessagesSeen(messages) => Command::SeeMessages(messages),
                Event::Linked(link) => Command::Link(link),
                Event::Unlinked(other) => Command::Unlink(other),
                Event::ReceiptSent(fact) => {
                    let message = fact.message.map(|id| message::MessageId(id.0));
                    let (what, late) = (fact.what, false);
                    self.owe(
                        address,
                        Owed {
                            what,
                            message,
                            due: now,
                            late,
                        },
                    );
                    continue;
                }
                Event::ReplySent(fact) => {
                    match replies.last_mut().filter(|_| fact.piece > 0) {
                        Some((text, events)) => {
                            text.push_str(&fact.text);
                            events.push((kind, body));
                        }
                        None => replies.push((fact.text, [(kind, body)].into())),
                    }
                    continue;
                }
                // Theirs has its own, or the receipt brings it.
                _ => continue,
            };
            // Refused when theirs says the same already.
            if self.act(address, command, now, rng) == Err(ActError::NotReady) {
                left.push((kind, body));
            }
        }
        for (text, events) in replies {
            match self.reply(address, &text, now, rng) {
                Err(ReplyError::Act(ActError::NotReady)) => left.extend(events),
                // Theirs was closed meanwhile: the words stay in the dossier, and a person decides.
                Err(ReplyError::Act(ActError::Refused(Refusal::Closed))) => {
                    let _kept = self.act(address, Command::Note(Lane::Team, text), now, rng);
                }
                Ok(()) | Err(_) => {}
            }
        }
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.books.redo = left;
        }
        self.keep_dossier(address);
    }

    pub(in crate::engine) fn absorb_events(&mut self, address: DossierAddress, page: &EventPage) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let Some(work) = self.dossiers.get_mut(&address) else {
            return;
        };
        let from = work.fetched();
        let outcome = work
            .replica_mut()
            .absorb_events(from, &page.events, page.length, directory);
        let reached = from.saturating_add(page.events.len() as u64);
        let whole = reached >= page.length;
        if outcome.read_again && work.reading_again.is_none() {
            work.reading_again = Some(0);
        } else {
            let going_on = !whole && !page.events.is_empty();
            work.reading_again = work.reading_again.filter(|_| going_on).map(|_| reached);
            work.wants_events = going_on;
        }
        if outcome.control_behind && !work.wants_control && !page.events.is_empty() {
            work.wants_control = true;
        }
        let behind = outcome.directory_behind || outcome.control_behind;
        let free: Vec<u32> = if whole && !behind {
            work.taken.keys().copied().collect()
        } else {
            Vec::new()
        };
        for index in &free {
            work.taken.insert(*index, true);
        }
        for index in free {
            self.stuck.remove(&Step::Board(address, index));
        }
        if outcome.directory_behind {
            self.wants.directory = true;
            self.behind.insert(address);
        }
        if whole {
            self.wants.access = true;
            self.forgive_removed(address);
        }
        if whole && let Some(work) = self.dossiers.get_mut(&address) {
            let was_unread = core::mem::take(&mut work.books.unread);
            if was_unread {
                self.read_intake_again();
            }
        }
        self.keep_dossier(address);
    }

    pub(in crate::engine) fn linked(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.books.link = None;
        }
        // Nothing further until the relay shows what became of it.
        self.stuck.insert(Step::Link(address));
        self.want_control(address);
        self.wants.dossiers.insert(address);
        self.keep_dossier(address);
    }

    pub(in crate::engine) fn appended(&mut self, address: DossierAddress, sent: &[[u8; 32]]) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            let (stored, waiting): (Vec<_>, Vec<_>) = core::mem::take(&mut work.books.outbox)
                .into_iter()
                .partition(|(_, frame)| sent.contains(&sluis_directory::frame_hash(frame).0));
            work.books.outbox = waiting;
            let ids: Vec<EventId> = stored.into_iter().map(|(id, _)| id).collect();
            work.replica_mut().acknowledge(&ids);
            // Read back at once: a colleague may have done the same meanwhile, and then only one of us answers the reporter.
            work.wants_events = true;
            self.wants.dossiers.insert(address);
        }
        self.keep_dossier(address);
    }
}

/// Every key of mine that a dossier may be wrapped for, newest first.
fn candidates<'a>(
    team_keys: &'a Map<(TeamId, u32), KemSecret>,
    me: &'a DeviceSecrets,
) -> Vec<Candidate<'a>> {
    let shared = team_keys.iter().rev().map(|((team, epoch), secret)| {
        let (team, epoch) = (*team, *epoch);
        // A member is a team of one (decision 26).
        let recipient = if team.0 == me.member.0 {
            let member = me.member;
            Recipient::Member { member, epoch }
        } else {
            Recipient::Team { team, epoch }
        };
        Candidate { recipient, secret }
    });
    let own = Candidate {
        recipient: Recipient::Device(me.id),
        secret: &me.kem,
    };
    shared.chain([own]).collect()
}
