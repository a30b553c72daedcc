//! The table of subcategories of a deployment (mission M19), with its past: what a code is called and whether it is offered in each version.
//!
//! Version 0 is what every deployment begins with. An edit makes the next version; a name that a code had in a version stays what that code is
//! called in a dossier that was classified with it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Category, Subcategory};

/// Names of a subcategory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassNames {
    /// In Dutch.
    pub dutch: String,
    /// In English.
    pub english: String,
}

/// A subcategory that was edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Class {
    code: u16,
    category: Category,
    /// With the version from which on each holds, in ascending order.
    names: Vec<(u32, ClassNames)>,
    /// The version from which on it is not offered.
    retired: Option<u32>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classes {
    version: u32,
    /// In order of the first edit.
    edited: Vec<Class>,
}

/// What a subcategory is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassName<'a> {
    /// As the catalogue says.
    BuiltIn(Subcategory),
    /// As directors say.
    Own(&'a ClassNames),
    /// The table here does not know this code (yet).
    Unknown(u16),
}

impl Classes {
    /// The version of now.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// From the next version on, this code of this category is called so.
    pub fn name(&mut self, category: Category, code: u16, names: ClassNames) {
        self.edit(category, code, |class, version| {
            class.names.push((version, names));
        });
    }

    /// From the next version on, this code of this category is not offered.
    pub fn retire(&mut self, category: Category, code: u16) {
        self.edit(category, code, |class, version| {
            class.retired.get_or_insert(version);
        });
    }

    fn edit(&mut self, category: Category, code: u16, change: impl FnOnce(&mut Class, u32)) {
        self.version = self.version.saturating_add(1);
        if let Some(known) = self.edited.iter_mut().find(|class| class.code == code) {
            return change(known, self.version);
        }
        let mut new = Class {
            code,
            category,
            names: Vec::new(),
            retired: None,
        };
        change(&mut new, self.version);
        self.edited.push(new);
    }

    fn of(&self, code: u16) -> Option<&Class> {
        self.edited.iter().find(|class| class.code == code)
    }

    /// What a subcategory is called in the version that it was chosen from: the same for ever.
    #[must_use]
    pub fn called(&self, sub: Subcategory) -> ClassName<'_> {
        let held = |(from, _): &&(u32, ClassNames)| *from <= sub.version();
        let own = self.of(sub.code());
        let own = own.and_then(|class| class.names.iter().rev().find(held));
        match (own, Subcategory::built_in(sub.code())) {
            (Some((_, names)), _) => ClassName::Own(names),
            (None, Some(known)) => ClassName::BuiltIn(known),
            (None, None) => ClassName::Unknown(sub.code()),
        }
    }

    /// The same subcategory as the newest version has it.
    #[must_use]
    pub fn newest(&self, sub: Subcategory) -> Subcategory {
        Subcategory::at(sub.code(), self.version)
    }

    /// Whether a subcategory has another name by now.
    #[must_use]
    pub fn is_renamed(&self, sub: Subcategory) -> bool {
        self.called(sub) != self.called(self.newest(sub))
    }

    /// Whether a subcategory is offered no more.
    #[must_use]
    pub fn is_retired(&self, sub: Subcategory) -> bool {
        self.of(sub.code())
            .is_some_and(|class| class.retired.is_some())
    }

    /// Whether a subcategory belongs to a category. What is not known here might.
    #[must_use]
    pub fn fits(&self, category: Category, sub: Subcategory) -> bool {
        match (self.of(sub.code()), Subcategory::built_in(sub.code())) {
            (Some(class), _) => class.category == category,
            (None, Some(known)) => category.subcategories().contains(&known),
            (None, None) => true,
        }
    }

    /// Whether a subcategory was offered under a category in the version that it names.
    #[must_use]
    pub fn was_offered(&self, category: Category, sub: Subcategory) -> bool {
        let named = self.called(sub) != ClassName::Unknown(sub.code());
        let retired = self.of(sub.code()).and_then(|class| class.retired);
        sub.version() <= self.version
            && named
            && self.fits(category, sub)
            && retired.is_none_or(|from| from > sub.version())
    }

    /// What is offered under a category now: those of the beginning, then those that were added, and something else at the end.
    #[must_use]
    pub fn offered(&self, category: Category) -> Vec<Subcategory> {
        let (built_in, rest) = match category.subcategories().split_last() {
            Some((last, built_in)) => (built_in, Some(last)),
            None => (&[][..], None),
        };
        let codes = built_in.iter().map(|sub| sub.code());
        let own = self.edited.iter().map(|class| class.code);
        let own = own.filter(|code| Subcategory::built_in(*code).is_none());
        let codes = codes.chain(own).chain(rest.map(|sub| sub.code()));
        codes
            .map(|code| Subcategory::at(code, self.version))
            .filter(|sub| self.was_offered(category, *sub))
            .collect()
    }

    /// What was offered under a category and is not any more.
    #[must_use]
    pub fn retired(&self, category: Category) -> Vec<Subcategory> {
        let gone = self
            .edited
            .iter()
            .filter(|class| class.category == category && class.retired.is_some());
        gone.map(|class| Subcategory::at(class.code, self.version))
            .collect()
    }
}
