//! Whether my organisation keeps who respondents are.

use sluis_link::{LegalGround, Office, RespondentsView};

use super::{PeopleMsg, decide};
use crate::state::{Effect, Model, Msg, Phase};

/// Longest explanation, in bytes.
const REASONS_MOST: usize = 2_000;

/// The form for it.
#[derive(Debug)]
pub(crate) struct PolicyForm {
    /// On this ground from now on; none to stop.
    pub(crate) ground: Option<LegalGround>,
    /// Why, as typed so far.
    pub(crate) reasons: String,
    /// What is wrong with that.
    pub(crate) wrong: Option<Wrong>,
}

/// What is wrong with an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// There is none.
    Empty,
    /// It is too long.
    Long,
}

/// What can be done.
#[derive(Clone, Debug)]
pub(crate) enum PolicyMsg {
    /// Begin to switch on, or to change it.
    Begin,
    /// Begin to switch off.
    Off,
    /// Another ground.
    Ground(LegalGround),
    /// The explanation as typed so far.
    Reasons(String),
    /// Not after all.
    Stop,
    /// Do it.
    Confirm,
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: PolicyMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let staff = &mut desk.staff;
    let known = staff.own().map(|own| own.respondents.clone());
    let form = match (msg, &mut staff.policy) {
        (PolicyMsg::Begin, _) => begin(known.unwrap_or_default()),
        (PolicyMsg::Off, _) => PolicyForm {
            ground: None,
            reasons: String::new(),
            wrong: None,
        },
        (PolicyMsg::Stop, policy) => {
            *policy = None;
            staff.fault = None;
            return vec![Effect::Focus("respondents-title")];
        }
        (_, None) => return vec![],
        (PolicyMsg::Ground(ground), Some(form)) => {
            form.ground = Some(ground);
            return vec![];
        }
        (PolicyMsg::Reasons(reasons), Some(form)) => {
            form.reasons = reasons;
            form.wrong = None;
            return vec![];
        }
        (PolicyMsg::Confirm, Some(form)) => {
            let reasons = form.reasons.trim();
            let empty = form.ground.is_some() && reasons.is_empty();
            form.wrong = if empty {
                Some(Wrong::Empty)
            } else {
                (reasons.len() > REASONS_MOST).then_some(Wrong::Long)
            };
            if form.wrong.is_some() {
                return vec![Effect::Focus("respondents-reasons")];
            }
            let office = Office::Respondents(form.ground, reasons.to_owned());
            return decide(model, office);
        }
    };
    staff.fault = None;
    staff.policy = Some(Box::new(form));
    vec![Effect::Focus("respondents-title")]
}

fn begin(known: RespondentsView) -> PolicyForm {
    let off = known.ground.is_none();
    PolicyForm {
        ground: known.ground.or(Some(LegalGround::Obligation)),
        // Why it was switched off says nothing about why it would be on.
        reasons: if off { String::new() } else { known.reasons },
        wrong: None,
    }
}

/// A message of this part.
pub(crate) fn decides(msg: PolicyMsg) -> Msg {
    Msg::People(PeopleMsg::Policy(msg))
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_people;
    use super::*;
    use crate::state::tests::sent;
    use crate::state::update as turn;
    use sluis_link::Ask;

    fn asked(effects: &[Effect]) -> Option<Office> {
        sent(effects).find_map(|ask| match ask {
            Ask::Office(office) => Some(office.clone()),
            _ => None,
        })
    }

    #[test]
    fn switching_on_takes_a_ground_and_an_explanation_and_off_takes_neither() {
        let mut model = with_people();
        turn(&mut model, decides(PolicyMsg::Begin));
        let none = turn(&mut model, decides(PolicyMsg::Confirm));
        assert_eq!(asked(&none), None);
        let form = model.desk().and_then(|desk| desk.staff.policy.as_deref());
        assert_eq!(form.and_then(|form| form.wrong), Some(Wrong::Empty));
        turn(
            &mut model,
            decides(PolicyMsg::Ground(LegalGround::Interest)),
        );
        let long = PolicyMsg::Reasons("x".repeat(REASONS_MOST + 1));
        turn(&mut model, decides(long));
        assert_eq!(asked(&turn(&mut model, decides(PolicyMsg::Confirm))), None);
        turn(
            &mut model,
            decides(PolicyMsg::Reasons(" Besluit 3. ".into())),
        );
        let effects = turn(&mut model, decides(PolicyMsg::Confirm));
        let on = Office::Respondents(Some(LegalGround::Interest), "Besluit 3.".into());
        assert_eq!(asked(&effects), Some(on));
        let mut model = with_people();
        turn(&mut model, decides(PolicyMsg::Off));
        let effects = turn(&mut model, decides(PolicyMsg::Confirm));
        assert_eq!(
            asked(&effects),
            Some(Office::Respondents(None, String::new()))
        );
    }
}
