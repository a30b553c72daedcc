//! Founding a deployment: the first entries of the directory, made in one browser (docs/protocol.md 4.1).

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::entry::{
    DeviceKind, Directors, Entry, Genesis, Member, Op, Organisation, OrganisationKind, Policy,
    Role as StaffRole, RootKeys, Team, WitnessSet,
};
use sluis_directory::log::Directory;
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_wire::address::{MemberId, OrganisationId, TeamId};
use sluis_wire::time::{DAY, UnixTime};

use crate::primitives::secret::SecretKey;
use crate::sheet::Sheet;
use crate::staff::{DeviceSecrets, Names, seal_name};

/// Days that the first set of witnesses holds.
const WITNESS_DAYS: u64 = 180;

/// What people compare by voice to know that they mean one deployment: twenty-five digits in five groups, of the first bytes of a
/// hash.
#[must_use]
pub fn control_code(hash: &[u8; 32]) -> String {
    let groups: Vec<String> = hash
        .chunks(4)
        .take(5)
        .map(|bytes| {
            let number = bytes
                .iter()
                .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
            alloc::format!("{:05}", number % 100_000)
        })
        .collect();
    groups.join(" ")
}

/// What is to be founded. The first organisation is the centre; its first person founds, directs and witnesses.
pub struct Plan {
    /// Name of the deployment.
    pub name: String,
    /// Whether it is a demonstration.
    pub demonstration: bool,
    /// The relay's own key.
    pub relay_key: VerifyingKey,
    /// First settings.
    pub policy: Policy,
    /// Organisations, the centre first.
    pub organisations: Vec<OrganisationPlan>,
}

/// One organisation to be founded. Its first person directs it.
pub struct OrganisationPlan {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Name of its line: the team of all its people.
    pub line: String,
    /// Its people.
    pub people: Vec<PersonPlan>,
}

/// One person to begin with.
pub struct PersonPlan {
    /// Their name.
    pub name: String,
    /// Their roles.
    pub roles: Vec<StaffRole>,
}

/// What founding gives.
pub struct Founded {
    /// The first entries, to be sent with the set-up code.
    pub entries: Vec<Vec<u8>>,
    /// A device for each person, in the order of the plan.
    pub devices: Vec<DeviceSecrets>,
    /// Opens the names of staff; goes into the first staff capability.
    pub names: SecretKey<Names>,
    /// The recovery sheet of the founder.
    pub sheet: Sheet,
}

/// Makes the first entries. The founder's sheet holds the root key; their device is the first witness (decision 6).
///
/// # Errors
/// What the directory's own rules refuse about the plan (an empty or overlong name, for instance).
pub fn found(
    plan: &Plan,
    now: UnixTime,
    rng: &mut impl CryptoRng,
) -> Result<Founded, sluis_directory::Error> {
    let sheet = Sheet::generate(rng);
    let root = sheet.root();
    let names = SecretKey::generate(rng);
    let genesis = Genesis {
        nonce: random(rng),
        name: plan.name.clone(),
        demonstration: plan.demonstration,
        root: RootKeys {
            keys: [root.verifying_key()].to_vec(),
            threshold: 1,
        },
        relay_key: plan.relay_key,
        policy: plan.policy.clone(),
    };
    let mut log = Log::begin(sign_entry(&Entry::genesis(genesis, now), &[&root])?, now)?;
    let mut devices = Vec::new();
    for (place, organisation) in plan.organisations.iter().enumerate() {
        let people: Vec<DeviceSecrets> = organisation
            .people
            .iter()
            .map(|_| DeviceSecrets::generate(MemberId(random(rng)), rng))
            .collect();
        let paper_director = (place == 0).then(|| sheet.director());
        let director = people.first().ok_or(sluis_directory::Error::Bounds(
            sluis_directory::error::Field::Members,
        ))?;
        let id = OrganisationId(random(rng));
        let keys = [
            Some(director.sign.verifying_key()),
            paper_director.map(|key| key.verifying_key()),
        ];
        log.append(
            Op::OrganisationAdd(Organisation {
                id,
                name: organisation.name.clone(),
                kind: organisation.kind,
                directors: Directors {
                    keys: keys.into_iter().flatten().collect(),
                    add_threshold: 1,
                    revoke_threshold: 1,
                },
            }),
            &root,
        )?;
        for (device, person) in people.iter().zip(&organisation.people) {
            let sealed_name = seal_name(&names, &device.member, &person.name, rng);
            let member = Member {
                id: device.member,
                organisation: id,
                roles: person.roles.clone(),
                sealed_name,
            };
            log.append(Op::MemberAdd(member), &director.sign)?;
            log.append(
                Op::DeviceAdd(device.public(DeviceKind::Browser)),
                &director.sign,
            )?;
        }
        if place == 0 {
            let paper = sheet.device(director.member);
            log.append(
                Op::DeviceAdd(paper.public(DeviceKind::Paper)),
                &director.sign,
            )?;
        }
        let members = people.iter().map(|device| device.member).collect();
        let team = Team {
            id: TeamId(random(rng)),
            organisation: id,
            name: organisation.line.clone(),
            line: true,
            members,
        };
        log.append(Op::TeamDefine(team), &director.sign)?;
        devices.extend(people);
    }
    let witness = devices
        .first()
        .map(|device| device.sign.verifying_key())
        .into_iter()
        .collect();
    log.append(
        Op::WitnessSet(WitnessSet {
            keys: witness,
            threshold: 1,
            not_after: now.plus(WITNESS_DAYS * DAY),
        }),
        &root,
    )?;
    Ok(Founded {
        entries: log.entries,
        devices,
        names,
        sheet,
    })
}

/// The log while it grows.
struct Log {
    directory: Directory,
    entries: Vec<Vec<u8>>,
    time: UnixTime,
}

impl Log {
    fn begin(genesis: Vec<u8>, time: UnixTime) -> Result<Self, sluis_directory::Error> {
        Ok(Self {
            directory: Directory::found(&[&genesis], time)?,
            entries: [genesis].to_vec(),
            time,
        })
    }

    fn append(&mut self, op: Op, key: &SigningKey) -> Result<(), sluis_directory::Error> {
        let frame = sign_entry(&self.directory.next_entry(op, self.time), &[key])?;
        self.directory.apply(&frame)?;
        self.entries.push(frame);
        Ok(())
    }
}

fn random(rng: &mut impl CryptoRng) -> [u8; 16] {
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    id
}
