//! Ed25519 (RFC 8032) with one label per kind of thing that is signed.
//!
//! ```text
//! signed message = length of label (1) ‖ label ‖ exact bytes
//! ```
//!
//! The label keeps a signature for one kind from being shown as another (pitfall P1). Checking is strict: a key or a
//! signature of small order or in another spelling than the canonical one is refused (`verify_strict`), so all
//! checkers agree about each signature. Keys come from a seed: this module draws no randomness.

use alloc::vec::Vec;
use core::fmt;

use ed25519_dalek::Signer as _;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Why a key or a signature was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The bytes are no public key that a careful signer would have: not on the curve, not canonical, or of small order.
    #[error("not an acceptable public key")]
    UnacceptableKey,
    /// The signature was not made by this key, for this label, over these bytes.
    #[error("signature does not match")]
    Mismatch,
}

/// What is being signed. Each kind has a label of its own, so that no signature can stand in for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Label {
    /// An entry of the directory log.
    DirectoryEntry,
    /// A statement of a team, month or staff key (the frame's type number tells which).
    Statement,
    /// A snapshot, by a witness.
    Snapshot,
    /// A request to the relay, by a capability key.
    Capability,
    /// An event of a dossier.
    Event,
    /// An entry of a dossier's control chain.
    Control,
    /// A reply to a reporter.
    Reply,
    /// A reporter's consent or stop.
    Consent,
    /// Proof that a new device holds its signing key.
    Possession,
    /// What a device has seen of a dossier.
    Seen,
    /// A deletion receipt.
    Receipt,
    /// A witness's own promise, when the root names it.
    Witness,
    /// The log of a dossier as a file, by whoever made the file.
    Export,
    /// A relay's word that it destroyed a person's record.
    Erased,
    /// A row of the figures, by the staff capability: some member of staff, nobody in particular.
    Figure,
}

impl Label {
    /// Every label there is.
    pub const ALL: [Self; 15] = [
        Self::DirectoryEntry,
        Self::Statement,
        Self::Snapshot,
        Self::Capability,
        Self::Event,
        Self::Control,
        Self::Reply,
        Self::Consent,
        Self::Possession,
        Self::Seen,
        Self::Receipt,
        Self::Witness,
        Self::Export,
        Self::Erased,
        Self::Figure,
    ];

    /// The text that goes in front of the signed bytes. At most 255 bytes.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::DirectoryEntry => "sluis/1/directory-entry",
            Self::Statement => "sluis/1/statement",
            Self::Snapshot => "sluis/1/snapshot",
            Self::Capability => "sluis/1/capability",
            Self::Event => "sluis/1/event",
            Self::Control => "sluis/1/control",
            Self::Reply => "sluis/1/reply",
            Self::Consent => "sluis/1/consent",
            Self::Possession => "sluis/1/possession",
            Self::Seen => "sluis/1/seen",
            Self::Receipt => "sluis/1/receipt",
            Self::Witness => "sluis/1/witness",
            Self::Export => "sluis/1/export",
            Self::Erased => "sluis/1/erased",
            Self::Figure => "sluis/1/figure",
        }
    }

    fn message(self, bytes: &[u8]) -> Vec<u8> {
        let text = self.text().as_bytes();
        let mut message = Vec::with_capacity(1 + text.len() + bytes.len());
        message.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
        message.extend_from_slice(text);
        message.extend_from_slice(bytes);
        message
    }
}

/// 32-byte Ed25519 public key: canonical, on the curve and not of small order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u8; 32]", into = "[u8; 32]")]
pub struct VerifyingKey([u8; 32]);

impl VerifyingKey {
    /// Accepts the bytes of a public key.
    ///
    /// # Errors
    /// [`SignatureError::UnacceptableKey`] when they are not a point, not its canonical spelling, or of small order.
    pub fn parse(bytes: [u8; 32]) -> Result<Self, SignatureError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes)
            .map_err(|_| SignatureError::UnacceptableKey)?;
        let canonical = key.to_edwards().compress().to_bytes() == bytes;
        if canonical && !key.is_weak() {
            Ok(Self(bytes))
        } else {
            Err(SignatureError::UnacceptableKey)
        }
    }

    /// The 32 bytes of the key.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Checks that the holder of the signing key signed `bytes` as a `label`.
    ///
    /// # Errors
    /// [`SignatureError::Mismatch`] when not.
    pub fn verify(
        &self,
        label: Label,
        bytes: &[u8],
        signature: &Signature,
    ) -> Result<(), SignatureError> {
        self.verify_raw(&label.message(bytes), signature)
    }

    /// RFC 8032 5.1.7 without a label, strict. Only for vectors that others published.
    #[doc(hidden)]
    pub fn verify_raw(&self, message: &[u8], signature: &Signature) -> Result<(), SignatureError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0)
            .map_err(|_| SignatureError::UnacceptableKey)?;
        key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(&signature.0))
            .map_err(|_| SignatureError::Mismatch)
    }
}

impl TryFrom<[u8; 32]> for VerifyingKey {
    type Error = SignatureError;

    fn try_from(bytes: [u8; 32]) -> Result<Self, SignatureError> {
        Self::parse(bytes)
    }
}

impl From<VerifyingKey> for [u8; 32] {
    fn from(key: VerifyingKey) -> Self {
        key.0
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(formatter, "VerifyingKey({a:02x}{b:02x}{c:02x}{d:02x}…)")
    }
}

/// 64-byte Ed25519 signature: read, not yet checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(#[serde(with = "sluis_wire::codec::byte_array")] pub [u8; 64]);

/// 32-byte seed of an Ed25519 key pair. Wiped on drop; no `Clone`, `PartialEq` or `Serialize`.
pub struct SigningKey(Zeroizing<[u8; 32]>);

impl SigningKey {
    /// The key pair of a random or derived seed (RFC 8032 5.1.5).
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(Zeroizing::new(seed))
    }

    /// The seed, for sealing or storing it. Whoever holds it can sign.
    #[must_use]
    pub fn expose_seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.expand().verifying_key().to_bytes())
    }

    /// Signs `bytes` as a `label`. Deterministic.
    #[must_use]
    pub fn sign(&self, label: Label, bytes: &[u8]) -> Signature {
        Signature(self.expand().sign(&label.message(bytes)).to_bytes())
    }

    fn expand(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(&self.0)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKey(redacted)")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_seed([7; 32])
    }

    #[test]
    fn a_signature_holds_for_its_label_only() {
        let signature = key().sign(Label::Event, b"bytes");
        for label in Label::ALL {
            let expected = if label == Label::Event {
                Ok(())
            } else {
                Err(SignatureError::Mismatch)
            };
            assert_eq!(
                key().verifying_key().verify(label, b"bytes", &signature),
                expected
            );
        }
    }

    #[test]
    fn labels_are_distinct_and_carry_product_and_version() {
        let texts: BTreeSet<_> = Label::ALL.into_iter().map(Label::text).collect();
        assert_eq!(texts.len(), Label::ALL.len());
        assert!(
            texts
                .iter()
                .all(|text| text.starts_with("sluis/1/") && text.len() < 256)
        );
    }

    #[test]
    fn no_changed_bit_verifies() {
        let signature = key().sign(Label::Reply, b"bytes");
        for bit in 0..512 {
            let mut changed = signature;
            changed.0[bit / 8] ^= 1 << (bit % 8);
            assert!(
                key()
                    .verifying_key()
                    .verify(Label::Reply, b"bytes", &changed)
                    .is_err(),
                "bit {bit}"
            );
        }
        assert!(
            key()
                .verifying_key()
                .verify(Label::Reply, b"bytez", &signature)
                .is_err()
        );
        assert!(
            SigningKey::from_seed([8; 32])
                .verifying_key()
                .verify(Label::Reply, b"bytes", &signature)
                .is_err()
        );
    }

    #[test]
    fn keys_of_small_order_are_refused() {
        let identity = {
            let mut bytes = [0; 32];
            bytes[0] = 1;
            bytes
        };
        let order_two = {
            let mut bytes = [0xff; 32];
            bytes[0] = 0xec;
            bytes[31] = 0x7f;
            bytes
        };
        for bytes in [[0; 32], identity, order_two] {
            assert_eq!(
                VerifyingKey::parse(bytes),
                Err(SignatureError::UnacceptableKey)
            );
        }
    }

    #[test]
    fn keys_in_another_spelling_are_refused() {
        // y = 2^255 - 19 + 3 is the point y = 3 in another spelling.
        let mut bytes = [0xff; 32];
        bytes[0] = 0xf0;
        bytes[31] = 0x7f;
        assert!(ed25519_dalek::VerifyingKey::from_bytes(&bytes).is_ok());
        assert_eq!(
            VerifyingKey::parse(bytes),
            Err(SignatureError::UnacceptableKey)
        );
    }

    #[test]
    fn a_stored_key_is_checked_when_it_is_read() {
        use sluis_wire::codec::{decode, encode};
        let key = key().verifying_key();
        assert_eq!(decode::<VerifyingKey>(&encode(&key), 32), Ok(key));
        assert!(decode::<VerifyingKey>(&[0; 32], 32).is_err());
        let signature = Signature([9; 64]);
        assert_eq!(encode(&signature), [9; 64]);
        assert_eq!(decode::<Signature>(&[9; 64], 64), Ok(signature));
    }

    #[test]
    fn a_signing_key_does_not_show_itself() {
        let shown = alloc::format!("{:?}", key());
        assert_eq!(shown, "SigningKey(redacted)");
        assert_eq!(key().expose_seed(), &[7; 32]);
        assert_eq!(
            VerifyingKey::parse(*key().verifying_key().as_bytes()).unwrap(),
            key().verifying_key()
        );
    }
}
