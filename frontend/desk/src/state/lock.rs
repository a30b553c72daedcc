//! The second lock of this browser's vault: switching it on, after the authenticator has answered the same twice, and off.

use sluis_link::{Answer, Ask, Fault, SecondLock, Secret, Ticket};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};

/// What is asked of an authenticator.
#[derive(Clone, Debug)]
pub(crate) enum Touch {
    /// A new key, and its answer.
    Make,
    /// The answer of the key of this lock.
    Use(SecondLock),
}

/// What it answered.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    /// The lock with its key.
    pub(crate) lock: SecondLock,
    /// The answer in hexadecimal digits; empty when it has no such function.
    pub(crate) answer: Secret,
}

/// The form in the settings.
#[derive(Debug)]
pub(crate) struct LockForm {
    /// It is in sight.
    pub(crate) shown: bool,
    /// The passphrase, as typed.
    pub(crate) passphrase: Secret,
    /// How far it is.
    pub(crate) state: Locking,
    /// The first answer, while the second is awaited.
    first: Option<Touched>,
}

impl Default for LockForm {
    fn default() -> Self {
        Self {
            shown: false,
            passphrase: Secret(String::new()),
            state: Locking::Open,
            first: None,
        }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locking {
    /// Being filled in.
    Open,
    /// The authenticator is to be touched.
    Touching,
    /// Once more: it must answer the same.
    TouchingAgain,
    /// Handed to the worker.
    Busy(Ticket),
    /// It did not come to that; nothing has changed.
    Failed(Fault),
}

/// What can be done.
#[derive(Clone, Debug)]
pub(crate) enum LockMsg {
    /// Begin, or turn back.
    Show(bool),
    /// The passphrase as typed so far.
    Typed(Secret),
    /// Switch it on, or off when it is on.
    Go,
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: LockMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let on = desk.profile.second_lock.clone();
    let form = &mut desk.lock;
    let waits = matches!(
        form.state,
        Locking::Touching | Locking::TouchingAgain | Locking::Busy(_)
    );
    if waits {
        return vec![];
    }
    match msg {
        LockMsg::Show(shown) => {
            *form = LockForm {
                shown,
                ..LockForm::default()
            };
            vec![Effect::Focus(if shown {
                "lock-passphrase"
            } else {
                "second-lock"
            })]
        }
        LockMsg::Typed(passphrase) => {
            form.passphrase = passphrase;
            form.state = Locking::Open;
            vec![]
        }
        LockMsg::Go if form.passphrase.0.trim().is_empty() => {
            form.state = Locking::Failed(Fault::Incomplete);
            vec![Effect::Focus("lock-passphrase")]
        }
        LockMsg::Go => {
            form.state = Locking::Touching;
            vec![Effect::Touch(on.map_or(Touch::Make, Touch::Use))]
        }
    }
}

/// The authenticator answered, or nobody touched it.
#[inline(never)]
pub(super) fn touched(model: &mut Model, touched: Option<Touched>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let on = desk.profile.second_lock.is_some();
    let form = &mut desk.lock;
    let waits = matches!(form.state, Locking::Touching | Locking::TouchingAgain);
    if !waits {
        return vec![];
    }
    let Some(touched) = touched else {
        form.first = None;
        form.state = Locking::Failed(Fault::NoAuthenticator);
        return vec![];
    };
    let passphrase = form.passphrase.clone();
    let ask = match form.first.take() {
        _ if on => Ask::LockOnce {
            passphrase,
            second: touched.answer,
        },
        None => {
            let again = Touch::Use(touched.lock.clone());
            form.first = Some(touched);
            form.state = Locking::TouchingAgain;
            return vec![Effect::Touch(again)];
        }
        Some(first) => Ask::LockTwice {
            passphrase,
            lock: first.lock,
            answers: [first.answer, touched.answer],
        },
    };
    let (ticket, effect) = model.ask(Purpose::SecondLock, ask);
    if let Phase::Open(desk) = &mut model.phase {
        desk.lock.state = Locking::Busy(ticket);
    }
    vec![effect]
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if desk.lock.state != Locking::Busy(ticket) {
        return vec![];
    }
    match result {
        Ok(Answer::Profile(profile)) => {
            desk.profile = *profile;
            desk.lock = LockForm::default();
            model.toasts.show(Words::LockChanged)
        }
        result => {
            desk.lock.state = Locking::Failed(result.err().unwrap_or(Fault::Internal));
            vec![Effect::Focus("lock-passphrase")]
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::state::tests::{answer, at, fail, opened_with, profile, sent};
    use crate::state::{Msg, update as turn};

    fn lock() -> SecondLock {
        SecondLock {
            credential: vec![1],
            salt: [2; 32],
        }
    }

    fn touch(model: &mut Model, said: &str) -> Vec<Effect> {
        let touched = Touched {
            lock: lock(),
            answer: Secret(said.into()),
        };
        turn(model, Msg::Touched(Some(touched)))
    }

    fn begun() -> Model {
        let mut model = opened_with(vec![]);
        turn(&mut model, Msg::SecondLock(LockMsg::Show(true)));
        let typed = LockMsg::Typed(Secret("zes woorden".into()));
        turn(&mut model, Msg::SecondLock(typed));
        model
    }

    #[test]
    fn it_is_switched_on_after_two_touches_and_off_after_one() {
        let mut model = begun();
        let effects = turn(&mut model, Msg::SecondLock(LockMsg::Go));
        assert!(matches!(effects[..], [Effect::Touch(Touch::Make)]));
        let effects = touch(&mut model, "aa");
        assert!(matches!(effects[..], [Effect::Touch(Touch::Use(_))]));
        let effects = touch(&mut model, "bb");
        let Some(Ask::LockTwice { answers, .. }) = sent(&effects).next() else {
            unreachable!("{effects:?}")
        };
        assert_eq!([answers[0].0.as_str(), &answers[1].0], ["aa", "bb"]);
        let on = sluis_link::Profile {
            second_lock: Some(lock()),
            ..profile()
        };
        turn(
            &mut model,
            answer(at(&effects), Answer::Profile(Box::new(on))),
        );
        assert!(!model.desk().unwrap().lock.shown);

        turn(&mut model, Msg::SecondLock(LockMsg::Show(true)));
        let typed = LockMsg::Typed(Secret("zes woorden".into()));
        turn(&mut model, Msg::SecondLock(typed));
        let effects = turn(&mut model, Msg::SecondLock(LockMsg::Go));
        assert!(matches!(effects[..], [Effect::Touch(Touch::Use(_))]));
        let effects = touch(&mut model, "aa");
        assert!(matches!(sent(&effects).next(), Some(Ask::LockOnce { .. })));
    }

    #[test]
    fn nothing_changes_when_nobody_touches_it_or_it_does_not_fit() {
        let mut model = begun();
        turn(&mut model, Msg::SecondLock(LockMsg::Go));
        assert!(turn(&mut model, Msg::Touched(None)).is_empty());
        let state = model.desk().unwrap().lock.state;
        assert_eq!(state, Locking::Failed(Fault::NoAuthenticator));
        turn(&mut model, Msg::SecondLock(LockMsg::Go));
        touch(&mut model, "aa");
        let effects = touch(&mut model, "bb");
        turn(&mut model, fail(at(&effects), Fault::AuthenticatorUnfit));
        let desk = model.desk().unwrap();
        assert_eq!(desk.lock.state, Locking::Failed(Fault::AuthenticatorUnfit));
        assert_eq!(desk.lock.passphrase.0, "zes woorden");
        assert!(desk.profile.second_lock.is_none());
    }
}
