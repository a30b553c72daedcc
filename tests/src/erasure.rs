//! The program of somebody who has everything: what the relay held at any time, and the vaults of all devices, unlocked.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "whatever goes wrong here is a failed test"
)]

use std::collections::BTreeSet;

use sluis_protocol::contact::{DeviceHalf, Place};
use sluis_protocol::primitives::kem::KemSecret;
use sluis_protocol::primitives::secret::{Role, SecretKey};
use sluis_protocol::primitives::{chunked, kdf};
use sluis_protocol::staff::{MonthSecret, Purpose, unwrap_for_device};
use sluis_protocol::vault::Store;
use sluis_wire::address::{DeviceId, DossierAddress, GenesisHash, PersonAddress};
use sluis_wire::api::{PersonPut, PersonWrapsPut};
use sluis_wire::codec;
use sluis_wire::frame::FrameType;

use crate::evil::EvilRelay;
use crate::harness::Desk;

/// Rows of month keys and of halves, as the engine numbers its stores.
const MONTHS: Store = Store(4);
const HALVES: Store = Store(30);

/// What a device has.
struct Device {
    id: DeviceId,
    kem: KemSecret,
    months: Vec<MonthSecret>,
    /// Rows of halves: key and value.
    halves: Vec<(Vec<u8>, Vec<u8>)>,
}

/// All of it.
pub struct Loot {
    genesis: GenesisHash,
    puts: Vec<PersonPut>,
    wraps: Vec<PersonWrapsPut>,
    devices: Vec<Device>,
}

struct Month;
impl Role for Month {
    const NAME: &'static str = "month row";
}

impl Loot {
    /// What went over this road at any time, and what these devices have now.
    #[must_use]
    pub fn of(road: &EvilRelay, desks: &[&Desk]) -> Self {
        let devices = desks.iter().map(|desk| {
            let device = desk.engine.device();
            let months = desk.shelf.rows_of(MONTHS);
            let halves = desk.shelf.rows_of(HALVES);
            Device {
                id: device.id,
                kem: KemSecret::from_seed(*device.kem.expose_seed()),
                months: months
                    .iter()
                    .map(|row| MonthSecret::from_bytes(&row.value).expect("a month key"))
                    .collect(),
                halves: halves
                    .into_iter()
                    .map(|row| (row.key, row.value.to_vec()))
                    .collect(),
            }
        });
        Self {
            genesis: desks.first().expect("a desk").engine.genesis(),
            puts: road.requests(),
            wraps: road.requests(),
            devices: devices.collect(),
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> usize {
        self.puts.len()
    }
}

/// How many records somebody opens who tries every key that there is on everything that there is.
#[must_use]
pub fn recovered(loot: &Loot) -> usize {
    let opened = loot.puts.iter().filter(|put| opens(loot, put));
    let places: BTreeSet<_> = opened
        .map(|put| (put.dossier, put.person, put.version))
        .collect();
    places.len()
}

fn opens(loot: &Loot, put: &PersonPut) -> bool {
    let place = Place {
        genesis: loot.genesis,
        dossier: put.dossier,
        person: put.person,
        version: put.version,
    };
    let mut sets = vec![(0, put.wraps.as_slice())];
    let later = loot.wraps.iter().filter(|wraps| {
        (wraps.dossier, wraps.person, wraps.version) == (put.dossier, put.person, put.version)
    });
    sets.extend(later.map(|wraps| (wraps.turn, wraps.wraps.as_slice())));
    let mut halves = Vec::new();
    for device in &loot.devices {
        halves.extend(kept(device, put));
        let mut keys = vec![&device.kem];
        keys.extend(device.months.iter().map(|month| &month.kem));
        for (turn, wraps) in &sets {
            let subject = [put.dossier.0, put.person.0].concat();
            let purpose = Purpose {
                genesis: &loot.genesis,
                kind: FrameType::PersonRecord,
                subject: &subject,
                number: put.version,
                version: *turn,
            };
            let half = unwrap_for_device(&purpose, wraps, &device.id, &keys);
            halves.extend(half.and_then(|half| SecretKey::<DeviceHalf>::from_slice(&half)));
        }
    }
    halves
        .iter()
        .any(|half| place.open(&put.record, half, &put.share).is_ok())
}

/// The half that lies in a device's vault, opened with any month key that is there.
fn kept(device: &Device, put: &PersonPut) -> Option<SecretKey<DeviceHalf>> {
    device.halves.iter().find_map(|(key, value)| {
        let (dossier, person): (DossierAddress, PersonAddress) = codec::decode(key, 64).ok()?;
        let (_, version, sealed): (u32, u32, Vec<u8>) = codec::decode(value, 1_024).ok()?;
        if (dossier, person, version) != (put.dossier, put.person, put.version) {
            return None;
        }
        let parts: [&[u8]; 3] = [&dossier.0, &person.0, &version.to_be_bytes()];
        let context = kdf::context("sluis/1/vault-person-row", &parts);
        device.months.iter().find_map(|month| {
            let key: SecretKey<Month> =
                kdf::derive(month.kem.expose_seed(), "sluis/1/vault-month-row", &[]);
            SecretKey::from_slice(&chunked::open(&key, &context, &sealed).ok()?)
        })
    })
}
