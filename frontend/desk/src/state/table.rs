//! The table of dossiers: sorting, filters, search and the part of it that is on screen.

use std::rc::Rc;

use sluis_domain::classes::Classes;
use sluis_domain::search;
use sluis_domain::vocabulary::{Category, Kind, Status};
use sluis_kit::i18n::Locale;
use sluis_link::{Ask, DossierKey, Found, Row, SavedFilter, Ticket};
use sluis_sorted::Map;

use super::desk::Entry;
use super::dossier::DossierMsg;
use super::{Effect, Model, Msg, Phase, Purpose};
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
    /// Filters that are kept under a name.
    pub(crate) saved: Vec<SavedFilter>,
    /// The name that is being typed for the filter as it stands.
    pub(crate) name: String,
    /// Words of the question that stand nowhere: rows are shown in which similar ones do.
    pub(crate) guessed: Vec<String>,
    /// In which text the worker found which words.
    found: Map<DossierKey, u32>,
    near: u32,
    /// The question to the worker that counts.
    asked: Option<Ticket>,
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
            saved: Vec::new(),
            name: String::new(),
            guessed: Vec::new(),
            found: Map::new(),
            near: 0,
            asked: None,
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
    /// The name for the filter as it stands.
    Name(String),
    /// Keep the filter as it stands.
    Save,
    /// Use a filter that was kept: its place.
    Use(usize),
    /// Keep it no more.
    Forget(usize),
    /// Save what the figures may hold of the rows that are shown, as a file.
    Figures,
    /// The keyboard or the mouse went to this row.
    Select(usize),
    /// The keyboard goes from the search box to the first row.
    Enter,
    /// Open this row.
    Open(usize),
}

impl Table {
    /// Whether the worker still looks through the texts.
    pub(crate) const fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether anything narrows the table.
    pub(crate) fn narrowed(&self) -> bool {
        !self.query.is_empty()
            || self.group != Group::All
            || self.kind.is_some()
            || self.category.is_some()
            || self.status.is_some()
    }

    /// Puts all rows in order and filters them.
    pub(super) fn sort<'a>(
        &mut self,
        locale: Locale,
        classes: &Classes,
        entries: impl Iterator<Item = &'a Entry>,
    ) {
        let mut keyed: Vec<(String, u64, DossierKey)> = entries
            .map(|entry| {
                let (text, number) = sort_key(self.column, locale, classes, &entry.row);
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
        let folded = search::fold(&self.query);
        let words = self.look_up(&folded, &entry);
        let passes = |entry: &Entry| {
            let row = &entry.row;
            self.group.holds(row)
                && self.kind.is_none_or(|kind| row.kind == kind)
                && self.status.is_none_or(|status| row.status == status)
                && self.category.is_none_or(|category| {
                    row.classification.is_some_and(|(own, _)| own == category)
                })
                && {
                    let found = self.found.get(&row.key).copied().unwrap_or_default();
                    words
                        .iter()
                        .all(|(word, bit)| found & bit != 0 || entry.text.contains(word))
                }
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

impl Table {
    /// The words of the question with their bits, and which of them were guessed.
    fn look_up<'w, 'a>(
        &mut self,
        folded: &'w str,
        entry: &impl Fn(DossierKey) -> Option<&'a Entry>,
    ) -> Vec<(&'w str, u32)> {
        let words = search::words(folded).take(search::WORDS_MOST);
        let words: Vec<(&str, u32)> = words
            .zip(0_u32..)
            .map(|(word, place)| (word, 1 << place))
            .collect();
        // What stands in a row needs no guess, though it stands in no text.
        let in_rows = |word: &str| {
            let mut entries = self.order.iter().filter_map(|key| entry(*key));
            entries.any(|entry| entry.text.contains(word))
        };
        let guessed = words.iter().filter(|(_, bit)| self.near & bit != 0);
        let (known, guessed): (Vec<_>, Vec<_>) = guessed.partition(|(word, _)| in_rows(word));
        let known = known.iter().fold(0, |known, (_, bit)| known | bit);
        self.guessed = guessed.iter().map(|(word, _)| (*word).to_owned()).collect();
        self.near &= !known;
        for marks in self.found.values_mut() {
            *marks &= !known;
        }
        words
    }

    /// Forgets what the worker found.
    fn lose(&mut self) {
        self.found = Map::new();
        self.near = 0;
        self.asked = None;
    }

    /// The filter as it stands.
    fn as_saved(&self) -> SavedFilter {
        let place = Group::ALL.iter().position(|group| *group == self.group);
        SavedFilter {
            name: self.name.trim().into(),
            query: self.query.clone(),
            group: place.and_then(|place| place.try_into().ok()).unwrap_or(0),
            kind: self.kind,
            category: self.category,
            status: self.status,
        }
    }

    fn put_on(&mut self, filter: &SavedFilter) {
        self.query.clone_from(&filter.query);
        self.group = Group::ALL
            .get(usize::from(filter.group))
            .copied()
            .unwrap_or_default();
        self.kind = filter.kind;
        self.category = filter.category;
        self.status = filter.status;
    }
}

/// Asks the worker which texts hold the words that are searched for.
pub(super) fn look(model: &mut Model) -> Vec<Effect> {
    let Some(question) = model.desk().map(|desk| desk.table.query.clone()) else {
        return vec![];
    };
    if search::words(&question).next().is_none() {
        return vec![];
    }
    let (ticket, effect) = model.ask(Purpose::Search, Ask::Search(question));
    if let Phase::Open(desk) = &mut model.phase {
        desk.table.asked = Some(ticket);
    }
    vec![effect]
}

/// Takes in what was found; an answer to an older question is none.
pub(super) fn found(model: &mut Model, ticket: Ticket, found: Found) {
    if let Phase::Open(desk) = &mut model.phase
        && desk.table.asked == Some(ticket)
    {
        desk.table.found = found.hits.into_iter().collect();
        desk.table.near = found.near;
        desk.table.asked = None;
        desk.filter();
    }
}

/// Takes in one message about the table.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: TableMsg) -> Vec<Effect> {
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let table = &mut desk.table;
    match msg {
        TableMsg::Search(query) => {
            table.query = query;
            table.lose();
            desk.filter();
            return look(model);
        }
        TableMsg::Name(name) => {
            table.name = name;
            return vec![];
        }
        TableMsg::Save => {
            let filter = table.as_saved();
            if filter.name.is_empty() {
                return vec![];
            }
            table.saved.retain(|own| own.name != filter.name);
            table.saved.push(filter);
            table.name = String::new();
            return keep_saved(model);
        }
        TableMsg::Use(place) => {
            let Some(filter) = table.saved.get(place).cloned() else {
                return vec![];
            };
            table.put_on(&filter);
            table.lose();
            desk.filter();
            return look(model);
        }
        TableMsg::Forget(place) => {
            if place < table.saved.len() {
                table.saved.remove(place);
            }
            return keep_saved(model);
        }
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
            table.lose();
            table.group = Group::All;
            table.kind = None;
            table.category = None;
            table.status = None;
        }
        TableMsg::Figures => {
            let bytes =
                super::figures::csv(locale, &desk.profile.classes, &table.shown).into_bytes();
            return vec![Effect::File("sluis.csv".into(), bytes)];
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

fn keep_saved(model: &mut Model) -> Vec<Effect> {
    let saved = model.desk().map(|desk| desk.table.saved.clone());
    let ask = Ask::KeepFilters(saved.unwrap_or_default());
    vec![model.ask(Purpose::Nothing, ask).1]
}

/// What a row is sorted by: a text, then a number.
fn sort_key(column: Column, locale: Locale, classes: &Classes, row: &Row) -> (String, u64) {
    let text = match column {
        Column::Number => row.number.clone(),
        Column::Kind => search::fold(words::kind(locale, row.kind)),
        Column::Category => row
            .classification
            .map(|(category, sub)| {
                let sub = sub.map(|sub| words::subcategory(locale, classes, sub));
                let sub = sub.as_deref().unwrap_or_default();
                search::fold(&[words::category(locale, category), " ", sub].concat())
            })
            .unwrap_or_default(),
        Column::Federation => search::fold(&row.federation),
        Column::Sport => search::fold(&row.sport),
        // By place in the work, not by letter.
        Column::Status => return (String::new(), status_order(row.status)),
        Column::Handler => search::fold(&row.handler),
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
mod tests;
