//! The replica of a dossier, opened when somebody asks for it: a vault may hold ten thousand of them, of which a day's work touches some tens.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::OnceCell;

use serde::{Deserialize, Serialize};
use sluis_directory::log::Directory;
use sluis_domain::vocabulary::{Kind, Status};
use sluis_wire::address::{DeviceId, DossierAddress, GenesisHash, TeamId};
use zeroize::Zeroizing;

use super::pages;
use crate::dossier::chain::has_lost;
use crate::dossier::{AlarmKind, Recipient, Replica, Right};

/// What is asked of all dossiers at once, and can be said without opening one.
#[derive(Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "answers to questions that have nothing to do with each other"
)]
pub(super) struct Marks {
    /// The team that it was opened for.
    team: Option<TeamId>,
    /// Something was said in it about who has access.
    access: bool,
    /// Events wait for links of its chain.
    waits: bool,
    /// An event was refused or is missing.
    refused: bool,
    /// There is a reporter to answer, and it is not closed.
    answerable: bool,
    /// The reporter lets the federation read along.
    consent: bool,
    /// When the newest of what lies on the board was made (unix seconds); 0 when nothing does.
    posted: u64,
    /// It holds a member's notes for themselves.
    private: bool,
    /// What these are about.
    concerns: Option<DossierAddress>,
    /// Somebody was added to its people.
    people: bool,
    /// Advisers were asked about an extract of it.
    advice: bool,
    /// It is an extract.
    extract: bool,
    /// When the relay took in its first message (unix seconds, cut to the hour).
    first_arrival: Option<u64>,
    /// Events in its log.
    length: u64,
    /// Rows of events.
    pub(super) pages: u32,
    /// Who holds its keys, each since which length of the directory.
    held: Vec<(Recipient, u64)>,
    /// Who may do what now.
    rights: Vec<(Recipient, Right)>,
}

/// Which dossier, on which device: enough to say that it does not open.
pub(in crate::engine) type Name = (GenesisHash, DossierAddress, DeviceId);

/// A replica as its rows have it.
pub(super) struct Packed {
    pub(super) name: Name,
    pub(super) marks: Marks,
    pub(super) core: Zeroizing<Vec<u8>>,
    pub(super) pages: Vec<Zeroizing<Vec<u8>>>,
}

/// See the module.
pub(super) struct Body {
    open: OnceCell<Box<Replica>>,
    packed: Option<Box<Packed>>,
}

impl Packed {
    /// The replica. One whose rows make none shows an alarm and nothing else.
    fn open(&self) -> Replica {
        pages::events(&self.pages)
            .and_then(|events| Replica::from_parts(&self.core, events))
            .unwrap_or_else(|_| Replica::unreadable(self.name))
    }
}

impl Body {
    pub(super) fn of(replica: Replica) -> Self {
        Self {
            open: OnceCell::from(Box::new(replica)),
            packed: None,
        }
    }

    pub(super) fn packed(packed: Packed) -> Self {
        Self {
            open: OnceCell::new(),
            packed: Some(Box::new(packed)),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.get().is_some()
    }

    pub(super) fn replica(&self) -> &Replica {
        self.open.get_or_init(|| {
            let packed = self.packed.as_ref();
            Box::new(
                packed
                    .map(|packed| packed.open())
                    .expect("packed while it is not open"),
            )
        })
    }

    /// To be changed: what its rows say counts no more.
    pub(super) fn replica_mut(&mut self) -> &mut Replica {
        let _open = self.replica();
        self.packed = None;
        self.open.get_mut().expect("it has just been opened")
    }

    /// The rows of its events, as long as they are those that it has.
    pub(super) fn rows(&self) -> Option<&[Zeroizing<Vec<u8>>]> {
        Some(&self.packed.as_ref()?.pages)
    }

    /// Whether it is as its rows have it.
    pub(super) fn is_unchanged(&self) -> bool {
        self.packed.is_some()
    }

    /// Drops the open form: there are rows that say the same.
    pub(super) fn fold(&mut self, rows: impl FnOnce(&Replica) -> Packed) {
        if let Some(replica) = self.open.take()
            && self.packed.is_none()
        {
            self.packed = Some(Box::new(rows(&replica)));
        }
    }

    /// What the marks of its rows say, or the replica itself once it has changed.
    fn say<T>(&self, packed: impl FnOnce(&Marks) -> T, open: impl FnOnce(&Replica) -> T) -> T {
        match &self.packed {
            Some(rows) => packed(&rows.marks),
            None => open(self.replica()),
        }
    }

    pub(super) fn team(&self) -> Option<TeamId> {
        self.say(|marks| marks.team, team)
    }

    pub(super) fn has_access_words(&self) -> bool {
        self.say(
            |marks| marks.access,
            |open| !open.state().access().is_empty(),
        )
    }

    pub(super) fn waits_for_links(&self) -> bool {
        self.say(|marks| marks.waits, Replica::waits_for_links)
    }

    pub(super) fn was_refused_something(&self) -> bool {
        self.say(|marks| marks.refused, refused)
    }

    pub(super) fn is_answerable(&self) -> bool {
        self.say(|marks| marks.answerable, answerable)
    }

    pub(super) fn has_consent(&self) -> bool {
        self.say(|marks| marks.consent, consent)
    }

    pub(super) fn rights(&self) -> Vec<(Recipient, Right)> {
        self.say(|marks| marks.rights.clone(), rights)
    }

    pub(super) fn posted_at(&self) -> u64 {
        self.say(|marks| marks.posted, posted)
    }

    pub(super) fn is_private(&self) -> bool {
        self.say(|marks| marks.private, private)
    }

    pub(super) fn concerns(&self) -> Option<DossierAddress> {
        self.say(|marks| marks.concerns, concerns)
    }

    pub(super) fn has_people(&self) -> bool {
        self.say(|marks| marks.people, people)
    }

    pub(super) fn has_advice(&self) -> bool {
        self.say(|marks| marks.advice, advice)
    }

    pub(super) fn is_extract(&self) -> bool {
        self.say(|marks| marks.extract, extract)
    }

    pub(super) fn first_arrival(&self) -> Option<u64> {
        self.say(|marks| marks.first_arrival, first_arrival)
    }

    pub(super) fn length(&self) -> u64 {
        self.say(|marks| marks.length, |open| open.log().len() as u64)
    }

    pub(super) fn is_rotation_due(&self, directory: &Directory) -> bool {
        let length = directory.length();
        match &self.packed {
            Some(packed) => (packed.marks.held.iter())
                .any(|(recipient, from)| has_lost(*recipient, *from, directory, length)),
            None => self.replica().is_rotation_due(directory),
        }
    }
}

impl Marks {
    /// What a replica says whose events lie in so many rows.
    pub(super) fn of(replica: &Replica, pages: u32) -> Self {
        let chain = replica.chain();
        Self {
            team: team(replica),
            access: !replica.state().access().is_empty(),
            waits: replica.waits_for_links(),
            refused: refused(replica),
            answerable: answerable(replica),
            consent: consent(replica),
            posted: posted(replica),
            private: private(replica),
            concerns: concerns(replica),
            people: people(replica),
            advice: advice(replica),
            extract: extract(replica),
            first_arrival: first_arrival(replica),
            length: replica.log().len() as u64,
            pages,
            held: chain.holders(chain.epoch()).into_iter().collect(),
            rights: rights(replica),
        }
    }
}

fn team(replica: &Replica) -> Option<TeamId> {
    let opening = replica.state().opening();
    opening.map(|opening| TeamId(opening.team.0))
}

fn consent(replica: &Replica) -> bool {
    replica.state().federation_may_read() == Some(true)
}

fn rights(replica: &Replica) -> Vec<(Recipient, Right)> {
    let grants = replica.grants().iter();
    grants.map(|grant| (grant.recipient, grant.right)).collect()
}

fn posted(replica: &Replica) -> u64 {
    let board = replica.state().board();
    let times = board.iter().map(|item| item.made.time);
    times.max().unwrap_or_default()
}

fn private(replica: &Replica) -> bool {
    let opening = replica.state().opening();
    opening.is_some_and(|opening| opening.kind == Kind::Private)
}

fn concerns(replica: &Replica) -> Option<DossierAddress> {
    let about = replica.state().concerns().filter(|_| private(replica));
    about.map(|about| DossierAddress(about.0))
}

fn people(replica: &Replica) -> bool {
    replica.state().people().all().next().is_some()
}

fn advice(replica: &Replica) -> bool {
    !replica.state().advice().is_empty()
}

fn extract(replica: &Replica) -> bool {
    replica.state().extract().is_some()
}

fn first_arrival(replica: &Replica) -> Option<u64> {
    let mut messages = replica.state().messages();
    messages.next().map(|(_, message)| message.hour)
}

fn answerable(replica: &Replica) -> bool {
    let state = replica.state();
    state.reporter().is_some() && state.status() != Status::Closed
}

fn refused(replica: &Replica) -> bool {
    let kinds = [AlarmKind::EventRefused, AlarmKind::EventMissing];
    let alarms = replica.alarms();
    alarms.iter().any(|alarm| kinds.contains(&alarm.kind))
}
