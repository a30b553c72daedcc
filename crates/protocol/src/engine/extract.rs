//! Extracts: a second dossier with chosen parts of another one in other words, for advisers, until a day; their opinions come back.
//!
//! An extract is a dossier of its own, with an address and keys of its own. Nothing in it names the dossier that it was made of; that
//! dossier names the extract.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::command::Command;
use sluis_domain::event::{AdviceAsked, Extract, ExtractPart, Opening, OpinionReturned};
use sluis_domain::ids::{DossierId, TeamRef};
use sluis_domain::vocabulary::{Kind, Origin};
use sluis_wire::address::DossierAddress;
use sluis_wire::time::UnixTime;

use super::share::Terms;
use super::work::Work;
use super::{ActError, Engine, Party};
use crate::dossier::{Right, WorkError, address_random};

/// Characters of the question that stand in the offer.
const REASON: usize = 300;

/// What is to be shown to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExtract {
    /// What they are asked.
    pub question: String,
    /// Until when they can read it.
    pub until: UnixTime,
    /// All that they get to see, word for word.
    pub parts: Vec<ExtractPart>,
    /// Who they are.
    pub with: Vec<Party>,
}

impl Engine {
    /// Makes an extract of a dossier and gives the advisers access to it, to read and to write their opinion. The extract holds what
    /// `new` says and nothing else.
    ///
    /// # Errors
    /// [`ActError`]: nothing was made then.
    pub fn make_extract(
        &mut self,
        origin: DossierAddress,
        new: NewExtract,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<DossierAddress, ActError> {
        let work = self.dossier(&origin).ok_or(ActError::NoDossier)?;
        if work.is_shut() {
            return Err(ActError::Shut);
        }
        if !self.may_share(&origin) {
            return Err(WorkError::NoRight.into());
        }
        let team = work.team().ok_or(ActError::NotReady)?;
        for party in &new.with {
            // Whoever was shut out of the dossier is not asked about it either.
            self.check_party(&origin, *party, Right::Writer, now)?;
        }
        let address = address_random(rng);
        let asked = Command::AskAdvice(AdviceAsked {
            extract: DossierId(address.0),
            with: new.with.iter().map(|party| party.reference()).collect(),
            question: new.question.clone(),
            until: new.until.0,
        });
        let asked = work.state().decide(asked)?;
        let opening = Opening {
            kind: Kind::Advice,
            origin: Origin::InPerson,
            team: TeamRef(team.0),
            conversation: None,
        };
        let recipient = self.newest_key(&Party::Team(team).recipient(), Right::Steward);
        if !self.create(address, recipient, opening, now, rng) {
            return Err(ActError::NotReady);
        }
        let made = self
            .fill(address, new, now, rng)
            .and_then(|()| self.note(origin, &asked, now, rng));
        match made {
            Ok(_) => Ok(address),
            Err(error) => {
                self.drop_dossier(address);
                Err(error)
            }
        }
    }

    fn fill(
        &mut self,
        address: DossierAddress,
        new: NewExtract,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let until = Some(new.until);
        // Whoever is asked reads it in their work list.
        let reason: String = new.question.chars().take(REASON).collect();
        let extract = Extract {
            question: new.question,
            until: new.until.0,
            parts: new.parts,
        };
        self.act(address, Command::MakeExtract(extract), now, rng)?;
        for party in new.with {
            let terms = Terms {
                until,
                reason: reason.clone(),
                transfer: false,
            };
            self.share(address, party, Right::Writer, terms, now, rng)?;
        }
        Ok(())
    }

    /// Brings opinions back into the dossiers that the extracts were made of, each once.
    pub(super) fn return_opinions(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let mut back = Vec::new();
        for (address, work) in &self.dossiers {
            if !work.has_advice() || !work.is_read() || !self.may_write(address) {
                continue;
            }
            for (_, asked) in work.state().advice() {
                let extract = DossierAddress(asked.extract.0);
                let Some(there) = self.dossiers.get(&extract) else {
                    continue;
                };
                let opinions = there.state().opinions().iter();
                let new = opinions.filter(|(made, _)| !work.state().has_opinion(&made.event));
                back.extend(new.map(|(made, opinion)| {
                    let returned = OpinionReturned {
                        extract: asked.extract,
                        opinion: made.event,
                        author: made.author,
                        time: made.time,
                        text: opinion.text.clone(),
                    };
                    (*address, returned)
                }));
            }
        }
        for (address, returned) in back {
            // Refused while the keys are being renewed: it is tried again at the next look.
            let _brought = self.act(address, Command::ReturnOpinion(returned), now, rng);
        }
    }

    /// Extracts whose day is over leave the devices of advisers, whether or not anybody has taken the access back yet.
    pub(super) fn drop_ended_extracts(&mut self, now: UnixTime) {
        let now = self.relay_time(now);
        let over = |(address, work): &(&DossierAddress, &Work)| {
            let extract = work.is_extract().then(|| work.state().extract()).flatten();
            extract
                .map(|extract| extract.until)
                .is_some_and(|until| work.is_shut() || until <= now.0)
                && !self.may_share(address)
                && work.pending() == 0
        };
        let over: Vec<DossierAddress> = self
            .dossiers
            .iter()
            .filter(over)
            .map(|(address, _)| *address)
            .collect();
        for address in over {
            self.make_foreign(address);
        }
    }
}
