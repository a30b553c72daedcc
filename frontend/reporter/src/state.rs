//! What the page knows, what can happen, and what is to be done about it. Pure: no browser in here, and no key.

mod door;
mod poll;
mod send;
mod update;

#[cfg(test)]
mod tests;

use sluis_directory::evidence::TrustedTable;
use sluis_kit::{Language, Level, Locale, Scheme};
use sluis_protocol::conversation::{Conversation, MessageId, Part, Question, Wish};
use sluis_wire::address::{GenesisHash, TeamId};
use sluis_wire::api::{BoardPage, Evidence, IntakeReceipt, Problem};
use sluis_wire::pow::{Challenge, Solution};
use sluis_wire::time::UnixTime;

use crate::link::{Ask, Say, Tell, WrongWords};

pub(crate) use update::{typed_words, update};

/// Longest text that can be sent at once, in bytes: what eight queue entries hold, with room for the rest.
pub(crate) const TEXT_MOST: usize = 40_000;
/// Bytes of text in one queue entry, a little less than there is room for.
const ENTRY_TEXT: usize = 5_500;

/// What the operator says in `site.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    /// The deployment; nothing until set-up is done.
    pub(crate) genesis: Option<GenesisHash>,
    /// Where the way out leads.
    pub(crate) exit: String,
    /// Who can be called.
    pub(crate) phones: Vec<Phone>,
}

/// Somebody who can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phone {
    pub(crate) name: String,
    pub(crate) number: String,
}

/// Whether anything can be written now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Door {
    /// Not known yet.
    Asking,
    /// The server does not answer; asked again by itself.
    Unreachable,
    /// To these lines.
    Open(Box<TrustedTable>),
    /// No, and this is why.
    Closed(Closed),
}

/// Why nothing can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// The deployment is not set up, or not pinned.
    NotYet,
    /// No line has a key that still holds.
    NoLine,
    /// This device's clock is off.
    Clock,
    /// Something that the server says does not hold.
    Forged,
    /// The worker cannot run or has stopped.
    Device,
}

/// Where in the page a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Writing the first message.
    Write,
    /// Looking at the eight words.
    Words,
    /// Giving one word back.
    Check,
    /// In the conversation.
    Chat,
    /// Typing the eight words.
    Return,
}

/// How far the keys are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    /// Not asked for.
    None,
    /// Being made.
    Making,
    /// There; replies lie on this page of the board.
    Ready(u16),
}

/// A message of this sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// The page's own number.
    pub(crate) local: u32,
    /// When it was sent, by this device's clock.
    pub(crate) time: u64,
    /// What it says.
    pub(crate) say: Say,
    /// How far it is.
    pub(crate) stage: Stage,
    /// Its name, once it is sealed.
    pub(crate) message: Option<MessageId>,
    /// Sealed entries that are not yet stored, the next one first.
    frames: Vec<Vec<u8>>,
    /// How often in a row it did not work.
    tries: u32,
    /// Not before this moment, in milliseconds.
    not_before: u64,
    /// The work that goes with the request under way.
    in_flight: Option<Solution>,
}

impl Outgoing {
    /// Whether a request for it is under way.
    pub(crate) fn is_under_way(&self) -> bool {
        self.in_flight.is_some()
    }
}

/// How far a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Waits for keys, work or connection, or is under way.
    Sending,
    /// Did not work so far; tried again by itself.
    Waiting,
    /// On the server's disk.
    Stored,
    /// Refused; can be tried again.
    Failed,
}

/// Proof of work: kept ready while a person writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Work {
    /// Solved and not yet used.
    ready: Vec<Solution>,
    /// Handed out and not yet begun.
    challenge: Option<Challenge>,
    /// Whether the worker is searching; how far, in percent.
    pub(crate) running: Option<u8>,
    /// Whether a challenge is under way.
    asked: bool,
    /// Not before this moment, in milliseconds.
    not_before: u64,
    /// How many files wait for work that buys them.
    files: usize,
}

/// Reading the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Polling {
    after: u64,
    under_way: bool,
    not_before: u64,
    /// Whether the whole page was read once.
    pub(crate) complete: bool,
    failures: u32,
}

/// Coming back with the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ComingBack {
    /// As typed.
    pub(crate) typed: String,
    /// What is wrong with it.
    pub(crate) wrong: Option<WrongWords>,
    /// Whether the worker is at it.
    pub(crate) busy: bool,
    /// Whether this sitting began with typed words.
    pub(crate) done: bool,
}

/// Everything the page knows.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own, and all pairs occur"
)]
pub(crate) struct Model {
    pub(crate) locale: Locale,
    pub(crate) scheme: Scheme,
    /// Now, in milliseconds, by this device's clock.
    pub(crate) now: u64,
    /// Random, new at every tick.
    chance: u16,
    /// Seconds to add to this device's clock to get the server's.
    offset: i64,
    /// Whether the page comes from this very machine.
    loopback: bool,
    pub(crate) site: Option<Site>,
    pub(crate) door: Door,
    /// Failed attempts to learn whom to write to.
    door_tries: u32,
    door_not_before: u64,
    door_asked: bool,
    /// Replies of hands that the table does not name, and how many of them stayed so when the table was fetched anew.
    strangers: usize,
    judged: usize,
    judging: usize,
    /// What came before the operator's word did.
    early: Option<Box<Evidence>>,
    pub(crate) step: Step,
    /// The chosen line; nothing until a person chooses.
    pub(crate) line: Option<TeamId>,
    /// The first message as typed.
    pub(crate) story: String,
    /// Whether "go on" was pressed with nothing typed.
    pub(crate) story_missing: bool,
    pub(crate) keys: Keys,
    pub(crate) words: Vec<String>,
    /// Whether the lists of words are here or under way.
    lists: Listed,
    lists_not_before: u64,
    /// Which word is asked back, from 0, and what was typed.
    pub(crate) asked_word: usize,
    pub(crate) asked_typed: String,
    pub(crate) asked_wrong: bool,
    pub(crate) memory_short: bool,
    /// What is being typed in the conversation.
    pub(crate) reply: String,
    pub(crate) outgoing: Vec<Outgoing>,
    next_local: u32,
    pub(crate) work: Work,
    pub(crate) polling: Polling,
    pub(crate) said: Conversation,
    pub(crate) back: ComingBack,
    /// Questions that were answered or skipped in this sitting.
    pub(crate) skipped: Vec<Question>,
    pub(crate) answer: String,
    pub(crate) stop_asked: bool,
    /// Whether the last contact with the server failed.
    pub(crate) offline: bool,
    visible: bool,
    /// When a person last did something, in milliseconds.
    active: u64,
    /// Moments of the last presses of Escape, in milliseconds.
    escapes: Vec<u64>,
    /// What was copied or not, until something else happens.
    pub(crate) copied: Option<bool>,
    /// What a screen reader is to say.
    pub(crate) spoken: Spoken,
}

/// What a screen reader says about the last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoken {
    Nothing,
    Stored,
    Failed,
    Offline,
    Online,
    NewReply,
    Copied,
    NotCopied,
}

/// Where the lists of words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listed {
    No,
    Asked,
    Here,
}

/// What went wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No answer.
    Unreachable,
    /// An answer that is none.
    Garbled,
    /// The server says no.
    Problem(Problem),
}

/// What can happen.
#[derive(Debug)]
pub(crate) enum Msg {
    SiteRead(Option<Site>),
    EvidenceRead(Result<Box<Evidence>, Fault>),
    ChallengeRead(Result<Challenge, Fault>),
    ListsRead(Option<String>),
    Posted(u32, Result<IntakeReceipt, Fault>),
    Polled(Result<BoardPage, Fault>),
    Worker(Tell),
    WorkerStopped,
    Tick { now: u64, chance: u16 },
    Visible(bool),
    Escape,
    Leave,
    SkipToMain,
    Language(Language),
    Level(Level),
    Scheme(Scheme),
    LineChosen(Option<TeamId>),
    StoryTyped(String),
    Continue,
    BackToWriting,
    WordsKept,
    BackToWords,
    WordTyped(String),
    CheckAndSend,
    SkipAndSend,
    Copy,
    Copied(bool),
    Print,
    SaveImage,
    SaveProof,
    ComeBack,
    WordsTyped(String),
    Open,
    Fix(usize),
    PutWord(usize, String),
    ReplyTyped(String),
    Send,
    Retry(u32),
    AnswerTyped(String),
    Answer(Question, String),
    SkipQuestion(Question),
    FederationMayRead(bool),
    AskStop,
    KeepGoing,
    Stop,
    Attach,
    WorkWanted,
    Attached(Vec<u8>),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    ReadSite,
    ReadEvidence,
    ReadChallenge,
    ReadLists,
    /// One intake request for the message with this number: the padded body.
    Post(u32, Vec<u8>),
    /// One board request: the padded body.
    Poll(Vec<u8>),
    Worker(Ask),
    /// Opens the place where files are sent, or hands it work that buys one.
    Attach(Vec<u8>),
    /// Ends the worker and leaves for this address.
    Leave(String),
    Copy(String),
    Print,
    SaveImage(Vec<String>),
    SaveText(String, String),
    Focus(&'static str),
    ScrollToEnd,
    Locale(Locale),
    Scheme(Scheme),
}

impl Model {
    /// A fresh page.
    pub(crate) fn new(locale: Locale, now: u64, loopback: bool) -> Self {
        Self {
            locale,
            scheme: Scheme::System,
            now,
            chance: 0,
            offset: 0,
            loopback,
            site: None,
            door: Door::Asking,
            door_tries: 0,
            door_not_before: now + 10_000,
            // The page asks for everything at once when it starts.
            door_asked: true,
            strangers: 0,
            judged: 0,
            judging: 0,
            early: None,
            step: Step::Write,
            line: None,
            story: String::new(),
            story_missing: false,
            keys: Keys::None,
            words: Vec::new(),
            lists: Listed::No,
            lists_not_before: 0,
            asked_word: 0,
            asked_typed: String::new(),
            asked_wrong: false,
            memory_short: false,
            reply: String::new(),
            outgoing: Vec::new(),
            next_local: 0,
            work: Work::default(),
            polling: Polling::default(),
            said: Conversation::default(),
            back: ComingBack::default(),
            skipped: Vec::new(),
            answer: String::new(),
            stop_asked: false,
            offline: false,
            visible: true,
            active: now,
            escapes: Vec::new(),
            copied: None,
            spoken: Spoken::Nothing,
        }
    }

    /// The lines that can be written to.
    /// Whether a reply came that is not the team's, by the newest table: a colleague may have come since the page was opened.
    pub(crate) fn is_answered_by_strangers(&self) -> bool {
        self.strangers.min(self.judged) > 0
    }

    pub(crate) fn table(&self) -> Option<&TrustedTable> {
        match &self.door {
            Door::Open(table) => Some(table),
            _ => None,
        }
    }

    /// Where the next message goes: the team that has the conversation, the chosen line, or the centre.
    pub(crate) fn team(&self) -> Option<TeamId> {
        let lines = &self.table()?.lines;
        let holds = |team: &TeamId| lines.iter().any(|line| line.team == *team);
        let centre = || {
            lines
                .iter()
                .find(|line| line.centre)
                .or(lines.first())
                .map(|line| line.team)
        };
        self.said
            .team
            .filter(holds)
            .or(self.line.filter(holds))
            .or_else(centre)
    }

    /// Seconds since 1970 by this device's clock.
    pub(crate) fn seconds(&self) -> u64 {
        self.now / 1_000
    }

    /// The server's clock.
    fn server_time(&self) -> UnixTime {
        UnixTime(self.seconds().saturating_add_signed(self.offset))
    }

    /// Whether a message went out or the words opened something: the conversation exists.
    pub(crate) fn has_conversation(&self) -> bool {
        !self.outgoing.is_empty() || !self.said.utterances.is_empty()
    }

    /// Messages of this sitting that the board does not give back yet.
    pub(crate) fn pending(&self) -> impl Iterator<Item = &Outgoing> {
        self.outgoing.iter().filter(|outgoing| {
            let same = |message: &MessageId| outgoing.message == Some(*message);
            let echoed = self
                .said
                .utterances
                .iter()
                .any(|utterance| same(&utterance.message));
            let heard = self.said.heard.iter().any(|(message, _)| same(message));
            !(echoed || heard)
        })
    }

    /// The answers that the team has, and those under way.
    fn answers(&self) -> impl Iterator<Item = Question> {
        let heard = self.said.heard.iter().filter_map(|(_, part)| match part {
            Part::Answer(question, _) => Some(*question),
            _ => None,
        });
        let under_way = self
            .outgoing
            .iter()
            .filter_map(|outgoing| match outgoing.say {
                Say::Answer(question, _) => Some(question),
                _ => None,
            });
        heard.chain(under_way)
    }

    /// The next later question, once the first message is stored.
    pub(crate) fn question(&self) -> Option<Question> {
        const ORDER: [Question; 5] = [
            Question::Sport,
            Question::Federation,
            Question::Level,
            Question::Minor,
            Question::Contact,
        ];
        let stored = self
            .outgoing
            .iter()
            .any(|outgoing| outgoing.stage == Stage::Stored);
        let begun = stored || !self.said.utterances.is_empty();
        let done: Vec<_> = self.answers().chain(self.skipped.iter().copied()).collect();
        ORDER
            .into_iter()
            .find(|question| begun && !done.contains(question))
    }

    /// What the reporter last wished about the federation.
    pub(crate) fn federation_may_read(&self) -> bool {
        self.wishes()
            .filter_map(|wish| match wish {
                Wish::FederationMayRead(may) => Some(may),
                Wish::Stop => None,
            })
            .last()
            .unwrap_or(false)
    }

    /// Whether the reporter asked to stop.
    pub(crate) fn stopped(&self) -> bool {
        self.wishes().any(|wish| wish == Wish::Stop)
    }

    fn wishes(&self) -> impl Iterator<Item = Wish> {
        let heard = self.said.heard.iter().filter_map(|(_, part)| match part {
            Part::Wish(wish) => Some(wish.wish),
            _ => None,
        });
        let sent = self
            .outgoing
            .iter()
            .filter_map(|outgoing| match outgoing.say {
                Say::Wish(wish) => Some(wish),
                _ => None,
            });
        heard.chain(sent)
    }

    /// Whether there is text that is not sent yet.
    fn writing(&self) -> bool {
        match self.step {
            Step::Write | Step::Words | Step::Check => !self.story.trim().is_empty(),
            Step::Chat => !self.reply.trim().is_empty() || !self.answer.trim().is_empty(),
            Step::Return => false,
        }
    }
}
