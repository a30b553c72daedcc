//! Coming in with an invitation: keys of its own, a request in the slot, six words, and then waiting until a directory entry names them
//! (decision 30). Nothing is written down before this browser is let in.

use futures_channel::mpsc::UnboundedSender;
use gloo_timers::future::TimeoutFuture;
use sluis_directory::entry::DeviceKind;
use sluis_link::{Fault, Secret, Stage, Ticket};
use sluis_protocol::engine::{Engine, Reply};
use sluis_protocol::pairing::{Invitation, answer_to_text, control_words, request};
use sluis_protocol::primitives::stretch::Profile;
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::Vault;
use sluis_wire::address::DeviceId;
use sluis_wire::api::{Call as _, ChallengeRead, Problem, RendezvousPut};
use sluis_wire::codec;
use sluis_wire::limits::RENDEZVOUS_SECONDS;
use sluis_wire::pow::{Challenge, PUZZLES, Search, Solution, Workbench};

use crate::desk::{Chance, Input, hello, now, progress};
use crate::net;
use crate::open::Open;
use crate::people::picture;
use crate::setup::vault_fault;
use crate::storage::Storage;
use crate::words::lists;

/// Milliseconds between two looks whether the entry is there.
const LOOK: u32 = 1_500;
/// Seconds that are waited after the request was left: while the slot lives, and a moment for the last word.
const WAITS: u64 = RENDEZVOUS_SECONDS + 120;
/// Requests in a row after which a relay is not asked any further at once.
const MOST: usize = 2_000;

/// A browser that has knocked.
pub(crate) struct Joining {
    engine: Engine,
    device: DeviceId,
    vault: Vault,
    header: Vec<u8>,
}

/// The invitation in a text, when it is one of the deployment that this site belongs to.
pub(crate) async fn read(text: &str) -> Result<Option<Invitation>, Fault> {
    let Some(invitation) = Invitation::parse(text) else {
        return Ok(None);
    };
    let welcome = hello().await.ok_or(Fault::Offline)?;
    Ok((welcome.genesis == Some(invitation.genesis)).then_some(invitation))
}

/// Makes the keys, leaves the request, and returns what to show.
pub(crate) async fn knock(
    ticket: Ticket,
    invitation: &str,
    passphrase: &Secret,
    chance: &mut Chance,
) -> Result<(Joining, sluis_link::Joining), Fault> {
    progress(ticket, Stage::Stretching, 50);
    let invitation = read(invitation).await?.ok_or(Fault::InvitationOver)?;
    let (vault, header) =
        Vault::create(passphrase.0.trim(), Profile::Vault, chance).map_err(vault_fault)?;
    progress(ticket, Stage::MakingKeys, 300);
    let secrets = DeviceSecrets::generate(invitation.member, chance);
    let device = secrets.public(DeviceKind::Browser);
    let request = request(&secrets);
    progress(ticket, Stage::Syncing, 400);
    let solution = work(ticket).await?;
    let call = RendezvousPut {
        slot: invitation.slot,
        solution,
        request,
    };
    match net::send(RendezvousPut::PATH, &codec::encode(&call), None).await {
        Reply::Answer(_) => {}
        Reply::Problem(Problem::Conflict) => return Err(Fault::InvitationOver),
        Reply::Problem(Problem::Busy) => return Err(Fault::Busy),
        Reply::Problem(_) => return Err(Fault::Refused),
        Reply::Lost => return Err(Fault::Offline),
    }
    let code = answer_to_text(&invitation, &device);
    // Without its spaces the text takes five and a half bits a letter.
    let dense: String = code.split(' ').collect();
    let shown = sluis_link::Joining {
        words: control_words(&invitation, &device, &lists()?.dutch),
        picture: picture(&dense).ok_or(Fault::Internal)?,
        code,
    };
    let joining = Joining {
        engine: Engine::join(secrets, &invitation),
        device: device.id,
        vault,
        header,
    };
    Ok((joining, shown))
}

/// Solves what the relay asks for before it lends a slot.
async fn work(ticket: Ticket) -> Result<Solution, Fault> {
    // The relay knows this call by its size too.
    let body = codec::encode(&ChallengeRead);
    let body = codec::pad_to(&body, ChallengeRead::SIZE.unwrap_or_default())
        .map_err(|_| Fault::Internal)?;
    let reply = net::send(ChallengeRead::PATH, &body, None).await;
    let challenge: Challenge = match reply {
        Reply::Answer(body) => codec::decode(&body, 1_024).map_err(|_| Fault::Refused)?,
        Reply::Problem(Problem::Busy) => return Err(Fault::Busy),
        Reply::Problem(_) => return Err(Fault::Refused),
        Reply::Lost => return Err(Fault::Offline),
    };
    let mut search = Search::new(challenge).map_err(|_| Fault::Refused)?;
    let mut bench = Workbench::new();
    let mut told = 0;
    loop {
        if let Some(solution) = search.step(&mut bench).map_err(|_| Fault::Internal)? {
            return Ok(solution);
        }
        if search.solved() > told {
            told = search.solved();
            let part = u16::try_from(500 * told / PUZZLES).unwrap_or_default();
            progress(ticket, Stage::Syncing, 400 + part);
        }
    }
}

impl Joining {
    /// Waits until the directory names this browser; then it is written down and opened.
    pub(crate) async fn enter(
        mut self,
        storage: Storage,
        inbox: UnboundedSender<Input>,
        chance: &mut Chance,
    ) -> Result<Open, Fault> {
        let end = now().plus(WAITS);
        loop {
            self.engine.poke_all();
            // Without a connection it is tried again.
            let _settled = settle(&mut self.engine, chance).await;
            let directory = self.engine.directory();
            if directory.is_some_and(|directory| directory.is_current(&self.device)) {
                break;
            }
            if now() > end {
                return Err(Fault::InvitationOver);
            }
            TimeoutFuture::new(LOOK).await;
        }
        let genesis = self.engine.genesis();
        keep(
            &mut self.engine,
            &mut self.vault,
            &self.header,
            &storage,
            chance,
        )
        .await?;
        Ok(Open::new(
            self.engine,
            self.vault,
            storage,
            inbox,
            Some(genesis),
        ))
    }
}

/// Sends what an engine wants to send, until it wants nothing more for now. Returns whether there was a connection.
pub(crate) async fn settle(engine: &mut Engine, chance: &mut Chance) -> bool {
    for _ in 0..MOST {
        let Some(outgoing) = engine.next(now(), chance) else {
            return true;
        };
        let reply = net::send(outgoing.path, &outgoing.body, outgoing.proof.as_deref()).await;
        let lost = reply == Reply::Lost;
        engine.absorb(outgoing.step, &reply, now(), chance);
        if lost {
            return false;
        }
    }
    true
}

/// Writes a new vault in the place of whatever was there.
pub(crate) async fn keep(
    engine: &mut Engine,
    vault: &mut Vault,
    header: &[u8],
    storage: &Storage,
    chance: &mut Chance,
) -> Result<(), Fault> {
    storage.clear().await.map_err(|_| Fault::Storage)?;
    let writes = vault.seal(&engine.take_changes(), chance);
    storage
        .write(Some(header), &writes)
        .await
        .map_err(|_| Fault::Storage)
}
