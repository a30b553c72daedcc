//! Entries about devices: who signs, what they may say, what they change.

use sluis_directory::Error;
use sluis_directory::entry::{Device, DeviceKind, KemKey, Op};
use sluis_directory::error::{Field, Thing};
use sluis_directory::signature::SigningKey;
use sluis_wire::address::CapabilityKey;

use crate::world::{
    NEWCOMER, NOW, World, bond, browser, centre, device_id, device_key, kem, member_id, relay_key,
    root, stranger,
};

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
    let mut refusal = |change: &dyn Fn(&mut Device)| {
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
        let device = Device::new(device_id(id), member_id(1), DeviceKind::Browser, kem, key);
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
    assert_eq!(refusal(new(50, kem(5, 50), &relay_key())), Error::KeyReused);
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

#[test]
fn a_device_is_known_with_its_day_and_with_the_device_that_let_it_in() {
    let mut world = World::new();
    world.must(Op::DeviceAdd(browser(50, 3)), &[&device_key(3)]);
    world.must(Op::DeviceAdd(browser(51, 3)), &[&bond()]);
    let record = |n| world.directory.device(&device_id(n)).unwrap();
    assert_eq!(record(50).since, NOW);
    assert_eq!(record(50).enrolled_by, Some(device_id(3)));
    // A key of the directors that is no device's names no device.
    assert_eq!(record(51).enrolled_by, None);
}
