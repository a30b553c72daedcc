//! The file with the log of a dossier, and what becomes of it in other hands.

use alloc::vec::Vec;

use sluis_directory::signature::Label;
use sluis_domain::event::{Event, Message, ReporterKeys};
use sluis_domain::ids::{EventId, MessageId};
use sluis_wire::codec;

use super::all;
use super::world::{ADDRESS, Desk, Relay, TEAM, World, acting, member_id, sign_key, team};
use crate::dossier::replica::export::{Broken, Content, FILE_MOST, MAGIC, Shown, Verdict, verify};
use crate::dossier::{Right, Rule};

/// Two write in turn; a third gets the right to read; the keys are renewed.
fn scene() -> (World, Desk, Relay) {
    let world = World::new();
    let (mut one, mut relay) = world.create(ADDRESS, 1);
    one.send("een", &mut relay, &world.directory);
    let mut two = world.adopt(2, &relay);
    two.send("twee", &mut relay, &world.directory);
    two.send("drie", &mut relay, &world.directory);
    one.fetch(&relay, &world.directory);
    one.rotate(
        &[team(TEAM, 0, Right::Steward)],
        &mut relay,
        &world.directory,
    );
    one.send("vier", &mut relay, &world.directory);
    (world, one, relay)
}

fn export(desk: &Desk, world: &World) -> Vec<u8> {
    let signer = sign_key(desk.n);
    let name_of = |member: &_| alloc::format!("{}", u8::from(*member == member_id(1)));
    desk.replica.export(
        world.frames.clone(),
        name_of,
        &acting(&world.directory, desk.n, &signer),
    )
}

/// The file as a member of the team would forge it: changed and signed again.
fn forged(file: &[u8], change: impl FnOnce(&mut Content)) -> Vec<u8> {
    let content = &file[MAGIC.len()..file.len() - 64];
    let mut content: Content = codec::decode(content, FILE_MOST).unwrap();
    change(&mut content);
    let mut file = MAGIC.to_vec();
    file.extend(codec::encode(&content));
    sign(file)
}

fn sign(mut file: Vec<u8>) -> Vec<u8> {
    let signature = sign_key(1).sign(Label::Export, &file);
    file.extend(signature.0);
    file
}

#[test]
fn a_whole_file_holds() {
    let (world, one, _) = scene();
    let report = verify(&export(&one, &world)).unwrap();
    assert!(report.is_sound() && !report.is_broken());
    assert_eq!(report.genesis, world.directory.genesis());
    assert_eq!(report.lines.len(), 2 + 4);
    let author = report.lines[0].author;
    assert_eq!(report.person(&author), Some(("1", "Centrum")));
}

#[test]
fn a_changed_byte_anywhere_is_found() {
    let (world, one, _) = scene();
    let file = export(&one, &world);
    let step = if all() { 7 } else { file.len() / 60 };
    for place in (0..file.len()).step_by(step) {
        let mut changed = file.clone();
        changed[place] ^= 1 << (place % 8);
        assert!(verify(&changed).is_err(), "byte {place}");
    }
    let mut longer = file.clone();
    longer.push(0);
    assert!(verify(&longer).is_err() && verify(&file[..file.len() - 1]).is_err());
}

#[test]
fn whoever_signs_the_file_again_cannot_change_what_others_said() {
    let (world, one, _) = scene();
    let file = export(&one, &world);
    let lines = verify(&file).unwrap().lines;
    let end = file.len() - 64;
    let step = if all() { 7 } else { file.len() / 60 };
    for place in (0..end).step_by(step) {
        let mut changed = file[..end].to_vec();
        changed[place] ^= 1 << (place % 8);
        if let Ok(report) = verify(&sign(changed)) {
            assert!(!report.is_sound() || report.lines == lines, "byte {place}");
        }
    }
}

#[test]
fn an_event_that_is_left_out_is_missed() {
    let (world, one, _) = scene();
    let file = export(&one, &world);
    for place in 0..3 {
        let report = verify(&forged(&file, |content| {
            content.events.remove(place);
        }))
        .unwrap();
        assert!(report.is_broken(), "event {place}");
    }
    let twice = forged(&file, |content| {
        let again = codec::encode(&content.events[0]);
        content
            .events
            .push(codec::decode(&again, FILE_MOST).unwrap());
    });
    assert_eq!(verify(&twice).err(), Some(Broken::Form));
}

#[test]
fn the_order_in_the_file_does_not_matter() {
    let (world, one, _) = scene();
    let turned = forged(&export(&one, &world), |content| content.events.reverse());
    assert!(verify(&turned).unwrap().is_sound());
}

#[test]
fn links_that_are_left_out_or_turned_are_refused() {
    let (world, one, _) = scene();
    let file = export(&one, &world);
    let refused = |change: fn(&mut Content)| verify(&forged(&file, change)).err();
    let place = |number| {
        Some(Broken::Link {
            number,
            rule: Rule::Place,
        })
    };
    assert_eq!(
        refused(|content| {
            content.links.remove(0);
        }),
        place(0)
    );
    assert_eq!(refused(|content| content.links.swap(0, 1)), place(0));
    // Without its last link, what stands on that link has nothing to stand on.
    let short = verify(&forged(&file, |content| {
        content.links.pop();
    }));
    assert!(short.unwrap().is_broken());
}

#[test]
fn what_somebody_without_the_right_to_write_makes_is_named() {
    let (world, one, _) = scene();
    let file = export(&one, &world);
    let by_four = forged(&file, |content| {
        let Shown::Whole(event) = &content.events[0] else {
            return;
        };
        let mut event = event.read().unwrap();
        event.author = super::world::device_id(4);
        event.author_seq = 0;
        event.author_prev = None;
        let event = crate::dossier::SealedEvent::sign(&event, &sign_key(4));
        content.events.push(Shown::Whole(event));
    });
    let report = verify(&by_four).unwrap();
    let verdicts: Vec<_> = report.lines.iter().map(|line| line.verdict).collect();
    assert!(
        verdicts.contains(&Verdict::Broken(Rule::NoRight)),
        "{verdicts:?}"
    );
}

#[test]
fn the_keys_of_a_reporter_stay_out_of_the_file() {
    let (world, mut one, _) = scene();
    let signer = sign_key(1);
    let secret = [0xa7; 40];
    let message = Event::MessageImported(Message {
        id: MessageId([1; 16]),
        parts_joined: 1,
        parts: Vec::new(),
        reporter: ReporterKeys(secret.to_vec()),
        week: 1,
        hour: 3_600,
    });
    let acting = acting(&world.directory, 1, &signer);
    one.replica.author(&message, &acting, &mut one.rng).unwrap();
    let alone = verify(&export(&one, &world)).unwrap();
    assert!(!alone.is_sound() && !alone.is_broken());
    assert_eq!(alone.lines.last().unwrap().verdict, Verdict::Unvouched);

    one.note("vijf", &world.directory);
    let file = export(&one, &world);
    assert!(!file.windows(secret.len()).any(|bytes| bytes == secret));
    assert!(verify(&file).unwrap().is_sound());
    let moved = forged(&file, |content| {
        for event in &mut content.events {
            if let Shown::KeptBack(kept) = event {
                kept.id = EventId([9; 32]);
            }
        }
    });
    assert!(verify(&moved).unwrap().is_broken());
}

#[test]
fn somebody_outside_can_make_no_file() {
    let (world, mut one, _) = scene();
    one.n = 2;
    // Signed by another device than it names.
    let file = forged(&export(&one, &world), |_| {});
    assert_eq!(verify(&file).err(), Some(Broken::Exporter));
}
