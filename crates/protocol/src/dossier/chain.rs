//! The control chain: strictly linear, judged by every client by the same rules (docs/protocol.md 6.3).

use alloc::vec::Vec;

use sluis_directory::log::Directory;
use sluis_domain::ids::EventId;
use sluis_sorted::Set;
use sluis_wire::address::{DeviceId, DossierAddress, FrameHash, GenesisHash};

use super::alarm::Rule;
use super::control::{Action, Grant, OpenedLink};
use super::keys::{EpochKeys, Recipient, Right, capability};
use crate::padding::WRAP_SLOTS;

/// Most heads that one link lists as accepted.
pub const ACCEPTED_MOST: usize = 64;

/// All links that were judged and accepted. There is no empty chain but while it is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    genesis: GenesisHash,
    dossier: DossierAddress,
    links: Vec<OpenedLink>,
}

/// Why a link was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// Its author's directory is longer than mine: fetch that first.
    DirectoryBehind,
    /// It breaks this rule.
    Broken(Rule),
}

impl From<Rule> for Judgement {
    fn from(rule: Rule) -> Self {
        Self::Broken(rule)
    }
}

impl Chain {
    pub(crate) fn new(genesis: GenesisHash, dossier: DossierAddress) -> Self {
        Self {
            genesis,
            dossier,
            links: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, link: OpenedLink) {
        self.links.push(link);
    }

    /// The links in order of number.
    #[must_use]
    pub fn links(&self) -> &[OpenedLink] {
        &self.links
    }

    /// Number of links.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.links.len() as u64
    }

    /// The newest link.
    #[must_use]
    pub fn last(&self) -> Option<&OpenedLink> {
        self.links.last()
    }

    /// The link with this number.
    #[must_use]
    pub fn link(&self, number: u64) -> Option<&OpenedLink> {
        self.links.get(usize::try_from(number).ok()?)
    }

    /// The epoch that holds now.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.last().map_or(0, |link| link.envelope.epoch)
    }

    /// Hash of the newest link; zeroes while there is none.
    #[must_use]
    pub fn head(&self) -> FrameHash {
        self.last().map_or(FrameHash([0; 32]), |link| link.hash)
    }

    /// Everyone who may read or write now.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        self.last().map_or(&[], |link| link.body.grants.as_slice())
    }

    /// The highest right of a device at link `number`, when the directory had `length` entries.
    #[must_use]
    pub fn right_of(
        &self,
        device: &DeviceId,
        number: u64,
        directory: &Directory,
        length: u64,
    ) -> Option<Right> {
        right_in(&self.link(number)?.body.grants, device, directory, length)
    }

    /// Whether a device that held the keys of `epoch` was revoked or left its team by the time the directory had
    /// `length` entries: nothing made from there on may be sealed under these keys (2.2).
    #[must_use]
    pub fn is_stale(&self, epoch: u32, directory: &Directory, length: u64) -> bool {
        self.holders(epoch)
            .into_iter()
            .any(|(recipient, from)| has_lost(recipient, from, directory, length))
    }

    /// For whom the keys of `epoch` were wrapped, each with the length of the directory then.
    pub(crate) fn holders(&self, epoch: u32) -> Set<(Recipient, u64)> {
        let of_epoch = self
            .links
            .iter()
            .filter(|link| link.envelope.epoch == epoch);
        let holders = of_epoch.flat_map(|link| {
            let from = link.body.standing.seq;
            let grants = link.body.grants.iter();
            grants.map(move |grant| (grant.recipient, from))
        });
        holders.collect()
    }

    /// The heads that bound what `device` may have made standing on link `number`: those of the first later link at
    /// which it had no right to write any more. Nothing while there is no such link.
    #[must_use]
    pub fn frontier(
        &self,
        device: &DeviceId,
        number: u64,
        directory: &Directory,
    ) -> Option<&[EventId]> {
        let later = self
            .links
            .iter()
            .filter(|link| link.envelope.number > number);
        let mut without = later.filter(|link| {
            right_in(&link.body.grants, device, directory, link.body.standing.seq)
                .is_none_or(|right| right < Right::Writer)
        });
        without.next().map(|link| link.body.accepted.as_slice())
    }

    /// Judges the link that would come next. `keys` are those of its epoch, `before` those of the epoch before;
    /// `slots` the hashes of the slots of its wraps, where these are at hand.
    pub(crate) fn judge(
        &self,
        link: &OpenedLink,
        keys: &EpochKeys,
        before: Option<&EpochKeys>,
        slots: Option<&[[u8; 32]]>,
        directory: &Directory,
    ) -> Result<(), Judgement> {
        let envelope = &link.envelope;
        if envelope.dossier != self.dossier {
            return Err(Rule::OtherDossier.into());
        }
        if envelope.number != self.length() || envelope.prev != self.head() {
            return Err(Rule::Place.into());
        }
        let action = link.action().ok_or(Rule::UnknownAction)?;
        self.judge_author(link, directory)?;
        self.judge_keys(link, action, keys, before)?;
        judge_recipients(link, directory)?;
        self.judge_rights(link, action, directory)?;
        Ok(judge_wraps(link, slots)?)
    }

    /// Judges the link that would come next by every rule that needs no key, and says what it does.
    pub(crate) fn judge_without_keys(
        &self,
        link: &OpenedLink,
        directory: &Directory,
    ) -> Result<Action, Judgement> {
        let envelope = &link.envelope;
        if envelope.dossier != self.dossier {
            return Err(Rule::OtherDossier.into());
        }
        if envelope.number != self.length() || envelope.prev != self.head() {
            return Err(Rule::Place.into());
        }
        let action = link.action().ok_or(Rule::UnknownAction)?;
        self.judge_author(link, directory)?;
        let last = self.last().map(|last| &last.envelope);
        if last.is_none() != (action == Action::Create) {
            return Err(Rule::Place.into());
        }
        let epoch = last.map_or(Some(0), |last| {
            last.epoch.checked_add(u32::from(action.renews_keys()))
        });
        if epoch != Some(envelope.epoch) {
            return Err(Rule::Epoch.into());
        }
        let same_keys = last.is_none_or(|last| {
            (last.read_key, last.write_key, last.steward_key)
                == (envelope.read_key, envelope.write_key, envelope.steward_key)
        });
        if !action.renews_keys() && !same_keys {
            return Err(Rule::Capability.into());
        }
        judge_recipients(link, directory)?;
        self.judge_rights(link, action, directory)?;
        Ok(action)
    }

    /// Who signed, from where, and whether the signature holds.
    pub(crate) fn judge_author(
        &self,
        link: &OpenedLink,
        directory: &Directory,
    ) -> Result<(), Judgement> {
        let standing = link.body.standing;
        if standing.seq > directory.length() {
            return Err(Judgement::DirectoryBehind);
        }
        let author = directory
            .device(&link.body.author)
            .ok_or(Rule::UnknownAuthor)?;
        link.verify(&self.genesis, &author.device.sign)
            .map_err(|_| Rule::Signature)?;
        if directory.hash_at(standing.seq) != Some(standing.head) {
            return Err(Rule::Standing.into());
        }
        if !directory.device_at(&link.body.author, standing.seq) {
            return Err(Rule::NotCurrent.into());
        }
        if self
            .last()
            .is_some_and(|last| last.body.standing.seq > standing.seq)
        {
            return Err(Rule::Place.into());
        }
        Ok(())
    }

    fn judge_keys(
        &self,
        link: &OpenedLink,
        action: Action,
        keys: &EpochKeys,
        before: Option<&EpochKeys>,
    ) -> Result<(), Rule> {
        let envelope = &link.envelope;
        let epoch = envelope.epoch;
        match (self.last(), action.renews_keys()) {
            (None, _) if action != Action::Create => return Err(Rule::Place),
            (Some(_), _) if action == Action::Create => return Err(Rule::Place),
            (None, _) if epoch != 0 || !link.body.back_link.is_empty() => return Err(Rule::Epoch),
            (None, _) => {}
            (Some(last), true) => {
                if last.envelope.epoch.checked_add(1) != Some(epoch) {
                    return Err(Rule::Epoch);
                }
                let linked = keys
                    .open_back(&link.body.back_link, &self.dossier, epoch)
                    .map_err(|_| Rule::KeyCheck)?;
                if linked.check_value(&self.dossier, last.envelope.epoch) != last.body.check_value
                    || before.is_some_and(|before| !before.same_content(&linked))
                {
                    return Err(Rule::KeyCheck);
                }
            }
            (Some(last), false) => {
                let last = &last.envelope;
                if last.epoch != epoch || !link.body.back_link.is_empty() {
                    return Err(Rule::Epoch);
                }
                let same = (last.read_key, last.write_key, last.steward_key)
                    == (envelope.read_key, envelope.write_key, envelope.steward_key);
                if !same {
                    return Err(Rule::Capability);
                }
            }
        }
        if keys.check_value(&self.dossier, epoch) != link.body.check_value {
            return Err(Rule::KeyCheck);
        }
        let fits = |key: Option<&sluis_directory::signature::SigningKey>, public| {
            key.is_none_or(|key| capability(key) == public)
        };
        let read_fits = fits(
            Some(&keys.read_key(&self.dossier, epoch)),
            envelope.read_key,
        );
        if read_fits
            && fits(keys.write_key(), envelope.write_key)
            && fits(keys.steward_key(), envelope.steward_key)
        {
            Ok(())
        } else {
            Err(Rule::Capability)
        }
    }

    fn judge_rights(
        &self,
        link: &OpenedLink,
        action: Action,
        directory: &Directory,
    ) -> Result<(), Rule> {
        let length = link.body.standing.seq;
        let new = link.body.grants.as_slice();
        let Some(last) = self.last() else {
            let own = right_in(new, &link.body.author, directory, length);
            return if own == Some(Right::Steward) {
                Ok(())
            } else {
                Err(Rule::NoRight)
            };
        };
        let old = last.body.grants.as_slice();
        let right = right_in(old, &link.body.author, directory, length);
        let needed = match action {
            Action::Create | Action::Grant | Action::Revoke => Right::Steward,
            Action::Rotate | Action::Frontier => Right::Writer,
        };
        if right.is_none_or(|right| right < needed) {
            return Err(Rule::NoRight);
        }
        let kept = |grant: &Grant| find(new, grant).is_some_and(|now| now.right >= grant.right);
        let known = |grant: &Grant| {
            find(old, grant).is_some_and(|was| {
                grant.right <= was.right && grant.recipient.epoch() >= was.recipient.epoch()
            })
        };
        match action {
            Action::Grant if old.iter().all(kept) => Ok(()),
            Action::Grant => Err(Rule::Recipients),
            Action::Frontier if new == old && link.envelope.wraps == last.envelope.wraps => Ok(()),
            Action::Frontier => Err(Rule::RightsGrew),
            // Nobody comes, nobody rises; nobody goes but who is not there any more.
            Action::Rotate if !new.iter().all(known) => Err(Rule::RightsGrew),
            Action::Rotate
                if !old
                    .iter()
                    .all(|grant| kept(grant) || !is_there(grant.recipient, directory, length)) =>
            {
                Err(Rule::Recipients)
            }
            Action::Create | Action::Revoke | Action::Rotate => Ok(()),
        }
    }
}

fn judge_recipients(link: &OpenedLink, directory: &Directory) -> Result<(), Rule> {
    let grants = &link.body.grants;
    let length = link.body.standing.seq;
    let most = WRAP_SLOTS.last().copied().unwrap_or_default();
    let once = |grant: &Grant| {
        grants
            .iter()
            .filter(|other| other.recipient.is_same(&grant.recipient))
            .count()
            == 1
    };
    let slot_once = |grant: &Grant| {
        grants
            .iter()
            .filter(|other| other.slot == grant.slot)
            .count()
            == 1
    };
    let sound = grants.len() <= most
        && link.body.accepted.len() <= ACCEPTED_MOST
        && grants.iter().any(|grant| grant.right == Right::Steward)
        && grants.iter().all(|grant| {
            once(grant) && slot_once(grant) && is_there(grant.recipient, directory, length)
        });
    if sound { Ok(()) } else { Err(Rule::Recipients) }
}

fn judge_wraps(link: &OpenedLink, slots: Option<&[[u8; 32]]>) -> Result<(), Rule> {
    let Some(slots) = slots else { return Ok(()) };
    let all_there = link
        .body
        .grants
        .iter()
        .all(|grant| slots.contains(&grant.slot));
    if all_there { Ok(()) } else { Err(Rule::Wraps) }
}

fn find<'a>(grants: &'a [Grant], of: &Grant) -> Option<&'a Grant> {
    grants
        .iter()
        .find(|grant| grant.recipient.is_same(&of.recipient))
}

/// Whether a device may open as this recipient when the directory had `length` entries.
#[must_use]
pub(crate) fn opens_as(
    recipient: Recipient,
    device: &DeviceId,
    directory: &Directory,
    length: u64,
) -> bool {
    if !directory.device_at(device, length) {
        return false;
    }
    let member = directory.device(device).map(|record| record.device.member);
    match recipient {
        Recipient::Device(id) => id == *device,
        Recipient::Member { member: of, .. } => {
            member == Some(of) && directory.member_at(&of, length)
        }
        Recipient::Team { team, .. } => {
            member.is_some_and(|member| directory.team_members_at(&team, length).contains(&member))
        }
    }
}

fn right_in(
    grants: &[Grant],
    device: &DeviceId,
    directory: &Directory,
    length: u64,
) -> Option<Right> {
    let own = grants
        .iter()
        .filter(|grant| opens_as(grant.recipient, device, directory, length));
    own.map(|grant| grant.right).max()
}

pub(crate) fn is_there(recipient: Recipient, directory: &Directory, length: u64) -> bool {
    match recipient {
        Recipient::Device(device) => directory.device_at(&device, length),
        Recipient::Member { member, .. } => directory.member_at(&member, length),
        Recipient::Team { team, .. } => !directory.team_members_at(&team, length).is_empty(),
    }
}

/// Whether anyone who could open as `recipient` at some length from `from` on can do so no more at `length`.
pub(crate) fn has_lost(
    recipient: Recipient,
    from: u64,
    directory: &Directory,
    length: u64,
) -> bool {
    let members: Set<_> = match recipient {
        Recipient::Device(device) => return !directory.device_at(&device, length),
        Recipient::Member { member, .. } => Set::from([member]),
        Recipient::Team { team, .. } => (from..=length)
            .flat_map(|at| directory.team_members_at(&team, at))
            .copied()
            .collect(),
    };
    let held = directory.devices().filter(|record| {
        let span = record.span;
        members.contains(&record.device.member)
            && span.added < length
            && span.revoked.is_none_or(|revoked| revoked >= from)
    });
    let mut held = held.map(|record| record.device.id);
    held.any(|device| !opens_as(recipient, &device, directory, length))
}
