//! Lies about statements of keys, and about the snapshots that are made of them.

use sluis_directory::entry::KemKey;
use sluis_directory::evidence::EvidenceError;
use sluis_directory::frame_hash;
use sluis_directory::maker::sign_statement;
use sluis_directory::signature::SigningKey;
use sluis_directory::statement::{Author, Statement, TeamContent};
use sluis_e2e::evil::{Act, Expected, Limit, Scene, Trial};
use sluis_e2e::harness::chance;
use sluis_protocol::primitives::kem::KemSecret;
use sluis_protocol::staff::{Purpose, kem_key, wrap_for_devices};
use sluis_wire::api::{
    ChangesRead, EvidenceRead, SnapshotRead, StatementList, StatementPage, StatementPut,
    StoredStatement,
};
use sluis_wire::codec;
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
        expected: d("StatementWithheld(TeamContent"),
        run: drop_one,
    },
    Trial {
        act: Act::HoldBack,
        expected: Expected::Limited(Limit::KeysEnd),
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
        run: reorder,
    },
    Trial {
        act: Act::Duplicate,
        expected: P,
        run: duplicate,
    },
    Trial {
        act: Act::RollBack,
        expected: d("SnapshotRolledBack"),
        run: roll_back,
    },
    Trial {
        act: Act::Fork,
        expected: d("KeysDiffer"),
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
        expected: d("SharedKeyWrong(TeamContent"),
        run: selective,
    },
];

fn kind(stored: &StoredStatement) -> Option<FrameType> {
    Frame::parse(&stored.statement)
        .ok()
        .map(|frame| frame.kind())
}

/// New keys, of which this is changed on the way.
fn new_keys(scene: &mut Scene, change: impl FnMut(&mut StatementPage) + 'static) -> Option<Limit> {
    let mut change = change;
    scene.leave();
    scene
        .evil
        .change::<StatementList>(move |_, page| change(page));
    scene.bram_looks();
    None
}

fn drop_one(scene: &mut Scene) -> Option<Limit> {
    new_keys(scene, |page| {
        page.statements
            .retain(|one| kind(one) != Some(FrameType::TeamContentStatement));
    })
}

fn hold_back(scene: &mut Scene) -> Option<Limit> {
    let frozen = scene.copy();
    scene.evil.divert_all(&frozen);
    scene.leave();
    let holds_at_first = scene.rex.evidence().is_ok();
    for _ in 0..12 {
        scene.world.clock.pass(6 * DAY);
        scene.anna.sync();
    }
    // With the keys that the colleagues went on publishing, somebody else can still write.
    assert!(scene.truth_for_rex().alarms.is_empty());
    let ended = scene.rex.evidence();
    let ended = format!("{ended:?}").contains(&format!("{:?}", EvidenceError::NoValidLine));
    (holds_at_first && ended).then_some(Limit::KeysEnd)
}

fn replay(scene: &mut Scene) -> Option<Limit> {
    let old = scene.statements();
    new_keys(scene, move |page| {
        // In place of the newest ones' tail, all that was said before, under the number of the last.
        if let Some(last) = page.statements.last().cloned() {
            let again = old.iter().map(|frame| StoredStatement {
                statement: frame.clone(),
                ..last.clone()
            });
            page.statements.extend(again);
        }
    })
}

fn reorder(scene: &mut Scene) -> Option<Limit> {
    new_keys(scene, |page| {
        let numbers: Vec<u64> = page.statements.iter().map(|one| one.number).collect();
        page.statements.reverse();
        for (one, number) in page.statements.iter_mut().zip(numbers) {
            one.number = number;
        }
    })
}

fn duplicate(scene: &mut Scene) -> Option<Limit> {
    new_keys(scene, |page| {
        page.statements = page
            .statements
            .iter()
            .flat_map(|one| [one.clone(), one.clone()])
            .collect();
    })
}

fn roll_back(scene: &mut Scene) -> Option<Limit> {
    let old = scene.copy();
    scene.days(8);
    scene.bram_looks();
    scene.evil.divert::<StatementList>(&old);
    scene.evil.divert::<SnapshotRead>(&old);
    scene.evil.divert::<ChangesRead>(&old);
    scene.bram_looks();
    None
}

fn fork(scene: &mut Scene) -> Option<Limit> {
    // For a new week the relay takes a key from each of two colleagues, and shows each their own.
    scene.days(3);
    scene.bram_looks();
    let other = scene.copy();
    scene.evil.divert::<StatementList>(&other);
    scene.evil.divert::<StatementPut>(&other);
    scene.days(5);
    scene.bram_looks();
    for _ in 0..3 {
        scene.days(1);
        scene.bram_looks();
    }
    None
}

fn swap(scene: &mut Scene) -> Option<Limit> {
    new_keys(scene, |page| {
        let mut wraps: Vec<Vec<u8>> = page
            .statements
            .iter()
            .map(|one| one.wraps.clone())
            .collect();
        let by = wraps.len().min(1);
        wraps.rotate_left(by);
        for (one, wraps) in page.statements.iter_mut().zip(wraps) {
            one.wraps = wraps;
        }
    })
}

fn substitute_key(scene: &mut Scene) -> Option<Limit> {
    let thief = SigningKey::from_seed([6; 32]);
    new_keys(scene, move |page| {
        for one in &mut page.statements {
            let Ok(frame) = Frame::parse_as(FrameType::TeamIntakeStatement, &one.statement) else {
                continue;
            };
            let Ok(mut body) =
                codec::decode::<sluis_directory::statement::TeamIntake>(frame.body(), 1 << 16)
            else {
                continue;
            };
            body.kem = KemKey(body.kem.0.iter().map(|byte| !byte).collect());
            one.statement =
                sign_statement(&Statement::TeamIntake(body), &thief).unwrap_or_default();
        }
    })
}

fn flip(scene: &mut Scene) -> Option<Limit> {
    new_keys(scene, |page| {
        for one in &mut page.statements {
            let middle = one.statement.len() / 2;
            if let Some(byte) = one.statement.get_mut(middle) {
                *byte ^= 0x10;
            }
        }
    })
}

fn truncate(scene: &mut Scene) -> Option<Limit> {
    new_keys(scene, |page| {
        for (place, one) in page.statements.iter_mut().enumerate() {
            if place % 2 == 0 {
                one.statement.pop();
            } else {
                one.wraps.push(0);
            }
        }
    })
}

fn inject(scene: &mut Scene) -> Option<Limit> {
    let own = SigningKey::from_seed([5; 32]);
    let forged: Vec<Vec<u8>> = scene
        .statements()
        .iter()
        .filter_map(|frame| {
            let frame = Frame::parse_as(FrameType::TeamIntakeStatement, frame).ok()?;
            let mut body: sluis_directory::statement::TeamIntake =
                codec::decode(frame.body(), 1 << 16).ok()?;
            body.version += 40;
            sign_statement(&Statement::TeamIntake(body), &own).ok()
        })
        .collect();
    new_keys(scene, move |page| {
        if let Some(last) = page.statements.last().cloned() {
            let own = forged.iter().map(|frame| StoredStatement {
                statement: frame.clone(),
                ..last.clone()
            });
            page.statements.splice(0..0, own);
        }
    })
}

fn lie(scene: &mut Scene) -> Option<Limit> {
    // There is always more, and nothing in it; and another size of pages for reporters.
    scene.evil.change::<EvidenceRead>(|_, evidence| {
        let last = evidence.table.len().saturating_sub(1);
        for place in [12, last] {
            if let Some(byte) = evidence.table.get_mut(place) {
                *byte ^= 8;
            }
        }
    });
    scene.rex_looks();
    new_keys(scene, |page| page.complete = false)
}

fn selective(scene: &mut Scene) -> Option<Limit> {
    // First this client is shown no new keys; then one, by a colleague who is in it, that was wrapped for everybody but him.
    let old = scene.copy();
    scene.evil.divert::<StatementList>(&old);
    scene.leave();
    scene.bram_looks();
    let withheld = |alarm: &String| alarm.contains("StatementWithheld(StaffCapability");
    assert!(scene.alarms().iter().any(withheld));
    scene.evil.repent();
    scene.bram_looks();
    let (statement, wraps) = wrapped_without_bram(scene)?;
    scene.evil.change::<StatementList>(move |_, page| {
        let last = page.statements.last().map_or(10_000, |one| one.number);
        page.statements.push(StoredStatement {
            number: last + 1,
            statement: statement.clone(),
            wraps: wraps.clone(),
        });
    });
    scene.bram_looks();
    None
}

/// The next content key of the team, said by Anna's device and wrapped for it alone.
fn wrapped_without_bram(scene: &Scene) -> Option<(Vec<u8>, Vec<u8>)> {
    let (device, genesis) = (scene.anna.engine.device(), scene.anna.engine.genesis());
    let directory = scene.anna.engine.directory()?;
    let team = directory.teams_of(&device.member).next()?.team.id;
    let (epoch, mut rng) = (9, chance(41));
    let secret = KemSecret::generate(&mut rng);
    let purpose = Purpose {
        genesis: &genesis,
        kind: FrameType::TeamContentStatement,
        subject: &team.0,
        number: epoch,
        version: 0,
    };
    let recipients = [(device.id, kem_key(&device.kem))];
    let wraps = wrap_for_devices(&purpose, secret.expose_seed(), &recipients, &mut rng).ok()?;
    let statement = Statement::TeamContent(TeamContent {
        author: Author {
            device: device.id,
            time: scene.world.clock.now(),
            standing: directory.head(),
        },
        team,
        epoch,
        kem: kem_key(&secret),
        wraps: frame_hash(&wraps),
        link: Vec::new(),
    });
    let frame = sign_statement(&statement, &device.sign).ok()?;
    Some((frame, wraps))
}
