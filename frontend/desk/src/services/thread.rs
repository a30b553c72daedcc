//! The road to the desk's worker: whole messages of bytes, in both directions.
//!
//! The worker is a module of its own (`frontend/worker`), started by the boot script (`boot.js`).
//! It alone holds keys; what comes over this road is bytes that the page may know. The content of a file goes beside a message, in an array
//! whose first part is the message.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// The page's end. Dropping it ends the worker and wipes all that the worker held in memory.
pub(crate) struct Thread {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_failure: Closure<dyn FnMut(JsValue)>,
}

impl Thread {
    /// Starts a worker. `on_answer` gets each message that it posts, with what came beside it; `on_failure` is called when
    /// it has stopped by an error and will not answer any more.
    ///
    /// # Errors
    /// What the browser says when it refuses to start a worker.
    pub(crate) fn start(
        mut on_answer: impl FnMut(Vec<u8>, Option<Array>) + 'static,
        mut on_failure: impl FnMut() + 'static,
    ) -> Result<Self, JsValue> {
        let start: Function =
            Reflect::get(&js_sys::global(), &"sluisStartWorker".into())?.dyn_into()?;
        let worker: Worker = start.call0(&JsValue::UNDEFINED)?.dyn_into()?;
        let on_message = Closure::new(move |event: MessageEvent| {
            let data = event.data();
            let beside: Option<Array> = data.dyn_ref().cloned();
            let message = beside.as_ref().map_or(data, |parts| parts.get(0));
            if let Ok(bytes) = message.dyn_into::<Uint8Array>() {
                on_answer(bytes.to_vec(), beside);
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

    /// Posts one message with a file beside it.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub(crate) fn send_with(&self, message: &[u8], file: &JsValue) -> Result<(), JsValue> {
        let parts = Array::of2(&Uint8Array::from(message), file);
        self.worker.post_message(&parts)
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
