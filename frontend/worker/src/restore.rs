//! Coming back with the recovery sheet: the paper device lets a new browser in, revokes what was lost, and hands over the keys (decision 31).

use futures_channel::mpsc::UnboundedSender;
use gloo_timers::future::TimeoutFuture;
use sluis_directory::entry::DeviceKind;
use sluis_link::{DeviceKey, Fault, Secret, SheetRead, Stage, Ticket};
use sluis_protocol::engine::Engine;
use sluis_protocol::primitives::stretch::Profile;
use sluis_protocol::sheet::{SHEET_WORDS, Share, Sheet};
use sluis_protocol::staff::DeviceSecrets;
use sluis_protocol::vault::Vault;
use sluis_protocol::words::WordList;
use sluis_wire::address::DeviceId;

use crate::desk::{Chance, Input, hello, now, progress};
use crate::enrol::{keep, settle};
use crate::open::Open;
use crate::people::{devices, fault};
use crate::setup::vault_fault;
use crate::storage::Storage;
use crate::words::{Lists, lists};

/// Times that an act which does not stand in the directory yet is tried again.
const TRIES: u32 = 15;
/// Milliseconds between two tries.
const PAUSE: u32 = 1_000;

/// Reads the words of a sheet, or of two of its three shares, in either language, whatever their case and punctuation.
///
/// # Errors
/// What is wrong with them.
pub(crate) fn read_sheet(text: &str, known: &Lists) -> Result<Sheet, SheetRead> {
    let (dutch, english) = (&known.dutch, &known.english);
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let lists = [dutch, english];
    let share = |words: &[String]| Share::parse(&words.join(" "), &lists);
    let read = match words.split_at_checked(SHEET_WORDS) {
        Some((all, [])) => Sheet::parse(text, &lists).ok_or_else(|| share(all).is_some()),
        Some((one, other)) if other.len() == SHEET_WORDS => {
            let both = share(one).zip(share(other));
            both.and_then(|(one, other)| Sheet::join(&one, &other))
                .ok_or(false)
        }
        _ => {
            return Err(SheetRead::Count(
                u8::try_from(words.len()).unwrap_or(u8::MAX),
            ));
        }
    };
    match read {
        Ok(sheet) => return Ok(sheet),
        Err(true) => return Err(SheetRead::OneShare),
        Err(false) => {}
    }
    let unknown = |list: &WordList| -> Vec<u8> {
        (1..)
            .zip(&words)
            .filter(|(_, word)| {
                let found = list.find(word);
                !found.is_some_and(|number| list.word(number).starts_with(word.as_str()))
            })
            .map(|(place, _)| place)
            .collect()
    };
    // The language of the sheet is the one that knows more of it.
    let (in_dutch, in_english) = (unknown(dutch), unknown(english));
    let unknown = if in_english.len() < in_dutch.len() {
        in_english
    } else {
        in_dutch
    };
    Err(if unknown.is_empty() {
        SheetRead::Mistaken
    } else {
        SheetRead::Unknown(unknown)
    })
}

/// The paper device at work, once it has read what the relay has.
async fn paper(text: &str, chance: &mut Chance) -> Result<Result<Engine, SheetRead>, Fault> {
    let sheet = match read_sheet(text, &*lists()?) {
        Ok(sheet) => sheet,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let welcome = hello().await.ok_or(Fault::Offline)?;
    let genesis = welcome.genesis.ok_or(Fault::Refused)?;
    let mut engine = Engine::from_sheet(&sheet, genesis);
    if !settle(&mut engine, chance).await {
        return Err(Fault::Offline);
    }
    let stands = engine
        .directory()
        .is_some_and(|directory| directory.is_current(&engine.device().id));
    Ok(if stands {
        Ok(engine)
    } else {
        Err(SheetRead::Foreign)
    })
}

/// Whose sheet it is and which browsers they have.
pub(crate) async fn look(
    ticket: Ticket,
    words: &Secret,
    chance: &mut Chance,
) -> Result<SheetRead, Fault> {
    progress(ticket, Stage::Syncing, 200);
    let engine = match paper(&words.0, chance).await? {
        Ok(engine) => engine,
        Err(wrong) => return Ok(wrong),
    };
    let member = engine.device().member;
    let mut devices = engine
        .directory()
        .map(|directory| devices(&engine, directory, &member))
        .unwrap_or_default();
    devices.retain(|device| !device.paper);
    Ok(SheetRead::Fits {
        person: engine.name_of(&member),
        organisation: engine
            .organisation()
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        devices,
    })
}

/// What it takes to come back.
pub(crate) struct Asked {
    pub(crate) ticket: Ticket,
    pub(crate) words: Secret,
    pub(crate) passphrase: Secret,
    pub(crate) lost: Vec<DeviceKey>,
}

impl Asked {
    /// Brings this browser to work in the place of lost ones.
    pub(crate) async fn run(
        self,
        storage: Storage,
        inbox: UnboundedSender<Input>,
        chance: &mut Chance,
    ) -> Result<Open, Fault> {
        progress(self.ticket, Stage::Stretching, 50);
        let passphrase = self.passphrase.0.trim();
        let (mut vault, header) =
            Vault::create(passphrase, Profile::Vault, chance).map_err(vault_fault)?;
        progress(self.ticket, Stage::Syncing, 400);
        let paper = paper(&self.words.0, chance).await?;
        let mut engine = paper.map_err(|_| Fault::Refused)?;
        progress(self.ticket, Stage::Syncing, 700);
        let secrets = DeviceSecrets::generate(engine.device().member, chance);
        let lost: Vec<DeviceId> = self.lost.iter().map(|device| DeviceId(device.0)).collect();
        engine
            .replace_devices(&secrets.public(DeviceKind::Browser), &lost, now())
            .map_err(fault)?;
        let mut connected = settle(&mut engine, chance).await;
        for _ in 0..TRIES {
            if engine.office_pending() == 0 {
                break;
            }
            // Somebody else was first, or the relay was busy.
            TimeoutFuture::new(PAUSE).await;
            engine.poke_all();
            connected = settle(&mut engine, chance).await;
        }
        if let Some(error) = engine.take_office_refused() {
            return Err(fault(error));
        }
        if engine.office_pending() > 0 {
            return Err(if connected {
                Fault::Busy
            } else {
                Fault::Offline
            });
        }
        let mut engine = engine.into_device(secrets, now(), chance);
        let genesis = engine.genesis();
        keep(&mut engine, &mut vault, &header, &storage, chance).await?;
        progress(self.ticket, Stage::Syncing, 1_000);
        Ok(Open::new(engine, vault, storage, inbox, Some(genesis)))
    }
}
