//! Search through everything that this person may read, and the filters that they keep.
//!
//! The index is worked out here, lies in sealed rows, and is there again after unlocking without a look at the dossiers themselves. It
//! holds what people wrote in a dossier, and no names but those that they wrote there.

use sluis_domain::ids::DossierId;
use sluis_domain::search::Index;
use sluis_domain::view::words;
use sluis_link::{DossierKey, Found, SavedFilter};
use sluis_protocol::dossier::number;
use sluis_protocol::engine::{Engine, Work};
use sluis_protocol::vault::{Change, Row, Store};
use sluis_wire::address::DossierAddress;
use sluis_wire::codec;
use zeroize::Zeroizing;

/// Pieces of the index.
const INDEX: Store = Store(51);
/// The filters, in one row.
const FILTERS: Store = Store(52);

/// Bytes of all filters, at most.
const FILTERS_MOST: usize = 64 * 1024;

/// See the module.
#[derive(Default)]
pub(crate) struct Search {
    index: Index,
    filters: Vec<SavedFilter>,
    changes: Vec<Change>,
}

impl Search {
    /// As the vault's rows have it.
    pub(crate) fn load(rows: &[Row]) -> Self {
        let of = |store| rows.iter().filter(move |row| row.store == store);
        let filters = of(FILTERS)
            .find_map(|row| codec::decode(&row.value, FILTERS_MOST).ok())
            .unwrap_or_default();
        let index = Index::load(of(INDEX).map(|row| (row.key.as_slice(), row.value.as_slice())));
        Self {
            index,
            filters,
            changes: Vec::new(),
        }
    }

    /// Puts in what is missing or out of date, and takes out what is not here any more.
    pub(crate) fn complete(&mut self, engine: &Engine) {
        let private = engine.all_private();
        for (address, work) in engine.dossiers().filter(|(_, work)| !work.is_private()) {
            let own = private.get(address).map_or(&[][..], Vec::as_slice);
            self.put(engine, address, work, own);
        }
        let gone: Vec<DossierId> = self
            .index
            .dossiers()
            .filter(|id| engine.dossier(&DossierAddress(id.0)).is_none())
            .collect();
        for id in gone {
            self.index.remove(&id);
        }
    }

    /// A dossier looks different, or is gone.
    pub(crate) fn update(&mut self, engine: &Engine, address: &DossierAddress) {
        match engine.dossier(address) {
            Some(work) if work.is_private() => {}
            Some(work) => self.put(engine, address, work, &engine.private_of(address)),
            None => self.index.remove(&DossierId(address.0)),
        }
    }

    /// With what I have noted for myself about it. What is in a log never changes, so that its length says whether it is known already.
    fn put(
        &mut self,
        engine: &Engine,
        address: &DossierAddress,
        work: &Work,
        private: &[DossierAddress],
    ) {
        let own = || private.iter().filter_map(|own| engine.dossier(own));
        let stamp = work.length() + own().map(Work::length).sum::<u64>();
        if self.index.stamp(&DossierId(address.0)) == Some(stamp) {
            return;
        }
        let mut text = words(work.state());
        for own in own() {
            text.push_str(&words(own.state()));
        }
        text.push_str(&number(address));
        self.index.put(DossierId(address.0), stamp, &text);
    }

    /// Looks for words.
    pub(crate) fn find(&self, question: &str) -> Found {
        let found = self.index.find(question);
        let hits = found.hits.into_iter();
        Found {
            hits: hits.map(|(id, marks)| (DossierKey(id.0), marks)).collect(),
            near: found.near,
        }
    }

    /// The filters.
    pub(crate) fn filters(&self) -> &[SavedFilter] {
        &self.filters
    }

    /// Keeps these filters.
    pub(crate) fn keep_filters(&mut self, filters: Vec<SavedFilter>) {
        self.changes.push(Change {
            store: FILTERS,
            key: Vec::new(),
            value: Some(Zeroizing::new(codec::encode(&filters))),
        });
        self.filters = filters;
    }

    /// What storage has to keep.
    pub(crate) fn take_changes(&mut self) -> Vec<Change> {
        let mut changes = core::mem::take(&mut self.changes);
        changes.extend(
            self.index
                .take_changes()
                .into_iter()
                .map(|(key, value)| Change {
                    store: INDEX,
                    key,
                    value: value.map(Zeroizing::new),
                }),
        );
        changes
    }
}
