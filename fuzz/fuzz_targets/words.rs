//! Typed text either is a code whose own words give the same code, or an error that names real places and words.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sluis_protocol::words::{Code, MAX_SUGGESTIONS, Repair, WORDS, WordList, WordsError};

static LISTS: LazyLock<[WordList; 2]> = LazyLock::new(|| {
    [
        include_str!("../../crates/protocol/src/words/nl.txt"),
        include_str!("../../crates/protocol/src/words/en.txt"),
    ]
    .map(|text| WordList::parse(text).expect("our own lists"))
});

fuzz_target!(|text: &str| {
    let lists = [&LISTS[0], &LISTS[1]];
    match Code::parse(text, &lists) {
        Ok(code) => {
            for list in lists {
                let again =
                    Code::parse(&code.words(list).join(" "), &[list]).expect("our own words");
                assert_eq!(again.expose(), code.expose());
            }
        }
        Err(WordsError::Unknown(words)) => {
            assert!(!words.is_empty());
            assert!(
                words
                    .iter()
                    .all(|word| word.index < WORDS && word.suggestions.len() <= MAX_SUGGESTIONS)
            );
        }
        Err(WordsError::Check(repairs)) => {
            assert!(repairs.len() <= MAX_SUGGESTIONS);
            for repair in repairs {
                match repair {
                    Repair::Replace { index, .. } => assert!(index < WORDS),
                    Repair::Swap { first, second } => assert!(first < second && second < WORDS),
                }
            }
        }
        Err(WordsError::Count(count)) => assert_ne!(count, WORDS),
        Err(_) => {}
    }
    let _ = WordList::parse(text).is_err();
});
