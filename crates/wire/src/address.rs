//! Names of things at the relay: random or hashed bytes that say nothing about what they name.

use serde::{Deserialize, Serialize};

macro_rules! address {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// How many bytes it has.
            pub const LENGTH: usize = $length;
        }
    };
}

address! {
    /// SHA-256 of the genesis entry: names a deployment and, towards capabilities, its relay.
    GenesisHash, 32
}
address! {
    /// SHA-256 of a whole frame as received, signatures included.
    FrameHash, 32
}
address! {
    /// A dossier at the relay: 16 random bytes, or derived from conversation and team (docs/protocol.md 6.1).
    DossierAddress, 16
}
address! {
    /// Where one reply lies on the board: two bytes of page, fourteen of a keyed hash (docs/protocol.md 5.3).
    BoardTag, 16
}
address! {
    /// A file at the relay: 16 random bytes, chosen by whoever sends it (docs/protocol.md 6.10).
    FileAddress, 16
}
address! {
    /// A public capability key (Ed25519): whoever signs a request with its secret half may do what it stands for.
    CapabilityKey, 32
}
address! {
    /// One organisation.
    OrganisationId, 16
}
address! {
    /// One member of an organisation; the name is sealed elsewhere.
    MemberId, 16
}
address! {
    /// One device of a member.
    DeviceId, 16
}
address! {
    /// One team: a named set of members.
    TeamId, 16
}
address! {
    /// One person in a dossier: 16 random bytes.
    PersonAddress, 16
}

impl BoardTag {
    /// The 16-bit page number in the tag's first two bytes (big endian).
    #[must_use]
    pub fn page(&self) -> u16 {
        let [high, low, ..] = self.0;
        u16::from_be_bytes([high, low])
    }
}
