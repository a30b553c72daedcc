//! The table of subcategories: everybody sees it, directors of the centre edit it.

use sluis_domain::classes::Classes;
use sluis_domain::vocabulary::{Category, Subcategory};
use sluis_kit::i18n::{Language, Locale};
use sluis_kit::text::{common, people, policy as text};
use sluis_kit::{Variant, glyph};
use yew::prelude::*;

use super::light::{El, Line, Press, el, heading, p, section};
use super::title;
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::people::classes::{ClassForm, ClassMsg, ClassWork, Wrong, edits};
use crate::state::{Model, Msg};
use crate::words;

/// What the parts of the page need.
#[derive(Clone, Copy)]
struct Page<'a> {
    model: &'a Model,
    desk: &'a Desk,
    send: &'a Callback<Msg>,
    may: bool,
}

impl Page<'_> {
    fn locale(&self) -> Locale {
        self.model.locale
    }

    fn classes(&self) -> &Classes {
        &self.desk.profile.classes
    }
}

/// The whole page.
#[inline(never)]
pub(super) fn view(model: &Model, desk: &Desk, send: &Callback<Msg>) -> Html {
    let locale = model.locale;
    let staff = &desk.staff;
    let may = staff.people.as_ref().is_some_and(|all| all.may_found);
    let page = Page {
        model,
        desk,
        send,
        may,
    };
    let pending = staff.people.as_ref().map_or(0, |all| all.pending);
    let pending = usize::try_from(pending).unwrap_or(usize::MAX);
    let hint = if may {
        text::classes_known(locale)
    } else {
        text::classes_asks_director(locale)
    };
    let waits = if pending > 0 {
        people::people_pending(locale, pending)
    } else {
        String::new()
    };
    let waits = el("p", "sluis-soft")
        .attr("id", "classes-pending")
        .attr("role", "status")
        .text(&waits);
    let mut all = el("div", "sluis-stack")
        .kid(title(text::classes_title(locale)))
        .kid(p("utrecht-paragraph", text::classes_intro(locale)))
        .kid(p("sluis-soft", hint))
        .kid(waits.html());
    if let Some(fault) = staff.fault.filter(|_| staff.classing.is_some()) {
        all = all.kid(super::fault(locale, fault));
    }
    all.kids(Category::ALL.map(|one| category(page, one)).into())
        .html()
}

fn id_of(category: Category) -> &'static str {
    match category {
        Category::Transgressive => "class-transgressive",
        Category::Substances => "class-substances",
        Category::MatchFixing => "class-match-fixing",
        Category::Integrity => "class-integrity",
        Category::Other => "class-other",
    }
}

fn category(page: Page<'_>, category: Category) -> Html {
    let locale = page.locale();
    let id = id_of(category);
    let name = words::category(locale, category);
    let offered = page.classes().offered(category).into_iter();
    let offered = offered.map(|sub| item(page, category, sub));
    let mut all = section("sluis-card sluis-stack", id)
        .kid(heading("h2", id, name).html())
        .kid(el("ul", "desk-list").kids(offered.collect()).html());
    let gone: Vec<String> = page
        .classes()
        .retired(category)
        .into_iter()
        .map(|sub| words::subcategory(locale, page.classes(), sub).into_owned())
        .collect();
    if !gone.is_empty() {
        let words = [text::classes_gone(locale), ": ", &gone.join(", ")].concat();
        all = all.kid(p("sluis-soft class-gone", &words));
    }
    if !page.may {
        return all.html();
    }
    if let Some(form) = form_of(page, category, ClassWork::Add) {
        return all.kid(view_form(page, form)).html();
    }
    let add = Press {
        id: [id, "-add"].concat(),
        words: text::classes_add(locale).into(),
        label: Some(text::classes_add_to(locale, name)),
        icon: Some(glyph::PLUS),
        ..Press::default()
    };
    let begin = edits(ClassMsg::Begin(category, ClassWork::Add));
    all.kid(el("div", "").kid(add.html(page.send, begin)).html())
        .html()
}

/// The open form, if it is about this.
fn form_of(page: Page<'_>, category: Category, work: ClassWork) -> Option<&ClassForm> {
    let form = page.desk.staff.classing.as_deref();
    form.filter(|form| form.category == category && form.work == work)
}

fn item(page: Page<'_>, category: Category, sub: Subcategory) -> Html {
    let locale = page.locale();
    let name = words::subcategory(locale, page.classes(), sub);
    let other = locale.with_language(if locale.language == Language::Nl {
        Language::En
    } else {
        Language::Nl
    });
    let other_name = words::subcategory(other, page.classes(), sub);
    let translation = el("span", "sluis-soft").attr("lang", other.language.tag());
    let line = el("li", "desk-item").kid(
        el("div", "desk-item__words")
            .kid(el("span", "sluis-strong").text(&name).html())
            .kid(translation.text(&other_name).html())
            .html(),
    );
    // What stands under every category stays as it is.
    if !page.may || sub.code() == Subcategory::Other.code() {
        return line.html();
    }
    let code = sub.code();
    let works = [ClassWork::Rename(code), ClassWork::Retire(code)];
    let mut forms = works
        .into_iter()
        .filter_map(|work| form_of(page, category, work));
    if let Some(form) = forms.next() {
        return line
            .kid(el("div", "desk-plan").kid(view_form(page, form)).html())
            .html();
    }
    let rename = Press {
        words: text::classes_rename(locale).into(),
        label: Some(text::classes_rename_of(locale, &name)),
        variant: Variant::Subtle,
        class: "class-rename",
        ..Press::default()
    };
    let retire = Press {
        words: text::classes_retire(locale).into(),
        label: Some(text::classes_retire_of(locale, &name)),
        variant: Variant::Subtle,
        class: "class-retire",
        ..Press::default()
    };
    let begin = |work| edits(ClassMsg::Begin(category, work));
    let acts = el("div", "utrecht-button-group")
        .kid(rename.html(page.send, begin(ClassWork::Rename(code))))
        .kid(retire.html(page.send, begin(ClassWork::Retire(code))));
    line.kid(acts.html()).html()
}

fn view_form(page: Page<'_>, form: &ClassForm) -> Html {
    let locale = page.locale();
    let classes = page.classes();
    let named = |code| {
        let sub = Subcategory::at(code, classes.version());
        words::subcategory(locale, classes, sub)
    };
    let (heading_words, what) = match form.work {
        ClassWork::Add => {
            let category = words::category(locale, form.category);
            (text::class_new_title(locale, category), None)
        }
        ClassWork::Rename(code) => (
            text::class_rename_title(locale, &named(code)),
            Some(text::class_rename_what(locale)),
        ),
        ClassWork::Retire(code) => (
            text::class_retire_title(locale, &named(code)),
            Some(text::class_retire_what(locale)),
        ),
    };
    let head = heading("h3", "class-title", &heading_words).attr("tabindex", "-1");
    let mut all = el("div", "sluis-stack").kid(head.html());
    if let Some(what) = what {
        all = all.kid(p("utrecht-paragraph", what));
    }
    let retires = matches!(form.work, ClassWork::Retire(_));
    if !retires {
        all = names(page, form, all);
    }
    let (label, variant) = if retires {
        (text::class_retire_confirm(locale), Variant::Danger)
    } else {
        (text::class_save(locale), Variant::Primary)
    };
    let save = Press {
        id: "class-save".into(),
        words: label.into(),
        variant,
        busy: page.model.is_deciding(),
        ..Press::default()
    };
    let stop = Press {
        id: "class-stop".into(),
        words: common::cancel(locale).into(),
        ..Press::default()
    };
    let buttons = el("div", "utrecht-button-group")
        .kid(save.html(page.send, edits(ClassMsg::Confirm)))
        .kid(stop.html(page.send, edits(ClassMsg::Stop)));
    all.kid(buttons.html()).html()
}

fn names(page: Page<'_>, form: &ClassForm, all: El) -> El {
    let locale = page.locale();
    let [dutch_wrong, english_wrong] = form.wrong;
    let line = |id, label: &'static str, value: &str, wrong: Option<Wrong>| Line {
        id,
        label: label.into(),
        error: wrong.map(|wrong| wrong_words(locale, wrong).into()),
        value: value.into(),
        ..Line::default()
    };
    let (dutch, english) = (&form.names.dutch, &form.names.english);
    let dutch = line("class-dutch", text::class_dutch(locale), dutch, dutch_wrong);
    let english_label = text::class_english(locale);
    let english = line("class-english", english_label, english, english_wrong);
    let typed = |make: fn(String) -> ClassMsg| page.send.reform(move |name| edits(make(name)));
    all.kid(dutch.html(typed(ClassMsg::Dutch)))
        .kid(english.html(typed(ClassMsg::English)))
}

fn wrong_words(locale: Locale, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => text::class_empty(locale),
        Wrong::Long => text::class_long(locale),
        Wrong::Taken => text::class_taken(locale),
    }
}

/// The way to this page, on the page of settings.
pub(super) fn card(locale: Locale) -> Html {
    let open = el(
        "a",
        "utrecht-button utrecht-button--html-button utrecht-button--secondary-action",
    )
    .attr("id", "settings-classes-open")
    .attr("href", Route::Classes.fragment())
    .text(text::classes_open(locale));
    section("sluis-card sluis-stack", "settings-classes")
        .kid(heading("h2", "settings-classes", text::classes_title(locale)).html())
        .kid(p("utrecht-paragraph", text::classes_what(locale)))
        .kid(el("div", "").kid(open.html()).html())
        .html()
}
