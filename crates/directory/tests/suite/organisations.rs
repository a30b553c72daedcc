//! Entries about organisations, witnesses, settings and releases: who signs, what they may say, what they change.

use sluis_directory::Error;
use sluis_directory::entry::{
    DeviceKind, Directors, Op, Organisation, OrganisationKind, Policy, WitnessSet,
};
use sluis_directory::error::{Field, Thing};
use sluis_directory::signature::SigningKey;
use sluis_wire::time::DAY;

use crate::world::{
    CENTRE, FEDERATION, NEWCOMER, NOW, World, bond, by_root, centre, device, device_id, device_key,
    director, directors, member, member_id, organisation, organisation_id, relay_key, root,
    stranger, team, verifying, witness_set,
};

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
    let mut refusal = |change: &dyn Fn(&mut Organisation)| {
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
    let taken = [bond(), root(2), relay_key()];
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
    let relay = relay_key();
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
