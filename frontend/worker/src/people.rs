//! People, devices and organisations: what the page is shown of the directory, what an open vault decides about it, and the door at which
//! somebody knocks (decision 30).

use std::cell::Cell;
use std::fmt::Write as _;
use std::rc::Rc;

use futures_channel::mpsc::UnboundedSender;
use gloo_timers::future::TimeoutFuture;
use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};
use sluis_directory::entry::{Device, DeviceKind, OrganisationKind, Role};
use sluis_directory::error::{Error as Refused, Field, Thing};
use sluis_directory::log::{DeviceRecord, Directory};
use sluis_link::{
    Admission, Answer, Ask, DeviceKey, DeviceView, Fault, Heard, Knock, News, OrganisationSort,
    OrganisationView, People, PersonKey, PersonView, Picture, Secret, StaffRole, TeamKey, TeamView,
    Tell,
};
use sluis_protocol::engine::{Admit, Engine, OfficeError, Reply};
use sluis_protocol::pairing::{Invitation, answer_fits, control_words, read_request};
use sluis_wire::address::{MemberId, TeamId};
use sluis_wire::api::{Call as _, RendezvousAnswer, RendezvousRead};
use sluis_wire::codec;
use sluis_wire::limits::{RENDEZVOUS, RENDEZVOUS_SECONDS};
use sluis_wire::time::UnixTime;

use crate::desk::{Chance, Input, now, tell};
use crate::sheets::known_by;
use crate::words::lists;
use crate::{net, office, restore};

/// Milliseconds between two looks whether somebody answered an invitation.
const LOOK: u32 = 1_500;
/// Version of the regulation of access that the catalogue has; a newer text gets the next number.
const REGULATION: u32 = 1;
/// Words to choose from.
const CHOICES: usize = 4;
/// Largest picture of a code: an invitation of 231 letters and digits, or 24 words, fit into version 8 to 12.
const LARGEST: u8 = 12;

/// The door: who is shown, and who is being let in.
#[derive(Default)]
pub(crate) struct Door {
    inviting: Option<Inviting>,
    /// Length of the directory, waiting acts and whether names can be read, as last shown.
    shown: Option<(u64, usize, bool)>,
}

/// An invitation that is out.
struct Inviting {
    invitation: Invitation,
    admit: Admit,
    /// The device that answered, with the word that has to be heard.
    knocked: Option<(Device, String)>,
    /// Taken away when nobody waits any more.
    waits: Rc<Cell<bool>>,
}

impl Drop for Inviting {
    fn drop(&mut self) {
        self.waits.set(false);
    }
}

impl Door {
    /// Answers what the page asks about people.
    pub(crate) fn answer(
        &mut self,
        ask: Ask,
        engine: &mut Engine,
        inbox: &UnboundedSender<Input>,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        match ask {
            Ask::Office(office) => office::decide(engine, office, chance),
            Ask::ReadProposal(code) => office::read(engine, &code).map(Answer::Decision),
            Ask::Invite(admission) => self.invite(admission, engine, inbox, chance),
            Ask::LetIn(heard) => self.let_in(&heard, engine, chance).map(|()| Answer::Done),
            Ask::AcceptRegulation => match engine.accept_regulation(REGULATION, now()) {
                Ok(()) => Ok(Answer::Done),
                Err(error) => Err(fault(error)),
            },
            Ask::StopInviting => {
                self.inviting = None;
                Ok(Answer::Done)
            }
            _ => Err(Fault::Internal),
        }
    }

    /// What the page should be told: that somebody came or went, that an act was refused.
    pub(crate) fn news(&mut self, engine: &mut Engine) -> Vec<News> {
        let mut news = Vec::new();
        if let Some(error) = engine.take_office_refused() {
            news.push(News::Refused(fault(error)));
        }
        let stamp = engine.directory().map(|directory| {
            let named = !engine.name_of(&engine.device().member).is_empty();
            (directory.length(), engine.office_pending(), named)
        });
        if stamp.is_some() && stamp != self.shown {
            self.shown = stamp;
            news.push(News::People(Box::new(people(engine))));
        }
        news
    }

    fn invite(
        &mut self,
        admission: Admission,
        engine: &Engine,
        inbox: &UnboundedSender<Input>,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        self.inviting = None;
        let (member, admit) = match admission {
            Admission::Device(person) => (Some(MemberId(person.0)), Admit::Device),
            Admission::Colleague { name, roles, teams } => {
                let roles = roles.into_iter().map(role).collect();
                let teams = teams.into_iter().map(|team| TeamId(team.0)).collect();
                (None, Admit::Colleague { name, roles, teams })
            }
            Admission::Organisation {
                name,
                sort,
                line,
                director,
                sheet,
            } => {
                let sheet = match restore::Typed::new(&sheet.0)?.sheet() {
                    Ok(sheet) => sheet,
                    Err(wrong) => return Ok(Answer::Sheet(wrong)),
                };
                let root = engine.directory().map(|directory| &directory.root().keys);
                if root.is_none_or(|keys| !keys.contains(&sheet.root().verifying_key())) {
                    return Ok(Answer::Sheet(sluis_link::SheetRead::Foreign));
                }
                let kind = match sort {
                    OrganisationSort::Experts => OrganisationKind::Experts,
                    OrganisationSort::Federation => OrganisationKind::Federation,
                    OrganisationSort::Centre | OrganisationSort::RegisterHolder => {
                        return Err(Fault::NotDirector);
                    }
                };
                let line = Some(line).filter(|line| !line.is_empty());
                (
                    None,
                    Admit::Organisation {
                        name,
                        kind,
                        line,
                        director,
                        sheet,
                    },
                )
            }
        };
        let invitation = engine.invite(member, chance).map_err(fault)?;
        let until = now().plus(RENDEZVOUS_SECONDS);
        let shown = show(&invitation, until).ok_or(Fault::Internal)?;
        let waits = Rc::new(Cell::new(true));
        let watch = watch(invitation.slot, until, inbox.clone(), waits.clone());
        wasm_bindgen_futures::spawn_local(watch);
        self.inviting = Some(Inviting {
            invitation,
            admit,
            knocked: None,
            waits,
        });
        Ok(Answer::Invitation(shown))
    }

    /// Takes in what lay in the slot, or that nobody came in time.
    pub(crate) fn knocked(
        &mut self,
        slot: [u8; 16],
        request: Option<&[u8]>,
        chance: &mut Chance,
    ) -> Option<News> {
        let inviting = self.inviting.as_mut()?;
        if inviting.invitation.slot != slot || inviting.knocked.is_some() {
            return None;
        }
        let device = request.and_then(|bytes| read_request(bytes, &inviting.invitation));
        let Some(device) = device else {
            self.inviting = None;
            return Some(News::InvitationOver);
        };
        let lists = lists().ok()?;
        let mut words = control_words(&inviting.invitation, &device, &lists.dutch);
        let place = below(words.len(), chance);
        let word = core::mem::take(words.get_mut(place)?);
        let mut choices = vec![word.clone()];
        while choices.len() < CHOICES {
            let mut number = [0; 2];
            rand_core::Rng::fill_bytes(chance, &mut number);
            let other = lists.dutch.word(u16::from_be_bytes(number)).to_owned();
            if !choices.contains(&other) {
                choices.insert(below(choices.len() + 1, chance), other);
            }
        }
        inviting.knocked = Some((device, word));
        Some(News::Knocked(Knock { words, choices }))
    }

    /// Signs only after the word was heard or the code read; a wrong one ends the invitation.
    fn let_in(
        &mut self,
        heard: &Heard,
        engine: &mut Engine,
        chance: &mut Chance,
    ) -> Result<(), Fault> {
        let inviting = self.inviting.as_ref().ok_or(Fault::InvitationOver)?;
        let (device, word) = inviting.knocked.as_ref().ok_or(Fault::InvitationOver)?;
        let same = match heard {
            Heard::Word(heard) => heard == word,
            Heard::Code(code) => answer_fits(code, &inviting.invitation, device),
        };
        if !same {
            self.inviting = None;
            return Err(Fault::WordsDiffer);
        }
        engine
            .admit(&inviting.invitation, device, &inviting.admit, now(), chance)
            .map_err(fault)?;
        self.inviting = None;
        Ok(())
    }
}

/// A number below `most`, which is small.
fn below(most: usize, chance: &mut Chance) -> usize {
    let mut bytes = [0; 4];
    rand_core::Rng::fill_bytes(chance, &mut bytes);
    usize::try_from(u32::from_be_bytes(bytes)).unwrap_or_default() % most.max(1)
}

/// Looks into the slot until somebody has answered, time is over or nobody waits any more.
async fn watch(
    slot: [u8; 16],
    until: UnixTime,
    inbox: UnboundedSender<Input>,
    waits: Rc<Cell<bool>>,
) {
    let body = codec::encode(&RendezvousRead { slot });
    let request = loop {
        TimeoutFuture::new(LOOK).await;
        if !waits.get() {
            return;
        }
        if now() > until {
            break None;
        }
        let reply = net::send(RendezvousRead::PATH, &body, None).await;
        if let Reply::Answer(body) = reply
            && let Ok(answer) = codec::decode::<RendezvousAnswer>(&body, RENDEZVOUS + 16)
            && !answer.request.is_empty()
        {
            break Some(answer.request);
        }
    };
    // The desk lives as long as the worker does.
    let _told = inbox.unbounded_send(Input::Knocked(slot, request));
}

/// An invitation as text and as a picture.
fn show(invitation: &Invitation, until: UnixTime) -> Option<sluis_link::Invitation> {
    let code = invitation.to_text();
    // Without its spaces the text takes five and a half bits a letter.
    let dense: String = code.split(' ').collect();
    Some(sluis_link::Invitation {
        picture: picture(&dense)?,
        code,
        until: until.0,
    })
}

/// A text as a QR code.
pub(crate) fn picture(text: &str) -> Option<Picture> {
    let largest = Version::new(LARGEST);
    let (mut work, mut out) = (vec![0; largest.buffer_len()], vec![0; largest.buffer_len()]);
    let level = QrCodeEcc::Medium;
    let least = Version::MIN;
    let picture =
        QrCode::encode_text(text, &mut work, &mut out, level, least, largest, None, true).ok()?;
    let side = picture.size();
    let mut squares = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let from = x;
            while x < side && picture.get_module(x, y) {
                x += 1;
            }
            if x > from {
                // A text takes all that is written to it.
                let _ = write!(squares, "M{from} {y}h{}v1H{from}z", x - from);
            }
            x += 1;
        }
    }
    Some(Picture {
        side: u8::try_from(side).ok()?,
        squares: Secret(squares),
    })
}

/// What a refusal means to a person.
pub(crate) fn fault(error: OfficeError) -> Fault {
    match error {
        OfficeError::NotAllowed => Fault::NotDirector,
        OfficeError::NotReady => Fault::NotReady,
        OfficeError::Invitation => Fault::InvitationOver,
        OfficeError::Refused(
            Refused::VersionNotNext
            | Refused::Revoked(Thing::Subcategory)
            | Refused::Unknown(Thing::Subcategory),
        ) => Fault::SettingsMoved,
        OfficeError::Refused(Refused::Bounds(Field::Name | Field::Reasons)) => Fault::Incomplete,
        OfficeError::Refused(_) => Fault::AgainstRules,
        OfficeError::ByRelay => Fault::Refused,
        OfficeError::StatusOnly => Fault::StatusOnly,
        OfficeError::LastWitness => Fault::LastWitness,
        OfficeError::Outdated => Fault::Outdated,
        _ => Fault::Internal,
    }
}

/// Everybody who has access now.
fn people(engine: &Engine) -> People {
    let me = engine.device();
    let mine = engine.member().map(|member| member.organisation);
    let mut organisations: Vec<(bool, OrganisationView)> = engine
        .directory()
        .into_iter()
        .flat_map(|directory| {
            directory.organisations().map(move |organisation| {
                let directors = &organisation.directors;
                let view = OrganisationView {
                    key: organisation.id.0,
                    thresholds: (directors.add_threshold, directors.revoke_threshold),
                    name: organisation.name.clone(),
                    sort: match organisation.kind {
                        OrganisationKind::Centre => OrganisationSort::Centre,
                        OrganisationKind::Federation => OrganisationSort::Federation,
                        OrganisationKind::Experts => OrganisationSort::Experts,
                        OrganisationKind::RegisterHolder => OrganisationSort::RegisterHolder,
                    },
                    mine: directory.directs(&me.sign.verifying_key(), &organisation.id),
                    teams: teams(directory, |team| team.organisation == organisation.id),
                    people: members(engine, directory, |member| {
                        member.organisation == organisation.id
                    }),
                    respondents: office::respondents(engine, &organisation.id),
                };
                (Some(organisation.id) != mine, view)
            })
        })
        .collect();
    organisations.sort_by(|(other, left), (another, right)| {
        (other, &left.name).cmp(&(another, &right.name))
    });
    let organisations: Vec<OrganisationView> =
        organisations.into_iter().map(|(_, view)| view).collect();
    People {
        may_found: organisations
            .iter()
            .any(|one| one.mine && one.sort == OrganisationSort::Centre),
        organisations,
        me: PersonKey(me.member.0),
        here: DeviceKey(me.id.0),
        pending: u32::try_from(engine.office_pending()).unwrap_or(u32::MAX),
        waiting: office::waiting(engine),
    }
}

fn teams(
    directory: &Directory,
    wanted: impl Fn(&sluis_directory::entry::Team) -> bool,
) -> Vec<TeamView> {
    let teams = directory.teams().map(|record| &record.team);
    teams
        .filter(|team| wanted(team))
        .map(|team| TeamView {
            key: TeamKey(team.id.0),
            name: team.name.clone(),
            line: team.line,
        })
        .collect()
}

fn members(
    engine: &Engine,
    directory: &Directory,
    wanted: impl Fn(&sluis_directory::entry::Member) -> bool,
) -> Vec<PersonView> {
    let current = directory
        .members()
        .filter(|record| record.span.is_current() && wanted(&record.member));
    let mut people: Vec<PersonView> = current
        .map(|record| {
            let id = record.member.id;
            PersonView {
                key: PersonKey(id.0),
                name: engine.name_of(&id),
                roles: record
                    .member
                    .roles
                    .iter()
                    .copied()
                    .map(staff_role)
                    .collect(),
                teams: directory
                    .teams_of(&id)
                    .map(|team| TeamKey(team.team.id.0))
                    .collect(),
                devices: devices(engine, directory, &id),
                directs: directory.devices_of(&id).any(|device| {
                    directory.directs(&device.device.sign, &record.member.organisation)
                }),
            }
        })
        .collect();
    people.sort_by(|left, right| (&left.name, left.key).cmp(&(&right.name, right.key)));
    people
}

/// The current devices of a member, the oldest first.
pub(crate) fn devices(
    engine: &Engine,
    directory: &Directory,
    member: &MemberId,
) -> Vec<DeviceView> {
    let mut records: Vec<&DeviceRecord> = directory.devices_of(member).collect();
    records.sort_by_key(|record| record.span.added);
    records
        .into_iter()
        .map(|record| DeviceView {
            key: DeviceKey(record.device.id.0),
            paper: record.device.kind == DeviceKind::Paper,
            since: record.since.0,
            by: record.enrolled_by.map(|device| DeviceKey(device.0)),
            by_name: record
                .enrolled_by
                .map(|device| engine.name_of_device(&device))
                .unwrap_or_default(),
            parts: record.shares.map(|shares| shares.each_ref().map(known_by)),
            used: record.device.kind == DeviceKind::Paper
                && directory
                    .devices()
                    .any(|other| other.enrolled_by == Some(record.device.id)),
        })
        .collect()
}

/// A role as the page names it.
pub(crate) const fn staff_role(role: Role) -> StaffRole {
    match role {
        Role::Director => StaffRole::Director,
        Role::Coordinator => StaffRole::Coordinator,
        Role::CaseManager => StaffRole::CaseManager,
        Role::ConfidentialAdviser => StaffRole::ConfidentialAdviser,
        Role::PanelMember => StaffRole::PanelMember,
        Role::BoardReader => StaffRole::BoardReader,
        Role::AdvisoryMember => StaffRole::AdvisoryMember,
        Role::Expert => StaffRole::Expert,
        Role::AllFederations => StaffRole::AllFederations,
    }
}

pub(crate) const fn role(role: StaffRole) -> Role {
    match role {
        StaffRole::Director => Role::Director,
        StaffRole::Coordinator => Role::Coordinator,
        StaffRole::CaseManager => Role::CaseManager,
        StaffRole::ConfidentialAdviser => Role::ConfidentialAdviser,
        StaffRole::PanelMember => Role::PanelMember,
        StaffRole::BoardReader => Role::BoardReader,
        StaffRole::AdvisoryMember => Role::AdvisoryMember,
        StaffRole::Expert => Role::Expert,
        StaffRole::AllFederations => Role::AllFederations,
    }
}

/// Says that the page should show it.
pub(crate) fn told(news: Vec<News>) {
    for one in news {
        tell(&Tell::News(one));
    }
}
