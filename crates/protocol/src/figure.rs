//! Anonymous rows of the figures on their way to the centre (docs/protocol.md 6.11). Code of the facts inside: `sluis_domain::figures`.
//!
//! ```text
//! frame   = header 0x0901 (10) ‖ FigureEnvelope { team 16, epoch 4, sealed } ‖ 0 signatures (1)      exactly 2,048 bytes
//! sealed  = HPKE base(content key of the centre's team, info, header, pad_to(content))
//! info    = context("sluis/1/figure", genesis 32, team 16, epoch (4, be))
//! content = postcard { id 16 (random), epoch of the staff capability, row, signature 64 }
//! signature = Sig(staff capability, "figure", genesis 32 ‖ id 16 ‖ row)
//! ```
//!
//! The signature says that a member of staff made the row, and not which: all devices hold that key. The relay, which does not hold it, can make none.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::signature::{Label, Signature, SigningKey, VerifyingKey};
use sluis_wire::address::{GenesisHash, TeamId};
use sluis_wire::codec;
use sluis_wire::envelope::FigureEnvelope;
use sluis_wire::frame::{Frame, FrameType, header_for};

use crate::error::Error;
use crate::primitives::kdf;
use crate::primitives::kem::{self, KemPublic, KemSecret};

const LABEL: &str = "sluis/1/figure";
/// Bytes of an envelope around what is sealed: team, epoch, and the length of what is sealed in two.
const AROUND: usize = TeamId::LENGTH + 4 + 2;
/// Padded content in bytes, so that the frame has its one size.
const CONTENT: usize = FrameType::Figure.max_body_len() - AROUND - kem::OVERHEAD;

/// Tells rows apart, so that one that was sent twice counts once. Random: it comes from nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FigureId(pub [u8; 16]);

/// The team of the centre, with the key that rows are sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The deployment.
    pub genesis: GenesisHash,
    /// The team.
    pub team: TeamId,
    /// Epoch of its content key.
    pub epoch: u32,
}

/// A row whose shape is right and that nobody has opened yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFigure {
    header: Vec<u8>,
    envelope: FigureEnvelope,
}

/// What an opened row holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFigure {
    /// Which.
    pub id: FigureId,
    /// Epoch of the staff capability that signed it.
    pub staff: u32,
    /// The row, as it was encoded.
    pub row: Vec<u8>,
    signature: Signature,
    genesis: GenesisHash,
}

#[derive(Serialize, Deserialize)]
struct Content {
    id: FigureId,
    staff: u32,
    row: Vec<u8>,
    signature: Signature,
}

impl Place {
    /// Seals a row: a frame of exactly [`sluis_wire::limits::FIGURE`] bytes. `staff` is the capability with its epoch.
    ///
    /// # Errors
    /// [`Error::Encoding`] for more than a row holds.
    pub fn seal(
        &self,
        to: &KemPublic,
        staff: (u32, &SigningKey),
        id: FigureId,
        row: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let signature = staff.1.sign(Label::Figure, &signed(self.genesis, id, row));
        let content = codec::encode(&Content {
            id,
            staff: staff.0,
            row: row.to_vec(),
            signature,
        });
        let padded = codec::pad_to(&content, CONTENT)?;
        let header = header_for(FrameType::Figure, FrameType::Figure.max_body_len())?;
        let sealed = kem::seal_base(to, &self.info(), &header, &padded, rng)?;
        let body = codec::encode(&FigureEnvelope {
            team: self.team,
            epoch: self.epoch.to_be_bytes(),
            sealed,
        });
        Ok(Frame::build(FrameType::Figure, &body)?.to_bytes())
    }

    fn info(&self) -> Vec<u8> {
        kdf::context(
            LABEL,
            &[&self.genesis.0, &self.team.0, &self.epoch.to_be_bytes()],
        )
    }
}

impl SealedFigure {
    /// Reads the outside of a row.
    ///
    /// # Errors
    /// [`Error::Encoding`] when it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let frame = Frame::parse_as(FrameType::Figure, bytes)?;
        let envelope = codec::decode(frame.body(), FrameType::Figure.max_body_len())?;
        Ok(Self {
            header: frame.header().to_vec(),
            envelope,
        })
    }

    /// Where it belongs, in this deployment.
    #[must_use]
    pub fn place(&self, genesis: GenesisHash) -> Place {
        Place {
            genesis,
            team: self.envelope.team,
            epoch: u32::from_be_bytes(self.envelope.epoch),
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`Error::Damaged`] for another key, deployment, team or epoch, or changed bytes; [`Error::Encoding`].
    pub fn open(&self, genesis: GenesisHash, secret: &KemSecret) -> Result<OpenedFigure, Error> {
        let info = self.place(genesis).info();
        let padded = kem::open_base(secret, &info, &self.header, &self.envelope.sealed)?;
        let content: Content = codec::decode(codec::unpad(&padded)?, CONTENT)?;
        Ok(OpenedFigure {
            id: content.id,
            staff: content.staff,
            row: content.row,
            signature: content.signature,
            genesis,
        })
    }
}

impl OpenedFigure {
    /// Whether the staff capability with this key signed it.
    #[must_use]
    pub fn is_by_staff(&self, key: &VerifyingKey) -> bool {
        let bytes = signed(self.genesis, self.id, &self.row);
        key.verify(Label::Figure, &bytes, &self.signature).is_ok()
    }
}

fn signed(genesis: GenesisHash, id: FigureId, row: &[u8]) -> Vec<u8> {
    [genesis.0.as_slice(), id.0.as_slice(), row].concat()
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    use super::*;

    const PLACE: Place = Place {
        genesis: GenesisHash([1; 32]),
        team: TeamId([2; 16]),
        epoch: 3,
    };
    const ROW: &[u8] = b"a row of coarse facts";

    fn scene() -> (KemSecret, SigningKey, Vec<u8>) {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let secret = KemSecret::generate(&mut rng);
        let staff = SigningKey::from_seed([9; 32]);
        let frame = PLACE
            .seal(
                &secret.public(),
                (4, &staff),
                FigureId([5; 16]),
                ROW,
                &mut rng,
            )
            .expect("it fits");
        (secret, staff, frame)
    }

    #[test]
    fn a_row_opens_and_says_that_staff_made_it() {
        let (secret, staff, frame) = scene();
        assert_eq!(frame.len(), sluis_wire::limits::FIGURE);
        let sealed = SealedFigure::parse(&frame).expect("a row");
        assert_eq!(sealed.place(PLACE.genesis), PLACE);
        let opened = sealed.open(PLACE.genesis, &secret).expect("my key");
        assert_eq!((opened.row.as_slice(), opened.staff), (ROW, 4));
        assert!(opened.is_by_staff(&staff.verifying_key()));
        let other = SigningKey::from_seed([8; 32]);
        assert!(!opened.is_by_staff(&other.verifying_key()));
    }

    #[test]
    fn nothing_opens_that_was_changed_cut_or_moved() {
        let (secret, _, frame) = scene();
        let opens = |frame: &[u8], genesis| {
            SealedFigure::parse(frame).is_ok_and(|sealed| sealed.open(genesis, &secret).is_ok())
        };
        assert!(opens(&frame, PLACE.genesis));
        assert!(!opens(&frame, GenesisHash([0; 32])));
        for place in (0..frame.len()).step_by(7) {
            let mut changed = frame.clone();
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1;
            }
            assert!(!opens(&changed, PLACE.genesis), "byte {place}");
            assert!(!opens(
                frame.get(..place).unwrap_or_default(),
                PLACE.genesis
            ));
        }
        let other = KemSecret::from_seed([6; 32]);
        let sealed = SealedFigure::parse(&frame).expect("a row");
        assert!(sealed.open(PLACE.genesis, &other).is_err());
    }

    #[test]
    fn the_longest_row_fits() {
        let mut rng = ChaCha20Rng::seed_from_u64(8);
        let row = [0; sluis_domain::figures::ROW_MOST];
        let staff = SigningKey::from_seed([9; 32]);
        let to = KemSecret::generate(&mut rng).public();
        let staff = (u32::MAX, &staff);
        let sealed = PLACE.seal(&to, staff, FigureId([0; 16]), &row, &mut rng);
        assert!(sealed.is_ok());
    }
}
