//! What every backend has to do, as tests. A backend runs them with `conformance!(fresh)`, where `fresh` opens a new, empty store and
//! returns it with whatever has to live as long.
#![expect(clippy::unwrap_used, reason = "tests")]

mod dossiers;
mod figures;
mod files;
mod people;

use sluis_wire::address::{BoardTag, CapabilityKey, DossierAddress, FrameHash};
use sluis_wire::api::{DossierKeys, IntakeLane};
use sluis_wire::limits::INTAKE_DAYS;
use sluis_wire::time::{DAY, UnixTime};

use super::{Error, Head, Link, Statement, Store, Write};

macro_rules! conformance {
    ($fresh:path) => {
        $crate::store::conformance::conformance!(
            $fresh,
            [
                directory_takes_the_next_entries_only,
                statements_replace_what_they_name,
                snapshots_only_grow_newer,
                intake_is_capped_by_lane_and_takes_one_envelope_once,
                intake_goes_to_who_shows_the_secret,
                board_takes_one_entry_under_a_tag,
                board_answers_by_page,
                a_control_chain_is_compared_and_swapped,
                events_are_appended_once_and_in_order,
                events_need_a_dossier_that_reached_their_epoch,
                people_take_the_next_version_only,
                wraps_of_people_take_the_next_turn_only,
                erased_people_stay_erased,
                a_dossier_holds_so_many_people,
                files_are_begun_finished_and_taken_into_one_dossier,
                files_of_reporters_are_capped,
                files_expire_by_how_far_they_are,
                figures_are_kept_once_and_in_order,
                pages_stop_at_a_size_and_go_on,
                changes_name_each_object_once,
                changes_come_in_order_under_load,
                what_expired_is_swept,
                a_refused_write_leaves_nothing,
                a_closed_store_says_so,
            ]
        );
    };
    ($fresh:path, [$($test:ident),* $(,)?]) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let (store, keep) = $fresh().await;
                $crate::store::conformance::$test(store).await;
                drop(keep);
            }
        )*
    };
}
pub(crate) use conformance;
pub(crate) use dossiers::*;
pub(crate) use figures::*;
pub(crate) use files::*;
pub(crate) use people::*;

const MANY: usize = 1 << 20;
const NOW: UnixTime = UnixTime(1_800_000_000);

fn dossier(n: u8) -> DossierAddress {
    DossierAddress([n; 16])
}

fn link(n: u8, number: u64, prev: u8, hash: u8, epoch: u32) -> Link {
    let key = |k| CapabilityKey([k; 32]);
    Link {
        dossier: dossier(n),
        prev: FrameHash([prev; 32]),
        head: Head {
            number,
            hash: FrameHash([hash; 32]),
            epoch,
            keys: DossierKeys {
                read: key(1),
                write: key(2),
                steward: key(hash),
            },
        },
        frame: vec![hash; 100],
        wraps: vec![hash, 1],
    }
}

fn events(n: u8, epoch: u32, hashes: &[u8]) -> Write {
    let events = hashes
        .iter()
        .map(|hash| (FrameHash([*hash; 32]), vec![*hash; 10]))
        .collect();
    Write::Events {
        dossier: dossier(n),
        epoch,
        events,
    }
}

fn intake(n: u8, lane: u8, cap: u64, expires: UnixTime) -> Write {
    Write::Intake {
        hash: [n; 32],
        lane,
        cap,
        expires,
        delete_hash: [n ^ 1; 32],
        envelope: vec![n; 50],
    }
}

fn board(page: u16, n: u8, content: u8, expires: UnixTime) -> Write {
    let mut tag = [n; 16];
    let [high, low] = page.to_be_bytes();
    *tag.first_mut().unwrap() = high;
    *tag.get_mut(1).unwrap() = low;
    Write::Board {
        tag: BoardTag(tag),
        expires,
        entry: vec![content; 20],
    }
}

fn statement(slot: u8, frame: u8, replaces: Option<u8>) -> Write {
    Write::Statement(Statement {
        slot: vec![slot],
        replaces: replaces.map(|old| vec![old]),
        expires: None,
        frame: vec![frame],
        wraps: vec![frame, frame],
    })
}

fn conflict(result: &Result<(), Error>) -> bool {
    matches!(result, Err(Error::Conflict))
}

pub(crate) async fn directory_takes_the_next_entries_only<S: Store>(store: S) {
    let append = |from, entries: &[u8]| Write::Directory {
        from,
        entries: entries.iter().map(|n| vec![*n]).collect(),
    };
    store.write(append(0, &[1, 2])).await.unwrap();
    assert!(conflict(&store.write(append(0, &[9])).await));
    assert!(conflict(&store.write(append(3, &[9])).await));
    store.write(append(2, &[3])).await.unwrap();
    let page = store.directory(1, MANY).await.unwrap();
    assert_eq!((page.entries, page.length), (vec![vec![2], vec![3]], 3));
    assert_eq!(
        store.directory(u64::MAX, MANY).await.unwrap().entries.len(),
        0
    );
}

pub(crate) async fn statements_replace_what_they_name<S: Store>(store: S) {
    store.write(statement(1, 10, None)).await.unwrap();
    store.write(statement(2, 20, None)).await.unwrap();
    store.write(statement(1, 10, None)).await.unwrap();
    assert!(conflict(&store.write(statement(1, 11, None)).await));
    assert!(conflict(&store.write(statement(3, 30, Some(9))).await));
    store.write(statement(1, 11, Some(10))).await.unwrap();
    assert!(conflict(&store.write(statement(1, 12, Some(10))).await));
    assert_eq!(store.statement(&[1]).await.unwrap(), Some(vec![11]));
    assert_eq!(store.statement(&[3]).await.unwrap(), None);
    let page = store.statements(0, MANY).await.unwrap();
    let frames: Vec<_> = page
        .statements
        .iter()
        .map(|stored| stored.statement.as_slice())
        .collect();
    assert_eq!((frames, page.complete), (vec![&[20][..], &[11]], true));
    let after = page.statements.first().unwrap().number;
    let page = store.statements(after, MANY).await.unwrap();
    assert_eq!(page.statements.first().unwrap().wraps, [11, 11]);
}

pub(crate) async fn snapshots_only_grow_newer<S: Store>(store: S) {
    let put = |time, frame: u8| Write::Snapshot {
        time: UnixTime(time),
        frame: vec![frame],
        tables: vec![(FrameHash([frame; 32]), vec![frame, 7])],
    };
    assert_eq!(store.snapshot().await.unwrap(), None);
    store.write(put(10, 1)).await.unwrap();
    store.write(put(10, 1)).await.unwrap();
    assert!(conflict(&store.write(put(10, 2)).await));
    assert!(conflict(&store.write(put(9, 2)).await));
    store.write(put(11, 3)).await.unwrap();
    assert_eq!(store.snapshot().await.unwrap(), Some(vec![3]));
    assert_eq!(
        store.team_table(FrameHash([3; 32])).await.unwrap(),
        Some(vec![3, 7])
    );
    assert_eq!(store.team_table(FrameHash([1; 32])).await.unwrap(), None);
}

pub(crate) async fn intake_is_capped_by_lane_and_takes_one_envelope_once<S: Store>(store: S) {
    let late = NOW.plus(INTAKE_DAYS * DAY);
    store.write(intake(1, 0, 2, late)).await.unwrap();
    store.write(intake(1, 0, 2, late)).await.unwrap();
    store.write(intake(2, 0, 2, late)).await.unwrap();
    assert!(matches!(
        store.write(intake(3, 0, 2, late)).await,
        Err(Error::Full)
    ));
    store.write(intake(1, 0, 2, late)).await.unwrap();
    store.write(intake(4, 1, 2, late)).await.unwrap();
    assert_eq!(store.intake_waiting(0).await.unwrap(), 2);
    assert_eq!(store.intake_waiting(1).await.unwrap(), 1);
    let page = store.intake(0, MANY).await.unwrap();
    let envelopes: Vec<_> = page
        .entries
        .iter()
        .map(|entry| entry.envelope.first().copied())
        .collect();
    assert_eq!(
        (envelopes, page.complete),
        (vec![Some(1), Some(2), Some(4)], true)
    );
    let told: Vec<_> = page
        .entries
        .iter()
        .map(|entry| (entry.lane, entry.hour))
        .collect();
    let [first, second] = [IntakeLane::First, IntakeLane::Second].map(|lane| (lane, NOW.to_hour()));
    assert_eq!(
        told,
        [first, first, second],
        "who reads along sees when it came, and by which lane"
    );
}

pub(crate) async fn intake_goes_to_who_shows_the_secret<S: Store>(store: S) {
    for n in [2, 4] {
        store.write(intake(n, 0, 9, NOW.plus(DAY))).await.unwrap();
    }
    let numbers: Vec<_> = store
        .intake(0, MANY)
        .await
        .unwrap()
        .entries
        .iter()
        .map(|entry| entry.number)
        .collect();
    let [first, second] = numbers.as_slice() else {
        unreachable!("two entries")
    };
    store
        .write(Write::IntakeDelete(vec![
            (*first, [5; 32]),
            (*second, [5; 32]),
            (99, [5; 32]),
        ]))
        .await
        .unwrap();
    let page = store.intake(0, MANY).await.unwrap();
    assert_eq!(
        page.entries
            .iter()
            .map(|entry| entry.number)
            .collect::<Vec<_>>(),
        [*first]
    );
    store.write(intake(6, 0, 9, NOW.plus(DAY))).await.unwrap();
    let page = store.intake(*second, MANY).await.unwrap();
    assert_eq!(page.entries.len(), 1, "a number is never given twice");
}

pub(crate) async fn board_takes_one_entry_under_a_tag<S: Store>(store: S) {
    let late = NOW.plus(DAY);
    store.write(board(5, 1, 1, late)).await.unwrap();
    store.write(board(5, 1, 1, late)).await.unwrap();
    assert!(conflict(&store.write(board(5, 1, 2, late)).await));
    let (rows, version) = store.board(5, 5, 0, 64).await.unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| row.entry.as_slice())
            .collect::<Vec<_>>(),
        [&[1; 20]]
    );
    assert_eq!(rows.last().unwrap().number, version);
}

pub(crate) async fn board_answers_by_page<S: Store>(store: S) {
    let late = NOW.plus(DAY);
    for (page, n) in [(0, 1), (0x0100, 2), (0x01ff, 3), (0x0200, 4), (0xffff, 5)] {
        store.write(board(page, n, n, late)).await.unwrap();
    }
    let contents = async |first, last, after, limit| {
        let (rows, version) = store.board(first, last, after, limit).await.unwrap();
        let contents: Vec<u8> = rows
            .iter()
            .filter_map(|row| row.entry.first().copied())
            .collect();
        (contents, rows.last().map(|row| row.number), version)
    };
    let (all, _, newest) = contents(0, u16::MAX, 0, 64).await;
    assert_eq!(all, [1, 2, 3, 4, 5]);
    let (some, cursor, version) = contents(0x0100, 0x01ff, 0, 1).await;
    assert_eq!(some, [2]);
    assert!(cursor.unwrap() < version && version < newest);
    let (rest, cursor, again) = contents(0x0100, 0x01ff, cursor.unwrap(), 64).await;
    assert_eq!((rest, cursor, again), (vec![3], Some(version), version));
    assert_eq!(
        contents(0x0100, 0x01ff, version, 64).await,
        (vec![], None, version)
    );
    assert_eq!(contents(0x0300, 0x03ff, 0, 64).await, (vec![], None, 0));
}

pub(crate) async fn what_expired_is_swept<S: Store>(store: S) {
    store.write(intake(1, 0, 9, NOW.plus(DAY))).await.unwrap();
    store
        .write(intake(2, 0, 9, NOW.plus(2 * DAY)))
        .await
        .unwrap();
    store.write(board(1, 1, 1, NOW.plus(DAY))).await.unwrap();
    store.write(board(1, 2, 2, NOW.plus(DAY))).await.unwrap();
    let expiring = Write::Statement(Statement {
        slot: vec![1],
        replaces: None,
        expires: Some(NOW.plus(DAY)),
        frame: vec![1],
        wraps: vec![],
    });
    store.write(expiring).await.unwrap();
    store.write(statement(2, 2, None)).await.unwrap();
    let mut tag = [2; 16];
    *tag.first_mut().unwrap() = 0;
    *tag.get_mut(1).unwrap() = 1;
    let renewed = vec![BoardTag(tag), BoardTag([9; 16])];
    let lacks = store.board_lacks(&renewed).await.unwrap();
    assert_eq!(lacks, [BoardTag([9; 16])]);
    store
        .write(Write::BoardRenew {
            tags: renewed,
            expires: NOW.plus(2 * DAY),
        })
        .await
        .unwrap();
    store.write(Write::Sweep { now: NOW }).await.unwrap();
    assert_eq!(store.intake(0, MANY).await.unwrap().entries.len(), 2);
    store
        .write(Write::Sweep { now: NOW.plus(DAY) })
        .await
        .unwrap();
    assert_eq!(store.intake(0, MANY).await.unwrap().entries.len(), 1);
    let (rows, _) = store.board(1, 1, 0, 64).await.unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| row.entry.as_slice())
            .collect::<Vec<_>>(),
        [&[2; 20]]
    );
    assert_eq!(store.statements(0, MANY).await.unwrap().statements.len(), 1);
}

pub(crate) async fn a_refused_write_leaves_nothing<S: Store>(store: S) {
    store
        .write(Write::DossierCreate(link(1, 0, 0, 10, 0)))
        .await
        .unwrap();
    let newest = *store.newest_change().borrow();
    let (refused, taken) = tokio::join!(
        store.write(events(1, 1, &[1, 2, 3])),
        store.write(events(1, 0, &[4]))
    );
    assert!(conflict(&refused));
    taken.unwrap();
    let page = store.events(dossier(1), 0, MANY).await.unwrap();
    assert_eq!(page.events, [[4; 10]]);
    assert!(*store.newest_change().borrow() > newest);
}

pub(crate) async fn a_closed_store_says_so<S: Store>(store: S) {
    store.write(statement(1, 1, None)).await.unwrap();
    store.close().await;
    assert!(matches!(
        store.write(statement(2, 2, None)).await,
        Err(Error::Closed)
    ));
    store.close().await;
}
