//! The open dossier: its view, what is being typed into it, and the way of each change to the worker.

mod draft;
mod value;

use sluis_domain::vocabulary::{Field, FieldName, Status};
use sluis_kit::i18n::machine_moment;
use sluis_link::{
    AlarmKind, Answer, Ask, DossierKey, DossierView, DraftSlot, Fault, Lane, Link, Ticket,
};

use super::desk::Desk;
use super::edit::EditState;
use super::toast::Words;
use super::{Effect, Model, Msg, Phase, Purpose, Step};
use crate::route::Route;
pub(super) use draft::Outgoing;
pub(crate) use draft::{Draft, DraftState};
use draft::{handed_over, keep_draft, send};
use value::{apply, value};

/// Milliseconds of rest after which what is typed is saved.
const SAVES_AFTER: u32 = 1_000;

/// The dossier on screen.
#[derive(Debug)]
pub(crate) struct OpenDossier {
    /// Which one.
    pub(crate) key: DossierKey,
    /// All of it, once read.
    pub(crate) view: Option<Box<DossierView>>,
    /// Why it could not be read.
    pub(crate) fault: Option<Fault>,
    /// The part in sight.
    pub(crate) tab: Part,
    /// The reply being written.
    pub(crate) reply: Draft,
    /// The note being written.
    pub(crate) note: Draft,
    /// Who it is for.
    pub(crate) lane: Lane,
    /// All of it is on its way to paper.
    pub(crate) printing: bool,
    /// A package of it in the making.
    pub(crate) packing: Option<super::package::Packing>,
    /// The value before the last change, and whether it is still being typed on.
    pub(crate) undo: Option<Undo>,
    /// People: form, confirmation, closing.
    pub(crate) involved: super::involved::Involved,
}

/// The parts of a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// The conversation with the reporter.
    #[default]
    Conversation,
    /// Story and classification.
    Story,
    /// Notes.
    Notes,
    /// People, and how to reach them.
    People,
    /// Files.
    Files,
    /// Who has access.
    Share,
    /// Who did what.
    Log,
}

impl Part {
    /// All, in order.
    pub(crate) const ALL: [Self; 7] = [
        Self::Conversation,
        Self::Story,
        Self::Notes,
        Self::People,
        Self::Files,
        Self::Share,
        Self::Log,
    ];

    /// Those of an extract.
    pub(crate) const OF_EXTRACT: [Self; 3] = [Self::Notes, Self::Share, Self::Log];

    /// Its identifier in the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Story => "story",
            Self::Notes => "notes",
            Self::People => "people",
            Self::Files => "files",
            Self::Share => "share",
            Self::Log => "log",
        }
    }
}

/// A change that can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Undo {
    /// The value before.
    pub(crate) before: Field,
    /// The field is still being typed in: further strokes belong to the same change.
    going_on: bool,
}

/// Whether all is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// Something was not taken.
    Failed,
    /// Being typed or handed over.
    Saving,
    /// Safe on this device, being sent.
    Sending(u32),
    /// Safe on this device, waits for the connection.
    Waiting(u32),
    /// Safe, and the server has it.
    Saved,
}

/// What can be done to a dossier.
#[derive(Clone, Debug)]
pub(crate) enum DossierMsg {
    /// Open this one, at a part.
    Open(DossierKey, Option<Part>),
    /// Show a part.
    Show(Part),
    /// A text field as typed so far.
    Typed(Field),
    /// The typing of this stroke rests.
    Rests(DossierKey, FieldName, u32),
    /// The keyboard left a field.
    Left(FieldName),
    /// A value was chosen.
    Chosen(Field),
    /// Save the log as a file.
    SaveLog,
    /// Hand over a change again that was not taken.
    Retry(FieldName),
    /// Undo the last change.
    Undo,
    /// A draft as typed so far.
    Drafted(DraftSlot, String),
    /// The typing of this stroke of a draft rests.
    DraftRests(DossierKey, DraftSlot, u32),
    /// Send the reply, or add the note.
    Send(DraftSlot),
    /// Who the note is for.
    Lane(Lane),
    /// Print all of it.
    Print,
}

impl OpenDossier {
    fn new(key: DossierKey, tab: Part) -> Self {
        Self {
            key,
            view: None,
            fault: None,
            tab,
            reply: Draft::default(),
            note: Draft::default(),
            lane: Lane::default(),
            printing: false,
            packing: None,
            undo: None,
            involved: super::involved::Involved::default(),
        }
    }

    /// The draft of a slot.
    pub(crate) fn draft(&self, slot: DraftSlot) -> &Draft {
        match slot {
            DraftSlot::Reply => &self.reply,
            DraftSlot::Note => &self.note,
        }
    }

    fn draft_mut(&mut self, slot: DraftSlot) -> &mut Draft {
        match slot {
            DraftSlot::Reply => &mut self.reply,
            DraftSlot::Note => &mut self.note,
        }
    }

    /// Takes in the dossier as the worker has it. Drafts come from the worker only at the first sight.
    fn see(&mut self, view: DossierView) {
        if self.view.is_none() {
            self.reply.text.clone_from(&view.reply_draft);
            self.note.text.clone_from(&view.note_draft);
            // A dossier without a conversation begins with its story.
            if self.tab == Part::Conversation && !view.can_reply && view.conversation.is_empty() {
                self.tab = Part::Story;
            }
        }
        self.fault = None;
        self.view = Some(Box::new(view));
    }
}

impl Desk {
    /// The value of a field on screen: what is being typed, else what is known.
    pub(crate) fn field(&self, name: FieldName) -> Option<Field> {
        let open = self.open.as_ref()?;
        let edit = self.edits.of(open.key, name).map(|edit| edit.field.clone());
        edit.or_else(|| open.view.as_ref().map(|view| value(view, name)))
    }

    /// Whether a field has more than one value: setting the one that is shown is a choice then.
    fn is_disputed(&self, key: DossierKey, name: FieldName) -> bool {
        let open = self.open.as_ref().filter(|open| open.key == key);
        let view = open.and_then(|open| open.view.as_ref());
        view.is_some_and(|view| view.conflicts.iter().any(|one| one.field == name))
    }

    /// Whether all of the open dossier is safe.
    pub(crate) fn safety(&self) -> Safety {
        let Some(open) = &self.open else {
            return Safety::Saved;
        };
        let states = || self.edits.in_dossier(open.key).map(|edit| edit.state);
        let drafts = [open.reply.state, open.note.state];
        let pending = self.row(open.key).map_or(0, |row| row.pending);
        if states().any(|state| matches!(state, EditState::Failed(_)))
            || drafts
                .iter()
                .any(|state| matches!(state, DraftState::Failed(_)))
        {
            Safety::Failed
        } else if states().next().is_some() || drafts.iter().any(|state| *state != DraftState::Kept)
        {
            Safety::Saving
        } else if pending == 0 {
            Safety::Saved
        } else if matches!(self.link, Some(Link::Offline(_))) {
            Safety::Waiting(pending)
        } else {
            Safety::Sending(pending)
        }
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: DossierMsg) -> Vec<Effect> {
    if let DossierMsg::Open(key, part) = msg {
        return open(model, key, part);
    }
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    let key = open.key;
    match msg {
        DossierMsg::Open(..) => vec![],
        DossierMsg::Show(part) => {
            open.tab = part;
            let left = super::files::left(desk);
            left.into_iter().chain(shown(model, part)).collect()
        }
        DossierMsg::Typed(field) => {
            let name = field.name();
            remember(desk, name);
            let rests = desk.edits.typed(key, field).map(|stroke| {
                let msg = DossierMsg::Rests(key, name, stroke);
                Effect::After(SAVES_AFTER, Box::new(Msg::Dossier(msg)))
            });
            rests.into_iter().collect()
        }
        DossierMsg::Rests(of, name, stroke) => {
            let rests = desk
                .edits
                .of(of, name)
                .is_some_and(|edit| edit.state == EditState::Typing(stroke));
            if rests { save(model, of, name) } else { vec![] }
        }
        DossierMsg::Left(name) => {
            if let Some(undo) = open.undo.as_mut().filter(|undo| undo.before.name() == name) {
                undo.going_on = false;
            }
            let edit = desk.edits.of(key, name);
            if edit.is_some_and(|edit| matches!(edit.state, EditState::Typing(_))) {
                save(model, key, name)
            } else {
                vec![]
            }
        }
        // Closing is more than a status.
        DossierMsg::Chosen(Field::Status(Status::Closed))
            if open
                .view
                .as_ref()
                .is_some_and(|view| view.row.status != Status::Closed) =>
        {
            super::involved::begin_closing(model)
        }
        DossierMsg::Chosen(field) => {
            let name = field.name();
            // Each choice is a change of its own.
            open.undo = None;
            if desk.field(name).as_ref() == Some(&field) && !desk.is_disputed(key, name) {
                return vec![];
            }
            remember(desk, name);
            desk.edits.typed(key, field);
            save(model, key, name)
        }
        DossierMsg::Retry(name) => save(model, key, name),
        DossierMsg::SaveLog => vec![model.ask(Purpose::SaveLog, Ask::SaveLog(key)).1],
        DossierMsg::Undo => {
            let Some(undo) = open.undo.take() else {
                return vec![];
            };
            let name = undo.before.name();
            desk.edits.typed(key, undo.before);
            let mut effects = save(model, key, name);
            effects.extend(model.toasts.show(Words::Undone));
            effects
        }
        DossierMsg::Drafted(slot, text) => {
            let draft = open.draft_mut(slot);
            if matches!(draft.state, DraftState::Sending(_)) {
                return vec![];
            }
            draft.text = text;
            draft.state = DraftState::Typing;
            draft.stroke = draft.stroke.wrapping_add(1);
            let msg = DossierMsg::DraftRests(key, slot, draft.stroke);
            vec![Effect::After(SAVES_AFTER, Box::new(Msg::Dossier(msg)))]
        }
        DossierMsg::DraftRests(of, slot, stroke) => {
            let draft = open.draft(slot);
            if of == key && draft.stroke == stroke && draft.state == DraftState::Typing {
                keep_draft(model, slot)
            } else {
                vec![]
            }
        }
        DossierMsg::Send(slot) => send(model, slot),
        DossierMsg::Lane(lane) => {
            open.lane = lane;
            vec![]
        }
        DossierMsg::Print => print(model),
    }
}

/// Prints all of it, and writes that down.
fn print(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    open.printing = true;
    let key = open.key;
    let view = open.view.as_ref();
    let mut effects = vec![Effect::Print];
    // Whoever may only read leaves no mark in the dossier.
    if view.is_some_and(|view| view.share.may_write()) {
        effects.push(model.ask(Purpose::Nothing, Ask::Printed(key)).1);
    }
    effects
}

/// What a part asks for when it comes into sight.
fn shown(model: &mut Model, part: Part) -> Vec<Effect> {
    match part {
        Part::Conversation => {
            let mut effects = vec![Effect::ConversationEnd];
            effects.extend(look(model));
            effects
        }
        Part::Share => super::share::shown(model),
        Part::People => super::involved::shown(model),
        Part::Story | Part::Notes | Part::Files | Part::Log => vec![],
    }
}

/// Notes the value before a change, once for as long as it is being typed.
fn remember(desk: &mut Desk, name: FieldName) {
    let before = desk.field(name);
    let (Some(before), Some(open)) = (before, &mut desk.open) else {
        return;
    };
    let same = open
        .undo
        .as_ref()
        .is_some_and(|undo| undo.going_on && undo.before.name() == name);
    if !same {
        open.undo = Some(Undo {
            before,
            going_on: true,
        });
    }
}

fn open(model: &mut Model, key: DossierKey, part: Option<Part>) -> Vec<Effect> {
    let Phase::Open(desk) = &model.phase else {
        return vec![];
    };
    let same = desk.open.as_ref().is_some_and(|open| open.key == key);
    let mut effects = leave(model);
    if let Phase::Open(desk) = &mut model.phase {
        match &mut desk.open {
            Some(open) if same => {
                open.tab = part.unwrap_or(open.tab);
                open.fault = None;
            }
            slot => {
                *slot = Some(OpenDossier::new(key, part.unwrap_or_default()));
                desk.share.form = super::share::Form::default();
            }
        }
    }
    // Asked again even when it is still here: this marks it as seen.
    effects.push(model.ask(Purpose::Open(key), Ask::Open(key)).1);
    if part == Some(Part::Share) {
        effects.extend(super::share::shown(model));
    }
    if model.route != Route::Dossier {
        model.route = Route::Dossier;
        effects.push(Effect::Address(Route::Dossier, Step::Push));
    }
    effects.extend([Effect::Top, Effect::Focus("title")]);
    effects
}

/// Somebody is there: messages that came in while the conversation is on screen have been seen.
pub(super) fn look(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &model.phase else {
        return vec![];
    };
    let unseen = |open: &&OpenDossier| {
        model.route == Route::Dossier
            && open.tab == Part::Conversation
            && open.view.as_ref().is_some_and(|view| view.row.unread > 0)
    };
    let Some(key) = desk.open.as_ref().filter(unseen).map(|open| open.key) else {
        return vec![];
    };
    if model.asked(&Purpose::Open(key)) {
        return vec![];
    }
    vec![model.ask(Purpose::Open(key), Ask::Open(key)).1]
}

/// Hands over what is being typed: the page goes elsewhere.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &model.phase else {
        return vec![];
    };
    let Some(open) = &desk.open else {
        return vec![];
    };
    let key = open.key;
    let typing: Vec<FieldName> = desk
        .edits
        .in_dossier(key)
        .filter(|edit| matches!(edit.state, EditState::Typing(_)))
        .map(|edit| edit.field.name())
        .collect();
    let drafts: Vec<DraftSlot> = [DraftSlot::Reply, DraftSlot::Note]
        .into_iter()
        .filter(|slot| {
            matches!(
                open.draft(*slot).state,
                DraftState::Typing | DraftState::Failed(_)
            )
        })
        .collect();
    let mut effects = Vec::new();
    for name in typing {
        effects.extend(save(model, key, name));
    }
    for slot in drafts {
        effects.extend(keep_draft(model, slot));
    }
    if let Phase::Open(desk) = &mut model.phase {
        effects.extend(super::files::left(desk));
    }
    effects
}

/// Hands over all that is not safe yet, of every dossier: the desk locks.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    let mut effects = leave(model);
    let open = match &model.phase {
        Phase::Open(desk) => desk.edits.open(),
        _ => Vec::new(),
    };
    for (key, field) in open {
        effects.push(model.ask(Purpose::Nothing, Ask::Set(key, field)).1);
    }
    effects
}

fn save(model: &mut Model, key: DossierKey, name: FieldName) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(edit) = desk.edits.of(key, name) else {
        return vec![];
    };
    if edit.state == EditState::Failed(Fault::TooLong) {
        return vec![];
    }
    let field = edit.field.clone();
    let known = desk
        .open
        .as_ref()
        .filter(|open| open.key == key)
        .and_then(|open| open.view.as_ref())
        .map(|view| value(view, name));
    if known.as_ref() == Some(&field)
        && !matches!(edit.state, EditState::Saving(_))
        && !desk.is_disputed(key, name)
    {
        desk.edits.forget(key, name);
        return vec![];
    }
    let (ticket, effect) = model.ask(Purpose::Set(key, name), Ask::Set(key, field.clone()));
    if let Phase::Open(desk) = &mut model.phase {
        desk.edits.saving(key, field, ticket);
    }
    vec![effect]
}

/// Takes in a fresh view by way of news.
pub(super) fn refreshed(desk: &mut Desk, view: DossierView) -> Vec<Effect> {
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    if open.key != view.row.key {
        return vec![];
    }
    let longer = open
        .view
        .as_ref()
        .is_none_or(|old| old.conversation.len() < view.conversation.len());
    open.see(view);
    if longer && open.tab == Part::Conversation {
        vec![Effect::ConversationEnd]
    } else {
        vec![]
    }
}

/// A dossier that has just been made is open at once.
pub(super) fn made(desk: &mut Desk, view: DossierView) {
    let mut open = OpenDossier::new(view.row.key, Part::Story);
    open.see(view);
    desk.open = Some(open);
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match purpose {
        Purpose::Open(key) => match result {
            Ok(Answer::Dossier(view)) if view.row.key == *key => {
                let row = view.row.clone();
                let effects = refreshed(desk, *view);
                desk.take(locale, vec![row]);
                effects
            }
            result => {
                if let Some(open) = desk.open.as_mut().filter(|open| open.key == *key) {
                    open.fault = Some(result.err().unwrap_or(Fault::Internal));
                }
                vec![]
            }
        },
        Purpose::Set(key, name) => {
            let result = result.map(|_| ());
            let safe = desk.edits.answered(*key, *name, ticket, result);
            let open = desk.open.as_mut().filter(|open| open.key == *key);
            match (safe, open, result) {
                (Some(field), Some(open), _) => {
                    if let Some(view) = &mut open.view {
                        apply(view, field);
                    }
                    vec![]
                }
                // In a dossier that is not on screen: the change itself stays with it.
                (None, None, Err(fault)) => model.toasts.show(Words::Failed(fault)),
                _ => vec![],
            }
        }
        Purpose::Reply(_) | Purpose::Note(_) => handed_over(model, ticket, result),
        Purpose::SettleFork => {
            if result.is_ok() {
                desk.alarms.settle(AlarmKind::DirectoryFork);
            }
            vec![]
        }
        Purpose::SaveLog | Purpose::SaveProof => match result {
            Ok(Answer::File(bytes)) => {
                let moment = machine_moment(i64::try_from(model.now).unwrap_or_default());
                let day = moment.get(..10).unwrap_or_default();
                let name = if *purpose == Purpose::SaveLog {
                    ["logboek-", day, ".sluislog"]
                } else {
                    ["bewijs-", day, ".sluisproof"]
                };
                vec![Effect::File(name.concat(), bytes)]
            }
            result => {
                let fault = result.err().unwrap_or(Fault::Internal);
                model.toasts.show(Words::Failed(fault))
            }
        },
        Purpose::Draft(key, slot, stroke) => {
            let Some(open) = desk.open.as_mut().filter(|open| open.key == *key) else {
                return vec![];
            };
            let draft = open.draft_mut(*slot);
            if draft.state == DraftState::Typing && draft.stroke == *stroke {
                draft.state = match result {
                    Ok(_) => DraftState::Kept,
                    Err(fault) => DraftState::Failed(fault),
                };
            }
            vec![]
        }
        _ => vec![],
    }
}

/// Dossiers have left this device.
pub(super) fn gone(model: &mut Model, keys: &[DossierKey]) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    for key in keys {
        desk.lose(model.locale, *key);
    }
    let open = desk.open.as_ref();
    if open.is_none_or(|open| !keys.contains(&open.key)) {
        return vec![];
    }
    desk.open = None;
    if model.route != Route::Dossier {
        return vec![];
    }
    model.route = Route::Dossiers;
    vec![
        Effect::Address(Route::Dossiers, Step::Replace),
        Effect::Top,
        Effect::Focus("title"),
    ]
}

/// Whether the reporter asked to stop.
pub(crate) fn stopped(view: &DossierView) -> bool {
    view.row.status == Status::Stopped
}

#[cfg(test)]
mod tests;
