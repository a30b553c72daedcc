//! Proof that somebody said two things that cannot both be true, for others to check (docs/protocol.md 8.1).

use alloc::vec::Vec;

use sluis_wire::address::DossierAddress;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::{Alarm, Engine, rows};
use crate::dossier::proof::{self, Signed};
use crate::dossier::{Acting, AlarmKind};
use crate::vault::Row;

impl Engine {
    /// Something signed stands on another directory than mine. The first such thing is kept until a person has dealt with it.
    pub(super) fn forked(&mut self, signed: &Signed) {
        self.alarm(Alarm::DirectoryFork);
        if self.evidence.is_none() {
            let bytes = signed.to_bytes();
            self.put(rows::EVIDENCE, &[], Zeroizing::new(bytes.clone()));
            self.evidence = Some(bytes);
        }
    }

    /// Whether somebody signed another directory than mine, and no person has dealt with it.
    #[must_use]
    pub fn is_forked(&self) -> bool {
        self.alarms.contains(&Alarm::DirectoryFork)
    }

    /// A person has dealt with it: whoever runs the relay has shown what went wrong. The directory is read again.
    pub fn settle_fork(&mut self) {
        self.alarms.remove(&Alarm::DirectoryFork);
        if self.evidence.take().is_some() {
            self.forget(rows::EVIDENCE, &[]);
        }
        self.poke_all();
    }

    /// Whether an alarm about the directory (no dossier) or about a dossier can be shown to others.
    #[must_use]
    pub fn is_provable(&self, dossier: Option<&DossierAddress>, kind: AlarmKind) -> bool {
        self.kept(dossier, kind).is_some()
    }

    /// The file that shows it. `entries` are the rows of [`DIRECTORY_ROWS`](super::export::DIRECTORY_ROWS), in any order. Nothing when
    /// nothing is proved, or when rows are missing.
    #[must_use]
    pub fn export_proof(
        &self,
        dossier: Option<&DossierAddress>,
        kind: AlarmKind,
        mut entries: Vec<Row>,
        now: UnixTime,
    ) -> Option<Vec<u8>> {
        let directory = self.directory()?;
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        if entries.len() as u64 != directory.length() {
            return None;
        }
        let entries = entries.into_iter().map(|row| row.value.to_vec()).collect();
        let acting = Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let kept = self.kept(dossier, kind)?;
        proof::save(&kept, entries, |member| self.name_of(member), &acting)
    }

    /// What is kept of an alarm, when it proves something.
    fn kept(&self, dossier: Option<&DossierAddress>, kind: AlarmKind) -> Option<Vec<Vec<u8>>> {
        let Some(address) = dossier else {
            let kept = alloc::vec![self.evidence.clone()?];
            return Some(kept).filter(|_| kind == AlarmKind::DirectoryFork);
        };
        let alarms = self.dossier(address)?.replica().alarms();
        let mut proofs = alarms.into_iter().filter(|alarm| alarm.kind == kind);
        proofs
            .find(|alarm| proves(kind) && proof::is_proof(&alarm.proof))
            .map(|alarm| alarm.proof)
    }
}

/// Whether there are two signed things behind an alarm of this kind.
const fn proves(kind: AlarmKind) -> bool {
    matches!(
        kind,
        AlarmKind::DirectoryFork | AlarmKind::ControlFork | AlarmKind::Equivocation
    )
}
