//! Time as the formats write it: whole seconds, whole hours, whole weeks. No clock is read here.

use serde::{Deserialize, Serialize};

/// Seconds in a day.
pub const DAY: u64 = 86_400;
/// Seconds in a week.
pub const WEEK: u64 = 7 * DAY;
/// Monday 5 January 1970, 00:00 UTC, in seconds: the start of week 0.
const FIRST_MONDAY: u64 = 4 * DAY;

/// Seconds since 1 January 1970, UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct UnixTime(pub u64);

impl UnixTime {
    /// The same time, cut to the hour: as fine as the relay writes time to disk.
    #[must_use]
    pub fn to_hour(self) -> Self {
        Self(self.0 - self.0 % 3_600)
    }

    /// This many seconds later.
    #[must_use]
    pub fn plus(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this; zero when it is not earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A week from Monday 00:00 UTC (the ISO week), counted from the week of Monday 5 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Week(pub u32);

impl Week {
    /// The week that `time` lies in (times before the first Monday count as week 0).
    #[must_use]
    pub fn of(time: UnixTime) -> Self {
        Self(u32::try_from(time.0.saturating_sub(FIRST_MONDAY) / WEEK).unwrap_or(u32::MAX))
    }

    /// Its first second.
    #[must_use]
    pub fn start(self) -> UnixTime {
        UnixTime(FIRST_MONDAY + u64::from(self.0) * WEEK)
    }

    /// The week `count` weeks later.
    #[must_use]
    pub fn plus(self, count: u32) -> Self {
        Self(self.0.saturating_add(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_start_on_monday() {
        // Monday 16 November 2026, 00:00 UTC.
        let monday = UnixTime(1_794_787_200);
        let week = Week::of(monday);
        assert_eq!(week.start(), monday);
        assert_eq!(Week::of(UnixTime(monday.0 - 1)).plus(1), week);
        assert_eq!(Week::of(UnixTime(monday.0 + WEEK - 1)), week);
    }

    #[test]
    fn hours_are_cut_down() {
        assert_eq!(UnixTime(7_199).to_hour(), UnixTime(3_600));
    }
}
