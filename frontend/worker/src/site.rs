//! What `site.json` says, which the operator places beside the bundle (decisions 5 and 23).

use js_sys::{Array, Reflect};
use sluis_directory::signature::SigningKey;
use sluis_link::{DemoPerson, StaffRole};
use sluis_protocol::primitives::kem::KemSecret;
use sluis_protocol::staff::DeviceSecrets;
use sluis_wire::address::{DeviceId, GenesisHash, MemberId};
use wasm_bindgen::{JsCast, JsValue};

/// The parts that the desk uses.
#[derive(Default)]
pub(crate) struct Site {
    /// The deployment that this site belongs to.
    pub(crate) genesis: Option<GenesisHash>,
    /// The people of a demonstration, whose keys are no secret.
    pub(crate) people: Vec<Actor>,
}

/// One of the people of a demonstration.
pub(crate) struct Actor {
    pub(crate) person: DemoPerson,
    seed: Seeds,
}

struct Seeds {
    device: [u8; 16],
    member: [u8; 16],
    sign: [u8; 32],
    kem: [u8; 32],
}

impl Site {
    /// Fetches and reads it. What cannot be read counts as missing.
    pub(crate) async fn fetch() -> Option<Self> {
        let json = crate::net::site_json().await?;
        let genesis = text(&json, "genesis")
            .and_then(|hex| bytes::<32>(&hex))
            .map(GenesisHash);
        let people = Reflect::get(&json, &"demonstration".into())
            .ok()
            .and_then(|list| list.dyn_into::<Array>().ok())
            .map(|list| {
                (0_u8..)
                    .zip(list.iter())
                    .filter_map(|(number, item)| actor(number, &item))
                    .collect()
            })
            .unwrap_or_default();
        Some(Self { genesis, people })
    }
}

impl Actor {
    /// The device that plays this person.
    pub(crate) fn secrets(&self) -> DeviceSecrets {
        DeviceSecrets {
            id: DeviceId(self.seed.device),
            member: MemberId(self.seed.member),
            sign: SigningKey::from_seed(self.seed.sign),
            kem: KemSecret::from_seed(self.seed.kem),
        }
    }
}

fn actor(number: u8, json: &JsValue) -> Option<Actor> {
    let role = match text(json, "role")?.as_str() {
        "director" => StaffRole::Director,
        "coordinator" => StaffRole::Coordinator,
        "confidential-adviser" => StaffRole::ConfidentialAdviser,
        _ => StaffRole::CaseManager,
    };
    let seed = Seeds {
        device: bytes(&text(json, "device")?)?,
        member: bytes(&text(json, "member")?)?,
        sign: bytes(&text(json, "sign")?)?,
        kem: bytes(&text(json, "kem")?)?,
    };
    let person = DemoPerson {
        number,
        name: text(json, "name")?,
        organisation: text(json, "organisation")?,
        role,
    };
    Some(Actor { person, seed })
}

fn text(json: &JsValue, key: &str) -> Option<String> {
    Reflect::get(json, &key.into()).ok()?.as_string()
}

/// Reads exactly `N` bytes from hexadecimal digits.
fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    if hex.len() != 2 * N || !hex.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..hex.len()).step_by(2)) {
        *byte = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
