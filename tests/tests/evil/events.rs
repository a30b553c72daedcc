//! Lies about what happened in a dossier.

use std::cell::RefCell;
use std::rc::Rc;

use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_wire::api::{Done, EventAppend, EventPage, EventRead};
use sluis_wire::codec;
use sluis_wire::envelope::EventEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::DAY;

const P: Expected = Expected::Prevented;

const fn d(alarm: &'static str) -> Expected {
    Expected::Detected(alarm)
}

/// The column.
pub(crate) const TRIALS: &[Trial] = &[
    Trial {
        act: Act::Drop,
        expected: d("EventMissing"),
        run: drop_one,
    },
    Trial {
        act: Act::HoldBack,
        expected: Expected::Limited(Limit::NamedByTheNext),
        run: hold_back,
    },
    Trial {
        act: Act::Replay,
        expected: P,
        run: replay,
    },
    Trial {
        act: Act::Reorder,
        expected: P,
        run: |scene| notes(scene, |page| page.events.reverse()),
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: duplicate,
    },
    Trial {
        act: Act::RollBack,
        expected: d("EventsRolledBack"),
        run: roll_back,
    },
    Trial {
        act: Act::Fork,
        expected: d("EventMissing"),
        run: fork,
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
        expected: P,
        run: inject,
    },
    Trial {
        act: Act::Selective,
        expected: d("OwnEventGone"),
        run: selective,
    },
];

/// Three notes, of which the list is changed on the way.
fn notes(scene: &mut Scene, change: impl FnMut(&mut EventPage) + 'static) -> Option<Limit> {
    let mut change = change;
    for text in ["een", "twee", "drie"] {
        scene.note_by_anna(text);
    }
    let first = scene.first;
    scene.evil.change::<EventRead>(move |call, page| {
        if call.dossier == first {
            change(page);
        }
    });
    scene.bram_looks();
    None
}

fn drop_one(scene: &mut Scene) -> Option<Limit> {
    notes(scene, |page| {
        if page.events.len() > 2 {
            page.events.remove(page.events.len() - 2);
            page.length -= 1;
        }
    })
}

fn hold_back(scene: &mut Scene) -> Option<Limit> {
    scene.note_by_anna("achtergehouden");
    let held = scene
        .events_of(scene.first)
        .last()
        .cloned()
        .unwrap_or_default();
    scene.evil.change::<EventRead>(move |_, page| {
        let before = page.events.len();
        page.events.retain(|event| *event != held);
        page.length -= (before - page.events.len()) as u64;
    });
    scene.bram_looks();
    let silent = scene.alarms().is_empty();
    scene.world.clock.pass(DAY);
    scene.note_by_anna("een dag later");
    scene.bram_looks();
    let named = scene
        .alarms()
        .iter()
        .any(|alarm| alarm.contains("EventMissing"));
    (silent && named).then_some(Limit::NamedByTheNext)
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let old = scene.events_of(scene.first);
    notes(scene, move |page| {
        page.events.extend(old.iter().cloned());
        page.length += old.len() as u64;
    })
}

fn duplicate(scene: &mut Scene) -> Option<Limit> {
    notes(scene, |page| {
        let count = page.events.len() as u64;
        page.events = page
            .events
            .iter()
            .flat_map(|event| [event.clone(), event.clone()])
            .collect();
        page.length += count;
    })
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    let old = scene.copy();
    scene.note_by_anna("eerst");
    scene.bram_looks();
    scene.evil.divert::<EventRead>(&old);
    scene.note_by_anna("daarna");
    scene.bram_looks();
    None
}

fn fork(scene: &mut Scene) -> Option<Limit> {
    // Each sees what they write themselves; later the newest of the other is let through.
    let other = scene.copy();
    scene.evil.divert::<EventRead>(&other);
    scene.evil.divert::<EventAppend>(&other);
    scene.note_by_bram("in de ene");
    scene.note_by_anna("in de andere");
    scene.bram_looks();
    scene.note_by_anna("nog een in de andere");
    let newest = scene
        .events_of(scene.first)
        .last()
        .cloned()
        .unwrap_or_default();
    let first = scene.first;
    let appended = EventAppend {
        dossier: first,
        events: vec![newest],
    };
    let shown = appended.events;
    scene.evil.repent();
    let told = scene.evil.counter();
    scene.evil.lie(move |asked| {
        let call = asked
            .call::<EventRead>()
            .filter(|call| call.dossier == first)?;
        told.set(told.get() + 1);
        let sluis_protocol::engine::Reply::Answer(body) = asked.from(&other) else {
            return None;
        };
        let mut page: EventPage = codec::decode(&body, body.len()).ok()?;
        if call.from <= page.length {
            page.events.extend(shown.iter().cloned());
        }
        page.length += 1;
        Some(sluis_protocol::engine::Reply::Answer(codec::encode(&page)))
    });
    scene.bram_looks();
    None
}

fn swap(scene: &mut Scene) -> Option<Limit> {
    let second = scene.second();
    let others = scene.events_of(second);
    notes(scene, move |page| {
        for (event, other) in page.events.iter_mut().zip(&others) {
            event.clone_from(other);
        }
    })
}

fn with_envelope(frame: &[u8], change: impl FnOnce(&mut EventEnvelope)) -> Option<Vec<u8>> {
    let frame = Frame::parse_as(FrameType::Event, frame).ok()?;
    let mut envelope: EventEnvelope =
        codec::decode(frame.body(), FrameType::Event.max_body_len()).ok()?;
    change(&mut envelope);
    Frame::build(FrameType::Event, &codec::encode(&envelope))
        .ok()
        .map(|frame| frame.to_bytes())
}

fn substitute_key(scene: &mut Scene) -> Option<Limit> {
    // Says that it was sealed under the keys before, or under ones that are not there yet.
    scene.leave();
    let mut before = false;
    notes(scene, move |page| {
        for event in &mut page.events {
            before = !before;
            let epoch = if before { 0 } else { 7 };
            if let Some(changed) = with_envelope(event, |envelope| envelope.epoch = epoch) {
                *event = changed;
            }
        }
    })
}

fn flip(scene: &mut Scene) -> Option<Limit> {
    let mut at = 0;
    notes(scene, move |page| {
        for event in &mut page.events {
            at += 13;
            let place = (at * at) % event.len();
            event
                .iter_mut()
                .skip(place)
                .take(1)
                .for_each(|byte| *byte ^= 32);
        }
    })
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    let mut longer = false;
    notes(scene, move |page| {
        for event in &mut page.events {
            longer = !longer;
            if longer {
                event.push(0);
            } else {
                event.pop();
            }
        }
    })
}

fn inject(scene: &mut Scene) -> Option<Limit> {
    let model = scene
        .events_of(scene.first)
        .last()
        .cloned()
        .unwrap_or_default();
    let forged = with_envelope(&model, |envelope| {
        envelope.sealed.iter_mut().for_each(|byte| *byte = !*byte);
    });
    notes(scene, move |page| {
        page.events.extend(forged.clone());
        page.length += 1;
    })
}

fn selective(scene: &mut Scene) -> Option<Limit> {
    // Confirms what Bram writes, and keeps it from everybody.
    let lost: Rc<RefCell<Vec<Vec<u8>>>> = Rc::default();
    let kept = Rc::clone(&lost);
    scene.evil.pretend::<EventAppend>(move |call| {
        kept.borrow_mut().extend(call.events.iter().cloned());
        Ok(Done)
    });
    scene.note_by_bram("voor niemand");
    assert!(!lost.borrow().is_empty(), "the desk sent its note");
    scene.note_by_anna("gewoon");
    scene.bram_looks();
    scene.note_by_anna("nog eens");
    scene.bram_looks();
    None
}
