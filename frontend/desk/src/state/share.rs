//! Sharing: the form of the open dossier, what waits for an answer, and who can read and write what.

use sluis_link::{
    Access, AccessMap, Agreed, Answer, Ask, DossierKey, Fault, Party, PartyView, Right, ShareAsk,
    Shares, Ticket,
};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};

/// Hour of the last day (UTC) at which a right with an end ends: that day, everywhere in Europe.
const ENDS_AT: u64 = 21 * 3_600;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// What the desk knows about sharing.
#[derive(Debug, Default)]
pub(crate) struct Sharing {
    /// What waits.
    pub(crate) shares: Shares,
    /// Who a dossier can be shared with.
    pub(crate) parties: Vec<PartyView>,
    /// The form of the open dossier.
    pub(crate) form: Form,
    /// The offer that is being refused, and why.
    pub(crate) refusing: Option<(DossierKey, String)>,
    /// Who can read and write what, once asked.
    pub(crate) map: Option<Vec<Reach>>,
    /// Whose dossiers are shown.
    pub(crate) shown: Option<Party>,
}

/// What a person or team can reach.
#[derive(Debug)]
pub(crate) struct Reach {
    /// Who.
    pub(crate) who: PartyView,
    /// Which dossiers, and what they may there.
    pub(crate) dossiers: Vec<(DossierKey, Right)>,
}

/// The form, which stays as it is until it has been taken.
#[derive(Debug)]
pub(crate) struct Form {
    /// What the list of people and teams is searched for.
    pub(crate) search: String,
    /// With whom.
    pub(crate) chosen: Option<Party>,
    /// What they may.
    pub(crate) right: Right,
    /// Until which day, as the browser's field for dates gives it; empty for no end.
    pub(crate) until: String,
    /// Why.
    pub(crate) reason: String,
    /// The dossier is to become theirs.
    pub(crate) transfer: bool,
    /// Title of an agreement with their organisation.
    pub(crate) agreement: String,
    /// The privacy notice that goes with it.
    pub(crate) notice: String,
    /// What is asked to be confirmed.
    pub(crate) plan: Option<Plan>,
    /// What was typed to confirm it.
    pub(crate) typed: String,
    /// How far it is.
    pub(crate) state: Handing,
}

/// How far a change is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Handing {
    /// Not handed over.
    #[default]
    Open,
    /// Handed to the worker.
    Busy(Ticket),
    /// Not taken; the form stays.
    Failed(Fault),
    /// Nobody was chosen.
    Nobody,
    /// The day is over, or no day.
    Over,
    /// The agreement lacks its name or its privacy notice.
    Blank,
}

/// What is done after a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Another right for somebody who has one.
    Change(Party, Right),
    /// Takes access back.
    Take(Party),
    /// New keys.
    Renew,
    /// I withdraw.
    Recuse,
    /// Shuts somebody out; not chosen yet at first.
    ShutOut(Option<[u8; 16]>),
    /// Removes what this device has.
    Forget,
}

/// What can be done about sharing.
#[derive(Clone, Debug)]
pub(crate) enum ShareMsg {
    /// Search the list.
    Search(String),
    /// With whom.
    Choose(Party),
    /// What they may.
    Right(Right),
    /// Until when.
    Until(String),
    /// Why.
    Reason(String),
    /// Whether the dossier is to become theirs.
    Transfer(bool),
    /// The title of an agreement.
    Agreement(String),
    /// The privacy notice that goes with it.
    Notice(String),
    /// Put it on file.
    Agree,
    /// Share as the form says.
    Give,
    /// Ask for a confirmation, or for none any more.
    Plan(Option<Plan>),
    /// Typed to confirm.
    Typed(String),
    /// Do what is planned.
    Confirm,
    /// Take what was offered.
    Accept(DossierKey),
    /// Begin to refuse it, or turn back.
    Refusing(Option<(DossierKey, String)>),
    /// Refuse it.
    Refuse,
    /// Share with whom the reporter agreed to.
    Consented(DossierKey, Party),
    /// Show what it takes to share the open dossier with this party.
    Prepare(Party),
    /// Show the dossiers of this party.
    Show(Party),
}

impl Default for Form {
    fn default() -> Self {
        Self {
            search: String::new(),
            chosen: None,
            right: Right::Reader,
            until: String::new(),
            reason: String::new(),
            transfer: false,
            agreement: String::new(),
            notice: String::new(),
            plan: None,
            typed: String::new(),
            state: Handing::Open,
        }
    }
}

impl Form {
    /// The end that was chosen (unix seconds); `Err` for one that is over or that is no day.
    pub(crate) fn end(&self, now: u64) -> Result<Option<u64>, ()> {
        if self.until.is_empty() {
            return Ok(None);
        }
        match end_of(&self.until) {
            Some(end) if end > now => Ok(Some(end)),
            _ => Err(()),
        }
    }
}

impl Sharing {
    /// The parties that the search leaves, own organisation first, with their names in order.
    pub(crate) fn found(&self) -> Vec<&PartyView> {
        self.listed(&self.form.search, &|_| true)
    }

    /// The parties in whose name or organisation these words stand and that are wanted, in the same order.
    pub(crate) fn listed(
        &self,
        search: &str,
        wanted: &dyn Fn(&PartyView) -> bool,
    ) -> Vec<&PartyView> {
        let search = sluis_domain::search::fold(search.trim());
        let fits = |party: &&PartyView| {
            let words = [party.name.as_str(), &party.organisation].join(" ");
            wanted(party) && sluis_domain::search::fold(&words).contains(&search)
        };
        let mut found: Vec<&PartyView> = self.parties.iter().filter(fits).collect();
        found.sort_by_key(|party| {
            (
                party.outside,
                &party.organisation,
                matches!(party.party, Party::Member(_)),
                &party.name,
            )
        });
        found
    }

    /// The party with its name.
    pub(crate) fn party(&self, party: Party) -> Option<&PartyView> {
        self.parties.iter().find(|one| one.party == party)
    }
}

/// The moment at which a right ends that lasts until this day (`2026-03-03`), as unix seconds.
pub(super) fn end_of(day: &str) -> Option<u64> {
    let mut parts = day.splitn(3, '-').map(str::parse::<u64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Counted in years that begin in March, so that the day of a leap year comes last.
    let (years, months) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days =
        years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1;
    Some((days - 719_468) * DAY + ENDS_AT)
}

/// Who can reach what, whoever reaches most first.
fn reach(map: AccessMap) -> Vec<Reach> {
    let AccessMap {
        parties,
        teams,
        dossiers,
    } = map;
    let mut all: Vec<Reach> = parties
        .into_iter()
        .map(|who| {
            let own = match who.party {
                Party::Member(id) => teams.iter().find(|(member, _)| *member == id),
                Party::Team(_) => None,
            };
            let own = own.map_or(&[] as &[[u8; 16]], |(_, teams)| teams);
            let reaches = |party: &Party| {
                *party == who.party || matches!(party, Party::Team(team) if own.contains(team))
            };
            let dossiers = dossiers
                .iter()
                .filter_map(|(key, grants)| {
                    let rights = grants.iter().filter(|(party, _)| reaches(party));
                    Some((*key, rights.map(|(_, right)| *right).max()?))
                })
                .collect();
            Reach { who, dossiers }
        })
        .collect();
    all.sort_by(|one, other| {
        let key = |reach: &Reach| (core::cmp::Reverse(reach.dossiers.len()), reach.who.outside);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.who.name.cmp(&other.who.name))
    });
    all
}

/// What to ask when the part of the dossier is shown.
pub(super) fn shown(model: &mut Model) -> Vec<Effect> {
    vec![model.ask(Purpose::Parties, Ask::Parties).1]
}

/// Looks again while the form is in sight: others may have come, or an agreement.
pub(super) fn look(model: &mut Model) -> Vec<Effect> {
    let open = model.desk().and_then(|desk| desk.open.as_ref());
    let shows = open.is_some_and(|open| open.tab == super::dossier::Part::Share);
    if shows && model.route == crate::route::Route::Dossier && !model.asked(&Purpose::Parties) {
        shown(model)
    } else {
        vec![]
    }
}

/// What to ask when the page of access is shown.
#[inline(never)]
pub(super) fn mapped(model: &mut Model) -> Vec<Effect> {
    vec![model.ask(Purpose::AccessMap, Ask::AccessMap).1]
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: ShareMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let key = desk.open.as_ref().map(|open| open.key);
    let me = desk.profile.member;
    let share = &mut desk.share;
    let form = &mut share.form;
    if matches!(form.state, Handing::Busy(_)) {
        return vec![];
    }
    match msg {
        ShareMsg::Search(search) => form.search = search,
        ShareMsg::Choose(party) => {
            form.chosen = Some(party);
            form.state = Handing::Open;
        }
        ShareMsg::Right(right) => form.right = right,
        ShareMsg::Until(until) => form.until = until,
        ShareMsg::Reason(reason) => form.reason = reason,
        ShareMsg::Transfer(transfer) => {
            form.transfer = transfer;
            // Whoever gets a dossier has to be able to decide about it.
            if transfer {
                form.right = Right::Steward;
            }
        }
        ShareMsg::Agreement(title) => form.agreement = title,
        ShareMsg::Notice(notice) => form.notice = notice,
        ShareMsg::Agree => {
            let (title, notice) = (form.agreement.trim(), form.notice.trim());
            let empty = if title.is_empty() {
                Some("share-agreement")
            } else {
                notice.is_empty().then_some("share-notice")
            };
            if let Some(empty) = empty {
                form.state = Handing::Blank;
                return vec![Effect::Focus(empty)];
            }
            let Some(party) = form.chosen else {
                return vec![];
            };
            let agree = ShareAsk::Agree(party, title.to_owned(), notice.to_owned());
            return hand(model, key, agree);
        }
        ShareMsg::Give => return give(model),
        ShareMsg::Plan(plan) => {
            form.plan = plan;
            form.typed.clear();
            form.state = Handing::Open;
            return plan
                .map(|_| Effect::Focus("share-plan"))
                .into_iter()
                .collect();
        }
        ShareMsg::Typed(typed) => form.typed = typed,
        ShareMsg::Confirm => {
            let view = desk.open.as_ref().and_then(|open| open.view.as_deref());
            let access = view.map_or(&[] as &[_], |view| &view.access);
            let ask = form.plan.and_then(|plan| planned(plan, me, access));
            return ask.map_or_else(Vec::new, |ask| hand(model, key, ask));
        }
        ShareMsg::Accept(key) => {
            return hand(model, Some(key), ShareAsk::Answer(true, String::new()));
        }
        ShareMsg::Refusing(refusing) => {
            let begins = share.refusing.is_none() && refusing.is_some();
            share.refusing = refusing;
            return if begins {
                vec![Effect::Focus("refuse-reason")]
            } else {
                vec![]
            };
        }
        ShareMsg::Refuse => {
            let Some((key, reason)) = share.refusing.clone() else {
                return vec![];
            };
            let refuse = ShareAsk::Answer(false, reason.trim().to_owned());
            return hand(model, Some(key), refuse);
        }
        ShareMsg::Consented(key, party) => {
            return hand(model, Some(key), plain(party, Right::Reader));
        }
        ShareMsg::Prepare(party) => {
            form.chosen = Some(party);
            form.state = Handing::Open;
            let show = super::dossier::DossierMsg::Show(super::dossier::Part::Share);
            let mut effects = super::dossier::update(model, show);
            effects.push(Effect::Focus("share-agreement"));
            return effects;
        }
        ShareMsg::Show(party) => {
            share.shown = (share.shown != Some(party)).then_some(party);
        }
    }
    vec![]
}

/// A right without further terms.
const fn plain(party: Party, right: Right) -> ShareAsk {
    ShareAsk::Give {
        party,
        right,
        until: None,
        reason: String::new(),
        transfer: false,
    }
}

/// What a confirmed plan asks of the worker; nothing while something is still to be chosen.
fn planned(plan: Plan, me: [u8; 16], access: &[Access]) -> Option<ShareAsk> {
    Some(match plan {
        Plan::Change(party, right) => {
            // The end and the reason stay what they were.
            let mut one = access.iter().filter(|one| one.party == Some(party));
            let (until, reason) = one
                .next()
                .map_or((None, String::new()), |one| (one.until, one.reason.clone()));
            ShareAsk::Give {
                party,
                right,
                until,
                reason,
                transfer: false,
            }
        }
        Plan::Take(party) => ShareAsk::Take(party),
        Plan::Renew => ShareAsk::Renew,
        Plan::Recuse => ShareAsk::ShutOut(me),
        Plan::ShutOut(member) => ShareAsk::ShutOut(member?),
        Plan::Forget => ShareAsk::Forget,
    })
}

/// Shares as the form says.
fn give(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let key = desk.open.as_ref().map(|open| open.key);
    let form = &mut desk.share.form;
    let Some(party) = form.chosen else {
        form.state = Handing::Nobody;
        return vec![Effect::Focus("share-search")];
    };
    // The form has said so; the worker would refuse.
    let known = desk.share.parties.iter().find(|one| one.party == party);
    if known.is_some_and(|one| one.agreed != Agreed::Yes) {
        return vec![Effect::Focus("share-agreement")];
    }
    let form = &mut desk.share.form;
    let Ok(until) = form.end(now) else {
        form.state = Handing::Over;
        return vec![Effect::Focus("share-until")];
    };
    let give = ShareAsk::Give {
        party,
        right: form.right,
        until,
        reason: form.reason.trim().to_owned(),
        transfer: form.transfer,
    };
    hand(model, key, give)
}

fn hand(model: &mut Model, key: Option<DossierKey>, ask: ShareAsk) -> Vec<Effect> {
    let Some(key) = key else {
        return vec![];
    };
    let (ticket, effect) = model.ask(Purpose::Share(key), Ask::Share(key, ask));
    if let Phase::Open(desk) = &mut model.phase {
        desk.share.form.state = Handing::Busy(ticket);
    }
    vec![effect]
}

/// Takes in an answer.
#[inline(never)]
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    purpose: &Purpose,
    result: Result<Answer, Fault>,
) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    let share = &mut desk.share;
    match (purpose, result) {
        (Purpose::Parties, Ok(Answer::Parties(parties))) => share.parties = parties,
        (Purpose::AccessMap, Ok(Answer::AccessMap(map))) => share.map = Some(reach(*map)),
        (Purpose::Share(_), result) if share.form.state == Handing::Busy(ticket) => match result {
            Ok(Answer::Parties(parties)) => {
                share.parties = parties;
                share.form.agreement.clear();
                share.form.notice.clear();
                share.form.state = Handing::Open;
                return model.toasts.show(Words::ShareSaved);
            }
            Ok(answer) => {
                share.form = Form::default();
                share.refusing = None;
                if let Answer::Gone(key) = answer {
                    return super::dossier::gone(model, &[key]);
                }
                return model.toasts.show(Words::ShareSaved);
            }
            Err(fault) => {
                share.form.state = Handing::Failed(fault);
                return model.toasts.show(Words::Failed(fault));
            }
        },
        _ => {}
    }
    vec![]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::state::tests::{answer, at, fail, opened_with, row, sent};
    use crate::state::{Msg, update as turn};

    const TEAM: Party = Party::Team([3; 16]);
    const PERSON: Party = Party::Member([4; 16]);

    fn party(party: Party, name: &str, outside: bool) -> PartyView {
        PartyView {
            party,
            name: name.into(),
            organisation: "Bond".into(),
            outside,
            ready: true,
            agreed: Agreed::Yes,
        }
    }

    fn share(model: &mut Model, msg: ShareMsg) -> Vec<Effect> {
        turn(model, Msg::Share(msg))
    }

    fn form(model: &Model) -> &Form {
        &model.desk().unwrap().share.form
    }

    fn open() -> Model {
        let mut model = opened_with(vec![row(1)]);
        let msg = crate::state::dossier::DossierMsg::Open(DossierKey([1; 16]), None);
        turn(&mut model, Msg::Dossier(msg));
        model
    }

    #[test]
    fn a_right_ends_in_the_evening_of_its_last_day() {
        assert_eq!(end_of("1970-01-01"), Some(ENDS_AT));
        assert_eq!(end_of("2000-02-29"), Some(951_782_400 + ENDS_AT));
        assert_eq!(end_of("2026-11-21"), Some(1_795_219_200 + ENDS_AT));
        for wrong in [
            "",
            "2026-11",
            "2026-13-01",
            "2026-00-10",
            "morgen",
            "2026-1-0",
        ] {
            assert_eq!(end_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_form_that_is_not_taken_stays_as_it_was() {
        let mut model = open();
        assert!(sent(&share(&mut model, ShareMsg::Give)).next().is_none());
        assert_eq!(form(&model).state, Handing::Nobody);
        share(&mut model, ShareMsg::Choose(TEAM));
        share(&mut model, ShareMsg::Reason("samen".into()));
        share(&mut model, ShareMsg::Until("1970-01-01".into()));
        model.now = 2 * DAY;
        assert!(sent(&share(&mut model, ShareMsg::Give)).next().is_none());
        assert_eq!(form(&model).state, Handing::Over);
        share(&mut model, ShareMsg::Until(String::new()));
        let effects = share(&mut model, ShareMsg::Give);
        assert!(matches!(
            sent(&effects).next(),
            Some(Ask::Share(
                _,
                ShareAsk::Give {
                    party: TEAM,
                    until: None,
                    ..
                }
            ))
        ));
        // Not twice.
        assert!(share(&mut model, ShareMsg::Give).is_empty());
        turn(&mut model, fail(at(&effects), Fault::NotAllowed));
        assert_eq!(form(&model).reason, "samen");
        assert_eq!(form(&model).state, Handing::Failed(Fault::NotAllowed));
        let effects = share(&mut model, ShareMsg::Give);
        turn(&mut model, answer(at(&effects), Answer::Done));
        assert_eq!(form(&model).chosen, None);
    }

    #[test]
    fn nothing_is_taken_back_without_a_confirmation() {
        let mut model = open();
        assert!(sent(&share(&mut model, ShareMsg::Confirm)).next().is_none());
        share(&mut model, ShareMsg::Plan(Some(Plan::Take(PERSON))));
        let effects = share(&mut model, ShareMsg::Confirm);
        assert!(matches!(
            sent(&effects).next(),
            Some(Ask::Share(_, ShareAsk::Take(PERSON)))
        ));
    }

    #[test]
    fn who_withdraws_shuts_out_only_themselves() {
        let mut model = open();
        share(&mut model, ShareMsg::Plan(Some(Plan::Recuse)));
        let effects = share(&mut model, ShareMsg::Confirm);
        let me = model.desk().unwrap().profile.member;
        assert!(matches!(
            sent(&effects).next(),
            Some(Ask::Share(_, ShareAsk::ShutOut(member))) if *member == me
        ));
    }

    #[test]
    fn the_own_organisation_comes_first_and_the_search_forgives_case() {
        let mut model = open();
        let parties = vec![
            party(TEAM, "Andere bond", true),
            party(PERSON, "Noor", false),
        ];
        let Phase::Open(desk) = &mut model.phase else {
            unreachable!("an open desk")
        };
        desk.share.parties = parties;
        let names = |share: &Sharing| -> Vec<String> {
            share.found().iter().map(|one| one.name.clone()).collect()
        };
        assert_eq!(names(&desk.share), ["Noor", "Andere bond"]);
        desk.share.form.search = "ANDERE".into();
        assert_eq!(names(&desk.share), ["Andere bond"]);
    }

    #[test]
    fn a_person_reaches_what_their_teams_reach_with_the_highest_right() {
        let all = reach(AccessMap {
            parties: vec![party(TEAM, "Team", false), party(PERSON, "Noor", false)],
            teams: vec![([4; 16], vec![[3; 16]])],
            dossiers: vec![
                (
                    DossierKey([1; 16]),
                    vec![(TEAM, Right::Writer), (PERSON, Right::Reader)],
                ),
                (DossierKey([2; 16]), vec![(PERSON, Right::Steward)]),
            ],
        });
        let [noor, team] = all.as_slice() else {
            unreachable!("two parties")
        };
        assert_eq!(
            noor.dossiers,
            [
                (DossierKey([1; 16]), Right::Writer),
                (DossierKey([2; 16]), Right::Steward)
            ]
        );
        assert_eq!(team.dossiers, [(DossierKey([1; 16]), Right::Writer)]);
    }
}
