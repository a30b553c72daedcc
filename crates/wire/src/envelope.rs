//! The bodies of frames that the relay handles: what stands outside the sealed bytes, and nothing else.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::address::{CapabilityKey, DossierAddress, FrameHash, TeamId};
use crate::time::Week;

/// Body of an intake frame (type 0x0501). The frame is exactly [`crate::limits::INTAKE_ENTRY`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeEnvelope {
    /// SHA-256 of the delete secret inside: only who could open it can delete it.
    pub delete_hash: [u8; 32],
    /// Week of the intake key that it is sealed to.
    pub week: Week,
    /// Length of the directory log that the reporter's snapshot stood at.
    pub dir_seq: u64,
    /// HPKE base mode: encapsulated key, then ciphertext.
    pub sealed: Vec<u8>,
}

/// Body of a board frame (type 0x0502). The frame is exactly [`crate::limits::BOARD_ENTRY`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardEnvelope {
    /// Where it lies.
    pub tag: crate::address::BoardTag,
    /// HPKE PSK mode: encapsulated key, then ciphertext.
    pub sealed: Vec<u8>,
}

/// Body of a wraps frame (type 0x0401): one epoch's keys, sealed for each recipient, filled up with random slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapSet {
    /// 8, 16, 32 or 64 slots of equal length; which slot is whose stands nowhere.
    pub slots: Vec<Vec<u8>>,
}

/// Body of a control frame (type 0x0402): one link of a dossier's control chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlEnvelope {
    /// The dossier.
    pub dossier: DossierAddress,
    /// Place in the chain, from 0.
    pub number: u64,
    /// Hash of the frame before it; zeroes for number 0.
    pub prev: FrameHash,
    /// The epoch that holds from this entry on.
    pub epoch: u32,
    /// Who signs with its secret half may read the events.
    pub read_key: CapabilityKey,
    /// Who signs with its secret half may append events and `Rotate`.
    pub write_key: CapabilityKey,
    /// Who signs with its secret half may append control entries.
    pub steward_key: CapabilityKey,
    /// Hash of the wraps frame of this epoch.
    pub wraps: FrameHash,
    /// Chunked encryption of the signed control body.
    pub sealed: Vec<u8>,
}

/// Body of a frame with a row of the figures (type 0x0901). The frame is exactly [`crate::limits::FIGURE`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureEnvelope {
    /// The team of the centre whose content key it is sealed to: the same for all rows of a deployment.
    pub team: TeamId,
    /// Epoch of that key: 4 bytes, so that the frame has its one size.
    pub epoch: [u8; 4],
    /// HPKE base mode: encapsulated key, then ciphertext.
    pub sealed: Vec<u8>,
}

/// Body of an event frame (type 0x0403).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventEnvelope {
    /// The dossier.
    pub dossier: DossierAddress,
    /// The epoch whose key sealed it.
    pub epoch: u32,
    /// Chunked encryption of the padded, signed event.
    pub sealed: Vec<u8>,
}
