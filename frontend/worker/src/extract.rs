//! Extracts between the page and the engine.

use sluis_domain::ids::AuthorId;
use sluis_link::{AdviceView, Answer, DossierKey, ExtractView, Fault, NewExtract, OpinionView};
use sluis_protocol::engine::{Engine, NewExtract as Own, Work};
use sluis_wire::address::{DeviceId, DossierAddress};
use sluis_wire::time::UnixTime;

use crate::desk::{Chance, now};
use crate::open::act_fault;
use crate::share;

/// Makes an extract.
pub(crate) fn make(
    engine: &mut Engine,
    key: DossierKey,
    new: NewExtract,
    chance: &mut Chance,
) -> Result<Answer, Fault> {
    let new = Own {
        question: new.question,
        until: UnixTime(new.until),
        parts: new.parts,
        with: new.with.into_iter().map(share::own).collect(),
    };
    engine
        .make_extract(DossierAddress(key.0), new, now(), chance)
        .map(|_| Answer::Done)
        .map_err(|error| act_fault(&error))
}

/// What its readers get to see.
pub(crate) fn view(engine: &Engine, work: &Work) -> Option<ExtractView> {
    let extract = work.state().extract()?;
    let opinions = work.state().opinions().iter();
    let opinions = opinions.map(|(made, one)| opinion(engine, &made.author, made.time, &one.text));
    Some(ExtractView {
        question: extract.question.clone(),
        until: extract.until,
        parts: extract.parts.clone(),
        opinions: opinions.collect(),
    })
}

/// What was asked about it, and what came back.
pub(crate) fn advice(engine: &Engine, work: &Work) -> Vec<AdviceView> {
    let state = work.state();
    let one = |asked: &sluis_domain::event::AdviceAsked| {
        let address = DossierAddress(asked.extract.0);
        let back = state.returned().iter();
        let back = back.filter(|one| one.extract == asked.extract);
        AdviceView {
            extract: engine
                .dossier(&address)
                .map(|_| DossierKey(asked.extract.0)),
            question: asked.question.clone(),
            with: asked
                .with
                .iter()
                .map(|party| share::named(engine, party))
                .collect(),
            until: asked.until,
            opinions: back
                .map(|one| opinion(engine, &one.author, one.time, &one.text))
                .collect(),
        }
    };
    state.advice().iter().map(|(_, asked)| one(asked)).collect()
}

fn opinion(engine: &Engine, author: &AuthorId, time: u64, text: &str) -> OpinionView {
    OpinionView {
        author: engine.name_of_device(&DeviceId(author.0)),
        time,
        text: text.to_owned(),
    }
}
