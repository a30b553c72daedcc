//! The log of a dossier as a file with all its signatures, and the check of such a file by whoever has nothing else: no
//! relay, no keys (docs/protocol.md 6.8).
//!
//! ```text
//! file = "sluis-log" (9) ‖ version 1 = 1 ‖ postcard of Content ‖ signature of the exporter's device (64), label export
//! ```
//!
//! What a file says is judged by the very rules by which a client judges what a relay says. An event that holds keys of
//! the reporter is kept back: the file has its id and place only, and the events that build on it vouch for these.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_directory::log::Directory;
use sluis_directory::signature::{Label, Signature};
use sluis_domain::dossier::Dossier;
use sluis_domain::event::Event;
use sluis_domain::ids::{AuthorId, EventId};
use sluis_domain::log::{EventLog, Finding, LogEntry};
use sluis_sorted::{Map, Set};
use sluis_wire::address::{DeviceId, DossierAddress, GenesisHash, MemberId};
use sluis_wire::codec;
use sluis_wire::time::UnixTime;

use super::{Acting, Replica, Why};
use crate::dossier::alarm::{Object, Rule};
use crate::dossier::chain::{Chain, Judgement};
use crate::dossier::control::{Action, OpenedLink, SignedLink};
use crate::dossier::event::SealedEvent;
use crate::dossier::proof::person_of;

/// How every file begins: name and version of the format.
pub(in crate::dossier) const MAGIC: &[u8; 10] = b"sluis-log\x01";
/// Most bytes of a file that is read.
pub(in crate::dossier) const FILE_MOST: usize = 256 * 1024 * 1024;
/// Events of these numbers hold what answers a reporter, or opens a file.
const HOLDS_KEYS: [u16; 2] = [0x0101, 0x0701];

#[derive(Serialize, Deserialize)]
pub(in crate::dossier) struct Content {
    genesis: GenesisHash,
    entries: Vec<Vec<u8>>,
    dossier: DossierAddress,
    exporter: DeviceId,
    time: UnixTime,
    /// Who the exporter says that the authors are: the directory has their names sealed.
    names: Vec<(MemberId, String)>,
    pub(in crate::dossier) links: Vec<SignedLink>,
    pub(in crate::dossier) events: Vec<Shown>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::dossier) enum Shown {
    Whole(SealedEvent),
    KeptBack(KeptBack),
}

/// The place of an event whose bytes are not in the file.
#[derive(Serialize, Deserialize)]
pub(in crate::dossier) struct KeptBack {
    pub(in crate::dossier) id: EventId,
    author: DeviceId,
    author_seq: u64,
    author_prev: Option<EventId>,
    parents: Vec<EventId>,
    lamport: u64,
    time: UnixTime,
    kind: u16,
}

impl KeptBack {
    fn to_entry(&self) -> LogEntry {
        LogEntry {
            id: self.id,
            author: AuthorId(self.author.0),
            author_seq: self.author_seq,
            author_prev: self.author_prev,
            parents: self.parents.clone(),
            lamport: self.lamport,
            time: self.time.0,
            event: Event::Unknown {
                kind: self.kind,
                body: Vec::new(),
            },
        }
    }
}

/// Why a file as a whole says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It is no such file, or of another version.
    #[error("this is not a file with the log of a dossier")]
    Form,
    /// Its directory breaks a rule.
    #[error("the directory in it breaks a rule: {0}")]
    Directory(#[from] sluis_directory::Error),
    /// Its directory is that of another deployment than it says.
    #[error("the directory in it belongs to another deployment")]
    Genesis,
    /// It was changed after it was made, or made by nobody in the directory.
    #[error("the signature of whoever made this file does not match")]
    Exporter,
    /// A link of the control chain breaks a rule.
    #[error("link {number} of the access chain: {rule}")]
    Link {
        /// Which one.
        number: u64,
        /// The rule.
        rule: Rule,
    },
}

/// What a file says, checked.
pub struct Report {
    /// The deployment. Compare it with what is known of it from elsewhere: all else follows from it.
    pub genesis: GenesisHash,
    /// The directory at the moment of the export.
    pub directory: Directory,
    /// The dossier.
    pub dossier: DossierAddress,
    /// Whose device made the file.
    pub exporter: DeviceId,
    /// When.
    pub time: UnixTime,
    /// Every link and every event, by time.
    pub lines: Vec<Line>,
    /// What is missing, doubled or misplaced.
    pub findings: Set<Finding>,
    names: Map<MemberId, String>,
}

/// One thing that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// When, as its author says.
    pub time: UnixTime,
    /// The device that signed it.
    pub author: DeviceId,
    /// What it is.
    pub what: What,
    /// Whether that holds.
    pub verdict: Verdict,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A link of the access chain.
    Access(Action),
    /// An event of this number (docs/protocol.md 6.4).
    Event(EventId, u16),
}

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Signature, right and place are as they should be.
    Holds,
    /// Not in the file, for it holds keys of the reporter; an event that holds builds on it.
    KeptBack,
    /// Not in the file, and nothing that holds builds on it.
    Unvouched,
    /// Its author may not write any more, and nobody who may has vouched for it.
    AuthorGone,
    /// It breaks this rule.
    Broken(Rule),
}

impl Report {
    /// Whether nothing at all is wrong or open.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let holds = |line: &Line| matches!(line.verdict, Verdict::Holds | Verdict::KeptBack);
        self.findings.is_empty() && self.lines.iter().all(holds)
    }

    /// Whether something is wrong, rather than open.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let broken = |line: &Line| matches!(line.verdict, Verdict::Broken(_));
        !self.findings.is_empty() || self.lines.iter().any(broken)
    }

    /// The name of whoever a device belongs to, as the exporter says, and the name of their organisation.
    #[must_use]
    pub fn person(&self, device: &DeviceId) -> Option<(&str, &str)> {
        person_of(&self.directory, &self.names, device)
    }
}

impl Replica {
    /// The whole log as a file. `entries` are the frames of the directory from its genesis on; `name_of` gives the name of
    /// a member.
    #[must_use]
    pub fn export(
        &self,
        entries: Vec<Vec<u8>>,
        name_of: impl Fn(&MemberId) -> String,
        acting: &Acting<'_>,
    ) -> Vec<u8> {
        let links = self.chain.links();
        let events: Vec<Shown> = self
            .log
            .ordered()
            .into_iter()
            .filter_map(|entry| Some(shown(entry, &self.events.get(&entry.id)?.event)))
            .collect();
        let authors = links.iter().map(|link| link.body.author);
        let authors = authors.chain(self.log.entries().map(|entry| DeviceId(entry.author.0)));
        let members: Set<MemberId> = authors
            .chain([acting.device])
            .filter_map(|device| Some(acting.directory.device(&device)?.device.member))
            .collect();
        let content = Content {
            genesis: self.genesis,
            entries,
            dossier: self.address,
            exporter: acting.device,
            time: acting.now,
            names: members
                .into_iter()
                .map(|member| (member, name_of(&member)))
                .collect(),
            links: links.iter().map(OpenedLink::signed).collect(),
            events,
        };
        let mut file = MAGIC.to_vec();
        file.extend(codec::encode(&content));
        let signature = acting.signer.sign(Label::Export, &file);
        file.extend(signature.0);
        file
    }

    /// A replica that holds no key, to judge what a file says.
    fn of_file(genesis: GenesisHash, address: DossierAddress, me: DeviceId, chain: Chain) -> Self {
        Self {
            genesis,
            address,
            me,
            chain,
            epochs: Map::new(),
            wraps: Vec::new(),
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
        }
    }

    /// Judges every event of a file; what it finds for each, in the file's order.
    fn judge_file(
        &mut self,
        events: Vec<Shown>,
        directory: &Directory,
    ) -> Result<Vec<Line>, Broken> {
        let mut lines = Vec::with_capacity(events.len());
        let mut whole = Vec::with_capacity(events.len());
        let mut ids = Set::new();
        for shown in events {
            let (line, id) = match shown {
                Shown::Whole(sealed) => {
                    let (id, event) = (sealed.id(), sealed.read().map_err(|_| Broken::Form)?);
                    let epoch = self.chain.link(event.control_number);
                    whole.push((epoch.map_or(0, |link| link.envelope.epoch), sealed));
                    let what = What::Event(id, event.kind);
                    ((event.time, event.author, what, Verdict::Holds), id)
                }
                Shown::KeptBack(kept) => {
                    self.log.insert(kept.to_entry());
                    let what = What::Event(kept.id, kept.kind);
                    ((kept.time, kept.author, what, Verdict::KeptBack), kept.id)
                }
            };
            if !ids.insert(id) {
                return Err(Broken::Form);
            }
            let (time, author, what, verdict) = line;
            lines.push(Line {
                time,
                author,
                what,
                verdict,
            });
        }
        let mut alarms = Vec::new();
        for (epoch, sealed) in whole {
            self.file(sealed, epoch, None, directory, &mut alarms);
        }
        self.retry(directory, &mut alarms);
        for line in &mut lines {
            if let What::Event(id, _) = line.what {
                line.verdict = self.verdict(id, line.verdict);
            }
        }
        Ok(lines)
    }

    fn verdict(&self, id: EventId, first: Verdict) -> Verdict {
        if first == Verdict::KeptBack {
            let named = |kept: &super::Kept| {
                let event = kept.event.read();
                event
                    .is_ok_and(|event| event.author_prev == Some(id) || event.parents.contains(&id))
            };
            return if self.events.values().any(named) {
                Verdict::KeptBack
            } else {
                Verdict::Unvouched
            };
        }
        if self.events.contains_key(&id) {
            return Verdict::Holds;
        }
        match self.aside.get(&id).map(|aside| aside.why) {
            Some(Why::AuthorRevoked) => Verdict::AuthorGone,
            Some(Why::DirectoryBehind) => Verdict::Broken(Rule::Standing),
            Some(Why::ControlBehind) => Verdict::Broken(Rule::ControlHead),
            None => {
                let own = |alarm: &&crate::dossier::Alarm| alarm.object == Object::Event(id);
                let rule = self.alarms.iter().find(own).and_then(|alarm| alarm.rule);
                Verdict::Broken(rule.unwrap_or(Rule::Form))
            }
        }
    }
}

/// Checks a file by itself.
///
/// # Errors
/// [`Broken`]: then nothing in it is worth anything.
pub fn verify(file: &[u8]) -> Result<Report, Broken> {
    let (said, signature) = file.split_last_chunk::<64>().ok_or(Broken::Form)?;
    let content = said.strip_prefix(MAGIC).ok_or(Broken::Form)?;
    let content: Content = codec::decode(content, FILE_MOST).map_err(|_| Broken::Form)?;
    let directory = Directory::replay(&content.entries)?;
    if directory.genesis() != content.genesis {
        return Err(Broken::Genesis);
    }
    let exporter = directory
        .device(&content.exporter)
        .ok_or(Broken::Exporter)?;
    let key = &exporter.device.sign;
    key.verify(Label::Export, said, &Signature(*signature))
        .map_err(|_| Broken::Exporter)?;

    let (chain, mut lines) = read_chain(&content, &directory)?;
    let mut replica = Replica::of_file(content.genesis, content.dossier, content.exporter, chain);
    lines.extend(replica.judge_file(content.events, &directory)?);
    lines.sort_by_key(|line| line.time);
    Ok(Report {
        genesis: content.genesis,
        dossier: content.dossier,
        exporter: content.exporter,
        time: content.time,
        findings: replica.log.findings(),
        names: content.names.into_iter().collect(),
        directory,
        lines,
    })
}

/// The control chain of a file, judged by all rules that need no key.
fn read_chain(content: &Content, directory: &Directory) -> Result<(Chain, Vec<Line>), Broken> {
    let mut chain = Chain::new(content.genesis, content.dossier);
    let mut lines = Vec::new();
    for (number, link) in (0_u64..).zip(&content.links) {
        let broken = |rule| Broken::Link { number, rule };
        let link = link.read().map_err(|_| broken(Rule::Form))?;
        let action =
            chain
                .judge_without_keys(&link, directory)
                .map_err(|judgement| match judgement {
                    Judgement::DirectoryBehind => broken(Rule::Standing),
                    Judgement::Broken(rule) => broken(rule),
                })?;
        lines.push(Line {
            time: link.body.time,
            author: link.body.author,
            what: What::Access(action),
            verdict: Verdict::Holds,
        });
        chain.push(link);
    }
    Ok((chain, lines))
}

fn shown(entry: &LogEntry, event: &SealedEvent) -> Shown {
    let (kind, _) = entry.event.encode();
    if !HOLDS_KEYS.contains(&kind) {
        return Shown::Whole(event.clone());
    }
    Shown::KeptBack(KeptBack {
        id: entry.id,
        author: DeviceId(entry.author.0),
        author_seq: entry.author_seq,
        author_prev: entry.author_prev,
        parents: entry.parents.clone(),
        lamport: entry.lamport,
        time: UnixTime(entry.time),
        kind,
    })
}
