//! The time line of a dossier as a picture: a row for each kind of thing that happened, a mark for each time. A table says the same in words.

use sluis_kit::i18n::format_date;
use sluis_kit::text::desk as text;
use sluis_link::LogKind;
use yew::prelude::*;

use super::super::light::{el, heading, section};
use super::super::unix;
use super::Scene;

/// Rows of the picture.
const LANES: usize = 4;
/// Width of the picture without its margins, in its own units.
const WIDTH: u64 = 900;
/// Room on both sides.
const MARGIN: usize = 12;
/// Height of a row.
const HEIGHT: usize = 28;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// Which row something belongs to.
fn lane(kind: &LogKind) -> Option<usize> {
    Some(match kind {
        LogKind::MessageImported => 0,
        LogKind::ReplySent => 1,
        LogKind::Opened
        | LogKind::FieldSet(_)
        | LogKind::NoteAdded
        | LogKind::Tied
        | LogKind::PersonAdded(_)
        | LogKind::PersonChanged(_)
        | LogKind::PersonRemoved(_)
        | LogKind::ContactSealed(_)
        | LogKind::ContactErased(_)
        | LogKind::Closed
        | LogKind::Redacted
        | LogKind::FileAdded
        | LogKind::FileRemoved
        | LogKind::AdviceAsked
        | LogKind::OpinionGiven
        | LogKind::OpinionReturned => 2,
        LogKind::AccessChanged(_)
        | LogKind::AccessAnswered(..)
        | LogKind::ShutOut(_)
        | LogKind::ExtractMade
        | LogKind::Printed
        | LogKind::PackageMade(_)
        | LogKind::PackageTaken(..)
        | LogKind::Exported => 3,
        LogKind::Looked
        | LogKind::KeysRenewed
        | LogKind::Shredded
        | LogKind::FigureKept
        | LogKind::Unknown(_) => {
            return None;
        }
    })
}

/// Picture and table; nothing for a dossier in which nothing happened.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let marks = scene.view.log.iter();
    let marks: Vec<(usize, u64)> = marks
        .filter_map(|line| Some((lane(&line.what)?, line.time)))
        .collect();
    let times = marks.iter().map(|(_, time)| *time);
    let (Some(first), Some(last)) = (times.clone().min(), times.max()) else {
        return Html::default();
    };
    let names = [
        text::lane_reporter_said(locale),
        text::lane_we_said(locale),
        text::lane_work(locale),
        text::lane_access(locale),
    ];
    section("sluis-stack", "picture-title")
        .kid(heading("h3", "picture-title", text::picture_title(locale)).html())
        .kid(picture(&marks, first, last, &names))
        .kid(table(scene, &marks, &names))
        .html()
}

fn picture(marks: &[(usize, u64)], first: u64, last: u64, names: &[&str; LANES]) -> Html {
    let span = last.saturating_sub(first).max(1);
    let mut svg = el("svg", "desk-picture")
        .attr("aria-hidden", "true")
        .attr("viewBox", "0 0 924 148");
    for (place, name) in names.iter().enumerate() {
        let y = 20 + place * (HEIGHT + 4);
        svg = svg
            .kid(
                el("line", "desk-picture__line")
                    .at(&[("x1", MARGIN), ("x2", 912), ("y1", y), ("y2", y)])
                    .html(),
            )
            .kid(
                el("text", "desk-picture__name")
                    .at(&[("x", MARGIN), ("y", y.saturating_sub(7))])
                    .text(name)
                    .html(),
            );
    }
    let dots = marks.iter().map(|(lane, time)| {
        let along = time.saturating_sub(first).saturating_mul(WIDTH) / span;
        let x = MARGIN + usize::try_from(along).unwrap_or(0);
        el("circle", "desk-picture__dot")
            .at(&[("cx", x), ("cy", 20 + lane * (HEIGHT + 4)), ("r", 5)])
            .html()
    });
    svg.kids(dots.collect()).html()
}

/// How much of each there was on which day.
fn table(scene: Scene<'_>, marks: &[(usize, u64)], names: &[&str; LANES]) -> Html {
    let locale = scene.model.locale;
    let mut days: Vec<u64> = marks.iter().map(|(_, time)| time / DAY).collect();
    days.sort_unstable();
    days.dedup();
    let head = |words: &str| el("th", "").attr("scope", "col").text(words).html();
    let mut heads = vec![head(text::picture_day(locale))];
    heads.extend(names.iter().map(|name| head(name)));
    let line = |day: &u64| {
        let mut cells = vec![
            el("td", "")
                .text(&format_date(locale, unix(day * DAY)))
                .html(),
        ];
        cells.extend((0..LANES).map(|lane| {
            let own = marks.iter();
            let count = own.filter(|(own, time)| *own == lane && time / DAY == *day);
            el("td", "sluis-number")
                .text(&count.count().to_string())
                .html()
        }));
        el("tr", "").kids(cells).html()
    };
    let table = el(
        "table",
        "utrecht-table utrecht-table--html-table sluis-table",
    )
    .attr("id", "picture-table")
    .kid(el("thead", "").kid(el("tr", "").kids(heads).html()).html())
    .kid(el("tbody", "").kids(days.iter().map(line).collect()).html());
    el("details", "desk-more")
        .kid(el("summary", "").text(text::picture_table(locale)).html())
        .kid(table.html())
        .html()
}
