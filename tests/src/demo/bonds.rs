//! What the demonstration shows of classification, of dossiers that belong together and of notes for oneself.

use std::rc::Rc;

use sluis_domain::vocabulary::{Field, Kind, Risk, RiskGroup, Status, Tier};
use sluis_wire::address::DossierAddress;

use crate::harness::{Desk, World};

const CLUB: &str = "Roeivereniging De Zwaan (verzonnen)";

/// Fills in what the cases themselves do not say. The first person is the centre's.
pub(super) fn play(world: &Rc<World>, desks: &mut [Desk]) {
    let desk = desks.first_mut().expect("six people");
    desk.sync();
    let of = |desk: &Desk, kind: Kind| {
        let mine = desk.engine.dossiers().filter(|(address, work)| {
            let state = work.state();
            state.fields().kind == kind
                && state.status() != Status::Closed
                && desk.engine.may_write(address)
                && desk.engine.answers(address)
        });
        let mut found: Vec<(u64, DossierAddress)> = mine
            .map(|(address, work)| (work.state().opened_at(), *address))
            .collect();
        found.sort_unstable();
        found
            .into_iter()
            .map(|(_, address)| address)
            .collect::<Vec<_>>()
    };
    for (place, address) in of(desk, Kind::Advice).into_iter().enumerate() {
        let tier = if place % 3 == 1 {
            Tier::Pilot
        } else {
            Tier::All
        };
        super::set(desk, address, Field::Tier(Some(tier)));
    }
    let reports = of(desk, Kind::Report);
    let risks = [Risk::High, Risk::Medium, Risk::Low];
    for (address, risk) in reports.iter().zip(risks.into_iter().cycle()) {
        super::set(desk, *address, Field::Risk(Some(risk)));
    }
    for address in reports.iter().take(3) {
        super::set(desk, *address, Field::Club(CLUB.into()));
        super::set(desk, *address, Field::Groups(vec![RiskGroup::Minors]));
        super::set(desk, *address, Field::Tags(vec!["kleedkamer".into()]));
    }
    let now = world.clock.now();
    if let [one, two, ..] = reports[..] {
        let linked = desk.engine.link(one, two, now, &mut desk.rng);
        linked.expect("both are mine to write in");
        let note = "Zelf nog nalezen voor het gesprek van morgen.";
        let noted = desk
            .engine
            .note_for_me(one, note.into(), now, &mut desk.rng);
        noted.expect("my own key is here");
    }
    desk.keep();
    desk.sync();
}
