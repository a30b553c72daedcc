//! What the engine keeps in the vault, and how it comes back.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::log::Directory;
use sluis_directory::signature::SigningKey;
use sluis_directory::statement::{INTAKE_DAYS, Statement, StatementKey};
use sluis_domain::ids::PersonId;
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DossierAddress, FileAddress, GenesisHash, TeamId};
use sluis_wire::codec;
use sluis_wire::time::{DAY, UnixTime, Week};
use zeroize::Zeroizing;

use super::{Alarm, Engine, Founding, Held, IntakeSecret, Wants, import, work};
use crate::error::Error;
use crate::founding::Founded;
use crate::primitives::chunked;
use crate::primitives::kdf;
use crate::primitives::kem::KemSecret;
use crate::primitives::secret::{Role, SecretKey};
use crate::staff::{DeviceSecrets, MonthSecret};
use crate::vault::{Change, Damage, Row, Store};

/// This device, with the genesis hash.
const DEVICE: Store = Store(1);
/// Directory entries, by place.
pub(super) const ENTRY: Store = Store(2);
/// Statements, by what they are about.
pub(super) const STATEMENT: Store = Store(3);
/// My month keys, by period.
pub(super) const MONTH: Store = Store(4);
/// Secrets of my teams' content keys.
pub(super) const TEAM_KEY: Store = Store(5);
/// Secrets of my teams' intake keys, sealed once more under a month key.
pub(super) const INTAKE_KEY: Store = Store(6);
/// Seeds of the staff capability, by epoch.
pub(super) const STAFF: Store = Store(7);
/// The key of staff names.
pub(super) const NAMES: Store = Store(8);
/// Dossiers, all but their events.
pub(super) const DOSSIER: Store = Store(9);
/// How far I have read what the relay lists.
const CURSOR: Store = Store(10);
/// What was being typed.
pub(super) const DRAFT: Store = Store(11);
/// Dossiers that no key of mine opens, with the length of their chain.
pub(super) const FOREIGN: Store = Store(12);
/// Queue entries that were imported and wait to be deleted.
pub(super) const IMPORTED: Store = Store(13);
/// Conversations that were set aside, by the dossier that they would become.
pub(super) const ASIDE: Store = Store(16);
/// What a founder still has to send.
const FOUNDING: Store = Store(14);

/// Acts of a director that the directory does not show yet.
pub(super) const ACT: Store = Store(20);
/// Where the invitation says that the directory passes.
pub(super) const INVITED: Store = Store(21);
/// Devices that are still to be revoked.
pub(super) const LOST: Store = Store(22);

/// Halves of keys of contact data, sealed once more under a month key: by dossier and person.
pub(super) const PERSON: Store = Store(30);
/// Contact data for a day on the road, by dossier and person.
pub(super) const PINNED: Store = Store(32);
/// What somebody decided to destroy, by dossier.
pub(super) const ERASING: Store = Store(31);

/// Events of dossiers, some in each row: by address and number of the row.
pub(super) const EVENTS: Store = Store(15);

/// What shows that there are two directories.
pub(super) const EVIDENCE: Store = Store(40);

/// Files of mine whose sealed pieces lie here and wait to be sent.
pub(super) const UPLOAD: Store = Store(41);

/// Rows of the figures that were gathered, many in each row, and how far they were read.
pub(super) const FIGURES: Store = Store(42);
/// Rows of the figures that have not left yet, by dossier.
pub(super) const FIGURE_OUT: Store = Store(43);

/// Most bytes of a row's value.
const MOST: usize = sluis_wire::frame::VAULT_ROW;

/// Why an engine cannot start from these rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The row of the device itself is missing or broken: this vault cannot be used any more, enrol again.
    #[error("the device row is missing")]
    DeviceMissing,
}

/// Seals one intake secret or one half of a key under a month key.
pub(super) struct MonthRow;
impl Role for MonthRow {
    const NAME: &'static str = "month row";
}

#[derive(Serialize, Deserialize)]
struct Cursors {
    statements: u64,
    changes: u64,
    snapshot: Vec<u8>,
}

impl Engine {
    /// The engine of a founder: it knows the directory already and sends it first, with the set-up code.
    ///
    /// # Errors
    /// When the entries do not stand the directory's own rules, which freshly made ones do.
    pub fn found(
        founded: Founded,
        code: String,
        now: UnixTime,
    ) -> Result<(Self, Vec<DeviceSecrets>), sluis_directory::Error> {
        let directory = Directory::found(&founded.entries, now)?;
        let mut devices = founded.devices.into_iter();
        let me = devices.next().ok_or(sluis_directory::Error::Unknown(
            sluis_directory::error::Thing::Device,
        ))?;
        let mut engine = Self::new(me, directory.genesis());
        for (place, entry) in (0_u64..).zip(&founded.entries) {
            engine.put(ENTRY, &place.to_be_bytes(), Zeroizing::new(entry.clone()));
        }
        engine.directory = Some(directory);
        engine.put(NAMES, &[], Zeroizing::new(founded.names.expose().to_vec()));
        engine.names = Some(founded.names);
        engine.put(
            FOUNDING,
            &[],
            Zeroizing::new(codec::encode(&(&code, &founded.entries))),
        );
        engine.founding = Some(Founding {
            code,
            entries: founded.entries,
        });
        Ok((engine, devices.collect()))
    }

    /// The engine of a device that others let in: it knows itself and the genesis hash, and fetches the rest.
    #[must_use]
    pub fn new(me: DeviceSecrets, genesis: GenesisHash) -> Self {
        let mut engine = Self {
            genesis,
            me,
            founding: None,
            directory: None,
            names: None,
            months: Vec::new(),
            statements: Map::new(),
            statement_cursor: 0,
            team_keys: Map::new(),
            intake_keys: Map::new(),
            staff: Map::new(),
            snapshot: None,
            snapshot_sent: None,
            audit: super::audit::Audit::default(),
            behind_at: None,
            dossiers: Map::new(),
            behind: Set::new(),
            foreign: Map::new(),
            links: Map::new(),
            change_cursor: 0,
            settled_cursor: 0,
            intake: import::Queue::default(),
            unsorted: super::unsorted::Unsorted::default(),
            drafts: Map::new(),
            uploads: Map::new(),
            wants: Wants::default(),
            in_flight: None,
            stuck: Set::new(),
            clock_offset: 0,
            changes: Vec::new(),
            unkept: Set::new(),
            office: super::office::Office::default(),
            contacts: super::contacts::Contacts::default(),
            figures: super::figures::Figures::default(),
            alarms: Set::new(),
            evidence: None,
            touched: Set::new(),
        };
        let device = Zeroizing::new(codec::encode(&(genesis, engine.me.to_bytes().as_slice())));
        engine.put(DEVICE, &[], device);
        engine.poke_all();
        engine
    }

    /// The engine as the vault's rows have it.
    ///
    /// # Errors
    /// [`LoadError::DeviceMissing`]. Rows of other kinds that cannot be read raise an alarm and are fetched again.
    pub fn load(rows: Vec<Row>, damage: &[Damage], now: UnixTime) -> Result<Self, LoadError> {
        let device = rows
            .iter()
            .find(|row| row.store == DEVICE)
            .ok_or(LoadError::DeviceMissing)?;
        let (genesis, me): (GenesisHash, Vec<u8>) =
            codec::decode(&device.value, 1_024).map_err(|_| LoadError::DeviceMissing)?;
        let me =
            DeviceSecrets::from_bytes(&Zeroizing::new(me)).map_err(|_| LoadError::DeviceMissing)?;
        let mut engine = Self::new(me, genesis);
        engine.changes.clear();
        for damage in damage {
            engine.alarm(match damage {
                Damage::Rows(_) => Alarm::VaultDamaged,
                Damage::RolledBack => Alarm::VaultRolledBack,
            });
        }
        engine.load_directory(&rows);
        let mut rest: Vec<Row> = rows
            .into_iter()
            .filter(|row| row.store != ENTRY && row.store != DEVICE)
            .collect();
        rest.sort_by(|left, right| (left.store, &left.key).cmp(&(right.store, &right.key)));
        let (dossiers, rest): (Vec<Row>, Vec<Row>) = rest
            .into_iter()
            .partition(|row| row.store == DOSSIER || row.store == EVENTS);
        engine.load_dossiers(dossiers);
        for row in &rest {
            if engine.load_row(row).is_none() {
                engine.alarm(Alarm::VaultDamaged);
            }
        }
        if !engine.alarms.is_empty() {
            // What is missing here may still be at the relay: read all of it again.
            engine.change_cursor = 0;
            engine.statement_cursor = 0;
            engine.read_figures_again();
        }
        if engine.evidence.is_some() {
            engine.alarm(Alarm::DirectoryFork);
        }
        engine.contacts_all_due();
        engine.open_pins(now);
        engine.shed_intake_keys(false, now);
        engine.read_refused_again();
        Ok(engine)
    }

    fn load_directory(&mut self, rows: &[Row]) {
        let entries: Map<&[u8], &[u8]> = rows
            .iter()
            .filter(|row| row.store == ENTRY)
            .map(|row| (row.key.as_slice(), row.value.as_slice()))
            .collect();
        if entries.is_empty() {
            return;
        }
        let frames: Vec<&[u8]> = entries.into_values().collect();
        match Directory::replay(&frames) {
            Ok(directory) if directory.genesis() == self.genesis => {
                self.directory = Some(directory);
            }
            Ok(_) | Err(_) => self.alarm(Alarm::VaultDamaged),
        }
    }

    /// `rows` are sorted: all dossiers, then all their events.
    fn load_dossiers(&mut self, mut rows: Vec<Row>) {
        let events = rows.split_off(rows.partition_point(|row| row.store == DOSSIER));
        let mut events = events.into_iter().peekable();
        for row in rows {
            while let Some(orphan) = events.next_if(|page| page.key.as_slice() < row.key.as_slice())
            {
                self.forget(orphan.store, &orphan.key);
            }
            let mut pages = Vec::new();
            while let Some(page) = events.next_if(|page| page.key.starts_with(&row.key)) {
                pages.push(page);
            }
            self.load_dossier(&row, pages);
        }
        for orphan in events {
            self.forget(orphan.store, &orphan.key);
        }
    }

    fn load_dossier(&mut self, row: &Row, pages: Vec<Row>) {
        let keys: Vec<Vec<u8>> = pages.iter().map(|page| page.key.clone()).collect();
        let pages = pages.into_iter().map(|page| page.value).collect();
        let work = row.key.as_slice().try_into().ok().and_then(|address| {
            let address = DossierAddress(address);
            let name = (self.genesis, address, self.me.id);
            Some((address, work::Work::from_rows(name, row, pages).ok()?))
        });
        let Some((address, work)) = work else {
            // What it holds comes from the relay once more.
            for key in keys {
                self.forget(EVENTS, &key);
            }
            self.alarm(Alarm::VaultDamaged);
            return;
        };
        if work.wants_events() {
            self.wants.dossiers.insert(address);
        }
        self.dossiers.insert(address, work);
    }

    fn load_row(&mut self, row: &Row) -> Option<()> {
        let value = row.value.as_slice();
        match row.store {
            STATEMENT => {
                let statement = Statement::parse(value)
                    .ok()?
                    .verify_past(self.directory.as_ref()?)
                    .ok()?;
                self.statements.insert(
                    statement.key(),
                    Held {
                        statement,
                        frame: value.to_vec(),
                    },
                );
            }
            MONTH => {
                self.months.push(MonthSecret::from_bytes(value).ok()?);
                self.months.sort_by_key(|month| month.period);
            }
            TEAM_KEY => {
                let slot: (TeamId, u32) = codec::decode(&row.key, 64).ok()?;
                self.team_keys
                    .insert(slot, KemSecret::from_seed(value.try_into().ok()?));
            }
            INTAKE_KEY => {
                let slot: (TeamId, Week, u32) = codec::decode(&row.key, 64).ok()?;
                let kem = self.open_intake_secret(&slot, value).ok()?;
                let not_after = slot.1.start().plus(INTAKE_DAYS * DAY);
                self.intake_keys
                    .insert(slot, IntakeSecret { kem, not_after });
            }
            STAFF => {
                let epoch = u32::from_be_bytes(row.key.as_slice().try_into().ok()?);
                self.staff
                    .insert(epoch, SigningKey::from_seed(value.try_into().ok()?));
            }
            NAMES => self.names = Some(SecretKey::from_slice(value)?),
            CURSOR => {
                let cursors: Cursors = codec::decode(value, MOST).ok()?;
                self.statement_cursor = cursors.statements;
                self.change_cursor = cursors.changes;
                self.settled_cursor = cursors.changes;
                self.snapshot = Some(cursors.snapshot).filter(|frame| !frame.is_empty());
            }
            DRAFT => {
                let key: (DossierAddress, u8) = codec::decode(&row.key, 64).ok()?;
                self.drafts
                    .insert(key, String::from_utf8(value.to_vec()).ok()?);
            }
            FOREIGN => {
                let address = DossierAddress(row.key.as_slice().try_into().ok()?);
                self.foreign
                    .insert(address, u64::from_be_bytes(value.try_into().ok()?));
            }
            UPLOAD => {
                let file = FileAddress(row.key.as_slice().try_into().ok()?);
                self.uploads.insert(file, codec::decode(value, MOST).ok()?);
            }
            IMPORTED => self.intake.load(&row.key, value)?,
            ASIDE => self.unsorted.load(&row.key)?,
            FOUNDING => {
                let (code, entries): (String, Vec<Vec<u8>>) = codec::decode(value, MOST).ok()?;
                self.founding = Some(Founding { code, entries });
            }
            ACT => self.office.load(&row.key, value)?,
            INVITED => self.office.invited = Some(codec::decode(value, 64).ok()?),
            PERSON => self.load_half(&row.key, value)?,
            PINNED => self.load_pin(&row.key, value),
            ERASING => self.load_erasing(&row.key, value)?,
            LOST => self.office.lost = Some(codec::decode(value, MOST).ok()?),
            FIGURES => self.load_figures(&row.key, value)?,
            FIGURE_OUT => self.load_waiting_figure(&row.key, value)?,
            EVIDENCE => self.evidence = Some(value.to_vec()),
            // A row of a later version: kept as it is.
            _ => {}
        }
        Some(())
    }

    pub(super) fn put(&mut self, store: Store, key: &[u8], value: Zeroizing<Vec<u8>>) {
        self.changes.push(Change {
            store,
            key: key.to_vec(),
            value: Some(value),
        });
    }

    pub(super) fn forget(&mut self, store: Store, key: &[u8]) {
        self.changes.push(Change {
            store,
            key: key.to_vec(),
            value: None,
        });
    }

    pub(super) fn keep_cursor(&mut self) {
        let cursors = Cursors {
            statements: self.audit.again.map_or(self.statement_cursor, |again| {
                again.min(self.statement_cursor)
            }),
            changes: self.settled_cursor,
            snapshot: self.snapshot.clone().unwrap_or_default(),
        };
        self.put(CURSOR, &[], Zeroizing::new(codec::encode(&cursors)));
    }

    /// Takes over the shared keys that another engine opened.
    pub(super) fn take_shared(&mut self, from: Self, now: UnixTime, rng: &mut impl CryptoRng) {
        if let Some(names) = from.names {
            self.put(NAMES, &[], Zeroizing::new(names.expose().to_vec()));
            self.names = Some(names);
        }
        for (epoch, key) in from.staff {
            let seed = Zeroizing::new(key.expose_seed().to_vec());
            self.put(STAFF, &epoch.to_be_bytes(), seed);
            self.staff.insert(epoch, key);
        }
        for (slot, secret) in from.team_keys {
            self.keep_team_secret(slot, secret);
        }
        // Intake keys are kept under a key of the month: the first one, which is published later.
        let month = MonthSecret::generate(0, now, rng);
        self.put(MONTH, &0_u32.to_be_bytes(), month.to_bytes());
        self.months.push(month);
        self.intake_keys = from.intake_keys;
        let slots: Vec<_> = self.intake_keys.keys().copied().collect();
        for slot in slots {
            self.keep_intake_secret(slot, rng);
        }
    }

    pub(super) fn founded(&mut self) {
        self.founding = None;
        self.forget(FOUNDING, &[]);
        self.poke_all();
    }

    /// Seals an intake secret under the newest month key (decision 12).
    pub(super) fn keep_intake_secret(
        &mut self,
        slot: (TeamId, Week, u32),
        rng: &mut impl CryptoRng,
    ) {
        let (Some(secret), Some(month)) = (self.intake_keys.get(&slot), self.months.last()) else {
            return;
        };
        let sealed = chunked::seal(
            &month_row(month),
            &month_context(&slot),
            secret.kem.expose_seed(),
            rng,
        );
        let value = Zeroizing::new(codec::encode(&(month.period, sealed)));
        self.put(INTAKE_KEY, &intake_key(&slot), value);
    }

    fn open_intake_secret(
        &self,
        slot: &(TeamId, Week, u32),
        value: &[u8],
    ) -> Result<KemSecret, Error> {
        let (period, sealed): (u32, Vec<u8>) = codec::decode(value, 1_024)?;
        let month = self
            .months
            .iter()
            .find(|month| month.period == period)
            .ok_or(Error::Damaged)?;
        let seed = chunked::open(&month_row(month), &month_context(slot), &sealed)?;
        Ok(KemSecret::from_seed(
            <[u8; 32]>::try_from(seed.as_slice()).map_err(|_| Error::Damaged)?,
        ))
    }
}

pub(super) fn statement_key(key: &StatementKey) -> Vec<u8> {
    codec::encode(key)
}

pub(super) fn team_key(slot: &(TeamId, u32)) -> Vec<u8> {
    codec::encode(slot)
}

pub(super) fn intake_key(slot: &(TeamId, Week, u32)) -> Vec<u8> {
    codec::encode(slot)
}

pub(super) fn month_row(month: &MonthSecret) -> SecretKey<MonthRow> {
    kdf::derive(month.kem.expose_seed(), "sluis/1/vault-month-row", &[])
}

pub(super) fn person_key(key: &(DossierAddress, PersonId)) -> Vec<u8> {
    codec::encode(key)
}

pub(super) fn half_context(key: &(DossierAddress, PersonId), version: u32) -> Vec<u8> {
    let parts: [&[u8]; 3] = [&key.0.0, &key.1.0, &version.to_be_bytes()];
    kdf::context("sluis/1/vault-person-row", &parts)
}

pub(super) fn pin_context(key: &(DossierAddress, PersonId), version: u32) -> Vec<u8> {
    let parts: [&[u8]; 3] = [&key.0.0, &key.1.0, &version.to_be_bytes()];
    kdf::context("sluis/1/vault-pin-row", &parts)
}

fn month_context(slot: &(TeamId, Week, u32)) -> Vec<u8> {
    kdf::context("sluis/1/vault-month-row", &[&intake_key(slot)])
}
