//! Files of a dossier: what is written down about each, what can be shown of it, and under what name it may be saved.
//!
//! A file comes from anybody. What it is called and what its sender says it is are words to show, never reasons to do anything: what is shown,
//! and how, follows from its first bytes alone.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::FileRef;

/// Most bytes of a file's name, and of what its sender calls its kind.
pub const FILE_NAME_MOST: usize = 200;
/// First bytes of a file that [`look`] needs at most.
pub const LOOK_MOST: usize = 64 * 1024;
/// Most points of a picture that is drawn: 8,000 by 8,000 and some more. One that says it is larger could fill the memory.
pub const POINTS_MOST: u64 = 72_000_000;
/// Most bytes of a text that is shown.
pub const TEXT_SHOWN_MOST: u64 = 256 * 1024;

/// A file, as it stands in an event or in a message of a reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name at the relay.
    pub file: FileRef,
    /// What opens it.
    pub secret: FileSecret,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of its content: shows later that it is the same file.
    pub hash: [u8; 32],
    /// What its sender calls it.
    pub name: String,
    /// What its sender says it is, as browsers write it (`image/jpeg`).
    pub media: String,
    /// Details about place and device were taken out on the way in.
    pub cleaned: bool,
}

/// What opens a file: opaque here (a key, and the head of what is sealed with it).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSecret(pub Vec<u8>);

impl fmt::Debug for FileSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FileSecret(redacted)")
    }
}

/// A file was taken away: its pieces are deleted, and this stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRemoval {
    /// Which file.
    pub file: FileRef,
    /// Why.
    pub reason: String,
}

/// How a file can be shown without any of it being run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As a picture of so many points, drawn anew.
    Picture {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// As sound of this kind.
    Sound(&'static str),
    /// As moving pictures of this kind.
    Film(&'static str),
    /// As plain text.
    Text,
    /// Not at all: it can be saved.
    Unknown,
}

/// How a file can be shown, by its first [`LOOK_MOST`] bytes and its size.
#[must_use]
pub fn look(first: &[u8], size: u64) -> Look {
    if let Some((width, height)) = picture(first) {
        let points = u64::from(width) * u64::from(height);
        return if points > 0 && points <= POINTS_MOST {
            Look::Picture { width, height }
        } else {
            Look::Unknown
        };
    }
    if let Some(look) = sound_or_film(first) {
        return look;
    }
    let whole = usize::try_from(size) == Ok(first.len());
    if size > 0 && size <= TEXT_SHOWN_MOST && is_text(first, whole) {
        Look::Text
    } else {
        Look::Unknown
    }
}

/// Width and height of a picture of a kind that is shown.
fn picture(first: &[u8]) -> Option<(u32, u32)> {
    if first.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR") {
        let side = |at| Some(u32::from_be_bytes(bytes(first, at)?));
        Some((side(16)?, side(20)?))
    } else if first.starts_with(b"GIF87a") || first.starts_with(b"GIF89a") {
        let side = |at| Some(u16::from_le_bytes(bytes(first, at)?).into());
        Some((side(6)?, side(8)?))
    } else if first.starts_with(&[0xff, 0xd8, 0xff]) {
        jpeg(first)
    } else if first.starts_with(b"RIFF") && bytes(first, 8) == Some(*b"WEBP") {
        webp(first)
    } else {
        None
    }
}

/// So many bytes from a place on.
fn bytes<const N: usize>(first: &[u8], at: usize) -> Option<[u8; N]> {
    first.get(at..)?.first_chunk().copied()
}

/// Walks from segment to segment to the one that says how large the picture is.
fn jpeg(first: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        match bytes(first, at)? {
            [0xff, 0xff] => at += 1,
            [0xff, kind] => {
                let frame = matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc);
                if frame {
                    let side = |at| Some(u16::from_be_bytes(bytes(first, at)?).into());
                    return Some((side(at + 7)?, side(at + 5)?));
                }
                let length = usize::from(u16::from_be_bytes(bytes(first, at + 2)?));
                // The length counts itself.
                at += 2 + length.max(2);
            }
            _ => return None,
        }
    }
}

fn webp(first: &[u8]) -> Option<(u32, u32)> {
    match &bytes::<4>(first, 12)? {
        b"VP8 " if bytes(first, 23)? == [0x9d, 0x01, 0x2a] => {
            let side = |at| Some(u32::from(u16::from_le_bytes(bytes(first, at)?) & 0x3fff));
            Some((side(26)?, side(28)?))
        }
        b"VP8L" if bytes(first, 20)? == [0x2f] => {
            let bits = u32::from_le_bytes(bytes(first, 21)?);
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => {
            let side = |at| {
                let [low, middle, high] = bytes(first, at)?;
                Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
            };
            Some((side(24)?, side(27)?))
        }
        _ => None,
    }
}

fn sound_or_film(first: &[u8]) -> Option<Look> {
    const SOUNDS: [(&[u8], &str); 9] = [
        (b"OggS", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"ID3", "audio/mpeg"),
        (&[0xff, 0xfb], "audio/mpeg"),
        (&[0xff, 0xf3], "audio/mpeg"),
        (&[0xff, 0xf2], "audio/mpeg"),
        (&[0xff, 0xf1], "audio/aac"),
        (&[0xff, 0xf9], "audio/aac"),
        // Every track of pictures says so in its first bytes; see below.
        (&[0x1a, 0x45, 0xdf, 0xa3], "audio/webm"),
    ];
    let holds = |part: &[u8]| first.windows(part.len()).any(|window| window == part);
    let starts = |(start, _): &&(&[u8], &'static str)| first.starts_with(start);
    if let Some((_, kind)) = SOUNDS.iter().find(starts) {
        let pictures = *kind == "audio/webm" && (holds(b"V_VP") || holds(b"V_AV"));
        return Some(if pictures {
            Look::Film("video/webm")
        } else {
            Look::Sound(kind)
        });
    }
    if first.starts_with(b"RIFF") && bytes(first, 8) == Some(*b"WAVE") {
        return Some(Look::Sound("audio/wav"));
    }
    let brand: [u8; 4] = bytes(first, 8).filter(|_| bytes(first, 4) == Some(*b"ftyp"))?;
    Some(match &brand {
        b"M4A " => Look::Sound("audio/mp4"),
        // Pictures in this wrapping are not shown.
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"mif1" | b"msf1" | b"avif" | b"avis" => {
            Look::Unknown
        }
        _ => Look::Film("video/mp4"),
    })
}

/// Whether it is text without anything that does not belong in one. A sign that is cut at the end is no fault unless that is the end.
fn is_text(first: &[u8], whole: bool) -> bool {
    let text = match core::str::from_utf8(first) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && !whole => {
            let valid = first.get(..error.valid_up_to()).unwrap_or_default();
            core::str::from_utf8(valid).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && text
            .chars()
            .all(|sign| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r'))
}

/// A name under which a file may be saved on any system: nothing that leads elsewhere, hides its ending, or turns the direction of writing.
#[must_use]
pub fn safe_name(name: &str) -> String {
    const LETTERS: usize = 120;
    let plain = |sign: &char| {
        !sign.is_control()
            && !matches!(*sign, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            && !matches!(*sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let kept: String = name.chars().filter(plain).collect();
    let kept = kept.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let count = kept.chars().count();
    let short: String = if count > LETTERS {
        // The ending says most about a file.
        kept.chars().skip(count - LETTERS).collect()
    } else {
        kept.to_string()
    };
    let short = short.trim_start_matches('.').trim();
    if short.is_empty() {
        "bestand".to_string()
    } else {
        short.to_string()
    }
}

/// The name under which a file is saved: a few digits of its hash and its ending. Browsers remember the names of what they save.
#[must_use]
pub fn saved_name(name: &str, hash: &[u8; 32]) -> String {
    const ENDING: usize = 8;
    let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or('0');
    let mut saved = String::from("bestand-");
    for byte in hash.iter().take(4) {
        saved.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    let safe = safe_name(name);
    let ending = safe.rsplit_once('.').map(|(_, ending)| ending);
    let plain = |ending: &&str| {
        (1..=ENDING).contains(&ending.len())
            && ending.bytes().all(|sign| sign.is_ascii_alphanumeric())
    };
    if let Some(ending) = ending.filter(plain) {
        saved.push('.');
        saved.push_str(ending);
    }
    saved
}

/// A name or kind as it is written down: what does not fit is left out at its end.
#[must_use]
pub fn fitting(words: &str) -> String {
    let mut end = words.len().min(FILE_NAME_MOST);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words.get(..end).unwrap_or_default().to_string()
}
