//! The search with which every journey ends: what was typed must lie nowhere.

use std::fs;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::browser::{Browser, Remains};
use crate::relay::Relay;

/// Words that nobody has used before, and all else that must not be found.
pub(crate) struct Canary {
    seed: String,
    count: usize,
    secrets: Vec<String>,
    public: Vec<String>,
}

impl Canary {
    /// Words of one journey.
    pub(crate) fn new() -> Self {
        let seed = format!("{:016x}", RandomState::new().build_hasher().finish());
        // Without rows of digits, which the sweep before closing takes for telephone numbers.
        let letter = |digit: char| match digit {
            '0'..='9' => char::from_u32(u32::from(digit) - u32::from('0') + u32::from('g')),
            letter => Some(letter),
        };
        let seed = seed.chars().filter_map(letter).collect();
        Self {
            seed,
            count: 0,
            secrets: Vec::new(),
            public: Vec::new(),
        }
    }

    /// `text` with a word that is searched for at the end.
    pub(crate) fn text(&mut self, text: &str) -> String {
        format!("{text} {}", self.word())
    }

    /// A word that is searched for at the end.
    pub(crate) fn word(&mut self) -> String {
        self.count += 1;
        let word = format!("kanarie{}x{:03}", self.seed, self.count);
        self.secrets.push(word.clone());
        word
    }

    /// A text that must not be found, besides.
    pub(crate) fn secret(&mut self, secret: &str) {
        self.secrets.push(secret.to_owned());
    }

    /// A name that everybody may know: the relay has it in clear, which shows that the search finds what is there.
    pub(crate) fn public(&mut self, name: &str) -> String {
        let name = format!("{name} {}", self.seed);
        self.public.push(name.clone());
        name
    }

    /// Closes the browsers, stops the relay and searches what they leave: every file of the relay with its output, every file of
    /// the profiles (storage, history, caches), consoles and addresses.
    ///
    /// # Errors
    /// A word was found, or the search itself does not find what must be there.
    pub(crate) async fn search(self, relay: Relay, browsers: Vec<Browser>) -> Result<()> {
        let mut remains = Vec::new();
        for browser in browsers {
            remains.push(browser.close().await?);
        }
        self.search_in(relay, &remains)
    }

    /// The same for browsers that were closed before.
    ///
    /// # Errors
    /// A word was found, or the search itself does not find what must be there.
    pub(crate) fn search_in(self, mut relay: Relay, remains: &[Remains]) -> Result<()> {
        relay.kill();
        let mut found = Vec::new();
        let stored = files(relay.folder())?;
        for name in &self.public {
            ensure!(
                stored.iter().any(|(_, bytes)| holds(bytes, name)),
                "the search does not find \"{name}\", which the relay has"
            );
        }
        let mut all = stored;
        for one in remains {
            let profile = files(one.profile.path())?;
            ensure!(
                profile.iter().any(|(_, bytes)| holds(bytes, "127.0.0.1")),
                "the search does not find the address in the profile"
            );
            all.extend(profile);
            all.push((
                "console and requests".to_owned(),
                one.logs.clone().into_bytes(),
            ));
        }
        for secret in &self.secrets {
            found.extend(
                all.iter()
                    .filter(|(_, bytes)| holds(bytes, secret))
                    .map(|(name, _)| format!("\"{secret}\" in {name}")),
            );
        }
        ensure!(
            found.is_empty(),
            "found what was typed:\n{}",
            found.join("\n")
        );
        Ok(())
    }
}

/// Whether a file below `folder` holds a text; a folder that is not there holds nothing.
///
/// # Errors
/// It cannot be read.
pub(crate) fn folder_holds(folder: &Path, text: &str) -> Result<bool> {
    Ok(folder.is_dir() && files(folder)?.iter().any(|(_, bytes)| holds(bytes, text)))
}

/// What a file or folder holds; nothing where it has gone by now, as what a browser removes at its end may.
fn still<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(held) => Ok(Some(held)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// All files below a folder, with their names.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut all = Vec::new();
    for entry in still(fs::read_dir(folder))?.into_iter().flatten() {
        let entry = entry?;
        let Some(kind) = still(entry.file_type())? else {
            continue;
        };
        if kind.is_dir() {
            all.extend(files(&entry.path())?);
        } else if kind.is_file() {
            let name = entry.path().display().to_string();
            all.push((name.clone(), name.into_bytes()));
            let held = still(fs::read(entry.path()))?.unwrap_or_default();
            all.push((entry.path().display().to_string(), held));
        }
    }
    Ok(all)
}

/// Whether bytes hold a text, as UTF-8 or as UTF-16 as browsers store it.
fn holds(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    contains(bytes, text.as_bytes()) || contains(bytes, &wide)
}

/// Whether `needle` lies in `hay`. Looks at places with the first byte only: profiles are large.
fn contains(hay: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else {
        return true;
    };
    let mut rest = hay;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        let Some(from) = rest.get(at..) else {
            return false;
        };
        if from.starts_with(needle) {
            return true;
        }
        rest = from.get(1..).unwrap_or_default();
    }
    false
}

#[test]
fn the_search_finds_both_spellings_of_a_text() {
    let wide: Vec<u8> = "xkanariex"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(holds(b"kkkanarie", "kanarie") && holds(&wide, "kanarie"));
    assert!(!holds(b"kanari", "kanarie") && !holds(b"", "kanarie"));
}
