//! The lists of words: fetched when words are made, compared or read, which is seldom and never without a connection.

use std::cell::OnceCell;
use std::rc::Rc;

use sluis_link::{Ask, Fault, Office, SheetAsk};
use sluis_protocol::words::WordList;

use crate::net;

/// Where both lists lie, Dutch first, with an empty line between.
const PATH: &str = "/desk/words.txt";

thread_local! {
    static LISTS: OnceCell<Rc<Lists>> = const { OnceCell::new() };
}

/// Both lists.
pub(crate) struct Lists {
    /// The Dutch one.
    pub(crate) dutch: WordList,
    /// The English one.
    pub(crate) english: WordList,
}

/// Whether a request cannot be answered without the lists.
pub(crate) fn are_needed(ask: &Ask) -> bool {
    match ask {
        Ask::ProposePassphrase
        | Ask::SetUp(_)
        | Ask::Invite(_)
        | Ask::Join { .. }
        | Ask::ReadSheet(_)
        | Ask::Pack(..)
        | Ask::OpenPackage(_)
        | Ask::Restore { .. }
        | Ask::Sheets(SheetAsk::Prepare { .. } | SheetAsk::Check(_) | SheetAsk::Rehearse(_))
        | Ask::Office(Office::Directors { .. }) => true,
        // Only where the sheet was typed for it.
        Ask::Office(Office::Leave(_, _, words) | Office::Revoke(_, words)) => {
            !words.0.trim().is_empty()
        }
        _ => false,
    }
}

/// Fetches the lists, unless they are here.
///
/// # Errors
/// [`Fault::Offline`] when they do not come whole.
pub(crate) async fn load() -> Result<(), Fault> {
    if lists().is_ok() {
        return Ok(());
    }
    let text = net::text(PATH).await.ok_or(Fault::Offline)?;
    let (dutch, english) = text.split_once("\n\n").ok_or(Fault::Offline)?;
    let parse = |list| WordList::parse(list).map_err(|_| Fault::Offline);
    let (dutch, english) = (parse(dutch)?, parse(english)?);
    LISTS.with(|kept| drop(kept.set(Rc::new(Lists { dutch, english }))));
    Ok(())
}

/// The lists that [`load`] fetched.
///
/// # Errors
/// [`Fault::Offline`] when it did not.
pub(crate) fn lists() -> Result<Rc<Lists>, Fault> {
    LISTS.with(|kept| kept.get().cloned()).ok_or(Fault::Offline)
}
