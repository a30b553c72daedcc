//! The built site: the reporter's page at `/`, the desk at `/desk`, with the headers of docs/protocol.md for pages.
//!
//! Nothing of the reporter's page may stay in a cache. The desk's files whose names carry a hash of their content may stay for ever, its page
//! is asked for anew each time.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use sluis_wire::api::Problem;

use crate::app::App;
use crate::error::Refusal;
use crate::folder::hex;
use crate::settings::Settings;
use crate::store::Store;

/// What every page and file is sent with.
const STRICT: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; font-src 'self'; \
         manifest-src 'self'; img-src 'self' blob:; media-src blob:; connect-src 'self'; require-trusted-types-for 'script'; \
         trusted-types sluis; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    (
        "permissions-policy",
        // On the reporter's page a person may record a voice message.
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), \
         midi=(), payment=(), usb=()",
    ),
];
/// On the desk a person may read an invitation with the camera.
const DESK_PERMISSIONS: &str = "accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
                                microphone=(), midi=(), payment=(), usb=()";
const NO_STORE: &str = "no-store";
const REVALIDATE: &str = "no-cache";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Hexadecimal digits in a name from which on they count as a hash of the content.
const HASH_DIGITS: usize = 10;
const NOT_FOUND: &str = "Deze pagina bestaat niet. / This page does not exist.\n";
const NOT_BUILT: &str = "De server draait, maar de site is nog niet gebouwd. / The server runs, but the site has not been built yet.\n";

/// Kinds of file that are served, with their types; nothing else is.
const KINDS: [(&str, &str); 15] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    // A packed module (frontend/unpack.js).
    ("pack", "application/octet-stream"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/plain; charset=utf-8"),
    ("ftl", "text/plain; charset=utf-8"),
];

/// A file of the site: where it lies below the folder, and how long it may be kept.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    path: PathBuf,
    kind: &'static str,
    keep: &'static str,
}

/// Answers everything that is no call of the interface.
pub(crate) async fn serve<S: Store>(State(app): State<App<S>>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Refusal(Problem::NotFound).into_response();
    }
    let headers = request.headers();
    let target = target(path, desk_here(app.settings(), headers));
    let mut response = match &target {
        _ if path == "/site.json" => site_json(&app),
        Some(target) => file(&app.settings().site, target, headers).await,
        None => not_found(),
    };
    for (name, value) in STRICT {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    if target.is_some_and(|target| target.path.starts_with("desk")) {
        let permissions = HeaderValue::from_static(DESK_PERMISSIONS);
        response
            .headers_mut()
            .insert("permissions-policy", permissions);
    }
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Which of the two pages the name in the request may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Both,
    ReporterOnly,
    DeskOnly,
}

fn desk_here(settings: &Settings, headers: &HeaderMap) -> Shown {
    let Some(desk) = &settings.desk_origin else {
        return Shown::Both;
    };
    let host = headers
        .get(header::HOST)
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    if host.eq_ignore_ascii_case(desk.authority().as_bytes()) {
        Shown::DeskOnly
    } else {
        Shown::ReporterOnly
    }
}

/// Reads a path. Only plain names are let through, so nothing outside the folder can be named.
fn target(path: &str, shown: Shown) -> Option<Target> {
    let mut names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
    if !names.iter().all(|name| is_plain(name)) {
        return None;
    }
    let desk = names.first() == Some(&"desk");
    if (desk && shown == Shown::ReporterOnly)
        || (!desk && shown == Shown::DeskOnly && !names.is_empty())
    {
        return None;
    }
    let desk = desk || shown == Shown::DeskOnly;
    let last = names.last().copied().unwrap_or_default();
    if desk && !last.contains('.') {
        // Every place in the desk is the same page.
        names = vec!["desk", "index.html"];
    } else if names.is_empty() {
        names = vec!["index.html"];
    }
    let name = names.last().copied().unwrap_or_default();
    let (_, ending) = name.rsplit_once('.')?;
    let (_, kind) = KINDS.iter().find(|(known, _)| *known == ending)?;
    let keep = match desk {
        true if is_hashed(name) => FOR_EVER,
        true => REVALIDATE,
        false => NO_STORE,
    };
    Some(Target {
        path: names.iter().collect(),
        kind,
        keep,
    })
}

fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !name.starts_with('.') && name.bytes().all(plain)
}

fn is_hashed(name: &str) -> bool {
    let hash =
        |part: &str| part.len() >= HASH_DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split(['-', '_', '.']).any(hash)
}

async fn file(folder: &Path, target: &Target, headers: &HeaderMap) -> Response {
    let path = folder.join(&target.path);
    let Some((content, encoding)) = read(&path, headers).await else {
        let built =
            target.path.as_os_str() != "index.html" && !target.path.ends_with("desk/index.html");
        return if built {
            not_found()
        } else {
            plain(StatusCode::NOT_FOUND, NOT_BUILT)
        };
    };
    let mut response = Response::new(Body::empty());
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(target.kind));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(target.keep));
    fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if target.keep == REVALIDATE
        && let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", hex(&Sha256::digest(&content))))
    {
        let known = headers.get(header::IF_NONE_MATCH) == Some(&tag);
        fields.insert(header::ETAG, tag);
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(content.len()));
    *response.body_mut() = Body::from(content);
    response
}

/// The file's content as the browser can take it: compressed beforehand where that was done.
async fn read(path: &Path, headers: &HeaderMap) -> Option<(Vec<u8>, Option<&'static str>)> {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accepted, encoding) {
            let mut name = path.as_os_str().to_owned();
            name.push(".");
            name.push(ending);
            if let Ok(content) = tokio::fs::read(PathBuf::from(name)).await {
                return Some((content, Some(encoding)));
            }
        }
    }
    tokio::fs::read(path)
        .await
        .ok()
        .map(|content| (content, None))
}

fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim().eq_ignore_ascii_case(encoding)
            && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn site_json<S: Store>(app: &App<S>) -> Response {
    match app.folder().site() {
        Ok(text) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/json"),
                ),
                (header::CACHE_CONTROL, HeaderValue::from_static(NO_STORE)),
            ];
            (headers, text).into_response()
        }
        Err(_) => Refusal(Problem::Internal).into_response(),
    }
}

fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, NOT_FOUND)
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static(NO_STORE)),
    ];
    (status, headers, text).into_response()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn keep(path: &str) -> Option<&'static str> {
        target(path, Shown::Both).map(|target| target.keep)
    }

    #[test]
    fn only_the_desks_hashed_files_stay_in_a_cache() {
        assert_eq!(keep("/"), Some(NO_STORE));
        assert_eq!(keep("/sluis-reporter-0123456789_bg.wasm"), Some(NO_STORE));
        assert_eq!(keep("/desk"), Some(REVALIDATE));
        assert_eq!(keep("/desk/worker.js"), Some(REVALIDATE));
        assert_eq!(keep("/desk/sluis-desk-0123456789_bg.wasm"), Some(FOR_EVER));
    }

    #[test]
    fn a_path_never_leaves_the_folder() {
        for path in [
            "/../relay.key",
            "/%2e%2e/relay.key",
            "/desk/..",
            "/.git/config.txt",
            "/a\\b.js",
            "/relay.key",
            "/x.js.br",
        ] {
            assert_eq!(target(path, Shown::Both), None, "{path}");
        }
    }

    #[test]
    fn every_place_in_the_desk_is_its_page() {
        let page = target("/desk", Shown::Both).unwrap();
        for path in ["/desk/", "/desk/dossiers", "/desk/dossier/00ff"] {
            assert_eq!(target(path, Shown::Both).as_ref(), Some(&page));
        }
        assert_eq!(target("/other", Shown::Both), None);
    }

    #[test]
    fn a_desk_with_its_own_origin_is_on_no_other() {
        assert_eq!(target("/desk/", Shown::ReporterOnly), None);
        assert_eq!(target("/index.html", Shown::DeskOnly), None);
        assert_eq!(
            target("/", Shown::DeskOnly),
            target("/desk", Shown::DeskOnly)
        );
        assert!(target("/", Shown::ReporterOnly).is_some());
    }

    #[test]
    fn an_encoding_counts_when_it_is_wanted() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
    }
}
