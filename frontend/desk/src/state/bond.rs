//! Which dossiers belong together. Suggestions come from the rows that are here, and go nowhere.

use sluis_domain::search::fold;
use sluis_domain::vocabulary::{Kind, Subcategory, Tie};
use sluis_link::{Answer, Ask, DossierKey, DossierView, Fault, Row};

use super::dossier::{DossierMsg, Part};
use super::toast::Words;
use super::{Effect, Model, Msg, Phase, Purpose};

/// Seconds within which two dossiers of one place may be about one thing.
const WEEK: u64 = 7 * 86_400;
/// Most suggestions at once.
const MOST: usize = 4;

/// The box for a number.
#[derive(Debug, Default)]
pub(crate) struct Bond {
    /// As typed so far.
    pub(crate) number: String,
    /// There is no such dossier.
    pub(crate) unknown: bool,
}

/// What can be done about it.
#[derive(Clone, Debug)]
pub(crate) enum BondMsg {
    /// The number as typed so far.
    Number(String),
    /// Tie the dossier with the number that was typed.
    Add,
    /// Tie this one, or not any more.
    Tie(DossierKey, bool),
    /// Make a report out of this question.
    Grow,
}

/// Why a dossier is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The same club in the same week.
    Club,
    /// The same federation and category in the same week.
    Federation,
}

/// Dossiers that may be about the same incident, the nearest in time first.
pub(crate) fn suggestions<'a>(
    view: &DossierView,
    rows: impl Iterator<Item = &'a Row>,
) -> Vec<(&'a Row, Why)> {
    let own = &view.row;
    if own.kind != Kind::Report {
        return Vec::new();
    }
    let same = |one: &str, other: &str| !one.trim().is_empty() && fold(one) == fold(other);
    // Whatever it was called when it was chosen.
    let class = |row: &Row| {
        let class = row.classification;
        class.map(|(category, sub)| (category, sub.map(Subcategory::code)))
    };
    let why = |row: &Row| {
        if same(&own.club, &row.club) {
            Some(Why::Club)
        } else if same(&own.federation, &row.federation)
            && own.classification.is_some()
            && class(own) == class(row)
        {
            Some(Why::Federation)
        } else {
            None
        }
    };
    let mut found: Vec<(&Row, Why)> = rows
        .filter(|row| {
            row.kind == Kind::Report
                && row.key != own.key
                && row.opened.abs_diff(own.opened) <= WEEK
                && view.ties.iter().all(|(key, _)| *key != row.key)
        })
        .filter_map(|row| Some((row, why(row)?)))
        .collect();
    found.sort_by_key(|(row, _)| (row.opened.abs_diff(own.opened), row.key));
    found.truncate(MOST);
    found
}

/// How many dossiers an incident has, and how many people reported or suffered: each of these has a dossier of their own (mission M14).
/// One that I may not read counts as such.
pub(crate) fn people<'a>(
    view: &DossierView,
    row: impl Fn(DossierKey) -> Option<&'a Row>,
) -> (usize, usize) {
    let others = view.ties.iter().filter(|(_, tie)| *tie == Tie::Incident);
    let kinds = others.map(|(key, _)| row(*key).map_or(Kind::Report, |row| row.kind));
    let kinds: Vec<Kind> = kinds.chain([view.row.kind]).collect();
    let reports = kinds.iter().filter(|kind| **kind == Kind::Report).count();
    (kinds.len(), reports)
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: BondMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(own) = desk.open.as_ref().map(|open| open.key) else {
        return vec![];
    };
    match msg {
        BondMsg::Number(number) => {
            desk.bond = Bond {
                number,
                unknown: false,
            };
            vec![]
        }
        BondMsg::Add => {
            let wanted = fold(desk.bond.number.trim());
            let found = desk.rows().find(|row| fold(&row.number) == wanted);
            let Some(key) = found.map(|row| row.key).filter(|key| *key != own) else {
                desk.bond.unknown = true;
                return vec![Effect::Focus("bond-number")];
            };
            desk.bond = Bond::default();
            update(model, BondMsg::Tie(key, true))
        }
        BondMsg::Tie(key, together) => {
            vec![model.ask(Purpose::Tie, Ask::Tie(own, key, together)).1]
        }
        BondMsg::Grow => {
            if model.asked(&Purpose::Grow) {
                return vec![];
            }
            vec![model.ask(Purpose::Grow, Ask::Grow(own)).1]
        }
    }
}

/// Takes in the worker's word about a tie.
pub(super) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    match result {
        // A report that grew out of a question: go on there.
        Ok(Answer::Dossier(view)) => {
            let locale = model.locale;
            let key = view.row.key;
            if let Phase::Open(desk) = &mut model.phase {
                desk.take(locale, vec![view.row]);
            }
            let open = DossierMsg::Open(key, Some(Part::Story));
            super::update(model, Msg::Dossier(open))
        }
        Ok(_) => vec![],
        Err(fault) => model.toasts.show(Words::Failed(fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{row, view};

    #[test]
    fn the_same_club_in_the_same_week_is_suggested_and_nothing_that_is_tied_already() {
        let mut own = view(1);
        own.row.club = "HC De Vaart".into();
        own.row.opened = 100;
        let mut near = row(2);
        near.club = "hc de vaart".into();
        near.opened = 50;
        let mut late = near.clone();
        late.key = DossierKey([3; 16]);
        late.opened = 100 + WEEK + 1;
        let mut advice = near.clone();
        advice.key = DossierKey([4; 16]);
        advice.kind = Kind::Advice;
        let other = row(5);
        let rows = [own.row.clone(), near.clone(), late, advice, other];
        assert_eq!(suggestions(&own, rows.iter()), [(&near, Why::Club)]);
        own.ties = vec![(near.key, Tie::Incident)];
        assert!(suggestions(&own, rows.iter()).is_empty());
    }

    #[test]
    fn people_are_counted_by_their_dossiers() {
        let mut own = view(1);
        let advice = Row {
            kind: Kind::Advice,
            ..row(3)
        };
        own.ties = vec![
            (DossierKey([2; 16]), Tie::Incident),
            (advice.key, Tie::Incident),
            (DossierKey([9; 16]), Tie::GrewFrom),
        ];
        let found = people(&own, |key| (key == advice.key).then_some(&advice));
        assert_eq!(found, (3, 2));
    }
}
