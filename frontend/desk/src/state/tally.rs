//! The figures of closed dossiers: counted on screen, and taken out as a table for other programs. What few dossiers have in common is merged.

use sluis_domain::classes::Classes;
use sluis_domain::figures::table::{Line, counts, lines, within};
use sluis_domain::figures::{Band, CELL, Figure, Named, Quarter, Span};
use sluis_domain::vocabulary::Category;
use sluis_kit::i18n::{Locale, machine_moment};
use sluis_kit::text::{common, desk, figures as text, involved};
use sluis_link::{Answer, Ask, Fault, FiguresView};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};
use crate::words;

/// What the figures page keeps.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The rows, once they are here.
    pub(crate) view: Option<FiguresView>,
    /// They may not be seen.
    pub(crate) shut: bool,
    from: Option<Quarter>,
    to: Option<Quarter>,
}

/// What can be done on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TallyMsg {
    /// Count from this quarter on.
    From(Quarter),
    /// Count up to and with this quarter.
    To(Quarter),
    /// Save the rows as a table.
    Save,
}

/// A line of the table on screen: what, reports, advice questions.
pub(crate) type CountLine = (String, String, String);

impl Tally {
    /// Takes in the rows.
    pub(crate) fn take(&mut self, view: FiguresView) {
        self.view = Some(view);
    }

    /// The quarters to choose from, oldest first.
    pub(crate) fn quarters(&self) -> Vec<Quarter> {
        let rows = self.view.iter().flat_map(|view| &view.rows);
        let mut all: Vec<Quarter> = rows.map(|row| row.closed).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// First and last quarter of the chosen period; all there is when nothing is chosen.
    pub(crate) fn period(&self) -> Option<(Quarter, Quarter)> {
        let quarters = self.quarters();
        let from = self.from.or(quarters.first().copied())?;
        let to = self.to.or(quarters.last().copied())?;
        Some((from, to))
    }

    fn chosen(&self) -> impl Iterator<Item = &Figure> {
        let rows = self.view.as_ref().map(|view| view.rows.as_slice());
        let period = self.period();
        rows.into_iter()
            .zip(period)
            .flat_map(|(rows, (from, to))| within(rows, from, to))
    }

    /// How often each category occurs in the period, in steps of [`CELL`]: two periods side by side must not tell what one dossier was.
    pub(crate) fn counted(&self, locale: Locale) -> Vec<CountLine> {
        let few = |count: usize| match count {
            0 => "0".to_owned(),
            1..CELL => text::fewer_than_five(locale).to_owned(),
            more => text::at_least(locale, &(more / CELL * CELL).to_string()),
        };
        counts(self.chosen())
            .into_iter()
            .map(|count| {
                let category = category(locale, count.category);
                (category.to_owned(), few(count.reports), few(count.advice))
            })
            .collect()
    }

    /// The table for other programs, and how many rows were left out of it.
    pub(crate) fn csv(&self, locale: Locale, classes: &Classes) -> (String, usize) {
        let (lines, left_out) = lines(self.chosen());
        let mut csv = String::from('\u{feff}');
        line(&mut csv, &heads(locale).map(str::to_owned));
        for one in lines {
            let cells = match one {
                Line::Whole(figure) => facts(locale, classes, figure).map(|(_, words)| words),
                Line::Other { kind, closed } => other(locale, kind, closed),
            };
            line(&mut csv, &cells);
        }
        (csv, left_out)
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: TallyMsg) -> Vec<Effect> {
    let locale = model.locale;
    let moment = machine_moment(i64::try_from(model.now).unwrap_or_default());
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let tally = &mut desk.tally;
    match msg {
        TallyMsg::From(quarter) => {
            tally.from = Some(quarter);
            tally.to = tally.to.map(|to| to.max(quarter));
        }
        TallyMsg::To(quarter) => {
            tally.to = Some(quarter);
            tally.from = tally.from.map(|from| from.min(quarter));
        }
        TallyMsg::Save => {
            let day = moment.get(..10).unwrap_or_default();
            let name = [text::file_name(locale), "-", day, ".csv"].concat();
            return vec![Effect::File(
                name,
                tally.csv(locale, &desk.profile.classes).0.into_bytes(),
            )];
        }
    }
    vec![]
}

/// Asks for the rows when the page is shown.
#[inline(never)]
pub(super) fn shown(model: &mut Model) -> Effect {
    model.ask(Purpose::Figures, Ask::Figures).1
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match result {
        Ok(Answer::Figures(view)) => desk.tally.take(*view),
        Err(Fault::NotAllowed) => desk.tally.shut = true,
        result => {
            let fault = result.err().unwrap_or(Fault::Internal);
            return model.toasts.show(Words::Failed(fault));
        }
    }
    vec![]
}

/// The names of what a row holds.
fn heads(locale: Locale) -> [&'static str; 14] {
    [
        common::kind(locale),
        common::category(locale),
        common::subcategory(locale),
        common::federation(locale),
        common::sport(locale),
        common::level(locale),
        desk::risk(locale),
        text::groups(locale),
        text::people(locale),
        text::incident(locale),
        text::opened(locale),
        text::closed(locale),
        text::open(locale),
        involved::reason(locale),
    ]
}

/// What a row holds, in words.
pub(crate) fn facts(
    locale: Locale,
    classes: &Classes,
    figure: &Figure,
) -> [(&'static str, String); 14] {
    let joined = |words: Vec<String>| words.join(", ");
    let groups = figure.groups.iter();
    let groups = groups.map(|group| words::risk_group(locale, *group).to_owned());
    let people = figure.people.iter().map(|(role, count)| {
        let role = words::person_role(locale, *role);
        [role, ": ", band(locale, *count)].concat()
    });
    let (first, sub) = figure.classification.unzip();
    let words = [
        words::kind(locale, figure.kind).to_owned(),
        category(locale, first).to_owned(),
        sub.flatten().map_or_else(String::new, |sub| {
            words::subcategory(locale, classes, sub).into_owned()
        }),
        named(locale, &figure.federation).to_owned(),
        named(locale, &figure.sport).to_owned(),
        figure
            .level
            .map_or_else(String::new, |level| words::level(locale, level).to_owned()),
        figure
            .risk
            .map_or_else(String::new, |risk| words::risk(locale, risk).to_owned()),
        joined(groups.collect()),
        joined(people.collect()),
        band(locale, figure.incident).to_owned(),
        quarter(locale, figure.opened),
        quarter(locale, figure.closed),
        span(locale, figure.open).to_owned(),
        words::closing_reason(locale, figure.reason).to_owned(),
    ];
    let mut words = words.into_iter();
    heads(locale).map(|head| {
        let words = words.next().unwrap_or_default();
        let said = if words.is_empty() {
            text::unknown(locale).to_owned()
        } else {
            words
        };
        (head, said)
    })
}

/// What a row holds that is filled in, and the names of what is not.
pub(crate) fn known(
    locale: Locale,
    classes: &Classes,
    figure: &Figure,
) -> (Vec<(&'static str, String)>, String) {
    let all = facts(locale, classes, figure).into_iter();
    let (empty, known): (Vec<_>, Vec<_>) =
        all.partition(|(_, words)| words == text::unknown(locale));
    let empty: Vec<&str> = empty.into_iter().map(|(name, _)| name).collect();
    (known, empty.join(", "))
}

/// What is left of a row that too few others are like.
fn other(locale: Locale, kind: sluis_domain::vocabulary::Kind, closed: u16) -> [String; 14] {
    let mut cells = [const { String::new() }; 14];
    let known = [
        (0, words::kind(locale, kind).to_owned()),
        (1, text::merged(locale).to_owned()),
        (3, text::merged(locale).to_owned()),
        (11, closed.to_string()),
    ];
    for (place, words) in known {
        if let Some(cell) = cells.get_mut(place) {
            *cell = words;
        }
    }
    cells
}

fn category(locale: Locale, category: Option<Category>) -> &'static str {
    category.map_or(text::unknown(locale), |category| {
        words::category(locale, category)
    })
}

fn named(locale: Locale, named: &Named) -> &str {
    match named {
        Named::Unknown => text::unknown(locale),
        Named::Few => text::few(locale),
        Named::Name(name) => name,
    }
}

fn band(locale: Locale, band: Band) -> &'static str {
    match band {
        Band::One => text::band_one(locale),
        Band::Some => text::band_some(locale),
        Band::Many => text::band_many(locale),
    }
}

/// A quarter in words.
pub(crate) fn quarter(locale: Locale, quarter: Quarter) -> String {
    let (number, year) = (quarter.number.to_string(), quarter.year.to_string());
    text::quarter(locale, &number, &year)
}

fn span(locale: Locale, span: Span) -> &'static str {
    match span {
        Span::Week => text::span_week(locale),
        Span::Month => text::span_month(locale),
        Span::Quarter => text::span_quarter(locale),
        Span::HalfYear => text::span_half_year(locale),
        Span::Year => text::span_year(locale),
        Span::Longer => text::span_longer(locale),
    }
}

fn line(csv: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            csv.push(';');
        }
        csv.push('"');
        // A spreadsheet takes a cell that begins like this for a formula and runs it.
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            csv.push('\'');
        }
        csv.push_str(&cell.replace('"', "\"\""));
        csv.push('"');
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use sluis_domain::people::{ClosingReason, PersonRole};
    use sluis_domain::vocabulary::Kind;

    use super::*;

    fn figure(federation: &str, year: u16) -> Figure {
        let number = 1;
        Figure {
            kind: Kind::Report,
            classification: Some((Category::Integrity, None)),
            federation: Named::Name(federation.into()),
            sport: Named::Few,
            level: None,
            risk: None,
            groups: vec![],
            people: vec![(PersonRole::Witness, Band::Some)],
            incident: Band::One,
            opened: Quarter { year, number },
            closed: Quarter { year, number },
            reason: ClosingReason::Settled,
            open: Span::Month,
        }
    }

    fn tally(rows: Vec<Figure>) -> Tally {
        Tally {
            view: Some(FiguresView { rows, strange: 0 }),
            ..Tally::default()
        }
    }

    #[test]
    fn the_table_is_for_dutch_excel_and_holds_no_formula() {
        let rows = vec![figure("=1+1", 2026); 5];
        let (csv, left_out) = tally(rows).csv(Locale::default(), &Classes::default());
        assert!(csv.starts_with("\u{feff}\"Soort\";\"Categorie\""), "{csv}");
        assert!(csv.contains(";\"'=1+1\";\"te weinig om te noemen\";"));
        assert!(csv.contains("\"getuige: 2 tot 4\""));
        assert_eq!((csv.lines().count(), left_out), (6, 0));
    }

    #[test]
    fn a_federation_with_few_rows_is_not_in_the_table() {
        let rows = [
            vec![figure("Roeibond", 2026); 3],
            vec![figure("Boksbond", 2026); 2],
        ]
        .concat();
        let (csv, left_out) = tally(rows).csv(Locale::default(), &Classes::default());
        assert!(
            !csv.contains("Roeibond") && !csv.contains("Integriteit"),
            "{csv}"
        );
        assert_eq!((csv.lines().count(), left_out), (6, 0));
    }

    #[test]
    fn numbers_below_five_are_not_said_and_a_period_stays_in_order() {
        let rows = [
            vec![figure("Roeibond", 2025); 6],
            vec![figure("Roeibond", 2026); 2],
        ]
        .concat();
        let mut tally = tally(rows);
        let locale = Locale::default();
        let of = |tally: &Tally| tally.counted(locale).into_iter().nth(3).map(|line| line.1);
        assert_eq!(of(&tally).as_deref(), Some("5 of meer"));
        let year = |year| Quarter { year, number: 1 };
        tally.from = Some(year(2026));
        assert_eq!(of(&tally).as_deref(), Some("1 tot 4"));
        assert_eq!(tally.period(), Some((year(2026), year(2026))));
    }
}
