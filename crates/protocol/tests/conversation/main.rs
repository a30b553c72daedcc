//! The anonymous conversation, both ways.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod board;
mod intake;
mod scene;
mod unlinkable;
mod vectors;
