//! The relay's randomness: the operating system's.

/// `N` random bytes.
///
/// # Panics
/// When the operating system has no randomness to give. Going on without would be worse.
#[must_use]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
