//! Files: what a page asks about them, how far they are, what can be seen of one.
//!
//! The content of a file crosses beside a message, as an object of the browser: a `File` with [`FileAsk::Add`], a `Blob` or an `ImageBitmap`
//! with [`News::FileRead`](crate::News::FileRead).

use serde::{Deserialize, Serialize};

use crate::{DossierKey, Fault, Sent};

/// A file, as the page names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileKey(pub [u8; 16]);

/// What a page may ask about files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FileAsk {
    /// Adds the file that comes beside this message.
    Add {
        /// To which dossier.
        dossier: DossierKey,
        /// What it is called.
        name: String,
        /// What the browser says it is.
        media: String,
        /// Keep it as it is, with what a camera wrote into it about place and device.
        original: bool,
    },
    /// Stops a transfer; what was sent of it goes.
    Cancel(u32),
    /// Reads a file, to be shown or saved.
    Read(DossierKey, FileKey),
    /// Takes a file away, and says why.
    Remove(DossierKey, FileKey, String),
}

/// A file of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Which.
    pub key: FileKey,
    /// What its sender calls it: words to show, nothing else.
    pub name: String,
    /// A name under which it may be saved.
    pub safe_name: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of its content, in hexadecimal digits.
    pub hash: String,
    /// Who added it; `None` for the reporter.
    pub author: Option<String>,
    /// When (unix seconds).
    pub time: u64,
    /// Details about place and device were taken out.
    pub cleaned: bool,
    /// It was taken away: by whom, when, and why.
    pub removed: Option<Removed>,
    /// Whether the server has the word about it.
    pub sent: Sent,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// How a file was taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// By whom.
    pub author: String,
    /// When (unix seconds).
    pub time: u64,
    /// Why.
    pub reason: String,
}

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The worker's number for it.
    pub id: u32,
    /// Of which dossier.
    pub dossier: DossierKey,
    /// What it is called.
    pub name: String,
    /// Which way, and how far.
    pub stage: TransferStage,
    /// Done, in thousandths of this stage.
    pub permille: u16,
}

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransferStage {
    /// Being looked at, cleaned and locked: it is not safe yet.
    Locking,
    /// Safe on this device, and on its way to the server.
    Sending,
    /// Safe on this device, waits for the connection.
    Waiting,
    /// On its way from the server.
    Reading,
    /// It did not work.
    Failed(Fault),
}

/// What can be seen of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileSight {
    /// A picture, drawn anew: an `ImageBitmap` and a `Blob` come beside it.
    Picture {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// Sound.
    Sound,
    /// Moving pictures.
    Film,
    /// Text.
    Text(String),
    /// Nothing: it can be saved.
    Nothing,
}
