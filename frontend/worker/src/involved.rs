//! People of a dossier between the page and the engine.

use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::Redaction;
use sluis_domain::file::FileRemoval;
use sluis_domain::ids::{EventId, FileRef, PersonId};
use sluis_domain::people::{Closing, Facts, Person};
use sluis_domain::view::sweep::{self, Spot};
use sluis_link::{
    Answer, CloseForm, ClosingView, ContactForm, ContactView, DossierKey, Fault, Finding,
    FindingPlace, InvolvedKey, InvolvedView, PersonAsk, PersonForm, ProofView, Secret,
};
use sluis_protocol::contact::Contact;
use sluis_protocol::engine::{ActError, ContactState, Engine, Work};
use sluis_wire::address::{DeviceId, DossierAddress};
use sluis_wire::api::ErasureReceipt;

use crate::desk::{Chance, now};
use crate::open::act_fault;

/// Bytes of a signature that are shown.
const MARK: usize = 8;

/// Does what the page asks about the people of a dossier.
pub(crate) fn act(
    engine: &mut Engine,
    key: DossierKey,
    ask: PersonAsk,
    chance: &mut Chance,
) -> Result<Answer, Fault> {
    let address = DossierAddress(key.0);
    let done = match ask {
        PersonAsk::Look => {
            engine.look_at_people(address);
            Ok(())
        }
        PersonAsk::Add(form) => {
            let contact = contact_of(&form)?;
            engine
                .add_person(address, facts_of(&form), contact, now(), chance)
                .map(|_| ())
        }
        PersonAsk::Change(person, form) => change(engine, address, person, &form, chance),
        PersonAsk::Remove(person) => {
            let remove = Command::RemovePerson(PersonId(person.0));
            engine.act(address, remove, now(), chance).map(|_| ())
        }
        PersonAsk::Erase(person) => engine.erase_contact(address, PersonId(person.0)),
        PersonAsk::Pin(person) => engine.pin_contact(address, PersonId(person.0), now(), chance),
        PersonAsk::Sweep => return Ok(Answer::Findings(findings(engine, &address))),
        PersonAsk::Redact(places) => {
            redact(engine, address, &places, chance)?;
            return Ok(Answer::Findings(findings(engine, &address)));
        }
        PersonAsk::Close(form) => close(engine, address, form, chance),
    };
    done.map(|()| Answer::Done)
        .map_err(|error| act_fault(&error))
}

/// Takes away the files that are not to stay, then closes.
fn close(
    engine: &mut Engine,
    address: DossierAddress,
    form: CloseForm,
    chance: &mut Chance,
) -> Result<(), ActError> {
    for file in form.remove {
        let removal = FileRemoval {
            file: FileRef(file.0),
            reason: form.why.clone(),
        };
        match engine.remove_file(address, removal, now(), chance) {
            Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => {}
            Err(error) => return Err(error),
        }
    }
    let closing = Closing {
        reason: form.reason,
        outcome: form.outcome.trim().into(),
    };
    let figure = form.figure.map(|figure| *figure);
    engine.close_dossier(address, closing, figure, now(), chance)
}

fn change(
    engine: &mut Engine,
    address: DossierAddress,
    person: InvolvedKey,
    form: &PersonForm,
    chance: &mut Chance,
) -> Result<(), ActError> {
    let id = PersonId(person.0);
    let contact = contact_of(form).map_err(|_| ActError::Refused(Refusal::Empty))?;
    let facts = Command::ChangePerson(id, facts_of(form));
    match engine.act(address, facts, now(), chance) {
        Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => {}
        Err(error) => return Err(error),
    }
    let known = match engine.contact(&address, &id) {
        ContactState::Open(known) => Some(known.clone()),
        _ => None,
    };
    match contact {
        Some(contact) if known.as_ref() != Some(&contact) => {
            engine.set_contact(address, id, contact)
        }
        Some(_) | None => Ok(()),
    }
}

fn facts_of(form: &PersonForm) -> Facts {
    Facts {
        role: form.role,
        capacity: form.capacity.trim().into(),
        minor: form.minor,
    }
}

/// Nothing when nothing is filled in.
fn contact_of(form: &PersonForm) -> Result<Option<Contact>, Fault> {
    let typed = &form.contact;
    if typed.is_empty() {
        return Ok(None);
    }
    let contact = Contact {
        name: typed.name.0.clone(),
        phone: typed.phone.0.clone(),
        email: typed.email.0.clone(),
        address: typed.address.0.clone(),
    };
    contact.tidy().map(Some).ok_or(Fault::TooLong)
}

fn shown(contact: &Contact) -> ContactForm {
    ContactForm {
        name: Secret(contact.name.clone()),
        phone: Secret(contact.phone.clone()),
        email: Secret(contact.email.clone()),
        address: Secret(contact.address.clone()),
    }
}

/// The people of a dossier, by their numbers.
pub(crate) fn people(engine: &Engine, address: &DossierAddress, work: &Work) -> Vec<InvolvedView> {
    let listed = work.state().people().listed().into_iter();
    listed
        .map(|(id, person)| one(engine, address, id, person))
        .collect()
}

fn one(engine: &Engine, address: &DossierAddress, id: PersonId, person: &Person) -> InvolvedView {
    let contact = if engine.is_erasing(address, &id) {
        ContactView::Erasing
    } else {
        match engine.contact(address, &id) {
            ContactState::None => ContactView::None,
            ContactState::Saving(contact) => ContactView::Saving(shown(contact)),
            ContactState::Open(contact) => ContactView::Open(shown(contact)),
            ContactState::Shut => ContactView::Shut,
            ContactState::Erased(made, _) => {
                ContactView::Erased(made.time, engine.name_of_device(&DeviceId(made.author.0)))
            }
        }
    };
    InvolvedView {
        key: InvolvedKey(id.0),
        number: person.number,
        renumbered: person.renumbered,
        role: person.facts.role,
        capacity: person.facts.capacity.clone(),
        minor: person.facts.minor,
        contact,
        pinned: engine.pinned(address, &id).map(|until| until.0),
    }
}

/// How a dossier was closed, with the server's word for each person.
pub(crate) fn closing(
    engine: &Engine,
    address: &DossierAddress,
    work: &Work,
) -> Option<ClosingView> {
    let state = work.state();
    let (made, closing) = state.closing()?;
    let shredding = engine.shredding(address)?;
    let proof = |person: &Person| {
        let sluis_domain::people::Contact::Erased { erased, .. } = &person.contact else {
            return None;
        };
        let receipt: Option<ErasureReceipt> =
            sluis_wire::codec::decode(&erased.receipt, erased.receipt.len()).ok();
        let mark = receipt.iter().flat_map(|one| one.signature.iter());
        Some(ProofView {
            number: person.number,
            hour: receipt.as_ref().map_or(0, |one| one.hour.0),
            holds: receipt.as_ref().is_some_and(|one| {
                one.person.0 == erased.person.0 && engine.is_receipt(address, one)
            }),
            mark: mark.take(MARK).map(|byte| hex(*byte)).collect(),
        })
    };
    let mut proofs: Vec<ProofView> = state
        .people()
        .all()
        .filter_map(|(_, person)| proof(person))
        .collect();
    proofs.sort_by_key(|proof| proof.number);
    Some(ClosingView {
        time: made.time,
        by: engine.name_of_device(&DeviceId(made.author.0)),
        reason: closing.reason,
        outcome: closing.outcome.clone(),
        devices: u32::try_from(shredding.devices).unwrap_or(u32::MAX),
        done: u32::try_from(shredding.done).unwrap_or(u32::MAX),
        until: shredding.until.0,
        proofs,
    })
}

fn hex(byte: u8) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    [digit(byte >> 4), digit(byte & 15)].iter().collect()
}

/// The number of a person, for the log.
pub(crate) fn number_of(work: &Work, id: &PersonId) -> u16 {
    let person = work.state().people().person(id);
    person.map_or(0, |person| person.number)
}

fn found(engine: &Engine, address: &DossierAddress) -> Vec<sweep::Found> {
    let Some(work) = engine.dossier(address) else {
        return Vec::new();
    };
    let known = engine.known_people(address);
    sweep::sweep(work.state(), &known)
}

fn findings(engine: &Engine, address: &DossierAddress) -> Vec<Finding> {
    let finding = |one: sweep::Found| Finding {
        place: place(one.spot),
        words: one.words,
        text: one.text,
    };
    found(engine, address).into_iter().map(finding).collect()
}

const fn place(spot: Spot) -> FindingPlace {
    match spot {
        Spot::Field(name) => FindingPlace::Field(name),
        Spot::Event(EventId(id)) => FindingPlace::Event(id),
    }
}

/// Takes out what was found in these places.
fn redact(
    engine: &mut Engine,
    address: DossierAddress,
    places: &[FindingPlace],
    chance: &mut Chance,
) -> Result<(), Fault> {
    for one in found(engine, &address) {
        if !places.contains(&place(one.spot)) {
            continue;
        }
        let command = match one.spot {
            Spot::Event(what) => Some(Command::Redact(Redaction {
                what,
                text: one.text,
            })),
            Spot::Field(name) => sweep::as_field(name, one.text).map(Command::Set),
        };
        if let Some(command) = command {
            engine
                .act(address, command, now(), chance)
                .map_err(|error| act_fault(&error))?;
        }
    }
    Ok(())
}
