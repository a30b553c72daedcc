//! Destroying contact data: of one person, or of all when a dossier is closed.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_domain::command::Command;
use sluis_domain::event::Redaction;
use sluis_domain::figures::Figure;
use sluis_domain::ids::{AuthorId, PersonId};
use sluis_domain::people::{Closing, Erased, ErasureCause};
use sluis_domain::view::sweep::{self, Known, Spot};
use sluis_wire::address::{DeviceId, DossierAddress, PersonAddress};
use sluis_wire::api::ErasureReceipts;
use sluis_wire::codec;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use crate::engine::step::Step;
use crate::engine::{ActError, Alarm, Engine, rows};

/// Most bytes of a row about what is being destroyed.
const MOST: usize = 16 * 1024;

/// What somebody decided to destroy. Durable before the relay is asked: the event that says so follows whatever happens.
#[derive(Serialize, Deserialize)]
pub(in crate::engine) struct Erasing {
    people: Vec<PersonId>,
    /// The dossier is closed when they are gone.
    closing: Option<Closing>,
}

impl Erasing {
    pub(super) fn people(&self) -> Vec<PersonAddress> {
        self.people.iter().map(|id| PersonAddress(id.0)).collect()
    }
}

/// How far the devices that held something are, after a closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shredding {
    /// How many held something and are in use.
    pub devices: usize,
    /// How many of these said that they hold nothing any more.
    pub done: usize,
    /// When the last of their month keys ends under which something was wrapped.
    pub until: UnixTime,
}

impl Engine {
    /// Destroys one person's contact data, for good.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn erase_contact(&mut self, address: DossierAddress, id: PersonId) -> Result<(), ActError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let known = work
            .state()
            .people()
            .with_contact()
            .any(|(own, _)| own == id);
        if !known && !self.contacts.drafts.contains_key(&(address, id)) {
            return Err(ActError::NoPerson);
        }
        if !self.may_write(&address) {
            return Err(ActError::Work(crate::dossier::WorkError::NoRight));
        }
        self.contacts.drafts.remove(&(address, id));
        if known {
            let mut people = [id].to_vec();
            let mut closing = None;
            if let Some(before) = self.contacts.erasing.remove(&address) {
                people.extend(before.people.into_iter().filter(|other| *other != id));
                closing = before.closing;
            }
            self.erase(address, Erasing { people, closing });
        }
        self.touched.insert(address);
        Ok(())
    }

    /// Closes a dossier: the contact data of all its people is destroyed, then it is closed. `figure` is what stays of it for the figures
    /// ([`Engine::figure_for`]).
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn close_dossier(
        &mut self,
        address: DossierAddress,
        closing: Closing,
        figure: Option<Figure>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        work.state().check_closing(&closing)?;
        if !self.may_write(&address) {
            return Err(ActError::Work(crate::dossier::WorkError::NoRight));
        }
        let people = work.state().people().with_contact();
        let people: Vec<PersonId> = people.map(|(id, _)| id).collect();
        if let Some(figure) = figure {
            self.keep_figure(address, figure, now, rng)?;
        }
        self.sweep_own_notes(address, now, rng);
        self.contacts.drafts.retain(|key, _| key.0 != address);
        if people.is_empty() {
            self.act(address, Command::Close(closing), now, rng)?;
        } else {
            let closing = Some(closing);
            self.erase(address, Erasing { people, closing });
        }
        Ok(())
    }

    /// Whether a closing of mine is on its way.
    #[must_use]
    pub fn is_closing(&self, address: &DossierAddress) -> bool {
        let erasing = self.contacts.erasing.get(address);
        erasing.is_some_and(|erasing| erasing.closing.is_some())
    }

    /// Whether this person's contact data is being destroyed.
    #[must_use]
    pub fn is_erasing(&self, address: &DossierAddress, id: &PersonId) -> bool {
        let erasing = self.contacts.erasing.get(address);
        erasing.is_some_and(|erasing| erasing.people.contains(id))
    }

    /// How far the devices are, once the dossier is closed.
    #[must_use]
    pub fn shredding(&self, address: &DossierAddress) -> Option<Shredding> {
        let state = self.dossiers.get(address)?.state();
        let (made, _) = state.closing()?;
        let directory = self.directory.as_ref()?;
        let current = |author: &&AuthorId| directory.is_current(&DeviceId(author.0));
        let held: Vec<&AuthorId> = state.people().holders().iter().filter(current).collect();
        let closed = UnixTime(made.time);
        let month = |author: &&AuthorId| self.month_of(&DeviceId(author.0), closed);
        let ends = held.iter().filter_map(month).map(|month| month.not_after);
        let until = ends.max().unwrap_or(closed);
        let done = |author: &&&AuthorId| state.people().has_shredded(&made.event, author);
        Some(Shredding {
            devices: held.len(),
            done: held.iter().filter(done).count(),
            until,
        })
    }

    /// Takes out of my notes for myself about this dossier what its people's data says, as long as that is known here. Nobody else can.
    pub(super) fn sweep_own_notes(
        &mut self,
        address: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let known = self.known_people(&address);
        for own in self.private_of(&address) {
            let work = self.dossiers.get(&own);
            let found = work.map_or_else(Vec::new, |work| sweep::sweep(work.state(), &known));
            for one in found {
                let Spot::Event(what) = one.spot else {
                    continue;
                };
                let text = one.text;
                // Refused where I may not write any more.
                let _redacted = self.act(own, Command::Redact(Redaction { what, text }), now, rng);
            }
        }
    }

    /// Whose data is open here, for a search through the text.
    #[must_use]
    pub fn known_people(&self, address: &DossierAddress) -> Vec<Known> {
        let work = self.dossiers.get(address);
        let people = work
            .into_iter()
            .flat_map(|work| work.state().people().all());
        let known = people.filter_map(|(id, person)| {
            let key = (*address, *id);
            let draft = self.contacts.drafts.get(&key).map(|draft| &draft.contact);
            let open = self.contacts.open.get(&key).map(|open| &open.contact);
            let contact = draft.or(open)?;
            Some(Known {
                number: person.number,
                name: contact.name.clone(),
                ways: [&contact.phone, &contact.email, &contact.address]
                    .map(Clone::clone)
                    .into(),
            })
        });
        known.collect()
    }

    fn erase(&mut self, address: DossierAddress, erasing: Erasing) {
        let value = Zeroizing::new(codec::encode(&erasing));
        self.put(rows::ERASING, &address.0, value);
        for id in &erasing.people {
            self.contacts.open.remove(&(address, *id));
        }
        self.contacts.erasing.insert(address, erasing);
        self.stuck.remove(&Step::Erase(address));
        self.touched.insert(address);
    }

    pub(in crate::engine) fn load_erasing(&mut self, key: &[u8], value: &[u8]) -> Option<()> {
        let address = DossierAddress(key.try_into().ok()?);
        let erasing = codec::decode(value, MOST).ok()?;
        self.contacts.erasing.insert(address, erasing);
        Some(())
    }

    /// The relay says that it destroyed what it had.
    pub(in crate::engine) fn erased(
        &mut self,
        address: DossierAddress,
        answer: &ErasureReceipts,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let Some(erasing) = self.contacts.erasing.remove(&address) else {
            return;
        };
        let mut left = Vec::new();
        for id in erasing.people {
            let receipt = answer
                .receipts
                .iter()
                .find(|receipt| receipt.person.0 == id.0 && self.is_receipt(&address, receipt));
            let Some(receipt) = receipt else {
                // No word for it, or one that does not hold: it counts as not done.
                self.alarm(Alarm::ContactWrong(address));
                self.stuck.insert(Step::Erase(address));
                left.push(id);
                continue;
            };
            let cause = if erasing.closing.is_some() {
                ErasureCause::Closing
            } else {
                ErasureCause::Early
            };
            let erased = Erased {
                person: id,
                cause,
                receipt: codec::encode(receipt),
            };
            match self.act(address, Command::EraseContact(erased), now, rng) {
                Err(ActError::NotReady) => {
                    self.stuck.insert(Step::Erase(address));
                    left.push(id);
                }
                // Said by a colleague already, or said now.
                _ => self.drop_contact(&(address, id)),
            }
        }
        let closing = erasing.closing;
        if left.is_empty() {
            self.forget(rows::ERASING, &address.0);
            if let Some(closing) = closing {
                self.finish_closing(address, closing, now, rng);
            }
        } else {
            let people = left;
            self.erase(address, Erasing { people, closing });
            self.stuck.insert(Step::Erase(address));
        }
        self.touched.insert(address);
    }

    /// Closes what could not be closed when its people's data went.
    pub(super) fn finish_closings(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let erasing = self.contacts.erasing.iter();
        let bare: Vec<(DossierAddress, Option<Closing>)> = erasing
            .filter(|(address, erasing)| {
                erasing.people.is_empty() && !self.stuck.contains(&Step::Erase(**address))
            })
            .map(|(address, erasing)| (*address, erasing.closing.clone()))
            .collect();
        for (address, closing) in bare {
            self.contacts.erasing.remove(&address);
            self.forget(rows::ERASING, &address.0);
            if let Some(closing) = closing {
                self.finish_closing(address, closing, now, rng);
            }
        }
    }

    /// Everybody's data is gone, unless a colleague added somebody's meanwhile: then that goes too.
    fn finish_closing(
        &mut self,
        address: DossierAddress,
        closing: Closing,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        let people: Vec<PersonId> = self
            .dossiers
            .get(&address)
            .into_iter()
            .flat_map(|work| work.state().people().with_contact())
            .map(|(id, _)| id)
            .collect();
        let closed = if people.is_empty() {
            self.act(address, Command::Close(closing.clone()), now, rng)
        } else {
            Err(ActError::NotReady)
        };
        if matches!(closed, Err(ActError::NotReady)) {
            let closing = Some(closing);
            let wait = people.is_empty();
            self.erase(address, Erasing { people, closing });
            if wait {
                self.stuck.insert(Step::Erase(address));
            }
        }
    }
}
