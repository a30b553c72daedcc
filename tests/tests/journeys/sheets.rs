//! Recovery sheets: split in three, rehearsed, and two of three parts that bring a lost browser back; then a sheet in its place that nobody typed.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::access::Judge;
use crate::browser::Browser;
use crate::canary::Canary;
use crate::colleagues::{choose, come_in, open_dossier, people, synced};
use crate::people::{Check, open_new_report, report, set_up_with_sheet};
use crate::relay::Relay;
use crate::words;

/// The text of a key of the catalogue of sheets, in Dutch.
fn sheets(key: &str) -> Result<String> {
    words::words("nl", "sheets", key)
}

/// The words of the three parts that are shown.
async fn parts(desk: &Browser) -> Result<Vec<Vec<String>>> {
    desk.see("#sheets-print").await?;
    let mut parts = Vec::new();
    for number in 1..=3 {
        let list = format!("[aria-labelledby=sheet-title-{number}] ol.sluis-words li");
        desk.see(&list).await?;
        parts.push(desk.texts(&list).await?);
    }
    let count = "return document.querySelectorAll('.desk-sheet .people-qr').length";
    let pictures = desk.run(count, Vec::new()).await?;
    ensure!(pictures == json!(3), "each part has its picture");
    Ok(parts)
}

/// Types words and goes on.
async fn types(desk: &Browser, words: &[String]) -> Result<()> {
    desk.paste("#sheets-words", &words.join(" ")).await?;
    desk.click("#sheets-next").await
}

async fn to_sheets(desk: &Browser) -> Result<()> {
    desk.click("#nav-people").await?;
    desk.click("#people-sheets").await?;
    desk.see("#sheets-rehearse").await
}

#[tokio::test]
async fn two_of_three_parts_bring_a_browser_back_and_the_warning_goes() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let mut judge = Judge::new()?;
    let desk = Browser::chromium("sheets").await?;
    let names = [
        canary.public("Centrum"),
        canary.public("Meldlijn"),
        canary.text("Noor Proef"),
    ];
    let (_, sheet) = set_up_with_sheet(&desk, &relay, &mut canary, &names).await?;
    let reporter = Browser::chromium("sheets, reporter").await?;
    let story = canary.text("Voor het verlies");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&desk).await?;
    desk.click("#nav-work").await?;
    let whole = words::desk("warn-one-root-key")?;
    desk.says("aside[aria-labelledby=work-warnings]", &whole)
        .await?;

    to_sheets(&desk).await?;
    judge.look(&desk, "recovery sheets").await?;
    desk.click("#sheets-split").await?;
    types(&desk, &sheet).await?;
    let parts = parts(&desk).await?;
    for part in &parts {
        canary.secret(&part.join(" "));
    }
    let [first, second, third] = parts.as_slice() else {
        anyhow::bail!("three parts");
    };
    judge.look(&desk, "three parts").await?;
    desk.click("#sheets-next").await?;
    desk.see("#sheets-words").await?;
    // A word of the list that stands in the wrong place is pointed out.
    let mut misread = second.clone();
    let place = misread.get_mut(6).context("24 words")?;
    *place = first
        .iter()
        .find(|word| *word != place)
        .context("a word")?
        .clone();
    types(&desk, &misread).await?;
    let wrong = sheets("wrong")?.replace("{ $place }", "7");
    desk.says("#sheets-words-error", &wrong).await?;
    judge.look(&desk, "a wrong word").await?;
    types(&desk, second).await?;
    desk.says("#title", &sheets("done-title")?).await?;
    judge.look(&desk, "split").await?;
    desk.click("#sheets-stop").await?;
    desk.see("#sheets-replace").await?;
    ensure!(desk.texts("#sheets-split").await?.is_empty(), "split twice");

    // A year later.
    desk.click("#sheets-rehearse").await?;
    types(&desk, third).await?;
    desk.says("#main", names.last().context("a name")?).await?;
    desk.click("#sheets-stop").await?;
    synced(&desk).await?;
    let gone = "return !document.querySelector('aside[aria-labelledby=work-warnings]')?.innerText.includes(arguments[0])";
    desk.click("#nav-work").await?;
    desk.wait("a warning that goes", gone, vec![whole.as_str().into()])
        .await?;

    lose(&desk, &relay).await?;
    desk.click("#enter-with-sheet").await?;
    let two = [third.join(" "), first.join(", ")].join("\n");
    desk.paste("#enter-sheet", &two).await?;
    desk.click("#enter-next").await?;
    desk.see("fieldset input:checked").await?;
    desk.click("#enter-next").await?;
    choose(&desk, &mut canary).await?;
    desk.says("#main", &people("enter-done-restored")?).await?;
    come_in(&desk).await?;
    open_dossier(&desk, &story).await?;

    // Two parts were typed: the sheet is replaced, and the warning about it goes.
    desk.click("#nav-work").await?;
    let used = words::desk("warn-sheet-used")?;
    desk.says("aside[aria-labelledby=work-warnings]", &used)
        .await?;
    to_sheets(&desk).await?;
    desk.click("#sheets-replace").await?;
    desk.paste("#sheets-words", &two).await?;
    desk.click("#sheets-next").await?;
    desk.see("#sheets-print").await?;
    let new = desk.texts(".desk-sheet ol.sluis-words li").await?;
    canary.secret(&new.join(" "));
    desk.click("#sheets-next").await?;
    types(&desk, &new).await?;
    desk.says("#title", &sheets("done-title")?).await?;
    desk.click("#sheets-stop").await?;
    synced(&desk).await?;
    desk.click("#nav-work").await?;
    desk.wait("a warning that goes", gone, vec![used.as_str().into()])
        .await?;
    // What was replaced counts no more.
    to_sheets(&desk).await?;
    desk.click("#sheets-rehearse").await?;
    types(&desk, third).await?;
    desk.says("#sheets-words-error", &people("sheet-foreign")?)
        .await?;
    judge.verdict()?;
    canary.search(relay, vec![desk, reporter]).await
}

/// The browser loses all its data.
async fn lose(desk: &Browser, relay: &Relay) -> Result<()> {
    let origin = relay.url("/");
    let everything = json!({ "origin": origin.trim_end_matches('/'), "storageTypes": "all" });
    desk.go("about:blank").await?;
    desk.devtools("Storage.clearDataForOrigin", everything)
        .await?;
    desk.go(&relay.url("/desk/")).await
}
