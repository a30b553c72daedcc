//! What the page shows. Pure functions of the model.

mod chat;
mod come_back;
mod frame;
mod proof;
mod ui;
mod words;
mod write;

pub(crate) use frame::page;
pub(crate) use proof::proof;
