//! The case managers' application: the screens. Keys live in the worker only.

mod app;
mod pages;
mod route;
mod services;
mod shell;
mod state;
mod words;

fn main() {
    if let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
    {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
