//! The demonstration: whole, calm, and playable by a browser that has nothing but the keys in `site.json`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "tests"
)]

use std::path::Path;
use std::rc::Rc;

use sluis_directory::signature::SigningKey;
use sluis_domain::vocabulary::Status;
use sluis_e2e::demo::make;
use sluis_e2e::harness::{Desk, Reporter, START, Shelf, Transport, World};
use sluis_protocol::primitives::kem::KemSecret;
use sluis_protocol::staff::DeviceSecrets;
use sluis_wire::address::{DeviceId, GenesisHash, MemberId};
use sluis_wire::time::DAY;

fn bytes<const N: usize>(json: &serde_json::Value) -> [u8; N] {
    let hex = json.as_str().expect("text");
    let digits = (0..hex.len()).step_by(2);
    let bytes: Vec<u8> = digits
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect();
    bytes.try_into().unwrap()
}

fn play(data: &Path, world: &Rc<World>, number: usize, seed: u64) -> Desk {
    let text = std::fs::read_to_string(data.join("site.json")).unwrap();
    let site: serde_json::Value = serde_json::from_str(&text).unwrap();
    let person = &site["demonstration"][number];
    let device = DeviceSecrets {
        id: DeviceId(bytes(&person["device"])),
        member: MemberId(bytes(&person["member"])),
        sign: SigningKey::from_seed(bytes(&person["sign"])),
        kem: KemSecret::from_seed(bytes(&person["kem"])),
    };
    let genesis = GenesisHash(bytes(&site["genesis"]));
    let clock = world.clock.clone();
    let mut desk = Desk::enter(device, genesis, world.clone(), clock, Shelf::plain(), seed);
    desk.pump();
    desk
}

#[test]
fn a_new_browser_plays_its_person_and_gets_what_is_written_to_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let made = make(&data, START);
    assert!(made.dossiers >= 40, "{made:?}");

    let world = World::at(&data, START.plus(10 * DAY));
    let transport: Rc<dyn Transport> = world.clone();
    let sanne = play(&data, &world, 2, 71);
    sanne.assert_calm();
    let dossiers: Vec<_> = sanne
        .engine
        .dossiers()
        .map(|(_, work)| work.state())
        .collect();
    assert!(dossiers.len() >= 20, "{}", dossiers.len());
    for status in [
        Status::New,
        Status::InProgress,
        Status::WaitingForReporter,
        Status::Referred,
        Status::Stopped,
        Status::Closed,
    ] {
        assert!(
            dossiers.iter().any(|dossier| dossier.status() == status),
            "{status:?}"
        );
    }
    assert!(
        dossiers
            .iter()
            .any(|dossier| dossier.waiting_since().is_some())
    );

    // Nobody of this line has opened a browser yet; the message waits and is found.
    let genesis = sanne.engine.genesis();
    let mut reporter = Reporter::new(genesis, transport, world.clock.clone(), 5);
    reporter.write("Zaalsport", "een nieuw bericht");
    let mut noor = play(&data, &world, 5, 72);
    noor.assert_calm();
    let address = *noor
        .engine
        .dossiers()
        .find(|(_, work)| {
            work.state()
                .messages()
                .any(|(_, one)| one.text() == "een nieuw bericht")
        })
        .expect("the new message in a dossier")
        .0;
    noor.look_at(address);
    noor.reply(address, "dank je");
    noor.sync();
    noor.assert_calm();
    let said = reporter.look().unwrap();
    assert_eq!(said.alarms, []);
    assert!(said.utterances.iter().any(|one| one.text == "dank je"));

    // Coming back in the same browser, and in another one later.
    noor.crash();
    noor.sync();
    reporter.write("Zaalsport", "nog iets");
    let mut again = play(&data, &world, 5, 73);
    again.assert_calm();
    assert_eq!(again.conversation(&address).len(), 3);
    again.reply(address, "gezien");
    again.sync();
    again.assert_calm();
    assert_eq!(reporter.look().unwrap().alarms, []);
}
