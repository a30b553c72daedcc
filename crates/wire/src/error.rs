//! What can go wrong when bytes from outside are read.

/// Why bytes were refused. Each variant names what is wrong with the bytes, never what was inside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More bytes than the bound of this kind of object; nothing was read or allocated.
    #[error("{len} bytes where at most {max} are allowed")]
    TooLong {
        /// Bytes that were announced or given.
        len: usize,
        /// Largest number of bytes that is allowed, inclusive.
        max: usize,
    },
    /// A kind of object with one fixed size has another size.
    #[error("{len} bytes where exactly {exact} are needed")]
    WrongLength {
        /// Bytes that were announced or given.
        len: usize,
        /// The only size that is allowed, in bytes.
        exact: usize,
    },
    /// The bytes end in the middle of an object.
    #[error("bytes end too early")]
    Truncated,
    /// The object is complete, and bytes follow it.
    #[error("{0} bytes left over")]
    Trailing(usize),
    /// The bytes are no encoding of the type that was expected.
    #[error("bytes are not a valid encoding")]
    Malformed,
    /// The bytes say the right thing in another spelling than the one we write.
    #[error("encoding is not the canonical one")]
    NotCanonical,
    /// The padding is not zero everywhere, or the length in front of it is wrong.
    #[error("padding is damaged")]
    BadPadding,
    /// The bytes do not begin as a frame does.
    #[error("not a frame")]
    NotAFrame,
    /// A frame of a format version that this release does not know.
    #[error("unknown format version {0}")]
    UnknownVersion(u8),
    /// A frame of a type that this release does not know (decision 38).
    #[error("unknown frame type {0:#06x}")]
    UnknownType(u16),
    /// A known frame of another type than the one that was asked for.
    #[error("frame type {found:#06x} where {wanted:#06x} was expected")]
    WrongType {
        /// Type number that the frame carries.
        found: u16,
        /// Type number that the caller can use.
        wanted: u16,
    },
    /// A suite of algorithms that this release does not know; there is no fallback.
    #[error("unknown suite {0}")]
    UnknownSuite(u8),
    /// A signature of an algorithm that this release does not know.
    #[error("unknown signature algorithm {0}")]
    UnknownAlgorithm(u8),
    /// More signatures than a frame may carry.
    #[error("{0} signatures are too many")]
    TooManySignatures(usize),
    /// One key signed the frame twice.
    #[error("one key signed twice")]
    DuplicateSigner,
    /// A challenge asks for more work than any honest relay does.
    #[error("the server asks for too much work")]
    TooMuchWork,
}
