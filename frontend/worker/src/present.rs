//! From the engine's facts to what the desk's page shows.

use sluis_directory::entry::DeviceKind;
use sluis_directory::log::{DeviceRecord, Directory};
use sluis_directory::snapshot::Freshness;
use sluis_domain::conflict::Choice as Disputed;
use sluis_domain::dossier::{Dossier, FileEntry, Made};
use sluis_domain::event::{Note, TakenOut};
use sluis_domain::file::saved_name;
use sluis_domain::ids::{AuthorId, PersonId};
use sluis_domain::retention::CivilDay;
use sluis_domain::view::{HistoryKind, bubbles, history, row};
use sluis_domain::vocabulary::{Field, Tie};
use sluis_link::{
    AlarmKind, Bubble, Choice, Conflict, DossierKey, DossierView, Fault, FileKey, FileView, Lane,
    LogKind, LogLine, NoteView, Profile, Removed, Row, Sent, Warning,
};
use sluis_protocol::dossier::{Action, AlarmKind as DossierAlarm, number};
use sluis_protocol::engine::{Alarm, Engine, Work};
use sluis_protocol::founding::control_code;
use sluis_wire::address::{DeviceId, DossierAddress, FileAddress, MemberId};
use sluis_wire::time::UnixTime;

use crate::office::shown_ground;
use crate::people::{devices, staff_role};
use crate::{extract, involved, share};

/// Which box a draft belongs to, as a row's key has it.
pub(crate) const REPLY_SLOT: u8 = 0;
/// See [`REPLY_SLOT`].
pub(crate) const NOTE_SLOT: u8 = 1;

pub(crate) fn row_of(engine: &Engine, address: &DossierAddress, work: &Work) -> Row {
    let facts = row(work.state(), |author| engine.is_mine(author));
    let mine = engine.device().member;
    Row {
        key: DossierKey(address.0),
        number: number(address),
        kind: facts.kind,
        origin: facts.origin,
        status: facts.status,
        classification: facts.classification,
        federation: facts.federation,
        sport: facts.sport,
        level: facts.level,
        gist: facts.gist,
        handler: facts
            .handler
            .map(|member| engine.name_of(&MemberId(member)))
            .unwrap_or_default(),
        mine: facts.handler == Some(mine.0),
        club: facts.club,
        risk: facts.risk,
        tier: facts.tier,
        tags: facts.tags,
        unread: u32::try_from(engine.unseen(address).len()).unwrap_or(u32::MAX),
        waiting_since: facts.waiting_since,
        opened: facts.opened,
        active: facts.active,
        ends: facts.ends.map(CivilDay::noon),
        pending: u32::try_from(work.pending() + engine.contacts_pending_in(address))
            .unwrap_or(u32::MAX),
        alarmed: !alarms_of(engine, address, work).is_empty(),
    }
}

pub(crate) fn view_of(engine: &Engine, address: &DossierAddress, work: &Work) -> DossierView {
    let state = work.state();
    let fields = state.fields();
    DossierView {
        row: row_of(engine, address, work),
        conversation: conversation(engine, state, work),
        can_reply: state.can_reply() && engine.answers(address) && engine.may_write(address),
        federation_may_read: state.federation_may_read(),
        first_story: fields.first_story.clone(),
        happened: fields.happened.clone(),
        asked: fields.asked.clone(),
        handler: fields.handler,
        groups: fields.groups.clone(),
        ties: ties(engine, address),
        conflicts: conflicts(engine, state),
        notes: notes(engine, address, work),
        access: share::access(engine, address),
        share: share::view(engine, address, work),
        log: log(engine, work),
        alarms: alarms_of(engine, address, work),
        extract: extract::view(engine, work),
        advice: extract::advice(engine, work),
        files: files(engine, address, work),
        reply_draft: engine.draft(*address, REPLY_SLOT),
        note_draft: engine.draft(*address, NOTE_SLOT),
        people: involved::people(engine, address, work),
        closing: involved::closing(engine, address, work),
        closing_pending: engine.is_closing(address),
        ground: engine
            .organisation_of(address)
            .and_then(|organisation| engine.respondent_ground(&organisation))
            .map(shown_ground),
    }
}

fn conversation(engine: &Engine, state: &Dossier, work: &Work) -> Vec<Bubble> {
    bubbles(state)
        .into_iter()
        .map(|bubble| Bubble {
            staff: bubble.staff.as_ref().map(|author| name(engine, author)),
            mine: bubble
                .staff
                .as_ref()
                .is_some_and(|author| engine.is_mine(author)),
            sent: if bubble.events.iter().all(|event| work.is_sent(event)) {
                Sent::Stored
            } else {
                Sent::Waiting
            },
            files: bubble
                .files
                .iter()
                .filter_map(|file| Some(state.file(file)?.file.name.clone()))
                .collect(),
            text: bubble.text,
            time: bubble.time,
        })
        .collect()
}

fn conflicts(engine: &Engine, state: &Dossier) -> Vec<Conflict> {
    let choice = |choice: &Disputed| Choice {
        value: choice.value.clone(),
        person: match choice.value {
            Field::Handler(Some(member)) => engine.name_of(&MemberId(member)),
            _ => String::new(),
        },
        author: name(engine, &choice.made.author),
        time: choice.made.time,
    };
    state
        .conflicts()
        .iter()
        .map(|conflict| Conflict {
            field: conflict.field,
            choices: conflict.choices.iter().map(choice).collect(),
        })
        .collect()
}

fn ties(engine: &Engine, address: &DossierAddress) -> Vec<(DossierKey, Tie)> {
    let others = engine.incident(address).into_iter().skip(1);
    others
        .map(|(other, tie)| (DossierKey(other.0), tie))
        .collect()
}

/// Those of the team, and my own for myself.
fn notes(engine: &Engine, address: &DossierAddress, work: &Work) -> Vec<NoteView> {
    let lane = |work: &Work, lane| {
        let view = |(made, note): &(Made, Note)| NoteView {
            author: name(engine, &made.author),
            time: made.time,
            lane,
            text: note.text.clone(),
            sent: if work.is_sent(&made.event) {
                Sent::Stored
            } else {
                Sent::Waiting
            },
        };
        work.state().notes().iter().map(view).collect::<Vec<_>>()
    };
    let mut notes = lane(work, Lane::Team);
    for own in engine.private_of(address) {
        if let Some(own) = engine.dossier(&own) {
            notes.extend(lane(own, Lane::Me));
        }
    }
    notes.sort_by_key(|note| note.time);
    notes
}

fn files(engine: &Engine, address: &DossierAddress, work: &Work) -> Vec<FileView> {
    let fault = |file: FileAddress| {
        let alarms = engine.alarms();
        if alarms.contains(&Alarm::FileMissing(*address, file)) {
            Some(Fault::FileGone)
        } else {
            let damaged = alarms.contains(&Alarm::FileDamaged(*address, file));
            damaged.then_some(Fault::FileDamaged)
        }
    };
    let view = |entry: &FileEntry| FileView {
        key: FileKey(entry.file.file.0),
        name: entry.file.name.clone(),
        safe_name: saved_name(&entry.file.name, &entry.file.hash),
        size: entry.file.size,
        hash: hex(&entry.file.hash),
        author: entry
            .message
            .is_none()
            .then(|| name(engine, &entry.made.author)),
        time: entry.made.time,
        cleaned: entry.file.cleaned,
        removed: entry.removed.as_ref().map(|(made, reason)| Removed {
            author: name(engine, &made.author),
            time: made.time,
            reason: reason.clone(),
        }),
        sent: if work.is_sent(&entry.made.event) {
            Sent::Stored
        } else {
            Sent::Waiting
        },
        fault: fault(FileAddress(entry.file.file.0)),
    };
    work.state().files().iter().map(view).collect()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or('0');
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}

/// Newest first: what events say, and what the control chain says.
fn log(engine: &Engine, work: &Work) -> Vec<LogLine> {
    let number = |id: &PersonId| involved::number_of(work, id);
    let mut lines: Vec<LogLine> = history(work.replica().log())
        .into_iter()
        .filter_map(|line| {
            let what = match line.what {
                HistoryKind::Opened => LogKind::Opened,
                HistoryKind::MessageImported => LogKind::MessageImported,
                HistoryKind::ReplySent => LogKind::ReplySent,
                HistoryKind::FieldSet(field) => LogKind::FieldSet(field),
                HistoryKind::NoteAdded => LogKind::NoteAdded,
                HistoryKind::Looked => LogKind::Looked,
                HistoryKind::Linked => LogKind::Tied,
                HistoryKind::TakenOut(TakenOut::Print) => LogKind::Printed,
                HistoryKind::TakenOut(TakenOut::Export) => LogKind::Exported,
                // The control chain says what this came to.
                HistoryKind::AccessGiven(..) => return None,
                HistoryKind::PersonShutOut(person) => {
                    LogKind::ShutOut(share::named(engine, &person))
                }
                HistoryKind::AccessAnswered(party, accepted) => {
                    LogKind::AccessAnswered(share::named(engine, &party), accepted)
                }
                HistoryKind::ExtractMade => LogKind::ExtractMade,
                HistoryKind::OpinionGiven => LogKind::OpinionGiven,
                HistoryKind::AdviceAsked => LogKind::AdviceAsked,
                HistoryKind::OpinionReturned => LogKind::OpinionReturned,
                HistoryKind::PersonAdded(id) => LogKind::PersonAdded(number(&id)),
                HistoryKind::PersonChanged(id) => LogKind::PersonChanged(number(&id)),
                HistoryKind::PersonRemoved(id) => LogKind::PersonRemoved(number(&id)),
                HistoryKind::ContactSealed(id) => LogKind::ContactSealed(number(&id)),
                HistoryKind::ContactErased(id) => LogKind::ContactErased(number(&id)),
                HistoryKind::Closed => LogKind::Closed,
                HistoryKind::Shredded => LogKind::Shredded,
                HistoryKind::Redacted => LogKind::Redacted,
                HistoryKind::FileAdded => LogKind::FileAdded,
                HistoryKind::FileRemoved => LogKind::FileRemoved,
                HistoryKind::FigureKept => LogKind::FigureKept,
                HistoryKind::PackageMade(contacts) => LogKind::PackageMade(contacts),
                HistoryKind::PackageTaken => {
                    let from = work.state().came_from();
                    let from = from.map(|from| (from.organisation.clone(), from.number.clone()));
                    let (name, number) = from.unwrap_or_default();
                    LogKind::PackageTaken(name, number)
                }
                HistoryKind::Unknown(kind) => LogKind::Unknown(kind),
            };
            Some(LogLine {
                time: line.time,
                author: name(engine, &line.author),
                what,
                // Nothing reaches the log of a replica unless signature, right and place were checked.
                verified: true,
            })
        })
        .collect();
    let chain = work.replica().chain().links();
    lines.extend(
        chain
            .iter()
            .zip(chain.iter().skip(1))
            .map(|(before, link)| LogLine {
                time: link.body.time.0,
                author: engine.name_of_device(&link.body.author),
                what: match Action::parse(link.body.action) {
                    Some(Action::Grant | Action::Revoke) => LogKind::AccessChanged(share::changes(
                        engine,
                        &before.body.grants,
                        &link.body.grants,
                    )),
                    Some(Action::Create | Action::Rotate | Action::Frontier) | None => {
                        LogKind::KeysRenewed
                    }
                },
                verified: true,
            }),
    );
    lines.sort_by_key(|line| core::cmp::Reverse(line.time));
    lines
}

fn alarms_of(engine: &Engine, address: &DossierAddress, work: &Work) -> Vec<sluis_link::Alarm> {
    let own = work
        .replica()
        .alarms()
        .into_iter()
        .map(|alarm| dossier_alarm(alarm.kind));
    let around = engine.alarms().iter().filter_map(|alarm| match alarm {
        Alarm::Dossier(of, kind) if of == address => Some(dossier_alarm(*kind)),
        Alarm::BoardTaken(of) if of == address => Some(AlarmKind::BoardTaken),
        Alarm::ContactWithheld(of) if of == address => Some(AlarmKind::ContactWithheld),
        Alarm::ContactRolledBack(of) if of == address => Some(AlarmKind::ContactRolledBack),
        Alarm::ContactWrong(of) if of == address => Some(AlarmKind::ContactWrong),
        Alarm::FileMissing(of, _) if of == address => Some(AlarmKind::FileMissing),
        Alarm::FileDamaged(of, _) if of == address => Some(AlarmKind::FileDamaged),
        _ => None,
    });
    let kinds: sluis_sorted::Set<AlarmKind> = own.chain(around).collect();
    kinds
        .into_iter()
        .map(|kind| one_alarm(engine, kind, Some(DossierKey(address.0))))
        .collect()
}

/// What is wrong outside of the dossiers.
pub(crate) fn alarms(engine: &Engine) -> Vec<sluis_link::Alarm> {
    let kinds: sluis_sorted::Set<(AlarmKind, Option<DossierKey>)> = engine
        .alarms()
        .iter()
        .map(|alarm| match alarm {
            Alarm::DirectoryFork => (AlarmKind::DirectoryFork, None),
            Alarm::DirectoryRolledBack => (AlarmKind::DirectoryRolledBack, None),
            Alarm::DirectoryRefused => (AlarmKind::DirectoryRefused, None),
            Alarm::AnswerDamaged => (AlarmKind::AnswerDamaged, None),
            Alarm::StatementRefused => (AlarmKind::StatementRefused, None),
            Alarm::StatementWithheld(_) | Alarm::KeysDiffer => (AlarmKind::KeysWithheld, None),
            Alarm::SnapshotRolledBack | Alarm::RelayRolledBack => {
                (AlarmKind::ServerRolledBack, None)
            }
            Alarm::SharedKeyWrong(_) => (AlarmKind::TeamKeyWrong, None),
            Alarm::IntakeDamaged => (AlarmKind::IntakeDamaged, None),
            Alarm::VaultRolledBack => (AlarmKind::VaultRolledBack, None),
            Alarm::VaultDamaged => (AlarmKind::VaultDamaged, None),
            Alarm::Dossier(of, kind) => (dossier_alarm(*kind), Some(DossierKey(of.0))),
            Alarm::BoardTaken(of) => (AlarmKind::BoardTaken, Some(DossierKey(of.0))),
            Alarm::ContactWithheld(of) => (AlarmKind::ContactWithheld, Some(DossierKey(of.0))),
            Alarm::ContactRolledBack(of) => (AlarmKind::ContactRolledBack, Some(DossierKey(of.0))),
            Alarm::ContactWrong(of) => (AlarmKind::ContactWrong, Some(DossierKey(of.0))),
            Alarm::FileMissing(of, _) => (AlarmKind::FileMissing, Some(DossierKey(of.0))),
            Alarm::FileDamaged(of, _) => (AlarmKind::FileDamaged, Some(DossierKey(of.0))),
        })
        .collect();
    kinds
        .into_iter()
        .map(|(kind, dossier)| one_alarm(engine, kind, dossier))
        .collect()
}

fn one_alarm(engine: &Engine, kind: AlarmKind, dossier: Option<DossierKey>) -> sluis_link::Alarm {
    let address = dossier.map(|key| DossierAddress(key.0));
    let proof = provable(kind);
    sluis_link::Alarm {
        kind,
        dossier,
        provable: proof.is_some_and(|kind| engine.is_provable(address.as_ref(), kind)),
    }
}

/// The alarm of a dossier or of the directory behind which there may be two signed things.
pub(crate) const fn provable(kind: AlarmKind) -> Option<DossierAlarm> {
    match kind {
        AlarmKind::DirectoryFork => Some(DossierAlarm::DirectoryFork),
        AlarmKind::ControlFork => Some(DossierAlarm::ControlFork),
        AlarmKind::Equivocation => Some(DossierAlarm::Equivocation),
        _ => None,
    }
}

const fn dossier_alarm(kind: DossierAlarm) -> AlarmKind {
    match kind {
        DossierAlarm::DirectoryFork => AlarmKind::DirectoryFork,
        DossierAlarm::ControlFork => AlarmKind::ControlFork,
        DossierAlarm::ControlRolledBack => AlarmKind::ControlRolledBack,
        DossierAlarm::ControlRefused => AlarmKind::ControlRefused,
        DossierAlarm::WrongWrap => AlarmKind::WrongWrap,
        DossierAlarm::EventMissing => AlarmKind::EventMissing,
        DossierAlarm::OwnEventGone => AlarmKind::OwnEventGone,
        DossierAlarm::EventRefused => AlarmKind::EventRefused,
        DossierAlarm::Equivocation => AlarmKind::Equivocation,
        DossierAlarm::EventsRolledBack => AlarmKind::EventsRolledBack,
    }
}

/// Whether every sheet of those who direct the centre lies in three parts, so that nobody brings root back alone.
fn is_split(directory: &Directory) -> bool {
    let Some(centre) = directory.centre() else {
        return false;
    };
    let directs = |record: &DeviceRecord| directory.directs(&record.device.sign, &centre.id);
    let mut sheets = directory.devices().filter(|record| {
        record.device.kind == DeviceKind::Paper
            && record.span.is_current()
            && directory.devices_of(&record.device.member).any(directs)
    });
    let Some(first) = sheets.next() else {
        return false;
    };
    first.shares.is_some() && sheets.all(|record| record.shares.is_some())
}

/// The person, the organisation, and what is not as it should be. `pinned` says whether `site.json` names this deployment.
pub(crate) fn profile(engine: &Engine, pinned: bool, now: UnixTime) -> Profile {
    let directory = engine.directory();
    let mut warnings = Vec::new();
    if directory.is_some_and(|directory| directory.root().keys.len() < 2 && !is_split(directory)) {
        warnings.push(Warning::OneRootKey);
    }
    let own = directory
        .map(|directory| devices(engine, directory, &engine.device().member))
        .unwrap_or_default();
    if own.iter().any(|device| device.used) {
        warnings.push(Warning::SheetUsed);
    }
    if directory
        .and_then(|directory| directory.witnesses())
        .is_none_or(|set| set.keys.len() < 2)
    {
        warnings.push(Warning::OneWitness);
    }
    if !pinned {
        warnings.push(Warning::GenesisNotPinned);
    }
    if let Some(Freshness::Stale { days }) = engine.freshness(now) {
        warnings.push(Warning::SnapshotOld(
            u16::try_from(days).unwrap_or(u16::MAX),
        ));
    }
    if engine.is_clock_off() {
        warnings.push(Warning::ClockOff);
    }
    Profile {
        person: engine.name_of(&engine.device().member),
        member: engine.device().member.0,
        roles: engine
            .member()
            .map(|member| member.roles.iter().copied().map(staff_role).collect())
            .unwrap_or_default(),
        organisation: engine
            .organisation()
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        lines: engine.lines(),
        colleagues: engine
            .colleagues()
            .into_iter()
            .map(|(member, name)| (member.0, name))
            .collect(),
        lock_minutes: directory.map_or(20, |directory| directory.policy().lock_minutes),
        demonstration: directory.is_some_and(|directory| directory.genesis_entry().demonstration),
        warnings,
        control_code: control_code(&engine.genesis().0),
        counts: engine.may_count(),
        second_lock: None,
        classes: engine.classes(),
    }
}

fn name(engine: &Engine, author: &AuthorId) -> String {
    engine.name_of_device(&DeviceId(author.0))
}
