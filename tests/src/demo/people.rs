//! Who appears in the cases: made-up people with made-up numbers, and how cases that are over were closed.

#![expect(clippy::expect_used, reason = "the demonstration is made or it is not")]

use sluis_domain::people::{Closing, ClosingReason, Facts, PersonRole as R};
use sluis_protocol::contact::Contact;
use sluis_protocol::engine::{FigureNames, Work};
use sluis_wire::address::DossierAddress;

use crate::harness::Desk;

/// Role, capacity, under 18, name; numbers and addresses follow from the name.
type Cast = (R, &'static str, Option<bool>, &'static str);

const AFFECTED: [Cast; 5] = [
    (R::Affected, "speler", Some(true), "Lotte Voorbeeld"),
    (R::Affected, "roeier", Some(false), "Daan Verzonnen"),
    (R::Reporter, "ouder", Some(false), "Mirjam Denkbeeld"),
    (R::Affected, "lid", Some(false), "Youssef Proefpersoon"),
    (R::Affected, "pupil", Some(true), "Noor Zomaar"),
];
const AROUND: [Cast; 4] = [
    (R::Witness, "teamgenoot", Some(false), "Sem Voorbeeld"),
    (R::Representative, "ouder", Some(false), "Karin Verzonnen"),
    (
        R::Confidant,
        "vertrouwenspersoon vereniging",
        Some(false),
        "Theo Denkbeeld",
    ),
    (
        R::Official,
        "voorzitter",
        Some(false),
        "Willem Proefpersoon",
    ),
];

/// Adds the people of a case: somebody it happened to, mostly somebody else, and a respondent without a name.
pub(super) fn cast(desk: &mut Desk, address: DossierAddress, number: usize) {
    let of = |list: &[Cast]| list.get(number % list.len()).copied();
    let around = of(&AROUND).filter(|_| !number.is_multiple_of(3));
    let respondent = (R::Respondent, "trainer", Some(false), "");
    for one in [of(&AFFECTED), around, Some(respondent)]
        .into_iter()
        .flatten()
    {
        add(desk, address, one);
    }
}

fn add(desk: &mut Desk, address: DossierAddress, (role, capacity, minor, name): Cast) {
    let facts = Facts {
        role,
        capacity: capacity.into(),
        minor,
    };
    let contact = (!name.is_empty()).then(|| {
        let mail = name.to_lowercase().replace(' ', ".");
        Contact {
            name: name.into(),
            // Numbers that are handed out to nobody.
            phone: format!("06 00 00 {:02} {:02}", name.len(), capacity.len()),
            email: format!("{mail}@example.org"),
            address: String::new(),
        }
    });
    let now = desk.clock.now();
    desk.engine
        .add_person(address, facts, contact, now, &mut desk.rng)
        .expect("somebody can be added");
    desk.pump();
}

/// Closes a case as people do: contact data is destroyed.
pub(super) fn close(desk: &mut Desk, address: DossierAddress) {
    let reason = ClosingReason::Settled;
    let closing = Closing {
        reason,
        outcome: "Besproken met de vereniging; er zijn afspraken gemaakt.".into(),
    };
    let now = desk.clock.now();
    let fields = |(_, work): (_, &Work)| work.state().fields().clone();
    let all: Vec<_> = desk.engine.dossiers().map(fields).collect();
    let names = FigureNames {
        federations: all.iter().map(|one| one.federation.clone()).collect(),
        sports: all.iter().map(|one| one.sport.clone()).collect(),
    };
    let figure = desk.engine.figure_for(&address, reason, &names, now);
    desk.engine
        .close_dossier(address, closing, figure, now, &mut desk.rng)
        .expect("it can be closed");
    desk.pump();
}
