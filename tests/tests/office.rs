//! People, devices and organisations come and go, through the real relay.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::rc::Rc;

use sluis_directory::entry::{Device, DeviceKind, Op, OrganisationKind, Role, Team};
use sluis_directory::frame_hash;
use sluis_directory::maker::{sign_entry, sign_statement};
use sluis_directory::statement::{Author, Standing, Statement, StatementKey, TeamContent};
use sluis_domain::command::Command;
use sluis_domain::event::Lane;
use sluis_e2e::evil::EvilRelay;
use sluis_e2e::harness::{Chance, Desk, Reporter, Shelf, Transport, World, chance, found, solve};
use sluis_e2e::harness::{Founding, one_person, two_people};
use sluis_protocol::conversation::Conversation;
use sluis_protocol::engine::{Admit, Alarm, Engine, OfficeError, Reply, Step};
use sluis_protocol::pairing::{Invitation, control_words, read_request, request};
use sluis_protocol::primitives::kem::KemSecret;
use sluis_protocol::primitives::secret::{Role as KeyRole, SecretKey};
use sluis_protocol::primitives::{chunked, kdf};
use sluis_protocol::sheet::{Share, Sheet};
use sluis_protocol::staff::{DeviceSecrets, Purpose, kem_key, wrap_for_devices};
use sluis_protocol::words::WordList;
use sluis_wire::address::{DossierAddress, MemberId, OrganisationId, TeamId};
use sluis_wire::api::{
    ChallengeRead, DirectoryAppend, Problem, RendezvousPut, RendezvousRead, StatementList,
    StoredStatement,
};
use sluis_wire::frame::FrameType;

const BEFORE: &str = "kanarie-een: van voor de komst van de collega";
const AFTER: &str = "kanarie-twee: van daarna";
const ANSWER: &str = "kanarie-drie: antwoord van de nieuwe collega";

fn founding(world: &Rc<World>) -> Founding {
    let mut founding = found(world, &one_person(world), world.clone(), Shelf::plain());
    founding.founder.pump();
    founding.founder.assert_calm();
    founding
}

fn alone(world: &Rc<World>) -> Desk {
    founding(world).founder
}

fn line(desk: &Desk) -> TeamId {
    let directory = desk.engine.directory().unwrap();
    let mut teams = directory.teams_of(&desk.engine.device().member);
    teams.find(|record| record.team.line).unwrap().team.id
}

fn colleague(desk: &Desk, name: &str) -> Admit {
    Admit::Colleague {
        name: name.into(),
        roles: vec![Role::CaseManager],
        teams: vec![line(desk)],
    }
}

/// A device that makes its keys and leaves the public ones at the relay.
fn ask(world: &World, invitation: &Invitation, rng: &mut Chance) -> DeviceSecrets {
    let secrets = DeviceSecrets::generate(invitation.member, rng);
    let call = RendezvousPut {
        slot: invitation.slot,
        solution: solve(world.call(&ChallengeRead).unwrap()),
        request: request(&secrets),
    };
    world.call(&call).unwrap();
    secrets
}

fn asked(world: &World, invitation: &Invitation) -> Option<Device> {
    let slot = invitation.slot;
    let answer = world.call(&RendezvousRead { slot }).unwrap();
    read_request(&answer.request, invitation)
}

/// The whole way in, as two people go it.
fn let_in(world: &Rc<World>, by: &mut Desk, member: Option<MemberId>, admit: &Admit) -> Desk {
    let seed = 900 + by.engine.directory().unwrap().length();
    let mut rng = chance(seed);
    let invitation = by.engine.invite(member, &mut by.rng).unwrap();
    let shown = Invitation::parse(&invitation.to_text()).unwrap();
    assert!(asked(world, &invitation).is_none(), "nobody asked yet");
    let secrets = ask(world, &shown, &mut rng);
    let device = asked(world, &invitation).unwrap();
    let list = WordList::dutch();
    assert_eq!(
        control_words(&invitation, &device, &list),
        control_words(&shown, &secrets.public(DeviceKind::Browser), &list)
    );
    let mut desk = enter(world, Engine::join(secrets, &shown), seed + 1_000);
    desk.sync();
    assert!(desk.engine.directory().is_none(), "not let in yet");
    let now = world.clock.now();
    by.engine
        .admit(&invitation, &device, admit, now, &mut by.rng)
        .unwrap();
    assert_eq!(by.engine.office_pending(), 1);
    world.clock.pass(60);
    by.sync();
    assert_eq!(by.engine.office_pending(), 0);
    assert_eq!(by.engine.take_office_refused(), None);
    desk.engine.poke_all();
    desk.sync();
    by.sync();
    desk.sync();
    by.assert_calm();
    desk.assert_calm();
    desk
}

fn enter(world: &Rc<World>, engine: Engine, seed: u64) -> Desk {
    let transport: Rc<dyn Transport> = world.clone();
    Desk::with(engine, transport, world.clock.clone(), Shelf::plain(), seed)
}

fn reporter(world: &Rc<World>, desk: &Desk, seed: u64) -> Reporter {
    let genesis = desk.engine.genesis();
    Reporter::new(genesis, world.clone(), world.clock.clone(), seed)
}

fn texts(desk: &Desk, address: &DossierAddress) -> Vec<String> {
    let conversation = desk.conversation(address);
    conversation.into_iter().map(|(_, text)| text).collect()
}

fn everyone(desks: &mut [&mut Desk]) {
    for _ in 0..3 {
        for desk in &mut *desks {
            desk.clock.pass(10);
            desk.engine.poke_all();
            desk.sync();
        }
    }
}

#[test]
fn a_colleague_reads_what_was_before_and_works_on() {
    let world = World::new();
    let mut anna = alone(&world);
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    anna.sync();
    let address = anna.only_dossier();
    anna.act(
        address,
        Command::Note(Lane::Team, "notitie van Anna".into()),
    );
    anna.sync();

    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    assert_eq!(bram.only_dossier(), address);
    assert_eq!(texts(&bram, &address), [BEFORE]);
    let state = bram.engine.dossier(&address).unwrap().state();
    assert_eq!(state.notes()[0].1.text, "notitie van Anna");
    assert_eq!(
        bram.engine.name_of(&bram.engine.device().member),
        "Bram Proef"
    );
    assert_eq!(anna.engine.colleagues().len(), 2);
    assert!(anna.engine.may_admit() && !bram.engine.may_admit());

    world.clock.pass(60);
    rex.write("Centrum", AFTER);
    let mut second = reporter(&world, &anna, 6);
    second.write("Centrum", "een ander verhaal");
    everyone(&mut [&mut bram, &mut anna]);
    assert_eq!(texts(&bram, &address), [BEFORE, AFTER]);
    assert_eq!(bram.engine.dossiers().count(), 2);
    bram.reply(address, ANSWER);
    everyone(&mut [&mut bram, &mut anna]);
    let said = rex.look().unwrap();
    assert_eq!(said.alarms, []);
    assert!(said.utterances.iter().any(|one| one.text == ANSWER));

    let before = texts(&bram, &address);
    bram.crash();
    bram.sync();
    assert_eq!(texts(&bram, &address), before);
    anna.assert_calm();
    bram.assert_calm();
    world.stop();
    world.assert_disk_lacks(&["kanarie", "Bram Proef", "notitie van Anna"]);
}

#[test]
fn anybody_lets_in_another_device_of_their_own() {
    let world = World::new();
    let mut anna = alone(&world);
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    anna.sync();
    let address = anna.only_dossier();
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let me = bram.engine.device().member;
    let mut laptop = let_in(&world, &mut bram, Some(me), &Admit::Device);
    assert_eq!(texts(&laptop, &address), [BEFORE]);
    assert_eq!(laptop.engine.device().member, me);
    laptop.act(address, Command::Note(Lane::Team, "van de laptop".into()));
    everyone(&mut [&mut laptop, &mut bram, &mut anna]);
    let state = anna.engine.dossier(&address).unwrap().state();
    assert_eq!(state.notes()[0].1.text, "van de laptop");
    for desk in [&anna, &bram, &laptop] {
        desk.assert_calm();
    }
    // Each member has a key as a team of one, and it is here for everyone.
    for member in [me, anna.engine.device().member] {
        let (_, first) = anna.engine.party_key(&TeamId(member.0)).unwrap();
        let (_, second) = laptop.engine.party_key(&TeamId(member.0)).unwrap();
        assert_eq!(first.as_bytes(), second.as_bytes());
    }
    let lost = laptop.engine.device().id;
    bram.engine.revoke_device(lost, world.clock.now()).unwrap();
    everyone(&mut [&mut bram, &mut anna]);
    laptop.engine.poke_all();
    let outgoing = laptop.next().unwrap();
    assert_eq!(
        laptop.transmit(&outgoing),
        Reply::Problem(Problem::Forbidden)
    );
    bram.assert_calm();
}

#[test]
fn a_new_organisation_begins_with_the_sheet_and_its_first_director() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        ..
    } = founding(&world);
    let admit = |sheet| Admit::Organisation {
        name: "Roeibond".into(),
        kind: OrganisationKind::Federation,
        line: Some("Meldlijn Roeien".into()),
        director: "Cas Proef".into(),
        sheet,
    };
    let wrong = Sheet::generate(&mut chance(3));
    let invitation = anna.engine.invite(None, &mut anna.rng).unwrap();
    let stranger = DeviceSecrets::generate(invitation.member, &mut chance(4));
    let device = stranger.public(DeviceKind::Browser);
    let now = world.clock.now();
    assert_eq!(
        anna.engine
            .admit(&invitation, &device, &admit(wrong), now, &mut anna.rng),
        Err(OfficeError::NotAllowed)
    );
    assert_eq!(anna.engine.office_pending(), 0);

    let mut cas = let_in(&world, &mut anna, None, &admit(sheet));
    assert_eq!(cas.engine.organisation().unwrap().name, "Roeibond");
    assert_eq!(
        cas.engine.organisation().unwrap().directors.keys,
        [cas.engine.device().sign.verifying_key()]
    );
    assert!(cas.engine.may_admit());
    everyone(&mut [&mut cas, &mut anna]);
    let mut rex = reporter(&world, &anna, 8);
    rex.write("Roeien", BEFORE);
    everyone(&mut [&mut cas, &mut anna]);
    assert_eq!(texts(&cas, &cas.only_dossier()), [BEFORE]);
    assert_eq!(anna.engine.dossiers().count(), 0, "the centre has no key");
    let admit = colleague(&cas, "Dirk Proef");
    let dirk = let_in(&world, &mut cas, None, &admit);
    assert_eq!(texts(&dirk, &cas.only_dossier()), [BEFORE]);
    // A federation's director lets nobody into the centre.
    let centre = anna.engine.device().member;
    assert_eq!(
        cas.engine.invite(Some(centre), &mut cas.rng),
        Err(OfficeError::NotAllowed)
    );
}

#[test]
fn who_leaves_reads_nothing_new_and_all_keys_are_made_anew() {
    let world = World::new();
    let mut anna = alone(&world);
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    anna.sync();
    let address = anna.only_dossier();
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let team = line(&anna);
    let (before, _) = anna.engine.party_key(&team).unwrap();
    let epoch = |desk: &Desk| {
        let replica = desk.engine.dossier(&address).unwrap().replica();
        replica.read_key().unwrap().verifying_key()
    };
    let old = epoch(&anna);

    let leaver = bram.engine.device().member;
    let now = world.clock.now();
    assert_eq!(
        bram.engine.revoke_member(anna.engine.device().member, now),
        Err(OfficeError::NotAllowed)
    );
    anna.engine.revoke_member(leaver, now).unwrap();
    assert!(anna.engine.office_pending() > 0);
    world.clock.pass(60);
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    assert!(anna.engine.party_key(&team).unwrap().0 > before);
    assert!(
        epoch(&anna) != old,
        "the dossier has new keys before anything is written"
    );
    assert_eq!(
        anna.engine
            .party_key(&TeamId(leaver.0))
            .map(|(epoch, _)| epoch),
        None
    );
    anna.act(address, Command::Note(Lane::Team, "na het vertrek".into()));
    rex.write("Centrum", AFTER);
    anna.sync();
    assert_eq!(texts(&anna, &address), [BEFORE, AFTER]);

    let seen = texts(&bram, &address);
    bram.engine.poke_all();
    for _ in 0..10 {
        let Some(outgoing) = bram.next() else { break };
        let reply = bram.transmit(&outgoing);
        assert!(
            outgoing.step == Step::Clock || reply == Reply::Problem(Problem::Forbidden),
            "{:?}: {reply:?}",
            outgoing.step
        );
        bram.take(outgoing.step, &reply);
    }
    assert_eq!(texts(&bram, &address), seen);
    let said = rex.look().unwrap();
    assert_eq!(said.alarms, []);
    anna.assert_calm();
}

#[test]
fn what_a_leaver_answered_still_counts_and_stands_in_its_place() {
    let world = World::new();
    let mut anna = alone(&world);
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    everyone(&mut [&mut anna, &mut bram]);
    let mut rex = reporter(&world, &anna, 5);
    let long = "Een lang antwoord dat over meer dan een plaats gaat. ".repeat(120);
    let mut address = None;
    for (story, answer) in [(BEFORE, long.as_str()), (AFTER, ANSWER)] {
        rex.write("Centrum", story);
        world.clock.pass(60);
        bram.sync();
        let at = *address.get_or_insert_with(|| bram.only_dossier());
        bram.look_at(at);
        world.clock.pass(600);
        bram.sync();
        bram.reply(at, answer);
        bram.sync();
        world.clock.pass(60);
        anna.sync();
    }
    let address = address.unwrap();
    anna.reply(address, "Van wie blijft");
    anna.sync();
    let before = rex.look().unwrap();
    assert_eq!(before.alarms, []);
    let said = |one: &Conversation| -> Vec<(String, bool)> {
        let all = one.utterances.iter();
        all.map(|said| (said.text.clone(), said.whole)).collect()
    };
    assert_eq!(before.utterances.len(), 5);

    let now = world.clock.now();
    anna.engine
        .revoke_member(bram.engine.device().member, now)
        .unwrap();
    world.clock.pass(60);
    anna.sync();
    anna.sync();
    assert_eq!(anna.engine.pending(), 0);
    // The same words again, on a phone that knows nothing.
    let after = reporter(&world, &anna, 5).look().unwrap();
    assert_eq!(after.alarms, []);
    assert_eq!(said(&after), said(&before));
    assert_eq!((after.read, after.filed.len()), (before.read, 2));
    // Once is enough, also for whoever comes later.
    let cat = colleague(&anna, "Cato Proef");
    let mut cato = let_in(&world, &mut anna, None, &cat);
    let board = |desk: &Desk| {
        desk.engine
            .dossier(&address)
            .unwrap()
            .state()
            .next_reply_index()
    };
    let taken = board(&anna);
    for desk in [&mut anna, &mut cato] {
        desk.engine.poke_all();
        desk.sync();
    }
    assert_eq!((board(&anna), board(&cato)), (taken, taken));
    anna.assert_calm();
    cato.assert_calm();
}

#[test]
fn two_who_act_at_once_both_get_their_way() {
    let world = World::new();
    let mut anna = alone(&world);
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let me = bram.engine.device().member;
    let now = world.clock.now();
    let mut rng = chance(31);
    let own = bram.engine.invite(Some(me), &mut rng).unwrap();
    let own_device = DeviceSecrets::generate(me, &mut rng).public(DeviceKind::Browser);
    let new = anna.engine.invite(None, &mut rng).unwrap();
    let new_device = DeviceSecrets::generate(new.member, &mut rng).public(DeviceKind::Browser);
    bram.engine
        .admit(&own, &own_device, &Admit::Device, now, &mut rng)
        .unwrap();
    let admit = colleague(&anna, "Cas Proef");
    anna.engine
        .admit(&new, &new_device, &admit, now, &mut rng)
        .unwrap();
    let renamed = {
        let directory = anna.engine.directory().unwrap();
        let team = directory.team(&line(&anna)).unwrap().team.clone();
        Team {
            id: TeamId([0xee; 16]),
            name: "Werkgroep".into(),
            line: false,
            ..team
        }
    };
    anna.engine.set_team(renamed, now).unwrap();
    anna.engine
        .set_roles(me, vec![Role::Coordinator], now)
        .unwrap();
    assert_eq!(anna.engine.office_pending(), 3);
    anna.keep();
    anna.crash();
    assert_eq!(anna.engine.office_pending(), 3, "acts survive a crash");

    bram.pump();
    anna.pump();
    assert!(
        anna.sent
            .iter()
            .filter(|step| **step == Step::Office)
            .count()
            > 3
    );
    everyone(&mut [&mut anna, &mut bram]);
    for desk in [&mut anna, &mut bram] {
        assert_eq!(desk.engine.office_pending(), 0);
        assert_eq!(desk.engine.take_office_refused(), None);
        let directory = desk.engine.directory().unwrap();
        assert!(directory.is_current(&own_device.id) && directory.is_current(&new_device.id));
        let record = directory.member(&me).unwrap();
        assert_eq!(record.member.roles, [Role::Coordinator]);
        let team = &directory.teams_of(&new.member).next().unwrap().team;
        assert_eq!(team.members.len(), 3);
        desk.assert_calm();
    }
}

#[test]
fn an_act_that_the_rules_refuse_by_now_is_dropped_and_said() {
    let world = World::new();
    let mut anna = alone(&world);
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let me = bram.engine.device().member;
    let now = world.clock.now();
    let invitation = bram.engine.invite(Some(me), &mut bram.rng).unwrap();
    let device = DeviceSecrets::generate(me, &mut chance(3)).public(DeviceKind::Browser);
    anna.engine
        .admit(&invitation, &device, &Admit::Device, now, &mut anna.rng)
        .unwrap();
    bram.engine
        .revoke_device(bram.engine.device().id, now)
        .unwrap();
    let gone = bram.engine.device().id;
    anna.engine.revoke_device(gone, now).unwrap();
    anna.engine.set_roles(me, vec![], now).unwrap();
    // Somebody else says the same first, and more.
    let directory = anna.engine.directory().unwrap();
    let entry = directory.next_entry(Op::MemberRevoke { member: me }, now);
    let entries = vec![sign_entry(&entry, &[&anna.engine.device().sign]).unwrap()];
    world.call(&DirectoryAppend { entries }).unwrap();
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    assert!(matches!(
        anna.engine.take_office_refused(),
        Some(OfficeError::Refused(_))
    ));
    assert_eq!(anna.engine.take_office_refused(), None);
    assert!(!anna.engine.directory().unwrap().is_current(&device.id));
    anna.assert_calm();
}

#[test]
fn a_relay_that_swaps_the_request_is_heard_in_the_words() {
    let world = World::new();
    let mut anna = alone(&world);
    let invitation = anna.engine.invite(None, &mut anna.rng).unwrap();
    let bram = DeviceSecrets::generate(invitation.member, &mut chance(3));
    // The relay puts its own device in the slot.
    let _relay = ask(&world, &invitation, &mut chance(4));
    let shown = asked(&world, &invitation).unwrap();
    let list = WordList::dutch();
    let read = control_words(&invitation, &shown, &list);
    let heard = control_words(&invitation, &bram.public(DeviceKind::Browser), &list);
    assert!(read.iter().zip(&heard).all(|(read, heard)| read != heard));
    // Nothing is signed by looking.
    anna.sync();
    assert_eq!(anna.engine.colleagues().len(), 1);
    // And the relay cannot have a device of somebody else in that slot.
    let stranger = DeviceSecrets::generate(anna.engine.device().member, &mut chance(5));
    assert_eq!(read_request(&request(&stranger), &invitation), None);
    let admit = colleague(&anna, "Bram Proef");
    let now = world.clock.now();
    let device = stranger.public(DeviceKind::Browser);
    assert_eq!(
        anna.engine
            .admit(&invitation, &device, &admit, now, &mut anna.rng),
        Err(OfficeError::Invitation)
    );
}

#[test]
fn an_old_invitation_or_request_lets_nobody_in_again() {
    let world = World::new();
    let mut anna = alone(&world);
    let invitation = anna.engine.invite(None, &mut anna.rng).unwrap();
    let first = ask(&world, &invitation, &mut chance(4));
    let device = first.public(DeviceKind::Browser);
    let admit = colleague(&anna, "Bram Proef");
    let now = world.clock.now();
    let mut rng = chance(9);
    anna.engine
        .admit(&invitation, &device, &admit, now, &mut rng)
        .unwrap();
    anna.sync();
    // The same device once more: said already, and under another name refused.
    let admit = colleague(&anna, "Iemand Anders");
    let again = anna
        .engine
        .admit(&invitation, &device, &admit, now, &mut rng);
    assert!(matches!(again, Err(OfficeError::Refused(_))), "{again:?}");
    // The old invitation with another device.
    let second = DeviceSecrets::generate(invitation.member, &mut chance(6));
    let second = second.public(DeviceKind::Browser);
    let again = anna
        .engine
        .admit(&invitation, &second, &admit, now, &mut rng);
    assert!(matches!(again, Err(OfficeError::Refused(_))), "{again:?}");
    // The old request in a new slot: other words, and the device is known.
    let new = anna
        .engine
        .invite(Some(invitation.member), &mut rng)
        .unwrap();
    let list = WordList::dutch();
    assert_ne!(
        control_words(&invitation, &device, &list),
        control_words(&new, &device, &list)
    );
    anna.engine.revoke_device(device.id, now).unwrap();
    anna.sync();
    let again = anna
        .engine
        .admit(&new, &device, &Admit::Device, now, &mut rng);
    assert!(matches!(again, Err(OfficeError::Refused(_))), "{again:?}");
    // An invitation of a log that is not ours.
    let mut other = new;
    other.standing.head.0[0] ^= 1;
    let fresh = DeviceSecrets::generate(new.member, &mut chance(7)).public(DeviceKind::Browser);
    assert_eq!(
        anna.engine
            .admit(&other, &fresh, &Admit::Device, now, &mut rng),
        Err(OfficeError::Invitation)
    );
    assert_eq!(anna.engine.office_pending(), 0);
}

#[test]
fn a_newcomer_believes_only_the_log_of_the_invitation() {
    let world = World::new();
    let mut anna = alone(&world);
    let invitation = anna.engine.invite(None, &mut anna.rng).unwrap();
    let secrets = ask(&world, &invitation, &mut chance(4));
    let device = secrets.public(DeviceKind::Browser);
    let admit = colleague(&anna, "Bram Proef");
    let now = world.clock.now();
    anna.engine
        .admit(&invitation, &device, &admit, now, &mut anna.rng)
        .unwrap();
    anna.sync();
    // The log that the relay shows does not pass where the invitation says.
    for (change, alarm) in [
        (0, Alarm::DirectoryFork),
        (1_000, Alarm::DirectoryRolledBack),
    ] {
        let mut fork = invitation;
        fork.standing.seq += change;
        fork.standing.head.0[0] ^= 1;
        let secrets = DeviceSecrets::from_bytes(&secrets.to_bytes()).unwrap();
        let mut bram = enter(&world, Engine::join(secrets, &fork), change + 55);
        for _ in 0..3 {
            bram.sync();
            bram.crash();
        }
        bram.sync();
        assert!(
            bram.engine.alarms().contains(&alarm),
            "{change} {:?} {:?}",
            bram.engine.alarms(),
            bram.sent
        );
        let only_reads = |step: &Step| matches!(step, Step::Directory | Step::Clock);
        assert!(bram.sent.iter().all(only_reads), "{:?}", bram.sent);
        assert_eq!(bram.engine.dossiers().count(), 0);
    }
}

#[test]
fn who_was_revoked_lets_nobody_in_even_as_a_director() {
    let world = World::new();
    let plan = two_people(&world);
    let mut founding = found(&world, &plan, world.clone(), Shelf::plain());
    founding.founder.pump();
    let transport: Rc<dyn Transport> = world.clone();
    let mut bram = founding
        .desks(&transport, &world.clock, Shelf::plain)
        .remove(0);
    let mut anna = founding.founder;
    everyone(&mut [&mut anna, &mut bram]);
    let now = world.clock.now();
    // The director's own browser is stolen. Her colleague cannot revoke it; the sheet can.
    let stolen = anna.engine.device().id;
    assert_eq!(
        bram.engine.revoke_device(stolen, now),
        Err(OfficeError::NotAllowed)
    );
    let mut paper = enter(
        &world,
        Engine::from_sheet(&founding.sheet, founding.genesis),
        60,
    );
    paper.pump();
    paper.engine.revoke_device(stolen, now).unwrap();
    paper.pump();
    assert_eq!(paper.engine.office_pending(), 0);

    // The thief still has the director's key, and an own invitation for a device of the member.
    let member = anna.engine.device().member;
    let thief = DeviceSecrets::generate(member, &mut chance(6)).public(DeviceKind::Browser);
    bram.sync();
    let directory = bram.engine.directory().unwrap();
    for op in [
        Op::DeviceAdd(thief),
        Op::MemberRevoke {
            member: bram.engine.device().member,
        },
    ] {
        let entry = directory.next_entry(op, now);
        let entries = vec![sign_entry(&entry, &[&anna.engine.device().sign]).unwrap()];
        assert_eq!(
            world.call(&DirectoryAppend { entries }).err(),
            Some(Problem::Refused)
        );
    }
    bram.engine.poke_all();
    bram.sync();
    bram.assert_calm();
}

#[test]
fn the_sheet_brings_a_founder_back_who_lost_everything() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        genesis,
        ..
    } = founding(&world);
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    anna.sync();
    let address = anna.only_dossier();
    anna.reply(address, "antwoord van voor het verlies");
    anna.sync();
    // A message that nobody took in yet, under the keys of then.
    rex.write("Centrum", AFTER);
    let lost = anna.engine.device().id;
    let lost_keys = anna.engine.device().to_bytes();
    let (before, _) = anna.engine.party_key(&line(&anna)).unwrap();
    drop(anna);

    world.clock.pass(3_600);
    let now = world.clock.now();
    let words = sheet.words(&WordList::dutch());
    let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
    let typed = Sheet::parse(&words.join(" "), &[&WordList::dutch()]).unwrap();
    let mut paper = enter(&world, Engine::from_sheet(&typed, genesis), 60);
    paper.pump();
    let me = paper.engine.device().member;
    let secrets = DeviceSecrets::generate(me, &mut chance(61));
    let device = secrets.public(DeviceKind::Browser);
    paper.engine.replace_devices(&device, &[lost], now).unwrap();
    paper.pump();
    assert_eq!(paper.engine.office_pending(), 0);
    assert_eq!(paper.engine.take_office_refused(), None);
    let wrote = |step: &Step| {
        !matches!(
            step,
            Step::Directory | Step::Statements | Step::SnapshotRead | Step::Office | Step::Clock
        )
    };
    assert!(!paper.sent.iter().any(wrote), "{:?}", paper.sent);
    assert!(
        paper.shelf.bytes().is_empty(),
        "the sheet is never written down"
    );
    paper.assert_calm();

    let engine = paper.engine.into_device(secrets, now, &mut chance(64));
    let mut anna = enter(&world, engine, 62);
    assert_eq!(anna.engine.office_pending(), 1);
    anna.crash();
    anna.pump();
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    anna.assert_calm();
    assert!(anna.engine.may_admit(), "she directs again");
    assert_eq!(anna.only_dossier(), address);
    assert_eq!(texts(&anna, &address).len(), 3);
    assert!(texts(&anna, &address).contains(&AFTER.into()));
    assert!(anna.engine.party_key(&line(&anna)).unwrap().0 > before);
    let directory = anna.engine.directory().unwrap();
    assert!(!directory.is_current(&lost) && directory.is_current(&device.id));
    assert_eq!(directory.witnesses().unwrap().keys, [device.sign]);
    anna.reply(address, ANSWER);
    anna.sync();
    let said = rex.look().unwrap();
    assert_eq!(said.alarms, []);
    assert!(said.utterances.iter().any(|one| one.text == ANSWER));

    let before = texts(&anna, &address);
    anna.crash();
    anna.sync();
    assert_eq!(texts(&anna, &address), before);
    anna.assert_calm();

    // Whoever found the old browser has nothing from it any more.
    let old = DeviceSecrets::from_bytes(&lost_keys).unwrap();
    let mut thief = enter(&world, Engine::new(old, genesis), 63);
    thief.pump();
    assert!(thief.engine.directory().is_none());
}

#[test]
fn shares_of_the_sheet_are_rehearsed_and_two_of_them_recover() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        genesis,
        ..
    } = founding(&world);
    let now = world.clock.now();
    let list = WordList::dutch();
    let shares = sheet.split(&mut chance(70));
    let [first, second, third] = shares.each_ref().map(|share| {
        let words = share.words(&list);
        let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
        Share::parse(&words.join(" "), &[&list]).unwrap()
    });
    let me = anna.engine.device().member;
    assert_eq!(anna.engine.share_fits(&first), None, "nothing promised yet");
    anna.engine.promise_shares(&sheet, &shares, now).unwrap();
    anna.sync();
    for share in [&first, &second, &third] {
        assert_eq!(anna.engine.share_fits(share), Some(me));
    }
    let [strange, ..] = sheet.split(&mut chance(71));
    assert_eq!(
        anna.engine.share_fits(&strange),
        None,
        "a share of another splitting"
    );
    let other = Sheet::generate(&mut chance(72));
    assert!(matches!(
        anna.engine
            .promise_shares(&other, &other.split(&mut chance(73)), now),
        Err(OfficeError::Refused(_))
    ));
    let joined = Sheet::join(&third, &first).unwrap();
    let mut paper = enter(&world, Engine::from_sheet(&joined, genesis), 74);
    paper.pump();
    assert_eq!(paper.engine.device().member, me);
    // Shares of different splittings give a sheet that the relay does not know.
    let wrong = Sheet::join(&strange, &second).unwrap();
    let mut nobody = enter(&world, Engine::from_sheet(&wrong, genesis), 75);
    nobody.pump();
    assert!(nobody.engine.directory().is_none());
}

#[test]
fn the_regulation_is_accepted_and_agreements_are_filed() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        ..
    } = founding(&world);
    let now = world.clock.now();
    assert_eq!(anna.engine.accepted_regulation(), 0);
    anna.engine.accept_regulation(2, now).unwrap();
    assert!(
        anna.engine.accept_regulation(2, now).is_ok(),
        "said already"
    );
    anna.sync();
    assert_eq!(anna.engine.accepted_regulation(), 2);
    let older = anna.engine.accept_regulation(1, now);
    assert!(older.is_ok() && anna.engine.office_pending() == 0);

    let admit = Admit::Organisation {
        name: "Roeibond".into(),
        kind: OrganisationKind::Federation,
        line: None,
        director: "Cas Proef".into(),
        sheet,
    };
    let mut cas = let_in(&world, &mut anna, None, &admit);
    let centre = anna.engine.organisation().unwrap().id;
    let bond = cas.engine.organisation().unwrap().id;
    assert!(!agreed(&cas, &centre, &bond));
    assert!(
        cas.engine
            .file_agreement(bond, "x", "y", now, &mut cas.rng)
            .is_err()
    );
    assert!(
        cas.engine
            .file_agreement(centre, " ", "y", now, &mut cas.rng)
            .is_err()
    );
    let unexplained = cas
        .engine
        .file_agreement(centre, "x", " ", now, &mut cas.rng);
    assert!(unexplained.is_err(), "no privacy notice");
    for title in ["Kanarie-overeenkomst 2026", "Kanarie-overeenkomst 2027"] {
        cas.engine
            .file_agreement(centre, title, "Kanarieverklaring", now, &mut cas.rng)
            .unwrap();
        cas.sync();
    }
    anna.engine.poke_all();
    anna.sync();
    for desk in [&anna, &cas] {
        let filed = desk.engine.agreements();
        let brief: Vec<_> = filed
            .iter()
            .map(|one| (one.with, one.title.as_str(), one.version))
            .collect();
        assert_eq!(
            brief,
            [
                (centre, "Kanarie-overeenkomst 2026", 1),
                (centre, "Kanarie-overeenkomst 2027", 2)
            ]
        );
        assert!(filed.iter().all(|one| one.notice == "Kanarieverklaring"));
        assert!(agreed(desk, &centre, &bond) && agreed(desk, &bond, &centre));
    }
    world.stop();
    world.assert_disk_lacks(&["Kanarie", "Cas Proef"]);
}

fn agreed(desk: &Desk, one: &OrganisationId, other: &OrganisationId) -> bool {
    let length = desk.engine.directory().unwrap().length();
    desk.engine.agreed_at(one, other, length)
}

/// Seals a link as the engine does.
struct Link;
impl KeyRole for Link {
    const NAME: &'static str = "link";
}

/// A content key that somebody with a device says, as they like it.
struct Saying<'a> {
    by: &'a Desk,
    standing: Standing,
    team: TeamId,
    epoch: u32,
    /// The earlier epoch and the seed that its link gives; or no link.
    link: Option<(u32, [u8; 32])>,
    /// Who gets it.
    to: Vec<Device>,
}

impl Saying<'_> {
    fn said(&self, number: u64) -> StoredStatement {
        let mut rng = chance(500 + number);
        let genesis = self.by.engine.genesis();
        let secret = KemSecret::generate(&mut rng);
        let parts: [&[u8]; 3] = [&genesis.0, &self.team.0, &self.epoch.to_be_bytes()];
        let context = kdf::context("sluis/1/team-link", &parts);
        let key: SecretKey<Link> = kdf::derive(secret.expose_seed(), "sluis/1/team-link", &[]);
        let link = self.link.map(|(before, seed)| {
            let inside = [&before.to_be_bytes()[..], &seed].concat();
            chunked::seal(&key, &context, &inside, &mut rng)
        });
        let purpose = Purpose {
            genesis: &genesis,
            kind: FrameType::TeamContentStatement,
            subject: &self.team.0,
            number: self.epoch,
            version: 0,
        };
        let to: Vec<_> = self
            .to
            .iter()
            .map(|device| (device.id, device.kem.clone()))
            .collect();
        let wraps = wrap_for_devices(&purpose, secret.expose_seed(), &to, &mut rng).unwrap();
        let device = self.by.engine.device();
        let statement = Statement::TeamContent(TeamContent {
            author: Author {
                device: device.id,
                time: self.by.clock.now(),
                standing: self.standing,
            },
            team: self.team,
            epoch: self.epoch,
            kem: kem_key(&secret),
            wraps: frame_hash(&wraps),
            link: link.unwrap_or_default(),
        });
        StoredStatement {
            number,
            statement: sign_statement(&statement, &device.sign).unwrap(),
            wraps,
        }
    }
}

/// Anna behind a relay that lies, and Bram, who works with it.
fn accomplices(world: &Rc<World>) -> (Desk, Desk, Rc<EvilRelay>) {
    let evil = EvilRelay::new(world.clone());
    let plan = two_people(world);
    let mut founding = found(world, &plan, evil.clone(), Shelf::plain());
    founding.founder.pump();
    let transport: Rc<dyn Transport> = world.clone();
    let mut bram = founding
        .desks(&transport, &world.clock, Shelf::plain)
        .remove(0);
    let mut anna = founding.founder;
    everyone(&mut [&mut bram, &mut anna]);
    anna.assert_calm();
    (anna, bram, evil)
}

fn also_list(evil: &EvilRelay, one: StoredStatement) {
    evil.change::<StatementList>(move |_, page| {
        if page.complete {
            page.statements.push(one.clone());
        }
    });
}

#[test]
fn a_false_link_to_earlier_keys_is_found() {
    let seed = [9; 32];
    for case in 0..5 {
        let world = World::new();
        let (mut anna, bram, evil) = accomplices(&world);
        let team = line(&anna);
        let held = |epoch| StatementKey::TeamContent(team, epoch);
        let (epoch, link, alarm) = match case {
            0 => (1, None, Alarm::SharedKeyWrong(held(1))),
            1 => (1, Some((0, seed)), Alarm::SharedKeyWrong(held(0))),
            2 => (1, Some((1, seed)), Alarm::SharedKeyWrong(held(1))),
            3 => (1, Some((7, seed)), Alarm::SharedKeyWrong(held(1))),
            _ => (3, Some((2, seed)), Alarm::StatementWithheld(held(2))),
        };
        let directory = bram.engine.directory().unwrap();
        let devices = directory.team_devices(&team);
        let says = Saying {
            by: &bram,
            standing: directory.head(),
            team,
            epoch,
            link,
            to: devices.map(|record| record.device.clone()).collect(),
        };
        also_list(&evil, says.said(1_000));
        anna.engine.poke_all();
        anna.pump();
        let alarms = anna.engine.alarms();
        assert!(alarms.contains(&alarm), "case {case}: {alarms:?}");
    }
}

#[test]
fn who_left_cannot_put_a_key_of_theirs_in_the_way() {
    let world = World::new();
    let (mut anna, bram, evil) = accomplices(&world);
    let team = line(&anna);
    let before = bram.engine.directory().unwrap().head();
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    anna.sync();
    let address = anna.only_dossier();
    let now = world.clock.now();
    let leaver = bram.engine.device().member;
    anna.engine.revoke_member(leaver, now).unwrap();
    world.clock.pass(60);
    anna.sync();
    let (epoch, _) = anna.engine.party_key(&team).unwrap();
    // Made after leaving, as if before, for himself alone; and the relay shows it.
    let says = Saying {
        by: &bram,
        standing: before,
        team,
        epoch: epoch + 1,
        link: None,
        to: vec![bram.engine.device().public(DeviceKind::Browser)],
    };
    let said = says.said(1_000);
    let theirs = StatementKey::TeamContent(team, epoch + 1);
    also_list(&evil, said);
    anna.engine.poke_all();
    // Nothing is sealed to it, at no moment.
    while anna.step() {
        if let Some((newest, _)) = anna.engine.party_key(&team) {
            assert_ne!(newest, epoch + 1);
        }
    }
    let alarms = anna.engine.alarms();
    assert!(
        alarms.contains(&Alarm::SharedKeyWrong(theirs)),
        "{alarms:?}"
    );
    let (newest, _) = anna.engine.party_key(&team).unwrap();
    assert_eq!(newest, epoch + 2);
    anna.act(address, Command::Note(Lane::Team, "gaat door".into()));
    anna.sync();
    assert_eq!(anna.engine.dossier(&address).unwrap().pending(), 0);
}

#[test]
fn a_sheet_that_was_used_gives_way_to_a_new_one() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        genesis,
        ..
    } = founding(&world);
    let now = world.clock.now();
    let new = Sheet::generate(&mut chance(80));
    let stranger = Sheet::generate(&mut chance(81));
    assert!(anna.engine.replace_sheet(&stranger, &new, now).is_err());
    anna.engine.replace_sheet(&sheet, &new, now).unwrap();
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    assert_eq!(anna.engine.take_office_refused(), None);
    anna.assert_calm();
    // Reporters follow the change of root.
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    anna.sync();
    let mut paper = enter(&world, Engine::from_sheet(&sheet, genesis), 82);
    paper.pump();
    assert!(
        paper.engine.directory().is_none(),
        "the old one opens nothing"
    );
    let directory = anna.engine.directory().unwrap();
    for (key, op) in [
        (sheet.root(), Op::RootRotate(directory.root().clone())),
        (
            sheet.director(),
            Op::MemberRevoke {
                member: anna.engine.device().member,
            },
        ),
    ] {
        let entry = directory.next_entry(op, now);
        let entries = vec![sign_entry(&entry, &[&key]).unwrap()];
        let refused = world.call(&DirectoryAppend { entries }).err();
        assert_eq!(refused, Some(Problem::Refused));
    }

    let lost = anna.engine.device().id;
    let mut paper = enter(&world, Engine::from_sheet(&new, genesis), 83);
    paper.pump();
    let secrets = DeviceSecrets::generate(paper.engine.device().member, &mut chance(84));
    let device = secrets.public(DeviceKind::Browser);
    paper.engine.replace_devices(&device, &[lost], now).unwrap();
    paper.pump();
    let engine = paper.engine.into_device(secrets, now, &mut chance(85));
    let mut anna = enter(&world, engine, 86);
    anna.pump();
    anna.sync();
    anna.assert_calm();
    assert!(anna.engine.may_admit());
    assert_eq!(texts(&anna, &anna.only_dossier()), [BEFORE]);
}

#[test]
fn the_root_names_more_directors_and_brings_a_lost_one_back() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        genesis,
        ..
    } = founding(&world);
    let now = world.clock.now();
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let centre = anna.engine.organisation().unwrap().id;
    let both = [anna.engine.device().member, bram.engine.device().member];
    let wrong = Sheet::generate(&mut chance(90));
    assert_eq!(
        anna.engine.set_directors(centre, &both, None, &wrong, now),
        Err(OfficeError::NotAllowed)
    );
    assert!(
        anna.engine
            .set_directors(centre, &[], None, &sheet, now)
            .is_err()
    );
    anna.engine
        .set_directors(centre, &both, None, &sheet, now)
        .unwrap();
    everyone(&mut [&mut anna, &mut bram]);
    assert!(anna.engine.may_admit() && bram.engine.may_admit());
    let mut cas = {
        let admit = colleague(&bram, "Cas Proef");
        let_in(&world, &mut bram, None, &admit)
    };
    assert!(!cas.engine.may_admit());

    // A federation of one: its director has a sheet, and loses the browser.
    let admit = Admit::Organisation {
        name: "Roeibond".into(),
        kind: OrganisationKind::Federation,
        line: Some("Meldlijn Roeien".into()),
        director: "Dirk Proef".into(),
        sheet: Sheet::parse(
            &sheet
                .words(&WordList::english())
                .iter()
                .map(|word| word.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            &[&WordList::english()],
        )
        .unwrap(),
    };
    let mut dirk = let_in(&world, &mut bram, None, &admit);
    let own = Sheet::generate(&mut chance(91));
    dirk.engine.add_sheet(&own, now).unwrap();
    dirk.sync();
    everyone(&mut [&mut anna, &mut bram, &mut cas, &mut dirk]);
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Roeien", BEFORE);
    dirk.sync();
    let bond = dirk.engine.organisation().unwrap().id;
    let lost = dirk.engine.device().id;
    let address = dirk.only_dossier();
    drop(dirk);

    let mut paper = enter(&world, Engine::from_sheet(&own, genesis), 92);
    paper.pump();
    let me = paper.engine.device().member;
    let secrets = DeviceSecrets::generate(me, &mut chance(93));
    let device = secrets.public(DeviceKind::Browser);
    paper.engine.replace_devices(&device, &[lost], now).unwrap();
    paper.pump();
    let engine = paper.engine.into_device(secrets, now, &mut chance(94));
    let mut dirk = enter(&world, engine, 95);
    dirk.pump();
    everyone(&mut [&mut anna, &mut dirk]);
    assert_eq!(texts(&dirk, &address), [BEFORE]);
    assert!(!dirk.engine.may_admit(), "that takes root");
    anna.engine
        .set_directors(bond, &[me], None, &sheet, now)
        .unwrap();
    everyone(&mut [&mut anna, &mut dirk]);
    assert!(dirk.engine.may_admit());
    dirk.assert_calm();
}

#[test]
fn other_witnesses_vouch_when_one_leaves() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        ..
    } = founding(&world);
    let now = world.clock.now();
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let (a, b) = (anna.engine.device().member, bram.engine.device().member);
    let centre = anna.engine.organisation().unwrap().id;
    anna.engine
        .set_directors(centre, &[a, b], None, &sheet, now)
        .unwrap();
    anna.engine.set_witnesses(&[b], &sheet, now).unwrap();
    assert!(anna.engine.set_witnesses(&[], &sheet, now).is_err());
    everyone(&mut [&mut anna, &mut bram]);
    let now = world.clock.now();
    bram.engine.revoke_member(a, now).unwrap();
    everyone(&mut [&mut bram]);
    world.clock.pass(8 * sluis_wire::time::DAY);
    everyone(&mut [&mut bram]);
    let mut rex = reporter(&world, &bram, 5);
    rex.write("Centrum", BEFORE);
    bram.sync();
    assert_eq!(texts(&bram, &bram.only_dossier()), [BEFORE]);
    bram.assert_calm();
}

#[test]
fn a_role_that_crosses_organisations_takes_two_directors() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        ..
    } = founding(&world);
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let (a, b) = (anna.engine.device().member, bram.engine.device().member);
    let centre = anna.engine.organisation().unwrap().id;
    let now = world.clock.now();
    anna.engine
        .set_directors(centre, &[a, b], None, &sheet, now)
        .unwrap();
    everyone(&mut [&mut anna, &mut bram]);
    let roles = vec![Role::CaseManager, Role::AllFederations];
    let now = world.clock.now();
    anna.engine.set_roles(b, roles.clone(), now).unwrap();
    everyone(&mut [&mut anna, &mut bram]);
    assert_eq!(anna.engine.office_pending(), 1, "it waits");
    let code = |desk: &Desk| desk.engine.office_waiting().pop().unwrap().frame;
    let proposal = code(&anna);
    let says = Op::MemberRoles {
        member: b,
        roles: roles.clone(),
    };
    assert_eq!(bram.engine.read_proposal(&proposal), Ok(says));
    // Nobody signs twice.
    assert!(anna.engine.co_sign(&proposal, now).is_err());
    // What the log has left behind is not signed; there is another one.
    anna.engine.accept_regulation(1, now).unwrap();
    everyone(&mut [&mut anna, &mut bram]);
    let late = bram.engine.co_sign(&proposal, now);
    assert_eq!(late, Err(OfficeError::Outdated));
    anna.keep();
    anna.crash();
    everyone(&mut [&mut anna]);
    let proposal = code(&anna);
    bram.engine.co_sign(&proposal, now).unwrap();
    bram.keep();
    bram.crash();
    everyone(&mut [&mut bram, &mut anna]);
    assert_eq!(bram.engine.office_pending(), 0);
    assert_eq!(anna.engine.office_pending(), 0, "done is done");
    let record = |desk: &Desk| {
        let directory = desk.engine.directory().unwrap();
        directory.member(&b).unwrap().member.roles.clone()
    };
    assert_eq!(record(&anna), roles);
    assert_eq!(record(&bram), roles);
    // What waits can be withdrawn.
    anna.engine
        .set_roles(a, vec![Role::AllFederations], now)
        .unwrap();
    let number = anna.engine.office_waiting().pop().unwrap().number;
    anna.engine.withdraw(number);
    everyone(&mut [&mut anna, &mut bram]);
    assert_eq!(anna.engine.office_pending(), 0);
}

#[test]
fn two_directors_sign_for_each_step_of_letting_somebody_in() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        ..
    } = founding(&world);
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let me = Some(anna.engine.device().member);
    let mut second = let_in(&world, &mut anna, me, &Admit::Device);
    let (a, b) = (anna.engine.device().member, bram.engine.device().member);
    let centre = anna.engine.organisation().unwrap().id;
    let now = world.clock.now();
    let three = Some((4, 1));
    let too_many = anna
        .engine
        .set_directors(centre, &[a, b], three, &sheet, now);
    assert!(too_many.is_err(), "two people and the sheet are three");
    anna.engine
        .set_directors(centre, &[a, b], Some((2, 1)), &sheet, now)
        .unwrap();
    everyone(&mut [&mut anna, &mut bram, &mut second]);
    // One person with two browsers is one person.
    anna.engine.set_roles(b, vec![], now).unwrap();
    let proposal = anna.engine.office_waiting().pop().unwrap().frame;
    assert_eq!(
        second.engine.co_sign(&proposal, now),
        Err(OfficeError::NotAllowed)
    );
    let number = anna.engine.office_waiting()[0].number;
    anna.engine.withdraw(number);
    // Letting in takes a signature for each entry; each is handed over in turn.
    let mut rng = chance(31);
    let invitation = anna.engine.invite(None, &mut rng).unwrap();
    let secrets = DeviceSecrets::generate(invitation.member, &mut rng);
    let device = secrets.public(DeviceKind::Browser);
    let admit = colleague(&anna, "Chris Proef");
    anna.engine
        .admit(&invitation, &device, &admit, now, &mut rng)
        .unwrap();
    let mut rounds = 0;
    while let Some(waiting) = anna.engine.office_waiting().pop() {
        bram.engine
            .co_sign(&waiting.frame, world.clock.now())
            .unwrap();
        everyone(&mut [&mut bram, &mut anna]);
        rounds += 1;
        assert!(rounds < 5);
    }
    assert_eq!(rounds, 3, "the person, the device, the team");
    let directory = anna.engine.directory().unwrap();
    assert!(directory.is_current(&device.id));
    assert_eq!(directory.teams_of(&invitation.member).count(), 1);
}

#[test]
fn a_confidential_adviser_gets_no_keys_of_dossiers() {
    let world = World::new();
    let mut anna = alone(&world);
    let Admit::Colleague { name, teams, .. } = colleague(&anna, "Tom Proef") else {
        unreachable!("a colleague")
    };
    let adviser = |teams: &[TeamId]| Admit::Colleague {
        name: name.clone(),
        roles: vec![Role::ConfidentialAdviser],
        teams: teams.to_vec(),
    };
    let mut tom = let_in(&world, &mut anna, None, &adviser(&[]));
    let (now, person) = (world.clock.now(), tom.engine.device().member);
    let directory = anna.engine.directory().unwrap();
    let mut team = directory.team(&teams[0]).unwrap().team.clone();
    team.members.push(person);
    let refused = Err(OfficeError::StatusOnly);
    assert_eq!(anna.engine.set_team(team.clone(), now), refused);
    let mut rex = reporter(&world, &anna, 5);
    rex.write("Centrum", BEFORE);
    everyone(&mut [&mut anna, &mut tom]);
    assert_eq!(texts(&anna, &anna.only_dossier()), [BEFORE]);
    assert_eq!(tom.engine.dossiers().count(), 0);
    let parties = anna.engine.parties();
    assert!(!parties.iter().any(|info| info.name == name));
    // Another role first, then the team; and not back while in it.
    anna.engine
        .set_roles(person, vec![Role::CaseManager], now)
        .unwrap();
    everyone(&mut [&mut anna, &mut tom]);
    anna.engine.set_team(team, now).unwrap();
    everyone(&mut [&mut anna, &mut tom]);
    let back = vec![Role::ConfidentialAdviser];
    assert_eq!(anna.engine.set_roles(person, back, now), refused);
    tom.assert_calm();
}

#[test]
fn the_only_witness_is_revoked_only_when_another_takes_over() {
    let world = World::new();
    let Founding {
        founder: mut anna,
        sheet,
        ..
    } = founding(&world);
    let admit = colleague(&anna, "Bram Proef");
    let mut bram = let_in(&world, &mut anna, None, &admit);
    let (a, b) = (anna.engine.device().member, bram.engine.device().member);
    let centre = anna.engine.organisation().unwrap().id;
    let now = world.clock.now();
    anna.engine
        .set_directors(centre, &[a, b], None, &sheet, now)
        .unwrap();
    everyone(&mut [&mut anna, &mut bram]);
    let (device, now) = (anna.engine.device().id, world.clock.now());
    let last = Err(OfficeError::LastWitness);
    assert_eq!(bram.engine.revoke_member(a, now), last);
    assert_eq!(bram.engine.revoke_device(device, now), last);
    assert_eq!(
        anna.engine.pass_witness(&[device], &sheet, now),
        last,
        "not to oneself"
    );
    bram.engine.pass_witness(&[device], &sheet, now).unwrap();
    bram.engine.revoke_member(a, now).unwrap();
    everyone(&mut [&mut bram]);
    world.clock.pass(8 * sluis_wire::time::DAY);
    everyone(&mut [&mut bram]);
    let mut rex = reporter(&world, &bram, 5);
    rex.write("Centrum", BEFORE);
    bram.sync();
    assert_eq!(texts(&bram, &bram.only_dossier()), [BEFORE]);
    bram.assert_calm();
}

#[test]
fn a_relay_that_lies_about_an_act_leaves_it_open_or_is_heard() {
    let world = World::new();
    let (mut anna, bram, evil) = accomplices(&world);
    let member = bram.engine.device().member;
    let now = world.clock.now();
    // "Done", and nothing was done.
    evil.pretend::<DirectoryAppend>(|_| Ok(sluis_wire::api::Done));
    anna.engine.revoke_member(member, now).unwrap();
    for _ in 0..3 {
        anna.sync();
        assert_eq!(anna.engine.office_pending(), 1);
    }
    // "Others were first", and nobody was.
    evil.repent();
    evil.pretend::<DirectoryAppend>(|_| Err(Problem::Conflict));
    for _ in 0..3 {
        anna.sync();
        assert_eq!(anna.engine.office_pending(), 1);
    }
    evil.repent();
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    let directory = anna.engine.directory().unwrap();
    assert!(!directory.is_current(&bram.engine.device().id));
    // "The rules refuse", and they do not.
    evil.pretend::<DirectoryAppend>(|_| Err(Problem::Refused));
    anna.engine.accept_regulation(1, now).unwrap();
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    assert_eq!(
        anna.engine.take_office_refused(),
        Some(OfficeError::ByRelay)
    );
    // The answer gets lost, and the entry is there.
    evil.repent();
    let lost = std::cell::Cell::new(false);
    evil.lie(move |asked| {
        asked.call::<DirectoryAppend>()?;
        let _done = asked.honest();
        (!lost.replace(true)).then_some(Reply::Lost)
    });
    anna.engine.accept_regulation(1, now).unwrap();
    anna.sync();
    anna.sync();
    assert_eq!(anna.engine.office_pending(), 0);
    assert_eq!(anna.engine.accepted_regulation(), 1);
    assert_eq!(anna.engine.take_office_refused(), None);
    anna.assert_calm();
}
