//! The work list: what waits for the person at the keyboard, most urgent first.

use sluis_domain::retention::WARN_DAYS;
use sluis_domain::vocabulary::{Kind, Status};
use sluis_link::{DossierKey, Row};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Why a dossier stands on the list. Each dossier stands there once, for the first reason that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Something is wrong with it.
    Alarmed,
    /// Nobody has opened it yet.
    New,
    /// A question that nobody answers yet.
    Question,
    /// Messages that I have not seen.
    Unread,
    /// The reporter waits for an answer.
    Due,
    /// It may not stay open much longer.
    Ending,
    /// Mine, and not done.
    Mine,
}

impl Reason {
    /// Why this row is on the list, if it is.
    pub(crate) fn of(row: &Row, now: u64) -> Option<Self> {
        let over = matches!(row.status, Status::Closed | Status::Referred);
        if row.alarmed {
            Some(Self::Alarmed)
        } else if row.ends.is_some_and(|ends| ends <= now + WARN_DAYS * DAY) {
            Some(Self::Ending)
        } else if row.kind == Kind::Advice && !over && waits(row) {
            Some(Self::Question)
        } else if row.status == Status::New {
            Some(Self::New)
        } else if row.unread > 0 {
            Some(Self::Unread)
        } else if row.waiting_since.is_some() && !over && row.status != Status::Stopped {
            Some(Self::Due)
        } else if row.mine && !over {
            Some(Self::Mine)
        } else {
            None
        }
    }

    /// Since when it waits (unix seconds).
    pub(crate) fn since(self, row: &Row) -> u64 {
        match self {
            Self::New | Self::Question => row.opened,
            Self::Unread | Self::Due => row.waiting_since.unwrap_or(row.active),
            Self::Alarmed | Self::Ending | Self::Mine => row.active,
        }
    }
}

/// Whether nobody has taken it up.
fn waits(row: &Row) -> bool {
    row.handler.is_empty() && matches!(row.status, Status::New | Status::Read)
}

/// How much somebody has to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    /// Name of the handler, empty for nobody.
    pub(crate) handler: String,
    /// Open advice questions.
    pub(crate) questions: usize,
    /// Open reports.
    pub(crate) reports: usize,
}

/// How much there is to do, by handler; what is nobody's comes first (mission T4).
pub(crate) fn load<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    let over = |row: &&Row| {
        matches!(
            row.status,
            Status::Closed | Status::Referred | Status::Stopped
        )
    };
    for row in rows.filter(|row| !over(row)) {
        let place = loads.binary_search_by(|load| load.handler.as_str().cmp(&row.handler));
        let place = place.unwrap_or_else(|place| {
            let handler = row.handler.clone();
            loads.insert(
                place,
                Load {
                    handler,
                    ..Load::default()
                },
            );
            place
        });
        if let Some(load) = loads.get_mut(place) {
            match row.kind {
                Kind::Advice => load.questions += 1,
                Kind::Report | Kind::Private => load.reports += 1,
            }
        }
    }
    loads
}

/// The list, grouped by reason; within a group whoever waits longest comes first (mine: the last touched).
pub(crate) fn list<'a>(
    rows: impl Iterator<Item = &'a Row>,
    now: u64,
) -> Vec<(Reason, Vec<DossierKey>)> {
    let mut found: Vec<(Reason, u64, DossierKey)> = rows
        .filter_map(|row| Reason::of(row, now).map(|reason| (reason, reason.since(row), row.key)))
        .map(|(reason, since, key)| {
            let order = if reason == Reason::Mine {
                u64::MAX - since
            } else {
                since
            };
            (reason, order, key)
        })
        .collect();
    found.sort_unstable();
    let mut groups: Vec<(Reason, Vec<DossierKey>)> = Vec::new();
    for (reason, _, key) in found {
        match groups.last_mut() {
            Some((last, keys)) if *last == reason => keys.push(key),
            _ => groups.push((reason, vec![key])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::row;

    #[test]
    fn a_dossier_stands_on_the_list_once_for_its_most_urgent_reason() {
        let mut new = row(1);
        new.status = Status::New;
        new.unread = 3;
        new.waiting_since = Some(5);
        let mut unread = row(2);
        unread.unread = 1;
        unread.waiting_since = Some(9);
        let mut due = row(3);
        due.waiting_since = Some(7);
        let mut mine = row(4);
        mine.mine = true;
        let quiet = row(5);
        let groups = list([&quiet, &mine, &due, &unread, &new].into_iter(), 30);
        assert_eq!(
            groups,
            [
                (Reason::New, vec![new.key]),
                (Reason::Unread, vec![unread.key]),
                (Reason::Due, vec![due.key]),
                (Reason::Mine, vec![mine.key]),
            ]
        );
    }

    #[test]
    fn a_question_has_a_queue_of_its_own_until_somebody_takes_it_up() {
        let mut question = row(1);
        question.kind = Kind::Advice;
        question.status = Status::Read;
        assert_eq!(Reason::of(&question, 30), Some(Reason::Question));
        question.handler = "Noor".into();
        assert_eq!(Reason::of(&question, 30), None);
    }

    #[test]
    fn the_load_counts_questions_and_reports_of_each_handler() {
        let mut question = row(1);
        question.kind = Kind::Advice;
        let mut own = row(2);
        own.handler = "Noor".into();
        let mut closed = row(3);
        closed.status = Status::Closed;
        let one = |handler: &str, questions, reports| Load {
            handler: handler.into(),
            questions,
            reports,
        };
        assert_eq!(
            load([&own, &closed, &question].into_iter()),
            [one("", 1, 0), one("Noor", 0, 1)]
        );
    }

    #[test]
    fn the_end_of_its_period_is_warned_of_in_time_and_a_new_message_moves_it() {
        let mut row = row(1);
        row.unread = 1;
        row.ends = Some(100 * DAY);
        let early = 100 * DAY - (WARN_DAYS + 1) * DAY;
        assert_eq!(Reason::of(&row, early), Some(Reason::Unread));
        assert_eq!(Reason::of(&row, early + DAY), Some(Reason::Ending));
        assert_eq!(Reason::of(&row, 200 * DAY), Some(Reason::Ending));
        row.ends = Some(800 * DAY);
        assert_eq!(Reason::of(&row, 200 * DAY), Some(Reason::Unread));
    }

    #[test]
    fn whoever_waits_longest_comes_first() {
        let mut late = row(1);
        late.waiting_since = Some(200);
        let mut early = row(2);
        early.waiting_since = Some(100);
        let groups = list([&late, &early].into_iter(), 30);
        assert_eq!(groups, [(Reason::Due, vec![early.key, late.key])]);
    }

    #[test]
    fn closed_and_stopped_dossiers_ask_for_no_answer() {
        for status in [Status::Closed, Status::Referred, Status::Stopped] {
            let mut row = row(1);
            row.status = status;
            row.waiting_since = Some(1);
            assert_eq!(Reason::of(&row, 30), None);
        }
    }
}
