//! People and their devices: a colleague is let in, a laptop is stolen, a browser loses its data.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::access::Judge;
use crate::browser::{Browser, PATIENCE, until};
use crate::canary::Canary;
use crate::people::{
    Check, come_back, keep_words, open_new_report, part, reply, report, send_first, sent, set_up,
    set_up_with_sheet, stored, unlock,
};
use crate::relay::Relay;
use crate::words;

/// The text of a key of the catalogue of people, in Dutch.
pub(crate) fn people(key: &str) -> Result<String> {
    words::words("nl", "people", key)
}

/// Waits until all is sent and fetched.
pub(crate) async fn synced(desk: &Browser) -> Result<()> {
    desk.says("#link-state", &words::desk("link-synced")?)
        .await
        .map(drop)
}

/// From the code on the inviting desk to the six words on the new one, where a passphrase is chosen. Returns that passphrase.
pub(crate) async fn knock(
    host: &Browser,
    guest: &Browser,
    relay: &Relay,
    canary: &mut Canary,
) -> Result<String> {
    host.see("#admit-code").await?;
    let code = host.texts("#admit-code").await?.concat();
    guest.go(&relay.url("/desk/")).await?;
    guest.click("#enter-invitation").await?;
    // However it was copied.
    guest
        .paste("#enter-code", &format!("  {}\n", code.to_lowercase()))
        .await?;
    guest.click("#enter-next").await?;
    let passphrase = choose(guest, canary).await?;
    guest.see("#enter-words li").await?;
    Ok(passphrase)
}

/// Takes the six words of the passphrase and types them again.
pub(crate) async fn choose(guest: &Browser, canary: &mut Canary) -> Result<String> {
    guest.see("ol#setup-words li").await?;
    let passphrase = guest.texts("ol#setup-words li").await?.join(" ");
    canary.secret(&passphrase);
    guest.paste("#setup-again", &passphrase).await?;
    guest.click("#setup-next").await?;
    Ok(passphrase)
}

/// Compares the words as two people on the phone do, and picks the one that was heard.
pub(crate) async fn compare(host: &Browser, guest: &Browser) -> Result<()> {
    host.see("#admit-words-list li").await?;
    let heard = guest.texts("#enter-words li").await?;
    let shown = host.texts("#admit-words-list li").await?;
    ensure!(heard.len() == 6 && shown.len() == 6, "{heard:?} {shown:?}");
    let blank = people("admit-words-blank")?;
    let place = shown
        .iter()
        .position(|word| *word == blank)
        .context("no word is asked")?;
    for (number, (heard, shown)) in heard.iter().zip(&shown).enumerate() {
        ensure!(number == place || heard == shown, "{heard} is not {shown}");
    }
    let word = heard.get(place).context("six words")?;
    let script = "const radio = [...document.querySelectorAll('#admit-words input')].find((one) => one.value === arguments[0]);
        radio?.click(); return !!radio";
    let picked = host.run(script, vec![word.clone().into()]).await?;
    ensure!(picked == json!(true), "{word} is not among the choices");
    host.click("#admit-let-in").await?;
    host.see("#admit-done").await
}

/// From the words to the work list of the new browser.
pub(crate) async fn come_in(guest: &Browser) -> Result<()> {
    guest.click("#setup-finish").await?;
    guest.see("#nav-work").await
}

/// Lets in another device of the person at `host`. Returns its passphrase.
async fn add_device(
    host: &Browser,
    guest: &Browser,
    relay: &Relay,
    canary: &mut Canary,
) -> Result<String> {
    host.click("#nav-people").await?;
    host.click("#people-add-device").await?;
    host.click("#admit-next").await?;
    let passphrase = knock(host, guest, relay, canary).await?;
    compare(host, guest).await?;
    host.click("#admit-done").await?;
    come_in(guest).await?;
    Ok(passphrase)
}

/// Finds the dossier with this text among all that this desk has, and opens its conversation.
pub(crate) async fn open_dossier(desk: &Browser, text: &str) -> Result<()> {
    desk.click("#nav-dossiers").await?;
    desk.paste("#search", text).await?;
    desk.click("#dossiers-table .desk-open").await?;
    desk.see("#part-panel").await?;
    part(desk, "part-conversation").await?;
    desk.says("#conversation-list", text).await.map(drop)
}

/// Replies, and again while the keys of the dossier are being renewed: what was typed stays.
async fn insist(desk: &Browser, text: &str) -> Result<()> {
    desk.write("#reply", text).await?;
    let send = "if (document.querySelector('#conversation-list').innerText.includes(arguments[0])) return true;
        document.querySelector('#send-reply').click(); return false";
    desk.wait("a reply that is taken", send, vec![text.into()])
        .await?;
    sent(desk, text).await
}

#[tokio::test]
async fn a_director_lets_in_a_colleague_who_reads_an_earlier_dossier_and_answers() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let host = Browser::chromium("letting in, director").await?;
    set_up(&host, &relay, &mut canary).await?;
    let reporter = Browser::chromium("letting in, reporter").await?;
    let story = canary.text("Voor jullie kwam");
    let kept = report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&host).await?;

    let name = canary.text("Kim");
    host.click("#nav-people").await?;
    host.says("#main", &people("people-outside-title")?).await?;
    host.click("#people-admit").await?;
    host.click("#admit-next").await?;
    host.see("#admit-name-error").await?;
    host.write("#admit-name", &name).await?;
    host.see("#admit-teams input:checked").await?;
    host.click("#admit-next").await?;
    let guest = Browser::chromium("letting in, colleague").await?;
    knock(&host, &guest, &relay, &mut canary).await?;
    compare(&host, &guest).await?;
    host.says("#main", &name).await?;
    come_in(&guest).await?;
    host.click("#admit-done").await?;
    host.says("#main", &name).await?;

    open_dossier(&guest, &story).await?;
    let answer = canary.text("Ik lees mee");
    reply(&guest, &answer).await?;
    // The page learns who belongs to the team when it is opened.
    synced(&host).await?;
    come_back(&reporter, &relay, &kept.join(" ")).await?;
    reporter.says("#reply-list", &answer).await?;
    open_dossier(&host, &story).await?;
    host.says("#conversation-list", &answer).await?;
    canary.search(relay, vec![host, guest, reporter]).await
}

#[tokio::test]
async fn words_that_are_not_the_same_let_nobody_in() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let host = Browser::chromium("other words, director").await?;
    set_up(&host, &relay, &mut canary).await?;
    host.click("#nav-people").await?;
    host.click("#people-add-device").await?;
    host.click("#admit-next").await?;
    let guest = Browser::chromium("other words, guest").await?;
    knock(&host, &guest, &relay, &mut canary).await?;
    host.see("#admit-words-list li").await?;
    host.click("#admit-differ").await?;
    host.says("#title", &people("admit-differed-title")?)
        .await?;
    host.click("#admit-stop").await?;
    host.see("#people-admit").await?;
    let devices = host.texts(".people-devices li").await?;
    // This browser and the sheet, and nothing else.
    ensure!(devices.len() == 2, "{devices:?}");
    canary.search(relay, vec![host, guest]).await
}

#[tokio::test]
async fn a_stolen_laptop_loses_its_access_at_once_and_says_so() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let home = Browser::chromium("stolen laptop, at home").await?;
    set_up(&home, &relay, &mut canary).await?;
    let laptop = Browser::chromium("stolen laptop").await?;
    let passphrase = add_device(&home, &laptop, &relay, &mut canary).await?;
    let reporter = Browser::chromium("stolen laptop, reporter").await?;
    let before = canary.text("Voor de diefstal");
    report(&reporter, &relay, &mut canary, &before, Check::Skip).await?;
    laptop.says("#main", &before).await?;

    home.click("#nav-people").await?;
    let revoke = "[...document.querySelectorAll('.people-devices')][0].querySelectorAll('.people-revoke')[1].click()";
    home.run(revoke, Vec::new()).await?;
    home.says("#people-question", &people("revoke-title")?)
        .await?;
    home.click("#people-confirm").await?;
    laptop.says("#title", &people("revoked-title")?).await?;
    synced(&home).await?;

    // What comes now is not for the laptop, not even after unlocking it again.
    let after = canary.text("Na de diefstal");
    reporter.write("#reply", &after).await?;
    reporter.click("#send").await?;
    open_dossier(&home, &before).await?;
    home.says("#conversation-list", &after).await?;
    laptop.click("#start-again").await?;
    unlock(&laptop, &passphrase).await?;
    laptop.says("#title", &people("revoked-title")?).await?;
    let page = laptop
        .run("return document.body.innerText", Vec::new())
        .await?;
    ensure!(!page.to_string().contains(&after));

    // The thief gone, the browser is cleared and comes in anew.
    laptop.click("#forget").await?;
    laptop
        .write("#forget-word", &people("forget-word")?)
        .await?;
    laptop.click("#forget-confirm").await?;
    laptop.see("#enter-invitation").await?;
    canary.search(relay, vec![home, laptop, reporter]).await
}

#[tokio::test]
async fn a_browser_that_lost_its_data_comes_back_with_the_sheet_and_loses_no_dossier() -> Result<()>
{
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("recovery").await?;
    let names = [
        canary.public("Centrum"),
        canary.public("Meldlijn"),
        canary.text("Noor Proef"),
    ];
    let (_, sheet) = set_up_with_sheet(&desk, &relay, &mut canary, &names).await?;
    let reporters = [
        Browser::chromium("recovery, first reporter").await?,
        Browser::chromium("recovery, second reporter").await?,
    ];
    let stories = [canary.text("De eerste"), canary.text("De tweede")];
    let mut kept = Vec::new();
    for (reporter, story) in reporters.iter().zip(&stories) {
        kept.push(report(reporter, &relay, &mut canary, story, Check::Skip).await?);
        open_new_report(&desk).await?;
    }
    synced(&desk).await?;

    let origin = relay.url("/");
    let everything = json!({ "origin": origin.trim_end_matches('/'), "storageTypes": "all" });
    desk.go("about:blank").await?;
    desk.devtools("Storage.clearDataForOrigin", everything)
        .await?;
    desk.go(&relay.url("/desk/")).await?;
    desk.click("#enter-with-sheet").await?;
    // A word is missing, then one is misspelt.
    let typed = sheet.join(", ").to_uppercase();
    let short = typed.rsplit_once(',').map_or("", |(rest, _)| rest);
    desk.paste("#enter-sheet", short).await?;
    desk.click("#enter-next").await?;
    desk.says("#enter-sheet-error", "23").await?;
    desk.paste("#enter-sheet", &format!("{short}, QQQQ"))
        .await?;
    desk.click("#enter-next").await?;
    desk.says("#enter-sheet-error", "24").await?;
    desk.paste("#enter-sheet", &typed).await?;
    desk.click("#enter-next").await?;
    desk.says("#main", names.first().context("a name")?).await?;
    desk.see("fieldset input:checked").await?;
    desk.click("#enter-next").await?;
    choose(&desk, &mut canary).await?;
    desk.says("#main", &people("enter-done-restored")?).await?;
    come_in(&desk).await?;

    for ((reporter, story), words) in reporters.iter().zip(&stories).zip(&kept) {
        open_dossier(&desk, story).await?;
        let answer = canary.text("Ik ben terug");
        insist(&desk, &answer).await?;
        synced(&desk).await?;
        come_back(reporter, &relay, &words.join(" ")).await?;
        reporter.says("#reply-list", &answer).await?;
    }
    desk.click("#nav-dossiers").await?;
    desk.paste("#search", "").await?;
    let found = desk.texts("#dossiers-count").await?.concat();
    ensure!(found.contains('2'), "two dossiers: {found}");
    let mut browsers = vec![desk];
    browsers.extend(reporters);
    canary.search(relay, browsers).await
}

#[tokio::test]
async fn a_federation_is_let_in_and_gets_its_own_reports_only() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let centre = Browser::chromium("letting in a federation, centre").await?;
    let names = [
        canary.public("Centrum"),
        canary.public("Meldpunt"),
        canary.text("Noor Proef"),
    ];
    let (_, sheet) = set_up_with_sheet(&centre, &relay, &mut canary, &names).await?;
    let federation = [canary.public("Proefbond"), canary.public("Meldlijn")];
    let [bond, line] = &federation;
    centre.click("#nav-people").await?;
    centre.click("#people-found").await?;
    centre.write("#admit-organisation", bond).await?;
    centre.write("#admit-line", line).await?;
    centre
        .write("#admit-name", &canary.text("Ilse Proef"))
        .await?;
    centre.paste("#admit-sheet", &sheet.join(" ")).await?;
    centre.click("#admit-next").await?;
    let director = Browser::chromium("letting in a federation, its director").await?;
    knock(&centre, &director, &relay, &mut canary).await?;
    compare(&centre, &director).await?;
    come_in(&director).await?;
    centre.click("#admit-done").await?;
    centre.says("#main", bond).await?;
    synced(&director).await?;
    synced(&centre).await?;

    // Somebody writes to the federation, and it alone reads that.
    let reporter = Browser::chromium("letting in a federation, reporter").await?;
    let story = canary.text("Voor de bond");
    let choose = "const label = [...document.querySelectorAll('#line label')].find((one) => one.innerText.includes(arguments[0]));
        label?.click(); return !!label";
    // The line is there as soon as its desk has made its keys and a witness has vouched for them.
    until("the federation's line", PATIENCE, async || {
        reporter.go(&relay.url("/")).await?;
        reporter.see("#story").await?;
        let chosen = reporter.run(choose, vec![line.as_str().into()]).await?;
        Ok((chosen == json!(true)).then_some(()))
    })
    .await?;
    reporter.write("#story", &story).await?;
    let kept = keep_words(&reporter, &mut canary).await?;
    send_first(&reporter, &kept, Check::Skip).await?;
    stored(&reporter, &story).await?;
    open_new_report(&director).await?;
    director.says("#main", &story).await?;
    let answer = canary.text("Wij lezen dit");
    insist(&director, &answer).await?;
    reporter.says("#reply-list", &answer).await?;
    centre.click("#nav-dossiers").await?;
    synced(&centre).await?;
    let seen = centre
        .run("return document.body.innerText", Vec::new())
        .await?;
    ensure!(!seen.to_string().contains(&story), "the centre reads it");
    canary.search(relay, vec![centre, director, reporter]).await
}

#[tokio::test]
async fn a_colleague_who_leaves_reads_nothing_more() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let host = Browser::chromium("leaving, director").await?;
    set_up(&host, &relay, &mut canary).await?;
    let name = canary.text("Kim");
    host.click("#nav-people").await?;
    host.click("#people-admit").await?;
    host.write("#admit-name", &name).await?;
    host.see("#admit-teams input:checked").await?;
    host.click("#admit-next").await?;
    let guest = Browser::chromium("leaving, colleague").await?;
    knock(&host, &guest, &relay, &mut canary).await?;
    compare(&host, &guest).await?;
    come_in(&guest).await?;
    host.click("#admit-done").await?;
    // An answer that the reporter's open page reads, although this colleague came after it was opened.
    let reporter = Browser::chromium("leaving, reporter").await?;
    let story = canary.text("Voor het vertrek");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&guest).await?;
    let answer = canary.text("Van wie gaat");
    insist(&guest, &answer).await?;
    reporter.says("#reply-list", &answer).await?;

    host.click("#nav-people").await?;
    let more = "const row = [...document.querySelectorAll('.people-one')].find((one) => one.innerText.includes(arguments[0]));
        row?.querySelector('.people-more')?.click(); return !!row";
    host.wait("the colleague", more, vec![name.as_str().into()])
        .await?;
    host.click("#people-leave").await?;
    host.write("#people-name", "Iemand anders").await?;
    host.click("#people-confirm").await?;
    host.see("#people-name-error").await?;
    host.paste("#people-name", &name).await?;
    host.click("#people-confirm").await?;
    guest.says("#title", &people("revoked-title")?).await?;
    synced(&host).await?;
    let after = canary.text("Na het vertrek");
    reporter.write("#reply", &after).await?;
    reporter.click("#send").await?;
    open_dossier(&host, &story).await?;
    host.says("#conversation-list", &after).await?;
    // What the leaver answered stays, and what comes now is answered by who is left.
    let last = canary.text("Ik neem het over");
    insist(&host, &last).await?;
    reporter.says("#reply-list", &last).await?;
    reporter.says("#reply-list", &answer).await?;
    canary.search(relay, vec![host, guest, reporter]).await
}

#[tokio::test]
async fn axe_has_nothing_against_letting_in_and_coming_back() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let mut judge = Judge::new()?;
    let host = Browser::chromium("axe, people").await?;
    let guest = Browser::chromium("axe, newcomer").await?;
    let names = [
        canary.public("Centrum"),
        canary.public("Meldlijn"),
        canary.text("Noor Proef"),
    ];
    let (_, sheet) = set_up_with_sheet(&host, &relay, &mut canary, &names).await?;
    host.click("#nav-people").await?;
    host.click(".people-more").await?;
    judge.look(&host, "people").await?;
    host.click("#people-found").await?;
    host.click("#admit-next").await?;
    host.see("#admit-organisation-error").await?;
    judge.look(&host, "organisation").await?;
    host.click("#admit-stop").await?;
    host.click("#people-admit").await?;
    host.write("#admit-name", &canary.text("Kim")).await?;
    judge.look(&host, "colleague").await?;
    host.click("#admit-next").await?;
    host.see("#admit-code").await?;
    judge.look(&host, "invitation").await?;

    guest.go(&relay.url("/desk/")).await?;
    guest.see("#enter-invitation").await?;
    judge.look(&guest, "ways in").await?;
    guest.click("#enter-invitation").await?;
    guest.click("#enter-next").await?;
    guest.see("#enter-code-error").await?;
    judge.look(&guest, "code").await?;
    guest.click("#enter-back").await?;
    guest.click("#enter-with-sheet").await?;
    guest.write("#enter-sheet", "aap noot").await?;
    guest.click("#enter-next").await?;
    guest.see("#enter-sheet-error").await?;
    judge.look(&guest, "sheet").await?;
    guest.paste("#enter-sheet", &sheet.join(" ")).await?;
    guest.click("#enter-next").await?;
    guest.see("fieldset input:checked").await?;
    judge.look(&guest, "lost browsers").await?;
    knock(&host, &guest, &relay, &mut canary).await?;
    judge.look(&guest, "words to read").await?;
    host.see("#admit-words-list li").await?;
    judge.look(&host, "words to compare").await?;
    compare(&host, &guest).await?;
    judge.look(&host, "let in").await?;
    guest.see("#setup-finish").await?;
    judge.look(&guest, "in").await?;
    host.click("#admit-done").await?;
    host.click(".people-one:first-child .people-more").await?;
    host.click("#people-leave").await?;
    judge.look(&host, "leaving").await?;
    host.click("#people-turn-back").await?;
    let revoke = "[...document.querySelectorAll('.people-devices')].at(-1).querySelector('.people-revoke').click()";
    host.run(revoke, Vec::new()).await?;
    judge.look(&host, "revoking").await?;
    host.click("#people-confirm").await?;
    guest.see("#forget").await?;
    judge.look(&guest, "revoked").await?;
    guest.click("#forget").await?;
    guest.see("#forget-word").await?;
    judge.look(&guest, "clearing").await?;
    judge.verdict()?;
    canary.search(relay, vec![host, guest]).await
}

#[tokio::test]
async fn two_directors_sign_where_two_are_asked() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let mut judge = Judge::new()?;
    let host = Browser::chromium("two directors, first").await?;
    let names = [
        canary.public("Centrum"),
        canary.public("Meldlijn"),
        canary.text("Noor Proef"),
    ];
    let (_, sheet) = set_up_with_sheet(&host, &relay, &mut canary, &names).await?;
    let name = canary.text("Kim");
    host.click("#nav-people").await?;
    host.click("#people-admit").await?;
    host.write("#admit-name", &name).await?;
    host.see("#admit-teams input:checked").await?;
    host.click("#admit-next").await?;
    let guest = Browser::chromium("two directors, second").await?;
    knock(&host, &guest, &relay, &mut canary).await?;
    compare(&host, &guest).await?;
    come_in(&guest).await?;
    host.click("#admit-done").await?;
    host.says("#main", &name).await?;

    host.click(".people-name-directors").await?;
    host.click("[id^=directs-]:not(:checked)").await?;
    host.click("#naming-add").await?;
    host.click("#naming-confirm").await?;
    host.see("#naming-sheet-error").await?;
    judge.look(&host, "naming directors").await?;
    host.paste("#naming-sheet", &sheet.join(" ")).await?;
    host.click("#naming-confirm").await?;
    host.says(".people-directors", &people("directors-two")?)
        .await?;
    host.says(".people-directors", &name).await?;
    synced(&guest).await?;

    // A role waits for the second director, who sees what it is before signing.
    let more = "const row = [...document.querySelectorAll('.people-one')].find((one) => one.innerText.includes(arguments[0]));
        row?.querySelector('.people-more')?.click(); return !!row";
    host.wait("the colleague", more, vec![name.as_str().into()])
        .await?;
    let coordinator = "const label = [...document.querySelectorAll('.people-details label')].find((one) => one.innerText.includes(arguments[0]));
        label?.click(); return !!label";
    let role = words::desk("role-coordinator")?;
    host.wait("the role", coordinator, vec![role.as_str().into()])
        .await?;
    host.see(".waiting-code").await?;
    judge.look(&host, "waiting for a second director").await?;
    let code = host.texts(".waiting-code").await?.concat();
    guest.click("#nav-people").await?;
    guest.paste("#signing-code", "ABCDE").await?;
    guest.click("#signing-read").await?;
    guest.says("#main", &people("err-outdated")?).await?;
    guest.paste("#signing-code", &code.to_lowercase()).await?;
    guest.click("#signing-read").await?;
    guest.says("#signing-says", &role).await?;
    judge.look(&guest, "signing too").await?;
    guest.click("#signing-sign").await?;
    let over = "return !document.querySelector('.waiting-code')";
    host.wait("nothing that waits", over, Vec::new()).await?;
    guest.says("#main", &role).await?;
    judge.verdict()?;
    canary.search(relay, vec![host, guest]).await
}
