//! Runs the effects that [`state`](crate::state) asks for, and turns what the browser says into messages.

use std::rc::Rc;

use js_sys::Array;
use sluis_link::{Request, Secret, Tell};
use sluis_wire::codec;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::Callback;

use crate::services::clock::{self, Beat};
use crate::services::file::{self, Files};
use crate::services::listen::Listener;
use crate::services::thread::Thread;
use crate::services::{address, page, passkey, preference, scan};
use crate::state::{Effect, Msg};

/// Milliseconds between two looks at the clock.
const BEAT: i32 = 10_000;
/// Signs that somebody is at the keyboard, at most once in this many seconds.
const ACTIVE_EVERY: u64 = 5;
/// Where the conversation scrolls.
const CONVERSATION: &str = "conversation-list";

/// What the page holds of the browser.
pub(crate) struct Shell {
    send: Callback<Msg>,
    worker: Option<Thread>,
    /// Files that come from the page, and the one that is shown on it.
    files: Rc<Files>,
    /// What waits until the page is drawn.
    after_drawing: Vec<Effect>,
    _beat: Beat,
    _listeners: Vec<Listener>,
}

impl Shell {
    /// Listens to the browser and hands messages to `send`.
    pub(crate) fn new(send: Callback<Msg>) -> Self {
        let beat = Beat::every(BEAT, {
            let send = send.clone();
            move || send.emit(Msg::Tick(clock::now()))
        });
        let files = Rc::new(Files::default());
        let mut listeners = listeners(&send);
        listeners.extend(file::listeners(&files, &send));
        Self {
            files,
            _listeners: listeners,
            _beat: beat,
            send,
            worker: None,
            after_drawing: Vec::new(),
        }
    }

    /// Runs effects; those that need the drawn page wait for [`drawn`](Self::drawn).
    pub(crate) fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::StartWorker(generation) => self.start_worker(generation),
                Effect::EndWorker => self.worker = None,
                Effect::Send(request) => self.ask(&request),
                Effect::After(milliseconds, msg) => {
                    let send = self.send.clone();
                    clock::after(milliseconds, move || send.emit(*msg));
                }
                Effect::Address(route, step) => address::write(route, step),
                Effect::Copy(text) => {
                    let send = self.send.clone();
                    page::copy(&text.0, move |done| send.emit(Msg::Copied(done)));
                }
                Effect::Reload => page::reload(),
                Effect::File(name, bytes) => page::save(&name, &bytes),
                Effect::SendFile(number, request) => {
                    let file = self.files.take(number);
                    if let Some((worker, file)) = self.worker.as_ref().zip(file) {
                        // As with every message.
                        let _ = worker.send_with(&codec::encode(&request), &file);
                    }
                }
                Effect::SaveFile(name) => self.files.save(&name),
                Effect::ForgetFile => self.files.forget(),
                Effect::Appearance(language, scheme) => preference::apply(language, scheme),
                Effect::StopScanning => scan::stop(),
                Effect::Touch(touch) => {
                    let send = self.send.clone();
                    passkey::touch(touch, move |touched| send.emit(Msg::Touched(touched)));
                }
                Effect::Print
                | Effect::Focus(_)
                | Effect::Top
                | Effect::Scan
                | Effect::ShowFile
                | Effect::ConversationEnd => {
                    self.after_drawing.push(effect);
                }
            }
        }
    }

    /// The page has been drawn.
    pub(crate) fn drawn(&mut self) {
        for effect in core::mem::take(&mut self.after_drawing) {
            match effect {
                Effect::Print => page::print(),
                Effect::Focus(id) => sluis_kit::page::focus(id),
                Effect::Top => page::to_top(),
                Effect::ConversationEnd => page::to_end(CONVERSATION),
                Effect::ShowFile => self.files.show(),
                Effect::Scan => {
                    let send = self.send.clone();
                    scan::start(move |code| {
                        send.emit(Msg::Scanned(code.map(Secret)));
                    });
                }
                _ => {}
            }
        }
    }

    fn start_worker(&mut self, generation: u32) {
        // The old one ends first: two of them would want one vault.
        self.worker = None;
        self.files.forget();
        let files = Rc::clone(&self.files);
        let told = self
            .send
            .reform(move |(bytes, beside): (Vec<u8>, Option<Array>)| {
                if let Some(beside) = beside {
                    files.read(beside);
                }
                match codec::decode_own::<Tell>(&bytes) {
                    Ok(tell) => Msg::Told(generation, Rc::new(tell)),
                    Err(_) => Msg::WorkerBroke(generation),
                }
            });
        let broke = self.send.reform(move |()| Msg::WorkerBroke(generation));
        let on_failure = {
            let broke = broke.clone();
            move || broke.emit(())
        };
        match Thread::start(move |bytes, beside| told.emit((bytes, beside)), on_failure) {
            Ok(worker) => self.worker = Some(worker),
            Err(_) => clock::after(0, move || broke.emit(())),
        }
    }

    fn ask(&self, request: &Request) {
        let Some(worker) = &self.worker else {
            return;
        };
        // A worker that has gone says so by its error event.
        let _ = worker.send(&codec::encode(request));
    }
}

fn listeners(send: &Callback<Msg>) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let mut listeners = vec![
        Listener::new(&window, "hashchange", {
            let send = send.clone();
            move |_| send.emit(Msg::Routed(address::read()))
        }),
        // The way back and forth through what was written with `pushState`.
        Listener::new(&window, "popstate", {
            let send = send.clone();
            move |_| send.emit(Msg::Routed(address::read()))
        }),
        // The boot script says so: this page is of an older version than the service worker that is ready.
        Listener::new(&window, "sluis-newer", {
            let send = send.clone();
            move |_| send.emit(Msg::Newer)
        }),
        Listener::new(&window, "keydown", {
            let send = send.clone();
            move |event| {
                if event.dyn_ref::<KeyboardEvent>().is_some_and(locks) {
                    event.prevent_default();
                    send.emit(Msg::Lock);
                }
            }
        }),
    ];
    let active = active(send);
    for kind in ["keydown", "pointerdown", "wheel", "touchmove"] {
        let active = active.clone();
        listeners.push(Listener::new(&window, kind, move |_| active.emit(())));
    }
    if let Some(document) = window.document() {
        let send = send.clone();
        // After a sleep timers come late; the clock is looked at as soon as the page is seen again.
        listeners.push(Listener::new(&document, "visibilitychange", move |_| {
            send.emit(Msg::Tick(clock::now()));
        }));
    }
    listeners
}

/// Says now and then that somebody is there; the time goes ahead, so that a touch after a long sleep comes too late.
fn active(send: &Callback<Msg>) -> Callback<()> {
    let send = send.clone();
    let last = core::cell::Cell::new(0);
    Callback::from(move |()| {
        let now = clock::now();
        if now >= last.get() + ACTIVE_EVERY {
            last.set(now);
            send.emit(Msg::Tick(now));
            send.emit(Msg::Active);
        }
    })
}

fn locks(event: &KeyboardEvent) -> bool {
    event.ctrl_key() && event.shift_key() && event.key().eq_ignore_ascii_case("l")
}
