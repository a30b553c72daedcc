//! Buttons.

use sluis_draw::html;
use yew::prelude::*;

use crate::icon::{Glyph, Icon, glyph};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The one thing to do here; at most one on a screen.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// Looks like text until touched: for rows and toolbars.
    Subtle,
    /// Destroys or ends something.
    Danger,
}

impl Variant {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "utrecht-button--primary-action",
            Self::Secondary => "utrecht-button--secondary-action",
            Self::Subtle => "utrecht-button--subtle",
            Self::Danger => "utrecht-button--primary-action utrecht-button--danger",
        }
    }
}

/// Props of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// The words on the button.
    #[prop_or_default]
    pub children: Html,
    /// How much it asks for attention.
    #[prop_or_default]
    pub variant: Variant,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<Glyph>,
    /// A name for a button that has only an icon, or whose words need their surroundings.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Works on it: shows so, keeps the focus and ignores clicks.
    #[prop_or_default]
    pub busy: bool,
    /// Cannot be used now. Prefer leaving a button on and saying what is missing.
    #[prop_or_default]
    pub disabled: bool,
    /// Submits the form it stands in.
    #[prop_or_default]
    pub submit: bool,
    /// For a switch: whether it is on.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Identifier in the page.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// The element, for moving the focus.
    #[prop_or_default]
    pub node: NodeRef,
    /// Called on a click, never while busy.
    #[prop_or_default]
    pub onclick: Callback<()>,
}

/// A button of at least 44 by 44 pixels.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = {
        let (busy, submit, onclick) = (props.busy, props.submit, props.onclick.clone());
        Callback::from(move |event: MouseEvent| {
            if busy {
                event.prevent_default();
            } else {
                if !submit {
                    event.prevent_default();
                }
                onclick.emit(());
            }
        })
    };
    let classes = classes!(
        "utrecht-button",
        "utrecht-button--html-button",
        props.variant.class(),
        props.busy.then_some("utrecht-button--busy"),
        props
            .label
            .as_ref()
            .and(props.icon)
            .map(|_| "sluis-button--icon"),
        props.class.clone(),
    );
    let picture = if props.busy {
        Some(glyph::LOADER_CIRCLE)
    } else {
        props.icon
    };
    html! {
        <button ref={props.node.clone()} id={props.id.clone()} class={classes} type={if props.submit { "submit" } else { "button" }}
            disabled={props.disabled} aria-busy={props.busy.then_some("true")} aria-disabled={props.busy.then_some("true")}
            aria-label={props.label.clone()} aria-pressed={props.pressed.map(|on| if on { "true" } else { "false" })} {onclick}>
            if let Some(glyph) = picture { <Icon {glyph} class={classes!(props.busy.then_some("sluis-icon--turning"))} /> }
            { props.children.clone() }
        </button>
    }
}
