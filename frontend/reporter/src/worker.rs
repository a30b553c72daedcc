//! The worker: holds the words and all keys, and does the slow work. The page ends it by dropping it, and all is gone.

use std::cell::RefCell;

use sluis_directory::evidence::{TrustedTable, verify_evidence};
use sluis_protocol::conversation::message::FILE;
use sluis_protocol::conversation::{
    Destination, Message, MessageId, Part, ReporterKeys, SignedWish, Thread, seal_intake,
};
use sluis_protocol::words::{Code, Repair, WordList, WordsError};
use sluis_wire::address::{GenesisHash, TeamId};
use sluis_wire::api::Evidence;
use sluis_wire::codec;
use sluis_wire::pow::{PUZZLES, Search, Workbench};
use sluis_wire::time::UnixTime;

use crate::browser::{self, Chance};
use crate::link::{Ask, Fix, MOST, Say, Tell, WrongWords, file_parts};

/// Milliseconds of search between two looks at what the page wants.
const SLICE: f64 = 40.0;

thread_local! {
    static WORKER: RefCell<Worker> = const { RefCell::new(Worker::new()) };
}

/// Takes in a message of the page. Returns whether there is something to search.
pub(crate) fn hear(bytes: &[u8]) -> bool {
    WORKER.with_borrow_mut(|worker| {
        let idle = worker.searching.is_none();
        if let Ok(ask) = codec::decode(bytes, MOST) {
            worker.hear(ask);
        }
        idle && worker.searching.is_some()
    })
}

/// One slice of the search. Returns whether there is more to do.
pub(crate) fn go_on() -> bool {
    WORKER.with_borrow_mut(Worker::search)
}

struct Worker {
    genesis: GenesisHash,
    table: Option<TrustedTable>,
    code: Option<Code>,
    /// Dutch, English.
    lists: [Option<WordList>; 2],
    /// In which of them words are shown.
    english: bool,
    keys: Option<ReporterKeys>,
    thread: Option<Thread>,
    searching: Option<(Search, Workbench)>,
}

impl Worker {
    const fn new() -> Self {
        Self {
            genesis: GenesisHash([0; 32]),
            table: None,
            code: None,
            lists: [None, None],
            english: false,
            keys: None,
            thread: None,
            searching: None,
        }
    }

    fn hear(&mut self, ask: Ask) {
        match ask {
            Ask::Trust {
                evidence,
                genesis,
                now,
            } => self.trust(&evidence, genesis, now),
            Ask::Begin => self.begin(),
            Ask::Lists { lists, english } => {
                if let Some((dutch, other)) =
                    lists.as_deref().and_then(|lists| lists.split_once("\n\n"))
                {
                    self.lists = [dutch, other].map(|list| WordList::parse(list).ok());
                }
                self.english = english;
                self.show_words();
            }
            Ask::Return(typed) => self.come_back(&typed),
            Ask::Work(challenge) => {
                self.searching = Search::new(challenge)
                    .ok()
                    .map(|search| (search, Workbench::new()));
            }
            Ask::Seal {
                local,
                team,
                time,
                say,
                read,
            } => self.seal(local, team, time, say, read),
            Ask::Board {
                entries,
                written_to,
            } => self.board(&entries, written_to),
        }
    }

    fn trust(&mut self, evidence: &[u8], genesis: GenesisHash, now: UnixTime) {
        self.genesis = genesis;
        let evidence: Option<Evidence> = codec::decode(evidence, MOST).ok();
        self.table = evidence.and_then(|evidence| verify_evidence(&evidence, &genesis, now).ok());
        // Who the team is may have changed.
        self.say();
    }

    fn begin(&mut self) {
        let code = Code::generate(&mut Chance);
        self.take(code);
        self.show_words();
        self.derive();
    }

    fn take(&mut self, code: Code) {
        self.code = Some(code);
        self.keys = None;
        self.thread = None;
    }

    fn show_words(&self) {
        let [dutch, english] = &self.lists;
        let list = if self.english { english } else { dutch };
        if let (Some(code), Some(list)) = (&self.code, list) {
            let words = code.words(list);
            tell(&Tell::Words(words.map(String::from).into()));
        }
    }

    fn come_back(&mut self, typed: &str) {
        let lists: Vec<&WordList> = self.lists.iter().flatten().collect();
        match Code::parse(typed, &lists) {
            Ok(code) => {
                self.take(code);
                self.derive();
            }
            Err(error) => tell(&Tell::Wrong(wrong(error))),
        }
    }

    fn derive(&mut self) {
        let Some(code) = &self.code else { return };
        if let Ok(master) = code.stretch(&self.genesis.0) {
            let keys = ReporterKeys::derive(&master);
            tell(&Tell::Ready { page: keys.page() });
            self.keys = Some(keys);
        } else {
            tell(&Tell::OutOfMemory);
        }
    }

    /// One slice of the search. Returns whether there is more to do.
    fn search(&mut self) -> bool {
        let Some((search, bench)) = &mut self.searching else {
            return false;
        };
        let until = browser::now() + SLICE;
        let before = search.solved();
        while browser::now() < until {
            match search.step(bench) {
                Ok(None) => {}
                Ok(Some(solution)) => {
                    tell(&Tell::Solved(solution));
                    self.searching = None;
                    return false;
                }
                Err(_) => {
                    self.searching = None;
                    return false;
                }
            }
        }
        if search.solved() > before {
            tell(&Tell::Worked(
                u8::try_from(search.solved() * 100 / PUZZLES).unwrap_or(100),
            ));
        }
        true
    }

    fn seal(&self, local: u32, team: TeamId, time: UnixTime, say: Say, read: u32) {
        let rng = &mut Chance;
        let message = MessageId::generate(rng);
        let frames = self
            .frames(message, team, time, say, read)
            .unwrap_or_default();
        tell(&Tell::Sealed {
            local,
            message,
            frames,
        });
    }

    /// The queue entries of a message; `None` when it is too long or there is nobody to seal it to.
    fn frames(
        &self,
        id: MessageId,
        team: TeamId,
        time: UnixTime,
        say: Say,
        read: u32,
    ) -> Option<Vec<Vec<u8>>> {
        let (table, keys) = (self.table.as_ref()?, self.keys.as_ref()?);
        let line = table.lines.iter().find(|line| line.team == team)?;
        let to = Destination::new(table, line).ok()?;
        let (text, part) = match say {
            Say::Text(text) => (text, None),
            Say::Answer(question, text) => (String::new(), Some(Part::Answer(question, text))),
            Say::File(said) => {
                let file = file_parts(&said).1.to_vec();
                (String::new(), Some(Part::Unknown(FILE, file)))
            }
            Say::Wish(wish) => (
                String::new(),
                Some(Part::Wish(SignedWish::sign(
                    keys,
                    &self.genesis,
                    time,
                    wish,
                ))),
            ),
        };
        let parts = part.into_iter().chain([Part::Ack(read)]).collect();
        let fragments = Message {
            id,
            time,
            text,
            parts,
        }
        .fragments()
        .ok()?;
        let rng = &mut Chance;
        fragments
            .iter()
            .map(|fragment| seal_intake(keys, &to, fragment, rng).ok())
            .collect()
    }

    fn board(&mut self, entries: &[Vec<u8>], written_to: Option<TeamId>) {
        let Some(keys) = &self.keys else {
            return;
        };
        let thread = self
            .thread
            .get_or_insert_with(|| Thread::new(self.genesis, written_to));
        thread.take(keys, entries);
        self.say();
    }

    fn say(&self) {
        if let (Some(table), Some(thread)) = (&self.table, &self.thread) {
            tell(&Tell::Said(Box::new(thread.read(&table.lines))));
        }
    }
}

fn wrong(error: WordsError) -> WrongWords {
    match error {
        WordsError::Count(count) => WrongWords::Count(count),
        WordsError::Unknown(words) => WrongWords::Unknown(
            words
                .into_iter()
                .map(|word| (word.index, word.suggestions))
                .collect(),
        ),
        WordsError::Check(repairs) => {
            let fixes = repairs.into_iter().map(|repair| match repair {
                Repair::Replace { index, word } => Fix::Replace(index, word),
                Repair::Swap { first, second } => Fix::Swap(first, second),
            });
            WrongWords::Check(fixes.collect())
        }
        _ => WrongWords::Check(Vec::new()),
    }
}

fn tell(tell: &Tell) {
    browser::tell(&codec::encode(tell));
}
