//! Coming in on an empty browser: with an invitation of a colleague, or with the recovery sheet. Steps of set-up, walked by other people.

use sluis_link::{
    Answer, Ask, DeviceKey, DeviceView, Fault, Joining, Progress, Secret, SheetRead, Stage,
};

use super::desk::Desk;
use super::people::toggled;
use super::setup::{SetUp, Step};
use super::{Effect, Model, Phase, Purpose};

/// Which way leads in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// An invitation.
    Invitation,
    /// The recovery sheet.
    Sheet,
}

/// Why somebody walks through the steps.
#[derive(Debug)]
pub(crate) enum Path {
    /// To found a deployment.
    Found,
    /// To be let in.
    Join(Join),
    /// To come back.
    Restore(Restore),
}

/// Being let in.
#[derive(Debug)]
pub(crate) struct Join {
    /// The code of the invitation, as typed or read from its picture.
    pub(crate) code: Secret,
    /// It is none.
    pub(crate) wrong: bool,
    /// The picture is looked for with the camera.
    pub(crate) scanning: bool,
    /// A picture was looked at and no code was in it, or there is no camera.
    pub(crate) unseen: bool,
    /// What to show once it has knocked.
    pub(crate) shown: Option<Joining>,
}

/// Coming back.
#[derive(Debug)]
pub(crate) struct Restore {
    /// The words of the sheet, as typed.
    pub(crate) words: Secret,
    /// What became of them, when that is not a sheet.
    pub(crate) wrong: Option<SheetRead>,
    /// Whose sheet it is.
    pub(crate) person: String,
    /// Where they work.
    pub(crate) organisation: String,
    /// Their browsers.
    pub(crate) devices: Vec<DeviceView>,
    /// Those that lose their access.
    pub(crate) lost: Vec<DeviceKey>,
}

/// What can be done on the way in.
#[derive(Clone, Debug)]
pub(crate) enum EnterMsg {
    /// The code or the words as typed so far.
    Typed(Secret),
    /// On.
    Next,
    /// This browser loses its access, or keeps it.
    Mark(DeviceKey, bool),
    /// Look with the camera, or stop looking.
    Scan(bool),
    /// The code in the picture, if there is one.
    Scanned(Option<Secret>),
    /// Back.
    Back,
}

impl Path {
    /// A way in from its beginning.
    pub(super) fn of(way: Way) -> Self {
        match way {
            Way::Invitation => Self::Join(Join {
                code: Secret(String::new()),
                wrong: false,
                scanning: false,
                unseen: false,
                shown: None,
            }),
            Way::Sheet => Self::Restore(Restore {
                words: Secret(String::new()),
                wrong: None,
                person: String::new(),
                organisation: String::new(),
                devices: Vec::new(),
                lost: Vec::new(),
            }),
        }
    }

    /// The number of a step, from 1, and how many a person counts.
    pub(crate) const fn place(&self, step: Step) -> (u8, u8) {
        match (self, step) {
            (Self::Found, step) => (step.number(), Step::COUNT),
            (Self::Join(_), Step::Invitation) => (1, 3),
            (Self::Join(_), Step::Passphrase) => (2, 3),
            (Self::Join(_), _) => (3, 3),
            (Self::Restore(_), Step::Typed) => (1, 4),
            (Self::Restore(_), Step::Lost) => (2, 4),
            (Self::Restore(_), Step::Passphrase) => (3, 4),
            (Self::Restore(_), _) => (4, 4),
        }
    }

    /// The step before the passphrase.
    pub(super) const fn before_passphrase(&self) -> Step {
        match self {
            Self::Found => Step::You,
            Self::Join(_) => Step::Invitation,
            Self::Restore(_) => Step::Lost,
        }
    }

    /// What is asked once the passphrase is chosen, on the ways in.
    pub(super) fn enters(&self, passphrase: Secret) -> Option<(Purpose, Ask)> {
        match self {
            Self::Found => None,
            Self::Join(join) => {
                let invitation = join.code.0.clone();
                Some((
                    Purpose::Join,
                    Ask::Join {
                        invitation,
                        passphrase,
                    },
                ))
            }
            Self::Restore(restore) => Some((
                Purpose::Restore,
                Ask::Restore {
                    words: restore.words.clone(),
                    passphrase,
                    lost: restore.lost.clone(),
                },
            )),
        }
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: EnterMsg) -> Vec<Effect> {
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    match (&mut form.path, msg) {
        (Path::Join(join), EnterMsg::Typed(text)) => {
            join.code = text;
            join.wrong = false;
            vec![]
        }
        (Path::Restore(restore), EnterMsg::Typed(text)) => {
            restore.words = text;
            restore.wrong = None;
            vec![]
        }
        (Path::Restore(restore), EnterMsg::Mark(device, on)) => {
            restore.lost = toggled(&restore.lost, device, on);
            vec![]
        }
        (Path::Join(join), EnterMsg::Scan(on)) => {
            join.scanning = on;
            join.unseen = false;
            vec![if on {
                Effect::Scan
            } else {
                Effect::StopScanning
            }]
        }
        (Path::Join(join), EnterMsg::Scanned(code)) => {
            join.scanning = false;
            join.unseen = code.is_none();
            let seen = code.is_some();
            if let Some(code) = code {
                join.code = code;
            }
            let mut effects = vec![Effect::StopScanning];
            if seen {
                effects.extend(next(model));
            }
            effects
        }
        (_, EnterMsg::Next) => next(model),
        (_, EnterMsg::Back) => match form.step {
            Step::Lost => form.go(Step::Typed),
            Step::Invitation | Step::Typed => {
                let mut effects = vec![Effect::StopScanning];
                effects.extend(model.start_worker(None));
                effects
            }
            // The keys that were made are dropped with the worker.
            Step::Compare => {
                let mut effects = model.renew_worker();
                if let Phase::SetUp(form) = &mut model.phase {
                    if let Path::Join(join) = &mut form.path {
                        join.code = Secret(String::new());
                        join.shown = None;
                    }
                    form.working = None;
                    effects.extend(form.go(Step::Invitation));
                }
                effects
            }
            _ => vec![],
        },
        _ => vec![],
    }
}

fn next(model: &mut Model) -> Vec<Effect> {
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    if form.working.is_some() {
        return vec![];
    }
    let (purpose, ask) = match (&mut form.path, form.step) {
        (Path::Join(join), Step::Invitation) => {
            if join.code.0.trim().is_empty() {
                join.wrong = true;
                return vec![Effect::Focus("enter-code")];
            }
            (
                Purpose::ReadInvitation,
                Ask::ReadInvitation(join.code.0.clone()),
            )
        }
        (Path::Restore(restore), Step::Typed) => {
            (Purpose::ReadSheet, Ask::ReadSheet(restore.words.clone()))
        }
        (Path::Restore(_), Step::Lost) => return form.go(Step::Passphrase),
        _ => return vec![],
    };
    form.fault = None;
    let (ticket, effect) = model.ask(purpose, ask);
    if let Phase::SetUp(form) = &mut model.phase {
        form.working = Some((ticket, beginning(Stage::Syncing)));
    }
    vec![effect]
}

/// Work that has just begun.
pub(super) const fn beginning(stage: Stage) -> Progress {
    Progress { stage, permille: 0 }
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let now = model.now;
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    form.working = None;
    match (result, &mut form.path) {
        (Ok(Answer::InvitationFits(true)), _) => form.go(Step::Passphrase),
        (Ok(Answer::InvitationFits(false)), Path::Join(join)) => {
            join.wrong = true;
            vec![Effect::Focus("enter-code")]
        }
        (
            Ok(Answer::Sheet(SheetRead::Fits {
                person,
                organisation,
                devices,
            })),
            Path::Restore(restore),
        ) => {
            restore.person = person;
            restore.organisation = organisation;
            restore.lost = devices.iter().map(|device| device.key).collect();
            restore.devices = devices;
            form.go(Step::Lost)
        }
        (Ok(Answer::Sheet(wrong)), Path::Restore(restore)) => {
            restore.wrong = Some(wrong);
            vec![Effect::Focus("enter-sheet")]
        }
        (Ok(Answer::Joining(shown)), Path::Join(join)) => {
            join.shown = Some(shown);
            form.forget_passphrase();
            let mut effects = form.go(Step::Compare);
            let (ticket, ask) = model.ask(Purpose::AwaitEntry, Ask::AwaitEntry);
            if let Phase::SetUp(form) = &mut model.phase {
                form.working = Some((ticket, beginning(Stage::Syncing)));
            }
            effects.push(ask);
            effects
        }
        (Ok(Answer::Unlocked(profile)), path) => {
            // Words of the sheet are needed no longer.
            if let Path::Restore(restore) = path {
                restore.words = Secret(String::new());
            }
            form.forget_passphrase();
            form.opens(Desk::new(*profile, Vec::new(), now));
            form.go(Step::Done)
        }
        (Err(Fault::InvitationOver), Path::Join(join)) => {
            join.code = Secret(String::new());
            form.fault = Some(Fault::InvitationOver);
            form.step = Step::Invitation;
            vec![Effect::Top, Effect::Focus("title")]
        }
        (result, _) => {
            let fault = result.err().unwrap_or(Fault::Internal);
            form.fault = Some(fault);
            if *purpose == Purpose::AwaitEntry {
                form.step = Step::Sheet;
            }
            vec![Effect::Focus("title")]
        }
    }
}

/// Whether an answer belongs to work of which the steps show how far it is.
pub(super) fn shows_progress(purpose: &Purpose) -> bool {
    matches!(
        purpose,
        Purpose::SetUp
            | Purpose::ReadInvitation
            | Purpose::ReadSheet
            | Purpose::Join
            | Purpose::AwaitEntry
            | Purpose::Restore
    )
}

/// Begins a way in.
#[inline(never)]
pub(super) fn begin(model: &mut Model, way: Way) -> Vec<Effect> {
    let step = match way {
        Way::Invitation => Step::Invitation,
        Way::Sheet => Step::Typed,
    };
    SetUp::begin_at(model, Path::of(way), step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::gate::{Gate, GateMsg};
    use crate::state::setup::SetUpMsg;
    use crate::state::tests::{answer, at, fail, profile, sent, started};
    use crate::state::{Msg, update as turn};
    use sluis_link::Picture;
    use sluis_link::Start;

    fn enter(way: Way) -> Model {
        let mut model = started(Start::NoVault);
        turn(&mut model, Msg::Gate(GateMsg::Enter(way)));
        let words = Answer::Passphrase(Secret("een twee drie vier vijf zes".into()));
        let ticket = sluis_link::Ticket(1);
        turn(&mut model, answer(ticket, words));
        model
    }

    fn form(model: &Model) -> &SetUp {
        match &model.phase {
            Phase::SetUp(form) => form,
            other => unreachable!("{other:?}"),
        }
    }

    fn types(model: &mut Model, text: &str) {
        turn(model, Msg::Enter(EnterMsg::Typed(Secret(text.into()))));
    }

    /// Types the passphrase again and goes on.
    fn chooses(model: &mut Model) -> Vec<Effect> {
        let again = Secret("een twee drie vier vijf zes".into());
        let blank = crate::state::setup::Blank::Again;
        turn(model, Msg::SetUp(SetUpMsg::Typed(blank, again)));
        turn(model, Msg::SetUp(SetUpMsg::Next))
    }

    /// An invitation that fits, up to the passphrase.
    fn invited() -> Model {
        let mut model = enter(Way::Invitation);
        types(&mut model, "ABCDE");
        let effects = turn(&mut model, Msg::Enter(EnterMsg::Next));
        turn(
            &mut model,
            answer(at(&effects), Answer::InvitationFits(true)),
        );
        model
    }

    fn joining(words: Vec<String>) -> Answer {
        Answer::Joining(Joining {
            words,
            code: "ABCDE".into(),
            picture: Picture {
                side: 21,
                squares: Secret("M0 0h1v1H0z".into()),
            },
        })
    }

    #[test]
    fn an_invitation_leads_to_six_words_and_then_in() {
        let mut model = invited();
        assert_eq!(form(&model).step, Step::Passphrase);
        let effects = chooses(&mut model);
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::Join { .. })));
        let words = vec!["aap".to_owned(); 6];
        let effects = turn(&mut model, answer(at(&effects), joining(words)));
        assert_eq!(form(&model).step, Step::Compare);
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::AwaitEntry)));
        turn(
            &mut model,
            answer(at(&effects), Answer::Unlocked(Box::new(profile()))),
        );
        assert_eq!(form(&model).step, Step::Done);
        turn(&mut model, Msg::SetUp(SetUpMsg::Finish));
        assert!(model.desk().is_some());
    }

    #[test]
    fn a_text_that_is_no_invitation_stays_and_says_so() {
        let mut model = enter(Way::Invitation);
        types(&mut model, "niets");
        let effects = turn(&mut model, Msg::Enter(EnterMsg::Next));
        turn(
            &mut model,
            answer(at(&effects), Answer::InvitationFits(false)),
        );
        assert!(
            matches!(&form(&model).path, Path::Join(join) if join.wrong && join.code.0 == "niets")
        );
    }

    #[test]
    fn an_invitation_that_was_used_asks_for_another() {
        let mut model = invited();
        let effects = chooses(&mut model);
        turn(&mut model, fail(at(&effects), Fault::InvitationOver));
        assert_eq!(form(&model).step, Step::Invitation);
        assert_eq!(form(&model).fault, Some(Fault::InvitationOver));
    }

    #[test]
    fn stopping_while_words_are_compared_drops_the_keys() {
        let mut model = invited();
        let effects = chooses(&mut model);
        let words = vec!["aap".to_owned(); 6];
        turn(&mut model, answer(at(&effects), joining(words)));
        let effects = turn(&mut model, Msg::Enter(EnterMsg::Back));
        assert!(matches!(effects[..], [Effect::StartWorker(_), ..]));
        assert_eq!(form(&model).step, Step::Invitation);
    }

    #[test]
    fn the_sheet_revokes_all_browsers_unless_one_is_kept() {
        let mut model = enter(Way::Sheet);
        types(&mut model, "vierentwintig woorden");
        let effects = turn(&mut model, Msg::Enter(EnterMsg::Next));
        let wrong = Answer::Sheet(SheetRead::Count(2));
        turn(&mut model, answer(at(&effects), wrong));
        assert!(matches!(&form(&model).path, Path::Restore(one) if one.wrong.is_some()));
        let effects = turn(&mut model, Msg::Enter(EnterMsg::Next));
        let devices = [1, 2].map(|number| DeviceView {
            key: DeviceKey([number; 16]),
            paper: false,
            since: 5,
            by: None,
            by_name: String::new(),
            parts: None,
            used: false,
        });
        let fits = SheetRead::Fits {
            person: "Noor".into(),
            organisation: "Centrum".into(),
            devices: devices.to_vec(),
        };
        turn(&mut model, answer(at(&effects), Answer::Sheet(fits)));
        assert_eq!(form(&model).step, Step::Lost);
        turn(
            &mut model,
            Msg::Enter(EnterMsg::Mark(DeviceKey([2; 16]), false)),
        );
        turn(&mut model, Msg::Enter(EnterMsg::Next));
        let effects = chooses(&mut model);
        assert!(
            sent(&effects).any(
                |ask| matches!(ask, Ask::Restore { lost, .. } if *lost == [DeviceKey([1; 16])])
            )
        );
        turn(
            &mut model,
            answer(at(&effects), Answer::Unlocked(Box::new(profile()))),
        );
        assert!(matches!(&form(&model).path, Path::Restore(one) if one.words.0.is_empty()));
    }

    #[test]
    fn going_back_asks_anew_how_things_stand() {
        let mut model = enter(Way::Sheet);
        turn(&mut model, Msg::Enter(EnterMsg::Back));
        assert!(matches!(model.phase, Phase::Starting { .. }));
    }

    #[test]
    fn a_vault_is_taken_away_only_after_the_word_was_typed() {
        let mut model = started(Start::Locked);
        turn(&mut model, Msg::Gate(GateMsg::Forget));
        turn(&mut model, Msg::Gate(GateMsg::Typed(Secret("leeg".into()))));
        let effects = turn(&mut model, Msg::Gate(GateMsg::Submit));
        assert_eq!(sent(&effects).count(), 0);
        assert!(matches!(&model.phase, Phase::Gate(Gate::Emptying(one)) if one.differs));
        let word = Secret(" Leegmaken".into());
        turn(&mut model, Msg::Gate(GateMsg::Typed(word)));
        let effects = turn(&mut model, Msg::Gate(GateMsg::Submit));
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::Forget)));
    }
}
