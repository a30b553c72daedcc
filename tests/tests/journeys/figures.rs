//! What crosses the network and how long it takes, as the issue bounds it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Browser, PATIENCE, until};
use crate::canary::Canary;
use crate::people::{Check, keep_words, open_new_report, reply, report, set_up, stored};
use crate::proxy::Proxy;
use crate::relay::Relay;
use crate::words;

/// Bytes of the answer to a poll when nothing has changed, headers included.
const POLL_QUIET: f64 = 500.0;
/// The same when something has.
const POLL_MOST: f64 = 300_000.0;
/// Files before the form works, and calls to the relay.
const FILES: usize = 6;
const CALLS: usize = 2;

/// A request that was seen: method and path, bytes of its body, bytes of the whole answer once it is there.
#[derive(Debug)]
struct Seen {
    what: String,
    sent: Option<u64>,
    received: Option<f64>,
}

/// Adds what the browser has told since the last time.
async fn collect(page: &Browser, seen: &mut BTreeMap<String, Seen>) -> Result<()> {
    for (event, told) in page.network().await? {
        let Some(id) = told.get("requestId").and_then(Value::as_str) else {
            continue;
        };
        let one = seen.entry(id.to_owned()).or_insert_with(|| Seen {
            what: String::new(),
            sent: None,
            received: None,
        });
        match event.as_str() {
            "Network.requestWillBeSent" => {
                let text = |path: &str| {
                    told.pointer(path)
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                };
                let path = text("/request/url")
                    .splitn(4, '/')
                    .nth(3)
                    .unwrap_or_default()
                    .to_owned();
                one.what = format!("{} /{path}", text("/request/method"));
            }
            "Network.requestWillBeSentExtraInfo" => {
                let length = told
                    .pointer("/headers/Content-Length")
                    .or_else(|| told.pointer("/headers/content-length"));
                one.sent = length
                    .and_then(Value::as_str)
                    .and_then(|length| length.parse().ok())
                    .or(one.sent);
            }
            "Network.loadingFinished" => {
                one.received = told.get("encodedDataLength").and_then(Value::as_f64);
            }
            _ => {}
        }
    }
    Ok(())
}

#[tokio::test]
async fn each_kind_of_request_of_a_reporter_has_one_size() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("sizes, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let mut seen = BTreeMap::new();
    let page = Browser::chromium("sizes").await?;
    let short = canary.word();
    report(&page, &relay, &mut canary, &short, Check::Skip).await?;
    // Nothing is on the board yet: two polls with nothing new.
    let quiet = until("two polls", PATIENCE, async || {
        collect(&page, &mut seen).await?;
        let quiet: Vec<f64> = polls(&seen);
        Ok((quiet.len() >= 3).then_some(quiet))
    });
    let quiet = quiet.await?;
    let largest = quiet.iter().copied().fold(0.0, f64::max);
    ensure!(largest < POLL_QUIET, "a quiet poll takes {largest} bytes");

    open_new_report(&desk).await?;
    let answer = canary.text(&"Een lang antwoord. ".repeat(20));
    reply(&desk, &answer).await?;
    page.says("#reply-list", &answer).await?;
    let long = canary.text(&"Nog veel meer. ".repeat(150));
    page.paste("#reply", &long).await?;
    page.click("#send").await?;
    stored(&page, &long).await?;
    page.write("#answer", &canary.text("Hockey")).await?;
    page.click("#answer-send").await?;
    page.says("#reply-list", "Hockey").await?;
    stored(&page, "Hockey").await?;
    collect(&page, &mut seen).await?;
    let busy = polls(&seen).into_iter().fold(0.0, f64::max);
    ensure!(busy < POLL_MOST, "a poll with news takes {busy} bytes");

    let mut sizes: BTreeMap<&str, BTreeMap<u64, usize>> = BTreeMap::new();
    for one in seen.values().filter(|one| one.what.starts_with("POST")) {
        *sizes
            .entry(&one.what)
            .or_default()
            .entry(one.sent.context("a request without a length")?)
            .or_default() += 1;
    }
    eprintln!(
        "quiet poll {largest} bytes, with news {busy} bytes; bytes of each kind of request, and how often:"
    );
    for (what, histogram) in &sizes {
        eprintln!("  {what}: {histogram:?}");
    }
    ensure!(
        !sizes.is_empty() && sizes.values().all(|histogram| histogram.len() == 1),
        "more than one size: {sizes:?}"
    );
    canary.search(relay, vec![desk, page]).await
}

/// Bytes of the answers of the polls.
fn polls(seen: &BTreeMap<String, Seen>) -> Vec<f64> {
    seen.values()
        .filter(|one| one.what.contains("board"))
        .filter_map(|one| one.received)
        .collect()
}

#[tokio::test]
async fn a_first_visit_takes_few_requests_and_paints_before_webassembly_is_there() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("first visit, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let page = Browser::chromium("first visit").await?;
    // A slow telephone: 1.6 Mbit/s, 150 ms.
    page.devtools("Network.enable", json!({})).await?;
    let slow = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000 });
    page.devtools("Network.emulateNetworkConditions", slow)
        .await?;
    page.network().await?;
    page.go(&relay.url("/")).await?;
    page.wait(
        "a story to write",
        "return document.querySelector('#story')?.disabled === false",
        Vec::new(),
    )
    .await?;
    let mut seen = BTreeMap::new();
    collect(&page, &mut seen).await?;
    let all: BTreeSet<&str> = seen
        .values()
        .map(|one| one.what.as_str())
        .filter(|what| what.contains('/'))
        .collect();
    let (calls, files): (Vec<&str>, Vec<&str>) = all
        .into_iter()
        .partition(|what| what.contains("/api/") || what.ends_with("/site.json"));
    let times = "const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
        const wasm = performance.getEntriesByType('resource').find((one) => one.name.endsWith('.pack'));
        return [paint, wasm.responseEnd]";
    let times = page.run(times, Vec::new()).await?;
    let [paint, wasm] = [0, 1].map(|place| times.get(place).and_then(Value::as_f64));
    let (paint, wasm) = (paint.context("no paint")?, wasm.context("no WebAssembly")?);
    eprintln!(
        "first visit: {} files {files:?}, {} calls {calls:?}; painted after {paint:.0} ms, WebAssembly there after {wasm:.0} ms",
        files.len(),
        calls.len()
    );
    ensure!(files.len() <= FILES, "{} files: {files:?}", files.len());
    ensure!(calls.len() <= CALLS, "{} calls: {calls:?}", calls.len());
    ensure!(paint < wasm, "painted after WebAssembly had arrived");
    canary.search(relay, vec![desk, page]).await
}

#[tokio::test]
async fn a_second_visit_to_the_desk_fetches_nothing_but_its_page() -> Result<()> {
    let (mut relay, mut canary) = (Relay::start().await?, Canary::new());
    let proxy = Proxy::start(relay.address()).await?;
    relay.stands_behind(proxy.address());
    let desk = Browser::chromium("second visit").await?;
    set_up(&desk, &relay, &mut canary).await?;
    desk.go("about:blank").await?;
    proxy.take();
    desk.go(&relay.url("/desk/")).await?;
    desk.see("#unlock-passphrase").await?;
    let asked = proxy.take();
    let files: Vec<&String> = asked
        .iter()
        // A browser looks at every visit whether there is a newer service worker.
        .filter(|line| {
            ["/api/", "/site.json", "/desk/service.js"]
                .iter()
                .all(|other| !line.contains(other))
        })
        .collect();
    eprintln!("second visit to the desk: {asked:?}");
    ensure!(
        files == ["GET /desk/"],
        "the second visit fetched {files:?}"
    );
    canary.search(relay, vec![desk]).await
}

#[tokio::test]
async fn a_first_message_is_stored_soon_after_the_last_click() -> Result<()> {
    let all = std::env::var_os("SLUIS_ALL").is_some();
    let rounds = if all { 9 } else { 1 };
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("speed, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    // The desk works as well while a reporter writes on the same machine; it rests here, as it is on another one.
    desk.go("about:blank").await?;
    let page = Browser::chromium("speed").await?;
    for (writing, most) in [(Duration::from_secs(10), 500.0), (Duration::ZERO, 2_000.0)] {
        let mut times = Vec::new();
        for _ in 0..rounds {
            times.push(last_click_to_stored(&page, &relay, &mut canary, writing).await?);
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().context("no time")?;
        eprintln!(
            "written in {} s: stored {median:.0} ms after the last click (median of {times:.0?})",
            writing.as_secs()
        );
        // A machine that tests other things at the same time says nothing about speed.
        ensure!(
            !all || median <= most,
            "{median:.0} ms where {most:.0} are promised"
        );
    }
    canary.search(relay, vec![desk, page]).await
}

/// Milliseconds from the click that sends a first message until the page says that it is stored.
async fn last_click_to_stored(
    page: &Browser,
    relay: &Relay,
    canary: &mut Canary,
    writing: Duration,
) -> Result<f64> {
    page.go("about:blank").await?;
    page.go(&relay.url("/")).await?;
    let begin = Instant::now();
    let story = canary.text("Snel geschreven");
    page.wait(
        "a story to write",
        "return document.querySelector('#story')?.disabled === false",
        Vec::new(),
    )
    .await?;
    // Somebody who writes for a while writes on: a letter whenever is looked.
    let mut written = story.clone();
    until("the end of writing", PATIENCE, async || {
        page.paste("#story", &written).await?;
        written.push('.');
        Ok((begin.elapsed() >= writing).then_some(()))
    })
    .await?;
    let kept = keep_words(page, canary).await?;
    let watch = "const done = arguments[arguments.length - 1], states = arguments[0];
        const look = () => {
            const state = document.querySelector('#reply-list .sluis-bubble--own .sluis-bubble__delivery');
            if (!state || !states.includes(state.innerText.trim())) return;
            watcher.disconnect();
            done(performance.now() - begin);
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
        const begin = performance.now();
        document.querySelector('#skip').click();";
    ensure!(kept.len() == 8, "the words are there");
    let states = vec![Value::from(vec![
        words::reporter("state-stored")?,
        words::reporter("state-read")?,
    ])];
    page.run_async(watch, states)
        .await?
        .as_f64()
        .context("never stored")
}
