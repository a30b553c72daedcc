//! Talking to the server: no cookies, no referrer, no cache, no redirect; a fixed size per kind of request.

use js_sys::{Array, JSON, Promise, Reflect, Uint8Array};
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{Call, Problem};
use sluis_wire::codec;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use crate::state::{Fault, Phone, Site};

/// Milliseconds after which a request counts as lost.
const PATIENCE: u32 = 25_000;
/// Largest answer that is read, in bytes.
const ANSWER_MOST: usize = 1024 * 1024;

/// What is called with an answer.
pub(crate) type Done = Box<dyn FnOnce(Result<Vec<u8>, Fault>)>;

/// Makes a call with a body that is padded already.
pub(crate) fn post<C: Call>(body: Vec<u8>, done: impl FnOnce(Result<C::Answer, Fault>) + 'static) {
    let read = |bytes: Vec<u8>| codec::decode(&bytes, ANSWER_MOST).map_err(|_| Fault::Garbled);
    fetch(
        C::PATH,
        Some(body),
        Box::new(move |answer| done(answer.and_then(read))),
    );
}

/// Makes a call that says nothing but what it is.
pub(crate) fn ask<C: Call>(call: &C, done: impl FnOnce(Result<C::Answer, Fault>) + 'static) {
    match codec::pad_to(&codec::encode(call), C::SIZE.unwrap_or_default()) {
        Ok(body) => post::<C>(body, done),
        Err(_) => done(Err(Fault::Garbled)),
    }
}

/// Reads a text file of the site.
pub(crate) fn file(path: &'static str, done: impl FnOnce(Option<String>) + 'static) {
    let done = move |answer: Result<Vec<u8>, Fault>| {
        done(answer.ok().and_then(|bytes| String::from_utf8(bytes).ok()));
    };
    fetch(path, None, Box::new(done));
}

/// Reads what the operator says.
pub(crate) fn site(done: impl FnOnce(Option<Site>) + 'static) {
    file("/site.json", move |text| {
        done(text.and_then(|text| parse_site(&text)));
    });
}

fn parse_site(text: &str) -> Option<Site> {
    let json = JSON::parse(text).ok()?;
    let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok()?.as_string();
    let phones = Reflect::get(&json, &"phones".into())
        .ok()
        .filter(Array::is_array);
    let phones = phones.map(|list| Array::from(&list)).unwrap_or_default();
    let phone = |entry: JsValue| {
        Some(Phone {
            name: field(&entry, "name")?,
            number: field(&entry, "number")?,
        })
    };
    Some(Site {
        genesis: field(&json, "genesis").and_then(|text| genesis(&text)),
        exit: field(&json, "exit")
            .filter(|exit| exit.starts_with("https://"))
            .unwrap_or_else(|| "about:blank".into()),
        phones: phones.iter().filter_map(phone).collect(),
    })
}

/// One road for everything, so that there is one piece of code for it.
fn fetch(path: &'static str, body: Option<Vec<u8>>, done: Done) {
    spawn_local(async move { done(answer(path, body).await) });
}

async fn answer(path: &'static str, body: Option<Vec<u8>>) -> Result<Vec<u8>, Fault> {
    let response = send(path, body).map_err(|_| Fault::Unreachable)?;
    let response = JsFuture::from(response)
        .await
        .map_err(|_| Fault::Unreachable)?;
    let response: Response = response.unchecked_into();
    let bytes = response.array_buffer().map_err(|_| Fault::Unreachable)?;
    let bytes = JsFuture::from(bytes)
        .await
        .map_err(|_| Fault::Unreachable)?;
    let bytes = Uint8Array::new(&bytes).to_vec();
    if response.ok() {
        Ok(bytes)
    } else {
        Err(problem(&String::from_utf8(bytes).unwrap_or_default()))
    }
}

fn send(path: &str, body: Option<Vec<u8>>) -> Result<Promise, JsValue> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    // `web-sys` has no setter for this one.
    Reflect::set(&init, &"referrerPolicy".into(), &"no-referrer".into())?;
    if let Some(body) = body {
        let headers = Headers::new()?;
        headers.set("content-type", "application/octet-stream")?;
        init.set_method("POST");
        init.set_headers(&headers);
        init.set_body(&Uint8Array::from(body.as_slice()));
    }
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    Ok(window.fetch_with_str_and_init(path, &init))
}

/// The problem that an answer names (RFC 9457 with our `code`).
fn problem(body: &str) -> Fault {
    const NAMES: [(&str, Problem); 10] = [
        ("Malformed", Problem::Malformed),
        ("TooLarge", Problem::TooLarge),
        ("Forbidden", Problem::Forbidden),
        ("NotFound", Problem::NotFound),
        ("Conflict", Problem::Conflict),
        ("Refused", Problem::Refused),
        ("WorkWrong", Problem::WorkWrong),
        ("Busy", Problem::Busy),
        ("SetUp", Problem::SetUp),
        ("Internal", Problem::Internal),
    ];
    let code = body
        .split_once("\"code\":\"")
        .and_then(|(_, rest)| rest.split('"').next());
    let known = NAMES.into_iter().find(|(name, _)| code == Some(*name));
    // Whatever stands in front of the server says it in its own words: try again later.
    known.map_or(Fault::Unreachable, |(_, problem)| Fault::Problem(problem))
}

fn genesis(text: &str) -> Option<GenesisHash> {
    let digit = |letter: u8| {
        char::from(letter)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> = pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect();
    let hash = <[u8; 32]>::try_from(bytes?.as_slice())
        .ok()
        .filter(|_| rest.is_empty())?;
    Some(GenesisHash(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genesis_hash_is_64_hexadecimal_digits() {
        assert_eq!(genesis(&"0a".repeat(32)), Some(GenesisHash([10; 32])));
        for text in [
            "",
            &"0a".repeat(31),
            &"0g".repeat(32),
            &["0a".repeat(32), "0".into()].concat(),
        ] {
            assert_eq!(genesis(text), None);
        }
    }

    #[test]
    fn a_problem_is_known_by_its_code() {
        let body = r#"{"type":"about:blank","status":503,"code":"Busy","request_id":"00"}"#;
        assert_eq!(problem(body), Fault::Problem(Problem::Busy));
        assert_eq!(problem("<html>Bad gateway</html>"), Fault::Unreachable);
    }
}
