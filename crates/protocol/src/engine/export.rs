//! The log of a dossier as a file, for whoever wants to check it without us (docs/protocol.md 6.8).

use alloc::vec::Vec;

use sluis_wire::address::DossierAddress;
use sluis_wire::time::UnixTime;

use super::{Engine, rows};
use crate::dossier::replica::Acting;
use crate::vault::{Row, Store};

/// The rows of the vault that hold the directory's entries: an export begins with these.
pub const DIRECTORY_ROWS: Store = rows::ENTRY;

impl Engine {
    /// The log of a dossier with all its signatures. `entries` are the rows of [`DIRECTORY_ROWS`], in any order. Nothing
    /// when there is no such dossier, or when rows are missing.
    #[must_use]
    pub fn export_log(
        &self,
        address: &DossierAddress,
        mut entries: Vec<Row>,
        now: UnixTime,
    ) -> Option<Vec<u8>> {
        let (work, directory) = (self.dossier(address)?, self.directory()?);
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        if entries.len() as u64 != directory.length() {
            return None;
        }
        let entries = entries.into_iter().map(|row| row.value.to_vec()).collect();
        let acting = Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let name_of = |member: &_| self.name_of(member);
        Some(work.replica().export(entries, name_of, &acting))
    }
}
