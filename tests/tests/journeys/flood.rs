//! More people write within an hour than can be taken in: what comes after the twentieth waits for a click, and nothing is lost.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context as _, Result, ensure};
use sluis_e2e::harness::{Reporter, World};
use sluis_wire::api::Hello;
use sluis_wire::time::UnixTime;

use crate::access::Judge;
use crate::browser::Browser;
use crate::canary::Canary;
use crate::relay::Relay;
use crate::sharing::{MARIT, find, synced};
use crate::two_desks::{copied, enter};
use crate::words;

const LIST: &str = "section[aria-labelledby=work-unsorted]";

/// Has people write to the centre while no desk is there.
fn write(data: &Path, texts: &[String]) -> Result<()> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let world = World::at(data, UnixTime(now.as_secs()));
    let genesis = world.call(&Hello).ok().and_then(|hello| hello.genesis);
    let genesis = genesis.context("the demonstration has a genesis")?;
    // Not the people of the demonstration.
    for (seed, text) in (9_000_000..).zip(texts) {
        let mut reporter = Reporter::new(genesis, world.clone(), world.clock.clone(), seed);
        reporter.write("Meldpunt", text);
    }
    world.stop();
    Ok(())
}

/// How many lines stand in the list, and how many were set aside.
async fn counted(desk: &Browser, waiting: usize, aside: usize) -> Result<()> {
    let script = "const all = document.querySelectorAll(`${arguments[0]} .desk-item`).length;
        const aside = document.querySelectorAll('#unsorted-aside .desk-item').length;
        return all - aside === arguments[1] && aside === arguments[2]";
    let wanted = vec![LIST.into(), waiting.into(), aside.into()];
    desk.wait("the list", script, wanted).await.map(drop)
}

#[tokio::test]
async fn more_than_twenty_conversations_in_an_hour_wait_for_a_click() -> Result<()> {
    let mut canary = Canary::new();
    let folder = copied().await?;
    let texts: Vec<String> = (0..26)
        .map(|number| canary.text(&format!("Mijn trainer schreeuwt, bericht {number},")))
        .collect();
    let (data, to_write) = (folder.path().join("data"), texts.clone());
    tokio::task::spawn_blocking(move || write(&data, &to_write)).await??;
    let relay = Relay::start_in(folder, &[]).await?;
    let desk = Browser::chromium("flood").await?;
    enter(&desk, &relay, MARIT).await?;
    desk.says(LIST, &words::words("nl", "unsorted", "title")?)
        .await?;
    counted(&desk, 6, 0).await?;
    let listed = desk.texts(&format!("{LIST} .desk-gist")).await?;
    let late = texts.get(20..).unwrap_or_default();
    ensure!(listed == late, "{listed:?}");

    // One click each: a dossier, or aside.
    desk.click(".unsorted-make").await?;
    counted(&desk, 5, 0).await?;
    desk.click(".unsorted-other").await?;
    counted(&desk, 4, 1).await?;
    desk.click("#unsorted-aside summary").await?;
    desk.picture("unsorted", LIST).await?;
    let mut judge = Judge::new()?;
    judge.look(&desk, "unsorted").await?;
    desk.click("#unsorted-aside .unsorted-other").await?;
    counted(&desk, 5, 0).await?;

    // Removing for good is said twice.
    desk.click(".unsorted-other").await?;
    counted(&desk, 4, 1).await?;
    desk.click("#unsorted-aside summary").await?;
    desk.click(".unsorted-remove").await?;
    desk.see("#unsorted-remove-do").await?;
    judge.look(&desk, "unsorted, removing").await?;
    desk.click("#unsorted-remove-do").await?;
    counted(&desk, 4, 0).await?;
    synced(&desk).await?;
    find(&desk, late.first().context("a late one")?).await?;
    judge.verdict()?;
    canary.search(relay, vec![desk]).await
}
