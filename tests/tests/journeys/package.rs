//! A dossier leaves as a locked package; somebody elsewhere types its words, sees what is in it, and makes a dossier of it.

use anyhow::{Context as _, Result, ensure};
use base64ct::{Base64, Encoding as _};
use serde_json::json;

use crate::access::Judge;
use crate::browser::{Browser, PATIENCE, until};
use crate::canary::Canary;
use crate::two_desks::{demonstration, enter};
use crate::words;

/// Somebody of the centre, and somebody of a federation who has no access to the dossier.
const MARIT: u8 = 0;
const NOOR: u8 = 5;

/// Chooses a file with this content and name.
const CHOOSE: &str = "const [name, content] = arguments, list = new DataTransfer();
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    list.items.add(new File([bytes], name));
    const field = document.querySelector('#package-file');
    field.files = list.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return true";

fn text(key: &str) -> Result<String> {
    words::words("nl", "package", key)
}

async fn choose(desk: &Browser, name: &str, content: &[u8]) -> Result<()> {
    let content = Base64::encode_string(content);
    desk.run(CHOOSE, vec![json!(name), json!(content)]).await?;
    desk.says("#package-name", name).await.map(drop)
}

/// The file that was handed over, once it is there.
async fn packed(desk: &Browser) -> Result<Vec<u8>> {
    let folder = tempfile::TempDir::with_prefix("sluis-package-")?;
    let to = json!({ "behavior": "allow", "downloadPath": folder.path() });
    desk.devtools("Browser.setDownloadBehavior", to).await?;
    desk.click("#pack-make").await?;
    until("the package", PATIENCE, async || {
        let mut files = std::fs::read_dir(folder.path())?.flatten();
        let file = files.find(|file| file.path().extension().is_some_and(|end| end == "sluis"));
        Ok(match file {
            Some(file) => Some(std::fs::read(file.path())?),
            None => None,
        })
    })
    .await
}

#[tokio::test]
async fn a_dossier_goes_to_another_desk_as_a_package_that_only_its_words_open() -> Result<()> {
    let (relay, mut canary) = (demonstration().await?, Canary::new());
    let mut judge = Judge::new()?;
    let marit = Browser::chromium("package, marit").await?;
    enter(&marit, &relay, MARIT).await?;
    let story = canary.text("Wat naar een andere organisatie moet:");
    marit.click("#new-dossier").await?;
    marit.write("#new-first-story", &story).await?;
    marit.click("#new-save").await?;
    marit.see("#part-panel").await?;
    marit.click("#part-log").await?;
    marit.click("#pack").await?;
    marit.click("#pack-contacts").await?;
    // Contact data does not go without a reason, and nothing that was chosen is lost.
    marit.click("#pack-make").await?;
    marit
        .says("#part-panel", &words::desk("err-incomplete")?)
        .await?;
    let reason = canary.text("Nodig voor de overdracht");
    marit.write("#pack-reason", &reason).await?;
    let kept = marit.value("#pack-reason").await?;
    ensure!(kept == reason, "typed and lost: {kept}");
    marit.picture("pack", "#pack-title").await?;
    judge.look(&marit, "what goes into a package").await?;
    let file = packed(&marit).await?;
    marit.see("#pack-words").await?;
    marit.picture("pack-words", "#pack-title").await?;
    judge.look(&marit, "the words of a package").await?;
    let typed = marit.texts("#pack-words li").await?.join(" ");
    ensure!(
        typed.split_whitespace().count() == 8,
        "eight words: {typed}"
    );
    canary.secret(&typed);
    marit.click("#pack-done").await?;
    marit
        .says("#part-panel", &text("log-made-contacts")?)
        .await?;

    let noor = Browser::chromium("package, noor").await?;
    enter(&noor, &relay, NOOR).await?;
    noor.click("#new-dossier").await?;
    // A part of the file, another file, and words that do not belong to it.
    let half = file.get(..file.len() / 2).context("half of it")?;
    noor.paste("#package-words", &typed).await?;
    for (content, fault) in [
        (half, "err-not-whole"),
        (b"geen pakket".as_slice(), "err-not-whole"),
    ] {
        choose(&noor, "stuk.sluis", content).await?;
        noor.click("#package-open").await?;
        noor.says("#main", &text(fault)?).await?;
    }
    choose(&noor, "heel.sluis", &file).await?;
    noor.paste("#package-words", "een twee drie").await?;
    noor.click("#package-open").await?;
    noor.says("#main", &text("err-words")?).await?;
    noor.picture("package-fault", "#package-title").await?;
    judge.look(&noor, "a package that does not open").await?;
    noor.paste("#package-words", &typed).await?;
    noor.click("#package-open").await?;
    noor.says("#package-inside", &story).await?;
    noor.says("#package-inside", "Centrum Veilige Sport (demo)")
        .await?;
    noor.picture("package-inside", "#package-title").await?;
    judge.look(&noor, "what is in a package").await?;
    noor.click("#package-take").await?;
    noor.see("#part-panel").await?;
    ensure!(
        noor.value("#first-story").await? == story,
        "the story came along"
    );
    noor.click("#part-log").await?;
    let taken = text("log-taken")?.replace("{ $name }", "Centrum Veilige Sport (demo)");
    let (taken, _) = taken.split_once("{ $number }").context("a number")?;
    noor.says("#part-panel", taken).await?;
    judge.verdict()?;
    canary.search(relay, vec![marit, noor]).await
}
