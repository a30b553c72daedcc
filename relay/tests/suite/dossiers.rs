//! Dossiers: chains, events, and what changed.

use sluis_wire::address::FrameHash;
use sluis_wire::api::{
    Changed, ChangesRead, ControlAppend, ControlRead, Done, DossierCreate, EventAppend, EventRead,
    Problem,
};
use sluis_wire::limits;

use crate::world::{World, address, control, event, reader, staff, steward, wraps, writer};

fn append(n: u8, events: Vec<Vec<u8>>) -> EventAppend {
    EventAppend {
        dossier: address(n),
        events,
    }
}

#[tokio::test]
async fn a_dossier_is_created_once() {
    let world = World::ready().await;
    let first = world.create(1).await;
    assert_eq!(world.create(1).await, first, "the same bytes again");
    let (control, _) = control(1, 0, FrameHash([0; 32]), 0);
    let mut rival = control.clone();
    let byte = rival.len() - 20;
    rival[byte] ^= 1;
    let rival = DossierCreate {
        control: rival,
        wraps: wraps(0),
    };
    assert_eq!(
        world.send(&rival, Some(&staff())).await,
        Err(Problem::Conflict)
    );
    let page = world
        .send(
            &ControlRead {
                dossier: address(1),
                from: 0,
            },
            Some(&staff()),
        )
        .await
        .unwrap();
    assert_eq!((page.length, &page.links[0].control), (1, &control));
    let unknown = ControlRead {
        dossier: address(2),
        from: 0,
    };
    assert_eq!(
        world.send(&unknown, Some(&staff())).await.unwrap_err(),
        Problem::NotFound
    );
}

#[tokio::test]
async fn dossiers_beyond_the_hours_quota_wait_for_the_next_hour() {
    let world = World::ready_with(|settings| settings.dossiers_an_hour = 2).await;
    world.create(1).await;
    world.create(2).await;
    let (control, _) = control(3, 0, FrameHash([0; 32]), 0);
    let third = DossierCreate {
        control,
        wraps: wraps(0),
    };
    assert_eq!(world.send(&third, Some(&staff())).await, Err(Problem::Busy));
    world.pass(3_600);
    world.send(&third, Some(&staff())).await.unwrap();
}

#[tokio::test]
async fn a_first_link_has_the_first_number_and_its_own_wraps() {
    let world = World::ready().await;
    for (control, wraps) in [
        control(1, 1, FrameHash([0; 32]), 0),
        control(1, 0, FrameHash([1; 32]), 0),
        control(1, 0, FrameHash([0; 32]), 1),
        (control(1, 0, FrameHash([0; 32]), 0).0, wraps(9)),
        (control(1, 0, FrameHash([0; 32]), 0).0, vec![]),
    ] {
        let create = DossierCreate { control, wraps };
        assert_eq!(
            world.send(&create, Some(&staff())).await,
            Err(Problem::Malformed)
        );
    }
}

#[tokio::test]
async fn two_links_for_one_place_end_in_one() {
    let world = World::ready().await;
    let first = world.create(1).await;
    let second = world.rotate(1, 1, &first, 1, &steward()).await.unwrap();
    let (rival, wraps) = control(1, 1, sluis_directory::frame_hash(&first), 0);
    let rival = ControlAppend {
        control: rival,
        wraps,
    };
    assert_eq!(
        world.send(&rival, Some(&steward())).await,
        Err(Problem::Conflict)
    );
    assert_eq!(
        world.rotate(1, 2, &second, 3, &steward()).await,
        Err(Problem::Conflict),
        "an epoch left out"
    );
    assert!(
        world.rotate(1, 2, &second, 2, &writer(1)).await.is_ok(),
        "any writer may rotate"
    );
}

#[tokio::test]
async fn keys_of_an_old_epoch_open_nothing() {
    let mut world = World::ready().await;
    let first = world.create(1).await;
    assert_eq!(
        world
            .send(&append(1, vec![event(1, 0, 1)]), Some(&writer(0)))
            .await,
        Ok(Done)
    );
    world.rotate(1, 1, &first, 1, &steward()).await.unwrap();
    for _ in 0..2 {
        assert_eq!(
            world
                .send(&append(1, vec![event(1, 0, 2)]), Some(&writer(0)))
                .await,
            Err(Problem::Forbidden)
        );
        let read = EventRead {
            dossier: address(1),
            from: 0,
        };
        assert_eq!(
            world.send(&read, Some(&reader(0))).await.unwrap_err(),
            Problem::Forbidden
        );
        assert_eq!(world.send(&read, Some(&reader(1))).await.unwrap().length, 1);
        world.restart().await;
    }
}

#[tokio::test]
async fn events_keep_their_first_place() {
    let world = World::ready().await;
    world.create(1).await;
    let events: Vec<_> = (0..3).map(|n| event(1, 0, n)).collect();
    assert_eq!(
        world
            .send(&append(1, events[..2].to_vec()), Some(&writer(0)))
            .await,
        Ok(Done)
    );
    assert_eq!(
        world
            .send(&append(1, events[1..].to_vec()), Some(&writer(0)))
            .await,
        Ok(Done)
    );
    let read = async |from| {
        world
            .send(
                &EventRead {
                    dossier: address(1),
                    from,
                },
                Some(&reader(0)),
            )
            .await
            .unwrap()
    };
    assert_eq!(read(0).await.events, events);
    assert_eq!(
        (read(2).await.events, read(2).await.length),
        (events[2..].to_vec(), 3)
    );
}

#[tokio::test]
async fn events_are_taken_all_or_none() {
    let world = World::ready().await;
    world.create(1).await;
    for (wrong, problem) in [
        (event(2, 0, 1), Problem::Malformed),
        (vec![0; 40], Problem::Malformed),
        (event(1, 1, 1), Problem::Conflict),
    ] {
        let append = append(1, vec![event(1, 0, 1), wrong]);
        assert_eq!(world.send(&append, Some(&writer(0))).await, Err(problem));
    }
    let many = vec![event(1, 0, 1); limits::EVENTS_IN_APPEND + 1];
    assert_eq!(
        world.send(&append(1, many), Some(&writer(0))).await,
        Err(Problem::TooLarge)
    );
    let page = world
        .send(
            &EventRead {
                dossier: address(1),
                from: 0,
            },
            Some(&reader(0)),
        )
        .await
        .unwrap();
    assert_eq!(page.length, 0);
}

#[tokio::test]
async fn changes_name_dossiers_and_nothing_more() {
    let world = World::ready().await;
    let start = world
        .send(&ChangesRead { after: 0 }, Some(&staff()))
        .await
        .unwrap();
    assert_eq!(start.changes, [Changed::Directory, Changed::Statements]);
    world.create(1).await;
    world.create(2).await;
    world
        .send(&append(1, vec![event(1, 0, 1)]), Some(&writer(0)))
        .await
        .unwrap();
    let page = world
        .send(&ChangesRead { after: start.next }, Some(&staff()))
        .await
        .unwrap();
    assert_eq!(
        page.changes,
        [Changed::Dossier(address(2)), Changed::Dossier(address(1))]
    );
    let none = world
        .send(&ChangesRead { after: page.next }, Some(&staff()))
        .await
        .unwrap();
    assert_eq!(
        (none.changes.len(), none.next, none.complete),
        (0, page.next, true)
    );
}
