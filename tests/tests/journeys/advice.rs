//! Advisers are asked about an extract without names; they see nothing else, and what they say comes back.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{look_again, part};
use crate::sharing::{CENTRE, ILSE, MARIT, accept, find, synced};
use crate::two_desks::{demonstration, enter};
use crate::words;

#[tokio::test]
async fn advisers_read_an_extract_without_names_and_their_opinion_comes_back() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let ilse = Browser::chromium("advice, ilse").await?;
    let marit = Browser::chromium("advice, marit").await?;
    enter(&ilse, &relay, ILSE).await?;
    enter(&marit, &relay, MARIT).await?;
    let (name, secret) = (canary.word(), canary.text("Blijft hier"));
    ilse.click("#new-dossier").await?;
    ilse.write(
        "#new-first-story",
        &format!("{name} schreeuwde na de training."),
    )
    .await?;
    ilse.click("#new-save").await?;
    ilse.see("#part-panel").await?;
    part(&ilse, "part-notes").await?;
    ilse.write("#note", &secret).await?;
    ilse.click("#add-note").await?;
    ilse.says("#part-panel .desk-note", &secret).await?;

    ilse.click("#part-share").await?;
    ilse.click("#extract-begin").await?;
    ilse.click("#extract-take-0").await?;
    ilse.see("#extract-words-0").await?;
    ilse.write("#extract-name", &name).await?;
    ilse.click("#extract-replace").await?;
    ilse.says("#extract-found", "1").await?;
    ilse.write("#extract-search", CENTRE).await?;
    ilse.click("#extract-with-0").await?;
    ilse.paste("#extract-until", "2099-01-01").await?;
    let question = canary.text("Wat raden jullie aan");
    ilse.write("#extract-question", &question).await?;
    // What leaves stands there once more.
    let leaves = ilse.says(".extract-leaves", "persoon 1 schreeuwde").await?;
    ensure!(!leaves.contains(&name), "the name stands there: {leaves}");
    ilse.click("#extract-make").await?;
    ilse.says(".desk-advice", &question).await?;
    synced(&ilse).await?;

    accept(&marit, &question).await?;
    let read = marit.says("#part-panel", "persoon 1 schreeuwde").await?;
    for hidden in [&name, &secret] {
        ensure!(!read.contains(hidden.as_str()), "{hidden} in {read}");
    }
    let opinion = canary.text("Praat eerst met beiden");
    marit.write("#note", &opinion).await?;
    marit.click("#add-opinion").await?;
    marit.says("#part-panel .desk-note", &opinion).await?;
    ilse.says(".desk-advice", &opinion).await?;
    // The dossier itself is nowhere on the adviser's desk.
    marit.click("#nav-dossiers").await?;
    for hidden in [&name, &secret] {
        marit.paste("#search", hidden).await?;
        let none = "return document.querySelectorAll('#dossiers-table .desk-open').length === 0";
        marit.wait("no dossier", none, Vec::new()).await?;
    }
    find(&marit, &question).await?;
    canary.search(relay, vec![ilse, marit]).await
}

#[tokio::test]
async fn a_copied_device_is_named_and_the_proof_can_be_checked_without_the_server() -> Result<()> {
    let (mut relay, mut canary) = (demonstration().await?, Canary::new());
    // The same person in two browsers of a demonstration has the same keys twice.
    let one = Browser::chromium("proof, one").await?;
    let copy = Browser::chromium("proof, copy").await?;
    let colleague = Browser::chromium("proof, colleague").await?;
    enter(&one, &relay, MARIT).await?;
    enter(&colleague, &relay, 1).await?;
    let story = canary.text("Bij de balie");
    one.click("#new-dossier").await?;
    one.write("#new-first-story", &story).await?;
    one.click("#new-save").await?;
    one.see("#part-panel").await?;
    synced(&one).await?;
    enter(&copy, &relay, MARIT).await?;
    find(&copy, &story).await?;
    find(&colleague, &story).await?;

    relay.kill();
    let notes = [canary.text("van de een"), canary.text("van de kopie")];
    for (desk, note) in [&one, &copy].into_iter().zip(&notes) {
        part(desk, "part-notes").await?;
        desk.write("#note", note).await?;
        desk.click("#add-note").await?;
        desk.says("#part-panel .desk-note", note).await?;
    }
    relay.start_again().await?;
    for desk in [&one, &copy, &colleague] {
        look_again(desk).await?;
    }
    colleague
        .says("#main", &words::desk("alarm-equivocation")?)
        .await?;
    let file = saved_proof(&colleague).await?;
    let found = sluis_protocol::dossier::proof::verify(&file)?;
    ensure!(
        matches!(
            found.kind,
            sluis_protocol::dossier::proof::Kind::TwoEvents(..)
        ),
        "{:?}",
        found.kind
    );
    canary.search(relay, vec![one, copy, colleague]).await
}

/// The file that the button saves.
async fn saved_proof(desk: &Browser) -> Result<Vec<u8>> {
    let folder = tempfile::TempDir::with_prefix("sluis-saved-")?;
    let to = serde_json::json!({ "behavior": "allow", "downloadPath": folder.path() });
    desk.devtools("Browser.setDownloadBehavior", to).await?;
    desk.click("#save-proof").await?;
    let file = crate::browser::until("the proof", crate::browser::PATIENCE, async || {
        let mut files = std::fs::read_dir(folder.path())?.flatten();
        let ready = |name: &str| name.starts_with("bewijs-") && name.ends_with(".sluisproof");
        let file = files.find(|file| file.file_name().to_str().is_some_and(ready));
        Ok(file.map(|file| file.path()))
    })
    .await?;
    Ok(std::fs::read(file)?)
}
