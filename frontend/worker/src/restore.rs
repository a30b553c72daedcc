//! Coming back with the recovery sheet: the paper device lets a new browser in, revokes what was lost, and hands over the keys (decision 31).

use std::rc::Rc;

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
use zeroize::Zeroizing;

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

/// Words of a sheet as somebody typed them: in either language, whatever their case and punctuation.
pub(crate) struct Typed {
    words: Vec<Secret>,
    known: Rc<Lists>,
}

impl Typed {
    /// # Errors
    /// [`Fault::Offline`] when the lists of words are not here.
    pub(crate) fn new(text: &str) -> Result<Self, Fault> {
        let words = text
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(|word| Secret(word.to_lowercase()));
        Ok(Self {
            words: words.collect(),
            known: lists()?,
        })
    }

    /// A sheet, whole or from two of its three parts.
    ///
    /// # Errors
    /// What is wrong with the words.
    pub(crate) fn sheet(&self) -> Result<Sheet, SheetRead> {
        let part = |words: &[Secret]| Share::parse(&joined(words), &self.lists());
        match self.words.split_at_checked(SHEET_WORDS) {
            Some((all, [])) => Sheet::parse(&joined(all), &self.lists()).ok_or_else(|| {
                if part(all).is_some() {
                    SheetRead::OneShare
                } else {
                    self.mistaken()
                }
            }),
            Some((one, other)) if other.len() == SHEET_WORDS => part(one)
                .zip(part(other))
                .and_then(|(one, other)| Sheet::join(&one, &other))
                .ok_or_else(|| self.mistaken()),
            _ => Err(self.count()),
        }
    }

    /// The one sheet that `fits`; or the place of the one word that is in the way.
    ///
    /// # Errors
    /// What is wrong with the words.
    pub(crate) fn sheet_that(&self, fits: impl Fn(&Sheet) -> bool) -> Result<Sheet, SheetRead> {
        match self.sheet() {
            Ok(sheet) if fits(&sheet) => Ok(sheet),
            Ok(_) => Err(SheetRead::Foreign),
            Err(wrong) => {
                Err(Sheet::misread(&joined(&self.words), &self.lists(), fits).map_or(wrong, place))
            }
        }
    }

    /// The one part that `fits`; or the place of the one word that is in the way.
    ///
    /// # Errors
    /// What is wrong with the words.
    pub(crate) fn part_that(&self, fits: impl Fn(&Share) -> bool) -> Result<Share, SheetRead> {
        if self.words.len() != SHEET_WORDS {
            return Err(self.count());
        }
        let text = joined(&self.words);
        match Share::parse(&text, &self.lists()) {
            Some(part) if fits(&part) => Ok(part),
            part => {
                let strange = if part.is_some() {
                    SheetRead::Foreign
                } else {
                    self.mistaken()
                };
                Err(Share::misread(&text, &self.lists(), fits).map_or(strange, place))
            }
        }
    }

    fn lists(&self) -> [&WordList; 2] {
        [&self.known.dutch, &self.known.english]
    }

    fn count(&self) -> SheetRead {
        SheetRead::Count(u8::try_from(self.words.len()).unwrap_or(u8::MAX))
    }

    /// Words that no list has, or words that do not belong together.
    fn mistaken(&self) -> SheetRead {
        let unknown = |list: &WordList| -> Vec<u8> {
            (1..)
                .zip(&self.words)
                .filter(|(_, Secret(word))| {
                    let found = list.find(word);
                    !found.is_some_and(|number| list.word(number).starts_with(word.as_str()))
                })
                .map(|(place, _)| place)
                .collect()
        };
        // The language of the sheet is the one that knows more of it.
        let (in_dutch, in_english) = (unknown(&self.known.dutch), unknown(&self.known.english));
        let unknown = if in_english.len() < in_dutch.len() {
            in_english
        } else {
            in_dutch
        };
        if unknown.is_empty() {
            SheetRead::Mistaken
        } else {
            SheetRead::Unknown(unknown)
        }
    }
}

fn joined(words: &[Secret]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(words.len() * 12));
    for Secret(word) in words {
        text.push_str(word);
        text.push(' ');
    }
    text
}

/// A place from 0 as a person counts.
fn place(place: usize) -> SheetRead {
    SheetRead::Wrong(u8::try_from(place + 1).unwrap_or(u8::MAX))
}

/// The paper device at work, once it has read what the relay has.
async fn paper(text: &str, chance: &mut Chance) -> Result<Result<Engine, SheetRead>, Fault> {
    let sheet = match Typed::new(text)?.sheet() {
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
