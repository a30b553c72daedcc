//! The secrets of a staff device, and how shared ones are wrapped for devices (docs/protocol.md 4).

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::{Device, DeviceKind, KemKey};
use sluis_directory::signature::SigningKey;
use sluis_wire::address::{DeviceId, GenesisHash, MemberId};
use sluis_wire::envelope::WrapSet;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::padding::wrap_slots;
use crate::primitives::kdf;
use crate::primitives::kem::{self, KemPublic, KemSecret};
use crate::primitives::secret::{Role, SecretKey};

/// Opens the names of staff (decision 26). The same for the life of a deployment.
pub struct Names;
impl Role for Names {
    const NAME: &'static str = "directory names";
}

/// Days that a month key holds.
const MONTH: u64 = 31;

/// A device's own secrets.
pub struct DeviceSecrets {
    /// Which device.
    pub id: DeviceId,
    /// Whose.
    pub member: MemberId,
    /// Signs what the person does.
    pub sign: SigningKey,
    /// Opens dossier keys.
    pub kem: KemSecret,
}

/// A device's key for one month.
pub struct MonthSecret {
    /// Running number.
    pub period: u32,
    /// Holds from.
    pub not_before: UnixTime,
    /// Holds until.
    pub not_after: UnixTime,
    /// Opens what must be able to die.
    pub kem: KemSecret,
}

#[derive(Serialize, Deserialize)]
struct DeviceBytes {
    id: DeviceId,
    member: MemberId,
    sign: [u8; 32],
    kem: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct MonthBytes {
    period: u32,
    not_before: UnixTime,
    not_after: UnixTime,
    kem: [u8; 32],
}

impl DeviceSecrets {
    /// A new browser device.
    #[must_use]
    pub fn generate(member: MemberId, rng: &mut impl CryptoRng) -> Self {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut_slice());
        Self {
            id: DeviceId(id),
            member,
            sign: SigningKey::from_seed(*seed),
            kem: KemSecret::generate(rng),
        }
    }

    /// What the directory says of it.
    #[must_use]
    pub fn public(&self, kind: DeviceKind) -> Device {
        Device::new(self.id, self.member, kind, kem_key(&self.kem), &self.sign)
    }

    /// For the vault.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let bytes = DeviceBytes {
            id: self.id,
            member: self.member,
            sign: *self.sign.expose_seed(),
            kem: *self.kem.expose_seed(),
        };
        Zeroizing::new(sluis_wire::codec::encode(&bytes))
    }

    /// From the vault.
    ///
    /// # Errors
    /// [`Error::Encoding`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let bytes: DeviceBytes = sluis_wire::codec::decode(bytes, 256)?;
        Ok(Self {
            id: bytes.id,
            member: bytes.member,
            sign: SigningKey::from_seed(bytes.sign),
            kem: KemSecret::from_seed(bytes.kem),
        })
    }
}

impl MonthSecret {
    /// A new month key that holds from `now`.
    #[must_use]
    pub fn generate(period: u32, now: UnixTime, rng: &mut impl CryptoRng) -> Self {
        Self {
            period,
            not_before: now,
            not_after: now.plus(MONTH * DAY),
            kem: KemSecret::generate(rng),
        }
    }

    /// For the vault.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(sluis_wire::codec::encode(&MonthBytes {
            period: self.period,
            not_before: self.not_before,
            not_after: self.not_after,
            kem: *self.kem.expose_seed(),
        }))
    }

    /// From the vault.
    ///
    /// # Errors
    /// [`Error::Encoding`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let bytes: MonthBytes = sluis_wire::codec::decode(bytes, 256)?;
        Ok(Self {
            period: bytes.period,
            not_before: bytes.not_before,
            not_after: bytes.not_after,
            kem: KemSecret::from_seed(bytes.kem),
        })
    }
}

/// The public half as the directory writes it.
#[must_use]
pub fn kem_key(secret: &KemSecret) -> KemKey {
    KemKey(secret.public().as_bytes().to_vec())
}

/// What a wrap beside a statement belongs to: no wrap opens under another purpose.
#[derive(Clone, Copy)]
pub struct Purpose<'a> {
    /// The deployment.
    pub genesis: &'a GenesisHash,
    /// Frame type of the statement.
    pub kind: FrameType,
    /// Team id, or nothing.
    pub subject: &'a [u8],
    /// Epoch or week.
    pub number: u32,
    /// Version of the statement.
    pub version: u32,
}

impl Purpose<'_> {
    fn info(&self, device: &DeviceId) -> Vec<u8> {
        kdf::context(
            "sluis/1/statement-wrap",
            &[
                &self.genesis.0,
                &self.kind.number().to_be_bytes(),
                self.subject,
                &self.number.to_be_bytes(),
                &self.version.to_be_bytes(),
                &device.0,
            ],
        )
    }
}

/// Wraps a shared secret for devices: a wraps frame with 8, 16, 32 or 64 slots in random order, spare ones sealed to nobody.
///
/// # Errors
/// [`Error::UnacceptableKey`] for a key that is none, or more than 64 recipients.
pub fn wrap_for_devices(
    purpose: &Purpose<'_>,
    secret: &[u8],
    recipients: &[(DeviceId, KemKey)],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    let count = wrap_slots(recipients.len()).ok_or(Error::UnacceptableKey)?;
    let mut slots = Vec::with_capacity(count);
    for (device, key) in recipients {
        let public = KemPublic::parse(&key.0)?;
        slots.push(kem::seal_base(
            &public,
            &purpose.info(device),
            &[],
            secret,
            rng,
        )?);
    }
    // Random bytes could be told from an encapsulated key; a seal to a key that nobody has cannot.
    let nothing = alloc::vec![0; secret.len()];
    while slots.len() < count {
        let nobody = KemSecret::generate(rng).public();
        slots.push(kem::seal_base(&nobody, &[], &[], &nothing, rng)?);
    }
    shuffle(&mut slots, rng);
    let body = sluis_wire::codec::encode(&WrapSet { slots });
    Ok(Frame::build(FrameType::Wraps, &body)?.to_bytes())
}

/// Random order, so that a place says nothing of whose it is.
fn shuffle(slots: &mut [Vec<u8>], rng: &mut impl CryptoRng) {
    for last in (1..slots.len()).rev() {
        let range = u64::try_from(last + 1).unwrap_or(u64::MAX);
        let other = usize::try_from(rng.next_u64() % range).unwrap_or_default();
        slots.swap(last, other);
    }
}

/// Finds and opens this device's own slot. `None` when no slot opens: there is none for it, or it is damaged.
#[must_use]
pub fn unwrap_for_device(
    purpose: &Purpose<'_>,
    frame: &[u8],
    device: &DeviceId,
    secrets: &[&KemSecret],
) -> Option<Zeroizing<Vec<u8>>> {
    let frame = Frame::parse_as(FrameType::Wraps, frame).ok()?;
    let set: WrapSet = sluis_wire::codec::decode(frame.body(), sluis_wire::limits::WRAPS).ok()?;
    let info = purpose.info(device);
    set.slots.iter().find_map(|slot| {
        secrets
            .iter()
            .find_map(|secret| kem::open_base(secret, &info, &[], slot).ok())
    })
}

/// Seals a member's name for all staff.
#[must_use]
pub fn seal_name(
    key: &SecretKey<Names>,
    member: &MemberId,
    name: &str,
    rng: &mut impl CryptoRng,
) -> Vec<u8> {
    crate::primitives::chunked::seal(key, &name_context(member), name.as_bytes(), rng)
}

/// Opens a member's name; empty when it does not open.
#[must_use]
pub fn open_name(
    key: &SecretKey<Names>,
    member: &MemberId,
    sealed: &[u8],
) -> alloc::string::String {
    crate::primitives::chunked::open(key, &name_context(member), sealed)
        .map(|bytes| alloc::string::String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn name_context(member: &MemberId) -> Vec<u8> {
    kdf::context("sluis/1/staff-name", &[&member.0])
}
