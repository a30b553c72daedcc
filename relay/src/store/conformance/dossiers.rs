//! Dossiers, their events, and the list of what changed.

use sluis_wire::api::Changed;
use sluis_wire::time::DAY;

use super::{MANY, NOW, board, conflict, dossier, events, intake, link};
use crate::store::{Error, Store, Write};

pub(crate) async fn a_control_chain_is_compared_and_swapped<S: Store>(store: S) {
    assert!(matches!(
        store.write(Write::Control(link(1, 1, 10, 11, 0))).await,
        Err(Error::NotFound)
    ));
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    assert!(conflict(
        &store
            .write(Write::DossierCreate(link(1, 0, 0, 12, 0)))
            .await
    ));
    for wrong in [
        link(1, 1, 9, 11, 0),
        link(1, 2, 10, 11, 0),
        link(1, 0, 10, 11, 0),
        link(1, 1, 10, 11, 2),
    ] {
        assert!(conflict(&store.write(Write::Control(wrong)).await));
    }
    let (left, right) = tokio::join!(
        store.write(Write::Control(link(1, 1, 10, 11, 1))),
        store.write(Write::Control(link(1, 1, 10, 21, 1)))
    );
    assert!(left.is_ok() != right.is_ok(), "one of two wins");
    let hash = if left.is_ok() { 11 } else { 21 };
    let head = store.head(dossier(1)).await.unwrap().unwrap();
    assert_eq!(head, link(1, 1, 10, hash, 1).head);
    store
        .write(Write::Control(link(1, 1, 10, hash, 1)))
        .await
        .unwrap();
    assert!(
        conflict(&store.write(Write::Control(link(1, 2, hash, 12, 0))).await),
        "epochs never go back"
    );
    store
        .write(Write::Control(link(1, 2, hash, 12, 1)))
        .await
        .unwrap();
    let page = store.control(dossier(1), 1, MANY).await.unwrap();
    assert_eq!((page.links.len(), page.length), (2, 3));
    assert_eq!(page.links.last().unwrap().wraps, [12, 1]);
    assert_eq!(store.control(dossier(2), 0, MANY).await.unwrap().length, 0);
    assert_eq!(store.head(dossier(2)).await.unwrap(), None);
}

pub(crate) async fn events_are_appended_once_and_in_order<S: Store>(store: S) {
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    store.write(events(1, 0, &[1, 2])).await.unwrap();
    store.write(events(1, 0, &[2, 3, 3])).await.unwrap();
    let page = store.events(dossier(1), 0, MANY).await.unwrap();
    let firsts: Vec<_> = page
        .events
        .iter()
        .filter_map(|event| event.first().copied())
        .collect();
    assert_eq!((firsts, page.length), (vec![1, 2, 3], 3));
    let page = store.events(dossier(1), 2, MANY).await.unwrap();
    assert_eq!((page.events.len(), page.length), (1, 3));
    assert_eq!(
        store
            .events(dossier(1), u64::MAX, MANY)
            .await
            .unwrap()
            .length,
        3
    );
}

pub(crate) async fn events_need_a_dossier_that_reached_their_epoch<S: Store>(store: S) {
    assert!(matches!(
        store.write(events(1, 0, &[1])).await,
        Err(Error::NotFound)
    ));
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    assert!(conflict(&store.write(events(1, 1, &[1])).await));
    store
        .write(Write::Control(link(1, 1, 10, 11, 1)))
        .await
        .unwrap();
    store.write(events(1, 1, &[1])).await.unwrap();
    store.write(events(1, 0, &[2])).await.unwrap();
}

pub(crate) async fn pages_stop_at_a_size_and_go_on<S: Store>(store: S) {
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    store.write(events(1, 0, &[1, 2, 3, 4, 5])).await.unwrap();
    let lengths = async |from, max| {
        store
            .events(dossier(1), from, max)
            .await
            .unwrap()
            .events
            .len()
    };
    assert_eq!(lengths(0, 1).await, 1, "at least one");
    assert_eq!(lengths(0, 20).await, 2);
    assert_eq!(
        lengths(0, 21).await,
        3,
        "up to and with the one that reaches the size"
    );
    assert_eq!(lengths(3, MANY).await, 2);
    for n in 1..=3 {
        store.write(intake(n, 0, 9, NOW.plus(DAY))).await.unwrap();
    }
    let page = store.intake(0, 60).await.unwrap();
    assert_eq!((page.entries.len(), page.complete), (2, false));
    let page = store
        .intake(page.entries.last().unwrap().number, 60)
        .await
        .unwrap();
    assert_eq!((page.entries.len(), page.complete), (1, true));
}

pub(crate) async fn changes_name_each_object_once<S: Store>(store: S) {
    let told = store.newest_change();
    assert_eq!(*told.borrow(), 0);
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    store.write(intake(1, 0, 9, NOW.plus(DAY))).await.unwrap();
    store.write(events(1, 0, &[1])).await.unwrap();
    let newest = *told.borrow();
    store.write(events(1, 0, &[1])).await.unwrap();
    store.write(board(1, 1, 1, NOW.plus(DAY))).await.unwrap();
    assert!(conflict(
        &store
            .write(Write::DossierCreate(link(1, 0, 0, 12, 0)))
            .await
    ));
    assert_eq!(*told.borrow(), newest, "what changed nothing is not told");
    let page = store.changes(0, 10).await.unwrap();
    assert_eq!(
        page.changes,
        [Changed::Intake, Changed::Dossier(dossier(1))]
    );
    assert_eq!((page.next, page.complete), (newest, true));
    let first = store.changes(0, 1).await.unwrap();
    assert_eq!((first.changes.len(), first.complete), (1, false));
    let rest = store.changes(first.next, 1).await.unwrap();
    assert_eq!(
        (rest.changes, rest.complete),
        (vec![Changed::Dossier(dossier(1))], true)
    );
    let none = store.changes(newest, 10).await.unwrap();
    assert_eq!(
        (none.changes.len(), none.next, none.complete),
        (0, newest, true)
    );
}

/// While many write, a reader who only ever asks for what comes after `next` hears of every dossier.
pub(crate) async fn changes_come_in_order_under_load<S: Store>(store: S) {
    const WRITERS: u8 = 8;
    const EACH: u8 = 20;
    let (store, mut told) = (std::sync::Arc::new(store), Vec::new());
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = std::sync::Arc::clone(&store);
            tokio::spawn(async move {
                for n in 0..EACH {
                    store
                        .write(Write::DossierCreate(link(writer * EACH + n, 0, 0, 10, 0)))
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    let (mut next, mut newest) = (0, store.newest_change());
    while told.len() < usize::from(WRITERS) * usize::from(EACH) {
        newest.wait_for(|number| *number > next).await.unwrap();
        let page = store.changes(next, 7).await.unwrap();
        assert!(page.next > next);
        next = page.next;
        told.extend(page.changes.iter().map(|changed| match changed {
            Changed::Dossier(dossier) => *dossier,
            other => unreachable!("{other:?}"),
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    told.sort_unstable();
    told.dedup();
    assert_eq!(told.len(), usize::from(WRITERS) * usize::from(EACH));
}
