//! The work on one file: cleaned, sealed, sent, read and opened, piece by piece so that memory stays flat.

use std::cell::Cell;

use futures_channel::mpsc::UnboundedSender;
use futures_util::future::join_all;
use js_sys::Array;
use sluis_domain::file::Look;
use sluis_link::{Fault, FileSight};
use sluis_protocol::engine::{FileReader, PieceFault, Reply};
use sluis_protocol::file::{SealedFile, true_len};
use sluis_protocol::primitives::kdf::Hasher;
use sluis_wire::address::FileAddress;
use sluis_wire::api::{Call, FileFinish, FileLook, FileProgress, FileTicket, PiecePut};
use sluis_wire::codec;
use sluis_wire::limits::FILE_PIECE_CONTENT;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::{FileInput, Seen, Sent, say};
use crate::cipher::Cipher;
use crate::desk::{Input, now};
use crate::storage::Storage;
use crate::{net, picture};

/// Pieces that are on the road at one time.
const ABREAST: usize = 4;
/// Pieces that are opened before their content is handed to the browser's own keeping.
const HANDED: u32 = 16;
/// What a file is called whose kind says nothing.
const BYTES: &str = "application/octet-stream";

/// One file on its way, as its task sees it.
pub(super) struct Task<'a> {
    pub(super) id: u32,
    pub(super) inbox: &'a UnboundedSender<Input>,
    pub(super) stop: &'a Cell<bool>,
}

impl Task<'_> {
    fn at(&self, done: u32, of: u32) {
        let permille = u64::from(done) * 1_000 / u64::from(of.max(1));
        let permille = u16::try_from(permille).unwrap_or(1_000);
        say(self.inbox, FileInput::At(self.id, permille));
    }

    /// Seals all of a file into storage; its hash.
    pub(super) async fn seal(
        &self,
        name: FileAddress,
        blob: &Blob,
        file: &SealedFile,
        storage: &Storage,
    ) -> Result<[u8; 32], Fault> {
        let unreadable = |_: JsValue| Fault::FileGone;
        let cipher = Cipher::new(file).await.map_err(|_| Fault::Internal)?;
        let mut hasher = Hasher::default();
        let count = file.pieces();
        for number in 0..count {
            if self.stop.get() {
                return Err(Fault::Refused);
            }
            let start = f64::from(number) * piece_content();
            let length = u32::try_from(true_len(file.size(), number)).unwrap_or(0);
            let end = start + f64::from(length);
            let content = picture::part(blob, start, end).await.map_err(unreadable)?;
            hasher.update(&content.to_vec());
            let piece = cipher.seal(number, &content).await.map_err(unreadable)?;
            storage
                .put_piece(name, number, &piece)
                .await
                .map_err(|_| Fault::Storage)?;
            self.at(number + 1, count);
        }
        Ok(hasher.finish())
    }

    /// Sends what the relay does not have yet of a file.
    pub(super) async fn send(
        &self,
        ticket: FileTicket,
        file: FileAddress,
        count: u32,
        storage: &Storage,
    ) -> Sent {
        let Ok(progress) = ask(&FileLook { ticket }).await else {
            return Sent::Later;
        };
        let missing: Vec<u32> = (0..count).filter(|n| !has(&progress, *n)).collect();
        let mut done = count - u32::try_from(missing.len()).unwrap_or(0);
        for numbers in missing.chunks(ABREAST) {
            if self.stop.get() {
                return Sent::Later;
            }
            let put = async |number: u32| {
                let piece = storage.piece(file, number).await.ok().flatten();
                let piece = piece.ok_or(Sent::Refused)?;
                let call = PiecePut {
                    ticket,
                    number,
                    piece,
                };
                ask(&call).await.map(|_| ())
            };
            let puts = join_all(numbers.iter().map(|number| put(*number))).await;
            if let Some(failed) = puts.into_iter().find_map(Result::err) {
                return failed;
            }
            done += u32::try_from(numbers.len()).unwrap_or(0);
            self.at(done, count);
        }
        match ask(&FileFinish { ticket }).await {
            Ok(_) => Sent::Whole,
            Err(_) => Sent::Later,
        }
    }

    /// Reads and opens all of a file.
    pub(super) async fn read(&self, reader: &FileReader) -> Result<Blob, PieceFault> {
        let here = |_: JsValue| PieceFault::Later;
        let file = reader.sealed();
        let cipher = Cipher::new(file).await.map_err(here)?;
        let mut hasher = Hasher::default();
        let (count, whole) = (file.pieces(), Array::new());
        let mut some = Array::new();
        let mut chance = rand_core::UnwrapErr(getrandom::SysRng);
        let numbers: Vec<u32> = (0..count).collect();
        for numbers in numbers.chunks(ABREAST) {
            if self.stop.get() {
                return Err(PieceFault::Later);
            }
            let asked = numbers.iter().map(|number| {
                let request = reader.request(*number, now(), &mut chance);
                async move {
                    net::send(request.path, &request.body, request.proof.as_deref()).await
                }
            });
            let replies = join_all(asked).await;
            for (number, reply) in numbers.iter().zip(&replies) {
                let piece = reader.answered(*number, reply)?;
                let opened = cipher.open(*number, &piece).await;
                let content = opened.map_err(|_| PieceFault::Damaged)?;
                hasher.update(&content.to_vec());
                some.push(&content);
                if some.length() == HANDED || number + 1 == count {
                    let handed = Blob::new_with_u8_array_sequence(&some).map_err(here)?;
                    whole.push(&handed);
                    some = Array::new();
                }
                self.at(number + 1, count);
            }
        }
        if hasher.finish() != reader.file().hash {
            return Err(PieceFault::Damaged);
        }
        picture::joined(&whole, BYTES).map_err(here)
    }
}

fn piece_content() -> f64 {
    f64::from(u32::try_from(FILE_PIECE_CONTENT).unwrap_or(0))
}

/// Looks at a file on its way in: a picture loses everything but what it shows.
pub(super) async fn clean(blob: Blob, says_picture: bool) -> Result<(Blob, bool), Fault> {
    let look = picture::look_at(&blob).await.map_err(|_| Fault::FileGone)?;
    if !matches!(look, Look::Picture { .. }) {
        return if says_picture {
            Err(Fault::NotCleaned)
        } else {
            Ok((blob, false))
        };
    }
    match picture::cleaned(&blob).await {
        Ok(Some(cleaned)) => Ok((cleaned, true)),
        // A picture of a kind that holds no such details.
        Ok(None) => Ok((blob, false)),
        Err(_) => Err(Fault::NotCleaned),
    }
}

/// What can be seen of a file that has been read. What the browser cannot draw can be saved.
pub(super) async fn see(blob: Blob) -> Result<Seen, JsValue> {
    let look = picture::look_at(&blob).await?;
    let plays = |kind: &str| picture::joined(&Array::of1(&blob), kind);
    Ok(match look {
        Look::Picture { width, .. } => match picture::points(&blob, width).await {
            Ok(points) => Seen {
                sight: FileSight::Picture {
                    width: points.width(),
                    height: points.height(),
                },
                points: Some(points.into()),
                blob,
            },
            Err(_) => plain(FileSight::Nothing, blob),
        },
        Look::Sound(kind) => plain(FileSight::Sound, plays(kind)?),
        Look::Film(kind) => plain(FileSight::Film, plays(kind)?),
        Look::Text => {
            let bytes = picture::part(&blob, 0.0, blob.size()).await?.to_vec();
            plain(
                FileSight::Text(String::from_utf8_lossy(&bytes).into_owned()),
                blob,
            )
        }
        Look::Unknown => plain(FileSight::Nothing, blob),
    })
}

fn plain(sight: FileSight, blob: Blob) -> Seen {
    Seen {
        sight,
        blob,
        points: None,
    }
}

/// Asks the relay something that needs a ticket only.
async fn ask<C: Call>(call: &C) -> Result<C::Answer, Sent> {
    let body = codec::encode(call);
    let body = match C::SIZE {
        Some(size) => codec::pad_to(&body, size).map_err(|_| Sent::Refused)?,
        None => body,
    };
    match net::send(C::PATH, &body, None).await {
        Reply::Answer(body) => codec::decode(&body, body.len()).map_err(|_| Sent::Later),
        Reply::Problem(_) | Reply::Lost => Err(Sent::Later),
    }
}

fn has(progress: &FileProgress, number: u32) -> bool {
    let byte = usize::try_from(number / 8)
        .ok()
        .and_then(|index| progress.present.get(index));
    byte.is_some_and(|byte| byte >> (number % 8) & 1 == 1)
}
