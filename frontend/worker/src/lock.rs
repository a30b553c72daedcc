//! One worker for each vault (decision 32): a Web Lock that is held for as long as the worker lives.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::net::scope;

// The bindings that web-sys has for this are behind a switch for unfinished interfaces; browsers have had it since 2022.
#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &Object, callback: &Function) -> Promise;
}

/// Takes the lock of a vault; false when another tab has it. With `steal`, takes it away from that tab, which then learns so through
/// its own `on_lost`.
pub(crate) async fn take(name: &str, steal: bool, on_lost: impl FnOnce() + 'static) -> bool {
    let Some(locks) = manager() else { return true };
    let options = Object::new();
    let option = if steal { "steal" } else { "ifAvailable" };
    if Reflect::set(&options, &option.into(), &JsValue::TRUE).is_err() {
        return false;
    }
    let (sender, granted) = futures_channel::oneshot::channel();
    let hold = Closure::once_into_js(move |lock: JsValue| -> Promise {
        let got = !lock.is_null();
        // Whoever waits for the word is there, or nobody needs it.
        let _told = sender.send(got);
        if got {
            Promise::new(&mut |_, _| {})
        } else {
            Promise::resolve(&JsValue::UNDEFINED)
        }
    });
    let promise = locks.request(name, &options, hold.unchecked_ref());
    wasm_bindgen_futures::spawn_local(async move {
        // Ends with a rejection when another tab steals the lock; resolves at once when it was not available.
        if JsFuture::from(promise).await.is_err() {
            on_lost();
        }
    });
    granted.await.unwrap_or(false)
}

/// Missing in browsers of before 2022, and where the page is not secure.
fn manager() -> Option<LockManager> {
    let locks = Reflect::get(&scope().navigator(), &"locks".into()).ok()?;
    (!locks.is_undefined()).then(|| locks.unchecked_into())
}
