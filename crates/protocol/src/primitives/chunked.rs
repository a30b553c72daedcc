//! Contents: C2SP chunked-encryption v1 with `AEAD_AES_256_GCM` and HKDF-Expand-SHA-512.
//!
//! ```text
//! sealed = salt (24, random) ‖ commitment (32) ‖ chunks
//! chunk  = AES-256-GCM(key, base nonce XOR number, 16 KiB of content) ‖ tag (16); the last chunk is always shorter
//! key (32) ‖ base nonce (12) ‖ commitment (32) = HKDF-Expand-SHA-512(input key,
//!     "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM" ‖ 0x00 ‖ salt ‖ context)
//! ```
//!
//! The commitment ties the bytes to one key and one context (pitfall P16); numbering and the short last chunk catch
//! swapping and cutting. The context is mandatory: it says where the bytes belong.

use alloc::vec::Vec;

use aes_gcm::{
    Aes256Gcm,
    aead::{AeadInOut as _, KeyInit as _},
};
use hmac::{Hmac, Mac as _};
use rand_core::CryptoRng;
use sha2::Sha512;
use zeroize::Zeroizing;

use super::secret::{Role, SecretKey, equal};
use crate::error::Error;

/// Bytes of the random salt in front.
pub const SALT_LEN: usize = 24;
/// Bytes of the key commitment after the salt.
pub const COMMITMENT_LEN: usize = 32;
/// Bytes in front of the first chunk.
pub const HEADER_LEN: usize = SALT_LEN + COMMITMENT_LEN;
/// Bytes of content in every chunk but the last.
pub const CHUNK_LEN: usize = 16 * 1024;
/// Bytes of the tag after each chunk.
pub const TAG_LEN: usize = 16;

const INFO: &[u8] = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0";
/// Bytes of the key of AES-256-GCM.
pub const KEY_LEN: usize = 32;
/// Bytes of a nonce of AES-256-GCM.
pub const NONCE_LEN: usize = 12;

/// Bytes that `len` bytes of content take when sealed.
#[must_use]
pub const fn sealed_len(len: usize) -> usize {
    HEADER_LEN + len + (len / CHUNK_LEN + 1) * TAG_LEN
}

/// Seals content under a key and a context.
///
/// # Panics
/// Never: a chunk is far below the limit of AES-GCM.
#[must_use]
pub fn seal<R: Role>(
    key: &SecretKey<R>,
    context: &[u8],
    message: &[u8],
    rng: &mut impl CryptoRng,
) -> Vec<u8> {
    let mut salt = [0; SALT_LEN];
    rng.fill_bytes(&mut salt);
    let derived = Derived::new(key.expose(), &salt, context);
    let mut sealed = Vec::with_capacity(sealed_len(message.len()));
    sealed.extend_from_slice(&salt);
    sealed.extend_from_slice(derived.commitment());
    let (whole, last) = message.as_chunks::<CHUNK_LEN>();
    for (number, chunk) in (0..).zip(whole.iter().map(<[u8; CHUNK_LEN]>::as_slice).chain([last])) {
        let start = sealed.len();
        sealed.extend_from_slice(chunk);
        let buffer = sealed.get_mut(start..).unwrap_or_default();
        let tag = derived
            .cipher()
            .encrypt_inout_detached(&derived.nonce(number).into(), &[], buffer.into())
            .expect("a chunk is far below the limit of AES-GCM");
        sealed.extend_from_slice(&tag);
    }
    sealed
}

/// Opens sealed content. Nothing is given out unless all of it is intact.
///
/// # Errors
/// [`Error::Damaged`] when the bytes were changed, cut, or sealed with another key or context.
pub fn open<R: Role>(
    key: &SecretKey<R>,
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (salt, rest) = sealed
        .split_first_chunk::<SALT_LEN>()
        .ok_or(Error::Damaged)?;
    let (commitment, chunks) = rest
        .split_first_chunk::<COMMITMENT_LEN>()
        .ok_or(Error::Damaged)?;
    let derived = Derived::new(key.expose(), salt, context);
    if !equal(commitment, derived.commitment()) {
        return Err(Error::Damaged);
    }
    let (whole, last) = chunks.as_chunks::<{ CHUNK_LEN + TAG_LEN }>();
    let mut opened = Zeroizing::new(Vec::with_capacity(chunks.len()));
    for (number, chunk) in (0..).zip(
        whole
            .iter()
            .map(<[u8; CHUNK_LEN + TAG_LEN]>::as_slice)
            .chain([last]),
    ) {
        let (text, tag) = chunk.split_last_chunk::<TAG_LEN>().ok_or(Error::Damaged)?;
        let start = opened.len();
        opened.extend_from_slice(text);
        let buffer = opened.get_mut(start..).unwrap_or_default();
        derived
            .cipher()
            .decrypt_inout_detached(
                &derived.nonce(number).into(),
                &[],
                buffer.into(),
                &(*tag).into(),
            )
            .map_err(|_| Error::Damaged)?;
    }
    Ok(opened)
}

/// One content that is sealed or opened a chunk at a time, so that all of it need never be in memory. Its head (salt and commitment) is kept
/// apart from the chunks; put in front of them it gives the very bytes of [`seal`].
///
/// Whoever uses it has to see to it that every chunk but the last is whole, that the last one is shorter, and that none is sealed twice
/// with different content.
pub struct Stream {
    derived: Derived,
    head: [u8; HEADER_LEN],
}

impl Stream {
    /// Begins a new content.
    #[must_use]
    pub fn begin<R: Role>(key: &SecretKey<R>, context: &[u8], rng: &mut impl CryptoRng) -> Self {
        let mut salt = [0; SALT_LEN];
        rng.fill_bytes(&mut salt);
        let derived = Derived::new(key.expose(), &salt, context);
        let mut head = [0; HEADER_LEN];
        let parts = salt.iter().chain(derived.commitment());
        for (byte, part) in head.iter_mut().zip(parts) {
            *byte = *part;
        }
        Self { derived, head }
    }

    /// Goes on with a content whose head is known.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the head belongs to another key or context.
    pub fn resume<R: Role>(
        key: &SecretKey<R>,
        context: &[u8],
        head: &[u8; HEADER_LEN],
    ) -> Result<Self, Error> {
        let (salt, commitment) = head.split_first_chunk::<SALT_LEN>().ok_or(Error::Damaged)?;
        let derived = Derived::new(key.expose(), salt, context);
        if !equal(commitment, derived.commitment()) {
            return Err(Error::Damaged);
        }
        Ok(Self {
            derived,
            head: *head,
        })
    }

    /// Salt and commitment.
    #[must_use]
    pub fn head(&self) -> &[u8; HEADER_LEN] {
        &self.head
    }

    /// Seals a chunk: its bytes, then the tag.
    ///
    /// # Panics
    /// Never: a chunk is far below the limit of AES-GCM.
    #[must_use]
    pub fn seal_chunk(&self, number: u64, chunk: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(chunk.len() + TAG_LEN);
        sealed.extend_from_slice(chunk);
        let tag = self
            .derived
            .cipher()
            .encrypt_inout_detached(
                &self.derived.nonce(number).into(),
                &[],
                sealed.as_mut_slice().into(),
            )
            .expect("a chunk is far below the limit of AES-GCM");
        sealed.extend_from_slice(&tag);
        sealed
    }

    /// Opens a chunk.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it was changed, cut, or is another chunk.
    pub fn open_chunk(&self, number: u64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (text, tag) = sealed.split_last_chunk::<TAG_LEN>().ok_or(Error::Damaged)?;
        let mut opened = Zeroizing::new(text.to_vec());
        self.derived
            .cipher()
            .decrypt_inout_detached(
                &self.derived.nonce(number).into(),
                &[],
                opened.as_mut_slice().into(),
                &(*tag).into(),
            )
            .map_err(|_| Error::Damaged)?;
        Ok(opened)
    }

    /// The key of AES-256-GCM, for a browser that has the cipher itself (decision 9).
    #[must_use]
    pub fn expose(&self) -> &[u8; KEY_LEN] {
        &self.derived.key
    }

    /// The nonce of a chunk.
    #[must_use]
    pub fn nonce(&self, number: u64) -> [u8; NONCE_LEN] {
        self.derived.nonce(number)
    }
}

/// Key, base nonce and commitment of one sealed content.
struct Derived {
    key: Zeroizing<[u8; KEY_LEN]>,
    cipher: Aes256Gcm,
    base_nonce: [u8; NONCE_LEN],
    commitment: [u8; COMMITMENT_LEN],
}

impl Derived {
    fn new(key: &[u8; 32], salt: &[u8; SALT_LEN], context: &[u8]) -> Self {
        // HKDF-Expand for two blocks of SHA-512 (RFC 5869 2.3); the input key is shorter than a block, which the
        // construction allows and the crate `hkdf` refuses.
        let block = |before: &[u8], number: u8| {
            let mut mac =
                Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes keys of any length");
            for part in [before, INFO, salt, context, &[number]] {
                mac.update(part);
            }
            Zeroizing::new(<[u8; 64]>::from(mac.finalize().into_bytes()))
        };
        let first = block(&[], 1);
        let second = block(first.as_slice(), 2);
        let mut stream = first.iter().chain(second.iter()).copied();
        let mut key = Zeroizing::new([0; KEY_LEN]);
        let mut base_nonce = [0; NONCE_LEN];
        let mut commitment = [0; COMMITMENT_LEN];
        for byte in key.iter_mut().chain(&mut base_nonce).chain(&mut commitment) {
            *byte = stream.next().unwrap_or_default();
        }
        Self {
            cipher: Aes256Gcm::new((&*key).into()),
            key,
            base_nonce,
            commitment,
        }
    }

    fn cipher(&self) -> &Aes256Gcm {
        &self.cipher
    }

    fn commitment(&self) -> &[u8; COMMITMENT_LEN] {
        &self.commitment
    }

    /// The base nonce XOR the chunk's number, big endian. Memory ends long before 2³⁸ chunks do.
    fn nonce(&self, number: u64) -> [u8; NONCE_LEN] {
        let mut nonce = self.base_nonce;
        for (byte, digit) in nonce.iter_mut().rev().zip(number.to_le_bytes()) {
            *byte ^= digit;
        }
        nonce
    }
}
