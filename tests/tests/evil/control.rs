//! Lies about who may read and write a dossier.

use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_protocol::dossier::AlarmKind;
use sluis_wire::address::CapabilityKey;
use sluis_wire::api::{ControlLink, ControlPage, ControlRead, EventPage, EventRead};
use sluis_wire::codec;
use sluis_wire::envelope::ControlEnvelope;
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
        expected: d("ControlRefused"),
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
        run: |scene| two_links(scene, |page| page.links.reverse()),
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: duplicate,
    },
    Trial {
        act: Act::RollBack,
        expected: d("ControlRolledBack"),
        run: roll_back,
    },
    Trial {
        act: Act::Fork,
        expected: d("ControlFork"),
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
        expected: d("EventRefused"),
        run: selective,
    },
];

fn two_links(scene: &mut Scene, change: impl Fn(&mut ControlPage) + 'static) -> Option<Limit> {
    let first = scene.first;
    scene.leave();
    scene.leave();
    scene.evil.change::<ControlRead>(move |call, page| {
        if call.dossier == first {
            change(page);
        }
    });
    scene.bram_looks();
    None
}

fn one_link(scene: &mut Scene, change: impl FnMut(&mut ControlLink) + 'static) -> Option<Limit> {
    let mut change = change;
    scene.leave();
    scene
        .evil
        .change::<ControlRead>(move |_, page| page.links.iter_mut().for_each(&mut change));
    scene.bram_looks();
    None
}

fn drop_one(scene: &mut Scene) -> Option<Limit> {
    two_links(scene, |page| {
        if page.links.len() > 1 {
            page.links.remove(page.links.len() - 2);
        }
    })
}

/// From now on Bram is told that the chain of the first dossier ends after its first link.
fn cut_chain(scene: &Scene) {
    let first = scene.first;
    scene.evil.change::<ControlRead>(move |call, page| {
        if call.dossier == first {
            page.links.truncate(usize::from(call.from == 0));
            page.length = 1;
        }
    });
}

/// The newest link is kept from Bram, and what was written under its keys is given to him.
fn keep_newest_from_bram(scene: &mut Scene) {
    cut_chain(scene);
    scene.leave();
    scene.note_by_anna("na de nieuwe sleutel");
    let events = scene.events_of(scene.first);
    let first = scene.first;
    scene.evil.pretend::<EventRead>(move |call| {
        let events = if call.dossier == first {
            events.clone()
        } else {
            Vec::new()
        };
        let length = events.len() as u64;
        let from = usize::try_from(call.from).unwrap_or(usize::MAX);
        Ok(EventPage {
            events: events.into_iter().skip(from).collect(),
            length,
        })
    });
}

fn hold_back(scene: &mut Scene) -> Option<Limit> {
    keep_newest_from_bram(scene);
    scene.world.clock.pass(DAY);
    scene.bram_looks();
    let named = scene
        .alarms()
        .iter()
        .any(|alarm| alarm.contains("EventRefused") || alarm.contains("ControlRolledBack"));
    named.then_some(Limit::NamedByTheNext)
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let first = scene.first;
    let old: Vec<ControlLink> = scene
        .bram
        .engine
        .dossier(&first)
        .map_or_else(Vec::new, |work| {
            let links = work.replica().chain().links().iter();
            links
                .map(|link| ControlLink {
                    control: link.frame.clone(),
                    wraps: Vec::new(),
                })
                .collect()
        });
    scene.leave();
    scene.evil.change::<ControlRead>(move |_, page| {
        if let (Some(newest), Some(old)) = (page.links.last_mut(), old.first()) {
            newest.control.clone_from(&old.control);
        }
    });
    scene.bram_looks();
    None
}

fn duplicate(scene: &mut Scene) -> Option<Limit> {
    scene.leave();
    scene.evil.change::<ControlRead>(|_, page| {
        let again = page.links.last().cloned();
        page.links.extend(again);
    });
    scene.bram_looks();
    None
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    scene.leave();
    scene.bram_looks();
    cut_chain(scene);
    scene.note_by_anna("daarna");
    scene.bram_looks();
    None
}

fn fork(scene: &mut Scene) -> Option<Limit> {
    // A copied device of Anna's renews the keys at another relay; the lying one shows Bram that, and then hers.
    let other = scene.leave_twice_over();
    scene.evil.divert::<ControlRead>(&other);
    scene.bram_looks();
    scene.evil.repent();
    let real = scene.links_sent();
    let first = scene.first;
    scene.evil.change::<ControlRead>(move |call, page| {
        let Some(real) = real.last().filter(|_| call.dossier == first) else {
            return;
        };
        page.links = vec![ControlLink {
            control: real.control.clone(),
            wraps: real.wraps.clone(),
        }];
    });
    scene.note_by_anna("volgens de echte lijst");
    scene.bram_looks();
    let work = scene.bram.engine.dossier(&scene.first)?;
    let alarms = work.replica().alarms();
    let mut forks = alarms
        .iter()
        .filter(|alarm| alarm.kind == AlarmKind::ControlFork);
    assert!(
        forks.any(|alarm| alarm.proof.len() == 2),
        "both signed links are kept to be shown to others"
    );
    None
}

fn swap(scene: &mut Scene) -> Option<Limit> {
    let second = scene.second();
    let first = scene.first;
    scene.bram_looks();
    scene.leave();
    let others: Vec<ControlLink> =
        scene
            .anna
            .engine
            .dossier(&second)
            .map_or_else(Vec::new, |work| {
                let links = work.replica().chain().links().iter();
                links
                    .map(|link| ControlLink {
                        control: link.frame.clone(),
                        wraps: Vec::new(),
                    })
                    .collect()
            });
    scene.evil.change::<ControlRead>(move |call, page| {
        if call.dossier == first {
            let from = usize::try_from(call.from).unwrap_or(usize::MAX);
            for (link, other) in page.links.iter_mut().zip(others.iter().skip(from)) {
                link.control.clone_from(&other.control);
            }
        }
    });
    scene.bram_looks();
    None
}

fn with_envelope(frame: &[u8], change: impl FnOnce(&mut ControlEnvelope)) -> Option<Vec<u8>> {
    let frame = Frame::parse_as(FrameType::ControlEntry, frame).ok()?;
    let mut envelope: ControlEnvelope =
        codec::decode(frame.body(), FrameType::ControlEntry.max_body_len()).ok()?;
    change(&mut envelope);
    Frame::build(FrameType::ControlEntry, &codec::encode(&envelope))
        .ok()
        .map(|frame| frame.to_bytes())
}

fn substitute_key(scene: &mut Scene) -> Option<Limit> {
    one_link(scene, |link| {
        let thief = |envelope: &mut ControlEnvelope| envelope.write_key = CapabilityKey([3; 32]);
        if let Some(changed) = with_envelope(&link.control, thief) {
            link.control = changed;
        }
    })
}

fn flip(scene: &mut Scene) -> Option<Limit> {
    let mut at = 0;
    one_link(scene, move |link| {
        at += 11;
        let (control, wraps) = (link.control.len(), link.wraps.len());
        if at % 2 == 0 {
            link.control
                .iter_mut()
                .skip(at % control)
                .take(1)
                .for_each(|byte| *byte ^= 4);
        } else {
            link.wraps
                .iter_mut()
                .skip(at % wraps)
                .take(1)
                .for_each(|byte| *byte ^= 4);
        }
    })
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    let mut longer = false;
    one_link(scene, move |link| {
        longer = !longer;
        if longer {
            link.control.push(0);
        } else {
            link.control.pop();
        }
    })
}

fn inject(scene: &mut Scene) -> Option<Limit> {
    let first = scene.first;
    let head = scene.bram.engine.dossier(&first).map(|work| {
        (
            work.replica().chain().head(),
            work.replica().control_length(),
        )
    });
    let forged = scene.bram.engine.dossier(&first).and_then(|work| {
        let last = work.replica().chain().last()?.frame.clone();
        let (prev, number) = head?;
        with_envelope(&last, |envelope| {
            envelope.prev = prev;
            envelope.number = number;
        })
    });
    scene.evil.change::<ControlRead>(move |call, page| {
        if let Some(control) = forged.clone().filter(|_| call.dossier == first) {
            page.links.push(ControlLink {
                control,
                wraps: Vec::new(),
            });
            page.length += 1;
        }
    });
    scene.note_by_anna("zodat er iets te lezen is");
    scene.bram_looks();
    None
}

fn selective(scene: &mut Scene) -> Option<Limit> {
    keep_newest_from_bram(scene);
    scene.bram_looks();
    None
}
