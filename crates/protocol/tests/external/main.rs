//! Vectors that others published, run against suite 1 and counted: if a file or a group of cases went missing, the
//! count would fall and this test would fail.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use std::io::Write as _;

mod hybrid;
mod signatures;
mod symmetric;

/// Fewest vectors that have to be run.
const NEEDED: usize = 2_900;

/// What is run, and the function that runs it and says how many vectors there were.
type Suite = (&'static str, fn() -> usize);

const SUITES: [Suite; 15] = [
    ("AES-256-GCM (Wycheproof)", symmetric::aes_256_gcm),
    (
        "chunked encryption AES-256-GCM (Wycheproof, C2SP)",
        symmetric::chunked_encryption,
    ),
    (
        "ChaCha20-Poly1305 (Wycheproof)",
        symmetric::chacha20_poly1305,
    ),
    ("HKDF-SHA-256 (Wycheproof)", symmetric::hkdf_sha256),
    ("HKDF-SHA-512 (Wycheproof)", symmetric::hkdf_sha512),
    ("HMAC-SHA-256 (Wycheproof)", symmetric::hmac_sha256),
    ("Argon2id (RFC 9106)", symmetric::argon2id),
    ("Ed25519 (Wycheproof)", signatures::wycheproof),
    ("Ed25519 edge cases (C2SP/CCTV)", signatures::edge_cases),
    ("X25519 (Wycheproof)", hybrid::x25519),
    (
        "ML-KEM-768 key generation (Wycheproof)",
        hybrid::ml_kem_key_generation,
    ),
    (
        "ML-KEM-768 encapsulation (Wycheproof)",
        hybrid::ml_kem_encapsulation,
    ),
    (
        "ML-KEM-768 decapsulation (Wycheproof)",
        hybrid::ml_kem_decapsulation,
    ),
    ("X-Wing (draft-connolly-cfrg-xwing-kem)", hybrid::x_wing),
    ("HPKE with X-Wing (hpkewg/hpke-pq)", hybrid::hpke_x_wing),
];

#[test]
fn published_vectors_hold_and_none_is_missing() {
    let mut lines = Vec::new();
    let mut total = 0;
    for (name, run) in SUITES {
        let count = run();
        assert!(count > 0, "{name} ran nothing");
        lines.push(format!("{count:>6}  {name}"));
        total += count;
    }
    // Past the capture of the test runner: closing notes quote these lines.
    writeln!(
        std::io::stderr(),
        "{}\nexternal vectors: {total}",
        lines.join("\n")
    )
    .unwrap();
    assert!(total >= NEEDED, "{total} vectors ran, {NEEDED} are needed");
}

/// Bytes written in hexadecimal.
fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "odd number of digits");
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// The bytes of a field of a JSON object.
fn field(object: &serde_json::Value, name: &str) -> Vec<u8> {
    hex(object[name].as_str().unwrap())
}
