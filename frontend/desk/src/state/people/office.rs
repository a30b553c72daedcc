//! What takes more than one director, or the sheet: naming directors, and signing what another one decided.

use sluis_link::{
    Answer, Ask, Decision, Fault, Office, OrganisationView, PersonKey, Secret, SheetRead,
};

use super::{PeopleMsg, decide, toggled};
use crate::state::{Effect, Model, Msg, Phase, Purpose};

/// Naming the directors of an organisation.
#[derive(Debug)]
pub(crate) struct Naming {
    /// Which.
    pub(crate) organisation: [u8; 16],
    /// Who directs from then on.
    pub(crate) people: Vec<PersonKey>,
    /// Two sign to let in or change.
    pub(crate) two_add: bool,
    /// Two sign to let go or revoke.
    pub(crate) two_revoke: bool,
    /// The words of the sheet.
    pub(crate) sheet: Secret,
    /// What is wrong with them.
    pub(crate) wrong: Option<SheetRead>,
}

/// Signing what another director decided.
#[derive(Debug, Default)]
pub(crate) struct Signing {
    /// The code, as it was handed over.
    pub(crate) code: String,
    /// What it does.
    pub(crate) says: Option<Decision>,
}

/// What can be done about it.
#[derive(Clone, Debug)]
pub(crate) enum OfficeMsg {
    /// Begin to name the directors of this organisation.
    Name([u8; 16]),
    /// This person directs, or not.
    Person(PersonKey, bool),
    /// Two sign to let in or change, or one.
    TwoAdd(bool),
    /// Two sign to let go or revoke, or one.
    TwoRevoke(bool),
    /// The words of the sheet as typed so far.
    Typed(Secret),
    /// Not after all.
    Stop,
    /// Name them.
    Confirm,
    /// A code of another director as typed so far.
    Code(String),
    /// What does it say?
    Read,
    /// Sign it.
    Sign,
    /// Withdraw what waits for another director.
    Withdraw(u64),
}

impl Naming {
    fn new(organisation: &OrganisationView) -> Self {
        let directing = organisation.people.iter().filter(|person| person.directs);
        let (add, revoke) = organisation.thresholds;
        Self {
            organisation: organisation.key,
            people: directing.map(|person| person.key).collect(),
            two_add: add > 1,
            two_revoke: revoke > 1,
            sheet: Secret(String::new()),
            wrong: None,
        }
    }

    /// Two can sign only where there are two.
    pub(crate) fn may_be_two(&self) -> bool {
        self.people.len() > 1
    }
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: OfficeMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let staff = &mut desk.staff;
    match msg {
        OfficeMsg::Name(key) => {
            let organisations = staff.people.iter().flat_map(|all| &all.organisations);
            let mut named = organisations.filter(|one| one.key == key);
            staff.naming = named.next().map(|one| Box::new(Naming::new(one)));
            staff.fault = None;
            return vec![Effect::Focus("naming-title")];
        }
        OfficeMsg::Code(code) => {
            staff.signing = Signing { code, says: None };
            return vec![];
        }
        OfficeMsg::Read => {
            staff.fault = None;
            let code = staff.signing.code.clone();
            let ask = Ask::ReadProposal(code);
            return vec![model.ask(Purpose::ReadProposal, ask).1];
        }
        OfficeMsg::Sign => {
            let code = staff.signing.code.clone();
            return decide(model, Office::CoSign(code));
        }
        OfficeMsg::Withdraw(number) => return decide(model, Office::Withdraw(number)),
        OfficeMsg::Stop => {
            staff.naming = None;
            return vec![Effect::Focus("title")];
        }
        _ => {}
    }
    let Some(form) = &mut staff.naming else {
        return vec![];
    };
    match msg {
        OfficeMsg::Person(person, on) => form.people = toggled(&form.people, person, on),
        OfficeMsg::TwoAdd(two) => form.two_add = two,
        OfficeMsg::TwoRevoke(two) => form.two_revoke = two,
        OfficeMsg::Typed(sheet) => {
            form.sheet = sheet;
            form.wrong = None;
        }
        OfficeMsg::Confirm => {
            if form.sheet.0.trim().is_empty() {
                form.wrong = Some(SheetRead::Count(0));
                return vec![Effect::Focus("naming-sheet")];
            }
            let many = |two: bool| if two && form.may_be_two() { 2 } else { 1 };
            let office = Office::Directors {
                organisation: form.organisation,
                people: form.people.clone(),
                thresholds: (many(form.two_add), many(form.two_revoke)),
                sheet: form.sheet.clone(),
            };
            return decide(model, office);
        }
        _ => {}
    }
    vec![]
}

/// Takes in what a code says.
pub(in crate::state) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match result {
        Ok(Answer::Decision(says)) => {
            desk.staff.signing.says = Some(says);
            vec![Effect::Focus("signing-sign")]
        }
        result => {
            desk.staff.fault = Some(result.err().unwrap_or(Fault::Internal));
            vec![Effect::Focus("signing-code")]
        }
    }
}

/// A message of this part.
pub(crate) fn says(msg: OfficeMsg) -> Msg {
    Msg::People(PeopleMsg::Office(msg))
}
