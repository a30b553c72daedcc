use super::*;
use crate::state::tests::{answer, at, news, opened_with, row, sent};
use crate::state::update as turn;
use sluis_link::{Answer, News};

fn shown(model: &Model) -> Vec<u8> {
    model
        .desk()
        .map(|desk| {
            desk.table
                .shown
                .iter()
                .filter_map(|row| row.key.0.first().copied())
                .collect()
        })
        .unwrap_or_default()
}

fn three() -> Vec<Row> {
    let mut zeeland = row(1);
    zeeland.federation = "Zeeuwse Bond".into();
    zeeland.sport = "Ringrijden".into();
    zeeland.gist = "De coördinator schreeuwde".into();
    zeeland.active = 30;
    let mut hockey = row(2);
    hockey.federation = "Hockeybond".into();
    hockey.active = 10;
    hockey.mine = true;
    hockey.handler = "Noor".into();
    let mut closed = row(3);
    closed.status = Status::Closed;
    closed.active = 20;
    vec![zeeland, hockey, closed]
}

#[test]
fn search_is_instant_and_does_not_mind_accents_or_order_of_words() {
    let mut model = opened_with(three());
    turn(
        &mut model,
        Msg::Table(TableMsg::Search("COORDINATOR zeeuwse".into())),
    );
    assert_eq!(shown(&model), [1]);
    turn(
        &mut model,
        Msg::Table(TableMsg::Search("bestaat niet".into())),
    );
    assert!(shown(&model).is_empty());
}

#[test]
fn a_word_may_stand_in_the_text_of_a_dossier_and_another_in_its_row() {
    let mut model = opened_with(three());
    let effects = turn(
        &mut model,
        Msg::Table(TableMsg::Search("hockeybond kleedkamer".into())),
    );
    assert!(shown(&model).is_empty());
    let ticket = at(&effects);
    let found = Found {
        hits: vec![(row(2).key, 2), (row(1).key, 2)],
        near: 0,
    };
    turn(&mut model, answer(ticket, Answer::Found(found.clone())));
    assert_eq!(shown(&model), [2]);
    // What is found later for an older question does not count.
    turn(&mut model, Msg::Table(TableMsg::Search("veld".into())));
    turn(&mut model, answer(ticket, Answer::Found(found)));
    assert!(shown(&model).is_empty());
}

#[test]
fn a_guess_is_said_and_dropped_where_a_row_has_the_word_itself() {
    let mut model = opened_with(three());
    let effects = turn(
        &mut model,
        Msg::Table(TableMsg::Search("kleedkaner hockeybond".into())),
    );
    let found = Found {
        hits: vec![(row(2).key, 3), (row(1).key, 3)],
        near: 3,
    };
    turn(&mut model, answer(at(&effects), Answer::Found(found)));
    assert_eq!(shown(&model), [2]);
    let guessed = model.desk().map(|desk| desk.table.guessed.clone());
    assert_eq!(guessed, Some(vec!["kleedkaner".into()]));
}

#[test]
fn a_filter_that_was_kept_comes_back() {
    let mut model = opened_with(three());
    turn(&mut model, Msg::Table(TableMsg::Group(Group::Mine)));
    turn(&mut model, Msg::Table(TableMsg::Name("Van mij".into())));
    let effects = turn(&mut model, Msg::Table(TableMsg::Save));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::KeepFilters(all) if all.len() == 1)));
    turn(&mut model, Msg::Table(TableMsg::Clear));
    turn(&mut model, Msg::Table(TableMsg::Use(0)));
    assert_eq!(shown(&model), [2]);
    let effects = turn(&mut model, Msg::Table(TableMsg::Forget(0)));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::KeepFilters(all) if all.is_empty())));
}

#[test]
fn a_search_finds_the_name_of_a_category_in_the_language_of_the_screen() {
    let mut rows = three();
    if let Some(first) = rows.first_mut() {
        first.classification = Some((Category::MatchFixing, None));
    }
    let mut model = opened_with(rows);
    turn(&mut model, Msg::Table(TableMsg::Search("match".into())));
    assert_eq!(shown(&model), [1]);
}

#[test]
fn groups_narrow_and_clearing_shows_all() {
    let mut model = opened_with(three());
    assert_eq!(shown(&model), [1, 2]);
    turn(&mut model, Msg::Table(TableMsg::Group(Group::Mine)));
    assert_eq!(shown(&model), [2]);
    turn(&mut model, Msg::Table(TableMsg::Group(Group::Unassigned)));
    assert_eq!(shown(&model), [1]);
    turn(&mut model, Msg::Table(TableMsg::Clear));
    assert_eq!(shown(&model), [1, 3, 2]);
}

#[test]
fn the_order_turns_around() {
    let mut model = opened_with(three());
    turn(
        &mut model,
        Msg::Table(TableMsg::Sort(Column::Federation, false)),
    );
    assert_eq!(shown(&model), [2, 1]);
    turn(
        &mut model,
        Msg::Table(TableMsg::Sort(Column::Federation, true)),
    );
    assert_eq!(shown(&model), [1, 2]);
}

#[test]
fn the_keyboard_stays_on_its_dossier_when_rows_come() {
    let mut model = opened_with(three());
    turn(&mut model, Msg::Table(TableMsg::Select(1)));
    let mut newest = row(9);
    newest.active = 99;
    turn(
        &mut model,
        news(News::Rows {
            first: false,
            rows: vec![newest],
        }),
    );
    assert_eq!(shown(&model), [9, 1, 2]);
    assert_eq!(model.desk().and_then(|desk| desk.table.selected), Some(2));
}

#[test]
fn a_row_opens_its_dossier() {
    let mut model = opened_with(three());
    let effects = turn(&mut model, Msg::Table(TableMsg::Open(1)));
    assert!(sent(&effects).any(|ask| matches!(ask, Ask::Open(key) if *key == row(2).key)));
    assert!(turn(&mut model, Msg::Table(TableMsg::Open(7))).is_empty());
}

#[test]
fn ten_thousand_rows_are_sorted_and_searched() {
    let rows = (0..10_000_u32)
        .map(|number| {
            let mut row = row(1);
            let mut key = [0; 16];
            key.iter_mut()
                .zip(number.to_be_bytes())
                .for_each(|(to, from)| *to = from);
            row.key = DossierKey(key);
            row.number = format!("N-{number:05}");
            row
        })
        .collect();
    let mut model = opened_with(rows);
    assert_eq!(shown(&model).len(), 10_000);
    turn(&mut model, Msg::Table(TableMsg::Search("n-09999".into())));
    assert_eq!(shown(&model).len(), 1);
}
