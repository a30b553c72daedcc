//! The fields of a dossier's view, read and written by name.

use sluis_domain::vocabulary::{Field, FieldName};
use sluis_link::DossierView;

/// The value of a field as the worker has it.
pub(super) fn value(view: &DossierView, name: FieldName) -> Field {
    let row = &view.row;
    match name {
        FieldName::Kind => Field::Kind(row.kind),
        FieldName::Classification => Field::Classification(row.classification),
        FieldName::Federation => Field::Federation(row.federation.clone()),
        FieldName::Sport => Field::Sport(row.sport.clone()),
        FieldName::Level => Field::Level(row.level),
        FieldName::Status => Field::Status(row.status),
        FieldName::FirstStory => Field::FirstStory(view.first_story.clone()),
        FieldName::Happened => Field::Happened(view.happened.clone()),
        FieldName::Asked => Field::Asked(view.asked.clone()),
        FieldName::Handler => Field::Handler(view.handler),
        FieldName::Club => Field::Club(row.club.clone()),
        FieldName::Risk => Field::Risk(row.risk),
        FieldName::Groups => Field::Groups(view.groups.clone()),
        FieldName::Tags => Field::Tags(row.tags.clone()),
        FieldName::Tier => Field::Tier(row.tier),
    }
}

/// Puts a value that is safe now into the view, until the worker's own view comes.
pub(super) fn apply(view: &mut DossierView, field: Field) {
    let row = &mut view.row;
    match field {
        Field::Kind(kind) => row.kind = kind,
        Field::Classification(classification) => row.classification = classification,
        Field::Federation(text) => row.federation = text,
        Field::Sport(text) => row.sport = text,
        Field::Level(level) => row.level = level,
        Field::Status(status) => row.status = status,
        Field::FirstStory(text) => view.first_story = text,
        Field::Happened(text) => view.happened = text,
        Field::Asked(text) => view.asked = text,
        Field::Handler(handler) => view.handler = handler,
        Field::Club(text) => row.club = text,
        Field::Risk(risk) => row.risk = risk,
        Field::Groups(groups) => view.groups = groups,
        Field::Tags(tags) => row.tags = tags,
        Field::Tier(tier) => row.tier = tier,
    }
}
