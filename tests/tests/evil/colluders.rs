//! Insiders who play along with the relay: a colleague who was revoked and keeps all keys, and somebody who may only read (or does so no more).
#![expect(clippy::unwrap_used, reason = "tests")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use sluis_directory::capability::sign_request;
use sluis_directory::maker::sign_statement;
use sluis_directory::signature::SigningKey;
use sluis_directory::statement::{Author, Statement, TeamIntake};
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_e2e::evil::Scene;
use sluis_e2e::harness::{Desk, Transport, body_of, chance};
use sluis_protocol::conversation::message::MessageId;
use sluis_protocol::conversation::{Piece, ReplyBody, ReplyPart, ReporterContact, seal_reply};
use sluis_protocol::dossier::event::parse;
use sluis_protocol::dossier::{EpochKeys, Right, SealedEvent, SignedEvent};
use sluis_protocol::engine::{Party, Reply, Terms};
use sluis_wire::api::{
    BoardRead, Call, ControlAppend, ControlLink, ControlPage, ControlRead, Done, DossierCreate,
    EventAppend, EventPage, EventRead, StatementList, StoredStatement,
};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};

/// What the insider does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    ForgeEvent,
    ForgeReply,
    BackDate,
    ReAddSelf,
    ReadNewEpoch,
    ReadReply,
    Delete,
    PoisonWraps,
    RogueIntakeKey,
    StealCapability,
    ReplayCapability,
    Equivocate,
}

/// Who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Was a steward through the team, and left the organisation.
    Revoked,
    /// Of another organisation: may read, or might once write or read.
    Reader,
}

/// What came of it: nothing, or an alarm of this name.
enum Came {
    Prevented,
    Detected(&'static str),
}

/// One cell.
pub(crate) struct Cell {
    pub(crate) deed: Deed,
    pub(crate) who: Who,
    run: fn() -> (Scene, Came),
}

/// What was found about a cell; no text when all is as it should be.
pub(crate) struct Found {
    pub(crate) line: String,
    pub(crate) wrong: Option<String>,
}

/// Two signed chains: what stands on one of them is not known to whoever has the other.
const FORK: &str = "ControlFork";
const FORGED: &str = "dit schreef niemand";
const AFTER: &str = "pas na het vertrek geschreven";

macro_rules! cells {
    ($($deed:ident: $revoked:expr, $reader:expr;)*) => {
        /// All cells.
        pub(crate) const CELLS: &[Cell] = &[$(
            Cell { deed: Deed::$deed, who: Who::Revoked, run: $revoked },
            Cell { deed: Deed::$deed, who: Who::Reader, run: $reader },
        )*];
    };
}

cells! {
    ForgeEvent: || forge_event(revoked()), || forge_event(reader());
    ForgeReply: || forge_reply(revoked()), || forge_reply(reader());
    BackDate: revoked_back_dates, lowered_back_dates;
    ReAddSelf: revoked_comes_back, lowered_comes_back;
    ReadNewEpoch: || read_new(revoked()), || read_new(unshared());
    ReadReply: || read_reply(revoked()), || read_reply(unshared());
    Delete: || delete(revoked()), || delete(reader());
    PoisonWraps: poison_of_revoked, poison_of_reader;
    RogueIntakeKey: || rogue_key(revoked()), || rogue_key(reader());
    StealCapability: || steal(revoked()), || steal(reader());
    ReplayCapability: revoked_replays, unshared_replays;
    Equivocate: || equivocate(revoked()), || equivocate(reader());
}

/// Runs a cell. Whatever it was, nobody may believe anything that is not so.
pub(crate) fn judge(cell: &Cell) -> Found {
    let mut line = format!("{:?} by {:?}", cell.deed, cell.who);
    let run = catch_unwind(AssertUnwindSafe(|| {
        let (mut scene, came) = (cell.run)();
        let fork = matches!(came, Came::Detected(FORK));
        let foreign = scene.foreign().filter(|_| !fork);
        let alarms = scene.alarms();
        let text = match came {
            Came::Prevented => "P".to_owned(),
            Came::Detected(name) => format!("D {name}"),
        };
        let unseen = match came {
            Came::Detected(name) if !alarms.iter().any(|alarm| alarm.contains(name)) => {
                Some(format!("no {name} in {alarms:?}"))
            }
            _ => None,
        };
        (text, foreign.or(unseen))
    }));
    match run {
        Ok((text, wrong)) => {
            line = format!("{line}: {text}");
            Found { line, wrong }
        }
        Err(_) => Found {
            line,
            wrong: Some("the cell itself failed".into()),
        },
    }
}

/// The scene with the insider at their desk.
struct Plot {
    scene: Scene,
    insider: Desk,
}

/// A colleague who has left; the desk knows nothing of it, and has all keys of before.
fn revoked() -> Plot {
    let mut scene = Scene::new();
    let insider = scene.colluder();
    scene.leave();
    Plot { scene, insider }
}

/// Somebody of another organisation who may read.
fn reader() -> Plot {
    let (scene, insider) = Scene::with_guest(Right::Reader);
    Plot { scene, insider }
}

/// Somebody of another organisation who could read until now; the desk knows nothing of it.
fn unshared() -> Plot {
    let (mut scene, insider) = Scene::with_guest(Right::Reader);
    scene.take(&insider);
    Plot { scene, insider }
}

impl Plot {
    /// The newest keys that the insider has.
    fn keys(&self) -> (u32, &EpochKeys) {
        let replica = self.work().replica();
        let epoch = replica.chain().epoch();
        (epoch, replica.keys_of(epoch).unwrap())
    }

    fn work(&self) -> &sluis_protocol::engine::Work {
        self.insider.engine.dossier(&self.scene.first).unwrap()
    }

    /// An event of the insider's making, in the name of `author`, sealed with the newest keys that the insider has.
    fn forge(&self, text: &str, author: sluis_wire::address::DeviceId) -> Vec<u8> {
        let (epoch, keys) = self.keys();
        let replica = self.work().replica();
        let log = replica.log();
        let place = log.next_place(sluis_domain::ids::AuthorId(author.0));
        let note = Command::Note(Lane::Team, text.into());
        let (kind, body) = replica.state().decide(note).unwrap().encode();
        let device = self.insider.engine.device();
        let chain = replica.chain();
        let event = SignedEvent {
            dossier: self.scene.first,
            author,
            author_seq: place.author_seq,
            author_prev: place.author_prev,
            parents: place.parents,
            lamport: place.lamport,
            time: self.scene.world.clock.now(),
            standing: self.insider.engine.directory().unwrap().head(),
            control_number: chain.length() - 1,
            control_head: chain.head(),
            kind,
            body,
        };
        let sealed = SealedEvent::sign(&event, &device.sign);
        sealed
            .seal(&self.scene.first, epoch, keys, &mut chance(3))
            .unwrap()
    }

    /// The relay lists these events at the end of what Bram reads, and he reads.
    fn smuggle(&mut self, frames: Vec<Vec<u8>>) {
        let first = self.scene.first;
        self.scene.evil.change::<EventRead>(move |call, page| {
            if call.dossier != first {
                return;
            }
            let real = page.length;
            page.length = real + frames.len() as u64;
            if call.from + page.events.len() as u64 >= real {
                let known = usize::try_from(call.from.saturating_sub(real)).unwrap();
                page.events.extend(frames.iter().skip(known).cloned());
            }
        });
        self.scene.note_by_anna("een gewone notitie");
        self.scene.bram_looks();
        self.scene.bram_looks();
    }

    /// What the insider's own desk makes when it may believe that nothing has changed. The relay keeps it to itself.
    fn writes(&mut self, text: &str) -> Vec<Vec<u8>> {
        self.scene.dark.pretend::<EventAppend>(|_| Ok(Done));
        let before = self.scene.dark.requests::<EventAppend>().len();
        self.insider
            .act(self.scene.first, Command::Note(Lane::Team, text.into()));
        self.insider.pump();
        let sent = self.scene.dark.requests::<EventAppend>();
        sent.into_iter()
            .skip(before)
            .flat_map(|call| call.events)
            .collect()
    }

    /// The link by which the insider's own desk makes its owner a steward by name, as long as it believes that it may.
    fn grants_itself(&mut self) -> ControlLink {
        self.scene.dark.pretend::<EventAppend>(|_| Ok(Done));
        self.scene.dark.pretend::<ControlAppend>(|_| Ok(Done));
        // Nothing new, says the relay.
        self.scene.dark.pretend::<EventRead>(|call| {
            Ok(EventPage {
                events: Vec::new(),
                length: call.from,
            })
        });
        self.scene.dark.pretend::<ControlRead>(|call| {
            Ok(ControlPage {
                links: Vec::new(),
                length: call.from + 1,
            })
        });
        let me = Party::Member(self.insider.engine.device().member);
        let (first, now) = (self.scene.first, self.scene.world.clock.now());
        let desk = &mut self.insider;
        desk.engine
            .share(
                first,
                me,
                Right::Steward,
                Terms::default(),
                now,
                &mut desk.rng,
            )
            .unwrap();
        desk.pump();
        let sent = self.scene.dark.requests::<ControlAppend>().pop().unwrap();
        ControlLink {
            control: sent.control,
            wraps: sent.wraps,
        }
    }

    /// All links of the first dossier, as they lie at the relay.
    fn links(&self) -> Vec<ControlLink> {
        let address = self.scene.first;
        let created = [&self.scene.open_road, &self.scene.evil]
            .into_iter()
            .flat_map(|road| road.requests::<DossierCreate>())
            .map(|call| (call.control, call.wraps));
        let sent = self.scene.links_sent().into_iter();
        let all = created.chain(sent.map(|call| (call.control, call.wraps)));
        let chain = self.scene.anna.engine.dossier(&address).unwrap();
        let chain = chain.replica().chain().links().iter();
        let all: Vec<_> = all.collect();
        chain
            .map(|link| {
                let (control, wraps) = all
                    .iter()
                    .find(|(control, _)| *control == link.frame)
                    .cloned()
                    .unwrap();
                ControlLink { control, wraps }
            })
            .collect()
    }

    /// The relay gives the insider's desk everything, without asking who it is.
    fn served(&mut self) {
        let (links, events) = (self.links(), self.scene.events_of(self.scene.first));
        let length = links.len() as u64;
        self.scene.dark.pretend::<ControlRead>(move |call| {
            let from = usize::try_from(call.from).unwrap();
            Ok(ControlPage {
                links: links.iter().skip(from).cloned().collect(),
                length,
            })
        });
        self.scene.dark.pretend::<EventRead>(move |call| {
            let from = usize::try_from(call.from).unwrap();
            Ok(EventPage {
                events: events.iter().skip(from).cloned().collect(),
                length: events.len() as u64,
            })
        });
        for _ in 0..3 {
            self.insider.keep();
            self.insider.engine.poke_all();
            self.insider.pump();
        }
    }

    /// Whether anything that the insider has opens one of these events.
    fn opens(&self, frames: &[Vec<u8>]) -> bool {
        let replica = self.work().replica();
        frames.iter().any(|frame| {
            let envelope = parse(frame).unwrap();
            (0..=envelope.epoch)
                .filter_map(|epoch| replica.keys_of(epoch))
                .any(|keys| SealedEvent::open(&envelope, keys).is_ok())
        })
    }

    /// Whether the insider's storage holds this text.
    fn holds(&self, text: &str) -> bool {
        self.insider.shelf.bytes().iter().any(|row| {
            row.windows(text.len())
                .any(|window| window == text.as_bytes())
        })
    }

    fn bram_has(&self, text: &str) -> bool {
        let work = self.scene.bram.engine.dossier(&self.scene.first).unwrap();
        work.state()
            .notes()
            .iter()
            .any(|(_, note)| note.text == text)
    }

    fn prevented(self) -> (Scene, Came) {
        (self.scene, Came::Prevented)
    }

    fn detected(self, name: &'static str) -> (Scene, Came) {
        (self.scene, Came::Detected(name))
    }
}

fn forge_event(mut plot: Plot) -> (Scene, Came) {
    let anna = plot.scene.anna.engine.device().id;
    let frame = plot.forge(FORGED, anna);
    plot.smuggle(vec![frame]);
    assert!(!plot.bram_has(FORGED));
    plot.detected("EventRefused")
}

fn forge_reply(mut plot: Plot) -> (Scene, Came) {
    let work = plot.work();
    let keys = work.state().reporter().unwrap();
    let contact: ReporterContact = codec::decode(&keys.0, 4_096).unwrap();
    let index = work.state().next_reply_index();
    let now = plot.scene.world.clock.now();
    let body = ReplyBody {
        index,
        time: now,
        team: work.team().unwrap(),
        author: "Meldlijn Centrum".into(),
        lowest: 0,
        standing: plot.insider.engine.directory().unwrap().head(),
        parts: vec![ReplyPart::Text(Piece::whole(
            MessageId([9; 16]),
            now,
            FORGED,
        ))],
    };
    let device = plot.insider.engine.device();
    let genesis = plot.scene.anna.engine.genesis();
    let entry = seal_reply(genesis, &contact, &body, &device.sign, &mut chance(4)).unwrap();
    plot.scene.evil.change::<BoardRead>(move |_, page| {
        if !page.entries.is_empty() {
            page.entries.push(entry.clone());
        }
    });
    let said = plot.scene.rex_looks();
    assert!(said.utterances.iter().all(|one| one.text != FORGED));
    let said = plot.scene.rex_returns().look().unwrap_or_default();
    assert!(said.utterances.iter().all(|one| one.text != FORGED));
    plot.detected("Reporter")
}

fn revoked_back_dates() -> (Scene, Came) {
    let mut plot = revoked();
    let frames = plot.writes(FORGED);
    assert!(!frames.is_empty());
    plot.smuggle(frames);
    assert!(!plot.bram_has(FORGED));
    plot.prevented()
}

fn lowered_back_dates() -> (Scene, Came) {
    let (mut scene, insider) = Scene::with_guest(Right::Writer);
    scene.give(&insider, Right::Reader);
    let mut plot = Plot { scene, insider };
    let frames = plot.writes(FORGED);
    assert!(!frames.is_empty());
    plot.smuggle(frames);
    assert!(!plot.bram_has(FORGED));
    plot.prevented()
}

/// Bram is shown this link as the last one, in place of what the relay has there.
fn show_instead(scene: &Scene, link: ControlLink, number: u64) {
    let first = scene.first;
    scene.evil.change::<ControlRead>(move |call, page| {
        if call.dossier == first && call.from <= number {
            let keep = usize::try_from(number - call.from).unwrap();
            page.links.truncate(keep);
            page.links.push(link.clone());
            page.length = number + 1;
        }
    });
}

fn revoked_comes_back() -> (Scene, Came) {
    let mut plot = revoked();
    let number = plot.work().replica().control_length();
    let link = plot.grants_itself();
    show_instead(&plot.scene, link, number);
    plot.scene.bram_looks();
    let bram = plot.scene.bram.engine.dossier(&plot.scene.first).unwrap();
    assert_eq!(bram.replica().grants().len(), 1);
    plot.detected("ControlRefused")
}

fn lowered_comes_back() -> (Scene, Came) {
    let (mut scene, insider) = Scene::with_guest(Right::Steward);
    let number = {
        let work = insider.engine.dossier(&scene.first).unwrap();
        work.replica().control_length()
    };
    let mut plot = Plot { scene, insider };
    let link = plot.grants_itself();
    show_instead(&plot.scene, link, number);
    scene = plot.scene;
    scene.give(&plot.insider, Right::Reader);
    // What Anna writes next stands on the chain as it is.
    scene.note_by_anna("een gewone notitie");
    scene.bram_looks();
    // Bram has nothing of what stands on the other chain. Once he is shown that one, he has both, signed, and writes no more.
    assert_eq!(
        scene
            .bram
            .engine
            .dossier(&scene.first)
            .unwrap()
            .state()
            .notes()
            .len(),
        1
    );
    scene.evil.repent();
    scene.note_by_anna("nog een notitie");
    scene.bram_looks();
    let bram = scene.bram.engine.dossier(&scene.first).unwrap();
    assert!(bram.replica().is_forked());
    (scene, Came::Detected(FORK))
}

fn read_new(mut plot: Plot) -> (Scene, Came) {
    let before = plot.scene.events_of(plot.scene.first).len();
    plot.scene.note_by_anna(AFTER);
    let new: Vec<_> = plot
        .scene
        .events_of(plot.scene.first)
        .into_iter()
        .skip(before)
        .collect();
    assert!(!new.is_empty());
    plot.served();
    assert!(!plot.opens(&new) && !plot.holds(AFTER));
    plot.prevented()
}

fn read_reply(mut plot: Plot) -> (Scene, Came) {
    let before = plot.scene.events_of(plot.scene.first).len();
    let (first, posts) = (plot.scene.first, plot.scene.board_posts().len());
    plot.scene.anna.reply(first, AFTER);
    plot.scene.anna.sync();
    assert!(plot.scene.board_posts().len() > posts);
    let new: Vec<_> = plot
        .scene
        .events_of(first)
        .into_iter()
        .skip(before)
        .collect();
    plot.served();
    assert!(!plot.opens(&new) && !plot.holds(AFTER));
    let said = plot.scene.truth_for_rex();
    assert!(said.utterances.iter().any(|one| one.text == AFTER));
    plot.prevented()
}

/// The relay leaves out what Anna wrote and puts something of the insider's in its place.
fn delete(mut plot: Plot) -> (Scene, Came) {
    let me = plot.insider.engine.device().id;
    let own = plot.forge(FORGED, me);
    let first = plot.scene.first;
    let before = plot.scene.events_of(first).len();
    plot.scene.note_by_anna("wat verdwijnen moet");
    let gone: Vec<_> = plot
        .scene
        .events_of(first)
        .into_iter()
        .skip(before)
        .collect();
    plot.scene.evil.change::<EventRead>(move |_, page| {
        for event in &mut page.events {
            if gone.contains(event) {
                event.clone_from(&own);
            }
        }
    });
    plot.scene.note_by_anna("een gewone notitie");
    plot.scene.bram_looks();
    assert!(!plot.bram_has(FORGED));
    plot.detected("EventMissing")
}

/// The relay gives Bram the new keys with wraps that the insider likes better.
fn poison(scene: &mut Scene, wraps: Vec<u8>) {
    let first = scene.first;
    scene.evil.change::<ControlRead>(move |call, page| {
        if let Some(last) = page.links.last_mut().filter(|_| call.dossier == first) {
            last.wraps.clone_from(&wraps);
        }
    });
    scene.bram_looks();
}

fn poison_of_revoked() -> (Scene, Came) {
    let mut plot = revoked();
    let wraps = plot.grants_itself().wraps;
    poison(&mut plot.scene, wraps);
    plot.detected("WrongWrap")
}

fn poison_of_reader() -> (Scene, Came) {
    let mut plot = reader();
    let wraps = plot.links().pop().unwrap().wraps;
    plot.scene.leave();
    poison(&mut plot.scene, wraps);
    plot.detected("WrongWrap")
}

/// A key for messages that only the insider has the other half of.
fn rogue_key(mut plot: Plot) -> (Scene, Came) {
    let device = plot.insider.engine.device();
    let author = Author {
        device: device.id,
        time: plot.scene.world.clock.now(),
        standing: plot.insider.engine.directory().unwrap().head(),
    };
    let own = SigningKey::from_seed([8; 32]).verifying_key();
    let forged: Vec<Vec<u8>> = plot
        .scene
        .statements()
        .iter()
        .filter_map(|frame| {
            let frame = Frame::parse_as(FrameType::TeamIntakeStatement, frame).ok()?;
            let body: TeamIntake = codec::decode(frame.body(), 1 << 16).ok()?;
            let mut kem = body.kem.clone();
            kem.0.reverse();
            let body = TeamIntake {
                author,
                version: body.version + 1,
                kem,
                reply_keys: vec![own],
                ..body
            };
            sign_statement(&Statement::TeamIntake(body), &device.sign).ok()
        })
        .collect();
    assert!(!forged.is_empty());
    plot.scene.evil.change::<StatementList>(move |_, page| {
        let Some(last) = page.statements.last().cloned() else {
            return;
        };
        let own = forged.iter().map(|frame| StoredStatement {
            statement: frame.clone(),
            ..last.clone()
        });
        page.statements.splice(0..0, own);
    });
    plot.scene.leave();
    plot.scene.bram_looks();
    plot.scene.rex_looks();
    plot.prevented()
}

/// Whoever has the insider's capabilities tries them on the real relay.
fn steal(mut plot: Plot) -> (Scene, Came) {
    let me = plot.insider.engine.device().id;
    let frame = plot.forge(FORGED, me);
    let (epoch, keys) = plot.keys();
    let read = keys.read_key(&plot.scene.first, epoch);
    let stolen = [Some(&read), keys.write_key(), keys.steward_key()];
    let call = EventAppend {
        dossier: plot.scene.first,
        events: vec![frame],
    };
    let link = plot.links().pop().unwrap();
    let link = ControlAppend {
        control: link.control,
        wraps: link.wraps,
    };
    for key in stolen.into_iter().flatten() {
        assert!(refuses(&plot.scene, &call, key));
        assert!(refuses(&plot.scene, &link, key));
    }
    plot.scene.bram_looks();
    assert!(!plot.bram_has(FORGED));
    plot.prevented()
}

/// Whether the real relay refuses a call that this key signed.
fn refuses<C: Call>(scene: &Scene, call: &C, key: &SigningKey) -> bool {
    let body = body_of(call);
    let (genesis, now) = (scene.anna.engine.genesis(), scene.world.clock.now());
    let proof = sign_request(key, &genesis, C::PATH, &body, [3; 16], now).encode();
    matches!(
        scene.world.send(C::PATH, &body, Some(&proof)),
        Reply::Problem(_)
    )
}

/// A request that the insider's desk signed while it could, sent once more.
fn replay(mut plot: Plot, scene: impl FnOnce(&mut Scene, &Desk)) -> (Scene, Came) {
    let first = plot.scene.first;
    if plot.insider.engine.may_write(&first) {
        plot.insider
            .act(first, Command::Note(Lane::Team, "nog als collega".into()));
    }
    plot.insider.engine.poke_all();
    let mut signed = Vec::new();
    while let Some(outgoing) = plot.insider.next() {
        let reply = plot.insider.transmit(&outgoing);
        plot.insider.take(outgoing.step, &reply);
        let of_dossier = [EventAppend::PATH, EventRead::PATH].contains(&outgoing.path);
        if of_dossier {
            signed.push(outgoing);
        }
    }
    plot.scene.round();
    scene(&mut plot.scene, &plot.insider);
    let length = |plot: &Plot| {
        let work = plot.scene.anna.engine.dossier(&first).unwrap();
        work.replica().position()
    };
    let before = length(&plot);
    for outgoing in signed {
        let reply = Rc::clone(&plot.scene.world).send(
            outgoing.path,
            &outgoing.body,
            outgoing.proof.as_deref(),
        );
        assert!(matches!(reply, Reply::Problem(_)), "{:?}", outgoing.step);
    }
    plot.scene.anna.sync();
    assert_eq!(length(&plot), before);
    plot.prevented()
}

fn revoked_replays() -> (Scene, Came) {
    let scene = Scene::new();
    let insider = scene.colluder();
    replay(Plot { scene, insider }, |scene, _| scene.leave())
}

fn unshared_replays() -> (Scene, Came) {
    replay(reader(), Scene::take)
}

/// Two events with one number, which the relay could show to two people.
fn equivocate(mut plot: Plot) -> (Scene, Came) {
    let me = plot.insider.engine.device().id;
    let both = vec![plot.forge(FORGED, me), plot.forge("en dit ook niet", me)];
    plot.smuggle(both);
    assert!(!plot.bram_has(FORGED) && !plot.bram_has("en dit ook niet"));
    plot.prevented()
}
