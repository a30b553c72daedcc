//! What the page needs from the browser: the worker, the clock, printing, the address and its own settings.

pub(crate) mod address;
pub(crate) mod clock;
pub(crate) mod file;
pub(crate) mod listen;
pub(crate) mod page;
pub(crate) mod passkey;
pub(crate) mod preference;
pub(crate) mod scan;
pub(crate) mod thread;
