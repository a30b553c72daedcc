//! The list of new conversations about which somebody has to decide (protocol decision 21).

use sluis_kit::i18n::{Locale, format_time, relative_day};
use sluis_kit::text::{common, unsorted as text};
use sluis_kit::{Tone, Variant, glyph};
use sluis_link::{DossierKey, Sorting, UnsortedView};
use yew::prelude::*;

use super::light::{Press, badge, el, heading, p, section};
use super::unix;
use crate::state::desk::Desk;
use crate::state::unsorted::UnsortedMsg;
use crate::state::{Model, Msg};

/// As many as stand in sight: the next one comes when one has gone.
const MOST: usize = 10;

/// What stands in the work list; nothing when nothing waits.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let unsorted = &desk.unsorted;
    if unsorted.lines.is_empty() {
        return Html::default();
    }
    let locale = model.locale;
    let (waiting, aside) = (unsorted.of(false).count(), unsorted.of(true).count());
    let count = el("span", "sluis-tab__count").text(&waiting.to_string());
    let title = heading("h2", "work-unsorted", text::title(locale))
        .attr("tabindex", "-1")
        .kid(count.html());
    let mut all = section("sluis-card desk-group", "work-unsorted")
        .kid(title.html())
        .kid(p("sluis-soft", text::what(locale)))
        .kid(lines(model, desk, send, false));
    if waiting > MOST {
        let more = text::more(locale, waiting - MOST);
        all = all.kid(p("sluis-soft", &more));
    }
    if aside > 0 {
        let words = text::asides(locale, aside);
        let more = el("details", "desk-more")
            .attr("id", "unsorted-aside")
            .kid(el("summary", "").text(&words).html())
            .kid(p("sluis-soft", text::asides_what(locale)))
            .kid(lines(model, desk, send, true));
        all = all.kid(more.html());
    }
    all.html()
}

fn lines(model: &Model, desk: &Desk, send: &Callback<Msg>, aside: bool) -> Html {
    let shown = desk.unsorted.of(aside).take(MOST);
    let lines = shown.map(|line| item(model, desk, send, line)).collect();
    el("ul", "desk-list").kids(lines).html()
}

fn item(model: &Model, desk: &Desk, send: &Callback<Msg>, line: &UnsortedView) -> Html {
    let locale = model.locale;
    let hour = unix(line.hour);
    let when = [
        relative_day(locale, hour, unix(model.now)),
        format_time(locale, hour),
    ];
    let count = usize::try_from(line.messages).unwrap_or(usize::MAX);
    let from = [
        line.line.as_str(),
        &text::came(locale, &when.join(" ")),
        &text::messages(locale, count),
    ];
    let gist = if line.gist.is_empty() {
        text::no_text(locale)
    } else {
        &line.gist
    };
    let mut words = el("div", "desk-item__words");
    if line.busy {
        let busy = badge(Tone::Warning, text::busy(locale).into());
        words = words.kid(el("p", "").kid(busy).html());
    }
    words = words
        .kid(p("desk-gist", gist))
        .kid(p("sluis-soft", &from.join(" · ")));
    if line.busy {
        words = words.kid(p("sluis-soft", text::busy_what(locale)));
    }
    let acts = if desk.unsorted.removing == Some(line.key) {
        remove(locale, send, line.key)
    } else if line.aside {
        acts(locale, send, line, Sorting::Back)
    } else {
        acts(locale, send, line, Sorting::Aside)
    };
    el("li", "desk-item").kid(words.html()).kid(acts).html()
}

/// A dossier, or aside and back.
fn acts(locale: Locale, send: &Callback<Msg>, line: &UnsortedView, other: Sorting) -> Html {
    let key = line.key;
    let press = |words: &str, class, variant, icon| Press {
        words: words.into(),
        // Which of the many buttons with these words it is.
        label: Some([words, ": ", &line.gist].concat()),
        class,
        variant,
        icon,
        ..Press::default()
    };
    let sort = |sorting| Msg::Unsorted(UnsortedMsg::Sort(key, sorting));
    let make = press(
        text::make(locale),
        "unsorted-make",
        Variant::Secondary,
        Some(glyph::CHECK),
    );
    let words = match other {
        Sorting::Back => text::back(locale),
        _ => text::set_aside(locale),
    };
    let second = press(words, "unsorted-other", Variant::Subtle, None);
    let mut all = el("div", "utrecht-button-group")
        .kid(make.html(send, sort(Sorting::Make)))
        .kid(second.html(send, sort(other)));
    if other == Sorting::Back {
        let words = text::remove(locale);
        let remove = press(words, "unsorted-remove", Variant::Subtle, None);
        let ask = UnsortedMsg::Removing(Some(key));
        all = all.kid(remove.html(send, Msg::Unsorted(ask)));
    }
    all.html()
}

/// Whether it is to go for good.
fn remove(locale: Locale, send: &Callback<Msg>, key: DossierKey) -> Html {
    let yes = Press {
        id: "unsorted-remove-do".into(),
        words: text::remove_do(locale).into(),
        variant: Variant::Danger,
        ..Press::default()
    };
    let no = Press {
        words: common::cancel(locale).into(),
        ..Press::default()
    };
    let group = el("div", "utrecht-button-group")
        .kid(yes.html(send, Msg::Unsorted(UnsortedMsg::Sort(key, Sorting::Remove))))
        .kid(no.html(send, Msg::Unsorted(UnsortedMsg::Removing(None))));
    el("div", "sluis-stack")
        .kid(p("", text::remove_what(locale)))
        .kid(group.html())
        .html()
}
