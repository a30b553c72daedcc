//! What each client does, by the real code, remembered: one step of one client is calculated once, however many runs contain it.
//!
//! Clients meet only in what the relay holds, so a run of three is a walk over three tables. Nothing here judges; see [`crate::honest`].

use std::collections::{BTreeSet, HashMap};

use sluis_domain::event::{Event, Lane, Note};
use sluis_domain::ids::{AuthorId, EventId};
use sluis_protocol::dossier::{AlarmKind, Replica, Right};
use sluis_protocol::primitives::kdf;
use sluis_wire::api::ControlLink;

use crate::flaw::Flaw;
use crate::people::{ANNA, BRAM, CARL, EVERYONE, People, Rights, link, rng};

/// Number of a link or an event in the order in which this exploration first met it.
pub(crate) type Id = u16;
/// Number of a state of one client.
pub(crate) type NodeId = u32;

/// What a client does, or what the relay tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Input {
    /// Writes a note; the relay says that it has it.
    Write,
    /// A copy of the client writes another note under the same number.
    Equivocate,
    /// Renews the keys for the same people, and reads the link back.
    Rotate,
    /// Takes Carl's right back, with new keys, and reads the link back.
    Revoke,
    /// As [`Self::Revoke`], but the relay keeps the link and shows nothing.
    RevokeUnseen,
    /// Makes Bram a steward, and reads the link back.
    Grant,
    /// Says which heads it has, and reads the link back.
    Frontier,
    /// Is given this link, with those that lead to it from its own chain, as the newest.
    Link(Id),
    /// Is told that there are no more links.
    NoLinks,
    /// Is told that there are fewer links than it has.
    FewerLinks,
    /// Is given this event as the next and last of the list.
    Event(Id),
    /// Is told that there are fewer events than it was given.
    FewerEvents,
}

/// Of a link: what really happened.
pub(crate) struct LinkFact {
    /// Its number in the chain.
    pub(crate) number: usize,
    /// The link that it was made on.
    pub(crate) before: Option<Id>,
    /// Who may do what from then on.
    pub(crate) rights: Rights,
    /// The events that counted for its maker, and all before them.
    pub(crate) known: BTreeSet<Id>,
    link: ControlLink,
}

/// Of an event: what really happened.
pub(crate) struct EventFact {
    /// Who made it.
    pub(crate) author: usize,
    /// Its number among the author's own.
    pub(crate) number: u64,
    /// The link that its author stood on.
    pub(crate) link: Id,
    /// The events that it names.
    pub(crate) before: Vec<Id>,
    frame: Vec<u8>,
}

/// What can be seen of a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct View {
    /// Whose.
    pub(crate) of: usize,
    /// The links that it accepted.
    pub(crate) chain: Vec<Id>,
    /// The events that count.
    pub(crate) events: BTreeSet<Id>,
    /// The events that it shows as kept aside.
    pub(crate) aside: BTreeSet<Id>,
    /// The events that it was given or made.
    pub(crate) had: BTreeSet<Id>,
    /// What it complains of.
    pub(crate) alarms: BTreeSet<AlarmKind>,
    /// Digest of the state that the events add up to.
    pub(crate) state: [u8; 32],
}

struct Node {
    view: View,
    copy: Vec<u8>,
    /// The step that led here, kept where `copy` does not say all: some counters are not stored.
    path: Option<(NodeId, Input)>,
    /// How often links were asked for while events waited for some.
    asked: u8,
}

/// What a step made for the relay to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    Nothing,
    Link(Id),
    Event(Id),
}

/// What came of a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) node: NodeId,
    pub(crate) made: Made,
}

/// All that is known of clients so far.
pub(crate) struct Clients {
    people: People,
    flaw: Flaw,
    nodes: Vec<Node>,
    by_digest: HashMap<[u8; 32], NodeId>,
    steps: HashMap<(NodeId, Input), Option<Step>>,
    pub(crate) links: Vec<LinkFact>,
    pub(crate) events: Vec<EventFact>,
    link_ids: HashMap<Vec<u8>, Id>,
    event_ids: HashMap<EventId, Id>,
    /// Steps that the real code calculated.
    pub(crate) calculated: usize,
}

impl Clients {
    pub(crate) fn new(flaw: Flaw) -> Self {
        let people = People::new();
        let first = LinkFact {
            number: 0,
            before: None,
            rights: people.rights,
            known: BTreeSet::new(),
            link: people.first.clone(),
        };
        Self {
            link_ids: HashMap::from([(first.link.control.clone(), 0)]),
            people,
            flaw,
            nodes: Vec::new(),
            by_digest: HashMap::new(),
            steps: HashMap::new(),
            links: vec![first],
            events: Vec::new(),
            event_ids: HashMap::new(),
            calculated: 0,
        }
    }

    /// Everyone with the first link and nothing else.
    pub(crate) fn begin(&mut self) -> [NodeId; 3] {
        EVERYONE.map(|of| {
            let replica = Replica::from_bytes(&self.people.copies[of]).unwrap();
            let view = View {
                of,
                chain: Vec::new(),
                events: BTreeSet::new(),
                aside: BTreeSet::new(),
                had: BTreeSet::new(),
                alarms: BTreeSet::new(),
                state: [0; 32],
            };
            let view = self.look(&replica, &view, None);
            self.keep(&replica, view, 0, None)
        })
    }

    pub(crate) fn view(&self, node: NodeId) -> &View {
        &self.nodes[node as usize].view
    }

    /// How many states of single clients there are.
    pub(crate) fn states(&self) -> usize {
        self.nodes.len()
    }

    /// What one may do of one's own accord. Whether it can be done, the real code says.
    pub(crate) fn deeds(of: usize) -> &'static [Input] {
        match of {
            ANNA => &[
                Input::Write,
                Input::Revoke,
                Input::RevokeUnseen,
                Input::Grant,
            ],
            BRAM => &[Input::Write, Input::Rotate, Input::Frontier],
            CARL => &[Input::Write, Input::Equivocate],
            _ => &[],
        }
    }

    /// One step of one client; nothing when it refuses to do that.
    pub(crate) fn step(&mut self, node: NodeId, input: Input) -> Option<Step> {
        if let Some(step) = self.steps.get(&(node, input)) {
            return *step;
        }
        self.calculated += 1;
        let mut replica = self.wake(node);
        let made = self.apply(&mut replica, node, input);
        let step = made.map(|made| {
            let before = &self.nodes[node as usize];
            let asks = matches!(input, Input::Link(_) | Input::NoLinks | Input::FewerLinks);
            let asked = before.asked.saturating_add(u8::from(asks)).min(2);
            let mut had = before.view.clone();
            match (input, made) {
                (Input::Event(event), _) | (Input::Write, Made::Event(event)) => {
                    had.had.insert(event);
                }
                _ => {}
            }
            let view = self.look(&replica, &had, Some(input));
            Step {
                node: self.keep(&replica, view, asked, Some((node, input))),
                made,
            }
        });
        self.steps.insert((node, input), step);
        step
    }

    /// The client as it is in this state.
    fn wake(&mut self, id: NodeId) -> Replica {
        let node = &self.nodes[id as usize];
        match node.path {
            None => Replica::from_bytes(&node.copy).unwrap(),
            Some((before, input)) => {
                let mut replica = self.wake(before);
                self.apply(&mut replica, before, input).unwrap();
                replica
            }
        }
    }

    /// Files a state; the same state twice is one.
    fn keep(
        &mut self,
        replica: &Replica,
        view: View,
        asked: u8,
        path: Option<(NodeId, Input)>,
    ) -> NodeId {
        let copy = replica.to_bytes().to_vec();
        let waits = replica.waits_for_links();
        let asked = if waits { asked } else { 0 };
        let place = replica.position();
        let whole = !waits && !view.alarms.contains(&AlarmKind::EventsRolledBack);
        let sum = kdf::hash(
            "sluis/1/explore",
            &[
                &copy,
                &place.to_be_bytes(),
                &[asked],
                format!("{view:?}").as_bytes(),
            ],
        );
        if let Some(known) = self.by_digest.get(&sum) {
            return *known;
        }
        let id = NodeId::try_from(self.nodes.len()).unwrap();
        self.nodes.push(Node {
            view,
            copy,
            path: path.filter(|_| !whole),
            asked,
        });
        self.by_digest.insert(sum, id);
        id
    }

    /// Does it, and files what it made. Nothing when the client refuses.
    fn apply(&mut self, replica: &mut Replica, node: NodeId, input: Input) -> Option<Made> {
        let of = self.view(node).of;
        match input {
            Input::Write => self.write(replica, of, "first"),
            Input::Equivocate => {
                // A copy of the client does it; this one knows nothing.
                let mut copy = self.wake(node);
                self.write(&mut copy, of, "second")
            }
            Input::Rotate
            | Input::Revoke
            | Input::RevokeUnseen
            | Input::Grant
            | Input::Frontier => {
                let made = self.renew(replica, of, input)?;
                if input != Input::RevokeUnseen {
                    self.tell(replica, of, Input::Link(made));
                }
                Some(Made::Link(made))
            }
            _ => {
                self.tell(replica, of, input);
                Some(Made::Nothing)
            }
        }
    }

    fn write(&mut self, replica: &mut Replica, of: usize, text: &str) -> Option<Made> {
        let place = replica
            .log()
            .next_place(AuthorId(self.people.acting(of).device.0));
        let own = place.author_seq;
        let note = Event::NoteAdded(Note {
            lane: Lane::Team,
            text: format!("{text} {own}"),
        });
        let head = self.chain(replica).last().copied()?;
        let mut chance = rng(100 * number(of) + own);
        let made = replica
            .author(&note, &self.people.acting(of), &mut chance)
            .ok()?;
        replica.acknowledge(&[made.id]);
        if let Some(id) = self.event_ids.get(&made.id) {
            return Some(Made::Event(*id));
        }
        let entry = replica.log().entry(&made.id)?;
        let fact = EventFact {
            author: of,
            number: own,
            link: head,
            before: entry.before().map(|id| self.event_ids[&id]).collect(),
            frame: made.frame,
        };
        let id = Id::try_from(self.events.len()).unwrap();
        self.events.push(fact);
        self.event_ids.insert(made.id, id);
        Some(Made::Event(id))
    }

    fn renew(&mut self, replica: &Replica, of: usize, input: Input) -> Option<Id> {
        let head = self.chain(replica).last().copied()?;
        let mut rights = self.links[usize::from(head)].rights;
        match input {
            Input::Revoke | Input::RevokeUnseen => rights[CARL] = None,
            Input::Grant => rights[BRAM] = Some(Right::Steward),
            _ => {}
        }
        let acting = self.people.acting(of);
        let recipients = self.people.recipients(rights);
        let mut chance = rng(1_000 * number(of) + replica.control_length());
        let made = match input {
            Input::Frontier => replica.frontier(&acting, &mut chance),
            Input::Grant => replica.grant(&acting, &recipients, &mut chance),
            _ => replica.rotate(&acting, &recipients, &mut chance),
        };
        let link = link(made.ok()?);
        if let Some(id) = self.link_ids.get(&link.control) {
            return Some(*id);
        }
        let id = Id::try_from(self.links.len()).unwrap();
        self.link_ids.insert(link.control.clone(), id);
        self.links.push(LinkFact {
            number: self.links[usize::from(head)].number + 1,
            before: Some(head),
            rights,
            known: self.with_past(self.counted(replica)),
            link,
        });
        Some(id)
    }

    /// What the relay tells a client.
    fn tell(&self, replica: &mut Replica, of: usize, input: Input) {
        let (directory, candidates) = (self.people.directory(), self.people.candidates(of));
        let mine = replica.control_length();
        let place = replica.position();
        match input {
            Input::Link(id) => {
                let fact = &self.links[usize::from(id)];
                let from = (fact.number as u64).min(mine);
                let mut way = vec![fact.link.clone()];
                let mut before = fact.before;
                while let Some(link) = before.map(|id| &self.links[usize::from(id)])
                    && link.number as u64 >= mine
                {
                    way.insert(0, link.link.clone());
                    before = link.before;
                }
                let length = mine.max(from + way.len() as u64);
                replica.absorb_control(from, &way, length, &candidates, directory);
            }
            Input::NoLinks => {
                replica.absorb_control(mine, &[], mine, &candidates, directory);
            }
            Input::FewerLinks => {
                replica.absorb_control(mine, &[], mine - 1, &candidates, directory);
            }
            Input::Event(id) => {
                let frame = self.events[usize::from(id)].frame.clone();
                replica.absorb_events(place, &[frame], place + 1, directory);
            }
            Input::FewerEvents => {
                replica.absorb_events(place, &[], place.saturating_sub(1), directory);
            }
            _ => {}
        }
    }

    fn look(&self, replica: &Replica, before: &View, input: Option<Input>) -> View {
        let chain = self.chain(replica);
        let state = format!("{:?}", replica.state());
        let mut view = View {
            of: before.of,
            events: self.counted(replica),
            aside: replica
                .aside()
                .filter_map(|(id, _)| self.event_ids.get(&id).copied())
                .collect(),
            had: before.had.clone(),
            alarms: replica.alarms().iter().map(|alarm| alarm.kind).collect(),
            state: kdf::sha256(state.as_bytes()),
            chain,
        };
        self.flaw.distort(&mut view, before, input, &self.links);
        view
    }

    fn chain(&self, replica: &Replica) -> Vec<Id> {
        let links = replica.chain().links().iter();
        links.map(|link| self.link_ids[&link.frame]).collect()
    }

    /// These events and all that they build on. Whoever accepts an event accepts what it names by digest.
    fn with_past(&self, mut events: BTreeSet<Id>) -> BTreeSet<Id> {
        let mut open: Vec<Id> = events.iter().copied().collect();
        while let Some(id) = open.pop() {
            let before = self.events[usize::from(id)].before.iter();
            open.extend(before.filter(|id| events.insert(**id)));
        }
        events
    }

    fn counted(&self, replica: &Replica) -> BTreeSet<Id> {
        replica
            .event_ids()
            .filter_map(|id| self.event_ids.get(&id).copied())
            .collect()
    }
}

fn number(of: usize) -> u64 {
    of as u64
}
