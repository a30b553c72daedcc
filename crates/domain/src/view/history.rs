//! Who did what.

use alloc::vec::Vec;

use crate::event::{Event, TakenOut};
use crate::ids::{AuthorId, EventId, PartyRef, PersonId};
use crate::log::EventLog;
use crate::people::PersonEvent;
use crate::vocabulary::{AccessRight, FieldName};

/// One line of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// The event.
    pub event: EventId,
    /// When (unix seconds).
    pub time: u64,
    /// Who.
    pub author: AuthorId,
    /// What.
    pub what: HistoryKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryKind {
    /// The dossier came to be.
    Opened,
    /// A message of the reporter was taken in.
    MessageImported,
    /// A reply was sent.
    ReplySent,
    /// A field got another value.
    FieldSet(FieldName),
    /// A note was added.
    NoteAdded,
    /// It was said to belong together with another one, or not any more.
    Linked,
    /// All of it left Sluis.
    TakenOut(TakenOut),
    /// Somebody had the dossier before their eyes, with all that was in it.
    Looked,
    /// Somebody was given access, on terms.
    AccessGiven(PartyRef, AccessRight),
    /// Somebody who was given access took it, or not.
    AccessAnswered(PartyRef, bool),
    /// Somebody is kept out for good.
    PersonShutOut(PartyRef),
    /// This dossier was made as an extract of another one.
    ExtractMade,
    /// An adviser gave an opinion.
    OpinionGiven,
    /// Advisers were asked about an extract.
    AdviceAsked,
    /// An opinion came back.
    OpinionReturned,
    /// This person was added.
    PersonAdded(PersonId),
    /// Facts about this person changed.
    PersonChanged(PersonId),
    /// This person was taken off the list.
    PersonRemoved(PersonId),
    /// Contact data of this person was written.
    ContactSealed(PersonId),
    /// Contact data of this person was destroyed.
    ContactErased(PersonId),
    /// The dossier was closed.
    Closed,
    /// A device holds nothing of the people any more.
    Shredded,
    /// Words were taken out of an event.
    Redacted,
    /// A file was added.
    FileAdded,
    /// A file was taken away.
    FileRemoved,
    /// What stays of it for the figures was written down.
    FigureKept,
    /// It was packed for another Sluis, with or without how to reach people.
    PackageMade(bool),
    /// It came in a package of another Sluis.
    PackageTaken,
    /// A kind of event that this release does not know.
    Unknown(u16),
}

/// The history, oldest first. What runs by itself (echoes, receipts, moves, messages that were seen, wraps made anew) has no line.
#[must_use]
pub fn history(log: &EventLog) -> Vec<HistoryLine> {
    let lines = log.ordered().into_iter().filter_map(|entry| {
        let what = match &entry.event {
            Event::DossierOpened(_) => HistoryKind::Opened,
            Event::MessageImported(_) => HistoryKind::MessageImported,
            Event::ReplySent(reply) if reply.piece == 0 => HistoryKind::ReplySent,
            Event::FieldSet(field) => HistoryKind::FieldSet(field.name()),
            Event::NoteAdded(_) => HistoryKind::NoteAdded,
            Event::HeadsSeen(_) => HistoryKind::Looked,
            Event::AccessTerms(terms) => HistoryKind::AccessGiven(terms.party, terms.right),
            Event::AccessAnswered(answer) => {
                HistoryKind::AccessAnswered(answer.party, answer.accepted)
            }
            Event::PersonShutOut(person) => HistoryKind::PersonShutOut(*person),
            Event::ExtractMade(_) => HistoryKind::ExtractMade,
            Event::OpinionGiven(_) => HistoryKind::OpinionGiven,
            Event::AdviceAsked(_) => HistoryKind::AdviceAsked,
            Event::OpinionReturned(_) => HistoryKind::OpinionReturned,
            Event::Linked(_) | Event::Unlinked(_) => HistoryKind::Linked,
            Event::TakenOut(how) => HistoryKind::TakenOut(*how),
            Event::Person(event) => match event {
                PersonEvent::Added(id, ..) => HistoryKind::PersonAdded(*id),
                PersonEvent::Changed(id, _) => HistoryKind::PersonChanged(*id),
                PersonEvent::Removed(id) => HistoryKind::PersonRemoved(*id),
                PersonEvent::Sealed(sealed) => HistoryKind::ContactSealed(sealed.person),
                PersonEvent::Erased(erased) => HistoryKind::ContactErased(erased.person),
                PersonEvent::Shared(_) => return None,
            },
            Event::Closed(_) => HistoryKind::Closed,
            Event::Shredded(_) => HistoryKind::Shredded,
            Event::Redacted(_) => HistoryKind::Redacted,
            Event::FileAdded(_) => HistoryKind::FileAdded,
            Event::FileRemoved(_) => HistoryKind::FileRemoved,
            Event::FigureKept(_) => HistoryKind::FigureKept,
            Event::PackageMade(made) => HistoryKind::PackageMade(made.contacts),
            Event::PackageTaken(_) => HistoryKind::PackageTaken,
            Event::Unknown { kind, .. } => HistoryKind::Unknown(*kind),
            Event::ReplySent(_)
            | Event::EchoSent(_)
            | Event::ReceiptSent(_)
            | Event::ReplyMoved(_)
            | Event::MessagesSeen(_)
            | Event::Concerns(_) => return None,
        };
        Some(HistoryLine {
            event: entry.id,
            time: entry.time,
            author: entry.author,
            what,
        })
    });
    lines.collect()
}
