//! People in a dossier (mission M12 to M14): a number, a role and a few facts. Names and contact data never stand in an event: they lie in a
//! record of their own that can be destroyed (docs/protocol.md 6.9), and events say only that there is one, or that it is gone.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_sorted::{Map, Set};

use crate::dossier::Made;
use crate::ids::{AuthorId, EventId, PersonId};

/// Longest capacity of a person, in bytes.
pub const CAPACITY_MOST: usize = 200;
/// Most people in a dossier that are not removed.
pub const PEOPLE_MOST: usize = 64;
/// Longest outcome of a dossier, in bytes.
pub const OUTCOME_MOST: usize = 4_000;
/// Most devices that one record is sealed for.
pub const DEVICES_MOST: usize = 64;

/// What a person is in a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonRole {
    /// Told it.
    Reporter,
    /// Complains formally, with name and signature.
    Complainant,
    /// Whom it happened to.
    Affected,
    /// Whom it is said of. Their contact data is kept only where the organisation's policy says so (Q2).
    Respondent,
    /// Saw or heard it.
    Witness,
    /// Gives an expert opinion.
    Expert,
    /// A lawyer.
    Counsel,
    /// Somebody that one of the others trusts.
    Confidant,
    /// Acts for one of the others, such as a parent.
    Representative,
    /// Of a club or federation.
    Official,
}

impl PersonRole {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Reporter,
        Self::Affected,
        Self::Complainant,
        Self::Witness,
        Self::Respondent,
        Self::Representative,
        Self::Confidant,
        Self::Counsel,
        Self::Expert,
        Self::Official,
    ];

    /// Whether contact data of such a person may be kept (Q2).
    #[must_use]
    pub const fn keeps_contact(self, respondents: Respondents) -> bool {
        !matches!(
            (self, respondents),
            (Self::Respondent, Respondents::Unnamed)
        )
    }
}

/// Whether an organisation keeps who respondents are (Q2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Respondents {
    /// It does not.
    #[default]
    Unnamed,
    /// It does, on a legal ground that its directors named.
    Named,
}

/// What is noted of a person and stays when the contact data goes: nothing that says who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What they are in the dossier.
    pub role: PersonRole,
    /// What they are in the sport, such as trainer or player; may be empty.
    pub capacity: String,
    /// Whether they are under 18, where that is known. The birth date is not kept.
    pub minor: Option<bool>,
}

/// A record was sealed: its bytes lie at the relay already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Whose.
    pub person: PersonId,
    /// From 1; each edit is a new version with new keys.
    pub version: u32,
    /// Hash of the record as the relay has it.
    pub record: [u8; 32],
    /// Check value of the half of its key that devices hold.
    pub key: [u8; 32],
    /// Devices that this half was wrapped for.
    pub devices: Vec<AuthorId>,
}

/// The wraps of a record were made anew, for more devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Whose.
    pub person: PersonId,
    /// Version of the record.
    pub version: u32,
    /// From 1.
    pub turn: u32,
    /// Devices that the half was wrapped for.
    pub devices: Vec<AuthorId>,
}

/// Why contact data was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErasureCause {
    /// The dossier was closed.
    Closing,
    /// On its own, before that (Q13).
    Early,
}

/// Contact data was destroyed, with the relay's word for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Whose.
    pub person: PersonId,
    /// Why.
    pub cause: ErasureCause,
    /// The relay's receipt: opaque here.
    pub receipt: Vec<u8>,
}

/// What can have happened to people in a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonEvent {
    /// Somebody was added, under a number.
    Added(PersonId, u16, Facts),
    /// The facts are others.
    Changed(PersonId, Facts),
    /// Somebody was taken off the list.
    Removed(PersonId),
    /// Contact data was sealed.
    Sealed(Sealed),
    /// More devices can open it.
    Shared(Shared),
    /// Contact data was destroyed.
    Erased(Erased),
}

/// Why a dossier is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClosingReason {
    /// Dealt with.
    Settled,
    /// Another body goes on with it.
    Referred,
    /// The reporter wanted to stop.
    Withdrawn,
    /// The reporter did not answer any more.
    Silent,
    /// It does not belong here.
    OutOfScope,
    /// It is the same as another dossier.
    Duplicate,
}

impl ClosingReason {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Settled,
        Self::Referred,
        Self::Withdrawn,
        Self::Silent,
        Self::OutOfScope,
        Self::Duplicate,
    ];
}

/// A dossier was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Why.
    pub reason: ClosingReason,
    /// What came of it; may be empty.
    pub outcome: String,
}

/// Somebody in the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who added them, and when.
    pub made: Made,
    /// Their number: `@p1` is number 1. Never given again.
    pub number: u16,
    /// Two colleagues gave one number at once, and this is the one who got another.
    pub renumbered: bool,
    /// What is noted of them.
    pub facts: Facts,
    /// They were taken off the list.
    pub removed: bool,
    /// Their contact data.
    pub contact: Contact,
}

/// How it stands with somebody's contact data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// There never was any.
    None,
    /// A record lies at the relay.
    Sealed {
        /// The record.
        sealed: Sealed,
        /// How often its wraps were made anew.
        turn: u32,
    },
    /// Destroyed, for good.
    Erased {
        /// Who did it, and when.
        made: Made,
        /// Why, and the relay's word.
        erased: Erased,
    },
}

/// All people of a dossier, and who has said that their data is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    known: Map<PersonId, Person>,
    last: u16,
    holders: Set<AuthorId>,
    shredded: Map<EventId, Set<AuthorId>>,
}

impl People {
    /// Takes in the next event in log order.
    pub(crate) fn apply(&mut self, made: Made, event: &PersonEvent) {
        match event {
            PersonEvent::Added(id, number, facts) => self.add(made, *id, *number, facts),
            PersonEvent::Changed(id, facts) => {
                if let Some(person) = self.known.get_mut(id) {
                    person.facts = facts.clone();
                }
            }
            PersonEvent::Removed(id) => {
                if let Some(person) = self.known.get_mut(id) {
                    person.removed = true;
                }
            }
            PersonEvent::Sealed(sealed) => self.seal(sealed),
            PersonEvent::Shared(shared) => self.share(shared),
            PersonEvent::Erased(erased) => {
                if let Some(person) = self.known.get_mut(&erased.person)
                    && !matches!(person.contact, Contact::Erased { .. })
                {
                    person.contact = Contact::Erased {
                        made,
                        erased: erased.clone(),
                    };
                }
            }
        }
    }

    fn add(&mut self, made: Made, id: PersonId, number: u16, facts: &Facts) {
        if self.known.contains_key(&id) {
            return;
        }
        let taken = self.known.values().any(|other| other.number == number);
        let own = if taken {
            self.last.saturating_add(1)
        } else {
            number
        };
        self.last = self.last.max(own);
        self.known.insert(
            id,
            Person {
                made,
                number: own,
                renumbered: taken,
                facts: facts.clone(),
                removed: false,
                contact: Contact::None,
            },
        );
    }

    fn seal(&mut self, new: &Sealed) {
        let Some(person) = self.known.get_mut(&new.person) else {
            return;
        };
        let newer = match &person.contact {
            Contact::None => true,
            Contact::Sealed { sealed, .. } => sealed.version < new.version,
            Contact::Erased { .. } => false,
        };
        self.holders.extend(new.devices.iter().copied());
        if newer {
            person.contact = Contact::Sealed {
                sealed: new.clone(),
                turn: 0,
            };
        }
    }

    fn share(&mut self, shared: &Shared) {
        let Some(person) = self.known.get_mut(&shared.person) else {
            return;
        };
        self.holders.extend(shared.devices.iter().copied());
        if let Contact::Sealed { sealed, turn } = &mut person.contact
            && sealed.version == shared.version
            && *turn < shared.turn
        {
            *turn = shared.turn;
            sealed.devices.clone_from(&shared.devices);
        }
    }

    pub(crate) fn shred(&mut self, closing: EventId, author: AuthorId) {
        self.shredded.entry(closing).or_default().insert(author);
    }

    /// Everybody who was ever added, in no order that means anything.
    pub fn all(&self) -> impl Iterator<Item = (&PersonId, &Person)> {
        self.known.iter()
    }

    /// Those on the list, by their numbers.
    #[must_use]
    pub fn listed(&self) -> Vec<(PersonId, &Person)> {
        let listed = self.known.iter().filter(|(_, person)| !person.removed);
        let mut people: Vec<_> = listed.map(|(id, person)| (*id, person)).collect();
        people.sort_by_key(|(_, person)| person.number);
        people
    }

    /// One of them.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.known.get(id)
    }

    /// The number for the next one.
    #[must_use]
    pub fn next_number(&self) -> u16 {
        self.last.saturating_add(1)
    }

    /// Whose contact data is not destroyed yet.
    pub fn with_contact(&self) -> impl Iterator<Item = (PersonId, &Sealed)> {
        self.known
            .iter()
            .filter_map(|(id, person)| match &person.contact {
                Contact::Sealed { sealed, .. } => Some((*id, sealed)),
                Contact::None | Contact::Erased { .. } => None,
            })
    }

    /// All devices that ever could open somebody's contact data.
    #[must_use]
    pub fn holders(&self) -> &Set<AuthorId> {
        &self.holders
    }

    /// The devices that said after this closing that they hold nothing any more.
    pub fn shredded(&self, closing: &EventId) -> impl Iterator<Item = &AuthorId> {
        self.shredded.get(closing).into_iter().flat_map(Set::iter)
    }

    /// Whether this device said so.
    #[must_use]
    pub fn has_shredded(&self, closing: &EventId, device: &AuthorId) -> bool {
        self.shredded(closing).any(|author| author == device)
    }
}

impl Sealed {
    /// Whether this device is among those that it was sealed for.
    #[must_use]
    pub fn is_for(&self, device: &AuthorId) -> bool {
        self.devices.contains(device)
    }
}
