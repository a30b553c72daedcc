//! The form in which somebody is added or changed.

use sluis_domain::people::PersonRole;
use sluis_kit::Variant;
use sluis_kit::text::{common, involved as text};
use yew::prelude::*;

use super::super::super::light::{Choose, El, Line, Press, el, heading, p, section};
use super::super::Scene;
use super::{busy, ground, press, respondents, trouble};
use crate::state::Msg;
use crate::state::involved::{Blank, Form, PersonMsg};
use crate::words;

/// A line to fill in.
struct Field {
    id: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    /// As the browser calls it; empty for plain text.
    kind: &'static str,
    blank: Blank,
}

impl Field {
    fn html(self, scene: Scene<'_>, value: &str) -> Html {
        let blank = self.blank;
        let line = Line {
            id: self.id,
            label: self.label.into(),
            hint: self.hint.map(str::to_owned),
            value: value.into(),
            kind: self.kind,
            ..Line::default()
        };
        let typed = scene
            .send
            .reform(move |text| Msg::Person(PersonMsg::Fill(blank, text)));
        line.html(typed)
    }
}

/// The form.
pub(super) fn view(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let send = scene.send;
    let number = form.who.and_then(|who| {
        let mut people = scene.view.people.iter();
        people
            .find(|one| one.key == who)
            .map(|one| one.number.to_string())
    });
    let title = number.as_ref().map_or_else(
        || text::form_new(locale).to_owned(),
        |number| text::form_change(locale, number),
    );
    let capacity = Field {
        id: "person-capacity",
        label: text::capacity(locale),
        hint: Some(text::capacity_hint(locale)),
        kind: "",
        blank: Blank::Capacity,
    };
    let born = Field {
        id: "person-born",
        label: text::born(locale),
        hint: Some(text::born_hint(locale)),
        kind: "date",
        blank: Blank::Born,
    };
    let all = section(
        "sluis-stack sluis-card sluis-screen-only",
        "person-form-title",
    )
    .kid(heading("h2", "person-form-title", &title).html())
    .kid(role(scene, form))
    .kid(capacity.html(scene, &form.filled.capacity))
    .kid(minor(scene, form))
    .kid(born.html(scene, &form.born))
    .kid(heading("h3", "person-contact", text::contact_title(locale)).html());
    let save = Press {
        busy: busy(scene),
        ..press("person-save", text::save(locale), Variant::Primary)
    };
    let cancel = press("person-cancel", common::cancel(locale), Variant::Secondary);
    let buttons = el("div", "utrecht-button-group")
        .kid(save.html(send, Msg::Person(PersonMsg::Save)))
        .kid(cancel.html(send, Msg::Person(PersonMsg::Cancel)));
    contact(scene, form, all)
        .kid(trouble(scene))
        .kid(buttons.html())
        .html()
}

fn role(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let roles = PersonRole::ALL.map(|role| words::person_role(locale, role));
    let mut all = PersonRole::ALL.iter();
    let role = Choose {
        id: "person-role",
        label: text::role(locale),
        choices: &roles,
        chosen: all.position(|role| *role == form.filled.role),
    };
    role.html(&scene.send.reform(|place: usize| {
        let role = PersonRole::ALL.get(place).copied();
        Msg::Person(PersonMsg::Role(role.unwrap_or(PersonRole::Affected)))
    }))
}

fn minor(scene: Scene<'_>, form: &Form) -> Html {
    let locale = scene.model.locale;
    let minor = Choose {
        id: "person-minor",
        label: text::minor(locale),
        choices: &[
            text::minor_unknown(locale),
            text::minor_yes(locale),
            text::minor_no(locale),
        ],
        chosen: Some(match form.filled.minor {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        }),
    };
    minor.html(&scene.send.reform(|place| {
        Msg::Person(PersonMsg::Minor(match place {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        }))
    }))
}

/// How to reach somebody, where that may be kept.
fn contact(scene: Scene<'_>, form: &Form, all: El) -> El {
    let locale = scene.model.locale;
    if !form.filled.role.keeps_contact(respondents(scene)) {
        return all.kid(p("", text::contact_respondent(locale)));
    }
    let contact = &form.filled.contact;
    let fields = [
        (
            "person-name",
            text::name(locale),
            "",
            Blank::Name,
            &contact.name,
        ),
        (
            "person-phone",
            text::phone(locale),
            "tel",
            Blank::Phone,
            &contact.phone,
        ),
        (
            "person-email",
            text::email(locale),
            "email",
            Blank::Email,
            &contact.email,
        ),
        (
            "person-address",
            text::address(locale),
            "",
            Blank::Address,
            &contact.address,
        ),
    ];
    let fields = fields.map(|(id, label, kind, blank, value)| {
        let hint = None;
        let field = Field {
            id,
            label,
            hint,
            kind,
            blank,
        };
        field.html(scene, &value.0)
    });
    all.kid(ground(scene, form.filled.role))
        .kid(p("sluis-soft", text::contact_hint(locale)))
        .kids(fields.into())
}
