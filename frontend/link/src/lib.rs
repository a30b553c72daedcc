//! What the desk's page and its worker say to each other: typed requests, answers and news, as postcard in a `Uint8Array`.
//!
//! The page never sees a key: nothing in here is one, but for the words that a person types or has to write down.
#![forbid(unsafe_code)]

mod extract;
mod figures;
mod files;
mod involved;
mod package;
mod people;
mod settings;
mod share;
mod unsorted;

pub use extract::*;
pub use figures::*;
pub use files::*;
pub use involved::*;
pub use package::*;
pub use people::*;
pub use settings::*;
pub use share::*;
pub use unsorted::*;

use serde::{Deserialize, Serialize};
use sluis_domain::classes::Classes;
use sluis_domain::figures::Figure;
use sluis_domain::vocabulary::{
    Category, Field, FieldName, Kind, Level, Origin, Risk, RiskGroup, Status, Subcategory, Tie,
    Tier,
};
use zeroize::Zeroize;

/// Text that must not linger: wiped when dropped, never shown by `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[zeroize(drop)]
pub struct Secret(pub String);

impl core::fmt::Debug for Secret {
    fn fmt(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        to.write_str("Secret(..)")
    }
}

/// Joins an answer to its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticket(pub u32);

/// A dossier, as the page names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DossierKey(pub [u8; 16]);

/// Page to worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Chosen by the page.
    pub ticket: Ticket,
    /// What is asked.
    pub ask: Ask,
}

/// What a page may ask.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// First message of every page: what state is this browser in? Answer: [`Answer::Start`].
    Start,
    /// A fresh passphrase of six words. Answer: [`Answer::Passphrase`].
    ProposePassphrase,
    /// Is this own passphrase strong enough? Answer: [`Answer::Strength`].
    JudgePassphrase(Secret),
    /// First-run set-up, all of it. Progress comes meanwhile. Answer: [`Answer::SetUpDone`].
    SetUp(SetUpForm),
    /// Are these the words on the printed sheet? Answer: [`Answer::SheetFits`].
    RehearseSheet(Secret),
    /// Opens the vault of this browser (`person` chooses one in a demonstration). Progress comes meanwhile. Answer: [`Answer::Unlocked`].
    Unlock {
        /// Which person of a demonstration; `None` for this browser's own vault.
        person: Option<u8>,
        /// What was typed; empty in a demonstration.
        passphrase: Secret,
        /// What the authenticator answered, in hexadecimal digits; empty without a second lock.
        second: Secret,
    },
    /// Locks at once. The page drops its model and ends the worker; the worker wipes what it holds. Answer: [`Answer::Done`].
    Lock,
    /// Makes a dossier by hand. Answer: [`Answer::Dossier`].
    NewDossier(NewDossier),
    /// Opens a dossier and keeps its view fresh ([`News::Dossier`]) until another is opened. Marks it as seen. Answer: [`Answer::Dossier`].
    Open(DossierKey),
    /// No dossier is open any more. Answer: [`Answer::Done`].
    Close,
    /// Sets one field. Answer: [`Answer::Done`] once it is durable in the outbox.
    Set(DossierKey, Field),
    /// Adds a note. Answer as [`Ask::Set`].
    Note(DossierKey, Lane, String),
    /// Sends a reply to the reporter. Answer as [`Ask::Set`].
    Reply(DossierKey, String),
    /// Keeps what is being typed, sealed (empty text: forgets it). Answer: [`Answer::Done`].
    Draft(DossierKey, DraftSlot, String),
    /// Tries the connection now. Answer: [`Answer::Done`].
    SyncNow,
    /// This person's devices, team and organisation, for the settings page. Answer: [`Answer::Profile`].
    Profile,
    /// What does another director ask me to sign too? Answer: [`Answer::Decision`].
    ReadProposal(String),
    /// A decision about people or devices. Answer: [`Answer::Done`] once it is durable, or [`Answer::Sheet`] when the words of the sheet are wrong; [`News::Refused`] when the server refuses it later.
    Office(Office),
    /// An invitation for somebody to be let in. Answer: [`Answer::Invitation`], or [`Answer::Sheet`] when the words of the sheet are wrong.
    /// [`News::Knocked`] follows when somebody answers it.
    Invite(Admission),
    /// Lets in who knocked: this word was heard, or this code read. Answer: [`Answer::Done`]; [`Fault::WordsDiffer`] ends the invitation.
    LetIn(Heard),
    /// I accept the regulation of access. Answer: [`Answer::Done`].
    AcceptRegulation,
    /// Nobody waits for an answer to the invitation any more. Answer: [`Answer::Done`].
    StopInviting,
    /// Is this an invitation of this site? Answer: [`Answer::InvitationFits`].
    ReadInvitation(String),
    /// Makes keys and knocks. Progress comes meanwhile. Answer: [`Answer::Joining`].
    Join {
        /// The invitation's code.
        invitation: String,
        /// What will open the vault.
        passphrase: Secret,
    },
    /// Waits until this browser is let in. Answer: [`Answer::Unlocked`].
    AwaitEntry,
    /// Whose recovery sheet is this? Answer: [`Answer::Sheet`].
    ReadSheet(Secret),
    /// Brings this browser to work with the recovery sheet. Progress comes meanwhile. Answer: [`Answer::Unlocked`].
    Restore {
        /// The words of the sheet.
        words: Secret,
        /// What will open the vault.
        passphrase: Secret,
        /// Browsers that lose their access.
        lost: Vec<DeviceKey>,
    },
    /// Recovery sheets: printing, splitting, replacing, rehearsing.
    Sheets(SheetAsk),
    /// Takes the vault of this browser away. Answer: [`Answer::Done`].
    Forget,
    /// Changes who may do what in a dossier. Answer as [`Ask::Set`].
    Share(DossierKey, ShareAsk),
    /// Who a dossier can be shared with. Answer: [`Answer::Parties`].
    Parties,
    /// The log of a dossier as a file, with its signatures. Answer: [`Answer::File`].
    SaveLog(DossierKey),
    /// Who can read and write what. Answer: [`Answer::AccessMap`].
    AccessMap,
    /// What shows others that an alarm is right, as a file: two signed things that contradict each other. Answer: [`Answer::File`].
    SaveProof(Option<DossierKey>, AlarmKind),
    /// A person has dealt with the two lists of members. Answer: [`Answer::Done`]; if they are still there, the alarm comes back.
    SettleFork,
    /// Makes an extract of a dossier for advisers. In an extract, [`Ask::Note`] gives an opinion. Answer as [`Ask::Set`].
    MakeExtract(DossierKey, Box<NewExtract>),
    /// Ties two dossiers together as one incident, or takes that back. Answer as [`Ask::Set`].
    Tie(DossierKey, DossierKey, bool),
    /// Makes a report out of an advice question. Answer: [`Answer::Dossier`].
    Grow(DossierKey),
    /// Writes down that the dossier is printed. Answer as [`Ask::Set`].
    Printed(DossierKey),
    /// Looks for words in everything that I may read. Answer: [`Answer::Found`].
    Search(String),
    /// Keeps these filters in place of those before. Answer: [`Answer::Done`].
    KeepFilters(Vec<SavedFilter>),
    /// Decides about a conversation of [`News::Unsorted`]. Answer as [`Ask::Set`].
    Sort(DossierKey, Sorting),
    /// Something about the people of a dossier. Answer as [`Ask::Set`], unless it says otherwise.
    Person(DossierKey, PersonAsk),
    /// What stays of a dossier for the figures when it is closed. Answer: [`Answer::Figure`].
    Figure(DossierKey),
    /// The rows of closed dossiers; [`News::Figures`] follow when there are new ones. Answer: [`Answer::Figures`], or [`Fault::NotAllowed`].
    Figures,
    /// Packs a dossier for another Sluis. Answer: [`Answer::Packed`].
    Pack(DossierKey, PackForm),
    /// Opens a package with these words: the file that comes beside this message, or the last one that did. Answer: [`Answer::Package`].
    OpenPackage(Secret),
    /// Makes a dossier of the package that was opened last. Each entry gets a line above it that says who said it. Answer: [`Answer::Dossier`].
    TakePackage(Vec<String>),
    /// Something about files. Answer: [`Answer::Done`] once it has begun; [`News::Transfers`] say how far it is.
    File(FileAsk),
    /// From now on the vault opens with the passphrase and this authenticator only, which answered twice. Answer: [`Answer::Profile`].
    LockTwice {
        /// What opens the vault now.
        passphrase: Secret,
        /// The authenticator.
        lock: SecondLock,
        /// Its two answers, in hexadecimal digits.
        answers: [Secret; 2],
    },
    /// From now on the passphrase is enough. Answer: [`Answer::Profile`].
    LockOnce {
        /// What opens the vault now.
        passphrase: Secret,
        /// What the authenticator answered, in hexadecimal digits.
        second: Secret,
    },
}

/// An authenticator that has to be there beside the passphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondLock {
    /// Name of the key in the authenticator.
    pub credential: Vec<u8>,
    /// What it is asked.
    pub salt: [u8; 32],
}

/// What first-run set-up needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetUpForm {
    /// The one-time code that the server printed.
    pub code: Secret,
    /// Name of the organisation (the centre).
    pub organisation: String,
    /// Name of the line, as reporters see it.
    pub line: String,
    /// Name of the person at the keyboard.
    pub person: String,
    /// The passphrase that will open this browser's vault.
    pub passphrase: Secret,
    /// Language of the words on the recovery sheet.
    pub language: Language,
}

/// A language of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// English.
    English,
}

/// A dossier made by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewDossier {
    /// Report or advice question.
    pub kind: Kind,
    /// How it came.
    pub origin: Origin,
    /// Fields filled in already.
    pub fields: Vec<Field>,
}

/// Who a note is for. (What goes to the reporter is a reply.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lane {
    /// Everyone who may read the dossier.
    #[default]
    Team,
    /// Nobody but its author.
    Me,
}

/// Where a draft belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DraftSlot {
    /// The reply box.
    Reply,
    /// The note box.
    Note,
}

/// Worker to page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Tell {
    /// Answers a request, once.
    Answer(Ticket, Result<Answer, Fault>),
    /// How far a request is.
    Progress(Ticket, Progress),
    /// Something that the page should show.
    News(News),
}

/// How far long work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Which part of the work.
    pub stage: Stage,
    /// Done, in thousandths of the whole request.
    pub permille: u16,
}

/// Parts of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Turning the passphrase into a key.
    Stretching,
    /// Making keys.
    MakingKeys,
    /// Reading this browser's storage.
    Reading,
    /// Talking to the server.
    Syncing,
}

/// Answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Ask::Start`].
    Start(Start),
    /// To [`Ask::ProposePassphrase`].
    Passphrase(Secret),
    /// To [`Ask::JudgePassphrase`].
    Strength(Strength),
    /// To [`Ask::SetUp`]: what has to be printed now. The vault is open.
    SetUpDone(Sheet, Box<Profile>),
    /// To [`Ask::RehearseSheet`].
    SheetFits(bool),
    /// To [`Ask::Unlock`]. Rows follow as [`News::Rows`].
    Unlocked(Box<Profile>),
    /// To [`Ask::Open`] and [`Ask::NewDossier`].
    Dossier(Box<DossierView>),
    /// To [`Ask::Profile`].
    Profile(Box<Profile>),
    /// To [`Ask::Parties`].
    Parties(Vec<PartyView>),
    /// To [`Ask::SaveLog`].
    File(Vec<u8>),
    /// To [`Ask::AccessMap`].
    AccessMap(Box<AccessMap>),
    /// To [`Ask::Invite`].
    Invitation(Invitation),
    /// To [`Ask::ReadInvitation`].
    InvitationFits(bool),
    /// To [`Ask::Join`]: what to show.
    Joining(Joining),
    /// To [`Ask::ReadSheet`].
    Sheet(SheetRead),
    /// To [`Ask::ReadProposal`].
    Decision(Decision),
    /// To [`SheetAsk::Prepare`].
    Printed(Vec<PrintedSheet>),
    /// To [`PersonAsk::Sweep`] and [`PersonAsk::Redact`].
    Findings(Vec<Finding>),
    /// The dossier has left this device.
    Gone(DossierKey),
    /// To [`Ask::Search`].
    Found(Found),
    /// To [`Ask::Pack`].
    Packed(Box<PackedFile>),
    /// To [`Ask::OpenPackage`].
    Package(Box<PackageView>),
    /// To [`Ask::Figure`]: the row, with any reason in it; nothing when there is one already, or none is made.
    Figure(Option<Box<Figure>>),
    /// To [`Ask::Figures`].
    Figures(Box<FiguresView>),
    /// Done; nothing to say.
    Done,
}

/// What state this browser is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// The server has no organisation yet: set-up.
    SetUpNeeded,
    /// This browser has a vault: unlock.
    Locked,
    /// A demonstration: choose a person.
    Demonstration(Vec<DemoPerson>),
    /// Set up, but this browser has no vault: a colleague has to let it in.
    NoVault,
    /// Another tab of this browser holds the vault (decision 32).
    OtherTab,
    /// The server cannot be reached and this browser has no vault.
    Unreachable,
    /// This browser has a vault with a second lock: unlock with both.
    LockedTwice(SecondLock),
}

/// One of the people of a demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    /// Their place in the list.
    pub number: u8,
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// Their role.
    pub role: StaffRole,
}

/// How strong a passphrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    /// Refused.
    Weak,
    /// Good enough.
    Strong,
}

/// The recovery sheet, to be printed: the seed of the paper device as words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// 24 words.
    pub words: Vec<Secret>,
    /// Compared by voice: which deployment it belongs to.
    pub control_code: String,
    /// Places (from 0) of the two words that the rehearsal should ask; it asks for all when empty.
    pub ask: Vec<u8>,
}

/// The person at the keyboard and what surrounds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Name of the person.
    pub person: String,
    /// Id of the person, as [`Field::Handler`] has it.
    pub member: [u8; 16],
    /// Roles.
    pub roles: Vec<StaffRole>,
    /// Name of the organisation.
    pub organisation: String,
    /// Names of the lines whose reports arrive here.
    pub lines: Vec<String>,
    /// Colleagues who may be chosen as handler: id and name.
    pub colleagues: Vec<([u8; 16], String)>,
    /// Idle minutes before the desk locks itself.
    pub lock_minutes: u8,
    /// The deployment is a demonstration.
    pub demonstration: bool,
    /// Standing warnings.
    pub warnings: Vec<Warning>,
    /// Compared by voice: the deployment's genesis, as groups of digits.
    pub control_code: String,
    /// May see the figures of closed dossiers.
    pub counts: bool,
    /// The authenticator without which this browser's vault does not open.
    pub second_lock: Option<SecondLock>,
    /// The table of subcategories.
    pub classes: Classes,
}

/// Roles of staff, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffRole {
    /// Authorises staff.
    Director,
    /// Watches over all.
    Coordinator,
    /// Handles dossiers.
    CaseManager,
    /// Sees status only.
    ConfidentialAdviser,
    /// Sits on a panel or committee.
    PanelMember,
    /// Reads for the board.
    BoardReader,
    /// Advises when invited.
    AdvisoryMember,
    /// An outside expert, when invited.
    Expert,
    /// May be chosen by every federation.
    AllFederations,
}

/// What is not as it should be, though work can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// One root key, on one sheet of paper.
    OneRootKey,
    /// One witness.
    OneWitness,
    /// `site.json` names no genesis, or the server says it is not in use.
    GenesisNotPinned,
    /// The newest snapshot is this many days old (3 or more).
    SnapshotOld(u16),
    /// The server's clock and this device's differ by more than a day.
    ClockOff,
    /// My recovery sheet has been used: its words have been typed.
    SheetUsed,
}

/// News that come by themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum News {
    /// Rows that are new or changed. After unlocking the first of these has `first: true` and holds what storage knew.
    Rows {
        /// First after unlocking.
        first: bool,
        /// New or changed.
        rows: Vec<Row>,
    },
    /// Dossiers that are not here any more.
    Gone(Vec<DossierKey>),
    /// A fresh view of the open dossier.
    Dossier(Box<DossierView>),
    /// The state of the connection.
    Link(Link),
    /// Something that a person has to know.
    Alarm(Alarm),
    /// The profile changed (a colleague came, a warning went).
    Profile(Box<Profile>),
    /// What waits about sharing.
    Shares(Box<Shares>),
    /// New conversations that wait for a decision, whoever waits longest first.
    Unsorted(Vec<UnsortedView>),
    /// Everybody who has access: after unlocking, and whenever somebody came, went or changed.
    People(Box<People>),
    /// Somebody answered my invitation.
    Knocked(Knock),
    /// Nobody did in time.
    InvitationOver,
    /// The filters that I keep: after unlocking.
    Filters(Vec<SavedFilter>),
    /// The server or the rules refuse what I decided about people.
    Refused(Fault),
    /// The server says that this browser's access was revoked.
    Revoked,
    /// Another tab took the vault: this one has to lock.
    TakenOver,
    /// There are new rows of closed dossiers.
    Figures(Box<FiguresView>),
    /// All files on their way.
    Transfers(Vec<Transfer>),
    /// A file has been read; what can be seen of it comes beside this message.
    FileRead(FileKey, FileSight),
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Dossiers in whose text at least one word stands, with the words as bits: the first is the lowest.
    pub hits: Vec<(DossierKey, u32)>,
    /// Words (as bits) that stand in no text; similar ones were looked for in their place.
    pub near: u32,
}

/// A way to look at the table of dossiers, kept under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFilter {
    /// Its name.
    pub name: String,
    /// What is searched for.
    pub query: String,
    /// Who and where: place in the row of groups.
    pub group: u8,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this category.
    pub category: Option<Category>,
    /// Only this status.
    pub status: Option<Status>,
}

/// State of the connection, always visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// Everything is sent and fetched.
    Synced,
    /// Busy; this many changes wait to be sent.
    Syncing(u32),
    /// No connection; this many changes are safe here and wait.
    Offline(u32),
}

/// How [`Row`] and [`Profile`] are laid out where they are kept: one more whenever either changes.
pub const LAYOUT: u16 = 3;

/// A row of the dossier table and of the work list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which dossier.
    pub key: DossierKey,
    /// Its number, as people say it: for instance `K7Q-2MD`.
    pub number: String,
    /// Report or advice question.
    pub kind: Kind,
    /// How it came.
    pub origin: Origin,
    /// Where it stands.
    pub status: Status,
    /// Category and subcategory.
    pub classification: Option<(Category, Option<Subcategory>)>,
    /// Federation.
    pub federation: String,
    /// Sport.
    pub sport: String,
    /// Level.
    pub level: Option<Level>,
    /// First words of the story, at most 120 characters.
    pub gist: String,
    /// Name of the handler, empty for nobody.
    pub handler: String,
    /// Whether I am the handler.
    pub mine: bool,
    /// Club.
    pub club: String,
    /// Risk.
    pub risk: Option<Risk>,
    /// What help the body that asks can get.
    pub tier: Option<Tier>,
    /// Words of one's own to find it by.
    pub tags: Vec<String>,
    /// Messages of the reporter that I have not seen.
    pub unread: u32,
    /// The last message of the conversation is the reporter's: an answer is due since this time (unix seconds).
    pub waiting_since: Option<u64>,
    /// When it came to be (unix seconds).
    pub opened: u64,
    /// Last activity (unix seconds).
    pub active: u64,
    /// Noon of the last day on which it may stay open, while it is (unix seconds).
    pub ends: Option<u64>,
    /// Changes of mine that wait to be sent.
    pub pending: u32,
    /// Something is wrong with it: see its alarms.
    pub alarmed: bool,
}

/// A dossier, whole, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierView {
    /// The same facts as in the table.
    pub row: Row,
    /// Conversation with the reporter; empty for a dossier made by hand.
    pub conversation: Vec<Bubble>,
    /// The reporter can be answered.
    pub can_reply: bool,
    /// The reporter said: my federation may read this.
    pub federation_may_read: Option<bool>,
    /// First story.
    pub first_story: String,
    /// What happened.
    pub happened: String,
    /// What is asked.
    pub asked: String,
    /// Id of the handler.
    pub handler: Option<[u8; 16]>,
    /// Groups at more risk.
    pub groups: Vec<RiskGroup>,
    /// The other dossiers of its incident, and those that it grew out of or into.
    pub ties: Vec<(DossierKey, Tie)>,
    /// Fields that people set without knowing of each other.
    pub conflicts: Vec<Conflict>,
    /// Notes, oldest first.
    pub notes: Vec<NoteView>,
    /// Who may read and write.
    pub access: Vec<Access>,
    /// What can be done about it.
    pub share: ShareView,
    /// Who did what, newest first.
    pub log: Vec<LogLine>,
    /// What is wrong with it.
    pub alarms: Vec<Alarm>,
    /// What its readers get to see, when it is an extract of another dossier.
    pub extract: Option<ExtractView>,
    /// Extracts that were made of it, with what came back.
    pub advice: Vec<AdviceView>,
    /// Files, oldest first.
    pub files: Vec<FileView>,
    /// What was being typed.
    pub reply_draft: String,
    /// What was being typed.
    pub note_draft: String,
    /// The people, by their numbers.
    pub people: Vec<InvolvedView>,
    /// How it was closed, while it is.
    pub closing: Option<ClosingView>,
    /// A closing of mine is on its way.
    pub closing_pending: bool,
    /// On what ground who respondents are is kept in it, while it is.
    pub ground: Option<LegalGround>,
}

/// A field with more than one value: all stay in sight until somebody chooses one by setting it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Which field.
    pub field: FieldName,
    /// Its values; the last one is shown as the field's.
    pub choices: Vec<Choice>,
}

/// One of the values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value.
    pub value: Field,
    /// The name that a [`Field::Handler`] stands for; otherwise empty.
    pub person: String,
    /// Who chose it.
    pub author: String,
    /// When (unix seconds).
    pub time: u64,
}

/// One message of the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bubble {
    /// Who wrote it: `None` for the reporter, otherwise the name of the colleague.
    pub staff: Option<String>,
    /// Colleague is me.
    pub mine: bool,
    /// What it says, text as typed.
    pub text: String,
    /// Files that came with it: what they are called.
    pub files: Vec<String>,
    /// When (unix seconds): of a reporter's message, when it was imported.
    pub time: u64,
    /// Only for ours: whether it lies on the board.
    pub sent: Sent,
}

/// How far a change of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sent {
    /// Safe on this device, waits for the connection.
    Waiting,
    /// The server has it.
    Stored,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// Who wrote it.
    pub author: String,
    /// When (unix seconds).
    pub time: u64,
    /// Who it is for.
    pub lane: Lane,
    /// What it says.
    pub text: String,
    /// Whether the server has it.
    pub sent: Sent,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When (unix seconds).
    pub time: u64,
    /// Who; empty for a device that is not known.
    pub author: String,
    /// What.
    pub what: LogKind,
    /// Signature, right and chain were checked on this device.
    pub verified: bool,
}

/// What happened, for the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogKind {
    /// The dossier came to be.
    Opened,
    /// A message of the reporter was taken in.
    MessageImported,
    /// A reply was sent.
    ReplySent,
    /// A field got another value.
    FieldSet(FieldName),
    /// A note was added.
    NoteAdded,
    /// It was tied to another one, or not any more.
    Tied,
    /// It was printed.
    Printed,
    /// It was exported with others.
    Exported,
    /// Somebody read the dossier, for the first time on that day.
    Looked,
    /// The dossier's keys were renewed.
    KeysRenewed,
    /// Someone got access or lost it.
    AccessChanged(Vec<AccessChange>),
    /// Somebody answered to access that they were given: who, and whether they take it.
    AccessAnswered(String, bool),
    /// This person is kept out for good.
    ShutOut(String),
    /// A kind of event that this version does not know (its number); it is kept.
    Unknown(u16),
    /// This dossier was made as an extract.
    ExtractMade,
    /// An adviser gave an opinion.
    OpinionGiven,
    /// Advisers were asked about an extract.
    AdviceAsked,
    /// An opinion came back.
    OpinionReturned,
    /// The person with this number was added.
    PersonAdded(u16),
    /// What is noted of the person with this number changed.
    PersonChanged(u16),
    /// The person with this number was taken off the list.
    PersonRemoved(u16),
    /// How to reach the person with this number was noted.
    ContactSealed(u16),
    /// How to reach the person with this number was destroyed.
    ContactErased(u16),
    /// The dossier was closed.
    Closed,
    /// A device holds nothing of the people any more.
    Shredded,
    /// Words were taken out.
    Redacted,
    /// A file was added.
    FileAdded,
    /// A file was taken away.
    FileRemoved,
    /// What stays of it for the figures was written down.
    FigureKept,
    /// It was packed for another Sluis, with or without how to reach people.
    PackageMade(bool),
    /// It came in a package: of which organisation, by its own word, and what it was called there.
    PackageTaken(String, String),
}

/// What the machinery found wrong, named by object (docs/protocol.md 8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// What is wrong.
    pub kind: AlarmKind,
    /// In which dossier, if in one.
    pub dossier: Option<DossierKey>,
    /// It can be shown to others ([`Ask::SaveProof`]).
    pub provable: bool,
}

/// Kinds of alarm: what happened, in the catalogue's words `alarm-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlarmKind {
    /// Two different histories of the directory.
    DirectoryFork,
    /// The server shows an older directory than before.
    DirectoryRolledBack,
    /// A directory entry that the rules refuse.
    DirectoryRefused,
    /// A statement of keys that the rules refuse.
    StatementRefused,
    /// The server has keys that it does not show me, or witnesses vouch for others than I was shown.
    KeysWithheld,
    /// The server shows an older state than before.
    ServerRolledBack,
    /// An answer of the server cannot be read.
    AnswerDamaged,
    /// My own wrap of a team key is missing or wrong (box audit).
    TeamKeyWrong,
    /// A dossier's control chain has two different entries with one number: read-only.
    ControlFork,
    /// The server shows a shorter or older control chain than before.
    ControlRolledBack,
    /// A control entry that the rules refuse.
    ControlRefused,
    /// A wrap gave another key than the one that the control entry promises.
    WrongWrap,
    /// An event is missing that others build on.
    EventMissing,
    /// An event that I sent is no longer listed.
    OwnEventGone,
    /// Damaged, forged or misplaced event.
    EventRefused,
    /// Two events of one author with one number: a cloned device, or worse.
    Equivocation,
    /// The server lists fewer events than before.
    EventsRolledBack,
    /// A message in the queue is damaged.
    IntakeDamaged,
    /// A reply of ours could not be put on the board: its place is taken by other bytes.
    BoardTaken,
    /// This browser's storage was put back to an older state.
    VaultRolledBack,
    /// A row of this browser's storage does not open.
    VaultDamaged,
    /// Contact data is not shown, though nobody destroyed it.
    ContactWithheld,
    /// The server shows older contact data than was written.
    ContactRolledBack,
    /// Contact data, or the server's word that it is gone, does not hold.
    ContactWrong,
    /// A file is not at the server any more although nobody took it away.
    FileMissing,
    /// A file is not what was written down about it.
    FileDamaged,
}

/// Why a request failed. The catalogue has two texts for each: what happened (`err-…`), what you can do (`rec-…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// The passphrase does not open the vault.
    WrongPassphrase,
    /// The set-up code is wrong or used.
    WrongSetUpCode,
    /// A field of a form is empty or too long.
    Incomplete,
    /// The server cannot be reached; nothing was lost.
    Offline,
    /// The server is busy.
    Busy,
    /// The server refused; what was typed is kept.
    Refused,
    /// This browser has not enough memory for the lock.
    NoMemory,
    /// This browser's storage cannot be written.
    Storage,
    /// The vault is locked.
    Locked,
    /// There is no such dossier here.
    NoDossier,
    /// The text is longer than fits.
    TooLong,
    /// You may not change this dossier.
    NotAllowed,
    /// Access to this dossier was taken back.
    TakenBack,
    /// Nobody would be left who decides who has access.
    LastSteward,
    /// Whoever it is to be shared with is not there any more.
    NoParty,
    /// Somebody who was shut out of this dossier is among them.
    ShutOut,
    /// The directory was not confirmed for a week: nothing is shared outside the organisation.
    DirectoryOld,
    /// No agreement about sharing is on file with that organisation.
    NoAgreement,
    /// There are two directories: nobody is given access.
    DirectoryForked,
    /// Only the team that the reporter wrote to answers the reporter.
    NotOfTeam,
    /// There is nothing to answer any more.
    NoOffer,
    /// The vault is of a newer version of this program.
    NewerVault,
    /// The invitation has run out or was used.
    InvitationOver,
    /// The words that were compared are not the same.
    WordsDiffer,
    /// Only a director may decide this.
    NotDirector,
    /// The keys that it takes have not arrived.
    NotReady,
    /// The rules for people and teams do not allow it.
    AgainstRules,
    /// A confidential adviser belongs to no team.
    StatusOnly,
    /// Nobody would be left who vouches for what reporters are shown.
    LastWitness,
    /// It was signed on another state of the list of members, or is no such code.
    Outdated,
    /// Something that should not happen.
    Internal,
    /// Contact data of an accused person is not kept.
    RespondentUnnamed,
    /// Contact data that was destroyed does not come back.
    ContactGone,
    /// Contact data has to be destroyed first.
    ContactLeft,
    /// A field has two values: choose first.
    Disputed,
    /// There is no such person on the list any more.
    NoPerson,
    /// The dossier is closed.
    Closed,
    /// No authenticator answered: there is none, another one, or somebody turned back.
    NoAuthenticator,
    /// The authenticator has no secret function, or answers something else each time.
    AuthenticatorUnfit,
    /// The subcategory is not offered any more, or not known here.
    NotOffered,
    /// Settings were changed by somebody else meanwhile.
    SettingsMoved,
    /// The file is larger than fits.
    FileTooLarge,
    /// Details about place and device cannot be taken out of this picture.
    NotCleaned,
    /// The file is not at the server.
    FileGone,
    /// The file is not what was written down about it.
    FileDamaged,
    /// These are not eight words that belong together.
    PackageWords,
    /// Another file than a package, or only a part of one.
    PackageNotWhole,
    /// A package of a newer version.
    PackageNewer,
    /// Larger than a package may be.
    PackageTooLarge,
    /// The words belong to another package, or it was changed.
    PackageShut,
    /// A package that holds what no Sluis writes.
    PackageStrange,
}
