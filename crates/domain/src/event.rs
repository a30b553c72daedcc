//! What can have happened in a dossier, and how it is written.
//!
//! An event is a number and a body (postcard). A released kind is never changed or dropped; a number that this
//! release does not know is kept as [`Event::Unknown`] and shown as such.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::figures::Figure;
use crate::file::{File, FileRemoval};
use crate::ids::{AuthorId, ConversationId, DossierId, EventId, MessageId, PartyRef, TeamRef};
use crate::people::{Closing, PersonEvent};
use crate::vocabulary::{AccessRight, Field, Kind, Origin, Status, Tie};

/// Most bytes of an event's body.
pub const BODY_MOST: usize = 256 * 1024;
/// Most heads that one [`Event::HeadsSeen`] names.
pub const HEADS_MOST: usize = 64;

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The dossier came to be.
    DossierOpened(Opening),
    /// A message of the reporter was taken in, all parts of it.
    MessageImported(Message),
    /// A reply was written to the reporter.
    ReplySent(Reply),
    /// The reporter's own message was sent back, so that the conversation reads whole (decision 15).
    EchoSent(Echo),
    /// The reporter was told how far things are.
    ReceiptSent(Receipt),
    /// The relay held other bytes under an index already: the same words were sealed under another one.
    ReplyMoved(Move),
    /// A note was added.
    NoteAdded(Note),
    /// A field got another value.
    FieldSet(Field),
    /// The author has seen messages of the reporter.
    MessagesSeen(Vec<MessageId>),
    /// The author's log had these heads: whoever lacks one was not given everything.
    HeadsSeen(Vec<EventId>),
    /// A steward said on what terms somebody is given access; the keys themselves go by the control chain.
    AccessTerms(AccessTerms),
    /// Whoever was given access said whether they take it.
    AccessAnswered(AccessAnswered),
    /// A person is kept out of the dossier for good: a recusal, or a conflict of interest.
    PersonShutOut(PartyRef),
    /// This dossier is an extract of another one, for advisers: all that they get to see.
    ExtractMade(Extract),
    /// An adviser said what they think of an extract.
    OpinionGiven(Opinion),
    /// An extract of this dossier was made, and advisers are asked about it.
    AdviceAsked(AdviceAsked),
    /// An opinion about an extract of this dossier has come back.
    OpinionReturned(OpinionReturned),
    /// Private notes: the dossier that they are about.
    Concerns(DossierId),
    /// It belongs together with another one, which says so too.
    Linked(Link),
    /// It does not belong together with that one any more.
    Unlinked(DossierId),
    /// All of it was written to a file outside of Sluis: for whom it was printed or exported.
    TakenOut(TakenOut),
    /// Something happened to a person in the dossier.
    Person(PersonEvent),
    /// The dossier was closed.
    Closed(Closing),
    /// The author's device holds nothing of this closing's people any more.
    Shredded(EventId),
    /// What an event says is shown otherwise from now on: words that gave somebody away were taken out.
    Redacted(Redaction),
    /// A file was added.
    FileAdded(File),
    /// A file was taken away.
    FileRemoved(FileRemoval),
    /// This is what stays of it for the figures: made once, when it is closed for the first time.
    FigureKept(Figure),
    /// It was packed for another Sluis.
    PackageMade(PackageMade),
    /// It was made of a package that came from another Sluis.
    PackageTaken(PackageTaken),
    /// A kind that this release does not know.
    Unknown {
        /// Its number.
        kind: u16,
        /// Its body, kept.
        body: Vec<u8>,
    },
}

/// How a dossier came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Report or advice question.
    pub kind: Kind,
    /// By which route.
    pub origin: Origin,
    /// The team that it was opened for.
    pub team: TeamRef,
    /// The conversation that it answers to; none when made by hand.
    pub conversation: Option<ConversationId>,
}

/// A message of the reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id: two imports of one message count once.
    pub id: MessageId,
    /// In how many queue entries it came, 1 to 8, joined already.
    pub parts_joined: u8,
    /// What it says, in order.
    pub parts: Vec<Part>,
    /// What it takes to answer.
    pub reporter: ReporterKeys,
    /// Week of the intake key that it was sealed to.
    pub week: u32,
    /// When the relay took it in: unix seconds, cut to the hour.
    pub hour: u64,
}

/// One typed part of a message (decision 19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Free text.
    Text(String),
    /// Answer to one of the optional questions.
    Answer {
        /// Number of the question, as the catalogue has it.
        question: u16,
        /// The answer.
        text: String,
    },
    /// Whether the federation may read this, with the reporter's signature.
    Consent {
        /// Yes or no.
        federation_may_read: bool,
        /// By the consent key; checked before the import.
        proof: Vec<u8>,
    },
    /// The reporter wants to stop, with the reporter's signature.
    Stop {
        /// By the consent key; checked before the import.
        proof: Vec<u8>,
    },
    /// The reporter has read every reply below this index.
    Ack {
        /// First index that is not read yet.
        below: u32,
    },
    /// A part that this release does not know.
    Other {
        /// Its number.
        number: u16,
        /// Its bytes, kept.
        bytes: Vec<u8>,
    },
    /// A file.
    File(File),
}

/// What it takes to answer a reporter: opaque here (sealing key, shared key, tag key, conversation, consent key).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReporterKeys(pub Vec<u8>);

impl fmt::Debug for ReporterKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ReporterKeys(redacted)")
    }
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Where it lies on the board.
    pub index: u32,
    /// Joins the pieces of a longer text: piece `piece` of `pieces`, from 0.
    pub piece: u8,
    /// At least 1.
    pub pieces: u8,
    /// What it says (its piece of it).
    pub text: String,
    /// The newest message that the author had before their eyes.
    pub answers: Option<MessageId>,
    /// The board frame, sealed before it is sent, so that any colleague can send it again (decision 16).
    pub sealed: Vec<u8>,
}

/// A reporter's own message, sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echo {
    /// Where it lies on the board.
    pub index: u32,
    /// Which message.
    pub message: MessageId,
    /// The board frame.
    pub sealed: Vec<u8>,
}

/// Word to the reporter about how far things are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Where it lies on the board.
    pub index: u32,
    /// What it says.
    pub what: ReceiptKind,
    /// About which message.
    pub message: Option<MessageId>,
    /// The board frame.
    pub sealed: Vec<u8>,
}

/// What a receipt says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReceiptKind {
    /// It is on file: proof of filing.
    Filed,
    /// Somebody has read it.
    Read,
    /// The dossier stands here now.
    Status(Status),
}

/// Something on the board that had to take another index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The event of the reply, echo or receipt.
    pub what: EventId,
    /// Where it lies now.
    pub index: u32,
    /// The board frame for that index.
    pub sealed: Vec<u8>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Who it is for.
    pub lane: Lane,
    /// What it says.
    pub text: String,
}

/// Who a note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lane {
    /// Everyone who may read the dossier.
    Team,
}

/// On what terms somebody is given access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTerms {
    /// Who.
    pub party: PartyRef,
    /// May what.
    pub right: AccessRight,
    /// Until when (unix seconds), if it ends by itself.
    pub until: Option<u64>,
    /// Why.
    pub reason: String,
    /// The dossier becomes theirs once they say yes.
    pub transfer: bool,
}

/// Whether access is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAnswered {
    /// Who was given it.
    pub party: PartyRef,
    /// Yes or no.
    pub accepted: bool,
    /// Why, mostly why not.
    pub reason: String,
}

/// Part of a dossier, as whoever made an extract lets it be seen: names are placeholders by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractPart {
    /// What it was taken from.
    pub of: PartOf,
    /// What it says.
    pub text: String,
}

/// What a part of an extract was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PartOf {
    /// First story.
    FirstStory,
    /// What happened.
    Happened,
    /// What is asked.
    Asked,
    /// A note.
    Note,
    /// A message of the reporter.
    Message,
    /// A reply to the reporter.
    Reply,
}

/// An extract: all that its readers get to see. It names no dossier, no event and no reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// What the advisers are asked.
    pub question: String,
    /// Until when they can read it (unix seconds).
    pub until: u64,
    /// What they read.
    pub parts: Vec<ExtractPart>,
}

/// What an adviser thinks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// In their words.
    pub text: String,
}

/// An extract that was made of a dossier, as that dossier remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceAsked {
    /// Where the extract lies.
    pub extract: DossierId,
    /// Who may read it.
    pub with: Vec<PartyRef>,
    /// What they are asked.
    pub question: String,
    /// Until when they can read it (unix seconds).
    pub until: u64,
}

/// An opinion, brought back from an extract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionReturned {
    /// Where the extract lies.
    pub extract: DossierId,
    /// The event there: each comes back once.
    pub opinion: EventId,
    /// Whose device wrote it.
    pub author: AuthorId,
    /// When they say that they did (unix seconds).
    pub time: u64,
    /// In their words.
    pub text: String,
}

/// A bond between two dossiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The other one.
    pub other: DossierId,
    /// How they belong together.
    pub tie: Tie,
}

/// In which form a dossier left Sluis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TakenOut {
    /// On paper.
    Print,
    /// With many others, as a file.
    Export,
}

/// A package for another Sluis: what went along, beside the facts and the people without their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageMade {
    /// The conversation with the reporter.
    pub conversation: bool,
    /// The team's notes.
    pub notes: bool,
    /// How to reach people.
    pub contacts: bool,
    /// Why that had to go along.
    pub reason: String,
}

/// A package of another Sluis, by its own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageTaken {
    /// The organisation that it came from.
    pub organisation: String,
    /// When it was made (unix seconds).
    pub made: u64,
    /// What the dossier was called there.
    pub number: String,
}

/// Other words for an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// A message, a reply or a note; or an opinion that came back, by its event in the extract.
    pub what: EventId,
    /// What is shown in its place.
    pub text: String,
}

mod number {
    pub(super) const DOSSIER_OPENED: u16 = 0x0001;
    pub(super) const MESSAGE_IMPORTED: u16 = 0x0101;
    pub(super) const REPLY_SENT: u16 = 0x0102;
    pub(super) const ECHO_SENT: u16 = 0x0103;
    pub(super) const RECEIPT_SENT: u16 = 0x0104;
    pub(super) const REPLY_MOVED: u16 = 0x0105;
    pub(super) const NOTE_ADDED: u16 = 0x0201;
    pub(super) const FIELD_SET: u16 = 0x0301;
    pub(super) const MESSAGES_SEEN: u16 = 0x0401;
    pub(super) const HEADS_SEEN: u16 = 0x0402;
    pub(super) const ACCESS_TERMS: u16 = 0x0501;
    pub(super) const ACCESS_ANSWERED: u16 = 0x0502;
    pub(super) const PERSON_SHUT_OUT: u16 = 0x0503;
    pub(super) const EXTRACT_MADE: u16 = 0x0801;
    pub(super) const OPINION_GIVEN: u16 = 0x0802;
    pub(super) const ADVICE_ASKED: u16 = 0x0803;
    pub(super) const OPINION_RETURNED: u16 = 0x0804;
    pub(super) const CONCERNS: u16 = 0x0901;
    pub(super) const LINKED: u16 = 0x0902;
    pub(super) const UNLINKED: u16 = 0x0903;
    pub(super) const TAKEN_OUT: u16 = 0x0904;
    pub(super) const PERSON_ADDED: u16 = 0x0601;
    pub(super) const PERSON_CHANGED: u16 = 0x0602;
    pub(super) const PERSON_REMOVED: u16 = 0x0603;
    pub(super) const CONTACT_SEALED: u16 = 0x0604;
    pub(super) const CONTACT_SHARED: u16 = 0x0605;
    pub(super) const CONTACT_ERASED: u16 = 0x0606;
    pub(super) const CLOSED: u16 = 0x0607;
    pub(super) const SHREDDED: u16 = 0x0608;
    pub(super) const REDACTED: u16 = 0x0609;
    pub(super) const FILE_ADDED: u16 = 0x0701;
    pub(super) const FILE_REMOVED: u16 = 0x0702;
    pub(super) const FIGURE_KEPT: u16 = 0x0a01;
    pub(super) const PACKAGE_MADE: u16 = 0x0a02;
    pub(super) const PACKAGE_TAKEN: u16 = 0x0a03;
}

impl Event {
    /// Its number and its body.
    #[must_use]
    pub fn encode(&self) -> (u16, Vec<u8>) {
        match self {
            Self::DossierOpened(opening) => (number::DOSSIER_OPENED, write(opening)),
            Self::MessageImported(message) => (number::MESSAGE_IMPORTED, write(message)),
            Self::ReplySent(reply) => (number::REPLY_SENT, write(reply)),
            Self::EchoSent(echo) => (number::ECHO_SENT, write(echo)),
            Self::ReceiptSent(receipt) => (number::RECEIPT_SENT, write(receipt)),
            Self::ReplyMoved(moved) => (number::REPLY_MOVED, write(moved)),
            Self::NoteAdded(note) => (number::NOTE_ADDED, write(note)),
            Self::FieldSet(field) => (number::FIELD_SET, write(field)),
            Self::MessagesSeen(messages) => (number::MESSAGES_SEEN, write(messages)),
            Self::HeadsSeen(heads) => (number::HEADS_SEEN, write(heads)),
            Self::AccessTerms(terms) => (number::ACCESS_TERMS, write(terms)),
            Self::AccessAnswered(answer) => (number::ACCESS_ANSWERED, write(answer)),
            Self::PersonShutOut(person) => (number::PERSON_SHUT_OUT, write(person)),
            Self::ExtractMade(extract) => (number::EXTRACT_MADE, write(extract)),
            Self::OpinionGiven(opinion) => (number::OPINION_GIVEN, write(opinion)),
            Self::AdviceAsked(asked) => (number::ADVICE_ASKED, write(asked)),
            Self::OpinionReturned(returned) => (number::OPINION_RETURNED, write(returned)),
            Self::Concerns(dossier) => (number::CONCERNS, write(dossier)),
            Self::Linked(link) => (number::LINKED, write(link)),
            Self::Unlinked(dossier) => (number::UNLINKED, write(dossier)),
            Self::TakenOut(how) => (number::TAKEN_OUT, write(how)),
            Self::Person(event) => write_person(event),
            Self::Closed(closing) => (number::CLOSED, write(closing)),
            Self::Shredded(closing) => (number::SHREDDED, write(closing)),
            Self::Redacted(redaction) => (number::REDACTED, write(redaction)),
            Self::FileAdded(file) => (number::FILE_ADDED, write(file)),
            Self::FileRemoved(removal) => (number::FILE_REMOVED, write(removal)),
            Self::FigureKept(figure) => (number::FIGURE_KEPT, figure.encode()),
            Self::PackageMade(made) => (number::PACKAGE_MADE, write(made)),
            Self::PackageTaken(taken) => (number::PACKAGE_TAKEN, write(taken)),
            Self::Unknown { kind, body } => (*kind, body.clone()),
        }
    }

    /// The event with this number and body. An unknown number, or a body that a known number does not have in this
    /// release, gives [`Event::Unknown`], which encodes to the same bytes again.
    #[must_use]
    pub fn decode(kind: u16, body: &[u8]) -> Self {
        let known = match kind {
            number::DOSSIER_OPENED => read(body).map(Self::DossierOpened),
            number::MESSAGE_IMPORTED => read(body).map(Self::MessageImported),
            number::REPLY_SENT => read(body).map(Self::ReplySent),
            number::ECHO_SENT => read(body).map(Self::EchoSent),
            number::RECEIPT_SENT => read(body).map(Self::ReceiptSent),
            number::REPLY_MOVED => read(body).map(Self::ReplyMoved),
            number::NOTE_ADDED => read(body).map(Self::NoteAdded),
            number::FIELD_SET => read(body).map(Self::FieldSet),
            number::MESSAGES_SEEN => read(body).map(Self::MessagesSeen),
            number::HEADS_SEEN => read(body).map(Self::HeadsSeen),
            number::ACCESS_TERMS => read(body).map(Self::AccessTerms),
            number::ACCESS_ANSWERED => read(body).map(Self::AccessAnswered),
            number::PERSON_SHUT_OUT => read(body).map(Self::PersonShutOut),
            number::EXTRACT_MADE => read(body).map(Self::ExtractMade),
            number::OPINION_GIVEN => read(body).map(Self::OpinionGiven),
            number::ADVICE_ASKED => read(body).map(Self::AdviceAsked),
            number::OPINION_RETURNED => read(body).map(Self::OpinionReturned),
            number::CONCERNS => read(body).map(Self::Concerns),
            number::LINKED => read(body).map(Self::Linked),
            number::UNLINKED => read(body).map(Self::Unlinked),
            number::TAKEN_OUT => read(body).map(Self::TakenOut),
            number::CLOSED => read(body).map(Self::Closed),
            number::SHREDDED => read(body).map(Self::Shredded),
            number::REDACTED => read(body).map(Self::Redacted),
            number::FILE_ADDED => read(body).map(Self::FileAdded),
            number::FILE_REMOVED => read(body).map(Self::FileRemoved),
            number::FIGURE_KEPT => Figure::decode(body).map(Self::FigureKept),
            number::PACKAGE_MADE => read(body).map(Self::PackageMade),
            number::PACKAGE_TAKEN => read(body).map(Self::PackageTaken),
            other => read_person(other, body).map(Self::Person),
        };
        known
            .filter(|event| event.encode().1 == body)
            .unwrap_or_else(|| Self::Unknown {
                kind,
                body: body.to_vec(),
            })
    }

    /// The index on the board and the frame for it, when it puts something there.
    #[must_use]
    pub fn board(&self) -> Option<(u32, &[u8])> {
        match self {
            Self::ReplySent(reply) => Some((reply.index, &reply.sealed)),
            Self::EchoSent(echo) => Some((echo.index, &echo.sealed)),
            Self::ReceiptSent(receipt) => Some((receipt.index, &receipt.sealed)),
            Self::ReplyMoved(moved) => Some((moved.index, &moved.sealed)),
            Self::DossierOpened(_)
            | Self::MessageImported(_)
            | Self::NoteAdded(_)
            | Self::FieldSet(_)
            | Self::MessagesSeen(_)
            | Self::HeadsSeen(_)
            | Self::AccessTerms(_)
            | Self::AccessAnswered(_)
            | Self::PersonShutOut(_)
            | Self::ExtractMade(_)
            | Self::OpinionGiven(_)
            | Self::AdviceAsked(_)
            | Self::OpinionReturned(_)
            | Self::Concerns(_)
            | Self::Linked(_)
            | Self::Unlinked(_)
            | Self::TakenOut(_)
            | Self::Person(_)
            | Self::Closed(_)
            | Self::Shredded(_)
            | Self::Redacted(_)
            | Self::FileAdded(_)
            | Self::FileRemoved(_)
            | Self::FigureKept(_)
            | Self::PackageMade(_)
            | Self::PackageTaken(_)
            | Self::Unknown { .. } => None,
        }
    }
}

impl Message {
    /// Its free text: all text parts, one below the other.
    #[must_use]
    pub fn text(&self) -> String {
        let mut whole = String::new();
        for part in &self.parts {
            if let Part::Text(text) = part {
                if !whole.is_empty() {
                    whole.push('\n');
                }
                whole.push_str(text);
            }
        }
        whole
    }
}

fn write_person(event: &PersonEvent) -> (u16, Vec<u8>) {
    match event {
        PersonEvent::Added(id, number, facts) => {
            (number::PERSON_ADDED, write(&(id, number, facts)))
        }
        PersonEvent::Changed(id, facts) => (number::PERSON_CHANGED, write(&(id, facts))),
        PersonEvent::Removed(id) => (number::PERSON_REMOVED, write(id)),
        PersonEvent::Sealed(sealed) => (number::CONTACT_SEALED, write(sealed)),
        PersonEvent::Shared(shared) => (number::CONTACT_SHARED, write(shared)),
        PersonEvent::Erased(erased) => (number::CONTACT_ERASED, write(erased)),
    }
}

fn read_person(kind: u16, body: &[u8]) -> Option<PersonEvent> {
    match kind {
        number::PERSON_ADDED => {
            read(body).map(|(id, number, facts)| PersonEvent::Added(id, number, facts))
        }
        number::PERSON_CHANGED => read(body).map(|(id, facts)| PersonEvent::Changed(id, facts)),
        number::PERSON_REMOVED => read(body).map(PersonEvent::Removed),
        number::CONTACT_SEALED => read(body).map(PersonEvent::Sealed),
        number::CONTACT_SHARED => read(body).map(PersonEvent::Shared),
        number::CONTACT_ERASED => read(body).map(PersonEvent::Erased),
        _ => None,
    }
}

pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value)
        .expect("derived types know the length of their sequences, and memory grows")
}

pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    if body.len() > BODY_MOST {
        return None;
    }
    postcard::take_from_bytes(body)
        .ok()
        .filter(|(_, rest)| rest.is_empty())
        .map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn an_unknown_kind_is_kept_as_it_came() {
        let event = Event::decode(0x7777, &[1, 2, 3]);
        assert_eq!(
            event,
            Event::Unknown {
                kind: 0x7777,
                body: vec![1, 2, 3]
            }
        );
        assert_eq!(event.encode(), (0x7777, vec![1, 2, 3]));
    }

    #[test]
    fn a_known_kind_with_a_strange_body_is_kept_too() {
        for body in [vec![], vec![0xff; 9], vec![9, 0, 0]] {
            let event = Event::decode(0x0301, &body);
            assert_eq!(event.encode(), (0x0301, body));
        }
    }

    #[test]
    fn events_read_back_as_written() {
        let events = [
            Event::FieldSet(Field::Status(Status::Read)),
            Event::NoteAdded(Note {
                lane: Lane::Team,
                text: "call back".into(),
            }),
            Event::MessagesSeen(vec![MessageId([1; 16])]),
            Event::HeadsSeen(vec![EventId([2; 32])]),
            Event::ReplyMoved(Move {
                what: EventId([3; 32]),
                index: 4,
                sealed: vec![5; 10],
            }),
            Event::AccessTerms(AccessTerms {
                party: PartyRef([6; 16]),
                right: AccessRight::Writer,
                until: Some(1_795_176_000),
                reason: "second opinion".into(),
                transfer: false,
            }),
            Event::AccessAnswered(AccessAnswered {
                party: PartyRef([6; 16]),
                accepted: false,
                reason: "not for us".into(),
            }),
            Event::ExtractMade(Extract {
                question: "what now".into(),
                until: 1_795_176_000,
                parts: vec![ExtractPart {
                    of: PartOf::Message,
                    text: "person 1 was there".into(),
                }],
            }),
            Event::OpinionGiven(Opinion {
                text: "talk first".into(),
            }),
            Event::AdviceAsked(AdviceAsked {
                extract: DossierId([8; 16]),
                with: vec![PartyRef([6; 16])],
                question: "what now".into(),
                until: 1_795_176_000,
            }),
            Event::OpinionReturned(OpinionReturned {
                extract: DossierId([8; 16]),
                opinion: EventId([9; 32]),
                author: AuthorId([7; 16]),
                time: 1_795_176_000,
                text: "talk first".into(),
            }),
        ];
        for event in events {
            let (kind, body) = event.encode();
            assert_eq!(Event::decode(kind, &body), event);
        }
    }

    #[test]
    fn words_about_access_keep_their_bytes() {
        let terms = Event::AccessTerms(AccessTerms {
            party: PartyRef([6; 16]),
            right: AccessRight::Writer,
            until: Some(1_795_176_000),
            reason: "ok".into(),
            transfer: true,
        });
        let mut body = vec![6; 16];
        body.extend([1, 1, 0xc0, 0xec, 0x80, 0xd8, 6, 2, b'o', b'k', 1]);
        assert_eq!(terms.encode(), (0x0501, body));
        let answer = Event::AccessAnswered(AccessAnswered {
            party: PartyRef([6; 16]),
            accepted: true,
            reason: String::new(),
        });
        let person = Event::PersonShutOut(PartyRef([7; 16]));
        assert_eq!(person.encode(), (0x0503, vec![7; 16]));
        assert_eq!(Event::decode(0x0503, &[7; 16]), person);
        let mut body = vec![6; 16];
        body.extend([1, 0]);
        assert_eq!(answer.encode(), (0x0502, body));
    }

    #[test]
    fn words_about_files_keep_their_bytes() {
        let file = File {
            file: crate::ids::FileRef([1; 16]),
            secret: crate::file::FileSecret(vec![2; 3]),
            size: 300,
            hash: [4; 32],
            name: "a.png".into(),
            media: "image/png".into(),
            cleaned: true,
        };
        let mut body = vec![1; 16];
        body.extend([3, 2, 2, 2, 0xac, 2]);
        body.extend([4; 32]);
        body.push(5);
        body.extend(b"a.png");
        body.push(9);
        body.extend(b"image/png");
        body.push(1);
        let event = Event::FileAdded(file.clone());
        assert_eq!(event.encode(), (0x0701, body.clone()));
        assert_eq!(Event::decode(0x0701, &body), event);
        assert_eq!(Part::File(file.clone()), Part::File(file));
        let removed = Event::FileRemoved(FileRemoval {
            file: crate::ids::FileRef([1; 16]),
            reason: "no".into(),
        });
        let mut body = vec![1; 16];
        body.extend([2, b'n', b'o']);
        assert_eq!(removed.encode(), (0x0702, body.clone()));
        assert_eq!(Event::decode(0x0702, &body), removed);
    }

    #[test]
    fn words_about_packages_keep_their_bytes() {
        let made = Event::PackageMade(PackageMade {
            conversation: true,
            notes: false,
            contacts: true,
            reason: "ja".into(),
        });
        let body = vec![1, 0, 1, 2, b'j', b'a'];
        assert_eq!(made.encode(), (0x0a02, body.clone()));
        assert_eq!(Event::decode(0x0a02, &body), made);
        let taken = Event::PackageTaken(PackageTaken {
            organisation: "R".into(),
            made: 300,
            number: "K7Q-2MD".into(),
        });
        let mut body = vec![1, b'R', 0xac, 2, 7];
        body.extend(b"K7Q-2MD");
        assert_eq!(taken.encode(), (0x0a03, body.clone()));
        assert_eq!(Event::decode(0x0a03, &body), taken);
    }

    #[test]
    fn what_answers_a_reporter_does_not_show_itself() {
        assert_eq!(
            alloc::format!("{:?}", ReporterKeys(vec![0xab; 9])),
            "ReporterKeys(redacted)"
        );
    }
}
