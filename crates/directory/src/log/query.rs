//! Questions to the directory. A `length` is a number of entries: "when the log had `length` entries".

use sluis_wire::address::{
    CapabilityKey, DeviceId, FrameHash, GenesisHash, MemberId, OrganisationId, TeamId,
};
use sluis_wire::time::UnixTime;

use super::{DeviceRecord, Directory, MemberRecord, Release, TeamRecord};
use crate::ZERO_HASH;
use crate::class::ClassEdit;
use crate::entry::{
    DeviceKind, Entry, Genesis, Op, Organisation, OrganisationKind, Policy, RespondentPolicy,
    RootKeys, WitnessSet,
};
use crate::signature::VerifyingKey;
use crate::statement::Standing;

impl Directory {
    /// Number of entries.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.hashes.len() as u64
    }

    /// Where the log stands.
    #[must_use]
    pub fn head(&self) -> Standing {
        Standing {
            seq: self.length(),
            head: self.hashes.last().copied().unwrap_or(ZERO_HASH),
        }
    }

    /// The head when the log had `length` entries; nothing for 0 or more than there are.
    #[must_use]
    pub fn hash_at(&self, length: u64) -> Option<FrameHash> {
        let last = usize::try_from(length.checked_sub(1)?).ok()?;
        self.hashes.get(last).copied()
    }

    /// Which deployment this is.
    #[must_use]
    pub fn genesis(&self) -> GenesisHash {
        GenesisHash(self.hash_at(1).unwrap_or(ZERO_HASH).0)
    }

    /// What the genesis entry says.
    #[must_use]
    pub fn genesis_entry(&self) -> &Genesis {
        &self.genesis
    }

    /// The genesis entry's frame, as received.
    #[must_use]
    pub fn genesis_frame(&self) -> &[u8] {
        &self.genesis_frame
    }

    /// The frames of all `RootRotate` and `WitnessSet` entries, as received, in order.
    pub fn root_frames(&self) -> impl Iterator<Item = &[u8]> {
        self.root_frames.iter().map(|(_, frame)| frame.as_slice())
    }

    /// The root keys of now.
    #[must_use]
    pub fn root(&self) -> &RootKeys {
        &self.root
    }

    /// The latest time that any entry claims.
    #[must_use]
    pub fn latest(&self) -> UnixTime {
        self.latest
    }

    /// The witness set of now.
    #[must_use]
    pub fn witnesses(&self) -> Option<&WitnessSet> {
        self.witnesses_at(self.length())
    }

    /// The witness set when the log had `length` entries.
    #[must_use]
    pub fn witnesses_at(&self, length: u64) -> Option<&WitnessSet> {
        let mut newest_first = self.witnesses.iter().rev();
        let (_, set) = newest_first.find(|(seq, _)| *seq < length)?;
        Some(set)
    }

    /// The settings of now.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The newest release, once there is one.
    #[must_use]
    pub fn release(&self) -> Option<&Release> {
        self.release.as_ref()
    }

    /// All organisations.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// One organisation.
    #[must_use]
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.organisations.get(id)
    }

    /// The centre, once it is there.
    #[must_use]
    pub fn centre(&self) -> Option<&Organisation> {
        self.organisations()
            .find(|organisation| organisation.kind == OrganisationKind::Centre)
    }

    /// All members there ever were.
    pub fn members(&self) -> impl Iterator<Item = &MemberRecord> {
        self.members.values()
    }

    /// One member, revoked or not.
    #[must_use]
    pub fn member(&self, id: &MemberId) -> Option<&MemberRecord> {
        self.members.get(id)
    }

    /// All devices there ever were.
    pub fn devices(&self) -> impl Iterator<Item = &DeviceRecord> {
        self.devices.values()
    }

    /// The current devices of a member.
    pub fn devices_of<'a>(
        &'a self,
        member: &MemberId,
    ) -> impl Iterator<Item = &'a DeviceRecord> + use<'a> {
        let member = *member;
        self.devices()
            .filter(move |record| record.device.member == member && record.span.is_current())
    }

    /// One device, revoked or not.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceRecord> {
        self.devices.get(id)
    }

    /// The device with this signing key, revoked or not.
    #[must_use]
    pub fn device_by_key(&self, key: &VerifyingKey) -> Option<&DeviceRecord> {
        self.devices.get(self.device_keys.get(key)?)
    }

    /// The current device whose signing key a request was signed with.
    #[must_use]
    pub fn device_by_capability(&self, key: &CapabilityKey) -> Option<&DeviceRecord> {
        let record = self.device_by_key(&VerifyingKey::parse(key.0).ok()?)?;
        record.span.is_current().then_some(record)
    }

    /// Whether the device is known and not revoked.
    #[must_use]
    pub fn is_current(&self, device: &DeviceId) -> bool {
        self.device_at(device, self.length())
    }

    /// Whether the device was current when the log had `length` entries.
    #[must_use]
    pub fn device_at(&self, device: &DeviceId, length: u64) -> bool {
        self.device(device)
            .is_some_and(|record| record.span.held_at(length))
    }

    /// Whether the member was there when the log had `length` entries.
    #[must_use]
    pub fn member_at(&self, member: &MemberId, length: u64) -> bool {
        self.member(member)
            .is_some_and(|record| record.span.held_at(length))
    }

    /// Version of the regulation of access that a member accepted; 0 for none.
    #[must_use]
    pub fn accepted_regulation(&self, member: &MemberId) -> u32 {
        self.member(member).map_or(0, |record| record.regulation)
    }

    /// Agreements on file, sealed to the staff, each with the place of its entry in the log and the organisation that filed it.
    pub fn agreements(&self) -> impl Iterator<Item = (u64, &OrganisationId, &[u8])> {
        self.agreements
            .iter()
            .map(|(seq, organisation, sealed)| (*seq, organisation, sealed.as_slice()))
    }

    /// All edits of the table of subcategories, the first first.
    #[must_use]
    pub fn classes(&self) -> &[ClassEdit] {
        &self.classes
    }

    /// The newest policy of an organisation about respondents.
    #[must_use]
    pub fn respondents(&self, organisation: &OrganisationId) -> Option<&RespondentPolicy> {
        self.respondents.get(organisation)
    }

    /// All teams.
    pub fn teams(&self) -> impl Iterator<Item = &TeamRecord> {
        self.teams.values()
    }

    /// One team.
    #[must_use]
    pub fn team(&self, id: &TeamId) -> Option<&TeamRecord> {
        self.teams.get(id)
    }

    /// The teams that a member is in now.
    pub fn teams_of<'a>(
        &'a self,
        member: &MemberId,
    ) -> impl Iterator<Item = &'a TeamRecord> + use<'a> {
        let member = *member;
        self.teams()
            .filter(move |record| record.team.members.contains(&member))
    }

    /// The current devices of a team's members, paper ones too, in ascending order of device id.
    pub fn team_devices<'a>(
        &'a self,
        team: &TeamId,
    ) -> impl Iterator<Item = &'a DeviceRecord> + use<'a> {
        self.team_devices_at(team, self.length())
    }

    /// The devices of a team's members when the log had `length` entries, in ascending order of device id.
    pub fn team_devices_at<'a>(
        &'a self,
        team: &TeamId,
        length: u64,
    ) -> impl Iterator<Item = &'a DeviceRecord> + use<'a> {
        let members = self.team_members_at(team, length);
        self.devices().filter(move |record| {
            record.span.held_at(length) && members.contains(&record.device.member)
        })
    }

    /// The members of a team when the log had `length` entries; none before the team was there. The id of a member stands for the team
    /// of this one member (decision 26).
    #[must_use]
    pub fn team_members_at(&self, team: &TeamId, length: u64) -> &[MemberId] {
        if let Some(record) = self.team(team) {
            return record.members_at(length);
        }
        match self.members.get(&MemberId(team.0)) {
            Some(record) if record.span.held_at(length) => core::slice::from_ref(&record.member.id),
            _ => &[],
        }
    }

    /// The signing keys of a team's browser devices at that length, in ascending order of device id: who may sign replies.
    pub fn reply_keys_at<'a>(
        &'a self,
        team: &TeamId,
        length: u64,
    ) -> impl Iterator<Item = VerifyingKey> + use<'a> {
        self.team_devices_at(team, length)
            .filter(|record| record.device.kind == DeviceKind::Browser)
            .map(|record| record.device.sign)
    }

    /// The entry that would come next, unsigned.
    #[must_use]
    pub fn next_entry(&self, op: Op, time: UnixTime) -> Entry {
        let Standing { seq, head } = self.head();
        Entry {
            seq,
            prev: head,
            time,
            op,
        }
    }
}

impl TeamRecord {
    /// Who was in it when the log had `length` entries; none before it was there.
    #[must_use]
    pub fn members_at(&self, length: u64) -> &[MemberId] {
        let mut newest_first = self.past.iter().rev();
        newest_first
            .find(|(seq, _)| *seq < length)
            .map_or(&[], |(_, members)| members.as_slice())
    }
}
