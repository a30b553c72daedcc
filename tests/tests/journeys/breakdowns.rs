//! When something stops: the relay in the middle of a conversation, a tab in the middle of saving.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{
    Check, look_again, open_new_report, part, report, sent, set_up, stored, unlock,
};
use crate::relay::Relay;
use crate::words;

#[tokio::test]
async fn a_relay_that_stops_in_the_middle_of_a_chat_loses_nothing() -> Result<()> {
    let (mut relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("relay stops, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("relay stops, reporter").await?;
    let story = canary.text("Het begin");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&desk).await?;
    part(&desk, "part-conversation").await?;
    desk.says("#conversation-list", &story).await?;

    relay.kill();
    let more = canary.text("Nog iets, zonder server");
    reporter.write("#reply", &more).await?;
    reporter.click("#send").await?;
    reporter.says("#reply-list", &more).await?;
    reporter
        .says("#reply-list", &words::reporter("state-waiting")?)
        .await?;
    reporter
        .says("#main", &words::words("nl", "common", "err-offline")?)
        .await?;
    let answer = canary.text("Een antwoord, zonder server");
    desk.write("#reply", &answer).await?;
    desk.click("#send-reply").await?;
    desk.says("#conversation-list", &answer).await?;
    desk.says("#link-state", &words::words("nl", "common", "offline")?)
        .await?;
    desk.says(
        "#conversation-list",
        &words::words("nl", "common", "waiting-for-connection")?,
    )
    .await?;

    relay.start_again().await?;
    stored(&reporter, &more).await?;
    look_again(&desk).await?;
    sent(&desk, &answer).await?;
    reporter.says("#reply-list", &answer).await?;
    let all = desk.says("#conversation-list", &more).await?;
    for text in [&story, &answer, &more] {
        ensure!(
            all.matches(text).count() == 1,
            "\"{text}\" once at the desk: {all}"
        );
    }
    let all = reporter.texts("#reply-list").await?.concat();
    for text in [&story, &answer, &more] {
        ensure!(
            all.matches(text).count() == 1,
            "\"{text}\" once at the reporter: {all}"
        );
    }
    canary.search(relay, vec![desk, reporter]).await
}

/// Milliseconds after the click at which the last tab is killed. The moments lie closest at the beginning, where the page saves.
const LAST: usize = 300;

#[tokio::test]
async fn a_tab_killed_between_saving_and_sending_loses_nothing_that_was_confirmed() -> Result<()> {
    let moments = if std::env::var_os("SLUIS_ALL").is_some() {
        50
    } else {
        20
    };
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("killed tab").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", &canary.text("Een dossier"))
        .await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;

    // A second tab, from which the next one is opened.
    let spare = desk.client.new_window(true).await?.handle;
    let (mut notes, mut confirmed) = (Vec::new(), Vec::new());
    for moment in 0..moments {
        part(&desk, "part-notes").await?;
        let note = canary.text("Notitie");
        desk.paste("#note", &note).await?;
        // The page says whether it shows the note as saved, so many milliseconds after the click.
        let script = "const [note, wait, done] = arguments;
            document.querySelector('#add-note').click();
            setTimeout(() => done([...document.querySelectorAll('.desk-note')].some((one) => one.innerText.includes(note))), wait)";
        let wait = LAST * moment * moment / (moments * moments);
        let shown = desk
            .run_async(script, vec![note.clone().into(), wait.into()])
            .await?;
        // The tab crashes, so there is no answer to wait for.
        let _ = desk.devtools("Page.crash", json!({})).await;
        if shown == Value::Bool(true) {
            confirmed.push(note.clone());
        }
        notes.push(note);
        desk.client.switch_to_window(spare.clone()).await?;
        let next = desk.client.new_window(true).await?.handle;
        desk.client.switch_to_window(next).await?;
        desk.go(&relay.url("/desk/")).await?;
        unlock(&desk, &passphrase)
            .await
            .with_context(|| format!("after the kill {wait} ms after the click"))?;
        desk.click("#nav-dossiers").await?;
        desk.click("#dossiers-table-row-0 .desk-open").await?;
        desk.see("#part-panel").await?;
    }
    part(&desk, "part-notes").await?;
    if let Some(last) = confirmed.last() {
        desk.says("#part-panel", last).await?;
    }
    desk.wait(
        "all sent",
        "return document.querySelector('#save-state')?.dataset.state === 'saved'",
        Vec::new(),
    )
    .await?;
    let shown = desk.texts(".desk-note").await?.join("\n");
    for note in &notes {
        let times = shown.matches(note.as_str()).count();
        ensure!(
            times == 1 || (times == 0 && !confirmed.contains(note)),
            "\"{note}\" is there {times} times"
        );
    }
    eprintln!(
        "killed at {moments} moments, {} of them after the page had confirmed",
        confirmed.len()
    );
    ensure!(
        !confirmed.is_empty() && confirmed.len() < moments,
        "the moments lie on one side of saving only: {}",
        confirmed.len()
    );
    canary.search(relay, vec![desk]).await
}
