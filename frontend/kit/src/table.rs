//! Tables with headers that sort, and long tables of which only the rows in sight exist.

use std::ops::Range;

use sluis_draw::html;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::i18n::Locale;
use crate::icon::{Icon, glyph};
use crate::text::common;

/// Rows that are drawn above and below those in sight.
const MARGIN: usize = 20;
/// Rows that are drawn before anything was measured.
const FIRST: usize = 60;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub label: AttrValue,
    /// Whether a person can sort by it.
    pub sortable: bool,
    /// Whether it holds numbers, which stand to the right. Give the cells `sluis-number` as well.
    pub number: bool,
}

impl Column {
    /// A column of words that can be sorted.
    pub fn new(label: impl Into<AttrValue>) -> Self {
        Self {
            label: label.into(),
            sortable: true,
            number: false,
        }
    }

    /// A column of things without an order, such as buttons.
    pub fn fixed(label: impl Into<AttrValue>) -> Self {
        Self {
            sortable: false,
            ..Self::new(label)
        }
    }

    /// A column of numbers that can be sorted.
    pub fn number(label: impl Into<AttrValue>) -> Self {
        Self {
            number: true,
            ..Self::new(label)
        }
    }
}

/// By which column a table is sorted, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Place of the column, from 0.
    pub column: usize,
    /// Last first.
    pub descending: bool,
}

impl Sort {
    /// The order after a click on the header of `column`: the other way if it is sorted by that one already.
    #[must_use]
    pub fn clicked(now: Option<Self>, column: usize) -> Self {
        Self {
            column,
            descending: now.is_some_and(|sort| sort.column == column && !sort.descending),
        }
    }
}

/// Props of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// Identifier in the page.
    pub id: AttrValue,
    /// The language of its own words.
    pub locale: Locale,
    /// What the table shows.
    pub caption: AttrValue,
    /// Keeps the caption for screen readers only.
    #[prop_or_default]
    pub caption_hidden: bool,
    /// The columns in order.
    pub columns: Vec<Column>,
    /// How it is sorted now.
    #[prop_or_default]
    pub sort: Option<Sort>,
    /// Called with the order that a person asks for.
    #[prop_or_default]
    pub onsort: Callback<Sort>,
    /// The rows: `<tr>` with `<td>`.
    pub children: Html,
}

/// A table of some tens of rows. On a narrow screen it scrolls sideways within itself.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let caption = [props.id.as_str(), "-caption"].concat();
    html! {
        <div class="sluis-table-place" role="region" tabindex="0" aria-labelledby={caption.clone()}>
            <table id={props.id.clone()} class="utrecht-table utrecht-table--html-table sluis-table">
                <caption id={caption} class={classes!(props.caption_hidden.then_some("sluis-hidden"))}>{ &props.caption }</caption>
                { head(props.locale, &props.columns, props.sort, &props.onsort) }
                <tbody>{ props.children.clone() }</tbody>
            </table>
        </div>
    }
}

fn head(locale: Locale, columns: &[Column], sort: Option<Sort>, onsort: &Callback<Sort>) -> Html {
    let cell = |(index, column): (usize, &Column)| {
        let class = classes!(column.number.then_some("sluis-number"));
        if !column.sortable {
            return html! { <th scope="col" {class}>{ &column.label }</th> };
        }
        let own = sort.filter(|sort| sort.column == index);
        let (state, glyph) = match own.map(|sort| sort.descending) {
            None => (None, glyph::ARROW_UP_DOWN),
            Some(false) => (Some("ascending"), glyph::ARROW_UP),
            Some(true) => (Some("descending"), glyph::ARROW_DOWN),
        };
        let onclick = onsort.reform(move |_: MouseEvent| Sort::clicked(sort, index));
        html! {
            <th scope="col" {class} aria-sort={state}>
                <button type="button" class={classes!("sluis-sort", own.map(|_| "sluis-sort--on"))} title={common::sort_by(locale, &column.label)} {onclick}>{ &column.label }<Icon {glyph} /></button>
            </th>
        }
    };
    html! { <thead><tr>{ for columns.iter().enumerate().map(cell) }</tr></thead> }
}

/// Props of [`VirtualTable`].
#[derive(Properties, PartialEq)]
pub struct VirtualTableProps {
    /// Identifier in the page.
    pub id: AttrValue,
    /// The language of its own words.
    pub locale: Locale,
    /// What the table shows.
    pub caption: AttrValue,
    /// The columns in order.
    pub columns: Vec<Column>,
    /// How it is sorted now.
    #[prop_or_default]
    pub sort: Option<Sort>,
    /// Called with the order that a person asks for.
    #[prop_or_default]
    pub onsort: Callback<Sort>,
    /// How many rows there are.
    pub count: usize,
    /// The cells (`<td>`) of a row, each one line high. A new callback draws all rows again.
    pub row: Callback<usize, Html>,
    /// The row that the keyboard is on.
    #[prop_or_default]
    pub selected: Option<usize>,
    /// Called when the keyboard or the mouse goes to a row.
    #[prop_or_default]
    pub onselect: Callback<usize>,
    /// Called on Enter or a double click.
    #[prop_or_default]
    pub onopen: Callback<usize>,
}

/// A table of any length, of which only the rows around those in sight exist. Up, down, Page Up, Page Down, Home and End move; Enter opens.
#[component]
pub fn VirtualTable(props: &VirtualTableProps) -> Html {
    let place = use_node_ref();
    let (above, below) = (use_node_ref(), use_node_ref());
    let shown = use_state_eq(|| 0..FIRST);
    let wanted = use_mut_ref(|| None::<usize>);
    let range = clipped(&shown, props.count);
    {
        let (above, below, place, range, count) = (
            above.clone(),
            below.clone(),
            place.clone(),
            range.clone(),
            props.count,
        );
        use_effect(move || {
            let height = row_height(&place);
            set_height(&above, height, range.start);
            set_height(&below, height, count.saturating_sub(range.end));
        });
    }
    {
        let (id, wanted) = (props.id.clone(), wanted.clone());
        use_effect(move || {
            let row = wanted.borrow().and_then(|index| row_element(&id, index));
            if row.is_some_and(|row| row.focus().is_ok()) {
                wanted.replace(None);
            }
        });
    }
    let look = {
        let (place, shown, count) = (place.clone(), shown.clone(), props.count);
        move || {
            let Some(element) = place.cast::<Element>() else {
                return;
            };
            shown.set(in_sight(
                count,
                element.scroll_top(),
                element.client_height(),
                row_height(&place),
            ));
        }
    };
    {
        let look = look.clone();
        use_effect_with(props.count, move |_| look());
    }
    let onscroll = Callback::from(move |_: Event| look());
    let onkeydown = {
        let (place, wanted, count, selected) = (place.clone(), wanted, props.count, props.selected);
        let (onselect, onopen) = (props.onselect.clone(), props.onopen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let on_row = event
                .target_dyn_into::<Element>()
                .is_some_and(|element| element.tag_name().eq_ignore_ascii_case("tr"));
            if event.key() == "Enter" && on_row {
                event.prevent_default();
                if let Some(index) = selected {
                    onopen.emit(index);
                }
            } else if let Some(index) = moved(&event.key(), selected, count) {
                event.prevent_default();
                scroll_to(&place, index);
                wanted.replace(Some(index));
                onselect.emit(index);
            }
        })
    };
    let reachable = props
        .selected
        .filter(|index| range.contains(index))
        .unwrap_or(range.start);
    let row = |index: usize| {
        let selected = props.selected == Some(index);
        let onclick = props.onselect.reform(move |_: MouseEvent| index);
        let ondblclick = props.onopen.reform(move |_: MouseEvent| index);
        html! {
            <tr key={index} id={row_id(&props.id, index)} class={classes!("sluis-row", selected.then_some("utrecht-table__row--selected"))} tabindex={if index == reachable { "0" } else { "-1" }}
                aria-rowindex={(index + 2).to_string()} aria-selected={if selected { "true" } else { "false" }} {onclick} {ondblclick}>{ props.row.emit(index) }</tr>
        }
    };
    let width = props.columns.len().to_string();
    html! {
        <div ref={place} class="sluis-table-place sluis-table-place--tall" {onscroll} {onkeydown}>
            <table id={props.id.clone()} class="utrecht-table utrecht-table--html-table sluis-table" role="grid" aria-rowcount={(props.count + 1).to_string()}>
                <caption class="sluis-hidden">{ &props.caption }{ ", " }{ common::row_count(props.locale, props.count) }</caption>
                { head(props.locale, &props.columns, props.sort, &props.onsort) }
                <tbody>
                    <tr key="above" aria-hidden="true"><td ref={above} class="sluis-gap" colspan={width.clone()}></td></tr>
                    { for range.map(row) }
                    <tr key="below" aria-hidden="true"><td ref={below} class="sluis-gap" colspan={width}></td></tr>
                </tbody>
            </table>
        </div>
    }
}

fn row_id(table: &str, index: usize) -> String {
    [table, "-row-", &index.to_string()].concat()
}

fn row_element(table: &str, index: usize) -> Option<HtmlElement> {
    let element = web_sys::window()?
        .document()?
        .get_element_by_id(&row_id(table, index))?;
    wasm_bindgen::JsCast::dyn_into(element).ok()
}

/// Height of a row in pixels; 0 before any row was drawn.
fn row_height(place: &NodeRef) -> f64 {
    let row = place
        .cast::<Element>()
        .and_then(|place| place.query_selector(".sluis-row").ok().flatten());
    row.map_or(0.0, |row| row.get_bounding_client_rect().height())
}

/// Sets the height of a gap through the object model, which the Content-Security-Policy allows where a style attribute is refused.
fn set_height(gap: &NodeRef, row: f64, rows: usize) {
    let Some(gap) = gap.cast::<HtmlElement>() else {
        return;
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "numbers of rows are far below 2^53"
    )]
    let height = row * rows as f64;
    // A known property with a number cannot be refused.
    let _ = gap
        .style()
        .set_property("height", &[&height.to_string(), "px"].concat());
}

fn scroll_to(place: &NodeRef, index: usize) {
    let Some(element) = place.cast::<Element>() else {
        return;
    };
    let height = row_height(place);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "pixels of a table fit in 31 bits"
    )]
    let top = (height * index as f64) as i32;
    #[expect(clippy::cast_possible_truncation, reason = "the height of one row")]
    let height = height as i32;
    // The header covers the first row's height of the sight, so a row is in sight below it.
    if top < element.scroll_top() {
        element.set_scroll_top(top);
    } else if top + 2 * height > element.scroll_top() + element.client_height() {
        element.set_scroll_top(top + 2 * height - element.client_height());
    }
}

/// The rows to draw for a scroll position and a height of the sight, in pixels.
fn in_sight(count: usize, top: i32, height: i32, row: f64) -> Range<usize> {
    if row < 1.0 {
        return 0..FIRST.min(count);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never below 0, and far below 2^53"
    )]
    let rows = |pixels: i32| (f64::from(pixels.max(0)) / row) as usize;
    let first = rows(top).saturating_sub(MARGIN);
    // Steps of half the margin, so that not every row that is scrolled by draws the table again.
    let first = first - first % (MARGIN / 2);
    first.min(count)..(rows(top) + rows(height) + 1 + MARGIN + MARGIN / 2).min(count)
}

/// The drawn rows after the number of rows changed.
fn clipped(range: &Range<usize>, count: usize) -> Range<usize> {
    if range.start >= count {
        count.saturating_sub(FIRST)..count
    } else {
        range.start..range.end.min(count)
    }
}

/// Where a key leads from a row.
fn moved(key: &str, selected: Option<usize>, count: usize) -> Option<usize> {
    const PAGE: usize = 10;
    let last = count.checked_sub(1)?;
    let step = |forward: usize, back: usize| {
        selected.map_or(0, |now| (now + forward).saturating_sub(back).min(last))
    };
    match key {
        "ArrowDown" => Some(step(1, 0)),
        "ArrowUp" => Some(step(0, 1)),
        "PageDown" => Some(step(PAGE, 0)),
        "PageUp" => Some(step(0, PAGE)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_click_on_a_header_turns_the_order() {
        let first = Sort::clicked(None, 2);
        assert_eq!(
            first,
            Sort {
                column: 2,
                descending: false
            }
        );
        assert_eq!(
            Sort::clicked(Some(first), 2),
            Sort {
                column: 2,
                descending: true
            }
        );
        assert_eq!(
            Sort::clicked(Some(first), 1),
            Sort {
                column: 1,
                descending: false
            }
        );
    }

    #[test]
    fn only_rows_around_the_sight_are_drawn() {
        assert_eq!(in_sight(10_000, 0, 440, 44.0), 0..41);
        let middle = in_sight(10_000, 220_000, 440, 44.0);
        assert_eq!(middle, 4_980..5_041);
        assert!(middle.len() < 80);
        assert_eq!(in_sight(5, 0, 440, 44.0), 0..5);
        assert_eq!(in_sight(10_000, 0, 440, 0.0), 0..FIRST);
    }

    #[test]
    fn rows_that_went_away_are_not_drawn() {
        assert_eq!(clipped(&(4_980..5_041), 12), 0..12);
        assert_eq!(clipped(&(0..60), 12), 0..12);
        assert_eq!(clipped(&(0..60), 0), 0..0);
    }

    #[test]
    fn keys_move_within_the_table() {
        assert_eq!(moved("ArrowDown", None, 3), Some(0));
        assert_eq!(moved("ArrowDown", Some(2), 3), Some(2));
        assert_eq!(moved("ArrowUp", Some(0), 3), Some(0));
        assert_eq!(moved("PageDown", Some(1), 100), Some(11));
        assert_eq!(moved("ArrowDown", Some(0), 0), None);
        assert_eq!(moved("x", Some(0), 3), None);
    }
}
