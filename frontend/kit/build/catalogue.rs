//! The compiler from Fluent catalogues to Rust, shared by the build script and the test that shows what it refuses.
//!
//! Supported: text, `{ $variable }`, `{ NUMBER($count) }`, string and number literals, references to other messages and to `-terms` of the same
//! file or of `common.ftl`, and selections on a number (exact numbers, `one`, `other`) or on a word. Everything else stops the build.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::unicode::unescape_unicode_to_string;

/// The language that the others are held against.
const SOURCE: &str = "nl";
/// Languages in which the plural category `one` means exactly 1 (CLDR plural rules, cardinals of whole numbers).
const ONE_IS_EXACTLY_1: [&str; 4] = ["nl", "en", "de", "fy"];
/// The generated modules; each is a file in every language.
const MODULES: [&str; 3] = ["common", "reporter", "desk"];
/// The module with a second reading level, and the file with its overrides.
const CHILD: (&str, &str) = ("reporter", "reporter-child");
/// References are followed this deep; deeper is taken for a circle.
const DEPTH: usize = 8;
/// Where the generated code finds the types that it uses.
const CRATE: &str = "crate::i18n::";

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

/// Compiles all languages into the source of the modules `common`, `reporter` and `desk` and the enum `Language`.
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

/// What a message or a part of it says.
#[derive(Clone, PartialEq)]
enum Piece {
    Text(String),
    Variable(String),
    Choice {
        variable: String,
        arms: Vec<(Key, Vec<Piece>)>,
        otherwise: Vec<Piece>,
    },
}

#[derive(Clone, PartialEq)]
enum Key {
    Exactly(usize),
    Word(String),
}

/// How a variable is passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Word,
    Count,
}

#[derive(Clone, PartialEq)]
struct Message {
    pieces: Vec<Piece>,
    variables: BTreeMap<String, Kind>,
}

type Messages = BTreeMap<String, Message>;

struct Parsed {
    tag: String,
    files: BTreeMap<String, Messages>,
}

impl Parsed {
    fn new(language: &Language, problems: &mut Vec<String>) -> Self {
        let mut patterns: BTreeMap<&str, Patterns> = BTreeMap::new();
        for (name, text) in &language.files {
            patterns.insert(
                name,
                Patterns::parse(&format!("{}/{name}.ftl", language.tag), text, problems),
            );
        }
        let known: Vec<&str> = MODULES.into_iter().chain([CHILD.1]).collect();
        for name in patterns.keys().filter(|name| !known.contains(name)) {
            problems.push(format!(
                "{}/{name}.ftl: no module of this name; known are {}",
                language.tag,
                known.join(", ")
            ));
        }
        if !ONE_IS_EXACTLY_1.contains(&language.tag.as_str()) {
            problems.push(format!(
                "{}: add the plural rule of this language to build/catalogue.rs first",
                language.tag
            ));
        }
        let empty = Patterns::default();
        let common = patterns.get("common").unwrap_or(&empty);
        let mut files = BTreeMap::new();
        for (name, own) in &patterns {
            let base = if *name == CHILD.1 {
                patterns.get(CHILD.0)
            } else {
                None
            };
            let place = format!("{}/{name}.ftl", language.tag);
            let mut messages = Messages::new();
            for (id, pattern) in own.by_id.iter().filter(|(id, _)| !id.starts_with('-')) {
                let mut reader = Reader {
                    scopes: [Some(own), base, Some(common)],
                    variables: BTreeMap::new(),
                };
                match reader.pattern(pattern, 0) {
                    Ok(pieces) => {
                        messages.insert(
                            id.clone(),
                            Message {
                                pieces: joined(pieces),
                                variables: reader.variables,
                            },
                        );
                    }
                    Err(problem) => problems.push(format!("{place}: `{id}` {problem}")),
                }
            }
            files.insert((*name).to_owned(), messages);
        }
        Self {
            tag: language.tag.clone(),
            files,
        }
    }

    fn messages(&self, file: &str) -> Option<&Messages> {
        self.files.get(file)
    }
}

/// The patterns of one file by identifier; terms keep their hyphen.
#[derive(Default)]
struct Patterns {
    by_id: BTreeMap<String, Pattern<String>>,
}

impl Patterns {
    fn parse(place: &str, text: &str, problems: &mut Vec<String>) -> Self {
        let resource = match fluent_syntax::parser::parse(text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                problems.extend(errors.iter().map(|error| format!("{place}: {error:?}")));
                resource
            }
        };
        let mut by_id = BTreeMap::new();
        for entry in resource.body {
            let (id, pattern, attributes) = match entry {
                Entry::Message(message) => (message.id.name, message.value, message.attributes),
                Entry::Term(term) => (
                    format!("-{}", term.id.name),
                    Some(term.value),
                    term.attributes,
                ),
                Entry::Comment(_)
                | Entry::GroupComment(_)
                | Entry::ResourceComment(_)
                | Entry::Junk { .. } => continue,
            };
            if !attributes.is_empty() {
                problems.push(format!(
                    "{place}: `{id}` has attributes; make each a message of its own"
                ));
            }
            let Some(pattern) = pattern else {
                problems.push(format!("{place}: `{id}` has no text"));
                continue;
            };
            if by_id.insert(id.clone(), pattern).is_some() {
                problems.push(format!("{place}: `{id}` stands there twice"));
            }
        }
        Self { by_id }
    }
}

/// Flattens a parsed pattern and notes its variables.
struct Reader<'a> {
    scopes: [Option<&'a Patterns>; 3],
    variables: BTreeMap<String, Kind>,
}

impl Reader<'_> {
    fn pattern(&mut self, pattern: &Pattern<String>, depth: usize) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => pieces.push(Piece::Text(value.clone())),
                PatternElement::Placeable { expression } => {
                    pieces.extend(self.expression(expression, depth)?);
                }
            }
        }
        Ok(pieces)
    }

    fn expression(
        &mut self,
        expression: &Expression<String>,
        depth: usize,
    ) -> Result<Vec<Piece>, String> {
        let (selector, variants) = match expression {
            Expression::Inline(inline) => return self.inline(inline, depth),
            Expression::Select { selector, variants } => (selector, variants),
        };
        let (variable, numeric_call) = selector_variable(selector)?;
        let counts = |key: &VariantKey<String>| match key {
            VariantKey::NumberLiteral { .. } => true,
            VariantKey::Identifier { name } => matches!(
                name.as_str(),
                "zero" | "one" | "two" | "few" | "many" | "other"
            ),
        };
        let numeric = numeric_call || variants.iter().all(|variant| counts(&variant.key));
        self.note(&variable, if numeric { Kind::Count } else { Kind::Word })?;
        let (mut arms, mut otherwise) = (Vec::new(), None);
        for variant in variants {
            let pieces = joined(self.pattern(&variant.value, depth)?);
            if variant.default {
                if numeric
                    && !matches!(&variant.key, VariantKey::Identifier { name } if name == "other")
                {
                    return Err(
                        "has a selection on a number whose default is not `other`".to_owned()
                    );
                }
                otherwise = Some(pieces);
            } else {
                arms.push((arm_key(&variant.key, numeric)?, pieces));
            }
        }
        let otherwise = otherwise.ok_or("has a selection without a default (`*[other]`)")?;
        Ok(vec![Piece::Choice {
            variable,
            arms,
            otherwise,
        }])
    }

    fn inline(
        &mut self,
        inline: &InlineExpression<String>,
        depth: usize,
    ) -> Result<Vec<Piece>, String> {
        match inline {
            InlineExpression::StringLiteral { value } => Ok(vec![Piece::Text(
                unescape_unicode_to_string(value).into_owned(),
            )]),
            InlineExpression::NumberLiteral { value } => Ok(vec![Piece::Text(value.clone())]),
            InlineExpression::VariableReference { id } => {
                self.variables.entry(id.name.clone()).or_insert(Kind::Word);
                Ok(vec![Piece::Variable(id.name.clone())])
            }
            InlineExpression::FunctionReference { .. } => {
                let (variable, _) = selector_variable(inline)?;
                self.note(&variable, Kind::Count)?;
                Ok(vec![Piece::Variable(variable)])
            }
            InlineExpression::MessageReference {
                id,
                attribute: None,
            } => self.reference(&id.name, depth),
            InlineExpression::TermReference {
                id,
                attribute: None,
                arguments: None,
            } => self.reference(&format!("-{}", id.name), depth),
            InlineExpression::Placeable { expression } => self.expression(expression, depth),
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                Err("refers to an attribute or passes arguments; that is not supported".to_owned())
            }
        }
    }

    fn reference(&mut self, id: &str, depth: usize) -> Result<Vec<Piece>, String> {
        if depth > DEPTH {
            return Err(format!("refers to `{id}` in a circle"));
        }
        let pattern = self
            .scopes
            .iter()
            .flatten()
            .find_map(|scope| scope.by_id.get(id))
            .ok_or_else(|| format!("refers to `{id}`, which does not exist"))?;
        self.pattern(pattern, depth + 1)
    }

    /// Records a use that fixes the kind of a variable; a count wins over plain display.
    fn note(&mut self, variable: &str, kind: Kind) -> Result<(), String> {
        match (self.variables.insert(variable.to_owned(), kind), kind) {
            (Some(Kind::Count), Kind::Word) => {
                Err(format!("uses `${variable}` both as a number and as a word"))
            }
            _ => Ok(()),
        }
    }
}

/// The variable of `$name` or `NUMBER($name)`, and whether the function stood there.
fn selector_variable(inline: &InlineExpression<String>) -> Result<(String, bool), String> {
    match inline {
        InlineExpression::VariableReference { id } => Ok((id.name.clone(), false)),
        InlineExpression::FunctionReference { id, arguments }
            if id.name == "NUMBER" && arguments.named.is_empty() =>
        {
            match arguments.positional.as_slice() {
                [InlineExpression::VariableReference { id }] => Ok((id.name.clone(), true)),
                _ => Err("gives NUMBER something else than one variable".to_owned()),
            }
        }
        InlineExpression::FunctionReference { id, .. } => Err(format!(
            "calls the function {} with options or under a name that is not supported; only NUMBER($count) is",
            id.name
        )),
        _ => Err("selects on something that is not a variable; that is not supported".to_owned()),
    }
}

fn arm_key(key: &VariantKey<String>, numeric: bool) -> Result<Key, String> {
    match key {
        VariantKey::Identifier { name } if !numeric => Ok(Key::Word(name.clone())),
        VariantKey::Identifier { name } if name == "one" => Ok(Key::Exactly(1)),
        VariantKey::Identifier { name } => Err(format!(
            "has the plural category `{name}`, which these languages do not have"
        )),
        VariantKey::NumberLiteral { value } => value
            .parse()
            .map(Key::Exactly)
            .map_err(|_| format!("selects on `{value}`, which is not a whole number")),
    }
}

/// Joins neighbouring texts.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => out.push(piece),
        }
    }
    out
}

fn language_enum(languages: &[Parsed], problems: &mut Vec<String>) -> String {
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
        let variants = variants(module, id, languages);
        let Some(kinds) = merged_kinds(module, id, &variants, problems) else {
            continue;
        };
        code.push_str(&function(module, id, &name, &variants, &kinds));
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

/// One wording of a message: the pattern in Rust that selects it, where it stands, and what it says.
struct Wording<'a> {
    when: String,
    place: String,
    message: &'a Message,
}

fn variants<'a>(module: &str, id: &str, languages: &'a [Parsed]) -> Vec<Wording<'a>> {
    let mut found = Vec::new();
    let overridden = |language: &'a Parsed| {
        language
            .messages(CHILD.1)
            .and_then(|child| child.get(id))
            .filter(|_| module == CHILD.0)
    };
    let levels = languages
        .iter()
        .any(|language| overridden(language).is_some());
    for language in languages {
        let variant = variant(&language.tag);
        let Some(adult) = language
            .messages(module)
            .and_then(|messages| messages.get(id))
        else {
            continue;
        };
        let place = format!("{}/{module}.ftl", language.tag);
        let Some(child) = overridden(language) else {
            let when = if levels {
                format!("({CRATE}Language::{variant}, _)")
            } else {
                format!("{CRATE}Language::{variant}")
            };
            found.push(Wording {
                when,
                place,
                message: adult,
            });
            continue;
        };
        found.push(Wording {
            when: format!("({CRATE}Language::{variant}, {CRATE}Level::Adult)"),
            place,
            message: adult,
        });
        found.push(Wording {
            when: format!("({CRATE}Language::{variant}, {CRATE}Level::Child)"),
            place: format!("{}/{}.ftl", language.tag, CHILD.1),
            message: child,
        });
    }
    found
}

/// The variables of a message with their kinds, if every wording has the same ones.
fn merged_kinds(
    module: &str,
    id: &str,
    variants: &[Wording],
    problems: &mut Vec<String>,
) -> Option<BTreeMap<String, Kind>> {
    let names = |message: &Message| message.variables.keys().cloned().collect::<BTreeSet<_>>();
    let first = variants.first()?;
    let mut kinds = first.message.variables.clone();
    for wording in variants {
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
            && variants
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

fn function(
    module: &str,
    id: &str,
    name: &str,
    variants: &[Wording],
    kinds: &BTreeMap<String, Kind>,
) -> String {
    let mut code = format!("/// `{id}` of `{module}.ftl`\n///\n/// ```text\n");
    for line in variants
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
    let mut bodies: Vec<(Vec<&str>, String)> = Vec::new();
    for wording in variants {
        let body = if plain {
            format!("{:?}", text_of(&wording.message.pieces))
        } else {
            statements(&wording.message.pieces, kinds)
        };
        match bodies.iter_mut().find(|(_, known)| *known == body) {
            Some((patterns, _)) => patterns.push(&wording.when),
            None => bodies.push((vec![&wording.when], body)),
        }
    }
    if let [(_, body)] = bodies.as_slice() {
        let _ = writeln!(code, "let _ = locale;\n{body}");
    } else {
        let levels = variants.iter().any(|wording| wording.when.starts_with('('));
        let _ = writeln!(
            code,
            "match {} {{",
            if levels {
                "(locale.language, locale.level)"
            } else {
                "locale.language"
            }
        );
        for (patterns, body) in &bodies {
            let _ = if plain {
                writeln!(code, "{} => {body},", patterns.join(" | "))
            } else {
                writeln!(code, "{} => {{\n{body}}}", patterns.join(" | "))
            };
        }
        code.push_str("}\n");
    }
    code.push_str(if plain { "}\n" } else { "out\n}\n" });
    code
}

fn statements(pieces: &[Piece], kinds: &BTreeMap<String, Kind>) -> String {
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

fn text_of(pieces: &[Piece]) -> String {
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
fn shown(pieces: &[Piece]) -> String {
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

fn variant(tag: &str) -> String {
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
fn function_name(id: &str) -> String {
    parameter_name(&id.to_ascii_lowercase())
}

fn parameter_name(variable: &str) -> String {
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
