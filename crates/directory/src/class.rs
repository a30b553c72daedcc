//! The table of subcategories of a deployment (mission M19), as edits that stand in the log: after each the table has the next version
//! (docs/protocol.md 3.6). What a dossier is classified as never stands here.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Field, Thing};
use crate::limits::CLASSES;
use crate::log::check::{name, refuse_if};

/// Categories: their places in the list of mission M19, from 0.
pub const CATEGORIES: u8 = 5;
/// The category of each subcategory that every deployment begins with, by its code.
pub const BUILT_IN: [u8; 18] = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3];
/// Code of the first subcategory that a deployment makes itself; the others follow without gaps.
pub const FIRST_OWN: u16 = 256;

/// One edit of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassEdit {
    /// Version of the table after it: one more than before. Before the first edit it is 0.
    pub version: u32,
    /// Category of the subcategory, from 0; never another one than before.
    pub category: u8,
    /// Which subcategory.
    pub code: u16,
    /// What changes.
    pub change: ClassChange,
}

/// What an edit changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClassChange {
    /// It is called this from now on; a code that nobody had begins with it. Each name 1 to 120 bytes.
    Named {
        /// In Dutch.
        dutch: String,
        /// In English.
        english: String,
    },
    /// It is offered no more, for good.
    Retired,
}

/// The code that the next new subcategory gets; none when the table is full.
#[must_use]
pub fn next_code(edits: &[ClassEdit]) -> Option<u16> {
    let last = edits.iter().map(|edit| edit.code).max().unwrap_or(0);
    let next = last.saturating_add(1).max(FIRST_OWN);
    (usize::from(next - FIRST_OWN) < CLASSES).then_some(next)
}

/// The version of the table after these edits.
#[must_use]
pub fn version(edits: &[ClassEdit]) -> u32 {
    edits.last().map_or(0, |edit| edit.version)
}

/// Whether an edit may follow these.
pub(crate) fn check(edits: &[ClassEdit], edit: &ClassEdit) -> Result<(), Error> {
    refuse_if(
        version(edits).checked_add(1) != Some(edit.version),
        Error::VersionNotNext,
    )?;
    refuse_if(
        edit.category >= CATEGORIES,
        Error::Unknown(Thing::Subcategory),
    )?;
    if let ClassChange::Named { dutch, english } = &edit.change {
        name(dutch)?;
        name(english)?;
    }
    let before = || edits.iter().filter(|known| known.code == edit.code);
    let own = before().next().map(|known| known.category);
    let built_in = BUILT_IN.get(usize::from(edit.code)).copied();
    let Some(category) = own.or(built_in) else {
        refuse_if(
            edit.change == ClassChange::Retired,
            Error::Unknown(Thing::Subcategory),
        )?;
        return refuse_if(
            next_code(edits) != Some(edit.code),
            Error::Bounds(Field::Subcategory),
        );
    };
    refuse_if(category != edit.category, Error::OtherCategory)?;
    let retired = before().any(|known| known.change == ClassChange::Retired);
    refuse_if(retired, Error::Revoked(Thing::Subcategory))
}
