//! Contact data of a person in a dossier: a record that dies when either half of its key does (docs/protocol.md 6.9).
//!
//! ```text
//! half of the devices   D   32 random bytes, wrapped to the month key of each device that may write
//! half of the relay     R   32 random bytes, at the relay only
//! key    = KDF(D ‖ R, "sluis/1/person", genesis ‖ dossier ‖ person ‖ version (4))
//! record = frame 0x0801 of CE(key, context("sluis/1/person", the same), padded content), always 4,096 bytes
//! check  = H("sluis/1/person-half", the same, D)
//! ```
//! Each version of a record has halves of its own.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::KemKey;
use sluis_wire::address::{DeviceId, DossierAddress, GenesisHash, PersonAddress};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::Error;
use crate::primitives::chunked;
use crate::primitives::kdf;
use crate::primitives::kem::KemSecret;
use crate::primitives::secret::{Role, SecretKey, equal};
use crate::staff::{Purpose, unwrap_for_device, wrap_for_devices};

/// Padded content of a record in bytes, so that its frame has its one size.
const CONTENT: usize = FrameType::PersonRecord.max_body_len() - chunked::sealed_len(0);
/// Longest name, in bytes.
pub const NAME_MOST: usize = 200;
/// Longest telephone number or mail address, in bytes.
pub const WAY_MOST: usize = 320;
/// Longest postal address, in bytes.
pub const ADDRESS_MOST: usize = 1_000;

/// The devices' half of a record's key.
pub struct DeviceHalf;
impl Role for DeviceHalf {
    const NAME: &'static str = "half of a person's key";
}
/// Opens one record.
struct RecordKey;
impl Role for RecordKey {
    const NAME: &'static str = "person's record";
}

/// What it takes to reach somebody. Wiped on drop.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Telephone number.
    pub phone: String,
    /// Mail address.
    pub email: String,
    /// Postal address.
    pub address: String,
}

impl fmt::Debug for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Contact(redacted)")
    }
}

impl Contact {
    /// The same without spaces around, when it fits and holds anything.
    #[must_use]
    pub fn tidy(&self) -> Option<Self> {
        let own = |text: &str| String::from(text.trim());
        let tidy = Self {
            name: own(&self.name),
            phone: own(&self.phone),
            email: own(&self.email),
            address: own(&self.address),
        };
        let fits = tidy.name.len() <= NAME_MOST
            && tidy.phone.len() <= WAY_MOST
            && tidy.email.len() <= WAY_MOST
            && tidy.address.len() <= ADDRESS_MOST;
        (fits && tidy != Self::default()).then_some(tidy)
    }
}

/// Where a record belongs: nothing opens in another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The deployment.
    pub genesis: GenesisHash,
    /// The dossier.
    pub dossier: DossierAddress,
    /// The person.
    pub person: PersonAddress,
    /// Version of the record.
    pub version: u32,
}

/// A record with both halves of its key, as it goes to the relay.
pub struct SealedContact {
    /// Record frame.
    pub record: Vec<u8>,
    /// The devices' half: to be wrapped.
    pub half: SecretKey<DeviceHalf>,
    /// The relay's half: to be forgotten here.
    pub share: Zeroizing<[u8; 32]>,
}

impl Place {
    /// Seals a record under halves that are made for it.
    ///
    /// # Errors
    /// [`Error::Encoding`] for more than a record holds.
    pub fn seal(
        &self,
        contact: &Contact,
        rng: &mut impl CryptoRng,
    ) -> Result<SealedContact, Error> {
        let half = SecretKey::generate(rng);
        let mut share = Zeroizing::new([0; 32]);
        rng.fill_bytes(share.as_mut_slice());
        let content = Zeroizing::new(codec::encode(contact));
        let padded = Zeroizing::new(codec::pad_to(&content, CONTENT)?);
        let body = chunked::seal(&self.key(&half, &share), &self.context(), &padded, rng);
        let record = Frame::build(FrameType::PersonRecord, &body)?.to_bytes();
        Ok(SealedContact {
            record,
            half,
            share,
        })
    }

    /// Opens a record.
    ///
    /// # Errors
    /// [`Error::Damaged`] for wrong halves, another place or changed bytes; [`Error::Encoding`].
    pub fn open(
        &self,
        record: &[u8],
        half: &SecretKey<DeviceHalf>,
        share: &[u8; 32],
    ) -> Result<Contact, Error> {
        let frame = Frame::parse_as(FrameType::PersonRecord, record)?;
        let padded = chunked::open(&self.key(half, share), &self.context(), frame.body())?;
        Ok(codec::decode(codec::unpad(&padded)?, CONTENT)?)
    }

    /// Check value of the devices' half.
    #[must_use]
    pub fn check(&self, half: &SecretKey<DeviceHalf>) -> [u8; 32] {
        let version = self.version.to_be_bytes();
        let [genesis, dossier, person, version] = self.parts(&version);
        kdf::hash(
            "sluis/1/person-half",
            &[genesis, dossier, person, version, half.expose()],
        )
    }

    /// Wraps the devices' half for devices.
    ///
    /// # Errors
    /// [`Error::UnacceptableKey`] for a key that is none, or more than 64 devices.
    pub fn wrap(
        &self,
        half: &SecretKey<DeviceHalf>,
        turn: u32,
        devices: &[(DeviceId, KemKey)],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let subject = self.subject();
        wrap_for_devices(&self.purpose(&subject, turn), half.expose(), devices, rng)
    }

    /// Opens this device's wrap, when it gives the half with this check value.
    #[must_use]
    pub fn unwrap(
        &self,
        wraps: &[u8],
        turn: u32,
        device: &DeviceId,
        secrets: &[&KemSecret],
        check: &[u8; 32],
    ) -> Option<SecretKey<DeviceHalf>> {
        let subject = self.subject();
        let opened = unwrap_for_device(&self.purpose(&subject, turn), wraps, device, secrets)?;
        let half = SecretKey::from_slice(&opened)?;
        equal(&self.check(&half), check).then_some(half)
    }

    fn key(&self, half: &SecretKey<DeviceHalf>, share: &[u8; 32]) -> SecretKey<RecordKey> {
        let mut both = Zeroizing::new(half.expose().to_vec());
        both.extend_from_slice(share);
        kdf::derive(
            &both,
            "sluis/1/person",
            &self.parts(&self.version.to_be_bytes()),
        )
    }

    fn context(&self) -> Vec<u8> {
        kdf::context("sluis/1/person", &self.parts(&self.version.to_be_bytes()))
    }

    fn parts<'a>(&'a self, version: &'a [u8; 4]) -> [&'a [u8]; 4] {
        [&self.genesis.0, &self.dossier.0, &self.person.0, version]
    }

    fn subject(&self) -> Vec<u8> {
        [self.dossier.0, self.person.0].concat()
    }

    fn purpose<'a>(&'a self, subject: &'a [u8], turn: u32) -> Purpose<'a> {
        Purpose {
            genesis: &self.genesis,
            kind: FrameType::PersonRecord,
            subject,
            number: self.version,
            version: turn,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use alloc::format;

    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng as _;

    use super::*;
    use crate::staff::kem_key;

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(7)
    }

    const PLACE: Place = Place {
        genesis: GenesisHash([1; 32]),
        dossier: DossierAddress([2; 16]),
        person: PersonAddress([3; 16]),
        version: 1,
    };

    fn contact() -> Contact {
        Contact {
            name: "Sanne de Wit".into(),
            phone: "06 12345678".into(),
            email: "sanne@example.org".into(),
            address: String::new(),
        }
    }

    /// Every other place that one part makes.
    fn elsewhere() -> [Place; 4] {
        let mut places = [PLACE; 4];
        places[0].genesis.0[0] ^= 1;
        places[1].dossier.0[0] ^= 1;
        places[2].person.0[0] ^= 1;
        places[3].version = 2;
        places
    }

    #[test]
    fn a_record_opens_with_both_halves_in_its_place_only() {
        let sealed = PLACE.seal(&contact(), &mut rng()).unwrap();
        let opened = PLACE.open(&sealed.record, &sealed.half, &sealed.share);
        assert_eq!(opened.unwrap(), contact());
        let other = SecretKey::from_bytes([0; 32]);
        assert!(PLACE.open(&sealed.record, &other, &sealed.share).is_err());
        assert!(PLACE.open(&sealed.record, &sealed.half, &[0; 32]).is_err());
        for place in elsewhere() {
            let moved = place.open(&sealed.record, &sealed.half, &sealed.share);
            assert!(moved.is_err());
        }
    }

    #[test]
    fn every_record_has_one_size() {
        let mut long = contact();
        long.name = "é".repeat(NAME_MOST / 2);
        long.phone = "1".repeat(WAY_MOST);
        long.email = "m".repeat(WAY_MOST);
        long.address = "a".repeat(ADDRESS_MOST);
        for one in [Contact::default(), contact(), long.tidy().unwrap()] {
            let sealed = PLACE.seal(&one, &mut rng()).unwrap();
            assert_eq!(sealed.record.len(), sluis_wire::limits::PERSON_RECORD);
        }
        long.address.push('a');
        assert_eq!(long.tidy(), None);
        assert_eq!(Contact::default().tidy(), None);
    }

    #[test]
    fn one_flipped_bit_anywhere_opens_nothing() {
        let sealed = PLACE.seal(&contact(), &mut rng()).unwrap();
        for index in 0..sealed.record.len() {
            let mut record = sealed.record.clone();
            record[index] ^= 1 << (index % 8);
            let opened = PLACE.open(&record, &sealed.half, &sealed.share);
            assert!(opened.is_err(), "byte {index}");
        }
        for len in [0, 1, 4_095] {
            let cut = PLACE.open(&sealed.record[..len], &sealed.half, &sealed.share);
            assert!(cut.is_err());
        }
    }

    #[test]
    fn a_wrap_opens_for_its_device_turn_and_place_only() {
        let sealed = PLACE.seal(&contact(), &mut rng()).unwrap();
        let (mine, other) = (
            KemSecret::generate(&mut rng()),
            KemSecret::from_seed([9; 32]),
        );
        let device = DeviceId([4; 16]);
        let devices = [(device, kem_key(&mine))];
        let wraps = PLACE.wrap(&sealed.half, 3, &devices, &mut rng()).unwrap();
        let check = PLACE.check(&sealed.half);
        let open = |place: Place, turn, device: DeviceId, secret: &KemSecret, check: &[u8; 32]| {
            place
                .unwrap(&wraps, turn, &device, &[secret], check)
                .is_some()
        };
        assert!(open(PLACE, 3, device, &mine, &check));
        assert!(!open(PLACE, 2, device, &mine, &check));
        assert!(!open(PLACE, 3, DeviceId([5; 16]), &mine, &check));
        assert!(!open(PLACE, 3, device, &other, &check));
        assert!(!open(PLACE, 3, device, &mine, &[0; 32]));
        for place in elsewhere() {
            assert!(!open(place, 3, device, &mine, &check));
        }
    }

    #[test]
    fn contact_data_does_not_show_itself() {
        assert_eq!(format!("{:?}", contact()), "Contact(redacted)");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_contact_that_fits_comes_back(
            name in ".{0,60}", phone in "[0-9 +-]{0,40}", email in ".{0,80}", address in ".{0,200}"
        ) {
            let contact = Contact { name, phone, email, address };
            if let Some(tidy) = contact.tidy() {
                let sealed = PLACE.seal(&tidy, &mut rng()).unwrap();
                let opened = PLACE.open(&sealed.record, &sealed.half, &sealed.share).unwrap();
                prop_assert_eq!(opened, tidy);
            }
        }

        #[test]
        fn arbitrary_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..5_000)) {
            let half = SecretKey::from_bytes([1; 32]);
            prop_assert!(PLACE.open(&bytes, &half, &[2; 32]).is_err());
            let secret = KemSecret::from_seed([9; 32]);
            let opened = PLACE.unwrap(&bytes, 0, &DeviceId([4; 16]), &[&secret], &[0; 32]);
            prop_assert!(opened.is_none());
        }
    }

    #[test]
    fn a_check_value_says_nothing_about_another_version() {
        let half = SecretKey::from_bytes([1; 32]);
        let values: Vec<_> = elsewhere().iter().map(|place| place.check(&half)).collect();
        for (index, value) in values.iter().enumerate() {
            assert_ne!(PLACE.check(&half), *value);
            assert!(!values[..index].contains(value));
        }
    }
}
