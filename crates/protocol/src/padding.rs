//! Size classes, so that a size tells little about what is inside.
//!
//! What is padded carries its own length ([`sluis_wire::codec::pad_to`]); zeros fill the rest. Sizes here are those
//! of the padded content before it is sealed. Objects of one fixed frame size (intake entries of 8 KiB, board entries
//! of 4 KiB) take the largest content that fits: [`intake_content`], [`BOARD_CONTENT`].

use alloc::vec::Vec;

use sluis_wire::{
    codec::{self, PAD_HEADER_LEN},
    envelope::IntakeEnvelope,
    frame::FrameType,
    time::Week,
};

use crate::primitives::kem;

/// Sizes of an event's padded content in bytes; above the last one [`padme`] holds.
pub const EVENT_CLASSES: [usize; 4] = [1024, 4 * 1024, 16 * 1024, 64 * 1024];
/// How many slots a set of wraps may have.
pub const WRAP_SLOTS: [usize; 4] = [8, 16, 32, 64];
/// Step of a control entry's padded content in bytes.
pub const CONTROL_STEP: usize = 4 * 1024;
/// Smallest padded size of a file in bytes, and one.
pub const FILE_FLOOR: u64 = 64 * 1024;

/// A length from 128 to 16,383 takes two bytes where an empty one takes one.
const EXTRA_LENGTH_BYTE: usize = 1;
/// Bytes of the envelope around the sealed bytes of a board entry: tag (16), length of the sealed bytes (2).
const BOARD_ENVELOPE: usize = 16 + 1 + EXTRA_LENGTH_BYTE;

/// Padded content of a board entry in bytes.
pub const BOARD_CONTENT: usize =
    FrameType::BoardEntry.max_body_len() - BOARD_ENVELOPE - kem::OVERHEAD;

/// Padded size in bytes of `len` bytes by Padmé: at most 12 % more, and few distinct sizes.
#[must_use]
pub fn padme(len: usize) -> usize {
    usize::try_from(padme_64(len as u64)).unwrap_or(len)
}

const fn padme_64(len: u64) -> u64 {
    if len < 2 {
        return len;
    }
    let exponent = len.ilog2();
    let free_bits = exponent - (exponent.ilog2() + 1);
    let mask = (1 << free_bits) - 1;
    match len.checked_add(mask) {
        Some(sum) => sum & !mask,
        None => len,
    }
}

/// Padded size in bytes of an event of `len` bytes: the smallest of [`EVENT_CLASSES`] that holds it and its length,
/// above these Padmé.
#[must_use]
pub fn event_size(len: usize) -> usize {
    let needed = len.saturating_add(PAD_HEADER_LEN);
    EVENT_CLASSES
        .into_iter()
        .find(|&class| class >= needed)
        .unwrap_or_else(|| padme(needed))
}

/// Padded size in bytes of a file of `len` bytes: one less than a size of Padmé, so that the last chunk is never full nor empty.
#[must_use]
pub const fn file_size(len: u64) -> u64 {
    let size = padme_64(len.saturating_add(1));
    if size < FILE_FLOOR {
        FILE_FLOOR - 1
    } else {
        size - 1
    }
}

/// Padded size in bytes of the body of a control entry of `len` bytes.
#[must_use]
pub fn control_size(len: usize) -> usize {
    len.saturating_add(PAD_HEADER_LEN)
        .next_multiple_of(CONTROL_STEP)
}

/// How many slots a set of wraps for so many recipients has; `None` when there are too many.
#[must_use]
pub fn wrap_slots(recipients: usize) -> Option<usize> {
    WRAP_SLOTS.into_iter().find(|&slots| slots >= recipients)
}

/// Padded content in bytes of an intake entry whose header names this week and directory length, so that the frame
/// has its one size.
#[must_use]
pub fn intake_content(week: Week, dir_seq: u64) -> usize {
    let empty = IntakeEnvelope {
        delete_hash: [0; 32],
        week,
        dir_seq,
        sealed: Vec::new(),
    };
    let around = codec::encode(&empty).len() + EXTRA_LENGTH_BYTE;
    FrameType::IntakeMessage.max_body_len() - around - kem::OVERHEAD
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use alloc::{collections::BTreeSet, vec};

    use sluis_wire::{
        address::BoardTag,
        envelope::{BoardEnvelope, EventEnvelope},
        frame::{Frame, FrameSize},
        limits,
    };

    use super::*;
    use crate::primitives::chunked;

    #[test]
    fn events_have_four_sizes_up_to_64_kib() {
        let sizes: BTreeSet<_> = (0..=65_532).map(event_size).collect();
        assert_eq!(sizes, BTreeSet::from(EVENT_CLASSES));
        assert_eq!(event_size(1020), 1024);
        assert_eq!(event_size(1021), 4096);
        assert_eq!(event_size(65_533), padme(65_537));
    }

    #[test]
    fn padme_adds_at_most_12_percent_and_never_cuts() {
        for len in (0..200_000).chain([1 << 20, (1 << 20) + 1, 100 << 20, usize::MAX]) {
            let padded = padme(len);
            assert!(
                padded >= len && (padded - len) <= len / 100 * 12 + 12,
                "{len} became {padded}"
            );
            assert_eq!(padme(padded), padded);
        }
    }

    #[test]
    fn files_start_at_64_kib_grow_by_at_most_one_thirtieth_and_end_within_a_chunk() {
        assert_eq!(file_size(0), FILE_FLOOR - 1);
        let chunk = chunked::CHUNK_LEN as u64;
        for len in (FILE_FLOOR..4 * 1024 * 1024).step_by(977).chain([
            limits::FILE_MOST_REPORTER,
            limits::FILE_MOST,
            limits::FILE_MOST - 1,
        ]) {
            let size = file_size(len);
            assert!(size >= len && size - len <= len / 32 + 1);
            assert!(!size.is_multiple_of(chunk), "{len}");
        }
    }

    #[test]
    fn wraps_come_in_four_counts() {
        assert_eq!(
            [0, 8, 9, 17, 33, 64].map(wrap_slots),
            [8, 8, 16, 32, 64, 64].map(Some)
        );
        assert_eq!(wrap_slots(65), None);
    }

    #[test]
    fn control_entries_grow_in_steps() {
        assert_eq!([0, 4092, 4093].map(control_size), [4096, 4096, 8192]);
    }

    #[test]
    fn an_intake_frame_has_its_one_size_whatever_its_header_says() {
        for (week, dir_seq) in [(0, 0), (2967, 130), (u32::MAX, u64::MAX)] {
            let week = Week(week);
            let sealed = vec![0; intake_content(week, dir_seq) + kem::OVERHEAD];
            let body = codec::encode(&IntakeEnvelope {
                delete_hash: [1; 32],
                week,
                dir_seq,
                sealed,
            });
            let frame = Frame::build(FrameType::IntakeMessage, &body).unwrap();
            assert_eq!(
                FrameSize::Exactly(frame.len()),
                FrameType::IntakeMessage.size()
            );
        }
    }

    #[test]
    fn a_board_frame_has_its_one_size() {
        let sealed = vec![0; BOARD_CONTENT + kem::OVERHEAD];
        let body = codec::encode(&BoardEnvelope {
            tag: BoardTag([1; 16]),
            sealed,
        });
        let frame = Frame::build(FrameType::BoardEntry, &body).unwrap();
        assert_eq!(
            FrameSize::Exactly(frame.len()),
            FrameType::BoardEntry.size()
        );
    }

    #[test]
    fn the_largest_event_class_fits_in_a_frame() {
        let sealed = vec![0; chunked::sealed_len(65_536)];
        let dossier = sluis_wire::address::DossierAddress([1; 16]);
        let body = codec::encode(&EventEnvelope {
            dossier,
            epoch: 1,
            sealed,
        });
        assert!(Frame::build(FrameType::Event, &body).is_ok());
    }
}
