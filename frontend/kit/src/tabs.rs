//! Tabs: parts of a page of which one is in sight.

use sluis_draw::html;
use web_sys::HtmlElement;
use yew::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Identifier; also the end of the identifiers in the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// How many things wait there; shown when above 0.
    pub count: usize,
}

impl Tab {
    /// A tab where nothing waits.
    pub fn new(id: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            count: 0,
        }
    }
}

/// Props of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Start of the identifiers in the page.
    pub id: AttrValue,
    /// What the tabs are parts of, for screen readers.
    pub label: AttrValue,
    /// The tabs in order.
    pub tabs: Vec<Tab>,
    /// The identifier of the one in sight.
    pub selected: AttrValue,
    /// Called with the identifier of the tab that a person goes to.
    pub onselect: Callback<AttrValue>,
    /// What the selected tab shows.
    #[prop_or_default]
    pub children: Html,
}

/// Tabs by mouse, touch and keyboard (arrows, Home, End), with the panel of the selected one.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let list = use_node_ref();
    let onkeydown = {
        let (list, tabs, selected, onselect) = (
            list.clone(),
            props.tabs.clone(),
            props.selected.clone(),
            props.onselect.clone(),
        );
        Callback::from(move |event: KeyboardEvent| {
            let current = tabs
                .iter()
                .position(|tab| tab.id == selected)
                .unwrap_or_default();
            let Some((index, tab)) = moved(&event.key(), current, tabs.len())
                .and_then(|index| Some((index, tabs.get(index)?)))
            else {
                return;
            };
            event.prevent_default();
            onselect.emit(tab.id.clone());
            focus_child(&list, index);
        })
    };
    let panel = [props.id.as_str(), "-panel"].concat();
    let tab = |tab: &Tab| {
        let selected = tab.id == props.selected;
        let onclick = {
            let (onselect, id) = (props.onselect.clone(), tab.id.clone());
            Callback::from(move |_: MouseEvent| onselect.emit(id.clone()))
        };
        html! {
            <button key={tab.id.as_str()} type="button" role="tab" id={[props.id.as_str(), "-", &tab.id].concat()} class={classes!("sluis-tab", selected.then_some("sluis-tab--selected"))}
                aria-selected={if selected { "true" } else { "false" }} aria-controls={panel.clone()} tabindex={if selected { "0" } else { "-1" }} {onclick}>
                { &tab.label }
                if tab.count > 0 { <span class="sluis-tab__count">{ tab.count }</span> }
            </button>
        }
    };
    html! {
        <>
            <div ref={list} class="sluis-tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>{ for props.tabs.iter().map(tab) }</div>
            <div id={panel} class="sluis-tab-panel" role="tabpanel" tabindex="0" aria-labelledby={[props.id.as_str(), "-", &props.selected].concat()}>{ props.children.clone() }</div>
        </>
    }
}

/// Where a key leads from tab `current` of `count`.
fn moved(key: &str, current: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if current >= last { 0 } else { current + 1 }),
        "ArrowLeft" => Some(if current == 0 { last } else { current - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

fn focus_child(list: &NodeRef, index: usize) {
    let child = list
        .cast::<web_sys::Element>()
        .and_then(|list| list.children().item(u32::try_from(index).ok()?));
    if let Some(child) =
        child.and_then(|child| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(child).ok())
    {
        // An element that cannot take the focus leaves it where it was.
        let _ = child.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn arrows_go_round_the_tabs() {
        assert_eq!(moved("ArrowRight", 2, 3), Some(0));
        assert_eq!(moved("ArrowLeft", 0, 3), Some(2));
        assert_eq!(moved("End", 0, 3), Some(2));
        assert_eq!(moved("a", 0, 3), None);
        assert_eq!(moved("Home", 0, 0), None);
    }
}
