//! The state of a dossier: what its log adds up to.
//!
//! [`Dossier::replay`] folds a whole log, in its order, and never fails. The same log gives the same state on every device.

use alloc::string::String;
use alloc::vec::Vec;

use sluis_sorted::{Map, Set};

use crate::conflict::{self, Conflict};
use crate::event::{
    AccessAnswered, AccessTerms, AdviceAsked, Event, Extract, Message, Note, Opening, Opinion,
    OpinionReturned, PackageTaken, Part, Receipt, ReceiptKind, Redaction, Reply, ReporterKeys,
};
use crate::figures::Figure;
use crate::file::File;
use crate::ids::{AuthorId, DossierId, EventId, FileRef, MessageId, PartyRef};
use crate::log::{EventLog, LogEntry};
use crate::people::{Closing, People};
use crate::vocabulary::{
    Category, Field, FieldName, Kind, Level, Origin, Risk, RiskGroup, Status, Subcategory, Tie,
    Tier,
};

/// Who did something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The event that says so.
    pub event: EventId,
    /// Its author.
    pub author: AuthorId,
    /// When, as the author says (unix seconds).
    pub time: u64,
}

impl Made {
    pub(crate) const fn by(entry: &LogEntry) -> Self {
        Self {
            event: entry.id,
            author: entry.author,
            time: entry.time,
        }
    }
}

/// A dossier as its log has made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dossier {
    opened: Option<(Made, Opening)>,
    fields: Fields,
    conversation: Vec<Turn>,
    imported: Set<MessageId>,
    reporter: Option<ReporterKeys>,
    federation_may_read: Option<bool>,
    stop_asked: bool,
    acknowledged_below: u32,
    notes: Vec<(Made, Note)>,
    seen: Map<AuthorId, Set<MessageId>>,
    board: Map<EventId, BoardItem>,
    indices: Set<u32>,
    echoed: Set<MessageId>,
    receipts: Vec<Receipt>,
    first_time: Option<u64>,
    last_time: u64,
    worked_time: u64,
    access: Vec<(Made, Access)>,
    extract: Option<Extract>,
    opinions: Vec<(Made, Opinion)>,
    advice: Vec<(Made, AdviceAsked)>,
    returned: Vec<OpinionReturned>,
    concerns: Option<DossierId>,
    links: Map<DossierId, Tie>,
    people: People,
    closing: Option<(Made, Closing)>,
    files: Vec<FileEntry>,
    figure: Option<(Made, Figure)>,
    came_from: Option<PackageTaken>,
    unknown: u32,
    conflicts: Vec<Conflict>,
}

/// The fields that are set as a whole; the last writer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Report or advice question.
    pub kind: Kind,
    /// Category and subcategory.
    pub classification: Option<(Category, Option<Subcategory>)>,
    /// Name of the federation.
    pub federation: String,
    /// Name of the sport.
    pub sport: String,
    /// Level.
    pub level: Option<Level>,
    /// Where it stands.
    pub status: Status,
    /// First story.
    pub first_story: String,
    /// What happened.
    pub happened: String,
    /// What is asked.
    pub asked: String,
    /// Who handles it.
    pub handler: Option<[u8; 16]>,
    /// Name of the club.
    pub club: String,
    /// Risk.
    pub risk: Option<Risk>,
    /// Groups at more risk.
    pub groups: Vec<RiskGroup>,
    /// Words of one's own to find it by.
    pub tags: Vec<String>,
    /// What help the body that asks can get.
    pub tier: Option<Tier>,
}

/// One turn of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The reporter's.
    Reporter(Made, Message),
    /// Ours (one piece of a longer reply is a turn of its own here; [`crate::view`] joins them).
    Staff(Made, Reply),
}

/// A word about somebody's access. Whether its author had the right to say it is not the log's to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// On what terms it is given.
    Terms(AccessTerms),
    /// Whether it is taken.
    Answered(AccessAnswered),
    /// It ends for this person, for good.
    ShutOut(PartyRef),
}

impl Access {
    /// Whose access.
    #[must_use]
    pub const fn party(&self) -> PartyRef {
        match self {
            Self::Terms(terms) => terms.party,
            Self::Answered(answer) => answer.party,
            Self::ShutOut(person) => *person,
        }
    }
}

/// A file of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Who added it, or took in the message that it came with.
    pub made: Made,
    /// It came from the reporter, with this message.
    pub message: Option<MessageId>,
    /// What is known of it. No name any more once it was taken away.
    pub file: File,
    /// Who took it away, and why.
    pub removed: Option<(Made, String)>,
}

/// What should lie on the reply board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardItem {
    /// Who made it, and when.
    pub made: Made,
    /// Who sealed the frame that counts: whoever moved it last.
    pub sealed_by: AuthorId,
    /// Under which index.
    pub index: u32,
    /// The frame.
    pub sealed: Vec<u8>,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            kind: Kind::Report,
            classification: None,
            federation: String::new(),
            sport: String::new(),
            level: None,
            status: Status::New,
            first_story: String::new(),
            happened: String::new(),
            asked: String::new(),
            handler: None,
            club: String::new(),
            risk: None,
            groups: Vec::new(),
            tags: Vec::new(),
            tier: None,
        }
    }
}

impl Fields {
    /// Sets one of them.
    pub fn set(&mut self, field: &Field) {
        match field {
            Field::Kind(kind) => self.kind = *kind,
            Field::Classification(classification) => self.classification = *classification,
            Field::Federation(name) => self.federation.clone_from(name),
            Field::Sport(name) => self.sport.clone_from(name),
            Field::Level(level) => self.level = *level,
            Field::Status(status) => self.status = *status,
            Field::FirstStory(text) => self.first_story.clone_from(text),
            Field::Happened(text) => self.happened.clone_from(text),
            Field::Asked(text) => self.asked.clone_from(text),
            Field::Handler(member) => self.handler = *member,
            Field::Club(name) => self.club.clone_from(name),
            Field::Risk(risk) => self.risk = *risk,
            Field::Groups(groups) => self.groups.clone_from(groups),
            Field::Tags(tags) => self.tags.clone_from(tags),
            Field::Tier(tier) => self.tier = *tier,
        }
    }

    /// Whether it has this value already.
    #[must_use]
    pub fn has(&self, field: &Field) -> bool {
        match field {
            Field::Kind(kind) => self.kind == *kind,
            Field::Classification(classification) => self.classification == *classification,
            Field::Federation(name) => self.federation == *name,
            Field::Sport(name) => self.sport == *name,
            Field::Level(level) => self.level == *level,
            Field::Status(status) => self.status == *status,
            Field::FirstStory(text) => self.first_story == *text,
            Field::Happened(text) => self.happened == *text,
            Field::Asked(text) => self.asked == *text,
            Field::Handler(member) => self.handler == *member,
            Field::Club(name) => self.club == *name,
            Field::Risk(risk) => self.risk == *risk,
            Field::Groups(groups) => self.groups == *groups,
            Field::Tags(tags) => self.tags == *tags,
            Field::Tier(tier) => self.tier == *tier,
        }
    }
}

impl Dossier {
    /// The state that a whole log adds up to.
    #[must_use]
    pub fn replay(log: &EventLog) -> Self {
        let mut dossier = Self::default();
        let ordered = log.ordered();
        for entry in &ordered {
            dossier.apply(entry);
        }
        dossier.settle(log, &ordered);
        dossier
    }

    /// Takes in an entry that has just been made on top of everything in `log`, which holds it already.
    pub fn add(&mut self, entry: &LogEntry, log: &EventLog) {
        self.apply(entry);
        if matches!(entry.event, Event::FieldSet(_)) {
            self.settle(log, &log.ordered());
        }
    }

    /// Finds what is disputed, and lets a status that somebody chose stand before one that came by looking.
    fn settle(&mut self, log: &EventLog, ordered: &[&LogEntry]) {
        let found = conflict::find(log, ordered);
        self.conflicts = found.conflicts;
        if let Some(chosen) = found.chosen_status
            && self.fields.status == Status::Read
        {
            self.fields.status = chosen;
        }
    }

    /// Takes in the next event in log order. Total and deterministic.
    fn apply(&mut self, entry: &LogEntry) {
        let made = Made::by(entry);
        self.first_time = Some(self.first_time.unwrap_or(entry.time));
        if let Some((index, sealed)) = entry.event.board() {
            self.indices.insert(index);
            if !matches!(entry.event, Event::ReplyMoved(_)) {
                self.board.insert(
                    entry.id,
                    BoardItem {
                        made,
                        sealed_by: entry.author,
                        index,
                        sealed: sealed.to_vec(),
                    },
                );
            }
        }
        match &entry.event {
            Event::DossierOpened(opening) => self.open(made, opening),
            Event::MessageImported(message) => self.import(made, message),
            Event::ReplySent(reply) => self.conversation.push(Turn::Staff(made, reply.clone())),
            Event::EchoSent(echo) => {
                self.echoed.insert(echo.message);
            }
            Event::ReceiptSent(receipt) => self.receipts.push(receipt.clone()),
            Event::ReplyMoved(moved) => {
                if let Some(item) = self.board.get_mut(&moved.what) {
                    item.index = moved.index;
                    item.sealed_by = entry.author;
                    item.sealed.clone_from(&moved.sealed);
                }
            }
            Event::NoteAdded(note) => self.notes.push((made, note.clone())),
            Event::FieldSet(field) => {
                // Another status takes the dossier up again; the people's data stays gone.
                if matches!(field, Field::Status(status) if *status != Status::Closed) {
                    self.closing = None;
                }
                self.fields.set(field);
            }
            Event::MessagesSeen(messages) => {
                self.seen
                    .entry(entry.author)
                    .or_default()
                    .extend(messages.iter().copied());
            }
            Event::HeadsSeen(_) | Event::TakenOut(_) | Event::PackageMade(_) => {}
            Event::PackageTaken(taken) => {
                self.came_from.get_or_insert_with(|| taken.clone());
            }
            Event::AccessTerms(terms) => self.access.push((made, Access::Terms(terms.clone()))),
            Event::AccessAnswered(answer) => {
                self.access.push((made, Access::Answered(answer.clone())));
            }
            Event::PersonShutOut(person) => self.access.push((made, Access::ShutOut(*person))),
            Event::ExtractMade(extract) => {
                // Two cannot both be what this dossier is; the first in the log holds.
                self.extract.get_or_insert_with(|| extract.clone());
            }
            Event::OpinionGiven(opinion) => self.opinions.push((made, opinion.clone())),
            Event::AdviceAsked(asked) => self.advice.push((made, asked.clone())),
            Event::OpinionReturned(returned) => self.take_back(returned),
            Event::Concerns(dossier) => self.concerns = self.concerns.or(Some(*dossier)),
            Event::Linked(link) => {
                self.links.insert(link.other, link.tie);
            }
            Event::Unlinked(other) => {
                self.links.remove(other);
            }
            Event::Person(event) => self.people.apply(made, event),
            Event::Closed(closing) => {
                self.fields.status = Status::Closed;
                self.closing = Some((made, closing.clone()));
            }
            Event::Shredded(closing) => self.people.shred(*closing, entry.author),
            Event::Redacted(redaction) => self.redact(redaction),
            Event::FileAdded(file) => self.add_file(made, None, file),
            Event::FileRemoved(removal) => {
                let mut files = self.files.iter_mut();
                let entry = files.find(|entry| entry.file.file == removal.file);
                if let Some(entry) = entry
                    && entry.removed.is_none()
                {
                    entry.removed = Some((made, removal.reason.clone()));
                    // What it was called can say as much as what was in it.
                    entry.file.name.clear();
                }
            }
            Event::FigureKept(figure) => self.keep_figure(made, figure),
            Event::Unknown { .. } => self.unknown = self.unknown.saturating_add(1),
        }
        if !matches!(
            entry.event,
            Event::MessagesSeen(_)
                | Event::HeadsSeen(_)
                | Event::TakenOut(_)
                | Event::PackageMade(_)
                | Event::Shredded(_)
        ) {
            self.last_time = self.last_time.max(entry.time);
            if !by_itself(&entry.event) {
                self.worked_time = self.worked_time.max(entry.time);
            }
        }
    }

    /// Two colleagues may close it at once: it counts once, and the first in the log holds.
    fn keep_figure(&mut self, made: Made, figure: &Figure) {
        if self.figure.is_none() {
            self.figure = Some((made, figure.clone()));
        }
    }

    /// Two colleagues may bring one opinion back at once.
    fn take_back(&mut self, returned: &OpinionReturned) {
        if !self.has_opinion(&returned.opinion) {
            self.returned.push(returned.clone());
        }
    }

    fn open(&mut self, made: Made, opening: &Opening) {
        // Two devices may open one dossier at once; the first in the log holds.
        if self.opened.is_none() {
            self.fields.kind = opening.kind;
            self.opened = Some((made, opening.clone()));
        }
    }

    fn import(&mut self, made: Made, message: &Message) {
        if !self.imported.insert(message.id) {
            return;
        }
        self.reporter = Some(message.reporter.clone());
        for part in &message.parts {
            match part {
                Part::Consent {
                    federation_may_read,
                    ..
                } => self.federation_may_read = Some(*federation_may_read),
                Part::Stop { .. } => {
                    self.stop_asked = true;
                    self.fields.status = Status::Stopped;
                }
                Part::Ack { below } => {
                    self.acknowledged_below = self.acknowledged_below.max(*below);
                }
                Part::File(file) => self.add_file(made, Some(message.id), file),
                Part::Text(_) | Part::Answer { .. } | Part::Other { .. } => {}
            }
        }
        self.conversation
            .push(Turn::Reporter(made, message.clone()));
    }

    /// Shows other words for what an event said. It comes after that event, for its author had it before their eyes.
    fn redact(&mut self, redaction: &Redaction) {
        for (made, note) in &mut self.notes {
            if made.event == redaction.what {
                note.text.clone_from(&redaction.text);
            }
        }
        for one in &mut self.returned {
            if one.opinion == redaction.what {
                one.text.clone_from(&redaction.text);
            }
        }
        for turn in &mut self.conversation {
            match turn {
                Turn::Staff(made, reply) if made.event == redaction.what => {
                    reply.text.clone_from(&redaction.text);
                }
                Turn::Reporter(made, message) if made.event == redaction.what => {
                    message
                        .parts
                        .retain(|part| !matches!(part, Part::Text(_) | Part::Answer { .. }));
                    message.parts.insert(0, Part::Text(redaction.text.clone()));
                }
                Turn::Staff(..) | Turn::Reporter(..) => {}
            }
        }
    }

    /// The people.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// How it was closed, while it is, and by an act of closing.
    #[must_use]
    pub fn closing(&self) -> Option<&(Made, Closing)> {
        self.closing.as_ref()
    }

    /// What stays of it for the figures, once it has been closed.
    #[must_use]
    pub fn figure(&self) -> Option<&(Made, Figure)> {
        self.figure.as_ref()
    }

    /// The package that it was made of.
    #[must_use]
    pub fn came_from(&self) -> Option<&PackageTaken> {
        self.came_from.as_ref()
    }

    /// The first to bring a file has brought it.
    fn add_file(&mut self, made: Made, message: Option<MessageId>, file: &File) {
        if self.file(&file.file).is_none() {
            self.files.push(FileEntry {
                made,
                message,
                file: file.clone(),
                removed: None,
            });
        }
    }

    /// Files in log order, those that were taken away included.
    #[must_use]
    pub fn files(&self) -> &[FileEntry] {
        &self.files
    }

    /// One file.
    #[must_use]
    pub fn file(&self, file: &FileRef) -> Option<&FileEntry> {
        self.files.iter().find(|entry| entry.file.file == *file)
    }

    /// How it came to be; nothing while that event is not here.
    #[must_use]
    pub fn opening(&self) -> Option<&Opening> {
        self.opened.as_ref().map(|(_, opening)| opening)
    }

    /// By which route it came; by chat while that is not known.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.opening()
            .map_or(Origin::Chat, |opening| opening.origin)
    }

    /// When it came to be (unix seconds).
    #[must_use]
    pub fn opened_at(&self) -> u64 {
        self.opened
            .as_ref()
            .map_or(self.first_time.unwrap_or_default(), |(made, _)| made.time)
    }

    /// Last activity (unix seconds); reading is none.
    #[must_use]
    pub fn active_at(&self) -> u64 {
        self.last_time
    }

    /// When a reporter wrote or a person did something last (unix seconds): what desks do by themselves is left out.
    #[must_use]
    pub fn worked_at(&self) -> u64 {
        self.worked_time
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.fields.status
    }

    /// All turns of the conversation, in log order.
    #[must_use]
    pub fn conversation(&self) -> &[Turn] {
        &self.conversation
    }

    /// The reporter's messages, in log order, each once.
    pub fn messages(&self) -> impl Iterator<Item = (Made, &Message)> {
        self.conversation.iter().filter_map(|turn| match turn {
            Turn::Reporter(made, message) => Some((*made, message)),
            Turn::Staff(..) => None,
        })
    }

    /// Whether this message has been taken in.
    #[must_use]
    pub fn has_message(&self, message: &MessageId) -> bool {
        self.imported.contains(message)
    }

    /// Messages that were taken in and not sent back yet (decision 15).
    #[must_use]
    pub fn to_echo(&self) -> Vec<MessageId> {
        self.messages()
            .map(|(_, message)| message.id)
            .filter(|id| !self.echoed.contains(id))
            .collect()
    }

    /// Whether the reporter was told this, about this message.
    #[must_use]
    pub fn has_receipt(&self, what: ReceiptKind, message: Option<MessageId>) -> bool {
        self.receipts
            .iter()
            .any(|receipt| receipt.what == what && receipt.message == message)
    }

    /// The receipts, in log order.
    #[must_use]
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }

    /// What it takes to answer the reporter: that of the newest message.
    #[must_use]
    pub fn reporter(&self) -> Option<&ReporterKeys> {
        self.reporter.as_ref()
    }

    /// The reporter can be answered.
    #[must_use]
    pub fn can_reply(&self) -> bool {
        self.reporter.is_some() && self.fields.status != Status::Closed
    }

    /// What the reporter said last about the federation reading along.
    #[must_use]
    pub fn federation_may_read(&self) -> Option<bool> {
        self.federation_may_read
    }

    /// The reporter asked to stop.
    #[must_use]
    pub fn stop_asked(&self) -> bool {
        self.stop_asked
    }

    /// The reporter has read every reply below this index.
    #[must_use]
    pub fn acknowledged_below(&self) -> u32 {
        self.acknowledged_below
    }

    /// Notes in log order.
    #[must_use]
    pub fn notes(&self) -> &[(Made, Note)] {
        &self.notes
    }

    /// What should lie on the reply board, by index: whoever may post puts there what is not there yet.
    #[must_use]
    pub fn board(&self) -> Vec<&BoardItem> {
        let mut items: Vec<_> = self.board.values().collect();
        items.sort_by_key(|item| (item.index, item.made.event));
        items
    }

    /// The board item of an event.
    #[must_use]
    pub fn board_item(&self, event: &EventId) -> Option<&BoardItem> {
        self.board.get(event)
    }

    /// The index for the next reply: above every one that was ever taken here, those in conflict included.
    #[must_use]
    pub fn next_reply_index(&self) -> u32 {
        self.indices.last().map_or(0, |last| last.saturating_add(1))
    }

    /// Whether something of ours took this index.
    #[must_use]
    pub fn has_index(&self, index: u32) -> bool {
        self.indices.contains(&index)
    }

    /// Events that share their index with another one: each but the first by (index, event id) has to move.
    #[must_use]
    pub fn in_conflict(&self) -> Vec<EventId> {
        let board = self.board();
        let pairs = board.iter().zip(board.iter().skip(1));
        pairs
            .filter(|(one, next)| one.index == next.index)
            .map(|(_, next)| next.made.event)
            .collect()
    }

    /// Messages of the reporter that none of my devices has seen.
    #[must_use]
    pub fn unseen(&self, is_mine: impl Fn(&AuthorId) -> bool) -> Vec<MessageId> {
        let mine: Vec<_> = self
            .seen
            .iter()
            .filter(|(author, _)| is_mine(author))
            .map(|(_, seen)| seen)
            .collect();
        let seen = |id: &MessageId| mine.iter().any(|seen| seen.contains(id));
        self.messages()
            .map(|(_, message)| message.id)
            .filter(|id| !seen(id))
            .collect()
    }

    /// Whether anyone has seen any message.
    #[must_use]
    pub fn seen_by_anyone(&self) -> bool {
        self.seen.values().any(|seen| !seen.is_empty())
    }

    /// An answer is due since then: the time of the first message of the reporter after our last reply.
    #[must_use]
    pub fn waiting_since(&self) -> Option<u64> {
        let mut since = None;
        for turn in &self.conversation {
            match turn {
                Turn::Reporter(made, message) if says_something(message) => {
                    since = since.or(Some(made.time));
                }
                Turn::Reporter(..) => {}
                Turn::Staff(..) => since = None,
            }
        }
        since.filter(|_| self.fields.status != Status::Closed)
    }

    /// Fields that people set without knowing of each other, with all values.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Whether a field has more than one value.
    #[must_use]
    pub fn is_disputed(&self, field: FieldName) -> bool {
        self.conflicts
            .iter()
            .any(|conflict| conflict.field == field)
    }

    /// Every word about access, in log order.
    #[must_use]
    pub fn access(&self) -> &[(Made, Access)] {
        &self.access
    }

    /// What its readers get to see, when it is an extract of another dossier.
    #[must_use]
    pub fn extract(&self) -> Option<&Extract> {
        self.extract.as_ref()
    }

    /// What advisers said about it, when it is an extract, in log order.
    #[must_use]
    pub fn opinions(&self) -> &[(Made, Opinion)] {
        &self.opinions
    }

    /// Extracts that were made of it, in log order.
    #[must_use]
    pub fn advice(&self) -> &[(Made, AdviceAsked)] {
        &self.advice
    }

    /// Opinions that came back from extracts, in log order, each once.
    #[must_use]
    pub fn returned(&self) -> &[OpinionReturned] {
        &self.returned
    }

    /// Whether this opinion has come back.
    #[must_use]
    pub fn has_opinion(&self, opinion: &EventId) -> bool {
        self.returned.iter().any(|one| one.opinion == *opinion)
    }

    /// The dossier that these private notes are about.
    #[must_use]
    pub fn concerns(&self) -> Option<DossierId> {
        self.concerns
    }

    /// The dossiers that it belongs together with.
    #[must_use]
    pub fn links(&self) -> &Map<DossierId, Tie> {
        &self.links
    }

    /// How many events of a kind that this release does not know.
    #[must_use]
    pub fn unknown_events(&self) -> u32 {
        self.unknown
    }
}

/// Whether desks do this without anybody deciding it: receipts, the reporter's own words sent back, replies signed anew, the status of having been read.
fn by_itself(event: &Event) -> bool {
    matches!(
        event,
        Event::ReceiptSent(_)
            | Event::EchoSent(_)
            | Event::ReplyMoved(_)
            | Event::FieldSet(Field::Status(Status::Read))
    )
}

/// Whether a message holds something that asks for an answer.
fn says_something(message: &Message) -> bool {
    message.parts.iter().any(|part| match part {
        Part::Text(_)
        | Part::Answer { .. }
        | Part::Consent { .. }
        | Part::Stop { .. }
        | Part::File(_)
        | Part::Other { .. } => true,
        Part::Ack { .. } => false,
    })
}
