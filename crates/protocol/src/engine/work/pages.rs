//! A dossier in the vault: one row for everything but its events, and rows of some events each. A new event means writing the first row and the last
//! of the others. One row for each event would cost three times as much to open as this.

use alloc::vec::Vec;

use sluis_domain::ids::EventId;
use sluis_sorted::Set;
use sluis_wire::address::DossierAddress;
use sluis_wire::codec;
use zeroize::Zeroizing;

use super::super::rows;
use super::body::{Body, Marks, Name, Packed};
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

/// The events of these rows, in their order.
///
/// # Errors
/// When one is none.
pub(super) fn events(pages: &[Zeroizing<Vec<u8>>]) -> Result<Vec<Vec<u8>>, Error> {
    let mut events = Vec::new();
    for page in pages {
        let page: Held = codec::decode(page, ROW_MOST)?;
        events.extend(page.into_iter().map(|(_, event)| event));
    }
    Ok(events)
}

impl Work {
    /// The dossier of its rows. It stays folded until somebody asks for more than it says by itself.
    ///
    /// # Errors
    /// When a row is missing or is none.
    pub(in crate::engine) fn from_rows(
        name: Name,
        row: &Row,
        pages: Vec<Zeroizing<Vec<u8>>>,
    ) -> Result<Self, Error> {
        let (books, marks, core): (Books, Marks, Vec<u8>) = codec::decode(&row.value, ROW_MOST)?;
        if (pages.len() as u64) < u64::from(marks.pages) {
            return Err(Error::Damaged);
        }
        let unread = books.unread;
        let packed = Packed {
            name,
            marks,
            core: Zeroizing::new(core),
            pages,
        };
        Ok(Self {
            wants_events: unread,
            ..Self::with(Body::packed(packed), books)
        })
    }

    /// Learns which events lie in which row.
    pub(super) fn learn_pages(&mut self) {
        if self.pages.is_some() {
            return;
        }
        let rows = self.body.rows().unwrap_or_default();
        let page = |row: &Zeroizing<Vec<u8>>| {
            let held: Held = codec::decode(row, ROW_MOST).unwrap_or_default();
            Page {
                bytes: held.iter().map(|(_, event)| event.len()).sum(),
                ids: held.iter().map(|(id, _)| *id).collect(),
            }
        };
        self.pages = Some(rows.iter().map(page).collect());
    }

    /// Takes little room again, unless something is under way in it that no row holds.
    pub(in crate::engine) fn fold(&mut self) {
        if !self.body.is_open() || self.adopting || !self.is_read() || self.body.waits_for_links() {
            return;
        }
        let pages = self.pages.as_deref().unwrap_or_default();
        self.body.fold(|replica| Packed {
            name: replica.name(),
            marks: marks(replica, pages),
            core: replica.core_bytes(),
            pages: pages
                .iter()
                .map(|page| Zeroizing::new(page.encode(replica)))
                .collect(),
        });
        if self.body.is_unchanged() {
            self.pages = None;
        }
    }

    /// What has to be written so that its rows say what it is now.
    pub(in crate::engine) fn changes(&mut self, address: &DossierAddress) -> Vec<Change> {
        self.learn_pages();
        let replica = self.body.replica();
        let Some(pages) = self.pages.as_mut().filter(|_| !replica.is_unreadable()) else {
            return Vec::new();
        };
        let now: Set<EventId> = replica.event_ids().collect();
        let mut stale: Vec<usize> = Vec::new();
        for (place, page) in pages.iter_mut().enumerate() {
            let before = page.ids.len();
            // What does not count any more lies with the rest of the dossier.
            page.ids.retain(|id| now.contains(id));
            if page.ids.len() < before {
                stale.push(place);
            }
        }
        let held: Set<EventId> = pages
            .iter()
            .flat_map(|page| page.ids.iter().copied())
            .collect();
        for id in now.iter().filter(|id| !held.contains(*id)) {
            let id = *id;
            let size = replica.event_bytes(&id).map_or(0, |event| event.len());
            if pages.last().is_none_or(|page| page.bytes >= PAGE) {
                pages.push(Page::default());
            }
            let last = pages.len().saturating_sub(1);
            if let Some(page) = pages.last_mut() {
                page.ids.push(id);
                page.bytes += size;
            }
            if !stale.contains(&last) {
                stale.push(last);
            }
        }
        let marks = marks(replica, pages);
        let core = codec::encode(&(&self.books, marks, replica.core_bytes().as_slice()));
        let mut changes = Vec::from([Change {
            store: rows::DOSSIER,
            key: address.0.to_vec(),
            value: Some(Zeroizing::new(core)),
        }]);
        for place in stale {
            let Some(page) = pages.get(place) else {
                continue;
            };
            changes.push(Change {
                store: rows::EVENTS,
                key: key(address, place),
                value: Some(Zeroizing::new(page.encode(replica))),
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
        let count = match &self.pages {
            Some(pages) => pages.len(),
            None => self.body.rows().map_or(0, <[_]>::len),
        };
        let pages = (0..count).map(|place| gone(rows::EVENTS, key(address, place)));
        pages
            .chain([gone(rows::DOSSIER, address.0.to_vec())])
            .collect()
    }
}

impl Page {
    fn encode(&self, replica: &Replica) -> Vec<u8> {
        let event = |id: &EventId| Some((*id, replica.event_bytes(id)?));
        let held: Held = self.ids.iter().filter_map(event).collect();
        codec::encode(&held)
    }
}

fn marks(replica: &Replica, pages: &[Page]) -> Marks {
    Marks::of(replica, u32::try_from(pages.len()).unwrap_or(u32::MAX))
}

fn key(address: &DossierAddress, place: usize) -> Vec<u8> {
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    [address.0.as_slice(), &place.to_be_bytes()].concat()
}
