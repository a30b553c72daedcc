//! Files, sealed piece by piece so that memory stays flat (docs/protocol.md 6.10).
//!
//! ```text
//! secret  = key (32, random) ‖ head (56: salt and commitment of the chunked encryption)          in the event or message
//! context = context("sluis/1/file", genesis, file (16), size (8))
//! padded  = content ‖ zeros up to padding::file_size(size)
//! sealed  = chunked encryption of padded, without its head
//! piece n = sixteen chunks of sealed, from 16 n on; the last piece has what is left
//! ```
//!
//! The size is in the context and the number of each chunk in its nonce: a piece opens in its own place of its own file only, whole.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::file::FileSecret;
use sluis_wire::address::{FileAddress, GenesisHash};
use sluis_wire::limits::FILE_PIECE_CONTENT;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::padding::file_size;
use crate::primitives::chunked::{CHUNK_LEN, HEADER_LEN, Stream, TAG_LEN};
use crate::primitives::kdf;
use crate::primitives::secret::{Role, SecretKey};

/// Chunks in a whole piece.
const CHUNKS: u64 = (FILE_PIECE_CONTENT / CHUNK_LEN) as u64;

/// Opens one file.
struct FileKey;
impl Role for FileKey {
    const NAME: &'static str = "file";
}

/// A file that is being sealed or opened.
pub struct SealedFile {
    stream: Stream,
    size: u64,
}

/// How many pieces a file of `size` bytes has.
#[must_use]
pub fn pieces(size: u64) -> u32 {
    let content = FILE_PIECE_CONTENT as u64;
    u32::try_from(file_size(size).div_ceil(content)).unwrap_or(u32::MAX)
}

/// Bytes of padded content in piece `number` of a file of `size` bytes; none past the last.
#[must_use]
pub fn content_len(size: u64, number: u32) -> usize {
    let start = u64::from(number) * FILE_PIECE_CONTENT as u64;
    let left = file_size(size).saturating_sub(start);
    usize::try_from(left).map_or(FILE_PIECE_CONTENT, |left| left.min(FILE_PIECE_CONTENT))
}

/// Bytes of piece `number` as it is sealed.
#[must_use]
pub fn piece_len(size: u64, number: u32) -> usize {
    let content = content_len(size, number);
    content + content.div_ceil(CHUNK_LEN) * TAG_LEN
}

impl SealedFile {
    /// Begins a new file. What opens it comes beside it.
    #[must_use]
    pub fn begin(
        genesis: &GenesisHash,
        file: FileAddress,
        size: u64,
        rng: &mut impl CryptoRng,
    ) -> (Self, FileSecret) {
        let key = SecretKey::<FileKey>::generate(rng);
        let stream = Stream::begin(&key, &context(genesis, file, size), rng);
        let mut secret = Vec::with_capacity(32 + HEADER_LEN);
        secret.extend_from_slice(key.expose());
        secret.extend_from_slice(stream.head());
        (Self { stream, size }, FileSecret(secret))
    }

    /// Takes a file up again.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the secret is another file's.
    pub fn resume(
        genesis: &GenesisHash,
        file: FileAddress,
        size: u64,
        secret: &FileSecret,
    ) -> Result<Self, Error> {
        let (key, head) = secret.0.split_first_chunk::<32>().ok_or(Error::Damaged)?;
        let head = head.try_into().map_err(|_| Error::Damaged)?;
        let key = SecretKey::<FileKey>::from_bytes(*key);
        let stream = Stream::resume(&key, &context(genesis, file, size), head)?;
        Ok(Self { stream, size })
    }

    /// How many pieces it has.
    #[must_use]
    pub fn pieces(&self) -> u32 {
        pieces(self.size)
    }

    /// Bytes of its content.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Key, and nonce of chunk `chunk` of piece `number`, for a browser that has the cipher itself.
    #[must_use]
    pub fn web_key(&self) -> &[u8; 32] {
        self.stream.expose()
    }

    /// See [`Self::web_key`].
    #[must_use]
    pub fn web_nonce(&self, number: u32, chunk: u32) -> [u8; 12] {
        self.stream
            .nonce(u64::from(number) * CHUNKS + u64::from(chunk))
    }

    /// Seals a piece. `content` is what the file holds there: all of the piece but for padding.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the content has not the length that this piece has.
    pub fn seal(&self, number: u32, content: &[u8]) -> Result<Vec<u8>, Error> {
        if content.len() != true_len(self.size, number) {
            return Err(Error::Damaged);
        }
        let mut padded = Zeroizing::new(content.to_vec());
        padded.resize(content_len(self.size, number), 0);
        let mut sealed = Vec::with_capacity(piece_len(self.size, number));
        let first = u64::from(number) * CHUNKS;
        for (chunk, text) in (first..).zip(padded.chunks(CHUNK_LEN)) {
            sealed.extend_from_slice(&self.stream.seal_chunk(chunk, text));
        }
        Ok(sealed)
    }

    /// Opens a piece: what the file holds there, without padding.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it was changed, cut, or is another piece.
    pub fn open(&self, number: u32, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let len = piece_len(self.size, number);
        if len == 0 || sealed.len() != len {
            return Err(Error::Damaged);
        }
        let mut opened = Zeroizing::new(Vec::with_capacity(len));
        let first = u64::from(number) * CHUNKS;
        for (chunk, part) in (first..).zip(sealed.chunks(CHUNK_LEN + TAG_LEN)) {
            opened.extend_from_slice(&self.stream.open_chunk(chunk, part)?);
        }
        opened.truncate(true_len(self.size, number));
        Ok(opened)
    }
}

/// Bytes of piece `number` that are the file's own.
#[must_use]
pub fn true_len(size: u64, number: u32) -> usize {
    let start = u64::from(number) * FILE_PIECE_CONTENT as u64;
    let left = usize::try_from(size.saturating_sub(start)).unwrap_or(usize::MAX);
    left.min(FILE_PIECE_CONTENT)
}

fn context(genesis: &GenesisHash, file: FileAddress, size: u64) -> Vec<u8> {
    kdf::context("sluis/1/file", &[&genesis.0, &file.0, &size.to_be_bytes()])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use alloc::vec;

    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;
    use sluis_wire::limits::{
        FILE_MOST, FILE_MOST_REPORTER, FILE_PIECE, FILE_PIECES, FILE_PIECES_REPORTER,
    };

    use super::*;
    use crate::primitives::chunked;

    const GENESIS: GenesisHash = GenesisHash([1; 32]);
    const FILE: FileAddress = FileAddress([2; 16]);

    fn content(size: usize) -> Vec<u8> {
        (0..size)
            .map(|at| u8::try_from(at % 251).unwrap())
            .collect()
    }

    fn sealed(content: &[u8]) -> (SealedFile, FileSecret, Vec<Vec<u8>>) {
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let (file, secret) = SealedFile::begin(&GENESIS, FILE, content.len() as u64, &mut rng);
        let pieces = (0..file.pieces())
            .map(|number| {
                let start = (number as usize * FILE_PIECE_CONTENT).min(content.len());
                let end = start + true_len(content.len() as u64, number);
                file.seal(number, &content[start..end]).unwrap()
            })
            .collect();
        (file, secret, pieces)
    }

    fn resumed(size: u64, secret: &FileSecret) -> SealedFile {
        SealedFile::resume(&GENESIS, FILE, size, secret).unwrap()
    }

    #[test]
    fn limits_are_those_of_the_largest_files() {
        assert_eq!(pieces(FILE_MOST), FILE_PIECES);
        assert_eq!(pieces(FILE_MOST_REPORTER), FILE_PIECES_REPORTER);
        assert_eq!(piece_len(FILE_MOST, 0), FILE_PIECE);
        assert_eq!(piece_len(0, 0), 65_535 + 4 * 16);
        assert_eq!(piece_len(0, 1), 0);
    }

    #[test]
    fn a_file_opens_piece_by_piece_as_it_was() {
        for size in [0, 1, 65_535, 65_536, 262_143, 262_144, 700_001] {
            let content = content(size);
            let (_, secret, pieces) = sealed(&content);
            let file = resumed(size as u64, &secret);
            let mut opened = Vec::new();
            for (number, piece) in (0..).zip(&pieces) {
                assert_eq!(piece.len(), piece_len(size as u64, number));
                opened.extend_from_slice(&file.open(number, piece).unwrap());
            }
            assert_eq!(opened, content);
        }
    }

    #[test]
    fn head_and_pieces_together_are_one_chunked_encryption() {
        let content = content(300_000);
        let (_, secret, pieces) = sealed(&content);
        let whole = [&secret.0[32..], &pieces.concat()].concat();
        let key = SecretKey::<FileKey>::from_bytes(secret.0[..32].try_into().unwrap());
        let opened = chunked::open(&key, &context(&GENESIS, FILE, 300_000), &whole).unwrap();
        let padded = usize::try_from(file_size(300_000)).unwrap();
        assert_eq!(opened.len(), padded);
        assert!(opened.starts_with(&content));
    }

    #[test]
    fn no_piece_opens_in_another_place_or_file() {
        let content = content(900_000);
        let size = content.len() as u64;
        let (file, secret, pieces) = sealed(&content);
        for (number, piece) in (0_u32..).zip(&pieces) {
            for other in 0..=file.pieces() {
                assert_eq!(file.open(other, piece).is_ok(), other == number);
            }
        }
        let other = FileAddress([3; 16]);
        assert!(SealedFile::resume(&GENESIS, other, size, &secret).is_err());
        assert!(SealedFile::resume(&GENESIS, FILE, size + 1, &secret).is_err());
        let elsewhere = GenesisHash([9; 32]);
        assert!(SealedFile::resume(&elsewhere, FILE, size, &secret).is_err());
        let mut rng = ChaCha20Rng::from_seed([8; 32]);
        let (stranger, _) = SealedFile::begin(&GENESIS, FILE, size, &mut rng);
        assert!(stranger.open(0, &pieces[0]).is_err());
    }

    #[test]
    fn a_piece_that_was_changed_cut_or_made_longer_does_not_open() {
        let content = content(300_000);
        let (file, _, pieces) = sealed(&content);
        for (number, piece) in (0_u32..).zip(&pieces) {
            for at in (0..piece.len()).step_by(997).chain([piece.len() - 1]) {
                let mut changed = piece.clone();
                changed[at] ^= 1;
                assert!(file.open(number, &changed).is_err());
                assert!(file.open(number, &piece[..at]).is_err());
            }
            let longer = [piece.as_slice(), &[0]].concat();
            assert!(file.open(number, &longer).is_err());
        }
    }

    #[test]
    fn no_piece_is_sealed_with_less_or_more_than_it_holds() {
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let (file, secret) = SealedFile::begin(&GENESIS, FILE, 300_000, &mut rng);
        assert!(file.seal(0, &vec![0; FILE_PIECE_CONTENT - 1]).is_err());
        assert!(file.seal(1, &[0; 9]).is_err());
        let cut = FileSecret(secret.0[..87].to_vec());
        assert!(SealedFile::resume(&GENESIS, FILE, 300_000, &cut).is_err());
    }

    #[test]
    fn keys_and_nonces_for_the_browser_are_those_of_the_crate() {
        use aes_gcm::aead::{Aead as _, KeyInit as _};
        let content = content(300_000);
        let (file, _, pieces) = sealed(&content);
        let cipher = aes_gcm::Aes256Gcm::new(file.web_key().into());
        let chunk = &pieces[1][CHUNK_LEN + TAG_LEN..2 * (CHUNK_LEN + TAG_LEN)];
        let nonce = file.web_nonce(1, 1);
        let opened = cipher.decrypt(&nonce.into(), chunk).unwrap();
        let start = FILE_PIECE_CONTENT + CHUNK_LEN;
        assert_eq!(opened, content[start..start + CHUNK_LEN]);
    }
}
