//! Recovery sheets: whose, in how many parts; printing, splitting, replacing and rehearsing them.

use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_date};
use sluis_kit::text::{common, desk as shared, people as text, sheets as words};
use sluis_kit::{Button, Choice, RadioGroup, TextArea, Tone, Variant, glyph};
use sluis_link::{DeviceView, Secret, SheetRead, SheetWork};
use yew::prelude::*;

use super::light::{Press, el, heading, notice, p, section};
use super::people::name_of;
use super::sheet::Paper;
use super::{enrol, gate, title, unix};
use crate::state::desk::Desk;
use crate::state::sheets::{Doing, SheetForm, SheetMsg, Stage};
use crate::state::{Model, Msg};

/// The whole page.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    match &desk.sheets {
        None => overview(model, desk, send),
        Some(form) => step(model, desk, form, send),
    }
}

fn begins(id: &str, label: &str, variant: Variant, doing: Doing, send: &Callback<Msg>) -> Html {
    let press = Press {
        id: id.into(),
        words: label.into(),
        variant,
        ..Press::default()
    };
    press.html(send, Msg::Sheets(SheetMsg::Begin(doing)))
}

fn overview(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let own = desk.staff.own_sheet();
    let mut acts = el("div", "utrecht-button-group");
    let print = |id, label, variant, work| begins(id, label, variant, Doing::Print(work), send);
    acts = match own {
        None => acts.kid(print(
            "sheets-new",
            words::new(locale),
            Variant::Primary,
            SheetWork::New,
        )),
        Some(sheet) => {
            if sheet.parts.is_none() {
                let split = print(
                    "sheets-split",
                    words::split(locale),
                    Variant::Primary,
                    SheetWork::Split,
                );
                acts = acts.kid(split);
            }
            let replace = words::replace(locale);
            acts.kid(print(
                "sheets-replace",
                replace,
                Variant::Secondary,
                SheetWork::Replace,
            ))
        }
    };
    let rehearse = words::rehearse(locale);
    acts = acts.kid(begins(
        "sheets-rehearse",
        rehearse,
        Variant::Secondary,
        Doing::Rehearse,
        send,
    ));
    let mut card = section("sluis-card sluis-stack", "sheets-own")
        .kid(heading("h2", "sheets-own", words::own(locale)).html())
        .kid(status(locale, own));
    if own.is_some_and(|sheet| sheet.used) {
        let (what, advice) = (
            shared::warn_sheet_used(locale),
            shared::warn_do_sheet_used(locale),
        );
        let none = Html::default();
        card = card.kid(notice(
            locale,
            Tone::Warning,
            true,
            what.into(),
            Some(advice.into()),
            none,
        ));
    }
    el("div", "sluis-stack")
        .kid(title(words::title(locale)))
        .kid(p("utrecht-paragraph", words::intro(locale)))
        .kid(pending(model, desk))
        .kid(card.kid(acts.html()).html())
        .kid(others(locale, desk))
        .html()
}

/// What is known of a sheet.
fn status(locale: Locale, sheet: Option<&DeviceView>) -> Html {
    let Some(sheet) = sheet else {
        return p("utrecht-paragraph", words::none(locale));
    };
    let since = format_date(locale, unix(sheet.since));
    let says = match sheet.parts {
        None => words::whole(locale, &since),
        Some(parts) => {
            let parts = parts.map(number).join(", ");
            words::in_parts(locale, &since, &parts)
        }
    };
    p("utrecht-paragraph", &says)
}

/// The number by which a part is known, always with five digits.
pub(super) fn number(part: u16) -> String {
    let digits = part.to_string();
    ["00000".get(digits.len()..).unwrap_or_default(), &digits].concat()
}

/// Whether a decision has reached the server.
fn pending(model: &Model, desk: &Desk) -> Html {
    let count = desk
        .staff
        .people
        .as_ref()
        .map_or(0, |people| people.pending);
    let says = if count > 0 {
        text::people_pending(model.locale, usize::try_from(count).unwrap_or(usize::MAX))
    } else {
        String::new()
    };
    let line = el("p", "sluis-soft").attr("id", "sheets-pending");
    line.attr("role", "status").text(&says).html()
}

/// The sheets of colleagues, for whoever directs: so that a part in a drawer can be told from an old one.
fn others(locale: Locale, desk: &Desk) -> Html {
    let people = desk.staff.people.as_ref();
    let own = desk.staff.own().filter(|one| one.mine);
    let Some((me, own)) = people.map(|people| people.me).zip(own) else {
        return Html::default();
    };
    let one = |person: &sluis_link::PersonView| {
        let sheet = person.devices.iter().find(|device| device.paper)?;
        let name = el("span", "sluis-strong")
            .text(&name_of(locale, person))
            .html();
        let words = el("div", "desk-item__words")
            .kid(name)
            .kid(status(locale, Some(sheet)));
        Some(el("li", "desk-item").kid(words.html()).html())
    };
    let others = own.people.iter().filter(|person| person.key != me);
    let rows: Vec<Html> = others.filter_map(one).collect();
    if rows.is_empty() {
        return Html::default();
    }
    section("sluis-card sluis-stack", "sheets-others")
        .kid(heading("h2", "sheets-others", words::others(locale)).html())
        .kid(el("ul", "desk-list").kids(rows).html())
        .html()
}

fn step(model: &Model, desk: &Desk, form: &SheetForm, send: &Callback<Msg>) -> Html {
    let panel = if form.stage == Stage::Shown {
        "sluis-stack desk-panel desk-panel--wide"
    } else {
        "sluis-stack desk-panel"
    };
    let step = match form.stage {
        Stage::Form => typing(model, form, send),
        Stage::Shown => shown(model, desk, form, send),
        Stage::Check => check(model, form, send),
        Stage::Done => done(model, desk, form, send),
    };
    el("div", panel).kids(step).html()
}

fn heads(locale: Locale, doing: Doing) -> (&'static str, &'static str) {
    match doing {
        Doing::Rehearse => (words::rehearse(locale), words::rehearse_intro(locale)),
        Doing::Print(SheetWork::New) => (words::new(locale), words::new_intro(locale)),
        Doing::Print(SheetWork::Replace) => (words::replace(locale), words::replace_intro(locale)),
        Doing::Print(SheetWork::Split) => (words::split(locale), words::split_intro(locale)),
    }
}

fn fault(locale: Locale, form: &SheetForm) -> Html {
    form.fault
        .map_or_else(Html::default, |fault| super::fault(locale, fault))
}

/// The words of a sheet or a part, as somebody types them.
fn field(model: &Model, form: &SheetForm, hint: &'static str, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let error = form
        .read
        .as_ref()
        .map(|read| AttrValue::from(enrol::sheet_words(locale, read)));
    let oninput = send.reform(|words| Msg::Sheets(SheetMsg::Typed(Secret(words))));
    html! { <TextArea id="sheets-words" label={text::enter_sheet_words(locale)} {hint} value={form.words.0.clone()} {error} {oninput} /> }
}

/// The button that goes on, and the one that stops.
fn foot(model: &Model, next: &'static str, back: bool, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let busy = model.is_reading_sheet();
    let go = html! { <Button id="sheets-next" submit=true variant={Variant::Primary} {busy}>{ next }</Button> };
    let mut all = el("div", "utrecht-button-group desk-foot").kid(go);
    if back {
        let press = Press {
            id: "sheets-back".into(),
            words: words::back(locale).into(),
            icon: Some(glyph::ARROW_LEFT),
            ..Press::default()
        };
        all = all.kid(press.html(send, Msg::Sheets(SheetMsg::Back)));
    }
    all.kid(stop(common::cancel(locale), send)).html()
}

fn stop(label: &str, send: &Callback<Msg>) -> Html {
    let press = Press {
        id: "sheets-stop".into(),
        words: label.into(),
        ..Press::default()
    };
    press.html(send, Msg::Sheets(SheetMsg::Stop))
}

fn form_of(kids: Vec<Html>, send: &Callback<Msg>) -> Html {
    let onsubmit = gate::submits(send, Msg::Sheets(SheetMsg::Next));
    html! { <form class="sluis-stack" {onsubmit}>{ for kids }</form> }
}

fn typing(model: &Model, form: &SheetForm, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let (heading, intro) = heads(locale, form.doing);
    let mut kids = Vec::new();
    if form.asks_words() {
        let hint = if form.doing == Doing::Rehearse {
            words::rehearse_hint(locale)
        } else {
            text::enter_sheet_words_hint(locale)
        };
        kids.push(field(model, form, hint, send));
    }
    if matches!(
        form.doing,
        Doing::Print(SheetWork::New | SheetWork::Replace)
    ) {
        let choices = vec![
            Choice::new("whole", words::choose_whole(locale))
                .with_hint(words::choose_whole_hint(locale)),
            Choice::new("split", words::choose_split(locale))
                .with_hint(words::choose_split_hint(locale)),
        ];
        let value = if form.split { "split" } else { "whole" };
        let onchange = send.reform(|way: String| Msg::Sheets(SheetMsg::Split(way == "split")));
        kids.push(html! { <RadioGroup id="sheets-way" legend={words::choose(locale)} {choices} {value} {onchange} /> });
    }
    let next = if form.doing == Doing::Rehearse {
        words::rehearse_do(locale)
    } else {
        words::prepare(locale)
    };
    kids.push(foot(model, next, false, send));
    vec![
        title(heading),
        p("utrecht-paragraph", intro),
        fault(locale, form),
        form_of(kids, send),
    ]
}

fn shown(model: &Model, desk: &Desk, form: &SheetForm, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let many = form.printed.len() > 1;
    let intro = if many {
        words::shown_parts(locale)
    } else {
        words::shown_whole(locale)
    };
    let print = Press {
        id: "sheets-print".into(),
        words: common::print(locale).into(),
        icon: Some(glyph::PRINTER),
        ..Press::default()
    };
    let head = el("div", "sluis-stack sluis-screen-only")
        .kid(title(words::shown_title(locale)))
        .kid(p("utrecht-paragraph", intro))
        .kid(el("div", "").kid(print.html(send, Msg::Print)).html());
    let mut all = vec![head.html()];
    for printed in &form.printed {
        let paper = Paper {
            words: &printed.words,
            control_code: &desk.profile.control_code,
            organisation: &desk.profile.organisation,
            printed: Some(printed),
        };
        all.push(paper.view(model));
    }
    let next = form_of(
        vec![foot(model, words::shown_next(locale), false, send)],
        send,
    );
    all.push(el("div", "sluis-screen-only").kid(next).html());
    all
}

fn check(model: &Model, form: &SheetForm, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let intro = if form.printed.len() > 1 {
        words::check_part(locale)
    } else {
        words::check_whole(locale)
    };
    let kids = vec![
        field(model, form, words::check_hint(locale), send),
        foot(model, words::check_do(locale), true, send),
    ];
    vec![
        title(words::check_title(locale)),
        p("utrecht-paragraph", intro),
        fault(locale, form),
        form_of(kids, send),
    ]
}

fn done(model: &Model, desk: &Desk, form: &SheetForm, send: &Callback<Msg>) -> Vec<Html> {
    let locale = model.locale;
    let what = match (&form.read, form.doing) {
        (Some(SheetRead::Part(part, person)), Doing::Rehearse) => {
            words::fits_part(locale, person, &part.to_string())
        }
        (Some(SheetRead::Fits { person, .. }), Doing::Rehearse) => {
            words::fits_whole(locale, person)
        }
        _ => words::done_counts(locale).to_owned(),
    };
    let next: &[&str] = match form.doing {
        Doing::Rehearse => &[words::fits_back(locale)],
        Doing::Print(SheetWork::Split) => {
            &[words::done_parts(locale), words::done_whole_gone(locale)]
        }
        Doing::Print(work) => {
            let keep = if form.split {
                words::done_parts(locale)
            } else {
                words::done_keep(locale)
            };
            if work == SheetWork::Replace {
                &[keep, words::done_old_gone(locale)]
            } else {
                &[keep]
            }
        }
    };
    let lines = next
        .iter()
        .map(|line| el("li", "").text(line).html())
        .collect();
    vec![
        title(words::done_title(locale)),
        notice(locale, Tone::Ok, false, what, None, Html::default()),
        pending(model, desk),
        el("ul", "utrecht-unordered-list desk-next")
            .kids(lines)
            .html(),
        el("div", "")
            .kid(stop(words::done_back(locale), send))
            .html(),
    ]
}
