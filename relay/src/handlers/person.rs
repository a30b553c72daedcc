//! People in dossiers: sealed records and wraps in the store, the relay's halves of the keys in files beside it.

use sluis_directory::frame_hash;
use sluis_directory::signature::Label;
use sluis_wire::address::{DossierAddress, PersonAddress};
use sluis_wire::api::{
    Done, ErasureReceipt, ErasureReceipts, PeopleErase, PeoplePage, PeopleRead, PersonPut,
    PersonWraps, PersonWrapsPut, PersonWrapsRead, Problem, StoredPerson,
};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::limits;

use crate::app::App;
use crate::error::Refusal;
use crate::store::{self, PersonRow, Store, Write};

/// Puts a record. The half of the key is on disk before the record is, and the half of the version before is destroyed after.
///
/// # Errors
/// [`Problem::Malformed`], [`Problem::Conflict`] when it is not the next version or the person was erased, [`Problem::Busy`] for more people than
/// a dossier holds.
pub(crate) async fn put<S: Store>(app: App<S>, call: PersonPut) -> Result<Done, Refusal> {
    Frame::parse_as(FrameType::PersonRecord, &call.record)?;
    Frame::parse_as(FrameType::Wraps, &call.wraps)?;
    let PersonPut {
        dossier,
        person,
        version,
        record,
        wraps,
        share,
    } = call;
    let hash = frame_hash(&record);
    let _turn = app.sharing().await;
    let known = row(&app, dossier, person).await?;
    let before = known.as_ref().map_or(0, |row| row.version);
    if known.as_ref().is_some_and(|row| row.erased.is_some()) {
        return Err(Problem::Conflict.into());
    }
    if known.is_some_and(|row| row.version == version && row.hash == hash) {
        return Ok(Done);
    }
    if version.checked_sub(1) != Some(before) {
        return Err(Problem::Conflict.into());
    }
    app.shares(move |shares| shares.put(&dossier, &person, version, &share))
        .await?;
    let write = Write::Person {
        dossier,
        person,
        version,
        hash,
        record,
        wraps,
    };
    let written = app.store().write(write).await;
    // Where the storage failed, nobody knows whether it is there: the half stays, and the same bytes may come again.
    let stale = match &written {
        Ok(()) => Some(before),
        Err(store::Error::Conflict | store::Error::NotFound | store::Error::Full) => Some(version),
        Err(_) => None,
    };
    if let Some(stale) = stale {
        app.shares(move |shares| shares.shred(&dossier, &person, stale))
            .await?;
    }
    Ok(written.map(|()| Done)?)
}

/// Replaces the wraps of a record.
///
/// # Errors
/// [`Problem::Malformed`], [`Problem::Conflict`] when the record has another version or the turn is not the next one.
pub(crate) async fn wraps_put<S: Store>(
    app: App<S>,
    call: PersonWrapsPut,
) -> Result<Done, Refusal> {
    Frame::parse_as(FrameType::Wraps, &call.wraps)?;
    let write = Write::PersonWraps {
        dossier: call.dossier,
        person: call.person,
        version: call.version,
        turn: call.turn,
        wraps: call.wraps,
    };
    app.store().write(write).await?;
    Ok(Done)
}

/// Reads the wraps of a record.
///
/// # Errors
/// [`Problem::NotFound`] when there is no record, or none any more.
pub(crate) async fn wraps_read<S: Store>(
    app: App<S>,
    call: PersonWrapsRead,
) -> Result<PersonWraps, Refusal> {
    let wraps = app.store().person_wraps(call.dossier, call.person).await?;
    Ok(wraps.ok_or(Problem::NotFound)?)
}

/// Reads all records of a dossier, with the relay's halves. A record whose half is lost is left out.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn read<S: Store>(app: App<S>, call: PeopleRead) -> Result<PeoplePage, Refusal> {
    let dossier = call.dossier;
    let _turn = app.sharing().await;
    let mut people = Vec::new();
    for row in app.store().people(dossier).await? {
        let (person, version) = (row.person, row.version);
        if row.erased.is_some() {
            people.push(StoredPerson::Erased(receipt(&app, dossier, &row)?));
            continue;
        }
        let share = app
            .shares(move |shares| shares.read(&dossier, &person, version))
            .await?;
        people.extend(share.map(|share| StoredPerson::Held {
            person,
            version,
            record: row.record,
            share: *share,
        }));
    }
    Ok(PeoplePage { people })
}

/// Destroys what there is of people, halves of keys first, and signs that.
///
/// # Errors
/// [`Problem::TooLarge`] for too many at once.
pub(crate) async fn erase<S: Store>(
    app: App<S>,
    call: PeopleErase,
) -> Result<ErasureReceipts, Refusal> {
    let PeopleErase { dossier, people } = call;
    if people.len() > limits::PEOPLE {
        return Err(Problem::TooLarge.into());
    }
    let _turn = app.sharing().await;
    for person in people.iter().copied() {
        if let Some(row) = row(&app, dossier, person).await? {
            // A relay that stopped half way may have left the one before or the one after too.
            let versions = row.version.saturating_sub(1)..=row.version.saturating_add(1);
            app.shares(move |shares| {
                versions
                    .into_iter()
                    .try_for_each(|version| shares.shred(&dossier, &person, version))
            })
            .await?;
        }
    }
    let write = Write::PeopleErase {
        dossier,
        people: people.clone(),
        now: app.now(),
    };
    app.store().write(write).await?;
    let rows = app.store().people(dossier).await?;
    let mut receipts = Vec::with_capacity(people.len());
    for person in people {
        let row = rows.iter().find(|row| row.person == person);
        receipts.push(receipt(&app, dossier, row.ok_or(Problem::Internal)?)?);
    }
    Ok(ErasureReceipts { receipts })
}

async fn row<S: Store>(
    app: &App<S>,
    dossier: DossierAddress,
    person: PersonAddress,
) -> Result<Option<PersonRow>, Refusal> {
    let rows = app.store().people(dossier).await?;
    Ok(rows.into_iter().find(|row| row.person == person))
}

/// What the relay promises by it: nothing of this record is on its disks from this hour on.
fn receipt<S: Store>(
    app: &App<S>,
    dossier: DossierAddress,
    row: &PersonRow,
) -> Result<ErasureReceipt, Refusal> {
    let genesis = app.need_directory()?.genesis();
    let mut receipt = ErasureReceipt {
        person: row.person,
        version: row.version,
        record: row.hash,
        hour: row.erased.ok_or(Problem::Internal)?,
        signature: [0; 64],
    };
    let bytes = receipt.signed_bytes(&genesis, &dossier);
    receipt.signature = app.relay_key().sign(Label::Erased, &bytes).0;
    Ok(receipt)
}
