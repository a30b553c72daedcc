//! Projections for screens. Authors are ids of devices: whoever shows them fills in the names.

pub mod conversation;
pub mod history;
pub mod row;
pub mod sweep;
pub mod words;

pub use conversation::{Bubble, bubbles};
pub use history::{HistoryKind, HistoryLine, history};
pub use row::{GIST_MOST, RowFacts, clip, row};
pub use sweep::{Found, Known, Spot, sweep};
pub use words::words;
