//! Upper bounds of what an entry may say (docs/protocol.md 3.2).

/// Bytes of a name that everyone sees, inclusive.
pub const NAME: usize = 120;
/// Bytes of a sealed name, inclusive.
pub const SEALED_NAME: usize = 512;
/// Root keys and witnesses, inclusive.
pub const ROOT_KEYS: usize = 9;
/// Directors of one organisation, inclusive.
pub const DIRECTORS: usize = 16;
/// Roles of one member, inclusive.
pub const ROLES: usize = 9;
/// Members of one team, inclusive.
pub const TEAM_MEMBERS: usize = 64;
/// Bytes of the sealed secret of an earlier epoch, inclusive.
pub const LINK: usize = 256;
/// Bytes of a sealed agreement, inclusive.
pub const AGREEMENT: usize = 1_024;
/// Bytes of the sealed reasons of a policy about respondents, inclusive.
pub const REASONS: usize = 2_560;
/// Subcategories that a deployment can make beside those that it begins with.
pub const CLASSES: usize = 200;
/// Current devices of one member, inclusive.
pub const DEVICES: usize = 16;
/// Days that a witness set may hold.
pub const WITNESS_DAYS: u64 = 180;
