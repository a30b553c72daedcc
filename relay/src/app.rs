//! What all requests share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use sluis_directory::Directory;
use sluis_directory::signature::SigningKey;
use sluis_wire::address::{CapabilityKey, DossierAddress};
use sluis_wire::api::Problem;
use sluis_wire::limits;
use sluis_wire::time::UnixTime;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::error::Refusal;
use crate::evidence::Cache;
use crate::files::{self, Files};
use crate::folder::{self, Folder};
use crate::limit::{Nonces, Quotas, Slots, WrongCodes};
use crate::settings::Settings;
use crate::shares::Shares;
use crate::store::{self, Head, Store, Write};
use crate::work::Gate;

/// Heads of dossiers that are kept in memory; above this, all are forgotten and read again.
const HEADS: usize = 10_000;
/// Files that are swept before their rows are.
const SWEPT: usize = 100;

/// Why a relay cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] folder::Error),
    /// The storage.
    #[error("the database cannot be used")]
    Store(#[from] store::Error),
    /// The folder of files.
    #[error(transparent)]
    Files(#[from] files::Error),
    /// The log in the storage does not pass the checks that it passed when it came.
    #[error("the directory log in the database is damaged")]
    Directory(#[from] sluis_directory::Error),
    /// The folders of the halves of keys.
    #[error("the folders of shares cannot be used")]
    Shares(#[source] std::io::Error),
    /// A statement in the storage cannot be read.
    #[error("a statement in the database is damaged")]
    Statement,
}

/// Why a sweep was not done to its end; the next one goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SweepError {
    /// The storage.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The folder of files.
    #[error(transparent)]
    Files(#[from] files::Error),
}

/// One relay. Clones are the same relay.
pub struct App<S>(Arc<Inner<S>>);

impl<S> Clone for App<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

struct Inner<S> {
    store: S,
    settings: Settings,
    clock: Box<dyn Clock>,
    folder: Folder,
    relay_key: SigningKey,
    directory: RwLock<Option<Arc<Directory>>>,
    staff: RwLock<Option<Staff>>,
    /// Held while the directory log or the staff capability changes.
    changing: tokio::sync::Mutex<()>,
    shares: Arc<Shares>,
    /// Held while halves of keys and the records that they belong to change or are read together.
    sharing: tokio::sync::Mutex<()>,
    heads: Mutex<Heads>,
    nonces: Nonces,
    wrong_codes: WrongCodes,
    slots: Slots,
    quotas: Quotas,
    gate: Gate,
    files: Files,
    evidence: Cache,
    ending: watch::Sender<bool>,
}

/// Newest links in memory. `round` counts what was written: what was read from the store before is not kept after.
#[derive(Default)]
struct Heads {
    round: u64,
    known: HashMap<DossierAddress, Head>,
}

impl Heads {
    fn keep(&mut self, dossier: DossierAddress, head: Head) {
        if self.known.len() >= HEADS {
            self.known.clear();
        }
        let kept = self.known.entry(dossier).or_insert(head);
        if kept.number < head.number {
            *kept = head;
        }
    }
}

/// The staff capability in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Its epoch.
    pub epoch: u32,
    /// What requests are checked against.
    pub key: CapabilityKey,
}

impl<S: Store> App<S> {
    /// A relay on `store`, whose other files lie in `folder`.
    ///
    /// # Errors
    /// [`StartError`] when the folder or what the store holds cannot be used.
    pub async fn new(
        store: S,
        folder: Folder,
        settings: Settings,
        clock: impl Clock,
    ) -> Result<Self, StartError> {
        let directory = load_directory(&store).await?;
        let staff = load_staff(&store).await?;
        let relay_key = folder.relay_key()?;
        match &directory {
            // A relay that stopped between writing the log and ending its set-up ends it now.
            Some(directory) => folder.set_up_done(directory.genesis())?,
            None => drop(folder.setup_code()?),
        }
        folder.site()?;
        let replica = settings.share_replica.as_deref();
        let shares = Shares::open(folder.path(), replica).map_err(StartError::Shares)?;
        let gate = Gate::new(&relay_key, settings.work);
        let files = Files::open(folder.path(), &relay_key)?;
        Ok(Self(Arc::new(Inner {
            store,
            settings,
            clock: Box::new(clock),
            folder,
            relay_key,
            directory: RwLock::new(directory.map(Arc::new)),
            staff: RwLock::new(staff),
            changing: tokio::sync::Mutex::default(),
            shares: Arc::new(shares),
            sharing: tokio::sync::Mutex::default(),
            heads: Mutex::default(),
            nonces: Nonces::default(),
            wrong_codes: WrongCodes::default(),
            slots: Slots::default(),
            quotas: Quotas::default(),
            gate,
            files,
            evidence: Cache::default(),
            ending: watch::Sender::new(false),
        })))
    }

    /// The code that set-up asks for; `None` once it is done.
    ///
    /// # Errors
    /// [`folder::Error`] when the data folder cannot be used.
    pub fn setup_code(&self) -> Result<Option<String>, folder::Error> {
        match self.directory() {
            Some(_) => Ok(None),
            None => self.0.folder.setup_code().map(Some),
        }
    }

    /// Deletes what has expired. To be called about hourly.
    ///
    /// # Errors
    /// [`SweepError`].
    pub async fn sweep(&self) -> Result<(), SweepError> {
        let (now, store) = (self.now(), &self.0.store);
        store.write(Write::Sweep { now }).await?;
        loop {
            // A row goes after its pieces: what a stop leaves behind is found again.
            let expired = store.files_expired(now, SWEPT).await?;
            if expired.is_empty() {
                return Ok(());
            }
            for file in &expired {
                self.0.files.remove(*file).await?;
            }
            store.write(Write::FileForget(expired)).await?;
        }
    }

    /// Ends open streams, so that the server can stop.
    pub fn end_streams(&self) {
        self.0.ending.send_replace(true);
    }

    /// Finishes writing and closes the storage.
    pub async fn close(&self) {
        self.end_streams();
        self.0.store.close().await;
    }

    /// The settings it was made with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The storage.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.0.store
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.0.clock.now()
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.0.folder
    }

    pub(crate) fn relay_key(&self) -> &SigningKey {
        &self.0.relay_key
    }

    pub(crate) fn nonces(&self) -> &Nonces {
        &self.0.nonces
    }

    pub(crate) fn wrong_codes(&self) -> &WrongCodes {
        &self.0.wrong_codes
    }

    pub(crate) fn slots(&self) -> &Slots {
        &self.0.slots
    }

    pub(crate) fn quotas(&self) -> &Quotas {
        &self.0.quotas
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn evidence(&self) -> &Cache {
        &self.0.evidence
    }

    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.0.ending.subscribe()
    }

    /// The directory, once the deployment is set up.
    pub(crate) fn directory(&self) -> Option<Arc<Directory>> {
        self.0
            .directory
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The directory, for calls that make no sense before set-up.
    pub(crate) fn need_directory(&self) -> Result<Arc<Directory>, Refusal> {
        self.directory().ok_or(Refusal(Problem::NotFound))
    }

    pub(crate) fn set_directory(&self, directory: Directory) {
        *self
            .0
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(directory));
        self.0.evidence.forget();
    }

    pub(crate) fn staff(&self) -> Option<Staff> {
        *self.0.staff.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_staff(&self, staff: Staff) {
        *self.0.staff.write().unwrap_or_else(PoisonError::into_inner) = Some(staff);
    }

    /// Held while something is read, decided and written that nobody else may change meanwhile.
    pub(crate) async fn changing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.changing.lock().await
    }

    /// Held while halves of keys and their records change or are read together.
    pub(crate) async fn sharing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.sharing.lock().await
    }

    /// Does something with the halves of keys, beside the other requests: their files are synced.
    pub(crate) async fn shares<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Shares) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, Refusal> {
        let shares = Arc::clone(&self.0.shares);
        let done = tokio::task::spawn_blocking(move || act(&shares))
            .await
            .map_err(|_| Problem::Internal)?;
        done.map_err(|error| {
            tracing::error!(kind = %error.kind(), "a share could not be written or read");
            Problem::Internal.into()
        })
    }

    /// The newest link of a dossier, from memory where it is known.
    pub(crate) async fn head(&self, dossier: DossierAddress) -> Result<Option<Head>, Refusal> {
        let round = {
            let heads = self.heads();
            if let Some(head) = heads.known.get(&dossier) {
                return Ok(Some(*head));
            }
            heads.round
        };
        let head = self.0.store.head(dossier).await?;
        let mut heads = self.heads();
        if let Some(head) = head.filter(|_| heads.round == round) {
            heads.keep(dossier, head);
        }
        Ok(head)
    }

    /// Takes note of a link that was written. An older one never takes the place of a newer one.
    pub(crate) fn keep_head(&self, dossier: DossierAddress, head: Head) {
        let mut heads = self.heads();
        heads.round += 1;
        heads.keep(dossier, head);
    }

    fn heads(&self) -> std::sync::MutexGuard<'_, Heads> {
        self.0.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn load_directory<S: Store>(store: &S) -> Result<Option<Directory>, StartError> {
    let mut frames = Vec::new();
    loop {
        let from = u64::try_from(frames.len()).unwrap_or(u64::MAX);
        let page = store.directory(from, limits::ANSWER).await?;
        if page.entries.is_empty() {
            break;
        }
        frames.extend(page.entries);
    }
    if frames.is_empty() {
        Ok(None)
    } else {
        Ok(Some(Directory::replay(&frames)?))
    }
}

/// The newest staff capability among the statements, which were checked when they came.
async fn load_staff<S: Store>(store: &S) -> Result<Option<Staff>, StartError> {
    let (mut staff, mut after, mut complete) = (None::<Staff>, 0, false);
    while !complete {
        let page = store.statements(after, limits::ANSWER).await?;
        complete = page.complete;
        for stored in page.statements {
            after = stored.number;
            let Some(found) = staff_of(&stored.statement).map_err(|_| StartError::Statement)?
            else {
                continue;
            };
            if staff.is_none_or(|known| known.epoch <= found.epoch) {
                staff = Some(found);
            }
        }
    }
    Ok(staff)
}

/// What a stored statement says about the staff capability.
fn staff_of(frame: &[u8]) -> Result<Option<Staff>, sluis_wire::Error> {
    use sluis_directory::statement::StaffCapability;
    use sluis_wire::frame::{Frame, FrameType};
    let frame = Frame::parse(frame)?;
    if frame.kind() != FrameType::StaffCapabilityStatement {
        return Ok(None);
    }
    let max = FrameType::StaffCapabilityStatement.max_body_len();
    let body: StaffCapability = sluis_wire::codec::decode(frame.body(), max)?;
    Ok(Some(Staff {
        epoch: body.epoch,
        key: body.key,
    }))
}
