//! What must hold, said without the code that is tried: from what really happened, not from what a client concluded.
//!
//! A state that an honest run can reach is a chain of links that were really made one on the other, and of the events that a client was
//! given exactly those that count under that chain, none without the ones before it, no two in one place.

use std::collections::BTreeSet;

use sluis_protocol::dossier::Right;

use crate::clients::{EventFact, Id, LinkFact, View};

/// A property that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A link of the chain was not made on the one before it.
    NotAPath,
    /// An event counts that must not.
    CountsTooMuch,
    /// An event does not count that must.
    CountsTooLittle,
    /// An event counts without one that it names, and that is not kept aside.
    WithoutItsPast,
    /// Two events count in one place.
    TwoInOnePlace,
    /// A chain lost a link that it had.
    ChainShrank,
    /// An event ceased to count, and no new link says why.
    EventVanished,
    /// Two who know the same do not agree.
    Disagree,
}

/// What really happened: all links and events, by number.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) links: &'a [LinkFact],
    pub(crate) events: &'a [EventFact],
}

impl Facts<'_> {
    fn link(&self, id: Id) -> &LinkFact {
        &self.links[usize::from(id)]
    }

    fn event(&self, id: Id) -> &EventFact {
        &self.events[usize::from(id)]
    }

    fn may_write(&self, link: Id, of: usize) -> bool {
        self.link(link).rights[of] >= Some(Right::Writer)
    }

    /// Whether a client whom nothing alarms is in a state that an honest run can reach.
    pub(crate) fn check(&self, view: &View) -> Option<Violation> {
        if !view.alarms.is_empty() {
            return None;
        }
        let begins = view.chain.first() == Some(&0);
        let follows = view
            .chain
            .windows(2)
            .all(|pair| self.link(pair[1]).before == Some(pair[0]));
        if !begins || !follows {
            return Some(Violation::NotAPath);
        }
        if view.events.iter().any(|id| !self.may_count(view, *id)) {
            return Some(Violation::CountsTooMuch);
        }
        let uncounted = view.had.difference(&view.events);
        if uncounted.into_iter().any(|id| self.must_count(view, *id)) {
            return Some(Violation::CountsTooLittle);
        }
        let known = |id: &Id| view.events.contains(id) || view.aside.contains(id);
        if !view
            .events
            .iter()
            .all(|id| self.event(*id).before.iter().all(known))
        {
            return Some(Violation::WithoutItsPast);
        }
        let places: BTreeSet<_> = view
            .events
            .iter()
            .map(|id| (self.event(*id).author, self.event(*id).number))
            .collect();
        (places.len() < view.events.len()).then_some(Violation::TwoInOnePlace)
    }

    /// The link of this chain that took an event's author the right to write, after the event was made.
    fn bound(&self, view: &View, event: &EventFact) -> Option<&LinkFact> {
        let number = self.link(event.link).number;
        let mut later = view.chain.iter().skip(number + 1);
        let link = later.find(|link| !self.may_write(**link, event.author))?;
        Some(self.link(*link))
    }

    /// On a link of this chain, by somebody who might write then, and known to whoever took that right away.
    fn may_count(&self, view: &View, id: Id) -> bool {
        let event = self.event(id);
        self.stands(view, event)
            && self
                .bound(view, event)
                .is_none_or(|link| link.known.contains(&id))
    }

    /// As [`Self::may_count`], as far as this client can know: a frontier names the newest events, and those before them are found
    /// through what it was given.
    fn must_count(&self, view: &View, id: Id) -> bool {
        let event = self.event(id);
        self.stands(view, event)
            && self
                .bound(view, event)
                .is_none_or(|link| self.leads_to(&link.known, view, id))
    }

    fn stands(&self, view: &View, event: &EventFact) -> bool {
        view.chain.contains(&event.link) && self.may_write(event.link, event.author)
    }

    fn leads_to(&self, known: &BTreeSet<Id>, view: &View, wanted: Id) -> bool {
        let named: BTreeSet<Id> = known
            .iter()
            .flat_map(|id| self.event(*id).before.clone())
            .collect();
        let mut open: Vec<Id> = known.difference(&named).copied().collect();
        while let Some(id) = open.pop() {
            if id == wanted {
                return true;
            }
            if view.had.contains(&id) {
                open.extend(&self.event(id).before);
            }
        }
        false
    }

    /// What one step may take away, whatever alarms are up: links never, events only by a link that bounds their author.
    pub(crate) fn check_step(&self, before: &View, after: &View) -> Option<Violation> {
        if !after.chain.starts_with(&before.chain) {
            return Some(Violation::ChainShrank);
        }
        let gone = before.events.difference(&after.events);
        let mut unexplained = gone.filter(|id| {
            let bound = self.bound(after, self.event(**id));
            bound.is_none_or(|link| link.number < before.chain.len())
        });
        unexplained.next().map(|_| Violation::EventVanished)
    }
}

/// Whether two whom nothing alarms agree, once they have been given the same.
pub(crate) fn agree(one: &View, other: &View) -> Option<Violation> {
    let calm = one.alarms.is_empty() && other.alarms.is_empty();
    let same = one.chain == other.chain && one.had == other.had;
    let agree = one.events == other.events && one.state == other.state;
    (calm && same && !agree).then_some(Violation::Disagree)
}

/// Whether two agree who have been given everything that there is: then their chains are the same as well.
pub(crate) fn agree_on_all(one: &View, other: &View) -> Option<Violation> {
    let calm = one.alarms.is_empty() && other.alarms.is_empty();
    if calm && one.chain != other.chain {
        return Some(Violation::Disagree);
    }
    agree(one, other)
}
