//! What remains of people who are gone, and what they may try with the relay's help.

use alloc::vec::Vec;

use super::insiders::{event, seal};
use super::world::{ADDRESS, Desk, Relay, TEAM, World, acting, link, rng, sign_key, single, team};
use crate::dossier::replica::Why;
use crate::dossier::{AlarmKind, Right, Rule, WorkError};

/// Devices 1, 2 and 3 of one team share a dossier; all have read what device 3 wrote.
fn scene() -> (World, Desk, Desk, Desk, Relay) {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 1);
    let mut three = world.adopt(3, &relay);
    three.send("by three, in time", &mut relay, &world.directory);
    one.fetch(&relay, &world.directory);
    let two = world.adopt(2, &relay);
    (world, one, two, three, relay)
}

fn why(desk: &Desk) -> Vec<Why> {
    desk.replica.aside().map(|(_, why)| why).collect()
}

#[test]
fn nothing_is_written_under_keys_that_a_revoked_device_holds() {
    let (mut world, mut one, mut two, _, mut relay) = scene();
    let keys_before = world.directory.clone();
    world.revoke(3);
    assert!(
        one.replica.is_rotation_due(&world.directory) && !one.replica.is_rotation_due(&keys_before)
    );
    let signer = sign_key(1);
    let note = sluis_domain::event::Event::MessagesSeen(Vec::new());
    let refused = one
        .replica
        .author(&note, &acting(&world.directory, 1, &signer), &mut rng(1));
    assert_eq!(refused.err(), Some(WorkError::RotationDue));
    // A client that does it all the same is refused by everyone.
    let stale = event(&one, &world, 1, 0);
    relay.events.push(seal(&one, &stale, &signer));
    let outcome = two.fetch_events(1, &relay, &world.directory);
    assert_eq!(outcome.alarms[0].rule, Some(Rule::StaleKey));
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    assert!(!one.replica.is_rotation_due(&world.directory));
    one.send("under new keys", &mut relay, &world.directory);
    two.epochs = 2;
    two.fetch(&relay, &world.directory);
    assert_eq!(two.notes(), ["by three, in time", "under new keys"]);
}

#[test]
fn one_who_left_the_team_makes_the_keys_due_too() {
    let (mut world, one, ..) = scene();
    world.define(TEAM, &[1, 2]);
    assert!(one.replica.is_rotation_due(&world.directory));
    let joined_and_left = {
        let mut world = World::new();
        let (one, _) = world.create(ADDRESS, 2);
        world.define(TEAM, &[1, 2, 3, 5]);
        assert!(
            !one.replica.is_rotation_due(&world.directory),
            "a newcomer is no reason"
        );
        world.define(TEAM, &[1, 2, 3]);
        one.replica.is_rotation_due(&world.directory)
    };
    assert!(
        joined_and_left,
        "whoever came and went had the keys meanwhile"
    );
}

#[test]
fn what_a_revoked_author_dates_back_does_not_count() {
    let (mut world, mut one, mut two, mut three, mut relay) = scene();
    let before = world.directory.clone();
    world.revoke(3);
    // Signed with a directory from before, listed after: nobody can tell when it was made.
    let late = three.note("dated back", &before);
    relay.events.push(late.frame);
    one.fetch(&relay, &world.directory);
    assert_eq!(
        (one.notes().len(), why(&one)),
        (1, alloc::vec![Why::AuthorRevoked])
    );
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    two.epochs = 2;
    two.fetch(&relay, &world.directory);
    let newcomer = world.adopt(2, &relay);
    for desk in [&one, &two, &newcomer] {
        assert_eq!(desk.notes(), ["by three, in time"]);
        assert_eq!(why(desk), [Why::AuthorRevoked]);
    }
    // With the present directory it is refused outright.
    let mut newest = event(&three, &world, 3, 0);
    newest.standing = world.directory.head();
    relay.events.push(seal(&three, &newest, &sign_key(3)));
    let outcome = one.fetch(&relay, &world.directory);
    assert_eq!(outcome.alarms[0].rule, Some(Rule::NotCurrent));
}

#[test]
fn the_frontier_holds_for_everyone_whatever_they_had_seen() {
    let (mut world, mut one, mut two, mut three, mut relay) = scene();
    let mut seen_by_two = relay.clone();
    three.send("only two saw this", &mut seen_by_two, &world.directory);
    two.fetch(&seen_by_two, &world.directory);
    assert_eq!(two.notes().len(), 2);
    world.revoke(3);
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    two.epochs = 2;
    seen_by_two.links = relay.links.clone();
    two.fetch(&seen_by_two, &world.directory);
    assert_eq!(two.notes(), one.notes());
    assert_eq!(why(&two), [Why::AuthorRevoked]);
    assert_eq!(two.replica.log(), one.replica.log());
}

#[test]
fn a_frontier_vouches_for_what_came_in_time() {
    let (mut world, mut one, mut two, mut three, mut relay) = scene();
    // Device 2 reads it before anyone knows of the revocation; device 1 after.
    let in_time = three.send("in time, seen by two", &mut relay, &world.directory);
    two.fetch(&relay, &world.directory);
    world.revoke(3);
    one.fetch(&relay, &world.directory);
    assert_eq!((one.notes().len(), two.notes().len()), (1, 2));
    two.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    one.epochs = 2;
    let outcome = one.fetch_control(1, &relay, &world.directory);
    assert_eq!(outcome.events, [in_time.id]);
    assert_eq!(one.notes(), two.notes());
    assert!(why(&one).is_empty());
}

#[test]
fn losing_the_right_to_write_bounds_what_counts_too() {
    let world = World::new();
    let with = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let without = [team(TEAM, 0, Right::Steward), single(5, Right::Reader)];
    let (mut one, mut relay) = world.create_for(ADDRESS, &with, 3);
    let mut five = world.adopt(5, &relay);
    five.send("as a writer", &mut relay, &world.directory);
    one.fetch(&relay, &world.directory);
    one.rotate(&without, &mut relay, &world.directory);
    let late = five.note("after, on the old chain", &world.directory);
    relay.events.push(late.frame);
    one.fetch(&relay, &world.directory);
    assert_eq!(one.notes(), ["as a writer"]);
    assert_eq!(why(&one), [Why::AuthorRevoked]);
}

#[test]
fn a_revoked_steward_lets_nobody_in_afterwards() {
    let (mut world, mut one, _, three, relay) = scene();
    let before = world.directory.clone();
    let signer = sign_key(3);
    let to = [team(TEAM, 0, Right::Steward), single(4, Right::Reader)];
    let sneaked = three
        .replica
        .grant(&acting(&before, 3, &signer), &to, &mut rng(4))
        .unwrap();
    world.revoke(3);
    let mut bad = relay.clone();
    bad.links.push(link(sneaked));
    let outcome = one.fetch_control(1, &bad, &world.directory);
    assert_eq!(
        (outcome.added, outcome.alarms[0].rule),
        (0, Some(Rule::RightsGrew))
    );
    assert_eq!(outcome.alarms[0].kind, AlarmKind::ControlRefused);
    // Whoever has nothing to compare with is told.
    let newcomer = world.adopt(2, &bad);
    assert!(newcomer.replica.is_unvouched(&world.directory));
}

#[test]
fn the_only_one_left_goes_on_with_a_new_device() {
    let mut world = World::new();
    let alone = [single(1, Right::Steward), single(5, Right::Steward)];
    let (mut one, mut relay) = world.create_for(ADDRESS, &alone, 6);
    one.send("from the old device", &mut relay, &world.directory);
    world.revoke(1);
    let mut five = world.adopt(5, &relay);
    assert!(five.replica.is_unvouched(&world.directory));
    assert!(five.notes().is_empty(), "shown aside until vouched for");
    assert_eq!(why(&five), [Why::AuthorRevoked]);
    five.replica.vouch();
    five.rotate(&[single(5, Right::Steward)], &mut relay, &world.directory);
    five.send("from the new one", &mut relay, &world.directory);
    assert_eq!(five.notes(), ["from the old device", "from the new one"]);
    assert!(!five.replica.is_unvouched(&world.directory));
}
