//! Search through the words of many dossiers: an index that is kept in memory and written in pieces.
//!
//! A word of a question finds every word that it is a part of ("wedstrijd" finds "voetbalwedstrijd"); one that is found nowhere finds
//! words that differ by a typing error. Words are compared as [`fold`] gives them. No I/O here: the index takes rows and gives rows.

mod fold;
mod near;
mod segment;

use alloc::string::String;
use alloc::vec::Vec;

use sluis_sorted::{Map, Set};

use crate::ids::DossierId;
use near::Near;
use segment::Segment;

pub use fold::fold;

/// Most words of a question; what follows is left out.
pub const WORDS_MOST: usize = 32;
/// Most bytes of a word in the index; the rest of a longer one is not looked at.
const WORD_MOST: usize = 64;
/// Letters from which on a word finds others that it is a part of; a shorter one finds words that begin with it.
const PART_FROM: usize = 3;
/// Dossiers that lie by themselves until they become a segment.
const FRESH_MOST: usize = 256;
/// Dossiers in a segment, at most.
const SEGMENT_MOST: usize = 1_024;

/// First byte of the key of a row that holds a segment.
const SEGMENT_ROW: u8 = 0;
/// First byte of the key of a row that holds one dossier's words.
const FRESH_ROW: u8 = 1;

/// A row to be written: its key, and its value or nothing when it goes away.
pub type IndexChange = (Vec<u8>, Option<Vec<u8>>);

/// What a question found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Dossiers in which at least one word was found, with the words as bits: the first is the lowest.
    pub hits: Vec<(DossierId, u32)>,
    /// The words (as bits) that are found nowhere as they are, and for which similar ones stand.
    pub near: u32,
}

/// One dossier's words since it changed.
struct Fresh {
    stamp: u64,
    /// In ascending order, each between line feeds.
    words: String,
}

/// See the module.
#[derive(Default)]
pub struct Index {
    segments: Map<u32, Segment>,
    fresh: Map<DossierId, Fresh>,
    /// Where the words of a dossier lie that count: in this segment, or in a row of their own.
    live: Map<DossierId, Option<u32>>,
    unwritten: Set<DossierId>,
    changes: Vec<IndexChange>,
}

/// The words of folded text.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

impl Index {
    /// The index of its rows. A row that cannot be read goes away; what it held is to be put in again ([`Index::stamp`]).
    #[must_use]
    pub fn load<'a>(rows: impl IntoIterator<Item = (&'a [u8], &'a [u8])>) -> Self {
        let mut index = Self::default();
        for (key, value) in rows {
            if index.load_row(key, value).is_none() {
                index.changes.push((key.to_vec(), None));
            }
        }
        let numbers: Vec<u32> = index.segments.keys().copied().collect();
        for number in numbers {
            index.enliven(number);
        }
        let fresh: Vec<DossierId> = index.fresh.keys().copied().collect();
        for dossier in fresh {
            index.settle_in(dossier, None);
        }
        index
    }

    fn load_row(&mut self, key: &[u8], value: &[u8]) -> Option<()> {
        let (kind, rest) = key.split_first()?;
        match *kind {
            SEGMENT_ROW => {
                let number = u32::from_be_bytes(rest.try_into().ok()?);
                self.segments.insert(number, Segment::decode(value)?);
            }
            FRESH_ROW => {
                let dossier = DossierId(rest.try_into().ok()?);
                let (stamp, words) = postcard::from_bytes(value).ok()?;
                self.fresh.insert(dossier, Fresh { stamp, words });
            }
            _ => return None,
        }
        Some(())
    }

    /// All dossiers of a segment count from there; those that newer rows hold are taken from it later.
    fn enliven(&mut self, number: u32) {
        let dossiers: Vec<DossierId> = self
            .segments
            .get(&number)
            .map(|segment| segment.dossiers().collect())
            .unwrap_or_default();
        for dossier in dossiers {
            self.settle_in(dossier, Some(number));
        }
    }

    /// The words of a dossier that count are those that lie there.
    fn settle_in(&mut self, dossier: DossierId, place: Option<u32>) {
        let before = self.live.insert(dossier, place);
        if let Some(Some(before)) = before
            && let Some(segment) = self.segments.get_mut(&before)
        {
            segment.bury(&dossier);
        }
    }

    /// With which stamp a dossier was put in.
    #[must_use]
    pub fn stamp(&self, dossier: &DossierId) -> Option<u64> {
        match self.live.get(dossier)? {
            Some(number) => self.segments.get(number)?.stamp(dossier),
            None => Some(self.fresh.get(dossier)?.stamp),
        }
    }

    /// Puts a dossier in, in place of what was known of it. `stamp` says which state of it this is.
    pub fn put(&mut self, dossier: DossierId, stamp: u64, text: &str) {
        let words = list(&fold(text));
        self.fresh.insert(dossier, Fresh { stamp, words });
        self.settle_in(dossier, None);
        self.unwritten.insert(dossier);
        if self.fresh.len() >= FRESH_MOST {
            self.pack();
        }
    }

    /// Takes a dossier out, at once and whole.
    pub fn remove(&mut self, dossier: &DossierId) {
        self.unwritten.remove(dossier);
        if self.fresh.remove(dossier).is_some() {
            self.changes.push((fresh_key(dossier), None));
        }
        self.live.remove(dossier);
        let holders: Vec<u32> = self
            .segments
            .iter()
            .filter(|(_, segment)| segment.dossiers().any(|own| own == *dossier))
            .map(|(number, _)| *number)
            .collect();
        for number in holders {
            if let Some(segment) = self.segments.get_mut(&number) {
                segment.bury(dossier);
                let rest = segment.unpack();
                *segment = Segment::build(&rest);
                self.changes
                    .push((segment_key(number), Some(segment.encode())));
            }
        }
    }

    /// All dossiers that are in it.
    pub fn dossiers(&self) -> impl Iterator<Item = DossierId> + '_ {
        self.live.keys().copied()
    }

    /// The rows to be written since the last call.
    pub fn take_changes(&mut self) -> Vec<IndexChange> {
        let mut changes = core::mem::take(&mut self.changes);
        for dossier in core::mem::take(&mut self.unwritten) {
            if let Some(fresh) = self.fresh.get(&dossier)
                && let Ok(value) = postcard::to_allocvec(&(fresh.stamp, &fresh.words))
            {
                changes.push((fresh_key(&dossier), Some(value)));
            }
        }
        changes
    }

    /// Makes segments of what lies by itself, together with those that are small or mostly out of date.
    fn pack(&mut self) {
        let small: Vec<u32> = self
            .segments
            .iter()
            .filter(|(_, segment)| segment.alive() <= SEGMENT_MOST / 2)
            .map(|(number, _)| *number)
            .collect();
        let mut all: Vec<(DossierId, u64, String)> = Vec::new();
        for number in small {
            if let Some(segment) = self.segments.remove(&number) {
                all.extend(segment.unpack());
                self.changes.push((segment_key(number), None));
            }
        }
        for (dossier, fresh) in core::mem::take(&mut self.fresh) {
            // Written or not: an earlier state of it may have been.
            self.unwritten.remove(&dossier);
            self.changes.push((fresh_key(&dossier), None));
            all.push((dossier, fresh.stamp, fresh.words));
        }
        for part in all.chunks(SEGMENT_MOST) {
            let number = self
                .segments
                .last_key_value()
                .map_or(0, |(number, _)| number.saturating_add(1));
            let segment = Segment::build(part);
            self.changes
                .push((segment_key(number), Some(segment.encode())));
            for (dossier, ..) in part {
                self.live.insert(*dossier, Some(number));
            }
            self.segments.insert(number, segment);
        }
    }

    /// Looks for the words of a question.
    #[must_use]
    pub fn find(&self, question: &str) -> Found {
        let folded = fold(question);
        let mut marks: Vec<(&Segment, Vec<u32>)> = self
            .segments
            .values()
            .map(|segment| (segment, alloc::vec![0; segment.len()]))
            .collect();
        let mut fresh: Vec<(DossierId, &str, u32)> = self
            .fresh
            .iter()
            .map(|(dossier, fresh)| (*dossier, fresh.words.as_str(), 0))
            .collect();
        let mut near = 0;
        for (word, place) in words(&folded).take(WORDS_MOST).zip(0_u32..) {
            let bit = 1 << place;
            let mut mark = |which: Which<'_>| {
                let mut any = false;
                for (segment, marks) in &mut marks {
                    any |= segment.mark(which, bit, marks);
                }
                for (_, words, marks) in &mut fresh {
                    if self::list_holds(words, which) {
                        *marks |= bit;
                        any = true;
                    }
                }
                any
            };
            if !mark(Which::With(word))
                && let Some(similar) = Near::to(word)
                && mark(Which::Like(&similar))
            {
                near |= bit;
            }
        }
        let hits = marks
            .iter()
            .flat_map(|(segment, marks)| segment.hits(marks))
            .chain(fresh.iter().map(|(dossier, _, marks)| (*dossier, *marks)))
            .filter(|(_, marks)| *marks != 0)
            .collect();
        Found { hits, near }
    }
}

/// Which words are looked for.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// Those that have this in them, or begin with it when it is short.
    With(&'a str),
    /// Those that differ by a typing error.
    Like(&'a Near),
}

/// The words of folded text in ascending order, each once, between line feeds.
fn list(folded: &str) -> String {
    let mut all: Vec<&str> = words(folded).map(cut).collect();
    all.sort_unstable();
    all.dedup();
    let mut list = String::with_capacity(all.iter().map(|word| word.len() + 1).sum::<usize>() + 1);
    list.push('\n');
    for word in all {
        list.push_str(word);
        list.push('\n');
    }
    list
}

fn list_holds(list: &str, which: Which<'_>) -> bool {
    match which {
        Which::With(word) if is_part(word) => list.contains(word),
        Which::With(word) => list.lines().any(|own| own.starts_with(word)),
        Which::Like(near) => list.lines().any(|own| near.is(own)),
    }
}

fn is_part(word: &str) -> bool {
    word.chars().count() >= PART_FROM
}

fn cut(word: &str) -> &str {
    word.get(..word.floor_char_boundary(WORD_MOST))
        .unwrap_or(word)
}

fn segment_key(number: u32) -> Vec<u8> {
    [&[SEGMENT_ROW], number.to_be_bytes().as_slice()].concat()
}

fn fresh_key(dossier: &DossierId) -> Vec<u8> {
    [&[FRESH_ROW], dossier.0.as_slice()].concat()
}
