//! Letting a device in: the invitation, the request that lies in a slot at the relay, and the words that two people compare by voice
//! (decision 30; docs/protocol.md 4.8).
//!
//! An invitation holds no secret. Whoever changes the request, or the invitation, changes the words; nothing is signed before
//! two people have heard the same ones.

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sluis_directory::entry::{Device, DeviceKind, KemKey};
use sluis_directory::signature::Label;
use sluis_directory::statement::Standing;
use sluis_wire::address::{GenesisHash, MemberId};
use sluis_wire::codec;
use sluis_wire::frame::FrameType;
use sluis_wire::limits::RENDEZVOUS;

use crate::primitives::kdf;
use crate::primitives::kem::KemPublic;
use crate::sheet::eleven_bits;
use crate::staff::DeviceSecrets;
use crate::words::WordList;

/// Words that two people compare: 66 bits.
pub const CONTROL_WORDS: usize = 6;
/// Version of the text form.
const VERSION: u8 = 1;
/// Bytes of an answer.
const ANSWER: usize = 16;
/// Label of the text form of an answer.
const ANSWER_LABEL: &str = "sluis/1/answer";
/// Check bytes of the text form.
const CHECK: usize = 3;
/// Letters between two spaces of the text form.
const GROUP: usize = 5;
/// No I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What an inviting desk hands to a newcomer, as a picture or as text. No secret is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The deployment.
    pub genesis: GenesisHash,
    /// Where the inviting desk's directory stands: the newcomer's must pass here.
    pub standing: Standing,
    /// Slot at the relay for the newcomer's request.
    pub slot: [u8; 16],
    /// Whose device it will be.
    pub member: MemberId,
}

impl Invitation {
    /// A new invitation: with a member of its own for a new person.
    #[must_use]
    pub fn generate(
        genesis: GenesisHash,
        standing: Standing,
        member: Option<MemberId>,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let [mut slot, mut new] = [[0; 16]; 2];
        rng.fill_bytes(&mut slot);
        rng.fill_bytes(&mut new);
        Self {
            genesis,
            standing,
            slot,
            member: member.unwrap_or(MemberId(new)),
        }
    }

    /// Letters and digits in groups of five: [`to_code`] of `version 1 ‖ postcard of the invitation`.
    #[must_use]
    pub fn to_text(&self) -> String {
        to_code("sluis/1/invitation", VERSION, &codec::encode(self))
    }

    /// Reads the text form; case, spaces and dashes do not count. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let body = from_code("sluis/1/invitation", VERSION, text, RENDEZVOUS)?;
        codec::decode(&body, RENDEZVOUS).ok()
    }
}

/// What the new device shows back: [`to_code`] of the first 16 bytes of `H("sluis/1/pairing-answer", invitation, device)`. Whoever reads it from the
/// screen of the new device needs no words. No secret is in it.
#[must_use]
pub fn answer_to_text(invitation: &Invitation, device: &Device) -> String {
    to_code(ANSWER_LABEL, VERSION, &answer(invitation, device))
}

/// Whether a text is the answer of this device to this invitation; case, spaces and dashes do not count.
#[must_use]
pub fn answer_fits(text: &str, invitation: &Invitation, device: &Device) -> bool {
    let read = from_code(ANSWER_LABEL, VERSION, text, 1 + ANSWER + CHECK);
    read.is_some_and(|read| read == answer(invitation, device))
}

fn answer(invitation: &Invitation, device: &Device) -> [u8; ANSWER] {
    let invitation = codec::encode(invitation);
    let hash = kdf::hash(
        "sluis/1/pairing-answer",
        &[&invitation, &codec::encode(device)],
    );
    let mut first = [0; ANSWER];
    for (to, from) in first.iter_mut().zip(hash) {
        *to = from;
    }
    first
}

/// An entry of the directory that another director has to sign too, as text to hand to them: [`to_code`] of its frame. No secret is in it.
#[must_use]
pub fn proposal_to_text(frame: &[u8]) -> String {
    to_code("sluis/1/proposal", VERSION, frame)
}

/// Reads such a text; case, spaces and dashes do not count. `None` for anything else.
#[must_use]
pub fn proposal_from_text(text: &str) -> Option<Vec<u8>> {
    let most = FrameType::DirectoryEntry.max_len();
    from_code("sluis/1/proposal", VERSION, text, most + 1 + CHECK)
}

/// `version ‖ body ‖ first 3 bytes of H(label, all before)` in base 32, in groups of five.
fn to_code(label: &'static str, version: u8, body: &[u8]) -> String {
    let mut bytes = [version].to_vec();
    bytes.extend_from_slice(body);
    bytes.extend(check(label, &bytes));
    let mut text = String::new();
    for (place, at) in (0..bytes.len() * 8).step_by(5).enumerate() {
        if place > 0 && place % GROUP == 0 {
            text.push(' ');
        }
        let number = (at..at + 5).fold(0, |number, at| {
            let bit = bytes
                .get(at / 8)
                .is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0);
            number << 1 | usize::from(bit)
        });
        text.push(
            ALPHABET
                .get(number)
                .map_or('0', |letter| char::from(*letter)),
        );
    }
    text
}

/// The body of a code; `most` bytes with version and check.
fn from_code(label: &'static str, expected: u8, text: &str, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let letter = match letter.to_ascii_uppercase() {
            b'-' | b' ' | b'\t' | b'\r' | b'\n' => continue,
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let number = ALPHABET.iter().position(|known| *known == letter)?;
        held = held << 5 | u32::try_from(number).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
            held &= (1 << bits) - 1;
            if bytes.len() > most {
                return None;
            }
        }
    }
    let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
    let (version, body) = content.split_first()?;
    let whole = *version == expected && sum == check(label, content) && held == 0 && bits < 5;
    whole.then(|| body.to_vec())
}

/// What a newcomer leaves in the slot: the public device entry, with the proof that it holds its signing key.
#[must_use]
pub fn request(secrets: &DeviceSecrets) -> Vec<u8> {
    codec::encode(&secrets.public(DeviceKind::Browser))
}

/// Reads what lies in the slot. `None` when it is not a browser of the invited member that holds its own keys.
#[must_use]
pub fn read_request(bytes: &[u8], invitation: &Invitation) -> Option<Device> {
    let device: Device = codec::decode(bytes, RENDEZVOUS).ok()?;
    fits(&device, invitation).then_some(device)
}

/// Whether a device is a browser of the invited member that shows that it holds its signing key.
pub(crate) fn fits(device: &Device, invitation: &Invitation) -> bool {
    let signed = device.possession_bytes();
    device.member == invitation.member
        && device.kind == DeviceKind::Browser
        && device.kem.0.len() == KemKey::LENGTH
        && KemPublic::parse(&device.kem.0).is_ok()
        && device
            .sign
            .verify(Label::Possession, &signed, &device.possession)
            .is_ok()
}

/// The six words that both people see: the first 66 bits of `H("sluis/1/pairing", invitation, device)`. Another invitation or another device
/// gives other words.
#[must_use]
pub fn control_words(invitation: &Invitation, device: &Device, list: &WordList) -> Vec<String> {
    let bits = kdf::hash(
        "sluis/1/pairing",
        &[&codec::encode(invitation), &codec::encode(device)],
    );
    (0..CONTROL_WORDS)
        .map(|place| list.word(eleven_bits(&bits, place)).into())
        .collect()
}

fn check(label: &'static str, bytes: &[u8]) -> [u8; CHECK] {
    let [first, second, third, ..] = kdf::hash(label, &[bytes]);
    [first, second, third]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng as _;
    use sluis_wire::address::FrameHash;

    use super::*;

    fn invitation(seed: u64) -> (Invitation, ChaCha20Rng) {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let standing = Standing {
            seq: seed * 1_000,
            head: FrameHash([9; 32]),
        };
        let invitation = Invitation::generate(GenesisHash([8; 32]), standing, None, &mut rng);
        (invitation, rng)
    }

    #[test]
    fn an_answer_fits_one_invitation_and_one_device() {
        let (invited, mut rng) = invitation(1);
        let (other, _) = invitation(2);
        let device = |rng: &mut ChaCha20Rng| {
            let secrets = DeviceSecrets::generate(invited.member, rng);
            secrets.public(DeviceKind::Browser)
        };
        let (one, two) = (device(&mut rng), device(&mut rng));
        let text = answer_to_text(&invited, &one);
        assert!(text.len() < 45, "{text}");
        assert!(answer_fits(&text.to_lowercase(), &invited, &one));
        assert!(!answer_fits(&text, &invited, &two));
        assert!(!answer_fits(&text, &other, &one));
        assert!(!answer_fits(&invited.to_text(), &invited, &one));
        assert!(!answer_fits("", &invited, &one));
    }

    #[test]
    fn an_invitation_reads_back_from_its_text_however_it_was_typed() {
        for seed in 0..50 {
            let (invitation, _) = invitation(seed);
            let text = invitation.to_text();
            assert!(text.len() < 220, "{text}");
            let typed = text.to_lowercase().replace('0', "o").replace('1', "l");
            for text in [&text, &typed, &text.replace(' ', "-\n")] {
                assert_eq!(Invitation::parse(text), Some(invitation));
            }
        }
    }

    #[test]
    fn a_changed_letter_is_refused() {
        let text = invitation(3).0.to_text();
        for place in 0..text.len() {
            if &text[place..=place] == " " {
                continue;
            }
            let other = if &text[place..=place] == "A" {
                "B"
            } else {
                "A"
            };
            let changed = [&text[..place], other, &text[place + 1..]].concat();
            assert_eq!(Invitation::parse(&changed), None, "place {place}");
            assert_eq!(Invitation::parse(&text[..place]), None);
        }
        assert_eq!(Invitation::parse(&[&text, " 0"].concat()), None);
        assert_eq!(Invitation::parse("https://example.org"), None);
    }

    #[test]
    fn a_request_of_another_member_or_without_its_key_is_refused() {
        let (invitation, mut rng) = invitation(1);
        let secrets = DeviceSecrets::generate(invitation.member, &mut rng);
        let device = read_request(&request(&secrets), &invitation).unwrap();
        assert_eq!(device.id, secrets.id);
        let stranger = DeviceSecrets::generate(MemberId([1; 16]), &mut rng);
        assert_eq!(read_request(&request(&stranger), &invitation), None);
        let mut stolen_sign = device.clone();
        stolen_sign.sign = stranger.sign.verifying_key();
        let mut wrong_kem = device.clone();
        wrong_kem.kem = stranger.public(DeviceKind::Browser).kem;
        let paper = secrets.public(DeviceKind::Paper);
        for device in [stolen_sign, wrong_kem, paper] {
            assert_eq!(read_request(&codec::encode(&device), &invitation), None);
        }
        assert_eq!(read_request(&[], &invitation), None);
    }

    #[cfg(feature = "words-en")]
    #[test]
    fn another_device_or_invitation_gives_other_words() {
        let list = WordList::english();
        let (first, mut rng) = invitation(1);
        let secrets = DeviceSecrets::generate(first.member, &mut rng);
        let device = secrets.public(DeviceKind::Browser);
        let words = control_words(&first, &device, &list);
        assert_eq!(words.len(), CONTROL_WORDS);
        assert_eq!(words, control_words(&first, &device, &list));
        let swapped = DeviceSecrets::generate(first.member, &mut rng).public(DeviceKind::Browser);
        assert_ne!(words, control_words(&first, &swapped, &list));
        let mut other = first;
        other.standing.head.0[31] ^= 1;
        assert_ne!(words, control_words(&other, &device, &list));
    }
}
