//! How long a client needs to replay the log of a large deployment: 500 people with 1.2 devices each, 20 organisations.
//!
//! `cargo run --profile native -p sluis-directory --example replay`

use std::io::{self, Write as _};
use std::time::Instant;

use sluis_directory::entry::{
    Device, DeviceKind, Directors, Entry, Genesis, KemKey, Member, Op, Organisation,
    OrganisationKind, Policy, Role, RootKeys,
};
use sluis_directory::maker::sign_entry;
use sluis_directory::signature::SigningKey;
use sluis_directory::{Directory, Error};
use sluis_wire::address::{DeviceId, MemberId, OrganisationId};
use sluis_wire::time::UnixTime;

const PEOPLE: u32 = 500;
/// One in so many people has a second device: 1.2 devices each.
const SECOND_DEVICE: u32 = 5;
const ORGANISATIONS: u32 = 20;
const TIME: UnixTime = UnixTime(1_800_000_000);

#[expect(
    clippy::disallowed_methods,
    reason = "measuring time is all that this does"
)]
fn main() -> Result<(), Error> {
    let frames = log()?;
    let bytes: usize = frames.iter().map(Vec::len).sum();
    let start = Instant::now();
    let directory = Directory::replay(&frames)?;
    let whole = start.elapsed();
    let mut copy = directory.clone();
    let next = directory.next_entry(Op::Policy(Policy::default()), TIME);
    let frame = sign_entry(&next, &[&key(0, 0)])?;
    let start = Instant::now();
    copy.apply(&frame)?;
    let one = start.elapsed();
    let (members, devices) = (directory.members().count(), directory.devices().count());
    let written = writeln!(
        io::stdout(),
        "{} entries ({members} members, {devices} devices), {bytes} bytes: replay {:.1} ms, one more entry {:.2} ms",
        frames.len(),
        whole.as_secs_f64() * 1e3,
        one.as_secs_f64() * 1e3,
    );
    written.map_err(|_| Error::TimeBackwards)
}

fn log() -> Result<Vec<Vec<u8>>, Error> {
    let root = key(0, 0);
    let genesis = Genesis {
        nonce: [0; 16],
        name: "Groot".into(),
        demonstration: true,
        root: RootKeys {
            keys: vec![root.verifying_key()],
            threshold: 1,
        },
        relay_key: key(1, 0).verifying_key(),
        policy: Policy::default(),
    };
    let mut frames = vec![sign_entry(&Entry::genesis(genesis, TIME), &[&root])?];
    let mut directory = Directory::replay(&frames)?;
    let mut append = |op, by: &SigningKey| {
        let frame = sign_entry(&directory.next_entry(op, TIME), &[by])?;
        directory.apply(&frame)?;
        frames.push(frame);
        Ok::<_, Error>(())
    };
    for n in 0..ORGANISATIONS {
        append(Op::OrganisationAdd(organisation(n)), &root)?;
    }
    for n in 0..PEOPLE {
        let by = key(2, n % ORGANISATIONS);
        append(Op::MemberAdd(member(n)), &by)?;
        append(Op::DeviceAdd(device(n, n)), &by)?;
        if n % SECOND_DEVICE == 0 {
            append(Op::DeviceAdd(device(PEOPLE + n, n)), &by)?;
        }
    }
    Ok(frames)
}

fn organisation(n: u32) -> Organisation {
    let kind = if n == 0 {
        OrganisationKind::Centre
    } else {
        OrganisationKind::Federation
    };
    Organisation {
        id: OrganisationId(id(n)),
        name: format!("Bond {n}"),
        kind,
        directors: Directors {
            keys: vec![key(2, n).verifying_key()],
            add_threshold: 1,
            revoke_threshold: 1,
        },
    }
}

fn member(n: u32) -> Member {
    Member {
        id: MemberId(id(n)),
        organisation: OrganisationId(id(n % ORGANISATIONS)),
        roles: vec![Role::CaseManager],
        sealed_name: vec![0; 120],
    }
}

fn device(n: u32, member: u32) -> Device {
    let mut kem = vec![0; KemKey::LENGTH];
    kem.splice(..4, n.to_be_bytes());
    Device::new(
        DeviceId(id(n)),
        MemberId(id(member)),
        DeviceKind::Browser,
        KemKey(kem),
        &key(3, n),
    )
}

fn id(n: u32) -> [u8; 16] {
    u128::from(n).to_be_bytes()
}

fn key(kind: u8, n: u32) -> SigningKey {
    let mut seed = [kind; 32];
    seed[..4].copy_from_slice(&n.to_be_bytes());
    SigningKey::from_seed(seed)
}
