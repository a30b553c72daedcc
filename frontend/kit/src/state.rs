//! Showing how things stand: badges, progress, empty places, and words for screen readers.

use sluis_draw::html;
use yew::prelude::*;

use crate::alert::Tone;
use crate::button::Button;
use crate::i18n::Locale;
use crate::icon::{Glyph, Icon};
use crate::text::common;

/// Props of [`Badge`].
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    /// One or two words; the colour never says more than they do.
    pub children: Html,
    /// Colour.
    #[prop_or_default]
    pub tone: Tone,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<Glyph>,
}

/// A status in one or two words.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    html! {
        <span class={classes!("utrecht-badge-status", ["utrecht-badge-status--", props.tone.badge()].concat())}>
            if let Some(glyph) = props.icon { <Icon {glyph} /> }
            { props.children.clone() }
        </span>
    }
}

/// Props of [`Progress`].
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// Identifier in the page.
    pub id: AttrValue,
    /// The language of the cancel button.
    pub locale: Locale,
    /// What is going on.
    pub label: AttrValue,
    /// How far it is, 0 to 100; unknown without.
    #[prop_or_default]
    pub percent: Option<u8>,
    /// How long it may still take, or what comes next.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Stops it, where that can be done.
    #[prop_or_default]
    pub oncancel: Option<Callback<()>>,
}

/// How far something is.
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let label = [props.id.as_str(), "-label"].concat();
    html! {
        <div class="sluis-progress">
            <span id={label.clone()} class="sluis-progress__label">{ &props.label }</span>
            <progress id={props.id.clone()} class="sluis-progress__bar" max="100" value={props.percent.map(|percent| percent.min(100).to_string())} aria-labelledby={label} />
            if let Some(detail) = &props.detail { <span class="sluis-progress__detail">{ detail }</span> }
            if let Some(oncancel) = &props.oncancel { <Button onclick={oncancel.clone()}>{ common::cancel(props.locale) }</Button> }
        </div>
    }
}

/// Props of [`EmptyState`].
#[derive(Properties, PartialEq)]
pub struct EmptyStateProps {
    /// A picture of what will be here.
    pub icon: Glyph,
    /// What is not here yet.
    pub title: AttrValue,
    /// What will bring it here, and what you can do.
    #[prop_or_default]
    pub children: Html,
}

/// What stands where nothing is yet: it says what will come and what to do.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="sluis-empty">
            <Icon glyph={props.icon} class="sluis-empty__icon" />
            <p class="utrecht-paragraph sluis-strong">{ &props.title }</p>
            { props.children.clone() }
        </div>
    }
}

/// Props of [`DataList`].
#[derive(Properties, PartialEq)]
pub struct DataListProps {
    /// Names and what belongs to them, in order.
    pub items: Vec<(AttrValue, Html)>,
}

/// Names with their values, below each other.
#[component]
pub fn DataList(props: &DataListProps) -> Html {
    let item = |(name, value): &(AttrValue, Html)| {
        html! {
            <div key={name.as_str()} class="utrecht-data-list__item">
                <dt class="utrecht-data-list__item-key">{ name }</dt>
                <dd class="utrecht-data-list__item-value utrecht-data-list__item-value--html-dd">{ value.clone() }</dd>
            </div>
        }
    };
    html! { <dl class="utrecht-data-list utrecht-data-list--rows">{ for props.items.iter().map(item) }</dl> }
}

/// Props of [`LiveRegion`].
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// What is read aloud when it changes.
    pub message: AttrValue,
    /// Interrupts what is being read.
    #[prop_or_default]
    pub assertive: bool,
}

/// Words for screen readers only, read aloud when they change. Keep it mounted.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    html! { <div class="sluis-hidden" role={if props.assertive { "alert" } else { "status" }} aria-atomic="true">{ &props.message }</div> }
}
