//! Choosing: one of a list, one of a few, or yes and no.

use sluis_draw::html;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::field::{Frame, error, hint};

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the callback is called with.
    pub value: AttrValue,
    /// What a person reads.
    pub label: AttrValue,
    /// A line of help under the label (radio groups only).
    pub hint: Option<AttrValue>,
}

impl Choice {
    /// A choice without a line of help.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// The same choice with a line of help.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<AttrValue>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// Props of [`Select`].
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// Identifier in the page; label, hint and error hang on it.
    pub id: AttrValue,
    /// What to choose.
    pub label: AttrValue,
    /// Keeps the label for screen readers only.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What there is to choose.
    pub choices: Vec<Choice>,
    /// The value of the chosen one.
    pub value: AttrValue,
    /// Called with the value of the newly chosen one.
    pub onchange: Callback<String>,
    /// A line of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and what to do about it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
}

/// One of a list that folds out.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    // An option's own `selected` no longer counts once a person has chosen, so the element is told each time.
    use_effect_with(
        (node.clone(), props.value.clone(), props.choices.clone()),
        |(node, value, _)| {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(value);
            }
        },
    );
    let onchange = props
        .onchange
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        label_hidden: props.label_hidden,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
    };
    frame.around(html! {
        <select ref={node} id={props.id.clone()} disabled={props.disabled}
            class={classes!("utrecht-select", "utrecht-select--html-select", props.error.as_ref().map(|_| "utrecht-select--invalid"))}
            aria-invalid={props.error.as_ref().map(|_| "true")} aria-describedby={frame.described_by()} {onchange}>
            { for props.choices.iter().map(|choice| html! {
                <option key={choice.value.as_str()} value={choice.value.clone()} selected={choice.value == props.value}>{ &choice.label }</option>
            }) }
        </select>
    })
}

/// Props of [`Checkbox`].
#[derive(Properties, PartialEq)]
pub struct CheckboxProps {
    /// Identifier in the page.
    pub id: AttrValue,
    /// What is true when it is ticked.
    pub label: AttrValue,
    /// Whether it is ticked.
    pub checked: bool,
    /// Called with the new state.
    pub onchange: Callback<bool>,
    /// A line of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and what to do about it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
}

/// Yes or no.
#[component]
pub fn Checkbox(props: &CheckboxProps) -> Html {
    let onchange = props
        .onchange
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        label_hidden: false,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
    };
    html! {
        <div class={classes!("utrecht-form-field", "sluis-option", props.error.as_ref().map(|_| "utrecht-form-field--invalid"))}>
            <input type="checkbox" id={props.id.clone()} class="utrecht-checkbox utrecht-checkbox--html-input sluis-option__input" checked={props.checked}
                disabled={props.disabled} aria-invalid={props.error.as_ref().map(|_| "true")} aria-describedby={frame.described_by()} {onchange} />
            <label for={props.id.clone()} class="utrecht-form-label utrecht-form-label--checkbox sluis-option__label">{ &props.label }</label>
            { hint(&props.id, props.hint.as_ref()) }
            { error(&props.id, props.error.as_ref()) }
        </div>
    }
}

/// Props of [`RadioGroup`].
#[derive(Properties, PartialEq)]
pub struct RadioGroupProps {
    /// Identifier in the page, and the name that the buttons share.
    pub id: AttrValue,
    /// The question.
    pub legend: AttrValue,
    /// What there is to choose.
    pub choices: Vec<Choice>,
    /// The value of the chosen one; none is chosen when no value fits.
    pub value: AttrValue,
    /// Called with the value of the newly chosen one.
    pub onchange: Callback<String>,
    /// A line of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and what to do about it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.legend,
        label_hidden: false,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
    };
    let option = |(index, choice): (usize, &Choice)| {
        let id = AttrValue::from([props.id.as_str(), "-", &index.to_string()].concat());
        let described = choice
            .hint
            .as_ref()
            .map(|_| [id.as_str(), "-hint"].concat());
        let onchange = props
            .onchange
            .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().value());
        html! {
            <div key={choice.value.as_str()} class="sluis-option">
                <input type="radio" id={id.clone()} name={props.id.clone()} value={choice.value.clone()} checked={choice.value == props.value}
                    class="utrecht-radio-button utrecht-radio-button--html-input sluis-option__input" aria-describedby={described} {onchange} />
                <label for={id.clone()} class="utrecht-form-label utrecht-form-label--radio sluis-option__label">{ &choice.label }</label>
                { hint(&id, choice.hint.as_ref()) }
            </div>
        }
    };
    html! {
        <fieldset id={props.id.clone()} aria-describedby={frame.described_by()}
            class={classes!("utrecht-form-fieldset", "utrecht-form-fieldset--html-fieldset", props.error.as_ref().map(|_| "utrecht-form-fieldset--invalid"))}>
            <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ &props.legend }</legend>
            { hint(&props.id, props.hint.as_ref()) }
            { error(&props.id, props.error.as_ref()) }
            { for props.choices.iter().enumerate().map(option) }
        </fieldset>
    }
}
