//! 200 strings that break out of careless pages, as every kind of input: they are shown as text and nothing of them runs.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{open_new_report, part, set_up_as};
use crate::relay::Relay;

/// Strings in one text.
const BATCH: usize = 50;
/// Bytes of the longest name.
const NAME_MOST: usize = 200;

/// Notes what must not happen: a script that runs, a rule of the page that is broken.
const WATCH: &str = "globalThis.seen = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
    for (const name of ['alert', 'confirm', 'prompt']) globalThis[name] = () => seen.push('a script ran');";

fn strings() -> Result<Vec<String>> {
    let strings: Vec<String> = serde_json::from_str::<Value>(include_str!("hostile.json"))?
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect();
    ensure!(strings.len() == 200, "{} strings", strings.len());
    Ok(strings)
}

pub(crate) async fn watched(name: &str) -> Result<Browser> {
    let browser = Browser::chromium(name).await?;
    browser
        .devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WATCH }),
        )
        .await?;
    Ok(browser)
}

/// Waits until an element shows exactly this text.
async fn shows(page: &Browser, css: &str, text: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((one) => (one.value ?? one.textContent) === arguments[1])";
    page.wait(
        &format!("the text in {css}"),
        script,
        vec![css.into(), text.into()],
    )
    .await
    .map(drop)
}

/// Nothing ran, no rule was broken, no element came out of a text.
pub(crate) async fn calm(page: &Browser, what: &str) -> Result<()> {
    let seen = page.run("return seen", Vec::new()).await?;
    ensure!(seen == json!([]), "{what}: {seen}");
    let script = "return document.querySelectorAll('#app :is(script, iframe, object, embed, img, video, audio, link, style, base, meta, marquee, math, portal, animate)').length";
    ensure!(
        page.run(script, Vec::new()).await? == json!(0),
        "{what}: a text became an element"
    );
    let ran = page
        .run("return globalThis.ran ?? null", Vec::new())
        .await?;
    ensure!(ran == Value::Null, "{what}: a script ran");
    for entry in page.log("browser").await? {
        let said = entry
            .get("message")
            .and_then(Value::as_str)
            .unwrap_or_default();
        ensure!(
            !said.contains("Content Security Policy") && !said.contains("Refused to"),
            "{what}: {said}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn hostile_strings_are_shown_as_text_wherever_they_are_typed() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let strings = strings()?;
    let texts: Vec<String> = strings
        .chunks(BATCH)
        .map(|batch| canary.text(&format!("begin\n{}\n", batch.join("\n"))))
        .collect();
    let desk = watched("hostile, desk").await?;
    // The names of organisation and line are public.
    let names = [
        canary.public("<img src=x onerror=alert(1)>"),
        canary.public("\"><script>alert(1)</script>"),
        canary.text("{{7*7}} ${alert(1)} <b>"),
    ];
    set_up_as(&desk, &relay, &mut canary, &names).await?;

    let reporter = watched("hostile, reporter").await?;
    let (first, others) = texts.split_first().context("texts")?;
    stories(&reporter, &relay, &mut canary, first, others).await?;

    open_new_report(&desk).await?;
    part(&desk, "part-conversation").await?;
    for text in &texts {
        shows(&desk, "#conversation-list .sluis-bubble__text", text).await?;
    }
    for text in &texts {
        let reply = format!("antwoord {text}");
        desk.paste("#reply", &reply).await?;
        desk.click("#send-reply").await?;
        shows(&desk, "#conversation-list .sluis-bubble__text", &reply).await?;
    }
    calm(&desk, "conversation").await?;
    for text in &texts {
        shows(
            &reporter,
            "#reply-list .sluis-bubble__text",
            &format!("antwoord {text}"),
        )
        .await?;
    }
    calm(&reporter, "replies").await?;
    part(&desk, "part-notes").await?;
    for text in &texts {
        desk.paste("#note", text).await?;
        desk.click("#add-note").await?;
        shows(&desk, ".desk-note .desk-typed", text).await?;
    }
    calm(&desk, "notes").await?;
    fields(&desk, &strings, &texts).await?;
    calm(&desk, "fields").await?;

    // Words that are none are repeated by the page.
    reporter.go(&relay.url("/")).await?;
    reporter.click("#return").await?;
    for text in &texts {
        reporter.paste("#words-typed", text).await?;
        reporter.click("#open").await?;
        reporter.see("#words-typed-error").await?;
    }
    calm(&reporter, "words").await?;
    canary.search(relay, vec![desk, reporter]).await
}

/// A first message, an answer to a question, further messages.
async fn stories(
    reporter: &Browser,
    relay: &Relay,
    canary: &mut Canary,
    first: &str,
    others: &[String],
) -> Result<()> {
    reporter.go(&relay.url("/")).await?;
    reporter.paste("#story", first).await?;
    calm(reporter, "story").await?;
    crate::people::keep_words(reporter, canary).await?;
    reporter
        .paste("#word", "<img src=x onerror=alert(1)>")
        .await?;
    reporter.click("#send").await?;
    reporter.see("#word-error").await?;
    reporter.click("#skip").await?;
    shows(reporter, "#reply-list .sluis-bubble__text", first).await?;
    for text in others {
        reporter.paste("#reply", text).await?;
        reporter.click("#send").await?;
        shows(reporter, "#reply-list .sluis-bubble__text", text).await?;
    }
    let answer = canary.text("<svg onload=alert(1)>");
    reporter.paste("#answer", &answer).await?;
    reporter.click("#answer-send").await?;
    reporter.says("#reply-list", &answer).await?;
    calm(reporter, "messages").await
}

/// The fields of a dossier, and the search over all of them.
async fn fields(desk: &Browser, strings: &[String], texts: &[String]) -> Result<()> {
    part(desk, "part-story").await?;
    for (css, text) in ["#first-story", "#happened", "#asked"].iter().zip(texts) {
        desk.paste(css, text).await?;
        desk.run("document.activeElement.blur()", Vec::new())
            .await?;
    }
    let names = strings
        .iter()
        .filter(|one| one.len() <= NAME_MOST && !one.contains('\n') && !one.contains('\0'));
    for name in names.step_by(19) {
        for css in ["#federation", "#sport"] {
            desk.paste(css, name).await?;
            desk.run("document.activeElement.blur()", Vec::new())
                .await?;
        }
        desk.wait(
            "a saved field",
            "return document.querySelector('#save-state')?.dataset.state === 'saved'",
            Vec::new(),
        )
        .await?;
        shows(desk, "#sport", name).await?;
    }
    desk.click("#nav-dossiers").await?;
    desk.see("#dossiers-table-row-0").await?;
    calm(desk, "table").await?;
    for string in strings {
        desk.paste("#search", string).await?;
    }
    calm(desk, "search").await?;
    desk.paste("#search", "").await?;
    desk.click("#new-dossier").await?;
    for (css, text) in [
        "#new-first-story",
        "#new-happened",
        "#new-asked",
        "#new-federation",
        "#new-sport",
    ]
    .iter()
    .zip(texts.iter().cycle())
    {
        let text = if css.ends_with("sport") || css.ends_with("federation") {
            "<img src=x onerror=alert(1)>"
        } else {
            text
        };
        desk.paste(css, text).await?;
    }
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;
    part(desk, "part-story").await?;
    shows(desk, "#sport", "<img src=x onerror=alert(1)>").await?;
    Ok(())
}
