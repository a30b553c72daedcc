//! A relay that lies (docs: the matrix of acts and objects that a hostile relay is tried with).
//!
//! [`EvilRelay`] stands between one client and the real relay, in process. It changes answers, keeps requests to itself, or
//! answers from a copy of the relay as it once was. It counts its lies, so that a test can show that there was one.

mod matrix;
mod scene;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use sluis_protocol::engine::Reply;
use sluis_wire::api::{Call, Problem};
use sluis_wire::codec;

use crate::harness::{Transport, World, decode};

pub use matrix::{Act, Expected, Object, Outcome, Row, Trial, judge, table};
pub use scene::{Limit, Scene};

/// A request on its way to the relay.
pub struct Asked<'a> {
    path: &'a str,
    body: &'a [u8],
    proof: Option<&'a str>,
    world: &'a World,
}

impl Asked<'_> {
    /// The call that it is, if it is one of these.
    #[must_use]
    pub fn call<C: Call>(&self) -> Option<C> {
        if self.path != C::PATH {
            return None;
        }
        let body = if C::SIZE.is_some() {
            codec::unpad(self.body).ok()?
        } else {
            self.body
        };
        codec::decode(body, body.len()).ok()
    }

    /// What the real relay says to it.
    #[must_use]
    pub fn honest(&self) -> Reply {
        self.world.send(self.path, self.body, self.proof)
    }

    /// Whether it changes nothing at the relay.
    fn reads(&self) -> bool {
        let reads = ["/read", "/list", "/page", "/changes", "/hello", "/evidence"];
        reads.iter().any(|end| self.path.ends_with(end))
    }

    /// What another relay says to it.
    #[must_use]
    pub fn from(&self, other: &World) -> Reply {
        other.clock.set(self.world.clock.now());
        other.send(self.path, self.body, self.proof)
    }
}

type Lie = Box<dyn FnMut(&Asked<'_>) -> Option<Reply>>;

/// The road of one client through a relay that lies. Without a lie it is the honest road.
pub struct EvilRelay {
    world: Rc<World>,
    lies: RefCell<Vec<Lie>>,
    told: Rc<Cell<usize>>,
    /// Every request and its answer, oldest first.
    heard: RefCell<Vec<(String, Vec<u8>)>>,
}

impl EvilRelay {
    /// A road that is honest so far.
    #[must_use]
    pub fn new(world: Rc<World>) -> Rc<Self> {
        Rc::new(Self {
            world,
            lies: RefCell::default(),
            told: Rc::default(),
            heard: RefCell::default(),
        })
    }

    /// How many answers were not the honest ones.
    #[must_use]
    pub fn told(&self) -> usize {
        self.told.get()
    }

    /// No more lies.
    pub fn repent(&self) {
        self.lies.borrow_mut().clear();
    }

    /// Answers as `lie` says, where it says something. Count lies with [`Self::counter`].
    pub fn lie(&self, lie: impl FnMut(&Asked<'_>) -> Option<Reply> + 'static) {
        self.lies.borrow_mut().push(Box::new(lie));
    }

    /// Where a lie is counted.
    #[must_use]
    pub fn counter(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.told)
    }

    /// Changes the answers to one kind of call.
    pub fn change<C: Call>(&self, mut change: impl FnMut(&C, &mut C::Answer) + 'static) {
        let told = self.counter();
        self.lie(move |asked| {
            let call = asked.call::<C>()?;
            let honest = asked.honest();
            let Reply::Answer(body) = &honest else {
                return Some(honest);
            };
            let mut answer = decode::<C>(body);
            change(&call, &mut answer);
            let changed = codec::encode(&answer);
            if changed != *body {
                told.set(told.get() + 1);
            }
            Some(Reply::Answer(changed))
        });
    }

    /// Answers a call itself, without doing what was asked.
    pub fn pretend<C: Call>(
        &self,
        mut answer: impl FnMut(&C) -> Result<C::Answer, Problem> + 'static,
    ) {
        let told = self.counter();
        self.lie(move |asked| {
            let call = asked.call::<C>()?;
            told.set(told.get() + 1);
            Some(match answer(&call) {
                Ok(answer) => Reply::Answer(codec::encode(&answer)),
                Err(problem) => Reply::Problem(problem),
            })
        });
    }

    /// Sends one kind of call to another relay: a copy as it once was, or one that went another way.
    pub fn divert<C: Call>(&self, other: &Rc<World>) {
        let (told, other) = (self.counter(), Rc::clone(other));
        self.lie(move |asked| {
            asked.call::<C>()?;
            Some(diverted(asked, &other, &told))
        });
    }

    /// Sends everything to another relay.
    pub fn divert_all(&self, other: &Rc<World>) {
        let (told, other) = (self.counter(), Rc::clone(other));
        self.lie(move |asked| Some(diverted(asked, &other, &told)));
    }

    /// The requests of one kind that went through, oldest first.
    #[must_use]
    pub fn requests<C: Call>(&self) -> Vec<C> {
        let heard = self.heard.borrow();
        let of_kind = heard.iter().filter(|(path, _)| path == C::PATH);
        of_kind
            .filter_map(|(_, body)| codec::decode(body, body.len()).ok())
            .collect()
    }

    /// As [`Self::requests`], for calls that are padded to one size.
    #[must_use]
    pub fn requests_padded<C: Call>(&self) -> Vec<C> {
        let heard = self.heard.borrow();
        let bodies = heard
            .iter()
            .filter(|(path, _)| path == C::PATH)
            .filter_map(|(_, body)| codec::unpad(body).ok());
        bodies
            .filter_map(|body| codec::decode(body, body.len()).ok())
            .collect()
    }
}

/// What the other relay says. A lie when the real one would have said something else, or was not given what was for it.
fn diverted(asked: &Asked<'_>, other: &World, told: &Cell<usize>) -> Reply {
    let reply = asked.from(other);
    if !asked.reads() || asked.honest() != reply {
        told.set(told.get() + 1);
    }
    reply
}

impl Transport for EvilRelay {
    fn send(&self, path: &str, body: &[u8], proof: Option<&str>) -> Reply {
        self.heard
            .borrow_mut()
            .push((path.to_owned(), body.to_vec()));
        let asked = Asked {
            path,
            body,
            proof,
            world: &self.world,
        };
        let lied = self
            .lies
            .borrow_mut()
            .iter_mut()
            .find_map(|lie| lie(&asked));
        lied.unwrap_or_else(|| asked.honest())
    }
}
