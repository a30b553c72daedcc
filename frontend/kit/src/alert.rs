//! Telling: what happened and what you can do now.

use sluis_draw::html;
use yew::prelude::*;

use crate::button::{Button, Variant};
use crate::i18n::Locale;
use crate::icon::{Glyph, Icon, glyph};
use crate::text::common;

/// What kind of news it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad; only for badges.
    #[default]
    Neutral,
    /// Good to know.
    Info,
    /// It worked.
    Ok,
    /// Look out.
    Warning,
    /// It did not work, or it is dangerous.
    Danger,
}

impl Tone {
    /// The last part of an alert's class.
    const fn alert(self) -> &'static str {
        match self {
            Self::Neutral | Self::Info => "info",
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Danger => "error",
        }
    }

    /// The last part of a badge's class.
    pub(crate) const fn badge(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "active",
            Self::Ok => "safe",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Neutral | Self::Info => glyph::INFO,
            Self::Ok => glyph::CIRCLE_CHECK,
            Self::Warning => glyph::TRIANGLE_ALERT,
            Self::Danger => glyph::CIRCLE_ALERT,
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Neutral | Self::Info => common::notice_info(locale),
            Self::Ok => common::notice_ok(locale),
            Self::Warning => common::notice_warning(locale),
            Self::Danger => common::notice_error(locale),
        }
    }
}

/// Props of [`Alert`].
#[derive(Properties, PartialEq)]
pub struct AlertProps {
    /// The language of the word that a screen reader says for the icon.
    pub locale: Locale,
    /// What kind of news it is.
    #[prop_or(Tone::Info)]
    pub tone: Tone,
    /// What happened (`err-…`).
    pub what: AttrValue,
    /// What you can do now (`rec-…`).
    #[prop_or_default]
    pub advice: Option<AttrValue>,
    /// Buttons or more text below.
    #[prop_or_default]
    pub children: Html,
    /// Was there when the page opened, so that it is not read aloud as news.
    #[prop_or_default]
    pub quiet: bool,
}

/// A notice in the page.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    let role = match (props.quiet, props.tone) {
        (true, _) => None,
        (false, Tone::Danger) => Some("alert"),
        (false, _) => Some("status"),
    };
    html! {
        <div class={classes!("utrecht-alert", ["utrecht-alert--", props.tone.alert()].concat())} {role}>
            <div class="utrecht-alert__icon"><Icon glyph={props.tone.glyph()} label={props.tone.label(props.locale)} /></div>
            <div class="utrecht-alert__content">
                <div class="utrecht-alert__message">
                    <p class="utrecht-paragraph sluis-strong">{ &props.what }</p>
                    if let Some(advice) = &props.advice { <p class="utrecht-paragraph">{ advice }</p> }
                </div>
                { props.children.clone() }
            </div>
        </div>
    }
}

/// Props of [`Toast`].
#[derive(Properties, PartialEq)]
pub struct ToastProps {
    /// The language of its buttons.
    pub locale: Locale,
    /// What was done; nothing is shown while it is empty.
    pub message: AttrValue,
    /// Takes it back, where that can be done.
    #[prop_or_default]
    pub onundo: Option<Callback<()>>,
    /// Called when a person closes it. It does not close by itself: nobody has to hurry.
    pub onclose: Callback<()>,
}

/// A line at the foot of the page that says what was just done. Keep it mounted, so that a screen reader reads what appears in it.
#[component]
pub fn Toast(props: &ToastProps) -> Html {
    html! {
        <div class="sluis-toast-place" role="status">
            if !props.message.is_empty() {
                <div class="sluis-toast">
                    <span class="sluis-toast__message">{ &props.message }</span>
                    if let Some(onundo) = &props.onundo {
                        <Button variant={Variant::Subtle} icon={glyph::UNDO_2} onclick={onundo.clone()}>{ common::undo(props.locale) }</Button>
                    }
                    <Button variant={Variant::Subtle} icon={glyph::X} label={common::close(props.locale)} onclick={props.onclose.clone()} />
                </div>
            }
        </div>
    }
}
