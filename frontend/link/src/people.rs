//! People, devices and organisations: what the page sees of the directory, and how somebody is let in or comes back (decisions 30 and 31).

use serde::{Deserialize, Serialize};

use sluis_domain::classes::ClassNames;
use sluis_domain::vocabulary::{Category, Subcategory};

use crate::{ClassAsk, LegalGround, RespondentsView, Secret, StaffRole};

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
    /// Those of them that another director has to sign too.
    pub waiting: Vec<WaitingView>,
}

/// A change of mine that another director has to sign too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// By which it can be withdrawn.
    pub number: u64,
    /// What it does.
    pub what: Decision,
    /// The code to hand to the other director.
    pub code: String,
}

/// What a change does, for showing it before it is signed. Names may be empty while they cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// A new person, with these roles.
    Person(String, Vec<StaffRole>),
    /// Other roles for this person.
    Roles(String, Vec<StaffRole>),
    /// This person leaves.
    Leaves(String),
    /// A device of this person is let in.
    Device(String),
    /// A device of this person loses its access.
    Revoked(String),
    /// Who is in this team: its name, and its people.
    Team(String, Vec<String>),
    /// An agreement with this organisation is filed.
    Agreement(String),
    /// The table of subcategories: a new one under this category, or other names for one.
    Named(Category, Option<Subcategory>, ClassNames),
    /// The table of subcategories: this one is offered no more.
    Retired(Subcategory),
    /// This organisation keeps who respondents are, or does not.
    Respondents(String, RespondentsView),
    /// Something else.
    Other,
}

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Which.
    pub key: [u8; 16],
    /// How many directors have to sign to let in or change, and to let go or revoke.
    pub thresholds: (u8, u8),
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
    /// Whether it keeps who respondents are.
    pub respondents: RespondentsView,
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
    /// They decide who works in their organisation.
    pub directs: bool,
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
    /// Only of a sheet: the numbers by which its three parts are known, once it has been split.
    pub parts: Option<[u16; 3]>,
    /// Only of a sheet: it has let a browser in, so its words have been typed.
    pub used: bool,
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

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Squares on a side.
    pub side: u8,
    /// The dark squares, as the data of an SVG path.
    pub squares: Secret,
}

/// An invitation, to be shown. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The code, to be copied.
    pub code: String,
    /// The same code as a picture.
    pub picture: Picture,
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
    /// A person leaves; whoever takes their dossiers over; the words of the recovery sheet, where it takes them to pass on what their device
    /// watched over.
    Leave(PersonKey, Option<PersonKey>, Secret),
    /// Devices lose their access; the words of the sheet as above.
    Revoke(Vec<DeviceKey>, Secret),
    /// These people direct an organisation from now on.
    Directors {
        /// Which.
        organisation: [u8; 16],
        /// Who.
        people: Vec<PersonKey>,
        /// How many of them sign to let in or change, and to let go or revoke.
        thresholds: (u8, u8),
        /// The words of the recovery sheet.
        sheet: Secret,
    },
    /// The table of subcategories.
    Classes(ClassAsk),
    /// My organisation keeps who respondents are on this ground from now on, or does not; with why.
    Respondents(Option<LegalGround>, String),
    /// Not after all.
    Withdraw(u64),
    /// I sign too what another director decided, by its code.
    CoSign(String),
}

/// What a new device shows: either is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// Six words to read aloud.
    pub words: Vec<String>,
    /// The code, for whoever stands beside it.
    pub code: String,
    /// The same code as a picture.
    pub picture: Picture,
}

/// How somebody knows that it is the right device that knocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heard {
    /// This word was heard in the empty place.
    Word(String),
    /// This code was read from the screen of the new device.
    Code(String),
}

/// What is done with recovery sheets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum SheetAsk {
    /// Prepares sheets to be printed. Nothing changes yet. Answer: [`Answer::Printed`](crate::Answer::Printed), or
    /// [`Answer::Sheet`](crate::Answer::Sheet) when the words are wrong.
    Prepare {
        /// What for.
        work: SheetWork,
        /// The words of the sheet at work, or of two parts of it; empty for a first sheet.
        words: Secret,
        /// In three parts, any two of which are enough.
        split: bool,
        /// Language of the new words.
        language: crate::Language,
    },
    /// The words of one of the printed sheets or parts: when they are right, what was prepared counts from now on. Answer:
    /// [`Answer::Sheet`](crate::Answer::Sheet).
    Check(Secret),
    /// Forgets what was prepared. Answer: [`Answer::Done`](crate::Answer::Done).
    Stop,
    /// Do these words of a sheet or of one part fit? Answer: [`Answer::Sheet`](crate::Answer::Sheet).
    Rehearse(Secret),
}

/// What sheets are printed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetWork {
    /// A first sheet for me.
    New,
    /// A new one in the place of one that was used, or that somebody saw.
    Replace,
    /// The same sheet, in three parts.
    Split,
}

/// A sheet or a part of one, to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedSheet {
    /// Which part, 1 to 3, and the number by which it is known; none for a whole sheet.
    pub part: Option<(u8, u16)>,
    /// The words.
    pub words: Vec<Secret>,
    /// The words as a picture.
    pub picture: Picture,
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
    /// The word at this place, from 1, is a wrong one; all others are right.
    Wrong(u8),
    /// This part (1 to 3) fits the sheet of this person.
    Part(u8, String),
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
