//! Alarms that belong to no dossier, each kind once.

use sluis_link::{Alarm, AlarmKind};

/// What a person has to know, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Alarms {
    list: Vec<Alarm>,
}

impl Alarms {
    /// Those to show.
    pub(crate) fn list(&self) -> &[Alarm] {
        &self.list
    }

    /// Takes one in. One of a dossier is shown with that dossier, which is marked in its row.
    pub(crate) fn raise(&mut self, alarm: &Alarm) {
        if alarm.dossier.is_some() {
            return;
        }
        match self.list.iter_mut().find(|one| one.kind == alarm.kind) {
            Some(one) => one.provable |= alarm.provable,
            None => self.list.push(alarm.clone()),
        }
    }

    /// A person has dealt with this kind.
    pub(crate) fn settle(&mut self, kind: AlarmKind) {
        self.list.retain(|one| one.kind != kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sluis_link::DossierKey;

    #[test]
    fn each_kind_shows_once_and_a_dossiers_alarm_shows_there() {
        let mut alarms = Alarms::default();
        let alarm = |kind, dossier, provable| Alarm {
            kind,
            dossier,
            provable,
        };
        let dossier = Some(DossierKey([1; 16]));
        alarms.raise(&alarm(AlarmKind::DirectoryFork, None, false));
        alarms.raise(&alarm(AlarmKind::DirectoryFork, None, true));
        alarms.raise(&alarm(AlarmKind::DirectoryFork, dossier, true));
        alarms.raise(&alarm(AlarmKind::EventMissing, dossier, false));
        assert_eq!(alarms.list(), [alarm(AlarmKind::DirectoryFork, None, true)]);
        alarms.settle(AlarmKind::DirectoryFork);
        assert!(alarms.list().is_empty());
    }
}
