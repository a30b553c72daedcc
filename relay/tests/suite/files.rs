//! Files: pieces that come and go on, who may read, claim and delete, and what is swept.

use sluis_wire::address::FileAddress;
use sluis_wire::api::{
    Call, Done, FileBegin, FileClaim, FileDelete, FileFinish, FileLook, FileOpen, FileProgress,
    FileTicket, PiecePut, PieceRead, Problem,
};
use sluis_wire::limits::{
    FILE_OPEN, FILE_PIECE, FILE_PIECES, FILE_PIECES_REPORTER, FILE_REQUEST, PIECE_PUT,
};
use sluis_wire::time::DAY;

use crate::reporter::solution;
use crate::world::{World, address, body_of, reader, steward, stranger, writer};

fn name(n: u8) -> FileAddress {
    FileAddress([n; 16])
}

fn begin(dossier: u8, file: u8, pieces: u32) -> FileBegin {
    FileBegin {
        dossier: address(dossier),
        file: name(file),
        pieces,
    }
}

fn put(ticket: FileTicket, number: u32, piece: Vec<u8>) -> PiecePut {
    PiecePut {
        ticket,
        number,
        piece,
    }
}

fn read(dossier: u8, file: u8, number: u32) -> PieceRead {
    PieceRead {
        dossier: address(dossier),
        file: name(file),
        number,
    }
}

fn claim(dossier: u8, file: u8) -> FileClaim {
    FileClaim {
        dossier: address(dossier),
        files: vec![name(file)],
    }
}

fn delete(dossier: u8, file: u8) -> FileDelete {
    FileDelete {
        dossier: address(dossier),
        files: vec![name(file)],
    }
}

fn whole(n: u8) -> Vec<u8> {
    vec![n; FILE_PIECE]
}

/// A file of two pieces in dossier 1.
async fn sent(world: &World, n: u8) -> FileTicket {
    let ticket = world.send(&begin(1, n, 2), Some(&writer(0))).await.unwrap();
    world.send(&put(ticket, 0, whole(n)), None).await.unwrap();
    world.send(&put(ticket, 1, vec![n; 9]), None).await.unwrap();
    world.send(&FileFinish { ticket }, None).await.unwrap();
    ticket
}

#[tokio::test]
async fn a_file_is_sent_in_pieces_and_read_by_who_may_read_the_dossier() {
    let mut world = World::ready().await;
    world.create(1).await;
    world.create(2).await;
    sent(&world, 7).await;
    world.restart().await;
    let piece = async |number| {
        let answer = world.send(&read(1, 7, number), Some(&reader(0))).await;
        answer.map(|answer| answer.piece)
    };
    assert_eq!(piece(0).await, Ok(whole(7)));
    assert_eq!(piece(1).await, Ok(vec![7; 9]));
    assert_eq!(piece(2).await, Err(Problem::NotFound));
    for (call, by, problem) in [
        (read(2, 7, 0), reader(0), Problem::NotFound),
        (read(1, 8, 0), reader(0), Problem::NotFound),
        (read(1, 7, 0), stranger(), Problem::Forbidden),
        (read(1, 7, 0), writer(0), Problem::Forbidden),
    ] {
        assert_eq!(world.send(&call, Some(&by)).await, Err(problem));
    }
}

#[tokio::test]
async fn an_interrupted_file_says_which_pieces_it_has_and_goes_on() {
    let world = World::ready().await;
    world.create(1).await;
    let start = begin(1, 7, 10);
    let ticket = world.send(&start, Some(&writer(0))).await.unwrap();
    for number in [9, 0, 3] {
        let last = number == 9;
        let piece = if last { vec![1] } else { whole(1) };
        world.send(&put(ticket, number, piece), None).await.unwrap();
    }
    let look = FileLook { ticket };
    let present = vec![0b0000_1001, 0b10];
    assert_eq!(world.send(&look, None).await, Ok(FileProgress { present }));
    let finish = FileFinish { ticket };
    assert_eq!(world.send(&finish, None).await, Err(Problem::Conflict));
    assert_eq!(
        world.send(&read(1, 7, 0), Some(&reader(0))).await,
        Err(Problem::NotFound),
        "nobody reads half a file"
    );
    let again = world.send(&start, Some(&writer(0))).await.unwrap();
    for number in [1, 2, 4, 5, 6, 7, 8] {
        world
            .send(&put(again, number, whole(1)), None)
            .await
            .unwrap();
    }
    // A piece that is there stays as it is.
    assert_eq!(world.send(&put(again, 0, whole(2)), None).await, Ok(Done));
    assert_eq!(world.send(&finish, None).await, Ok(Done));
    assert_eq!(world.send(&finish, None).await, Ok(Done));
    let first = world.send(&read(1, 7, 0), Some(&reader(0))).await.unwrap();
    assert_eq!(first.piece, whole(1));
}

#[tokio::test]
async fn pieces_need_a_ticket_a_place_and_a_size() {
    let world = World::ready().await;
    world.create(1).await;
    let ticket = world.send(&begin(1, 7, 3), Some(&writer(0))).await.unwrap();
    let mut forged = ticket;
    forged.file = name(8);
    let mut longer = ticket;
    longer.pieces = 4;
    for ticket in [forged, longer] {
        assert_eq!(
            world.send(&put(ticket, 0, whole(1)), None).await,
            Err(Problem::Forbidden)
        );
        assert_eq!(
            world.send(&FileFinish { ticket }, None).await,
            Err(Problem::Forbidden)
        );
        assert_eq!(
            world.send(&FileLook { ticket }, None).await,
            Err(Problem::Forbidden)
        );
    }
    for (number, piece) in [
        (3, whole(1)),
        (u32::MAX, vec![1]),
        (0, vec![1; FILE_PIECE - 1]),
        (2, vec![]),
    ] {
        assert_eq!(
            world.send(&put(ticket, number, piece), None).await,
            Err(Problem::Malformed)
        );
    }
    let mut long = body_of(&put(ticket, 0, whole(1)));
    long.push(0);
    let raw = world.raw(world.request::<PiecePut>(long, None)).await;
    assert_eq!(raw.problem(), Problem::TooLarge);
    world.pass(DAY);
    assert_eq!(
        world.send(&put(ticket, 0, whole(1)), None).await,
        Err(Problem::Forbidden),
        "after a day"
    );
}

#[tokio::test]
async fn only_writers_begin_files_and_none_is_larger_than_it_may_be() {
    let world = World::ready().await;
    world.create(1).await;
    for (call, by, problem) in [
        (begin(1, 7, 1), reader(0), Problem::Forbidden),
        (begin(2, 7, 1), writer(0), Problem::Forbidden),
        (begin(1, 7, 0), writer(0), Problem::Malformed),
        (begin(1, 7, FILE_PIECES + 1), writer(0), Problem::TooLarge),
    ] {
        assert_eq!(world.send(&call, Some(&by)).await, Err(problem));
    }
    let first = begin(1, 7, FILE_PIECES);
    world.send(&first, Some(&writer(0))).await.unwrap();
    assert_eq!(
        world.send(&begin(1, 7, 2), Some(&writer(0))).await,
        Err(Problem::Conflict),
        "another file under this name"
    );
}

#[tokio::test]
async fn one_proof_of_work_buys_one_file_of_a_reporter() {
    let world = World::ready().await;
    world.create(1).await;
    world.create(2).await;
    let work = solution(&world).await;
    let open = |file, pieces| FileOpen {
        solution: work.clone(),
        file: name(file),
        pieces,
    };
    assert_eq!(
        world.send(&open(7, FILE_PIECES_REPORTER + 1), None).await,
        Err(Problem::TooLarge)
    );
    let ticket = world.send(&open(7, 1), None).await.unwrap();
    assert_eq!(
        world.send(&open(7, 1), None).await,
        Ok(ticket),
        "asked again, answered again"
    );
    assert_eq!(world.send(&open(8, 1), None).await, Err(Problem::WorkWrong));
    world
        .send(&put(ticket, 0, vec![5; 80]), None)
        .await
        .unwrap();
    let early = claim(1, 7);
    world.send(&early, Some(&writer(0))).await.unwrap();
    world.send(&FileFinish { ticket }, None).await.unwrap();
    assert_eq!(
        world.send(&read(1, 7, 0), Some(&reader(0))).await,
        Err(Problem::NotFound),
        "nobody's yet"
    );
    assert_eq!(
        world.send(&early, Some(&reader(0))).await,
        Err(Problem::Forbidden)
    );
    world.send(&claim(1, 7), Some(&writer(0))).await.unwrap();
    world.send(&claim(2, 7), Some(&writer(0))).await.unwrap();
    let piece = world.send(&read(1, 7, 0), Some(&reader(0))).await.unwrap();
    assert_eq!(piece.piece, vec![5; 80]);
    assert_eq!(
        world.send(&read(2, 7, 0), Some(&reader(0))).await,
        Err(Problem::NotFound),
        "the first dossier has it"
    );
}

#[tokio::test]
async fn only_a_steward_deletes_and_the_bin_is_emptied_after_seven_days() {
    let world = World::ready().await;
    world.create(1).await;
    world.create(2).await;
    sent(&world, 7).await;
    sent(&world, 8).await;
    assert_eq!(
        world.send(&delete(1, 7), Some(&writer(0))).await,
        Err(Problem::Forbidden)
    );
    world.send(&delete(2, 7), Some(&steward())).await.unwrap();
    assert!(world.send(&read(1, 7, 0), Some(&reader(0))).await.is_ok());
    world.send(&delete(1, 7), Some(&steward())).await.unwrap();
    world.send(&delete(1, 7), Some(&steward())).await.unwrap();
    assert_eq!(
        world.send(&read(1, 7, 0), Some(&reader(0))).await,
        Err(Problem::NotFound)
    );
    let folder = world.folder.path().join("data/files");
    let holds = |n: &str| folder.join(n.repeat(16)).exists();
    world.pass(7 * DAY - 3_600);
    world.app.sweep().await.unwrap();
    assert!(holds("07") && holds("08"));
    world.pass(7_200);
    world.app.sweep().await.unwrap();
    assert!(!holds("07") && holds("08"));
}

#[tokio::test]
async fn what_was_begun_and_never_finished_is_swept_after_a_day() {
    let world = World::ready().await;
    world.create(1).await;
    let start = begin(1, 7, 2);
    let ticket = world.send(&start, Some(&writer(0))).await.unwrap();
    world.send(&put(ticket, 0, whole(1)), None).await.unwrap();
    sent(&world, 8).await;
    let left = || std::fs::read_dir(world.folder.path().join("data/files")).unwrap();
    world.app.sweep().await.unwrap();
    assert_eq!(left().count(), 2);
    world.pass(DAY + 7_200);
    world.app.sweep().await.unwrap();
    assert_eq!(left().count(), 1);
    assert!(world.send(&read(1, 8, 1), Some(&reader(0))).await.is_ok());
}

#[tokio::test]
async fn what_a_reporter_sends_has_one_size_for_each_kind_of_request() {
    let world = World::ready().await;
    let work = solution(&world).await;
    for (file, pieces) in [(0, 1), (255, FILE_PIECES_REPORTER)] {
        let open = FileOpen {
            solution: work.clone(),
            file: name(file),
            pieces,
        };
        let ticket = FileTicket {
            file: name(file),
            pieces,
            began: world.now(),
            mac: [file; 32],
        };
        let last = put(ticket, pieces - 1, vec![1]);
        assert_eq!(body_of(&open).len(), FILE_OPEN);
        assert_eq!(body_of(&last).len(), PIECE_PUT);
        assert_eq!(body_of(&put(ticket, 0, whole(1))).len(), PIECE_PUT);
        assert_eq!(body_of(&FileLook { ticket }).len(), FILE_REQUEST);
        assert_eq!(body_of(&FileFinish { ticket }).len(), FILE_REQUEST);
    }
    assert_eq!(PiecePut::SIZE, Some(PIECE_PUT));
}
