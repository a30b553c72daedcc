//! All that people have written in a dossier, for a search through it.

use alloc::string::String;

use super::bubbles;
use crate::dossier::Dossier;

/// Its fields, notes and conversation, one below the other.
#[must_use]
pub fn words(dossier: &Dossier) -> String {
    let fields = dossier.fields();
    let mut all = String::new();
    let mut add = |text: &str| {
        all.push_str(text);
        all.push('\n');
    };
    for text in [
        &fields.federation,
        &fields.sport,
        &fields.club,
        &fields.first_story,
        &fields.happened,
        &fields.asked,
    ] {
        add(text);
    }
    for tag in &fields.tags {
        add(tag);
    }
    for (_, note) in dossier.notes() {
        add(&note.text);
    }
    for bubble in bubbles(dossier) {
        add(&bubble.text);
    }
    all
}
