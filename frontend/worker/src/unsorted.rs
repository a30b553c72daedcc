//! The list of new conversations about which somebody has to decide.

use sluis_domain::view::{GIST_MOST, clip};
use sluis_link::{Answer, DossierKey, Fault, Sorting, UnsortedView};
use sluis_protocol::engine::{Engine, UnsortedLine};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::IntakeLane;

use crate::desk::{Chance, now};
use crate::open::act_fault;

/// The list as the page shows it.
pub(crate) fn list(engine: &Engine) -> Vec<UnsortedView> {
    let lines = engine.unsorted();
    lines.iter().map(|line| view(engine, line)).collect()
}

fn view(engine: &Engine, line: &UnsortedLine) -> UnsortedView {
    let record = engine.directory();
    let record = record.and_then(|directory| directory.team(&line.team));
    UnsortedView {
        key: DossierKey(line.address.0),
        line: record.map_or_else(String::new, |record| record.team.name.clone()),
        hour: line.hour.0,
        busy: line.lane == IntakeLane::Second,
        messages: u32::try_from(line.messages).unwrap_or(u32::MAX),
        gist: clip(&line.text, GIST_MOST),
        aside: line.aside,
    }
}

/// Does what somebody decided.
pub(crate) fn act(
    engine: &mut Engine,
    key: DossierKey,
    sorting: Sorting,
    chance: &mut Chance,
) -> Result<Answer, Fault> {
    let address = DossierAddress(key.0);
    match sorting {
        Sorting::Make => {
            let made = engine.sort_in(address, now(), chance);
            made.map_err(|error| act_fault(&error))?;
        }
        Sorting::Aside => engine.set_aside(address, true),
        Sorting::Back => engine.set_aside(address, false),
        Sorting::Remove => engine.remove_unsorted(address),
    }
    Ok(Answer::Done)
}
