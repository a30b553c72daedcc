//! Where an entry may stand, who may sign, and what a relay can do to a log.

use sluis_directory::entry::{Entry, Op, Policy, RootKeys};
use sluis_directory::error::Field;
use sluis_directory::maker::{co_sign_entry, read_entry, sign_entry};
use sluis_directory::signature::SignatureError;
use sluis_directory::{Directory, Error};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime};

use crate::world::{
    CENTRE, NOW, START, World, device_key, director, genesis, hash, member, organisation,
    relay_key, root, root_keys, stranger, verifying, with_signatures,
};

fn add_member(n: u8) -> Op {
    Op::MemberAdd(member(n, CENTRE))
}

#[test]
fn a_log_begins_with_a_genesis_entry_signed_by_its_own_root() {
    let found = |entry: &Entry, keys: &[&_]| {
        Directory::replay(&[sign_entry(entry, keys).unwrap()]).map(|_| ())
    };
    let entry = Entry::genesis(genesis(), START);
    let (a, b, c) = (root(0), root(1), root(2));
    assert_eq!(found(&entry, &[&a, &c]), Ok(()));
    assert_eq!(found(&entry, &[&a]), Err(Error::SignatureMissing));
    assert_eq!(found(&entry, &[&a, &stranger()]), Err(Error::SignerUnknown));
    assert_eq!(found(&entry, &[&a, &b, &c]), Err(Error::SignatureSurplus));
    let moved = Entry {
        seq: 1,
        ..entry.clone()
    };
    assert_eq!(found(&moved, &[&a, &b]), Err(Error::GenesisMisplaced));
    let linked = Entry {
        prev: hash(1),
        ..entry
    };
    assert_eq!(found(&linked, &[&a, &b]), Err(Error::GenesisMisplaced));
    let none: [Vec<u8>; 0] = [];
    assert_eq!(Directory::replay(&none), Err(Error::GenesisMisplaced));
    let other = Entry {
        seq: 0,
        prev: hash(0),
        time: START,
        op: add_member(9),
    };
    assert_eq!(found(&other, &[&a, &b]), Err(Error::GenesisMisplaced));
}

#[test]
fn a_genesis_entry_out_of_bounds_is_refused() {
    let refusal = |change: &dyn Fn(&mut sluis_directory::entry::Genesis)| {
        let mut genesis = genesis();
        change(&mut genesis);
        World::from_genesis(genesis, &[&root(0), &root(1)]).err()
    };
    assert_eq!(refusal(&|_| ()), None);
    let name = Some(Error::Bounds(Field::Name));
    assert_eq!(refusal(&|g| g.name = String::new()), name);
    assert_eq!(refusal(&|g| g.name = "  ".into()), name);
    assert_eq!(refusal(&|g| g.name = "a\nb".into()), name);
    assert_eq!(refusal(&|g| g.name = "a\u{202e}b".into()), name);
    assert_eq!(refusal(&|g| g.name = "a".repeat(121)), name);
    let keys = Some(Error::Bounds(Field::Keys));
    assert_eq!(refusal(&|g| g.root.keys.clear()), keys);
    assert_eq!(refusal(&|g| g.root = root_keys(10, 2)), keys);
    assert_eq!(refusal(&|g| g.root.keys[2] = g.root.keys[0]), keys);
    let threshold = Some(Error::Bounds(Field::Threshold));
    assert_eq!(refusal(&|g| g.root.threshold = 0), threshold);
    assert_eq!(refusal(&|g| g.root.threshold = 4), threshold);
    assert_eq!(
        refusal(&|g| g.policy.page_bits = 17),
        Some(Error::Bounds(Field::Policy))
    );
    let reused = Some(Error::KeyReused);
    assert_eq!(refusal(&|g| g.relay_key = g.root.keys[2]), reused);
}

#[test]
fn there_is_one_genesis_entry() {
    let mut world = World::new();
    let error = world.refusal(Op::Genesis(genesis()), &[&root(0), &root(1)]);
    assert_eq!(error, Error::GenesisMisplaced);
}

#[test]
fn an_entry_has_one_place() {
    let mut world = World::new();
    let by = director(CENTRE, 0);
    let entry = world.entry(add_member(9));
    let at = |world: &mut World, entry: &Entry| world.try_frame(sign_entry(entry, &[&by]).unwrap());
    let (expected, later) = (entry.seq, entry.seq + 1);
    assert_eq!(
        at(
            &mut world,
            &Entry {
                seq: later,
                ..entry.clone()
            }
        ),
        Err(Error::WrongPlace {
            expected,
            found: later
        })
    );
    assert_eq!(
        at(
            &mut world,
            &Entry {
                prev: hash(1),
                ..entry.clone()
            }
        ),
        Err(Error::WrongParent)
    );
    assert_eq!(at(&mut world, &entry), Ok(()));
    assert_eq!(
        at(&mut world, &entry),
        Err(Error::WrongPlace {
            expected: later,
            found: expected
        })
    );
}

#[test]
fn time_runs_forward_but_for_a_day() {
    let by = director(CENTRE, 0);
    let at = |time| {
        let mut world = World::new();
        let entry = world.directory.next_entry(add_member(9), UnixTime(time));
        world.try_frame(sign_entry(&entry, &[&by]).unwrap())
    };
    assert_eq!(at(NOW.0 - DAY), Ok(()));
    assert_eq!(at(NOW.0 - DAY - 1), Err(Error::TimeBackwards));
    assert_eq!(at(NOW.0 + DAY), Ok(()));
    assert_eq!(at(NOW.0 + DAY + 1), Err(Error::TimeAhead));
}

#[test]
fn days_backwards_do_not_add_up() {
    let mut world = World::new();
    let by = director(CENTRE, 0);
    let earlier = UnixTime(NOW.0 - DAY);
    let entry = world.directory.next_entry(add_member(8), earlier);
    world
        .try_frame(sign_entry(&entry, &[&by]).unwrap())
        .unwrap();
    let entry = world
        .directory
        .next_entry(add_member(9), UnixTime(earlier.0 - 1));
    let result = world.try_frame(sign_entry(&entry, &[&by]).unwrap());
    assert_eq!(result, Err(Error::TimeBackwards));
}

#[test]
fn a_log_is_replayed_without_a_clock() {
    let mut world = World::new();
    let entry = world
        .directory
        .next_entry(add_member(9), NOW.plus(900 * DAY));
    let frame = sign_entry(&entry, &[&director(CENTRE, 0)]).unwrap();
    assert_eq!(world.try_frame(frame.clone()), Err(Error::TimeAhead));
    assert!(world.directory.apply(&frame).is_ok());
    let far = sign_entry(
        &Entry::genesis(genesis(), NOW.plus(2 * DAY)),
        &[&root(0), &root(1)],
    );
    let far = [far.unwrap()];
    assert_eq!(Directory::found(&far, NOW), Err(Error::TimeAhead));
    assert!(Directory::replay(&far).is_ok());
}

#[test]
fn another_frame_type_is_no_entry() {
    let mut world = World::new();
    let entry = Frame::parse(&world.frame(add_member(9), &[])).unwrap();
    let event = Frame::build(FrameType::Event, entry.body()).unwrap();
    let result = world.try_frame(event.to_bytes());
    let wrong = sluis_wire::Error::WrongType {
        found: 0x0403,
        wanted: 0x0101,
    };
    assert_eq!(result, Err(Error::Frame(wrong)));
}

#[test]
fn an_entry_that_is_too_long_is_not_made() {
    let world = World::new();
    let mut long = member(9, CENTRE);
    long.sealed_name = vec![0; 9_000];
    let result = sign_entry(&world.entry(Op::MemberAdd(long)), &[]);
    assert!(matches!(
        result,
        Err(Error::Frame(sluis_wire::Error::TooLong { .. }))
    ));
}

#[test]
fn signatures_stand_in_one_order_and_are_just_enough() {
    let mut world = World::new();
    let op = Op::OrganisationAdd(organisation(3, 1));
    let frame = world.frame(op.clone(), &[&root(1), &root(0)]);
    let turned = with_signatures(&frame, |_| true, true);
    assert_eq!(world.try_frame(turned), Err(Error::SignatureOrder));
    let fewer = with_signatures(&frame, |index| index == 0, false);
    assert_eq!(world.try_frame(fewer), Err(Error::SignatureMissing));
    let none = with_signatures(&frame, |_| false, false);
    assert_eq!(world.try_frame(none), Err(Error::SignatureMissing));
    let all = [root(0), root(1), root(2)];
    let all: Vec<_> = all.iter().collect();
    assert_eq!(world.refusal(op.clone(), &all), Error::SignatureSurplus);
    let extra = [&root(0), &root(1), &stranger()];
    assert_eq!(world.refusal(op.clone(), &extra), Error::SignerUnknown);
    let twice = sign_entry(&world.entry(op), &[&root(0), &root(0)]);
    assert_eq!(twice, Err(Error::Frame(sluis_wire::Error::DuplicateSigner)));
    assert_eq!(world.try_frame(frame), Ok(()));
}

#[test]
fn a_signature_over_another_entry_does_not_count() {
    let mut world = World::new();
    let (a, b) = (world.frame(add_member(8), &[]), director(CENTRE, 0));
    let other = Frame::parse(&world.frame(add_member(9), &[&b])).unwrap();
    let mut frame = Frame::parse(&a).unwrap();
    frame.attach(other.signatures()[0]).unwrap();
    let result = world.try_frame(frame.to_bytes());
    assert_eq!(result, Err(Error::Signature(SignatureError::Mismatch)));
}

#[test]
fn co_signing_gives_the_same_frame_as_signing_together() {
    let world = World::new();
    let op = Op::OrganisationAdd(organisation(3, 1));
    let together = world.frame(op.clone(), &[&root(0), &root(1)]);
    for (first, second) in [(root(0), root(1)), (root(1), root(0))] {
        let alone = world.frame(op.clone(), &[&first]);
        assert_eq!(read_entry(&alone), Ok(world.entry(op.clone())));
        assert_eq!(co_sign_entry(&alone, &second), Ok(together.clone()));
        assert_eq!(
            co_sign_entry(&alone, &first),
            Err(Error::Frame(sluis_wire::Error::DuplicateSigner))
        );
    }
}

#[test]
fn entries_are_applied_all_or_none() {
    let world = World::new();
    let mut ahead = world.clone();
    let by = director(CENTRE, 0);
    ahead.must(add_member(8), &[&by]);
    ahead.must(add_member(9), &[&by]);
    let new = &ahead.frames[world.frames.len()..];
    let mut directory = world.directory.clone();
    let broken = [new[0].clone(), new[0].clone()];
    assert!(directory.apply_all(&broken).is_err());
    assert_eq!(directory, world.directory);
    assert_eq!(directory.apply_all_fresh(new, NOW).unwrap().len(), 2);
    assert_eq!(directory, ahead.directory);
    assert_eq!(Directory::replay(&ahead.frames), Ok(ahead.directory));
}

#[test]
fn a_log_with_an_entry_left_out_doubled_or_moved_is_refused() {
    let frames = World::new().frames;
    for index in 0..frames.len() {
        let mut doubled = frames.clone();
        doubled.insert(index, frames[index].clone());
        assert!(Directory::replay(&doubled).is_err(), "doubled {index}");
        if index + 1 == frames.len() {
            continue;
        }
        let mut dropped = frames.clone();
        dropped.remove(index);
        assert!(Directory::replay(&dropped).is_err(), "dropped {index}");
        let mut moved = frames.clone();
        moved.swap(index, index + 1);
        assert!(Directory::replay(&moved).is_err(), "moved {index}");
    }
}

#[test]
fn a_truncated_or_longer_entry_is_refused() {
    let world = World::new();
    let frame = world.frame(add_member(9), &[&director(CENTRE, 0)]);
    for length in 0..frame.len() {
        assert!(world.directory.clone().apply(&frame[..length]).is_err());
    }
    let mut longer = frame;
    longer.push(0);
    assert!(world.directory.clone().apply(&longer).is_err());
}

#[test]
fn an_entry_of_another_deployment_is_refused() {
    let mut other = genesis();
    other.nonce = [8; 16];
    let other = World::from_genesis(other, &[&root(0), &root(1)]).unwrap();
    let mut world = World::empty();
    assert_ne!(other.directory.genesis(), world.directory.genesis());
    let op = Op::Policy(Policy::default());
    let frame = other.frame(op, &[&root(0), &root(1)]);
    assert_eq!(world.try_frame(frame), Err(Error::WrongParent));
}

#[test]
fn root_keys_change_with_the_old_and_the_new_threshold() {
    let new = RootKeys {
        keys: verifying(&[root(2), root(3), root(4)]),
        threshold: 2,
    };
    let op = Op::RootRotate(new.clone());
    let [a, b, both, new_a, new_b] = [0, 1, 2, 3, 4].map(root);
    let mut world = World::new();
    assert_eq!(
        world.refusal(op.clone(), &[&a, &b]),
        Error::SignatureMissing
    );
    assert_eq!(
        world.refusal(op.clone(), &[&new_a, &new_b]),
        Error::SignatureMissing
    );
    assert_eq!(
        world.refusal(op.clone(), &[&a, &new_a, &new_b]),
        Error::SignatureMissing
    );
    assert_eq!(
        world.refusal(op.clone(), &[&a, &b, &new_a, &new_b, &stranger()]),
        Error::SignerUnknown
    );
    let mut overlapping = world.clone();
    overlapping.must(op.clone(), &[&a, &both, &new_a]);
    world.must(op, &[&a, &b, &new_a, &new_b]);
    assert_eq!(world.directory.root(), &new);
    let next = Op::OrganisationAdd(organisation(3, 1));
    assert_eq!(world.refusal(next.clone(), &[&a, &b]), Error::SignerUnknown);
    world.must(next, &[&new_a, &new_b]);
    assert_eq!(world.directory.root_frames().count(), 2);
}

#[test]
fn root_keys_are_no_one_elses() {
    let mut world = World::new();
    let mut new = root_keys(3, 2);
    let officers = [root(0), root(1)];
    for taken in [director(CENTRE, 0), device_key(3), relay_key()] {
        new.keys[2] = taken.verifying_key();
        let error = world.refusal(Op::RootRotate(new.clone()), &[&officers[0], &officers[1]]);
        assert_eq!(error, Error::KeyReused);
    }
    new.keys[2] = stranger().verifying_key();
    world.must(Op::RootRotate(new), &[&officers[0], &officers[1]]);
}
