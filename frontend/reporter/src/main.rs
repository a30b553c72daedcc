//! The reporter's page: one module that runs twice, as the page and as its worker.
//!
//! It keeps nothing: no storage, no cookie, no cache entry, one entry in the history. [`state`] decides, [`app`] draws, [`shell`] does
//! what touches the browser, [`worker`] holds the keys.

mod app;
mod link;
mod net;
mod pages;
mod save;
mod shell;
mod state;
mod thread;
mod worker;

fn main() {
    if thread::is_worker() {
        worker::run();
    } else if let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
    {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
