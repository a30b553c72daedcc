//! What the relay remembers for a short while, in memory only and without addresses: used proofs, wrong set-up codes, how much staff
//! made within the hour, and what new devices leave for those who let them in.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Mutex;

use sluis_wire::api::Problem;
use sluis_wire::limits::{RENDEZVOUS_SECONDS, RENDEZVOUS_SLOTS, REPLIES_ON_PAGE};
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

/// What staff made within the hour (decision 18): whoever has the staff capability, or stole it, fills neither the disk nor a page.
#[derive(Debug, Default)]
pub(crate) struct Quotas(Mutex<Made>);

/// What was made in one hour.
#[derive(Debug, Default)]
struct Made {
    hour: u64,
    dossiers: u32,
    replies: u32,
    figures: u32,
    pages: HashMap<u16, u32>,
}

impl Quotas {
    /// Counts a dossier.
    ///
    /// # Errors
    /// [`Problem::Busy`] when `most` were made in this hour.
    pub(crate) fn dossier(&self, most: u32, now: UnixTime) -> Result<(), Problem> {
        self.count(now, |made| one_more(&mut made.dossiers, most))
    }

    /// Counts a row of the figures.
    ///
    /// # Errors
    /// [`Problem::Busy`] when `most` were put in this hour.
    pub(crate) fn figure(&self, most: u32, now: UnixTime) -> Result<(), Problem> {
        self.count(now, |made| one_more(&mut made.figures, most))
    }

    /// Counts a reply on a page of the board.
    ///
    /// # Errors
    /// [`Problem::Busy`] when `most` were posted in this hour, or [`REPLIES_ON_PAGE`] on this page.
    pub(crate) fn reply(&self, page: u16, most: u32, now: UnixTime) -> Result<(), Problem> {
        self.count(now, |made| {
            let on_page = made.pages.entry(page).or_default();
            *on_page < REPLIES_ON_PAGE && one_more(&mut made.replies, most) && {
                *on_page += 1;
                true
            }
        })
    }

    fn count(&self, now: UnixTime, fits: impl FnOnce(&mut Made) -> bool) -> Result<(), Problem> {
        let mut made = self.0.lock().map_err(|_| Problem::Internal)?;
        let hour = now.to_hour().0;
        if made.hour != hour {
            *made = Made {
                hour,
                ..Made::default()
            };
        }
        fits(&mut made).then_some(()).ok_or(Problem::Busy)
    }
}

fn one_more(count: &mut u32, most: u32) -> bool {
    *count < most && {
        *count += 1;
        true
    }
}

/// What new devices left in their slots.
#[derive(Debug, Default)]
pub(crate) struct Slots(Mutex<HashMap<[u8; 16], Left>>);

/// When it goes, and what it is.
type Left = (UnixTime, Vec<u8>);

impl Slots {
    /// What lies in a slot; empty when there is nothing.
    pub(crate) fn read(&self, slot: [u8; 16], now: UnixTime) -> Vec<u8> {
        let Ok(slots) = self.0.lock() else {
            return Vec::new();
        };
        let held = slots.get(&slot).filter(|(end, _)| now < *end);
        held.map(|(_, request)| request.clone()).unwrap_or_default()
    }

    /// Leaves something in a slot. The first writer has it.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when something else lies there, [`Problem::Busy`] when all slots are taken.
    pub(crate) fn put(
        &self,
        slot: [u8; 16],
        request: Vec<u8>,
        now: UnixTime,
    ) -> Result<(), Problem> {
        let mut slots = self.0.lock().map_err(|_| Problem::Internal)?;
        slots.retain(|_, (end, _)| now < *end);
        match slots.get(&slot) {
            Some((_, held)) if *held == request => Ok(()),
            Some(_) => Err(Problem::Conflict),
            None if slots.len() >= RENDEZVOUS_SLOTS => Err(Problem::Busy),
            None => {
                slots.insert(slot, (now.plus(RENDEZVOUS_SECONDS), request));
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_belong_to_the_first_writer_end_and_are_counted() {
        let slots = Slots::default();
        let at = |seconds: u64| UnixTime(1_000 + seconds);
        let name = |n: usize| (n as u128).to_be_bytes();
        assert_eq!(slots.put(name(0), vec![1], at(0)), Ok(()));
        assert_eq!(slots.put(name(0), vec![1], at(9)), Ok(()));
        assert_eq!(slots.put(name(0), vec![2], at(9)), Err(Problem::Conflict));
        assert_eq!(slots.read(name(0), at(599)), [1]);
        assert!(slots.read(name(0), at(600)).is_empty());
        assert!(slots.read(name(1), at(0)).is_empty());
        for n in 1..RENDEZVOUS_SLOTS {
            assert_eq!(slots.put(name(n), vec![1], at(1)), Ok(()));
        }
        assert_eq!(slots.put(name(9_999), vec![1], at(1)), Err(Problem::Busy));
        assert_eq!(slots.put(name(9_999), vec![1], at(601)), Ok(()));
        assert_eq!(slots.0.lock().map(|held| held.len()).ok(), Some(1));
    }

    #[test]
    fn an_hour_holds_so_many_dossiers_and_the_next_hour_as_many_again() {
        let (quotas, hour) = (Quotas::default(), UnixTime(7_200));
        assert_eq!(quotas.dossier(2, hour), Ok(()));
        assert_eq!(quotas.dossier(2, hour.plus(3_599)), Ok(()));
        assert_eq!(quotas.dossier(2, hour.plus(3_599)), Err(Problem::Busy));
        assert_eq!(quotas.dossier(2, hour.plus(3_600)), Ok(()));
    }

    #[test]
    fn a_full_page_leaves_the_others_alone() {
        let (quotas, hour) = (Quotas::default(), UnixTime(7_200));
        for _ in 0..REPLIES_ON_PAGE {
            assert_eq!(quotas.reply(1, u32::MAX, hour), Ok(()));
        }
        assert_eq!(quotas.reply(1, u32::MAX, hour), Err(Problem::Busy));
        assert_eq!(quotas.reply(2, REPLIES_ON_PAGE + 1, hour), Ok(()));
        assert_eq!(
            quotas.reply(2, REPLIES_ON_PAGE + 1, hour),
            Err(Problem::Busy)
        );
    }

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
