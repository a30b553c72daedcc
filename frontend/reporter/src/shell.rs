//! Does what [`crate::state`] asks for: the only place of the page that touches clock, chance, network and browser.

use js_sys::{Date, Math};
use sluis_kit::{Locale, text::reporter};
use sluis_wire::api::{BoardRead, ChallengeRead, EvidenceRead, IntakePost};
use sluis_wire::codec;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, KeyboardEvent, Window};
use yew::Callback;

use crate::link::{Ask, MOST};
use crate::state::{Effect, Msg};
use crate::thread::Thread;
use crate::{net, save};

/// Milliseconds between two ticks.
const TICK: i32 = 1_000;
/// The word list that is not compiled in.
const LIST: &str = "/words/en.txt";

/// What the page holds of the browser.
pub(crate) struct Shell {
    send: Callback<Msg>,
    thread: Option<Thread>,
    /// What the worker has to hear first; it is started when there is work for it.
    trust: Option<Ask>,
    /// Where to move the focus after drawing.
    pub(crate) focus: Option<&'static str>,
    /// Whether to go to the end of the conversation after drawing.
    pub(crate) scroll: bool,
    locale: Locale,
}

impl Shell {
    /// Starts ticking and listening.
    pub(crate) fn new(send: Callback<Msg>, locale: Locale) -> Self {
        if let Some(window) = web_sys::window() {
            listen(&window, &send);
        }
        Self {
            send,
            thread: None,
            trust: None,
            focus: None,
            scroll: false,
            locale,
        }
    }

    /// Does one thing.
    pub(crate) fn run(&mut self, effect: Effect) {
        let send = self.send.clone();
        match effect {
            Effect::ReadSite => net::site(move |site| send.emit(Msg::SiteRead(site))),
            Effect::ReadEvidence => {
                net::ask(&EvidenceRead, move |answer| {
                    send.emit(Msg::EvidenceRead(answer.map(Box::new)));
                });
            }
            Effect::ReadChallenge => net::ask(&ChallengeRead, move |answer| {
                send.emit(Msg::ChallengeRead(answer));
            }),
            Effect::ReadList => net::file(LIST, move |text| send.emit(Msg::ListRead(text))),
            Effect::Post(local, body) => {
                net::post::<IntakePost>(body, move |answer| send.emit(Msg::Posted(local, answer)));
            }
            Effect::Poll(body) => {
                net::post::<BoardRead>(body, move |answer| send.emit(Msg::Polled(answer)));
            }
            Effect::Worker(trust @ Ask::Trust { .. }) => self.trust(trust),
            Effect::Worker(ask) => self.ask(&ask),
            Effect::Leave(address) => self.leave(&address),
            Effect::Copy(text) => {
                spawn_local(async move { send.emit(Msg::Copied(save::copy(&text).await)) });
            }
            Effect::Print => {
                // A browser that cannot print leaves the other ways.
                let _ = web_sys::window().map(|window| window.print());
            }
            Effect::SaveImage(words) => {
                save::picture(
                    "8.png".into(),
                    reporter::words_image_title(self.locale),
                    &words,
                );
            }
            Effect::SaveText(name, text) => save::text(&name, &text),
            Effect::Focus(id) => self.focus = Some(id),
            Effect::ScrollToEnd => self.scroll = true,
            Effect::Locale(locale) => {
                self.locale = locale;
                locale.apply();
                if let Some(document) = web_sys::window().and_then(|window| window.document()) {
                    document.set_title(reporter::page_title(locale));
                }
            }
            Effect::Scheme(scheme) => scheme.apply(),
        }
    }

    fn trust(&mut self, trust: Ask) {
        if self.thread.is_some() {
            self.tell(&trust);
        }
        self.trust = Some(trust);
    }

    fn ask(&mut self, ask: &Ask) {
        if self.thread.is_none() {
            self.start();
            if let Some(trust) = self.trust.take() {
                self.tell(&trust);
                self.trust = Some(trust);
            }
        }
        self.tell(ask);
    }

    fn start(&mut self) {
        let (send, stopped) = (self.send.clone(), self.send.clone());
        let hear = move |bytes: Vec<u8>| {
            if let Ok(tell) = codec::decode(&bytes, MOST) {
                send.emit(Msg::Worker(tell));
            }
        };
        match Thread::start(hear, move || stopped.emit(Msg::WorkerStopped)) {
            Ok(thread) => self.thread = Some(thread),
            Err(_) => self.later(Msg::WorkerStopped),
        }
    }

    fn tell(&self, ask: &Ask) {
        let heard = self
            .thread
            .as_ref()
            .is_some_and(|thread| thread.send(&codec::encode(ask)).is_ok());
        if !heard {
            self.later(Msg::WorkerStopped);
        }
    }

    /// Sends a message when the present one is done.
    fn later(&self, msg: Msg) {
        let send = self.send.clone();
        spawn_local(async move { send.emit(msg) });
    }

    /// Ends the worker, empties the page and replaces it: nothing to come back to.
    fn leave(&mut self, address: &str) {
        self.thread = None;
        if let Some(window) = web_sys::window() {
            if let Some(app) = window
                .document()
                .and_then(|document| document.get_element_by_id("app"))
            {
                // Hidden at once: the other site may take a while.
                let _ = app.set_attribute("hidden", "");
            }
            // Refused only for an address that is none, and then the page is hidden at least.
            let _ = window.location().replace(address);
        }
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 fit"
    )]
    let now = Date::now() as u64;
    now
}

/// Whether the page comes from this very machine.
pub(crate) fn loopback() -> bool {
    let host = web_sys::window().and_then(|window| window.location().hostname().ok());
    host.is_some_and(|host| {
        host == "localhost"
            || host.ends_with(".localhost")
            || host.starts_with("127.")
            || host == "[::1]"
    })
}

/// The language that the boot script chose, and what the address asks for: `#return`. The address is cleaned at once.
pub(crate) fn start() -> (Locale, bool) {
    let Some(window) = web_sys::window() else {
        return (Locale::default(), false);
    };
    let lang = window
        .document()
        .and_then(|document| document.document_element()?.get_attribute("lang"));
    let hash = window.location().hash().unwrap_or_default();
    if !hash.is_empty()
        && let Ok(history) = window.history()
    {
        // The entry in the history says no more than that the page was open.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/"));
    }
    (Locale::negotiate(lang.as_deref()), hash.contains("return"))
}

fn listen(window: &Window, send: &Callback<Msg>) {
    let tick = {
        let send = send.clone();
        Closure::<dyn Fn()>::new(move || {
            send.emit(Msg::Tick {
                now: now(),
                chance: chance(),
            });
        })
    };
    let escape = {
        let send = send.clone();
        Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.repeat() {
                send.emit(Msg::Escape);
            }
        })
    };
    let visible = {
        let send = send.clone();
        Closure::<dyn Fn(Event)>::new(move |_: Event| {
            let hidden = web_sys::window()
                .and_then(|window| window.document())
                .is_some_and(|page| page.hidden());
            send.emit(Msg::Visible(!hidden));
        })
    };
    // These cannot fail for functions; they live as long as the page does.
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(
        tick.as_ref().unchecked_ref(),
        TICK,
    );
    let _ = window.add_event_listener_with_callback("keydown", escape.as_ref().unchecked_ref());
    if let Some(document) = window.document() {
        let _ = document
            .add_event_listener_with_callback("visibilitychange", visible.as_ref().unchecked_ref());
    }
    tick.forget();
    escape.forget();
    visible.forget();
}

/// A number for spreading things over time; nothing secret depends on it.
pub(crate) fn chance() -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below 65,536"
    )]
    let chance = (Math::random() * 65_536.0) as u16;
    chance
}
