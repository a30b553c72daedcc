//! What directors do: let people, devices and organisations in, and out again (docs/protocol.md 7.5).
//!
//! An act is what somebody decided, not yet an entry: it is signed on the head of the directory each time that it is sent, so that it survives
//! a colleague who was first. It counts as done when the directory here says so, whatever the relay answers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::{
    Device, DeviceKind, Directors, Member, Op, Organisation, OrganisationKind, Role, RootKeys,
    Team, WitnessSet,
};
use sluis_directory::log::Directory;
use sluis_directory::maker::{co_sign_entry, read_entry, sign_entry};
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_directory::statement::Standing;
use sluis_sorted::Map;
use sluis_wire::address::{DeviceId, GenesisHash, MemberId, OrganisationId, TeamId};
use sluis_wire::api::DirectoryAppend;
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime};
use zeroize::Zeroizing;

use super::step::{Outgoing, Signer, Step};
use super::{Alarm, Engine, rows};
use crate::pairing::{Invitation, fits};
use crate::primitives::{chunked, kdf};
use crate::sheet::{Share, Sheet};
use crate::staff::{DeviceSecrets, seal_name};

/// Seconds after which lost devices are revoked, whatever could not be read by then.
const LOST_WAIT: u64 = 3_600;

/// Most bytes of the title of an agreement, and of its privacy notice.
const TITLE: usize = 200;

/// Whom an invited device belongs to.
pub enum Admit {
    /// A new person in my organisation.
    Colleague {
        /// Their name.
        name: String,
        /// Their roles.
        roles: Vec<Role>,
        /// Teams of my organisation that they join.
        teams: Vec<TeamId>,
    },
    /// Somebody who is here already: me, or a colleague who lost theirs.
    Device,
    /// The first director of a new organisation, with the recovery sheet that holds the root key.
    Organisation {
        /// Its name.
        name: String,
        /// What it is.
        kind: OrganisationKind,
        /// Name of its line for reporters, if it has one.
        line: Option<String>,
        /// Name of its first director.
        director: String,
        /// The sheet.
        sheet: Sheet,
    },
}

/// An agreement about sharing that is on file (T11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Who filed it.
    pub organisation: OrganisationId,
    /// With whom.
    pub with: OrganisationId,
    /// Its title.
    pub title: String,
    /// The privacy notice that tells the people concerned: its title or where it can be read.
    pub notice: String,
    /// Number of entries of the directory from which on it counts.
    pub from: u64,
    /// When it was filed.
    pub date: UnixTime,
    /// From 1, for the two of them.
    pub version: u32,
}

impl Agreement {
    fn is_between(&self, one: &OrganisationId, other: &OrganisationId) -> bool {
        let pair = (&self.organisation, &self.with);
        pair == (one, other) || pair == (other, one)
    }
}

/// Something of mine that other directors have to sign too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// By which it can be withdrawn.
    pub number: u64,
    /// What it says.
    pub op: Op,
    /// The entry with my signature, to hand to another director. It holds until the directory grows; then there is another one.
    pub frame: Vec<u8>,
}

/// Why an act of a director cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OfficeError {
    /// My key has no say in this, or not alone.
    #[error("not allowed")]
    NotAllowed,
    /// The directory or the key of names has not arrived yet.
    #[error("not ready")]
    NotReady,
    /// The invitation is of another deployment or log, or the device is not the one that it is for.
    #[error("the device does not belong to the invitation")]
    Invitation,
    /// The directory's rules refuse.
    #[error("refused by the rules")]
    Refused(sluis_directory::Error),
    /// The relay refuses what the rules here allow.
    #[error("refused by the relay")]
    ByRelay,
    /// The directory has grown since this was signed, or has not here: it has to be handed over anew.
    #[error("signed on another state of the directory")]
    Outdated,
    /// A confidential adviser sees the status of a dossier and no more: not in a team, and nobody of a team becomes one.
    #[error("a confidential adviser belongs to no team")]
    StatusOnly,
    /// Too few would be left who vouch for what reporters are shown: others are named first, with the sheet.
    #[error("no witness would be left")]
    LastWitness,
}

impl From<sluis_directory::Error> for OfficeError {
    fn from(error: sluis_directory::Error) -> Self {
        use sluis_directory::Error::{SignatureMissing, SignerUnknown};
        match error {
            SignatureMissing | SignerUnknown => Self::NotAllowed,
            other => Self::Refused(other),
        }
    }
}

/// One thing to be said in the directory, with the number of the key that signs it: 0 is mine.
#[derive(Serialize, Deserialize)]
enum Deed {
    Op(Box<Op>, usize),
    /// The member joins the team as it stands then.
    Join(TeamId, MemberId),
    /// An entry that others signed too: it holds its place in the log or goes.
    Entry(Vec<u8>),
}

/// Deeds that are done together or not at all.
struct Act {
    time: UnixTime,
    deeds: Vec<Deed>,
    /// Keys beside mine. An act that needs them is never written down: the sheet's keys stay out of the vault.
    keys: Vec<SigningKey>,
}

/// The entries of an act.
struct Signed {
    /// Those that can be sent.
    frames: Vec<Vec<u8>>,
    /// The one after them, when others have to sign it too, with what it says.
    waits: Option<(Op, Vec<u8>)>,
}

/// What waits, and what stands in the way.
#[derive(Default)]
pub(super) struct Office {
    acts: Map<u64, Act>,
    /// The one that was sent last.
    sent: Option<u64>,
    refused: Option<OfficeError>,
    /// Where the directory must pass before anything else is done: the invitation's own standing.
    pub(super) invited: Option<Standing>,
    /// The sheet, while the engine is that of a paper device.
    pub(super) sheet: Option<Sheet>,
    /// Lost devices that are revoked when all that they wrote has been read: later it could not be told from what a thief
    /// writes with the relay's help. With the time from which on that does not wait any longer.
    pub(super) lost: Option<(UnixTime, Vec<DeviceId>)>,
}

impl Office {
    pub(super) fn load(&mut self, key: &[u8], value: &[u8]) -> Option<()> {
        let number = u64::from_be_bytes(key.try_into().ok()?);
        let (time, deeds) = codec::decode(value, sluis_wire::frame::VAULT_ROW).ok()?;
        let keys = Vec::new();
        self.acts.insert(number, Act { time, deeds, keys });
        Some(())
    }
}

impl Engine {
    /// The engine of a device that somebody let in: it believes a directory only when the invitation's head lies on it.
    #[must_use]
    pub fn join(secrets: DeviceSecrets, invitation: &Invitation) -> Self {
        let mut engine = Self::new(secrets, invitation.genesis);
        engine.expect_standing(invitation.standing);
        engine
    }

    /// The paper device at work, for recovery: it reads, opens shared keys and signs acts. Nothing of it is ever written down.
    #[must_use]
    pub fn from_sheet(sheet: &Sheet, genesis: GenesisHash) -> Self {
        // Whose it is, the directory tells.
        let mut engine = Self::new(sheet.device(MemberId([0; 16])), genesis);
        engine.office.sheet = Some(sheet.again());
        engine
    }

    /// The engine of the device that takes over from the sheet, with all shared keys that the sheet opened.
    #[must_use]
    pub fn into_device(
        self,
        secrets: DeviceSecrets,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let mut engine = Self::new(secrets, self.genesis);
        if let Some(directory) = &self.directory {
            engine.expect_standing(directory.head());
        }
        if let Some(lost) = &self.office.lost {
            engine.put(rows::LOST, &[], Zeroizing::new(codec::encode(lost)));
            engine.office.lost = Some(lost.clone());
        }
        engine.take_shared(self, now, rng);
        engine
    }

    fn expect_standing(&mut self, standing: Standing) {
        self.office.invited = Some(standing);
        let value = Zeroizing::new(codec::encode(&standing));
        self.put(rows::INVITED, &[], value);
    }

    /// Whether the directory passes where the invitation said. While it does not, nothing is asked or done but reading it.
    pub(super) fn check_invitation(&mut self) {
        let (Some(standing), Some(directory)) = (self.office.invited, &self.directory) else {
            return;
        };
        match directory.check_standing(standing) {
            Ok(()) => {
                self.office.invited = None;
                self.forget(rows::INVITED, &[]);
            }
            Err(sluis_directory::Error::Behind { .. }) => self.alarm(Alarm::DirectoryRolledBack),
            Err(_) => self.alarm(Alarm::DirectoryFork),
        }
    }

    /// Whether my device's key is a director's.
    #[must_use]
    pub fn may_admit(&self) -> bool {
        self.member()
            .is_some_and(|member| self.directs(&member.organisation))
    }

    fn directs(&self, organisation: &OrganisationId) -> bool {
        let mine = self.me.sign.verifying_key();
        self.directory
            .as_ref()
            .is_some_and(|directory| directory.directs(&mine, organisation))
    }

    /// An invitation: for a new person, or for another device of somebody who is here.
    ///
    /// # Errors
    /// [`OfficeError::NotReady`]; [`OfficeError::NotAllowed`] when a director would have to.
    pub fn invite(
        &self,
        member: Option<MemberId>,
        rng: &mut impl CryptoRng,
    ) -> Result<Invitation, OfficeError> {
        let directory = self
            .directory
            .as_ref()
            .filter(|directory| directory.is_current(&self.me.id))
            .ok_or(OfficeError::NotReady)?;
        let allowed = match &member {
            None => self.may_admit(),
            Some(member) => directory.member(member).is_some_and(|record| {
                record.span.is_current()
                    && (*member == self.me.member || self.directs(&record.member.organisation))
            }),
        };
        if !allowed {
            return Err(OfficeError::NotAllowed);
        }
        let head = directory.head();
        Ok(Invitation::generate(self.genesis, head, member, rng))
    }

    /// Lets an invited device in, after two people compared the words. Signs nothing that the rules refuse.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn admit(
        &mut self,
        invitation: &Invitation,
        device: &Device,
        admit: &Admit,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        if invitation.genesis != self.genesis
            || directory.check_standing(invitation.standing).is_err()
            || !fits(device, invitation)
        {
            return Err(OfficeError::Invitation);
        }
        let id = device.member;
        let (mut deeds, mut keys) = (Vec::new(), Vec::new());
        let mut by = |op, key| deeds.push(Deed::Op(Box::new(op), key));
        match admit {
            Admit::Device => by(Op::DeviceAdd(device.clone()), 0),
            Admit::Colleague { name, roles, teams } => {
                if !teams.is_empty() && roles.contains(&Role::ConfidentialAdviser) {
                    return Err(OfficeError::StatusOnly);
                }
                let organisation = self.member().ok_or(OfficeError::NotReady)?.organisation;
                by(
                    Op::MemberAdd(self.new_member(id, organisation, roles, name, rng)?),
                    0,
                );
                by(Op::DeviceAdd(device.clone()), 0);
                deeds.extend(teams.iter().map(|team| Deed::Join(*team, id)));
            }
            Admit::Organisation {
                name,
                kind,
                line,
                director,
                sheet,
            } => {
                // Members and devices are let in by directors: one that exists for these entries only stands in for the first.
                let mut seed = Zeroizing::new([0; 32]);
                rng.fill_bytes(seed.as_mut_slice());
                let helper = SigningKey::from_seed(*seed);
                let organisation = OrganisationId(super::random(rng));
                let led_by = |keys: &[_]| Directors {
                    keys: keys.to_vec(),
                    add_threshold: 1,
                    revoke_threshold: 1,
                };
                by(
                    Op::OrganisationAdd(Organisation {
                        id: organisation,
                        name: name.clone(),
                        kind: *kind,
                        directors: led_by(&[device.sign, helper.verifying_key()]),
                    }),
                    1,
                );
                let roles = [Role::Director, Role::CaseManager];
                by(
                    Op::MemberAdd(self.new_member(id, organisation, &roles, director, rng)?),
                    2,
                );
                by(Op::DeviceAdd(device.clone()), 2);
                if let Some(line) = line {
                    let team = Team {
                        id: TeamId(super::random(rng)),
                        organisation,
                        name: line.clone(),
                        line: true,
                        members: [id].into(),
                    };
                    by(Op::TeamDefine(team), 2);
                }
                by(
                    Op::OrganisationDirectors {
                        organisation,
                        directors: led_by(&[device.sign]),
                    },
                    1,
                );
                keys = [sheet.root(), helper].into();
            }
        }
        self.enact(deeds, keys, now)
    }

    fn new_member(
        &self,
        id: MemberId,
        organisation: OrganisationId,
        roles: &[Role],
        name: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Member, OfficeError> {
        use sluis_directory::error::{Error, Field};
        if name.trim().is_empty() {
            return Err(OfficeError::Refused(Error::Bounds(Field::Name)));
        }
        let names = self.names.as_ref().ok_or(OfficeError::NotReady)?;
        Ok(Member {
            id,
            organisation,
            roles: roles.to_vec(),
            sealed_name: seal_name(names, &id, name.trim(), rng),
        })
    }

    /// A member leaves, with all devices and all places in teams.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn revoke_member(&mut self, member: MemberId, now: UnixTime) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let devices = directory.devices_of(&member);
        let devices: Vec<DeviceId> = devices.map(|record| record.device.id).collect();
        let op = Op::MemberRevoke { member };
        self.try_out(&op, now)?;
        self.check_witnesses(&devices)?;
        self.say(op, now)
    }

    /// A device is no longer trusted.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn revoke_device(&mut self, device: DeviceId, now: UnixTime) -> Result<(), OfficeError> {
        let op = Op::DeviceRevoke { device };
        self.try_out(&op, now)?;
        self.check_witnesses(&[device])?;
        self.say(op, now)
    }

    /// Whether I could say this now.
    fn try_out(&self, op: &Op, time: UnixTime) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let act = Act {
            time,
            deeds: [Deed::Op(Box::new(op.clone()), 0)].into(),
            keys: Vec::new(),
        };
        self.sign(&act, &mut directory.clone()).map(|_| ())
    }

    /// Whether enough are left who vouch for what reporters are shown when these devices go, after all that waits.
    fn check_witnesses(&self, going: &[DeviceId]) -> Result<(), OfficeError> {
        // Whoever takes the sheet at work has nothing else left.
        if self.is_paper() {
            return Ok(());
        }
        let planned = self.planned().ok_or(OfficeError::NotReady)?;
        let Some(set) = planned.witnesses() else {
            return Ok(());
        };
        let left = set.keys.iter().filter_map(|key| planned.device_by_key(key));
        let left = left.filter(|record| record.span.is_current());
        let left: Vec<DeviceId> = left.map(|record| record.device.id).collect();
        let stay = left.iter().filter(|id| !going.contains(id)).count();
        if stay < left.len() && stay < usize::from(set.threshold) {
            return Err(OfficeError::LastWitness);
        }
        Ok(())
    }

    /// Before these devices go: those of the witnesses that stay, and this browser, vouch for what reporters are shown.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then. [`OfficeError::LastWitness`] when this is one of the devices that go and no other is left.
    pub fn pass_witness(
        &mut self,
        going: &[DeviceId],
        sheet: &Sheet,
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let known = directory.witnesses();
        let stays = |key: &&VerifyingKey| {
            directory.device_by_key(key).is_some_and(|record| {
                record.span.is_current() && !going.contains(&record.device.id)
            })
        };
        let stay = known.iter().flat_map(|set| &set.keys).filter(stays);
        let mut keys: Vec<VerifyingKey> = stay.copied().collect();
        let mine = self.me.sign.verifying_key();
        if !going.contains(&self.me.id) && !keys.contains(&mine) {
            keys.push(mine);
        }
        let most = u8::try_from(keys.len()).unwrap_or(u8::MAX);
        if most == 0 {
            return Err(OfficeError::LastWitness);
        }
        let op = Op::WitnessSet(WitnessSet {
            threshold: known.map_or(1, |set| set.threshold).min(most),
            keys,
            not_after: now.plus(sluis_directory::limits::WITNESS_DAYS * DAY),
        });
        let keys = [sheet.root()].into();
        self.enact([Deed::Op(Box::new(op), 1)].into(), keys, now)
    }

    /// Other roles for a member.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn set_roles(
        &mut self,
        member: MemberId,
        roles: Vec<Role>,
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let in_team = directory.teams_of(&member).next().is_some();
        if in_team && roles.contains(&Role::ConfidentialAdviser) {
            return Err(OfficeError::StatusOnly);
        }
        self.say(Op::MemberRoles { member, roles }, now)
    }

    /// What of mine waits for another director.
    #[must_use]
    pub fn office_waiting(&self) -> Vec<Waiting> {
        let Some(directory) = &self.directory else {
            return Vec::new();
        };
        let acts = self.office.acts.iter();
        acts.filter_map(|(number, act)| {
            let (op, frame) = self.sign(act, &mut directory.clone()).ok()?.waits?;
            Some(Waiting {
                number: *number,
                op,
                frame,
            })
        })
        .collect()
    }

    /// Withdraws what waits for another director.
    pub fn withdraw(&mut self, number: u64) {
        self.end_act(number, None);
    }

    /// What another director asks me to sign too, for showing it before it is signed.
    ///
    /// # Errors
    /// [`OfficeError::Refused`] when it is no entry of a directory; [`OfficeError::Outdated`].
    pub fn read_proposal(&self, frame: &[u8]) -> Result<Op, OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let entry = read_entry(frame)?;
        if (entry.seq, entry.prev) != (directory.length(), directory.head().head) {
            return Err(OfficeError::Outdated);
        }
        Ok(entry.op)
    }

    /// Signs what another director has signed, which is then done.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn co_sign(&mut self, frame: &[u8], now: UnixTime) -> Result<(), OfficeError> {
        self.read_proposal(frame)?;
        let frame = co_sign_entry(frame, &self.me.sign)?;
        self.enact([Deed::Entry(frame)].into(), Vec::new(), now)
    }

    /// Makes a team, or replaces what it is.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn set_team(&mut self, team: Team, now: UnixTime) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        // Whoever is in it already may stay, or a mistake of the past could not be mended step by step.
        let known = directory.team(&team.id).map(|record| &record.team.members);
        let new = team
            .members
            .iter()
            .filter(|member| known.is_none_or(|known| !known.contains(member)));
        if new.into_iter().any(|member| is_adviser(directory, member)) {
            return Err(OfficeError::StatusOnly);
        }
        self.say(Op::TeamDefine(team), now)
    }

    /// A new device of mine instead of lost ones. With the sheet at work, the lost ones are revoked by the new one as soon as it has read
    /// everything ([`Engine::into_device`]); where the sheet holds the root key, the new one directs and witnesses where a lost one did.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn replace_devices(
        &mut self,
        new: &Device,
        lost: &[DeviceId],
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let mut ops = [(Op::DeviceAdd(new.clone()), 0)].to_vec();
        if self.office.sheet.is_none() {
            ops.extend(lost.iter().map(|id| (Op::DeviceRevoke { device: *id }, 0)));
        }
        let gone: Vec<_> = lost
            .iter()
            .filter_map(|id| Some(directory.device(id)?.device.sign))
            .collect();
        let root = self.office.sheet.as_ref().map(Sheet::root);
        let keys: Vec<SigningKey> = root
            .filter(|root| directory.root().keys == [root.verifying_key()])
            .into_iter()
            .collect();
        if !keys.is_empty() {
            let swap = |keys: &[_]| {
                let mut keys = keys.to_vec();
                keys.retain(|key| !gone.contains(key));
                keys.push(new.sign);
                keys
            };
            let touched = |keys: &[_]| keys.iter().any(|key| gone.contains(key));
            for organisation in directory.organisations() {
                if touched(&organisation.directors.keys) {
                    let mut others = organisation.directors.clone();
                    others.keys = swap(&others.keys);
                    let op = Op::OrganisationDirectors {
                        organisation: organisation.id,
                        directors: others,
                    };
                    ops.push((op, 1));
                }
            }
            if let Some(set) = directory.witnesses().filter(|set| touched(&set.keys)) {
                let set = WitnessSet {
                    keys: swap(&set.keys),
                    threshold: set.threshold,
                    not_after: now.plus(sluis_directory::limits::WITNESS_DAYS * DAY),
                };
                ops.push((Op::WitnessSet(set), 1));
            }
        }
        let deeds = ops
            .into_iter()
            .map(|(op, key)| Deed::Op(Box::new(op), key))
            .collect();
        self.enact(deeds, keys, now)?;
        if self.office.sheet.is_some() && !lost.is_empty() {
            self.office.lost = Some((now.plus(LOST_WAIT), lost.to_vec()));
        }
        Ok(())
    }

    /// Revokes lost devices, once what they wrote has been read.
    pub(super) fn revoke_lost(&mut self, now: UnixTime) {
        let read = self.settled_cursor > 0 && !self.wants.changes && self.wants.dossiers.is_empty();
        let Some((_, lost)) = self
            .office
            .lost
            .take_if(|(latest, _)| read || *latest <= now)
        else {
            return;
        };
        self.forget(rows::LOST, &[]);
        for device in lost {
            // A stolen device goes, whoever vouches then.
            let revoked = self.say(Op::DeviceRevoke { device }, now);
            self.office.refused = revoked.err().or(self.office.refused);
        }
    }

    /// A recovery sheet for me: a device of mine on paper, which opens what my browsers open.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn add_sheet(&mut self, sheet: &Sheet, now: UnixTime) -> Result<(), OfficeError> {
        let paper = sheet.device(self.me.member).public(DeviceKind::Paper);
        self.say(Op::DeviceAdd(paper), now)
    }

    /// A new sheet instead of one that was used or lost, with all that the old one may do: root, director and paper device.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn replace_sheet(
        &mut self,
        old: &Sheet,
        new: &Sheet,
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let paper = new.device(self.me.member).public(DeviceKind::Paper);
        let device = old.device(self.me.member).id;
        let mut deeds = [
            Deed::Op(Box::new(Op::DeviceAdd(paper)), 0),
            Deed::Op(Box::new(Op::DeviceRevoke { device }), 0),
        ]
        .into_iter()
        .collect::<Vec<_>>();
        let (root, director) = (old.root(), old.director().verifying_key());
        let mut keys = Vec::new();
        if directory.root().keys == [root.verifying_key()] {
            for organisation in directory.organisations() {
                let mut others = organisation.directors.clone();
                for key in others.keys.iter_mut().filter(|key| **key == director) {
                    *key = new.director().verifying_key();
                }
                if others != organisation.directors {
                    let op = Op::OrganisationDirectors {
                        organisation: organisation.id,
                        directors: others,
                    };
                    deeds.push(Deed::Op(Box::new(op), 1));
                }
            }
            let rotated = RootKeys {
                keys: [new.root().verifying_key()].into(),
                threshold: 1,
            };
            deeds.push(Deed::Op(Box::new(Op::RootRotate(rotated)), 1));
            keys = [root, new.root()].into();
        }
        self.enact(deeds, keys, now)
    }

    /// These members direct an organisation from now on, each with all browsers that they have; keys on paper stay. `thresholds` says how many
    /// have to sign to add and to revoke; without, it stays as it is, or as many as there are.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn set_directors(
        &mut self,
        organisation: OrganisationId,
        members: &[MemberId],
        thresholds: Option<(u8, u8)>,
        sheet: &Sheet,
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        use sluis_directory::error::{Error, Field, Thing};
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let unknown = Error::Unknown(Thing::Organisation);
        let known = directory.organisation(&organisation).ok_or(unknown)?;
        let mut named = known.directors.clone();
        named
            .keys
            .retain(|key| directory.device_by_key(key).is_none());
        let here = |member: &MemberId| {
            let record = directory.member(member);
            record.is_some_and(|record| record.member.organisation == organisation)
        };
        if !members.iter().all(here) {
            return Err(OfficeError::Refused(Error::OtherOrganisation));
        }
        let most = u8::try_from(named.keys.len() + members.len()).unwrap_or(u8::MAX);
        named.keys.extend(browsers_of(directory, members));
        if members.is_empty() {
            return Err(OfficeError::Refused(Error::Bounds(Field::Keys)));
        }
        let kept = (
            named.add_threshold.min(most),
            named.revoke_threshold.min(most),
        );
        (named.add_threshold, named.revoke_threshold) = thresholds.unwrap_or(kept);
        let op = Op::OrganisationDirectors {
            organisation,
            directors: named,
        };
        let keys = [sheet.root()].into();
        self.enact([Deed::Op(Box::new(op), 1)].into(), keys, now)
    }

    /// These members vouch for what reporters are shown, each with all browsers that they have, for the longest time that there is. Any one of
    /// them is enough. Whoever revokes a witness names others first.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn set_witnesses(
        &mut self,
        members: &[MemberId],
        sheet: &Sheet,
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        let directory = self.directory.as_ref().ok_or(OfficeError::NotReady)?;
        let op = Op::WitnessSet(WitnessSet {
            keys: browsers_of(directory, members),
            threshold: 1,
            not_after: now.plus(sluis_directory::limits::WITNESS_DAYS * DAY),
        });
        let keys = [sheet.root()].into();
        self.enact([Deed::Op(Box::new(op), 1)].into(), keys, now)
    }

    /// Promises the shares of a sheet in the directory, so that a rehearsal shows whether one fits. The sheet must be that of a
    /// paper device here.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn promise_shares(
        &mut self,
        sheet: &Sheet,
        shares: &[Share; 3],
        now: UnixTime,
    ) -> Result<(), OfficeError> {
        let device = sheet.device(self.me.member).id;
        let commitments = shares.each_ref().map(Share::commitment);
        let op = Op::ShareCommitments {
            device,
            commitments,
        };
        self.say(op, now)
    }

    /// Whether a share is one of those of a sheet that is in use, and whose.
    #[must_use]
    pub fn share_fits(&self, share: &Share) -> Option<MemberId> {
        let mut devices = self.directory.iter().flat_map(Directory::devices);
        let found = devices.find(|record| {
            let place = usize::from(share.number()).wrapping_sub(1);
            let promised = record.shares.as_ref().and_then(|all| all.get(place));
            record.span.is_current() && promised == Some(&share.commitment())
        });
        found.map(|record| record.device.member)
    }

    /// Whether a whole sheet is in use, and whose.
    #[must_use]
    pub fn sheet_fits(&self, sheet: &Sheet) -> Option<MemberId> {
        let paper = sheet.device(self.me.member);
        let record = self.directory.as_ref()?.device(&paper.id)?;
        let here = record.span.is_current() && record.device.sign == paper.sign.verifying_key();
        here.then_some(record.device.member)
    }

    /// Whether a sheet holds the only root key.
    #[must_use]
    pub fn is_root(&self, sheet: &Sheet) -> bool {
        self.directory
            .as_ref()
            .is_some_and(|directory| directory.root().keys == [sheet.root().verifying_key()])
    }

    /// I accept the regulation of access, in this version.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn accept_regulation(&mut self, version: u32, now: UnixTime) -> Result<(), OfficeError> {
        let member = self.me.member;
        self.say(Op::RegulationAccept { member, version }, now)
    }

    /// Version of the regulation of access that I accepted; 0 for none.
    #[must_use]
    pub fn accepted_regulation(&self) -> u32 {
        self.directory.as_ref().map_or(0, |directory| {
            directory.accepted_regulation(&self.me.member)
        })
    }

    /// Puts an agreement about sharing with another organisation on file, for my organisation, with the privacy notice that goes with it (T11).
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn file_agreement(
        &mut self,
        with: OrganisationId,
        title: &str,
        notice: &str,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), OfficeError> {
        use sluis_directory::error::{Error, Field, Thing};
        let organisation = self.member().ok_or(OfficeError::NotReady)?.organisation;
        let names = self.names.as_ref().ok_or(OfficeError::NotReady)?;
        let other = |directory: &Directory| directory.organisation(&with).is_some();
        if with == organisation || !self.directory.as_ref().is_some_and(other) {
            let unknown = Error::Unknown(Thing::Organisation);
            return Err(OfficeError::Refused(unknown));
        }
        let (title, notice) = (title.trim(), notice.trim());
        if [title, notice]
            .iter()
            .any(|text| text.is_empty() || text.len() > TITLE)
        {
            return Err(OfficeError::Refused(Error::Bounds(Field::Agreement)));
        }
        let known = self.agreements();
        let before = known
            .iter()
            .filter(|known| known.organisation == organisation && known.with == with);
        let version = before
            .map(|known| known.version)
            .max()
            .map_or(1, |last| last + 1);
        let says = Zeroizing::new(codec::encode(&(with, title, notice, now, version)));
        let context = agreement_context(&organisation);
        let sealed = chunked::seal(names, &context, &says, rng);
        let op = Op::Agreement {
            organisation,
            sealed,
        };
        self.say(op, now)
    }

    /// Agreements on file, the oldest first. Those that cannot be read are left out.
    #[must_use]
    pub fn agreements(&self) -> Vec<Agreement> {
        let filed = self.directory.iter().flat_map(Directory::agreements);
        filed
            .filter_map(|(seq, organisation, sealed)| {
                self.open_agreement(seq, organisation, sealed)
            })
            .collect()
    }

    /// With whom an organisation agrees by these sealed bytes.
    #[must_use]
    pub fn agreement_with(
        &self,
        organisation: &OrganisationId,
        sealed: &[u8],
    ) -> Option<OrganisationId> {
        self.open_agreement(0, organisation, sealed)
            .map(|agreement| agreement.with)
    }

    fn open_agreement(
        &self,
        seq: u64,
        organisation: &OrganisationId,
        sealed: &[u8],
    ) -> Option<Agreement> {
        let names = self.names.as_ref()?;
        let content = chunked::open(names, &agreement_context(organisation), sealed).ok()?;
        let (with, title, notice, date, version) = codec::decode(&content, sealed.len()).ok()?;
        Some(Agreement {
            organisation: *organisation,
            with,
            title,
            notice,
            from: seq + 1,
            date,
            version,
        })
    }

    /// Whether one of the two had an agreement with the other on file when the directory had `length` entries.
    #[must_use]
    pub fn agreed_at(&self, one: &OrganisationId, other: &OrganisationId, length: u64) -> bool {
        let holds = |known: &Agreement| known.is_between(one, other) && known.from <= length;
        one == other || self.agreements().iter().any(holds)
    }

    /// Whether my organisation is about to file an agreement with this one: it is on its way to the relay.
    #[must_use]
    pub fn is_filing(&self, with: &OrganisationId) -> bool {
        let acts = self.office.acts.values();
        acts.flat_map(|act| &act.deeds).any(|deed| match deed {
            Deed::Op(op, _) => match &**op {
                Op::Agreement {
                    organisation,
                    sealed,
                } => self.agreement_with(organisation, sealed) == Some(*with),
                _ => false,
            },
            Deed::Join(..) | Deed::Entry(_) => false,
        })
    }

    /// Acts that the directory does not show yet.
    #[must_use]
    pub fn office_pending(&self) -> usize {
        // What the sheet's successor has to do is not the sheet's to wait for.
        let later = self.office.lost.is_some() && self.office.sheet.is_none();
        self.office.acts.len() + usize::from(later)
    }

    /// Why an act was dropped that had been taken on, once.
    pub fn take_office_refused(&mut self) -> Option<OfficeError> {
        self.office.refused.take()
    }

    /// The directory as it will be after all that waits.
    pub(super) fn planned(&self) -> Option<Directory> {
        let mut planned = self.directory.clone()?;
        for act in self.office.acts.values() {
            // One that is refused by now is dropped when its turn comes.
            let _planned = self.sign(act, &mut planned);
        }
        Some(planned)
    }

    pub(super) fn say(&mut self, op: Op, now: UnixTime) -> Result<(), OfficeError> {
        self.enact([Deed::Op(Box::new(op), 0)].into(), Vec::new(), now)
    }

    /// Takes an act on, when it could be signed now, after all that waits.
    fn enact(
        &mut self,
        deeds: Vec<Deed>,
        keys: Vec<SigningKey>,
        time: UnixTime,
    ) -> Result<(), OfficeError> {
        let mut directory = self.planned().ok_or(OfficeError::NotReady)?;
        let act = Act { time, deeds, keys };
        let signed = self.sign(&act, &mut directory)?;
        if signed.frames.is_empty() && signed.waits.is_none() {
            return Ok(());
        }
        let last = self.office.acts.last_key_value();
        let number = last.map_or(0, |(number, _)| number + 1);
        if act.keys.is_empty() {
            let value = Zeroizing::new(codec::encode(&(act.time, &act.deeds)));
            self.put(rows::ACT, &number.to_be_bytes(), value);
        }
        self.office.acts.insert(number, act);
        self.stuck.remove(&Step::Office);
        Ok(())
    }

    /// The entries of an act on this directory, which then has them. What it says already is left out; where others have to sign too, it
    /// ends.
    fn sign(&self, act: &Act, directory: &mut Directory) -> Result<Signed, OfficeError> {
        let mut next = directory.clone();
        let (mut frames, mut waits) = (Vec::new(), None);
        for deed in &act.deeds {
            let (op, key) = match deed {
                Deed::Op(op, key) if !says(&next, op) => ((**op).clone(), *key),
                Deed::Join(team, member) => match next.team(team) {
                    Some(record) if record.team.members.contains(member) => continue,
                    record => {
                        let unknown =
                            sluis_directory::Error::Unknown(sluis_directory::error::Thing::Team);
                        let mut team = record.ok_or(unknown)?.team.clone();
                        team.members.push(*member);
                        (Op::TeamDefine(team), 0)
                    }
                },
                Deed::Entry(frame) => {
                    if !says(&next, &read_entry(frame)?.op) {
                        next.apply(frame)?;
                        frames.push(frame.clone());
                    }
                    continue;
                }
                Deed::Op(..) => continue,
            };
            // New root keys are signed for by the old ones and by themselves.
            let keys: Vec<&SigningKey> = match (&op, key.checked_sub(1)) {
                (Op::RootRotate(_), _) => act.keys.iter().collect(),
                (_, None) => [&self.me.sign].into(),
                (_, Some(place)) => act.keys.get(place).into_iter().collect(),
            };
            let entry = next.next_entry(op, act.time.max(next.latest()));
            let frame = sign_entry(&entry, &keys)?;
            match next.apply(&frame) {
                Ok(_) => frames.push(frame),
                // I may sign this, and not alone. What comes after it waits for what it becomes.
                Err(sluis_directory::Error::SignatureMissing) if key == 0 => {
                    waits = Some((entry.op, frame));
                    break;
                }
                Err(error) => return Err(error.into()),
            }
        }
        *directory = next;
        Ok(Signed { frames, waits })
    }

    /// The next act, signed on the head of now. Acts that the directory shows by now, or refuses, are over.
    pub(super) fn next_office(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        let numbers: Vec<u64> = self.office.acts.keys().copied().collect();
        for number in numbers {
            if self.wants.directory || self.stuck.contains(&Step::Office) {
                return None;
            }
            let mut directory = self.directory.clone()?;
            let Some(act) = self.office.acts.get(&number) else {
                continue;
            };
            match self.sign(act, &mut directory) {
                Ok(signed) if !signed.frames.is_empty() => {
                    self.office.sent = Some(number);
                    let call = DirectoryAppend {
                        entries: signed.frames,
                    };
                    return Some(self.write(Step::Office, &call, &Signer::Nobody, now, rng));
                }
                Ok(signed) if signed.waits.is_some() => {}
                signed => self.end_act(number, signed.err()),
            }
        }
        None
    }

    /// The relay refuses the act that it was sent.
    pub(super) fn office_refused(&mut self) {
        if let Some(number) = self.office.sent.take() {
            self.end_act(number, Some(OfficeError::ByRelay));
        }
    }

    fn end_act(&mut self, number: u64, refused: Option<OfficeError>) {
        self.office.acts.remove(&number);
        self.forget(rows::ACT, &number.to_be_bytes());
        self.office.refused = refused.or(self.office.refused);
    }

    /// Whether this is the sheet at work, or a sheet's device: it makes no statements and writes nothing in dossiers.
    pub(super) fn is_paper(&self) -> bool {
        self.office.sheet.is_some()
            || self
                .directory
                .as_ref()
                .and_then(|directory| directory.device(&self.me.id))
                .is_some_and(|record| record.device.kind == DeviceKind::Paper)
    }

    /// Learns from the directory whose the sheet is.
    pub(super) fn find_myself(&mut self) {
        if self.office.sheet.is_some()
            && let Some(directory) = &self.directory
            && let Some(record) = directory.device(&self.me.id)
        {
            self.me.member = record.device.member;
        }
    }
}

/// Whether a member sees the status of dossiers only.
pub(super) fn is_adviser(directory: &Directory, member: &MemberId) -> bool {
    directory
        .member(member)
        .is_some_and(|record| record.member.roles.contains(&Role::ConfidentialAdviser))
}

fn agreement_context(organisation: &OrganisationId) -> Vec<u8> {
    kdf::context("sluis/1/agreement", &[&organisation.0])
}

/// The signing keys of all current browsers of these members.
fn browsers_of(directory: &Directory, members: &[MemberId]) -> Vec<VerifyingKey> {
    let devices = members
        .iter()
        .flat_map(|member| directory.devices_of(member));
    devices
        .filter(|record| record.device.kind == DeviceKind::Browser)
        .map(|record| record.device.sign)
        .collect()
}

/// Whether the directory says so already.
fn says(directory: &Directory, op: &Op) -> bool {
    match op {
        Op::OrganisationAdd(new) => directory.organisation(&new.id).is_some(),
        Op::OrganisationDirectors {
            organisation,
            directors,
        } => directory
            .organisation(organisation)
            .is_some_and(|known| known.directors == *directors),
        Op::WitnessSet(set) => directory.witnesses() == Some(set),
        Op::MemberAdd(new) => directory.member(&new.id).is_some_and(|known| {
            known.span.is_current() && known.member.sealed_name == new.sealed_name
        }),
        Op::MemberRoles { member, roles } => directory
            .member(member)
            .is_some_and(|known| known.member.roles == *roles),
        Op::MemberRevoke { member } => directory
            .member(member)
            .is_some_and(|known| !known.span.is_current()),
        Op::DeviceAdd(new) => directory
            .device(&new.id)
            .is_some_and(|known| known.span.is_current() && known.device == *new),
        Op::DeviceRevoke { device } => directory
            .device(device)
            .is_some_and(|known| !known.span.is_current()),
        Op::TeamDefine(team) => directory
            .team(&team.id)
            .is_some_and(|known| known.team == *team),
        Op::ShareCommitments {
            device,
            commitments,
        } => directory
            .device(device)
            .is_some_and(|known| known.shares == Some(*commitments)),
        Op::RegulationAccept { member, version } => {
            directory.accepted_regulation(member) >= *version
        }
        Op::Agreement { sealed, .. } => directory.agreements().any(|(.., known)| known == sealed),
        Op::RootRotate(keys) => directory.root() == keys,
        Op::Classification(edit) => directory.classes().contains(edit),
        Op::Respondents(policy) => directory.respondents(&policy.organisation) == Some(policy),
        Op::Genesis(_) | Op::Policy(_) | Op::Release { .. } => false,
    }
}
