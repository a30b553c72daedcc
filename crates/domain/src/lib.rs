//! The dossier as data and rules. No I/O, clock, chance, keys or async.
//!
//! Facts stand in the past tense ([`event`]), in a log that is linked by digests ([`log`]); folding the log gives the
//! state ([`dossier`]); a wish becomes a fact or is refused ([`command`]); screens read projections ([`view`]) and look through all text ([`search`]).
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

pub mod classes;
pub mod command;
pub mod conflict;
pub mod dossier;
pub mod event;
pub mod figures;
pub mod file;
pub mod ids;
pub mod log;
pub mod people;
pub mod retention;
pub mod search;
pub mod view;
pub mod vocabulary;
