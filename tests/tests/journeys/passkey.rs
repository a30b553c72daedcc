//! A second lock: a vault that opens with the passphrase and an authenticator, never with one of them, and the way back.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{set_up, unlock};
use crate::relay::Relay;
use crate::words;

/// An authenticator of Chromium's own, with or without the secret function. Gives its name.
async fn authenticator(desk: &Browser, prf: bool) -> Result<String> {
    let options = json!({ "options": {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "hasPrf": prf, "automaticPresenceSimulation": true, "isUserVerified": true,
    } });
    let added = desk
        .devtools("WebAuthn.addVirtualAuthenticator", options)
        .await?;
    let id = added.get("authenticatorId").and_then(Value::as_str);
    Ok(id.context("no authenticator")?.to_owned())
}

async fn remove(desk: &Browser, authenticator: &str) -> Result<()> {
    let which = json!({ "authenticatorId": authenticator });
    desk.devtools("WebAuthn.removeVirtualAuthenticator", which)
        .await
        .map(drop)
}

/// Opens the form in the settings, types the passphrase and goes on.
async fn change(desk: &Browser, passphrase: &str) -> Result<()> {
    desk.click("#nav-settings").await?;
    if desk.texts("#lock-passphrase").await?.is_empty() {
        desk.click("#lock-begin").await?;
    }
    desk.paste("#lock-passphrase", passphrase).await?;
    desk.click("#lock-go").await
}

/// Waits until the settings say so.
async fn says(desk: &Browser, key: &str) -> Result<()> {
    let card = "section[aria-labelledby=second-lock]";
    desk.says(card, &words::desk(key)?).await.map(drop)
}

/// A desk that is set up where authenticators can be asked; its passphrase besides.
async fn set_up_named(name: &str) -> Result<(Relay, Canary, Browser, String)> {
    let (mut relay, mut canary) = (Relay::start().await?, Canary::new());
    // An authenticator wants a name, not a number.
    let port = relay.address().rsplit(':').next().unwrap_or_default();
    let named = format!("localhost:{port}");
    relay.stands_behind(named);
    let desk = Browser::chromium(name).await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    desk.devtools("WebAuthn.enable", json!({})).await?;
    Ok((relay, canary, desk, passphrase))
}

#[tokio::test]
async fn with_a_second_lock_it_takes_both_and_it_can_be_switched_off_again() -> Result<()> {
    let (relay, canary, desk, passphrase) = set_up_named("second lock").await?;

    // One that has no secret function is refused, and nothing has changed.
    let unfit = authenticator(&desk, false).await?;
    change(&desk, &passphrase).await?;
    says(&desk, "err-authenticator-unfit").await?;
    remove(&desk, &unfit).await?;
    let key = authenticator(&desk, true).await?;
    change(&desk, "een andere wachtzin").await?;
    says(&desk, "err-wrong-passphrase").await?;
    change(&desk, &passphrase).await?;
    says(&desk, "lock-is-on").await?;
    says(&desk, "lock-way-back").await?;

    desk.click("#settings-lock").await?;
    desk.says("#unlock-second", &words::desk("lock-with-both")?)
        .await?;
    desk.paste("#unlock-passphrase", "een andere wachtzin")
        .await?;
    desk.click("#unlock").await?;
    desk.see("#unlock-passphrase-error").await?;
    unlock(&desk, &passphrase).await?;

    // Switched off with both, it opens with the passphrase alone.
    change(&desk, &passphrase).await?;
    says(&desk, "lock-what").await?;
    desk.click("#settings-lock").await?;
    desk.see("#unlock-passphrase").await?;
    ensure!(
        desk.texts("#unlock-second").await?.is_empty(),
        "the second lock is still asked for"
    );
    remove(&desk, &key).await?;
    unlock(&desk, &passphrase).await?;
    canary.search(relay, vec![desk]).await
}

#[tokio::test]
async fn without_the_right_authenticator_nothing_opens_and_nothing_is_lost() -> Result<()> {
    let (relay, canary, desk, passphrase) = set_up_named("lost authenticator").await?;
    let key = authenticator(&desk, true).await?;
    change(&desk, &passphrase).await?;
    says(&desk, "lock-is-on").await?;
    desk.click("#settings-lock").await?;
    desk.see("#unlock-passphrase").await?;
    remove(&desk, &key).await?;
    let other = authenticator(&desk, true).await?;
    desk.paste("#unlock-passphrase", &passphrase).await?;
    desk.click("#unlock").await?;
    desk.says("#main", &words::desk("err-no-authenticator")?)
        .await?;
    desk.says("#main", &words::desk("rec-no-authenticator")?)
        .await?;
    remove(&desk, &other).await?;
    canary.search(relay, vec![desk]).await
}
