//! Lies about what reporters write.

use std::cell::RefCell;
use std::rc::Rc;

use sluis_directory::entry::KemKey;
use sluis_directory::snapshot::TeamTable;
use sluis_e2e::evil::{Act, EvilRelay, Expected, Limit, Scene, Trial};
use sluis_e2e::harness::{Reporter, Transport as _, body_of, decode};
use sluis_protocol::conversation::MessageId;
use sluis_protocol::engine::Reply;
use sluis_wire::api::{
    Call as _, ChallengeRead, EvidenceRead, IntakeEntry, IntakeLane, IntakeList, IntakePage,
    IntakePost, IntakeReceipt,
};
use sluis_wire::codec;
use sluis_wire::envelope::IntakeEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::pow::Search;
use sluis_wire::time::{DAY, UnixTime};

const P: Expected = Expected::Prevented;
const NO_RECEIPT: Expected = Expected::Limited(Limit::NoReceipt);

/// The column.
pub(crate) const TRIALS: &[Trial] = &[
    Trial {
        act: Act::Drop,
        expected: NO_RECEIPT,
        run: |scene| withhold(scene, 1),
    },
    Trial {
        act: Act::HoldBack,
        expected: NO_RECEIPT,
        run: |scene| withhold(scene, 2),
    },
    Trial {
        act: Act::Replay,
        expected: P,
        run: replay,
    },
    Trial {
        act: Act::Reorder,
        expected: P,
        run: reorder,
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: duplicate,
    },
    Trial {
        act: Act::Swap,
        expected: P,
        run: swap,
    },
    Trial {
        act: Act::SubstituteKey,
        expected: P,
        run: substitute_key,
    },
    Trial {
        act: Act::Flip,
        expected: P,
        run: flip,
    },
    Trial {
        act: Act::Truncate,
        expected: P,
        run: truncate,
    },
    Trial {
        act: Act::Inject,
        expected: Expected::Limited(Limit::OnItsOwn),
        run: inject,
    },
    Trial {
        act: Act::Lie,
        expected: P,
        run: lie,
    },
    Trial {
        act: Act::Selective,
        expected: NO_RECEIPT,
        run: selective,
    },
];

/// Three messages that wait in the queue.
fn three(scene: &mut Scene) -> Vec<MessageId> {
    ["bericht een", "bericht twee", "bericht drie"]
        .map(|text| scene.rex_writes(text))
        .into()
}

/// Three messages, of which both desks see the queue changed on the way.
fn queue(
    scene: &mut Scene,
    change: impl FnMut(&mut IntakePage) + Clone + 'static,
) -> Option<Limit> {
    three(scene);
    for road in [&scene.evil, &scene.open_road] {
        let mut change = change.clone();
        road.change::<IntakeList>(move |_, page| change(page));
    }
    scene.bram_looks();
    scene.round();
    None
}

/// Whether the reporter has a receipt for a message, three days later.
fn receipts(scene: &mut Scene) -> Vec<MessageId> {
    scene.world.clock.pass(3 * DAY);
    scene.round();
    scene.bram_looks();
    scene
        .rex_looks()
        .filed
        .iter()
        .map(|filed| filed.message)
        .collect()
}

/// Keeps one of three messages from all desks.
fn withhold(scene: &mut Scene, which: usize) -> Option<Limit> {
    let ids = three(scene);
    let posted: Vec<Vec<u8>> = scene
        .evil
        .requests_padded::<IntakePost>()
        .into_iter()
        .map(|call| call.envelope)
        .collect();
    let held = posted.get(posted.len() - 3 + which).cloned()?;
    for road in [&scene.evil, &scene.open_road] {
        let held = held.clone();
        road.change::<IntakeList>(move |_, page| {
            page.entries.retain(|entry| entry.envelope != held);
        });
    }
    let filed = receipts(scene);
    let as_told = ids
        .iter()
        .enumerate()
        .all(|(place, id)| filed.contains(id) != (place == which));
    as_told.then_some(Limit::NoReceipt)
}

/// Adds these at the end of the queue.
fn add(page: &mut IntakePage, envelopes: &[Vec<u8>]) {
    let last = page.entries.last().map_or(1_000, |entry| entry.number);
    for (number, envelope) in (last + 1..).zip(envelopes) {
        page.entries.push(IntakeEntry {
            number,
            hour: UnixTime(0),
            lane: IntakeLane::First,
            envelope: envelope.clone(),
        });
    }
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let old: Rc<RefCell<Vec<Vec<u8>>>> = Rc::default();
    let posted = scene.evil.requests_padded::<IntakePost>();
    old.borrow_mut()
        .extend(posted.into_iter().map(|call| call.envelope));
    queue(scene, move |page| {
        add(page, &old.borrow());
    })
}

fn reorder(scene: &mut Scene) -> Option<Limit> {
    queue(scene, |page| {
        let mut envelopes: Vec<_> = page
            .entries
            .iter()
            .map(|entry| entry.envelope.clone())
            .collect();
        envelopes.reverse();
        for (entry, envelope) in page.entries.iter_mut().zip(envelopes) {
            entry.envelope = envelope;
        }
    })
}

fn duplicate(scene: &mut Scene) -> Option<Limit> {
    queue(scene, |page| {
        let last = page.entries.last().map_or(0, |entry| entry.number);
        let again = page.entries.clone().into_iter().zip(last + 1..);
        page.entries
            .extend(again.map(|(entry, number)| IntakeEntry { number, ..entry }));
    })
}

fn with_envelope(frame: &[u8], change: impl FnOnce(&mut IntakeEnvelope)) -> Option<Vec<u8>> {
    let frame = Frame::parse_as(FrameType::IntakeMessage, frame).ok()?;
    let mut envelope: IntakeEnvelope =
        codec::decode(frame.body(), FrameType::IntakeMessage.max_body_len()).ok()?;
    change(&mut envelope);
    Frame::build(FrameType::IntakeMessage, &codec::encode(&envelope))
        .ok()
        .map(|frame| frame.to_bytes())
}

fn swap(scene: &mut Scene) -> Option<Limit> {
    // Each keeps its own header and gets the sealed message of its neighbour.
    queue(scene, |page| {
        let sealed: Vec<Vec<u8>> = page
            .entries
            .iter()
            .filter_map(|entry| {
                let frame = Frame::parse_as(FrameType::IntakeMessage, &entry.envelope).ok()?;
                codec::decode::<IntakeEnvelope>(
                    frame.body(),
                    FrameType::IntakeMessage.max_body_len(),
                )
                .ok()
            })
            .map(|envelope| envelope.sealed)
            .collect();
        let next = sealed.iter().cycle().skip(1);
        for (entry, sealed) in page.entries.iter_mut().zip(next) {
            if let Some(changed) = with_envelope(&entry.envelope, |envelope| {
                envelope.sealed.clone_from(sealed);
            }) {
                entry.envelope = changed;
            }
        }
    })
}

fn substitute_key(scene: &mut Scene) -> Option<Limit> {
    scene.evil.change::<EvidenceRead>(|_, evidence| {
        let Ok(mut table) = TeamTable::parse(&evidence.table) else {
            return;
        };
        for line in &mut table.lines {
            line.kem = KemKey(line.kem.0.iter().rev().copied().collect());
        }
        evidence.table = table.to_frame().unwrap_or_default();
    });
    let refused = scene.rex.evidence();
    assert!(
        format!("{refused:?}").contains("TableSwapped"),
        "{refused:?}"
    );
    None
}

fn flip(scene: &mut Scene) -> Option<Limit> {
    queue(scene, |page| {
        for (place, entry) in page.entries.iter_mut().enumerate() {
            let at = 40 + place * 900;
            entry
                .envelope
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte ^= 2);
        }
    })
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    queue(scene, |page| {
        for (place, entry) in page.entries.iter_mut().enumerate() {
            if place % 2 == 0 {
                entry.envelope.pop();
            } else {
                entry.envelope.push(0);
            }
        }
    })
}

fn inject(scene: &mut Scene) -> Option<Limit> {
    // The relay is a reporter like any other, and needs no work: that makes a conversation of its own.
    let stranger_road = EvilRelay::new(Rc::clone(&scene.world));
    let mut stranger = Reporter::new(
        scene.anna.engine.genesis(),
        stranger_road,
        scene.world.clock.clone(),
        99,
    );
    let table = stranger.evidence().ok()?;
    let line = table.lines.first().cloned()?;
    let message = stranger.message("van de server zelf", Vec::new());
    let own = stranger.seal(&table, &line, &message);
    let before = scene.bram.conversation(&scene.first);
    scene.evil.change::<IntakeList>(move |_, page| {
        add(page, &own);
    });
    scene.bram_looks();
    let made: Vec<_> = scene
        .bram
        .engine
        .dossiers()
        .map(|(address, _)| *address)
        .collect();
    let other = made.iter().find(|address| **address != scene.first)?;
    let alone = scene.bram.conversation(other).len() == 1 && made.len() == 2;
    let untouched = scene.bram.conversation(&scene.first) == before;
    (alone && untouched && scene.rex_looks().utterances.len() == before.len())
        .then_some(Limit::OnItsOwn)
}

fn lie(scene: &mut Scene) -> Option<Limit> {
    // There is always more; and far more work is asked for than anybody does.
    scene
        .evil
        .change::<ChallengeRead>(|_, challenge| challenge.difficulty = 60);
    let body = body_of(&ChallengeRead);
    let Reply::Answer(asked) = scene.evil.send(ChallengeRead::PATH, &body, None) else {
        return None;
    };
    let asked = decode::<ChallengeRead>(&asked);
    assert!(Search::new(asked).is_err(), "no page does that much work");
    scene.evil.repent();
    queue(scene, |page| page.complete = false)
}

fn selective(scene: &mut Scene) -> Option<Limit> {
    // Confirms this reporter's message and drops it.
    let hour = scene.world.clock.now().to_hour();
    scene.evil.pretend::<IntakePost>(move |_| {
        Ok(IntakeReceipt {
            hour,
            signature: [7; 64],
        })
    });
    let id = scene.rex_writes("voor niemand");
    scene.evil.repent();
    let known = scene.rex_writes("dit komt aan");
    let filed = receipts(scene);
    (filed.contains(&known) && !filed.contains(&id)).then_some(Limit::NoReceipt)
}
