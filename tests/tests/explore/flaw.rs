//! Clients with a mistake, to see that the properties would notice: the real client, with one of its conclusions bent.

use sluis_protocol::dossier::AlarmKind;

use crate::clients::{Input, LinkFact, View};

/// What is wrong with every client of an exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Nothing: the real client.
    Nothing,
    /// What is kept aside counts, as if no link had bounded its author.
    IgnoresFrontier,
    /// A link counts when its number fits, whatever it was made on.
    IgnoresBefore,
    /// Two links with one number are no reason for an alarm.
    IgnoresForks,
    /// Events that are missing are no reason for an alarm.
    IgnoresGaps,
    /// Two events with one number are no reason for an alarm.
    IgnoresEquivocation,
    /// The relay's shorter chain is believed, without an alarm.
    BelievesFewerLinks,
}

impl Flaw {
    /// Bends what a client concluded from an input.
    pub(crate) fn distort(
        self,
        view: &mut View,
        before: &View,
        input: Option<Input>,
        links: &[LinkFact],
    ) {
        match self {
            Self::Nothing => {}
            Self::IgnoresFrontier => {
                let aside = std::mem::take(&mut view.aside);
                view.events.extend(aside);
            }
            Self::IgnoresBefore => {
                view.alarms.remove(&AlarmKind::ControlRefused);
                let own = view.chain.get(before.chain.len()).copied();
                view.chain.clone_from(&before.chain);
                match input {
                    Some(Input::Link(link)) => {
                        let fits = links[usize::from(link)].number == before.chain.len();
                        view.chain.extend(fits.then_some(link));
                    }
                    _ => view.chain.extend(own),
                }
            }
            Self::IgnoresForks => {
                view.alarms.remove(&AlarmKind::ControlFork);
            }
            Self::IgnoresGaps => {
                view.alarms.remove(&AlarmKind::EventMissing);
            }
            Self::IgnoresEquivocation => {
                view.alarms.remove(&AlarmKind::Equivocation);
            }
            Self::BelievesFewerLinks => {
                if view.alarms.remove(&AlarmKind::ControlRolledBack) {
                    view.chain.pop();
                }
            }
        }
    }
}
