//! Every run of at most so many steps: breadth first, so that what is found is found by the shortest way.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::clients::{Clients, Id, Input, Made, NodeId};
use crate::flaw::Flaw;
use crate::honest::{Facts, Violation, agree, agree_on_all};
use crate::people::EVERYONE;

type PoolId = u32;

/// The three clients, and what the relay holds.
type State = ([NodeId; 3], PoolId);

/// From which state, by whose step, it came to another.
type Came = (usize, usize, Input);

/// All that clients gave to the relay, in order of number: what it hands on, to whom and when, is its choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Pool {
    links: Vec<Id>,
    events: Vec<Id>,
}

/// What an exploration saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Different states of the whole.
    pub(crate) states: usize,
    /// Steps from one state to another.
    pub(crate) steps: usize,
    /// Of the states, those in which somebody is alarmed.
    pub(crate) alarmed: usize,
    /// Different states of single clients.
    pub(crate) client_states: usize,
    /// Steps of single clients that the real code calculated.
    pub(crate) calculated: usize,
    /// Ends in which everybody was given everything.
    pub(crate) settled: usize,
    /// The first property that did not hold, and how it came to that.
    pub(crate) violation: Option<(Violation, String)>,
}

struct Search {
    clients: Clients,
    pools: Vec<Pool>,
    pool_ids: HashMap<Pool, PoolId>,
    states: Vec<(State, Option<Came>)>,
    known: HashSet<State>,
    settled: HashMap<(NodeId, PoolId), NodeId>,
    seen: Seen,
}

/// Tries all runs of at most `depth` steps. From every state of at most `settle` steps, everybody is also given everything.
pub(crate) fn explore(flaw: Flaw, depth: usize, settle: usize) -> Seen {
    let mut clients = Clients::new(flaw);
    let first = (clients.begin(), 0);
    let pool = Pool {
        links: vec![0],
        events: Vec::new(),
    };
    let mut search = Search {
        clients,
        pools: vec![pool.clone()],
        pool_ids: HashMap::from([(pool, 0)]),
        states: vec![(first, None)],
        known: HashSet::from([first]),
        settled: HashMap::new(),
        seen: Seen::default(),
    };
    let mut layer = 0..1;
    for steps in 0..=depth {
        for at in layer.clone() {
            let found = search.judge(at, steps <= settle);
            if let Some(violation) = found.or_else(|| (steps < depth).then(|| search.expand(at))?) {
                let trace = search.trace(at, violation);
                search.seen.violation = Some((violation, trace));
                return search.end();
            }
        }
        layer = layer.end..search.states.len();
    }
    search.end()
}

impl Search {
    fn end(mut self) -> Seen {
        self.seen.states = self.states.len();
        self.seen.client_states = self.clients.states();
        self.seen.calculated = self.clients.calculated;
        self.seen.settled = self.settled.len();
        self.seen
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            links: &self.clients.links,
            events: &self.clients.events,
        }
    }

    /// What does not hold in this state.
    fn judge(&mut self, at: usize, settle: bool) -> Option<Violation> {
        let ((nodes, pool), _) = self.states[at];
        let views = nodes.map(|node| self.clients.view(node));
        let alarmed = views.iter().any(|view| !view.alarms.is_empty());
        let facts = self.facts();
        let found = views
            .iter()
            .find_map(|view| facts.check(view))
            .or_else(|| pairs(|one, other| agree(views[one], views[other])));
        self.seen.alarmed += usize::from(alarmed);
        if found.is_some() || !settle {
            return found;
        }
        let ends = nodes.map(|node| self.settle(node, pool));
        let views = ends.map(|node| self.clients.view(node));
        views
            .iter()
            .find_map(|view| self.facts().check(view))
            .or_else(|| pairs(|one, other| agree_on_all(views[one], views[other])))
    }

    /// Gives a client all links and then all events, until it is alarmed.
    fn settle(&mut self, node: NodeId, pool: PoolId) -> NodeId {
        if let Some(end) = self.settled.get(&(node, pool)) {
            return *end;
        }
        let Pool { mut links, events } = self.pools[pool as usize].clone();
        links.sort_by_key(|link| self.clients.links[usize::from(*link)].number);
        let gifts = links
            .into_iter()
            .map(Input::Link)
            .chain(events.into_iter().map(Input::Event));
        let mut end = node;
        for gift in gifts {
            let view = self.clients.view(end);
            let has = match gift {
                Input::Link(link) => view.chain.contains(&link),
                Input::Event(event) => view.had.contains(&event),
                _ => false,
            };
            if !view.alarms.is_empty() {
                break;
            }
            if !has && let Some(step) = self.clients.step(end, gift) {
                end = step.node;
            }
        }
        self.settled.insert((node, pool), end);
        end
    }

    /// Takes every step from this state.
    fn expand(&mut self, at: usize) -> Option<Violation> {
        let ((nodes, pool), _) = self.states[at];
        for of in EVERYONE {
            let view = self.clients.view(nodes[of]);
            let mut inputs = Clients::deeds(of).to_vec();
            let held = &self.pools[pool as usize];
            inputs.extend(held.links.iter().map(|link| Input::Link(*link)));
            inputs.extend(held.events.iter().map(|event| Input::Event(*event)));
            if view.chain.len() > 1 {
                inputs.push(Input::FewerLinks);
            }
            if !view.had.is_empty() {
                inputs.extend([Input::FewerEvents, Input::NoLinks]);
            }
            for input in inputs {
                let Some(step) = self.clients.step(nodes[of], input) else {
                    continue;
                };
                self.seen.steps += 1;
                let mut next = (nodes, pool);
                next.0[of] = step.node;
                next.1 = self.pool_with(pool, step.made);
                if self.known.insert(next) {
                    self.states.push((next, Some((at, of, input))));
                }
                let (before, after) = (self.clients.view(nodes[of]), self.clients.view(step.node));
                if let Some(violation) = self.facts().check_step(before, after) {
                    return Some(violation);
                }
            }
        }
        None
    }

    fn pool_with(&mut self, pool: PoolId, made: Made) -> PoolId {
        let mut with = self.pools[pool as usize].clone();
        let (list, id) = match made {
            Made::Link(id) => (&mut with.links, id),
            Made::Event(id) => (&mut with.events, id),
            Made::Nothing => return pool,
        };
        if let Err(place) = list.binary_search(&id) {
            list.insert(place, id);
        }
        if let Some(known) = self.pool_ids.get(&with) {
            return *known;
        }
        let id = PoolId::try_from(self.pools.len()).unwrap();
        self.pools.push(with.clone());
        self.pool_ids.insert(with, id);
        id
    }

    /// How it came to this state, and what everybody thinks in it.
    fn trace(&self, mut at: usize, violation: Violation) -> String {
        let (nodes, pool) = self.states[at].0;
        let mut way = Vec::new();
        while let (_, Some((before, of, input))) = self.states[at] {
            way.push(format!("{}: {input:?}", ["Anna", "Bram", "Carl"][of]));
            at = before;
        }
        way.reverse();
        let mut text = format!(
            "{violation:?} after\n  {}\nthe relay holds {:?}\n",
            way.join("\n  "),
            self.pools[pool as usize]
        );
        for node in nodes {
            writeln!(text, "{:?}", self.clients.view(node)).unwrap();
        }
        text
    }
}

/// The first of the three pairs in which something is found.
fn pairs<T>(found: impl Fn(usize, usize) -> Option<T>) -> Option<T> {
    [(0, 1), (0, 2), (1, 2)]
        .into_iter()
        .find_map(|(one, other)| found(one, other))
}
