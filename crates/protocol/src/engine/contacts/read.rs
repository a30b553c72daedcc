//! Taking in what the relay has of people, and finding what is not as events say.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::signature::{Label, Signature};
use sluis_domain::command::Command;
use sluis_domain::ids::PersonId;
use sluis_domain::people::{Contact as Known, Sealed};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{ErasureReceipt, PeoplePage, PersonWraps, StoredPerson};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::{Half, Key, Opened};
use crate::engine::keys::is_open;
use crate::engine::step::Step;
use crate::engine::{Alarm, Engine, rows};
use crate::primitives::chunked;
use crate::primitives::kem::KemSecret;
use crate::primitives::secret::SecretKey;

impl Engine {
    /// Looks at the people of every dossier in which something changed: which halves are missing here, who else needs one, what has to go.
    pub(super) fn check_contacts(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        for address in core::mem::take(&mut self.contacts.due) {
            let Some(work) = self.dossiers.get(&address) else {
                self.drop_contacts(&address);
                continue;
            };
            if work.is_shut() {
                self.drop_contacts(&address);
            } else if work.has_people() && work.is_read() {
                self.check_people(address, now, rng);
            }
        }
    }

    fn check_people(&mut self, address: DossierAddress, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(work) = self.dossiers.get(&address) else {
            return;
        };
        let state = work.state();
        let people: Vec<(Key, Known)> = state
            .people()
            .all()
            .map(|(id, person)| ((address, *id), person.contact.clone()))
            .collect();
        let closing = state.closing().map(|(made, _)| made.event);
        let me = self.me_as_author();
        let goes = |(key, contact): &(Key, Known)| {
            matches!(contact, Known::Erased { .. }) && self.contacts.open.contains_key(key)
        };
        if people.iter().any(goes) {
            self.sweep_own_notes(address, now, rng);
        }
        for (key, contact) in people {
            match contact {
                Known::None => {}
                Known::Erased { .. } => self.drop_contact(&key),
                Known::Sealed { sealed, turn } => {
                    let held = self.contacts.halves.get(&key);
                    if held.is_some_and(|half| half.version < sealed.version) {
                        self.drop_contact(&key);
                        self.contacts.seen.remove(&address);
                    }
                    if self.contacts.halves.contains_key(&key) {
                        self.wrap_anew(&key, &sealed, turn, now, rng);
                    } else if sealed.is_for(&me) && self.may_write(&address) {
                        self.contacts.fetch.insert(key);
                    }
                }
            }
        }
        let closing = closing.filter(|closing| {
            let people = self
                .dossiers
                .get(&address)
                .map(|work| work.state().people());
            people.is_some_and(|people| {
                people.holders().contains(&me) && !people.has_shredded(closing, &me)
            })
        });
        if let Some(closing) = closing {
            self.drop_contacts(&address);
            if self
                .act(address, Command::Shred(closing, me), now, rng)
                .is_err()
            {
                self.contacts.later.insert(address);
            }
        }
    }

    /// Takes in the wraps of a record.
    pub(in crate::engine) fn absorb_wraps(
        &mut self,
        address: DossierAddress,
        id: PersonId,
        answer: &PersonWraps,
        rng: &mut impl CryptoRng,
    ) {
        let key = (address, id);
        if self.answer_draft(&key, Some(answer.version)) {
            return;
        }
        self.contacts.fetch.remove(&key);
        let Some((sealed, turn)) = self.sealed(&key) else {
            return;
        };
        if answer.version > sealed.version {
            // The event that names it is on its way.
            self.contacts.later.insert(address);
            return self.want_links(address);
        }
        if answer.version < sealed.version || answer.turn < turn {
            self.contacts.later.insert(address);
            return self.alarm(Alarm::ContactRolledBack(address));
        }
        let place = self.place(&key, sealed.version);
        let mut secrets: Vec<&KemSecret> = self.months.iter().map(|month| &month.kem).collect();
        if self.directory.as_ref().is_some_and(is_open) {
            secrets.push(&self.me.kem);
        }
        let half = place.unwrap(
            &answer.wraps,
            answer.turn,
            &self.me.id,
            &secrets,
            &sealed.key,
        );
        let Some(secret) = half else {
            self.contacts.later.insert(address);
            return self.alarm(Alarm::ContactWrong(address));
        };
        let version = sealed.version;
        self.contacts.halves.insert(key, Half { version, secret });
        self.contacts.doubted.remove(&key);
        self.keep_half(&key, rng);
        self.contacts.seen.remove(&address);
        if self.contacts.looked.contains(&address) {
            self.contacts.wants.insert(address);
        }
        // Somebody may need it from me.
        self.contacts.due.insert(address);
    }

    /// The relay has no wraps where events say that there are some.
    pub(in crate::engine) fn wraps_missing(&mut self, address: DossierAddress, id: PersonId) {
        let key = (address, id);
        if !self.answer_draft(&key, None) {
            self.doubt(&key);
        }
    }

    /// Takes in the records of a dossier.
    pub(in crate::engine) fn absorb_people(&mut self, address: DossierAddress, page: &PeoplePage) {
        self.contacts.wants.remove(&address);
        self.contacts.seen.insert(address);
        let named: Vec<Sealed> = self
            .dossiers
            .get(&address)
            .into_iter()
            .flat_map(|work| work.state().people().with_contact())
            .map(|(_, sealed)| sealed.clone())
            .collect();
        for sealed in named {
            let key = (address, sealed.person);
            let mine = page
                .people
                .iter()
                .find(|one| person_of(one) == sealed.person);
            match mine {
                Some(StoredPerson::Held {
                    version,
                    record,
                    share,
                    ..
                }) => self.take_record(&key, &sealed, *version, record, share),
                Some(StoredPerson::Erased(receipt)) if !self.is_receipt(&address, receipt) => {
                    self.alarm(Alarm::ContactWrong(address));
                }
                // Destroyed, and nobody has said so yet; or not there at all.
                Some(StoredPerson::Erased(_)) | None => self.doubt(&key),
            }
        }
        self.touched.insert(address);
    }

    fn take_record(
        &mut self,
        key: &Key,
        sealed: &Sealed,
        version: u32,
        record: &[u8],
        share: &[u8; 32],
    ) {
        let address = key.0;
        if version > sealed.version {
            self.contacts.seen.remove(&address);
            self.contacts.later.insert(address);
            return self.want_links(address);
        }
        if version < sealed.version {
            return self.alarm(Alarm::ContactRolledBack(address));
        }
        self.contacts.doubted.remove(key);
        if sluis_directory::frame_hash(record).0 != sealed.record {
            return self.alarm(Alarm::ContactWrong(address));
        }
        let half = self.contacts.halves.get(key);
        let Some(half) = half.filter(|half| half.version == version) else {
            return;
        };
        match self.place(key, version).open(record, &half.secret, share) {
            Ok(contact) => {
                let opened = Opened {
                    version,
                    contact,
                    record: record.to_vec(),
                    share: Zeroizing::new(*share),
                };
                self.contacts.open.insert(*key, opened);
            }
            Err(_) => self.alarm(Alarm::ContactWrong(address)),
        }
    }

    /// Events say that the relay has something, and it shows nothing. It may be gone by an act whose event is on its way; what is still so at the
    /// next look is withheld.
    fn doubt(&mut self, key: &Key) {
        let address = key.0;
        if !self.contacts.doubted.insert(*key) {
            self.alarm(Alarm::ContactWithheld(address));
        }
        self.contacts.fetch.remove(key);
        self.contacts.seen.remove(&address);
        self.contacts.later.insert(address);
        self.want_links(address);
    }

    /// Whether a receipt is the relay's own, about this dossier.
    #[must_use]
    pub fn is_receipt(&self, address: &DossierAddress, receipt: &ErasureReceipt) -> bool {
        self.directory.as_ref().is_some_and(|directory| {
            let bytes = receipt.signed_bytes(&self.genesis, address);
            directory
                .genesis_entry()
                .relay_key
                .verify(Label::Erased, &bytes, &Signature(receipt.signature))
                .is_ok()
        })
    }

    fn sealed(&self, key: &Key) -> Option<(Sealed, u32)> {
        let people = self.dossiers.get(&key.0)?.state().people();
        match &people.person(&key.1)?.contact {
            Known::Sealed { sealed, turn } => Some((sealed.clone(), *turn)),
            Known::None | Known::Erased { .. } => None,
        }
    }

    /// A half as it lies in the vault: sealed once more under the newest month key.
    pub(super) fn seal_half(
        &self,
        key: &Key,
        half: &Half,
        rng: &mut impl CryptoRng,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let month = self.months.last()?;
        let sealed = chunked::seal(
            &rows::month_row(month),
            &rows::half_context(key, half.version),
            half.secret.expose(),
            rng,
        );
        let value = codec::encode(&(month.period, half.version, sealed));
        Some(Zeroizing::new(value))
    }

    pub(super) fn open_half(&self, row_key: &[u8], value: &[u8]) -> Option<(Key, Half)> {
        let key: Key = codec::decode(row_key, 64).ok()?;
        let (period, version, sealed): (u32, u32, Vec<u8>) = codec::decode(value, 1_024).ok()?;
        let month = self.months.iter().find(|month| month.period == period)?;
        let context = rows::half_context(&key, version);
        let bytes = chunked::open(&rows::month_row(month), &context, &sealed).ok()?;
        let secret = SecretKey::from_slice(&bytes)?;
        Some((key, Half { version, secret }))
    }

    /// Records were refused or not there.
    pub(in crate::engine) fn people_refused(&mut self, step: Step) {
        if let Step::People(address) | Step::PersonWraps(address, _) | Step::Erase(address) = step {
            self.want_links(address);
        }
    }
}

fn person_of(stored: &StoredPerson) -> PersonId {
    match stored {
        StoredPerson::Held { person, .. } => PersonId(person.0),
        StoredPerson::Erased(receipt) => PersonId(receipt.person.0),
    }
}
