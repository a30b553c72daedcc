//! Key stretching with Argon2id version 1.3 (RFC 9106). The cost is fixed here, per format version, and is never
//! taken from a peer (pitfall P10).

use alloc::vec::Vec;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::{Zeroize, Zeroizing};

use crate::error::Error;

/// The fixed costs of format version 1. All have one lane and give 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A reporter's eight words: 64 MiB, 3 passes.
    Words,
    /// A vault's passphrase: 256 MiB, 3 passes.
    Vault,
    /// A vault's passphrase on a phone: 128 MiB, 4 passes.
    VaultPhone,
}

impl Profile {
    /// Memory in KiB.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        match self {
            Self::Words => 64 * 1024,
            Self::Vault => 256 * 1024,
            Self::VaultPhone => 128 * 1024,
        }
    }

    /// Passes over the memory.
    #[must_use]
    pub const fn passes(self) -> u32 {
        match self {
            Self::Words | Self::Vault => 3,
            Self::VaultPhone => 4,
        }
    }
}

/// Stretches a secret that a person can remember into 32 bytes. Takes 0.15 to 1 second.
///
/// # Errors
/// [`Error::OutOfMemory`] when the machine has not so much memory; [`Error::UnusableContext`] when the salt is
/// shorter than 8 bytes.
pub fn stretch(profile: Profile, secret: &[u8], salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut out = Zeroizing::new([0; 32]);
    let params = Params::new(profile.memory_kib(), profile.passes(), 1, Some(out.len()))
        .map_err(|_| Error::UnusableContext)?;
    let mut memory = Vec::new();
    memory
        .try_reserve_exact(params.block_count())
        .map_err(|_| Error::OutOfMemory)?;
    memory.resize(params.block_count(), Block::new());
    let result = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(secret, salt, out.as_mut_slice(), memory.as_mut_slice());
    memory.iter_mut().for_each(Zeroize::zeroize);
    result.map_err(|_| Error::UnusableContext)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_costs_of_format_version_1_are_fixed() {
        let costs = [Profile::Words, Profile::Vault, Profile::VaultPhone]
            .map(|profile| (profile.memory_kib(), profile.passes()));
        assert_eq!(costs, [(65_536, 3), (262_144, 3), (131_072, 4)]);
    }

    #[test]
    fn a_salt_that_is_too_short_is_refused() {
        assert_eq!(
            stretch(Profile::Words, b"secret", b"1234567"),
            Err(Error::UnusableContext)
        );
    }
}
