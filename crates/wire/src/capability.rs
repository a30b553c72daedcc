//! Proof that a request comes from someone who holds a capability key: one header, no account, no session.
//!
//! ```text
//! header `sluis-proof` = base64url(key 32 ‖ nonce 16 ‖ expiry 8 (big endian, unix seconds) ‖ signature 64), no padding
//! signed  = genesis 32 ‖ len(method) 1 ‖ method ‖ len(path) 1 ‖ path ‖ SHA-256(body) 32 ‖ nonce 16 ‖ expiry 8
//! ```
//! The signature's label is `sluis/1/capability` (docs/protocol.md 4.2). Verification lives in `sluis-directory`.

use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::address::{CapabilityKey, GenesisHash};
use crate::time::UnixTime;

/// Name of the header that carries a [`Proof`].
pub const HEADER: &str = "sluis-proof";
const LENGTH: usize = 32 + 16 + 8 + 64;

/// What a request shows to the relay. Parsed, not yet believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Which capability.
    pub key: CapabilityKey,
    /// Random, remembered by the relay until `expiry`.
    pub nonce: [u8; 16],
    /// At most [`crate::limits::PROOF_SECONDS`] ahead of the relay's clock.
    pub expiry: UnixTime,
    /// Ed25519 over [`signed_bytes`].
    pub signature: [u8; 64],
}

impl Proof {
    /// The header's value.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend_from_slice(&self.key.0);
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.expiry.0.to_be_bytes());
        bytes.extend_from_slice(&self.signature);
        Base64UrlUnpadded::encode_string(&bytes)
    }

    /// Reads a header's value.
    ///
    /// # Errors
    /// [`Error::Malformed`] when it is not exactly one proof.
    pub fn parse(value: &str) -> Result<Self, Error> {
        let mut bytes = [0; LENGTH];
        let read = Base64UrlUnpadded::decode(value, &mut bytes).map_err(|_| Error::Malformed)?;
        let (key, rest) = read.split_first_chunk::<32>().ok_or(Error::Malformed)?;
        let (nonce, rest) = rest.split_first_chunk::<16>().ok_or(Error::Malformed)?;
        let (expiry, rest) = rest.split_first_chunk::<8>().ok_or(Error::Malformed)?;
        let signature: &[u8; 64] = rest.try_into().map_err(|_| Error::Malformed)?;
        Ok(Self {
            key: CapabilityKey(*key),
            nonce: *nonce,
            expiry: UnixTime(u64::from_be_bytes(*expiry)),
            signature: *signature,
        })
    }
}

/// The bytes that a proof signs. `path` starts with a slash and has no query; both texts are at most 255 bytes.
#[must_use]
pub fn signed_bytes(
    genesis: &GenesisHash,
    method: &str,
    path: &str,
    body: &[u8],
    nonce: &[u8; 16],
    expiry: UnixTime,
) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(32 + 2 + method.len() + path.len() + 32 + 16 + 8);
    bytes.extend_from_slice(&genesis.0);
    for text in [method, path] {
        bytes.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes.extend_from_slice(&Sha256::digest(body));
    bytes.extend_from_slice(nonce);
    bytes.extend_from_slice(&expiry.0.to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_reads_back_as_written() {
        let proof = Proof {
            key: CapabilityKey([1; 32]),
            nonce: [2; 16],
            expiry: UnixTime(3),
            signature: [4; 64],
        };
        assert_eq!(Proof::parse(&proof.encode()), Ok(proof.clone()));
        assert_eq!(Proof::parse(&proof.encode()[1..]), Err(Error::Malformed));
        assert_eq!(
            Proof::parse(&alloc::format!("{}A", proof.encode())),
            Err(Error::Malformed)
        );
    }
}
