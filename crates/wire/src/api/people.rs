//! Contact data of people in dossiers: sealed records, wraps, the relay's halves of their keys, and its word that they are gone.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Call, Caller, Done};
use crate::address::{DossierAddress, FrameHash, GenesisHash, PersonAddress};
use crate::time::UnixTime;

/// Puts one person's record with the relay's half of its key and the other half as wraps; what was there of them is destroyed. A conflict
/// unless `version` is the next one, or when the person was erased. The same bytes again are no fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonPut {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// Which person.
    pub person: PersonAddress,
    /// From 1.
    pub version: u32,
    /// Record frame of exactly [`crate::limits::PERSON_RECORD`] bytes.
    pub record: Vec<u8>,
    /// Wraps frame.
    pub wraps: Vec<u8>,
    /// The relay's half of the key. It never enters a database.
    pub share: [u8; 32],
}
call!(PersonPut => Done, "/api/1/dossier/person/put", Writer);

/// Replaces the wraps of a record, so that more devices can open it. A conflict unless the record has this version and `turn` is the
/// next one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonWrapsPut {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// Which person.
    pub person: PersonAddress,
    /// Version of the record.
    pub version: u32,
    /// From 1; the wraps that came with the record are turn 0.
    pub turn: u32,
    /// Wraps frame.
    pub wraps: Vec<u8>,
}
call!(PersonWrapsPut => Done, "/api/1/dossier/person/wraps/put", Writer);

/// Reads the wraps of a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonWrapsRead {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// Which person.
    pub person: PersonAddress,
}
/// Answer to [`PersonWrapsRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonWraps {
    /// Version of the record.
    pub version: u32,
    /// How often the wraps were replaced.
    pub turn: u32,
    /// Wraps frame.
    pub wraps: Vec<u8>,
}
call!(PersonWrapsRead => PersonWraps, "/api/1/dossier/person/wraps/read", Writer);

/// Reads the records of all people in a dossier, with the relay's halves of their keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeopleRead {
    /// Which dossier.
    pub dossier: DossierAddress,
}
/// What the relay has of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoredPerson {
    /// A record.
    Held {
        /// Which person.
        person: PersonAddress,
        /// Version of the record.
        version: u32,
        /// Record frame.
        record: Vec<u8>,
        /// The relay's half of the key.
        share: [u8; 32],
    },
    /// It was destroyed.
    Erased(ErasureReceipt),
}
/// Answer to [`PeopleRead`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeoplePage {
    /// In order of their addresses, at most [`crate::limits::PEOPLE`].
    pub people: Vec<StoredPerson>,
}
call!(PeopleRead => PeoplePage, "/api/1/dossier/people/read", Writer);

/// Destroys records, wraps and halves of keys at once, for good. Doing it twice is no fault, and gives the same receipts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeopleErase {
    /// Which dossier.
    pub dossier: DossierAddress,
    /// Who, at most [`crate::limits::PEOPLE`].
    pub people: Vec<PersonAddress>,
}
/// The relay's word that it destroyed what it had of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureReceipt {
    /// Which person.
    pub person: PersonAddress,
    /// Version of the record that went; 0 when there was none.
    pub version: u32,
    /// Hash of its frame; zeroes when there was none.
    pub record: FrameHash,
    /// When, to the hour.
    pub hour: UnixTime,
    /// The relay's signature (label `sluis/1/erased`) over [`ErasureReceipt::signed_bytes`].
    #[serde(with = "super::serde_bytes64")]
    pub signature: [u8; 64],
}
/// Answer to [`PeopleErase`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ErasureReceipts {
    /// One for each person, in the order of the request.
    pub receipts: Vec<ErasureReceipt>,
}
call!(PeopleErase => ErasureReceipts, "/api/1/dossier/people/erase", Steward);

impl ErasureReceipt {
    /// What is signed: `genesis 32 ‖ dossier 16 ‖ person 16 ‖ version 4 ‖ hash of the record 32 ‖ hour 8`, numbers big endian.
    #[must_use]
    pub fn signed_bytes(&self, genesis: &GenesisHash, dossier: &DossierAddress) -> Vec<u8> {
        let mut bytes = genesis.0.to_vec();
        bytes.extend_from_slice(&dossier.0);
        bytes.extend_from_slice(&self.person.0);
        bytes.extend_from_slice(&self.version.to_be_bytes());
        bytes.extend_from_slice(&self.record.0);
        bytes.extend_from_slice(&self.hour.0.to_be_bytes());
        bytes
    }
}
