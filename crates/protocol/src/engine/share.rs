//! Sharing: who a dossier can be shared with, giving and taking access, what was offered to me and what others answered.
//!
//! Rights themselves are links of the control chain, made in [`super::work`] from wishes that are kept until the chain shows them. Terms and
//! answers are events of the dossier; what they set in motion here counts only when their author may say so.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::{Organisation, Role};
use sluis_directory::log::Directory;
use sluis_domain::command::Command;
use sluis_domain::dossier::{Access, Made};
use sluis_domain::event::{AccessAnswered, AccessTerms};
use sluis_domain::ids::PartyRef;
use sluis_domain::vocabulary::{AccessRight, Field, Status};
use sluis_sorted::Map;
use sluis_wire::address::{DeviceId, DossierAddress, MemberId, OrganisationId, TeamId};
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::office::is_adviser;
use super::work::{Change, Work};
use super::{ActError, Engine, rows};
use crate::dossier::chain::opens_as;
use crate::dossier::{Recipient, Right, WorkError};

/// Somebody that a dossier can be shared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Party {
    /// A team, and whoever belongs to it.
    Team(TeamId),
    /// One person.
    Member(MemberId),
}

/// A party, with what has to be known to choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyInfo {
    /// Which one.
    pub party: Party,
    /// Name of the team or the person.
    pub name: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// It is another one than mine.
    pub outside: bool,
    /// The key to seal for them is known.
    pub ready: bool,
    /// Whether what T11 asks for is on file between their organisation and mine.
    pub agreed: Agreed,
}

/// Whether an agreement about sharing and a privacy notice are on file with another organisation (T11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// No: nothing can be shared with them.
    No,
    /// It is on its way to the relay.
    Filing,
    /// Yes, or it is my own organisation.
    Yes,
}

/// On what terms access is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Until when, if it ends by itself.
    pub until: Option<UnixTime>,
    /// Why.
    pub reason: String,
    /// The dossier becomes theirs once they say yes.
    pub transfer: bool,
}

/// A dossier that was shared with me or my team and that nobody answered for yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which one.
    pub address: DossierAddress,
    /// With whom: me or a team of mine.
    pub party: Party,
    /// What they may.
    pub right: Right,
    /// On what terms.
    pub terms: Terms,
    /// Who shared it.
    pub by: DeviceId,
    /// When.
    pub time: UnixTime,
}

/// What somebody answered to a dossier that I shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// Which dossier.
    pub address: DossierAddress,
    /// With whom I shared it.
    pub party: Party,
    /// Who answered.
    pub by: DeviceId,
    /// Yes or no.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// When.
    pub time: UnixTime,
}

/// Somebody's access to a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLine {
    /// Who.
    pub recipient: Recipient,
    /// May what.
    pub right: Right,
    /// Since when; nothing while it is on its way.
    pub since: Option<UnixTime>,
    /// Whose device gave it.
    pub by: DeviceId,
    /// On what terms.
    pub terms: Terms,
    /// How far it is.
    pub standing: Standing,
    /// Where it is another organisation than that of whoever gave it: an agreement was on file between the two when they gave it.
    pub agreed: bool,
}

/// How far access is that somebody was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It holds, and they have not said yet whether they take it.
    Offered,
    /// They said no, for this reason.
    Refused(String),
    /// Safe on this device, on its way to the relay.
    Sending,
}

/// One change in the list of who has access, as the control chain has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessChange {
    /// When, as its author says.
    pub time: UnixTime,
    /// Whose device decided it.
    pub by: DeviceId,
    /// How many entries the directory had where they decided it.
    pub length: u64,
    /// Whose access.
    pub recipient: Recipient,
    /// The right before, if any.
    pub before: Option<Right>,
    /// The right after, if any.
    pub after: Option<Right>,
}

impl Party {
    /// The party that a recipient of the chain is; none for a device by itself.
    #[must_use]
    pub fn of(recipient: &Recipient) -> Option<Self> {
        match recipient {
            Recipient::Team { team, .. } => Some(Self::Team(*team)),
            Recipient::Member { member, .. } => Some(Self::Member(*member)),
            Recipient::Device(_) => None,
        }
    }

    /// Whether a recipient of the chain is this party, by whatever epoch of its key.
    #[must_use]
    pub fn is(&self, recipient: &Recipient) -> bool {
        Self::of(recipient) == Some(*self)
    }

    /// As the chain names it, by the first epoch of its key.
    pub(super) fn recipient(self) -> Recipient {
        match self {
            Self::Team(team) => Recipient::Team { team, epoch: 0 },
            Self::Member(member) => Recipient::Member { member, epoch: 0 },
        }
    }

    pub(super) fn reference(self) -> PartyRef {
        PartyRef(match self {
            Self::Team(team) => team.0,
            Self::Member(member) => member.0,
        })
    }
}

/// Whether a person can open as this recipient now.
pub(super) fn includes(recipient: &Recipient, member: &MemberId, directory: &Directory) -> bool {
    match recipient {
        Recipient::Team { team, .. } => directory
            .team_members_at(team, directory.length())
            .contains(member),
        Recipient::Member { member: one, .. } => one == member,
        Recipient::Device(device) => directory
            .device(device)
            .is_some_and(|record| record.device.member == *member),
    }
}

/// The newest word about somebody's access that counts.
struct Word {
    made: Made,
    terms: AccessTerms,
    answer: Option<(Made, AccessAnswered)>,
}

impl Engine {
    /// Everyone that a dossier can be shared with, by organisation and name: all teams, the people of my organisation, and of other
    /// organisations the people whose role is to be invited.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyInfo> {
        let Some((directory, mine)) = self.directory().zip(self.member()) else {
            return Vec::new();
        };
        // Looked up once for each organisation: agreements are opened to be read.
        let agreed: Map<OrganisationId, Agreed> = directory
            .organisations()
            .map(|one| (one.id, self.agreed_with(&one.id)))
            .collect();
        let info = |party: Party, name: String, organisation: &Organisation| PartyInfo {
            party,
            name,
            organisation: organisation.id,
            organisation_name: organisation.name.clone(),
            outside: organisation.id != mine.organisation,
            ready: self.newest_key(&party.recipient(), Right::Reader).is_some(),
            agreed: agreed.get(&organisation.id).copied().unwrap_or(Agreed::No),
        };
        let teams = directory
            .teams()
            .filter(|record| !record.team.members.is_empty());
        let teams = teams.filter_map(|record| {
            let organisation = directory.organisation(&record.team.organisation)?;
            Some(info(
                Party::Team(record.team.id),
                record.team.name.clone(),
                organisation,
            ))
        });
        let invited = [
            Role::AllFederations,
            Role::AdvisoryMember,
            Role::Expert,
            Role::PanelMember,
        ];
        let members = directory.members().filter(|record| {
            let member = &record.member;
            let may = member.organisation == mine.organisation
                || member.roles.iter().any(|role| invited.contains(role));
            record.span.is_current() && may && !is_adviser(directory, &member.id)
        });
        let members = members.filter_map(|record| {
            let member = &record.member;
            let organisation = directory.organisation(&member.organisation)?;
            Some(info(
                Party::Member(member.id),
                self.name_of(&member.id),
                organisation,
            ))
        });
        let mut parties: Vec<_> = teams.chain(members).collect();
        parties.sort_by(|one, other| {
            let key = |info: &PartyInfo| (info.outside, matches!(info.party, Party::Member(_)));
            key(one)
                .cmp(&key(other))
                .then_with(|| one.organisation_name.cmp(&other.organisation_name))
                .then_with(|| one.name.cmp(&other.name))
        });
        parties
    }

    /// Whether a dossier may be shared with people of this organisation.
    fn agreed_with(&self, other: &OrganisationId) -> Agreed {
        let length = self.directory().map_or(0, Directory::length);
        match self.member() {
            Some(mine) if self.agreed_at(&mine.organisation, other, length) => Agreed::Yes,
            Some(_) if self.is_filing(other) => Agreed::Filing,
            _ => Agreed::No,
        }
    }

    /// Whether a dossier may be shared with this party: always inside my organisation, outside it with an agreement on file.
    #[must_use]
    pub fn agreed(&self, party: Party) -> Agreed {
        let organisation = self
            .directory()
            .and_then(|directory| organisation_of(party, directory));
        organisation.map_or(Agreed::No, |organisation| self.agreed_with(&organisation))
    }

    /// My own right in a dossier; none when it was taken back.
    #[must_use]
    pub fn right(&self, address: &DossierAddress) -> Option<Right> {
        let work = self.dossier(address).filter(|work| !work.is_shut())?;
        work.replica().right(self.directory()?)
    }

    /// Whether I may write in it.
    #[must_use]
    pub fn may_write(&self, address: &DossierAddress) -> bool {
        self.right(address) >= Some(Right::Writer)
    }

    /// Whether I decide who has access.
    #[must_use]
    pub fn may_share(&self, address: &DossierAddress) -> bool {
        self.right(address) == Some(Right::Steward)
    }

    /// Gives somebody a right, or another one than they have. The terms are written down first; the right follows.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn share(
        &mut self,
        address: DossierAddress,
        party: Party,
        right: Right,
        terms: Terms,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let change = Change::Give(party, right);
        self.check_change(&address, change)?;
        self.check_party(&address, party, right, now)?;
        let words = AccessTerms {
            party: party.reference(),
            right: access_right(right),
            until: terms.until.map(|until| until.0),
            reason: terms.reason,
            transfer: terms.transfer && right == Right::Steward,
        };
        self.act(address, Command::GiveAccess(words), now, rng)?;
        self.wish(address, change);
        self.carry_out_wishes(now, rng);
        Ok(())
    }

    /// Takes somebody's access back: new keys that they do not get.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn unshare(
        &mut self,
        address: DossierAddress,
        party: Party,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let change = Change::Take(party);
        self.check_change(&address, change)?;
        self.wish(address, change);
        self.carry_out_wishes(now, rng);
        Ok(())
    }

    /// New keys for the same people.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn renew(
        &mut self,
        address: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        if !self.may_write(&address) {
            return Err(self.no_right(&address));
        }
        self.wish(address, Change::Renew);
        self.carry_out_wishes(now, rng);
        Ok(())
    }

    /// Shuts a person out for good: myself (recusal), or somebody with a conflict of interest. Teams that hold them are replaced by their other
    /// members one by one, with the sheets of paper that these have (decision 27).
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn recuse(
        &mut self,
        address: DossierAddress,
        member: MemberId,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let change = Change::ShutOut(member);
        self.check_change(&address, change)?;
        self.act(address, Command::ShutOut(PartyRef(member.0)), now, rng)?;
        self.wish(address, change);
        self.carry_out_wishes(now, rng);
        Ok(())
    }

    fn wish(&mut self, address: DossierAddress, change: Change) {
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.wish(change);
        }
        self.stuck.remove(&super::Step::Link(address));
        self.keep_dossier(address);
    }

    fn no_right(&self, address: &DossierAddress) -> ActError {
        match self.dossier(address) {
            None => ActError::NoDossier,
            Some(work) if work.is_shut() => ActError::Shut,
            Some(_) => WorkError::NoRight.into(),
        }
    }

    /// Whether I may make a change, and somebody is left who decides who has access.
    fn check_change(&self, address: &DossierAddress, change: Change) -> Result<(), ActError> {
        if !self.may_share(address) {
            return Err(self.no_right(address));
        }
        let directory = self.directory().ok_or(ActError::NotReady)?;
        let work = self.dossier(address).ok_or(ActError::NoDossier)?;
        if work.wanted(directory, Some(change)).has_steward() {
            Ok(())
        } else {
            Err(ActError::LastSteward)
        }
    }

    /// Whether this party can be given access now.
    pub(super) fn check_party(
        &self,
        address: &DossierAddress,
        party: Party,
        right: Right,
        now: UnixTime,
    ) -> Result<(), ActError> {
        let directory = self.directory().ok_or(ActError::NotReady)?;
        if self.is_forked() {
            return Err(ActError::Forked);
        }
        let organisation = match party {
            Party::Team(team) => directory
                .team(&team)
                .filter(|record| !record.team.members.is_empty())
                .map(|record| record.team.organisation),
            Party::Member(member) => directory
                .member(&member)
                .filter(|record| record.span.is_current() && !is_adviser(directory, &member))
                .map(|record| record.member.organisation),
        };
        let organisation = organisation.ok_or(ActError::NoParty)?;
        let outside = self
            .member()
            .is_none_or(|mine| mine.organisation != organisation);
        let fresh = self.freshness(now).is_some_and(|age| !age.blocks());
        if outside && !fresh {
            return Err(ActError::SnapshotOld);
        }
        let work = self.dossier(address).ok_or(ActError::NoDossier)?;
        // Less than they have is always possible.
        let mut grants = work.replica().grants().iter();
        let has = grants.find(|grant| party.is(&grant.recipient));
        let more = has.is_none_or(|grant| right > grant.right);
        if outside && more && self.agreed_with(&organisation) != Agreed::Yes {
            return Err(ActError::NoAgreement);
        }
        // Naming the person is a deliberate act; naming a team is not.
        if matches!(party, Party::Team(_)) && self.holds_shut_out(work, party) {
            return Err(ActError::ShutOut);
        }
        if self.newest_key(&party.recipient(), Right::Reader).is_none() {
            return Err(ActError::NotReady);
        }
        Ok(())
    }

    /// Whether a steward has shut out somebody who belongs to this party.
    fn holds_shut_out(&self, work: &Work, party: Party) -> bool {
        let Some(directory) = self.directory() else {
            return false;
        };
        work.state().access().iter().any(|(made, word)| {
            matches!(word, Access::ShutOut(person)
                if includes(&party.recipient(), &MemberId(person.0), directory)
                && work.replica().author_right(&made.event, directory) == Some(Right::Steward))
        })
    }

    /// The newest terms about each party that a steward wrote, with the answer of somebody who belongs to the party.
    fn words(&self, work: &Work) -> Vec<Word> {
        let Some(directory) = self.directory() else {
            return Vec::new();
        };
        let mut words: Vec<Word> = Vec::new();
        for (made, access) in work.state().access() {
            let party = access.party();
            match access {
                Access::Terms(terms) => {
                    let right = work.replica().author_right(&made.event, directory);
                    if right == Some(Right::Steward) {
                        words.retain(|word| word.terms.party != party);
                        words.push(Word {
                            made: *made,
                            terms: terms.clone(),
                            answer: None,
                        });
                    }
                }
                Access::ShutOut(_) => {}
                Access::Answered(answer) => {
                    let author = DeviceId(made.author.0);
                    let belongs = party_of(party, directory)
                        .is_some_and(|party| is_part(party, &author, directory));
                    let mut about = words.iter_mut().filter(|word| word.terms.party == party);
                    if belongs && let Some(word) = about.next() {
                        word.answer = Some((*made, answer.clone()));
                    }
                }
            }
        }
        words
    }

    /// Dossiers that were shared with me or a team of mine and that nobody answered for yet, oldest first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let mut offers: Vec<Offer> = self
            .dossiers()
            .filter_map(|(address, work)| self.offer(address, work))
            .collect();
        offers.sort_by_key(|offer| (offer.time, offer.address));
        offers
    }

    fn offer(&self, address: &DossierAddress, work: &Work) -> Option<Offer> {
        let directory = self.directory()?;
        if work.is_shut() || !work.has_access_words() {
            return None;
        }
        let mine = |party: &Party| includes(&party.recipient(), &self.device().member, directory);
        self.words(work).into_iter().find_map(|word| {
            let party = party_of(word.terms.party, directory).filter(mine)?;
            let mut grants = work.replica().grants().iter();
            let grant = grants.find(|grant| party.is(&grant.recipient))?;
            let by = DeviceId(word.made.author.0);
            let open = word.answer.is_none()
                && work.answered(&word.made.event).is_none()
                && !is_part(party, &by, directory);
            open.then(|| Offer {
                address: *address,
                party,
                right: grant.right,
                terms: terms(&word.terms),
                by,
                time: UnixTime(word.made.time),
            })
        })
    }

    /// Takes what was shared with me or my team, or not. Whoever may write says so in the dossier; a reader's answer stays on this device. When
    /// the dossier was to become ours, whoever gave it keeps on reading it, or writing if the reporter is theirs to answer.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn answer_offer(
        &mut self,
        address: DossierAddress,
        accept: bool,
        reason: &str,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let work = self.dossier(&address).ok_or(ActError::NoDossier)?;
        let offer = self.offer(&address, work).ok_or(ActError::NoOffer)?;
        let words = self.words(work);
        let reference = offer.party.reference();
        let about = words.iter().find(|word| word.terms.party == reference);
        let event = about.ok_or(ActError::NoOffer)?.made.event;
        if offer.right >= Right::Writer {
            let answer = AccessAnswered {
                party: reference,
                accepted: accept,
                reason: reason.into(),
            };
            self.act(address, Command::AnswerAccess(answer), now, rng)?;
        }
        if let Some(work) = self.dossiers.get_mut(&address) {
            work.answer(event, accept);
        }
        if accept && offer.terms.transfer && offer.right == Right::Steward {
            self.take_over(address, &offer);
        }
        self.keep_dossier(address);
        Ok(())
    }

    /// The dossier becomes ours: whoever gave it decides no more.
    fn take_over(&mut self, address: DossierAddress, offer: &Offer) {
        let Some((directory, work)) = self.directory().zip(self.dossier(&address)) else {
            return;
        };
        let right = if work.state().can_reply() {
            Right::Writer
        } else {
            Right::Reader
        };
        let length = directory.length();
        let grants = work.replica().grants().iter();
        let theirs = grants.filter(|grant| {
            grant.right == Right::Steward
                && !offer.party.is(&grant.recipient)
                && opens_as(grant.recipient, &offer.by, directory, length)
        });
        let theirs: Vec<Party> = theirs
            .filter_map(|grant| Party::of(&grant.recipient))
            .collect();
        for party in theirs {
            self.wish(address, Change::Give(party, right));
        }
    }

    /// What others answered to dossiers that I shared, newest first.
    #[must_use]
    pub fn reactions(&self) -> Vec<Reaction> {
        let mut reactions = Vec::new();
        let Some(directory) = self.directory() else {
            return reactions;
        };
        for (address, work) in self.dossiers() {
            if !work.has_access_words() {
                continue;
            }
            for word in self.words(work) {
                let party = party_of(word.terms.party, directory);
                if let Some((party, (made, answer))) = party.zip(word.answer)
                    && self.is_mine(&word.made.author)
                {
                    reactions.push(Reaction {
                        address: *address,
                        party,
                        by: DeviceId(made.author.0),
                        accepted: answer.accepted,
                        reason: answer.reason,
                        time: UnixTime(made.time),
                    });
                }
            }
        }
        reactions.sort_by_key(|reaction| core::cmp::Reverse(reaction.time));
        reactions
    }

    /// Who has access to a dossier, and who is about to.
    #[must_use]
    pub fn access(&self, address: &DossierAddress) -> Vec<AccessLine> {
        let Some((directory, work)) = self.directory().zip(self.dossier(address)) else {
            return Vec::new();
        };
        let words = self.words(work);
        let changes = access_changes(work);
        let wanted = work.wanted(directory, None).rights;
        let grants = work.replica().grants();
        let mut lines: Vec<AccessLine> = Vec::new();
        for grant in grants {
            let mut newest_first = changes.iter().rev();
            let change = newest_first.find(|change| change.recipient.is_same(&grant.recipient));
            let about = Party::of(&grant.recipient).and_then(|party| {
                words
                    .iter()
                    .find(|word| word.terms.party == party.reference())
            });
            let stays = wanted
                .iter()
                .any(|(to, right)| to.is_same(&grant.recipient) && *right == grant.right);
            let standing = match about.map(|word| &word.answer) {
                _ if !stays => Standing::Sending,
                Some(None) => Standing::Offered,
                Some(Some((_, answer))) if !answer.accepted => {
                    Standing::Refused(answer.reason.clone())
                }
                None | Some(Some(_)) => Standing::Holds,
            };
            lines.push(AccessLine {
                recipient: grant.recipient,
                right: grant.right,
                since: change.map(|change| change.time),
                by: change.map_or(self.device().id, |change| change.by),
                terms: about.map(|word| terms(&word.terms)).unwrap_or_default(),
                standing,
                agreed: self.was_agreed(&grant.recipient, &changes, directory),
            });
        }
        let new = wanted
            .into_iter()
            .filter(|(to, _)| !grants.iter().any(|grant| grant.recipient.is_same(to)));
        lines.extend(new.map(|(recipient, right)| AccessLine {
            recipient,
            right,
            since: None,
            by: self.device().id,
            terms: Terms::default(),
            standing: Standing::Sending,
            agreed: true,
        }));
        lines
    }

    /// Whether an agreement was on file between the organisation of whoever gave this recipient their right and that of the recipient, when the
    /// right was given (T11). A program that does not ask is seen by every reader this way.
    fn was_agreed(
        &self,
        recipient: &Recipient,
        changes: &[AccessChange],
        directory: &Directory,
    ) -> bool {
        let mut newest_first = changes.iter().rev();
        let given = newest_first
            .find(|change| change.recipient.is_same(recipient) && change.after > change.before);
        let of_member = |member: &MemberId| Some(directory.member(member)?.member.organisation);
        let of_device = |device: &DeviceId| of_member(&directory.device(device)?.device.member);
        let to = match recipient {
            Recipient::Device(device) => of_device(device),
            other => Party::of(other).and_then(|party| organisation_of(party, directory)),
        };
        let parts = given.and_then(|given| Some((of_device(&given.by)?, to?, given.length)));
        parts.is_none_or(|(by, to, length)| self.agreed_at(&by, &to, length))
    }

    /// How the list of who has access came to be what it is, oldest first, from the links of the control chain.
    #[must_use]
    pub fn access_changes(&self, address: &DossierAddress) -> Vec<AccessChange> {
        self.dossier(address)
            .map(access_changes)
            .unwrap_or_default()
    }

    /// Sees whose access is over, and what came of extracts.
    pub(super) fn watch_access(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        self.take_back_expired(now);
        self.drop_ended_extracts(now);
        self.return_opinions(now, rng);
    }

    /// Takes back what has expired or was refused, where I decide.
    fn take_back_expired(&mut self, now: UnixTime) {
        let Some(directory) = self.directory() else {
            return;
        };
        let mut over = Vec::new();
        for (address, work) in self.dossiers() {
            if !work.has_access_words() || !work.is_read() || !self.may_share(address) {
                continue;
            }
            let wanted = work.wanted(directory, None).rights;
            for word in self.words(work) {
                let expired = word.terms.until.is_some_and(|until| until <= now.0);
                let refused = word
                    .answer
                    .as_ref()
                    .is_some_and(|(_, answer)| !answer.accepted);
                let Some(party) = party_of(word.terms.party, directory) else {
                    continue;
                };
                if (expired || refused) && wanted.iter().any(|(to, _)| party.is(to)) {
                    over.push((*address, party));
                }
            }
        }
        for (address, party) in over {
            if self.check_change(&address, Change::Take(party)).is_ok() {
                self.wish(address, Change::Take(party));
            }
        }
    }

    /// Gives every open dossier that one person handles to another, who gets the first one's own access too where they have none. Gives the
    /// number of dossiers.
    ///
    /// # Errors
    /// [`ActError`] of the first dossier that refuses; those before it are done.
    pub fn hand_over(
        &mut self,
        from: MemberId,
        to: MemberId,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<usize, ActError> {
        if from == to {
            return Ok(0);
        }
        let theirs = |(address, work): &(&DossierAddress, &Work)| {
            // Who handled a closed dossier stays written in it.
            work.state().fields().handler == Some(from.0)
                && work.state().status() != Status::Closed
                && self.may_write(address)
        };
        let theirs: Vec<DossierAddress> = self
            .dossiers()
            .filter(theirs)
            .map(|(address, _)| *address)
            .collect();
        for address in &theirs {
            self.act(*address, Command::Set(Field::Handler(Some(to.0))), now, rng)?;
            self.follow(*address, from, to, now, rng)?;
        }
        Ok(theirs.len())
    }

    /// Whoever takes over a dossier gets the right that was given to the other one by name, when nothing else opens it for them.
    fn follow(
        &mut self,
        address: DossierAddress,
        from: MemberId,
        to: MemberId,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let Some((directory, work)) = self.directory().zip(self.dossier(&address)) else {
            return Ok(());
        };
        let grants = work.replica().grants();
        let own = Party::Member(from);
        let own = grants.iter().find(|grant| own.is(&grant.recipient));
        let opens = grants
            .iter()
            .any(|grant| includes(&grant.recipient, &to, directory));
        match own.map(|grant| grant.right) {
            Some(right) if !opens && self.may_share(&address) => {
                let terms = Terms::default();
                self.share(address, Party::Member(to), right, terms, now, rng)
            }
            _ => Ok(()),
        }
    }

    /// The team of the federation that the dossier names, when the reporter agreed that it reads along and it does not yet.
    #[must_use]
    pub fn consented_party(&self, address: &DossierAddress) -> Option<Party> {
        let directory = self.directory()?;
        let open = |work: &&Work| !work.is_shut() && work.has_consent();
        let work = self.dossier(address).filter(open)?;
        let name = folded(&work.state().fields().federation);
        if name.is_empty() {
            return None;
        }
        let mut organisations = directory.organisations();
        let organisation = organisations.find(|one| folded(&one.name) == name)?.id;
        let teams = directory.teams().filter(|record| {
            record.team.organisation == organisation && !record.team.members.is_empty()
        });
        let team = teams.min_by_key(|record| (!record.team.line, record.team.id))?;
        let wanted = work.wanted(directory, None).rights;
        let reads = wanted.iter().any(|(to, _)| {
            Party::of(to).and_then(|party| organisation_of(party, directory)) == Some(organisation)
        });
        (!reads).then_some(Party::Team(team.team.id))
    }

    /// Removes what this device still has of a dossier that was taken back from me, or that I did not take. Whether there was one.
    pub fn forget_dossier(&mut self, address: &DossierAddress) -> bool {
        let gone = |work: &Work| work.is_shut() || work.is_declined();
        if !self.dossier(address).is_some_and(gone) {
            return false;
        }
        self.make_foreign(*address);
        true
    }

    /// Drops a dossier, and does not read it again unless its chain grows.
    pub(super) fn make_foreign(&mut self, address: DossierAddress) {
        let links = self
            .dossier(&address)
            .map_or(0, |work| work.replica().control_length());
        self.drop_dossier(address);
        self.foreign.insert(address, links);
        self.put(
            rows::FOREIGN,
            &address.0,
            Zeroizing::new(links.to_be_bytes().to_vec()),
        );
    }
}

/// What the links of a chain changed, one after the other.
fn access_changes(work: &Work) -> Vec<AccessChange> {
    let mut changes = Vec::new();
    let mut before: &[crate::dossier::Grant] = &[];
    for link in work.replica().chain().links() {
        let after = link.body.grants.as_slice();
        let right_in = |grants: &[crate::dossier::Grant], of: &Recipient| {
            let mut grants = grants.iter();
            grants
                .find(|grant| grant.recipient.is_same(of))
                .map(|grant| grant.right)
        };
        let mut note = |recipient: Recipient| {
            let (was, is) = (right_in(before, &recipient), right_in(after, &recipient));
            if was != is {
                changes.push(AccessChange {
                    time: link.body.time,
                    by: link.body.author,
                    length: link.body.standing.seq,
                    recipient,
                    before: was,
                    after: is,
                });
            }
        };
        for grant in after {
            note(grant.recipient);
        }
        for grant in before {
            if right_in(after, &grant.recipient).is_none() {
                note(grant.recipient);
            }
        }
        before = after;
    }
    changes
}

fn access_right(right: Right) -> AccessRight {
    match right {
        Right::Reader => AccessRight::Reader,
        Right::Writer => AccessRight::Writer,
        Right::Steward => AccessRight::Steward,
    }
}

fn terms(words: &AccessTerms) -> Terms {
    Terms {
        until: words.until.map(UnixTime),
        reason: words.reason.clone(),
        transfer: words.transfer,
    }
}

/// The team or member with this id.
fn party_of(reference: PartyRef, directory: &Directory) -> Option<Party> {
    let (team, member) = (TeamId(reference.0), MemberId(reference.0));
    if directory.team(&team).is_some() {
        Some(Party::Team(team))
    } else {
        directory.member(&member).map(|_| Party::Member(member))
    }
}

fn organisation_of(party: Party, directory: &Directory) -> Option<OrganisationId> {
    match party {
        Party::Team(team) => Some(directory.team(&team)?.team.organisation),
        Party::Member(member) => Some(directory.member(&member)?.member.organisation),
    }
}

/// Whether a device belongs to a party, or did before it was revoked.
fn is_part(party: Party, device: &DeviceId, directory: &Directory) -> bool {
    let Some(record) = directory.device(device) else {
        return false;
    };
    includes(&party.recipient(), &record.device.member, directory)
}

/// A name without capitals, accents and needless spaces.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase).map(plain));
    }
    folded
}

/// A Latin letter without its accent.
fn plain(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}
