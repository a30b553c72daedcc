//! Files: whose they are and how far.

use sluis_wire::address::{DossierAddress, FileAddress};
use sluis_wire::time::UnixTime;
use sqlx::SqliteExecutor;
use sqlx::sqlite::SqliteConnection;

use super::apply::hour;
use super::{count, signed};
use crate::store::{Error, FileRow, FileStage, Write};

/// A row as `SQLite` has it: dossier, pieces, stage.
type Row = (Option<Vec<u8>>, i64, i64);

const BEGUN: i64 = 0;
const WHOLE: i64 = 1;
const DELETED: i64 = 2;

/// One of the writes that are about files. Readers of the change list have nothing to see of any.
pub(super) async fn apply(connection: &mut SqliteConnection, write: &Write) -> Result<bool, Error> {
    match write {
        Write::FileBegin {
            file,
            dossier,
            pieces,
            cap,
            expires,
        } => {
            let wanted = FileRow {
                dossier: *dossier,
                pieces: *pieces,
                stage: FileStage::Begun,
            };
            begin(connection, *file, wanted, *cap, *expires).await?;
        }
        Write::FileFinish { file, expires } => finish(connection, *file, *expires).await?,
        Write::FileClaim { dossier, files } => claim(connection, *dossier, files).await?,
        Write::FileDelete {
            dossier,
            files,
            expires,
        } => delete(connection, *dossier, files, *expires).await?,
        Write::FileForget(files) => forget(connection, files).await?,
        _ => {}
    }
    Ok(false)
}

/// What is known of a file.
pub(super) async fn row(
    from: impl SqliteExecutor<'_>,
    file: FileAddress,
) -> Result<Option<FileRow>, Error> {
    let found: Option<Row> =
        sqlx::query_as("SELECT dossier, pieces, stage FROM file WHERE address = ?")
            .bind(file.0.as_slice())
            .fetch_optional(from)
            .await?;
    Ok(found.map(|(dossier, pieces, stage)| FileRow {
        dossier: dossier
            .and_then(|bytes| bytes.try_into().ok())
            .map(DossierAddress),
        pieces: u32::try_from(pieces).unwrap_or(0),
        stage: match stage {
            BEGUN => FileStage::Begun,
            WHOLE => FileStage::Whole,
            _ => FileStage::Deleted,
        },
    }))
}

/// Files that expired.
pub(super) async fn expired(
    from: impl SqliteExecutor<'_>,
    now: UnixTime,
    limit: usize,
) -> Result<Vec<FileAddress>, Error> {
    let rows: Vec<(Vec<u8>,)> =
        sqlx::query_as("SELECT address FROM file WHERE expires_hour <= ? LIMIT ?")
            .bind(hour(now))
            .bind(count(limit))
            .fetch_all(from)
            .await?;
    let files = rows
        .into_iter()
        .filter_map(|(address,)| address.try_into().ok().map(FileAddress));
    Ok(files.collect())
}

async fn begin(
    connection: &mut SqliteConnection,
    file: FileAddress,
    wanted: FileRow,
    cap: u64,
    expires: UnixTime,
) -> Result<(), Error> {
    let known = row(&mut *connection, file).await?;
    match known {
        // Only a file that is not whole yet may be given more time.
        Some(known) if known == wanted => {}
        Some(known) if known.stage == FileStage::Whole && same(&known, &wanted) => return Ok(()),
        Some(_) => return Err(Error::Conflict),
        None if wanted.dossier.is_none() => {
            let waiting: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM file WHERE dossier IS NULL")
                    .fetch_one(&mut *connection)
                    .await?;
            if waiting >= signed(cap) {
                return Err(Error::Full);
            }
        }
        None => {}
    }
    sqlx::query(
        "INSERT OR REPLACE INTO file (address, dossier, pieces, stage, expires_hour) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(file.0.as_slice())
    .bind(wanted.dossier.map(|dossier| dossier.0.to_vec()))
    .bind(i64::from(wanted.pieces))
    .bind(BEGUN)
    .bind(hour(expires))
    .execute(connection)
    .await?;
    Ok(())
}

fn same(one: &FileRow, other: &FileRow) -> bool {
    (one.dossier, one.pieces) == (other.dossier, other.pieces)
}

async fn finish(
    connection: &mut SqliteConnection,
    file: FileAddress,
    expires: UnixTime,
) -> Result<(), Error> {
    row(&mut *connection, file).await?.ok_or(Error::NotFound)?;
    sqlx::query(
        "UPDATE file SET stage = ?1, expires_hour = CASE WHEN dossier IS NULL THEN ?2 END WHERE address = ?3 AND stage = ?4",
    )
    .bind(WHOLE)
    .bind(hour(expires))
    .bind(file.0.as_slice())
    .bind(BEGUN)
    .execute(connection)
    .await?;
    Ok(())
}

async fn claim(
    connection: &mut SqliteConnection,
    dossier: DossierAddress,
    files: &[FileAddress],
) -> Result<(), Error> {
    for file in files {
        sqlx::query(
            "UPDATE file SET dossier = ?, expires_hour = NULL WHERE address = ? AND dossier IS NULL AND stage = ?",
        )
        .bind(dossier.0.as_slice())
        .bind(file.0.as_slice())
        .bind(WHOLE)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn delete(
    connection: &mut SqliteConnection,
    dossier: DossierAddress,
    files: &[FileAddress],
    expires: UnixTime,
) -> Result<(), Error> {
    for file in files {
        sqlx::query(
            "UPDATE file SET stage = ?1, expires_hour = ?2 WHERE address = ?3 AND dossier = ?4 AND stage <> ?1",
        )
        .bind(DELETED)
        .bind(hour(expires))
        .bind(file.0.as_slice())
        .bind(dossier.0.as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn forget(connection: &mut SqliteConnection, files: &[FileAddress]) -> Result<(), Error> {
    for file in files {
        sqlx::query("DELETE FROM file WHERE address = ?")
            .bind(file.0.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
