//! Slots in which new devices leave their public keys.

use sluis_wire::api::{Done, Problem, RendezvousPut, RendezvousRead};
use sluis_wire::limits;

use crate::reporter::solution;
use crate::world::World;

const SLOT: [u8; 16] = [3; 16];

async fn put(world: &World, slot: [u8; 16], request: Vec<u8>) -> Result<Done, Problem> {
    let solution = solution(world).await;
    let call = RendezvousPut {
        slot,
        solution,
        request,
    };
    world.send(&call, None).await
}

async fn read(world: &World, slot: [u8; 16]) -> Vec<u8> {
    let answer = world.send(&RendezvousRead { slot }, None).await;
    answer.unwrap().request
}

#[tokio::test]
async fn the_first_writer_has_the_slot_for_ten_minutes() {
    let world = World::ready().await;
    assert!(read(&world, SLOT).await.is_empty());
    assert_eq!(put(&world, SLOT, vec![1; 1_400]).await, Ok(Done));
    assert_eq!(
        put(&world, SLOT, vec![1; 1_400]).await,
        Ok(Done),
        "the same again"
    );
    assert_eq!(
        put(&world, SLOT, vec![2; 1_400]).await,
        Err(Problem::Conflict)
    );
    assert_eq!(read(&world, SLOT).await, vec![1; 1_400]);
    assert!(read(&world, [4; 16]).await.is_empty());
    world.pass(limits::RENDEZVOUS_SECONDS);
    assert!(read(&world, SLOT).await.is_empty());
    assert_eq!(put(&world, SLOT, vec![2]).await, Ok(Done));
}

#[tokio::test]
async fn a_slot_costs_work_that_pays_for_nothing_else() {
    let world = World::ready().await;
    let paid = solution(&world).await;
    let call = |slot, request| RendezvousPut {
        slot,
        solution: paid.clone(),
        request,
    };
    assert_eq!(world.send(&call(SLOT, vec![1]), None).await, Ok(Done));
    for again in [call([4; 16], vec![1]), call(SLOT, vec![2])] {
        assert_eq!(world.send(&again, None).await, Err(Problem::WorkWrong));
    }
    let mut unpaid = call([4; 16], vec![1]);
    unpaid.solution.stamp ^= 1;
    assert_eq!(world.send(&unpaid, None).await, Err(Problem::WorkWrong));
    assert!(read(&world, [4; 16]).await.is_empty());
}

#[tokio::test]
async fn what_a_slot_holds_has_bounds_and_stays_in_memory() {
    let mut world = World::ready().await;
    assert_eq!(put(&world, SLOT, vec![]).await, Err(Problem::Malformed));
    let long = vec![1; limits::RENDEZVOUS + 1];
    assert_eq!(put(&world, SLOT, long).await, Err(Problem::TooLarge));
    assert_eq!(
        put(&world, SLOT, vec![1; limits::RENDEZVOUS]).await,
        Ok(Done)
    );
    world.restart().await;
    assert!(read(&world, SLOT).await.is_empty());
}

#[tokio::test]
async fn there_are_no_slots_before_set_up() {
    let world = World::new().await;
    let ready = World::ready().await;
    let call = RendezvousPut {
        slot: SLOT,
        solution: solution(&ready).await,
        request: vec![1],
    };
    assert_eq!(world.send(&call, None).await, Err(Problem::NotFound));
}
