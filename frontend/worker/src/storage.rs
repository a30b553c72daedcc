//! This browser's storage: one `IndexedDB` database for each vault, holding nothing but sealed rows under hashed names.
//! Rows that are shown right after unlocking lie apart, so that nothing else has to be read for them.

use js_sys::Uint8Array;
use rexie::{KeyRange, ObjectStore, Rexie, TransactionMode};
use sluis_protocol::vault::Write;
use sluis_wire::address::FileAddress;
use wasm_bindgen::{JsCast, JsValue};

const ROWS: &str = "rows";
/// Rows that are read before all others.
const FRONT: &str = "front";
const HEADER: &str = "header";
/// Sealed pieces of files that wait to be sent, by file and number.
const PIECES: &str = "pieces";
/// Of the database's shape; a newer one is refused by the browser, and nothing is deleted.
const VERSION: u32 = 3;
/// Rows that are read at once; some thousand bytes each.
const AT_ONCE: u32 = 500;

/// A row as storage holds it.
pub(crate) type Stored = ([u8; 32], Vec<u8>);

/// Why storage did not do what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageError {
    /// A newer version of this program has made the database.
    Newer,
    /// The browser refuses: private mode, no room, or broken.
    Refused,
}

impl From<rexie::Error> for StorageError {
    fn from(_: rexie::Error) -> Self {
        Self::Refused
    }
}

/// An open database.
pub(crate) struct Storage(Rexie);

impl Storage {
    /// Opens the database of a vault, making it when it is not there.
    pub(crate) async fn open(name: &str) -> Result<Self, StorageError> {
        let database = Rexie::builder(name)
            .version(VERSION)
            .add_object_store(ObjectStore::new(ROWS))
            .add_object_store(ObjectStore::new(FRONT))
            .add_object_store(ObjectStore::new(HEADER))
            .add_object_store(ObjectStore::new(PIECES))
            .build()
            .await
            .map_err(|_| StorageError::Newer)?;
        Ok(Self(database))
    }

    /// How the vault is locked, when there is one.
    pub(crate) async fn header(&self) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.0.transaction(&[HEADER], TransactionMode::ReadOnly)?;
        let header = transaction.store(HEADER)?.get(header_key()).await?;
        Ok(header.as_ref().and_then(bytes))
    }

    /// The rows that are read before all others.
    pub(crate) async fn front(&self) -> Result<Vec<Stored>, StorageError> {
        self.some(FRONT, None, None).await
    }

    /// Some of the other rows: those behind this name, or the first. None when there are no more.
    pub(crate) async fn next(&self, after: Option<&[u8; 32]>) -> Result<Vec<Stored>, StorageError> {
        let range = after.map(|name| {
            let name = Uint8Array::from(name.as_slice());
            KeyRange::lower_bound(&name, Some(true))
        });
        let range = range.transpose().map_err(|_| StorageError::Refused)?;
        self.some(ROWS, range, Some(AT_ONCE)).await
    }

    /// All rows but those that are read before them.
    pub(crate) async fn rest(&self) -> Result<Vec<Stored>, StorageError> {
        self.some(ROWS, None, None).await
    }

    async fn some(
        &self,
        store: &str,
        range: Option<KeyRange>,
        most: Option<u32>,
    ) -> Result<Vec<Stored>, StorageError> {
        let transaction = self.0.transaction(&[store], TransactionMode::ReadOnly)?;
        let store = transaction.store(store)?;
        let keys = store.get_all_keys(range.clone(), most).await?;
        let values = store.get_all(range, most).await?;
        let rows = keys.iter().zip(&values);
        let rows =
            rows.filter_map(|(key, value)| Some((bytes(key)?.try_into().ok()?, bytes(value)?)));
        Ok(rows.collect())
    }

    /// Takes everything away: after a set-up that did not come about.
    pub(crate) async fn clear(&self) -> Result<(), StorageError> {
        let transaction = self
            .0
            .transaction(&[HEADER, FRONT, ROWS, PIECES], TransactionMode::ReadWrite)?;
        for store in [HEADER, FRONT, ROWS, PIECES] {
            transaction.store(store)?.clear().await?;
        }
        transaction.done().await?;
        Ok(())
    }

    /// Keeps a sealed piece of a file.
    pub(crate) async fn put_piece(
        &self,
        file: FileAddress,
        number: u32,
        piece: &Uint8Array,
    ) -> Result<(), StorageError> {
        let transaction = self.0.transaction(&[PIECES], TransactionMode::ReadWrite)?;
        transaction
            .store(PIECES)?
            .put(piece, Some(&piece_key(file, number)))
            .await?;
        transaction.done().await?;
        Ok(())
    }

    /// A sealed piece of a file.
    pub(crate) async fn piece(
        &self,
        file: FileAddress,
        number: u32,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.0.transaction(&[PIECES], TransactionMode::ReadOnly)?;
        let piece = transaction
            .store(PIECES)?
            .get(piece_key(file, number))
            .await?;
        Ok(piece.as_ref().and_then(bytes))
    }

    /// Lets go of all pieces of a file.
    pub(crate) async fn drop_pieces(&self, file: FileAddress) -> Result<(), StorageError> {
        let transaction = self.0.transaction(&[PIECES], TransactionMode::ReadWrite)?;
        let all = KeyRange::bound(&piece_key(file, 0), &piece_key(file, u32::MAX), None, None)
            .map_err(|_| StorageError::Refused)?;
        transaction.store(PIECES)?.delete(all.into()).await?;
        transaction.done().await?;
        Ok(())
    }

    /// Lets go of the pieces of all files but these.
    pub(crate) async fn keep_pieces_of(&self, files: &[FileAddress]) -> Result<(), StorageError> {
        let transaction = self.0.transaction(&[PIECES], TransactionMode::ReadWrite)?;
        let store = transaction.store(PIECES)?;
        for key in store.get_all_keys(None, None).await? {
            let name = bytes(&key).unwrap_or_default();
            if !files.iter().any(|file| name.starts_with(&file.0)) {
                store.delete(key).await?;
            }
        }
        transaction.done().await?;
        Ok(())
    }

    /// Writes all of it or nothing, and waits until the browser says that it is there.
    pub(crate) async fn write(
        &self,
        header: Option<&[u8]>,
        writes: &[Write],
    ) -> Result<(), StorageError> {
        let transaction = self
            .0
            .transaction(&[HEADER, FRONT, ROWS], TransactionMode::ReadWrite)?;
        if let Some(header) = header {
            transaction
                .store(HEADER)?
                .put(&Uint8Array::from(header), Some(&header_key()))
                .await?;
        }
        for (name, front) in [(ROWS, false), (FRONT, true)] {
            let store = transaction.store(name)?;
            let mut puts = Vec::new();
            for write in writes
                .iter()
                .filter(|write| write.store.is_front() == front)
            {
                let name = JsValue::from(Uint8Array::from(write.name.as_slice()));
                match &write.bytes {
                    Some(bytes) => {
                        puts.push((Uint8Array::from(bytes.as_slice()).into(), Some(name)));
                    }
                    None => store.delete(name).await?,
                }
            }
            store.put_all(puts.into_iter()).await?;
        }
        transaction.done().await?;
        Ok(())
    }
}

fn piece_key(file: FileAddress, number: u32) -> JsValue {
    let mut key = file.0.to_vec();
    key.extend_from_slice(&number.to_be_bytes());
    Uint8Array::from(key.as_slice()).into()
}

fn header_key() -> JsValue {
    JsValue::from_str("vault")
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    if let Some(array) = value.dyn_ref::<Uint8Array>() {
        return Some(array.to_vec());
    }
    Some(Uint8Array::new(value.dyn_ref::<js_sys::ArrayBuffer>()?).to_vec())
}
