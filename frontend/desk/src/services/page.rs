//! Things done to the page as a whole: printing, copying, scrolling.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, Url, Window};

/// Opens the browser's print dialogue.
pub(crate) fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that cannot print shows nothing.
        let _ = window.print();
    }
}

/// Puts a text on the clipboard; whether that went well comes to `done`.
pub(crate) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let Some(window) = web_sys::window().filter(Window::is_secure_context) else {
        done(false);
        return;
    };
    let promise = window.navigator().clipboard().write_text(text);
    wasm_bindgen_futures::spawn_local(async move {
        done(JsFuture::from(promise).await.is_ok());
    });
}

/// Hands over a file.
pub(crate) fn save(name: &str, bytes: &[u8]) {
    let save = || -> Result<(), JsValue> {
        let document = web_sys::window()
            .and_then(|window| window.document())
            .ok_or(JsValue::UNDEFINED)?;
        let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&url)
    };
    // A browser that refuses says so itself.
    let _ = save();
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // A page can always be loaded anew.
        let _ = window.location().reload();
    }
}

/// Scrolls the page to its top.
pub(crate) fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Scrolls the element with this id to its end.
pub(crate) fn to_end(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        element.set_scroll_top(element.scroll_height());
    }
}
