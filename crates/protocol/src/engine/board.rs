//! What goes back to a reporter: replies, receipts and echoes on the board (docs/protocol.md 5.3).

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::entry::DeviceKind;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::{BoardItem, Dossier};
use sluis_domain::event::{Echo, Event, Move, Receipt, ReceiptKind, Reply as ReplyFact};
use sluis_domain::ids::{EventId, MessageId};
use sluis_domain::log::LogEntry;
use sluis_wire::address::{DossierAddress, TeamId};
use sluis_wire::api::BoardLacks;
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime};

use super::work::{Owed, Post, Work};
use super::{ActError, Alarm, Engine};
use crate::conversation::message::{self, Message};
use crate::conversation::reply::{Piece, ReplyBody, ReplyPart, receipt, split};
use crate::conversation::{ReporterContact, seal_reply};
use crate::dossier::address_auto;

/// Days after which the replies of an open dossier are renewed (decision 16).
pub(super) const RENEW_DAYS: u64 = 60;

/// Seconds until a receipt is tried again that could not be written.
const RETRY: u64 = 30;
/// Seconds that a colleague has for a receipt that is theirs to write, and for posting what they wrote.
pub(super) const LATE: u64 = 600;
/// Seconds during which a colleague's reply is looked for on the board.
pub(super) const WATCHED: u64 = 7 * DAY;

/// Why a reply was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplyError {
    /// There is no reporter to answer in this dossier.
    #[error("there is nobody to answer")]
    NoReporter,
    /// The text needs more board entries than there may be.
    #[error("the text is too long")]
    TooLong,
    /// It cannot be written now.
    #[error("the dossier refuses")]
    Act(#[from] ActError),
}

impl Engine {
    /// Writes a reply to the reporter: an event for each board entry that it takes, then the entries themselves.
    ///
    /// # Errors
    /// [`ReplyError`].
    pub fn reply(
        &mut self,
        address: DossierAddress,
        text: &str,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ReplyError> {
        if !self.answers(&address) && self.dossiers.contains_key(&address) {
            return Err(ActError::NotOfTeam.into());
        }
        self.receipts_first(address, now, rng);
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let answers = work
            .state()
            .messages()
            .last()
            .map(|(_, message)| message.id);
        let id = message::MessageId::generate(rng);
        let entries = split([ReplyPart::Text(Piece::whole(id, now, text))].into())
            .map_err(|_| ReplyError::TooLong)?;
        for parts in entries {
            let Some(ReplyPart::Text(piece)) = parts.first() else {
                continue;
            };
            let (piece, pieces, text) = (piece.number, piece.count, piece.text.clone());
            self.write_board(address, parts, now, rng, |state, index, sealed| {
                state.decide(Command::Reply(ReplyFact {
                    index,
                    piece,
                    pieces,
                    text,
                    answers,
                    sealed,
                }))
            })?;
        }
        Ok(())
    }

    /// Writes the receipts whose time has come.
    pub(super) fn settle(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let due: Vec<(DossierAddress, Owed)> = self
            .dossiers
            .iter_mut()
            .flat_map(|(address, work)| work.take_due(now).into_iter().map(|owed| (*address, owed)))
            .collect();
        for (address, owed) in due {
            self.settle_one(address, &owed, now, rng);
        }
    }

    /// Writes the receipts that wait in a dossier. A reply says itself that the messages came in and were read, so that there is nothing
    /// left to hide, and behind the reply they would stand in the wrong order.
    fn receipts_first(&mut self, address: DossierAddress, now: UnixTime, rng: &mut impl CryptoRng) {
        let owed = self
            .dossiers
            .get_mut(&address)
            .map(super::work::Work::take_owed);
        for owed in owed.unwrap_or_default() {
            let owed = Owed { late: true, ..owed };
            self.settle_one(address, &owed, now, rng);
        }
    }

    fn settle_one(
        &mut self,
        address: DossierAddress,
        owed: &Owed,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        match self.write_receipt(address, owed, now, rng) {
            Err(ReplyError::Act(ActError::NotReady)) => {
                let due = now.plus(RETRY);
                self.owe(
                    address,
                    Owed {
                        due,
                        ..owed.clone()
                    },
                );
            }
            // One that cannot be written (no reporter any more, or written by a colleague) is no loss.
            Ok(()) | Err(_) => self.keep_dossier(address),
        }
    }

    fn write_receipt(
        &mut self,
        address: DossierAddress,
        owed: &Owed,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ReplyError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let about = owed.message.map(|id| MessageId(id.0));
        let (what, message) = (owed.what, about);
        if what == ReceiptKind::Filed
            && !owed.late
            && message.is_some_and(|id| work.is_anothers_import(&id, &self.me.id))
        {
            // A colleague imported it first, and owes the receipt; mine comes only if that one stays away.
            self.owe(
                address,
                Owed {
                    due: now.plus(LATE),
                    late: true,
                    ..owed.clone()
                },
            );
            return Ok(());
        }
        let told = match what {
            ReceiptKind::Filed | ReceiptKind::Read => work.state().has_receipt(what, message),
            // Only the newest status is worth a word, and only when it is not the one that was told last.
            ReceiptKind::Status(status) => {
                let mut told = work
                    .state()
                    .receipts()
                    .iter()
                    .rev()
                    .map(|receipt| receipt.what);
                work.state().status() != status
                    || told.find(|told| matches!(told, ReceiptKind::Status(_))) == Some(what)
            }
        };
        if told {
            return Ok(());
        }
        let id = owed.message.unwrap_or(message::MessageId([0; 16]));
        let parts = match what {
            ReceiptKind::Filed => {
                let said = work
                    .message(&MessageId(id.0))
                    .ok_or(ReplyError::NoReporter)?;
                receipt(&said, now)
            }
            ReceiptKind::Read => [ReplyPart::Read(id)].into(),
            ReceiptKind::Status(status) => [ReplyPart::Status(status)].into(),
        };
        let entries = split(parts).map_err(|_| ReplyError::TooLong)?;
        for (place, parts) in entries.into_iter().enumerate() {
            self.write_board(address, parts, now, rng, |state, index, sealed| {
                match (message, what) {
                    // The further pieces of one receipt, and a status that comes back, are no repetitions.
                    (Some(message), _) if place > 0 => Ok(Event::EchoSent(Echo {
                        index,
                        message,
                        sealed,
                    })),
                    (_, ReceiptKind::Status(_)) => Ok(Event::ReceiptSent(Receipt {
                        index,
                        what,
                        message,
                        sealed,
                    })),
                    _ => state.decide(Command::Receipt(Receipt {
                        index,
                        what,
                        message,
                        sealed,
                    })),
                }
            })?;
        }
        Ok(())
    }

    /// Seals parts under the next index, makes the event that holds the sealed bytes, and remembers to post them.
    fn write_board(
        &mut self,
        address: DossierAddress,
        parts: Vec<ReplyPart>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
        event: impl FnOnce(&Dossier, u32, Vec<u8>) -> Result<Event, Refusal>,
    ) -> Result<EventId, ReplyError> {
        if self
            .of_conversation(address)
            .any(|(_, work)| work.is_unread())
        {
            return Err(ActError::NotReady.into());
        }
        let index = self.next_index(address);
        let sealed = self.seal_board(address, index, parts.clone(), now, rng)?;
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let event = event(work.state(), index, sealed.clone()).map_err(ActError::Refused)?;
        let event = self.note(address, &event, now, rng)?;
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.post(
                index,
                Post {
                    event,
                    carrier: event,
                    sealed,
                    parts,
                },
            );
        }
        self.keep_dossier(address);
        Ok(event)
    }

    fn seal_board(
        &self,
        address: DossierAddress,
        index: u32,
        parts: Vec<ReplyPart>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, ReplyError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let contact = work.contact().ok_or(ReplyError::NoReporter)?;
        let directory = self.directory.as_ref().ok_or(ActError::NotReady)?;
        let team = work.team().ok_or(ActError::NotReady)?;
        let body = ReplyBody {
            index,
            time: now,
            team,
            author: self.line_name(&team),
            lowest: 0,
            standing: directory.head(),
            parts,
        };
        seal_reply(self.genesis, &contact, &body, &self.me.sign, rng)
            .map_err(|_| ReplyError::TooLong)
    }

    /// All dossiers that a conversation made, this one included: their replies share one row of numbers on the board.
    fn of_conversation(
        &self,
        address: DossierAddress,
    ) -> impl Iterator<Item = (DossierAddress, &Work)> {
        let opening = self
            .dossiers
            .get(&address)
            .and_then(|work| work.state().opening());
        let named =
            opening.and_then(|opening| Some((opening.conversation?, TeamId(opening.team.0))));
        let automatic = (0..u32::MAX).map_while(move |closed| {
            let (conversation, team) = named.as_ref()?;
            let known = address_auto(conversation, team, closed);
            Some((known, self.dossiers.get(&known)?))
        });
        let by_hand = self.dossiers.get(&address).filter(|_| named.is_none());
        automatic.chain(by_hand.map(|work| (address, work)))
    }

    fn next_index(&self, address: DossierAddress) -> u32 {
        let all = self.of_conversation(address);
        all.map(|(_, work)| work.state().next_reply_index())
            .max()
            .unwrap_or(0)
    }

    pub(super) fn posted(&mut self, address: DossierAddress, index: u32) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.unpost(index);
        }
        self.keep_dossier(address);
    }

    /// Other bytes lie where ours should: a colleague was first, or somebody lies. Ours take the next index; the alarm is raised when no
    /// event of a colleague explains it.
    pub(super) fn board_taken(
        &mut self,
        address: DossierAddress,
        index: u32,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let mine = self
            .dossiers
            .get(&address)
            .and_then(|work| work.carrier(index));
        let explained = self
            .of_conversation(address)
            .any(|(_, work)| work.is_explained(index, mine));
        if !explained {
            let looked = self
                .dossiers
                .get_mut(&address)
                .is_some_and(|work| work.note_taken(index));
            if looked
                && self
                    .of_conversation(address)
                    .all(|(_, work)| work.is_read())
            {
                self.alarm(Alarm::BoardTaken(address));
            } else {
                // Fetch what colleagues wrote; then it is tried once more.
                let all: Vec<DossierAddress> = self
                    .of_conversation(address)
                    .map(|(address, _)| address)
                    .collect();
                for one in all {
                    self.want_control(one);
                    self.wants.dossiers.insert(one);
                }
                return;
            }
        }
        self.stuck.remove(&super::Step::Board(address, index));
        let Some(work) = self.dossiers.get_mut(&address) else {
            return;
        };
        let Some(Post { event, parts, .. }) = work.unpost(index) else {
            return;
        };
        // One that cannot be sealed stays where it is.
        let _moved = self.move_on(address, event, parts, now, rng);
        self.keep_dossier(address);
    }

    /// Puts what an event says under the next number, by an event that says so.
    fn move_on(
        &mut self,
        address: DossierAddress,
        event: EventId,
        parts: Vec<ReplyPart>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ReplyError> {
        let next = self.next_index(address);
        let sealed = self.seal_board(address, next, parts.clone(), now, rng)?;
        let moved = Command::Move(Move {
            what: event,
            index: next,
            sealed: sealed.clone(),
        });
        let carrier = self.act(address, moved, now, rng)?;
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.post(
                next,
                Post {
                    event,
                    carrier,
                    sealed,
                    parts,
                },
            );
        }
        Ok(())
    }

    /// Signs anew what devices put on the board that are of the team no more: a reporter who comes back would take it for a stranger's
    /// (decision 17). When somebody leaves, one colleague's desk does so at once; whoever opens their desk later does what is left.
    pub(super) fn sign_anew(&mut self, everyone: bool, now: UnixTime, rng: &mut impl CryptoRng) {
        let mut due: Vec<(DossierAddress, EventId)> = Vec::new();
        for (address, work) in &self.dossiers {
            let team = work.team();
            let team = team.filter(|_| work.is_answerable() && self.answers(address));
            let (Some(team), Some(directory)) = (team, self.directory.as_ref()) else {
                continue;
            };
            let mut first = directory
                .team_devices(&team)
                .filter(|record| record.device.kind == DeviceKind::Browser)
                .map(|record| record.device.id);
            let mine = everyone || first.next() == Some(self.me.id);
            if !mine || work.contact().is_none() {
                continue;
            }
            let stays = |item: &&BoardItem| {
                let mut devices = directory.team_devices(&team);
                devices.any(|record| record.device.id.0 == item.sealed_by.0)
            };
            let board = work.state().board();
            let gone = board.iter().filter(|item| !stays(item));
            due.extend(gone.map(|item| (*address, item.made.event)));
        }
        for (address, event) in due {
            if let Err(ReplyError::Act(ActError::NotReady)) =
                self.sign_one_anew(address, event, now, rng)
            {
                // Keys are being renewed, or not all has been read.
                self.wants.replies = true;
            }
            self.keep_dossier(address);
        }
    }

    fn sign_one_anew(
        &mut self,
        address: DossierAddress,
        event: EventId,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ReplyError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        if !work.is_read() || !work.is_stored() {
            return Err(ActError::NotReady.into());
        }
        let parts = said(work, &event).ok_or(ReplyError::NoReporter)?;
        self.move_on(address, event, parts, now, rng)
    }

    /// Takes in that the replies under `sent` were renewed, and posts those again that are not there: their author's device may be off for
    /// weeks (decision 16).
    pub(super) fn renewed(
        &mut self,
        address: DossierAddress,
        sent: &[[u8; 32]],
        answer: &BoardLacks,
        now: UnixTime,
    ) {
        let Some(work) = self.dossiers.get_mut(&address) else {
            return;
        };
        if work.is_renewal_due(now) {
            work.renewed(now);
        }
        let contact = work.contact();
        let items: Vec<BoardItem> = work.state().board().into_iter().cloned().collect();
        for item in items {
            if !sent.contains(&super::sync::number_bytes(item.index.into())) {
                continue;
            }
            work.has_asked(item.index);
            let tag = contact.as_ref().map(|contact| contact.tag(item.index));
            let lacks = tag.is_some_and(|tag| answer.missing.contains(&tag));
            let parts = work
                .carrier(item.index)
                .map_or_else(|| said(work, &item.made.event), |_| None);
            if let Some(parts) = parts.filter(|_| lacks) {
                let event = item.made.event;
                let carrier = carrier_of(work, &event, item.index).unwrap_or(event);
                work.post(
                    item.index,
                    Post {
                        event,
                        carrier,
                        sealed: item.sealed,
                        parts,
                    },
                );
            }
        }
        self.keep_dossier(address);
    }

    pub(super) fn owe(&mut self, address: DossierAddress, owed: Owed) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.owe(owed);
        }
        self.keep_dossier(address);
    }

    /// When a receipt leaves: some minutes after the act, so that the act's moment does not show (decision 20).
    pub(super) fn receipt_due(&self, now: UnixTime, seed: &[u8; 16]) -> UnixTime {
        let (least, most) = self
            .directory
            .as_ref()
            .map_or((0, 0), |directory| directory.policy().receipt_delay);
        let [high, low, ..] = *seed;
        let spread = u64::from(most.saturating_sub(least)) + 1;
        now.plus(u64::from(least) + u64::from(u16::from_be_bytes([high, low])) % spread)
    }

    /// When the next receipt is due, for whoever keeps the clock.
    #[must_use]
    pub fn next_due_at(&self) -> Option<UnixTime> {
        self.dossiers
            .values()
            .filter_map(super::work::Work::next_due)
            .min()
    }

    fn line_name(&self, team: &TeamId) -> String {
        self.directory
            .as_ref()
            .and_then(|directory| directory.team(team))
            .map(|record| record.team.name.clone())
            .unwrap_or_default()
    }
}

/// A reporter's message as it was before it was taken apart for the dossier, with the time at which it was taken in.
pub(super) fn message_of(taken: u64, fact: &sluis_domain::event::Message) -> Message {
    use sluis_domain::event::Part;
    let mut text = String::new();
    let mut parts = Vec::new();
    for part in &fact.parts {
        match part {
            Part::Text(piece) => text.push_str(piece),
            Part::Answer { question, text } => {
                parts.push(message::Part::Answer(
                    message::Question::from(*question),
                    text.clone(),
                ));
            }
            Part::Consent { proof, .. } | Part::Stop { proof } => {
                parts.extend(codec::decode(proof, 1_024).ok().map(message::Part::Wish));
            }
            Part::Ack { below } => parts.push(message::Part::Ack(*below)),
            Part::File(file) => parts.push(message::Part::of_file(file)),
            Part::Other { number, bytes } => {
                parts.push(message::Part::Unknown(*number, bytes.clone()));
            }
        }
    }
    Message {
        id: message::MessageId(fact.id.0),
        time: UnixTime(taken),
        text,
        parts,
    }
}

/// What an event says to the reporter when it takes another place: which places it had, and what stands there.
fn said(work: &Work, event: &EventId) -> Option<Vec<ReplyPart>> {
    let said = parts_of(work, event)?;
    let log = work.replica().log();
    let places = log.entries().filter_map(|entry| match &entry.event {
        Event::ReplyMoved(moved) if moved.what == *event => Some(moved.index),
        other if entry.id == *event => other.board().map(|(index, _)| index),
        _ => None,
    });
    let mut parts: Vec<ReplyPart> = places.map(ReplyPart::InPlaceOf).collect();
    parts.extend(said);
    Some(parts)
}

/// The event that holds the sealed bytes of this place.
fn carrier_of(work: &Work, event: &EventId, index: u32) -> Option<EventId> {
    let mut entries = work.replica().log().entries();
    let holds = |entry: &&LogEntry| {
        let own = entry.id == *event;
        let moved = matches!(&entry.event, Event::ReplyMoved(moved) if moved.what == *event);
        (own || moved) && takes_index(&entry.event, index)
    };
    entries.find(holds).map(|entry| entry.id)
}

/// What an event of the dossier said to the reporter, made again from what it holds.
fn parts_of(work: &Work, event: &EventId) -> Option<Vec<ReplyPart>> {
    let log = work.replica().log();
    let entry = log.entry(event)?;
    let before = |index: u32| {
        let all = log.entries().filter(|other| other.author == entry.author);
        all.filter(move |other| other.event.board().is_some_and(|(own, _)| own < index))
    };
    let filed = |id: &MessageId, place: usize, time: u64| {
        let said = work.message(id)?;
        split(receipt(&said, UnixTime(time)))
            .ok()?
            .into_iter()
            .nth(place)
    };
    match &entry.event {
        Event::ReplySent(fact) => {
            // The pieces of one text lie side by side and go by the name of the first.
            let base = fact.index.checked_sub(u32::from(fact.piece));
            let first = before(fact.index).find(|other| {
                matches!(&other.event, Event::ReplySent(piece) if piece.piece == 0 && Some(piece.index) == base)
            });
            let first = first.unwrap_or(entry);
            let (name, _) = first.id.0.split_first_chunk::<16>()?;
            Some(
                [ReplyPart::Text(Piece {
                    message: message::MessageId(*name),
                    number: fact.piece,
                    count: fact.pieces,
                    time: UnixTime(first.time),
                    text: fact.text.clone(),
                })]
                .into(),
            )
        }
        Event::EchoSent(echo) => {
            let same = |other: &&LogEntry| matches!(&other.event, Event::EchoSent(one) if one.message == echo.message);
            let place = 1 + before(echo.index).filter(same).count();
            filed(&echo.message, place, entry.time)
        }
        Event::ReceiptSent(sent) => match (sent.what, sent.message) {
            (ReceiptKind::Filed, Some(id)) => filed(&id, 0, entry.time),
            (ReceiptKind::Read, Some(id)) => {
                Some([ReplyPart::Read(message::MessageId(id.0))].into())
            }
            (ReceiptKind::Status(status), _) => Some([ReplyPart::Status(status)].into()),
            _ => None,
        },
        _ => None,
    }
}

/// What it takes to answer, as kept in a dossier.
pub(super) fn contact_of(keys: &sluis_domain::event::ReporterKeys) -> Option<ReporterContact> {
    codec::decode(&keys.0, 4_096).ok()
}

/// Whether an event put something under this index.
pub(super) fn takes_index(event: &Event, index: u32) -> bool {
    event.board().is_some_and(|(taken, _)| taken == index)
}

/// What a refusal of the domain means to whoever acts.
impl From<Refusal> for ActError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Seconds between two renewals.
pub(super) const RENEW_EVERY: u64 = RENEW_DAYS * DAY;
