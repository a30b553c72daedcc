//! Journeys of people through the real pages, in a real browser, with the real relay.
//!
//! Each shows one promise to a person, and ends by searching all that relay and browser keep for the words that were typed.
//! `SLUIS_RELAY` and `SLUIS_SITE` may name another relay and another site than those of this checkout.

mod access;
mod advice;
mod bonds;
mod breakdowns;
mod browser;
mod canary;
mod classes;
mod closing;
mod colleagues;
mod doors;
mod figures;
mod files;
mod first_path;
mod flood;
mod hostile;
mod keyboard;
mod offline;
mod package;
mod parts;
mod passkey;
mod pdf;
mod people;
mod print;
mod proxy;
mod relay;
mod search;
mod sharing;
mod sheets;
mod tally;
mod two_desks;
mod vault;
mod words;
