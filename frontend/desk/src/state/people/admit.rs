//! Letting somebody in: a form, an invitation, six words compared by voice (decision 30). Nothing typed is lost by an error or by going back.

use sluis_link::{
    Admission, Answer, Ask, Fault, Heard, Invitation, Knock, OrganisationSort, PersonKey, Secret,
    SheetRead, StaffRole, TeamKey,
};

use super::toggled;
use crate::route::Route;
use crate::state::setup::Problem;
use crate::state::{Effect, Model, Msg, Phase, Purpose, Step as AddressStep};

/// Longest name, in bytes.
const NAME_MOST: usize = 120;

/// Who is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A new colleague.
    Colleague,
    /// One more device of this person.
    Device(PersonKey),
    /// Another organisation.
    Organisation,
}

/// Letting somebody in, whole.
#[derive(Debug)]
pub(crate) struct Admitting {
    /// Who.
    pub(crate) who: Who,
    /// How far it is.
    pub(crate) stage: Stage,
    /// Name of the person.
    pub(crate) name: String,
    /// What they will do.
    pub(crate) roles: Vec<StaffRole>,
    /// The teams that they will be in.
    pub(crate) teams: Vec<TeamKey>,
    /// Name of the organisation.
    pub(crate) organisation: String,
    /// What it is.
    pub(crate) sort: OrganisationSort,
    /// Name of its line.
    pub(crate) line: String,
    /// The words of the recovery sheet.
    pub(crate) sheet: Secret,
    /// What is wrong with those words.
    pub(crate) sheet_wrong: Option<SheetRead>,
    /// What is wrong in the form.
    pub(crate) problems: Vec<(Blank, Problem)>,
    /// What went wrong.
    pub(crate) fault: Option<Fault>,
}

/// How far it is.
#[derive(Debug)]
pub(crate) enum Stage {
    /// The form.
    Form,
    /// The invitation is shown; nobody has answered it.
    Waiting(Invitation),
    /// Somebody has: words are compared.
    Words {
        /// The words.
        knock: Knock,
        /// The one chosen for the empty place.
        chosen: Option<String>,
        /// No choice was made yet, though it was asked for.
        missing: bool,
        /// The code of the new device, read instead.
        answer: Reading,
    },
    /// They are in.
    Done,
    /// The words were not the same: nobody was let in.
    Differed,
    /// Ten minutes went by.
    Over,
}

/// Reading the code that the new device shows.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// As typed so far.
    pub(crate) code: String,
    /// The picture is looked for with the camera.
    pub(crate) scanning: bool,
    /// A picture was looked at and no code was in it, or there is no camera.
    pub(crate) unseen: bool,
}

/// A blank to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// Name of the person.
    Name,
    /// Name of the organisation.
    Organisation,
    /// Name of the line.
    Line,
    /// The words of the sheet.
    Sheet,
}

impl Blank {
    /// Its identifier in the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Name => "admit-name",
            Self::Organisation => "admit-organisation",
            Self::Line => "admit-line",
            Self::Sheet => "admit-sheet",
        }
    }
}

/// What can be done while somebody is let in.
#[derive(Clone, Debug)]
pub(crate) enum AdmitMsg {
    /// Begin.
    Begin(Who),
    /// A blank as typed so far.
    Typed(Blank, Secret),
    /// With this role, or not.
    Role(StaffRole, bool),
    /// In this team, or not.
    Team(TeamKey, bool),
    /// What the organisation is.
    Sort(OrganisationSort),
    /// Make the invitation.
    Invite,
    /// This word was heard.
    Heard(String),
    /// Let them in.
    LetIn,
    /// The code of the new device as typed so far.
    Code(String),
    /// Look for it with the camera, or stop looking.
    Scan(bool),
    /// Let them in by that code.
    ByCode,
    /// The words are not the same.
    Differs,
    /// Back to the form, for a new invitation.
    Again,
    /// Stop, or leave when it is done.
    Leave,
}

impl Stage {
    /// Its number, from 1, for a person who counts.
    pub(crate) const fn number(&self) -> u8 {
        match self {
            Self::Form => 1,
            Self::Waiting(_) | Self::Over => 2,
            Self::Words { .. } | Self::Differed => 3,
            Self::Done => 4,
        }
    }
}

impl Admitting {
    fn new(who: Who) -> Self {
        Self {
            who,
            stage: Stage::Form,
            name: String::new(),
            roles: vec![StaffRole::CaseManager],
            teams: Vec::new(),
            organisation: String::new(),
            sort: OrganisationSort::Federation,
            line: String::new(),
            sheet: Secret(String::new()),
            sheet_wrong: None,
            problems: Vec::new(),
            fault: None,
        }
    }

    /// They see the status of dossiers only.
    pub(crate) fn is_adviser(&self) -> bool {
        self.roles.contains(&StaffRole::ConfidentialAdviser)
    }

    /// What is wrong with a blank.
    pub(crate) fn problem(&self, blank: Blank) -> Option<Problem> {
        let mut problems = self.problems.iter();
        Some(problems.find(|(other, _)| *other == blank)?.1)
    }

    fn check(&self) -> Vec<(Blank, Problem)> {
        let mut problems = Vec::new();
        let mut name = |blank: Blank, text: &str| {
            if text.trim().is_empty() {
                problems.push((blank, Problem::Empty));
            } else if text.len() > NAME_MOST && blank != Blank::Sheet {
                problems.push((blank, Problem::TooLong));
            }
        };
        match self.who {
            Who::Device(_) => {}
            Who::Colleague => name(Blank::Name, &self.name),
            Who::Organisation => {
                name(Blank::Organisation, &self.organisation);
                if self.sort == OrganisationSort::Federation {
                    name(Blank::Line, &self.line);
                }
                name(Blank::Name, &self.name);
                name(Blank::Sheet, &self.sheet.0);
            }
        }
        problems
    }

    fn admission(&self) -> Admission {
        match self.who {
            Who::Device(person) => Admission::Device(person),
            Who::Colleague => Admission::Colleague {
                name: self.name.trim().to_owned(),
                roles: self.roles.clone(),
                teams: self.teams.clone(),
            },
            Who::Organisation => Admission::Organisation {
                name: self.organisation.trim().to_owned(),
                sort: self.sort,
                line: if self.sort == OrganisationSort::Federation {
                    self.line.trim().to_owned()
                } else {
                    String::new()
                },
                director: self.name.trim().to_owned(),
                sheet: self.sheet.clone(),
            },
        }
    }

    /// Takes in that somebody answered the invitation.
    pub(in crate::state) fn knocked(&mut self, knock: Knock) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Waiting(_)) {
            return vec![];
        }
        self.go(Stage::Words {
            knock,
            chosen: None,
            missing: false,
            answer: Reading::default(),
        })
    }

    /// Takes in that the invitation is worth nothing any more.
    pub(in crate::state) fn over(&mut self) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Waiting(_) | Stage::Words { .. }) {
            return vec![];
        }
        self.go(Stage::Over)
    }

    fn go(&mut self, stage: Stage) -> Vec<Effect> {
        self.stage = stage;
        self.fault = None;
        vec![Effect::Top, Effect::Focus("title")]
    }
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: AdmitMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    if let AdmitMsg::Begin(who) = msg {
        return begin(model, who);
    }
    let Some(form) = &mut desk.staff.admitting else {
        return vec![];
    };
    match msg {
        AdmitMsg::Begin(_) => {}
        AdmitMsg::Typed(blank, text) => {
            form.problems.retain(|(other, _)| *other != blank);
            match blank {
                Blank::Name => form.name.clone_from(&text.0),
                Blank::Organisation => form.organisation.clone_from(&text.0),
                Blank::Line => form.line.clone_from(&text.0),
                Blank::Sheet => {
                    form.sheet_wrong = None;
                    form.sheet = text;
                }
            }
        }
        AdmitMsg::Role(role, on) => {
            form.roles = toggled(&form.roles, role, on);
            // Who sees the status only reads along in no team.
            if form.is_adviser() {
                form.teams.clear();
            }
        }
        AdmitMsg::Team(team, on) => form.teams = toggled(&form.teams, team, on),
        AdmitMsg::Sort(sort) => form.sort = sort,
        AdmitMsg::Invite => return invite(model),
        AdmitMsg::Heard(word) => {
            if let Stage::Words {
                chosen, missing, ..
            } = &mut form.stage
            {
                *chosen = Some(word);
                *missing = false;
            }
        }
        AdmitMsg::LetIn => return let_in(model),
        AdmitMsg::Code(code) => {
            if let Stage::Words { answer, .. } = &mut form.stage {
                answer.code = code;
            }
        }
        AdmitMsg::Scan(on) => {
            if let Stage::Words { answer, .. } = &mut form.stage {
                answer.scanning = on;
                answer.unseen = false;
                return vec![if on {
                    Effect::Scan
                } else {
                    Effect::StopScanning
                }];
            }
        }
        AdmitMsg::ByCode => return by_code(model),
        AdmitMsg::Differs => {
            let effects = form.go(Stage::Differed);
            return stop(model, effects);
        }
        AdmitMsg::Again => {
            let effects = form.go(Stage::Form);
            return stop(model, effects);
        }
        AdmitMsg::Leave => {
            desk.staff.admitting = None;
            model.route = Route::People;
            let effects = vec![
                Effect::Address(Route::People, AddressStep::Replace),
                Effect::Top,
                Effect::Focus("title"),
            ];
            return stop(model, effects);
        }
    }
    vec![]
}

fn begin(model: &mut Model, who: Who) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    // What was typed before is still there.
    if desk
        .staff
        .admitting
        .as_ref()
        .is_none_or(|form| form.who != who || !matches!(form.stage, Stage::Form))
    {
        let mut form = Admitting::new(who);
        let organisations = desk.staff.people.iter().flat_map(|all| &all.organisations);
        // Who is in no team reads nothing; where there is one, it is that one.
        for mine in organisations.filter(|one| one.mine && one.teams.len() == 1) {
            form.teams.extend(mine.teams.iter().map(|team| team.key));
        }
        desk.staff.admitting = Some(Box::new(form));
    }
    model.route = Route::Admit;
    let effects = vec![
        Effect::Address(Route::Admit, AddressStep::Push),
        Effect::Top,
        Effect::Focus("title"),
    ];
    stop(model, effects)
}

/// The worker stops waiting for an answer to an invitation.
fn stop(model: &mut Model, mut effects: Vec<Effect>) -> Vec<Effect> {
    effects.insert(0, model.ask(Purpose::Nothing, Ask::StopInviting).1);
    effects
}

fn invite(model: &mut Model) -> Vec<Effect> {
    if model.asked(&Purpose::Invite) {
        return vec![];
    }
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(form) = &mut desk.staff.admitting else {
        return vec![];
    };
    form.problems = form.check();
    if let Some((blank, _)) = form.problems.first() {
        return vec![Effect::Focus(blank.id())];
    }
    form.fault = None;
    let admission = form.admission();
    vec![model.ask(Purpose::Invite, Ask::Invite(admission)).1]
}

fn let_in(model: &mut Model) -> Vec<Effect> {
    if model.asked(&Purpose::LetIn) {
        return vec![];
    }
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(Stage::Words {
        chosen, missing, ..
    }) = desk.staff.admitting.as_mut().map(|form| &mut form.stage)
    else {
        return vec![];
    };
    let Some(word) = chosen.clone() else {
        *missing = true;
        return vec![Effect::Focus("admit-words-0")];
    };
    vec![model.ask(Purpose::LetIn, Ask::LetIn(Heard::Word(word))).1]
}

/// The code was read from the screen of the new device.
fn by_code(model: &mut Model) -> Vec<Effect> {
    if model.asked(&Purpose::LetIn) {
        return vec![];
    }
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let form = desk.staff.admitting.as_ref();
    let Some(Stage::Words { answer, .. }) = form.map(|form| &form.stage) else {
        return vec![];
    };
    let code = answer.code.trim().to_owned();
    if code.is_empty() {
        return vec![Effect::Focus("admit-answer")];
    }
    vec![model.ask(Purpose::LetIn, Ask::LetIn(Heard::Code(code))).1]
}

/// Takes in what was in a picture.
pub(in crate::state) fn scanned(model: &mut Model, code: Option<Secret>) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let form = desk.staff.admitting.as_mut();
    let Some(Stage::Words { answer, .. }) = form.map(|form| &mut form.stage) else {
        return vec![Effect::StopScanning];
    };
    answer.scanning = false;
    answer.unseen = code.is_none();
    let mut effects = vec![Effect::StopScanning];
    if let Some(code) = code {
        answer.code.clone_from(&code.0);
        effects.extend(by_code(model));
    }
    effects
}

/// Takes in an answer.
pub(in crate::state) fn answered(
    model: &mut Model,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(form) = &mut desk.staff.admitting else {
        return vec![];
    };
    match (purpose, result) {
        (Purpose::Invite, Ok(Answer::Invitation(invitation))) => {
            form.sheet_wrong = None;
            form.go(Stage::Waiting(invitation))
        }
        (Purpose::Invite, Ok(Answer::Sheet(read))) => {
            form.sheet_wrong = Some(read);
            vec![Effect::Focus(Blank::Sheet.id())]
        }
        (Purpose::LetIn, Ok(Answer::Done)) => {
            // The words have done their work.
            form.sheet = Secret(String::new());
            form.go(Stage::Done)
        }
        (Purpose::LetIn, Err(Fault::WordsDiffer)) => form.go(Stage::Differed),
        (_, result) => {
            form.fault = Some(result.err().unwrap_or(Fault::Internal));
            vec![]
        }
    }
}

/// A message that begins to let somebody in.
pub(crate) fn begins(who: Who) -> Msg {
    Msg::People(super::PeopleMsg::Admit(AdmitMsg::Begin(who)))
}
