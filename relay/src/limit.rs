//! What the relay remembers for a short while, in memory only and without addresses: used proofs, and wrong set-up codes.

use std::collections::{BTreeMap, HashSet};
use std::sync::Mutex;

use sluis_wire::time::UnixTime;

/// Wrong set-up codes that one minute may hold.
const WRONG_CODES: u32 = 5;
const MINUTE: u64 = 60;

/// The nonces of proofs, until the proofs expire.
#[derive(Debug, Default)]
pub(crate) struct Nonces(Mutex<BTreeMap<UnixTime, HashSet<[u8; 16]>>>);

impl Nonces {
    /// Remembers a nonce; whether it was new.
    pub(crate) fn remember(&self, nonce: [u8; 16], expiry: UnixTime, now: UnixTime) -> bool {
        let Ok(mut known) = self.0.lock() else {
            return false;
        };
        *known = known.split_off(&now);
        known.entry(expiry).or_default().insert(nonce)
    }
}

/// Counts wrong set-up codes by the minute.
#[derive(Debug, Default)]
pub(crate) struct WrongCodes(Mutex<(u64, u32)>);

impl WrongCodes {
    /// Whether another try may be looked at.
    pub(crate) fn may_try(&self, now: UnixTime) -> bool {
        self.0
            .lock()
            .is_ok_and(|count| count.0 != now.0 / MINUTE || count.1 < WRONG_CODES)
    }

    /// Takes note of a wrong one.
    pub(crate) fn note(&self, now: UnixTime) {
        if let Ok(mut count) = self.0.lock() {
            let minute = now.0 / MINUTE;
            *count = if count.0 == minute {
                (minute, count.1 + 1)
            } else {
                (minute, 1)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_new_once() {
        let nonces = Nonces::default();
        assert!(nonces.remember([1; 16], UnixTime(30), UnixTime(0)));
        assert!(!nonces.remember([1; 16], UnixTime(30), UnixTime(30)));
        assert!(nonces.remember([2; 16], UnixTime(30), UnixTime(30)));
    }

    #[test]
    fn forgotten_nonces_belong_to_expired_proofs() {
        let nonces = Nonces::default();
        nonces.remember([1; 16], UnixTime(30), UnixTime(0));
        nonces.remember([2; 16], UnixTime(90), UnixTime(31));
        assert_eq!(nonces.0.lock().map(|known| known.len()).ok(), Some(1));
    }

    #[test]
    fn five_wrong_codes_close_the_minute() {
        let codes = WrongCodes::default();
        for _ in 0..WRONG_CODES {
            assert!(codes.may_try(UnixTime(120)));
            codes.note(UnixTime(120));
        }
        assert!(!codes.may_try(UnixTime(179)));
        assert!(codes.may_try(UnixTime(180)));
    }
}
