//! People in dossiers.

use sluis_wire::address::{FrameHash, PersonAddress};
use sluis_wire::limits;
use sluis_wire::time::{DAY, UnixTime};

use super::{NOW, conflict, dossier, link};
use crate::store::{Error, Store, Write};

fn person(n: u8) -> PersonAddress {
    PersonAddress([n; 16])
}

fn record(n: u8, version: u32, fill: u8) -> Write {
    Write::Person {
        dossier: dossier(1),
        person: person(n),
        version,
        hash: FrameHash([fill; 32]),
        record: vec![fill; 100],
        wraps: vec![fill; 10],
    }
}

fn wraps(n: u8, version: u32, turn: u32, fill: u8) -> Write {
    Write::PersonWraps {
        dossier: dossier(1),
        person: person(n),
        version,
        turn,
        wraps: vec![fill; 10],
    }
}

fn erase(n: u8, now: UnixTime) -> Write {
    Write::PeopleErase {
        dossier: dossier(1),
        people: vec![person(n)],
        now,
    }
}

async fn with_dossier<S: Store>(store: &S) {
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
}

pub(crate) async fn people_take_the_next_version_only<S: Store>(store: S) {
    assert!(matches!(
        store.write(record(1, 1, 7)).await,
        Err(Error::NotFound)
    ));
    with_dossier(&store).await;
    assert!(conflict(&store.write(record(1, 2, 7)).await));
    store.write(record(1, 1, 7)).await.unwrap();
    store.write(record(1, 1, 7)).await.unwrap();
    assert!(conflict(&store.write(record(1, 1, 8)).await));
    store.write(record(1, 2, 8)).await.unwrap();
    assert!(conflict(&store.write(record(1, 1, 7)).await));
    let people = store.people(dossier(1)).await.unwrap();
    let rows: Vec<_> = people
        .iter()
        .map(|row| (row.version, &row.record))
        .collect();
    assert_eq!(rows, [(2, &vec![8; 100])]);
    assert!(store.people(dossier(2)).await.unwrap().is_empty());
}

pub(crate) async fn wraps_of_people_take_the_next_turn_only<S: Store>(store: S) {
    with_dossier(&store).await;
    assert!(conflict(&store.write(wraps(1, 1, 1, 9)).await));
    store.write(record(1, 1, 7)).await.unwrap();
    store.write(wraps(1, 1, 1, 9)).await.unwrap();
    store.write(wraps(1, 1, 1, 9)).await.unwrap();
    for wrong in [
        wraps(1, 1, 1, 8),
        wraps(1, 1, 3, 8),
        wraps(1, 2, 2, 8),
        wraps(2, 1, 2, 8),
    ] {
        assert!(conflict(&store.write(wrong).await));
    }
    let held = store.person_wraps(dossier(1), person(1)).await.unwrap();
    let held = held.unwrap();
    assert_eq!((held.version, held.turn, held.wraps), (1, 1, vec![9; 10]));
    store.write(record(1, 2, 8)).await.unwrap();
    let held = store.person_wraps(dossier(1), person(1)).await.unwrap();
    assert_eq!(held.unwrap().turn, 0, "a new record begins anew");
}

pub(crate) async fn erased_people_stay_erased<S: Store>(store: S) {
    assert!(matches!(
        store.write(erase(1, NOW)).await,
        Err(Error::NotFound)
    ));
    with_dossier(&store).await;
    store.write(record(1, 1, 7)).await.unwrap();
    store.write(erase(1, NOW)).await.unwrap();
    store.write(erase(1, NOW.plus(DAY))).await.unwrap();
    store.write(erase(2, NOW)).await.unwrap();
    for wrong in [record(1, 1, 7), record(1, 2, 8), record(2, 1, 8)] {
        assert!(conflict(&store.write(wrong).await));
    }
    assert!(conflict(&store.write(wraps(1, 1, 1, 9)).await));
    assert!(
        store
            .person_wraps(dossier(1), person(1))
            .await
            .unwrap()
            .is_none()
    );
    let people = store.people(dossier(1)).await.unwrap();
    let versions: Vec<_> = people.iter().map(|row| row.version).collect();
    assert_eq!(versions, [1, 0]);
    for row in people {
        assert_eq!(row.erased, Some(NOW.to_hour()));
        assert!(row.record.is_empty());
    }
}

pub(crate) async fn a_dossier_holds_so_many_people<S: Store>(store: S) {
    with_dossier(&store).await;
    let most = u8::try_from(limits::PEOPLE).unwrap();
    for n in 0..most {
        store.write(record(n, 1, 7)).await.unwrap();
    }
    assert!(matches!(
        store.write(record(most, 1, 7)).await,
        Err(Error::Full)
    ));
    store.write(record(0, 2, 8)).await.unwrap();
    store.write(erase(0, NOW)).await.unwrap();
    store.write(record(most, 1, 7)).await.unwrap();
}
