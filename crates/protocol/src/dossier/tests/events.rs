use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use sluis_domain::event::Event;

use super::world::{ADDRESS, Desk, TEAM, World, acting, rng, sign_key, team};
use crate::dossier::{AlarmKind, Object, Right, Rule, address_random};

fn kinds(desk: &Desk) -> BTreeSet<AlarmKind> {
    desk.replica
        .alarms()
        .iter()
        .map(|alarm| alarm.kind)
        .collect()
}

#[test]
fn the_relay_may_list_events_twice_and_in_any_order() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 1);
    for n in 0..5 {
        one.send(&alloc::format!("note {n}"), &mut relay, &world.directory);
    }
    relay.events.reverse();
    let again = relay.events.clone();
    relay.events.extend(again);
    let two = world.adopt(2, &relay);
    assert_eq!(two.replica.log(), one.replica.log());
    assert_eq!(two.notes(), one.notes());
    assert!(kinds(&two).is_empty());
}

#[test]
fn an_event_that_is_dropped_in_the_middle_is_missed() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 2);
    for n in 0..4 {
        one.send(&alloc::format!("note {n}"), &mut relay, &world.directory);
    }
    relay.events.remove(1);
    let two = world.adopt(2, &relay);
    assert_eq!(kinds(&two), BTreeSet::from([AlarmKind::EventMissing]));
}

#[test]
fn an_event_of_mine_that_is_gone_is_missed() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 3);
    let sent = one.send("mine", &mut relay, &world.directory);
    relay.events.clear();
    // The first list may have been under way when the event was taken in.
    assert!(
        one.fetch_events(0, &relay, &world.directory)
            .alarms
            .is_empty()
    );
    let alarms = one.fetch_events(0, &relay, &world.directory).alarms;
    assert_eq!(
        (alarms[0].kind, alarms[0].object),
        (AlarmKind::OwnEventGone, Object::Event(sent.id))
    );
    relay.events.push(sent.frame);
    one.fetch_events(0, &relay, &world.directory);
    assert!(kinds(&one).is_empty());
}

#[test]
fn a_list_that_is_rolled_back_or_rewritten_is_seen() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 4);
    for n in 0..4 {
        one.send(&alloc::format!("note {n}"), &mut relay, &world.directory);
    }
    one.fetch(&relay, &world.directory);
    let mut two = world.adopt(2, &relay);
    let mut short = relay.clone();
    short.events.truncate(2);
    let outcome = two.fetch_events(4, &short, &world.directory);
    assert_eq!(outcome.alarms[0].kind, AlarmKind::EventsRolledBack);
    assert!(outcome.read_again && two.replica.position() == 0);
    // Read again in pages, it is the shorter list from now on, and nothing is read for ever.
    let page = short.events.get(..1).unwrap();
    two.replica.absorb_events(0, page, 2, &world.directory);
    assert_eq!(two.replica.position(), 1);
    let rest = two.fetch_events(1, &short, &world.directory);
    assert!(!rest.read_again && two.replica.position() == 2);
    assert_eq!(two.notes().len(), 4, "what was here stays here");
    // The author reads the whole list and misses its own.
    one.fetch_events(0, &short, &world.directory);
    assert!(kinds(&one).is_superset(&BTreeSet::from([
        AlarmKind::OwnEventGone,
        AlarmKind::EventsRolledBack
    ])));
    let mut other = relay.clone();
    other.events.swap(0, 1);
    let mut three = world.adopt(3, &relay);
    let outcome = three.fetch_events(0, &other, &world.directory);
    assert_eq!(outcome.alarms[0].object, Object::Position(0));
    assert_eq!(three.replica.log().len(), 4);
}

#[test]
fn an_event_of_another_dossier_is_refused() {
    let world = World::new();
    let (_, mut relay) = world.create(ADDRESS, 5);
    let (mut other, mut elsewhere) = world.create(address_random(&mut rng(1)), 6);
    let sent = other.send("elsewhere", &mut elsewhere, &world.directory);
    relay.events.push(sent.frame.clone());
    let two = world.adopt(2, &relay);
    let alarms = two.replica.alarms();
    assert_eq!(alarms.first().unwrap().rule, Some(Rule::OtherDossier));
    // With the address changed on the way it does not open.
    let frame = sluis_wire::frame::Frame::parse(&sent.frame).unwrap();
    let mut envelope: sluis_wire::envelope::EventEnvelope =
        sluis_wire::codec::decode(frame.body(), 1 << 20).unwrap();
    envelope.dossier = ADDRESS;
    let body = sluis_wire::codec::encode(&envelope);
    let frame =
        sluis_wire::frame::Frame::build(sluis_wire::frame::FrameType::Event, &body).unwrap();
    relay.events[0] = frame.to_bytes();
    let three = world.adopt(3, &relay);
    assert_eq!(
        three.replica.alarms().first().unwrap().rule,
        Some(Rule::Damaged)
    );
    assert!(three.replica.log().is_empty());
}

#[test]
fn no_flipped_bit_in_an_event_is_accepted() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 7);
    one.send("exact words", &mut relay, &world.directory);
    let step = if super::all() { 1 } else { 5 };
    let mut two = world.try_adopt(2, &relay).unwrap();
    for bit in (0..relay.events[0].len() * 8).step_by(step) {
        let mut bad = relay.clone();
        bad.events[0][bit / 8] ^= 1 << (bit % 8);
        let outcome = two.fetch_events(0, &bad, &world.directory);
        assert!(
            outcome.new.is_empty() && two.replica.log().is_empty(),
            "bit {bit}"
        );
    }
    for len in 0..relay.events[0].len() {
        let mut bad = relay.clone();
        bad.events[0].truncate(len);
        assert!(two.fetch_events(0, &bad, &world.directory).new.is_empty());
    }
    assert!(kinds(&two).contains(&AlarmKind::EventRefused));
    assert_eq!(two.fetch_events(0, &relay, &world.directory).new.len(), 1);
}

#[test]
fn an_event_made_after_a_link_that_i_lack_waits_for_it() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 8);
    let mut two = world.adopt(2, &relay);
    two.epochs = 3;
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    one.send("under new keys", &mut relay, &world.directory);
    let outcome = two.fetch_events(0, &relay, &world.directory);
    assert!(outcome.new.is_empty() && outcome.control_behind);
    let outcome = two.fetch_control(1, &relay, &world.directory);
    assert_eq!((outcome.added, outcome.events.len()), (1, 1));
    assert_eq!(two.notes(), ["under new keys"]);
}

#[test]
fn an_event_made_on_a_longer_directory_waits_for_it() {
    let mut world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 9);
    let behind = world.directory.clone();
    let mut two = world.adopt(2, &relay);
    world.add_device(20, 5);
    one.send("from ahead", &mut relay, &world.directory);
    let outcome = two.fetch_events(0, &relay, &behind);
    assert!(outcome.new.is_empty() && outcome.directory_behind);
    let outcome = two.fetch_events(1, &relay, &world.directory);
    assert_eq!(outcome.new.len(), 1);
}

#[test]
fn a_cloned_device_is_found_out() {
    let world = World::new();
    let (one, mut relay) = world.create(ADDRESS, 10);
    let bytes = one.replica.to_bytes();
    for (seed, text) in [(1, "here"), (2, "there")] {
        let replica = crate::dossier::Replica::from_bytes(&bytes).unwrap();
        let mut twin = Desk {
            n: 1,
            replica,
            rng: rng(seed),
            epochs: 1,
        };
        twin.send(text, &mut relay, &world.directory);
    }
    let two = world.adopt(2, &relay);
    let alarms = two.replica.alarms();
    let alarm = alarms.first().unwrap();
    assert_eq!(alarm.kind, AlarmKind::Equivocation);
    assert_eq!(alarm.proof.len(), 2);
    assert!(crate::dossier::proof::is_proof(&alarm.proof));
}

#[test]
fn heads_that_a_colleague_names_show_what_the_relay_holds_back() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 11);
    let two = world.adopt(2, &relay);
    let mut three = world.adopt(3, &relay);
    one.send("held back", &mut relay, &world.directory);
    let heads = one.replica.log().heads();
    let held_back = relay.events.pop().unwrap();
    // A colleague who has it names it, without building on it.
    let mut named = super::world::Desk {
        n: 2,
        replica: two.replica,
        rng: rng(3),
        epochs: 1,
    };
    let signer = sign_key(2);
    let by = acting(&world.directory, 2, &signer);
    let seen = named
        .replica
        .author(&Event::HeadsSeen(heads), &by, &mut rng(4))
        .unwrap();
    relay.events.push(seen.frame);
    three.fetch_events(0, &relay, &world.directory);
    assert_eq!(kinds(&three), BTreeSet::from([AlarmKind::EventMissing]));
    relay.events.push(held_back);
    three.fetch_events(1, &relay, &world.directory);
    assert!(kinds(&three).is_empty());
}

#[test]
fn an_unknown_kind_of_event_is_kept_and_sent_on() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 12);
    let signer = sign_key(1);
    let event = Event::Unknown {
        kind: 0x7001,
        body: alloc::vec![1, 2, 3],
    };
    let by = acting(&world.directory, 1, &signer);
    let sent = one.replica.author(&event, &by, &mut rng(1)).unwrap();
    relay.events.push(sent.frame);
    let two = world.adopt(2, &relay);
    assert_eq!(two.replica.log().entry(&sent.id).unwrap().event, event);
    assert_eq!(two.replica.state().unknown_events(), 1);
}

#[test]
fn events_have_few_sizes() {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 13);
    for len in [1, 10, 100, 300, 1_000, 2_000, 3_000, 5_000, 12_000, 39_000] {
        one.send(&"x".repeat(len), &mut relay, &world.directory);
    }
    let sizes: BTreeSet<_> = relay.events.iter().map(Vec::len).collect();
    assert_eq!(sizes.len(), 4, "{sizes:?}");
}
