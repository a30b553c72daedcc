//! Turns the Fluent catalogues into typed Rust functions, one per message.
//!
//! A language is a folder under `catalogue/`; Dutch is the source that the others are held against. The build stops on a message that a
//! language lacks, on differing variables and on syntax that the compiler does not know, so that nobody ever meets a bare key on screen.

#[path = "build/catalogue.rs"]
mod catalogue;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    let folder =
        Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("catalogue");
    println!("cargo:rerun-if-changed={}", folder.display());
    println!("cargo:rerun-if-changed=build");
    match generate(&folder) {
        Ok(code) => {
            let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("text.rs");
            if let Err(error) = fs::write(&target, code) {
                println!("cargo:error={}: {error}", target.display());
                process::exit(1);
            }
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo:error={problem}");
            }
            process::exit(1);
        }
    }
}

fn generate(folder: &Path) -> Result<String, Vec<String>> {
    let languages = catalogue::languages(folder)
        .map_err(|error| vec![format!("{}: {error}", folder.display())])?;
    catalogue::compile(&languages)
}
