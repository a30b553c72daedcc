//! What changed, and a stream that says that something did.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use sluis_wire::api::{ChangesPage, ChangesRead, StreamOpen};
use tokio::sync::watch;

use crate::app::{App, Staff};
use crate::caller;
use crate::error::Refusal;
use crate::store::Store;

/// Objects in one page.
const PAGE: usize = 1_000;
/// A silence after which the number is said again.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// Objects that changed since a number.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn read<S: Store>(app: App<S>, call: ChangesRead) -> Result<ChangesPage, Refusal> {
    Ok(app.store().changes(call.after, PAGE).await?)
}

/// The stream: 8 bytes at once, at each change, and after each silence. It ends with the relay, or with the staff capability that opened it.
pub(crate) async fn stream<S: Store>(State(app): State<App<S>>, request: Request) -> Response {
    match caller::receive::<StreamOpen, S>(&app, request).await {
        Ok(_) => open(app),
        Err(refusal) => refusal.into_response(),
    }
}

fn open<S: Store>(app: App<S>) -> Response {
    let mut newest = app.store().newest_change();
    newest.mark_changed();
    let (ending, staff) = (app.ending(), app.staff());
    let numbers = stream::unfold((app, newest, ending, staff), next);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Body::from_stream(numbers)).into_response()
}

type Open<S> = (
    App<S>,
    watch::Receiver<u64>,
    watch::Receiver<bool>,
    Option<Staff>,
);

async fn next<S: Store>(
    (app, mut newest, mut ending, staff): Open<S>,
) -> Option<(Result<Bytes, std::convert::Infallible>, Open<S>)> {
    tokio::select! {
        biased;
        _ = ending.wait_for(|ended| *ended) => return None,
        changed = newest.changed() => changed.ok()?,
        () = tokio::time::sleep(KEEP_ALIVE) => {}
    }
    if app.staff() != staff {
        return None;
    }
    let number = *newest.borrow_and_update();
    let bytes = Bytes::copy_from_slice(&number.to_be_bytes());
    Some((Ok(bytes), (app, newest, ending, staff)))
}
