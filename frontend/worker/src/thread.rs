//! The road to the desk's page: whole messages of bytes, in both directions.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The worker's end: calls `on_message` with each message of the page, for as long as the worker
/// lives. To be called from `main`, before it returns, so that no message is missed.
pub(crate) fn serve(mut on_message: impl FnMut(Vec<u8>) + 'static) {
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(bytes) = bytes(&event) {
            on_message(bytes);
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

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn bytes(event: &MessageEvent) -> Option<Vec<u8>> {
    Some(event.data().dyn_into::<Uint8Array>().ok()?.to_vec())
}
