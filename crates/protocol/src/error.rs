//! What can go wrong when something is sealed, opened or derived.

/// Each variant is something a caller does differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Changed on the way or at rest, or sealed with another key or for another place: set the bytes aside.
    #[error("sealed bytes are damaged or belong elsewhere")]
    Damaged,
    /// Bytes that are no public key of the suite: the peer that sent them is broken or hostile.
    #[error("not an acceptable public key")]
    UnacceptableKey,
    /// A caller's mistake: context above [`crate::primitives::kem::MAX_CONTEXT`], or an empty name for a shared key.
    #[error("context is too long or a name is empty")]
    UnusableContext,
    /// This machine has not enough memory for the key stretching: ask to close other pages and try again.
    #[error("not enough memory to stretch the key")]
    OutOfMemory,
    /// The bytes inside or around are not what they should be.
    #[error("bytes have the wrong form")]
    Encoding(#[from] sluis_wire::Error),
    /// A key or a signature was refused.
    #[error("signature was refused")]
    Signature(#[from] sluis_directory::signature::SignatureError),
}
