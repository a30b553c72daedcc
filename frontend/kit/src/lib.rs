//! What both pages share: words ([`text`], [`i18n`]), components (props in, callbacks out) and, beside the Rust, the style sheets in `css/`.
//!
//! This crate holds no state of a page, talks to nothing and stores nothing. Components never set markup from text and never write an inline
//! style into markup: the pages' Content-Security-Policy forbids both.

// The macro names this crate.
extern crate self as sluis_kit;

pub mod alert;
pub mod button;
pub mod chat;
pub mod choice;
pub mod dialog;
pub mod draw;
pub mod field;
pub mod i18n;
pub mod icon;
pub mod page;
pub mod state;
pub mod table;
pub mod tabs;
pub mod text;

pub use alert::{Alert, Toast, Tone};
pub use button::{Button, Variant};
pub use chat::{Bubble, DaySeparator, Delivery, Moment};
pub use choice::{Checkbox, Choice, RadioGroup, Select};
pub use dialog::{ConfirmDialog, Dialog};
pub use field::{Access, TextArea, TextField};
pub use i18n::{Language, Level, Locale};
pub use icon::{Glyph, Icon, glyph};
pub use page::{DemonstrationBand, LanguageSwitch, PageHeader, Scheme, SchemeSwitch, SkipLink};
pub use sluis_draw::html;
pub use state::{Badge, DataList, EmptyState, LiveRegion, Progress};
pub use table::{Column, Sort, Table, VirtualTable};
pub use tabs::{Tab, Tabs};
