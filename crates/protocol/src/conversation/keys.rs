//! The reporter's keys, all from the master key behind the eight words, and what of them the team learns.
//!
//! ```text
//! X-Wing seed      KDF(master, "sluis/1/reporter-kem")           consent seed  KDF(master, "sluis/1/reporter-consent")
//! reply PSK        KDF(master, "sluis/1/reporter-psk")           conversation  KDF(master, "sluis/1/reporter-conversation")[..16]
//! tag key          KDF(master, "sluis/1/reporter-tag")           page          KDF(master, "sluis/1/reporter-page")[..2]
//! tag of reply i = page (2) ‖ HMAC(tag key, "sluis/1/board-tag", i (4, big endian))[..14]
//! ```

use core::fmt;

use serde::{Deserialize, Serialize};
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_wire::address::BoardTag;
use zeroize::Zeroize;

use crate::primitives::{
    kdf,
    kem::{KemPublic, KemSecret},
    secret::{Role, SecretKey},
};
use crate::words::MasterKey;

/// Role of the shared key that makes a reply come from someone whom the reporter wrote to.
pub struct ReplyPsk;
impl Role for ReplyPsk {
    const NAME: &'static str = "reply psk";
}

/// Role of the key that names the places of replies on the board.
pub struct TagKey;
impl Role for TagKey {
    const NAME: &'static str = "tag key";
}

/// Role of bytes that are derived on the way to something that is no key.
struct Plain;
impl Role for Plain {
    const NAME: &'static str = "derived";
}

/// One conversation, as team and reporter name it; the relay never sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConversationId(pub [u8; 16]);

/// All keys of a reporter. Wiped on drop.
pub struct ReporterKeys {
    kem: KemSecret,
    public: KemPublic,
    psk: SecretKey<ReplyPsk>,
    tag_key: SecretKey<TagKey>,
    page: u16,
    conversation: ConversationId,
    consent: SigningKey,
}

impl ReporterKeys {
    /// All keys that come from one master key.
    #[must_use]
    pub fn derive(master: &MasterKey) -> Self {
        let bytes = |label| *kdf::derive::<Plain>(master.expose(), label, &[]).expose();
        let kem = KemSecret::from_seed(bytes("sluis/1/reporter-kem"));
        let [high, low, ..] = bytes("sluis/1/reporter-page");
        let conversation = bytes("sluis/1/reporter-conversation");
        Self {
            public: kem.public(),
            kem,
            psk: kdf::derive(master.expose(), "sluis/1/reporter-psk", &[]),
            tag_key: kdf::derive(master.expose(), "sluis/1/reporter-tag", &[]),
            page: u16::from_be_bytes([high, low]),
            conversation: ConversationId(first_16(conversation)),
            consent: SigningKey::from_seed(bytes("sluis/1/reporter-consent")),
        }
    }

    /// What the team learns: enough to answer, not enough to read an answer.
    #[must_use]
    pub fn contact(&self) -> ReporterContact {
        ReporterContact {
            conversation: self.conversation,
            page: self.page,
            kem: self.public.clone(),
            psk: *self.psk.expose(),
            tag_key: *self.tag_key.expose(),
            consent: self.consent.verifying_key(),
        }
    }

    /// The 16-bit page number on the board.
    #[must_use]
    pub const fn page(&self) -> u16 {
        self.page
    }

    /// Which conversation these keys belong to.
    #[must_use]
    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }

    /// Signs the reporter's wishes.
    #[must_use]
    pub const fn consent(&self) -> &SigningKey {
        &self.consent
    }

    /// The place of reply number `index`.
    #[must_use]
    pub fn tag(&self, index: u32) -> BoardTag {
        tag(self.page, &self.tag_key, index)
    }

    pub(super) const fn kem(&self) -> &KemSecret {
        &self.kem
    }

    pub(super) const fn public(&self) -> &KemPublic {
        &self.public
    }

    pub(super) const fn psk(&self) -> &SecretKey<ReplyPsk> {
        &self.psk
    }
}

impl fmt::Debug for ReporterKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ReporterKeys(redacted)")
    }
}

/// What the team keeps of a reporter: where to put answers and how to seal them. Secret towards everyone else; wiped on drop.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReporterContact {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The 16-bit page number on the board.
    pub page: u16,
    /// What replies are sealed to.
    pub kem: KemPublic,
    /// What the reporter's wishes are signed with.
    pub consent: VerifyingKey,
    psk: [u8; 32],
    tag_key: [u8; 32],
}

impl ReporterContact {
    /// The place of reply number `index`.
    #[must_use]
    pub fn tag(&self, index: u32) -> BoardTag {
        tag(self.page, &SecretKey::from_bytes(self.tag_key), index)
    }

    pub(super) fn psk(&self) -> SecretKey<ReplyPsk> {
        SecretKey::from_bytes(self.psk)
    }
}

impl Drop for ReporterContact {
    fn drop(&mut self) {
        self.psk.zeroize();
        self.tag_key.zeroize();
    }
}

impl fmt::Debug for ReporterContact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ReporterContact(redacted)")
    }
}

fn tag(page: u16, key: &SecretKey<TagKey>, index: u32) -> BoardTag {
    let mac = kdf::mac(key, "sluis/1/board-tag", &[&index.to_be_bytes()]);
    let mut tag = [0; 16];
    for (byte, value) in tag
        .iter_mut()
        .zip(page.to_be_bytes().into_iter().chain(mac))
    {
        *byte = value;
    }
    BoardTag(tag)
}

fn first_16(bytes: [u8; 32]) -> [u8; 16] {
    let mut out = [0; 16];
    for (byte, value) in out.iter_mut().zip(bytes) {
        *byte = value;
    }
    out
}
