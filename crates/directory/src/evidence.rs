//! What a reporter's page checks before a word is typed: from the pinned genesis hash to the keys of each line.
//!
//! ```text
//! pinned hash → genesis entry → root keys → witness set in force → snapshot → table of this week → lines
//! ```
//! A page without memory cannot replay the log, so it trusts as many witnesses as root demands. The age of the snapshot or of
//! the witness set never stops a reporter while a key in the table holds (decision 13). This code is part of the page that
//! reporters load: it stays small.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_wire::address::{FrameHash, GenesisHash};
use sluis_wire::api::Evidence;
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime, Week};

use crate::entry::{Genesis, KemKey, RootKeys, WitnessSet};
use crate::error::Error;
use crate::frame_hash;
use crate::log::check::{root_keys, witness_keys};
use crate::log::root_rotation;
use crate::quorum::{Quorum, check_enough};
use crate::signature::{Label, VerifyingKey};
use crate::snapshot::{Line, Snapshot, TeamTable};
use crate::statement::Standing;

/// Seconds that the clock of a reporter's device may differ from the relay's (decision 35).
const CLOCK_DIFFERENCE: u64 = DAY;

/// Which object of the evidence cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// The genesis entry is not the one that this site was set up with.
    #[error("genesis entry is not the pinned one")]
    GenesisForged,
    /// A change of root keys was not signed by root.
    #[error("root change does not hold")]
    RootForged,
    /// The witness set was not signed by root, or there is none.
    #[error("witness set does not hold")]
    WitnessForged,
    /// The snapshot was not signed by enough witnesses.
    #[error("snapshot does not hold")]
    SnapshotForged,
    /// The table is not the one that the snapshot names for this week.
    #[error("table is not the one of this week")]
    TableSwapped,
    /// No line has a key that still holds: nothing can be written now.
    #[error("no line can be written to")]
    NoValidLine,
    /// This device's clock and the relay's differ by more than a day.
    #[error("clock is off by more than a day")]
    ClockOff,
}

/// Whom a reporter can write to, believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedTable {
    /// The deployment.
    pub genesis: GenesisHash,
    /// Its name.
    pub name: String,
    /// A demonstration: every page says so.
    pub demonstration: bool,
    /// Checks the relay's receipts.
    pub relay_key: VerifyingKey,
    /// See [`crate::entry::Policy::page_bits`].
    pub page_bits: u8,
    /// Lines whose key still holds; at least one.
    pub lines: Vec<Line>,
    /// Length of the log that the snapshot stands at: what an intake envelope names.
    pub dir_seq: u64,
    /// Where the snapshot stands.
    pub standing: Standing,
    /// When the snapshot was made.
    pub made: UnixTime,
    /// The week of the table.
    pub week: Week,
}

/// Checks all that a relay says about whom to write to. `now` is the device's own clock.
///
/// # Errors
/// [`EvidenceError`]: the first object that cannot be believed.
pub fn verify_evidence(
    evidence: &Evidence,
    pinned: &GenesisHash,
    now: UnixTime,
) -> Result<TrustedTable, EvidenceError> {
    if now.since(evidence.now).max(evidence.now.since(now)) > CLOCK_DIFFERENCE {
        return Err(EvidenceError::ClockOff);
    }
    let genesis = verify_genesis(&evidence.genesis, pinned)?;
    let untrusted =
        Snapshot::parse(&evidence.snapshot).map_err(|_| EvidenceError::SnapshotForged)?;
    let length = untrusted.content.standing.seq;
    let witnesses = verify_roots(&genesis.root, &evidence.roots, length)?;
    let snapshot = untrusted
        .verify_witnesses(&witnesses)
        .map_err(|_| EvidenceError::SnapshotForged)?;
    let mut table = verify_table(&evidence.table, &snapshot, [now, evidence.now])?;
    table
        .lines
        .retain(|line| line.not_after > now && line.kem.0.len() == KemKey::LENGTH);
    if table.lines.is_empty() {
        return Err(EvidenceError::NoValidLine);
    }
    Ok(TrustedTable {
        genesis: *pinned,
        name: genesis.name,
        demonstration: genesis.demonstration,
        relay_key: genesis.relay_key,
        page_bits: table.page_bits,
        lines: table.lines,
        dir_seq: length,
        standing: snapshot.standing,
        made: snapshot.time,
        week: table.week,
    })
}

/// As [`crate::entry::Entry`], with only those operations that a reporter needs to read: the others would weigh on the page.
#[derive(Serialize, Deserialize)]
struct RootEntry {
    seq: u64,
    prev: FrameHash,
    time: UnixTime,
    op: RootOp,
}

/// The first operations of [`crate::entry::Op`], with the same numbers.
#[derive(Serialize, Deserialize)]
enum RootOp {
    Genesis(Genesis),
    RootRotate(RootKeys),
    WitnessSet(WitnessSet),
}

fn read_root(bytes: &[u8]) -> Result<(Frame, RootEntry), Error> {
    let frame = Frame::parse_as(FrameType::DirectoryEntry, bytes)?;
    let entry = codec::decode(frame.body(), FrameType::DirectoryEntry.max_body_len())?;
    Ok((frame, entry))
}

fn verify_genesis(bytes: &[u8], pinned: &GenesisHash) -> Result<Genesis, EvidenceError> {
    let forged = |_| EvidenceError::GenesisForged;
    if frame_hash(bytes).0 != pinned.0 {
        return Err(EvidenceError::GenesisForged);
    }
    let (frame, entry) = read_root(bytes).map_err(forged)?;
    let RootOp::Genesis(genesis) = entry.op else {
        return Err(EvidenceError::GenesisForged);
    };
    let root = &genesis.root;
    let way = alloc::vec![Quorum::new(&root.keys, root.threshold)];
    root_keys(root)
        .and_then(|()| check_enough(&frame, Label::DirectoryEntry, &way))
        .map_err(forged)?;
    Ok(genesis)
}

/// The witness set in force at `length`. Entries in between are not here, so places in the log only have to ascend.
fn verify_roots(
    first: &RootKeys,
    frames: &[Vec<u8>],
    length: u64,
) -> Result<WitnessSet, EvidenceError> {
    let mut root = first.clone();
    let mut witnesses = None;
    let mut last = 0;
    for bytes in frames {
        let (frame, entry) = read_root(bytes).map_err(|_| EvidenceError::RootForged)?;
        if entry.seq <= last {
            return Err(EvidenceError::RootForged);
        }
        last = entry.seq;
        match entry.op {
            RootOp::RootRotate(keys) => {
                let way = root_rotation(&root, &keys);
                root_keys(&keys)
                    .and_then(|()| check_enough(&frame, Label::DirectoryEntry, &way))
                    .map_err(|_| EvidenceError::RootForged)?;
                root = keys;
            }
            RootOp::WitnessSet(set) => {
                let way = alloc::vec![Quorum::new(&root.keys, root.threshold)];
                witness_keys(&set)
                    .and_then(|()| check_enough(&frame, Label::DirectoryEntry, &way))
                    .map_err(|_| EvidenceError::WitnessForged)?;
                if entry.seq < length {
                    witnesses = Some(set);
                }
            }
            RootOp::Genesis(_) => return Err(EvidenceError::RootForged),
        }
    }
    witnesses.ok_or(EvidenceError::WitnessForged)
}

/// The newest table that the snapshot names and that has begun, by either clock.
fn verify_table(
    bytes: &[u8],
    snapshot: &Snapshot,
    clocks: [UnixTime; 2],
) -> Result<TeamTable, EvidenceError> {
    let hash = frame_hash(bytes);
    let table = TeamTable::parse(bytes).map_err(|_| EvidenceError::TableSwapped)?;
    let named = |clock| snapshot.begun(clock) == Some((table.week, &hash));
    if !clocks.into_iter().any(named) {
        return Err(EvidenceError::TableSwapped);
    }
    Ok(table)
}
