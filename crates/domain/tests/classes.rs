//! Properties of classification versions: what a dossier was classified as keeps its meaning, whatever is edited afterwards.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use proptest::test_runner::Config;
use sluis_domain::classes::{ClassName, ClassNames, Classes};
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::Event;
use sluis_domain::ids::{AuthorId, EventId};
use sluis_domain::log::{EventLog, LogEntry};
use sluis_domain::vocabulary::{Category, Field, Subcategory};

const FIRST_OWN: u16 = 256;

/// One edit, as directors make them; the directory refuses what does not fit before it comes here.
#[derive(Clone, Debug)]
enum Edit {
    Add(usize, u8),
    Rename(usize, u8),
    Retire(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = prop_oneof![
        (0..5_usize, any::<u8>()).prop_map(|(category, name)| Edit::Add(category, name)),
        (any::<usize>(), any::<u8>()).prop_map(|(which, name)| Edit::Rename(which, name)),
        any::<usize>().prop_map(Edit::Retire),
    ];
    prop::collection::vec(one, 0..24)
}

fn config() -> Config {
    let all = std::env::var_os("SLUIS_ALL").is_some();
    Config {
        cases: if all { 2_000 } else { 64 },
        failure_persistence: None,
        ..Config::default()
    }
}

fn names(name: u8) -> ClassNames {
    ClassNames {
        dutch: format!("naam {name}"),
        english: format!("name {name}"),
    }
}

/// Codes that exist, each with its category.
fn known(edited: &[(Category, u16)]) -> Vec<(Category, u16)> {
    let built_in = Category::ALL.into_iter().flat_map(|category| {
        let own = category.subcategories().iter().copied();
        let own = own.filter(|sub| *sub != Subcategory::Other);
        own.map(move |sub| (category, sub.code()))
    });
    built_in.chain(edited.iter().copied()).collect()
}

/// The table after each of these edits, the one without any first, and all codes with their categories.
fn tables(edits: &[Edit]) -> (Vec<Classes>, Vec<(Category, u16)>) {
    let mut tables = vec![Classes::default()];
    let (mut own, mut gone) = (Vec::new(), Vec::new());
    for edit in edits {
        let mut next = tables.last().unwrap().clone();
        let codes = known(&own);
        match edit {
            Edit::Add(category, name) => {
                let code = FIRST_OWN + u16::try_from(own.len()).unwrap();
                let category = Category::ALL[*category];
                own.push((category, code));
                next.name(category, code, names(*name));
            }
            Edit::Rename(which, name) => {
                let (category, code) = codes[which % codes.len()];
                if gone.contains(&code) {
                    continue;
                }
                next.name(category, code, names(*name));
            }
            Edit::Retire(which) => {
                let (category, code) = codes[which % codes.len()];
                if gone.contains(&code) {
                    continue;
                }
                gone.push(code);
                next.retire(category, code);
            }
        }
        tables.push(next);
    }
    (tables, known(&own))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_a_code_was_called_in_a_version_never_changes(edits in edits()) {
        let (tables, codes) = tables(&edits);
        for (at, table) in tables.iter().enumerate() {
            prop_assert_eq!(usize::try_from(table.version()).ok(), Some(at));
            for (category, code) in &codes {
                let sub = Subcategory::at(*code, table.version());
                let called = table.called(sub);
                for later in &tables[at..] {
                    prop_assert!(
                        called == ClassName::Unknown(*code) || later.called(sub) == called
                    );
                    prop_assert_eq!(later.was_offered(*category, sub), table.was_offered(*category, sub));
                }
            }
        }
    }

    #[test]
    fn every_code_keeps_its_category_and_what_is_retired_is_named_and_not_offered(edits in edits()) {
        let (tables, codes) = tables(&edits);
        for (at, table) in tables.iter().enumerate() {
            for category in Category::ALL {
                let offered = table.offered(category);
                prop_assert_eq!(offered.last().map(|sub| sub.code()), Some(Subcategory::Other.code()));
                for sub in offered {
                    prop_assert!(!table.is_retired(sub));
                    prop_assert!(table.was_offered(category, sub));
                    prop_assert!(table.called(sub) != ClassName::Unknown(sub.code()));
                    let own = codes.iter().find(|(_, code)| *code == sub.code());
                    prop_assert!(own.is_none_or(|(own, _)| *own == category));
                }
                for sub in table.retired(category) {
                    prop_assert!(!table.was_offered(category, sub));
                    // Retired codes are always named, in whatever version they were chosen.
                    let first = tables[..=at].iter().find(|old| {
                        let then = Subcategory::at(sub.code(), old.version());
                        old.was_offered(category, then)
                    });
                    let chosen = Subcategory::at(sub.code(), first.unwrap().version());
                    prop_assert!(table.called(chosen) != ClassName::Unknown(sub.code()));
                    prop_assert!(table.called(sub) != ClassName::Unknown(sub.code()));
                }
            }
        }
    }

    #[test]
    fn a_dossier_that_is_merged_in_any_order_says_the_same(
        edits in edits(),
        chosen in prop::collection::vec((any::<usize>(), any::<usize>(), 0..3_u8), 1..6),
        order in any::<prop::sample::Index>(),
    ) {
        let (tables, codes) = tables(&edits);
        let newest = tables.last().unwrap();
        let mut log = EventLog::default();
        let mut entries = Vec::new();
        for (number, (which, version, author)) in chosen.iter().enumerate() {
            let (category, code) = codes[which % codes.len()];
            let table = &tables[version % tables.len()];
            let value = Some((category, Some(Subcategory::at(code, table.version()))));
            let author = AuthorId([*author; 16]);
            let place = log.next_place(author);
            let entry = LogEntry {
                id: EventId([u8::try_from(number + 1).unwrap(); 32]),
                author,
                author_seq: place.author_seq,
                author_prev: place.author_prev,
                parents: place.parents,
                lamport: place.lamport,
                time: 60,
                event: Event::FieldSet(Field::Classification(value)),
            };
            log.insert(entry.clone());
            entries.push(entry);
        }
        let middle = order.index(entries.len());
        entries.rotate_left(middle);
        entries.reverse();
        let mut other = EventLog::default();
        for entry in entries {
            other.insert(entry);
        }
        let meaning = |log: &EventLog| {
            let value = Dossier::replay(log).fields().classification;
            value.map(|(category, sub)| (category, sub, sub.map(|sub| newest.called(sub))))
        };
        prop_assert_eq!(meaning(&log), meaning(&other));
    }
}

#[test]
fn events_from_before_there_were_versions_mean_version_nought() {
    for (place, sub) in Subcategory::BUILT_IN.into_iter().enumerate() {
        let code = u16::try_from(place).unwrap();
        assert_eq!((sub.code(), sub.version()), (code, 0));
        assert_eq!(Subcategory::at(code, 0), sub);
        let event = Event::FieldSet(Field::Classification(Some((Category::Other, Some(sub)))));
        let (kind, body) = event.encode();
        // Field 1, some, category 4, some, the code: as every release has written it.
        assert_eq!(body, [1, 1, 4, 1, u8::try_from(place).unwrap()]);
        assert_eq!(Event::decode(kind, &body), event);
        assert_eq!(Classes::default().called(sub), ClassName::BuiltIn(sub));
    }
    let listed = Subcategory::at(300, 7);
    let event = Event::FieldSet(Field::Classification(Some((Category::Other, Some(listed)))));
    let (kind, body) = event.encode();
    assert_eq!(body, [1, 1, 4, 1, 19, 0xac, 2, 7]);
    assert_eq!(Event::decode(kind, &body), event);
    assert_eq!(Classes::default().called(listed), ClassName::Unknown(300));
}

#[test]
fn a_renamed_one_is_called_as_it_was_and_one_of_the_beginning_can_be_retired() {
    let mut classes = Classes::default();
    let bullying = Subcategory::Bullying;
    classes.name(Category::Transgressive, bullying.code(), names(1));
    let renamed = Subcategory::at(bullying.code(), 1);
    assert_eq!(classes.called(bullying), ClassName::BuiltIn(bullying));
    assert_eq!(classes.called(renamed), ClassName::Own(&names(1)));
    assert!(classes.is_renamed(bullying) && !classes.is_renamed(renamed));
    classes.retire(Category::Transgressive, bullying.code());
    assert!(classes.is_retired(bullying));
    let offered = classes.offered(Category::Transgressive);
    assert!(offered.iter().all(|sub| sub.code() != bullying.code()));
    assert!(classes.was_offered(Category::Transgressive, renamed));
    let now = classes.newest(renamed);
    assert!(!classes.was_offered(Category::Transgressive, now));
}

#[test]
fn a_dossier_refuses_what_it_knows_to_belong_elsewhere() {
    let dossier = Dossier::default();
    let set = |category, sub| {
        let value = Field::Classification(Some((category, Some(sub))));
        dossier.decide(Command::Set(value)).err()
    };
    let doping = Subcategory::at(Subcategory::Doping.code(), 3);
    let misfit = Some(Refusal::CategoryDoesNotFit);
    assert_eq!(set(Category::Transgressive, doping), misfit);
    assert_eq!(set(Category::Substances, doping), None);
    assert_eq!(set(Category::Substances, Subcategory::at(300, 3)), None);
}
