//! Settings of organisations that stand, signed, in the directory (decision 26): the table of subcategories, and whether respondents are named
//! (docs/protocol.md 3.6 and 3.7).

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::class::{ClassChange, ClassEdit, next_code};
use sluis_directory::entry::{LegalGround, Op, RespondentPolicy};
use sluis_directory::error::{Error, Field as Bounded, Thing};
use sluis_directory::log::Directory;
use sluis_domain::classes::{ClassNames, Classes};
use sluis_domain::command::{Command, Refusal};
use sluis_domain::people::Respondents;
use sluis_domain::vocabulary::{Category, Field, Subcategory};
use sluis_wire::address::{DossierAddress, OrganisationId};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;
use zeroize::Zeroizing;

use super::office::OfficeError;
use super::{ActError, Engine, Work};
use crate::primitives::{chunked, kdf};

/// Most bytes of the reasons of a policy about respondents.
const REASONS: usize = 2_000;

/// What a director of the centre wants of the table of subcategories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassWish {
    /// A new one under this category.
    Add(Category, ClassNames),
    /// Another name for the one with this code.
    Rename(u16, ClassNames),
    /// The one with this code is offered no more.
    Retire(u16),
}

impl Engine {
    /// The table of subcategories, as the directory has it.
    #[must_use]
    pub fn classes(&self) -> Classes {
        self.directory.as_ref().map(classes_of).unwrap_or_default()
    }

    /// Edits the table of subcategories, after all edits of mine that wait.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn edit_classes(&mut self, wish: ClassWish, now: UnixTime) -> Result<(), OfficeError> {
        let planned = self.planned().ok_or(OfficeError::NotReady)?;
        let edits = planned.classes();
        let (code, category, change) = match wish {
            ClassWish::Add(category, names) => {
                let full = Error::Bounds(Bounded::Subcategory);
                (next_code(edits).ok_or(full)?, place(category), named(names))
            }
            ClassWish::Rename(code, names) => (code, category_of(edits, code)?, named(names)),
            ClassWish::Retire(code) => (code, category_of(edits, code)?, ClassChange::Retired),
        };
        let edit = ClassEdit {
            version: classes_of(&planned).version().saturating_add(1),
            category,
            code,
            change,
        };
        self.say(Op::Classification(edit), now)
    }

    /// Says whether my organisation keeps who respondents are from now on, on what ground, and why (Q2). Switching on takes reasons.
    ///
    /// # Errors
    /// [`OfficeError`]: nothing happened then.
    pub fn set_respondents(
        &mut self,
        ground: Option<LegalGround>,
        reasons: &str,
        now: UnixTime,
        rng: &mut impl CryptoRng,
    ) -> Result<(), OfficeError> {
        let organisation = self.member().ok_or(OfficeError::NotReady)?.organisation;
        let names = self.names.as_ref().ok_or(OfficeError::NotReady)?;
        let reasons = reasons.trim();
        if reasons.len() > REASONS || (ground.is_some() && reasons.is_empty()) {
            return Err(OfficeError::Refused(Error::Bounds(Bounded::Reasons)));
        }
        let planned = self.planned().ok_or(OfficeError::NotReady)?;
        let before = planned.respondents(&organisation);
        let version = before.map_or(0, |known| known.version).saturating_add(1);
        let says = Zeroizing::new(codec::encode(&reasons));
        let context = reasons_context(&organisation, version);
        let policy = RespondentPolicy {
            organisation,
            version,
            ground,
            sealed: chunked::seal(names, &context, &says, rng),
        };
        self.say(Op::Respondents(policy), now)
    }

    /// The ground on which an organisation keeps who respondents are, while it does.
    #[must_use]
    pub fn respondent_ground(&self, organisation: &OrganisationId) -> Option<LegalGround> {
        let directory = self.directory.as_ref()?;
        directory.respondents(organisation)?.ground
    }

    /// The reasons in a policy about respondents; empty for none, or while they cannot be read.
    #[must_use]
    pub fn reasons_in(&self, policy: &RespondentPolicy) -> String {
        let context = reasons_context(&policy.organisation, policy.version);
        let names = self.names.as_ref();
        let says = names.and_then(|names| chunked::open(names, &context, &policy.sealed).ok());
        says.and_then(|says| codec::decode(&says, policy.sealed.len()).ok())
            .unwrap_or_default()
    }

    /// The organisation whose dossier it is: that of the team that it was opened for.
    #[must_use]
    pub fn organisation_of(&self, address: &DossierAddress) -> Option<OrganisationId> {
        let team = self.dossiers.get(address).and_then(Work::team)?;
        Some(self.directory.as_ref()?.team(&team)?.team.organisation)
    }

    /// Whether who respondents are is kept in a dossier.
    #[must_use]
    pub fn respondents_in(&self, address: &DossierAddress) -> Respondents {
        let organisation = self.organisation_of(address);
        match organisation.and_then(|organisation| self.respondent_ground(&organisation)) {
            Some(_) => Respondents::Named,
            None => Respondents::Unnamed,
        }
    }

    /// What the settings say of a wish that the dossier's own rules cannot judge.
    pub(super) fn check_settings(&self, command: &Command) -> Result<(), ActError> {
        match command {
            Command::Set(Field::Classification(Some((category, Some(sub))))) => {
                let classes = self.classes();
                if !classes.fits(*category, *sub) {
                    return Err(ActError::Refused(Refusal::CategoryDoesNotFit));
                }
                if !classes.was_offered(*category, *sub) {
                    return Err(ActError::Refused(Refusal::NotOffered));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// The table that these edits add up to.
fn classes_of(directory: &Directory) -> Classes {
    let mut classes = Classes::default();
    for edit in directory.classes() {
        let Some(category) = Category::ALL.get(usize::from(edit.category)) else {
            continue;
        };
        match &edit.change {
            ClassChange::Named { dutch, english } => {
                let names = ClassNames {
                    dutch: dutch.clone(),
                    english: english.clone(),
                };
                classes.name(*category, edit.code, names);
            }
            ClassChange::Retired => classes.retire(*category, edit.code),
        }
    }
    classes
}

fn reasons_context(organisation: &OrganisationId, version: u32) -> Vec<u8> {
    kdf::context(
        "sluis/1/respondents",
        &[&organisation.0, &version.to_be_bytes()],
    )
}

fn named(names: ClassNames) -> ClassChange {
    let tidy = |name: String| String::from(name.trim());
    ClassChange::Named {
        dutch: tidy(names.dutch),
        english: tidy(names.english),
    }
}

/// The place of a category in mission M19.
fn place(category: Category) -> u8 {
    let place = Category::ALL.iter().position(|known| *known == category);
    place
        .and_then(|place| u8::try_from(place).ok())
        .unwrap_or(u8::MAX)
}

/// The category of a code that exists.
fn category_of(edits: &[ClassEdit], code: u16) -> Result<u8, OfficeError> {
    let own = edits.iter().find(|edit| edit.code == code);
    let built_in = || {
        let known = Subcategory::built_in(code)?;
        let fits = |category: &&Category| category.subcategories().contains(&known);
        let mut fitting = Category::ALL.iter().filter(fits);
        // What stands under every category is nobody's to change.
        fitting.next().filter(|_| fitting.next().is_none())
    };
    own.map(|edit| edit.category)
        .or_else(|| built_in().copied().map(place))
        .ok_or(OfficeError::Refused(Error::Unknown(Thing::Subcategory)))
}
