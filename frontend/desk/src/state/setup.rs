//! First-run set-up in five steps. Nothing typed is lost by an error or by going back.

use sluis_kit::i18n::Language;
use sluis_link::{Answer, Ask, Fault, Progress, Secret, SetUpForm, Sheet, Stage, Strength, Ticket};

use super::desk::Desk;
use super::enrol::Path;
use super::{Effect, Model, Msg, Phase, Purpose};
use crate::route::Route;
use sluis_domain::search::fold;

/// Milliseconds of rest after which an own passphrase is judged.
const JUDGES_AFTER: u32 = 300;
/// Longest name, in bytes.
const NAME_MOST: usize = 200;

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// The code of the server, the organisation, its line.
    Server,
    /// The person.
    You,
    /// The passphrase.
    Passphrase,
    /// Keys are made, then the recovery sheet is shown.
    Sheet,
    /// Some of the sheet's words are asked.
    Rehearsal,
    /// Ready.
    Done,
    /// An invitation is read.
    Invitation,
    /// Words are compared by voice.
    Compare,
    /// The words of a sheet are typed.
    Typed,
    /// Which browsers are lost.
    Lost,
}

impl Step {
    /// How many steps a person counts.
    pub(crate) const COUNT: u8 = 5;

    /// Its number, from 1.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Server => 1,
            Self::You => 2,
            Self::Passphrase => 3,
            Self::Sheet => 4,
            Self::Rehearsal | Self::Done => 5,
            // Other ways count their own steps.
            Self::Invitation | Self::Compare | Self::Typed | Self::Lost => 0,
        }
    }
}

/// A blank to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// The code of the server.
    Code,
    /// The organisation.
    Organisation,
    /// The line.
    Line,
    /// The person.
    Person,
    /// One's own passphrase.
    Passphrase,
    /// The passphrase once again.
    Again,
    /// A word of the sheet: which of those asked, from 0.
    Word(usize),
}

impl Blank {
    /// Its identifier in the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Code => "setup-code",
            Self::Organisation => "setup-organisation",
            Self::Line => "setup-line",
            Self::Person => "setup-person",
            Self::Passphrase => "setup-passphrase",
            Self::Again => "setup-again",
            Self::Word(_) => "rehearsal-0",
        }
    }
}

/// What is wrong with a blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Nothing stands there.
    Empty,
    /// It does not fit.
    TooLong,
    /// Too easy to guess.
    Weak,
    /// Not the same as above.
    Differs,
    /// The server does not know this code.
    WrongCode,
}

/// The set-up, whole.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is shown, chosen and going on are independent of each other"
)]
pub(crate) struct SetUp {
    /// Why somebody walks through the steps.
    pub(crate) path: Path,
    /// Where it is.
    pub(crate) step: Step,
    /// Code of the server.
    pub(crate) code: Secret,
    /// Name of the organisation.
    pub(crate) organisation: String,
    /// Name of the line.
    pub(crate) line: String,
    /// Name of the person.
    pub(crate) person: String,
    /// Six words of the worker.
    pub(crate) proposed: Option<Secret>,
    /// The person makes up a passphrase.
    pub(crate) own: bool,
    /// That passphrase.
    pub(crate) passphrase: Secret,
    /// How strong it is, when judged.
    pub(crate) strength: Option<Strength>,
    /// It can be read on screen.
    pub(crate) shown: bool,
    /// The passphrase once again.
    pub(crate) again: Secret,
    /// What is wrong in this step.
    pub(crate) problems: Vec<(Blank, Problem)>,
    /// Keys are being made.
    pub(crate) working: Option<(Ticket, Progress)>,
    /// What went wrong while they were.
    pub(crate) fault: Option<Fault>,
    /// What has to be printed.
    pub(crate) sheet: Option<Sheet>,
    /// The words that were asked, as typed.
    pub(crate) answers: Vec<Secret>,
    /// The sheet's words are being checked.
    pub(crate) rehearsing: bool,
    /// They were not right.
    pub(crate) mistaken: bool,
    /// The desk that waits behind it.
    desk: Option<Box<Desk>>,
    /// The last stroke of one's own passphrase.
    stroke: u32,
    /// The judgement that counts.
    judging: Option<Ticket>,
    /// Go on as soon as it is judged strong.
    goes_on: bool,
}

/// What can be done during set-up.
#[derive(Clone, Debug)]
pub(crate) enum SetUpMsg {
    /// A blank as typed so far.
    Typed(Blank, Secret),
    /// On to the next step.
    Next,
    /// Back to the step before.
    Back,
    /// Six other words.
    Propose,
    /// A passphrase of one's own, or not.
    Own(bool),
    /// Show or hide it.
    Show(bool),
    /// The typing of this stroke rests: judge.
    Rests(u32),
    /// Stop making keys.
    Cancel,
    /// Check the words of the sheet.
    Rehearse,
    /// To the work list.
    Finish,
}

impl SetUp {
    /// Set-up from its beginning.
    pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
        Self::begin_at(model, Path::Found, Step::Server)
    }

    /// One of the ways, from its first step.
    pub(super) fn begin_at(model: &mut Model, path: Path, step: Step) -> Vec<Effect> {
        let empty = || Secret(String::new());
        model.phase = Phase::SetUp(Box::new(Self {
            path,
            step,
            code: empty(),
            organisation: String::new(),
            line: String::new(),
            person: String::new(),
            proposed: None,
            own: false,
            passphrase: empty(),
            strength: None,
            shown: false,
            again: empty(),
            problems: Vec::new(),
            working: None,
            fault: None,
            sheet: None,
            answers: Vec::new(),
            rehearsing: false,
            mistaken: false,
            desk: None,
            stroke: 0,
            judging: None,
            goes_on: false,
        }));
        let (_, propose) = model.ask(Purpose::Propose, Ask::ProposePassphrase);
        vec![propose, Effect::Focus("title")]
    }

    /// What is wrong with a blank.
    pub(crate) fn problem(&self, blank: Blank) -> Option<Problem> {
        self.problems
            .iter()
            .find(|(other, _)| *other == blank)
            .map(|(_, problem)| *problem)
    }

    /// Whether what runs can still be stopped: until the server is asked to begin.
    pub(crate) fn can_cancel(&self) -> bool {
        let keeps_on = !matches!(self.path, Path::Join(_));
        self.working
            .is_some_and(|(_, progress)| !keeps_on || progress.stage != Stage::Syncing)
    }

    /// The places of the asked words, from 0: those that the sheet names, or all.
    pub(crate) fn asked(&self) -> Vec<usize> {
        let Some(sheet) = &self.sheet else {
            return Vec::new();
        };
        if sheet.ask.is_empty() {
            return (0..sheet.words.len()).collect();
        }
        sheet.ask.iter().copied().map(usize::from).collect()
    }

    /// Takes in how far the work is.
    pub(super) fn progressed(&mut self, ticket: Ticket, progress: Progress) {
        if let Some((running, known)) = &mut self.working
            && *running == ticket
        {
            *known = progress;
        }
    }

    fn typed(&mut self, blank: Blank, text: Secret) -> Vec<Effect> {
        self.problems.retain(|(other, _)| *other != blank);
        match blank {
            Blank::Code => self.code = text,
            Blank::Organisation => self.organisation.clone_from(&text.0),
            Blank::Line => self.line.clone_from(&text.0),
            Blank::Person => self.person.clone_from(&text.0),
            Blank::Again => self.again = text,
            Blank::Passphrase => {
                self.passphrase = text;
                self.strength = None;
                self.judging = None;
                self.stroke = self.stroke.wrapping_add(1);
                let rests = Msg::SetUp(SetUpMsg::Rests(self.stroke));
                return vec![Effect::After(JUDGES_AFTER, Box::new(rests))];
            }
            Blank::Word(index) => {
                self.mistaken = false;
                if let Some(answer) = self.answers.get_mut(index) {
                    *answer = text;
                }
            }
        }
        vec![]
    }

    /// What is wrong in the step at hand.
    fn check(&self) -> Vec<(Blank, Problem)> {
        let mut problems = Vec::new();
        let mut name = |blank: Blank, text: &str| {
            if text.trim().is_empty() {
                problems.push((blank, Problem::Empty));
            } else if text.len() > NAME_MOST {
                problems.push((blank, Problem::TooLong));
            }
        };
        match self.step {
            Step::Server => {
                name(Blank::Code, &self.code.0);
                name(Blank::Organisation, &self.organisation);
                name(Blank::Line, &self.line);
            }
            Step::You => name(Blank::Person, &self.person),
            Step::Passphrase => {
                if self.own && self.passphrase.0.is_empty() {
                    problems.push((Blank::Passphrase, Problem::Empty));
                } else if self.own && self.strength == Some(Strength::Weak) {
                    problems.push((Blank::Passphrase, Problem::Weak));
                } else if self.again.0.trim().is_empty() {
                    problems.push((Blank::Again, Problem::Empty));
                } else if !self.same() {
                    problems.push((Blank::Again, Problem::Differs));
                }
            }
            _ => {}
        }
        problems
    }

    /// Whether the passphrase was typed once again. Of generated words neither case nor spaces matter.
    fn same(&self) -> bool {
        if self.own {
            return self.again.0 == self.passphrase.0;
        }
        self.proposed.as_ref().is_some_and(|proposed| {
            let words = |text: &Secret| text.0.split_whitespace().map(fold).collect::<Vec<_>>();
            words(proposed) == words(&self.again)
        })
    }

    fn form(&self, language: Language) -> SetUpForm {
        let passphrase = match &self.proposed {
            Some(proposed) if !self.own => proposed.clone(),
            _ => self.passphrase.clone(),
        };
        SetUpForm {
            code: Secret(self.code.0.trim().to_owned()),
            organisation: self.organisation.trim().to_owned(),
            line: self.line.trim().to_owned(),
            person: self.person.trim().to_owned(),
            passphrase,
            language: match language {
                Language::Nl => sluis_link::Language::Dutch,
                Language::En => sluis_link::Language::English,
            },
        }
    }

    /// A passphrase is kept no longer than it takes.
    pub(super) fn forget_passphrase(&mut self) {
        self.passphrase = Secret(String::new());
        self.again = Secret(String::new());
        self.proposed = None;
    }

    /// The desk that waits behind the last step.
    pub(super) fn opens(&mut self, desk: Desk) {
        self.desk = Some(Box::new(desk));
    }

    pub(super) fn go(&mut self, step: Step) -> Vec<Effect> {
        self.step = step;
        self.problems.clear();
        vec![Effect::Top, Effect::Focus("title")]
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: SetUpMsg) -> Vec<Effect> {
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    match msg {
        SetUpMsg::Typed(blank, text) => form.typed(blank, text),
        SetUpMsg::Next => next(model),
        SetUpMsg::Back => match form.step {
            Step::You => form.go(Step::Server),
            Step::Passphrase => {
                let before = form.path.before_passphrase();
                form.go(before)
            }
            // Keys have not been made: all can still be changed.
            Step::Sheet if form.sheet.is_none() && form.working.is_none() => {
                form.fault = None;
                form.go(Step::Passphrase)
            }
            Step::Rehearsal => form.go(Step::Sheet),
            _ => vec![],
        },
        SetUpMsg::Propose => {
            form.again = Secret(String::new());
            form.problems.clear();
            vec![model.ask(Purpose::Propose, Ask::ProposePassphrase).1]
        }
        SetUpMsg::Own(own) => {
            form.own = own;
            form.again = Secret(String::new());
            form.problems.clear();
            vec![]
        }
        SetUpMsg::Show(shown) => {
            form.shown = shown;
            vec![]
        }
        SetUpMsg::Rests(stroke) if stroke == form.stroke && !form.passphrase.0.is_empty() => {
            judge(model)
        }
        SetUpMsg::Rests(_) => vec![],
        SetUpMsg::Cancel => {
            if form.working.is_none() || !form.can_cancel() {
                return vec![];
            }
            form.working = None;
            let step = match form.step {
                Step::Typed => Step::Typed,
                _ => Step::Passphrase,
            };
            let mut effects = form.go(step);
            effects.splice(0..0, model.renew_worker());
            effects
        }
        SetUpMsg::Rehearse => rehearse(model),
        SetUpMsg::Finish => finish(model),
    }
}

fn next(model: &mut Model) -> Vec<Effect> {
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    form.problems = form.check();
    if let Some((blank, _)) = form.problems.first() {
        return vec![Effect::Focus(blank.id())];
    }
    match form.step {
        Step::Server => form.go(Step::You),
        Step::You => form.go(Step::Passphrase),
        Step::Passphrase if form.own && form.strength.is_none() => {
            form.goes_on = true;
            judge(model)
        }
        Step::Passphrase => work(model),
        Step::Sheet if form.sheet.is_some() => {
            form.answers = form.asked().iter().map(|_| Secret(String::new())).collect();
            form.mistaken = false;
            form.go(Step::Rehearsal)
        }
        // A failed attempt is made again with what was typed.
        Step::Sheet if form.working.is_none() => work(model),
        _ => vec![],
    }
}

fn judge(model: &mut Model) -> Vec<Effect> {
    let Phase::SetUp(form) = &model.phase else {
        return vec![];
    };
    let ask = Ask::JudgePassphrase(form.passphrase.clone());
    let (ticket, effect) = model.ask(Purpose::Judge, ask);
    if let Phase::SetUp(form) = &mut model.phase {
        form.judging = Some(ticket);
    }
    vec![effect]
}

fn work(model: &mut Model) -> Vec<Effect> {
    let language = model.locale.language;
    let Phase::SetUp(form) = &model.phase else {
        return vec![];
    };
    let filled = form.form(language);
    let (purpose, ask) = match form.path.enters(filled.passphrase.clone()) {
        Some(enters) => enters,
        None => (Purpose::SetUp, Ask::SetUp(filled)),
    };
    let (ticket, effect) = model.ask(purpose, ask);
    let mut effects = vec![effect];
    if let Phase::SetUp(form) = &mut model.phase {
        let beginning = Progress {
            stage: Stage::Stretching,
            permille: 0,
        };
        form.working = Some((ticket, beginning));
        form.fault = None;
        effects.extend(form.go(Step::Sheet));
    }
    effects
}

fn rehearse(model: &mut Model) -> Vec<Effect> {
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    form.problems = form
        .answers
        .iter()
        .enumerate()
        .filter(|(_, answer)| answer.0.trim().is_empty())
        .map(|(index, _)| (Blank::Word(index), Problem::Empty))
        .collect();
    if !form.problems.is_empty() || form.rehearsing {
        return vec![];
    }
    form.rehearsing = true;
    let words: Vec<&str> = form.answers.iter().map(|answer| answer.0.trim()).collect();
    let ask = Ask::RehearseSheet(Secret(words.join(" ")));
    vec![model.ask(Purpose::Rehearse, ask).1]
}

fn finish(model: &mut Model) -> Vec<Effect> {
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    let (Step::Done, Some(desk)) = (form.step, form.desk.take()) else {
        return vec![];
    };
    let accepts = !matches!(form.path, Path::Restore(_));
    model.enter(desk);
    super::desk::active(model);
    model.route = Route::Work;
    let mut effects = Vec::new();
    if accepts {
        effects.push(model.ask(Purpose::Nothing, Ask::AcceptRegulation).1);
    }
    effects.extend([
        Effect::Address(Route::Work, super::Step::Replace),
        Effect::Top,
        Effect::Focus("title"),
    ]);
    effects
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let now = model.now;
    let Phase::SetUp(form) = &mut model.phase else {
        return vec![];
    };
    match (purpose, result) {
        (Purpose::Propose, Ok(Answer::Passphrase(words))) => {
            form.proposed = Some(words);
            vec![]
        }
        (Purpose::Judge, Ok(Answer::Strength(strength))) if form.judging == Some(ticket) => {
            form.strength = Some(strength);
            let goes_on = core::mem::take(&mut form.goes_on);
            if goes_on { next(model) } else { vec![] }
        }
        // An older judgement.
        (Purpose::Judge, _) => vec![],
        (Purpose::SetUp, Ok(Answer::SetUpDone(sheet, profile))) => {
            form.working = None;
            form.sheet = Some(sheet);
            form.code = Secret(String::new());
            form.passphrase = Secret(String::new());
            form.again = Secret(String::new());
            form.proposed = None;
            let mut desk = Desk::new(*profile, Vec::new(), now);
            // There is nothing to read in a new vault.
            desk.loaded = true;
            form.desk = Some(Box::new(desk));
            vec![Effect::Top, Effect::Focus("title")]
        }
        (Purpose::SetUp, Err(Fault::WrongSetUpCode)) => {
            form.working = None;
            form.go(Step::Server);
            form.problems = vec![(Blank::Code, Problem::WrongCode)];
            vec![Effect::Top, Effect::Focus(Blank::Code.id())]
        }
        (Purpose::Rehearse, Ok(Answer::SheetFits(fits))) => {
            form.rehearsing = false;
            if fits {
                form.sheet = None;
                form.answers.clear();
                form.go(Step::Done)
            } else {
                form.mistaken = true;
                vec![Effect::Focus(Blank::Word(0).id())]
            }
        }
        (purpose, result) => {
            form.working = None;
            form.rehearsing = false;
            let fault = result.err().unwrap_or(Fault::Internal);
            if *purpose == Purpose::SetUp {
                form.fault = Some(fault);
                return vec![];
            }
            model.toasts.show(super::toast::Words::Failed(fault))
        }
    }
}

#[cfg(test)]
mod tests;
