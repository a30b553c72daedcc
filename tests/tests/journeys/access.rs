//! Nobody is kept out: axe finds nothing to object to, in both languages and both colour schemes.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Browser, Kind};
use crate::canary::Canary;
use crate::people::{
    Check, come_back, keep_words, open_new_report, part, reply, send_first, set_up, stored,
};
use crate::relay::{Relay, root};
use crate::words;

/// The program that judges a page, installed where it is missing.
fn axe() -> Result<String> {
    let folder = root().join("tests");
    let file: PathBuf = folder.join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        let flags = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        let status = Command::new("npm")
            .args(flags)
            .current_dir(folder)
            .status()
            .context("npm does not start")?;
        ensure!(status.success(), "npm could not install axe-core");
    }
    Ok(fs::read_to_string(file)?)
}

/// Collects what axe objects to.
pub(crate) struct Judge {
    axe: String,
    looks: usize,
    /// What it objects to, and in which states.
    objections: BTreeMap<String, Vec<String>>,
}

impl Judge {
    /// A judge that has seen nothing.
    ///
    /// # Errors
    /// axe is not here and cannot be installed.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            axe: axe()?,
            looks: 0,
            objections: BTreeMap::new(),
        })
    }

    /// Looks at a state of a page in both languages and both schemes, and leaves it in Dutch.
    ///
    /// # Errors
    /// The browser says so.
    pub(crate) async fn look(&mut self, page: &Browser, what: &str) -> Result<()> {
        for language in ["en", "nl"] {
            let switch = format!("button.sluis-switch__option[lang={language}]");
            if !page.texts(&switch).await?.is_empty() {
                page.click(&switch).await?;
                let script = "return document.documentElement.lang === arguments[0]";
                page.wait("the other language", script, vec![language.into()])
                    .await?;
            }
            for scheme in ["light", "dark"] {
                self.look_once(page, &format!("{what}, {language}, {scheme}"), scheme)
                    .await?;
            }
        }
        Ok(())
    }

    async fn look_once(&mut self, page: &Browser, what: &str, scheme: &str) -> Result<()> {
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        page.devtools("Emulation.setEmulatedMedia", media).await?;
        if page.run("return typeof axe", Vec::new()).await? != json!("object") {
            page.run(&self.axe, Vec::new()).await?;
        }
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(
                ({ violations }) => done(violations.flatMap(({ id, help, nodes }) => nodes.map((node) =>
                    `${id}: ${help}: ${node.target.join(' ')} ${node.html.slice(0, 200)} ${node.any.map((one) => one.message).join('; ')}`))),
                (error) => done([String(error)]))";
        let found = page.run_async(script, Vec::new()).await?;
        let found = found
            .as_array()
            .with_context(|| format!("{what}: axe says nothing"))?;
        self.looks += 1;
        for objection in found.iter().filter_map(Value::as_str) {
            self.objections
                .entry(objection.to_owned())
                .or_default()
                .push(what.to_owned());
        }
        Ok(())
    }

    /// Says how often it looked.
    ///
    /// # Errors
    /// All that axe objects to.
    pub(crate) fn verdict(self) -> Result<()> {
        eprintln!(
            "axe: {} looks, {} violations",
            self.looks,
            self.objections.len()
        );
        let all: Vec<String> = self
            .objections
            .iter()
            .map(|(what, states)| format!("{what}\n    in {}", states.join("; ")))
            .collect();
        ensure!(
            all.is_empty(),
            "axe objects to {} things:\n{}",
            all.len(),
            all.join("\n")
        );
        Ok(())
    }
}

#[tokio::test]
async fn axe_has_nothing_against_the_pages_of_the_reporter() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let mut judge = Judge::new()?;
    let page = Browser::chromium("axe, reporter").await?;
    page.go(&relay.url("/")).await?;
    page.says("#main", &words::reporter("err-not-open")?)
        .await?;
    judge.look(&page, "not open yet").await?;
    let desk = Browser::chromium("axe, desk of the reporter").await?;
    set_up(&desk, &relay, &mut canary).await?;

    page.go(&relay.url("/")).await?;
    page.click("#continue").await?;
    page.see("#story-error").await?;
    page.run(
        "for (const one of document.querySelectorAll('details')) one.open = true",
        Vec::new(),
    )
    .await?;
    judge.look(&page, "nothing written").await?;
    let story = canary.text("Voor iedereen");
    page.write("#story", &story).await?;
    judge.look(&page, "writing").await?;
    page.click("#reading-level").await?;
    judge.look(&page, "writing, for children").await?;
    page.click("#reading-level").await?;
    page.click("#continue").await?;
    page.see("#words li").await?;
    judge.look(&page, "words").await?;
    page.click("#back").await?;
    let kept = keep_words(&page, &mut canary).await?;
    page.write("#word", "mis").await?;
    page.click("#send").await?;
    page.see("#word-error").await?;
    judge.look(&page, "one word asked back").await?;
    send_first(&page, &kept, Check::Skip).await?;
    stored(&page, &story).await?;
    open_new_report(&desk).await?;
    let answer = canary.text("Een antwoord");
    reply(&desk, &answer).await?;
    page.says("#reply-list", &answer).await?;
    page.run(
        "for (const one of document.querySelectorAll('details')) one.open = true",
        Vec::new(),
    )
    .await?;
    judge.look(&page, "conversation").await?;
    page.click("#stop").await?;
    page.see("#stop-confirm").await?;
    judge.look(&page, "stopping").await?;

    page.go("about:blank").await?;
    page.go(&relay.url("/")).await?;
    page.click("#return").await?;
    page.write("#words-typed", "aap noot mis").await?;
    page.click("#open").await?;
    page.see("#words-typed-error").await?;
    judge.look(&page, "coming back, words wrong").await?;
    come_back(&page, &relay, &kept.join(" ")).await?;
    page.says("#reply-list", &answer).await?;
    judge.look(&page, "came back").await?;

    let old = Browser::open(
        Kind::Chromium,
        "axe, no WebAssembly",
        &["--js-flags=--jitless"],
    )
    .await?;
    for path in ["/", "/desk/"] {
        old.go(&relay.url(path)).await?;
        old.see("#no-wasm").await?;
        judge
            .look(&old, &format!("without WebAssembly, {path}"))
            .await?;
    }
    judge.verdict()?;
    canary.search(relay, vec![desk, page, old]).await
}

#[tokio::test]
async fn axe_has_nothing_against_the_pages_of_the_desk() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let mut judge = Judge::new()?;
    let desk = Browser::chromium("axe, desk").await?;
    looks_at_set_up(&desk, &relay, &mut canary, &mut judge).await?;

    judge.look(&desk, "empty work list").await?;
    desk.click("#nav-dossiers").await?;
    desk.see("#dossiers-count").await?;
    judge.look(&desk, "no dossiers").await?;
    desk.click("#new-dossier").await?;
    desk.click("#new-save").await?;
    judge.look(&desk, "new dossier, empty").await?;
    desk.write("#new-first-story", &canary.text("Gebeld"))
        .await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;
    let reporter = Browser::chromium("axe, reporter of the desk").await?;
    crate::people::report(&reporter, &relay, &mut canary, &canary_text(), Check::Skip).await?;
    desk.click("#nav-work").await?;
    desk.see("section[aria-labelledby=work-new] .desk-item__act")
        .await?;
    judge.look(&desk, "work list").await?;
    desk.click("#nav-dossiers").await?;
    desk.see("#dossiers-table").await?;
    judge.look(&desk, "dossiers").await?;
    desk.write("#search", "zzzz").await?;
    desk.see("#clear-filters-empty").await?;
    judge.look(&desk, "nothing found").await?;
    open_new_report(&desk).await?;
    reply(&desk, &canary.text("Dank je")).await?;
    for name in ["part-conversation", "part-story", "part-notes", "part-log"] {
        part(&desk, name).await?;
        desk.run(
            "for (const one of document.querySelectorAll('main details')) one.open = true",
            Vec::new(),
        )
        .await?;
        judge.look(&desk, name).await?;
    }
    desk.click("#part-share").await?;
    desk.see("#share-who").await?;
    desk.run("document.querySelector('#share-more').click()", Vec::new())
        .await?;
    desk.click("#recuse").await?;
    desk.see("#plan-word").await?;
    judge.look(&desk, "sharing").await?;
    desk.click("#nav-dossiers").await?;
    desk.click("#to-access").await?;
    desk.see("#access-table").await?;
    desk.click("#access-table .desk-open").await?;
    desk.see("#access-shown").await?;
    judge.look(&desk, "who can read what").await?;
    desk.click("#nav-settings").await?;
    desk.see("#settings-you").await?;
    judge.look(&desk, "settings").await?;
    desk.click("#lock").await?;
    desk.write("#unlock-passphrase", "mis").await?;
    desk.click("#unlock").await?;
    desk.see("#unlock-passphrase-error").await?;
    judge.look(&desk, "locked").await?;
    reporter.go(&relay.url("/desk/")).await?;
    reporter
        .says("#title", &words::desk("no-vault-title")?)
        .await?;
    judge.look(&reporter, "no vault").await?;
    judge.verdict()?;
    canary.search(relay, vec![desk, reporter]).await
}

fn canary_text() -> String {
    "Een melding om te zien".to_owned()
}

/// The set-up, with a look at each of its steps.
async fn looks_at_set_up(
    desk: &Browser,
    relay: &Relay,
    canary: &mut Canary,
    judge: &mut Judge,
) -> Result<()> {
    desk.go(&relay.url("/desk/")).await?;
    desk.click("#setup-next").await?;
    desk.see("#setup-code-error").await?;
    judge.look(desk, "set-up, step 1").await?;
    desk.write("#setup-code", &relay.setup_code()?).await?;
    desk.write("#setup-organisation", &canary.public("Centrum"))
        .await?;
    desk.write("#setup-line", &canary.public("Meldlijn"))
        .await?;
    desk.click("#setup-next").await?;
    desk.write("#setup-person", &canary.text("Noor")).await?;
    judge.look(desk, "set-up, step 2").await?;
    desk.click("#setup-next").await?;
    desk.see("ol#setup-words li").await?;
    judge.look(desk, "set-up, step 3").await?;
    desk.click("#setup-way-1").await?;
    desk.write("#setup-passphrase", "kort").await?;
    judge.look(desk, "set-up, step 3, own").await?;
    desk.click("#setup-way-0").await?;
    desk.see("ol#setup-words li").await?;
    let passphrase = desk.texts("ol#setup-words li").await?.join(" ");
    canary.secret(&passphrase);
    desk.paste("#setup-again", &passphrase).await?;
    desk.click("#setup-next").await?;
    desk.see(".desk-sheet ol.sluis-words li").await?;
    let sheet = desk.texts(".desk-sheet ol.sluis-words li").await?;
    judge.look(desk, "set-up, step 4").await?;
    desk.click("#setup-next").await?;
    desk.click("#rehearsal-check").await?;
    desk.see("#rehearsal-0").await?;
    judge.look(desk, "set-up, step 5").await?;
    for (index, label) in desk.texts("form label").await?.iter().enumerate() {
        let word = sheet
            .get(crate::people::number(label)?.saturating_sub(1))
            .context("a word that is not on the sheet")?;
        desk.paste(&format!("#rehearsal-{index}"), word).await?;
    }
    desk.click("#rehearsal-check").await?;
    desk.see("#setup-finish").await?;
    judge.look(desk, "set-up, done").await?;
    desk.click("#setup-finish").await?;
    desk.see("#nav-work").await
}
