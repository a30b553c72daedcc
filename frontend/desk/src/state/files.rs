//! Files of the open dossier: what is on its way, what is looked at, what is to be saved or taken away.

use sluis_link::{Ask, DossierKey, Fault, FileAsk, FileKey, FileSight, Transfer};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};
use crate::route::Route;

/// Files, beside what the dossier itself says of them.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// On their way, of all dossiers.
    pub(crate) transfers: Vec<Transfer>,
    /// The one that has been read.
    pub(crate) seen: Option<(FileKey, FileSight)>,
    /// Photos are kept as they are.
    pub(crate) original: bool,
    /// What a person is asked about a file.
    pub(crate) question: Option<Question>,
    /// To be saved as soon as it has been read.
    saves: Option<FileKey>,
}

/// What a person is asked before something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Save it without its lock?
    Save(FileKey),
    /// Take it away for good, and why?
    Remove(FileKey, String),
}

/// A file that was chosen, dropped or pasted. The browser keeps the file itself under this number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picked {
    /// The page's number for it.
    pub(crate) number: u32,
    /// What it is called.
    pub(crate) name: String,
    /// What the browser says it is.
    pub(crate) media: String,
}

/// What can be done about files.
#[derive(Clone, Debug)]
pub(crate) enum FileMsg {
    /// Files were chosen, dropped or pasted.
    Picked(Vec<Picked>),
    /// Keep photos as they are, or not.
    Original(bool),
    /// Stop a transfer, or put its failure away.
    Cancel(u32),
    /// Look at a file.
    Look(FileKey),
    /// Look no more.
    Close,
    /// Ask something before it is done.
    Ask(Question),
    /// Why a file is to be taken away.
    Reason(String),
    /// Do what was asked about.
    Yes,
    /// Do it not.
    No,
}

impl Files {
    /// Whether this is the one that has been read.
    fn has_read(&self, file: FileKey) -> bool {
        self.seen.as_ref().is_some_and(|(seen, _)| *seen == file)
    }

    /// Transfers of a dossier.
    pub(crate) fn of(&self, dossier: DossierKey) -> impl Iterator<Item = &Transfer> {
        self.transfers
            .iter()
            .filter(move |transfer| transfer.dossier == dossier)
    }
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: FileMsg) -> Vec<Effect> {
    if let (Route::New, FileMsg::Picked(picked)) = (model.route, &msg) {
        return super::package::picked(model, picked.clone());
    }
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(key) = desk.open.as_ref().map(|open| open.key) else {
        return vec![];
    };
    let files = &mut desk.files;
    match msg {
        FileMsg::Picked(picked) => {
            let original = files.original;
            picked
                .into_iter()
                .map(|one| add(model, key, one, original))
                .collect()
        }
        FileMsg::Original(on) => {
            files.original = on;
            vec![]
        }
        FileMsg::Cancel(id) => vec![ask(model, FileAsk::Cancel(id))],
        FileMsg::Look(file) => {
            (files.question, files.saves) = (None, None);
            read(model, key, file)
        }
        FileMsg::Close => {
            files.seen = None;
            vec![Effect::ForgetFile]
        }
        FileMsg::Ask(question) => {
            files.question = Some(question);
            vec![Effect::Focus("file-question")]
        }
        FileMsg::Reason(text) => {
            if let Some(Question::Remove(_, reason)) = &mut files.question {
                *reason = text;
            }
            vec![]
        }
        FileMsg::No => {
            files.question = None;
            vec![]
        }
        FileMsg::Yes => match files.question.take() {
            Some(Question::Save(file)) => save(model, key, file),
            Some(Question::Remove(file, reason)) => {
                let seen = files.seen.take_if(|(seen, _)| *seen == file);
                let mut effects = vec![ask(model, FileAsk::Remove(key, file, reason))];
                effects.extend(seen.map(|_| Effect::ForgetFile));
                effects
            }
            None => vec![],
        },
    }
}

fn add(model: &mut Model, dossier: DossierKey, one: Picked, original: bool) -> Effect {
    let Picked {
        number,
        name,
        media,
    } = one;
    let ask = FileAsk::Add {
        dossier,
        name,
        media,
        original,
    };
    match self::ask(model, ask) {
        Effect::Send(request) => Effect::SendFile(number, request),
        other => other,
    }
}

fn ask(model: &mut Model, ask: FileAsk) -> Effect {
    model.ask(Purpose::File, Ask::File(ask)).1
}

/// Reads a file, unless it has been read already.
fn read(model: &mut Model, dossier: DossierKey, file: FileKey) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if desk.files.has_read(file) {
        return vec![];
    }
    desk.files.seen = None;
    vec![Effect::ForgetFile, ask(model, FileAsk::Read(dossier, file))]
}

fn save(model: &mut Model, dossier: DossierKey, file: FileKey) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if desk.files.has_read(file) {
        return saved(desk, file).into_iter().collect();
    }
    desk.files.saves = Some(file);
    read(model, dossier, file)
}

/// Hands over a file that has been read.
fn saved(desk: &super::desk::Desk, file: FileKey) -> Option<Effect> {
    let view = desk.open.as_ref()?.view.as_ref()?;
    let one = view.files.iter().find(|one| one.key == file)?;
    Some(Effect::SaveFile(one.safe_name.clone()))
}

/// A file has been read.
pub(super) fn heard(desk: &mut super::desk::Desk, file: FileKey, sight: FileSight) -> Vec<Effect> {
    let here = desk
        .open
        .as_ref()
        .and_then(|open| open.view.as_ref())
        .is_some_and(|view| view.files.iter().any(|one| one.key == file));
    if !here {
        return vec![Effect::ForgetFile];
    }
    let saves = desk.files.saves.take() == Some(file);
    let mut effects = Vec::new();
    if saves {
        effects.extend(saved(desk, file));
    }
    desk.files.seen = Some((file, sight));
    effects.extend([Effect::ShowFile, Effect::Focus("file-seen")]);
    effects
}

/// The dossier is left: nothing of a file stays in sight.
pub(super) fn left(desk: &mut super::desk::Desk) -> Vec<Effect> {
    desk.files.question = None;
    desk.files.original = false;
    desk.files
        .seen
        .take()
        .map(|_| Effect::ForgetFile)
        .into_iter()
        .collect()
}

/// Takes in an answer.
pub(super) fn answered(model: &mut Model, fault: Option<Fault>) -> Vec<Effect> {
    fault.map_or_else(Vec::new, |fault| model.toasts.show(Words::Failed(fault)))
}

#[cfg(test)]
mod tests;
