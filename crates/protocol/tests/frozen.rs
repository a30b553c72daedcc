//! Frozen bytes of suite 1 in format version 1. Every later release must still read them, and make the same bytes
//! from the same keys and randomness. `oracle/check.mjs` re-computes them with independent libraries.
//!
//! `SLUIS_WRITE_VECTORS=1 cargo test -p sluis-protocol --test frozen` writes a file that is not there yet; it never
//! touches one that is.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
#![expect(clippy::disallowed_methods, reason = "reads the frozen files")]

use std::{convert::Infallible, env, fs, path::PathBuf};

use rand_core::{TryCryptoRng, TryRng};
use serde_json::{Value, json};
use sluis_directory::entry::DeviceKind;
use sluis_directory::signature::{Label, Signature, SigningKey, VerifyingKey};
use sluis_directory::statement::Standing;
use sluis_domain::event::PartOf;
use sluis_domain::vocabulary::{Field, Kind, Origin};
use sluis_protocol::{
    figure,
    package::{Package, Packed, PackedEntry},
    pairing::{Invitation, control_words, read_request, request},
    primitives::{
        chunked, kdf,
        kem::{self, KemPublic, KemSecret},
        secret::{Role, SecretKey},
    },
    sheet::{Share, Sheet},
    staff::DeviceSecrets,
    words::{Code, WordList},
};
use sluis_wire::{
    address::{DeviceId, FrameHash, GenesisHash, MemberId, TeamId},
    codec,
    frame::{Frame, FrameSignature, FrameType},
    pow::{Challenge, Search, Solution, Workbench},
    time::UnixTime,
};

struct Vector;

impl Role for Vector {
    const NAME: &'static str = "vector";
}

/// Gives out recorded bytes instead of chance.
struct Replay(Vec<u8>);

impl TryRng for Replay {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        assert!(
            bytes.len() <= self.0.len(),
            "more randomness drawn than was recorded"
        );
        bytes.copy_from_slice(&self.0.drain(..bytes.len()).collect::<Vec<_>>());
        Ok(())
    }
}

impl TryCryptoRng for Replay {}

/// Bytes that look random and depend on a name and a number only.
fn bytes<const N: usize>(name: &str, number: u8) -> [u8; N] {
    let mut bytes = [0; N];
    kdf::hkdf_sha256(b"frozen vectors", &[number], name.as_bytes(), &mut bytes);
    bytes
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

fn field(case: &Value, name: &str) -> Vec<u8> {
    let text = case[name].as_str().unwrap();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn array<const N: usize>(case: &Value, name: &str) -> [u8; N] {
    field(case, name).try_into().unwrap()
}

/// The frozen cases, after checking that this release makes the same ones.
fn frozen(name: &str, now: &[Value]) -> Vec<Value> {
    assert!(now.len() >= 3, "three cases at least");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors/v1")
        .join(name);
    if env::var_os("SLUIS_WRITE_VECTORS").is_some() && !path.exists() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("{:#}\n", json!({ "cases": now }))).unwrap();
    }
    let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap().clone();
    assert_eq!(cases, now, "{name}");
    cases
}

#[test]
fn frames() {
    let kinds = [
        (FrameType::DirectoryEntry, 40, 0),
        (FrameType::Event, 300, 1),
        (FrameType::TeamIntakeStatement, 100, 2),
        (FrameType::Snapshot, 1, 3),
    ];
    let now: Vec<_> = (0..).zip(kinds).map(|(number, (kind, len, signers))| {
        let body = &bytes::<300>("body", number)[..len];
        let mut frame = Frame::build(kind, body).unwrap();
        for signer in 0..signers {
            let key = SigningKey::from_seed(bytes("frame signer", signer));
            let Signature(signature) = key.sign(Label::Statement, frame.signed_bytes());
            frame.attach(FrameSignature { key: *key.verifying_key().as_bytes(), signature }).unwrap();
        }
        let seeds: Vec<_> = (0..signers).map(|signer| hex(&bytes::<32>("frame signer", signer))).collect();
        json!({ "type": kind.number(), "body": hex(body), "label": Label::Statement.text(), "seeds": seeds, "frame": hex(&frame.to_bytes()) })
    }).collect();
    for case in frozen("frame.json", &now) {
        let frame = Frame::parse(&field(&case, "frame")).unwrap();
        assert_eq!(frame.body(), field(&case, "body"));
        assert_eq!(
            u64::from(frame.kind().number()),
            case["type"].as_u64().unwrap()
        );
        for FrameSignature { key, signature } in frame.signatures() {
            let key = VerifyingKey::parse(*key).unwrap();
            assert_eq!(
                key.verify(
                    Label::Statement,
                    frame.signed_bytes(),
                    &Signature(*signature)
                ),
                Ok(())
            );
        }
    }
}

#[test]
fn labelled_signatures() {
    let now: Vec<_> = (0..)
        .zip(Label::ALL)
        .map(|(number, label)| {
            let key = SigningKey::from_seed(bytes("signer", number));
            let message = &bytes::<400>("signed", number)[..usize::from(number) * 23];
            json!({
                "seed": hex(key.expose_seed()),
                "public": hex(key.verifying_key().as_bytes()),
                "label": label.text(),
                "bytes": hex(message),
                "signature": hex(&key.sign(label, message).0),
            })
        })
        .collect();
    for (case, label) in frozen("signature.json", &now).iter().zip(Label::ALL) {
        let key = VerifyingKey::parse(array(case, "public")).unwrap();
        assert_eq!(
            key.verify(
                label,
                &field(case, "bytes"),
                &Signature(array(case, "signature"))
            ),
            Ok(())
        );
    }
}

#[test]
fn rows_of_the_figures() {
    let place = |number: u8| figure::Place {
        genesis: GenesisHash(bytes("figure genesis", number)),
        team: TeamId(bytes("figure team", number)),
        epoch: u32::from(number) * 70_000,
    };
    let now: Vec<_> = (0..3)
        .map(|number| {
            let secret = KemSecret::from_seed(bytes("figure recipient", number));
            let staff = SigningKey::from_seed(bytes("figure staff", number));
            let row = &bytes::<300>("figure row", number)[..usize::from(number) * 90];
            let id = figure::FigureId(bytes("figure id", number));
            let random: [u8; 64] = bytes("figure encapsulation", number);
            let staff_of = (u32::from(number), &staff);
            let mut chance = Replay(random.to_vec());
            let frame = place(number).seal(&secret.public(), staff_of, id, row, &mut chance);
            json!({
                "seed": hex(secret.expose_seed()),
                "staff": hex(staff.verifying_key().as_bytes()),
                "id": hex(&id.0),
                "row": hex(row),
                "random": hex(&random),
                "frame": hex(&frame.unwrap()),
            })
        })
        .collect();
    for (number, case) in (0..).zip(frozen("figure.json", &now)) {
        let sealed = figure::SealedFigure::parse(&field(&case, "frame")).unwrap();
        assert_eq!(sealed.place(place(number).genesis), place(number));
        let secret = KemSecret::from_seed(array(&case, "seed"));
        let opened = sealed.open(place(number).genesis, &secret).unwrap();
        assert_eq!(opened.row, field(&case, "row"));
        let staff = VerifyingKey::parse(array(&case, "staff")).unwrap();
        assert!(opened.is_by_staff(&staff));
    }
}

#[test]
fn packages() {
    let held = |number: u8| Package {
        organisation: format!("Organisatie {number}"),
        made: 1_795_176_000 + u64::from(number),
        dossiers: vec![Packed {
            number: "K7Q-2MD".into(),
            kind: Kind::Advice,
            origin: Origin::Email,
            opened: 1_790_000_000,
            fields: vec![Field::FirstStory("x".repeat(usize::from(number) * 99))],
            people: vec![],
            entries: vec![PackedEntry {
                of: PartOf::Note,
                author: "Fleur".into(),
                time: 1_790_000_001,
                text: "gebeld".into(),
            }],
        }],
    };
    let now: Vec<_> = (0..3)
        .map(|number| {
            let code = Code::from_random(&bytes("package code", number));
            let random: [u8; 40] = bytes("package salts", number);
            let file = held(number).seal(&code, &mut Replay(random.to_vec()));
            json!({ "code": hex(code.expose()), "random": hex(&random), "file": hex(&file.unwrap()) })
        })
        .collect();
    for (number, case) in (0..).zip(frozen("package.json", &now)) {
        let code = Code::from_bytes(&array(&case, "code")).unwrap();
        let opened = Package::open(&field(&case, "file"), &code);
        assert_eq!(opened, Ok(held(number)));
    }
}

#[test]
fn hpke_base() {
    let now: Vec<_> = (0..3)
        .map(|number| {
            let secret = KemSecret::from_seed(bytes("recipient", number));
            let info = kdf::context("sluis/1/vector", &[b"base", &[number]]);
            let aad = bytes::<10>("aad", number);
            let message = &bytes::<200>("message", number)[..usize::from(number) * 100];
            let random: [u8; 64] = bytes("encapsulation", number);
            let sealed = kem::seal_base(
                &secret.public(),
                &info,
                &aad,
                message,
                &mut Replay(random.to_vec()),
            )
            .unwrap();
            json!({
                "seed": hex(secret.expose_seed()),
                "public": hex(secret.public().as_bytes()),
                "info": hex(&info),
                "aad": hex(&aad),
                "message": hex(message),
                "random": hex(&random),
                "sealed": hex(&sealed),
            })
        })
        .collect();
    for case in frozen("hpke-base.json", &now) {
        let secret = KemSecret::from_seed(array(&case, "seed"));
        assert_eq!(
            secret.public(),
            KemPublic::parse(&field(&case, "public")).unwrap()
        );
        let opened = kem::open_base(
            &secret,
            &field(&case, "info"),
            &field(&case, "aad"),
            &field(&case, "sealed"),
        );
        assert_eq!(*opened.unwrap(), field(&case, "message"));
    }
}

#[test]
fn hpke_psk() {
    let now: Vec<_> = (0..3)
        .map(|number| {
            let secret = KemSecret::from_seed(bytes("reporter", number));
            let psk = SecretKey::<Vector>::from_bytes(bytes("psk", number));
            let psk_id = b"sluis/1/vector-psk";
            let info = kdf::context("sluis/1/vector", &[b"psk", &[number]]);
            let aad = bytes::<10>("psk aad", number);
            let message = &bytes::<200>("psk message", number)[..usize::from(number) * 100];
            let random: [u8; 64] = bytes("psk encapsulation", number);
            let mut rng = Replay(random.to_vec());
            let sealed = kem::seal_psk(
                &secret.public(),
                &psk,
                psk_id,
                &info,
                &aad,
                message,
                &mut rng,
            )
            .unwrap();
            json!({
                "seed": hex(secret.expose_seed()),
                "public": hex(secret.public().as_bytes()),
                "psk": hex(psk.expose()),
                "psk_id": hex(psk_id),
                "info": hex(&info),
                "aad": hex(&aad),
                "message": hex(message),
                "random": hex(&random),
                "sealed": hex(&sealed),
            })
        })
        .collect();
    for case in frozen("hpke-psk.json", &now) {
        let secret = KemSecret::from_seed(array(&case, "seed"));
        let psk = SecretKey::<Vector>::from_bytes(array(&case, "psk"));
        let (info, aad) = (field(&case, "info"), field(&case, "aad"));
        let opened = kem::open_psk(
            &secret,
            &psk,
            &field(&case, "psk_id"),
            &info,
            &aad,
            &field(&case, "sealed"),
        );
        assert_eq!(*opened.unwrap(), field(&case, "message"));
    }
}

#[test]
fn chunked_encryption() {
    let lengths = [0, 100, chunked::CHUNK_LEN, chunked::CHUNK_LEN + 1];
    let now: Vec<_> = (0..)
        .zip(lengths)
        .map(|(number, len)| {
            let key = SecretKey::<Vector>::from_bytes(bytes("content key", number));
            let context = kdf::context("sluis/1/vector", &[b"content", &[number]]);
            let salt: [u8; chunked::SALT_LEN] = bytes("salt", number);
            let sealed = chunked::seal(&key, &context, &content(len), &mut Replay(salt.to_vec()));
            json!({
                "key": hex(key.expose()),
                "context": hex(&context),
                "salt": hex(&salt),
                "content_len": len,
                "sealed": hex(&sealed),
            })
        })
        .collect();
    for (case, len) in frozen("chunked.json", &now).iter().zip(lengths) {
        let key = SecretKey::<Vector>::from_bytes(array(case, "key"));
        let opened = chunked::open(&key, &field(case, "context"), &field(case, "sealed")).unwrap();
        assert_eq!(*opened, content(len));
    }
}

/// Byte `i` is `i mod 251`.
fn content(len: usize) -> Vec<u8> {
    (0..=250).cycle().take(len).collect()
}

#[test]
fn hashing_and_deriving() {
    const LABELS: [&str; 3] = ["sluis/1/vector", "sluis/1/a", "sluis/1/a-longer-label"];
    let now: Vec<_> = (0..)
        .zip(LABELS)
        .map(|(number, label)| {
            let parts: Vec<Vec<u8>> = (0..number)
                .map(|part| bytes::<40>("part", part)[..usize::from(part) * 20].to_vec())
                .collect();
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            let ikm: [u8; 32] = bytes("ikm", number);
            json!({
                "label": label,
                "parts": parts.iter().map(|part| hex(part)).collect::<Vec<_>>(),
                "ikm": hex(&ikm),
                "context": hex(&kdf::context(label, &parts)),
                "hash": hex(&kdf::hash(label, &parts)),
                "derived": hex(kdf::derive::<Vector>(&ikm, label, &parts).expose()),
                "mac": hex(&kdf::mac(&SecretKey::<Vector>::from_bytes(ikm), label, &parts)),
            })
        })
        .collect();
    frozen("kdf.json", &now);
}

#[test]
fn words_and_stretching() {
    let (dutch, english) = (list("nl.txt"), list("en.txt"));
    let now: Vec<_> = (0..3)
        .map(|number| {
            let random: [u8; 10] = bytes("words", number);
            let genesis: [u8; 32] = bytes("genesis", number);
            let code = Code::from_random(&random);
            json!({
                "random": hex(&random),
                "code": hex(code.expose()),
                "nl": code.words(&dutch).join(" "),
                "en": code.words(&english).join(" "),
                "genesis": hex(&genesis),
                "master": hex(code.stretch(&genesis).unwrap().expose()),
            })
        })
        .collect();
    for case in frozen("words.json", &now) {
        for language in ["nl", "en"] {
            let code = Code::parse(case[language].as_str().unwrap(), &[&english, &dutch]).unwrap();
            assert_eq!(code.expose().as_slice(), field(&case, "code"));
        }
    }
}

#[test]
fn proof_of_work() {
    let mut bench = Workbench::new();
    let now: Vec<_> = (0..3)
        .map(|number| {
            let challenge = Challenge {
                bucket: UnixTime(600 * u64::from(number)),
                nonce: bytes("challenge", number),
                difficulty: number + 1,
                mac: bytes("challenge mac", number),
            };
            let mut search = Search::new(challenge.clone()).unwrap();
            let solution = (0..)
                .find_map(|_: u32| search.step(&mut bench).unwrap())
                .unwrap();
            json!({
                "bucket": challenge.bucket.0,
                "nonce": hex(&challenge.nonce),
                "difficulty": challenge.difficulty,
                "mac": hex(&challenge.mac),
                "nonces": solution.nonces,
                "stamp": solution.stamp,
            })
        })
        .collect();
    for case in frozen("pow.json", &now) {
        let number = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
        let nonces: Vec<_> = case["nonces"]
            .as_array()
            .unwrap()
            .iter()
            .map(number)
            .collect();
        let solution = Solution {
            challenge: Challenge {
                bucket: UnixTime(case["bucket"].as_u64().unwrap()),
                nonce: array(&case, "nonce"),
                difficulty: u8::try_from(number(&case["difficulty"])).unwrap(),
                mac: array(&case, "mac"),
            },
            nonces: nonces.try_into().unwrap(),
            stamp: number(&case["stamp"]),
        };
        assert!(solution.stamp_holds());
        assert_eq!(bench.check(&solution), Ok(true));
    }
}

fn list(language: &str) -> WordList {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("src/words")
        .join(language);
    WordList::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn invitations_and_their_words() {
    let (dutch, english) = (list("nl.txt"), list("en.txt"));
    let now: Vec<_> = (0..3)
        .map(|number| {
            let invitation = Invitation {
                genesis: GenesisHash(bytes("genesis", number)),
                standing: Standing {
                    seq: u64::from(number) * 1_000,
                    head: FrameHash(bytes("head", number)),
                },
                slot: bytes("slot", number),
                member: MemberId(bytes("member", number)),
            };
            let secrets = DeviceSecrets {
                id: DeviceId(bytes("device", number)),
                member: invitation.member,
                sign: SigningKey::from_seed(bytes("sign", number)),
                kem: KemSecret::from_seed(bytes("kem", number)),
            };
            let device = secrets.public(DeviceKind::Browser);
            json!({
                "invitation": hex(&codec::encode(&invitation)),
                "text": invitation.to_text(),
                "request": hex(&request(&secrets)),
                "nl": control_words(&invitation, &device, &dutch).join(" "),
                "en": control_words(&invitation, &device, &english).join(" "),
            })
        })
        .collect();
    for case in frozen("pairing.json", &now) {
        let text = case["text"].as_str().unwrap();
        let invitation = Invitation::parse(text).unwrap();
        let request = read_request(&field(&case, "request"), &invitation);
        let words = control_words(&invitation, &request.unwrap(), &dutch);
        assert_eq!(words.join(" "), case["nl"].as_str().unwrap());
    }
}

#[test]
fn sheets_and_their_shares() {
    let dutch = list("nl.txt");
    let now: Vec<_> = (0..3)
        .map(|number| {
            let seed: [u8; 32] = bytes("sheet", number);
            let slope: [u8; 32] = bytes("slope", number);
            let sheet = Sheet::generate(&mut Replay(seed.to_vec()));
            let shares = sheet.split(&mut Replay(slope.to_vec()));
            let text = |words: Vec<zeroize::Zeroizing<String>>| {
                let words: Vec<_> = words.iter().map(|word| word.as_str()).collect();
                words.join(" ")
            };
            json!({
                "seed": hex(&seed),
                "slope": hex(&slope),
                "words": text(sheet.words(&dutch)),
                "root": hex(sheet.root().verifying_key().as_bytes()),
                "shares": shares.each_ref().map(|share| text(share.words(&dutch))),
                "commitments": shares.each_ref().map(|share| hex(&share.commitment())),
            })
        })
        .collect();
    for case in frozen("sheet.json", &now) {
        let share = |place: usize| {
            let words = case["shares"][place].as_str().unwrap();
            Share::parse(words, &[&dutch]).unwrap()
        };
        let joined = Sheet::join(&share(2), &share(0)).unwrap();
        let whole = Sheet::parse(case["words"].as_str().unwrap(), &[&dutch]).unwrap();
        let root = field(&case, "root");
        assert_eq!(joined.root().verifying_key().as_bytes().as_slice(), root);
        assert_eq!(whole.root().verifying_key().as_bytes().as_slice(), root);
    }
}
