//! The relay, its file, its clock, and the founding of deployments.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "whatever goes wrong here is a failed test"
)]

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use sluis_directory::entry::{OrganisationKind, Policy, Role};
use sluis_directory::signature::VerifyingKey;
use sluis_protocol::engine::Reply;
use sluis_protocol::founding::{OrganisationPlan, PersonPlan, Plan};
use sluis_protocol::sheet::Sheet;
use sluis_protocol::staff::DeviceSecrets;
use sluis_relay::settings::Settings;
use sluis_relay::store::sqlite::SqliteStore;
use sluis_relay::{App, open, router};
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{Call, Hello, Problem, Welcome};
use sluis_wire::time::UnixTime;
use sluis_wire::{capability, codec};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::desk::{Desk, Shelf};

/// When a world begins: a Friday in November 2026, at noon.
pub const START: UnixTime = UnixTime(1_795_176_000);

/// The road to a relay. The honest one is [`World`]; another may lose, change or delay.
pub trait Transport {
    /// Sends `body` as `POST path`, with `proof` as the capability header, and brings back what came of it.
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply;
}

impl<T: Transport + ?Sized> Transport for Rc<T> {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        (**self).send(path, body, proof)
    }
}

/// A clock that a test moves. Clones show the same time; [`Clock::skewed`] ones differ from it by a fixed number of seconds.
#[derive(Clone)]
pub struct Clock {
    time: Arc<AtomicU64>,
    skew: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: UnixTime) -> Self {
        Self {
            time: Arc::new(AtomicU64::new(now.0)),
            skew: Arc::default(),
        }
    }

    /// The same clock, wrong by so many seconds.
    #[must_use]
    pub fn skewed(&self, seconds: i64) -> Self {
        Self {
            time: Arc::clone(&self.time),
            skew: Arc::new(AtomicI64::new(seconds)),
        }
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> UnixTime {
        let time = self.time.load(Ordering::Relaxed);
        UnixTime(time.saturating_add_signed(self.skew.load(Ordering::Relaxed)))
    }

    /// Lets time pass, for all clones.
    pub fn pass(&self, seconds: u64) {
        self.time.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Sets the time, for all clones.
    pub fn set(&self, now: UnixTime) {
        self.time.store(now.0, Ordering::Relaxed);
    }
}

/// A relay on a file of its own, with a clock that stands still until a test moves it.
pub struct World {
    /// The clock of the relay, and of everyone who has none of their own.
    pub clock: Clock,
    runtime: Runtime,
    relay: std::cell::RefCell<Option<(App<SqliteStore>, Router)>>,
    data: PathBuf,
    _temporary: Option<TempDir>,
}

impl World {
    /// A relay at its first start, at [`START`], in a temporary folder.
    #[must_use]
    pub fn new() -> Rc<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        Self::start(data, START, Some(folder))
    }

    /// A relay in this folder.
    #[must_use]
    pub fn at(data: &Path, now: UnixTime) -> Rc<Self> {
        Self::start(data.to_owned(), now, None)
    }

    fn start(data: PathBuf, now: UnixTime, temporary: Option<TempDir>) -> Rc<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let world = Self {
            clock: Clock::at(now),
            runtime,
            relay: None.into(),
            data,
            _temporary: temporary,
        };
        world.open();
        Rc::new(world)
    }

    fn open(&self) {
        let mut settings = Settings::local(&self.data);
        settings.work = 0;
        let clock = self.clock.clone();
        let app = self
            .runtime
            .block_on(open(settings, move || clock.now()))
            .expect("a relay");
        *self.relay.borrow_mut() = Some((app.clone(), router(app)));
    }

    /// Stops the relay, with all that it has written.
    pub fn stop(&self) {
        if let Some((app, router)) = self.relay.borrow_mut().take() {
            self.runtime.block_on(app.close());
            drop(router);
        }
    }

    /// Stops the relay and starts it on the same folder.
    pub fn restart(&self) {
        self.stop();
        self.open();
    }

    /// The relay itself.
    #[must_use]
    pub fn app(&self) -> App<SqliteStore> {
        self.relay
            .borrow()
            .as_ref()
            .map(|(app, _)| app.clone())
            .expect("the relay runs")
    }

    /// The code that the first set-up needs.
    #[must_use]
    pub fn setup_code(&self) -> String {
        self.app()
            .setup_code()
            .expect("the folder")
            .expect("not set up yet")
    }

    /// The relay's data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Makes a call as anyone.
    ///
    /// # Errors
    /// What the relay says.
    pub fn call<C: Call>(&self, call: &C) -> Result<C::Answer, Problem> {
        match self.send(C::PATH, &body_of(call), None) {
            Reply::Answer(body) => Ok(decode::<C>(&body)),
            Reply::Problem(problem) => Err(problem),
            Reply::Lost => panic!("the honest road loses nothing"),
        }
    }

    /// Everything in the relay's folder, as it lies on disk.
    #[must_use]
    pub fn disk(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files(&self.data)
    }

    /// Waits for something that the relay does.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Fails when one of these texts can be found on the relay's disk.
    pub fn assert_disk_lacks(&self, canaries: &[&str]) {
        for (path, bytes) in self.disk() {
            for canary in canaries {
                let found = bytes
                    .windows(canary.len())
                    .any(|window| window == canary.as_bytes());
                assert!(!found, "{} holds the text {canary:?}", path.display());
            }
        }
    }
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                let bytes = std::fs::read(&path).expect("a file");
                vec![(path, bytes)]
            }
        })
        .collect()
}

impl Transport for World {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        let Some(router) = self
            .relay
            .borrow()
            .as_ref()
            .map(|(_, router)| router.clone())
        else {
            return Reply::Lost;
        };
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::CONTENT_LENGTH, body.len());
        if let Some(proof) = proof {
            request = request.header(capability::HEADER, proof);
        }
        let request = request.body(Body::from(body.to_vec())).expect("a request");
        let (status, body) = self.runtime.block_on(async move {
            let response = router.oneshot(request).await.expect("an answer");
            let status = response.status();
            (
                status,
                to_bytes(response.into_body(), usize::MAX)
                    .await
                    .expect("a body"),
            )
        });
        if status == StatusCode::OK {
            return Reply::Answer(body.to_vec());
        }
        let problem: serde_json::Value = serde_json::from_slice(&body).expect("a problem");
        let code = problem
            .get("code")
            .and_then(|code| code.as_str())
            .unwrap_or_default();
        Reply::Problem(Problem::from_code(code).expect("a known problem"))
    }
}

/// The body of a call, padded where the call has one size.
#[must_use]
pub fn body_of<C: Call>(call: &C) -> Vec<u8> {
    let body = codec::encode(call);
    C::SIZE.map_or_else(
        || body.clone(),
        |size| codec::pad_to(&body, size).expect("it fits"),
    )
}

/// The answer to a call.
#[must_use]
pub fn decode<C: Call>(body: &[u8]) -> C::Answer {
    codec::decode(body, body.len()).expect("an answer of the right form")
}

/// A deployment that has just been founded.
pub struct Founding {
    /// The genesis hash that sites pin.
    pub genesis: GenesisHash,
    /// The desk of the first person; its set-up has been sent.
    pub founder: Desk,
    /// The devices of all others, in the order of the plan.
    pub others: Vec<DeviceSecrets>,
    /// The founder's recovery sheet.
    pub sheet: Sheet,
}

impl Founding {
    /// Opens the desks of all others, each on its own row of randomness.
    pub fn desks(
        &mut self,
        transport: &Rc<dyn Transport>,
        clock: &Clock,
        store: fn() -> Shelf,
    ) -> Vec<Desk> {
        let genesis = self.genesis;
        self.others
            .drain(..)
            .zip(100..)
            .map(|(device, seed)| {
                Desk::enter(
                    device,
                    genesis,
                    transport.clone(),
                    clock.clone(),
                    store(),
                    seed,
                )
            })
            .collect()
    }

    /// The desks of the founder and of the first of the others, once each has heard of the other.
    #[must_use]
    pub fn pair(mut self, transport: &Rc<dyn Transport>, clock: &Clock) -> (Desk, Desk) {
        self.founder.pump();
        let mut other = self.desks(transport, clock, Shelf::plain).remove(0);
        let mut founder = self.founder;
        clock.pass(5);
        other.pump();
        founder.sync();
        other.sync();
        (founder, other)
    }
}

/// Founds a deployment with the code of the relay, as the set-up page does. Nothing but the first entries is sent yet.
#[must_use]
pub fn found(
    world: &Rc<World>,
    plan: &Plan,
    transport: Rc<dyn Transport>,
    shelf: Shelf,
) -> Founding {
    let mut rng = super::chance(1);
    let mut made = sluis_protocol::founding::found(plan, world.clock.now(), &mut rng)
        .expect("a plan that the rules allow");
    let sheet = std::mem::replace(&mut made.sheet, Sheet::generate(&mut rng));
    let (first, others) = Desk::found(
        made,
        world.setup_code(),
        transport,
        world.clock.clone(),
        shelf,
        2,
    );
    Founding {
        genesis: first.engine.genesis(),
        founder: first,
        others,
        sheet,
    }
}

/// People by name, with their roles.
pub type People<'a> = &'a [(&'a str, &'a [Role])];

/// A plan: the centre and federations, each with its people and their roles. Receipts leave at once.
#[must_use]
pub fn plan(world: &World, organisations: &[(&str, People<'_>)]) -> Plan {
    let Welcome { relay_key, .. } = world.call(&Hello).expect("a relay that says hello");
    let organisations = organisations
        .iter()
        .enumerate()
        .map(|(place, (name, people))| OrganisationPlan {
            name: (*name).into(),
            kind: if place == 0 {
                OrganisationKind::Centre
            } else {
                OrganisationKind::Federation
            },
            line: format!("Meldlijn {name}"),
            people: people
                .iter()
                .map(|(name, roles)| PersonPlan {
                    name: (*name).into(),
                    roles: roles.to_vec(),
                })
                .collect(),
        });
    Plan {
        name: "Proefopstelling".into(),
        demonstration: false,
        relay_key: VerifyingKey::parse(relay_key).expect("a key"),
        policy: Policy {
            receipt_delay: (0, 0),
            ..Policy::default()
        },
        organisations: organisations.collect(),
    }
}

/// A plan with one person, who directs and handles dossiers.
#[must_use]
pub fn one_person(world: &World) -> Plan {
    plan(
        world,
        &[(
            "Centrum",
            &[("Anna Proef", &[Role::Director, Role::CaseManager])],
        )],
    )
}

/// A plan with a director and a case manager in one team.
#[must_use]
pub fn two_people(world: &World) -> Plan {
    let people: &[(&str, &[Role])] = &[
        ("Anna Proef", &[Role::Director, Role::CaseManager]),
        ("Bram Proef", &[Role::CaseManager]),
    ];
    plan(world, &[("Centrum", people)])
}
