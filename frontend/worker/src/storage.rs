//! This browser's storage: one `IndexedDB` database for each vault, holding nothing but sealed rows under hashed names.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use sluis_protocol::vault::Write;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const ROWS: &str = "rows";
const HEADER: &str = "header";
/// Of the database's shape; a newer one is refused by the browser, and nothing is deleted.
const VERSION: u32 = 1;

// The few calls of IndexedDB that are needed: a library for all of it would weigh a tenth of the worker.
#[wasm_bindgen]
extern "C" {
    type Factory;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Factory, name: &str, version: u32) -> Result<Waiting, JsValue>;

    type Database;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, stores: &Array, mode: &str) -> Result<Waiting, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create_object_store(this: &Database, name: &str) -> Result<JsValue, JsValue>;

    // A request or a transaction: what ends well or badly at some time.
    type Waiting;
    #[wasm_bindgen(method, getter)]
    fn result(this: &Waiting) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn error(this: &Waiting) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_onupgradeneeded(this: &Waiting, call: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onsuccess(this: &Waiting, call: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_oncomplete(this: &Waiting, call: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Waiting, call: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onabort(this: &Waiting, call: &Function);
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn object_store(this: &Waiting, name: &str) -> Result<Store, JsValue>;

    type Store;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Store, key: &JsValue) -> Result<Waiting, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_all(this: &Store) -> Result<Waiting, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    fn get_all_keys(this: &Store) -> Result<Waiting, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Store, value: &JsValue, key: &JsValue) -> Result<Waiting, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Store, key: &JsValue) -> Result<Waiting, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn clear(this: &Store) -> Result<Waiting, JsValue>;
}

impl Waiting {
    /// Resolves when it ended well. Nothing but the database is awaited inside a transaction, and all its requests are made before the first wait.
    fn end(&self) -> JsFuture {
        let promise = Promise::new(&mut |resolve, reject| {
            self.set_onsuccess(&resolve);
            self.set_oncomplete(&resolve);
            self.set_onerror(&reject);
            self.set_onabort(&reject);
        });
        promise.into()
    }
}

/// Why storage did not do what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageError {
    /// A newer version of this program has made the database.
    Newer,
    /// The browser refuses: private mode, no room, or broken.
    Refused,
}

impl From<JsValue> for StorageError {
    fn from(_: JsValue) -> Self {
        Self::Refused
    }
}

/// The rows and header of a vault, as storage holds them.
pub(crate) struct Stored {
    pub(crate) header: Option<Vec<u8>>,
    pub(crate) rows: Vec<([u8; 32], Vec<u8>)>,
}

/// An open database.
pub(crate) struct Storage(Database);

impl Storage {
    /// Opens the database of a vault, making it when it is not there.
    pub(crate) async fn open(name: &str) -> Result<Self, StorageError> {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
        if factory.is_undefined() || factory.is_null() {
            return Err(StorageError::Refused);
        }
        let opening = factory.unchecked_into::<Factory>().open(name, VERSION)?;
        let made: Waiting = opening.clone().unchecked_into();
        let upgrade = Closure::once(move || {
            let database: Database = made.result().unchecked_into();
            for store in [ROWS, HEADER] {
                // Without its stores the database opens all the same, and the first transaction is refused.
                let _made = database.create_object_store(store);
            }
        });
        opening.set_onupgradeneeded(upgrade.as_ref().unchecked_ref());
        if opening.end().await.is_err() {
            let name = Reflect::get(&opening.error(), &"name".into())?;
            return Err(if name == "VersionError" {
                StorageError::Newer
            } else {
                StorageError::Refused
            });
        }
        Ok(Self(opening.result().unchecked_into()))
    }

    /// Whether there is a vault.
    pub(crate) async fn has_vault(&self) -> Result<bool, StorageError> {
        let (_, header, _) = self.begin("readonly")?;
        let found = header.get(&header_key())?;
        found.end().await?;
        Ok(!found.result().is_undefined())
    }

    /// Reads everything.
    pub(crate) async fn read(&self) -> Result<Stored, StorageError> {
        let (transaction, header, rows) = self.begin("readonly")?;
        let header = header.get(&header_key())?;
        let keys = rows.get_all_keys()?;
        let values = rows.get_all()?;
        transaction.end().await?;
        let keys: Array = keys.result().unchecked_into();
        let values: Array = values.result().unchecked_into();
        let rows = keys
            .iter()
            .zip(values.iter())
            .filter_map(|(key, value)| Some((bytes(&key)?.try_into().ok()?, bytes(&value)?)))
            .collect();
        Ok(Stored {
            header: bytes(&header.result()),
            rows,
        })
    }

    /// Takes everything away: after a set-up that did not come about.
    pub(crate) async fn clear(&self) -> Result<(), StorageError> {
        let (transaction, header, rows) = self.begin("readwrite")?;
        header.clear()?;
        rows.clear()?;
        transaction.end().await?;
        Ok(())
    }

    /// Writes all of it or nothing, and waits until the browser says that it is there.
    pub(crate) async fn write(
        &self,
        header: Option<&[u8]>,
        writes: &[Write],
    ) -> Result<(), StorageError> {
        let (transaction, headers, rows) = self.begin("readwrite")?;
        if let Some(header) = header {
            headers.put(&Uint8Array::from(header), &header_key())?;
        }
        for write in writes {
            let name = Uint8Array::from(write.name.as_slice());
            match &write.bytes {
                Some(bytes) => rows.put(&Uint8Array::from(bytes.as_slice()), &name)?,
                None => rows.delete(&name)?,
            };
        }
        transaction.end().await?;
        Ok(())
    }

    /// A transaction with the stores of header and rows.
    fn begin(&self, mode: &str) -> Result<(Waiting, Store, Store), JsValue> {
        let transaction = self
            .0
            .transaction(&Array::of2(&HEADER.into(), &ROWS.into()), mode)?;
        let stores = (
            transaction.object_store(HEADER)?,
            transaction.object_store(ROWS)?,
        );
        Ok((transaction, stores.0, stores.1))
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
