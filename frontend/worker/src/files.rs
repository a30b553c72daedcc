//! Files on their way: sealed into storage, sent from there, read and opened. Each is a task of its own, so that nothing else waits for it.

mod task;

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::mpsc::UnboundedSender;
use js_sys::Array;
use sluis_domain::file::{File, FileRemoval, fitting};
use sluis_domain::ids::FileRef;
use sluis_link::{
    Answer, DossierKey, Fault, FileAsk, FileKey, FileSight, News, Tell, Transfer, TransferStage,
};
use sluis_protocol::engine::{ActError, Engine, FileError, PieceFault, Reply};
use sluis_protocol::file::pieces;
use sluis_wire::address::{DossierAddress, FileAddress};
use sluis_wire::api::{FileTicket, Problem};
use sluis_wire::codec;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use self::task::{Task, clean, see};
use crate::desk::{Chance, Input, now, tell, tell_with};
use crate::net;
use crate::open::act_fault;
use crate::storage::Storage;

/// What a task of a file says to the worker.
pub(crate) enum FileInput {
    /// How far it is, in thousandths.
    At(u32, u16),
    /// A file was looked at, and is to be sealed now.
    Cleaned(u32, Result<(Blob, bool), Fault>),
    /// All pieces are sealed and in storage.
    Sealed(u32, Box<File>, Result<[u8; 32], Fault>),
    /// All pieces are at the relay, or not.
    Sent(u32, Sent),
    /// A file has been read.
    Read(u32, Result<Seen, PieceFault>),
}

/// How sending ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// All is there.
    Whole,
    /// No connection, or the keys have changed.
    Later,
    /// The relay does not want it.
    Refused,
}

/// A file that has been read.
pub(crate) struct Seen {
    sight: FileSight,
    blob: Blob,
    points: Option<JsValue>,
}

/// All files on their way.
pub(crate) struct Files {
    inbox: UnboundedSender<Input>,
    storage: Rc<Storage>,
    jobs: Vec<Job>,
    next: u32,
    shown: Vec<Transfer>,
}

struct Job {
    id: u32,
    dossier: DossierAddress,
    /// Its name at the relay, once it has one.
    file: Option<FileAddress>,
    name: String,
    media: String,
    stage: TransferStage,
    permille: u16,
    /// Its task ends as soon as it sees this.
    stop: Rc<Cell<bool>>,
    running: bool,
    /// It did not work just now: tried again at the next look at the clock.
    rests: bool,
}

impl Files {
    pub(crate) fn new(inbox: UnboundedSender<Input>, storage: Rc<Storage>) -> Self {
        Self {
            inbox,
            storage,
            jobs: Vec::new(),
            next: 0,
            shown: Vec::new(),
        }
    }

    /// What storage held when the vault was opened: files that wait go on, pieces of files that never came about go.
    pub(crate) fn begin(&mut self, engine: &Engine) {
        let waiting: Vec<FileAddress> = engine.uploads().map(|(file, _)| *file).collect();
        for (file, upload) in engine.uploads() {
            let job = self.add(upload.dossier, upload.file.name.clone(), String::new());
            job.file = Some(*file);
            job.stage = TransferStage::Waiting;
        }
        let storage = Rc::clone(&self.storage);
        spawn_local(async move {
            // What stays behind is tried again at the next start.
            let _swept = storage.keep_pieces_of(&waiting).await;
        });
    }

    fn add(&mut self, dossier: DossierAddress, name: String, media: String) -> &mut Job {
        self.next += 1;
        self.jobs.push(Job {
            id: self.next,
            dossier,
            file: None,
            name,
            media,
            stage: TransferStage::Locking,
            permille: 0,
            stop: Rc::default(),
            running: false,
            rests: false,
        });
        let last = self.jobs.len() - 1;
        self.jobs.get_mut(last).expect("it was put there just now")
    }

    fn job(&mut self, id: u32) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.id == id)
    }

    /// Does what the page asks.
    pub(crate) fn answer(
        &mut self,
        ask: FileAsk,
        beside: Option<Blob>,
        engine: &mut Engine,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        match ask {
            FileAsk::Add {
                dossier,
                name,
                media,
                original,
            } => {
                let blob = beside.ok_or(Fault::Internal)?;
                if !engine.may_write(&DossierAddress(dossier.0)) {
                    return Err(Fault::NotAllowed);
                }
                self.clean(DossierAddress(dossier.0), &name, &media, blob, original);
            }
            FileAsk::Cancel(id) => self.cancel(id, engine),
            FileAsk::Read(dossier, file) => {
                self.read(DossierAddress(dossier.0), FileAddress(file.0), engine)?;
            }
            FileAsk::Remove(dossier, file, reason) => {
                let removal = FileRemoval {
                    file: FileRef(file.0),
                    reason,
                };
                engine
                    .remove_file(DossierAddress(dossier.0), removal, now(), chance)
                    .map_err(|error| act_fault(&error))?;
            }
        }
        Ok(Answer::Done)
    }

    fn clean(
        &mut self,
        dossier: DossierAddress,
        name: &str,
        media: &str,
        blob: Blob,
        original: bool,
    ) {
        let (name, media) = (fitting(name), fitting(media));
        let says_picture = media.starts_with("image/");
        let inbox = self.inbox.clone();
        let job = self.add(dossier, name, media);
        job.running = true;
        let id = job.id;
        spawn_local(async move {
            let outcome = if original {
                Ok((blob, false))
            } else {
                clean(blob, says_picture).await
            };
            say(&inbox, FileInput::Cleaned(id, outcome));
        });
    }

    fn cancel(&mut self, id: u32, engine: &mut Engine) {
        let Some(at) = self.jobs.iter().position(|job| job.id == id) else {
            return;
        };
        let job = self.jobs.remove(at);
        job.stop.set(true);
        if let Some(file) = job.file.filter(|_| job.stage != TransferStage::Reading) {
            engine.drop_upload(file);
            self.drop_pieces(file);
        }
    }

    fn drop_pieces(&self, file: FileAddress) {
        let storage = Rc::clone(&self.storage);
        spawn_local(async move {
            // What stays behind goes at the next start.
            let _dropped = storage.drop_pieces(file).await;
        });
    }

    /// Takes in what a task says.
    pub(crate) fn take(&mut self, input: FileInput, engine: &mut Engine, chance: &mut Chance) {
        match input {
            FileInput::At(id, permille) => {
                if let Some(job) = self.job(id) {
                    job.permille = permille;
                }
            }
            FileInput::Cleaned(id, Ok((blob, cleaned))) => {
                self.seal(id, blob, cleaned, engine, chance);
            }
            FileInput::Sealed(id, file, Ok(hash)) => {
                if let Some(job) = self.job(id) {
                    let dossier = job.dossier;
                    (job.stage, job.permille, job.running) = (TransferStage::Waiting, 0, false);
                    engine.keep_upload(dossier, File { hash, ..*file });
                } else {
                    // It was stopped in the last moment.
                    self.drop_pieces(FileAddress(file.file.0));
                }
            }
            FileInput::Cleaned(id, Err(fault)) | FileInput::Sealed(id, _, Err(fault)) => {
                self.failed(id, fault);
            }
            FileInput::Sent(id, sent) => self.sent(id, sent, engine, chance),
            FileInput::Read(id, outcome) => self.seen(id, outcome, engine),
        }
    }

    fn failed(&mut self, id: u32, fault: Fault) {
        let Some(job) = self.job(id) else { return };
        (job.stage, job.running) = (TransferStage::Failed(fault), false);
        if let Some(file) = job.file {
            self.drop_pieces(file);
        }
    }

    fn seal(&mut self, id: u32, blob: Blob, cleaned: bool, engine: &Engine, chance: &mut Chance) {
        let (inbox, storage) = (self.inbox.clone(), Rc::clone(&self.storage));
        let Some(job) = self.job(id) else { return };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the size of a file is a whole number"
        )]
        let size = blob.size() as u64;
        match engine.begin_file(job.dossier, size, chance) {
            Ok((mut file, sealed)) => {
                job.file = Some(FileAddress(file.file.0));
                file.name = if job.name.is_empty() {
                    "?".into()
                } else {
                    job.name.clone()
                };
                file.media.clone_from(&job.media);
                file.cleaned = cleaned;
                let stop = Rc::clone(&job.stop);
                spawn_local(async move {
                    let name = FileAddress(file.file.0);
                    let task = Task {
                        id,
                        inbox: &inbox,
                        stop: &stop,
                    };
                    let hash = task.seal(name, &blob, &sealed, &storage).await;
                    say(&inbox, FileInput::Sealed(id, Box::new(file), hash));
                });
            }
            Err(error) => self.failed(id, file_fault(&error)),
        }
    }

    /// Some seconds went by.
    pub(crate) fn tick(&mut self) {
        for job in &mut self.jobs {
            job.rests = false;
        }
    }

    /// Sends what waits, one file at a time.
    pub(crate) fn pump(&mut self, engine: &Engine, offline: bool, chance: &mut Chance) {
        let sending = |job: &Job| job.running && job.stage == TransferStage::Sending;
        if offline || self.jobs.iter().any(sending) {
            return;
        }
        let (inbox, storage) = (self.inbox.clone(), Rc::clone(&self.storage));
        let waits =
            |job: &&mut Job| !job.running && !job.rests && job.stage == TransferStage::Waiting;
        for job in self.jobs.iter_mut().filter(waits) {
            let Some(file) = job.file else { continue };
            let upload = engine.uploads().find(|(known, _)| **known == file);
            let begin = engine.file_begin(file, now(), chance);
            let Some(((_, upload), begin)) = upload.zip(begin) else {
                continue;
            };
            let (id, count) = (job.id, pieces(upload.file.size));
            (job.running, job.stage) = (true, TransferStage::Sending);
            let stop = Rc::clone(&job.stop);
            spawn_local(async move {
                let task = Task {
                    id,
                    inbox: &inbox,
                    stop: &stop,
                };
                let sent = match net::send(begin.path, &begin.body, begin.proof.as_deref()).await {
                    Reply::Answer(body) => match codec::decode::<FileTicket>(&body, 256) {
                        Ok(ticket) => task.send(ticket, file, count, &storage).await,
                        Err(_) => Sent::Later,
                    },
                    Reply::Problem(Problem::Conflict | Problem::TooLarge | Problem::Malformed) => {
                        Sent::Refused
                    }
                    Reply::Problem(_) | Reply::Lost => Sent::Later,
                };
                say(&inbox, FileInput::Sent(id, sent));
            });
            return;
        }
    }

    fn sent(&mut self, id: u32, sent: Sent, engine: &mut Engine, chance: &mut Chance) {
        let Some(at) = self.jobs.iter().position(|job| job.id == id) else {
            return;
        };
        let Some(job) = self.jobs.get_mut(at) else {
            return;
        };
        job.running = false;
        let Some(file) = job.file else { return };
        let over = match sent {
            Sent::Whole => engine.upload_over(file, now(), chance),
            Sent::Later => Err(ActError::NotReady),
            Sent::Refused => Err(ActError::NoDossier),
        };
        match over {
            Ok(()) => {
                self.jobs.remove(at);
                self.drop_pieces(file);
            }
            Err(ActError::NotReady) => {
                (job.stage, job.rests) = (TransferStage::Waiting, true);
                engine.poke();
            }
            Err(error) => {
                job.stage = TransferStage::Failed(match sent {
                    Sent::Refused => Fault::Refused,
                    _ => act_fault(&error),
                });
            }
        }
    }

    fn read(
        &mut self,
        dossier: DossierAddress,
        file: FileAddress,
        engine: &mut Engine,
    ) -> Result<(), Fault> {
        let reading = |job: &Job| job.file == Some(file) && job.stage == TransferStage::Reading;
        if self.jobs.iter().any(reading) {
            return Ok(());
        }
        let reader = engine
            .read_file(dossier, file)
            .map_err(|error| file_fault(&error))?;
        let inbox = self.inbox.clone();
        let job = self.add(dossier, reader.file().name.clone(), String::new());
        (job.file, job.stage, job.running) = (Some(file), TransferStage::Reading, true);
        let (id, stop) = (job.id, Rc::clone(&job.stop));
        spawn_local(async move {
            let task = Task {
                id,
                inbox: &inbox,
                stop: &stop,
            };
            let outcome = match task.read(&reader).await {
                Ok(blob) => see(blob).await.map_err(|_| PieceFault::Later),
                Err(fault) => Err(fault),
            };
            say(&inbox, FileInput::Read(id, outcome));
        });
        Ok(())
    }

    fn seen(&mut self, id: u32, outcome: Result<Seen, PieceFault>, engine: &mut Engine) {
        let Some(at) = self.jobs.iter().position(|job| job.id == id) else {
            return;
        };
        let job = self.jobs.remove(at);
        let Some(file) = job.file else { return };
        engine.file_read(
            job.dossier,
            file,
            outcome.as_ref().map(|_| ()).map_err(|fault| *fault),
        );
        match outcome {
            Ok(seen) => {
                let news = News::FileRead(FileKey(file.0), seen.sight);
                let mut beside = Array::of1(&seen.blob);
                beside.extend(seen.points);
                tell_with(&Tell::News(news), &beside);
            }
            Err(fault) => {
                let fault = match fault {
                    PieceFault::Missing => Fault::FileGone,
                    PieceFault::Damaged => Fault::FileDamaged,
                    PieceFault::Later => Fault::Offline,
                };
                self.jobs.push(Job {
                    stage: TransferStage::Failed(fault),
                    file: None,
                    running: false,
                    ..job
                });
            }
        }
    }

    /// Says how far all files are, when that is something else than was said last.
    pub(crate) fn show(&mut self) {
        let transfers: Vec<Transfer> = self
            .jobs
            .iter()
            .map(|job| Transfer {
                id: job.id,
                dossier: DossierKey(job.dossier.0),
                name: job.name.clone(),
                stage: job.stage,
                permille: job.permille,
            })
            .collect();
        if transfers != self.shown {
            tell(&Tell::News(News::Transfers(transfers.clone())));
            self.shown = transfers;
        }
    }
}

fn file_fault(error: &FileError) -> Fault {
    match error {
        FileError::TooLarge { .. } => Fault::FileTooLarge,
        FileError::NoFile => Fault::FileGone,
        FileError::Damaged => Fault::FileDamaged,
        FileError::Act(error) => act_fault(error),
        _ => Fault::Internal,
    }
}

fn say(inbox: &UnboundedSender<Input>, input: FileInput) {
    // The desk lives as long as the worker does.
    let _told = inbox.unbounded_send(Input::File(input));
}
