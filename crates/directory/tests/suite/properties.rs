//! What holds for any sequence of entries and any bytes.

use std::sync::LazyLock;

use proptest::prelude::*;
use sluis_directory::class::{ClassChange, ClassEdit};
use sluis_directory::entry::{DeviceKind, Op, Policy, RespondentPolicy, Role, RootKeys};
use sluis_directory::evidence::verify_evidence;
use sluis_directory::maker::{sign_entry, sign_snapshot, sign_statement};
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_directory::snapshot::{Snapshot, TeamTable, prepare};
use sluis_directory::statement::Statement;
use sluis_directory::{Directory, Error};
use sluis_wire::address::{MemberId, OrganisationId};
use sluis_wire::api::Evidence;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::Week;

use crate::world::{
    CENTRE, FEDERATION, NOW, World, bits_of, challenge, device, device_id, device_key, director,
    directors, member, member_id, organisation, organisation_id, relay_key, root, stranger, team,
    verifying, witness_set,
};

static WORLD: LazyLock<World> = LazyLock::new(World::new);

/// Somebody with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Root(u8),
    Director(u8, u8),
    Device(u8),
    Relay,
    Stranger,
}

impl Who {
    fn key(self) -> SigningKey {
        match self {
            Self::Root(n) => root(n),
            Self::Director(organisation, n) => director(organisation, n),
            Self::Device(n) => device_key(n),
            Self::Relay => relay_key(),
            Self::Stranger => stranger(),
        }
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        4 => (0..4_u8).prop_map(Who::Root),
        6 => (1..4_u8, 0..3_u8).prop_map(|(o, n)| Who::Director(o, n)),
        4 => (1..14_u8).prop_map(Who::Device),
        1 => Just(Who::Relay),
        1 => Just(Who::Stranger),
    ]
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::CaseManager), Just(Role::AllFederations)]
}

fn op() -> impl Strategy<Value = Op> {
    let n = 1..14_u8;
    let o = 1..4_u8;
    prop_oneof![
        (1..4_u8, 1..3_u8).prop_map(|(count, threshold)| {
            let keys: Vec<_> = (0..count).map(|n| root(n + 1)).collect();
            Op::RootRotate(RootKeys {
                keys: verifying(&keys),
                threshold,
            })
        }),
        (n.clone(), n.clone(), 1..3_u8)
            .prop_map(|(a, b, threshold)| Op::WitnessSet(witness_set(&[a, b], threshold))),
        (o.clone(), 1..3_u8).prop_map(|(n, count)| Op::OrganisationAdd(organisation(n, count))),
        (o.clone(), 1..3_u8).prop_map(|(n, count)| Op::OrganisationDirectors {
            organisation: organisation_id(n),
            directors: directors(n, count),
        }),
        (n.clone(), o.clone(), role()).prop_map(|(n, o, role)| {
            let mut member = member(n, o);
            member.roles = vec![role];
            Op::MemberAdd(member)
        }),
        (n.clone(), role()).prop_map(|(n, role)| Op::MemberRoles {
            member: member_id(n),
            roles: vec![role],
        }),
        n.clone().prop_map(|n| Op::MemberRevoke {
            member: member_id(n)
        }),
        (n.clone(), n.clone()).prop_map(|(d, m)| Op::DeviceAdd(device(d, m, DeviceKind::Browser))),
        n.clone().prop_map(|n| Op::DeviceRevoke {
            device: device_id(n)
        }),
        (o.clone(), o, n.clone(), n).prop_map(|(t, o, a, b)| Op::TeamDefine(team(t, o, &[a, b]))),
        (0..3_u8, 1..3_u32).prop_map(|(page_bits, minimum_client)| {
            Op::Policy(Policy {
                page_bits,
                minimum_client,
                ..Policy::default()
            })
        }),
        (1..4_u32).prop_map(|version| Op::Release {
            manifest: [0; 32],
            version
        }),
        (1..14_u8).prop_map(|n| Op::ShareCommitments {
            device: device_id(n),
            commitments: [[n; 32]; 3],
        }),
        (1..14_u8, 0..3_u32).prop_map(|(n, version)| Op::RegulationAccept {
            member: member_id(n),
            version,
        }),
        (1..4_u8).prop_map(|n| Op::Agreement {
            organisation: organisation_id(n),
            sealed: vec![n; 9],
        }),
        (1..3_u32, 0..3_u8, 0..258_u16).prop_map(|(version, category, code)| {
            Op::Classification(ClassEdit {
                version,
                category,
                code,
                change: ClassChange::Retired,
            })
        }),
        (1..4_u8, 0..3_u32).prop_map(|(n, version)| Op::Respondents(RespondentPolicy {
            organisation: organisation_id(n),
            version,
            ground: None,
            sealed: vec![n; 9],
        })),
    ]
}

/// Whether `signers` may do this, said a second time and in another way than the directory does.
fn may(directory: &Directory, op: &Op, signers: &[Who]) -> bool {
    let keys: Vec<_> = signers
        .iter()
        .map(|who| who.key().verifying_key())
        .collect();
    let enough = |all: &[VerifyingKey], needed: usize| {
        keys.iter().filter(|key| all.contains(key)).count() >= needed
    };
    let old = directory.root();
    let by_root = enough(&old.keys, usize::from(old.threshold));
    let directs = |organisation: &OrganisationId, revoke: bool| {
        directory.organisation(organisation).is_some_and(|o| {
            let d = &o.directors;
            let needed = if revoke {
                d.revoke_threshold
            } else {
                d.add_threshold
            };
            enough(&d.keys, usize::from(needed))
        })
    };
    let organisation_of =
        |member: &MemberId| directory.member(member).map(|r| r.member.organisation);
    let centre = organisation_id(CENTRE);
    let grants = |organisation, roles: &[Role]| {
        let crossing = roles.contains(&Role::AllFederations);
        let pool = &directory.organisation(&centre).unwrap().directors.keys;
        let needed = if organisation == centre {
            pool.len().min(2)
        } else {
            1
        };
        directs(&organisation, false) && (!crossing || enough(pool, needed))
    };
    let own_device = |member: &MemberId| {
        let mut devices = directory.devices_of(member);
        devices.any(|record| keys.contains(&record.device.sign))
    };
    match op {
        Op::Genesis(_) => false,
        Op::RootRotate(new) => by_root && enough(&new.keys, usize::from(new.threshold)),
        Op::WitnessSet(_)
        | Op::OrganisationAdd(_)
        | Op::OrganisationDirectors { .. }
        | Op::Release { .. } => by_root,
        Op::MemberAdd(member) => grants(member.organisation, &member.roles),
        Op::MemberRoles { member, roles } => {
            organisation_of(member).is_some_and(|o| grants(o, roles))
        }
        Op::MemberRevoke { member } => organisation_of(member).is_some_and(|o| directs(&o, true)),
        Op::ShareCommitments { device, .. } => directory.device(device).is_some_and(|record| {
            let member = record.device.member;
            organisation_of(&member).is_some_and(|o| directs(&o, false)) || own_device(&member)
        }),
        Op::RegulationAccept { member, .. } => own_device(member),
        Op::Agreement { organisation, .. } => directs(organisation, false),
        Op::Respondents(policy) => directs(&policy.organisation, false),
        Op::Classification(_) => directs(&centre, false),
        Op::DeviceAdd(device) => {
            organisation_of(&device.member).is_some_and(|o| directs(&o, false))
                || own_device(&device.member)
        }
        Op::DeviceRevoke { device } => directory.device(device).is_some_and(|record| {
            let member = record.device.member;
            organisation_of(&member).is_some_and(|o| directs(&o, true)) || own_device(&member)
        }),
        Op::TeamDefine(team) => directs(&team.organisation, false),
        Op::Policy(policy) => {
            let same_client = policy.minimum_client == directory.policy().minimum_client;
            by_root || (same_client && directs(&centre, false))
        }
    }
}

/// What must hold of any state.
fn check_state(directory: &Directory, before: &Directory) {
    for old in before.devices() {
        let new = directory.device(&old.device.id).unwrap();
        assert_eq!(new.device, old.device);
        assert_eq!(new.span.added, old.span.added);
        assert!(old.span.revoked.is_none() || new.span == old.span);
    }
    for record in directory
        .devices()
        .filter(|record| record.span.is_current())
    {
        let owner = directory.member(&record.device.member).unwrap();
        assert!(owner.span.is_current(), "a device without its member");
    }
    for record in directory.teams() {
        for id in &record.team.members {
            let member = directory.member(id).unwrap();
            assert!(member.span.is_current());
            assert_eq!(member.member.organisation, record.team.organisation);
        }
    }
    let centres = directory
        .organisations()
        .filter(|o| o.id == organisation_id(CENTRE));
    assert_eq!(centres.count(), 1);
    for length in 1..=before.length() {
        assert_eq!(directory.hash_at(length), before.hash_at(length));
    }
}

/// Counts of what was accepted, so that the property is known to test something.
fn run(steps: &[(Op, Vec<Who>)]) -> usize {
    let mut world = WORLD.clone();
    let mut accepted = 0;
    for (op, signers) in steps {
        let keys: Vec<_> = signers.iter().map(|who| who.key()).collect();
        let keys: Vec<_> = keys.iter().collect();
        let before = world.directory.clone();
        let allowed = may(&before, op, signers);
        match world.try_op(op.clone(), &keys) {
            Ok(()) => {
                assert!(allowed, "{op:?} accepted from {signers:?}");
                accepted += 1;
            }
            Err(Error::SignatureMissing) => assert!(!allowed, "{op:?} by {signers:?}"),
            Err(_) => {}
        }
        check_state(&world.directory, &before);
    }
    assert_eq!(Directory::replay(&world.frames), Ok(world.directory));
    accepted
}

fn signers() -> impl Strategy<Value = Vec<Who>> {
    let random = prop::collection::btree_set(who(), 0..4).prop_map(|set| set.into_iter().collect());
    prop_oneof![
        2 => random,
        1 => Just(vec![Who::Root(0), Who::Root(1)]),
        1 => Just(vec![Who::Director(CENTRE, 0)]),
        1 => Just(vec![Who::Director(FEDERATION, 0)]),
        1 => Just(vec![Who::Director(CENTRE, 0), Who::Director(FEDERATION, 0)]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rights_never_grow_without_the_right_signatures(
        steps in prop::collection::vec((op(), signers()), 1..8),
    ) {
        run(&steps);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), kind in 0..14_usize) {
        let framed = Frame::build(FrameType::ALL[kind], &bytes);
        let framed = framed.map(|frame| frame.to_bytes()).unwrap_or_default();
        for bytes in [bytes, framed] {
            prop_assert!(Directory::replay(&[&bytes]).is_err());
            prop_assert!(WORLD.directory.clone().apply(&bytes).is_err());
            let statement = Statement::parse(&bytes);
            prop_assert!(statement.and_then(|s| s.verify(&WORLD.directory, NOW)).is_err());
            let snapshot = Snapshot::parse(&bytes);
            prop_assert!(snapshot.and_then(|s| s.verify(&WORLD.directory, NOW)).is_err());
            let _ = TeamTable::parse(&bytes);
            let evidence = Evidence {
                genesis: WORLD.frames[0].clone(),
                roots: vec![bytes.clone()],
                snapshot: bytes.clone(),
                table: bytes,
                now: NOW,
                challenge: challenge(),
            };
            prop_assert!(verify_evidence(&evidence, &WORLD.directory.genesis(), NOW).is_err());
        }
    }

    #[test]
    fn a_changed_frame_is_refused(place in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), change in 1..=255_u8) {
        let index = place.index(WORLD.frames.len() - 1) + 1;
        let mut frames = WORLD.frames.clone();
        let byte = at.index(frames[index].len());
        frames[index][byte] ^= change;
        prop_assert!(Directory::replay(&frames).is_err());
    }
}

#[test]
fn the_random_steps_do_get_somewhere() {
    let steps = [
        (
            Op::MemberRevoke {
                member: member_id(2),
            },
            vec![Who::Director(CENTRE, 0)],
        ),
        (
            Op::Release {
                manifest: [0; 32],
                version: 1,
            },
            vec![Who::Root(0), Who::Root(2)],
        ),
        (
            Op::Release {
                manifest: [0; 32],
                version: 2,
            },
            vec![Who::Stranger],
        ),
    ];
    assert_eq!(run(&steps), 2);
}

#[test]
fn one_flipped_bit_in_any_entry_is_refused() {
    let (first, rest) = WORLD.frames.split_first().unwrap();
    let mut directory = Directory::replay(&[first]).unwrap();
    for frame in rest {
        for (index, bit) in bits_of(frame.len()) {
            let mut changed = frame.clone();
            changed[index] ^= 1 << bit;
            assert!(directory.apply(&changed).is_err(), "byte {index} bit {bit}");
        }
        directory.apply(frame).unwrap();
    }
    for (index, bit) in bits_of(first.len()) {
        let mut changed = first.clone();
        changed[index] ^= 1 << bit;
        assert!(
            Directory::replay(&[changed]).is_err(),
            "byte {index} bit {bit}"
        );
    }
}

#[test]
fn one_flipped_bit_in_a_statement_or_snapshot_is_refused() {
    let world = &*WORLD;
    let statement = Statement::TeamIntake(world.intake(1, 1, Week::of(NOW), 0));
    let frame = sign_statement(&statement, &device_key(1)).unwrap();
    for (index, bit) in bits_of(frame.len()) {
        let mut changed = frame.clone();
        changed[index] ^= 1 << bit;
        let result = Statement::parse(&changed);
        assert!(
            result
                .and_then(|s| s.verify(&world.directory, NOW))
                .is_err()
        );
    }
    let mut lone = world.clone();
    lone.must(Op::WitnessSet(witness_set(&[1], 1)), &[&root(0), &root(1)]);
    let snapshot = prepare(&lone.directory, &world.intakes(8), NOW)
        .unwrap()
        .snapshot;
    let frame = sign_snapshot(&snapshot, &device_key(1)).unwrap();
    for (index, bit) in bits_of(frame.len()) {
        let mut changed = frame.clone();
        changed[index] ^= 1 << bit;
        let result = Snapshot::parse(&changed);
        assert!(result.and_then(|s| s.verify(&lone.directory, NOW)).is_err());
    }
}

#[test]
fn an_entry_signed_for_one_log_does_not_fit_another() {
    let by = director(CENTRE, 0);
    let mut one = WORLD.clone();
    let mut two = WORLD.clone();
    one.must(Op::MemberAdd(member(8, CENTRE)), &[&by]);
    two.must(Op::MemberAdd(member(9, CENTRE)), &[&by]);
    let next = one
        .directory
        .next_entry(Op::MemberAdd(member(7, CENTRE)), NOW);
    let frame = sign_entry(&next, &[&by]).unwrap();
    assert_eq!(two.directory.apply(&frame), Err(Error::WrongParent));
    assert!(one.directory.apply(&frame).is_ok());
}
