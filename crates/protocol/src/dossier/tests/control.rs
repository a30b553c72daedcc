use alloc::vec::Vec;

use super::world::{
    ADDRESS, Desk, NOW, Relay, TEAM, World, acting, link, rng, sign_key, single, team,
};
use crate::dossier::proof::Signed;
use crate::dossier::{AdoptError, AlarmKind, Object, Right, Rule, WorkError, address_random};

fn kinds(desk: &Desk) -> Vec<AlarmKind> {
    desk.replica
        .alarms()
        .iter()
        .map(|alarm| alarm.kind)
        .collect()
}

#[test]
fn a_colleague_adopts_the_dossier_with_the_same_keys() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 1);
    one.send("first", &mut relay, &world.directory);
    let mut two = world.adopt(2, &relay);
    assert_eq!(two.notes(), ["first"]);
    let seed = |desk: &Desk| *desk.replica.steward_key().unwrap().expose_seed();
    assert_eq!(seed(&one), seed(&two));
    let read = |desk: &Desk| *desk.replica.read_key().unwrap().expose_seed();
    assert_eq!(read(&one), read(&two));
    assert_eq!(two.replica.right(&world.directory), Some(Right::Steward));
    two.send("second", &mut relay, &world.directory);
    assert_eq!(one.fetch(&relay, &world.directory).new.len(), 1);
    assert_eq!(one.replica.log(), two.replica.log());
}

#[test]
fn a_stranger_opens_nothing() {
    let world = World::new();
    let (_, relay) = world.create(ADDRESS, 1);
    assert_eq!(world.try_adopt(4, &relay).err(), Some(AdoptError::NotForMe));
    assert_eq!(world.try_adopt(5, &relay).err(), Some(AdoptError::NotForMe));
}

#[test]
fn each_right_opens_what_it_may_and_no_more() {
    let world = World::new();
    let to = [
        team(TEAM, 0, Right::Steward),
        single(4, Right::Reader),
        single(5, Right::Writer),
    ];
    let (mut one, mut relay) = world.create_for(ADDRESS, &to, 2);
    one.send("first", &mut relay, &world.directory);
    let mut reader = world.adopt(4, &relay);
    let mut writer = world.adopt(5, &relay);
    assert!(reader.replica.write_key().is_none() && reader.replica.steward_key().is_none());
    assert!(writer.replica.write_key().is_some() && writer.replica.steward_key().is_none());
    assert_eq!((reader.notes(), writer.notes()), (one.notes(), one.notes()));
    let event = sluis_domain::event::Event::MessagesSeen(Vec::new());
    let signer = sign_key(4);
    let refused = reader
        .replica
        .author(&event, &acting(&world.directory, 4, &signer), &mut rng(1));
    assert_eq!(refused.err(), Some(WorkError::NoRight));
    writer.send("by a writer", &mut relay, &world.directory);
    one.fetch(&relay, &world.directory);
    assert_eq!(one.notes().len(), 2);
}

#[test]
fn a_newcomer_reads_all_epochs_and_one_who_left_reads_no_new_one() {
    let world = World::new();
    let with = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let (mut one, mut relay) = world.create_for(ADDRESS, &with, 3);
    one.send("old", &mut relay, &world.directory);
    let mut five = world.adopt(5, &relay);
    one.rotate(
        &[team(TEAM, 0, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    one.send("new", &mut relay, &world.directory);
    let outcome = five.fetch_control(1, &relay, &world.directory);
    assert_eq!(outcome.alarms[0].rule, Some(Rule::NoWrap));
    let events = five.fetch_events(1, &relay, &world.directory);
    assert!(events.new.is_empty() && events.control_behind);
    assert_eq!(five.notes(), ["old"]);
    let signer = sign_key(1);
    let to = [team(TEAM, 0, Right::Steward), single(4, Right::Reader)];
    let granted = one
        .replica
        .grant(&acting(&world.directory, 1, &signer), &to, &mut rng(9))
        .unwrap();
    relay.links.push(link(granted));
    let newcomer = world.adopt(4, &relay);
    assert_eq!(newcomer.notes(), ["old", "new"]);
}

#[test]
fn a_shorter_chain_than_before_is_an_alarm() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 4);
    let old = relay.clone();
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    let outcome = one.fetch_control(2, &old, &world.directory);
    assert_eq!(outcome.alarms[0].kind, AlarmKind::ControlRolledBack);
    assert_eq!(one.replica.control_length(), 2);
}

/// The frames of the links that an alarm keeps.
fn frames(alarm: &crate::dossier::Alarm) -> Vec<Vec<u8>> {
    let frame = |kept: &Vec<u8>| match Signed::from_bytes(kept) {
        Some(Signed::Link(link)) => link.read().unwrap().frame,
        other => unreachable!("a link expected: {other:?}"),
    };
    alarm.proof.iter().map(frame).collect()
}

#[test]
fn two_signed_links_with_one_number_are_a_fork_with_proof() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 5);
    let mut other = relay.clone();
    let mut two = world.adopt(2, &relay);
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    two.rotate(
        &[team(TEAM, 2, Right::Steward)],
        &mut other,
        &world.directory,
    );
    let outcome = one.fetch_control(1, &other, &world.directory);
    let alarm = &outcome.alarms[0];
    assert_eq!(
        (alarm.kind, alarm.object),
        (AlarmKind::ControlFork, Object::Control(1))
    );
    assert_eq!(
        frames(alarm),
        [
            relay.links[1].control.clone(),
            other.links[1].control.clone()
        ]
    );

    // Two under the same keys.
    let (mut one, mut relay) = world.create(ADDRESS, 6);
    let mut other = relay.clone();
    let signer = sign_key(1);
    let by = acting(&world.directory, 1, &signer);
    relay
        .links
        .push(link(one.replica.frontier(&by, &mut rng(1)).unwrap()));
    other
        .links
        .push(link(one.replica.frontier(&by, &mut rng(2)).unwrap()));
    one.fetch(&relay, &world.directory);
    let outcome = one.fetch_control(0, &other, &world.directory);
    let alarm = &outcome.alarms[0];
    assert_eq!(
        (alarm.kind, alarm.object),
        (AlarmKind::ControlFork, Object::Control(1))
    );
    assert_eq!(
        frames(alarm),
        [
            relay.links[1].control.clone(),
            other.links[1].control.clone()
        ]
    );
    let refused = one.replica.frontier(&by, &mut rng(3));
    assert_eq!(refused.err(), Some(WorkError::Forked));
}

#[test]
fn links_of_another_dossier_or_in_another_order_are_refused() {
    let world = World::new();
    let (_, relay) = world.create(ADDRESS, 7);
    let (_, foreign) = world.create(address_random(&mut rng(1)), 8);
    assert!(
        matches!(world.try_adopt(2, &foreign), Err(AdoptError::Alarm(alarm)) if alarm.rule == Some(Rule::OtherDossier))
    );
    let mut mixed = relay.clone();
    mixed.links[0].wraps = foreign.links[0].wraps.clone();
    assert!(
        matches!(world.try_adopt(2, &mixed), Err(AdoptError::Alarm(alarm)) if alarm.kind == AlarmKind::WrongWrap)
    );
    let mut doubled = relay.clone();
    doubled.links.push(relay.links[0].clone());
    assert!(
        matches!(world.try_adopt(2, &doubled), Err(AdoptError::Alarm(alarm)) if alarm.rule == Some(Rule::Place))
    );
    let (mut one, mut longer) = world.create(ADDRESS, 9);
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut longer,
        &world.directory,
    );
    longer.links.swap(0, 1);
    assert!(world.try_adopt(2, &longer).is_err());
}

#[test]
fn no_flipped_bit_in_a_link_or_its_wraps_is_accepted() {
    let world = World::new();
    let (one, relay) = world.create(ADDRESS, 10);
    let signer = sign_key(1);
    let next = one
        .replica
        .frontier(&acting(&world.directory, 1, &signer), &mut rng(1))
        .unwrap();
    let mut grown = relay.clone();
    grown.links.push(link(next));
    let mut two = world.adopt(2, &relay);
    for bit in (0..grown.links[1].control.len() * 8).step_by(if super::all() { 7 } else { 401 }) {
        let mut bad = grown.clone();
        bad.links[1].control[bit / 8] ^= 1 << (bit % 8);
        let outcome = two.fetch_control(1, &bad, &world.directory);
        assert!(
            outcome.added == 0 && two.replica.control_length() == 1,
            "bit {bit}"
        );
        assert!(!two.replica.alarms().is_empty());
    }
    for bit in (0..relay.links[0].wraps.len() * 8).step_by(if super::all() { 61 } else { 3_001 }) {
        let mut bad = relay.clone();
        bad.links[0].wraps[bit / 8] ^= 1 << (bit % 8);
        assert!(world.try_adopt(2, &bad).is_err(), "bit {bit}");
    }
    for len in (0..relay.links[0].control.len()).step_by(509) {
        let mut bad = relay.clone();
        bad.links[0].control.truncate(len);
        assert!(world.try_adopt(2, &bad).is_err());
    }
    assert_eq!(two.fetch_control(1, &grown, &world.directory).added, 1);
    assert!(kinds(&two).is_empty());
}

#[test]
fn a_link_of_another_deployment_is_refused() {
    let mut world = World::new();
    let (_, relay) = world.create(ADDRESS, 11);
    // Another genesis: same people, same keys, other nonce.
    world.directory = other_deployment();
    assert!(world.try_adopt(2, &relay).is_err());
}

fn other_deployment() -> sluis_directory::log::Directory {
    use sluis_directory::entry::{Entry, Op, Policy};
    let world = World::new();
    let mut genesis = world.directory.genesis_entry().clone();
    genesis.nonce = [8; 16];
    let mut seed = [1; 32];
    seed[0] = 0;
    let root = sluis_directory::signature::SigningKey::from_seed(seed);
    let first =
        sluis_directory::maker::sign_entry(&Entry::genesis(genesis, NOW), &[&root]).unwrap();
    let mut directory = sluis_directory::log::Directory::replay(&[first]).unwrap();
    for _ in 0..world.directory.length() {
        let entry = directory.next_entry(Op::Policy(Policy::default()), NOW);
        let frame = sluis_directory::maker::sign_entry(&entry, &[&root]).unwrap();
        directory.apply(&frame).unwrap();
    }
    directory
}

#[test]
fn a_link_by_someone_on_a_longer_directory_waits() {
    let mut world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 12);
    let behind = world.directory.clone();
    let mut two = world.adopt(2, &relay);
    world.revoke(3);
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    let outcome = two.fetch_control(1, &relay, &behind);
    assert_eq!((outcome.added, outcome.directory_behind), (0, true));
    two.epochs = 2;
    assert_eq!(two.fetch_control(1, &relay, &world.directory).added, 1);
}

#[test]
fn links_that_are_held_back_show_in_the_events_that_stand_on_them() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 15);
    let mut two = world.adopt(2, &relay);
    let short = relay.clone();
    let signer = sign_key(1);
    let by = acting(&world.directory, 1, &signer);
    let next = one.replica.frontier(&by, &mut rng(1)).unwrap();
    relay.links.push(link(next));
    one.fetch(&relay, &world.directory);
    one.send("stands on the second link", &mut relay, &world.directory);
    assert!(two.fetch_events(0, &relay, &world.directory).control_behind);
    assert!(
        two.fetch_control(1, &short, &world.directory)
            .alarms
            .is_empty()
    );
    let outcome = two.fetch_control(1, &short, &world.directory);
    assert_eq!(outcome.alarms[0].kind, AlarmKind::ControlRolledBack);
    assert_eq!(outcome.alarms[0].proof.len(), 1);
    two.fetch_control(1, &relay, &world.directory);
    assert!(kinds(&two).is_empty() && two.notes().len() == 1);
}

#[test]
fn an_event_that_pretends_to_a_later_epoch_is_refused_in_the_end() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 16);
    let authored = one.send("sound", &mut relay, &world.directory);
    let mut envelope = crate::dossier::event::parse(&authored.frame).unwrap();
    envelope.epoch = 9;
    let body = sluis_wire::codec::encode(&envelope);
    let frame = sluis_wire::frame::Frame::build(sluis_wire::frame::FrameType::Event, &body);
    relay.events[0] = frame.unwrap().to_bytes();
    let mut two = world.adopt(2, &relay);
    for _ in 0..2 {
        two.fetch_control(1, &relay, &world.directory);
    }
    assert_eq!(kinds(&two), [AlarmKind::EventRefused]);
}

#[test]
fn nothing_of_the_number_of_recipients_shows() {
    let world = World::new();
    let few = world.create(ADDRESS, 13).1;
    let to: Vec<_> = core::iter::once(team(TEAM, 0, Right::Steward))
        .chain((1..=5).map(|n| single(n, Right::Reader)))
        .collect();
    let many = world.create_for(ADDRESS, &to, 14).1;
    let size = |relay: &Relay| (relay.links[0].control.len(), relay.links[0].wraps.len());
    assert_eq!(size(&few), size(&many));
}
