//! The road to the desk's page: whole messages of bytes, in both directions. The content of a file goes beside them, in an array whose first
//! part is the message.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// The worker's end: calls `on_message` with each message of the page, for as long as the worker
/// lives. To be called from `main`, before it returns, so that no message is missed.
pub(crate) fn serve(mut on_message: impl FnMut(Vec<u8>, Option<Blob>) + 'static) {
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let beside: Option<&Array> = data.dyn_ref();
        let message = beside.map_or_else(|| data.clone(), |parts| parts.get(0));
        if let Ok(bytes) = message.dyn_into::<Uint8Array>() {
            let blob = beside.and_then(|parts| parts.get(1).dyn_into().ok());
            on_message(bytes.to_vec(), blob);
        }
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // Lives as long as the worker does.
    listener.forget();
}

/// Posts one message to the page.
///
/// # Errors
/// What the browser says when it cannot post.
pub(crate) fn post(message: &[u8]) -> Result<(), JsValue> {
    scope().post_message(&Uint8Array::from(message))
}

/// Posts one message with something beside it.
///
/// # Errors
/// What the browser says when it cannot post.
pub(crate) fn post_with(message: &[u8], beside: &Array) -> Result<(), JsValue> {
    let mut parts = Array::of1(&Uint8Array::from(message));
    parts.extend(beside.iter());
    scope().post_message(&parts)
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
