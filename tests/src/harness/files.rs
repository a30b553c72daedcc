//! Files, as the browser's worker and the reporter's page send and read them.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "whatever goes wrong here is a failed test"
)]

use sluis_domain::file::{File, FileSecret};
use sluis_domain::ids::FileRef;
use sluis_protocol::conversation::Part;
use sluis_protocol::engine::{FileError, PieceFault, Reply};
use sluis_protocol::file::{SealedFile, true_len};
use sluis_protocol::primitives::kdf::sha256;
use sluis_wire::address::{DossierAddress, FileAddress, GenesisHash};
use sluis_wire::api::{
    Call, FileBegin, FileFinish, FileLook, FileOpen, FileProgress, FileTicket, PiecePut,
};
use sluis_wire::limits::FILE_PIECE_CONTENT;

use super::world::{Transport, body_of, decode};
use super::{Desk, Failed, Reporter};

/// A file of mine whose pieces are sealed: what storage holds of it.
pub struct Packed {
    /// Its name.
    pub file: FileAddress,
    /// Its sealed pieces.
    pub pieces: Vec<Vec<u8>>,
}

/// All pieces of a content, sealed.
#[must_use]
pub fn packed(sealed: &SealedFile, content: &[u8]) -> Vec<Vec<u8>> {
    let size = content.len() as u64;
    let piece = |number: u32| {
        let start = (number as usize * FILE_PIECE_CONTENT).min(content.len());
        let own = content.get(start..start + true_len(size, number));
        sealed.seal(number, own.expect("in it")).expect("it fits")
    };
    (0..sealed.pieces()).map(piece).collect()
}

fn ask<C: Call>(road: &dyn Transport, call: &C) -> Result<C::Answer, Failed> {
    match road.send(C::PATH, &body_of(call), None) {
        Reply::Answer(body) => Ok(decode::<C>(&body)),
        Reply::Problem(problem) => Err(Failed::Problem(problem)),
        Reply::Lost => Err(Failed::Lost),
    }
}

/// Sends what the relay does not have yet, at most so many pieces.
///
/// # Errors
/// [`Failed`], and [`Failed::Lost`] when pieces are left.
pub fn send_pieces(
    road: &dyn Transport,
    ticket: FileTicket,
    pieces: &[Vec<u8>],
    most: usize,
) -> Result<(), Failed> {
    let FileProgress { present } = ask(road, &FileLook { ticket })?;
    let has = |number: usize| {
        present
            .get(number / 8)
            .is_some_and(|byte| byte >> (number % 8) & 1 == 1)
    };
    let missing: Vec<usize> = (0..pieces.len()).filter(|number| !has(*number)).collect();
    for number in missing.iter().take(most) {
        let piece = pieces.get(*number).expect("one of them").clone();
        let number = u32::try_from(*number).expect("few");
        let call = PiecePut {
            ticket,
            number,
            piece,
        };
        ask(road, &call)?;
    }
    if missing.len() > most {
        return Err(Failed::Lost);
    }
    ask(road, &FileFinish { ticket })?;
    Ok(())
}

impl Desk {
    /// Seals a file and keeps it, as if its pieces were in storage.
    pub fn pack(&mut self, address: DossierAddress, name: &str, content: &[u8]) -> Packed {
        let begun = self
            .engine
            .begin_file(address, content.len() as u64, &mut self.rng);
        let (mut file, sealed) = begun.expect("a file may be added");
        let pieces = packed(&sealed, content);
        (file.name, file.media) = (name.into(), "application/octet-stream".into());
        file.hash = sha256(content);
        let name = FileAddress(file.file.0);
        self.engine.keep_upload(address, file);
        self.keep();
        Packed { file: name, pieces }
    }

    /// Sends at most so many pieces of a file that waits; its event is made when all are there.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn send_file(&mut self, packed: &Packed, most: usize) -> Result<(), Failed> {
        let begin = self
            .engine
            .file_begin(packed.file, self.clock.now(), &mut self.rng)
            .ok_or(Failed::Lost)?;
        let ticket = match self.transmit(&begin) {
            Reply::Answer(body) => decode::<FileBegin>(&body),
            Reply::Problem(problem) => return Err(Failed::Problem(problem)),
            Reply::Lost => return Err(Failed::Lost),
        };
        send_pieces(&*self.transport, ticket, &packed.pieces, most)?;
        self.engine
            .upload_over(packed.file, self.clock.now(), &mut self.rng)
            .expect("the dossier takes it");
        self.keep();
        Ok(())
    }

    /// Adds a file to a dossier, over a good road.
    pub fn add_file(&mut self, address: DossierAddress, name: &str, content: &[u8]) -> FileAddress {
        let packed = self.pack(address, name, content);
        self.send_file(&packed, usize::MAX).expect("a good road");
        self.sync();
        packed.file
    }

    /// Reads a file of a dossier; what is wrong with it is told to the engine.
    ///
    /// # Errors
    /// [`PieceFault`].
    pub fn read_file(
        &mut self,
        address: DossierAddress,
        file: FileAddress,
    ) -> Result<Vec<u8>, PieceFault> {
        let reader = match self.engine.read_file(address, file) {
            Ok(reader) => reader,
            Err(FileError::Damaged) => return Err(PieceFault::Damaged),
            Err(error) => panic!("{error}"),
        };
        let mut content = Vec::new();
        let mut outcome = Ok(());
        for number in 0..reader.sealed().pieces() {
            let request = reader.request(number, self.clock.now(), &mut self.rng);
            let reply = self.transmit(&request);
            let opened = reader.answered(number, &reply).and_then(|piece| {
                let opened = reader.sealed().open(number, &piece);
                opened.map_err(|_| PieceFault::Damaged)
            });
            match opened {
                Ok(opened) => content.extend_from_slice(&opened),
                Err(fault) => {
                    outcome = Err(fault);
                    break;
                }
            }
        }
        if outcome.is_ok() && sha256(&content) != reader.file().hash {
            outcome = Err(PieceFault::Damaged);
        }
        self.engine.file_read(address, file, outcome);
        self.keep();
        outcome.map(|()| content)
    }
}

impl Reporter {
    /// Sends a file, and gives the part of a message that names it.
    pub fn attach(&mut self, name: &str, content: &[u8]) -> Part {
        let mut rng = super::chance(u64::from(content.first().copied().unwrap_or(0)) + 400);
        let mut random = [0; 16];
        rand_core::Rng::fill_bytes(&mut rng, &mut random);
        let file = FileAddress(random);
        let size = content.len() as u64;
        let (sealed, secret) = SealedFile::begin(&self.genesis(), file, size, &mut rng);
        let open = FileOpen {
            solution: self.work().expect("a challenge"),
            file,
            pieces: sealed.pieces(),
        };
        let ticket = ask(&*self.transport, &open).expect("work buys a file");
        let pieces = packed(&sealed, content);
        send_pieces(&*self.transport, ticket, &pieces, usize::MAX).expect("a good road");
        Part::of_file(&of(file, secret, name, content))
    }
}

/// What is written down about a file.
#[must_use]
pub fn of(file: FileAddress, secret: FileSecret, name: &str, content: &[u8]) -> File {
    File {
        file: FileRef(file.0),
        secret,
        size: content.len() as u64,
        hash: sha256(content),
        name: name.into(),
        media: "application/octet-stream".into(),
        cleaned: false,
    }
}

/// What seals and opens a file of this description.
#[must_use]
pub fn opener(genesis: GenesisHash, file: &File) -> SealedFile {
    let address = FileAddress(file.file.0);
    SealedFile::resume(&genesis, address, file.size, &file.secret).expect("its own secret")
}
