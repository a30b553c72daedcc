//! What a dossier belongs together with: the incident, suggestions for it, and the report that grew out of an advice question.

use sluis_domain::vocabulary::{Kind, Tie};
use sluis_kit::text::desk as text;
use sluis_kit::{Variant, glyph};
use sluis_link::DossierKey;
use yew::prelude::*;

use super::super::light::{Line, Press, el, heading, p, section};
use super::Scene;
use crate::state::Msg;
use crate::state::bond::{BondMsg, Why, people, suggestions};
use crate::state::dossier::DossierMsg;

/// The card beside the story.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let Scene {
        model, view, send, ..
    } = scene;
    let locale = model.locale;
    let row = &view.row;
    let writes = view.share.may_write();
    let mut card = section("sluis-stack sluis-card sluis-screen-only", "bond-title")
        .kid(heading("h2", "bond-title", text::bond_title(locale)).html());
    if row.kind == Kind::Advice && writes {
        let grow = Press {
            id: "grow".into(),
            words: text::bond_grow(locale).into(),
            icon: Some(glyph::PLUS),
            ..Press::default()
        };
        card = card
            .kid(p("sluis-soft", text::bond_grow_hint(locale)))
            .kid(grow.html(send, Msg::Bond(BondMsg::Grow)));
    }
    if view.ties.is_empty() {
        card = card.kid(p("sluis-soft", text::bond_none(locale)));
    } else {
        let (dossiers, people) = people(view, |key| scene.desk.row(key));
        if dossiers > 1 {
            let count = text::bond_count(locale, &dossiers.to_string(), &people.to_string());
            card = card.kid(el("p", "").attr("id", "bond-count").text(&count).html());
        }
        let ties = view.ties.iter();
        let list = ties.map(|(key, tie)| one(scene, *key, *tie, writes));
        card = card.kid(
            el("ul", "desk-list")
                .attr("id", "bond-list")
                .kids(list.collect())
                .html(),
        );
    }
    if writes {
        card = card.kids(more(scene));
    }
    card.html()
}

/// A dossier that belongs to it. One that I may not read is there, and says nothing.
fn one(scene: Scene<'_>, key: DossierKey, tie: Tie, writes: bool) -> Html {
    let locale = scene.model.locale;
    let how = match tie {
        Tie::Incident => text::bond_incident(locale),
        Tie::GrewInto => text::bond_grew_into(locale),
        Tie::GrewFrom => text::bond_grew_from(locale),
    };
    let mut item = el("li", "desk-note").kid(p("sluis-soft", how));
    if let Some(row) = scene.desk.row(key) {
        let open = Press {
            words: row.number.clone(),
            label: Some(text::open_dossier(locale, &row.number)),
            variant: Variant::Subtle,
            ..Press::default()
        };
        item = item
            .kid(open.html(scene.send, Msg::Dossier(DossierMsg::Open(key, None))))
            .kid(p("", &row.gist));
    } else {
        item = item.kid(p("desk-veiled", text::bond_veiled(locale)));
    }
    if writes && tie == Tie::Incident {
        let untie = Press {
            words: text::bond_untie(locale).into(),
            variant: Variant::Subtle,
            icon: Some(glyph::X),
            ..Press::default()
        };
        item = item.kid(untie.html(scene.send, Msg::Bond(BondMsg::Tie(key, false))));
    }
    item.html()
}

/// Suggestions, and a box for a number.
fn more(scene: Scene<'_>) -> Vec<Html> {
    let Scene {
        model, desk, send, ..
    } = scene;
    let locale = model.locale;
    let mut parts = Vec::new();
    let found = suggestions(scene.view, desk.rows());
    if !found.is_empty() {
        let one = |(row, why): &(&sluis_link::Row, Why)| {
            let why = match why {
                Why::Club => text::bond_same_club(locale),
                Why::Federation => text::bond_same_federation(locale),
            };
            let tie = Press {
                words: text::bond_tie(locale).into(),
                label: Some([text::bond_tie(locale), " ", &row.number].concat()),
                ..Press::default()
            };
            el("li", "desk-note")
                .kid(p("sluis-soft", &[&row.number, " · ", why].concat()))
                .kid(p("", &row.gist))
                .kid(tie.html(send, Msg::Bond(BondMsg::Tie(row.key, true))))
                .html()
        };
        parts.push(p("sluis-strong", text::bond_suggestions(locale)));
        parts.push(
            el("ul", "desk-list")
                .attr("id", "bond-suggestions")
                .kids(found.iter().map(one).collect())
                .html(),
        );
    }
    let number = Line {
        id: "bond-number",
        label: text::bond_number(locale).into(),
        error: desk
            .bond
            .unknown
            .then(|| text::bond_unknown(locale).to_owned()),
        value: desk.bond.number.clone(),
        ..Line::default()
    };
    let tie = Press {
        id: "bond-add".into(),
        words: text::bond_tie(locale).into(),
        ..Press::default()
    };
    parts.push(number.html(send.reform(|text| Msg::Bond(BondMsg::Number(text)))));
    parts.push(tie.html(send, Msg::Bond(BondMsg::Add)));
    parts
}
