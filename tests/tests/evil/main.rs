//! The malicious-relay matrix: every act of a hostile relay, on every object that clients read from it.
//!
//! Each column is one test; the last test prints the matrix and counts. A cell that is not there by design is a dash.

mod board;
mod colluders;
mod contacts;
mod control;
mod directory;
mod events;
mod files;
mod intake;
mod keys;

use std::io::Write as _;
use std::sync::OnceLock;

use sluis_e2e::evil::{Act, Expected, Object, Outcome, Row, Trial, judge, table};
use sluis_wire::api::SnapshotRead;

/// Cells of these eight columns that are not dashes.
const CELLS: usize = 104;
/// Deeds of insiders who play along with the relay: twelve, by one who was revoked and by one who may only read.
const PLOTS: usize = 24;

static COLUMNS: [OnceLock<Vec<Row>>; 8] = [const { OnceLock::new() }; 8];

fn trials(object: Object) -> &'static [Trial] {
    match object {
        Object::Directory => directory::TRIALS,
        Object::Keys => keys::TRIALS,
        Object::Control => control::TRIALS,
        Object::Events => events::TRIALS,
        Object::Intake => intake::TRIALS,
        Object::Board => board::TRIALS,
        Object::Contacts => contacts::TRIALS,
        Object::Files => files::TRIALS,
    }
}

fn rows(object: Object) -> &'static [Row] {
    let column = COLUMNS
        .iter()
        .zip(Object::ALL)
        .find(|(_, known)| *known == object);
    let run = || {
        trials(object)
            .iter()
            .map(|trial| judge(object, trial))
            .collect()
    };
    column
        .map(|(column, _)| column.get_or_init(run).as_slice())
        .unwrap_or_default()
}

fn check(object: Object) {
    let expected: Vec<Act> = Act::ALL
        .into_iter()
        .filter(|act| object.has(*act))
        .collect();
    let tried: Vec<Act> = trials(object).iter().map(|trial| trial.act).collect();
    assert_eq!(tried, expected, "every cell of the column has a trial");
    let wrong: Vec<&Row> = rows(object)
        .iter()
        .filter(|row| row.outcome != Outcome::AsExpected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_lie_about_the_directory_goes_unnoticed() {
    check(Object::Directory);
}

#[test]
fn no_lie_about_shared_keys_goes_unnoticed() {
    check(Object::Keys);
}

#[test]
fn no_lie_about_rights_goes_unnoticed() {
    check(Object::Control);
}

#[test]
fn no_lie_about_events_goes_unnoticed() {
    check(Object::Events);
}

#[test]
fn no_lie_about_messages_goes_unnoticed() {
    check(Object::Intake);
}

#[test]
fn no_lie_about_replies_goes_unnoticed() {
    check(Object::Board);
}

#[test]
fn no_lie_about_contact_data_goes_unnoticed() {
    check(Object::Contacts);
}

#[test]
fn no_lie_about_files_goes_unnoticed() {
    check(Object::Files);
}

#[test]
fn the_matrix_is_whole_and_nothing_is_accepted_silently() {
    let cells = Object::ALL
        .iter()
        .flat_map(|object| Act::ALL.into_iter().filter(|act| object.has(*act)))
        .count();
    assert_eq!(cells, CELLS);
    let all: Vec<Row> = Object::ALL
        .into_iter()
        .flat_map(|object| rows(object).to_vec())
        .collect();
    let silent = all
        .iter()
        .filter(|row| matches!(row.outcome, Outcome::Silent(_)))
        .count();
    let text = format!(
        "{}{} cells, {silent} silent acceptances\n",
        table(&all),
        all.len()
    );
    // To the real output, past the test's capture only when that is asked for.
    let _written = std::io::stdout().write_all(text.as_bytes());
    assert_eq!(all.len(), CELLS);
    assert_eq!(silent, 0);
    assert!(
        all.iter().all(|row| row.told > 0),
        "each cell tells its lie"
    );
}

#[test]
fn no_insider_who_plays_along_with_the_relay_goes_unnoticed() {
    let found: Vec<_> = colluders::CELLS.iter().map(colluders::judge).collect();
    let wrong: Vec<String> = found
        .iter()
        .filter_map(|one| Some(format!("{}: {}", one.line, one.wrong.as_ref()?)))
        .collect();
    let lines: Vec<&str> = found.iter().map(|one| one.line.as_str()).collect();
    let text = format!(
        "{}\n{} cells with an insider, {} silent acceptances\n",
        lines.join("\n"),
        found.len(),
        wrong.len()
    );
    let _written = std::io::stdout().write_all(text.as_bytes());
    assert_eq!(found.len(), PLOTS);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_judge_sees_a_trial_without_a_lie_and_a_lie_without_notice() {
    let expected = Expected::Detected("Something");
    let honest = Trial {
        act: Act::Drop,
        expected,
        run: |_| None,
    };
    assert_eq!(judge(Object::Events, &honest).outcome, Outcome::NoLie);
    let unnoticed = Trial {
        act: Act::HoldBack,
        expected,
        run: |scene| {
            scene
                .evil
                .change::<SnapshotRead>(|_, answer| answer.snapshot.clear());
            scene.bram_looks();
            None
        },
    };
    let outcome = judge(Object::Keys, &unnoticed).outcome;
    assert!(matches!(outcome, Outcome::Silent(_)), "{outcome:?}");
}
