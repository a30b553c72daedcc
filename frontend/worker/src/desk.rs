//! The worker's own loop: one input after the other, so that no two things ever happen to the vault at once.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt as _, StreamExt as _};
use js_sys::Array;
use sluis_link::{
    Answer, Ask, Fault, News, Progress, Request, Secret, Stage, Start, Strength, Tell, Ticket,
};
use sluis_protocol::engine::{Reply, Step};
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::Vault;
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{Call as _, Hello, Welcome};
use sluis_wire::time::UnixTime;
use web_sys::Blob;

use crate::enrol::Joining;
use crate::files::FileInput;
use crate::loading::Loading;
use crate::open::Open;
use crate::setup::Rehearsal;
use crate::site::Site;
use crate::storage::Storage;
use crate::{enrol, lock, net, restore, second, setup, thread, words};

/// Randomness of the browser.
pub(crate) type Chance = rand_core::UnwrapErr<getrandom::SysRng>;

/// Database of this browser's own vault.
const VAULT: &str = "sluis";
/// What opens the vaults of a demonstration, which hold no secrets.
const DEMO_PASSPHRASE: &str = "sluis demonstration";

/// What can happen to the worker.
pub(crate) enum Input {
    /// The page says something.
    Page(Vec<u8>, Option<Blob>),
    /// The relay answered.
    Answered(Step, Reply),
    /// Something changed at the relay.
    Changed,
    /// The stream of changes ended.
    StreamEnded,
    /// What lay in the slot of an invitation; nothing when nobody came in time.
    Knocked([u8; 16], Option<Vec<u8>>),
    /// A file on its way.
    File(FileInput),
    /// Some seconds went by.
    Tick,
    /// Another tab took the vault.
    TakenOver,
}

/// What the worker holds.
pub(crate) struct Desk {
    inbox: UnboundedSender<Input>,
    chance: Chance,
    open: Option<Open>,
    loading: Option<Loading>,
    /// What has to wait until the vault has been read.
    later: Vec<(Request, Option<Blob>)>,
    rehearsal: Option<Rehearsal>,
    joining: Option<Joining>,
    locked: bool,
}

/// The clock, in whole seconds.
pub(crate) fn now() -> UnixTime {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a date of this era in seconds fits"
    )]
    let seconds = (js_sys::Date::now() / 1_000.0) as u64;
    UnixTime(seconds)
}

/// Says something to the page.
pub(crate) fn tell(tell: &Tell) {
    // A page that has gone needs no answer.
    let _sent = thread::post(&sluis_wire::codec::encode(tell));
}

/// Says something to the page, with the content of a file beside it.
pub(crate) fn tell_with(tell: &Tell, beside: &Array) {
    // A page that has gone needs no answer.
    let _sent = thread::post_with(&sluis_wire::codec::encode(tell), beside);
}

/// Says how far a request is.
pub(crate) fn progress(ticket: Ticket, stage: Stage, permille: u16) {
    tell(&Tell::Progress(ticket, Progress { stage, permille }));
}

impl Desk {
    pub(crate) fn new(inbox: UnboundedSender<Input>) -> Self {
        Self {
            inbox,
            chance: rand_core::UnwrapErr(getrandom::SysRng),
            open: None,
            loading: None,
            later: Vec::new(),
            rehearsal: None,
            joining: None,
            locked: false,
        }
    }

    /// Takes inputs until the worker ends. While a vault is being read, what comes in goes first.
    pub(crate) async fn run(mut self, mut inputs: UnboundedReceiver<Input>) {
        loop {
            let input = if self.loading.is_some() {
                inputs.next().now_or_never()
            } else {
                Some(inputs.next().await)
            };
            match input {
                Some(Some(input)) => self.take(input).await,
                Some(None) => return,
                None => self.read_on().await,
            }
            if self.open.is_some() {
                self.go_on().await;
            }
        }
    }

    async fn take(&mut self, input: Input) {
        match input {
            Input::Page(bytes, beside) => {
                if let Ok(request) = sluis_wire::codec::decode_own::<Request>(&bytes) {
                    self.take_request(request, beside).await;
                }
            }
            Input::TakenOver => {
                self.open = None;
                self.loading = None;
                tell(&Tell::News(News::TakenOver));
            }
            other => self.take_further(other).await,
        }
    }

    /// What the first screens do not need is boxed, here and below: it stays a function of its own, which comes with the second part of the
    /// module.
    #[inline(never)]
    fn take_further(&mut self, input: Input) -> LocalBoxFuture<'_, ()> {
        Box::pin(async move {
            if let Some(open) = self.open.as_mut() {
                open.take(input, &mut self.chance).await;
            }
        })
    }

    #[inline(never)]
    fn go_on(&mut self) -> LocalBoxFuture<'_, ()> {
        Box::pin(async move {
            if let Some(open) = self.open.as_mut() {
                open.pump(&mut self.chance).await;
                open.show_changes();
            }
        })
    }

    async fn take_request(&mut self, request: Request, beside: Option<Blob>) {
        let Request { ticket, ask } = request;
        if let Some(loading) = self.loading.as_mut() {
            if Loading::answers(&ask) {
                tell(&Tell::Answer(ticket, Ok(loading.answer(ask))));
                return;
            }
            if !matches!(ask, Ask::Lock) {
                self.later.push((Request { ticket, ask }, beside));
                return;
            }
        }
        let answer = self.answer(ticket, ask, beside).await;
        let opened = matches!(answer, Ok(Answer::Unlocked(_) | Answer::SetUpDone(..)));
        tell(&Tell::Answer(ticket, answer));
        if !opened {
            return;
        }
        if let Some(loading) = &self.loading {
            loading.front.show();
        } else if let Some(open) = self.open.as_mut() {
            open.begin(false);
        }
    }

    /// Reads some more of the vault; when that was all, what had to wait is done.
    #[inline(never)]
    fn read_on(&mut self) -> LocalBoxFuture<'_, ()> {
        Box::pin(self.read_more())
    }

    async fn read_more(&mut self) {
        let Some(loading) = self.loading.as_mut() else {
            return;
        };
        let open = match loading.step().await {
            Ok(false) => return,
            Ok(true) => self.loading.take().map(Loading::finish),
            Err(fault) => Some(Err(fault)),
        };
        self.loading = None;
        match open {
            Some(Ok(open)) => self.open.insert(open).begin(true),
            Some(Err(fault)) => tell(&Tell::News(News::Refused(fault))),
            None => {}
        }
        for (request, beside) in core::mem::take(&mut self.later) {
            self.take_request(request, beside).await;
        }
    }

    async fn answer(
        &mut self,
        ticket: Ticket,
        ask: Ask,
        beside: Option<Blob>,
    ) -> Result<Answer, Fault> {
        match ask {
            Ask::Start => Ok(Answer::Start(self.start().await)),
            Ask::Unlock {
                person,
                passphrase,
                second,
            } => self.unlock(ticket, person, &passphrase, &second).await,
            Ask::Lock => {
                self.open = None;
                self.loading = None;
                self.rehearsal = None;
                Ok(Answer::Done)
            }
            ask => self.answer_further(ticket, ask, beside).await,
        }
    }

    #[inline(never)]
    fn answer_further(
        &mut self,
        ticket: Ticket,
        ask: Ask,
        beside: Option<Blob>,
    ) -> LocalBoxFuture<'_, Result<Answer, Fault>> {
        Box::pin(self.answer_opened(ticket, ask, beside))
    }

    async fn answer_opened(
        &mut self,
        ticket: Ticket,
        ask: Ask,
        beside: Option<Blob>,
    ) -> Result<Answer, Fault> {
        if words::are_needed(&ask) {
            words::load().await?;
        }
        match ask {
            Ask::ProposePassphrase => setup::propose(&mut self.chance).map(Answer::Passphrase),
            Ask::JudgePassphrase(own) => Ok(Answer::Strength(if setup::is_strong(&own.0) {
                Strength::Strong
            } else {
                Strength::Weak
            })),
            Ask::SetUp(form) => {
                let storage = open_storage(VAULT).await?;
                let (open, rehearsal, shown) =
                    setup::run(ticket, &form, storage, self.inbox.clone(), &mut self.chance)
                        .await?;
                let profile = open.profile();
                self.open = Some(open);
                self.rehearsal = Some(rehearsal);
                Ok(Answer::SetUpDone(shown, Box::new(profile)))
            }
            Ask::RehearseSheet(words) => Ok(Answer::SheetFits(
                self.rehearsal
                    .as_ref()
                    .is_some_and(|rehearsal| rehearsal.fits(&words.0)),
            )),
            Ask::ReadInvitation(code) => {
                let read = enrol::read(&code).await?;
                Ok(Answer::InvitationFits(read.is_some()))
            }
            Ask::Join {
                invitation,
                passphrase,
            } => {
                self.need_lock().await?;
                let (joining, shown) =
                    enrol::knock(ticket, &invitation, &passphrase, &mut self.chance).await?;
                self.joining = Some(joining);
                Ok(Answer::Joining(shown))
            }
            Ask::AwaitEntry => {
                let joining = self.joining.take().ok_or(Fault::InvitationOver)?;
                let storage = open_storage(VAULT).await?;
                let open = joining.enter(storage, self.inbox.clone(), &mut self.chance);
                let open = self.open.insert(open.await?);
                Ok(Answer::Unlocked(Box::new(open.profile())))
            }
            Ask::ReadSheet(words) => {
                let read = restore::look(ticket, &words, &mut self.chance).await?;
                Ok(Answer::Sheet(read))
            }
            Ask::Restore {
                words,
                passphrase,
                lost,
            } => {
                self.need_lock().await?;
                let asked = restore::Asked {
                    ticket,
                    words,
                    passphrase,
                    lost,
                };
                let storage = open_storage(VAULT).await?;
                let open = asked.run(storage, self.inbox.clone(), &mut self.chance);
                let open = self.open.insert(open.await?);
                Ok(Answer::Unlocked(Box::new(open.profile())))
            }
            Ask::Forget => {
                self.open = None;
                self.need_lock().await?;
                let storage = open_storage(VAULT).await?;
                storage.clear().await.map_err(|_| Fault::Storage)?;
                Ok(Answer::Done)
            }
            Ask::OpenPackage(words) => self.open_package(&words, beside).await,
            Ask::File(ask) => {
                let open = self.open.as_mut().ok_or(Fault::Locked)?;
                open.file(ask, beside, &mut self.chance).await
            }
            ask => {
                let open = self.open.as_mut().ok_or(Fault::Locked)?;
                open.answer(ask, &mut self.chance).await
            }
        }
    }

    async fn open_package(
        &mut self,
        words: &Secret,
        beside: Option<Blob>,
    ) -> Result<Answer, Fault> {
        let open = self.open.as_mut().ok_or(Fault::Locked)?;
        open.package.open(words, beside).await
    }

    async fn start(&mut self) -> Start {
        let site = Site::fetch().await;
        if let Some(site) = site.as_ref().filter(|site| !site.people.is_empty()) {
            return Start::Demonstration(
                site.people
                    .iter()
                    .map(|actor| actor.person.clone())
                    .collect(),
            );
        }
        let header = match Storage::open(VAULT).await {
            Ok(storage) => storage.header().await.ok().flatten(),
            Err(_) => None,
        };
        if let Some(header) = header {
            return match (self.take_lock(VAULT, false).await, second::of(&header)) {
                (false, _) => Start::OtherTab,
                (true, Some(lock)) => Start::LockedTwice(lock),
                (true, None) => Start::Locked,
            };
        }
        match hello().await {
            None => Start::Unreachable,
            Some(welcome) if welcome.set_up => Start::NoVault,
            Some(_) if self.take_lock(VAULT, false).await => Start::SetUpNeeded,
            Some(_) => Start::OtherTab,
        }
    }

    async fn unlock(
        &mut self,
        ticket: Ticket,
        person: Option<u8>,
        passphrase: &Secret,
        answered: &Secret,
    ) -> Result<Answer, Fault> {
        progress(ticket, Stage::Reading, 50);
        let site = Site::fetch().await;
        let genesis = site.as_ref().and_then(|site| site.genesis);
        let actor = match (person, site.as_ref()) {
            (Some(person), Some(site)) => Some(
                site.people
                    .iter()
                    .find(|actor| actor.person.number == person)
                    .ok_or(Fault::Refused)?,
            ),
            (Some(_), None) => return Err(Fault::Offline),
            (None, _) => None,
        };
        let name = match (person, genesis) {
            // A demonstration that was made anew has other vaults.
            (Some(person), Some(genesis)) => {
                let [a, b, c, d, ..] = genesis.0;
                format!("sluis-demonstration-{a:02x}{b:02x}{c:02x}{d:02x}-{person}")
            }
            _ => VAULT.into(),
        };
        if person.is_some() && !self.take_lock(&name, true).await {
            return Err(Fault::Refused);
        }
        let storage = open_storage(&name).await?;
        let header = storage.header().await.map_err(|_| Fault::Storage)?;
        let front = storage.front().await.map_err(|_| Fault::Storage)?;
        progress(ticket, Stage::Stretching, 200);
        let passphrase = if person.is_some() {
            DEMO_PASSPHRASE
        } else {
            passphrase.0.trim()
        };
        let open = match (header, actor, genesis) {
            (Some(header), _, _) => {
                let answered = second::answer(answered);
                let vault = Vault::open(&header, passphrase, answered.as_ref())
                    .map_err(setup::vault_fault)?;
                progress(ticket, Stage::Reading, 900);
                let inbox = self.inbox.clone();
                let mut loading = Loading::new(vault, &front, storage, inbox, genesis);
                loading.second_lock = second::of(&header);
                if let Some(profile) = loading.front.list.profile() {
                    let profile = Box::new(sluis_link::Profile {
                        second_lock: loading.second_lock.clone(),
                        ..profile.clone()
                    });
                    self.loading = Some(loading);
                    return Ok(Answer::Unlocked(profile));
                }
                loading.run().await?
            }
            (None, Some(actor), Some(genesis)) => {
                let secrets = actor.secrets();
                self.enter(secrets, genesis, passphrase, storage).await?
            }
            _ => return Err(Fault::Refused),
        };
        let open = self.open.insert(open);
        Ok(Answer::Unlocked(Box::new(open.profile())))
    }

    /// A new vault for somebody of the demonstration.
    #[inline(never)]
    fn enter<'a>(
        &'a mut self,
        secrets: DeviceSecrets,
        genesis: GenesisHash,
        passphrase: &'a str,
        storage: Storage,
    ) -> LocalBoxFuture<'a, Result<Open, Fault>> {
        let inbox = self.inbox.clone();
        let chance = &mut self.chance;
        Box::pin(Open::enter(
            secrets, genesis, passphrase, storage, inbox, chance,
        ))
    }

    /// Another tab of this browser may be at work on the same vault.
    async fn need_lock(&mut self) -> Result<(), Fault> {
        if self.take_lock(VAULT, false).await {
            Ok(())
        } else {
            Err(Fault::Refused)
        }
    }

    async fn take_lock(&mut self, name: &str, steal: bool) -> bool {
        if self.locked {
            return true;
        }
        let inbox = self.inbox.clone();
        self.locked = lock::take(name, steal, move || {
            // The desk lives as long as the worker does.
            let _told = inbox.unbounded_send(Input::TakenOver);
        })
        .await;
        self.locked
    }
}

/// Asks the relay who it is; `None` when it cannot be reached.
pub(crate) async fn hello() -> Option<Welcome> {
    match net::send(Hello::PATH, &sluis_wire::codec::encode(&Hello), None).await {
        Reply::Answer(body) => sluis_wire::codec::decode(&body, 1_024).ok(),
        Reply::Problem(_) | Reply::Lost => None,
    }
}

async fn open_storage(name: &str) -> Result<Storage, Fault> {
    Storage::open(name).await.map_err(|error| match error {
        crate::storage::StorageError::Newer => Fault::NewerVault,
        crate::storage::StorageError::Refused => Fault::Storage,
    })
}
