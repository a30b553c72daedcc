//! Whatever is applied is applied whole, and replays to the same state; what is refused changes nothing.
//!
//! Input: up to eight steps, each a set of signers (bits, 2) and an operation, as the codec writes them. The steps follow the
//! frozen log of `crates/directory`, with its keys, so that the fuzzer gets past place and signatures.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sluis_directory::Directory;
use sluis_directory::entry::Op;
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::SigningKey;
use sluis_fuzz::frames;
use sluis_wire::codec;

const STEPS: usize = 8;

static FRAMES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    frames(include_str!(
        "../../crates/directory/tests/vectors/v1/log.hex"
    ))
});
static LOG: LazyLock<Directory> =
    LazyLock::new(|| Directory::replay(&FRAMES).expect("the frozen log"));
/// Root, directors of the centre and of the federation, devices, the relay.
static KEYS: LazyLock<Vec<SigningKey>> = LazyLock::new(|| {
    [
        (1, 0),
        (1, 1),
        (1, 2),
        (11, 0),
        (11, 1),
        (12, 0),
        (2, 1),
        (2, 2),
        (2, 3),
        (2, 11),
        (3, 0),
    ]
    .map(|(kind, number)| sluis_fuzz::key(kind, number))
    .into()
});

fuzz_target!(|bytes: &[u8]| {
    assert!(Directory::replay(&[bytes]).is_err() || FRAMES[0] == bytes);
    let mut directory = LOG.clone();
    assert!(directory.apply(bytes).is_err());
    let Ok(steps) = codec::decode::<Vec<(u16, Op)>>(bytes, 64 * 1024) else {
        return;
    };
    let mut log = FRAMES.clone();
    for (signers, op) in steps.into_iter().take(STEPS) {
        let chosen = KEYS
            .iter()
            .enumerate()
            .filter(|(bit, _)| signers & (1 << bit) != 0);
        let chosen: Vec<_> = chosen.map(|(_, key)| key).collect();
        let entry = directory.next_entry(op, directory.latest());
        let Ok(frame) = sign_entry(&entry, &chosen) else {
            continue;
        };
        let before = directory.clone();
        if directory.apply(&frame).is_ok() {
            assert!(!chosen.is_empty(), "applied unsigned");
            log.push(frame);
        } else {
            assert_eq!(directory, before);
        }
    }
    assert_eq!(Directory::replay(&log), Ok(directory));
});
