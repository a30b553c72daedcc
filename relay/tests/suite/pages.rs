//! The built site, its headers, and the desk on an origin of its own.

use std::fs;

use axum::body::Body;
use axum::http::{Method, Request};
use sluis_relay::settings::Origin;
use sluis_wire::api::{Call as _, Hello};

use crate::world::{Raw, World};

const DESK_FILE: &str = "/desk/sluis-desk-0123456789abcdef.js";

async fn world(desk_origin: Option<&str>) -> World {
    let world = World::with(|settings| {
        settings.desk_origin = desk_origin.map(|origin| Origin::parse(origin).unwrap());
        fs::create_dir_all(settings.site.join("desk")).unwrap();
        for (name, content) in [
            ("index.html", "reporter"),
            ("app-0123456789abcdef.js", "script"),
            ("app-0123456789abcdef.js.br", "brotli"),
            ("app-0123456789abcdef.js.gz", "gzip"),
            ("desk/index.html", "desk"),
            ("desk/sluis-desk-0123456789abcdef.js", "desk script"),
        ] {
            fs::write(settings.site.join(name), content).unwrap();
        }
    });
    world.await
}

fn text(raw: &Raw) -> &str {
    std::str::from_utf8(&raw.body).unwrap()
}

/// Status, cache rule and content of a page.
async fn page(world: &World, path: &str, headers: &[(&str, &str)]) -> (u16, String, String) {
    let raw = world.get(path, headers).await;
    let keep = raw.headers["cache-control"].to_str().unwrap().to_owned();
    (raw.status.as_u16(), keep, text(&raw).to_owned())
}

fn served(keep: &str, content: &str) -> (u16, String, String) {
    (200, keep.to_owned(), content.to_owned())
}

#[tokio::test]
async fn pages_and_files_are_kept_as_long_as_they_may() {
    let world = world(None).await;
    assert_eq!(page(&world, "/", &[]).await, served("no-store", "reporter"));
    assert_eq!(
        page(&world, "/app-0123456789abcdef.js", &[]).await,
        served("no-store", "script")
    );
    assert_eq!(page(&world, "/desk", &[]).await, served("no-cache", "desk"));
    assert_eq!(
        page(&world, "/desk/", &[]).await,
        served("no-cache", "desk")
    );
    assert_eq!(
        page(&world, "/desk/dossiers", &[]).await,
        served("no-cache", "desk")
    );
    assert_eq!(
        page(&world, DESK_FILE, &[]).await,
        served("public, max-age=31536000, immutable", "desk script")
    );
}

#[tokio::test]
async fn every_answer_of_the_site_has_the_strict_headers() {
    let world = world(None).await;
    for path in [
        "/",
        "/app-0123456789abcdef.js",
        "/desk",
        DESK_FILE,
        "/site.json",
        "/nothing",
    ] {
        let raw = world.get(path, &[]).await;
        let headers: Vec<String> = raw
            .headers
            .iter()
            .filter(|(name, _)| {
                ![
                    "content-type",
                    "content-length",
                    "cache-control",
                    "vary",
                    "etag",
                ]
                .contains(&name.as_str())
            })
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        // The camera reads an invitation, on the desk and nowhere else; the microphone takes a voice message on the reporter's page.
        let expected = STRICT.map(|header| {
            if path.starts_with("/desk") {
                header
                    .replace("camera=()", "camera=(self)")
                    .replace("microphone=(self)", "microphone=()")
            } else {
                header.to_owned()
            }
        });
        assert_eq!(headers, expected, "{path}");
    }
}

const STRICT: [&str; 7] = [
    "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
     font-src 'self'; manifest-src 'self'; img-src 'self' blob:; media-src blob:; connect-src 'self'; \
     require-trusted-types-for 'script'; trusted-types sluis; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "cross-origin-opener-policy: same-origin",
    "cross-origin-embedder-policy: require-corp",
    "cross-origin-resource-policy: same-origin",
    "referrer-policy: no-referrer",
    "x-content-type-options: nosniff",
    "permissions-policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
     microphone=(self), midi=(), payment=(), usb=()",
];

#[tokio::test]
async fn a_file_comes_compressed_to_who_can_read_it() {
    let world = world(None).await;
    for (accepted, encoding, content) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("identity", None, "script"),
    ] {
        let raw = world
            .get("/app-0123456789abcdef.js", &[("accept-encoding", accepted)])
            .await;
        let sent = raw
            .headers
            .get("content-encoding")
            .map(|value| value.to_str().unwrap());
        assert_eq!((sent, text(&raw)), (encoding, content));
        assert_eq!(raw.headers["vary"], "accept-encoding");
    }
}

#[tokio::test]
async fn the_desks_page_is_sent_again_only_when_it_changed() {
    let world = world(None).await;
    let first = world.get("/desk", &[]).await;
    let tag = first.headers["etag"].to_str().unwrap();
    let second = world.get("/desk", &[("if-none-match", tag)]).await;
    assert_eq!((second.status.as_u16(), second.body.len()), (304, 0));
    assert!(!world.get("/", &[]).await.headers.contains_key("etag"));
}

#[tokio::test]
async fn head_answers_without_a_body() {
    let world = world(None).await;
    let request = Request::builder()
        .method(Method::HEAD)
        .uri("/")
        .body(Body::empty())
        .unwrap();
    let raw = world.raw(request).await;
    assert_eq!((raw.status.as_u16(), raw.body.len()), (200, 0));
    assert_eq!(raw.headers["content-length"], "8");
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let world = world(None).await;
    fs::write(world.folder.path().join("secret.txt"), "secret").unwrap();
    for path in [
        "/../secret.txt",
        "/desk/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
    ] {
        let raw = world.get(path, &[]).await;
        assert_eq!(raw.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_site_that_is_not_built_says_so() {
    let world = World::new().await;
    let raw = world.get("/", &[]).await;
    assert_eq!(raw.status.as_u16(), 404);
    assert!(text(&raw).contains("nog niet gebouwd"));
}

#[tokio::test]
async fn a_desk_with_its_own_origin_is_served_there_and_may_call() {
    let desk = "https://desk.example.org";
    let world = world(Some(desk)).await;
    let (own, other) = (("host", "desk.example.org"), ("host", "melden.example.org"));
    assert_eq!(page(&world, "/desk", &[own]).await.0, 200);
    assert_eq!(page(&world, "/", &[own]).await.2, "desk");
    assert_eq!(page(&world, "/desk", &[other]).await.0, 404);
    assert_eq!(page(&world, "/", &[other]).await.2, "reporter");
    let ask = |method: Method, origin: &str| {
        let request = Request::builder()
            .method(method)
            .uri(Hello::PATH)
            .header("origin", origin);
        request.body(Body::empty()).unwrap()
    };
    let raw = world.raw(ask(Method::POST, desk)).await;
    assert_eq!(
        (
            raw.status.as_u16(),
            raw.headers["access-control-allow-origin"].to_str().unwrap()
        ),
        (200, desk)
    );
    let raw = world.raw(ask(Method::OPTIONS, desk)).await;
    assert_eq!(
        raw.headers["access-control-allow-headers"],
        "content-type, sluis-proof"
    );
    let raw = world
        .raw(ask(Method::POST, "https://evil.example.org"))
        .await;
    assert!(!raw.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn the_description_names_every_call() {
    let world = World::new().await;
    let raw = world.get("/openapi.json", &[]).await;
    let description: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
    let paths: Vec<&str> = description["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        paths,
        [
            "/api/1/board/page",
            "/api/1/board/post",
            "/api/1/board/renew",
            "/api/1/changes",
            "/api/1/directory/append",
            "/api/1/directory/read",
            "/api/1/dossier/control/append",
            "/api/1/dossier/control/read",
            "/api/1/dossier/create",
            "/api/1/dossier/event/append",
            "/api/1/dossier/event/read",
            "/api/1/dossier/people/erase",
            "/api/1/dossier/people/read",
            "/api/1/dossier/person/put",
            "/api/1/dossier/person/wraps/put",
            "/api/1/dossier/person/wraps/read",
            "/api/1/evidence",
            "/api/1/figure/list",
            "/api/1/figure/put",
            "/api/1/file/begin",
            "/api/1/file/claim",
            "/api/1/file/delete",
            "/api/1/file/finish",
            "/api/1/file/look",
            "/api/1/file/open",
            "/api/1/file/piece/put",
            "/api/1/file/piece/read",
            "/api/1/hello",
            "/api/1/intake/challenge",
            "/api/1/intake/delete",
            "/api/1/intake/list",
            "/api/1/intake/post",
            "/api/1/rendezvous/put",
            "/api/1/rendezvous/read",
            "/api/1/setup",
            "/api/1/snapshot/put",
            "/api/1/snapshot/read",
            "/api/1/statement/list",
            "/api/1/statement/put",
            "/api/1/stream",
        ]
    );
    let hidden = World::with(|settings| settings.openapi = false).await;
    assert_eq!(hidden.get("/openapi.json", &[]).await.status.as_u16(), 404);
    assert_eq!(text(&hidden.get("/health", &[]).await), "ok");
}
