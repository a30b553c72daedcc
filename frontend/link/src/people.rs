//! People, devices and organisations: what the page sees of the directory, and how somebody is let in or comes back (decisions 30 and 31).

use serde::{Deserialize, Serialize};

use crate::{Secret, StaffRole};

/// A person, as the page names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonKey(pub [u8; 16]);

/// A device, as the page names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceKey(pub [u8; 16]);

/// A team, as the page names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TeamKey(pub [u8; 16]);

/// What an organisation is. Clubs, the board of an umbrella and the tribunal have no place here: they get no access (M11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganisationSort {
    /// The centre that runs the system.
    Centre,
    /// A federation.
    Federation,
    /// Outside experts.
    Experts,
    /// The keeper of the register of sanctioned persons.
    RegisterHolder,
}

/// Everybody who has access, as the signed directory says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// My own organisation first, then by name.
    pub organisations: Vec<OrganisationView>,
    /// Myself.
    pub me: PersonKey,
    /// This browser.
    pub here: DeviceKey,
    /// I may let other organisations in, with the recovery sheet beside me.
    pub may_found: bool,
    /// Changes of mine that have not reached the server yet.
    pub pending: u32,
}

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Its name.
    pub name: String,
    /// What it is.
    pub sort: OrganisationSort,
    /// I decide who works here.
    pub mine: bool,
    /// Its teams.
    pub teams: Vec<TeamView>,
    /// Its people, by name.
    pub people: Vec<PersonView>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// Which.
    pub key: TeamKey,
    /// Its name.
    pub name: String,
    /// Reporters may write to it.
    pub line: bool,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Which.
    pub key: PersonKey,
    /// Their name; empty while it cannot be opened.
    pub name: String,
    /// What they do.
    pub roles: Vec<StaffRole>,
    /// The teams that they are in.
    pub teams: Vec<TeamKey>,
    /// Their devices, the oldest first.
    pub devices: Vec<DeviceView>,
}

/// One device of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Which.
    pub key: DeviceKey,
    /// A printed sheet instead of a browser.
    pub paper: bool,
    /// Since when (unix seconds).
    pub since: u64,
    /// The device that let it in, where one did.
    pub by: Option<DeviceKey>,
    /// Name of the person whose device that is.
    pub by_name: String,
}

/// Who is to be let in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Admission {
    /// A new colleague in my organisation.
    Colleague {
        /// Their name.
        name: String,
        /// What they will do.
        roles: Vec<StaffRole>,
        /// The teams that they will be in.
        teams: Vec<TeamKey>,
    },
    /// One more device of mine, or of a colleague who lost theirs.
    Device(PersonKey),
    /// A new organisation with its first director.
    Organisation {
        /// Its name.
        name: String,
        /// A federation or outside experts.
        sort: OrganisationSort,
        /// Name of its line; empty for none.
        line: String,
        /// Name of its first director.
        director: String,
        /// The words of the recovery sheet.
        sheet: Secret,
    },
}

/// An invitation, to be shown. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The code, to be copied.
    pub code: String,
    /// Squares on a side of the picture of the same code.
    pub side: u8,
    /// The dark squares, as the data of an SVG path.
    pub squares: String,
    /// Until when it is worth something (unix seconds).
    pub until: u64,
}

/// Somebody answered the invitation: these words are compared by voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knock {
    /// Six words; the one that is asked is left empty, so that nobody confirms without listening.
    pub words: Vec<String>,
    /// The words to choose from for the empty place.
    pub choices: Vec<String>,
}

/// What a person decides about people and devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Office {
    /// Other roles.
    Roles(PersonKey, Vec<StaffRole>),
    /// Into a team, or out of it.
    InTeam(PersonKey, TeamKey, bool),
    /// A person leaves; whoever takes their dossiers over.
    Leave(PersonKey, Option<PersonKey>),
    /// Devices lose their access.
    Revoke(Vec<DeviceKey>),
}

/// What became of the words of a recovery sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetRead {
    /// There are not 24 words, nor 48 of two shares, but so many.
    Count(u8),
    /// One share of three: another one is needed.
    OneShare,
    /// The words at these places, from 1, are in no list.
    Unknown(Vec<u8>),
    /// Each is a word of the list, but together they are no sheet.
    Mistaken,
    /// A sheet, but not of this organisation, or one that counts no more.
    Foreign,
    /// It fits. For a restore: whose it is, and which browsers they had.
    Fits {
        /// Name of the person; empty while it cannot be opened.
        person: String,
        /// Name of the organisation.
        organisation: String,
        /// Their browsers.
        devices: Vec<DeviceView>,
    },
}
