//! Elements and the few patterns that the page is made of.
//!
//! The page draws with these functions rather than with the kit's components and `html!`: the same classes and the same behaviour in a
//! third of the code, because nothing here is generic. Bytes count on this page.

use std::cell::RefCell;
use std::rc::Rc;

use sluis_kit::Glyph;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::html::{onchange, onclick, oninput, onkeydown};
use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use crate::state::Msg;

const BUTTON: &str = "utrecht-button utrecht-button--html-button utrecht-button--secondary-action";
const PRIMARY: &str = "utrecht-button utrecht-button--html-button utrecht-button--primary-action";
const SUBTLE: &str = "utrecht-button utrecht-button--html-button utrecht-button--subtle";
const DANGER: &str = "utrecht-button utrecht-button--html-button utrecht-button--primary-action utrecht-button--danger";

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

    /// Sets an attribute without a value when it holds.
    #[inline(never)]
    pub(super) fn flag(self, key: &'static str, holds: bool) -> Self {
        if holds { self.attr(key, "") } else { self }
    }

    #[inline(never)]
    pub(super) fn id(self, id: &'static str) -> Self {
        self.attr("id", id)
    }

    #[inline(never)]
    pub(super) fn text(self, text: &'static str) -> Self {
        self.kid(VText::new(text).into())
    }

    #[inline(never)]
    pub(super) fn says(self, text: String) -> Self {
        self.kid(VText::new(text).into())
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

    #[inline(never)]
    pub(super) fn icon(self, glyph: Glyph) -> Self {
        self.kid(icon(glyph))
    }

    #[inline(never)]
    pub(super) fn click(mut self, send: &Callback<Msg>, msg: Msg) -> Self {
        let once = once(send, msg);
        let callback = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            once.emit(());
        });
        self.0
            .add_listener(Rc::new(onclick::Wrapper::new(callback)));
        self
    }

    /// Sends what stands in the field at every change.
    #[inline(never)]
    fn typed(mut self, send: &Callback<Msg>, msg: fn(String) -> Msg) -> Self {
        let send = send.clone();
        let callback = Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target() {
                // A text area has the same property.
                send.emit(msg(field.unchecked_into::<HtmlInputElement>().value()));
            }
        });
        self.0
            .add_listener(Rc::new(oninput::Wrapper::new(callback)));
        self
    }

    #[inline(never)]
    pub(super) fn changed(mut self, send: &Callback<Msg>, msg: Msg) -> Self {
        let once = once(send, msg);
        let callback = Callback::from(move |_: Event| once.emit(()));
        self.0
            .add_listener(Rc::new(onchange::Wrapper::new(callback)));
        self
    }

    /// Sends on Enter; in fields of several lines only with Control or Command.
    #[inline(never)]
    fn enter(mut self, send: &Callback<Msg>, msg: Msg, several_lines: bool) -> Self {
        let once = once(send, msg);
        let callback = Callback::from(move |event: KeyboardEvent| {
            let meant = if several_lines {
                event.ctrl_key() || event.meta_key()
            } else {
                !event.is_composing()
            };
            if meant && event.key() == "Enter" {
                event.prevent_default();
                once.emit(());
            }
        });
        self.0
            .add_listener(Rc::new(onkeydown::Wrapper::new(callback)));
        self
    }

    #[inline(never)]
    fn value(mut self, value: &str) -> Self {
        self.0.set_value(Some(AttrValue::from(value.to_owned())));
        self
    }

    #[inline(never)]
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    #[inline(never)]
    pub(super) fn html(self) -> Html {
        (*self.0).into()
    }
}

/// Sends a message once. The page is drawn anew after every message, with new listeners; a second click before that is a slip.
#[inline(never)]
fn once(send: &Callback<Msg>, msg: Msg) -> Callback<()> {
    let (send, msg) = (send.clone(), RefCell::new(Some(msg)));
    Callback::from(move |()| {
        if let Some(msg) = msg.take() {
            send.emit(msg);
        }
    })
}

/// An icon beside a text.
#[inline(never)]
pub(super) fn icon(glyph: Glyph) -> Html {
    let path = el("path", "").attr("d", glyph.path());
    let svg = el("svg", "sluis-icon")
        .attr("viewBox", "0 0 24 24")
        .attr("focusable", "false");
    svg.attr("aria-hidden", "true").kid(path.html()).html()
}

/// How much a button asks for attention.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Primary,
    Plain,
    Subtle,
    Danger,
}

/// A button of at least 44 by 44 pixels.
#[inline(never)]
pub(super) fn button(
    id: &'static str,
    kind: Kind,
    glyph: Option<Glyph>,
    words: &'static str,
    send: &Callback<Msg>,
    msg: Msg,
) -> El {
    let class = match kind {
        Kind::Primary => PRIMARY,
        Kind::Plain => BUTTON,
        Kind::Subtle => SUBTLE,
        Kind::Danger => DANGER,
    };
    let mut button = el("button", class).attr("type", "button").click(send, msg);
    if !id.is_empty() {
        button = button.id(id);
    }
    if let Some(glyph) = glyph {
        button = button.icon(glyph);
    }
    button.text(words)
}

/// Things beside each other.
#[inline(never)]
pub(super) fn row(kids: Vec<Html>) -> Html {
    el("div", "sluis-row-of").kids(kids).html()
}

/// A paragraph.
#[inline(never)]
pub(super) fn p(text: &'static str) -> Html {
    el("p", "utrecht-paragraph").text(text).html()
}

/// A paragraph made of more than one text.
#[inline(never)]
pub(super) fn says(text: String) -> Html {
    el("p", "utrecht-paragraph").says(text).html()
}

/// A quieter paragraph.
#[inline(never)]
pub(super) fn soft(text: &'static str) -> Html {
    el("p", "sluis-soft").text(text).html()
}

/// The heading of a step, which takes the focus when the step begins.
#[inline(never)]
pub(super) fn title(text: String) -> Html {
    el("h1", "utrecht-heading-1")
        .id("title")
        .attr("tabindex", "-1")
        .says(text)
        .html()
}

/// News: what happened and what you can do now. `bad` is read at once.
#[inline(never)]
pub(super) fn alert(bad: bool, what: &'static str, advice: &'static str) -> El {
    let (class, role, glyph) = if bad {
        (
            "utrecht-alert utrecht-alert--error",
            "alert",
            sluis_kit::glyph::CIRCLE_ALERT,
        )
    } else {
        (
            "utrecht-alert utrecht-alert--warning",
            "status",
            sluis_kit::glyph::INFO,
        )
    };
    let strong = el("p", "utrecht-paragraph sluis-strong").text(what).html();
    let message = el("div", "utrecht-alert__message")
        .kid(strong)
        .kid(p(advice))
        .html();
    let picture = el("div", "utrecht-alert__icon").icon(glyph).html();
    el("div", class)
        .attr("role", role)
        .kid(picture)
        .kid(el("div", "utrecht-alert__content").kid(message).html())
}

/// A field for text: what it is for, help, what is wrong, what stands in it.
pub(super) struct Field<'a> {
    pub(super) id: &'static str,
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) error: Option<String>,
    pub(super) value: &'a str,
    /// Lines; one makes a field that Enter ends.
    pub(super) rows: u8,
    pub(super) disabled: bool,
    pub(super) typed: fn(String) -> Msg,
    pub(super) enter: Msg,
}

impl Field<'_> {
    #[inline(never)]
    pub(super) fn html(self, send: &Callback<Msg>) -> Html {
        let (hint, error) = ([self.id, "-hint"].concat(), [self.id, "-error"].concat());
        let wrong = self.error.is_some();
        let several = self.rows > 1;
        let field = if several {
            el(
                "textarea",
                "utrecht-textarea utrecht-textarea--html-textarea",
            )
            .with("rows", self.rows.to_string())
        } else {
            el("input", "utrecht-textbox utrecht-textbox--html-input")
                .attr("type", "text")
                .attr("maxlength", "300")
        };
        // Spelling is not checked: some browsers send the text elsewhere to do so.
        let field = field
            .id(self.id)
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .value(self.value);
        let field = field
            .flag("disabled", self.disabled)
            .with("aria-describedby", [hint.as_str(), " ", &error].concat());
        let field = if wrong {
            field.attr("aria-invalid", "true")
        } else {
            field
        };
        let field = field
            .typed(send, self.typed)
            .enter(send, self.enter, several);
        let label = el("label", "utrecht-form-label utrecht-form-field__label")
            .attr("for", self.id)
            .says(self.label);
        let class = if wrong {
            "utrecht-form-field utrecht-form-field--invalid"
        } else {
            "utrecht-form-field"
        };
        let mut frame = el("div", class).kid(label.html());
        if !self.hint.is_empty() {
            let help = el(
                "div",
                "utrecht-form-field-description utrecht-form-field__description",
            );
            frame = frame.kid(help.with("id", hint).text(self.hint).html());
        }
        if let Some(words) = self.error {
            let what = el(
                "div",
                "utrecht-form-field-error-message utrecht-form-field__error-message",
            )
            .with("id", error);
            let what = what
                .attr("role", "alert")
                .icon(sluis_kit::glyph::CIRCLE_ALERT)
                .says(words);
            frame = frame.kid(what.html());
        }
        frame
            .kid(
                el("div", "utrecht-form-field__input")
                    .kid(field.html())
                    .html(),
            )
            .html()
    }
}

/// A radio button or a box to tick, with its label and a line of help.
#[inline(never)]
pub(super) fn option(
    id: String,
    radio: bool,
    label: String,
    hint: &str,
    checked: bool,
    send: &Callback<Msg>,
    msg: Msg,
) -> Html {
    let (kind, class, label_class) = if radio {
        (
            "radio",
            "utrecht-radio-button utrecht-radio-button--html-input sluis-option__input",
            "utrecht-form-label utrecht-form-label--radio sluis-option__label",
        )
    } else {
        (
            "checkbox",
            "utrecht-checkbox utrecht-checkbox--html-input sluis-option__input",
            "utrecht-form-label utrecht-form-label--checkbox sluis-option__label",
        )
    };
    let described = [id.as_str(), "-hint"].concat();
    let mut input = el("input", class)
        .attr("type", kind)
        .with("id", id.clone())
        .checked(checked)
        .changed(send, msg);
    if radio {
        input = input.attr("name", "line");
    }
    let mut frame = el("div", "sluis-option");
    let label = el("label", label_class).with("for", id).says(label).html();
    if hint.is_empty() {
        return frame.kid(input.html()).kid(label).html();
    }
    input = input.with("aria-describedby", described.clone());
    frame = frame.kid(input.html()).kid(label);
    let help = el("div", "utrecht-form-field-description")
        .with("id", described)
        .says(hint.to_owned());
    frame.kid(help.html()).html()
}

/// How far something is; unknown without a number.
#[inline(never)]
pub(super) fn progress(
    id: &'static str,
    label: &'static str,
    percent: Option<u8>,
    detail: &'static str,
) -> Html {
    let mut bar = el("progress", "sluis-progress__bar")
        .id(id)
        .attr("max", "100")
        .attr("aria-label", label);
    if let Some(percent) = percent {
        bar = bar.with("value", percent.to_string());
    }
    let words = el("span", "sluis-progress__label").text(label).html();
    let mut frame = el("div", "sluis-progress").kid(words).kid(bar.html());
    if !detail.is_empty() {
        frame = frame.kid(el("span", "sluis-progress__detail").text(detail).html());
    }
    frame.html()
}

/// Something that folds out.
#[inline(never)]
pub(super) fn details(
    id: &'static str,
    class: &'static str,
    summary: &'static str,
    kids: Vec<Html>,
) -> Html {
    el("details", class)
        .id(id)
        .kid(el("summary", "").text(summary).html())
        .kids(kids)
        .html()
}
