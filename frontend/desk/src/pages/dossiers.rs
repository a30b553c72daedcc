//! The table of dossiers. On a narrow screen each row is a card: one cell that says all.

use std::rc::Rc;

use sluis_domain::classes::Classes;
use sluis_domain::vocabulary::{Category, Kind, Status};
use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_time, machine_moment, relative_day};
use sluis_kit::text::{common, desk as text};
use sluis_kit::{
    Badge, Button, Column as Head, EmptyState, Progress, Sort, TextField, Tone, Variant,
    VirtualTable, glyph,
};
use sluis_link::Row;
use yew::prelude::*;

use super::light::{Line, Press, el};
use super::{Pick, on, title, unix, work};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::dossier::DossierMsg;
use crate::state::table::{Column, Group, TableMsg};
use crate::state::{Model, Msg};
use crate::words;

/// Filters and table.
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let table = &desk.table;
    html! {
        <div class="sluis-stack">
            { title(text::dossiers_title(locale)) }
            { filters(model, desk, send) }
            <div class="sluis-row-of desk-found">
                <p id="dossiers-count" role="status" aria-busy={if table.is_asking() { "true" } else { "false" }}>{ text::dossiers_found(locale, table.shown.len()) }</p>
                <p class="sluis-soft desk-wide-only">{ text::keys_hint(locale) }</p>
                { figures(locale, send) }
                if desk.profile.counts {
                    <a id="to-figures" class="utrecht-link utrecht-link--html-a" href={Route::Figures.fragment()}>{ sluis_kit::text::figures::link(locale) }</a>
                }
                <a id="to-access" class="utrecht-link utrecht-link--html-a" href={Route::Access.fragment()}>{ sluis_kit::text::share::all_title(locale) }</a>
            </div>
            { guessed(locale, &table.guessed) }
            if !desk.loaded {
                <Progress id="reading" {locale} label={text::reading_vault(locale)} />
            } else if table.shown.is_empty() {
                <EmptyState icon={glyph::SEARCH} title={if desk.count() == 0 { text::work_first_title(locale) } else { text::dossiers_none_title(locale) }}>
                    <p class="utrecht-paragraph">{ if desk.count() == 0 { text::work_first(locale) } else { text::dossiers_none(locale) } }</p>
                    if table.narrowed() && desk.count() > 0 {
                        <Button id="clear-filters-empty" onclick={on(send, Msg::Table(TableMsg::Clear))}>{ text::clear_filters(locale) }</Button>
                    }
                </EmptyState>
            } else {
                { rows(model, desk, send) }
            }
        </div>
    }
}

fn filters(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let table = &desk.table;
    let any = || AttrValue::Static(text::filter_any(locale));
    let group = |group: Group| {
        let on_now = table.group == group;
        let onclick = send.reform(move |_: MouseEvent| Msg::Table(TableMsg::Group(group)));
        html! {
            <button type="button" id={group_id(group)} class={classes!("sluis-switch__option", on_now.then_some("sluis-switch__option--on"))} aria-pressed={if on_now { "true" } else { "false" }} {onclick}>
                { group_words(locale, group) }
            </button>
        }
    };
    let kinds =
        [Kind::Report, Kind::Advice].map(|kind| (Some(kind), words::kind(locale, kind).into()));
    let categories =
        Category::ALL.map(|category| (Some(category), words::category(locale, category).into()));
    let statuses = STATUSES.map(|status| (Some(status), words::status(locale, status).into()));
    let onkeydown = {
        let send = send.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                send.emit(Msg::Table(TableMsg::Enter));
            }
            "Enter" => send.emit(Msg::Table(TableMsg::Open(0))),
            _ => {}
        })
    };
    let sorts = Column::ALL.map(|column| (column, AttrValue::Static(column_words(locale, column))));
    let descending = |column: Column| column == Column::Active;
    html! {
        <search class="sluis-stack desk-filters">
            <div class="desk-filters__first">
                <div class="desk-search" {onkeydown}>
                    <TextField id="search" kind="search" label={text::search_dossiers(locale)} hint={text::search_hint(locale)} value={table.query.clone()}
                        oninput={send.reform(|text| Msg::Table(TableMsg::Search(text)))} />
                </div>
                <div class="sluis-switch desk-groups" role="group" aria-label={text::group(locale)}>{ for Group::ALL.into_iter().map(group) }</div>
            </div>
            { saved(model, desk, send) }
            <details class="desk-more" open={table.kind.is_some() || table.category.is_some() || table.status.is_some()}>
                <summary id="more-filters">{ text::more_filters(locale) }</summary>
                <div class="sluis-grid">
                    { Pick { id: "filter-kind", label: common::kind(locale).into(), choices: with_any(any(), kinds), value: table.kind, disabled: false }.view(send.reform(|kind| Msg::Table(TableMsg::Kind(kind)))) }
                    { Pick { id: "filter-category", label: common::category(locale).into(), choices: with_any(any(), categories), value: table.category, disabled: false }.view(send.reform(|category| Msg::Table(TableMsg::Category(category)))) }
                    { Pick { id: "filter-status", label: common::status(locale).into(), choices: with_any(any(), statuses), value: table.status, disabled: false }.view(send.reform(|status| Msg::Table(TableMsg::Status(status)))) }
                    <div class="desk-narrow-only">
                        { Pick { id: "sort-by", label: text::sort_on(locale).into(), choices: sorts.to_vec(), value: table.column, disabled: false }.view(send.reform(move |column| Msg::Table(TableMsg::Sort(column, descending(column))))) }
                    </div>
                </div>
                if table.narrowed() {
                    { save(model, desk, send) }
                    <Button id="clear-filters" variant={Variant::Subtle} icon={glyph::X} onclick={on(send, Msg::Table(TableMsg::Clear))}>{ text::clear_filters(locale) }</Button>
                }
            </details>
        </search>
    }
}

/// What the figures may hold, as a file.
fn figures(locale: Locale, send: &Callback<Msg>) -> Html {
    Press {
        id: "save-figures".into(),
        words: text::save_figures(locale).into(),
        variant: Variant::Subtle,
        ..Press::default()
    }
    .html(send, Msg::Table(TableMsg::Figures))
}

/// What was not found as it was typed.
fn guessed(locale: Locale, words: &[String]) -> Html {
    if words.is_empty() {
        return Html::default();
    }
    let quoted: Vec<String> = words.iter().map(|word| ["“", word, "”"].concat()).collect();
    el("p", "")
        .attr("id", "guessed")
        .attr("role", "status")
        .text(&text::search_guessed(locale, &quoted.join(", ")))
        .html()
}

/// The filters that were kept, one click each.
fn saved(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let table = &desk.table;
    if table.saved.is_empty() {
        return Html::default();
    }
    let one = |(place, filter): (usize, &sluis_link::SavedFilter)| {
        let press = |id: &str, words: String, icon, label| Press {
            id: [id, &place.to_string()].concat(),
            words,
            label,
            icon,
            variant: Variant::Subtle,
            ..Press::default()
        };
        let forget = text::filter_forget(locale, &filter.name);
        el("li", "sluis-row-of")
            .kid(
                press("filter-use-", filter.name.clone(), None, None)
                    .html(send, Msg::Table(TableMsg::Use(place))),
            )
            .kid(
                press(
                    "filter-forget-",
                    String::new(),
                    Some(glyph::X),
                    Some(forget),
                )
                .html(send, Msg::Table(TableMsg::Forget(place))),
            )
            .html()
    };
    let list = el("ul", "sluis-row-of desk-saved")
        .attr("id", "saved-filters")
        .attr("aria-label", text::saved_filters(locale))
        .kids(
            table
                .saved
                .iter()
                .enumerate()
                .map(|(place, filter)| one((place, filter)))
                .collect(),
        );
    list.html()
}

/// A name for the filters as they stand.
fn save(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let name = Line {
        id: "filter-name",
        label: text::filter_name(locale).into(),
        value: desk.table.name.clone(),
        ..Line::default()
    };
    let keep = Press {
        id: "filter-save".into(),
        words: text::filter_save(locale).into(),
        ..Press::default()
    };
    el("div", "sluis-row-of")
        .kid(name.html(send.reform(|text| Msg::Table(TableMsg::Name(text)))))
        .kid(keep.html(send, Msg::Table(TableMsg::Save)))
        .html()
}

fn with_any<T, const N: usize>(
    any: AttrValue,
    choices: [(Option<T>, AttrValue); N],
) -> Vec<(Option<T>, AttrValue)> {
    core::iter::once((None, any)).chain(choices).collect()
}

fn rows(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let table = &desk.table;
    let columns = Column::ALL.map(|column| Head::new(column_words(locale, column)));
    let sort = Column::ALL
        .iter()
        .position(|column| *column == table.column)
        .map(|column| Sort {
            column,
            descending: table.descending,
        });
    let onsort = send.reform(|sort: Sort| {
        let column = Column::ALL
            .get(sort.column)
            .copied()
            .unwrap_or(Column::Active);
        Msg::Table(TableMsg::Sort(column, sort.descending))
    });
    let row = {
        let (rows, now, send) = (Rc::clone(&table.shown), model.now, send.clone());
        let classes = desk.profile.classes.clone();
        Callback::from(move |index: usize| {
            rows.get(index).map_or_else(Html::default, |row| {
                cells(locale, now, &classes, row, &send)
            })
        })
    };
    html! {
        <div class="desk-table">
            <VirtualTable id="dossiers-table" {locale} caption={text::dossiers_title(locale)} columns={columns.to_vec()} {sort} {onsort}
                count={table.shown.len()} {row} selected={table.selected}
                onselect={send.reform(|row| Msg::Table(TableMsg::Select(row)))} onopen={send.reform(|row| Msg::Table(TableMsg::Open(row)))} />
        </div>
    }
}

fn cells(locale: Locale, now: u64, classes: &Classes, row: &Row, send: &Callback<Msg>) -> Html {
    let key = row.key;
    let onclick = send.reform(move |_: MouseEvent| Msg::Dossier(DossierMsg::Open(key, None)));
    let unread = usize::try_from(row.unread).unwrap_or(usize::MAX);
    let active = unix(row.active);
    let when = [
        relative_day(locale, active, unix(now)),
        format_time(locale, active),
    ]
    .join(" ");
    let category = row.classification.map(|(category, sub)| {
        sub.map_or_else(
            || words::category(locale, category).to_owned(),
            |sub| words::subcategory(locale, classes, sub).into_owned(),
        )
    });
    let handler = if row.handler.is_empty() {
        text::handler_nobody(locale)
    } else {
        &row.handler
    };
    let status = html! { <Badge tone={status_tone(row.status)}>{ words::status(locale, row.status) }</Badge> };
    let about = work::about(locale, row);
    html! {
        <>
            <td class="desk-cell-first">
                <div class="desk-cell-first__line">
                    <button type="button" class="desk-open" tabindex="-1" aria-label={text::open_dossier(locale, &row.number)} {onclick}>{ &row.number }</button>
                    if unread > 0 { <span class="sluis-tab__count">{ unread }<span class="sluis-hidden">{ " " }{ text::unread_mark(locale, unread) }</span></span> }
                    if row.alarmed { <Badge tone={Tone::Danger} icon={glyph::TRIANGLE_ALERT}><span class="sluis-hidden">{ text::row_alarmed(locale) }</span></Badge> }
                    <span class="desk-narrow-only desk-push">{ status.clone() }</span>
                </div>
                <div class="desk-narrow-only desk-cell-line">{ if row.gist.is_empty() { words::kind(locale, row.kind) } else { &row.gist } }</div>
                <div class="desk-narrow-only desk-cell-line sluis-soft">{ if about.is_empty() { handler.to_owned() } else { about } }</div>
                <div class="desk-narrow-only desk-cell-line sluis-soft">{ when.clone() }</div>
            </td>
            <td>{ words::kind(locale, row.kind) }</td>
            <td>{ category }</td>
            <td>{ &row.federation }</td>
            <td>{ &row.sport }</td>
            <td>{ status }</td>
            <td class={classes!(row.handler.is_empty().then_some("sluis-soft"))}>{ handler.to_owned() }</td>
            <td><time datetime={machine_moment(active)}>{ when }</time></td>
        </>
    }
}

/// All statuses, in the order of the work.
pub(super) const STATUSES: [Status; 7] = [
    Status::New,
    Status::Read,
    Status::InProgress,
    Status::WaitingForReporter,
    Status::Referred,
    Status::Stopped,
    Status::Closed,
];

/// The colour of a status; the words say it too.
pub(super) const fn status_tone(status: Status) -> Tone {
    match status {
        Status::New => Tone::Info,
        Status::WaitingForReporter | Status::Stopped => Tone::Warning,
        Status::InProgress => Tone::Ok,
        Status::Read | Status::Referred | Status::Closed => Tone::Neutral,
    }
}

const fn group_id(group: Group) -> &'static str {
    match group {
        Group::Open => "group-open",
        Group::Mine => "group-mine",
        Group::Unassigned => "group-unassigned",
        Group::Over => "group-over",
        Group::All => "group-all",
    }
}

fn group_words(locale: Locale, group: Group) -> &'static str {
    match group {
        Group::Open => text::group_open(locale),
        Group::Mine => text::group_mine(locale),
        Group::Unassigned => text::group_unassigned(locale),
        Group::Over => text::group_over(locale),
        Group::All => text::group_all(locale),
    }
}

fn column_words(locale: Locale, column: Column) -> &'static str {
    match column {
        Column::Number => text::number(locale),
        Column::Kind => common::kind(locale),
        Column::Category => common::category(locale),
        Column::Federation => common::federation(locale),
        Column::Sport => common::sport(locale),
        Column::Status => common::status(locale),
        Column::Handler => text::handler(locale),
        Column::Active => text::last_activity(locale),
    }
}
