//! Three people with one dossier: Anna is its steward, Bram and Carl write in it. All real: a directory, keys, replicas.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sluis_directory::entry::{
    Device, DeviceKind, Directors, Entry, Genesis, KemKey, Member, Op, Organisation,
    OrganisationKind, Policy, Role, RootKeys,
};
use sluis_directory::log::Directory;
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::SigningKey;
use sluis_protocol::dossier::{
    Acting, Candidate, Recipient, RecipientKey, Renewal, Replica, Right,
};
use sluis_protocol::primitives::kem::KemSecret;
use sluis_wire::address::{DeviceId, DossierAddress, MemberId, OrganisationId};
use sluis_wire::api::ControlLink;
use sluis_wire::time::UnixTime;

pub(crate) const ANNA: usize = 0;
pub(crate) const BRAM: usize = 1;
pub(crate) const CARL: usize = 2;
pub(crate) const EVERYONE: [usize; 3] = [ANNA, BRAM, CARL];

const NOW: UnixTime = UnixTime(1_795_262_700);
const DOSSIER: DossierAddress = DossierAddress([0xd0; 16]);

/// What each of them may do.
pub(crate) type Rights = [Option<Right>; 3];

/// The people with their keys, the directory that they are in, and their first copies of the dossier.
pub(crate) struct People {
    directory: Directory,
    signing: [SigningKey; 3],
    opening: [KemSecret; 3],
    /// The first link of the dossier.
    pub(crate) first: ControlLink,
    /// Who may do what by it.
    pub(crate) rights: Rights,
    /// Everyone's copy, as bytes, from which [`Replica::from_bytes`] makes it anew.
    pub(crate) copies: [Vec<u8>; 3],
}

fn key(kind: u8, of: u8) -> SigningKey {
    SigningKey::from_seed([kind * 16 + of; 32])
}

fn number(of: usize) -> u8 {
    u8::try_from(of).unwrap()
}

fn device(of: usize) -> DeviceId {
    DeviceId([number(of); 16])
}

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

impl People {
    pub(crate) fn new() -> Self {
        let rights = [Right::Steward, Right::Writer, Right::Writer].map(Some);
        let signing = EVERYONE.map(|of| key(4, number(of)));
        let opening = EVERYONE.map(|of| KemSecret::from_seed([0x60 + number(of); 32]));
        let mut people = Self {
            directory: directory(&signing, &opening),
            signing,
            opening,
            first: ControlLink {
                control: Vec::new(),
                wraps: Vec::new(),
            },
            rights,
            copies: [const { Vec::new() }; 3],
        };
        let recipients = people.recipients(rights);
        let (anna, first) =
            Replica::create(DOSSIER, &people.acting(ANNA), &recipients, &mut rng(1)).unwrap();
        people.first = link(first);
        people.copies = EVERYONE.map(|of| match of {
            ANNA => anna.to_bytes().to_vec(),
            _ => people.adopt(of).to_bytes().to_vec(),
        });
        people
    }

    fn adopt(&self, of: usize) -> Replica {
        Replica::adopt(
            DOSSIER,
            device(of),
            std::slice::from_ref(&self.first),
            &self.candidates(of),
            &self.directory,
        )
        .unwrap()
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    pub(crate) fn acting(&self, of: usize) -> Acting<'_> {
        Acting {
            device: device(of),
            signer: &self.signing[of],
            directory: &self.directory,
            now: NOW,
        }
    }

    pub(crate) fn candidates(&self, of: usize) -> Vec<Candidate<'_>> {
        vec![Candidate {
            recipient: Recipient::Device(device(of)),
            secret: &self.opening[of],
        }]
    }

    /// Everyone who may do something, with their keys.
    pub(crate) fn recipients(&self, rights: Rights) -> Vec<RecipientKey> {
        let entitled = EVERYONE.into_iter().filter_map(|of| {
            Some(RecipientKey {
                recipient: Recipient::Device(device(of)),
                right: rights[of]?,
                kem: self.opening[of].public(),
            })
        });
        entitled.collect()
    }
}

pub(crate) fn link(renewal: Renewal) -> ControlLink {
    ControlLink {
        control: renewal.control,
        wraps: renewal.wraps,
    }
}

fn directory(signing: &[SigningKey; 3], opening: &[KemSecret; 3]) -> Directory {
    let (root, director) = (key(1, 0), key(2, 0));
    let genesis = Genesis {
        nonce: [7; 16],
        name: "Proefketen".into(),
        demonstration: true,
        root: RootKeys {
            keys: vec![root.verifying_key()],
            threshold: 1,
        },
        relay_key: key(3, 0).verifying_key(),
        policy: Policy::default(),
    };
    let first = sign_entry(&Entry::genesis(genesis, NOW), &[&root]).unwrap();
    let mut directory = Directory::replay(&[first]).unwrap();
    let mut say = |op, by: &SigningKey| {
        let entry = directory.next_entry(op, NOW);
        directory
            .apply(&sign_entry(&entry, &[by]).unwrap())
            .unwrap();
    };
    let centre = Organisation {
        id: OrganisationId([1; 16]),
        name: "Centrum".into(),
        kind: OrganisationKind::Centre,
        directors: Directors {
            keys: vec![director.verifying_key()],
            add_threshold: 1,
            revoke_threshold: 1,
        },
    };
    say(Op::OrganisationAdd(centre), &root);
    for of in EVERYONE {
        let member = MemberId([0x40 + number(of); 16]);
        say(
            Op::MemberAdd(Member {
                id: member,
                organisation: OrganisationId([1; 16]),
                roles: vec![Role::CaseManager],
                sealed_name: vec![number(of); 40],
            }),
            &director,
        );
        let kem = KemKey(opening[of].public().as_bytes().to_vec());
        let browser = Device::new(device(of), member, DeviceKind::Browser, kem, &signing[of]);
        say(Op::DeviceAdd(browser), &director);
    }
    directory
}
