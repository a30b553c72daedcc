//! What both pages share: words ([`text`], [`i18n`]), components (props in, callbacks out) and, beside the Rust, the style sheets in `css/`.
//!
//! This crate holds no state of a page, talks to nothing and stores nothing. Components never set markup from text and never write an inline
//! style into markup: the pages' Content-Security-Policy forbids both.

pub mod i18n;
pub mod text;
