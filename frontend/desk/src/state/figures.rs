//! What the figures may hold, as a table for other programs: no numbers of dossiers, no names, no texts, no day more exact than a month.

use std::borrow::Cow;
use std::rc::Rc;

use sluis_domain::classes::Classes;
use sluis_kit::i18n::{Locale, machine_moment};
use sluis_kit::text::{common, desk};
use sluis_link::Row;

use crate::words;

/// The rows as comma-separated values (RFC 4180).
pub(crate) fn csv(locale: Locale, classes: &Classes, rows: &[Rc<Row>]) -> String {
    let heads = [
        desk::figures_month(locale),
        common::kind(locale),
        desk::origin(locale),
        common::status(locale),
        common::category(locale),
        common::subcategory(locale),
        common::federation(locale),
        common::sport(locale),
        common::level(locale),
        desk::risk(locale),
        desk::tier(locale),
    ];
    let mut csv = String::new();
    line(&mut csv, &heads);
    for row in rows {
        let opened = machine_moment(i64::try_from(row.opened).unwrap_or_default());
        line(
            &mut csv,
            &[
                opened.get(..7).unwrap_or_default(),
                words::kind(locale, row.kind),
                words::origin(locale, row.origin),
                words::status(locale, row.status),
                row.classification
                    .map_or("", |(category, _)| words::category(locale, category)),
                &row.classification
                    .and_then(|(_, sub)| sub)
                    .map_or(Cow::Borrowed(""), |sub| {
                        words::subcategory(locale, classes, sub)
                    }),
                &row.federation,
                &row.sport,
                row.level.map_or("", |level| words::level(locale, level)),
                row.risk.map_or("", |risk| words::risk(locale, risk)),
                row.tier.map_or("", |tier| words::tier(locale, tier)),
            ],
        );
    }
    csv
}

fn line(csv: &mut String, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            csv.push(',');
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
    use super::*;
    use crate::state::tests::{opened_with, row};

    #[test]
    fn the_figures_hold_no_number_name_or_text_and_no_formula() {
        let mut one = row(1);
        one.gist = "Het verhaal".into();
        one.handler = "Noor".into();
        one.club = "HC De Vaart".into();
        one.tags = vec!["label".into()];
        one.federation = "=cmd|' /C calc'!A0".into();
        one.sport = "\"hockey\"".into();
        let locale = opened_with(vec![]).locale;
        let csv = csv(locale, &Classes::default(), &[Rc::new(one)]);
        for word in ["K7Q", "verhaal", "Noor", "Vaart", "label"] {
            assert!(!csv.contains(word), "{word}");
        }
        assert!(csv.contains("\"'=cmd|' /C calc'!A0\",\"\"\"hockey\"\"\""));
        assert_eq!(csv.lines().count(), 2);
        assert!(csv.contains("1970-01"));
    }
}
