//! The intake queue: one for all teams.

use sha2::{Digest as _, Sha256};
use sluis_directory::signature::Label;
use sluis_wire::api::{
    ChallengeRead, Done, IntakeDelete, IntakeLane as Lane, IntakeList, IntakePage, IntakePost,
    IntakeReceipt,
};
use sluis_wire::envelope::IntakeEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::pow::Challenge;
use sluis_wire::time::{DAY, UnixTime};
use sluis_wire::{codec, limits};

use crate::app::App;
use crate::error::Refusal;
use crate::store::{Store, Write};

/// A new challenge.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn challenge<S: Store>(
    app: App<S>,
    _: ChallengeRead,
) -> Result<Challenge, Refusal> {
    let waiting = app.store().intake_waiting(Lane::First.number()).await?;
    Ok(app.gate().challenge(waiting, app.now()))
}

/// Takes a message in. The answer means that it is on disk.
///
/// # Errors
/// [`sluis_wire::api::Problem::Malformed`], [`sluis_wire::api::Problem::WorkWrong`], [`sluis_wire::api::Problem::Busy`] when the lane or the line for checks is full, [`sluis_wire::api::Problem::NotFound`] before
/// set-up.
pub(crate) async fn post<S: Store>(
    app: App<S>,
    call: IntakePost,
) -> Result<IntakeReceipt, Refusal> {
    app.need_directory()?;
    let frame = Frame::parse_as(FrameType::IntakeMessage, &call.envelope)?;
    let header: IntakeEnvelope =
        codec::decode(frame.body(), FrameType::IntakeMessage.max_body_len())?;
    let hash: [u8; 32] = Sha256::digest(&call.envelope).into();
    let now = app.now();
    let waiting = app.store().intake_waiting(Lane::First.number()).await?;
    let lane = app.gate().lane(&call.solution.challenge, waiting)?;
    app.gate().spend(&call.solution, hash, now).await?;
    let write = Write::Intake {
        hash,
        lane: lane.number(),
        cap: u64::try_from(limits::INTAKE_WAITING).unwrap_or(u64::MAX),
        expires: now.plus(limits::INTAKE_DAYS * DAY),
        delete_hash: header.delete_hash,
        envelope: call.envelope,
    };
    app.store().write(write).await?;
    Ok(receipt(&app, hash, now.to_hour()))
}

/// What the relay promises by it: these bytes were on its disk within this hour.
fn receipt<S: Store>(app: &App<S>, hash: [u8; 32], hour: UnixTime) -> IntakeReceipt {
    let mut bytes = hash.to_vec();
    bytes.extend_from_slice(&hour.0.to_be_bytes());
    IntakeReceipt {
        hour,
        signature: app.relay_key().sign(Label::Receipt, &bytes).0,
    }
}

/// Lists what waits.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn list<S: Store>(app: App<S>, call: IntakeList) -> Result<IntakePage, Refusal> {
    Ok(app.store().intake(call.after, limits::ANSWER).await?)
}

/// Deletes what was imported, for who shows the secret from inside.
///
/// # Errors
/// None but the relay's own; [`sluis_wire::api::Problem::Malformed`] for a body that is no list.
pub(crate) async fn delete<S: Store>(app: App<S>, call: IntakeDelete) -> Result<Done, Refusal> {
    let entries = call
        .entries
        .into_iter()
        .map(|(number, secret)| (number, Sha256::digest(secret).into()))
        .collect();
    app.store().write(Write::IntakeDelete(entries)).await?;
    Ok(Done)
}
