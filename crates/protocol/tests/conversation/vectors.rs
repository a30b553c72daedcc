//! Frozen bytes of format version 1: every later release must still read them, and write the same from the same seed.
#![expect(clippy::disallowed_methods, reason = "reads the frozen files")]

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};
use sluis_domain::vocabulary::Status;
use sluis_protocol::conversation::{
    Joiner, MessageId, Part, Piece, Question, ReplyPart, SignedWish, Wish, open_board, open_intake,
    seal_intake, seal_reply,
};

use crate::scene::{GENESIS, NOW, STANDING, Seeded, Team, message, reporter, table};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/v1")
}

/// The frozen file; `SLUIS_WRITE_VECTORS=1` writes one that is not there yet, and never touches one that is.
fn frozen(name: &str, now: &Value) -> Value {
    let path = folder().join(name);
    if env::var_os("SLUIS_WRITE_VECTORS").is_some() && !path.exists() {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&path, format!("{now:#}\n")).unwrap();
    }
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

fn unhex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

#[test]
fn keys_of_a_reporter_stay_what_they_are() {
    let cases: Vec<_> = [0, 9, 255]
        .map(|number: u8| {
            let keys = reporter(number);
            let tags = [0, 1, 1_000].map(|index| hex(&keys.tag(index).0));
            json!({
                "master": hex(&[number; 32]),
                "conversation": hex(&keys.conversation().0),
                "page": keys.page(),
                "kem": hex(keys.contact().kem.as_bytes()),
                "consent": hex(keys.consent().verifying_key().as_bytes()),
                "tags": tags,
            })
        })
        .into();
    let now = json!({ "cases": cases });
    assert_eq!(frozen("conversation-keys.json", &now), now);
}

#[test]
fn frozen_intake_entries_open_and_come_out_the_same() {
    let team = Team::new(1);
    let keys = reporter(9);
    let wish = SignedWish::sign(&keys, &GENESIS, NOW, Wish::FederationMayRead(false));
    let messages = [
        message(1, "Er is iets gebeurd.", Vec::new()),
        message(
            2,
            "",
            vec![
                Part::Answer(Question::Minor, "ja".into()),
                Part::Wish(wish),
                Part::Ack(2),
            ],
        ),
        message(3, &"é".repeat(2_000), vec![Part::Unknown(77, vec![7])]),
    ];
    let mut rng = Seeded::new(21);
    let sealed = messages.each_ref().map(|message| {
        let fragments = message.fragments().unwrap();
        seal_intake(&keys, &team.destination(), &fragments[0], &mut rng).unwrap()
    });
    let entries = sealed.each_ref().map(|entry| hex(entry));
    let now = json!({
        "genesis": hex(&GENESIS.0),
        "team": hex(&team.id.0),
        "week": crate::scene::WEEK.0,
        "not_after": team.destination().not_after.0,
        "dir_seq": STANDING.seq,
        "dir_head": hex(&STANDING.head.0),
        "secret_seed": hex(team.secret.expose_seed()),
        "entries": entries,
    });
    let old = frozen("conversation-intake.json", &now);
    assert_eq!(old, now);
    for (frame, message) in old["entries"].as_array().unwrap().iter().zip(messages) {
        let received = open_intake(
            &unhex(frame),
            GENESIS,
            |_| Some(STANDING.head),
            [team.key()],
        )
        .unwrap()
        .unwrap();
        assert_eq!(received.contact, keys.contact());
        assert_eq!(Joiner::new().add(received.fragment), Some(message));
    }
}

#[test]
fn frozen_board_entries_open_and_come_out_the_same() {
    let team = Team::new(1);
    let keys = reporter(9);
    let id = MessageId([1; 16]);
    let bodies = [
        team.says(
            0,
            vec![
                ReplyPart::Filed {
                    message: id,
                    hash: [5; 32],
                    time: NOW,
                },
                ReplyPart::Status(Status::New),
            ],
        ),
        team.says(
            1,
            vec![
                ReplyPart::Echo(Piece::whole(id, NOW, "Er is iets gebeurd.")),
                ReplyPart::Read(id),
            ],
        ),
        team.says(
            2,
            vec![
                ReplyPart::Text(Piece::whole(MessageId([2; 16]), NOW, "Dank je wel.")),
                ReplyPart::Unknown(900, vec![9]),
            ],
        ),
    ];
    let mut rng = Seeded::new(22);
    let sealed = bodies
        .each_ref()
        .map(|body| seal_reply(GENESIS, &keys.contact(), body, &team.device, &mut rng).unwrap());
    let entries = sealed.each_ref().map(|entry| hex(entry));
    let now = json!({
        "genesis": hex(&GENESIS.0),
        "master": hex(&[9; 32]),
        "device_seed": hex(team.device.expose_seed()),
        "entries": entries,
    });
    let old = frozen("conversation-board.json", &now);
    assert_eq!(old, now);
    let entries: Vec<_> = old["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(unhex)
        .collect();
    let said = open_board(GENESIS, &keys, &table(&[&team]).lines, &entries);
    let texts: Vec<_> = said
        .utterances
        .iter()
        .map(|utterance| utterance.text.as_str())
        .collect();
    assert_eq!(texts, ["Er is iets gebeurd.", "Dank je wel."]);
    assert_eq!((said.read, said.alarms), (Some(id), Vec::new()));
}
