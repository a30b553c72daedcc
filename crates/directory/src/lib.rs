//! The signed public log: organisations, members, devices, teams, witnesses; the statements and snapshots beside it.
//!
//! Relay and clients run the same checks. This crate verifies signatures and opens nothing: it names no decryption.
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

pub mod entry;
pub mod signature;
pub mod snapshot;
pub mod statement;
