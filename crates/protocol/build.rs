//! Packs the word lists for compiling in: a fifth smaller after compression, which counts on the reporter page.
//!
//! ```text
//! packed = for each word: letters shared with the word before ('A' for none, 'B' for one, …) ‖ the other letters
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "a build script hands over its result as a file"
)]

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    for language in ["nl", "en"] {
        let source = format!("src/words/{language}.txt");
        println!("cargo::rerun-if-changed={source}");
        let packed = pack(&fs::read_to_string(&source)?);
        fs::write(
            Path::new(&out).join(format!("words-{language}.txt")),
            packed,
        )?;
    }
    Ok(())
}

fn pack(text: &str) -> String {
    let mut packed = String::new();
    let mut before = "";
    for word in text.split_ascii_whitespace() {
        let shared = before
            .chars()
            .zip(word.chars())
            .take_while(|(old, new)| old == new)
            .count();
        packed.extend(('A'..).nth(shared));
        packed.extend(word.chars().skip(shared));
        before = word;
    }
    packed
}
