//! What an entry changes, once every check has passed.

use super::{DeviceRecord, Directory, MemberRecord, Release, Span, TeamRecord};
use crate::entry::{Device, Entry, Member, Op, Team};
use crate::signature::VerifyingKey;
use sluis_wire::address::MemberId;
use sluis_wire::frame::Frame;

impl Directory {
    pub(super) fn fold(&mut self, entry: &Entry, frame: &Frame, bytes: &[u8]) {
        let seq = entry.seq;
        match &entry.op {
            Op::Genesis(_) => {}
            Op::RootRotate(keys) => {
                self.root = keys.clone();
                self.root_frames.push((seq, bytes.to_vec()));
            }
            Op::WitnessSet(set) => {
                self.witnesses.push((seq, set.clone()));
                self.root_frames.push((seq, bytes.to_vec()));
            }
            Op::OrganisationAdd(organisation) => {
                self.organisations
                    .insert(organisation.id, organisation.clone());
            }
            Op::OrganisationDirectors {
                organisation,
                directors,
            } => {
                if let Some(known) = self.organisations.get_mut(organisation) {
                    known.directors = directors.clone();
                }
            }
            Op::MemberAdd(member) => self.fold_member(seq, member),
            Op::MemberRoles { member, roles } => {
                if let Some(record) = self.members.get_mut(member) {
                    record.member.roles.clone_from(roles);
                }
            }
            Op::MemberRevoke { member } => self.fold_leaving(seq, member),
            Op::DeviceAdd(device) => self.fold_device(entry, frame, device),
            Op::DeviceRevoke { device } => {
                if let Some(record) = self.devices.get_mut(device) {
                    record.span.revoked = Some(seq);
                }
            }
            Op::TeamDefine(team) => self.fold_team(seq, team),
            Op::ShareCommitments {
                device,
                commitments,
            } => {
                if let Some(record) = self.devices.get_mut(device) {
                    record.shares = Some(*commitments);
                }
            }
            Op::RegulationAccept { member, version } => {
                if let Some(record) = self.members.get_mut(member) {
                    record.regulation = *version;
                }
            }
            Op::Agreement {
                organisation,
                sealed,
            } => self.agreements.push((seq, *organisation, sealed.clone())),
            Op::Classification(edit) => self.classes.push(edit.clone()),
            Op::Respondents(policy) => {
                self.respondents.insert(policy.organisation, policy.clone());
            }
            Op::Policy(policy) => self.policy = policy.clone(),
            Op::Release { manifest, version } => {
                self.release = Some(Release {
                    manifest: *manifest,
                    version: *version,
                });
            }
        }
    }

    fn fold_member(&mut self, seq: u64, member: &Member) {
        let record = MemberRecord {
            member: member.clone(),
            span: since(seq),
            regulation: 0,
        };
        self.members.insert(member.id, record);
    }

    fn fold_device(&mut self, entry: &Entry, frame: &Frame, device: &Device) {
        let signers = frame.signatures().iter();
        let enrolled_by = signers
            .filter_map(|signer| VerifyingKey::parse(signer.key).ok())
            .find_map(|key| self.device_keys.get(&key).copied());
        let record = DeviceRecord {
            device: device.clone(),
            span: since(entry.seq),
            since: entry.time,
            enrolled_by,
            shares: None,
        };
        self.device_keys.insert(device.sign, device.id);
        self.devices.insert(device.id, record);
    }

    fn fold_team(&mut self, seq: u64, team: &Team) {
        let record = self.teams.entry(team.id).or_insert_with(|| TeamRecord {
            team: team.clone(),
            past: alloc::vec::Vec::new(),
        });
        record.team = team.clone();
        record.past.push((seq, team.members.clone()));
    }

    /// The member goes, with all devices and out of all teams.
    fn fold_leaving(&mut self, seq: u64, leaver: &MemberId) {
        if let Some(record) = self.members.get_mut(leaver) {
            record.span.revoked = Some(seq);
        }
        for record in self.devices.values_mut() {
            if record.device.member == *leaver && record.span.is_current() {
                record.span.revoked = Some(seq);
            }
        }
        for record in self.teams.values_mut() {
            if record.team.members.contains(leaver) {
                record.team.members.retain(|member| member != leaver);
                record.past.push((seq, record.team.members.clone()));
            }
        }
    }
}

fn since(seq: u64) -> Span {
    Span {
        added: seq,
        revoked: None,
    }
}
