//! The screens. Each draws a part of the model and turns what people do into messages; nothing is kept here.

mod access;
mod alarms;
mod classes;
mod dossier;
mod dossiers;
mod enrol;
mod frame;
mod gate;
mod light;
mod newcomer;
mod package;
mod people;
mod policy;
mod settings;
mod setup;
mod sheet;
mod sheets;
mod tally;
mod unsorted;
mod work;

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::{Alert, Choice, Select, Tone};
use sluis_link::Fault;
use yew::prelude::*;

use crate::route::Route;
use crate::state::gate::Gate;
use crate::state::{Model, Msg, Phase};
use crate::words;

/// Draws the page.
pub(crate) fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let main = match &model.phase {
        Phase::Starting { .. } => gate::waiting(model),
        Phase::Locking { .. } => gate::locking(model),
        Phase::Broken => gate::broken(model, send),
        Phase::Gate(Gate::Unlock(form)) => gate::unlock(model, form, send),
        Phase::Gate(Gate::Demo(chooser)) => gate::demo(model, chooser, send),
        Phase::Gate(Gate::NoVault) => enrol::ways(model, send),
        Phase::Gate(Gate::Revoked) => enrol::revoked(model, send),
        Phase::Gate(Gate::Emptying(form)) => enrol::emptying(model, form, send),
        Phase::Gate(gate) => gate::closed(model, gate, send),
        Phase::SetUp(form) => setup::view(model, form, send),
        Phase::Open(desk) => match model.route {
            Route::Work => work::view(model, desk, send),
            Route::Dossiers => dossiers::view(model, desk, send),
            Route::Dossier => dossier::view(model, desk, send),
            Route::New => newcomer::view(model, desk, send),
            Route::Settings => settings::view(model, desk, send),
            Route::Access => access::view(model, desk, send),
            Route::People => people::view(model, desk, send),
            Route::Admit => people::admit(model, desk, send),
            Route::Sheets => sheets::view(model, desk, send),
            Route::Classes => classes::view(model, desk, send),
            Route::Figures => tally::view(model, desk, send),
        },
    };
    frame::view(model, send, main)
}

/// The one heading of a page; the keyboard goes there when the page changes.
fn title(text: impl Into<AttrValue>) -> Html {
    html! { <h1 id="title" tabindex="-1" class="utrecht-heading-1">{ text.into() }</h1> }
}

/// A callback without argument that sends this message.
fn on(send: &Callback<Msg>, msg: Msg) -> Callback<()> {
    send.reform(move |()| msg.clone())
}

/// What happened and what to do now.
fn fault(locale: Locale, fault: Fault) -> Html {
    let advice = words::fault(locale, fault);
    html! { <Alert {locale} tone={Tone::Danger} what={advice.what} advice={advice.now} /> }
}

/// What happened and what to do now, on one line under a field.
fn fault_line(locale: Locale, fault: Fault) -> AttrValue {
    let advice = words::fault(locale, fault);
    AttrValue::from([advice.what, " ", advice.now].concat())
}

/// A list to choose one value from.
struct Pick<T> {
    id: &'static str,
    label: AttrValue,
    choices: Vec<(T, AttrValue)>,
    value: T,
    disabled: bool,
}

impl<T: Clone + PartialEq + 'static> Pick<T> {
    fn view(self, onpick: Callback<T>) -> Html {
        let place = self
            .choices
            .iter()
            .position(|(value, _)| *value == self.value)
            .unwrap_or_default();
        let choices = self
            .choices
            .iter()
            .enumerate()
            .map(|(index, (_, label))| Choice::new(index.to_string(), label.clone()))
            .collect::<Vec<_>>();
        let values: Vec<T> = self.choices.into_iter().map(|(value, _)| value).collect();
        let onchange = Callback::from(move |index: String| {
            if let Some(value) = index
                .parse()
                .ok()
                .and_then(|index: usize| values.get(index))
            {
                onpick.emit(value.clone());
            }
        });
        html! { <Select id={self.id} label={self.label} {choices} value={place.to_string()} disabled={self.disabled} {onchange} /> }
    }
}

/// A moment for the kit, which counts in signed seconds.
fn unix(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
