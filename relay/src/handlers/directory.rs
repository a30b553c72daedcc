//! The directory log. Its entries prove themselves, so anyone may bring them.

use sluis_wire::api::{DirectoryAppend, DirectoryPage, DirectoryRead, Done};
use sluis_wire::limits;

use crate::app::App;
use crate::error::Refusal;
use crate::store::{Store, Write};

/// Appends entries, all or none. The same entries again are no fault.
///
/// # Errors
/// [`sluis_wire::api::Problem::Conflict`] when others came first, [`sluis_wire::api::Problem::Refused`] when the rules refuse one.
pub(crate) async fn append<S: Store>(app: App<S>, call: DirectoryAppend) -> Result<Done, Refusal> {
    let _changing = app.changing().await;
    let directory = app.need_directory()?;
    if ends_with(&directory, &call.entries) {
        return Ok(Done);
    }
    let from = directory.length();
    let mut directory = (*directory).clone();
    directory.apply_all_fresh(&call.entries, app.now())?;
    app.store()
        .write(Write::Directory {
            from,
            entries: call.entries,
        })
        .await?;
    app.set_directory(directory);
    Ok(Done)
}

/// Whether the newest entries are these already: a request that came twice.
fn ends_with(directory: &sluis_directory::Directory, entries: &[Vec<u8>]) -> bool {
    let count = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let Some(start) = directory.length().checked_sub(count) else {
        return false;
    };
    !entries.is_empty()
        && (start + 1..).zip(entries).all(|(length, entry)| {
            directory.hash_at(length) == Some(sluis_directory::frame_hash(entry))
        })
}

/// Reads entries.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn read<S: Store>(
    app: App<S>,
    call: DirectoryRead,
) -> Result<DirectoryPage, Refusal> {
    Ok(app.store().directory(call.from, limits::ANSWER).await?)
}
