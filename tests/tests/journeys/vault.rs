//! How a desk bears a vault with many dossiers, as the issue bounds it: 1,000 dossiers with 20,000 events under `SLUIS_ALL`, few otherwise.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use sluis_e2e::bulk::{LONG, Size, make};
use sluis_wire::time::UnixTime;
use tempfile::TempDir;

use crate::browser::{Browser, until};
use crate::relay::Relay;
use crate::words;

/// Milliseconds from the choice of a person until the rows of the vault are shown, the stretching of the passphrase included.
const OPENED: f64 = 3_000.0;
/// Milliseconds from the click on a dossier of 500 events until it is shown.
const SHOWN: f64 = 150.0;
/// Most time that the first filling of the vault may take.
const FILLING: Duration = Duration::from_mins(10);

/// Clicks on the first thing, on the next as soon as that is there, and gives the milliseconds until the last is there with some text in it.
const CLICK: &str =
    "const done = arguments[arguments.length - 1], [press, wanted, text] = arguments;
    let through = arguments[3];
    const look = () => {
        const next = through && document.querySelector(through);
        if (next) { through = ''; next.click(); }
        const found = document.querySelector(wanted);
        if (!found || !found.textContent.includes(text)) return false;
        watcher.disconnect();
        // Once the page has come to rest.
        setTimeout(() => done(performance.now() - begin));
        return true;
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    const begin = performance.now();
    document.querySelector(press).click();
    look();";

#[tokio::test]
async fn a_large_vault_opens_soon() -> Result<()> {
    let all = std::env::var_os("SLUIS_ALL").is_some();
    let (size, rounds) = if all {
        (
            Size {
                dossiers: 975,
                events: 20,
                story: 0,
                long: 500,
                colleagues: 20,
            },
            5,
        )
    } else {
        (
            Size {
                dossiers: 20,
                events: 5,
                story: 0,
                long: 60,
                colleagues: 2,
            },
            1,
        )
    };
    let folder = TempDir::with_prefix("sluis-vault-")?;
    let data = folder.path().join("data");
    let now = UnixTime(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
    tokio::task::spawn_blocking(move || make(&data, now, size)).await?;
    let relay = Relay::start_in(folder, &[]).await?;
    let desk = Browser::chromium("large vault").await?;
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
        "a new browser has fetched all dossiers after {:.1} s",
        begin.elapsed().as_secs_f32()
    );
    let (mut opened, mut shown) = (Vec::new(), Vec::new());
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
        opened.push(time(&desk, table).await?);
        desk.paste("#search", LONG).await?;
        let alone = "return document.querySelectorAll('#dossiers-table .desk-open').length === 1";
        desk.wait("the long dossier", alone, Vec::new()).await?;
        let row = "#dossiers-table .desk-open";
        shown.push(time(&desk, [row, "#part-panel", "", ""]).await?);
    }
    for (what, mut times, most) in [
        ("opened its vault", opened, OPENED),
        ("showed the long dossier", shown, SHOWN),
    ] {
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().context("no time")?;
        eprintln!(
            "{} dossiers with {} events each and one with {}: a desk {what} in {median:.0} ms (median of {times:.0?})",
            size.dossiers, size.events, size.long
        );
        ensure!(
            !all || median <= most,
            "{median:.0} ms where {most:.0} are promised"
        );
    }
    Ok(())
}

async fn time(desk: &Browser, arguments: [&str; 4]) -> Result<f64> {
    let arguments = arguments.map(Value::from);
    desk.run_async(CLICK, arguments.to_vec())
        .await?
        .as_f64()
        .context("never there")
}
