use alloc::vec::Vec;

use super::world::{ADDRESS, Desk, TEAM, World, device_id, rng, team};
use crate::dossier::{Replica, Right};

fn scene() -> (World, Desk, super::world::Relay) {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 1);
    one.send("first", &mut relay, &world.directory);
    one.rotate(
        &[team(TEAM, 1, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    one.send("second", &mut relay, &world.directory);
    one.note("waits", &world.directory);
    (world, one, relay)
}

#[test]
fn a_replica_survives_the_vault_and_goes_on_where_it_was() {
    let (world, one, mut relay) = scene();
    let bytes = one.replica.to_bytes();
    let replica = Replica::from_bytes(&bytes).unwrap();
    assert_eq!(replica.to_bytes(), bytes);
    assert_eq!(replica.state(), one.replica.state());
    assert_eq!(replica.chain(), one.replica.chain());
    assert_eq!(replica.waiting().count(), 1);
    let mut again = Desk {
        n: 1,
        replica,
        rng: rng(2),
        epochs: 3,
    };
    let sent = again.send("third", &mut relay, &world.directory);
    assert_eq!(again.replica.log().entry(&sent.id).unwrap().author_seq, 3);
    assert!(again.replica.alarms().is_empty());
}

#[test]
fn a_core_with_its_rows_is_the_same_replica() {
    let (_, one, _) = scene();
    let rows: Vec<_> = one
        .replica
        .event_ids()
        .filter_map(|id| one.replica.event_bytes(&id))
        .collect();
    let core = one.replica.core_bytes();
    let whole = Replica::from_parts(&core, &rows).unwrap();
    assert_eq!(whole.to_bytes(), one.replica.to_bytes());
    assert!(
        Replica::from_parts(&core, &rows[1..]).is_err(),
        "a lost row is seen"
    );
}

#[test]
fn other_bytes_are_refused() {
    let (_, one, _) = scene();
    let bytes = one.replica.to_bytes();
    for len in (0..bytes.len()).step_by(97) {
        assert!(Replica::from_bytes(&bytes[..len]).is_err());
    }
    let mut longer = bytes.to_vec();
    longer.push(0);
    assert!(Replica::from_bytes(&longer).is_err());
}

#[test]
fn a_replica_does_not_show_its_keys() {
    let (_, one, _) = scene();
    let shown = alloc::format!("{:?} {:?}", one.replica, one.replica.keys_of(0));
    assert!(
        shown.contains("redacted") && shown.contains("2 links"),
        "{shown}"
    );
    assert_ne!(device_id(1), device_id(2));
}
