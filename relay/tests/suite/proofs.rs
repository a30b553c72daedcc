//! Who may call what: each guarded call with every wrong key, a used proof, an old one and one for something else.

use axum::body::Body;
use axum::http::{Request, header};
use sluis_directory::capability::sign_request;
use sluis_directory::signature::SigningKey;
use sluis_wire::address::{BoardTag, FrameHash};
use sluis_wire::api::{
    BoardPost, BoardRenew, Call, Caller, ChangesRead, ControlAppend, ControlRead, DirectoryRead,
    DossierCreate, EventAppend, EventRead, IntakeDelete, IntakeList, Problem, SnapshotPut,
    SnapshotRead, StatementList, StatementPut, StreamOpen,
};
use sluis_wire::{capability, limits};

use crate::world::{
    World, address, body_of, control, device, event, reader, staff, steward, stranger, writer,
};

fn others(caller: Caller) -> Vec<SigningKey> {
    let all = [
        (Caller::Device, device()),
        (Caller::Staff, staff()),
        (Caller::Reader, reader(0)),
        (Caller::Writer, writer(0)),
        (Caller::Steward, steward()),
    ];
    let may =
        |other: Caller| other == caller || (caller == Caller::Steward && other == Caller::Writer);
    let mut keys: Vec<_> = all
        .into_iter()
        .filter(|(other, _)| !may(*other))
        .map(|(_, key)| key)
        .collect();
    keys.push(stranger());
    keys
}

async fn is_guarded<C: Call>(world: &World, call: C) {
    let forbidden = async |by: Option<&SigningKey>| {
        let raw = world.raw(world.request::<C>(body_of(&call), by)).await;
        assert_eq!(raw.problem(), Problem::Forbidden, "{}", C::PATH);
    };
    forbidden(None).await;
    for key in others(C::CALLER) {
        forbidden(Some(&key)).await;
    }
}

#[tokio::test]
async fn every_guarded_call_refuses_every_other_key() {
    let world = World::ready().await;
    let first = world.create(1).await;
    let (statement, wraps) = world.staff_statement(1, &stranger());
    is_guarded(&world, DirectoryRead { from: 0 }).await;
    is_guarded(&world, StatementPut { statement, wraps }).await;
    is_guarded(&world, StatementList { after: 0 }).await;
    is_guarded(
        &world,
        SnapshotPut {
            snapshot: vec![],
            tables: vec![],
        },
    )
    .await;
    is_guarded(&world, SnapshotRead).await;
    is_guarded(&world, IntakeList { after: 0 }).await;
    is_guarded(&world, IntakeDelete { entries: vec![] }).await;
    is_guarded(&world, BoardPost { entry: vec![] }).await;
    is_guarded(
        &world,
        BoardRenew {
            tags: vec![BoardTag([0; 16])],
        },
    )
    .await;
    let (link, wraps) = control(2, 0, FrameHash([0; 32]), 0);
    is_guarded(
        &world,
        DossierCreate {
            control: link,
            wraps,
        },
    )
    .await;
    is_guarded(
        &world,
        ControlRead {
            dossier: address(1),
            from: 0,
        },
    )
    .await;
    is_guarded(
        &world,
        EventAppend {
            dossier: address(1),
            events: vec![event(1, 0, 1)],
        },
    )
    .await;
    is_guarded(
        &world,
        EventRead {
            dossier: address(1),
            from: 0,
        },
    )
    .await;
    let (link, wraps) = control(1, 1, sluis_directory::frame_hash(&first), 1);
    is_guarded(
        &world,
        ControlAppend {
            control: link,
            wraps,
        },
    )
    .await;
    is_guarded(&world, ChangesRead { after: 0 }).await;
    is_guarded(&world, StreamOpen).await;
}

#[tokio::test]
async fn a_dossier_that_is_not_there_is_like_one_that_is_closed_to_you() {
    let world = World::ready().await;
    let refused = world
        .send(
            &EventRead {
                dossier: address(7),
                from: 0,
            },
            Some(&reader(0)),
        )
        .await;
    assert_eq!(refused.unwrap_err(), Problem::Forbidden);
}

fn proven(world: &World, path: &str, body: &[u8], value: &str) -> Request<Body> {
    let _ = world;
    Request::post(path)
        .header(capability::HEADER, value)
        .body(Body::from(body.to_vec()))
        .unwrap()
}

#[tokio::test]
async fn a_proof_is_good_once_for_one_request_in_its_time() {
    let world = World::ready().await;
    let (path, body) = (ChangesRead::PATH, body_of(&ChangesRead { after: 0 }));
    let sign = |path: &str, body: &[u8], nonce: u8, ahead: u64| {
        sign_request(
            &staff(),
            &world.genesis(),
            path,
            body,
            [nonce; 16],
            world.now().plus(ahead),
        )
        .encode()
    };
    let answer = async |body: &[u8], value: &str| {
        world
            .raw(proven(&world, path, body, value))
            .await
            .status
            .as_u16()
    };
    let good = sign(path, &body, 201, 0);
    assert_eq!(answer(&body, &good).await, 200);
    assert_eq!(answer(&body, &good).await, 403, "used");
    assert_eq!(
        answer(&body, &sign(IntakeList::PATH, &body, 202, 0)).await,
        403,
        "for another path"
    );
    assert_eq!(
        answer(&body, &sign(path, b"other", 203, 0)).await,
        403,
        "for another body"
    );
    assert_eq!(
        answer(&body, &sign(path, &body, 204, 31)).await,
        403,
        "too far ahead"
    );
    assert_eq!(answer(&body, "nonsense").await, 403);
    let old = sign(path, &body, 205, 0);
    world.pass(31);
    assert_eq!(answer(&body, &old).await, 403, "expired");
    assert_eq!(answer(&body, &good).await, 403, "used and expired");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_before_it_is_read() {
    let world = World::ready().await;
    let announced = |length: usize| {
        let request = Request::post(sluis_wire::api::DirectoryAppend::PATH)
            .header(header::CONTENT_LENGTH, length);
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(
        world.raw(announced(limits::REQUEST + 1)).await.problem(),
        Problem::TooLarge
    );
    let unannounced = Request::post(sluis_wire::api::DirectoryAppend::PATH)
        .body(Body::from(vec![0; limits::REQUEST + 1]))
        .unwrap();
    assert_eq!(world.raw(unannounced).await.problem(), Problem::TooLarge);
    let unreadable = Request::post(sluis_wire::api::DirectoryAppend::PATH)
        .body(Body::from(vec![0xff; 9]))
        .unwrap();
    assert_eq!(world.raw(unreadable).await.problem(), Problem::Malformed);
}

#[tokio::test]
async fn an_unknown_call_says_no_more_than_that() {
    let world = World::ready().await;
    let request = Request::post("/api/1/nothing").body(Body::empty()).unwrap();
    let raw = world.raw(request).await;
    assert_eq!(raw.problem(), Problem::NotFound);
    let raw = world.get(ChangesRead::PATH, &[]).await;
    assert_eq!(raw.problem(), Problem::NotFound);
}

/// Whatever bytes come, from whoever: an answer, and never that the relay is at fault.
#[tokio::test]
async fn no_bytes_bring_the_relay_down() {
    let world = World::ready().await;
    world.create(1).await;
    let mut random = Random(0x5151_7e57);
    hostile::<sluis_wire::api::Hello>(&world, &mut random, None).await;
    hostile::<sluis_wire::api::SetUp>(&world, &mut random, None).await;
    hostile::<sluis_wire::api::DirectoryAppend>(&world, &mut random, None).await;
    hostile::<sluis_wire::api::EvidenceRead>(&world, &mut random, None).await;
    hostile::<sluis_wire::api::ChallengeRead>(&world, &mut random, None).await;
    hostile::<sluis_wire::api::IntakePost>(&world, &mut random, None).await;
    hostile::<sluis_wire::api::BoardRead>(&world, &mut random, None).await;
    hostile::<StatementPut>(&world, &mut random, Some(device())).await;
    hostile::<StatementList>(&world, &mut random, Some(device())).await;
    hostile::<SnapshotPut>(&world, &mut random, Some(device())).await;
    hostile::<DirectoryRead>(&world, &mut random, Some(device())).await;
    hostile::<IntakeList>(&world, &mut random, Some(staff())).await;
    hostile::<IntakeDelete>(&world, &mut random, Some(staff())).await;
    hostile::<BoardPost>(&world, &mut random, Some(staff())).await;
    hostile::<BoardRenew>(&world, &mut random, Some(staff())).await;
    hostile::<DossierCreate>(&world, &mut random, Some(staff())).await;
    hostile::<ControlRead>(&world, &mut random, Some(staff())).await;
    hostile::<sluis_wire::api::FigurePut>(&world, &mut random, Some(staff())).await;
    hostile::<sluis_wire::api::FigureList>(&world, &mut random, Some(staff())).await;
    hostile::<ChangesRead>(&world, &mut random, Some(staff())).await;
    hostile::<EventRead>(&world, &mut random, Some(reader(0))).await;
    hostile::<EventAppend>(&world, &mut random, Some(writer(0))).await;
    hostile::<ControlAppend>(&world, &mut random, Some(steward())).await;
}

/// Random bytes, and frames and requests with random bytes changed, each with a good proof over what was sent.
async fn hostile<C: Call>(world: &World, random: &mut Random, by: Option<SigningKey>) {
    let (link, wraps) = control(1, 1, FrameHash([0; 32]), 1);
    let seeds = [
        vec![],
        sluis_wire::codec::encode(&vec![event(1, 0, 1)]),
        body_of(&EventAppend {
            dossier: address(1),
            events: vec![event(1, 0, 1)],
        }),
        body_of(&ControlAppend {
            control: link,
            wraps,
        }),
        vec![0xff; C::SIZE.unwrap_or(40)],
    ];
    for round in 0..60 {
        let mut body = seeds[round % seeds.len()].clone();
        for _ in 0..random.below(6) {
            let place = random.below(body.len() + 1);
            match random.below(3) {
                0 => body.insert(place, random.byte()),
                1 => body.truncate(place),
                _ => body
                    .iter_mut()
                    .skip(place)
                    .take(1)
                    .for_each(|byte| *byte = random.byte()),
            }
        }
        if let Some(size) = C::SIZE
            && random.below(4) > 0
        {
            body.truncate(size - 4);
            body = sluis_wire::codec::pad_to(&body, size).unwrap();
        }
        let raw = world.raw(world.request::<C>(body, by.as_ref())).await;
        assert!(
            raw.status.as_u16() < 500 || raw.problem() == Problem::Busy,
            "{}: {}",
            C::PATH,
            raw.status
        );
    }
}

/// Repeatable: xorshift64.
struct Random(u64);

impl Random {
    fn byte(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.to_be_bytes()[3]
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::from(u16::from_be_bytes([self.byte(), self.byte()])) % bound.max(1)
    }
}
