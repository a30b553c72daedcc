//! The compiler from Fluent catalogues to Rust, shared by the build script and the test that shows what it refuses.
//!
//! Supported: text, `{ $variable }`, `{ NUMBER($count) }`, string and number literals, references to other messages and to `-terms` of the same
//! file or of `common.ftl`, and selections on a number (exact numbers, `one`, `other`) or on a word. Everything else stops the build.

mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use read::{Key, Kind, Message, Messages, Parsed, Piece};
use write::{function, function_name, language_enum, variant};

/// The language that the others are held against.
const SOURCE: &str = "nl";
/// The generated modules; each is a file in every language.
const MODULES: [&str; 14] = [
    "common", "reporter", "desk", "share", "people", "sheets", "extract", "involved", "files",
    "attach", "unsorted", "policy", "figures", "package",
];
/// The module with a second reading level, and the file with its overrides.
const CHILD: (&str, &str) = ("reporter", "reporter-child");

/// One language: its tag (the folder's name) and the text of each file, by name without extension.
pub(crate) struct Language {
    pub(crate) tag: String,
    pub(crate) files: BTreeMap<String, String>,
}

/// Reads every language folder, the source language first, the others by tag.
pub(crate) fn languages(folder: &Path) -> io::Result<Vec<Language>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(tag) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|_| path.is_dir())
        else {
            continue;
        };
        let mut files = BTreeMap::new();
        for file in fs::read_dir(&path)? {
            let file = file?.path();
            if let Some(name) = file
                .file_stem()
                .and_then(|name| name.to_str())
                .filter(|_| file.extension().is_some_and(|e| e == "ftl"))
            {
                files.insert(name.to_owned(), fs::read_to_string(&file)?);
            }
        }
        found.push(Language {
            tag: tag.to_owned(),
            files,
        });
    }
    found.sort_by_key(|language| (language.tag != SOURCE, language.tag.clone()));
    Ok(found)
}

/// Compiles all languages into the source of the modules and the enum `Language`.
///
/// # Errors
/// Every problem found, in words, with language, file and message.
pub(crate) fn compile(languages: &[Language]) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    if languages.first().is_none_or(|first| first.tag != SOURCE) {
        return Err(vec![format!(
            "there is no folder for the source language `{SOURCE}`"
        )]);
    }
    let parsed: Vec<Parsed> = languages
        .iter()
        .map(|language| Parsed::new(language, &mut problems))
        .collect();
    let mut code = language_enum(&parsed, &mut problems);
    for module in MODULES {
        code.push_str(&compile_module(module, &parsed, &mut problems));
    }
    if problems.is_empty() {
        Ok(code)
    } else {
        Err(problems)
    }
}
fn compile_module(module: &str, languages: &[Parsed], problems: &mut Vec<String>) -> String {
    let empty = Messages::new();
    let source = languages
        .first()
        .and_then(|language| language.messages(module))
        .unwrap_or(&empty);
    check_completeness(module, source, languages, problems);
    check_pairs(module, source, problems);
    let mut code = format!("/// The messages of `{module}.ftl`.\npub mod {module} {{\n");
    let mut functions = BTreeMap::new();
    for id in source.keys() {
        let name = function_name(id);
        if let Some(other) = functions.insert(name.clone(), id) {
            problems.push(format!(
                "{module}.ftl: `{id}` and `{other}` are the same name in Rust"
            ));
        }
        let wordings = wordings(module, id, languages);
        let Some(kinds) = merged_kinds(module, id, &wordings, problems) else {
            continue;
        };
        code.push_str(&function(module, id, &name, &wordings, &kinds));
    }
    code.push_str("}\n");
    code
}

fn check_completeness(
    module: &str,
    source: &Messages,
    languages: &[Parsed],
    problems: &mut Vec<String>,
) {
    let empty = Messages::new();
    for language in languages {
        let Some(own) = language.messages(module) else {
            problems.push(format!("{}: there is no {module}.ftl", language.tag));
            continue;
        };
        for id in source.keys().filter(|id| !own.contains_key(*id)) {
            problems.push(format!(
                "{}/{module}.ftl: `{id}` is missing; {SOURCE} has it",
                language.tag
            ));
        }
        for id in own.keys().filter(|id| !source.contains_key(*id)) {
            problems.push(format!(
                "{SOURCE}/{module}.ftl: `{id}` is missing; {} has it",
                language.tag
            ));
        }
        if module == CHILD.0 {
            let child = language.messages(CHILD.1).unwrap_or(&empty);
            for id in child.keys().filter(|id| !source.contains_key(*id)) {
                problems.push(format!(
                    "{}/{}.ftl: `{id}` overrides nothing; {SOURCE}/{module}.ftl lacks it",
                    language.tag, CHILD.1
                ));
            }
        }
    }
}

/// An error has two texts: what happened, and what to do now.
fn check_pairs(module: &str, source: &Messages, problems: &mut Vec<String>) {
    for (own, other) in [("err-", "rec-"), ("rec-", "err-")] {
        for rest in source
            .keys()
            .filter_map(|id| id.strip_prefix(own))
            .filter(|rest| !source.contains_key(&format!("{other}{rest}")))
        {
            problems.push(format!(
                "{SOURCE}/{module}.ftl: `{own}{rest}` has no `{other}{rest}` beside it"
            ));
        }
    }
}

/// One wording of a message: for whom, where it stands, and what it says.
struct Wording<'a> {
    /// The language as the generated enum calls it.
    language: String,
    /// For children; such a wording follows the one for adults in the same language.
    child: bool,
    place: String,
    message: &'a Message,
}

fn wordings<'a>(module: &str, id: &str, languages: &'a [Parsed]) -> Vec<Wording<'a>> {
    let mut found = Vec::new();
    for language in languages {
        for (file, child) in [(module, false), (CHILD.1, true)] {
            if child && module != CHILD.0 {
                continue;
            }
            if let Some(message) = language
                .messages(file)
                .and_then(|messages| messages.get(id))
            {
                let place = format!("{}/{file}.ftl", language.tag);
                let language = variant(&language.tag);
                found.push(Wording {
                    language,
                    child,
                    place,
                    message,
                });
            }
        }
    }
    found
}

/// The variables of a message with their kinds, if every wording has the same ones.
fn merged_kinds(
    module: &str,
    id: &str,
    wordings: &[Wording],
    problems: &mut Vec<String>,
) -> Option<BTreeMap<String, Kind>> {
    let names = |message: &Message| message.variables.keys().cloned().collect::<BTreeSet<_>>();
    let first = wordings.first()?;
    let mut kinds = first.message.variables.clone();
    for wording in wordings {
        if names(wording.message) != names(first.message) {
            problems.push(format!(
                "{}: `{id}` has other variables than {}: {} against {}",
                wording.place,
                first.place,
                list(wording.message),
                list(first.message)
            ));
            return None;
        }
        for (name, kind) in &wording.message.variables {
            if *kind == Kind::Count {
                kinds.insert(name.clone(), Kind::Count);
            }
        }
    }
    for (name, kind) in &kinds {
        if *kind == Kind::Count
            && wordings
                .iter()
                .any(|wording| has_word_choice(&wording.message.pieces, name))
        {
            problems.push(format!("{module}.ftl: `{id}` uses `${name}` as a number in one place and as a word in another"));
            return None;
        }
    }
    Some(kinds)
}

fn has_word_choice(pieces: &[Piece], name: &str) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Text(_) | Piece::Variable(_) => false,
        Piece::Choice {
            variable,
            arms,
            otherwise,
        } => {
            (variable == name && arms.iter().any(|(key, _)| matches!(key, Key::Word(_))))
                || has_word_choice(otherwise, name)
                || arms.iter().any(|(_, pieces)| has_word_choice(pieces, name))
        }
    })
}

fn list(message: &Message) -> String {
    let names: Vec<String> = message
        .variables
        .keys()
        .map(|name| format!("${name}"))
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
