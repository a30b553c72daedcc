//! Packages between the page and the engine. One that was opened stays in memory until it is taken in or let go.

use js_sys::Uint8Array;
use sluis_domain::command::Refusal;
use sluis_domain::view::{GIST_MOST, clip};
use sluis_domain::vocabulary::Field;
use sluis_link::{
    Answer, DossierKey, Fault, Language, PackForm, PackageLine, PackageView, PackedFile, Secret,
};
use sluis_protocol::engine::{ActError, Engine, PackChoice, PackError};
use sluis_protocol::package::{self, Package, PackageError, Packed};
use sluis_protocol::words::Code;
use sluis_wire::address::DossierAddress;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::desk::{Chance, now};
use crate::open::act_fault;
use crate::words::lists;

/// A package on its way in.
#[derive(Default)]
pub(crate) struct Incoming {
    file: Vec<u8>,
    opened: Option<Package>,
}

/// Makes a package of a dossier, with words of its own.
pub(crate) fn pack(
    engine: &mut Engine,
    key: DossierKey,
    form: &PackForm,
    chance: &mut Chance,
) -> Result<Answer, Fault> {
    let lists = lists()?;
    let list = match form.language {
        Language::Dutch => &lists.dutch,
        Language::English => &lists.english,
    };
    let code = Code::generate(chance);
    let choice = PackChoice {
        conversation: form.conversation,
        notes: form.notes,
        contacts: form.contacts.then(|| form.reason.trim().into()),
    };
    let file = engine
        .pack(DossierAddress(key.0), &choice, &code, now(), chance)
        .map_err(|error| match error {
            PackError::Act(ActError::Refused(Refusal::Empty)) => Fault::Incomplete,
            PackError::Act(error) => act_fault(&error),
            PackError::Package(error) => fault(error),
        })?;
    let words = code.words(list).map(|word| Secret(word.into()));
    Ok(Answer::Packed(Box::new(PackedFile {
        file,
        words: words.into(),
    })))
}

impl Incoming {
    /// Opens the file that comes beside the request, or the one that came before, with these words.
    pub(crate) async fn open(
        &mut self,
        words: &Secret,
        beside: Option<Blob>,
    ) -> Result<Answer, Fault> {
        self.opened = None;
        if let Some(blob) = beside {
            self.file = Vec::new();
            self.file = bytes(&blob).await?;
        }
        package::look(&self.file).map_err(fault)?;
        let lists = lists()?;
        let code = Code::parse(&words.0, &[&lists.dutch, &lists.english])
            .map_err(|_| Fault::PackageWords)?;
        let package = Package::open(&self.file, &code).map_err(fault)?;
        let view = view(&package)?;
        self.file = Vec::new();
        self.opened = Some(package);
        Ok(Answer::Package(Box::new(view)))
    }

    /// Makes a dossier of the package that was opened.
    pub(crate) fn take(
        &mut self,
        heads: &[String],
        engine: &mut Engine,
        chance: &mut Chance,
    ) -> Result<DossierAddress, Fault> {
        let package = self.opened.as_ref().ok_or(Fault::NoDossier)?;
        let packed = package.dossiers.first().ok_or(Fault::PackageStrange)?;
        let made = engine.unpack(package, packed, heads, now(), chance);
        let address = made.map_err(|error| act_fault(&error))?;
        *self = Self::default();
        Ok(address)
    }
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, Fault> {
    let most = sluis_wire::frame::EXPORT;
    #[expect(clippy::cast_precision_loss, reason = "a bound of 64 MiB")]
    if blob.size() > most as f64 {
        return Err(Fault::PackageTooLarge);
    }
    let read = JsFuture::from(blob.array_buffer()).await;
    let read = read.map_err(|_| Fault::PackageNotWhole)?;
    Ok(Uint8Array::new(&read).to_vec())
}

fn view(package: &Package) -> Result<PackageView, Fault> {
    let packed = package.dossiers.first().ok_or(Fault::PackageStrange)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let people = packed.people.iter();
    let lines = packed.entries.iter().map(|entry| PackageLine {
        of: entry.of,
        author: entry.author.clone(),
        time: entry.time,
    });
    Ok(PackageView {
        organisation: package.organisation.clone(),
        made: package.made,
        number: packed.number.clone(),
        kind: packed.kind,
        opened: packed.opened,
        gist: gist(packed),
        people: count(packed.people.len()),
        contacts: count(people.filter(|one| one.contact.is_some()).count()),
        entries: lines.collect(),
    })
}

fn gist(packed: &Packed) -> String {
    let story = packed.fields.iter().find_map(|field| match field {
        Field::FirstStory(text) | Field::Happened(text) | Field::Asked(text) => Some(text),
        _ => None,
    });
    let said = packed.entries.first().map(|entry| &entry.text);
    story
        .or(said)
        .map(|text| clip(text, GIST_MOST))
        .unwrap_or_default()
}

fn fault(error: PackageError) -> Fault {
    match error {
        PackageError::NotWhole => Fault::PackageNotWhole,
        PackageError::Newer => Fault::PackageNewer,
        PackageError::TooLarge => Fault::PackageTooLarge,
        PackageError::Shut => Fault::PackageShut,
        PackageError::NoMemory => Fault::NoMemory,
        _ => Fault::PackageStrange,
    }
}
