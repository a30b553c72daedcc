//! The form for a dossier by hand: one short page, everything optional but one text.

use sluis_domain::vocabulary::{
    Category, Field, Kind, Level, NAME_MOST, Origin, Status, Subcategory, TEXT_MOST,
};
use sluis_link::{Answer, Ask, Fault, NewDossier, Ticket};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose, Step, dossier};
use crate::route::Route;

/// What stands in the form.
#[derive(Debug)]
pub(crate) struct NewForm {
    /// Report or advice question.
    pub(crate) kind: Kind,
    /// How it came.
    pub(crate) origin: Origin,
    /// First story.
    pub(crate) first_story: String,
    /// What happened.
    pub(crate) happened: String,
    /// What is asked.
    pub(crate) asked: String,
    /// Category.
    pub(crate) category: Option<Category>,
    /// Subcategory; fits the category.
    pub(crate) subcategory: Option<Subcategory>,
    /// Federation.
    pub(crate) federation: String,
    /// Sport.
    pub(crate) sport: String,
    /// Level.
    pub(crate) level: Option<Level>,
    /// Why it was not taken.
    pub(crate) fault: Option<Fault>,
    saving: Option<Ticket>,
}

impl Default for NewForm {
    fn default() -> Self {
        Self {
            kind: Kind::Report,
            origin: Origin::Phone,
            first_story: String::new(),
            happened: String::new(),
            asked: String::new(),
            category: None,
            subcategory: None,
            federation: String::new(),
            sport: String::new(),
            level: None,
            fault: None,
            saving: None,
        }
    }
}

/// What can be done to the form.
#[derive(Clone, Debug)]
pub(crate) enum NewMsg {
    /// Report or advice question.
    Kind(Kind),
    /// How it came.
    Origin(Origin),
    /// First story.
    FirstStory(String),
    /// What happened.
    Happened(String),
    /// What is asked.
    Asked(String),
    /// Category.
    Category(Option<Category>),
    /// Subcategory.
    Subcategory(Option<Subcategory>),
    /// Federation.
    Federation(String),
    /// Sport.
    Sport(String),
    /// Level.
    Level(Option<Level>),
    /// Save.
    Save,
}

impl NewForm {
    /// Whether it is being saved.
    pub(crate) const fn busy(&self) -> bool {
        self.saving.is_some()
    }

    fn written(&self) -> bool {
        [&self.first_story, &self.happened, &self.asked]
            .into_iter()
            .any(|text| !text.trim().is_empty())
    }

    fn too_long(&self) -> bool {
        [&self.first_story, &self.happened, &self.asked]
            .into_iter()
            .any(|text| text.len() > TEXT_MOST)
            || [&self.federation, &self.sport]
                .into_iter()
                .any(|text| text.len() > NAME_MOST)
    }

    /// The dossier; whoever makes it handles it, until somebody says otherwise.
    fn dossier(&self, handler: [u8; 16]) -> NewDossier {
        let texts = [
            (Field::FirstStory as fn(String) -> Field, &self.first_story),
            (Field::Happened, &self.happened),
            (Field::Asked, &self.asked),
            (Field::Federation, &self.federation),
            (Field::Sport, &self.sport),
        ];
        let mut fields: Vec<Field> = texts
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(field, text)| field(text.trim().to_owned()))
            .collect();
        if let Some(category) = self.category {
            fields.push(Field::Classification(Some((category, self.subcategory))));
        }
        if self.level.is_some() {
            fields.push(Field::Level(self.level));
        }
        fields.push(Field::Status(Status::InProgress));
        fields.push(Field::Handler(Some(handler)));
        NewDossier {
            kind: self.kind,
            origin: self.origin,
            fields,
        }
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: NewMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let form = &mut desk.new;
    if matches!(msg, NewMsg::Save) {
        return save(model);
    }
    if form.busy() {
        return vec![];
    }
    form.fault = None;
    match msg {
        NewMsg::Kind(kind) => form.kind = kind,
        NewMsg::Origin(origin) => form.origin = origin,
        NewMsg::FirstStory(text) => form.first_story = text,
        NewMsg::Happened(text) => form.happened = text,
        NewMsg::Asked(text) => form.asked = text,
        NewMsg::Category(category) => {
            form.category = category;
            form.subcategory = form.subcategory.filter(|sub| {
                category.is_some_and(|category| desk.profile.classes.fits(category, *sub))
            });
        }
        NewMsg::Subcategory(sub) => form.subcategory = sub,
        NewMsg::Federation(text) => form.federation = text,
        NewMsg::Sport(text) => form.sport = text,
        NewMsg::Level(level) => form.level = level,
        NewMsg::Save => {}
    }
    vec![]
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let form = &mut desk.new;
    if form.busy() {
        return vec![];
    }
    if !form.written() {
        form.fault = Some(Fault::Incomplete);
        return vec![Effect::Focus("new-first-story")];
    }
    if form.too_long() {
        form.fault = Some(Fault::TooLong);
        return vec![];
    }
    form.fault = None;
    let ask = Ask::NewDossier(form.dossier(desk.profile.member));
    let (ticket, effect) = model.ask(Purpose::Create, ask);
    if let Phase::Open(desk) = &mut model.phase {
        desk.new.saving = Some(ticket);
    }
    vec![effect]
}

/// A form that was begun becomes a dossier when the desk locks, so that nothing typed is lost.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &model.phase else {
        return vec![];
    };
    if desk.new.busy() || !desk.new.written() || desk.new.too_long() {
        return vec![];
    }
    let ask = Ask::NewDossier(desk.new.dossier(desk.profile.member));
    vec![model.ask(Purpose::Nothing, ask).1]
}

/// Takes in the answer: the dossier is open at once, if the page is still there.
#[inline(never)]
pub(super) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let locale = model.locale;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match result {
        Ok(Answer::Dossier(view)) => {
            desk.new = NewForm::default();
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
            desk.new.saving = None;
            desk.new.fault = Some(result.err().unwrap_or(Fault::Internal));
            vec![]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{answer, at, fail, opened_with, sent, view};
    use crate::state::{Msg, update as turn};

    fn act(model: &mut Model, msg: NewMsg) -> Vec<Effect> {
        turn(model, Msg::New(msg))
    }

    fn begun() -> Model {
        let mut model = opened_with(vec![]);
        turn(&mut model, Msg::Routed(Route::New));
        act(
            &mut model,
            NewMsg::Happened("  Er werd geschreeuwd.  ".into()),
        );
        model
    }

    #[test]
    fn one_text_is_enough() {
        let mut model = opened_with(vec![]);
        let effects = act(&mut model, NewMsg::Save);
        assert_eq!(sent(&effects).count(), 0);
        let mut model = begun();
        let effects = act(&mut model, NewMsg::Save);
        assert!(
            sent(&effects).any(|ask| matches!(ask, Ask::NewDossier(dossier)
            if dossier.fields == [
                Field::Happened("Er werd geschreeuwd.".into()),
                Field::Status(Status::InProgress),
                Field::Handler(Some([7; 16])),
            ]
            && dossier.origin == Origin::Phone))
        );
    }

    #[test]
    fn another_category_drops_a_subcategory_that_does_not_fit() {
        let mut model = begun();
        act(&mut model, NewMsg::Category(Some(Category::Transgressive)));
        act(&mut model, NewMsg::Subcategory(Some(Subcategory::Bullying)));
        act(&mut model, NewMsg::Category(Some(Category::Substances)));
        assert_eq!(model.desk().and_then(|desk| desk.new.subcategory), None);
        act(&mut model, NewMsg::Subcategory(Some(Subcategory::Other)));
        act(&mut model, NewMsg::Category(Some(Category::Integrity)));
        assert_eq!(
            model.desk().and_then(|desk| desk.new.subcategory),
            Some(Subcategory::Other)
        );
    }

    #[test]
    fn it_is_saved_once_and_opened() {
        let mut model = begun();
        let effects = act(&mut model, NewMsg::Save);
        assert!(act(&mut model, NewMsg::Save).is_empty());
        turn(
            &mut model,
            answer(at(&effects), Answer::Dossier(Box::new(view(1)))),
        );
        assert_eq!(model.route, Route::Dossier);
        let desk = model.desk();
        assert!(desk.is_some_and(|desk| desk.new.happened.is_empty() && desk.count() == 1));
    }

    #[test]
    fn a_failure_keeps_the_form() {
        let mut model = begun();
        let effects = act(&mut model, NewMsg::Save);
        turn(&mut model, fail(at(&effects), Fault::Storage));
        let form = model.desk().map(|desk| &desk.new);
        assert!(form.is_some_and(|form| {
            form.fault == Some(Fault::Storage) && !form.happened.is_empty() && !form.busy()
        }));
    }

    #[test]
    fn a_form_that_was_begun_becomes_a_dossier_when_the_desk_locks() {
        let mut model = begun();
        let effects = turn(&mut model, Msg::Lock);
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::NewDossier(_))));
    }
}
