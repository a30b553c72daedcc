//! AES-256-GCM as the browser has it, for the pieces of files (decision 9): the very bytes that `SealedFile` gives, ten times as fast.

use js_sys::{Array, Promise, Uint8Array};
use sluis_protocol::file::{SealedFile, content_len, piece_len, true_len};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};

use crate::net::scope;

/// Bytes of content in a chunk.
const CHUNK: u32 = 16 * 1024;
/// Bytes of its tag.
const TAG: u32 = 16;
const NAME: &str = "AES-GCM";

/// Seals and opens the pieces of one file.
pub(crate) struct Cipher<'a> {
    file: &'a SealedFile,
    subtle: SubtleCrypto,
    key: CryptoKey,
}

impl<'a> Cipher<'a> {
    /// Hands the file's key to the browser, which never gives it out again.
    pub(crate) async fn new(file: &'a SealedFile) -> Result<Self, JsValue> {
        let subtle = scope().crypto()?.subtle();
        let raw = Uint8Array::from(file.web_key().as_slice());
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let key = subtle.import_key_with_str("raw", &raw, NAME, false, &uses)?;
        let key = JsFuture::from(key).await?.dyn_into()?;
        raw.fill(0, 0, raw.length());
        Ok(Self { file, subtle, key })
    }

    /// Seals what the file holds in a piece.
    pub(crate) async fn seal(
        &self,
        number: u32,
        content: &Uint8Array,
    ) -> Result<Uint8Array, JsValue> {
        let size = self.file.size();
        if content.length() != small(true_len(size, number)) {
            return Err(JsValue::NULL);
        }
        let padded = Uint8Array::new_with_length(small(content_len(size, number)));
        padded.set(content, 0);
        let chunks = self.each(number, &padded, CHUNK, |params, chunk| {
            self.subtle
                .encrypt_with_object_and_buffer_source(params, &self.key, chunk)
        });
        joined(chunks?, small(piece_len(size, number))).await
    }

    /// Opens a piece, without its padding. Its length was looked at before.
    pub(crate) async fn open(&self, number: u32, piece: &[u8]) -> Result<Uint8Array, JsValue> {
        let size = self.file.size();
        let piece = Uint8Array::from(piece);
        let chunks = self.each(number, &piece, CHUNK + TAG, |params, chunk| {
            self.subtle
                .decrypt_with_object_and_buffer_source(params, &self.key, chunk)
        });
        let whole = joined(chunks?, small(content_len(size, number))).await?;
        Ok(whole.subarray(0, small(true_len(size, number))))
    }

    /// Begins the work on all chunks of a piece at once.
    fn each(
        &self,
        number: u32,
        bytes: &Uint8Array,
        step: u32,
        work: impl Fn(&AesGcmParams, &Uint8Array) -> Result<Promise, JsValue>,
    ) -> Result<Array, JsValue> {
        let chunks = Array::new();
        for chunk in 0..bytes.length().div_ceil(step) {
            let nonce = Uint8Array::from(self.file.web_nonce(number, chunk).as_slice());
            let params = AesGcmParams::new(NAME, &nonce);
            let start = chunk * step;
            let part = bytes.subarray(start, (start + step).min(bytes.length()));
            chunks.push(work(&params, &part)?.as_ref());
        }
        Ok(chunks)
    }
}

/// The chunks one after another.
async fn joined(chunks: Array, length: u32) -> Result<Uint8Array, JsValue> {
    let chunks: Array = JsFuture::from(Promise::all(&chunks)).await?.dyn_into()?;
    let whole = Uint8Array::new_with_length(length);
    let mut start = 0;
    for chunk in chunks.iter() {
        let chunk = Uint8Array::new(&chunk);
        if start + chunk.length() > length {
            return Err(JsValue::NULL);
        }
        whole.set(&chunk, start);
        start += chunk.length();
    }
    Ok(whole)
}

fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(0)
}
