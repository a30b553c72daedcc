//! Giving things to the person: clipboard, printer, a picture, a text file. Only when asked.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, Url,
};

/// Pixels of the picture of the words.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 800;
/// Pixels between two words.
const ROW: u32 = 80;

/// Puts text on the clipboard. Returns whether that worked.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Pages that are not served securely have no clipboard.
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text))
        .await
        .is_ok()
}

/// Hands over a text file.
pub(crate) fn text(name: &str, text: &str) {
    let bytes = Array::of1(&Uint8Array::from(text.as_bytes()));
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&bytes, &kind) {
        download(name, &blob);
    }
}

/// Hands over a picture of the words.
pub(crate) fn picture(name: String, title: &str, words: &[String]) {
    // A browser that cannot draw leaves paper and the clipboard.
    let _ = draw(title, words).and_then(|canvas| {
        let save = Closure::once_into_js(move |blob: Blob| download(&name, &blob));
        canvas.to_blob(save.unchecked_ref())
    });
}

fn draw(title: &str, words: &[String]) -> Result<HtmlCanvasElement, JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::UNDEFINED)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(WIDTH);
    canvas.set_height(HEIGHT);
    let context = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, WIDTH.into(), HEIGHT.into());
    context.set_fill_style_str("#111111");
    context.set_font("600 36px system-ui, sans-serif");
    context.fill_text(title, 48.0, 80.0)?;
    context.set_font("48px system-ui, sans-serif");
    for (row, word) in (1_u32..).zip(words) {
        context.fill_text(
            &[&row.to_string(), "  ", word].concat(),
            48.0,
            (88 + row * ROW).into(),
        )?;
    }
    Ok(canvas)
}

fn download(name: &str, blob: &Blob) {
    let save = || -> Result<(), JsValue> {
        let document = web_sys::window()
            .and_then(|window| window.document())
            .ok_or(JsValue::UNDEFINED)?;
        let url = Url::create_object_url_with_blob(blob)?;
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&url)
    };
    // A browser that refuses says so itself.
    let _ = save();
}
