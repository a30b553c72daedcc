//! A dossier as a locked package for another Sluis: what goes along, then the words that open it, once.

use sluis_kit::text::{common, package as text};
use sluis_kit::{Checkbox, Tone, Variant, glyph, html};
use yew::prelude::*;

use super::super::light::{Line, Press, el, heading, notice, p, section};
use super::Scene;
use crate::state::Msg;
use crate::state::package::{PackageMsg, Packing};
use crate::words;

/// The button, the form or the words.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    if !scene.view.share.may_write() || scene.view.extract.is_some() {
        return Html::default();
    }
    let Some(packing) = &scene.open.packing else {
        let begin = Press {
            id: "pack".into(),
            words: text::begin(locale).into(),
            icon: Some(glyph::LOCK),
            ..Press::default()
        };
        let hint = el("span", "sluis-soft").text(text::begin_hint(locale));
        return el("p", "sluis-row-of sluis-screen-only")
            .kid(begin.html(scene.send, Msg::Package(PackageMsg::Begin)))
            .kid(hint.html())
            .html();
    };
    let all = section("sluis-stack sluis-card sluis-screen-only", "pack-title");
    let title = if packing.words.is_empty() {
        text::begin(locale)
    } else {
        text::made(locale)
    };
    let title = heading("h2", "pack-title", title).attr("tabindex", "-1");
    let body = if packing.words.is_empty() {
        form(scene, packing)
    } else {
        shown(scene, packing)
    };
    all.kid(title.html()).kids(body).html()
}

fn form(scene: Scene<'_>, packing: &Packing) -> Vec<Html> {
    let locale = scene.model.locale;
    let tick = |id: &'static str, label: &str, hint: &str, checked, msg: fn(bool) -> PackageMsg| {
        let onchange = scene.send.reform(move |on| Msg::Package(msg(on)));
        html! { <Checkbox {id} label={label.to_owned()} hint={hint.to_owned()} {checked} {onchange} /> }
    };
    let form = &packing.form;
    let mut all = vec![
        p("", text::what(locale)),
        tick(
            "pack-conversation",
            text::conversation(locale),
            text::conversation_hint(locale),
            form.conversation,
            PackageMsg::Conversation,
        ),
        tick(
            "pack-notes",
            text::notes(locale),
            text::notes_hint(locale),
            form.notes,
            PackageMsg::Notes,
        ),
        tick(
            "pack-contacts",
            text::contacts(locale),
            text::contacts_hint(locale),
            form.contacts,
            PackageMsg::Contacts,
        ),
    ];
    // Each has its place, whatever is shown: a field that moved would be drawn anew and lose the keyboard.
    let reason = Line {
        id: "pack-reason",
        label: text::reason(locale).into(),
        hint: Some(text::reason_hint(locale).into()),
        value: form.reason.clone(),
        ..Line::default()
    };
    let typed = scene
        .send
        .reform(|text| Msg::Package(PackageMsg::Reason(text)));
    all.push(if form.contacts {
        reason.html(typed)
    } else {
        Html::default()
    });
    all.push(p("sluis-soft", text::files(locale)));
    all.push(packing.fault.map_or_else(Html::default, |fault| {
        let advice = words::fault(locale, fault);
        let (what, now) = (advice.what.to_owned(), Some(advice.now.to_owned()));
        notice(locale, Tone::Danger, false, what, now, Html::default())
    }));
    let make = Press {
        id: "pack-make".into(),
        words: text::make(locale).into(),
        variant: Variant::Primary,
        busy: scene.model.is_packing(),
        ..Press::default()
    };
    let cancel = Press {
        id: "pack-cancel".into(),
        words: common::cancel(locale).into(),
        ..Press::default()
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(make.html(scene.send, Msg::Package(PackageMsg::Make)))
        .kid(cancel.html(scene.send, Msg::Package(PackageMsg::Close)));
    all.push(buttons.html());
    all
}

/// The words, shown once.
fn shown(scene: Scene<'_>, packing: &Packing) -> Vec<Html> {
    let locale = scene.model.locale;
    let list = packing.words.iter().map(|word| {
        let word = el("span", "").text(&word.0);
        el("li", "sluis-word").kid(word.html()).html()
    });
    let list = el("ol", "sluis-words desk-words__list")
        .attr("id", "pack-words")
        .kids(list.collect());
    let done = Press {
        id: "pack-done".into(),
        words: text::done(locale).into(),
        variant: Variant::Primary,
        ..Press::default()
    };
    vec![
        p("", text::words_what(locale)),
        list.html(),
        p("sluis-soft", text::words_apart(locale)),
        done.html(scene.send, Msg::Package(PackageMsg::Close)),
    ]
}
