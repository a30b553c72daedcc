//! Somebody is noted with how to reach them, a colleague reads it, the dossier is closed, and two browsers prove that it is gone.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::access::Judge;
use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::part;
use crate::two_desks::{demonstration, enter};
use crate::words;

/// Two people of the centre.
const MARIT: u8 = 0;
const YOUSSEF: u8 = 1;

fn involved(key: &str) -> Result<String> {
    words::words("nl", "involved", key)
}

/// The part of the open dossier about people.
async fn people(desk: &Browser) -> Result<()> {
    desk.click("#part-people").await?;
    desk.see("#people-title").await
}

/// Opens the only dossier that a search finds.
async fn find(desk: &Browser, text: &str) -> Result<()> {
    desk.click("#nav-dossiers").await?;
    desk.paste("#search", "").await?;
    desk.paste("#search", text).await?;
    let one = "const rows = document.querySelectorAll('#dossiers-table .desk-open');
        return rows.length === 1 && rows[0].checkVisibility()";
    desk.wait("one dossier that fits", one, Vec::new()).await?;
    desk.click("#dossiers-table-row-0 .desk-open").await?;
    desk.see("#part-panel").await
}

#[tokio::test]
async fn a_dossier_is_closed_and_its_contact_data_is_proved_to_be_gone() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let marit = Browser::chromium("closing, marit").await?;
    let youssef = Browser::chromium("closing, youssef").await?;
    enter(&marit, &relay, MARIT).await?;
    enter(&youssef, &relay, YOUSSEF).await?;

    // A name that stands in the text too.
    let name = format!("Vogel{}", canary.word());
    let story = canary.text("Een gesprek met");
    marit.click("#new-dossier").await?;
    marit
        .write("#new-first-story", &format!("{story} en {name}"))
        .await?;
    marit.click("#new-save").await?;
    marit.see("#part-panel").await?;
    people(&marit).await?;
    marit.click("#person-add").await?;
    marit.write("#person-capacity", "speler").await?;
    marit.write("#person-name", &name).await?;
    marit.write("#person-phone", "06 00 00 00 01").await?;
    marit.click("#person-save").await?;
    marit.says("#people-list", &name).await?;
    let saved = "return !document.querySelector('#people-list').innerText.includes(arguments[0])";
    let saving = involved("contact-saving")?;
    marit
        .wait("contact data that is saved", saved, vec![saving.into()])
        .await?;

    // A colleague reads it, and points to the person without the name.
    find(&youssef, &story).await?;
    people(&youssef).await?;
    youssef.says("#people-list", &name).await?;
    part(&youssef, "part-notes").await?;
    let called = canary.text("belde");
    youssef.write("#note", "@").await?;
    youssef.click("#insert-1").await?;
    let noted = format!("@p1 {called}");
    youssef.paste("#note", &noted).await?;
    youssef.click("#add-note").await?;
    youssef
        .says("#part-panel .desk-note", &format!("{name} {called}"))
        .await?;

    // Closing finds the name in the text, takes it out, and destroys what it takes to reach the person.
    marit.click("#close-dossier").await?;
    marit.says("#close-findings", &name).await?;
    marit.click("#redact-all").await?;
    marit
        .says("#close-findings", &involved("sweep-none")?)
        .await?;
    marit.write("#close-outcome", "Besproken").await?;
    let shut = "return document.querySelector('#close-do').disabled";
    marit
        .wait("a button that waits for the number", shut, Vec::new())
        .await?;
    let title = marit.texts("#app h1").await?.concat();
    let number = title.split_whitespace().last().unwrap_or_default();
    marit.write("#person-typed", number).await?;
    marit.click("#close-do").await?;
    marit.see("#proof-title").await?;
    marit.says(".desk-proof", &involved("proof-holds")?).await?;
    for (desk, count) in [(&marit, "2 van"), (&youssef, "2 van")] {
        people(desk).await?;
        desk.says("#proof-devices", count).await?;
        let shown = desk.texts("#part-panel").await?.concat();
        ensure!(!shown.contains(&name), "the name is still on screen");
    }
    part(&youssef, "part-notes").await?;
    youssef.says("#part-panel .desk-note", &called).await?;
    let note = youssef.texts("#part-panel .desk-note").await?.concat();
    ensure!(!note.contains(&name), "the note says the name");
    canary.search(relay, vec![marit, youssef]).await
}

/// The desk's page is shown a day far ahead; its worker and the relay are not.
#[tokio::test]
async fn the_work_list_warns_before_a_dossier_has_been_open_too_long() -> Result<()> {
    let (relay, canary) = (demonstration().await?, Canary::new());
    let marit = Browser::chromium("retention").await?;
    let ahead =
        json!({ "source": "const real = Date.now; Date.now = () => real() + 715 * 86400000" });
    marit
        .devtools("Page.addScriptToEvaluateOnNewDocument", ahead)
        .await?;
    enter(&marit, &relay, MARIT).await?;
    marit.says("#work-ending", &involved("ends-title")?).await?;
    let group = "section[aria-labelledby=work-ending]";
    marit.picture("ending", group).await?;
    let mut judge = Judge::new()?;
    judge.look(&marit, "work list with an end").await?;
    let first = format!("{group} .desk-item__act");
    marit.click(&first).await?;
    marit.says("#ends", "24 maanden").await?;
    marit.picture("ends", "#ends").await?;
    judge.verdict()?;
    canary.search(relay, vec![marit]).await
}
