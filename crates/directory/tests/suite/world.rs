//! A small deployment to test with: everything in it follows from numbers, nothing is random.

use sluis_directory::entry::{
    Device, DeviceKind, Directors, Entry, Genesis, KemKey, Member, Op, Organisation,
    OrganisationKind, Policy, Role, RootKeys, Team, WitnessSet,
};
use sluis_directory::maker::{sign_entry, sign_statement};
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_directory::statement::{
    Author, MonthKey, StaffCapability, Statement, TeamContent, TeamIntake,
};
use sluis_directory::{Directory, Error, frame_hash};
use sluis_wire::address::{CapabilityKey, DeviceId, FrameHash, MemberId, OrganisationId, TeamId};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::pow::Challenge;
use sluis_wire::time::{DAY, UnixTime, Week};

/// Monday 16 November 2026, 00:00 UTC.
pub(crate) const MONDAY: u64 = 1_794_787_200;
pub(crate) const START: UnixTime = UnixTime(MONDAY + 3 * DAY);
pub(crate) const NOW: UnixTime = UnixTime(START.0 + 3_600);
/// The centre's number; federations have 2 and 3.
pub(crate) const CENTRE: u8 = 1;
pub(crate) const FEDERATION: u8 = 2;
/// The number of the newcomer who is not in the log.
pub(crate) const NEWCOMER: u8 = 99;

pub(crate) fn key(kind: u8, n: u8) -> SigningKey {
    let mut seed = [kind; 32];
    seed[0] = n;
    SigningKey::from_seed(seed)
}

pub(crate) fn root(n: u8) -> SigningKey {
    key(1, n)
}

pub(crate) fn director(organisation: u8, n: u8) -> SigningKey {
    key(10 + organisation, n)
}

/// The centre's first director.
pub(crate) fn centre() -> SigningKey {
    director(CENTRE, 0)
}

/// The federation's director.
pub(crate) fn bond() -> SigningKey {
    director(FEDERATION, 0)
}

/// Signed by enough of root.
pub(crate) fn by_root(world: &mut World, op: Op) -> Result<(), Error> {
    world.try_op(op, &[&root(0), &root(1)])
}

pub(crate) fn device_key(n: u8) -> SigningKey {
    key(2, n)
}

pub(crate) fn relay_key() -> SigningKey {
    key(3, 0)
}

pub(crate) fn stranger() -> SigningKey {
    key(4, 0)
}

pub(crate) fn verifying(keys: &[SigningKey]) -> Vec<VerifyingKey> {
    keys.iter().map(SigningKey::verifying_key).collect()
}

pub(crate) fn organisation_id(n: u8) -> OrganisationId {
    OrganisationId([n; 16])
}

pub(crate) fn member_id(n: u8) -> MemberId {
    MemberId([n; 16])
}

pub(crate) fn device_id(n: u8) -> DeviceId {
    DeviceId([n; 16])
}

pub(crate) fn team_id(n: u8) -> TeamId {
    TeamId([0x80 | n; 16])
}

pub(crate) fn kem(kind: u8, n: u8) -> KemKey {
    let mut bytes = vec![kind; KemKey::LENGTH];
    bytes[0] = n;
    KemKey(bytes)
}

pub(crate) fn root_keys(count: u8, threshold: u8) -> RootKeys {
    let keys: Vec<_> = (0..count).map(root).collect();
    RootKeys {
        keys: verifying(&keys),
        threshold,
    }
}

pub(crate) fn genesis() -> Genesis {
    Genesis {
        nonce: [7; 16],
        name: "Proefketen".into(),
        demonstration: true,
        root: root_keys(3, 2),
        relay_key: relay_key().verifying_key(),
        policy: Policy::default(),
    }
}

pub(crate) fn directors(organisation: u8, count: u8) -> Directors {
    let keys: Vec<_> = (0..count).map(|n| director(organisation, n)).collect();
    Directors {
        keys: verifying(&keys),
        add_threshold: 1,
        revoke_threshold: 1,
    }
}

pub(crate) fn organisation(n: u8, count: u8) -> Organisation {
    let kind = if n == CENTRE {
        OrganisationKind::Centre
    } else {
        OrganisationKind::Federation
    };
    Organisation {
        id: organisation_id(n),
        name: format!("Bond {n}"),
        kind,
        directors: directors(n, count),
    }
}

pub(crate) fn member(n: u8, organisation: u8) -> Member {
    Member {
        id: member_id(n),
        organisation: organisation_id(organisation),
        roles: vec![Role::CaseManager],
        sealed_name: vec![n; 40],
    }
}

pub(crate) fn device(n: u8, member: u8, kind: DeviceKind) -> Device {
    Device::new(
        device_id(n),
        member_id(member),
        kind,
        kem(5, n),
        &device_key(n),
    )
}

pub(crate) fn browser(n: u8, member: u8) -> Device {
    device(n, member, DeviceKind::Browser)
}

pub(crate) fn team(n: u8, organisation: u8, members: &[u8]) -> Team {
    Team {
        id: team_id(n),
        organisation: organisation_id(organisation),
        name: format!("Lijn {n}"),
        line: true,
        members: members.iter().copied().map(member_id).collect(),
    }
}

pub(crate) fn witness_set(devices: &[u8], threshold: u8) -> WitnessSet {
    let keys: Vec<_> = devices.iter().copied().map(device_key).collect();
    WitnessSet {
        keys: verifying(&keys),
        threshold,
        not_after: START.plus(90 * DAY),
    }
}

/// A directory, its frames, and the means to make the next ones.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) directory: Directory,
    pub(crate) frames: Vec<Vec<u8>>,
}

impl World {
    /// Genesis and nothing else.
    pub(crate) fn empty() -> Self {
        Self::from_genesis(genesis(), &[&root(0), &root(1)]).unwrap()
    }

    pub(crate) fn from_genesis(genesis: Genesis, keys: &[&SigningKey]) -> Result<Self, Error> {
        let frames = vec![sign_entry(&Entry::genesis(genesis, START), keys)?];
        Ok(Self {
            directory: Directory::found(&frames, NOW)?,
            frames,
        })
    }

    /// The centre (2 directors; member 1 with devices 1 and paper 11; member 2 with device 2) and federation 2 (1 director;
    /// members 3 and 4 with devices 3 and 4), a line for each (teams 1 and 2), and witnesses 1, 2 and 3, two of whom sign.
    pub(crate) fn new() -> Self {
        let mut world = Self::empty();
        let (centre, bond) = (director(CENTRE, 0), director(FEDERATION, 0));
        let officers = [root(0), root(1)];
        let officers = [&officers[0], &officers[1]];
        world.must(Op::OrganisationAdd(organisation(CENTRE, 2)), &officers);
        world.must(Op::OrganisationAdd(organisation(FEDERATION, 1)), &officers);
        for (n, organisation, by) in [
            (1, CENTRE, &centre),
            (2, CENTRE, &centre),
            (3, FEDERATION, &bond),
            (4, FEDERATION, &bond),
        ] {
            world.must(Op::MemberAdd(member(n, organisation)), &[by]);
            world.must(Op::DeviceAdd(browser(n, n)), &[by]);
        }
        let paper = device(11, 1, DeviceKind::Paper);
        world.must(Op::DeviceAdd(paper), &[&device_key(1)]);
        world.must(Op::TeamDefine(team(1, CENTRE, &[1, 2])), &[&centre]);
        world.must(Op::TeamDefine(team(2, FEDERATION, &[3, 4])), &[&bond]);
        world.must(Op::WitnessSet(witness_set(&[1, 2, 3], 2)), &officers);
        world
    }

    pub(crate) fn entry(&self, op: Op) -> Entry {
        self.directory.next_entry(op, NOW)
    }

    pub(crate) fn frame(&self, op: Op, keys: &[&SigningKey]) -> Vec<u8> {
        sign_entry(&self.entry(op), keys).unwrap()
    }

    /// Signs and applies; a refusal must leave everything as it was.
    pub(crate) fn try_op(&mut self, op: Op, keys: &[&SigningKey]) -> Result<(), Error> {
        let frame = self.frame(op, keys);
        self.try_frame(frame)
    }

    pub(crate) fn try_frame(&mut self, frame: Vec<u8>) -> Result<(), Error> {
        let before = self.directory.clone();
        let result = self.directory.apply_fresh(&frame, NOW);
        match result {
            Ok(applied) => {
                assert_eq!(applied.hash, frame_hash(&frame));
                assert_eq!(self.directory.head().head, applied.hash);
                self.frames.push(frame);
                Ok(())
            }
            Err(error) => {
                assert_eq!(self.directory, before, "a refused entry changed something");
                Err(error)
            }
        }
    }

    pub(crate) fn must(&mut self, op: Op, keys: &[&SigningKey]) {
        self.try_op(op, keys).unwrap();
    }

    /// The refusal of an operation that would have to be refused.
    pub(crate) fn refusal(&mut self, op: Op, keys: &[&SigningKey]) -> Error {
        self.try_op(op, keys).unwrap_err()
    }

    pub(crate) fn author(&self, device: u8) -> Author {
        Author {
            device: device_id(device),
            time: NOW,
            standing: self.directory.head(),
        }
    }

    pub(crate) fn intake(&self, author: u8, team: u8, week: Week, version: u32) -> TeamIntake {
        let length = self.directory.length();
        let reply_keys = self.directory.reply_keys_at(&team_id(team), length);
        TeamIntake {
            author: self.author(author),
            team: team_id(team),
            week,
            version,
            kem: kem(6, u8::try_from(week.0 % 200).unwrap()),
            reply_keys: reply_keys.collect(),
            wraps: frame_hash(&wraps(1)),
        }
    }

    pub(crate) fn content(&self, author: u8, team: u8, epoch: u32) -> TeamContent {
        TeamContent {
            author: self.author(author),
            team: team_id(team),
            epoch,
            kem: kem(7, 0),
            wraps: frame_hash(&wraps(1)),
            link: Vec::new(),
        }
    }

    pub(crate) fn month(&self, author: u8, period: u32) -> MonthKey {
        MonthKey {
            author: self.author(author),
            period,
            not_before: NOW,
            not_after: NOW.plus(45 * DAY),
            kem: kem(8, author),
        }
    }

    pub(crate) fn staff(&self, author: u8, epoch: u32) -> StaffCapability {
        StaffCapability {
            author: self.author(author),
            epoch,
            key: CapabilityKey(*key(9, 0).verifying_key().as_bytes()),
            wraps: frame_hash(&wraps(1)),
        }
    }

    pub(crate) fn verify(&self, statement: &Statement, by: u8) -> Result<Statement, Error> {
        let frame = sign_statement(statement, &device_key(by))?;
        Statement::parse(&frame)?.verify(&self.directory, NOW)
    }

    /// Intake statements of both lines for this week and `ahead` more, verified.
    pub(crate) fn intakes(&self, ahead: u32) -> Vec<Statement> {
        let weeks = (0..=ahead).map(|ahead| Week::of(NOW).plus(ahead));
        let both = weeks.flat_map(|week| [(1, 1, week), (3, 2, week)]);
        both.map(|(author, team, week)| {
            let statement = Statement::TeamIntake(self.intake(author, team, week, 0));
            self.verify(&statement, author).unwrap()
        })
        .collect()
    }
}

/// A wraps frame; only its hash counts here.
pub(crate) fn wraps(n: u8) -> Vec<u8> {
    let body = codec::encode(&vec![vec![n; 8]]);
    Frame::build(FrameType::Wraps, &body).unwrap().to_bytes()
}

/// Takes a frame apart and builds it with other signatures.
pub(crate) fn with_signatures(bytes: &[u8], keep: impl Fn(usize) -> bool, turn: bool) -> Vec<u8> {
    let frame = Frame::parse(bytes).unwrap();
    let mut signatures: Vec<_> = frame.signatures().to_vec();
    if turn {
        signatures.reverse();
    }
    let mut other = Frame::build(frame.kind(), frame.body()).unwrap();
    for (index, signature) in signatures.into_iter().enumerate() {
        if keep(index) {
            other.attach(signature).unwrap();
        }
    }
    other.to_bytes()
}

pub(crate) fn hash(n: u8) -> FrameHash {
    FrameHash([n; 32])
}

pub(crate) fn challenge() -> Challenge {
    Challenge {
        bucket: NOW,
        nonce: [1; 16],
        difficulty: 1,
        mac: [2; 32],
    }
}

/// Every bit of a frame, as (byte, bit); of the long keys in the middle of a long one every eleventh.
pub(crate) fn bits_of(length: usize) -> impl Iterator<Item = (usize, u8)> {
    let all = move |bit: &usize| {
        length < 900 || !(250..length - 250).contains(&(bit / 8)) || bit.is_multiple_of(11)
    };
    (0..length * 8)
        .filter(all)
        .map(|bit| (bit / 8, u8::try_from(bit % 8).unwrap()))
}
