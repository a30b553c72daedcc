//! Tables and snapshots as witnesses make and check them.

use sluis_directory::entry::{Op, Policy};
use sluis_directory::maker::{sign_snapshot, sign_statement};
use sluis_directory::snapshot::{Freshness, Snapshot, TeamTable, co_sign, prepare, team_table};
use sluis_directory::statement::Statement;
use sluis_directory::{Error, frame_hash};
use sluis_wire::frame::Frame;
use sluis_wire::time::{DAY, Week};

use crate::world::{
    CENTRE, FEDERATION, NOW, World, device_id, device_key, director, hash, kem, member_id, root,
    stranger, team, team_id, verifying, with_signatures, witness_set,
};

fn verify(world: &World, frame: &[u8]) -> Result<Snapshot, Error> {
    Snapshot::parse(frame)?.verify(&world.directory, NOW)
}

/// A snapshot signed by witnesses 1 and 2.
fn witnessed(world: &World, statements: &[Statement]) -> Vec<u8> {
    let tables = prepare(&world.directory, statements, NOW).unwrap();
    let frame = sign_snapshot(&tables.snapshot, &device_key(1)).unwrap();
    co_sign(&frame, &world.directory, statements, &device_key(2), NOW).unwrap()
}

#[test]
fn a_table_lists_each_line_with_its_key() {
    let world = World::new();
    let table = team_table(&world.directory, &world.intakes(8), Week::of(NOW)).unwrap();
    assert_eq!(table.week, Week::of(NOW));
    let [centre, bond] = table.lines.as_slice() else {
        unreachable!("two lines")
    };
    assert_eq!((centre.team, bond.team), (team_id(1), team_id(2)));
    assert_eq!((&*centre.name, &*centre.organisation), ("Lijn 1", "Bond 1"));
    assert!(centre.centre && !bond.centre);
    assert_eq!(centre.key_week(), Week::of(NOW));
    assert_eq!(centre.not_after, Week::of(NOW).start().plus(14 * DAY));
    assert_eq!(
        centre.reply_keys,
        verifying(&[device_key(1), device_key(2)])
    );
    let frame = table.to_frame().unwrap();
    assert_eq!(TeamTable::parse(&frame), Ok(table));
}

#[test]
fn a_team_that_is_no_line_is_not_in_the_table() {
    let mut world = World::new();
    let statements = world.intakes(0);
    let mut inner = team(2, FEDERATION, &[3, 4]);
    inner.line = false;
    world.must(Op::TeamDefine(inner), &[&director(FEDERATION, 0)]);
    let table = team_table(&world.directory, &statements, Week::of(NOW)).unwrap();
    assert_eq!(table.lines.len(), 1);
}

#[test]
fn the_key_of_last_week_fills_a_gap() {
    let world = World::new();
    let statements = world.intakes(0);
    let next = Week::of(NOW).plus(1);
    let table = team_table(&world.directory, &statements, next).unwrap();
    assert_eq!(table.lines[0].key_week(), Week::of(NOW));
    let after = team_table(&world.directory, &statements, next.plus(1)).unwrap();
    assert!(after.lines.is_empty());
}

#[test]
fn the_higher_version_stands_in_the_table_whatever_the_order() {
    let world = World::new();
    let mut new = world.intake(2, 1, Week::of(NOW), 1);
    new.kem = kem(6, 222);
    let new = world.verify(&Statement::TeamIntake(new), 2).unwrap();
    let mut statements = world.intakes(0);
    statements.push(new);
    let one = team_table(&world.directory, &statements, Week::of(NOW)).unwrap();
    statements.reverse();
    let other = team_table(&world.directory, &statements, Week::of(NOW)).unwrap();
    assert_eq!(one, other);
    assert_eq!(one.lines[0].kem, kem(6, 222));
}

#[test]
fn a_leaver_is_in_no_table() {
    let mut world = World::new();
    let statements = world.intakes(1);
    let mut gone = world.clone();
    let by = director(CENTRE, 0);
    world.must(
        Op::MemberRevoke {
            member: member_id(2),
        },
        &[&by],
    );
    let table = team_table(&world.directory, &statements, Week::of(NOW)).unwrap();
    assert_eq!(table.lines[0].reply_keys, verifying(&[device_key(1)]));
    // The author of the key left: the line waits for a key that the leaver does not know.
    gone.must(
        Op::MemberRevoke {
            member: member_id(1),
        },
        &[&by],
    );
    let table = team_table(&gone.directory, &statements, Week::of(NOW)).unwrap();
    assert_eq!(table.lines.len(), 1);
    assert_eq!(table.lines[0].team, team_id(2));
}

#[test]
fn who_only_left_the_team_makes_no_line_either() {
    let mut world = World::new();
    let statements = world.intakes(0);
    world.must(
        Op::TeamDefine(team(1, CENTRE, &[2])),
        &[&director(CENTRE, 0)],
    );
    let table = team_table(&world.directory, &statements, Week::of(NOW)).unwrap();
    assert_eq!(table.lines.len(), 1);
}

#[test]
fn enough_witnesses_make_a_snapshot() {
    let world = World::new();
    let statements = world.intakes(8);
    let tables = prepare(&world.directory, &statements, NOW).unwrap();
    assert_eq!(tables.frames.len(), 9);
    assert!(tables.snapshot.names_tables(&tables.frames));
    assert!(!tables.snapshot.names_tables(&tables.frames[1..]));
    assert_eq!(
        tables.snapshot.table(Week::of(NOW)),
        Some(&frame_hash(&tables.frames[0]))
    );
    assert_eq!(tables.snapshot.table(Week(0)), None);
    let frame = witnessed(&world, &statements);
    assert_eq!(verify(&world, &frame), Ok(tables.snapshot));
    let three = co_sign(&frame, &world.directory, &statements, &device_key(3), NOW).unwrap();
    assert!(verify(&world, &three).is_ok());
}

#[test]
fn too_few_or_strange_witnesses_make_none() {
    let world = World::new();
    let statements = world.intakes(8);
    let frame = witnessed(&world, &statements);
    let one = with_signatures(&frame, |index| index == 0, false);
    assert_eq!(verify(&world, &one), Err(Error::SignatureMissing));
    for outsider in [device_key(4), stranger(), root(0)] {
        let more = co_sign(&frame, &world.directory, &statements, &outsider, NOW).unwrap();
        assert_eq!(verify(&world, &more), Err(Error::SignatureMissing));
    }
    let mut damaged = frame;
    let last = damaged.len() - 1;
    damaged[last - 40] ^= 1;
    assert!(matches!(verify(&world, &damaged), Err(Error::Signature(_))));
}

#[test]
fn a_revoked_device_is_no_witness_any_more() {
    let mut world = World::new();
    let by = director(CENTRE, 0);
    world.must(
        Op::DeviceRevoke {
            device: device_id(2),
        },
        &[&by],
    );
    let tables = prepare(&world.directory, &[], NOW).unwrap();
    let frame = sign_snapshot(&tables.snapshot, &device_key(1)).unwrap();
    let sign = |key| co_sign(&frame, &world.directory, &[], &key, NOW).unwrap();
    assert_eq!(
        verify(&world, &sign(device_key(2))),
        Err(Error::SignatureMissing)
    );
    assert!(verify(&world, &sign(device_key(3))).is_ok());
}

#[test]
fn a_snapshot_made_before_a_revocation_keeps_its_witnesses() {
    let mut world = World::new();
    let frame = witnessed(&world, &[]);
    let by = director(CENTRE, 0);
    world.must(
        Op::DeviceRevoke {
            device: device_id(2),
        },
        &[&by],
    );
    world.must(Op::WitnessSet(witness_set(&[3], 1)), &[&root(0), &root(1)]);
    assert!(verify(&world, &frame).is_ok());
}

#[test]
fn a_snapshot_without_witnesses_or_from_another_log_is_refused() {
    let world = World::empty();
    let tables = prepare(&world.directory, &[], NOW).unwrap();
    let frame = sign_snapshot(&tables.snapshot, &device_key(1)).unwrap();
    assert_eq!(verify(&world, &frame), Err(Error::WitnessesMissing));
    let world = World::new();
    let mut forked = prepare(&world.directory, &[], NOW).unwrap().snapshot;
    forked.standing.head = hash(3);
    let standing = forked.standing;
    let frame = sign_snapshot(&forked, &device_key(1)).unwrap();
    assert_eq!(verify(&world, &frame), Err(Error::Fork { standing }));
    forked.standing.seq += 1;
    let length = forked.standing.seq;
    let frame = sign_snapshot(&forked, &device_key(1)).unwrap();
    assert_eq!(verify(&world, &frame), Err(Error::Behind { length }));
    let late = prepare(&world.directory, &[], NOW.plus(DAY + 1)).unwrap();
    let frame = sign_snapshot(&late.snapshot, &device_key(1)).unwrap();
    let frame = co_sign(&frame, &world.directory, &[], &device_key(2), NOW.plus(DAY));
    assert_eq!(verify(&world, &frame.unwrap()), Err(Error::TimeAhead));
}

#[test]
fn a_witness_signs_only_what_it_would_have_made_itself() {
    let world = World::new();
    let statements = world.intakes(8);
    let good = prepare(&world.directory, &statements, NOW)
        .unwrap()
        .snapshot;
    let refusal = |snapshot: &Snapshot, now| {
        let frame = sign_snapshot(snapshot, &device_key(1)).unwrap();
        co_sign(&frame, &world.directory, &statements, &device_key(2), now).err()
    };
    assert_eq!(refusal(&good, NOW), None);
    assert_eq!(refusal(&good, NOW.plus(DAY + 1)), Some(Error::Expired));
    let mut late = good.clone();
    late.time = NOW.plus(DAY + 1);
    assert_eq!(refusal(&late, NOW), Some(Error::TimeAhead));
    let mut elsewhere = good.clone();
    elsewhere.standing.seq -= 1;
    assert_eq!(refusal(&elsewhere, NOW), Some(Error::StandingDiffers));
    let mut swapped = good.clone();
    swapped.tables[0].1 = hash(1);
    assert_eq!(refusal(&swapped, NOW), Some(Error::TablesDiffer));
    let mut shorter = good.clone();
    shorter.tables.pop();
    assert_eq!(refusal(&shorter, NOW), Some(Error::TablesDiffer));
    let frame = sign_snapshot(&good, &device_key(1)).unwrap();
    let fewer = co_sign(
        &frame,
        &world.directory,
        &statements[1..],
        &device_key(2),
        NOW,
    );
    assert_eq!(fewer, Err(Error::TablesDiffer));
}

#[test]
fn the_newest_table_that_has_begun_is_served() {
    let world = World::new();
    let snapshot = prepare(&world.directory, &[], NOW).unwrap().snapshot;
    let week = Week::of(NOW);
    let at = |week: Week| snapshot.begun(week.start()).map(|(week, _)| week);
    assert_eq!(at(week), Some(week));
    assert_eq!(at(week.plus(3)), Some(week.plus(3)));
    assert_eq!(at(week.plus(20)), Some(week.plus(8)));
    assert_eq!(at(Week(week.0 - 1)), None);
}

#[test]
fn page_bits_stand_in_the_table_as_they_are_signed() {
    let mut world = World::new();
    let policy = Policy {
        page_bits: 5,
        ..Policy::default()
    };
    world.must(Op::Policy(policy), &[&director(CENTRE, 0)]);
    let table = team_table(&world.directory, &[], Week::of(NOW)).unwrap();
    assert_eq!(table.page_bits, 5);
}

#[test]
fn staff_are_warned_after_three_days_and_held_back_after_seven() {
    let world = World::new();
    let snapshot = prepare(&world.directory, &[], NOW).unwrap().snapshot;
    let at = |days, seconds| snapshot.freshness(NOW.plus(days * DAY + seconds));
    assert_eq!(at(0, 0), Freshness::Fresh);
    assert_eq!(at(2, DAY - 1), Freshness::Fresh);
    assert_eq!(at(3, 0), Freshness::Stale { days: 3 });
    assert!(!at(6, DAY - 1).blocks());
    assert!(at(7, 0).blocks());
}

#[test]
fn other_frames_are_no_snapshot_and_no_table() {
    let world = World::new();
    let statement = Statement::StaffCapability(world.staff(1, 0));
    let frame = sign_statement(&statement, &device_key(1)).unwrap();
    assert!(Snapshot::parse(&frame).is_err());
    assert!(TeamTable::parse(&frame).is_err());
    let good = witnessed(&world, &[]);
    assert!(TeamTable::parse(&good).is_err());
    let body = Frame::parse(&good).unwrap().body().to_vec();
    let as_table = Frame::build(sluis_wire::frame::FrameType::TeamTable, &body);
    assert!(Snapshot::parse(&as_table.unwrap().to_bytes()).is_err());
}
