//! A statement, snapshot or table that was changed is not believed, and one that device 1 signs is believed only for its own team.
//!
//! Input as for `chunked`; the first byte of the content chooses the frozen frame that is changed, all of it is also read as each kind.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sluis_directory::Directory;
use sluis_directory::evidence::verify_evidence;
use sluis_directory::maker::sign_statement;
use sluis_directory::snapshot::{Snapshot, TeamTable};
use sluis_directory::statement::{Statement, StatementKey};
use sluis_fuzz::{change, frames, key};
use sluis_wire::address::TeamId;
use sluis_wire::api::Evidence;
use sluis_wire::codec;
use sluis_wire::pow::Challenge;

static LOG: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    frames(include_str!(
        "../../crates/directory/tests/vectors/v1/log.hex"
    ))
});
static STATEMENTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    frames(include_str!(
        "../../crates/directory/tests/vectors/v1/statements.hex"
    ))
});
static DIRECTORY: LazyLock<Directory> =
    LazyLock::new(|| Directory::replay(&LOG).expect("the frozen log"));
static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    let one = |text| frames(text).remove(0);
    Evidence {
        genesis: LOG[0].clone(),
        roots: DIRECTORY.root_frames().map(<[u8]>::to_vec).collect(),
        snapshot: one(include_str!(
            "../../crates/directory/tests/vectors/v1/snapshot.hex"
        )),
        table: one(include_str!(
            "../../crates/directory/tests/vectors/v1/table.hex"
        )),
        now: DIRECTORY.latest(),
        challenge: Challenge {
            bucket: DIRECTORY.latest(),
            nonce: [0; 16],
            difficulty: 0,
            mac: [0; 32],
        },
    }
});

fuzz_target!(|bytes: &[u8]| {
    let now = DIRECTORY.latest();
    let (changes, content) = change::split(bytes);
    let choice = usize::from(content.first().copied().unwrap_or_default());
    let frame = &STATEMENTS[choice % STATEMENTS.len()];
    for changed in [change::apply(changes, frame), bytes.to_vec()] {
        let believed = Statement::parse(&changed)
            .and_then(|s| s.verify(&DIRECTORY, now))
            .is_ok();
        assert_eq!(believed, STATEMENTS.contains(&changed));
        let _ = Snapshot::parse(&changed).and_then(|s| s.verify(&DIRECTORY, now));
        let _ = TeamTable::parse(&changed);
    }
    let mut evidence = EVIDENCE.clone();
    let part = match choice % 4 {
        0 => &mut evidence.genesis,
        1 => &mut evidence.roots[0],
        2 => &mut evidence.snapshot,
        _ => &mut evidence.table,
    };
    let changed = change::apply(changes, part);
    let same = changed == *part;
    *part = changed;
    let believed = verify_evidence(&evidence, &DIRECTORY.genesis(), now).is_ok();
    assert_eq!(believed, same);
    signed_by_device_1(content);
});

fn signed_by_device_1(content: &[u8]) {
    let read = [
        codec::decode(content, 4_096)
            .ok()
            .map(Statement::TeamContent),
        codec::decode(content, 4_096)
            .ok()
            .map(Statement::TeamIntake),
        codec::decode(content, 4_096).ok().map(Statement::MonthKey),
        codec::decode(content, 4_096)
            .ok()
            .map(Statement::StaffCapability),
    ];
    for statement in read.into_iter().flatten() {
        let Ok(frame) = sign_statement(&statement, &key(2, 1)) else {
            continue;
        };
        let parsed = Statement::parse(&frame).expect("just made");
        if let Ok(statement) = parsed.verify(&DIRECTORY, DIRECTORY.latest()) {
            assert_eq!(statement.author().device.0, [1; 16]);
            match statement.key() {
                StatementKey::TeamContent(team, _) | StatementKey::TeamIntake(team, _) => {
                    assert_eq!(team, TeamId([0x81; 16]));
                }
                StatementKey::MonthKey(device, _) => assert_eq!(device.0, [1; 16]),
                StatementKey::StaffCapability(_) => {}
            }
        }
    }
}
