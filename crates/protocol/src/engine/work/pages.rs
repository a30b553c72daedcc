//! A dossier in the vault: one row for everything but its events, and rows of some events each. A new event means writing the first row and the last
//! of the others. One row for each event would cost three times as much to open as this.

use alloc::vec::Vec;

use sluis_domain::ids::EventId;
use sluis_sorted::Set;
use sluis_wire::address::DossierAddress;
use sluis_wire::codec;
use zeroize::Zeroizing;

use super::super::rows;
use super::{Books, ROW_MOST, Work};
use crate::dossier::Replica;
use crate::error::Error;
use crate::vault::{Change, Row};

/// Bytes of events from which on the next ones lie in another row.
const PAGE: usize = 32 * 1024;

/// What a row of events holds: each with its id.
type Held = Vec<(EventId, Vec<u8>)>;

/// One row of events.
#[derive(Default)]
pub(super) struct Page {
    ids: Vec<EventId>,
    bytes: usize,
}

impl Work {
    /// The dossier of its rows.
    ///
    /// # Errors
    /// When a row is missing or is none.
    pub(in crate::engine) fn from_rows(row: &Row, pages: &[Row]) -> Result<Self, Error> {
        let (books, core): (Books, Vec<u8>) = codec::decode(&row.value, ROW_MOST)?;
        let core = Zeroizing::new(core);
        let mut events = Vec::new();
        let mut held = Vec::with_capacity(pages.len());
        for page in pages {
            let page: Held = codec::decode(&page.value, ROW_MOST)?;
            held.push(Page {
                bytes: page.iter().map(|(_, event)| event.len()).sum(),
                ids: page.iter().map(|(id, _)| *id).collect(),
            });
            events.extend(page.into_iter().map(|(_, event)| event));
        }
        let unread = books.unread;
        let mut work = Self::new(Replica::from_parts(&core, events)?, books);
        work.wants_events = unread;
        work.pages = held;
        Ok(work)
    }

    /// What has to be written so that its rows say what it is now.
    pub(in crate::engine) fn changes(&mut self, address: &DossierAddress) -> Vec<Change> {
        let core = codec::encode(&(&self.books, self.replica.core_bytes().as_slice()));
        let mut changes = Vec::from([Change {
            store: rows::DOSSIER,
            key: address.0.to_vec(),
            value: Some(Zeroizing::new(core)),
        }]);
        let now: Set<EventId> = self.replica.event_ids().collect();
        let mut stale: Vec<usize> = Vec::new();
        for (place, page) in self.pages.iter_mut().enumerate() {
            let before = page.ids.len();
            // What does not count any more lies with the rest of the dossier.
            page.ids.retain(|id| now.contains(id));
            if page.ids.len() < before {
                stale.push(place);
            }
        }
        let pages = self.pages.iter();
        let held: Set<EventId> = pages.flat_map(|page| page.ids.iter().copied()).collect();
        for id in now.iter().filter(|id| !held.contains(*id)) {
            let id = *id;
            let size = self.replica.event_bytes(&id).map_or(0, |event| event.len());
            if self.pages.last().is_none_or(|page| page.bytes >= PAGE) {
                self.pages.push(Page::default());
            }
            let last = self.pages.len().saturating_sub(1);
            if let Some(page) = self.pages.last_mut() {
                page.ids.push(id);
                page.bytes += size;
            }
            if !stale.contains(&last) {
                stale.push(last);
            }
        }
        for place in stale {
            let Some(page) = self.pages.get(place) else {
                continue;
            };
            let event = |id: &EventId| Some((*id, self.replica.event_bytes(id)?));
            let held: Held = page.ids.iter().filter_map(event).collect();
            changes.push(Change {
                store: rows::EVENTS,
                key: key(address, place),
                value: Some(Zeroizing::new(codec::encode(&held))),
            });
        }
        changes
    }

    /// What has to be written so that nothing is left of it.
    pub(in crate::engine) fn forget_rows(&self, address: &DossierAddress) -> Vec<Change> {
        let gone = |store, key| Change {
            store,
            key,
            value: None,
        };
        let pages = (0..self.pages.len()).map(|place| gone(rows::EVENTS, key(address, place)));
        pages
            .chain([gone(rows::DOSSIER, address.0.to_vec())])
            .collect()
    }
}

fn key(address: &DossierAddress, place: usize) -> Vec<u8> {
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    [address.0.as_slice(), &place.to_be_bytes()].concat()
}
