//! Lies about contact data of people: records, wraps, the relay's half of a key, and its word that all of it is gone.

use sluis_domain::people::{Closing, ClosingReason};
use sluis_e2e::erasure::{Loot, recovered};
use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_relay::store::Store as _;
use sluis_wire::address::PersonAddress;
use sluis_wire::api::{
    PeopleErase, PeoplePage, PeopleRead, PersonPut, PersonWraps, PersonWrapsRead, StoredPerson,
};
use sluis_wire::time::DAY;

const P: Expected = Expected::Prevented;

const fn d(alarm: &'static str) -> Expected {
    Expected::Detected(alarm)
}

/// The column.
pub(crate) const TRIALS: &[Trial] = &[
    Trial {
        act: Act::Drop,
        expected: d("ContactWithheld"),
        run: |scene| {
            records(scene, |page| {
                if page.people.len() > 1 {
                    page.people.remove(1);
                }
            })
        },
    },
    Trial {
        act: Act::HoldBack,
        expected: d("ContactRolledBack"),
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
        run: |scene| records(scene, |page| page.people.reverse()),
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: |scene| {
            records(scene, |page| {
                let twice = page.people.clone();
                page.people.extend(twice);
            })
        },
    },
    Trial {
        act: Act::RollBack,
        expected: d("ContactRolledBack"),
        run: roll_back,
    },
    Trial {
        act: Act::Swap,
        expected: P,
        run: |scene| records(scene, swap),
    },
    Trial {
        act: Act::SubstituteKey,
        expected: P,
        run: |scene| {
            each(scene, |_, share| share.fill(7));
            wraps(scene, |answer, other| answer.wraps.clone_from(other))
        },
    },
    Trial {
        act: Act::Flip,
        expected: P,
        run: |scene| {
            each(scene, |record, _| {
                if let Some(byte) = record.get_mut(100) {
                    *byte ^= 4;
                }
            });
            wraps(scene, |answer, _| {
                for byte in answer.wraps.iter_mut().skip(40).step_by(500) {
                    *byte ^= 4;
                }
            })
        },
    },
    Trial {
        act: Act::Truncate,
        expected: P,
        run: |scene| {
            each(scene, |record, _| record.truncate(1_000));
            wraps(scene, |answer, _| answer.wraps.push(0))
        },
    },
    Trial {
        act: Act::Inject,
        expected: P,
        run: |scene| records(scene, inject),
    },
    Trial {
        act: Act::FalseReceipt,
        expected: P,
        run: false_receipt,
    },
    Trial {
        act: Act::Selective,
        expected: d("ContactWithheld"),
        run: |scene| records(scene, |page| page.people.clear()),
    },
];

/// Three people, whose records are changed on the way to Bram.
fn records(scene: &mut Scene, change: impl FnMut(&mut PeoplePage) + 'static) -> Option<Limit> {
    let mut change = change;
    for number in 1..=3 {
        scene.person_by_anna(number);
    }
    scene.evil.change::<PeopleRead>(move |_, page| change(page));
    scene.bram_reads_people();
    None
}

/// The same, record by record with its half of the key.
fn each(scene: &mut Scene, change: impl Fn(&mut Vec<u8>, &mut [u8; 32]) + 'static) {
    records(scene, move |page| {
        for one in &mut page.people {
            if let StoredPerson::Held { record, share, .. } = one {
                change(record, share);
            }
        }
    });
}

/// Wraps are changed on the way to Bram, who also could be given those of somebody else.
fn wraps(
    scene: &mut Scene,
    change: impl Fn(&mut PersonWraps, &Vec<u8>) + 'static,
) -> Option<Limit> {
    let puts = scene.open_road.requests::<PersonPut>();
    let other = puts
        .first()
        .map(|put| put.wraps.clone())
        .unwrap_or_default();
    scene
        .evil
        .change::<PersonWrapsRead>(move |_, answer| change(answer, &other));
    scene.person_by_anna(9);
    scene.bram_reads_people();
    None
}

fn swap(page: &mut PeoplePage) {
    if let [
        StoredPerson::Held {
            record: one,
            share: mine,
            ..
        },
        StoredPerson::Held {
            record: two,
            share: theirs,
            ..
        },
        ..,
    ] = page.people.as_mut_slice()
    {
        std::mem::swap(one, two);
        std::mem::swap(mine, theirs);
    }
}

fn inject(page: &mut PeoplePage) {
    let Some(StoredPerson::Held {
        version,
        record,
        share,
        ..
    }) = page.people.first().cloned()
    else {
        return;
    };
    page.people.push(StoredPerson::Held {
        person: PersonAddress([9; 16]),
        version,
        record: record.clone(),
        share,
    });
    // A next version of somebody, which no event names.
    if let Some(StoredPerson::Held { version, .. }) = page.people.first_mut() {
        *version += 1;
    }
}

/// What the relay was given of this person's first version.
fn first_put(scene: &Scene) -> Option<PersonPut> {
    let puts = scene.open_road.requests::<PersonPut>();
    puts.into_iter().find(|put| put.version == 1)
}

fn hold_back(scene: &mut Scene) -> Option<Limit> {
    let id = scene.person_by_anna(1);
    let old = first_put(scene)?;
    scene.edit_by_anna(id, 2);
    scene.evil.change::<PeopleRead>(move |_, page| {
        for one in &mut page.people {
            if let StoredPerson::Held {
                version,
                record,
                share,
                ..
            } = one
            {
                (*version, *share) = (old.version, old.share);
                record.clone_from(&old.record);
            }
        }
    });
    scene.bram_reads_people();
    None
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let id = scene.person_by_anna(1);
    let old = first_put(scene)?;
    scene.edit_by_anna(id, 2);
    scene.evil.change::<PeopleRead>(move |_, page| {
        for one in &mut page.people {
            if let StoredPerson::Held { record, share, .. } = one {
                *share = old.share;
                record.clone_from(&old.record);
            }
        }
    });
    scene.bram_reads_people();
    None
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    let id = scene.person_by_anna(1);
    let before = scene.copy();
    scene.edit_by_anna(id, 2);
    scene.evil.divert::<PeopleRead>(&before);
    scene.evil.divert::<PersonWrapsRead>(&before);
    scene.bram_reads_people();
    None
}

/// The relay signs that everything is gone and keeps it. It opens nothing all the same, once both devices have gone through their month's turn.
fn false_receipt(scene: &mut Scene) -> Option<Limit> {
    scene.person_by_anna(1);
    let signs = scene.copy();
    scene.open_road.divert::<PeopleErase>(&signs);
    let (now, anna) = (scene.world.clock.now(), &mut scene.anna);
    let closing = Closing {
        reason: ClosingReason::Settled,
        outcome: String::new(),
    };
    let closed = anna
        .engine
        .close_dossier(scene.first, closing, None, now, &mut anna.rng);
    assert!(closed.is_ok(), "{closed:?}");
    scene.round();
    let kept = scene
        .world
        .wait(scene.world.app().store().people(scene.first));
    assert!(kept.is_ok_and(|rows| rows.iter().any(|row| !row.record.is_empty())));
    for _ in 0..40 {
        scene.world.clock.pass(DAY);
        for desk in [&mut scene.anna, &mut scene.bram] {
            desk.engine.poke_all();
            desk.pump();
        }
    }
    let loot = Loot::of(&scene.open_road, &[&scene.anna, &scene.bram]);
    assert_eq!((loot.records(), recovered(&loot)), (1, 0));
    None
}
