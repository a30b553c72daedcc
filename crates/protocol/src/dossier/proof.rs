//! Two signed things that contradict each other, as a file, and the check of such a file by whoever has nothing else: no relay, no
//! keys (docs/protocol.md 8.1).
//!
//! ```text
//! file = "sluis-proof" (11) ‖ version 1 = 1 ‖ postcard of Content ‖ signature of the saver's device (64), label export
//! ```
//!
//! One of the two may be the directory itself, which the file holds whole: every entry in it is signed.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_directory::entry::Entry;
use sluis_directory::frame_hash;
use sluis_directory::log::Directory;
use sluis_directory::signature::{Label, Signature, VerifyingKey};
use sluis_directory::snapshot::Snapshot;
use sluis_directory::statement::{
    Author, MonthKey, StaffCapability, Standing, TeamContent, TeamIntake,
};
use sluis_sorted::Map;
use sluis_wire::address::{DeviceId, DossierAddress, GenesisHash, MemberId, OrganisationId};
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::UnixTime;

use super::control::SignedLink;
use super::event::SealedEvent;
use super::replica::Acting;

/// How every file begins: name and version of the format.
pub const MAGIC: &[u8; 12] = b"sluis-proof\x01";
/// Most bytes of a file that is read.
const FILE_MOST: usize = 64 * 1024 * 1024;
/// Most bytes of one signed thing.
const SIGNED_MOST: usize = 2 * 1024 * 1024;
/// Events of this number hold what answers a reporter, and leave no device.
const HOLDS_KEYS: u16 = 0x0101;

/// Something that somebody signed, in the bytes that were signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signed {
    /// The frame of an entry of the directory.
    Entry(Vec<u8>),
    /// The frame of a statement.
    Statement(Vec<u8>),
    /// The frame of a snapshot.
    Snapshot(Vec<u8>),
    /// An event of a dossier.
    Event(SealedEvent),
    /// A link of a dossier's control chain.
    Link(SignedLink),
}

#[derive(Serialize, Deserialize)]
struct Content {
    genesis: GenesisHash,
    entries: Vec<Vec<u8>>,
    saver: DeviceId,
    time: UnixTime,
    /// Who the saver says that people are: the directory has their names sealed.
    names: Vec<(MemberId, String)>,
    one: Signed,
    /// Nothing where the directory itself is the other side.
    other: Option<Signed>,
}

/// Why a file proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It is no such file, or of another version.
    #[error("this is not a file with a proof")]
    Form,
    /// Its directory breaks a rule.
    #[error("the directory in it breaks a rule: {0}")]
    Directory(#[from] sluis_directory::Error),
    /// Its directory is that of another deployment than it says.
    #[error("the directory in it belongs to another deployment")]
    Genesis,
    /// It was changed after it was made, or made by nobody in the directory.
    #[error("the signature of whoever saved this file does not match")]
    Saver,
    /// What is said to be signed is not, or by nobody in the directory.
    #[error("a signature in it does not match")]
    Signature,
    /// The two do not contradict each other.
    #[error("the two things in it do not contradict each other")]
    Nothing,
}

/// Who signed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// A device.
    Device(DeviceId),
    /// A director of an organisation, by a key that is no device's.
    Director(OrganisationId),
    /// A key of the root.
    Root,
}

/// What kind of thing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Entry of the directory with this number.
    Entry(u64),
    /// A statement of keys.
    Statement,
    /// A snapshot.
    Snapshot,
    /// An event of a dossier, by this number of its author's own.
    Event(u64),
    /// The link of a dossier's control chain with this number.
    Link(u64),
}

/// One of the two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What was signed.
    pub thing: Thing,
    /// By whom.
    pub signers: Vec<Signer>,
    /// When, as it says.
    pub time: UnixTime,
}

/// How two things contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Two directories: they differ in the entry with this number.
    TwoDirectories(u64),
    /// Two lists of who has access to this dossier: they differ in the link with this number.
    TwoChains(DossierAddress, u64),
    /// One device made two events of this dossier with this number.
    TwoEvents(DossierAddress, u64),
}

/// A contradiction, checked.
pub struct Contradiction {
    /// The deployment. Compare it with what is known of it from elsewhere: all else follows from it.
    pub genesis: GenesisHash,
    /// The directory of whoever saved it.
    pub directory: Directory,
    /// Whose device saved it.
    pub saver: DeviceId,
    /// When.
    pub time: UnixTime,
    /// How they contradict each other.
    pub kind: Kind,
    /// Both sides.
    pub sides: [Side; 2],
    names: Map<MemberId, String>,
}

impl Contradiction {
    /// The name of whoever a device belongs to, as the saver says, and the name of their organisation.
    #[must_use]
    pub fn person(&self, device: &DeviceId) -> Option<(&str, &str)> {
        person_of(&self.directory, &self.names, device)
    }
}

/// The name of whoever a device belongs to, and the name of their organisation.
pub(super) fn person_of<'a>(
    directory: &'a Directory,
    names: &'a Map<MemberId, String>,
    device: &DeviceId,
) -> Option<(&'a str, &'a str)> {
    let member = directory.device(device)?.device.member;
    let organisation = directory.member(&member)?.member.organisation;
    let organisation = directory.organisation(&organisation)?;
    let name = names.get(&member).map_or("", String::as_str);
    Some((name, organisation.name.as_str()))
}

impl Signed {
    /// As an alarm keeps it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// What [`Signed::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        codec::decode(bytes, SIGNED_MOST).ok()
    }

    /// Whether it may leave the device: an event that holds the keys of a reporter may not.
    fn may_leave(&self) -> bool {
        match self {
            Self::Event(event) => event.read().is_ok_and(|event| event.kind != HOLDS_KEYS),
            Self::Entry(_) | Self::Statement(_) | Self::Snapshot(_) | Self::Link(_) => true,
        }
    }
}

/// Whether what an alarm keeps proves something to others.
#[must_use]
pub fn is_proof(kept: &[Vec<u8>]) -> bool {
    read_kept(kept)
        .is_some_and(|(one, other)| one.may_leave() && other.as_ref().is_none_or(Signed::may_leave))
}

/// The file for what an alarm keeps. `entries` are the frames of the directory from its genesis on; nothing when it proves nothing.
#[must_use]
pub fn save(
    kept: &[Vec<u8>],
    entries: Vec<Vec<u8>>,
    name_of: impl Fn(&MemberId) -> String,
    acting: &Acting<'_>,
) -> Option<Vec<u8>> {
    if !is_proof(kept) {
        return None;
    }
    let (one, other) = read_kept(kept)?;
    let (_, sides) = judge(&one, other.as_ref(), acting.directory, &entries).ok()?;
    let signers = sides.iter().flat_map(|side| side.signers.iter().copied());
    let devices = signers.filter_map(|signer| match signer {
        Signer::Device(device) => Some(device),
        Signer::Director(_) | Signer::Root => None,
    });
    let member = |device: DeviceId| Some(acting.directory.device(&device)?.device.member);
    let mut members: Vec<MemberId> = devices.chain([acting.device]).filter_map(member).collect();
    members.sort_unstable();
    members.dedup();
    let content = Content {
        genesis: acting.directory.genesis(),
        entries,
        saver: acting.device,
        time: acting.now,
        names: members
            .into_iter()
            .map(|member| (member, name_of(&member)))
            .collect(),
        one,
        other,
    };
    let mut file = MAGIC.to_vec();
    file.extend(codec::encode(&content));
    let signature = acting.signer.sign(Label::Export, &file);
    file.extend(signature.0);
    Some(file)
}

/// Checks a file by itself.
///
/// # Errors
/// [`Broken`]: then it proves nothing.
pub fn verify(file: &[u8]) -> Result<Contradiction, Broken> {
    let (said, signature) = file.split_last_chunk::<64>().ok_or(Broken::Form)?;
    let content = said.strip_prefix(MAGIC).ok_or(Broken::Form)?;
    let content: Content = codec::decode(content, FILE_MOST).map_err(|_| Broken::Form)?;
    let directory = Directory::replay(&content.entries)?;
    if directory.genesis() != content.genesis {
        return Err(Broken::Genesis);
    }
    let saver = directory.device(&content.saver).ok_or(Broken::Saver)?;
    let key = &saver.device.sign;
    key.verify(Label::Export, said, &Signature(*signature))
        .map_err(|_| Broken::Saver)?;
    let other = content.other.as_ref();
    let (kind, sides) = judge(&content.one, other, &directory, &content.entries)?;
    Ok(Contradiction {
        genesis: content.genesis,
        directory,
        saver: content.saver,
        time: content.time,
        kind,
        sides,
        names: content.names.into_iter().collect(),
    })
}

fn read_kept(kept: &[Vec<u8>]) -> Option<(Signed, Option<Signed>)> {
    let mut signed = kept.iter().map(|bytes| Signed::from_bytes(bytes));
    let one = signed.next()??;
    let other = match signed.next() {
        Some(other) => Some(other?),
        None => None,
    };
    Some((one, other))
}

/// What a signed thing says about what others said.
struct Said {
    side: Side,
    /// Where its author's directory stood.
    standing: Option<Standing>,
}

/// Whether two things, or one and the directory, contradict each other, each signed by somebody in the directory.
fn judge(
    one: &Signed,
    other: Option<&Signed>,
    directory: &Directory,
    entries: &[Vec<u8>],
) -> Result<(Kind, [Side; 2]), Broken> {
    let Some(other) = other else {
        return against_directory(one, directory, entries);
    };
    let first = read(one, directory)?;
    let second = read(other, directory)?;
    let kind = match (one, other) {
        (Signed::Event(one), Signed::Event(other)) => two_events(one, other),
        (Signed::Link(one), Signed::Link(other)) => two_links(one, other),
        (Signed::Event(event), Signed::Link(link)) => event_and_link(event, link),
        _ => None,
    };
    Ok((kind.ok_or(Broken::Nothing)?, [first.side, second.side]))
}

fn two_events(one: &SealedEvent, other: &SealedEvent) -> Option<Kind> {
    let (mine, theirs) = (one.read().ok()?, other.read().ok()?);
    let place = |event: &super::event::SignedEvent| (event.dossier, event.author, event.author_seq);
    let same = place(&mine) == place(&theirs) && one.id() != other.id();
    same.then_some(Kind::TwoEvents(mine.dossier, mine.author_seq))
}

fn two_links(one: &SignedLink, other: &SignedLink) -> Option<Kind> {
    let (mine, theirs) = (one.read().ok()?, other.read().ok()?);
    let place = |link: &super::OpenedLink| (link.envelope.dossier, link.envelope.number);
    let same = place(&mine) == place(&theirs) && mine.hash != theirs.hash;
    same.then_some(Kind::TwoChains(mine.envelope.dossier, mine.envelope.number))
}

/// An event of somebody who stood on another link with this number.
fn event_and_link(event: &SealedEvent, link: &SignedLink) -> Option<Kind> {
    let (event, link) = (event.read().ok()?, link.read().ok()?);
    let number = link.envelope.number;
    let same = event.dossier == link.envelope.dossier && event.control_number == number;
    (same && event.control_head != link.hash).then_some(Kind::TwoChains(event.dossier, number))
}

fn against_directory(
    one: &Signed,
    directory: &Directory,
    entries: &[Vec<u8>],
) -> Result<(Kind, [Side; 2]), Broken> {
    let said = read(one, directory)?;
    let number = if let Signed::Entry(frame) = one {
        differs_at(frame, directory)
    } else {
        let standing = said.standing.ok_or(Broken::Nothing)?;
        let here = directory.hash_at(standing.seq);
        here.filter(|here| *here != standing.head)
            .and_then(|_| standing.seq.checked_sub(1))
    };
    let number = number.ok_or(Broken::Nothing)?;
    let place = usize::try_from(number).map_err(|_| Broken::Form)?;
    let mine = Signed::Entry(entries.get(place).ok_or(Broken::Form)?.clone());
    let mine = read(&mine, directory)?;
    Ok((Kind::TwoDirectories(number), [said.side, mine.side]))
}

/// The number of the entry here that another entry contradicts: the one in its place, or the one that it should follow.
fn differs_at(frame: &[u8], directory: &Directory) -> Option<u64> {
    let entry = sluis_directory::maker::read_entry(frame).ok()?;
    if let Some(here) = directory.hash_at(entry.seq.checked_add(1)?) {
        return (here != frame_hash(frame)).then_some(entry.seq);
    }
    let here = directory.hash_at(entry.seq)?;
    (here != entry.prev).then_some(entry.seq.checked_sub(1)?)
}

/// What a signed thing says, when everybody who is said to have signed it did.
fn read(signed: &Signed, directory: &Directory) -> Result<Said, Broken> {
    let side = |thing, signers, time, standing| Said {
        side: Side {
            thing,
            signers,
            time,
        },
        standing,
    };
    match signed {
        Signed::Entry(frame) => {
            let frame = parse(frame)?;
            let entry: Entry = body(&frame, FrameType::DirectoryEntry)?;
            let signers = signers(&frame, Label::DirectoryEntry, directory)?;
            Ok(side(Thing::Entry(entry.seq), signers, entry.time, None))
        }
        Signed::Statement(frame) => {
            let frame = parse(frame)?;
            let author = author_of(&frame)?;
            let by = signers(&frame, Label::Statement, directory)?;
            if by != [Signer::Device(author.device)] {
                return Err(Broken::Signature);
            }
            let standing = Some(author.standing);
            Ok(side(Thing::Statement, by, author.time, standing))
        }
        Signed::Snapshot(frame) => {
            let frame = parse(frame)?;
            let snapshot: Snapshot = body(&frame, FrameType::Snapshot)?;
            let by = signers(&frame, Label::Snapshot, directory)?;
            let standing = Some(snapshot.standing);
            Ok(side(Thing::Snapshot, by, snapshot.time, standing))
        }
        Signed::Event(sealed) => {
            let event = sealed.read().map_err(|_| Broken::Form)?;
            let key = key_of(&event.author, directory)?;
            sealed.verify(&key).map_err(|_| Broken::Signature)?;
            let thing = Thing::Event(event.author_seq);
            let by = alloc::vec![Signer::Device(event.author)];
            Ok(side(thing, by, event.time, Some(event.standing)))
        }
        Signed::Link(link) => {
            let link = link.read().map_err(|_| Broken::Form)?;
            let key = key_of(&link.body.author, directory)?;
            link.verify(&directory.genesis(), &key)
                .map_err(|_| Broken::Signature)?;
            let thing = Thing::Link(link.envelope.number);
            let by = alloc::vec![Signer::Device(link.body.author)];
            Ok(side(thing, by, link.body.time, Some(link.body.standing)))
        }
    }
}

fn parse(frame: &[u8]) -> Result<Frame, Broken> {
    Frame::parse(frame).map_err(|_| Broken::Form)
}

fn body<T: Serialize + serde::de::DeserializeOwned>(
    frame: &Frame,
    kind: FrameType,
) -> Result<T, Broken> {
    if frame.kind() != kind {
        return Err(Broken::Form);
    }
    codec::decode(frame.body(), kind.max_body_len()).map_err(|_| Broken::Form)
}

fn author_of(frame: &Frame) -> Result<Author, Broken> {
    let kind = frame.kind();
    Ok(match kind {
        FrameType::TeamContentStatement => body::<TeamContent>(frame, kind)?.author,
        FrameType::TeamIntakeStatement => body::<TeamIntake>(frame, kind)?.author,
        FrameType::MonthKeyStatement => body::<MonthKey>(frame, kind)?.author,
        FrameType::StaffCapabilityStatement => body::<StaffCapability>(frame, kind)?.author,
        _ => return Err(Broken::Form),
    })
}

fn key_of(device: &DeviceId, directory: &Directory) -> Result<VerifyingKey, Broken> {
    let record = directory.device(device).ok_or(Broken::Signature)?;
    Ok(record.device.sign)
}

/// Whoever signed a frame: all signatures match, and all are by somebody in the directory.
fn signers(frame: &Frame, label: Label, directory: &Directory) -> Result<Vec<Signer>, Broken> {
    let mut all = Vec::new();
    for signature in frame.signatures() {
        let key = VerifyingKey::parse(signature.key).map_err(|_| Broken::Signature)?;
        key.verify(label, frame.signed_bytes(), &Signature(signature.signature))
            .map_err(|_| Broken::Signature)?;
        all.push(signer(&key, directory).ok_or(Broken::Signature)?);
    }
    if all.is_empty() {
        return Err(Broken::Signature);
    }
    Ok(all)
}

fn signer(key: &VerifyingKey, directory: &Directory) -> Option<Signer> {
    if let Some(record) = directory.device_by_key(key) {
        return Some(Signer::Device(record.device.id));
    }
    let rooted = |keys: &[VerifyingKey]| keys.contains(key);
    if rooted(&directory.root().keys) || rooted(&directory.genesis_entry().root.keys) {
        return Some(Signer::Root);
    }
    let mut organisations = directory.organisations();
    organisations
        .find(|one| one.directors.keys.contains(key))
        .map(|one| Signer::Director(one.id))
}
