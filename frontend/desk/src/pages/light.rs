//! Elements and components through plain functions: the same markup as `html!` gives, in a third of the code, because nothing here is generic.

use std::rc::Rc;

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::{Alert, Badge, Button, Choice, Glyph, Icon, Select, TextField, Tone, Variant};
use yew::html::onclick;
use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use crate::state::Msg;

/// An element in the making.
pub(super) struct El(Box<VTag>);

/// An element with a class; none when it is empty.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &'static str) -> El {
    let el = El(Box::new(VTag::new(tag)));
    if class.is_empty() {
        el
    } else {
        el.attr("class", class)
    }
}

impl El {
    #[inline(never)]
    pub(super) fn attr(mut self, key: &'static str, value: &'static str) -> Self {
        self.0.add_attribute(key, value);
        self
    }

    #[inline(never)]
    pub(super) fn with(mut self, key: &'static str, value: String) -> Self {
        self.0.add_attribute(key, value);
        self
    }

    /// Numbers as attributes, for drawings.
    #[inline(never)]
    pub(super) fn at(mut self, numbers: &[(&'static str, usize)]) -> Self {
        for (key, number) in numbers {
            self.0.add_attribute(key, number.to_string());
        }
        self
    }

    #[inline(never)]
    pub(super) fn text(self, text: &str) -> Self {
        self.kid(VText::new(text.to_owned()).into())
    }

    #[inline(never)]
    pub(super) fn kid(mut self, kid: Html) -> Self {
        self.0.add_child(kid);
        self
    }

    #[inline(never)]
    pub(super) fn kids(mut self, kids: Vec<Html>) -> Self {
        for kid in kids {
            self.0.add_child(kid);
        }
        self
    }

    /// Sends this on a click.
    #[inline(never)]
    pub(super) fn click(mut self, send: &Callback<Msg>, msg: Msg) -> Self {
        let send = send.clone();
        let callback = Callback::from(move |_: MouseEvent| send.emit(msg.clone()));
        self.0
            .add_listener(Rc::new(onclick::Wrapper::new(callback)));
        self
    }

    #[inline(never)]
    pub(super) fn html(self) -> Html {
        (*self.0).into()
    }
}

/// A paragraph.
#[inline(never)]
pub(super) fn p(class: &'static str, text: &str) -> Html {
    el("p", class).text(text).html()
}

/// A heading that names its section.
#[inline(never)]
pub(super) fn heading(tag: &'static str, id: &'static str, words: &str) -> El {
    let class = if tag == "h2" {
        "utrecht-heading-2"
    } else {
        "utrecht-heading-3"
    };
    el(tag, class).attr("id", id).text(words)
}

/// A section with the name that its heading has.
#[inline(never)]
pub(super) fn section(class: &'static str, id: &'static str) -> El {
    el("section", class).attr("aria-labelledby", id)
}

#[inline(never)]
pub(super) fn icon(glyph: Glyph) -> Html {
    html! { <Icon {glyph} /> }
}

#[inline(never)]
pub(super) fn badge(tone: Tone, words: String) -> Html {
    html! { <Badge {tone}>{ words }</Badge> }
}

/// A notice that was there when the page opened, or that is read aloud.
#[inline(never)]
pub(super) fn notice(
    locale: Locale,
    tone: Tone,
    quiet: bool,
    what: String,
    advice: Option<String>,
    more: Html,
) -> Html {
    let advice = advice.map(AttrValue::from);
    html! { <Alert {locale} {tone} {what} {advice} {quiet}>{ more }</Alert> }
}

/// A button to press.
#[derive(Default)]
pub(super) struct Press {
    pub(super) id: String,
    pub(super) words: String,
    /// What a screen reader says instead of the words.
    pub(super) label: Option<String>,
    pub(super) variant: Variant,
    pub(super) icon: Option<Glyph>,
    pub(super) class: &'static str,
    pub(super) busy: bool,
    pub(super) disabled: bool,
}

impl Press {
    #[inline(never)]
    pub(super) fn html(self, send: &Callback<Msg>, msg: Msg) -> Html {
        let onclick = super::on(send, msg);
        let id = (!self.id.is_empty()).then(|| AttrValue::from(self.id));
        let label = self.label.map(AttrValue::from);
        html! {
            <Button {id} {label} variant={self.variant} icon={self.icon} class={self.class} busy={self.busy} disabled={self.disabled} {onclick}>{ self.words }</Button>
        }
    }
}

/// One of a few, by their places.
pub(super) struct Choose<'a> {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) choices: &'a [&'static str],
    pub(super) chosen: Option<usize>,
}

impl Choose<'_> {
    #[inline(never)]
    pub(super) fn html(self, onchange: &Callback<usize>) -> Html {
        let choices: Vec<Choice> = self
            .choices
            .iter()
            .enumerate()
            .map(|(place, label)| Choice::new(place.to_string(), *label))
            .collect();
        let value = self.chosen.unwrap_or_default().to_string();
        let onchange = onchange.reform(|place: String| place.parse::<usize>().unwrap_or_default());
        html! { <Select id={self.id} label={self.label} {choices} {value} {onchange} /> }
    }
}

/// One line of text to fill in.
#[derive(Default)]
pub(super) struct Line {
    pub(super) id: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) error: Option<String>,
    pub(super) value: String,
    /// As the browser calls it; empty for plain text.
    pub(super) kind: &'static str,
}

impl Line {
    #[inline(never)]
    pub(super) fn html(self, oninput: Callback<String>) -> Html {
        let kind = if self.kind.is_empty() {
            "text"
        } else {
            self.kind
        };
        let hint = self.hint.map(AttrValue::from);
        let error = self.error.map(AttrValue::from);
        html! { <TextField id={self.id} label={self.label} {hint} {error} {kind} value={self.value} maxlength={500} {oninput} /> }
    }
}
