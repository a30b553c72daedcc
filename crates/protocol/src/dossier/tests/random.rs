//! Properties over random histories.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::world::{
    ADDRESS, Desk, TEAM, World, acting, device_id, link, rng, sign_key, single, team,
};
use crate::dossier::event::SealedEvent;
use crate::dossier::keys::RecipientKey;
use crate::dossier::{AdoptError, Recipient, Replica, Right};

fn config() -> Config {
    let cases = if super::all() { 2_000 } else { 6 };
    Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    }
}

/// What a desk does next.
#[derive(Clone, Debug)]
enum Act {
    /// Writes and sends.
    Send(usize),
    /// Writes and keeps the frame for later.
    Keep(usize),
    /// Sends what it kept.
    Flush(usize),
    /// Reads what is new.
    Fetch(usize),
    /// Renews the keys, if nobody was faster.
    Rotate(usize),
}

fn act() -> impl Strategy<Value = Act> {
    (0..3_usize, 0..9_u8).prop_map(|(desk, what)| match what {
        0..=3 => Act::Send(desk),
        4 => Act::Keep(desk),
        5 => Act::Flush(desk),
        6 | 7 => Act::Fetch(desk),
        _ => Act::Rotate(desk),
    })
}

fn right() -> impl Strategy<Value = Option<Right>> {
    prop_oneof![
        Just(None),
        Just(Some(Right::Reader)),
        Just(Some(Right::Writer)),
        Just(Some(Right::Steward))
    ]
}

proptest! {
    #![proptest_config(config())]

    /// Three desks, offline at will, a relay that doubles and shuffles: in the end all read the same, and nobody
    /// raises an alarm.
    #[test]
    fn desks_that_have_read_everything_agree(
        acts in proptest::collection::vec(act(), 1..16),
        order in any::<u64>(),
    ) {
        let world = World::new();
        let (one, mut relay) = world.create(ADDRESS, 1);
        let mut desks = alloc::vec![one, world.adopt(2, &relay), world.adopt(3, &relay)];
        let mut kept: Vec<Vec<Vec<u8>>> = alloc::vec![Vec::new(); 3];
        for desk in &mut desks {
            desk.epochs = 3;
        }
        for act in acts {
            match act {
                Act::Send(n) => {
                    desks[n].send("sent", &mut relay, &world.directory);
                }
                Act::Keep(n) => {
                    let authored = desks[n].note("kept", &world.directory);
                    kept[n].push(authored.frame);
                }
                Act::Flush(n) => relay.events.append(&mut kept[n]),
                Act::Fetch(n) => {
                    desks[n].fetch(&relay, &world.directory);
                }
                Act::Rotate(n) => {
                    if desks[n].replica.control_length() == relay.links.len() as u64 {
                        desks[n].rotate(&[team(TEAM, 1, Right::Steward)], &mut relay, &world.directory);
                    }
                }
            }
        }
        for frames in &mut kept {
            relay.events.append(frames);
        }
        let count = relay.events.len();
        relay.events.extend(relay.events.clone());
        if count > 0 {
            let turn = usize::try_from(order % count as u64).unwrap();
            relay.events[count..].rotate_left(turn);
        }
        for desk in &mut desks {
            desk.fetch(&relay, &world.directory);
        }
        let mut shuffled = relay.clone();
        let mut random = order;
        for last in (1..shuffled.events.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.events.swap(last, usize::try_from(random >> 33).unwrap() % (last + 1));
        }
        desks.push(world.adopt(2, &shuffled));
        for desk in &desks {
            prop_assert_eq!(desk.replica.log(), desks[0].replica.log());
            prop_assert_eq!(desk.replica.state(), desks[0].replica.state());
            prop_assert!(desk.replica.alarms().is_empty(), "{:?}", desk.replica.alarms());
            prop_assert_eq!(desk.replica.log().len(), count);
        }
    }

    /// Each recipient opens exactly the epochs that it was granted (and those before); whoever is taken off the list has
    /// no wrap; rights grow only by a steward.
    #[test]
    fn rights_hold_exactly(
        changes in proptest::collection::vec((1..=3_u8, right(), right(), any::<bool>()), 1..5),
    ) {
        let world = World::new();
        let (mut one, mut relay) = world.create(ADDRESS, 2);
        for (by, four, five, keep_keys) in changes {
            let mut recipients: Vec<RecipientKey> = alloc::vec![team(TEAM, 0, Right::Steward)];
            recipients.extend(four.map(|right| single(4, right)));
            recipients.extend(five.map(|right| single(5, right)));
            // Device 1, or 4 or 5 as far as they are let in.
            let n = [1, 4, 5][usize::from(by) - 1];
            let Ok(actor) = world.try_adopt(n, &relay) else { continue };
            let right = actor.replica.right(&world.directory);
            let signer = sign_key(n);
            let by = acting(&world.directory, n, &signer);
            let made = if keep_keys {
                actor.replica.grant(&by, &recipients, &mut rng(3))
            } else {
                actor.replica.rotate(&by, &recipients, &mut rng(3))
            };
            prop_assert!(right > Some(Right::Reader) || made.is_err());
            let Ok(renewal) = made else { continue };
            relay.links.push(link(renewal));
            one.fetch(&relay, &world.directory);
            for (n, right) in [(4_u8, four), (5, five)] {
                match (world.try_adopt(n, &relay), right) {
                    (Ok(desk), Some(right)) => {
                        prop_assert_eq!(desk.replica.right(&world.directory), Some(right));
                        prop_assert_eq!(desk.replica.write_key().is_some(), right >= Right::Writer);
                        prop_assert_eq!(desk.replica.steward_key().is_some(), right == Right::Steward);
                    }
                    (Err(AdoptError::NotForMe), None) => {}
                    (other, right) => prop_assert!(false, "{other:?} with {right:?}"),
                }
            }
        }
        let links = one.replica.chain().links();
        for pair in links.windows(2) {
            let grew = pair[1].body.grants.iter().any(|grant| {
                !pair[0].body.grants.iter().any(|was| was.recipient.is_same(&grant.recipient) && was.right >= grant.right)
            });
            let number = pair[0].envelope.number;
            let right = one.replica.chain().right_of(&pair[1].body.author, number, &world.directory, world.directory.length());
            prop_assert!(!grew || right == Some(Right::Steward));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic_and_never_count(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in any::<u16>()) {
        let world = World::new();
        let (mut one, mut relay) = world.create(ADDRESS, 3);
        let mut two = world.adopt(2, &relay);
        let authored = one.send("sound", &mut relay, &world.directory);
        // Noise after the beginning of a real frame.
        let mut noisy = authored.frame.clone();
        noisy.truncate(usize::from(cut) % authored.frame.len());
        noisy.extend_from_slice(&bytes);
        relay.events = alloc::vec![bytes.clone(), noisy];
        prop_assert!(two.fetch_events(0, &relay, &world.directory).new.is_empty());
        let link = sluis_wire::api::ControlLink { control: bytes.clone(), wraps: bytes.clone() };
        relay.links.push(link);
        prop_assert_eq!(two.fetch_control(1, &relay, &world.directory).added, 0);
        prop_assert!(Replica::from_bytes(&bytes).is_err());
    }

    #[test]
    fn an_event_opens_in_its_own_dossier_and_epoch_only(text in "[a-z]{1,300}", epoch in 1..9_u32) {
        let world = World::new();
        let (mut one, _) = world.create(ADDRESS, 4);
        let authored = one.note(&text, &world.directory);
        let keys = one.replica.keys_of(0).unwrap();
        let mut envelope = crate::dossier::event::parse(&authored.frame).unwrap();
        prop_assert_eq!(SealedEvent::open(&envelope, keys).unwrap().id(), authored.id);
        envelope.epoch = epoch;
        prop_assert!(SealedEvent::open(&envelope, keys).is_err());
        let mut envelope = crate::dossier::event::parse(&authored.frame).unwrap();
        envelope.dossier.0[0] ^= 1;
        prop_assert!(SealedEvent::open(&envelope, keys).is_err());
    }
}

#[test]
fn a_recipient_is_the_same_whatever_the_epoch_of_its_key() {
    let one = team(TEAM, 0, Right::Reader).recipient;
    let two = team(TEAM, 5, Right::Reader).recipient;
    assert!(one.is_same(&two) && one != two);
    assert!(!one.is_same(&Recipient::Device(device_id(1))));
    let seen: BTreeSet<_> = [one, two].into_iter().collect();
    assert_eq!(seen.len(), 2);
}

/// Desks are named by number in failures.
impl core::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "Desk({})", self.n)
    }
}
