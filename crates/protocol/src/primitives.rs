//! Suite 1: the one place that names a decryption crate, with a thin function per construction.
//!
//! | Module | Construction | Source |
//! |---|---|---|
//! | [`kem`] | HPKE base and PSK mode, X-Wing, HKDF-SHA-256, ChaCha20-Poly1305 | RFC 9180; draft-ietf-hpke-pq |
//! | [`chunked`] | chunked encryption with AES-256-GCM and key commitment | C2SP chunked-encryption v1 |
//! | [`kdf`] | SHA-256, HKDF-SHA-256, HMAC-SHA-256 | FIPS 180-4, RFC 5869, RFC 2104 |
//! | [`stretch`] | Argon2id | RFC 9106 |
//!
//! There is no second algorithm for any job, and nothing here takes a parameter from a peer.

pub mod chunked;
pub mod kdf;
pub mod kem;
pub mod secret;
pub mod stretch;
