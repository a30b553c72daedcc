//! What the reporter's page asks: evidence, challenge, post, poll. One size each way in, small answers.

use sha2::{Digest as _, Sha256};
use sluis_directory::signature::{Label, Signature, VerifyingKey};
use sluis_wire::address::BoardTag;
use sluis_wire::api::{
    BoardPost, BoardRead, BoardRenew, Call, ChallengeRead, Done, EvidenceRead, Hello, INTAKE_POST,
    IntakeDelete, IntakeList, IntakePost, Problem,
};
use sluis_wire::envelope::{BoardEnvelope, IntakeEnvelope};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::pow::{Challenge, Search, Solution, Workbench};
use sluis_wire::time::{DAY, Week};
use sluis_wire::{codec, limits};

use crate::world::{NOW, Raw, World, body_of, staff};

const SECRET: [u8; 32] = [0x5e; 32];

/// A frame of the type's one size around an envelope with room for `sealed`.
fn filled<T: serde::Serialize>(kind: FrameType, envelope: impl Fn(Vec<u8>) -> T) -> Vec<u8> {
    let empty = codec::encode(&envelope(vec![])).len();
    // The length of `sealed` takes two bytes instead of one.
    let sealed = vec![7; kind.max_body_len() - empty - 1];
    Frame::build(kind, &codec::encode(&envelope(sealed)))
        .unwrap()
        .to_bytes()
}

fn message(n: u8) -> Vec<u8> {
    filled(FrameType::IntakeMessage, |mut sealed| {
        sealed.fill(n);
        IntakeEnvelope {
            delete_hash: Sha256::digest(SECRET).into(),
            week: Week::of(NOW),
            dir_seq: 6,
            sealed,
        }
    })
}

fn reply(page: u16, n: u8) -> (BoardTag, Vec<u8>) {
    let mut tag = [n; 16];
    tag[..2].copy_from_slice(&page.to_be_bytes());
    let tag = BoardTag(tag);
    (
        tag,
        filled(FrameType::BoardEntry, |sealed| BoardEnvelope {
            tag,
            sealed,
        }),
    )
}

fn solve(challenge: Challenge) -> Solution {
    let (mut bench, mut search) = (Workbench::new(), Search::new(challenge).unwrap());
    loop {
        if let Some(solution) = search.step(&mut bench).unwrap() {
            return solution;
        }
    }
}

pub(crate) async fn solution(world: &World) -> Solution {
    solve(world.send(&ChallengeRead, None).await.unwrap())
}

#[tokio::test]
async fn a_message_is_taken_with_a_signed_receipt() {
    let mut world = World::ready().await;
    let post = IntakePost {
        solution: solution(&world).await,
        envelope: message(1),
    };
    let receipt = world.send(&post, None).await.unwrap();
    assert_eq!(receipt.hour, world.now().to_hour());
    let relay = world.send(&Hello, None).await.unwrap().relay_key;
    let mut signed = Sha256::digest(&post.envelope).to_vec();
    signed.extend_from_slice(&receipt.hour.0.to_be_bytes());
    let key = VerifyingKey::parse(relay).unwrap();
    assert_eq!(
        key.verify(Label::Receipt, &signed, &Signature(receipt.signature)),
        Ok(())
    );
    assert_eq!(
        world.send(&post, None).await,
        Ok(receipt),
        "asked again, answered again"
    );
    world.restart().await;
    assert!(world.send(&post, None).await.is_ok());
    let page = world
        .send(&IntakeList { after: 0 }, Some(&staff()))
        .await
        .unwrap();
    assert_eq!(page.entries.len(), 1);
    assert_eq!(page.entries[0].envelope, post.envelope);
}

#[tokio::test]
async fn work_pays_for_one_message_and_only_while_it_is_fresh() {
    let world = World::ready().await;
    let paid = solution(&world).await;
    let post = |envelope| IntakePost {
        solution: paid.clone(),
        envelope,
    };
    world.send(&post(message(1)), None).await.unwrap();
    assert_eq!(
        world.send(&post(message(2)), None).await,
        Err(Problem::WorkWrong)
    );
    let late = solution(&world).await;
    world.pass(1_200);
    let post = IntakePost {
        solution: late,
        envelope: message(3),
    };
    assert_eq!(world.send(&post, None).await, Err(Problem::WorkWrong));
    let mut wrong = solution(&world).await;
    wrong.challenge.difficulty ^= 1;
    let post = IntakePost {
        solution: wrong,
        envelope: message(3),
    };
    assert_eq!(world.send(&post, None).await, Err(Problem::WorkWrong));
}

#[tokio::test]
async fn a_message_of_another_size_is_refused() {
    let world = World::ready().await;
    let paid = solution(&world).await;
    let mut short = message(1);
    short.pop();
    let post = IntakePost {
        solution: paid.clone(),
        envelope: short,
    };
    assert_eq!(world.send(&post, None).await, Err(Problem::Malformed));
    let (_, other_kind) = reply(1, 1);
    let post = IntakePost {
        solution: paid,
        envelope: other_kind,
    };
    assert_eq!(world.send(&post, None).await, Err(Problem::Malformed));
}

#[tokio::test]
async fn only_who_opened_a_message_deletes_it() {
    let world = World::ready().await;
    let post = IntakePost {
        solution: solution(&world).await,
        envelope: message(1),
    };
    world.send(&post, None).await.unwrap();
    let list = async || {
        world
            .send(&IntakeList { after: 0 }, Some(&staff()))
            .await
            .unwrap()
            .entries
    };
    let number = list().await[0].number;
    let delete = async |secret| {
        world
            .send(
                &IntakeDelete {
                    entries: vec![(number, secret)],
                },
                Some(&staff()),
            )
            .await
            .unwrap();
        list().await.len()
    };
    assert_eq!(delete([0; 32]).await, 1);
    assert_eq!(delete(SECRET).await, 0);
    assert_eq!(delete(SECRET).await, 0, "gone already is no fault");
}

#[tokio::test]
async fn a_message_waits_ninety_days() {
    let world = World::ready().await;
    let post = IntakePost {
        solution: solution(&world).await,
        envelope: message(1),
    };
    world.send(&post, None).await.unwrap();
    for (days, left) in [(limits::INTAKE_DAYS - 1, 1), (1, 0)] {
        world.pass(days * DAY);
        world.app.sweep().await.unwrap();
        let page = world
            .send(&IntakeList { after: 0 }, Some(&staff()))
            .await
            .unwrap();
        assert_eq!(page.entries.len(), left);
    }
}

async fn poll(world: &World, page: u16, bits: u8, after: u64) -> (Raw, sluis_wire::api::BoardPage) {
    let call = BoardRead { page, bits, after };
    let raw = world
        .raw(world.request::<BoardRead>(body_of(&call), None))
        .await;
    let answer = codec::decode(&raw.body, raw.body.len()).unwrap();
    (raw, answer)
}

#[tokio::test]
async fn a_poll_that_finds_nothing_new_is_small() {
    let world = World::ready().await;
    for n in 0..3 {
        let (_, entry) = reply(0x1234, n);
        assert_eq!(
            world.send(&BoardPost { entry }, Some(&staff())).await,
            Ok(Done)
        );
    }
    let (_, full) = poll(&world, 0x1234, 16, 0).await;
    assert_eq!((full.entries.len(), full.version), (3, full.cursor));
    let (raw, empty) = poll(&world, 0x1234, 16, full.version).await;
    assert_eq!((empty.entries.len(), empty.version), (0, full.version));
    // As it goes over the wire: status line, headers, the date that the server adds, an empty line.
    let headers: usize = raw
        .headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    let bytes =
        "HTTP/1.1 200 OK\r\n".len() + headers + "date: Sat, 21 Nov 2026 21:00:00 GMT\r\n".len() + 2;
    assert!(bytes + raw.body.len() < 500, "{bytes}");
}

#[tokio::test]
async fn a_page_holds_at_most_sixty_four_and_goes_on_from_its_cursor() {
    let world = World::ready().await;
    for n in 0..70 {
        let (_, entry) = reply(u16::from(n), n);
        world
            .send(&BoardPost { entry }, Some(&staff()))
            .await
            .unwrap();
    }
    let (raw, first) = poll(&world, 0, 0, 0).await;
    assert!(raw.body.len() <= 300_000);
    assert_eq!(first.entries.len(), limits::BOARD_PAGE);
    assert!(first.cursor < first.version);
    let (_, rest) = poll(&world, 0, 0, first.cursor).await;
    assert_eq!(
        (rest.entries.len(), rest.cursor, rest.version),
        (6, first.version, first.version)
    );
    let (_, some) = poll(&world, 8, 13, 0).await;
    assert_eq!(some.entries.len(), 8, "pages 8 to 15");
    let refused = world
        .send(
            &BoardRead {
                page: 0,
                bits: 17,
                after: 0,
            },
            None,
        )
        .await;
    assert_eq!(refused.unwrap_err(), Problem::Malformed);
}

#[tokio::test]
async fn a_second_reply_under_a_tag_is_a_conflict() {
    let world = World::ready().await;
    let (_, entry) = reply(1, 1);
    let mut other = entry.clone();
    other[200] ^= 1;
    let post = |entry: &[u8]| BoardPost {
        entry: entry.to_vec(),
    };
    assert_eq!(world.send(&post(&entry), Some(&staff())).await, Ok(Done));
    assert_eq!(world.send(&post(&entry), Some(&staff())).await, Ok(Done));
    assert_eq!(
        world.send(&post(&other), Some(&staff())).await,
        Err(Problem::Conflict)
    );
}

#[tokio::test]
async fn a_reply_lives_while_it_is_renewed() {
    let world = World::ready().await;
    let (tag, entry) = reply(1, 1);
    world
        .send(&BoardPost { entry }, Some(&staff()))
        .await
        .unwrap();
    let after = async |days| {
        world.pass(days * DAY);
        world.app.sweep().await.unwrap();
        poll(&world, 1, 16, 0).await.1.entries.len()
    };
    assert_eq!(after(limits::BOARD_DAYS - 30).await, 1);
    world
        .send(&BoardRenew { tags: vec![tag] }, Some(&staff()))
        .await
        .unwrap();
    assert_eq!(after(limits::BOARD_DAYS - 1).await, 1);
    assert_eq!(after(1).await, 0);
}

/// Every request of the reporter's page has one size for its path, whatever it says.
#[tokio::test]
async fn requests_of_another_size_are_refused() {
    async fn refused<C: Call>(world: &World, call: C, size: usize) {
        let right = body_of(&call);
        assert_eq!((right.len(), C::SIZE), (size, Some(size)), "{}", C::PATH);
        let mut longer = right.clone();
        longer.push(0);
        let raw = world.raw(world.request::<C>(longer, None)).await;
        assert_eq!(raw.problem(), Problem::TooLarge);
        let raw = world
            .raw(world.request::<C>(right[..size - 1].to_vec(), None))
            .await;
        assert_eq!(raw.problem(), Problem::Malformed);
        let mut damaged = right;
        *damaged.last_mut().unwrap() = 1;
        let raw = world.raw(world.request::<C>(damaged, None)).await;
        assert_eq!(raw.problem(), Problem::Malformed);
    }
    let world = World::ready().await;
    refused(&world, EvidenceRead, limits::SMALL_REQUEST).await;
    refused(&world, ChallengeRead, limits::SMALL_REQUEST).await;
    refused(
        &world,
        BoardRead {
            page: u16::MAX,
            bits: 16,
            after: u64::MAX,
        },
        limits::SMALL_REQUEST,
    )
    .await;
    let post = IntakePost {
        solution: solution(&world).await,
        envelope: message(1),
    };
    refused(&world, post, INTAKE_POST).await;
}
