//! In which order things are asked and sent, and what is done with the answers.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::log::Directory;
use sluis_wire::address::DossierAddress;
use sluis_wire::api::{
    BoardPost, BoardRenew, Call, Changed, ChangesPage, ChangesRead, ControlAppend, ControlPage,
    ControlRead, DirectoryPage, DirectoryRead, Done, DossierCreate, EventAppend, EventPage,
    EventRead, FigureList, FigurePage, FigurePut, Hello, IntakeDelete, IntakeList, IntakePage,
    PeopleErase, PeopleRead, PersonPut, PersonWraps, PersonWrapsPut, PersonWrapsRead, Problem,
    SetUp, SnapshotAnswer, SnapshotRead, StatementList, StatementPage,
};
use sluis_wire::limits::{EVENTS_IN_APPEND, REQUEST};
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::step::{Outgoing, Reply, Signer, Step};
use super::{Alarm, Engine, rows};
use crate::dossier::proof::Signed;

/// Most bytes of an answer.
const ANSWER_MOST: usize = 8 * REQUEST;

/// Seconds that a clock may be wrong without anything being done about it.
const CLOCK_CLOSE: u64 = 5;

type Sent = Vec<[u8; 32]>;

impl Engine {
    pub(super) fn next_step(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<(Outgoing, Sent)> {
        let plain = |outgoing| (outgoing, Vec::new());
        if let Some(founding) = &self.founding {
            if self.stuck.contains(&Step::SetUp) {
                return None;
            }
            let call = SetUp {
                code: founding.code.clone(),
                entries: founding.entries.clone(),
            };
            return Some(plain(self.write(
                Step::SetUp,
                &call,
                &Signer::Nobody,
                now,
                rng,
            )));
        }
        if let Some(outgoing) = self.next_public(now, rng) {
            return Some(plain(outgoing));
        }
        self.directory.as_ref()?;
        if self.office.invited.is_some() {
            return None;
        }
        if let Some(outgoing) = self.next_office(now, rng) {
            return Some(plain(outgoing));
        }
        if self.is_paper() {
            return None;
        }
        // Nothing is published on knowledge that is known to be old.
        let current = !self.wants.statements && !self.wants.directory;
        if let Some(outgoing) = current.then(|| self.next_due(now, rng)).flatten() {
            return Some(plain(outgoing));
        }
        if core::mem::take(&mut self.wants.snapshot)
            && let Some(outgoing) = self.next_snapshot(now, rng)
        {
            return Some(plain(outgoing));
        }
        self.staff_key()?;
        if let Some(outgoing) = self.next_read(now, rng) {
            return Some(plain(outgoing));
        }
        if self.office.lost.is_some() {
            self.revoke_lost(now);
            if let Some(outgoing) = self.next_office(now, rng) {
                return Some(plain(outgoing));
            }
        }
        let next = self.next_write(now, rng);
        if next.is_none() {
            self.shed_months(now);
        }
        next
    }

    /// Directory, statements, snapshot: what every device reads with its own key.
    fn next_public(&mut self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Outgoing> {
        let free = |engine: &Self, step| !engine.stuck.contains(&step);
        if self.wants.clock && free(self, Step::Clock) {
            return Some(self.write(Step::Clock, &Hello, &Signer::Nobody, now, rng));
        }
        if (self.wants.directory || self.directory.is_none()) && free(self, Step::Directory) {
            let from = self.directory.as_ref().map_or(0, Directory::length);
            let call = DirectoryRead { from };
            return Some(self.write(
                Step::Directory,
                &call,
                &Signer::Key(&self.me.sign),
                now,
                rng,
            ));
        }
        if self.office.invited.is_some() {
            return None;
        }
        if self.wants.statements && free(self, Step::Statements) && self.directory.is_some() {
            let call = StatementList {
                after: self.statement_cursor,
            };
            return Some(self.write(
                Step::Statements,
                &call,
                &Signer::Key(&self.me.sign),
                now,
                rng,
            ));
        }
        if self.wants.newest_snapshot && free(self, Step::SnapshotRead) && self.directory.is_some()
        {
            return Some(self.write(
                Step::SnapshotRead,
                &SnapshotRead,
                &Signer::Key(&self.me.sign),
                now,
                rng,
            ));
        }
        None
    }

    /// What the staff capability reads: changes, dossiers, the intake queue.
    fn next_read(&mut self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Outgoing> {
        let staff = self.staff_key()?;
        if self.wants.changes && !self.stuck.contains(&Step::Changes) {
            let call = ChangesRead {
                after: self.change_cursor,
            };
            return Some(self.write(Step::Changes, &call, &Signer::Key(staff), now, rng));
        }
        let dossiers: Vec<DossierAddress> = self.wants.dossiers.iter().copied().collect();
        for address in dossiers {
            if let Some(outgoing) = self.next_of_dossier(address, now, rng) {
                return Some(outgoing);
            }
            if !self.stuck.contains(&Step::Control(address))
                && !self.stuck.contains(&Step::Events(address))
            {
                self.wants.dossiers.remove(&address);
                self.settle_cursor();
            }
        }
        if let Some(outgoing) = self.next_contact_read(now, rng) {
            return Some(outgoing);
        }
        // Dossiers that are still wanted here are stuck, and must not keep new messages from being read.
        if self.wants.intake && !self.stuck.contains(&Step::Intake) {
            let call = IntakeList {
                after: self.intake.ask(),
            };
            return Some(self.write(
                Step::Intake,
                &call,
                &Signer::Key(self.staff_key()?),
                now,
                rng,
            ));
        }
        self.next_figure_read(now, rng)
    }

    fn next_of_dossier(
        &self,
        address: DossierAddress,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        let staff = self.staff_key()?;
        let work = self.dossiers.get(&address);
        if work.is_none_or(super::work::Work::wants_control)
            && !self.stuck.contains(&Step::Control(address))
        {
            // Of one that none of my keys opens, only whether its chain grew.
            let known = || self.foreign.get(&address).copied().unwrap_or(0);
            let read = self.links.get(&address).map_or(0, Vec::len) as u64;
            let from = work.map_or_else(known, super::work::Work::links) + read;
            let call = ControlRead {
                dossier: address,
                from,
            };
            return Some(self.write(Step::Control(address), &call, &Signer::Key(staff), now, rng));
        }
        let work = work.filter(|work| work.wants_events())?;
        if self.stuck.contains(&Step::Events(address))
            || self.stuck.contains(&Step::Control(address))
        {
            return None;
        }
        let call = EventRead {
            dossier: address,
            from: work.fetched(),
        };
        let key = work.read_key()?;
        Some(self.write(Step::Events(address), &call, &Signer::Key(&key), now, rng))
    }

    /// What waits to be sent.
    fn next_write(&mut self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<(Outgoing, Sent)> {
        self.write_what_is_due(now, rng);
        self.next_of_outboxes(now, rng)
    }

    /// Makes the events and links whose time has come.
    fn write_what_is_due(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        if core::mem::take(&mut self.wants.renewals) {
            self.renew_keys(now, rng);
            self.sign_anew(false, now, rng);
        }
        self.redo_all(now, rng);
        self.sort_what_is_known(now, rng);
        if core::mem::take(&mut self.wants.access) {
            self.watch_access(now, rng);
        }
        self.carry_out_wishes(now, rng);
        if core::mem::take(&mut self.wants.replies) {
            self.sign_anew(true, now, rng);
        }
        self.settle(now, rng);
    }

    fn next_of_outboxes(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<(Outgoing, Sent)> {
        let staff = self.staff_key()?;
        for (address, work) in &self.dossiers {
            let address = *address;
            let free = |step| !self.stuck.contains(&step);
            if let Some((control, wraps)) = work.creation().filter(|_| free(Step::Create(address)))
            {
                let call = DossierCreate {
                    control: control.to_vec(),
                    wraps: wraps.to_vec(),
                };
                return Some((
                    self.write(Step::Create(address), &call, &Signer::Key(staff), now, rng),
                    Vec::new(),
                ));
            }
            if !work.is_created() || work.is_shut() {
                continue;
            }
            if let Some((control, wraps, key)) =
                work.link_out().filter(|_| free(Step::Link(address)))
            {
                let call = ControlAppend {
                    control: control.to_vec(),
                    wraps: wraps.to_vec(),
                };
                let sent = [sluis_directory::frame_hash(control).0].to_vec();
                return Some((
                    self.write(Step::Link(address), &call, &Signer::Key(key), now, rng),
                    sent,
                ));
            }
            let (events, sent): (Vec<Vec<u8>>, Sent) = work
                .outbox()
                .take(EVENTS_IN_APPEND)
                .map(|frame| (frame.to_vec(), sluis_directory::frame_hash(frame).0))
                .unzip();
            if !events.is_empty()
                && free(Step::Append(address))
                && let Some(key) = work.write_key()
            {
                let call = EventAppend {
                    dossier: address,
                    events,
                };
                return Some((
                    self.write(Step::Append(address), &call, &Signer::Key(key), now, rng),
                    sent,
                ));
            }
            // In their order: a reader takes a number that is left out for a reply that is withheld.
            let post = work.next_post();
            if let Some((index, entry)) =
                post.filter(|(index, _)| free(Step::Board(address, *index)))
            {
                let step = Step::Board(address, index);
                let call = BoardPost {
                    entry: entry.to_vec(),
                };
                return Some((
                    self.write(step, &call, &Signer::Key(staff), now, rng),
                    Vec::new(),
                ));
            }
            let last = self
                .next_filing(address, work, now, rng)
                .or_else(|| self.next_renewal(address, work, now, rng));
            if last.is_some() {
                return last;
            }
        }
        if let Some(outgoing) = self.next_contact_write(now, rng) {
            return Some((outgoing, Vec::new()));
        }
        if let Some(outgoing) = self.next_figure_write(now, rng) {
            return Some((outgoing, Vec::new()));
        }
        self.next_intake_delete(now, rng)
    }

    /// Entries of the queue that were imported.
    fn next_intake_delete(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<(Outgoing, Sent)> {
        let staff = self.staff_key()?;
        let entries = self.deletable(now);
        if !entries.is_empty() && !self.stuck.contains(&Step::IntakeDelete) {
            let sent = entries
                .iter()
                .map(|(number, _)| number_bytes(*number))
                .collect();
            let call = IntakeDelete { entries };
            return Some((
                self.write(Step::IntakeDelete, &call, &Signer::Key(staff), now, rng),
                sent,
            ));
        }
        None
    }

    /// What keeps the replies of a dossier alive.
    fn next_renewal(
        &self,
        address: DossierAddress,
        work: &super::work::Work,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<(Outgoing, Sent)> {
        let (indices, tags) = work
            .renewal(&self.me.id, now)
            .filter(|_| !self.stuck.contains(&Step::Renew(address)) && self.answers(&address))?;
        let call = BoardRenew { tags };
        let sent = indices.into_iter().map(|index| number_bytes(index.into()));
        let signer = Signer::Key(self.staff_key()?);
        Some((
            self.write(Step::Renew(address), &call, &signer, now, rng),
            sent.collect(),
        ))
    }

    /// Takes in an answer. One that does not belong to the request under way is ignored.
    pub fn absorb(&mut self, step: Step, reply: &Reply, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(in_flight) = self.in_flight.take_if(|in_flight| in_flight.step == step) else {
            return;
        };
        match reply {
            Reply::Answer(body) => {
                if self
                    .absorb_answer(step, body, &in_flight.sent, now, rng)
                    .is_none()
                {
                    self.stuck.insert(step);
                    self.alarm(Alarm::AnswerDamaged);
                }
            }
            Reply::Problem(problem) => self.absorb_problem(step, *problem, now, rng),
            Reply::Lost => {
                self.stuck.insert(step);
            }
        }
    }

    /// `None` when the answer cannot be read.
    fn absorb_answer(
        &mut self,
        step: Step,
        body: &[u8],
        sent: &[[u8; 32]],
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<()> {
        match step {
            Step::SetUp => self.founded(),
            Step::Clock => {
                let welcome = read::<Hello>(body)?;
                self.wants.clock = false;
                self.set_clock(welcome.now, now);
            }
            Step::Directory => self.absorb_directory(&read::<DirectoryRead>(body)?, now),
            Step::Office => {
                // Done is what the directory shows.
                self.stuck.insert(step);
                self.wants.directory = true;
            }
            Step::Statements => {
                let page: StatementPage = read::<StatementList>(body)?;
                let before = self.statement_cursor;
                self.wants.statements = !page.complete;
                self.absorb_statements(&page.statements, rng);
                if !self.stuck.contains(&Step::Statements) {
                    goes_on(page.complete, self.statement_cursor > before)?;
                    if page.complete {
                        self.check_promises();
                    }
                }
            }
            Step::Put(key) => {
                self.promise(key);
                self.wants.statements = true;
            }
            Step::SnapshotRead => {
                let answer: SnapshotAnswer = read::<SnapshotRead>(body)?;
                self.wants.newest_snapshot = false;
                self.absorb_snapshot(answer.snapshot, now);
                self.wants.snapshot = true;
            }
            Step::Snapshot => {
                self.snapshot = self.snapshot_sent.take();
                self.keep_cursor();
            }
            Step::Changes => {
                let page: ChangesPage = read::<ChangesRead>(body)?;
                goes_on(page.complete, page.next != self.change_cursor)?;
                self.absorb_changes(&page);
            }
            Step::Control(address) => {
                let page: ControlPage = read::<ControlRead>(body)?;
                self.absorb_control(address, &page, now);
            }
            Step::Events(address) => {
                let page: EventPage = read::<EventRead>(body)?;
                self.absorb_events(address, &page);
            }
            Step::Create(address) => self.created(address),
            Step::Link(address) => self.linked(address),
            Step::Append(address) => {
                self.appended(address, sent);
                // New keys wait until nothing is left that was made under the old ones.
                let work = self.dossiers.get(&address).zip(self.directory.as_ref());
                self.wants.renewals |=
                    work.is_some_and(|(work, directory)| work.is_rotation_due(directory));
            }
            Step::Board(address, index) => self.posted(address, index),
            Step::Renew(address) => {
                self.renewed(address, sent, &read::<BoardRenew>(body)?, now);
            }
            Step::Intake => {
                let page: IntakePage = read::<IntakeList>(body)?;
                let further = self.absorb_intake(&page, now, rng);
                goes_on(page.complete, further)?;
            }
            Step::IntakeDelete => self.deleted(sent),
            Step::PersonPut(address, person) => {
                let Done = read::<PersonPut>(body)?;
                self.contact_stored(address, person);
            }
            Step::PersonWrapsPut(address, person) => {
                let Done = read::<PersonWrapsPut>(body)?;
                self.wraps_answered(address, person, None);
            }
            Step::PersonWraps(address, person) => {
                let wraps: PersonWraps = read::<PersonWrapsRead>(body)?;
                self.absorb_wraps(address, person, &wraps, rng);
            }
            Step::People(address) => self.absorb_people(address, &read::<PeopleRead>(body)?),
            Step::Erase(address) => {
                self.erased(address, &read::<PeopleErase>(body)?, now, rng);
            }
            Step::Claim(address) | Step::Unfile(address) => self.filed(address, sent),
            Step::FigurePut(address) => {
                let Done = read::<FigurePut>(body)?;
                self.figure_left(address);
            }
            Step::Figures => {
                let page: FigurePage = read::<FigureList>(body)?;
                let further = self.absorb_figures(&page)?;
                goes_on(page.complete, further)?;
            }
            Step::File(_) => {}
        }
        Some(())
    }

    fn absorb_problem(
        &mut self,
        step: Step,
        problem: Problem,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) {
        self.stuck.insert(step);
        match (step, problem) {
            // It was founded already: by this device, if its own reading of the directory works from now on.
            (Step::SetUp, Problem::SetUp) => self.founded(),
            // Somebody else was first: take theirs.
            (Step::Create(address), Problem::Conflict) => self.adopt_theirs(address),
            // Somebody else's link came first, or the keys that it was signed with are old.
            (Step::Link(address), Problem::Conflict | Problem::Forbidden) => self.linked(address),
            (Step::Board(address, index), Problem::Conflict) => {
                self.board_taken(address, index, now, rng);
            }
            // A colleague was first: sign anew on their head.
            (Step::Office, Problem::Conflict) => self.wants.directory = true,
            (Step::Office, Problem::Refused | Problem::Malformed | Problem::TooLarge) => {
                self.office_refused();
            }
            (Step::Put(key), Problem::Conflict | Problem::Refused) => {
                if problem == Problem::Conflict {
                    self.promise(key);
                }
                self.wants.statements = true;
                self.wants.directory = true;
            }
            // Somebody may have renewed the keys.
            (
                Step::Append(address)
                | Step::Events(address)
                | Step::Claim(address)
                | Step::Unfile(address),
                Problem::Forbidden,
            ) => {
                self.want_links(address);
            }
            (Step::PersonPut(address, person), _) => {
                self.contact_refused(address, person, problem);
            }
            (Step::PersonWrapsPut(address, person), _) => {
                self.wraps_answered(address, person, Some(problem));
            }
            (Step::PersonWraps(address, person), Problem::NotFound) => {
                self.wraps_missing(address, person);
            }
            (Step::People(_) | Step::PersonWraps(..) | Step::Erase(_), Problem::Forbidden) => {
                self.people_refused(step);
            }
            (Step::Snapshot, Problem::Conflict | Problem::Refused) => {
                self.wants.newest_snapshot = true;
            }
            _ => {}
        }
        if problem == Problem::Forbidden {
            // The staff capability may have changed, or one of the clocks is wrong, or the relay is not what it was.
            self.wants.directory = true;
            self.wants.statements = true;
            self.wants.clock = true;
        }
    }

    /// Takes the relay's clock for the expiry of requests (decision 35). Whatever was refused because of the difference is tried again.
    fn set_clock(&mut self, relay: UnixTime, now: UnixTime) {
        let difference = i64::try_from(relay.since(now)).unwrap_or(i64::MAX)
            - i64::try_from(now.since(relay)).unwrap_or(i64::MAX);
        if difference.abs_diff(self.clock_offset) > CLOCK_CLOSE {
            self.clock_offset = difference;
            self.stuck.clear();
        }
    }

    /// Everything that changed up to the cursor has been fetched: after a crash, go on from there.
    pub(super) fn settle_cursor(&mut self) {
        if self.wants.dossiers.is_empty() && self.settled_cursor != self.change_cursor {
            self.settled_cursor = self.change_cursor;
            self.keep_cursor();
        }
    }

    fn absorb_directory(&mut self, page: &DirectoryPage, now: UnixTime) {
        self.wants.directory = false;
        let known = self.directory.as_ref().map_or(0, Directory::length);
        if page.length < known {
            self.alarm(Alarm::DirectoryRolledBack);
            return;
        }
        for frame in &page.entries {
            let place = self.directory.as_ref().map_or(0, Directory::length);
            let applied = match self.directory.as_mut() {
                Some(directory) => directory.apply_fresh(frame, now).map(|_| ()),
                None => Directory::found(&[frame], now).and_then(|directory| {
                    if directory.genesis() == self.genesis {
                        self.directory = Some(directory);
                        Ok(())
                    } else {
                        Err(sluis_directory::Error::WrongParent)
                    }
                }),
            };
            match applied {
                Ok(()) => self.put(
                    rows::ENTRY,
                    &place.to_be_bytes(),
                    Zeroizing::new(frame.clone()),
                ),
                Err(error) => {
                    if matches!(error, sluis_directory::Error::WrongParent) {
                        self.forked(&Signed::Entry(frame.clone()));
                    } else {
                        self.alarm(Alarm::DirectoryRefused);
                    }
                    self.stuck.insert(Step::Directory);
                    if place > known {
                        self.directory_grew();
                    }
                    return;
                }
            }
        }
        let reached = self.directory.as_ref().map_or(0, Directory::length);
        if reached < page.length {
            // More to come, or a relay that says so and gives nothing.
            if page.entries.is_empty() {
                self.alarm(Alarm::DirectoryRefused);
                self.stuck.insert(Step::Directory);
            } else {
                self.wants.directory = true;
            }
            return;
        }
        if reached > known {
            self.directory_grew();
        }
        self.check_invitation();
        self.stuck.remove(&Step::Statements);
        self.wants.snapshot = true;
    }

    /// What waited for a longer directory is looked at again.
    fn directory_grew(&mut self) {
        self.wants.renewals = true;
        self.contacts_all_due();
        self.stuck.remove(&Step::Office);
        self.find_myself();
        self.intake_after_directory();
        for address in core::mem::take(&mut self.behind) {
            self.want_control(address);
            self.wants.dossiers.insert(address);
        }
    }

    fn absorb_changes(&mut self, page: &ChangesPage) {
        if page.next < self.change_cursor {
            // The relay lost what it had, or shows an older state: look at everything again.
            self.alarm(Alarm::RelayRolledBack);
            self.read_statements_anew();
            self.change_cursor = 0;
            self.settled_cursor = 0;
            self.wants.dossiers.extend(self.dossiers.keys().copied());
            self.wants.directory = true;
            self.wants.statements = true;
            self.wants.intake = true;
            return;
        }
        for change in &page.changes {
            match change {
                Changed::Directory => self.wants.directory = true,
                Changed::Statements => {
                    self.wants.statements = true;
                    self.wants.newest_snapshot = true;
                }
                Changed::Intake => self.wants.intake = true,
                Changed::Dossier(address) => {
                    self.want_control(*address);
                    self.wants.dossiers.insert(*address);
                }
            }
        }
        self.change_cursor = page.next;
        self.wants.changes = !page.complete;
        self.settle_cursor();
    }
}

/// `None` when the relay says that there is more, and gives nothing: asking again would never end.
fn goes_on(complete: bool, progress: bool) -> Option<()> {
    (complete || progress).then_some(())
}

fn read<C: Call>(body: &[u8]) -> Option<C::Answer> {
    sluis_wire::codec::decode(body, ANSWER_MOST).ok()
}

/// An entry number in the form in which requests remember what they sent.
pub(super) fn number_bytes(number: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(number.to_be_bytes()) {
        *to = from;
    }
    bytes
}
