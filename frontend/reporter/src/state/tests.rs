#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use sluis_directory::entry::KemKey;
use sluis_directory::evidence::TrustedTable;
use sluis_directory::signature::{Label, SigningKey};
use sluis_directory::snapshot::Line;
use sluis_directory::statement::Standing;
use sluis_protocol::conversation::{Alarm, Utterance, Voice};
use sluis_protocol::primitives::kdf;
use sluis_wire::address::FrameHash;
use sluis_wire::api::{BoardPage, BoardRead, Call as _, IntakePost};
use sluis_wire::codec;
use sluis_wire::pow::PUZZLES;
use sluis_wire::time::{DAY, Week};

use super::*;

const NOW: u64 = 1_795_262_700;
const GENESIS: GenesisHash = GenesisHash([7; 32]);

fn relay() -> SigningKey {
    SigningKey::from_seed([5; 32])
}

fn table(lines: u8) -> TrustedTable {
    let line = |number: u8| Line {
        team: TeamId([number; 16]),
        name: format!("Line {number}"),
        organisation: "Organisation".into(),
        centre: number == 2,
        kem: KemKey(vec![0; KemKey::LENGTH]),
        not_after: UnixTime(NOW + DAY),
        reply_keys: Vec::new(),
    };
    let standing = Standing {
        seq: 9,
        head: FrameHash([1; 32]),
    };
    TrustedTable {
        genesis: GENESIS,
        name: "Deployment".into(),
        demonstration: false,
        relay_key: relay().verifying_key(),
        page_bits: 0,
        lines: (1..=lines).map(line).collect(),
        dir_seq: 9,
        standing,
        made: UnixTime(NOW),
        week: Week::of(UnixTime(NOW)),
    }
}

fn site() -> Site {
    let exit = "https://weather.example/".into();
    Site {
        genesis: Some(GENESIS),
        exit,
        phones: Vec::new(),
    }
}

/// A page that may be written on.
fn open(lines: u8) -> Model {
    let mut model = Model::new(Locale::default(), NOW * 1_000, false);
    model.site = Some(site());
    model.door = Door::Open(Box::new(table(lines)));
    model.door_asked = false;
    model
}

fn challenge(seed: u8) -> Challenge {
    Challenge {
        bucket: UnixTime(NOW - NOW % 600),
        nonce: [seed; 16],
        difficulty: 0,
        mac: [0; 32],
    }
}

fn solution(seed: u8) -> Solution {
    Solution {
        challenge: challenge(seed),
        nonces: [0; PUZZLES],
        stamp: 0,
    }
}

fn does(model: &mut Model, msgs: impl IntoIterator<Item = Msg>) -> Vec<Effect> {
    msgs.into_iter()
        .flat_map(|msg| update(model, msg))
        .collect()
}

fn later(model: &mut Model, seconds: u64) -> Vec<Effect> {
    update(
        model,
        Msg::Tick {
            now: model.now + seconds * 1_000,
            chance: 0,
        },
    )
}

fn words() -> Vec<String> {
    [
        "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht",
    ]
    .map(String::from)
    .into()
}

/// Types a story and gets as far as the question for one word.
fn at_check(model: &mut Model) -> Vec<Effect> {
    let effects = does(model, [Msg::StoryTyped("Verhaal".into())]);
    does(
        model,
        [
            Msg::Worker(Tell::Words(words())),
            Msg::Worker(Tell::Ready { page: 3 }),
        ],
    );
    does(model, [Msg::Continue, Msg::WordsKept]);
    effects
}

fn sealed(local: u32, entries: usize) -> Msg {
    let frames = (0..entries)
        .map(|entry| vec![u8::try_from(entry).unwrap(); 100])
        .collect();
    Msg::Worker(Tell::Sealed {
        local,
        message: MessageId([9; 16]),
        frames,
    })
}

fn receipt(frame: &[u8]) -> IntakeReceipt {
    let hour = UnixTime(NOW).to_hour();
    let bytes = [kdf::sha256(frame).as_slice(), &hour.0.to_be_bytes()].concat();
    IntakeReceipt {
        hour,
        signature: relay().sign(Label::Receipt, &bytes).0,
    }
}

fn posts(effects: &[Effect]) -> usize {
    effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Post(..)))
        .count()
}

/// A page whose first message is under way.
fn sending() -> Model {
    let mut model = open(1);
    at_check(&mut model);
    model.work = Work {
        ready: vec![solution(1)],
        ..Work::default()
    };
    does(&mut model, [Msg::SkipAndSend]);
    let effects = does(&mut model, [sealed(0, 1)]);
    assert_eq!(posts(&effects), 1);
    model
}

#[test]
fn words_and_work_begin_when_somebody_types() {
    let mut model = open(1);
    assert_eq!(does(&mut model, [Msg::StoryTyped(" ".into())]), []);
    let effects = does(&mut model, [Msg::StoryTyped("E".into())]);
    assert_eq!(
        effects,
        [
            Effect::Worker(Ask::Begin),
            Effect::ReadLists,
            Effect::ReadChallenge
        ]
    );
    assert_eq!(does(&mut model, [Msg::StoryTyped("Er".into())]), []);
    let effects = does(&mut model, [Msg::ChallengeRead(Ok(challenge(1)))]);
    assert_eq!(effects, [Effect::Worker(Ask::Work(challenge(1)))]);
}

#[test]
fn text_that_was_typed_before_the_server_answered_counts_as_soon_as_it_does() {
    let mut model = open(1);
    model.door = Door::Asking;
    assert_eq!(does(&mut model, [Msg::StoryTyped("Er".into())]), []);
    model.door = Door::Open(Box::new(table(1)));
    assert!(later(&mut model, 1).contains(&Effect::Worker(Ask::Begin)));
}

#[test]
fn lists_that_do_not_come_are_asked_for_again_until_words_are_there() {
    let mut model = open(1);
    does(&mut model, [Msg::StoryTyped("E".into())]);
    assert_eq!(does(&mut model, [Msg::ListsRead(None)]), []);
    assert!(!later(&mut model, 1).contains(&Effect::ReadLists));
    assert!(later(&mut model, 10).contains(&Effect::ReadLists));
    let lists = Some("nul\n\nzero".to_owned());
    does(&mut model, [Msg::ListsRead(lists)]);
    assert!(!later(&mut model, 10).contains(&Effect::ReadLists));
    let shown = does(&mut model, [Msg::Language(Language::En)]);
    let english = Ask::Lists {
        lists: None,
        english: true,
    };
    assert!(shown.contains(&Effect::Worker(english)));
}

#[test]
fn an_empty_story_goes_nowhere() {
    let mut model = open(1);
    assert_eq!(does(&mut model, [Msg::Continue]), [Effect::Focus("story")]);
    assert!(model.story_missing && model.step == Step::Write);
}

#[test]
fn a_wrong_word_is_pointed_out_and_the_right_one_sends() {
    let mut model = open(1);
    at_check(&mut model);
    assert_eq!(model.asked_word, 0);
    does(
        &mut model,
        [Msg::WordTyped("fout".into()), Msg::CheckAndSend],
    );
    assert!(model.asked_wrong && model.outgoing.is_empty());
    does(
        &mut model,
        [Msg::WordTyped(" EEN ".into()), Msg::CheckAndSend],
    );
    assert_eq!((model.step, model.outgoing.len()), (Step::Chat, 1));
    assert!(model.story.is_empty());
}

#[test]
fn the_word_can_be_skipped() {
    let mut model = open(1);
    at_check(&mut model);
    does(&mut model, [Msg::SkipAndSend]);
    assert_eq!(model.step, Step::Chat);
}

#[test]
fn every_post_and_poll_has_its_one_size() {
    let mut model = sending();
    let effects = does(&mut model, [Msg::Retry(0)]);
    assert_eq!(effects, []);
    let mut model = open(1);
    at_check(&mut model);
    model.work.ready = vec![solution(1)];
    does(&mut model, [Msg::SkipAndSend]);
    for effect in does(&mut model, [sealed(0, 1)])
        .into_iter()
        .chain(later(&mut model, 1))
    {
        match effect {
            Effect::Post(_, body) => assert_eq!(Some(body.len()), IntakePost::SIZE),
            Effect::Poll(body) => assert_eq!(Some(body.len()), BoardRead::SIZE),
            _ => {}
        }
    }
}

#[test]
fn a_message_is_stored_only_with_a_receipt_that_holds() {
    let mut model = sending();
    does(&mut model, [Msg::Posted(0, Ok(receipt(&[1; 100])))]);
    assert_eq!(model.outgoing[0].stage, Stage::Failed);
    let mut model = sending();
    does(&mut model, [Msg::Posted(0, Ok(receipt(&[0; 100])))]);
    assert_eq!(model.outgoing[0].stage, Stage::Stored);
    assert_eq!(model.spoken, Spoken::Stored);
}

#[test]
fn entries_of_a_long_message_go_one_after_the_other_with_work_of_their_own() {
    let mut model = open(1);
    at_check(&mut model);
    does(&mut model, [Msg::SkipAndSend]);
    let mut sent = posts(&does(&mut model, [sealed(0, 2)]));
    assert_eq!(sent, 0);
    for number in 0..2 {
        sent += posts(&does(
            &mut model,
            [Msg::Worker(Tell::Solved(solution(number)))],
        ));
        assert_eq!(sent, usize::from(number) + 1);
        does(&mut model, [Msg::Posted(0, Ok(receipt(&[number; 100])))]);
    }
    assert_eq!(model.outgoing[0].stage, Stage::Stored);
}

#[test]
fn without_connection_a_message_waits_and_goes_by_itself() {
    let mut model = sending();
    does(&mut model, [Msg::Posted(0, Err(Fault::Unreachable))]);
    assert!(model.offline);
    assert_eq!(posts(&later(&mut model, 1)), 0);
    assert_eq!(posts(&later(&mut model, 5)), 1);
    does(&mut model, [Msg::Posted(0, Err(Fault::Unreachable))]);
    assert_eq!(model.outgoing[0].stage, Stage::Waiting);
    later(&mut model, 30);
    does(&mut model, [Msg::Posted(0, Ok(receipt(&[0; 100])))]);
    assert_eq!(
        (model.outgoing[0].stage, model.offline),
        (Stage::Stored, false)
    );
}

#[test]
fn work_that_the_server_finds_wrong_is_done_again() {
    let mut model = sending();
    let effects = does(
        &mut model,
        [Msg::Posted(0, Err(Fault::Problem(Problem::WorkWrong)))],
    );
    assert_eq!(effects, [Effect::ReadChallenge]);
    does(&mut model, [Msg::ChallengeRead(Ok(challenge(2)))]);
    assert_eq!(
        posts(&does(&mut model, [Msg::Worker(Tell::Solved(solution(2)))])),
        1
    );
}

#[test]
fn a_refused_message_keeps_its_text_and_can_be_tried_again() {
    let mut model = sending();
    does(
        &mut model,
        [Msg::Posted(0, Err(Fault::Problem(Problem::Malformed)))],
    );
    assert_eq!(model.outgoing[0].stage, Stage::Failed);
    assert_eq!(model.outgoing[0].say, Say::Text("Verhaal".into()));
    model.work.ready = vec![solution(3)];
    assert_eq!(posts(&does(&mut model, [Msg::Retry(0)])), 1);
}

#[test]
fn work_that_grows_old_is_renewed_while_somebody_writes() {
    let mut model = open(1);
    does(
        &mut model,
        [
            Msg::StoryTyped("Er".into()),
            Msg::ChallengeRead(Ok(challenge(1))),
            Msg::Worker(Tell::Solved(solution(1))),
        ],
    );
    assert_eq!(model.work.ready.len(), 1);
    assert!(later(&mut model, 1_200).contains(&Effect::ReadChallenge));
    assert!(model.work.ready.is_empty());
}

#[test]
fn changing_the_language_keeps_everything_that_was_typed() {
    let mut model = open(1);
    at_check(&mut model);
    does(
        &mut model,
        [
            Msg::WordTyped("ee".into()),
            Msg::BackToWriting,
            Msg::Language(Language::En),
            Msg::Level(Level::Child),
        ],
    );
    assert_eq!(
        (model.story.as_str(), model.asked_typed.as_str()),
        ("Verhaal", "ee")
    );
    assert_eq!(model.locale.language, Language::En);
}

#[test]
fn nobody_chosen_means_the_centre() {
    let mut model = open(3);
    assert_eq!(model.team(), Some(TeamId([2; 16])));
    does(&mut model, [Msg::LineChosen(Some(TeamId([3; 16])))]);
    assert_eq!(model.team(), Some(TeamId([3; 16])));
    model.said.team = Some(TeamId([1; 16]));
    assert_eq!(model.team(), Some(TeamId([1; 16])));
}

#[test]
fn three_presses_of_escape_lead_out_and_slow_ones_do_not() {
    let mut model = open(1);
    for _ in 0..3 {
        assert_eq!(does(&mut model, [Msg::Escape]), []);
        later(&mut model, 3);
    }
    assert_eq!(does(&mut model, [Msg::Escape, Msg::Escape]), []);
    assert_eq!(
        does(&mut model, [Msg::Escape]),
        [Effect::Leave("https://weather.example/".into())]
    );
}

#[test]
fn a_site_that_is_not_pinned_takes_no_text() {
    let mut model = Model::new(Locale::default(), NOW * 1_000, false);
    does(
        &mut model,
        [Msg::SiteRead(Some(Site {
            genesis: None,
            ..site()
        }))],
    );
    assert_eq!(model.door, Door::Closed(Closed::NotYet));
}

#[test]
fn a_server_that_is_not_set_up_says_so() {
    let mut model = Model::new(Locale::default(), NOW * 1_000, true);
    does(
        &mut model,
        [
            Msg::SiteRead(Some(site())),
            Msg::EvidenceRead(Err(Fault::Problem(Problem::NotFound))),
        ],
    );
    assert_eq!(model.door, Door::Closed(Closed::NotYet));
}

#[test]
fn a_server_that_does_not_answer_is_asked_again() {
    let mut model = Model::new(Locale::default(), NOW * 1_000, false);
    does(
        &mut model,
        [
            Msg::SiteRead(Some(site())),
            Msg::EvidenceRead(Err(Fault::Unreachable)),
        ],
    );
    assert_eq!(model.door, Door::Unreachable);
    assert_eq!(later(&mut model, 1), []);
    assert_eq!(later(&mut model, 3), [Effect::ReadEvidence]);
}

#[test]
fn a_reply_of_an_unknown_hand_is_judged_by_the_newest_table() {
    let mut model = open(1);
    let said = |strangers: u32| {
        let alarms = (0..strangers).map(Alarm::NotTheTeam).collect();
        let said = Conversation {
            alarms,
            ..Conversation::default()
        };
        Msg::Worker(Tell::Said(Box::new(said)))
    };
    let asks = |effects: Vec<Effect>| effects.contains(&Effect::ReadEvidence);
    does(&mut model, [said(1)]);
    assert!(!model.is_answered_by_strangers());
    assert!(asks(later(&mut model, 10)));
    assert!(!asks(later(&mut model, 1)), "asked once");
    // A colleague had come: the newest table names the hand.
    (model.door_asked, model.judged) = (false, model.judging);
    does(&mut model, [said(0)]);
    assert!(!model.is_answered_by_strangers());
    // Nobody knows this one.
    does(&mut model, [said(1)]);
    assert!(asks(later(&mut model, 10)));
    (model.door_asked, model.judged) = (false, model.judging);
    does(&mut model, [said(1)]);
    assert!(model.is_answered_by_strangers());
    assert!(!asks(later(&mut model, 10)));
}

#[test]
fn a_door_without_a_line_is_tried_again() {
    let mut model = open(1);
    model.door = Door::Closed(Closed::NoLine);
    model.door_not_before = model.now + 30_000;
    assert!(!later(&mut model, 20).contains(&Effect::ReadEvidence));
    assert!(later(&mut model, 20).contains(&Effect::ReadEvidence));
}

#[test]
fn an_open_chat_is_polled_often_and_a_quiet_one_seldom() {
    let mut model = sending();
    let page = |version| BoardPage {
        version,
        entries: Vec::new(),
        cursor: version,
    };
    let mut gaps = Vec::new();
    for _ in 0..4 {
        let effects = later(&mut model, 200);
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::Poll(_))),
            "{effects:?}"
        );
        does(&mut model, [Msg::Polled(Ok(page(0)))]);
        gaps.push((model.polling.not_before - model.now) / 1_000);
    }
    assert_eq!(gaps, [11, 11, 11, 45]);
    does(&mut model, [Msg::ReplyTyped("a".into())]);
    later(&mut model, 60);
    does(&mut model, [Msg::Polled(Ok(page(0)))]);
    assert_eq!((model.polling.not_before - model.now) / 1_000, 3);
    does(&mut model, [Msg::Visible(false)]);
    later(&mut model, 1);
    does(&mut model, [Msg::Polled(Ok(page(0)))]);
    assert_eq!((model.polling.not_before - model.now) / 1_000, 45);
}

#[test]
fn a_board_of_several_answers_is_read_to_its_end() {
    let mut model = sending();
    later(&mut model, 1);
    let first = BoardPage {
        version: 100,
        entries: vec![vec![1]],
        cursor: 64,
    };
    let effects = does(&mut model, [Msg::Polled(Ok(first))]);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Worker(Ask::Board { .. }), Effect::Poll(_)]
    ));
    assert!(!model.polling.complete);
    let last = BoardPage {
        version: 100,
        entries: vec![vec![1]],
        cursor: 100,
    };
    does(&mut model, [Msg::Polled(Ok(last))]);
    assert!(model.polling.complete);
}

#[test]
fn coming_back_reads_the_words_and_takes_along_what_was_typed() {
    let mut model = open(1);
    does(
        &mut model,
        [
            Msg::StoryTyped("Verhaal".into()),
            Msg::ComeBack,
            Msg::WordsTyped("een twee".into()),
        ],
    );
    assert_eq!(does(&mut model, [Msg::Open]), []);
    let lists = Some("nul\n\nzero".to_owned());
    let effects = does(&mut model, [Msg::ListsRead(lists.clone())]);
    let given = Ask::Lists {
        lists,
        english: false,
    };
    let open = Effect::Worker(Ask::Return("een twee".into()));
    assert_eq!(effects, [Effect::Worker(given), open]);
    does(&mut model, [Msg::Worker(Tell::Wrong(WrongWords::Count(2)))]);
    assert_eq!((model.step, model.back.busy), (Step::Return, false));
    does(
        &mut model,
        [Msg::Open, Msg::Worker(Tell::Ready { page: 3 })],
    );
    assert_eq!((model.step, model.reply.as_str()), (Step::Chat, "Verhaal"));
}

#[test]
fn a_suggested_word_takes_the_place_of_the_unknown_one() {
    use crate::link::Fix;
    let mut model = open(1);
    let unknown = WrongWords::Unknown(vec![(1, vec!["twee".into()])]);
    does(
        &mut model,
        [
            Msg::ComeBack,
            Msg::WordsTyped("Een, twwe drie".into()),
            Msg::Open,
            Msg::Worker(Tell::Wrong(unknown)),
        ],
    );
    does(&mut model, [Msg::PutWord(1, "twee".into())]);
    assert_eq!(
        (model.back.typed.as_str(), &model.back.wrong),
        ("een twee drie", &None)
    );
    does(
        &mut model,
        [
            Msg::Open,
            Msg::Worker(Tell::Wrong(WrongWords::Check(vec![Fix::Swap(0, 2)]))),
            Msg::Fix(0),
        ],
    );
    assert_eq!(model.back.typed, "drie twee een");
}

#[test]
fn a_message_that_the_team_gives_back_is_shown_once() {
    let mut model = sending();
    does(&mut model, [Msg::Posted(0, Ok(receipt(&[0; 100])))]);
    assert_eq!(model.pending().count(), 1);
    let mut said = Conversation::default();
    said.utterances.push(Utterance {
        index: 0,
        message: MessageId([9; 16]),
        voice: Voice::Reporter,
        time: UnixTime(NOW),
        text: "Verhaal".into(),
        whole: true,
    });
    does(&mut model, [Msg::Worker(Tell::Said(Box::new(said)))]);
    assert_eq!(model.pending().count(), 0);
}

#[test]
fn later_questions_come_one_by_one_and_can_be_skipped() {
    let mut model = sending();
    assert_eq!(model.question(), None);
    does(&mut model, [Msg::Posted(0, Ok(receipt(&[0; 100])))]);
    assert_eq!(model.question(), Some(Question::Sport));
    does(
        &mut model,
        [Msg::Answer(Question::Sport, " turnen ".into())],
    );
    assert_eq!(
        model.outgoing[1].say,
        Say::Answer(Question::Sport, "turnen".into())
    );
    does(&mut model, [Msg::SkipQuestion(Question::Federation)]);
    assert_eq!(model.question(), Some(Question::Level));
}

#[test]
fn wishes_are_sent_once_and_remembered() {
    let mut model = sending();
    does(
        &mut model,
        [Msg::FederationMayRead(true), Msg::FederationMayRead(true)],
    );
    assert_eq!(model.outgoing.len(), 2);
    assert!(model.federation_may_read() && !model.stopped());
    does(&mut model, [Msg::AskStop, Msg::KeepGoing]);
    assert!(!model.stopped());
    does(&mut model, [Msg::AskStop, Msg::Stop]);
    assert!(model.stopped() && !model.stop_asked);
}

#[test]
fn work_buys_a_file_after_the_messages_that_wait() {
    let mut model = sending();
    let paid = |effects: &[Effect]| {
        let pays = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Attach(_)));
        pays.count()
    };
    let effects = does(
        &mut model,
        [Msg::WorkWanted, Msg::Worker(Tell::Solved(solution(1)))],
    );
    assert_eq!(paid(&effects), 0);
    let effects = does(&mut model, [Msg::Posted(0, Ok(receipt(&[0; 100])))]);
    assert_eq!(paid(&effects), 1);
    let effects = does(&mut model, [Msg::Worker(Tell::Solved(solution(2)))]);
    assert_eq!(paid(&effects), 0, "one each");
}

#[test]
fn a_file_that_was_sent_is_said_in_a_message() {
    use crate::link::file_parts;
    let mut model = sending();
    let said = b"\x03abc\x01\x02".to_vec();
    assert_eq!(file_parts(&said), (&b"abc"[..], &[1, 2][..]));
    assert_eq!(file_parts(&said[..2]), (&[][..], &[][..]));
    let effects = does(&mut model, [Msg::Attached(said.clone())]);
    let sealed = effects.iter().any(|effect| {
        matches!(effect, Effect::Worker(Ask::Seal { say: Say::File(sent), .. }) if *sent == said)
    });
    assert!(sealed);
}

#[test]
fn a_worker_that_stops_is_told() {
    let mut model = open(1);
    does(&mut model, [Msg::WorkerStopped]);
    assert_eq!(model.door, Door::Closed(Closed::Device));
}

#[test]
fn messages_between_page_and_worker_read_back() {
    let tell = Tell::Wrong(WrongWords::Unknown(vec![(1, vec!["twee".into()])]));
    assert_eq!(
        codec::decode(&codec::encode(&tell), crate::link::MOST),
        Ok(tell)
    );
    let ask = Ask::Return("een".into());
    assert_eq!(
        codec::decode(&codec::encode(&ask), crate::link::MOST),
        Ok(ask)
    );
}
