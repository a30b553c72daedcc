//! The anonymous conversation: keys out of eight words, the way in (intake) and the way back (board).
//!
//! A reporter keeps nothing. Everything comes again from the eight words; what was said comes back from the board,
//! the reporter's own messages included (echo). Byte layouts: docs/protocol.md, section 5.
//!
//! | Module | What it holds |
//! |---|---|
//! | [`keys`] | the reporter's keys, and what of them the team learns |
//! | [`message`] | what a reporter says: typed parts, split over queue entries and joined again |
//! | [`intake`] | sealing a queue entry and opening it |
//! | [`reply`] | what a team says back, split over board entries |
//! | [`board`] | sealing a board entry and opening it |
//! | [`thread`] | the conversation as the reporter sees it: order, holes, whom to believe |
//!
//! This module is part of the reporter's page: it names no cipher for contents, and it must stay small.

pub mod board;
pub mod intake;
pub mod keys;
pub mod message;
pub mod reply;
pub mod thread;

pub use board::{Opened, open_reply, seal_reply};
pub use intake::{Destination, IntakeKey, Received, SealedIntake, open_intake, seal_intake};
pub use keys::{ConversationId, ReporterContact, ReporterKeys};
pub use message::{
    Fragment, Joiner, Message, MessageId, Part, Question, SignedWish, Wish, message_hash,
};
pub use reply::{Piece, ReplyBody, ReplyPart};
pub use thread::{Alarm, Conversation, Thread, Utterance, Voice, open_board};

/// Cuts text into pieces of at most `most` bytes, between characters. Empty text is one empty piece.
fn cut(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let now = rest?;
        let mut end = most.min(now.len());
        while !now.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = now.split_at_checked(end)?;
        rest = (!after.is_empty() && !piece.is_empty()).then_some(after);
        Some(piece)
    })
}
