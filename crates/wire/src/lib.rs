//! All that the relay may see: addresses, opaque envelopes, interface types, codec, limits and proof of work.
//!
//! This crate must never hold a key or open anything: what it cannot do, the relay cannot do either.
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

pub mod address;
pub mod api;
pub mod capability;
pub mod codec;
pub mod envelope;
pub mod error;
pub mod frame;
pub mod limits;
pub mod pow;
pub mod time;

pub use error::Error;
