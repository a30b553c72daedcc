//! A dossier on paper: what the browser's own print gives, read back from the PDF.

use anyhow::{Context as _, Result, ensure};
use base64ct::{Base64, Encoding as _};
use serde_json::json;

use crate::browser::Browser;
use crate::canary::Canary;
use crate::pdf::words_of;
use crate::people::{part, set_up};
use crate::relay::Relay;
use crate::words;

/// Without the spaces, which a PDF sets as it likes.
fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Adds a witness with a name and a telephone number.
async fn add_person(desk: &Browser, name: &str, phone: &str) -> Result<()> {
    desk.click("#part-people").await?;
    desk.click("#person-add").await?;
    desk.write("#person-capacity", "speler").await?;
    desk.write("#person-name", name).await?;
    desk.write("#person-phone", phone).await?;
    desk.click("#person-save").await?;
    desk.says("#people-list", name).await?;
    let saved = "return !document.querySelector('#people-list').innerText.includes(arguments[0])";
    let saving = words::words("nl", "involved", "contact-saving")?;
    desk.wait("contact data that is saved", saved, vec![json!(saving)])
        .await
        .map(drop)
}

async fn note(desk: &Browser, lane: &str, text: &str) -> Result<()> {
    desk.click(lane).await?;
    desk.write("#note", text).await?;
    desk.click("#add-note").await?;
    // The placeholder is shown as a name there.
    let word = text.split_whitespace().last().unwrap_or_default();
    desk.says(".desk-note", word).await.map(drop)
}

#[tokio::test]
async fn paper_holds_what_everybody_may_read_and_nothing_else() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("print").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let story = canary.text("Wat er gebeurde in de kleedkamer:");
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", &story).await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;
    let (name, phone) = (format!("Vogel{}", canary.word()), "06 11 22 33 44");
    add_person(&desk, &name, phone).await?;
    part(&desk, "part-notes").await?;
    let shared = canary.text("@p1 belde vandaag.");
    let own = canary.text("Alleen voor mij.");
    note(&desk, "#lane-team", &shared).await?;
    note(&desk, "#lane-me", &own).await?;

    desk.run("window.print = () => {}", Vec::new()).await?;
    desk.click("#print-dossier").await?;
    desk.wait(
        "the sheets",
        "return document.querySelector('#paper') !== null",
        Vec::new(),
    )
    .await?;
    let pdf = desk.print().await?;
    let pdf = Base64::decode_vec(&pdf)
        .ok()
        .context("the browser gives no base64")?;
    let paper = words_of(&pdf)?;

    let title = desk.texts("#app h1").await?;
    let title = title.first().context("a title")?;
    let by = words::desk("printed-by")?;
    let by = by.split('{').next().unwrap_or_default();
    let role = words::words("nl", "involved", "role-affected")?;
    for wanted in [title, &story, &shared, by, "@p1:", &role, "speler"] {
        let there = paper.contains(&tight(wanted));
        ensure!(there, "\"{wanted}\" is not on paper: {paper}");
    }
    let button = words::desk("print-dossier")?;
    let work = words::desk("nav-work")?;
    let log = words::desk("log-title")?;
    for stray in [&own, &name, phone, &button, &work, &log] {
        let there = paper.contains(&tight(stray));
        ensure!(!there, "\"{stray}\" is on paper: {paper}");
    }
    canary.search(relay, vec![desk]).await
}
