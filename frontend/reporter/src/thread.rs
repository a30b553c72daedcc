//! The road between the page and its worker: whole messages of bytes, in both directions.
//!
//! The worker is this same module, started a second time by the boot script (`boot.js`), which
//! hands it the module that the page has already compiled. The page must never see a key and the
//! worker must never touch the screen; what they say to each other is bytes only.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};

/// The page's end. Dropping it ends the worker and wipes all that the worker held in memory.
pub(crate) struct Thread {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_failure: Closure<dyn FnMut(JsValue)>,
}

impl Thread {
    /// Starts a worker. `on_answer` gets each message that it posts; `on_failure` is called when
    /// it has stopped by an error and will not answer any more.
    ///
    /// # Errors
    /// What the browser says when it refuses to start a worker.
    pub(crate) fn start(
        mut on_answer: impl FnMut(Vec<u8>) + 'static,
        mut on_failure: impl FnMut() + 'static,
    ) -> Result<Self, JsValue> {
        let start: Function =
            Reflect::get(&js_sys::global(), &"sluisStartWorker".into())?.dyn_into()?;
        let worker: Worker = start.call0(&JsValue::UNDEFINED)?.dyn_into()?;
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(bytes) = bytes(&event) {
                on_answer(bytes);
            }
        });
        let on_failure = Closure::new(move |_: JsValue| on_failure());
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_failure.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _on_message: on_message,
            _on_failure: on_failure,
        })
    }

    /// Posts one message to the worker. Messages arrive in order, those sent before it is ready
    /// included.
    ///
    /// # Errors
    /// What the browser says when it cannot post.
    pub(crate) fn send(&self, message: &[u8]) -> Result<(), JsValue> {
        self.worker.post_message(&Uint8Array::from(message))
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Whether this module runs as the worker.
#[must_use]
pub(crate) fn is_worker() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

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
