//! Tests of dossiers against a relay that lies, colleagues who cheat, and chance.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

extern crate std;

mod address;
mod control;
mod events;
mod export;
mod insiders;
mod random;
mod revoked;
mod store;
mod vectors;
mod world;

/// Whether everything is to be tried, not only a part.
fn all() -> bool {
    std::env::var_os("SLUIS_ALL").is_some()
}
