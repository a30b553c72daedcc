//! The one component with a state: it holds the model, draws it, and passes on what is to be done.

use sluis_kit::Locale;
use yew::prelude::*;

use crate::browser;
use crate::pages;
use crate::shell::{self, Shell};
use crate::state::{Effect, Model, Msg, update};

/// The page.
pub(crate) struct App {
    model: Model,
    shell: Shell,
    send: Callback<Msg>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let opened = browser::opened();
        let (lang, coming_back) = opened.split_once('#').unwrap_or((&opened, ""));
        let locale = Locale::negotiate([lang]);
        let send = context.link().callback(|msg| msg);
        let mut app = Self {
            model: Model::new(locale, shell::now(), browser::loopback()),
            shell: Shell::new(send.clone(), locale),
            send,
        };
        app.run([
            Effect::Locale(locale),
            Effect::ReadSite,
            Effect::ReadEvidence,
        ]);
        if coming_back.contains("return") {
            app.take(Msg::ComeBack);
        }
        app
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let (ticked, before) = (matches!(msg, Msg::Tick { .. }), self.model.now / 60_000);
        let busy = self.take(msg);
        // A tick alone shows nothing new, but the day may have turned.
        !ticked || busy || self.model.now / 60_000 != before
    }

    fn view(&self, _: &Context<Self>) -> Html {
        pages::page(&self.model, &self.send)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(id) = self.shell.focus.take() {
            browser::focus(id);
        }
        if core::mem::take(&mut self.shell.scroll) {
            browser::end();
        }
    }
}

impl App {
    /// Takes in a message. Returns whether it asked for anything.
    fn take(&mut self, msg: Msg) -> bool {
        let effects = update(&mut self.model, msg);
        let busy = !effects.is_empty();
        self.run(effects);
        busy
    }

    fn run(&mut self, effects: impl IntoIterator<Item = Effect>) {
        for effect in effects {
            self.shell.run(effect);
        }
    }
}
