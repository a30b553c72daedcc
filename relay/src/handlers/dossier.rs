//! Dossiers: a control chain and events. The relay sees addresses, sizes, epochs and capability keys.

use sluis_directory::{ZERO_HASH, frame_hash};
use sluis_wire::address::FrameHash;
use sluis_wire::api::{
    ControlAppend, ControlPage, ControlRead, Done, DossierCreate, DossierKeys, EventAppend,
    EventPage, EventRead, Problem,
};
use sluis_wire::envelope::EventEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::{codec, limits};

use crate::app::App;
use crate::calls;
use crate::error::Refusal;
use crate::store::{self, Head, Link, Store, Write};

/// Creates a dossier. The same bytes again are no fault.
///
/// # Errors
/// [`Problem::Malformed`], [`Problem::Conflict`] when it exists, [`Problem::Busy`] when too many were made in this hour.
pub(crate) async fn create<S: Store>(app: App<S>, call: DossierCreate) -> Result<Done, Refusal> {
    let link = link(call.control, call.wraps)?;
    if link.head.number != 0 || link.prev != ZERO_HASH || link.head.epoch != 0 {
        return Err(Problem::Malformed.into());
    }
    app.quotas()
        .dossier(app.settings().dossiers_an_hour, app.now())?;
    let (dossier, head) = (link.dossier, link.head);
    app.store().write(Write::DossierCreate(link)).await?;
    app.keep_head(dossier, head);
    Ok(Done)
}

/// Appends a link to a control chain.
///
/// # Errors
/// [`Problem::Malformed`], [`Problem::Conflict`] when it does not follow the newest link.
pub(crate) async fn control_append<S: Store>(
    app: App<S>,
    call: ControlAppend,
) -> Result<Done, Refusal> {
    let link = link(call.control, call.wraps)?;
    let (dossier, head) = (link.dossier, link.head);
    app.store().write(Write::Control(link)).await?;
    app.keep_head(dossier, head);
    Ok(Done)
}

/// Reads a control chain.
///
/// # Errors
/// [`Problem::NotFound`] without such a dossier.
pub(crate) async fn control_read<S: Store>(
    app: App<S>,
    call: ControlRead,
) -> Result<ControlPage, Refusal> {
    let page = app
        .store()
        .control(call.dossier, call.from, limits::ANSWER)
        .await?;
    if page.length == 0 {
        Err(Problem::NotFound.into())
    } else {
        Ok(page)
    }
}

/// Appends events, all or none.
///
/// # Errors
/// [`Problem::Malformed`] for a frame that is no event of this dossier, [`Problem::TooLarge`] for too many, [`Problem::Conflict`] for an epoch that the
/// dossier has not reached.
pub(crate) async fn event_append<S: Store>(
    app: App<S>,
    call: EventAppend,
) -> Result<Done, Refusal> {
    if call.events.len() > limits::EVENTS_IN_APPEND {
        return Err(Problem::TooLarge.into());
    }
    let mut epoch = 0;
    let mut events = Vec::with_capacity(call.events.len());
    for bytes in call.events {
        let frame = Frame::parse_as(FrameType::Event, &bytes)?;
        let envelope: EventEnvelope = codec::decode(frame.body(), FrameType::Event.max_body_len())?;
        if envelope.dossier != call.dossier {
            return Err(Problem::Malformed.into());
        }
        epoch = epoch.max(envelope.epoch);
        events.push((frame_hash(&bytes), bytes));
    }
    match app
        .store()
        .write(Write::Events {
            dossier: call.dossier,
            epoch,
            events,
        })
        .await
    {
        // The proof was by the dossier's own key, so the dossier was there.
        Err(store::Error::NotFound) => Err(Problem::Forbidden.into()),
        other => Ok(other.map(|()| Done)?),
    }
}

/// Reads events.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn event_read<S: Store>(
    app: App<S>,
    call: EventRead,
) -> Result<EventPage, Refusal> {
    Ok(app
        .store()
        .events(call.dossier, call.from, limits::ANSWER)
        .await?)
}

/// A control frame as the store takes it. The wraps beside it are those that it names.
fn link(control: Vec<u8>, wraps: Vec<u8>) -> Result<Link, Refusal> {
    let (_, envelope) = calls::control(&control)?;
    Frame::parse_as(FrameType::Wraps, &wraps)?;
    if frame_hash(&wraps) != envelope.wraps {
        return Err(Problem::Malformed.into());
    }
    let hash: FrameHash = frame_hash(&control);
    let keys = DossierKeys {
        read: envelope.read_key,
        write: envelope.write_key,
        steward: envelope.steward_key,
    };
    Ok(Link {
        dossier: envelope.dossier,
        prev: envelope.prev,
        head: Head {
            number: envelope.number,
            hash,
            epoch: envelope.epoch,
            keys,
        },
        frame: control,
        wraps,
    })
}
