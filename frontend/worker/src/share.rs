//! Sharing between the page and the engine: who has access, what waits, and every change of it.

use sluis_domain::dossier::Access as Word;
use sluis_domain::ids::PartyRef;
use sluis_link::{
    Access, AccessChange, AccessMap, DossierKey, Party, PartyView, Right, ShareView, Standing,
};
use sluis_protocol::dossier::{Grant, Recipient, Right as Granted};
use sluis_protocol::engine::{Engine, Work};
use sluis_wire::address::{MemberId, OrganisationId, TeamId};

/// The page's word for a right.
pub(crate) const fn right(right: Granted) -> Right {
    match right {
        Granted::Reader => Right::Reader,
        Granted::Writer => Right::Writer,
        Granted::Steward => Right::Steward,
    }
}

/// What the page calls a recipient; nothing for a device that stands alone.
const fn party_of(recipient: &Recipient) -> Option<Party> {
    match recipient {
        Recipient::Team { team, .. } => Some(Party::Team(team.0)),
        Recipient::Member { member, .. } => Some(Party::Member(member.0)),
        Recipient::Device(_) => None,
    }
}

const fn id_of(party: Party) -> PartyRef {
    match party {
        Party::Team(id) | Party::Member(id) => PartyRef(id),
    }
}

/// A team's or person's name.
pub(crate) fn name_of(engine: &Engine, party: &PartyRef) -> String {
    let team = engine
        .directory()
        .and_then(|directory| directory.team(&TeamId(party.0)));
    match team {
        Some(record) => record.team.name.clone(),
        None => engine.name_of(&MemberId(party.0)),
    }
}

/// Everyone who has access, with since when, by whom and on what terms.
pub(crate) fn access(engine: &Engine, work: &Work) -> Vec<Access> {
    let grants = work.replica().grants();
    grants
        .iter()
        .map(|grant| one(engine, work, grant))
        .collect()
}

fn one(engine: &Engine, work: &Work, grant: &Grant) -> Access {
    let directory = engine.directory();
    let member = match &grant.recipient {
        Recipient::Team { .. } => None,
        Recipient::Member { member, .. } => Some(*member),
        Recipient::Device(device) => directory
            .and_then(|directory| directory.device(device))
            .map(|record| record.device.member),
    };
    let team = match &grant.recipient {
        Recipient::Team { team, .. } => directory.and_then(|directory| directory.team(team)),
        _ => None,
    };
    let organisation = match (member, team) {
        (_, Some(record)) => Some(record.team.organisation),
        (Some(member), None) => directory
            .and_then(|directory| directory.member(&member))
            .map(|record| record.member.organisation),
        (None, None) => None,
    };
    let me = engine.device().member;
    let mut access = Access {
        name: match (member, team) {
            (_, Some(record)) => record.team.name.clone(),
            (Some(member), None) => engine.name_of(&member),
            (None, None) => String::new(),
        },
        organisation: organisation
            .and_then(|id| Some(directory?.organisation(&id)?.name.clone()))
            .unwrap_or_default(),
        right: right(grant.right),
        team: matches!(grant.recipient, Recipient::Team { .. }),
        party: party_of(&grant.recipient),
        outside: organisation.is_some()
            && organisation != engine.member().map(|own| own.organisation),
        mine: member == Some(me) || team.is_some_and(|record| record.team.members.contains(&me)),
        since: 0,
        by: String::new(),
        until: None,
        reason: String::new(),
        standing: Standing::Holds,
    };
    // The link from which on the right is what it is now.
    let same = |other: &&Grant| party_of(&other.recipient) == access.party;
    let mut before = None;
    for link in work.replica().chain().links() {
        let now = link.body.grants.iter().find(same).map(|grant| grant.right);
        if now.is_some() && now != before {
            access.since = link.body.time.0;
            access.by = engine.name_of_device(&link.body.author);
        }
        before = now;
    }
    if let Some(party) = access.party {
        terms(work, id_of(party), &mut access);
    }
    access
}

/// The last terms on which access was given, and the answer to them.
fn terms(work: &Work, party: PartyRef, access: &mut Access) {
    for (_, word) in work.state().access() {
        match word {
            Word::Terms(terms) if terms.party == party => {
                access.until = terms.until;
                access.reason.clone_from(&terms.reason);
                access.standing = Standing::Offered;
            }
            Word::Answered(answer) if answer.party == party => {
                access.standing = if answer.accepted {
                    Standing::Holds
                } else {
                    Standing::Refused(answer.reason.clone())
                };
            }
            _ => {}
        }
    }
}

/// What can be done about it.
pub(crate) fn view(engine: &Engine, work: &Work) -> ShareView {
    let right = engine
        .directory()
        .and_then(|directory| work.replica().right(directory));
    ShareView {
        lost: right.is_none() && engine.directory().is_some(),
        ..ShareView::default()
    }
}

/// Who can read and write what.
pub(crate) fn map(engine: &Engine) -> AccessMap {
    let Some(directory) = engine.directory() else {
        return AccessMap::default();
    };
    let own = engine.member().map(|member| member.organisation);
    let party = |party, name: &str, organisation: OrganisationId| PartyView {
        party,
        name: name.to_owned(),
        organisation: directory
            .organisation(&organisation)
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        outside: own != Some(organisation),
        ready: true,
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
            .map(|team| party(Party::Team(team.id.0), &team.name, team.organisation))
            .chain(members.iter().map(|member| {
                party(
                    Party::Member(member.id.0),
                    &engine.name_of(&member.id),
                    member.organisation,
                )
            }))
            .collect(),
        teams: members
            .iter()
            .map(|member| (member.id.0, of(&member.id)))
            .collect(),
        dossiers: engine
            .dossiers()
            .map(|(address, work)| {
                let grants = work.replica().grants().iter();
                let rights = grants
                    .filter_map(|grant| Some((party_of(&grant.recipient)?, right(grant.right))));
                (DossierKey(address.0), rights.collect())
            })
            .collect(),
    }
}

/// What differs between two lists of who has access.
pub(crate) fn changes(engine: &Engine, before: &[Grant], after: &[Grant]) -> Vec<AccessChange> {
    let find = |list: &[Grant], party: Option<Party>| {
        list.iter()
            .find(|grant| party_of(&grant.recipient) == party)
            .map(|grant| right(grant.right))
    };
    let mut parties: Vec<Party> = before
        .iter()
        .chain(after)
        .filter_map(|grant| party_of(&grant.recipient))
        .collect();
    parties.sort_unstable();
    parties.dedup();
    parties
        .into_iter()
        .filter_map(|party| {
            let (had, has) = (find(before, Some(party)), find(after, Some(party)));
            (had != has).then(|| AccessChange {
                name: name_of(engine, &id_of(party)),
                right: has,
                had: had.is_some(),
            })
        })
        .collect()
}
