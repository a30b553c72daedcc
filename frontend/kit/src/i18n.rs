//! Languages, reading levels, and dates and numbers as people write them.
//!
//! The catalogues give the words (see [`crate::text`]); in the browser `Intl` gives the dates, so that no calendar tables are shipped.

pub use crate::text::Language;
use crate::text::common;

/// For whom the words are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// Plain words (B1).
    #[default]
    Adult,
    /// Short sentences for children (A2); a message without a child version keeps the adult one.
    Child,
}

/// Language and reading level together: what every text function asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Locale {
    /// The language of the words.
    pub language: Language,
    /// The reading level of the words.
    pub level: Level,
}

impl Locale {
    /// `language` in words for adults.
    #[must_use]
    pub const fn new(language: Language) -> Self {
        Self {
            language,
            level: Level::Adult,
        }
    }

    /// The first of `preferred` (BCP 47 tags, such as `navigator.languages` gives) that has a catalogue, else the default language.
    #[must_use]
    pub fn negotiate<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |tag: &str| {
            let primary = tag.split('-').next().unwrap_or_default();
            Language::ALL
                .into_iter()
                .find(|language| language.tag().eq_ignore_ascii_case(primary))
        };
        Self::new(preferred.into_iter().find_map(known).unwrap_or_default())
    }

    /// The same level in another language.
    #[must_use]
    pub const fn with_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The same language at another level.
    #[must_use]
    pub const fn with_level(self, level: Level) -> Self {
        Self { level, ..self }
    }
}

/// A whole number with the language's separator between thousands.
#[must_use]
pub fn number(locale: Locale, count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(common::thousands_separator(locale));
        }
        out.push(digit);
    }
    out
}

/// The date of a moment, written out: “21 november 2026”. `unix` is in seconds, the day is that of the reader's time zone.
#[must_use]
pub fn format_date(locale: Locale, unix: i64) -> String {
    moment::date(locale, unix)
}

/// The date of a moment for narrow places: “21 nov 2026”. `unix` is in seconds.
#[must_use]
pub fn format_date_short(locale: Locale, unix: i64) -> String {
    moment::date_short(locale, unix)
}

/// The time of day of a moment: “14:05”. `unix` is in seconds.
#[must_use]
pub fn format_time(locale: Locale, unix: i64) -> String {
    moment::time(locale, unix)
}

/// Date and time of a moment: “21 nov 2026, 14:05”. `unix` is in seconds.
#[must_use]
pub fn format_moment(locale: Locale, unix: i64) -> String {
    [format_date_short(locale, unix), format_time(locale, unix)].join(", ")
}

/// The day of a moment as seen from `now` (both in unix seconds): “vandaag”, “gisteren”, “morgen”, otherwise the date.
#[must_use]
pub fn relative_day(locale: Locale, unix: i64, now: i64) -> String {
    match local_day(unix) - local_day(now) {
        0 => common::today(locale).to_owned(),
        -1 => common::yesterday(locale).to_owned(),
        1 => common::tomorrow(locale).to_owned(),
        _ => format_date(locale, unix),
    }
}

/// The number of the day in the reader's time zone, counted from 1 January 1970: for putting moments of one day together.
#[must_use]
pub fn local_day(unix: i64) -> i64 {
    (unix + moment::offset_seconds(unix)).div_euclid(SECONDS_PER_DAY)
}

/// The moment in the form of the attribute `datetime` of `<time>` (ISO 8601, UTC).
#[must_use]
pub fn machine_moment(unix: i64) -> String {
    moment::machine(unix)
}

const SECONDS_PER_DAY: i64 = 86_400;

/// The browser's own calendar and time zone.
#[cfg(target_arch = "wasm32")]
mod moment {
    use js_sys::{Date, JSON};
    use wasm_bindgen::JsValue;

    use super::{Locale, common};

    pub(super) fn date(locale: Locale, unix: i64) -> String {
        format(locale, unix, r#"{"dateStyle":"long"}"#)
    }

    pub(super) fn date_short(locale: Locale, unix: i64) -> String {
        format(locale, unix, r#"{"dateStyle":"medium"}"#)
    }

    pub(super) fn time(locale: Locale, unix: i64) -> String {
        format(locale, unix, r#"{"timeStyle":"short"}"#)
    }

    /// Seconds to add to UTC for the reader's clock at that moment.
    pub(super) fn offset_seconds(unix: i64) -> i64 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "minutes of a time zone, at most some hundreds"
        )]
        let minutes = at(unix).get_timezone_offset() as i64;
        -minutes * 60
    }

    pub(super) fn machine(unix: i64) -> String {
        let text = String::from(at(unix).to_iso_string());
        // Without the milliseconds.
        let seconds = text.split('.').next().unwrap_or_default();
        [seconds, "Z"].concat()
    }

    fn at(unix: i64) -> Date {
        /// Seconds from 1970 to the last moment that a browser knows.
        const LAST: i64 = 8_640_000_000_000;
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds up to the last moment are below 2^53"
        )]
        Date::new(&JsValue::from_f64(unix.clamp(-LAST, LAST) as f64 * 1000.0))
    }

    /// `settings` are those of `Intl.DateTimeFormat`, as JSON.
    fn format(locale: Locale, unix: i64, settings: &str) -> String {
        let settings = JSON::parse(settings).unwrap_or_default();
        at(unix)
            .to_locale_string(common::intl_tag(locale), &settings)
            .into()
    }
}

/// A plain calendar in UTC, for tests that run outside a browser.
#[cfg(not(target_arch = "wasm32"))]
mod moment {
    use super::{Language, Locale, SECONDS_PER_DAY};

    const DUTCH: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    pub(super) fn date(locale: Locale, unix: i64) -> String {
        written(locale, unix, usize::MAX)
    }

    pub(super) fn date_short(locale: Locale, unix: i64) -> String {
        written(locale, unix, 3)
    }

    pub(super) fn time(_: Locale, unix: i64) -> String {
        let seconds = unix.rem_euclid(SECONDS_PER_DAY);
        [padded(seconds / 3600, 2), padded(seconds / 60 % 60, 2)].join(":")
    }

    pub(super) fn machine(unix: i64) -> String {
        let (year, month, day) = civil(unix.div_euclid(SECONDS_PER_DAY));
        let seconds = unix.rem_euclid(SECONDS_PER_DAY);
        let mut out = padded(year, 4);
        for (separator, value) in [
            ("-", month),
            ("-", day),
            ("T", seconds / 3600),
            (":", seconds / 60 % 60),
            (":", seconds % 60),
        ] {
            out.push_str(separator);
            out.push_str(&padded(value, 2));
        }
        out.push('Z');
        out
    }

    fn padded(value: i64, width: usize) -> String {
        let digits = value.to_string();
        let mut out = "0".repeat(width.saturating_sub(digits.len()));
        out.push_str(&digits);
        out
    }

    /// Year, month (1–12) and day (1–31) of a day number counted from 1 January 1970, in the proleptic Gregorian calendar.
    fn civil(days: i64) -> (i64, i64, i64) {
        // Years are counted from 1 March, so that the leap day is the last day of a year; 719,468 days lie between 0000-03-01 and 1970-01-01.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        (year, month, day)
    }

    pub(super) const fn offset_seconds(_: i64) -> i64 {
        0
    }

    fn written(locale: Locale, unix: i64, letters: usize) -> String {
        let (year, month, day) = civil(unix.div_euclid(SECONDS_PER_DAY));
        let names = if locale.language == Language::Nl {
            DUTCH
        } else {
            ENGLISH
        };
        let month: String = usize::try_from(month - 1)
            .ok()
            .and_then(|index| names.get(index))
            .map_or_else(String::new, |name| name.chars().take(letters).collect());
        [day.to_string(), month, year.to_string()].join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_262_700; // 2026-11-21T12:05:00Z

    #[test]
    fn dates_follow_the_language() {
        assert_eq!(
            format_date(Locale::new(Language::Nl), NOON),
            "21 november 2026"
        );
        assert_eq!(
            format_date(Locale::new(Language::En), NOON),
            "21 November 2026"
        );
        assert_eq!(
            format_moment(Locale::new(Language::Nl), NOON),
            "21 nov 2026, 12:05"
        );
        assert_eq!(machine_moment(NOON), "2026-11-21T12:05:00Z");
    }

    #[test]
    fn the_leap_day_is_a_day_of_its_own() {
        assert_eq!(machine_moment(1_709_164_800), "2024-02-29T00:00:00Z");
        assert_eq!(machine_moment(1_709_164_799), "2024-02-28T23:59:59Z");
        assert_eq!(machine_moment(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn near_days_get_a_word() {
        let dutch = Locale::default();
        assert_eq!(relative_day(dutch, NOON, NOON + 60), "vandaag");
        assert_eq!(
            relative_day(dutch, NOON - SECONDS_PER_DAY, NOON),
            "gisteren"
        );
        assert_eq!(relative_day(dutch, NOON + SECONDS_PER_DAY, NOON), "morgen");
        assert_eq!(
            relative_day(dutch, NOON - 9 * SECONDS_PER_DAY, NOON),
            "12 november 2026"
        );
    }

    #[test]
    fn thousands_are_separated_as_the_language_does() {
        assert_eq!(number(Locale::new(Language::Nl), 1_234_567), "1.234.567");
        assert_eq!(number(Locale::new(Language::En), 10_000), "10,000");
        assert_eq!(number(Locale::default(), 999), "999");
    }

    #[test]
    fn the_browsers_first_known_language_wins() {
        assert_eq!(
            Locale::negotiate(["fr-BE", "en-US", "nl"]).language,
            Language::En
        );
        assert_eq!(Locale::negotiate(["NL-be"]).language, Language::Nl);
        assert_eq!(Locale::negotiate(["tlh"]).language, Language::Nl);
    }
}
