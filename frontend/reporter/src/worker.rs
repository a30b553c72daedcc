//! The worker: holds the words and all keys, and does the slow work. The page ends it by dropping it, and all is gone.

use std::cell::RefCell;
use std::rc::Rc;

use getrandom::{SysRng, rand_core::UnwrapErr};
use js_sys::{Date, Function, Reflect};
use sluis_directory::evidence::{TrustedTable, verify_evidence};
use sluis_protocol::conversation::{
    Destination, Message, MessageId, Part, ReporterKeys, SignedWish, Thread, seal_intake,
};
use sluis_protocol::words::{Code, Repair, WordList, WordsError};
use sluis_wire::address::{GenesisHash, TeamId};
use sluis_wire::api::Evidence;
use sluis_wire::codec;
use sluis_wire::pow::{PUZZLES, Search, Workbench};
use sluis_wire::time::UnixTime;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::link::{Ask, Fix, MOST, Say, Tell, WrongWords};
use crate::thread;

/// Milliseconds of search between two looks at what the page wants.
const SLICE: f64 = 40.0;

/// What a timer calls.
type Tick = Closure<dyn Fn()>;

/// Serves the page until it goes away.
pub(crate) fn run() {
    let worker = Rc::new(RefCell::new(Worker::new()));
    let pump = pump(&worker);
    thread::serve(move |bytes| {
        if let Ok(ask) = codec::decode(&bytes, MOST) {
            worker.borrow_mut().hear(ask);
            pump();
        }
    });
}

/// What goes on with the search, slice by slice, until there is nothing to search.
fn pump(worker: &Rc<RefCell<Worker>>) -> impl Fn() + 'static {
    let waiting = Rc::new(RefCell::new(false));
    let slice = {
        let (worker, waiting) = (worker.clone(), waiting.clone());
        let again: Rc<RefCell<Option<Tick>>> = Rc::default();
        let inner = again.clone();
        *again.borrow_mut() = Some(Closure::new(move || {
            *waiting.borrow_mut() = false;
            if worker.borrow_mut().search() {
                *waiting.borrow_mut() = true;
                soon(inner.borrow().as_ref());
            }
        }));
        again
    };
    let worker = worker.clone();
    move || {
        if worker.borrow().searching.is_some() && !*waiting.borrow() {
            *waiting.borrow_mut() = true;
            soon(slice.borrow().as_ref());
        }
    }
}

/// Calls back after the messages that already wait.
fn soon(then: Option<&Tick>) {
    let timer = Reflect::get(&js_sys::global(), &"setTimeout".into()).map(Function::from);
    if let (Ok(timer), Some(then)) = (timer, then) {
        // A timer of the browser takes any function.
        let _ = timer.call1(&JsValue::UNDEFINED, then.as_ref());
    }
}

struct Worker {
    genesis: GenesisHash,
    table: Option<TrustedTable>,
    code: Option<Code>,
    list: WordList,
    foreign: Option<WordList>,
    keys: Option<ReporterKeys>,
    thread: Option<Thread>,
    searching: Option<(Search, Workbench)>,
}

impl Worker {
    fn new() -> Self {
        Self {
            genesis: GenesisHash([0; 32]),
            table: None,
            code: None,
            list: WordList::dutch(),
            foreign: None,
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
            Ask::List(text) => {
                self.foreign = text.and_then(|text| WordList::parse(&text).ok());
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
    }

    fn begin(&mut self) {
        let code = Code::generate(&mut UnwrapErr(SysRng));
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
        if let Some(code) = &self.code {
            let words = code.words(self.foreign.as_ref().unwrap_or(&self.list));
            tell(&Tell::Words(words.map(String::from).into()));
        }
    }

    fn come_back(&mut self, typed: &str) {
        let lists: Vec<&WordList> = [&self.list].into_iter().chain(&self.foreign).collect();
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
        let until = Date::now() + SLICE;
        let before = search.solved();
        while Date::now() < until {
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
        let rng = &mut UnwrapErr(SysRng);
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
        let rng = &mut UnwrapErr(SysRng);
        fragments
            .iter()
            .map(|fragment| seal_intake(keys, &to, fragment, rng).ok())
            .collect()
    }

    fn board(&mut self, entries: &[Vec<u8>], written_to: Option<TeamId>) {
        let (Some(table), Some(keys)) = (&self.table, &self.keys) else {
            return;
        };
        let thread = self
            .thread
            .get_or_insert_with(|| Thread::new(self.genesis, written_to));
        thread.take(keys, entries);
        tell(&Tell::Said(Box::new(thread.read(&table.lines))));
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
    // A page that has gone needs no answer.
    let _ = thread::post(&codec::encode(tell));
}
