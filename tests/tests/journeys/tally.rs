//! Somebody closes a dossier and sees beforehand what stays of it for the figures; the row comes in; a table is saved that Dutch Excel reads.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::access::Judge;
use crate::browser::{Browser, PATIENCE, until};
use crate::canary::Canary;
use crate::two_desks::{demonstration, enter};
use crate::words;

/// Somebody who directs the centre, and somebody who only handles its dossiers.
const MARIT: u8 = 0;
const SANNE: u8 = 2;

fn figures(key: &str) -> Result<String> {
    words::words("nl", "figures", key)
}

/// Closes a dossier that was just made, and returns what was shown of what stays.
async fn close_one(desk: &Browser, story: &str) -> Result<String> {
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", story).await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;
    desk.click("#part-people").await?;
    desk.click("#close-dossier").await?;
    let quarter = figures("closed")?;
    let shown = desk.says("#close-figure", &quarter).await?;
    Ok(shown)
}

#[tokio::test]
async fn what_stays_of_a_closed_dossier_is_shown_first_and_counted_by_the_centre() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let marit = Browser::chromium("tally, marit").await?;
    enter(&marit, &relay, MARIT).await?;
    let story = canary.text("Een vraag die meteen over was.");
    let shown = close_one(&marit, &story).await?;
    for wanted in ["span-week", "closing-what"] {
        let words = figures(wanted)?;
        ensure!(shown.contains(&words), "\"{words}\" is not shown: {shown}");
    }
    let number = marit.texts("#app h1").await?.concat();
    let number = number
        .split_whitespace()
        .last()
        .unwrap_or_default()
        .to_owned();
    ensure!(
        !shown.contains(&number) && !shown.contains(&story),
        "{shown}"
    );
    marit.picture("figure-closing", "#close-figure").await?;
    let mut judge = Judge::new()?;
    judge.look(&marit, "closing with a row").await?;
    marit.click("#close-do").await?;
    marit.see("#proof-title").await?;
    marit.click("#part-log").await?;
    marit.says("#part-panel", &figures("log-kept")?).await?;

    // The centre's page, with what the demonstration closed before.
    marit.click("#nav-dossiers").await?;
    marit.click("#to-figures").await?;
    marit.see("#figures-table").await?;
    let table = marit.texts("#figures-table").await?.concat();
    ensure!(table.contains(&figures("fewer-than-five")?), "{table}");
    marit.picture("figures", "#title").await?;
    judge.look(&marit, "figures").await?;
    let csv = saved(&marit).await?;
    let text = csv.strip_prefix('\u{feff}').context("no mark of UTF-8")?;
    let head = ["\"", &words::words("nl", "common", "kind")?, "\";"].concat();
    ensure!(text.starts_with(&head), "{text}");
    ensure!(
        !text.contains(&number) && !text.contains("kanarie"),
        "{text}"
    );

    // A colleague of the same team without such a role has no way there.
    let sanne = Browser::chromium("tally, sanne").await?;
    enter(&sanne, &relay, SANNE).await?;
    sanne.go(&relay.url("/desk/#/cijfers")).await?;
    sanne.says("#main", &figures("shut")?).await?;
    judge.look(&sanne, "figures that are shut").await?;
    sanne.click("#nav-dossiers").await?;
    sanne.see("#to-access").await?;
    let ways = sanne.texts("#to-figures").await?;
    ensure!(ways.is_empty(), "there is a way to the figures");
    judge.verdict()?;
    canary.search(relay, vec![marit, sanne]).await
}

/// Saves the table and returns it as it lies on disk.
async fn saved(desk: &Browser) -> Result<String> {
    let folder = tempfile::TempDir::with_prefix("sluis-figures-")?;
    let to = json!({ "behavior": "allow", "downloadPath": folder.path() });
    desk.devtools("Browser.setDownloadBehavior", to).await?;
    desk.click("#figures-save").await?;
    until("the table", PATIENCE, async || {
        let mut files = std::fs::read_dir(folder.path())?.flatten();
        let file = files.find(|file| file.path().extension().is_some_and(|end| end == "csv"));
        Ok(match file {
            Some(file) => Some(std::fs::read_to_string(file.path())?),
            None => None,
        })
    })
    .await
}
