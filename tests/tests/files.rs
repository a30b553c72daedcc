//! Files, from people to the relay and back.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::rc::Rc;

use sluis_domain::file::FileRemoval;
use sluis_domain::ids::FileRef;
use sluis_domain::view::bubbles;
use sluis_e2e::harness::{
    Desk, Failed, Reporter, Shelf, Transport, World, chance, found, of, two_people,
};
use sluis_protocol::conversation::Part;
use sluis_protocol::conversation::message::FILE_NAME;
use sluis_protocol::engine::{FileError, PieceFault};
use sluis_protocol::file::SealedFile;
use sluis_wire::address::{DossierAddress, FileAddress};
use sluis_wire::limits::FILE_MOST;
use sluis_wire::time::DAY;

struct Scene {
    world: Rc<World>,
    anna: Desk,
    bram: Desk,
    rex: Reporter,
    dossier: DossierAddress,
}

/// Two colleagues and a reporter who wrote once.
fn scene() -> Scene {
    let world = World::new();
    let road: Rc<dyn Transport> = world.clone();
    let founding = found(&world, &two_people(&world), road.clone(), Shelf::sealed());
    let (mut anna, mut bram) = founding.pair(&road, &world.clock);
    let mut rex = Reporter::new(anna.engine.genesis(), road, world.clock.clone(), 5);
    rex.write("Centrum", "hallo");
    world.clock.pass(60);
    for _ in 0..2 {
        anna.sync();
        bram.sync();
    }
    let dossier = anna.only_dossier();
    Scene {
        world,
        anna,
        bram,
        rex,
        dossier,
    }
}

fn content(size: usize) -> Vec<u8> {
    (0..size).map(|at| at.to_le_bytes()[0] ^ 0x5a).collect()
}

fn removal(file: FileAddress) -> FileRemoval {
    FileRemoval {
        file: FileRef(file.0),
        reason: "niet nodig".into(),
    }
}

#[test]
fn a_colleague_reads_what_was_added() {
    let mut scene = scene();
    for size in [0, 1, 65_536, 300_000] {
        let file = scene.anna.add_file(scene.dossier, "a.bin", &content(size));
        scene.bram.sync();
        let read = scene.bram.read_file(scene.dossier, file);
        assert_eq!(read, Ok(content(size)));
    }
    scene.anna.assert_calm();
    scene.bram.assert_calm();
}

#[test]
fn an_upload_goes_on_after_a_lost_connection_and_a_crash() {
    let mut scene = scene();
    let packed = scene.anna.pack(scene.dossier, "a.bin", &content(1_000_000));
    assert_eq!(scene.anna.send_file(&packed, 2), Err(Failed::Lost));
    scene.bram.sync();
    let known = scene.bram.engine.dossier(&scene.dossier).unwrap();
    assert!(
        known.state().files().is_empty(),
        "nobody is told of half a file"
    );
    scene.anna.crash();
    assert_eq!(scene.anna.engine.uploads().count(), 1);
    scene.world.clock.pass(2 * DAY);
    assert_eq!(scene.anna.send_file(&packed, usize::MAX), Ok(()));
    scene.anna.sync();
    scene.bram.sync();
    let read = scene.bram.read_file(scene.dossier, packed.file);
    assert_eq!(read, Ok(content(1_000_000)));
    scene.anna.crash();
    assert_eq!(scene.anna.engine.uploads().count(), 0);
}

#[test]
fn a_file_of_a_reporter_is_taken_into_the_dossier_and_named_in_the_echo() {
    let mut scene = scene();
    let photo = content(200_000);
    let part = scene.rex.attach("foto.jpg", &photo);
    let fact = part.file().unwrap();
    let file = FileAddress(fact.file.0);
    scene.rex.write_parts("Centrum", "", vec![part.clone()]);
    scene.world.clock.pass(60);
    scene.bram.sync();
    scene.anna.sync();
    assert_eq!(scene.anna.read_file(scene.dossier, file), Ok(photo));
    let state = scene.anna.engine.dossier(&scene.dossier).unwrap().state();
    let last = bubbles(state).pop().unwrap();
    assert_eq!((last.text.as_str(), last.files), ("", vec![fact.file]));
    assert!(state.file(&fact.file).unwrap().message.is_some());
    scene.world.clock.pass(3_600);
    scene.bram.sync();
    let said = scene.rex.look().unwrap();
    let named = said.heard.iter().find_map(|(_, part)| match part {
        Part::Unknown(FILE_NAME, name) => Some(name.as_slice()),
        _ => None,
    });
    assert_eq!(named, Some(&b"foto.jpg"[..]), "and nothing else of it");
    scene.anna.assert_calm();
    scene.bram.assert_calm();
}

#[test]
fn a_file_that_nobody_claimed_yet_is_claimed_by_whoever_reads_it() {
    let mut scene = scene();
    let part = scene.rex.attach("foto.jpg", &content(9));
    let fact = part.file().unwrap();
    let file = FileAddress(fact.file.0);
    scene.rex.write_parts("Centrum", "kijk", vec![part.clone()]);
    scene.world.clock.pass(60);
    // Bram tells the relay of the event, and is gone before he claims the file.
    scene.bram.keep();
    scene.bram.engine.poke();
    while scene.bram.step() {
        if let Some(sluis_protocol::engine::Step::Append(_)) = scene.bram.sent.last() {
            break;
        }
    }
    scene.anna.sync();
    let first = scene.anna.read_file(scene.dossier, file);
    assert_eq!(first, Err(PieceFault::Missing));
    scene.anna.assert_calm();
    scene.anna.sync();
    assert_eq!(scene.anna.read_file(scene.dossier, file), Ok(content(9)));
}

#[test]
fn what_was_removed_is_gone_and_the_log_still_holds() {
    let mut scene = scene();
    let file = scene.anna.add_file(scene.dossier, "a.bin", &content(9));
    scene.bram.sync();
    let (now, rng) = (scene.world.clock.now(), &mut scene.anna.rng);
    scene
        .anna
        .engine
        .remove_file(scene.dossier, removal(file), now, rng)
        .unwrap();
    scene.anna.sync();
    // Bram has not heard of it: he finds nothing, and once he has heard, nothing is wrong.
    assert_eq!(
        scene.bram.read_file(scene.dossier, file),
        Err(PieceFault::Missing)
    );
    scene.bram.sync();
    assert!(matches!(
        scene.bram.engine.read_file(scene.dossier, file),
        Err(FileError::NoFile)
    ));
    let state = scene.bram.engine.dossier(&scene.dossier).unwrap().state();
    let entry = state.file(&FileRef(file.0)).unwrap();
    assert_eq!(entry.removed.as_ref().unwrap().1, "niet nodig");
    scene.bram.assert_calm();
    scene.anna.crash();
    scene.anna.engine.poke_all();
    scene.anna.pump();
    scene.anna.assert_calm();
}

#[test]
fn a_file_that_is_too_large_is_refused_before_anything_is_read() {
    let mut scene = scene();
    let (address, rng) = (scene.dossier, &mut scene.anna.rng);
    let begun = scene.anna.engine.begin_file(address, FILE_MOST + 1, rng);
    assert!(matches!(begun, Err(FileError::TooLarge { .. })));
    let begun = scene.anna.engine.begin_file(address, FILE_MOST, rng);
    assert!(begun.is_ok());
}

#[test]
fn what_a_hostile_reporter_says_of_a_file_breaks_nothing() {
    let mut scene = scene();
    let genesis = scene.anna.engine.genesis();
    let mut rng = chance(9);
    let mut parts = Vec::new();
    for n in 0..4_u8 {
        let address = FileAddress([n; 16]);
        let (_, secret) = SealedFile::begin(&genesis, address, 9, &mut rng);
        let mut file = of(address, secret, "x", &content(9));
        match n {
            0 => file.size = u64::MAX,
            1 => file.secret.0.clear(),
            2 => file.name = "é".repeat(2_000),
            _ => file.media = "<script>".into(),
        }
        parts.push(Part::of_file(&file));
    }
    scene.rex.write_parts("Centrum", "kijk", parts);
    scene.world.clock.pass(60);
    scene.anna.sync();
    let state = scene.anna.engine.dossier(&scene.dossier).unwrap().state();
    assert_eq!(state.files().len(), 4);
    assert!(
        state
            .files()
            .iter()
            .all(|entry| entry.file.name.len() <= 200)
    );
    for n in 0..2 {
        let read = scene.anna.read_file(scene.dossier, FileAddress([n; 16]));
        assert_eq!(read, Err(PieceFault::Damaged));
    }
    scene.world.clock.pass(3_600);
    scene.anna.sync();
    assert_eq!(
        scene.anna.engine.pending(),
        0,
        "the reporter is told that it came"
    );
}
