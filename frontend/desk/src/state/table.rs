//! The table of dossiers: sorting, filters, search and the part of it that is on screen.

use std::rc::Rc;

use sluis_domain::vocabulary::{Category, Kind, Status};
use sluis_kit::i18n::Locale;
use sluis_link::{DossierKey, Row};

use super::desk::Entry;
use super::dossier::DossierMsg;
use super::fold::fold;
use super::{Effect, Model, Msg, Phase};
use crate::words;

/// The first row, as the page names it.
const FIRST_ROW: &str = "dossiers-table-row-0";

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The number that people say.
    Number,
    /// Report or advice question.
    Kind,
    /// Category.
    Category,
    /// Federation.
    Federation,
    /// Sport.
    Sport,
    /// Status.
    Status,
    /// Handler.
    Handler,
    /// Last activity.
    Active,
}

impl Column {
    /// All, from left to right.
    pub(crate) const ALL: [Self; 8] = [
        Self::Number,
        Self::Kind,
        Self::Category,
        Self::Federation,
        Self::Sport,
        Self::Status,
        Self::Handler,
        Self::Active,
    ];
}

/// Which dossiers by who and where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Group {
    /// Not closed, stopped or referred.
    #[default]
    Open,
    /// Open and mine.
    Mine,
    /// Open and nobody's.
    Unassigned,
    /// Closed, stopped or referred.
    Over,
    /// All of them.
    All,
}

impl Group {
    /// All, in the order in which they are offered.
    pub(crate) const ALL: [Self; 5] = [
        Self::Open,
        Self::Mine,
        Self::Unassigned,
        Self::Over,
        Self::All,
    ];

    fn holds(self, row: &Row) -> bool {
        let over = matches!(
            row.status,
            Status::Closed | Status::Stopped | Status::Referred
        );
        match self {
            Self::Open => !over,
            Self::Mine => !over && row.mine,
            Self::Unassigned => !over && row.handler.is_empty(),
            Self::Over => over,
            Self::All => true,
        }
    }
}

/// How the table stands. Kept while the desk is open, whichever page is shown.
#[derive(Debug)]
pub(crate) struct Table {
    /// What is searched for, as typed.
    pub(crate) query: String,
    /// Sorted by.
    pub(crate) column: Column,
    /// From high to low.
    pub(crate) descending: bool,
    /// Who and where.
    pub(crate) group: Group,
    /// Only this kind.
    pub(crate) kind: Option<Kind>,
    /// Only this category.
    pub(crate) category: Option<Category>,
    /// Only this status.
    pub(crate) status: Option<Status>,
    /// The rows that pass, in order.
    pub(crate) shown: Rc<Vec<Rc<Row>>>,
    /// The row that the keyboard is on.
    pub(crate) selected: Option<usize>,
    /// All dossiers in order.
    order: Vec<DossierKey>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            query: String::new(),
            column: Column::Active,
            descending: true,
            group: Group::default(),
            kind: None,
            category: None,
            status: None,
            shown: Rc::default(),
            selected: None,
            order: Vec::new(),
        }
    }
}

/// What can be done to the table.
#[derive(Clone, Debug)]
pub(crate) enum TableMsg {
    /// Search for this.
    Search(String),
    /// Sort by this column in this direction.
    Sort(Column, bool),
    /// Only these.
    Group(Group),
    /// Only this kind.
    Kind(Option<Kind>),
    /// Only this category.
    Category(Option<Category>),
    /// Only this status.
    Status(Option<Status>),
    /// No filter and no search any more.
    Clear,
    /// The keyboard or the mouse went to this row.
    Select(usize),
    /// The keyboard goes from the search box to the first row.
    Enter,
    /// Open this row.
    Open(usize),
}

impl Table {
    /// Whether anything narrows the table.
    pub(crate) fn narrowed(&self) -> bool {
        !self.query.is_empty()
            || self.group != Group::All
            || self.kind.is_some()
            || self.category.is_some()
            || self.status.is_some()
    }

    /// Puts all rows in order and filters them.
    pub(super) fn sort<'a>(&mut self, locale: Locale, entries: impl Iterator<Item = &'a Entry>) {
        let mut keyed: Vec<(String, u64, DossierKey)> = entries
            .map(|entry| {
                let (text, number) = sort_key(self.column, locale, &entry.row);
                (text, number, entry.row.key)
            })
            .collect();
        keyed.sort_unstable();
        if self.descending {
            keyed.reverse();
        }
        self.order = keyed.into_iter().map(|(_, _, key)| key).collect();
    }

    /// Filters what is in order.
    pub(super) fn filter<'a>(&mut self, entry: impl Fn(DossierKey) -> Option<&'a Entry>) {
        let before = self
            .selected
            .and_then(|index| Some(self.shown.get(index)?.key));
        let folded = fold(&self.query);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let passes = |entry: &Entry| {
            let row = &entry.row;
            self.group.holds(row)
                && self.kind.is_none_or(|kind| row.kind == kind)
                && self.status.is_none_or(|status| row.status == status)
                && self.category.is_none_or(|category| {
                    row.classification.is_some_and(|(own, _)| own == category)
                })
                && words.iter().all(|word| entry.text.contains(word))
        };
        let shown: Vec<Rc<Row>> = self
            .order
            .iter()
            .filter_map(|key| entry(*key))
            .filter(|entry| passes(entry))
            .map(|entry| entry.row.clone())
            .collect();
        // The keyboard stays on its dossier when rows come or go around it.
        self.selected = before.and_then(|key| shown.iter().position(|row| row.key == key));
        self.shown = Rc::new(shown);
    }
}

/// Takes in one message about the table.
pub(super) fn update(model: &mut Model, msg: TableMsg) -> Vec<Effect> {
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let table = &mut desk.table;
    match msg {
        TableMsg::Search(query) => table.query = query,
        TableMsg::Sort(column, descending) => {
            table.column = column;
            table.descending = descending;
            desk.sort(locale);
            return vec![];
        }
        TableMsg::Group(group) => table.group = group,
        TableMsg::Kind(kind) => table.kind = kind,
        TableMsg::Category(category) => table.category = category,
        TableMsg::Status(status) => table.status = status,
        TableMsg::Clear => {
            table.query = String::new();
            table.group = Group::All;
            table.kind = None;
            table.category = None;
            table.status = None;
        }
        TableMsg::Select(row) => {
            table.selected = Some(row);
            return vec![];
        }
        TableMsg::Enter => {
            table.selected = (!table.shown.is_empty()).then_some(0);
            return vec![Effect::Focus(FIRST_ROW)];
        }
        TableMsg::Open(row) => {
            let key = table.shown.get(row).map(|row| row.key);
            return key.map_or_else(Vec::new, |key| {
                super::update(model, Msg::Dossier(DossierMsg::Open(key, None)))
            });
        }
    }
    desk.filter();
    vec![]
}

/// What a row is sorted by: a text, then a number.
fn sort_key(column: Column, locale: Locale, row: &Row) -> (String, u64) {
    let text = match column {
        Column::Number => row.number.clone(),
        Column::Kind => fold(words::kind(locale, row.kind)),
        Column::Category => row
            .classification
            .map(|(category, sub)| {
                let sub = sub.map_or("", |sub| words::subcategory(locale, sub));
                fold(&[words::category(locale, category), " ", sub].concat())
            })
            .unwrap_or_default(),
        Column::Federation => fold(&row.federation),
        Column::Sport => fold(&row.sport),
        // By place in the work, not by letter.
        Column::Status => return (String::new(), status_order(row.status)),
        Column::Handler => fold(&row.handler),
        Column::Active => return (String::new(), row.active),
    };
    (text, row.active)
}

const fn status_order(status: Status) -> u64 {
    match status {
        Status::New => 0,
        Status::Read => 1,
        Status::InProgress => 2,
        Status::WaitingForReporter => 3,
        Status::Referred => 4,
        Status::Stopped => 5,
        Status::Closed => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{news, opened_with, row, sent};
    use crate::state::update as turn;
    use sluis_link::{Ask, News};

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
}
