//! From the intake queue into dossiers (docs/protocol.md 5.4).

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::DeviceKind;
use sluis_directory::log::Directory;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::{Message, Opening, Part, ReporterKeys};
use sluis_domain::file::{File, fitting};
use sluis_domain::ids::{ConversationId, MessageId, TeamRef};
use sluis_domain::vocabulary::{Field, Kind, Origin, Status};
use sluis_sorted::Map;
use sluis_wire::address::{DossierAddress, GenesisHash, TeamId};
use sluis_wire::api::{IntakeEntry, IntakeLane, IntakePage};
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime, Week};
use zeroize::Zeroizing;

use super::work::Owed;
use super::{ActError, Alarm, Engine, rows};
use crate::conversation::ReporterContact;
use crate::conversation::intake::{IntakeKey, Received, SealedIntake};
use crate::conversation::message::{self, Joiner, SignedWish, Wish};
use crate::dossier::{Right, address_auto};

/// Seconds after which an imported entry is deleted although no colleague has been seen to have it (protocol 2.6).
const KEEP: u64 = 3 * DAY;

/// Where this device stands in the queue. Read anew from the start after each unlocking: parts of messages are kept in memory only.
#[derive(Default)]
pub(super) struct Queue {
    after: u64,
    /// From where the answer under way was asked.
    asked: u64,
    /// Length of the directory at which an entry of a longer one was seen.
    ahead_of: Option<u64>,
    /// A whole message could not be taken in: read the queue again.
    again: bool,
    joiner: Joiner,
    waiting: Map<message::MessageId, Vec<(u64, [u8; 32])>>,
    imported: Map<u64, Imported>,
}

/// An entry whose message is in a dossier.
#[derive(Clone, Serialize, Deserialize)]
struct Imported {
    delete_secret: [u8; 32],
    dossier: DossierAddress,
    message: MessageId,
    at: UnixTime,
}

/// A whole message as the queue brought it.
pub(super) struct Arrival {
    pub(super) team: TeamId,
    pub(super) message: message::Message,
    pub(super) hour: UnixTime,
    pub(super) lane: IntakeLane,
    /// The entries that it came in.
    pub(super) numbers: Vec<(u64, [u8; 32])>,
    contact: ReporterContact,
    count: u8,
    week: Week,
}

impl Arrival {
    /// The first dossier that its conversation makes.
    pub(super) fn address(&self) -> DossierAddress {
        address_auto(&self.conversation(), &self.team, 0)
    }

    /// The running number of its first entry.
    pub(super) fn number(&self) -> u64 {
        let numbers = self.numbers.iter().map(|(number, _)| *number);
        numbers.min().unwrap_or(u64::MAX)
    }

    fn conversation(&self) -> ConversationId {
        ConversationId(self.contact.conversation.0)
    }
}

impl Queue {
    /// From where to read on.
    pub(super) fn ask(&mut self) -> u64 {
        self.asked = self.after;
        self.after
    }

    /// Whether a message was left in it that could not be taken in.
    pub(super) fn is_left(&self) -> bool {
        self.again
    }

    /// Whether the queue has to be read again; asked once.
    pub(super) fn take_again(&mut self) -> bool {
        core::mem::take(&mut self.again)
    }

    pub(super) fn load(&mut self, key: &[u8], value: &[u8]) -> Option<()> {
        let number = u64::from_be_bytes(key.try_into().ok()?);
        self.imported
            .insert(number, codec::decode(value, 1_024).ok()?);
        Some(())
    }
}

impl Engine {
    /// Whether that led any further, or the queue has to be read from its start since this was asked.
    pub(super) fn absorb_intake(
        &mut self,
        page: &IntakePage,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> bool {
        if self.intake.asked != self.intake.after {
            return true;
        }
        for entry in &page.entries {
            if entry.number <= self.intake.after {
                continue;
            }
            let Ok(sealed) = SealedIntake::parse(&entry.envelope) else {
                self.alarm(Alarm::IntakeDamaged);
                self.intake.after = entry.number;
                continue;
            };
            let length = self.directory.as_ref().map_or(0, Directory::length);
            if sealed.dir_seq() > length && self.intake.ahead_of != Some(length) {
                // The reporter's snapshot is ahead of my directory, or says so: ask once, and read again only if it grew.
                self.intake.ahead_of = Some(length);
                self.wants.directory = true;
            }
            match self.try_keys(&sealed) {
                Ok(Some((team, received))) => {
                    self.receive(entry, team, sealed.week(), received, now, rng);
                }
                Ok(None) => {}
                Err(()) => self.alarm(Alarm::IntakeDamaged),
            }
            self.intake.after = entry.number;
        }
        self.wants.intake = !page.complete;
        if page.complete {
            self.unsorted_read();
            self.shed_intake_keys(true, now);
        }
        self.intake.after != self.intake.asked
    }

    /// The directory grew: entries that named a longer one may open now.
    pub(super) fn intake_after_directory(&mut self) {
        if self.intake.ahead_of.take().is_some() {
            self.read_queue_from_start();
        }
    }

    pub(super) fn read_queue_from_start(&mut self) {
        self.intake.after = 0;
        self.unsorted.start_over();
        self.wants.intake = true;
    }

    fn try_keys(&self, sealed: &SealedIntake) -> Result<Option<(TeamId, Received)>, ()> {
        let head = self
            .directory
            .as_ref()
            .and_then(|directory| directory.hash_at(sealed.dir_seq()));
        let Some(head) = head else { return Ok(None) };
        for ((team, week, _), secret) in &self.intake_keys {
            let near = *week <= sealed.week() && sealed.week() <= week.plus(2);
            if !near {
                continue;
            }
            let key = IntakeKey::new(*team, *week, &secret.kem);
            if let Some(received) = sealed.open(self.genesis, head, &key).map_err(|_| ())? {
                return Ok(Some((*team, received)));
            }
        }
        Ok(None)
    }

    fn receive(
        &mut self,
        entry: &IntakeEntry,
        team: TeamId,
        week: Week,
        received: Received,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let number = entry.number;
        if self.intake.imported.contains_key(&number) || self.unsorted.is_removed(number) {
            return;
        }
        let (id, count) = (received.fragment.message, received.fragment.count);
        let numbers = self.intake.waiting.entry(id).or_default();
        if !numbers.iter().any(|(known, _)| *known == number) {
            numbers.push((number, received.delete_secret));
        }
        let Some(message) = self.intake.joiner.add(received.fragment) else {
            return;
        };
        let arrival = Arrival {
            team,
            message,
            hour: entry.hour,
            lane: entry.lane,
            numbers: self.intake.waiting.remove(&id).unwrap_or_default(),
            contact: received.contact,
            count,
            week,
        };
        if self.waits_for_decision(&arrival) {
            self.hold(arrival);
        } else {
            self.take_in(arrival, now, rng);
        }
    }

    /// Puts a message into the dossier of its conversation, which is made if there is none.
    pub(super) fn take_in(&mut self, arrival: Arrival, now: UnixTime, rng: &mut impl CryptoRng) {
        let (message, team) = (&arrival.message, arrival.team);
        let conversation = arrival.conversation();
        let Some(address) =
            self.destination(&conversation, &MessageId(message.id.0), team, now, rng)
        else {
            self.intake.again = true;
            return;
        };
        let fact = Message {
            id: MessageId(message.id.0),
            parts_joined: arrival.count,
            parts: parts(message, &self.genesis, &arrival.contact),
            reporter: ReporterKeys(codec::encode(&arrival.contact)),
            week: arrival.week.0,
            hour: arrival.hour.0,
        };
        if self
            .dossiers
            .get(&address)
            .is_some_and(|work| work.state().opening().is_none())
        {
            // Whoever made it may not come back to say so. Refused while it is still being read.
            let _opened = self.act(
                address,
                Command::Open(opening(conversation, team)),
                now,
                rng,
            );
        }
        match self.act(address, Command::Import(fact), now, rng) {
            Ok(_) => {
                let due = self.receipt_due(now, &message.id.0);
                self.owe(address, Owed::filed(message.id, due));
                self.claim_files(address, message);
                self.begin_story(address, &message.text, now, rng);
            }
            Err(ActError::Refused(Refusal::NothingChanged)) => {}
            // It stays in the queue until the dossier can take it.
            Err(_) => {
                self.intake.again = true;
                return;
            }
        }
        for (number, delete_secret) in arrival.numbers {
            let imported = Imported {
                delete_secret,
                dossier: address,
                message: MessageId(message.id.0),
                at: now,
            };
            self.put(
                rows::IMPORTED,
                &number.to_be_bytes(),
                Zeroizing::new(codec::encode(&imported)),
            );
            self.intake.imported.insert(number, imported);
        }
    }

    /// The first message is the first story, until somebody writes a better one.
    fn begin_story(
        &mut self,
        address: DossierAddress,
        text: &str,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let first = self.dossiers.get(&address).is_some_and(|work| {
            work.state().messages().count() == 1 && work.state().fields().first_story.is_empty()
        });
        if first && !text.is_empty() {
            let story = Command::Set(Field::FirstStory(text.into()));
            // A story that is too long for a field stays in the conversation, where it is whole.
            let _begun = self.act(address, story, now, rng);
        }
    }

    /// The open dossier of a conversation, made now if there is none (protocol 2.6, decision 22).
    fn destination(
        &mut self,
        conversation: &ConversationId,
        message: &MessageId,
        team: TeamId,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<DossierAddress> {
        for closed in 0..u32::MAX {
            let address = address_auto(conversation, &team, closed);
            match self.dossiers.get(&address) {
                Some(work) if work.state().has_message(message) => return Some(address),
                Some(work) if work.state().status() == Status::Closed => {}
                Some(_) => return Some(address),
                // It is there and not for me: colleagues take the message in.
                None if self.foreign.contains_key(&address) => return None,
                None => {
                    let opening = opening(*conversation, team);
                    let recipient = self.team_recipient(team, Right::Steward);
                    return self
                        .create(address, recipient, opening, now, rng)
                        .then_some(address);
                }
            }
        }
        None
    }

    /// Entries that may go: their message is stored in its dossier, and a colleague has it too, or three days went by, or there is no colleague.
    pub(super) fn deletable(&self, now: UnixTime) -> Vec<(u64, [u8; 32])> {
        self.intake
            .imported
            .iter()
            .filter(|(_, imported)| {
                self.dossiers.get(&imported.dossier).is_some_and(|work| {
                    let alone = work.team().is_some_and(|team| self.browsers(&team) <= 1);
                    work.is_stored()
                        && (alone
                            || now.since(imported.at) > KEEP
                            || work.imported_by_another(&imported.message, &self.me.id))
                })
            })
            .map(|(number, imported)| (*number, imported.delete_secret))
            .chain(self.unsorted.removed())
            .take(100)
            .collect()
    }

    pub(super) fn deleted(&mut self, sent: &[[u8; 32]]) {
        let is_sent = |number| sent.contains(&super::sync::number_bytes(number));
        self.unsorted.gone(is_sent);
        let gone: Vec<u64> = self
            .intake
            .imported
            .keys()
            .copied()
            .filter(|number| is_sent(*number))
            .collect();
        for number in gone {
            self.intake.imported.remove(&number);
            self.forget(rows::IMPORTED, &number.to_be_bytes());
        }
    }

    fn browsers(&self, team: &TeamId) -> usize {
        self.directory.as_ref().map_or(0, |directory| {
            directory
                .team_devices(team)
                .filter(|record| record.device.kind == DeviceKind::Browser)
                .count()
        })
    }
}

/// How a dossier begins that a conversation makes by itself.
fn opening(conversation: ConversationId, team: TeamId) -> Opening {
    Opening {
        kind: Kind::Report,
        origin: Origin::Chat,
        team: TeamRef(team.0),
        conversation: Some(conversation),
    }
}

/// The parts as a dossier keeps them. A wish that its reporter did not sign is kept as a part of no meaning.
fn parts(
    message: &message::Message,
    genesis: &GenesisHash,
    contact: &crate::conversation::ReporterContact,
) -> Vec<Part> {
    let mut parts = Vec::with_capacity(message.parts.len() + 1);
    if !message.text.is_empty() {
        parts.push(Part::Text(message.text.clone()));
    }
    let wish = |wish: &SignedWish| {
        let proof = codec::encode(wish);
        if wish
            .verify(genesis, contact.conversation, &contact.consent)
            .is_err()
        {
            return Part::Other {
                number: 0,
                bytes: proof,
            };
        }
        match wish.wish {
            Wish::FederationMayRead(federation_may_read) => Part::Consent {
                federation_may_read,
                proof,
            },
            Wish::Stop => Part::Stop { proof },
        }
    };
    parts.extend(message.parts.iter().map(|part| match part {
        message::Part::Text(text) => Part::Text(text.clone()),
        message::Part::Answer(question, text) => Part::Answer {
            question: u16::from(*question),
            text: text.clone(),
        },
        message::Part::Wish(signed) => wish(signed),
        message::Part::Ack(below) => Part::Ack { below: *below },
        message::Part::Unknown(number, bytes) => match part.file() {
            Some(file) => Part::File(File {
                name: fitting(&file.name),
                media: fitting(&file.media),
                ..file
            }),
            None => Part::Other {
                number: *number,
                bytes: bytes.clone(),
            },
        },
    }));
    parts
}
