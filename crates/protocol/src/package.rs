//! Dossiers on their way to another Sluis, as a file that eight words open (docs/protocol.md 6.12).
//!
//! ```text
//! file    = frame 0x0702 { salt 16, sealed }, 0 signatures                 at most 64 MiB
//! key     = Argon2id(code of the eight words, "sluis/1/package" ‖ salt, 64 MiB, 3 passes)
//! sealed  = CE(key, ctx("sluis/1/package", salt), pad_to(postcard of Package, Padmé))
//! ```
//!
//! What is in it are words, not events: nothing of it is signed, and whoever takes it in vouches for nothing. Names of authors are text.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use rand_core::CryptoRng;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sluis_domain::event::PartOf;
use sluis_domain::people::{CAPACITY_MOST, Facts, PEOPLE_MOST};
use sluis_domain::vocabulary::{Field, Kind, NAME_MOST, Origin, TAG_MOST, TAGS_MOST, TEXT_MOST};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use zeroize::Zeroizing;

use crate::contact::Contact;
use crate::error::Error;
use crate::padding::padme;
use crate::primitives::chunked;
use crate::primitives::kdf;
use crate::primitives::secret::{Role, SecretKey};
use crate::primitives::stretch::{Profile, stretch};
use crate::words::Code;

const LABEL: &str = "sluis/1/package";
/// Most dossiers in a package.
pub const DOSSIERS_MOST: usize = 500;
/// Most messages, replies and notes of one dossier.
pub const ENTRIES_MOST: usize = 5_000;
/// Most fields that are filled in.
const FIELDS_MOST: usize = 20;
/// Most bytes of what one entry says.
const ENTRY_MOST: usize = 2 * TEXT_MOST;

/// Opens a package.
struct PackageKey;
impl Role for PackageKey {
    const NAME: &'static str = "package";
}

/// Why a file is not taken for a package that these words open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// Another file, or only a part of one.
    #[error("no whole package")]
    NotWhole,
    /// Made by a newer version.
    #[error("a package of a newer version")]
    Newer,
    /// Larger than a package may be.
    #[error("too large for a package")]
    TooLarge,
    /// The words do not open it: they belong to another one, or it was changed.
    #[error("the words do not open it")]
    Shut,
    /// The words open it, and it holds what no Sluis writes.
    #[error("it holds what no Sluis writes")]
    Strange,
    /// This machine has not enough memory.
    #[error("not enough memory")]
    NoMemory,
}

/// What a package holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The organisation that it comes from, by its own word.
    pub organisation: String,
    /// When it was made (unix seconds).
    pub made: u64,
    /// The dossiers, at least one.
    #[serde(deserialize_with = "at_most::<DOSSIERS_MOST, _, _>")]
    pub dossiers: Vec<Packed>,
}

/// One dossier in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// What it was called.
    pub number: String,
    /// Report or advice question.
    pub kind: Kind,
    /// By which route it came.
    pub origin: Origin,
    /// When it came to be (unix seconds).
    pub opened: u64,
    /// What is known of it. Who handles it and where it stands are not part of it.
    #[serde(deserialize_with = "at_most::<FIELDS_MOST, _, _>")]
    pub fields: Vec<Field>,
    /// Its people, by ascending number.
    #[serde(deserialize_with = "at_most::<PEOPLE_MOST, _, _>")]
    pub people: Vec<PackedPerson>,
    /// What was said, in order.
    #[serde(deserialize_with = "at_most::<ENTRIES_MOST, _, _>")]
    pub entries: Vec<PackedEntry>,
}

/// Somebody in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedPerson {
    /// Their number there.
    pub number: u16,
    /// What is noted of them.
    pub facts: Facts,
    /// How to reach them, when that was sent along.
    pub contact: Option<Contact>,
}

/// A message, a reply or a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedEntry {
    /// Which of these.
    pub of: PartOf,
    /// Who wrote it: a name, and nothing that proves it; empty for the reporter.
    pub author: String,
    /// When (unix seconds).
    pub time: u64,
    /// What it says.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    salt: [u8; 16],
    sealed: Vec<u8>,
}

impl Package {
    /// The file, for whoever has the words. Takes as long as stretching words does.
    ///
    /// # Errors
    /// [`PackageError::TooLarge`], [`PackageError::NoMemory`], and [`PackageError::Strange`] for what would not open again.
    pub fn seal(&self, code: &Code, rng: &mut impl CryptoRng) -> Result<Vec<u8>, PackageError> {
        if !self.is_sane() {
            return Err(PackageError::Strange);
        }
        let content = Zeroizing::new(codec::encode(self));
        if content.len() > FrameType::Package.max_body_len() / 2 {
            return Err(PackageError::TooLarge);
        }
        let size = padme(content.len() + codec::PAD_HEADER_LEN);
        let too_large = |_| PackageError::TooLarge;
        let padded = Zeroizing::new(codec::pad_to(&content, size).map_err(too_large)?);
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let key = key(code, salt)?;
        let sealed = chunked::seal(&key, &context(salt), &padded, rng);
        let body = codec::encode(&Envelope { salt, sealed });
        let frame = Frame::build(FrameType::Package, &body).map_err(too_large)?;
        Ok(frame.to_bytes())
    }

    /// What a file holds. Nothing of it is shown unless all of it is whole.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn open(file: &[u8], code: &Code) -> Result<Self, PackageError> {
        let Envelope { salt, sealed } = outside(file)?;
        let key = key(code, salt)?;
        let shut = |_: Error| PackageError::Shut;
        let padded = chunked::open(&key, &context(salt), &sealed).map_err(shut)?;
        let strange = |_| PackageError::Strange;
        let content = codec::unpad(&padded).map_err(strange)?;
        let package: Self =
            codec::decode(content, FrameType::Package.max_body_len()).map_err(strange)?;
        package
            .is_sane()
            .then_some(package)
            .ok_or(PackageError::Strange)
    }

    fn is_sane(&self) -> bool {
        self.organisation.len() <= NAME_MOST
            && (1..=DOSSIERS_MOST).contains(&self.dossiers.len())
            && self.dossiers.iter().all(Packed::is_sane)
    }
}

/// Whether a file looks like a package, before anybody types words.
///
/// # Errors
/// [`PackageError::NotWhole`], [`PackageError::Newer`], [`PackageError::TooLarge`].
pub fn look(file: &[u8]) -> Result<(), PackageError> {
    outside(file).map(|_| ())
}

fn outside(file: &[u8]) -> Result<Envelope, PackageError> {
    use sluis_wire::Error as E;
    if file.len() > FrameType::Package.max_len() {
        return Err(PackageError::TooLarge);
    }
    let frame = Frame::parse_as(FrameType::Package, file).map_err(|error| match error {
        E::UnknownVersion(_) | E::UnknownSuite(_) => PackageError::Newer,
        E::TooLong { .. } => PackageError::TooLarge,
        _ => PackageError::NotWhole,
    })?;
    if !frame.signatures().is_empty() {
        return Err(PackageError::NotWhole);
    }
    codec::decode(frame.body(), FrameType::Package.max_body_len())
        .map_err(|_| PackageError::NotWhole)
}

impl Packed {
    /// Whether it holds nothing but what a dossier can hold.
    fn is_sane(&self) -> bool {
        let entry =
            |entry: &PackedEntry| entry.author.len() <= NAME_MOST && entry.text.len() <= ENTRY_MOST;
        let ascending =
            |pair: &[PackedPerson]| matches!(pair, [one, next] if one.number < next.number);
        let person = |one: &PackedPerson| {
            let fits = |contact: &Contact| contact.tidy().as_ref() == Some(contact);
            one.facts.capacity.len() <= CAPACITY_MOST && one.contact.as_ref().is_none_or(fits)
        };
        self.number.len() <= NAME_MOST
            && self.kind != Kind::Private
            && self.fields.iter().all(is_carried)
            && self.people.windows(2).all(ascending)
            && self.people.iter().all(person)
            && self.entries.iter().all(entry)
    }
}

/// A list that is refused before memory is taken for more than `MOST`.
fn at_most<'de, const MOST: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct Entries<const MOST: usize, T>(PhantomData<T>);
    impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for Entries<MOST, T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "at most {MOST} entries")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(entry) = entries.next_element()? {
                if list.len() == MOST {
                    return Err(A::Error::invalid_length(MOST + 1, &self));
                }
                list.push(entry);
            }
            Ok(list)
        }
    }
    deserializer.deserialize_seq(Entries::<MOST, T>(PhantomData))
}

/// Whether a field goes along, and fits.
#[must_use]
pub fn is_carried(field: &Field) -> bool {
    match field {
        Field::Federation(name) | Field::Sport(name) | Field::Club(name) => name.len() <= NAME_MOST,
        Field::FirstStory(text) | Field::Happened(text) | Field::Asked(text) => {
            text.len() <= TEXT_MOST
        }
        Field::Tags(tags) => {
            tags.len() <= TAGS_MOST && tags.iter().all(|tag| tag.len() <= TAG_MOST)
        }
        Field::Classification(Some((category, Some(sub)))) => {
            category.subcategories().contains(sub)
        }
        Field::Classification(_) | Field::Risk(_) | Field::Groups(_) | Field::Level(_) => true,
        Field::Kind(_) | Field::Status(_) | Field::Handler(_) | Field::Tier(_) => false,
    }
}

fn key(code: &Code, salt: [u8; 16]) -> Result<SecretKey<PackageKey>, PackageError> {
    let salt = [LABEL.as_bytes(), &salt].concat();
    let key = stretch(Profile::Words, code.expose(), &salt);
    key.map(|key| SecretKey::from_bytes(*key))
        .map_err(|_| PackageError::NoMemory)
}

fn context(salt: [u8; 16]) -> Vec<u8> {
    kdf::context(LABEL, &[&salt])
}

#[cfg(test)]
mod tests;
