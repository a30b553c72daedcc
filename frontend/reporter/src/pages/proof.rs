//! The proof of filing as a text file: what was sent, and the hash that the team signed for.

use sluis_kit::i18n::{format_moment, machine_moment};
use sluis_kit::text::reporter;
use sluis_protocol::conversation::{MessageId, message_hash};

use crate::link::Say;
use crate::state::Model;

/// The text of the file; nothing when the team holds no message yet.
pub(crate) fn proof(model: &Model) -> Option<String> {
    let locale = model.locale;
    if model.said.filed.is_empty() {
        return None;
    }
    let line = model.table().and_then(|table| {
        let team = model.team()?;
        table
            .lines
            .iter()
            .find(|line| line.team == team)
            .map(|line| line.name.clone())
    });
    let mut text = String::new();
    let mut put = |words: &[&str]| {
        text.push_str(&words.concat());
        text.push('\n');
    };
    put(&[reporter::proof_title(locale)]);
    put(&[&reporter::proof_intro(
        locale,
        line.as_deref().unwrap_or_default(),
    )]);
    for filed in &model.said.filed {
        let unix = i64::try_from(filed.time.0).unwrap_or(i64::MAX);
        put(&[]);
        put(&[
            reporter::proof_arrived(locale),
            ": ",
            &format_moment(locale, unix),
            " (",
            &machine_moment(unix),
            ")",
        ]);
        put(&[reporter::proof_number(locale), ": ", &hex(&filed.message.0)]);
        put(&[reporter::proof_hash(locale), ": ", &hex(&filed.hash)]);
        if let Some(said) = said(model, filed.message)
            .filter(|said| message_hash(filed.message, said) == filed.hash)
        {
            put(&[reporter::proof_message(locale), ":"]);
            put(&[&said]);
        }
    }
    Some(text)
}

/// The text of a message, from the board or from this sitting.
fn said(model: &Model, message: MessageId) -> Option<String> {
    let echoed = model
        .said
        .utterances
        .iter()
        .find(|utterance| utterance.message == message);
    let sent = model
        .outgoing
        .iter()
        .find(|outgoing| outgoing.message == Some(message));
    echoed
        .map(|utterance| utterance.text.clone())
        .or_else(|| match &sent?.say {
            Say::Text(text) => Some(text.clone()),
            _ => None,
        })
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
