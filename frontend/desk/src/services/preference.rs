//! Language and colours, kept for the next visit. Only fixed words are stored.

use sluis_kit::i18n::{Language, Locale};
use sluis_kit::page::Scheme;
use web_sys::Storage;

const LANGUAGE: &str = "sluis-language";
const SCHEME: &str = "sluis-scheme";

/// The language of an earlier visit, else the first one of the browser that there is a catalogue for.
pub(crate) fn locale() -> Locale {
    if let Some(language) = read(LANGUAGE).and_then(|tag| {
        Language::ALL
            .into_iter()
            .find(|language| language.tag() == tag)
    }) {
        return Locale::new(language);
    }
    let tags: Vec<String> = web_sys::window()
        .map(|window| window.navigator().languages())
        .into_iter()
        .flat_map(|tags| tags.iter().collect::<Vec<_>>())
        .filter_map(|tag| tag.as_string())
        .collect();
    Locale::negotiate(tags.iter().map(String::as_str))
}

/// The colours of an earlier visit.
pub(crate) fn scheme() -> Scheme {
    read(SCHEME)
        .and_then(|name| Scheme::parse(&name))
        .unwrap_or_default()
}

/// Puts both on the page and keeps them.
pub(crate) fn apply(language: Language, scheme: Scheme) {
    Locale::new(language).apply();
    scheme.apply();
    write(LANGUAGE, language.tag());
    write(SCHEME, scheme.name());
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn read(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

fn write(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A browser that keeps nothing asks again next time.
        let _ = storage.set_item(name, value);
    }
}
