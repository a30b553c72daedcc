//! A question that turns out to be a report, a note that nobody else reads, and a dossier on paper.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{part, set_up};
use crate::relay::Relay;
use crate::words;

/// Chooses the option with these words.
const CHOOSE: &str = "const [css, words] = arguments, box = document.querySelector(css);
    box.value = [...box.options].find((one) => one.textContent.trim() === words).value;
    box.dispatchEvent(new Event('change', { bubbles: true }));
    return true";

#[tokio::test]
async fn advice_becomes_a_report_and_both_are_found_and_printed() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("advice").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let asked = canary.text("Mag de trainer in de kleedkamer?");
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", &asked).await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;
    part(&desk, "part-story").await?;
    let advice = words::words("nl", "common", "kind-advice")?;
    desk.run(CHOOSE, vec![json!("#kind"), json!(advice)])
        .await?;
    desk.see("#grow").await?;

    part(&desk, "part-notes").await?;
    desk.click("#lane-me").await?;
    let own = canary.text("Zelf nog eens nalezen.");
    desk.write("#note", &own).await?;
    desk.click("#add-note").await?;
    desk.says(".desk-note", &own).await?;
    desk.click("#lane-team").await?;
    let shared = canary.text("Voor iedereen van het team.");
    desk.write("#note", &shared).await?;
    desk.click("#add-note").await?;
    desk.wait(
        "both notes",
        "return document.querySelectorAll('.desk-note').length === 2",
        Vec::new(),
    )
    .await?;

    // The printer gets what everybody may read, and nothing for oneself.
    desk.run("window.print = () => {}", Vec::new()).await?;
    desk.click("#print-dossier").await?;
    desk.wait(
        "paper",
        "return document.querySelector('#paper')?.textContent.includes(arguments[0])",
        vec![json!(asked)],
    )
    .await?;
    let paper = desk.run(
        "return document.querySelector('#paper').textContent",
        Vec::new(),
    );
    let paper = paper.await?.as_str().unwrap_or_default().to_owned();
    ensure!(paper.contains(&shared), "the team's note is on paper");
    ensure!(!paper.contains(&own), "the own note is not");
    let by = words::desk("printed-by")?;
    let by = by.split('{').next().unwrap_or_default();
    ensure!(paper.contains(by), "who printed it is on paper: {paper}");

    part(&desk, "part-story").await?;
    desk.click("#grow").await?;
    let back = words::desk("bond-grew-from")?;
    desk.says("#bond-list", &back).await?;
    ensure!(
        desk.value("#first-story").await? == asked,
        "the story came along"
    );

    // Part of a word in a note for oneself finds the question; both are found by the story.
    desk.click("#nav-dossiers").await?;
    for (question, count) in [("nalez", "1 "), ("kleedkam", "2 "), ("kleedkanner", "2 ")] {
        desk.paste("#search", question).await?;
        desk.wait(
            "what was searched for",
            "const count = document.querySelector('#dossiers-count');
            return count.getAttribute('aria-busy') === 'false' && count.textContent.startsWith(arguments[0])",
            vec![json!(count)],
        )
        .await?;
    }
    desk.see("#guessed").await?;
    canary.search(relay, vec![desk]).await
}
