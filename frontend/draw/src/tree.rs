//! Reading.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, Lit, Result, Token, braced, token};

/// What may stand in a place.
pub(crate) enum Tree {
    Element(Element),
    Component(Component),
    Fragment {
        key: Option<TokenStream>,
        children: Vec<Tree>,
    },
    /// `{ expression }`
    Block(TokenStream),
    /// `{ for iterator }`
    Each(TokenStream),
    Text(Lit),
    If(Box<If>),
}

pub(crate) struct Element {
    pub(crate) tag: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) children: Vec<Tree>,
}

pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    Fixed(Lit),
    Expression(TokenStream),
}

pub(crate) struct Component {
    pub(crate) name: TokenStream,
    pub(crate) properties: TokenStream,
    pub(crate) children: Vec<Tree>,
}

pub(crate) struct If {
    pub(crate) condition: Expr,
    pub(crate) then: Vec<Tree>,
    pub(crate) otherwise: Option<Otherwise>,
}

pub(crate) enum Otherwise {
    If(Box<If>),
    Trees(Vec<Tree>),
}

/// Trees up to the end of the text, or to a closing tag.
pub(crate) struct Trees(pub(crate) Vec<Tree>);

impl Parse for Trees {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut trees = Vec::new();
        while !(input.is_empty() || input.peek(Token![<]) && input.peek2(Token![/])) {
            trees.extend(tree(input)?);
        }
        Ok(Self(trees))
    }
}

fn tree(input: ParseStream) -> Result<Option<Tree>> {
    if input.peek(Token![<]) {
        return tag(input).map(Some);
    }
    if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        if content.is_empty() {
            return Ok(None);
        }
        let each = content.peek(Token![for]);
        if each {
            content.parse::<Token![for]>()?;
        }
        let tokens: TokenStream = content.parse()?;
        return Ok(Some(if each {
            Tree::Each(tokens)
        } else {
            Tree::Block(tokens)
        }));
    }
    if input.peek(Token![if]) {
        return Ok(Some(Tree::If(Box::new(condition(input)?))));
    }
    input.parse().map(|text| Some(Tree::Text(text)))
}

fn condition(input: ParseStream) -> Result<If> {
    input.parse::<Token![if]>()?;
    let condition = input.call(Expr::parse_without_eager_brace)?;
    let then = branch(input)?;
    let otherwise = if input.parse::<Option<Token![else]>>()?.is_none() {
        None
    } else if input.peek(Token![if]) {
        Some(Otherwise::If(Box::new(self::condition(input)?)))
    } else {
        Some(Otherwise::Trees(branch(input)?))
    };
    Ok(If {
        condition,
        then,
        otherwise,
    })
}

fn branch(input: ParseStream) -> Result<Vec<Tree>> {
    let content;
    braced!(content in input);
    content.parse::<Trees>().map(|trees| trees.0)
}

fn tag(input: ParseStream) -> Result<Tree> {
    input.parse::<Token![<]>()?;
    let named = input.peek(Ident::peek_any);
    let keyed = named && input.fork().call(Ident::parse_any)? == "key" && input.peek2(Token![=]);
    if !named || keyed {
        let mut key = None;
        while !input.peek(Token![>]) {
            key = Some(attribute(input)?.value.into_tokens());
        }
        input.parse::<Token![>]>()?;
        let children = children(input)?;
        return Ok(Tree::Fragment { key, children });
    }
    let first = input.fork().call(Ident::parse_any)?.to_string();
    if first.starts_with(char::is_uppercase) || input.peek2(Token![::]) {
        return component(input).map(Tree::Component);
    }
    let tag = dashed(input)?;
    let mut attributes = Vec::new();
    while !input.peek(Token![>]) && !input.peek(Token![/]) {
        attributes.push(attribute(input)?);
    }
    let children = if ends(input)? {
        Vec::new()
    } else {
        children(input)?
    };
    Ok(Tree::Element(Element {
        tag,
        attributes,
        children,
    }))
}

/// The end of an opening tag; whether it closes itself.
fn ends(input: ParseStream) -> Result<bool> {
    let closed = input.parse::<Option<Token![/]>>()?.is_some();
    input.parse::<Token![>]>()?;
    Ok(closed)
}

/// What stands before the closing tag, and that tag.
fn children(input: ParseStream) -> Result<Vec<Tree>> {
    let trees = input.parse::<Trees>()?.0;
    input.parse::<Token![<]>()?;
    input.parse::<Token![/]>()?;
    while !input.peek(Token![>]) {
        input.parse::<TokenTree>()?;
    }
    input.parse::<Token![>]>()?;
    Ok(trees)
}

fn component(input: ParseStream) -> Result<Component> {
    let name = input.parse::<syn::TypePath>()?.into_token_stream();
    let mut properties = TokenStream::new();
    while !(input.peek(Token![>]) || input.peek(Token![/]) && input.peek2(Token![>])) {
        input.parse::<TokenTree>()?.to_tokens(&mut properties);
    }
    let children = if ends(input)? {
        Vec::new()
    } else {
        children(input)?
    };
    Ok(Component {
        name,
        properties,
        children,
    })
}

fn dashed(input: ParseStream) -> Result<String> {
    let mut name = input.call(Ident::parse_any)?.to_string();
    while input.parse::<Option<Token![-]>>()?.is_some() {
        name.push('-');
        name.push_str(&input.call(Ident::parse_any)?.to_string());
    }
    Ok(name.trim_start_matches("r#").to_owned())
}

fn attribute(input: ParseStream) -> Result<Attribute> {
    if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        let name = content.call(Ident::parse_any)?;
        return Ok(Attribute {
            name: name.to_string().trim_start_matches("r#").to_owned(),
            value: Value::Expression(name.into_token_stream()),
        });
    }
    let name = dashed(input)?;
    input.parse::<Token![=]>()?;
    let value = if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        Value::Expression(content.parse()?)
    } else {
        Value::Fixed(input.parse()?)
    };
    Ok(Attribute { name, value })
}

impl Value {
    pub(crate) fn into_tokens(self) -> TokenStream {
        match self {
            Self::Fixed(text) => text.into_token_stream(),
            Self::Expression(tokens) => tokens,
        }
    }

    pub(crate) fn tokens(&self) -> TokenStream {
        match self {
            Self::Fixed(text) => text.into_token_stream(),
            Self::Expression(tokens) => tokens.clone(),
        }
    }

    /// The text, where it is written out in the page.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Fixed(Lit::Str(text)) => Some(text.value()),
            Self::Fixed(Lit::Int(number)) => Some(number.base10_digits().to_owned()),
            Self::Fixed(_) => None,
            Self::Expression(tokens) => syn::parse2::<syn::LitStr>(tokens.clone())
                .ok()
                .map(|text| text.value()),
        }
    }
}
