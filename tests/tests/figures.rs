//! The anonymous row of a closed dossier: made once, sent later without a name, gathered by the centre, and nothing in it leads back.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::rc::Rc;

use sluis_directory::entry::Role;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::figures::{Band, Figure, Named};
use sluis_domain::people::{Closing, ClosingReason};
use sluis_domain::vocabulary::{Category, Field, Kind, Origin};
use sluis_e2e::harness::{Desk, People, Shelf, Transport, World, found, plan};
use sluis_protocol::engine::{ActError, FigureNames, Step};
use sluis_relay::store::{Store as _, Write};
use sluis_wire::address::DossierAddress;
use sluis_wire::api::FigurePut;
use sluis_wire::codec;
use sluis_wire::limits::FIGURE;
use sluis_wire::time::DAY;

const SECRET: &str = "kanarie: wat er is gebeurd";

struct Stage {
    world: Rc<World>,
    anna: Desk,
    bram: Desk,
    fleur: Desk,
}

/// Anna and Bram of the centre, Fleur of a federation.
fn begin() -> Stage {
    let world = World::new();
    let centre: &[(&str, &[Role])] = &[
        ("Anna Proef", &[Role::Director, Role::CaseManager]),
        ("Bram Proef", &[Role::CaseManager]),
    ];
    let federation: People<'_> = &[("Fleur Proef", &[Role::Director, Role::CaseManager])];
    let mut plan = plan(&world, &[("Centrum", centre), ("Roeibond", federation)]);
    // Rows leave within a day, as with the delays of a real deployment.
    plan.policy.receipt_delay = (60, 300);
    let road: Rc<dyn Transport> = world.clone();
    let mut founding = found(&world, &plan, road.clone(), Shelf::plain());
    founding.founder.pump();
    let mut others = founding
        .desks(&road, &world.clock, Shelf::plain)
        .into_iter();
    let anna = founding.founder;
    let (bram, fleur) = (others.next().unwrap(), others.next().unwrap());
    let mut stage = Stage {
        world,
        anna,
        bram,
        fleur,
    };
    stage.round();
    stage
}

impl Stage {
    fn round(&mut self) {
        for _ in 0..3 {
            self.world.clock.pass(30);
            for desk in [&mut self.anna, &mut self.bram, &mut self.fleur] {
                desk.engine.poke_all();
                desk.pump();
            }
        }
    }

    /// Lets so much time go by that every row has left.
    fn a_day(&mut self) {
        self.world.clock.pass(DAY + 60);
        self.round();
    }
}

/// A dossier with a story, of this federation.
fn open(desk: &mut Desk, federation: &str) -> DossierAddress {
    let fields = [
        Field::FirstStory(SECRET.into()),
        Field::Federation(federation.into()),
        Field::Classification(Some((Category::Integrity, None))),
    ];
    let now = desk.clock.now();
    let made = desk
        .engine
        .open_by_hand(Kind::Report, Origin::Phone, &fields, now, &mut desk.rng);
    desk.keep();
    made.unwrap()
}

fn close(desk: &mut Desk, address: DossierAddress) -> Result<Option<Figure>, ActError> {
    let (now, names) = (desk.clock.now(), FigureNames::default());
    let reason = ClosingReason::Settled;
    let figure = desk.engine.figure_for(&address, reason, &names, now);
    let closing = Closing {
        reason,
        outcome: "Besproken".into(),
    };
    let kept = figure.clone();
    let engine = &mut desk.engine;
    engine.close_dossier(address, closing, figure, now, &mut desk.rng)?;
    desk.keep();
    Ok(kept)
}

#[test]
fn a_row_of_a_federation_reaches_the_centre_and_says_only_what_was_shown() {
    let mut stage = begin();
    let address = open(&mut stage.fleur, "roeibond");
    let shown = close(&mut stage.fleur, address).unwrap().unwrap();
    assert_eq!(shown.federation, Named::Name("Roeibond".into()));
    assert_eq!(
        (shown.sport.clone(), shown.incident),
        (Named::Unknown, Band::One)
    );
    stage.a_day();
    assert_eq!(stage.fleur.engine.figures_waiting(), 0);
    for desk in [&stage.anna, &stage.bram] {
        assert_eq!(desk.engine.figures(), (vec![shown.clone()], 0));
    }
    // Who is not of the centre does not even ask; who has no such role sees no page.
    assert!(!stage.fleur.sent.contains(&Step::Figures));
    assert_eq!(stage.fleur.engine.figures().0, []);
    assert!(stage.anna.engine.may_count());
    assert!(!stage.bram.engine.may_count() && !stage.fleur.engine.may_count());
    // A device that starts again still has them, and reads none twice.
    stage.anna.crash();
    stage.round();
    assert_eq!(stage.anna.engine.figures(), (vec![shown], 0));
    stage.anna.assert_calm();
}

#[test]
fn closing_again_adds_no_second_row() {
    let mut stage = begin();
    let address = open(&mut stage.anna, "Roeibond");
    assert!(close(&mut stage.anna, address).unwrap().is_some());
    stage.a_day();
    stage.anna.act(address, Command::Reopen);
    stage.round();
    assert_eq!(close(&mut stage.bram, address).unwrap(), None);
    stage.a_day();
    assert_eq!(stage.anna.engine.figures().0.len(), 1);
    let known = stage.bram.engine.dossier(&address).unwrap().state();
    let (_, figure) = known.figure().unwrap().clone();
    let again = known.decide(Command::KeepFigure(figure));
    assert_eq!(again, Err(Refusal::NothingChanged));
}

#[test]
fn two_who_close_at_once_make_one_row() {
    let mut stage = begin();
    let address = open(&mut stage.anna, "Roeibond");
    stage.round();
    // Neither has seen what the other did.
    assert!(close(&mut stage.anna, address).unwrap().is_some());
    assert!(close(&mut stage.bram, address).unwrap().is_some());
    stage.a_day();
    let left = [&stage.anna, &stage.bram].map(|desk| desk.engine.figures_waiting());
    assert_eq!(left, [0, 0]);
    assert_eq!(stage.anna.engine.figures().0.len(), 1);
}

#[test]
fn a_row_waits_until_its_time_has_come_and_survives_a_crash() {
    let mut stage = begin();
    let address = open(&mut stage.anna, "Roeibond");
    close(&mut stage.anna, address).unwrap();
    stage.anna.crash();
    stage.round();
    assert_eq!(stage.anna.engine.figures_waiting(), 1);
    assert_eq!(stage.bram.engine.figures().0, []);
    stage.a_day();
    assert_eq!(stage.bram.engine.figures().0.len(), 1);
}

#[test]
fn a_row_that_no_member_of_staff_made_does_not_count() {
    let mut stage = begin();
    // The relay, or whoever has a revoked key, knows the team's public key and can seal what it likes.
    let address = open(&mut stage.anna, "Roeibond");
    let shown = close(&mut stage.anna, address).unwrap().unwrap();
    stage.a_day();
    let directory = stage.anna.engine.directory().unwrap();
    let centre = directory.centre().unwrap().id;
    let team = directory
        .teams()
        .find(|record| record.team.organisation == centre);
    let team = team.unwrap().team.id;
    let (epoch, key) = stage.anna.engine.party_key(&team).unwrap();
    let place = sluis_protocol::figure::Place {
        genesis: stage.anna.engine.genesis(),
        team,
        epoch,
    };
    let stranger = sluis_directory::signature::SigningKey::from_seed([3; 32]);
    let id = sluis_protocol::figure::FigureId([4; 16]);
    let rng = &mut stage.anna.rng;
    let forged = place.seal(&key, (0, &stranger), id, &shown.encode(), rng);
    for bytes in [forged.unwrap(), vec![7; FIGURE]] {
        let app = stage.world.app();
        let written = app.store().write(Write::Figure(bytes));
        stage.world.wait(written).unwrap();
    }
    stage.round();
    assert_eq!(stage.anna.engine.figures(), (vec![shown], 2));
}

#[test]
fn every_row_looks_alike_to_the_relay_and_holds_no_word() {
    let mut stage = begin();
    let addresses = ["Roeibond", "Een bond met een veel langere naam"].map(|name| {
        let address = open(&mut stage.fleur, name);
        close(&mut stage.fleur, address).unwrap();
        address
    });
    stage.world.clock.pass(DAY + 60);
    let mut bodies = Vec::new();
    while let Some(outgoing) = stage.fleur.next() {
        if let Step::FigurePut(_) = outgoing.step {
            bodies.push(outgoing.body.clone());
        }
        let reply = stage.fleur.transmit(&outgoing);
        stage.fleur.take(outgoing.step, &reply);
    }
    assert_eq!(bodies.len(), 2);
    let device = stage.fleur.engine.device();
    for body in &bodies {
        let put: FigurePut = codec::decode(body, FIGURE + 16).unwrap();
        assert_eq!(put.figure.len(), FIGURE);
        let holds = |needle: &[u8]| put.figure.windows(needle.len()).any(|part| part == needle);
        for address in &addresses {
            assert!(!holds(&address.0));
        }
        assert!(!holds(&device.id.0) && !holds(b"bond"));
    }
}
