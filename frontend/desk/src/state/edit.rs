//! Changes of fields between the keyboard and the worker's word that they are safe. Nothing typed is lost on the way.

use sluis_domain::vocabulary::{Field, FieldName, NAME_MOST, TAG_MOST, TAGS_MOST, TEXT_MOST};
use sluis_link::{DossierKey, Fault, Ticket};

/// A change that is not safe yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// The value on screen.
    pub(crate) field: Field,
    /// How far it is.
    pub(crate) state: EditState,
}

/// How far a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditState {
    /// Being typed; the number is that of the last stroke.
    Typing(u32),
    /// Handed to the worker.
    Saving(Ticket),
    /// Not taken; it stays on screen.
    Failed(Fault),
}

/// All changes that are not safe yet.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    list: Vec<(DossierKey, Edit)>,
    strokes: u32,
}

impl Edits {
    /// The change of this field, if it is not safe yet.
    pub(crate) fn of(&self, dossier: DossierKey, name: FieldName) -> Option<&Edit> {
        self.in_dossier(dossier)
            .find(|edit| edit.field.name() == name)
    }

    /// All changes of a dossier.
    pub(crate) fn in_dossier(&self, dossier: DossierKey) -> impl Iterator<Item = &Edit> {
        self.list
            .iter()
            .filter(move |(key, _)| *key == dossier)
            .map(|(_, edit)| edit)
    }

    /// Puts a change in the place of an earlier one of the same field.
    fn put(&mut self, dossier: DossierKey, edit: Edit) {
        self.forget(dossier, edit.field.name());
        self.list.push((dossier, edit));
    }

    /// Every change that still has to be handed over: typed or failed, but none that is too long to be taken.
    pub(super) fn open(&self) -> Vec<(DossierKey, Field)> {
        self.list
            .iter()
            .filter(|(_, edit)| {
                !matches!(
                    edit.state,
                    EditState::Saving(_) | EditState::Failed(Fault::TooLong)
                )
            })
            .map(|(key, edit)| (*key, edit.field.clone()))
            .collect()
    }

    /// Takes in a stroke of the keyboard. Returns its number, or nothing when the text is too long to be kept.
    pub(super) fn typed(&mut self, dossier: DossierKey, field: Field) -> Option<u32> {
        self.strokes = self.strokes.wrapping_add(1);
        let fits = fits(&field);
        let state = if fits {
            EditState::Typing(self.strokes)
        } else {
            EditState::Failed(Fault::TooLong)
        };
        self.put(dossier, Edit { field, state });
        fits.then_some(self.strokes)
    }

    /// Notes that a change was handed over.
    pub(super) fn saving(&mut self, dossier: DossierKey, field: Field, ticket: Ticket) {
        let state = EditState::Saving(ticket);
        self.put(dossier, Edit { field, state });
    }

    /// Takes in the worker's word; returns the field that is safe now. A word about an older value is not heard.
    pub(super) fn answered(
        &mut self,
        dossier: DossierKey,
        name: FieldName,
        ticket: Ticket,
        result: Result<(), Fault>,
    ) -> Option<Field> {
        let place = self.list.iter().position(|(key, edit)| {
            *key == dossier && edit.field.name() == name && edit.state == EditState::Saving(ticket)
        })?;
        match result {
            Ok(()) => Some(self.list.remove(place).1.field),
            Err(fault) => {
                if let Some((_, edit)) = self.list.get_mut(place) {
                    edit.state = EditState::Failed(fault);
                }
                None
            }
        }
    }

    /// Drops a change: the value is as it was.
    pub(super) fn forget(&mut self, dossier: DossierKey, name: FieldName) {
        self.list
            .retain(|(key, edit)| *key != dossier || edit.field.name() != name);
    }
}

/// Whether a text fits into its field.
fn fits(field: &Field) -> bool {
    match field {
        Field::Federation(text) | Field::Sport(text) | Field::Club(text) => text.len() <= NAME_MOST,
        Field::Tags(tags) => {
            tags.len() <= TAGS_MOST && tags.iter().all(|tag| tag.len() <= TAG_MOST)
        }
        Field::FirstStory(text) | Field::Happened(text) | Field::Asked(text) => {
            text.len() <= TEXT_MOST
        }
        Field::Kind(_)
        | Field::Classification(_)
        | Field::Level(_)
        | Field::Status(_)
        | Field::Risk(_)
        | Field::Groups(_)
        | Field::Tier(_)
        | Field::Handler(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: DossierKey = DossierKey([1; 16]);

    fn sport(text: &str) -> Field {
        Field::Sport(text.into())
    }

    #[test]
    fn a_word_about_an_older_value_is_not_heard() {
        let mut edits = Edits::default();
        edits.saving(KEY, sport("judo"), Ticket(1));
        edits.typed(KEY, sport("judo en karate"));
        assert_eq!(
            edits.answered(KEY, FieldName::Sport, Ticket(1), Ok(())),
            None
        );
        assert_eq!(
            edits.of(KEY, FieldName::Sport).map(|edit| &edit.field),
            Some(&sport("judo en karate"))
        );
    }

    #[test]
    fn a_failed_change_stays_and_is_handed_over_again() {
        let mut edits = Edits::default();
        edits.saving(KEY, sport("judo"), Ticket(1));
        edits.answered(KEY, FieldName::Sport, Ticket(1), Err(Fault::Storage));
        assert_eq!(edits.open(), [(KEY, sport("judo"))]);
    }

    #[test]
    fn a_text_that_is_too_long_stays_on_screen_but_is_not_sent() {
        let mut edits = Edits::default();
        assert_eq!(edits.typed(KEY, sport(&"a".repeat(NAME_MOST + 1))), None);
        assert!(edits.open().is_empty());
        assert!(edits.of(KEY, FieldName::Sport).is_some());
    }
}
