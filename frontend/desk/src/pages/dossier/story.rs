//! Story and classification: what is typed is saved by itself.

use sluis_domain::classes::Classes;
use sluis_domain::vocabulary::{
    Category, Field, FieldName, Kind, Level, Risk, RiskGroup, Subcategory, Tier,
};
use sluis_kit::html;
use sluis_kit::text::{common, desk as text};
use sluis_kit::{Button, TextArea, TextField, Variant, glyph};
use yew::prelude::*;

use super::super::light::{el, p};
use super::super::{Pick, fault_line, on};
use super::Scene;
use crate::state::Msg;
use crate::state::dossier::DossierMsg;
use crate::state::edit::EditState;
use crate::words;

/// Both columns.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    html! {
        <div class="sluis-columns">
            <section class="sluis-stack" aria-labelledby="story-title">
                <h2 id="story-title" class="utrecht-heading-2">{ text::story_title(locale) }</h2>
                <p class="sluis-soft">{ text::story_hint(locale) }</p>
                { area(scene, "first-story", FieldName::FirstStory, text::first_story_hint(locale)) }
                { area(scene, "happened", FieldName::Happened, text::happened_hint(locale)) }
                { area(scene, "asked", FieldName::Asked, text::asked_hint(locale)) }
            </section>
            <div class="sluis-stack">
                { aside(scene) }
                { super::bond::view(scene) }
            </div>
        </div>
    }
}

/// The classification, beside the story and the conversation.
pub(super) fn aside(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    html! {
        <section class="sluis-stack sluis-card sluis-screen-only" aria-labelledby="classification-title">
            <h2 id="classification-title" class="utrecht-heading-2">{ text::classification_title(locale) }</h2>
            { classification(scene) }
            { line(scene, "federation", FieldName::Federation) }
            { line(scene, "club", FieldName::Club) }
            { line(scene, "sport", FieldName::Sport) }
            { level(scene) }
            { risk(scene) }
            if scene.view.row.kind == Kind::Advice { { tier(scene) } }
            { groups(scene) }
            { line(scene, "tags", FieldName::Tags) }
        </section>
    }
}

/// A text as a field.
fn field(name: FieldName, text: String) -> Option<Field> {
    Some(match name {
        FieldName::Federation => Field::Federation(text),
        FieldName::Sport => Field::Sport(text),
        FieldName::Club => Field::Club(text),
        FieldName::Tags => Field::Tags(tags(&text)),
        FieldName::FirstStory => Field::FirstStory(text),
        FieldName::Happened => Field::Happened(text),
        FieldName::Asked => Field::Asked(text),
        FieldName::Kind
        | FieldName::Classification
        | FieldName::Level
        | FieldName::Status
        | FieldName::Risk
        | FieldName::Groups
        | FieldName::Tier
        | FieldName::Handler => return None,
    })
}

/// The text of a field on screen.
fn shown(scene: Scene<'_>, name: FieldName) -> String {
    match scene.desk.field(name) {
        Some(
            Field::Federation(text)
            | Field::Sport(text)
            | Field::Club(text)
            | Field::FirstStory(text)
            | Field::Happened(text)
            | Field::Asked(text),
        ) => text,
        Some(Field::Tags(tags)) => tags.join(","),
        _ => String::new(),
    }
}

/// Tags as typed: between commas. A space that is being typed stays where it is.
fn tags(text: &str) -> Vec<String> {
    let tags = text.split(',').map(str::to_owned);
    if text.trim().is_empty() {
        Vec::new()
    } else {
        tags.collect()
    }
}

fn typed(scene: Scene<'_>, name: FieldName) -> Callback<String> {
    let send = scene.send.clone();
    Callback::from(move |text: String| {
        if let Some(field) = field(name, text) {
            send.emit(Msg::Dossier(DossierMsg::Typed(field)));
        }
    })
}

fn left(scene: Scene<'_>, name: FieldName) -> Callback<FocusEvent> {
    scene
        .send
        .reform(move |_: FocusEvent| Msg::Dossier(DossierMsg::Left(name)))
}

/// Why a change was not taken, and the way to try again.
fn trouble(scene: Scene<'_>, name: FieldName) -> (Option<AttrValue>, Html) {
    let edit = scene.desk.edits.of(scene.open.key, name);
    let Some(EditState::Failed(fault)) = edit.map(|edit| edit.state) else {
        return (None, Html::default());
    };
    let retry = Msg::Dossier(DossierMsg::Retry(name));
    let locale = scene.model.locale;
    let button = html! {
        <Button variant={Variant::Subtle} icon={glyph::ROTATE_CCW} onclick={on(scene.send, retry)}>{ common::retry(locale) }</Button>
    };
    (Some(fault_line(locale, fault)), button)
}

fn area(scene: Scene<'_>, id: &'static str, name: FieldName, hint: &'static str) -> Html {
    let (error, again) = trouble(scene, name);
    html! {
        <div key={id} onfocusout={left(scene, name)}>
            <TextArea {id} label={words::field(scene.model.locale, name)} {hint} value={shown(scene, name)} {error} oninput={typed(scene, name)} />
            { super::involved::offered(scene, &shown(scene, name), |text| {
                field(name, text).map_or(Msg::Active, |field| Msg::Dossier(DossierMsg::Typed(field)))
            }) }
            { again }
        </div>
    }
}

fn line(scene: Scene<'_>, id: &'static str, name: FieldName) -> Html {
    let (error, again) = trouble(scene, name);
    html! {
        <div key={id} onfocusout={left(scene, name)}>
            <TextField {id} label={words::field(scene.model.locale, name)} value={shown(scene, name)} {error} oninput={typed(scene, name)} />
            { again }
        </div>
    }
}

fn chosen(field: Field) -> Msg {
    Msg::Dossier(DossierMsg::Chosen(field))
}

fn classification(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let kind = match scene.desk.field(FieldName::Kind) {
        Some(Field::Kind(kind)) => kind,
        _ => scene.view.row.kind,
    };
    let now = match scene.desk.field(FieldName::Classification) {
        Some(Field::Classification(now)) => now,
        _ => None,
    };
    let onkind = scene.send.reform(|kind: Kind| chosen(Field::Kind(kind)));
    let classes = &scene.desk.profile.classes;
    let kept = classes.clone();
    let oncategory = scene.send.reform(move |category: Option<Category>| {
        // A subcategory that fits the new category stays.
        let sub = now.and_then(|(_, sub)| sub);
        chosen(Field::Classification(category.map(|category| {
            (category, sub.filter(|sub| kept.fits(category, *sub)))
        })))
    });
    let onsub = scene.send.reform(move |sub: Option<Subcategory>| {
        chosen(Field::Classification(
            now.map(|(category, _)| (category, sub)),
        ))
    });
    let (category, sub) = (
        now.map(|(category, _)| category),
        now.and_then(|(_, sub)| sub),
    );
    // A narrow list cuts off what became of it.
    let note = sub.filter(|sub| classes.is_retired(*sub) || classes.is_renamed(*sub));
    let note = note.map(|sub| words::subcategory_now(locale, classes, sub));
    let (categories, subs, sub) = classes_of(locale, classes, category, sub);
    let kinds = [Kind::Report, Kind::Advice].map(|kind| (kind, words::kind(locale, kind).into()));
    html! {
        <>
            { Pick { id: "kind", label: common::kind(locale).into(), choices: kinds.to_vec(), value: kind, disabled: false }.view(onkind) }
            { Pick { id: "category", label: common::category(locale).into(), choices: categories, value: category, disabled: false }.view(oncategory) }
            { Pick { id: "subcategory", label: common::subcategory(locale).into(), disabled: now.is_none(), choices: subs, value: sub }.view(onsub) }
            if let Some(note) = note { { p("sluis-soft", &note) } }
        </>
    }
}

/// A list of choices with a first one for nothing.
type Choices<T> = Vec<(Option<T>, AttrValue)>;

/// The categories; the subcategories of one that are offered, and which of these choices is the one of now. One that was chosen earlier and is not
/// offered any more, or not by that name, stays among them.
pub(in crate::pages) fn classes_of(
    locale: sluis_kit::Locale,
    classes: &Classes,
    category: Option<Category>,
    now: Option<Subcategory>,
) -> (Choices<Category>, Choices<Subcategory>, Option<Subcategory>) {
    let categories = core::iter::once((None, common::category_none(locale).into()))
        .chain(
            Category::ALL
                .map(|category| (Some(category), words::category(locale, category).into())),
        )
        .collect();
    let offered = category.map_or_else(Vec::new, |category| classes.offered(category));
    let newest = now.map(|now| classes.newest(now)).filter(|newest| {
        offered.contains(newest) && now.is_some_and(|now| !classes.is_renamed(now))
    });
    let value = newest.or(now);
    let earlier = now
        .filter(|_| newest.is_none())
        .map(|sub| (Some(sub), words::subcategory_now(locale, classes, sub)));
    let offered = offered.into_iter().map(|sub| {
        let name = words::subcategory(locale, classes, sub);
        (Some(sub), name.into_owned())
    });
    let subs = core::iter::once((None, text::subcategory_none(locale).to_owned()))
        .chain(earlier)
        .chain(offered)
        .map(|(sub, name)| (sub, name.into()))
        .collect();
    (categories, subs, value)
}

/// The levels.
pub(in crate::pages) fn levels(locale: sluis_kit::Locale) -> Choices<Level> {
    let levels = [
        Level::Recreational,
        Level::Competition,
        Level::Talent,
        Level::Elite,
    ];
    core::iter::once((None, text::level_none(locale).into()))
        .chain(levels.map(|level| (Some(level), words::level(locale, level).into())))
        .collect()
}

fn level(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let value = match scene.desk.field(FieldName::Level) {
        Some(Field::Level(level)) => level,
        _ => None,
    };
    let onlevel = scene.send.reform(|level| chosen(Field::Level(level)));
    Pick {
        id: "level",
        label: common::level(locale).into(),
        choices: levels(locale),
        value,
        disabled: false,
    }
    .view(onlevel)
}

fn risk(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let value = match scene.desk.field(FieldName::Risk) {
        Some(Field::Risk(risk)) => risk,
        _ => None,
    };
    let choices = core::iter::once((None, text::risk_none(locale).into()))
        .chain(Risk::ALL.map(|risk| (Some(risk), words::risk(locale, risk).into())))
        .collect();
    Pick {
        id: "risk",
        label: text::risk(locale).into(),
        choices,
        value,
        disabled: false,
    }
    .view(scene.send.reform(|risk| chosen(Field::Risk(risk))))
}

/// What help the body that asks can get; only a question has that.
fn tier(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let value = match scene.desk.field(FieldName::Tier) {
        Some(Field::Tier(tier)) => tier,
        _ => None,
    };
    let tiers = [Tier::All, Tier::Pilot];
    let choices = core::iter::once((None, text::tier_none(locale).into()))
        .chain(tiers.map(|tier| (Some(tier), words::tier(locale, tier).into())))
        .collect();
    Pick {
        id: "tier",
        label: text::tier(locale).into(),
        choices,
        value,
        disabled: false,
    }
    .view(scene.send.reform(|tier| chosen(Field::Tier(tier))))
}

/// Groups at more risk: each a switch of its own.
fn groups(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let now = match scene.desk.field(FieldName::Groups) {
        Some(Field::Groups(groups)) => groups,
        _ => Vec::new(),
    };
    let one = |group: RiskGroup| {
        let on = now.contains(&group);
        let mut after = now.clone();
        if on {
            after.retain(|own| *own != group);
        } else {
            after.push(group);
            after.sort_unstable();
        }
        let class = if on {
            "sluis-switch__option sluis-switch__option--on"
        } else {
            "sluis-switch__option"
        };
        el("button", class)
            .attr("type", "button")
            .attr("aria-pressed", if on { "true" } else { "false" })
            .text(words::risk_group(locale, group))
            .click(scene.send, chosen(Field::Groups(after)))
            .html()
    };
    el("div", "sluis-stack")
        .attr("id", "risk-groups")
        .attr("role", "group")
        .attr("aria-label", text::risk_groups(locale))
        .kid(p("sluis-strong", text::risk_groups(locale)))
        .kid(
            el("div", "sluis-switch desk-groups")
                .kids(RiskGroup::ALL.map(one).into())
                .html(),
        )
        .html()
}
