//! Records of people: who may, what is kept, and that it goes.

use std::path::Path;

use sluis_directory::frame_hash;
use sluis_directory::signature::{Label, Signature};
use sluis_wire::address::{FrameHash, PersonAddress};
use sluis_wire::api::{
    Done, PeopleErase, PeopleRead, PersonPut, PersonWrapsPut, PersonWrapsRead, Problem,
    StoredPerson,
};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::limits;

use crate::world::{World, address, reader, staff, steward, wraps, writer};

const PERSON: PersonAddress = PersonAddress([3; 16]);

fn record(fill: u8) -> Vec<u8> {
    let body = vec![fill; FrameType::PersonRecord.max_body_len()];
    Frame::build(FrameType::PersonRecord, &body)
        .unwrap()
        .to_bytes()
}

fn put(version: u32, fill: u8) -> PersonPut {
    PersonPut {
        dossier: address(1),
        person: PERSON,
        version,
        record: record(fill),
        wraps: wraps(fill),
        share: [fill; 32],
    }
}

fn erase() -> PeopleErase {
    PeopleErase {
        dossier: address(1),
        people: vec![PERSON],
    }
}

const READ: PeopleRead = PeopleRead {
    dossier: sluis_wire::address::DossierAddress([1; 16]),
};

/// Whether any file below this folder holds these bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        let content = std::fs::read(&path).unwrap();
        content.windows(bytes.len()).any(|part| part == bytes)
    })
}

#[tokio::test]
async fn a_record_comes_back_with_its_half_and_its_wraps() {
    let mut world = World::ready().await;
    world.create(1).await;
    for _ in 0..2 {
        let stored = world.send(&put(1, 0xa1), Some(&writer(0))).await;
        assert_eq!(stored, Ok(Done));
    }
    world.restart().await;
    let page = world.send(&READ, Some(&writer(0))).await.unwrap();
    let held = StoredPerson::Held {
        person: PERSON,
        version: 1,
        record: record(0xa1),
        share: [0xa1; 32],
    };
    assert_eq!(page.people, [held]);
    let more = PersonWrapsPut {
        dossier: address(1),
        person: PERSON,
        version: 1,
        turn: 1,
        wraps: wraps(9),
    };
    world.send(&more, Some(&writer(0))).await.unwrap();
    let ask = PersonWrapsRead {
        dossier: address(1),
        person: PERSON,
    };
    let found = world.send(&ask, Some(&writer(0))).await.unwrap();
    assert_eq!((found.version, found.turn, found.wraps), (1, 1, wraps(9)));
}

#[tokio::test]
async fn only_who_may_write_reads_or_puts_people() {
    let world = World::ready().await;
    world.create(1).await;
    world.send(&put(1, 1), Some(&writer(0))).await.unwrap();
    for key in [reader(0), staff(), steward(), writer(1)] {
        let forbidden = Problem::Forbidden;
        assert_eq!(
            world.send(&put(2, 2), Some(&key)).await.unwrap_err(),
            forbidden
        );
        assert_eq!(world.send(&READ, Some(&key)).await.unwrap_err(), forbidden);
    }
    for key in [reader(0), staff(), writer(1)] {
        let refused = world.send(&erase(), Some(&key)).await;
        assert_eq!(refused.unwrap_err(), Problem::Forbidden);
    }
    assert!(world.send(&erase(), Some(&steward())).await.is_ok());
}

#[tokio::test]
async fn a_second_version_destroys_the_first() {
    let world = World::ready().await;
    world.create(1).await;
    world.send(&put(1, 0xa1), Some(&writer(0))).await.unwrap();
    let data = world.app.settings().data.clone();
    assert!(holds(&data, &[0xa1; 32]));
    let refused = world.send(&put(3, 0xa3), Some(&writer(0))).await;
    assert_eq!(refused.unwrap_err(), Problem::Conflict);
    world.send(&put(2, 0xa2), Some(&writer(0))).await.unwrap();
    let rival = world.send(&put(2, 0xa4), Some(&writer(0))).await;
    assert_eq!(rival.unwrap_err(), Problem::Conflict);
    // The log of the database is emptied before the next write is taken.
    world.app.sweep().await.unwrap();
    assert!(!holds(&data, &[0xa1; 32]));
    let page = world.send(&READ, Some(&writer(0))).await.unwrap();
    let [StoredPerson::Held { version, share, .. }] = page.people.as_slice() else {
        panic!("one record")
    };
    assert_eq!((*version, *share), (2, [0xa2; 32]));
}

#[tokio::test]
async fn what_is_erased_is_in_no_file_and_the_relay_signs_for_it() {
    let mut world = World::ready().await;
    world.create(1).await;
    world.send(&put(1, 0xa1), Some(&writer(0))).await.unwrap();
    let first = world.send(&erase(), Some(&writer(0))).await.unwrap();
    world.app.sweep().await.unwrap();
    assert!(!holds(&world.app.settings().data.clone(), &[0xa1; 32]));
    let [receipt] = first.receipts.as_slice() else {
        panic!("one receipt")
    };
    assert_eq!(receipt.record, frame_hash(&record(0xa1)));
    assert_eq!((receipt.person, receipt.version), (PERSON, 1));
    assert_eq!(receipt.hour, world.now().to_hour());
    let key = world.directory().genesis_entry().relay_key;
    let bytes = receipt.signed_bytes(&world.genesis(), &address(1));
    let signature = Signature(receipt.signature);
    assert!(key.verify(Label::Erased, &bytes, &signature).is_ok());
    world.pass(7_200);
    world.restart().await;
    let again = world.send(&erase(), Some(&writer(0))).await.unwrap();
    assert_eq!(again.receipts, first.receipts, "and says the same later");
    let page = world.send(&READ, Some(&writer(0))).await.unwrap();
    assert_eq!(page.people, [StoredPerson::Erased(receipt.clone())]);
    for refused in [put(1, 0xa1), put(2, 0xa2)] {
        let answer = world.send(&refused, Some(&writer(0))).await;
        assert_eq!(answer.unwrap_err(), Problem::Conflict);
    }
    let ask = PersonWrapsRead {
        dossier: address(1),
        person: PERSON,
    };
    let gone = world.send(&ask, Some(&writer(0))).await;
    assert_eq!(gone.unwrap_err(), Problem::NotFound);
}

#[tokio::test]
async fn a_person_without_a_record_can_be_erased_too() {
    let world = World::ready().await;
    world.create(1).await;
    let answer = world.send(&erase(), Some(&steward())).await.unwrap();
    let [receipt] = answer.receipts.as_slice() else {
        panic!("one receipt")
    };
    assert_eq!((receipt.version, receipt.record), (0, FrameHash([0; 32])));
    let many = PeopleErase {
        dossier: address(1),
        people: vec![PERSON; limits::PEOPLE + 1],
    };
    let refused = world.send(&many, Some(&steward())).await;
    assert_eq!(refused.unwrap_err(), Problem::TooLarge);
}

#[tokio::test]
async fn halves_lie_in_a_second_folder_too_and_go_from_both() {
    let second = tempfile::tempdir().unwrap();
    let replica = second.path().join("shares");
    let world = World::ready_with(|settings| settings.share_replica = Some(replica.clone())).await;
    world.create(1).await;
    world.send(&put(1, 0xa1), Some(&writer(0))).await.unwrap();
    assert!(holds(&replica, &[0xa1; 32]));
    world.send(&erase(), Some(&writer(0))).await.unwrap();
    assert!(!holds(second.path(), &[0xa1; 32]));
}

#[tokio::test]
async fn strange_frames_are_no_records() {
    let world = World::ready().await;
    world.create(1).await;
    let mut short = put(1, 1);
    short.record.pop();
    let mut other = put(1, 1);
    other.record = wraps(1);
    let mut bare = put(1, 1);
    bare.wraps = record(1);
    for wrong in [short, other, bare] {
        let refused = world.send(&wrong, Some(&writer(0))).await;
        assert_eq!(refused.unwrap_err(), Problem::Malformed);
    }
}
