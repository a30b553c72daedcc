//! The owner of the model.

use yew::prelude::*;

use crate::pages;
use crate::services::{address, clock, preference};
use crate::shell::Shell;
use crate::state::{Model, Msg, update};

/// The whole application.
pub(crate) struct App {
    model: Model,
    shell: Shell,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(Msg::Began);
        Self {
            model: Model::new(
                preference::locale(),
                preference::scheme(),
                address::read(),
                clock::now(),
            ),
            shell: Shell::new(ctx.link().callback(|msg| msg)),
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let warned = self.model.desk().is_some_and(|desk| desk.locks_soon);
        // A touch by itself changes nothing that is seen, unless it takes the warning away.
        let seen = warned || !matches!(msg, Msg::Active);
        let effects = update(&mut self.model, msg);
        let work = !effects.is_empty();
        self.shell.run(effects);
        seen || work
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        pages::view(&self.model, &ctx.link().callback(|msg| msg))
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.shell.drawn();
    }
}
