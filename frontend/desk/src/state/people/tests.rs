use super::admit::{Blank, Stage, Who};
use super::*;
use crate::state::tests::{answer, at, fail, news, opened_with, sent};
use crate::state::{Msg, update as turn};
use sluis_link::{
    Admission, Heard, Invitation, Knock, News, OrganisationSort, Picture, RespondentsView, TeamView,
};

const ME: PersonKey = PersonKey([7; 16]);
const OTHER: PersonKey = PersonKey([8; 16]);

fn device(number: u8, by: Option<u8>) -> DeviceView {
    DeviceView {
        key: DeviceKey([number; 16]),
        paper: false,
        since: 1_000,
        by: by.map(|by| DeviceKey([by; 16])),
        by_name: String::new(),
        parts: None,
        used: false,
    }
}

fn person(key: PersonKey, name: &str, devices: Vec<DeviceView>) -> PersonView {
    PersonView {
        key,
        name: name.into(),
        roles: vec![StaffRole::CaseManager],
        teams: vec![],
        devices,
        directs: key == ME,
    }
}

/// A desk of a director, at the first of three browsers, with a colleague.
pub(in crate::state) fn with_people() -> Model {
    let mut model = opened_with(vec![]);
    let mine = vec![device(1, None), device(2, Some(1)), device(3, Some(2))];
    let organisation = OrganisationView {
        key: [5; 16],
        thresholds: (1, 1),
        name: "Centrum".into(),
        sort: OrganisationSort::Centre,
        mine: true,
        teams: vec![TeamView {
            key: TeamKey([9; 16]),
            name: "Meldlijn".into(),
            line: true,
        }],
        people: vec![
            person(ME, "Noor", mine),
            person(OTHER, "Sam de Boer", vec![device(4, None)]),
        ],
        respondents: RespondentsView::default(),
    };
    let people = People {
        organisations: vec![organisation],
        me: ME,
        here: DeviceKey([1; 16]),
        may_found: true,
        pending: 0,
        waiting: vec![],
    };
    turn(&mut model, news(News::People(Box::new(people))));
    model
}

fn staff(model: &Model) -> &Staff {
    match model.desk() {
        Some(desk) => &desk.staff,
        None => unreachable!("the desk is open"),
    }
}

fn does(model: &mut Model, msg: PeopleMsg) -> Vec<Effect> {
    turn(model, Msg::People(msg))
}

fn admits(model: &mut Model, msg: AdmitMsg) -> Vec<Effect> {
    does(model, PeopleMsg::Admit(msg))
}

fn types(model: &mut Model, blank: Blank, text: &str) {
    admits(model, AdmitMsg::Typed(blank, Secret(text.into())));
}

fn stage(model: &Model) -> Option<&Stage> {
    staff(model).admitting.as_ref().map(|form| &form.stage)
}

fn invitation() -> Invitation {
    Invitation {
        code: "ABCDE".into(),
        picture: Picture {
            side: 45,
            squares: Secret("M0 0h1v1H0z".into()),
        },
        until: 2_000,
    }
}

fn knock() -> News {
    let words = (1..=6)
        .map(|n| {
            if n == 4 {
                String::new()
            } else {
                format!("woord{n}")
            }
        })
        .collect();
    News::Knocked(Knock {
        words,
        choices: vec!["woord4".into(), "ander".into()],
    })
}

/// An invitation for a colleague that somebody answered.
fn knocked() -> Model {
    let mut model = with_people();
    admits(&mut model, AdmitMsg::Begin(Who::Colleague));
    types(&mut model, Blank::Name, " Kim ");
    let effects = admits(&mut model, AdmitMsg::Invite);
    turn(
        &mut model,
        answer(at(&effects), Answer::Invitation(invitation())),
    );
    turn(&mut model, news(knock()));
    model
}

#[test]
fn a_stolen_laptop_takes_along_what_it_let_in() {
    let mut model = with_people();
    let stolen = DeviceKey([2; 16]);
    does(&mut model, PeopleMsg::Revoke(ME, stolen));
    let marked = staff(&model).question.as_ref().map(|one| &one.devices);
    assert_eq!(marked, Some(&vec![stolen, DeviceKey([3; 16])]));
    does(&mut model, PeopleMsg::Mark(DeviceKey([3; 16]), false));
    let effects = does(&mut model, PeopleMsg::Confirm);
    assert!(
        sent(&effects)
            .any(|ask| matches!(ask, Ask::Office(Office::Revoke(list, _)) if *list == [stolen]))
    );
}

#[test]
fn nobody_leaves_before_the_name_was_typed() {
    let mut model = with_people();
    does(&mut model, PeopleMsg::Leave(OTHER));
    does(&mut model, PeopleMsg::Typed("Sam".into()));
    let effects = does(&mut model, PeopleMsg::Confirm);
    assert_eq!(sent(&effects).count(), 0);
    assert!(
        staff(&model)
            .question
            .as_ref()
            .is_some_and(|one| one.differs)
    );
    does(&mut model, PeopleMsg::Typed(" sam de boer".into()));
    does(&mut model, PeopleMsg::Heir(Some(ME)));
    let effects = does(&mut model, PeopleMsg::Confirm);
    assert!(
        sent(&effects)
            .any(|ask| matches!(ask, Ask::Office(Office::Leave(who, heir, _)) if *who == OTHER && *heir == Some(ME)))
    );
    turn(&mut model, answer(at(&effects), Answer::Done));
    assert!(staff(&model).question.is_none());
}

#[test]
fn a_refused_decision_stays_on_screen() {
    let mut model = with_people();
    does(&mut model, PeopleMsg::Revoke(OTHER, DeviceKey([4; 16])));
    let effects = does(&mut model, PeopleMsg::Confirm);
    turn(&mut model, fail(at(&effects), Fault::NotDirector));
    assert_eq!(staff(&model).fault, Some(Fault::NotDirector));
    assert!(staff(&model).question.is_some());
}

#[test]
fn roles_and_teams_are_handed_over_whole_and_one_at_a_time() {
    let mut model = with_people();
    let coordinator = PeopleMsg::Role(OTHER, StaffRole::Coordinator, true);
    let effects = does(&mut model, coordinator.clone());
    let both = vec![StaffRole::CaseManager, StaffRole::Coordinator];
    assert!(
        sent(&effects)
            .any(|ask| matches!(ask, Ask::Office(Office::Roles(_, roles)) if *roles == both))
    );
    assert_eq!(sent(&does(&mut model, coordinator)).count(), 0);
}

#[test]
fn all_my_devices_hear_of_a_new_one_until_i_say_that_i_know_it() {
    let mut model = with_people();
    let new = |model: &Model| {
        let news = staff(model).newly_let_in(model.now);
        news.iter().map(|device| device.key).collect::<Vec<_>>()
    };
    // What this browser let in itself is no news to it.
    assert_eq!(new(&model), [DeviceKey([3; 16])]);
    does(&mut model, PeopleMsg::Known(DeviceKey([3; 16])));
    assert!(new(&model).is_empty());
}

#[test]
fn a_colleague_is_let_in_after_a_word_was_heard() {
    let mut model = knocked();
    let effects = admits(&mut model, AdmitMsg::LetIn);
    assert_eq!(sent(&effects).count(), 0);
    assert!(matches!(
        stage(&model),
        Some(Stage::Words { missing: true, .. })
    ));
    admits(&mut model, AdmitMsg::Heard("woord4".into()));
    let effects = admits(&mut model, AdmitMsg::LetIn);
    assert!(
        sent(&effects).any(|ask| matches!(ask, Ask::LetIn(Heard::Word(word)) if word == "woord4"))
    );
    turn(&mut model, answer(at(&effects), Answer::Done));
    assert!(matches!(stage(&model), Some(Stage::Done)));
}

#[test]
fn words_that_differ_let_nobody_in() {
    let mut model = knocked();
    admits(&mut model, AdmitMsg::Heard("ander".into()));
    let effects = admits(&mut model, AdmitMsg::LetIn);
    turn(&mut model, fail(at(&effects), Fault::WordsDiffer));
    assert!(matches!(stage(&model), Some(Stage::Differed)));
    let mut model = knocked();
    let effects = admits(&mut model, AdmitMsg::Differs);
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::StopInviting)));
    assert!(matches!(stage(&model), Some(Stage::Differed)));
    // A new invitation keeps what was typed.
    admits(&mut model, AdmitMsg::Again);
    let name = staff(&model).admitting.as_ref().map(|form| &form.name);
    assert_eq!(name.map(String::as_str), Some(" Kim "));
}

#[test]
fn an_invitation_runs_out() {
    let mut model = with_people();
    admits(&mut model, AdmitMsg::Begin(Who::Device(ME)));
    let effects = admits(&mut model, AdmitMsg::Invite);
    assert!(
        sent(&effects).any(|ask| matches!(ask, Ask::Invite(Admission::Device(who)) if *who == ME))
    );
    turn(
        &mut model,
        answer(at(&effects), Answer::Invitation(invitation())),
    );
    turn(&mut model, news(News::InvitationOver));
    assert!(matches!(stage(&model), Some(Stage::Over)));
}

#[test]
fn a_form_says_what_it_lacks_and_what_is_wrong_with_the_sheet() {
    let mut model = with_people();
    admits(&mut model, AdmitMsg::Begin(Who::Organisation));
    types(&mut model, Blank::Organisation, "Judobond");
    let effects = admits(&mut model, AdmitMsg::Invite);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Focus(id) if *id == Blank::Line.id()))
    );
    types(&mut model, Blank::Line, "Lijn");
    types(&mut model, Blank::Name, "Kim");
    types(&mut model, Blank::Sheet, "aap noot");
    let effects = admits(&mut model, AdmitMsg::Invite);
    let wrong = SheetRead::Count(2);
    turn(
        &mut model,
        answer(at(&effects), Answer::Sheet(wrong.clone())),
    );
    let form = staff(&model).admitting.as_ref();
    assert_eq!(form.and_then(|form| form.sheet_wrong.clone()), Some(wrong));
    assert!(form.is_some_and(|form| form.organisation == "Judobond"));
}

#[test]
fn a_revoked_browser_closes_at_once() {
    let mut model = with_people();
    let effects = turn(&mut model, news(News::Revoked));
    assert!(model.desk().is_none());
    assert!(matches!(effects.as_slice(), [Effect::EndWorker, ..]));
}
