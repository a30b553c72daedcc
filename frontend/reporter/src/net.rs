//! Talking to the server: no cookies, no referrer, no cache, no redirect; a fixed size per kind of request.

use js_sys::{Array, JSON, Reflect, Uint8Array};
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{Call, Problem};
use sluis_wire::codec;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use crate::state::{Fault, Phone, Site};

/// Milliseconds after which a request counts as lost.
const PATIENCE: u32 = 25_000;
/// Largest answer that is read, in bytes.
const ANSWER_MOST: usize = 1024 * 1024;

/// Makes a call with a body that is padded already.
pub(crate) async fn post<C: Call>(body: &[u8]) -> Result<C::Answer, Fault> {
    let response = send(C::PATH, Some(body))
        .await
        .map_err(|_| Fault::Unreachable)?;
    if !response.ok() {
        return Err(problem(&text(&response).await.unwrap_or_default()));
    }
    let bytes = response.array_buffer().map_err(|_| Fault::Garbled)?;
    let bytes = JsFuture::from(bytes)
        .await
        .map_err(|_| Fault::Unreachable)?;
    codec::decode(&Uint8Array::new(&bytes).to_vec(), ANSWER_MOST).map_err(|_| Fault::Garbled)
}

/// Makes a call that says nothing but what it is.
pub(crate) async fn ask<C: Call>(call: &C) -> Result<C::Answer, Fault> {
    let body = codec::pad_to(&codec::encode(call), C::SIZE.unwrap_or_default());
    post::<C>(&body.map_err(|_| Fault::Garbled)?).await
}

/// Reads a text file of the site.
pub(crate) async fn file(path: &str) -> Option<String> {
    let response = send(path, None).await.ok()?;
    if response.ok() {
        text(&response).await
    } else {
        None
    }
}

/// Reads what the operator says.
pub(crate) async fn site() -> Option<Site> {
    let json = JSON::parse(&file("/site.json").await?).ok()?;
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

async fn send(path: &str, body: Option<&[u8]>) -> Result<Response, JsValue> {
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
        init.set_body(&Uint8Array::from(body));
    }
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    JsFuture::from(window.fetch_with_str_and_init(path, &init))
        .await?
        .dyn_into()
}

async fn text(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
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
