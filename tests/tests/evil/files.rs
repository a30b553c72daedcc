//! Lies about files.

use sluis_domain::ids::FileRef;
use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_e2e::harness::{opener, packed};
use sluis_protocol::engine::PieceFault;
use sluis_wire::address::FileAddress;
use sluis_wire::api::{Piece, PieceRead, Problem};

const P: Expected = Expected::Prevented;
const MISSING: Expected = Expected::Detected("FileMissing");
const DAMAGED: Expected = Expected::Detected("FileDamaged");

/// The column.
pub(crate) const TRIALS: &[Trial] = &[
    Trial {
        act: Act::Drop,
        expected: MISSING,
        run: |scene| withheld(scene, |number| number == 1),
    },
    Trial {
        act: Act::HoldBack,
        expected: MISSING,
        run: |scene| withheld(scene, |number| number == 2),
    },
    Trial {
        act: Act::Replay,
        expected: P,
        run: replay,
    },
    Trial {
        act: Act::Reorder,
        expected: P,
        run: |scene| moved(scene, |number| 1 - number.min(1)),
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: |scene| moved(scene, |_| 0),
    },
    Trial {
        act: Act::RollBack,
        expected: MISSING,
        run: roll_back,
    },
    Trial {
        act: Act::Fork,
        expected: DAMAGED,
        run: fork,
    },
    Trial {
        act: Act::Swap,
        expected: P,
        run: swap,
    },
    Trial {
        act: Act::Flip,
        expected: P,
        run: |scene| {
            changed(scene, |piece| {
                piece
                    .iter_mut()
                    .skip(70_000)
                    .take(1)
                    .for_each(|byte| *byte ^= 1);
            })
        },
    },
    Trial {
        act: Act::Truncate,
        expected: P,
        run: truncate,
    },
    Trial {
        act: Act::Inject,
        expected: P,
        run: |scene| changed(scene, |piece| piece.fill(7)),
    },
    Trial {
        act: Act::Selective,
        expected: MISSING,
        run: |scene| withheld(scene, |_| true),
    },
];

/// Three pieces.
fn content(n: u8) -> Vec<u8> {
    (0..600_000_u32).map(|at| at.to_le_bytes()[0] ^ n).collect()
}

/// A file of Anna's that Bram knows.
fn added(scene: &mut Scene, n: u8) -> FileAddress {
    let file = scene.anna.add_file(scene.first, "bewijs.bin", &content(n));
    scene.round();
    file
}

/// Bram reads it: what he sees is what it is, or nothing.
fn read(scene: &mut Scene, file: FileAddress, n: u8) -> Result<(), PieceFault> {
    let read = scene.bram.read_file(scene.first, file);
    if let Ok(read) = &read {
        assert!(*read == content(n), "something else is shown");
    }
    read.map(|_| ())
}

/// He reads it while the relay lies, and once more when it does not.
fn refused(scene: &mut Scene, file: FileAddress) -> Option<Limit> {
    assert_eq!(read(scene, file, 1), Err(PieceFault::Damaged));
    scene.evil.repent();
    assert_eq!(read(scene, file, 1), Ok(()));
    assert!(
        scene.bram.engine.alarms().is_empty(),
        "it was on the way only"
    );
    None
}

fn withheld(scene: &mut Scene, which: fn(u32) -> bool) -> Option<Limit> {
    let file = added(scene, 1);
    let told = scene.evil.counter();
    scene.evil.lie(move |asked| {
        let call = asked
            .call::<PieceRead>()
            .filter(|call| which(call.number))?;
        told.set(told.get() + 1);
        assert_eq!(call.file, file);
        Some(sluis_protocol::engine::Reply::Problem(Problem::NotFound))
    });
    assert_eq!(read(scene, file, 1), Err(PieceFault::Missing));
    None
}

fn changed(scene: &mut Scene, change: fn(&mut Vec<u8>)) -> Option<Limit> {
    let file = added(scene, 1);
    scene
        .evil
        .change::<PieceRead>(move |_, answer| change(&mut answer.piece));
    refused(scene, file)
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    let file = added(scene, 1);
    for longer in [false, true] {
        scene.evil.change::<PieceRead>(move |_, answer| {
            if longer {
                answer.piece.push(0);
            } else {
                // A whole chunk, so that what is left is well formed.
                answer.piece.truncate(answer.piece.len() - 16_400);
            }
        });
        refused(scene, file);
    }
    None
}

/// Gives one piece in the place of another.
fn moved(scene: &mut Scene, to: fn(u32) -> u32) -> Option<Limit> {
    let file = added(scene, 1);
    let pieces = stored(scene, file);
    scene.evil.change::<PieceRead>(move |call, answer| {
        let number = usize::try_from(to(call.number)).unwrap_or(0);
        answer.piece = pieces.get(number).cloned().unwrap_or_default();
    });
    refused(scene, file)
}

/// The pieces as the relay has them.
fn stored(scene: &mut Scene, file: FileAddress) -> Vec<Vec<u8>> {
    let reader = scene.anna.engine.read_file(scene.first, file);
    let reader = reader.ok();
    let reader = reader.as_ref().into_iter();
    reader
        .flat_map(|reader| (0..reader.sealed().pieces()).map(move |number| (reader, number)))
        .filter_map(|(reader, number)| {
            let now = scene.anna.clock.now();
            let request = reader.request(number, now, &mut scene.anna.rng);
            let reply = scene.anna.transmit(&request);
            reader.answered(number, &reply).ok()
        })
        .collect()
}

/// An older file of the same dossier and size.
fn replay(scene: &mut Scene) -> Option<Limit> {
    let old = added(scene, 9);
    let pieces = stored(scene, old);
    let file = added(scene, 1);
    scene.evil.change::<PieceRead>(move |call, answer| {
        let number = usize::try_from(call.number).unwrap_or(0);
        answer.piece = pieces.get(number).cloned().unwrap_or_default();
    });
    refused(scene, file)
}

/// The file of another dossier.
fn swap(scene: &mut Scene) -> Option<Limit> {
    let second = scene.second();
    let other = scene.anna.add_file(second, "ander.bin", &content(9));
    let first = core::mem::replace(&mut scene.first, second);
    let pieces = stored(scene, other);
    scene.first = first;
    let file = added(scene, 1);
    scene.evil.change::<PieceRead>(move |call, answer| {
        let number = usize::try_from(call.number).unwrap_or(0);
        answer.piece = pieces.get(number).cloned().unwrap_or_default();
    });
    refused(scene, file)
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    let before = scene.copy();
    let file = added(scene, 1);
    scene.evil.divert::<PieceRead>(&before);
    assert_eq!(read(scene, file, 1), Err(PieceFault::Missing));
    None
}

/// Somebody who holds what opens the file seals another content with it, and the relay shows that to Bram.
fn fork(scene: &mut Scene) -> Option<Limit> {
    let file = added(scene, 1);
    let work = scene.anna.engine.dossier(&scene.first)?;
    let fact = &work.state().file(&FileRef(file.0))?.file;
    let pieces = packed(&opener(scene.anna.engine.genesis(), fact), &content(9));
    scene.evil.change::<PieceRead>(move |call, answer| {
        let number = usize::try_from(call.number).unwrap_or(0);
        *answer = Piece {
            piece: pieces.get(number).cloned().unwrap_or_default(),
        };
    });
    let seen = read(scene, file, 1);
    assert_eq!(seen, Err(PieceFault::Damaged));
    None
}
