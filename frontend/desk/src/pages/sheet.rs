//! A recovery sheet or a part of one, on screen and on paper.

use sluis_kit::i18n::format_date;
use sluis_kit::text::{desk as text, sheets};
use sluis_link::{Picture, PrintedSheet, Secret};
use yew::prelude::*;

use super::light::{el, heading, p, section};
use super::{sheets as page, unix};
use crate::state::Model;

/// A sheet as it is printed: what it is for, its words with their numbers, the control code and the day.
pub(super) struct Paper<'a> {
    pub(super) words: &'a [Secret],
    pub(super) control_code: &'a str,
    pub(super) organisation: &'a str,
    /// With its picture, where there is one.
    pub(super) printed: Option<&'a PrintedSheet>,
}

impl Paper<'_> {
    pub(super) fn view(&self, model: &Model) -> Html {
        let locale = model.locale;
        let part = self.printed.and_then(|printed| printed.part);
        let fact = |name: &'static str, value: Html| {
            el("div", "desk-fact")
                .kid(el("dt", "").text(name).html())
                .kid(el("dd", "").kid(value).html())
                .html()
        };
        let plain = |text: &str| el("span", "").text(text).html();
        let code = |text: &str| el("span", "desk-code").text(text).html();
        let mut facts = el("dl", "desk-facts")
            .kid(fact(
                text::sheet_organisation(locale),
                plain(self.organisation),
            ))
            .kid(fact(
                text::sheet_date(locale),
                plain(&format_date(locale, unix(model.now))),
            ))
            .kid(fact(
                text::sheet_control_code(locale),
                code(self.control_code),
            ));
        let (title, what) = match part {
            None => (
                text::sheet_title(locale).to_owned(),
                text::sheet_what(locale),
            ),
            Some((number, known_by)) => {
                facts = facts.kid(fact(
                    sheets::part_number(locale),
                    code(&page::number(known_by)),
                ));
                let title = sheets::part_title(locale, &number.to_string());
                (title, sheets::part_what(locale))
            }
        };
        let id = part.map_or("sheet-title", |(number, _)| match number {
            1 => "sheet-title-1",
            2 => "sheet-title-2",
            _ => "sheet-title-3",
        });
        let word = |word: &Secret| el("li", "sluis-word").text(&word.0).html();
        let list = el("ol", "sluis-words")
            .attr("aria-label", text::sheet_words(locale))
            .kids(self.words.iter().map(word).collect());
        let mut sheet = section("desk-sheet", id)
            .kid(heading("h2", id, &title).html())
            .kid(facts.html())
            .kid(p("utrecht-paragraph", what))
            .kid(
                el("h3", "utrecht-heading-3")
                    .text(text::sheet_words(locale))
                    .html(),
            )
            .kid(list.html());
        if let Some(printed) = self.printed {
            let label = sheets::picture(locale);
            sheet = sheet.kid(picture(&printed.picture, label));
        }
        sheet
            .kid(p("utrecht-paragraph", text::sheet_keep(locale)))
            .kid(p("utrecht-paragraph", text::sheet_check(locale)))
            .html()
    }
}

/// A QR code.
pub(super) fn picture(picture: &Picture, label: &'static str) -> Html {
    let side = usize::from(picture.side);
    let edge = (side + 8).to_string();
    let paper = ["M-4-4h", &edge, "v", &edge, "H-4z"].concat();
    let ink = el("path", "people-qr__ink")
        .at(&[("data-side", side)])
        .with("d", picture.squares.0.clone());
    el("svg", "people-qr")
        .attr("role", "img")
        .attr("aria-label", label)
        .with("viewBox", ["-4 -4 ", &edge, " ", &edge].concat())
        .attr("shape-rendering", "crispEdges")
        .kid(el("path", "people-qr__paper").with("d", paper).html())
        .kid(ink.html())
        .html()
}
