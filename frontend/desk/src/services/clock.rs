//! The time, and messages that come later.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Now, in unix seconds.
pub(crate) fn now() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 are above 0 and far below 2^53"
    )]
    let seconds = (js_sys::Date::now() / 1_000.0) as u64;
    seconds
}

/// Calls `act` once, after so many milliseconds.
pub(crate) fn after(milliseconds: u32, act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        // A window always takes a timer.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            act.unchecked_ref(),
            milliseconds,
        );
    }
}

/// Calls something again and again, until it is dropped.
pub(crate) struct Beat {
    id: Option<i32>,
    _act: Closure<dyn FnMut()>,
}

impl Beat {
    /// Calls `act` every so many milliseconds.
    pub(crate) fn every(milliseconds: i32, act: impl FnMut() + 'static) -> Self {
        let act = Closure::<dyn FnMut()>::new(act);
        let id = web_sys::window().and_then(|window| {
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(
                    act.as_ref().unchecked_ref(),
                    milliseconds,
                )
                .ok()
        });
        Self { id, _act: act }
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.id, web_sys::window()) {
            window.clear_interval_with_handle(id);
        }
    }
}
