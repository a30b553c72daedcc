//! How many durable submissions of 1 KiB the relay takes in a second, beside a bare handler on the same storage that checks nothing.
//!
//! ```sh
//! cargo run --profile native -p sluis-relay --example load -- [requests] [connections]
//! ```
//! Both run in this process, one after the other, with the load generator on the same cores. It ends after that many requests, or after half a
//! minute each.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement: a failure ends it"
)]

#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../tests/suite/world.rs"]
mod world;

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::serve::ListenerExt as _;
use sluis_directory::capability::sign_request;
use sluis_directory::frame_hash;
use sluis_relay::App;
use sluis_relay::store::sqlite::SqliteStore;
use sluis_relay::store::{Store as _, Write};
use sluis_wire::api::{Call as _, EventAppend};
use sluis_wire::capability;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use world::{World, address, body_of, event, next_nonce, writer};

const BARE: &str = "/bare";
const LONGEST: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|text| text.parse::<usize>().unwrap());
    let requests = arguments.next().unwrap_or(30_000);
    let connections = arguments.next().unwrap_or(64);
    let world = World::ready().await;
    world.create(1).await;
    let bare = Router::new()
        .route(BARE, post(store_it))
        .with_state(world.app.clone());
    let address = serve(world.router.clone().merge(bare)).await;
    let mut out = std::io::stdout();
    let mut rates = Vec::new();
    writeln!(out, "storage in {}", world.folder.path().display()).unwrap();
    for (name, guarded) in [
        ("bare handler, same group commit", false),
        ("relay: event append, proven", true),
    ] {
        let prepared = (0..requests).map(|n| request(&world, n, guarded)).collect();
        let mut result = run(address, prepared, connections).await;
        result.times.sort_unstable();
        let rate = per_second(result.times.len(), result.took);
        rates.push(rate);
        let at = |percent: usize| {
            result.times[(result.times.len() - 1) * percent / 100].as_secs_f64() * 1e3
        };
        writeln!(
            out,
            "{name:32} {connections} connections {:6} done {rate:8.0} per second   p50 {:.2} ms   p99 {:.2} ms   {:.0} us of CPU each",
            result.times.len(),
            at(50),
            at(99),
            1e6 / per_second(result.times.len(), result.cpu)
        )
        .unwrap();
    }
    writeln!(out, "ratio {:.2}", rates[1] / rates[0]).unwrap();
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// The bare handler: one durable write of the body, nothing else.
async fn store_it(State(app): State<App<SqliteStore>>, body: Bytes) -> StatusCode {
    let events = vec![(frame_hash(&body), body.to_vec())];
    app.store()
        .write(Write::Events {
            dossier: address(1),
            epoch: 0,
            events,
        })
        .await
        .unwrap();
    StatusCode::OK
}

async fn serve(router: Router) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The bytes of one request: an event of 1 KiB that no other request has.
fn request(world: &World, n: usize, guarded: bool) -> Vec<u8> {
    let mut event = event(1, 0, u8::from(guarded));
    let place = event.len() - 40;
    event[place..place + 8].copy_from_slice(&n.to_be_bytes());
    let (path, body, proof) = if guarded {
        let body = body_of(&EventAppend {
            dossier: address(1),
            events: vec![event],
        });
        let proof = sign_request(
            &writer(0),
            &world.genesis(),
            EventAppend::PATH,
            &body,
            next_nonce(),
            world.now(),
        );
        (
            EventAppend::PATH,
            body,
            format!("{}: {}\r\n", capability::HEADER, proof.encode()),
        )
    } else {
        (BARE, event, String::new())
    };
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n{proof}\r\n",
        body.len()
    );
    [head.into_bytes(), body].concat()
}

struct Measured {
    times: Vec<Duration>,
    took: Duration,
    /// Of server and load generator together; on a machine that does other things too, the steadier figure.
    cpu: Duration,
}

async fn run(
    address: std::net::SocketAddr,
    prepared: Vec<Vec<u8>>,
    connections: usize,
) -> Measured {
    let (prepared, next) = (Arc::new(prepared), Arc::new(AtomicUsize::new(0)));
    let (begin, cpu) = (Instant::now(), cpu_time());
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (prepared, next) = (Arc::clone(&prepared), Arc::clone(&next));
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut times = Vec::new();
                while begin.elapsed() < LONGEST {
                    let Some(request) = prepared.get(next.fetch_add(1, Ordering::Relaxed)) else {
                        break;
                    };
                    let sent = Instant::now();
                    stream.write_all(request).await.unwrap();
                    answer(&mut stream).await;
                    times.push(sent.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    Measured {
        times,
        took: begin.elapsed(),
        cpu: cpu_time().saturating_sub(cpu),
    }
}

/// What this process has used so far, in steps of 10 ms (proc(5), fields 14 and 15 of stat); nothing where there is no such file.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(10 * ticks)
}

/// Reads one answer, which has no body.
async fn answer(stream: &mut TcpStream) {
    let (mut bytes, mut filled) = ([0; 1_024], 0);
    loop {
        filled += stream.read(&mut bytes[filled..]).await.unwrap();
        if bytes[..filled].ends_with(b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&bytes[..filled]);
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            return;
        }
        assert!(filled < bytes.len(), "an answer longer than expected");
    }
}
