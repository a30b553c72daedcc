//! Who can open contact data: sealing, wrapping, and wrapping anew for whoever came.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::entry::{DeviceKind, KemKey};
use sluis_domain::command::{Command, Refusal};
use sluis_domain::ids::{AuthorId, PersonId};
use sluis_domain::people::{Contact as Known, Respondents, Sealed, Shared};
use sluis_wire::address::{DeviceId, DossierAddress};
use sluis_wire::api::Problem;
use sluis_wire::time::UnixTime;

use super::{Half, Key, Opened, Put, Rewrap};
use crate::dossier::Right;
use crate::engine::keys::is_open;
use crate::engine::step::Step;
use crate::engine::{ActError, Engine};

impl Engine {
    /// The devices that may open contact data of this dossier now, with the keys to wrap for them: those of who may write, each by its key of
    /// the month. One that has none at present gets nothing until it is back.
    fn entitled(&self, address: &DossierAddress, now: UnixTime) -> Vec<(DeviceId, KemKey)> {
        let (Some(directory), Some(work)) = (self.directory.as_ref(), self.dossiers.get(address))
        else {
            return Vec::new();
        };
        let browsers = directory
            .devices()
            .filter(|record| record.span.is_current() && record.device.kind == DeviceKind::Browser);
        browsers
            .filter(|record| {
                work.replica().right_of(&record.device.id, directory) >= Some(Right::Writer)
            })
            .filter_map(|record| {
                let id = record.device.id;
                let key = if is_open(directory) {
                    record.device.kem.clone()
                } else {
                    self.month_of(&id, now)?.kem.clone()
                };
                Some((id, key))
            })
            .take(sluis_domain::people::DEVICES_MOST)
            .collect()
    }

    /// Drops drafts about respondents whom the organisation has stopped to name since they were typed: the relay has nothing of them yet.
    pub(super) fn drop_forbidden(&mut self) {
        let forbidden = |(key, draft): &(&Key, &super::Draft)| {
            let stored = draft.put.as_ref().is_some_and(|put| put.stored);
            let named = self.respondents_in(&key.0);
            let work = self.dossiers.get(&key.0);
            let known =
                work.and_then(|work| work.state().check_contact(&key.1, u32::MAX, named).err());
            !stored && known == Some(Refusal::RespondentUnnamed)
        };
        let drafts = self.contacts.drafts.iter();
        let gone: Vec<Key> = drafts.filter(forbidden).map(|(key, _)| *key).collect();
        for key in gone {
            self.contacts.drafts.remove(&key);
            self.touched.insert(key.0);
        }
    }

    /// Seals what waits to be stored. Nothing while another device could not open it anyway: this one has no month key that others know.
    pub(super) fn prepare_drafts(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let waiting = self.contacts.drafts.iter();
        let keys: Vec<Key> = waiting
            .filter(|(key, draft)| {
                let known = self.dossiers.get(&key.0);
                draft.put.is_none() && !draft.ask && known.is_some_and(super::super::Work::is_read)
            })
            .map(|(key, _)| *key)
            .collect();
        for key in keys {
            let put = self.seal_draft(&key, now, rng);
            if let Some(draft) = self.contacts.drafts.get_mut(&key) {
                draft.put = put;
            }
        }
    }

    fn seal_draft(&self, key: &Key, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Put> {
        let draft = self.contacts.drafts.get(key)?;
        let devices = self.entitled(&key.0, now);
        devices.iter().find(|(id, _)| *id == self.me.id)?;
        let person = self.dossiers.get(&key.0)?.state().people().person(&key.1)?;
        let named = match &person.contact {
            Known::Sealed { sealed, .. } => sealed.version,
            Known::None | Known::Erased { .. } => 0,
        };
        let version = draft.before.unwrap_or(0).max(named).checked_add(1)?;
        let place = self.place(key, version);
        let made = place.seal(&draft.contact, rng).ok()?;
        let wraps = place.wrap(&made.half, 0, &devices, rng).ok()?;
        Some(Put {
            sealed: Sealed {
                person: key.1,
                version,
                record: sluis_directory::frame_hash(&made.record).0,
                key: place.check(&made.half),
                devices: authors(&devices),
            },
            record: made.record,
            wraps,
            share: made.share,
            half: made.half,
            stored: false,
        })
    }

    /// The relay has the record: it can be named.
    pub(in crate::engine) fn contact_stored(&mut self, address: DossierAddress, id: PersonId) {
        if let Some(draft) = self.contacts.drafts.get_mut(&(address, id))
            && let Some(put) = &mut draft.put
        {
            put.stored = true;
        }
    }

    /// The relay did not take the record.
    pub(in crate::engine) fn contact_refused(
        &mut self,
        address: DossierAddress,
        id: PersonId,
        problem: Problem,
    ) {
        if problem == Problem::Conflict
            && let Some(draft) = self.contacts.drafts.get_mut(&(address, id))
        {
            draft.put = None;
            draft.ask = true;
            self.stuck.remove(&Step::PersonPut(address, id));
            self.want_links(address);
        } else if problem == Problem::Forbidden {
            self.want_links(address);
        }
    }

    /// The relay said which version it has, after it refused one of mine; nothing when it has none any more.
    pub(super) fn answer_draft(&mut self, key: &Key, version: Option<u32>) -> bool {
        let Some(draft) = self.contacts.drafts.get_mut(key).filter(|draft| draft.ask) else {
            return false;
        };
        draft.ask = false;
        draft.before = version;
        if version.is_none() {
            // It was destroyed meanwhile, and does not come back.
            self.contacts.drafts.remove(key);
            self.touched.insert(key.0);
        }
        true
    }

    /// Writes the events about what the relay has taken.
    pub(super) fn note_stored(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let drafts = self.contacts.drafts.iter();
        let stored: Vec<(Key, Sealed)> = drafts
            .filter_map(|(key, draft)| {
                let put = draft.put.as_ref().filter(|put| put.stored)?;
                Some((*key, put.sealed.clone()))
            })
            .collect();
        for (key, sealed) in stored {
            match self.name_stored(&key, sealed, now, rng) {
                Err(ActError::NotReady) => {}
                Ok(()) => self.contact_named(&key, rng),
                Err(_) => {
                    self.contacts.drafts.remove(&key);
                    self.touched.insert(key.0);
                }
            }
        }
        let wraps = self.contacts.wraps.iter();
        let stored: Vec<(Key, Shared)> = wraps
            .filter(|(_, wraps)| wraps.stored)
            .map(|(key, wraps)| {
                let shared = Shared {
                    person: key.1,
                    version: wraps.version,
                    turn: wraps.turn,
                    devices: wraps.devices.clone(),
                };
                (*key, shared)
            })
            .collect();
        for (key, shared) in stored {
            let done = self.act(key.0, Command::ShareContact(shared), now, rng);
            if !matches!(done, Err(ActError::NotReady)) {
                self.contacts.wraps.remove(&key);
            }
        }
    }

    /// What the relay has was allowed when it was sent: it is named whatever the policy about respondents says by now, or it could not be
    /// destroyed.
    fn name_stored(
        &mut self,
        key: &Key,
        sealed: Sealed,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let work = self.dossiers.get(&key.0).ok_or(ActError::NoDossier)?;
        let command = Command::SealContact(sealed);
        let event = work.state().decide_with(command, Respondents::Named)?;
        self.note(key.0, &event, now, rng).map(|_| ())
    }

    fn contact_named(&mut self, key: &Key, rng: &mut impl CryptoRng) {
        let Some(draft) = self.contacts.drafts.remove(key) else {
            return;
        };
        if let Some(put) = draft.put {
            let version = put.sealed.version;
            let half = Half {
                version,
                secret: put.half,
            };
            let opened = Opened {
                version,
                contact: draft.contact,
                record: put.record,
                share: put.share,
            };
            self.contacts.halves.insert(*key, half);
            self.contacts.open.insert(*key, opened);
            self.keep_half(key, rng);
        }
        self.touched.insert(key.0);
    }

    /// Wraps the half of a record for everybody who may open it, when somebody among them cannot.
    pub(super) fn wrap_anew(
        &mut self,
        key: &Key,
        sealed: &Sealed,
        turn: u32,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let held = self.contacts.halves.get(key);
        let Some(half) = held.filter(|half| half.version == sealed.version) else {
            return;
        };
        let on_its_way =
            self.contacts.wraps.contains_key(key) || self.contacts.drafts.contains_key(key);
        if on_its_way || !self.may_write(&key.0) {
            return;
        }
        let devices = self.entitled(&key.0, now);
        if devices.iter().all(|(id, _)| sealed.is_for(&AuthorId(id.0))) {
            return;
        }
        let place = self.place(key, sealed.version);
        let Some(turn) = turn.checked_add(1) else {
            return;
        };
        if let Ok(frame) = place.wrap(&half.secret, turn, &devices, rng) {
            let wraps = Rewrap {
                version: sealed.version,
                turn,
                frame,
                devices: authors(&devices),
                stored: false,
            };
            self.contacts.wraps.insert(*key, wraps);
            self.stuck.remove(&Step::PersonWrapsPut(key.0, key.1));
        }
    }

    /// The relay took wraps of mine, or has others: a colleague was first, whose event will say for whom.
    pub(in crate::engine) fn wraps_answered(
        &mut self,
        address: DossierAddress,
        id: PersonId,
        problem: Option<Problem>,
    ) {
        let key = (address, id);
        match problem {
            None => {
                if let Some(wraps) = self.contacts.wraps.get_mut(&key) {
                    wraps.stored = true;
                }
            }
            Some(Problem::Forbidden) => self.want_links(address),
            Some(Problem::Conflict) => {
                self.contacts.wraps.remove(&key);
                self.contacts.later.insert(address);
            }
            Some(_) => {}
        }
    }
}

fn authors(devices: &[(DeviceId, KemKey)]) -> Vec<AuthorId> {
    devices.iter().map(|(id, _)| AuthorId(id.0)).collect()
}
