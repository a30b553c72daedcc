//! New keys for a dossier, and whom they are wrapped for.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_wire::address::{DossierAddress, TeamId};
use sluis_wire::time::UnixTime;

use super::super::{Engine, Step};
use crate::dossier::{Acting, Recipient, RecipientKey, Renewal, Right};
use crate::primitives::kem::KemPublic;

impl Engine {
    /// Renews the keys of dossiers whose keys somebody holds who left.
    pub(in crate::engine) fn renew_keys(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let due: Vec<DossierAddress> = self
            .dossiers
            .iter()
            .filter(|(address, work)| {
                work.is_created()
                    && work.books.link.is_none()
                    && work.books.outbox.is_empty()
                    && !self.stuck.contains(&Step::Link(**address))
                    && work.replica.is_rotation_due(directory)
            })
            .map(|(address, _)| *address)
            .collect();
        for address in due {
            let Some(work) = self.dossiers.get(&address) else {
                continue;
            };
            let recipients: Vec<RecipientKey> = work
                .replica
                .grants()
                .iter()
                .filter_map(|grant| self.newest_key(&grant.recipient, grant.right))
                .collect();
            let Some(directory) = self.directory.as_ref() else {
                return;
            };
            let acting = Acting {
                device: self.me.id,
                signer: &self.me.sign,
                directory,
                now,
            };
            let renewal = work.replica.rotate(&acting, &recipients, rng);
            if let Some(work) = self.dossiers.get_mut(&address)
                && let Ok(Renewal { control, wraps }) = renewal
            {
                work.books.link = Some((control, wraps));
            }
            self.keep_dossier(address);
        }
    }

    pub(super) fn team_recipient(&self, team: TeamId, right: Right) -> Option<RecipientKey> {
        let newest = self.newest_content(&team)?;
        Some(RecipientKey {
            recipient: Recipient::Team {
                team,
                epoch: newest.epoch,
            },
            right,
            kem: KemPublic::parse(&newest.kem.0).ok()?,
        })
    }

    fn newest_key(&self, recipient: &Recipient, right: Right) -> Option<RecipientKey> {
        match recipient {
            Recipient::Team { team, .. } => self.team_recipient(*team, right),
            Recipient::Device(device) => {
                let record = self
                    .directory
                    .as_ref()?
                    .device(device)
                    .filter(|record| record.span.is_current())?;
                Some(RecipientKey {
                    recipient: *recipient,
                    right,
                    kem: KemPublic::parse(&record.device.kem.0).ok()?,
                })
            }
            // Members as teams of one come with sharing; until then nobody is granted so.
            Recipient::Member { .. } => None,
        }
    }
}
