//! What the directory accepts and refuses: one test program, so that it links once.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests: a failure is a failed test"
)]

mod classes;
mod devices;
mod evidence;
mod members;
mod office;
mod organisations;
mod places;
mod properties;
mod snapshots;
mod statements;
mod vectors;
mod world;
