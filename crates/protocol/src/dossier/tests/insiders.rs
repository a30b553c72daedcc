//! What people who hold keys may try.

use sluis_directory::signature::SigningKey;
use sluis_wire::address::FrameHash;
use sluis_wire::api::ControlLink;
use sluis_wire::envelope::ControlEnvelope;

use super::world::{
    ADDRESS, Desk, NOW, Relay, TEAM, World, acting, link, rng, sign_key, single, team,
};
use crate::dossier::control::{self, Action, ControlBody, Grant};
use crate::dossier::event::{SealedEvent, SignedEvent};
use crate::dossier::keys::{self, EpochKeys, RecipientKey, capability};
use crate::dossier::{AlarmKind, Right, Rule, WorkError};
use crate::primitives::kdf;

/// A link that an insider makes without asking any rule.
struct Forgery<'a> {
    by: u8,
    action: u16,
    keys: &'a EpochKeys,
    epoch: u32,
    recipients: &'a [RecipientKey],
    steward: Option<&'a SigningKey>,
    change: fn(&mut ControlEnvelope, &mut ControlBody),
}

impl Forgery<'_> {
    fn make(&self, desk: &Desk, world: &World) -> ControlLink {
        let genesis = world.directory.genesis();
        let chain = desk.replica.chain();
        let (keys, epoch) = (self.keys, self.epoch);
        let last = chain.last().unwrap();
        let mut envelope = ControlEnvelope {
            number: chain.length(),
            prev: chain.head(),
            epoch,
            read_key: capability(&keys.read_key(&ADDRESS, epoch)),
            write_key: keys.write_key().map_or(last.envelope.write_key, capability),
            steward_key: self.steward.map_or(last.envelope.steward_key, capability),
            ..last.envelope.clone()
        };
        let mut rng = rng(77);
        let place = control::place(&genesis, &envelope);
        let (wraps, slots) = keys::wrap(&place, keys, self.recipients, &mut rng).unwrap();
        envelope.wraps = FrameHash(kdf::sha256(&wraps));
        let grants = self.recipients.iter().zip(slots);
        let before = epoch
            .checked_sub(1)
            .filter(|_| epoch != last.envelope.epoch);
        let before = before.and_then(|before| desk.replica.keys_of(before));
        let mut body = ControlBody {
            author: super::world::device_id(self.by),
            time: NOW,
            standing: world.directory.head(),
            action: self.action,
            grants: grants
                .map(|(to, slot)| Grant {
                    recipient: to.recipient,
                    right: to.right,
                    slot,
                })
                .collect(),
            check_value: keys.check_value(&ADDRESS, epoch),
            back_link: before
                .map(|before| keys.seal_back(before, &ADDRESS, epoch, &mut rng))
                .unwrap_or_default(),
            accepted: desk.replica.log().heads(),
        };
        (self.change)(&mut envelope, &mut body);
        let signer = sign_key(self.by);
        let link = control::seal(&genesis, envelope, &body, keys, &signer, &mut rng).unwrap();
        ControlLink {
            control: link.frame,
            wraps,
        }
    }
}

fn refused(
    world: &World,
    relay: &Relay,
    desk: &mut Desk,
    forged: ControlLink,
) -> (AlarmKind, Option<Rule>) {
    let mut relay = relay.clone();
    relay.links.push(forged);
    let length = desk.replica.control_length();
    let outcome = desk.fetch_control(length, &relay, &world.directory);
    assert_eq!((outcome.added, desk.replica.control_length()), (0, length));
    (outcome.alarms[0].kind, outcome.alarms[0].rule)
}

fn unchanged(_: &mut ControlEnvelope, _: &mut ControlBody) {}

/// Device 1 made it for its team as stewards, 5 as writer and 4 as reader.
fn scene() -> (World, Desk, Relay) {
    let world = World::new();
    let to = [
        team(TEAM, 0, Right::Steward),
        single(5, Right::Writer),
        single(4, Right::Reader),
    ];
    let (one, relay) = world.create_for(ADDRESS, &to, 1);
    (world, one, relay)
}

#[test]
fn a_writer_adds_nobody_and_raises_nobody() {
    let (world, mut one, relay) = scene();
    let five = world.adopt(5, &relay);
    let keys = EpochKeys::generate(&mut rng(5)).with_steward(None);
    let raised = [
        team(TEAM, 0, Right::Steward),
        single(5, Right::Steward),
        single(4, Right::Reader),
    ];
    let added = [
        team(TEAM, 0, Right::Steward),
        single(5, Right::Writer),
        single(4, Right::Reader),
        single(2, Right::Reader),
    ];
    let dropped = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let rotate = Action::Rotate.number();
    for (recipients, rule) in [
        (raised.as_slice(), Rule::RightsGrew),
        (&added, Rule::RightsGrew),
        (&dropped, Rule::Recipients),
    ] {
        let forgery = Forgery {
            by: 5,
            action: rotate,
            keys: &keys,
            epoch: 1,
            recipients,
            steward: None,
            change: unchanged,
        };
        let forged = forgery.make(&five, &world);
        assert_eq!(
            refused(&world, &relay, &mut one, forged),
            (AlarmKind::ControlRefused, Some(rule))
        );
        one.replica.dismiss(AlarmKind::ControlRefused);
    }
    let signer = sign_key(5);
    let own = five
        .replica
        .rotate(&acting(&world.directory, 5, &signer), &added, &mut rng(1));
    assert_eq!(own.err(), Some(WorkError::NoRight));
    for action in [Action::Grant, Action::Revoke] {
        let keys = if action == Action::Grant {
            five.replica.keys_of(0).unwrap()
        } else {
            &keys
        };
        let epoch = u32::from(action == Action::Revoke);
        let action = action.number();
        let forgery = Forgery {
            by: 5,
            action,
            keys,
            epoch,
            recipients: &added,
            steward: None,
            change: unchanged,
        };
        let forged = forgery.make(&five, &world);
        assert_eq!(
            refused(&world, &relay, &mut one, forged),
            (AlarmKind::ControlRefused, Some(Rule::NoRight))
        );
        one.replica.dismiss(AlarmKind::ControlRefused);
    }
}

#[test]
fn a_writer_may_renew_the_keys_and_does_not_become_a_steward() {
    let (world, mut one, mut relay) = scene();
    let mut five = world.adopt(5, &relay);
    let same = [
        team(TEAM, 0, Right::Steward),
        single(5, Right::Writer),
        single(4, Right::Reader),
    ];
    five.rotate(&same, &mut relay, &world.directory);
    assert!(five.replica.steward_key().is_none());
    one.fetch(&relay, &world.directory);
    assert!(
        one.replica.steward_key().is_some(),
        "the stewards keep theirs"
    );
    one.send("under the new keys", &mut relay, &world.directory);
    five.fetch(&relay, &world.directory);
    assert_eq!(five.notes(), ["under the new keys"]);
}

#[test]
fn a_reader_writes_nothing_even_with_the_relays_help() {
    let (world, mut one, mut relay) = scene();
    let four = world.adopt(4, &relay);
    let signed = event(&four, &world, 4, 0);
    let frame = seal(&four, &signed, &sign_key(4));
    relay.events.push(frame);
    let outcome = one.fetch_events(0, &relay, &world.directory);
    assert!(outcome.new.is_empty());
    assert_eq!(outcome.alarms[0].rule, Some(Rule::NoRight));
    let keys = four.replica.keys_of(0).unwrap();
    let recipients = [team(TEAM, 0, Right::Steward), single(4, Right::Steward)];
    let action = Action::Frontier.number();
    let forgery = Forgery {
        by: 4,
        action,
        keys,
        epoch: 0,
        recipients: &recipients,
        steward: None,
        change: unchanged,
    };
    let forged = forgery.make(&four, &world);
    assert_eq!(
        refused(&world, &relay, &mut one, forged).0,
        AlarmKind::ControlRefused
    );
}

#[test]
fn nobody_writes_in_the_name_of_another() {
    let (world, mut one, mut relay) = scene();
    let five = world.adopt(5, &relay);
    let signed = event(&five, &world, 1, 0);
    relay.events.push(seal(&five, &signed, &sign_key(5)));
    let mut unknown = signed.clone();
    unknown.author = super::world::device_id(99);
    relay.events.push(seal(&five, &unknown, &sign_key(5)));
    let outcome = one.fetch_events(0, &relay, &world.directory);
    let rules: alloc::vec::Vec<_> = outcome
        .alarms
        .iter()
        .filter_map(|alarm| alarm.rule)
        .collect();
    assert_eq!(rules, [Rule::Signature, Rule::UnknownAuthor]);
    assert!(one.replica.log().is_empty());
}

#[test]
fn an_event_that_stands_on_another_chain_or_directory_is_evidence() {
    let (world, mut one, mut relay) = scene();
    let five = world.adopt(5, &relay);
    let mut fork = event(&five, &world, 5, 0);
    fork.control_head = FrameHash([9; 32]);
    let mut elsewhere = event(&five, &world, 5, 0);
    elsewhere.standing.head = FrameHash([9; 32]);
    for (signed, kind, kept) in [
        (fork, AlarmKind::ControlFork, 2),
        (elsewhere, AlarmKind::DirectoryFork, 1),
    ] {
        relay.events.push(seal(&five, &signed, &sign_key(5)));
        let outcome = one.fetch(&relay, &world.directory);
        assert_eq!(outcome.alarms[0].kind, kind);
        assert_eq!(outcome.alarms[0].proof.len(), kept);
    }
    assert!(one.replica.log().is_empty());
}

#[test]
fn a_steward_cannot_give_two_people_two_keys() {
    let (world, one, relay) = scene();
    let recipients = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let keys = EpochKeys::generate(&mut rng(5));
    let other = EpochKeys::generate(&mut rng(6));
    let steward = keys.steward_key();
    let action = Action::Revoke.number();
    let forgery = Forgery {
        by: 1,
        action,
        keys: &keys,
        epoch: 1,
        recipients: &recipients,
        steward,
        change: unchanged,
    };
    // One slot is swapped for one with another key, before the link is signed: it no longer opens with what it gives.
    let mut forged = forgery.make(&one, &world);
    let (_, envelope) = control::parse(&forged.control).unwrap();
    let place = control::place(&world.directory.genesis(), &envelope);
    let (bad, _) = keys::wrap(&place, &other, &recipients[1..], &mut rng(7)).unwrap();
    forged.wraps = bad;
    let mut five = world.adopt(5, &relay);
    assert_eq!(
        refused(&world, &relay, &mut five, forged),
        (AlarmKind::WrongWrap, Some(Rule::Wraps))
    );
}

#[test]
fn a_link_that_breaks_its_promises_is_refused() {
    type Change = fn(&mut ControlEnvelope, &mut ControlBody);
    let (world, one, relay) = scene();
    let recipients = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let cases: [(Change, AlarmKind, Rule); 9] = [
        (
            |_, body| body.check_value = [0; 32],
            AlarmKind::WrongWrap,
            Rule::KeyCheck,
        ),
        (
            |_, body| body.back_link.clear(),
            AlarmKind::WrongWrap,
            Rule::KeyCheck,
        ),
        (
            |envelope, _| envelope.read_key = envelope.write_key,
            AlarmKind::WrongWrap,
            Rule::NoWrap,
        ),
        (
            |_, body| body.action = 77,
            AlarmKind::ControlRefused,
            Rule::UnknownAction,
        ),
        (
            |_, body| body.action = 1,
            AlarmKind::ControlRefused,
            Rule::Place,
        ),
        (
            |_, body| body.action = 3,
            AlarmKind::ControlRefused,
            Rule::Epoch,
        ),
        (
            |_, body| body.grants.retain(|grant| grant.right != Right::Steward),
            AlarmKind::ControlRefused,
            Rule::Recipients,
        ),
        (
            |_, body| body.grants[1].slot = [3; 32],
            AlarmKind::WrongWrap,
            Rule::Wraps,
        ),
        (
            |_, body| body.author = super::world::device_id(2),
            AlarmKind::ControlRefused,
            Rule::Signature,
        ),
    ];
    for (place, (change, kind, rule)) in cases.into_iter().enumerate() {
        let keys = EpochKeys::generate(&mut rng(5));
        let action = Action::Revoke.number();
        let steward = keys.steward_key();
        let forgery = Forgery {
            by: 1,
            action,
            keys: &keys,
            epoch: 1,
            recipients: &recipients,
            steward,
            change,
        };
        let forged = forgery.make(&one, &world);
        let mut two = world.adopt(2, &relay);
        assert_eq!(
            refused(&world, &relay, &mut two, forged),
            (kind, Some(rule)),
            "case {place}"
        );
    }
}

#[test]
fn a_wrap_must_have_the_right_that_the_chain_says() {
    let (world, one, relay) = scene();
    let recipients = [team(TEAM, 0, Right::Steward), single(5, Right::Writer)];
    let keys = EpochKeys::generate(&mut rng(5));
    let steward = keys.steward_key();
    let change =
        |_: &mut ControlEnvelope, body: &mut ControlBody| body.grants[1].right = Right::Reader;
    let action = Action::Revoke.number();
    let forgery = Forgery {
        by: 1,
        action,
        keys: &keys,
        epoch: 1,
        recipients: &recipients,
        steward,
        change,
    };
    let forged = forgery.make(&one, &world);
    let mut five = world.adopt(5, &relay);
    assert_eq!(
        refused(&world, &relay, &mut five, forged),
        (AlarmKind::WrongWrap, Some(Rule::KeyCheck))
    );
}

#[test]
fn recipients_stand_once_and_are_there() {
    let (world, one, _) = scene();
    let signer = sign_key(1);
    let by = acting(&world.directory, 1, &signer);
    let twice = [
        team(TEAM, 0, Right::Steward),
        single(5, Right::Reader),
        single(5, Right::Writer),
    ];
    let absent = [team(TEAM, 0, Right::Steward), single(60, Right::Reader)];
    let no_steward = [team(TEAM, 0, Right::Writer)];
    for recipients in [twice.as_slice(), &absent, &no_steward, &[]] {
        let refused = one.replica.rotate(&by, recipients, &mut rng(1));
        assert_eq!(refused.err(), Some(WorkError::Refused(Rule::Recipients)));
    }
    let granted = one
        .replica
        .grant(&by, &[team(TEAM, 0, Right::Steward)], &mut rng(1));
    assert_eq!(
        granted.err(),
        Some(WorkError::Refused(Rule::Recipients)),
        "a grant takes nothing away"
    );
    let _sent = link(
        one.replica
            .rotate(&by, &[team(TEAM, 0, Right::Steward)], &mut rng(1))
            .unwrap(),
    );
}

/// The next event of `author`, as `desk` would make it.
#[test]
fn an_event_that_holds_keys_of_a_reporter_is_never_put_into_a_proof() {
    use crate::dossier::proof::{Signed, is_proof};
    let world = World::new();
    let (one, _) = world.create(ADDRESS, 21);
    let mut signed = event(&one, &world, 1, 0);
    let kept = |signed: &SignedEvent| {
        let event = SealedEvent::sign(signed, &sign_key(1));
        alloc::vec![Signed::Event(event).to_bytes()]
    };
    assert!(is_proof(&kept(&signed)));
    signed.kind = 0x0101;
    assert!(!is_proof(&kept(&signed)));
}

pub(super) fn event(desk: &Desk, world: &World, author: u8, number: u64) -> SignedEvent {
    let chain = desk.replica.chain();
    let author = super::world::device_id(author);
    let place = desk
        .replica
        .log()
        .next_place(sluis_domain::ids::AuthorId(author.0));
    let note = sluis_domain::event::Note {
        lane: sluis_domain::event::Lane::Team,
        text: "forged".into(),
    };
    let (kind, body) = sluis_domain::event::Event::NoteAdded(note).encode();
    SignedEvent {
        dossier: ADDRESS,
        author,
        author_seq: place.author_seq,
        author_prev: place.author_prev,
        parents: place.parents,
        lamport: place.lamport,
        time: NOW,
        standing: world.directory.head(),
        control_number: number,
        control_head: chain.link(number).unwrap().hash,
        kind,
        body,
    }
}

pub(super) fn seal(desk: &Desk, event: &SignedEvent, signer: &SigningKey) -> alloc::vec::Vec<u8> {
    let epoch = desk
        .replica
        .chain()
        .link(event.control_number)
        .unwrap()
        .envelope
        .epoch;
    let keys = desk.replica.keys_of(epoch).unwrap();
    SealedEvent::sign(event, signer)
        .seal(&ADDRESS, epoch, keys, &mut rng(8))
        .unwrap()
}
