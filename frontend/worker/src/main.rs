//! The desk's worker: the only module of the desk that ever holds a secret.
//!
//! It never touches the screen, and no key leaves it: the page gets views, in the words of `sluis-link`.

mod cipher;
mod desk;
mod enrol;
mod extract;
mod figures;
mod files;
mod involved;
mod list;
mod loading;
mod lock;
mod net;
mod office;
mod open;
mod package;
mod people;
mod picture;
mod present;
mod restore;
mod search;
mod second;
mod setup;
mod share;
mod sheets;
mod site;
mod storage;
mod thread;
mod unsorted;
mod words;

use desk::{Desk, Input};

fn main() {
    let (sender, inputs) = futures_channel::mpsc::unbounded();
    let desk = Desk::new(sender.clone());
    wasm_bindgen_futures::spawn_local(desk.run(inputs));
    thread::serve(move |message, beside| {
        // The other end lives as long as the worker does.
        let _delivered = sender.unbounded_send(Input::Page(message, beside));
    });
}
