//! Two people of one team, each in a browser of their own, in the demonstration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::browser::{Browser, PATIENCE, Process, until};
use crate::canary::Canary;
use crate::people::{Check, part, reply, report, stored};
use crate::relay::Relay;
use crate::words;

/// How long making a demonstration may take on a busy machine, without optimisation.
const MAKING: Duration = Duration::from_mins(10);

/// The data folder of a demonstration, made once in a run.
static MADE: OnceCell<PathBuf> = OnceCell::const_new();

/// A relay with a demonstration in it, made by the same program that `./run --demo` calls; `SLUIS_DEMO` may name another build of it.
pub(crate) async fn demonstration() -> Result<Relay> {
    Relay::start_in(copied().await?, &[]).await
}

/// A folder with the data of a demonstration, without a relay.
pub(crate) async fn copied() -> Result<TempDir> {
    let made = MADE.get_or_try_init(make).await?;
    let folder = TempDir::with_prefix("sluis-demonstration-")?;
    copy_folder(made, &folder.path().join("data"))?;
    Ok(folder)
}

async fn make() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demonstration");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let program = std::env::var_os("SLUIS_DEMO")
        .or_else(|| option_env!("CARGO_BIN_EXE_sluis-demo").map(Into::into));
    let mut command = Command::new(program.context("no program that makes a demonstration")?);
    let data = folder.join("data");
    command.arg("--data").arg(&data);
    let mut making = Process::start(&mut command, &folder.join("making"))?;
    until("the demonstration", MAKING, async || {
        Ok(making.is_over().then_some(()))
    })
    .await?;
    ensure!(
        data.join("site.json").is_file(),
        "no demonstration was made"
    );
    Ok(data)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Enters the demonstration as one of its people.
///
/// # Errors
/// The desk does not open.
pub(crate) async fn enter(desk: &Browser, relay: &Relay, person: u8) -> Result<()> {
    desk.go(&relay.url("/desk/")).await?;
    desk.click(&format!("#demo-{person}")).await?;
    desk.see("#nav-work").await?;
    synced(desk).await
}

async fn synced(desk: &Browser) -> Result<()> {
    desk.says("#link-state", &words::desk("link-synced")?)
        .await
        .map(drop)
}

/// The rows of the work list with a text.
async fn rows(desk: &Browser, text: &str) -> Result<Vec<String>> {
    Ok(desk
        .texts(".desk-item")
        .await?
        .into_iter()
        .filter(|row| row.contains(text))
        .collect())
}

#[tokio::test]
async fn two_desks_that_import_a_report_at_once_end_with_one_dossier() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let (first, second) = (
        Browser::chromium("two desks, first").await?,
        Browser::chromium("two desks, second").await?,
    );
    enter(&first, &relay, 0).await?;
    enter(&second, &relay, 1).await?;
    let reporter = Browser::chromium("two desks, reporter").await?;
    let story = canary.word();
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;

    // Both desks are open and hear of it in the same moment.
    let mut numbers = Vec::new();
    for desk in [&first, &second] {
        desk.says("#main", &story).await?;
        synced(desk).await?;
        let number = until("one row", PATIENCE, async || {
            let found = rows(desk, &story).await?;
            Ok(if found.len() == 1 {
                desk_number(desk, &story).await?
            } else {
                None
            })
        });
        numbers.push(number.await?);
    }
    ensure!(
        numbers.first() == numbers.last(),
        "two dossiers: {numbers:?}"
    );
    for desk in [&first, &second] {
        let open = "[...document.querySelectorAll('.desk-item')].find((row) => row.innerText.includes(arguments[0]))?.querySelector('button')?.click()";
        desk.run(open, vec![story.clone().into()]).await?;
        desk.see("#part-panel").await?;
        part(desk, "part-conversation").await?;
        desk.says("#conversation-list", &story).await?;
    }
    let answers = [canary.text("Van de een"), canary.text("Van de ander")];
    for (desk, answer) in [&first, &second].into_iter().zip(&answers) {
        reply(desk, answer).await?;
    }
    let more = canary.text("Daar ben ik weer");
    reporter.write("#reply", &more).await?;
    reporter.click("#send").await?;
    stored(&reporter, &more).await?;
    for page in [
        (&first, "#conversation-list"),
        (&second, "#conversation-list"),
        (&reporter, "#reply-list"),
    ] {
        let (page, list) = page;
        for text in answers.iter().chain([&story, &more]) {
            let all = page.says(list, text).await?;
            ensure!(
                all.matches(text.as_str()).count() == 1,
                "\"{text}\" once: {all}"
            );
        }
    }
    canary.search(relay, vec![first, second, reporter]).await
}

/// The number of the dossier in the row with a text.
async fn desk_number(desk: &Browser, text: &str) -> Result<Option<String>> {
    let script = "return [...document.querySelectorAll('.desk-item')].find((row) => row.innerText.includes(arguments[0]))
        ?.querySelector('.desk-number')?.innerText ?? null";
    Ok(desk
        .run(script, vec![text.into()])
        .await?
        .as_str()
        .map(str::to_owned))
}
