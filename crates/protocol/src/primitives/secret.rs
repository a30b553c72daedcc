//! Secret bytes that know what they are for.

use core::{fmt, marker::PhantomData};

use rand_core::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

/// What a secret key is for. A type per role keeps a key from being used as another.
pub trait Role {
    /// What a redacted secret is called when it is shown.
    const NAME: &'static str;
}

/// 32 secret bytes for one role. Wiped on drop; no `Clone`, `PartialEq` or `Serialize`; its `Debug` shows the role only.
pub struct SecretKey<R: Role>(Zeroizing<[u8; 32]>, PhantomData<R>);

impl<R: Role> SecretKey<R> {
    /// A random key.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut key = Self::from_bytes([0; 32]);
        rng.fill_bytes(key.0.as_mut_slice());
        key
    }

    /// A key from bytes that are known to be secret and uniform.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes), PhantomData)
    }

    /// A key from opened bytes, when there are exactly 32.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_bytes(
            *bytes.first_chunk::<32>().filter(|_| bytes.len() == 32)?,
        ))
    }

    /// The bytes, for sealing them or for a primitive.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl<R: Role> ConstantTimeEq for SecretKey<R> {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.as_slice().ct_eq(other.0.as_slice())
    }
}

impl<R: Role> fmt::Debug for SecretKey<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretKey<{}>(redacted)", R::NAME)
    }
}

/// Whether two byte strings are equal, in time that depends on their lengths only.
#[must_use]
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    struct Test;
    impl Role for Test {
        const NAME: &'static str = "test";
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        let key = SecretKey::<Test>::from_bytes([0xab; 32]);
        let shown = format!("{key:?} {key:#?}");
        assert!(
            !shown.contains("ab") && !shown.contains("AB") && !shown.contains("171"),
            "{shown}"
        );
        assert!(shown.contains("test"));
    }

    #[test]
    fn a_key_has_exactly_32_bytes() {
        for len in [0, 31, 33, 64] {
            assert!(SecretKey::<Test>::from_slice(&alloc::vec![1; len]).is_none());
        }
        let key = SecretKey::<Test>::from_slice(&[1; 32]);
        assert!(key.is_some_and(|key| key.ct_eq(&SecretKey::from_bytes([1; 32])).into()));
    }
}
