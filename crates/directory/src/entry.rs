//! What an entry of the directory log says.
//!
//! An entry travels as a frame (type 0x0101, docs/protocol.md 3.1): body = postcard of [`Entry`], then the signatures.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sluis_wire::address::{DeviceId, FrameHash, MemberId, OrganisationId, TeamId};
use sluis_wire::time::UnixTime;

use crate::class::ClassEdit;
use crate::signature::{Signature, VerifyingKey};

/// One link of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the log, from 0.
    pub seq: u64,
    /// Hash of the frame before it; zeroes for the genesis entry.
    pub prev: FrameHash,
    /// When its maker says it was made.
    pub time: UnixTime,
    /// What it does.
    pub op: Op,
}

/// What an entry does. Who must sign stands with each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// Starts a deployment. Signed by `threshold` of its own root keys.
    Genesis(Genesis),
    /// New root keys. Signed by the old threshold and the new one.
    RootRotate(RootKeys),
    /// Who may co-sign snapshots from now on. Signed by root.
    WitnessSet(WitnessSet),
    /// A new organisation. Signed by root.
    OrganisationAdd(Organisation),
    /// Other directors for an organisation. Signed by root.
    OrganisationDirectors {
        /// Which.
        organisation: OrganisationId,
        /// All of them from now on.
        directors: Directors,
    },
    /// A new member. Signed by directors of the organisation (and of the centre, for the role [`Role::AllFederations`]).
    MemberAdd(Member),
    /// Other roles for a member. Signed as [`Op::MemberAdd`].
    MemberRoles {
        /// Which.
        member: MemberId,
        /// All of them from now on.
        roles: Vec<Role>,
    },
    /// A member leaves, with all devices and all places in teams. Signed by directors of the organisation.
    MemberRevoke {
        /// Which.
        member: MemberId,
    },
    /// A new device of a member. Signed by directors of the organisation, or by a current device of the same member.
    DeviceAdd(Device),
    /// A device is no longer trusted. Signed by directors of the organisation, or by a current device of the same member.
    DeviceRevoke {
        /// Which.
        device: DeviceId,
    },
    /// Makes a team or replaces its definition. Signed by directors of the organisation.
    TeamDefine(Team),
    /// Settings that clients believe only when signed. Signed by directors of the centre, or by root.
    Policy(Policy),
    /// A released build. Signed by root.
    Release {
        /// SHA-256 of the asset manifest.
        manifest: [u8; 32],
        /// The version that clients compare with [`Policy::minimum_client`].
        version: u32,
    },
    /// What proves that a printed share of a sheet fits, without opening the seed. Signed as [`Op::DeviceAdd`].
    ShareCommitments {
        /// The paper device whose seed was split.
        device: DeviceId,
        /// One hash for each share, in order of its number.
        commitments: [[u8; 32]; 3],
    },
    /// A member accepts the regulation of access. Signed by a current device of the member.
    RegulationAccept {
        /// Which.
        member: MemberId,
        /// Of the regulation; only rises.
        version: u32,
    },
    /// An organisation has an agreement about sharing on file (T11). Signed by directors of the organisation.
    Agreement {
        /// Which.
        organisation: OrganisationId,
        /// With whom, title, date and version, sealed to the staff's directory key; at most 1,024 bytes.
        sealed: Vec<u8>,
    },
    /// An edit of the table of subcategories (M19). Signed by directors of the centre.
    Classification(ClassEdit),
    /// Whether an organisation keeps who respondents are, and on what ground (Q2). Signed by directors of the organisation.
    Respondents(RespondentPolicy),
}

/// Whether an organisation keeps who respondents are. Before the first policy it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RespondentPolicy {
    /// Whose policy.
    pub organisation: OrganisationId,
    /// One more than before; the first is 1.
    pub version: u32,
    /// The legal ground on which it does; none when it does not.
    pub ground: Option<LegalGround>,
    /// Why, sealed to the staff's directory key; at most 2,560 bytes.
    pub sealed: Vec<u8>,
}

/// A legal ground for keeping who a respondent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LegalGround {
    /// A legal obligation (GDPR article 6(1)(c)).
    Obligation,
    /// A task in the public interest (GDPR article 6(1)(e)).
    PublicTask,
    /// Rules that the respondent has accepted as a member (GDPR article 6(1)(b)).
    Membership,
    /// A legitimate interest that outweighs theirs (GDPR article 6(1)(f)).
    Interest,
    /// A licence of the supervisory authority for criminal data (UAVG article 33(4)).
    Licence,
}

/// The first entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Genesis {
    /// Random: no two deployments share a genesis.
    pub nonce: [u8; 16],
    /// Name of the deployment as reporters may see it.
    pub name: String,
    /// A demonstration: every page says so.
    pub demonstration: bool,
    /// Root keys.
    pub root: RootKeys,
    /// The relay's own key (decision 25).
    pub relay_key: VerifyingKey,
    /// First settings.
    pub policy: Policy,
}

/// A set of root keys and how many must sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootKeys {
    /// 1 to 9 different keys.
    pub keys: Vec<VerifyingKey>,
    /// 1 to the number of keys.
    pub threshold: u8,
}

/// The witnesses of snapshots (decisions 6 and 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WitnessSet {
    /// Signing keys of 1 to 9 witness devices, all different.
    pub keys: Vec<VerifyingKey>,
    /// 1 to the number of keys.
    pub threshold: u8,
    /// After this, staff are warned; reporters go on while a statement is valid.
    pub not_after: UnixTime,
}

/// What kind of organisation it is. There is no kind for a club, an umbrella's board or a tribunal: they get no access (M11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrganisationKind {
    /// The centre that runs the system; one in each deployment.
    Centre,
    /// A federation.
    Federation,
    /// Outside experts.
    Experts,
    /// The keeper of the register of sanctioned persons.
    RegisterHolder,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id, new in the log.
    pub id: OrganisationId,
    /// Its name, 1 to 120 bytes, seen by everyone.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Who authorises its staff.
    pub directors: Directors,
}

/// The keys that act for an organisation and how many must sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directors {
    /// 1 to 16 different keys.
    pub keys: Vec<VerifyingKey>,
    /// How many must sign to add or change.
    pub add_threshold: u8,
    /// How many must sign to revoke.
    pub revoke_threshold: u8,
}

/// What a member may be asked to do. Roles open nothing by themselves: only a wrapped key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Authorises staff.
    Director,
    /// Watches over all work of the organisation.
    Coordinator,
    /// Handles dossiers.
    CaseManager,
    /// Sees the status of a dossier, no more.
    ConfidentialAdviser,
    /// Sits on a panel or committee.
    PanelMember,
    /// Reads for the board.
    BoardReader,
    /// Advises when invited.
    AdvisoryMember,
    /// An outside expert, when invited.
    Expert,
    /// May be chosen as recipient by every federation (decision 29).
    AllFederations,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Random, new in the log.
    pub id: MemberId,
    /// Works for.
    pub organisation: OrganisationId,
    /// At most 9 different ones.
    pub roles: Vec<Role>,
    /// Name, sealed to the staff's directory key (decision 26); at most 512 bytes.
    pub sealed_name: Vec<u8>,
}

/// An X-Wing public key: 1,216 bytes, which this crate carries and never uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KemKey(pub Vec<u8>);

impl KemKey {
    /// Bytes of an X-Wing public key (ML-KEM-768 1,184 and X25519 32).
    pub const LENGTH: usize = 1_216;
}

/// What a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeviceKind {
    /// A browser with a vault.
    Browser,
    /// A printed sheet (decision 31): a recipient like any other, which never signs from day to day.
    Paper,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Random, new in the log.
    pub id: DeviceId,
    /// Whose.
    pub member: MemberId,
    /// What it is.
    pub kind: DeviceKind,
    /// Its signing key, new in the log.
    pub sign: VerifyingKey,
    /// Its long key for dossier contents.
    pub kem: KemKey,
    /// By `sign`, label possession, over [`Device::possession_bytes`].
    pub possession: Signature,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Random.
    pub id: TeamId,
    /// Belongs to.
    pub organisation: OrganisationId,
    /// Its name, 1 to 120 bytes; reporters see it when it is a line.
    pub name: String,
    /// Whether reporters may write to it.
    pub line: bool,
    /// 1 to 64 members, all of the organisation, all different.
    pub members: Vec<MemberId>,
}

/// Settings that are signed, so that a relay cannot lie about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// How many bits of a page number count on the board, 0 to 16.
    pub page_bits: u8,
    /// Oldest client version that may write.
    pub minimum_client: u32,
    /// Minutes without a touch after which a desk locks itself, 5 to 60.
    pub lock_minutes: u8,
    /// Seconds, least and most, that "read" and "filed" wait before they leave (decision 20).
    pub receipt_delay: (u16, u16),
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            page_bits: 0,
            minimum_client: 1,
            lock_minutes: 20,
            receipt_delay: (60, 300),
        }
    }
}

impl Device {
    /// What a new device signs to show that it holds `sign`: postcard of (id, member, kind, sign, kem).
    #[must_use]
    pub fn possession_bytes(&self) -> Vec<u8> {
        sluis_wire::codec::encode(&(self.id, self.member, self.kind, &self.sign, &self.kem))
    }
}
