use sluis_directory::{evidence::TrustedTable, signature::SigningKey};
use sluis_domain::vocabulary::Status;
use sluis_protocol::conversation::{
    Alarm, Conversation, MessageId, Part, Piece, Question, ReplyBody, ReplyPart, Thread, Voice,
    open_board, open_reply, reply, seal_reply,
};
use sluis_wire::{address::GenesisHash, limits::BOARD_ENTRY};

use crate::scene::{GENESIS, NOW, Seeded, Team, message, reporter, table};

fn text(number: u8, text: &str) -> ReplyPart {
    ReplyPart::Text(Piece::whole(MessageId([number; 16]), NOW, text))
}

fn seal(body: &ReplyBody, device: &SigningKey) -> Vec<u8> {
    let mut rng = Seeded::new(u64::from(body.index));
    seal_reply(GENESIS, &reporter(9).contact(), body, device, &mut rng).unwrap()
}

fn read(table: &TrustedTable, entries: &[Vec<u8>]) -> Conversation {
    open_board(GENESIS, &reporter(9), &table.lines, entries)
}

fn texts(conversation: &Conversation) -> Vec<&str> {
    conversation
        .utterances
        .iter()
        .map(|utterance| utterance.text.as_str())
        .collect()
}

#[test]
fn a_whole_conversation_comes_back_from_the_board() {
    let team = Team::new(1);
    let long = "één lang verhaal. ".repeat(500);
    let first = message(
        1,
        &long,
        vec![Part::Answer(Question::Sport, "turnen".into()), Part::Ack(0)],
    );
    let mut parts = reply::receipt(&first, NOW);
    parts.push(ReplyPart::Status(Status::New));
    parts.push(ReplyPart::Read(first.id));
    parts.push(text(2, &"Dank je wel. ".repeat(400)));
    parts.push(ReplyPart::Status(Status::InProgress));
    let bodies = reply::split(parts).unwrap();
    assert!(bodies.len() > 4);
    let entries: Vec<_> = (0..)
        .zip(bodies)
        .map(|(index, parts)| seal(&team.says(index, parts), &team.device))
        .collect();
    let said = read(&table(&[&team]), &entries);
    assert_eq!(texts(&said), [long.as_str(), &"Dank je wel. ".repeat(400)]);
    assert!(said.utterances.iter().all(|utterance| utterance.whole));
    assert_eq!(said.utterances[0].voice, Voice::Reporter);
    assert_eq!(said.utterances[1].voice, Voice::Team("Casemanager".into()));
    assert_eq!(said.team, Some(team.id));
    assert_eq!(said.status, Some((Status::InProgress, NOW)));
    assert_eq!(said.read, Some(first.id));
    assert_eq!(said.filed.len(), 1);
    assert_eq!(
        said.heard,
        [(first.id, Part::Answer(Question::Sport, "turnen".into()))]
    );
    assert_eq!(said.alarms, []);
    assert_eq!(said.next, u32::try_from(entries.len()).unwrap());
}

#[test]
fn every_entry_has_one_size() {
    let team = Team::new(1);
    for (index, len) in (0..).zip([0, 1, 1_000, 2_300]) {
        let author = "x".repeat(reply::AUTHOR_MOST);
        let body = ReplyBody {
            author,
            lowest: u32::MAX,
            ..team.says(index, vec![text(1, &"x".repeat(len))])
        };
        assert_eq!(seal(&body, &team.device).len(), BOARD_ENTRY);
    }
}

#[test]
fn replay_and_another_order_change_nothing() {
    let team = Team::new(1);
    let mut entries: Vec<_> = (0..3)
        .map(|index| {
            seal(
                &team.says(u32::from(index), vec![text(index, "a")]),
                &team.device,
            )
        })
        .collect();
    let said = read(&table(&[&team]), &entries);
    entries.reverse();
    entries.extend(entries.clone());
    assert_eq!(read(&table(&[&team]), &entries), said);
    let mut thread = Thread::new(GENESIS, None);
    assert!(thread.take(&reporter(9), &entries));
    assert!(!thread.take(&reporter(9), &entries));
}

#[test]
fn a_reply_that_was_held_back_is_missed() {
    let team = Team::new(1);
    let entries: Vec<_> = [0, 1, 3]
        .map(|index| seal(&team.says(index, vec![text(1, "a")]), &team.device))
        .into();
    assert_eq!(read(&table(&[&team]), &entries).alarms, [Alarm::Missing(2)]);
    // What is below the lowest number that is still kept is not missed.
    let body = ReplyBody {
        lowest: 3,
        ..team.says(3, vec![text(1, "a")])
    };
    assert_eq!(
        read(&table(&[&team]), &[seal(&body, &team.device)]).alarms,
        []
    );
}

#[test]
fn no_changed_bit_opens() {
    let team = Team::new(1);
    let entry = seal(&team.says(0, vec![text(1, "a")]), &team.device);
    for bit in (0..40 * 8).chain((40 * 8..entry.len() * 8).step_by(23)) {
        let mut changed = entry.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(
            open_reply(GENESIS, &reporter(9), 0, &changed).is_err(),
            "bit {bit}"
        );
    }
}

#[test]
fn a_reply_in_another_place_or_deployment_or_for_another_reporter_is_refused() {
    let team = Team::new(1);
    let entry = seal(&team.says(0, vec![text(1, "a")]), &team.device);
    assert!(open_reply(GENESIS, &reporter(9), 0, &entry).is_ok());
    assert!(open_reply(GENESIS, &reporter(9), 1, &entry).is_err());
    assert!(open_reply(GenesisHash([0; 32]), &reporter(9), 0, &entry).is_err());
    assert!(open_reply(GENESIS, &reporter(8), 0, &entry).is_err());
    // The tag of place 1 around what was sealed for place 0.
    let mut moved = entry;
    moved[10..26].copy_from_slice(&reporter(9).tag(1).0);
    assert!(open_reply(GENESIS, &reporter(9), 1, &moved).is_err());
    let said = read(&table(&[&team]), &[moved]);
    assert_eq!(
        (texts(&said), said.alarms.clone()),
        (Vec::new(), vec![Alarm::Damaged(1)])
    );
}

#[test]
fn a_damaged_copy_does_not_hide_the_good_one() {
    let team = Team::new(1);
    let good = seal(&team.says(0, vec![text(1, "a")]), &team.device);
    let mut bad = good.clone();
    bad[4_000] ^= 1;
    let said = read(&table(&[&team]), &[bad, good]);
    assert_eq!((texts(&said), said.alarms.clone()), (vec!["a"], Vec::new()));
}

#[test]
fn someone_who_is_no_longer_of_the_team_is_not_believed() {
    let team = Team::new(1);
    let former = SigningKey::from_seed([77; 32]);
    let said = read(
        &table(&[&team]),
        &[seal(&team.says(0, vec![text(1, "a")]), &former)],
    );
    assert_eq!(
        (texts(&said), said.alarms.clone()),
        (Vec::new(), vec![Alarm::NotTheTeam(0)])
    );
}

#[test]
fn another_team_is_believed_only_after_a_hand_over() {
    let (team, next) = (Team::new(1), Team::new(2));
    let entry = |team: &Team, index, part| seal(&team.says(index, vec![part]), &team.device);
    let barged_in = [entry(&team, 0, text(1, "a")), entry(&next, 1, text(2, "b"))];
    let said = read(&table(&[&team, &next]), &barged_in);
    assert_eq!(
        (texts(&said), said.alarms.clone()),
        (vec!["a"], vec![Alarm::AnotherTeam(1)])
    );
    assert_eq!(said.team, Some(team.id));

    let handed_over = [
        entry(&team, 0, text(1, "a")),
        entry(&team, 1, ReplyPart::HandOver(next.id)),
        entry(&next, 2, text(2, "b")),
    ];
    let said = read(&table(&[&team, &next]), &handed_over);
    assert_eq!(
        (texts(&said), said.alarms.clone()),
        (vec!["a", "b"], Vec::new())
    );
    assert_eq!(said.team, Some(next.id));
}

#[test]
fn in_the_first_sitting_only_the_chosen_team_is_believed() {
    let (team, other) = (Team::new(1), Team::new(2));
    let mut thread = Thread::new(GENESIS, Some(team.id));
    thread.take(
        &reporter(9),
        &[seal(&other.says(0, vec![text(1, "a")]), &other.device)],
    );
    let said = thread.read(&table(&[&team, &other]).lines);
    assert_eq!(
        (texts(&said), said.alarms.clone()),
        (Vec::new(), vec![Alarm::AnotherTeam(0)])
    );
}

#[test]
fn a_text_with_a_hole_is_shown_up_to_the_hole() {
    let team = Team::new(1);
    let long = "x".repeat(6_000);
    let bodies = reply::split(vec![text(1, &long)]).unwrap();
    let entries: Vec<_> = (0..)
        .zip(bodies)
        .filter(|(index, _)| *index != 1)
        .map(|(index, parts)| seal(&team.says(index, parts), &team.device))
        .collect();
    let said = read(&table(&[&team]), &entries);
    assert_eq!(said.alarms, [Alarm::Missing(1)]);
    let utterance = &said.utterances[0];
    assert!(
        !utterance.whole && long.starts_with(&utterance.text) && utterance.text.len() < long.len()
    );
}

#[test]
fn parts_of_a_later_release_are_passed_over() {
    let team = Team::new(1);
    let parts = vec![
        ReplyPart::Unknown(500, vec![1]),
        text(1, "a"),
        ReplyPart::Unknown(6, vec![99]),
    ];
    let said = read(
        &table(&[&team]),
        &[seal(&team.says(0, parts), &team.device)],
    );
    assert_eq!(
        (texts(&said), said.alarms.clone(), said.status),
        (vec!["a"], Vec::new(), None)
    );
}

#[test]
fn entries_of_others_on_the_same_page_are_passed_over() {
    let team = Team::new(1);
    let mut rng = Seeded::new(3);
    let others: Vec<_> = (20..60)
        .map(|number| {
            let body = team.says(0, vec![text(1, "b")]);
            seal_reply(
                GENESIS,
                &reporter(number).contact(),
                &body,
                &team.device,
                &mut rng,
            )
            .unwrap()
        })
        .chain([vec![0; BOARD_ENTRY], Vec::new()])
        .chain([seal(&team.says(0, vec![text(1, "a")]), &team.device)])
        .collect();
    let said = read(&table(&[&team]), &others);
    assert_eq!((texts(&said), said.alarms.clone()), (vec!["a"], Vec::new()));
}
