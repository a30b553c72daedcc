//! The eight words of a reporter: 80 random bits and 8 check bits, written in the words of a language.
//!
//! ```text
//! code (88 bits) = random (80) ‖ first byte of H("sluis/1/words", random) (8)
//! word i         = list[bits 11·i to 11·i + 10 of the code], most significant bit first, i from 0 to 7
//! master key     = Argon2id(code, salt = "sluis/1/reporter" ‖ genesis hash, 64 MiB, 3 passes)
//! ```
//!
//! The master key comes from the 88 bits, not from the spelling (decision 24): the language only dresses them. The
//! program makes the words; a person never chooses them.

mod list;
mod near;

use alloc::{string::String, vec::Vec};
use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub use list::{LIST_LEN, ListError, WordList};

use crate::{
    error::Error,
    primitives::{
        kdf,
        secret::{Role, SecretKey},
        stretch::{Profile, stretch},
    },
};

/// How many words make a code.
pub const WORDS: usize = 8;
/// Bits that one word stands for.
pub const BITS_PER_WORD: usize = 11;
/// Bytes of the random part.
pub const RANDOM_LEN: usize = 10;
/// Bytes of a code: the random part and the check byte.
pub const CODE_LEN: usize = RANDOM_LEN + 1;
/// Most suggestions for one unknown word, and most repairs of a code that does not check.
pub const MAX_SUGGESTIONS: usize = 3;

/// Role of the key that all keys of a reporter come from.
pub struct Master;

impl Role for Master {
    const NAME: &'static str = "master";
}

/// The key that all keys of a reporter come from.
pub type MasterKey = SecretKey<Master>;

/// The 88 bits behind eight words. Wiped on drop.
pub struct Code(Zeroizing<[u8; CODE_LEN]>);

/// Why typed words are no code. Indexes count from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordsError {
    /// There are not eight words; this is how many there are.
    #[error("{0} words where 8 are needed")]
    Count(usize),
    /// Some words stand in no list.
    #[error("{} words are unknown", .0.len())]
    Unknown(Vec<UnknownWord>),
    /// All words are known, but they do not belong together: one is wrong, or two changed places. These changes fit.
    #[error("the words do not belong together")]
    Check(Vec<Repair>),
}

/// A typed word that stands in no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// Which of the words, from 0.
    pub index: usize,
    /// Words that look like it, at most [`MAX_SUGGESTIONS`], the nearest first.
    pub suggestions: Vec<String>,
}

/// One change that makes the words fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Put this word in the place of another.
    Replace {
        /// Which of the words, from 0.
        index: usize,
        /// The word that fits.
        word: String,
    },
    /// Let two words change places.
    Swap {
        /// The earlier of the two, from 0.
        first: usize,
        /// The later of the two, from 0.
        second: usize,
    },
}

impl Code {
    /// A random code.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut random = Zeroizing::new([0; RANDOM_LEN]);
        rng.fill_bytes(random.as_mut_slice());
        Self::from_random(&random)
    }

    /// The code of 80 random bits.
    #[must_use]
    pub fn from_random(random: &[u8; RANDOM_LEN]) -> Self {
        let mut bytes = Zeroizing::new([0; CODE_LEN]);
        for (byte, value) in bytes
            .iter_mut()
            .zip(random.iter().copied().chain([check_byte(random)]))
        {
            *byte = value;
        }
        Self(bytes)
    }

    /// The code of 88 bits, when its check bits are right.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; CODE_LEN]) -> Option<Self> {
        let (random, _) = bytes.split_first_chunk::<RANDOM_LEN>()?;
        let code = Self::from_random(random);
        (*code.0 == *bytes).then_some(code)
    }

    /// The 88 bits. Whoever knows them reads and writes as this reporter.
    #[must_use]
    pub fn expose(&self) -> &[u8; CODE_LEN] {
        &self.0
    }

    /// The eight words in the language of `list`.
    #[must_use]
    pub fn words<'a>(&self, list: &'a WordList) -> [&'a str; WORDS] {
        to_indexes(&self.0).map(|index| list.word(index))
    }

    /// Reads what a person typed, in whichever of `lists` it is. Case, diacritics, commas, numbering and extra spaces
    /// do not count, and the first four letters of a word are enough.
    ///
    /// # Errors
    /// [`WordsError`]: there are not eight words, some are unknown, or they do not belong together.
    pub fn parse(text: &str, lists: &[&WordList]) -> Result<Self, WordsError> {
        let typed = fold(text);
        let typed: &[String; WORDS] = typed
            .as_slice()
            .try_into()
            .map_err(|_| WordsError::Count(typed.len()))?;
        let mut readings: Vec<Reading> = Vec::new();
        for reading in lists.iter().map(|list| Reading::new(typed, list)) {
            let better = |known: &Reading| known.rank() > reading.rank();
            let place = readings.iter().position(better);
            readings.insert(place.unwrap_or(readings.len()), reading);
        }
        let complete = readings
            .iter()
            .filter_map(|reading| Some((reading, reading.complete()?)));
        if let Some(code) = complete
            .clone()
            .find_map(|(_, indexes)| Self::from_indexes(&indexes))
        {
            return Ok(code);
        }
        match (complete.into_iter().next(), readings.first()) {
            (Some((reading, indexes)), _) => {
                Err(WordsError::Check(near::repairs(&indexes, reading.list)))
            }
            (None, Some(reading)) => Err(WordsError::Unknown(reading.unknown(typed))),
            (None, None) => Err(WordsError::Unknown(Vec::new())),
        }
    }

    /// Stretches the code into the reporter's master key for one deployment. Takes about 0.2 seconds and 64 MiB.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn stretch(&self, genesis: &[u8; 32]) -> Result<MasterKey, Error> {
        const LABEL: &[u8] = b"sluis/1/reporter";
        let salt = [LABEL, genesis].concat();
        Ok(SecretKey::from_bytes(*stretch(
            Profile::Words,
            self.0.as_slice(),
            &salt,
        )?))
    }

    fn from_indexes(indexes: &[u16; WORDS]) -> Option<Self> {
        Self::from_bytes(&to_bytes(indexes))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(redacted)")
    }
}

/// What eight typed words mean in one language.
struct Reading<'a> {
    list: &'a WordList,
    indexes: [Option<u16>; WORDS],
    /// Words that were typed in full.
    exact: usize,
}

impl<'a> Reading<'a> {
    fn new(typed: &[String; WORDS], list: &'a WordList) -> Self {
        let indexes = typed.each_ref().map(|word| list.find(word));
        let exact = typed
            .iter()
            .zip(indexes)
            .filter(|(word, index)| index.is_some_and(|index| list.word(index) == word.as_str()))
            .count();
        Self {
            list,
            indexes,
            exact,
        }
    }

    /// Fewest unknown words first, then most words typed in full.
    fn rank(&self) -> (usize, usize) {
        (
            self.indexes.iter().filter(|index| index.is_none()).count(),
            WORDS - self.exact,
        )
    }

    fn complete(&self) -> Option<[u16; WORDS]> {
        let mut indexes = [0; WORDS];
        for (index, found) in indexes.iter_mut().zip(self.indexes) {
            *index = found?;
        }
        Some(indexes)
    }

    fn unknown(&self, typed: &[String; WORDS]) -> Vec<UnknownWord> {
        let typed = typed.iter().zip(self.indexes).enumerate();
        typed
            .filter(|(_, (_, found))| found.is_none())
            .map(|(index, (word, _))| UnknownWord {
                index,
                suggestions: near::suggestions(word, self.list),
            })
            .collect()
    }
}

fn check_byte(random: &[u8; RANDOM_LEN]) -> u8 {
    let [check, ..] = kdf::hash("sluis/1/words", &[random]);
    check
}

/// Eight numbers of 11 bits out of 88 bits.
fn to_indexes(bytes: &[u8; CODE_LEN]) -> [u16; WORDS] {
    let mut bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |shift| u16::from(byte >> shift & 1)));
    [(); WORDS].map(|()| {
        bits.by_ref()
            .take(BITS_PER_WORD)
            .fold(0, |number, bit| number << 1 | bit)
    })
}

/// 88 bits out of eight numbers of 11 bits.
fn to_bytes(indexes: &[u16; WORDS]) -> [u8; CODE_LEN] {
    let mut bits = indexes.iter().flat_map(|index| {
        (0..BITS_PER_WORD)
            .rev()
            .map(move |shift| u8::from(index >> shift & 1 == 1))
    });
    [(); CODE_LEN].map(|()| {
        bits.by_ref()
            .take(8)
            .fold(0, |number, bit| number << 1 | bit)
    })
}

/// Splits typed text into lower-case words of plain letters. Digits and punctuation part words; an apostrophe does not.
fn fold(text: &str) -> Zeroizing<Vec<String>> {
    let mut words = Zeroizing::new(Vec::new());
    let mut word = String::new();
    for letter in text.chars().map(small) {
        match plain(letter) {
            Some(letters) => word.push_str(letters),
            None if letter.is_ascii_lowercase() => word.push(letter),
            None if is_foreign(letter) => word.push('?'),
            None if !word.is_empty() => words.push(core::mem::take(&mut word)),
            None => {}
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The small letter of a capital of the Latin alphabet. The whole of Unicode would take 11 KB of tables on the reporter's page.
fn small(letter: char) -> char {
    match letter {
        'À'..='Þ' if letter != '×' => char::from_u32(u32::from(letter) + 32).unwrap_or(letter),
        'Ĳ' => 'ĳ',
        'Œ' => 'œ',
        'Ÿ' => 'ÿ',
        _ => letter.to_ascii_lowercase(),
    }
}

/// Whether it is a letter of another alphabet: anything beyond ASCII that is no sign, space or punctuation of ours.
fn is_foreign(letter: char) -> bool {
    !letter.is_ascii()
        && !matches!(letter, '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}')
}

/// The plain letters of a letter with a sign above it; nothing for signs that stand apart.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'ĳ' => "ij",
        'æ' => "ae",
        'œ' => "oe",
        '\'' | '’' | '‘' | '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use alloc::format;

    use super::*;

    fn dutch() -> WordList {
        WordList::parse(include_str!("words/nl.txt")).unwrap()
    }

    fn english() -> WordList {
        WordList::parse(include_str!("words/en.txt")).unwrap()
    }

    fn code(n: u8) -> Code {
        Code::from_random(&[n, 1, 0x80, 3, 0xff, n, 6, 7, 8, 9])
    }

    #[test]
    fn words_read_back_in_either_language() {
        let (dutch, english) = (dutch(), english());
        for n in 0..=u8::MAX {
            for list in [&dutch, &english] {
                let text = code(n).words(list).join(" ");
                let read = Code::parse(&text, &[&dutch, &english]).unwrap();
                assert_eq!(read.expose(), code(n).expose());
            }
        }
    }

    #[test]
    fn case_signs_numbers_and_spaces_do_not_count() {
        let dutch = dutch();
        let words = code(7).words(&dutch);
        let numbered: Vec<String> = words
            .iter()
            .zip(1..)
            .map(|(word, n)| format!(" {n}. {word} ,"))
            .collect();
        let text = numbered.join("\n").to_uppercase().replace('E', "É");
        assert_eq!(
            Code::parse(&text, &[&dutch]).unwrap().expose(),
            code(7).expose()
        );
        let combining = text.replace('é', "e\u{301}");
        assert_eq!(
            Code::parse(&combining, &[&dutch]).unwrap().expose(),
            code(7).expose()
        );
    }

    #[test]
    fn four_letters_of_each_word_are_enough() {
        let (dutch, english) = (dutch(), english());
        for n in 0..=u8::MAX {
            let short = code(n)
                .words(&dutch)
                .map(|word| word.get(..4).unwrap_or(word))
                .join(" ");
            assert_eq!(
                Code::parse(&short, &[&english, &dutch]).unwrap().expose(),
                code(n).expose()
            );
        }
    }

    #[test]
    fn another_count_is_named() {
        let dutch = dutch();
        for (text, count) in [("", 0), ("boom", 1), ("a b c d e f g h i", 9)] {
            assert_eq!(
                Code::parse(text, &[&dutch]).unwrap_err(),
                WordsError::Count(count)
            );
        }
    }

    #[test]
    fn an_unknown_word_is_named_with_words_like_it() {
        let dutch = dutch();
        let mut words = code(7).words(&dutch);
        words[2] = "oilfant";
        let WordsError::Unknown(unknown) = Code::parse(&words.join(" "), &[&dutch]).unwrap_err()
        else {
            panic!("another error");
        };
        let [unknown] = unknown.as_slice() else {
            panic!("another count")
        };
        assert_eq!(
            (
                unknown.index,
                unknown.suggestions.first().map(String::as_str)
            ),
            (2, Some("olifant"))
        );
        assert!(unknown.suggestions.len() <= MAX_SUGGESTIONS);
    }

    #[test]
    fn two_words_that_changed_places_are_found() {
        let dutch = dutch();
        let mut found = 0;
        for n in 0..32 {
            let mut words = code(n).words(&dutch);
            words.swap(3, 4);
            match Code::parse(&words.join(" "), &[&dutch]) {
                Err(WordsError::Check(repairs)) => {
                    assert!(
                        repairs.contains(&Repair::Swap {
                            first: 3,
                            second: 4
                        }),
                        "{repairs:?}"
                    );
                    found += 1;
                }
                Ok(_) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert!(
            found >= 30,
            "one in 256 passes by chance, not {} of 32",
            32 - found
        );
    }

    #[test]
    fn a_word_that_became_one_like_it_is_found() {
        let dutch = dutch();
        let mut indexes = to_indexes(code(7).expose());
        indexes[5] = dutch.find("boom").unwrap();
        let [random @ .., _] = to_bytes(&indexes);
        let code = Code::from_random(&random);
        let mut words = code.words(&dutch);
        words[5] = "boon";
        let Err(WordsError::Check(repairs)) = Code::parse(&words.join(" "), &[&dutch]) else {
            panic!("should not check");
        };
        assert!(
            repairs.contains(&Repair::Replace {
                index: 5,
                word: "boom".into()
            }),
            "{repairs:?}"
        );
    }

    #[test]
    fn bits_and_numbers_are_two_spellings_of_one_code() {
        let bytes = *code(0xa5).expose();
        assert_eq!(to_bytes(&to_indexes(&bytes)), bytes);
        assert_eq!(to_indexes(&[0xff; CODE_LEN]), [2047; WORDS]);
        let mut one = [0; CODE_LEN];
        one[10] = 1;
        assert_eq!(to_indexes(&one), [0, 0, 0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_code_does_not_show_itself() {
        assert_eq!(format!("{:?}", code(1)), "Code(redacted)");
    }
}
