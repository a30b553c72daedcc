//! The sealed pieces of files, one object for each: `files/<file>/<number>` in the data folder. Rows that say whose they are lie in the store.

use std::path::Path as FilePath;

use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use sluis_directory::signature::SigningKey;
use sluis_wire::address::FileAddress;
use sluis_wire::api::{FileTicket, Problem};
use sluis_wire::limits::FILE_SECONDS;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use crate::folder::hex;
use crate::work::keyed;

/// The folder in the data folder.
const FOLDER: &str = "files";

/// The storage of pieces failed.
#[derive(Debug, thiserror::Error)]
#[error("the folder of files cannot be used")]
pub struct Error(#[from] object_store::Error);

/// The pieces, and the tickets that let them in.
pub(crate) struct Files {
    pieces: LocalFileSystem,
    secret: Zeroizing<[u8; 32]>,
}

impl Files {
    /// Opens the folder of files, making it when it is missing.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) fn open(data: &FilePath, relay_key: &SigningKey) -> Result<Self, Error> {
        let folder = data.join(FOLDER);
        std::fs::create_dir_all(&folder).map_err(|source| object_store::Error::Generic {
            store: "files",
            source: source.into(),
        })?;
        let pieces = LocalFileSystem::new_with_prefix(folder)?
            .with_automatic_cleanup(true)
            .with_fsync(true);
        let secret = keyed(relay_key.expose_seed(), &[b"sluis/1/file-ticket-key"]);
        Ok(Self {
            pieces,
            secret: Zeroizing::new(secret),
        })
    }

    /// A ticket for a file that begins now.
    pub(crate) fn ticket(&self, file: FileAddress, pieces: u32, now: UnixTime) -> FileTicket {
        let began = now.to_hour();
        FileTicket {
            file,
            pieces,
            began,
            mac: self.mac(file, pieces, began),
        }
    }

    /// Whether a ticket is ours and not too old.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    pub(crate) fn check(&self, ticket: &FileTicket, now: UnixTime) -> Result<(), Problem> {
        let mac = self.mac(ticket.file, ticket.pieces, ticket.began);
        let ours = bool::from(subtle::ConstantTimeEq::ct_eq(&mac[..], &ticket.mac[..]));
        if ours && ticket.began <= now && now.since(ticket.began) < FILE_SECONDS {
            Ok(())
        } else {
            Err(Problem::Forbidden)
        }
    }

    fn mac(&self, file: FileAddress, pieces: u32, began: UnixTime) -> [u8; 32] {
        let parts: [&[u8]; 3] = [&file.0, &pieces.to_be_bytes(), &began.0.to_be_bytes()];
        keyed(&self.secret, &parts)
    }

    /// Writes a piece, unless it is there. It is on disk when this returns.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn put(
        &self,
        file: FileAddress,
        number: u32,
        piece: Vec<u8>,
    ) -> Result<(), Error> {
        let once = PutOptions::from(PutMode::Create);
        let (place, piece) = (place(file, number), PutPayload::from(piece));
        match self.pieces.put_opts(&place, piece, once).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a piece; nothing when it is not there.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn read(
        &self,
        file: FileAddress,
        number: u32,
    ) -> Result<Option<Vec<u8>>, Error> {
        match self.pieces.get(&place(file, number)).await {
            Ok(found) => Ok(Some(found.bytes().await?.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The numbers of all pieces that are there.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn present(&self, file: FileAddress) -> Result<Vec<u32>, Error> {
        let listed = self.pieces.list(Some(&folder(file)));
        let numbers = listed.try_filter_map(async |found| {
            Ok(found
                .location
                .filename()
                .and_then(|name| name.parse::<u32>().ok()))
        });
        Ok(numbers.try_collect().await?)
    }

    /// Removes all pieces of a file.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn remove(&self, file: FileAddress) -> Result<(), Error> {
        let places = self
            .pieces
            .list(Some(&folder(file)))
            .map_ok(|found| found.location)
            .boxed();
        let gone: Vec<Path> = self.pieces.delete_stream(places).try_collect().await?;
        drop(gone);
        Ok(())
    }
}

fn folder(file: FileAddress) -> Path {
    Path::from(hex(&file.0))
}

fn place(file: FileAddress, number: u32) -> Path {
    folder(file).join(number.to_string())
}
