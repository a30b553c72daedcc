//! Text fields: a label above, a hint below it, and an error in words that a screen reader finds from the field.

use sluis_draw::html;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::icon::{Icon, glyph};

/// The parts around a field: label, hint and error.
pub(crate) struct Frame<'a> {
    pub(crate) id: &'a AttrValue,
    pub(crate) label: &'a AttrValue,
    pub(crate) label_hidden: bool,
    pub(crate) hint: Option<&'a AttrValue>,
    pub(crate) error: Option<&'a AttrValue>,
}

impl Frame<'_> {
    /// The identifiers that describe the field, for `aria-describedby`.
    pub(crate) fn described_by(&self) -> Option<String> {
        let parts: Vec<String> = [("hint", self.hint), ("error", self.error)]
            .into_iter()
            .filter_map(|(part, text)| text.map(|_| [self.id.as_str(), "-", part].concat()))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// `field` with its surroundings.
    pub(crate) fn around(&self, field: Html) -> Html {
        let label = classes!(
            "utrecht-form-label",
            "utrecht-form-field__label",
            self.label_hidden.then_some("sluis-hidden")
        );
        html! {
            <div class={classes!("utrecht-form-field", self.error.map(|_| "utrecht-form-field--invalid"))}>
                <label class={label} for={self.id.clone()}>{ self.label }</label>
                { hint(self.id, self.hint) }
                { error(self.id, self.error) }
                <div class="utrecht-form-field__input">{ field }</div>
            </div>
        }
    }
}

/// The line of help under a label.
pub(crate) fn hint(id: &AttrValue, text: Option<&AttrValue>) -> Html {
    html! { if let Some(text) = text { <div id={[id.as_str(), "-hint"].concat()} class="utrecht-form-field-description utrecht-form-field__description">{ text }</div> } }
}

/// The line that says what is wrong.
pub(crate) fn error(id: &AttrValue, text: Option<&AttrValue>) -> Html {
    html! {
        if let Some(text) = text {
            <div id={[id.as_str(), "-error"].concat()} class="utrecht-form-field-error-message utrecht-form-field__error-message">
                <Icon glyph={glyph::CIRCLE_ALERT} />{ text }
            </div>
        }
    }
}

/// Whether a field can be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// It can.
    #[default]
    Open,
    /// It can be read and copied only.
    ReadOnly,
    /// It cannot be used now.
    Disabled,
}

/// Props of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// Identifier in the page; label, hint and error hang on it.
    pub id: AttrValue,
    /// What to fill in.
    pub label: AttrValue,
    /// Keeps the label for screen readers only, where the surroundings say it to everybody else.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What stands in the field.
    pub value: AttrValue,
    /// Called with the whole text at every change.
    pub oninput: Callback<String>,
    /// A line of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and what to do about it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// `text`, `search`, `email`, `tel`, `url`, `date` or `password`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What the browser may fill in; nothing unless said.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
    /// Lets the browser check the spelling, and begin sentences with a capital. Off unless said: some browsers send the text elsewhere to do so.
    #[prop_or_default]
    pub spellcheck: bool,
    /// Has to be filled in.
    #[prop_or_default]
    pub required: bool,
    /// Whether it can be changed.
    #[prop_or_default]
    pub access: Access,
    /// The most characters that it takes.
    #[prop_or_default]
    pub maxlength: Option<usize>,
    /// Called on Enter.
    #[prop_or_default]
    pub onenter: Callback<()>,
    /// The element, for moving the focus.
    #[prop_or_default]
    pub node: NodeRef,
}

/// One line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = props
        .oninput
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let onkeydown = {
        let onenter = props.onenter.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                onenter.emit(());
            }
        })
    };
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        label_hidden: props.label_hidden,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
    };
    frame.around(html! {
        <input ref={props.node.clone()} id={props.id.clone()} type={props.kind.clone()} value={props.value.clone()}
            class={classes!("utrecht-textbox", "utrecht-textbox--html-input", props.error.as_ref().map(|_| "utrecht-textbox--invalid"))}
            autocomplete={props.autocomplete.clone()} spellcheck={truth(props.spellcheck)} autocapitalize={(!props.spellcheck).then_some("none")}
            required={props.required} disabled={props.access == Access::Disabled} readonly={props.access == Access::ReadOnly} maxlength={props.maxlength.map(|most| most.to_string())}
            aria-invalid={props.error.as_ref().map(|_| "true")} aria-describedby={frame.described_by()} {oninput} {onkeydown} />
    })
}

/// Props of [`TextArea`].
#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    /// Identifier in the page; label, hint and error hang on it.
    pub id: AttrValue,
    /// What to write.
    pub label: AttrValue,
    /// Keeps the label for screen readers only, where the surroundings say it to everybody else.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What stands in the field.
    pub value: AttrValue,
    /// Called with the whole text at every change.
    pub oninput: Callback<String>,
    /// A line of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and what to do about it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Lines to begin with: up to 2 is low, 8 or more is tall. The field grows with the text where the browser can.
    #[prop_or(4)]
    pub rows: u32,
    /// Lets the browser check the spelling. Off unless said: some browsers send the text elsewhere to do so.
    #[prop_or_default]
    pub spellcheck: bool,
    /// Has to be filled in.
    #[prop_or_default]
    pub required: bool,
    /// Whether it can be changed.
    #[prop_or_default]
    pub access: Access,
    /// The most characters that it takes.
    #[prop_or_default]
    pub maxlength: Option<usize>,
    /// Called on Control+Enter or Command+Enter.
    #[prop_or_default]
    pub onsend: Callback<()>,
    /// The element, for moving the focus.
    #[prop_or_default]
    pub node: NodeRef,
}

/// Several lines of text.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let oninput = props
        .oninput
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let onkeydown = {
        let onsend = props.onsend.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                onsend.emit(());
            }
        })
    };
    let height = match props.rows {
        0..=2 => Some("sluis-textarea--low"),
        3..=7 => None,
        8.. => Some("sluis-textarea--tall"),
    };
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        label_hidden: props.label_hidden,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
    };
    frame.around(html! {
        <textarea ref={props.node.clone()} id={props.id.clone()} value={props.value.clone()} rows={props.rows.to_string()}
            class={classes!("utrecht-textarea", "utrecht-textarea--html-textarea",
                height, props.error.as_ref().map(|_| "utrecht-textarea--invalid"))}
            autocomplete="off" spellcheck={truth(props.spellcheck)}
            required={props.required} disabled={props.access == Access::Disabled} readonly={props.access == Access::ReadOnly} maxlength={props.maxlength.map(|most| most.to_string())}
            aria-invalid={props.error.as_ref().map(|_| "true")} aria-describedby={frame.described_by()} {oninput} {onkeydown} />
    })
}

const fn truth(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}
