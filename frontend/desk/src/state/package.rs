//! Packages: a dossier that goes to another Sluis, and one that comes from there. The words are in memory only while they are shown or typed.

use sluis_domain::event::PartOf;
use sluis_kit::Language as Spoken;
use sluis_kit::i18n::{Locale, format_moment, machine_moment};
use sluis_kit::text::package as text;
use sluis_link::{
    Answer, Ask, DossierKey, Fault, Language, PackForm, PackageLine, PackageView, Secret,
};

use super::files::Picked;
use super::toast::Words;
use super::{Effect, Model, Phase, Purpose, Step, dossier};
use crate::route::Route;

/// A package in the making, of the open dossier.
#[derive(Debug)]
pub(crate) struct Packing {
    /// What goes along.
    pub(crate) form: PackForm,
    /// Why it was not made.
    pub(crate) fault: Option<Fault>,
    /// The words, once it is made.
    pub(crate) words: Vec<Secret>,
}

/// A package on its way in.
#[derive(Debug, Default)]
pub(crate) struct Taking {
    /// What the file is called.
    pub(crate) name: Option<String>,
    /// Its number with the shell, until the worker has it.
    number: Option<u32>,
    /// The words as typed.
    pub(crate) words: Secret,
    /// What is in it, once the words opened it.
    pub(crate) view: Option<PackageView>,
    /// Why it was not opened or taken.
    pub(crate) fault: Option<Fault>,
}

/// What can be done about packages.
#[derive(Clone, Debug)]
pub(crate) enum PackageMsg {
    /// Begin to make one.
    Begin,
    /// The conversation goes along, or not.
    Conversation(bool),
    /// The notes go along, or not.
    Notes(bool),
    /// How to reach people goes along, or not.
    Contacts(bool),
    /// Why it has to.
    Reason(String),
    /// Make it.
    Make,
    /// Leave the form, or the words.
    Close,
    /// Typed so far of the words.
    Words(Secret),
    /// Open the file with them.
    Open,
    /// Make a dossier of it.
    Take,
    /// Let go of the file.
    Drop,
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: PackageMsg) -> Vec<Effect> {
    let language = match model.locale.language {
        Spoken::Nl => Language::Dutch,
        Spoken::En => Language::English,
    };
    let busy = model.asked(&Purpose::Pack) || model.asked(&Purpose::Package);
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if busy {
        return vec![];
    }
    match msg {
        PackageMsg::Words(words) => desk.taking.words = words,
        PackageMsg::Open => return open(model),
        PackageMsg::Take => return take(model),
        PackageMsg::Drop => {
            desk.taking = Taking::default();
            return vec![Effect::Focus("package-title")];
        }
        making => {
            let Some(open) = &mut desk.open else {
                return vec![];
            };
            if matches!(making, PackageMsg::Make) {
                let form = open.packing.as_ref().map(|packing| packing.form.clone());
                return form.map_or_else(Vec::new, |form| make(model, form));
            }
            return change(&mut open.packing, making, language);
        }
    }
    vec![]
}

/// Fills in the form for a package.
fn change(packing: &mut Option<Packing>, msg: PackageMsg, language: Language) -> Vec<Effect> {
    match msg {
        PackageMsg::Begin => {
            let form = PackForm {
                conversation: true,
                notes: false,
                contacts: false,
                reason: String::new(),
                language,
            };
            *packing = Some(Packing {
                form,
                fault: None,
                words: vec![],
            });
            return vec![Effect::Focus("pack-title")];
        }
        PackageMsg::Close => {
            *packing = None;
            return vec![Effect::Focus("pack")];
        }
        _ => {}
    }
    if let Some(packing) = packing {
        packing.fault = None;
        let form = &mut packing.form;
        match msg {
            PackageMsg::Conversation(on) => form.conversation = on,
            PackageMsg::Notes(on) => form.notes = on,
            PackageMsg::Contacts(on) => form.contacts = on,
            PackageMsg::Reason(reason) => form.reason = reason,
            _ => {}
        }
    }
    vec![]
}

fn make(model: &mut Model, form: PackForm) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    if form.contacts && form.reason.trim().is_empty() {
        if let Some(packing) = &mut open.packing {
            packing.fault = Some(Fault::Incomplete);
        }
        return vec![Effect::Focus("pack-reason")];
    }
    let key: DossierKey = open.key;
    vec![model.ask(Purpose::Pack, Ask::Pack(key, form)).1]
}

/// A package was made, or not.
pub(super) fn packed(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let moment = machine_moment(i64::try_from(model.now).unwrap_or_default());
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let packing = desk.open.as_mut().and_then(|open| open.packing.as_mut());
    match (result, packing) {
        (Ok(Answer::Packed(made)), Some(packing)) => {
            packing.words = made.words;
            let day = moment.get(..10).unwrap_or_default();
            let name = [text::file_name(locale), "-", day, ".sluis"].concat();
            vec![Effect::File(name, made.file), Effect::Focus("pack-title")]
        }
        // Left meanwhile: nobody would ever see the words.
        (Ok(_), None) => vec![],
        (result, packing) => {
            let fault = result.err().unwrap_or(Fault::Internal);
            match packing {
                Some(packing) => packing.fault = Some(fault),
                None => return model.toasts.show(Words::Failed(fault)),
            }
            vec![]
        }
    }
}

/// A file was chosen on the page for new dossiers.
pub(super) fn picked(model: &mut Model, mut files: Vec<Picked>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if let Some(one) = files.pop() {
        let words = core::mem::take(&mut desk.taking.words);
        desk.taking = Taking {
            name: Some(one.name),
            number: Some(one.number),
            words,
            ..Taking::default()
        };
    }
    vec![Effect::Focus("package-words")]
}

fn open(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let taking = &mut desk.taking;
    if taking.name.is_none() || taking.words.0.trim().is_empty() {
        taking.fault = Some(Fault::Incomplete);
        return vec![Effect::Focus("package-words")];
    }
    taking.fault = None;
    let number = taking.number.take();
    let ask = Ask::OpenPackage(taking.words.clone());
    match (model.ask(Purpose::Package, ask).1, number) {
        (Effect::Send(request), Some(number)) => vec![Effect::SendFile(number, request)],
        (effect, _) => vec![effect],
    }
}

/// Makes the dossier. What was said in it gets a line above it that says who said it, by the package's word.
fn take(model: &mut Model) -> Vec<Effect> {
    let locale = model.locale;
    let Some(view) = model.desk().and_then(|desk| desk.taking.view.as_ref()) else {
        return vec![];
    };
    let heads = view.entries.iter().map(|line| head(locale, line)).collect();
    vec![model.ask(Purpose::Package, Ask::TakePackage(heads)).1]
}

/// Who said something, by a package's word.
fn head(locale: Locale, line: &PackageLine) -> String {
    let when = format_moment(locale, i64::try_from(line.time).unwrap_or_default());
    match line.of {
        PartOf::Message => text::head_message(locale, &when),
        PartOf::Reply => text::head_reply(locale, &line.author, &when),
        _ => text::head_note(locale, &line.author, &when),
    }
}

/// A package was opened or taken in, or not.
#[inline(never)]
pub(super) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match result {
        Ok(Answer::Package(view)) => {
            desk.taking.view = Some(*view);
            desk.taking.words = Secret::default();
            vec![Effect::Focus("package-title")]
        }
        Ok(Answer::Dossier(view)) => {
            desk.taking = Taking::default();
            let row = view.row.clone();
            let mut effects = Vec::new();
            if model.route == Route::New {
                dossier::made(desk, *view);
                model.route = Route::Dossier;
                effects.extend([
                    Effect::Address(Route::Dossier, Step::Replace),
                    Effect::Top,
                    Effect::Focus("title"),
                ]);
            }
            desk.take(locale, vec![row]);
            effects.extend(model.toasts.show(Words::DossierMade));
            effects
        }
        result => {
            desk.taking.fault = Some(result.err().unwrap_or(Fault::Internal));
            vec![Effect::Focus("package-words")]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{answer, at, fail, opened_with, row, sent, view};
    use crate::state::{Msg, update as turn};
    use sluis_domain::vocabulary::Kind;
    use sluis_link::PackedFile;

    fn act(model: &mut Model, msg: PackageMsg) -> Vec<Effect> {
        turn(model, Msg::Package(msg))
    }

    /// The log of a dossier, with the form for a package.
    fn begun() -> Model {
        let mut model = opened_with(vec![row(1)]);
        let open = dossier::DossierMsg::Open(DossierKey([1; 16]), None);
        let effects = turn(&mut model, Msg::Dossier(open));
        let shown = Answer::Dossier(Box::new(view(1)));
        turn(&mut model, answer(at(&effects), shown));
        act(&mut model, PackageMsg::Begin);
        model
    }

    fn packing(model: &Model) -> Option<&Packing> {
        model.desk()?.open.as_ref()?.packing.as_ref()
    }

    fn taking(model: &Model) -> Option<&Taking> {
        model.desk().map(|desk| &desk.taking)
    }

    #[test]
    fn contact_data_is_not_packed_without_a_reason_and_words_go_when_they_are_written_down() {
        let mut model = begun();
        act(&mut model, PackageMsg::Contacts(true));
        let effects = act(&mut model, PackageMsg::Make);
        assert_eq!(sent(&effects).count(), 0);
        let fault = packing(&model).and_then(|packing| packing.fault);
        assert_eq!(fault, Some(Fault::Incomplete));
        act(&mut model, PackageMsg::Reason("overdracht".into()));
        let effects = act(&mut model, PackageMsg::Make);
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::Pack(_, form) if form.contacts)));
        // One at a time.
        assert!(act(&mut model, PackageMsg::Make).is_empty());
        let made = PackedFile {
            file: vec![1],
            words: vec![Secret("woord".into())],
        };
        let effects = turn(
            &mut model,
            answer(at(&effects), Answer::Packed(Box::new(made))),
        );
        let saved = effects
            .iter()
            .any(|effect| matches!(effect, Effect::File(name, _) if name.starts_with("pakket-")));
        assert!(saved);
        assert_eq!(packing(&model).map(|packing| packing.words.len()), Some(1));
        act(&mut model, PackageMsg::Close);
        assert!(packing(&model).is_none());
    }

    fn chosen() -> Model {
        let mut model = opened_with(vec![]);
        turn(&mut model, Msg::Routed(Route::New));
        let picked = Picked {
            number: 4,
            name: "pakket.sluis".into(),
            media: String::new(),
        };
        let picked = crate::state::files::FileMsg::Picked(vec![picked]);
        turn(&mut model, Msg::File(picked));
        act(&mut model, PackageMsg::Words(Secret("acht woorden".into())));
        model
    }

    #[test]
    fn the_file_goes_to_the_worker_once_and_wrong_words_stay_to_be_mended() {
        let mut model = chosen();
        let effects = act(&mut model, PackageMsg::Open);
        let [Effect::SendFile(4, request)] = effects.as_slice() else {
            unreachable!("{effects:?}")
        };
        let ticket = request.ticket;
        turn(&mut model, fail(ticket, Fault::PackageShut));
        let taking = taking(&model);
        assert!(
            taking.is_some_and(|taking| taking.fault == Some(Fault::PackageShut)
                && taking.words.0 == "acht woorden"
                && taking.name.is_some())
        );
        let effects = act(&mut model, PackageMsg::Open);
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::OpenPackage(_))));
    }

    #[test]
    fn each_entry_gets_a_line_that_says_whose_word_it_is() {
        let mut model = chosen();
        let effects = act(&mut model, PackageMsg::Open);
        let Some(Effect::SendFile(_, request)) = effects.first() else {
            unreachable!("{effects:?}")
        };
        let line = |of, author: &str| PackageLine {
            of,
            author: author.into(),
            time: 0,
        };
        let inside = PackageView {
            organisation: "Roeibond".into(),
            made: 0,
            number: "K7Q-2MD".into(),
            kind: Kind::Report,
            opened: 0,
            gist: "Het begon".into(),
            people: 0,
            contacts: 0,
            entries: vec![line(PartOf::Message, ""), line(PartOf::Note, "Fleur")],
        };
        let shown = Answer::Package(Box::new(inside));
        turn(&mut model, answer(request.ticket, shown));
        assert!(taking(&model).is_some_and(|taking| taking.words.0.is_empty()));
        let effects = act(&mut model, PackageMsg::Take);
        let heads = sent(&effects).find_map(|ask| match ask {
            Ask::TakePackage(heads) => Some(heads.clone()),
            _ => None,
        });
        let heads = heads.unwrap_or_default();
        assert!(heads.first().is_some_and(|head| head.contains("melder")));
        assert!(heads.last().is_some_and(|head| head.contains("Fleur")));
        let made = answer(at(&effects), Answer::Dossier(Box::new(view(2))));
        turn(&mut model, made);
        assert_eq!(model.route, Route::Dossier);
    }
}
