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
use crate::shamir;
use crate::staff::DeviceSecrets;
use crate::words::WordList;

/// Words in a list: each stands for 11 bits.
const WORD_COUNT: u16 = 2_048;

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

    /// The same sheet once more.
    #[must_use]
    pub fn again(&self) -> Self {
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
        write(self.0.expose(), check(self.0.expose()), list)
    }

    /// Three shares, any two of which give the sheet back; one of them says nothing.
    #[must_use]
    pub fn split(&self, rng: &mut impl CryptoRng) -> [Share; 3] {
        let [first, second, third] = shamir::split(self.0.expose(), rng);
        let share = |number, bytes: Zeroizing<[u8; 32]>| Share {
            number,
            bytes: SecretKey::from_bytes(*bytes),
        };
        [share(1, first), share(2, second), share(3, third)]
    }

    /// The sheet of two shares; `None` when both are the same one. Shares of different sheets give a sheet that nobody
    /// knows: the directory tells.
    #[must_use]
    pub fn join(one: &Share, other: &Share) -> Option<Self> {
        let seed = shamir::join(
            (one.number, one.bytes.expose()),
            (other.number, other.bytes.expose()),
        )?;
        Some(Self(SecretKey::from_bytes(*seed)))
    }

    /// Reads 24 words, forgiving as the reporter's words are. `None` when they are not a sheet's.
    #[must_use]
    pub fn parse(text: &str, lists: &[&WordList]) -> Option<Self> {
        read(text, lists, |seed, last| {
            (last == check(seed)).then(|| Self(SecretKey::from_bytes(*seed)))
        })
    }

    /// The place (from 0) of a single wrong word: with another word there, these are the words of a sheet that `fits`.
    #[must_use]
    pub fn misread(text: &str, lists: &[&WordList], fits: impl Fn(&Self) -> bool) -> Option<usize> {
        mend(text, lists, |seed, last| {
            last == check(seed) && fits(&Self(SecretKey::from_bytes(*seed)))
        })
    }

    fn signing_key(&self, label: &'static str) -> SigningKey {
        let seed: SecretKey<Paper> = kdf::derive(self.0.expose(), label, &[]);
        SigningKey::from_seed(*seed.expose())
    }
}

/// One of three shares of a sheet.
pub struct Share {
    number: u8,
    bytes: SecretKey<Paper>,
}

impl Share {
    /// Which of the three: 1, 2 or 3.
    #[must_use]
    pub fn number(&self) -> u8 {
        self.number
    }

    /// The share as 24 words: 256 bits, 2 bits of number, 6 check bits.
    #[must_use]
    pub fn words(&self, list: &WordList) -> Vec<Zeroizing<String>> {
        let bytes = self.bytes.expose();
        write(bytes, share_check(self.number, bytes), list)
    }

    /// Reads the 24 words of a share, forgiving as a sheet's are. `None` when they are not a share's.
    #[must_use]
    pub fn parse(text: &str, lists: &[&WordList]) -> Option<Self> {
        read(text, lists, |bytes, last| {
            let number = last >> 6;
            (number > 0 && last == share_check(number, bytes)).then(|| Self {
                number,
                bytes: SecretKey::from_bytes(*bytes),
            })
        })
    }

    /// The place (from 0) of a single wrong word: with another word there, these are the words of a share that `fits`.
    #[must_use]
    pub fn misread(text: &str, lists: &[&WordList], fits: impl Fn(&Self) -> bool) -> Option<usize> {
        mend(text, lists, |bytes, last| {
            let number = last >> 6;
            number > 0
                && last == share_check(number, bytes)
                && fits(&Self {
                    number,
                    bytes: SecretKey::from_bytes(*bytes),
                })
        })
    }

    /// What stands in the directory, so that a rehearsal shows that the share fits. It says nothing of the share.
    #[must_use]
    pub fn commitment(&self) -> [u8; 32] {
        kdf::hash(
            "sluis/1/paper-share-commitment",
            &[&[self.number], self.bytes.expose()],
        )
    }
}

/// Two bits of number and six of a hash.
fn share_check(number: u8, bytes: &[u8; 32]) -> u8 {
    let [first, ..] = kdf::hash("sluis/1/paper-share", &[&[number], bytes]);
    number << 6 | first >> 2
}

/// 264 bits as 24 words.
fn write(secret: &[u8; 32], end: u8, list: &WordList) -> Vec<Zeroizing<String>> {
    let mut bits = Zeroizing::new(secret.to_vec());
    bits.push(end);
    (0..SHEET_WORDS)
        .map(|place| Zeroizing::new(list.word(eleven_bits(&bits, place)).into()))
        .collect()
}

/// Reads 264 bits, in whichever language the words are.
fn read<T>(
    text: &str,
    lists: &[&WordList],
    accept: impl Fn(&[u8; 32], u8) -> Option<T>,
) -> Option<T> {
    let words = split(text);
    lists.iter().find_map(|list| {
        let bits = to_bits(&words, list)?;
        let (secret, rest) = bits.split_first_chunk::<32>()?;
        accept(secret, *rest.first()?)
    })
}

/// The first place at which another word of the list makes the words what `fits`.
fn mend(text: &str, lists: &[&WordList], fits: impl Fn(&[u8; 32], u8) -> bool) -> Option<usize> {
    let words = split(text);
    let good = |bits: &[u8; 33]| {
        let parts = bits.split_first_chunk::<32>();
        parts.is_some_and(|(secret, rest)| rest.first().is_some_and(|last| fits(secret, *last)))
    };
    lists.iter().find_map(|list| {
        let bits = to_bits(&words, list)?;
        (0..SHEET_WORDS).find(|place| {
            (0..WORD_COUNT).any(|number| {
                let mut other = bits.clone();
                put(&mut other, *place, number).is_some() && good(&other)
            })
        })
    })
}

fn split(text: &str) -> Zeroizing<Vec<String>> {
    Zeroizing::new(
        text.split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect(),
    )
}

fn to_bits(words: &[String], list: &WordList) -> Option<Zeroizing<[u8; 33]>> {
    if words.len() != SHEET_WORDS {
        return None;
    }
    let mut bits = Zeroizing::new([0_u8; 33]);
    for (place, word) in words.iter().enumerate() {
        let number = list
            .find(word)
            .filter(|number| list.word(*number).starts_with(word.as_str()))?;
        put(&mut bits, place, number)?;
    }
    Some(bits)
}

/// Writes the 11 bits of a word at its place.
fn put(bits: &mut [u8; 33], place: usize, number: u16) -> Option<()> {
    for bit in 0..11 {
        let at = place * 11 + bit;
        let (byte, mask) = (bits.get_mut(at / 8)?, 0x80 >> (at % 8));
        if number >> (10 - bit) & 1 == 1 {
            *byte |= mask;
        } else {
            *byte &= !mask;
        }
    }
    Some(())
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

    #[test]
    fn a_single_wrong_word_is_found_and_two_are_not() {
        let list = WordList::english();
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let sheet = Sheet::generate(&mut rng);
        let [share, ..] = sheet.split(&mut rng);
        let promised = share.commitment();
        let fits = |other: &Share| other.commitment() == promised;
        let words: Vec<String> = share
            .words(&list)
            .iter()
            .map(|word| String::from(word.as_str()))
            .collect();
        for place in [0, 11, 23] {
            let mut typed = words.clone();
            typed[place] = list.word(list.find(&words[place]).unwrap() ^ 5).into();
            let text = typed.join(" ");
            assert!(Share::parse(&text, &[&list]).is_none_or(|other| !fits(&other)));
            assert_eq!(Share::misread(&text, &[&list], fits), Some(place));
            typed[(place + 1) % 24] = list.word(77).into();
            assert_eq!(Share::misread(&typed.join(" "), &[&list], fits), None);
        }
        let mut typed: Vec<String> = sheet
            .words(&list)
            .iter()
            .map(|word| String::from(word.as_str()))
            .collect();
        typed[7] = list.word(list.find(&typed[7]).unwrap() ^ 1).into();
        let root = sheet.root().verifying_key();
        let fits = |other: &Sheet| other.root().verifying_key() == root;
        assert_eq!(Sheet::misread(&typed.join(" "), &[&list], fits), Some(7));
    }

    #[test]
    fn any_two_shares_bring_the_sheet_back() {
        let list = WordList::english();
        let text = |words: &[Zeroizing<String>]| {
            let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
            words.join(" ")
        };
        let (mut passes_as_sheet, rounds) = (0, 200);
        for seed in 0..rounds {
            let mut rng = ChaCha20Rng::seed_from_u64(seed);
            let sheet = Sheet::generate(&mut rng);
            let shares = sheet.split(&mut rng).map(|share| {
                let words = text(&share.words(&list));
                passes_as_sheet += usize::from(Sheet::parse(&words, &[&list]).is_some());
                let read = Share::parse(&words.to_uppercase(), &[&list]).unwrap();
                assert_eq!(read.number(), share.number());
                assert_eq!(read.commitment(), share.commitment());
                read
            });
            for (one, other) in [(0, 1), (2, 1), (0, 2)] {
                let joined = Sheet::join(&shares[one], &shares[other]).unwrap();
                assert_eq!(joined.0.expose(), sheet.0.expose());
            }
            assert!(Sheet::join(&shares[1], &shares[1]).is_none());
            assert_ne!(shares[0].commitment(), shares[1].commitment());
        }
        assert!(passes_as_sheet <= 12, "{passes_as_sheet} of 600");
    }
}
