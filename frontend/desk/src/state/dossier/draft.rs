//! Replies and notes from the first stroke to the worker's word that they are safe.

use sluis_domain::vocabulary::TEXT_MOST;
use sluis_link::{Answer, Ask, DossierKey, DraftSlot, Fault, Ticket};

use crate::state::toast::Words;
use crate::state::{Effect, Model, Phase, Purpose, involved};

/// A text being written.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// As typed.
    pub(crate) text: String,
    /// How far it is.
    pub(crate) state: DraftState,
    /// The last stroke.
    pub(super) stroke: u32,
}

/// How far a draft is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DraftState {
    /// Kept by the worker, or empty.
    #[default]
    Kept,
    /// Being typed.
    Typing,
    /// Handed over as reply or note.
    Sending(Ticket),
    /// Not taken; it stays on screen.
    Failed(Fault),
}

/// A reply or a note on its way to the worker.
#[derive(Debug)]
pub(in crate::state) struct Outgoing {
    dossier: DossierKey,
    slot: DraftSlot,
    text: String,
}

/// Hands a draft to the worker to keep.
pub(super) fn keep_draft(model: &mut Model, slot: DraftSlot) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    let key = open.key;
    let draft = open.draft_mut(slot);
    // Kept when the worker says so, unless more is typed meanwhile.
    draft.state = DraftState::Typing;
    let purpose = Purpose::Draft(key, slot, draft.stroke);
    let ask = Ask::Draft(key, slot, draft.text.clone());
    vec![model.ask(purpose, ask).1]
}

/// Sends the reply, or adds the note.
pub(super) fn send(model: &mut Model, slot: DraftSlot) -> Vec<Effect> {
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    let key = open.key;
    let lane = open.lane;
    let text = open.draft(slot).text.trim().to_owned();
    let people = open.view.as_ref().map(|view| view.people.as_slice());
    let spoken = involved::told(locale, people.unwrap_or_default(), &text, false);
    let draft = open.draft_mut(slot);
    if matches!(draft.state, DraftState::Sending(_)) {
        return vec![];
    }
    let fault = if text.is_empty() {
        Some(Fault::Incomplete)
    } else if text.len() > TEXT_MOST {
        Some(Fault::TooLong)
    } else {
        None
    };
    let (purpose, ask, focus) = match slot {
        DraftSlot::Reply => {
            // Whoever reads it does not know the numbers.
            (Purpose::Reply(key), Ask::Reply(key, spoken), "reply")
        }
        DraftSlot::Note => (
            Purpose::Note(key),
            Ask::Note(key, lane, text.clone()),
            "note",
        ),
    };
    if let Some(fault) = fault {
        draft.state = DraftState::Failed(fault);
        return vec![Effect::Focus(focus)];
    }
    let (ticket, effect) = model.ask(purpose, ask);
    if let Phase::Open(desk) = &mut model.phase {
        if let Some(open) = &mut desk.open {
            open.draft_mut(slot).state = DraftState::Sending(ticket);
        }
        let outgoing = Outgoing {
            dossier: key,
            slot,
            text,
        };
        desk.sending.push((ticket, outgoing));
    }
    vec![effect]
}

/// Takes in the worker's word about a reply or a note.
pub(super) fn handed_over(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(place) = desk.sending.iter().position(|(own, _)| *own == ticket) else {
        return vec![];
    };
    let (_, outgoing) = desk.sending.swap_remove(place);
    let Outgoing {
        dossier,
        slot,
        text,
    } = outgoing;
    let open = desk.open.as_mut().filter(|open| {
        open.key == dossier && open.draft(slot).state == DraftState::Sending(ticket)
    });
    match (result, open) {
        (Ok(_), open) => {
            if let Some(open) = open {
                *open.draft_mut(slot) = Draft::default();
            }
            let words = match slot {
                DraftSlot::Reply => Words::ReplySaved,
                DraftSlot::Note => Words::NoteSaved,
            };
            let forget = Ask::Draft(dossier, slot, String::new());
            let mut effects = vec![model.ask(Purpose::Nothing, forget).1];
            effects.extend(model.toasts.show(words));
            effects
        }
        (Err(fault), Some(open)) => {
            open.draft_mut(slot).state = DraftState::Failed(fault);
            vec![]
        }
        // The page went elsewhere meanwhile: the text is kept as a draft.
        (Err(fault), None) => {
            let keep = Ask::Draft(dossier, slot, text);
            let mut effects = vec![model.ask(Purpose::Nothing, keep).1];
            effects.extend(model.toasts.show(Words::Failed(fault)));
            effects
        }
    }
}
