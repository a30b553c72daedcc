//! Why the directory refuses something.

use crate::signature::SignatureError;
use crate::statement::Standing;

/// What an id or a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// An organisation.
    Organisation,
    /// A member.
    Member,
    /// A device.
    Device,
    /// A team.
    Team,
    /// A category or subcategory.
    Subcategory,
}

/// A part of an entry or statement that has bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Name of a deployment, organisation or team.
    Name,
    /// A list of keys: too few, too many, or one twice.
    Keys,
    /// A threshold: zero, or more than there are keys.
    Threshold,
    /// A member's roles.
    Roles,
    /// A team's members: too few, too many, or one twice.
    Members,
    /// A sealed name.
    SealedName,
    /// A key for sealing.
    KemKey,
    /// One of the settings of a policy.
    Policy,
    /// The number of a member's devices.
    Devices,
    /// A term: over before it begins, or too long.
    Term,
    /// The path of a request.
    Path,
    /// The sealed secret of an earlier epoch.
    Link,
    /// A sealed agreement.
    Agreement,
    /// The code of a subcategory: not the next one, or there are too many.
    Subcategory,
    /// The sealed reasons of a policy about respondents.
    Reasons,
}

/// Why an entry, statement, snapshot or request was refused. Each variant is something a caller does differently or a test tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no frame of the right kind.
    #[error("frame refused")]
    Frame(#[from] sluis_wire::Error),

    /// The entry belongs at another place of the log.
    #[error("entry {found} where {expected} was expected")]
    WrongPlace {
        /// The place that is next.
        expected: u64,
        /// The place that the entry names.
        found: u64,
    },
    /// The entry follows another entry than the last one here.
    #[error("entry follows another log")]
    WrongParent,
    /// The log does not begin with a genesis entry, or a second one turned up.
    #[error("genesis entry missing or misplaced")]
    GenesisMisplaced,
    /// More than a day earlier than an entry before it.
    #[error("time runs backwards")]
    TimeBackwards,
    /// Later than the clock here allows.
    #[error("time lies in the future")]
    TimeAhead,

    /// A signature by a key that has no say in this.
    #[error("signed by a key that may not")]
    SignerUnknown,
    /// Fewer signatures than needed.
    #[error("signatures are missing")]
    SignatureMissing,
    /// More signatures than needed: whoever passes them on could leave one out unnoticed.
    #[error("more signatures than needed")]
    SignatureSurplus,
    /// Signatures not in ascending order of key.
    #[error("signatures in the wrong order")]
    SignatureOrder,
    /// A signature or a key does not hold.
    #[error("signature refused")]
    Signature(#[from] SignatureError),
    /// A new device does not show that it holds its signing key.
    #[error("proof of possession does not hold")]
    PossessionWrong,

    /// A part of the entry is outside its bounds.
    #[error("out of bounds: {0:?}")]
    Bounds(Field),
    /// There is no such thing.
    #[error("unknown: {0:?}")]
    Unknown(Thing),
    /// It was revoked, and nothing revoked comes back.
    #[error("revoked: {0:?}")]
    Revoked(Thing),
    /// The id was used before.
    #[error("id used before: {0:?}")]
    IdReused(Thing),
    /// The key has another holder or another role already.
    #[error("key used before")]
    KeyReused,
    /// The first organisation must be the centre.
    #[error("there is no centre yet")]
    CentreMissing,
    /// A deployment has one centre.
    #[error("there is a centre already")]
    CentreTwice,
    /// A team and its members belong to one organisation, and a team stays there.
    #[error("belongs to another organisation")]
    OtherOrganisation,
    /// A witness must be a current browser device.
    #[error("witness is not a current device")]
    WitnessNotCurrent,
    /// A release must have a higher version than the one before it.
    #[error("release is not newer")]
    ReleaseNotNewer,
    /// This version of the regulation, or a later one, was accepted before.
    #[error("regulation is not newer")]
    RegulationNotNewer,
    /// Settings carry the version after the one that is in force.
    #[error("not the next version")]
    VersionNotNext,
    /// A subcategory stays in its category.
    #[error("belongs to another category")]
    OtherCategory,
    /// Only a sheet of paper is split.
    #[error("not a paper device")]
    NotPaper,

    /// The author stands on another log: two signed views. The frame that says so is the proof to export.
    #[error("fork of the directory at length {}", standing.seq)]
    Fork {
        /// What the author claims.
        standing: Standing,
    },
    /// The author has seen more of the log than is here: fetch it, then try again.
    #[error("directory here is behind length {length}")]
    Behind {
        /// The length to fetch up to.
        length: u64,
    },
    /// The author is not a device of this team.
    #[error("author is not in the team")]
    NotInTeam,
    /// A paper device does not sign this.
    #[error("a paper device does not sign from day to day")]
    PaperSigner,
    /// Over already.
    #[error("expired")]
    Expired,
    /// Further ahead than may be promised.
    #[error("too far ahead")]
    TooEarly,
    /// The reply keys are not those of the team's browser devices.
    #[error("reply keys are not those of the team")]
    ReplyKeysDiffer,
    /// The wraps are not those that the statement names.
    #[error("wraps are not those of the statement")]
    WrapsDiffer,

    /// There is no witness set, or none yet at that length of the log.
    #[error("no witness set")]
    WitnessesMissing,
    /// A snapshot stands elsewhere than this directory.
    #[error("snapshot stands elsewhere")]
    StandingDiffers,
    /// The tables are not those that follow from the directory and the statements.
    #[error("tables differ")]
    TablesDiffer,
}
