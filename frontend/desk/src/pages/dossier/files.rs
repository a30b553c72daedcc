//! Files: what is there, what is on its way, and one that is looked at. What a file is called is text; what it holds is drawn or played, never run.

use sluis_domain::vocabulary::Status;
use sluis_kit::html;
use sluis_kit::i18n::{Locale, format_moment};
use sluis_kit::text::files as text;
use sluis_kit::{Checkbox, Tone, Variant, glyph};
use sluis_link::{FileSight, FileView, Sent, Transfer, TransferStage};
use yew::prelude::*;

use super::super::light::{Line, Press, badge, el, heading, icon, notice, p, section};
use super::super::{fault_line, unix};
use super::Scene;
use crate::state::Msg;
use crate::state::files::{FileMsg, Question};

/// The part of the dossier.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let files = &scene.view.files;
    let mut all = section("sluis-stack desk-files", "files-title")
        .kid(heading("h2", "files-title", text::part_files(locale)).html())
        .kid(p("sluis-soft", text::files_intro(locale)));
    if scene.view.share.may_write() && scene.view.row.status != Status::Closed {
        all = all.kid(adding(scene));
    }
    let moving: Vec<Html> = scene
        .desk
        .files
        .of(scene.open.key)
        .map(|one| transfer(scene, one))
        .collect();
    if !moving.is_empty() {
        all = all
            .kid(heading("h3", "files-busy", text::files_busy(locale)).html())
            .kid(
                el("ul", "desk-list sluis-card")
                    .attr("id", "transfers")
                    .kids(moving)
                    .html(),
            );
    }
    all = if files.is_empty() {
        let empty = el("div", "sluis-card sluis-stack desk-files__empty")
            .kid(icon(glyph::FOLDER))
            .kid(p("sluis-strong", text::files_empty_title(locale)))
            .kid(p("sluis-soft", text::files_empty(locale)));
        all.kid(empty.html())
    } else {
        let rows = files.iter().map(|one| row(scene, one)).collect();
        all.kid(
            el("ul", "desk-list sluis-card")
                .attr("id", "files")
                .kids(rows)
                .html(),
        )
    };
    all.html()
}

/// Where files are dropped, pasted and chosen.
fn adding(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let pick = |id: &'static str, words: &str, glyph, camera: bool| {
        let mut input = el("input", "desk-files__input")
            .attr("id", id)
            .attr("type", "file");
        input = if camera {
            input
                .attr("accept", "image/*")
                .attr("capture", "environment")
        } else {
            input.attr("multiple", "")
        };
        let label = el(
            "label",
            "utrecht-button utrecht-button--html-button utrecht-button--secondary-action",
        )
        .attr("for", id)
        .kid(icon(glyph))
        .text(words);
        [input.html(), label.html()]
    };
    let original = {
        let send = scene.send.clone();
        let onchange = Callback::from(move |on| send.emit(Msg::File(FileMsg::Original(on))));
        html! { <Checkbox id="file-original" label={text::files_original(locale)} hint={text::files_original_hint(locale)} checked={scene.desk.files.original} {onchange} /> }
    };
    let mut buttons = el("div", "utrecht-button-group");
    for one in [
        pick(
            "file-pick",
            text::files_choose(locale),
            glyph::PAPERCLIP,
            false,
        ),
        pick(
            "file-camera",
            text::files_camera(locale),
            glyph::IMAGE,
            true,
        ),
    ] {
        buttons = buttons.kids(one.into());
    }
    el(
        "div",
        "sluis-card sluis-stack desk-files__drop sluis-screen-only",
    )
    .attr("id", "file-drop")
    .kid(p("", text::files_drop(locale)))
    .kid(buttons.html())
    .kid(original)
    .html()
}

fn transfer(scene: Scene<'_>, one: &Transfer) -> Html {
    let locale = scene.model.locale;
    let (words, failed) = match one.stage {
        TransferStage::Locking => (text::files_locking(locale).to_owned(), false),
        TransferStage::Sending => (text::files_sending(locale).to_owned(), false),
        TransferStage::Waiting => (text::files_waiting(locale).to_owned(), false),
        TransferStage::Reading => (text::files_reading(locale).to_owned(), false),
        TransferStage::Failed(fault) => (fault_line(locale, fault).to_string(), true),
    };
    let done = usize::from(one.permille) / 10;
    let mut line = el("p", "").attr("role", "status").text(&words);
    let mut about = el("div", "desk-item__words").kid(
        el("span", "desk-files__name sluis-strong")
            .text(&one.name)
            .html(),
    );
    if failed {
        line = line.attr("class", "desk-files__wrong");
    } else {
        line = line.text(" · ").text(&text::files_done(locale, done));
        about = about.kid(
            el("progress", "desk-files__bar")
                .attr("max", "100")
                .with("value", done.to_string())
                .with("aria-label", text::file_of(locale, &words, &one.name))
                .html(),
        );
    }
    let stop = if failed {
        text::files_close(locale)
    } else {
        text::files_cancel(locale)
    };
    let press = Press {
        words: stop.into(),
        label: Some(text::file_of(locale, stop, &one.name)),
        icon: Some(glyph::X),
        ..Press::default()
    };
    el("li", "desk-item")
        .kid(about.kid(line.html()).html())
        .kid(press.html(scene.send, Msg::File(FileMsg::Cancel(one.id))))
        .html()
}

fn row(scene: Scene<'_>, one: &FileView) -> Html {
    let locale = scene.model.locale;
    let name = called(locale, &one.name);
    let mut about = el("div", "desk-item__words")
        .kid(
            el("span", "desk-files__name sluis-strong")
                .text(name)
                .html(),
        )
        .kid(p("sluis-soft", &facts(scene, one)));
    if let Some(removed) = &one.removed {
        let mut words = text::file_removed(locale, &removed.author);
        words.push_str(" · ");
        words.push_str(&format_moment(locale, unix(removed.time)));
        if !removed.reason.is_empty() {
            words.push_str(" · ");
            words.push_str(&removed.reason);
        }
        about = about.kid(p("", &words));
    } else {
        if let Some(fault) = one.fault {
            about = about.kid(p("desk-files__wrong", &fault_line(locale, fault)));
        }
        let hash = el("details", "desk-files__hash")
            .kid(el("summary", "").text(text::file_hash(locale)).html())
            .kid(el("code", "").text(&one.hash).html())
            .kid(p("sluis-soft", text::file_hash_hint(locale)));
        about = about.kid(hash.html());
    }
    if one.sent == Sent::Waiting {
        about = about.kid(badge(Tone::Warning, text::file_pending(locale).into()));
    }
    let mut item = el("li", "desk-item desk-files__row")
        .kid(icon(glyph::FILE_TEXT))
        .kid(about.html());
    if one.removed.is_none() {
        item = item.kid(acts(scene, one));
    }
    if let Some(question) = asked(scene, one) {
        item = item.kid(question);
    }
    if let Some((key, sight)) = &scene.desk.files.seen
        && *key == one.key
    {
        item = item.kid(seen(scene, one, sight));
    }
    item.html()
}

/// A file that was taken away has no name any more.
fn called(locale: Locale, name: &str) -> &str {
    if name.is_empty() {
        text::file_gone(locale)
    } else {
        name
    }
}

/// Size, when, from whom.
pub(super) fn facts(scene: Scene<'_>, one: &FileView) -> String {
    let locale = scene.model.locale;
    let kilobytes = usize::try_from(one.size.div_ceil(1_000)).unwrap_or(usize::MAX);
    let from = one.author.as_ref().map_or_else(
        || text::file_reporter(locale).to_owned(),
        |name| text::file_from(locale, name),
    );
    let mut facts = vec![
        text::file_size(locale, kilobytes),
        format_moment(locale, unix(one.time)),
        from,
    ];
    if one.cleaned {
        facts.push(text::file_cleaned(locale).into());
    }
    facts.join(" · ")
}

fn acts(scene: Scene<'_>, one: &FileView) -> Html {
    let locale = scene.model.locale;
    let act = |words: &str, glyph, msg: FileMsg| {
        let press = Press {
            words: words.into(),
            label: Some(text::file_of(locale, words, &one.name)),
            icon: Some(glyph),
            ..Press::default()
        };
        press.html(scene.send, Msg::File(msg))
    };
    let mut acts = el("div", "utrecht-button-group sluis-screen-only")
        .kid(act(
            text::file_look(locale),
            glyph::EYE,
            FileMsg::Look(one.key),
        ))
        .kid(act(
            text::file_save(locale),
            glyph::DOWNLOAD,
            FileMsg::Ask(Question::Save(one.key)),
        ));
    if scene.view.share.may_share() {
        let remove = FileMsg::Ask(Question::Remove(one.key, String::new()));
        acts = acts.kid(act(text::file_remove(locale), glyph::TRASH, remove));
    }
    acts.html()
}

/// What is asked about this file before it is done.
fn asked(scene: Scene<'_>, one: &FileView) -> Option<Html> {
    let locale = scene.model.locale;
    let (what, advice, yes, no, line) = match scene.desk.files.question.as_ref()? {
        Question::Save(key) if *key == one.key => (
            text::save_warn_title(locale),
            text::save_warn(locale),
            text::save_anyway(locale),
            text::save_not(locale),
            Html::default(),
        ),
        Question::Remove(key, reason) if *key == one.key => {
            let line = Line {
                id: "file-reason",
                label: text::remove_reason(locale).into(),
                value: reason.clone(),
                ..Line::default()
            };
            let typed = scene.send.reform(|text| Msg::File(FileMsg::Reason(text)));
            (
                text::remove_title(locale),
                text::remove_warn(locale),
                text::remove_yes(locale),
                text::remove_no(locale),
                line.html(typed),
            )
        }
        _ => return None,
    };
    let press = |id: &str, words: &str, variant, msg| {
        let press = Press {
            id: id.into(),
            words: words.into(),
            variant,
            ..Press::default()
        };
        press.html(scene.send, Msg::File(msg))
    };
    let answers = el("div", "utrecht-button-group")
        .kid(press("file-yes", yes, Variant::Primary, FileMsg::Yes))
        .kid(press("file-no", no, Variant::default(), FileMsg::No));
    let more = el("div", "sluis-stack")
        .kid(line)
        .kid(answers.html())
        .html();
    let question = notice(
        locale,
        Tone::Warning,
        true,
        what.into(),
        Some(advice.into()),
        more,
    );
    let frame = el("div", "desk-files__wide")
        .attr("id", "file-question")
        .attr("tabindex", "-1");
    Some(frame.kid(question).html())
}

/// The file itself, as far as it can be seen. The shell puts picture, sound or film in its place.
fn seen(scene: Scene<'_>, one: &FileView, sight: &FileSight) -> Html {
    let locale = scene.model.locale;
    let label = text::file_shown(locale, &one.name);
    let inside = match sight {
        FileSight::Picture { width, height } => el("canvas", "desk-files__picture")
            .attr("id", "file-canvas")
            .attr("role", "img")
            .with("aria-label", text::file_picture(locale, &one.name))
            .with("width", width.to_string())
            .with("height", height.to_string()),
        FileSight::Sound => media("audio", label.clone()),
        FileSight::Film => media("video", label.clone()),
        FileSight::Text(words) => el("pre", "desk-files__text")
            .attr("tabindex", "0")
            .text(words),
        FileSight::Nothing => el("p", "").text(text::file_nothing(locale)),
    };
    let close = Press {
        id: "file-close".into(),
        words: text::files_close(locale).into(),
        icon: Some(glyph::X),
        ..Press::default()
    };
    el("div", "sluis-stack desk-files__wide")
        .attr("id", "file-seen")
        .attr("tabindex", "-1")
        .attr("role", "group")
        .with("aria-label", label)
        .kid(inside.html())
        .kid(
            el("div", "")
                .kid(close.html(scene.send, Msg::File(FileMsg::Close)))
                .html(),
        )
        .html()
}

fn media(tag: &'static str, label: String) -> super::super::light::El {
    el(tag, "desk-files__media")
        .attr("id", "file-media")
        .attr("controls", "")
        .with("aria-label", label)
}

/// What a bubble says of its files.
pub(super) fn named(locale: Locale, names: &[String]) -> Html {
    let lines = names.iter().map(|name| {
        p(
            "desk-files__name",
            &text::bubble_file(locale, called(locale, name)),
        )
    });
    lines.collect()
}
