//! Reads a QR code with the browser's own `BarcodeDetector`, from the camera or from a picture. Nothing of a picture is kept or sent.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlInputElement};

use crate::services::clock;

/// The element that shows what the camera sees.
pub(crate) const VIDEO: &str = "enter-video";
/// Milliseconds between two looks at the camera.
const LOOK: u32 = 250;

thread_local! {
    /// The camera's stream, while it is on.
    static STREAM: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    /// Counts the times that the camera was switched on.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Whether this browser can.
pub(crate) fn available() -> bool {
    detector_class().is_some()
}

fn detector_class() -> Option<Function> {
    Reflect::get(&js_sys::global(), &"BarcodeDetector".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// A method of `of`, called without or with one argument, as a promise.
async fn call(of: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &name.into())?.dyn_into()?;
    let answer = method.call1(of, argument)?;
    JsFuture::from(Promise::resolve(&answer)).await
}

fn detector() -> Result<JsValue, JsValue> {
    let class = detector_class().ok_or(JsValue::NULL)?;
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into()))?;
    Reflect::construct(&class, &Array::of1(&options))
}

/// The text of the first code in a picture.
async fn read(detector: &JsValue, picture: &JsValue) -> Result<Option<String>, JsValue> {
    let found: Array = call(detector, "detect", picture).await?.dyn_into()?;
    Ok(Reflect::get(&found.get(0), &"rawValue".into())
        .ok()
        .and_then(|text| text.as_string()))
}

/// Switches the camera on and looks until it sees a code or is switched off. `done` is called once, without a code when there is no camera.
pub(crate) fn start(done: impl FnOnce(Option<String>) + 'static) {
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    spawn_local(async move {
        let seen = look(turn).await;
        if TURN.get() == turn {
            stop();
            done(seen.unwrap_or_default());
        }
    });
}

async fn look(turn: u32) -> Result<Option<String>, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let devices = Reflect::get(&navigator, &"mediaDevices".into())?;
    let (wanted, video) = (Object::new(), Object::new());
    Reflect::set(&video, &"facingMode".into(), &"environment".into())?;
    Reflect::set(&wanted, &"video".into(), &video)?;
    let stream = call(&devices, "getUserMedia", &wanted).await?;
    STREAM.set(Some(stream.clone()));
    if TURN.get() != turn {
        stop_stream();
        return Ok(None);
    }
    let video: JsValue = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(VIDEO))
        .ok_or(JsValue::NULL)?
        .into();
    Reflect::set(&video, &"srcObject".into(), &stream)?;
    call(&video, "play", &JsValue::UNDEFINED).await?;
    let detector = detector()?;
    while TURN.get() == turn {
        if let Some(text) = read(&detector, &video).await? {
            return Ok(Some(text));
        }
        let pause = Promise::new(&mut |resolve, _| {
            clock::after(LOOK, move || {
                // Nobody waits for what it returns.
                let _ = resolve.call0(&JsValue::NULL);
            });
        });
        JsFuture::from(pause).await?;
    }
    Ok(None)
}

/// Switches the camera off.
pub(crate) fn stop() {
    TURN.set(TURN.get().wrapping_add(1));
    stop_stream();
}

fn stop_stream() {
    let Some(stream) = STREAM.take() else {
        return;
    };
    let tracks = Reflect::get(&stream, &"getTracks".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|method| method.call0(&stream));
    for track in tracks
        .iter()
        .flat_map(|tracks| Array::from(tracks).to_vec())
    {
        if let Ok(stop) =
            Reflect::get(&track, &"stop".into()).and_then(JsCast::dyn_into::<Function>)
        {
            // A track that has ended needs no stopping.
            let _ = stop.call0(&track);
        }
    }
}

/// Reads the picture that was chosen in a file field.
pub(crate) fn picture(event: &Event, done: impl FnOnce(Option<String>) + 'static) {
    let file = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        .and_then(|field| Reflect::get(&field, &"files".into()).ok())
        .and_then(|files| Reflect::get_u32(&files, 0).ok());
    spawn_local(async move {
        let seen = async {
            let file = file.ok_or(JsValue::NULL)?;
            let bitmap = call(&js_sys::global(), "createImageBitmap", &file).await?;
            read(&detector()?, &bitmap).await
        };
        done(seen.await.unwrap_or_default());
    });
}
