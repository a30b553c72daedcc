//! What directors decide, between the page and the engine: what it takes to be done, what waits for another director, what another one asks.

use sluis_directory::class::{ClassChange, ClassEdit};
use sluis_directory::entry::{LegalGround as Ground, Op, RespondentPolicy};
use sluis_domain::classes::ClassNames;
use sluis_domain::vocabulary::{Category, Subcategory};
use sluis_link::{
    Answer, ClassAsk, Decision, Fault, LegalGround, Office, RespondentsView, Secret, SheetRead,
    WaitingView,
};
use sluis_protocol::engine::{ClassWish, Engine, OfficeError};
use sluis_protocol::pairing::{proposal_from_text, proposal_to_text};
use sluis_protocol::sheet::Sheet;
use sluis_wire::address::{DeviceId, MemberId, OrganisationId, TeamId};

use crate::desk::{Chance, now};
use crate::open::act_fault;
use crate::people::{fault, role, staff_role};
use crate::restore::Typed;

/// Does what a person decided.
pub(crate) fn decide(
    engine: &mut Engine,
    office: Office,
    chance: &mut Chance,
) -> Result<Answer, Fault> {
    let done = match office {
        Office::Roles(person, roles) => {
            let roles = roles.into_iter().map(role).collect();
            engine.set_roles(MemberId(person.0), roles, now())
        }
        Office::InTeam(person, team, inside) => {
            let known = engine
                .directory()
                .and_then(|directory| directory.team(&TeamId(team.0)));
            let mut team = known.ok_or(Fault::NotReady)?.team.clone();
            let person = MemberId(person.0);
            team.members.retain(|member| *member != person);
            if inside {
                team.members.push(person);
            }
            engine.set_team(team, now())
        }
        Office::Leave(person, heir, words) => {
            let person = MemberId(person.0);
            let directory = engine.directory().ok_or(Fault::NotReady)?;
            let going = directory.devices_of(&person);
            let going: Vec<DeviceId> = going.map(|record| record.device.id).collect();
            if let Err(wrong) = pass_on(engine, &going, &words)? {
                return Ok(Answer::Sheet(wrong));
            }
            if let Some(heir) = heir {
                engine
                    .hand_over(person, MemberId(heir.0), now(), chance)
                    .map_err(|error| act_fault(&error))?;
            }
            engine.revoke_member(person, now())
        }
        Office::Revoke(devices, words) => {
            let going: Vec<DeviceId> = devices.iter().map(|device| DeviceId(device.0)).collect();
            if let Err(wrong) = pass_on(engine, &going, &words)? {
                return Ok(Answer::Sheet(wrong));
            }
            let here = engine.device().id;
            // This one last: what it no longer is, it could not sign.
            let (own, others): (Vec<_>, Vec<_>) =
                going.into_iter().partition(|device| *device == here);
            others
                .into_iter()
                .chain(own)
                .try_for_each(|device| engine.revoke_device(device, now()))
        }
        Office::Directors {
            organisation,
            people,
            thresholds,
            sheet,
        } => {
            let sheet = match root(engine, &sheet)? {
                Ok(sheet) => sheet,
                Err(wrong) => return Ok(Answer::Sheet(wrong)),
            };
            let people: Vec<MemberId> = people.iter().map(|person| MemberId(person.0)).collect();
            let organisation = OrganisationId(organisation);
            engine.set_directors(organisation, &people, Some(thresholds), &sheet, now())
        }
        Office::Classes(ask) => {
            let wish = match ask {
                ClassAsk::Add(category, names) => ClassWish::Add(category, names),
                ClassAsk::Rename(code, names) => ClassWish::Rename(code, names),
                ClassAsk::Retire(code) => ClassWish::Retire(code),
            };
            engine.edit_classes(wish, now())
        }
        Office::Respondents(on, reasons) => {
            engine.set_respondents(on.map(ground), &reasons, now(), chance)
        }
        Office::Withdraw(number) => {
            engine.withdraw(number);
            Ok(())
        }
        Office::CoSign(code) => {
            let frame = proposal_from_text(&code).ok_or(Fault::Outdated)?;
            engine.co_sign(&frame, now())
        }
    };
    done.map(|()| Answer::Done).map_err(fault)
}

/// The sheet with the main key.
fn root(engine: &Engine, words: &Secret) -> Result<Result<Sheet, SheetRead>, Fault> {
    Ok(Typed::new(&words.0)?.sheet_that(|sheet| engine.is_root(sheet)))
}

/// What devices that go watched over passes to this one, where the words of the sheet were typed for that.
fn pass_on(
    engine: &mut Engine,
    going: &[DeviceId],
    words: &Secret,
) -> Result<Result<(), SheetRead>, Fault> {
    if words.0.trim().is_empty() {
        return Ok(Ok(()));
    }
    match root(engine, words)? {
        Ok(sheet) => engine
            .pass_witness(going, &sheet, now())
            .map(Ok)
            .map_err(fault),
        Err(wrong) => Ok(Err(wrong)),
    }
}

/// What of mine waits for another director.
pub(crate) fn waiting(engine: &Engine) -> Vec<WaitingView> {
    let waiting = engine.office_waiting().into_iter();
    waiting
        .map(|one| WaitingView {
            number: one.number,
            what: decision(engine, &one.op),
            code: proposal_to_text(&one.frame),
        })
        .collect()
}

/// What another director asks me to sign too.
pub(crate) fn read(engine: &Engine, code: &str) -> Result<Decision, Fault> {
    let frame = proposal_from_text(code).ok_or(Fault::Outdated)?;
    let op = engine.read_proposal(&frame).map_err(|error| match error {
        OfficeError::Refused(_) => Fault::Outdated,
        other => fault(other),
    })?;
    Ok(decision(engine, &op))
}

fn decision(engine: &Engine, op: &Op) -> Decision {
    let roles = |roles: &[_]| roles.iter().copied().map(staff_role).collect();
    let owner = |device: &DeviceId| engine.name_of_device(device);
    match op {
        Op::MemberAdd(member) => Decision::Person(engine.name_in(member), roles(&member.roles)),
        Op::MemberRoles { member, roles: new } => {
            Decision::Roles(engine.name_of(member), roles(new))
        }
        Op::MemberRevoke { member } => Decision::Leaves(engine.name_of(member)),
        Op::DeviceAdd(device) => Decision::Device(engine.name_of(&device.member)),
        Op::DeviceRevoke { device } => Decision::Revoked(owner(device)),
        Op::TeamDefine(team) => {
            let people = team.members.iter().map(|member| engine.name_of(member));
            Decision::Team(team.name.clone(), people.collect())
        }
        Op::Agreement {
            organisation,
            sealed,
        } => {
            let with = engine.agreement_with(organisation, sealed);
            let other = with.and_then(|with| engine.directory()?.organisation(&with));
            Decision::Agreement(other.map(|other| other.name.clone()).unwrap_or_default())
        }
        Op::Classification(edit) => class(engine, edit),
        Op::Respondents(policy) => {
            let known = engine.directory();
            let known = known.and_then(|known| known.organisation(&policy.organisation));
            let name = known.map(|one| one.name.clone()).unwrap_or_default();
            Decision::Respondents(name, policy_view(engine, policy))
        }
        _ => Decision::Other,
    }
}

fn class(engine: &Engine, edit: &ClassEdit) -> Decision {
    let Some(category) = Category::ALL.get(usize::from(edit.category)) else {
        return Decision::Other;
    };
    let classes = engine.classes();
    let now = Subcategory::at(edit.code, classes.version());
    match &edit.change {
        ClassChange::Named { dutch, english } => {
            let names = ClassNames {
                dutch: dutch.clone(),
                english: english.clone(),
            };
            let known = Some(now).filter(|now| classes.was_offered(*category, *now));
            Decision::Named(*category, known, names)
        }
        ClassChange::Retired => Decision::Retired(now),
    }
}

/// Whether an organisation keeps who respondents are, for showing it.
pub(crate) fn respondents(engine: &Engine, organisation: &OrganisationId) -> RespondentsView {
    let known = engine.directory();
    let policy = known.and_then(|known| known.respondents(organisation));
    policy.map_or_else(RespondentsView::default, |policy| {
        policy_view(engine, policy)
    })
}

fn policy_view(engine: &Engine, policy: &RespondentPolicy) -> RespondentsView {
    RespondentsView {
        ground: policy.ground.map(shown_ground),
        reasons: engine.reasons_in(policy),
    }
}

/// A legal ground as the page names it.
pub(crate) const fn shown_ground(ground: Ground) -> LegalGround {
    match ground {
        Ground::Obligation => LegalGround::Obligation,
        Ground::PublicTask => LegalGround::PublicTask,
        Ground::Membership => LegalGround::Membership,
        Ground::Interest => LegalGround::Interest,
        Ground::Licence => LegalGround::Licence,
    }
}

const fn ground(ground: LegalGround) -> Ground {
    match ground {
        LegalGround::Obligation => Ground::Obligation,
        LegalGround::PublicTask => Ground::PublicTask,
        LegalGround::Membership => Ground::Membership,
        LegalGround::Interest => Ground::Interest,
        LegalGround::Licence => Ground::Licence,
    }
}
