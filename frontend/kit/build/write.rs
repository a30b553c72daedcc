//! Writing: from the pieces of a message to Rust.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::read::{Key, Kind, Parsed, Piece};
use super::{SOURCE, Wording};

/// Where the generated code finds the types that it uses.
const CRATE: &str = "crate::i18n::";

pub(crate) fn language_enum(languages: &[Parsed], problems: &mut Vec<String>) -> String {
    let (mut variants, mut tags, mut names) = (String::new(), String::new(), String::new());
    for language in languages {
        let own = language
            .messages("common")
            .and_then(|messages| messages.get("language-name"));
        let name = own
            .map(|message| text_of(&message.pieces))
            .unwrap_or_default();
        if name.is_empty() {
            problems.push(format!(
                "{}/common.ftl: `language-name` has to give the language's own name for itself",
                language.tag
            ));
        }
        let variant = variant(&language.tag);
        let default = if language.tag == SOURCE {
            "#[default] "
        } else {
            ""
        };
        let _ = writeln!(variants, "/// `{}`\n{default}{variant},", language.tag);
        let _ = writeln!(tags, "Self::{variant} => {:?},", language.tag);
        let _ = writeln!(names, "Self::{variant} => {name:?},");
    }
    let all: Vec<String> = languages
        .iter()
        .map(|language| format!("Self::{}", variant(&language.tag)))
        .collect();
    format!(
        "/// A language of the interface: one per folder of catalogues, the source language first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {{ {variants} }}
impl Language {{
/// All languages, in the order in which a switch offers them.
pub const ALL: [Self; {}] = [{}];
/// BCP 47 tag, for the attribute `lang` and for `Intl`.
#[must_use] pub const fn tag(self) -> &'static str {{ match self {{ {tags} }} }}
/// The language's own name for itself.
#[must_use] pub const fn name(self) -> &'static str {{ match self {{ {names} }} }}
}}\n",
        all.len(),
        all.join(", ")
    )
}

pub(crate) fn function(
    module: &str,
    id: &str,
    name: &str,
    wordings: &[Wording],
    kinds: &BTreeMap<String, Kind>,
) -> String {
    let mut code = format!("/// `{id}` of `{module}.ftl`\n///\n/// ```text\n");
    for line in wordings
        .first()
        .map(|wording| shown(&wording.message.pieces))
        .unwrap_or_default()
        .lines()
    {
        let _ = writeln!(code, "/// {line}");
    }
    code.push_str("/// ```\n#[must_use]\n");
    let mut parameters = String::from("locale: crate::i18n::Locale");
    for (variable, kind) in kinds {
        let kind = if *kind == Kind::Count {
            "usize"
        } else {
            "&str"
        };
        let _ = write!(parameters, ", {}: {kind}", parameter_name(variable));
    }
    let plain = kinds.is_empty();
    let output = if plain { "&'static str" } else { "String" };
    let _ = writeln!(code, "pub fn {name}({parameters}) -> {output} {{");
    if !plain {
        code.push_str("let mut out = String::new();\n");
    }
    let bodies = bodies(wordings, kinds);
    if let [(_, body)] = bodies.as_slice() {
        if !body.contains("number(locale") && !body.contains("match locale.level") {
            code.push_str("let _ = locale;\n");
        }
        let _ = writeln!(code, "{body}");
    } else {
        code.push_str("match locale.language {\n");
        for (languages, body) in &bodies {
            let patterns: Vec<String> = languages
                .iter()
                .map(|language| format!("{CRATE}Language::{language}"))
                .collect();
            let _ = writeln!(code, "{} => {},", patterns.join(" | "), arm(body, plain));
        }
        code.push_str("}\n");
    }
    code.push_str(if plain { "}\n" } else { "out\n}\n" });
    code
}

/// What is said in each language, with languages that say the same together.
fn bodies<'a>(
    wordings: &'a [Wording],
    kinds: &BTreeMap<String, Kind>,
) -> Vec<(Vec<&'a str>, String)> {
    let plain = kinds.is_empty();
    let said = |wording: &Wording| {
        if plain {
            format!("{:?}", text_of(&wording.message.pieces))
        } else {
            statements(&wording.message.pieces, kinds)
        }
    };
    let mut bodies: Vec<(Vec<&str>, String)> = Vec::new();
    for adult in wordings.iter().filter(|wording| !wording.child) {
        let child = wordings
            .iter()
            .find(|wording| wording.child && wording.language == adult.language);
        let mut body = said(adult);
        if let Some(child) = child.map(said).filter(|child| *child != body) {
            body = format!(
                "match locale.level {{\n{CRATE}Level::Adult => {},\n{CRATE}Level::Child => {},\n}}",
                arm(&body, plain),
                arm(&child, plain)
            );
        }
        match bodies.iter_mut().find(|(_, known)| *known == body) {
            Some((languages, _)) => languages.push(&adult.language),
            None => bodies.push((vec![&adult.language], body)),
        }
    }
    bodies
}

/// The right side of a match: an expression for a plain text, a block for statements.
fn arm(body: &str, plain: bool) -> String {
    if plain {
        body.to_owned()
    } else {
        format!("{{\n{body}\n}}")
    }
}

pub(crate) fn statements(pieces: &[Piece], kinds: &BTreeMap<String, Kind>) -> String {
    let mut code = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) if text.chars().count() == 1 => text.chars().for_each(|one| {
                let _ = writeln!(code, "out.push({one:?});");
            }),
            Piece::Text(text) => {
                let _ = writeln!(code, "out.push_str({text:?});");
            }
            Piece::Variable(variable) if kinds.get(variable) == Some(&Kind::Count) => {
                let _ = writeln!(
                    code,
                    "out.push_str(&crate::i18n::number(locale, {}));",
                    parameter_name(variable)
                );
            }
            Piece::Variable(variable) => {
                let _ = writeln!(code, "out.push_str({});", parameter_name(variable));
            }
            Piece::Choice {
                variable,
                arms,
                otherwise,
            } => {
                for (key, pieces) in arms {
                    let test = match key {
                        Key::Exactly(count) => format!("{count}"),
                        Key::Word(word) => format!("{word:?}"),
                    };
                    let _ = write!(
                        code,
                        "if {} == {test} {{\n{}}} else ",
                        parameter_name(variable),
                        statements(pieces, kinds)
                    );
                }
                let _ = writeln!(code, "{{\n{}}}", statements(otherwise, kinds));
            }
        }
    }
    code
}

pub(crate) fn text_of(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| {
            if let Piece::Text(text) = piece {
                text.as_str()
            } else {
                ""
            }
        })
        .collect()
}

/// The message as documentation shows it.
pub(crate) fn shown(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Variable(variable) => {
                let _ = write!(out, "{{ ${variable} }}");
            }
            Piece::Choice { otherwise, .. } => out.push_str(&shown(otherwise)),
        }
    }
    out
}

pub(crate) fn variant(tag: &str) -> String {
    tag.split('-')
        .map(|part| {
            part.chars()
                .enumerate()
                .map(|(index, letter)| {
                    if index == 0 {
                        letter.to_ascii_uppercase()
                    } else {
                        letter
                    }
                })
                .collect::<String>()
        })
        .collect()
}

/// `send-button` is `send_button`; a word that Rust keeps for itself gets an underscore at its end.
pub(crate) fn function_name(id: &str) -> String {
    parameter_name(&id.to_ascii_lowercase())
}

pub(crate) fn parameter_name(variable: &str) -> String {
    let name = variable.replace('-', "_");
    let reserved = [
        "as", "break", "const", "continue", "else", "enum", "for", "if", "in", "let", "loop",
        "match", "move", "ref", "return", "self", "static", "type", "use", "where", "while",
        "locale", "out",
    ];
    if reserved.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}
