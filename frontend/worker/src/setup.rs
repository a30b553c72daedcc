//! First-run set-up: keys, vault, first entries, recovery sheet.

use futures_channel::mpsc::UnboundedSender;
use gloo_timers::future::TimeoutFuture;
use sluis_directory::entry::{OrganisationKind, Policy, Role};
use sluis_directory::signature::VerifyingKey;
use sluis_link::{Fault, Language, Secret, SetUpForm, Stage, Ticket};
use sluis_protocol::engine::{Engine, Reply};
use sluis_protocol::founding::{OrganisationPlan, PersonPlan, Plan, control_code, found};
use sluis_protocol::primitives::stretch::Profile;
use sluis_protocol::sheet::Sheet;
use sluis_protocol::vault::Vault;
use sluis_wire::api::Problem;

use crate::desk::{Chance, Input, hello, now, progress};
use crate::net;
use crate::open::Open;
use crate::storage::Storage;
use crate::words::lists;

/// Words of a generated passphrase: 66 bits, behind 256 MiB of stretching.
const PASSPHRASE_WORDS: usize = 6;
/// What an own passphrase has to have at the least.
const OWN_WORDS: usize = 5;
/// See [`OWN_WORDS`].
const OWN_LETTERS: usize = 24;
/// Longest name that is asked for, in bytes.
const NAME_MOST: usize = 120;
/// Words of the sheet that the rehearsal asks for.
const REHEARSED: usize = 4;
/// Times that set-up looks whether an answer that was lost had arrived.
const LOOKS: u32 = 5;

/// A passphrase of six random words.
///
/// # Errors
/// [`Fault::Offline`] when the list of words is not here.
pub(crate) fn propose(chance: &mut Chance) -> Result<Secret, Fault> {
    let lists = lists()?;
    let words: Vec<&str> = (0..PASSPHRASE_WORDS)
        .map(|_| {
            let mut number = [0; 2];
            rand_core::Rng::fill_bytes(chance, &mut number);
            lists.dutch.word(u16::from_be_bytes(number))
        })
        .collect();
    Ok(Secret(words.join(" ")))
}

/// Whether an own passphrase is long and varied enough. A rule that people can follow, not a promise of bits: generated words are better.
pub(crate) fn is_strong(passphrase: &str) -> bool {
    let words: sluis_sorted::Set<String> = passphrase
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    let kinds: sluis_sorted::Set<char> = passphrase.chars().collect();
    words.len() >= OWN_WORDS && letters >= OWN_LETTERS && kinds.len() >= 8
}

/// All of set-up. When it fails, nothing of it is left in this browser.
pub(crate) async fn run(
    ticket: Ticket,
    form: &SetUpForm,
    storage: Storage,
    inbox: UnboundedSender<Input>,
    chance: &mut Chance,
) -> Result<(Open, Rehearsal, sluis_link::Sheet), Fault> {
    let names = [&form.organisation, &form.line, &form.person];
    if names
        .iter()
        .any(|name| name.trim().is_empty() || name.trim().len() > NAME_MOST)
        || form.code.0.trim().is_empty()
    {
        return Err(Fault::Incomplete);
    }
    progress(ticket, Stage::Syncing, 50);
    let welcome = hello().await.ok_or(Fault::Offline)?;
    if welcome.set_up {
        return Err(Fault::WrongSetUpCode);
    }
    progress(ticket, Stage::MakingKeys, 100);
    let plan = Plan {
        name: form.organisation.trim().into(),
        demonstration: false,
        relay_key: VerifyingKey::parse(welcome.relay_key).map_err(|_| Fault::Refused)?,
        policy: Policy::default(),
        organisations: vec![OrganisationPlan {
            name: form.organisation.trim().into(),
            kind: OrganisationKind::Centre,
            line: form.line.trim().into(),
            people: vec![PersonPlan {
                name: form.person.trim().into(),
                roles: vec![Role::Director, Role::CaseManager],
            }],
        }],
    };
    let mut founded = found(&plan, now(), chance).map_err(|_| Fault::Refused)?;
    let sheet = core::mem::replace(&mut founded.sheet, Sheet::generate(chance));
    let (mut engine, _) =
        Engine::found(founded, form.code.0.trim().into(), now()).map_err(|_| Fault::Refused)?;
    progress(ticket, Stage::Stretching, 300);
    let (mut vault, header) =
        Vault::create(form.passphrase.0.trim(), Profile::Vault, chance).map_err(vault_fault)?;
    progress(ticket, Stage::Syncing, 700);
    // On disk first: keys that the relay knows and this browser does not would be lost for good.
    // What an earlier attempt that was broken off may have left.
    storage.clear().await.map_err(|_| Fault::Storage)?;
    let writes = vault.seal(&engine.take_changes(), chance);
    storage
        .write(Some(&header), &writes)
        .await
        .map_err(|_| Fault::Storage)?;
    if let Err(fault) = send(&mut engine, chance).await {
        storage.clear().await.map_err(|_| Fault::Storage)?;
        return Err(fault);
    }
    let writes = vault.seal(&engine.take_changes(), chance);
    storage
        .write(None, &writes)
        .await
        .map_err(|_| Fault::Storage)?;
    progress(ticket, Stage::Syncing, 1_000);
    let shown = shown(&sheet, form.language, &engine, chance)?;
    let genesis = engine.genesis();
    let open = Open::new(engine, vault, storage, inbox, Some(genesis));
    Ok((open, Rehearsal::new(&shown), shown))
}

/// Sends the first entries and finds out what became of them.
async fn send(engine: &mut Engine, chance: &mut Chance) -> Result<(), Fault> {
    let outgoing = engine.next(now(), chance).ok_or(Fault::Internal)?;
    let reply = net::send(outgoing.path, &outgoing.body, None).await;
    let fault = match &reply {
        Reply::Answer(_) => None,
        Reply::Problem(Problem::SetUp | Problem::Forbidden) => Some(Fault::WrongSetUpCode),
        Reply::Problem(Problem::Busy) => Some(Fault::Busy),
        Reply::Problem(_) => Some(Fault::Refused),
        // The request may have arrived all the same: ask.
        Reply::Lost => {
            let mut arrived = false;
            for _ in 0..LOOKS {
                if let Some(welcome) = hello().await {
                    arrived = welcome.genesis == Some(engine.genesis());
                    break;
                }
                TimeoutFuture::new(1_000).await;
            }
            (!arrived).then_some(Fault::Offline)
        }
    };
    if let Some(fault) = fault {
        return Err(fault);
    }
    engine.absorb(outgoing.step, &Reply::Answer(Vec::new()), now(), chance);
    Ok(())
}

fn shown(
    sheet: &Sheet,
    language: Language,
    engine: &Engine,
    chance: &mut Chance,
) -> Result<sluis_link::Sheet, Fault> {
    let lists = lists()?;
    let list = match language {
        Language::Dutch => &lists.dutch,
        Language::English => &lists.english,
    };
    Ok(sluis_link::Sheet {
        words: sheet
            .words(list)
            .iter()
            .map(|word| Secret(word.as_str().into()))
            .collect(),
        control_code: control_code(&engine.genesis().0),
        ask: places(chance),
    })
}

/// Places of the words that the rehearsal asks for, in order.
fn places(chance: &mut Chance) -> Vec<u8> {
    let mut places = sluis_sorted::Set::new();
    while places.len() < REHEARSED {
        let mut place = [0];
        rand_core::Rng::fill_bytes(chance, &mut place);
        let [place] = place;
        // 240 is a multiple of 24: no place is likelier than another.
        if place < 240 {
            places.insert(place % 24);
        }
    }
    places.into_iter().collect()
}

/// The words that the rehearsal waits for. It does not hold the rest of the sheet.
pub(crate) struct Rehearsal(Vec<Secret>);

impl Rehearsal {
    fn new(sheet: &sluis_link::Sheet) -> Self {
        let asked = sheet
            .ask
            .iter()
            .filter_map(|place| sheet.words.get(usize::from(*place)));
        Self(asked.cloned().collect())
    }

    /// Whether the typed words are those, whatever their case and spacing; four letters of each are enough.
    pub(crate) fn fits(&self, typed: &str) -> bool {
        let typed: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let same = |(typed, word): (&String, &Secret)| {
            typed == &word.0 || (typed.chars().count() >= 4 && word.0.starts_with(typed.as_str()))
        };
        typed.len() == self.0.len() && typed.iter().zip(&self.0).all(same)
    }
}

/// What a vault that does not open means to a person.
pub(crate) fn vault_fault(error: sluis_protocol::Error) -> Fault {
    match error {
        sluis_protocol::Error::Damaged => Fault::WrongPassphrase,
        sluis_protocol::Error::OutOfMemory => Fault::NoMemory,
        sluis_protocol::Error::Encoding(_) => Fault::NewerVault,
        _ => Fault::Internal,
    }
}
