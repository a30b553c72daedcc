//! An extract for advisers: made of chosen words, read and answered by a federation's people, over on its day; the opinion comes back once.
#![expect(clippy::unwrap_used, reason = "tests")]

use sluis_directory::entry::Role;
use sluis_domain::command::Command;
use sluis_domain::event::{Event, ExtractPart, Lane, PartOf};
use sluis_e2e::harness::{Desk, People, Reporter, Shelf, Transport, World, chance, found, plan};
use sluis_protocol::dossier::number;
use sluis_protocol::engine::{ActError, NewExtract, Party};
use sluis_wire::address::DossierAddress;
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime};
use std::rc::Rc;

use rand_core::Rng as _;

const SECRET: &str = "kanarie: de naam van het kind";

struct Stage {
    world: Rc<World>,
    anna: Desk,
    bram: Desk,
    fleur: Desk,
    origin: DossierAddress,
}

/// Anna and Bram of the centre with a report of a reporter; Fleur of a federation.
fn begin() -> Stage {
    let world = World::new();
    let centre: &[(&str, &[Role])] = &[
        ("Anna Proef", &[Role::Director, Role::CaseManager]),
        ("Bram Proef", &[Role::CaseManager]),
    ];
    let federation: People<'_> = &[("Fleur Proef", &[Role::Director, Role::AdvisoryMember])];
    let plan = plan(&world, &[("Centrum", centre), ("Roeibond", federation)]);
    let road: Rc<dyn Transport> = world.clone();
    let mut founding = found(&world, &plan, road.clone(), Shelf::plain());
    founding.founder.pump();
    let mut others = founding
        .desks(&road, &world.clock, Shelf::plain)
        .into_iter();
    let mut anna = founding.founder;
    let (mut bram, mut fleur) = (others.next().unwrap(), others.next().unwrap());
    let mut reporter = Reporter::new(anna.engine.genesis(), world.clone(), world.clock.clone(), 5);
    for desk in [&mut bram, &mut fleur, &mut anna] {
        desk.engine.poke_all();
        desk.pump();
    }
    reporter.write("Centrum", SECRET);
    world.clock.pass(60);
    for desk in [&mut anna, &mut bram, &mut fleur] {
        desk.engine.poke_all();
        desk.pump();
    }
    let origin = anna.only_dossier();
    anna.act(origin, Command::Note(Lane::Team, SECRET.into()));
    anna.sync();
    anna.agree_with_all();
    fleur.sync();
    Stage {
        world,
        anna,
        bram,
        fleur,
        origin,
    }
}

impl Stage {
    fn party(&self) -> Party {
        Party::Member(self.fleur.engine.device().member)
    }

    fn ask(&self, parts: Vec<ExtractPart>) -> NewExtract {
        NewExtract {
            question: "Wat raden jullie aan?".into(),
            until: UnixTime(self.world.clock.now().0 + 3 * DAY),
            parts,
            with: vec![self.party()],
        }
    }

    fn make(&mut self, new: NewExtract) -> Result<DossierAddress, ActError> {
        let (now, origin) = (self.world.clock.now(), self.origin);
        let anna = &mut self.anna;
        anna.engine.make_extract(origin, new, now, &mut anna.rng)
    }

    fn round(&mut self) {
        for _ in 0..3 {
            self.world.clock.pass(30);
            for desk in [&mut self.anna, &mut self.bram, &mut self.fleur] {
                desk.sync();
            }
        }
    }
}

fn part(text: &str) -> ExtractPart {
    ExtractPart {
        of: PartOf::FirstStory,
        text: text.into(),
    }
}

#[test]
fn advisers_read_an_extract_and_their_opinion_comes_back_once() {
    let mut stage = begin();
    let extract = stage
        .make(stage.ask(vec![part("persoon 1 schreeuwde")]))
        .unwrap();
    stage.round();
    let seen = stage
        .fleur
        .engine
        .dossier(&extract)
        .unwrap()
        .state()
        .extract();
    assert_eq!(seen.unwrap().parts, [part("persoon 1 schreeuwde")]);
    assert!(stage.fleur.engine.dossier(&stage.origin).is_none());
    assert_eq!(stage.fleur.engine.offers().len(), 1);

    stage.fleur.act(
        extract,
        Command::GiveOpinion("Praat eerst met beiden.".into()),
    );
    stage.round();
    stage.round();
    for desk in [&stage.anna, &stage.bram] {
        let facts = desk.engine.dossier(&stage.origin).unwrap().state();
        let back: Vec<&str> = facts
            .returned()
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        assert_eq!(back, ["Praat eerst met beiden."]);
        assert_eq!(facts.advice().len(), 1);
        desk.assert_calm();
    }
    let log = stage
        .anna
        .engine
        .dossier(&stage.origin)
        .unwrap()
        .replica()
        .log();
    let returned =
        |entry: &&sluis_domain::log::LogEntry| matches!(entry.event, Event::OpinionReturned(_));
    assert!((1..=2).contains(&log.entries().filter(returned).count()));
}

#[test]
fn access_ends_by_itself_even_when_nobody_takes_it_back() {
    let mut stage = begin();
    let extract = stage.make(stage.ask(vec![part("persoon 1")])).unwrap();
    stage.round();
    assert!(stage.fleur.engine.dossier(&extract).is_some());
    stage.world.clock.pass(3 * DAY + 60);
    // Only Fleur's desk is at work.
    stage.fleur.sync();
    assert!(stage.fleur.engine.dossier(&extract).is_none());
    stage.fleur.sync();
    stage.fleur.crash();
    stage.fleur.sync();
    assert!(stage.fleur.engine.dossier(&extract).is_none());
    // Whoever asked takes the access back as soon as they are at work again.
    stage.round();
    let mine = stage.anna.engine.access(&extract);
    assert!(
        !mine.iter().any(|line| stage.party().is(&line.recipient)),
        "{mine:?}"
    );
    assert!(stage.fleur.engine.dossier(&extract).is_none());
}

#[test]
fn an_extract_that_cannot_be_made_leaves_nothing_behind() {
    let mut stage = begin();
    let before = stage.anna.engine.dossiers().count();
    assert!(stage.make(stage.ask(vec![])).is_err());
    let mut nobody = stage.ask(vec![part("tekst")]);
    nobody.with.clear();
    assert!(stage.make(nobody).is_err());
    // Whoever was shut out of the dossier is not asked about it through their team.
    assert_eq!(stage.anna.engine.dossiers().count(), before);
    let facts = stage.anna.engine.dossier(&stage.origin).unwrap().state();
    assert!(facts.advice().is_empty());
    stage.round();
    assert_eq!(stage.bram.engine.dossiers().count(), before);
}

/// All that a reader of a dossier could ever open: every event and every link, in the bytes that were signed.
fn all_bytes(desk: &Desk, address: &DossierAddress) -> Vec<u8> {
    let replica = desk.engine.dossier(address).unwrap().replica();
    let mut all = Vec::new();
    for id in replica.event_ids() {
        all.extend(replica.event_bytes(&id).unwrap());
    }
    for link in replica.chain().links() {
        all.extend(codec::encode(&link.signed()));
    }
    all
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

#[test]
fn nothing_of_the_dossier_is_in_the_bytes_of_an_extract_but_the_words_that_were_chosen() {
    let mut stage = begin();
    let mut rng = chance(9);
    for _ in 0..12 {
        let words: Vec<String> = (0..=rng.next_u32() % 4)
            .map(|_| format!("persoon 1 en {:08x}", rng.next_u32()))
            .collect();
        let parts = words.iter().map(|words| part(words)).collect();
        let extract = stage.make(stage.ask(parts)).unwrap();
        stage.round();
        let opinion = format!("advies {:08x}", rng.next_u32());
        stage
            .fleur
            .act(extract, Command::GiveOpinion(opinion.clone()));
        stage.round();
        let all = all_bytes(&stage.fleur, &extract);
        for words in words.iter().chain([&opinion]) {
            assert!(holds(&all, words.as_bytes()), "{words}");
        }
        let origin = stage.anna.engine.dossier(&stage.origin).unwrap();
        let facts = origin.state();
        let mut secrets: Vec<Vec<u8>> = vec![
            stage.origin.0.to_vec(),
            number(&stage.origin).into_bytes(),
            SECRET.as_bytes().to_vec(),
            facts.reporter().unwrap().0.clone(),
        ];
        // No part of the reporter's keys either.
        secrets.extend(
            facts
                .reporter()
                .unwrap()
                .0
                .chunks_exact(16)
                .map(<[u8]>::to_vec),
        );
        secrets.extend(
            facts
                .opening()
                .unwrap()
                .conversation
                .map(|id| id.0.to_vec()),
        );
        secrets.extend(facts.messages().map(|(_, message)| message.id.0.to_vec()));
        secrets.extend(
            origin
                .replica()
                .log()
                .entries()
                .map(|entry| entry.id.0.to_vec()),
        );
        for link in origin.replica().chain().links() {
            secrets.push(link.hash.0.to_vec());
            secrets.push(link.body.check_value.to_vec());
        }
        for secret in secrets {
            assert!(!holds(&all, &secret), "{secret:?}");
        }
    }
}
