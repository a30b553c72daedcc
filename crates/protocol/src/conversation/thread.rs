//! The conversation as the reporter sees it: replies in order, holes named, and whom to believe.
//!
//! The reporter is stateless (decision 15). A reply counts when its signer stands among the reply keys of the team that
//! it names, in the table that the witnesses vouch for; and the team may change only after the old one said so
//! (decision 17). Everything else becomes an [`Alarm`] and is not shown.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};
use sluis_directory::snapshot::Line;
use sluis_domain::vocabulary::Status;
use sluis_wire::{
    address::{BoardTag, GenesisHash, TeamId},
    time::UnixTime,
};

use super::{
    board::{self, Opened},
    keys::ReporterKeys,
    message::{MessageId, Part},
    reply::{Piece, ReplyPart},
};

/// How many numbers beyond the last known reply are looked for: more than a team can post between two visits.
const WINDOW: u32 = 1024;

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voice {
    /// The reporter, as the team gives it back.
    Reporter,
    /// The team, by this role.
    Team(String),
}

/// One message in the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// Number of the reply that holds its first piece.
    pub index: u32,
    /// Which message.
    pub message: MessageId,
    /// Who says it.
    pub voice: Voice,
    /// When it was written.
    pub time: UnixTime,
    /// What is said, as far as it has come.
    pub text: String,
    /// Whether all pieces are there.
    pub whole: bool,
}

/// What is wrong with a conversation. The numbers are those of replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Alarm {
    /// A reply that must exist was not given out.
    Missing(u32),
    /// A reply was changed, or is not for this place.
    Damaged(u32),
    /// A reply was signed by someone who does not stand for the team that it names.
    NotTheTeam(u32),
    /// A reply by another team, to which nobody handed the conversation over.
    AnotherTeam(u32),
}

impl Alarm {
    /// Number of the reply that it is about.
    #[must_use]
    pub const fn index(&self) -> u32 {
        let (Self::Missing(index)
        | Self::Damaged(index)
        | Self::NotTheTeam(index)
        | Self::AnotherTeam(index)) = self;
        *index
    }
}

/// A message that the team holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Which message.
    pub message: MessageId,
    /// Its hash ([`message_hash`](super::message_hash)).
    pub hash: [u8; 32],
    /// When it came into the team's hands.
    pub time: UnixTime,
}

/// All that has been said, as far as it can be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Messages in order.
    pub utterances: Vec<Utterance>,
    /// The team that has the conversation now: the next message goes there.
    pub team: Option<TeamId>,
    /// Where the case stands, and since when.
    pub status: Option<(Status, UnixTime)>,
    /// Messages that the team holds, in order.
    pub filed: Vec<Filed>,
    /// The last message of the reporter that somebody has read.
    pub read: Option<MessageId>,
    /// Parts of the reporter's messages that are not text, in order.
    pub heard: Vec<(MessageId, Part)>,
    /// What is wrong, in order of number.
    pub alarms: Vec<Alarm>,
    /// One more than the highest number that was accepted: every reply below it was received.
    pub next: u32,
}

/// The replies of one conversation, collected over one or more polls. Replaying an entry changes nothing.
pub struct Thread {
    genesis: GenesisHash,
    /// The team that the reporter chose in this sitting.
    written_to: Option<TeamId>,
    /// In ascending order of number. Plain lists: trees would take 4 KB on the reporter's page, and conversations are short.
    opened: Vec<(u32, Opened)>,
    damaged: Vec<u32>,
}

impl Thread {
    /// An empty thread. `written_to` is the team that the reporter has just written to; `None` after coming back.
    #[must_use]
    pub const fn new(genesis: GenesisHash, written_to: Option<TeamId>) -> Self {
        Self {
            genesis,
            written_to,
            opened: Vec::new(),
            damaged: Vec::new(),
        }
    }

    /// Takes in the entries of a board page; those of other conversations are passed over. Returns whether there was
    /// anything new.
    pub fn take<B: AsRef<[u8]>>(&mut self, keys: &ReporterKeys, entries: &[B]) -> bool {
        let mut mine: Vec<(BoardTag, &[u8])> = Vec::new();
        for entry in entries {
            let entry = entry.as_ref();
            if let Ok(tag) = board::tag_of(entry)
                && tag.page() == keys.page()
            {
                mine.push((tag, entry));
            }
        }
        let before = (self.opened.len(), self.damaged.len());
        let mut last = self.opened.last().map_or(0, |(index, _)| *index);
        let mut index = 0;
        while !mine.is_empty() && index <= last.saturating_add(WINDOW) {
            let tag = keys.tag(index);
            mine.retain(|(place, entry)| {
                if *place == tag {
                    self.open(keys, index, entry);
                    last = last.max(index);
                }
                *place != tag
            });
            index += 1;
        }
        before != (self.opened.len(), self.damaged.len())
    }

    fn open(&mut self, keys: &ReporterKeys, index: u32, entry: &[u8]) {
        let Err(place) = self
            .opened
            .binary_search_by_key(&index, |(index, _)| *index)
        else {
            return;
        };
        if let Ok(opened) = board::open_reply(self.genesis, keys, index, entry) {
            self.opened.insert(place, (index, opened));
            self.damaged.retain(|damaged| *damaged != index);
        } else if !self.damaged.contains(&index) {
            self.damaged.push(index);
        }
    }

    /// The conversation as far as it has come, judged by lines that the witnesses vouch for.
    #[must_use]
    pub fn read(&self, lines: &[Line]) -> Conversation {
        let mut said = Conversation {
            team: self.written_to,
            ..Conversation::default()
        };
        let mut texts = Texts::default();
        let mut handed_to = None;
        let mut lowest = None;
        let signed = |opened: &Opened| {
            let line = lines.iter().find(|line| line.team == opened.body.team);
            line.is_some_and(|line| line.reply_keys.contains(&opened.signer))
        };
        // Each entry in its place: its own, or that of one which a colleague signed who has left.
        let mut places: Vec<(u32, &(u32, Opened))> = self
            .opened
            .iter()
            .map(|entry| (place_of(entry), entry))
            .collect();
        places.sort_unstable_by_key(|(place, (index, _))| (*place, *index));
        let replaced = |index: u32| {
            let mut later = self.opened.iter().filter(|(own, _)| *own > index);
            later.any(|(_, opened)| {
                opened.body.parts.contains(&ReplyPart::InPlaceOf(index)) && signed(opened)
            })
        };
        for (_, (index, opened)) in &places {
            let (index, body) = (*index, &opened.body);
            if replaced(index) {
                said.next = said.next.max(index.saturating_add(1));
                continue;
            }
            if !signed(opened) {
                said.alarms.push(Alarm::NotTheTeam(index));
                continue;
            }
            let known = said.team.is_none_or(|team| team == body.team);
            if !known && handed_to != Some(body.team) {
                said.alarms.push(Alarm::AnotherTeam(index));
                continue;
            }
            said.team = Some(body.team);
            said.next = said.next.max(index.saturating_add(1));
            lowest = lowest.max(Some(body.lowest.min(index)));
            for part in &body.parts {
                match part {
                    ReplyPart::Text(piece) => {
                        texts.add(&mut said, index, piece, Voice::Team(body.author.clone()));
                    }
                    ReplyPart::Echo(piece) => texts.add(&mut said, index, piece, Voice::Reporter),
                    ReplyPart::Heard(message, part) => said.heard.push((*message, part.clone())),
                    ReplyPart::Filed {
                        message,
                        hash,
                        time,
                    } => {
                        said.filed.push(Filed {
                            message: *message,
                            hash: *hash,
                            time: *time,
                        });
                    }
                    ReplyPart::Read(message) => said.read = Some(*message),
                    ReplyPart::Status(status) => said.status = Some((*status, body.time)),
                    ReplyPart::HandOver(team) => handed_to = Some(*team),
                    ReplyPart::InPlaceOf(_) | ReplyPart::Unknown(..) => {}
                }
            }
        }
        self.holes(&mut said, lowest.unwrap_or(0));
        said
    }

    /// Names every number from the lowest that must be there to the highest that is, and that is not.
    fn holes(&self, said: &mut Conversation, lowest: u32) {
        said.alarms
            .extend(self.damaged.iter().copied().map(Alarm::Damaged));
        let known = |index: &u32| {
            self.opened.iter().any(|(opened, _)| opened == index) || self.damaged.contains(index)
        };
        let missing = (lowest..said.next).filter(|index| !known(index));
        said.alarms.extend(missing.map(Alarm::Missing));
        said.alarms.sort_unstable_by_key(Alarm::index);
    }
}

/// The number whose place an entry takes: the first that it names, or its own.
fn place_of((index, opened): &(u32, Opened)) -> u32 {
    let named = opened.body.parts.iter().filter_map(|part| match part {
        ReplyPart::InPlaceOf(place) => Some(*place),
        _ => None,
    });
    named.fold(*index, u32::min)
}

/// How many pieces of each utterance have come.
#[derive(Default)]
struct Texts(Vec<u8>);

impl Texts {
    fn add(&mut self, said: &mut Conversation, index: u32, piece: &Piece, voice: Voice) {
        let own = voice == Voice::Reporter;
        let begun = said.utterances.iter().position(|utterance| {
            utterance.message == piece.message && (utterance.voice == Voice::Reporter) == own
        });
        let place = begun.unwrap_or_else(|| {
            let (message, time) = (piece.message, piece.time);
            said.utterances.push(Utterance {
                index,
                message,
                voice,
                time,
                text: String::new(),
                whole: false,
            });
            self.0.push(0);
            said.utterances.len() - 1
        });
        let (Some(utterance), Some(next)) = (said.utterances.get_mut(place), self.0.get_mut(place))
        else {
            return;
        };
        // Pieces lie in order; one that is missing leaves the text cut off there.
        if piece.number == *next && !utterance.whole {
            utterance.text.push_str(&piece.text);
            *next += 1;
            utterance.whole = *next == piece.count;
        }
    }
}

/// Reads a whole conversation from the entries of its board page in one go.
#[must_use]
pub fn open_board<B: AsRef<[u8]>>(
    genesis: GenesisHash,
    keys: &ReporterKeys,
    lines: &[Line],
    entries: &[B],
) -> Conversation {
    let mut thread = Thread::new(genesis, None);
    thread.take(keys, entries);
    thread.read(lines)
}
