//! Who has access: people, their devices, and what a director decides about them.

pub(crate) mod admit;
pub(crate) mod classes;
pub(crate) mod office;
pub(crate) mod policy;

use sluis_link::{
    Answer, Ask, DeviceKey, DeviceView, Fault, Office, OrganisationView, People, PersonKey,
    PersonView, Secret, SheetRead, StaffRole, TeamKey,
};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};
use crate::route::Route;
use admit::{AdmitMsg, Admitting};
use classes::{ClassForm, ClassMsg};
use office::{Naming, OfficeMsg, Signing};
use policy::{PolicyForm, PolicyMsg};
use sluis_domain::search::fold;

/// Seconds for which a new device of my own is told about.
const TOLD_FOR: u64 = 7 * 86_400;

/// What the page of people keeps.
#[derive(Debug, Default)]
pub(crate) struct Staff {
    /// Everybody, once known.
    pub(crate) people: Option<People>,
    /// The person whose part is unfolded.
    pub(crate) unfolded: Option<PersonKey>,
    /// What is being asked before it is done.
    pub(crate) question: Option<Question>,
    /// What went wrong.
    pub(crate) fault: Option<Fault>,
    /// Letting somebody in.
    pub(crate) admitting: Option<Box<Admitting>>,
    /// Naming the directors of an organisation.
    pub(crate) naming: Option<Box<Naming>>,
    /// Signing what another director decided.
    pub(crate) signing: Signing,
    /// Editing the table of subcategories.
    pub(crate) classing: Option<Box<ClassForm>>,
    /// Deciding whether my organisation keeps who respondents are.
    pub(crate) policy: Option<Box<PolicyForm>>,
    /// New devices of mine that I said I know.
    known: Vec<DeviceKey>,
}

/// A question before something that cannot be undone.
#[derive(Debug)]
pub(crate) struct Question {
    /// What is to be done.
    pub(crate) what: Doing,
    /// The devices that lose their access.
    pub(crate) devices: Vec<DeviceKey>,
    /// The name, typed to confirm.
    pub(crate) typed: String,
    /// Who takes the dossiers over.
    pub(crate) heir: Option<PersonKey>,
    /// The name is not the one.
    pub(crate) differs: bool,
    /// It takes the recovery sheet: nobody else vouches for what reporters are shown.
    pub(crate) takes_sheet: bool,
    /// Its words, as typed.
    pub(crate) sheet: Secret,
    /// What is wrong with them.
    pub(crate) wrong: Option<SheetRead>,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// This person leaves.
    Leave(PersonKey),
    /// Devices of this person lose their access.
    Revoke(PersonKey),
}

/// What can be done on the page of people.
#[derive(Clone, Debug)]
pub(crate) enum PeopleMsg {
    /// Unfold a person's part, or fold it.
    Unfold(PersonKey),
    /// Give a role or take it.
    Role(PersonKey, StaffRole, bool),
    /// Put into a team or take out of it.
    InTeam(PersonKey, TeamKey, bool),
    /// Let a person go: ask first.
    Leave(PersonKey),
    /// Revoke a device: ask first.
    Revoke(PersonKey, DeviceKey),
    /// With this device too, or not.
    Mark(DeviceKey, bool),
    /// The name as typed so far.
    Typed(String),
    /// Who takes the dossiers over.
    Heir(Option<PersonKey>),
    /// Not after all.
    TurnBack,
    /// Do it.
    Confirm,
    /// I know this new device.
    Known(DeviceKey),
    /// The words of the sheet as typed so far.
    Sheet(Secret),
    /// Letting somebody in.
    Admit(AdmitMsg),
    /// Directors.
    Office(OfficeMsg),
    /// The table of subcategories.
    Classes(ClassMsg),
    /// Whether my organisation keeps who respondents are.
    Policy(PolicyMsg),
}

impl Staff {
    /// My own organisation.
    pub(crate) fn own(&self) -> Option<&OrganisationView> {
        self.people.as_ref()?.organisations.first()
    }

    /// A person and where they work.
    pub(crate) fn person(&self, key: PersonKey) -> Option<(&OrganisationView, &PersonView)> {
        let organisations = &self.people.as_ref()?.organisations;
        organisations.iter().find_map(|organisation| {
            let mut people = organisation.people.iter();
            Some((organisation, people.find(|person| person.key == key)?))
        })
    }

    /// Whether I may decide about a person's devices: mine, or those of people whose organisation I direct.
    pub(crate) fn may_revoke(&self, key: PersonKey) -> bool {
        let mine = self.people.as_ref().is_some_and(|people| people.me == key);
        mine || self
            .person(key)
            .is_some_and(|(organisation, _)| organisation.mine)
    }

    /// New browsers of mine that another one let in, which I have not said to know.
    pub(crate) fn newly_let_in(&self, now: u64) -> Vec<&DeviceView> {
        let Some(people) = &self.people else {
            return Vec::new();
        };
        let here = people.here;
        let mine = self
            .person(people.me)
            .map_or(&[][..], |(_, me)| &me.devices);
        let news = |device: &&DeviceView| {
            device.key != here
                && device.by.is_some_and(|by| by != here)
                && device.since + TOLD_FOR > now
                && !self.known.contains(&device.key)
        };
        mine.iter().filter(news).collect()
    }

    /// A device with all that it let in, and what those let in (decision 30).
    fn with_offspring(&self, person: PersonKey, device: DeviceKey) -> Vec<DeviceKey> {
        let devices = self
            .person(person)
            .map_or(&[][..], |(_, person)| &person.devices);
        let mut found = vec![device];
        let mut next = 0;
        while let Some(parent) = found.get(next).copied() {
            let children = devices.iter().filter(|one| one.by == Some(parent));
            for child in children {
                if !child.paper && !found.contains(&child.key) {
                    found.push(child.key);
                }
            }
            next += 1;
        }
        found
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: PeopleMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let staff = &mut desk.staff;
    match msg {
        PeopleMsg::Unfold(person) => {
            staff.unfolded = (staff.unfolded != Some(person)).then_some(person);
            staff.question = None;
            vec![]
        }
        PeopleMsg::Role(person, role, on) => {
            let roles = staff.person(person).map(|(_, person)| &person.roles);
            let roles = toggled(roles.map_or(&[][..], Vec::as_slice), role, on);
            decide(model, Office::Roles(person, roles))
        }
        PeopleMsg::InTeam(person, team, on) => decide(model, Office::InTeam(person, team, on)),
        PeopleMsg::Leave(person) => {
            staff.ask(Doing::Leave(person), Vec::new());
            vec![Effect::Focus("people-question")]
        }
        PeopleMsg::Revoke(person, device) => {
            let devices = staff.with_offspring(person, device);
            staff.ask(Doing::Revoke(person), devices);
            vec![Effect::Focus("people-question")]
        }
        PeopleMsg::Mark(device, on) => {
            if let Some(question) = &mut staff.question {
                question.devices = toggled(&question.devices, device, on);
            }
            vec![]
        }
        PeopleMsg::Typed(name) => {
            if let Some(question) = &mut staff.question {
                question.typed = name;
                question.differs = false;
            }
            vec![]
        }
        PeopleMsg::Heir(heir) => {
            if let Some(question) = &mut staff.question {
                question.heir = heir;
            }
            vec![]
        }
        PeopleMsg::TurnBack => {
            staff.question = None;
            vec![Effect::Focus("title")]
        }
        PeopleMsg::Confirm => confirm(model),
        PeopleMsg::Known(device) => {
            staff.known.push(device);
            vec![]
        }
        PeopleMsg::Sheet(words) => {
            if let Some(question) = &mut staff.question {
                question.sheet = words;
                question.wrong = None;
            }
            vec![]
        }
        PeopleMsg::Admit(msg) => admit::update(model, msg),
        PeopleMsg::Office(msg) => office::update(model, msg),
        PeopleMsg::Classes(msg) => classes::update(model, msg),
        PeopleMsg::Policy(msg) => policy::update(model, msg),
    }
}

impl Staff {
    fn ask(&mut self, what: Doing, devices: Vec<DeviceKey>) {
        self.fault = None;
        self.question = Some(Question {
            what,
            devices,
            typed: String::new(),
            heir: None,
            differs: false,
            takes_sheet: false,
            sheet: Secret(String::new()),
            wrong: None,
        });
    }
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(question) = &mut desk.staff.question else {
        return vec![];
    };
    match question.what {
        Doing::Revoke(_) if question.devices.is_empty() => vec![],
        Doing::Revoke(_) => {
            let (devices, sheet) = (question.devices.clone(), question.sheet.clone());
            decide(model, Office::Revoke(devices, sheet))
        }
        Doing::Leave(person) => {
            let (typed, heir) = (fold(question.typed.trim()), question.heir);
            let sheet = question.sheet.clone();
            let name = desk.staff.person(person).map(|(_, person)| &person.name);
            if name.is_none_or(|name| fold(name.trim()) != typed) {
                if let Some(question) = &mut desk.staff.question {
                    question.differs = true;
                }
                return vec![Effect::Focus("people-name")];
            }
            decide(model, Office::Leave(person, heir, sheet))
        }
    }
}

/// Hands a decision to the worker; one at a time.
fn decide(model: &mut Model, office: Office) -> Vec<Effect> {
    if model.asked(&Purpose::Office) {
        return vec![];
    }
    if let Phase::Open(desk) = &mut model.phase {
        desk.staff.fault = None;
    }
    vec![model.ask(Purpose::Office, Ask::Office(office)).1]
}

/// Takes in whether a decision is kept.
#[inline(never)]
pub(super) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let staff = &mut desk.staff;
    staff.fault = result.as_ref().err().copied();
    match result {
        Ok(Answer::Sheet(wrong)) => {
            if let Some(question) = &mut staff.question {
                question.wrong = Some(wrong);
                return vec![Effect::Focus("people-sheet")];
            }
            if let Some(form) = &mut staff.naming {
                form.wrong = Some(wrong);
            }
            return vec![Effect::Focus("naming-sheet")];
        }
        Err(Fault::LastWitness) => {
            if let Some(question) = &mut staff.question {
                question.takes_sheet = true;
            }
            return vec![Effect::Focus("people-sheet")];
        }
        Err(_) => return vec![],
        Ok(_) => {}
    }
    staff.signing = Signing::default();
    let named = staff.naming.take().is_some();
    let set = staff.classing.take().is_some() | staff.policy.take().is_some();
    let asked = staff.question.take().is_some() || named || set;
    let mut effects = model.toasts.show(Words::Decided);
    if asked {
        effects.push(Effect::Focus("title"));
    }
    effects
}

/// Where the page of letting in leads when nobody is being let in.
pub(super) fn route(staff: &Staff, route: Route) -> Route {
    match route {
        Route::Admit if staff.admitting.is_none() => Route::People,
        other => other,
    }
}

/// The same list with `one` in it, or without.
pub(super) fn toggled<T: Copy + PartialEq>(list: &[T], one: T, on: bool) -> Vec<T> {
    let others = list.iter().copied().filter(|other| *other != one);
    others.chain(on.then_some(one)).collect()
}

#[cfg(test)]
pub(super) mod tests;
