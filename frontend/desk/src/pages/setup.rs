//! First-run set-up, step by step.

use sluis_kit::html;
use sluis_kit::i18n::Locale;
use sluis_kit::text::{common, desk as text, people};
use sluis_kit::{
    Alert, Button, Choice, Icon, Progress, RadioGroup, TextField, Tone, Variant, glyph,
};
use sluis_link::{Secret, Strength};
use yew::prelude::*;

use super::gate::{percent, submits};
use super::{enrol, on, title};
use crate::state::enrol::Path;
use crate::state::setup::{Blank, Problem, SetUp, SetUpMsg, Step};
use crate::state::{Model, Msg};
use crate::words;

/// The step at hand.
#[inline(never)]
pub(super) fn view(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let (number, count) = form.path.place(form.step);
    let founding = matches!(form.path, Path::Found);
    let wide = form.step == Step::Sheet && form.sheet.is_some();
    html! {
        <div class={classes!("sluis-stack", "desk-panel", wide.then_some("desk-panel--wide"))}>
            { steps(model.locale, number, count, form.step == Step::Done) }
            { match form.step {
                Step::Server => server(model, form, send),
                Step::You => you(model, form, send),
                Step::Passphrase => passphrase(model, form, send),
                Step::Sheet => sheet(model, form, send),
                Step::Rehearsal => rehearsal(model, form, send),
                Step::Done if founding => done(model, send),
                _ => enrol::step(model, form, send),
            } }
        </div>
    }
}

/// Where one is, of so many steps.
pub(super) fn steps(locale: Locale, now: u8, count: u8, over: bool) -> Html {
    let item = |number: u8| {
        let done = number < now || over;
        let class = classes!(
            "desk-step",
            done.then_some("desk-step--done"),
            (number == now).then_some("desk-step--now")
        );
        html! {
            <li key={number} {class} aria-current={(number == now && !done).then_some("step")}>
                if done { <Icon glyph={glyph::CHECK} /> } else { { number } }
            </li>
        }
    };
    let words = text::setup_step(locale, &count.to_string(), &now.to_string());
    html! {
        <div class="desk-steps sluis-screen-only">
            <ol class="desk-steps__list" aria-label={text::setup_steps(locale)}>{ for (1..=count).map(item) }</ol>
            <p class="sluis-soft">{ words }</p>
        </div>
    }
}

/// A field of the form.
fn blank(
    model: &Model,
    form: &SetUp,
    send: &Callback<Msg>,
    blank: Blank,
    label: &'static str,
    hint: Option<&'static str>,
) -> Html {
    let value = match blank {
        Blank::Code => &form.code.0,
        Blank::Organisation => &form.organisation,
        Blank::Line => &form.line,
        Blank::Person => &form.person,
        Blank::Passphrase => &form.passphrase.0,
        Blank::Again | Blank::Word(_) => &form.again.0,
    };
    // The generated words stand on screen anyway.
    let secret = form.own && matches!(blank, Blank::Passphrase | Blank::Again);
    let kind = if secret && !form.shown {
        "password"
    } else {
        "text"
    };
    // Browsers keep what was typed into a field that they may fill in, names included.
    let autocomplete = if secret { "new-password" } else { "off" };
    let error = form
        .problem(blank)
        .map(|problem| AttrValue::Static(problem_words(model.locale, problem)));
    html! {
        <TextField id={blank.id()} {label} hint={hint.map(AttrValue::Static)} value={value.clone()} {kind} {autocomplete} {error}
            oninput={send.reform(move |text| Msg::SetUp(SetUpMsg::Typed(blank, Secret(text))))} />
    }
}

/// What is wrong with a blank.
pub(super) fn problem_words(locale: Locale, problem: Problem) -> &'static str {
    match problem {
        Problem::Empty => text::problem_empty(locale),
        Problem::TooLong => text::problem_too_long(locale),
        Problem::Weak => text::problem_weak(locale),
        Problem::Differs => text::problem_differs(locale),
        Problem::WrongCode => text::problem_wrong_code(locale),
    }
}

/// The buttons at the foot of a step.
fn foot(model: &Model, send: &Callback<Msg>, back: bool, next: &'static str) -> Html {
    html! {
        <div class="utrecht-button-group desk-foot">
            <Button id="setup-next" submit=true variant={Variant::Primary}>{ next }</Button>
            if back { <Button id="setup-back" icon={glyph::ARROW_LEFT} onclick={on(send, Msg::SetUp(SetUpMsg::Back))}>{ common::back(model.locale) }</Button> }
        </div>
    }
}

fn server(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let field = |of, label, hint| blank(model, form, send, of, label, hint);
    html! {
        <>
            { title(text::setup_server_title(locale)) }
            <p class="utrecht-paragraph">{ text::setup_server_intro(locale) }</p>
            <form class="sluis-stack" onsubmit={submits(send, Msg::SetUp(SetUpMsg::Next))}>
                { field(Blank::Code, text::setup_code(locale), Some(text::setup_code_hint(locale))) }
                { field(Blank::Organisation, text::setup_organisation(locale), Some(text::setup_organisation_hint(locale))) }
                { field(Blank::Line, text::setup_line(locale), Some(text::setup_line_hint(locale))) }
                { foot(model, send, false, common::continue_(locale)) }
            </form>
        </>
    }
}

fn you(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <>
            { title(text::setup_you_title(locale)) }
            <p class="utrecht-paragraph">{ text::setup_you_intro(locale) }</p>
            <form class="sluis-stack" onsubmit={submits(send, Msg::SetUp(SetUpMsg::Next))}>
                { blank(model, form, send, Blank::Person, text::setup_person(locale), Some(text::setup_person_hint(locale))) }
                { foot(model, send, true, common::continue_(locale)) }
            </form>
        </>
    }
}

fn passphrase(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let choices = vec![
        Choice::new("words", text::setup_generated(locale))
            .with_hint(text::setup_generated_hint(locale)),
        Choice::new("own", text::setup_own(locale)).with_hint(text::setup_own_hint(locale)),
    ];
    let onchange = send.reform(|way: String| Msg::SetUp(SetUpMsg::Own(way == "own")));
    let shows = Msg::SetUp(SetUpMsg::Show(!form.shown));
    html! {
        <>
            { title(text::setup_passphrase_title(locale)) }
            <p class="utrecht-paragraph">{ text::setup_passphrase_intro(locale) }</p>
            <form class="sluis-stack" onsubmit={submits(send, Msg::SetUp(SetUpMsg::Next))}>
                <RadioGroup id="setup-way" legend={text::setup_passphrase_way(locale)} {choices} value={if form.own { "own" } else { "words" }} {onchange} />
                if form.own {
                    { blank(model, form, send, Blank::Passphrase, text::setup_own_passphrase(locale), Some(text::setup_own_hint(locale))) }
                    <p id="setup-strength" role="status" class="desk-strength">
                        { match form.strength {
                            Some(Strength::Strong) => html! { <><Icon glyph={glyph::CIRCLE_CHECK} />{ text::setup_strong(locale) }</> },
                            Some(Strength::Weak) => html! { <><Icon glyph={glyph::CIRCLE_ALERT} />{ text::setup_weak(locale) }</> },
                            None => Html::default(),
                        } }
                    </p>
                } else {
                    { generated(model, form, send) }
                }
                { blank(model, form, send, Blank::Again, text::setup_again(locale), None) }
                if form.own {
                    <div>
                        <Button id="setup-show" variant={Variant::Subtle} icon={if form.shown { glyph::EYE_OFF } else { glyph::EYE }} pressed={form.shown} onclick={on(send, shows)}>
                            { if form.shown { text::passphrase_hide(locale) } else { text::passphrase_show(locale) } }
                        </Button>
                    </div>
                }
                { foot(model, send, true, text::setup_make(locale)) }
            </form>
        </>
    }
}

fn generated(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let Some(words) = &form.proposed else {
        return html! { <Progress id="setup-words" {locale} label={common::loading(locale)} /> };
    };
    html! {
        <section class="desk-words" aria-labelledby="setup-words-title">
            <h2 id="setup-words-title" class="utrecht-heading-3">{ text::setup_words_title(locale) }</h2>
            <ol id="setup-words" class="sluis-words desk-words__list">
                { for words.0.split_whitespace().map(|word| html! { <li class="sluis-word">{ word.to_owned() }</li> }) }
            </ol>
            <p class="sluis-soft">{ text::setup_words_hint(locale) }</p>
            <div class="utrecht-button-group">
                <Button id="setup-copy" icon={glyph::COPY} onclick={on(send, Msg::Copy(words.clone()))}>{ common::copy(locale) }</Button>
                <Button id="setup-print" icon={glyph::PRINTER} onclick={on(send, Msg::Print)}>{ common::print(locale) }</Button>
                <Button id="setup-other-words" variant={Variant::Subtle} icon={glyph::ROTATE_CCW} onclick={on(send, Msg::SetUp(SetUpMsg::Propose))}>{ text::setup_other_words(locale) }</Button>
            </div>
        </section>
    }
}

fn sheet(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    if let Some(sheet) = &form.sheet {
        let paper = super::sheet::Paper {
            words: &sheet.words,
            control_code: &sheet.control_code,
            organisation: &form.organisation,
            printed: None,
        };
        return html! {
            <>
                <div class="sluis-stack sluis-screen-only">
                    { title(text::setup_sheet_title(locale)) }
                    <p class="utrecht-paragraph">{ text::setup_sheet_intro(locale) }</p>
                    <div><Button id="sheet-print" icon={glyph::PRINTER} onclick={on(send, Msg::Print)}>{ text::setup_sheet_print(locale) }</Button></div>
                </div>
                { paper.view(model) }
                <form class="sluis-screen-only" onsubmit={submits(send, Msg::SetUp(SetUpMsg::Next))}>
                    { foot(model, send, false, text::setup_sheet_next(locale)) }
                </form>
            </>
        };
    }
    if let Some((_, progress)) = form.working {
        let oncancel = form
            .can_cancel()
            .then(|| on(send, Msg::SetUp(SetUpMsg::Cancel)));
        return html! {
            <>
                { title(if matches!(form.path, Path::Restore(_)) { enrol::working_title(locale) } else { text::setup_working_title(locale) }) }
                <p class="utrecht-paragraph">{ text::setup_working_intro(locale) }</p>
                <Progress id="setup-progress" {locale} label={words::stage(locale, progress.stage)} percent={percent(progress.permille)}
                    detail={(!form.can_cancel()).then(|| text::setup_no_return(locale))} {oncancel} />
            </>
        };
    }
    html! {
        <>
            { title(if matches!(form.path, Path::Found) { text::setup_failed_title(locale) } else { enrol::failed_title(locale) }) }
            if let Some(fault) = form.fault { { super::fault(locale, fault) } }
            <p class="utrecht-paragraph">{ text::setup_failed_kept(locale) }</p>
            <form onsubmit={submits(send, Msg::SetUp(SetUpMsg::Next))}>{ foot(model, send, true, common::retry(locale)) }</form>
        </>
    }
}

fn rehearsal(model: &Model, form: &SetUp, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let word = |(index, place): (usize, usize)| {
        let value = form
            .answers
            .get(index)
            .map_or_else(String::new, |answer| answer.0.clone());
        let error = form
            .problem(Blank::Word(index))
            .map(|problem| AttrValue::Static(problem_words(locale, problem)));
        html! {
            <TextField key={index} id={["rehearsal-", &index.to_string()].concat()} label={text::rehearsal_word(locale, place + 1)} {value} {error}
                oninput={send.reform(move |text| Msg::SetUp(SetUpMsg::Typed(Blank::Word(index), Secret(text))))} />
        }
    };
    html! {
        <>
            { title(text::rehearsal_title(locale)) }
            <p class="utrecht-paragraph">{ text::rehearsal_intro(locale) }</p>
            if form.mistaken {
                <Alert {locale} tone={Tone::Danger} what={text::rehearsal_mistaken(locale)} advice={text::rehearsal_mistaken_do(locale)} />
            }
            <form class="sluis-stack" onsubmit={submits(send, Msg::SetUp(SetUpMsg::Rehearse))}>
                { for form.asked().into_iter().enumerate().map(word) }
                <div class="utrecht-button-group desk-foot">
                    <Button id="rehearsal-check" submit=true variant={Variant::Primary} busy={form.rehearsing}>{ text::rehearsal_check(locale) }</Button>
                    <Button id="setup-back" icon={glyph::ARROW_LEFT} onclick={on(send, Msg::SetUp(SetUpMsg::Back))}>{ text::rehearsal_back(locale) }</Button>
                </div>
            </form>
        </>
    }
}

fn done(model: &Model, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    html! {
        <>
            { title(text::setup_done_title(locale)) }
            <p class="utrecht-paragraph">{ text::setup_done_intro(locale) }</p>
            <ol class="utrecht-unordered-list desk-next">
                <li>{ text::setup_done_sheet(locale) }</li>
                <li>
                    { text::setup_done_try(locale) }{ " " }
                    <a id="reporter-page" class="utrecht-link utrecht-link--html-a" href="/" target="_blank" rel="noopener">
                        { text::setup_done_reporter(locale) }<Icon glyph={glyph::EXTERNAL_LINK} />
                        <span class="sluis-hidden">{ " (" }{ text::setup_done_new_window(locale) }{ ")" }</span>
                    </a>
                </li>
            </ol>
            { enrol::regulation(locale) }
            <div><Button id="setup-finish" variant={Variant::Primary} icon={glyph::INBOX} onclick={on(send, Msg::SetUp(SetUpMsg::Finish))}>{ people::regulation_accept(locale) }</Button></div>
        </>
    }
}
