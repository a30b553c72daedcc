//! The one door to the browser: what the page and its worker ask of it, and how it calls back. `boot.js` and `worker.js` are the other side.
//!
//! Written by hand rather than with `web-sys`: each call there costs a name, a piece of glue and a wrapper, and bytes count on this page.

#![expect(
    unreachable_pub,
    reason = "wasm-bindgen hands over public functions only"
)]

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::app::App;
use crate::{shell, worker};

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since 1970.
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    pub(crate) fn now() -> f64;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
    /// From the page to its worker, or from the worker to its page.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn tell(bytes: &[u8]);

    // From here on only for the page.

    /// Whether the page comes from this very machine.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn loopback() -> bool;
    /// The language that the boot script chose, and what the address asks for; the address is cleaned.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn opened() -> String;
    /// One request; the answer comes as `event` with this number. Without a body it reads a file.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn ask(event: u8, number: u32, path: &str, body: &[u8]);
    /// Leaves for this address at once.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn leave(address: &str);
    /// Puts text on the clipboard.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn copy(text: &str);
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn print();
    /// Hands over a picture of the words.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn picture(title: &str, words: &str);
    /// Hands over a text file.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn save(name: &str, text: &str);
    /// Moves the focus to the element with this identifier, if it is there.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn focus(id: &str);
    /// Shows the end of the conversation.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn end();
    /// Opens the place where files are sent and a message is spoken; its program is fetched now. Or hands it work that buys a file.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn attach(solution: &[u8]);
    /// Sets the language and the title of the page.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn words(lang: &str, title: &str);
    /// Sets the colours of the page.
    #[wasm_bindgen(js_namespace = sluis)]
    pub(crate) fn scheme(name: &str);
}

/// What has happened in the browser; `boot.js` has the same numbers. The first six answer [`ask`].
pub(crate) mod event {
    pub(crate) const SITE: u8 = 0;
    pub(crate) const EVIDENCE: u8 = 1;
    pub(crate) const CHALLENGE: u8 = 2;
    pub(crate) const LISTS: u8 = 3;
    pub(crate) const POSTED: u8 = 4;
    pub(crate) const POLLED: u8 = 5;
    pub(crate) const TOLD: u8 = 6;
    pub(crate) const TICK: u8 = 7;
    pub(crate) const ESCAPE: u8 = 8;
    pub(crate) const VISIBLE: u8 = 9;
    pub(crate) const COPIED: u8 = 10;
    // 11 is said by the script when the worker stops.
    pub(crate) const ATTACHED: u8 = 12;
}

/// Draws the page into its place for the first time.
#[wasm_bindgen]
pub fn page_begins(place: Element) {
    yew::Renderer::<App>::with_root(place).render();
}

/// Tells the page what has happened.
#[wasm_bindgen]
pub fn page_hears(event: u8, number: u32, good: bool, bytes: &[u8]) {
    shell::hear(event, number, good, bytes);
}

/// Hands a message to the worker. Returns whether it has work to go on with.
#[wasm_bindgen]
#[must_use]
pub fn worker_hears(bytes: &[u8]) -> bool {
    worker::hear(bytes)
}

/// Lets the worker do one slice of its work. Returns whether there is more.
#[wasm_bindgen]
#[must_use]
pub fn worker_goes_on() -> bool {
    worker::go_on()
}

/// The randomness of the browser.
pub(crate) struct Chance;

impl TryRng for Chance {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Chance {}
