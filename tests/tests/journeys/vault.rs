//! How a desk bears a vault with many dossiers, as the issue bounds it: 1,000 dossiers with 20,000 events under `SLUIS_ALL`, few otherwise.
//!
//! `SLUIS_ALL=1 cargo test -p sluis-e2e --test journeys vault -- --nocapture` prints the figures; the site has to be built.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use sluis_e2e::bulk::{LONG, Size, make};
use sluis_wire::time::UnixTime;
use tempfile::TempDir;

use crate::browser::{Browser, until};
use crate::relay::{self, Relay};
use crate::words;

/// Milliseconds from the choice of a person until the rows of the vault are shown, the stretching of the passphrase included.
const OPENED: f64 = 3_000.0;
/// Milliseconds from the click on a dossier of 500 events until it is shown.
const SHOWN: f64 = 150.0;
/// Milliseconds from the click that shares a dossier with its twentieth recipient until that is sealed and written, and the list of who has access
/// shows it. That the relay has it comes after it, as with all that a desk does, and is measured beside it.
const SHARED: f64 = 100.0;
/// Who has access, while nothing about it is on its way to the relay any more.
const SENT: &str = "section:not(:has(#share-pending)) > #share-who";
/// Most time that the first filling of the vault may take.
const FILLING: Duration = Duration::from_hours(1);
/// How long after that a desk has written its list.
const KEPT: Duration = Duration::from_secs(12);

/// Clicks on the first thing, on the next as soon as that is there, and gives the milliseconds until the last is there with some text in it.
const CLICK: &str =
    "const done = arguments[arguments.length - 1], [press, wanted, text] = arguments;
    let through = arguments[3];
    const before = arguments[4], times = [];
    const shows = (css) => document.querySelector(css)?.textContent.includes(text);
    // Once the page has come to rest.
    const note = () => setTimeout(() => times.push(performance.now() - begin));
    const look = () => {
        const next = through && document.querySelector(through);
        if (next) { through = ''; next.click(); }
        if (before && !times.length && shows(before)) note();
        if (!shows(wanted)) return false;
        watcher.disconnect();
        note();
        setTimeout(() => done(times));
        return true;
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    const begin = performance.now();
    document.querySelector(press).click();
    look();";

/// Enough to go through everything once.
const FEW: Size = Size {
    dossiers: 20,
    events: 5,
    story: 0,
    long: 60,
    colleagues: 2,
};

fn make_few(data: &Path) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    make(data, UnixTime(now), FEW);
    Ok(())
}

/// The same by a program that is built to be fast.
fn make_many(data: &Path) -> Result<()> {
    let program = relay::native("sluis-e2e", "sluis-demo").map_err(anyhow::Error::msg)?;
    let status = Command::new(program)
        .arg("--data")
        .arg(data)
        .arg("--many")
        .status()?;
    ensure!(status.success(), "the dossiers cannot be made");
    Ok(())
}

#[tokio::test]
async fn a_large_vault_opens_soon() -> Result<()> {
    let all = std::env::var_os("SLUIS_ALL").is_some();
    let (size, rounds) = if all { (Size::MANY, 5) } else { (FEW, 1) };
    let folder = TempDir::with_prefix("sluis-vault-")?;
    let data = folder.path().join("data");
    tokio::task::spawn_blocking(move || {
        if all {
            make_many(&data)
        } else {
            make_few(&data)
        }
    })
    .await??;
    let relay = Relay::start_in(folder, &[]).await?;
    let desk = Browser::chromium("large vault").await?;
    fill(&desk, &relay).await?;
    let [mut opened, mut shown, mut shared, mut sent] = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        desk.go("about:blank").await?;
        desk.go(&relay.url("/desk/")).await?;
        desk.see("#demo-0").await?;
        let table = [
            "#demo-0",
            "#dossiers-table",
            "Verhaal nummer",
            "#nav-dossiers",
        ];
        opened.push(time(&desk, table, "").await?.1);
        // The rest of the vault is read after its list; what is shown meanwhile waits for that.
        desk.says("#link-state", &words::desk("link-synced")?)
            .await?;
        desk.paste("#search", LONG).await?;
        let alone = "return document.querySelectorAll('#dossiers-table .desk-open').length === 1";
        desk.wait("the long dossier", alone, Vec::new()).await?;
        let row = "#dossiers-table .desk-open";
        let panel = [row, "#part-panel", "", ""];
        shown.push(time(&desk, panel, "").await?.1);
        let (written, with_relay) = share(&desk, size.colleagues).await?;
        shared.push(written);
        sent.push(with_relay);
    }
    let mut missed = Vec::new();
    for (what, mut times, most) in [
        ("opened its vault", opened, OPENED),
        ("showed the long dossier", shown, SHOWN),
        ("shared it with everybody", shared, SHARED),
        ("had told the relay so", sent, f64::INFINITY),
    ] {
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().context("no time")?;
        eprintln!(
            "{} dossiers with {} events each and one with {}, {} colleagues: a desk {what} in {median:.0} ms (median of {times:.0?})",
            size.dossiers, size.events, size.long, size.colleagues
        );
        if all && median > most {
            missed.push(format!(
                "{what} in {median:.0} ms where {most:.0} are promised"
            ));
        }
    }
    ensure!(missed.is_empty(), "a desk {}", missed.join("; "));
    Ok(())
}

/// Lets the first person's new browser fetch all there is, and keep the list of it.
pub(crate) async fn fill(desk: &Browser, relay: &Relay) -> Result<()> {
    desk.go(&relay.url("/desk/")).await?;
    desk.click("#demo-0").await?;
    let begin = Instant::now();
    let synced = words::desk("link-synced")?;
    until("a filled vault", FILLING, async || {
        let state = desk.texts("#link-state").await.unwrap_or_default();
        Ok(state
            .iter()
            .any(|text| text.contains(&synced))
            .then_some(()))
    })
    .await?;
    eprintln!(
        "a new browser has fetched all after {:.0?}",
        begin.elapsed()
    );
    // What was worked out last is written with the next look at the clock.
    desk.click("#nav-dossiers").await?;
    tokio::time::sleep(KEPT).await;
    Ok(())
}

/// Shares the open dossier, which all others have already, with the last one, and takes it back from them.
async fn share(desk: &Browser, colleagues: usize) -> Result<(f64, f64)> {
    desk.click("#part-share").await?;
    desk.paste("#share-search", &format!("Proefpersoon {colleagues}"))
        .await?;
    desk.click("#share-whom-0").await?;
    desk.see("#share-will").await?;
    let name = format!("Proefpersoon {colleagues}");
    let taken = time(desk, ["#share-give", SENT, &name, ""], "#share-who").await?;
    let synced = words::desk("link-synced")?;
    desk.says("#link-state", &synced).await?;
    let mark = "const row = [...document.querySelectorAll('#share-who .desk-item')].find((row) => row.innerText.includes(arguments[0]));
        row.querySelector('[id^=share-take-]').dataset.last = 'yes'";
    desk.run(mark, vec![name.clone().into()]).await?;
    desk.click("[data-last=yes]").await?;
    desk.click("#plan-do").await?;
    let gone = "return !document.querySelector('#share-who').innerText.includes(arguments[0])";
    desk.wait("access that is gone", gone, vec![name.into()])
        .await?;
    desk.says("#link-state", &synced).await?;
    Ok(taken)
}

/// Milliseconds until what is in `before` is seen, and until all is.
async fn time(desk: &Browser, arguments: [&str; 4], before: &str) -> Result<(f64, f64)> {
    let arguments = arguments.into_iter().chain([before]).map(Value::from);
    let times = desk.run_async(CLICK, arguments.collect()).await?;
    let times: Vec<f64> = serde_json::from_value(times)?;
    let [first, .., last] = times.as_slice() else {
        let only = times.first().copied().context("never there")?;
        return Ok((only, only));
    };
    Ok((*first, *last))
}
