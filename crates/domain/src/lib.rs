//! The dossier as data and rules. No I/O, clock, chance, keys or async.
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

pub mod vocabulary;
