//! An open vault: the engine, its storage, the road to the relay, and what the page is shown of it.

use std::rc::Rc;

use futures_channel::mpsc::UnboundedSender;
use gloo_timers::future::TimeoutFuture;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::{Lane, TakenOut};
use sluis_link::{AlarmKind, Answer, Ask, DossierKey, DraftSlot, Fault, FileAsk, Link, News, Tell};
use sluis_protocol::engine::export::DIRECTORY_ROWS;
use sluis_protocol::engine::{ActError, Engine, Reply, ReplyError, Step, Work};
use sluis_protocol::primitives::stretch::Profile as VaultProfile;
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::Vault;
use sluis_wire::address::{DossierAddress, GenesisHash};
use sluis_wire::api::Problem;
use web_sys::Blob;

use crate::desk::{Chance, Input, now, tell};
use crate::extract;
use crate::figures::{self, Figures};
use crate::files::Files;
use crate::loading::Front;
use crate::package::{self, Incoming};
use crate::people::{self, Door};
use crate::present::{NOTE_SLOT, REPLY_SLOT, alarms, profile, provable, view_of};
use crate::second;
use crate::setup::vault_fault;
use crate::share;
use crate::sheets::Sheets;
use crate::storage::Storage;
use crate::{involved, net, unsorted};

/// Milliseconds between two looks at the clock.
const TICK: u32 = 5_000;
/// Ticks between two looks at the relay when no stream is there to say so.
const TICKS_OF_SILENCE: u32 = 6;
/// Ticks after which what did not work is tried again.
const TICKS_TO_RETRY: u32 = 3;
/// Dossiers that may lie open in memory.
const UNFOLDED: usize = 64;
/// Times in a row that the relay has to refuse the directory, its clock asked in between, until this counts as access that was revoked.
const REFUSALS: u8 = 2;
/// Milliseconds before the stream is opened again.
const STREAM_PAUSE: u32 = 5_000;

/// See the module.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks, not states"
)]
pub(crate) struct Open {
    engine: Engine,
    vault: Vault,
    storage: Rc<Storage>,
    files: Files,
    inbox: UnboundedSender<Input>,
    site_genesis: Option<GenesisHash>,
    pub(crate) second_lock: Option<sluis_link::SecondLock>,
    shown: Option<DossierAddress>,
    alarms: Vec<sluis_link::Alarm>,
    shares: Option<sluis_link::Shares>,
    figures: Figures,
    pub(crate) package: Incoming,
    link: Option<Link>,
    profile: Option<sluis_link::Profile>,
    offline: bool,
    busy: bool,
    listening: bool,
    ticks: u32,
    broken: bool,
    door: Door,
    sheets: Sheets,
    front: Front,
    /// Times in a row that the relay refused to show me the directory.
    refusals: u8,
}

impl Open {
    pub(crate) fn new(
        engine: Engine,
        vault: Vault,
        storage: Storage,
        inbox: UnboundedSender<Input>,
        site_genesis: Option<GenesisHash>,
    ) -> Self {
        let storage = Rc::new(storage);
        Self {
            engine,
            vault,
            files: Files::new(inbox.clone(), Rc::clone(&storage)),
            storage,
            inbox,
            site_genesis,
            second_lock: None,
            shown: None,
            alarms: Vec::new(),
            shares: None,
            figures: Figures::default(),
            package: Incoming::default(),
            link: None,
            profile: None,
            offline: false,
            busy: false,
            listening: false,
            ticks: 0,
            broken: false,
            door: Door::default(),
            sheets: Sheets::default(),
            front: Front::default(),
            refusals: 0,
        }
    }

    /// With what was read before everything else.
    pub(crate) fn with(self, front: Front) -> Self {
        Self { front, ..self }
    }

    /// A new vault for a device whose keys are here already.
    pub(crate) async fn enter(
        secrets: DeviceSecrets,
        genesis: GenesisHash,
        passphrase: &str,
        storage: Storage,
        inbox: UnboundedSender<Input>,
        chance: &mut Chance,
    ) -> Result<Self, Fault> {
        let (mut vault, header) =
            Vault::create(passphrase, VaultProfile::VaultPhone, chance).map_err(vault_fault)?;
        let mut engine = Engine::new(secrets, genesis);
        let writes = vault.seal(&engine.take_changes(), chance);
        storage
            .write(Some(&header), &writes)
            .await
            .map_err(|_| Fault::Storage)?;
        Ok(Self::new(engine, vault, storage, inbox, Some(genesis)))
    }

    /// Shows all rows, or what has changed in them since the page was `shown` them, and starts the clock and the stream.
    pub(crate) fn begin(&mut self, shown: bool) {
        self.engine.take_touched();
        self.files.begin(&self.engine);
        let (rows, gone) = self.front.list.complete(&self.engine);
        self.front.search.complete(&self.engine);
        if shown {
            told(rows, gone);
        } else {
            self.front.show();
        }
        self.tick_later();
    }

    pub(crate) fn profile(&self) -> sluis_link::Profile {
        let pinned = self.site_genesis == Some(self.engine.genesis());
        sluis_link::Profile {
            second_lock: self.second_lock.clone(),
            ..profile(&self.engine, pinned, now())
        }
    }

    /// Takes in what the relay or the clock says.
    pub(crate) async fn take(&mut self, input: Input, chance: &mut Chance) {
        match input {
            Input::Answered(step, reply) => {
                self.busy = false;
                self.offline = reply == Reply::Lost;
                self.engine.absorb(step, &reply, now(), chance);
                if step == Step::Directory {
                    self.watch_access(&reply);
                }
                self.keep(chance).await;
            }
            Input::Knocked(slot, request) => {
                let news = self.door.knocked(slot, request.as_deref(), chance);
                people::told(news.into_iter().collect());
            }
            Input::File(input) => {
                self.files.take(input, &mut self.engine, chance);
                self.keep(chance).await;
            }
            Input::Changed => self.engine.poke(),
            Input::StreamEnded => self.listening = false,
            Input::Tick => {
                self.tick_later();
                self.files.tick();
                self.ticks += 1;
                let due = self.engine.next_due_at().is_some_and(|due| due <= now());
                let silent = !self.listening && self.ticks.is_multiple_of(TICKS_OF_SILENCE);
                // The stream tells of changes only, not that the server has time again.
                let again = self.ticks.is_multiple_of(TICKS_TO_RETRY) && self.engine.is_waiting();
                if due || silent || again || self.offline {
                    self.engine.poke();
                }
            }
            Input::Page(..) | Input::TakenOver => {}
        }
    }

    /// Sends the next request, if one is due and none is under way. Its answer comes back as an input.
    pub(crate) async fn pump(&mut self, chance: &mut Chance) {
        if !self.broken {
            self.files.pump(&self.engine, self.offline, chance);
        }
        if self.busy || self.broken {
            return;
        }
        let next = self.engine.next(now(), chance);
        // What the request builds on is on disk before it leaves.
        if !self.keep(chance).await {
            return;
        }
        let Some(outgoing) = next else {
            self.listen(chance);
            return;
        };
        self.busy = true;
        let inbox = self.inbox.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let reply = net::send(outgoing.path, &outgoing.body, outgoing.proof.as_deref()).await;
            // The desk lives as long as the worker does.
            let _told = inbox.unbounded_send(Input::Answered(outgoing.step, reply));
        });
    }

    /// Tells the page what looks different.
    pub(crate) fn show_changes(&mut self) {
        let mut touched = self.engine.take_touched();
        // My notes for myself are shown with the dossier that they are about.
        let about = |address| self.engine.dossier(address)?.concerns();
        touched.extend(touched.iter().filter_map(about).collect::<Vec<_>>());
        let (mut rows, mut gone) = (Vec::new(), Vec::new());
        for address in &touched {
            self.front.search.update(&self.engine, address);
            if self.engine.dossier(address).is_some_and(Work::is_private) {
                // What it is was not known before its events were read.
                let key = DossierKey(address.0);
                if self.front.list.remove(key) {
                    gone.push(key);
                }
                continue;
            }
            if let Some(work) = self.engine.dossier(address) {
                rows.extend(self.front.list.update(&self.engine, address, work));
            } else {
                self.front.list.remove(DossierKey(address.0));
                gone.push(DossierKey(address.0));
            }
        }
        told(rows, gone);
        let people = self.door.news(&mut self.engine);
        // An agreement or a name that came changes what is said about sharing.
        let renamed = people.iter().any(|news| matches!(news, News::People(_)));
        let shown = self
            .shown
            .filter(|shown| renamed || touched.contains(shown));
        if let Some(shown) = shown
            && let Some(work) = self.engine.dossier(&shown)
        {
            tell(&Tell::News(News::Dossier(Box::new(view_of(
                &self.engine,
                &shown,
                work,
            )))));
        }
        if renamed || !touched.is_empty() || self.shares.is_none() {
            let shares = share::waiting(&self.engine);
            if self.shares.as_ref() != Some(&shares) {
                tell(&Tell::News(News::Shares(Box::new(shares.clone()))));
                self.shares = Some(shares);
            }
        }
        if self.engine.take_unsorted_changed() {
            tell(&Tell::News(News::Unsorted(unsorted::list(&self.engine))));
        }
        for alarm in alarms(&self.engine) {
            if !self.alarms.contains(&alarm) {
                self.alarms.push(alarm.clone());
                tell(&Tell::News(News::Alarm(alarm)));
            }
        }
        self.files.show();
        self.figures.show(&self.engine);
        people::told(people);
        let pending = self.engine.pending() + self.engine.office_pending();
        let pending = u32::try_from(pending).unwrap_or(u32::MAX);
        let link = if self.offline {
            Link::Offline(pending)
        } else if self.busy {
            Link::Syncing(pending)
        } else {
            Link::Synced
        };
        if self.link != Some(link) {
            self.link = Some(link);
            tell(&Tell::News(News::Link(link)));
        }
        if !self.busy {
            let profile = self.profile();
            if self.profile.as_ref() != Some(&profile) {
                tell(&Tell::News(News::Profile(Box::new(profile.clone()))));
                self.front.list.keep_profile(&profile);
                self.profile = Some(profile);
            }
        }
    }

    /// The log of a dossier as a file. The entries of the directory lie in storage only.
    async fn log_file(&self, key: DossierKey) -> Result<Answer, Fault> {
        let stored = self.storage.rest().await.map_err(|_| Fault::Storage)?;
        let entries = self.vault.rows_of(DIRECTORY_ROWS, &stored);
        let file = self
            .engine
            .export_log(&DossierAddress(key.0), entries, now());
        file.map(Answer::File).ok_or(Fault::NoDossier)
    }

    /// What shows others that an alarm is right.
    async fn proof(&self, dossier: Option<DossierKey>, kind: AlarmKind) -> Result<Answer, Fault> {
        let kind = provable(kind).ok_or(Fault::Internal)?;
        let stored = self.storage.rest().await.map_err(|_| Fault::Storage)?;
        let entries = self.vault.rows_of(DIRECTORY_ROWS, &stored);
        let address = dossier.map(|key| DossierAddress(key.0));
        let file = self
            .engine
            .export_proof(address.as_ref(), kind, entries, now());
        file.map(Answer::File).ok_or(Fault::NoDossier)
    }

    /// Does what the page asks about files.
    pub(crate) async fn file(
        &mut self,
        ask: FileAsk,
        beside: Option<Blob>,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        let answer = self.files.answer(ask, beside, &mut self.engine, chance)?;
        if self.keep(chance).await {
            Ok(answer)
        } else {
            Err(Fault::Storage)
        }
    }

    /// Answers what the page asks of an open vault.
    pub(crate) async fn answer(&mut self, ask: Ask, chance: &mut Chance) -> Result<Answer, Fault> {
        let answer = match ask {
            Ask::NewDossier(new) => {
                let address = self
                    .engine
                    .open_by_hand(new.kind, new.origin, &new.fields, now(), chance)
                    .map_err(|error| act_fault(&error))?;
                self.shown = Some(address);
                self.view(address)?
            }
            Ask::Open(key) => {
                let address = DossierAddress(key.0);
                self.engine.look_at(address, now(), chance);
                self.shown = Some(address);
                self.view(address)?
            }
            Ask::Close => {
                self.shown = None;
                Answer::Done
            }
            Ask::Set(key, field) => self.act(key, Command::Set(field), chance)?,
            Ask::Note(key, lane, text) => self.note(key, lane, text, chance)?,
            Ask::LockTwice { .. } | Ask::LockOnce { .. } => self.lock_vault(ask, chance).await?,
            Ask::MakeExtract(key, new) => extract::make(&mut self.engine, key, *new, chance)?,
            Ask::Tie(one, other, together) => self.tie(one, other, together, chance)?,
            Ask::Grow(key) => self.grow(key, chance)?,
            Ask::Printed(key) => self.act(key, Command::TakeOut(TakenOut::Print), chance)?,
            Ask::Reply(key, text) => {
                self.engine
                    .reply(DossierAddress(key.0), text.trim(), now(), chance)
                    .map_err(reply_fault)?;
                Answer::Done
            }
            Ask::Draft(key, slot, text) => {
                let slot = match slot {
                    DraftSlot::Reply => REPLY_SLOT,
                    DraftSlot::Note => NOTE_SLOT,
                };
                self.engine.keep_draft(DossierAddress(key.0), slot, &text);
                Answer::Done
            }
            Ask::SyncNow => {
                self.engine.poke_all();
                Answer::Done
            }
            Ask::Profile => Answer::Profile(Box::new(self.profile())),
            Ask::Share(key, ask) => share::act(&mut self.engine, key, ask, chance)?,
            Ask::Parties => Answer::Parties(share::parties(&self.engine)),
            Ask::SaveLog(key) => self.log_file(key).await?,
            Ask::SaveProof(dossier, kind) => self.proof(dossier, kind).await?,
            Ask::SettleFork => {
                self.engine.settle_fork();
                self.alarms.clear();
                Answer::Done
            }
            Ask::Person(key, ask) => {
                let answer = involved::act(&mut self.engine, key, ask, chance)?;
                // What was said shows at once, also where no event says it yet.
                self.engine.touch(DossierAddress(key.0));
                answer
            }
            Ask::Pack(..) | Ask::TakePackage(_) | Ask::Figure(_) | Ask::Figures => {
                self.in_and_out(ask, chance)?
            }
            Ask::Sort(key, sorting) => unsorted::act(&mut self.engine, key, sorting, chance)?,
            Ask::AccessMap => Answer::AccessMap(Box::new(share::map(&self.engine))),
            Ask::Sheets(ask) => self.sheets.answer(ask, &mut self.engine, chance)?,
            Ask::Search(_) | Ask::KeepFilters(_) => self.find(ask)?,
            Ask::Office(_)
            | Ask::ReadProposal(_)
            | Ask::Invite(_)
            | Ask::LetIn(_)
            | Ask::AcceptRegulation
            | Ask::StopInviting => {
                let door = &mut self.door;
                door.answer(ask, &mut self.engine, &self.inbox, chance)?
            }
            // Answered before a vault is open, or elsewhere.
            Ask::ReadInvitation(_)
            | Ask::Join { .. }
            | Ask::AwaitEntry
            | Ask::ReadSheet(_)
            | Ask::Restore { .. }
            | Ask::Forget
            | Ask::Start
            | Ask::ProposePassphrase
            | Ask::JudgePassphrase(_)
            | Ask::SetUp(_)
            | Ask::RehearseSheet(_)
            | Ask::Unlock { .. }
            | Ask::File(_)
            | Ask::OpenPackage(_)
            | Ask::Lock => return Err(Fault::Internal),
        };
        // "Done" means: durable on this device.
        if self.keep(chance).await {
            Ok(answer)
        } else {
            Err(Fault::Storage)
        }
    }

    /// Packages, and what stays of closed dossiers.
    fn in_and_out(&mut self, ask: Ask, chance: &mut Chance) -> Result<Answer, Fault> {
        match ask {
            Ask::Pack(key, form) => package::pack(&mut self.engine, key, &form, chance),
            Ask::TakePackage(heads) => {
                let address = self.package.take(&heads, &mut self.engine, chance)?;
                self.shown = Some(address);
                self.view(address)
            }
            Ask::Figure(key) => {
                let names = self.front.list.names();
                Ok(figures::row(&self.engine, key, &names))
            }
            Ask::Figures => self.figures.answer(&mut self.engine),
            _ => Err(Fault::Internal),
        }
    }

    /// Looks for words, or keeps what is looked for.
    fn find(&mut self, ask: Ask) -> Result<Answer, Fault> {
        match ask {
            Ask::Search(question) => Ok(Answer::Found(self.front.search.find(&question))),
            Ask::KeepFilters(filters) => {
                self.front.search.keep_filters(filters);
                Ok(Answer::Done)
            }
            _ => Err(Fault::Internal),
        }
    }

    /// Locks the vault a second time with an authenticator, or no more.
    async fn lock_vault(&mut self, ask: Ask, chance: &mut Chance) -> Result<Answer, Fault> {
        let (vault, storage) = (&self.vault, &self.storage);
        match ask {
            Ask::LockTwice {
                passphrase,
                lock,
                answers,
            } => {
                second::lock_twice(vault, storage, &passphrase, &lock, &answers, chance).await?;
                self.second_lock = Some(lock);
            }
            Ask::LockOnce { passphrase, second } => {
                second::lock_once(vault, storage, &passphrase, &second, chance).await?;
                self.second_lock = None;
            }
            _ => return Err(Fault::Internal),
        }
        Ok(Answer::Profile(Box::new(self.profile())))
    }

    /// Notes something: for the team, for me alone, or in an extract as an opinion.
    fn note(
        &mut self,
        key: DossierKey,
        lane: sluis_link::Lane,
        text: String,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        let address = DossierAddress(key.0);
        let work = self.engine.dossier(&address);
        let extract = work.is_some_and(|work| work.state().extract().is_some());
        match lane {
            sluis_link::Lane::Team if extract => self.act(key, Command::GiveOpinion(text), chance),
            sluis_link::Lane::Team => self.act(key, Command::Note(Lane::Team, text), chance),
            sluis_link::Lane::Me => {
                let noted = self.engine.note_for_me(address, text, now(), chance);
                noted.map_err(|error| act_fault(&error))?;
                Ok(Answer::Done)
            }
        }
    }

    fn tie(
        &mut self,
        one: DossierKey,
        other: DossierKey,
        together: bool,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        let (one, other) = (DossierAddress(one.0), DossierAddress(other.0));
        let tied = if together {
            self.engine.link(one, other, now(), chance)
        } else {
            self.engine.unlink(one, other, now(), chance)
        };
        tied.map_err(|error| act_fault(&error))?;
        Ok(Answer::Done)
    }

    fn grow(&mut self, key: DossierKey, chance: &mut Chance) -> Result<Answer, Fault> {
        let grown = self.engine.grow(DossierAddress(key.0), now(), chance);
        let address = grown.map_err(|error| act_fault(&error))?;
        self.shown = Some(address);
        self.view(address)
    }

    /// A directory that names this device no more, or is not shown to it any more, means that its access was revoked.
    fn watch_access(&mut self, reply: &Reply) {
        let gone = match reply {
            Reply::Problem(Problem::Forbidden) => {
                self.refusals += 1;
                // With the relay's clock it may go better.
                self.engine.poke_all();
                self.refusals >= REFUSALS
            }
            Reply::Answer(_) => {
                self.refusals = 0;
                let id = self.engine.device().id;
                let known = self
                    .engine
                    .directory()
                    .and_then(|directory| directory.device(&id));
                known.is_some_and(|record| !record.span.is_current())
            }
            _ => false,
        };
        if gone {
            tell(&Tell::News(News::Revoked));
        }
    }

    fn view(&self, address: DossierAddress) -> Result<Answer, Fault> {
        let work = self.engine.dossier(&address).ok_or(Fault::NoDossier)?;
        Ok(Answer::Dossier(Box::new(view_of(
            &self.engine,
            &address,
            work,
        ))))
    }

    fn act(
        &mut self,
        key: DossierKey,
        command: Command,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        match self
            .engine
            .act(DossierAddress(key.0), command, now(), chance)
        {
            Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => Ok(Answer::Done),
            Err(error) => Err(act_fault(&error)),
        }
    }

    /// Writes to disk what changed. False when the browser refuses: then nothing is sent any more, so that nothing is promised that is not kept.
    async fn keep(&mut self, chance: &mut Chance) -> bool {
        let mut changes = self.engine.take_changes();
        changes.extend(self.front.search.take_changes());
        changes.extend(self.front.list.take_changes());
        if self.engine.unfolded() > UNFOLDED {
            self.engine.fold_dossiers();
        }
        if changes.is_empty() {
            return !self.broken;
        }
        let writes = self.vault.seal(&changes, chance);
        if self.storage.write(None, &writes).await.is_err() {
            self.broken = true;
        }
        !self.broken
    }

    fn tick_later(&self) {
        let inbox = self.inbox.clone();
        wasm_bindgen_futures::spawn_local(async move {
            TimeoutFuture::new(TICK).await;
            // The desk lives as long as the worker does.
            let _told = inbox.unbounded_send(Input::Tick);
        });
    }

    /// Opens the stream of changes when it is not open.
    fn listen(&mut self, chance: &mut Chance) {
        if self.listening || self.offline {
            return;
        }
        let Some(outgoing) = self.engine.stream_request(now(), chance) else {
            return;
        };
        self.listening = true;
        let inbox = self.inbox.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let changed = || {
                // The desk lives as long as the worker does.
                let _told = inbox.unbounded_send(Input::Changed);
            };
            // However it ends, it is opened again.
            let _ended = net::listen(
                outgoing.path,
                &outgoing.body,
                outgoing.proof.as_deref().unwrap_or_default(),
                changed,
            )
            .await;
            TimeoutFuture::new(STREAM_PAUSE).await;
            let _told = inbox.unbounded_send(Input::StreamEnded);
        });
    }
}

/// Tells the page which rows changed and which dossiers are gone.
fn told(rows: Vec<sluis_link::Row>, gone: Vec<DossierKey>) {
    if !rows.is_empty() {
        tell(&Tell::News(News::Rows { first: false, rows }));
    }
    if !gone.is_empty() {
        tell(&Tell::News(News::Gone(gone)));
    }
}

pub(crate) fn act_fault(error: &ActError) -> Fault {
    match error {
        ActError::NoDossier => Fault::NoDossier,
        ActError::NotReady => Fault::NotReady,
        ActError::Refused(Refusal::TooLong { .. } | Refusal::TooMany { .. }) => Fault::TooLong,
        ActError::Refused(Refusal::Empty) => Fault::Incomplete,
        ActError::Refused(Refusal::RespondentUnnamed) => Fault::RespondentUnnamed,
        ActError::Refused(Refusal::NotOffered) => Fault::NotOffered,
        ActError::Refused(Refusal::ContactGone) => Fault::ContactGone,
        ActError::Refused(Refusal::ContactLeft) => Fault::ContactLeft,
        ActError::Refused(Refusal::Disputed) => Fault::Disputed,
        ActError::NoPerson | ActError::Refused(Refusal::NoSuchPerson) => Fault::NoPerson,
        ActError::Refused(Refusal::Closed) => Fault::Closed,
        ActError::Refused(_) => Fault::Refused,
        ActError::Work(_) => Fault::NotAllowed,
        ActError::Shut => Fault::TakenBack,
        ActError::LastSteward => Fault::LastSteward,
        ActError::NoParty => Fault::NoParty,
        ActError::ShutOut => Fault::ShutOut,
        ActError::SnapshotOld => Fault::DirectoryOld,
        ActError::NoAgreement => Fault::NoAgreement,
        ActError::Forked => Fault::DirectoryForked,
        ActError::NotOfTeam => Fault::NotOfTeam,
        ActError::NoOffer => Fault::NoOffer,
        _ => Fault::Internal,
    }
}

fn reply_fault(error: ReplyError) -> Fault {
    match error {
        ReplyError::NoReporter => Fault::Refused,
        ReplyError::TooLong => Fault::TooLong,
        ReplyError::Act(error) => act_fault(&error),
        _ => Fault::Internal,
    }
}
