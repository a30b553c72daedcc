//! What people do on the pages: somebody who sets up and works at a desk, somebody who writes.

use anyhow::{Context as _, Result, ensure};

use crate::browser::Browser;
use crate::canary::Canary;
use crate::relay::Relay;
use crate::words;

/// Sets up a new relay at the desk, through all five steps, and ends at the work list. Returns the passphrase.
///
/// # Errors
/// A step did not come.
pub(crate) async fn set_up(desk: &Browser, relay: &Relay, canary: &mut Canary) -> Result<String> {
    let names = [
        canary.public("Centrum"),
        canary.public("Meldlijn"),
        canary.text("Noor Proef"),
    ];
    set_up_as(desk, relay, canary, &names).await
}

/// The same with other names: of the organisation, of the line, of the person.
///
/// # Errors
/// A step did not come.
pub(crate) async fn set_up_as(
    desk: &Browser,
    relay: &Relay,
    canary: &mut Canary,
    names: &[String; 3],
) -> Result<String> {
    Ok(set_up_with_sheet(desk, relay, canary, names).await?.0)
}

/// The same, returning the words of the recovery sheet too.
///
/// # Errors
/// A step did not come.
pub(crate) async fn set_up_with_sheet(
    desk: &Browser,
    relay: &Relay,
    canary: &mut Canary,
    names: &[String; 3],
) -> Result<(String, Vec<String>)> {
    let [organisation, line, person] = names;
    desk.go(&relay.url("/desk/")).await?;
    desk.write("#setup-code", &relay.setup_code()?).await?;
    desk.write("#setup-organisation", organisation).await?;
    desk.write("#setup-line", line).await?;
    desk.click("#setup-next").await?;
    desk.write("#setup-person", person).await?;
    desk.click("#setup-next").await?;
    desk.see("ol#setup-words li").await?;
    let passphrase = desk.texts("ol#setup-words li").await?.join(" ");
    canary.secret(&passphrase);
    desk.write("#setup-again", &passphrase).await?;
    desk.click("#setup-next").await?;
    desk.see(".desk-sheet ol.sluis-words li").await?;
    let sheet = desk.texts(".desk-sheet ol.sluis-words li").await?;
    ensure!(sheet.len() == 24, "the sheet has {} words", sheet.len());
    canary.secret(&sheet.join(" "));
    desk.click("#setup-next").await?;
    desk.see("#rehearsal-0").await?;
    let labels = desk.texts("form label").await?;
    for (index, label) in labels.iter().enumerate() {
        let word = sheet
            .get(number(label)?.saturating_sub(1))
            .context("a word that is not on the sheet")?;
        desk.write(&format!("#rehearsal-{index}"), word).await?;
    }
    desk.click("#rehearsal-check").await?;
    desk.click("#setup-finish").await?;
    desk.see("#nav-work").await?;
    Ok((passphrase, sheet))
}

/// Unlocks a vault and waits for the desk behind it.
///
/// # Errors
/// It does not open.
pub(crate) async fn unlock(desk: &Browser, passphrase: &str) -> Result<()> {
    desk.paste("#unlock-passphrase", passphrase).await?;
    desk.click("#unlock").await?;
    desk.see("#nav-work").await
}

/// Looks at the server at once, unless the desk has noticed by itself that it is back.
///
/// # Errors
/// The browser says so.
pub(crate) async fn look_again(desk: &Browser) -> Result<()> {
    let press = "document.querySelector('#sync-now')?.click()";
    desk.run(press, Vec::new()).await.map(drop)
}

/// Waits for a new report in the work list and opens it. Returns what the list said about it.
///
/// # Errors
/// None came.
pub(crate) async fn open_new_report(desk: &Browser) -> Result<String> {
    desk.click("#nav-work").await?;
    let act = "section[aria-labelledby=work-new] .desk-item__act";
    desk.see(act).await?;
    let row = desk
        .texts("section[aria-labelledby=work-new] .desk-item")
        .await?
        .join("\n");
    desk.click(act).await?;
    desk.see("#part-panel").await?;
    Ok(row)
}

/// Shows a part of the open dossier.
///
/// # Errors
/// It does not come.
pub(crate) async fn part(desk: &Browser, label: &str) -> Result<()> {
    let label = words::desk(label)?;
    let find = "return [...document.querySelectorAll('[role=tab]')].find((tab) => tab.innerText.includes(arguments[0]))?.id";
    let id = desk
        .wait(
            &format!("the part {label}"),
            find,
            vec![label.clone().into()],
        )
        .await?;
    desk.click(&format!("#{}", id.as_str().unwrap_or_default()))
        .await
}

/// Replies in the conversation of the open dossier and waits until it has left.
///
/// # Errors
/// It did not.
pub(crate) async fn reply(desk: &Browser, text: &str) -> Result<()> {
    part(desk, "part-conversation").await?;
    desk.write("#reply", text).await?;
    desk.click("#send-reply").await?;
    desk.says("#conversation-list", text).await?;
    sent(desk, text).await
}

/// Waits until a bubble of the conversation says that it has left.
///
/// # Errors
/// It did not.
pub(crate) async fn sent(desk: &Browser, text: &str) -> Result<()> {
    let script = "const bubble = [...document.querySelectorAll('#conversation-list li')].find((one) => one.innerText.includes(arguments[0]));
        return bubble?.querySelector('.sluis-bubble__delivery')?.innerText.trim() === arguments[1]";
    desk.wait(
        "a reply that has left",
        script,
        vec![text.into(), words::words("nl", "common", "sent")?.into()],
    )
    .await
    .map(drop)
}

/// Whether a reporter types one of the words again before sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// Types the word that is asked.
    OneWord,
    /// Skips it.
    Skip,
}

/// Writes a first message, keeps the words, and waits until the message is stored. Returns the eight words.
///
/// # Errors
/// A step did not come.
pub(crate) async fn report(
    reporter: &Browser,
    relay: &Relay,
    canary: &mut Canary,
    text: &str,
    check: Check,
) -> Result<Vec<String>> {
    reporter.go(&relay.url("/")).await?;
    reporter.write("#story", text).await?;
    let words = keep_words(reporter, canary).await?;
    send_first(reporter, &words, check).await?;
    stored(reporter, text).await?;
    Ok(words)
}

/// From the typed story to the words, which are kept.
///
/// # Errors
/// They did not come.
pub(crate) async fn keep_words(reporter: &Browser, canary: &mut Canary) -> Result<Vec<String>> {
    reporter.click("#continue").await?;
    reporter.see("#words li").await?;
    let words = reporter.texts("#words li").await?;
    ensure!(words.len() == 8, "{} words", words.len());
    canary.secret(&words.join(" "));
    reporter.click("#kept").await?;
    reporter.see("#word").await?;
    Ok(words)
}

/// From the kept words to the conversation.
///
/// # Errors
/// A step did not come.
pub(crate) async fn send_first(reporter: &Browser, words: &[String], check: Check) -> Result<()> {
    match check {
        Check::OneWord => {
            let asked = number(&reporter.texts("#title").await?.concat())?;
            reporter
                .write(
                    "#word",
                    words
                        .get(asked.saturating_sub(1))
                        .context("a word that there is not")?,
                )
                .await?;
            reporter.click("#send").await?;
        }
        Check::Skip => reporter.click("#skip").await?,
    }
    reporter.see("#reply-list").await
}

/// Waits until a message of the reporter is on the server or further.
///
/// # Errors
/// It is not.
pub(crate) async fn stored(reporter: &Browser, text: &str) -> Result<()> {
    let script = "const bubble = [...document.querySelectorAll('#reply-list > li')].find((one) => one.innerText.includes(arguments[0]));
        return arguments[1].includes(bubble?.querySelector('.sluis-bubble__delivery')?.innerText.trim())";
    let states = vec![
        words::reporter("state-stored")?,
        words::reporter("state-read")?,
    ];
    reporter
        .wait(
            "a message that is stored",
            script,
            vec![text.into(), states.into()],
        )
        .await
        .map(drop)
}

/// Opens the page anew and comes back with the eight words.
///
/// # Errors
/// The conversation did not open.
pub(crate) async fn come_back(reporter: &Browser, relay: &Relay, words: &str) -> Result<()> {
    reporter.go("about:blank").await?;
    reporter.go(&relay.url("/")).await?;
    reporter.click("#return").await?;
    reporter.write("#words-typed", words).await?;
    reporter.click("#open").await?;
    reporter.see("#reply-list").await
}

/// The number in a text such as a label.
///
/// # Errors
/// There is none.
pub(crate) fn number(text: &str) -> Result<usize> {
    let digits: String = text
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .with_context(|| format!("no number in \"{text}\""))
}
