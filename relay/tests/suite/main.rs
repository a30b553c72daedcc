//! What the relay answers and what it refuses: requests straight into `router()`, and a few with the real program.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests: a failure is a failed test"
)]

mod directory;
mod dossiers;
mod figures;
mod files;
mod pages;
mod people;
mod process;
mod proofs;
mod rendezvous;
mod reporter;
mod setup;
mod stream;
mod world;
