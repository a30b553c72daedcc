//! Anonymous rows of closed dossiers, for the figures.

use serde::{Deserialize, Serialize};
use sluis_domain::figures::Figure;

/// What there is to count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresView {
    /// The rows, in no order that means anything.
    pub rows: Vec<Figure>,
    /// Rows that cannot be read: of a newer version, damaged, or not made by staff.
    pub strange: u32,
}
