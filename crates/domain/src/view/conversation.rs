//! The conversation with the reporter, as bubbles.

use alloc::string::String;
use alloc::vec::Vec;

use crate::dossier::{Dossier, Made, Turn};
use crate::event::{Message, Part};
use crate::ids::{AuthorId, EventId, FileRef};

/// One message of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bubble {
    /// Whose: `None` for the reporter.
    pub staff: Option<AuthorId>,
    /// What it says.
    pub text: String,
    /// Files that came with it.
    pub files: Vec<FileRef>,
    /// When (unix seconds): of a reporter's message, when it was imported.
    pub time: u64,
    /// The events that it stands for: more than one for a reply in pieces.
    pub events: Vec<EventId>,
}

/// The whole conversation in log order; pieces of one reply are joined, and a message that holds no words and no file has no bubble.
#[must_use]
pub fn bubbles(dossier: &Dossier) -> Vec<Bubble> {
    let mut bubbles: Vec<Bubble> = Vec::new();
    for turn in dossier.conversation() {
        match turn {
            Turn::Reporter(made, message) => {
                let text = words(message);
                let files = files(message);
                if !text.is_empty() || !files.is_empty() {
                    bubbles.push(Bubble {
                        files,
                        ..bubble(made, None, text)
                    });
                }
            }
            Turn::Staff(made, reply) if reply.piece > 0 => {
                let first = bubbles
                    .iter_mut()
                    .rev()
                    .find(|bubble| bubble.staff == Some(made.author));
                match first {
                    Some(first) => {
                        first.text.push_str(&reply.text);
                        first.events.push(made.event);
                    }
                    None => bubbles.push(bubble(made, Some(made.author), reply.text.clone())),
                }
            }
            Turn::Staff(made, reply) => {
                bubbles.push(bubble(made, Some(made.author), reply.text.clone()));
            }
        }
    }
    bubbles
}

fn bubble(made: &Made, staff: Option<AuthorId>, text: String) -> Bubble {
    Bubble {
        staff,
        text,
        files: Vec::new(),
        time: made.time,
        events: alloc::vec![made.event],
    }
}

/// The files of a message.
fn files(message: &Message) -> Vec<FileRef> {
    let file = |part: &Part| {
        if let Part::File(file) = part {
            Some(file.file)
        } else {
            None
        }
    };
    message.parts.iter().filter_map(file).collect()
}

/// The words of a message: its free text and its answers, one below the other.
fn words(message: &Message) -> String {
    let mut whole = String::new();
    for part in &message.parts {
        let text = match part {
            Part::Text(text) | Part::Answer { text, .. } => text,
            Part::Consent { .. }
            | Part::Stop { .. }
            | Part::Ack { .. }
            | Part::File(_)
            | Part::Other { .. } => continue,
        };
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(text);
    }
    whole
}
