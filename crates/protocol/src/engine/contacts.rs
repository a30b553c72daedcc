//! Contact data of people in dossiers: halves of keys in the vault, records in memory for a session, and that all of it goes (6.9).
//!
//! A record goes to the relay before the event that names it, so that an event never promises what was not stored. What is typed stays in
//! memory until then, and so does every half of the relay.

mod close;
mod pin;
mod read;
mod wrap;

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Made;
use sluis_domain::ids::{AuthorId, PersonId};
use sluis_domain::people::{Contact as Known, Erased, Facts, Sealed};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DossierAddress, PersonAddress};
use sluis_wire::api::{PeopleErase, PeopleRead, PersonPut, PersonWrapsPut, PersonWrapsRead};
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::step::{Outgoing, Signer, Step};
use super::{ActError, Engine, rows};
use crate::contact::{Contact, DeviceHalf, Place};
use crate::primitives::secret::SecretKey;

pub use close::Shredding;

use close::Erasing;

/// A person in a dossier.
pub(super) type Key = (DossierAddress, PersonId);

/// A half that this device holds.
pub(super) struct Half {
    pub(super) version: u32,
    pub(super) secret: SecretKey<DeviceHalf>,
}

/// A record that is open, with what opens it.
struct Opened {
    version: u32,
    contact: Contact,
    record: Vec<u8>,
    share: Zeroizing<[u8; 32]>,
}

/// Contact data that the relay does not have yet. In memory only.
struct Draft {
    contact: Contact,
    /// The version before, as the relay says, once it refused one.
    before: Option<u32>,
    /// The relay refused a version: ask which one it has.
    ask: bool,
    put: Option<Put>,
}

/// A record on its way.
struct Put {
    sealed: Sealed,
    record: Vec<u8>,
    wraps: Vec<u8>,
    share: Zeroizing<[u8; 32]>,
    half: SecretKey<DeviceHalf>,
    /// The relay has it; the event that says so is still to be written.
    stored: bool,
}

/// Wraps on their way.
struct Rewrap {
    version: u32,
    turn: u32,
    frame: Vec<u8>,
    devices: Vec<AuthorId>,
    /// As [`Put::stored`].
    stored: bool,
}

/// What the engine knows of contact data.
#[derive(Default)]
pub(super) struct Contacts {
    halves: Map<Key, Half>,
    /// Opened in this session.
    open: Map<Key, Opened>,
    pins: Map<Key, pin::Pin>,
    drafts: Map<Key, Draft>,
    wraps: Map<Key, Rewrap>,
    /// Halves that are for this device and not here.
    fetch: Set<Key>,
    /// Dossiers whose records are to be read.
    wants: Set<DossierAddress>,
    /// Dossiers whose records were read, and have not changed since.
    seen: Set<DossierAddress>,
    /// Dossiers whose people somebody had before their eyes in this session.
    looked: Set<DossierAddress>,
    /// What was not as it should be when it was read last: it may be on its way, and is looked at once more.
    doubted: Set<Key>,
    erasing: Map<DossierAddress, Erasing>,
    /// Dossiers in which something about people may have changed.
    due: Set<DossierAddress>,
    /// Those that are looked at again when something changes at the relay.
    later: Set<DossierAddress>,
}

/// How it stands with somebody's contact data, for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactState<'a> {
    /// There is none.
    None,
    /// It is being saved: it is in memory only until then.
    Saving(&'a Contact),
    /// Here it is.
    Open(&'a Contact),
    /// It is not here, or not yet.
    Shut,
    /// Destroyed, for good.
    Erased(Made, &'a Erased),
}

impl Engine {
    /// Adds somebody, with contact data if there is any.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn add_person(
        &mut self,
        address: DossierAddress,
        facts: Facts,
        contact: Option<Contact>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<PersonId, ActError> {
        if contact.is_some() && !facts.role.keeps_contact(self.respondents_in(&address)) {
            return Err(ActError::Refused(Refusal::RespondentUnnamed));
        }
        let id = PersonId(super::random(rng));
        self.act(address, Command::AddPerson(id, facts), now, rng)?;
        if let Some(contact) = contact {
            self.set_contact(address, id, contact)?;
        }
        Ok(id)
    }

    /// Keeps contact data of somebody from now on. It is safe once [`Engine::contact`] says [`ContactState::Open`].
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn set_contact(
        &mut self,
        address: DossierAddress,
        id: PersonId,
        contact: Contact,
    ) -> Result<(), ActError> {
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        work.state()
            .check_contact(&id, u32::MAX, self.respondents_in(&address))?;
        if !self.may_write(&address) {
            return Err(ActError::Work(crate::dossier::WorkError::NoRight));
        }
        let draft = Draft {
            contact,
            before: None,
            ask: false,
            put: None,
        };
        self.contacts.drafts.insert((address, id), draft);
        self.contacts.due.insert(address);
        self.stuck.remove(&Step::PersonPut(address, id));
        self.touched.insert(address);
        Ok(())
    }

    /// Reads the records of a dossier for this session: somebody has its people before their eyes.
    pub fn look_at_people(&mut self, address: DossierAddress) {
        let any = |work: &super::Work| work.state().people().with_contact().next().is_some();
        self.contacts.looked.insert(address);
        if self.dossiers.get(&address).is_some_and(any) && !self.contacts.seen.contains(&address) {
            self.contacts.wants.insert(address);
        }
    }

    /// How it stands with somebody's contact data.
    #[must_use]
    pub fn contact(&self, address: &DossierAddress, id: &PersonId) -> ContactState<'_> {
        let key = (*address, *id);
        if let Some(draft) = self.contacts.drafts.get(&key) {
            return ContactState::Saving(&draft.contact);
        }
        let work = self.dossiers.get(address);
        match work.and_then(|work| work.state().people().person(id)) {
            None => ContactState::None,
            Some(person) => match &person.contact {
                Known::None => ContactState::None,
                Known::Erased { made, erased } => ContactState::Erased(*made, erased),
                Known::Sealed { sealed, .. } => match self.contacts.open.get(&key) {
                    Some(opened) if opened.version == sealed.version => {
                        ContactState::Open(&opened.contact)
                    }
                    _ => ContactState::Shut,
                },
            },
        }
    }

    /// Contact data that waits to be stored or destroyed.
    pub(super) fn contacts_pending(&self) -> usize {
        self.contacts.drafts.len() + self.contacts.erasing.len()
    }

    /// The same, of one dossier.
    #[must_use]
    pub fn contacts_pending_in(&self, address: &DossierAddress) -> usize {
        let drafts = self.contacts.drafts.keys();
        let erasing = self.contacts.erasing.contains_key(address);
        drafts.filter(|key| key.0 == *address).count() + usize::from(erasing)
    }

    /// Something about this dossier changed.
    pub(super) fn contacts_touched(&mut self, address: DossierAddress) {
        self.contacts.due.insert(address);
    }

    /// Keys of devices changed: others may be able to open contact data now.
    pub(super) fn contacts_all_due(&mut self) {
        self.contacts.due = self.dossiers.keys().copied().collect();
    }

    pub(super) fn contacts_again(&mut self) {
        let later = core::mem::take(&mut self.contacts.later);
        self.contacts.due.extend(later);
        let looked = self.contacts.looked.iter().copied();
        let looked: Vec<DossierAddress> = looked.collect();
        for address in looked {
            self.look_at_people(address);
        }
    }

    fn place(&self, key: &Key, version: u32) -> Place {
        Place {
            genesis: self.genesis,
            dossier: key.0,
            person: PersonAddress(key.1.0),
            version,
        }
    }

    /// What is to be read: halves for this device, and records for whoever looks.
    pub(super) fn next_contact_read(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        self.check_contacts(now, rng);
        self.unpin(now);
        for key in self.contacts.fetch.iter().copied() {
            let step = Step::PersonWraps(key.0, key.1);
            if let Some(signer) = self.contact_key(&key.0, step) {
                let call = PersonWrapsRead {
                    dossier: key.0,
                    person: PersonAddress(key.1.0),
                };
                return Some(self.write(step, &call, &signer, now, rng));
            }
        }
        for address in self.contacts.wants.iter().copied() {
            let step = Step::People(address);
            if let Some(signer) = self.contact_key(&address, step) {
                let call = PeopleRead { dossier: address };
                return Some(self.write(step, &call, &signer, now, rng));
            }
        }
        None
    }

    /// What is to be stored or destroyed.
    pub(super) fn next_contact_write(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        self.note_stored(now, rng);
        self.finish_closings(now, rng);
        self.drop_forbidden();
        self.prepare_drafts(now, rng);
        for (key, draft) in &self.contacts.drafts {
            let person = PersonAddress(key.1.0);
            let asks = Step::PersonWraps(key.0, key.1);
            if let Some(signer) = self.contact_key(&key.0, asks).filter(|_| draft.ask) {
                let call = PersonWrapsRead {
                    dossier: key.0,
                    person,
                };
                return Some(self.write(asks, &call, &signer, now, rng));
            }
            let step = Step::PersonPut(key.0, key.1);
            let put = draft.put.as_ref().filter(|put| !put.stored);
            if let Some((put, signer)) = put.zip(self.contact_key(&key.0, step)) {
                let call = PersonPut {
                    dossier: key.0,
                    person,
                    version: put.sealed.version,
                    record: put.record.clone(),
                    wraps: put.wraps.clone(),
                    share: *put.share,
                };
                return Some(self.write(step, &call, &signer, now, rng));
            }
        }
        for (key, wraps) in self.contacts.wraps.iter().filter(|(_, one)| !one.stored) {
            let step = Step::PersonWrapsPut(key.0, key.1);
            if let Some(signer) = self.contact_key(&key.0, step) {
                let call = PersonWrapsPut {
                    dossier: key.0,
                    person: PersonAddress(key.1.0),
                    version: wraps.version,
                    turn: wraps.turn,
                    wraps: wraps.frame.clone(),
                };
                return Some(self.write(step, &call, &signer, now, rng));
            }
        }
        for (address, erasing) in &self.contacts.erasing {
            let step = Step::Erase(*address);
            let people = erasing.people();
            if people.is_empty() {
                continue;
            }
            if let Some(signer) = self.contact_key(address, step) {
                let call = PeopleErase {
                    dossier: *address,
                    people,
                };
                return Some(self.write(step, &call, &signer, now, rng));
            }
        }
        None
    }

    /// What signs a request about people, when it may be sent now.
    fn contact_key(&self, address: &DossierAddress, step: Step) -> Option<Signer<'_>> {
        let work = self.dossiers.get(address)?;
        let free = work.is_created() && !work.is_shut() && !self.stuck.contains(&step);
        work.write_key().filter(|_| free).map(Signer::Key)
    }

    /// Drops what is held of a person: half, record and whatever is on its way.
    fn drop_contact(&mut self, key: &Key) {
        self.contacts.open.remove(key);
        self.contacts.wraps.remove(key);
        self.contacts.fetch.remove(key);
        self.contacts.doubted.remove(key);
        if self.contacts.pins.remove(key).is_some() {
            self.forget(rows::PINNED, &rows::person_key(key));
        }
        if self.contacts.halves.remove(key).is_some() {
            self.forget(rows::PERSON, &rows::person_key(key));
        }
    }

    /// Drops everything of a dossier's people that is here.
    pub(super) fn drop_contacts(&mut self, address: &DossierAddress) {
        let keys = |map: &Map<Key, Half>| -> Vec<Key> {
            let of = |key: &&Key| key.0 == *address;
            map.keys().filter(of).copied().collect()
        };
        for key in keys(&self.contacts.halves) {
            self.drop_contact(&key);
        }
        self.contacts.open.retain(|key, _| key.0 != *address);
        self.contacts.drafts.retain(|key, _| key.0 != *address);
        self.contacts.wraps.retain(|key, _| key.0 != *address);
        self.contacts.fetch.retain(|key| key.0 != *address);
        self.contacts.wants.remove(address);
        self.contacts.seen.remove(address);
        self.contacts.looked.remove(address);
    }

    pub(super) fn load_half(&mut self, row_key: &[u8], value: &[u8]) -> Option<()> {
        let (key, half) = self.open_half(row_key, value)?;
        self.contacts.halves.insert(key, half);
        Some(())
    }

    /// Seals every half anew under the newest month key.
    pub(super) fn turn_halves(&mut self, rng: &mut impl CryptoRng) {
        let keys: Vec<Key> = self.contacts.halves.keys().copied().collect();
        for key in keys {
            self.keep_half(&key, rng);
        }
    }

    fn keep_half(&mut self, key: &Key, rng: &mut impl CryptoRng) {
        let sealed = self
            .contacts
            .halves
            .get(key)
            .and_then(|half| self.seal_half(key, half, rng));
        if let Some(sealed) = sealed {
            self.put(rows::PERSON, &rows::person_key(key), sealed);
        }
    }

    /// Whether nothing that a month key may still have to open is outstanding.
    pub(super) fn has_all_halves(&self) -> bool {
        self.contacts.fetch.is_empty() && self.contacts.due.is_empty()
    }

    fn me_as_author(&self) -> AuthorId {
        AuthorId(self.me.id.0)
    }
}
