//! Frozen bytes of format version 1: later releases must keep reading them, and making the same ones from the same keys.

use sluis_directory::maker::{sign_snapshot, sign_statement};
use sluis_directory::snapshot::{Snapshot, TeamTable, co_sign, prepare};
use sluis_directory::statement::Statement;
use sluis_directory::{Directory, frame_hash};
use sluis_wire::time::Week;

use crate::world::{NOW, World, device_key};

const LOG: &str = include_str!("../vectors/v1/log.hex");
const HEAD: &str = include_str!("../vectors/v1/head.hex");
const STATEMENTS: &str = include_str!("../vectors/v1/statements.hex");
const SNAPSHOT: &str = include_str!("../vectors/v1/snapshot.hex");
const TABLE: &str = include_str!("../vectors/v1/table.hex");

/// One frame on each line.
fn frames(text: &str) -> Vec<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    text.lines()
        .map(|line| line.as_bytes().chunks(2).map(byte).collect())
        .collect()
}

fn statements(world: &World) -> Vec<Vec<u8>> {
    [
        Statement::TeamContent(world.content(1, 1, 0)),
        Statement::TeamIntake(world.intake(1, 1, Week::of(NOW), 0)),
        Statement::TeamIntake(world.intake(3, 2, Week::of(NOW), 0)),
        Statement::MonthKey(world.month(1, 0)),
        Statement::StaffCapability(world.staff(1, 0)),
    ]
    .iter()
    .map(|statement| {
        let author = statement.author().device.0[0];
        sign_statement(statement, &device_key(author)).unwrap()
    })
    .collect()
}

/// Snapshot frame and the table frame of the week.
fn snapshot(world: &World) -> [Vec<u8>; 2] {
    let intakes = world.intakes(0);
    let tables = prepare(&world.directory, &intakes, NOW).unwrap();
    let frame = sign_snapshot(&tables.snapshot, &device_key(1)).unwrap();
    let frame = co_sign(&frame, &world.directory, &intakes, &device_key(2), NOW).unwrap();
    [frame, tables.frames[0].clone()]
}

#[test]
fn frozen_frames_are_read() {
    let directory = Directory::replay(&frames(LOG)).unwrap();
    assert_eq!(frames(HEAD), [directory.head().head.0.to_vec()]);
    for frame in frames(STATEMENTS) {
        let statement = Statement::parse(&frame).unwrap();
        assert!(statement.verify(&directory, NOW).is_ok());
    }
    let [snapshot] = frames(SNAPSHOT).try_into().unwrap();
    let snapshot = Snapshot::parse(&snapshot).unwrap().verify(&directory, NOW);
    let snapshot = snapshot.unwrap();
    let [table] = frames(TABLE).try_into().unwrap();
    assert_eq!(snapshot.table(Week::of(NOW)), Some(&frame_hash(&table)));
    assert_eq!(TeamTable::parse(&table).unwrap().lines.len(), 2);
}

#[test]
fn the_same_keys_make_the_frozen_frames() {
    let world = World::new();
    assert_eq!(frames(LOG), world.frames);
    assert_eq!(frames(STATEMENTS), statements(&world));
    let [snapshot, table] = snapshot(&world);
    assert_eq!(frames(SNAPSHOT), [snapshot]);
    assert_eq!(frames(TABLE), [table]);
}
