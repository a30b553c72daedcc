//! The anonymous row that stays of a closed dossier for the figures (decision 37): coarse facts, chosen so that no row can be traced to a person
//! or to its dossier. No text, no id, no name of a person or club, no day.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::dossier::Dossier;
use crate::event;
use crate::people::{ClosingReason, PersonRole};
use crate::retention::CivilDay;
use crate::vocabulary::{Category, Kind, Level, Risk, RiskGroup, Subcategory};

pub mod table;

/// Fewest that are told apart: what fewer dossiers have in common is not named.
pub const CELL: usize = 5;
/// Longest name of a federation or a sport in a row, in bytes.
pub const NAME_MOST: usize = 80;
/// Most bytes of an encoded row.
pub const ROW_MOST: usize = 512;

/// What stays of one closed dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Report or advice question.
    pub kind: Kind,
    /// Category and subcategory.
    pub classification: Option<(Category, Option<Subcategory>)>,
    /// Federation.
    pub federation: Named,
    /// Sport.
    pub sport: Named,
    /// Level.
    pub level: Option<Level>,
    /// Risk.
    pub risk: Option<Risk>,
    /// Groups at more risk, in ascending order.
    pub groups: Vec<RiskGroup>,
    /// How many people there were in each role that occurs, in ascending order.
    pub people: Vec<(PersonRole, Band)>,
    /// Dossiers of the incident, this one included, as far as the desk that closed it could read.
    pub incident: Band,
    /// When it came to be.
    pub opened: Quarter,
    /// When it was closed.
    pub closed: Quarter,
    /// Why.
    pub reason: ClosingReason,
    /// How long it was open.
    pub open: Span,
}

/// A name that many dossiers have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Named {
    /// Nothing was filled in.
    Unknown,
    /// So few dossiers bear it that it is not named.
    Few,
    /// The name.
    Name(String),
}

/// How many, coarsely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Band {
    /// One.
    One,
    /// Two to four.
    Some,
    /// Five or more.
    Many,
}

/// A quarter of a year, by Dutch clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quarter {
    /// Year.
    pub year: u16,
    /// 1 to 4.
    pub number: u8,
}

/// How long a dossier was open, coarsely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Span {
    /// At most 7 days.
    Week,
    /// At most 31 days.
    Month,
    /// At most 92 days.
    Quarter,
    /// At most 183 days.
    HalfYear,
    /// At most 366 days.
    Year,
    /// More.
    Longer,
}

impl Named {
    /// The name, when at least [`CELL`] dossiers bear it, or when it is one of those that are `public`: organisations of the directory, which
    /// everybody knows, and which are written as they write themselves. Spaces around and capitals do not make another name.
    #[must_use]
    pub fn of<'a>(
        name: &str,
        all: impl Iterator<Item = &'a str>,
        mut public: impl Iterator<Item = &'a str>,
    ) -> Self {
        let name = name.trim();
        if name.is_empty() {
            return Self::Unknown;
        }
        let folded = name.to_lowercase();
        let own = public.find(|own| own.trim().to_lowercase() == folded);
        let name = own.map_or(name, str::trim);
        let bear = all
            .filter(|other| other.trim().to_lowercase() == folded)
            .take(CELL)
            .count();
        if name.len() <= NAME_MOST && (own.is_some() || bear == CELL) {
            Self::Name(name.to_owned())
        } else {
            Self::Few
        }
    }
}

impl Band {
    /// The band of a number; nothing for none.
    #[must_use]
    pub const fn of(count: usize) -> Option<Self> {
        match count {
            0 => None,
            1 => Some(Self::One),
            2..CELL => Some(Self::Some),
            _ => Some(Self::Many),
        }
    }
}

impl Quarter {
    /// The quarter of a moment (unix seconds).
    #[must_use]
    pub fn of(unix: u64) -> Self {
        let (year, month) = CivilDay::of(unix).month();
        Self {
            year: u16::try_from(year).unwrap_or(u16::MAX),
            number: u8::try_from(month.saturating_sub(1) / 3 + 1).unwrap_or(1),
        }
    }

    /// Its year and its number as one that grows, for comparing and choosing.
    #[must_use]
    pub fn place(self) -> u32 {
        u32::from(self.year) * 4 + u32::from(self.number)
    }
}

impl Span {
    /// The span between two moments (unix seconds), in days of the Dutch calendar.
    #[must_use]
    pub fn between(from: u64, to: u64) -> Self {
        let days = CivilDay::of(to).0.saturating_sub(CivilDay::of(from).0);
        match days {
            0..=7 => Self::Week,
            8..=31 => Self::Month,
            32..=92 => Self::Quarter,
            93..=183 => Self::HalfYear,
            184..=366 => Self::Year,
            _ => Self::Longer,
        }
    }
}

/// What one dossier has to be compared with before its row is made.
pub struct Around {
    /// Its federation, as far as it may be named.
    pub federation: Named,
    /// Its sport, as far as it may be named.
    pub sport: Named,
    /// Dossiers of its incident, itself included.
    pub incident: usize,
    /// The moment of closing (unix seconds).
    pub now: u64,
}

impl Figure {
    /// The row of a dossier that is closed for `reason`. Nothing for what is no dossier of its own: an extract, or notes for oneself.
    #[must_use]
    pub fn of(dossier: &Dossier, reason: ClosingReason, around: Around) -> Option<Self> {
        let fields = dossier.fields();
        if fields.kind == Kind::Private || dossier.extract().is_some() {
            return None;
        }
        let mut groups = fields.groups.clone();
        groups.sort_unstable();
        groups.dedup();
        let closed = Quarter::of(around.now);
        let open = Span::between(dossier.opened_at(), around.now);
        // Both ends of a short span that crosses the turn of a quarter would say within which days it lay.
        let opened = match open {
            Span::Week | Span::Month => closed,
            _ => Quarter::of(dossier.opened_at()),
        };
        Some(Self {
            kind: fields.kind,
            classification: fields.classification,
            federation: around.federation,
            sport: around.sport,
            level: fields.level,
            risk: fields.risk,
            groups,
            people: people(dossier),
            incident: Band::of(around.incident).unwrap_or(Band::One),
            opened,
            closed,
            reason,
            open,
        })
    }

    /// As bytes (postcard).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        event::write(self)
    }

    /// From bytes, unless they are longer than a row, hold anything else or say something that no desk writes.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > ROW_MOST {
            return None;
        }
        let figure: Self = event::read(bytes)?;
        (figure.encode() == bytes && figure.is_sane()).then_some(figure)
    }

    fn is_sane(&self) -> bool {
        let named = |named: &Named| match named {
            Named::Unknown | Named::Few => true,
            Named::Name(name) => !name.trim().is_empty() && name.len() <= NAME_MOST,
        };
        let quarter = |quarter: Quarter| (1..=4).contains(&quarter.number);
        let fits = self.classification.is_none_or(|(category, sub)| {
            sub.is_none_or(|sub| {
                // What directors added is known to their own table only.
                matches!(sub, Subcategory::Listed { .. }) || category.subcategories().contains(&sub)
            })
        });
        self.kind != Kind::Private
            && named(&self.federation)
            && named(&self.sport)
            && fits
            && self.groups.is_sorted_by(|one, next| one < next)
            && self.people.is_sorted_by(|(one, _), (next, _)| one < next)
            && quarter(self.opened)
            && quarter(self.closed)
            && self.opened <= self.closed
    }
}

/// People on the list, by role.
fn people(dossier: &Dossier) -> Vec<(PersonRole, Band)> {
    let listed = dossier.people().listed();
    let mut roles = PersonRole::ALL;
    roles.sort_unstable();
    let count = |role: &PersonRole| {
        let of_role = listed.iter().filter(|(_, one)| one.facts.role == *role);
        Band::of(of_role.count()).map(|band| (*role, band))
    };
    roles.iter().filter_map(count).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use alloc::vec;

    use super::*;

    /// A row like many others.
    pub(crate) fn figure() -> Figure {
        Figure {
            kind: Kind::Report,
            classification: Some((Category::Transgressive, Some(Subcategory::Bullying))),
            federation: Named::Name("Roeibond".into()),
            sport: Named::Few,
            level: Some(Level::Talent),
            risk: Some(Risk::High),
            groups: vec![RiskGroup::Minors],
            people: vec![
                (PersonRole::Affected, Band::One),
                (PersonRole::Witness, Band::Some),
            ],
            incident: Band::One,
            opened: Quarter {
                year: 2026,
                number: 2,
            },
            closed: Quarter {
                year: 2026,
                number: 4,
            },
            reason: ClosingReason::Settled,
            open: Span::HalfYear,
        }
    }

    #[test]
    fn a_row_reads_back_and_keeps_its_bytes() {
        let bytes = figure().encode();
        assert_eq!(Figure::decode(&bytes), Some(figure()));
        let mut wanted = vec![0, 1, 0, 1, 1, 2, 8];
        wanted.extend(b"Roeibond");
        wanted.extend([
            1, 1, 2, 1, 2, 1, 0, 2, 2, 0, 4, 1, 0, 0xea, 0x0f, 2, 0xea, 0x0f, 4, 0, 3,
        ]);
        assert_eq!(bytes, wanted);
    }

    #[test]
    fn what_is_cut_long_or_senseless_is_no_row() {
        let bytes = figure().encode();
        for end in 0..bytes.len() {
            assert_eq!(Figure::decode(bytes.get(..end).unwrap_or_default()), None);
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(Figure::decode(&longer), None);
        let mut other = figure();
        other.closed.number = 5;
        assert_eq!(Figure::decode(&other.encode()), None);
        let mut other = figure();
        other.federation = Named::Name("x".repeat(NAME_MOST + 1));
        assert_eq!(Figure::decode(&other.encode()), None);
        let mut other = figure();
        other.groups = vec![RiskGroup::Minors, RiskGroup::Minors];
        assert_eq!(Figure::decode(&other.encode()), None);
    }

    #[test]
    fn only_a_name_that_five_dossiers_bear_is_named() {
        let all = ["roeien ", "Roeien", "ROEIEN", "roeien", "schaken"];
        let named = |name| Named::of(name, all.into_iter(), ["SchaKen"].into_iter());
        assert_eq!(named("Roeien"), Named::Few);
        let five = all.into_iter().chain(["Roeien"]);
        assert_eq!(
            Named::of(" Roeien", five, [].into_iter()),
            Named::Name("Roeien".into())
        );
        assert_eq!(named("schaken"), Named::Name("SchaKen".into()));
        assert_eq!(named("  "), Named::Unknown);
    }

    #[test]
    fn numbers_and_days_become_bands() {
        assert_eq!(Band::of(0), None);
        assert_eq!(Band::of(4), Some(Band::Some));
        assert_eq!(Band::of(5), Some(Band::Many));
        let day = 86_400;
        assert_eq!(Span::between(0, 7 * day), Span::Week);
        assert_eq!(Span::between(0, 8 * day), Span::Month);
        assert_eq!(Span::between(0, 400 * day), Span::Longer);
        assert_eq!(Span::between(9 * day, 0), Span::Week);
        // 31 December 2026, 23:30 UTC is January in the Netherlands.
        let new_year = 1_798_759_800;
        let wanted = Quarter {
            year: 2027,
            number: 1,
        };
        assert_eq!(Quarter::of(new_year), wanted);
    }
}
