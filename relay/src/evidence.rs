//! What a reporter's page is told about whom it writes to, kept in memory because every page asks for it.

use std::sync::{Arc, Mutex, PoisonError};

use sluis_directory::snapshot::Snapshot;
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::Week;

use crate::app::App;
use crate::error::Refusal;
use crate::store::Store;

/// The parts that change rarely.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The week of `table`.
    pub week: Week,
    /// Genesis entry frame.
    pub genesis: Vec<u8>,
    /// Frames that rotate the root or name witnesses.
    pub roots: Vec<Vec<u8>>,
    /// The newest snapshot frame, or empty.
    pub snapshot: Vec<u8>,
    /// This week's table as the snapshot names it, or empty.
    pub table: Vec<u8>,
}

/// The parts as last put together, and how often they were forgotten: what was read before the last time is not kept.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<(u64, Option<Arc<Parts>>)>);

impl Cache {
    /// To be called after each change of what [`Parts`] is made of.
    pub(crate) fn forget(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = (kept.0 + 1, None);
    }

    fn read(&self, week: Week) -> (u64, Option<Arc<Parts>>) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (kept.0, kept.1.clone().filter(|parts| parts.week == week))
    }

    fn keep(&self, round: u64, parts: &Arc<Parts>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == round {
            kept.1 = Some(Arc::clone(parts));
        }
    }
}

/// The parts for this week.
///
/// # Errors
/// [`sluis_wire::api::Problem::NotFound`] before set-up.
pub(crate) async fn parts<S: Store>(app: &App<S>) -> Result<Arc<Parts>, Refusal> {
    let week = Week::of(app.now());
    let (round, kept) = app.evidence().read(week);
    if let Some(parts) = kept {
        return Ok(parts);
    }
    let directory = app.need_directory()?;
    let snapshot = app.store().snapshot().await?.unwrap_or_default();
    let table = match table_of(&snapshot, week) {
        Some(hash) => app.store().team_table(hash).await?.unwrap_or_default(),
        None => Vec::new(),
    };
    let parts = Arc::new(Parts {
        week,
        genesis: directory.genesis_frame().to_vec(),
        roots: directory.root_frames().map(<[u8]>::to_vec).collect(),
        snapshot,
        table,
    });
    app.evidence().keep(round, &parts);
    Ok(parts)
}

/// The table to serve in a week: the newest that has begun, of a snapshot that was checked when it came.
fn table_of(snapshot: &[u8], week: Week) -> Option<sluis_wire::address::FrameHash> {
    let frame = Frame::parse_as(FrameType::Snapshot, snapshot).ok()?;
    let snapshot: Snapshot =
        codec::decode(frame.body(), FrameType::Snapshot.max_body_len()).ok()?;
    snapshot.begun(week.start()).map(|(_, hash)| *hash)
}
