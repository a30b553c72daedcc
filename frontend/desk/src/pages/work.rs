//! The work list: what waits, and one click to the next thing.

use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_date, format_time, machine_moment, relative_day};
use sluis_kit::text::{desk as text, involved, people};
use sluis_kit::{Badge, Button, EmptyState, Glyph, Icon, Progress, Tone, Variant, glyph};
use sluis_link::{DossierKey, Row, Shares, StaffRole};
use yew::prelude::*;

use super::light::el;
use super::{alarms, title, unix};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::dossier::{DossierMsg, Part};
use crate::state::work::Reason;
use crate::state::{Model, Msg};
use crate::words;

/// As many dossiers as a group shows; the rest is a click away.
const MOST: usize = 30;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// The whole list.
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let warnings = &desk.profile.warnings;
    html! {
        <div class={classes!(if warnings.is_empty() { "sluis-stack" } else { "sluis-columns" })}>
            <div class="sluis-stack">
                { title(text::work_title(locale)) }
                <p class="sluis-soft">{ text::work_hello(locale, &desk.profile.person) }</p>
                { for desk.alarms.list().iter().map(|alarm| alarms::alarm(locale, alarm, send)) }
                { super::people::told(model, desk, send) }
                if !desk.loaded {
                    <Progress id="reading" {locale} label={text::reading_vault(locale)} />
                } else if desk.count() == 0 && desk.profile.roles.contains(&StaffRole::ConfidentialAdviser) {
                    <p id="work-adviser" class="utrecht-paragraph">{ people::adviser_work(locale) }</p>
                } else if desk.count() == 0 {
                    { first(locale) }
                } else if desk.work.is_empty() && desk.unsorted.lines.is_empty() && desk.share.shares == Shares::default() {
                    <EmptyState icon={glyph::CIRCLE_CHECK} title={text::work_empty_title(locale)}>
                        <p class="utrecht-paragraph">{ text::work_empty(locale) }</p>
                    </EmptyState>
                } else {
                    { super::dossier::waiting(model, desk, send) }
                    { super::unsorted::view(model, desk, send) }
                    { for desk.work.iter().map(|(reason, keys)| group(model, desk, send, *reason, keys)) }
                }
                if desk.loaded && desk.count() > 0 { { load(locale, desk) } }
            </div>
            if !warnings.is_empty() {
                <aside class="sluis-stack" aria-labelledby="work-warnings">
                    <h2 id="work-warnings" class="utrecht-heading-2">{ text::work_warnings(locale) }</h2>
                    { for warnings.iter().map(|warning| alarms::warning(locale, *warning)) }
                </aside>
            }
        </div>
    }
}

/// Nothing at all yet: what will come, and what can be done already.
fn first(locale: Locale) -> Html {
    html! {
        <EmptyState icon={glyph::INBOX} title={text::work_first_title(locale)}>
            <p class="utrecht-paragraph">{ text::work_first(locale) }</p>
            <p class="sluis-row-of">
                <a class="utrecht-link utrecht-link--html-a" href={Route::New.fragment()}>{ text::nav_new(locale) }</a>
                <a class="utrecht-link utrecht-link--html-a" href="/" target="_blank" rel="noopener">{ text::setup_done_reporter(locale) }<Icon glyph={glyph::EXTERNAL_LINK} /></a>
            </p>
        </EmptyState>
    }
}

fn group(
    model: &Model,
    desk: &Desk,
    send: &Callback<Msg>,
    reason: Reason,
    keys: &[DossierKey],
) -> Html {
    let locale = model.locale;
    let (id, heading) = match reason {
        Reason::Alarmed => ("work-alarmed", text::work_alarmed(locale)),
        Reason::New => ("work-new", text::work_new(locale)),
        Reason::Question => ("work-questions", text::work_questions(locale)),
        Reason::Unread => ("work-unread", text::work_unread(locale)),
        Reason::Due => ("work-due", text::work_due(locale)),
        Reason::Ending => ("work-ending", involved::ends_title(locale)),
        Reason::Mine => ("work-mine", text::work_mine(locale)),
    };
    let more = keys.len().saturating_sub(MOST);
    let rows = keys.iter().take(MOST).filter_map(|key| desk.row(*key));
    html! {
        <section key={id} class="sluis-card desk-group" aria-labelledby={id}>
            <h2 {id} class="utrecht-heading-2">{ heading }<span class="sluis-tab__count">{ keys.len() }</span></h2>
            <ul class="desk-list">{ for rows.map(|row| item(model, send, reason, row)) }</ul>
            if more > 0 { <a class="utrecht-link utrecht-link--html-a" href={Route::Dossiers.fragment()}>{ text::work_more(locale, more) }</a> }
        </section>
    }
}

fn item(model: &Model, send: &Callback<Msg>, reason: Reason, row: &Row) -> Html {
    let locale = model.locale;
    let count = usize::try_from(row.unread).unwrap_or(usize::MAX);
    let (glyph, tone, what) = match reason {
        Reason::Alarmed => (
            glyph::TRIANGLE_ALERT,
            Tone::Danger,
            text::row_alarmed(locale).to_owned(),
        ),
        Reason::Question => (glyph::INBOX, Tone::Info, question(locale, row)),
        Reason::New => (glyph::INBOX, Tone::Info, text::row_new(locale).to_owned()),
        Reason::Unread => (
            glyph::MESSAGE_CIRCLE,
            Tone::Info,
            text::row_unread(locale, count),
        ),
        Reason::Due => (
            glyph::CLOCK,
            Tone::Warning,
            text::row_due(locale).to_owned(),
        ),
        Reason::Ending => (glyph::CLOCK, Tone::Warning, ending(model, row)),
        Reason::Mine => (
            glyph::FOLDER_OPEN,
            Tone::Neutral,
            text::row_mine(locale).to_owned(),
        ),
    };
    let since = reason.since(row);
    let when = [
        relative_day(locale, unix(since), unix(model.now)),
        format_time(locale, unix(since)),
    ]
    .join(" ");
    let when = if matches!(reason, Reason::Mine | Reason::Alarmed | Reason::Ending) {
        text::last_activity_on(locale, &when)
    } else {
        text::since(locale, &when)
    };
    let (act, part) = match reason {
        Reason::Alarmed => (text::act_look(locale), None),
        Reason::New | Reason::Question => (text::act_read(locale), None),
        Reason::Unread | Reason::Due => (text::act_answer(locale), Some(Part::Conversation)),
        Reason::Ending => (text::act_look(locale), Some(Part::People)),
        Reason::Mine => (text::act_go_on(locale), None),
    };
    let key = row.key;
    let onclick = send.reform(move |()| Msg::Dossier(DossierMsg::Open(key, part)));
    html! {
        <li key={row.number.as_str()} class="desk-item">
            <div class="desk-item__words">
                <p class="sluis-row-of desk-item__head">
                    <Badge {tone} icon={Some::<Glyph>(glyph)}>{ what }</Badge>
                    <span class="desk-number">{ &row.number }</span>
                    <time class="sluis-soft" datetime={machine_moment(unix(since))}>{ when }</time>
                </p>
                <p class="desk-gist">{ &row.gist }</p>
                <p class="sluis-soft">{ about(locale, row) }</p>
            </div>
            <Button variant={Variant::Secondary} icon={glyph::ARROW_RIGHT} label={[act, " ", &row.number].concat()} class="desk-item__act" {onclick}>{ act }</Button>
        </li>
    }
}

/// Until when it may stay open, or since when that is over.
fn ending(model: &Model, row: &Row) -> String {
    let ends = row.ends.unwrap_or_default();
    let day = format_date(model.locale, unix(ends));
    if ends + DAY / 2 < model.now {
        involved::ends_over(model.locale, &day)
    } else {
        involved::ends_on(model.locale, &day)
    }
}

/// A question, with what help it can get.
fn question(locale: Locale, row: &Row) -> String {
    let tier = row.tier.map(|tier| words::tier(locale, tier));
    let parts = [Some(text::row_new_advice(locale)), tier];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How much there is to do, by handler.
fn load(locale: Locale, desk: &Desk) -> Html {
    let cell = |words: &str| el("td", "").text(words).html();
    let number = |number: usize| el("td", "sluis-number").text(&number.to_string()).html();
    let line = |load: &crate::state::work::Load| {
        let nobody = load.handler.is_empty();
        let name = if nobody {
            text::load_nobody(locale)
        } else {
            &load.handler
        };
        el("tr", "")
            .kid(cell(name))
            .kid(number(load.questions))
            .kid(number(load.reports))
            .html()
    };
    let head = |class, words| el("th", class).attr("scope", "col").text(words).html();
    let heads = el("tr", "")
        .kid(head("", text::handler(locale)))
        .kid(head("sluis-number", text::load_questions(locale)))
        .kid(head("sluis-number", text::load_reports(locale)))
        .html();
    let table = el(
        "table",
        "utrecht-table utrecht-table--html-table sluis-table",
    )
    .attr("id", "load-table")
    .kid(el("caption", "").text(text::load_title(locale)).html())
    .kid(el("thead", "").kid(heads).html())
    .kid(
        el("tbody", "")
            .kids(desk.load.iter().map(line).collect())
            .html(),
    );
    el("details", "desk-more")
        .attr("id", "load")
        .kid(el("summary", "").text(text::load_title(locale)).html())
        .kid(table.html())
        .html()
}

/// Category, federation and sport, as far as they are known.
pub(super) fn about(locale: Locale, row: &Row) -> String {
    let category = row
        .classification
        .map_or("", |(category, _)| words::category(locale, category));
    [category, &row.federation, &row.sport, &row.handler]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
