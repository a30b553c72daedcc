//! Words that look like a typed one, and small changes that make eight words fit.

use alloc::{string::String, vec::Vec};

use super::{Code, MAX_SUGGESTIONS, Repair, WORDS, WordList};

/// Letters of a typed word that are looked at; no word is longer.
const MAX_LETTERS: usize = 12;
/// Changes of letters beyond which a word does not look like another.
const MAX_DISTANCE: usize = 2;

/// The words of the list that look most like what was typed, the nearest first.
pub(super) fn suggestions(typed: &str, list: &WordList) -> Vec<String> {
    let near: Vec<_> = near(typed, list).collect();
    // They are in the order of the list: three passes are smaller than a sort.
    (0..=MAX_DISTANCE)
        .flat_map(|wanted| {
            near.iter()
                .filter(move |&&(distance, _)| distance == wanted)
        })
        .take(MAX_SUGGESTIONS)
        .map(|&(_, number)| list.word(number).into())
        .collect()
}

/// Single changes after which the check bits are right: two words that change places, or one word that becomes one
/// that looks like it. The likeliest first.
pub(super) fn repairs(indexes: &[u16; WORDS], list: &WordList) -> Vec<Repair> {
    let mut repairs: Vec<(usize, Repair)> = Vec::new();
    for second in 1..WORDS {
        for first in 0..second {
            let mut changed = *indexes;
            changed.swap(first, second);
            if changed != *indexes && Code::from_indexes(&changed).is_some() {
                let cost = if second - first == 1 {
                    1
                } else {
                    MAX_DISTANCE + 1
                };
                repairs.push((cost, Repair::Swap { first, second }));
            }
        }
    }
    for (index, &number) in indexes.iter().enumerate() {
        for (distance, candidate) in near(list.word(number), list) {
            let mut changed = *indexes;
            changed
                .iter_mut()
                .skip(index)
                .take(1)
                .for_each(|place| *place = candidate);
            if candidate != number && Code::from_indexes(&changed).is_some() {
                repairs.push((
                    distance,
                    Repair::Replace {
                        index,
                        word: list.word(candidate).into(),
                    },
                ));
            }
        }
    }
    (0..=MAX_DISTANCE + 1)
        .flat_map(|wanted| repairs.iter().filter(move |&&(cost, _)| cost == wanted))
        .take(MAX_SUGGESTIONS)
        .map(|(_, repair)| repair.clone())
        .collect()
}

/// Distance and number of each word that is at most [`MAX_DISTANCE`] changes away.
fn near<'a>(typed: &'a str, list: &'a WordList) -> impl Iterator<Item = (usize, u16)> + 'a {
    list.iter()
        .filter(move |(_, word)| word.len().abs_diff(typed.len()) <= MAX_DISTANCE)
        .map(move |(number, word)| (distance(typed, word), number))
        .filter(|&(distance, _)| distance <= MAX_DISTANCE)
}

/// How many letters have to be added, left out, changed or swapped with their neighbour to make one word the other
/// (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().take(MAX_LETTERS).collect();
    let right: Vec<char> = right.chars().take(MAX_LETTERS).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (y, &a) in left.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(y + 1);
        for (x, &b) in right.iter().enumerate() {
            let at = |row: &[usize], x: usize| row.get(x).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&row, x) + usize::from(a != b))
                .min(at(&row, x + 1) + 1)
                .min(at(&next, x) + 1);
            let swapped =
                y > 0 && x > 0 && left.get(y - 1) == Some(&b) && right.get(x - 1) == Some(&a);
            if swapped {
                best = best.min(at(&before, x - 1) + 1);
            }
            next.push(best);
        }
        before = core::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_changes_of_letters() {
        for (left, right, changes) in [
            ("boom", "boom", 0),
            ("boom", "boon", 1),
            ("boom", "bom", 1),
            ("boom", "obom", 1),
            ("", "tak", 3),
            ("kast", "stak", 4),
        ] {
            assert_eq!(distance(left, right), changes, "{left} {right}");
            assert_eq!(distance(right, left), changes, "{right} {left}");
        }
    }
}
