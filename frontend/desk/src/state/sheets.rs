//! Recovery sheets at an open desk: what is asked, what is printed, and how far it is. The words live here only while they are shown or typed.

use sluis_kit::i18n::Language;
use sluis_link::{
    Answer, Ask, DeviceView, Fault, PrintedSheet, Secret, SheetAsk, SheetRead, SheetWork,
};

use super::people::Staff;
use super::{Effect, Model, Phase, Purpose};

/// Working on a sheet.
#[derive(Debug)]
pub(crate) struct SheetForm {
    /// What is done.
    pub(crate) doing: Doing,
    /// In three parts.
    pub(crate) split: bool,
    /// The words as typed.
    pub(crate) words: Secret,
    /// What became of them.
    pub(crate) read: Option<SheetRead>,
    /// What came out of it.
    pub(crate) printed: Vec<PrintedSheet>,
    /// How far it is.
    pub(crate) stage: Stage,
    /// What went wrong.
    pub(crate) fault: Option<Fault>,
}

/// What somebody does with sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// Sees whether words fit.
    Rehearse,
    /// Prints.
    Print(SheetWork),
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Words are typed, or a choice is made.
    Form,
    /// Sheets are shown, to be printed.
    Shown,
    /// The words of one of them are typed.
    Check,
    /// It counts.
    Done,
}

/// What can be done about sheets.
#[derive(Clone, Debug)]
pub(crate) enum SheetMsg {
    /// Begin.
    Begin(Doing),
    /// Whole, or in three parts.
    Split(bool),
    /// Words as typed so far.
    Typed(Secret),
    /// On.
    Next,
    /// Back to what was printed.
    Back,
    /// Stop.
    Stop,
}

impl SheetForm {
    fn new(doing: Doing) -> Self {
        Self {
            doing,
            split: doing == Doing::Print(SheetWork::Split),
            words: Secret(String::new()),
            read: None,
            printed: Vec::new(),
            stage: Stage::Form,
            fault: None,
        }
    }

    /// Whether the words of a sheet at work are needed.
    pub(crate) fn asks_words(&self) -> bool {
        self.doing != Doing::Print(SheetWork::New)
    }

    fn go(&mut self, stage: Stage) -> Vec<Effect> {
        self.stage = stage;
        self.words = Secret(String::new());
        self.read = None;
        self.fault = None;
        vec![Effect::Top, Effect::Focus("title")]
    }
}

impl Staff {
    /// My sheet on paper, if I have one.
    pub(crate) fn own_sheet(&self) -> Option<&DeviceView> {
        let (_, me) = self.person(self.people.as_ref()?.me)?;
        me.devices.iter().find(|device| device.paper)
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: SheetMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(form) = &mut desk.sheets else {
        if let SheetMsg::Begin(doing) = msg {
            desk.sheets = Some(Box::new(SheetForm::new(doing)));
            return vec![Effect::Top, Effect::Focus("title")];
        }
        return vec![];
    };
    match msg {
        SheetMsg::Begin(doing) => {
            **form = SheetForm::new(doing);
            vec![Effect::Top, Effect::Focus("title")]
        }
        SheetMsg::Split(split) => {
            form.split = split;
            vec![]
        }
        SheetMsg::Typed(words) => {
            form.words = words;
            form.read = None;
            vec![]
        }
        SheetMsg::Next => next(model),
        SheetMsg::Back => form.go(Stage::Shown),
        SheetMsg::Stop => {
            desk.sheets = None;
            let (_, stop) = model.ask(Purpose::Nothing, Ask::Sheets(SheetAsk::Stop));
            vec![stop, Effect::Top, Effect::Focus("title")]
        }
    }
}

fn next(model: &mut Model) -> Vec<Effect> {
    let language = model.locale.language;
    if model.asked(&Purpose::Sheets) {
        return vec![];
    }
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(form) = &mut desk.sheets else {
        return vec![];
    };
    let words = form.words.clone();
    let ask = match (form.stage, form.doing) {
        (Stage::Shown, _) => return form.go(Stage::Check),
        (Stage::Done, _) => return vec![],
        (Stage::Check, _) => SheetAsk::Check(words),
        (Stage::Form, Doing::Rehearse) => SheetAsk::Rehearse(words),
        (Stage::Form, Doing::Print(work)) => SheetAsk::Prepare {
            work,
            words,
            split: form.split,
            language: match language {
                Language::Nl => sluis_link::Language::Dutch,
                Language::En => sluis_link::Language::English,
            },
        },
    };
    form.fault = None;
    vec![model.ask(Purpose::Sheets, Ask::Sheets(ask)).1]
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(model: &mut Model, result: Result<Answer, Fault>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(form) = &mut desk.sheets else {
        return vec![];
    };
    match result {
        Ok(Answer::Printed(printed)) => {
            form.printed = printed;
            form.go(Stage::Shown)
        }
        Ok(Answer::Sheet(read @ (SheetRead::Fits { .. } | SheetRead::Part(..)))) => {
            // What was shown is not needed any more.
            form.printed.clear();
            let effects = form.go(Stage::Done);
            form.read = Some(read);
            effects
        }
        Ok(Answer::Sheet(wrong)) => {
            form.read = Some(wrong);
            vec![Effect::Focus("sheets-words")]
        }
        result => {
            form.fault = Some(result.err().unwrap_or(Fault::Internal));
            vec![Effect::Focus("title")]
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::state::tests::{answer, at, fail, opened_with, sent};
    use crate::state::{Msg, update as turn};

    fn does(model: &mut Model, msg: SheetMsg) -> Vec<Effect> {
        turn(model, Msg::Sheets(msg))
    }

    fn form(model: &Model) -> &SheetForm {
        model.desk().unwrap().sheets.as_deref().unwrap()
    }

    fn part() -> SheetRead {
        SheetRead::Part(2, String::new())
    }

    #[test]
    fn what_was_printed_counts_only_after_one_part_was_typed() {
        let mut model = opened_with(vec![]);
        does(&mut model, SheetMsg::Begin(Doing::Print(SheetWork::Split)));
        does(&mut model, SheetMsg::Typed(Secret("aap noot".into())));
        let effects = does(&mut model, SheetMsg::Next);
        assert!(matches!(
            sent(&effects).next(),
            Some(Ask::Sheets(SheetAsk::Prepare { split: true, .. }))
        ));
        // Wrong words stay where they are.
        turn(
            &mut model,
            answer(at(&effects), Answer::Sheet(SheetRead::Count(2))),
        );
        assert_eq!(form(&model).words.0, "aap noot");
        let effects = does(&mut model, SheetMsg::Next);
        turn(&mut model, answer(at(&effects), Answer::Printed(vec![])));
        assert_eq!(form(&model).stage, Stage::Shown);
        assert!(
            form(&model).words.0.is_empty(),
            "the sheet's words are gone"
        );
        does(&mut model, SheetMsg::Next);
        assert_eq!(form(&model).stage, Stage::Check);
        let effects = does(&mut model, SheetMsg::Next);
        turn(
            &mut model,
            answer(at(&effects), Answer::Sheet(SheetRead::Wrong(3))),
        );
        assert_eq!(form(&model).stage, Stage::Check);
        let effects = does(&mut model, SheetMsg::Next);
        turn(&mut model, answer(at(&effects), Answer::Sheet(part())));
        assert_eq!(form(&model).stage, Stage::Done);
    }

    #[test]
    fn a_fault_keeps_what_was_typed_and_stopping_forgets_it() {
        let mut model = opened_with(vec![]);
        does(&mut model, SheetMsg::Begin(Doing::Rehearse));
        does(&mut model, SheetMsg::Typed(Secret("aap".into())));
        let effects = does(&mut model, SheetMsg::Next);
        turn(&mut model, fail(at(&effects), Fault::NotReady));
        assert_eq!(form(&model).words.0, "aap");
        let effects = does(&mut model, SheetMsg::Stop);
        assert!(model.desk().unwrap().sheets.is_none());
        assert!(sent(&effects).any(|ask| matches!(ask, Ask::Sheets(SheetAsk::Stop))));
    }
}
