//! Pictures: read by the browser, drawn anew. What else stood in the file is not in what comes out.

use js_sys::{Array, Uint8Array};
use sluis_domain::file::{LOOK_MOST, Look, look};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ImageBitmap, ImageBitmapOptions, ImageEncodeOptions, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d,
};

use crate::net::scope;

/// How close a picture comes to what it was, where its kind loses something.
const QUALITY: f64 = 0.92;
/// Most points in a row of a picture that is shown.
const SHOWN: u32 = 1_600;

/// A part of a file, in memory.
pub(crate) async fn part(blob: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let part = blob.slice_with_f64_and_f64(start, end)?;
    Ok(Uint8Array::new(&JsFuture::from(part.array_buffer()).await?))
}

/// What a file is, by its first bytes.
pub(crate) async fn look_at(blob: &Blob) -> Result<Look, JsValue> {
    #[expect(clippy::cast_precision_loss, reason = "64 KiB")]
    let most = LOOK_MOST as f64;
    let first = part(blob, 0.0, most).await?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the size of a file is a whole number"
    )]
    Ok(look(&first.to_vec(), blob.size() as u64))
}

/// The picture without anything else that stood in its file; nothing for kinds that are not drawn anew.
pub(crate) async fn cleaned(blob: &Blob) -> Result<Option<Blob>, JsValue> {
    let kind = match part(blob, 0.0, 12.0).await?.to_vec().as_slice() {
        [0xff, 0xd8, ..] => "image/jpeg",
        [0x89, b'P', ..] => "image/png",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => return Ok(None),
    };
    let read = scope().create_image_bitmap_with_blob(blob)?;
    let bitmap: ImageBitmap = JsFuture::from(read).await?.dyn_into()?;
    let canvas = OffscreenCanvas::new(bitmap.width(), bitmap.height())?;
    let pen: OffscreenCanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    pen.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0)?;
    bitmap.close();
    let how = ImageEncodeOptions::new();
    how.set_type(kind);
    how.set_quality(QUALITY);
    let drawn: Blob = JsFuture::from(canvas.convert_to_blob_with_options(&how)?)
        .await?
        .dyn_into()?;
    // A browser that cannot write this kind writes another one.
    if drawn.type_() == kind {
        Ok(Some(drawn))
    } else {
        Err(JsValue::NULL)
    }
}

/// A picture as points, no wider than it needs to be to be looked at.
pub(crate) async fn points(blob: &Blob, width: u32) -> Result<ImageBitmap, JsValue> {
    let how = ImageBitmapOptions::new();
    if width > SHOWN {
        how.set_resize_width(SHOWN);
    }
    let read = scope().create_image_bitmap_with_blob_and_image_bitmap_options(blob, &how)?;
    JsFuture::from(read).await?.dyn_into()
}

/// Joins blobs, under a kind that decides how a browser treats the whole.
pub(crate) fn joined(parts: &Array, kind: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_blob_sequence_and_options(parts, &options)
}
