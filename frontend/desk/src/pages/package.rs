//! A package that comes from another Sluis: the file, its words, what is in it, and only then a dossier.

use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::package as text;
use sluis_kit::{Tone, Variant, glyph};
use sluis_link::{PackageView, Secret};
use yew::prelude::*;

use super::light::{Line, Press, el, heading, icon, notice, p, section};
use super::unix;
use crate::state::desk::Desk;
use crate::state::package::PackageMsg;
use crate::state::{Model, Msg};
use crate::words;

/// What stands below the form for a new dossier.
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let taking = &desk.taking;
    let all = section("sluis-stack sluis-card desk-form", "package-title").kid(
        heading("h2", "package-title", text::take_title(locale))
            .attr("tabindex", "-1")
            .html(),
    );
    let told = taking.fault.map_or_else(Html::default, |fault| {
        let advice = words::fault(locale, fault);
        let (what, now) = (advice.what.to_owned(), Some(advice.now.to_owned()));
        notice(locale, Tone::Danger, false, what, now, Html::default())
    });
    if let Some(view) = &taking.view {
        let take = Press {
            id: "package-take".into(),
            words: text::take(locale).into(),
            variant: Variant::Primary,
            busy: model.is_packing(),
            ..Press::default()
        };
        let drop = Press {
            id: "package-drop".into(),
            words: text::drop(locale).into(),
            ..Press::default()
        };
        let buttons = el("div", "utrecht-button-group")
            .kid(take.html(send, Msg::Package(PackageMsg::Take)))
            .kid(drop.html(send, Msg::Package(PackageMsg::Drop)));
        return all
            .kid(p("", text::inside(locale)))
            .kid(inside(locale, view))
            .kid(p("sluis-soft", text::unproved(locale)))
            .kid(told)
            .kid(buttons.html())
            .html();
    }
    let name = taking.name.as_deref();
    let typed = Line {
        id: "package-words",
        label: text::words(locale).into(),
        hint: Some(text::words_hint(locale).into()),
        value: taking.words.0.clone(),
        ..Line::default()
    };
    let typed = typed.html(send.reform(|text| Msg::Package(PackageMsg::Words(Secret(text)))));
    let open = Press {
        id: "package-open".into(),
        words: text::open(locale).into(),
        variant: Variant::Secondary,
        busy: model.is_packing(),
        ..Press::default()
    };
    all.kid(p("sluis-soft", text::take_what(locale)))
        .kid(file(locale, name))
        .kid(typed)
        .kid(told)
        .kid(open.html(send, Msg::Package(PackageMsg::Open)))
        .html()
}

/// Where the file is chosen or dropped.
fn file(locale: Locale, name: Option<&str>) -> Html {
    let input = el("input", "desk-files__input")
        .attr("id", "package-file")
        .attr("type", "file");
    let class = "utrecht-button utrecht-button--html-button utrecht-button--secondary-action";
    let label = el("label", class)
        .attr("for", "package-file")
        .kid(icon(glyph::FOLDER_OPEN))
        .text(text::choose(locale));
    let chosen = el("span", "sluis-soft")
        .attr("id", "package-name")
        .text(name.unwrap_or(text::none_chosen(locale)));
    el("div", "sluis-row-of")
        .attr("id", "file-drop")
        .kid(input.html())
        .kid(label.html())
        .kid(chosen.html())
        .html()
}

/// What is in it, by its own word.
fn inside(locale: Locale, view: &PackageView) -> Html {
    let date = |time| format_date(locale, unix(time));
    let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let mut people = vec![text::people(locale, count(view.people))];
    if view.people > 0 {
        people.push(text::with_contacts(locale, count(view.contacts)));
    }
    let facts = [
        (text::from(locale), view.organisation.clone()),
        (text::made_on(locale), date(view.made)),
        (text::number(locale), view.number.clone()),
        (
            sluis_kit::text::common::kind(locale),
            words::kind(locale, view.kind).to_owned(),
        ),
        (text::opened(locale), date(view.opened)),
        (text::story(locale), view.gist.clone()),
        (
            text::holds(locale),
            text::entries(locale, view.entries.len()),
        ),
        (sluis_kit::text::involved::title(locale), people.join(", ")),
    ];
    let lines = facts.into_iter().map(|(name, words)| {
        el("div", "desk-fact")
            .kid(el("dt", "").text(name).html())
            .kid(el("dd", "").text(&words).html())
            .html()
    });
    el("dl", "desk-facts")
        .attr("id", "package-inside")
        .kids(lines.collect())
        .html()
}
