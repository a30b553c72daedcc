//! The signed public log: organisations, members, devices, teams, witnesses; the statements and snapshots beside it.
//!
//! Relay and clients run the same checks. This crate verifies signatures and opens nothing: it names no decryption.
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

pub mod capability;
pub mod class;
pub mod entry;
pub mod error;
pub mod evidence;
pub mod limits;
pub mod log;
pub mod maker;
mod quorum;
pub mod signature;
pub mod snapshot;
pub mod statement;
mod untrusted;

use sluis_wire::address::FrameHash;

pub use error::Error;
pub use log::Directory;
pub use statement::Statement;
pub use untrusted::Untrusted;

/// What stands where there is no frame before.
pub const ZERO_HASH: FrameHash = FrameHash([0; FrameHash::LENGTH]);

/// SHA-256 (FIPS 180-4) of a whole frame as received, signatures included.
#[must_use]
pub fn frame_hash(frame: &[u8]) -> FrameHash {
    use sha2::Digest as _;
    FrameHash(sha2::Sha256::digest(frame).into())
}
