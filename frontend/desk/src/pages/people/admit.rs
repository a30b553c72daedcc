//! Letting somebody in, step by step.

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::{common, people as text};
use sluis_kit::{
    Alert, Button, Checkbox, Choice, Progress, RadioGroup, TextArea, TextField, Tone, Variant,
    glyph,
};
use sluis_link::{Invitation, Knock, OrganisationSort, Secret};
use yew::prelude::*;

use super::{id_of, name_of, roles_for};
use crate::pages::light::{Press, el, p};
use crate::pages::{enrol, gate, on, setup, sheet, title};
use crate::state::desk::Desk;
use crate::state::people::PeopleMsg;
use crate::state::people::admit::{AdmitMsg, Admitting, Blank, Reading, Stage, Who};
use crate::state::{Model, Msg};
use crate::words;

fn says(msg: AdmitMsg) -> Msg {
    Msg::People(PeopleMsg::Admit(msg))
}

/// The step at hand.
pub(in crate::pages) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(form) = &desk.staff.admitting else {
        return Html::default();
    };
    let step = match &form.stage {
        Stage::Form => blanks(model, desk, form, send),
        Stage::Waiting(invitation) => waiting(model, invitation, send),
        Stage::Words {
            knock,
            chosen,
            missing,
            answer,
        } => html! {
            <>
                { compare(model, knock, chosen.as_deref(), *missing, send) }
                { beside(model, answer, send) }
            </>
        },
        Stage::Done => done(locale, form, send),
        Stage::Differed => {
            let what = [
                text::admit_differed_what(locale),
                text::admit_differed_do(locale),
            ];
            ended(locale, text::admit_differed_title(locale), what, send)
        }
        Stage::Over => {
            let what = [text::admit_over_what(locale), ""];
            ended(locale, text::admit_over_title(locale), what, send)
        }
    };
    let over = matches!(form.stage, Stage::Done);
    html! {
        <div class="sluis-stack desk-panel">
            { setup::steps(locale, form.stage.number(), 4, over) }
            { step }
        </div>
    }
}

fn stop(locale: Locale, send: &Callback<Msg>) -> Html {
    html! { <Button id="admit-stop" onclick={on(send, says(AdmitMsg::Leave))}>{ text::admit_stop(locale) }</Button> }
}

fn blanks(model: &Model, desk: &Desk, form: &Admitting, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let (heading, intro) = match form.who {
        Who::Colleague => (
            text::admit_colleague_title(locale),
            text::admit_colleague_intro(locale),
        ),
        Who::Device(_) => (
            text::admit_device_title(locale),
            text::admit_device_intro(locale),
        ),
        Who::Organisation => (
            text::admit_organisation_title(locale),
            text::admit_organisation_intro(locale),
        ),
    };
    let body = match form.who {
        Who::Colleague => colleague(model, desk, form, send),
        Who::Device(key) => {
            let person = desk.staff.person(key);
            let name = person.map(|(_, person)| name_of(locale, person));
            html! { <p class="utrecht-paragraph sluis-strong">{ text::admit_device_for(locale, &name.unwrap_or_default()) }</p> }
        }
        Who::Organisation => organisation(model, form, send),
    };
    html! {
        <>
            { title(heading) }
            <p class="utrecht-paragraph">{ intro }</p>
            if let Some(fault) = form.fault { { super::super::fault(locale, fault) } }
            <form class="sluis-stack" onsubmit={gate::submits(send, says(AdmitMsg::Invite))}>
                { body }
                <div class="utrecht-button-group desk-foot">
                    <Button id="admit-next" submit=true variant={Variant::Primary} busy={model.is_inviting()}>{ text::admit_make(locale) }</Button>
                    { stop(locale, send) }
                </div>
            </form>
        </>
    }
}

fn blank(
    model: &Model,
    form: &Admitting,
    send: &Callback<Msg>,
    blank: Blank,
    label: &'static str,
    hint: Option<&'static str>,
) -> Html {
    let value = match blank {
        Blank::Name => &form.name,
        Blank::Organisation => &form.organisation,
        Blank::Line => &form.line,
        Blank::Sheet => &form.sheet.0,
    };
    let error = form
        .problem(blank)
        .map(|problem| AttrValue::Static(setup::problem_words(model.locale, problem)));
    html! {
        <TextField id={blank.id()} {label} hint={hint.map(AttrValue::Static)} value={value.clone()} {error}
            oninput={send.reform(move |text| says(AdmitMsg::Typed(blank, Secret(text))))} />
    }
}

fn colleague(model: &Model, desk: &Desk, form: &Admitting, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let people = desk.staff.people.as_ref();
    let Some(mine) = people.and_then(|people| people.organisations.iter().find(|one| one.mine))
    else {
        return Html::default();
    };
    let roles = roles_for(mine.sort).into_iter().map(|role| {
        let onchange = send.reform(move |on| says(AdmitMsg::Role(role, on)));
        html! { <Checkbox id={format!("admit-role-{}", role as u8)} label={words::role(locale, role)} checked={form.roles.contains(&role)} {onchange} /> }
    });
    let teams = mine.teams.iter().map(|team| {
        let key = team.key;
        let onchange = send.reform(move |on| says(AdmitMsg::Team(key, on)));
        html! { <Checkbox id={["admit-team-", &id_of(&key.0)].concat()} label={team.name.clone()} checked={form.teams.contains(&key)} {onchange} /> }
    });
    html! {
        <>
            { blank(model, form, send, Blank::Name, text::admit_name(locale), Some(text::admit_name_hint(locale))) }
            <fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset">
                <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ text::people_roles(locale) }</legend>
                { for roles }
                <p class="sluis-soft">{ text::role_director_hint(locale) }</p>
            </fieldset>
            if form.is_adviser() {
                <p class="utrecht-paragraph">{ text::adviser_hint(locale) }</p>
            } else if !mine.teams.is_empty() {
                <fieldset id="admit-teams" class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset">
                    <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{ text::people_in_teams(locale) }</legend>
                    { for teams }
                </fieldset>
            }
        </>
    }
}

fn organisation(model: &Model, form: &Admitting, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let experts = form.sort == OrganisationSort::Experts;
    let choices = vec![
        Choice::new("federation", text::people_kind_federation(locale)),
        Choice::new("experts", text::people_kind_experts(locale)),
    ];
    let onchange = send.reform(|sort: String| {
        says(AdmitMsg::Sort(if sort == "experts" {
            OrganisationSort::Experts
        } else {
            OrganisationSort::Federation
        }))
    });
    let field = |of, label, hint| blank(model, form, send, of, label, hint);
    let wrong = form
        .sheet_wrong
        .as_ref()
        .map(|wrong| enrol::sheet_words(locale, wrong));
    let error = wrong.or_else(|| {
        let problem = form.problem(Blank::Sheet)?;
        Some(setup::problem_words(locale, problem).to_owned())
    });
    html! {
        <>
            { field(Blank::Organisation, text::admit_organisation(locale), None) }
            <RadioGroup id="admit-sort" legend={text::admit_sort(locale)} hint={text::admit_sort_hint(locale)} {choices} value={if experts { "experts" } else { "federation" }} {onchange} />
            if !experts { { field(Blank::Line, text::admit_line(locale), Some(text::admit_line_hint(locale))) } }
            { field(Blank::Name, text::admit_director(locale), Some(text::admit_name_hint(locale))) }
            <TextArea id={Blank::Sheet.id()} label={text::admit_sheet(locale)} hint={text::admit_sheet_hint(locale)} value={form.sheet.0.clone()} error={error.map(AttrValue::from)}
                oninput={send.reform(|text| says(AdmitMsg::Typed(Blank::Sheet, Secret(text))))} />
        </>
    }
}

fn waiting(model: &Model, invitation: &Invitation, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let minutes = invitation.until.saturating_sub(model.now) / 60;
    let minutes = usize::try_from(minutes).unwrap_or_default();
    let copy = Msg::Copy(Secret(invitation.code.clone()));
    html! {
        <>
            { title(text::admit_waiting_title(locale)) }
            <ol class="utrecht-unordered-list desk-next">
                <li>{ text::admit_waiting_open(locale) }</li>
                <li>{ text::admit_waiting_read(locale) }</li>
            </ol>
            <div class="people-code">
                { sheet::picture(&invitation.picture, text::admit_picture(locale)) }
                <div class="sluis-stack">
                    <h2 id="admit-code-title" class="utrecht-heading-3">{ text::admit_code(locale) }</h2>
                    <p id="admit-code" class="desk-code" aria-labelledby="admit-code-title">{ &invitation.code }</p>
                    <div><Button id="admit-copy" icon={glyph::COPY} onclick={on(send, copy)}>{ common::copy(locale) }</Button></div>
                </div>
            </div>
            <p class="sluis-soft">{ text::admit_waiting_safe(locale) }</p>
            <Progress id="admit-waiting" {locale} label={text::admit_waiting(locale)} detail={text::admit_minutes(locale, minutes)} oncancel={on(send, says(AdmitMsg::Again))} />
        </>
    }
}

fn compare(
    model: &Model,
    knock: &Knock,
    chosen: Option<&str>,
    missing: bool,
    send: &Callback<Msg>,
) -> Html {
    let locale = model.locale;
    let place = knock.words.iter().position(String::is_empty);
    let word = |word: &String| {
        if word.is_empty() {
            html! { <li class="sluis-word people-blank">{ chosen.map_or_else(|| text::admit_words_blank(locale).to_owned(), str::to_owned) }</li> }
        } else {
            html! { <li class="sluis-word">{ word }</li> }
        }
    };
    let choices: Vec<Choice> = knock
        .choices
        .iter()
        .map(|word| Choice::new(word.clone(), word.clone()))
        .collect();
    let error = missing.then(|| AttrValue::Static(text::admit_words_missing(locale)));
    html! {
        <>
            { title(text::admit_words_title(locale)) }
            <p class="utrecht-paragraph">{ text::admit_words_intro(locale) }</p>
            <section class="desk-words" aria-labelledby="admit-words-title">
                <h2 id="admit-words-title" class="utrecht-heading-3">{ text::admit_words_list(locale) }</h2>
                <ol id="admit-words-list" class="sluis-words desk-words__list">{ for knock.words.iter().map(word) }</ol>
            </section>
            <form class="sluis-stack" onsubmit={gate::submits(send, says(AdmitMsg::LetIn))}>
                <RadioGroup id="admit-words" legend={text::admit_words_ask(locale, place.unwrap_or_default() + 1)} {choices} value={chosen.unwrap_or_default().to_owned()} {error}
                    onchange={send.reform(|word| says(AdmitMsg::Heard(word)))} />
                <p class="utrecht-paragraph">{ text::admit_words_all(locale) }</p>
                <div class="utrecht-button-group desk-foot">
                    <Button id="admit-let-in" submit=true variant={Variant::Primary} icon={glyph::CHECK} busy={model.is_letting_in()}>{ text::admit_words_same(locale) }</Button>
                    <Button id="admit-differ" variant={Variant::Danger} icon={glyph::X} onclick={on(send, says(AdmitMsg::Differs))}>{ text::admit_words_differ(locale) }</Button>
                </div>
            </form>
        </>
    }
}

/// Instead of the words: the code on the screen of the new device, for whoever stands beside it.
fn beside(model: &Model, answer: &Reading, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let scans = |on| says(AdmitMsg::Scan(on));
    let oninput = send.reform(|code| says(AdmitMsg::Code(code)));
    let mut all = el("details", "desk-more");
    if answer.scanning || answer.unseen {
        all = all.attr("open", "");
    }
    let summary = el("summary", "").attr("id", "admit-beside");
    let press = Press {
        id: "admit-by-code".into(),
        words: text::admit_by_code(locale).into(),
        busy: model.is_letting_in(),
        ..Press::default()
    };
    all.kid(summary.text(text::admit_beside(locale)).html())
        .kid(p("utrecht-paragraph", text::admit_beside_what(locale)))
        .kid(enrol::camera(locale, (answer.scanning, answer.unseen), scans, send))
        .kid(html! { <TextArea id="admit-answer" label={text::admit_answer(locale)} hint={text::enter_code_hint(locale)} value={answer.code.clone()} {oninput} /> })
        .kid(press.html(send, says(AdmitMsg::ByCode)))
        .html()
}

fn done(locale: Locale, form: &Admitting, send: &Callback<Msg>) -> Html {
    let what = match form.who {
        Who::Colleague => text::admit_done_colleague(locale, form.name.trim()),
        Who::Device(_) => text::admit_done_device(locale).to_owned(),
        Who::Organisation => text::admit_done_organisation(locale, form.organisation.trim()),
    };
    html! {
        <>
            { title(text::admit_done_title(locale)) }
            <Alert {locale} tone={Tone::Ok} {what} />
            <ul class="utrecht-unordered-list desk-next">
                <li>{ text::admit_done_next(locale) }</li>
                <li>{ text::admit_done_told(locale) }</li>
            </ul>
            <div><Button id="admit-done" variant={Variant::Primary} icon={glyph::USERS} onclick={on(send, says(AdmitMsg::Leave))}>{ text::admit_done_back(locale) }</Button></div>
        </>
    }
}

fn ended(
    locale: Locale,
    heading: &'static str,
    [what, advice]: [&'static str; 2],
    send: &Callback<Msg>,
) -> Html {
    let advice = (!advice.is_empty()).then_some(AttrValue::Static(advice));
    html! {
        <>
            { title(heading) }
            <Alert {locale} tone={Tone::Warning} {what} {advice} />
            <div class="utrecht-button-group">
                <Button id="admit-again" variant={Variant::Primary} icon={glyph::ROTATE_CCW} onclick={on(send, says(AdmitMsg::Again))}>{ text::admit_again(locale) }</Button>
                { stop(locale, send) }
            </div>
        </>
    }
}
