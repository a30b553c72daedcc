//! Keys and envelopes: everything that seals, opens, derives or stretches.
//!
//! Sans-IO: time and randomness are arguments. Nothing here touches a clock, a network or a disk, and no secret
//! leaves it but by name (`expose…`).
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

pub mod contact;
pub mod conversation;
pub mod dossier;
pub mod engine;
pub mod error;
pub mod figure;
pub mod file;
pub mod founding;
pub mod package;
pub mod padding;
pub mod pairing;
pub mod primitives;
pub mod shamir;
pub mod sheet;
pub mod staff;
pub mod vault;
pub mod words;

pub use error::Error;
