//! Lies about what reporters are answered.

use sluis_directory::snapshot::TeamTable;
use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_wire::api::{BoardPage, BoardRead, EvidenceRead};
use sluis_wire::codec;
use sluis_wire::envelope::BoardEnvelope;
use sluis_wire::frame::{Frame, FrameType};

const P: Expected = Expected::Prevented;
const MISSING: Expected = Expected::Detected("Missing(");

/// The column.
pub(crate) const TRIALS: &[Trial] = &[
    Trial {
        act: Act::Drop,
        expected: MISSING,
        run: drop_one,
    },
    Trial {
        act: Act::HoldBack,
        expected: Expected::Limited(Limit::NoReceipt),
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
        run: |scene| page(scene, |page| page.entries.reverse()),
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: duplicate,
    },
    Trial {
        act: Act::RollBack,
        expected: MISSING,
        run: roll_back,
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
        act: Act::Lie,
        expected: P,
        run: lie,
    },
    Trial {
        act: Act::Selective,
        expected: Expected::Limited(Limit::NoReceipt),
        run: selective,
    },
];

/// A second answer; the page that the reporter reads is changed on the way.
fn page(scene: &mut Scene, change: impl FnMut(&mut BoardPage) + 'static) -> Option<Limit> {
    let mut change = change;
    scene.anna.reply(scene.first, "het tweede antwoord");
    scene.round();
    scene.evil.change::<BoardRead>(move |_, page| change(page));
    scene.rex_looks();
    None
}

fn drop_one(scene: &mut Scene) -> Option<Limit> {
    page(scene, |page| {
        if page.entries.len() > 2 {
            page.entries.remove(1);
        }
    })
}

/// Bram's and Anna's answers to a new message are kept from the reporter; the truth has them.
fn no_receipt(scene: &mut Scene) -> Option<Limit> {
    let id = scene.rex_writes("nog iets");
    scene.round();
    scene.world.clock.pass(600);
    scene.round();
    let said = scene.rex_looks();
    let filed = |said: &sluis_protocol::conversation::Conversation| {
        said.filed.iter().any(|filed| filed.message == id)
    };
    (!filed(&said) && filed(&scene.truth_for_rex())).then_some(Limit::NoReceipt)
}

fn hold_back(scene: &mut Scene) -> Option<Limit> {
    let held = scene.truth_for_rex().next as usize;
    scene.evil.change::<BoardRead>(move |_, page| {
        page.entries.truncate(held);
        page.version = page.version.min(held as u64);
        page.cursor = page.cursor.min(held as u64);
    });
    no_receipt(scene)
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let mut before: Vec<Vec<u8>> = Vec::new();
    scene.anna.reply(scene.first, "het tweede antwoord");
    scene.round();
    scene.evil.change::<BoardRead>(move |_, page| {
        let now = page.entries.clone();
        page.entries.splice(0..0, before.iter().cloned());
        before.extend(now);
    });
    scene.rex_looks();
    scene.anna.reply(scene.first, "het derde antwoord");
    scene.round();
    scene.rex_looks();
    None
}

fn duplicate(scene: &mut Scene) -> Option<Limit> {
    page(scene, |page| {
        page.entries = page
            .entries
            .iter()
            .flat_map(|entry| [entry.clone(), entry.clone()])
            .collect();
    })
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    scene.anna.reply(scene.first, "dit is er straks niet meer");
    scene.round();
    scene.rex_looks();
    // Back to before that answer; what is answered after is shown.
    let gone = scene.board_posts().last().cloned()?;
    scene
        .evil
        .change::<BoardRead>(move |_, page| page.entries.retain(|entry| *entry != gone));
    scene.anna.reply(scene.first, "en dit komt erna");
    scene.round();
    let kept = scene
        .rex_looks()
        .utterances
        .iter()
        .any(|one| one.text.contains("straks niet meer"));
    assert!(kept, "a page that is open keeps what it saw");
    let mut back = scene.rex_returns();
    let said = back.look().ok()?;
    for alarm in said.alarms {
        scene.note_heard(format!("Reporter {alarm:?}"));
    }
    None
}

fn open(frame: &[u8]) -> Option<BoardEnvelope> {
    let frame = Frame::parse_as(FrameType::BoardEntry, frame).ok()?;
    codec::decode(frame.body(), FrameType::BoardEntry.max_body_len()).ok()
}

fn close(envelope: &BoardEnvelope) -> Vec<u8> {
    Frame::build(FrameType::BoardEntry, &codec::encode(envelope))
        .map(|frame| frame.to_bytes())
        .unwrap_or_default()
}

fn swap(scene: &mut Scene) -> Option<Limit> {
    page(scene, |page| {
        let envelopes: Vec<BoardEnvelope> = page
            .entries
            .iter()
            .filter_map(|entry| open(entry))
            .collect();
        let tags = envelopes
            .iter()
            .map(|envelope| envelope.tag)
            .cycle()
            .skip(1);
        page.entries = envelopes
            .iter()
            .zip(tags)
            .map(|(envelope, tag)| {
                close(&BoardEnvelope {
                    tag,
                    sealed: envelope.sealed.clone(),
                })
            })
            .collect();
    })
}

fn substitute_key(scene: &mut Scene) -> Option<Limit> {
    scene.evil.change::<EvidenceRead>(|_, evidence| {
        let own = sluis_directory::signature::SigningKey::from_seed([4; 32]).verifying_key();
        let Ok(mut table) = TeamTable::parse(&evidence.table) else {
            return;
        };
        for line in &mut table.lines {
            line.reply_keys = vec![own];
        }
        evidence.table = table.to_frame().unwrap_or_default();
    });
    scene.rex_looks();
    assert!(
        scene
            .alarms()
            .iter()
            .any(|alarm| alarm.contains("TableSwapped"))
    );
    None
}

fn flip(scene: &mut Scene) -> Option<Limit> {
    page(scene, |page| {
        for (place, entry) in page.entries.iter_mut().enumerate() {
            entry
                .iter_mut()
                .skip(100 + place * 500)
                .take(1)
                .for_each(|byte| *byte ^= 1);
        }
    })
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    page(scene, |page| {
        for (place, entry) in page.entries.iter_mut().enumerate() {
            if place % 2 == 0 {
                entry.pop();
            } else {
                entry.push(0);
            }
        }
    })
}

fn inject(scene: &mut Scene) -> Option<Limit> {
    // Under tags that are in use, before the real entries, and under tags of nobody.
    page(scene, |page| {
        let forged: Vec<Vec<u8>> = page
            .entries
            .iter()
            .filter_map(|entry| open(entry))
            .flat_map(|mut envelope| {
                envelope
                    .sealed
                    .iter_mut()
                    .for_each(|byte| *byte = byte.wrapping_add(1));
                let used = close(&envelope);
                envelope
                    .tag
                    .0
                    .iter_mut()
                    .skip(2)
                    .for_each(|byte| *byte = !*byte);
                [used, close(&envelope)]
            })
            .collect();
        page.entries.splice(0..0, forged);
    })
}

fn lie(scene: &mut Scene) -> Option<Limit> {
    scene.evil.change::<EvidenceRead>(|_, evidence| {
        let Ok(mut table) = TeamTable::parse(&evidence.table) else {
            return;
        };
        table.page_bits = 16 - table.page_bits;
        evidence.table = table.to_frame().unwrap_or_default();
    });
    scene.rex_looks();
    assert!(
        scene
            .alarms()
            .iter()
            .any(|alarm| alarm.contains("TableSwapped"))
    );
    scene.evil.repent();
    page(scene, |page| page.version = u64::MAX)
}

fn selective(scene: &mut Scene) -> Option<Limit> {
    // Nothing at all for this reporter from now on; the desks see that all was posted.
    scene.evil.change::<BoardRead>(|call, page| {
        page.entries.clear();
        page.version = call.after;
        page.cursor = call.after;
    });
    no_receipt(scene)
}
