//! The server of Sluis: it takes, keeps and hands out sealed bytes.
//!
//! It must never be able to open one: it depends on `sluis-wire` and `sluis-directory` only. It keeps no request log and no addresses, and
//! writes no time finer than an hour to disk, but for what clients have signed.
//!
//! ```no_run
//! # async fn start() -> Result<(), Box<dyn std::error::Error>> {
//! use sluis_relay::{clock::SystemClock, open, router, settings::Settings};
//!
//! let app = open(Settings::local("data".as_ref()), SystemClock).await?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! axum::serve(listener, router(app)).await?;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

pub mod app;
mod caller;
mod calls;
mod chance;
pub mod clock;
pub mod error;
mod evidence;
pub mod files;
pub mod folder;
mod handlers;
mod limit;
mod openapi;
mod router;
pub mod settings;
pub mod shares;
mod site;
pub mod store;
mod work;

pub use app::{App, StartError, SweepError};
pub use router::router;

use clock::Clock;
use folder::Folder;
use settings::Settings;
use store::sqlite::SqliteStore;

/// A relay on the `SQLite` file in the data folder of `settings`.
///
/// # Errors
/// [`StartError`] when the folder or what lies in it cannot be used.
pub async fn open(settings: Settings, clock: impl Clock) -> Result<App<SqliteStore>, StartError> {
    let folder = Folder::open(&settings.data)?;
    let store = SqliteStore::open(folder.path()).await?;
    App::new(store, folder, settings, clock).await
}
