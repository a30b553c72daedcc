//! Names of things inside a dossier: random or hashed bytes.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub [u8; $length]);
    };
}

id! {
    /// A dossier.
    DossierId, 16
}
id! {
    /// One event of a dossier: the digest of its signed bytes.
    EventId, 32
}
id! {
    /// Who made an event: the id of a device.
    AuthorId, 16
}
id! {
    /// One message of a reporter, chosen by the reporter's page.
    MessageId, 16
}
id! {
    /// One conversation with a reporter.
    ConversationId, 16
}
id! {
    /// A person in a dossier: random.
    PersonId, 16
}
id! {
    /// One file: its name at the relay.
    FileRef, 16
}
id! {
    /// A team.
    TeamRef, 16
}
id! {
    /// Whoever a dossier is shared with: the id of a team or of a member, which never coincide.
    PartyRef, 16
}
