//! The outer frame of every object that is stored, sent or signed.
//!
//! ```text
//! "SL" (2) ‖ version = 1 (1) ‖ type (2) ‖ suite = 1 (1) ‖ length of body (4) ‖ body
//!          ‖ count (1) ‖ count × [ algorithm = 1, Ed25519 (1) ‖ public key (32) ‖ signature (64) ]
//! ```
//!
//! Numbers are big endian. Signed is `header ‖ body` as received ([`Frame::signed_bytes`]); whoever checks a
//! signature lives in `sluis-directory`. An unknown version, type, suite or algorithm is refused by name: there is no
//! negotiation and no fallback.

use alloc::vec::Vec;

use crate::{error::Error, limits};

/// First bytes of every frame.
pub const MAGIC: [u8; 2] = *b"SL";
/// The one format version.
pub const VERSION: u8 = 1;
/// The one suite of algorithms (X-Wing, ChaCha20-Poly1305, AES-256-GCM, Ed25519, SHA-256, Argon2id).
pub const SUITE: u8 = 1;
/// Number of Ed25519 among the signature algorithms.
pub const ED25519: u8 = 1;
/// Bytes in front of the body: magic, version, type, suite, length.
pub const HEADER_LEN: usize = MAGIC.len() + 1 + size_of::<u16>() + 1 + size_of::<u32>();
/// Bytes of one signature: algorithm, public key, signature.
pub const SIGNATURE_LEN: usize = 1 + 32 + 64;
/// Bytes of a frame without signatures beyond its body: header and signature count.
pub const OVERHEAD: usize = HEADER_LEN + 1;
/// Most signatures that one frame carries.
pub const MAX_SIGNATURES: usize = 16;
/// Bytes of one row of a vault, frame included. It never leaves the device.
pub const VAULT_ROW: usize = 16 * 1024 * 1024;
/// Bytes of one export file, frame included.
pub const EXPORT: usize = 64 * 1024 * 1024;

/// How long a frame of one type may be, in bytes, frame included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameSize {
    /// Any size up to this one, inclusive.
    AtMost(usize),
    /// Always this size, so that nobody can tell one from another.
    Exactly(usize),
}

/// What a frame holds. The numbers are part of the format and leave gaps for relatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
#[non_exhaustive]
pub enum FrameType {
    /// One entry of the directory log.
    DirectoryEntry = 0x0101,
    /// Statement of a team's content key.
    TeamContentStatement = 0x0201,
    /// Statement of a team's intake key.
    TeamIntakeStatement = 0x0202,
    /// Statement of a device's monthly key.
    MonthKeyStatement = 0x0203,
    /// Statement of the staff capability.
    StaffCapabilityStatement = 0x0204,
    /// What the witnesses co-sign: time, directory head, hash of the team table.
    Snapshot = 0x0301,
    /// All valid team statements of a week.
    TeamTable = 0x0302,
    /// One epoch's keys, sealed for each recipient.
    Wraps = 0x0401,
    /// One link of a dossier's control chain.
    ControlEntry = 0x0402,
    /// One event of a dossier.
    Event = 0x0403,
    /// One entry of the intake queue.
    IntakeMessage = 0x0501,
    /// One entry of the reply board.
    BoardEntry = 0x0502,
    /// One sealed row of a vault.
    VaultRow = 0x0601,
    /// One exported dossier.
    Export = 0x0701,
    /// Dossiers on their way to another deployment.
    Package = 0x0702,
    /// Contact data of one person in a dossier.
    PersonRecord = 0x0801,
    /// One anonymous row of the figures.
    Figure = 0x0901,
}

impl FrameType {
    /// Every type that this release knows.
    pub const ALL: [Self; 17] = [
        Self::DirectoryEntry,
        Self::TeamContentStatement,
        Self::TeamIntakeStatement,
        Self::MonthKeyStatement,
        Self::StaffCapabilityStatement,
        Self::Snapshot,
        Self::TeamTable,
        Self::Wraps,
        Self::ControlEntry,
        Self::Event,
        Self::IntakeMessage,
        Self::BoardEntry,
        Self::VaultRow,
        Self::Export,
        Self::Package,
        Self::PersonRecord,
        Self::Figure,
    ];

    /// The number in the header.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// How long a frame of this type may be.
    #[must_use]
    pub const fn size(self) -> FrameSize {
        match self {
            Self::DirectoryEntry => FrameSize::AtMost(limits::DIRECTORY_ENTRY),
            Self::TeamContentStatement
            | Self::TeamIntakeStatement
            | Self::MonthKeyStatement
            | Self::StaffCapabilityStatement
            | Self::Snapshot => FrameSize::AtMost(limits::STATEMENT),
            Self::TeamTable => FrameSize::AtMost(limits::TEAM_TABLE),
            Self::Wraps => FrameSize::AtMost(limits::WRAPS),
            Self::ControlEntry => FrameSize::AtMost(limits::CONTROL_ENTRY),
            Self::Event => FrameSize::AtMost(limits::EVENT),
            Self::IntakeMessage => FrameSize::Exactly(limits::INTAKE_ENTRY),
            Self::BoardEntry => FrameSize::Exactly(limits::BOARD_ENTRY),
            Self::VaultRow => FrameSize::AtMost(VAULT_ROW),
            Self::Export | Self::Package => FrameSize::AtMost(EXPORT),
            Self::PersonRecord => FrameSize::Exactly(limits::PERSON_RECORD),
            Self::Figure => FrameSize::Exactly(limits::FIGURE),
        }
    }

    /// Largest frame of this type in bytes, inclusive.
    #[must_use]
    pub const fn max_len(self) -> usize {
        match self.size() {
            FrameSize::AtMost(len) | FrameSize::Exactly(len) => len,
        }
    }

    /// Bytes of body in the largest frame of this type that carries no signature.
    #[must_use]
    pub const fn max_body_len(self) -> usize {
        self.max_len() - OVERHEAD
    }

    /// Refuses a whole frame of a size that this type does not have.
    const fn check(self, len: usize) -> Result<(), Error> {
        match self.size() {
            FrameSize::AtMost(max) if len > max => Err(Error::TooLong { len, max }),
            FrameSize::Exactly(exact) if len != exact => Err(Error::WrongLength { len, exact }),
            _ => Ok(()),
        }
    }
}

impl TryFrom<u16> for FrameType {
    type Error = Error;

    fn try_from(number: u16) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.number() == number)
            .ok_or(Error::UnknownType(number))
    }
}

/// One signature as it stands in a frame: read, not yet checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSignature {
    /// Ed25519 public key of who signed, as sent.
    pub key: [u8; 32],
    /// The signature itself.
    pub signature: [u8; 64],
}

/// A frame whose shape is right and whose signatures nobody has checked yet. Keeps the bytes as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    kind: FrameType,
    /// Header and body, as received.
    signed: Vec<u8>,
    signatures: Vec<FrameSignature>,
}

impl Frame {
    /// A frame around `body`, without signatures yet.
    ///
    /// # Errors
    /// [`Error::TooLong`] when the body does not fit in a frame of this type. A type of one fixed size is checked by
    /// [`Frame::parse`]: its body is the caller's to pad to [`FrameType::max_body_len`].
    pub fn build(kind: FrameType, body: &[u8]) -> Result<Self, Error> {
        let header = header_for(kind, body.len())?;
        let mut signed = Vec::with_capacity(HEADER_LEN + body.len());
        signed.extend_from_slice(&header);
        signed.extend_from_slice(body);
        Ok(Self {
            kind,
            signed,
            signatures: Vec::new(),
        })
    }

    /// Adds a signature over [`Frame::signed_bytes`].
    ///
    /// # Errors
    /// [`Error::TooManySignatures`] above [`MAX_SIGNATURES`], [`Error::DuplicateSigner`] when this key signed
    /// already, [`Error::TooLong`] when the frame would outgrow its type.
    pub fn attach(&mut self, signature: FrameSignature) -> Result<(), Error> {
        let count = self.signatures.len() + 1;
        if count > MAX_SIGNATURES {
            return Err(Error::TooManySignatures(count));
        }
        if self
            .signatures
            .iter()
            .any(|known| known.key == signature.key)
        {
            return Err(Error::DuplicateSigner);
        }
        let (len, max) = (self.len() + SIGNATURE_LEN, self.kind.max_len());
        if len > max {
            return Err(Error::TooLong { len, max });
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Reads one frame that fills `bytes` completely. Every bound is checked before memory is taken.
    ///
    /// # Errors
    /// A named [`Error`] for each part that is not as above.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (kind, body_len) = parse_header(bytes)?;
        kind.check(bytes.len())?;
        let (signed, rest) = bytes
            .split_at_checked(HEADER_LEN + body_len)
            .ok_or(Error::Truncated)?;
        let (&count, mut rest) = rest.split_first().ok_or(Error::Truncated)?;
        let count = usize::from(count);
        if count > MAX_SIGNATURES {
            return Err(Error::TooManySignatures(count));
        }
        let mut frame = Self {
            kind,
            signed: signed.to_vec(),
            signatures: Vec::with_capacity(count),
        };
        for _ in 0..count {
            let (entry, after) = rest
                .split_at_checked(SIGNATURE_LEN)
                .ok_or(Error::Truncated)?;
            frame.attach(parse_signature(entry)?)?;
            rest = after;
        }
        if !rest.is_empty() {
            return Err(Error::Trailing(rest.len()));
        }
        Ok(frame)
    }

    /// [`Frame::parse`] for a caller who can use one type only.
    ///
    /// # Errors
    /// [`Error::WrongType`] for a well-formed frame of another type, else those of [`Frame::parse`].
    pub fn parse_as(kind: FrameType, bytes: &[u8]) -> Result<Self, Error> {
        let frame = Self::parse(bytes)?;
        if frame.kind != kind {
            return Err(Error::WrongType {
                found: frame.kind.number(),
                wanted: kind.number(),
            });
        }
        Ok(frame)
    }

    /// What the frame holds.
    #[must_use]
    pub fn kind(&self) -> FrameType {
        self.kind
    }

    /// Header and body as received: what is signed.
    #[must_use]
    pub fn signed_bytes(&self) -> &[u8] {
        &self.signed
    }

    /// The first [`HEADER_LEN`] bytes: what a seal inside the body binds as associated data.
    #[must_use]
    pub fn header(&self) -> &[u8] {
        self.signed.get(..HEADER_LEN).unwrap_or_default()
    }

    /// The body as received.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.signed.get(HEADER_LEN..).unwrap_or_default()
    }

    /// The signatures in the order in which they came; no key stands there twice.
    #[must_use]
    pub fn signatures(&self) -> &[FrameSignature] {
        &self.signatures
    }

    /// Bytes of the whole frame.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a frame has a header at least")]
    pub fn len(&self) -> usize {
        self.signed.len() + 1 + self.signatures.len() * SIGNATURE_LEN
    }

    /// The whole frame as bytes: the very bytes that it was parsed from.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len());
        bytes.extend_from_slice(&self.signed);
        bytes.push(u8::try_from(self.signatures.len()).unwrap_or(u8::MAX));
        for FrameSignature { key, signature } in &self.signatures {
            bytes.push(ED25519);
            bytes.extend_from_slice(key);
            bytes.extend_from_slice(signature);
        }
        bytes
    }
}

/// The header that a body of `body_len` bytes will get: known before the body is sealed, so that the seal can bind it.
///
/// # Errors
/// [`Error::TooLong`] as [`Frame::build`].
pub fn header_for(kind: FrameType, body_len: usize) -> Result<[u8; HEADER_LEN], Error> {
    let too_long = Error::TooLong {
        len: body_len,
        max: kind.max_body_len(),
    };
    let len = u32::try_from(body_len).map_err(|_| too_long)?;
    if body_len > kind.max_body_len() {
        return Err(too_long);
    }
    let [magic_0, magic_1] = MAGIC;
    let [kind_0, kind_1] = kind.number().to_be_bytes();
    let [len_0, len_1, len_2, len_3] = len.to_be_bytes();
    Ok([
        magic_0, magic_1, VERSION, kind_0, kind_1, SUITE, len_0, len_1, len_2, len_3,
    ])
}

/// Reads the first [`HEADER_LEN`] bytes of a frame: its type and the length of its body in bytes. For readers who
/// want to refuse a frame before the rest of it has arrived.
///
/// # Errors
/// [`Error::Truncated`] with too few bytes, else the part that is unknown, or [`Error::TooLong`] for a body that no
/// frame of this type can hold.
pub fn parse_header(bytes: &[u8]) -> Result<(FrameType, usize), Error> {
    let (header, _) = bytes
        .split_first_chunk::<HEADER_LEN>()
        .ok_or(Error::Truncated)?;
    let [
        magic_0,
        magic_1,
        version,
        kind_0,
        kind_1,
        suite,
        len_0,
        len_1,
        len_2,
        len_3,
    ] = *header;
    if [magic_0, magic_1] != MAGIC {
        return Err(Error::NotAFrame);
    }
    if version != VERSION {
        return Err(Error::UnknownVersion(version));
    }
    let kind = FrameType::try_from(u16::from_be_bytes([kind_0, kind_1]))?;
    if suite != SUITE {
        return Err(Error::UnknownSuite(suite));
    }
    let max = kind.max_body_len();
    let len =
        usize::try_from(u32::from_be_bytes([len_0, len_1, len_2, len_3])).unwrap_or(usize::MAX);
    if len > max {
        return Err(Error::TooLong { len, max });
    }
    Ok((kind, len))
}

fn parse_signature(entry: &[u8]) -> Result<FrameSignature, Error> {
    let (&algorithm, rest) = entry.split_first().ok_or(Error::Truncated)?;
    if algorithm != ED25519 {
        return Err(Error::UnknownAlgorithm(algorithm));
    }
    let (key, signature) = rest.split_first_chunk::<32>().ok_or(Error::Truncated)?;
    let signature: &[u8; 64] = signature.try_into().map_err(|_| Error::Truncated)?;
    Ok(FrameSignature {
        key: *key,
        signature: *signature,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use alloc::vec;

    use super::*;

    fn signature(n: u8) -> FrameSignature {
        FrameSignature {
            key: [n; 32],
            signature: [n; 64],
        }
    }

    fn signed_frame() -> Frame {
        let mut frame = Frame::build(FrameType::DirectoryEntry, b"body").unwrap();
        frame.attach(signature(1)).unwrap();
        frame.attach(signature(2)).unwrap();
        frame
    }

    #[test]
    fn a_frame_has_the_layout_of_the_diagram() {
        let mut frame = Frame::build(FrameType::DirectoryEntry, b"body").unwrap();
        frame.attach(signature(7)).unwrap();
        let bytes = frame.to_bytes();
        assert_eq!(bytes[..15], *b"SL\x01\x01\x01\x01\x00\x00\x00\x04body\x01");
        assert_eq!(bytes[15], ED25519);
        assert_eq!(bytes[16..], [7; 96]);
        assert_eq!(bytes.len(), OVERHEAD + 4 + SIGNATURE_LEN);
        assert_eq!(
            frame.header(),
            header_for(FrameType::DirectoryEntry, 4).unwrap()
        );
    }

    #[test]
    fn a_frame_reads_back_as_written() {
        let frame = signed_frame();
        let parsed = Frame::parse(&frame.to_bytes()).unwrap();
        assert_eq!(parsed, frame);
        assert_eq!(parsed.body(), b"body");
        assert_eq!(parsed.signed_bytes(), &frame.to_bytes()[..HEADER_LEN + 4]);
        assert_eq!(parsed.signatures(), [signature(1), signature(2)]);
    }

    #[test]
    fn each_unknown_part_is_refused_by_name() {
        let change = |index: usize, value: u8| {
            let mut bytes = signed_frame().to_bytes();
            bytes[index] = value;
            Frame::parse(&bytes).unwrap_err()
        };
        assert_eq!(change(0, b'X'), Error::NotAFrame);
        assert_eq!(change(1, b'X'), Error::NotAFrame);
        assert_eq!(change(2, 2), Error::UnknownVersion(2));
        assert_eq!(change(4, 0x7f), Error::UnknownType(0x017f));
        assert_eq!(change(5, 0), Error::UnknownSuite(0));
        assert_eq!(change(14, 17), Error::TooManySignatures(17));
        assert_eq!(change(14, 1), Error::Trailing(SIGNATURE_LEN));
        assert_eq!(change(14, 3), Error::Truncated);
        assert_eq!(change(15, 2), Error::UnknownAlgorithm(2));
    }

    #[test]
    fn a_length_above_the_bound_is_refused_before_the_body_arrives() {
        let header = b"SL\x01\x01\x01\x01\xff\xff\xff\xff";
        let max = FrameType::DirectoryEntry.max_body_len();
        assert_eq!(
            parse_header(header),
            Err(Error::TooLong {
                len: 0xffff_ffff,
                max
            })
        );
        assert_eq!(
            Frame::parse(header),
            Err(Error::TooLong {
                len: 0xffff_ffff,
                max
            })
        );
        assert!(Frame::build(FrameType::DirectoryEntry, &vec![0; max]).is_ok());
        let body = vec![0; max + 1];
        assert_eq!(
            Frame::build(FrameType::DirectoryEntry, &body),
            Err(Error::TooLong { len: max + 1, max })
        );
    }

    #[test]
    fn trailing_and_missing_bytes_are_refused() {
        let bytes = signed_frame().to_bytes();
        for len in 0..bytes.len() {
            assert!(Frame::parse(&bytes[..len]).is_err(), "{len} bytes");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(Frame::parse(&longer), Err(Error::Trailing(1)));
    }

    #[test]
    fn a_frame_of_fixed_size_has_no_other_size() {
        for kind in [
            FrameType::IntakeMessage,
            FrameType::BoardEntry,
            FrameType::PersonRecord,
        ] {
            let exact = kind.max_len();
            let full = Frame::build(kind, &vec![0; kind.max_body_len()])
                .unwrap()
                .to_bytes();
            assert_eq!(full.len(), exact);
            assert!(Frame::parse(&full).is_ok());
            let short = Frame::build(kind, &vec![0; kind.max_body_len() - 1])
                .unwrap()
                .to_bytes();
            assert_eq!(
                Frame::parse(&short),
                Err(Error::WrongLength {
                    len: exact - 1,
                    exact
                })
            );
        }
    }

    #[test]
    fn no_key_signs_twice() {
        let mut frame = signed_frame();
        assert_eq!(frame.attach(signature(2)), Err(Error::DuplicateSigner));
        let mut bytes = frame.to_bytes();
        let second = bytes.len() - SIGNATURE_LEN + 1;
        bytes[second..second + 32].copy_from_slice(&[1; 32]);
        assert_eq!(Frame::parse(&bytes), Err(Error::DuplicateSigner));
    }

    #[test]
    fn a_frame_of_another_type_is_named() {
        let bytes = signed_frame().to_bytes();
        let error = Error::WrongType {
            found: 0x0101,
            wanted: 0x0403,
        };
        assert_eq!(Frame::parse_as(FrameType::Event, &bytes), Err(error));
        assert!(Frame::parse_as(FrameType::DirectoryEntry, &bytes).is_ok());
    }

    #[test]
    fn every_type_has_its_own_number_and_room_for_a_body() {
        for kind in FrameType::ALL {
            assert_eq!(FrameType::try_from(kind.number()), Ok(kind));
            assert!(kind.max_len() > OVERHEAD);
        }
    }
}
