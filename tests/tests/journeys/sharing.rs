//! A dossier is for exactly the people it is for: shared to read, then to write, then taken back; with the reporter's consent; handed over.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{Check, part, report, stored};
use crate::two_desks::{demonstration, enter};
use crate::words;

/// People of the demonstration: two of the centre, one of each federation.
pub(crate) const MARIT: u8 = 0;
const SANNE: u8 = 2;
pub(crate) const ILSE: u8 = 3;
const NOOR: u8 = 5;

pub(crate) const CENTRE: &str = "Centrum Veilige Sport";

fn share(key: &str) -> Result<String> {
    words::words("nl", "share", key)
}

/// The part of the open dossier about access.
async fn sharing(desk: &Browser) -> Result<()> {
    desk.click("#part-share").await?;
    desk.see("#share-who").await
}

/// Opens the only dossier that a search finds.
pub(crate) async fn find(desk: &Browser, text: &str) -> Result<()> {
    desk.click("#nav-dossiers").await?;
    desk.paste("#search", "").await?;
    desk.paste("#search", text).await?;
    let one = "const rows = document.querySelectorAll('#dossiers-table .desk-open');
        return rows.length === 1 && rows[0].checkVisibility()";
    desk.wait("one dossier that fits", one, Vec::new()).await?;
    desk.click("#dossiers-table-row-0 .desk-open").await?;
    desk.see("#part-panel").await
}

/// Waits until everything is sent and fetched.
pub(crate) async fn synced(desk: &Browser) -> Result<()> {
    desk.says("#link-state", &words::desk("link-synced")?)
        .await
        .map(drop)
}

async fn note(desk: &Browser, text: &str) -> Result<()> {
    part(desk, "part-notes").await?;
    desk.write("#note", text).await?;
    desk.click("#add-note").await?;
    desk.says("#part-panel .desk-note", text).await?;
    synced(desk).await
}

/// Whether notes can be written in the open dossier.
async fn can_write(desk: &Browser) -> Result<bool> {
    part(desk, "part-notes").await?;
    desk.see("#note").await?;
    let script = "return !document.querySelector('#note').matches(':disabled')";
    Ok(desk.run(script, Vec::new()).await? == Value::Bool(true))
}

/// Waits until notes can be written, or no more.
async fn writing(desk: &Browser, may: bool) -> Result<()> {
    part(desk, "part-notes").await?;
    let script = "const note = document.querySelector('#note');
        return note && note.matches(':disabled') !== arguments[0]";
    desk.wait("the right to write", script, vec![may.into()])
        .await
        .map(drop)
}

/// Accepts the offer that says `text`, from the work list, and opens the dossier.
pub(crate) async fn accept(desk: &Browser, text: &str) -> Result<()> {
    desk.click("#nav-work").await?;
    desk.says("section[aria-labelledby=work-offers]", text)
        .await?;
    let mark = "const row = [...document.querySelectorAll('section[aria-labelledby=work-offers] .desk-item')].find((row) => row.innerText.includes(arguments[0]));
        row.querySelector('.offer-accept').id = 'the-offer'; row.querySelector('.desk-open').id = 'the-dossier'; return row.querySelector('.desk-open').innerText";
    let number = desk.run(mark, vec![text.into()]).await?;
    desk.click("#the-offer").await?;
    let gone = "return !document.querySelector('section[aria-labelledby=work-offers]')?.innerText.includes(arguments[0])";
    desk.wait("an offer that is answered", gone, vec![text.into()])
        .await?;
    find(desk, number.as_str().unwrap_or_default()).await
}

#[tokio::test]
async fn a_dossier_is_shared_to_read_then_to_write_and_then_taken_back() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let ilse = Browser::chromium("sharing, ilse").await?;
    let marit = Browser::chromium("sharing, marit").await?;
    let sanne = Browser::chromium("sharing, sanne").await?;
    for (desk, person) in [(&ilse, ILSE), (&marit, MARIT), (&sanne, SANNE)] {
        enter(desk, &relay, person).await?;
    }
    let story = canary.text("Gebeld door een ouder");
    ilse.click("#new-dossier").await?;
    ilse.write("#new-first-story", &story).await?;
    ilse.click("#new-save").await?;
    ilse.see("#part-panel").await?;

    // What it means is said before it happens, and the reason goes with it.
    let reason = canary.text("Kijken jullie mee");
    offer(&ilse, CENTRE, &reason).await?;
    accept(&marit, &reason).await?;
    part(&marit, "part-story").await?;
    let reads = "return [...document.querySelectorAll('textarea')].some((one) => one.value === arguments[0])";
    marit
        .wait("the story", reads, vec![story.clone().into()])
        .await?;
    marit.see("#only-reading").await?;
    ensure!(!can_write(&marit).await?, "a reader writes");
    sharing(&marit).await?;
    marit.see("#share-ask").await?;
    ensure!(
        marit.texts("#share-give").await?.is_empty(),
        "a reader shares"
    );
    find(&sanne, &story).await?;

    ilse.click("[id^=share-change-]").await?;
    ilse.click("#plan-right-1").await?;
    ilse.click("#plan-do").await?;
    // Who may write can also answer, and is asked to.
    ilse.says("#share-who", &share("standing-offered")?).await?;
    writing(&marit, true).await?;
    let word = canary.text("Wij zoeken het uit");
    note(&marit, &word).await?;
    part(&ilse, "part-notes").await?;
    ilse.says("#part-panel .desk-note", &word).await?;
    part(&sanne, "part-notes").await?;
    sanne.says("#part-panel .desk-note", &word).await?;

    sharing(&ilse).await?;
    ilse.click("[id^=share-take-]").await?;
    ilse.click("#plan-do").await?;
    for desk in [&marit, &sanne] {
        desk.see("#access-lost").await?;
        writing(desk, false).await?;
    }
    let after = canary.text("Dit lezen zij niet meer");
    note(&ilse, &after).await?;
    for desk in [&marit, &sanne] {
        synced(desk).await?;
        // What was read stays; what came after does not come.
        desk.says("#part-panel .desk-note", &word).await?;
        let all = desk.texts("body").await?.concat();
        ensure!(!all.contains(&after), "read after it was taken back");
    }
    part(&ilse, "part-log").await?;
    let took = share("log-took")?;
    let took = took.split('{').next().unwrap_or_default();
    ilse.says("#part-panel", took.trim()).await?;

    marit.click("#forget").await?;
    let number = marit.texts("#title").await?.concat();
    let number = number.split_whitespace().last().unwrap_or_default();
    marit.write("#plan-word", number).await?;
    marit.click("#plan-do").await?;
    marit.see("#dossiers-count").await?;
    marit.paste("#search", &story).await?;
    marit.see("#clear-filters-empty").await?;
    canary.search(relay, vec![ilse, marit, sanne]).await
}

/// Shares the open dossier with the only party that a search finds, to read.
async fn offer(desk: &Browser, name: &str, reason: &str) -> Result<()> {
    sharing(desk).await?;
    desk.write("#share-search", name).await?;
    desk.click("#share-whom-0").await?;
    desk.write("#share-reason", reason).await?;
    desk.says("#share-will", &share("will-change-nothing")?)
        .await?;
    desk.says("#share-will", name).await?;
    desk.click("#share-give").await?;
    desk.says("#share-who", reason).await?;
    synced(desk).await
}

#[tokio::test]
async fn consent_of_a_reporter_is_one_click_and_a_dossier_can_be_handed_over() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let marit = Browser::chromium("consent, marit").await?;
    let noor = Browser::chromium("consent, noor").await?;
    let reporter = Browser::chromium("consent, reporter").await?;
    enter(&marit, &relay, MARIT).await?;
    enter(&noor, &relay, NOOR).await?;

    let story = canary.text("In de zaal");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    let open = "for (const one of document.querySelectorAll('details')) one.open = true";
    reporter.run(open, Vec::new()).await?;
    reporter.click("#share").await?;
    marit.says("#main", &story).await?;
    find(&marit, &story).await?;
    part(&marit, "part-story").await?;
    marit.write("#federation", "Demobond Zaalsport").await?;
    // In the dossier itself it is one click.
    marit.click("#share-consented").await?;
    let gone = "return !document.querySelector('#share-consented')";
    marit.wait("a click that counts", gone, Vec::new()).await?;
    synced(&marit).await?;
    noor.click("#nav-work").await?;
    let offers = "section[aria-labelledby=work-offers]";
    noor.says(offers, "Marit Voorbeeld").await?;
    find(&noor, &story).await?;
    noor.says("#main", &story).await?;
    noor.see("#only-reading").await?;
    let more = canary.text("Nog iets");
    reporter.write("#reply", &more).await?;
    reporter.click("#send").await?;
    stored(&reporter, &more).await?;
    part(&noor, "part-conversation").await?;
    noor.says("#conversation-list", &more).await?;
    ensure!(
        noor.texts("#send-reply").await?.is_empty(),
        "who reads along answers the reporter"
    );

    // A dossier that Noor offered to hand over is taken: from then on the centre decides.
    let why = "Nemen jullie het over";
    accept(&marit, why).await?;
    let number = marit.texts("#title").await?.concat();
    let number = number.split_whitespace().last().unwrap_or_default();
    find(&noor, number).await?;
    sharing(&noor).await?;
    noor.see("#share-ask").await?;
    noor.click("#nav-work").await?;
    noor.says("section[aria-labelledby=work-reactions]", number)
        .await?;
    sharing_again(&marit).await?;
    canary.search(relay, vec![marit, noor, reporter]).await
}

/// Whoever decides can share.
async fn sharing_again(desk: &Browser) -> Result<()> {
    sharing(desk).await?;
    desk.see("#share-give").await
}

#[tokio::test]
async fn nothing_is_shared_outside_before_an_agreement_is_on_file() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let ilse = Browser::chromium("agreement, ilse").await?;
    let noor = Browser::chromium("agreement, noor").await?;
    enter(&ilse, &relay, ILSE).await?;
    enter(&noor, &relay, NOOR).await?;
    let story = canary.text("Met de andere bond");
    ilse.click("#new-dossier").await?;
    ilse.write("#new-first-story", &story).await?;
    ilse.click("#new-save").await?;
    ilse.see("#part-panel").await?;
    sharing(&ilse).await?;
    ilse.write("#share-search", "Demobond Zaalsport").await?;
    ilse.click("#share-whom-0").await?;
    // The two federations have agreed upon nothing: it is said before anything happens.
    ilse.see("#share-unagreed").await?;
    ensure!(
        ilse.texts("#share-give").await?.is_empty(),
        "shares without an agreement"
    );
    let (title, notice) = (canary.text("Samen sporten"), canary.text("Op de site"));
    ilse.write("#share-agreement", &title).await?;
    ilse.click("#share-agree").await?;
    ilse.see("#share-notice-error").await?;
    ilse.write("#share-notice", &notice).await?;
    ilse.click("#share-agree").await?;
    // As soon as it is on file, the form goes on.
    ilse.see("#share-give").await?;
    let reason = canary.text("Onze zaal, jullie team");
    ilse.write("#share-reason", &reason).await?;
    ilse.click("#share-give").await?;
    ilse.says("#share-who", &reason).await?;
    synced(&ilse).await?;
    accept(&noor, &reason).await?;
    sharing(&noor).await?;
    let all = noor.texts("#share-who").await?.concat();
    ensure!(!all.contains(&share("given-unagreed")?), "{all}");
    canary.search(relay, vec![ilse, noor]).await
}
