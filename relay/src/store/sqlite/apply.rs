//! One [`Write`] inside the open transaction. Refusals come before the first byte is written.

use sluis_wire::address::{BoardTag, DossierAddress, FrameHash, PersonAddress};
use sluis_wire::limits;
use sluis_wire::time::UnixTime;
use sqlx::sqlite::SqliteConnection;

use super::{HOUR, file, read, signed};
use crate::store::{Error, Link, Statement, Write};

/// Applies `write`; whether it changed anything that readers can see.
pub(super) async fn apply(connection: &mut SqliteConnection, write: &Write) -> Result<bool, Error> {
    match write {
        Write::Directory { from, entries } => directory(connection, *from, entries).await,
        Write::Statement(new) => statement(connection, new).await,
        Write::Snapshot {
            time,
            frame,
            tables,
        } => snapshot(connection, *time, frame, tables).await,
        Write::Intake {
            hash,
            lane,
            cap,
            expires,
            delete_hash,
            envelope,
        } => {
            let entry = Intake {
                hash,
                lane: *lane,
                expires: *expires,
                delete_hash,
                envelope,
            };
            intake(connection, &entry, *cap).await
        }
        Write::IntakeDelete(entries) => intake_delete(connection, entries).await,
        Write::Board {
            tag,
            expires,
            entry,
        } => board(connection, tag, *expires, entry).await,
        Write::BoardRenew { tags, expires } => board_renew(connection, tags, *expires).await,
        Write::DossierCreate(link) => dossier_create(connection, link).await,
        Write::Control(link) => control(connection, link).await,
        Write::Events {
            dossier,
            epoch,
            events,
        } => append_events(connection, *dossier, *epoch, events).await,
        Write::Person {
            dossier,
            person,
            version,
            hash,
            record,
            wraps,
        } => {
            let new = NewVersion {
                dossier,
                address: person,
                version: *version,
                hash,
                record,
                wraps,
            };
            put_person(connection, &new).await
        }
        Write::PersonWraps {
            dossier,
            person,
            version,
            turn,
            wraps,
        } => put_wraps(connection, *dossier, *person, (*version, *turn), wraps).await,
        Write::PeopleErase {
            dossier,
            people,
            now,
        } => erase_people(connection, *dossier, people, *now).await,
        Write::FileBegin { .. }
        | Write::FileFinish { .. }
        | Write::FileClaim { .. }
        | Write::FileDelete { .. }
        | Write::FileForget(_) => file::apply(connection, write).await,
        Write::Figure(frame) => figure(connection, frame).await,
        Write::Sweep { now } => sweep(connection, *now).await,
    }
}

pub(super) fn hour(time: UnixTime) -> i64 {
    signed(time.0 / HOUR)
}

async fn directory(
    connection: &mut SqliteConnection,
    from: u64,
    entries: &[Vec<u8>],
) -> Result<bool, Error> {
    let length: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM directory")
        .fetch_one(&mut *connection)
        .await?;
    if length != signed(from) {
        return Err(Error::Conflict);
    }
    for (seq, frame) in (from..).zip(entries) {
        sqlx::query("INSERT INTO directory (seq, frame) VALUES (?, ?)")
            .bind(signed(seq))
            .bind(frame.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    Ok(!entries.is_empty())
}

async fn figure(connection: &mut SqliteConnection, frame: &[u8]) -> Result<bool, Error> {
    let done = sqlx::query("INSERT OR IGNORE INTO figure (frame) VALUES (?)")
        .bind(frame)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

async fn statement(connection: &mut SqliteConnection, new: &Statement) -> Result<bool, Error> {
    let held: Option<Vec<u8>> = sqlx::query_scalar("SELECT frame FROM statement WHERE slot = ?")
        .bind(new.slot.as_slice())
        .fetch_optional(&mut *connection)
        .await?;
    if held.as_ref() == Some(&new.frame) {
        return Ok(false);
    }
    if held != new.replaces {
        return Err(Error::Conflict);
    }
    sqlx::query(
        "INSERT OR REPLACE INTO statement (slot, expires_hour, frame, wraps) VALUES (?, ?, ?, ?)",
    )
    .bind(new.slot.as_slice())
    .bind(new.expires.map(hour))
    .bind(new.frame.as_slice())
    .bind(new.wraps.as_slice())
    .execute(connection)
    .await?;
    Ok(true)
}

async fn snapshot(
    connection: &mut SqliteConnection,
    time: UnixTime,
    frame: &[u8],
    tables: &[(FrameHash, Vec<u8>)],
) -> Result<bool, Error> {
    let old: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT time, frame FROM snapshot")
        .fetch_optional(&mut *connection)
        .await?;
    if let Some((old_time, old_frame)) = old {
        if old_frame == frame {
            return Ok(false);
        }
        if old_time >= signed(time.0) {
            return Err(Error::Conflict);
        }
    }
    sqlx::query("DELETE FROM team_table")
        .execute(&mut *connection)
        .await?;
    for (hash, table) in tables {
        sqlx::query("INSERT OR IGNORE INTO team_table (hash, frame) VALUES (?, ?)")
            .bind(hash.0.as_slice())
            .bind(table.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("INSERT OR REPLACE INTO snapshot (only, time, frame) VALUES (1, ?, ?)")
        .bind(signed(time.0))
        .bind(frame)
        .execute(connection)
        .await?;
    Ok(true)
}

struct Intake<'a> {
    hash: &'a [u8; 32],
    lane: u8,
    expires: UnixTime,
    delete_hash: &'a [u8; 32],
    envelope: &'a [u8],
}

async fn intake(
    connection: &mut SqliteConnection,
    entry: &Intake<'_>,
    cap: u64,
) -> Result<bool, Error> {
    let (known, waiting): (bool, i64) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM intake WHERE hash = ?), (SELECT COUNT(*) FROM intake WHERE lane = ?)",
    )
    .bind(entry.hash.as_slice())
    .bind(i64::from(entry.lane))
    .fetch_one(&mut *connection)
    .await?;
    if known {
        return Ok(false);
    }
    if waiting >= signed(cap) {
        return Err(Error::Full);
    }
    sqlx::query("INSERT INTO intake (hash, lane, expires_hour, delete_hash, envelope) VALUES (?, ?, ?, ?, ?)")
        .bind(entry.hash.as_slice())
        .bind(i64::from(entry.lane))
        .bind(hour(entry.expires))
        .bind(entry.delete_hash.as_slice())
        .bind(entry.envelope)
        .execute(connection)
        .await?;
    Ok(true)
}

async fn intake_delete(
    connection: &mut SqliteConnection,
    entries: &[(u64, [u8; 32])],
) -> Result<bool, Error> {
    let mut deleted = 0;
    for (number, delete_hash) in entries {
        deleted += sqlx::query("DELETE FROM intake WHERE number = ? AND delete_hash = ?")
            .bind(signed(*number))
            .bind(delete_hash.as_slice())
            .execute(&mut *connection)
            .await?
            .rows_affected();
    }
    Ok(deleted > 0)
}

async fn board(
    connection: &mut SqliteConnection,
    tag: &BoardTag,
    expires: UnixTime,
    entry: &[u8],
) -> Result<bool, Error> {
    let added = sqlx::query(
        "INSERT INTO board (tag, page, expires_hour, entry) VALUES (?, ?, ?, ?) ON CONFLICT (tag) DO NOTHING",
    )
    .bind(tag.0.as_slice())
    .bind(i64::from(tag.page()))
    .bind(hour(expires))
    .bind(entry)
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if added == 1 {
        return Ok(true);
    }
    let same: bool = sqlx::query_scalar("SELECT entry = ? FROM board WHERE tag = ?")
        .bind(entry)
        .bind(tag.0.as_slice())
        .fetch_one(connection)
        .await?;
    if same {
        Ok(false)
    } else {
        Err(Error::Conflict)
    }
}

async fn board_renew(
    connection: &mut SqliteConnection,
    tags: &[BoardTag],
    expires: UnixTime,
) -> Result<bool, Error> {
    for tag in tags {
        sqlx::query("UPDATE board SET expires_hour = ? WHERE tag = ?")
            .bind(hour(expires))
            .bind(tag.0.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    Ok(false)
}

async fn dossier_create(connection: &mut SqliteConnection, link: &Link) -> Result<bool, Error> {
    match read::head(&mut *connection, link.dossier).await? {
        Some(old) if old == link.head => Ok(false),
        Some(_) => Err(Error::Conflict),
        None => add_link(connection, link).await,
    }
}

async fn control(connection: &mut SqliteConnection, link: &Link) -> Result<bool, Error> {
    let old = read::head(&mut *connection, link.dossier)
        .await?
        .ok_or(Error::NotFound)?;
    if old == link.head {
        return Ok(false);
    }
    let epoch_fits =
        link.head.epoch == old.epoch || Some(link.head.epoch) == old.epoch.checked_add(1);
    if link.head.number != old.number + 1 || link.prev != old.hash || !epoch_fits {
        return Err(Error::Conflict);
    }
    add_link(connection, link).await
}

async fn add_link(connection: &mut SqliteConnection, link: &Link) -> Result<bool, Error> {
    let Link {
        dossier,
        head,
        frame,
        wraps,
        ..
    } = link;
    sqlx::query("INSERT INTO control (dossier, number, frame, wraps) VALUES (?, ?, ?, ?)")
        .bind(dossier.0.as_slice())
        .bind(signed(head.number))
        .bind(frame.as_slice())
        .bind(wraps.as_slice())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT OR REPLACE INTO dossier (address, number, head, epoch, read_key, write_key, steward_key)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(dossier.0.as_slice())
    .bind(signed(head.number))
    .bind(head.hash.0.as_slice())
    .bind(i64::from(head.epoch))
    .bind(head.keys.read.0.as_slice())
    .bind(head.keys.write.0.as_slice())
    .bind(head.keys.steward.0.as_slice())
    .execute(connection)
    .await?;
    Ok(true)
}

async fn append_events(
    connection: &mut SqliteConnection,
    dossier: DossierAddress,
    epoch: u32,
    events: &[(FrameHash, Vec<u8>)],
) -> Result<bool, Error> {
    let mut added = 0;
    for (hash, frame) in events {
        added += sqlx::query(
            "INSERT INTO event (dossier, number, hash, frame)
             SELECT ?1, (SELECT COALESCE(MAX(number) + 1, 0) FROM event WHERE dossier = ?1), ?2, ?3
             FROM dossier WHERE address = ?1 AND epoch >= ?4
             ON CONFLICT (dossier, hash) DO NOTHING",
        )
        .bind(dossier.0.as_slice())
        .bind(hash.0.as_slice())
        .bind(frame.as_slice())
        .bind(i64::from(epoch))
        .execute(&mut *connection)
        .await?
        .rows_affected();
    }
    if added > 0 {
        return Ok(true);
    }
    // None is new, or the dossier is not there or not that far, in which case none was written.
    match read::head(connection, dossier).await? {
        None => Err(Error::NotFound),
        Some(head) if head.epoch < epoch => Err(Error::Conflict),
        Some(_) => Ok(false),
    }
}

struct NewVersion<'a> {
    dossier: &'a DossierAddress,
    address: &'a PersonAddress,
    version: u32,
    hash: &'a FrameHash,
    record: &'a [u8],
    wraps: &'a [u8],
}

async fn put_person(
    connection: &mut SqliteConnection,
    new: &NewVersion<'_>,
) -> Result<bool, Error> {
    read::head(&mut *connection, *new.dossier)
        .await?
        .ok_or(Error::NotFound)?;
    let known: Option<(i64, Vec<u8>, Option<i64>)> = sqlx::query_as(
        "SELECT version, hash, erased_hour FROM person WHERE dossier = ? AND person = ?",
    )
    .bind(new.dossier.0.as_slice())
    .bind(new.address.0.as_slice())
    .fetch_optional(&mut *connection)
    .await?;
    let before = match known {
        Some((_, _, Some(_))) => return Err(Error::Conflict),
        Some((version, hash, None)) if version == i64::from(new.version) => {
            return if hash == new.hash.0 {
                Ok(false)
            } else {
                Err(Error::Conflict)
            };
        }
        Some((version, _, None)) => version,
        None => 0,
    };
    if i64::from(new.version) != before + 1 {
        return Err(Error::Conflict);
    }
    let others: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM person WHERE dossier = ? AND person <> ? AND erased_hour IS NULL",
    )
    .bind(new.dossier.0.as_slice())
    .bind(new.address.0.as_slice())
    .fetch_one(&mut *connection)
    .await?;
    if usize::try_from(others).unwrap_or(usize::MAX) >= limits::PEOPLE {
        return Err(Error::Full);
    }
    sqlx::query(
        "INSERT OR REPLACE INTO person (dossier, person, version, turn, erased_hour, hash, record, wraps)
         VALUES (?, ?, ?, 0, NULL, ?, ?, ?)",
    )
    .bind(new.dossier.0.as_slice())
    .bind(new.address.0.as_slice())
    .bind(i64::from(new.version))
    .bind(new.hash.0.as_slice())
    .bind(new.record)
    .bind(new.wraps)
    .execute(connection)
    .await?;
    Ok(true)
}

async fn put_wraps(
    connection: &mut SqliteConnection,
    dossier: DossierAddress,
    person: PersonAddress,
    (version, turn): (u32, u32),
    wraps: &[u8],
) -> Result<bool, Error> {
    let known: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT turn, wraps FROM person WHERE dossier = ? AND person = ? AND version = ? AND erased_hour IS NULL",
    )
    .bind(dossier.0.as_slice())
    .bind(person.0.as_slice())
    .bind(i64::from(version))
    .fetch_optional(&mut *connection)
    .await?;
    let (before, held) = known.ok_or(Error::Conflict)?;
    if before == i64::from(turn) && held == wraps {
        return Ok(false);
    }
    if before + 1 != i64::from(turn) {
        return Err(Error::Conflict);
    }
    sqlx::query("UPDATE person SET turn = ?, wraps = ? WHERE dossier = ? AND person = ?")
        .bind(i64::from(turn))
        .bind(wraps)
        .bind(dossier.0.as_slice())
        .bind(person.0.as_slice())
        .execute(connection)
        .await?;
    Ok(true)
}

async fn erase_people(
    connection: &mut SqliteConnection,
    dossier: DossierAddress,
    people: &[PersonAddress],
    now: UnixTime,
) -> Result<bool, Error> {
    read::head(&mut *connection, dossier)
        .await?
        .ok_or(Error::NotFound)?;
    for person in people {
        sqlx::query(
            "INSERT INTO person (dossier, person, version, turn, erased_hour, hash, record, wraps)
             VALUES (?, ?, 0, 0, ?, ?, x'', x'')
             ON CONFLICT (dossier, person) DO UPDATE
             SET record = x'', wraps = x'', erased_hour = COALESCE(erased_hour, excluded.erased_hour)",
        )
        .bind(dossier.0.as_slice())
        .bind(person.0.as_slice())
        .bind(hour(now))
        .bind([0_u8; 32].as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(true)
}

async fn sweep(connection: &mut SqliteConnection, now: UnixTime) -> Result<bool, Error> {
    for delete in [
        "DELETE FROM intake WHERE expires_hour <= ?",
        "DELETE FROM board WHERE expires_hour <= ?",
        "DELETE FROM statement WHERE expires_hour <= ?",
    ] {
        sqlx::query(delete)
            .bind(hour(now))
            .execute(&mut *connection)
            .await?;
    }
    Ok(false)
}
