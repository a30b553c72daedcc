//! The field's own words as types: kinds, origins, categories, levels and statuses of a dossier.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// Report or advice question (mission M15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Something that happened.
    Report,
    /// A question about prevention, training or rules.
    Advice,
    /// What one member notes for themselves about another dossier (decision 26).
    Private,
}

/// How a dossier came to be (mission M2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// By itself, from a conversation on the reporter page.
    Chat,
    /// By hand, after a phone call.
    Phone,
    /// By hand, after an e-mail.
    Email,
    /// By hand, after a talk in person.
    InPerson,
}

/// The five categories of mission M19.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    /// Transgressive behaviour.
    Transgressive,
    /// Banned substances.
    Substances,
    /// Match-fixing.
    MatchFixing,
    /// Integrity.
    Integrity,
    /// Other.
    Other,
}

/// What a category is divided into. `Other` belongs to every category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subcategory {
    /// Sexual harassment or abuse.
    Sexual,
    /// Bullying.
    Bullying,
    /// Discrimination.
    Discrimination,
    /// Violence or threats.
    Violence,
    /// Belittling, humiliating, manipulating.
    Emotional,
    /// Neglect.
    Neglect,
    /// Stalking.
    Stalking,
    /// Doping.
    Doping,
    /// Giving or selling substances.
    Supply,
    /// Drugs or alcohol.
    Drugs,
    /// Bribery or influencing a match.
    Bribery,
    /// Betting on own matches.
    Betting,
    /// Passing on inside information.
    InsideInformation,
    /// Mismanagement.
    Mismanagement,
    /// Fraud or theft.
    Fraud,
    /// Conflict of interest.
    ConflictOfInterest,
    /// Misuse of personal data.
    Privacy,
    /// Conduct of an official, coach or referee.
    ConductOfOfficial,
    /// Something else.
    Other,
    /// One of a later version of the deployment's own table ([`crate::classes::Classes`]). Made by [`Subcategory::at`].
    Listed {
        /// Which.
        code: u16,
        /// The version of the table that it was chosen from, from 1.
        version: u32,
    },
}

impl Subcategory {
    /// Those that every deployment begins with, by their codes.
    pub const BUILT_IN: [Self; 19] = [
        Self::Sexual,
        Self::Bullying,
        Self::Discrimination,
        Self::Violence,
        Self::Emotional,
        Self::Neglect,
        Self::Stalking,
        Self::Doping,
        Self::Supply,
        Self::Drugs,
        Self::Bribery,
        Self::Betting,
        Self::InsideInformation,
        Self::Mismanagement,
        Self::Fraud,
        Self::ConflictOfInterest,
        Self::Privacy,
        Self::ConductOfOfficial,
        Self::Other,
    ];

    /// The subcategory with this code, as a version of the table has it.
    #[must_use]
    pub fn at(code: u16, version: u32) -> Self {
        match Self::built_in(code) {
            Some(built_in) if version == 0 => built_in,
            Some(_) | None => Self::Listed { code, version },
        }
    }

    /// The one of the beginning with this code.
    #[must_use]
    pub fn built_in(code: u16) -> Option<Self> {
        Self::BUILT_IN.get(usize::from(code)).copied()
    }

    /// Which subcategory, whatever it was called when it was chosen.
    #[must_use]
    pub fn code(self) -> u16 {
        if let Self::Listed { code, .. } = self {
            return code;
        }
        let place = Self::BUILT_IN.iter().position(|known| *known == self);
        place
            .and_then(|place| u16::try_from(place).ok())
            .unwrap_or(u16::MAX)
    }

    /// The version of the table that it was chosen from.
    #[must_use]
    pub const fn version(self) -> u32 {
        if let Self::Listed { version, .. } = self {
            version
        } else {
            0
        }
    }
}

impl Category {
    /// All five, in the order of mission M19.
    pub const ALL: [Self; 5] = [
        Self::Transgressive,
        Self::Substances,
        Self::MatchFixing,
        Self::Integrity,
        Self::Other,
    ];

    /// Its subcategories, in the order in which they are offered.
    #[must_use]
    pub const fn subcategories(self) -> &'static [Subcategory] {
        use Subcategory as S;
        match self {
            Self::Transgressive => &[
                S::Sexual,
                S::Bullying,
                S::Discrimination,
                S::Violence,
                S::Emotional,
                S::Neglect,
                S::Stalking,
                S::Other,
            ],
            Self::Substances => &[S::Doping, S::Supply, S::Drugs, S::Other],
            Self::MatchFixing => &[S::Bribery, S::Betting, S::InsideInformation, S::Other],
            Self::Integrity => &[
                S::Mismanagement,
                S::Fraud,
                S::ConflictOfInterest,
                S::Privacy,
                S::ConductOfOfficial,
                S::Other,
            ],
            Self::Other => &[S::Other],
        }
    }
}

/// At what level the sport is practised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// For fun.
    Recreational,
    /// In competition.
    Competition,
    /// A talent programme.
    Talent,
    /// Top sport.
    Elite,
}

/// Where a dossier stands. The reporter sees it too, in these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Nobody has opened it yet.
    New,
    /// Somebody has read it.
    Read,
    /// Somebody works on it.
    InProgress,
    /// The reporter has been asked something.
    WaitingForReporter,
    /// Another body goes on with it.
    Referred,
    /// The reporter asked to stop.
    Stopped,
    /// Done.
    Closed,
}

/// How much may go wrong, and how soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Risk {
    /// Nobody is in danger.
    Low,
    /// It may happen again.
    Medium,
    /// It is likely to happen again, or the harm is great.
    High,
    /// Somebody is in danger now.
    Acute,
}

impl Risk {
    /// All, from low to high.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Acute];
}

/// Groups of people who run more risk (mission T12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RiskGroup {
    /// Children.
    Minors,
    /// Adults who need care or support to protect themselves.
    ProtectedAdults,
    /// Top sport and talent programmes.
    TopSport,
    /// Domestic abuse plays a part.
    DomesticAbuse,
    /// Who grew up in care.
    CareBackground,
}

impl RiskGroup {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Minors,
        Self::ProtectedAdults,
        Self::TopSport,
        Self::DomesticAbuse,
        Self::CareBackground,
    ];
}

/// What help the body that asks can get (mission T3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// Advice, guidance, templates and training.
    All,
    /// Help with live cases too.
    Pilot,
}

/// How two dossiers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tie {
    /// They are about one incident (mission M14).
    Incident,
    /// This advice question grew into that report (mission M16).
    GrewInto,
    /// This report grew out of that advice question.
    GrewFrom,
}

/// One thing about a dossier that is set as a whole; the last writer holds (docs/protocol.md 6.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Report or advice question.
    Kind(Kind),
    /// Category with subcategory, set together so that they always fit.
    Classification(Option<(Category, Option<Subcategory>)>),
    /// Name of the federation, free text.
    Federation(String),
    /// Name of the sport, free text.
    Sport(String),
    /// Level.
    Level(Option<Level>),
    /// Where it stands.
    Status(Status),
    /// First story, in the reporter's words.
    FirstStory(String),
    /// What happened.
    Happened(String),
    /// What is asked.
    Asked(String),
    /// Who handles it: 16 bytes of a member id, or nobody.
    Handler(Option<[u8; 16]>),
    /// Name of the club, free text.
    Club(String),
    /// Risk.
    Risk(Option<Risk>),
    /// Groups at more risk, in ascending order.
    Groups(Vec<RiskGroup>),
    /// Words of one's own to find it by.
    Tags(Vec<String>),
    /// What help the body that asks can get.
    Tier(Option<Tier>),
}

/// Which field, without its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FieldName {
    /// See [`Field::Kind`].
    Kind,
    /// See [`Field::Classification`].
    Classification,
    /// See [`Field::Federation`].
    Federation,
    /// See [`Field::Sport`].
    Sport,
    /// See [`Field::Level`].
    Level,
    /// See [`Field::Status`].
    Status,
    /// See [`Field::FirstStory`].
    FirstStory,
    /// See [`Field::Happened`].
    Happened,
    /// See [`Field::Asked`].
    Asked,
    /// See [`Field::Handler`].
    Handler,
    /// See [`Field::Club`].
    Club,
    /// See [`Field::Risk`].
    Risk,
    /// See [`Field::Groups`].
    Groups,
    /// See [`Field::Tags`].
    Tags,
    /// See [`Field::Tier`].
    Tier,
}

impl Field {
    /// Which field it is.
    #[must_use]
    pub const fn name(&self) -> FieldName {
        match self {
            Self::Kind(_) => FieldName::Kind,
            Self::Classification(_) => FieldName::Classification,
            Self::Federation(_) => FieldName::Federation,
            Self::Sport(_) => FieldName::Sport,
            Self::Level(_) => FieldName::Level,
            Self::Status(_) => FieldName::Status,
            Self::FirstStory(_) => FieldName::FirstStory,
            Self::Happened(_) => FieldName::Happened,
            Self::Asked(_) => FieldName::Asked,
            Self::Handler(_) => FieldName::Handler,
            Self::Club(_) => FieldName::Club,
            Self::Risk(_) => FieldName::Risk,
            Self::Groups(_) => FieldName::Groups,
            Self::Tags(_) => FieldName::Tags,
            Self::Tier(_) => FieldName::Tier,
        }
    }
}

/// What somebody may do in a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AccessRight {
    /// Reads.
    Reader,
    /// Reads and writes.
    Writer,
    /// Also decides who may.
    Steward,
}

/// Longest text of a field, a note or a reply, in bytes.
pub const TEXT_MOST: usize = 40_000;
/// Longest name of a federation or a sport, in bytes.
pub const NAME_MOST: usize = 200;
/// Most tags of a dossier.
pub const TAGS_MOST: usize = 20;
/// Longest tag, in bytes.
pub const TAG_MOST: usize = 60;
/// Longest reason for giving or refusing access, in bytes.
pub const REASON_MOST: usize = 2_000;
