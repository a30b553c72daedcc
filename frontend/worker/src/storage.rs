//! This browser's storage: one `IndexedDB` database for each vault, holding nothing but sealed rows under hashed names.

use js_sys::Uint8Array;
use rexie::{ObjectStore, Rexie, TransactionMode};
use sluis_protocol::vault::Write;
use wasm_bindgen::{JsCast, JsValue};

const ROWS: &str = "rows";
const HEADER: &str = "header";
/// Of the database's shape; a newer one is refused by the browser, and nothing is deleted.
const VERSION: u32 = 1;

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

/// The rows and header of a vault, as storage holds them.
pub(crate) struct Stored {
    pub(crate) header: Option<Vec<u8>>,
    pub(crate) rows: Vec<([u8; 32], Vec<u8>)>,
}

/// An open database.
pub(crate) struct Storage(Rexie);

impl Storage {
    /// Opens the database of a vault, making it when it is not there.
    pub(crate) async fn open(name: &str) -> Result<Self, StorageError> {
        let database = Rexie::builder(name)
            .version(VERSION)
            .add_object_store(ObjectStore::new(ROWS))
            .add_object_store(ObjectStore::new(HEADER))
            .build()
            .await
            .map_err(|_| StorageError::Newer)?;
        Ok(Self(database))
    }

    /// Whether there is a vault.
    pub(crate) async fn has_vault(&self) -> Result<bool, StorageError> {
        let transaction = self.0.transaction(&[HEADER], TransactionMode::ReadOnly)?;
        Ok(transaction
            .store(HEADER)?
            .get(header_key())
            .await?
            .is_some())
    }

    /// Reads everything.
    pub(crate) async fn read(&self) -> Result<Stored, StorageError> {
        let transaction = self
            .0
            .transaction(&[HEADER, ROWS], TransactionMode::ReadOnly)?;
        let header = transaction
            .store(HEADER)?
            .get(header_key())
            .await?
            .as_ref()
            .and_then(bytes);
        let store = transaction.store(ROWS)?;
        let keys = store.get_all_keys(None, None).await?;
        let values = store.get_all(None, None).await?;
        let rows = keys
            .iter()
            .zip(&values)
            .filter_map(|(key, value)| Some((bytes(key)?.try_into().ok()?, bytes(value)?)))
            .collect();
        Ok(Stored { header, rows })
    }

    /// Takes everything away: after a set-up that did not come about.
    pub(crate) async fn clear(&self) -> Result<(), StorageError> {
        let transaction = self
            .0
            .transaction(&[HEADER, ROWS], TransactionMode::ReadWrite)?;
        transaction.store(HEADER)?.clear().await?;
        transaction.store(ROWS)?.clear().await?;
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
            .transaction(&[HEADER, ROWS], TransactionMode::ReadWrite)?;
        if let Some(header) = header {
            transaction
                .store(HEADER)?
                .put(&Uint8Array::from(header), Some(&header_key()))
                .await?;
        }
        let store = transaction.store(ROWS)?;
        let (kept, gone): (Vec<&Write>, Vec<&Write>) =
            writes.iter().partition(|write| write.bytes.is_some());
        for write in gone {
            store
                .delete(Uint8Array::from(write.name.as_slice()).into())
                .await?;
        }
        let puts = kept.iter().filter_map(|write| {
            let value = Uint8Array::from(write.bytes.as_deref()?);
            Some((
                value.into(),
                Some(Uint8Array::from(write.name.as_slice()).into()),
            ))
        });
        store.put_all(puts).await?;
        transaction.done().await?;
        Ok(())
    }
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
