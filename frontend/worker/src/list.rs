//! The rows of the table of dossiers as the page was shown them last, and who is at the keyboard: in sealed pieces of some ten thousand bytes that are
//! read before everything else, so that the table is there at once after unlocking.

use serde::{Deserialize, Serialize};
use sluis_link::{DossierKey, LAYOUT, Profile, Row};
use sluis_protocol::engine::{Engine, FigureNames, Work};
use sluis_protocol::vault::{Change, Row as Sealed, Store};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DossierAddress, MemberId};
use sluis_wire::codec;
use zeroize::Zeroizing;

use crate::present::row_of;

/// Pieces of the table.
const PIECES: Store = Store(53);
/// Who is at the keyboard, in one row.
const PROFILE: Store = Store(54);

/// Rows in a piece.
const ROWS: usize = 128;
/// Bytes of a piece, at most.
const MOST: usize = 4 * 1024 * 1024;
/// Rows that are told first: more than a screen holds.
const FIRST: usize = 50;
/// Rows that are told at once after them, so that the page stays awake.
const AT_ONCE: usize = 1_000;

/// A row with what shows whether it is still right.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    row: Row,
    handler: Option<[u8; 16]>,
    length: u64,
}

/// See the module.
#[derive(Default)]
pub(crate) struct List {
    pieces: Vec<Map<DossierKey, Kept>>,
    places: Map<DossierKey, usize>,
    stale: Set<usize>,
    profile: Option<Profile>,
    profile_stale: bool,
}

impl List {
    /// As the vault's rows have it. What another release has written in its own way is worked out anew.
    pub(crate) fn load(rows: &[Sealed]) -> Self {
        let mut list = Self::default();
        for row in rows.iter().filter(|row| row.store == PIECES) {
            let place = <[u8; 4]>::try_from(row.key.as_slice()).map(u32::from_be_bytes);
            let Some(place) = place.ok().and_then(|place| usize::try_from(place).ok()) else {
                continue;
            };
            let piece = codec::decode::<(u16, Vec<Kept>)>(&row.value, MOST);
            let piece = piece.ok().filter(|(layout, _)| *layout == LAYOUT);
            if list.pieces.len() <= place {
                list.pieces.resize_with(place + 1, Map::new);
            }
            for kept in piece.map(|(_, rows)| rows).unwrap_or_default() {
                list.places.insert(kept.row.key, place);
                if let Some(piece) = list.pieces.get_mut(place) {
                    piece.insert(kept.row.key, kept);
                }
            }
        }
        let profile = rows.iter().find(|row| row.store == PROFILE);
        list.profile = profile
            .and_then(|row| codec::decode::<(u16, Profile)>(&row.value, MOST).ok())
            .filter(|(layout, _)| *layout == LAYOUT)
            .map(|(_, profile)| profile);
        list
    }

    /// Who was at the keyboard last; nothing when that is not known here.
    pub(crate) fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    pub(crate) fn keep_profile(&mut self, profile: &Profile) {
        if self.profile.as_ref() != Some(profile) {
            self.profile = Some(profile.clone());
            self.profile_stale = true;
        }
    }

    /// The names of federations and sports that the dossiers here bear.
    pub(crate) fn names(&self) -> FigureNames {
        let rows = || self.pieces.iter().flat_map(Map::values);
        let all = |name: fn(&Row) -> &String| rows().map(|kept| name(&kept.row).clone()).collect();
        FigureNames {
            federations: all(|row| &row.federation),
            sports: all(|row| &row.sport),
        }
    }

    /// All rows, a screenful first, then in larger portions: the last active before the others.
    pub(crate) fn portions(&self) -> Vec<Vec<Row>> {
        let kept = self.pieces.iter().flat_map(Map::values);
        let mut rows: Vec<&Row> = kept.map(|kept| &kept.row).collect();
        rows.sort_unstable_by_key(|row| core::cmp::Reverse((row.active, row.key)));
        let (first, rest) = rows.split_at(rows.len().min(FIRST));
        let portions = [first].into_iter().chain(rest.chunks(AT_ONCE));
        portions
            .map(|rows| rows.iter().copied().cloned().collect())
            .collect()
    }

    /// Works out what is missing or not right any more. The rows that are new, and the dossiers that are gone.
    pub(crate) fn complete(&mut self, engine: &Engine) -> (Vec<Row>, Vec<DossierKey>) {
        let mut new = Vec::new();
        let mut names: Map<[u8; 16], String> = Map::new();
        for (address, work) in engine.dossiers().filter(|(_, work)| !work.is_private()) {
            let kept = self.kept(DossierKey(address.0));
            let right = kept.is_some_and(|kept| {
                let name = kept.handler.map(|member| {
                    let name = names.entry(member);
                    &*name.or_insert_with(|| engine.name_of(&MemberId(member)))
                });
                kept.length == work.length()
                    && usize::try_from(kept.row.pending) == Ok(work.pending())
                    && name.map_or("", String::as_str) == kept.row.handler
            });
            if !right {
                new.extend(self.update(engine, address, work));
            }
        }
        let gone: Vec<DossierKey> = self
            .places
            .keys()
            .copied()
            .filter(|key| {
                let work = engine.dossier(&DossierAddress(key.0));
                work.is_none_or(Work::is_private)
            })
            .collect();
        for key in &gone {
            self.remove(*key);
        }
        (new, gone)
    }

    fn kept(&self, key: DossierKey) -> Option<&Kept> {
        self.pieces.get(*self.places.get(&key)?)?.get(&key)
    }

    /// A dossier looks different. Its row, if that does too.
    pub(crate) fn update(
        &mut self,
        engine: &Engine,
        address: &DossierAddress,
        work: &Work,
    ) -> Option<Row> {
        let kept = Kept {
            row: row_of(engine, address, work),
            handler: work.state().fields().handler,
            length: work.length(),
        };
        let (key, row) = (kept.row.key, kept.row.clone());
        let place = self.place(key);
        let before = self.pieces.get_mut(place)?.insert(key, kept.clone());
        if before.as_ref() == Some(&kept) {
            return None;
        }
        self.stale.insert(place);
        Some(row)
    }

    /// A dossier is not here any more. Whether it was.
    pub(crate) fn remove(&mut self, key: DossierKey) -> bool {
        let place = self.places.remove(&key);
        if let Some(place) = place
            && let Some(piece) = self.pieces.get_mut(place)
        {
            piece.remove(&key);
            self.stale.insert(place);
        }
        place.is_some()
    }

    /// The piece of a row: the one that it is in, or the last, or a new one.
    fn place(&mut self, key: DossierKey) -> usize {
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        if self.pieces.last().is_none_or(|piece| piece.len() >= ROWS) {
            self.pieces.push(Map::new());
        }
        let place = self.pieces.len().saturating_sub(1);
        self.places.insert(key, place);
        place
    }

    /// What storage has to keep.
    pub(crate) fn take_changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for place in core::mem::take(&mut self.stale) {
            if let Some(piece) = self.pieces.get(place) {
                let rows: Vec<&Kept> = piece.values().collect();
                changes.push(change(PIECES, &key(place), codec::encode(&(LAYOUT, rows))));
            }
        }
        let stale = core::mem::take(&mut self.profile_stale);
        if let Some(profile) = self.profile.as_ref().filter(|_| stale) {
            changes.push(change(PROFILE, &[], codec::encode(&(LAYOUT, profile))));
        }
        changes
    }
}

fn change(store: Store, key: &[u8], value: Vec<u8>) -> Change {
    Change {
        store,
        key: key.to_vec(),
        value: Some(Zeroizing::new(value)),
    }
}

fn key(place: usize) -> [u8; 4] {
    u32::try_from(place).unwrap_or(u32::MAX).to_be_bytes()
}
