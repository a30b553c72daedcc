//! The open desk: who is at the keyboard, all rows, the connection and what the pages of the desk keep.

use std::rc::Rc;

use sluis_domain::classes::Classes;
use sluis_kit::i18n::Locale;
use sluis_link::{Ask, DemoPerson, DossierKey, Link, News, Profile, Row, Ticket};
use sluis_sorted::Map;

use super::alarm::Alarms;
use super::bond::Bond;
use super::dossier::{self, OpenDossier, Outgoing};
use super::edit::Edits;
use super::extract::Form;
use super::files::{self, Files};
use super::lock::LockForm;
use super::newcomer::NewForm;
use super::package::Taking;
use super::people::Staff;
use super::share::Sharing;
use super::sheets::SheetForm;
use super::table::Table;
use super::tally::Tally;
use super::unsorted::Unsorted;
use super::work::{self, Load, Reason};
use super::{Effect, Model, Phase, Purpose};
use crate::words;
use sluis_domain::search::fold;

/// Seconds before the lock at which the desk warns.
const WARNS: u64 = 60;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// All of an open desk. Locking drops it.
#[derive(Debug)]
pub(crate) struct Desk {
    /// Who is at the keyboard.
    pub(crate) profile: Profile,
    /// The people of a demonstration; empty otherwise.
    pub(crate) people: Vec<DemoPerson>,
    /// Storage has been read: an empty list means that there is nothing.
    pub(crate) loaded: bool,
    /// The connection, once known.
    pub(crate) link: Option<Link>,
    /// What is wrong, not with one dossier.
    pub(crate) alarms: Alarms,
    /// The table of dossiers.
    pub(crate) table: Table,
    /// The dossier that is open.
    pub(crate) open: Option<OpenDossier>,
    /// The form for a new dossier.
    pub(crate) new: NewForm,
    /// Everybody who has access.
    pub(crate) staff: Staff,
    /// Work on a recovery sheet.
    pub(crate) sheets: Option<Box<SheetForm>>,
    /// Sharing.
    pub(crate) share: Sharing,
    /// The second lock, being switched on or off.
    pub(crate) lock: LockForm,
    /// An extract in the making.
    pub(crate) extract: Option<Form>,
    /// The box that ties dossiers.
    pub(crate) bond: Bond,
    /// How much there is to do, by handler.
    pub(crate) load: Vec<Load>,
    /// Files, beside what dossiers say of them.
    pub(crate) files: Files,
    /// New conversations that wait for a decision.
    pub(crate) unsorted: Unsorted,
    /// The figures of closed dossiers.
    pub(crate) tally: Tally,
    /// A package on its way in.
    pub(crate) taking: Taking,
    /// The work list.
    pub(crate) work: Vec<(Reason, Vec<DossierKey>)>,
    /// The desk will lock itself within a minute.
    pub(crate) locks_soon: bool,
    /// Field changes that are not safe with the worker yet, of any dossier.
    pub(crate) edits: Edits,
    /// Replies and notes that are being handed over.
    pub(super) sending: Vec<(Ticket, Outgoing)>,
    entries: Map<DossierKey, Entry>,
    last_active: u64,
    /// The time, as of the last tick.
    now: u64,
}

/// A row with what a search looks through.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The row.
    pub(crate) row: Rc<Row>,
    /// Its words, folded.
    pub(crate) text: String,
}

/// What can be done anywhere on the desk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DeskMsg {
    /// Try the connection now.
    SyncNow,
}

/// Whether nobody has been at the keyboard for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Idle {
    /// Somebody is there.
    No,
    /// Lock now.
    Over,
}

impl Desk {
    /// A desk that has just been opened.
    pub(super) fn new(profile: Profile, people: Vec<DemoPerson>, now: u64) -> Self {
        Self {
            profile,
            people,
            loaded: false,
            link: None,
            alarms: Alarms::default(),
            table: Table::default(),
            open: None,
            new: NewForm::default(),
            staff: Staff::default(),
            sheets: None,
            share: Sharing::default(),
            extract: None,
            bond: Bond::default(),
            load: Vec::new(),
            lock: LockForm::default(),
            files: Files::default(),
            unsorted: Unsorted::default(),
            tally: Tally::default(),
            taking: Taking::default(),
            work: Vec::new(),
            locks_soon: false,
            edits: Edits::default(),
            sending: Vec::new(),
            entries: Map::new(),
            last_active: now,
            now,
        }
    }

    /// The row of a dossier.
    pub(crate) fn row(&self, key: DossierKey) -> Option<&Row> {
        self.entries.get(&key).map(|entry| &*entry.row)
    }

    /// All rows, in no order that means something.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.entries.values().map(|entry| &*entry.row)
    }

    /// How many dossiers there are.
    pub(crate) fn count(&self) -> usize {
        self.entries.len()
    }

    /// Takes in rows that are new or changed.
    pub(super) fn take(&mut self, locale: Locale, rows: Vec<Row>) {
        for row in rows {
            let text = haystack(locale, &self.profile.classes, &row);
            let row = Rc::new(row);
            self.entries.insert(row.key, Entry { row, text });
        }
        self.sort(locale);
    }

    /// A dossier is not here any more.
    pub(super) fn lose(&mut self, locale: Locale, key: DossierKey) {
        self.entries.remove(&key);
        self.sort(locale);
    }

    /// Words of another language to search and sort by.
    pub(super) fn speak(&mut self, locale: Locale) {
        for entry in self.entries.values_mut() {
            entry.text = haystack(locale, &self.profile.classes, &entry.row);
        }
        self.sort(locale);
    }

    /// Takes in who is at the keyboard. Another table of subcategories gives other words to search and sort by.
    pub(super) fn know(&mut self, locale: Locale, profile: Profile) {
        let other = self.profile.classes != profile.classes;
        self.profile = profile;
        if other {
            self.speak(locale);
        }
    }

    /// Puts work list and table in order.
    pub(super) fn sort(&mut self, locale: Locale) {
        self.list_work();
        self.table
            .sort(locale, &self.profile.classes, self.entries.values());
        self.filter();
    }

    fn list_work(&mut self) {
        // What was offered waits for an answer first, in a group of its own.
        let offers = &self.share.shares.offers;
        let offered = |row: &&Row| offers.iter().any(|offer| offer.dossier == row.key);
        let rows = self.entries.values().map(|entry| &*entry.row);
        self.work = work::list(rows.filter(|row| !offered(row)), self.now);
        self.load = work::load(self.rows());
    }

    /// Filters the table anew.
    pub(super) fn filter(&mut self) {
        let entries = &self.entries;
        self.table.filter(|key| entries.get(&key));
    }

    /// Takes in news of the worker.
    pub(super) fn hear(&mut self, locale: Locale, news: News) -> Vec<Effect> {
        match news {
            News::Rows { rows, .. } => {
                self.loaded = true;
                self.take(locale, rows);
            }
            News::Dossier(view) => {
                let row = view.row.clone();
                let effects = dossier::refreshed(self, *view);
                self.take(locale, vec![row]);
                return effects;
            }
            News::Link(link) => self.link = Some(link),
            News::Shares(shares) => {
                self.share.shares = *shares;
                self.sort(locale);
            }
            News::Figures(view) => self.tally.take(*view),
            News::Unsorted(lines) => self.unsorted.lines = lines,
            News::Alarm(alarm) => self.alarms.raise(&alarm),
            News::Transfers(transfers) => self.files.transfers = transfers,
            News::FileRead(file, sight) => return files::heard(self, file, sight),
            News::Profile(profile) => self.know(locale, *profile),
            News::People(people) => self.staff.people = Some(*people),
            News::Filters(filters) => self.table.saved = filters,
            News::Knocked(knock) => {
                if let Some(form) = &mut self.staff.admitting {
                    return form.knocked(knock);
                }
            }
            News::InvitationOver => {
                if let Some(form) = &mut self.staff.admitting {
                    return form.over();
                }
            }
            // End the desk as a whole, or are for every page; see `state`.
            News::TakenOver | News::Revoked | News::Refused(_) | News::Gone(_) => {}
        }
        vec![]
    }

    /// Looks at the clock.
    pub(super) fn idle(&mut self, now: u64) -> Idle {
        // A day brings some dossiers nearer to their end.
        let other_day = now / DAY != self.now / DAY;
        self.now = now;
        if other_day {
            self.list_work();
        }
        let quiet = now.saturating_sub(self.last_active);
        let most = u64::from(self.profile.lock_minutes.max(1)) * 60;
        self.locks_soon = quiet + WARNS >= most;
        if quiet >= most { Idle::Over } else { Idle::No }
    }
}

/// Somebody is at the keyboard.
pub(super) fn active(model: &mut Model) {
    if let Phase::Open(desk) = &mut model.phase {
        desk.last_active = model.now;
        desk.locks_soon = false;
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: DeskMsg) -> Vec<Effect> {
    if model.desk().is_none() {
        return vec![];
    }
    match msg {
        DeskMsg::SyncNow => vec![model.ask(Purpose::Nothing, Ask::SyncNow).1],
    }
}

fn haystack(locale: Locale, classes: &Classes, row: &Row) -> String {
    let class = row.classification;
    let category = class.map_or("", |(category, _)| words::category(locale, category));
    let sub = class.and_then(|(_, sub)| sub);
    let sub = sub.map(|sub| words::subcategory_now(locale, classes, sub));
    fold(
        &[
            row.number.as_str(),
            &row.gist,
            &row.club,
            &row.tags.join(" "),
            &row.federation,
            &row.sport,
            &row.handler,
            category,
            sub.as_deref().unwrap_or_default(),
            words::kind(locale, row.kind),
            words::status(locale, row.status),
        ]
        .join("\n"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{opened_with, row, sent};
    use crate::state::{Msg, update as turn};
    use sluis_domain::classes::ClassNames;
    use sluis_domain::vocabulary::{Category, Subcategory};

    #[test]
    fn nobody_at_the_keyboard_locks_the_desk_after_a_warning() {
        let mut model = opened_with(vec![]);
        let start = model.now;
        turn(&mut model, Msg::Tick(start + 20 * 60 - 30));
        assert!(model.desk().is_some_and(|desk| desk.locks_soon));
        let effects = turn(&mut model, Msg::Tick(start + 20 * 60));
        assert!(model.desk().is_none());
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::Lock)));
    }

    #[test]
    fn a_touch_puts_the_lock_off() {
        let mut model = opened_with(vec![]);
        let start = model.now;
        turn(&mut model, Msg::Tick(start + 20 * 60 - 30));
        turn(&mut model, Msg::Active);
        assert!(model.desk().is_some_and(|desk| !desk.locks_soon));
        turn(&mut model, Msg::Tick(start + 30 * 60));
        assert!(model.desk().is_some());
    }

    #[test]
    fn a_key_pressed_after_a_long_sleep_does_not_put_the_lock_off() {
        let mut model = opened_with(vec![]);
        let start = model.now;
        turn(&mut model, Msg::Active);
        turn(&mut model, Msg::Tick(start + 3_600));
        assert!(model.desk().is_none());
    }

    #[test]
    fn a_subject_is_found_by_its_name_of_then_and_of_now_and_an_unknown_one_by_its_number() {
        let mut one = row(1);
        let sub = Subcategory::at(256, 1);
        one.classification = Some((Category::Other, Some(sub)));
        let mut model = opened_with(vec![one]);
        let text = |model: &Model| {
            let desk = model.desk();
            let entry = desk.and_then(|desk| desk.entries.values().next());
            entry.map_or(String::new(), |entry| entry.text.clone())
        };
        assert!(text(&model).contains("256"), "not known yet");
        let mut profile = crate::state::tests::profile();
        for name in ["Ontgroening", "Inwijding"] {
            let names = ClassNames {
                dutch: name.into(),
                english: name.into(),
            };
            profile.classes.name(Category::Other, 256, names);
        }
        let known = News::Profile(Box::new(profile));
        turn(&mut model, crate::state::tests::news(known));
        let text = text(&model);
        assert!(text.contains("ontgroening") && text.contains("inwijding"));
    }

    #[test]
    fn a_changed_row_replaces_the_old_one() {
        let mut model = opened_with(vec![row(1)]);
        let mut changed = row(1);
        changed.unread = 2;
        turn(
            &mut model,
            crate::state::tests::news(News::Rows {
                first: false,
                rows: vec![changed],
            }),
        );
        let desk = model.desk();
        assert_eq!(desk.map(Desk::count), Some(1));
        assert!(desk.is_some_and(|desk| desk.work.len() == 1));
    }
}
