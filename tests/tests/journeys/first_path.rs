//! The main promise: from an anonymous message to a dossier and back.

use anyhow::{Result, ensure};

use crate::browser::{Browser, Kind};
use crate::canary::Canary;
use crate::people::{Check, come_back, open_new_report, part, reply, report, set_up};
use crate::relay::Relay;
use crate::words;

#[tokio::test]
async fn a_new_relay_is_set_up_in_five_steps_with_the_code_it_printed() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("set-up").await?;
    set_up(&desk, &relay, &mut canary).await?;
    desk.says("#main", &words::desk("work-first-title")?)
        .await?;
    // The line is open at once: what a reporter needs is there.
    let reporter = Browser::chromium("set-up, reporter").await?;
    reporter.go(&relay.url("/")).await?;
    reporter
        .wait(
            "a story to write",
            "return document.querySelector('#story')?.disabled === false",
            Vec::new(),
        )
        .await?;
    canary.search(relay, vec![desk, reporter]).await
}

#[tokio::test]
async fn a_message_becomes_a_dossier_and_its_writer_reads_the_answer() -> Result<()> {
    there_and_back(Kind::Chromium, Check::OneWord).await
}

#[tokio::test]
async fn a_message_goes_there_and_back_in_firefox_too() -> Result<()> {
    if !Kind::Firefox.is_here() {
        eprintln!("skipped: no Firefox with geckodriver on this machine");
        return Ok(());
    }
    there_and_back(Kind::Firefox, Check::Skip).await
}

async fn there_and_back(kind: Kind, check: Check) -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::open(kind, "there and back, desk", &[]).await?;
    set_up(&desk, &relay, &mut canary).await?;

    let reporter = Browser::open(kind, "there and back, reporter", &[]).await?;
    let story = canary.text("Mijn trainer schreeuwt tijdens iedere training.");
    let written = report(&reporter, &relay, &mut canary, &story, check).await?;

    open_new_report(&desk).await?;
    part(&desk, "part-conversation").await?;
    desk.says("#conversation-list", &story).await?;
    let answer = canary.text("Dank je. We lezen mee.");
    reply(&desk, &answer).await?;
    // Who still has the page open sees the answer by itself.
    reporter.says("#reply-list", &answer).await?;

    come_back(&reporter, &relay, &written.join(" ")).await?;
    reporter.says("#reply-list", &answer).await?;
    let said = reporter.says("#reply-list", &story).await?;
    ensure!(
        said.find(&story) < said.find(&answer),
        "in the order in which it was said: {said}"
    );
    ensure!(
        said.matches(&story).count() == 1 && said.matches(&answer).count() == 1,
        "each once: {said}"
    );
    canary.search(relay, vec![desk, reporter]).await
}
