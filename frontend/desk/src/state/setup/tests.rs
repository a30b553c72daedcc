use super::*;
use crate::state::tests::{answer, at, fail, profile, progress, sent, started};
use crate::state::update as turn;
use sluis_link::{News, Start};

fn text(text: &str) -> Secret {
    Secret(text.into())
}

fn typed(model: &mut Model, blank: Blank, words: &str) -> Vec<Effect> {
    turn(model, Msg::SetUp(SetUpMsg::Typed(blank, text(words))))
}

fn form(model: &Model) -> &SetUp {
    match &model.phase {
        Phase::SetUp(form) => form,
        other => unreachable!("{other:?}"),
    }
}

/// As far as the passphrase, with six words proposed.
fn at_passphrase() -> Model {
    let mut model = started(Start::SetUpNeeded);
    turn(
        &mut model,
        answer(Ticket(1), Answer::Passphrase(text("een twee drie"))),
    );
    typed(&mut model, Blank::Code, "1234-5678");
    typed(&mut model, Blank::Organisation, "Centrum");
    typed(&mut model, Blank::Line, "Meldlijn");
    turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    typed(&mut model, Blank::Person, "Noor");
    turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    assert_eq!(form(&model).step, Step::Passphrase);
    model
}

fn working() -> (Model, Ticket) {
    let mut model = at_passphrase();
    typed(&mut model, Blank::Again, " Een  twee DRIE ");
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    let ticket = at(&effects);
    (model, ticket)
}

fn sheet() -> Sheet {
    Sheet {
        words: vec![text("a"), text("b"), text("c")],
        control_code: "123 456".into(),
        ask: vec![2, 0],
    }
}

#[test]
fn an_empty_blank_is_pointed_out_and_gets_the_keyboard() {
    let mut model = started(Start::SetUpNeeded);
    typed(&mut model, Blank::Code, "1234");
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    assert_eq!(form(&model).step, Step::Server);
    assert_eq!(
        form(&model).problem(Blank::Organisation),
        Some(Problem::Empty)
    );
    assert!(matches!(
        effects.as_slice(),
        [Effect::Focus("setup-organisation")]
    ));
}

#[test]
fn going_back_loses_nothing() {
    let mut model = at_passphrase();
    turn(&mut model, Msg::SetUp(SetUpMsg::Back));
    turn(&mut model, Msg::SetUp(SetUpMsg::Back));
    let form = form(&model);
    assert_eq!(form.step, Step::Server);
    assert_eq!(form.code.0, "1234-5678");
    assert_eq!(form.person, "Noor");
}

#[test]
fn another_language_loses_nothing() {
    let mut model = at_passphrase();
    typed(&mut model, Blank::Again, "een");
    turn(&mut model, Msg::Spoken(Language::En));
    assert_eq!(form(&model).again.0, "een");
    assert_eq!(
        form(&model).proposed.as_ref().map(|words| words.0.as_str()),
        Some("een twee drie")
    );
}

#[test]
fn generated_words_are_typed_again_in_any_case() {
    let (model, _) = working();
    assert_eq!(form(&model).step, Step::Sheet);
    assert!(form(&model).working.is_some());
}

#[test]
fn other_words_than_those_proposed_do_not_pass() {
    let mut model = at_passphrase();
    typed(&mut model, Blank::Again, "een twee vier");
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    assert_eq!(sent(&effects).count(), 0);
    assert_eq!(form(&model).problem(Blank::Again), Some(Problem::Differs));
}

#[test]
fn an_own_passphrase_is_judged_before_it_is_taken() {
    let mut model = at_passphrase();
    turn(&mut model, Msg::SetUp(SetUpMsg::Own(true)));
    typed(&mut model, Blank::Passphrase, "geheim");
    typed(&mut model, Blank::Again, "geheim");
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    let ticket = at(&effects);
    turn(&mut model, answer(ticket, Answer::Strength(Strength::Weak)));
    assert_eq!(form(&model).problem(Blank::Passphrase), Some(Problem::Weak));
    assert_eq!(form(&model).step, Step::Passphrase);
}

#[test]
fn only_the_last_judgement_counts() {
    let mut model = at_passphrase();
    turn(&mut model, Msg::SetUp(SetUpMsg::Own(true)));
    typed(&mut model, Blank::Passphrase, "a");
    let first = at(&turn(&mut model, Msg::SetUp(SetUpMsg::Rests(1))));
    typed(&mut model, Blank::Passphrase, "ab");
    turn(
        &mut model,
        answer(first, Answer::Strength(Strength::Strong)),
    );
    assert_eq!(form(&model).strength, None);
    assert!(turn(&mut model, Msg::SetUp(SetUpMsg::Rests(1))).is_empty());
}

#[test]
fn a_wrong_code_leads_back_to_it_with_all_that_was_typed() {
    let (mut model, ticket) = working();
    turn(&mut model, fail(ticket, Fault::WrongSetUpCode));
    let form = form(&model);
    assert_eq!(form.step, Step::Server);
    assert_eq!(form.problem(Blank::Code), Some(Problem::WrongCode));
    assert_eq!(form.organisation, "Centrum");
    assert!(!form.again.0.is_empty());
}

#[test]
fn a_failure_can_be_tried_again_with_the_same_answers() {
    let (mut model, ticket) = working();
    turn(&mut model, fail(ticket, Fault::Offline));
    assert_eq!(form(&model).fault, Some(Fault::Offline));
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    assert!(sent(&effects).any(
        |ask| matches!(ask, Ask::SetUp(form) if form.person == "Noor"
            && form.passphrase.0 == "een twee drie")
    ));
}

#[test]
fn it_can_be_stopped_until_the_server_is_asked() {
    let (mut model, ticket) = working();
    turn(&mut model, progress(ticket, Stage::Syncing, 800));
    assert!(turn(&mut model, Msg::SetUp(SetUpMsg::Cancel)).is_empty());
    let (mut model, _) = working();
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Cancel));
    assert!(matches!(effects[..], [Effect::StartWorker(_), ..]));
    assert!(form(&model).working.is_none());
    assert!(!form(&model).again.0.is_empty());
}

#[test]
fn the_sheet_is_shown_rehearsed_and_forgotten() {
    let (mut model, ticket) = working();
    turn(
        &mut model,
        answer(ticket, Answer::SetUpDone(sheet(), Box::new(profile()))),
    );
    assert!(form(&model).again.0.is_empty());
    turn(&mut model, Msg::SetUp(SetUpMsg::Next));
    assert_eq!(form(&model).asked(), [2, 0]);
    typed(&mut model, Blank::Word(0), "c ");
    typed(&mut model, Blank::Word(1), "x");
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Rehearse));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::RehearseSheet(words) if words.0 == "c x")));
    turn(&mut model, answer(at(&effects), Answer::SheetFits(false)));
    assert!(form(&model).mistaken);
    typed(&mut model, Blank::Word(1), "a");
    let effects = turn(&mut model, Msg::SetUp(SetUpMsg::Rehearse));
    turn(&mut model, answer(at(&effects), Answer::SheetFits(true)));
    assert_eq!(form(&model).step, Step::Done);
    assert!(form(&model).sheet.is_none());
    turn(&mut model, Msg::SetUp(SetUpMsg::Finish));
    assert!(model.desk().is_some());
}

#[test]
fn news_during_the_sheet_reach_the_desk() {
    let (mut model, ticket) = working();
    turn(
        &mut model,
        answer(ticket, Answer::SetUpDone(sheet(), Box::new(profile()))),
    );
    turn(
        &mut model,
        crate::state::tests::news(News::Rows {
            first: true,
            rows: vec![crate::state::tests::row(1)],
        }),
    );
    if let Phase::SetUp(form) = &mut model.phase {
        form.step = Step::Done;
    }
    turn(&mut model, Msg::SetUp(SetUpMsg::Finish));
    assert_eq!(model.desk().map(Desk::count), Some(1));
}
