//! Two teams, one reporter, seeded randomness.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest as _, Sha256};
use sluis_directory::{
    entry::KemKey, evidence::TrustedTable, signature::SigningKey, snapshot::Line,
    statement::Standing,
};
use sluis_protocol::{
    conversation::{
        Destination, IntakeKey, Message, MessageId, Part, ReplyBody, ReplyPart, ReporterKeys,
    },
    primitives::{kem::KemSecret, secret::SecretKey},
};
use sluis_wire::{
    address::{FrameHash, GenesisHash, TeamId},
    time::{DAY, UnixTime, Week},
};

/// SHA-256 in counter mode: the same bytes from the same seed, everywhere.
pub(crate) struct Seeded {
    seed: u64,
    count: u64,
    block: Vec<u8>,
}

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            count: 0,
            block: Vec::new(),
        }
    }
}

impl TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for byte in out {
            if self.block.is_empty() {
                let mut hash = Sha256::new();
                hash.update(self.seed.to_be_bytes());
                hash.update(self.count.to_be_bytes());
                self.block = hash.finalize().to_vec();
                self.count += 1;
            }
            *byte = self.block.pop().unwrap();
        }
        Ok(())
    }
}

impl TryCryptoRng for Seeded {}

pub(crate) const GENESIS: GenesisHash = GenesisHash([0x6e; 32]);
pub(crate) const WEEK: Week = Week(2968);
pub(crate) const NOW: UnixTime = UnixTime(1_795_262_700);
pub(crate) const STANDING: Standing = Standing {
    seq: 130,
    head: FrameHash([0x1e; 32]),
};

/// A team with its intake secret and one device.
pub(crate) struct Team {
    pub(crate) id: TeamId,
    pub(crate) secret: KemSecret,
    pub(crate) device: SigningKey,
}

impl Team {
    pub(crate) fn new(number: u8) -> Self {
        Self {
            id: TeamId([number; 16]),
            secret: KemSecret::from_seed([number; 32]),
            device: SigningKey::from_seed([number; 32]),
        }
    }

    pub(crate) fn line(&self) -> Line {
        Line {
            team: self.id,
            name: "Line".into(),
            organisation: "Organisation".into(),
            centre: self.id.0[0] == 1,
            kem: KemKey(self.secret.public().as_bytes().to_vec()),
            not_after: WEEK.start().plus(14 * DAY),
            reply_keys: vec![self.device.verifying_key()],
        }
    }

    pub(crate) fn destination(&self) -> Destination {
        Destination::new(&table(&[self]), &self.line()).unwrap()
    }

    pub(crate) fn key(&self) -> IntakeKey<'_> {
        IntakeKey::new(self.id, WEEK, &self.secret)
    }

    pub(crate) fn says(&self, index: u32, parts: Vec<ReplyPart>) -> ReplyBody {
        ReplyBody {
            index,
            time: NOW,
            team: self.id,
            author: "Casemanager".into(),
            lowest: 0,
            standing: STANDING,
            parts,
        }
    }
}

pub(crate) fn table(teams: &[&Team]) -> TrustedTable {
    let mut lines: Vec<_> = teams.iter().map(|team| team.line()).collect();
    lines.sort_by_key(|line| line.team);
    TrustedTable {
        genesis: GENESIS,
        name: "Deployment".into(),
        demonstration: false,
        relay_key: SigningKey::from_seed([99; 32]).verifying_key(),
        page_bits: 0,
        lines,
        dir_seq: STANDING.seq,
        standing: STANDING,
        made: NOW,
        week: WEEK,
    }
}

pub(crate) fn reporter(number: u8) -> ReporterKeys {
    ReporterKeys::derive(&SecretKey::from_bytes([number; 32]))
}

pub(crate) fn message(number: u8, text: &str, parts: Vec<Part>) -> Message {
    Message {
        id: MessageId([number; 16]),
        time: NOW,
        text: text.into(),
        parts,
    }
}
