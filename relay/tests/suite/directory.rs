//! The log, the statements and the snapshots.

use futures_util::FutureExt as _;
use sluis_directory::entry::{Op, Policy};
use sluis_directory::maker::sign_entry;
use sluis_relay::store::Store as _;
use sluis_wire::api::{
    DirectoryAppend, DirectoryRead, Done, EvidenceRead, IntakeList, Problem, SnapshotPut,
    SnapshotRead, StatementList, StatementPut,
};
use sluis_wire::time::Week;

use crate::world::{World, device, director, key, root, staff, stranger, wraps};

fn policy(world: &World, minutes: u8) -> Vec<u8> {
    let policy = Policy {
        lock_minutes: minutes,
        ..Policy::default()
    };
    sign_entry(
        &world
            .directory()
            .next_entry(Op::Policy(policy), world.now()),
        &[&director()],
    )
    .unwrap()
}

#[tokio::test]
async fn entries_are_appended_in_order_and_read_back() {
    let mut world = World::ready().await;
    let length = world.directory().length();
    let (entry, rival) = (policy(&world, 10), policy(&world, 15));
    let append = DirectoryAppend {
        entries: vec![entry.clone()],
    };
    assert_eq!(world.send(&append, None).await, Ok(Done));
    assert_eq!(world.send(&append, None).await, Ok(Done), "the same again");
    assert_eq!(
        world
            .send(
                &DirectoryAppend {
                    entries: vec![rival]
                },
                None
            )
            .await,
        Err(Problem::Conflict)
    );
    world.restart().await;
    let page = world
        .send(&DirectoryRead { from: length }, Some(&device()))
        .await
        .unwrap();
    assert_eq!((page.entries, page.length), (vec![entry], length + 1));
}

#[tokio::test]
async fn an_entry_without_the_right_signature_is_refused() {
    let world = World::ready().await;
    let policy = Policy {
        page_bits: 3,
        ..Policy::default()
    };
    let entry = world
        .directory()
        .next_entry(Op::Policy(policy), world.now());
    for by in [stranger(), device()] {
        let entries = vec![sign_entry(&entry, &[&by]).unwrap()];
        assert_eq!(
            world.send(&DirectoryAppend { entries }, None).await,
            Err(Problem::Refused)
        );
    }
    let entries = vec![vec![1, 2, 3]];
    assert_eq!(
        world.send(&DirectoryAppend { entries }, None).await,
        Err(Problem::Malformed)
    );
    let good = sign_entry(&entry, &[&root()]).unwrap();
    let entries = vec![good, sign_entry(&entry, &[&stranger()]).unwrap()];
    assert!(
        world
            .send(&DirectoryAppend { entries }, None)
            .await
            .is_err()
    );
    let page = world
        .send(&DirectoryRead { from: 0 }, Some(&device()))
        .await
        .unwrap();
    assert_eq!(page.length, world.directory().length(), "all or none");
}

#[tokio::test]
async fn a_device_that_was_revoked_may_call_no_more() {
    let world = World::ready().await;
    let revoke = Op::DeviceRevoke {
        device: crate::world::DEVICE,
    };
    let entries = vec![
        sign_entry(
            &world.directory().next_entry(revoke, world.now()),
            &[&director()],
        )
        .unwrap(),
    ];
    assert!(
        world
            .send(&StatementList { after: 0 }, Some(&device()))
            .await
            .is_ok()
    );
    world
        .send(&DirectoryAppend { entries }, None)
        .await
        .unwrap();
    let refused = world
        .send(&StatementList { after: 0 }, Some(&device()))
        .await;
    assert_eq!(refused.unwrap_err(), Problem::Forbidden);
}

#[tokio::test]
async fn the_staff_capability_turns_with_its_epoch() {
    let mut world = World::ready().await;
    let put = async |world: &World, epoch, seed| {
        let (statement, wraps) = world.staff_statement(epoch, &key(seed));
        world
            .send(&StatementPut { statement, wraps }, Some(&device()))
            .await
    };
    assert_eq!(
        put(&world, 0, 50).await,
        Err(Problem::Conflict),
        "the first one wins"
    );
    assert_eq!(
        put(&world, 2, 52).await,
        Err(Problem::Conflict),
        "no epoch is jumped over"
    );
    assert_eq!(put(&world, 1, 51).await, Ok(Done));
    for _ in 0..2 {
        let list = IntakeList { after: 0 };
        assert!(world.send(&list, Some(&key(51))).await.is_ok());
        assert_eq!(
            world.send(&list, Some(&staff())).await.unwrap_err(),
            Problem::Forbidden
        );
        world.restart().await;
    }
}

#[tokio::test]
async fn a_statement_comes_with_its_own_wraps() {
    let world = World::ready().await;
    let (statement, right) = world.staff_statement(1, &key(51));
    for wrong in [vec![], wraps(99), vec![1; 10]] {
        let put = StatementPut {
            statement: statement.clone(),
            wraps: wrong,
        };
        assert_eq!(
            world.send(&put, Some(&device())).await,
            Err(Problem::Refused)
        );
    }
    let put = StatementPut {
        statement,
        wraps: right,
    };
    assert_eq!(world.send(&put, Some(&device())).await, Ok(Done));
}

#[tokio::test]
async fn a_higher_version_of_an_intake_key_replaces() {
    let world = World::ready().await;
    let (_, first) = world.intake_statement(0);
    let (_, second) = world.intake_statement(1);
    assert_eq!(world.send(&first, Some(&device())).await, Ok(Done));
    assert_eq!(world.send(&second, Some(&device())).await, Ok(Done));
    assert_eq!(
        world.send(&first, Some(&device())).await,
        Err(Problem::Conflict)
    );
    let page = world
        .send(&StatementList { after: 0 }, Some(&device()))
        .await
        .unwrap();
    assert_eq!(page.statements.len(), 2, "staff capability and intake key");
    assert_eq!(page.statements[1].statement, second.statement);
    let after = page.statements[1].number;
    assert!(
        world
            .send(&StatementList { after }, Some(&device()))
            .await
            .unwrap()
            .statements
            .is_empty()
    );
}

#[tokio::test]
async fn a_snapshot_makes_the_evidence_whole() {
    let mut world = World::ready().await;
    let before = world.send(&EvidenceRead, None).await.unwrap();
    assert_eq!(before.genesis, world.directory().genesis_frame());
    assert!(before.snapshot.is_empty() && before.table.is_empty());
    let (statement, put) = world.intake_statement(0);
    world.send(&put, Some(&device())).await.unwrap();
    let put = world.snapshot(&[statement]);
    assert_eq!(world.send(&put, Some(&device())).await, Ok(Done));
    assert_eq!(world.send(&put, Some(&device())).await, Ok(Done));
    for _ in 0..2 {
        let evidence = world.send(&EvidenceRead, None).await.unwrap();
        assert_eq!(
            (&evidence.snapshot, &evidence.table),
            (&put.snapshot, &put.tables[0])
        );
        assert_eq!(evidence.now, world.now());
        assert_eq!(evidence.roots.len(), 1, "the witness set");
        let table =
            sluis_directory::evidence::verify_evidence(&evidence, &world.genesis(), world.now());
        assert!(table.is_ok());
        world.restart().await;
    }
    world.pass(7 * 86_400);
    let evidence = world.send(&EvidenceRead, None).await.unwrap();
    assert_eq!(
        evidence.table,
        put.tables[1],
        "the table of week {:?}",
        Week::of(world.now())
    );
    let read = world.send(&SnapshotRead, Some(&device())).await.unwrap();
    assert_eq!(read.snapshot, put.snapshot);
}

#[tokio::test]
async fn a_snapshot_without_witnesses_or_tables_is_refused() {
    let world = World::ready().await;
    let put = world.snapshot(&[]);
    let without = SnapshotPut {
        snapshot: put.snapshot.clone(),
        tables: vec![],
    };
    assert_eq!(
        world.send(&without, Some(&device())).await,
        Err(Problem::Refused)
    );
    let mut changed = put.clone();
    *changed.snapshot.last_mut().unwrap() ^= 1;
    assert_eq!(
        world.send(&changed, Some(&device())).await,
        Err(Problem::Refused)
    );
    world.pass(1);
    let newer = world.snapshot(&[]);
    assert_eq!(world.send(&newer, Some(&device())).await, Ok(Done));
    assert_eq!(
        world.send(&put, Some(&device())).await,
        Err(Problem::Conflict),
        "an older one"
    );
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_storage_and_memory_in_step() {
    let world = World::ready().await;
    let mut newest = world.app.store().newest_change();
    let before = *newest.borrow();
    let append = DirectoryAppend {
        entries: vec![policy(&world, 10)],
    };
    // One look at the answer, and gone before it is there.
    assert!(world.send(&append, None).now_or_never().is_none());
    newest.wait_for(|number| *number > before).await.unwrap();
    assert_eq!(
        world.send(&append, None).await,
        Ok(Done),
        "it is there already"
    );
    let page = world
        .send(&DirectoryRead { from: 0 }, Some(&device()))
        .await
        .unwrap();
    assert_eq!(page.length, world.directory().length() + 1);
}
