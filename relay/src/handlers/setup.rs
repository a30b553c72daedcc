//! The relay's greeting, and the one-time set-up of a deployment.

use sluis_directory::Directory;
use sluis_wire::api::{Done, Hello, Problem, SetUp, Welcome};
use subtle::ConstantTimeEq as _;

use crate::app::App;
use crate::error::Refusal;
use crate::folder::normal_code;
use crate::store::{Store, Write};

/// The relay's key and clock.
///
/// # Errors
/// None.
pub(crate) async fn hello<S: Store>(app: App<S>, _: Hello) -> Result<Welcome, Refusal> {
    let directory = app.directory();
    Ok(Welcome {
        relay_key: *app.relay_key().verifying_key().as_bytes(),
        genesis: directory.as_ref().map(|directory| directory.genesis()),
        now: app.now(),
        set_up: directory.is_some(),
    })
}

/// Starts the deployment, once.
///
/// # Errors
/// [`Problem::SetUp`] for a wrong code or when set-up was done, [`Problem::Busy`] after too many wrong codes, [`Problem::Refused`] for entries that
/// do not hold or name another relay.
pub(crate) async fn set_up<S: Store>(app: App<S>, call: SetUp) -> Result<Done, Refusal> {
    let _changing = app.changing().await;
    if app.directory().is_some() {
        return Err(Problem::SetUp.into());
    }
    check_code(&app, &call.code)?;
    let directory = Directory::found(&call.entries, app.now())?;
    if directory.genesis_entry().relay_key != app.relay_key().verifying_key() {
        return Err(Problem::Refused.into());
    }
    app.store()
        .write(Write::Directory {
            from: 0,
            entries: call.entries,
        })
        .await?;
    let genesis = directory.genesis();
    app.set_directory(directory);
    if let Err(error) = app.folder().set_up_done(genesis) {
        // The log is on disk: the next start tries again.
        tracing::error!(%error, "site.json could not be written");
    }
    Ok(Done)
}

fn check_code<S: Store>(app: &App<S>, typed: &str) -> Result<(), Refusal> {
    let now = app.now();
    if !app.wrong_codes().may_try(now) {
        return Err(Problem::Busy.into());
    }
    let code = app
        .setup_code()
        .map_err(|_| Problem::Internal)?
        .ok_or(Problem::SetUp)?;
    let (wanted, typed) = (normal_code(&code), normal_code(typed));
    if bool::from(wanted.as_bytes().ct_eq(typed.as_bytes())) {
        return Ok(());
    }
    app.wrong_codes().note(now);
    Err(Problem::SetUp.into())
}
