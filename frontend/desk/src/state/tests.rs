use super::*;
use sluis_domain::vocabulary::{Kind, Origin, Status};
use sluis_link::{DemoPerson, DossierView, Link, Profile, Progress, Row, StaffRole, Stage, Start};

/// A row that asks for nothing.
pub(super) fn row(number: u8) -> Row {
    Row {
        key: DossierKey([number; 16]),
        number: format!("K7Q-{number:03}"),
        kind: Kind::Report,
        origin: Origin::Chat,
        status: Status::InProgress,
        classification: None,
        federation: String::new(),
        sport: "hockey".into(),
        level: None,
        gist: String::new(),
        club: String::new(),
        risk: None,
        tier: None,
        tags: vec![],
        handler: String::new(),
        mine: false,
        unread: 0,
        waiting_since: None,
        opened: 10,
        active: 20,
        ends: None,
        pending: 0,
        alarmed: false,
    }
}

pub(super) fn view(number: u8) -> DossierView {
    DossierView {
        row: row(number),
        conversation: vec![sluis_link::Bubble {
            staff: None,
            mine: false,
            text: "Hallo".into(),
            files: vec![],
            time: 10,
            sent: sluis_link::Sent::Stored,
        }],
        can_reply: true,
        federation_may_read: None,
        first_story: "Hallo".into(),
        happened: String::new(),
        asked: String::new(),
        handler: None,
        groups: vec![],
        ties: vec![],
        conflicts: vec![],
        files: vec![],
        notes: vec![],
        access: vec![],
        share: sluis_link::ShareView::default(),
        log: vec![],
        alarms: vec![],
        extract: None,
        advice: vec![],
        reply_draft: String::new(),
        note_draft: String::new(),
        people: vec![],
        closing: None,
        closing_pending: false,
        ground: None,
    }
}

pub(super) fn profile() -> Profile {
    Profile {
        person: "Noor".into(),
        member: [7; 16],
        roles: vec![StaffRole::CaseManager],
        organisation: "Centrum".into(),
        lines: vec!["Meldlijn".into()],
        colleagues: vec![],
        lock_minutes: 20,
        demonstration: false,
        warnings: vec![],
        control_code: "123 456".into(),
        counts: false,
        second_lock: None,
        classes: sluis_domain::classes::Classes::default(),
    }
}

pub(super) fn people() -> Vec<DemoPerson> {
    (0..2)
        .map(|number| DemoPerson {
            number,
            name: format!("Persoon {number}"),
            organisation: "Centrum".into(),
            role: StaffRole::CaseManager,
        })
        .collect()
}

fn told(tell: Tell) -> Msg {
    Msg::Told(1, Rc::new(tell))
}

pub(super) fn answer(ticket: Ticket, answer: Answer) -> Msg {
    told(Tell::Answer(ticket, Ok(answer)))
}

/// An answer of the worker that runs now.
pub(super) fn answer_of(model: &Model, ticket: Ticket, answer: Answer) -> Msg {
    Msg::Told(model.generation, Rc::new(Tell::Answer(ticket, Ok(answer))))
}

pub(super) fn fail(ticket: Ticket, fault: Fault) -> Msg {
    told(Tell::Answer(ticket, Err(fault)))
}

pub(super) fn progress(ticket: Ticket, stage: Stage, permille: u16) -> Msg {
    told(Tell::Progress(ticket, Progress { stage, permille }))
}

pub(super) fn news(news: News) -> Msg {
    told(Tell::News(news))
}

/// What is asked of the worker.
pub(super) fn sent(effects: &[Effect]) -> impl Iterator<Item = &Ask> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Send(request) => Some(&request.ask),
        _ => None,
    })
}

/// The ticket of the last request.
pub(super) fn at(effects: &[Effect]) -> Ticket {
    effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Send(request) => Some(request.ticket),
            _ => None,
        })
        .unwrap_or(Ticket(u32::MAX))
}

/// A page whose worker has said how things stand.
pub(super) fn started(start: Start) -> Model {
    let mut model = Model::new(
        Locale::new(Language::Nl),
        Scheme::System,
        Route::Work,
        1_000,
    );
    let effects = update(&mut model, Msg::Began);
    update(&mut model, answer(at(&effects), Answer::Start(start)));
    model
}

/// An open desk with these rows.
pub(super) fn opened_with(rows: Vec<Row>) -> Model {
    let mut model = started(Start::Locked);
    update(
        &mut model,
        Msg::Gate(GateMsg::Typed(Secret("zes woorden".into()))),
    );
    let effects = update(&mut model, Msg::Gate(GateMsg::Submit));
    update(
        &mut model,
        answer(at(&effects), Answer::Unlocked(Box::new(profile()))),
    );
    update(&mut model, news(News::Rows { first: true, rows }));
    model
}

#[test]
fn each_start_leads_to_its_own_screen() {
    let gate = |start| match started(start).phase {
        Phase::Gate(gate) => gate,
        other => unreachable!("{other:?}"),
    };
    assert!(matches!(started(Start::SetUpNeeded).phase, Phase::SetUp(_)));
    assert!(matches!(gate(Start::Locked), Gate::Unlock(_)));
    assert!(matches!(
        gate(Start::Demonstration(people())),
        Gate::Demo(_)
    ));
    assert!(matches!(gate(Start::NoVault), Gate::NoVault));
    assert!(matches!(gate(Start::OtherTab), Gate::OtherTab));
    assert!(matches!(gate(Start::Unreachable), Gate::Unreachable));
}

#[test]
fn a_broken_worker_can_be_started_again() {
    let mut model = opened_with(vec![]);
    update(&mut model, Msg::WorkerBroke(1));
    assert!(matches!(model.phase, Phase::Broken));
    let effects = update(&mut model, Msg::StartAgain);
    assert!(matches!(model.phase, Phase::Starting { person: None }));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::StartWorker(2)))
    );
}

#[test]
fn what_an_earlier_worker_said_is_not_heard() {
    let mut model = opened_with(vec![]);
    update(
        &mut model,
        Msg::Told(0, Rc::new(Tell::News(News::Link(Link::Synced)))),
    );
    assert_eq!(model.desk().and_then(|desk| desk.link), None);
    update(&mut model, Msg::WorkerBroke(0));
    assert!(model.desk().is_some());
}

#[test]
fn an_answer_to_nothing_is_dropped() {
    let mut model = opened_with(vec![]);
    let effects = update(
        &mut model,
        answer(Ticket(999), Answer::Start(Start::NoVault)),
    );
    assert!(effects.is_empty());
    assert!(model.desk().is_some());
}

#[test]
fn another_tab_that_takes_the_vault_ends_this_one() {
    let mut model = opened_with(vec![row(1)]);
    let effects = update(&mut model, news(News::TakenOver));
    assert!(matches!(model.phase, Phase::Gate(Gate::OtherTab)));
    assert!(matches!(effects.as_slice(), [Effect::EndWorker, ..]));
}

#[test]
fn a_lock_that_takes_too_long_is_made_anyway() {
    let mut model = opened_with(vec![]);
    update(&mut model, Msg::Lock);
    let effects = update(&mut model, Msg::LockOverdue(1));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::StartWorker(2)))
    );
    assert!(update(&mut model, Msg::LockOverdue(1)).is_empty());
}

#[test]
fn a_newer_version_comes_with_the_next_lock() {
    let mut model = opened_with(vec![]);
    assert!(update(&mut model, Msg::Newer).is_empty());
    let effects = update(&mut model, Msg::Lock);
    let effects = update(&mut model, answer(at(&effects), Answer::Done));
    assert!(matches!(effects.as_slice(), [Effect::Reload]));
}

#[test]
fn the_page_of_a_dossier_without_a_dossier_is_the_table() {
    let mut model = opened_with(vec![]);
    let effects = update(&mut model, Msg::Routed(Route::Dossier));
    assert_eq!(model.route, Route::Dossiers);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Address(Route::Dossiers, Step::Replace)))
    );
}

#[test]
fn the_address_is_not_written_again_when_it_was_the_browser_that_moved() {
    let mut model = opened_with(vec![]);
    let effects = update(&mut model, Msg::Routed(Route::Settings));
    assert_eq!(model.route, Route::Settings);
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Address(..)))
    );
}
