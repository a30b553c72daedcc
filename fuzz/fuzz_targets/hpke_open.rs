//! A message sealed to a public key opens unchanged, and never after any change; arbitrary bytes never open.
//! Input as for `chunked`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluis_fuzz::{Fixed, Fuzz, change};
use sluis_protocol::primitives::{
    kem::{KemPublic, KemSecret, open_base, open_psk, seal_base, seal_psk},
    secret::SecretKey,
};

fuzz_target!(|bytes: &[u8]| {
    let secret = KemSecret::from_seed([2; 32]);
    let psk = SecretKey::<Fuzz>::from_bytes([3; 32]);
    assert!(open_base(&secret, b"info", b"aad", bytes).is_err());
    assert!(open_psk(&secret, &psk, b"id", b"info", b"aad", bytes).is_err());
    if let Ok(public) = KemPublic::parse(bytes) {
        assert_eq!(public.as_bytes().as_slice(), bytes);
        assert!(seal_base(&public, b"info", b"aad", b"message", &mut Fixed).is_ok());
    }
    let (changes, message) = change::split(bytes);
    let public = secret.public();
    let sealed = seal_base(&public, b"info", b"aad", message, &mut Fixed).expect("short context");
    let changed = change::apply(changes, &sealed);
    match open_base(&secret, b"info", b"aad", &changed) {
        Ok(opened) => assert!(changed == sealed && *opened == message),
        Err(_) => assert_ne!(changed, sealed),
    }
    let sealed = seal_psk(&public, &psk, b"id", b"info", b"aad", message, &mut Fixed)
        .expect("short context");
    let changed = change::apply(changes, &sealed);
    match open_psk(&secret, &psk, b"id", b"info", b"aad", &changed) {
        Ok(opened) => assert!(changed == sealed && *opened == message),
        Err(_) => assert_ne!(changed, sealed),
    }
});
