//! Rows of the figures: one is made when a dossier is closed for the first time and leaves later, without a name on it; desks of the centre gather them
//! (docs/protocol.md 6.11).

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::{OrganisationKind, Role};
use sluis_directory::log::Directory;
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_directory::statement::{Statement, StatementKey};
use sluis_domain::command::{Command, Refusal};
use sluis_domain::figures::{Around, Figure, Named};
use sluis_domain::ids::EventId;
use sluis_domain::people::ClosingReason;
use sluis_domain::vocabulary::{Status, Tie};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DossierAddress, TeamId};
use sluis_wire::api::{FigureList, FigurePage, FigurePut};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::step::{Outgoing, Signer, Step};
use super::work::Work;
use super::{ActError, Engine, random, rows};
use crate::figure::{FigureId, Place, SealedFigure};

/// A row leaves within this many times the longest delay of a receipt: a day, as that is five minutes.
const DELAYS: u64 = 288;
/// Rows that lie together in one row of the vault.
const PAGE: usize = 256;
/// Most bytes of a row of the vault.
const MOST: usize = sluis_wire::frame::VAULT_ROW;
/// Key of the row that says how far they were read.
const CURSOR: &[u8] = &[];

/// A row of mine that has not left yet.
#[derive(Serialize, Deserialize)]
struct Waiting {
    due: UnixTime,
    id: FigureId,
    event: EventId,
    row: Vec<u8>,
}

/// What this device has to do with the figures.
#[derive(Default)]
pub(super) struct Figures {
    waiting: Map<DossierAddress, Waiting>,
    kept: Vec<(FigureId, Vec<u8>)>,
    known: Set<FigureId>,
    cursor: u64,
    /// Rows that did not open, or that no member of staff made.
    strange: u32,
}

/// What comes of a row that the relay lists.
enum Read {
    Row(FigureId, Vec<u8>),
    /// For a team that I do not belong to.
    NotMine,
    /// Its key has not arrived.
    Later,
    Strange,
}

/// What the names in a dossier are compared with: those of all dossiers at this desk.
#[derive(Clone, Debug, Default)]
pub struct FigureNames {
    /// Federations, one for each dossier.
    pub federations: Vec<String>,
    /// Sports, one for each dossier.
    pub sports: Vec<String>,
}

impl Engine {
    /// The row that would be kept if this dossier were closed now. Nothing when it has one already, or gets none.
    #[must_use]
    pub fn figure_for(
        &self,
        address: &DossierAddress,
        reason: ClosingReason,
        names: &FigureNames,
        now: UnixTime,
    ) -> Option<Figure> {
        let state = self.dossier(address)?.state();
        if state.figure().is_some() {
            return None;
        }
        let fields = state.fields();
        let federations = names.federations.iter().map(String::as_str);
        let sports = names.sports.iter().map(String::as_str);
        let incident = self.incident(address).into_iter();
        let around = Around {
            federation: Named::of(&fields.federation, federations, self.federations()),
            sport: Named::of(&fields.sport, sports, core::iter::empty()),
            incident: incident.filter(|(_, tie)| *tie == Tie::Incident).count(),
            now: now.0,
        };
        Figure::of(state, reason, around)
    }

    /// Names of the federations in the directory.
    fn federations(&self) -> impl Iterator<Item = &str> {
        let all = self.directory.iter().flat_map(Directory::organisations);
        all.filter(|one| one.kind == OrganisationKind::Federation)
            .map(|one| one.name.as_str())
    }

    /// Writes the row of a dossier down in it, and keeps it until its time has come.
    pub(super) fn keep_figure(
        &mut self,
        address: DossierAddress,
        figure: Figure,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ActError> {
        let row = figure.encode();
        let event = match self.act(address, Command::KeepFigure(figure), now, rng) {
            Err(ActError::Refused(Refusal::NothingChanged)) => return Ok(()),
            other => other?,
        };
        let waiting = Waiting {
            due: self.figure_due(now, rng),
            id: self.figure_id(&address, rng),
            event,
            row,
        };
        let value = Zeroizing::new(codec::encode(&waiting));
        self.put(rows::FIGURE_OUT, &address.0, value);
        self.figures.waiting.insert(address, waiting);
        Ok(())
    }

    /// The same for all who hold the dossier's first key: two rows of one dossier, of desks that had not heard of each other, count once.
    fn figure_id(&self, address: &DossierAddress, rng: &mut impl CryptoRng) -> FigureId {
        let work = self.dossiers.get(address);
        let key = work.and_then(|work| work.replica().keys_of(0));
        let known = key.map(|key| key.sealing("sluis/1/figure-id"));
        match known
            .as_ref()
            .and_then(|known| known.expose().first_chunk())
        {
            Some(id) => FigureId(*id),
            None => FigureId(random(rng)),
        }
    }

    fn figure_due(&self, now: UnixTime, rng: &mut impl CryptoRng) -> UnixTime {
        let policy = self.directory.as_ref().map(Directory::policy);
        let most = policy.map_or(0, |policy| u64::from(policy.receipt_delay.1)) * DELAYS;
        let mut chance = [0; 8];
        rng.fill_bytes(&mut chance);
        now.plus(u64::from_be_bytes(chance) % (most + 1))
    }

    pub(super) fn load_waiting_figure(&mut self, key: &[u8], value: &[u8]) -> Option<()> {
        let address = DossierAddress(key.try_into().ok()?);
        let waiting = codec::decode(value, MOST).ok()?;
        self.figures.waiting.insert(address, waiting);
        Some(())
    }

    /// Rows of one page, or how far they were read. Pages come in their order.
    pub(super) fn load_figures(&mut self, key: &[u8], value: &[u8]) -> Option<()> {
        if key == CURSOR {
            (self.figures.cursor, self.figures.strange) = codec::decode(value, 64).ok()?;
            return Some(());
        }
        let page: Vec<(FigureId, Vec<u8>)> = codec::decode(value, MOST).ok()?;
        self.figures.known.extend(page.iter().map(|(id, _)| *id));
        self.figures.kept.extend(page);
        Some(())
    }

    /// The next row that may leave. One that a colleague made first is forgotten.
    pub(super) fn next_figure_write(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        let due = self.figures.waiting.iter();
        let due: Vec<DossierAddress> = due
            .filter(|(address, waiting)| {
                waiting.due <= now && !self.stuck.contains(&Step::FigurePut(**address))
            })
            .map(|(address, _)| *address)
            .collect();
        for address in due {
            let waiting = self.figures.waiting.get(&address)?;
            let Some(work) = self.dossiers.get(&address) else {
                self.figure_left(address);
                continue;
            };
            let made = work.state().figure().map(|(made, _)| made.event);
            if made.is_some_and(|made| made != waiting.event) {
                self.figure_left(address);
                continue;
            }
            let closed = work.state().status() == Status::Closed;
            if !closed || !work.is_sent(&waiting.event) {
                continue;
            }
            let (place, key) = self.figure_place()?;
            let (epoch, staff) = self.figure_staff()?;
            let sealed = place.seal(&key, (epoch, staff), waiting.id, &waiting.row, rng);
            let call = FigurePut {
                figure: sealed.ok()?,
            };
            let step = Step::FigurePut(address);
            return Some(self.write(step, &call, &Signer::Key(staff), now, rng));
        }
        None
    }

    /// A row has left, or is not needed.
    pub(super) fn figure_left(&mut self, address: DossierAddress) {
        self.figures.waiting.remove(&address);
        self.forget(rows::FIGURE_OUT, &address.0);
    }

    /// How many rows of mine have not left yet.
    #[must_use]
    pub fn figures_waiting(&self) -> usize {
        self.figures.waiting.len()
    }

    fn figure_place(&self) -> Option<(Place, crate::primitives::kem::KemPublic)> {
        let team = self.figure_team()?;
        let (epoch, key) = self.party_key(&team)?;
        let genesis = self.genesis;
        let place = Place {
            genesis,
            team,
            epoch,
        };
        Some((place, key))
    }

    fn figure_staff(&self) -> Option<(u32, &SigningKey)> {
        let (epoch, key) = self.staff.iter().next_back()?;
        (Some(key.verifying_key()) == self.staff_at(*epoch)).then_some((*epoch, key))
    }

    fn staff_at(&self, epoch: u32) -> Option<VerifyingKey> {
        let held = self.statements.get(&StatementKey::StaffCapability(epoch))?;
        match &held.statement {
            Statement::StaffCapability(body) => VerifyingKey::parse(body.key.0).ok(),
            _ => None,
        }
    }

    /// The team of the centre that the rows go to: its first line.
    fn figure_team(&self) -> Option<TeamId> {
        let directory = self.directory.as_ref()?;
        let centre = directory.centre()?.id;
        let teams = directory.teams().map(|record| &record.team);
        let teams = teams.filter(|team| team.organisation == centre && !team.members.is_empty());
        teams
            .min_by_key(|team| (!team.line, team.id))
            .map(|team| team.id)
    }

    /// Whether I may see the figures: I belong to the team that they are sealed to, and watch over its work or read for the board.
    #[must_use]
    pub fn may_count(&self) -> bool {
        let roles = [Role::Director, Role::Coordinator, Role::BoardReader];
        let member = self.member();
        let has_role = member.is_some_and(|member| {
            let mut own = member.roles.iter();
            own.any(|role| roles.contains(role))
        });
        has_role && self.gathers_figures()
    }

    fn gathers_figures(&self) -> bool {
        let team = self.figure_team().zip(self.directory.as_ref());
        team.is_some_and(|(team, directory)| {
            let members = directory.team_members_at(&team, directory.length());
            members.contains(&self.me.member)
        })
    }

    /// Somebody wants to see the figures: look whether there are new ones.
    pub fn look_at_figures(&mut self) {
        self.wants.figures = true;
        self.stuck.remove(&Step::Figures);
    }

    /// How many rows were gathered here, readable or not: changes when one comes.
    #[must_use]
    pub fn figures_count(&self) -> usize {
        let strange = usize::try_from(self.figures.strange).unwrap_or(usize::MAX);
        self.figures.kept.len().saturating_add(strange)
    }

    /// Reads all rows again: some may be missing here.
    pub(super) fn read_figures_again(&mut self) {
        self.figures.cursor = 0;
        self.figures.strange = 0;
        self.figures.kept.clear();
        self.figures.known.clear();
    }

    /// All rows that this device can read, and how many it cannot: newer than this program, damaged, or not made by staff.
    #[must_use]
    pub fn figures(&self) -> (Vec<Figure>, usize) {
        let kept = &self.figures.kept;
        let rows: Vec<Figure> = kept
            .iter()
            .filter_map(|(_, row)| Figure::decode(row))
            .collect();
        let strange = usize::try_from(self.figures.strange).unwrap_or(usize::MAX);
        let lost = kept.len().saturating_sub(rows.len());
        (rows, lost.saturating_add(strange))
    }

    pub(super) fn next_figure_read(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        if !self.wants.figures || self.stuck.contains(&Step::Figures) {
            return None;
        }
        if !self.gathers_figures() {
            self.wants.figures = false;
            return None;
        }
        let call = FigureList {
            after: self.figures.cursor,
        };
        let staff = Signer::Key(self.staff_key()?);
        Some(self.write(Step::Figures, &call, &staff, now, rng))
    }

    /// Takes a page in. Whether it went on; nothing for a page that is out of order.
    pub(super) fn absorb_figures(&mut self, page: &FigurePage) -> Option<bool> {
        let (before, had) = (self.figures.cursor, self.figures.kept.len());
        self.wants.figures = !page.complete;
        for stored in &page.figures {
            if stored.number <= self.figures.cursor {
                return None;
            }
            match self.read_figure(&stored.figure) {
                Read::Row(id, row) => {
                    if self.figures.known.insert(id) {
                        self.figures.kept.push((id, row));
                    }
                }
                Read::NotMine => {}
                Read::Later => {
                    self.stuck.insert(Step::Figures);
                    break;
                }
                Read::Strange => self.figures.strange = self.figures.strange.saturating_add(1),
            }
            self.figures.cursor = stored.number;
        }
        self.store_figures(had);
        Some(self.figures.cursor > before || self.stuck.contains(&Step::Figures))
    }

    fn read_figure(&self, frame: &[u8]) -> Read {
        let Ok(sealed) = SealedFigure::parse(frame) else {
            return Read::Strange;
        };
        let Place { team, epoch, .. } = sealed.place(self.genesis);
        if Some(team) != self.figure_team() {
            return Read::NotMine;
        }
        let Some(secret) = self.team_keys.get(&(team, epoch)) else {
            let announced = self
                .statements
                .contains_key(&StatementKey::TeamContent(team, epoch));
            return if announced {
                Read::Later
            } else {
                Read::Strange
            };
        };
        let Ok(opened) = sealed.open(self.genesis, secret) else {
            return Read::Strange;
        };
        let by_staff = self.staff_at(opened.staff);
        if by_staff.is_some_and(|key| opened.is_by_staff(&key)) {
            Read::Row(opened.id, opened.row)
        } else {
            Read::Strange
        }
    }

    /// Keeps the rows from number `had` on, with those of the page that it lies in.
    fn store_figures(&mut self, had: usize) {
        let first = had / PAGE;
        let pages: Vec<Vec<u8>> = self
            .figures
            .kept
            .chunks(PAGE)
            .skip(first)
            .map(|page| codec::encode(&page.to_vec()))
            .collect();
        if self.figures.kept.len() > had {
            for (number, page) in (first as u64..).zip(pages) {
                self.put(rows::FIGURES, &number.to_be_bytes(), Zeroizing::new(page));
            }
        }
        let read = codec::encode(&(self.figures.cursor, self.figures.strange));
        self.put(rows::FIGURES, CURSOR, Zeroizing::new(read));
    }
}

impl Work {
    /// Whether the row of this dossier has been made.
    #[must_use]
    pub fn has_figure(&self) -> bool {
        self.state().figure().is_some()
    }
}
