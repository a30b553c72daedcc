//! Short messages that go away by themselves.

use sluis_link::Fault;

use super::{Effect, Msg};

/// Milliseconds that a toast stays.
const STAYS: u32 = 7_000;
/// At most this many at once; older ones make room.
const MOST: usize = 3;

/// What a toast says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// A text lies on the clipboard.
    Copied,
    /// Copying failed.
    NotCopied,
    /// A dossier came to be.
    DossierMade,
    /// A reply is on its way.
    ReplySaved,
    /// A note is kept.
    NoteSaved,
    /// Access is changed.
    ShareSaved,
    /// The lock of the vault is another one.
    LockChanged,
    /// An extract was made.
    ExtractMade,
    /// Somebody in a dossier was noted.
    PersonSaved,
    /// A decision about people is kept.
    Decided,
    /// A change was undone.
    Undone,
    /// Something failed.
    Failed(Fault),
}

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Toast {
    /// Its number.
    pub(crate) id: u32,
    /// What it says.
    pub(crate) words: Words,
}

/// The messages on screen, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Toasts {
    list: Vec<Toast>,
    next: u32,
}

impl Toasts {
    /// Those on screen.
    pub(crate) fn list(&self) -> &[Toast] {
        &self.list
    }

    /// Shows one. A failure stays until it is closed.
    pub(crate) fn show(&mut self, words: Words) -> Vec<Effect> {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        // The same words twice in a row are one message.
        self.list.retain(|toast| toast.words != words);
        if self.list.len() >= MOST {
            self.list.remove(0);
        }
        self.list.push(Toast { id, words });
        match words {
            Words::Failed(_) | Words::NotCopied => vec![],
            _ => vec![Effect::After(STAYS, Box::new(Msg::ToastGone(id)))],
        }
    }

    /// Takes one away.
    pub(crate) fn drop(&mut self, id: u32) {
        self.list.retain(|toast| toast.id != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_messages_make_room_and_the_same_words_show_once() {
        let mut toasts = Toasts::default();
        for words in [
            Words::Copied,
            Words::NoteSaved,
            Words::Undone,
            Words::ReplySaved,
            Words::ReplySaved,
        ] {
            toasts.show(words);
        }
        let words: Vec<Words> = toasts.list().iter().map(|toast| toast.words).collect();
        assert_eq!(words, [Words::NoteSaved, Words::Undone, Words::ReplySaved]);
    }

    #[test]
    fn a_failure_stays_until_it_is_closed() {
        let mut toasts = Toasts::default();
        assert!(toasts.show(Words::Failed(Fault::Offline)).is_empty());
        let id = toasts.list().first().map(|toast| toast.id);
        toasts.drop(id.unwrap_or_default());
        assert!(toasts.list().is_empty());
    }
}
