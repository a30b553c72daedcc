//! Sealing to a public key: HPKE (RFC 9180) in base and PSK mode, single-shot only.
//!
//! KEM X-Wing (0x647a: ML-KEM-768 and X25519), KDF HKDF-SHA-256 (0x0001), AEAD ChaCha20-Poly1305 (0x0003).
//!
//! ```text
//! sealed = encapsulated key (1,120) ‖ ciphertext (length of the message) ‖ tag (16)
//! ```
//!
//! A key pair *is* its 32-byte seed: `DeriveKeyPair` differs between drafts and is never used (pitfall P15). A zero
//! X25519 share is accepted, as X-Wing first had it, and stays so in suite 1: the ML-KEM half still protects.

use alloc::vec::Vec;
use core::fmt;

use hpke::{
    Deserializable as _, Kem as _, OpModeR, OpModeS, PskBundle, Serializable as _,
    aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing, single_shot_open,
    single_shot_seal_with_rng,
};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_wire::codec::byte_array;
use zeroize::Zeroizing;

use super::secret::{Role, SecretKey};
use crate::error::Error;

/// Bytes of a public key.
pub const PUBLIC_LEN: usize = 1216;
/// Bytes of an encapsulated key.
pub const ENCAPSULATED_LEN: usize = 1120;
/// Bytes that sealing adds to a message.
pub const OVERHEAD: usize = ENCAPSULATED_LEN + 16;
/// Most bytes of `info`, `aad` or a shared key's name.
pub const MAX_CONTEXT: usize = 16 * 1024;

/// The 32-byte seed of an X-Wing key pair, which is the private key itself. Wiped on drop.
pub struct KemSecret(Zeroizing<[u8; 32]>);

impl KemSecret {
    /// A random key pair.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut_slice());
        Self(seed)
    }

    /// The key pair of a random or derived seed.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(Zeroizing::new(seed))
    }

    /// The seed, for sealing or storing it. Whoever holds it can open.
    #[must_use]
    pub fn expose_seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> KemPublic {
        let mut bytes = [0; PUBLIC_LEN];
        XWing::sk_to_pk(&self.expand()).write_exact(&mut bytes);
        KemPublic(bytes)
    }

    fn expand(&self) -> <XWing as hpke::Kem>::PrivateKey {
        <XWing as hpke::Kem>::PrivateKey::from_bytes(self.0.as_slice())
            .expect("a seed has 32 bytes")
    }
}

impl fmt::Debug for KemSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KemSecret(redacted)")
    }
}

/// 1,216-byte X-Wing public key: ML-KEM-768 key, checked (FIPS 203 7.2), and X25519 key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "PublicBytes", into = "PublicBytes")]
pub struct KemPublic([u8; PUBLIC_LEN]);

#[derive(Serialize, Deserialize)]
struct PublicBytes(#[serde(with = "byte_array")] [u8; PUBLIC_LEN]);

impl KemPublic {
    /// Accepts the bytes of a public key.
    ///
    /// # Errors
    /// [`Error::UnacceptableKey`] when there are not 1,216 bytes, or the ML-KEM half is not reduced.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let bytes: &[u8; PUBLIC_LEN] = bytes.try_into().map_err(|_| Error::UnacceptableKey)?;
        let key = Self(*bytes);
        key.expand()?;
        Ok(key)
    }

    /// The bytes of the key.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; PUBLIC_LEN] {
        &self.0
    }

    fn expand(&self) -> Result<<XWing as hpke::Kem>::PublicKey, Error> {
        <XWing as hpke::Kem>::PublicKey::from_bytes(&self.0).map_err(|_| Error::UnacceptableKey)
    }
}

impl TryFrom<PublicBytes> for KemPublic {
    type Error = Error;

    fn try_from(bytes: PublicBytes) -> Result<Self, Error> {
        Self::parse(&bytes.0)
    }
}

impl From<KemPublic> for PublicBytes {
    fn from(key: KemPublic) -> Self {
        Self(key.0)
    }
}

impl fmt::Debug for KemPublic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(formatter, "KemPublic({a:02x}{b:02x}{c:02x}{d:02x}…)")
    }
}

/// Seals a message to a public key (`mode_base`, RFC 9180 5.1.1 and 6.1).
///
/// # Errors
/// [`Error::UnusableContext`] when `info` or `aad` is longer than [`MAX_CONTEXT`].
pub fn seal_base(
    public: &KemPublic,
    info: &[u8],
    aad: &[u8],
    message: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    seal(&OpModeS::Base, public, info, aad, message, rng)
}

/// Opens what [`seal_base`] sealed.
///
/// # Errors
/// [`Error::Damaged`] when the bytes were changed, or sealed to another key, `info` or `aad`.
pub fn open_base(
    secret: &KemSecret,
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    open(&OpModeR::Base, secret, info, aad, sealed)
}

/// Seals a message to a public key and a shared secret key (`mode_psk`, RFC 9180 5.1.2): only who knows `psk` could
/// have made it. `psk_id` names the shared key and is not empty.
///
/// # Errors
/// [`Error::UnusableContext`] when `info`, `aad` or `psk_id` is longer than [`MAX_CONTEXT`], or `psk_id` is empty.
pub fn seal_psk<R: Role>(
    public: &KemPublic,
    psk: &SecretKey<R>,
    psk_id: &[u8],
    info: &[u8],
    aad: &[u8],
    message: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    let psk = PskBundle::new(psk.expose(), psk_id).map_err(|_| Error::UnusableContext)?;
    check(psk_id)?;
    seal(&OpModeS::Psk(psk), public, info, aad, message, rng)
}

/// Opens what [`seal_psk`] sealed.
///
/// # Errors
/// [`Error::Damaged`] as [`open_base`], also for another `psk` or `psk_id`; [`Error::UnusableContext`] as [`seal_psk`].
pub fn open_psk<R: Role>(
    secret: &KemSecret,
    psk: &SecretKey<R>,
    psk_id: &[u8],
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let psk = PskBundle::new(psk.expose(), psk_id).map_err(|_| Error::UnusableContext)?;
    check(psk_id)?;
    open(&OpModeR::Psk(psk), secret, info, aad, sealed)
}

fn check(context: &[u8]) -> Result<(), Error> {
    if context.len() > MAX_CONTEXT {
        Err(Error::UnusableContext)
    } else {
        Ok(())
    }
}

fn seal(
    mode: &OpModeS<'_, XWing>,
    public: &KemPublic,
    info: &[u8],
    aad: &[u8],
    message: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    check(info)?;
    check(aad)?;
    let (encapsulated, ciphertext) =
        single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
            mode,
            &public.expand()?,
            info,
            message,
            aad,
            rng,
        )
        .map_err(|_| Error::UnusableContext)?;
    let mut sealed = Vec::with_capacity(OVERHEAD + message.len());
    sealed.extend_from_slice(&encapsulated.to_bytes());
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

fn open(
    mode: &OpModeR<'_, XWing>,
    secret: &KemSecret,
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    check(info)?;
    check(aad)?;
    let (encapsulated, ciphertext) = sealed
        .split_at_checked(ENCAPSULATED_LEN)
        .ok_or(Error::Damaged)?;
    let encapsulated =
        <XWing as hpke::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Error::Damaged)?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        mode,
        &secret.expand(),
        &encapsulated,
        info,
        ciphertext,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| Error::Damaged)
}
