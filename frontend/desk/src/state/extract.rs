//! The form that makes an extract of the open dossier: what is in it is on screen, word for word, before it leaves.

use sluis_domain::event::{ExtractPart, PartOf};
use sluis_link::{Answer, Ask, DossierKey, DossierView, Fault, NewExtract, Party, Ticket};

use super::share::end_of;
use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};

/// Digits in a row, spaces and dashes aside, that look like a telephone number.
const DIGITS: usize = 8;

/// A part of the dossier that may go along.
#[derive(Debug)]
pub(crate) struct Piece {
    /// What it is taken from.
    pub(crate) of: PartOf,
    /// Its words, as they would leave.
    pub(crate) text: String,
    /// It goes along.
    pub(crate) on: bool,
}

/// The form.
#[derive(Debug)]
pub(crate) struct Form {
    /// Of which dossier.
    pub(crate) dossier: DossierKey,
    /// All that could go along.
    pub(crate) pieces: Vec<Piece>,
    /// A name that must not leave.
    pub(crate) name: String,
    /// The names that were replaced, in the order of their placeholders.
    pub(crate) people: Vec<String>,
    /// How often the last name was found.
    pub(crate) found: Option<usize>,
    /// What the list of teams and people is searched for.
    pub(crate) search: String,
    /// Who is asked.
    pub(crate) with: Vec<Party>,
    /// Until which day, as the browser's field for dates gives it.
    pub(crate) until: String,
    /// What they are asked.
    pub(crate) question: String,
    /// How far it is.
    pub(crate) state: Making,
}

/// How far the form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Making {
    /// Being filled in.
    Open,
    /// The field with this id lacks something.
    Lacks(&'static str),
    /// Handed to the worker.
    Busy(Ticket),
    /// Not taken; the form stays.
    Failed(Fault),
}

/// What can be done to it.
#[derive(Clone, Debug)]
pub(crate) enum ExtractMsg {
    /// Begin with the open dossier.
    Begin,
    /// Leave it.
    Leave,
    /// A piece goes along or not.
    Take(usize, bool),
    /// Other words for a piece.
    Words(usize, String),
    /// A name that must not leave.
    Name(String),
    /// Replace it everywhere by this placeholder without its number.
    Replace(&'static str),
    /// Search the list.
    Search(String),
    /// Ask this party, or not.
    With(Party, bool),
    /// Until which day.
    Until(String),
    /// What they are asked.
    Question(String),
    /// Make it.
    Make,
}

impl Form {
    fn of(view: &DossierView) -> Self {
        let piece = |of, text: &str| Piece {
            of,
            text: text.to_owned(),
            on: false,
        };
        let story = [
            piece(PartOf::FirstStory, &view.first_story),
            piece(PartOf::Happened, &view.happened),
            piece(PartOf::Asked, &view.asked),
        ];
        let talk = view.conversation.iter().map(|bubble| {
            let of = if bubble.staff.is_some() {
                PartOf::Reply
            } else {
                PartOf::Message
            };
            piece(of, &bubble.text)
        });
        let notes = view.notes.iter();
        let notes = notes.map(|note| piece(PartOf::Note, &note.text));
        let mut pieces: Vec<Piece> = story.into_iter().chain(talk).chain(notes).collect();
        pieces.retain(|piece| !piece.text.trim().is_empty());
        Self {
            dossier: view.row.key,
            pieces,
            name: String::new(),
            people: Vec::new(),
            found: None,
            search: String::new(),
            with: Vec::new(),
            until: String::new(),
            question: String::new(),
            state: Making::Open,
        }
    }

    /// What goes along.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.on)
    }

    /// Whether what goes along holds something that looks like an address or a telephone number.
    pub(crate) fn has_traces(&self) -> bool {
        let texts = self.chosen().map(|piece| piece.text.as_str());
        texts.chain([self.question.as_str()]).any(traces)
    }

    /// Puts a placeholder in the place of the name everywhere.
    fn replace(&mut self, placeholder: &str) {
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            return;
        }
        let lower = name.to_lowercase();
        let known = self
            .people
            .iter()
            .position(|one| one.to_lowercase() == lower);
        let number = known.unwrap_or(self.people.len()) + 1;
        let placeholder = [placeholder, " ", &number.to_string()].concat();
        let mut found = 0;
        let texts = self.pieces.iter_mut().map(|piece| &mut piece.text);
        for text in texts.chain([&mut self.question]) {
            let (replaced, times) = replaced(text, &name, &placeholder);
            *text = replaced;
            found += times;
        }
        self.found = Some(found);
        if found > 0 {
            if known.is_none() {
                self.people.push(name);
            }
            self.name.clear();
        }
    }

    /// What is to be made; the field that lacks something otherwise.
    fn filled(&self, now: u64) -> Result<NewExtract, &'static str> {
        let parts: Vec<ExtractPart> = self
            .chosen()
            .filter(|piece| !piece.text.trim().is_empty())
            .map(|piece| ExtractPart {
                of: piece.of,
                text: piece.text.clone(),
            })
            .collect();
        if parts.is_empty() {
            return Err("extract-take-0");
        }
        if self.with.is_empty() {
            return Err("extract-search");
        }
        let until = end_of(&self.until).filter(|end| *end > now);
        let until = until.ok_or("extract-until")?;
        if self.question.trim().is_empty() {
            return Err("extract-question");
        }
        Ok(NewExtract {
            question: self.question.trim().to_owned(),
            until,
            parts,
            with: self.with.clone(),
        })
    }
}

/// The text with a placeholder in the place of a name, whatever its case, also where an s follows it; and how often.
fn replaced(text: &str, name: &str, placeholder: &str) -> (String, usize) {
    let letters: Vec<char> = text.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let same = |one: &char, other: &char| one.to_lowercase().eq(other.to_lowercase());
    let (mut result, mut found, mut at) = (String::with_capacity(text.len()), 0, 0);
    while let Some(letter) = letters.get(at) {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let here = letters.get(at..at + name.len()).unwrap_or_default();
        let fits = here.len() == name.len() && here.iter().zip(&name).all(|(a, b)| same(a, b));
        let mut after = letters.get(at + name.len()..).unwrap_or_default().iter();
        let ends = |next: Option<&char>| next.is_none_or(|next| !next.is_alphanumeric());
        let next = after.next();
        let whole = ends(next) || next.is_some_and(|next| same(next, &'s')) && ends(after.next());
        if fits && whole && before.is_none_or(|before| !before.is_alphanumeric()) {
            result.push_str(placeholder);
            found += 1;
            at += name.len();
        } else {
            result.push(*letter);
            at += 1;
        }
    }
    (result, found)
}

/// Whether a text holds something that looks like an address or a telephone number.
fn traces(text: &str) -> bool {
    let mut digits = 0;
    for letter in text.chars() {
        match letter {
            '@' => return true,
            '0'..='9' => digits += 1,
            ' ' | '-' | '+' | '(' | ')' => {}
            _ => digits = 0,
        }
        if digits >= DIGITS {
            return true;
        }
    }
    false
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: ExtractMsg) -> Vec<Effect> {
    let now = model.now;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if matches!(msg, ExtractMsg::Begin) {
        let view = desk.open.as_ref().and_then(|open| open.view.as_deref());
        desk.extract = view.map(Form::of);
        return vec![Effect::Focus("extract-title")];
    }
    let Some(form) = &mut desk.extract else {
        return vec![];
    };
    if matches!(form.state, Making::Busy(_)) {
        return vec![];
    }
    form.state = Making::Open;
    match msg {
        ExtractMsg::Begin => {}
        ExtractMsg::Leave => desk.extract = None,
        ExtractMsg::Take(place, on) => {
            if let Some(piece) = form.pieces.get_mut(place) {
                piece.on = on;
            }
        }
        ExtractMsg::Words(place, text) => {
            if let Some(piece) = form.pieces.get_mut(place) {
                piece.text = text;
            }
        }
        ExtractMsg::Name(name) => {
            form.name = name;
            form.found = None;
        }
        ExtractMsg::Replace(placeholder) => form.replace(placeholder),
        ExtractMsg::Search(search) => form.search = search,
        ExtractMsg::With(party, on) => {
            form.with.retain(|one| *one != party);
            if on {
                form.with.push(party);
            }
        }
        ExtractMsg::Until(until) => form.until = until,
        ExtractMsg::Question(question) => form.question = question,
        ExtractMsg::Make => return make(model, now),
    }
    vec![]
}

fn make(model: &mut Model, now: u64) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(form) = &mut desk.extract else {
        return vec![];
    };
    let key = form.dossier;
    match form.filled(now) {
        Err(field) => {
            form.state = Making::Lacks(field);
            vec![Effect::Focus(field)]
        }
        Ok(new) => {
            let ask = Ask::MakeExtract(key, Box::new(new));
            let (ticket, effect) = model.ask(Purpose::Extract, ask);
            if let Phase::Open(desk) = &mut model.phase
                && let Some(form) = &mut desk.extract
            {
                form.state = Making::Busy(ticket);
            }
            vec![effect]
        }
    }
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let waits = |form: &&mut Form| form.state == Making::Busy(ticket);
    match (desk.extract.as_mut().filter(waits), result) {
        (Some(_), Ok(_)) => {
            desk.extract = None;
            model.toasts.show(Words::ExtractMade)
        }
        (Some(form), Err(fault)) => {
            form.state = Making::Failed(fault);
            model.toasts.show(Words::Failed(fault))
        }
        (None, Err(fault)) => model.toasts.show(Words::Failed(fault)),
        (None, Ok(_)) => vec![],
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::state::tests::{answer, at, fail, opened_with, row, sent, view};
    use crate::state::{Msg, update as turn};

    fn act(model: &mut Model, msg: ExtractMsg) -> Vec<Effect> {
        turn(model, Msg::Extract(msg))
    }

    fn form(model: &Model) -> &Form {
        model.desk().unwrap().extract.as_ref().unwrap()
    }

    fn begun() -> Model {
        let mut model = opened_with(vec![row(1)]);
        let open = crate::state::dossier::DossierMsg::Open(DossierKey([1; 16]), None);
        let effects = turn(&mut model, Msg::Dossier(open));
        let mut shown = view(1);
        shown.first_story = "Jan sloeg Piet. Jans moeder zag het. Januari.".into();
        shown.happened = "JAN ontkent".into();
        turn(
            &mut model,
            answer(at(&effects), Answer::Dossier(Box::new(shown))),
        );
        act(&mut model, ExtractMsg::Begin);
        model
    }

    #[test]
    fn a_name_becomes_a_placeholder_everywhere_and_only_there() {
        let mut model = begun();
        act(&mut model, ExtractMsg::Name("jan".into()));
        act(&mut model, ExtractMsg::Replace("persoon"));
        let texts: Vec<&str> = form(&model)
            .pieces
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        let story = "persoon 1 sloeg Piet. persoon 1s moeder zag het. Januari.";
        assert_eq!(texts.get(..2), Some(&[story, "persoon 1 ontkent"][..]));
        assert_eq!(form(&model).found, Some(3));
        act(&mut model, ExtractMsg::Name("Piet".into()));
        act(&mut model, ExtractMsg::Replace("persoon"));
        assert!(
            form(&model)
                .pieces
                .iter()
                .any(|one| one.text.contains("persoon 2."))
        );
        act(&mut model, ExtractMsg::Name("Klaas".into()));
        act(&mut model, ExtractMsg::Replace("persoon"));
        assert_eq!(
            (form(&model).found, form(&model).people.len()),
            (Some(0), 2)
        );
    }

    #[test]
    fn only_what_was_chosen_leaves_and_in_the_words_on_screen() {
        let mut model = begun();
        assert!(sent(&act(&mut model, ExtractMsg::Make)).next().is_none());
        assert_eq!(form(&model).state, Making::Lacks("extract-take-0"));
        act(&mut model, ExtractMsg::Take(1, true));
        act(&mut model, ExtractMsg::Words(1, "Iemand ontkent".into()));
        for (lacks, next) in [
            (
                "extract-search",
                ExtractMsg::With(Party::Team([3; 16]), true),
            ),
            ("extract-until", ExtractMsg::Until("2999-01-01".into())),
            ("extract-question", ExtractMsg::Question("Wat nu?".into())),
        ] {
            assert!(sent(&act(&mut model, ExtractMsg::Make)).next().is_none());
            assert_eq!(form(&model).state, Making::Lacks(lacks));
            act(&mut model, next);
        }
        let effects = act(&mut model, ExtractMsg::Make);
        let Some(Ask::MakeExtract(_, new)) = sent(&effects).next() else {
            unreachable!("{effects:?}")
        };
        let part = ExtractPart {
            of: PartOf::Happened,
            text: "Iemand ontkent".into(),
        };
        assert_eq!(
            (new.parts.as_slice(), new.question.as_str()),
            (&[part][..], "Wat nu?")
        );
        turn(&mut model, fail(at(&effects), Fault::NotReady));
        assert_eq!(form(&model).state, Making::Failed(Fault::NotReady));
        let effects = act(&mut model, ExtractMsg::Make);
        turn(&mut model, answer(at(&effects), Answer::Done));
        assert!(model.desk().unwrap().extract.is_none());
    }

    #[test]
    fn addresses_and_telephone_numbers_are_noticed() {
        for text in ["mail jan@bond.nl", "bel 06-1234 5678", "+31 (0)6 12345678"] {
            assert!(traces(text), "{text}");
        }
        for text in ["", "op 12 maart 2026", "in 2025, 14 keer"] {
            assert!(!traces(text), "{text}");
        }
    }
}
