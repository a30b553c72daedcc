//! A director adds a subject to the classification and renames another; a case manager uses it; when it is retired the old dossier still says it. And
//! who is accused is kept only once a director has switched that on.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::access::Judge;
use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::part;
use crate::two_desks::{demonstration, enter};
use crate::words;

/// A director of the centre and a case manager.
const MARIT: u8 = 0;
const SANNE: u8 = 2;

/// Chooses the option with these words.
const CHOOSE: &str = "const [css, words] = arguments, box = document.querySelector(css);
    const option = [...(box?.options ?? [])].find((one) => one.textContent.trim() === words);
    if (!option) return false;
    box.value = option.value;
    box.dispatchEvent(new Event('change', { bubbles: true }));
    return true";
const OPTIONS: &str =
    "return [...document.querySelector(arguments[0]).options].map((one) => one.textContent.trim())";
/// Clicks on a button of the subject with this name.
const OF: &str = "const one = [...document.querySelectorAll('.desk-item')].find((one) => one.querySelector('.sluis-strong')?.textContent === arguments[0]);
    one?.querySelector(arguments[1])?.click(); return !!one";

fn policy(key: &str) -> Result<String> {
    words::words("nl", "policy", key)
}

fn common(key: &str) -> Result<String> {
    words::words("nl", "common", key)
}

async fn choose(desk: &Browser, css: &str, words: &str) -> Result<()> {
    desk.wait(
        &format!("\"{words}\" in {css}"),
        CHOOSE,
        vec![json!(css), json!(words)],
    )
    .await
    .map(drop)
}

async fn options(desk: &Browser, css: &str) -> Result<Vec<String>> {
    let found = desk.run(OPTIONS, vec![json!(css)]).await?;
    let found = found.as_array().into_iter().flatten();
    Ok(found
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect())
}

async fn on_subject(desk: &Browser, name: &str, button: &str) -> Result<()> {
    desk.wait(name, OF, vec![json!(name), json!(button)])
        .await
        .map(drop)
}

/// Fills in both names, as far as they are not as they should be, and saves.
async fn save(desk: &Browser, dutch: &str, english: &str) -> Result<()> {
    desk.paste("#class-dutch", dutch).await?;
    desk.paste("#class-english", english).await?;
    desk.click("#class-save").await
}

/// Waits until all changes of the classification are at the server.
async fn settled(desk: &Browser) -> Result<()> {
    let script = "return document.querySelector('#classes-pending')?.textContent === ''";
    desk.wait("changes that have left", script, Vec::new())
        .await
        .map(drop)
}

async fn table(desk: &Browser) -> Result<()> {
    desk.click("#nav-settings").await?;
    desk.click("#settings-classes-open").await?;
    desk.see("#class-transgressive").await
}

/// A new dossier with this story; its classification is on screen.
async fn new_dossier(desk: &Browser, story: &str) -> Result<()> {
    desk.click("#new-dossier").await?;
    desk.write("#new-first-story", story).await?;
    desk.click("#new-save").await?;
    desk.see("#part-panel").await?;
    part(desk, "part-story").await?;
    desk.see("#subcategory").await
}

#[tokio::test]
async fn a_subject_comes_is_renamed_and_goes_and_a_dossier_keeps_what_it_said() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let marit = Browser::chromium("classification, director").await?;
    let sanne = Browser::chromium("classification, case manager").await?;
    enter(&marit, &relay, MARIT).await?;
    enter(&sanne, &relay, SANNE).await?;
    let mut judge = Judge::new()?;

    let (hazing, bullying) = (canary.public("Ontgroening"), common("sub-bullying")?);
    let renamed = canary.public("Pesten en buitensluiten");
    table(&marit).await?;
    marit.click("#class-transgressive-add").await?;
    save(&marit, &bullying.to_uppercase(), "").await?;
    marit.says("#main", &policy("class-taken")?).await?;
    marit.says("#main", &policy("class-empty")?).await?;
    marit.picture("classes-form", "#class-title").await?;
    judge.look(&marit, "classification with a form").await?;
    save(&marit, &hazing, "Hazing").await?;
    marit.says("#main", &hazing).await?;
    on_subject(&marit, &bullying, ".class-rename").await?;
    save(&marit, &renamed, "Bullying and shutting out").await?;
    marit.says("#main", &renamed).await?;
    settled(&marit).await?;
    marit.picture("classes", "#title").await?;
    judge.look(&marit, "classification").await?;

    // A case manager sees the same list, and changes nothing.
    table(&sanne).await?;
    sanne.says("#main", &renamed).await?;
    sanne
        .says("#main", &policy("classes-asks-director")?)
        .await?;
    ensure!(sanne.texts(".class-rename").await?.is_empty(), "may rename");
    let story = canary.text("Een eerste avond bij de club");
    new_dossier(&sanne, &story).await?;
    choose(&sanne, "#category", &common("category-transgressive")?).await?;
    choose(&sanne, "#subcategory", &hazing).await?;

    on_subject(&marit, &hazing, ".class-retire").await?;
    marit.picture("classes-retire", "#class-title").await?;
    marit.click("#class-save").await?;
    marit.says(".class-gone", &hazing).await?;
    settled(&marit).await?;

    // The old dossier still says it.
    let was = policy("class-was")?.replace("{ $name }", &hazing);
    let says = "const box = document.querySelector('#subcategory');
        return box?.selectedOptions[0]?.textContent.trim() === arguments[0]";
    sanne
        .wait("a subject that was", says, vec![json!(was)])
        .await?;
    sanne.picture("classes-was", "#subcategory").await?;
    judge.look(&sanne, "dossier with a retired subject").await?;
    sanne.click("#nav-dossiers").await?;
    sanne.paste("#search", &hazing).await?;
    sanne.says("#dossiers-table", &hazing).await?;

    // A new one is not offered it.
    new_dossier(&sanne, &canary.text("Een tweede avond")).await?;
    choose(&sanne, "#category", &common("category-transgressive")?).await?;
    choose(&sanne, "#subcategory", &renamed).await?;
    let offered = options(&sanne, "#subcategory").await?;
    ensure!(
        !offered.iter().any(|one| one.contains(&hazing)),
        "{offered:?}"
    );
    ensure!(!offered.contains(&bullying), "{offered:?}");
    judge.verdict()?;
    canary.search(relay, vec![marit, sanne]).await
}

#[tokio::test]
async fn who_is_accused_is_kept_only_once_a_director_switches_it_on() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let marit = Browser::chromium("respondents, director").await?;
    enter(&marit, &relay, MARIT).await?;
    let mut judge = Judge::new()?;
    new_dossier(&marit, &canary.text("Een gesprek met de trainer")).await?;
    let accused = words::words("nl", "involved", "role-respondent")?;
    marit.click("#part-people").await?;
    marit.click("#person-add").await?;
    choose(&marit, "#person-role", &accused).await?;
    let hidden = words::words("nl", "involved", "contact-respondent")?;
    marit.says("#part-panel", &hidden).await?;
    ensure!(marit.texts("#person-name").await?.is_empty(), "a name");
    marit.click("#person-cancel").await?;

    marit.click("#nav-settings").await?;
    marit.says("#main", &policy("respondents-off")?).await?;
    marit.click("#respondents-begin").await?;
    marit.click("#respondents-confirm").await?;
    marit.says("#main", &policy("respondents-empty")?).await?;
    let ground = policy("ground-membership")?;
    choose(&marit, "#respondents-pick", &ground).await?;
    let why = canary.text("Besluit van het bestuur van maandag");
    marit.write("#respondents-reasons", &why).await?;
    marit.picture("respondents", "#respondents-title").await?;
    judge.look(&marit, "policy about respondents").await?;
    marit.click("#respondents-confirm").await?;
    marit.says("#main", &why).await?;

    marit.click("#nav-dossiers").await?;
    marit.click("#dossiers-table .desk-open").await?;
    marit.click("#part-people").await?;
    marit.click("#person-add").await?;
    choose(&marit, "#person-role", &accused).await?;
    marit.says("#part-panel", &ground).await?;
    let name = canary.text("Piet");
    marit.write("#person-name", &name).await?;
    marit.picture("respondents-form", "#person-contact").await?;
    marit.click("#person-save").await?;
    marit.says("#people-list", &name).await?;

    // Off again: what was noted stays in sight, and says that it does.
    marit.click("#nav-settings").await?;
    marit.click("#respondents-stop").await?;
    marit.click("#respondents-confirm").await?;
    marit.says("#main", &policy("respondents-off")?).await?;
    marit.click("#nav-dossiers").await?;
    marit.click("#dossiers-table .desk-open").await?;
    marit.click("#part-people").await?;
    marit
        .says("#people-list", &policy("contact-ground-over")?)
        .await?;
    marit.says("#people-list", &name).await?;
    marit.picture("respondents-over", "#people-list").await?;
    judge.look(&marit, "a respondent from before").await?;
    judge.verdict()?;
    canary.search(relay, vec![marit]).await
}
