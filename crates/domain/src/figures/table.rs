//! Rows of the figures as they may be shown and taken out: what fewer than [`CELL`] have in common is merged, so that nobody can be traced.

use alloc::vec::Vec;

use sluis_sorted::Map;

use super::{Band, CELL, Figure, Named, Quarter};
use crate::vocabulary::{Category, Kind};

/// A row that may be taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Enough others have its federation and category.
    Whole(&'a Figure),
    /// Too few do: what is left of it.
    Other {
        /// Report or advice question.
        kind: Kind,
        /// Year in which it was closed.
        closed: u16,
    },
}

/// How often a category occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Which; `None` for dossiers without one.
    pub category: Option<Category>,
    /// Reports.
    pub reports: usize,
    /// Advice questions.
    pub advice: usize,
}

/// The rows that were closed in a period, both ends included.
pub fn within(figures: &[Figure], from: Quarter, to: Quarter) -> impl Iterator<Item = &Figure> {
    figures
        .iter()
        .filter(move |figure| (from.place()..=to.place()).contains(&figure.closed.place()))
}

/// How often each category occurs, in the order of mission M19, those without last.
#[must_use]
pub fn counts<'a>(figures: impl Iterator<Item = &'a Figure>) -> Vec<Count> {
    let categories = Category::ALL.map(Some).into_iter().chain([None]);
    let mut counts: Vec<Count> = categories
        .map(|category| Count {
            category,
            reports: 0,
            advice: 0,
        })
        .collect();
    for figure in figures {
        let category = figure.classification.map(|(category, _)| category);
        let count = counts.iter_mut().find(|count| count.category == category);
        if let Some(count) = count {
            match figure.kind {
                Kind::Report => count.reports += 1,
                Kind::Advice | Kind::Private => count.advice += 1,
            }
        }
    }
    counts
}

/// The rows as they may be taken out. A row stays whole when its federation is named and at least [`CELL`] incidents have its federation and category;
/// of the others stays the kind and the year. Where that rest is smaller than [`CELL`], it is left out, and the second value says how many rows that
/// are. Dossiers of one incident count as one incident, as far as their rows tell.
///
/// The order says nothing about the order in which dossiers were closed.
#[must_use]
pub fn lines<'a>(figures: impl Iterator<Item = &'a Figure>) -> (Vec<Line<'a>>, usize) {
    let figures: Vec<&Figure> = figures.collect();
    let mut cells: Map<Cell<'a>, usize> = Map::new();
    for figure in &figures {
        *cells.entry(cell(figure)).or_default() += weight(figure.incident);
    }
    let is_whole = |figure: &&Figure| {
        let named = matches!(figure.federation, Named::Name(_));
        named && cells.get(&cell(figure)).copied().unwrap_or_default() >= CELL * WHOLE
    };
    let (mut whole, rest): (Vec<&Figure>, Vec<&Figure>) = figures.into_iter().partition(is_whole);
    whole.sort_by_cached_key(|figure| figure.encode());
    let mut lines: Vec<Line<'a>> = whole.into_iter().map(Line::Whole).collect();
    if rest.len() < CELL {
        return (lines, rest.len());
    }
    let mut other: Vec<(u16, Kind)> = rest
        .iter()
        .map(|figure| (figure.closed.year, figure.kind))
        .collect();
    other.sort_unstable();
    lines.extend(
        other
            .into_iter()
            .map(|(closed, kind)| Line::Other { kind, closed }),
    );
    (lines, 0)
}

/// What a row of an incident of its own weighs.
const WHOLE: usize = 20;

/// The part of an incident that one of its rows is, at most.
const fn weight(incident: Band) -> usize {
    match incident {
        Band::One => WHOLE,
        Band::Some => WHOLE / 2,
        Band::Many => WHOLE / CELL,
    }
}

type Cell<'a> = (&'a Named, Option<Category>);

fn cell(figure: &Figure) -> Cell<'_> {
    (
        &figure.federation,
        figure.classification.map(|(category, _)| category),
    )
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::super::tests::figure;
    use super::*;

    fn of(federation: &str, count: usize) -> Vec<Figure> {
        let one = Figure {
            federation: Named::Name(federation.into()),
            ..figure()
        };
        vec![one; count]
    }

    #[test]
    fn fewer_than_five_lose_what_tells_them_apart() {
        let all = [of("Roeibond", 5), of("Schaakbond", 4), of("Boksbond", 1)].concat();
        let (lines, left_out) = lines(all.iter());
        let whole = lines
            .iter()
            .filter(|line| matches!(line, Line::Whole(one) if one.federation == Named::Name("Roeibond".into())));
        assert_eq!((whole.count(), lines.len(), left_out), (5, 10, 0));
        let other = Line::Other {
            kind: Kind::Report,
            closed: 2026,
        };
        assert_eq!(lines.iter().filter(|line| **line == other).count(), 5);
    }

    #[test]
    fn a_rest_of_fewer_than_five_is_left_out_and_said() {
        let all = [of("Roeibond", 6), of("Schaakbond", 4)].concat();
        let (lines, left_out) = lines(all.iter());
        assert_eq!((lines.len(), left_out), (6, 4));
    }

    #[test]
    fn rows_of_one_incident_and_of_unnamed_federations_do_not_make_a_crowd() {
        let of_one = |count| {
            let many = |one: Figure| Figure {
                incident: Band::Many,
                ..one
            };
            of("Roeibond", count).into_iter().map(many)
        };
        let whole = |rows: Vec<Figure>| {
            let (lines, _) = lines(rows.iter());
            lines.iter().any(|line| matches!(line, Line::Whole(_)))
        };
        assert!(!whole(of_one(24).collect()));
        assert!(whole(of_one(25).collect()));
        let unnamed = |one: Figure| Figure {
            federation: Named::Few,
            ..one
        };
        assert!(!whole(of("", 9).into_iter().map(unnamed).collect()));
    }

    #[test]
    fn rows_are_counted_by_category_within_a_period() {
        let mut all = of("Roeibond", 3);
        all.extend(of("Roeibond", 1).into_iter().map(|one| Figure {
            classification: None,
            kind: Kind::Advice,
            ..one
        }));
        let quarter = |number| Quarter { year: 2026, number };
        let none = within(&all, quarter(1), quarter(3)).count();
        assert_eq!(none, 0);
        let counts = counts(within(&all, quarter(1), quarter(4)));
        let first = counts.first().map(|count| (count.reports, count.advice));
        let last = counts.last().map(|count| (count.reports, count.advice));
        assert_eq!((first, last), (Some((3, 0)), Some((0, 1))));
    }
}
