//! The desk as data: [`Model`], what can happen to it ([`Msg`]) and what it asks for ([`Effect`]).
//!
//! Nothing in here touches a screen, a clock, the network or a worker, so that every step can be tested natively.
//! No key ever comes in here; a passphrase does only for as long as it is being typed.

pub(crate) mod alarm;
pub(crate) mod bond;
pub(crate) mod desk;
pub(crate) mod dossier;
pub(crate) mod edit;
pub(crate) mod enrol;
pub(crate) mod extract;
pub(crate) mod figures;
pub(crate) mod files;
pub(crate) mod gate;
pub(crate) mod involved;
pub(crate) mod lock;
pub(crate) mod newcomer;
pub(crate) mod package;
pub(crate) mod people;
pub(crate) mod setup;
pub(crate) mod share;
pub(crate) mod sheets;
pub(crate) mod table;
pub(crate) mod tally;
pub(crate) mod toast;
pub(crate) mod unsorted;
pub(crate) mod work;

use std::rc::Rc;

use sluis_kit::i18n::{Language, Locale};
use sluis_kit::page::Scheme;
use sluis_link::{
    AlarmKind, Answer, Ask, DossierKey, DraftSlot, Fault, News, Request, Secret, Tell, Ticket,
};

use crate::route::Route;
use bond::BondMsg;
use desk::{Desk, DeskMsg};
use dossier::DossierMsg;
use enrol::EnterMsg;
use extract::ExtractMsg;
use files::FileMsg;
use gate::{Gate, GateMsg};
use involved::PersonMsg;
use lock::{LockMsg, Touch, Touched};
use newcomer::NewMsg;
use package::PackageMsg;
use people::PeopleMsg;
use setup::{SetUp, SetUpMsg};
use share::ShareMsg;
use sheets::SheetMsg;
use sluis_domain::vocabulary::FieldName;
use table::TableMsg;
use tally::TallyMsg;
use toast::Toasts;
use unsorted::UnsortedMsg;

/// Milliseconds that a lock waits for the worker's word before it ends it anyway.
const LOCK_PATIENCE: u32 = 3_000;

/// All that the page knows.
#[derive(Debug)]
pub(crate) struct Model {
    /// Language of every word.
    pub(crate) locale: Locale,
    /// Colours.
    pub(crate) scheme: Scheme,
    /// The page that the address names.
    pub(crate) route: Route,
    /// Now, in unix seconds, as of the last tick.
    pub(crate) now: u64,
    /// Where the desk is: before the door, setting up, or open.
    pub(crate) phase: Phase,
    /// Short messages.
    pub(crate) toasts: Toasts,
    /// There is a newer version of this page: it comes after the next lock.
    pub(crate) newer: bool,
    /// Counts the workers: what an earlier one said is not heard.
    generation: u32,
    next_ticket: u32,
    /// What is asked and not answered yet: a handful at most.
    waiting: Vec<(Ticket, Purpose)>,
    /// News that came before the desk was open.
    early: Vec<News>,
}

/// Where the desk is. These exclude each other; locking drops the open one whole.
#[derive(Debug)]
pub(crate) enum Phase {
    /// The worker is asked what state this browser is in.
    Starting {
        /// The person to go on with, when switching in a demonstration.
        person: Option<u8>,
    },
    /// The worker does not answer or could not start.
    Broken,
    /// Before the door.
    Gate(Gate),
    /// First-run set-up.
    SetUp(Box<SetUp>),
    /// Unlocked.
    Open(Box<Desk>),
    /// Locking: the model is dropped, the worker gets a moment to keep the drafts.
    Locking {
        /// The person to go on with.
        person: Option<u8>,
    },
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Purpose {
    Start,
    Propose,
    Judge,
    SetUp,
    Rehearse,
    Unlock,
    Lock,
    Create,
    Open(DossierKey),
    Set(DossierKey, FieldName),
    Note(DossierKey),
    Reply(DossierKey),
    SaveLog,
    SaveProof,
    SettleFork,
    File,
    /// With the number of the last stroke that it holds.
    Draft(DossierKey, DraftSlot, u32),
    Profile,
    Share(DossierKey),
    Extract,
    Person(DossierKey),
    Figure(DossierKey),
    Figures,
    Pack,
    Package,
    SecondLock,
    Sort(DossierKey),
    Parties,
    AccessMap,
    Search,
    Tie,
    Grow,
    Office,
    ReadProposal,
    Sheets,
    Invite,
    LetIn,
    ReadInvitation,
    Join,
    AwaitEntry,
    ReadSheet,
    Restore,
    Forget,
    /// Its answer changes nothing.
    Nothing,
}

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum Msg {
    /// The page has come up.
    Began,
    /// The worker of this generation said something.
    Told(u32, Rc<Tell>),
    /// The worker of this generation broke or could not start.
    WorkerBroke(u32),
    /// The time, in unix seconds.
    Tick(u64),
    /// Somebody is there: a key, a pointer.
    Active,
    /// The address names another page.
    Routed(Route),
    /// Another language.
    Spoken(Language),
    /// Other colours.
    Coloured(Scheme),
    /// Lock now.
    Lock,
    /// There is a newer version of this page.
    Newer,
    /// Lock took too long.
    LockOverdue(u32),
    /// Go on as another person of the demonstration.
    Switch(u8),
    /// Try to start again.
    StartAgain,
    /// Print the page.
    Print,
    /// Copy a text.
    Copy(Secret),
    /// It was copied, or not.
    Copied(bool),
    /// A toast's time is over, or it was closed.
    ToastGone(u32),
    /// Before the door.
    Gate(GateMsg),
    /// Set-up.
    SetUp(SetUpMsg),
    /// The open desk.
    Desk(DeskMsg),
    /// The table of dossiers.
    Table(TableMsg),
    /// The open dossier.
    Dossier(DossierMsg),
    /// The form for a new dossier.
    New(NewMsg),
    /// People and their devices.
    People(PeopleMsg),
    /// The way into an empty browser.
    Enter(EnterMsg),
    /// The code in a picture, if there is one.
    Scanned(Option<Secret>),
    /// Sharing.
    Share(ShareMsg),
    /// Recovery sheets.
    Sheets(SheetMsg),
    /// The second lock of the vault.
    SecondLock(LockMsg),
    /// An authenticator answered, or nobody touched one.
    Touched(Option<Touched>),
    /// An extract in the making.
    Extract(ExtractMsg),
    /// Save what shows others that an alarm is right.
    SaveProof(Option<DossierKey>, AlarmKind),
    /// The two lists of members are dealt with.
    SettleFork,
    /// What belongs together.
    Bond(BondMsg),
    /// People of the open dossier.
    Person(PersonMsg),
    /// Files.
    File(FileMsg),
    /// New conversations that wait for a decision.
    Unsorted(UnsortedMsg),
    /// The figures of closed dossiers.
    Tally(TallyMsg),
    /// Packages to another Sluis and from one.
    Package(PackageMsg),
}

/// What the shell is to do.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// End the worker, if one runs, and start the one of this generation.
    StartWorker(u32),
    /// End the worker.
    EndWorker,
    /// Send this to the worker.
    Send(Request),
    /// Bring this message after so many milliseconds.
    After(u32, Box<Msg>),
    /// Put this page into the address, as a new step or in place of the last one.
    Address(Route, Step),
    /// Print.
    Print,
    /// Copy to the clipboard.
    Copy(Secret),
    /// Move the keyboard to the element with this id.
    Focus(&'static str),
    /// Scroll the page to its top.
    Top,
    /// Scroll the conversation to its end.
    ConversationEnd,
    /// Load the page anew.
    Reload,
    /// Hand over a file with this name.
    File(String, Vec<u8>),
    /// Ask for the touch of an authenticator.
    Touch(Touch),
    /// Send this to the worker, with the picked file of this number beside it.
    SendFile(u32, Request),
    /// Put the file that has been read into the page.
    ShowFile,
    /// Hand over the file that has been read, under this name.
    SaveFile(String),
    /// Let go of the file that has been read.
    ForgetFile,
    /// Look for a code with the camera.
    Scan,
    /// Switch the camera off.
    StopScanning,
    /// Language and colours of the whole page, kept for the next visit.
    Appearance(Language, Scheme),
}

/// How an address is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A step that the back button undoes.
    Push,
    /// In place of the last one.
    Replace,
}

impl Model {
    /// A page that has just come up.
    pub(crate) fn new(locale: Locale, scheme: Scheme, route: Route, now: u64) -> Self {
        Self {
            locale,
            scheme,
            route,
            now,
            phase: Phase::Starting { person: None },
            toasts: Toasts::default(),
            newer: false,
            generation: 0,
            next_ticket: 0,
            waiting: Vec::new(),
            early: Vec::new(),
        }
    }

    /// The open desk.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        match &self.phase {
            Phase::Open(desk) => Some(desk),
            _ => None,
        }
    }

    /// Opens the desk with all that came before.
    fn enter(&mut self, mut desk: Box<Desk>) {
        for news in core::mem::take(&mut self.early) {
            desk.hear(self.locale, news);
        }
        self.phase = Phase::Open(desk);
    }

    fn ask(&mut self, purpose: Purpose, ask: Ask) -> (Ticket, Effect) {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.waiting.push((ticket, purpose));
        (ticket, Effect::Send(Request { ticket, ask }))
    }

    /// A decision about people is being handed over.
    pub(crate) fn is_deciding(&self) -> bool {
        self.asked(&Purpose::Office)
    }

    /// Words of a sheet are being looked at.
    pub(crate) fn is_reading_sheet(&self) -> bool {
        self.asked(&Purpose::Sheets)
    }

    /// A package is being made, opened or taken in.
    pub(crate) fn is_packing(&self) -> bool {
        self.asked(&Purpose::Pack) || self.asked(&Purpose::Package)
    }

    /// An invitation is being made.
    pub(crate) fn is_inviting(&self) -> bool {
        self.asked(&Purpose::Invite)
    }

    /// Somebody is being let in.
    pub(crate) fn is_letting_in(&self) -> bool {
        self.asked(&Purpose::LetIn)
    }

    /// Whether this is being asked already.
    fn asked(&self, purpose: &Purpose) -> bool {
        self.waiting.iter().any(|(_, own)| own == purpose)
    }

    /// What this ticket was for. Each is answered once.
    fn answered(&mut self, ticket: Ticket) -> Option<Purpose> {
        let place = self.waiting.iter().position(|(own, _)| *own == ticket)?;
        Some(self.waiting.swap_remove(place).1)
    }

    fn start_worker(&mut self, person: Option<u8>) -> Vec<Effect> {
        self.generation = self.generation.wrapping_add(1);
        self.waiting.clear();
        self.early.clear();
        self.phase = Phase::Starting { person };
        let (_, start) = self.ask(Purpose::Start, Ask::Start);
        vec![Effect::StartWorker(self.generation), start]
    }

    /// Ends what the worker is doing by ending the worker; the page stays where it is. The new one takes the vault's lock again.
    fn renew_worker(&mut self) -> Vec<Effect> {
        self.generation = self.generation.wrapping_add(1);
        self.waiting.clear();
        self.early.clear();
        let (_, start) = self.ask(Purpose::Nothing, Ask::Start);
        vec![Effect::StartWorker(self.generation), start]
    }
}

/// Takes in one message and returns the work it asks for. Touches nothing else.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Began | Msg::StartAgain => {
            let mut effects = vec![Effect::Appearance(model.locale.language, model.scheme)];
            effects.extend(model.start_worker(None));
            effects
        }
        Msg::Told(generation, tell) if generation == model.generation => {
            // A message is taken in once, by the only one who has it.
            Rc::into_inner(tell).map_or_else(Vec::new, |tell| told(model, tell))
        }
        Msg::WorkerBroke(generation) if generation == model.generation => {
            model.waiting.clear();
            model.phase = Phase::Broken;
            vec![Effect::EndWorker]
        }
        Msg::Told(..) | Msg::WorkerBroke(_) => vec![],
        Msg::Tick(now) => tick(model, now),
        Msg::Active => {
            desk::active(model);
            dossier::look(model)
        }
        Msg::Routed(route) => routed(model, route),
        Msg::Spoken(language) => {
            model.locale = model.locale.with_language(language);
            if let Phase::Open(desk) = &mut model.phase {
                desk.speak(model.locale);
            }
            vec![Effect::Appearance(language, model.scheme)]
        }
        Msg::Coloured(scheme) => {
            model.scheme = scheme;
            vec![Effect::Appearance(model.locale.language, scheme)]
        }
        Msg::Lock => lock(model, None),
        Msg::Switch(person) => lock(model, Some(person)),
        Msg::LockOverdue(generation) => match model.phase {
            Phase::Locking { person } if generation == model.generation => locked(model, person),
            _ => vec![],
        },
        Msg::Newer => {
            model.newer = true;
            vec![]
        }
        Msg::Print => vec![Effect::Print],
        Msg::Copy(text) => vec![Effect::Copy(text)],
        Msg::Copied(done) => model.toasts.show(if done {
            toast::Words::Copied
        } else {
            toast::Words::NotCopied
        }),
        Msg::ToastGone(id) => {
            model.toasts.drop(id);
            vec![]
        }
        Msg::Gate(msg) => gate::update(model, msg),
        Msg::SetUp(msg) => setup::update(model, msg),
        Msg::Desk(msg) => desk::update(model, msg),
        Msg::Table(msg) => table::update(model, msg),
        Msg::Dossier(msg) => dossier::update(model, msg),
        Msg::New(msg) => newcomer::update(model, msg),
        Msg::People(msg) => people::update(model, msg),
        Msg::Enter(msg) => enrol::update(model, msg),
        // Whoever looks for one: a new device, or the desk that lets it in.
        Msg::Scanned(code) if model.desk().is_some() => people::admit::scanned(model, code),
        Msg::Scanned(code) => enrol::update(model, EnterMsg::Scanned(code)),
        Msg::Share(msg) => share::update(model, msg),
        Msg::Sheets(msg) => sheets::update(model, msg),
        Msg::SecondLock(msg) => lock::update(model, msg),
        Msg::Touched(touched) => match model.phase {
            Phase::Gate(_) => gate::touched(model, touched),
            _ => lock::touched(model, touched),
        },
        Msg::Extract(msg) => extract::update(model, msg),
        Msg::SaveProof(dossier, kind) => {
            vec![
                model
                    .ask(Purpose::SaveProof, Ask::SaveProof(dossier, kind))
                    .1,
            ]
        }
        Msg::SettleFork => vec![model.ask(Purpose::SettleFork, Ask::SettleFork).1],
        Msg::Bond(msg) => bond::update(model, msg),
        Msg::Person(msg) => involved::update(model, msg),
        Msg::File(msg) => files::update(model, msg),
        Msg::Unsorted(msg) => unsorted::update(model, msg),
        Msg::Tally(msg) => tally::update(model, msg),
        Msg::Package(msg) => package::update(model, msg),
    }
}

fn tick(model: &mut Model, now: u64) -> Vec<Effect> {
    model.now = now;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match desk.idle(now) {
        desk::Idle::No => share::look(model),
        desk::Idle::Over => lock(model, None),
    }
}

fn routed(model: &mut Model, route: Route) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        model.route = route;
        return vec![];
    };
    let mut effects = Vec::new();
    // A dossier that is not open cannot be shown: the address does not say which one it was.
    let route = if route == Route::Dossier && desk.open.is_none() {
        effects.push(Effect::Address(Route::Dossiers, Step::Replace));
        Route::Dossiers
    } else {
        route
    };
    let route = people::route(&desk.staff, route);
    if route == model.route {
        return effects;
    }
    if model.route == Route::Dossier {
        effects.extend(dossier::leave(model));
    }
    // Words on paper are shown no longer than somebody looks at them.
    if model.route == Route::Sheets {
        effects.extend(sheets::update(model, SheetMsg::Stop).into_iter().take(1));
    }
    if route == Route::Settings {
        effects.push(model.ask(Purpose::Profile, Ask::Profile).1);
    }
    if route == Route::Access {
        effects.extend(share::mapped(model));
    }
    if route == Route::Figures {
        effects.push(tally::shown(model));
    }
    model.route = route;
    effects.extend([Effect::Top, Effect::Focus("title")]);
    effects
}

/// All is kept and wiped: the moment for a newer version, unless somebody else of a demonstration goes on.
fn locked(model: &mut Model, person: Option<u8>) -> Vec<Effect> {
    if model.newer && person.is_none() {
        vec![Effect::Reload]
    } else {
        model.start_worker(person)
    }
}

/// Keeps what is being typed, drops the model and asks the worker to wipe itself.
fn lock(model: &mut Model, person: Option<u8>) -> Vec<Effect> {
    if !matches!(model.phase, Phase::Open(_)) {
        return vec![];
    }
    let mut effects = dossier::keep(model);
    effects.extend(newcomer::keep(model));
    model.waiting.clear();
    model.toasts = Toasts::default();
    if matches!(model.route, Route::Dossier | Route::Admit) {
        model.route = Route::Work;
        effects.push(Effect::Address(Route::Work, Step::Replace));
    }
    model.phase = Phase::Locking { person };
    let (_, ask) = model.ask(Purpose::Lock, Ask::Lock);
    effects.push(ask);
    effects.push(Effect::After(
        LOCK_PATIENCE,
        Box::new(Msg::LockOverdue(model.generation)),
    ));
    effects
}

fn told(model: &mut Model, tell: Tell) -> Vec<Effect> {
    match tell {
        // An answer that nothing waits for is stale.
        Tell::Answer(ticket, result) => match model.answered(ticket) {
            Some(purpose) => answered(model, ticket, &purpose, result),
            None => vec![],
        },
        Tell::Progress(ticket, progress) => {
            let purpose = model.waiting.iter().find(|(own, _)| *own == ticket);
            match (purpose.map(|(_, purpose)| purpose), &mut model.phase) {
                (Some(Purpose::Unlock), Phase::Gate(gate)) => gate.progressed(progress),
                (Some(purpose), Phase::SetUp(form)) if enrol::shows_progress(purpose) => {
                    form.progressed(ticket, progress);
                }
                _ => {}
            }
            vec![]
        }
        Tell::News(news) => heard(model, news),
    }
}

fn heard(model: &mut Model, news: News) -> Vec<Effect> {
    let shut = match news {
        News::TakenOver => Some(Gate::OtherTab),
        News::Revoked => Some(Gate::Revoked),
        _ => None,
    };
    if let Some(gate) = shut {
        model.waiting.clear();
        model.toasts = Toasts::default();
        model.phase = Phase::Gate(gate);
        return vec![Effect::EndWorker, Effect::Top, Effect::Focus("title")];
    }
    if let News::Gone(keys) = news {
        return dossier::gone(model, &keys);
    }
    if let News::Refused(fault) = news {
        return model.toasts.show(toast::Words::Failed(fault));
    }
    match &mut model.phase {
        Phase::Open(desk) => {
            let people = matches!(news, News::People(_));
            let rows = matches!(news, News::Rows { .. });
            let mut effects = desk.hear(model.locale, news);
            // An agreement may have come with them.
            if people {
                effects.extend(share::look(model));
            }
            // What changed may hold the words that are searched for.
            if rows {
                effects.extend(table::look(model));
            }
            effects
        }
        // The vault may be open before its answer comes, and is while the recovery sheet is shown.
        Phase::SetUp(_) | Phase::Gate(_) => {
            model.early.push(news);
            vec![]
        }
        Phase::Starting { .. } | Phase::Broken | Phase::Locking { .. } => vec![],
    }
}

fn answered(
    model: &mut Model,
    ticket: Ticket,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    match purpose {
        Purpose::Start | Purpose::Unlock => gate::answered(model, purpose, result),
        Purpose::Propose | Purpose::Judge | Purpose::SetUp | Purpose::Rehearse => {
            setup::answered(model, ticket, purpose, result)
        }
        Purpose::Lock => match model.phase {
            Phase::Locking { person } => locked(model, person),
            _ => vec![],
        },
        Purpose::Create => newcomer::answered(model, result),
        Purpose::Sheets => sheets::answered(model, result),
        Purpose::Office => people::answered(model, result),
        Purpose::ReadProposal => people::office::answered(model, result),
        Purpose::Invite | Purpose::LetIn => people::admit::answered(model, purpose, result),
        Purpose::ReadInvitation
        | Purpose::Join
        | Purpose::AwaitEntry
        | Purpose::ReadSheet
        | Purpose::Restore => enrol::answered(model, purpose, result),
        Purpose::Forget => gate::forgotten(model, result),
        Purpose::Open(_)
        | Purpose::Set(..)
        | Purpose::Note(_)
        | Purpose::Reply(_)
        | Purpose::SaveLog
        | Purpose::SaveProof
        | Purpose::SettleFork
        | Purpose::Draft(..) => dossier::answered(model, ticket, purpose, result),
        Purpose::Profile => {
            if let (Ok(Answer::Profile(profile)), Phase::Open(desk)) = (result, &mut model.phase) {
                desk.know(model.locale, *profile);
            }
            vec![]
        }
        Purpose::Share(_) | Purpose::Parties | Purpose::AccessMap => {
            share::answered(model, ticket, purpose, result)
        }
        Purpose::SecondLock => lock::answered(model, ticket, result),
        Purpose::Extract => extract::answered(model, ticket, result),
        Purpose::Sort(_) => unsorted::answered(model, &result),
        Purpose::Tie | Purpose::Grow => bond::answered(model, result),
        Purpose::Search => {
            if let Ok(Answer::Found(found)) = result {
                table::found(model, ticket, found);
            }
            vec![]
        }
        Purpose::Person(key) => involved::answered(model, ticket, *key, result),
        Purpose::Figure(key) => involved::figured(model, *key, result),
        Purpose::Figures => tally::answered(model, result),
        Purpose::Pack => package::packed(model, result),
        Purpose::Package => package::answered(model, result),
        Purpose::File => files::answered(model, result.err()),
        Purpose::Nothing => vec![],
    }
}

#[cfg(test)]
mod tests;
