//! The gate in front of the intake queue: challenges without state, cheap checks first, memory-hard checks one at a time (decision 21).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use sluis_directory::signature::SigningKey;
use sluis_wire::api::{IntakeLane as Lane, Problem};
use sluis_wire::limits::INTAKE_WAITING;
use sluis_wire::pow::{BUCKET_SECONDS, Challenge, DIFFICULTY_MOST, Solution, Workbench};
use sluis_wire::time::UnixTime;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::chance;
use crate::error::Refusal;

/// Extra bits of work for the second lane.
const SECOND_LANE: u8 = 3;
/// Checks that may wait for their turn, the running one included.
const QUEUE: usize = 16;
/// Buckets in which a challenge is good: its own and the next.
const BUCKETS: u64 = 2;

/// A challenge's keyed hash, and the hash of the envelope that it paid for.
type Spent = HashMap<[u8; 32], [u8; 32]>;

/// Hands out challenges and checks solutions.
pub(crate) struct Gate {
    secret: Zeroizing<[u8; 32]>,
    calm: u8,
    turns: Semaphore,
    queue: Semaphore,
    bench: Arc<Mutex<Option<Workbench>>>,
    /// Used solutions by bucket.
    spent: Mutex<BTreeMap<UnixTime, Spent>>,
}

impl Gate {
    /// A gate that asks for `calm` leading zero bits while little is waiting. Its keys derive from the relay's own, so that work done before a
    /// restart still counts after it.
    #[must_use]
    pub(crate) fn new(relay_key: &SigningKey, calm: u8) -> Self {
        let secret = keyed(relay_key.expose_seed(), &[b"sluis/1/challenge-key"]);
        Self {
            secret: Zeroizing::new(secret),
            calm: calm.min(DIFFICULTY_MOST),
            turns: Semaphore::new(1),
            queue: Semaphore::new(QUEUE),
            bench: Arc::new(Mutex::new(None)),
            spent: Mutex::default(),
        }
    }

    /// A new challenge, while `waiting` entries stand in the first lane.
    #[must_use]
    pub(crate) fn challenge(&self, waiting: u64, now: UnixTime) -> Challenge {
        let (bucket, nonce) = (bucket_of(now), chance::bytes());
        let difficulty = self.difficulty(waiting);
        Challenge {
            bucket,
            nonce,
            difficulty,
            mac: self.mac(bucket, nonce, difficulty),
        }
    }

    /// The lane that a challenge of this difficulty pays for, while `waiting` entries stand in the first lane.
    ///
    /// # Errors
    /// [`Problem::WorkWrong`] when the first lane is full and the second costs more: a new challenge asks for enough.
    pub(crate) fn lane(&self, challenge: &Challenge, waiting: u64) -> Result<Lane, Refusal> {
        if !is_full(waiting) {
            return Ok(Lane::First);
        }
        if challenge.difficulty >= self.second() {
            Ok(Lane::Second)
        } else {
            Err(Problem::WorkWrong.into())
        }
    }

    /// Checks a solution and spends it on the envelope with this hash. The same envelope may be sent again with the same solution.
    ///
    /// # Errors
    /// [`Problem::WorkWrong`], or [`Problem::Busy`] when too many checks wait.
    pub(crate) async fn spend(
        &self,
        solution: &Solution,
        envelope: [u8; 32],
        now: UnixTime,
    ) -> Result<(), Refusal> {
        let challenge = &solution.challenge;
        let mac = self.mac(challenge.bucket, challenge.nonce, challenge.difficulty);
        let ours = bool::from(subtle::ConstantTimeEq::ct_eq(&mac[..], &challenge.mac[..]));
        let age = bucket_of(now).since(challenge.bucket);
        let fresh = challenge.bucket <= bucket_of(now) && age < BUCKETS * BUCKET_SECONDS;
        if !ours || !fresh || !solution.stamp_holds() {
            return Err(Problem::WorkWrong.into());
        }
        if self.spent_on(challenge) == Some(envelope) {
            return Ok(());
        }
        let _place = self.queue.try_acquire().map_err(|_| Problem::Busy)?;
        let _turn = self.turns.acquire().await.map_err(|_| Problem::Busy)?;
        if !self.check(solution.clone()).await? {
            return Err(Problem::WorkWrong.into());
        }
        self.note(challenge, envelope, now)
    }

    fn difficulty(&self, waiting: u64) -> u8 {
        let half_full =
            is_full(waiting.saturating_mul(2)) || self.queue.available_permits() < QUEUE / 2;
        if is_full(waiting) {
            self.second()
        } else {
            self.calm
                .saturating_add(u8::from(half_full))
                .min(DIFFICULTY_MOST)
        }
    }

    fn second(&self) -> u8 {
        self.calm.saturating_add(SECOND_LANE).min(DIFFICULTY_MOST)
    }

    fn mac(&self, bucket: UnixTime, nonce: [u8; 16], difficulty: u8) -> [u8; 32] {
        let bucket_key = Zeroizing::new(keyed(&self.secret, &[&bucket.0.to_be_bytes()]));
        keyed(&bucket_key, &[&nonce, &[difficulty]])
    }

    /// Runs beside the other requests: this is some 15 ms of work.
    async fn check(&self, solution: Solution) -> Result<bool, Refusal> {
        let bench = Arc::clone(&self.bench);
        let check = move || {
            let mut bench = bench.lock().map_err(|_| Problem::Internal)?;
            bench
                .get_or_insert_with(Workbench::new)
                .check(&solution)
                .map_err(|_| Problem::Malformed)
        };
        Ok(tokio::task::spawn_blocking(check)
            .await
            .map_err(|_| Problem::Internal)??)
    }

    fn spent_on(&self, challenge: &Challenge) -> Option<[u8; 32]> {
        self.spent
            .lock()
            .ok()?
            .get(&challenge.bucket)?
            .get(&challenge.mac)
            .copied()
    }

    fn note(
        &self,
        challenge: &Challenge,
        envelope: [u8; 32],
        now: UnixTime,
    ) -> Result<(), Refusal> {
        let mut spent = self.spent.lock().map_err(|_| Problem::Internal)?;
        let oldest = UnixTime(
            bucket_of(now)
                .0
                .saturating_sub((BUCKETS - 1) * BUCKET_SECONDS),
        );
        *spent = spent.split_off(&oldest);
        let bucket = spent.entry(challenge.bucket).or_default();
        if *bucket.entry(challenge.mac).or_insert(envelope) == envelope {
            Ok(())
        } else {
            Err(Problem::WorkWrong.into())
        }
    }
}

fn is_full(waiting: u64) -> bool {
    usize::try_from(waiting).unwrap_or(usize::MAX) >= INTAKE_WAITING
}

fn bucket_of(now: UnixTime) -> UnixTime {
    UnixTime(now.0 - now.0 % BUCKET_SECONDS)
}

/// HMAC-SHA-256 over the parts, one after another; each use has parts of fixed length.
pub(crate) fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use sluis_wire::pow::Search;

    use super::*;

    const NOW: UnixTime = UnixTime(1_800_000_000);

    fn gate() -> Gate {
        Gate::new(&SigningKey::from_seed([5; 32]), 0)
    }

    fn solve(challenge: Challenge) -> Solution {
        let (mut bench, mut search) = (Workbench::new(), Search::new(challenge).unwrap());
        loop {
            if let Some(solution) = search.step(&mut bench).unwrap() {
                return solution;
            }
        }
    }

    #[tokio::test]
    async fn a_solution_pays_for_one_envelope() {
        let gate = gate();
        let solution = solve(gate.challenge(0, NOW));
        assert_eq!(gate.spend(&solution, [1; 32], NOW).await, Ok(()));
        assert_eq!(gate.spend(&solution, [1; 32], NOW).await, Ok(()));
        assert_eq!(
            gate.spend(&solution, [2; 32], NOW).await,
            Err(Problem::WorkWrong.into())
        );
    }

    #[tokio::test]
    async fn a_challenge_is_good_in_two_buckets_and_after_a_restart() {
        let solution = solve(gate().challenge(0, NOW));
        let bucket = bucket_of(NOW);
        for (late, expected) in [
            (2 * BUCKET_SECONDS - 1, Ok(())),
            (2 * BUCKET_SECONDS, Err(Problem::WorkWrong.into())),
        ] {
            assert_eq!(
                gate().spend(&solution, [1; 32], bucket.plus(late)).await,
                expected
            );
        }
    }

    #[tokio::test]
    async fn a_challenge_of_another_making_is_refused() {
        let mut challenge = gate().challenge(0, NOW);
        challenge.nonce = [0; 16];
        assert_eq!(
            gate().spend(&solve(challenge), [1; 32], NOW).await,
            Err(Problem::WorkWrong.into())
        );
        let other = Gate::new(&SigningKey::from_seed([6; 32]), 0).challenge(0, NOW);
        assert_eq!(
            gate().spend(&solve(other), [1; 32], NOW).await,
            Err(Problem::WorkWrong.into())
        );
    }

    #[tokio::test]
    async fn who_finds_the_line_full_is_told_so_at_once() {
        let gate = gate();
        let solution = solve(gate.challenge(0, NOW));
        let line = gate
            .queue
            .try_acquire_many(u32::try_from(QUEUE).unwrap())
            .unwrap();
        assert_eq!(
            gate.spend(&solution, [1; 32], NOW).await,
            Err(Problem::Busy.into())
        );
        assert_eq!(
            gate.challenge(0, NOW).difficulty,
            1,
            "and new work costs more meanwhile"
        );
        drop(line);
        assert_eq!(gate.spend(&solution, [1; 32], NOW).await, Ok(()));
    }

    #[test]
    fn work_rises_with_what_waits() {
        let gate = Gate::new(&SigningKey::from_seed([5; 32]), 4);
        let asked = |waiting| gate.challenge(waiting, NOW).difficulty;
        assert_eq!(
            [asked(0), asked(999), asked(1_000), asked(2_000)],
            [4, 4, 5, 7]
        );
        let (calm, full) = (gate.challenge(0, NOW), gate.challenge(2_000, NOW));
        assert_eq!(gate.lane(&calm, 1_999), Ok(Lane::First));
        assert_eq!(gate.lane(&calm, 2_000), Err(Problem::WorkWrong.into()));
        assert_eq!(gate.lane(&full, 2_000), Ok(Lane::Second));
    }
}
