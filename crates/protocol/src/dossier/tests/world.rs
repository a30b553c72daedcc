//! A small deployment, desks in it, and a relay that keeps what it is given until a test makes it lie.

use alloc::vec;
use alloc::vec::Vec;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sluis_directory::entry::{
    Device, DeviceKind, Directors, Entry, Genesis, KemKey, Member, Op, Organisation,
    OrganisationKind, Policy, Role, RootKeys, Team,
};
use sluis_directory::log::Directory;
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::SigningKey;
use sluis_domain::event::{Event, Lane, Note};
use sluis_wire::address::{DeviceId, DossierAddress, MemberId, OrganisationId, TeamId};
use sluis_wire::api::ControlLink;
use sluis_wire::time::UnixTime;

use crate::dossier::replica::Acting;
use crate::dossier::{
    Authored, Candidate, ControlOutcome, EventsOutcome, Recipient, RecipientKey, Renewal, Replica,
    Right,
};
use crate::primitives::kem::KemSecret;

pub(super) const NOW: UnixTime = UnixTime(1_795_262_700);
pub(super) const ADDRESS: DossierAddress = DossierAddress([0xd0; 16]);
/// Members 1, 2 and 3.
pub(super) const TEAM: u8 = 1;
/// Member 4.
pub(super) const OTHER_TEAM: u8 = 2;

fn key(kind: u8, n: u8) -> SigningKey {
    let mut seed = [kind; 32];
    seed[0] = n;
    SigningKey::from_seed(seed)
}

pub(super) fn device_id(n: u8) -> DeviceId {
    DeviceId([n; 16])
}

pub(super) fn member_id(n: u8) -> MemberId {
    MemberId([0x40 + n; 16])
}

pub(super) fn team_id(n: u8) -> TeamId {
    TeamId([0x80 + n; 16])
}

pub(super) fn device_kem(n: u8) -> KemSecret {
    KemSecret::from_seed([0x10 + n; 32])
}

pub(super) fn team_kem(n: u8, epoch: u32) -> KemSecret {
    let mut seed = [0x50 + n; 32];
    seed[..4].copy_from_slice(&epoch.to_be_bytes());
    KemSecret::from_seed(seed)
}

pub(super) fn sign_key(n: u8) -> SigningKey {
    key(2, n)
}

pub(super) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A team as recipient, with the content key of that epoch.
pub(super) fn team(n: u8, epoch: u32, right: Right) -> RecipientKey {
    let recipient = Recipient::Team {
        team: team_id(n),
        epoch,
    };
    RecipientKey {
        recipient,
        right,
        kem: team_kem(n, epoch).public(),
    }
}

pub(super) fn single(n: u8, right: Right) -> RecipientKey {
    RecipientKey {
        recipient: Recipient::Device(device_id(n)),
        right,
        kem: device_kem(n).public(),
    }
}

/// The directory as it grows.
pub(super) struct World {
    pub(super) directory: Directory,
    /// Its entries.
    pub(super) frames: Vec<Vec<u8>>,
}

impl World {
    pub(super) fn new() -> Self {
        let (root, director) = (key(1, 0), key(3, 0));
        let genesis = Genesis {
            nonce: [7; 16],
            name: "Proefketen".into(),
            demonstration: true,
            root: RootKeys {
                keys: vec![root.verifying_key()],
                threshold: 1,
            },
            relay_key: key(4, 0).verifying_key(),
            policy: Policy::default(),
        };
        let first = sign_entry(&Entry::genesis(genesis, NOW), &[&root]).unwrap();
        let mut world = Self {
            directory: Directory::replay(&[&first]).unwrap(),
            frames: vec![first],
        };
        let organisation = Organisation {
            id: OrganisationId([1; 16]),
            name: "Centrum".into(),
            kind: OrganisationKind::Centre,
            directors: Directors {
                keys: vec![director.verifying_key()],
                add_threshold: 1,
                revoke_threshold: 1,
            },
        };
        world.apply(Op::OrganisationAdd(organisation), &root);
        for n in 1..=5 {
            let member = Member {
                id: member_id(n),
                organisation: OrganisationId([1; 16]),
                roles: vec![Role::CaseManager],
                sealed_name: vec![n; 40],
            };
            world.op(Op::MemberAdd(member));
            world.add_device(n, n);
        }
        world.define(TEAM, &[1, 2, 3]);
        world.define(OTHER_TEAM, &[4]);
        world
    }

    fn apply(&mut self, op: Op, by: &SigningKey) {
        let entry = self.directory.next_entry(op, NOW);
        let frame = sign_entry(&entry, &[by]).unwrap();
        self.directory.apply(&frame).unwrap();
        self.frames.push(frame);
    }

    /// By the director.
    pub(super) fn op(&mut self, op: Op) {
        self.apply(op, &key(3, 0));
    }

    pub(super) fn add_device(&mut self, n: u8, member: u8) {
        let kem = KemKey(device_kem(n).public().as_bytes().to_vec());
        let device = Device::new(
            device_id(n),
            member_id(member),
            DeviceKind::Browser,
            kem,
            &sign_key(n),
        );
        self.op(Op::DeviceAdd(device));
    }

    pub(super) fn define(&mut self, n: u8, members: &[u8]) {
        let members = members.iter().copied().map(member_id).collect();
        self.op(Op::TeamDefine(Team {
            id: team_id(n),
            organisation: OrganisationId([1; 16]),
            name: alloc::format!("Lijn {n}"),
            line: true,
            members,
        }));
    }

    pub(super) fn revoke(&mut self, device: u8) {
        self.op(Op::DeviceRevoke {
            device: device_id(device),
        });
    }

    /// Device 1 makes a dossier for its team.
    pub(super) fn create(&self, address: DossierAddress, seed: u64) -> (Desk, Relay) {
        self.create_for(address, &[team(TEAM, 0, Right::Steward)], seed)
    }

    pub(super) fn create_for(
        &self,
        address: DossierAddress,
        recipients: &[RecipientKey],
        seed: u64,
    ) -> (Desk, Relay) {
        let mut rng = rng(seed);
        let signer = sign_key(1);
        let acting = acting(&self.directory, 1, &signer);
        let (replica, first) = Replica::create(address, &acting, recipients, &mut rng).unwrap();
        let relay = Relay {
            links: vec![link(first)],
            events: Vec::new(),
        };
        (
            Desk {
                n: 1,
                replica,
                rng,
                epochs: 1,
            },
            relay,
        )
    }

    /// Another device takes over what the relay has.
    pub(super) fn adopt(&self, n: u8, relay: &Relay) -> Desk {
        let mut desk = self.try_adopt(n, relay).unwrap();
        desk.fetch(relay, &self.directory);
        desk
    }

    pub(super) fn try_adopt(
        &self,
        n: u8,
        relay: &Relay,
    ) -> Result<Desk, crate::dossier::AdoptError> {
        let keys = KeyRing::new(n, 3);
        let replica = Replica::adopt(
            ADDRESS,
            device_id(n),
            &relay.links,
            &keys.candidates(),
            &self.directory,
        )?;
        Ok(Desk {
            n,
            replica,
            rng: rng(1_000 + u64::from(n)),
            epochs: 3,
        })
    }
}

pub(super) fn acting<'a>(directory: &'a Directory, n: u8, signer: &'a SigningKey) -> Acting<'a> {
    Acting {
        device: device_id(n),
        signer,
        directory,
        now: NOW,
    }
}

pub(super) fn link(renewal: Renewal) -> ControlLink {
    ControlLink {
        control: renewal.control,
        wraps: renewal.wraps,
    }
}

/// The keys that a device can open with: its own and those of its team, newest first.
pub(super) struct KeyRing(Vec<(Recipient, KemSecret)>);

impl KeyRing {
    /// With the content keys of the first `epochs` epochs.
    pub(super) fn new(n: u8, epochs: u32) -> Self {
        let own_team = match n {
            1..=3 => Some(TEAM),
            4 => Some(OTHER_TEAM),
            _ => None,
        };
        let mut keys = Vec::new();
        if let Some(team) = own_team {
            for epoch in (0..epochs).rev() {
                let recipient = Recipient::Team {
                    team: team_id(team),
                    epoch,
                };
                keys.push((recipient, team_kem(team, epoch)));
            }
        }
        keys.push((Recipient::Device(device_id(n)), device_kem(n)));
        Self(keys)
    }

    pub(super) fn candidates(&self) -> Vec<Candidate<'_>> {
        let keys = self.0.iter();
        keys.map(|(recipient, secret)| Candidate {
            recipient: *recipient,
            secret,
        })
        .collect()
    }
}

/// One device with its copy of the dossier.
pub(super) struct Desk {
    pub(super) n: u8,
    pub(super) replica: Replica,
    pub(super) rng: ChaCha20Rng,
    /// How many content keys of its team it has.
    pub(super) epochs: u32,
}

impl Desk {
    pub(super) fn note(&mut self, text: &str, directory: &Directory) -> Authored {
        let note = Event::NoteAdded(Note {
            lane: Lane::Team,
            text: text.into(),
        });
        let signer = sign_key(self.n);
        let acting = acting(directory, self.n, &signer);
        self.replica.author(&note, &acting, &mut self.rng).unwrap()
    }

    /// Writes a note and sends it.
    pub(super) fn send(
        &mut self,
        text: &str,
        relay: &mut Relay,
        directory: &Directory,
    ) -> Authored {
        let authored = self.note(text, directory);
        relay.events.push(authored.frame.clone());
        self.replica.acknowledge(&[authored.id]);
        authored
    }

    /// Reads what is new, as an honest client does.
    pub(super) fn fetch(&mut self, relay: &Relay, directory: &Directory) -> EventsOutcome {
        let control = self.fetch_control(self.replica.control_length(), relay, directory);
        assert!(control.alarms.is_empty(), "{:?}", control.alarms);
        self.fetch_events(self.replica.position(), relay, directory)
    }

    pub(super) fn fetch_control(
        &mut self,
        from: u64,
        relay: &Relay,
        directory: &Directory,
    ) -> ControlOutcome {
        let keys = KeyRing::new(self.n, self.epochs);
        let links = relay.links.get(usize::try_from(from).unwrap()..);
        self.replica.absorb_control(
            from,
            links.unwrap_or_default(),
            relay.links.len() as u64,
            &keys.candidates(),
            directory,
        )
    }

    pub(super) fn fetch_events(
        &mut self,
        from: u64,
        relay: &Relay,
        directory: &Directory,
    ) -> EventsOutcome {
        let frames = relay.events.get(usize::try_from(from).unwrap()..);
        self.replica.absorb_events(
            from,
            frames.unwrap_or_default(),
            relay.events.len() as u64,
            directory,
        )
    }

    /// Renews the keys and sends the link.
    pub(super) fn rotate(
        &mut self,
        recipients: &[RecipientKey],
        relay: &mut Relay,
        directory: &Directory,
    ) {
        let signer = sign_key(self.n);
        let acting = acting(directory, self.n, &signer);
        let renewal = self.replica.rotate(&acting, recipients, &mut self.rng);
        relay.links.push(link(renewal.unwrap()));
        self.epochs = 3;
        let outcome = self.fetch_control(self.replica.control_length(), relay, directory);
        assert_eq!(
            (outcome.added, outcome.alarms.len()),
            (1, 0),
            "{:?}",
            outcome.alarms
        );
    }

    pub(super) fn notes(&self) -> Vec<alloc::string::String> {
        let notes = self.replica.state().notes().iter();
        notes.map(|(_, note)| note.text.clone()).collect()
    }
}

/// What the relay keeps for one dossier.
#[derive(Clone)]
pub(super) struct Relay {
    pub(super) links: Vec<ControlLink>,
    pub(super) events: Vec<Vec<u8>>,
}
