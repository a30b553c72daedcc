//! A conversation: bubbles, with the days between them.

use sluis_draw::html;
use yew::prelude::*;

use crate::button::{Button, Variant};
use crate::i18n::{Locale, format_moment, format_time, machine_moment, relative_day};
use crate::icon::{Icon, glyph};
use crate::text::common;

/// Props of [`Moment`].
#[derive(Properties, PartialEq)]
pub struct MomentProps {
    /// The language of the date.
    pub locale: Locale,
    /// The moment in unix seconds.
    pub unix: i64,
}

/// Date and time, readable by people and machines.
#[component]
pub fn Moment(props: &MomentProps) -> Html {
    html! { <time datetime={machine_moment(props.unix)}>{ format_moment(props.locale, props.unix) }</time> }
}

/// Props of [`DaySeparator`].
#[derive(Properties, PartialEq)]
pub struct DaySeparatorProps {
    /// The language of the day.
    pub locale: Locale,
    /// A moment of the day, in unix seconds.
    pub unix: i64,
    /// The present moment, in unix seconds.
    pub now: i64,
}

/// The day on which what follows was said. An item of the list that holds the bubbles.
#[component]
pub fn DaySeparator(props: &DaySeparatorProps) -> Html {
    html! { <li class="sluis-day"><span class="sluis-day__name">{ relative_day(props.locale, props.unix, props.now) }</span></li> }
}

/// How far one's own message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Kept on this page until there is a connection.
    Waiting,
    /// Under way.
    Sending,
    /// Stored at the other side.
    Sent,
    /// Seen by a person.
    Read,
    /// Refused or lost; it can be sent again.
    Failed,
}

/// Props of [`Bubble`].
#[derive(Properties, PartialEq)]
pub struct BubbleProps {
    /// The language of the words around the message.
    pub locale: Locale,
    /// Who says it.
    pub author: AttrValue,
    /// Said by the person who is looking.
    #[prop_or_default]
    pub own: bool,
    /// When it was said, in unix seconds; not shown without.
    #[prop_or_default]
    pub unix: Option<i64>,
    /// What is said; a text is shown with its line ends.
    pub children: Html,
    /// How far it is, for one's own messages.
    #[prop_or_default]
    pub delivery: Option<Delivery>,
    /// Sends a failed message again.
    #[prop_or_default]
    pub onretry: Callback<()>,
}

/// One message. An item of `<ol class="sluis-chat">`.
#[component]
pub fn Bubble(props: &BubbleProps) -> Html {
    let locale = props.locale;
    let failed = props.delivery == Some(Delivery::Failed);
    html! {
        <li class={classes!("sluis-bubble", props.own.then_some("sluis-bubble--own"), failed.then_some("sluis-bubble--failed"))}>
            <span class="sluis-bubble__author">{ &props.author }</span>
            <div class="sluis-bubble__text">{ props.children.clone() }</div>
            <span class="sluis-bubble__foot">
                if let Some(unix) = props.unix { <time datetime={machine_moment(unix)}>{ format_time(locale, unix) }</time> }
                if let Some(delivery) = props.delivery { { delivered(locale, delivery) } }
            </span>
            if failed { <Button variant={Variant::Secondary} icon={glyph::ROTATE_CCW} onclick={props.onretry.clone()}>{ common::retry(locale) }</Button> }
        </li>
    }
}

fn delivered(locale: Locale, delivery: Delivery) -> Html {
    let (glyph, words) = match delivery {
        Delivery::Waiting => (glyph::CLOCK, common::waiting_for_connection(locale)),
        Delivery::Sending => (glyph::CLOCK, common::sending(locale)),
        Delivery::Sent => (glyph::CHECK, common::sent(locale)),
        Delivery::Read => (glyph::CHECK_CHECK, common::read(locale)),
        Delivery::Failed => (glyph::CIRCLE_ALERT, common::not_sent(locale)),
    };
    html! { <span class="sluis-bubble__delivery"><Icon {glyph} />{ words }</span> }
}
