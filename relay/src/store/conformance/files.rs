//! Files.

use sluis_wire::address::{DossierAddress, FileAddress};
use sluis_wire::time::{DAY, UnixTime};

use super::{NOW, dossier};
use crate::store::{Error, FileRow, FileStage, Store, Write};

fn file(n: u8) -> FileAddress {
    FileAddress([n; 16])
}

fn begin(n: u8, dossier: Option<DossierAddress>, cap: u64) -> Write {
    Write::FileBegin {
        file: file(n),
        dossier,
        pieces: 3,
        cap,
        expires: NOW,
    }
}

fn finish(n: u8) -> Write {
    Write::FileFinish {
        file: file(n),
        expires: NOW.plus(DAY),
    }
}

fn claim(n: u8, by: u8) -> Write {
    Write::FileClaim {
        dossier: dossier(by),
        files: vec![file(n), file(99)],
    }
}

fn delete(n: u8, by: u8) -> Write {
    Write::FileDelete {
        dossier: dossier(by),
        files: vec![file(n), file(99)],
        expires: NOW.plus(2 * DAY),
    }
}

const fn row(dossier: Option<DossierAddress>, stage: FileStage) -> FileRow {
    FileRow {
        dossier,
        pieces: 3,
        stage,
    }
}

pub(crate) async fn files_are_begun_finished_and_taken_into_one_dossier(store: impl Store) {
    assert_eq!(store.file(file(1)).await.unwrap(), None);
    assert!(matches!(store.write(finish(1)).await, Err(Error::NotFound)));
    store.write(begin(1, None, 9)).await.unwrap();
    store.write(begin(1, None, 9)).await.unwrap();
    let other = begin(1, Some(dossier(1)), 9);
    assert!(matches!(store.write(other).await, Err(Error::Conflict)));
    store.write(claim(1, 1)).await.unwrap();
    let seen = store.file(file(1)).await.unwrap();
    assert_eq!(seen, Some(row(None, FileStage::Begun)), "not whole yet");
    store.write(finish(1)).await.unwrap();
    store.write(finish(1)).await.unwrap();
    store.write(claim(1, 1)).await.unwrap();
    store.write(claim(1, 2)).await.unwrap();
    let mine = Some(dossier(1));
    assert_eq!(
        store.file(file(1)).await.unwrap(),
        Some(row(mine, FileStage::Whole))
    );
    store.write(delete(1, 2)).await.unwrap();
    assert_eq!(
        store.file(file(1)).await.unwrap(),
        Some(row(mine, FileStage::Whole))
    );
    store.write(delete(1, 1)).await.unwrap();
    store.write(finish(1)).await.unwrap();
    assert_eq!(
        store.file(file(1)).await.unwrap(),
        Some(row(mine, FileStage::Deleted))
    );
    let again = begin(1, mine, 9);
    assert!(matches!(store.write(again).await, Err(Error::Conflict)));
    store.write(Write::FileForget(vec![file(1)])).await.unwrap();
    assert_eq!(store.file(file(1)).await.unwrap(), None);
}

pub(crate) async fn files_of_reporters_are_capped(store: impl Store) {
    store.write(begin(1, None, 2)).await.unwrap();
    store.write(begin(2, None, 2)).await.unwrap();
    assert!(matches!(
        store.write(begin(3, None, 2)).await,
        Err(Error::Full)
    ));
    store.write(begin(2, None, 2)).await.unwrap();
    store.write(begin(3, Some(dossier(1)), 2)).await.unwrap();
    assert_eq!(store.files_waiting().await.unwrap(), 2);
    store.write(finish(1)).await.unwrap();
    store.write(claim(1, 1)).await.unwrap();
    assert_eq!(store.files_waiting().await.unwrap(), 1);
    store.write(begin(4, None, 2)).await.unwrap();
}

pub(crate) async fn files_expire_by_how_far_they_are(store: impl Store) {
    for (n, whose) in [(1, None), (2, Some(dossier(1))), (3, None), (4, None)] {
        store.write(begin(n, whose, 9)).await.unwrap();
    }
    for n in [2, 3, 4] {
        store.write(finish(n)).await.unwrap();
    }
    store.write(claim(4, 1)).await.unwrap();
    store.write(delete(4, 1)).await.unwrap();
    let at = async |time: UnixTime| store.files_expired(time, 9).await.unwrap();
    assert_eq!(at(UnixTime(NOW.0 - 3_600)).await, []);
    assert_eq!(at(NOW).await, [file(1)]);
    assert_eq!(at(NOW.plus(DAY)).await, [file(1), file(3)]);
    let all = at(NOW.plus(1_000 * DAY)).await;
    assert_eq!(all, [file(1), file(3), file(4)], "what is whole stays");
    assert_eq!(
        store.files_expired(NOW.plus(DAY), 1).await.unwrap().len(),
        1
    );
}
