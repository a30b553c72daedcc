//! One request at a time: what it is about, how it is written, how an answer finds it.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::capability::sign_request;
use sluis_directory::signature::SigningKey;
use sluis_directory::statement::StatementKey;
use sluis_domain::ids::PersonId;
use sluis_wire::address::{DossierAddress, FileAddress, GenesisHash};
use sluis_wire::api::{Call, Problem};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;

use super::Engine;

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Founds the deployment.
    SetUp,
    /// Asks for the relay's clock, after it refused a proof.
    Clock,
    /// Reads the directory.
    Directory,
    /// Appends acts of a director to the directory.
    Office,
    /// Reads statements.
    Statements,
    /// Puts one of my statements.
    Put(StatementKey),
    /// Reads the newest snapshot.
    SnapshotRead,
    /// Puts a snapshot as a witness.
    Snapshot,
    /// Asks what changed.
    Changes,
    /// Reads a dossier's control chain.
    Control(DossierAddress),
    /// Reads a dossier's events.
    Events(DossierAddress),
    /// Creates a dossier.
    Create(DossierAddress),
    /// Appends to a dossier's control chain.
    Link(DossierAddress),
    /// Appends events to a dossier.
    Append(DossierAddress),
    /// Puts a reply on the board.
    Board(DossierAddress, u32),
    /// Keeps replies on the board alive.
    Renew(DossierAddress),
    /// Lists the intake queue.
    Intake,
    /// Deletes imported entries.
    IntakeDelete,
    /// Puts contact data of a person.
    PersonPut(DossierAddress, PersonId),
    /// Reads the wraps of a person's contact data.
    PersonWraps(DossierAddress, PersonId),
    /// Replaces the wraps of a person's contact data.
    PersonWrapsPut(DossierAddress, PersonId),
    /// Reads the contact data of a dossier's people.
    People(DossierAddress),
    /// Destroys contact data.
    Erase(DossierAddress),
    /// Takes files of the reporter into a dossier.
    Claim(DossierAddress),
    /// Deletes files of a dossier.
    Unfile(DossierAddress),
    /// Puts the row of a dossier of mine with the figures.
    FigurePut(DossierAddress),
    /// Lists the rows of the figures.
    Figures,
    /// Begins a file, or reads a piece of one: not one of the requests that [`Engine::absorb`] waits for.
    File(FileAddress),
}

/// A request to be sent as `POST path` with `body`, and `proof` as the header [`sluis_wire::capability::HEADER`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// What it is about: to be handed back with the answer.
    pub step: Step,
    /// Path.
    pub path: &'static str,
    /// Body.
    pub body: Vec<u8>,
    /// Header's value, when the call needs one.
    pub proof: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Status 200 with this body.
    Answer(Vec<u8>),
    /// A problem with this code.
    Problem(Problem),
    /// Nothing: no connection. Try again later.
    Lost,
}

/// The request under way, with what its answer needs to be understood.
pub(super) struct InFlight {
    pub(super) step: Step,
    /// Events, entry numbers or the like that were sent, so that only these count as stored.
    pub(super) sent: Vec<[u8; 32]>,
}

/// Which key signs a request.
pub(super) enum Signer<'a> {
    Nobody,
    Key(&'a SigningKey),
}

impl Engine {
    /// The next request, or nothing when all is done for now.
    pub fn next(&mut self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Outgoing> {
        if self.in_flight.is_some() {
            return None;
        }
        let (outgoing, sent) = self.next_step(now, rng)?;
        self.in_flight = Some(InFlight {
            step: outgoing.step,
            sent,
        });
        Some(outgoing)
    }

    /// What opens the stream of changes, once the staff capability is here. Not one of the requests that [`Engine::absorb`] waits for.
    pub fn stream_request(&self, now: UnixTime, rng: &mut impl CryptoRng) -> Option<Outgoing> {
        let staff = self.staff_key()?;
        Some(self.write(
            Step::Changes,
            &sluis_wire::api::StreamOpen,
            &Signer::Key(staff),
            now,
            rng,
        ))
    }

    pub(super) fn write<C: Call>(
        &self,
        step: Step,
        call: &C,
        signer: &Signer<'_>,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Outgoing {
        let time = self.relay_time(now);
        written(&self.genesis, step, call, signer, time, rng)
    }
}

/// Writes a call at this time of the relay's clock.
pub(super) fn written<C: Call>(
    genesis: &GenesisHash,
    step: Step,
    call: &C,
    signer: &Signer<'_>,
    time: UnixTime,
    rng: &mut impl CryptoRng,
) -> Outgoing {
    let body = codec::encode(call);
    let proof = match signer {
        Signer::Nobody => None,
        Signer::Key(key) => {
            let mut nonce = [0; 16];
            rng.fill_bytes(&mut nonce);
            Some(sign_request(key, genesis, C::PATH, &body, nonce, time).encode())
        }
    };
    Outgoing {
        step,
        path: C::PATH,
        body,
        proof,
    }
}
