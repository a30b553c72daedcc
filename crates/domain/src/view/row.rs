//! The facts of a row of the dossier table.

use alloc::string::String;
use alloc::vec::Vec;

use crate::dossier::Dossier;
use crate::ids::AuthorId;
use crate::retention::{self, CivilDay};
use crate::vocabulary::{Category, Kind, Level, Origin, Risk, Status, Subcategory, Tier};

/// Most characters of [`RowFacts::gist`].
pub const GIST_MOST: usize = 120;

/// One row, without names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFacts {
    /// Report or advice question.
    pub kind: Kind,
    /// How it came.
    pub origin: Origin,
    /// Where it stands.
    pub status: Status,
    /// Category and subcategory.
    pub classification: Option<(Category, Option<Subcategory>)>,
    /// Federation.
    pub federation: String,
    /// Sport.
    pub sport: String,
    /// Level.
    pub level: Option<Level>,
    /// First words of the story.
    pub gist: String,
    /// Member who handles it.
    pub handler: Option<[u8; 16]>,
    /// Name of the club.
    pub club: String,
    /// Risk.
    pub risk: Option<Risk>,
    /// What help the body that asks can get.
    pub tier: Option<Tier>,
    /// Words of one's own to find it by.
    pub tags: Vec<String>,
    /// Messages that I have not seen.
    pub unread: u32,
    /// An answer is due since then (unix seconds).
    pub waiting_since: Option<u64>,
    /// When it came to be (unix seconds).
    pub opened: u64,
    /// Last activity (unix seconds).
    pub active: u64,
    /// The last day on which it may stay open, while it is.
    pub ends: Option<CivilDay>,
}

/// The row of a dossier, for whoever `is_mine` recognises the devices of.
#[must_use]
pub fn row(dossier: &Dossier, is_mine: impl Fn(&AuthorId) -> bool) -> RowFacts {
    let fields = dossier.fields();
    RowFacts {
        kind: fields.kind,
        origin: dossier.origin(),
        status: fields.status,
        classification: fields.classification,
        federation: fields.federation.clone(),
        sport: fields.sport.clone(),
        level: fields.level,
        gist: gist(dossier),
        handler: fields.handler,
        club: fields.club.clone(),
        risk: fields.risk,
        tier: fields.tier,
        tags: fields.tags.clone(),
        unread: u32::try_from(dossier.unseen(is_mine).len()).unwrap_or(u32::MAX),
        waiting_since: dossier.waiting_since(),
        opened: dossier.opened_at(),
        active: dossier.active_at(),
        ends: retention::ends(dossier),
    }
}

/// First words of the story: of the first field that has any, or of the first message.
fn gist(dossier: &Dossier) -> String {
    let fields = dossier.fields();
    let question = dossier.extract().map(|extract| &extract.question);
    let written = [&fields.first_story, &fields.happened, &fields.asked]
        .into_iter()
        .chain(question)
        .find(|text| !text.trim().is_empty());
    let text = match written {
        Some(text) => text.clone(),
        None => dossier
            .messages()
            .map(|(_, message)| message.text())
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
    };
    clip(&text, GIST_MOST)
}

/// The first words of a text, on one line, at most so many characters.
#[must_use]
pub fn clip(text: &str, most: usize) -> String {
    let mut gist = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count() + usize::from(!gist.is_empty());
        if length + more > most {
            let room = most.saturating_sub(length + usize::from(!gist.is_empty()) + 1);
            // A single word that fills the line is cut; otherwise whole words only.
            if gist.is_empty() {
                gist.extend(word.chars().take(room));
            }
            gist.push('…');
            break;
        }
        if !gist.is_empty() {
            gist.push(' ');
        }
        gist.push_str(word);
        length += more;
        if length == most {
            break;
        }
    }
    gist
}
