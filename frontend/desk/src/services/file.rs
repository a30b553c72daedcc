//! Files as the browser has them: those that a person chooses, drops or pastes, and the one that is shown. None of their content comes into this
//! module: they go to the worker and come from it as they are.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, CanvasRenderingContext2d, ClipboardEvent, Document, DragEvent, Event, FileList,
    HtmlAnchorElement, HtmlCanvasElement, HtmlInputElement, HtmlMediaElement, ImageBitmap, Url,
};
use yew::Callback;

use super::listen::Listener;
use crate::state::Msg;
use crate::state::files::{FileMsg, Picked};

/// Where files can be dropped; it is in the page while files can be added.
const PLACE: &str = "file-drop";

/// See the module.
#[derive(Default)]
pub(crate) struct Files {
    picked: RefCell<Vec<(u32, JsValue)>>,
    next: Cell<u32>,
    shown: RefCell<Option<Array>>,
    address: RefCell<Option<String>>,
}

impl Files {
    /// The picked file of this number, once.
    pub(crate) fn take(&self, number: u32) -> Option<JsValue> {
        let mut picked = self.picked.borrow_mut();
        let at = picked.iter().position(|(own, _)| *own == number)?;
        Some(picked.swap_remove(at).1)
    }

    fn pick(&self, list: &FileList) -> Vec<Picked> {
        let files = (0..list.length()).filter_map(|at| list.get(at));
        files
            .map(|file| {
                let number = self.next.get();
                self.next.set(number.wrapping_add(1));
                let picked = Picked {
                    number,
                    name: file.name(),
                    media: file.type_(),
                };
                self.picked.borrow_mut().push((number, file.into()));
                picked
            })
            .collect()
    }

    /// A file has been read: the message, its content, and the points of a picture.
    pub(crate) fn read(&self, parts: Array) {
        self.forget();
        *self.shown.borrow_mut() = Some(parts);
    }

    /// Puts it into the page: a picture as points, sound and film from memory. Nothing is ever shown as a document.
    pub(crate) fn show(&self) {
        let shown = self.shown.borrow();
        let Some(parts) = shown.as_ref() else { return };
        // A browser that cannot draw or play shows an empty place.
        let _ = self.put(parts);
    }

    fn put(&self, parts: &Array) -> Option<()> {
        let document = document()?;
        if let Ok(points) = parts.get(2).dyn_into::<ImageBitmap>() {
            let canvas: HtmlCanvasElement =
                document.get_element_by_id("file-canvas")?.dyn_into().ok()?;
            let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
            return pen.draw_image_with_image_bitmap(&points, 0.0, 0.0).ok();
        }
        let media: HtmlMediaElement = document.get_element_by_id("file-media")?.dyn_into().ok()?;
        let blob: Blob = parts.get(1).dyn_into().ok()?;
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        media.set_src(&address);
        *self.address.borrow_mut() = Some(address);
        Some(())
    }

    /// Hands the file over under this name, as bytes of no kind.
    pub(crate) fn save(&self, name: &str) {
        let shown = self.shown.borrow();
        let save = || -> Option<()> {
            let blob: Blob = shown.as_ref()?.get(1).dyn_into().ok()?;
            let plain = blob
                .slice_with_f64_and_f64_and_content_type(
                    0.0,
                    blob.size(),
                    "application/octet-stream",
                )
                .ok()?;
            let address = Url::create_object_url_with_blob(&plain).ok()?;
            let link: HtmlAnchorElement = document()?.create_element("a").ok()?.unchecked_into();
            link.set_href(&address);
            link.set_download(name);
            link.click();
            Url::revoke_object_url(&address).ok()
        };
        // A browser that refuses says so itself.
        let _ = save();
    }

    /// Lets go of the file that was shown.
    pub(crate) fn forget(&self) {
        *self.shown.borrow_mut() = None;
        if let Some(address) = self.address.borrow_mut().take() {
            // An address that is gone is gone.
            let _ = Url::revoke_object_url(&address);
        }
    }
}

/// Hears what a person chooses, drops or pastes. A file that misses the place is not opened by the browser either.
pub(crate) fn listeners(files: &Rc<Files>, send: &Callback<Msg>) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let hear = |kind: &'static str, list: fn(&Event) -> Option<FileList>| {
        let (files, send) = (Rc::clone(files), send.clone());
        Listener::new(&window, kind, move |event| {
            let Some(list) = list(&event).filter(|list| list.length() > 0) else {
                return;
            };
            let here = document().and_then(|document| document.get_element_by_id(PLACE));
            if here.is_some() {
                send.emit(Msg::File(FileMsg::Picked(files.pick(&list))));
            }
        })
    };
    vec![
        Listener::new(&window, "dragover", |event| event.prevent_default()),
        hear("drop", |event| {
            event.prevent_default();
            event.dyn_ref::<DragEvent>()?.data_transfer()?.files()
        }),
        hear("paste", |event| {
            event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.files()
        }),
        hear("change", |event| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            let list = input.files().filter(|_| input.type_() == "file")?;
            let kept = copied(&list);
            // The same file can be chosen again.
            input.set_value("");
            kept
        }),
    ]
}

/// A list that stays when the field is emptied.
fn copied(list: &FileList) -> Option<FileList> {
    let kept = web_sys::DataTransfer::new().ok()?;
    for at in 0..list.length() {
        if let Some(file) = list.get(at) {
            // One that cannot be copied is not taken.
            let _ = kept.items().add_with_file(&file);
        }
    }
    kept.files()
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
