//! The embedded backend: one `SQLite` file in the data folder.
//!
//! Write-ahead log, synced at every commit, deleted content overwritten. One task owns the only writing connection: it takes all writes that
//! are waiting into one transaction and answers each of them after the commit (group commit), so a busy relay syncs once for many.

mod apply;
mod file;
mod read;

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::Mutex;
use std::time::Duration;

use sluis_wire::api::Changed;
use sluis_wire::codec;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use super::{Error, Write};

/// The file in the data folder.
pub const FILE: &str = "relay.sqlite";
/// Numbered, forward only; the file's `user_version` says how many have run.
const MIGRATIONS: [&str; 4] = [
    include_str!("../../migrations/sqlite/0001_start.sql"),
    include_str!("../../migrations/sqlite/0002_people.sql"),
    include_str!("../../migrations/sqlite/0003_files.sql"),
    include_str!("../../migrations/sqlite/0004_figures.sql"),
];
/// Most writes in one transaction.
const BATCH: usize = 256;
/// Connections that read.
const READERS: u32 = 4;
/// Seconds in the unit in which times lie on disk.
const HOUR: u64 = 3_600;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Backend(error)
    }
}

/// A [`super::Store`] in one file.
#[derive(Debug)]
pub struct SqliteStore {
    readers: SqlitePool,
    writes: Mutex<Option<mpsc::Sender<Job>>>,
    newest: watch::Receiver<u64>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

struct Job {
    write: Write,
    answer: oneshot::Sender<Result<(), Error>>,
}

impl SqliteStore {
    /// Opens the file in `folder`, makes it when it is missing, and brings it to this release's version.
    ///
    /// # Errors
    /// [`Error::Newer`] when a newer release wrote it; [`Error::Backend`] when it cannot be opened.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let file = folder.join(FILE);
        make_private(&file).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(&file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .pragma("secure_delete", "on")
            .pragma("temp_store", "memory")
            .disable_statement_logging();
        let mut connection = options.clone().connect().await?;
        migrate(&mut connection).await?;
        let newest = newest_change(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await?;
        let (send, receive) = mpsc::channel(BATCH);
        let (tell, newest) = watch::channel(newest);
        let writer = tokio::spawn(write_all(connection, receive, tell));
        Ok(Self {
            readers,
            writes: Mutex::new(Some(send)),
            newest,
            writer: Mutex::new(Some(writer)),
        })
    }

    async fn enqueue(&self, write: Write) -> Result<(), Error> {
        let sender = self
            .writes
            .lock()
            .ok()
            .and_then(|writes| writes.clone())
            .ok_or(Error::Closed)?;
        let (answer, wait) = oneshot::channel();
        sender
            .send(Job { write, answer })
            .await
            .map_err(|_| Error::Closed)?;
        wait.await.map_err(|_| Error::Closed)?
    }

    async fn finish(&self) {
        drop(self.writes.lock().ok().and_then(|mut writes| writes.take()));
        let writer = self.writer.lock().ok().and_then(|mut writer| writer.take());
        if let Some(writer) = writer {
            drop(writer.await);
        }
        self.readers.close().await;
    }
}

/// Makes the file when it is missing, for its owner only; the files that `SQLite` lays beside it are as private as it is.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// The writer's life: until the last sender is gone.
async fn write_all(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Job>,
    newest: watch::Sender<u64>,
) {
    while let Some(first) = jobs.recv().await {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(job) = jobs.try_recv()
        {
            batch.push(job);
        }
        commit(&mut connection, batch, &newest).await;
    }
    drop(connection.close().await);
}

/// One transaction for all of `batch`. A write that is refused wrote nothing and leaves the others in; a failure of the storage undoes all.
async fn commit(connection: &mut SqliteConnection, batch: Vec<Job>, newest: &watch::Sender<u64>) {
    let sweep = batch.iter().any(|job| {
        matches!(
            job.write,
            Write::Sweep { .. } | Write::PeopleErase { .. } | Write::Person { .. }
        )
    });
    let mut outcomes = Vec::with_capacity(batch.len());
    let committed = commit_writes(connection, &batch, &mut outcomes).await;
    match committed {
        Ok(number) => {
            if let Some(number) = number {
                newest.send_replace(number);
            }
            for (job, outcome) in batch.into_iter().zip(outcomes) {
                drop(job.answer.send(outcome));
            }
            if sweep {
                // What was swept must not live on in the write-ahead log.
                drop(
                    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                        .execute(connection)
                        .await,
                );
            }
        }
        Err(error) => {
            tracing::error!(%error, "a commit failed");
            drop(sqlx::query("ROLLBACK").execute(&mut *connection).await);
            for job in batch {
                drop(
                    job.answer
                        .send(Err(Error::Backend(sqlx::Error::WorkerCrashed))),
                );
            }
        }
    }
}

async fn commit_writes(
    connection: &mut SqliteConnection,
    batch: &[Job],
    outcomes: &mut Vec<Result<(), Error>>,
) -> Result<Option<u64>, sqlx::Error> {
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    let mut changed = BTreeSet::new();
    for job in batch {
        let outcome = match apply::apply(connection, &job.write).await {
            Err(Error::Backend(error)) => return Err(error),
            Ok(true) => {
                changed.extend(job.write.changed());
                Ok(())
            }
            Ok(false) => Ok(()),
            Err(refused) => Err(refused),
        };
        outcomes.push(outcome);
    }
    let number = record_changes(connection, changed).await?;
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(number)
}

/// Gives each changed object a new number, the highest so far. One writer: a higher number is never visible before a lower one.
async fn record_changes(
    connection: &mut SqliteConnection,
    changed: BTreeSet<Changed>,
) -> Result<Option<u64>, sqlx::Error> {
    let mut number = None;
    for object in changed {
        let done = sqlx::query("INSERT OR REPLACE INTO change (object) VALUES (?)")
            .bind(codec::encode(&object))
            .execute(&mut *connection)
            .await?;
        number = Some(whole(done.last_insert_rowid()));
    }
    Ok(number)
}

async fn migrate(connection: &mut SqliteConnection) -> Result<(), Error> {
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *connection)
        .await?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(Error::Newer { found, known });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for (number, migration) in MIGRATIONS.into_iter().enumerate().skip(done) {
        let version = number + 1;
        let script =
            format!("BEGIN IMMEDIATE; {migration}; PRAGMA user_version = {version}; COMMIT;");
        sqlx::raw_sql(sqlx::AssertSqlSafe(script))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn newest_change(connection: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
    let newest: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM change")
        .fetch_one(connection)
        .await?;
    Ok(whole(newest))
}

/// A number as `SQLite` holds it; what does not fit is past every number there is.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number that `SQLite` held.
fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A count as `SQLite` holds it.
fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use sluis_wire::address::DossierAddress;
    use sluis_wire::time::UnixTime;
    use tempfile::TempDir;

    use super::*;
    use crate::store::Store as _;
    use crate::store::conformance::conformance;

    async fn fresh() -> (SqliteStore, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (SqliteStore::open(folder.path()).await.unwrap(), folder)
    }

    conformance!(fresh);

    fn intake(n: u8) -> Write {
        let expires = UnixTime(1_800_003_599);
        Write::Intake {
            hash: [n; 32],
            lane: 0,
            cap: 9,
            expires,
            delete_hash: [n; 32],
            envelope: vec![n; 8_000],
        }
    }

    #[tokio::test]
    async fn what_was_written_is_there_after_opening_again() {
        let (store, folder) = fresh().await;
        store.write(intake(1)).await.unwrap();
        let newest = *store.newest_change().borrow();
        store.close().await;
        let store = SqliteStore::open(folder.path()).await.unwrap();
        assert_eq!(store.intake(0, 1).await.unwrap().entries.len(), 1);
        assert_eq!(*store.newest_change().borrow(), newest);
        assert_eq!(store.head(DossierAddress([1; 16])).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_file_of_a_newer_release_is_left_alone() {
        let (store, folder) = fresh().await;
        store.close().await;
        let file = format!("sqlite:{}", folder.path().join(FILE).display());
        let mut connection = SqliteConnection::connect(&file).await.unwrap();
        sqlx::query("PRAGMA user_version = 99")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let refused = SqliteStore::open(folder.path()).await;
        assert!(matches!(
            refused,
            Err(Error::Newer {
                found: 99,
                known: 4
            })
        ));
    }

    #[tokio::test]
    async fn swept_content_is_in_no_file_any_more() {
        let (store, folder) = fresh().await;
        store.write(intake(0xa7)).await.unwrap();
        let holds = || {
            std::fs::read_dir(folder.path()).unwrap().any(|file| {
                let content = std::fs::read(file.unwrap().path()).unwrap();
                content.windows(64).any(|bytes| bytes == [0xa7; 64])
            })
        };
        assert!(holds());
        store
            .write(Write::Sweep {
                now: UnixTime(1_800_003_600),
            })
            .await
            .unwrap();
        assert!(store.intake(0, 1).await.unwrap().entries.is_empty());
        // The answer comes after the commit; the log is emptied before the next write is taken.
        store
            .write(Write::Sweep { now: UnixTime(0) })
            .await
            .unwrap();
        assert!(!holds());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn files_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let (store, folder) = fresh().await;
        store.write(intake(1)).await.unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn times_on_disk_are_hours() {
        let (store, folder) = fresh().await;
        store.write(intake(1)).await.unwrap();
        store.close().await;
        let file = format!("sqlite:{}", folder.path().join(FILE).display());
        let mut connection = SqliteConnection::connect(&file).await.unwrap();
        let hour: i64 = sqlx::query_scalar("SELECT expires_hour FROM intake")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(hour, 500_000);
    }
}
