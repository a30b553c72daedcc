//! Dossiers at work: what this device has of each, what it owes, what it does.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::log::Directory;
use sluis_directory::signature::SigningKey;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::{Event, Lane, Opening, ReceiptKind};
use sluis_domain::ids::{AuthorId, EventId, MessageId, TeamRef};
use sluis_domain::vocabulary::{Field, Kind, Origin, Status};
use sluis_wire::address::{BoardTag, DeviceId, DossierAddress, TeamId};
use sluis_wire::api::{ControlPage, EventPage};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::board::{RENEW_EVERY, ReplyError, contact_of, message_of, takes_index};
use super::step::Step;
use super::{Alarm, Engine, rows};
use crate::conversation::ReporterContact;
use crate::conversation::message::{self, Message};
use crate::conversation::reply::ReplyPart;
use crate::dossier::{
    AdoptError, AlarmKind, Candidate, Recipient, RecipientKey, Renewal, Replica, Right, WorkError,
    address_random,
};
use crate::error::Error;
use crate::primitives::kem::KemPublic;

/// Most bytes of a dossier's row.
const ROW_MOST: usize = sluis_wire::frame::VAULT_ROW;

/// Why something cannot be done in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ActError {
    /// There is no such dossier here.
    #[error("no such dossier")]
    NoDossier,
    /// The keys that it takes have not arrived yet, or are being renewed: try again after the next sync.
    #[error("keys have not arrived")]
    NotReady,
    /// The dossier's own rules refuse.
    #[error("refused by the dossier's rules")]
    Refused(Refusal),
    /// Rights, fork or sealing.
    #[error("refused by the dossier's keys")]
    Work(#[from] WorkError),
}

/// Something that is to be posted on the board, with what it was made from.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Post {
    pub(super) event: EventId,
    /// The event that holds the sealed bytes: the same, or the one that moved it. It must be at the relay first.
    pub(super) carrier: EventId,
    pub(super) sealed: Vec<u8>,
    pub(super) parts: Vec<ReplyPart>,
}

/// A receipt that leaves later (decision 20).
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Owed {
    pub(super) what: ReceiptKind,
    pub(super) message: Option<message::MessageId>,
    pub(super) due: UnixTime,
    /// A colleague's to write, who had time enough.
    pub(super) late: bool,
}

impl Owed {
    pub(super) fn filed(message: message::MessageId, due: UnixTime) -> Self {
        Self {
            what: ReceiptKind::Filed,
            message: Some(message),
            due,
            late: false,
        }
    }
}

/// An event as it is written: its number and its body.
type Written = (u16, Vec<u8>);

/// One dossier.
pub struct Work {
    replica: Replica,
    books: Books,
    wants_control: bool,
    wants_events: bool,
    adopting: bool,
    /// All events are read again from the start, and have been up to here.
    reading_again: Option<u64>,
    /// Places on the board that others' bytes lie in, and whether the events were read to their end since.
    taken: BTreeMap<u32, bool>,
}

/// What is kept beside the replica.
#[derive(Default, Serialize, Deserialize)]
struct Books {
    creation: Option<(Vec<u8>, Vec<u8>)>,
    link: Option<(Vec<u8>, Vec<u8>)>,
    outbox: Vec<(EventId, Vec<u8>)>,
    posts: BTreeMap<u32, Post>,
    owed: Vec<Owed>,
    renewed: UnixTime,
    /// What I did in my own version of a dossier that somebody else made first: done once more when theirs has been read.
    redo: Vec<(u16, Vec<u8>)>,
    /// Its events have not been read to their end since it was taken over: nothing may be done in it until then.
    unread: bool,
}

impl Work {
    fn new(replica: Replica, books: Books) -> Self {
        Self {
            replica,
            books,
            wants_control: false,
            wants_events: false,
            adopting: false,
            reading_again: None,
            taken: BTreeMap::new(),
        }
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (books, replica): (Books, Vec<u8>) = codec::decode(bytes, ROW_MOST)?;
        let unread = books.unread;
        let mut work = Self::new(Replica::from_bytes(&Zeroizing::new(replica))?, books);
        work.wants_events = unread;
        Ok(work)
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(codec::encode(&(
            &self.books,
            self.replica.to_bytes().as_slice(),
        )))
    }

    /// What its log adds up to.
    #[must_use]
    pub fn state(&self) -> &Dossier {
        self.replica.state()
    }

    /// The replica itself: log, chain, grants, alarms.
    #[must_use]
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// Changes of mine that the relay does not have yet, replies on the board included.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.books.outbox.len()
            + self.books.posts.len()
            + self.books.redo.len()
            + usize::from(self.books.creation.is_some())
    }

    /// Whether what an event says has reached the relay, its board entry included.
    #[must_use]
    pub fn is_sent(&self, event: &EventId) -> bool {
        !self.books.outbox.iter().any(|(id, _)| id == event)
            && !self.books.posts.values().any(|post| post.event == *event)
    }

    /// The team that it was opened for.
    #[must_use]
    pub fn team(&self) -> Option<TeamId> {
        self.state().opening().map(|opening| TeamId(opening.team.0))
    }

    pub(super) fn contact(&self) -> Option<ReporterContact> {
        contact_of(self.state().reporter()?)
    }

    pub(super) fn message(&self, id: &MessageId) -> Option<Message> {
        self.state()
            .messages()
            .find(|(_, fact)| fact.id == *id)
            .map(|(made, fact)| message_of(made.time, fact))
    }

    pub(super) fn wants_control(&self) -> bool {
        self.is_created() && self.wants_control || self.adopting
    }

    pub(super) fn wants_events(&self) -> bool {
        self.is_created() && self.wants_events
    }

    pub(super) fn links(&self) -> u64 {
        if self.adopting {
            0
        } else {
            // The last link comes once more, so that a rewritten one shows at once.
            self.replica.control_length().saturating_sub(1)
        }
    }

    pub(super) fn fetched(&self) -> u64 {
        self.reading_again
            .unwrap_or_else(|| self.replica.position())
    }

    /// Looks for the links that events wait for; those that stay away are named. Says whether.
    pub(super) fn look_for_links(&mut self) -> bool {
        let waits = self.replica.waits_for_links();
        self.wants_control |= waits;
        waits
    }

    /// Reads all events again when one was refused or is missing, for it may have been spoiled on the way only. Says whether.
    pub(super) fn read_refused_again(&mut self) -> bool {
        let again = self.replica.alarms().iter().any(|alarm| {
            matches!(
                alarm.kind,
                AlarmKind::EventRefused | AlarmKind::EventMissing
            )
        });
        if again && self.reading_again.is_none() {
            self.reading_again = Some(0);
            self.wants_events = true;
        }
        again
    }

    pub(super) fn read_key(&self) -> Option<SigningKey> {
        self.replica.read_key()
    }

    pub(super) fn write_key(&self) -> Option<&SigningKey> {
        self.replica.write_key()
    }

    pub(super) fn is_created(&self) -> bool {
        self.books.creation.is_none()
    }

    pub(super) fn creation(&self) -> Option<(&[u8], &[u8])> {
        let (control, wraps) = self.books.creation.as_ref().filter(|_| !self.adopting)?;
        Some((control, wraps))
    }

    pub(super) fn link_out(&self) -> Option<(&[u8], &[u8], &SigningKey)> {
        let (control, wraps) = self.books.link.as_ref()?;
        let key = self
            .replica
            .steward_key()
            .or_else(|| self.replica.write_key())?;
        Some((control, wraps, key))
    }

    pub(super) fn outbox(&self) -> impl Iterator<Item = &[u8]> {
        self.books.outbox.iter().map(|(_, frame)| frame.as_slice())
    }

    /// The lowest entry that waits to be posted, once the relay has the event that holds it.
    pub(super) fn next_post(&self) -> Option<(u32, &[u8])> {
        let (index, post) = self.books.posts.first_key_value()?;
        let waits = self.books.outbox.iter().any(|(id, _)| *id == post.carrier);
        (!waits).then_some((*index, post.sealed.as_slice()))
    }

    pub(super) fn post(&mut self, index: u32, post: Post) {
        self.books.posts.insert(index, post);
    }

    pub(super) fn unpost(&mut self, index: u32) -> Option<Post> {
        self.books.posts.remove(&index)
    }

    /// The event that holds what I want to post under this index.
    pub(super) fn carrier(&self, index: u32) -> Option<EventId> {
        self.books.posts.get(&index).map(|post| post.carrier)
    }

    /// Whether another event than mine put something under this index.
    pub(super) fn is_explained(&self, index: u32, mine: Option<EventId>) -> bool {
        self.replica
            .log()
            .entries()
            .any(|entry| Some(entry.id) != mine && takes_index(&entry.event, index))
    }

    /// Notes that a place was taken. Whether all events were read since that was noted.
    pub(super) fn note_taken(&mut self, index: u32) -> bool {
        *self.taken.entry(index).or_insert(false)
    }

    /// Whether somebody else's import of a message is the one that counts.
    pub(super) fn is_anothers_import(&self, message: &MessageId, me: &DeviceId) -> bool {
        let mut imports = self
            .state()
            .messages()
            .filter(|(_, fact)| fact.id == *message);
        imports
            .next()
            .is_some_and(|(made, _)| made.author != AuthorId(me.0))
    }

    pub(super) fn owe(&mut self, owed: Owed) {
        self.books.owed.push(owed);
    }

    pub(super) fn next_due(&self) -> Option<UnixTime> {
        self.books.owed.iter().map(|owed| owed.due).min()
    }

    /// All receipts that wait; none while the dossier is not whole.
    pub(super) fn take_owed(&mut self) -> Vec<Owed> {
        if self.is_at_rest() {
            core::mem::take(&mut self.books.owed)
        } else {
            Vec::new()
        }
    }

    pub(super) fn take_due(&mut self, now: UnixTime) -> Vec<Owed> {
        if !self.is_at_rest() || self.books.owed.iter().all(|owed| owed.due > now) {
            return Vec::new();
        }
        let (due, later) = core::mem::take(&mut self.books.owed)
            .into_iter()
            .partition(|owed| owed.due <= now);
        self.books.owed = later;
        due
    }

    /// Whether it was taken over and has not been read to its end since.
    pub(super) fn is_unread(&self) -> bool {
        self.books.unread
    }

    /// Whether all that is known to be at the relay has been read.
    pub(super) fn is_read(&self) -> bool {
        !self.wants_control && !self.wants_events && !self.books.unread
    }

    /// Whether the relay has everything that I did in it.
    pub(super) fn is_stored(&self) -> bool {
        self.is_created() && self.books.redo.is_empty() && self.books.outbox.is_empty()
    }

    /// Whether the relay has the dossier, and what colleagues did in it has been read as far as it is known.
    fn is_at_rest(&self) -> bool {
        self.is_created()
            && !self.wants_control
            && !self.wants_events
            && self.books.redo.is_empty()
            && self.books.outbox.is_empty()
    }

    /// The places of all replies, when they have to be renewed.
    pub(super) fn renewal(&self, now: UnixTime) -> Option<Vec<BoardTag>> {
        let due =
            self.state().status() != Status::Closed && now.since(self.books.renewed) >= RENEW_EVERY;
        let contact = self.contact().filter(|_| due)?;
        let tags: Vec<BoardTag> = self
            .state()
            .board()
            .iter()
            .map(|item| contact.tag(item.index))
            .collect();
        (!tags.is_empty()).then_some(tags)
    }

    pub(super) fn renewed(&mut self, now: UnixTime) {
        self.books.renewed = now;
    }

    pub(super) fn imported_by_another(&self, message: &MessageId, me: &DeviceId) -> bool {
        self.replica.log().entries().any(|entry| {
            entry.author != AuthorId(me.0)
                && matches!(&entry.event, Event::MessageImported(fact) if fact.id == *message)
        })
    }
}

impl Engine {
    /// One dossier.
    #[must_use]
    pub fn dossier(&self, address: &DossierAddress) -> Option<&Work> {
        self.dossiers.get(address)
    }

    /// All dossiers that I can read.
    pub fn dossiers(&self) -> impl Iterator<Item = (&DossierAddress, &Work)> {
        self.dossiers.iter()
    }

    /// Changes that wait to be sent, over all dossiers.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.dossiers.values().map(Work::pending).sum::<usize>()
            + usize::from(self.founding.is_some())
    }

    /// Opens a dossier by hand.
    ///
    /// # Errors
    /// [`ActError`]: nothing was made then.
    pub fn open_by_hand(
        &mut self,
        kind: Kind,
        origin: Origin,
        fields: &[Field],
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<DossierAddress, ActError> {
        let team = self.my_team().ok_or(ActError::NotReady)?;
        let address = address_random(rng);
        let opening = Opening {
            kind,
            origin,
            team: TeamRef(team.0),
            conversation: None,
        };
        if !self.create(address, team, opening, now, rng) {
            return Err(ActError::NotReady);
        }
        for field in fields {
            match self.act(address, Command::Set(field.clone()), now, rng) {
                Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => {}
                Err(error) => {
                    self.dossiers.remove(&address);
                    self.forget(rows::DOSSIER, &address.0);
                    return Err(error);
                }
            }
        }
        Ok(address)
    }

    /// Does something in a dossier: decides, signs, seals, puts it in the outbox.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn act(
        &mut self,
        address: DossierAddress,
        command: Command,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<EventId, ActError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let event = work.state().decide(command)?;
        self.note(address, &event, now, rng)
    }

    /// Signs and seals what has been decided, and puts it in the outbox.
    pub(super) fn note(
        &mut self,
        address: DossierAddress,
        event: &Event,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<EventId, ActError> {
        let work = self.dossiers.get_mut(&address).ok_or(ActError::NoDossier)?;
        if work.books.unread {
            return Err(ActError::NotReady);
        }
        let directory = self.directory.as_ref().ok_or(ActError::NotReady)?;
        let acting = crate::dossier::replica::Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let authored = match work.replica.author(event, &acting, rng) {
            Err(WorkError::RotationDue) => return Err(ActError::NotReady),
            other => other?,
        };
        work.books.outbox.push((authored.id, authored.frame));
        if let Event::FieldSet(Field::Status(status)) = *event
            && work.state().reporter().is_some()
        {
            let due = self.receipt_due(now, &address.0);
            self.owe(
                address,
                Owed {
                    what: ReceiptKind::Status(status),
                    message: None,
                    due,
                    late: false,
                },
            );
        }
        self.keep_dossier(address);
        Ok(authored.id)
    }

    /// A person has the dossier before their eyes: what was unread is seen, a new dossier counts as read, and the reporter is told later.
    pub fn look_at(&mut self, address: DossierAddress, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(work) = self.dossiers.get(&address) else {
            return;
        };
        let unseen = work.state().unseen(|author| self.is_mine(author));
        let is_new = work.state().status() == Status::New;
        let newest = unseen.last().copied();
        if let Some(newest) = newest
            && self
                .act(address, Command::SeeMessages(unseen), now, rng)
                .is_ok()
        {
            let due = self.receipt_due(now, &newest.0);
            let message = Some(message::MessageId(newest.0));
            self.owe(
                address,
                Owed {
                    what: ReceiptKind::Read,
                    message,
                    due,
                    late: false,
                },
            );
        }
        if is_new {
            // Whoever may only read cannot say so; the dossier then stays new for those who may write.
            let _marked = self.act(address, Command::Set(Field::Status(Status::Read)), now, rng);
        }
    }

    /// Keeps what is being typed; empty text forgets it.
    pub fn keep_draft(&mut self, address: DossierAddress, slot: u8, text: &str) {
        let key = codec::encode(&(address, slot));
        if text.is_empty() {
            self.drafts.remove(&(address, slot));
            self.forget(rows::DRAFT, &key);
        } else {
            self.drafts.insert((address, slot), text.into());
            self.put(rows::DRAFT, &key, Zeroizing::new(text.as_bytes().to_vec()));
        }
    }

    /// What was being typed.
    #[must_use]
    pub fn draft(&self, address: DossierAddress, slot: u8) -> String {
        self.drafts
            .get(&(address, slot))
            .cloned()
            .unwrap_or_default()
    }

    /// Whether an author is one of my devices.
    #[must_use]
    pub fn is_mine(&self, author: &AuthorId) -> bool {
        self.directory
            .as_ref()
            .and_then(|directory| directory.device(&DeviceId(author.0)))
            .is_some_and(|record| record.device.member == self.me.member)
    }

    /// Makes a dossier with the team as its steward (decision 27). False when the team's key is not here.
    pub(super) fn create(
        &mut self,
        address: DossierAddress,
        team: TeamId,
        opening: Opening,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> bool {
        let Some(recipient) = self.team_recipient(team, Right::Steward) else {
            return false;
        };
        let Some(directory) = self.directory.as_ref() else {
            return false;
        };
        let acting = crate::dossier::replica::Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let Ok((replica, Renewal { control, wraps })) =
            Replica::create(address, &acting, &[recipient], rng)
        else {
            return false;
        };
        let books = Books {
            creation: Some((control, wraps)),
            renewed: now,
            ..Books::default()
        };
        self.dossiers.insert(address, Work::new(replica, books));
        self.act(address, Command::Open(opening), now, rng).is_ok()
    }

    pub(super) fn created(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.books.creation = None;
        }
        self.keep_dossier(address);
    }

    /// The dossier exists: somebody else made it first.
    pub(super) fn adopt_theirs(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.adopting = true;
            self.wants.dossiers.insert(address);
        }
    }

    pub(super) fn want_control(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.wants_control = true;
            work.wants_events = true;
        }
        self.stuck.remove(&Step::Control(address));
        self.stuck.remove(&Step::Events(address));
    }

    /// Looks whether the chain grew. What was refused is tried again when it did.
    pub(super) fn want_links(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.wants_control = true;
            self.wants.dossiers.insert(address);
        }
    }

    pub(super) fn absorb_control(
        &mut self,
        address: DossierAddress,
        page: &ControlPage,
        now: UnixTime,
    ) {
        if let Some(work) = self.dossiers.get_mut(&address).filter(|work| work.adopting) {
            let first = page.links.first().map(|link| link.control.as_slice());
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
        } else if self.foreign.get(&address) == Some(&page.length) && page.links.is_empty() {
            self.wants.dossiers.remove(&address);
            self.settle_cursor();
            return;
        } else if self.foreign.remove(&address).is_some() {
            // Its chain grew: read it from its start, for it may be mine now.
            self.forget(rows::FOREIGN, &address.0);
            return;
        }
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let mut candidates: Vec<Candidate<'_>> = self
            .team_keys
            .iter()
            .rev()
            .map(|((team, epoch), secret)| Candidate {
                recipient: Recipient::Team {
                    team: *team,
                    epoch: *epoch,
                },
                secret,
            })
            .collect();
        candidates.push(Candidate {
            recipient: Recipient::Device(self.me.id),
            secret: &self.me.kem,
        });
        match self
            .dossiers
            .get_mut(&address)
            .filter(|work| !work.adopting)
        {
            Some(work) => {
                let from = work.links();
                let outcome = work.replica.absorb_control(
                    from,
                    &page.links,
                    page.length,
                    &candidates,
                    directory,
                );
                work.wants_control =
                    work.replica.control_length() < page.length && outcome.added > 0;
                if outcome.directory_behind {
                    self.wants.directory = true;
                    self.behind.insert(address);
                    self.stuck.insert(Step::Control(address));
                }
                if outcome.added > 0 {
                    work.read_refused_again();
                    self.wants.renewals = true;
                    self.stuck.remove(&Step::Events(address));
                    self.stuck.remove(&Step::Append(address));
                }
                self.keep_dossier(address);
            }
            None => {
                match Replica::adopt(address, self.me.id, &page.links, &candidates, directory) {
                    Ok(replica) => self.adopt(address, replica, now),
                    Err(AdoptError::NotForMe) if self.dossiers.contains_key(&address) => {
                        // Under the name of a dossier of mine lies one that I cannot open.
                        self.alarm(Alarm::Dossier(address, AlarmKind::WrongWrap));
                        self.stuck.insert(Step::Control(address));
                    }
                    Err(AdoptError::NotForMe) => {
                        self.foreign.insert(address, page.length);
                        self.put(
                            rows::FOREIGN,
                            &address.0,
                            Zeroizing::new(page.length.to_be_bytes().to_vec()),
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
        }
    }

    /// Takes over a dossier; what I did in my own version of it before is done once more in this one, when it has been read.
    fn adopt(&mut self, address: DossierAddress, replica: Replica, now: UnixTime) {
        let mut books = Books {
            renewed: now,
            ..Books::default()
        };
        if let Some(before) = self.dossiers.remove(&address) {
            books.owed = before.books.owed;
            let mine = before
                .replica
                .log()
                .ordered()
                .into_iter()
                .map(|entry| &entry.event);
            books.redo = before.books.redo;
            books.redo.extend(mine.map(Event::encode));
        }
        books.unread = true;
        let mut work = Work::new(replica, books);
        work.wants_events = true;
        self.foreign.remove(&address);
        self.dossiers.insert(address, work);
        self.wants.dossiers.insert(address);
        self.wants.renewals = true;
        self.keep_dossier(address);
    }

    /// Does again what I did in my own versions of dossiers, as far as theirs do not say the same already.
    pub(super) fn redo_all(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
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
                Event::MessagesSeen(messages) => Command::SeeMessages(messages),
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

    pub(super) fn absorb_events(&mut self, address: DossierAddress, page: &EventPage) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let Some(work) = self.dossiers.get_mut(&address) else {
            return;
        };
        let from = work.fetched();
        let outcome = work
            .replica
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
        if whole && let Some(work) = self.dossiers.get_mut(&address) {
            let was_unread = core::mem::take(&mut work.books.unread);
            if was_unread {
                self.read_intake_again();
            }
        }
        self.keep_dossier(address);
    }

    pub(super) fn linked(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.books.link = None;
        }
        self.want_control(address);
        self.wants.dossiers.insert(address);
        self.keep_dossier(address);
    }

    pub(super) fn appended(&mut self, address: DossierAddress, sent: &[[u8; 32]]) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            let (stored, waiting): (Vec<_>, Vec<_>) = core::mem::take(&mut work.books.outbox)
                .into_iter()
                .partition(|(_, frame)| sent.contains(&sluis_directory::frame_hash(frame).0));
            work.books.outbox = waiting;
            let ids: Vec<EventId> = stored.into_iter().map(|(id, _)| id).collect();
            work.replica.acknowledge(&ids);
            // Read back at once: a colleague may have done the same meanwhile, and then only one of us answers the reporter.
            work.wants_events = true;
            self.wants.dossiers.insert(address);
        }
        self.keep_dossier(address);
    }

    /// Renews the keys of dossiers whose keys somebody holds who left.
    pub(super) fn renew_keys(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let due: Vec<DossierAddress> = self
            .dossiers
            .iter()
            .filter(|(address, work)| {
                work.is_created()
                    && work.books.link.is_none()
                    && work.books.outbox.is_empty()
                    && !self.stuck.contains(&Step::Link(**address))
                    && work.replica.is_rotation_due(directory)
            })
            .map(|(address, _)| *address)
            .collect();
        for address in due {
            let Some(work) = self.dossiers.get(&address) else {
                continue;
            };
            let recipients: Vec<RecipientKey> = work
                .replica
                .grants()
                .iter()
                .filter_map(|grant| self.newest_key(&grant.recipient, grant.right))
                .collect();
            let Some(directory) = self.directory.as_ref() else {
                return;
            };
            let acting = crate::dossier::replica::Acting {
                device: self.me.id,
                signer: &self.me.sign,
                directory,
                now,
            };
            let renewal = work.replica.rotate(&acting, &recipients, rng);
            if let Some(work) = self.dossiers.get_mut(&address)
                && let Ok(Renewal { control, wraps }) = renewal
            {
                work.books.link = Some((control, wraps));
            }
            self.keep_dossier(address);
        }
    }

    pub(super) fn keep_dossier(&mut self, address: DossierAddress) {
        if self.dossiers.contains_key(&address) {
            self.unkept.insert(address);
            self.touched.insert(address);
        }
    }

    /// The team that my dossiers by hand belong to: a line if I have one.
    fn my_team(&self) -> Option<TeamId> {
        let directory: &Directory = self.directory.as_ref()?;
        let mut teams: Vec<_> = directory
            .teams_of(&self.me.member)
            .map(|record| &record.team)
            .collect();
        teams.sort_by_key(|team| (!team.line, team.id));
        teams.first().map(|team| team.id)
    }

    fn team_recipient(&self, team: TeamId, right: Right) -> Option<RecipientKey> {
        let newest = self.newest_content(&team)?;
        Some(RecipientKey {
            recipient: Recipient::Team {
                team,
                epoch: newest.epoch,
            },
            right,
            kem: KemPublic::parse(&newest.kem.0).ok()?,
        })
    }

    fn newest_key(&self, recipient: &Recipient, right: Right) -> Option<RecipientKey> {
        match recipient {
            Recipient::Team { team, .. } => self.team_recipient(*team, right),
            Recipient::Device(device) => {
                let record = self
                    .directory
                    .as_ref()?
                    .device(device)
                    .filter(|record| record.span.is_current())?;
                Some(RecipientKey {
                    recipient: *recipient,
                    right,
                    kem: KemPublic::parse(&record.device.kem.0).ok()?,
                })
            }
            // Members as teams of one come with sharing; until then nobody is granted so.
            Recipient::Member { .. } => None,
        }
    }
}
