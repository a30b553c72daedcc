//! Examples of what a dossier adds up to, and of what it refuses.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::{
    AccessAnswered, AccessTerms, Echo, Event, Lane, Message, Move, Opening, Part, Receipt,
    ReceiptKind, Reply, ReporterKeys,
};
use sluis_domain::ids::{AuthorId, ConversationId, EventId, MessageId, PartyRef, TeamRef};
use sluis_domain::log::{EventLog, LogEntry};
use sluis_domain::retention::{self, CivilDay};
use sluis_domain::view::{HistoryKind, bubbles, history, row};
use sluis_domain::vocabulary::{AccessRight, Category, Field, Kind, Origin, Status, Subcategory};

const ME: AuthorId = AuthorId([1; 16]);
const OTHER: AuthorId = AuthorId([2; 16]);

#[derive(Default)]
struct Story {
    log: EventLog,
    time: u64,
}

impl Story {
    fn state(&self) -> Dossier {
        Dossier::replay(&self.log)
    }

    fn by(&mut self, author: AuthorId, command: Command) -> Result<EventId, Refusal> {
        let event = self.state().decide(command)?;
        Ok(self.fact(author, event))
    }

    fn fact(&mut self, author: AuthorId, event: Event) -> EventId {
        self.time += 60;
        let place = self.log.next_place(author);
        let mut id = [0; 32];
        let number = u8::try_from(self.log.len()).unwrap();
        id.fill(number + 1);
        let entry = LogEntry {
            id: EventId(id),
            author,
            author_seq: place.author_seq,
            author_prev: place.author_prev,
            parents: place.parents,
            lamport: place.lamport,
            time: self.time,
            event,
        };
        self.log.insert(entry);
        EventId(id)
    }

    fn chat() -> Self {
        let mut story = Self::default();
        let opening = Opening {
            kind: Kind::Report,
            origin: Origin::Chat,
            team: TeamRef([7; 16]),
            conversation: Some(ConversationId([8; 16])),
        };
        story.by(ME, Command::Open(opening)).unwrap();
        story
            .by(
                ME,
                Command::Import(message(1, "the coach shouts at everyone")),
            )
            .unwrap();
        story
    }
}

fn message(n: u8, text: &str) -> Message {
    Message {
        id: MessageId([n; 16]),
        parts_joined: 1,
        parts: vec![Part::Text(text.into())],
        reporter: ReporterKeys(vec![n; 4]),
        week: 2_967,
        hour: 3_600,
    }
}

fn reply(index: u32, text: &str) -> Reply {
    Reply {
        index,
        piece: 0,
        pieces: 1,
        text: text.into(),
        answers: None,
        sealed: vec![1; 8],
    }
}

#[test]
fn a_message_that_two_people_import_counts_once() {
    let mut story = Story::chat();
    let twice = message(1, "the coach shouts at everyone");
    assert_eq!(
        story.by(OTHER, Command::Import(twice.clone())),
        Err(Refusal::NothingChanged)
    );
    story.fact(OTHER, Event::MessageImported(twice));
    let state = story.state();
    assert_eq!(state.messages().count(), 1);
    assert_eq!(bubbles(&state).len(), 1);
}

#[test]
fn the_opening_of_a_colleague_at_the_same_moment_changes_nothing() {
    let mut story = Story::chat();
    let opening = Opening {
        kind: Kind::Advice,
        origin: Origin::Phone,
        team: TeamRef([9; 16]),
        conversation: None,
    };
    assert_eq!(
        story.by(OTHER, Command::Open(opening.clone())),
        Err(Refusal::AlreadyOpen)
    );
    story.fact(OTHER, Event::DossierOpened(opening));
    assert_eq!(story.state().origin(), Origin::Chat);
    assert_eq!(story.state().fields().kind, Kind::Report);
}

#[test]
fn an_answer_is_due_from_the_first_message_until_we_reply() {
    let mut story = Story::chat();
    let first = story.time;
    story
        .by(ME, Command::Import(message(2, "and there is more")))
        .unwrap();
    assert_eq!(story.state().waiting_since(), Some(first));
    story.by(ME, Command::Reply(reply(1, "thank you"))).unwrap();
    assert_eq!(story.state().waiting_since(), None);
}

#[test]
fn unread_is_counted_per_person_and_not_per_device() {
    let mut story = Story::chat();
    story
        .by(OTHER, Command::SeeMessages(vec![MessageId([1; 16])]))
        .unwrap();
    let state = story.state();
    assert_eq!(row(&state, |author| *author == ME).unread, 1);
    assert_eq!(row(&state, |author| *author == OTHER).unread, 0);
    assert_eq!(row(&state, |_| true).unread, 0);
    let unknown = Command::SeeMessages(vec![MessageId([9; 16])]);
    assert_eq!(story.by(ME, unknown), Err(Refusal::NoSuchMessage));
}

#[test]
fn reply_indices_skip_what_was_ever_taken() {
    let mut story = Story::chat();
    assert_eq!(story.state().next_reply_index(), 0);
    let receipt = Receipt {
        index: 0,
        what: ReceiptKind::Filed,
        message: Some(MessageId([1; 16])),
        sealed: vec![0; 8],
    };
    story.by(ME, Command::Receipt(receipt.clone())).unwrap();
    assert_eq!(
        story.by(ME, Command::Receipt(receipt)),
        Err(Refusal::IndexTaken(0))
    );
    story.by(ME, Command::Reply(reply(1, "thank you"))).unwrap();
    // A colleague, offline, took the same index.
    let other = story.fact(OTHER, Event::ReplySent(reply(1, "we are on it")));
    assert_eq!(story.state().in_conflict(), [other]);
    assert_eq!(
        story.by(OTHER, Command::Reply(reply(1, "again"))),
        Err(Refusal::IndexTaken(1))
    );
    let index = story.state().next_reply_index();
    assert_eq!(index, 2);
    story
        .by(
            OTHER,
            Command::Move(Move {
                what: other,
                index,
                sealed: vec![2; 8],
            }),
        )
        .unwrap();
    let state = story.state();
    assert!(state.in_conflict().is_empty());
    assert_eq!(state.next_reply_index(), 3);
    let moved = state.board_item(&other).unwrap();
    assert_eq!(
        (moved.index, moved.sealed.as_slice()),
        (2, [2; 8].as_slice())
    );
    assert_eq!(bubbles(&state).len(), 3);
}

#[test]
fn a_message_is_sent_back_once() {
    let mut story = Story::chat();
    assert_eq!(story.state().to_echo(), [MessageId([1; 16])]);
    let echo = |index| {
        Command::Echo(Echo {
            index,
            message: MessageId([1; 16]),
            sealed: vec![0; 8],
        })
    };
    story.by(ME, echo(0)).unwrap();
    assert!(story.state().to_echo().is_empty());
    assert_eq!(story.by(ME, echo(1)), Err(Refusal::NothingChanged));
}

#[test]
fn a_longer_reply_in_pieces_is_one_bubble() {
    let mut story = Story::chat();
    for (piece, text) in [(0, "first half, "), (1, "second half")] {
        let reply = Reply {
            piece,
            pieces: 2,
            ..reply(u32::from(piece), text)
        };
        story.by(ME, Command::Reply(reply)).unwrap();
    }
    let bubbles = bubbles(&story.state());
    let last = bubbles.last().unwrap();
    assert_eq!(
        (last.text.as_str(), last.events.len()),
        ("first half, second half", 2)
    );
    let lines = history(&story.log);
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.what == HistoryKind::ReplySent)
            .count(),
        1
    );
}

#[test]
fn consent_and_stop_are_taken_from_the_newest_message() {
    let mut story = Story::chat();
    let parts = |parts| Message {
        parts,
        ..message(2, "")
    };
    assert_eq!(story.state().federation_may_read(), None);
    let consent = Part::Consent {
        federation_may_read: true,
        proof: vec![1; 64],
    };
    story
        .by(
            ME,
            Command::Import(parts(vec![consent, Part::Ack { below: 3 }])),
        )
        .unwrap();
    assert_eq!(story.state().federation_may_read(), Some(true));
    assert_eq!(story.state().acknowledged_below(), 3);
    assert_eq!(bubbles(&story.state()).len(), 1);
    let stop = Message {
        id: MessageId([3; 16]),
        ..parts(vec![Part::Stop { proof: vec![1; 64] }])
    };
    story.by(ME, Command::Import(stop)).unwrap();
    assert!(story.state().stop_asked());
    assert_eq!(story.state().status(), Status::Stopped);
}

#[test]
fn a_field_refuses_what_does_not_fit() {
    let mut story = Story::chat();
    let mut set = |field| story.by(ME, Command::Set(field));
    assert_eq!(set(Field::Kind(Kind::Report)), Err(Refusal::NothingChanged));
    assert_eq!(
        set(Field::Status(Status::New)),
        Err(Refusal::NothingChanged)
    );
    let misfit = Field::Classification(Some((Category::Substances, Some(Subcategory::Bullying))));
    assert_eq!(set(misfit), Err(Refusal::CategoryDoesNotFit));
    assert!(
        set(Field::Classification(Some((
            Category::Substances,
            Some(Subcategory::Doping)
        ))))
        .is_ok()
    );
    assert_eq!(
        set(Field::Sport("x".repeat(201))),
        Err(Refusal::TooLong { most: 200 })
    );
    assert_eq!(
        set(Field::Happened("x".repeat(40_001))),
        Err(Refusal::TooLong { most: 40_000 })
    );
    assert!(set(Field::Status(Status::Read)).is_ok());
    assert_eq!(set(Field::Status(Status::New)), Err(Refusal::NotNewAgain));
}

#[test]
fn a_closed_dossier_takes_no_changes_until_it_is_taken_up_again() {
    let mut story = Story::chat();
    assert_eq!(story.by(ME, Command::Reopen), Err(Refusal::NotClosed));
    story
        .by(ME, Command::Set(Field::Status(Status::Closed)))
        .unwrap();
    assert_eq!(
        story.by(ME, Command::Set(Field::Sport("judo".into()))),
        Err(Refusal::Closed)
    );
    assert_eq!(
        story.by(ME, Command::Reply(reply(0, "late"))),
        Err(Refusal::Closed)
    );
    assert!(!story.state().can_reply());
    assert_eq!(story.state().waiting_since(), None);
    story.by(ME, Command::Reopen).unwrap();
    assert_eq!(story.state().status(), Status::InProgress);
    assert!(story.state().can_reply());
}

#[test]
fn a_new_message_moves_the_day_on_which_a_dossier_may_stay_open_and_closing_ends_it() {
    const DAY: u64 = 86_400;
    let mut story = Story::chat();
    let first = retention::ends(&story.state()).unwrap();
    assert_eq!(first, CivilDay::of(story.time).plus_months(24));
    // Reading is no activity.
    story.time += 40 * DAY;
    let seen = [MessageId([1; 16])].into();
    story.by(ME, Command::SeeMessages(seen)).unwrap();
    assert_eq!(retention::ends(&story.state()), Some(first));
    story
        .by(ME, Command::Import(message(2, "it happened again")))
        .unwrap();
    let moved = CivilDay::of(story.time).plus_months(24);
    assert_eq!(retention::ends(&story.state()), Some(moved));
    assert!(moved > first);
    let closed = Command::Set(Field::Status(Status::Closed));
    story.by(ME, closed).unwrap();
    assert_eq!(retention::ends(&story.state()), None);
    story.by(ME, Command::Reopen).unwrap();
    assert!(retention::ends(&story.state()).is_some());
}

#[test]
fn a_dossier_made_by_hand_has_nobody_to_reply_to() {
    let mut story = Story::default();
    let opening = Opening {
        kind: Kind::Report,
        origin: Origin::Phone,
        team: TeamRef([7; 16]),
        conversation: None,
    };
    story.by(ME, Command::Open(opening)).unwrap();
    assert!(!story.state().can_reply());
    assert_eq!(
        story.by(ME, Command::Reply(reply(0, "hello"))),
        Err(Refusal::NoReporter)
    );
    assert_eq!(
        story.by(ME, Command::Note(Lane::Team, "  ".into())),
        Err(Refusal::Empty)
    );
    story
        .by(ME, Command::Note(Lane::Team, "caller rings back".into()))
        .unwrap();
    assert_eq!(story.state().notes().len(), 1);
}

#[test]
fn the_gist_holds_whole_words_and_at_most_120_characters() {
    let mut story = Story::chat();
    assert_eq!(
        row(&story.state(), |_| true).gist,
        "the coach shouts at everyone"
    );
    story
        .by(ME, Command::Set(Field::FirstStory("één ".repeat(60))))
        .unwrap();
    let gist = row(&story.state(), |_| true).gist;
    assert!(
        gist.ends_with(" één…") && gist.chars().count() <= 120,
        "{gist}"
    );
    story
        .by(ME, Command::Set(Field::FirstStory("x".repeat(300))))
        .unwrap();
    assert_eq!(row(&story.state(), |_| true).gist.chars().count(), 120);
}

#[test]
fn an_unknown_event_is_counted_and_shown() {
    let mut story = Story::chat();
    story.fact(
        OTHER,
        Event::Unknown {
            kind: 0x7001,
            body: vec![1],
        },
    );
    assert_eq!(story.state().unknown_events(), 1);
    let Some(last) = history(&story.log).last().copied() else {
        panic!("no line")
    };
    assert_eq!(last.what, HistoryKind::Unknown(0x7001));
}

#[test]
fn access_is_given_on_terms_and_answered_once() {
    let mut story = Story::chat();
    let party = PartyRef([9; 16]);
    let answer = |accepted, reason: &str| {
        Command::AnswerAccess(AccessAnswered {
            party,
            accepted,
            reason: reason.into(),
        })
    };
    assert_eq!(
        story.by(OTHER, answer(true, "")),
        Err(Refusal::NothingToAnswer)
    );
    let terms = AccessTerms {
        party,
        right: AccessRight::Writer,
        until: None,
        reason: "they know the club".into(),
        transfer: false,
    };
    let long = AccessTerms {
        reason: "x".repeat(2_001),
        ..terms.clone()
    };
    assert_eq!(
        story.by(ME, Command::GiveAccess(long)),
        Err(Refusal::TooLong { most: 2_000 })
    );
    story.by(ME, Command::GiveAccess(terms.clone())).unwrap();
    story.by(OTHER, answer(false, "too busy")).unwrap();
    assert_eq!(
        story.by(OTHER, answer(false, "")),
        Err(Refusal::NothingChanged)
    );
    story.by(OTHER, answer(true, "")).unwrap();
    assert_eq!(story.state().access().len(), 3);
    story.by(ME, Command::GiveAccess(terms)).unwrap();
    story.by(OTHER, answer(true, "")).unwrap();
    let lines: Vec<_> = history(&story.log).iter().map(|line| line.what).collect();
    assert_eq!(
        lines[2..],
        [
            HistoryKind::AccessGiven(party, AccessRight::Writer),
            HistoryKind::AccessAnswered(party, false),
            HistoryKind::AccessAnswered(party, true),
            HistoryKind::AccessGiven(party, AccessRight::Writer),
            HistoryKind::AccessAnswered(party, true),
        ]
    );
}
