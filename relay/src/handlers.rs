//! One thin file for each resource: take what is proven, decide, one call on the store, answer.

pub(crate) mod board;
pub(crate) mod changes;
pub(crate) mod directory;
pub(crate) mod dossier;
pub(crate) mod figure;
pub(crate) mod file;
pub(crate) mod intake;
pub(crate) mod person;
pub(crate) mod rendezvous;
pub(crate) mod setup;
pub(crate) mod snapshot;
pub(crate) mod statement;
