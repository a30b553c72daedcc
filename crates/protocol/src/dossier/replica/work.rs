//! What I make myself: the dossier, its control links, its events.

use alloc::vec::Vec;

use rand_core::CryptoRng;
use sluis_domain::dossier::Dossier;
use sluis_domain::event::Event;
use sluis_domain::ids::{AuthorId, EventId};
use sluis_domain::log::EventLog;
use sluis_sorted::{Map, Set};
use sluis_wire::address::{CapabilityKey, DossierAddress, FrameHash, GenesisHash};
use sluis_wire::envelope::ControlEnvelope;

use super::{Acting, Authored, Delivery, Kept, Renewal, Replica, WorkError};
use crate::dossier::alarm::Rule;
use crate::dossier::chain::{ACCEPTED_MOST, Chain, Judgement, is_there};
use crate::dossier::control::{self, Action, ControlBody, Grant, OpenedLink};
use crate::dossier::event::{SealedEvent, SignedEvent};
use crate::dossier::keys::{self, EpochKeys, RecipientKey, Right, capability};
use crate::primitives::kdf;

impl Replica {
    /// Makes a dossier. At least one recipient is a steward and stands for me. Send both frames in one request; if the
    /// relay has the dossier already, drop this and adopt that one.
    ///
    /// # Errors
    /// [`WorkError::Refused`] when the recipients break a rule; [`WorkError::Sealing`] for a key that is none.
    pub fn create(
        address: DossierAddress,
        acting: &Acting<'_>,
        recipients: &[RecipientKey],
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Renewal), WorkError> {
        let genesis = acting.directory.genesis();
        let chain = Chain::new(genesis, address);
        let keys = EpochKeys::generate(rng);
        let steward = keys.steward_key().map(capability);
        let plan = Plan {
            action: Action::Create,
            epoch: 0,
            keys: &keys,
            before: None,
            accepted: Vec::new(),
            steward,
        };
        let (link, wraps) = make_link(genesis, address, &chain, acting, plan, recipients, rng)?;
        let renewal = Renewal {
            control: link.frame.clone(),
            wraps: wraps.clone(),
        };
        let mut replica = Self {
            genesis,
            address,
            me: acting.device,
            chain,
            epochs: Map::from([(0, keys)]),
            wraps,
            log: EventLog::default(),
            state: Dossier::default(),
            events: Map::new(),
            aside: Map::new(),
            unopened: Map::new(),
            listed: Vec::new(),
            own: Map::new(),
            alarms: Set::new(),
            vouched: Set::new(),
            control_readings: 0,
            reading: None,
        };
        replica.chain.push(link);
        Ok((replica, renewal))
    }

    /// New keys for these recipients: all of the present ones under their newest keys (any writer may), or fewer, or
    /// with lower rights (a steward may). Lists the heads that I have as accepted, which bounds what anyone who goes may
    /// have made (decision 28).
    ///
    /// # Errors
    /// [`WorkError`]; nothing changes here until the link comes back through [`Replica::absorb_control`].
    pub fn rotate(
        &self,
        acting: &Acting<'_>,
        recipients: &[RecipientKey],
        rng: &mut impl CryptoRng,
    ) -> Result<Renewal, WorkError> {
        let old = self.chain.grants();
        let same = |grant: &Grant| {
            recipients
                .iter()
                .any(|to| to.recipient.is_same(&grant.recipient) && to.right == grant.right)
        };
        let length = acting.directory.length();
        let gone = |grant: &Grant| !is_there(grant.recipient, acting.directory, length);
        let nobody_new = recipients.iter().all(|to| {
            old.iter()
                .any(|grant| grant.recipient.is_same(&to.recipient))
        });
        let unchanged = nobody_new && old.iter().all(|grant| same(grant) || gone(grant));
        let action = if unchanged {
            Action::Rotate
        } else {
            Action::Revoke
        };
        let before = self.current_keys()?;
        let mut keys = EpochKeys::generate(rng);
        let mut steward = keys.steward_key().map(capability);
        if before.steward_key().is_none() {
            // A writer does not become a steward by renewing the keys: the stewards keep theirs.
            keys = keys.with_steward(None);
            steward = self.chain.last().map(|link| link.envelope.steward_key);
        }
        let epoch = self
            .chain
            .epoch()
            .checked_add(1)
            .ok_or(WorkError::Refused(Rule::Epoch))?;
        let accepted = self.accepted_heads();
        self.renew(
            acting,
            Plan {
                action,
                epoch,
                keys: &keys,
                before: Some(before),
                accepted,
                steward,
            },
            recipients,
            rng,
        )
    }

    /// More recipients or higher rights, under the same keys: a steward may. `recipients` are all of them from now on.
    ///
    /// # Errors
    /// As [`Replica::rotate`].
    pub fn grant(
        &self,
        acting: &Acting<'_>,
        recipients: &[RecipientKey],
        rng: &mut impl CryptoRng,
    ) -> Result<Renewal, WorkError> {
        let keys = self.current_keys()?;
        let steward = self.chain.last().map(|link| link.envelope.steward_key);
        let (epoch, accepted) = (self.chain.epoch(), self.accepted_heads());
        let plan = Plan {
            action: Action::Grant,
            epoch,
            keys,
            before: None,
            accepted,
            steward,
        };
        self.renew(acting, plan, recipients, rng)
    }

    /// Says which heads I have, so that what a revoked author made before counts for everyone, and nothing else of it
    /// does (decision 28). Any writer may.
    ///
    /// # Errors
    /// As [`Replica::rotate`].
    pub fn frontier(
        &self,
        acting: &Acting<'_>,
        rng: &mut impl CryptoRng,
    ) -> Result<Renewal, WorkError> {
        self.check_open()?;
        let last = self.chain.last().ok_or(WorkError::NoRight)?;
        let keys = self.current_keys()?;
        let envelope = ControlEnvelope {
            number: self.chain.length(),
            prev: self.chain.head(),
            sealed: Vec::new(),
            ..last.envelope.clone()
        };
        let body = ControlBody {
            author: acting.device,
            time: acting.now,
            standing: acting.directory.head(),
            action: Action::Frontier.number(),
            back_link: Vec::new(),
            accepted: self.accepted_heads(),
            ..last.body.clone()
        };
        let link = control::seal(&self.genesis, envelope, &body, keys, acting.signer, rng)?;
        judge(&self.chain, &link, keys, None, acting)?;
        Ok(Renewal {
            control: link.frame,
            wraps: self.wraps.clone(),
        })
    }

    /// Makes an event of mine and takes it in at once. Make the frame durable before it is sent; when the relay has it,
    /// [`Replica::acknowledge`].
    ///
    /// # Errors
    /// [`WorkError`]; nothing changed then.
    pub fn author(
        &mut self,
        event: &Event,
        acting: &Acting<'_>,
        rng: &mut impl CryptoRng,
    ) -> Result<Authored, WorkError> {
        self.check_open()?;
        let standing = acting.directory.head();
        let number = self
            .chain
            .length()
            .checked_sub(1)
            .ok_or(WorkError::NoRight)?;
        let right = self
            .chain
            .right_of(&acting.device, number, acting.directory, standing.seq);
        if acting.device != self.me || right.is_none_or(|right| right < Right::Writer) {
            return Err(WorkError::NoRight);
        }
        if self.is_rotation_due(acting.directory) {
            return Err(WorkError::RotationDue);
        }
        let epoch = self.chain.epoch();
        let place = self.log.next_place(AuthorId(self.me.0));
        let (kind, body) = event.encode();
        let signed = SignedEvent {
            dossier: self.address,
            author: self.me,
            author_seq: place.author_seq,
            author_prev: place.author_prev,
            parents: place.parents,
            lamport: place.lamport,
            time: acting.now,
            standing,
            control_number: number,
            control_head: self.chain.head(),
            kind,
            body,
        };
        let sealed = SealedEvent::sign(&signed, acting.signer);
        let frame = sealed.seal(&self.address, epoch, self.current_keys()?, rng)?;
        let id = sealed.id();
        let entry = signed.to_entry(id);
        self.log.insert(entry.clone());
        self.state.add(&entry, &self.log);
        self.events.insert(
            id,
            Kept {
                event: sealed,
                epoch,
            },
        );
        self.own
            .insert(id, (FrameHash(kdf::sha256(&frame)), Delivery::Waiting));
        Ok(Authored { id, frame })
    }

    fn renew(
        &self,
        acting: &Acting<'_>,
        plan: Plan<'_>,
        recipients: &[RecipientKey],
        rng: &mut impl CryptoRng,
    ) -> Result<Renewal, WorkError> {
        self.check_open()?;
        let (link, wraps) = make_link(
            self.genesis,
            self.address,
            &self.chain,
            acting,
            plan,
            recipients,
            rng,
        )?;
        Ok(Renewal {
            control: link.frame,
            wraps,
        })
    }

    fn check_open(&self) -> Result<(), WorkError> {
        if self.is_forked() {
            Err(WorkError::Forked)
        } else {
            Ok(())
        }
    }

    fn current_keys(&self) -> Result<&EpochKeys, WorkError> {
        self.epochs
            .get(&self.chain.epoch())
            .ok_or(WorkError::NoRight)
    }

    fn accepted_heads(&self) -> Vec<EventId> {
        let mut log = self.log.clone();
        for id in &self.vouched {
            if let Some(Ok(event)) = self.aside.get(id).map(|aside| aside.event.read()) {
                log.insert(event.to_entry(*id));
            }
        }
        let mut heads = log.heads();
        heads.truncate(ACCEPTED_MOST);
        heads
    }
}

/// What a new link is to do.
struct Plan<'a> {
    action: Action,
    epoch: u32,
    keys: &'a EpochKeys,
    before: Option<&'a EpochKeys>,
    accepted: Vec<EventId>,
    steward: Option<CapabilityKey>,
}

fn make_link(
    genesis: GenesisHash,
    dossier: DossierAddress,
    chain: &Chain,
    acting: &Acting<'_>,
    plan: Plan<'_>,
    recipients: &[RecipientKey],
    rng: &mut impl CryptoRng,
) -> Result<(OpenedLink, Vec<u8>), WorkError> {
    let keys = plan.keys;
    let mut envelope = ControlEnvelope {
        dossier,
        number: chain.length(),
        prev: chain.head(),
        epoch: plan.epoch,
        read_key: capability(&keys.read_key(&dossier, plan.epoch)),
        write_key: capability(keys.write_key().ok_or(WorkError::NoRight)?),
        steward_key: plan.steward.ok_or(WorkError::NoRight)?,
        wraps: FrameHash([0; 32]),
        sealed: Vec::new(),
    };
    let (wraps, slots) = keys::wrap(&control::place(&genesis, &envelope), keys, recipients, rng)?;
    envelope.wraps = FrameHash(kdf::sha256(&wraps));
    let grants = recipients.iter().zip(slots);
    let grants = grants
        .map(|(to, slot)| Grant {
            recipient: to.recipient,
            right: to.right,
            slot,
        })
        .collect();
    let back_link = plan
        .before
        .map(|before| keys.seal_back(before, &dossier, plan.epoch, rng));
    let body = ControlBody {
        author: acting.device,
        time: acting.now,
        standing: acting.directory.head(),
        action: plan.action.number(),
        grants,
        check_value: keys.check_value(&dossier, plan.epoch),
        back_link: back_link.unwrap_or_default(),
        accepted: plan.accepted,
    };
    let link = control::seal(&genesis, envelope, &body, keys, acting.signer, rng)?;
    judge(chain, &link, keys, plan.before, acting)?;
    Ok((link, wraps))
}

/// What others would refuse is not even sent.
fn judge(
    chain: &Chain,
    link: &OpenedLink,
    keys: &EpochKeys,
    before: Option<&EpochKeys>,
    acting: &Acting<'_>,
) -> Result<(), WorkError> {
    chain
        .judge(link, keys, before, None, acting.directory)
        .map_err(|judgement| match judgement {
            Judgement::DirectoryBehind | Judgement::Broken(Rule::NoRight | Rule::NotCurrent) => {
                WorkError::NoRight
            }
            Judgement::Broken(rule) => WorkError::Refused(rule),
        })
}
