//! First start and set-up.

use sluis_wire::api::{Done, EvidenceRead, Hello, Problem, SetUp};

use crate::world::{World, founding, key};

#[tokio::test]
async fn set_up_happens_once_with_the_code() {
    let mut world = World::new().await;
    let before = world.send(&Hello, None).await.unwrap();
    assert!(!before.set_up && before.genesis.is_none());
    let entries = world.founding().await;
    let code = world.app.setup_code().unwrap().unwrap();
    let typed = code.to_lowercase().replace('-', " ");
    let done = world
        .send(
            &SetUp {
                code: typed,
                entries: entries.clone(),
            },
            None,
        )
        .await;
    assert_eq!(done, Ok(Done));
    let after = world.send(&Hello, None).await.unwrap();
    assert!(after.set_up && after.genesis.is_some());
    assert_eq!(after.relay_key, before.relay_key);
    let again = SetUp { code, entries };
    assert_eq!(world.send(&again, None).await, Err(Problem::SetUp));
    world.restart().await;
    assert_eq!(world.app.setup_code().unwrap(), None);
    assert_eq!(world.send(&again, None).await, Err(Problem::SetUp));
    assert_eq!(
        world.send(&Hello, None).await.unwrap().genesis,
        after.genesis
    );
}

#[tokio::test]
async fn site_json_names_the_deployment_after_set_up() {
    let world = World::new().await;
    let site = async || -> serde_json::Value {
        let raw = world.get("/site.json", &[]).await;
        assert_eq!(raw.headers["cache-control"], "no-store");
        serde_json::from_slice(&raw.body).unwrap()
    };
    let before = site().await;
    assert!(before["genesis"].is_null() && before["phones"].as_array().unwrap().len() > 1);
    let (entries, code) = (
        world.founding().await,
        world.app.setup_code().unwrap().unwrap(),
    );
    world.send(&SetUp { code, entries }, None).await.unwrap();
    let after = site().await;
    assert_eq!(after["genesis"].as_str().unwrap().len(), 64);
    assert_eq!(after["exit"], before["exit"]);
}

#[tokio::test]
async fn five_wrong_codes_close_set_up_for_a_minute() {
    let world = World::new().await;
    let (entries, code) = (
        world.founding().await,
        world.app.setup_code().unwrap().unwrap(),
    );
    let wrong = SetUp {
        code: "AAAAA-AAAAA-AAAAA-AAAAA".into(),
        entries: entries.clone(),
    };
    for _ in 0..5 {
        assert_eq!(world.send(&wrong, None).await, Err(Problem::SetUp));
    }
    let right = SetUp { code, entries };
    assert_eq!(world.send(&right, None).await, Err(Problem::Busy));
    world.pass(60);
    assert_eq!(world.send(&right, None).await, Ok(Done));
}

#[tokio::test]
async fn a_genesis_for_another_relay_is_refused() {
    let world = World::new().await;
    let code = world.app.setup_code().unwrap().unwrap();
    let entries = founding(key(99).verifying_key(), world.now());
    assert_eq!(
        world
            .send(
                &SetUp {
                    code: code.clone(),
                    entries
                },
                None
            )
            .await,
        Err(Problem::Refused)
    );
    let mut entries = world.founding().await;
    entries.remove(2);
    let refused = world
        .send(
            &SetUp {
                code: code.clone(),
                entries,
            },
            None,
        )
        .await;
    assert_eq!(refused, Err(Problem::Conflict), "a hole in the log");
    assert_eq!(
        world
            .send(
                &SetUp {
                    code,
                    entries: vec![]
                },
                None
            )
            .await,
        Err(Problem::Refused)
    );
    assert!(!world.send(&Hello, None).await.unwrap().set_up);
}

#[tokio::test]
async fn before_set_up_there_is_nothing_to_write_to() {
    let world = World::new().await;
    assert_eq!(
        world.send(&EvidenceRead, None).await.unwrap_err(),
        Problem::NotFound
    );
}
