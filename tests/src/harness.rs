//! A world to test in: [`World`] is the relay, [`Desk`] a staff device, [`Reporter`] somebody who writes.

mod desk;
mod files;
mod reporter;
mod world;

pub use desk::{Desk, STEPS_MOST, Shelf};
pub use files::{Packed, of, opener, packed, send_pieces};
pub use reporter::{Failed, Reporter, solve};
pub use world::{
    Clock, Founding, People, START, Transport, World, body_of, decode, found, one_person, plan,
    two_people,
};

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// Randomness that a number decides.
pub type Chance = ChaCha20Rng;

/// Randomness number `seed`.
#[must_use]
pub fn chance(seed: u64) -> Chance {
    ChaCha20Rng::seed_from_u64(seed)
}
