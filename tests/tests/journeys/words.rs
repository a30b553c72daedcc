//! The words of the screens, from the catalogues: a journey looks for what a person reads.

use std::fs;

use anyhow::{Context as _, Result};

use crate::relay::root;

/// The text of a key without variables.
///
/// # Errors
/// The catalogue has no such text.
pub(crate) fn words(language: &str, part: &str, key: &str) -> Result<String> {
    let file = root()
        .join("frontend/kit/catalogue")
        .join(language)
        .join(format!("{part}.ftl"));
    let text = fs::read_to_string(&file)?;
    let found = text
        .lines()
        .find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    Ok(found
        .with_context(|| format!("no {key} in {}", file.display()))?
        .trim()
        .to_owned())
}

/// A text of the reporter's page in Dutch.
///
/// # Errors
/// The catalogue has no such text.
pub(crate) fn reporter(key: &str) -> Result<String> {
    words("nl", "reporter", key)
}

/// A text of the desk in Dutch.
///
/// # Errors
/// The catalogue has no such text.
pub(crate) fn desk(key: &str) -> Result<String> {
    words("nl", "desk", key)
}
