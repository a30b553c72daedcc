//! Properties of suite 1 over random cases: few by default, at least 2,000 each with `SLUIS_ALL` set.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::{convert::Infallible, env, sync::LazyLock};

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngSeed},
};
use rand_core::{TryCryptoRng, TryRng};
use sluis_directory::signature::{Label, Signature, SigningKey, VerifyingKey};
use sluis_protocol::{
    Error, padding,
    pairing::Invitation,
    primitives::{
        chunked, kdf,
        kem::{self, KemPublic, KemSecret},
        secret::{Role, SecretKey},
    },
    shamir,
    sheet::{Share, Sheet},
    words::{Code, WordList},
};
use sluis_wire::{
    codec,
    frame::{Frame, FrameSignature, FrameType},
};

struct Test;

impl Role for Test {
    const NAME: &'static str = "test";
}

type Key = SecretKey<Test>;

/// Seeded bytes in the place of chance.
struct Seeded(u64);

impl TryRng for Seeded {
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
        for block in bytes.chunks_mut(32) {
            self.0 = self.0.wrapping_add(1);
            block.copy_from_slice(&kdf::sha256(&self.0.to_le_bytes())[..block.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Seeded {}

fn all() -> bool {
    env::var_os("SLUIS_ALL").is_some()
}

fn config() -> Config {
    Config {
        cases: if all() { 2_000 } else { 48 },
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..Config::default()
    }
}

fn any_bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..=most)
}

fn any_kind() -> impl Strategy<Value = FrameType> {
    proptest::sample::select(FrameType::ALL.to_vec())
}

fn any_label() -> impl Strategy<Value = Label> {
    proptest::sample::select(Label::ALL.to_vec())
}

/// A recipient made once: making a key pair costs more than a case.
static RECIPIENT: LazyLock<(KemSecret, KemPublic)> = LazyLock::new(|| {
    let secret = KemSecret::from_seed([9; 32]);
    let public = secret.public();
    (secret, public)
});

static LISTS: LazyLock<[WordList; 2]> = LazyLock::new(|| {
    [
        include_str!("../src/words/nl.txt"),
        include_str!("../src/words/en.txt"),
    ]
    .map(|text| WordList::parse(text).unwrap())
});

fn frame(kind: FrameType, body: &[u8], signers: u8) -> Frame {
    let mut frame = Frame::build(kind, body).unwrap();
    for signer in 0..signers {
        let key = SigningKey::from_seed([signer; 32]);
        let signature = key.sign(Label::Event, frame.signed_bytes()).0;
        frame
            .attach(FrameSignature {
                key: *key.verifying_key().as_bytes(),
                signature,
            })
            .unwrap();
    }
    frame
}

fn flip(bytes: &mut [u8], bit: usize) {
    bytes[bit / 8] ^= 1 << (bit % 8);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_frame_reads_back_as_written(kind in any_kind(), body in any_bytes(3000), signers in 0u8..4) {
        let exact = matches!(kind.size(), sluis_wire::frame::FrameSize::Exactly(_));
        let body = if exact { vec![7; kind.max_body_len()] } else { body };
        let written = frame(kind, &body, if exact { 0 } else { signers });
        let read = Frame::parse(&written.to_bytes()).unwrap();
        prop_assert_eq!(read.body(), &body);
        prop_assert_eq!(&read.to_bytes(), &written.to_bytes());
        prop_assert_eq!(read, written);
    }

    #[test]
    fn any_two_of_three_shares_restore(secret in any::<[u8; 32]>(), slope in any::<u64>(), one in 1u8..4, other in 1u8..4) {
        let shares = shamir::split(&secret, &mut Seeded(slope));
        let at = |x: u8| (x, &*shares[usize::from(x) - 1]);
        let joined = shamir::join(at(one), at(other));
        prop_assert_eq!(joined.as_deref(), (one != other).then_some(&secret));
    }

    #[test]
    fn a_word_of_a_share_that_is_wrong_seldom_passes_and_never_as_another_number(seed in any::<u64>(), place in 0usize..24, wrong in 0u16..2048) {
        let mut rng = Seeded(seed);
        let [share, ..] = Sheet::generate(&mut rng).split(&mut rng);
        let mut words: Vec<String> = share.words(&LISTS[0]).iter().map(|word| word.to_string()).collect();
        words[place] = LISTS[0].word(wrong).into();
        if let Some(read) = Share::parse(&words.join(" "), &[&LISTS[0]]) {
            prop_assert!((1..=3).contains(&read.number()));
            prop_assert!(read.commitment() != share.commitment() || read.words(&LISTS[0]) == share.words(&LISTS[0]));
        }
    }

    #[test]
    fn a_frame_takes_no_trailing_bytes(body in any_bytes(500), signers in 0u8..4, tail in vec(any::<u8>(), 1..200)) {
        let bytes = [frame(FrameType::Event, &body, signers).to_bytes(), tail].concat();
        prop_assert!(Frame::parse(&bytes).is_err());
    }

    #[test]
    fn bytes_that_make_a_frame_are_kept_as_they_are(
        body in any_bytes(60),
        signers in 0u8..3,
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut bytes = frame(FrameType::Event, &body, signers).to_bytes();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Ok(frame) = Frame::parse(&bytes) {
            prop_assert_eq!(frame.to_bytes(), bytes);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in any_bytes(4096), text in ".{0,200}") {
        let (secret, _) = &*RECIPIENT;
        let key = Key::from_bytes([1; 32]);
        prop_assert!(Frame::parse(&bytes).is_err());
        prop_assert!(Frame::parse(&[b"SL\x01\x04\x03\x01", bytes.as_slice()].concat()).is_err());
        prop_assert_eq!(chunked::open(&key, b"", &bytes).err(), Some(Error::Damaged));
        prop_assert_eq!(kem::open_base(secret, b"", b"", &bytes).err(), Some(Error::Damaged));
        prop_assert_eq!(kem::open_psk(secret, &key, b"id", b"", b"", &bytes).err(), Some(Error::Damaged));
        prop_assert!(KemPublic::parse(&bytes).is_err());
        let _ = codec::unpad(&bytes);
        let _ = codec::decode::<Vec<(u64, Option<String>)>>(&bytes, 4096);
        let _ = WordList::parse(&text).is_err();
        prop_assert!(Invitation::parse(&text).is_none());
        prop_assert!(Sheet::parse(&text, &[&LISTS[0], &LISTS[1]]).is_none());
        prop_assert!(Share::parse(&text, &[&LISTS[0], &LISTS[1]]).is_none());
        prop_assert!(Code::parse(&text, &[&LISTS[0], &LISTS[1]]).is_err());
        prop_assert!(Code::parse(&text, &[]).is_err());
    }

    #[test]
    fn a_decoded_value_is_written_with_the_same_bytes(bytes in any_bytes(40), max in 0usize..40) {
        if let Ok(value) = codec::decode::<Vec<(u64, Option<bool>, String)>>(&bytes, max) {
            prop_assert!(bytes.len() <= max);
            prop_assert_eq!(codec::encode(&value), bytes);
        }
    }

    #[test]
    fn an_encoded_value_is_read_back(value in vec((any::<u64>(), any::<Option<i32>>(), ".{0,20}"), 0..20)) {
        let bytes = codec::encode(&value);
        prop_assert_eq!(codec::decode::<Vec<(u64, Option<i32>, String)>>(&bytes, bytes.len()).unwrap(), value);
        let longer = [bytes.as_slice(), &[0]].concat();
        prop_assert!(codec::decode::<Vec<(u64, Option<i32>, String)>>(&longer, longer.len()).is_err());
    }

    #[test]
    fn padding_goes_on_and_comes_off(content in any_bytes(300), room in 4usize..400) {
        match codec::pad_to(&content, room) {
            Ok(padded) => {
                prop_assert_eq!(padded.len(), room);
                prop_assert_eq!(codec::unpad(&padded), Ok(content.as_slice()));
            }
            Err(_) => prop_assert!(content.len() + codec::PAD_HEADER_LEN > room),
        }
    }

    #[test]
    fn sizes_come_from_the_allowed_set(len in 0usize..20_000_000) {
        let event = padding::event_size(len);
        prop_assert!(event >= len + codec::PAD_HEADER_LEN);
        prop_assert!(padding::EVENT_CLASSES.contains(&event) || event == padding::padme(event));
        prop_assert!(padding::padme(len) - len <= len * 12 / 100 + 1);
        prop_assert!(padding::file_size(len as u64) >= padding::FILE_FLOOR - 1);
    }

    #[test]
    fn contents_open_with_their_key_and_context_only(
        seed in any::<u64>(),
        other in any::<[u8; 32]>(),
        context in any_bytes(60),
        content in any_bytes(40_000),
        bit in any::<prop::sample::Index>(),
    ) {
        let rng = &mut Seeded(seed);
        let key = Key::generate(rng);
        let sealed = chunked::seal(&key, &context, &content, rng);
        prop_assert_eq!(sealed.len(), chunked::sealed_len(content.len()));
        prop_assert_eq!(&*chunked::open(&key, &context, &sealed).unwrap(), &content);
        let longer = [context.as_slice(), &[0]].concat();
        prop_assert!(chunked::open(&key, &longer, &sealed).is_err());
        prop_assert!(chunked::open(&Key::from_bytes(other), &context, &sealed).is_err());
        let mut changed = sealed.clone();
        flip(&mut changed, bit.index(sealed.len() * 8));
        prop_assert!(chunked::open(&key, &context, &changed).is_err());
        prop_assert!(chunked::open(&key, &context, &sealed[..bit.index(sealed.len())]).is_err());
        prop_assert!(chunked::open(&key, &context, &[sealed.as_slice(), &[0]].concat()).is_err());
    }

    #[test]
    fn chunks_cannot_change_places(seed in any::<u64>()) {
        const SEALED_CHUNK: usize = chunked::CHUNK_LEN + chunked::TAG_LEN;
        let key = Key::from_bytes([3; 32]);
        let mut sealed = chunked::seal(&key, b"", &vec![5; 3 * chunked::CHUNK_LEN], &mut Seeded(seed));
        let first = chunked::HEADER_LEN..chunked::HEADER_LEN + SEALED_CHUNK;
        let moved = sealed[first.clone()].to_vec();
        sealed.copy_within(first.end..first.end + SEALED_CHUNK, first.start);
        sealed[first.end..first.end + SEALED_CHUNK].copy_from_slice(&moved);
        prop_assert!(chunked::open(&key, b"", &sealed).is_err());
        sealed.drain(first);
        prop_assert!(chunked::open(&key, b"", &sealed).is_err());
    }

    #[test]
    fn messages_open_for_their_recipient_and_context_only(
        seed in any::<u64>(),
        info in any_bytes(60),
        aad in any_bytes(60),
        message in any_bytes(5000),
        bit in any::<prop::sample::Index>(),
    ) {
        let (secret, public) = &*RECIPIENT;
        let sealed = kem::seal_base(public, &info, &aad, &message, &mut Seeded(seed)).unwrap();
        prop_assert_eq!(sealed.len(), message.len() + kem::OVERHEAD);
        prop_assert_eq!(&*kem::open_base(secret, &info, &aad, &sealed).unwrap(), &message);
        let other = |bytes: &[u8]| [bytes, &[0]].concat();
        prop_assert!(kem::open_base(secret, &other(&info), &aad, &sealed).is_err());
        prop_assert!(kem::open_base(secret, &info, &other(&aad), &sealed).is_err());
        prop_assert!(kem::open_base(secret, &info, &aad, &other(&sealed)).is_err());
        prop_assert!(kem::open_base(secret, &info, &aad, &sealed[..bit.index(sealed.len())]).is_err());
        prop_assert!(kem::open_base(&KemSecret::from_seed([8; 32]), &info, &aad, &sealed).is_err());
        prop_assert!(kem::open_psk(secret, &Key::from_bytes([0; 32]), b"id", &info, &aad, &sealed).is_err());
        let mut changed = sealed.clone();
        flip(&mut changed, bit.index(sealed.len() * 8));
        prop_assert!(kem::open_base(secret, &info, &aad, &changed).is_err());
    }

    #[test]
    fn replies_open_with_their_shared_key_only(
        seed in any::<u64>(),
        psk_id in vec(any::<u8>(), 1..40),
        message in any_bytes(3000),
        bit in any::<prop::sample::Index>(),
    ) {
        let (secret, public) = &*RECIPIENT;
        let rng = &mut Seeded(seed);
        let psk = Key::generate(rng);
        let sealed = kem::seal_psk(public, &psk, &psk_id, b"info", b"aad", &message, rng).unwrap();
        let open = |psk: &Key, id: &[u8], sealed: &[u8]| kem::open_psk(secret, psk, id, b"info", b"aad", sealed);
        prop_assert_eq!(&*open(&psk, &psk_id, &sealed).unwrap(), &message);
        prop_assert!(open(&Key::generate(rng), &psk_id, &sealed).is_err());
        prop_assert!(open(&psk, &[psk_id.as_slice(), &[0]].concat(), &sealed).is_err());
        prop_assert_eq!(open(&psk, b"", &sealed).err(), Some(Error::UnusableContext));
        prop_assert!(kem::open_base(secret, b"info", b"aad", &sealed).is_err());
        let mut changed = sealed.clone();
        flip(&mut changed, bit.index(sealed.len() * 8));
        prop_assert!(open(&psk, &psk_id, &changed).is_err());
    }

    #[test]
    fn a_signature_holds_for_its_key_label_and_bytes_only(
        seed in any::<[u8; 32]>(),
        (label, other) in (any_label(), any_label()),
        bytes in any_bytes(300),
        bit in any::<prop::sample::Index>(),
    ) {
        let key = SigningKey::from_seed(seed);
        let signature = key.sign(label, &bytes);
        prop_assert!(key.verifying_key().verify(label, &bytes, &signature).is_ok());
        prop_assert_eq!(key.verifying_key().verify(other, &bytes, &signature).is_ok(), other == label);
        prop_assert!(key.verifying_key().verify(label, &[bytes.as_slice(), &[0]].concat(), &signature).is_err());
        let mut changed = signature;
        flip(&mut changed.0, bit.index(512));
        prop_assert!(key.verifying_key().verify(label, &bytes, &changed).is_err());
    }

    #[test]
    fn an_accepted_public_key_is_kept_as_it_is(bytes in any::<[u8; 32]>(), signature in vec(any::<u8>(), 64)) {
        if let Ok(key) = VerifyingKey::parse(bytes) {
            prop_assert_eq!(key.as_bytes(), &bytes);
            let signature = Signature(signature.try_into().unwrap());
            prop_assert!(key.verify(Label::Event, b"", &signature).is_err());
        }
    }

    #[test]
    fn eight_words_are_the_code_in_every_language(random in any::<[u8; 10]>(), nl in any::<bool>()) {
        let code = Code::from_random(&random);
        let list = &LISTS[usize::from(nl)];
        let text = code.words(list).join(" ");
        let read = Code::parse(&text, &[&LISTS[0], &LISTS[1]]).unwrap();
        prop_assert_eq!(read.expose(), code.expose());
    }

    #[test]
    fn one_wrong_word_never_makes_another_code_unnoticed(random in any::<[u8; 10]>(), place in 0usize..8, wrong in 0u16..2048) {
        let code = Code::from_random(&random);
        let mut words = code.words(&LISTS[0]);
        words[place] = LISTS[0].word(wrong);
        // One in 256 passes the check bits: then it is that other code, and opens nothing.
        if let Ok(read) = Code::parse(&words.join(" "), &[&LISTS[0]]) {
            prop_assert_eq!(read.words(&LISTS[0]), words);
        }
    }

    #[test]
    fn no_secret_shows_itself_in_hexadecimal_or_decimal(bytes in any::<[u8; 32]>()) {
        let random = bytes[..10].try_into().unwrap();
        let shown = [
            format!("{:?} {:#?}", Key::from_bytes(bytes), Key::from_bytes(bytes)),
            format!("{:?} {:#?}", KemSecret::from_seed(bytes), KemSecret::from_seed(bytes)),
            format!("{:?} {:#?}", SigningKey::from_seed(bytes), SigningKey::from_seed(bytes)),
            format!("{:?} {:#?}", Code::from_random(&random), Code::from_random(&random)),
        ]
        .concat()
        .to_lowercase();
        for window in bytes.windows(4) {
            let hex = window.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            let decimal = window.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
            prop_assert!(!shown.contains(&hex) && !shown.contains(&decimal), "{} in {}", hex, shown);
        }
    }
}

/// The whole way of a sealed, signed object: the frame's shape, its signature, and its seal.
fn reads(bytes: &[u8], open: &dyn Fn(&Frame) -> bool) -> bool {
    let Ok(frame) = Frame::parse(bytes) else {
        return false;
    };
    let signed = frame
        .signatures()
        .iter()
        .all(|FrameSignature { key, signature }| {
            let key = VerifyingKey::parse(*key);
            key.is_ok_and(|key| {
                key.verify(Label::Event, frame.signed_bytes(), &Signature(*signature))
                    .is_ok()
            })
        });
    signed && open(&frame)
}

/// Every bit of the object with `SLUIS_ALL`, else one in 61.
fn no_flipped_bit_reads(object: &Frame, signers: usize, open: &dyn Fn(&Frame) -> bool) {
    let bytes = object.to_bytes();
    let open = |frame: &Frame| frame.signatures().len() == signers && open(frame);
    assert!(reads(&bytes, &open));
    let step = if all() && bytes.len() <= 4096 { 1 } else { 61 };
    for bit in (0..bytes.len() * 8).step_by(step) {
        let mut changed = bytes.clone();
        flip(&mut changed, bit);
        assert!(!reads(&changed, &open), "bit {bit} of {:?}", object.kind());
    }
}

#[test]
fn no_flipped_bit_of_an_event_reads() {
    let key = Key::from_bytes([4; 32]);
    for len in [0, 900, 3700] {
        let sealed = chunked::seal(&key, b"event", &vec![6; len], &mut Seeded(1));
        let object = frame(FrameType::Event, &sealed, 1);
        no_flipped_bit_reads(&object, 1, &|frame| {
            chunked::open(&key, b"event", frame.body()).is_ok()
        });
    }
}

#[test]
fn no_flipped_bit_of_an_intake_or_board_entry_reads() {
    let (secret, public) = &*RECIPIENT;
    let psk = Key::from_bytes([5; 32]);
    for kind in [FrameType::IntakeMessage, FrameType::BoardEntry] {
        let header = sluis_wire::frame::header_for(kind, kind.max_body_len()).unwrap();
        let message = vec![0; kind.max_body_len() - kem::OVERHEAD];
        let sealed = if kind == FrameType::IntakeMessage {
            kem::seal_base(public, b"info", &header, &message, &mut Seeded(2))
        } else {
            kem::seal_psk(
                public,
                &psk,
                b"id",
                b"info",
                &header,
                &message,
                &mut Seeded(3),
            )
        };
        let object = Frame::build(kind, &sealed.unwrap()).unwrap();
        no_flipped_bit_reads(&object, 0, &|frame| match frame.kind() {
            FrameType::IntakeMessage => {
                kem::open_base(secret, b"info", frame.header(), frame.body()).is_ok()
            }
            _ => kem::open_psk(secret, &psk, b"id", b"info", frame.header(), frame.body()).is_ok(),
        });
    }
}
