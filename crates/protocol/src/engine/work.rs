//! Dossiers at work: what this device has of each, what it owes, what it does.

mod act;
mod body;
mod bond;
mod pages;
mod renew;
mod take;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_directory::log::Directory;
use sluis_directory::signature::SigningKey;
use sluis_domain::command::Refusal;
use sluis_domain::dossier::{BoardItem, Dossier};
use sluis_domain::event::{Event, ReceiptKind};
use sluis_domain::ids::{AuthorId, EventId, FileRef, MessageId};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{BoardTag, DeviceId, DossierAddress, FileAddress, MemberId, TeamId};
use sluis_wire::limits::FILES_IN_REQUEST;
use sluis_wire::time::UnixTime;

use super::Engine;
use super::board::{LATE, RENEW_EVERY, WATCHED, contact_of, message_of, takes_index};
use super::share::Party;
use crate::conversation::ReporterContact;
use crate::conversation::message::{self, Message};
use crate::conversation::reply::ReplyPart;
use crate::dossier::{Recipient, Replica, Right, WorkError};
use body::Body;

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
    /// My access was taken back: nothing can be done in it any more.
    #[error("access was taken back")]
    Shut,
    /// Nobody would be left who decides who has access.
    #[error("no steward would be left")]
    LastSteward,
    /// Whoever it is to be shared with is not known, or not there any more.
    #[error("no such team or person")]
    NoParty,
    /// Somebody who was shut out of this dossier is among them.
    #[error("somebody who was shut out is among them")]
    ShutOut,
    /// The newest snapshot of the directory is older than 7 days, or there is none: no sharing outside the own organisation (decision 39).
    #[error("the directory was not confirmed for a week")]
    SnapshotOld,
    /// No agreement about sharing and no privacy notice are on file with that organisation: a director of mine or theirs files it first (T11).
    #[error("no agreement is on file with that organisation")]
    NoAgreement,
    /// Somebody signed another directory than mine: nobody is given access until a person has dealt with it.
    #[error("there are two directories")]
    Forked,
    /// Only the team that the reporter wrote to answers the reporter.
    #[error("only the reporter's own team answers")]
    NotOfTeam,
    /// Nothing was shared with me here that waits for an answer.
    #[error("nothing to answer")]
    NoOffer,
    /// There is no such person, or nothing of them to destroy.
    #[error("no such person")]
    NoPerson,
}

/// A change of rights that I decided and that the chain does not show yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wish {
    /// How many links there were.
    pub(super) from: u64,
    pub(super) what: Change,
}

/// What is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Change {
    /// This party has this right.
    Give(Party, Right),
    /// This party has none.
    Take(Party),
    /// New keys.
    Renew,
    /// This person cannot open it, as whoever.
    ShutOut(MemberId),
}

/// Why a change of rights that was accepted here was given up later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenUp {
    /// I am no steward any more.
    NoRight,
    /// Nobody would be left who decides who has access.
    LastSteward,
    /// The chain's rules refuse it.
    Rules,
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

/// One dossier.
pub struct Work {
    body: Body,
    books: Books,
    wants_control: bool,
    wants_events: bool,
    adopting: bool,
    /// All events are read again from the start, and have been up to here.
    reading_again: Option<u64>,
    /// Which events lie in which row of the vault; not known while it has not been opened.
    pages: Option<Vec<pages::Page>>,
    /// Places on the board that others' bytes lie in, and whether the events were read to their end since.
    taken: Map<u32, bool>,
    /// Places on the board of which the relay said since this vault was opened whether something lies there.
    asked: Set<u32>,
    /// Files of the reporter that were taken in once more in this sitting.
    claimed_again: Set<FileAddress>,
}

/// What is kept beside the replica.
#[derive(Default, Serialize, Deserialize)]
struct Books {
    creation: Option<(Vec<u8>, Vec<u8>)>,
    link: Option<(Vec<u8>, Vec<u8>)>,
    outbox: Vec<(EventId, Vec<u8>)>,
    posts: Map<u32, Post>,
    owed: Vec<Owed>,
    renewed: UnixTime,
    /// What I did in my own version of a dossier that somebody else made first: done once more when theirs has been read.
    redo: Vec<(u16, Vec<u8>)>,
    /// Its events have not been read to their end since it was taken over: nothing may be done in it until then.
    unread: bool,
    /// Changes of rights that the chain does not show yet.
    wishes: Vec<Wish>,
    /// Why the last changes of rights were given up.
    given_up: Option<GivenUp>,
    /// Since when none of my keys opens it any more.
    shut: Option<UnixTime>,
    /// What I answered to these terms without being able to write it down in the dossier.
    answered: Option<(EventId, bool)>,
    /// Messages that I have seen without being able to say so in the dossier.
    seen: Vec<MessageId>,
    /// Files of the reporter that are still to be taken into this dossier at the relay.
    claims: Vec<FileAddress>,
    /// Files that are still to be deleted at the relay.
    removals: Vec<FileAddress>,
}

impl Work {
    fn new(replica: Replica, books: Books) -> Self {
        Self {
            pages: Some(Vec::new()),
            ..Self::with(Body::of(replica), books)
        }
    }

    fn with(body: Body, books: Books) -> Self {
        Self {
            body,
            books,
            wants_control: false,
            wants_events: false,
            adopting: false,
            reading_again: None,
            pages: None,
            taken: Map::new(),
            asked: Set::new(),
            claimed_again: Set::new(),
        }
    }

    /// What its log adds up to.
    #[must_use]
    pub fn state(&self) -> &Dossier {
        self.replica().state()
    }

    /// The replica itself: log, chain, grants, alarms.
    #[must_use]
    pub fn replica(&self) -> &Replica {
        self.body.replica()
    }

    /// Changes of mine that the relay does not have yet, replies on the board included.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.books.outbox.len()
            + self.books.posts.len()
            + self.books.redo.len()
            + self.books.wishes.len()
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
        self.body.team()
    }

    /// When the relay took in its first message, cut to the hour.
    pub(super) fn first_arrival(&self) -> Option<u64> {
        self.body.first_arrival()
    }

    /// The dossier that these private notes are about.
    #[must_use]
    pub fn concerns(&self) -> Option<DossierAddress> {
        self.body.concerns()
    }

    /// Who may do what in it now.
    #[must_use]
    pub fn rights(&self) -> Vec<(Recipient, Right)> {
        self.body.rights()
    }

    /// Whether the reporter lets the federation read along.
    pub(super) fn has_consent(&self) -> bool {
        self.body.has_consent()
    }

    /// Whether it holds a member's notes for themselves, and is no dossier to be shown as one.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.body.is_private()
    }

    /// Whether anybody was ever added to its people.
    pub(super) fn has_people(&self) -> bool {
        self.body.has_people()
    }

    /// Whether advisers were asked about an extract of it.
    pub(super) fn has_advice(&self) -> bool {
        self.body.has_advice()
    }

    /// Whether it is an extract of another dossier.
    pub(super) fn is_extract(&self) -> bool {
        self.body.is_extract()
    }

    /// Events in its log.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.body.length()
    }

    /// Whether anything was said in it about who has access.
    pub(super) fn has_access_words(&self) -> bool {
        self.body.has_access_words()
    }

    /// Whether there is a reporter to answer, and it is not closed.
    pub(super) fn is_answerable(&self) -> bool {
        self.body.is_answerable()
    }

    /// Whether the keys must be renewed before anything is written.
    pub(super) fn is_rotation_due(&self, directory: &Directory) -> bool {
        self.body.is_rotation_due(directory)
    }

    /// The replica, to be changed.
    fn replica_mut(&mut self) -> &mut Replica {
        self.learn_pages();
        self.body.replica_mut()
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
        self.is_created() && self.wants_events && !self.is_shut()
    }

    /// Whether my access was taken back: what is here stays as it was, and is not current.
    #[must_use]
    pub fn is_shut(&self) -> bool {
        self.books.shut.is_some()
    }

    /// When this device found that its access was taken back.
    #[must_use]
    pub fn shut_since(&self) -> Option<UnixTime> {
        self.books.shut
    }

    /// Whether a change of who has access is on its way.
    #[must_use]
    pub fn sharing_pending(&self) -> bool {
        !self.books.wishes.is_empty() || self.books.link.is_some()
    }

    /// Why the last change of who has access was given up, until the next one.
    #[must_use]
    pub fn sharing_given_up(&self) -> Option<GivenUp> {
        self.books.given_up
    }

    /// What I answered to these terms on this device alone.
    pub(super) fn answered(&self, terms: &EventId) -> Option<bool> {
        let (about, accepted) = self.books.answered?;
        (about == *terms).then_some(accepted)
    }

    pub(super) fn answer(&mut self, terms: EventId, accepted: bool) {
        self.books.answered = Some((terms, accepted));
    }

    /// Whether it was shared with me and I said no, on this device alone.
    #[must_use]
    pub fn is_declined(&self) -> bool {
        self.books.answered.is_some_and(|(_, accepted)| !accepted)
    }

    /// Remembers a change until the chain shows it. A newer word about the same party takes the place of an older one.
    pub(super) fn wish(&mut self, what: Change) {
        let party = |change: &Change| match change {
            Change::Give(party, _) | Change::Take(party) => Some(*party),
            Change::Renew | Change::ShutOut(_) => None,
        };
        let about = party(&what);
        self.books
            .wishes
            .retain(|wish| wish.what != what && (about.is_none() || party(&wish.what) != about));
        let from = self.replica().control_length();
        self.books.wishes.push(Wish { from, what });
        self.books.given_up = None;
        // A link that was made before says something else.
        self.books.link = None;
    }

    pub(super) fn links(&self) -> u64 {
        if self.adopting {
            0
        } else {
            // The last link comes once more, so that a rewritten one shows at once.
            self.replica().control_length().saturating_sub(1)
        }
    }

    pub(super) fn fetched(&self) -> u64 {
        self.reading_again
            .unwrap_or_else(|| self.replica().position())
    }

    /// Looks for the links that events wait for; those that stay away are named. Says whether.
    pub(super) fn look_for_links(&mut self) -> bool {
        let waits = self.body.waits_for_links();
        self.wants_control |= waits;
        waits
    }

    /// Reads all events again when one was refused or is missing, for it may have been spoiled on the way only. Says whether.
    pub(super) fn read_refused_again(&mut self) -> bool {
        let again = self.body.was_refused_something();
        if again && self.reading_again.is_none() {
            self.reading_again = Some(0);
            self.wants_events = true;
        }
        again
    }

    pub(super) fn read_key(&self) -> Option<SigningKey> {
        self.replica().read_key()
    }

    pub(super) fn steward_key(&self) -> Option<&SigningKey> {
        self.replica().steward_key()
    }

    pub(super) fn write_key(&self) -> Option<&SigningKey> {
        self.replica().write_key()
    }

    pub(super) fn is_created(&self) -> bool {
        self.books.creation.is_none()
    }

    pub(super) fn creation(&self) -> Option<(&[u8], &[u8])> {
        let (control, wraps) = self.books.creation.as_ref().filter(|_| !self.adopting)?;
        Some((control, wraps))
    }

    pub(super) fn link_out(&self) -> Option<(&[u8], &[u8], &SigningKey)> {
        let (control, wraps) = self.books.link.as_ref().filter(|_| !self.is_shut())?;
        let key = self
            .replica()
            .steward_key()
            .or_else(|| self.replica().write_key())?;
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
        self.replica()
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

    /// Remembers files to be taken into this dossier.
    pub(super) fn claim(&mut self, files: impl Iterator<Item = FileAddress>) {
        self.books.claims.extend(files);
    }

    /// Remembers a file to be deleted.
    pub(super) fn unfile(&mut self, file: FileAddress) {
        self.books.removals.push(file);
    }

    /// Remembers a file of the reporter to be taken in once more. Whether that was worth a try.
    pub(super) fn claim_again(&mut self, file: FileAddress) -> bool {
        let entry = self.state().file(&FileRef(file.0));
        let again = entry.is_some_and(|entry| entry.message.is_some())
            && (self.books.claims.contains(&file) || self.claimed_again.insert(file));
        if again && !self.books.claims.contains(&file) {
            self.books.claims.push(file);
        }
        again
    }

    /// Files to be taken in, and files to be deleted, once the relay has the events that say so.
    pub(super) fn filing(&self) -> (Vec<FileAddress>, Vec<FileAddress>) {
        if !self.books.outbox.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let some = |files: &[FileAddress]| files.iter().take(FILES_IN_REQUEST).copied().collect();
        (some(&self.books.claims), some(&self.books.removals))
    }

    /// These were taken in, or deleted.
    pub(super) fn filed(&mut self, sent: &[[u8; 32]]) {
        let gone = |file: &FileAddress| sent.contains(&super::files::sent_bytes(*file));
        self.books.claims.retain(|file| !gone(file));
        self.books.removals.retain(|file| !gone(file));
    }

    /// The places of all replies, when they have to be renewed; otherwise of those that a colleague should have posted by now
    /// (decision 16).
    pub(super) fn renewal(
        &self,
        me: &DeviceId,
        now: UnixTime,
    ) -> Option<(Vec<u32>, Vec<BoardTag>)> {
        let due = self.is_renewal_due(now);
        // All dossiers are asked, so that most of them stay unopened.
        let watched = now.0.saturating_sub(self.body.posted_at()) < WATCHED;
        if !(due || watched) || !self.is_answerable() {
            return None;
        }
        let late = |item: &BoardItem| {
            item.sealed_by != AuthorId(me.0)
                && (LATE..WATCHED).contains(&now.0.saturating_sub(item.made.time))
                && !self.asked.contains(&item.index)
        };
        let board = self.state().board();
        let asked = board.iter().filter(|item| due || late(item));
        let indices: Vec<u32> = asked.map(|item| item.index).collect();
        let contact = (!indices.is_empty()).then(|| self.contact()).flatten()?;
        let tags = indices.iter().map(|index| contact.tag(*index)).collect();
        Some((indices, tags))
    }

    pub(super) fn is_renewal_due(&self, now: UnixTime) -> bool {
        now.since(self.books.renewed) >= RENEW_EVERY
    }

    pub(super) fn renewed(&mut self, now: UnixTime) {
        self.books.renewed = now;
    }

    pub(super) fn has_asked(&mut self, index: u32) {
        self.asked.insert(index);
    }

    pub(super) fn imported_by_another(&self, message: &MessageId, me: &DeviceId) -> bool {
        self.replica().log().entries().any(|entry| {
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

    /// Puts dossiers that were opened back into the form in which they take little room, but for what is to be written.
    pub fn fold_dossiers(&mut self) {
        for (address, work) in &mut self.dossiers {
            if !self.unkept.contains(address) {
                work.fold();
            }
        }
    }

    /// How many dossiers are open in memory.
    #[must_use]
    pub fn unfolded(&self) -> usize {
        let works = self.dossiers.values();
        works.filter(|work| work.body.is_open()).count()
    }

    /// Changes that wait to be sent, over all dossiers.
    #[must_use]
    pub fn pending(&self) -> usize {
        let open = self.dossiers.values().filter(|work| !work.is_shut());
        open.map(Work::pending).sum::<usize>()
            + usize::from(self.founding.is_some())
            + self.contacts_pending()
    }

    pub(super) fn keep_dossier(&mut self, address: DossierAddress) {
        if self.dossiers.contains_key(&address) {
            self.unkept.insert(address);
            self.touched.insert(address);
            self.contacts_touched(address);
        }
    }

    /// Drops a dossier with all its rows.
    pub(super) fn drop_dossier(&mut self, address: DossierAddress) {
        if let Some(work) = self.dossiers.remove(&address) {
            self.changes.extend(work.forget_rows(&address));
        }
        self.unkept.remove(&address);
        self.touched.insert(address);
        self.drop_contacts(&address);
        let drafts: Vec<u8> = self
            .drafts
            .range((address, 0)..=(address, u8::MAX))
            .map(|((_, slot), _)| *slot)
            .collect();
        for slot in drafts {
            self.keep_draft(address, slot, "");
        }
    }
}
