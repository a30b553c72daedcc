//! Anonymous rows of closed dossiers between the page and the engine.

use sluis_domain::people::ClosingReason;
use sluis_link::{Answer, DossierKey, Fault, FiguresView, News, Tell};
use sluis_protocol::engine::{Engine, FigureNames};
use sluis_wire::address::DossierAddress;

use crate::desk::{now, tell};

/// Whether the page wants to hear of new rows.
#[derive(Default)]
pub(crate) struct Figures {
    /// How many rows it has, once it asked.
    shown: Option<usize>,
}

/// The row that would stay of a dossier; the page knows the reason.
pub(crate) fn row(engine: &Engine, key: DossierKey, names: &FigureNames) -> Answer {
    let (address, reason) = (DossierAddress(key.0), ClosingReason::Settled);
    let row = engine.figure_for(&address, reason, names, now());
    Answer::Figure(row.map(Box::new))
}

impl Figures {
    /// All rows, and a look whether there are more.
    pub(crate) fn answer(&mut self, engine: &mut Engine) -> Result<Answer, Fault> {
        if !engine.may_count() {
            return Err(Fault::NotAllowed);
        }
        engine.look_at_figures();
        self.shown = Some(engine.figures_count());
        Ok(Answer::Figures(Box::new(view(engine))))
    }

    /// Tells of new rows, once somebody has asked for them.
    pub(crate) fn show(&mut self, engine: &Engine) {
        let count = engine.figures_count();
        if self.shown.is_some_and(|shown| shown != count) {
            self.shown = Some(count);
            tell(&Tell::News(News::Figures(Box::new(view(engine)))));
        }
    }
}

fn view(engine: &Engine) -> FiguresView {
    let (rows, strange) = engine.figures();
    FiguresView {
        rows,
        strange: u32::try_from(strange).unwrap_or(u32::MAX),
    }
}
