//! Proofs that a request comes from the holder of a capability key (docs/protocol.md 4.2).
//!
//! Whether the key may do what the request asks, and whether the nonce was used before, is the relay's to decide.

use sluis_wire::address::{CapabilityKey, GenesisHash};
use sluis_wire::capability::{Proof, signed_bytes};
use sluis_wire::limits::PROOF_SECONDS;
use sluis_wire::time::UnixTime;

use crate::error::{Error, Field};
use crate::signature::{Label, Signature, SigningKey, VerifyingKey};

const METHOD: &str = "POST";
const PATH: usize = 255;

/// A proof for one request. `now` is the relay's time (decision 35); the proof expires half of [`PROOF_SECONDS`] later, so
/// that a clock may be that much wrong in either direction.
#[must_use]
pub fn sign_request(
    key: &SigningKey,
    genesis: &GenesisHash,
    path: &str,
    body: &[u8],
    nonce: [u8; 16],
    now: UnixTime,
) -> Proof {
    let expiry = now.plus(PROOF_SECONDS / 2);
    let signed = signed_bytes(genesis, METHOD, path, body, &nonce, expiry);
    Proof {
        key: CapabilityKey(*key.verifying_key().as_bytes()),
        nonce,
        expiry,
        signature: key.sign(Label::Capability, &signed).0,
    }
}

/// Which capability the request was signed with.
///
/// # Errors
/// [`Error::Expired`], [`Error::TooEarly`] more than [`PROOF_SECONDS`] ahead, [`Error::Signature`] for any other request than the one signed,
/// [`Error::Bounds`] for a path longer than 255 bytes.
pub fn verify_request(
    proof: &Proof,
    genesis: &GenesisHash,
    path: &str,
    body: &[u8],
    now: UnixTime,
) -> Result<CapabilityKey, Error> {
    if path.len() > PATH {
        return Err(Error::Bounds(Field::Path));
    }
    if proof.expiry < now {
        return Err(Error::Expired);
    }
    if proof.expiry.since(now) > PROOF_SECONDS {
        return Err(Error::TooEarly);
    }
    let signed = signed_bytes(genesis, METHOD, path, body, &proof.nonce, proof.expiry);
    let key = VerifyingKey::parse(proof.key.0)?;
    key.verify(Label::Capability, &signed, &Signature(proof.signature))?;
    Ok(proof.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENESIS: GenesisHash = GenesisHash([1; 32]);
    const NOW: UnixTime = UnixTime(1_800_000_000);
    const PATH: &str = "/api/1/intake/list";

    fn proof() -> Proof {
        let key = SigningKey::from_seed([2; 32]);
        sign_request(&key, &GENESIS, PATH, b"body", [3; 16], NOW)
    }

    fn verify(proof: &Proof) -> Result<CapabilityKey, Error> {
        verify_request(proof, &GENESIS, PATH, b"body", NOW)
    }

    #[test]
    fn a_signed_request_names_its_capability() {
        assert_eq!(verify(&proof()), Ok(proof().key));
    }

    #[test]
    fn a_proof_holds_for_one_request_at_one_relay() {
        let proof = proof();
        let other = GenesisHash([9; 32]);
        for result in [
            verify_request(&proof, &other, PATH, b"body", NOW),
            verify_request(&proof, &GENESIS, "/api/1/board/post", b"body", NOW),
            verify_request(&proof, &GENESIS, PATH, b"other", NOW),
            verify(&Proof {
                nonce: [4; 16],
                ..proof.clone()
            }),
            verify(&Proof {
                expiry: proof.expiry.plus(1),
                ..proof.clone()
            }),
            verify(&Proof {
                key: CapabilityKey([0; 32]),
                ..proof.clone()
            }),
        ] {
            assert!(matches!(result, Err(Error::Signature(_))), "{result:?}");
        }
    }

    #[test]
    fn a_proof_holds_for_a_minute_at_most() {
        let at = |now| verify_request(&proof(), &GENESIS, PATH, b"body", UnixTime(now));
        assert!(at(NOW.0 + PROOF_SECONDS / 2).is_ok());
        assert!(at(NOW.0 - PROOF_SECONDS / 2).is_ok());
        assert_eq!(at(NOW.0 + PROOF_SECONDS / 2 + 1), Err(Error::Expired));
        assert_eq!(at(NOW.0 - PROOF_SECONDS / 2 - 1), Err(Error::TooEarly));
    }

    #[test]
    fn a_path_that_does_not_fit_is_refused() {
        let long = "/".repeat(256);
        let result = verify_request(&proof(), &GENESIS, &long, b"body", NOW);
        assert_eq!(result, Err(Error::Bounds(Field::Path)));
    }
}
