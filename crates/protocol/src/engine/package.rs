//! Dossiers to another Sluis and from one, as a file that eight words open (docs/protocol.md 6.12).

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::classes::{ClassName, Classes};
use sluis_domain::command::{Command, Refusal};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::{Lane, PackageMade, PackageTaken, PartOf};
use sluis_domain::ids::AuthorId;
use sluis_domain::people::Facts;
use sluis_domain::view::bubbles;
use sluis_domain::vocabulary::{Category, Field, Status, Subcategory, TEXT_MOST};
use sluis_sorted::Map;
use sluis_wire::address::{DeviceId, DossierAddress};
use sluis_wire::time::UnixTime;

use super::{ActError, ContactState, Engine};
use crate::contact::Contact;
use crate::dossier::{WorkError, number};
use crate::package::{Package, PackageError, Packed, PackedEntry, PackedPerson, is_carried};
use crate::words::Code;

/// What goes along, beside the facts and the people without their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackChoice {
    /// The conversation with the reporter.
    pub conversation: bool,
    /// The team's notes.
    pub notes: bool,
    /// How to reach people, as far as that is open here, and why it has to go along.
    pub contacts: Option<String>,
}

/// Why there is no package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The dossier, or my right in it.
    #[error("refused in the dossier")]
    Act(#[from] ActError),
    /// The file.
    #[error("no such file can be made")]
    Package(#[from] PackageError),
}

impl Engine {
    /// Packs a dossier into a file for whoever has the words, and writes that down in the dossier.
    ///
    /// # Errors
    /// [`PackError`]: nothing was made then.
    pub fn pack(
        &mut self,
        address: DossierAddress,
        choice: &PackChoice,
        code: &Code,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, PackError> {
        let work = self.dossier(&address).ok_or(ActError::NoDossier)?;
        if work.is_shut() {
            return Err(ActError::Shut.into());
        }
        // Whoever may only read can leave no mark that it went out.
        if !self.may_write(&address) {
            return Err(ActError::Work(WorkError::NoRight).into());
        }
        let organisation = self.organisation().map(|one| one.name.clone());
        let package = Package {
            organisation: organisation.unwrap_or_default(),
            made: now.0,
            dossiers: [self.packed(&address, work.state(), choice)].into(),
        };
        let file = package.seal(code, rng)?;
        let made = PackageMade {
            conversation: choice.conversation,
            notes: choice.notes,
            contacts: choice.contacts.is_some(),
            reason: choice.contacts.clone().unwrap_or_default(),
        };
        self.act(address, Command::MakePackage(made), now, rng)?;
        Ok(file)
    }

    fn packed(&self, address: &DossierAddress, state: &Dossier, choice: &PackChoice) -> Packed {
        let mut entries = Vec::new();
        if choice.conversation {
            entries.extend(self.packed_conversation(state));
        }
        if choice.notes {
            let notes = state.notes().iter();
            entries.extend(notes.map(|(made, note)| PackedEntry {
                of: PartOf::Note,
                author: self.author(&made.author),
                time: made.time,
                text: note.text.clone(),
            }));
        }
        entries.sort_by_key(|entry| entry.time);
        Packed {
            number: number(address),
            kind: state.fields().kind,
            origin: state.origin(),
            opened: state.opened_at(),
            fields: carried(&self.classes(), state),
            people: self.packed_people(address, state, choice.contacts.is_some()),
            entries,
        }
    }

    fn packed_conversation(&self, state: &Dossier) -> Vec<PackedEntry> {
        let said = bubbles(state).into_iter();
        said.filter(|bubble| !bubble.text.is_empty())
            .map(|bubble| PackedEntry {
                of: if bubble.staff.is_some() {
                    PartOf::Reply
                } else {
                    PartOf::Message
                },
                author: bubble
                    .staff
                    .map_or_else(String::new, |author| self.author(&author)),
                time: bubble.time,
                text: bubble.text,
            })
            .collect()
    }

    fn packed_people(
        &self,
        address: &DossierAddress,
        state: &Dossier,
        contacts: bool,
    ) -> Vec<PackedPerson> {
        let listed = state.people().listed().into_iter();
        listed
            .map(|(id, person)| PackedPerson {
                number: person.number,
                facts: person.facts.clone(),
                contact: match self.contact(address, &id) {
                    ContactState::Open(contact) if contacts => Some(contact.clone()),
                    _ => None,
                },
            })
            .collect()
    }

    fn author(&self, author: &AuthorId) -> String {
        self.name_of_device(&DeviceId(author.0))
    }

    /// Makes a new dossier of mine of one that came in a package. `heads` stand above what was said there, one for each entry: who said it, by the
    /// package's word. I am the author of all of it.
    ///
    /// # Errors
    /// [`ActError`]: nothing was made then.
    pub fn unpack(
        &mut self,
        package: &Package,
        packed: &Packed,
        heads: &[String],
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<DossierAddress, ActError> {
        let address = self.open_by_hand(packed.kind, packed.origin, &[], now, rng)?;
        match self.fill_unpacked(address, package, packed, heads, now, rng) {
            Ok(()) => Ok(address),
            Err(error) => {
                self.drop_dossier(address);
                Err(error)
            }
        }
    }

    fn fill_unpacked(
        &mut self,
        address: DossierAddress,
        package: &Package,
        packed: &Packed,
        heads: &[String],
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let taken = PackageTaken {
            organisation: package.organisation.clone(),
            made: package.made,
            number: packed.number.clone(),
        };
        self.act(address, Command::TakePackage(taken), now, rng)?;
        let mut numbers = Map::new();
        for (place, person) in packed.people.iter().enumerate() {
            let own = u16::try_from(place + 1).unwrap_or(u16::MAX);
            numbers.insert(person.number, own);
            let (facts, contact) = (person.facts.clone(), person.contact.clone());
            self.add_unpacked(address, facts, contact, now, rng)?;
        }
        let me = self.device().member.0;
        let known = packed.fields.iter();
        let known = known.map(|field| renumbered_field(field, &numbers));
        let mine = [Field::Status(Status::InProgress), Field::Handler(Some(me))];
        for field in known.chain(mine) {
            self.set_unpacked(address, field, now, rng)?;
        }
        for (place, entry) in packed.entries.iter().enumerate() {
            let head = heads.get(place).map_or("", String::as_str);
            let text = renumbered(&entry.text, &numbers);
            for piece in pieces(head, &text) {
                self.act(address, Command::Note(Lane::Team, piece), now, rng)?;
            }
        }
        Ok(())
    }

    fn set_unpacked(
        &mut self,
        address: DossierAddress,
        field: Field,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let field = match field {
            // A subject that this Sluis no longer offers stays behind; its category does not.
            Field::Classification(Some((category, subject))) => {
                let classes = self.classes();
                let offered = subject.filter(|subject| !classes.is_retired(*subject));
                Field::Classification(Some((category, offered)))
            }
            other => other,
        };
        match self.act(address, Command::Set(field), now, rng) {
            Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Contact data of a respondent comes along only where the policy of my organisation keeps it.
    fn add_unpacked(
        &mut self,
        address: DossierAddress,
        facts: Facts,
        contact: Option<Contact>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let respondents = self.respondents_in(&address);
        let contact = contact.filter(|_| facts.role.keeps_contact(respondents));
        self.add_person(address, facts, contact, now, rng)
            .map(|_| ())
    }
}

/// The fields that go along and are filled in.
fn carried(classes: &Classes, state: &Dossier) -> Vec<Field> {
    let fields = state.fields().clone();
    let empty = sluis_domain::dossier::Fields::default();
    let all = [
        Field::Classification(fields.classification.map(|one| everywhere(classes, one))),
        Field::Federation(fields.federation),
        Field::Sport(fields.sport),
        Field::Club(fields.club),
        Field::Level(fields.level),
        Field::Risk(fields.risk),
        Field::Groups(fields.groups),
        Field::Tags(fields.tags),
        Field::FirstStory(fields.first_story),
        Field::Happened(fields.happened),
        Field::Asked(fields.asked),
    ];
    all.into_iter()
        .filter(|field| !empty.has(field) && is_carried(field))
        .collect()
}

/// A classification as every Sluis understands it: subjects that directors added or renamed are known in their own one only.
fn everywhere(
    classes: &Classes,
    (category, subject): (Category, Option<Subcategory>),
) -> (Category, Option<Subcategory>) {
    let known = subject.and_then(|subject| match classes.called(subject) {
        ClassName::BuiltIn(known) => Some(known),
        ClassName::Own(_) | ClassName::Unknown(_) => None,
    });
    (category, known)
}

fn renumbered_field(field: &Field, numbers: &Map<u16, u16>) -> Field {
    match field {
        Field::FirstStory(text) => Field::FirstStory(renumbered(text, numbers)),
        Field::Happened(text) => Field::Happened(renumbered(text, numbers)),
        Field::Asked(text) => Field::Asked(renumbered(text, numbers)),
        other => other.clone(),
    }
}

/// A text that points to people by the numbers that they have here.
fn renumbered(text: &str, numbers: &Map<u16, u16>) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("@p") {
        let (before, from) = rest.split_at(place);
        let after = from.get(2..).unwrap_or_default();
        let end = after
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(after.len());
        let (digits, later) = after.split_at(end);
        let own = digits.parse().ok().and_then(|number| numbers.get(&number));
        told.push_str(before);
        match own {
            Some(own) => told.extend(["@p", &own.to_string()]),
            // Somebody who did not come along: that number may be another person's here.
            None => told.extend(["@-", digits]),
        }
        rest = later;
    }
    told.push_str(rest);
    told
}

/// The notes that one entry becomes: one, or more where it is longer than a note.
fn pieces(head: &str, text: &str) -> Vec<String> {
    let head: String = head.chars().take(500).collect();
    let room = TEXT_MOST.saturating_sub(head.len() + 1);
    let (mut notes, mut piece) = (Vec::new(), String::new());
    for letter in text.chars() {
        if piece.len() + letter.len_utf8() > room {
            notes.push([head.as_str(), "\n", &piece].concat());
            piece.clear();
        }
        piece.push(letter);
    }
    notes.push([head.as_str(), "\n", &piece].concat());
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_point_to_the_numbers_that_people_have_here() {
        let numbers: Map<u16, u16> = [(1, 1), (4, 2), (12, 3)].into_iter().collect();
        let told = renumbered("@p4 zag @p12, niet @p1 of @p7. mail@p4x @p", &numbers);
        assert_eq!(told, "@p2 zag @p3, niet @p1 of @-7. mail@p2x @-");
        // The second of three did not come along; the third is the second here.
        let numbers: Map<u16, u16> = [(1, 1), (4, 2)].into_iter().collect();
        assert_eq!(renumbered("@p2 sloeg @p4", &numbers), "@-2 sloeg @p2");
    }

    #[test]
    fn a_long_entry_becomes_more_notes() {
        let text = "é".repeat(TEXT_MOST / 2 + 10);
        let notes = pieces("kop", &text);
        assert_eq!(notes.len(), 2);
        assert!(
            notes
                .iter()
                .all(|note| note.len() <= TEXT_MOST && note.starts_with("kop\n"))
        );
        assert_eq!(pieces("kop", "").len(), 1);
    }
}
