//! Writing.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::tree::{Attribute, Component, Element, If, Otherwise, Tree};

/// Attributes that are there or not.
const TRUTHS: [&str; 26] = [
    "allowfullscreen",
    "async",
    "autofocus",
    "autoplay",
    "controls",
    "default",
    "defer",
    "disabled",
    "formnovalidate",
    "hidden",
    "inert",
    "ismap",
    "itemscope",
    "loop",
    "multiple",
    "muted",
    "nomodule",
    "novalidate",
    "open",
    "playsinline",
    "readonly",
    "required",
    "reversed",
    "selected",
    "truespeed",
    "webkitdirectory",
];

/// The whole.
pub(crate) fn root(trees: &[Tree]) -> TokenStream {
    match trees {
        [tree] => expression(tree),
        trees => list(None, trees),
    }
}

/// A name that no page can mean.
fn node() -> Ident {
    Ident::new("node", Span::mixed_site())
}

/// A tree as an expression of type `Html`.
fn expression(tree: &Tree) -> TokenStream {
    match tree {
        Tree::Element(element) => self::element(element),
        Tree::Component(component) => self::component(component),
        Tree::Fragment { key, children } => list(key.as_ref(), children),
        Tree::Block(_) | Tree::Each(_) | Tree::Text(_) => list(None, core::slice::from_ref(tree)),
        Tree::If(condition) => {
            let (node, conditions) = (node(), self::condition(condition));
            quote! {{ let mut #node = ::sluis_kit::draw::Node::new(""); #conditions #node.end() }}
        }
    }
}

/// Several trees as one expression.
fn list(key: Option<&TokenStream>, trees: &[Tree]) -> TokenStream {
    if trees.is_empty() && key.is_none() {
        return quote! { ::yew::virtual_dom::VNode::default() };
    }
    let (node, children) = (node(), children(trees));
    let key = key.map(|key| quote! { #node.key(::core::convert::Into::into(#key)); });
    quote! {{ let mut #node = ::sluis_kit::draw::Node::new(""); #key #children #node.end() }}
}

/// Statements that add the trees to the node.
fn children(trees: &[Tree]) -> TokenStream {
    let node = node();
    let each = trees.iter().map(|tree| match tree {
        Tree::Block(tokens) => quote! { ::sluis_kit::draw::Child::add({ #tokens }, &mut #node); },
        Tree::Each(tokens) => {
            quote! { for child in { #tokens } { ::sluis_kit::draw::Child::add(child, &mut #node); } }
        }
        Tree::Text(text) => quote! { #node.text(#text); },
        tree => {
            let tree = expression(tree);
            quote! { #node.child(#tree); }
        }
    });
    each.collect()
}

fn condition(of: &If) -> TokenStream {
    let (condition, then) = (&of.condition, children(&of.then));
    let otherwise = match &of.otherwise {
        None => quote! {},
        Some(Otherwise::If(other)) => {
            let other = self::condition(other);
            quote! { else #other }
        }
        Some(Otherwise::Trees(trees)) => {
            let trees = children(trees);
            quote! { else { #trees } }
        }
    };
    quote! { if #condition { #then } #otherwise }
}

fn component(of: &Component) -> TokenStream {
    let Component {
        name, properties, ..
    } = of;
    if of.children.is_empty() {
        return quote! { ::yew::html! { <#name #properties /> } };
    }
    let children = of.children.iter().map(|tree| match tree {
        Tree::Block(tokens) => quote! { { #tokens } },
        Tree::Each(tokens) => quote! { { for #tokens } },
        Tree::Text(text) => quote! { #text },
        tree => {
            let tree = expression(tree);
            quote! { { #tree } }
        }
    });
    quote! { ::yew::html! { <#name #properties> #(#children)* </#name> } }
}

fn element(of: &Element) -> TokenStream {
    let (node, tag, children) = (node(), &of.tag, children(&of.children));
    let typed = matches!(of.tag.as_str(), "input" | "textarea");
    let (mut names, mut values, mut texts, mut rest) = (vec![], vec![], vec![], vec![]);
    for Attribute { name, value } in &of.attributes {
        let tokens = value.tokens();
        match name.as_str() {
            "ref" => rest.push(quote! { #node.place(#tokens); }),
            "key" => rest.push(quote! { #node.key(::core::convert::Into::into(#tokens)); }),
            "value" if typed => rest.push(
                quote! { #node.value(::yew::html::IntoPropValue::<::core::option::Option<::yew::AttrValue>>::into_prop_value(#tokens)); },
            ),
            "checked" if typed => rest.push(quote! { #node.checked(#tokens); }),
            event if event.starts_with("on") => {
                let event = Ident::new(event, Span::call_site());
                rest.push(quote! { #node.on(::yew::html::#event::Wrapper::__macro_new(#tokens)); });
            }
            _ => {
                names.push(name);
                let text = value.text();
                values.push(if let Some(text) = &text {
                    quote! { #node.text_value(#text); }
                } else if TRUTHS.contains(&name.as_str()) {
                    quote! { #node.truth(#tokens); }
                } else if name == "class" {
                    quote! { #node.classes(::core::convert::Into::into(#tokens)); }
                } else {
                    quote! { #node.attribute(::yew::html::IntoPropValue::into_prop_value(#tokens)); }
                });
                texts.push(text);
            }
        }
    }
    let fixed: Option<Vec<String>> = texts.into_iter().collect();
    let attributes = match fixed {
        _ if names.is_empty() => quote! {},
        Some(texts) => {
            quote! { #node.fixed(&[#((#names, ::yew::virtual_dom::AttributeOrProperty::Static(#texts))),*]); }
        }
        None => quote! { #node.names(&[#(#names),*]); #(#values)* },
    };
    quote! {{ let mut #node = ::sluis_kit::draw::Node::new(#tag); #attributes #(#rest)* #children #node.end() }}
}
