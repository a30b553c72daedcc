//! An open vault: the engine, its storage, the road to the relay, and what the page is shown of it.

use futures_channel::mpsc::UnboundedSender;
use gloo_timers::future::TimeoutFuture;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::Lane;
use sluis_link::{Answer, Ask, DossierKey, DraftSlot, Fault, Link, News, Tell};
use sluis_protocol::engine::export::DIRECTORY_ROWS;
use sluis_protocol::engine::{ActError, Engine, Reply, ReplyError, Step};
use sluis_protocol::primitives::stretch::Profile as VaultProfile;
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::Vault;
use sluis_wire::address::{DossierAddress, GenesisHash};
use sluis_wire::api::Problem;

use crate::desk::{Chance, Input, now, tell};
use crate::people::{self, Door};
use crate::present::{NOTE_SLOT, REPLY_SLOT, alarms, profile, row_of, view_of};
use crate::setup::vault_fault;
use crate::share;
use crate::storage::Storage;
use crate::{involved, net};

/// Milliseconds between two looks at the clock.
const TICK: u32 = 5_000;
/// Ticks between two looks at the relay when no stream is there to say so.
const TICKS_OF_SILENCE: u32 = 6;
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
    storage: Storage,
    inbox: UnboundedSender<Input>,
    site_genesis: Option<GenesisHash>,
    shown: Option<DossierAddress>,
    alarms: Vec<sluis_link::Alarm>,
    shares: Option<sluis_link::Shares>,
    link: Option<Link>,
    profile: Option<sluis_link::Profile>,
    offline: bool,
    busy: bool,
    listening: bool,
    ticks: u32,
    broken: bool,
    door: Door,
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
        Self {
            engine,
            vault,
            storage,
            inbox,
            site_genesis,
            shown: None,
            alarms: Vec::new(),
            shares: None,
            link: None,
            profile: None,
            offline: false,
            busy: false,
            listening: false,
            ticks: 0,
            broken: false,
            door: Door::default(),
            refusals: 0,
        }
    }

    /// From the rows of an opened vault.
    pub(crate) fn load(
        mut vault: Vault,
        rows: &[([u8; 32], Vec<u8>)],
        storage: Storage,
        inbox: UnboundedSender<Input>,
        site_genesis: Option<GenesisHash>,
    ) -> Result<Self, Fault> {
        let (rows, damage) = vault.load(rows);
        let engine = Engine::load(rows, &damage, now()).map_err(|_| Fault::Storage)?;
        Ok(Self::new(engine, vault, storage, inbox, site_genesis))
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

    /// Shows all rows, starts the clock and the stream.
    pub(crate) fn begin(&mut self) {
        self.engine.take_touched();
        let rows = self
            .engine
            .dossiers()
            .map(|(address, work)| row_of(&self.engine, address, work))
            .collect();
        tell(&Tell::News(News::Rows { first: true, rows }));
        self.tick_later();
    }

    pub(crate) fn profile(&self) -> sluis_link::Profile {
        let pinned = self.site_genesis == Some(self.engine.genesis());
        profile(&self.engine, pinned, now())
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
            Input::Changed => self.engine.poke(),
            Input::StreamEnded => self.listening = false,
            Input::Tick => {
                self.tick_later();
                self.ticks += 1;
                let due = self.engine.next_due_at().is_some_and(|due| due <= now());
                let silent = !self.listening && self.ticks.is_multiple_of(TICKS_OF_SILENCE);
                if due || silent || self.offline {
                    self.engine.poke();
                }
            }
            Input::Page(_) | Input::TakenOver => {}
        }
    }

    /// Sends the next request, if one is due and none is under way. Its answer comes back as an input.
    pub(crate) async fn pump(&mut self, chance: &mut Chance) {
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
        let touched = self.engine.take_touched();
        let rows: Vec<_> = touched
            .iter()
            .filter_map(|address| {
                Some(row_of(&self.engine, address, self.engine.dossier(address)?))
            })
            .collect();
        if !rows.is_empty() {
            tell(&Tell::News(News::Rows { first: false, rows }));
        }
        if let Some(shown) = self.shown.filter(|shown| touched.contains(shown))
            && let Some(work) = self.engine.dossier(&shown)
        {
            tell(&Tell::News(News::Dossier(Box::new(view_of(
                &self.engine,
                &shown,
                work,
            )))));
        }
        if !touched.is_empty() || self.shares.is_none() {
            let shares = share::waiting(&self.engine);
            if self.shares.as_ref() != Some(&shares) {
                tell(&Tell::News(News::Shares(Box::new(shares.clone()))));
                self.shares = Some(shares);
            }
        }
        for alarm in alarms(&self.engine) {
            if !self.alarms.contains(&alarm) {
                self.alarms.push(alarm.clone());
                tell(&Tell::News(News::Alarm(alarm)));
            }
        }
        people::told(self.door.news(&mut self.engine));
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
                self.profile = Some(profile);
            }
        }
    }

    /// The log of a dossier as a file. The entries of the directory lie in storage only.
    async fn file(&self, key: DossierKey) -> Result<Answer, Fault> {
        let stored = self.storage.read().await.map_err(|_| Fault::Storage)?;
        let entries = self.vault.rows_of(DIRECTORY_ROWS, &stored.rows);
        let file = self
            .engine
            .export_log(&DossierAddress(key.0), entries, now());
        file.map(Answer::File).ok_or(Fault::NoDossier)
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
            Ask::Note(key, sluis_link::Lane::Team, text) => {
                self.act(key, Command::Note(Lane::Team, text), chance)?
            }
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
            Ask::SaveLog(key) => self.file(key).await?,
            Ask::Person(key, ask) => {
                let answer = involved::act(&mut self.engine, key, ask, chance)?;
                // What was said shows at once, also where no event says it yet.
                self.engine.touch(DossierAddress(key.0));
                answer
            }
            Ask::AccessMap => Answer::AccessMap(Box::new(share::map(&self.engine))),
            Ask::Office(_)
            | Ask::Invite(_)
            | Ask::LetIn(_)
            | Ask::AcceptRegulation
            | Ask::StopInviting => {
                let door = &mut self.door;
                door.answer(ask, &mut self.engine, &self.inbox, chance)?
            }
            // Answered before a vault is open.
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
            | Ask::Lock => return Err(Fault::Internal),
        };
        // "Done" means: durable on this device.
        if self.keep(chance).await {
            Ok(answer)
        } else {
            Err(Fault::Storage)
        }
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
        let changes = self.engine.take_changes();
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

pub(crate) fn act_fault(error: &ActError) -> Fault {
    match error {
        ActError::NoDossier => Fault::NoDossier,
        ActError::NotReady => Fault::NotReady,
        ActError::Refused(Refusal::TooLong { .. } | Refusal::TooMany { .. }) => Fault::TooLong,
        ActError::Refused(Refusal::Empty) => Fault::Incomplete,
        ActError::Refused(Refusal::RespondentUnnamed) => Fault::RespondentUnnamed,
        ActError::Refused(Refusal::ContactGone) => Fault::ContactGone,
        ActError::Refused(Refusal::ContactLeft) => Fault::ContactLeft,
        ActError::Refused(Refusal::Disputed) => Fault::Disputed,
        ActError::Refused(Refusal::NoSuchPerson) => Fault::NoPerson,
        ActError::Refused(Refusal::Closed) => Fault::Closed,
        ActError::Refused(_) => Fault::Refused,
        ActError::Work(_) => Fault::NotAllowed,
        ActError::Shut => Fault::TakenBack,
        ActError::LastSteward => Fault::LastSteward,
        ActError::NoParty => Fault::NoParty,
        ActError::ShutOut => Fault::ShutOut,
        ActError::SnapshotOld => Fault::DirectoryOld,
        ActError::NotOfTeam => Fault::NotOfTeam,
        ActError::NoOffer => Fault::NoOffer,
        ActError::NoPerson => Fault::NoPerson,
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
