//! The reply board: read by page, never by mailbox, without a single public-key operation.

use sluis_wire::api::{BoardLacks, BoardPage, BoardPost, BoardRead, BoardRenew, Done, Problem};
use sluis_wire::envelope::BoardEnvelope;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::DAY;
use sluis_wire::{codec, limits};

use crate::app::App;
use crate::error::Refusal;
use crate::store::{Store, Write};

/// Bits of a page number.
const BITS: u8 = 16;

/// One page, or that nothing changed on it.
///
/// # Errors
/// [`Problem::Malformed`] for more bits than a page number has.
pub(crate) async fn page<S: Store>(app: App<S>, call: BoardRead) -> Result<BoardPage, Refusal> {
    let (first, last) = pages(call.page, call.bits).ok_or(Problem::Malformed)?;
    let (rows, version) = app
        .store()
        .board(first, last, call.after, limits::BOARD_PAGE)
        .await?;
    let cursor = rows.last().map_or(call.after, |row| row.number);
    Ok(BoardPage {
        version,
        entries: rows.into_iter().map(|row| row.entry).collect(),
        cursor,
    })
}

/// The pages that share the first `bits` bits with `page`.
fn pages(page: u16, bits: u8) -> Option<(u16, u16)> {
    let free = BITS.checked_sub(bits)?;
    let mask = u16::MAX.checked_shr(u32::from(bits)).unwrap_or(0);
    debug_assert_eq!(mask.count_ones(), u32::from(free));
    Some((page & !mask, page | mask))
}

/// Puts a reply on the board.
///
/// # Errors
/// [`Problem::Malformed`], [`Problem::Conflict`] for other bytes under the same tag, [`Problem::Busy`] when too many came in this hour.
pub(crate) async fn post<S: Store>(app: App<S>, call: BoardPost) -> Result<Done, Refusal> {
    let frame = Frame::parse_as(FrameType::BoardEntry, &call.entry)?;
    let envelope: BoardEnvelope =
        codec::decode(frame.body(), FrameType::BoardEntry.max_body_len())?;
    let (page, most) = (envelope.tag.page(), app.settings().replies_an_hour);
    app.quotas().reply(page, most, app.now())?;
    let expires = app.now().plus(limits::BOARD_DAYS * DAY);
    app.store()
        .write(Write::Board {
            tag: envelope.tag,
            expires,
            entry: call.entry,
        })
        .await?;
    Ok(Done)
}

/// Keeps replies alive, and names those that are not there.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn renew<S: Store>(app: App<S>, call: BoardRenew) -> Result<BoardLacks, Refusal> {
    let missing = app.store().board_lacks(&call.tags).await?;
    let expires = app.now().plus(limits::BOARD_DAYS * DAY);
    app.store()
        .write(Write::BoardRenew {
            tags: call.tags,
            expires,
        })
        .await?;
    Ok(BoardLacks { missing })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_choose_how_many_pages_answer() {
        assert_eq!(pages(0xabcd, 0), Some((0, 0xffff)));
        assert_eq!(pages(0xabcd, 8), Some((0xab00, 0xabff)));
        assert_eq!(pages(0xabcd, 16), Some((0xabcd, 0xabcd)));
        assert_eq!(pages(0xabcd, 17), None);
    }
}
