//! Sealed content opens unchanged, and never after any change.
//!
//! Input: a number of changes (1), each place (4) and value (1), then the content. The content is sealed, then changed,
//! so that the fuzzer gets past the commitment.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sluis_fuzz::{Fixed, Fuzz, change};
use sluis_protocol::primitives::{chunked, secret::SecretKey};

fuzz_target!(|bytes: &[u8]| {
    let key = SecretKey::<Fuzz>::from_bytes([1; 32]);
    let _ = chunked::open(&key, b"context", bytes);
    let (changes, content) = change::split(bytes);
    let sealed = chunked::seal(&key, b"context", content, &mut Fixed);
    assert_eq!(sealed.len(), chunked::sealed_len(content.len()));
    let changed = change::apply(changes, &sealed);
    match chunked::open(&key, b"context", &changed) {
        Ok(opened) => assert!(changed == sealed && *opened == content),
        Err(_) => assert_ne!(changed, sealed),
    }
});
