//! Hashing and deriving: SHA-256 (FIPS 180-4), HKDF-SHA-256 (RFC 5869), HMAC-SHA-256 (RFC 2104).
//!
//! Each use has a label that starts with [`PREFIX`]. Label and parts are joined so that no two lists of parts give
//! the same bytes:
//!
//! ```text
//! context = length of label (1) ‖ label ‖ for each part: length (4, big endian) ‖ part
//! ```

use alloc::vec::Vec;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::secret::{Role, SecretKey};

/// Product tag and format version: the beginning of every label.
pub const PREFIX: &str = "sluis/1/";

/// Joins a label and parts: HPKE `info`, the context of chunked encryption, and the input of everything below.
///
/// # Panics
/// In debug builds, when the label does not start with [`PREFIX`] or is longer than 255 bytes.
#[must_use]
pub fn context(label: &'static str, parts: &[&[u8]]) -> Vec<u8> {
    debug_assert!(label.starts_with(PREFIX) && u8::try_from(label.len()).is_ok());
    let len = 1
        + label.len()
        + parts
            .iter()
            .map(|part| size_of::<u32>() + part.len())
            .sum::<usize>();
    let mut bytes = Vec::with_capacity(len);
    bytes.push(u8::try_from(label.len()).unwrap_or(u8::MAX));
    bytes.extend_from_slice(label.as_bytes());
    for part in parts {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// SHA-256 of bytes as they are.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of bytes that come bit by bit.
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes more bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all of them.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// `H(label ‖ parts)`: SHA-256 of their [`context`].
#[must_use]
pub fn hash(label: &'static str, parts: &[&[u8]]) -> [u8; 32] {
    sha256(&context(label, parts))
}

/// `KDF(ikm, label, parts, 32)`: HKDF-SHA-256 without salt, its info being the [`context`] of label and parts.
#[must_use]
pub fn derive<R: Role>(ikm: &[u8], label: &'static str, parts: &[&[u8]]) -> SecretKey<R> {
    let mut bytes = Zeroizing::new([0; 32]);
    hkdf_sha256(&[], ikm, &context(label, parts), bytes.as_mut_slice());
    SecretKey::from_bytes(*bytes)
}

/// HMAC-SHA-256 under a secret key, over the [`context`] of label and parts.
#[must_use]
pub fn mac<R: Role>(key: &SecretKey<R>, label: &'static str, parts: &[&[u8]]) -> [u8; 32] {
    hmac_sha256(key.expose(), &context(label, parts))
}

/// RFC 5869 as it stands. Public for vectors that others published.
///
/// # Panics
/// When more than 8,160 bytes are asked for.
#[doc(hidden)]
pub fn hkdf_sha256(salt: &[u8], ikm: &[u8], info: &[u8], out: &mut [u8]) {
    Hkdf::<Sha256>::new(Some(salt), ikm)
        .expand(info, out)
        .expect("callers ask for at most 255 blocks");
}

/// RFC 2104 as it stands. Public for vectors that others published.
///
/// # Panics
/// Never: HMAC takes keys of any length.
#[doc(hidden)]
#[must_use]
pub fn hmac_sha256(key: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Test;
    impl Role for Test {
        const NAME: &'static str = "test";
    }

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let whole = context("sluis/1/test", &[b"ab", b"c"]);
        assert_ne!(whole, context("sluis/1/test", &[b"a", b"bc"]));
        assert_ne!(whole, context("sluis/1/test", &[b"abc"]));
        assert_ne!(whole, context("sluis/1/testa", &[b"b", b"c"]));
        assert_eq!(whole, *b"\x0csluis/1/test\0\0\0\x02ab\0\0\0\x01c");
    }

    #[test]
    fn label_and_parts_separate_derived_keys() {
        let key = |label, parts: &[&[u8]]| *derive::<Test>(b"ikm", label, parts).expose();
        assert_eq!(key("sluis/1/one", &[b"a"]), key("sluis/1/one", &[b"a"]));
        assert_ne!(key("sluis/1/one", &[b"a"]), key("sluis/1/two", &[b"a"]));
        assert_ne!(key("sluis/1/one", &[b"a"]), key("sluis/1/one", &[b"b"]));
    }

    #[test]
    #[should_panic(expected = "label.starts_with")]
    fn a_label_without_product_and_version_is_a_bug() {
        let _ = context("one", &[]);
    }
}
