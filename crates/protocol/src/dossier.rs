//! Dossiers: who may read and write them, what is written in them, and one client's copy of each.
//!
//! | Module | What |
//! |---|---|
//! | [`keys`] | the keys of an epoch, by right; wrapping them for recipients (docs/protocol.md 6.2) |
//! | [`control`] | one link of the control chain: who may do what (6.3) |
//! | [`chain`] | the whole chain and its rules (6.3) |
//! | [`event`] | one signed, sealed event (6.4) |
//! | [`replica`] | one dossier in one client: takes in what the relay lists, and finds what is wrong with it (6.5) |
//! | [`alarm`] | what can be wrong (6.6) |
//! | [`proof`] | two signed things that contradict each other, as a file (8.1) |

pub mod alarm;
pub mod chain;
pub mod control;
pub mod event;
pub mod keys;
pub mod proof;
pub mod replica;

use alloc::string::String;

use rand_core::CryptoRng;
use sluis_domain::ids::ConversationId;
use sluis_wire::address::{DossierAddress, TeamId};

pub use alarm::{Alarm, AlarmKind, Object, Rule};
pub use chain::Chain;
pub use control::{Action, ControlBody, Grant, OpenedLink, SignedLink};
pub use event::{SealedEvent, SignedEvent};
pub use keys::{Candidate, EpochKeys, Recipient, RecipientKey, Right};
pub use replica::{
    Acting, AdoptError, Authored, ControlOutcome, EventsOutcome, Renewal, Replica, WorkError,
};

use crate::primitives::kdf;

/// A random address, for a dossier made by hand.
#[must_use]
pub fn address_random(rng: &mut impl CryptoRng) -> DossierAddress {
    let mut bytes = [0; DossierAddress::LENGTH];
    rng.fill_bytes(&mut bytes);
    DossierAddress(bytes)
}

/// The address of the dossier that a conversation makes by itself (docs/protocol.md 6.1): two clients that import at
/// once make the same one. `after_closing` counts the closed dossiers of this conversation and team before it (decision 22).
#[must_use]
pub fn address_auto(
    conversation: &ConversationId,
    team: &TeamId,
    after_closing: u32,
) -> DossierAddress {
    let count = after_closing.to_be_bytes();
    let parts: [&[u8]; 3] = [&conversation.0, &team.0, &count];
    let used = if after_closing == 0 {
        parts.get(..2)
    } else {
        parts.get(..)
    };
    let hash = kdf::hash("sluis/1/dossier-auto", used.unwrap_or_default());
    let mut address = [0; DossierAddress::LENGTH];
    for (byte, from) in address.iter_mut().zip(hash) {
        *byte = from;
    }
    DossierAddress(address)
}

/// What people call a dossier, for instance `K7Q-2MD`: the first 30 bits of its address in an alphabet without
/// letters that look like digits.
#[must_use]
pub fn number(address: &DossierAddress) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let [a, b, c, d, ..] = address.0;
    let bits = u32::from_be_bytes([a, b, c, d]);
    let mut number = String::with_capacity(7);
    for place in 0..6_u32 {
        if place == 3 {
            number.push('-');
        }
        let digit = (bits >> (27 - 5 * place)) & 31;
        let letter = usize::try_from(digit)
            .ok()
            .and_then(|digit| ALPHABET.get(digit));
        number.push(char::from(*letter.unwrap_or(&b'0')));
    }
    number
}

#[cfg(test)]
mod tests;
