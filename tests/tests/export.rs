//! The log of a dossier as a file: saved by a desk at work, checked by a program that knows nothing else.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output};

use sluis_domain::command::Command as Wish;
use sluis_domain::event::Lane;
use sluis_e2e::harness::{Reporter, Shelf, World, found, one_person};
use sluis_protocol::dossier::replica::export::{Line, Verdict, verify};
use sluis_protocol::founding::control_code;

const STORY: &str = "kanarie-een: het verhaal van de melder";
const NOTE: &str = "kanarie-twee: een notitie";

/// A dossier that came from a message, with a reply and a note, as a file; and the code of its deployment.
fn saved() -> (Vec<u8>, String) {
    let world = World::new();
    let mut desk = {
        let plan = one_person(&world);
        found(&world, &plan, world.clone(), Shelf::sealed()).founder
    };
    desk.pump();
    let genesis = desk.engine.genesis();
    let mut reporter = Reporter::new(genesis, world.clone(), world.clock.clone(), 5);
    reporter.write("Centrum", STORY);
    world.clock.pass(60);
    desk.sync();
    let address = desk.only_dossier();
    desk.look_at(address);
    desk.act(address, Wish::Note(Lane::Team, NOTE.into()));
    desk.reply(address, "kanarie-drie: een antwoord");
    desk.pump();
    let entries = desk
        .shelf
        .rows_of(sluis_protocol::engine::export::DIRECTORY_ROWS);
    let file = desk
        .engine
        .export_log(&address, entries, desk.clock.now())
        .unwrap();
    (file, control_code(&genesis.0))
}

fn check(folder: &Path, file: &[u8], code: &str) -> Output {
    let path = folder.join("log");
    std::fs::write(&path, file).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_sluis-verify"));
    program.arg(path).arg(code).output().unwrap()
}

#[test]
fn the_log_of_a_dossier_is_checked_without_the_relay() {
    let (file, code) = saved();
    let folder = tempfile::tempdir().unwrap();
    let report = verify(&file).unwrap();
    assert!(report.is_sound());
    let kept_back = |line: &&Line| line.verdict == Verdict::KeptBack;
    assert_eq!(report.lines.iter().filter(kept_back).count(), 1);

    let good = check(folder.path(), &file, &code);
    let said = String::from_utf8(good.stdout).unwrap();
    assert_eq!(good.status.code(), Some(0), "{said}");
    for words in [
        "Everything holds",
        "is the one that you gave",
        "note added",
        "reply sent",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let other = check(folder.path(), &file, "00000 00000 00000 00000 00000");
    assert_eq!(other.status.code(), Some(1));

    let mut changed = file.clone();
    let note = changed
        .windows(NOTE.len())
        .position(|bytes| bytes == NOTE.as_bytes())
        .unwrap();
    changed[note] ^= 1;
    let bad = check(folder.path(), &changed, &code);
    assert_eq!(bad.status.code(), Some(1));
}
