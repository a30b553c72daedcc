//! The shared keys that this device owes: month key, staff capability, team keys, intake keys, snapshots.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::entry::{DeviceKind, KemKey};
use sluis_directory::log::Directory;
use sluis_directory::maker::{sign_snapshot, sign_statement};
use sluis_directory::signature::SigningKey;
use sluis_directory::snapshot::{Snapshot, prepare};
use sluis_directory::statement::{
    Author, MonthKey, StaffCapability, Statement, StatementKey, TeamContent, TeamIntake,
};
use sluis_sorted::Set;
use sluis_wire::address::{CapabilityKey, DeviceId, GenesisHash, TeamId};
use sluis_wire::api::{SnapshotPut, StatementPut, StoredStatement, WEEKS_AHEAD};
use sluis_wire::frame::FrameType;
use sluis_wire::time::{DAY, UnixTime, Week};
use zeroize::Zeroizing;

use super::step::{Outgoing, Signer, Step};
use super::{Alarm, Engine, Held, IntakeSecret, rows};
use crate::dossier::proof::Signed;
use crate::primitives::chunked;
use crate::primitives::kdf;
use crate::primitives::kem::{KemPublic, KemSecret};
use crate::primitives::secret::{Role, SecretKey};
use crate::staff::{MonthSecret, Names, Purpose, kem_key, unwrap_for_device, wrap_for_devices};

/// Days before its end at which a month key gets its successor.
const TURN_DAYS: u64 = 3;
/// Days after which an intake key that missed its complete import is destroyed all the same (decision 12).
const INTAKE_KEY_MOST_DAYS: u64 = 90;
/// Days after its successor was made at which a month key that ended is destroyed though something may be left that only it opens.
const MONTH_GRACE_DAYS: u64 = 31;
/// Seconds after which a colleague must have heard of a key of the month.
const MONTH_KNOWN: u64 = 600;
/// Seconds between two snapshots of an unchanged directory (decision 13).
const SNAPSHOT_EVERY: u64 = DAY;

/// Seals the secret of an earlier epoch under a later one's.
struct TeamLink;
impl Role for TeamLink {
    const NAME: &'static str = "team link";
}

/// A statement that is ready to be put, with its wraps.
struct Ready {
    statement: Statement,
    wraps: Vec<u8>,
}

impl Engine {
    /// The next shared key or snapshot that is due, as a request. Its secret is in the rows already.
    pub(super) fn next_due(&mut self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Outgoing> {
        let ready = self.due_statement(now, rng)?;
        let key = ready.statement.key();
        self.audit.offered = ready.statement.version();
        let call = StatementPut {
            statement: sign_statement(&ready.statement, &self.me.sign).ok()?,
            wraps: ready.wraps,
        };
        Some(self.write(Step::Put(key), &call, &Signer::Key(&self.me.sign), now, rng))
    }

    fn due_statement(&mut self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Ready> {
        let directory = self
            .directory
            .as_ref()
            .filter(|directory| directory.is_current(&self.me.id))
            .filter(|_| !self.is_paper())?;
        let free = |key: StatementKey| !self.stuck.contains(&Step::Put(key));
        let author = Author {
            device: self.me.id,
            time: now,
            standing: directory.head(),
        };
        if let Some(period) = self.due_month(now)
            && free(StatementKey::MonthKey(self.me.id, period))
        {
            return Some(self.make_month(author, period, now, rng));
        }
        if let Some(epoch) = self.due_staff(directory)
            && free(StatementKey::StaffCapability(epoch))
        {
            return self.make_staff(author, epoch, rng);
        }
        let teams: Vec<TeamId> = directory
            .teams_of(&self.me.member)
            .map(|record| record.team.id)
            .chain([TeamId(self.me.member.0)])
            .collect();
        for team in teams {
            let directory = self.directory.as_ref()?;
            let free = |key: StatementKey| !self.stuck.contains(&Step::Put(key));
            if let Some(epoch) = self.due_content(directory, &team)
                && free(StatementKey::TeamContent(team, epoch))
            {
                return self.make_content(author, team, epoch, rng);
            }
            let line = directory.team(&team).is_some_and(|record| record.team.line);
            for week in (0..=WEEKS_AHEAD)
                .map(|ahead| Week::of(now).plus(ahead))
                .filter(|_| line)
            {
                let directory = self.directory.as_ref()?;
                if let Some(version) = self.due_intake(directory, &team, week, now)
                    && !self
                        .stuck
                        .contains(&Step::Put(StatementKey::TeamIntake(team, week)))
                {
                    return self.make_intake(author, team, week, version, rng);
                }
            }
        }
        None
    }

    fn due_month(&self, now: UnixTime) -> Option<u32> {
        let said = self.newest_month(&self.me.id);
        let after_said = said.map_or(0, |said| said.period.saturating_add(1));
        // A browser that starts anew with the keys of its device follows on from what the device said before.
        let Some(last) = self
            .months
            .last()
            .filter(|last| last.period.saturating_add(1) >= after_said)
        else {
            return Some(after_said);
        };
        match said {
            Some(said) if said.period == last.period && said.kem != kem_key(&last.kem) => {
                return Some(after_said);
            }
            Some(said) if said.period == last.period => {}
            _ if last.not_after > now => return Some(last.period),
            _ => {}
        }
        (last.not_after.since(now) < TURN_DAYS * DAY).then_some(last.period.saturating_add(1))
    }

    fn make_month(
        &mut self,
        author: Author,
        period: u32,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Ready {
        if self
            .months
            .last()
            .is_none_or(|month| month.period != period)
        {
            let month = MonthSecret::generate(period, now, rng);
            self.put(rows::MONTH, &period.to_be_bytes(), month.to_bytes());
            self.months.push(month);
            self.turn_month(now, rng);
        }
        let (not_before, not_after, kem) = self
            .months
            .last()
            .map_or((now, now, KemKey(Vec::new())), |month| {
                (month.not_before, month.not_after, kem_key(&month.kem))
            });
        let statement = Statement::MonthKey(MonthKey {
            author,
            period,
            not_before,
            not_after,
            kem,
        });
        Ready {
            statement,
            wraps: Vec::new(),
        }
    }

    /// Seals the intake secrets, and halves of keys of contact data, anew under the newest month key (decision 12).
    pub(super) fn turn_month(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let keys: Vec<_> = self.intake_keys.keys().copied().collect();
        for key in keys {
            self.keep_intake_secret(key, rng);
        }
        self.turn_halves(rng);
        self.shed_months(now);
    }

    /// Destroys month keys that have ended, once nothing is left at the relay that only they open. A relay that withholds something does not
    /// keep them alive: they go a month after their successor was made, at the latest.
    pub(super) fn shed_months(&mut self, now: UnixTime) {
        let settled =
            self.has_all_halves() && !self.wants.changes && self.wants.dossiers.is_empty();
        let Some(newest) = self.months.last() else {
            return;
        };
        let over = settled || newest.not_before.plus(MONTH_GRACE_DAYS * DAY) < now;
        let ended: Vec<u32> = self
            .months
            .iter()
            .filter(|month| over && month.period != newest.period && month.not_after < now)
            .map(|month| month.period)
            .collect();
        for period in ended {
            self.forget(rows::MONTH, &period.to_be_bytes());
            self.months.retain(|month| month.period != period);
        }
    }

    fn due_staff(&self, directory: &Directory) -> Option<u32> {
        self.names.as_ref()?;
        let newest = self.newest_staff();
        match newest {
            None => Some(0),
            Some(body) => (current_devices(directory, None)
                != devices_at(directory, None, body.author.standing.seq))
            .then_some(body.epoch + 1),
        }
    }

    fn make_staff(
        &mut self,
        author: Author,
        epoch: u32,
        rng: &mut impl CryptoRng,
    ) -> Option<Ready> {
        let mut secret = Zeroizing::new(self.names.as_ref()?.expose().to_vec());
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut_slice());
        secret.extend_from_slice(seed.as_slice());
        let directory = self.directory.as_ref()?;
        let recipients: Vec<_> = directory
            .devices()
            .filter(|record| record.span.is_current())
            .map(|record| (record.device.id, record.device.kem.clone()))
            .collect();
        let purpose = self.purpose(FrameType::StaffCapabilityStatement, &[], epoch, 0);
        let wraps = wrap_for_devices(&purpose, &secret, &recipients, rng).ok()?;
        let key = SigningKey::from_seed(*seed);
        let statement = Statement::StaffCapability(StaffCapability {
            author,
            epoch,
            key: CapabilityKey(*key.verifying_key().as_bytes()),
            wraps: sluis_directory::frame_hash(&wraps),
        });
        self.put(
            rows::STAFF,
            &epoch.to_be_bytes(),
            Zeroizing::new(seed.to_vec()),
        );
        self.staff.insert(epoch, key);
        Some(Ready { statement, wraps })
    }

    fn due_content(&self, directory: &Directory, team: &TeamId) -> Option<u32> {
        match self.newest_content(team) {
            None => Some(0),
            Some(body) => {
                let before = devices_at(directory, Some(team), body.author.standing.seq);
                let now = current_devices(directory, Some(team));
                // Who has the key makes the next one, so that it leads back to what was before. Somebody who came later does so only when
                // nobody else can.
                let holder = self.team_keys.contains_key(&(*team, body.epoch))
                    || before.contains(&self.me.id)
                    || !before.iter().any(|device| {
                        now.contains(device)
                            && directory
                                .device(device)
                                .is_some_and(|record| record.device.kind == DeviceKind::Browser)
                    });
                (now != before && holder)
                    .then(|| body.epoch.checked_add(1))
                    .flatten()
            }
        }
    }

    fn make_content(
        &mut self,
        author: Author,
        team: TeamId,
        epoch: u32,
        rng: &mut impl CryptoRng,
    ) -> Option<Ready> {
        let secret = KemSecret::generate(rng);
        let mut earlier = self.team_keys.range((team, 0)..(team, epoch));
        let link = earlier.next_back().map(|((_, before), old)| {
            seal_link(&self.genesis, &team, epoch, &secret, *before, old, rng)
        });
        let recipients: Vec<_> = self
            .directory
            .as_ref()?
            .team_devices(&team)
            .map(|record| (record.device.id, record.device.kem.clone()))
            .collect();
        let purpose = self.purpose(FrameType::TeamContentStatement, &team.0, epoch, 0);
        let wraps = wrap_for_devices(&purpose, secret.expose_seed(), &recipients, rng).ok()?;
        let statement = Statement::TeamContent(TeamContent {
            author,
            team,
            epoch,
            kem: kem_key(&secret),
            wraps: sluis_directory::frame_hash(&wraps),
            link: link.unwrap_or_default(),
        });
        self.keep_team_secret((team, epoch), secret);
        Some(Ready { statement, wraps })
    }

    /// The version that is due, when there is no statement for the week, its author has left, or a device cannot open it that could.
    fn due_intake(
        &self,
        directory: &Directory,
        team: &TeamId,
        week: Week,
        now: UnixTime,
    ) -> Option<u32> {
        let Some(Held {
            statement: Statement::TeamIntake(body),
            ..
        }) = self.statements.get(&StatementKey::TeamIntake(*team, week))
        else {
            return Some(0);
        };
        let then = body.author.standing.seq;
        let left = !directory.is_current(&body.author.device);
        let changed =
            current_devices(directory, Some(team)) != devices_at(directory, Some(team), then);
        // Somebody has a newer key of the month than the statement could know: a colleague who was not there yet, or who started anew.
        let missed = !is_open(directory)
            && directory.team_devices(team).any(|record| {
                record.device.kind == DeviceKind::Browser
                    && self
                        .month_of(&record.device.id, now)
                        .is_some_and(|month| month.author.time > body.author.time)
            });
        // I cannot open it myself, though I have a key of the month that others know.
        let shut = !self.intake_keys.contains_key(&(*team, week, body.version))
            && self.has_said_month(now);
        (left || changed || missed || shut).then_some(body.version.saturating_add(1))
    }

    fn make_intake(
        &mut self,
        author: Author,
        team: TeamId,
        week: Week,
        version: u32,
        rng: &mut impl CryptoRng,
    ) -> Option<Ready> {
        let directory = self.directory.as_ref()?;
        let browsers = directory
            .team_devices(&team)
            .filter(|record| record.device.kind == DeviceKind::Browser)
            .count();
        let recipients: Vec<(DeviceId, KemKey)> = directory
            .team_devices(&team)
            .filter_map(|record| match record.device.kind {
                DeviceKind::Browser if is_open(directory) => {
                    Some((record.device.id, record.device.kem.clone()))
                }
                DeviceKind::Browser => Some((
                    record.device.id,
                    self.month_of(&record.device.id, author.time)?.kem.clone(),
                )),
                // While a team has a single device, its sheet of paper opens intake too (decision 31).
                DeviceKind::Paper => {
                    (browsers == 1).then(|| (record.device.id, record.device.kem.clone()))
                }
            })
            .collect();
        let reply_keys = directory.reply_keys_at(&team, directory.length()).collect();
        let secret = KemSecret::generate(rng);
        let purpose = self.purpose(FrameType::TeamIntakeStatement, &team.0, week.0, version);
        let wraps = wrap_for_devices(&purpose, secret.expose_seed(), &recipients, rng).ok()?;
        let statement = Statement::TeamIntake(TeamIntake {
            author,
            team,
            week,
            version,
            kem: kem_key(&secret),
            reply_keys,
            wraps: sluis_directory::frame_hash(&wraps),
        });
        self.take_intake_secret((team, week, version), secret, rng);
        Some(Ready { statement, wraps })
    }

    /// Takes in statements in the order of the relay. Stops at one that is ahead of the directory here.
    pub(super) fn absorb_statements(
        &mut self,
        stored: &[StoredStatement],
        rng: &mut impl CryptoRng,
    ) {
        for one in stored {
            if one.number <= self.statement_cursor {
                continue;
            }
            let Some(directory) = self.directory.as_ref() else {
                return;
            };
            let verified = Statement::parse(&one.statement)
                .and_then(|statement| statement.verify_past(directory));
            match verified {
                Ok(statement) if statement.wraps_match(&one.wraps) => {
                    self.take_statement(statement, one, rng);
                }
                Err(sluis_directory::Error::Behind { .. }) => {
                    let length = directory.length();
                    self.wants.statements = true;
                    self.stuck.insert(Step::Statements);
                    if self.behind_at == Some(length) {
                        // Asked for once more, and still shorter than a colleague has seen it.
                        self.alarm(Alarm::DirectoryRolledBack);
                    } else {
                        self.behind_at = Some(length);
                        self.wants.directory = true;
                    }
                    return;
                }
                Err(sluis_directory::Error::Fork { .. }) => {
                    self.refuse_statement(Alarm::DirectoryFork);
                    self.forked(&Signed::Statement(one.statement.clone()));
                }
                Ok(_) | Err(_) => self.refuse_statement(Alarm::StatementRefused),
            }
            self.statement_cursor = one.number;
            self.keep_cursor();
        }
    }

    /// One that was spoiled on the way may come whole another time.
    fn refuse_statement(&mut self, alarm: Alarm) {
        let before = self.statement_cursor;
        self.audit.again = Some(self.audit.again.map_or(before, |again| again.min(before)));
        self.alarm(alarm);
    }

    fn take_statement(
        &mut self,
        statement: Statement,
        stored: &StoredStatement,
        rng: &mut impl CryptoRng,
    ) {
        let key = statement.key();
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        if let Some(held) = self.statements.get(&key)
            && (held.frame == stored.statement || !statement.replaces(&held.statement, directory))
        {
            return;
        }
        if matches!(key, StatementKey::StaffCapability(_)) {
            // What the old one was refused for is tried with the new one.
            self.stuck
                .retain(|step| matches!(step, Step::Put(_) | Step::Directory | Step::Statements));
        }
        if !self.audit(&statement, &stored.wraps, rng) {
            self.alarm(Alarm::SharedKeyWrong(key));
        }
        self.put(
            rows::STATEMENT,
            &rows::statement_key(&key),
            Zeroizing::new(stored.statement.clone()),
        );
        self.statements.insert(
            key,
            Held {
                statement,
                frame: stored.statement.clone(),
            },
        );
        if let StatementKey::TeamContent(team, epoch) = key {
            self.follow_links(team, epoch);
        }
        if matches!(key, StatementKey::MonthKey(..)) {
            self.contacts_all_due();
        }
        self.wants.snapshot = true;
    }

    /// The box audit: whether I have the secret that the statement's public key belongs to, when I am entitled to it.
    fn audit(&mut self, statement: &Statement, wraps: &[u8], rng: &mut impl CryptoRng) -> bool {
        let Some(directory) = self.directory.as_ref() else {
            return false;
        };
        let then = statement.author().standing.seq;
        let me = self.me.id;
        match statement {
            Statement::MonthKey(_) => true,
            Statement::StaffCapability(body) => {
                let entitled = directory.device_at(&me, then);
                let key = body.key.0;
                if self
                    .staff
                    .get(&body.epoch)
                    .is_some_and(|mine| *mine.verifying_key().as_bytes() == key)
                {
                    return true;
                }
                let purpose = self.purpose(FrameType::StaffCapabilityStatement, &[], body.epoch, 0);
                let opened = unwrap_for_device(&purpose, wraps, &me, &[&self.me.kem]);
                let Some((names, seed)) = opened
                    .as_ref()
                    .and_then(|bytes| bytes.split_first_chunk::<32>())
                else {
                    return !entitled;
                };
                let Ok(seed) = <[u8; 32]>::try_from(seed) else {
                    return !entitled;
                };
                let mine = SigningKey::from_seed(seed);
                if *mine.verifying_key().as_bytes() != key {
                    return false;
                }
                let names = SecretKey::<Names>::from_bytes(*names);
                self.put(rows::NAMES, &[], Zeroizing::new(names.expose().to_vec()));
                self.names = Some(names);
                self.put(
                    rows::STAFF,
                    &body.epoch.to_be_bytes(),
                    Zeroizing::new(seed.to_vec()),
                );
                self.staff.insert(body.epoch, mine);
                true
            }
            Statement::TeamContent(body) => {
                let slot = (body.team, body.epoch);
                if self
                    .team_keys
                    .get(&slot)
                    .is_some_and(|mine| kem_key(mine) == body.kem)
                {
                    return true;
                }
                let entitled = self.is_in_team(&body.team, then);
                let purpose =
                    self.purpose(FrameType::TeamContentStatement, &body.team.0, body.epoch, 0);
                match unwrap_kem(&purpose, wraps, &me, &[&self.me.kem], &body.kem) {
                    Some(secret) => {
                        self.keep_team_secret(slot, secret);
                        true
                    }
                    None => !entitled,
                }
            }
            Statement::TeamIntake(body) => {
                let in_team = self.is_in_team(&body.team, then);
                self.audit_intake(body, in_team, wraps, rng)
            }
        }
    }

    fn audit_intake(
        &mut self,
        body: &TeamIntake,
        in_team: bool,
        wraps: &[u8],
        rng: &mut impl CryptoRng,
    ) -> bool {
        let slot = (body.team, body.week, body.version);
        let mine = self.intake_keys.get(&slot);
        if mine.is_some_and(|mine| kem_key(&mine.kem) == body.kem) {
            return true;
        }
        let me = self.me.id;
        let known = UnixTime(body.author.time.0.saturating_sub(MONTH_KNOWN));
        let month = self.month_of(&me, known);
        let entitled = in_team && month.is_some_and(|month| self.is_mine_of_month(month));
        let purpose = self.purpose(
            FrameType::TeamIntakeStatement,
            &body.team.0,
            body.week.0,
            body.version,
        );
        let mut secrets: Vec<&KemSecret> = self.months.iter().map(|month| &month.kem).collect();
        if self.is_paper() || self.directory.as_ref().is_some_and(is_open) {
            secrets.push(&self.me.kem);
        }
        match unwrap_kem(&purpose, wraps, &me, &secrets, &body.kem) {
            Some(secret) => {
                self.take_intake_secret(slot, secret, rng);
                true
            }
            None => !entitled,
        }
    }

    /// A snapshot, when this device is a witness and the newest one is old or says something else.
    pub(super) fn next_snapshot(
        &mut self,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Option<Outgoing> {
        if self.stuck.contains(&Step::Snapshot) {
            return None;
        }
        let directory = self.directory.as_ref()?;
        let witnesses = directory.witnesses()?;
        if witnesses.threshold > 1 || !witnesses.keys.contains(&self.me.sign.verifying_key()) {
            return None;
        }
        let verified: Vec<&Statement> = self
            .statements
            .values()
            .map(|held| &held.statement)
            .collect();
        let tables = prepare(directory, verified, now).ok()?;
        let newest = self.newest_snapshot(now);
        let same = newest.as_ref().is_some_and(|newest| {
            newest.standing == tables.snapshot.standing
                && newest.tables == tables.snapshot.tables
                && now.since(newest.time) < SNAPSHOT_EVERY
        });
        if same {
            return None;
        }
        let snapshot = sign_snapshot(&tables.snapshot, &self.me.sign).ok()?;
        self.snapshot_sent = Some(snapshot.clone());
        let call = SnapshotPut {
            snapshot,
            tables: tables.frames,
        };
        Some(self.write(Step::Snapshot, &call, &Signer::Key(&self.me.sign), now, rng))
    }

    /// Takes in the newest snapshot that the relay shows.
    pub(super) fn absorb_snapshot(&mut self, frame: Vec<u8>, now: UnixTime) {
        if frame.is_empty() {
            return;
        }
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        match Snapshot::parse(&frame).and_then(|snapshot| snapshot.verify(directory, now)) {
            Ok(snapshot) => {
                let older = self
                    .newest_snapshot(now)
                    .is_some_and(|newest| newest.time > snapshot.time);
                if older {
                    self.alarm(Alarm::SnapshotRolledBack);
                } else {
                    self.snapshot = Some(frame);
                    self.keep_cursor();
                    self.compare_tables(&snapshot, now);
                }
            }
            Err(sluis_directory::Error::Fork { .. }) => self.forked(&Signed::Snapshot(frame)),
            Err(sluis_directory::Error::Behind { .. }) => self.wants.directory = true,
            Err(_) => self.alarm(Alarm::StatementRefused),
        }
    }

    /// The newest snapshot, checked.
    pub(super) fn newest_snapshot(&self, now: UnixTime) -> Option<Snapshot> {
        let directory = self.directory.as_ref()?;
        Snapshot::parse(self.snapshot.as_ref()?)
            .and_then(|snapshot| snapshot.verify(directory, now))
            .ok()
    }

    /// Destroys intake secrets whose time is over: the queue was read to its end later than a day after they ended, or 90 days went by.
    pub(super) fn shed_intake_keys(&mut self, complete: bool, now: UnixTime) {
        let grace = if complete {
            DAY
        } else {
            INTAKE_KEY_MOST_DAYS * DAY
        };
        let ended: Vec<_> = self
            .intake_keys
            .iter()
            .filter(|(_, secret)| secret.not_after.plus(grace) < now)
            .map(|(slot, _)| *slot)
            .collect();
        for slot in ended {
            self.intake_keys.remove(&slot);
            self.forget(rows::INTAKE_KEY, &rows::intake_key(&slot));
        }
        let shown = Week::of(now);
        let old: Set<StatementKey> = self
            .statements
            .keys()
            .filter(|key| matches!(key, StatementKey::TeamIntake(_, week) if week.plus(4) < shown))
            .copied()
            .collect();
        for key in old {
            self.statements.remove(&key);
            self.forget(rows::STATEMENT, &rows::statement_key(&key));
        }
    }

    /// The capability that signs what must not name a team.
    pub(super) fn staff_key(&self) -> Option<&SigningKey> {
        self.staff.get(&self.newest_staff()?.epoch)
    }

    /// The newest content key of a team, or of a member as a team of one: what new things may be sealed to. Nothing while it is out of
    /// date: somebody left, and the next one is not there yet.
    #[must_use]
    pub fn party_key(&self, party: &TeamId) -> Option<(u32, KemPublic)> {
        let directory = self.directory.as_ref()?;
        let epoch = self.newest_content(party)?.epoch;
        let held = self
            .statements
            .get(&StatementKey::TeamContent(*party, epoch))?;
        match &held.statement {
            Statement::TeamContent(body) if held.statement.is_fresh(directory) => {
                Some((epoch, KemPublic::parse(&body.kem.0).ok()?))
            }
            _ => None,
        }
    }

    /// Opens the keys of earlier epochs, each with the link of the one after it (docs/protocol.md 4.9).
    fn follow_links(&mut self, team: TeamId, mut epoch: u32) {
        loop {
            let (Some(secret), Some(body)) = (
                self.team_keys.get(&(team, epoch)),
                self.content(&team, epoch),
            ) else {
                return;
            };
            let then = body.author.standing.seq;
            if body.link.is_empty() {
                // Only who had no earlier key may leave it out.
                let had = self.team_keys.range((team, 0)..(team, epoch)).next_back();
                let meant = had.and_then(|((_, before), _)| self.content(&team, *before));
                let mine = |length| self.is_in_team(&team, length);
                if meant.is_some_and(|meant| mine(meant.author.standing.seq) && mine(then)) {
                    self.alarm(Alarm::SharedKeyWrong(StatementKey::TeamContent(
                        team, epoch,
                    )));
                }
                return;
            }
            let opened = open_link(&self.genesis, &team, epoch, secret, &body.link);
            let Some((before, old)) = opened.filter(|(before, _)| *before < epoch) else {
                return self.alarm(Alarm::SharedKeyWrong(StatementKey::TeamContent(
                    team, epoch,
                )));
            };
            let earlier = StatementKey::TeamContent(team, before);
            match self.content(&team, before) {
                None => return self.alarm(Alarm::StatementWithheld(earlier)),
                Some(said) if said.kem != kem_key(&old) => {
                    return self.alarm(Alarm::SharedKeyWrong(earlier));
                }
                Some(_) if self.team_keys.contains_key(&(team, before)) => return,
                Some(_) => self.keep_team_secret((team, before), old),
            }
            epoch = before;
        }
    }

    fn content(&self, team: &TeamId, epoch: u32) -> Option<&TeamContent> {
        match &self
            .statements
            .get(&StatementKey::TeamContent(*team, epoch))?
            .statement
        {
            Statement::TeamContent(body) => Some(body),
            _ => None,
        }
    }

    /// Whether this device was one of the team's when the directory had `length` entries.
    fn is_in_team(&self, team: &TeamId, length: u64) -> bool {
        self.directory.as_ref().is_some_and(|directory| {
            directory.device_at(&self.me.id, length)
                && directory
                    .team_members_at(team, length)
                    .contains(&self.me.member)
        })
    }

    /// The newest epoch of a team's content key, when I have its secret.
    pub(super) fn newest_content(&self, team: &TeamId) -> Option<&TeamContent> {
        let range =
            StatementKey::TeamContent(*team, 0)..=StatementKey::TeamContent(*team, u32::MAX);
        match &self.statements.range(range).next_back()?.1.statement {
            Statement::TeamContent(body) => Some(body),
            _ => None,
        }
    }

    fn newest_staff(&self) -> Option<&StaffCapability> {
        let range = StatementKey::StaffCapability(0)..=StatementKey::StaffCapability(u32::MAX);
        match &self.statements.range(range).next_back()?.1.statement {
            Statement::StaffCapability(body) => Some(body),
            _ => None,
        }
    }

    /// Whether I have the secret of a key of the month that I announced.
    fn is_mine_of_month(&self, said: &MonthKey) -> bool {
        self.months
            .iter()
            .any(|mine| mine.period == said.period && kem_key(&mine.kem) == said.kem)
    }

    fn has_said_month(&self, now: UnixTime) -> bool {
        self.month_of(&self.me.id, now)
            .is_some_and(|said| self.is_mine_of_month(said))
    }

    fn newest_month(&self, device: &DeviceId) -> Option<&MonthKey> {
        self.months_of(device).next_back()
    }

    /// The month key of a device that held at a time, the newest if there are two.
    pub(super) fn month_of(&self, device: &DeviceId, time: UnixTime) -> Option<&MonthKey> {
        self.months_of(device)
            .rev()
            .find(|month| month.author.time <= time && time < month.not_after)
    }

    fn months_of(&self, device: &DeviceId) -> impl DoubleEndedIterator<Item = &MonthKey> {
        let range = StatementKey::MonthKey(*device, 0)..=StatementKey::MonthKey(*device, u32::MAX);
        self.statements
            .range(range)
            .filter_map(|(_, held)| match &held.statement {
                Statement::MonthKey(body) => Some(body),
                _ => None,
            })
    }

    fn purpose<'a>(
        &'a self,
        kind: FrameType,
        subject: &'a [u8],
        number: u32,
        version: u32,
    ) -> Purpose<'a> {
        Purpose {
            genesis: &self.genesis,
            kind,
            subject,
            number,
            version,
        }
    }

    pub(super) fn keep_team_secret(&mut self, slot: (TeamId, u32), secret: KemSecret) {
        self.put(
            rows::TEAM_KEY,
            &rows::team_key(&slot),
            Zeroizing::new(secret.expose_seed().to_vec()),
        );
        self.team_keys.insert(slot, secret);
        // It may open what nothing opened so far.
        for address in core::mem::take(&mut self.foreign).into_keys() {
            self.forget(rows::FOREIGN, &address.0);
            self.wants.dossiers.insert(address);
            self.stuck.remove(&Step::Control(address));
        }
    }

    fn take_intake_secret(
        &mut self,
        slot: (TeamId, Week, u32),
        kem: KemSecret,
        rng: &mut impl CryptoRng,
    ) {
        let not_after = slot
            .1
            .start()
            .plus(sluis_directory::statement::INTAKE_DAYS * DAY);
        self.intake_keys
            .insert(slot, IntakeSecret { kem, not_after });
        self.keep_intake_secret(slot, rng);
        self.read_queue_from_start();
    }
}

/// Whether it is a demonstration. That has no secrets: whoever plays somebody has only the keys of that device, so intake keys open with
/// these, and not with keys of the month.
pub(super) fn is_open(directory: &Directory) -> bool {
    directory.genesis_entry().demonstration
}

/// The devices that count: of a team, or of everyone.
fn current_devices(directory: &Directory, team: Option<&TeamId>) -> Set<DeviceId> {
    devices_at(directory, team, directory.length())
}

fn devices_at(directory: &Directory, team: Option<&TeamId>, length: u64) -> Set<DeviceId> {
    match team {
        Some(team) => directory
            .team_devices_at(team, length)
            .map(|record| record.device.id)
            .collect(),
        None => directory
            .devices()
            .filter(|record| record.span.held_at(length))
            .map(|record| record.device.id)
            .collect(),
    }
}

/// `CE(KDF(seed of the epoch, "sluis/1/team-link"), context("sluis/1/team-link", genesis, team, epoch), epoch before (4) ‖ its seed)`.
fn seal_link(
    genesis: &GenesisHash,
    team: &TeamId,
    epoch: u32,
    secret: &KemSecret,
    before: u32,
    old: &KemSecret,
    rng: &mut impl CryptoRng,
) -> Vec<u8> {
    let mut content = Zeroizing::new(before.to_be_bytes().to_vec());
    content.extend_from_slice(old.expose_seed());
    chunked::seal(
        &link_key(secret),
        &link_context(genesis, team, epoch),
        &content,
        rng,
    )
}

fn open_link(
    genesis: &GenesisHash,
    team: &TeamId,
    epoch: u32,
    secret: &KemSecret,
    link: &[u8],
) -> Option<(u32, KemSecret)> {
    let context = link_context(genesis, team, epoch);
    let opened = chunked::open(&link_key(secret), &context, link).ok()?;
    let (before, seed) = opened.split_first_chunk::<4>()?;
    let seed = <[u8; 32]>::try_from(seed).ok()?;
    Some((u32::from_be_bytes(*before), KemSecret::from_seed(seed)))
}

fn link_key(secret: &KemSecret) -> SecretKey<TeamLink> {
    kdf::derive(secret.expose_seed(), "sluis/1/team-link", &[])
}

fn link_context(genesis: &GenesisHash, team: &TeamId, epoch: u32) -> Vec<u8> {
    let parts: [&[u8]; 3] = [&genesis.0, &team.0, &epoch.to_be_bytes()];
    kdf::context("sluis/1/team-link", &parts)
}

fn unwrap_kem(
    purpose: &Purpose<'_>,
    wraps: &[u8],
    device: &DeviceId,
    secrets: &[&KemSecret],
    public: &KemKey,
) -> Option<KemSecret> {
    let bytes = unwrap_for_device(purpose, wraps, device, secrets)?;
    let secret = KemSecret::from_seed(<[u8; 32]>::try_from(bytes.as_slice()).ok()?);
    (kem_key(&secret) == *public).then_some(secret)
}
