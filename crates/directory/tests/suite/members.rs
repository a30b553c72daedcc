//! Entries about members and teams: who signs, what they may say, what they change.

use sluis_directory::Error;
use sluis_directory::entry::{Member, Op, Role};
use sluis_directory::error::{Field, Thing};
use sluis_directory::signature::VerifyingKey;

use crate::world::{
    CENTRE, FEDERATION, NEWCOMER, World, bond, browser, by_root, centre, device_id, device_key,
    director, directors, member, member_id, organisation_id, root, stranger, team, team_id,
    verifying,
};

#[test]
fn directors_add_members_to_their_own_organisation_only() {
    let mut world = World::new();
    let op = Op::MemberAdd(member(NEWCOMER, FEDERATION));
    for by in [centre(), root(0), device_key(3), stranger()] {
        assert_eq!(world.refusal(op.clone(), &[&by]), Error::SignerUnknown);
    }
    assert_eq!(world.refusal(op.clone(), &[]), Error::SignatureMissing);
    assert_eq!(
        world.refusal(op.clone(), &[&centre(), &bond()]),
        Error::SignerUnknown
    );
    world.must(op, &[&bond()]);
    let record = world.directory.member(&member_id(NEWCOMER)).unwrap();
    assert_eq!(record.span.added, world.directory.length() - 1);
    assert!(record.span.is_current());
}

#[test]
fn a_member_out_of_bounds_is_refused() {
    let mut world = World::new();
    let mut refusal = |change: &dyn Fn(&mut Member)| {
        let mut new = member(NEWCOMER, CENTRE);
        change(&mut new);
        world.refusal(Op::MemberAdd(new), &[&centre()])
    };
    assert_eq!(
        refusal(&|m| m.id = member_id(1)),
        Error::IdReused(Thing::Member)
    );
    assert_eq!(
        refusal(&|m| m.organisation = organisation_id(9)),
        Error::Unknown(Thing::Organisation)
    );
    assert_eq!(
        refusal(&|m| m.sealed_name = vec![0; 513]),
        Error::Bounds(Field::SealedName)
    );
    assert_eq!(
        refusal(&|m| m.roles = vec![Role::Expert; 2]),
        Error::Bounds(Field::Roles)
    );
}

#[test]
fn the_role_for_all_federations_needs_the_centre_as_well() {
    let mut world = World::new();
    let mut new = member(NEWCOMER, FEDERATION);
    new.roles = vec![Role::CaseManager, Role::AllFederations];
    let later = Op::MemberRoles {
        member: member_id(3),
        roles: new.roles.clone(),
    };
    for op in [Op::MemberAdd(new), later] {
        assert_eq!(
            world.refusal(op.clone(), &[&bond()]),
            Error::SignatureMissing
        );
        assert_eq!(
            world.refusal(op.clone(), &[&centre()]),
            Error::SignatureMissing
        );
        assert_eq!(
            world.refusal(op.clone(), &[&bond(), &root(0)]),
            Error::SignerUnknown
        );
        let three = [&bond(), &centre(), &director(CENTRE, 1)];
        assert_eq!(world.refusal(op.clone(), &three), Error::SignatureSurplus);
        world.must(op, &[&bond(), &centre()]);
    }
    let record = world.directory.member(&member_id(3)).unwrap();
    assert!(record.member.roles.contains(&Role::AllFederations));
}

#[test]
fn inside_the_centre_that_role_needs_two_directors_once_there_are_two() {
    let mut world = World::new();
    let op = Op::MemberRoles {
        member: member_id(1),
        roles: vec![Role::AllFederations],
    };
    assert_eq!(
        world.refusal(op.clone(), &[&centre()]),
        Error::SignatureMissing
    );
    world.must(op.clone(), &[&centre(), &director(CENTRE, 1)]);
    let alone = Op::OrganisationDirectors {
        organisation: organisation_id(CENTRE),
        directors: directors(CENTRE, 1),
    };
    by_root(&mut world, alone).unwrap();
    world.must(op, &[&centre()]);
}

#[test]
fn roles_change_for_current_members_only() {
    let mut world = World::new();
    let op = |n| Op::MemberRoles {
        member: member_id(n),
        roles: vec![Role::Director],
    };
    assert_eq!(world.refusal(op(1), &[&bond()]), Error::SignerUnknown);
    assert_eq!(
        world.refusal(op(NEWCOMER), &[&centre()]),
        Error::Unknown(Thing::Member)
    );
    world.must(op(1), &[&centre()]);
    world.must(
        Op::MemberRevoke {
            member: member_id(1),
        },
        &[&centre()],
    );
    assert_eq!(
        world.refusal(op(1), &[&centre()]),
        Error::Revoked(Thing::Member)
    );
    let twice = Op::MemberRoles {
        member: member_id(2),
        roles: vec![Role::Expert; 2],
    };
    assert_eq!(
        world.refusal(twice, &[&centre()]),
        Error::Bounds(Field::Roles)
    );
}

#[test]
fn a_leaver_goes_with_all_devices_and_out_of_all_teams() {
    let mut world = World::new();
    let before = world.directory.length();
    let op = Op::MemberRevoke {
        member: member_id(1),
    };
    for by in [bond(), root(0), device_key(1), device_key(2)] {
        assert_eq!(world.refusal(op.clone(), &[&by]), Error::SignerUnknown);
    }
    world.must(op.clone(), &[&centre()]);
    let directory = &world.directory;
    let after = directory.length();
    for device in [1, 11] {
        assert!(!directory.is_current(&device_id(device)));
        assert!(directory.device_at(&device_id(device), before));
        assert!(!directory.device_at(&device_id(device), after));
    }
    assert!(directory.member_at(&member_id(1), before));
    assert!(!directory.member_at(&member_id(1), after));
    let line = team_id(1);
    assert_eq!(directory.team(&line).unwrap().team.members, [member_id(2)]);
    assert_eq!(
        directory.team_members_at(&line, before),
        [member_id(1), member_id(2)]
    );
    assert_eq!(directory.team_members_at(&line, after), [member_id(2)]);
    assert_eq!(directory.team_devices(&line).count(), 1);
    assert_eq!(directory.team_devices_at(&line, before).count(), 3);
    assert_eq!(directory.teams_of(&member_id(1)).count(), 0);
    assert_eq!(directory.devices_of(&member_id(1)).count(), 0);
    assert_eq!(
        world.refusal(op, &[&centre()]),
        Error::Revoked(Thing::Member)
    );
}

#[test]
fn a_device_that_was_revoked_before_its_member_left_keeps_its_date() {
    let mut world = World::new();
    let device = Op::DeviceRevoke {
        device: device_id(1),
    };
    world.must(device, &[&centre()]);
    let revoked = world.directory.device(&device_id(1)).unwrap().span;
    world.must(
        Op::MemberRevoke {
            member: member_id(1),
        },
        &[&centre()],
    );
    let span = world.directory.device(&device_id(1)).unwrap().span;
    assert_eq!(span, revoked);
}

#[test]
fn nobody_who_left_comes_back() {
    let mut world = World::new();
    world.must(
        Op::MemberRevoke {
            member: member_id(1),
        },
        &[&centre()],
    );
    let again = Op::MemberAdd(member(1, CENTRE));
    assert_eq!(
        world.refusal(again, &[&centre()]),
        Error::IdReused(Thing::Member)
    );
    let device = Op::DeviceAdd(browser(50, 1));
    assert_eq!(
        world.refusal(device, &[&centre()]),
        Error::Revoked(Thing::Member)
    );
    let back = Op::TeamDefine(team(1, CENTRE, &[1, 2]));
    assert_eq!(
        world.refusal(back, &[&centre()]),
        Error::Revoked(Thing::Member)
    );
}

#[test]
fn a_team_may_lose_its_last_member() {
    let mut world = World::new();
    for n in [3, 4] {
        world.must(
            Op::MemberRevoke {
                member: member_id(n),
            },
            &[&bond()],
        );
    }
    let record = world.directory.team(&team_id(2)).unwrap();
    assert!(record.team.members.is_empty());
    world.must(Op::MemberAdd(member(NEWCOMER, FEDERATION)), &[&bond()]);
    world.must(Op::TeamDefine(team(2, FEDERATION, &[NEWCOMER])), &[&bond()]);
}

#[test]
fn directors_define_teams_of_their_own_current_members() {
    let mut world = World::new();
    let new = |members: &[u8]| Op::TeamDefine(team(3, CENTRE, members));
    for by in [bond(), root(0), device_key(1)] {
        assert_eq!(world.refusal(new(&[1]), &[&by]), Error::SignerUnknown);
    }
    let mut refusal = |op| world.refusal(op, &[&centre()]);
    assert_eq!(refusal(new(&[])), Error::Bounds(Field::Members));
    assert_eq!(refusal(new(&[1, 1])), Error::Bounds(Field::Members));
    let many: Vec<u8> = (0..65).collect();
    assert_eq!(refusal(new(&many)), Error::Bounds(Field::Members));
    assert_eq!(refusal(new(&[1, 3])), Error::OtherOrganisation);
    assert_eq!(refusal(new(&[NEWCOMER])), Error::Unknown(Thing::Member));
    assert_eq!(
        refusal(Op::TeamDefine(team(2, CENTRE, &[1]))),
        Error::OtherOrganisation
    );
    assert_eq!(
        refusal(Op::TeamDefine(team(3, 9, &[1]))),
        Error::Unknown(Thing::Organisation)
    );
    let mut nameless = team(3, CENTRE, &[1]);
    nameless.name.clear();
    assert_eq!(
        refusal(Op::TeamDefine(nameless)),
        Error::Bounds(Field::Name)
    );
    world.must(new(&[1]), &[&centre()]);
    assert_eq!(world.directory.teams_of(&member_id(1)).count(), 2);
}

#[test]
fn a_team_remembers_who_was_in_it() {
    let mut world = World::new();
    let before = world.directory.length();
    world.must(Op::TeamDefine(team(1, CENTRE, &[2])), &[&centre()]);
    let directory = &world.directory;
    assert_eq!(
        directory.team_members_at(&team_id(1), before),
        [member_id(1), member_id(2)]
    );
    assert_eq!(
        directory.team_members_at(&team_id(1), before + 1),
        [member_id(2)]
    );
    assert!(directory.team_members_at(&team_id(1), 3).is_empty());
    assert!(directory.team_members_at(&team_id(9), before).is_empty());
    let keys: Vec<VerifyingKey> = directory.reply_keys_at(&team_id(1), before).collect();
    assert_eq!(keys, verifying(&[device_key(1), device_key(2)]));
}
