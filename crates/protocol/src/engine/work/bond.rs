//! What ties dossiers together: those of one incident, a report that grew out of an advice question, and the notes that a member keeps for
//! themselves.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::{Lane, Link, Opening};
use sluis_domain::ids::{DossierId, TeamRef};
use sluis_domain::vocabulary::{Field, Kind, Tie};
use sluis_sorted::{Map, Set};
use sluis_wire::address::DossierAddress;
use sluis_wire::time::UnixTime;

use super::super::Engine;
use super::super::share::Party;
use super::ActError;
use crate::dossier::{Right, address_random};

impl Engine {
    /// Says in both dossiers that they are about one incident.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn link(
        &mut self,
        one: DossierAddress,
        other: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        if one == other {
            return Err(ActError::Refused(Refusal::NothingChanged));
        }
        self.tie((one, Tie::Incident), (other, Tie::Incident), now, rng)
    }

    /// Takes that back in both.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn unlink(
        &mut self,
        one: DossierAddress,
        other: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        self.act(one, Command::Unlink(DossierId(other.0)), now, rng)?;
        // The other side may be closed to me, or may have been unlinked before.
        if self.dossier(&other).is_some() && self.may_write(&other) {
            let back = self.act(other, Command::Unlink(DossierId(one.0)), now, rng);
            settled(back.map(|_| ()))?;
        }
        Ok(())
    }

    /// The report that an advice question has grown into: a new dossier with what is known, tied to the question.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn grow(
        &mut self,
        advice: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<DossierAddress, ActError> {
        let state = self.dossier(&advice).ok_or(ActError::NoDossier)?.state();
        if state.fields().kind != Kind::Advice {
            return Err(ActError::Refused(Refusal::NothingChanged));
        }
        if !self.may_write(&advice) {
            return Err(ActError::Work(crate::dossier::WorkError::NoRight));
        }
        let (origin, known) = (state.origin(), state.fields().clone());
        let fields = [
            Field::FirstStory(known.first_story),
            Field::Happened(known.happened),
            Field::Asked(known.asked),
            Field::Federation(known.federation),
            Field::Sport(known.sport),
            Field::Club(known.club),
            Field::Level(known.level),
            Field::Classification(known.classification),
            Field::Tags(known.tags),
            Field::Handler(known.handler),
        ];
        let report = self.open_by_hand(Kind::Report, origin, &fields, now, rng)?;
        self.tie((advice, Tie::GrewInto), (report, Tie::GrewFrom), now, rng)?;
        Ok(report)
    }

    fn tie(
        &mut self,
        one: (DossierAddress, Tie),
        other: (DossierAddress, Tie),
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        for (address, _) in [one, other] {
            self.dossier(&address).ok_or(ActError::NoDossier)?;
            if !self.may_write(&address) {
                return Err(ActError::Work(crate::dossier::WorkError::NoRight));
            }
        }
        for ((address, tie), (other, _)) in [(one, other), (other, one)] {
            let other = DossierId(other.0);
            let link = Command::Link(Link { other, tie });
            settled(self.act(address, link, now, rng).map(|_| ()))?;
        }
        Ok(())
    }

    /// Every dossier of the incident that this one belongs to, itself first, and those that grew out of another. What lies behind one that I
    /// cannot read is not known.
    #[must_use]
    pub fn incident(&self, address: &DossierAddress) -> Vec<(DossierAddress, Tie)> {
        let mut found = Vec::from([(*address, Tie::Incident)]);
        let mut seen = Set::from([*address]);
        let mut next = 0;
        while let Some((one, tie)) = found.get(next).copied() {
            next += 1;
            // A report and its question are two things: what one is linked with is not linked with the other.
            let work = self.dossier(&one).filter(|_| tie == Tie::Incident);
            let Some(work) = work else { continue };
            for (other, tie) in work.state().links() {
                let own = one == *address || *tie == Tie::Incident;
                let other = DossierAddress(other.0);
                if own && seen.insert(other) {
                    found.push((other, *tie));
                }
            }
        }
        found
    }

    /// Keeps a note about a dossier that nobody else can read: in a dossier of its own, sealed to this member alone (decision 26).
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn note_for_me(
        &mut self,
        about: DossierAddress,
        text: String,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        self.dossier(&about).ok_or(ActError::NoDossier)?;
        let known = self.private_of(&about);
        let known = known.into_iter().find(|own| self.may_write(own));
        let own = match known {
            Some(own) => own,
            None => self.open_private(about, now, rng)?,
        };
        self.act(own, Command::Note(Lane::Team, text), now, rng)?;
        self.touched.insert(about);
        Ok(())
    }

    fn open_private(
        &mut self,
        about: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<DossierAddress, ActError> {
        let me = self.me.member;
        let own = address_random(rng);
        let opening = Opening {
            kind: Kind::Private,
            origin: sluis_domain::vocabulary::Origin::InPerson,
            team: TeamRef(me.0),
            conversation: None,
        };
        let recipient = self.newest_key(&Party::Member(me).recipient(), Right::Steward);
        if !self.create(own, recipient, opening, now, rng) {
            return Err(ActError::NotReady);
        }
        let concern = Command::Concern(DossierId(about.0));
        if let Err(error) = self.act(own, concern, now, rng) {
            self.drop_dossier(own);
            return Err(error);
        }
        Ok(own)
    }

    /// My notes for myself about a dossier: where they lie. More than one when two of my devices began at once.
    #[must_use]
    pub fn private_of(&self, about: &DossierAddress) -> Vec<DossierAddress> {
        self.dossiers
            .iter()
            .filter(|(_, work)| work.concerns() == Some(*about))
            .map(|(address, _)| *address)
            .collect()
    }

    /// All of them, by what they are about.
    #[must_use]
    pub fn all_private(&self) -> Map<DossierAddress, Vec<DossierAddress>> {
        let mut all: Map<DossierAddress, Vec<DossierAddress>> = Map::new();
        for (address, work) in &self.dossiers {
            if let Some(about) = work.concerns() {
                all.entry(about).or_default().push(*address);
            }
        }
        all
    }
}

/// What is so already is well.
fn settled(done: Result<(), ActError>) -> Result<(), ActError> {
    match done {
        Err(ActError::Refused(Refusal::NothingChanged)) => Ok(()),
        other => other,
    }
}
