//! The recovery sheet: one 32-byte seed on paper, from which the root key, a director key and the paper device are
//! derived (decision 31; docs/protocol.md 4.6).

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::signature::SigningKey;
use sluis_wire::address::{DeviceId, MemberId};
use zeroize::Zeroizing;

use crate::primitives::kdf;
use crate::primitives::kem::KemSecret;
use crate::primitives::secret::{Role, SecretKey};
use crate::staff::DeviceSecrets;
use crate::words::WordList;

/// Words on a sheet: 256 bits of seed and 8 check bits, 11 bits a word.
pub const SHEET_WORDS: usize = 24;

/// The seed on the sheet.
pub struct Paper;
impl Role for Paper {
    const NAME: &'static str = "paper";
}

/// The seed of a recovery sheet.
pub struct Sheet(SecretKey<Paper>);

impl Sheet {
    /// A new sheet.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(SecretKey::generate(rng))
    }

    pub(crate) fn copy(&self) -> Self {
        Self(SecretKey::from_bytes(*self.0.expose()))
    }

    /// Signs as root.
    #[must_use]
    pub fn root(&self) -> SigningKey {
        self.signing_key("sluis/1/paper-root")
    }

    /// Signs as a director of the organisation.
    #[must_use]
    pub fn director(&self) -> SigningKey {
        self.signing_key("sluis/1/paper-director")
    }

    /// The paper device.
    #[must_use]
    pub fn device(&self, member: MemberId) -> DeviceSecrets {
        let [mut id, _] = [[0; 16]; 2];
        let hash = kdf::mac(&self.0, "sluis/1/paper-id", &[]);
        for (to, from) in id.iter_mut().zip(hash) {
            *to = from;
        }
        let kem: SecretKey<Paper> = kdf::derive(self.0.expose(), "sluis/1/paper-kem", &[]);
        DeviceSecrets {
            id: DeviceId(id),
            member,
            sign: self.signing_key("sluis/1/paper-sign"),
            kem: KemSecret::from_seed(*kem.expose()),
        }
    }

    /// The seed as 24 words.
    #[must_use]
    pub fn words(&self, list: &WordList) -> Vec<Zeroizing<String>> {
        let mut bits = Zeroizing::new(self.0.expose().to_vec());
        bits.push(check(self.0.expose()));
        (0..SHEET_WORDS)
            .map(|place| Zeroizing::new(list.word(eleven_bits(&bits, place)).into()))
            .collect()
    }

    /// Reads 24 words, forgiving as the reporter's words are. `None` when they are not a sheet's.
    #[must_use]
    pub fn parse(text: &str, lists: &[&WordList]) -> Option<Self> {
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        lists.iter().find_map(|list| Self::from_words(&words, list))
    }

    fn from_words(words: &[String], list: &WordList) -> Option<Self> {
        if words.len() != SHEET_WORDS {
            return None;
        }
        let mut bits = Zeroizing::new(alloc::vec![0_u8; 33]);
        for (place, word) in words.iter().enumerate() {
            let number = list
                .find(word)
                .filter(|number| list.word(*number).starts_with(word.as_str()))?;
            for bit in 0..11 {
                if number >> (10 - bit) & 1 == 1 {
                    let at = place * 11 + bit;
                    *bits.get_mut(at / 8)? |= 0x80 >> (at % 8);
                }
            }
        }
        let (seed, rest) = bits.split_first_chunk::<32>()?;
        (rest == [check(seed)]).then(|| Self(SecretKey::from_bytes(*seed)))
    }

    fn signing_key(&self, label: &'static str) -> SigningKey {
        let seed: SecretKey<Paper> = kdf::derive(self.0.expose(), label, &[]);
        SigningKey::from_seed(*seed.expose())
    }
}

fn check(seed: &[u8; 32]) -> u8 {
    let [first, ..] = kdf::hash("sluis/1/paper-check", &[seed]);
    first
}

/// The 11 bits at a place, of bytes read from the highest bit on.
pub(crate) fn eleven_bits(bytes: &[u8], place: usize) -> u16 {
    (place * 11..place * 11 + 11).fold(0, |number, at| {
        let bit = bytes
            .get(at / 8)
            .is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0);
        number << 1 | u16::from(bit)
    })
}

#[cfg(all(test, feature = "words-en"))]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng as _;

    use super::*;

    #[test]
    fn a_sheet_reads_back_from_its_words_and_not_from_others() {
        let list = WordList::english();
        for seed in 0..50 {
            let sheet = Sheet::generate(&mut ChaCha20Rng::seed_from_u64(seed));
            let words: Vec<String> = sheet
                .words(&list)
                .iter()
                .map(|word| word.to_uppercase())
                .collect();
            let read = Sheet::parse(&words.join(", "), &[&list]).unwrap();
            assert_eq!(read.root().verifying_key(), sheet.root().verifying_key());
            assert_ne!(
                sheet.root().verifying_key(),
                sheet.director().verifying_key()
            );
            let mut swapped = words.clone();
            swapped.reverse();
            assert!(Sheet::parse(&swapped.join(" "), &[&list]).is_none());
            assert!(Sheet::parse(&words[1..].join(" "), &[&list]).is_none());
        }
    }
}
