//! What an entry may say, whoever signs it; and whose signatures each kind of act needs.

use alloc::vec::Vec;

use sluis_wire::address::{DeviceId, MemberId, OrganisationId, TeamId};
use sluis_wire::time::DAY;

use super::Directory;
use crate::class;
use crate::entry::{
    Device, DeviceKind, Directors, Entry, KemKey, Member, Op, Organisation, OrganisationKind,
    Policy, RespondentPolicy, Role, RootKeys, Team, WitnessSet,
};
use crate::error::{Error, Field, Thing};
use crate::limits::{
    AGREEMENT, DEVICES, DIRECTORS, NAME, REASONS, ROLES, ROOT_KEYS, SEALED_NAME, TEAM_MEMBERS,
    WITNESS_DAYS,
};
use crate::quorum::{Quorum, Signer, Way, count};
use crate::signature::{Label, VerifyingKey};

impl Directory {
    pub(super) fn check_op(&self, entry: &Entry) -> Result<(), Error> {
        match &entry.op {
            Op::Genesis(_) => Err(Error::GenesisMisplaced),
            Op::RootRotate(keys) => self.check_root(keys),
            Op::WitnessSet(set) => self.check_witnesses(set, entry),
            Op::OrganisationAdd(organisation) => self.check_organisation(organisation),
            Op::OrganisationDirectors {
                organisation,
                directors,
            } => {
                self.known_organisation(organisation)?;
                self.check_directors(organisation, directors)
            }
            Op::MemberAdd(member) => self.check_member(member),
            Op::MemberRoles { member, roles } => {
                self.current_member(member)?;
                check_roles(roles)
            }
            Op::MemberRevoke { member } => self.current_member(member).map(|_| ()),
            Op::ShareCommitments { device, .. } => {
                let paper = self.current_device(device)?.kind == DeviceKind::Paper;
                refuse_if(!paper, Error::NotPaper)
            }
            Op::RegulationAccept { member, version } => {
                self.current_member(member)?;
                refuse_if(
                    *version <= self.accepted_regulation(member),
                    Error::RegulationNotNewer,
                )
            }
            Op::Agreement {
                organisation,
                sealed,
            } => {
                self.known_organisation(organisation)?;
                let good = (1..=AGREEMENT).contains(&sealed.len());
                refuse_if(!good, Error::Bounds(Field::Agreement))
            }
            Op::Classification(edit) => class::check(&self.classes, edit),
            Op::Respondents(policy) => self.check_respondents(policy),
            Op::DeviceAdd(device) => self.check_device(device),
            Op::DeviceRevoke { device } => self.current_device(device).map(|_| ()),
            Op::TeamDefine(team) => self.check_team(team),
            Op::Policy(settings) => policy(settings),
            Op::Release { version, .. } => match &self.release {
                Some(release) if *version <= release.version => Err(Error::ReleaseNotNewer),
                _ => Ok(()),
            },
        }
    }

    /// Directors who add or change, and for the role that crosses organisations one of the centre besides. Where the
    /// centre itself grants that role, two of its directors sign as soon as it has two.
    pub(super) fn granting(
        &self,
        organisation: &OrganisationId,
        roles: &[Role],
    ) -> Result<Way, Error> {
        let organisation = self.known_organisation(organisation)?;
        let directors = &organisation.directors;
        let mut own = Quorum::of(self.acting(directors), directors.add_threshold);
        if !roles.contains(&Role::AllFederations) {
            return Ok(alloc::vec![own]);
        }
        if organisation.kind == OrganisationKind::Centre {
            own.threshold = own.threshold.max(own.most().min(2));
            return Ok(alloc::vec![own]);
        }
        let centre = self.centre().ok_or(Error::CentreMissing)?;
        Ok(alloc::vec![
            own,
            Quorum::of(self.acting(&centre.directors), 1)
        ])
    }

    /// Directors who revoke, in the organisation of this member.
    pub(super) fn revoking(&self, member: &MemberId) -> Result<Way, Error> {
        let organisation = self.current_member(member)?.organisation;
        let directors = &self.known_organisation(&organisation)?.directors;
        Ok(alloc::vec![Quorum::of(
            self.acting(directors),
            directors.revoke_threshold
        )])
    }

    /// The directors' keys that count: one whose device was revoked does not, or else whoever left could go on letting people in.
    fn acting(&self, directors: &Directors) -> Vec<Signer> {
        let left = |key: &VerifyingKey| {
            self.device_by_key(key)
                .is_some_and(|record| !record.span.is_current())
        };
        let mut keys = self.owned(&directors.keys);
        keys.retain(|(key, _)| !left(key));
        keys
    }

    /// These keys, each with the person whose device has it.
    fn owned(&self, keys: &[VerifyingKey]) -> Vec<Signer> {
        let owner = |key| Some(self.device_by_key(key)?.device.member);
        keys.iter().map(|key| (*key, owner(key))).collect()
    }

    /// Whether this key may act for an organisation as one of its directors.
    #[must_use]
    pub fn directs(&self, key: &VerifyingKey, organisation: &OrganisationId) -> bool {
        self.organisation(organisation).is_some_and(|organisation| {
            let acting = self.acting(&organisation.directors);
            acting.iter().any(|(own, _)| own == key)
        })
    }

    /// Any one current device of this member.
    pub(super) fn own_devices(&self, member: &MemberId) -> Way {
        let keys = self.devices_of(member);
        let keys = keys.map(|record| (record.device.sign, Some(*member)));
        alloc::vec![Quorum::of(keys.collect(), 1)]
    }

    pub(super) fn current_member(&self, id: &MemberId) -> Result<&Member, Error> {
        let record = self.members.get(id).ok_or(Error::Unknown(Thing::Member))?;
        if record.span.is_current() {
            Ok(&record.member)
        } else {
            Err(Error::Revoked(Thing::Member))
        }
    }

    pub(crate) fn current_device(&self, id: &DeviceId) -> Result<&Device, Error> {
        let record = self.devices.get(id).ok_or(Error::Unknown(Thing::Device))?;
        if record.span.is_current() {
            Ok(&record.device)
        } else {
            Err(Error::Revoked(Thing::Device))
        }
    }

    fn known_organisation(&self, id: &OrganisationId) -> Result<&Organisation, Error> {
        let organisation = self.organisations.get(id);
        organisation.ok_or(Error::Unknown(Thing::Organisation))
    }

    fn is_relay(&self, key: &VerifyingKey) -> bool {
        self.genesis.relay_key == *key
    }

    /// Root signs nothing from day to day: its keys are no one else's.
    fn check_root(&self, root: &RootKeys) -> Result<(), Error> {
        root_keys(root)?;
        let directs = |key: &VerifyingKey| {
            self.organisations
                .values()
                .any(|organisation| organisation.directors.keys.contains(key))
        };
        let used = |key: &VerifyingKey| {
            self.device_keys.contains_key(key) || self.is_relay(key) || directs(key)
        };
        refuse_if(root.keys.iter().any(used), Error::KeyReused)
    }

    fn check_witnesses(&self, set: &WitnessSet, entry: &Entry) -> Result<(), Error> {
        witness_keys(set)?;
        let longest = entry.time.plus(WITNESS_DAYS * DAY);
        refuse_if(
            set.not_after <= entry.time || set.not_after > longest,
            Error::Bounds(Field::Term),
        )?;
        let witnesses = |key: &VerifyingKey| {
            self.device_by_key(key).is_some_and(|record| {
                record.span.is_current() && record.device.kind == DeviceKind::Browser
            })
        };
        refuse_if(!set.keys.iter().all(witnesses), Error::WitnessNotCurrent)
    }

    fn check_organisation(&self, organisation: &Organisation) -> Result<(), Error> {
        name(&organisation.name)?;
        refuse_if(
            self.organisations.contains_key(&organisation.id),
            Error::IdReused(Thing::Organisation),
        )?;
        match (organisation.kind, self.centre()) {
            (OrganisationKind::Centre, Some(_)) => return Err(Error::CentreTwice),
            (OrganisationKind::Centre, None) | (_, Some(_)) => {}
            (_, None) => return Err(Error::CentreMissing),
        }
        self.check_directors(&organisation.id, &organisation.directors)
    }

    /// A director's key acts for one organisation and is no root key: no one key counts for two.
    fn check_directors(&self, id: &OrganisationId, directors: &Directors) -> Result<(), Error> {
        keys(&directors.keys, DIRECTORS)?;
        let most = count(self.owned(&directors.keys).iter());
        threshold(directors.add_threshold, most)?;
        threshold(directors.revoke_threshold, most)?;
        let elsewhere = |key: &VerifyingKey| {
            self.root.keys.contains(key)
                || self.is_relay(key)
                || self
                    .organisations
                    .values()
                    .any(|other| other.id != *id && other.directors.keys.contains(key))
        };
        refuse_if(directors.keys.iter().any(elsewhere), Error::KeyReused)
    }

    fn check_member(&self, member: &Member) -> Result<(), Error> {
        self.known_organisation(&member.organisation)?;
        refuse_if(
            self.members.contains_key(&member.id),
            Error::IdReused(Thing::Member),
        )?;
        // A member's id also stands for the team of this one member.
        refuse_if(
            self.teams.contains_key(&TeamId(member.id.0)),
            Error::IdReused(Thing::Team),
        )?;
        refuse_if(
            member.sealed_name.len() > SEALED_NAME,
            Error::Bounds(Field::SealedName),
        )?;
        check_roles(&member.roles)
    }

    fn check_device(&self, device: &Device) -> Result<(), Error> {
        self.current_member(&device.member)?;
        refuse_if(
            self.devices.contains_key(&device.id),
            Error::IdReused(Thing::Device),
        )?;
        kem_key(&device.kem)?;
        refuse_if(
            self.devices_of(&device.member).count() >= DEVICES,
            Error::Bounds(Field::Devices),
        )?;
        let known = self.device_keys.contains_key(&device.sign)
            || self.root.keys.contains(&device.sign)
            || self.is_relay(&device.sign)
            || self.devices().any(|other| other.device.kem == device.kem);
        refuse_if(known, Error::KeyReused)?;
        device
            .sign
            .verify(
                Label::Possession,
                &device.possession_bytes(),
                &device.possession,
            )
            .map_err(|_| Error::PossessionWrong)
    }

    fn check_respondents(&self, policy: &RespondentPolicy) -> Result<(), Error> {
        self.known_organisation(&policy.organisation)?;
        let before = self.respondents(&policy.organisation);
        let next = before.map_or(0, |known| known.version).checked_add(1);
        refuse_if(next != Some(policy.version), Error::VersionNotNext)?;
        let good = (1..=REASONS).contains(&policy.sealed.len());
        refuse_if(!good, Error::Bounds(Field::Reasons))
    }

    fn check_team(&self, team: &Team) -> Result<(), Error> {
        name(&team.name)?;
        self.known_organisation(&team.organisation)?;
        refuse_if(
            self.members.contains_key(&MemberId(team.id.0)),
            Error::IdReused(Thing::Member),
        )?;
        if let Some(record) = self.teams.get(&team.id) {
            refuse_if(
                record.team.organisation != team.organisation,
                Error::OtherOrganisation,
            )?;
        }
        refuse_if(
            !(1..=TEAM_MEMBERS).contains(&team.members.len()) || !all_differ(&team.members),
            Error::Bounds(Field::Members),
        )?;
        for member in &team.members {
            let organisation = self.current_member(member)?.organisation;
            refuse_if(organisation != team.organisation, Error::OtherOrganisation)?;
        }
        Ok(())
    }
}

/// A name that everyone sees: 1 to [`NAME`] bytes, no control characters, none that turn the direction of the text.
pub(crate) fn name(name: &str) -> Result<(), Error> {
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let good = !name.trim().is_empty()
        && name.len() <= NAME
        && !name.chars().any(|c| c.is_control() || turns(c));
    refuse_if(!good, Error::Bounds(Field::Name))
}

pub(crate) fn root_keys(root: &RootKeys) -> Result<(), Error> {
    keys(&root.keys, ROOT_KEYS)?;
    threshold(root.threshold, root.keys.len())
}

pub(crate) fn witness_keys(set: &WitnessSet) -> Result<(), Error> {
    keys(&set.keys, ROOT_KEYS)?;
    threshold(set.threshold, set.keys.len())
}

pub(crate) fn policy(policy: &Policy) -> Result<(), Error> {
    let (least, most) = policy.receipt_delay;
    let good = policy.page_bits <= 16 && (5..=60).contains(&policy.lock_minutes) && least <= most;
    refuse_if(!good, Error::Bounds(Field::Policy))
}

pub(crate) fn kem_key(key: &KemKey) -> Result<(), Error> {
    refuse_if(key.0.len() != KemKey::LENGTH, Error::Bounds(Field::KemKey))
}

pub(crate) fn refuse_if(broken: bool, error: Error) -> Result<(), Error> {
    if broken { Err(error) } else { Ok(()) }
}

fn check_roles(roles: &[Role]) -> Result<(), Error> {
    refuse_if(
        roles.len() > ROLES || !all_differ(roles),
        Error::Bounds(Field::Roles),
    )
}

fn keys(keys: &[VerifyingKey], most: usize) -> Result<(), Error> {
    refuse_if(
        !(1..=most).contains(&keys.len()) || !all_differ(keys),
        Error::Bounds(Field::Keys),
    )
}

fn threshold(threshold: u8, most: usize) -> Result<(), Error> {
    refuse_if(
        !(1..=most).contains(&usize::from(threshold)),
        Error::Bounds(Field::Threshold),
    )
}

fn all_differ<T: PartialEq>(items: &[T]) -> bool {
    let mut rest = items;
    while let Some((first, others)) = rest.split_first() {
        if others.contains(first) {
            return false;
        }
        rest = others;
    }
    true
}
