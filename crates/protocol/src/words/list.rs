//! The words of one language.

#[cfg(any(feature = "words-nl", feature = "words-en"))]
use alloc::string::String;
use alloc::{boxed::Box, vec::Vec};
use core::cmp::Ordering;

use super::BITS_PER_WORD;

/// Words in a list.
pub const LIST_LEN: usize = 1 << BITS_PER_WORD;
/// Letters that tell a word from every other word of its list.
const PREFIX_LEN: usize = 4;
/// Letters of a word, fewest and most.
const LETTERS: core::ops::RangeInclusive<usize> = 3..=8;

/// 2,048 words of 3 to 8 letters, in alphabetical order, no two with the same first four letters.
pub struct WordList {
    text: Box<str>,
    /// Where each word begins and ends in `text`, in bytes.
    places: Vec<(u32, u32)>,
}

/// A text that is no word list: the file that was loaded is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// There are not 2,048 words; this is how many there are.
    #[error("{0} words where 2048 are needed")]
    Count(usize),
    /// This word (from 0) has other letters than a to z, too few or too many of them.
    #[error("word {0} is misspelt")]
    Letters(usize),
    /// This word (from 0) does not come after the one before it in its first four letters.
    #[error("word {0} is out of order")]
    Order(usize),
}

impl WordList {
    /// Reads a list: words in alphabetical order, with white space between them.
    ///
    /// # Errors
    /// [`ListError`] when the words are not as a list has to be.
    pub fn parse(text: &str) -> Result<Self, ListError> {
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        if words.len() != LIST_LEN {
            return Err(ListError::Count(words.len()));
        }
        let mut places = Vec::with_capacity(LIST_LEN);
        let mut start = 0;
        for (number, word) in words.iter().enumerate() {
            if !LETTERS.contains(&word.len())
                || !word.bytes().all(|letter| letter.is_ascii_lowercase())
            {
                return Err(ListError::Letters(number));
            }
            let before = number.checked_sub(1).and_then(|before| words.get(before));
            if before.is_some_and(|before| prefix(before) >= prefix(word)) {
                return Err(ListError::Order(number));
            }
            let end = start + u32::try_from(word.len()).map_err(|_| ListError::Letters(number))?;
            places.push((start, end));
            start = end;
        }
        Ok(Self {
            text: words.concat().into(),
            places,
        })
    }

    /// The Dutch list: our own choice from the `OpenTaal` word list.
    ///
    /// # Panics
    /// Never: a test reads the list that is compiled in.
    #[cfg(feature = "words-nl")]
    #[must_use]
    pub fn dutch() -> Self {
        Self::parse(&unpack(include_str!(concat!(
            env!("OUT_DIR"),
            "/words-nl.txt"
        ))))
        .expect("a test reads the list that is compiled in")
    }

    /// The English list: that of BIP 39.
    ///
    /// # Panics
    /// Never: a test reads the list that is compiled in.
    #[cfg(feature = "words-en")]
    #[must_use]
    pub fn english() -> Self {
        Self::parse(&unpack(include_str!(concat!(
            env!("OUT_DIR"),
            "/words-en.txt"
        ))))
        .expect("a test reads the list that is compiled in")
    }

    /// The word of a number below 2,048 (only the lowest 11 bits count).
    #[must_use]
    pub fn word(&self, number: u16) -> &str {
        let place = usize::from(number) % LIST_LEN;
        self.places
            .get(place)
            .and_then(|&(start, end)| {
                self.text
                    .get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
            })
            .unwrap_or_default()
    }

    /// All words in order, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &str)> {
        (0..)
            .map(|number| (number, self.word(number)))
            .take(LIST_LEN)
    }

    /// The number of the word that has the same first four letters (of a shorter word: that word itself).
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<u16> {
        let (mut low, mut high) = (0, LIST_LEN);
        while low < high {
            let middle = low.midpoint(high);
            let number = u16::try_from(middle).ok()?;
            match prefix(self.word(number)).cmp(prefix(typed)) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(number),
            }
        }
        None
    }
}

/// The first four letters of a word, or all of a shorter one.
fn prefix(word: &str) -> &[u8] {
    let bytes = word.as_bytes();
    bytes.get(..PREFIX_LEN).unwrap_or(bytes)
}

/// Undoes the packing of the build script: a capital says how many letters are those of the word before.
#[cfg(any(feature = "words-nl", feature = "words-en"))]
fn unpack(packed: &str) -> String {
    let mut text = String::new();
    let mut start = 0;
    for letter in packed.chars() {
        if letter.is_ascii_lowercase() {
            text.push(letter);
            continue;
        }
        let shared = usize::try_from(u32::from(letter) - u32::from('A')).unwrap_or_default();
        text.push('\n');
        let before = start;
        start = text.len();
        let same = text.get(before..before + shared).map(String::from);
        text.push_str(&same.unwrap_or_default());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NL: &str = include_str!("nl.txt");
    const EN: &str = include_str!("en.txt");

    fn lists() -> [Result<WordList, ListError>; 2] {
        [WordList::parse(NL), WordList::parse(EN)]
    }

    #[test]
    fn both_lists_are_complete_and_each_word_is_found_by_four_letters() {
        for list in lists() {
            let found = list.map(|list| {
                list.iter().all(|(number, word)| {
                    list.find(word) == Some(number)
                        && list.find(word.get(..4).unwrap_or(word)) == Some(number)
                })
            });
            assert_eq!(found, Ok(true));
        }
    }

    #[test]
    fn a_released_list_never_changes() {
        let hash = |text: &str| {
            let digits = crate::primitives::kdf::sha256(text.as_bytes())
                .map(|byte| alloc::format!("{byte:02x}"));
            digits.concat()
        };
        assert_eq!(
            hash(NL),
            "e5f7343a0ef4c931cd1e2998259c9fade4b22f29ef80f1406cc790e0bcb99bf4"
        );
        assert_eq!(
            hash(EN),
            "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
        );
    }

    #[test]
    fn a_list_that_lacks_a_word_or_its_order_is_refused() {
        let cut = NL.replacen("aanbod\n", "", 1);
        assert_eq!(
            WordList::parse(&cut).err(),
            Some(ListError::Count(LIST_LEN - 1))
        );
        let doubled = NL.replacen("aanbod\n", "zwier\n", 1);
        assert_eq!(WordList::parse(&doubled).err(), Some(ListError::Order(1)));
        let misspelt = NL.replacen("aanbod\n", "aanb0d\n", 1);
        assert_eq!(
            WordList::parse(&misspelt).err(),
            Some(ListError::Letters(0))
        );
    }

    #[test]
    fn letters_that_begin_no_word_find_nothing() {
        for list in lists().into_iter().flatten() {
            for typed in ["", "a", "aa", "zzzz", "?", "aanx", "\u{10ffff}"] {
                assert_eq!(list.find(typed), None, "{typed}");
            }
        }
    }

    #[cfg(all(feature = "words-nl", feature = "words-en"))]
    #[test]
    fn compiled_lists_are_those_of_the_files() {
        for (list, text) in [(WordList::dutch(), NL), (WordList::english(), EN)] {
            assert!(
                list.iter()
                    .map(|(_, word)| word)
                    .eq(text.split_ascii_whitespace())
            );
        }
    }
}
