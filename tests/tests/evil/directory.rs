//! Lies about the log of members and devices.

use sluis_directory::entry::{Device, DeviceKind, KemKey, Op, Policy};
use sluis_directory::maker::{read_entry, sign_entry};
use sluis_directory::signature::SigningKey;
use sluis_directory::snapshot::BLOCK_DAYS;
use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_e2e::harness::chance;
use sluis_protocol::staff::DeviceSecrets;
use sluis_wire::address::DeviceId;
use sluis_wire::api::{DirectoryAppend, DirectoryPage, DirectoryRead, Hello, StatementPut};
use sluis_wire::time::{DAY, UnixTime};

const P: Expected = Expected::Prevented;

const fn d(alarm: &'static str) -> Expected {
    Expected::Detected(alarm)
}

/// The column.
pub(crate) const TRIALS: &[Trial] = &[
    Trial {
        act: Act::Drop,
        expected: d("DirectoryRefused"),
        run: drop_one,
    },
    Trial {
        act: Act::HoldBack,
        expected: Expected::Limited(Limit::SnapshotOld),
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
        run: |scene| two_entries(scene, |page| page.entries.reverse()),
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: duplicate,
    },
    Trial {
        act: Act::RollBack,
        expected: d("DirectoryRolledBack"),
        run: roll_back,
    },
    Trial {
        act: Act::Fork,
        expected: d("DirectoryFork"),
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
        act: Act::Lie,
        expected: P,
        run: lie,
    },
    Trial {
        act: Act::Selective,
        expected: d("DirectoryRolledBack"),
        run: selective,
    },
];

fn two_entries(scene: &mut Scene, change: impl Fn(&mut DirectoryPage) + 'static) -> Option<Limit> {
    scene.leave();
    scene.leave();
    scene
        .evil
        .change::<DirectoryRead>(move |_, page| change(page));
    scene.bram_looks();
    None
}

fn one_entry(scene: &mut Scene, change: impl FnMut(&mut Vec<u8>) + 'static) -> Option<Limit> {
    let mut change = change;
    scene.leave();
    scene
        .evil
        .change::<DirectoryRead>(move |_, page| page.entries.iter_mut().for_each(&mut change));
    scene.bram_looks();
    None
}

fn drop_one(scene: &mut Scene) -> Option<Limit> {
    two_entries(scene, |page| {
        if page.entries.len() > 1 {
            page.entries.remove(0);
        }
    })
}

fn hold_back(scene: &mut Scene) -> Option<Limit> {
    let frozen = scene.copy();
    scene.evil.divert_all(&frozen);
    scene.leave();
    scene.bram_looks();
    let fresh_at_first = scene.warned_days().is_none();
    scene.days(BLOCK_DAYS + 1);
    scene.bram_looks();
    let late = scene.warned_days().is_some_and(|days| days >= BLOCK_DAYS);
    (fresh_at_first && late).then_some(Limit::SnapshotOld)
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let old = scene.frame_of_entry(3);
    scene.leave();
    scene.evil.change::<DirectoryRead>(move |_, page| {
        page.entries.push(old.clone());
        page.length += 1;
    });
    scene.bram_looks();
    None
}

fn duplicate(scene: &mut Scene) -> Option<Limit> {
    scene.leave();
    scene.evil.change::<DirectoryRead>(|_, page| {
        let again = page.entries.first().cloned();
        page.entries.extend(again);
    });
    scene.bram_looks();
    None
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    let old = scene.copy();
    scene.leave();
    scene.bram_looks();
    scene.evil.divert_all(&old);
    scene.bram.sync();
    scene.bram.sync();
    None
}

fn fork(scene: &mut Scene) -> Option<Limit> {
    // A director's key in the wrong hands: two entries with one number.
    let other = scene.copy();
    let shown = scene.leaving();
    other
        .call(&DirectoryAppend {
            entries: vec![shown],
        })
        .ok();
    scene.evil.divert::<DirectoryRead>(&other);
    scene.leave();
    scene.bram_looks();
    None
}

fn swap(scene: &mut Scene) -> Option<Limit> {
    let statement = scene.statements().first().cloned().unwrap_or_default();
    one_entry(scene, move |entry| entry.clone_from(&statement))
}

fn substitute_key(scene: &mut Scene) -> Option<Limit> {
    let mut rng = chance(31);
    let bram = scene.bram.engine.device().member;
    let second = DeviceSecrets::generate(bram, &mut rng).public(DeviceKind::Browser);
    let thief = DeviceSecrets::generate(bram, &mut rng);
    let key = SigningKey::from_seed([9; 32]);
    let entry = scene.entry(Op::DeviceAdd(second), &scene.anna.engine.device().sign);
    scene.append(entry);
    scene.evil.change::<DirectoryRead>(move |_, page| {
        for frame in &mut page.entries {
            let Ok(mut entry) = read_entry(frame) else {
                continue;
            };
            if let Op::DeviceAdd(device) = &mut entry.op {
                let kem = KemKey(device.kem.0.clone());
                *device = Device::new(
                    DeviceId(device.id.0),
                    device.member,
                    DeviceKind::Browser,
                    kem,
                    &thief.sign,
                );
                *frame = sign_entry(&entry, &[&key]).unwrap_or_default();
            }
        }
    });
    scene.bram_looks();
    None
}

fn flip(scene: &mut Scene) -> Option<Limit> {
    let mut at = 0;
    one_entry(scene, move |entry| {
        at += 7;
        let place = at % entry.len();
        if let Some(byte) = entry.get_mut(place) {
            *byte ^= 1;
        }
    })
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    let mut longer = false;
    one_entry(scene, move |entry| {
        longer = !longer;
        if longer {
            entry.push(0);
        } else {
            entry.pop();
        }
    })
}

fn inject(scene: &mut Scene) -> Option<Limit> {
    let own = SigningKey::from_seed([8; 32]);
    let mut rng = chance(32);
    let device = DeviceSecrets::generate(scene.anna.engine.device().member, &mut rng)
        .public(DeviceKind::Browser);
    let forged = scene.entry(Op::DeviceAdd(device), &own);
    scene.evil.change::<DirectoryRead>(move |_, page| {
        page.entries.push(forged.clone());
        page.length += 1;
    });
    scene.bram_looks();
    None
}

fn lie(scene: &mut Scene) -> Option<Limit> {
    let own = SigningKey::from_seed([7; 32]);
    let policy = Policy {
        minimum_client: u32::MAX,
        page_bits: 16,
        ..Policy::default()
    };
    let forged = scene.entry(Op::Policy(policy), &own);
    let mut odd = false;
    scene.evil.change::<DirectoryRead>(move |_, page| {
        // In turn: a policy that nobody signed, and more than there is.
        odd = !odd;
        if odd {
            page.entries.push(forged.clone());
            page.length += 1;
        } else {
            page.length += 1_000;
        }
    });
    scene
        .evil
        .change::<Hello>(|_, welcome| welcome.now = UnixTime(welcome.now.0 + 400 * DAY));
    scene.bram_looks();
    None
}

fn selective(scene: &mut Scene) -> Option<Limit> {
    let old = scene.copy();
    scene.evil.divert::<DirectoryRead>(&old);
    scene.evil.divert::<StatementPut>(&old);
    scene.leave();
    scene.bram_looks();
    None
}
