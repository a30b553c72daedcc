//! Where a new device leaves its public keys for whoever lets it in. In memory only.

use sha2::{Digest as _, Sha256};
use sluis_wire::api::{Done, Problem, RendezvousAnswer, RendezvousPut, RendezvousRead};
use sluis_wire::limits;

use crate::app::App;
use crate::error::Refusal;
use crate::store::Store;

/// Leaves something in a slot.
///
/// # Errors
/// [`Problem::WorkWrong`], [`Problem::Conflict`] when something else lies there, [`Problem::Busy`] when all slots are taken or too many
/// checks wait, [`Problem::Malformed`] when it is empty, [`Problem::NotFound`] before set-up.
pub(crate) async fn put<S: Store>(app: App<S>, call: RendezvousPut) -> Result<Done, Refusal> {
    app.need_directory()?;
    match call.request.len() {
        0 => return Err(Problem::Malformed.into()),
        length if length > limits::RENDEZVOUS => return Err(Problem::TooLarge.into()),
        _ => {}
    }
    let now = app.now();
    let hash = Sha256::new_with_prefix(call.slot)
        .chain_update(&call.request)
        .finalize();
    app.gate().spend(&call.solution, hash.into(), now).await?;
    app.slots().put(call.slot, call.request, now)?;
    Ok(Done)
}

/// Looks into a slot.
///
/// # Errors
/// None.
pub(crate) async fn read<S: Store>(
    app: App<S>,
    call: RendezvousRead,
) -> Result<RendezvousAnswer, Refusal> {
    let request = app.slots().read(call.slot, app.now());
    Ok(RendezvousAnswer { request })
}
