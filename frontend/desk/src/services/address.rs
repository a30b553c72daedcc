//! The fragment of the page's address. It names a page, never a dossier.

use wasm_bindgen::JsValue;

use crate::route::Route;
use crate::state::Step;

/// The page that the address names.
pub(crate) fn read() -> Route {
    let fragment = web_sys::window().and_then(|window| window.location().hash().ok());
    Route::parse(&fragment.unwrap_or_default())
}

/// Writes a page into the address. This makes no event: the model has moved already.
pub(crate) fn write(route: Route, step: Step) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else {
        return;
    };
    let fragment = Some(route.fragment());
    // A browser may refuse after very many steps; the page works without.
    let _ = match step {
        Step::Push => history.push_state_with_url(&JsValue::NULL, "", fragment),
        Step::Replace => history.replace_state_with_url(&JsValue::NULL, "", fragment),
    };
}
