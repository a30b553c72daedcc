//! Proof of work that makes a flood of messages cost memory and time, without knowing who sends.
//!
//! The relay hands out a [`Challenge`] and keeps nothing. The client finds [`PUZZLES`] nonces, each with `difficulty`
//! leading zero bits of `Argon2id(challenge ‖ puzzle ‖ nonce, 4 MiB, t=1)`, and a SHA-256 stamp over them that lets the relay turn
//! nonsense away before it spends a single memory-hard check (docs/protocol.md 5.2; decision 21).

use alloc::vec::Vec;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::time::UnixTime;

/// Puzzles in one proof: many small ones, so that the time spreads little.
pub const PUZZLES: usize = 8;
/// Leading zero bits of each puzzle when the relay is calm.
pub const DIFFICULTY: u8 = 4;
/// The most that a client lets a relay ask of it: 16 times the work of a calm day.
pub const DIFFICULTY_MOST: u8 = 8;
/// Leading zero bits of the SHA-256 stamp.
pub const STAMP_BITS: u8 = 12;
/// KiB of memory of one try.
const MEMORY_KIB: u32 = 4 * 1024;
/// Seconds in a challenge's bucket; a challenge is good in its own bucket and the next.
pub const BUCKET_SECONDS: u64 = 600;

/// What the relay hands out. The `mac` is the relay's own business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Start of the ten minutes in which it was handed out.
    pub bucket: UnixTime,
    /// Random; makes every challenge one of a kind.
    pub nonce: [u8; 16],
    /// Leading zero bits asked for.
    pub difficulty: u8,
    /// The relay's keyed hash over the fields above.
    pub mac: [u8; 32],
}

/// A solved challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The challenge, as handed out.
    pub challenge: Challenge,
    /// One nonce for each puzzle.
    pub nonces: [u32; PUZZLES],
    /// Makes the SHA-256 over everything above start with [`STAMP_BITS`] zero bits.
    pub stamp: u32,
}

/// Memory of one try, kept between tries.
pub struct Workbench(Vec<Block>);

impl Default for Workbench {
    fn default() -> Self {
        Self::new()
    }
}

impl Workbench {
    /// Room for one try: 4 MiB.
    #[must_use]
    pub fn new() -> Self {
        Self(alloc::vec![Block::default(); MEMORY_KIB as usize])
    }

    /// Whether `nonce` solves puzzle number `puzzle` of `challenge`. Costs 2 to 6 ms.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the parameters are refused, which fixed ones never are.
    pub fn try_nonce(
        &mut self,
        challenge: &Challenge,
        puzzle: u8,
        nonce: u32,
    ) -> Result<bool, Error> {
        let params = Params::new(MEMORY_KIB, 1, 1, Some(32)).map_err(|_| Error::Malformed)?;
        let mut input = challenge_bytes(challenge);
        input.push(puzzle);
        input.extend_from_slice(&nonce.to_be_bytes());
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(&input, b"sluis/1/pow", &mut out, &mut self.0)
            .map_err(|_| Error::Malformed)?;
        Ok(leading_zeros(&out) >= u32::from(challenge.difficulty))
    }

    /// Whether every puzzle is solved; the first wrong one ends the check. Check [`Solution::stamp_holds`] before.
    ///
    /// # Errors
    /// As [`Self::try_nonce`].
    pub fn check(&mut self, solution: &Solution) -> Result<bool, Error> {
        for (puzzle, nonce) in (0_u8..).zip(solution.nonces) {
            if !self.try_nonce(&solution.challenge, puzzle, nonce)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A search in progress, a try at a time, so that the caller can show progress and stop.
pub struct Search {
    challenge: Challenge,
    found: Vec<u32>,
    next: u32,
}

impl Search {
    /// Begins the search.
    ///
    /// # Errors
    /// [`Error::TooMuchWork`] when the relay asks for more than [`DIFFICULTY_MOST`].
    pub fn new(challenge: Challenge) -> Result<Self, Error> {
        if challenge.difficulty > DIFFICULTY_MOST {
            return Err(Error::TooMuchWork);
        }
        Ok(Self {
            challenge,
            found: Vec::with_capacity(PUZZLES),
            next: 0,
        })
    }

    /// Puzzles solved so far, of [`PUZZLES`].
    #[must_use]
    pub fn solved(&self) -> usize {
        self.found.len()
    }

    /// One try. `Some` when the last puzzle fell.
    ///
    /// # Errors
    /// As [`Workbench::try_nonce`].
    pub fn step(&mut self, bench: &mut Workbench) -> Result<Option<Solution>, Error> {
        let puzzle = u8::try_from(self.found.len()).map_err(|_| Error::Malformed)?;
        if bench.try_nonce(&self.challenge, puzzle, self.next)? {
            self.found.push(self.next);
            self.next = 0;
        } else {
            self.next = self.next.wrapping_add(1);
        }
        let Ok(nonces) = <[u32; PUZZLES]>::try_from(self.found.as_slice()) else {
            return Ok(None);
        };
        let mut solution = Solution {
            challenge: self.challenge.clone(),
            nonces,
            stamp: 0,
        };
        while !solution.stamp_holds() {
            solution.stamp = solution.stamp.wrapping_add(1);
        }
        Ok(Some(solution))
    }
}

impl Solution {
    /// The cheap check: SHA-256 over the solution starts with [`STAMP_BITS`] zero bits.
    #[must_use]
    pub fn stamp_holds(&self) -> bool {
        let mut hash = Sha256::new();
        hash.update(b"sluis/1/pow-stamp");
        hash.update(challenge_bytes(&self.challenge));
        for nonce in self.nonces {
            hash.update(nonce.to_be_bytes());
        }
        hash.update(self.stamp.to_be_bytes());
        leading_zeros(&hash.finalize()) >= u32::from(STAMP_BITS)
    }
}

/// The challenge as hashed: bucket 8 ‖ nonce 16 ‖ difficulty 1 ‖ mac 32.
fn challenge_bytes(challenge: &Challenge) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64);
    bytes.extend_from_slice(&challenge.bucket.0.to_be_bytes());
    bytes.extend_from_slice(&challenge.nonce);
    bytes.push(challenge.difficulty);
    bytes.extend_from_slice(&challenge.mac);
    bytes
}

fn leading_zeros(bytes: &[u8]) -> u32 {
    let mut count = 0;
    for byte in bytes {
        count += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    count
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn challenge(difficulty: u8) -> Challenge {
        Challenge {
            bucket: UnixTime(600),
            nonce: [7; 16],
            difficulty,
            mac: [9; 32],
        }
    }

    #[test]
    fn a_found_solution_passes_and_a_changed_one_does_not() {
        let mut bench = Workbench::new();
        let mut search = Search::new(challenge(2)).unwrap();
        let solution = loop {
            if let Some(solution) = search.step(&mut bench).unwrap() {
                break solution;
            }
        };
        assert!(solution.stamp_holds());
        assert_eq!(bench.check(&solution), Ok(true));
        let mut other = solution.clone();
        other.challenge.nonce = [8; 16];
        assert!(!other.stamp_holds() || bench.check(&other) == Ok(false));
    }

    #[test]
    fn a_relay_cannot_ask_for_endless_work() {
        assert!(matches!(
            Search::new(challenge(DIFFICULTY_MOST + 1)),
            Err(Error::TooMuchWork)
        ));
    }
}
