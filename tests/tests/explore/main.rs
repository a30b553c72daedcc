//! Every way in which three clients and a relay that lies can go, up to a number of steps, over the real code that takes in links and
//! events.
//!
//! A step is one deed of a client, or one answer of the relay: any link or event that it was ever given, to anyone, in any order, as often
//! as it likes, or a shorter list than before. Carl works with the relay. [`honest`] says what must hold, from what really happened;
//! [`flaw`] breaks the clients to see that it would be noticed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "whatever goes wrong here is a failed test"
)]

mod clients;
mod flaw;
mod honest;
mod people;
mod search;

use flaw::Flaw;
use honest::Violation;
use search::explore;

/// Steps of a run in every test, and with `SLUIS_ALL=1`.
const DEPTH: usize = 4;
const DEPTH_ALL: usize = 6;

#[test]
fn whoever_is_not_alarmed_is_where_an_honest_run_can_lead() {
    let all = std::env::var_os("SLUIS_ALL").is_some();
    let depth = if all { DEPTH_ALL } else { DEPTH };
    let seen = explore(Flaw::Nothing, depth, depth - 1);
    eprintln!(
        "{depth} steps: {} states ({} with an alarm), {} steps between them; {} states of single clients, {} of their steps calculated, \
         {} times all was handed out in the end",
        seen.states, seen.alarmed, seen.steps, seen.client_states, seen.calculated, seen.settled
    );
    if let Some((_, trace)) = &seen.violation {
        eprintln!("{trace}");
    }
    assert!(seen.violation.is_none(), "a property does not hold");
    assert!(seen.alarmed > 0 && seen.states > seen.alarmed);
}

/// The flaw is noticed within so many steps, for the right reason.
fn noticed(flaw: Flaw, violation: Violation, depth: usize) {
    let seen = explore(flaw, depth, 2);
    let (found, trace) = seen.violation.unwrap();
    eprintln!("{flaw:?}: {trace}");
    assert_eq!(found, violation);
}

#[test]
fn a_client_that_ignores_the_frontier_is_noticed() {
    noticed(Flaw::IgnoresFrontier, Violation::CountsTooMuch, 4);
}

#[test]
fn a_client_that_ignores_what_a_link_was_made_on_is_noticed() {
    noticed(Flaw::IgnoresBefore, Violation::NotAPath, 4);
}

#[test]
fn a_client_that_ignores_forks_is_noticed() {
    noticed(Flaw::IgnoresForks, Violation::Disagree, 3);
}

#[test]
fn a_client_that_ignores_gaps_is_noticed() {
    noticed(Flaw::IgnoresGaps, Violation::WithoutItsPast, 3);
}

#[test]
fn a_client_that_ignores_equivocation_is_noticed() {
    noticed(Flaw::IgnoresEquivocation, Violation::TwoInOnePlace, 4);
}

#[test]
fn a_client_that_believes_a_shorter_chain_is_noticed() {
    noticed(Flaw::BelievesFewerLinks, Violation::ChainShrank, 3);
}
