//! What the targets share: a role for keys, fixed randomness, and changes that an input describes.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use sluis_directory::signature::SigningKey;
use sluis_protocol::primitives::secret::Role;

/// The role of keys in targets.
pub struct Fuzz;

impl Role for Fuzz {
    const NAME: &'static str = "fuzz";
}

/// Always the same bytes, so that one input always does the same.
pub struct Fixed;

impl TryRng for Fixed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(7)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(7)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(7);
        Ok(())
    }
}

impl TryCryptoRng for Fixed {}

/// A signing key of the frozen log in `crates/directory/tests`, by kind and number.
#[must_use]
pub fn key(kind: u8, number: u8) -> SigningKey {
    let mut seed = [kind; 32];
    seed[0] = number;
    SigningKey::from_seed(seed)
}

/// The frames of a file of frozen ones: hexadecimal, one on each line.
#[must_use]
pub fn frames(text: &str) -> Vec<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
            .unwrap_or_default()
    };
    let byte = |pair: &[u8]| pair.iter().fold(0, |byte, half| byte << 4 | digit(*half));
    text.lines()
        .map(|line| line.as_bytes().chunks(2).map(byte).collect())
        .collect()
}

/// Changes to sealed bytes, as an input describes them.
pub mod change {
    /// Bytes of one change: place (4) and value (1).
    const CHANGE: usize = 5;

    /// Splits an input into changes and content.
    #[must_use]
    pub fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
        let Some((&count, rest)) = bytes.split_first() else {
            return (&[], &[]);
        };
        rest.split_at_checked(usize::from(count % 8) * CHANGE)
            .unwrap_or((&[], rest))
    }

    /// The bytes with the changes made: a value that is XORed in, or with 0 a cut at the place.
    #[must_use]
    pub fn apply(changes: &[u8], bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for change in changes.chunks_exact(CHANGE) {
            let [a, b, c, d, value] = change else {
                continue;
            };
            let place = u32::from_le_bytes([*a, *b, *c, *d]) as usize % bytes.len().max(1);
            if *value == 0 {
                bytes.truncate(place);
            } else if let Some(byte) = bytes.get_mut(place) {
                *byte ^= value;
            }
        }
        bytes
    }
}
