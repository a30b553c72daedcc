//! How long a dossier of 1,000 events takes to open: from the relay, every signature checked, and from the vault.
//!
//! `cargo run --profile native -p sluis-protocol --example dossier_open`
#![expect(clippy::unwrap_used, reason = "an example stops at the first fault")]
#![expect(clippy::print_stdout, reason = "prints the figures")]
#![expect(clippy::disallowed_methods, reason = "measures time")]

use std::time::Instant;

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
use sluis_protocol::dossier::{
    Acting, Candidate, Recipient, RecipientKey, Replica, Right, address_random,
};
use sluis_protocol::primitives::kem::KemSecret;
use sluis_wire::address::{DeviceId, MemberId, OrganisationId, TeamId};
use sluis_wire::api::ControlLink;
use sluis_wire::time::UnixTime;

const EVENTS: usize = 1_000;
const NOW: UnixTime = UnixTime(1_795_262_700);
const DEVICE: DeviceId = DeviceId([1; 16]);

fn directory(signer: &SigningKey, kem: &KemSecret) -> Directory {
    let root = SigningKey::from_seed([1; 32]);
    let director = SigningKey::from_seed([4; 32]);
    let genesis = Genesis {
        nonce: [7; 16],
        name: "Example".into(),
        demonstration: true,
        root: RootKeys {
            keys: vec![root.verifying_key()],
            threshold: 1,
        },
        relay_key: SigningKey::from_seed([3; 32]).verifying_key(),
        policy: Policy::default(),
    };
    let first = sign_entry(&Entry::genesis(genesis, NOW), &[&root]).unwrap();
    let mut directory = Directory::replay(&[first]).unwrap();
    let (organisation, member) = (OrganisationId([1; 16]), MemberId([1; 16]));
    let kem = KemKey(kem.public().as_bytes().to_vec());
    let ops = [
        Op::OrganisationAdd(Organisation {
            id: organisation,
            name: "Centre".into(),
            kind: OrganisationKind::Centre,
            directors: Directors {
                keys: vec![director.verifying_key()],
                add_threshold: 1,
                revoke_threshold: 1,
            },
        }),
        Op::MemberAdd(Member {
            id: member,
            organisation,
            roles: vec![Role::CaseManager],
            sealed_name: vec![0; 40],
        }),
        Op::DeviceAdd(Device::new(
            DEVICE,
            member,
            DeviceKind::Browser,
            kem,
            signer,
        )),
        Op::TeamDefine(Team {
            id: TeamId([2; 16]),
            organisation,
            name: "Line".into(),
            line: true,
            members: vec![member],
        }),
    ];
    for op in ops {
        let by = if matches!(op, Op::OrganisationAdd(_)) {
            &root
        } else {
            &director
        };
        let frame = sign_entry(&directory.next_entry(op, NOW), &[by]).unwrap();
        directory.apply(&frame).unwrap();
    }
    directory
}

fn main() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (signer, kem) = (
        SigningKey::from_seed([2; 32]),
        KemSecret::generate(&mut rng),
    );
    let team = KemSecret::generate(&mut rng);
    let directory = directory(&signer, &kem);
    let acting = Acting {
        device: DEVICE,
        signer: &signer,
        directory: &directory,
        now: NOW,
    };
    let recipient = Recipient::Team {
        team: TeamId([2; 16]),
        epoch: 0,
    };
    let to = RecipientKey {
        recipient,
        right: Right::Steward,
        kem: team.public(),
    };
    let address = address_random(&mut rng);
    let (mut mine, first) = Replica::create(address, &acting, &[to], &mut rng).unwrap();

    let start = Instant::now();
    let frames: Vec<_> = (0..EVENTS)
        .map(|number| {
            let note = Event::NoteAdded(Note {
                lane: Lane::Team,
                text: format!("note {number}"),
            });
            mine.author(&note, &acting, &mut rng).unwrap().frame
        })
        .collect();
    println!("writing {EVENTS} events: {:?}", start.elapsed());

    let start = Instant::now();
    let links = [ControlLink {
        control: first.control,
        wraps: first.wraps,
    }];
    let candidates = [Candidate {
        recipient,
        secret: &team,
    }];
    let mut other = Replica::adopt(address, DEVICE, &links, &candidates, &directory).unwrap();
    println!("adopting it: {:?}", start.elapsed());

    let start = Instant::now();
    let outcome = other.absorb_events(0, &frames, frames.len() as u64, &directory);
    assert_eq!(
        (outcome.new.len(), other.state().notes().len()),
        (EVENTS, EVENTS)
    );
    println!(
        "opening {EVENTS} events from the relay: {:?}",
        start.elapsed()
    );

    let bytes = other.to_bytes();
    let start = Instant::now();
    let again = Replica::from_bytes(&bytes).unwrap();
    assert_eq!(again.state(), other.state());
    println!(
        "opening {EVENTS} events from the vault ({} KiB): {:?}",
        bytes.len() / 1024,
        start.elapsed()
    );
}
