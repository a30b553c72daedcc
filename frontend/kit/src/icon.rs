//! Icons as inline SVG. An icon never stands alone: a text beside it or a label says the same.

pub mod glyph;

use sluis_draw::html;
use yew::prelude::*;

/// The drawing of an icon: path data on a field of 24 by 24. The constants are in [`glyph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph(&'static str);

impl Glyph {
    /// The path data, for a page that draws its own icons.
    #[must_use]
    pub const fn path(self) -> &'static str {
        self.0
    }
}

/// Props of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// What is drawn.
    pub glyph: Glyph,
    /// What it says to a screen reader; without it the icon is decoration beside a text.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// An icon in the colour and size of the text around it.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class={classes!("sluis-icon", props.class.clone())} viewBox="0 0 24 24" focusable="false"
            role={props.label.as_ref().map(|_| "img")} aria-label={props.label.clone()} aria-hidden={props.label.is_none().then_some("true")}>
            <path d={props.glyph.0} />
        </svg>
    }
}
