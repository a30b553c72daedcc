//! The index finds what it should, whatever was put in, taken out and written in between.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sluis_domain::ids::DossierId;
use sluis_domain::search::{Index, fold, words};

fn id(number: u16) -> DossierId {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    DossierId(id)
}

/// Rows as storage has them.
type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

fn keep(index: &mut Index, rows: &mut Rows) {
    for (key, value) in index.take_changes() {
        match value {
            Some(value) => rows.insert(key, value),
            None => rows.remove(&key),
        };
    }
}

fn load(rows: &Rows) -> Index {
    Index::load(
        rows.iter()
            .map(|(key, value)| (key.as_slice(), value.as_slice())),
    )
}

/// The dossiers that have all words.
fn whole(index: &Index, question: &str) -> Vec<DossierId> {
    let count = words(&fold(question)).count() as u32;
    let mut found: Vec<_> = index
        .find(question)
        .hits
        .into_iter()
        .filter(|(_, marks)| marks.count_ones() == count)
        .map(|(id, _)| id)
        .collect();
    found.sort_unstable();
    found
}

fn of(texts: &[&str]) -> Index {
    let mut index = Index::default();
    for (number, text) in (0..).zip(texts) {
        index.put(id(number), 1, text);
    }
    index
}

#[test]
fn a_word_is_found_inside_a_compound_word() {
    let index = of(&["Na de voetbalwedstrijd", "De training", "WEDSTRIJDEN"]);
    assert_eq!(whole(&index, "wedstrijd"), [id(0), id(2)]);
}

#[test]
fn accents_and_capitals_make_no_difference() {
    let index = of(&["Één coördinator uit Łódź", "iemand anders"]);
    assert_eq!(whole(&index, "COORDINATOR een lodz"), [id(0)]);
}

#[test]
fn a_short_word_finds_what_begins_with_it() {
    let index = of(&["Bo viel", "Na het oboespel"]);
    assert_eq!(whole(&index, "bo"), [id(0)]);
}

#[test]
fn a_typing_error_finds_what_was_meant_and_says_so() {
    let index = of(&["Gesproken met mevrouw Janssen", "Intimidatie op het veld"]);
    assert_eq!(whole(&index, "Jansen"), [id(0)]);
    assert_eq!(whole(&index, "intmidatie"), [id(1)]);
    assert_eq!(index.find("Jansen veld").near, 1);
    assert_eq!(index.find("Janssen").near, 0);
    assert!(index.find("xyzzyx").hits.is_empty());
}

#[test]
fn words_are_marked_one_by_one() {
    let index = of(&["alfa", "alfa bravo"]);
    let found = index.find("alfa bravo");
    assert_eq!(found.hits, [(id(0), 1), (id(1), 3)]);
}

#[test]
fn what_was_written_over_is_not_found_any_more() {
    let mut index = of(&["eerste woord"]);
    index.put(id(0), 2, "tweede");
    assert!(whole(&index, "eerste").is_empty());
    assert_eq!(whole(&index, "tweede"), [id(0)]);
    assert_eq!(index.stamp(&id(0)), Some(2));
}

#[test]
fn a_dossier_that_is_taken_out_leaves_no_word_in_storage() {
    let mut index = Index::default();
    let mut rows = Rows::new();
    for number in 0..600 {
        index.put(id(number), 1, &format!("geheim{number} gewoon"));
    }
    keep(&mut index, &mut rows);
    for gone in [3, 300, 599] {
        index.remove(&id(gone));
    }
    keep(&mut index, &mut rows);
    for gone in [3, 300, 599] {
        let word = format!("geheim{gone}\n");
        let holds = |value: &Vec<u8>| {
            value
                .windows(word.len())
                .any(|part| part == word.as_bytes())
        };
        assert!(!rows.values().any(holds), "{gone}");
        assert_eq!(load(&rows).stamp(&id(gone)), None);
    }
    assert_eq!(whole(&load(&rows), "gewoon").len(), 597);
}

#[test]
fn a_row_that_is_none_goes_away() {
    let mut index = of(&["alfa"]);
    let mut rows = Rows::new();
    keep(&mut index, &mut rows);
    let more = [(vec![0, 0, 0, 0, 9], vec![1, 2]), (vec![7], vec![])];
    rows.extend(more);
    let mut index = load(&rows);
    keep(&mut index, &mut rows);
    assert_eq!(rows.len(), 1);
    assert_eq!(whole(&index, "alfa"), [id(0)]);
}

/// What can happen to an index.
#[derive(Clone, Debug)]
enum Act {
    Put(u16, Vec<u8>),
    Remove(u16),
    Reload,
}

const WORDS: [&str; 8] = [
    "wedstrijd",
    "trainer",
    "veld",
    "zaalwedstrijd",
    "jan",
    "janssen",
    "bond",
    "é",
];

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => (0_u16..700, prop::collection::vec(0_u8..8, 0..5)).prop_map(|(at, text)| Act::Put(at, text)),
        1 => (0_u16..700).prop_map(Act::Remove),
        1 => Just(Act::Reload),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_index_finds_what_looking_through_everything_finds(acts in prop::collection::vec(act(), 1..900)) {
        let (mut index, mut rows) = (Index::default(), Rows::new());
        let mut texts: BTreeMap<DossierId, String> = BTreeMap::new();
        for act in acts {
            match act {
                Act::Put(at, text) => {
                    let text: Vec<&str> = text.iter().map(|word| WORDS[usize::from(*word)]).collect();
                    let text = text.join(", ");
                    index.put(id(at), text.len() as u64, &text);
                    texts.insert(id(at), text);
                }
                Act::Remove(at) => {
                    index.remove(&id(at));
                    texts.remove(&id(at));
                }
                Act::Reload => {
                    keep(&mut index, &mut rows);
                    index = load(&rows);
                }
            }
        }
        for question in ["wedstrijd", "jan", "veld trainer", "e", "bond wedstrijd jan"] {
            let meant: Vec<DossierId> = texts
                .iter()
                .filter(|(_, text)| {
                    let folded = fold(text);
                    question.split(' ').all(|word| {
                        if word.len() < 3 {
                            words(&folded).any(|own| own.starts_with(word))
                        } else {
                            folded.contains(word)
                        }
                    })
                })
                .map(|(id, _)| *id)
                .collect();
            // Nothing has to be guessed where each word stands somewhere.
            if index.find(question).near == 0 {
                prop_assert_eq!(whole(&index, question), meant, "{}", question);
            }
        }
        for (id, text) in &texts {
            prop_assert_eq!(index.stamp(id), Some(text.len() as u64));
        }
        prop_assert_eq!(index.dossiers().count(), texts.len());
    }
}
