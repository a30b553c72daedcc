//! Shamir's secret sharing over GF(256), two of three, fixed (docs/protocol.md 4.7).
//!
//! Each byte has a line of its own through the secret at 0, with a slope that is uniform over all 256 values, zero included (pitfall P17);
//! share `x` is its value at `x` = 1, 2 or 3. One share says nothing.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Bytes of the secret and of each share.
pub const SECRET: usize = 32;

/// The three shares of a secret, for `x` = 1, 2 and 3.
#[must_use]
pub fn split(secret: &[u8; SECRET], rng: &mut impl CryptoRng) -> [Zeroizing<[u8; SECRET]>; 3] {
    let mut slope = Zeroizing::new([0; SECRET]);
    rng.fill_bytes(slope.as_mut_slice());
    [1, 2, 3].map(|x| {
        let mut share = Zeroizing::new(*secret);
        for (byte, slope) in share.iter_mut().zip(slope.iter()) {
            *byte ^= times(*slope, x);
        }
        share
    })
}

/// The secret of two shares, each with its `x`; `None` when these are not two different ones of 1, 2 and 3.
/// Shares of different secrets give a third one.
#[must_use]
pub fn join(
    (x, one): (u8, &[u8; SECRET]),
    (y, other): (u8, &[u8; SECRET]),
) -> Option<Zeroizing<[u8; SECRET]>> {
    if x == y || !(1..=3).contains(&x) || !(1..=3).contains(&y) {
        return None;
    }
    // The line through both, at 0: (one · y + other · x) / (x + y).
    let scale = inverse(x ^ y);
    let mut secret = Zeroizing::new([0; SECRET]);
    for ((byte, one), other) in secret.iter_mut().zip(one).zip(other) {
        *byte = times(times(*one, y) ^ times(*other, x), scale);
    }
    Some(secret)
}

/// Product modulo x⁸ + x⁴ + x³ + x + 1. Takes no longer for one value than for another: no table, no branch on a secret.
fn times(left: u8, right: u8) -> u8 {
    let (mut product, mut left) = (0, left);
    for bit in 0..8 {
        product ^= left & 0_u8.wrapping_sub(right >> bit & 1);
        left = left << 1 ^ (0x1b & 0_u8.wrapping_sub(left >> 7));
    }
    product
}

/// `value` to the power of 254.
fn inverse(value: u8) -> u8 {
    let (mut power, mut square) = (1, value);
    for _ in 0..7 {
        square = times(square, square);
        power = times(power, square);
    }
    power
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

    use super::*;

    #[test]
    fn products_are_those_of_fips_197() {
        assert_eq!(times(0x57, 0x83), 0xc1);
        assert_eq!(times(0x57, 0x13), 0xfe);
        for value in 1..=255 {
            assert_eq!(times(value, inverse(value)), 1);
            assert_eq!(times(value, 0), 0);
            assert_eq!(times(value, 1), value);
        }
    }

    #[test]
    fn any_two_shares_give_the_secret_and_other_numbers_nothing() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for _ in 0..500 {
            let mut secret = [0; SECRET];
            rng.fill_bytes(&mut secret);
            let shares = split(&secret, &mut rng);
            for x in 1..=3_u8 {
                for y in 1..=3_u8 {
                    let (one, other) = (&shares[usize::from(x) - 1], &shares[usize::from(y) - 1]);
                    let joined = join((x, one), (y, other));
                    assert_eq!(joined.as_deref(), (x != y).then_some(&secret));
                }
            }
            assert!(join((0, &shares[0]), (1, &shares[0])).is_none());
            assert!(join((4, &shares[0]), (1, &shares[0])).is_none());
        }
    }

    #[test]
    fn frozen_shares_open() {
        // By hand: secret 00 01 … 1f, slopes the same with bit 5 set.
        let secret: [u8; SECRET] = core::array::from_fn(|place| u8::try_from(place).unwrap());
        let first: [u8; SECRET] = [0x20; SECRET];
        let second: [u8; SECRET] = core::array::from_fn(|place| {
            let place = u8::try_from(place).unwrap();
            0x40 | place ^ place << 1
        });
        assert_eq!(*join((1, &first), (2, &second)).unwrap(), secret);
        let mut rng = ChaCha20Rng::from_seed([9; 32]);
        let shares = split(&secret, &mut rng);
        let begin = shares.map(|share| share[..4].to_vec());
        assert_eq!(begin, FROZEN);
    }

    /// First bytes of the shares of that secret with chance from the seed 09…09.
    const FROZEN: [[u8; 4]; 3] = [
        [242, 166, 107, 131],
        [255, 84, 208, 24],
        [13, 243, 185, 152],
    ];

    #[test]
    fn the_bytes_of_one_share_are_uniform() {
        // Chi-square with 255 degrees of freedom: 350 is passed by chance less than once in 10,000 times.
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        for secret in [[0; SECRET], [0xff; SECRET]] {
            let mut counts = [[0_u32; 256]; 3];
            let rounds = 4_000;
            for _ in 0..rounds {
                for (share, counts) in split(&secret, &mut rng).iter().zip(&mut counts) {
                    for byte in share.iter() {
                        counts[usize::from(*byte)] += 1;
                    }
                }
            }
            let expected = f64::from(rounds) * 32.0 / 256.0;
            for counts in counts {
                let chi: f64 = counts
                    .iter()
                    .map(|count| (f64::from(*count) - expected).powi(2) / expected)
                    .sum();
                assert!((180.0..350.0).contains(&chi), "{chi}");
            }
        }
    }
}
