//! Until when a dossier may stay open, and with it the contact data of its people. Nothing ends by itself: a person is warned, and closes it or
//! goes on (mission Q13). The sources name no period, so these are ours; counting is that of mission Q11.

use crate::dossier::Dossier;
use crate::vocabulary::{Kind, Status};

/// Days before the end on which the warning begins.
pub const WARN_DAYS: u64 = 30;

/// Seconds of a day.
const DAY: u64 = 86_400;
/// Seconds of an hour.
const HOUR: u64 = 3_600;
/// Start of the year 2200.
const LATEST: u64 = 7_258_118_400;
/// The last month of summer time.
const OCTOBER: u64 = 10;
/// Its first.
const MARCH: u64 = 3;

/// A day of the Dutch calendar, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDay(pub u64);

/// Months after the last activity for which a dossier of a kind may stay open; `None` for what is nobody else's.
#[must_use]
pub const fn months(kind: Kind) -> Option<u32> {
    match kind {
        Kind::Report => Some(24),
        Kind::Advice => Some(12),
        Kind::Private => None,
    }
}

/// The last day on which an open dossier may stay open.
#[must_use]
pub fn ends(dossier: &Dossier) -> Option<CivilDay> {
    let fields = dossier.fields();
    let months = months(fields.kind).filter(|_| fields.status != Status::Closed)?;
    Some(CivilDay::of(dossier.worked_at()).plus_months(months))
}

impl CivilDay {
    /// The day of a moment (unix seconds) by Dutch clocks: UTC + 1, in summer + 2 (Directive 2000/84/EC, articles 2 and 3).
    #[must_use]
    pub fn of(unix: u64) -> Self {
        // A colleague's device may say any time.
        let unix = unix.min(LATEST);
        let (year, _, _) = Self(unix / DAY).parts();
        let change = |month| Self::last_sunday(year, month).0 * DAY + HOUR;
        let summer = (change(MARCH)..change(OCTOBER)).contains(&unix);
        Self((unix + HOUR + if summer { HOUR } else { 0 }) / DAY)
    }

    /// Noon of this day (unix seconds): a moment that lies in it wherever the dossier is read in Europe.
    #[must_use]
    pub const fn noon(self) -> u64 {
        self.0 * DAY + DAY / 2
    }

    /// The day with the same number so many months later, or that month's last. A term of months that begins with an event on this day ends with
    /// that day: the day of the event does not count, and the end is not moved by Sundays or holidays (Q11).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let (year, month, day) = self.parts();
        let all = year * 12 + (month - 1) + u64::from(months);
        let (year, month) = (all / 12, all % 12 + 1);
        Self::at(year, month, day.min(length(year, month)))
    }

    /// Its year and month, from 1 on.
    #[must_use]
    pub fn month(self) -> (u64, u64) {
        let (year, month, _) = self.parts();
        (year, month)
    }

    /// A day of the Gregorian calendar from 1970 on.
    fn at(year: u64, month: u64, day: u64) -> Self {
        let years = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 });
        let months = (1..month).map(|month| length(year, month));
        Self(years.chain(months).sum::<u64>() + day - 1)
    }

    /// Year, month and day of the month.
    fn parts(self) -> (u64, u64, u64) {
        let (mut year, mut left) = (1970, self.0);
        loop {
            let days = if is_leap(year) { 366 } else { 365 };
            if left < days {
                break;
            }
            left -= days;
            year += 1;
        }
        let mut month = 1;
        while left >= length(year, month) {
            left -= length(year, month);
            month += 1;
        }
        (year, month, left + 1)
    }

    fn last_sunday(year: u64, month: u64) -> Self {
        let last = Self::at(year, month, length(year, month));
        // Day 3 was a Sunday.
        Self(last.0 - (last.0 + 4) % 7)
    }
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn length(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 January 2024.
    const YEAR_2024: u64 = 1_704_067_200;

    #[test]
    fn days_of_the_calendar_are_what_almanacs_say() {
        assert_eq!(CivilDay::at(2024, 1, 1).0 * DAY, YEAR_2024);
        for day in [0, 58, 59, 365, 11_016, 19_782, 20_000, 40_000] {
            let (year, month, number) = CivilDay(day).parts();
            assert_eq!(CivilDay::at(year, month, number), CivilDay(day));
        }
        assert_eq!(CivilDay::last_sunday(2026, 3), CivilDay::at(2026, 3, 29));
        assert_eq!(CivilDay::last_sunday(2026, 10), CivilDay::at(2026, 10, 25));
        assert_eq!(CivilDay::last_sunday(2027, 10), CivilDay::at(2027, 10, 31));
    }

    #[test]
    fn months_end_on_the_same_number_or_on_the_last_day() {
        let on = CivilDay::at;
        assert_eq!(on(2026, 11, 28).plus_months(24), on(2028, 11, 28));
        assert_eq!(on(2027, 1, 31).plus_months(1), on(2027, 2, 28));
        assert_eq!(on(2028, 1, 31).plus_months(1), on(2028, 2, 29));
        assert_eq!(on(2028, 2, 29).plus_months(12), on(2029, 2, 28));
        assert_eq!(on(2026, 12, 31).plus_months(2), on(2027, 2, 28));
    }

    #[test]
    fn a_message_just_before_midnight_counts_on_that_day_in_summer_and_winter() {
        let moment =
            |day: CivilDay, hour: u64, minute: u64| day.0 * DAY + hour * HOUR + minute * 60;
        let summer = CivilDay::at(2026, 7, 1);
        assert_eq!(CivilDay::of(moment(summer, 21, 59)), summer);
        assert_eq!(CivilDay::of(moment(summer, 22, 0)), CivilDay(summer.0 + 1));
        let winter = CivilDay::at(2026, 12, 1);
        assert_eq!(CivilDay::of(moment(winter, 22, 59)), winter);
        assert_eq!(CivilDay::of(moment(winter, 23, 0)), CivilDay(winter.0 + 1));
    }
}
