//! The log as state: [`Directory::apply`] is the same pure function in relay and client.
//!
//! Every check stands before the first change, so an entry is applied whole or not at all. Nothing here reads a clock,
//! opens anything or decides by what the relay says: only signatures count.

pub(crate) mod check;
mod fold;
mod query;

use alloc::vec::Vec;

use sluis_sorted::Map;
use sluis_wire::address::{DeviceId, FrameHash, MemberId, OrganisationId, TeamId};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime};

use crate::class::ClassEdit;
use crate::entry::{
    Device, DeviceKind, Entry, Genesis, Member, Op, Organisation, Policy, RespondentPolicy,
    RootKeys, Team, WitnessSet,
};
use crate::error::Error;
use crate::quorum::{Quorum, Way, check_exact};
use crate::signature::{Label, VerifyingKey};
use crate::{ZERO_HASH, frame_hash};

/// Seconds that a clock may be wrong: an entry may be this much earlier than one before it, or ahead of a relay's clock.
pub const CLOCK_TOLERANCE: u64 = DAY;

/// The state of the log after some number of entries. There is no empty one: it begins with a genesis entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    genesis: Genesis,
    genesis_frame: Vec<u8>,
    /// One for each entry; never empty.
    hashes: Vec<FrameHash>,
    /// The latest time of any entry.
    latest: UnixTime,
    root: RootKeys,
    root_frames: Vec<(u64, Vec<u8>)>,
    witnesses: Vec<(u64, WitnessSet)>,
    policy: Policy,
    release: Option<Release>,
    organisations: Map<OrganisationId, Organisation>,
    members: Map<MemberId, MemberRecord>,
    devices: Map<DeviceId, DeviceRecord>,
    device_keys: Map<VerifyingKey, DeviceId>,
    teams: Map<TeamId, TeamRecord>,
    /// With the place of the entry that filed each.
    agreements: Vec<(u64, OrganisationId, Vec<u8>)>,
    classes: Vec<ClassEdit>,
    /// The newest of each organisation.
    respondents: Map<OrganisationId, RespondentPolicy>,
}

/// What an entry was when it was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Hash of its frame: the head from now on.
    pub hash: FrameHash,
    /// What it says.
    pub entry: Entry,
}

/// From which entry to which something held. Numbers are places in the log, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The entry that added it.
    pub added: u64,
    /// The entry that revoked it.
    pub revoked: Option<u64>,
}

impl Span {
    /// Whether it holds now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.revoked.is_none()
    }

    /// Whether it held when the log had `length` entries.
    #[must_use]
    pub fn held_at(&self, length: u64) -> bool {
        self.added < length && self.revoked.is_none_or(|revoked| revoked >= length)
    }
}

/// A member, with when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRecord {
    /// As it stands now (or stood when it was revoked).
    pub member: Member,
    /// From when to when.
    pub span: Span,
    /// Version of the regulation of access that they accepted; 0 for none.
    pub regulation: u32,
}

/// A device, with when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRecord {
    /// The device; it never changes.
    pub device: Device,
    /// From when to when.
    pub span: Span,
    /// When the entry that added it says that it was made.
    pub since: UnixTime,
    /// The device whose key signed that entry; none for a first device and for one that only paper signed.
    pub enrolled_by: Option<DeviceId>,
    /// What proves that printed shares of its sheet fit.
    pub shares: Option<[[u8; 32]; 3]>,
}

/// A team, with its past. A team whose last member was revoked has no members until it is defined anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRecord {
    /// As it stands now.
    pub team: Team,
    /// Who was in it from which entry on, in ascending order.
    pub(crate) past: Vec<(u64, Vec<MemberId>)>,
}

/// The newest released build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// SHA-256 of the asset manifest.
    pub manifest: [u8; 32],
    /// Its version.
    pub version: u32,
}

impl Directory {
    /// The state after a whole log, genesis entry first. Whose log it is, the caller decides by comparing
    /// [`Directory::genesis`] with what is pinned.
    ///
    /// # Errors
    /// [`Error`] of the first entry that is refused.
    pub fn replay<F: AsRef<[u8]>>(frames: &[F]) -> Result<Self, Error> {
        Self::start(frames, None)
    }

    /// As [`Directory::replay`], for the first entries of a new deployment: none may lie in the future.
    ///
    /// # Errors
    /// [`Error`] of the first entry that is refused.
    pub fn found<F: AsRef<[u8]>>(frames: &[F], now: UnixTime) -> Result<Self, Error> {
        Self::start(frames, Some(now))
    }

    /// Takes one more entry, or changes nothing. For entries that were taken before; new ones go through
    /// [`Directory::apply_fresh`], at the relay and in clients alike: an entry far in the future would shut out all honest ones.
    ///
    /// # Errors
    /// [`Error`]: the first rule that the entry breaks.
    pub fn apply(&mut self, frame: &[u8]) -> Result<Applied, Error> {
        self.take(frame, None)
    }

    /// As [`Directory::apply`], for an entry that arrives now: it may not lie more than [`CLOCK_TOLERANCE`] ahead of `now`.
    ///
    /// # Errors
    /// [`Error`]: the first rule that the entry breaks.
    pub fn apply_fresh(&mut self, frame: &[u8], now: UnixTime) -> Result<Applied, Error> {
        self.take(frame, Some(now))
    }

    /// Takes all of the entries, or changes nothing.
    ///
    /// # Errors
    /// [`Error`] of the first entry that is refused.
    pub fn apply_all<F: AsRef<[u8]>>(&mut self, frames: &[F]) -> Result<Vec<Applied>, Error> {
        self.take_all(frames, None)
    }

    /// As [`Directory::apply_all`], for entries that arrive now.
    ///
    /// # Errors
    /// [`Error`] of the first entry that is refused.
    pub fn apply_all_fresh<F: AsRef<[u8]>>(
        &mut self,
        frames: &[F],
        now: UnixTime,
    ) -> Result<Vec<Applied>, Error> {
        self.take_all(frames, Some(now))
    }

    fn start<F: AsRef<[u8]>>(frames: &[F], now: Option<UnixTime>) -> Result<Self, Error> {
        let (first, rest) = frames.split_first().ok_or(Error::GenesisMisplaced)?;
        let bytes = first.as_ref();
        let (frame, entry) = read_entry(bytes)?;
        let genesis = check_genesis(&frame, &entry)?.clone();
        check_not_ahead(entry.time, now)?;
        let mut directory = Self {
            genesis_frame: bytes.to_vec(),
            hashes: alloc::vec![frame_hash(bytes)],
            latest: entry.time,
            root: genesis.root.clone(),
            root_frames: Vec::new(),
            witnesses: Vec::new(),
            policy: genesis.policy.clone(),
            release: None,
            organisations: Map::new(),
            members: Map::new(),
            devices: Map::new(),
            device_keys: Map::new(),
            teams: Map::new(),
            agreements: Vec::new(),
            classes: Vec::new(),
            respondents: Map::new(),
            genesis,
        };
        for frame in rest {
            directory.take(frame.as_ref(), now)?;
        }
        Ok(directory)
    }

    fn take_all<F: AsRef<[u8]>>(
        &mut self,
        frames: &[F],
        now: Option<UnixTime>,
    ) -> Result<Vec<Applied>, Error> {
        let mut next = self.clone();
        let applied = frames.iter().map(|frame| next.take(frame.as_ref(), now));
        let applied = applied.collect::<Result<_, _>>()?;
        *self = next;
        Ok(applied)
    }

    fn take(&mut self, bytes: &[u8], now: Option<UnixTime>) -> Result<Applied, Error> {
        let (frame, entry) = read_entry(bytes)?;
        self.check_place(&entry)?;
        check_not_ahead(entry.time, now)?;
        self.check_op(&entry)?;
        check_exact(&frame, Label::DirectoryEntry, &self.ways(&entry.op)?)?;
        let hash = frame_hash(bytes);
        self.fold(&entry, &frame, bytes);
        self.hashes.push(hash);
        self.latest = self.latest.max(entry.time);
        Ok(Applied { hash, entry })
    }

    fn check_place(&self, entry: &Entry) -> Result<(), Error> {
        if entry.seq != self.length() {
            return Err(Error::WrongPlace {
                expected: self.length(),
                found: entry.seq,
            });
        }
        if entry.prev != self.head().head {
            return Err(Error::WrongParent);
        }
        if self.latest.since(entry.time) > CLOCK_TOLERANCE {
            return Err(Error::TimeBackwards);
        }
        Ok(())
    }

    /// The ways in which this operation may be signed.
    fn ways(&self, op: &Op) -> Result<Vec<Way>, Error> {
        let root = || Quorum::new(&self.root.keys, self.root.threshold);
        Ok(match op {
            Op::Genesis(_) => return Err(Error::GenesisMisplaced),
            Op::RootRotate(new) => alloc::vec![root_rotation(&self.root, new)],
            Op::WitnessSet(_)
            | Op::OrganisationAdd(_)
            | Op::OrganisationDirectors { .. }
            | Op::Release { .. } => alloc::vec![alloc::vec![root()]],
            Op::MemberAdd(member) => {
                alloc::vec![self.granting(&member.organisation, &member.roles)?]
            }
            Op::MemberRoles { member, roles } => {
                let organisation = self.current_member(member)?.organisation;
                alloc::vec![self.granting(&organisation, roles)?]
            }
            Op::TeamDefine(team) => alloc::vec![self.granting(&team.organisation, &[])?],
            Op::MemberRevoke { member } => alloc::vec![self.revoking(member)?],
            Op::ShareCommitments { device, .. } => {
                let member = self.current_device(device)?.member;
                let organisation = self.current_member(&member)?.organisation;
                let by_directors = self.granting(&organisation, &[])?;
                alloc::vec![by_directors, self.own_devices(&member)]
            }
            Op::RegulationAccept { member, .. } => {
                let mut own = self.own_devices(member);
                let paper = |key: &VerifyingKey| {
                    self.device_by_key(key)
                        .is_some_and(|record| record.device.kind == DeviceKind::Paper)
                };
                for quorum in &mut own {
                    quorum.keys.retain(|(key, _)| !paper(key));
                }
                alloc::vec![own]
            }
            Op::Agreement { organisation, .. } => {
                alloc::vec![self.granting(organisation, &[])?]
            }
            Op::Respondents(policy) => alloc::vec![self.granting(&policy.organisation, &[])?],
            Op::Classification(_) => {
                let centre = self.centre().ok_or(Error::CentreMissing)?;
                alloc::vec![self.granting(&centre.id, &[])?]
            }
            Op::DeviceAdd(device) => {
                let organisation = self.current_member(&device.member)?.organisation;
                let by_directors = self.granting(&organisation, &[])?;
                alloc::vec![by_directors, self.own_devices(&device.member)]
            }
            Op::DeviceRevoke { device } => {
                let member = self.current_device(device)?.member;
                alloc::vec![self.revoking(&member)?, self.own_devices(&member)]
            }
            Op::Policy(policy) => {
                let mut ways = alloc::vec![alloc::vec![root()]];
                // Only root raises or lowers the client version (decision 25).
                if policy.minimum_client == self.policy.minimum_client
                    && let Some(centre) = self.centre()
                {
                    ways.push(self.granting(&centre.id, &[])?);
                }
                ways
            }
        })
    }
}

/// Reads an entry without believing it.
pub(crate) fn read_entry(bytes: &[u8]) -> Result<(Frame, Entry), Error> {
    let frame = Frame::parse_as(FrameType::DirectoryEntry, bytes)?;
    let entry = codec::decode(frame.body(), FrameType::DirectoryEntry.max_body_len())?;
    Ok((frame, entry))
}

/// Checks a genesis entry, which vouches for itself.
pub(crate) fn check_genesis<'a>(frame: &Frame, entry: &'a Entry) -> Result<&'a Genesis, Error> {
    let Op::Genesis(genesis) = &entry.op else {
        return Err(Error::GenesisMisplaced);
    };
    if entry.seq != 0 || entry.prev != ZERO_HASH {
        return Err(Error::GenesisMisplaced);
    }
    check::name(&genesis.name)?;
    check::root_keys(&genesis.root)?;
    check::policy(&genesis.policy)?;
    check::refuse_if(
        genesis.root.keys.contains(&genesis.relay_key),
        Error::KeyReused,
    )?;
    let root = Quorum::new(&genesis.root.keys, genesis.root.threshold);
    check_exact(frame, Label::DirectoryEntry, &[alloc::vec![root]])?;
    Ok(genesis)
}

/// Who signs a change of root keys: enough of the old and enough of the new.
pub(crate) fn root_rotation(old: &RootKeys, new: &RootKeys) -> Way {
    alloc::vec![
        Quorum::new(&old.keys, old.threshold),
        Quorum::new(&new.keys, new.threshold),
    ]
}

fn check_not_ahead(time: UnixTime, now: Option<UnixTime>) -> Result<(), Error> {
    match now {
        Some(now) if time.since(now) > CLOCK_TOLERANCE => Err(Error::TimeAhead),
        _ => Ok(()),
    }
}
