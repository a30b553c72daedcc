//! The frame of a page: skip link, header, and the switches for language and colours.

use sluis_draw::html;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::i18n::{Language, Locale};
use crate::icon::{Glyph, Icon, glyph};
use crate::text::common;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the device is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// All schemes, in the order in which the switch offers them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of the attribute `data-scheme`, also fit for keeping as a setting.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme of that [`name`](Self::name).
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::System => glyph::MONITOR,
            Self::Light => glyph::SUN,
            Self::Dark => glyph::MOON,
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::System => common::scheme_system(locale),
            Self::Light => common::scheme_light(locale),
            Self::Dark => common::scheme_dark(locale),
        }
    }

    /// Puts the scheme on the page. Works in a browser only.
    pub fn apply(self) {
        set_on_root("data-scheme", self.name());
    }
}

impl Locale {
    /// Tells the page its language, for screen readers and hyphens. Works in a browser only.
    pub fn apply(self) {
        set_on_root("lang", self.language.tag());
    }
}

fn set_on_root(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // A fixed, valid attribute name cannot be refused.
        let _ = root.set_attribute(name, value);
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Moves the focus to the element with this identifier, if it is there. Works in a browser only.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// Props of [`SkipLink`].
#[derive(Properties, PartialEq)]
pub struct SkipLinkProps {
    /// The language of its words.
    pub locale: Locale,
    /// Identifier of the main part of the page, which has `tabindex="-1"`.
    #[prop_or(AttrValue::Static("main"))]
    pub target: AttrValue,
}

/// The first thing that Tab reaches: it leads past the header. It moves the focus and leaves the address alone, which belongs to the routes.
#[component]
pub fn SkipLink(props: &SkipLinkProps) -> Html {
    let onclick = {
        let target = props.target.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus(&target);
        })
    };
    html! {
        <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href={["#", props.target.as_str()].concat()} {onclick}>{ common::skip_to_content(props.locale) }</a>
    }
}

/// Props of [`DemonstrationBand`].
#[derive(Properties, PartialEq)]
pub struct DemonstrationBandProps {
    /// The language of its words.
    pub locale: Locale,
}

/// The band over a demonstration. Show it only when the signed genesis carries the mark.
#[component]
pub fn DemonstrationBand(props: &DemonstrationBandProps) -> Html {
    html! {
        <section class="sluis-demonstration" aria-label={common::demonstration(props.locale)}>{ common::demonstration_explained(props.locale) }</section>
    }
}

/// Props of [`LanguageSwitch`].
#[derive(Properties, PartialEq)]
pub struct LanguageSwitchProps {
    /// The present language.
    pub locale: Locale,
    /// Called with the language that a person chooses.
    pub onlanguage: Callback<Language>,
}

/// All languages, each by its own name.
#[component]
pub fn LanguageSwitch(props: &LanguageSwitchProps) -> Html {
    let option = |language: Language| {
        let on = language == props.locale.language;
        let onclick = props.onlanguage.reform(move |_: MouseEvent| language);
        html! {
            <button key={language.tag()} type="button" class={classes!("sluis-switch__option", on.then_some("sluis-switch__option--on"))} lang={language.tag()} aria-pressed={truth(on)} title={language.name()} {onclick}>
                { language.tag().to_ascii_uppercase() }<span class="sluis-hidden">{ " " }{ language.name() }</span>
            </button>
        }
    };
    html! { <div class="sluis-switch" role="group" aria-label={common::switch_language(props.locale)}>{ for Language::ALL.into_iter().map(option) }</div> }
}

/// Props of [`SchemeSwitch`].
#[derive(Properties, PartialEq)]
pub struct SchemeSwitchProps {
    /// The language of its words.
    pub locale: Locale,
    /// The present scheme.
    pub scheme: Scheme,
    /// Called with the scheme that a person chooses.
    pub onscheme: Callback<Scheme>,
}

/// As the device, light or dark.
#[component]
pub fn SchemeSwitch(props: &SchemeSwitchProps) -> Html {
    let option = |scheme: Scheme| {
        let on = scheme == props.scheme;
        let label = scheme.label(props.locale);
        let onclick = props.onscheme.reform(move |_: MouseEvent| scheme);
        html! {
            <button key={scheme.name()} type="button" class={classes!("sluis-switch__option", on.then_some("sluis-switch__option--on"))} aria-pressed={truth(on)} aria-label={label} title={label} {onclick}>
                <Icon glyph={scheme.glyph()} />
            </button>
        }
    };
    html! { <div class="sluis-switch" role="group" aria-label={common::color_scheme(props.locale)}>{ for Scheme::ALL.into_iter().map(option) }</div> }
}

const fn truth(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

/// Props of [`PageHeader`].
#[derive(Properties, PartialEq)]
pub struct PageHeaderProps {
    /// The present language.
    pub locale: Locale,
    /// Called with the language that a person chooses.
    pub onlanguage: Callback<Language>,
    /// The present colour scheme.
    #[prop_or_default]
    pub scheme: Scheme,
    /// Called with the scheme that a person chooses.
    pub onscheme: Callback<Scheme>,
    /// What the page calls itself; neutral on the reporter's page.
    pub name: AttrValue,
    /// Where the name leads.
    #[prop_or_default]
    pub home: Option<AttrValue>,
    /// Navigation, or what always has to be in reach.
    #[prop_or_default]
    pub children: Html,
}

/// The top of the page: its name, what the page adds, and both switches.
#[component]
pub fn PageHeader(props: &PageHeaderProps) -> Html {
    html! {
        <header class="sluis-header">
            <div class="sluis-header__inner">
                if let Some(home) = &props.home { <a class="sluis-header__name" href={home.clone()}>{ &props.name }</a> } else { <span class="sluis-header__name">{ &props.name }</span> }
                <div class="sluis-header__middle">{ props.children.clone() }</div>
                <div class="sluis-header__settings">
                    <LanguageSwitch locale={props.locale} onlanguage={props.onlanguage.clone()} />
                    <SchemeSwitch locale={props.locale} scheme={props.scheme} onscheme={props.onscheme.clone()} />
                </div>
            </div>
        </header>
    }
}
