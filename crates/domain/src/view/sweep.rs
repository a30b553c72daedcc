//! Words in the text of a dossier that may give somebody away: what its people's contact data says, and whatever looks like a mail address or a
//! telephone number. A person decides what goes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::dossier::{Dossier, Turn};
use crate::event::Part;
use crate::ids::EventId;
use crate::vocabulary::{Field, FieldName};

/// What stands in the place of words that belong to nobody on the list.
pub const COVER: &str = "█████";
/// Digits from which on a row of them counts as a telephone number.
const PHONE_DIGITS: usize = 9;
/// Letters from which on a single part of a name is looked for.
const NAME_PART: usize = 3;

/// What is known of somebody, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Their number.
    pub number: u16,
    /// Name.
    pub name: String,
    /// Whatever else is theirs: number, mail address, postal address.
    pub ways: Vec<String>,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// In a field.
    Field(FieldName),
    /// In a message, a reply, a note, or an opinion that came back.
    Event(EventId),
}

/// A text in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub spot: Spot,
    /// What was found, each once.
    pub words: Vec<String>,
    /// How the text reads without.
    pub text: String,
}

/// Looks through all that people wrote in a dossier.
#[must_use]
pub fn sweep(dossier: &Dossier, known: &[Known]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut look = |spot, text: &str| {
        let (words, text) = clean(text, known);
        if !words.is_empty() {
            found.push(Found { spot, words, text });
        }
    };
    let fields = dossier.fields();
    look(Spot::Field(FieldName::FirstStory), &fields.first_story);
    look(Spot::Field(FieldName::Happened), &fields.happened);
    look(Spot::Field(FieldName::Asked), &fields.asked);
    look(Spot::Field(FieldName::Federation), &fields.federation);
    look(Spot::Field(FieldName::Sport), &fields.sport);
    look(Spot::Field(FieldName::Club), &fields.club);
    look(Spot::Field(FieldName::Tags), &fields.tags.join(", "));
    for turn in dossier.conversation() {
        match turn {
            Turn::Staff(made, reply) => look(Spot::Event(made.event), &reply.text),
            Turn::Reporter(made, message) => {
                let texts = message.parts.iter().filter_map(|part| match part {
                    Part::Text(text) | Part::Answer { text, .. } => Some(text.as_str()),
                    Part::Consent { .. }
                    | Part::Stop { .. }
                    | Part::Ack { .. }
                    | Part::File(_)
                    | Part::Other { .. } => None,
                });
                let whole: Vec<&str> = texts.collect();
                look(Spot::Event(made.event), &whole.join("\n"));
            }
        }
    }
    for (made, note) in dossier.notes() {
        look(Spot::Event(made.event), &note.text);
    }
    for one in dossier.returned() {
        look(Spot::Event(one.opinion), &one.text);
    }
    found
}

/// The value of a text field with other words.
#[must_use]
pub fn as_field(name: FieldName, text: String) -> Option<Field> {
    match name {
        FieldName::FirstStory => Some(Field::FirstStory(text)),
        FieldName::Happened => Some(Field::Happened(text)),
        FieldName::Asked => Some(Field::Asked(text)),
        FieldName::Federation => Some(Field::Federation(text)),
        FieldName::Sport => Some(Field::Sport(text)),
        FieldName::Club => Some(Field::Club(text)),
        FieldName::Tags => {
            let tags = text.split(',').map(|tag| tag.trim().into());
            Some(Field::Tags(tags.collect()))
        }
        FieldName::Kind
        | FieldName::Classification
        | FieldName::Level
        | FieldName::Status
        | FieldName::Handler
        | FieldName::Risk
        | FieldName::Groups
        | FieldName::Tier => None,
    }
}

/// What of a text gives somebody away, and the text without it.
#[must_use]
pub fn clean(text: &str, known: &[Known]) -> (Vec<String>, String) {
    let mut words = Vec::new();
    let mut text = String::from(text);
    for one in known {
        let instead = placeholder(one.number);
        for way in &one.ways {
            if way.chars().filter(char::is_ascii_digit).count() >= PHONE_DIGITS {
                text = without_number(&text, Some(way), &instead, &mut words);
            }
            text = without(&text, way, &instead, &mut words);
        }
        text = without(&text, &one.name, &instead, &mut words);
        for part in one.name.split_whitespace() {
            let small = part.chars().next().is_some_and(char::is_lowercase);
            if !small && part.chars().count() >= NAME_PART {
                text = without(&text, part, &instead, &mut words);
            }
        }
    }
    text = without_mail(&text, &mut words);
    text = without_number(&text, None, COVER, &mut words);
    (words, text)
}

/// How a person is written in a text.
#[must_use]
pub fn placeholder(number: u16) -> String {
    alloc::format!("@p{number}")
}

fn note(words: &mut Vec<String>, word: &str) {
    if !words.iter().any(|known| known == word) {
        words.push(word.into());
    }
}

/// Takes out a word wherever it stands by itself, in capitals or not.
fn without(text: &str, word: &str, instead: &str, words: &mut Vec<String>) -> String {
    let word = word.trim();
    if word.is_empty() {
        return text.into();
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let starts = before.is_none_or(|letter| !letter.is_alphanumeric());
        let after = starts.then(|| same(rest, word)).flatten();
        let ends = |after: &&str| {
            after
                .chars()
                .next()
                .is_none_or(|letter| !letter.is_alphanumeric())
        };
        if let Some(after) = after.filter(|after| ends(after)) {
            let (taken, _) = rest.split_at(rest.len() - after.len());
            note(words, taken);
            clean.push_str(instead);
            before = taken.chars().next_back();
            rest = after;
        } else {
            clean.push(first);
            before = Some(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    clean
}

/// What follows `word` at the start of `text`, in capitals or not.
fn same<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for letter in word.chars() {
        let other = rest.next()?;
        if !letter.to_lowercase().eq(other.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Takes out whatever looks like a mail address.
fn without_mail(text: &str, words: &mut Vec<String>) -> String {
    let edge = |letter: char| letter.is_whitespace() || "<>()[],;:\"'".contains(letter);
    let is_mail = |word: &str| {
        word.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.')
        })
    };
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(edge) {
        let word = piece.trim_end_matches(edge);
        let word = word.trim_end_matches('.');
        if is_mail(word) {
            note(words, word);
            clean.push_str(COVER);
            clean.push_str(piece.get(word.len()..).unwrap_or_default());
        } else {
            clean.push_str(piece);
        }
    }
    clean
}

/// Takes out rows of digits that are long enough for a telephone number: this one, or any.
fn without_number(
    text: &str,
    number: Option<&String>,
    instead: &str,
    words: &mut Vec<String>,
) -> String {
    let digits = |text: &str| -> Vec<char> { text.chars().filter(char::is_ascii_digit).collect() };
    // The end of a number is what its forms have in common: +31 6 and 06.
    let tail = |all: &[char]| -> Vec<char> {
        let from = all.len().saturating_sub(PHONE_DIGITS - 1);
        all.get(from..).unwrap_or_default().to_vec()
    };
    let wanted = number.map(|number| tail(&digits(number)));
    let inside = |letter: char| letter.is_ascii_digit() || " -+()./".contains(letter);
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !inside(first) {
            clean.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(|letter| !inside(letter)).unwrap_or(rest.len());
        let (row, after) = rest.split_at(end);
        let found = digits(row);
        let fits = match &wanted {
            Some(wanted) => found.len() >= PHONE_DIGITS && tail(&found) == *wanted,
            None => found.len() >= PHONE_DIGITS,
        };
        let bare = row.trim_matches(|letter: char| !letter.is_ascii_digit() && letter != '+');
        match row.find(bare).filter(|_| fits) {
            Some(place) => {
                note(words, bare);
                clean.push_str(row.get(..place).unwrap_or_default());
                clean.push_str(instead);
                clean.push_str(row.get(place + bare.len()..).unwrap_or_default());
            }
            None => clean.push_str(row),
        }
        rest = after;
    }
    clean
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn sanne() -> Vec<Known> {
        vec![Known {
            number: 1,
            name: "Sanne de Wit".into(),
            ways: vec!["06 12 34 56 78".into(), "sanne@example.org".into()],
        }]
    }

    fn cleaned(text: &str) -> String {
        clean(text, &sanne()).1
    }

    #[test]
    fn names_numbers_and_addresses_of_people_become_placeholders() {
        for (text, clean) in [
            ("Sanne de Wit belde.", "@p1 belde."),
            ("volgens sanne niet", "volgens @p1 niet"),
            ("Wit, Sanne", "@p1, @p1"),
            ("bel +31612345678!", "bel @p1!"),
            ("bel 06-12345678 morgen", "bel @p1 morgen"),
            ("mail SANNE@example.org", "mail @p1"),
        ] {
            assert_eq!(cleaned(text), clean);
        }
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "",
            "de witte bal",
            "Sannes broer",
            "op 12-03-2026 om 14:30",
            "zie @p2 en @p12",
            "1.000 leden",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }

    #[test]
    fn strange_numbers_and_addresses_are_covered() {
        assert_eq!(
            clean("bel 020 1234567 of mail jan@club.nl.", &[]),
            (
                vec!["jan@club.nl".into(), "020 1234567".into()],
                alloc::format!("bel {COVER} of mail {COVER}.")
            )
        );
    }

    #[test]
    fn what_is_clean_stays_clean() {
        for text in ["Sanne de Wit, 0612345678", "x@y.z 0201234567 Wit"] {
            let once = cleaned(text);
            assert_eq!(clean(&once, &sanne()), (vec![], once.clone()));
        }
    }
}
