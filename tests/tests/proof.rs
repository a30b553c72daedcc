//! Two signed things that contradict each other: found by a desk, saved by it, and checked by a program that knows nothing else.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

use sluis_directory::entry::{Op, Policy};
use sluis_directory::maker::sign_entry;
use sluis_e2e::evil::Scene;
use sluis_protocol::dossier::AlarmKind;
use sluis_protocol::dossier::proof::{Kind, Thing, verify};
use sluis_protocol::engine::export::DIRECTORY_ROWS;
use sluis_protocol::founding::control_code;
use sluis_wire::address::{DossierAddress, FrameHash};
use sluis_wire::api::{ControlLink, ControlRead, DirectoryAppend, DirectoryRead, StatementList};

/// Places of a file between two that are changed in turn.
const STRIDE: usize = 41;

/// The file that Bram's desk saves.
fn saved(scene: &Scene, dossier: Option<&DossierAddress>, kind: AlarmKind) -> Vec<u8> {
    let engine = &scene.bram.engine;
    assert!(engine.is_provable(dossier, kind), "{:?}", scene.alarms());
    let entries = scene.bram.shelf.rows_of(DIRECTORY_ROWS);
    engine
        .export_proof(dossier, kind, entries, scene.world.clock.now())
        .unwrap()
}

/// What the program says about the file, which it takes.
fn checked(scene: &Scene, file: &[u8], names: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("proof");
    let program = |file: &[u8], code: &str| {
        std::fs::write(&path, file).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_sluis-verify"));
        program.arg(&path).arg(code).output().unwrap()
    };
    let code = control_code(&scene.bram.engine.genesis().0);
    let good = program(file, &code);
    let said = String::from_utf8(good.stdout).unwrap();
    assert_eq!(good.status.code(), Some(0), "{said}");
    for words in names.iter().chain(&["PROVED", "is the one that you gave"]) {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert_eq!(program(file, "11111").status.code(), Some(1));
    let mut changed = file.to_vec();
    if let Some(byte) = changed.last_mut() {
        *byte ^= 1;
    }
    assert_eq!(program(&changed, &code).status.code(), Some(1));
    for place in (0..file.len()).step_by(STRIDE) {
        let mut changed = file.to_vec();
        if let Some(byte) = changed.get_mut(place) {
            *byte ^= 4;
        }
        assert!(verify(&changed).is_err(), "byte {place}");
    }
    assert!(
        file.get(..file.len() - 1)
            .is_some_and(|cut| verify(cut).is_err())
    );
}

/// Bram is shown that one colleague left, everybody else that another did.
fn two_directories(scene: &mut Scene) {
    let other = scene.copy();
    let shown = scene.leaving();
    let call = DirectoryAppend {
        entries: vec![shown],
    };
    other.call(&call).unwrap();
    scene.evil.divert::<DirectoryRead>(&other);
    scene.bram_looks();
    scene.leave();
}

#[test]
fn a_statement_from_another_directory_is_proof() {
    let mut scene = Scene::new();
    two_directories(&mut scene);
    scene.bram_looks();
    let file = saved(&scene, None, AlarmKind::DirectoryFork);
    let found = verify(&file).unwrap();
    let place = scene.bram.engine.directory().unwrap().length() - 1;
    assert_eq!(found.kind, Kind::TwoDirectories(place));
    let things = found.sides.each_ref().map(|side| side.thing);
    assert_eq!(things, [Thing::Statement, Thing::Entry(place)]);
    checked(&scene, &file, &["Anna Proef", "two lists of members"]);

    // It is still there after the desk was locked, and until a person has dealt with it.
    scene.bram.crash();
    assert!(scene.bram.engine.is_forked());
    scene.bram.engine.settle_fork();
    scene.bram.keep();
    assert!(!scene.bram.engine.is_forked());
    scene.bram.crash();
    assert!(!scene.bram.engine.is_forked());
}

#[test]
fn a_snapshot_from_another_directory_is_proof() {
    let mut scene = Scene::new();
    scene
        .evil
        .change::<StatementList>(|_, page| page.statements.clear());
    two_directories(&mut scene);
    scene.bram_looks();
    let file = saved(&scene, None, AlarmKind::DirectoryFork);
    let things = verify(&file).unwrap().sides.map(|side| side.thing);
    assert!(
        matches!(things, [Thing::Snapshot, Thing::Entry(_)]),
        "{things:?}"
    );
    checked(&scene, &file, &["Anna Proef", "a snapshot"]);
}

#[test]
fn an_entry_that_follows_another_log_is_proof() {
    let mut scene = Scene::new();
    let anna = &scene.anna.engine;
    let op = Op::Policy(Policy::default());
    let now = scene.world.clock.now();
    let mut entry = anna.directory().unwrap().next_entry(op, now);
    entry.prev = FrameHash([7; 32]);
    let strange = sign_entry(&entry, &[&anna.device().sign]).unwrap();
    scene.evil.change::<DirectoryRead>(move |_, page| {
        page.entries.push(strange.clone());
        page.length += 1;
    });
    scene.bram_looks();
    let file = saved(&scene, None, AlarmKind::DirectoryFork);
    checked(&scene, &file, &["Anna Proef", "two lists of members"]);
}

#[test]
fn two_lists_of_who_has_access_are_proof() {
    let mut scene = Scene::new();
    let other = scene.leave_twice_over();
    scene.evil.divert::<ControlRead>(&other);
    scene.bram_looks();
    scene.evil.repent();
    let (real, first) = (scene.links_sent(), scene.first);
    scene.evil.change::<ControlRead>(move |call, page| {
        if let Some(real) = real.last().filter(|_| call.dossier == first) {
            page.links = vec![ControlLink {
                control: real.control.clone(),
                wraps: real.wraps.clone(),
            }];
        }
    });
    scene.note_by_anna("volgens de echte lijst");
    scene.bram_looks();
    let file = saved(&scene, Some(&first), AlarmKind::ControlFork);
    let found = verify(&file).unwrap();
    assert!(matches!(found.kind, Kind::TwoChains(of, _) if of == first));
    checked(
        &scene,
        &file,
        &["Anna Proef", "two lists of who has access"],
    );
}

#[test]
fn a_copied_device_is_proof() {
    let mut scene = Scene::new();
    scene.write_twice_over();
    scene.bram_looks();
    let first = scene.first;
    let file = saved(&scene, Some(&first), AlarmKind::Equivocation);
    let found = verify(&file).unwrap();
    assert!(matches!(found.kind, Kind::TwoEvents(of, _) if of == first));
    checked(&scene, &file, &["Anna Proef", "two different events"]);
}
