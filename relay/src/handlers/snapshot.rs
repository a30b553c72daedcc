//! Snapshots for staff, and the evidence for reporters that is made of them.

use sluis_directory::frame_hash;
use sluis_directory::snapshot::Snapshot;
use sluis_wire::api::{
    Done, Evidence, EvidenceRead, IntakeLane as Lane, Problem, SnapshotAnswer, SnapshotPut,
    SnapshotRead,
};

use crate::app::App;
use crate::error::Refusal;
use crate::evidence;
use crate::store::{Store, Write};

/// Takes a witnessed snapshot in, with all tables that it names.
///
/// # Errors
/// [`Problem::Refused`] when it does not hold or tables lack, [`Problem::Conflict`] when a newer one is here.
pub(crate) async fn put<S: Store>(app: App<S>, call: SnapshotPut) -> Result<Done, Refusal> {
    let directory = app.need_directory()?;
    let snapshot = Snapshot::parse(&call.snapshot)?.verify(&directory, app.now())?;
    if !snapshot.names_tables(&call.tables) {
        return Err(Problem::Refused.into());
    }
    let tables = call
        .tables
        .into_iter()
        .map(|table| (frame_hash(&table), table))
        .collect();
    app.store()
        .write(Write::Snapshot {
            time: snapshot.time,
            frame: call.snapshot,
            tables,
        })
        .await?;
    app.evidence().forget();
    Ok(Done)
}

/// The newest snapshot.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn read<S: Store>(
    app: App<S>,
    _: SnapshotRead,
) -> Result<SnapshotAnswer, Refusal> {
    Ok(SnapshotAnswer {
        snapshot: app.store().snapshot().await?.unwrap_or_default(),
    })
}

/// Everything that a reporter's page needs.
///
/// # Errors
/// [`Problem::NotFound`] before set-up.
pub(crate) async fn evidence<S: Store>(app: App<S>, _: EvidenceRead) -> Result<Evidence, Refusal> {
    let parts = evidence::parts(&app).await?;
    let waiting = app.store().intake_waiting(Lane::First.number()).await?;
    let now = app.now();
    Ok(Evidence {
        genesis: parts.genesis.clone(),
        roots: parts.roots.clone(),
        snapshot: parts.snapshot.clone(),
        table: parts.table.clone(),
        now,
        challenge: app.gate().challenge(waiting, now),
    })
}
