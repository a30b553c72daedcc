//! Reading: from Fluent text to the pieces of a message.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::{CHILD, Language, MODULES};

/// Languages in which the plural category `one` means exactly 1 (CLDR plural rules, cardinals of whole numbers).
const ONE_IS_EXACTLY_1: [&str; 4] = ["nl", "en", "de", "fy"];
/// References are followed this deep; deeper is taken for a circle.
const DEPTH: usize = 8;

/// What a message or a part of it says.
#[derive(Clone, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    Variable(String),
    Choice {
        variable: String,
        arms: Vec<(Key, Vec<Piece>)>,
        otherwise: Vec<Piece>,
    },
}

#[derive(Clone, PartialEq)]
pub(crate) enum Key {
    Exactly(usize),
    Word(String),
}

/// How a variable is passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Word,
    Count,
}

#[derive(Clone, PartialEq)]
pub(crate) struct Message {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) variables: BTreeMap<String, Kind>,
}

pub(crate) type Messages = BTreeMap<String, Message>;

pub(crate) struct Parsed {
    pub(crate) tag: String,
    pub(crate) files: BTreeMap<String, Messages>,
}

impl Parsed {
    pub(crate) fn new(language: &Language, problems: &mut Vec<String>) -> Self {
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

    pub(crate) fn messages(&self, file: &str) -> Option<&Messages> {
        self.files.get(file)
    }
}

/// The patterns of one file by identifier; terms keep their hyphen.
#[derive(Default)]
pub(crate) struct Patterns {
    pub(crate) by_id: BTreeMap<String, Pattern<String>>,
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
pub(crate) struct Reader<'a> {
    pub(crate) scopes: [Option<&'a Patterns>; 3],
    pub(crate) variables: BTreeMap<String, Kind>,
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
pub(crate) fn selector_variable(
    inline: &InlineExpression<String>,
) -> Result<(String, bool), String> {
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

pub(crate) fn arm_key(key: &VariantKey<String>, numeric: bool) -> Result<Key, String> {
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
pub(crate) fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => out.push(piece),
        }
    }
    out
}
