//! The stream that says that something changed.

use axum::body::Body;
use futures_util::StreamExt as _;
use sluis_wire::api::{ChangesRead, StatementPut, StreamOpen};
use tower::ServiceExt as _;

use crate::world::{World, body_of, device, key, staff};

struct Numbers(axum::body::BodyDataStream);

impl Numbers {
    async fn open(world: &World) -> Self {
        let request = world.request::<StreamOpen>(body_of(&StreamOpen), Some(&staff()));
        let response = world.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        Self(Body::into_data_stream(response.into_body()))
    }

    async fn next(&mut self) -> Option<u64> {
        let bytes = self.0.next().await?.unwrap();
        Some(u64::from_be_bytes(bytes.as_ref().try_into().unwrap()))
    }
}

#[tokio::test]
async fn the_stream_says_the_newest_number_at_once_and_at_each_change() {
    let world = World::ready().await;
    let newest = world
        .send(&ChangesRead { after: 0 }, Some(&staff()))
        .await
        .unwrap()
        .next;
    let mut numbers = Numbers::open(&world).await;
    assert_eq!(numbers.next().await, Some(newest));
    world.create(1).await;
    let told = numbers.next().await.unwrap();
    let page = world
        .send(&ChangesRead { after: newest }, Some(&staff()))
        .await
        .unwrap();
    assert_eq!((page.changes.len(), page.next), (1, told));
}

#[tokio::test]
async fn a_quiet_stream_repeats_itself() {
    let world = World::ready().await;
    let mut numbers = Numbers::open(&world).await;
    let first = numbers.next().await;
    tokio::time::pause();
    assert_eq!(numbers.next().await, first);
}

#[tokio::test]
async fn the_stream_ends_with_the_relay() {
    let world = World::ready().await;
    let mut numbers = Numbers::open(&world).await;
    assert!(numbers.next().await.is_some());
    world.app.end_streams();
    assert_eq!(numbers.next().await, None);
}

#[tokio::test]
async fn the_stream_ends_with_the_capability_that_opened_it() {
    let world = World::ready().await;
    let mut numbers = Numbers::open(&world).await;
    assert!(numbers.next().await.is_some());
    let (statement, wraps) = world.staff_statement(1, &key(51));
    world
        .send(&StatementPut { statement, wraps }, Some(&device()))
        .await
        .unwrap();
    // The number of the statement itself may still come before the relay takes note of it.
    for n in 1..4 {
        if numbers.next().await.is_none() {
            return;
        }
        let (control, wraps) = crate::world::control(n, 0, sluis_directory::ZERO_HASH, 0);
        let create = sluis_wire::api::DossierCreate { control, wraps };
        world.send(&create, Some(&key(51))).await.unwrap();
    }
    panic!("the stream goes on");
}
