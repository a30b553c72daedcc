//! Who is who, for showing.

use alloc::string::String;
use alloc::vec::Vec;

use sluis_directory::entry::{Member, Organisation};
use sluis_directory::log::Directory;
use sluis_directory::snapshot::Freshness;
use sluis_wire::address::{DeviceId, MemberId};
use sluis_wire::time::UnixTime;

use super::Engine;
use crate::staff::open_name;

impl Engine {
    /// Name of a member; empty while it cannot be opened.
    #[must_use]
    pub fn name_of(&self, member: &MemberId) -> String {
        let record = self
            .directory()
            .and_then(|directory| directory.member(member));
        record
            .zip(self.names.as_ref())
            .map(|(record, key)| open_name(key, member, &record.member.sealed_name))
            .unwrap_or_default()
    }

    /// Name of a member as an entry has it that the directory may not have; empty while it cannot be opened.
    #[must_use]
    pub fn name_in(&self, member: &Member) -> String {
        let key = self.names.as_ref();
        key.map(|key| open_name(key, &member.id, &member.sealed_name))
            .unwrap_or_default()
    }

    /// Name of the member whose device it is.
    #[must_use]
    pub fn name_of_device(&self, device: &DeviceId) -> String {
        let record = self
            .directory()
            .and_then(|directory| directory.device(device));
        record
            .map(|record| self.name_of(&record.device.member))
            .unwrap_or_default()
    }

    /// Myself.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        self.directory()?
            .member(&self.device().member)
            .map(|record| &record.member)
    }

    /// My organisation.
    #[must_use]
    pub fn organisation(&self) -> Option<&Organisation> {
        self.directory()?.organisation(&self.member()?.organisation)
    }

    /// Current members of my organisation, with their names, myself included.
    #[must_use]
    pub fn colleagues(&self) -> Vec<(MemberId, String)> {
        let Some(mine) = self.member().map(|member| member.organisation) else {
            return Vec::new();
        };
        let members = self.directory().into_iter().flat_map(Directory::members);
        members
            .filter(|record| record.span.is_current() && record.member.organisation == mine)
            .map(|record| (record.member.id, self.name_of(&record.member.id)))
            .collect()
    }

    /// Names of my teams that reporters may write to.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let me = self.device().member;
        let teams = self
            .directory()
            .into_iter()
            .flat_map(|directory| directory.teams_of(&me));
        teams
            .filter(|record| record.team.line)
            .map(|record| record.team.name.clone())
            .collect()
    }

    /// How old the newest snapshot is; `None` while there is none.
    #[must_use]
    pub fn freshness(&self, now: UnixTime) -> Option<Freshness> {
        Some(self.newest_snapshot(now)?.freshness(now))
    }
}
