//! The road to the relay: one request at a time, without cookies, referrer or cache.

use js_sys::{Reflect, Uint8Array};
use sluis_protocol::engine::Reply;
use sluis_wire::api::Problem;
use sluis_wire::capability::HEADER;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, ReferrerPolicy, Request,
    RequestCache, RequestCredentials, RequestInit, Response,
};

/// Milliseconds that a request may take.
const PATIENCE: u32 = 30_000;

/// Sends one request and brings back what came of it.
pub(crate) async fn send(path: &str, body: &[u8], proof: Option<&str>) -> Reply {
    match fetch(path, body, proof, Some(PATIENCE)).await {
        Ok(response) if response.ok() => match buffer(&response).await {
            Ok(bytes) => Reply::Answer(bytes),
            Err(_) => Reply::Lost,
        },
        Ok(response) => problem(&response).await.map_or(Reply::Lost, Reply::Problem),
        Err(_) => Reply::Lost,
    }
}

/// Opens the stream that says that something changed, and calls `on_change` for each word of it until it ends.
pub(crate) async fn listen(
    path: &str,
    body: &[u8],
    proof: &str,
    on_change: impl Fn(),
) -> Result<(), JsValue> {
    let response = fetch(path, body, Some(proof), None).await?;
    let stream = response
        .body()
        .filter(|_| response.ok())
        .ok_or(JsValue::NULL)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    let mut last = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let words: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        let words = words.to_vec();
        if words != last {
            on_change();
        }
        last = words;
    }
}

/// Reads a small JSON file of this site; `None` when it cannot be had.
pub(crate) async fn site_json() -> Option<JsValue> {
    let response = file("/site.json").await?;
    JsFuture::from(response.json().ok()?).await.ok()
}

/// Reads a text of this site; `None` when it cannot be had.
pub(crate) async fn text(path: &str) -> Option<String> {
    let response = file(path).await?;
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

async fn file(path: &str) -> Option<Response> {
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let request = Request::new_with_str_and_init(path, &options).ok()?;
    let response: Response = JsFuture::from(scope().fetch_with_request(&request))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    response.ok().then_some(response)
}

async fn fetch(
    path: &str,
    body: &[u8],
    proof: Option<&str>,
    patience: Option<u32>,
) -> Result<Response, JsValue> {
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_body(&Uint8Array::from(body));
    if let Some(patience) = patience {
        options.set_signal(Some(&AbortSignal::timeout_with_u32(patience)));
    }
    let request = Request::new_with_str_and_init(path, &options)?;
    request
        .headers()
        .set("content-type", "application/octet-stream")?;
    if let Some(proof) = proof {
        request.headers().set(HEADER, proof)?;
    }
    JsFuture::from(scope().fetch_with_request(&request))
        .await?
        .dyn_into()
}

async fn buffer(response: &Response) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec())
}

/// The `code` of a problem answer. Anything else that is no answer counts as no connection.
async fn problem(response: &Response) -> Option<Problem> {
    let json = JsFuture::from(response.json().ok()?).await.ok()?;
    let code = Reflect::get(&json, &"code".into()).ok()?.as_string()?;
    Problem::from_code(&code)
}

pub(crate) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
