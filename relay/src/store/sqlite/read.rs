//! Reading. What grows only at its end may be read in two queries: first its length, then no further than that.

use std::collections::BTreeSet;

use futures_util::TryStreamExt as _;
use sluis_wire::address::{
    BoardTag, CapabilityKey, DossierAddress, FileAddress, FrameHash, PersonAddress,
};
use sluis_wire::api::{
    ChangesPage, ControlLink, ControlPage, DirectoryPage, DossierKeys, EventPage, FigurePage,
    IntakeEntry, IntakeLane, IntakePage, PersonWraps, StatementPage, StoredFigure, StoredStatement,
};
use sluis_wire::codec;
use sluis_wire::limits::INTAKE_DAYS;
use sluis_wire::time::{DAY, UnixTime};
use sqlx::sqlite::{Sqlite, SqliteExecutor, SqliteRow};
use sqlx::{FromRow, QueryBuilder, query::QueryAs, sqlite::SqliteArguments};
use tokio::sync::watch;

use super::{HOUR, SqliteStore, count, file, signed, whole};
use crate::store::{BoardRow, Error, FileRow, Head, PersonRow, Store, Write};

type HeadRow = (i64, Vec<u8>, i64, Vec<u8>, Vec<u8>, Vec<u8>);

/// The newest link of a dossier, from within a transaction or from outside.
pub(super) async fn head(
    executor: impl SqliteExecutor<'_>,
    dossier: DossierAddress,
) -> Result<Option<Head>, sqlx::Error> {
    let row: Option<HeadRow> = sqlx::query_as(
        "SELECT number, head, epoch, read_key, write_key, steward_key FROM dossier WHERE address = ?",
    )
    .bind(dossier.0.as_slice())
    .fetch_optional(executor)
    .await?;
    row.map(|(number, hash, epoch, read, write, steward)| {
        Ok(Head {
            number: whole(number),
            hash: FrameHash(array(hash)?),
            epoch: u32::try_from(epoch).map_err(|_| sqlx::Error::RowNotFound)?,
            keys: DossierKeys {
                read: CapabilityKey(array(read)?),
                write: CapabilityKey(array(write)?),
                steward: CapabilityKey(array(steward)?),
            },
        })
    })
    .transpose()
}

fn array(bytes: Vec<u8>) -> Result<[u8; 32], sqlx::Error> {
    bytes.try_into().map_err(|_| sqlx::Error::RowNotFound)
}

type Query<'q, T> = QueryAs<'q, Sqlite, T, SqliteArguments>;

impl SqliteStore {
    /// Rows until their sizes reach `max_bytes`, and whether these were all.
    async fn page<T>(
        &self,
        query: Query<'_, T>,
        max_bytes: usize,
        size: impl Fn(&T) -> usize + Send,
    ) -> Result<(Vec<T>, bool), sqlx::Error>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let mut rows = query.fetch(&self.readers);
        let (mut page, mut bytes) = (Vec::new(), 0_usize);
        while let Some(row) = rows.try_next().await? {
            if bytes >= max_bytes {
                return Ok((page, false));
            }
            bytes = bytes.saturating_add(size(&row));
            page.push(row);
        }
        Ok((page, true))
    }

    /// Rows that carry the length of what they are part of, which is 0 when there are none at or after the first one wanted.
    async fn length(&self, query: Query<'_, (i64,)>) -> Result<u64, sqlx::Error> {
        Ok(whole(query.fetch_one(&self.readers).await?.0))
    }
}

impl Store for SqliteStore {
    async fn write(&self, write: Write) -> Result<(), Error> {
        self.enqueue(write).await
    }

    async fn directory(&self, from: u64, max_bytes: usize) -> Result<DirectoryPage, Error> {
        let length = self
            .length(sqlx::query_as("SELECT COUNT(*) FROM directory"))
            .await?;
        let query =
            sqlx::query_as("SELECT frame FROM directory WHERE seq >= ? AND seq < ? ORDER BY seq")
                .bind(signed(from))
                .bind(signed(length));
        let (rows, _) = self
            .page(query, max_bytes, |(frame,): &(Vec<u8>,)| frame.len())
            .await?;
        Ok(DirectoryPage {
            entries: rows.into_iter().map(|(frame,)| frame).collect(),
            length,
        })
    }

    async fn statement(&self, slot: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        Ok(
            sqlx::query_scalar("SELECT frame FROM statement WHERE slot = ?")
                .bind(slot)
                .fetch_optional(&self.readers)
                .await?,
        )
    }

    async fn statements(&self, after: u64, max_bytes: usize) -> Result<StatementPage, Error> {
        let query = sqlx::query_as(
            "SELECT number, frame, wraps FROM statement WHERE number > ? ORDER BY number",
        )
        .bind(signed(after));
        let (rows, complete) = self
            .page(
                query,
                max_bytes,
                |(_, frame, wraps): &(i64, Vec<u8>, Vec<u8>)| frame.len() + wraps.len(),
            )
            .await?;
        let statements = rows
            .into_iter()
            .map(|(number, statement, wraps)| StoredStatement {
                number: whole(number),
                statement,
                wraps,
            })
            .collect();
        Ok(StatementPage {
            statements,
            complete,
        })
    }

    async fn figures(&self, after: u64, max_bytes: usize) -> Result<FigurePage, Error> {
        let query =
            sqlx::query_as("SELECT number, frame FROM figure WHERE number > ? ORDER BY number")
                .bind(signed(after));
        let (rows, complete) = self
            .page(query, max_bytes, |(_, frame): &(i64, Vec<u8>)| frame.len())
            .await?;
        let figures = rows
            .into_iter()
            .map(|(number, figure)| StoredFigure {
                number: whole(number),
                figure,
            })
            .collect();
        Ok(FigurePage { figures, complete })
    }

    async fn snapshot(&self) -> Result<Option<Vec<u8>>, Error> {
        Ok(sqlx::query_scalar("SELECT frame FROM snapshot")
            .fetch_optional(&self.readers)
            .await?)
    }

    async fn team_table(&self, hash: FrameHash) -> Result<Option<Vec<u8>>, Error> {
        Ok(
            sqlx::query_scalar("SELECT frame FROM team_table WHERE hash = ?")
                .bind(hash.0.as_slice())
                .fetch_optional(&self.readers)
                .await?,
        )
    }

    async fn intake(&self, after: u64, max_bytes: usize) -> Result<IntakePage, Error> {
        let query =
            sqlx::query_as("SELECT number, lane, expires_hour, envelope FROM intake WHERE number > ? ORDER BY number")
                .bind(signed(after));
        let (rows, complete) = self
            .page(
                query,
                max_bytes,
                |(_, _, _, envelope): &(i64, i64, i64, Vec<u8>)| envelope.len(),
            )
            .await?;
        let entries = rows
            .into_iter()
            .map(|(number, lane, expires, envelope)| IntakeEntry {
                number: whole(number),
                hour: UnixTime((whole(expires) * HOUR).saturating_sub(INTAKE_DAYS * DAY)),
                lane: if lane == i64::from(IntakeLane::First.number()) {
                    IntakeLane::First
                } else {
                    IntakeLane::Second
                },
                envelope,
            })
            .collect();
        Ok(IntakePage { entries, complete })
    }

    async fn intake_waiting(&self, lane: u8) -> Result<u64, Error> {
        let query =
            sqlx::query_as("SELECT COUNT(*) FROM intake WHERE lane = ?").bind(i64::from(lane));
        Ok(self.length(query).await?)
    }

    async fn board_lacks(&self, tags: &[BoardTag]) -> Result<Vec<BoardTag>, Error> {
        let mut query = QueryBuilder::new("SELECT tag FROM board WHERE tag IN (");
        let mut list = query.separated(", ");
        for tag in tags {
            list.push_bind(tag.0.to_vec());
        }
        query.push(")");
        let there: Vec<(Vec<u8>,)> = query.build_query_as().fetch_all(&self.readers).await?;
        let there: BTreeSet<&[u8]> = there.iter().map(|(tag,)| tag.as_slice()).collect();
        let missing = tags.iter().filter(|tag| !there.contains(tag.0.as_slice()));
        Ok(missing.copied().collect())
    }

    async fn board(
        &self,
        first: u16,
        last: u16,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<BoardRow>, u64), Error> {
        let range = |query: Query<'static, (i64,)>| {
            query
                .bind(signed(after))
                .bind(i64::from(first))
                .bind(i64::from(last))
        };
        let newest = range(sqlx::query_as(
            "SELECT COALESCE(MAX(number), 0) FROM board WHERE number > ? AND page BETWEEN ? AND ?",
        ));
        let newest = self.length(newest).await?;
        if newest == 0 {
            return Ok((Vec::new(), after));
        }
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT number, entry FROM board WHERE number > ? AND number <= ? AND page BETWEEN ? AND ?
             ORDER BY number LIMIT ?",
        )
        .bind(signed(after))
        .bind(signed(newest))
        .bind(i64::from(first))
        .bind(i64::from(last))
        .bind(count(limit))
        .fetch_all(&self.readers)
        .await?;
        let rows = rows
            .into_iter()
            .map(|(number, entry)| BoardRow {
                number: whole(number),
                entry,
            })
            .collect();
        Ok((rows, newest))
    }

    async fn head(&self, dossier: DossierAddress) -> Result<Option<Head>, Error> {
        Ok(head(&self.readers, dossier).await?)
    }

    async fn control(
        &self,
        dossier: DossierAddress,
        from: u64,
        max_bytes: usize,
    ) -> Result<ControlPage, Error> {
        let length = sqlx::query_as("SELECT COUNT(*) FROM control WHERE dossier = ?")
            .bind(dossier.0.as_slice());
        let length = self.length(length).await?;
        let query = sqlx::query_as(
            "SELECT frame, wraps FROM control WHERE dossier = ? AND number >= ? AND number < ? ORDER BY number",
        )
        .bind(dossier.0.as_slice())
        .bind(signed(from))
        .bind(signed(length));
        let (rows, _) = self
            .page(query, max_bytes, |(frame, wraps): &(Vec<u8>, Vec<u8>)| {
                frame.len() + wraps.len()
            })
            .await?;
        let links = rows
            .into_iter()
            .map(|(control, wraps)| ControlLink { control, wraps })
            .collect();
        Ok(ControlPage { links, length })
    }

    async fn events(
        &self,
        dossier: DossierAddress,
        from: u64,
        max_bytes: usize,
    ) -> Result<EventPage, Error> {
        let length =
            sqlx::query_as("SELECT COALESCE(MAX(number) + 1, 0) FROM event WHERE dossier = ?")
                .bind(dossier.0.as_slice());
        let length = self.length(length).await?;
        let query = sqlx::query_as(
            "SELECT frame FROM event WHERE dossier = ? AND number >= ? AND number < ? ORDER BY number",
        )
        .bind(dossier.0.as_slice())
        .bind(signed(from))
        .bind(signed(length));
        let (rows, _) = self
            .page(query, max_bytes, |(frame,): &(Vec<u8>,)| frame.len())
            .await?;
        Ok(EventPage {
            events: rows.into_iter().map(|(frame,)| frame).collect(),
            length,
        })
    }

    async fn people(&self, dossier: DossierAddress) -> Result<Vec<PersonRow>, Error> {
        type Row = (Vec<u8>, i64, Vec<u8>, Option<i64>, Vec<u8>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT person, version, hash, erased_hour, record FROM person WHERE dossier = ? ORDER BY person",
        )
        .bind(dossier.0.as_slice())
        .fetch_all(&self.readers)
        .await?;
        let row = |(person, version, hash, erased, record): Row| {
            Ok(PersonRow {
                person: PersonAddress(person.try_into().map_err(|_| sqlx::Error::RowNotFound)?),
                version: u32::try_from(version).map_err(|_| sqlx::Error::RowNotFound)?,
                hash: FrameHash(array(hash)?),
                erased: erased.map(|hour| UnixTime(whole(hour).saturating_mul(HOUR))),
                record,
            })
        };
        rows.into_iter().map(row).collect()
    }

    async fn person_wraps(
        &self,
        dossier: DossierAddress,
        person: PersonAddress,
    ) -> Result<Option<PersonWraps>, Error> {
        let row: Option<(i64, i64, Vec<u8>)> = sqlx::query_as(
            "SELECT version, turn, wraps FROM person WHERE dossier = ? AND person = ? AND erased_hour IS NULL",
        )
        .bind(dossier.0.as_slice())
        .bind(person.0.as_slice())
        .fetch_optional(&self.readers)
        .await?;
        let number = |number| u32::try_from(number).map_err(|_| sqlx::Error::RowNotFound);
        row.map(|(version, turn, wraps)| {
            Ok(PersonWraps {
                version: number(version)?,
                turn: number(turn)?,
                wraps,
            })
        })
        .transpose()
    }

    async fn file(&self, file: FileAddress) -> Result<Option<FileRow>, Error> {
        file::row(&self.readers, file).await
    }

    async fn files_waiting(&self) -> Result<u64, Error> {
        let count = sqlx::query_as("SELECT COUNT(*) FROM file WHERE dossier IS NULL");
        Ok(self.length(count).await?)
    }

    async fn files_expired(&self, now: UnixTime, limit: usize) -> Result<Vec<FileAddress>, Error> {
        file::expired(&self.readers, now, limit).await
    }

    async fn changes(&self, after: u64, limit: usize) -> Result<ChangesPage, Error> {
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT number, object FROM change WHERE number > ? ORDER BY number LIMIT ?",
        )
        .bind(signed(after))
        .bind(count(limit.saturating_add(1)))
        .fetch_all(&self.readers)
        .await?;
        let mut page = ChangesPage {
            changes: Vec::new(),
            next: after,
            complete: rows.len() <= limit,
        };
        for (number, object) in rows.into_iter().take(limit) {
            let object =
                codec::decode(&object, object.len()).map_err(|_| sqlx::Error::RowNotFound)?;
            page.changes.push(object);
            page.next = whole(number);
        }
        Ok(page)
    }

    fn newest_change(&self) -> watch::Receiver<u64> {
        self.newest.clone()
    }

    async fn close(&self) {
        self.finish().await;
    }
}
