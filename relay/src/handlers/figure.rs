//! Anonymous rows of the figures: the relay keeps them in order, without a time, and can read none.

use sluis_wire::api::{Done, FigureList, FigurePage, FigurePut, Problem};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::limits;

use crate::app::App;
use crate::error::Refusal;
use crate::store::{Store, Write};

/// Takes a row in.
///
/// # Errors
/// [`Problem::Malformed`] for what is no such frame, [`Problem::Busy`] when too many were put in this hour.
pub(crate) async fn put<S: Store>(app: App<S>, call: FigurePut) -> Result<Done, Refusal> {
    let frame = Frame::parse_as(FrameType::Figure, &call.figure)?;
    if !frame.signatures().is_empty() {
        return Err(Problem::Malformed.into());
    }
    app.quotas().figure(limits::FIGURES_AN_HOUR, app.now())?;
    app.store().write(Write::Figure(call.figure)).await?;
    Ok(Done)
}

/// Lists rows.
///
/// # Errors
/// None but the relay's own.
pub(crate) async fn list<S: Store>(app: App<S>, call: FigureList) -> Result<FigurePage, Refusal> {
    Ok(app.store().figures(call.after, limits::ANSWER).await?)
}
