//! What `html!` of this crate calls: elements are put together here, once, instead of at each place that draws one.

use std::rc::Rc;

use yew::html::IntoPropValue as _;
use yew::prelude::*;
use yew::virtual_dom::listeners::Listeners;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, VList, VNode, VTag, VText};

/// An element in the making; with an empty tag a list of nodes.
pub struct Node(Box<Parts>);

#[derive(Default)]
struct Parts {
    tag: &'static str,
    fixed: &'static [(&'static str, AttributeOrProperty)],
    names: &'static [&'static str],
    values: Vec<Option<AttributeOrProperty>>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    children: Vec<VNode>,
    key: Option<Key>,
    place: NodeRef,
    value: Option<AttrValue>,
    checked: Option<bool>,
}

impl Node {
    /// Begins an element.
    #[inline(never)]
    #[must_use]
    pub fn new(tag: &'static str) -> Self {
        Self(Box::new(Parts {
            tag,
            ..Parts::default()
        }))
    }

    /// Attributes that never change.
    pub fn fixed(&mut self, attributes: &'static [(&'static str, AttributeOrProperty)]) {
        self.0.fixed = attributes;
    }

    /// The names of the attributes whose values follow in this order.
    pub fn names(&mut self, names: &'static [&'static str]) {
        self.0.names = names;
    }

    /// The next attribute.
    #[inline(never)]
    pub fn attribute(&mut self, value: Option<AttrValue>) {
        self.0
            .values
            .push(value.map(AttributeOrProperty::Attribute));
    }

    /// The next attribute, which never changes.
    #[inline(never)]
    pub fn text_value(&mut self, value: &'static str) {
        self.attribute(Some(AttrValue::Static(value)));
    }

    /// The next attribute, which is there or not.
    #[inline(never)]
    pub fn truth(&mut self, on: bool) {
        let name = self.0.names.get(self.0.values.len());
        let value = name.filter(|_| on).copied().map(AttrValue::Static);
        self.attribute(value);
    }

    /// The next attribute: classes.
    #[inline(never)]
    pub fn classes(&mut self, classes: Classes) {
        self.attribute(classes.into_prop_value());
    }

    /// Something to listen for.
    #[inline(never)]
    pub fn on(&mut self, listener: Option<Rc<dyn Listener>>) {
        self.0.listeners.push(listener);
    }

    /// What tells it from its siblings.
    #[inline(never)]
    pub fn key(&mut self, key: Key) {
        self.0.key = Some(key);
    }

    /// Where the element can be found.
    #[inline(never)]
    pub fn place(&mut self, place: NodeRef) {
        self.0.place = place;
    }

    /// What stands in a field.
    #[inline(never)]
    pub fn value(&mut self, value: Option<AttrValue>) {
        self.0.value = value;
    }

    /// Whether a box is ticked.
    #[inline(never)]
    pub fn checked(&mut self, checked: bool) {
        self.0.checked = Some(checked);
    }

    /// The next child.
    #[inline(never)]
    pub fn child(&mut self, child: VNode) {
        self.0.children.push(child);
    }

    /// The next child: a text.
    #[inline(never)]
    pub fn text(&mut self, text: &'static str) {
        self.words(AttrValue::Static(text));
    }

    #[inline(never)]
    fn words(&mut self, words: AttrValue) {
        self.child(VNode::VText(VText::new(words)));
    }

    /// Ready.
    #[inline(never)]
    pub fn end(self) -> VNode {
        let Parts {
            tag,
            fixed,
            names,
            values,
            listeners,
            mut children,
            key,
            place,
            value,
            checked,
        } = *self.0;
        if tag.is_empty() {
            return VNode::VList(Rc::new(VList::with_children(children, key)));
        }
        let attributes = if names.is_empty() {
            Attributes::Static(fixed)
        } else {
            Attributes::Dynamic {
                keys: names,
                values: values.into_boxed_slice(),
            }
        };
        let listeners = if listeners.is_empty() {
            Listeners::None
        } else {
            Listeners::Pending(listeners.into_boxed_slice())
        };
        VNode::VTag(Rc::new(match tag {
            "input" => VTag::__new_input(value, checked, place, key, attributes, listeners),
            "textarea" => VTag::__new_textarea(value, None, place, key, attributes, listeners),
            _ => {
                let children = if children.len() == 1 {
                    children.pop().unwrap_or_default()
                } else {
                    VNode::VList(Rc::new(VList::with_children(children, None)))
                };
                VTag::__new_other(
                    AttrValue::Static(tag),
                    place,
                    key,
                    attributes,
                    listeners,
                    children,
                )
            }
        }))
    }
}

/// What can stand between the tags of an element.
pub trait Child {
    /// Adds it.
    fn add(self, node: &mut Node);
}

impl Child for VNode {
    fn add(self, node: &mut Node) {
        node.child(self);
    }
}

impl Child for &VNode {
    fn add(self, node: &mut Node) {
        node.child(self.clone());
    }
}

impl Child for AttrValue {
    fn add(self, node: &mut Node) {
        node.words(self);
    }
}

impl Child for &AttrValue {
    fn add(self, node: &mut Node) {
        node.words(self.clone());
    }
}

impl Child for &str {
    #[inline(never)]
    fn add(self, node: &mut Node) {
        node.words(AttrValue::Rc(self.into()));
    }
}

impl Child for String {
    #[inline(never)]
    fn add(self, node: &mut Node) {
        self.as_str().add(node);
    }
}

impl Child for &String {
    fn add(self, node: &mut Node) {
        self.as_str().add(node);
    }
}

impl Child for usize {
    #[inline(never)]
    fn add(self, node: &mut Node) {
        self.to_string().add(node);
    }
}

impl Child for &usize {
    fn add(self, node: &mut Node) {
        (*self).add(node);
    }
}

impl Child for u8 {
    fn add(self, node: &mut Node) {
        usize::from(self).add(node);
    }
}

impl<T: Child> Child for Option<T> {
    fn add(self, node: &mut Node) {
        if let Some(child) = self {
            child.add(node);
        }
    }
}

impl<T: Child> Child for Vec<T> {
    fn add(self, node: &mut Node) {
        for child in self {
            child.add(node);
        }
    }
}
