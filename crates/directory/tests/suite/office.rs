//! Members as teams of one, directors who left, and what is filed beside people: shares, the regulation, agreements.

use sluis_directory::Error;
use sluis_directory::entry::{Directors, Op};
use sluis_directory::error::{Field, Thing};
use sluis_directory::maker::sign_statement;
use sluis_directory::statement::{Statement, StatementKey};
use sluis_wire::address::TeamId;
use sluis_wire::time::Week;

use crate::world::{
    CENTRE, FEDERATION, NEWCOMER, NOW, World, bond, browser, by_root, centre, device_id,
    device_key, director, member, member_id, organisation_id, root, stranger, team, team_id,
    verifying,
};

fn taken(world: &World, statement: &Statement, author: u8) -> Result<Statement, Error> {
    let frame = sign_statement(statement, &device_key(author)).unwrap();
    Statement::parse(&frame)?.verify(&world.directory, NOW)
}

#[test]
fn a_director_whose_device_was_revoked_acts_no_more() {
    let mut world = World::new();
    let directors = Directors {
        keys: verifying(&[device_key(3), device_key(4)]),
        add_threshold: 1,
        revoke_threshold: 1,
    };
    let organisation = organisation_id(FEDERATION);
    by_root(
        &mut world,
        Op::OrganisationDirectors {
            organisation,
            directors,
        },
    )
    .unwrap();
    let key = |n| device_key(n).verifying_key();
    assert!(world.directory.directs(&key(3), &organisation));
    assert!(!world.directory.directs(&key(1), &organisation));
    let device = device_id(3);
    world.must(Op::DeviceRevoke { device }, &[&device_key(4)]);
    assert!(!world.directory.directs(&key(3), &organisation));
    let mut crossing = member(NEWCOMER, FEDERATION);
    crossing.roles = vec![sluis_directory::entry::Role::AllFederations];
    for op in [
        Op::MemberAdd(member(NEWCOMER, FEDERATION)),
        Op::DeviceAdd(browser(50, 4)),
        Op::DeviceRevoke {
            device: device_id(4),
        },
        Op::MemberRevoke {
            member: member_id(4),
        },
        Op::TeamDefine(team(2, FEDERATION, &[3])),
        Op::Agreement {
            organisation,
            sealed: vec![1],
        },
    ] {
        assert_eq!(world.refusal(op, &[&device_key(3)]), Error::SignerUnknown);
    }
    let both = [&device_key(3), &centre()];
    assert_eq!(
        world.refusal(Op::MemberAdd(crossing), &both),
        Error::SignerUnknown
    );
    world.must(
        Op::MemberAdd(member(NEWCOMER, FEDERATION)),
        &[&device_key(4)],
    );
    // One of two who must sign is gone: only root helps.
    let centre_directors = Directors {
        keys: verifying(&[device_key(1), director(CENTRE, 0)]),
        add_threshold: 2,
        revoke_threshold: 1,
    };
    let op = Op::OrganisationDirectors {
        organisation: organisation_id(CENTRE),
        directors: centre_directors,
    };
    by_root(&mut world, op).unwrap();
    let device = device_id(1);
    world.must(Op::DeviceRevoke { device }, &[&centre()]);
    let op = Op::MemberAdd(member(98, CENTRE));
    let two = [&device_key(1), &centre()];
    assert_eq!(world.refusal(op.clone(), &two), Error::SignerUnknown);
    assert_eq!(world.refusal(op, &[&centre()]), Error::SignatureMissing);
}

#[test]
fn no_team_has_the_id_of_a_member() {
    let mut world = World::new();
    let mut taken = team(1, CENTRE, &[1]);
    taken.id = TeamId(member_id(2).0);
    assert_eq!(
        world.refusal(Op::TeamDefine(taken), &[&centre()]),
        Error::IdReused(Thing::Member)
    );
    let mut new = member(NEWCOMER, CENTRE);
    new.id.0 = team_id(2).0;
    assert_eq!(
        world.refusal(Op::MemberAdd(new), &[&centre()]),
        Error::IdReused(Thing::Team)
    );
}

#[test]
fn each_member_is_a_team_of_one() {
    let mut world = World::new();
    let alone = TeamId(member_id(3).0);
    let length = world.directory.length();
    assert_eq!(
        world.directory.team_members_at(&alone, length),
        [member_id(3)]
    );
    assert_eq!(world.directory.team_devices(&alone).count(), 1);
    assert!(world.directory.team_members_at(&alone, 3).is_empty());
    assert!(world.directory.team(&alone).is_none());

    let mut said = world.content(3, 1, 0);
    said.team = alone;
    let statement = Statement::TeamContent(said.clone());
    assert_eq!(statement.key(), StatementKey::TeamContent(alone, 0));
    let held = taken(&world, &statement, 3).unwrap();
    assert!(held.is_fresh(&world.directory));
    // Nobody else speaks for them, not even a colleague of their team.
    said.author = world.author(4);
    assert_eq!(
        taken(&world, &Statement::TeamContent(said), 4),
        Err(Error::NotInTeam)
    );
    // Reporters do not write to members.
    let mut intake = world.intake(3, 2, Week::of(NOW), 0);
    intake.team = alone;
    assert_eq!(
        taken(&world, &Statement::TeamIntake(intake), 3),
        Err(Error::Unknown(Thing::Team))
    );

    world.must(Op::DeviceAdd(browser(50, 3)), &[&bond()]);
    assert!(!held.is_fresh(&world.directory), "a device lacks the key");
    let member = member_id(3);
    world.must(Op::MemberRevoke { member }, &[&bond()]);
    let length = world.directory.length();
    assert!(world.directory.team_members_at(&alone, length).is_empty());
    assert!(!held.is_fresh(&world.directory));
    assert_eq!(
        taken(&world, &held, 3),
        Err(Error::Revoked(Thing::Device)),
        "who left makes no keys"
    );
}

#[test]
fn a_content_key_is_fresh_until_somebody_comes_or_goes() {
    let mut world = World::new();
    let content = Statement::TeamContent(world.content(3, 2, 0));
    assert!(content.is_fresh(&world.directory));
    let mut other = world.clone();
    let device = device_id(4);
    other.must(Op::DeviceRevoke { device }, &[&bond()]);
    assert!(
        !content.is_fresh(&other.directory),
        "somebody holds it who left"
    );
    world.must(Op::MemberAdd(member(NEWCOMER, FEDERATION)), &[&bond()]);
    assert!(content.is_fresh(&world.directory), "not in this team");
    let op = Op::TeamDefine(team(2, FEDERATION, &[4]));
    world.must(op, &[&bond()]);
    assert!(!content.is_fresh(&world.directory), "its author left");
}

#[test]
fn a_link_to_an_earlier_key_has_a_bound() {
    let world = World::new();
    let mut content = world.content(3, 2, 1);
    content.link = vec![1; 256];
    assert!(taken(&world, &Statement::TeamContent(content.clone()), 3).is_ok());
    content.link.push(1);
    assert_eq!(
        taken(&world, &Statement::TeamContent(content), 3),
        Err(Error::Bounds(Field::Link))
    );
}

#[test]
fn shares_are_promised_for_a_sheet_by_who_may_add_devices() {
    let mut world = World::new();
    let op = |n| Op::ShareCommitments {
        device: device_id(n),
        commitments: [[1; 32], [2; 32], [3; 32]],
    };
    for by in [bond(), device_key(2), device_key(3), root(0), stranger()] {
        assert_eq!(world.refusal(op(11), &[&by]), Error::SignerUnknown);
    }
    assert_eq!(world.refusal(op(1), &[&centre()]), Error::NotPaper);
    assert_eq!(
        world.refusal(op(77), &[&centre()]),
        Error::Unknown(Thing::Device)
    );
    for by in [device_key(1), centre()] {
        world.must(op(11), &[&by]);
    }
    let record = world.directory.device(&device_id(11)).unwrap();
    assert_eq!(record.shares, Some([[1; 32], [2; 32], [3; 32]]));
    let device = device_id(11);
    world.must(Op::DeviceRevoke { device }, &[&centre()]);
    assert_eq!(
        world.refusal(op(11), &[&centre()]),
        Error::Revoked(Thing::Device)
    );
}

#[test]
fn members_accept_the_regulation_themselves_and_only_newer_ones() {
    let mut world = World::new();
    let op = |version| Op::RegulationAccept {
        member: member_id(1),
        version,
    };
    assert_eq!(world.directory.accepted_regulation(&member_id(1)), 0);
    // Not a director for them, nor their sheet of paper.
    for by in [centre(), device_key(2), device_key(11)] {
        assert_eq!(world.refusal(op(1), &[&by]), Error::SignerUnknown);
    }
    assert_eq!(
        world.refusal(op(0), &[&device_key(1)]),
        Error::RegulationNotNewer
    );
    world.must(op(2), &[&device_key(1)]);
    for version in [1, 2] {
        assert_eq!(
            world.refusal(op(version), &[&device_key(1)]),
            Error::RegulationNotNewer
        );
    }
    world.must(op(3), &[&device_key(1)]);
    assert_eq!(world.directory.accepted_regulation(&member_id(1)), 3);
    assert_eq!(world.directory.accepted_regulation(&member_id(2)), 0);
    let member = member_id(1);
    world.must(Op::MemberRevoke { member }, &[&centre()]);
    assert_eq!(
        world.refusal(op(4), &[&device_key(1)]),
        Error::Revoked(Thing::Member)
    );
}

#[test]
fn directors_file_agreements_of_their_own_organisation() {
    let mut world = World::new();
    let op = |n, length| Op::Agreement {
        organisation: organisation_id(n),
        sealed: vec![7; length],
    };
    for by in [centre(), device_key(3), root(0)] {
        assert_eq!(
            world.refusal(op(FEDERATION, 9), &[&by]),
            Error::SignerUnknown
        );
    }
    for length in [0, 1_025] {
        assert_eq!(
            world.refusal(op(FEDERATION, length), &[&bond()]),
            Error::Bounds(Field::Agreement)
        );
    }
    assert_eq!(
        world.refusal(op(9, 9), &[&centre()]),
        Error::Unknown(Thing::Organisation)
    );
    world.must(op(FEDERATION, 1_024), &[&bond()]);
    world.must(op(CENTRE, 1), &[&centre()]);
    let last = world.directory.length() - 1;
    let filed: Vec<_> = world
        .directory
        .agreements()
        .map(|(seq, organisation, sealed)| (seq, *organisation, sealed.len()))
        .collect();
    assert_eq!(
        filed,
        [
            (last - 1, organisation_id(FEDERATION), 1_024),
            (last, organisation_id(CENTRE), 1)
        ]
    );
}
