//! Alarms that belong to no dossier, each kind once.

use sluis_link::{Alarm, AlarmKind};

/// What a person has to know, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Alarms {
    list: Vec<AlarmKind>,
}

impl Alarms {
    /// Those to show.
    pub(crate) fn list(&self) -> &[AlarmKind] {
        &self.list
    }

    /// Takes one in. One of a dossier is shown with that dossier, which is marked in its row.
    pub(crate) fn raise(&mut self, alarm: &Alarm) {
        if alarm.dossier.is_none() && !self.list.contains(&alarm.kind) {
            self.list.push(alarm.kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sluis_link::DossierKey;

    #[test]
    fn each_kind_shows_once_and_a_dossiers_alarm_shows_there() {
        let mut alarms = Alarms::default();
        for dossier in [None, None, Some(DossierKey([1; 16]))] {
            alarms.raise(&Alarm {
                kind: AlarmKind::DirectoryFork,
                dossier,
            });
        }
        alarms.raise(&Alarm {
            kind: AlarmKind::EventMissing,
            dossier: Some(DossierKey([1; 16])),
        });
        assert_eq!(alarms.list(), [AlarmKind::DirectoryFork]);
    }
}
