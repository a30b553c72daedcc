//! A replica as bytes, for the vault: a core and one row for each event, so that a new event does not mean writing the old ones again.
//!
//! The bytes hold keys: they go into a sealed row, nowhere else. What was checked before it was stored is not checked
//! again (the vault vouches for it).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_domain::dossier::Dossier;
use sluis_domain::ids::EventId;
use sluis_domain::log::EventLog;
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DeviceId, DossierAddress, FrameHash, GenesisHash};
use sluis_wire::codec;
use sluis_wire::frame::VAULT_ROW;
use zeroize::Zeroizing;

use super::{Aside, Delivery, Kept, Replica, Why};
use crate::dossier::alarm::{Alarm, AlarmKind, Object};
use crate::dossier::chain::Chain;
use crate::dossier::control;
use crate::dossier::event::SealedEvent;
use crate::dossier::keys::EpochKeys;
use crate::error::Error;

/// Everything but the events that count.
#[derive(Serialize, Deserialize)]
struct Core {
    genesis: GenesisHash,
    address: DossierAddress,
    me: DeviceId,
    links: Vec<Vec<u8>>,
    epochs: Vec<(u32, Seeds)>,
    wraps: Vec<u8>,
    aside: Vec<(SealedEvent, u32, Why)>,
    unopened: Vec<(FrameHash, Vec<u8>)>,
    listed: Vec<FrameHash>,
    own: Vec<(EventId, FrameHash, Delivery)>,
    alarms: Vec<Alarm>,
    vouched: Vec<EventId>,
    events: u64,
}

#[derive(Serialize, Deserialize)]
struct Seeds {
    content: [u8; 32],
    write: Option<[u8; 32]>,
    steward: Option<[u8; 32]>,
}

impl Drop for Seeds {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        self.content.zeroize();
        self.write.zeroize();
        self.steward.zeroize();
    }
}

/// A whole replica.
#[derive(Serialize, Deserialize)]
struct Whole {
    core: Vec<u8>,
    events: Vec<Vec<u8>>,
}

impl Replica {
    /// Everything but the events that count, for a sealed row.
    #[must_use]
    pub fn core_bytes(&self) -> Zeroizing<Vec<u8>> {
        let seeds = |keys: &EpochKeys| Seeds {
            content: *keys.content().expose(),
            write: keys.write_key().map(|key| *key.expose_seed()),
            steward: keys.steward_key().map(|key| *key.expose_seed()),
        };
        let core = Core {
            genesis: self.genesis,
            address: self.address,
            me: self.me,
            links: self
                .chain
                .links()
                .iter()
                .map(|link| link.frame.clone())
                .collect(),
            epochs: self
                .epochs
                .iter()
                .map(|(epoch, keys)| (*epoch, seeds(keys)))
                .collect(),
            wraps: self.wraps.clone(),
            aside: self
                .aside
                .values()
                .map(|aside| (aside.event.clone(), aside.epoch, aside.why))
                .collect(),
            unopened: self
                .unopened
                .iter()
                .map(|(hash, frame)| (*hash, frame.clone()))
                .collect(),
            listed: self.listed.clone(),
            own: self
                .own
                .iter()
                .map(|(id, (frame, delivery))| (*id, *frame, *delivery))
                .collect(),
            alarms: self.alarms.iter().cloned().collect(),
            vouched: self.vouched.iter().copied().collect(),
            events: self.events.len() as u64,
        };
        Zeroizing::new(codec::encode(&core))
    }

    /// One event that counts, for a row of its own. It never changes.
    #[must_use]
    pub fn event_bytes(&self, id: &EventId) -> Option<Vec<u8>> {
        self.events
            .get(id)
            .map(|kept| codec::encode(&(&kept.event, kept.epoch)))
    }

    /// Ids of all events that count: one row each.
    pub fn event_ids(&self) -> impl Iterator<Item = EventId> + '_ {
        self.events.keys().copied()
    }

    /// The replica of a core and its event rows. Rows that the core does not count yet are welcome (they were written
    /// first).
    ///
    /// # Errors
    /// [`Error::Damaged`] when rows are missing or a link does not open; [`Error::Encoding`] when bytes are none.
    pub fn from_parts<R: AsRef<[u8]>>(
        core: &[u8],
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, Error> {
        let core: Core = codec::decode(core, VAULT_ROW)?;
        let epochs: Map<u32, EpochKeys> = core
            .epochs
            .iter()
            .map(|(epoch, seeds)| {
                (
                    *epoch,
                    EpochKeys::from_seeds(seeds.content, seeds.write, seeds.steward),
                )
            })
            .collect();
        let mut chain = Chain::new(core.genesis, core.address);
        for frame in &core.links {
            let (_, envelope) = control::parse(frame)?;
            let keys = epochs.get(&envelope.epoch).ok_or(Error::Damaged)?;
            chain.push(control::open(&core.genesis, frame, keys)?);
        }
        let mut events = Map::new();
        let mut log = EventLog::default();
        for row in rows {
            let (event, epoch): (SealedEvent, u32) = codec::decode(row.as_ref(), VAULT_ROW)?;
            let id = event.id();
            log.insert(event.read()?.to_entry(id));
            events.insert(id, Kept { event, epoch });
        }
        if (events.len() as u64) < core.events {
            return Err(Error::Damaged);
        }
        let aside = core
            .aside
            .into_iter()
            .map(|(event, epoch, why)| (event.id(), Aside { event, epoch, why }));
        Ok(Self {
            genesis: core.genesis,
            address: core.address,
            me: core.me,
            chain,
            epochs,
            wraps: core.wraps,
            state: Dossier::replay(&log),
            log,
            aside: aside.filter(|(id, _)| !events.contains_key(id)).collect(),
            events,
            unopened: core.unopened.into_iter().collect(),
            listed: core.listed,
            own: core
                .own
                .into_iter()
                .map(|(id, frame, delivery)| (id, (frame, delivery)))
                .collect(),
            alarms: core.alarms.into_iter().collect(),
            vouched: core.vouched.into_iter().collect(),
            control_readings: 0,
            reading: None,
        })
    }

    /// Which dossier, on which device.
    pub(crate) fn name(&self) -> (GenesisHash, DossierAddress, DeviceId) {
        (self.genesis, self.address, self.me)
    }

    /// What stands for a dossier whose rows are here and make none: nothing but an alarm.
    pub(crate) fn unreadable(
        (genesis, address, me): (GenesisHash, DossierAddress, DeviceId),
    ) -> Self {
        let alarm = Alarm::new(AlarmKind::EventRefused, address, Object::Position(0));
        Self {
            genesis,
            address,
            me,
            chain: Chain::new(genesis, address),
            epochs: Map::new(),
            wraps: Vec::new(),
            log: EventLog::default(),
            state: Dossier::default(),
            events: Map::new(),
            aside: Map::new(),
            unopened: Map::new(),
            listed: Vec::new(),
            own: Map::new(),
            alarms: Set::from([alarm]),
            vouched: Set::new(),
            control_readings: 0,
            reading: None,
        }
    }

    /// Whether it only stands for rows that make none. A real one has a first link.
    pub(crate) fn is_unreadable(&self) -> bool {
        self.chain.length() == 0
    }

    /// All of it in one piece.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let events = self
            .events
            .keys()
            .filter_map(|id| self.event_bytes(id))
            .collect();
        Zeroizing::new(codec::encode(&Whole {
            core: self.core_bytes().to_vec(),
            events,
        }))
    }

    /// What [`Replica::to_bytes`] wrote.
    ///
    /// # Errors
    /// As [`Replica::from_parts`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let whole: Whole = codec::decode(bytes, sluis_wire::frame::EXPORT)?;
        Self::from_parts(&whole.core, whole.events)
    }
}
