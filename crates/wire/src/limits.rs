//! Upper bounds that relay and clients share. Each is checked before anything is allocated for it.

/// Bytes of one intake entry, frame included (docs/protocol.md 5.2).
pub const INTAKE_ENTRY: usize = 8 * 1024;
/// Parts that one longer message may take in the intake queue.
pub const INTAKE_PARTS: usize = 8;
/// Waiting intake entries in the first lane.
pub const INTAKE_WAITING: usize = 2_000;
/// Days an intake entry may wait for import.
pub const INTAKE_DAYS: u64 = 90;
/// Bytes of one board entry, frame included.
pub const BOARD_ENTRY: usize = 4 * 1024;
/// Board entries in one answer.
pub const BOARD_PAGE: usize = 64;
/// Days a board entry lives unless renewed.
pub const BOARD_DAYS: u64 = 90;
/// Bytes of one directory entry, frame included.
pub const DIRECTORY_ENTRY: usize = 8 * 1024;
/// Bytes of one statement, frame included.
pub const STATEMENT: usize = 4 * 1024;
/// Bytes of a team table, frame included.
pub const TEAM_TABLE: usize = 512 * 1024;
/// Bytes of a set of wraps, frame included (64 slots of 1.4 KB).
pub const WRAPS: usize = 128 * 1024;
/// Bytes of one control entry, frame included.
pub const CONTROL_ENTRY: usize = 64 * 1024;
/// Bytes of one event, frame included.
pub const EVENT: usize = 1024 * 1024;
/// Bytes of one person's record, frame included.
pub const PERSON_RECORD: usize = 4 * 1024;
/// Bytes of one row of the figures, frame included.
pub const FIGURE: usize = 2 * 1024;
/// Rows of the figures that a deployment puts in an hour.
pub const FIGURES_AN_HOUR: u32 = 200;
/// People with contact data that one dossier holds.
pub const PEOPLE: usize = 64;
/// Bytes of any request body.
pub const REQUEST: usize = 2 * 1024 * 1024;
/// Bytes that an answer of several objects aims at (one object may go over).
pub const ANSWER: usize = 256 * 1024;
/// Events in one append request.
pub const EVENTS_IN_APPEND: usize = 64;
/// Bytes of a request body of the reporter page that is not an intake post.
pub const SMALL_REQUEST: usize = 64;
/// Seconds that a capability proof may still be good for.
pub const PROOF_SECONDS: u64 = 60;
/// Bytes of what one rendezvous slot holds.
pub const RENDEZVOUS: usize = 4 * 1024;
/// Slots that are taken at one time.
pub const RENDEZVOUS_SLOTS: usize = 1_024;
/// Seconds that a slot lives.
pub const RENDEZVOUS_SECONDS: u64 = 600;
/// Replies that one page of the board takes in an hour (decision 18).
pub const REPLIES_ON_PAGE: u32 = 1_024;
/// Dossiers that a deployment makes in an hour, unless its settings say otherwise: as many as may wait in the intake queue (decision 18).
pub const DOSSIERS_AN_HOUR: u32 = 2_000;
/// Replies that a deployment posts in an hour, unless its settings say otherwise (decision 18).
pub const REPLIES_AN_HOUR: u32 = 20_000;
/// Bytes of content in every piece of a file but the last: sixteen chunks of 16 KiB.
pub const FILE_PIECE_CONTENT: usize = 256 * 1024;
/// Bytes of one whole sealed piece: its content, and a tag of 16 bytes for each of its sixteen chunks.
pub const FILE_PIECE: usize = FILE_PIECE_CONTENT + 16 * 16;
/// Bytes of a file from a desk.
pub const FILE_MOST: u64 = 100 * 1024 * 1024;
/// Bytes of a file from a reporter.
pub const FILE_MOST_REPORTER: u64 = 25 * 1024 * 1024;
/// Pieces of a file from a desk, padding included.
pub const FILE_PIECES: u32 = 408;
/// Pieces of a file from a reporter, padding included.
pub const FILE_PIECES_REPORTER: u32 = 102;
/// Files of reporters that wait to be taken into a dossier.
pub const FILES_WAITING: usize = 500;
/// Seconds in which the pieces of a file have to come.
pub const FILE_SECONDS: u64 = 86_400;
/// Days that a deleted file lies in the bin.
pub const FILE_BIN_DAYS: u64 = 7;
/// Files in one request.
pub const FILES_IN_REQUEST: usize = 64;
/// Bytes of a request body that opens a file of a reporter.
pub const FILE_OPEN: usize = 256;
/// Bytes of a request body that looks how far a file is, or says that all of it was sent.
pub const FILE_REQUEST: usize = 128;
/// Bytes of a request body with a piece of a file: the piece, and room for what stands around it.
pub const PIECE_PUT: usize = FILE_PIECE + 256;
