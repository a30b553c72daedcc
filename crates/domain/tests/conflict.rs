//! Fields that two people set without knowing of each other.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::Config;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::{Event, Lane, Note};
use sluis_domain::ids::{AuthorId, EventId};
use sluis_domain::log::{EventLog, LogEntry};
use sluis_domain::vocabulary::{Field, FieldName, Status};

/// Somebody with a log of their own.
struct Person {
    author: AuthorId,
    log: EventLog,
}

impl Person {
    fn new(number: u8) -> Self {
        Self {
            author: AuthorId([number; 16]),
            log: EventLog::default(),
        }
    }

    fn write(&mut self, event: Event) -> LogEntry {
        let place = self.log.next_place(self.author);
        let mut id = [self.author.0[0].wrapping_mul(91); 32];
        id[1..9].copy_from_slice(&place.author_seq.to_be_bytes());
        id[9] = self.author.0[0];
        let entry = LogEntry {
            id: EventId(id),
            author: self.author,
            author_seq: place.author_seq,
            author_prev: place.author_prev,
            parents: place.parents,
            lamport: place.lamport,
            time: 1_000 + place.lamport,
            event,
        };
        self.log.insert(entry.clone());
        entry
    }

    fn set(&mut self, field: Field) -> LogEntry {
        self.write(Event::FieldSet(field))
    }

    fn hear(&mut self, other: &Self) {
        self.log.merge(&other.log);
    }

    fn state(&self) -> Dossier {
        Dossier::replay(&self.log)
    }
}

fn sport(name: &str) -> Field {
    Field::Sport(name.into())
}

fn meet(one: &mut Person, other: &mut Person) {
    one.hear(other);
    other.hear(one);
    assert_eq!(one.state(), other.state());
}

/// The values of a disputed field, with who chose them.
fn values(dossier: &Dossier, name: FieldName) -> Vec<(u8, Field)> {
    let disputed = dossier.conflicts().iter().filter(|one| one.field == name);
    disputed
        .flat_map(|one| &one.choices)
        .map(|choice| (choice.made.author.0[0], choice.value.clone()))
        .collect()
}

#[test]
fn both_values_are_kept_until_somebody_who_knows_both_chooses() {
    let (mut one, mut other) = (Person::new(1), Person::new(2));
    one.set(sport("judo"));
    meet(&mut one, &mut other);
    one.set(sport("karate"));
    other.set(sport("hockey"));
    other.set(sport("ijshockey"));
    assert!(one.state().conflicts().is_empty());
    meet(&mut one, &mut other);
    let both = values(&one.state(), FieldName::Sport);
    assert_eq!(both, [(1, sport("karate")), (2, sport("ijshockey"))]);
    assert_eq!(
        one.state().fields().sport,
        "ijshockey",
        "the last one shows"
    );

    // The value that shows already can be chosen as well, once.
    let chosen = one
        .state()
        .decide(Command::Set(sport("ijshockey")))
        .unwrap();
    one.write(chosen);
    meet(&mut one, &mut other);
    assert!(one.state().conflicts().is_empty());
    assert_eq!(one.state().fields().sport, "ijshockey");
    let again = one.state().decide(Command::Set(sport("ijshockey")));
    assert_eq!(again, Err(Refusal::NothingChanged));
}

#[test]
fn the_same_choice_twice_is_no_dispute() {
    let (mut one, mut other) = (Person::new(1), Person::new(2));
    one.set(sport("judo"));
    other.set(sport("judo"));
    one.set(Field::Federation("bond".into()));
    meet(&mut one, &mut other);
    assert!(one.state().conflicts().is_empty());
}

#[test]
fn a_choice_that_knows_only_one_value_leaves_the_other() {
    let (mut one, mut other, mut third) = (Person::new(1), Person::new(2), Person::new(3));
    one.set(sport("judo"));
    other.set(sport("karate"));
    third.hear(&one);
    third.set(sport("boksen"));
    meet(&mut one, &mut other);
    one.hear(&third);
    let both = values(&one.state(), FieldName::Sport);
    assert_eq!(both, [(2, sport("karate")), (3, sport("boksen"))]);
}

#[test]
fn looking_at_a_dossier_is_no_choice_of_a_status() {
    let (mut one, mut other) = (Person::new(1), Person::new(2));
    one.set(Field::Status(Status::InProgress));
    // Comes later in the order of the log.
    other.write(Event::NoteAdded(Note {
        lane: Lane::Team,
        text: "first".into(),
    }));
    other.set(Field::Status(Status::Read));
    meet(&mut one, &mut other);
    assert!(one.state().conflicts().is_empty());
    assert_eq!(one.state().status(), Status::InProgress);

    one.set(Field::Status(Status::Referred));
    other.set(Field::Status(Status::Closed));
    meet(&mut one, &mut other);
    assert_eq!(values(&one.state(), FieldName::Status).len(), 2);
}

/// One step of a history: somebody hears of what another one knows, then sets a field.
#[derive(Clone, Debug)]
struct Step {
    author: u8,
    hears: Option<u8>,
    field: u8,
    value: u8,
}

const PEOPLE: u8 = 4;

fn step() -> impl Strategy<Value = Step> {
    (0..PEOPLE, proptest::option::of(0..PEOPLE), 0..4_u8, 0..3_u8).prop_map(
        |(author, hears, field, value)| Step {
            author,
            hears,
            field,
            value,
        },
    )
}

fn fact(step: &Step) -> Event {
    let name = format!("{}", step.value);
    match step.field {
        0 => Event::FieldSet(Field::Sport(name)),
        1 => Event::FieldSet(Field::Federation(name)),
        2 => Event::FieldSet(Field::Status(
            [Status::Read, Status::InProgress, Status::Referred][usize::from(step.value)],
        )),
        _ => Event::NoteAdded(Note {
            lane: Lane::Team,
            text: name,
        }),
    }
}

fn history(steps: &[Step]) -> Vec<LogEntry> {
    let mut people: Vec<Person> = (0..PEOPLE).map(Person::new).collect();
    let mut entries = Vec::new();
    for step in steps {
        if let Some(other) = step.hears {
            let heard = people[usize::from(other)].log.clone();
            people[usize::from(step.author)].log.merge(&heard);
        }
        entries.push(people[usize::from(step.author)].write(fact(step)));
    }
    entries
}

/// The disputes by the words of the definition: every pair is compared, with all ancestors.
fn by_definition(log: &EventLog) -> BTreeMap<FieldName, BTreeSet<String>> {
    let sets: Vec<(&LogEntry, &Field)> = log
        .entries()
        .filter_map(|entry| match &entry.event {
            Event::FieldSet(field) => Some((entry, field)),
            _ => None,
        })
        .collect();
    let mut open: BTreeMap<FieldName, BTreeSet<String>> = BTreeMap::new();
    for (entry, field) in &sets {
        let known_later = sets.iter().any(|(later, other)| {
            other.name() == field.name()
                && later.id != entry.id
                && log.ancestors(&[later.id]).contains(&entry.id)
        });
        if !known_later {
            let value = format!("{field:?}");
            open.entry(field.name()).or_default().insert(value);
        }
    }
    if let Some(statuses) = open.get_mut(&FieldName::Status)
        && statuses.len() > 1
    {
        statuses.remove(&format!("{:?}", Field::Status(Status::Read)));
    }
    open.retain(|_, values| values.len() > 1);
    open
}

fn cases() -> u32 {
    if std::env::var_os("SLUIS_ALL").is_some() {
        2_000
    } else {
        48
    }
}

proptest! {
    #![proptest_config(Config { cases: cases(), failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_device_finds_the_same_disputes_whatever_order_events_came_in(
        (entries, shuffled) in proptest::collection::vec(step(), 1..120).prop_flat_map(|steps| {
            let entries = history(&steps);
            (Just(entries.clone()), Just(entries).prop_shuffle())
        })
    ) {
        let log_of = |entries: &[LogEntry]| {
            let mut log = EventLog::default();
            for entry in entries {
                log.insert(entry.clone());
            }
            log
        };
        let (one, other) = (log_of(&entries), log_of(&shuffled));
        let (state, same) = (Dossier::replay(&one), Dossier::replay(&other));
        prop_assert_eq!(&state, &same);

        let found: BTreeMap<FieldName, BTreeSet<String>> = state.conflicts().iter().map(|conflict| {
            (conflict.field, conflict.choices.iter().map(|choice| format!("{:?}", choice.value)).collect())
        }).collect();
        prop_assert_eq!(found, by_definition(&one));

        // What is shown is one of the values, and whoever knows everything settles them all.
        let mut last = Person::new(PEOPLE);
        last.log = one;
        let mut grown = state.clone();
        for conflict in state.conflicts() {
            prop_assert!(conflict.choices.iter().any(|choice| state.fields().has(&choice.value)));
            let entry = last.set(conflict.choices[0].value.clone());
            grown.add(&entry, &last.log);
        }
        prop_assert!(last.log.heads().len() > 8 || grown.conflicts().is_empty());
        prop_assert_eq!(grown, last.state());
    }
}
