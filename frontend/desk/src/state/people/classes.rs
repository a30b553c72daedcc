//! Editing the table of subcategories.

use sluis_domain::classes::{ClassNames, Classes};
use sluis_domain::search::fold;
use sluis_domain::vocabulary::{Category, Subcategory};
use sluis_kit::i18n::{Language, Locale};
use sluis_link::{ClassAsk, Office};

use super::{PeopleMsg, decide};
use crate::state::{Effect, Model, Msg, Phase};
use crate::words;

/// Longest name, in bytes.
const NAME_MOST: usize = 120;

/// What is being done to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClassWork {
    /// A new one.
    Add,
    /// Other names for the one with this code.
    Rename(u16),
    /// The one with this code is offered no more.
    Retire(u16),
}

/// The form for it.
#[derive(Debug)]
pub(crate) struct ClassForm {
    /// In which category.
    pub(crate) category: Category,
    /// What.
    pub(crate) work: ClassWork,
    /// The names as typed so far.
    pub(crate) names: ClassNames,
    /// What is wrong with the Dutch one and the English one.
    pub(crate) wrong: [Option<Wrong>; 2],
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// There is none.
    Empty,
    /// It is too long.
    Long,
    /// Another one has it.
    Taken,
}

/// What can be done.
#[derive(Clone, Debug)]
pub(crate) enum ClassMsg {
    /// Begin.
    Begin(Category, ClassWork),
    /// The Dutch name as typed so far.
    Dutch(String),
    /// The English name as typed so far.
    English(String),
    /// Not after all.
    Stop,
    /// Do it.
    Confirm,
}

impl ClassForm {
    fn new(classes: &Classes, category: Category, work: ClassWork) -> Self {
        let named = |language| match work {
            ClassWork::Add => String::new(),
            ClassWork::Rename(code) | ClassWork::Retire(code) => {
                let sub = Subcategory::at(code, classes.version());
                words::subcategory(Locale::new(language), classes, sub).into_owned()
            }
        };
        Self {
            category,
            work,
            names: ClassNames {
                dutch: named(Language::Nl),
                english: named(Language::En),
            },
            wrong: [None, None],
        }
    }

    /// What is wrong with a name in one language.
    fn judge(&self, classes: &Classes, language: Language, name: &str) -> Option<Wrong> {
        let name = name.trim();
        if name.is_empty() {
            return Some(Wrong::Empty);
        }
        if name.len() > NAME_MOST {
            return Some(Wrong::Long);
        }
        let others = classes.offered(self.category).into_iter();
        let mut others = others.filter(|sub| self.work != ClassWork::Rename(sub.code()));
        let taken = others.any(|sub| {
            let other = words::subcategory(Locale::new(language), classes, sub);
            fold(&other) == fold(name)
        });
        taken.then_some(Wrong::Taken)
    }

    fn ask(&self) -> ClassAsk {
        let names = self.names.clone();
        match self.work {
            ClassWork::Add => ClassAsk::Add(self.category, names),
            ClassWork::Rename(code) => ClassAsk::Rename(code, names),
            ClassWork::Retire(code) => ClassAsk::Retire(code),
        }
    }
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: ClassMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let (staff, classes) = (&mut desk.staff, &desk.profile.classes);
    if let ClassMsg::Begin(category, work) = msg {
        staff.fault = None;
        staff.classing = Some(Box::new(ClassForm::new(classes, category, work)));
        return vec![Effect::Focus("class-title")];
    }
    let Some(form) = &mut staff.classing else {
        return vec![];
    };
    match msg {
        ClassMsg::Begin(..) => vec![],
        ClassMsg::Dutch(name) => {
            form.names.dutch = name;
            form.wrong = [None, form.wrong[1]];
            vec![]
        }
        ClassMsg::English(name) => {
            form.names.english = name;
            form.wrong = [form.wrong[0], None];
            vec![]
        }
        ClassMsg::Stop => {
            staff.classing = None;
            staff.fault = None;
            vec![Effect::Focus("title")]
        }
        ClassMsg::Confirm => {
            if !matches!(form.work, ClassWork::Retire(_)) {
                form.wrong = [
                    form.judge(classes, Language::Nl, &form.names.dutch),
                    form.judge(classes, Language::En, &form.names.english),
                ];
                match form.wrong {
                    [Some(_), _] => return vec![Effect::Focus("class-dutch")],
                    [None, Some(_)] => return vec![Effect::Focus("class-english")],
                    [None, None] => {}
                }
            }
            let ask = form.ask();
            decide(model, Office::Classes(ask))
        }
    }
}

/// A message of this part.
pub(crate) fn edits(msg: ClassMsg) -> Msg {
    Msg::People(PeopleMsg::Classes(msg))
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_people;
    use super::*;
    use crate::state::tests::{answer, fail, sent};
    use crate::state::update as turn;
    use sluis_link::{Answer, Ask, Fault, Ticket};

    fn form(model: &Model) -> Option<&ClassForm> {
        model.desk()?.staff.classing.as_deref()
    }

    fn asked(effects: &[Effect]) -> Option<(Ticket, ClassAsk)> {
        effects.iter().find_map(|effect| match effect {
            Effect::Send(request) => match &request.ask {
                Ask::Office(Office::Classes(ask)) => Some((request.ticket, ask.clone())),
                _ => None,
            },
            _ => None,
        })
    }

    fn fill(model: &mut Model, dutch: &str, english: &str) -> Vec<Effect> {
        turn(model, edits(ClassMsg::Dutch(dutch.into())));
        turn(model, edits(ClassMsg::English(english.into())));
        turn(model, edits(ClassMsg::Confirm))
    }

    #[test]
    fn a_new_subject_takes_two_names_that_no_other_has() {
        let mut model = with_people();
        let begin = ClassMsg::Begin(Category::Transgressive, ClassWork::Add);
        turn(&mut model, edits(begin));
        assert!(asked(&fill(&mut model, " ", "pesten")).is_none());
        let wrong = form(&model).map(|form| form.wrong);
        assert_eq!(wrong, Some([Some(Wrong::Empty), None]));
        assert!(asked(&fill(&mut model, "PESTEN", &"x".repeat(121))).is_none());
        let wrong = form(&model).map(|form| form.wrong);
        assert_eq!(wrong, Some([Some(Wrong::Taken), Some(Wrong::Long)]));
        let effects = fill(&mut model, "Ontgroening", "Hazing");
        let names = ClassNames {
            dutch: "Ontgroening".into(),
            english: "Hazing".into(),
        };
        let (ticket, ask) = asked(&effects).unwrap_or((Ticket(0), ClassAsk::Retire(0)));
        assert_eq!(ask, ClassAsk::Add(Category::Transgressive, names.clone()));
        // A failure keeps what was typed.
        turn(&mut model, fail(ticket, Fault::NotReady));
        assert_eq!(form(&model).map(|form| &form.names), Some(&names));
        let effects = turn(&mut model, edits(ClassMsg::Confirm));
        let ticket = asked(&effects).map_or(Ticket(0), |(ticket, _)| ticket);
        turn(&mut model, answer(ticket, Answer::Done));
        assert!(form(&model).is_none());
    }

    #[test]
    fn a_name_may_stay_and_what_is_retired_needs_none() {
        let mut model = with_people();
        let work = ClassWork::Rename(Subcategory::Bullying.code());
        turn(
            &mut model,
            edits(ClassMsg::Begin(Category::Transgressive, work)),
        );
        let names = form(&model).map(|form| form.names.dutch.clone());
        assert_eq!(names.as_deref(), Some("Pesten"));
        let effects = fill(&mut model, "Pesten", "Bullying and shutting out");
        assert!(asked(&effects).is_some());
        let mut model = with_people();
        let work = ClassWork::Retire(Subcategory::Doping.code());
        turn(
            &mut model,
            edits(ClassMsg::Begin(Category::Substances, work)),
        );
        let effects = turn(&mut model, edits(ClassMsg::Confirm));
        let code = Subcategory::Doping.code();
        assert_eq!(
            asked(&effects).map(|(_, ask)| ask),
            Some(ClassAsk::Retire(code))
        );
        assert_eq!(sent(&effects).count(), 1);
    }
}
