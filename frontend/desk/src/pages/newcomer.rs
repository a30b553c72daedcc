//! A dossier by hand, in under a minute.

use sluis_domain::classes::Classes;
use sluis_domain::vocabulary::{Kind, Origin};
use sluis_kit::html;
use sluis_kit::text::{common, desk as text};
use sluis_kit::{Button, Choice, RadioGroup, TextArea, TextField, Variant, glyph};
use sluis_link::Fault;
use yew::prelude::*;

use super::dossier::{classes_of, levels};
use super::gate::submits;
use super::{Pick, fault_line, on, title};
use crate::state::desk::Desk;
use crate::state::newcomer::{NewForm, NewMsg};
use crate::state::{Model, Msg};
use crate::words;

const ORIGINS: [(&str, Origin); 3] = [
    ("phone", Origin::Phone),
    ("email", Origin::Email),
    ("in-person", Origin::InPerson),
];
const KINDS: [(&str, Kind); 2] = [("report", Kind::Report), ("advice", Kind::Advice)];

/// The form.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let form = &desk.new;
    let fault = form.fault.filter(|fault| *fault != Fault::Incomplete);
    html! {
        <div class="sluis-stack">
        <form class="sluis-stack desk-form" onsubmit={submits(send, Msg::New(NewMsg::Save))}>
            { title(text::new_title(locale)) }
            <p class="utrecht-paragraph">{ text::new_intro(locale) }</p>
            { choices(model, form, send) }
            <div class="sluis-columns">
                { stories(model, form, send) }
                { classification(model, &desk.profile.classes, form, send) }
            </div>
            if let Some(fault) = fault { { super::fault(locale, fault) } }
            <div class="utrecht-button-group desk-foot">
                <Button id="new-save" submit=true variant={Variant::Primary} icon={glyph::SAVE} busy={form.busy()}>
                    { text::new_save(locale) }<kbd class="sluis-kbd desk-wide-only">{ text::new_save_keys(locale) }</kbd>
                </Button>
                <span class="sluis-soft">{ text::new_lock_note(locale) }</span>
            </div>
        </form>
        { super::package::view(model, desk, send) }
        </div>
    }
}

fn choices(model: &Model, form: &NewForm, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let origins: Vec<Choice> = ORIGINS
        .iter()
        .map(|(value, origin)| Choice::new(*value, words::origin(locale, *origin)))
        .collect();
    let kinds: Vec<Choice> = KINDS
        .iter()
        .map(|(value, kind)| Choice::new(*value, words::kind(locale, *kind)))
        .collect();
    let origin = ORIGINS
        .iter()
        .find(|(_, origin)| *origin == form.origin)
        .map_or("phone", |(value, _)| value);
    let kind = KINDS
        .iter()
        .find(|(_, kind)| *kind == form.kind)
        .map_or("report", |(value, _)| value);
    let onorigin = send.reform(|value: String| {
        let origin = ORIGINS.iter().find(|(own, _)| *own == value);
        Msg::New(NewMsg::Origin(
            origin.map_or(Origin::Phone, |(_, origin)| *origin),
        ))
    });
    let onkind = send.reform(|value: String| {
        let kind = KINDS.iter().find(|(own, _)| *own == value);
        Msg::New(NewMsg::Kind(kind.map_or(Kind::Report, |(_, kind)| *kind)))
    });
    html! {
        <div class="desk-choices">
            <RadioGroup id="new-origin" legend={text::new_origin(locale)} choices={origins} value={origin} onchange={onorigin} />
            <RadioGroup id="new-kind" legend={text::new_kind(locale)} choices={kinds} value={kind} onchange={onkind} />
        </div>
    }
}

fn stories(model: &Model, form: &NewForm, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let error =
        (form.fault == Some(Fault::Incomplete)).then(|| fault_line(locale, Fault::Incomplete));
    let area = |id: &'static str,
                label: &'static str,
                hint: &'static str,
                value: &str,
                error: Option<AttrValue>,
                typed: fn(String) -> NewMsg| {
        html! {
            <TextArea {id} {label} {hint} value={value.to_owned()} {error} rows=3
                oninput={send.reform(move |text| Msg::New(typed(text)))} onsend={on(send, Msg::New(NewMsg::Save))} />
        }
    };
    html! {
        <div class="sluis-stack">
            { area("new-first-story", text::first_story(locale), text::first_story_hint(locale), &form.first_story, error, NewMsg::FirstStory) }
            { area("new-happened", text::happened(locale), text::happened_hint(locale), &form.happened, None, NewMsg::Happened) }
            { area("new-asked", text::asked(locale), text::asked_hint(locale), &form.asked, None, NewMsg::Asked) }
        </div>
    }
}

fn classification(model: &Model, classes: &Classes, form: &NewForm, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (categories, subs, sub) = classes_of(locale, classes, form.category, form.subcategory);
    html! {
        <section class="sluis-stack sluis-card" aria-labelledby="new-more">
            <h2 id="new-more" class="utrecht-heading-2">{ text::new_more(locale) }</h2>
            { Pick { id: "new-category", label: common::category(locale).into(), choices: categories, value: form.category, disabled: false }.view(send.reform(|category| Msg::New(NewMsg::Category(category)))) }
            { Pick { id: "new-subcategory", label: common::subcategory(locale).into(), choices: subs, value: sub, disabled: form.category.is_none() }.view(send.reform(|sub| Msg::New(NewMsg::Subcategory(sub)))) }
            <TextField id="new-federation" label={common::federation(locale)} value={form.federation.clone()} oninput={send.reform(|text| Msg::New(NewMsg::Federation(text)))} />
            <TextField id="new-sport" label={common::sport(locale)} value={form.sport.clone()} oninput={send.reform(|text| Msg::New(NewMsg::Sport(text)))} />
            { Pick { id: "new-level", label: common::level(locale).into(), choices: levels(locale), value: form.level, disabled: false }.view(send.reform(|level| Msg::New(NewMsg::Level(level)))) }
        </section>
    }
}
