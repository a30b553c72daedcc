//! The vault: what a staff device keeps, sealed row by row (docs/protocol.md 7).
//!
//! ```text
//! passphrase --Argon2id--> stretched --KDF "vault"--> opens the vault key (random, 32 bytes) in the header
//! with a second lock: stretched ‖ output of the authenticator --KDF "vault"--> opens it
//! row name  = HMAC(KDF(vault key, "row-name"), store ‖ key)                      the only name that storage sees
//! row bytes = store 1 ‖ version 8 (big endian) ‖ CE(KDF(vault key, "row", store), name ‖ version, postcard(key, value))
//! ```
//! Each write gives its row the next version; the head row (store 0) holds how many rows there are and the sum of their versions, so
//! that a row which was put back to an older state, left out or doubled shows when the vault is opened.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_sorted::Map;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::primitives::chunked;
use crate::primitives::kdf;
use crate::primitives::secret::{Role, SecretKey, equal};
use crate::primitives::stretch::{Profile, stretch};

const FORMAT: u8 = 1;
/// A header with a second lock.
const FORMAT_TWICE: u8 = 2;
const HEAD_KEY: &[u8] = b"head";
/// Bytes of a header, at most.
const HEADER_MOST: usize = 1_024;
/// Bytes of a row, at most.
const ROW_MOST: usize = sluis_wire::frame::VAULT_ROW;

/// The key under which everything else lies.
struct VaultKey;
impl Role for VaultKey {
    const NAME: &'static str = "vault";
}
/// Opens the vault key.
struct LockKey;
impl Role for LockKey {
    const NAME: &'static str = "lock";
}
/// One store's rows, or their names.
struct RowKey;
impl Role for RowKey {
    const NAME: &'static str = "row";
}

/// What kind of thing a row holds. The number stands in clear before the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Store(pub u8);

impl Store {
    /// The first of those that are read before all others: what is shown and searched through right after unlocking.
    const FRONT: u8 = 50;

    /// Whether it lies apart from the rest, to be read before it.
    #[must_use]
    pub const fn is_front(self) -> bool {
        self.0 >= Self::FRONT
    }
}

/// The store of the head row.
const HEAD: Store = Store(0);

/// What lies beside the rows, in clear: how the vault key is locked.
#[derive(Serialize, Deserialize)]
struct Header {
    format: u8,
    profile: u8,
    salt: [u8; 16],
    locked: Vec<u8>,
}

/// The header of a vault that opens with a passphrase and an authenticator, never with one of them.
#[derive(Serialize, Deserialize)]
struct HeaderTwice {
    header: Header,
    lock: SecondLock,
}

/// Which authenticator has to be there, and what it is asked. Both lie in clear in the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondLock {
    /// Name of the key in the authenticator, at most 512 bytes.
    pub credential: Vec<u8>,
    /// What its secret function is asked: each vault something else.
    pub salt: [u8; 32],
}

/// What an authenticator answered (`WebAuthn` `prf`): 32 secret bytes.
pub struct Second(SecretKey<SecondRole>);

/// See [`Second`].
struct SecondRole;
impl Role for SecondRole {
    const NAME: &'static str = "second lock";
}

impl Second {
    /// The answer as it came.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretKey::from_bytes(bytes))
    }

    /// Whether two answers are the same.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        equal(self.0.expose(), other.0.expose())
    }
}

/// A row as the vault's owner sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// What kind.
    pub store: Store,
    /// Its key within the store.
    pub key: Vec<u8>,
    /// What it holds.
    pub value: Zeroizing<Vec<u8>>,
}

/// A change to be written: `None` takes the row away.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind.
    pub store: Store,
    /// Its key within the store.
    pub key: Vec<u8>,
    /// What it holds from now on.
    pub value: Option<Zeroizing<Vec<u8>>>,
}

/// A change as storage sees it. All writes of one call belong in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// What kind of row.
    pub store: Store,
    /// Name of the row.
    pub name: [u8; 32],
    /// Its bytes; `None` deletes it.
    pub bytes: Option<Vec<u8>>,
}

/// What is wrong with the rows of a vault that opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Rows that do not open: how many.
    Rows(usize),
    /// The rows are not those of the last write.
    RolledBack,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Head {
    next: u64,
    rows: u64,
    sum: u64,
}

/// What has been seen of a vault's rows while they are being taken in.
#[derive(Default)]
pub struct Reading {
    seen: Head,
    head: Option<Head>,
    broken: usize,
}

/// An open vault. Dropping it wipes its key.
pub struct Vault {
    key: SecretKey<VaultKey>,
    names: SecretKey<RowKey>,
    head: Head,
    versions: Map<[u8; 32], u64>,
}

impl Vault {
    /// A new vault, and the header to be kept beside its rows. Slow: stretches the passphrase.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn create(
        passphrase: &str,
        profile: Profile,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Vec<u8>), Error> {
        let key = SecretKey::<VaultKey>::generate(rng);
        let vault = Self::with_key(key);
        let header = vault.lock(passphrase, profile, None, rng)?;
        Ok((vault, header))
    }

    /// A header that opens this vault with this passphrase, and with this authenticator where one is given. Slow: stretches the
    /// passphrase. It takes the place of the header before.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn lock(
        &self,
        passphrase: &str,
        profile: Profile,
        second: Option<(SecondLock, &Second)>,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let number = profile_number(profile);
        let answer = second.as_ref().map(|(_, answer)| *answer);
        let lock = second.as_ref().map(|(lock, _)| lock);
        let key = lock_key(passphrase, profile, &salt, answer)?;
        let context = lock_context(number, &salt, lock);
        let locked = chunked::seal(&key, &context, self.key.expose(), rng);
        let header = |format| Header {
            format,
            profile: number,
            salt,
            locked,
        };
        Ok(match second {
            None => sluis_wire::codec::encode(&header(FORMAT)),
            Some((lock, _)) => sluis_wire::codec::encode(&HeaderTwice {
                header: header(FORMAT_TWICE),
                lock,
            }),
        })
    }

    /// The second lock of a vault, if it has one.
    #[must_use]
    pub fn second_lock(header: &[u8]) -> Option<SecondLock> {
        read_header(header).ok()?.1
    }

    /// Opens a vault. Slow: stretches the passphrase.
    ///
    /// # Errors
    /// [`Error::Damaged`] for a wrong passphrase, a wrong or missing answer of the authenticator, or a changed header; [`Error::Encoding`] for a header of another format;
    /// [`Error::OutOfMemory`].
    pub fn open(header: &[u8], passphrase: &str, second: Option<&Second>) -> Result<Self, Error> {
        let (header, second_lock) = read_header(header)?;
        let profile = match header.profile {
            1 => Profile::Vault,
            2 => Profile::VaultPhone,
            _ => return Err(Error::Damaged),
        };
        let second = second.filter(|_| second_lock.is_some());
        let lock = lock_key(passphrase, profile, &header.salt, second)?;
        let context = lock_context(header.profile, &header.salt, second_lock.as_ref());
        let bytes = chunked::open(&lock, &context, &header.locked)?;
        Ok(Self::with_key(
            SecretKey::from_slice(&bytes).ok_or(Error::Damaged)?,
        ))
    }

    /// Takes in all rows that storage holds, and says what is wrong with them. Rows that do not open are left out.
    pub fn load(&mut self, stored: &[([u8; 32], Vec<u8>)]) -> (Vec<Row>, Vec<Damage>) {
        let mut reading = self.begin();
        let rows = self.take(&mut reading, stored);
        (rows, self.end(&reading))
    }

    /// Begins to take in what storage holds, piece by piece.
    pub fn begin(&mut self) -> Reading {
        self.versions.clear();
        Reading::default()
    }

    /// Takes in some rows. Those that do not open are left out.
    pub fn take(&mut self, reading: &mut Reading, stored: &[([u8; 32], Vec<u8>)]) -> Vec<Row> {
        let mut rows = Vec::with_capacity(stored.len());
        let seen = &mut reading.seen;
        for (name, bytes) in stored {
            match self.open_row(name, bytes) {
                Ok((row, _)) if row.store == HEAD => {
                    reading.head = sluis_wire::codec::decode::<Head>(&row.value, 64).ok();
                }
                Ok((row, version)) => {
                    seen.rows += 1;
                    seen.sum = seen.sum.wrapping_add(version);
                    seen.next = seen.next.max(version);
                    self.versions.insert(*name, version);
                    rows.push(row);
                }
                Err(_) => reading.broken += 1,
            }
        }
        rows
    }

    /// All has been taken in: what is wrong with it.
    pub fn end(&mut self, reading: &Reading) -> Vec<Damage> {
        let (seen, broken) = (reading.seen, reading.broken);
        let mut damage = Vec::new();
        if broken > 0 {
            damage.push(Damage::Rows(broken));
        }
        let expected = reading.head.unwrap_or_default();
        if broken == 0 && (expected.rows != seen.rows || expected.sum != seen.sum) {
            damage.push(Damage::RolledBack);
        }
        self.head = Head {
            next: expected.next.max(seen.next),
            ..seen
        };
        damage
    }

    /// The rows of one store among all that storage holds; those that do not open are left out.
    #[must_use]
    pub fn rows_of(&self, store: Store, stored: &[([u8; 32], Vec<u8>)]) -> Vec<Row> {
        stored
            .iter()
            .filter(|(_, bytes)| bytes.first() == Some(&store.0))
            .filter_map(|(name, bytes)| Some(self.open_row(name, bytes).ok()?.0))
            .collect()
    }

    /// Seals changes. The writes, the head row among them, belong in one transaction.
    pub fn seal(&mut self, changes: &[Change], rng: &mut impl CryptoRng) -> Vec<Write> {
        let mut writes = Vec::with_capacity(changes.len() + 1);
        let names = changes.iter();
        let names: Vec<_> = names
            .map(|change| self.name(change.store, &change.key))
            .collect();
        let last: Map<[u8; 32], usize> = names.iter().copied().zip(0..).collect();
        for ((change, name), place) in changes.iter().zip(names).zip(0..) {
            // Storage does not promise an order within a transaction: of two changes of a row the last one counts.
            if last.get(&name) != Some(&place) {
                continue;
            }
            if let Some(old) = self.versions.remove(&name) {
                self.head.rows = self.head.rows.saturating_sub(1);
                self.head.sum = self.head.sum.wrapping_sub(old);
            }
            let bytes = change.value.as_ref().map(|value| {
                self.head.next += 1;
                self.head.rows += 1;
                self.head.sum = self.head.sum.wrapping_add(self.head.next);
                self.versions.insert(name, self.head.next);
                self.seal_row(change.store, &name, self.head.next, &change.key, value, rng)
            });
            let store = change.store;
            writes.push(Write { store, name, bytes });
        }
        let name = self.name(HEAD, HEAD_KEY);
        let head = sluis_wire::codec::encode(&self.head);
        writes.push(Write {
            store: HEAD,
            name,
            bytes: Some(self.seal_row(HEAD, &name, self.head.next, HEAD_KEY, &head, rng)),
        });
        writes
    }

    fn with_key(key: SecretKey<VaultKey>) -> Self {
        let names = kdf::derive(key.expose(), "sluis/1/vault-row-name", &[]);
        Self {
            key,
            names,
            head: Head::default(),
            versions: Map::new(),
        }
    }

    fn name(&self, store: Store, key: &[u8]) -> [u8; 32] {
        kdf::mac(&self.names, "sluis/1/vault-row-name", &[&[store.0], key])
    }

    fn row_key(&self, store: Store) -> SecretKey<RowKey> {
        kdf::derive(self.key.expose(), "sluis/1/vault-row", &[&[store.0]])
    }

    fn seal_row(
        &self,
        store: Store,
        name: &[u8; 32],
        version: u64,
        key: &[u8],
        value: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Vec<u8> {
        let plain = Zeroizing::new(sluis_wire::codec::encode(&(key, value)));
        let mut bytes = Vec::with_capacity(9 + chunked::sealed_len(plain.len()));
        bytes.push(store.0);
        bytes.extend_from_slice(&version.to_be_bytes());
        bytes.extend(chunked::seal(
            &self.row_key(store),
            &row_context(name, version),
            &plain,
            rng,
        ));
        bytes
    }

    fn open_row(&self, name: &[u8; 32], bytes: &[u8]) -> Result<(Row, u64), Error> {
        let (store, rest) = bytes.split_first().ok_or(Error::Damaged)?;
        let (version, sealed) = rest.split_first_chunk::<8>().ok_or(Error::Damaged)?;
        let (store, version) = (Store(*store), u64::from_be_bytes(*version));
        let plain = chunked::open(&self.row_key(store), &row_context(name, version), sealed)?;
        let (key, value): (Vec<u8>, Vec<u8>) = sluis_wire::codec::decode(&plain, ROW_MOST)?;
        if &self.name(store, &key) != name {
            return Err(Error::Damaged);
        }
        Ok((
            Row {
                store,
                key,
                value: Zeroizing::new(value),
            },
            version,
        ))
    }
}

fn profile_number(profile: Profile) -> u8 {
    if profile == Profile::VaultPhone { 2 } else { 1 }
}

fn read_header(bytes: &[u8]) -> Result<(Header, Option<SecondLock>), Error> {
    if bytes.first() == Some(&FORMAT_TWICE) {
        let HeaderTwice { header, lock } = sluis_wire::codec::decode(bytes, HEADER_MOST)?;
        return Ok((header, Some(lock)));
    }
    let header: Header = sluis_wire::codec::decode(bytes, HEADER_MOST)?;
    if header.format == FORMAT {
        Ok((header, None))
    } else {
        let unknown = sluis_wire::Error::UnknownVersion(header.format);
        Err(Error::Encoding(unknown))
    }
}

fn lock_key(
    passphrase: &str,
    profile: Profile,
    salt: &[u8; 16],
    second: Option<&Second>,
) -> Result<SecretKey<LockKey>, Error> {
    let stretched = stretch(profile, passphrase.as_bytes(), salt)?;
    // Room for both from the start, so that no copy is left behind.
    let mut material = Zeroizing::new(Vec::with_capacity(64));
    material.extend_from_slice(stretched.as_slice());
    if let Some(second) = second {
        material.extend_from_slice(second.0.expose());
    }
    Ok(kdf::derive(material.as_slice(), "sluis/1/vault", &[]))
}

fn lock_context(profile: u8, salt: &[u8; 16], second: Option<&SecondLock>) -> Vec<u8> {
    match second {
        None => kdf::context("sluis/1/vault-header", &[&[FORMAT, profile], salt]),
        Some(lock) => kdf::context(
            "sluis/1/vault-header",
            &[&[FORMAT_TWICE, profile], salt, &lock.credential, &lock.salt],
        ),
    }
}

fn row_context(name: &[u8; 32], version: u64) -> Vec<u8> {
    kdf::context("sluis/1/vault-row", &[name, &version.to_be_bytes()])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use alloc::vec;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng as _;

    fn change(key: &[u8], value: Option<&[u8]>) -> Change {
        Change {
            store: Store(3),
            key: key.to_vec(),
            value: value.map(|value| Zeroizing::new(value.to_vec())),
        }
    }

    fn fresh(rng: &mut ChaCha20Rng) -> Vault {
        Vault::with_key(SecretKey::generate(rng))
    }

    fn reopened(vault: &Vault) -> Vault {
        Vault::with_key(SecretKey::from_bytes(*vault.key.expose()))
    }

    /// What storage holds after the writes.
    fn kept(before: &mut Map<[u8; 32], Vec<u8>>, writes: &[Write]) -> Vec<([u8; 32], Vec<u8>)> {
        for write in writes {
            match &write.bytes {
                Some(bytes) => before.insert(write.name, bytes.clone()),
                None => before.remove(&write.name),
            };
        }
        before
            .iter()
            .map(|(name, bytes)| (*name, bytes.clone()))
            .collect()
    }

    #[test]
    fn a_vault_opens_with_its_passphrase_only() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (mut vault, header) =
            Vault::create("zes woorden", Profile::VaultPhone, &mut rng).unwrap();
        let stored = kept(
            &mut Map::new(),
            &vault.seal(&[change(b"a", Some(b"one"))], &mut rng),
        );
        let (rows, damage) = Vault::open(&header, "zes woorden", None)
            .unwrap()
            .load(&stored);
        assert_eq!((rows[0].value.as_slice(), damage.len()), (&b"one"[..], 0));
        assert_eq!(
            Vault::open(&header, "zes woorde", None).err(),
            Some(Error::Damaged)
        );
        let mut other = header.clone();
        other[1] = 1;
        assert_eq!(
            Vault::open(&other, "zes woorden", None).err(),
            Some(Error::Damaged)
        );
    }

    #[test]
    fn with_a_second_lock_a_vault_opens_with_both_only() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        let (words, phone) = ("zes woorden", Profile::VaultPhone);
        let mut vault = fresh(&mut rng);
        let stored = kept(
            &mut Map::new(),
            &vault.seal(&[change(b"a", Some(b"one"))], &mut rng),
        );
        let lock = SecondLock {
            credential: vec![1, 2, 3],
            salt: [4; 32],
        };
        let answer = Second::new([5; 32]);
        let twice = vault
            .lock(words, phone, Some((lock.clone(), &answer)), &mut rng)
            .unwrap();
        assert_eq!(Vault::second_lock(&twice), Some(lock));
        let rows = |header: &[u8], second| {
            Vault::open(header, words, second).map(|mut vault| vault.load(&stored).0.len())
        };
        assert_eq!(rows(&twice, Some(&answer)), Ok(1));
        for (words, second) in [
            (words, None),
            (words, Some(&Second::new([6; 32]))),
            ("zes woorde", Some(&answer)),
        ] {
            let refused = Vault::open(&twice, words, second).err();
            assert_eq!(refused, Some(Error::Damaged));
        }
        // Another authenticator's name in the header, or a header that says that there is none.
        for place in [0, 1, 5, 40, twice.len() - 35, twice.len() - 1] {
            let mut other = twice.clone();
            other[place] ^= 1;
            assert!(
                Vault::open(&other, words, Some(&answer)).is_err(),
                "{place}"
            );
        }
        let once = vault.lock(words, phone, None, &mut rng).unwrap();
        assert_eq!(Vault::second_lock(&once), None);
        assert_eq!(rows(&once, None), Ok(1));
    }

    #[test]
    fn an_older_row_or_a_missing_one_shows() {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let mut vault = fresh(&mut rng);
        let mut storage = Map::new();
        let first = kept(
            &mut storage,
            &vault.seal(
                &[change(b"a", Some(b"1")), change(b"b", Some(b"2"))],
                &mut rng,
            ),
        );
        let second = kept(
            &mut storage,
            &vault.seal(&[change(b"a", Some(b"3"))], &mut rng),
        );
        assert!(reopened(&vault).load(&second).1.is_empty());
        assert!(
            reopened(&vault).load(&first).1.is_empty(),
            "a whole older state is consistent in itself"
        );
        let name = vault.name(Store(3), b"a");
        let mixed: Vec<_> = second
            .iter()
            .map(|(row, bytes)| {
                if *row == name {
                    first.iter().find(|(row, _)| *row == name).unwrap().clone()
                } else {
                    (*row, bytes.clone())
                }
            })
            .collect();
        assert_eq!(reopened(&vault).load(&mixed).1, [Damage::RolledBack]);
        let less: Vec<_> = second
            .iter()
            .filter(|(row, _)| *row != name)
            .cloned()
            .collect();
        assert_eq!(reopened(&vault).load(&less).1, [Damage::RolledBack]);
    }

    #[test]
    fn a_row_opens_in_its_own_place_only() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let mut vault = fresh(&mut rng);
        let writes = vault.seal(
            &[change(b"a", Some(b"1")), change(b"b", Some(b"2"))],
            &mut rng,
        );
        let (a, b) = (&writes[0], &writes[1]);
        let swapped = [
            (a.name, b.bytes.clone().unwrap()),
            (b.name, a.bytes.clone().unwrap()),
        ];
        let (rows, damage) = reopened(&vault).load(&swapped);
        assert!(rows.is_empty());
        assert_eq!(damage, [Damage::Rows(2)]);
        for at in 0..a.bytes.as_ref().unwrap().len() {
            let mut bytes = a.bytes.clone().unwrap();
            bytes[at] ^= 1;
            assert!(vault.open_row(&a.name, &bytes).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_deleted_row_is_gone_and_missed_by_nobody() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        let mut vault = fresh(&mut rng);
        let mut storage = Map::new();
        kept(
            &mut storage,
            &vault.seal(
                &[change(b"a", Some(b"1")), change(b"b", Some(b"2"))],
                &mut rng,
            ),
        );
        let stored = kept(&mut storage, &vault.seal(&[change(b"a", None)], &mut rng));
        let (rows, damage) = reopened(&vault).load(&stored);
        assert_eq!(rows.len(), 1);
        assert!(damage.is_empty());
    }
}
