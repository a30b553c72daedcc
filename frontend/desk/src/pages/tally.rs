//! The figures of closed dossiers: how often each category occurs, and a table for other programs.

use sluis_domain::figures::Quarter;
use sluis_kit::i18n::Locale;
use sluis_kit::text::{common, figures as text, share};
use sluis_kit::{EmptyState, Progress, Tone, Variant, glyph, html};
use yew::prelude::*;

use super::light::{Press, el, icon, notice, p};
use super::title;
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::tally::{CountLine, Tally, TallyMsg, quarter};
use crate::state::{Model, Msg};

/// The page.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let back = el(
        "a",
        "utrecht-link utrecht-link--html-a desk-back sluis-screen-only",
    )
    .attr("href", Route::Dossiers.fragment())
    .kid(icon(glyph::ARROW_LEFT))
    .text(share::back_to_dossiers(locale));
    let page = el("div", "sluis-stack desk-figures")
        .kid(back.html())
        .kid(title(text::title(locale)))
        .kid(p("sluis-soft", text::intro(locale)));
    let tally = &desk.tally;
    if tally.shut {
        let what = text::shut(locale).to_owned();
        let now = Some(text::shut_now(locale).to_owned());
        let told = notice(locale, Tone::Info, true, what, now, Html::default());
        return page.kid(told).html();
    }
    let Some(view) = &tally.view else {
        let label = text::loading(locale);
        return page
            .kid(html! { <Progress id="figures-loading" {locale} {label} /> })
            .html();
    };
    let Some(period) = tally.period() else {
        let empty = html! {
            <EmptyState icon={glyph::FILE_TEXT} title={text::empty_title(locale)}>{ p("utrecht-paragraph", text::empty(locale)) }</EmptyState>
        };
        return page.kid(empty).html();
    };
    let page = page
        .kid(choose(locale, tally, period, send))
        .kid(table(locale, tally.counted(locale)))
        .kid(save(locale, desk, send));
    let strange = match usize::try_from(view.strange) {
        Ok(0) => Html::default(),
        count => p(
            "sluis-soft",
            &text::strange(locale, count.unwrap_or(usize::MAX)),
        ),
    };
    page.kid(strange).html()
}

/// From when until when.
fn choose(
    locale: Locale,
    tally: &Tally,
    (from, to): (Quarter, Quarter),
    send: &Callback<Msg>,
) -> Html {
    let quarters = tally.quarters();
    let labels: Vec<AttrValue> = quarters
        .iter()
        .map(|one| quarter(locale, *one).into())
        .collect();
    let pick = |id: &'static str, label: &'static str, value: Quarter| super::Pick {
        id,
        label: label.into(),
        choices: quarters.iter().copied().zip(labels.clone()).collect(),
        value,
        disabled: false,
    };
    let from = pick("figures-from", text::from(locale), from)
        .view(send.reform(|quarter| Msg::Tally(TallyMsg::From(quarter))));
    let to = pick("figures-to", text::to(locale), to)
        .view(send.reform(|quarter| Msg::Tally(TallyMsg::To(quarter))));
    el("div", "sluis-grid").kid(from).kid(to).html()
}

fn table(locale: Locale, lines: Vec<CountLine>) -> Html {
    let heads = [
        common::category(locale),
        text::reports(locale),
        text::advice(locale),
    ];
    let heads = heads.into_iter().enumerate().map(|(place, words)| {
        let class = if place == 0 {
            "utrecht-table__header-cell"
        } else {
            "utrecht-table__header-cell sluis-number"
        };
        el("th", class).attr("scope", "col").text(words).html()
    });
    let rows = lines.into_iter().map(|(category, reports, advice)| {
        let number = |words: &str| {
            let class = "utrecht-table__cell sluis-number";
            el("td", class).text(words).html()
        };
        let name = el("th", "utrecht-table__cell")
            .attr("scope", "row")
            .text(&category);
        el("tr", "utrecht-table__row")
            .kid(name.html())
            .kid(number(&reports))
            .kid(number(&advice))
            .html()
    });
    let table = el("table", "utrecht-table sluis-table")
        .attr("id", "figures-table")
        .kid(
            el("caption", "sluis-hidden")
                .text(text::table(locale))
                .html(),
        )
        .kid(
            el("thead", "")
                .kid(el("tr", "").kids(heads.collect()).html())
                .html(),
        )
        .kid(el("tbody", "").kids(rows.collect()).html());
    el("div", "sluis-table-place").kid(table.html()).html()
}

fn save(locale: Locale, desk: &Desk, send: &Callback<Msg>) -> Html {
    let button = Press {
        id: "figures-save".into(),
        words: text::save(locale).into(),
        variant: Variant::Primary,
        icon: Some(glyph::DOWNLOAD),
        ..Press::default()
    };
    let mut all = el("div", "sluis-stack")
        .kid(button.html(send, Msg::Tally(TallyMsg::Save)))
        .kid(p("sluis-soft", text::save_what(locale)));
    let (_, left_out) = desk.tally.csv(locale, &desk.profile.classes);
    if left_out > 0 {
        all = all.kid(p("", text::left_out(locale)));
    }
    all.html()
}
