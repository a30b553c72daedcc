//! Makes the data folder of a demonstration, by the same code as a real one: every dossier in it was reported, imported, read and
//! answered through the relay, with a clock that runs through the past months.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a demonstration that cannot be made whole must not be made"
)]

mod bonds;
mod cases;
mod people;
mod sharing;

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use sluis_directory::entry::{Op, OrganisationKind, Policy, Role, WitnessSet};
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::VerifyingKey;
use sluis_domain::classes::ClassNames;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::Lane;
use sluis_domain::ids::ConversationId;
use sluis_domain::vocabulary::{Category, Field, Kind, Origin, Status};
use sluis_protocol::dossier::address_auto;
use sluis_protocol::engine::{ActError, ClassWish};
use sluis_protocol::founding::{OrganisationPlan, PersonPlan, Plan};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{DirectoryAppend, Hello, Welcome};
use sluis_wire::time::{DAY, UnixTime};

use crate::harness::{Clock, Desk, Reporter, Shelf, Transport, World, found};
use cases::{Case, Turn, cases};

/// Days before today at which the demonstration was set up.
const BEGUN: u64 = 92;
/// Days between two looks of everyone at their desk.
const LOOKS: u64 = 3;
const HOUR: u64 = 3_600;

/// Somebody of the demonstration.
struct Actor {
    name: &'static str,
    role: &'static str,
    organisation: usize,
    roles: &'static [Role],
}

const ORGANISATIONS: [(&str, &str); 3] = [
    (
        "Centrum Veilige Sport (demo)",
        "Meldpunt Veilige Sport (demo)",
    ),
    ("Demobond Wielen", "Meldlijn Demobond Wielen"),
    ("Demobond Zaalsport", "Meldlijn Demobond Zaalsport"),
];

const ACTORS: [Actor; 6] = [
    Actor {
        name: "Marit Voorbeeld",
        role: "director",
        organisation: 0,
        roles: &[Role::Director, Role::CaseManager],
    },
    Actor {
        name: "Youssef Denkbeeld",
        role: "coordinator",
        organisation: 0,
        roles: &[Role::Coordinator, Role::CaseManager],
    },
    Actor {
        name: "Sanne Verzonnen",
        role: "case-manager",
        organisation: 0,
        roles: &[Role::CaseManager],
    },
    Actor {
        name: "Ilse Bedacht",
        role: "case-manager",
        organisation: 1,
        roles: &[Role::Director, Role::CaseManager],
    },
    Actor {
        name: "Tom Fictief",
        role: "confidential-adviser",
        organisation: 1,
        roles: &[Role::ConfidentialAdviser],
    },
    Actor {
        name: "Noor Proefman",
        role: "case-manager",
        organisation: 2,
        roles: &[Role::Director, Role::CaseManager],
    },
];

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Dossiers, over all lines.
    pub dossiers: usize,
    /// Requests that the desks sent.
    pub requests: usize,
}

/// Makes the folder, as if the last three months up to `now` had been worked in it.
#[must_use]
pub fn make(data: &Path, now: UnixTime) -> Made {
    let begun = UnixTime(now.0.saturating_sub(BEGUN * DAY));
    let world = World::at(data, begun);
    let mut desks = set_up(&world);
    let mut stage = Stage {
        threads: Vec::new(),
    };
    for scene in script(now) {
        while scene.time.since(world.clock.now()) > LOOKS * DAY {
            world.clock.pass(LOOKS * DAY);
            everyone_looks(&mut desks);
        }
        world.clock.set(scene.time.max(world.clock.now()));
        stage.play(&scene, &world, &mut desks);
    }
    sharing::play(&mut stage, &world, &mut desks);
    bonds::play(&world, &mut desks);
    world.clock.set(now);
    for _ in 0..3 {
        everyone_looks(&mut desks);
    }
    for desk in &desks {
        desk.assert_calm();
        assert_eq!(desk.engine.pending(), 0, "everything has been sent");
    }
    let players: Vec<Player<'_>> = ACTORS
        .iter()
        .zip(&desks)
        .map(|(actor, desk)| Player {
            name: actor.name,
            organisation: ORGANISATIONS
                .get(actor.organisation)
                .map_or("", |(name, _)| name),
            role: actor.role,
            desk,
        })
        .collect();
    write_people(data, &players);
    world.stop();
    let all = desks.iter().flat_map(|desk| desk.engine.dossiers());
    let all: BTreeSet<DossierAddress> = all.map(|(address, _)| *address).collect();
    Made {
        dossiers: all.len(),
        requests: desks.iter().map(|desk| desk.sent.len()).sum(),
    }
}

fn set_up(world: &Rc<World>) -> Vec<Desk> {
    let Welcome { relay_key, .. } = world.call(&Hello).expect("a relay that says hello");
    let people = |place: usize| {
        let here = ACTORS
            .iter()
            .filter(move |actor| actor.organisation == place);
        here.map(|actor| PersonPlan {
            name: actor.name.into(),
            roles: actor.roles.to_vec(),
        })
        .collect()
    };
    let organisations = ORGANISATIONS
        .iter()
        .enumerate()
        .map(|(place, (name, line))| OrganisationPlan {
            name: (*name).into(),
            kind: if place == 0 {
                OrganisationKind::Centre
            } else {
                OrganisationKind::Federation
            },
            line: (*line).into(),
            people: people(place),
        });
    let plan = Plan {
        name: "Sluis, demonstratie".into(),
        demonstration: true,
        relay_key: VerifyingKey::parse(relay_key).expect("a key"),
        policy: Policy {
            receipt_delay: (0, 0),
            ..Policy::default()
        },
        organisations: organisations.collect(),
    };
    let transport: Rc<dyn Transport> = world.clone();
    let mut founding = found(world, &plan, transport.clone(), Shelf::plain());
    let others = founding.desks(&transport, &world.clock, Shelf::plain);
    let mut desks = vec![founding.founder];
    desks.extend(others);
    for desk in &mut desks {
        // A demonstration is small enough to stay open, and is made sooner so.
        desk.folds = false;
    }
    // Whoever is played first keeps the snapshot fresh.
    let directory = desks
        .first()
        .and_then(|desk| desk.engine.directory())
        .expect("the founder's directory");
    let witnesses = WitnessSet {
        keys: desks
            .iter()
            .map(|desk| desk.engine.device().sign.verifying_key())
            .collect(),
        threshold: 1,
        not_after: world.clock.now().plus(180 * DAY),
    };
    let entry = directory.next_entry(Op::WitnessSet(witnesses), world.clock.now());
    let entry = sign_entry(&entry, &[&founding.sheet.root()]).expect("an entry");
    world
        .call(&DirectoryAppend {
            entries: vec![entry],
        })
        .expect("root may change the witnesses");
    if let Some(desk) = desks.first_mut() {
        let names = ClassNames {
            dutch: "Online pesten".into(),
            english: "Online bullying".into(),
        };
        let wish = ClassWish::Add(Category::Transgressive, names);
        let edited = desk.engine.edit_classes(wish, world.clock.now());
        edited.expect("a director of the centre edits the table");
    }
    for _ in 0..2 {
        for desk in &mut desks {
            desk.engine.poke_all();
            desk.pump();
        }
    }
    desks
}

fn everyone_looks(desks: &mut [Desk]) {
    for desk in desks {
        desk.sync();
    }
}

/// One moment of a case.
struct Scene {
    time: UnixTime,
    case: Rc<Case>,
    number: usize,
    act: Act,
}

#[derive(Clone, Copy)]
enum Act {
    Begin,
    Turn(Turn, bool),
    End,
}

/// All moments of all cases, in order of time, none later than a few minutes ago.
fn script(now: UnixTime) -> Vec<Scene> {
    let mut scenes = Vec::new();
    for (number, case) in cases().into_iter().enumerate() {
        let case = Rc::new(case);
        let spread = u64::try_from(number).unwrap_or(0) * 977 % (6 * HOUR);
        let length: u64 = case
            .turns
            .iter()
            .map(|turn| u64::from(hours(turn)) * HOUR)
            .sum();
        let begun = now.0 - u64::from(case.days) * DAY - spread - 2 * HOUR;
        // A case of the last days is told a little faster, so that it ends before now.
        let room = now.0 - begun - HOUR;
        let mut time = begun;
        let mut add = |time, act| {
            scenes.push(Scene {
                time: UnixTime(time),
                case: Rc::clone(&case),
                number,
                act,
            });
        };
        add(time, Act::Begin);
        for (place, turn) in case.turns.iter().enumerate() {
            let step = u64::from(hours(turn)) * HOUR;
            time += if length > room {
                step * room / length
            } else {
                step
            };
            add(time, Act::Turn(*turn, place + 1 == case.turns.len()));
        }
        add(time + HOUR / 4, Act::End);
    }
    scenes.sort_by_key(|scene| scene.time);
    scenes
}

fn hours(turn: &Turn) -> u16 {
    match turn {
        Turn::Says(hours, _) | Turn::Answers(hours, _) | Turn::Notes(hours, _) => *hours,
    }
}

/// Where the cases stand while they are played.
struct Stage {
    threads: Vec<Thread>,
}

struct Thread {
    number: usize,
    reporter: Option<Reporter>,
    dossier: Option<DossierAddress>,
}

impl Stage {
    fn play(&mut self, scene: &Scene, world: &Rc<World>, desks: &mut [Desk]) {
        let case = &scene.case;
        let place = case
            .handler
            .unwrap_or([0, 3, 5].get(case.line).copied().unwrap_or(0));
        let desk = desks.get_mut(place).expect("six people");
        match scene.act {
            Act::Begin => self.begin(scene, world, desk),
            Act::Turn(turn, last) => {
                let thread = self
                    .threads
                    .iter_mut()
                    .find(|thread| thread.number == scene.number);
                let thread = thread.expect("it has begun");
                play_turn(turn, last, case, thread, desk);
            }
            Act::End => {
                let thread = self
                    .threads
                    .iter_mut()
                    .find(|thread| thread.number == scene.number);
                let address = thread.and_then(|thread| thread.dossier);
                let status = case.status;
                if let Some(address) =
                    address.filter(|_| !matches!(status, Status::New | Status::Read))
                {
                    if case.handler.is_some() {
                        let member = desk.engine.device().member.0;
                        set(desk, address, Field::Handler(Some(member)));
                        desk.sync();
                        people::cast(desk, address, scene.number);
                    }
                    if status == Status::Closed {
                        people::close(desk, address);
                    } else {
                        set(desk, address, Field::Status(status));
                    }
                    desk.sync();
                }
            }
        }
    }

    fn begin(&mut self, scene: &Scene, world: &Rc<World>, desk: &mut Desk) {
        let case = &scene.case;
        let mut thread = Thread {
            number: scene.number,
            reporter: None,
            dossier: None,
        };
        if case.origin == Origin::Chat {
            let seed = 1_000 + u64::try_from(scene.number).unwrap_or(0);
            let clock: Clock = world.clock.clone();
            thread.reporter = Some(Reporter::new(
                desk.engine.genesis(),
                world.clone(),
                clock,
                seed,
            ));
        } else {
            let now = desk.clock.now();
            let mut fields = described(case);
            fields.push(Field::FirstStory(case.story.into()));
            fields.push(Field::Asked(case.asked.into()));
            desk.sync();
            let address = desk
                .engine
                .open_by_hand(case.kind, case.origin, &fields, now, &mut desk.rng)
                .expect("a dossier by hand");
            set(desk, address, Field::Status(Status::Read));
            desk.sync();
            thread.dossier = Some(address);
        }
        self.threads.push(thread);
    }
}

fn play_turn(turn: Turn, last: bool, case: &Case, thread: &mut Thread, desk: &mut Desk) {
    match turn {
        Turn::Says(_, text) => {
            let reporter = thread
                .reporter
                .as_mut()
                .expect("only chats have a reporter");
            let line = ORGANISATIONS.get(case.line).map_or("", |(_, line)| line);
            let known = reporter.look();
            assert!(
                known.is_ok_and(|said| said.alarms.is_empty()),
                "a calm conversation"
            );
            reporter.write(line, text);
            desk.sync();
            if thread.dossier.is_none() {
                let conversation = ConversationId(reporter.keys.conversation().0);
                thread.dossier = Some(address_auto(&conversation, &reporter.team(line), 0));
            }
            if case.status == Status::Read && last {
                look(desk, thread.dossier, case);
            }
        }
        Turn::Answers(_, text) => {
            look(desk, thread.dossier, case);
            if let Some(address) = thread.dossier {
                desk.reply(address, text);
            }
        }
        Turn::Notes(_, text) => {
            look(desk, thread.dossier, case);
            if let Some(address) = thread.dossier {
                desk.act(address, Command::Note(Lane::Team, text.into()));
                // Somebody wrote it up, too.
                desk.add_file(address, "gespreksverslag.txt", text.as_bytes());
            }
        }
    }
    desk.sync();
}

/// Opens the dossier and, the first time, says what it is about.
fn look(desk: &mut Desk, address: Option<DossierAddress>, case: &Case) {
    let Some(address) = address else { return };
    desk.sync();
    let first = desk
        .engine
        .dossier(&address)
        .is_some_and(|work| work.state().status() == Status::New);
    desk.look_at(address);
    if first {
        for field in described(case) {
            set(desk, address, field);
        }
    }
}

fn described(case: &Case) -> Vec<Field> {
    let mut fields = vec![
        Field::Classification(case.class),
        Field::Sport(case.sport.into()),
        Field::Level(case.level),
    ];
    if case.kind == Kind::Advice && case.origin == Origin::Chat {
        fields.push(Field::Kind(Kind::Advice));
    }
    if case.line > 0
        && let Some((name, _)) = ORGANISATIONS.get(case.line)
    {
        fields.push(Field::Federation((*name).into()));
    }
    fields
}

fn set(desk: &mut Desk, address: DossierAddress, field: Field) {
    let done = desk.engine.act(
        address,
        Command::Set(field),
        desk.clock.now(),
        &mut desk.rng,
    );
    match done {
        Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => desk.keep(),
        Err(error) => panic!("a field cannot be set: {error}"),
    }
}

/// Somebody whom a browser can play.
pub(crate) struct Player<'a> {
    pub(crate) name: &'a str,
    pub(crate) organisation: &'a str,
    pub(crate) role: &'a str,
    pub(crate) desk: &'a Desk,
}

/// Writes into `site.json` who can be played, with the keys of their devices: in a demonstration they are no secret.
pub(crate) fn write_people(data: &Path, players: &[Player<'_>]) {
    use sluis_relay::folder::hex;
    let path = data.join("site.json");
    let text = std::fs::read_to_string(&path).expect("site.json");
    let mut site: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&text).expect("JSON");
    let people: Vec<serde_json::Value> = players
        .iter()
        .map(|player| {
            let device = player.desk.engine.device();
            serde_json::json!({
                "name": player.name,
                "organisation": player.organisation,
                "role": player.role,
                "device": hex(&device.id.0),
                "member": hex(&device.member.0),
                "sign": hex(device.sign.expose_seed()),
                "kem": hex(device.kem.expose_seed()),
            })
        })
        .collect();
    site.insert("demonstration".into(), people.into());
    let text = serde_json::to_string_pretty(&site).expect("JSON");
    std::fs::write(&path, text + "\n").expect("site.json can be written");
}
