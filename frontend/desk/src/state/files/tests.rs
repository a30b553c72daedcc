use super::*;
use crate::state::Msg;
use crate::state::dossier::DossierMsg;
use crate::state::involved::PersonMsg;
use crate::state::tests::{answer, at, news, opened_with, row, view};
use crate::state::update as turn;
use sluis_link::{Answer, FileView, News, PersonAsk, Sent};

const FILE: FileKey = FileKey([7; 16]);

/// A desk with dossier 1 on screen, which holds one file.
fn shown() -> Model {
    let mut model = opened_with(vec![row(1), row(2)]);
    let key = row(1).key;
    let effects = turn(&mut model, Msg::Dossier(DossierMsg::Open(key, None)));
    let mut whole = view(1);
    whole.files.push(FileView {
        key: FILE,
        name: "../..\u{202e}gpj.exe".into(),
        safe_name: "gpj.exe".into(),
        size: 9,
        hash: String::new(),
        author: None,
        time: 0,
        cleaned: true,
        removed: None,
        sent: Sent::Stored,
        fault: None,
    });
    turn(
        &mut model,
        answer(at(&effects), Answer::Dossier(Box::new(whole))),
    );
    model
}

fn act(model: &mut Model, msg: FileMsg) -> Vec<Effect> {
    turn(model, Msg::File(msg))
}

fn reads(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| {
        matches!(effect, Effect::Send(request) if matches!(request.ask, Ask::File(FileAsk::Read(..))))
    })
}

fn saves(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::SaveFile(name) => Some(name.as_str()),
        _ => None,
    })
}

fn read(model: &mut Model) -> Vec<Effect> {
    turn(model, news(News::FileRead(FILE, FileSight::Nothing)))
}

#[test]
fn each_picked_file_goes_to_the_worker_with_what_it_is_called() {
    let mut model = shown();
    act(&mut model, FileMsg::Original(true));
    let picked = [3, 4].map(|number| Picked {
        number,
        name: "a.png".into(),
        media: "image/png".into(),
    });
    let effects = act(&mut model, FileMsg::Picked(picked.to_vec()));
    let numbers: Vec<u32> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SendFile(number, request) => {
                let add = matches!(&request.ask, Ask::File(FileAsk::Add { original: true, .. }));
                add.then_some(*number)
            }
            _ => None,
        })
        .collect();
    assert_eq!(numbers, [3, 4]);
}

#[test]
fn nothing_is_saved_without_a_warning_and_then_under_a_safe_name() {
    let mut model = shown();
    let effects = act(&mut model, FileMsg::Ask(Question::Save(FILE)));
    assert!(!reads(&effects) && saves(&effects).is_none());
    let effects = act(&mut model, FileMsg::Yes);
    assert!(reads(&effects) && saves(&effects).is_none());
    let effects = read(&mut model);
    assert_eq!(saves(&effects), Some("gpj.exe"));
    // What has been read already is saved at once.
    act(&mut model, FileMsg::Ask(Question::Save(FILE)));
    assert_eq!(saves(&act(&mut model, FileMsg::Yes)), Some("gpj.exe"));
}

#[test]
fn who_only_looks_saves_nothing() {
    let mut model = shown();
    act(&mut model, FileMsg::Ask(Question::Save(FILE)));
    act(&mut model, FileMsg::No);
    assert!(reads(&act(&mut model, FileMsg::Look(FILE))));
    let effects = read(&mut model);
    assert!(saves(&effects).is_none());
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ShowFile))
    );
    let effects = act(&mut model, FileMsg::Close);
    assert!(matches!(effects[..], [Effect::ForgetFile]));
}

#[test]
fn a_file_of_another_dossier_is_let_go_of() {
    let mut model = shown();
    act(&mut model, FileMsg::Look(FILE));
    turn(&mut model, Msg::Dossier(DossierMsg::Open(row(2).key, None)));
    let effects = read(&mut model);
    assert!(matches!(effects[..], [Effect::ForgetFile]));
}

#[test]
fn a_file_is_taken_away_after_a_question_with_its_reason() {
    let mut model = shown();
    act(&mut model, FileMsg::Look(FILE));
    read(&mut model);
    act(
        &mut model,
        FileMsg::Ask(Question::Remove(FILE, String::new())),
    );
    act(&mut model, FileMsg::Reason("niet van ons".into()));
    let effects = act(&mut model, FileMsg::Yes);
    let removes = effects.iter().any(|effect| {
        matches!(effect, Effect::Send(request)
            if matches!(&request.ask, Ask::File(FileAsk::Remove(_, FILE, why)) if why == "niet van ons"))
    });
    assert!(removes);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ForgetFile))
    );
}

#[test]
fn a_dossier_closes_once_somebody_decided_about_each_file() {
    let mut model = shown();
    let effects = turn(&mut model, Msg::Person(PersonMsg::Close));
    turn(&mut model, answer(at(&effects), Answer::Findings(vec![])));
    let figure = effects.iter().find_map(|effect| match effect {
        Effect::Send(request) if matches!(request.ask, Ask::Figure(_)) => Some(request.ticket),
        _ => None,
    });
    turn(&mut model, Msg::Person(PersonMsg::Unanswered(true)));
    let closes = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|effect| match effect {
            Effect::Send(request) => match request.ask {
                Ask::Person(_, PersonAsk::Close(form)) => Some(form.remove),
                _ => None,
            },
            _ => None,
        })
    };
    let finish = || Msg::Person(PersonMsg::Finish);
    assert_eq!(closes(turn(&mut model, finish())), None);
    turn(&mut model, Msg::Person(PersonMsg::File(FILE, true)));
    turn(&mut model, Msg::Person(PersonMsg::File(FILE, false)));
    // What stays for the figures is seen first.
    assert_eq!(closes(turn(&mut model, finish())), None);
    let ticket = figure.unwrap_or_else(|| unreachable!("nobody asked what stays"));
    turn(&mut model, answer(ticket, Answer::Figure(None)));
    assert_eq!(closes(turn(&mut model, finish())), Some(vec![FILE]));
}
