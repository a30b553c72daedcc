//! What a reporter's page believes, and each thing that a relay can do to it.

use sluis_directory::entry::{Entry, Op, RootKeys, WitnessSet};
use sluis_directory::evidence::{EvidenceError, TrustedTable, verify_evidence};
use sluis_directory::frame_hash;
use sluis_directory::maker::{sign_entry, sign_snapshot};
use sluis_directory::snapshot::{Snapshot, TeamTable, co_sign, prepare};
use sluis_directory::statement::Statement;
use sluis_wire::address::GenesisHash;
use sluis_wire::api::Evidence;
use sluis_wire::time::{DAY, UnixTime, WEEK, Week};

use crate::world::{
    NOW, START, World, bits_of, centre, challenge, device_key, director, genesis, kem, member_id,
    organisation, relay_key, root, stranger, team_id, verifying, with_signatures, witness_set,
};

/// The evidence of an honest relay, and what it was made from.
struct Case {
    world: World,
    statements: Vec<Statement>,
    tables: Vec<Vec<u8>>,
    evidence: Evidence,
}

impl Case {
    fn new() -> Self {
        Self::of(World::new())
    }

    fn of(world: World) -> Self {
        let statements = world.intakes(8);
        Self::with(world, statements)
    }

    fn with(world: World, statements: Vec<Statement>) -> Self {
        let prepared = prepare(&world.directory, &statements, NOW).unwrap();
        let (a, b) = (device_key(1), device_key(2));
        let frame = sign_snapshot(&prepared.snapshot, &a).unwrap();
        let snapshot = co_sign(&frame, &world.directory, &statements, &b, NOW).unwrap();
        let evidence = Evidence {
            genesis: world.frames[0].clone(),
            roots: world.directory.root_frames().map(<[u8]>::to_vec).collect(),
            snapshot,
            table: prepared.frames[0].clone(),
            now: NOW,
            challenge: challenge(),
        };
        Self {
            world,
            statements,
            tables: prepared.frames,
            evidence,
        }
    }

    fn verify(&self) -> Result<TrustedTable, EvidenceError> {
        self.at(NOW)
    }

    /// As seen later, by the reporter's clock and the relay's.
    fn at(&self, now: UnixTime) -> Result<TrustedTable, EvidenceError> {
        let mut evidence = self.evidence.clone();
        evidence.now = now;
        verify_evidence(&evidence, &self.world.directory.genesis(), now)
    }

    /// Replaces the snapshot by one that says something else, signed by these.
    fn sign_other(&mut self, change: impl Fn(&mut Snapshot), by: [u8; 2]) {
        let mut snapshot = self.snapshot();
        change(&mut snapshot);
        let one = sign_snapshot(&snapshot, &device_key(by[0])).unwrap();
        let two = sign_snapshot(&snapshot, &device_key(by[1])).unwrap();
        self.evidence.snapshot = join(&one, &two);
    }

    fn snapshot(&self) -> Snapshot {
        prepare(&self.world.directory, &self.statements, NOW)
            .unwrap()
            .snapshot
    }

    fn error(&self) -> EvidenceError {
        self.verify().unwrap_err()
    }
}

/// One frame with the signatures of both.
fn join(one: &[u8], two: &[u8]) -> Vec<u8> {
    use sluis_wire::frame::Frame;
    let mut joined = Frame::parse(one).unwrap();
    let signature = Frame::parse(two).unwrap().signatures()[0];
    joined.attach(signature).unwrap();
    joined.to_bytes()
}

#[test]
fn honest_evidence_is_believed() {
    let case = Case::new();
    let table = case.verify().unwrap();
    assert_eq!(table.genesis, case.world.directory.genesis());
    assert_eq!(table.name, "Proefketen");
    assert!(table.demonstration);
    assert_eq!(table.relay_key, relay_key().verifying_key());
    assert_eq!(table.page_bits, 0);
    assert_eq!(table.dir_seq, case.world.directory.length());
    assert_eq!(table.standing, case.world.directory.head());
    assert_eq!(table.made, NOW);
    assert_eq!(table.week, Week::of(NOW));
    let teams: Vec<_> = table.lines.iter().map(|line| line.team).collect();
    assert_eq!(teams, [team_id(1), team_id(2)]);
}

#[test]
fn another_genesis_entry_is_forged() {
    let mut other = genesis();
    other.demonstration = false;
    let other = World::from_genesis(other, &[&root(0), &root(1)]).unwrap();
    let mut case = Case::new();
    case.evidence.genesis.clone_from(&other.frames[0]);
    assert_eq!(case.error(), EvidenceError::GenesisForged);
    case.evidence.genesis = case.world.frames[1].clone();
    assert_eq!(case.error(), EvidenceError::GenesisForged);
    case.evidence.genesis = vec![];
    assert_eq!(case.error(), EvidenceError::GenesisForged);
}

#[test]
fn a_pinned_hash_of_something_else_opens_nothing() {
    let case = Case::new();
    let result = verify_evidence(&case.evidence, &GenesisHash([1; 32]), NOW);
    assert_eq!(result, Err(EvidenceError::GenesisForged));
    // Even a pin that fits does not make up for signatures that are missing.
    let unsigned = sign_entry(&Entry::genesis(genesis(), START), &[&root(0)]).unwrap();
    let mut evidence = case.evidence;
    let pinned = GenesisHash(frame_hash(&unsigned).0);
    evidence.genesis = unsigned;
    let result = verify_evidence(&evidence, &pinned, NOW);
    assert_eq!(result, Err(EvidenceError::GenesisForged));
}

#[test]
fn a_witness_set_by_anyone_but_root_is_forged() {
    let case = Case::new();
    let op = Op::WitnessSet(witness_set(&[4], 1));
    let a = root(0);
    for keys in [
        vec![&a],
        vec![],
        vec![&centre()],
        vec![&a, &stranger()],
        vec![&relay_key()],
    ] {
        let mut case = Case::new();
        case.evidence
            .roots
            .push(case.world.frame(op.clone(), &keys));
        assert_eq!(case.error(), EvidenceError::WitnessForged);
        case.evidence.roots.remove(0);
        assert_eq!(case.error(), EvidenceError::WitnessForged);
    }
    let mut empty = case;
    empty.evidence.roots.clear();
    assert_eq!(empty.error(), EvidenceError::WitnessForged);
}

#[test]
fn a_witness_set_that_asks_for_nobody_is_refused_even_from_root() {
    let mut case = Case::new();
    let none = WitnessSet {
        keys: vec![],
        threshold: 0,
        not_after: NOW.plus(DAY),
    };
    let mut entry = case.world.entry(Op::WitnessSet(none));
    entry.seq = 1;
    let frame = sign_entry(&entry, &[&root(0), &root(1)]).unwrap();
    case.evidence.roots = vec![frame];
    case.evidence.snapshot = with_signatures(&case.evidence.snapshot, |_| false, false);
    assert_eq!(case.error(), EvidenceError::WitnessForged);
}

#[test]
fn a_root_change_by_anyone_but_root_is_forged() {
    let new = RootKeys {
        keys: verifying(&[stranger()]),
        threshold: 1,
    };
    let op = Op::RootRotate(new);
    let (a, b, s) = (root(0), root(1), stranger());
    for keys in [vec![&s], vec![&a, &s], vec![&a, &b], vec![]] {
        let mut case = Case::new();
        case.evidence
            .roots
            .push(case.world.frame(op.clone(), &keys));
        assert_eq!(case.error(), EvidenceError::RootForged);
    }
    let mut empty = Case::new();
    let none = RootKeys {
        keys: vec![],
        threshold: 0,
    };
    let frame = empty.world.frame(Op::RootRotate(none), &[&a, &b]);
    empty.evidence.roots.push(frame);
    assert_eq!(empty.error(), EvidenceError::RootForged);
}

#[test]
fn an_entry_of_another_kind_is_no_root_entry() {
    let mut case = Case::new();
    let frame = case.world.frames[1].clone();
    case.evidence.roots.push(frame);
    assert_eq!(case.error(), EvidenceError::RootForged);
    let op = Op::OrganisationAdd(organisation(3, 1));
    let frame = case.world.frame(op, &[&root(0), &root(1)]);
    case.evidence.roots[1] = frame;
    assert_eq!(case.error(), EvidenceError::RootForged);
    case.evidence.roots[1] = vec![1, 2, 3];
    assert_eq!(case.error(), EvidenceError::RootForged);
}

#[test]
fn root_entries_doubled_or_turned_round_are_refused() {
    let mut world = World::new();
    let set = Op::WitnessSet(witness_set(&[1, 2], 2));
    world.must(set, &[&root(0), &root(1)]);
    let case = Case::of(world);
    assert!(case.verify().is_ok());
    let mut doubled = case;
    doubled.evidence.roots.swap(0, 1);
    assert_eq!(doubled.error(), EvidenceError::RootForged);
    doubled.evidence.roots.swap(0, 1);
    let last = doubled.evidence.roots[1].clone();
    doubled.evidence.roots.push(last);
    assert_eq!(doubled.error(), EvidenceError::RootForged);
}

#[test]
fn a_chain_of_root_changes_is_followed() {
    let mut world = World::new();
    let new = RootKeys {
        keys: verifying(&[root(7)]),
        threshold: 1,
    };
    let (a, b, g) = (root(0), root(1), root(7));
    world.must(Op::RootRotate(new), &[&a, &b, &g]);
    let old_world = world.clone();
    world.must(Op::WitnessSet(witness_set(&[1, 2], 1)), &[&g]);
    let case = Case::of(world);
    assert!(case.verify().is_ok());
    // The witness set that the old root keys would sign now.
    let mut old = case;
    let frame = old_world.frame(Op::WitnessSet(witness_set(&[4], 1)), &[&a, &b]);
    old.evidence.roots[2] = frame;
    assert_eq!(old.error(), EvidenceError::WitnessForged);
    // Left out, the new keys' set hangs in the air.
    let mut gap = Case::of(old.world);
    gap.evidence.roots.remove(1);
    assert_eq!(gap.error(), EvidenceError::WitnessForged);
}

#[test]
fn a_snapshot_by_too_few_or_other_witnesses_is_forged() {
    let mut case = Case::new();
    let good = case.evidence.snapshot.clone();
    case.evidence.snapshot = with_signatures(&good, |index| index == 0, false);
    assert_eq!(case.error(), EvidenceError::SnapshotForged);
    case.evidence.snapshot = with_signatures(&good, |_| false, false);
    assert_eq!(case.error(), EvidenceError::SnapshotForged);
    case.sign_other(|_| (), [1, 4]);
    assert_eq!(case.error(), EvidenceError::SnapshotForged);
    case.evidence.snapshot = case.evidence.table.clone();
    assert_eq!(case.error(), EvidenceError::SnapshotForged);
    case.evidence.snapshot = vec![];
    assert_eq!(case.error(), EvidenceError::SnapshotForged);
}

#[test]
fn witnesses_who_were_replaced_sign_no_more() {
    let mut world = World::new();
    let set = Op::WitnessSet(witness_set(&[3, 4], 2));
    world.must(set, &[&root(0), &root(1)]);
    let case = Case::of(world);
    assert_eq!(case.error(), EvidenceError::SnapshotForged);
    let mut right = case;
    right.sign_other(|_| (), [3, 4]);
    assert!(right.verify().is_ok());
}

#[test]
fn a_new_witness_set_does_not_stop_reporters_before_its_first_snapshot() {
    let mut case = Case::new();
    let set = Op::WitnessSet(witness_set(&[3, 4], 2));
    let frame = case.world.frame(set, &[&root(0), &root(1)]);
    case.evidence.roots.push(frame);
    assert!(case.verify().is_ok());
}

#[test]
fn the_table_is_the_one_that_the_snapshot_names_for_this_week() {
    let mut case = Case::new();
    for other in case.tables.clone().into_iter().skip(1) {
        case.evidence.table = other;
        assert_eq!(case.error(), EvidenceError::TableSwapped);
    }
    case.evidence.table = vec![];
    assert_eq!(case.error(), EvidenceError::TableSwapped);
    case.evidence.table = case.evidence.snapshot.clone();
    assert_eq!(case.error(), EvidenceError::TableSwapped);
    let changes: [&dyn Fn(&mut TeamTable); 7] = [
        &|table| table.lines[0].kem = kem(66, 6),
        &|table| table.lines[0].reply_keys[0] = stranger().verifying_key(),
        &|table| table.lines[0].name = "Andere lijn".into(),
        &|table| table.lines[0].not_after = NOW.plus(900 * DAY),
        &|table| table.lines.truncate(1),
        &|table| table.lines.swap(0, 1),
        &|table| table.page_bits = 16,
    ];
    for change in changes {
        let mut table = TeamTable::parse(&case.tables[0]).unwrap();
        change(&mut table);
        case.evidence.table = table.to_frame().unwrap();
        assert_eq!(case.error(), EvidenceError::TableSwapped);
    }
}

#[test]
fn last_weeks_table_is_not_served_while_there_is_a_newer_one() {
    let case = Case::new();
    let later = NOW.plus(WEEK);
    assert_eq!(case.at(later), Err(EvidenceError::TableSwapped));
    let mut next = case;
    next.evidence.table = next.tables[1].clone();
    assert_eq!(next.at(later).unwrap().week, Week::of(later));
}

#[test]
fn an_old_snapshot_does_not_stop_a_reporter_while_a_key_holds() {
    let mut case = Case::new();
    case.evidence.table = case.tables[8].clone();
    let eight_weeks = Week::of(NOW).plus(8).start();
    let table = case.at(eight_weeks.plus(WEEK + DAY)).unwrap();
    assert_eq!(table.week, Week::of(NOW).plus(8));
    assert!(case.at(eight_weeks.plus(2 * WEEK - 1)).is_ok());
    let end = case.at(eight_weeks.plus(2 * WEEK));
    assert_eq!(end, Err(EvidenceError::NoValidLine));
}

#[test]
fn a_witness_set_that_has_run_out_does_not_stop_a_reporter() {
    let mut world = World::new();
    let mut set = witness_set(&[1, 2], 2);
    set.not_after = NOW.plus(1);
    world.must(Op::WitnessSet(set), &[&root(0), &root(1)]);
    let case = Case::of(world);
    assert!(case.at(NOW.plus(DAY)).is_ok());
}

#[test]
fn lines_whose_key_has_ended_are_left_out() {
    let world = World::new();
    let (week, next) = (Week::of(NOW), Week::of(NOW).plus(1));
    let statements = [(1, 1, week), (3, 2, week), (3, 2, next)].map(|(author, team, week)| {
        let statement = Statement::TeamIntake(world.intake(author, team, week, 0));
        world.verify(&statement, author).unwrap()
    });
    let mut case = Case::with(world, statements.to_vec());
    case.evidence.table = case.tables[1].clone();
    let last_day = week.start().plus(2 * WEEK - 1);
    assert_eq!(case.at(last_day).unwrap().lines.len(), 2);
    case.evidence.table = case.tables[2].clone();
    let after = week.start().plus(2 * WEEK);
    let lines = case.at(after).unwrap().lines;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].team, team_id(2));
    assert_eq!(lines[0].key_week(), next);
}

#[test]
fn without_statements_nothing_can_be_written() {
    let case = Case::with(World::new(), vec![]);
    assert_eq!(case.error(), EvidenceError::NoValidLine);
}

#[test]
fn a_revoked_member_is_gone_from_the_next_snapshot() {
    let mut world = World::new();
    world.must(
        Op::MemberRevoke {
            member: member_id(4),
        },
        &[&director(crate::world::FEDERATION, 0)],
    );
    let case = Case::of(world);
    let lines = case.verify().unwrap().lines;
    assert_eq!(lines[1].reply_keys, verifying(&[device_key(3)]));
}

#[test]
fn clocks_more_than_a_day_apart_are_named() {
    let case = Case::new();
    let pinned = case.world.directory.genesis();
    let at = |now| verify_evidence(&case.evidence, &pinned, UnixTime(now)).map(|_| ());
    let off = Err(EvidenceError::ClockOff);
    assert_eq!(at(NOW.0 + DAY), Ok(()));
    assert_eq!(at(NOW.0 + DAY + 1), off);
    assert_eq!(at(NOW.0 - DAY), Ok(()));
    assert_eq!(at(NOW.0 - DAY - 1), off);
    assert_eq!(at(0), off);
    assert_eq!(at(u64::MAX), off);
}

#[test]
fn around_midnight_on_sunday_either_clock_may_be_right() {
    let mut case = Case::new();
    let monday = Week::of(NOW).plus(1).start();
    let pinned = case.world.directory.genesis();
    for (relay, device, table) in [(0, 60, 0), (60, 0, 0), (0, 60, 1), (60, 0, 1)] {
        case.evidence.now = UnixTime(monday.0 - 30 + relay);
        case.evidence.table = case.tables[table].clone();
        let device = UnixTime(monday.0 - 30 + device);
        assert!(verify_evidence(&case.evidence, &pinned, device).is_ok());
    }
}

#[test]
fn one_flipped_bit_anywhere_is_refused() {
    let case = Case::new();
    let pinned = case.world.directory.genesis();
    let parts: [fn(&mut Evidence) -> &mut Vec<u8>; 4] = [
        |evidence| &mut evidence.genesis,
        |evidence| &mut evidence.roots[0],
        |evidence| &mut evidence.snapshot,
        |evidence| &mut evidence.table,
    ];
    for part in parts {
        let mut evidence = case.evidence.clone();
        for (index, bit) in bits_of(part(&mut evidence).len()) {
            part(&mut evidence)[index] ^= 1 << bit;
            let result = verify_evidence(&evidence, &pinned, NOW);
            assert!(result.is_err(), "byte {index} bit {bit}");
            part(&mut evidence)[index] ^= 1 << bit;
        }
        assert!(verify_evidence(&evidence, &pinned, NOW).is_ok());
    }
}
