//! One person's contact data for a day on the road (decision 36): the relay's half lies in the vault, under the key of the month.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::ids::PersonId;
use sluis_wire::address::DossierAddress;
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime};
use zeroize::Zeroizing;

use super::{Key, Opened};
use crate::engine::{ActError, Engine, rows};
use crate::primitives::chunked;

/// Seconds that a pin lasts.
const LASTS: u64 = DAY;

/// A record that is kept here until its time is over.
pub(super) struct Pin {
    pub(super) until: UnixTime,
    version: u32,
    record: Vec<u8>,
    share: Zeroizing<[u8; 32]>,
}

impl Engine {
    /// Keeps what it takes to reach somebody on this device for a day, so that it opens without a connection.
    ///
    /// # Errors
    /// [`ActError::NotReady`] when it is not open here.
    pub fn pin_contact(
        &mut self,
        address: DossierAddress,
        id: PersonId,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let key = (address, id);
        let opened = self.contacts.open.get(&key).ok_or(ActError::NotReady)?;
        let month = self.months.last().ok_or(ActError::NotReady)?;
        let until = now.plus(LASTS);
        let pin = Pin {
            until,
            version: opened.version,
            record: opened.record.clone(),
            share: opened.share.clone(),
        };
        let share = chunked::seal(
            &rows::month_row(month),
            &rows::pin_context(&key, pin.version),
            pin.share.as_slice(),
            rng,
        );
        let value = codec::encode(&(until, pin.version, month.period, &pin.record, share));
        self.put(rows::PINNED, &rows::person_key(&key), Zeroizing::new(value));
        self.contacts.pins.insert(key, pin);
        self.touched.insert(address);
        Ok(())
    }

    /// Until when somebody's contact data is kept here.
    #[must_use]
    pub fn pinned(&self, address: &DossierAddress, id: &PersonId) -> Option<UnixTime> {
        let pin = self.contacts.pins.get(&(*address, *id));
        pin.map(|pin| pin.until)
    }

    /// A pin whose key of the month is gone is over.
    pub(in crate::engine) fn load_pin(&mut self, row_key: &[u8], value: &[u8]) {
        match self.open_pin(row_key, value) {
            Some((key, pin)) => {
                self.contacts.pins.insert(key, pin);
            }
            None => self.forget(rows::PINNED, row_key),
        }
    }

    fn open_pin(&self, row_key: &[u8], value: &[u8]) -> Option<(Key, Pin)> {
        type Row = (UnixTime, u32, u32, Vec<u8>, Vec<u8>);
        let key: Key = codec::decode(row_key, 64).ok()?;
        let (until, version, period, record, sealed): Row = codec::decode(value, 8_192).ok()?;
        let month = self.months.iter().find(|month| month.period == period)?;
        let context = rows::pin_context(&key, version);
        let share = chunked::open(&rows::month_row(month), &context, &sealed).ok()?;
        let share = Zeroizing::new(<[u8; 32]>::try_from(share.as_slice()).ok()?);
        let pin = Pin {
            until,
            version,
            record,
            share,
        };
        Some((key, pin))
    }

    /// Opens what is pinned, after unlocking.
    pub(in crate::engine) fn open_pins(&mut self, now: UnixTime) {
        self.unpin(now);
        let keys: Vec<Key> = self.contacts.pins.keys().copied().collect();
        for key in keys {
            let place = |version| self.place(&key, version);
            let pin = self.contacts.pins.get(&key);
            let opened = pin.zip(self.contacts.halves.get(&key));
            let opened = opened.filter(|(pin, half)| pin.version == half.version);
            let opened = opened.and_then(|(pin, half)| {
                let contact = place(pin.version).open(&pin.record, &half.secret, &pin.share);
                Some(Opened {
                    version: pin.version,
                    contact: contact.ok()?,
                    record: pin.record.clone(),
                    share: pin.share.clone(),
                })
            });
            if let Some(opened) = opened {
                self.contacts.open.insert(key, opened);
            }
        }
    }

    /// Lets go of pins whose time is over.
    pub(super) fn unpin(&mut self, now: UnixTime) {
        let pins = self.contacts.pins.iter();
        let over = pins.filter(|(_, pin)| pin.until <= now);
        let over: Vec<Key> = over.map(|(key, _)| *key).collect();
        for key in over {
            self.contacts.pins.remove(&key);
            self.forget(rows::PINNED, &rows::person_key(&key));
            self.touched.insert(key.0);
        }
    }
}
