use super::*;
use crate::state::tests::{answer, at, fail, news, opened_with, row, sent, view};
use crate::state::update as turn;
use sluis_kit::i18n::Language;
use sluis_link::News;

fn key() -> DossierKey {
    row(1).key
}

/// A desk with dossier 1 on screen.
fn shown() -> Model {
    let mut model = opened_with(vec![row(1), row(2)]);
    let effects = turn(&mut model, Msg::Dossier(DossierMsg::Open(key(), None)));
    turn(
        &mut model,
        answer(at(&effects), Answer::Dossier(Box::new(view(1)))),
    );
    model
}

fn opened(model: &Model) -> &OpenDossier {
    match model.desk().and_then(|desk| desk.open.as_ref()) {
        Some(open) => open,
        None => unreachable!("a dossier is open"),
    }
}

fn desk(model: &Model) -> &Desk {
    match model.desk() {
        Some(desk) => desk,
        None => unreachable!("the desk is open"),
    }
}

fn act(model: &mut Model, msg: DossierMsg) -> Vec<Effect> {
    turn(model, Msg::Dossier(msg))
}

fn sport(text: &str) -> Field {
    Field::Sport(text.into())
}

#[test]
fn the_address_never_says_which_dossier() {
    let mut model = opened_with(vec![row(1)]);
    let effects = act(&mut model, DossierMsg::Open(key(), None));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Address(Route::Dossier, Step::Push)))
    );
}

#[test]
fn typing_saves_after_a_rest_and_not_before() {
    let mut model = shown();
    act(&mut model, DossierMsg::Typed(sport("ju")));
    let effects = act(&mut model, DossierMsg::Typed(sport("judo")));
    assert_eq!(sent(&effects).count(), 0);
    assert_eq!(desk(&model).safety(), Safety::Saving);
    let stale = act(&mut model, DossierMsg::Rests(key(), FieldName::Sport, 1));
    assert!(stale.is_empty());
    let effects = act(&mut model, DossierMsg::Rests(key(), FieldName::Sport, 2));
    assert!(
        sent(&effects).any(|ask| matches!(ask, Ask::Set(_, Field::Sport(text)) if text == "judo"))
    );
    turn(&mut model, answer(at(&effects), Answer::Done));
    assert_eq!(desk(&model).safety(), Safety::Saved);
    assert_eq!(desk(&model).field(FieldName::Sport), Some(sport("judo")));
}

#[test]
fn leaving_a_field_saves_at_once() {
    let mut model = shown();
    act(&mut model, DossierMsg::Typed(sport("judo")));
    let effects = act(&mut model, DossierMsg::Left(FieldName::Sport));
    assert_eq!(sent(&effects).count(), 1);
}

#[test]
fn a_failed_change_stays_on_screen_and_can_be_tried_again() {
    let mut model = shown();
    act(&mut model, DossierMsg::Typed(sport("judo")));
    let effects = act(&mut model, DossierMsg::Left(FieldName::Sport));
    turn(&mut model, fail(at(&effects), Fault::Storage));
    assert_eq!(desk(&model).safety(), Safety::Failed);
    assert_eq!(desk(&model).field(FieldName::Sport), Some(sport("judo")));
    let effects = act(&mut model, DossierMsg::Retry(FieldName::Sport));
    assert_eq!(sent(&effects).count(), 1);
}

#[test]
fn a_failed_change_is_still_there_after_another_dossier() {
    let mut model = shown();
    act(&mut model, DossierMsg::Typed(sport("judo")));
    let effects = act(&mut model, DossierMsg::Left(FieldName::Sport));
    act(&mut model, DossierMsg::Open(row(2).key, None));
    turn(&mut model, fail(at(&effects), Fault::Storage));
    assert_eq!(model.toasts.list().len(), 1);
    act(&mut model, DossierMsg::Open(key(), None));
    assert_eq!(desk(&model).field(FieldName::Sport), Some(sport("judo")));
}

#[test]
fn undo_brings_back_the_value_before_the_whole_change() {
    let mut model = shown();
    act(&mut model, DossierMsg::Typed(sport("j")));
    let first = act(&mut model, DossierMsg::Rests(key(), FieldName::Sport, 1));
    turn(&mut model, answer(at(&first), Answer::Done));
    act(&mut model, DossierMsg::Typed(sport("judo")));
    let second = act(&mut model, DossierMsg::Left(FieldName::Sport));
    turn(&mut model, answer(at(&second), Answer::Done));
    let effects = act(&mut model, DossierMsg::Undo);
    assert!(
        sent(&effects)
            .any(|ask| matches!(ask, Ask::Set(_, Field::Sport(text)) if text == "hockey"))
    );
    assert!(opened(&model).undo.is_none());
}

#[test]
fn a_choice_is_saved_at_once_and_the_same_choice_is_no_change() {
    let mut model = shown();
    let chosen = DossierMsg::Chosen(Field::Status(Status::WaitingForReporter));
    let effects = act(&mut model, chosen.clone());
    assert_eq!(sent(&effects).count(), 1);
    assert!(act(&mut model, chosen).is_empty());
}

#[test]
fn a_reply_stays_in_its_box_until_it_is_safe() {
    let mut model = shown();
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Dank je wel.".into()),
    );
    let effects = act(&mut model, DossierMsg::Send(DraftSlot::Reply));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::Reply(_, text) if text == "Dank je wel.")));
    assert_eq!(opened(&model).reply.text, "Dank je wel.");
    assert!(act(&mut model, DossierMsg::Send(DraftSlot::Reply)).is_empty());
    turn(&mut model, answer(at(&effects), Answer::Done));
    assert!(opened(&model).reply.text.is_empty());
}

#[test]
fn a_reply_that_is_refused_stays() {
    let mut model = shown();
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Dank je wel.".into()),
    );
    let effects = act(&mut model, DossierMsg::Send(DraftSlot::Reply));
    turn(&mut model, fail(at(&effects), Fault::NotAllowed));
    assert_eq!(opened(&model).reply.text, "Dank je wel.");
    assert_eq!(
        opened(&model).reply.state,
        DraftState::Failed(Fault::NotAllowed)
    );
}

#[test]
fn a_reply_that_fails_after_leaving_becomes_a_draft_again() {
    let mut model = shown();
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Dank je wel.".into()),
    );
    let ticket = at(&act(&mut model, DossierMsg::Send(DraftSlot::Reply)));
    act(&mut model, DossierMsg::Open(row(2).key, None));
    let effects = turn(&mut model, fail(ticket, Fault::Storage));
    assert!(
        sent(&effects)
            .any(|ask| matches!(ask, Ask::Draft(of, DraftSlot::Reply, text) if *of == key() && text == "Dank je wel."))
    );
}

#[test]
fn an_empty_reply_is_not_sent() {
    let mut model = shown();
    let effects = act(&mut model, DossierMsg::Send(DraftSlot::Reply));
    assert_eq!(sent(&effects).count(), 0);
    assert_eq!(
        opened(&model).reply.state,
        DraftState::Failed(Fault::Incomplete)
    );
}

#[test]
fn drafts_are_kept_after_a_rest_and_when_the_page_goes_elsewhere() {
    let mut model = shown();
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Note, "Gebeld".into()),
    );
    let effects = act(
        &mut model,
        DossierMsg::DraftRests(key(), DraftSlot::Note, 1),
    );
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::Draft(_, DraftSlot::Note, _))));
    turn(&mut model, answer(at(&effects), Answer::Done));
    assert_eq!(opened(&model).note.state, DraftState::Kept);
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Beste".into()),
    );
    let effects = turn(&mut model, Msg::Routed(Route::Work));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::Draft(_, DraftSlot::Reply, _))));
}

#[test]
fn a_stroke_while_a_draft_is_being_kept_is_kept_too() {
    let mut model = shown();
    let drafted = |text: &str| DossierMsg::Drafted(DraftSlot::Note, text.into());
    act(&mut model, drafted("Gebeld"));
    let first = act(
        &mut model,
        DossierMsg::DraftRests(key(), DraftSlot::Note, 1),
    );
    act(&mut model, drafted("Gebeld."));
    turn(&mut model, answer(at(&first), Answer::Done));
    assert_eq!(opened(&model).note.state, DraftState::Typing);
    let second = act(
        &mut model,
        DossierMsg::DraftRests(key(), DraftSlot::Note, 2),
    );
    assert!(sent(&second).any(|ask| matches!(ask, Ask::Draft(_, _, text) if text == "Gebeld.")));
}

#[test]
fn a_fresh_view_does_not_touch_what_is_being_typed() {
    let mut model = shown();
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Beste".into()),
    );
    act(&mut model, DossierMsg::Typed(sport("judo")));
    let mut fresh = view(1);
    fresh.row.sport = "voetbal".into();
    turn(&mut model, news(News::Dossier(Box::new(fresh))));
    assert_eq!(opened(&model).reply.text, "Beste");
    assert_eq!(desk(&model).field(FieldName::Sport), Some(sport("judo")));
}

#[test]
fn an_answer_for_a_dossier_that_is_no_longer_open_is_dropped() {
    let mut model = opened_with(vec![row(1), row(2)]);
    let first = act(&mut model, DossierMsg::Open(key(), None));
    act(&mut model, DossierMsg::Open(row(2).key, None));
    turn(
        &mut model,
        answer(at(&first), Answer::Dossier(Box::new(view(1)))),
    );
    assert_eq!(opened(&model).key, row(2).key);
    assert!(opened(&model).view.is_none());
}

#[test]
fn locking_keeps_drafts_and_changes_before_it_locks() {
    let mut model = shown();
    act(&mut model, DossierMsg::Typed(sport("judo")));
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Beste".into()),
    );
    let effects = turn(&mut model, Msg::Lock);
    let asks: Vec<&Ask> = sent(&effects).collect();
    assert!(asks.iter().any(|ask| matches!(ask, Ask::Set(..))));
    assert!(
        asks.iter()
            .any(|ask| matches!(ask, Ask::Draft(_, DraftSlot::Reply, _)))
    );
    assert!(matches!(asks.last(), Some(Ask::Lock)));
    assert!(model.desk().is_none());
    assert_eq!(model.route, Route::Work);
}

#[test]
fn a_dossier_made_by_hand_begins_with_its_story() {
    let mut model = opened_with(vec![row(1)]);
    let effects = act(&mut model, DossierMsg::Open(key(), None));
    let mut by_hand = view(1);
    by_hand.can_reply = false;
    by_hand.conversation.clear();
    turn(
        &mut model,
        answer(at(&effects), Answer::Dossier(Box::new(by_hand))),
    );
    assert_eq!(opened(&model).tab, Part::Story);
}

#[test]
fn pending_changes_say_whether_they_wait_or_are_sent() {
    let mut model = shown();
    let mut pending = row(1);
    pending.pending = 2;
    turn(
        &mut model,
        news(News::Rows {
            first: false,
            rows: vec![pending],
        }),
    );
    turn(&mut model, news(News::Link(Link::Offline(2))));
    assert_eq!(desk(&model).safety(), Safety::Waiting(2));
    turn(&mut model, news(News::Link(Link::Syncing(2))));
    assert_eq!(desk(&model).safety(), Safety::Sending(2));
}

#[test]
fn a_message_that_comes_while_the_conversation_is_on_screen_is_seen_once_somebody_moves() {
    let mut model = shown();
    let mut fresh = view(1);
    fresh.row.unread = 1;
    let effects = turn(&mut model, news(News::Dossier(Box::new(fresh))));
    assert_eq!(sent(&effects).count(), 0);
    let effects = turn(&mut model, Msg::Active);
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::Open(of) if *of == key())));
    assert!(turn(&mut model, Msg::Active).is_empty());
}

#[test]
fn another_language_keeps_what_is_typed() {
    let mut model = shown();
    act(
        &mut model,
        DossierMsg::Drafted(DraftSlot::Reply, "Beste".into()),
    );
    turn(&mut model, Msg::Spoken(Language::En));
    assert_eq!(opened(&model).reply.text, "Beste");
}

#[test]
fn the_log_is_handed_over_under_a_name_that_says_nothing() {
    let mut model = shown();
    let effects = act(&mut model, DossierMsg::SaveLog);
    let effects = turn(&mut model, answer(at(&effects), Answer::File(vec![1])));
    let [Effect::File(name, bytes)] = effects.as_slice() else {
        unreachable!("{effects:?}");
    };
    assert!(
        name.starts_with("logboek-1970-01-01") && bytes == &[1],
        "{name}"
    );
}

#[test]
fn a_disputed_field_can_be_settled_with_the_value_that_shows() {
    let mut model = shown();
    let mut disputed = view(1);
    let choice = |value| sluis_link::Choice {
        value,
        person: String::new(),
        author: "Noor".into(),
        time: 10,
    };
    let known = desk(&model).field(FieldName::Sport);
    let known = known.unwrap_or_else(|| sport(""));
    assert!(act(&mut model, DossierMsg::Chosen(known.clone())).is_empty());
    disputed.conflicts = vec![sluis_link::Conflict {
        field: FieldName::Sport,
        choices: vec![choice(sport("judo")), choice(known.clone())],
    }];
    turn(&mut model, news(News::Dossier(Box::new(disputed))));
    let effects = act(&mut model, DossierMsg::Chosen(known.clone()));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::Set(_, field) if *field == known)));
}
