//! The desk comes in two parts: what the first screens need, and the rest.
//!
//! `scripts/first.sh` calls the second journey to note which functions those are.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{Check, open_new_report, part, reply, report, set_up, unlock};
use crate::relay::{self, Relay};
use crate::words;

/// Asks the page and its worker which functions were called.
const ASK: &str =
    "const done = arguments[arguments.length - 1], channel = new BroadcastChannel('sluis-seen');
    const told = [];
    channel.onmessage = ({ data }) => { if (told.push(data) === 2) done(told); };
    channel.postMessage('tell');";

/// Once the list of work is on the screen, the worker reads the whole vault: that is the rest's.
const OVER: &str = "Desk>::read_more";

#[tokio::test]
async fn the_first_screen_needs_no_more_than_its_part_and_the_rest_comes_when_called() -> Result<()>
{
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("parts").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    // The worker of the browser's own cache must not help.
    let block = |urls| desk.devtools("Network.setBlockedURLs", json!({ "urls": urls }));
    desk.devtools("Network.enable", json!({})).await?;
    desk.devtools("Network.setBypassServiceWorker", json!({ "bypass": true }))
        .await?;
    desk.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await?;
    block(vec!["*-rest-*"]).await?;
    desk.go(&relay.url("/desk/")).await?;
    desk.see("#unlock-passphrase").await?;
    let came = "return performance.getEntriesByType('resource').filter((one) => one.name.includes('/desk-rest-') && one.transferSize > 0).length";
    ensure!(
        desk.run(came, Vec::new()).await? == 0,
        "the rest came although it was held back"
    );
    // What needs the rest says so when it does not come.
    desk.click(".desk-more summary").await?;
    desk.click("#forget").await?;
    desk.see("#no-rest").await?;
    block(Vec::new()).await?;
    desk.go("about:blank").await?;
    block(vec!["*-rest-*"]).await?;
    desk.go(&relay.url("/desk/")).await?;
    desk.see("#unlock-passphrase").await?;
    block(Vec::new()).await?;
    unlock(&desk, &passphrase).await?;
    desk.click("#nav-people").await?;
    desk.see("#people-own").await?;
    ensure!(
        desk.run(came, Vec::new()).await? == 1,
        "a page of the rest was shown without it"
    );
    canary.search(relay, vec![desk]).await
}

#[tokio::test]
async fn what_runs_first_is_noted() -> Result<()> {
    let Some(names) = std::env::var_os("SLUIS_RECORD") else {
        eprintln!("skipped: scripts/first.sh calls this, for a site that tells what runs");
        return Ok(());
    };
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("first").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("first, reporter").await?;
    let story = canary.text("Er is iets gebeurd.");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&desk).await?;
    part(&desk, "part-conversation").await?;
    desk.says("#conversation-list", &story).await?;
    reply(&desk, &canary.text("Dank je.")).await?;
    desk.go("about:blank").await?;
    desk.go(&relay.url("/desk/")).await?;
    unlock(&desk, &passphrase).await?;
    desk.says("#link-state", &words::desk("link-synced")?)
        .await?;
    desk.click("#nav-dossiers").await?;
    desk.see("#dossiers-table .desk-open").await?;
    let told = desk.run_async(ASK, Vec::new()).await?;
    for one in told.as_array().context("nothing was told")? {
        let one = one.as_array().context("an answer of another form")?;
        let name = one.first().and_then(|name| name.as_str());
        let name = name.context("no name")?;
        let all = std::fs::read_to_string(Path::new(&names).join(format!("{name}.names")))?;
        let all: Vec<(&str, &str)> = all.lines().filter_map(|one| one.split_once(' ')).collect();
        let ran = one.iter().skip(1).filter_map(serde_json::Value::as_u64);
        let ran = ran.filter_map(|index| all.get(usize::try_from(index).ok()?));
        // In the order in which they first ran.
        let ran = ran.take_while(|(_, name)| !name.contains(OVER));
        let ran: BTreeSet<&str> = ran.map(|(mark, _)| *mark).collect();
        eprintln!("{name}: {} of {} functions", ran.len(), all.len());
        let list = relay::root().join(format!("frontend/{name}/first.txt"));
        let ran: Vec<&str> = ran.into_iter().collect();
        std::fs::write(list, ran.join("\n") + "\n")?;
    }
    Ok(())
}
