//! A small deployment: keys follow from numbers, time stands still until a test moves it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use sluis_directory::Directory;
use sluis_directory::capability::sign_request;
use sluis_directory::entry::{
    Device, DeviceKind, Directors, Entry, Genesis, KemKey, Member, Op, Organisation,
    OrganisationKind, Policy, Role, RootKeys, Team, WitnessSet,
};
use sluis_directory::frame_hash;
use sluis_directory::maker::{sign_entry, sign_snapshot, sign_statement};
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_directory::snapshot::prepare;
use sluis_directory::statement::{Author, StaffCapability, Statement, TeamIntake};
use sluis_relay::settings::Settings;
use sluis_relay::store::sqlite::SqliteStore;
use sluis_relay::{App, open, router};
use sluis_wire::address::{
    CapabilityKey, DeviceId, DossierAddress, FrameHash, GenesisHash, MemberId, OrganisationId,
    TeamId,
};
use sluis_wire::api::{
    Call, ControlAppend, DossierCreate, Hello, Problem, SetUp, SnapshotPut, StatementPut, Welcome,
};
use sluis_wire::envelope::{ControlEnvelope, EventEnvelope, WrapSet};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime, Week};
use sluis_wire::{capability, codec};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(crate) const NOW: UnixTime = UnixTime(1_795_000_000);

pub(crate) fn key(n: u8) -> SigningKey {
    SigningKey::from_seed([n; 32])
}

pub(crate) fn root() -> SigningKey {
    key(1)
}
pub(crate) fn director() -> SigningKey {
    key(2)
}
pub(crate) fn device() -> SigningKey {
    key(3)
}
pub(crate) fn staff() -> SigningKey {
    key(4)
}
pub(crate) fn stranger() -> SigningKey {
    key(5)
}
pub(crate) fn reader(epoch: u8) -> SigningKey {
    key(100 + epoch)
}
pub(crate) fn writer(epoch: u8) -> SigningKey {
    key(120 + epoch)
}
pub(crate) fn steward() -> SigningKey {
    key(140)
}

const MEMBER: MemberId = MemberId([1; 16]);
pub(crate) const DEVICE: DeviceId = DeviceId([2; 16]);
const ORGANISATION: OrganisationId = OrganisationId([3; 16]);
const TEAM: TeamId = TeamId([4; 16]);

pub(crate) struct World {
    pub(crate) app: App<SqliteStore>,
    pub(crate) router: Router,
    pub(crate) clock: Arc<AtomicU64>,
    pub(crate) directory: Option<Directory>,
    pub(crate) folder: TempDir,
}

/// An answer as it came.
pub(crate) struct Raw {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Raw {
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json"
        );
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["request_id"].as_str().unwrap().len(), 16);
        assert_eq!(body["status"], self.status.as_u16());
        ALL_PROBLEMS
            .into_iter()
            .find(|problem| body["code"] == format!("{problem:?}"))
            .unwrap()
    }
}

const ALL_PROBLEMS: [Problem; 10] = [
    Problem::Malformed,
    Problem::TooLarge,
    Problem::Forbidden,
    Problem::NotFound,
    Problem::Conflict,
    Problem::Refused,
    Problem::WorkWrong,
    Problem::Busy,
    Problem::SetUp,
    Problem::Internal,
];

/// The encoded body of a call, padded where the call has one size.
pub(crate) fn body_of<C: Call>(call: &C) -> Vec<u8> {
    let body = codec::encode(call);
    C::SIZE.map_or_else(|| body.clone(), |size| codec::pad_to(&body, size).unwrap())
}

pub(crate) fn settings(folder: &Path) -> Settings {
    let mut settings = Settings::local(&folder.join("data"));
    settings.site = folder.join("dist");
    settings.work = 0;
    settings
}

impl World {
    /// A relay at its first start.
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(folder.path());
        change(&mut settings);
        let clock = Arc::new(AtomicU64::new(NOW.0));
        let app = start(settings, &clock).await;
        Self {
            router: router(app.clone()),
            app,
            clock,
            directory: None,
            folder,
        }
    }

    /// A relay that has been set up, with a staff capability.
    pub(crate) async fn ready() -> Self {
        Self::ready_with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn ready_with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut world = Self::with(change).await;
        world.make_ready().await;
        world
    }

    /// Sets it up.
    pub(crate) async fn make_ready(&mut self) {
        let entries = self.founding().await;
        let code = self.app.setup_code().unwrap().unwrap();
        self.directory = Some(Directory::replay(&entries).unwrap());
        self.send(&SetUp { code, entries }, None).await.unwrap();
        let (statement, wraps) = self.staff_statement(0, &staff());
        self.send(&StatementPut { statement, wraps }, Some(&device()))
            .await
            .unwrap();
    }

    /// Stops and starts on the same folder.
    pub(crate) async fn restart(&mut self) {
        let settings = self.app.settings().clone();
        self.app.close().await;
        // The lock on the folder ends with the last clone, so another relay stands in meanwhile.
        let elsewhere = tempfile::tempdir().unwrap();
        self.router = Router::new();
        self.app = start(self::settings(elsewhere.path()), &self.clock).await;
        self.app = start(settings, &self.clock).await;
        self.router = router(self.app.clone());
    }

    pub(crate) fn now(&self) -> UnixTime {
        UnixTime(self.clock.load(Ordering::Relaxed))
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(crate) fn directory(&self) -> &Directory {
        self.directory.as_ref().unwrap()
    }

    pub(crate) fn genesis(&self) -> GenesisHash {
        self.directory().genesis()
    }

    pub(crate) async fn raw(&self, request: Request<Body>) -> Raw {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Raw {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// A request as a client makes it.
    pub(crate) fn request<C: Call>(&self, body: Vec<u8>, by: Option<&SigningKey>) -> Request<Body> {
        let mut request =
            Request::post(C::PATH).header(header::CONTENT_TYPE, "application/octet-stream");
        if let Some(by) = by {
            let proof = sign_request(
                by,
                &self.genesis(),
                C::PATH,
                &body,
                next_nonce(),
                self.now(),
            );
            request = request.header(capability::HEADER, proof.encode());
        }
        request
            .header(header::CONTENT_LENGTH, body.len())
            .body(Body::from(body))
            .unwrap()
    }

    pub(crate) async fn send<C: Call>(
        &self,
        call: &C,
        by: Option<&SigningKey>,
    ) -> Result<C::Answer, Problem> {
        let raw = self.raw(self.request::<C>(body_of(call), by)).await;
        if raw.status == StatusCode::OK {
            assert_eq!(raw.headers[header::CACHE_CONTROL], "no-store");
            Ok(codec::decode(&raw.body, raw.body.len()).unwrap())
        } else {
            Err(raw.problem())
        }
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Raw {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.raw(request.body(Body::empty()).unwrap()).await
    }

    /// The first entries of a deployment of one person.
    pub(crate) async fn founding(&self) -> Vec<Vec<u8>> {
        let Welcome { relay_key, .. } = self.send(&Hello, None).await.unwrap();
        founding(VerifyingKey::parse(relay_key).unwrap(), self.now())
    }

    fn author(&self) -> Author {
        Author {
            device: DEVICE,
            time: self.now(),
            standing: self.directory().head(),
        }
    }

    /// A statement of the staff capability with its wraps.
    pub(crate) fn staff_statement(
        &self,
        epoch: u32,
        capability: &SigningKey,
    ) -> (Vec<u8>, Vec<u8>) {
        staff_statement_at(self.directory(), self.now(), DEVICE, epoch, capability)
    }

    /// The statement of this week's intake key.
    pub(crate) fn intake_statement(&self, version: u32) -> (Statement, StatementPut) {
        let wraps = wraps(41);
        let statement = Statement::TeamIntake(TeamIntake {
            author: self.author(),
            team: TEAM,
            week: Week::of(self.now()),
            version,
            kem: KemKey(vec![8; KemKey::LENGTH]),
            reply_keys: vec![device().verifying_key()],
            wraps: frame_hash(&wraps),
        });
        let frame = sign_statement(&statement, &device()).unwrap();
        (
            statement,
            StatementPut {
                statement: frame,
                wraps,
            },
        )
    }

    /// A snapshot of everything so far, by the one witness.
    pub(crate) fn snapshot(&self, statements: &[Statement]) -> SnapshotPut {
        let tables = prepare(self.directory(), statements, self.now()).unwrap();
        let snapshot = sign_snapshot(&tables.snapshot, &device()).unwrap();
        SnapshotPut {
            snapshot,
            tables: tables.frames,
        }
    }

    /// Creates dossier `n` with the keys of epoch 0.
    pub(crate) async fn create(&self, n: u8) -> Vec<u8> {
        let (control, wraps) = control(n, 0, FrameHash([0; 32]), 0);
        self.send(
            &DossierCreate {
                control: control.clone(),
                wraps,
            },
            Some(&staff()),
        )
        .await
        .unwrap();
        control
    }

    /// Appends the next link.
    pub(crate) async fn rotate(
        &self,
        n: u8,
        number: u64,
        prev: &[u8],
        epoch: u8,
        by: &SigningKey,
    ) -> Result<Vec<u8>, Problem> {
        let (control, wraps) = control(n, number, frame_hash(prev), epoch);
        self.send(
            &ControlAppend {
                control: control.clone(),
                wraps,
            },
            Some(by),
        )
        .await?;
        Ok(control)
    }
}

/// A nonce that no other request has.
pub(crate) fn next_nonce() -> [u8; 16] {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut nonce = [0xee; 16];
    nonce[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    nonce
}

async fn start(settings: Settings, clock: &Arc<AtomicU64>) -> App<SqliteStore> {
    let clock = Arc::clone(clock);
    open(settings, move || UnixTime(clock.load(Ordering::Relaxed)))
        .await
        .unwrap()
}

pub(crate) fn founding(relay_key: VerifyingKey, time: UnixTime) -> Vec<Vec<u8>> {
    let genesis = Genesis {
        nonce: [7; 16],
        name: "Proef".into(),
        demonstration: true,
        root: RootKeys {
            keys: vec![root().verifying_key()],
            threshold: 1,
        },
        relay_key,
        policy: Policy::default(),
    };
    let mut frames = vec![sign_entry(&Entry::genesis(genesis, time), &[&root()]).unwrap()];
    let mut directory = Directory::replay(&frames).unwrap();
    let organisation = Organisation {
        id: ORGANISATION,
        name: "Centrum".into(),
        kind: OrganisationKind::Centre,
        directors: Directors {
            keys: vec![director().verifying_key()],
            add_threshold: 1,
            revoke_threshold: 1,
        },
    };
    let member = Member {
        id: MEMBER,
        organisation: ORGANISATION,
        roles: vec![Role::CaseManager],
        sealed_name: vec![1; 40],
    };
    let browser = Device::new(
        DEVICE,
        MEMBER,
        DeviceKind::Browser,
        KemKey(vec![9; KemKey::LENGTH]),
        &device(),
    );
    let team = Team {
        id: TEAM,
        organisation: ORGANISATION,
        name: "Meldpunt".into(),
        line: true,
        members: vec![MEMBER],
    };
    let witnesses = WitnessSet {
        keys: vec![device().verifying_key()],
        threshold: 1,
        not_after: time.plus(90 * DAY),
    };
    for (op, by) in [
        (Op::OrganisationAdd(organisation), root()),
        (Op::MemberAdd(member), director()),
        (Op::DeviceAdd(browser), director()),
        (Op::TeamDefine(team), director()),
        (Op::WitnessSet(witnesses), root()),
    ] {
        let frame = sign_entry(&directory.next_entry(op, time), &[&by]).unwrap();
        directory.apply(&frame).unwrap();
        frames.push(frame);
    }
    frames
}

/// A statement of the staff capability with its wraps.
pub(crate) fn staff_statement_at(
    directory: &Directory,
    time: UnixTime,
    author: DeviceId,
    epoch: u32,
    capability: &SigningKey,
) -> (Vec<u8>, Vec<u8>) {
    let wraps = wraps(40);
    let body = StaffCapability {
        author: Author {
            device: author,
            time,
            standing: directory.head(),
        },
        epoch,
        key: capability_of(capability),
        wraps: frame_hash(&wraps),
    };
    (
        sign_statement(&Statement::StaffCapability(body), &device()).unwrap(),
        wraps,
    )
}

/// A wraps frame.
pub(crate) fn wraps(n: u8) -> Vec<u8> {
    let slots = WrapSet {
        slots: vec![vec![n; 1_200]; 8],
    };
    Frame::build(FrameType::Wraps, &codec::encode(&slots))
        .unwrap()
        .to_bytes()
}

pub(crate) fn address(n: u8) -> DossierAddress {
    DossierAddress([n; 16])
}

fn capability_of(key: &SigningKey) -> CapabilityKey {
    CapabilityKey(*key.verifying_key().as_bytes())
}

/// A control frame and its wraps.
pub(crate) fn control(n: u8, number: u64, prev: FrameHash, epoch: u8) -> (Vec<u8>, Vec<u8>) {
    let wraps = wraps(epoch);
    let envelope = ControlEnvelope {
        dossier: address(n),
        number,
        prev,
        epoch: u32::from(epoch),
        read_key: capability_of(&reader(epoch)),
        write_key: capability_of(&writer(epoch)),
        steward_key: capability_of(&steward()),
        wraps: frame_hash(&wraps),
        sealed: vec![n; 3_000],
    };
    (
        Frame::build(FrameType::ControlEntry, &codec::encode(&envelope))
            .unwrap()
            .to_bytes(),
        wraps,
    )
}

/// An event frame of about a kilobyte.
pub(crate) fn event(n: u8, epoch: u8, content: u8) -> Vec<u8> {
    let envelope = EventEnvelope {
        dossier: address(n),
        epoch: u32::from(epoch),
        sealed: vec![content; 1_000],
    };
    Frame::build(FrameType::Event, &codec::encode(&envelope))
        .unwrap()
        .to_bytes()
}
