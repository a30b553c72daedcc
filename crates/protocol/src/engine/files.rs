//! Files: what waits to be sent, what is asked of the relay, and what is wrong with an answer (docs/protocol.md 7.8).
//!
//! Sealing, opening and the road of the pieces are the runner's: they may take minutes, and nothing else waits for them. What a file is, is
//! decided here: its event is made only when all of it lies at the relay.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::SigningKey;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::file::{File, FileRemoval};
use sluis_domain::ids::{EventId, FileRef};
use sluis_wire::address::{DossierAddress, FileAddress, GenesisHash};
use sluis_wire::api::{FileBegin, FileClaim, FileDelete, Piece, PieceRead, Problem};
use sluis_wire::codec;
use sluis_wire::limits::{FILE_MOST, PIECE_PUT};
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::step::{Outgoing, Reply, Signer, Step, written};
use super::work::Work;
use super::{ActError, Alarm, Engine, random, rows};
use crate::conversation::message::{Message, Part};
use crate::file::{SealedFile, piece_len, pieces};

/// Why a file cannot be taken or given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Larger than this many bytes.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// Most bytes, inclusive.
        most: u64,
    },
    /// No such file here, or it was taken away.
    #[error("no such file")]
    NoFile,
    /// What opens it is not its own.
    #[error("the file cannot be opened")]
    Damaged,
    /// It cannot be done in this dossier now.
    #[error("the dossier refuses")]
    Act(#[from] ActError),
}

/// Why a piece did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceFault {
    /// The relay does not have it.
    Missing,
    /// It is no piece of this file, or the whole is not what its event says.
    Damaged,
    /// No connection, or the keys have changed: try again after the next sync.
    Later,
}

/// A file of mine on its way: its sealed pieces lie in this device's storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// For which dossier.
    pub dossier: DossierAddress,
    /// What its event will say.
    pub file: File,
}

/// Reads and opens one file, with the keys that held when it was made.
pub struct FileReader {
    fact: File,
    sealed: SealedFile,
    key: SigningKey,
    dossier: DossierAddress,
    genesis: GenesisHash,
    clock_offset: i64,
}

impl FileReader {
    /// What is known of the file.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.fact
    }

    /// What opens its pieces.
    #[must_use]
    pub fn sealed(&self) -> &SealedFile {
        &self.sealed
    }

    /// What reads a piece.
    pub fn request(&self, number: u32, now: UnixTime, rng: &mut impl CryptoRng) -> Outgoing {
        let file = FileAddress(self.fact.file.0);
        let call = PieceRead {
            dossier: self.dossier,
            file,
            number,
        };
        let time = UnixTime(now.0.saturating_add_signed(self.clock_offset));
        let signer = Signer::Key(&self.key);
        written(&self.genesis, Step::File(file), &call, &signer, time, rng)
    }

    /// The sealed piece in an answer.
    ///
    /// # Errors
    /// [`PieceFault`], to be told to [`Engine::file_read`].
    pub fn answered(&self, number: u32, reply: &Reply) -> Result<Vec<u8>, PieceFault> {
        match reply {
            Reply::Answer(body) => {
                let piece: Option<Piece> = codec::decode(body, PIECE_PUT).ok();
                let piece = piece.map(|piece| piece.piece);
                piece
                    .filter(|piece| piece.len() == piece_len(self.fact.size, number))
                    .ok_or(PieceFault::Damaged)
            }
            Reply::Problem(Problem::NotFound) => Err(PieceFault::Missing),
            Reply::Problem(_) | Reply::Lost => Err(PieceFault::Later),
        }
    }
}

/// A file's name among what was sent with a request.
pub(super) fn sent_bytes(file: FileAddress) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (byte, own) in bytes.iter_mut().zip(file.0) {
        *byte = own;
    }
    bytes
}

impl Engine {
    /// Begins a file of `size` bytes: its name, and what seals it. Nothing is remembered of it until [`Self::keep_upload`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn begin_file(
        &self,
        address: DossierAddress,
        size: u64,
        rng: &mut impl CryptoRng,
    ) -> Result<(File, SealedFile), FileError> {
        if !self.dossiers.contains_key(&address) {
            return Err(ActError::NoDossier.into());
        }
        if !self.may_write(&address) {
            return Err(ActError::Work(crate::dossier::WorkError::NoRight).into());
        }
        if size > FILE_MOST {
            return Err(FileError::TooLarge { most: FILE_MOST });
        }
        let name = FileAddress(random(rng));
        let (sealed, secret) = SealedFile::begin(&self.genesis, name, size, rng);
        let file = File {
            file: FileRef(name.0),
            secret,
            size,
            hash: [0; 32],
            name: alloc::string::String::new(),
            media: alloc::string::String::new(),
            cleaned: false,
        };
        Ok((file, sealed))
    }

    /// All pieces are sealed and in storage: from here on the file survives whatever happens to this device's memory.
    pub fn keep_upload(&mut self, address: DossierAddress, file: File) {
        let name = FileAddress(file.file.0);
        let upload = Upload {
            dossier: address,
            file,
        };
        self.put(
            rows::UPLOAD,
            &name.0,
            Zeroizing::new(codec::encode(&upload)),
        );
        self.uploads.insert(name, upload);
        self.touched.insert(address);
    }

    /// Files of mine on their way.
    pub fn uploads(&self) -> impl Iterator<Item = (&FileAddress, &Upload)> {
        self.uploads.iter()
    }

    /// Gives up a file of mine that was on its way.
    pub fn drop_upload(&mut self, file: FileAddress) {
        if let Some(upload) = self.uploads.remove(&file) {
            self.forget(rows::UPLOAD, &file.0);
            self.touched.insert(upload.dossier);
        }
    }

    /// All of a file is at the relay: its event is made.
    ///
    /// # Errors
    /// [`ActError`]: it stays on its way then. [`ActError::NotReady`] passes with the next sync.
    pub fn upload_over(
        &mut self,
        file: FileAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let Some(upload) = self.uploads.get(&file).cloned() else {
            return Ok(());
        };
        match self.act(upload.dossier, Command::AddFile(upload.file), now, rng) {
            Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => {
                self.drop_upload(file);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// What begins a file of mine at the relay, or goes on with it; the answer is a ticket for its pieces. Nothing while the relay does not have
    /// the dossier.
    pub fn file_begin(
        &self,
        file: FileAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        let upload = self.uploads.get(&file)?;
        let work = self.dossiers.get(&upload.dossier)?;
        let key = work.write_key().filter(|_| work.is_created())?;
        let call = FileBegin {
            dossier: upload.dossier,
            file,
            pieces: pieces(upload.file.size),
        };
        Some(self.write(Step::File(file), &call, &Signer::Key(key), now, rng))
    }

    /// What reads and opens a file of a dossier.
    ///
    /// # Errors
    /// [`FileError::NoFile`], or [`FileError::Damaged`] with an alarm when its event does not fit itself.
    pub fn read_file(
        &mut self,
        address: DossierAddress,
        file: FileAddress,
    ) -> Result<FileReader, FileError> {
        let fact = self.file(address, file).ok_or(FileError::NoFile)?.clone();
        let sealed = SealedFile::resume(&self.genesis, file, fact.size, &fact.secret);
        let Some(sealed) = sealed.ok().filter(|_| fact.size <= FILE_MOST) else {
            self.file_read(address, file, Err(PieceFault::Damaged));
            return Err(FileError::Damaged);
        };
        let key = self.dossiers.get(&address).and_then(Work::read_key);
        Ok(FileReader {
            fact,
            sealed,
            key: key.ok_or(ActError::NotReady)?,
            dossier: address,
            genesis: self.genesis,
            clock_offset: self.clock_offset,
        })
    }

    /// What came of reading a file: all of it is as its event says, or not. What is wrong is named until it is right.
    pub fn file_read(
        &mut self,
        address: DossierAddress,
        file: FileAddress,
        outcome: Result<(), PieceFault>,
    ) {
        let missing = Alarm::FileMissing(address, file);
        let damaged = Alarm::FileDamaged(address, file);
        match outcome {
            Ok(()) => {
                self.alarms.remove(&missing);
                self.alarms.remove(&damaged);
            }
            Err(PieceFault::Damaged) => self.alarm(damaged),
            Err(PieceFault::Missing) if self.claim_again(address, file) => {}
            Err(PieceFault::Missing) => self.alarm(missing),
            Err(PieceFault::Later) => self.want_links(address),
        }
        self.touched.insert(address);
    }

    /// Whoever took a file away had told the relay before this device heard of it.
    pub(super) fn forgive_removed(&mut self, address: DossierAddress) {
        let Some(work) = self.dossiers.get(&address) else {
            return;
        };
        let removed = work.state().files().iter();
        let removed = removed.filter(|entry| entry.removed.is_some());
        for file in removed.map(|entry| FileAddress(entry.file.file.0)) {
            self.alarms.remove(&Alarm::FileMissing(address, file));
        }
    }

    /// A colleague may have taken a reporter's file in without having told the relay: told once more before anybody is blamed.
    fn claim_again(&mut self, address: DossierAddress, file: FileAddress) -> bool {
        if !self.may_write(&address) {
            return false;
        }
        let work = self.dossiers.get_mut(&address);
        let again = work.is_some_and(|work| work.claim_again(file));
        if again {
            self.keep_dossier(address);
        }
        again
    }

    /// Takes a file away: an event says so, and its pieces are deleted. Only whoever decides about access may.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn remove_file(
        &mut self,
        address: DossierAddress,
        removal: FileRemoval,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<EventId, ActError> {
        if self.dossiers.contains_key(&address) && !self.may_share(&address) {
            return Err(ActError::Work(crate::dossier::WorkError::NoRight));
        }
        let file = FileAddress(removal.file.0);
        let event = self.act(address, Command::RemoveFile(removal), now, rng)?;
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.unfile(file);
        }
        self.keep_dossier(address);
        Ok(event)
    }

    /// Files of a message are taken into its dossier once the relay has the event.
    pub(super) fn claim_files(&mut self, address: DossierAddress, message: &Message) {
        let files = message.parts.iter().filter_map(Part::file);
        let files = files.map(|file| FileAddress(file.file.0));
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.claim(files);
        }
    }

    /// What is to be said to the relay about files of a dossier, with the names that were sent.
    pub(super) fn next_filing(
        &self,
        address: DossierAddress,
        work: &Work,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<(Outgoing, Vec<[u8; 32]>)> {
        let (claims, removals) = work.filing();
        let free = |step| !self.stuck.contains(&step);
        let names = |files: &[FileAddress]| files.iter().map(|file| sent_bytes(*file)).collect();
        if !claims.is_empty() && free(Step::Claim(address)) {
            let key = work.write_key()?;
            let sent = names(&claims);
            let call = FileClaim {
                dossier: address,
                files: claims,
            };
            let step = Step::Claim(address);
            return Some((self.write(step, &call, &Signer::Key(key), now, rng), sent));
        }
        if !removals.is_empty() && free(Step::Unfile(address)) {
            let key = work.steward_key()?;
            let sent = names(&removals);
            let call = FileDelete {
                dossier: address,
                files: removals,
            };
            let step = Step::Unfile(address);
            return Some((self.write(step, &call, &Signer::Key(key), now, rng), sent));
        }
        None
    }

    pub(super) fn filed(&mut self, address: DossierAddress, sent: &[[u8; 32]]) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.filed(sent);
        }
        self.keep_dossier(address);
    }

    /// A file that is there.
    fn file(&self, address: DossierAddress, file: FileAddress) -> Option<&File> {
        let entry = self
            .dossiers
            .get(&address)?
            .state()
            .file(&FileRef(file.0))?;
        entry.removed.is_none().then_some(&entry.file)
    }
}
