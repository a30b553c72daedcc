//! The desk without a connection: it opens, works, keeps what was done, and sends it later. Two people who change one dossier
//! meanwhile lose nothing.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use sluis_protocol::dossier::replica::export::verify;
use sluis_protocol::founding::control_code;
use tempfile::TempDir;

use crate::browser::{Browser, Kind, PATIENCE, until};
use crate::canary::Canary;
use crate::people::{look_again, part, set_up, unlock};
use crate::relay::Relay;
use crate::two_desks::{demonstration, enter};
use crate::words;

/// The paths of everything that the service worker keeps, once it is there.
const KEPT: &str = "const done = arguments[arguments.length - 1];
    (async () => {
        await navigator.serviceWorker.ready;
        const paths = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
        return paths;
    })().then(done, (error) => done(String(error)))";

#[tokio::test]
async fn a_desk_opens_and_works_without_a_server_and_sends_when_it_is_back() -> Result<()> {
    let (mut relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("offline").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    let story = canary.text("Gebeld voor de storing");
    new_dossier(&desk, &story).await?;
    saved(&desk, "save-saved").await?;

    let kept = desk.run_async(KEPT, Vec::new()).await?;
    let kept = kept.as_array().with_context(|| format!("kept: {kept}"))?;
    ensure!(
        kept.contains(&json!("/desk/")),
        "the page is kept: {kept:?}"
    );
    let public = |path: &str| path.starts_with("/desk/") || path == "/site.json";
    ensure!(
        kept.iter().all(|path| path.as_str().is_some_and(public)),
        "files of the desk and nothing else: {kept:?}"
    );
    // The reporter's page stays outside, in this browser too.
    desk.go(&relay.url("/")).await?;
    let outside = "return navigator.serviceWorker.controller === null";
    ensure!(
        desk.run(outside, Vec::new()).await? == json!(true),
        "the service worker stands between the reporter's page and the server"
    );

    let remains = desk.close().await?;
    relay.kill();
    let desk = Browser::open_in(Kind::Chromium, "offline again", &[], remains.profile).await?;
    desk.go(&relay.url("/desk/")).await?;
    unlock(&desk, &passphrase).await?;
    desk.see("#sync-now").await?;
    desk.click("#nav-dossiers").await?;
    desk.click("#dossiers-table-row-0 .desk-open").await?;
    part(&desk, "part-story").await?;
    let script = "return document.querySelector('#first-story')?.value === arguments[0]";
    desk.wait("the story", script, vec![story.clone().into()])
        .await?;
    let note = canary.text("Geschreven zonder verbinding");
    add_note(&desk, &note).await?;
    saved(&desk, "save-waiting").await?;

    relay.start_again().await?;
    look_again(&desk).await?;
    saved(&desk, "save-saved").await?;
    desk.says("#link-state", &words::desk("link-synced")?)
        .await?;
    desk.says("#part-panel", &note).await?;
    canary.search(relay, vec![desk]).await
}

#[tokio::test]
async fn a_saved_log_holds_without_the_server() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("saved log").await?;
    set_up(&desk, &relay, &mut canary).await?;
    new_dossier(&desk, &canary.text("Aan de balie")).await?;
    add_note(&desk, &canary.text("Een notitie")).await?;
    saved(&desk, "save-saved").await?;
    let folder = TempDir::with_prefix("sluis-saved-")?;
    let to = json!({ "behavior": "allow", "downloadPath": folder.path() });
    desk.devtools("Browser.setDownloadBehavior", to).await?;
    part(&desk, "part-log").await?;
    desk.click("#save-log").await?;
    let file = until("the file", PATIENCE, async || {
        let mut files = fs::read_dir(folder.path())?.flatten();
        let ready = |name: &str| name.starts_with("logboek-") && name.ends_with(".sluislog");
        let file = files.find(|file| file.file_name().to_str().is_some_and(ready));
        Ok(file.map(|file| file.path()))
    })
    .await?;
    let report = verify(&fs::read(file)?)?;
    ensure!(report.is_sound(), "{:?}", report.lines);
    let (name, _) = report.person(&report.exporter).context("nobody saved it")?;
    ensure!(name.starts_with("Noor Proef"), "saved by {name}");
    let code = control_code(&report.genesis.0);
    desk.click("#nav-settings").await?;
    desk.says("#main", &code).await?;
    canary.search(relay, vec![desk]).await
}

#[tokio::test]
async fn two_people_who_change_one_dossier_offline_lose_nothing_and_choose_together() -> Result<()>
{
    let (mut relay, mut canary) = (demonstration().await?, Canary::new());
    let first = Browser::chromium("apart, first").await?;
    let second = Browser::chromium("apart, second").await?;
    enter(&first, &relay, 0).await?;
    enter(&second, &relay, 1).await?;
    let story = canary.text("Samen aan een dossier");
    new_dossier(&first, &story).await?;
    saved(&first, "save-saved").await?;
    second.click("#nav-dossiers").await?;
    second.write("#search", &story).await?;
    let alone = "return document.querySelectorAll('.desk-open').length === 1";
    second.wait("one dossier", alone, Vec::new()).await?;
    second.click("#dossiers-table-row-0 .desk-open").await?;
    part(&second, "part-story").await?;
    let script = "return document.querySelector('#first-story')?.value === arguments[0]";
    second
        .wait("the story", script, vec![story.clone().into()])
        .await?;

    relay.kill();
    let desks = [&first, &second];
    let sports = [canary.text("judo"), canary.text("karate")];
    let notes = [canary.text("van de een"), canary.text("van de ander")];
    for ((desk, sport), note) in desks.into_iter().zip(&sports).zip(&notes) {
        part(desk, "part-story").await?;
        desk.paste("#sport", sport).await?;
        desk.click("#title").await?;
        add_note(desk, note).await?;
        saved(desk, "save-waiting").await?;
    }
    relay.start_again().await?;
    for desk in desks {
        look_again(desk).await?;
    }
    for desk in desks {
        for note in &notes {
            desk.says("#part-panel", note).await?;
        }
        for sport in &sports {
            desk.says(".desk-conflict", sport).await?;
        }
    }
    // Both show the same value until somebody chooses.
    let mut shown = Vec::new();
    for desk in desks {
        part(desk, "part-story").await?;
        desk.see("#sport").await?;
        shown.push(desk.value("#sport").await?);
    }
    ensure!(shown.first() == shown.last(), "two merges: {shown:?}");

    let [chosen, _] = &sports;
    let choose = "const row = [...document.querySelectorAll('.desk-conflict li')].find((one) => one.innerText.includes(arguments[0]));
        row?.querySelector('button')?.click(); return !!row";
    ensure!(
        second.run(choose, vec![chosen.clone().into()]).await? == json!(true),
        "nothing to choose"
    );
    let settled = "return !document.querySelector('.desk-conflict') && document.querySelector('#sport')?.value === arguments[0]";
    for desk in desks {
        desk.wait("one value", settled, vec![chosen.clone().into()])
            .await?;
    }
    canary.search(relay, vec![first, second]).await
}

async fn new_dossier(desk: &Browser, story: &str) -> Result<()> {
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", story).await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await
}

async fn add_note(desk: &Browser, note: &str) -> Result<()> {
    part(desk, "part-notes").await?;
    desk.write("#note", note).await?;
    desk.click("#add-note").await?;
    desk.says("#part-panel .desk-note", note).await.map(drop)
}

/// Waits until the header of the dossier says how safe everything is.
async fn saved(desk: &Browser, state: &str) -> Result<()> {
    desk.says("#save-state", &words::desk(state)?)
        .await
        .map(drop)
}
