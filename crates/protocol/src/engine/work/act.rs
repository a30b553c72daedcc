//! Acting in a dossier: deciding, signing, sealing, putting in the outbox.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::log::Directory;
use sluis_domain::command::{Command, Refusal};
use sluis_domain::event::{Event, Opening, ReceiptKind};
use sluis_domain::ids::{AuthorId, EventId, MessageId, TeamRef};
use sluis_domain::vocabulary::{Field, Kind, Origin, Status};
use sluis_wire::address::{DeviceId, DossierAddress, TeamId};
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime};
use zeroize::Zeroizing;

use super::super::{Engine, rows};
use super::{ActError, Books, Owed, Work};
use crate::conversation::message;
use crate::dossier::{Acting, RecipientKey, Renewal, Replica, Right, WorkError, address_random};

impl Engine {
    /// Opens a dossier by hand.
    ///
    /// # Errors
    /// [`ActError`]: nothing was made then.
    pub fn open_by_hand(
        &mut self,
        kind: Kind,
        origin: Origin,
        fields: &[Field],
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<DossierAddress, ActError> {
        let team = self.my_team().ok_or(ActError::NotReady)?;
        let address = address_random(rng);
        let opening = Opening {
            kind,
            origin,
            team: TeamRef(team.0),
            conversation: None,
        };
        let recipient = self.team_recipient(team, Right::Steward);
        if !self.create(address, recipient, opening, now, rng) {
            return Err(ActError::NotReady);
        }
        for field in fields {
            match self.act(address, Command::Set(field.clone()), now, rng) {
                Ok(_) | Err(ActError::Refused(Refusal::NothingChanged)) => {}
                Err(error) => {
                    self.drop_dossier(address);
                    return Err(error);
                }
            }
        }
        Ok(address)
    }

    /// Does something in a dossier: decides, signs, seals, puts it in the outbox.
    ///
    /// # Errors
    /// [`ActError`]: nothing happened then.
    pub fn act(
        &mut self,
        address: DossierAddress,
        command: Command,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<EventId, ActError> {
        self.check_settings(&command)?;
        let work = self.dossiers.get(&address).ok_or(ActError::NoDossier)?;
        let respondents = self.respondents_in(&address);
        let event = work.state().decide_with(command, respondents)?;
        self.note(address, &event, now, rng)
    }

    /// Signs and seals what has been decided, and puts it in the outbox.
    pub(in crate::engine) fn note(
        &mut self,
        address: DossierAddress,
        event: &Event,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<EventId, ActError> {
        let work = self.dossiers.get_mut(&address).ok_or(ActError::NoDossier)?;
        if work.is_shut() {
            return Err(ActError::Shut);
        }
        if work.books.unread || work.is_narrowing() {
            return Err(ActError::NotReady);
        }
        let directory = self.directory.as_ref().ok_or(ActError::NotReady)?;
        let acting = Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let authored = match work.replica_mut().author(event, &acting, rng) {
            Err(WorkError::RotationDue) => return Err(ActError::NotReady),
            other => other?,
        };
        work.books.outbox.push((authored.id, authored.frame));
        let status = match event {
            Event::FieldSet(Field::Status(status)) => Some(*status),
            Event::Closed(_) => Some(Status::Closed),
            _ => None,
        };
        if let Some(status) = status
            && work.state().reporter().is_some()
            && self.answers(&address)
        {
            let due = self.receipt_due(now, &address.0);
            self.owe(
                address,
                Owed {
                    what: ReceiptKind::Status(status),
                    message: None,
                    due,
                    late: false,
                },
            );
        }
        self.keep_dossier(address);
        Ok(authored.id)
    }

    /// A person has the dossier before their eyes: what was unread is seen, a new dossier counts as read, and the reporter is told later.
    /// The first look of a day at what others did leaves a mark that names it: whoever was given less by the relay learns so.
    pub fn look_at(&mut self, address: DossierAddress, now: UnixTime, rng: &mut impl CryptoRng) {
        let unseen = self.unseen(&address);
        if !self.may_write(&address) {
            // Whoever may only read leaves no mark in the dossier: it stays here.
            let work = self
                .dossiers
                .get_mut(&address)
                .filter(|_| !unseen.is_empty());
            if let Some(work) = work {
                work.books.seen.extend(unseen);
                self.keep_dossier(address);
            }
            return;
        }
        let Some(work) = self.dossiers.get(&address) else {
            return;
        };
        let is_new = work.state().status() == Status::New;
        let newest = unseen.last().copied();
        let answers = self.answers(&address);
        let today = now.0 - now.0 % DAY;
        let log = work.replica().log();
        if let Some(heads) = log.unmarked_heads(AuthorId(self.me.id.0), today) {
            let _marked = self.act(address, Command::SeeHeads(heads), now, rng);
        }
        if let Some(newest) = newest
            && self
                .act(address, Command::SeeMessages(unseen), now, rng)
                .is_ok()
            && answers
        {
            let due = self.receipt_due(now, &newest.0);
            let message = Some(message::MessageId(newest.0));
            self.owe(
                address,
                Owed {
                    what: ReceiptKind::Read,
                    message,
                    due,
                    late: false,
                },
            );
        }
        if is_new {
            let _marked = self.act(address, Command::Set(Field::Status(Status::Read)), now, rng);
        }
    }

    /// Messages of the reporter that I have not seen.
    #[must_use]
    pub fn unseen(&self, address: &DossierAddress) -> Vec<MessageId> {
        let Some(work) = self.dossiers.get(address) else {
            return Vec::new();
        };
        let mut unseen = work.state().unseen(|author| self.is_mine(author));
        unseen.retain(|message| !work.books.seen.contains(message));
        unseen
    }

    /// Keeps what is being typed; empty text forgets it.
    pub fn keep_draft(&mut self, address: DossierAddress, slot: u8, text: &str) {
        let key = codec::encode(&(address, slot));
        if text.is_empty() {
            self.drafts.remove(&(address, slot));
            self.forget(rows::DRAFT, &key);
        } else {
            self.drafts.insert((address, slot), text.into());
            self.put(rows::DRAFT, &key, Zeroizing::new(text.as_bytes().to_vec()));
        }
    }

    /// What was being typed.
    #[must_use]
    pub fn draft(&self, address: DossierAddress, slot: u8) -> String {
        self.drafts
            .get(&(address, slot))
            .cloned()
            .unwrap_or_default()
    }

    /// Whether the reporter of this dossier is mine to answer: it was opened for a team of mine.
    #[must_use]
    pub fn answers(&self, address: &DossierAddress) -> bool {
        let team = self.dossiers.get(address).and_then(Work::team);
        team.zip(self.directory.as_ref())
            .is_some_and(|(team, directory)| {
                directory
                    .team_members_at(&team, directory.length())
                    .contains(&self.me.member)
            })
    }

    /// Whether an author is one of my devices.
    #[must_use]
    pub fn is_mine(&self, author: &AuthorId) -> bool {
        self.directory
            .as_ref()
            .and_then(|directory| directory.device(&DeviceId(author.0)))
            .is_some_and(|record| record.device.member == self.me.member)
    }

    /// Makes a dossier with this steward: a team (decision 27), or for private notes one member. False when its key is not here.
    pub(in crate::engine) fn create(
        &mut self,
        address: DossierAddress,
        recipient: Option<RecipientKey>,
        opening: Opening,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> bool {
        let Some(recipient) = recipient else {
            return false;
        };
        let Some(directory) = self.directory.as_ref() else {
            return false;
        };
        let acting = Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let Ok((replica, Renewal { control, wraps })) =
            Replica::create(address, &acting, &[recipient], rng)
        else {
            return false;
        };
        let books = Books {
            creation: Some((control, wraps)),
            renewed: now,
            ..Books::default()
        };
        self.dossiers.insert(address, Work::new(replica, books));
        self.act(address, Command::Open(opening), now, rng).is_ok()
    }

    /// The team that my dossiers by hand belong to: a line if I have one.
    fn my_team(&self) -> Option<TeamId> {
        let directory: &Directory = self.directory.as_ref()?;
        let mut teams: Vec<_> = directory
            .teams_of(&self.me.member)
            .map(|record| &record.team)
            .collect();
        teams.sort_by_key(|team| (!team.line, team.id));
        teams.first().map(|team| team.id)
    }
}
