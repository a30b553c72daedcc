//! Notes: for the team, and for oneself.

use sluis_kit::html;
use sluis_kit::text::desk as text;
use sluis_kit::{Access, Badge, Button, EmptyState, Moment, TextArea, Tone, Variant, glyph};
use sluis_link::{DraftSlot, Lane, NoteView, Sent};
use yew::prelude::*;

use super::super::light::el;
use super::super::{fault_line, on, unix};
use super::{Scene, draft_state};
use crate::state::Msg;
use crate::state::dossier::{DossierMsg, DraftState, Part};

/// The notes, oldest first, and the box for another.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let Scene {
        model,
        open,
        view,
        send,
        ..
    } = scene;
    let locale = model.locale;
    let draft = &open.note;
    let busy = matches!(draft.state, DraftState::Sending(_));
    let error = match draft.state {
        DraftState::Failed(fault) => Some(fault_line(locale, fault)),
        _ => None,
    };
    let hint = match open.lane {
        Lane::Team => text::note_hint(locale),
        Lane::Me => text::note_hint_me(locale),
    };
    let sends = on(send, Msg::Dossier(DossierMsg::Send(DraftSlot::Note)));
    html! {
        <section class="sluis-stack desk-conversation" aria-labelledby="notes-title">
            <h2 id="notes-title" class="sluis-hidden">{ text::part_notes(locale) }</h2>
            if view.notes.is_empty() {
                <EmptyState icon={glyph::PENCIL} title={text::notes_empty_title(locale)}><p class="utrecht-paragraph">{ text::notes_empty(locale) }</p></EmptyState>
            } else {
                <ul class="desk-list sluis-card">{ for view.notes.iter().map(|note| one(scene, note)) }</ul>
            }
            <div class="sluis-stack sluis-screen-only">
                { lanes(scene) }
                <TextArea id="note" label={text::note(locale)} hint={hint} rows=3 value={draft.text.clone()} {error}
                    access={if busy { Access::ReadOnly } else { Access::default() }} onsend={sends.clone()}
                    oninput={send.reform(|text| Msg::Dossier(DossierMsg::Drafted(DraftSlot::Note, text)))} />
                { super::involved::offered(scene, &draft.text, |text| Msg::Dossier(DossierMsg::Drafted(DraftSlot::Note, text))) }
                <div class="utrecht-button-group">
                    <Button id="add-note" variant={Variant::Primary} icon={glyph::PLUS} {busy} onclick={sends}>{ text::add_note(locale) }</Button>
                    <span id="note-state" class="sluis-soft">{ draft_state(scene, DraftSlot::Note) }</span>
                </div>
            </div>
        </section>
    }
}

/// Who the note is for. What the reporter is to read is a reply, in the conversation.
fn lanes(scene: Scene<'_>) -> Html {
    let locale = scene.model.locale;
    let now = scene.open.lane;
    let one = |(id, lane, words): (&'static str, Lane, &'static str)| {
        let class = if now == lane {
            "sluis-switch__option sluis-switch__option--on"
        } else {
            "sluis-switch__option"
        };
        el("button", class)
            .attr("id", id)
            .attr("type", "button")
            .attr("aria-pressed", if now == lane { "true" } else { "false" })
            .text(words)
            .click(scene.send, Msg::Dossier(DossierMsg::Lane(lane)))
            .html()
    };
    let lanes = [
        ("lane-team", Lane::Team, text::lane_team(locale)),
        ("lane-me", Lane::Me, text::lane_me(locale)),
    ];
    let mut switch = el("div", "sluis-switch")
        .attr("role", "group")
        .attr("aria-label", text::lane(locale))
        .kids(lanes.map(one).into());
    if scene.view.can_reply {
        let reply = Msg::Dossier(DossierMsg::Show(Part::Conversation));
        switch = switch.kid(
            el("button", "sluis-switch__option")
                .attr("id", "lane-reporter")
                .attr("type", "button")
                .text(text::lane_reporter(locale))
                .click(scene.send, reply)
                .html(),
        );
    }
    switch.html()
}

fn one(scene: Scene<'_>, written: &NoteView) -> Html {
    let locale = scene.model.locale;
    html! {
        <li class="desk-note">
            <p class="sluis-row-of">
                <span class="sluis-strong">{ &written.author }</span>
                <span class="sluis-soft"><Moment {locale} unix={unix(written.time)} /></span>
                if written.lane == Lane::Me { <Badge icon={glyph::LOCK}>{ text::lane_me(locale) }</Badge> }
                if written.sent == Sent::Waiting { <Badge tone={Tone::Warning} icon={glyph::CLOCK}>{ text::pending_mark(locale) }</Badge> }
            </p>
            <p class="desk-typed">{ super::involved::told(scene.view, locale, &written.text) }</p>
        </li>
    }
}
