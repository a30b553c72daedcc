//! A piece of the index: the words of some hundreds of dossiers in ascending order, each with the dossiers that it stands in.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Which, is_part};
use crate::ids::DossierId;

/// See the module. Never changed but for dossiers that stop to count.
pub(super) struct Segment {
    dossiers: Vec<(DossierId, u64)>,
    /// Whether what it says of a dossier has been overtaken.
    dead: Vec<bool>,
    /// All words, each between line feeds.
    words: String,
    /// Where each word begins.
    starts: Vec<u32>,
    /// Where the dossiers of each word begin.
    at: Vec<u32>,
    /// The dossiers of all words: the distances between their places, as little-endian base-128 numbers.
    places: Vec<u8>,
}

impl Segment {
    /// Of dossiers with their stamps and their words, as [`super::list`] gives them.
    pub(super) fn build(from: &[(DossierId, u64, String)]) -> Self {
        let mut pairs: Vec<(&str, u32)> = Vec::new();
        for ((.., words), place) in from.iter().zip(0_u32..) {
            let words = words.lines().filter(|word| !word.is_empty());
            pairs.extend(words.map(|word| (word, place)));
        }
        pairs.sort_unstable();
        let (mut words, mut places, mut at) = (String::from("\n"), Vec::new(), Vec::new());
        let (mut last, mut before) = ("", 0);
        for (word, place) in pairs {
            if word != last {
                at.push(u32::try_from(places.len()).unwrap_or(u32::MAX));
                words.push_str(word);
                words.push('\n');
                (last, before) = (word, 0);
            }
            write(&mut places, place - before);
            before = place;
        }
        Self {
            dossiers: from.iter().map(|(id, stamp, _)| (*id, *stamp)).collect(),
            dead: alloc::vec![false; from.len()],
            starts: starts(&words),
            words,
            at,
            places,
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let whole = (&self.dossiers, &self.words, &self.at, &self.places);
        postcard::to_allocvec(&whole).unwrap_or_default()
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        type Whole = (Vec<(DossierId, u64)>, String, Vec<u32>, Vec<u8>);
        let (dossiers, words, at, places): Whole = postcard::from_bytes(bytes).ok()?;
        let starts = starts(&words);
        (starts.len() == at.len()).then(|| Self {
            dead: alloc::vec![false; dossiers.len()],
            dossiers,
            words,
            starts,
            at,
            places,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.dossiers.len()
    }

    pub(super) fn alive(&self) -> usize {
        self.dead.iter().filter(|dead| !**dead).count()
    }

    pub(super) fn dossiers(&self) -> impl Iterator<Item = DossierId> + '_ {
        self.dossiers.iter().map(|(id, _)| *id)
    }

    pub(super) fn stamp(&self, dossier: &DossierId) -> Option<u64> {
        let own = self.dossiers.iter().find(|(id, _)| id == dossier)?;
        Some(own.1)
    }

    /// What it says of this dossier counts no more.
    pub(super) fn bury(&mut self, dossier: &DossierId) {
        for ((id, _), dead) in self.dossiers.iter().zip(&mut self.dead) {
            *dead |= id == dossier;
        }
    }

    /// The dossiers that count, as [`Segment::build`] takes them.
    pub(super) fn unpack(&self) -> Vec<(DossierId, u64, String)> {
        let mut lists = alloc::vec![String::from("\n"); self.dossiers.len()];
        for number in 0..self.starts.len() {
            let word = self.word(number);
            for place in self.places_of(number) {
                if let Some(list) = lists.get_mut(place) {
                    list.push_str(word);
                    list.push('\n');
                }
            }
        }
        let dossiers = self.dossiers.iter().zip(&self.dead).zip(lists);
        dossiers
            .filter(|((_, dead), _)| !**dead)
            .map(|(((id, stamp), _), list)| (*id, *stamp, list))
            .collect()
    }

    /// Marks the dossiers that such a word stands in. Whether there is any that counts.
    pub(super) fn mark(&self, which: Which<'_>, bit: u32, marks: &mut [u32]) -> bool {
        let mut any = false;
        let mut found = |number: usize| {
            for place in self.places_of(number) {
                if let Some(mark) = marks.get_mut(place) {
                    *mark |= bit;
                }
                any |= self.dead.get(place) == Some(&false);
            }
        };
        match which {
            Which::With(word) if is_part(word) => {
                let mut last = usize::MAX;
                for (at, _) in self.words.match_indices(word) {
                    let number = self.number_at(at);
                    if number != last {
                        found(number);
                        last = number;
                    }
                }
            }
            Which::With(word) => {
                let from = self.first_not_below(word);
                let numbers = from..self.starts.len();
                numbers
                    .take_while(|number| self.word(*number).starts_with(word))
                    .for_each(&mut found);
            }
            Which::Like(near) => (0..self.starts.len())
                .filter(|number| near.is(self.word(*number)))
                .for_each(&mut found),
        }
        any
    }

    /// The dossiers that count, each with its marks.
    pub(super) fn hits<'a>(
        &'a self,
        marks: &'a [u32],
    ) -> impl Iterator<Item = (DossierId, u32)> + 'a {
        self.dossiers
            .iter()
            .zip(&self.dead)
            .zip(marks)
            .filter(|((_, dead), _)| !**dead)
            .map(|(((id, _), _), marks)| (*id, *marks))
    }

    fn word(&self, number: usize) -> &str {
        let start = self.starts.get(number).copied().unwrap_or(u32::MAX) as usize;
        let rest = self.words.get(start..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    /// The word that this byte belongs to.
    fn number_at(&self, at: usize) -> usize {
        self.starts
            .partition_point(|start| *start as usize <= at)
            .saturating_sub(1)
    }

    fn first_not_below(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn places_of(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.at.get(number).copied().unwrap_or(u32::MAX) as usize;
        let to = self.at.get(number + 1);
        let to = to.map_or(self.places.len(), |to| *to as usize);
        let mut rest = self.places.get(from..to).unwrap_or_default();
        let mut place = 0;
        core::iter::from_fn(move || {
            let (distance, after) = read(rest)?;
            rest = after;
            place += distance as usize;
            Some(place)
        })
    }
}

/// Where the words of a list begin.
fn starts(words: &str) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut begin = 1;
    for (at, byte) in words.bytes().enumerate().skip(1) {
        if byte == b'\n' {
            starts.push(u32::try_from(begin).unwrap_or(u32::MAX));
            begin = at + 1;
        }
    }
    starts
}

fn write(to: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

fn read(from: &[u8]) -> Option<(u32, &[u8])> {
    let mut number: u32 = 0;
    for (place, byte) in from.iter().enumerate().take(5) {
        number |= u32::from(byte & 0x7f).wrapping_shl(7 * u32::try_from(place).ok()?);
        if byte & 0x80 == 0 {
            return Some((number, from.get(place + 1..)?));
        }
    }
    None
}
