//! Wishes about a dossier, and the reasons to refuse one.

use alloc::string::String;
use alloc::vec::Vec;

use crate::dossier::{Access, Dossier, Made, Turn};
use crate::event::{
    AccessAnswered, AccessTerms, AdviceAsked, Echo, Event, Extract, HEADS_MOST, Lane, Link,
    Message, Move, Note, Opening, Opinion, OpinionReturned, PackageMade, PackageTaken, Receipt,
    Redaction, Reply, TakenOut,
};
use crate::figures::Figure;
use crate::file::{FILE_NAME_MOST, File, FileRemoval};
use crate::ids::{AuthorId, DossierId, EventId, MessageId, PartyRef, PersonId};
use crate::people::{
    CAPACITY_MOST, Closing, Contact, Erased, Facts, OUTCOME_MOST, PEOPLE_MOST, Person, PersonEvent,
    Respondents, Sealed, Shared,
};
use crate::vocabulary::{
    Field, NAME_MOST, REASON_MOST, RiskGroup, Status, Subcategory, TAG_MOST, TAGS_MOST, TEXT_MOST,
};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the dossier.
    Open(Opening),
    /// Take in a message of the reporter.
    Import(Message),
    /// Set a field.
    Set(Field),
    /// Take up a closed dossier again.
    Reopen,
    /// Add a note.
    Note(Lane, String),
    /// Send a reply, sealed already.
    Reply(Reply),
    /// Send a message back to its writer, sealed already.
    Echo(Echo),
    /// Tell the reporter how far things are, sealed already.
    Receipt(Receipt),
    /// Give something on the board another index, sealed for it already.
    Move(Move),
    /// Mark messages as seen by the author.
    SeeMessages(Vec<MessageId>),
    /// Say which heads the author's log has.
    SeeHeads(Vec<EventId>),
    /// Say on what terms somebody is given access.
    GiveAccess(AccessTerms),
    /// Say whether access is taken.
    AnswerAccess(AccessAnswered),
    /// Keep a person out for good.
    ShutOut(PartyRef),
    /// Make this dossier an extract of another one.
    MakeExtract(Extract),
    /// Say what one thinks of an extract.
    GiveOpinion(String),
    /// Note that advisers are asked about an extract of this dossier.
    AskAdvice(AdviceAsked),
    /// Bring an opinion back from an extract.
    ReturnOpinion(OpinionReturned),
    /// Say which dossier these private notes are about.
    Concern(DossierId),
    /// Say that it belongs together with another one.
    Link(Link),
    /// Say that it does not any more.
    Unlink(DossierId),
    /// Say that it leaves Sluis.
    TakeOut(TakenOut),
    /// Add somebody to the people of the dossier.
    AddPerson(PersonId, Facts),
    /// Note other facts about somebody.
    ChangePerson(PersonId, Facts),
    /// Take somebody off the list.
    RemovePerson(PersonId),
    /// Say that contact data was sealed.
    SealContact(Sealed),
    /// Say that more devices can open it.
    ShareContact(Shared),
    /// Say that contact data was destroyed.
    EraseContact(Erased),
    /// Close the dossier.
    Close(Closing),
    /// Say that this device holds nothing of the people of this closing any more.
    Shred(EventId, AuthorId),
    /// Take words out of what an event says.
    Redact(Redaction),
    /// Add a file, sealed and stored already.
    AddFile(File),
    /// Take a file away.
    RemoveFile(FileRemoval),
    /// Say what stays of it for the figures.
    KeepFigure(Figure),
    /// Say that it was packed for another Sluis.
    MakePackage(PackageMade),
    /// Say that it came in a package.
    TakePackage(PackageTaken),
}

/// The rule that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is so already.
    #[error("nothing would change")]
    NothingChanged,
    /// There is no text.
    #[error("the text is empty")]
    Empty,
    /// The text is longer than this many bytes.
    #[error("the text is longer than {most} bytes")]
    TooLong {
        /// Most bytes, inclusive.
        most: usize,
    },
    /// More items at once than one event holds.
    #[error("more than {most} at once")]
    TooMany {
        /// Most items, inclusive.
        most: usize,
    },
    /// The subcategory belongs to another category.
    #[error("the subcategory does not belong to the category")]
    CategoryDoesNotFit,
    /// The subcategory is not offered, or not known here yet.
    #[error("the subcategory is not offered")]
    NotOffered,
    /// The dossier is open already.
    #[error("the dossier is open already")]
    AlreadyOpen,
    /// The dossier was closed: take it up again first.
    #[error("the dossier is closed")]
    Closed,
    /// Only a closed dossier can be taken up again.
    #[error("the dossier is not closed")]
    NotClosed,
    /// A dossier that somebody has read is never new again.
    #[error("a dossier does not become new again")]
    NotNewAgain,
    /// There is no reporter to answer.
    #[error("there is no reporter to answer")]
    NoReporter,
    /// No such message was taken in.
    #[error("no such message")]
    NoSuchMessage,
    /// No such file, or it was taken away.
    #[error("no such file")]
    NoSuchFile,
    /// Nobody gave them access.
    #[error("nothing to answer")]
    NothingToAnswer,
    /// Nothing of that kind lies on the board.
    #[error("nothing there to move")]
    NothingToMove,
    /// Something of ours has that index already.
    #[error("index {0} is taken")]
    IndexTaken(u32),
    /// There is no such person on the list.
    #[error("no such person")]
    NoSuchPerson,
    /// Contact data of such a person is not kept (Q2).
    #[error("contact data of a respondent is not kept")]
    RespondentUnnamed,
    /// Contact data that was destroyed does not come back.
    #[error("the contact data was destroyed")]
    ContactGone,
    /// Contact data has to be destroyed first.
    #[error("there is contact data left")]
    ContactLeft,
    /// A field has two values: choose first.
    #[error("a field is disputed")]
    Disputed,
}

/// Most messages that one event marks as seen.
const SEEN_MOST: usize = 1_000;
/// Most parts of one extract.
const PARTS_MOST: usize = 200;
/// Most bytes of all parts of one extract.
const EXTRACT_MOST: usize = 128 * 1024;
/// Most teams and people that are asked about one extract.
const PARTIES_MOST: usize = 50;

impl Dossier {
    /// Whether `command` is allowed now, and the fact it becomes.
    ///
    /// # Errors
    /// [`Refusal`]: the rule that stands in the way.
    pub fn decide(&self, command: Command) -> Result<Event, Refusal> {
        self.decide_with(command, Respondents::Unnamed)
    }

    /// As [`Dossier::decide`], where the organisation has a policy about respondents.
    ///
    /// # Errors
    /// [`Refusal`]: the rule that stands in the way.
    pub fn decide_with(
        &self,
        command: Command,
        respondents: Respondents,
    ) -> Result<Event, Refusal> {
        match command {
            Command::Open(_) if self.opening().is_some() => Err(Refusal::AlreadyOpen),
            Command::Open(opening) => Ok(Event::DossierOpened(opening)),
            Command::Import(message) if self.has_message(&message.id) => {
                Err(Refusal::NothingChanged)
            }
            Command::Import(message) => Ok(Event::MessageImported(message)),
            Command::Set(field) => self.decide_field(field),
            Command::Reopen if self.status() == Status::Closed => {
                Ok(Event::FieldSet(Field::Status(Status::InProgress)))
            }
            Command::Reopen => Err(Refusal::NotClosed),
            Command::Note(lane, text) => {
                check_text(&text, true)?;
                Ok(Event::NoteAdded(Note { lane, text }))
            }
            Command::Reply(reply) => {
                check_text(&reply.text, true)?;
                self.check_sending(reply.index)?;
                Ok(Event::ReplySent(reply))
            }
            Command::Echo(echo) => self.decide_echo(echo),
            Command::Receipt(receipt) => {
                self.check_index(receipt.index)?;
                if self.has_receipt(receipt.what, receipt.message) {
                    return Err(Refusal::NothingChanged);
                }
                Ok(Event::ReceiptSent(receipt))
            }
            Command::Move(moved) => {
                self.check_index(moved.index)?;
                self.board_item(&moved.what).ok_or(Refusal::NothingToMove)?;
                Ok(Event::ReplyMoved(moved))
            }
            Command::SeeMessages(messages) => {
                check_count(messages.len(), SEEN_MOST)?;
                if messages.iter().any(|id| !self.has_message(id)) {
                    return Err(Refusal::NoSuchMessage);
                }
                Ok(Event::MessagesSeen(messages))
            }
            Command::SeeHeads(heads) => {
                check_count(heads.len(), HEADS_MOST)?;
                Ok(Event::HeadsSeen(heads))
            }
            Command::GiveAccess(terms) => {
                check_reason(&terms.reason)?;
                Ok(Event::AccessTerms(terms))
            }
            Command::AnswerAccess(answer) => self.decide_answer(answer),
            Command::ShutOut(person) => Ok(Event::PersonShutOut(person)),
            Command::MakeExtract(extract) => self.decide_extract(extract),
            Command::GiveOpinion(_) if self.extract().is_none() => Err(Refusal::NothingToAnswer),
            Command::GiveOpinion(text) => {
                check_text(&text, true)?;
                Ok(Event::OpinionGiven(Opinion { text }))
            }
            Command::AskAdvice(_) if self.status() == Status::Closed => Err(Refusal::Closed),
            Command::AskAdvice(asked) => {
                check_text(&asked.question, true)?;
                check_count(asked.with.len(), PARTIES_MOST)?;
                Ok(Event::AdviceAsked(asked))
            }
            Command::ReturnOpinion(returned) => self.decide_return(returned),
            Command::Concern(_) if self.concerns().is_some() => Err(Refusal::AlreadyOpen),
            Command::Concern(dossier) => Ok(Event::Concerns(dossier)),
            Command::Link(link) if self.links().get(&link.other) == Some(&link.tie) => {
                Err(Refusal::NothingChanged)
            }
            Command::Link(link) => Ok(Event::Linked(link)),
            Command::Unlink(other) if !self.links().contains_key(&other) => {
                Err(Refusal::NothingChanged)
            }
            Command::Unlink(other) => Ok(Event::Unlinked(other)),
            Command::TakeOut(how) => Ok(Event::TakenOut(how)),
            Command::AddPerson(id, facts) => self.decide_person(id, facts),
            Command::ChangePerson(id, facts) => self.decide_facts(id, facts, respondents),
            Command::RemovePerson(id) => self.decide_removal(id),
            Command::SealContact(sealed) => {
                self.check_contact(&sealed.person, sealed.version, respondents)?;
                Ok(Event::Person(PersonEvent::Sealed(sealed)))
            }
            Command::ShareContact(shared) => self.decide_shared(shared),
            Command::EraseContact(erased) => self.decide_erased(erased),
            Command::Close(closing) => self.decide_closing(closing),
            Command::Shred(closing, device) => {
                if self.people().has_shredded(&closing, &device) {
                    return Err(Refusal::NothingChanged);
                }
                Ok(Event::Shredded(closing))
            }
            Command::Redact(redaction) => self.decide_redaction(redaction),
            Command::AddFile(file) => self.decide_file(file),
            Command::RemoveFile(removal) => self.decide_file_removal(removal),
            Command::KeepFigure(figure) => self.decide_figure(figure),
            Command::MakePackage(made) => decide_package(made),
            Command::TakePackage(taken) => self.decide_taken(taken),
        }
    }

    fn decide_figure(&self, figure: Figure) -> Result<Event, Refusal> {
        match self.figure() {
            Some(_) => Err(Refusal::NothingChanged),
            None => Ok(Event::FigureKept(figure)),
        }
    }

    fn decide_taken(&self, taken: PackageTaken) -> Result<Event, Refusal> {
        match self.came_from() {
            Some(_) => Err(Refusal::NothingChanged),
            None => Ok(Event::PackageTaken(taken)),
        }
    }

    fn decide_field(&self, field: Field) -> Result<Event, Refusal> {
        let field = tidy(field);
        // The value that is shown may be chosen too, where there is another one.
        if self.fields().has(&field) && !self.is_disputed(field.name()) {
            return Err(Refusal::NothingChanged);
        }
        let status = matches!(field, Field::Status(_));
        if self.status() == Status::Closed && !status {
            return Err(Refusal::Closed);
        }
        match &field {
            Field::Status(Status::New) => return Err(Refusal::NotNewAgain),
            Field::Status(Status::Closed) if self.people().with_contact().next().is_some() => {
                return Err(Refusal::ContactLeft);
            }
            // What the table of the deployment says of the others is checked where that table is.
            Field::Classification(Some((category, Some(subcategory))))
                if Subcategory::built_in(subcategory.code())
                    .is_some_and(|known| !category.subcategories().contains(&known)) =>
            {
                return Err(Refusal::CategoryDoesNotFit);
            }
            Field::Federation(name) | Field::Sport(name) | Field::Club(name)
                if name.len() > NAME_MOST =>
            {
                return Err(Refusal::TooLong { most: NAME_MOST });
            }
            Field::FirstStory(text) | Field::Happened(text) | Field::Asked(text) => {
                check_text(text, false)?;
            }
            Field::Tags(tags) if tags.len() > TAGS_MOST => {
                return Err(Refusal::TooMany { most: TAGS_MOST });
            }
            Field::Tags(tags) => {
                if tags.iter().any(|tag| tag.len() > TAG_MOST) {
                    return Err(Refusal::TooLong { most: TAG_MOST });
                }
            }
            Field::Groups(groups) if groups.len() > RiskGroup::ALL.len() => {
                let most = RiskGroup::ALL.len();
                return Err(Refusal::TooMany { most });
            }
            Field::Kind(_)
            | Field::Classification(_)
            | Field::Federation(_)
            | Field::Sport(_)
            | Field::Club(_)
            | Field::Risk(_)
            | Field::Groups(_)
            | Field::Tier(_)
            | Field::Level(_)
            | Field::Status(_)
            | Field::Handler(_) => {}
        }
        Ok(Event::FieldSet(field))
    }

    fn decide_extract(&self, extract: Extract) -> Result<Event, Refusal> {
        if self.extract().is_some() {
            return Err(Refusal::NothingChanged);
        }
        check_text(&extract.question, true)?;
        if extract.parts.is_empty() {
            return Err(Refusal::Empty);
        }
        check_count(extract.parts.len(), PARTS_MOST)?;
        for part in &extract.parts {
            check_text(&part.text, true)?;
        }
        let all: usize = extract.parts.iter().map(|part| part.text.len()).sum();
        if all > EXTRACT_MOST {
            return Err(Refusal::TooLong { most: EXTRACT_MOST });
        }
        Ok(Event::ExtractMade(extract))
    }

    fn decide_return(&self, returned: OpinionReturned) -> Result<Event, Refusal> {
        let asked = |(_, asked): &(_, AdviceAsked)| asked.extract == returned.extract;
        if !self.advice().iter().any(asked) {
            return Err(Refusal::NothingToAnswer);
        }
        if self.has_opinion(&returned.opinion) {
            return Err(Refusal::NothingChanged);
        }
        check_text(&returned.text, true)?;
        Ok(Event::OpinionReturned(returned))
    }

    fn decide_person(&self, id: PersonId, facts: Facts) -> Result<Event, Refusal> {
        self.check_open()?;
        check_facts(&facts)?;
        if self.people().person(&id).is_some() {
            return Err(Refusal::NothingChanged);
        }
        check_count(self.people().listed().len() + 1, PEOPLE_MOST)?;
        let number = self.people().next_number();
        Ok(Event::Person(PersonEvent::Added(id, number, facts)))
    }

    fn decide_removal(&self, id: PersonId) -> Result<Event, Refusal> {
        self.check_open()?;
        match &self.listed(&id)?.contact {
            Contact::Sealed { .. } => Err(Refusal::ContactLeft),
            Contact::None | Contact::Erased { .. } => Ok(Event::Person(PersonEvent::Removed(id))),
        }
    }

    fn decide_facts(
        &self,
        id: PersonId,
        facts: Facts,
        respondents: Respondents,
    ) -> Result<Event, Refusal> {
        self.check_open()?;
        check_facts(&facts)?;
        let person = self.listed(&id)?;
        if person.facts == facts {
            return Err(Refusal::NothingChanged);
        }
        let sealed = matches!(person.contact, Contact::Sealed { .. });
        // What was noted while the policy allowed it stays, whatever else is noted of the same respondent.
        let becomes = person.facts.role != facts.role;
        if sealed && becomes && !facts.role.keeps_contact(respondents) {
            return Err(Refusal::ContactLeft);
        }
        Ok(Event::Person(PersonEvent::Changed(id, facts)))
    }

    /// Whether contact data of this version may be sealed for this person.
    ///
    /// # Errors
    /// [`Refusal`]: the rule that stands in the way.
    pub fn check_contact(
        &self,
        id: &PersonId,
        version: u32,
        respondents: Respondents,
    ) -> Result<(), Refusal> {
        self.check_open()?;
        let person = self.listed(id)?;
        if !person.facts.role.keeps_contact(respondents) {
            return Err(Refusal::RespondentUnnamed);
        }
        match &person.contact {
            Contact::Erased { .. } => Err(Refusal::ContactGone),
            Contact::Sealed { sealed, .. } if sealed.version >= version => {
                Err(Refusal::NothingChanged)
            }
            Contact::None | Contact::Sealed { .. } => Ok(()),
        }
    }

    fn decide_shared(&self, shared: Shared) -> Result<Event, Refusal> {
        match self.people().person(&shared.person).map(|one| &one.contact) {
            Some(Contact::Sealed { sealed, turn })
                if sealed.version == shared.version && *turn < shared.turn =>
            {
                Ok(Event::Person(PersonEvent::Shared(shared)))
            }
            Some(Contact::Sealed { .. } | Contact::None) => Err(Refusal::NothingChanged),
            Some(Contact::Erased { .. }) => Err(Refusal::ContactGone),
            None => Err(Refusal::NoSuchPerson),
        }
    }

    fn decide_erased(&self, erased: Erased) -> Result<Event, Refusal> {
        let person = self.people().person(&erased.person);
        match person.ok_or(Refusal::NoSuchPerson)?.contact {
            Contact::Sealed { .. } => Ok(Event::Person(PersonEvent::Erased(erased))),
            Contact::None | Contact::Erased { .. } => Err(Refusal::NothingChanged),
        }
    }

    /// Whether the dossier may be closed once its people's data is destroyed.
    ///
    /// # Errors
    /// [`Refusal`]: the rule that stands in the way.
    pub fn check_closing(&self, closing: &Closing) -> Result<(), Refusal> {
        self.check_open()?;
        if closing.outcome.len() > OUTCOME_MOST {
            return Err(Refusal::TooLong { most: OUTCOME_MOST });
        }
        if self.conflicts().is_empty() {
            Ok(())
        } else {
            Err(Refusal::Disputed)
        }
    }

    fn decide_closing(&self, closing: Closing) -> Result<Event, Refusal> {
        self.check_closing(&closing)?;
        if self.people().with_contact().next().is_some() {
            return Err(Refusal::ContactLeft);
        }
        Ok(Event::Closed(closing))
    }

    fn decide_redaction(&self, redaction: Redaction) -> Result<Event, Refusal> {
        check_text(&redaction.text, false)?;
        let note = |(made, _): &(Made, Note)| made.event == redaction.what;
        let turn = |turn: &Turn| match turn {
            Turn::Reporter(made, _) | Turn::Staff(made, _) => made.event == redaction.what,
        };
        if self.notes().iter().any(note)
            || self.conversation().iter().any(turn)
            || self.has_opinion(&redaction.what)
        {
            Ok(Event::Redacted(redaction))
        } else {
            Err(Refusal::NoSuchMessage)
        }
    }

    fn check_open(&self) -> Result<(), Refusal> {
        if self.status() == Status::Closed {
            Err(Refusal::Closed)
        } else {
            Ok(())
        }
    }

    fn listed(&self, id: &PersonId) -> Result<&Person, Refusal> {
        let person = self.people().person(id).filter(|person| !person.removed);
        person.ok_or(Refusal::NoSuchPerson)
    }

    fn decide_echo(&self, echo: Echo) -> Result<Event, Refusal> {
        self.check_index(echo.index)?;
        if !self.has_message(&echo.message) {
            return Err(Refusal::NoSuchMessage);
        }
        if !self.to_echo().contains(&echo.message) {
            return Err(Refusal::NothingChanged);
        }
        Ok(Event::EchoSent(echo))
    }

    fn decide_file(&self, file: File) -> Result<Event, Refusal> {
        self.check_open()?;
        if self.file(&file.file).is_some() {
            return Err(Refusal::NothingChanged);
        }
        if file.name.is_empty() {
            return Err(Refusal::Empty);
        }
        if file.name.len().max(file.media.len()) > FILE_NAME_MOST {
            return Err(Refusal::TooLong {
                most: FILE_NAME_MOST,
            });
        }
        Ok(Event::FileAdded(file))
    }

    fn decide_file_removal(&self, removal: FileRemoval) -> Result<Event, Refusal> {
        check_reason(&removal.reason)?;
        let entry = self.file(&removal.file).ok_or(Refusal::NoSuchFile)?;
        if entry.removed.is_some() {
            return Err(Refusal::NothingChanged);
        }
        Ok(Event::FileRemoved(removal))
    }

    fn decide_answer(&self, answer: AccessAnswered) -> Result<Event, Refusal> {
        check_reason(&answer.reason)?;
        let mut about = self.access().iter().rev();
        match about.find(|(_, word)| word.party() == answer.party) {
            None | Some((_, Access::ShutOut(_))) => Err(Refusal::NothingToAnswer),
            Some((_, Access::Answered(before))) if before.accepted == answer.accepted => {
                Err(Refusal::NothingChanged)
            }
            Some(_) => Ok(Event::AccessAnswered(answer)),
        }
    }

    fn check_sending(&self, index: u32) -> Result<(), Refusal> {
        if self.reporter().is_none() {
            return Err(Refusal::NoReporter);
        }
        if self.status() == Status::Closed {
            return Err(Refusal::Closed);
        }
        self.check_index(index)
    }

    fn check_index(&self, index: u32) -> Result<(), Refusal> {
        if self.reporter().is_none() {
            return Err(Refusal::NoReporter);
        }
        if self.has_index(index) {
            Err(Refusal::IndexTaken(index))
        } else {
            Ok(())
        }
    }
}

/// Contact data leaves with a reason only.
fn decide_package(made: PackageMade) -> Result<Event, Refusal> {
    if made.contacts && made.reason.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    check_reason(&made.reason)?;
    Ok(Event::PackageMade(made))
}

/// Lists as they are kept: without gaps, each item once.
fn tidy(field: Field) -> Field {
    match field {
        Field::Tags(tags) => {
            let mut tidy: Vec<String> = Vec::new();
            for tag in tags {
                let tag = tag.trim();
                if !tag.is_empty() && tidy.iter().all(|own| own != tag) {
                    tidy.push(tag.into());
                }
            }
            Field::Tags(tidy)
        }
        Field::Groups(mut groups) => {
            groups.sort_unstable();
            groups.dedup();
            Field::Groups(groups)
        }
        other => other,
    }
}

fn check_text(text: &str, needed: bool) -> Result<(), Refusal> {
    if needed && text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if text.len() > TEXT_MOST {
        Err(Refusal::TooLong { most: TEXT_MOST })
    } else {
        Ok(())
    }
}

fn check_facts(facts: &Facts) -> Result<(), Refusal> {
    if facts.capacity.len() > CAPACITY_MOST {
        Err(Refusal::TooLong {
            most: CAPACITY_MOST,
        })
    } else {
        Ok(())
    }
}

fn check_reason(reason: &str) -> Result<(), Refusal> {
    if reason.len() > REASON_MOST {
        Err(Refusal::TooLong { most: REASON_MOST })
    } else {
        Ok(())
    }
}

fn check_count(count: usize, most: usize) -> Result<(), Refusal> {
    if count == 0 {
        return Err(Refusal::NothingChanged);
    }
    if count > most {
        Err(Refusal::TooMany { most })
    } else {
        Ok(())
    }
}
