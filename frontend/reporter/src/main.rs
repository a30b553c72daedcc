//! The reporter's page: one module that runs twice, as the page and as its worker.
//!
//! It keeps nothing: no storage, no cookie, no cache entry, one entry in the history. [`state`] decides, [`app`] draws, [`shell`] does
//! what touches the browser through [`browser`], [`worker`] holds the keys.

mod app;
mod browser;
mod link;
mod pages;
mod shell;
mod state;
mod worker;

/// Nothing happens by itself: `boot.js` begins the page, and `worker.js` hands the worker its messages.
const fn main() {}
