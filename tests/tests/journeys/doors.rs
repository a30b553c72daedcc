//! Ways in and out: locking, languages, words that are wrong, browsers that cannot, leaving without a trace.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Browser, Kind};
use crate::canary::Canary;
use crate::people::{Check, come_back, open_new_report, part, reply, report, set_up, unlock};
use crate::relay::Relay;
use crate::words;

#[tokio::test]
async fn a_locked_desk_opens_with_its_passphrase_and_no_other() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("lock").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    let story = canary.text("Gebeld door een ouder.");
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", &story).await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;

    desk.click("#lock").await?;
    desk.see("#unlock-passphrase").await?;
    let left = desk
        .run("return document.documentElement.outerHTML", Vec::new())
        .await?;
    ensure!(
        !left.as_str().unwrap_or_default().contains(&story),
        "a locked desk still shows a dossier"
    );
    desk.write("#unlock-passphrase", &canary.text("een andere wachtzin"))
        .await?;
    desk.click("#unlock").await?;
    desk.says(
        "#unlock-passphrase-error",
        &words::desk("err-wrong-passphrase")?,
    )
    .await?;
    ensure!(
        desk.texts("#nav-work").await?.is_empty(),
        "a wrong passphrase opened the vault"
    );
    unlock(&desk, &passphrase).await?;
    open_first_dossier(&desk, &story).await?;

    // One keystroke locks at once; a page that is opened anew is locked as well.
    press(&desk, "L").await?;
    desk.see("#unlock-passphrase").await?;
    desk.go(&relay.url("/desk/")).await?;
    unlock(&desk, &passphrase).await?;
    open_first_dossier(&desk, &story).await?;
    canary.search(relay, vec![desk]).await
}

async fn open_first_dossier(desk: &Browser, story: &str) -> Result<()> {
    desk.click("#nav-dossiers").await?;
    desk.click("#dossiers-table-row-0 .desk-open").await?;
    part(desk, "part-story").await?;
    let script = "return document.querySelector('#first-story')?.value === arguments[0]";
    desk.wait("the story of the dossier", script, vec![story.into()])
        .await
        .map(drop)
}

async fn press(desk: &Browser, key: &str) -> Result<()> {
    let script = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], ctrlKey: true, shiftKey: true, bubbles: true }))";
    desk.run(script, vec![key.into()]).await.map(drop)
}

#[tokio::test]
async fn a_second_tab_on_the_same_vault_says_so_and_waits() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("two tabs").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    let first = desk.client.window().await?;
    let second = desk.client.new_window(true).await?.handle;
    desk.client.switch_to_window(second.clone()).await?;
    desk.go(&relay.url("/desk/")).await?;
    desk.says("#title", &words::desk("other-tab-title")?)
        .await?;
    // The first tab goes on working.
    desk.client.switch_to_window(first).await?;
    desk.see("#nav-work").await?;
    desk.client.close_window().await?;
    desk.client.switch_to_window(second).await?;
    desk.click("#start-again").await?;
    unlock(&desk, &passphrase).await?;
    canary.search(relay, vec![desk]).await
}

#[tokio::test]
async fn another_language_keeps_what_was_typed() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("language, desk").await?;
    desk.go(&relay.url("/desk/")).await?;
    let line = canary.word();
    desk.write("#setup-line", &line).await?;
    speak(
        &desk,
        "en",
        "#setup-line",
        &line,
        &words::words("en", "desk", "setup-server-title")?,
    )
    .await?;
    desk.paste("#setup-line", "").await?;
    speak(
        &desk,
        "nl",
        "#setup-line",
        "",
        &words::desk("setup-server-title")?,
    )
    .await?;
    desk.go(&relay.url("/")).await?;
    set_up(&desk, &relay, &mut canary).await?;

    let reporter = Browser::chromium("language, reporter").await?;
    reporter.go(&relay.url("/")).await?;
    let story = canary.text("Half af");
    reporter.write("#story", &story).await?;
    speak(
        &reporter,
        "en",
        "#story",
        &story,
        &words::words("en", "reporter", "write-title")?,
    )
    .await?;
    speak(
        &reporter,
        "nl",
        "#story",
        &story,
        &words::reporter("write-title")?,
    )
    .await?;
    reporter.click("#continue").await?;
    reporter.click("#kept").await?;
    reporter.click("#skip").await?;
    let reply = canary.text("En verder");
    reporter.write("#reply", &reply).await?;
    speak(
        &reporter,
        "en",
        "#reply",
        &reply,
        &words::words("en", "reporter", "chat-title")?,
    )
    .await?;

    open_new_report(&desk).await?;
    part(&desk, "part-conversation").await?;
    let draft = canary.text("Een antwoord in wording");
    desk.write("#reply", &draft).await?;
    let number = desk.texts("#title").await?.concat();
    let number = number
        .split_whitespace()
        .last()
        .context("a number")?
        .to_owned();
    speak(&desk, "en", "#reply", &draft, &number).await?;
    desk.click("#new-dossier").await?;
    let told = canary.text("On the phone");
    desk.write("#new-happened", &told).await?;
    speak(
        &desk,
        "nl",
        "#new-happened",
        &told,
        &words::desk("new-title")?,
    )
    .await?;
    canary.search(relay, vec![desk, reporter]).await
}

/// Switches the language and looks whether the title is in it and the field as it was.
async fn speak(
    page: &Browser,
    language: &str,
    field: &str,
    value: &str,
    title: &str,
) -> Result<()> {
    page.click(&format!("button.sluis-switch__option[lang={language}]"))
        .await?;
    page.says("#title", title).await?;
    let lang = page
        .run("return document.documentElement.lang", Vec::new())
        .await?;
    ensure!(
        lang == json!(language),
        "the page says that it is in {lang}"
    );
    ensure!(
        page.value(field).await? == value,
        "the other language changed {field}"
    );
    Ok(())
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so_before_anything_is_typed() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("no WebAssembly, set-up").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let old = Browser::open(Kind::Chromium, "no WebAssembly", &["--js-flags=--jitless"]).await?;
    for (path, heading) in [
        ("/", "Deze pagina werkt niet in deze browser"),
        ("/desk/", "Sluis werkt niet in deze browser"),
    ] {
        old.go(&relay.url(path)).await?;
        let kind = old.run("return typeof WebAssembly", Vec::new()).await?;
        ensure!(kind == json!("undefined"), "WebAssembly is there: {kind}");
        old.see("#no-wasm").await?;
        old.says("#no-wasm", heading).await?;
        let fields = "return [...document.querySelectorAll('input, textarea, select, button')].filter((one) => one.checkVisibility()).length";
        ensure!(
            old.run(fields, Vec::new()).await? == json!(0),
            "{path} has something to type in"
        );
        let phones = old.texts("#no-wasm a[href^='tel:']").await?;
        ensure!(path != "/" || !phones.is_empty(), "nobody to call instead");
    }
    canary.search(relay, vec![desk, old]).await
}

/// Everything that a page can keep in a browser, as the page sees it.
const KEPT: &str = "const done = arguments[arguments.length - 1];
    (async () => ({
        cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
        databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker.getRegistrations()).length,
    }))().then(done, (error) => done(String(error)))";

#[tokio::test]
async fn leaving_quickly_leaves_one_step_in_the_history_and_nothing_else() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("quick exit, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("quick exit").await?;
    let before = history(&reporter).await?.len();
    let story = canary.text("Iemand komt binnen");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    let title = reporter.client.title().await?;
    ensure!(title == "Bericht", "the page is called {title}");
    ensure!(
        history(&reporter).await?.len() == before + 1,
        "a conversation is one step in the history"
    );
    let nothing = json!({ "cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0 });
    let kept = reporter.run_async(KEPT, Vec::new()).await?;
    ensure!(kept == nothing, "the page kept {kept}");
    reporter.click("#leave").await?;
    left(&reporter, &relay, before).await?;

    // Three times Escape does the same, from the first step as well.
    reporter.go(&relay.url("/")).await?;
    reporter
        .write("#story", &canary.text("Nog een keer"))
        .await?;
    for _ in 0..3 {
        reporter.write("#story", "\u{e00c}").await?;
    }
    left(&reporter, &relay, before + 1).await?;

    reporter.go(&relay.url("/robots.txt")).await?;
    let kept = reporter.run_async(KEPT, Vec::new()).await?;
    ensure!(kept == nothing, "the browser kept {kept}");
    let cookies = reporter
        .devtools("Network.getAllCookies", json!({}))
        .await?;
    ensure!(
        cookies.pointer("/cookies") == Some(&json!([])),
        "cookies: {cookies}"
    );
    let usage = reporter
        .devtools(
            "Storage.getUsageAndQuota",
            json!({ "origin": relay.url("") }),
        )
        .await?;
    ensure!(
        usage.pointer("/usage") == Some(&json!(0)) || usage.pointer("/usage") == Some(&json!(0.0)),
        "storage: {usage}"
    );
    let remains = reporter.close().await?;
    // Chromium notes the address of every script in its code cache, which no page can keep it from; files are not kept.
    let cache = remains.profile.path().join("Default/Cache");
    ensure!(
        !crate::canary::folder_holds(&cache, "/reporter-")?,
        "the cache holds files of the page"
    );
    let others = vec![remains, desk.close().await?];
    canary.search_in(relay, &others)
}

/// The addresses of the history of the window.
async fn history(browser: &Browser) -> Result<Vec<String>> {
    let history = browser
        .devtools("Page.getNavigationHistory", json!({}))
        .await?;
    let entries = history
        .pointer("/entries")
        .and_then(Value::as_array)
        .context("no history")?;
    Ok(entries
        .iter()
        .filter_map(|entry| Some(entry.get("url")?.as_str()?.to_owned()))
        .collect())
}

/// Waits until the page is another site, which stands in the history where the page stood.
async fn left(reporter: &Browser, relay: &Relay, before: usize) -> Result<()> {
    let gone = async || {
        let all = history(reporter).await?;
        Ok((!all.iter().any(|url| url.starts_with(&relay.url("")))).then_some(all))
    };
    let all = crate::browser::until("another site", crate::browser::PATIENCE, gone).await?;
    ensure!(all.len() == before + 1, "the history holds {all:?}");
    Ok(())
}

#[tokio::test]
async fn wrong_words_are_pointed_out_one_by_one() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("wrong words, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("wrong words").await?;
    let story = canary.text("Ik kom terug");
    let written = report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&desk).await?;
    reply(&desk, &canary.text("We zijn er")).await?;

    reporter.go("about:blank").await?;
    reporter.go(&relay.url("/")).await?;
    reporter.click("#return").await?;
    try_words(&reporter, &written.get(..7).context("words")?.join(" ")).await?;
    let seven = reporter.says("#words-typed-error", "7").await?;
    ensure!(!seven.is_empty(), "seven words are too few");

    let mut mistyped = written.clone();
    let third = mistyped.get_mut(2).context("words")?;
    let wrong = format!("q{}", third.get(1..).context("letters")?);
    third.clone_from(&wrong);
    try_words(&reporter, &mistyped.join(" ")).await?;
    let said = reporter.says("#words-typed-error", &wrong).await?;
    ensure!(said.contains('3'), "which word is wrong: {said}");

    let mut swapped = written.clone();
    let last = (1..8)
        .find(|place| swapped.first() != swapped.get(*place))
        .context("eight times the same word")?;
    swapped.swap(0, last);
    try_words(&reporter, &swapped.join(" ")).await?;
    reporter
        .says("#words-typed-error", &words::reporter("return-check")?)
        .await?;

    // Capitals, commas and spaces are no mistakes.
    come_back(&reporter, &relay, &written.join(" , ").to_uppercase()).await?;
    reporter.says("#reply-list", &story).await?;
    canary.search(relay, vec![desk, reporter]).await
}

async fn try_words(reporter: &Browser, typed: &str) -> Result<()> {
    reporter.paste("#words-typed", typed).await?;
    reporter.click("#open").await
}
