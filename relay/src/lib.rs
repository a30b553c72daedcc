//! The server of Sluis: it takes, keeps and hands out sealed bytes.
//!
//! It must never be able to open one: it depends on `sluis-wire` and `sluis-directory` only. It keeps no request log and no addresses, and
//! writes no time finer than an hour to disk.
#![forbid(unsafe_code)]

pub mod store;
