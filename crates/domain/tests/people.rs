//! People in a dossier, their contact data, closing and redaction.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::{Event, Lane, OpinionReturned, Redaction};
use sluis_domain::ids::{AuthorId, DossierId, EventId, PersonId};
use sluis_domain::log::{EventLog, LogEntry};
use sluis_domain::people::{
    CAPACITY_MOST, Closing, ClosingReason, Contact, Erased, ErasureCause, Facts, PersonEvent,
    PersonRole, Respondents, Sealed, Shared,
};
use sluis_domain::view::sweep::{Known, Spot, sweep};
use sluis_domain::vocabulary::{Field, Status};

const ME: AuthorId = AuthorId([1; 16]);

/// A dossier with its log, written by one author.
#[derive(Default)]
struct Book {
    log: EventLog,
    dossier: Dossier,
}

impl Book {
    fn write(&mut self, event: Event) -> EventId {
        let place = self.log.next_place(ME);
        let mut id = [0; 32];
        for (to, from) in id.iter_mut().zip(place.lamport.to_be_bytes()) {
            *to = from;
        }
        let entry = LogEntry {
            id: EventId(id),
            author: ME,
            author_seq: place.author_seq,
            author_prev: place.author_prev,
            parents: place.parents,
            lamport: place.lamport,
            time: 1_800_000_000 + place.lamport,
            event,
        };
        self.log.insert(entry.clone());
        self.dossier.add(&entry, &self.log);
        assert_eq!(Dossier::replay(&self.log), self.dossier);
        entry.id
    }

    fn act(&mut self, command: Command) -> Result<EventId, Refusal> {
        let event = self.dossier.decide(command)?;
        Ok(self.write(event))
    }

    fn add(&mut self, n: u8, role: PersonRole) {
        self.act(Command::AddPerson(person(n), facts(role)))
            .unwrap();
    }

    fn seal(&mut self, n: u8, version: u32, devices: &[u8]) -> Result<EventId, Refusal> {
        self.act(Command::SealContact(sealed(n, version, devices)))
    }

    fn erase(&mut self, n: u8) -> Result<EventId, Refusal> {
        self.act(Command::EraseContact(Erased {
            person: person(n),
            cause: ErasureCause::Early,
            receipt: vec![1],
        }))
    }
}

fn person(n: u8) -> PersonId {
    PersonId([n; 16])
}

fn facts(role: PersonRole) -> Facts {
    Facts {
        role,
        capacity: "trainer".into(),
        minor: None,
    }
}

fn sealed(n: u8, version: u32, devices: &[u8]) -> Sealed {
    Sealed {
        person: person(n),
        version,
        record: [2; 32],
        key: [3; 32],
        devices: devices.iter().map(|n| AuthorId([*n; 16])).collect(),
    }
}

fn closing() -> Closing {
    Closing {
        reason: ClosingReason::Settled,
        outcome: "talked it through".into(),
    }
}

#[test]
fn people_are_numbered_in_the_order_in_which_they_came() {
    let mut book = Book::default();
    book.add(9, PersonRole::Witness);
    book.add(3, PersonRole::Affected);
    book.act(Command::RemovePerson(person(9))).unwrap();
    book.add(5, PersonRole::Expert);
    let numbers: Vec<_> = book
        .dossier
        .people()
        .listed()
        .into_iter()
        .map(|(id, person)| (id, person.number))
        .collect();
    assert_eq!(numbers, [(person(3), 2), (person(5), 3)]);
}

#[test]
fn one_number_given_twice_goes_to_the_first_in_the_log() {
    let mut book = Book::default();
    for n in [1, 2] {
        let event = PersonEvent::Added(person(n), 1, facts(PersonRole::Witness));
        book.write(Event::Person(event));
    }
    let people = book.dossier.people();
    let shown = |n| {
        people
            .person(&person(n))
            .map(|one| (one.number, one.renumbered))
    };
    assert_eq!(shown(1), Some((1, false)));
    assert_eq!(shown(2), Some((2, true)));
}

#[test]
fn contact_data_of_a_respondent_is_refused() {
    let mut book = Book::default();
    book.add(1, PersonRole::Respondent);
    assert_eq!(book.seal(1, 1, &[1]), Err(Refusal::RespondentUnnamed));
    book.add(2, PersonRole::Witness);
    book.seal(2, 1, &[1]).unwrap();
    let change = Command::ChangePerson(person(2), facts(PersonRole::Respondent));
    assert_eq!(book.act(change), Err(Refusal::ContactLeft));
}

#[test]
fn a_policy_lets_a_respondent_be_named_and_what_was_noted_outlives_it() {
    let mut book = Book::default();
    book.add(1, PersonRole::Respondent);
    let seal = |version| Command::SealContact(sealed(1, version, &[1]));
    let event = book.dossier.decide_with(seal(1), Respondents::Named);
    book.write(event.unwrap());
    book.add(2, PersonRole::Witness);
    book.seal(2, 1, &[1]).unwrap();
    let turn = Command::ChangePerson(person(2), facts(PersonRole::Respondent));
    assert!(book.dossier.decide_with(turn, Respondents::Named).is_ok());
    // Off again: nothing new, and what is there stays as it is.
    assert_eq!(book.act(seal(2)), Err(Refusal::RespondentUnnamed));
    let changed = Facts {
        capacity: "coach".into(),
        ..facts(PersonRole::Respondent)
    };
    book.act(Command::ChangePerson(person(1), changed)).unwrap();
    let shared = Shared {
        person: person(1),
        version: 1,
        turn: 1,
        devices: vec![ME],
    };
    book.act(Command::ShareContact(shared)).unwrap();
    book.erase(1).unwrap();
}

#[test]
fn contact_data_that_was_destroyed_does_not_come_back() {
    let mut book = Book::default();
    book.add(1, PersonRole::Witness);
    assert_eq!(book.erase(1), Err(Refusal::NothingChanged));
    book.seal(1, 1, &[1, 2]).unwrap();
    assert_eq!(book.seal(1, 1, &[1]), Err(Refusal::NothingChanged));
    assert_eq!(
        book.act(Command::RemovePerson(person(1))),
        Err(Refusal::ContactLeft)
    );
    book.erase(1).unwrap();
    assert_eq!(book.seal(1, 2, &[1]), Err(Refusal::ContactGone));
    book.write(Event::Person(PersonEvent::Sealed(sealed(1, 3, &[1]))));
    let contact = &book.dossier.people().person(&person(1)).unwrap().contact;
    assert!(matches!(contact, Contact::Erased { .. }));
    book.act(Command::RemovePerson(person(1))).unwrap();
}

#[test]
fn devices_that_ever_could_open_something_are_counted() {
    let mut book = Book::default();
    book.add(1, PersonRole::Witness);
    book.seal(1, 1, &[1, 2]).unwrap();
    let shared = |turn, devices: &[u8]| Shared {
        person: person(1),
        version: 1,
        turn,
        devices: sealed(1, 1, devices).devices,
    };
    book.act(Command::ShareContact(shared(1, &[1, 2, 3])))
        .unwrap();
    let late = book.act(Command::ShareContact(shared(1, &[1])));
    assert_eq!(late, Err(Refusal::NothingChanged));
    book.seal(1, 2, &[1]).unwrap();
    let people = book.dossier.people();
    assert_eq!(people.holders().len(), 3);
    let (_, now) = people.with_contact().next().unwrap();
    assert!(now.is_for(&ME) && !now.is_for(&AuthorId([3; 16])));
}

#[test]
fn a_dossier_closes_once_its_contact_data_is_gone_and_nothing_is_disputed() {
    let mut book = Book::default();
    book.add(1, PersonRole::Affected);
    book.seal(1, 1, &[1]).unwrap();
    let by_status = Command::Set(Field::Status(Status::Closed));
    assert_eq!(book.act(by_status), Err(Refusal::ContactLeft));
    assert_eq!(
        book.act(Command::Close(closing())),
        Err(Refusal::ContactLeft)
    );
    book.erase(1).unwrap();
    let closed = book.act(Command::Close(closing())).unwrap();
    assert_eq!(book.dossier.status(), Status::Closed);
    assert_eq!(book.act(Command::Close(closing())), Err(Refusal::Closed));
    let late = Command::AddPerson(person(2), facts(PersonRole::Witness));
    assert_eq!(book.act(late), Err(Refusal::Closed));
    book.act(Command::Shred(closed, ME)).unwrap();
    assert_eq!(
        book.act(Command::Shred(closed, ME)),
        Err(Refusal::NothingChanged)
    );
    assert_eq!(book.dossier.people().shredded(&closed).count(), 1);
    book.act(Command::Reopen).unwrap();
    assert_eq!(book.dossier.closing(), None);
    assert_eq!(book.seal(1, 2, &[1]), Err(Refusal::ContactGone));
}

#[test]
fn what_was_redacted_is_shown_in_other_words() {
    let mut book = Book::default();
    let note = Command::Note(Lane::Team, "Jan Jansen called".into());
    let note = book.act(note).unwrap();
    let redact = |what, text: &str| {
        Command::Redact(Redaction {
            what,
            text: text.into(),
        })
    };
    book.act(redact(note, "@p1 called")).unwrap();
    let notes = book.dossier.notes().iter();
    let texts: Vec<&str> = notes.map(|(_, note)| note.text.as_str()).collect();
    assert_eq!(texts, ["@p1 called"]);
    let unknown = book.act(redact(EventId([9; 32]), "x"));
    assert_eq!(unknown, Err(Refusal::NoSuchMessage));
}

#[test]
fn the_sweep_reaches_opinions_that_came_back_also_when_two_brought_them() {
    let mut book = Book::default();
    let opinion = OpinionReturned {
        extract: DossierId([5; 16]),
        opinion: EventId([6; 32]),
        author: ME,
        time: 1,
        text: "Ask Jan Jansen, 06 12 34 56 78".into(),
    };
    book.write(Event::OpinionReturned(opinion.clone()));
    let known = [Known {
        number: 1,
        name: "Jan Jansen".into(),
        ways: vec!["0612345678".into()],
    }];
    let found = sweep(&book.dossier, &known);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].spot, Spot::Event(opinion.opinion));
    assert_eq!(found[0].text, "Ask @p1, @p1");
    book.act(Command::Redact(Redaction {
        what: opinion.opinion,
        text: found[0].text.clone(),
    }))
    .unwrap();
    book.write(Event::OpinionReturned(opinion));
    let texts = book.dossier.returned().iter();
    let texts: Vec<&str> = texts.map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Ask @p1, @p1"]);
    assert!(sweep(&book.dossier, &known).is_empty());
}

#[test]
fn facts_have_a_bound() {
    let mut book = Book::default();
    let mut long = facts(PersonRole::Witness);
    long.capacity = "a".repeat(CAPACITY_MOST + 1);
    let added = book.act(Command::AddPerson(person(1), long));
    assert_eq!(
        added,
        Err(Refusal::TooLong {
            most: CAPACITY_MOST
        })
    );
}

fn any_event() -> impl Strategy<Value = PersonEvent> {
    let id = any::<u8>().prop_map(|n| person(n % 4));
    let role = proptest::sample::select(PersonRole::ALL.to_vec());
    let devices = proptest::collection::vec(0_u8..4, 0..3);
    prop_oneof![
        (id.clone(), 0_u16..6, role).prop_map(|(id, number, role)| PersonEvent::Added(
            id,
            number,
            facts(role)
        )),
        id.clone().prop_map(PersonEvent::Removed),
        (0_u8..4, 0_u32..4, devices.clone())
            .prop_map(|(n, version, devices)| PersonEvent::Sealed(sealed(n, version, &devices))),
        (0_u8..4, 0_u32..4, 0_u32..3, devices).prop_map(|(n, version, turn, devices)| {
            PersonEvent::Shared(Shared {
                person: person(n),
                version,
                turn,
                devices: sealed(n, version, &devices).devices,
            })
        }),
        id.prop_map(|person| PersonEvent::Erased(Erased {
            person,
            cause: ErasureCause::Early,
            receipt: Vec::new(),
        })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_number_is_given_twice_and_nothing_erased_comes_back(
        events in proptest::collection::vec(any_event(), 0..40)
    ) {
        let mut dossier = Book::default();
        let mut erased: Vec<PersonId> = Vec::new();
        for event in events {
            let (kind, body) = Event::Person(event.clone()).encode();
            prop_assert_eq!(Event::decode(kind, &body), Event::Person(event.clone()));
            dossier.write(Event::Person(event));
            let people = dossier.dossier.people();
            let mut numbers: Vec<u16> = people.all().map(|(_, one)| one.number).collect();
            numbers.sort_unstable();
            let count = numbers.len();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), count);
            for id in &erased {
                let contact = &people.person(id).unwrap().contact;
                let gone = matches!(contact, Contact::Erased { .. });
                prop_assert!(gone);
            }
            erased = people
                .all()
                .filter(|(_, one)| matches!(one.contact, Contact::Erased { .. }))
                .map(|(id, _)| *id)
                .collect();
            let holders = people.holders();
            for (_, sealed) in people.with_contact() {
                prop_assert!(sealed.devices.iter().all(|device| holders.contains(device)));
            }
        }
    }
}
