use sluis_protocol::conversation::{
    Destination, Fragment, IntakeKey, Joiner, Message, Part, Question, Received, SignedWish, Wish,
    open_intake, seal_intake,
};
use sluis_protocol::primitives::kdf;
use sluis_wire::{
    address::{FrameHash, GenesisHash, TeamId},
    limits::{INTAKE_ENTRY, INTAKE_PARTS},
    time::{UnixTime, Week},
};

use crate::scene::{GENESIS, NOW, STANDING, Seeded, Team, WEEK, message, reporter};

fn seal(message: &Message, to: &Destination) -> Vec<Vec<u8>> {
    let mut rng = Seeded::new(1);
    let fragments = message.fragments().unwrap();
    fragments
        .iter()
        .map(|fragment| seal_intake(&reporter(9), to, fragment, &mut rng).unwrap())
        .collect()
}

fn open(frame: &[u8], key: IntakeKey<'_>) -> Option<Received> {
    open_intake(
        frame,
        GENESIS,
        |seq| (seq == STANDING.seq).then_some(STANDING.head),
        [key],
    )
    .unwrap()
}

#[test]
fn a_message_reaches_the_team_that_was_chosen_and_nobody_else() {
    let (team, other) = (Team::new(1), Team::new(2));
    let keys = reporter(9);
    let parts = vec![
        Part::Answer(Question::Sport, "turnen".into()),
        Part::Wish(SignedWish::sign(
            &keys,
            &GENESIS,
            NOW,
            Wish::FederationMayRead(true),
        )),
        Part::Ack(3),
        Part::Unknown(99, vec![1, 2, 3]),
    ];
    let sent = message(1, "Er is iets gebeurd.", parts);
    let frames = seal(&sent, &team.destination());
    assert_eq!(frames.len(), 1);
    let received = open(&frames[0], team.key()).unwrap();
    assert_eq!(received.contact, keys.contact());
    assert_eq!(received.conversation(), keys.conversation());
    assert_eq!(Joiner::new().add(received.fragment), Some(sent));
    assert_eq!(open(&frames[0], other.key()), None);
}

#[test]
fn every_entry_has_one_size() {
    let team = Team::new(1);
    for text in ["", "x", &"x".repeat(5_000), &"é".repeat(20_000)] {
        for frame in seal(&message(1, text, Vec::new()), &team.destination()) {
            assert_eq!(frame.len(), INTAKE_ENTRY);
        }
    }
}

#[test]
fn longer_text_takes_up_to_eight_entries_and_is_joined_in_any_order() {
    let team = Team::new(1);
    let sent = message(1, &"één ".repeat(7_300), vec![Part::Ack(1)]);
    let mut frames = seal(&sent, &team.destination());
    assert_eq!(frames.len(), INTAKE_PARTS);
    frames.reverse();
    frames.extend(frames[..3].to_vec());
    let mut joiner = Joiner::new();
    let mut whole = Vec::new();
    for frame in &frames[..INTAKE_PARTS - 1] {
        whole.extend(joiner.add(open(frame, team.key()).unwrap().fragment));
    }
    assert_eq!(whole, []);
    let (missing, part) = joiner.unfinished().next().unwrap();
    assert_eq!((missing, part.id), (1, sent.id));
    whole.extend(
        joiner.add(
            open(&frames[INTAKE_PARTS - 1], team.key())
                .unwrap()
                .fragment,
        ),
    );
    assert_eq!(whole, [sent]);
}

#[test]
fn text_for_more_than_eight_entries_is_refused_before_anything_is_sent() {
    assert!(
        message(1, &"x".repeat(60_000), Vec::new())
            .fragments()
            .is_err()
    );
}

#[test]
fn a_full_entry_fits_whatever_the_header_says() {
    let team = Team::new(1);
    let text = "x".repeat(40_000);
    let mut rng = Seeded::new(1);
    for (week, seq) in [(0, 0), (2_968, 130), (u32::MAX, u64::MAX)] {
        let mut to = team.destination();
        to.week = Week(week);
        to.standing.seq = seq;
        let late = Message {
            time: UnixTime(u64::MAX),
            ..message(1, &text, Vec::new())
        };
        for fragment in late.fragments().unwrap() {
            assert_eq!(
                seal_intake(&reporter(9), &to, &fragment, &mut rng)
                    .unwrap()
                    .len(),
                INTAKE_ENTRY
            );
        }
    }
}

#[test]
fn a_message_for_another_deployment_team_week_or_directory_does_not_open() {
    let team = Team::new(1);
    let frame = seal(&message(1, "x", Vec::new()), &team.destination()).remove(0);
    let head = |_| Some(STANDING.head);
    let none = |result: Result<Option<Received>, _>| assert_eq!(result, Ok(None));
    none(open_intake(
        &frame,
        GenesisHash([0; 32]),
        head,
        [team.key()],
    ));
    none(open_intake(
        &frame,
        GENESIS,
        |_| Some(FrameHash([0; 32])),
        [team.key()],
    ));
    none(open_intake(&frame, GENESIS, |_| None, [team.key()]));
    none(open_intake(
        &frame,
        GENESIS,
        head,
        [IntakeKey {
            team: TeamId([7; 16]),
            ..team.key()
        }],
    ));
    none(open_intake(
        &frame,
        GENESIS,
        head,
        [IntakeKey::new(team.id, WEEK.plus(1), &team.secret)],
    ));
}

#[test]
fn no_changed_bit_opens() {
    let team = Team::new(1);
    let frame = seal(&message(1, "x", Vec::new()), &team.destination()).remove(0);
    // All of what stands outside, then every 37th bit.
    let bits = (0..60 * 8).chain((60 * 8..frame.len() * 8).step_by(37));
    for bit in bits {
        let mut changed = frame.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let head = |_| Some(STANDING.head);
        assert!(
            !matches!(
                open_intake(&changed, GENESIS, head, [team.key()]),
                Ok(Some(_))
            ),
            "bit {bit}"
        );
    }
}

#[test]
fn only_who_opens_a_message_can_delete_it() {
    let team = Team::new(1);
    let frame = seal(&message(1, "x", Vec::new()), &team.destination()).remove(0);
    let secret = open(&frame, team.key()).unwrap().delete_secret;
    let hash = kdf::sha256(&secret);
    assert!(frame.windows(32).any(|bytes| bytes == hash));
    assert!(!frame.windows(32).any(|bytes| bytes == secret));
}

#[test]
fn a_wish_is_the_reporters_own() {
    let (keys, stranger) = (reporter(9), reporter(8));
    let wish = SignedWish::sign(&keys, &GENESIS, NOW, Wish::Stop);
    let (contact, other) = (keys.contact(), stranger.contact());
    let check = |wish: &SignedWish, genesis, conversation, key| {
        wish.verify(genesis, conversation, key).is_ok()
    };
    assert!(check(
        &wish,
        &GENESIS,
        contact.conversation,
        &contact.consent
    ));
    assert!(!check(
        &wish,
        &GenesisHash([0; 32]),
        contact.conversation,
        &contact.consent
    ));
    assert!(!check(
        &wish,
        &GENESIS,
        other.conversation,
        &contact.consent
    ));
    assert!(!check(
        &wish,
        &GENESIS,
        contact.conversation,
        &other.consent
    ));
    let changed = SignedWish {
        wish: Wish::FederationMayRead(true),
        ..wish
    };
    assert!(!check(
        &changed,
        &GENESIS,
        contact.conversation,
        &contact.consent
    ));
}

#[test]
fn fragments_that_contradict_each_other_are_not_joined() {
    let fragment = |number, count, text: &str| Fragment {
        message: message(1, "", Vec::new()).id,
        number,
        count,
        time: NOW,
        parts: vec![Part::Text(text.into())],
    };
    let mut joiner = Joiner::new();
    assert_eq!(joiner.add(fragment(0, 2, "a")), None);
    assert_eq!(joiner.add(fragment(1, 3, "b")), None);
    assert_eq!(joiner.add(fragment(0, 2, "z")), None);
    assert_eq!(joiner.add(fragment(1, 2, "b")).unwrap().text, "ab");
}
