//! Each kind of entry: who may sign it, what it may say, what it changes.

use sluis_directory::Error;
use sluis_directory::entry::{
    DeviceKind, Directors, KemKey, Op, OrganisationKind, Policy, Role, WitnessSet,
};
use sluis_directory::error::{Field, Thing};
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_wire::address::CapabilityKey;
use sluis_wire::time::DAY;

use crate::world::{
    CENTRE, FEDERATION, NEWCOMER, NOW, World, browser, device, device_id, device_key, director,
    directors, kem, member, member_id, organisation, organisation_id, root, stranger, team,
    team_id, verifying, witness_set,
};

fn centre() -> SigningKey {
    director(CENTRE, 0)
}

fn bond() -> SigningKey {
    director(FEDERATION, 0)
}

fn by_root(world: &mut World, op: Op) -> Result<(), Error> {
    world.try_op(op, &[&root(0), &root(1)])
}

// Organisations

#[test]
fn root_adds_organisations_and_nobody_else_does() {
    let mut world = World::new();
    let op = Op::OrganisationAdd(organisation(3, 1));
    assert_eq!(
        world.refusal(op.clone(), &[&root(0)]),
        Error::SignatureMissing
    );
    assert_eq!(
        world.refusal(op.clone(), &[&centre()]),
        Error::SignerUnknown
    );
    assert_eq!(by_root(&mut world, op), Ok(()));
    let added = world.directory.organisation(&organisation_id(3)).unwrap();
    assert_eq!(added.name, "Bond 3");
}

#[test]
fn a_deployment_has_one_centre_and_has_it_first() {
    let mut world = World::empty();
    let federation = Op::OrganisationAdd(organisation(FEDERATION, 1));
    assert_eq!(
        by_root(&mut world, federation.clone()),
        Err(Error::CentreMissing)
    );
    assert_eq!(
        by_root(&mut world, Op::OrganisationAdd(organisation(CENTRE, 1))),
        Ok(())
    );
    assert_eq!(by_root(&mut world, federation), Ok(()));
    let mut second = organisation(3, 1);
    second.kind = OrganisationKind::Centre;
    assert_eq!(
        by_root(&mut world, Op::OrganisationAdd(second)),
        Err(Error::CentreTwice)
    );
    assert_eq!(
        world.directory.centre().unwrap().id,
        organisation_id(CENTRE)
    );
}

#[test]
fn an_organisation_out_of_bounds_is_refused() {
    let mut world = World::new();
    let mut refusal = |change: &dyn Fn(&mut sluis_directory::entry::Organisation)| {
        let mut new = organisation(3, 2);
        change(&mut new);
        by_root(&mut world, Op::OrganisationAdd(new)).unwrap_err()
    };
    assert_eq!(
        refusal(&|o| o.id = organisation_id(2)),
        Error::IdReused(Thing::Organisation)
    );
    assert_eq!(refusal(&|o| o.name.clear()), Error::Bounds(Field::Name));
    assert_eq!(
        refusal(&|o| o.directors.keys.clear()),
        Error::Bounds(Field::Keys)
    );
    assert_eq!(
        refusal(&|o| o.directors = directors(3, 17)),
        Error::Bounds(Field::Keys)
    );
    assert_eq!(
        refusal(&|o| o.directors.add_threshold = 0),
        Error::Bounds(Field::Threshold)
    );
    assert_eq!(
        refusal(&|o| o.directors.revoke_threshold = 3),
        Error::Bounds(Field::Threshold)
    );
    let taken = [bond(), root(2), crate::world::relay_key()];
    for key in taken.iter().map(SigningKey::verifying_key) {
        assert_eq!(refusal(&|o| o.directors.keys[0] = key), Error::KeyReused);
    }
}

#[test]
fn root_replaces_directors_and_the_old_ones_sign_no_more() {
    let mut world = World::new();
    let op = Op::OrganisationDirectors {
        organisation: organisation_id(FEDERATION),
        directors: Directors {
            keys: verifying(&[director(FEDERATION, 5), director(FEDERATION, 6)]),
            add_threshold: 2,
            revoke_threshold: 1,
        },
    };
    assert_eq!(world.refusal(op.clone(), &[&bond()]), Error::SignerUnknown);
    assert_eq!(by_root(&mut world, op), Ok(()));
    let add = Op::MemberAdd(member(9, FEDERATION));
    assert_eq!(world.refusal(add.clone(), &[&bond()]), Error::SignerUnknown);
    let (a, b) = (director(FEDERATION, 5), director(FEDERATION, 6));
    assert_eq!(world.refusal(add.clone(), &[&a]), Error::SignatureMissing);
    world.must(add, &[&a, &b]);
    world.must(
        Op::MemberRevoke {
            member: member_id(9),
        },
        &[&b],
    );
    let unknown = Op::OrganisationDirectors {
        organisation: organisation_id(9),
        directors: directors(9, 1),
    };
    assert_eq!(
        by_root(&mut world, unknown),
        Err(Error::Unknown(Thing::Organisation))
    );
    let taken = Op::OrganisationDirectors {
        organisation: organisation_id(FEDERATION),
        directors: directors(CENTRE, 1),
    };
    assert_eq!(by_root(&mut world, taken), Err(Error::KeyReused));
}

// Members

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
    let mut refusal = |change: &dyn Fn(&mut sluis_directory::entry::Member)| {
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

// Devices

#[test]
fn directors_or_an_own_device_add_devices() {
    let mut world = World::new();
    let op = |n| Op::DeviceAdd(browser(n, 3));
    for by in [centre(), root(0), device_key(4), device_key(50), stranger()] {
        assert_eq!(world.refusal(op(50), &[&by]), Error::SignerUnknown);
    }
    assert_eq!(world.refusal(op(50), &[]), Error::SignatureMissing);
    assert_eq!(
        world.refusal(op(50), &[&bond(), &device_key(3)]),
        Error::SignerUnknown
    );
    world.must(op(50), &[&bond()]);
    world.must(op(51), &[&device_key(50)]);
    world.must(
        Op::DeviceRevoke {
            device: device_id(50),
        },
        &[&device_key(51)],
    );
    assert_eq!(
        world.refusal(op(52), &[&device_key(50)]),
        Error::SignerUnknown
    );
    assert_eq!(world.directory.devices_of(&member_id(3)).count(), 2);
}

#[test]
fn a_new_device_shows_that_it_holds_its_key() {
    let mut world = World::new();
    let mut refusal = |change: &dyn Fn(&mut sluis_directory::entry::Device)| {
        let mut new = browser(50, 1);
        change(&mut new);
        world.refusal(Op::DeviceAdd(new), &[&centre()])
    };
    assert_eq!(
        refusal(&|d| d.kind = DeviceKind::Paper),
        Error::PossessionWrong
    );
    assert_eq!(
        refusal(&|d| d.member = member_id(2)),
        Error::PossessionWrong
    );
    assert_eq!(refusal(&|d| d.id = device_id(51)), Error::PossessionWrong);
    assert_eq!(refusal(&|d| d.kem = kem(5, 77)), Error::PossessionWrong);
    assert_eq!(
        refusal(&|d| d.sign = stranger().verifying_key()),
        Error::PossessionWrong
    );
    assert_eq!(refusal(&|d| d.possession.0[3] ^= 1), Error::PossessionWrong);
}

#[test]
fn a_device_out_of_bounds_is_refused() {
    let mut world = World::new();
    let new = |id, kem, key: &SigningKey| {
        let device = sluis_directory::entry::Device::new(
            device_id(id),
            member_id(1),
            DeviceKind::Browser,
            kem,
            key,
        );
        Op::DeviceAdd(device)
    };
    let fresh = device_key(50);
    let mut refusal = |op| world.refusal(op, &[&centre()]);
    assert_eq!(
        refusal(new(2, kem(5, 50), &fresh)),
        Error::IdReused(Thing::Device)
    );
    assert_eq!(
        refusal(new(50, kem(5, 50), &device_key(2))),
        Error::KeyReused
    );
    assert_eq!(refusal(new(50, kem(5, 50), &root(2))), Error::KeyReused);
    assert_eq!(
        refusal(new(50, kem(5, 50), &crate::world::relay_key())),
        Error::KeyReused
    );
    assert_eq!(refusal(new(50, kem(5, 2), &fresh)), Error::KeyReused);
    let short = KemKey(vec![1; KemKey::LENGTH - 1]);
    assert_eq!(
        refusal(new(50, short, &fresh)),
        Error::Bounds(Field::KemKey)
    );
    for n in 60..74 {
        world.must(Op::DeviceAdd(browser(n, 1)), &[&centre()]);
    }
    let error = world.refusal(Op::DeviceAdd(browser(74, 1)), &[&centre()]);
    assert_eq!(error, Error::Bounds(Field::Devices));
    let unknown = Op::DeviceAdd(browser(74, NEWCOMER));
    assert_eq!(
        world.refusal(unknown, &[&centre()]),
        Error::Unknown(Thing::Member)
    );
}

#[test]
fn a_revoked_device_never_comes_back() {
    let mut world = World::new();
    let revoke = Op::DeviceRevoke {
        device: device_id(3),
    };
    for by in [centre(), device_key(4), root(0)] {
        assert_eq!(world.refusal(revoke.clone(), &[&by]), Error::SignerUnknown);
    }
    world.must(revoke.clone(), &[&bond()]);
    assert_eq!(
        world.refusal(revoke, &[&bond()]),
        Error::Revoked(Thing::Device)
    );
    assert_eq!(
        world.refusal(Op::DeviceAdd(browser(3, 3)), &[&bond()]),
        Error::IdReused(Thing::Device)
    );
    let mut renamed = browser(3, 3);
    renamed.id = device_id(50);
    assert_eq!(
        world.refusal(Op::DeviceAdd(renamed), &[&bond()]),
        Error::KeyReused
    );
    let gone = device_key(3).verifying_key();
    assert_eq!(
        world.directory.device_by_key(&gone).unwrap().device.id,
        device_id(3)
    );
    assert_eq!(
        world
            .directory
            .device_by_capability(&CapabilityKey(*gone.as_bytes())),
        None
    );
    let unknown = Op::DeviceRevoke {
        device: device_id(NEWCOMER),
    };
    assert_eq!(
        world.refusal(unknown, &[&bond()]),
        Error::Unknown(Thing::Device)
    );
}

#[test]
fn a_device_revokes_itself() {
    let mut world = World::new();
    world.must(
        Op::DeviceRevoke {
            device: device_id(3),
        },
        &[&device_key(3)],
    );
    assert!(!world.directory.is_current(&device_id(3)));
}

#[test]
fn the_paper_device_brings_a_member_back_to_work() {
    let mut world = World::new();
    world.must(
        Op::DeviceRevoke {
            device: device_id(1),
        },
        &[&centre()],
    );
    world.must(Op::DeviceAdd(browser(50, 1)), &[&device_key(11)]);
    assert!(world.directory.is_current(&device_id(50)));
}

// Teams

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

// Witnesses, policy, releases

#[test]
fn root_names_current_browser_devices_as_witnesses() {
    let mut world = World::new();
    let op = |set| Op::WitnessSet(set);
    assert_eq!(
        world.refusal(op(witness_set(&[1], 1)), &[&centre()]),
        Error::SignerUnknown
    );
    let mut refusal = |change: &dyn Fn(&mut WitnessSet)| {
        let mut set = witness_set(&[1, 2], 2);
        change(&mut set);
        by_root(&mut world, op(set)).unwrap_err()
    };
    assert_eq!(refusal(&|s| s.keys.clear()), Error::Bounds(Field::Keys));
    assert_eq!(
        refusal(&|s| s.keys[1] = s.keys[0]),
        Error::Bounds(Field::Keys)
    );
    assert_eq!(
        refusal(&|s| s.threshold = 0),
        Error::Bounds(Field::Threshold)
    );
    assert_eq!(
        refusal(&|s| s.threshold = 3),
        Error::Bounds(Field::Threshold)
    );
    assert_eq!(refusal(&|s| s.not_after = NOW), Error::Bounds(Field::Term));
    assert_eq!(
        refusal(&|s| s.not_after = NOW.plus(180 * DAY + 1)),
        Error::Bounds(Field::Term)
    );
    assert_eq!(
        refusal(&|s| s.keys[0] = stranger().verifying_key()),
        Error::WitnessNotCurrent
    );
    assert_eq!(
        refusal(&|s| s.keys[0] = device_key(11).verifying_key()),
        Error::WitnessNotCurrent
    );
    let length = world.directory.length();
    by_root(&mut world, op(witness_set(&[3], 1))).unwrap();
    assert_eq!(world.directory.witnesses().unwrap(), &witness_set(&[3], 1));
    assert_eq!(
        world.directory.witnesses_at(length).unwrap(),
        &witness_set(&[1, 2, 3], 2)
    );
    assert_eq!(world.directory.witnesses_at(length - 1), None);
    world.must(
        Op::DeviceRevoke {
            device: device_id(3),
        },
        &[&bond()],
    );
    assert_eq!(
        by_root(&mut world, op(witness_set(&[3], 1))),
        Err(Error::WitnessNotCurrent)
    );
}

#[test]
fn the_centre_sets_the_policy_but_not_the_client_version() {
    let mut world = World::new();
    let policy = Policy {
        page_bits: 4,
        ..Policy::default()
    };
    let newer = Policy {
        minimum_client: 2,
        ..policy.clone()
    };
    assert_eq!(
        world.refusal(Op::Policy(policy.clone()), &[&bond()]),
        Error::SignerUnknown
    );
    world.must(Op::Policy(policy.clone()), &[&centre()]);
    assert_eq!(world.directory.policy(), &policy);
    assert_eq!(
        world.refusal(Op::Policy(newer.clone()), &[&centre()]),
        Error::SignerUnknown
    );
    by_root(&mut world, Op::Policy(newer.clone())).unwrap();
    assert_eq!(world.directory.policy(), &newer);
    for broken in [
        Policy {
            page_bits: 17,
            ..newer.clone()
        },
        Policy {
            lock_minutes: 4,
            ..newer.clone()
        },
        Policy {
            lock_minutes: 61,
            ..newer.clone()
        },
        Policy {
            receipt_delay: (2, 1),
            ..newer
        },
    ] {
        assert_eq!(
            by_root(&mut world, Op::Policy(broken)),
            Err(Error::Bounds(Field::Policy))
        );
    }
}

#[test]
fn releases_go_up() {
    let mut world = World::new();
    let op = |version| Op::Release {
        manifest: [1; 32],
        version,
    };
    assert_eq!(world.refusal(op(5), &[&centre()]), Error::SignerUnknown);
    by_root(&mut world, op(5)).unwrap();
    assert_eq!(by_root(&mut world, op(5)), Err(Error::ReleaseNotNewer));
    assert_eq!(by_root(&mut world, op(4)), Err(Error::ReleaseNotNewer));
    by_root(&mut world, op(6)).unwrap();
    assert_eq!(world.directory.release().unwrap().version, 6);
}

#[test]
fn the_relay_has_no_say() {
    let mut world = World::new();
    let relay = crate::world::relay_key();
    for op in [
        Op::OrganisationAdd(organisation(3, 1)),
        Op::MemberAdd(member(NEWCOMER, CENTRE)),
        Op::MemberRevoke {
            member: member_id(1),
        },
        Op::DeviceAdd(device(50, 1, DeviceKind::Browser)),
        Op::DeviceRevoke {
            device: device_id(1),
        },
        Op::TeamDefine(team(1, CENTRE, &[2])),
        Op::Policy(Policy {
            page_bits: 16,
            ..Policy::default()
        }),
        Op::WitnessSet(witness_set(&[1], 1)),
        Op::Release {
            manifest: [0; 32],
            version: 9,
        },
    ] {
        assert_eq!(world.refusal(op, &[&relay]), Error::SignerUnknown);
    }
}
