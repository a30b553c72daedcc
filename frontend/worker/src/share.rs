//! Sharing between the page and the engine: who has access, what waits, and every change of it.

use sluis_domain::ids::PartyRef;
use sluis_link::{
    Access, AccessChange, AccessMap, Agreed, Answer, Consent, DossierKey, Fault, GivenUp, Offer,
    Party, PartyView, Reaction, Right, ShareAsk, ShareView, Shares, Standing,
};
use sluis_protocol::dossier::{Grant, Recipient, Right as Granted, number};
use sluis_protocol::engine::{self, AccessLine, ActError, Engine, Party as Own, Terms, Work};
use sluis_sorted::Set;
use sluis_wire::address::{DeviceId, DossierAddress, MemberId, OrganisationId, TeamId};
use sluis_wire::time::UnixTime;

use crate::desk::{Chance, now};
use crate::open::act_fault;
use crate::people::fault as office_fault;

/// Days for which an answer to what I shared stands in the work list.
const REACTION_DAYS: u64 = 14;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// The page's word for a right.
const fn right(right: Granted) -> Right {
    match right {
        Granted::Reader => Right::Reader,
        Granted::Writer => Right::Writer,
        Granted::Steward => Right::Steward,
    }
}

const fn granted(right: Right) -> Granted {
    match right {
        Right::Reader => Granted::Reader,
        Right::Writer => Granted::Writer,
        Right::Steward => Granted::Steward,
    }
}

const fn shown(party: Own) -> Party {
    match party {
        Own::Team(team) => Party::Team(team.0),
        Own::Member(member) => Party::Member(member.0),
    }
}

const fn agreed(agreed: engine::Agreed) -> Agreed {
    match agreed {
        engine::Agreed::No => Agreed::No,
        engine::Agreed::Filing => Agreed::Filing,
        engine::Agreed::Yes => Agreed::Yes,
    }
}

pub(crate) const fn own(party: Party) -> Own {
    match party {
        Party::Team(id) => Own::Team(TeamId(id)),
        Party::Member(id) => Own::Member(MemberId(id)),
    }
}

/// Does what the page asks about a dossier.
pub(crate) fn act(
    engine: &mut Engine,
    key: DossierKey,
    ask: ShareAsk,
    chance: &mut Chance,
) -> Result<Answer, Fault> {
    let address = DossierAddress(key.0);
    let now = now();
    let done = match ask {
        ShareAsk::Give {
            party,
            right,
            until,
            reason,
            transfer,
        } => {
            let terms = Terms {
                until: until.map(UnixTime),
                reason,
                transfer,
            };
            engine.share(address, own(party), granted(right), terms, now, chance)
        }
        ShareAsk::Take(party) => engine.unshare(address, own(party), now, chance),
        ShareAsk::Agree(party, title, notice) => {
            let with = organisation_of(engine, own(party)).ok_or(Fault::NoParty)?;
            let filed = engine.file_agreement(with, &title, &notice, now, chance);
            return filed
                .map(|()| Answer::Parties(parties(engine)))
                .map_err(office_fault);
        }
        ShareAsk::Renew => engine.renew(address, now, chance),
        ShareAsk::ShutOut(member) => engine.recuse(address, MemberId(member), now, chance),
        ShareAsk::Answer(accept, reason) => {
            let reader = engine.right(&address) == Some(Granted::Reader);
            let done = engine.answer_offer(address, accept, &reason, now, chance);
            // Whoever may only read cannot write an answer down: the dossier just goes.
            if done.is_ok() && !accept && reader && engine.forget_dossier(&address) {
                return Ok(Answer::Gone(key));
            }
            done
        }
        ShareAsk::Forget => {
            if engine.forget_dossier(&address) {
                return Ok(Answer::Gone(key));
            }
            Err(ActError::NoDossier)
        }
    };
    done.map(|()| Answer::Done)
        .map_err(|error| act_fault(&error))
}

/// A team's or person's name.
fn name_of(engine: &Engine, party: Own) -> String {
    match party {
        Own::Team(team) => engine
            .directory()
            .and_then(|directory| directory.team(&team))
            .map(|record| record.team.name.clone())
            .unwrap_or_default(),
        Own::Member(member) => engine.name_of(&member),
    }
}

fn member_of(engine: &Engine, recipient: &Recipient) -> Option<MemberId> {
    match recipient {
        Recipient::Team { .. } => None,
        Recipient::Member { member, .. } => Some(*member),
        Recipient::Device(device) => owner(engine, device),
    }
}

fn owner(engine: &Engine, device: &DeviceId) -> Option<MemberId> {
    Some(engine.directory()?.device(device)?.device.member)
}

fn organisation_of(engine: &Engine, party: Own) -> Option<OrganisationId> {
    let directory = engine.directory()?;
    Some(match party {
        Own::Team(team) => directory.team(&team)?.team.organisation,
        Own::Member(member) => directory.member(&member)?.member.organisation,
    })
}

fn organisation_name(engine: &Engine, organisation: Option<OrganisationId>) -> String {
    organisation
        .and_then(|id| Some(engine.directory()?.organisation(&id)?.name.clone()))
        .unwrap_or_default()
}

fn is_outside(engine: &Engine, organisation: Option<OrganisationId>) -> bool {
    organisation.is_some() && organisation != engine.member().map(|own| own.organisation)
}

fn party_view(engine: &Engine, party: Own) -> PartyView {
    let organisation = organisation_of(engine, party);
    PartyView {
        party: shown(party),
        name: name_of(engine, party),
        organisation: organisation_name(engine, organisation),
        outside: is_outside(engine, organisation),
        ready: true,
        agreed: Agreed::Yes,
    }
}

/// Whom the reporter agreed to, with whether their organisation has agreed too.
fn consented(engine: &Engine, party: Own) -> PartyView {
    PartyView {
        agreed: agreed(engine.agreed(party)),
        ..party_view(engine, party)
    }
}

/// Everyone that a dossier can be shared with.
pub(crate) fn parties(engine: &Engine) -> Vec<PartyView> {
    let parties = engine.parties().into_iter();
    parties
        .map(|info| PartyView {
            party: shown(info.party),
            name: info.name,
            organisation: info.organisation_name,
            outside: info.outside,
            ready: info.ready,
            agreed: agreed(info.agreed),
        })
        .collect()
}

/// Everyone who has access, with since when, by whom and on what terms.
pub(crate) fn access(engine: &Engine, address: &DossierAddress) -> Vec<Access> {
    let lines = engine.access(address).into_iter();
    let mut all: Vec<Access> = lines.map(|line| one(engine, line)).collect();
    // The own organisation first, and whoever decides before whoever reads.
    all.sort_by_key(|one| (one.outside, core::cmp::Reverse(one.right)));
    all
}

fn one(engine: &Engine, line: AccessLine) -> Access {
    let party = Own::of(&line.recipient);
    let member = member_of(engine, &line.recipient);
    let organisation = party
        .or(member.map(Own::Member))
        .and_then(|party| organisation_of(engine, party));
    let me = engine.device().member;
    let team = match party {
        Some(Own::Team(team)) => engine
            .directory()
            .and_then(|directory| directory.team(&team)),
        _ => None,
    };
    Access {
        name: party
            .or(member.map(Own::Member))
            .map(|party| name_of(engine, party))
            .unwrap_or_default(),
        organisation: organisation_name(engine, organisation),
        right: right(line.right),
        team: matches!(party, Some(Own::Team(_))),
        party: party.map(shown),
        outside: is_outside(engine, organisation),
        mine: member == Some(me) || team.is_some_and(|record| record.team.members.contains(&me)),
        since: line.since.map_or(0, |since| since.0),
        by: engine.name_of_device(&line.by),
        until: line.terms.until.map(|until| until.0),
        reason: line.terms.reason,
        standing: match line.standing {
            engine::Standing::Holds => Standing::Holds,
            engine::Standing::Offered => Standing::Offered,
            engine::Standing::Refused(reason) => Standing::Refused(reason),
            engine::Standing::Sending => Standing::Sending,
        },
        agreed: line.agreed,
    }
}

/// What can be done about it.
pub(crate) fn view(engine: &Engine, address: &DossierAddress, work: &Work) -> ShareView {
    let offers = engine.offers();
    let offered = offers.into_iter().find(|offer| offer.address == *address);
    ShareView {
        right: engine.right(address).map(right),
        elsewhere: work.state().can_reply() && !engine.answers(address),
        pending: work.sharing_pending(),
        lost: work.is_shut(),
        offer: offered.map(|one| offer(engine, one)),
        consented: engine
            .consented_party(address)
            .map(|party| consented(engine, party)),
        given_up: work.sharing_given_up().map(|why| match why {
            engine::GivenUp::NoRight => GivenUp::NoRight,
            engine::GivenUp::LastSteward => GivenUp::LastSteward,
            engine::GivenUp::Rules => GivenUp::Rules,
        }),
    }
}

fn offer(engine: &Engine, one: engine::Offer) -> Offer {
    let from = owner(engine, &one.by).and_then(|by| organisation_of(engine, Own::Member(by)));
    Offer {
        dossier: DossierKey(one.address.0),
        number: number(&one.address),
        from: engine.name_of_device(&one.by),
        organisation: organisation_name(engine, from),
        to: name_of(engine, one.party),
        right: right(one.right),
        until: one.terms.until.map(|until| until.0),
        reason: one.terms.reason,
        transfer: one.terms.transfer,
        time: one.time.0,
    }
}

/// What waits for the person at the keyboard.
pub(crate) fn waiting(engine: &Engine) -> Shares {
    let offers = engine.offers().into_iter();
    let since = now().0.saturating_sub(REACTION_DAYS * DAY);
    let reactions = engine.reactions().into_iter();
    let reactions = reactions.filter(|one| one.time.0 >= since);
    let consents = engine.dossiers().filter_map(|(address, _)| {
        let party = engine.consented_party(address)?;
        engine.may_share(address).then(|| Consent {
            dossier: DossierKey(address.0),
            number: number(address),
            party: consented(engine, party),
        })
    });
    Shares {
        offers: offers.map(|one| offer(engine, one)).collect(),
        reactions: reactions
            .map(|one| Reaction {
                dossier: DossierKey(one.address.0),
                number: number(&one.address),
                name: engine.name_of_device(&one.by),
                accepted: one.accepted,
                reason: one.reason,
                time: one.time.0,
            })
            .collect(),
        consents: consents.collect(),
    }
}

/// Who can read and write what.
pub(crate) fn map(engine: &Engine) -> AccessMap {
    let Some(directory) = engine.directory() else {
        return AccessMap::default();
    };
    let teams: Vec<_> = directory.teams().map(|record| &record.team).collect();
    let members = directory
        .members()
        .filter(|record| record.span.is_current());
    let members: Vec<_> = members.map(|record| &record.member).collect();
    let of = |member: &MemberId| {
        let own = teams.iter().filter(|team| team.members.contains(member));
        own.map(|team| team.id.0).collect()
    };
    AccessMap {
        parties: teams
            .iter()
            .map(|team| Own::Team(team.id))
            .chain(members.iter().map(|member| Own::Member(member.id)))
            .map(|party| party_view(engine, party))
            .collect(),
        teams: members
            .iter()
            .map(|member| (member.id.0, of(&member.id)))
            .collect(),
        dossiers: engine
            .dossiers()
            .filter(|(_, work)| !work.is_shut() && !work.is_private())
            .map(|(address, work)| {
                let rights = work.rights().into_iter();
                let rights = rights.filter_map(|(recipient, granted)| {
                    Some((shown(Own::of(&recipient)?), right(granted)))
                });
                (DossierKey(address.0), rights.collect())
            })
            .collect(),
    }
}

/// What differs between two lists of who has access.
pub(crate) fn changes(engine: &Engine, before: &[Grant], after: &[Grant]) -> Vec<AccessChange> {
    let find = |list: &[Grant], party: Own| {
        list.iter()
            .find(|grant| party.is(&grant.recipient))
            .map(|grant| right(grant.right))
    };
    let all = before.iter().chain(after);
    let parties: Set<Own> = all.filter_map(|grant| Own::of(&grant.recipient)).collect();
    parties
        .into_iter()
        .filter_map(|party| {
            let (had, has) = (find(before, party), find(after, party));
            (had != has).then(|| AccessChange {
                name: name_of(engine, party),
                right: has,
                had: had.is_some(),
            })
        })
        .collect()
}

/// The name of somebody that an event is about.
pub(crate) fn named(engine: &Engine, party: &PartyRef) -> String {
    let team = TeamId(party.0);
    let known = engine
        .directory()
        .is_some_and(|directory| directory.team(&team).is_some());
    let party = if known {
        Own::Team(team)
    } else {
        Own::Member(MemberId(party.0))
    };
    name_of(engine, party)
}
