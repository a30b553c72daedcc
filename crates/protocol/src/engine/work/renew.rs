//! Changes of a dossier's rights and keys, and whom they are wrapped for.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_directory::log::Directory;
use sluis_wire::address::{DossierAddress, MemberId, TeamId};
use sluis_wire::time::UnixTime;

use super::super::share::{Party, includes};
use super::super::{Engine, Step};
use super::{Change, GivenUp, Wish, Work};
use crate::dossier::chain::{has_lost, is_there};
use crate::dossier::{Acting, Action, Grant, Recipient, RecipientKey, Renewal, Right, WorkError};
use crate::primitives::kem::KemPublic;

/// Who is to have which right, and whether that takes new keys.
pub(in crate::engine) struct Wanted {
    pub(in crate::engine) rights: Vec<(Recipient, Right)>,
    new_keys: bool,
}

impl Wanted {
    /// Whether anyone is left who decides who has access.
    pub(in crate::engine) fn has_steward(&self) -> bool {
        self.rights
            .iter()
            .any(|(_, right)| *right == Right::Steward)
    }
}

impl Work {
    /// What all wishes together come to, with `more` after them.
    pub(in crate::engine) fn wanted(&self, directory: &Directory, more: Option<Change>) -> Wanted {
        let there = |grant: &&Grant| is_there(grant.recipient, directory, directory.length());
        let grants = self.replica().grants().iter().filter(there);
        let mut wanted = Wanted {
            rights: grants.map(|grant| (grant.recipient, grant.right)).collect(),
            new_keys: self.is_rotation_due(directory),
        };
        let changes = self.books.wishes.iter().map(|wish| wish.what).chain(more);
        for change in changes {
            wanted.apply(change, directory);
        }
        wanted
    }

    /// Forgets the wishes that the chain shows.
    fn drop_done(&mut self, directory: &Directory, me: &sluis_wire::address::DeviceId) {
        let replica = self.body.replica();
        let links = replica.chain().links();
        let last = replica.control_length().saturating_sub(1);
        let is_done = |wish: &Wish| {
            links.iter().any(|link| {
                let number = link.envelope.number;
                // Once my own link has done it, others may undo it.
                let counts = number >= wish.from && link.body.author == *me || number == last;
                counts
                    && match wish.what {
                        Change::Renew => {
                            number >= wish.from && link.action().is_some_and(Action::renews_keys)
                        }
                        what => shows(&link.body.grants, what, directory),
                    }
            })
        };
        self.books.wishes.retain(|wish| !is_done(wish));
    }

    /// Whether somebody is to lose something: until then nothing new may be written, for they could read it.
    pub(in crate::engine) fn is_narrowing(&self) -> bool {
        self.books.wishes.iter().any(|wish| match wish.what {
            Change::Take(_) | Change::Renew | Change::ShutOut(_) => true,
            Change::Give(party, right) => self
                .replica()
                .grants()
                .iter()
                .any(|grant| party.is(&grant.recipient) && grant.right > right),
        })
    }

    fn give_up(&mut self, why: GivenUp) {
        if !self.books.wishes.is_empty() {
            self.books.wishes.clear();
            self.books.given_up = Some(why);
        }
    }
}

impl Wanted {
    fn apply(&mut self, change: Change, directory: &Directory) {
        match change {
            Change::Give(party, right) => {
                let had = self.rights.iter_mut().find(|(to, _)| party.is(to));
                match had {
                    Some((_, had)) => {
                        self.new_keys |= *had > right;
                        *had = right;
                    }
                    None => self.rights.push((party.recipient(), right)),
                }
            }
            Change::Take(party) => {
                let before = self.rights.len();
                self.rights.retain(|(to, _)| !party.is(to));
                self.new_keys |= self.rights.len() < before;
            }
            Change::Renew => self.new_keys = true,
            Change::ShutOut(member) => self.shut_out(&member, directory),
        }
    }

    /// Teams that hold the person are replaced by their other members, one by one (decision 27).
    fn shut_out(&mut self, member: &MemberId, directory: &Directory) {
        let (held, mut rest): (Vec<_>, Vec<_>) = core::mem::take(&mut self.rights)
            .into_iter()
            .partition(|(to, _)| includes(to, member, directory));
        self.new_keys |= !held.is_empty();
        for (to, right) in held {
            let Recipient::Team { team, .. } = to else {
                continue;
            };
            let others = directory.team_members_at(&team, directory.length());
            for other in others.iter().filter(|other| *other != member) {
                let one = Party::Member(*other).recipient();
                match rest.iter_mut().find(|(to, _)| to.is_same(&one)) {
                    Some((_, had)) => *had = right.max(*had),
                    None => rest.push((one, right)),
                }
            }
        }
        self.rights = rest;
    }
}

/// Whether these grants are as the change wants them.
fn shows(grants: &[Grant], change: Change, directory: &Directory) -> bool {
    match change {
        Change::Give(party, right) => grants
            .iter()
            .any(|grant| party.is(&grant.recipient) && grant.right == right),
        Change::Take(party) => !grants.iter().any(|grant| party.is(&grant.recipient)),
        Change::Renew => false,
        Change::ShutOut(member) => !grants
            .iter()
            .any(|grant| includes(&grant.recipient, &member, directory)),
    }
}

impl Engine {
    /// Renews the keys of dossiers whose keys somebody holds who left.
    pub(in crate::engine) fn renew_keys(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some(directory) = self.directory.as_ref() else {
            return;
        };
        let due = |(address, work): &(&DossierAddress, &Work)| {
            self.takes_link(address, work)
                && work.books.outbox.is_empty()
                && work.is_rotation_due(directory)
        };
        let due: Vec<DossierAddress> = self
            .dossiers
            .iter()
            .filter(due)
            .map(|(address, _)| *address)
            .collect();
        for address in due {
            self.make_link(address, now, rng);
        }
    }

    /// Makes the links that wishes about rights ask for.
    pub(in crate::engine) fn carry_out_wishes(&mut self, now: UnixTime, rng: &mut impl CryptoRng) {
        let due: Vec<DossierAddress> = self
            .dossiers
            .iter()
            .filter(|(address, work)| {
                !work.books.wishes.is_empty() && self.takes_link(address, work)
            })
            .map(|(address, _)| *address)
            .collect();
        for address in due {
            let (me, member) = (self.me.id, self.me.member);
            let Some((directory, work)) =
                self.directory.as_ref().zip(self.dossiers.get_mut(&address))
            else {
                continue;
            };
            work.drop_done(directory, &me);
            // Whoever gets access finds the terms there already, and the link lists what I made as accepted. Taking access back does not wait for
            // what the relay refuses, unless it is my own: I could not send anything later.
            let last = work
                .books
                .wishes
                .iter()
                .any(|wish| wish.what == Change::ShutOut(member));
            let refused =
                work.is_narrowing() && !last && self.stuck.contains(&Step::Append(address));
            let waits = !work.books.outbox.is_empty() && !refused;
            if !work.books.wishes.is_empty() && !waits {
                self.make_link(address, now, rng);
            } else {
                self.keep_dossier(address);
            }
        }
    }

    fn takes_link(&self, address: &DossierAddress, work: &Work) -> bool {
        work.is_created()
            && work.books.link.is_none()
            && !work.is_shut()
            && work.is_read()
            && !self.stuck.contains(&Step::Link(*address))
    }

    /// Makes the next link of a dossier's chain, when every key that it takes is here.
    fn make_link(&mut self, address: DossierAddress, now: UnixTime, rng: &mut impl CryptoRng) {
        let Some((directory, work)) = self.directory.as_ref().zip(self.dossiers.get(&address))
        else {
            return;
        };
        let wanted = work.wanted(directory, None);
        let recipients = self.recipients(work, &wanted);
        let acting = Acting {
            device: self.me.id,
            signer: &self.me.sign,
            directory,
            now,
        };
        let made = match recipients {
            _ if !wanted.has_steward() => Err(GivenUp::LastSteward),
            // A team of which no fresh key is known yet gets none that somebody who left can open.
            None => return,
            Some(to) if wanted.new_keys => work.replica().rotate(&acting, &to, rng).map_err(why),
            Some(to) => work.replica().grant(&acting, &to, rng).map_err(why),
        };
        if let Some(work) = self.dossiers.get_mut(&address) {
            match made {
                Ok(Renewal { control, wraps }) => work.books.link = Some((control, wraps)),
                Err(why) => work.give_up(why),
            }
        }
        self.keep_dossier(address);
    }

    /// The newest key of everyone; nothing while one is not known. Somebody who comes in place of a team and has no key of their own yet gets
    /// it by each of their devices.
    fn recipients(&self, work: &Work, wanted: &Wanted) -> Option<Vec<RecipientKey>> {
        let mut recipients = Vec::with_capacity(wanted.rights.len());
        for (to, right) in &wanted.rights {
            let mut grants = work.replica().grants().iter();
            let known = grants.any(|grant| grant.recipient.is_same(to));
            match (self.newest_key(to, *right), to) {
                (Some(key), _) => recipients.push(key),
                (None, Recipient::Member { member, .. }) if !known => {
                    let devices = self.directory.as_ref()?.devices_of(member);
                    let devices = devices.map(|record| Recipient::Device(record.device.id));
                    recipients.extend(devices.filter_map(|to| self.newest_key(&to, *right)));
                }
                (None, _) => return None,
            }
        }
        Some(recipients)
    }

    pub(in crate::engine) fn team_recipient(
        &self,
        team: TeamId,
        right: Right,
    ) -> Option<RecipientKey> {
        self.newest_key(&Party::Team(team).recipient(), right)
    }

    /// The key to wrap for, when it is known and nobody holds it who left.
    pub(in crate::engine) fn newest_key(
        &self,
        recipient: &Recipient,
        right: Right,
    ) -> Option<RecipientKey> {
        let directory = self.directory.as_ref()?;
        let (recipient, kem) = match *recipient {
            Recipient::Team { team, .. } => {
                let newest = self.newest_content(&team)?;
                let epoch = newest.epoch;
                (Recipient::Team { team, epoch }, newest)
            }
            Recipient::Member { member, .. } => {
                let newest = self.newest_content(&TeamId(member.0))?;
                let epoch = newest.epoch;
                (Recipient::Member { member, epoch }, newest)
            }
            Recipient::Device(device) => {
                let record = directory
                    .device(&device)
                    .filter(|record| record.span.is_current())?;
                let kem = KemPublic::parse(&record.device.kem.0).ok()?;
                return Some(RecipientKey {
                    recipient: Recipient::Device(device),
                    right,
                    kem,
                });
            }
        };
        let from = kem.author.standing.seq;
        if has_lost(recipient, from, directory, directory.length()) {
            return None;
        }
        let kem = KemPublic::parse(&kem.kem.0).ok()?;
        Some(RecipientKey {
            recipient,
            right,
            kem,
        })
    }
}

fn why(error: WorkError) -> GivenUp {
    match error {
        WorkError::NoRight => GivenUp::NoRight,
        _ => GivenUp::Rules,
    }
}
