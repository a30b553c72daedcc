//! Statements: signed promises beside the log.

use sluis_directory::Statement;
use sluis_directory::statement::StatementKey;
use sluis_wire::api::{Done, Problem, StatementList, StatementPage, StatementPut};
use sluis_wire::time::{DAY, UnixTime};
use sluis_wire::{codec, limits};

use crate::app::{App, Staff};
use crate::error::Refusal;
use crate::store::{self, Store, Write};

/// Days that a statement stays after its key has ended: intake sealed to it may wait so long, and a month beside.
const KEPT_DAYS: u64 = limits::INTAKE_DAYS + 30;

/// Takes a statement in.
///
/// # Errors
/// [`Problem::Refused`] when it does not hold, [`Problem::Conflict`] when another has its place.
pub(crate) async fn put<S: Store>(app: App<S>, call: StatementPut) -> Result<Done, Refusal> {
    let _changing = app.changing().await;
    let directory = app.need_directory()?;
    let statement = Statement::parse(&call.statement)?.verify(&directory, app.now())?;
    if !statement.wraps_match(&call.wraps) {
        return Err(Problem::Refused.into());
    }
    let slot = codec::encode(&statement.key());
    let held = app.store().statement(&slot).await?;
    if held.as_ref() == Some(&call.statement) {
        return Ok(Done);
    }
    if let Some(held) = &held {
        let held = Statement::parse(held)?.verify_past(&directory)?;
        if !statement.replaces(&held, &directory) {
            return Err(Problem::Conflict.into());
        }
    }
    let staff = next_staff(&app, &statement)?;
    let new = store::Statement {
        slot,
        replaces: held,
        expires: expiry(&statement),
        frame: call.statement,
        wraps: call.wraps,
    };
    app.store().write(Write::Statement(new)).await?;
    if let Some(staff) = staff {
        app.set_staff(staff);
    }
    Ok(Done)
}

/// The staff capability that holds from this statement on, when it is the newest. Epochs follow one another, so that nobody can jump to
/// the last one and shut the others out.
fn next_staff<S: Store>(app: &App<S>, statement: &Statement) -> Result<Option<Staff>, Refusal> {
    let Statement::StaffCapability(body) = statement else {
        return Ok(None);
    };
    let newest = app.staff().map(|staff| staff.epoch);
    let next = newest.map_or(Some(0), |epoch| epoch.checked_add(1));
    if Some(body.epoch) > next {
        return Err(Problem::Conflict.into());
    }
    Ok((Some(body.epoch) >= newest).then_some(Staff {
        epoch: body.epoch,
        key: body.key,
    }))
}

fn expiry(statement: &Statement) -> Option<UnixTime> {
    let end = match (statement.key(), statement) {
        (StatementKey::TeamIntake(..), Statement::TeamIntake(body)) => body.not_after(),
        (StatementKey::MonthKey(..), Statement::MonthKey(body)) => body.not_after,
        _ => return None,
    };
    Some(end.plus(KEPT_DAYS * DAY))
}

/// Lists statements.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn list<S: Store>(
    app: App<S>,
    call: StatementList,
) -> Result<StatementPage, Refusal> {
    Ok(app.store().statements(call.after, limits::ANSWER).await?)
}
