//! Words that differ by a typing error: a letter too many, too few, another one, or two that changed places.

use alloc::vec::Vec;

/// Letters from which on one error is looked through.
const ONE_FROM: usize = 4;
/// Letters from which on two are.
const TWO_FROM: usize = 8;

/// A word with what is similar to it.
pub(super) struct Near {
    letters: Vec<char>,
    /// Which letters it has, as bits.
    bits: u32,
    errors: usize,
}

impl Near {
    /// What is similar to this word; nothing is to a short one.
    pub(super) fn to(word: &str) -> Option<Self> {
        let letters: Vec<char> = word.chars().collect();
        let errors = match letters.len() {
            ..ONE_FROM => return None,
            ONE_FROM..TWO_FROM => 1,
            TWO_FROM.. => 2,
        };
        Some(Self {
            bits: bits(letters.iter().copied()),
            letters,
            errors,
        })
    }

    /// Whether a word is similar.
    pub(super) fn is(&self, word: &str) -> bool {
        // An error puts at most one letter in and takes one out.
        let apart = (bits(word.chars()) ^ self.bits).count_ones() as usize;
        let close = word.len() + 2 * self.errors >= self.letters.len();
        if apart > 2 * self.errors || !close {
            return false;
        }
        let other: Vec<char> = word.chars().collect();
        other.len().abs_diff(self.letters.len()) <= self.errors
            && distance(&self.letters, &other) <= self.errors
    }
}

fn bits(letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 32))
}

/// How many errors lie between two words (Damerau and Levenshtein, neighbours changing places once).
fn distance(left: &[char], right: &[char]) -> usize {
    let start: Vec<usize> = (0..=right.len()).collect();
    let mut rows: [Vec<usize>; 3] = [Vec::new(), Vec::new(), start];
    let mut before: Option<char> = None;
    for (line, &letter) in left.iter().enumerate() {
        rows.rotate_left(1);
        let [older, above, row] = &mut rows;
        row.clear();
        row.push(line + 1);
        let mut left_of = line + 1;
        let mut other_before: Option<char> = None;
        for (column, &other) in right.iter().enumerate() {
            let at =
                |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let same = at(above, column) + usize::from(letter != other);
            let mut least = same.min(at(above, column + 1) + 1).min(left_of + 1);
            if before == Some(other) && other_before == Some(letter) {
                least = least.min(at(older, column.saturating_sub(1)) + 1);
            }
            row.push(least);
            left_of = least;
            other_before = Some(other);
        }
        before = Some(letter);
    }
    let [.., last] = &rows;
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(word: &str, other: &str) -> bool {
        Near::to(word).is_some_and(|near| near.is(other))
    }

    #[test]
    fn one_error_in_a_name_is_looked_through() {
        for other in [
            "jansen", "jannsen", "jansse", "jansesn", "jonssen", "janssen",
        ] {
            assert!(is_near("janssen", other), "{other}");
        }
        assert!(!is_near("janssen", "pieters"));
        assert!(!is_near("janssen", "jansma"));
    }

    #[test]
    fn two_errors_in_a_long_word_are() {
        assert!(is_near("voetbalwedstrijd", "voetbalwedstryd"));
        assert!(is_near("intimidatie", "intmidaite"));
        assert!(!is_near("intimidatie", "imitatie"));
    }

    #[test]
    fn nothing_is_similar_to_a_short_word() {
        assert!(Near::to("jan").is_none());
    }

    #[test]
    fn the_distance_counts_each_error() {
        let count = |left: &str, right: &str| {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            distance(&letters(left), &letters(right))
        };
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("abc", ""), 3);
        assert_eq!(count("abcd", "acbd"), 1);
        assert_eq!(count("abcd", "abcd"), 0);
        assert_eq!(count("kitten", "sitting"), 3);
    }
}
