//! People of the open dossier: the form, what waits for a confirmation, and closing. What is typed about how to reach somebody stays in memory.

use sluis_domain::figures::Figure;
use sluis_domain::people::{ClosingReason, PersonRole, Respondents};
use sluis_kit::i18n::Locale;
use sluis_link::{
    Answer, Ask, CloseForm, ContactForm, ContactView, DossierKey, DossierView, Fault, FileKey,
    FileView, Finding, FindingPlace, InvolvedKey, InvolvedView, PersonAsk, PersonForm, Ticket,
};

use sluis_sorted::Map;

use super::share::Handing;
use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};
use crate::words;

/// Years at which somebody is of age.
const OF_AGE: u64 = 18;

/// What the desk knows about the people of the open dossier.
#[derive(Debug, Default)]
pub(crate) struct Involved {
    /// Somebody is being added or changed.
    pub(crate) form: Option<Form>,
    /// What is asked to be confirmed.
    pub(crate) plan: Option<Plan>,
    /// Everything about this person is shown.
    pub(crate) about: Option<InvolvedKey>,
    /// The dossier is being closed.
    pub(crate) closing: Option<ClosingForm>,
    /// What is typed of what will be lost.
    pub(crate) typed: String,
    /// How far a change is.
    pub(crate) state: Handing,
}

/// Somebody who is being added or changed.
#[derive(Debug)]
pub(crate) struct Form {
    /// Who; nobody yet.
    pub(crate) who: Option<InvolvedKey>,
    /// What is filled in.
    pub(crate) filled: PersonForm,
    /// The date of birth as typed: goes nowhere.
    pub(crate) born: String,
}

/// What is done after a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Takes somebody off the list.
    Remove(InvolvedKey),
    /// Destroys how to reach somebody.
    Erase(InvolvedKey),
}

/// Closing, as far as it is.
#[derive(Debug)]
pub(crate) struct ClosingForm {
    /// Why.
    pub(crate) reason: ClosingReason,
    /// What came of it.
    pub(crate) outcome: String,
    /// The last message needs no answer.
    pub(crate) unanswered: bool,
    /// What stands in the text, once looked for.
    pub(crate) findings: Option<Vec<Finding>>,
    /// Files that somebody decided about: whether they stay.
    pub(crate) files: Map<FileKey, bool>,
    /// What stays for the figures.
    pub(crate) figure: Stays,
}

/// What stays of a dossier for the figures, as far as that is known.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stays {
    /// It is being made.
    Asked,
    /// Nothing more: there is a row already, or none is made.
    Nothing,
    /// This row, with the reason of the form in it.
    Row(Box<Figure>),
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// What they are in the sport.
    Capacity,
    /// Date of birth.
    Born,
    /// Name.
    Name,
    /// Telephone number.
    Phone,
    /// Mail address.
    Email,
    /// Postal address.
    Address,
}

/// What can be done about people.
#[derive(Clone, Debug)]
pub(crate) enum PersonMsg {
    /// Begin to add somebody.
    New,
    /// Begin to change somebody.
    Edit(InvolvedKey),
    /// What they are in the dossier.
    Role(PersonRole),
    /// Whether they are under 18.
    Minor(Option<bool>),
    /// Typed in a field.
    Fill(Blank, String),
    /// Save the form.
    Save,
    /// Leave form, confirmation or closing as it was.
    Cancel,
    /// Ask for a confirmation.
    Plan(Plan),
    /// Typed so far of what will be lost.
    Typed(String),
    /// Do what is planned.
    Confirm,
    /// Keep how to reach somebody here for a day.
    Pin(InvolvedKey),
    /// Show everything about somebody.
    About(InvolvedKey),
    /// Begin to close the dossier.
    Close,
    /// Why it is closed.
    Reason(ClosingReason),
    /// What came of it.
    Outcome(String),
    /// The last message needs no answer, or does.
    Unanswered(bool),
    /// This file stays, or goes.
    File(FileKey, bool),
    /// Look for names in the text.
    Sweep,
    /// Take these out.
    Redact(Vec<FindingPlace>),
    /// Close it.
    Finish,
}

impl Involved {
    /// What has to be typed before something is destroyed: the person's placeholder, or the dossier's number.
    pub(crate) fn at_stake(&self, view: &DossierView) -> Option<String> {
        let mut people = view.people.iter();
        if let Some(Plan::Erase(who)) = self.plan {
            let one = people.find(|one| one.key == who)?;
            return Some(["@p", &one.number.to_string()].concat());
        }
        let kept = |one: &InvolvedView| {
            !matches!(
                one.contact,
                ContactView::None | ContactView::Erasing | ContactView::Erased(..)
            )
        };
        (self.closing.is_some() && people.any(kept)).then(|| view.row.number.clone())
    }

    /// Whether that was typed; signs and capital letters do not matter.
    pub(crate) fn is_sure(&self, view: &DossierView) -> bool {
        let plain = |text: &str| {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        self.at_stake(view)
            .is_none_or(|wanted| plain(&wanted) == plain(&self.typed))
    }
}

impl Form {
    fn new(who: Option<&InvolvedView>) -> Self {
        let contact = match who.map(|who| &who.contact) {
            Some(ContactView::Open(contact) | ContactView::Saving(contact)) => contact.clone(),
            _ => ContactForm::default(),
        };
        Self {
            who: who.map(|who| who.key),
            filled: PersonForm {
                role: who.map_or(PersonRole::Affected, |who| who.role),
                capacity: who.map_or_else(String::new, |who| who.capacity.clone()),
                minor: who.and_then(|who| who.minor),
                contact,
            },
            born: String::new(),
        }
    }

    fn fill(&mut self, blank: Blank, text: String, now: u64) {
        let contact = &mut self.filled.contact;
        match blank {
            Blank::Capacity => self.filled.capacity = text,
            Blank::Name => contact.name.0 = text,
            Blank::Phone => contact.phone.0 = text,
            Blank::Email => contact.email.0 = text,
            Blank::Address => contact.address.0 = text,
            Blank::Born => {
                if let Some(minor) = is_minor(&text, now) {
                    self.filled.minor = Some(minor);
                }
                self.born = text;
            }
        }
    }
}

impl ClosingForm {
    fn new(view: &DossierView) -> Self {
        let reason = if super::dossier::stopped(view) {
            ClosingReason::Withdrawn
        } else {
            ClosingReason::Settled
        };
        Self {
            reason,
            outcome: String::new(),
            unanswered: false,
            findings: None,
            files: Map::new(),
            figure: Stays::Asked,
        }
    }

    /// Nothing stands in the way.
    pub(crate) fn is_settled(&self, view: &DossierView) -> bool {
        let decided =
            |file: &FileView| file.removed.is_some() || self.files.contains_key(&file.key);
        self.figure != Stays::Asked
            && view.conflicts.is_empty()
            && (view.row.waiting_since.is_none() || self.unanswered)
            && view.files.iter().all(decided)
    }

    fn change(&mut self, msg: PersonMsg) {
        match msg {
            PersonMsg::Reason(reason) => self.reason = reason,
            PersonMsg::Outcome(outcome) => self.outcome = outcome,
            PersonMsg::Unanswered(unanswered) => self.unanswered = unanswered,
            PersonMsg::File(file, stays) => {
                self.files.insert(file, stays);
            }
            _ => {}
        }
    }

    /// The row as it will be kept.
    pub(crate) fn row(&self) -> Option<Figure> {
        match &self.figure {
            Stays::Row(figure) => Some(Figure {
                reason: self.reason,
                ..(**figure).clone()
            }),
            Stays::Asked | Stays::Nothing => None,
        }
    }

    fn filled(&self, locale: Locale) -> CloseForm {
        let gone = self.files.iter().filter(|(_, stays)| !**stays);
        CloseForm {
            reason: self.reason,
            outcome: self.outcome.clone(),
            figure: self.row().map(Box::new),
            remove: gone.map(|(file, _)| *file).collect(),
            why: sluis_kit::text::involved::close_files_why(locale).into(),
        }
    }
}

/// Whether somebody who was born on this day (`2009-03-31`) is under 18 now; nothing for what is no day, or none yet.
fn is_minor(born: &str, now: u64) -> Option<bool> {
    let mut parts = born.splitn(3, '-').map(str::parse::<u64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let today = sluis_kit::i18n::machine_moment(i64::try_from(now).ok()?);
    let mut parts = today.get(..10)?.splitn(3, '-').map(str::parse::<u64>);
    let today = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let sane = (1900..=today.0).contains(&year) && (1..=12).contains(&month);
    if !sane || !(1..=31).contains(&day) || (year, month, day) > today {
        return None;
    }
    Some((year + OF_AGE, month, day) > today)
}

/// Takes in one message.
pub(super) fn update(model: &mut Model, msg: PersonMsg) -> Vec<Effect> {
    let (now, locale) = (model.now, model.locale);
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    let (key, involved) = (open.key, &mut open.involved);
    let Some(view) = &open.view else {
        return vec![];
    };
    if matches!(involved.state, Handing::Busy(_)) {
        return vec![];
    }
    match msg {
        PersonMsg::New | PersonMsg::Edit(_) => {
            let who = match msg {
                PersonMsg::Edit(who) => view.people.iter().find(|one| one.key == who),
                _ => None,
            };
            *involved = Involved::default();
            involved.form = Some(Form::new(who));
            return vec![Effect::Focus("person-role")];
        }
        PersonMsg::Role(role) => {
            if let Some(form) = &mut involved.form {
                form.filled.role = role;
            }
        }
        PersonMsg::Minor(minor) => {
            if let Some(form) = &mut involved.form {
                form.filled.minor = minor;
                form.born.clear();
            }
        }
        PersonMsg::Fill(blank, text) => {
            if let Some(form) = &mut involved.form {
                form.fill(blank, text, now);
            }
        }
        PersonMsg::Save => {
            let Some(form) = &involved.form else {
                return vec![];
            };
            let filled = kept(&form.filled, view);
            let ask = match form.who {
                None => PersonAsk::Add(filled),
                Some(who) => PersonAsk::Change(who, filled),
            };
            return hand(model, key, ask);
        }
        PersonMsg::Cancel => *involved = Involved::default(),
        PersonMsg::Plan(plan) => {
            *involved = Involved::default();
            involved.plan = Some(plan);
            return vec![Effect::Focus("person-plan")];
        }
        PersonMsg::Pin(who) => return hand(model, key, PersonAsk::Pin(who)),
        PersonMsg::About(who) => {
            *involved = Involved::default();
            involved.about = Some(who);
            return vec![Effect::Top, Effect::Focus("about-title")];
        }
        PersonMsg::Typed(typed) => involved.typed = typed,
        PersonMsg::Confirm if !involved.is_sure(view) => {
            return vec![Effect::Focus("person-typed")];
        }
        PersonMsg::Confirm => {
            let ask = match involved.plan {
                Some(Plan::Remove(who)) => PersonAsk::Remove(who),
                Some(Plan::Erase(who)) => PersonAsk::Erase(who),
                None => return vec![],
            };
            return hand(model, key, ask);
        }
        PersonMsg::Close => return begin_closing(model),
        PersonMsg::Reason(_)
        | PersonMsg::Outcome(_)
        | PersonMsg::Unanswered(_)
        | PersonMsg::File(..) => {
            if let Some(closing) = &mut involved.closing {
                closing.change(msg);
            }
        }
        PersonMsg::Sweep => return hand(model, key, PersonAsk::Sweep),
        PersonMsg::Redact(places) => return hand(model, key, PersonAsk::Redact(places)),
        PersonMsg::Finish => {
            let Some(closing) = involved.closing.as_ref() else {
                return vec![];
            };
            if closing.is_settled(view) && involved.is_sure(view) {
                let form = closing.filled(locale);
                return hand(model, key, PersonAsk::Close(form));
            }
        }
    }
    vec![]
}

/// Shows the form for closing, and looks for names at once.
pub(super) fn begin_closing(model: &mut Model) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let Some(open) = &mut desk.open else {
        return vec![];
    };
    let Some(view) = &open.view else {
        return vec![];
    };
    open.involved = Involved::default();
    open.involved.closing = Some(ClosingForm::new(view));
    open.tab = super::dossier::Part::People;
    let key = open.key;
    let mut effects = shown(model);
    effects.push(model.ask(Purpose::Figure(key), Ask::Figure(key)).1);
    effects.extend(hand(model, key, PersonAsk::Sweep));
    effects.push(Effect::Focus("close-title"));
    effects
}

/// What is filled in, without what was typed in fields that the chosen role does not show any more.
fn kept(filled: &PersonForm, view: &DossierView) -> PersonForm {
    let respondents = if view.ground.is_some() {
        Respondents::Named
    } else {
        Respondents::Unnamed
    };
    let mut filled = filled.clone();
    if !filled.role.keeps_contact(respondents) {
        filled.contact = ContactForm::default();
    }
    filled
}

/// What to ask when the people are shown.
pub(super) fn shown(model: &mut Model) -> Vec<Effect> {
    let open = model.desk().and_then(|desk| desk.open.as_ref());
    let Some(key) = open.map(|open| open.key) else {
        return vec![];
    };
    vec![
        model
            .ask(Purpose::Nothing, Ask::Person(key, PersonAsk::Look))
            .1,
    ]
}

fn hand(model: &mut Model, key: DossierKey, ask: PersonAsk) -> Vec<Effect> {
    let (ticket, effect) = model.ask(Purpose::Person(key), Ask::Person(key, ask));
    if let Phase::Open(desk) = &mut model.phase
        && let Some(open) = &mut desk.open
    {
        open.involved.state = Handing::Busy(ticket);
    }
    vec![effect]
}

/// Takes in an answer.
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    key: DossierKey,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let open = desk.open.as_mut().filter(|open| open.key == key);
    let Some(open) = open.filter(|open| open.involved.state == Handing::Busy(ticket)) else {
        return vec![];
    };
    match result {
        Ok(Answer::Findings(found)) => {
            open.involved.state = Handing::Open;
            if let Some(closing) = &mut open.involved.closing {
                closing.findings = Some(found);
            }
            vec![]
        }
        Ok(_) => {
            let closes = open.involved.closing.is_some();
            open.involved = Involved::default();
            if closes {
                return vec![];
            }
            model.toasts.show(Words::PersonSaved)
        }
        Err(fault) => {
            open.involved.state = Handing::Failed(fault);
            vec![]
        }
    }
}

/// Takes in what stays of a dossier for the figures.
pub(super) fn figured(
    model: &mut Model,
    key: DossierKey,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let open = desk.open.as_mut().filter(|open| open.key == key);
    let Some(open) = open else {
        return vec![];
    };
    if let Some(closing) = open.involved.closing.as_mut() {
        match result {
            Ok(Answer::Figure(Some(figure))) => closing.figure = Stays::Row(figure),
            Ok(_) => closing.figure = Stays::Nothing,
            Err(fault) => open.involved.state = Handing::Failed(fault),
        }
    }
    vec![]
}

/// How a person is called: by name while that is here.
pub(crate) fn called(locale: Locale, person: &InvolvedView, named: bool) -> String {
    use sluis_kit::text::involved as text;
    if let ContactView::Open(contact) = &person.contact
        && named
        && !contact.name.0.is_empty()
    {
        return contact.name.0.clone();
    }
    let role = words::person_role(locale, person.role);
    text::person_role(locale, &person.number.to_string(), role)
}

/// A text with what its placeholders stand for.
pub(crate) fn told(locale: Locale, people: &[InvolvedView], text: &str, named: bool) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("@p") {
        let (before, from) = rest.split_at(place);
        told.push_str(before);
        let after = from.get(2..).unwrap_or_default();
        let end = after
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(after.len());
        let (digits, later) = after.split_at(end);
        let person = digits
            .parse()
            .ok()
            .and_then(|number: u16| people.iter().find(|one| one.number == number));
        if let Some(person) = person {
            told.push_str(&called(locale, person, named));
        } else {
            told.push_str("@p");
            told.push_str(digits);
        }
        rest = later;
    }
    told.push_str(rest);
    told
}

/// Whether a text points to the person with this number.
pub(crate) fn mentions(text: &str, number: u16) -> bool {
    let sign = ["@p", &number.to_string()].concat();
    let ends = |after: &str| !after.starts_with(|letter: char| letter.is_ascii_digit());
    text.match_indices(&sign)
        .any(|(place, _)| text.get(place + sign.len()..).is_some_and(ends))
}

/// Whether a placeholder is being begun at the end of a text, and what stands before it.
pub(crate) fn begun(text: &str) -> Option<&str> {
    let bare = text.strip_suffix("@p").or_else(|| text.strip_suffix('@'))?;
    let free = bare
        .chars()
        .next_back()
        .is_none_or(|letter| !letter.is_alphanumeric());
    free.then_some(bare)
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use sluis_link::Secret;

    const NOW: u64 = 1_795_176_000;

    fn person(number: u16, name: &str) -> InvolvedView {
        let contact = ContactForm {
            name: Secret(name.into()),
            ..ContactForm::default()
        };
        InvolvedView {
            key: InvolvedKey([1; 16]),
            number,
            renumbered: false,
            role: PersonRole::Witness,
            capacity: String::new(),
            minor: None,
            contact: ContactView::Open(contact),
            pinned: None,
        }
    }

    #[test]
    fn a_date_of_birth_becomes_a_yes_or_a_no() {
        // 20 November 2026.
        for (born, minor) in [
            ("2008-11-21", Some(true)),
            ("2008-11-20", Some(false)),
            ("1950-01-01", Some(false)),
            ("2026-11-21", None),
            ("0008-11-21", None),
            ("2008-13-01", None),
            ("gisteren", None),
        ] {
            assert_eq!(is_minor(born, NOW), minor, "{born}");
        }
    }

    #[test]
    fn what_will_be_lost_is_typed_first() {
        let mut view = crate::state::tests::view(1);
        view.row.number = "K7Q-2MD".into();
        let mut involved = Involved {
            closing: Some(ClosingForm::new(&view)),
            ..Involved::default()
        };
        assert!(involved.is_sure(&view), "nothing will be lost");
        view.people = vec![person(3, "Sanne")];
        assert!(!involved.is_sure(&view));
        for (typed, sure) in [("K7Q", false), ("k7q 2md", true), ("K7Q-2MD", true)] {
            involved.typed = typed.into();
            assert_eq!(involved.is_sure(&view), sure, "{typed}");
        }
        involved.plan = Some(Plan::Erase(view.people[0].key));
        for (typed, sure) in [("", false), ("@p1", false), ("@p3", true), ("P3", true)] {
            involved.typed = typed.into();
            assert_eq!(involved.is_sure(&view), sure, "{typed}");
        }
    }

    #[test]
    fn placeholders_are_shown_as_people() {
        let people = [person(1, "Sanne"), person(12, "")];
        let locale = Locale::default();
        let told = |text, named| told(locale, &people, text, named);
        assert_eq!(
            told("@p1 zag @p12.", true),
            "Sanne zag persoon 12 (getuige)."
        );
        assert_eq!(told("@p1?", false), "persoon 1 (getuige)?");
        for text in ["@p", "@p3", "mail@p1x", "", "@@p"] {
            let whole = told(text, true);
            assert_eq!(whole, text.replace("@p1", "Sanne"));
        }
    }

    #[test]
    fn a_text_points_to_the_whole_number_only() {
        assert!(mentions("met @p1.", 1));
        assert!(!mentions("met @p12", 1));
        assert!(mentions("@p12 en @p1", 1));
    }

    #[test]
    fn an_at_sign_that_stands_alone_begins_a_placeholder() {
        assert_eq!(begun("volgens @"), Some("volgens "));
        assert_eq!(begun("@p"), Some(""));
        assert_eq!(begun("jan@"), None);
        assert_eq!(begun("klaar"), None);
    }
}
