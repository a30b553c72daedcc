//! The reporter's page: one module that runs twice, as the page and as its worker.
//!
//! It keeps nothing: no storage, no cookie, no cache entry.

mod thread;

use std::rc::Rc;
use thread::Thread;
use yew::prelude::*;

fn main() {
    if thread::is_worker() {
        thread::serve(|message| {
            // A page that has gone needs no answer.
            let _ = thread::post(&message.iter().rev().copied().collect::<Vec<u8>>());
        });
    } else if let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
    {
        yew::Renderer::<App>::with_root(root).render();
    }
}

#[component]
fn App() -> Html {
    let answer = use_state(String::new);
    let thread = use_memo((), {
        let answer = answer.clone();
        move |()| {
            Thread::start(
                move |bytes| answer.set(String::from_utf8_lossy(&bytes).into_owned()),
                || (),
            )
            .map(Rc::new)
        }
    });
    let ask = Callback::from(move |_: MouseEvent| {
        if let Ok(thread) = thread.as_ref() {
            let _ = thread.send(b"sluis");
        }
    });
    html! { <main><button id="ask" onclick={ask}>{ "?" }</button><output>{ (*answer).clone() }</output></main> }
}
