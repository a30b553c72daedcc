//! Before the door: unlocking, choosing a person of a demonstration, and the reasons why there is no way in.

use sluis_link::{
    Answer, Ask, DemoPerson, Fault, Profile, Progress, SecondLock, Secret, Stage, Start, Ticket,
};

use super::desk::Desk;
use super::enrol::{self, Way};
use super::lock::{Touch, Touched};
use super::setup::SetUp;
use super::{Effect, Model, Phase, Purpose};
use crate::route::Route;
use sluis_domain::search::fold;

/// What stands before the door.
#[derive(Debug)]
pub(crate) enum Gate {
    /// This browser has a vault.
    Unlock(Unlock),
    /// A demonstration.
    Demo(Demo),
    /// Set up, but this browser has no vault.
    NoVault,
    /// The access of this browser was revoked.
    Revoked,
    /// The vault is about to be taken away.
    Emptying(Emptying),
    /// Another tab holds the vault.
    OtherTab,
    /// The server cannot be reached and this browser has no vault.
    Unreachable,
    /// The start itself failed.
    Failed(Fault),
}

/// The unlock form.
#[derive(Debug)]
pub(crate) struct Unlock {
    /// What is typed.
    pub(crate) passphrase: Secret,
    /// It can be read on screen.
    pub(crate) shown: bool,
    /// How far unlocking is, while it runs.
    pub(crate) progress: Option<Progress>,
    /// What went wrong.
    pub(crate) fault: Option<Fault>,
    /// The authenticator that has to be there too.
    pub(crate) second: Option<SecondLock>,
    /// It is to be touched.
    pub(crate) touching: bool,
    ticket: Option<Ticket>,
}

/// The chooser of a demonstration.
#[derive(Debug)]
pub(crate) struct Demo {
    /// The people.
    pub(crate) people: Vec<DemoPerson>,
    /// Who is being let in.
    pub(crate) chosen: Option<u8>,
    /// How far that is.
    pub(crate) progress: Option<Progress>,
    /// What went wrong.
    pub(crate) fault: Option<Fault>,
}

/// The question before a vault is taken away.
#[derive(Debug, Default)]
pub(crate) struct Emptying {
    /// The word, as typed.
    pub(crate) typed: String,
    /// It is not the one.
    pub(crate) differs: bool,
    /// What went wrong.
    pub(crate) fault: Option<Fault>,
}

/// What can be done before the door.
#[derive(Clone, Debug)]
pub(crate) enum GateMsg {
    /// The passphrase as typed so far.
    Typed(Secret),
    /// Show or hide it.
    Show(bool),
    /// Unlock.
    Submit,
    /// Stop unlocking.
    Cancel,
    /// Go in as this person of the demonstration.
    Choose(u8),
    /// Take one of the ways into an empty browser.
    Enter(Way),
    /// Take the vault away: ask first.
    Forget,
}

impl Gate {
    /// Takes in how far unlocking is.
    pub(super) fn progressed(&mut self, progress: Progress) {
        match self {
            Self::Unlock(form) => form.progress = Some(progress),
            Self::Demo(chooser) => chooser.progress = Some(progress),
            _ => {}
        }
    }

    fn unlock(second: Option<SecondLock>) -> Self {
        Self::Unlock(Unlock {
            passphrase: Secret(String::new()),
            shown: false,
            progress: None,
            fault: None,
            second,
            touching: false,
            ticket: None,
        })
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: GateMsg) -> Vec<Effect> {
    let Phase::Gate(gate) = &mut model.phase else {
        return vec![];
    };
    match (gate, msg) {
        (Gate::Unlock(form), GateMsg::Typed(text)) => {
            form.passphrase = text;
            form.fault = None;
            vec![]
        }
        (Gate::Unlock(form), GateMsg::Show(shown)) => {
            form.shown = shown;
            vec![]
        }
        (Gate::Unlock(form), GateMsg::Submit) => {
            if form.progress.is_some() || form.touching {
                return vec![];
            }
            if form.passphrase.0.trim().is_empty() {
                form.fault = Some(Fault::Incomplete);
                return vec![Effect::Focus("unlock-passphrase")];
            }
            if let Some(second) = form.second.clone() {
                form.touching = true;
                form.fault = None;
                return vec![Effect::Touch(Touch::Use(second))];
            }
            let passphrase = form.passphrase.clone();
            unlock(model, None, passphrase, nothing())
        }
        (Gate::Unlock(form), GateMsg::Cancel) => {
            if form.ticket.take().is_none() {
                return vec![];
            }
            form.progress = None;
            let mut effects = model.renew_worker();
            effects.push(Effect::Focus("unlock-passphrase"));
            effects
        }
        (Gate::NoVault, GateMsg::Enter(way)) => enrol::begin(model, way),
        (Gate::Unlock(_) | Gate::Revoked, GateMsg::Forget) => {
            model.phase = Phase::Gate(Gate::Emptying(Emptying::default()));
            vec![Effect::Top, Effect::Focus("title")]
        }
        (Gate::Emptying(form), GateMsg::Typed(text)) => {
            form.typed.clone_from(&text.0);
            form.differs = false;
            vec![]
        }
        (Gate::Emptying(form), GateMsg::Submit) => {
            if fold(form.typed.trim()) != sluis_kit::text::people::forget_word(model.locale) {
                form.differs = true;
                return vec![Effect::Focus("forget-word")];
            }
            // The worker that had the vault may be gone.
            let mut effects = model.renew_worker();
            effects.push(model.ask(Purpose::Forget, Ask::Forget).1);
            effects
        }
        (Gate::Demo(chooser), GateMsg::Choose(person)) => {
            if chooser.chosen.is_some() {
                return vec![];
            }
            unlock(model, Some(person), nothing(), nothing())
        }
        _ => vec![],
    }
}

fn nothing() -> Secret {
    Secret(String::new())
}

/// The authenticator answered, or nobody touched it.
#[inline(never)]
pub(super) fn touched(model: &mut Model, touched: Option<Touched>) -> Vec<Effect> {
    let Phase::Gate(Gate::Unlock(form)) = &mut model.phase else {
        return vec![];
    };
    if !core::mem::take(&mut form.touching) {
        return vec![];
    }
    let Some(touched) = touched else {
        form.fault = Some(Fault::NoAuthenticator);
        return vec![Effect::Focus("unlock-passphrase")];
    };
    let passphrase = form.passphrase.clone();
    unlock(model, None, passphrase, touched.answer)
}

fn unlock(
    model: &mut Model,
    person: Option<u8>,
    passphrase: Secret,
    second: Secret,
) -> Vec<Effect> {
    let ask = Ask::Unlock {
        person,
        passphrase,
        second,
    };
    let (ticket, effect) = model.ask(Purpose::Unlock, ask);
    let beginning = Some(Progress {
        stage: Stage::Stretching,
        permille: 0,
    });
    match &mut model.phase {
        Phase::Gate(Gate::Unlock(form)) => {
            form.ticket = Some(ticket);
            form.progress = beginning;
            form.fault = None;
        }
        Phase::Gate(Gate::Demo(chooser)) => {
            chooser.chosen = person;
            chooser.progress = beginning;
            chooser.fault = None;
        }
        _ => {}
    }
    vec![effect]
}

/// Takes in the answer to a start or an unlocking.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    match (purpose, result) {
        (Purpose::Start, Ok(Answer::Start(start))) => started(model, start),
        (Purpose::Start, Err(fault)) => {
            model.phase = Phase::Gate(Gate::Failed(fault));
            vec![]
        }
        (Purpose::Unlock, Ok(Answer::Unlocked(profile))) => enter(model, *profile),
        (Purpose::Unlock, Err(fault)) => refused(model, fault),
        _ => {
            model.phase = Phase::Gate(Gate::Failed(Fault::Internal));
            vec![]
        }
    }
}

fn started(model: &mut Model, start: Start) -> Vec<Effect> {
    let person = match model.phase {
        Phase::Starting { person } => person,
        _ => None,
    };
    let (gate, focus) = match start {
        Start::SetUpNeeded => return SetUp::begin(model),
        Start::Locked => (Gate::unlock(None), "unlock-passphrase"),
        Start::LockedTwice(second) => (Gate::unlock(Some(second)), "unlock-passphrase"),
        Start::Demonstration(people) => (
            Gate::Demo(Demo {
                people,
                chosen: None,
                progress: None,
                fault: None,
            }),
            "title",
        ),
        Start::NoVault => (Gate::NoVault, "title"),
        Start::OtherTab => (Gate::OtherTab, "title"),
        Start::Unreachable => (Gate::Unreachable, "title"),
    };
    model.phase = Phase::Gate(gate);
    match (&model.phase, person) {
        (Phase::Gate(Gate::Demo(_)), Some(_)) => unlock(model, person, nothing(), nothing()),
        _ => vec![Effect::Focus(focus)],
    }
}

/// Takes in that the vault is gone, or not.
pub(super) fn forgotten(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    match (result, &mut model.phase) {
        (Err(fault), Phase::Gate(Gate::Emptying(form))) => {
            form.fault = Some(fault);
            vec![]
        }
        _ => model.start_worker(None),
    }
}

fn refused(model: &mut Model, fault: Fault) -> Vec<Effect> {
    let shown = Some(fault);
    match &mut model.phase {
        Phase::Gate(Gate::Unlock(form)) => {
            form.progress = None;
            form.ticket = None;
            form.fault = shown;
            vec![Effect::Focus("unlock-passphrase")]
        }
        Phase::Gate(Gate::Demo(chooser)) => {
            chooser.chosen = None;
            chooser.progress = None;
            chooser.fault = shown;
            vec![]
        }
        _ => vec![],
    }
}

fn enter(model: &mut Model, profile: Profile) -> Vec<Effect> {
    let people = match &mut model.phase {
        Phase::Gate(Gate::Demo(chooser)) => core::mem::take(&mut chooser.people),
        _ => Vec::new(),
    };
    let desk = Desk::new(profile, people, model.now);
    model.enter(Box::new(desk));
    let mut effects = vec![Effect::Top, Effect::Focus("title")];
    if matches!(model.route, Route::Dossier | Route::Admit) {
        model.route = Route::Work;
        effects.push(Effect::Address(Route::Work, super::Step::Replace));
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{
        answer, answer_of, at, fail, news, people, profile, progress, row, sent, started,
    };
    use crate::state::{Msg, update as turn};
    use sluis_link::News;

    fn unlocking() -> (Model, Ticket) {
        let mut model = started(Start::Locked);
        turn(
            &mut model,
            Msg::Gate(GateMsg::Typed(Secret("six words".into()))),
        );
        let effects = turn(&mut model, Msg::Gate(GateMsg::Submit));
        let ticket = at(&effects);
        (model, ticket)
    }

    fn form(model: &Model) -> &Unlock {
        match &model.phase {
            Phase::Gate(Gate::Unlock(form)) => form,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_passphrase_says_so_and_keeps_what_was_typed() {
        let (mut model, ticket) = unlocking();
        turn(&mut model, fail(ticket, Fault::WrongPassphrase));
        let form = form(&model);
        assert_eq!(form.fault, Some(Fault::WrongPassphrase));
        assert_eq!(form.passphrase.0, "six words");
        assert!(form.progress.is_none());
    }

    #[test]
    fn unlocking_shows_how_far_it_is_and_is_asked_once() {
        let (mut model, ticket) = unlocking();
        turn(&mut model, progress(ticket, Stage::Stretching, 400));
        assert_eq!(
            form(&model).progress.map(|progress| progress.permille),
            Some(400)
        );
        assert!(turn(&mut model, Msg::Gate(GateMsg::Submit)).is_empty());
    }

    #[test]
    fn cancelling_is_no_error() {
        let (mut model, _) = unlocking();
        let effects = turn(&mut model, Msg::Gate(GateMsg::Cancel));
        assert!(matches!(effects[..], [Effect::StartWorker(_), ..]));
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::Start)));
        assert!(form(&model).progress.is_none());
        assert_eq!(form(&model).fault, None);
    }

    #[test]
    fn an_empty_passphrase_is_not_sent() {
        let mut model = started(Start::Locked);
        let effects = turn(&mut model, Msg::Gate(GateMsg::Submit));
        assert_eq!(sent(&effects).count(), 0);
        assert_eq!(form(&model).fault, Some(Fault::Incomplete));
    }

    #[test]
    fn the_right_passphrase_opens_the_desk() {
        let (mut model, ticket) = unlocking();
        turn(
            &mut model,
            answer(ticket, Answer::Unlocked(Box::new(profile()))),
        );
        assert!(model.desk().is_some());
    }

    #[test]
    fn with_a_second_lock_the_authenticator_is_asked_first() {
        let lock = SecondLock {
            credential: vec![1],
            salt: [2; 32],
        };
        let mut model = started(Start::LockedTwice(lock.clone()));
        turn(
            &mut model,
            Msg::Gate(GateMsg::Typed(Secret("six words".into()))),
        );
        let effects = turn(&mut model, Msg::Gate(GateMsg::Submit));
        assert!(matches!(effects[..], [Effect::Touch(Touch::Use(_))]));
        assert!(turn(&mut model, Msg::Gate(GateMsg::Submit)).is_empty());
        turn(&mut model, Msg::Touched(None));
        assert_eq!(form(&model).fault, Some(Fault::NoAuthenticator));
        assert_eq!(form(&model).passphrase.0, "six words");
        turn(&mut model, Msg::Gate(GateMsg::Submit));
        let answer = Secret("aa".into());
        let effects = turn(&mut model, Msg::Touched(Some(Touched { lock, answer })));
        assert!(
            sent(&effects).any(|ask| matches!(ask, Ask::Unlock { second, .. } if second.0 == "aa"))
        );
    }

    #[test]
    fn rows_that_come_before_the_answer_are_kept() {
        let (mut model, ticket) = unlocking();
        let rows = News::Rows {
            first: true,
            rows: vec![row(1)],
        };
        turn(&mut model, news(rows));
        turn(
            &mut model,
            answer(ticket, Answer::Unlocked(Box::new(profile()))),
        );
        assert!(
            model
                .desk()
                .is_some_and(|desk| desk.loaded && desk.count() == 1)
        );
    }

    #[test]
    fn a_switch_goes_through_a_lock_and_a_new_worker() {
        let mut model = started(Start::Demonstration(people()));
        let effects = turn(&mut model, Msg::Gate(GateMsg::Choose(0)));
        turn(
            &mut model,
            answer(at(&effects), Answer::Unlocked(Box::new(profile()))),
        );
        assert_eq!(model.desk().map(|desk| desk.people.len()), Some(2));
        let effects = turn(&mut model, Msg::Switch(1));
        assert!(model.desk().is_none());
        let effects = turn(&mut model, answer(at(&effects), Answer::Done));
        assert!(matches!(
            effects.as_slice(),
            [Effect::StartWorker(_), Effect::Send(_)]
        ));
        let again = Answer::Start(Start::Demonstration(people()));
        let again = answer_of(&model, at(&effects), again);
        let effects = turn(&mut model, again);
        assert!(sent(&effects).any(|ask| matches!(
            ask,
            Ask::Unlock {
                person: Some(1),
                ..
            }
        )));
    }
}
