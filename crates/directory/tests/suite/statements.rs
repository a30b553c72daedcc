//! Statements: who may make them, for how long, and from which view of the log.

use sluis_directory::entry::{KemKey, Op};
use sluis_directory::error::{Field, Thing};
use sluis_directory::maker::sign_statement;
use sluis_directory::statement::{Standing, Statement, StatementKey};
use sluis_directory::{Error, frame_hash};
use sluis_wire::address::CapabilityKey;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime, Week};

use crate::world::{
    CENTRE, NOW, World, device_id, device_key, director, hash, member_id, stranger, team, team_id,
    wraps,
};

fn this_week() -> Week {
    Week::of(NOW)
}

/// One of each kind, by device 1.
fn one_of_each(world: &World) -> [Statement; 4] {
    [
        Statement::TeamContent(world.content(1, 1, 0)),
        Statement::TeamIntake(world.intake(1, 1, this_week(), 0)),
        Statement::MonthKey(world.month(1, 0)),
        Statement::StaffCapability(world.staff(1, 0)),
    ]
}

fn with_standing(statement: &Statement, standing: Standing) -> Statement {
    let mut changed = statement.clone();
    match &mut changed {
        Statement::TeamContent(body) => body.author.standing = standing,
        Statement::TeamIntake(body) => body.author.standing = standing,
        Statement::MonthKey(body) => body.author.standing = standing,
        Statement::StaffCapability(body) => body.author.standing = standing,
    }
    changed
}

#[test]
fn a_current_device_of_the_team_makes_statements() {
    let world = World::new();
    for statement in one_of_each(&world) {
        assert_eq!(world.verify(&statement, 1), Ok(statement));
    }
}

#[test]
fn each_kind_has_its_place() {
    let world = World::new();
    let places = one_of_each(&world).map(|statement| statement.key());
    assert_eq!(
        places,
        [
            StatementKey::TeamContent(team_id(1), 0),
            StatementKey::TeamIntake(team_id(1), this_week()),
            StatementKey::MonthKey(device_id(1), 0),
            StatementKey::StaffCapability(0),
        ]
    );
}

#[test]
fn only_the_author_signs() {
    let world = World::new();
    for statement in one_of_each(&world) {
        assert_eq!(world.verify(&statement, 2), Err(Error::SignatureMissing));
        let frame = sign_statement(&statement, &device_key(1)).unwrap();
        let mut unsigned = Frame::parse(&frame).unwrap();
        let by = unsigned.signatures()[0];
        unsigned = Frame::build(unsigned.kind(), unsigned.body()).unwrap();
        let verify = |frame: &Frame| {
            Statement::parse(&frame.to_bytes())
                .unwrap()
                .verify(&world.directory, NOW)
        };
        assert_eq!(verify(&unsigned), Err(Error::SignatureMissing));
        let mut damaged = by;
        damaged.signature[9] ^= 1;
        let mut two = unsigned.clone();
        two.attach(by).unwrap();
        unsigned.attach(damaged).unwrap();
        assert!(matches!(verify(&unsigned), Err(Error::Signature(_))));
        let mut other = by;
        other.key = *stranger().verifying_key().as_bytes();
        two.attach(other).unwrap();
        assert_eq!(verify(&two), Err(Error::SignatureMissing));
    }
}

#[test]
fn one_kind_is_not_taken_for_another() {
    let world = World::new();
    let kinds = [
        FrameType::TeamContentStatement,
        FrameType::TeamIntakeStatement,
        FrameType::MonthKeyStatement,
        FrameType::StaffCapabilityStatement,
        FrameType::Snapshot,
        FrameType::DirectoryEntry,
    ];
    for statement in one_of_each(&world) {
        let frame = sign_statement(&statement, &device_key(1)).unwrap();
        let frame = Frame::parse(&frame).unwrap();
        for kind in kinds.into_iter().filter(|kind| *kind != frame.kind()) {
            let mut other = Frame::build(kind, frame.body()).unwrap();
            other.attach(frame.signatures()[0]).unwrap();
            let parsed = Statement::parse(&other.to_bytes());
            assert!(
                parsed
                    .and_then(|s| s.verify(&world.directory, NOW))
                    .is_err()
            );
        }
    }
}

#[test]
fn an_unknown_author_is_refused() {
    let world = World::new();
    let statement = Statement::StaffCapability(world.staff(77, 0));
    let error = Error::Unknown(Thing::Device);
    assert_eq!(world.verify(&statement, 77), Err(error));
}

#[test]
fn a_paper_device_makes_no_statements() {
    let world = World::new();
    for statement in [
        Statement::TeamContent(world.content(11, 1, 0)),
        Statement::TeamIntake(world.intake(11, 1, this_week(), 0)),
        Statement::MonthKey(world.month(11, 0)),
        Statement::StaffCapability(world.staff(11, 0)),
    ] {
        assert_eq!(world.verify(&statement, 11), Err(Error::PaperSigner));
    }
}

#[test]
fn another_team_makes_no_statements_for_this_one() {
    let world = World::new();
    for statement in [
        Statement::TeamContent(world.content(3, 1, 0)),
        Statement::TeamIntake(world.intake(3, 1, this_week(), 0)),
        Statement::TeamContent(world.content(3, 9, 0)),
    ] {
        assert_eq!(world.verify(&statement, 3), Err(Error::NotInTeam));
    }
}

#[test]
fn a_revoked_author_counts_for_the_past_only() {
    let mut world = World::new();
    let statements = one_of_each(&world);
    world.must(
        Op::DeviceRevoke {
            device: device_id(1),
        },
        &[&director(CENTRE, 0)],
    );
    for statement in &statements {
        let error = Error::Revoked(Thing::Device);
        assert_eq!(world.verify(statement, 1), Err(error));
        let frame = sign_statement(statement, &device_key(1)).unwrap();
        let past = Statement::parse(&frame)
            .unwrap()
            .verify_past(&world.directory);
        assert_eq!(past.as_ref(), Ok(statement));
        let now = with_standing(statement, world.directory.head());
        let frame = sign_statement(&now, &device_key(1)).unwrap();
        let past = Statement::parse(&frame)
            .unwrap()
            .verify_past(&world.directory);
        assert_eq!(past, Err(error));
    }
}

#[test]
fn who_left_the_team_makes_no_more_statements_for_it() {
    let mut world = World::new();
    let [content, intake, month, staff] = one_of_each(&world);
    world.must(
        Op::TeamDefine(team(1, CENTRE, &[2])),
        &[&director(CENTRE, 0)],
    );
    assert_eq!(world.verify(&content, 1), Err(Error::NotInTeam));
    assert_eq!(world.verify(&intake, 1), Err(Error::NotInTeam));
    assert!(world.verify(&month, 1).is_ok());
    assert!(world.verify(&staff, 1).is_ok());
}

#[test]
fn a_statement_from_another_log_is_proof_of_a_fork() {
    let world = World::new();
    let seq = world.directory.length();
    for statement in one_of_each(&world) {
        for standing in [
            Standing { seq, head: hash(9) },
            Standing {
                seq: seq - 1,
                head: world.directory.head().head,
            },
            Standing {
                seq: 0,
                head: hash(0),
            },
        ] {
            let forked = with_standing(&statement, standing);
            assert_eq!(world.verify(&forked, 1), Err(Error::Fork { standing }));
        }
        let ahead = with_standing(
            &statement,
            Standing {
                seq: seq + 1,
                head: hash(9),
            },
        );
        assert_eq!(
            world.verify(&ahead, 1),
            Err(Error::Behind { length: seq + 1 })
        );
    }
}

#[test]
fn two_logs_that_parted_show_each_other() {
    let mut here = World::new();
    let mut there = here.clone();
    here.must(
        Op::MemberRevoke {
            member: member_id(2),
        },
        &[&director(CENTRE, 0)],
    );
    there.must(
        Op::TeamDefine(team(1, CENTRE, &[1])),
        &[&director(CENTRE, 0)],
    );
    let statement = Statement::StaffCapability(there.staff(1, 0));
    let standing = there.directory.head();
    assert_eq!(here.verify(&statement, 1), Err(Error::Fork { standing }));
}

#[test]
fn reply_keys_are_the_browser_devices_of_the_team() {
    let world = World::new();
    let good = world.intake(1, 1, this_week(), 0);
    assert_eq!(good.reply_keys.len(), 2);
    let verify = |change: &dyn Fn(&mut Vec<_>)| {
        let mut intake = good.clone();
        change(&mut intake.reply_keys);
        world.verify(&Statement::TeamIntake(intake), 1).map(|_| ())
    };
    let differ = Err(Error::ReplyKeysDiffer);
    assert_eq!(verify(&|_| ()), Ok(()));
    assert_eq!(verify(&|keys| keys.clear()), differ);
    assert_eq!(verify(&|keys| keys.truncate(1)), differ);
    assert_eq!(verify(&|keys| keys.reverse()), differ);
    assert_eq!(
        verify(&|keys| keys.push(stranger().verifying_key())),
        differ
    );
    assert_eq!(
        verify(&|keys| keys.push(device_key(11).verifying_key())),
        differ
    );
    assert_eq!(
        verify(&|keys| keys[1] = device_key(3).verifying_key()),
        differ
    );
}

#[test]
fn an_intake_key_holds_for_fourteen_days_and_is_made_eight_weeks_ahead() {
    let world = World::new();
    let at = |week: Week, now: u64| {
        let mut intake = world.intake(1, 1, week, 0);
        intake.author.time = UnixTime(now.min(NOW.0));
        let frame = sign_statement(&Statement::TeamIntake(intake), &device_key(1)).unwrap();
        let parsed = Statement::parse(&frame).unwrap();
        parsed.verify(&world.directory, UnixTime(now)).map(|_| ())
    };
    let week = this_week();
    let end = week.start().0 + 14 * DAY;
    assert_eq!(at(week, end - 1), Ok(()));
    assert_eq!(at(week, end), Err(Error::Expired));
    assert_eq!(at(week.plus(8), NOW.0), Ok(()));
    assert_eq!(at(week.plus(9), NOW.0), Err(Error::TooEarly));
    assert_eq!(at(Week(u32::MAX), NOW.0), Err(Error::TooEarly));
}

#[test]
fn a_month_key_holds_for_45_days_at_most() {
    let world = World::new();
    let verify = |from: u64, to: u64| {
        let mut month = world.month(1, 0);
        (month.not_before, month.not_after) = (UnixTime(from), UnixTime(to));
        world.verify(&Statement::MonthKey(month), 1).map(|_| ())
    };
    let term = Err(Error::Bounds(Field::Term));
    assert_eq!(verify(NOW.0, NOW.0 + 45 * DAY), Ok(()));
    assert_eq!(verify(NOW.0, NOW.0 + 45 * DAY + 1), term);
    assert_eq!(verify(NOW.0, NOW.0), term);
    assert_eq!(verify(NOW.0 + 1, NOW.0), term);
    assert_eq!(verify(NOW.0 - DAY, NOW.0), Err(Error::Expired));
    assert_eq!(
        verify(NOW.0 + 46 * DAY, NOW.0 + 47 * DAY),
        Err(Error::TooEarly)
    );
    assert_eq!(verify(u64::MAX - 1, u64::MAX), Err(Error::TooEarly));
}

#[test]
fn a_statement_from_the_future_is_refused() {
    let world = World::new();
    let mut staff = world.staff(1, 0);
    staff.author.time = NOW.plus(DAY + 1);
    let result = world.verify(&Statement::StaffCapability(staff), 1);
    assert_eq!(result, Err(Error::TimeAhead));
}

#[test]
fn keys_of_the_wrong_length_or_kind_are_refused() {
    let world = World::new();
    let short = KemKey(vec![0; KemKey::LENGTH - 1]);
    let mut content = world.content(1, 1, 0);
    content.kem = short.clone();
    let mut intake = world.intake(1, 1, this_week(), 0);
    intake.kem = short.clone();
    let mut month = world.month(1, 0);
    month.kem = short;
    for statement in [
        Statement::TeamContent(content),
        Statement::TeamIntake(intake),
        Statement::MonthKey(month),
    ] {
        assert_eq!(
            world.verify(&statement, 1),
            Err(Error::Bounds(Field::KemKey))
        );
    }
    let mut staff = world.staff(1, 0);
    staff.key = CapabilityKey([0; 32]);
    let result = world.verify(&Statement::StaffCapability(staff), 1);
    assert!(matches!(result, Err(Error::Signature(_))));
}

#[test]
fn wraps_are_the_ones_that_the_statement_names() {
    let world = World::new();
    let [content, intake, month, staff] = one_of_each(&world);
    for statement in [content, staff, intake.clone()] {
        assert!(statement.wraps_match(&wraps(1)));
        assert!(!statement.wraps_match(&wraps(2)));
        assert!(!statement.wraps_match(&[]));
    }
    assert!(month.wraps_match(&[]));
    assert!(!month.wraps_match(&wraps(1)));
    let no_wraps = sign_statement(&intake, &device_key(1)).unwrap();
    let mut content = world.content(1, 1, 0);
    content.wraps = frame_hash(&no_wraps);
    assert!(!Statement::TeamContent(content).wraps_match(&no_wraps));
}

#[test]
fn the_first_statement_keeps_its_place_until_a_higher_version_comes() {
    let world = World::new();
    let edition =
        |author, version| Statement::TeamIntake(world.intake(author, 1, this_week(), version));
    let directory = &world.directory;
    assert!(!edition(2, 0).replaces(&edition(1, 0), directory));
    assert!(edition(2, 1).replaces(&edition(1, 0), directory));
    assert!(!edition(2, 1).replaces(&edition(1, 2), directory));
    let other = Statement::TeamIntake(world.intake(1, 1, this_week().plus(1), 5));
    assert!(!other.replaces(&edition(1, 0), directory));
    let [first, ..] = one_of_each(&world);
    let second = Statement::TeamContent(world.content(2, 1, 0));
    assert!(!second.replaces(&first, directory));
}

#[test]
fn a_statement_of_a_leaver_gives_way() {
    let mut world = World::new();
    let held = Statement::TeamIntake(world.intake(1, 1, this_week(), u32::MAX));
    world.must(
        Op::MemberRevoke {
            member: member_id(1),
        },
        &[&director(CENTRE, 0)],
    );
    let new = Statement::TeamIntake(world.intake(2, 1, this_week(), 0));
    assert!(new.replaces(&held, &world.directory));
    assert!(!held.replaces(&new, &world.directory));
}

#[test]
fn who_left_the_team_gives_way_but_a_content_key_stays() {
    let mut world = World::new();
    let held = Statement::TeamIntake(world.intake(1, 1, this_week(), u32::MAX));
    let content = Statement::TeamContent(world.content(1, 1, 0));
    let by = director(CENTRE, 0);
    world.must(Op::TeamDefine(team(1, CENTRE, &[2])), &[&by]);
    let new = Statement::TeamIntake(world.intake(2, 1, this_week(), 0));
    assert!(new.replaces(&held, &world.directory));
    world.must(
        Op::MemberRevoke {
            member: member_id(1),
        },
        &[&by],
    );
    let other = Statement::TeamContent(world.content(2, 1, 0));
    assert!(!other.replaces(&content, &world.directory));
}

#[test]
fn a_wrong_frame_is_no_statement() {
    let world = World::new();
    assert!(Statement::parse(&world.frames[0]).is_err());
    assert!(Statement::parse(&[]).is_err());
    for statement in one_of_each(&world) {
        let frame = sign_statement(&statement, &device_key(1)).unwrap();
        for length in 0..frame.len() {
            assert!(Statement::parse(&frame[..length]).is_err());
        }
    }
}
