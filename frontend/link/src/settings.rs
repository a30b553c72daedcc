//! Settings of organisations, as directors decide them: the table of subcategories, and whether respondents are named.

use serde::{Deserialize, Serialize};
use sluis_domain::classes::ClassNames;
use sluis_domain::vocabulary::Category;

/// What a director of the centre does to the table of subcategories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClassAsk {
    /// Adds one under this category.
    Add(Category, ClassNames),
    /// Gives the one with this code other names.
    Rename(u16, ClassNames),
    /// Offers the one with this code no more.
    Retire(u16),
}

/// A legal ground for keeping who a respondent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegalGround {
    /// A legal obligation.
    Obligation,
    /// A task in the public interest.
    PublicTask,
    /// Rules that the respondent has accepted as a member.
    Membership,
    /// A legitimate interest.
    Interest,
    /// A licence of the supervisory authority.
    Licence,
}

impl LegalGround {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Obligation,
        Self::PublicTask,
        Self::Membership,
        Self::Interest,
        Self::Licence,
    ];
}

/// Whether an organisation keeps who respondents are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RespondentsView {
    /// On what ground, while it does.
    pub ground: Option<LegalGround>,
    /// Why, in its directors' words.
    pub reasons: String,
}
