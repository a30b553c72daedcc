//! What the page and its worker say to each other. Keys stay in the worker; the words are shown, so they cross.

use serde::{Deserialize, Serialize};
use sluis_protocol::conversation::{Conversation, MessageId, Question, Wish};
use sluis_wire::address::{GenesisHash, TeamId};
use sluis_wire::pow::{Challenge, Solution};
use sluis_wire::time::UnixTime;

/// Largest message between page and worker, in bytes: a full board answer and some more.
pub(crate) const MOST: usize = 2 * 1024 * 1024;

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ask {
    /// What the server says about whom to write to; checked by the worker itself. Comes before everything else.
    Trust {
        /// As the server sent it.
        evidence: Vec<u8>,
        /// The deployment.
        genesis: GenesisHash,
        /// This device's clock.
        now: UnixTime,
    },
    /// Makes eight words and all keys. Answers: [`Tell::Words`], then [`Tell::Ready`].
    Begin,
    /// The word lists of both languages, Dutch first, with an empty line between; without them those that came before. Words are shown in
    /// English or in Dutch from now on. Answer: [`Tell::Words`] when there are words and lists.
    Lists {
        /// As the server sent them.
        lists: Option<String>,
        /// Which of them.
        english: bool,
    },
    /// Reads typed words and makes their keys. Answer: [`Tell::Ready`] or [`Tell::Wrong`].
    Return(String),
    /// Solves a challenge, a slice at a time. Answers: [`Tell::Worked`], then [`Tell::Solved`].
    Work(Challenge),
    /// Seals a message. Answer: [`Tell::Sealed`].
    Seal {
        /// The page's own number for it.
        local: u32,
        /// To which line.
        team: TeamId,
        /// When.
        time: UnixTime,
        /// What is said.
        say: Say,
        /// Replies below this number were read.
        read: u32,
    },
    /// Reads board entries. Answer: [`Tell::Said`].
    Board {
        /// As the server sent them.
        entries: Vec<Vec<u8>>,
        /// The team that was written to in this sitting.
        written_to: Option<TeamId>,
    },
}

/// What a reporter says at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Say {
    /// Text.
    Text(String),
    /// An answer to a later question.
    Answer(Question, String),
    /// A wish, which the worker signs.
    Wish(Wish),
    /// A file that lies at the server already, as [`file_parts`] takes it apart.
    File(Vec<u8>),
}

/// What a file is called, and what the message says of it: a byte with the length of the name comes first.
pub(crate) fn file_parts(said: &[u8]) -> (&[u8], &[u8]) {
    let parts = said
        .split_first()
        .and_then(|(length, rest)| rest.split_at_checked((*length).into()));
    parts.unwrap_or_default()
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Tell {
    /// The eight words.
    Words(Vec<String>),
    /// All keys are there.
    Ready {
        /// Page of the board.
        page: u16,
    },
    /// The typed words are no code.
    Wrong(WrongWords),
    /// This device has not enough memory.
    OutOfMemory,
    /// How far the proof of work is, in percent.
    Worked(u8),
    /// A challenge is solved.
    Solved(Solution),
    /// A message is sealed; nothing when it is too long.
    Sealed {
        /// The page's number.
        local: u32,
        /// Its name in the conversation.
        message: MessageId,
        /// Queue entries.
        frames: Vec<Vec<u8>>,
    },
    /// The conversation as far as it has come.
    Said(Box<Conversation>),
}

/// Why typed words are no code. Places count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WrongWords {
    /// So many words, not eight.
    Count(usize),
    /// Words that stand in no list, with words that look like them.
    Unknown(Vec<(usize, Vec<String>)>),
    /// All are known, but they do not belong together; these changes would fit.
    Check(Vec<Fix>),
}

/// One change that makes the words fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fix {
    /// Put this word there.
    Replace(usize, String),
    /// Let these two change places.
    Swap(usize, usize),
}
