//! Properties of the log: whatever way events come in, the same set is the same story.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use proptest::test_runner::Config;
use sluis_domain::dossier::Dossier;
use sluis_domain::event::{Event, Lane, Note};
use sluis_domain::ids::{AuthorId, EventId};
use sluis_domain::log::{EventLog, Finding, LogEntry};
use sluis_domain::vocabulary::Field;

const AUTHORS: u8 = 5;

/// One step of a history: an author writes, after having heard of what another one knows.
#[derive(Clone, Debug)]
struct Step {
    author: u8,
    hears: Option<u8>,
    writes: u8,
}

fn step() -> impl Strategy<Value = Step> {
    (0..AUTHORS, proptest::option::of(0..AUTHORS), any::<u8>()).prop_map(
        |(author, hears, writes)| Step {
            author,
            hears,
            writes,
        },
    )
}

fn config() -> Config {
    let cases = if std::env::var_os("SLUIS_ALL").is_some() {
        2_000
    } else {
        32
    };
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

fn author(n: u8) -> AuthorId {
    AuthorId([n; 16])
}

/// Digests are the protocol's business: here an id is made of what it names.
fn id(author: u8, number: u64, salt: u8) -> EventId {
    let mut bytes = [salt.wrapping_mul(67).wrapping_add(author); 32];
    bytes[1..9].copy_from_slice(&number.to_be_bytes());
    bytes[9] = author;
    bytes[10] = salt;
    EventId(bytes)
}

fn fact(step: &Step) -> Event {
    match step.writes % 3 {
        0 => Event::FieldSet(Field::Sport(format!("sport {}", step.writes))),
        1 => Event::NoteAdded(Note {
            lane: Lane::Team,
            text: format!("note {}", step.writes),
        }),
        _ => Event::Unknown {
            kind: 0x7000 + u16::from(step.writes),
            body: vec![step.writes],
        },
    }
}

fn history(steps: &[Step]) -> Vec<LogEntry> {
    let mut logs: Vec<EventLog> = (0..AUTHORS).map(|_| EventLog::default()).collect();
    let mut entries = Vec::new();
    for step in steps {
        if let Some(other) = step.hears {
            let heard = logs[usize::from(other)].clone();
            logs[usize::from(step.author)].merge(&heard);
        }
        let log = &mut logs[usize::from(step.author)];
        let place = log.next_place(author(step.author));
        let entry = LogEntry {
            id: id(step.author, place.author_seq, step.writes),
            author: author(step.author),
            author_seq: place.author_seq,
            author_prev: place.author_prev,
            parents: place.parents,
            lamport: place.lamport,
            time: u64::from(step.writes),
            event: fact(step),
        };
        log.insert(entry.clone());
        entries.push(entry);
    }
    entries
}

fn log_of<'a>(entries: impl IntoIterator<Item = &'a LogEntry>) -> EventLog {
    let mut log = EventLog::default();
    for entry in entries {
        log.insert(entry.clone());
    }
    log
}

fn assert_same(one: &EventLog, other: &EventLog) {
    assert_eq!(one, other);
    assert_eq!(one.heads(), other.heads());
    assert_eq!(one.findings(), other.findings());
    assert_eq!(one.ordered(), other.ordered());
    assert_eq!(Dossier::replay(one), Dossier::replay(other));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_order_of_delivery_gives_the_same_state(
        (entries, shuffled) in proptest::collection::vec(step(), 1..200).prop_flat_map(|steps| {
            let entries = history(&steps);
            (Just(entries.clone()), Just(entries).prop_shuffle())
        })
    ) {
        let one = log_of(&entries);
        let other = log_of(&shuffled);
        assert_same(&one, &other);
        prop_assert!(one.findings().is_empty());
        let ordered = one.ordered();
        for (place, entry) in ordered.iter().enumerate() {
            for before in entry.before() {
                prop_assert!(ordered[..place].iter().any(|earlier| earlier.id == before));
            }
        }
    }

    #[test]
    fn merge_commutes_associates_and_is_idempotent(
        steps in proptest::collection::vec(step(), 1..120),
        cuts in proptest::collection::vec(0..3_usize, 120),
    ) {
        let entries = history(&steps);
        // Parts overlap: every third entry is in two of them.
        let part = |n: usize| log_of(entries.iter().zip(&cuts).enumerate().filter(|(at, (_, cut))| {
            **cut == n || at % 3 == n
        }).map(|(_, (entry, _))| entry));
        let merged = |logs: &[&EventLog]| {
            let mut all = EventLog::default();
            for log in logs {
                all.merge(log);
            }
            all
        };
        let (a, b, c) = (part(0), part(1), part(2));
        assert_same(&merged(&[&a, &b]), &merged(&[&b, &a]));
        assert_same(&merged(&[&merged(&[&a, &b]), &c]), &merged(&[&a, &merged(&[&b, &c])]));
        assert_same(&merged(&[&a, &a]), &a);
        assert_same(&merged(&[&a, &b, &c]), &log_of(&entries));
    }

    #[test]
    fn every_missing_event_that_others_build_on_is_found(
        steps in proptest::collection::vec(step(), 2..80),
        which in any::<proptest::sample::Index>(),
    ) {
        let entries = history(&steps);
        let gone = which.get(&entries).id;
        let log = log_of(entries.iter().filter(|entry| entry.id != gone));
        let named = entries.iter().any(|entry| entry.before().any(|before| before == gone));
        let found = log.findings().iter().any(|finding| matches!(finding, Finding::Missing { event, .. } if *event == gone));
        prop_assert_eq!(named, found);
    }

    #[test]
    fn an_event_with_a_false_number_changes_nothing(
        steps in proptest::collection::vec(step(), 1..60),
        which in any::<proptest::sample::Index>(),
        lamport in any::<u64>(),
    ) {
        let entries = history(&steps);
        let sound = log_of(&entries);
        let mut forged = which.get(&entries).clone();
        prop_assume!(forged.lamport != lamport);
        forged.id = EventId([0xee; 32]);
        forged.author = author(AUTHORS);
        forged.author_seq = 0;
        forged.author_prev = None;
        let highest = forged.parents.iter().filter_map(|id| sound.entry(id)).map(|entry| entry.lamport).max();
        prop_assume!(lamport != highest.unwrap_or(0) + 1);
        forged.lamport = lamport;
        let mut log = sound.clone();
        log.insert(forged);
        prop_assert_eq!(Dossier::replay(&log), Dossier::replay(&sound));
        prop_assert_eq!(log.heads(), sound.heads());
        let misnumbered = Finding::Misnumbered { event: EventId([0xee; 32]) };
        prop_assert!(log.findings().contains(&misnumbered));
    }

    #[test]
    fn any_number_and_body_decode_to_something_that_encodes_to_them(
        kind in prop_oneof![0_u16..0x500, any::<u16>()],
        body in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let (again, bytes) = Event::decode(kind, &body).encode();
        prop_assert_eq!((again, bytes), (kind, body));
    }
}

#[test]
fn two_events_with_one_number_are_equivocation() {
    let mut entries = history(&[Step {
        author: 1,
        hears: None,
        writes: 1,
    }]);
    let mut twin = entries[0].clone();
    twin.id = EventId([9; 32]);
    entries.push(twin);
    let log = log_of(&entries);
    let findings = log.findings();
    let finding = findings.first().unwrap();
    assert!(
        matches!(finding, Finding::Equivocation { author_seq: 0, .. }),
        "{finding:?}"
    );
}

#[test]
fn a_hole_in_an_authors_row_is_found() {
    let steps: Vec<_> = (0..4)
        .map(|writes| Step {
            author: 1,
            hears: None,
            writes,
        })
        .collect();
    let entries = history(&steps);
    let log = log_of(entries.iter().filter(|entry| entry.author_seq != 1));
    assert!(log.findings().contains(&Finding::Gap {
        author: author(1),
        author_seq: 1
    }));
}

#[test]
fn heads_that_a_colleague_names_and_i_was_not_given_are_found() {
    let mut entries = history(&[Step {
        author: 1,
        hears: None,
        writes: 0,
    }]);
    entries[0].event = Event::HeadsSeen(vec![EventId([7; 32])]);
    let log = log_of(&entries);
    assert!(log.findings().contains(&Finding::Missing {
        event: EventId([7; 32]),
        named_by: entries[0].id
    }));
}
