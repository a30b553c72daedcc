//! Frozen bytes of dossiers in format version 1: every later release must still read them, and make the same ones
//! from the same keys and randomness (`ChaCha20` with the seed number that is given).
//!
//! `SLUIS_WRITE_VECTORS=1 cargo test -p sluis-protocol --lib dossier` writes a file that is not there yet; it never touches one
//! that is.
#![expect(clippy::disallowed_methods, reason = "reads the frozen files")]

extern crate std;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use std::path::PathBuf;

use serde_json::{Value, json};
use sluis_domain::ids::ConversationId;
use sluis_wire::address::{DossierAddress, TeamId};
use sluis_wire::api::ControlLink;
use sluis_wire::codec;

use super::world::{
    ADDRESS, Desk, KeyRing, Relay, TEAM, World, acting, device_id, link, rng, sign_key, single,
    team, team_kem,
};
use crate::dossier::event::{self, SealedEvent};
use crate::dossier::keys::{EpochKeys, capability};
use crate::dossier::{Candidate, Replica, Right, address_auto, number};

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

/// The frozen cases, after checking that this release makes the same ones.
fn frozen(name: &str, now: &[Value]) -> Vec<Value> {
    assert!(now.len() >= 3, "three cases at least");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/v1");
    let path = folder.join(name);
    if std::env::var_os("SLUIS_WRITE_VECTORS").is_some() && !path.exists() {
        std::fs::write(&path, format!("{:#}\n", json!({ "cases": now }))).unwrap();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let cases = file["cases"].as_array().unwrap().clone();
    assert_eq!(cases, now, "{name}");
    cases
}

fn seeds(keys: &EpochKeys) -> Value {
    json!({
        "content": hex(keys.content().expose()),
        "write": keys.write_key().map(|key| hex(key.expose_seed())),
        "steward": keys.steward_key().map(|key| hex(key.expose_seed())),
    })
}

#[test]
fn addresses_numbers_and_derived_keys() {
    let now: Vec<_> = (0..4_u32)
        .map(|count| {
            let n = u8::try_from(count).unwrap();
            let (conversation, to) = (ConversationId([n + 1; 16]), TeamId([n + 0x80; 16]));
            let address = address_auto(&conversation, &to, count);
            let keys = EpochKeys::generate(&mut rng(u64::from(count)));
            json!({
                "conversation": hex(&conversation.0),
                "team": hex(&to.0),
                "after_closing": count,
                "address": hex(&address.0),
                "number": number(&address),
                "epoch": count,
                "content": hex(keys.content().expose()),
                "read_seed": hex(keys.read_key(&address, count).expose_seed()),
                "read_key": hex(&capability(&keys.read_key(&address, count)).0),
                "check_value": hex(&keys.check_value(&address, count)),
            })
        })
        .collect();
    for case in frozen("dossier-keys.json", &now) {
        let address = DossierAddress(unhex(&case["address"]).try_into().unwrap());
        assert_eq!(case["number"], number(&address));
    }
}

/// A dossier with three links: made, granted to one more, renewed.
fn scene() -> (World, Desk, Relay) {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 1);
    let signer = sign_key(1);
    let by = acting(&world.directory, 1, &signer);
    one.send("before", &mut relay, &world.directory);
    let to = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let granted = one.replica.grant(&by, &to, &mut rng(2)).unwrap();
    relay.links.push(link(granted));
    one.fetch(&relay, &world.directory);
    let to = [team(TEAM, 1, Right::Steward), single(5, Right::Reader)];
    let renewed = one.replica.rotate(&by, &to, &mut rng(3)).unwrap();
    relay.links.push(link(renewed));
    one.epochs = 2;
    one.fetch(&relay, &world.directory);
    one.send(&"long ".repeat(300), &mut relay, &world.directory);
    one.send("after", &mut relay, &world.directory);
    (world, one, relay)
}

#[test]
fn control_chains() {
    let (world, one, relay) = scene();
    let links = relay.links.iter().zip(one.replica.chain().links());
    let now: Vec<_> = links
        .map(|(sent, link)| {
            let epoch = link.envelope.epoch;
            let recipient = team(TEAM, epoch, Right::Steward).recipient;
            json!({
                "genesis": hex(&world.directory.genesis().0),
                "dossier": hex(&ADDRESS.0),
                "number": link.envelope.number,
                "epoch": epoch,
                "recipient": hex(&codec::encode(&recipient)),
                "recipient_seed": hex(team_kem(TEAM, epoch).expose_seed()),
                "author_key": hex(sign_key(1).verifying_key().as_bytes()),
                "keys": seeds(one.replica.keys_of(epoch).unwrap()),
                "body": hex(&codec::encode(&link.body)),
                "hash": hex(&link.hash.0),
                "control": hex(&sent.control),
                "wraps": hex(&sent.wraps),
            })
        })
        .collect();
    let frozen = frozen("dossier-control.json", &now);
    let links: Vec<_> = frozen
        .iter()
        .map(|case| ControlLink {
            control: unhex(&case["control"]),
            wraps: unhex(&case["wraps"]),
        })
        .collect();
    let keys = KeyRing::new(2, 2);
    let two = Replica::adopt(
        ADDRESS,
        device_id(2),
        &links,
        &keys.candidates(),
        &world.directory,
    );
    assert_eq!(two.unwrap().chain(), one.replica.chain());
    for (at, case) in frozen.iter().enumerate() {
        let secret = crate::primitives::kem::KemSecret::from_seed(
            unhex(&case["recipient_seed"]).try_into().unwrap(),
        );
        let recipient = codec::decode(&unhex(&case["recipient"]), 64).unwrap();
        let candidate = [Candidate {
            recipient,
            secret: &secret,
        }];
        let part = Replica::adopt(
            ADDRESS,
            device_id(2),
            &links[..=at],
            &candidate,
            &world.directory,
        );
        let part = part.unwrap();
        let epoch = u32::try_from(case["epoch"].as_u64().unwrap()).unwrap();
        assert_eq!(seeds(part.keys_of(epoch).unwrap()), case["keys"]);
    }
}

#[test]
fn events() {
    let (_, one, relay) = scene();
    let now: Vec<_> = relay
        .events
        .iter()
        .map(|frame| {
            let envelope = event::parse(frame).unwrap();
            let keys = one.replica.keys_of(envelope.epoch).unwrap();
            let sealed = SealedEvent::open(&envelope, keys).unwrap();
            let proof = sealed.proof();
            json!({
                "dossier": hex(&ADDRESS.0),
                "epoch": envelope.epoch,
                "content": hex(keys.content().expose()),
                "author_key": hex(sign_key(1).verifying_key().as_bytes()),
                "signed": hex(&proof[0]),
                "signature": hex(&proof[1]),
                "id": hex(&sealed.id().0),
                "frame": hex(frame),
            })
        })
        .collect();
    for case in frozen("dossier-event.json", &now) {
        let envelope = event::parse(&unhex(&case["frame"])).unwrap();
        let content: [u8; 32] = unhex(&case["content"]).try_into().unwrap();
        let keys = EpochKeys::from_seeds(content, None, None);
        let sealed = SealedEvent::open(&envelope, &keys).unwrap();
        assert_eq!(hex(&sealed.id().0), case["id"]);
        sealed.verify(&sign_key(1).verifying_key()).unwrap();
        let read = sealed.read().unwrap();
        let kind = sluis_domain::event::Event::decode(read.kind, &read.body);
        assert!(matches!(kind, sluis_domain::event::Event::NoteAdded(_)));
    }
}
