//! A vault that is being read: what is shown and searched through first is there already, the dossiers themselves come after it.

use futures_channel::mpsc::UnboundedSender;
use futures_util::future::LocalBoxFuture;
use sluis_link::{Answer, Ask, Fault, News, SecondLock, Tell};
use sluis_protocol::engine::Engine;
use sluis_protocol::vault::{Reading, Row, Vault};
use sluis_wire::address::GenesisHash;

use crate::desk::{Input, now, tell};
use crate::list::List;
use crate::open::Open;
use crate::search::Search;
use crate::storage::{Storage, Stored};

/// What is read before everything else.
#[derive(Default)]
pub(crate) struct Front {
    pub(crate) list: List,
    pub(crate) search: Search,
}

/// See the module.
pub(crate) struct Loading {
    pub(crate) front: Front,
    vault: Vault,
    storage: Storage,
    inbox: UnboundedSender<Input>,
    site_genesis: Option<GenesisHash>,
    reading: Reading,
    rows: Vec<Row>,
    after: Option<[u8; 32]>,
    /// The authenticator that the header of the vault names.
    pub(crate) second_lock: Option<SecondLock>,
}

impl Front {
    /// Tells the page all rows and the filters.
    pub(crate) fn show(&self) {
        for (place, rows) in self.list.portions().into_iter().enumerate() {
            let first = place == 0;
            tell(&Tell::News(News::Rows { first, rows }));
        }
        let filters = self.search.filters().to_vec();
        tell(&Tell::News(News::Filters(filters)));
    }
}

impl Loading {
    pub(crate) fn new(
        mut vault: Vault,
        front: &[Stored],
        storage: Storage,
        inbox: UnboundedSender<Input>,
        site_genesis: Option<GenesisHash>,
    ) -> Self {
        let mut reading = vault.begin();
        let rows = vault.take(&mut reading, front);
        Self {
            front: Front {
                list: List::load(&rows),
                search: Search::load(&rows),
            },
            vault,
            storage,
            inbox,
            site_genesis,
            reading,
            rows: Vec::new(),
            after: None,
            second_lock: None,
        }
    }

    /// Reads some more. Whether that was all.
    pub(crate) async fn step(&mut self) -> Result<bool, Fault> {
        let stored = self.storage.next(self.after.as_ref()).await;
        let stored = stored.map_err(|_| Fault::Storage)?;
        let Some((last, _)) = stored.last() else {
            return Ok(true);
        };
        self.after = Some(*last);
        let rows = self.vault.take(&mut self.reading, &stored);
        self.rows.extend(rows);
        Ok(false)
    }

    /// Reads all of it.
    #[inline(never)]
    pub(crate) fn run(mut self) -> LocalBoxFuture<'static, Result<Open, Fault>> {
        Box::pin(async move {
            while !self.step().await? {}
            self.finish()
        })
    }

    /// The open vault.
    #[inline(never)]
    pub(crate) fn finish(mut self) -> Result<Open, Fault> {
        let damage = self.vault.end(&self.reading);
        let engine = Engine::load(self.rows, &damage, now()).map_err(|_| Fault::Storage)?;
        let mut open = Open::new(
            engine,
            self.vault,
            self.storage,
            self.inbox,
            self.site_genesis,
        );
        open.second_lock = self.second_lock;
        Ok(open.with(self.front))
    }

    /// Whether this can be answered before everything has been read.
    pub(crate) fn answers(ask: &Ask) -> bool {
        matches!(ask, Ask::Search(_) | Ask::KeepFilters(_))
    }

    pub(crate) fn answer(&mut self, ask: Ask) -> Answer {
        match ask {
            Ask::Search(question) => Answer::Found(self.front.search.find(&question)),
            Ask::KeepFilters(filters) => {
                self.front.search.keep_filters(filters);
                Answer::Done
            }
            _ => Answer::Done,
        }
    }
}
