//! The conversation with the reporter.

use sluis_kit::html;
use sluis_kit::i18n::local_day;
use sluis_kit::text::{common, desk as text, share};
use sluis_kit::{
    Access, Alert, Bubble, Button, DaySeparator, Delivery, EmptyState, Icon, TextArea, Tone,
    Variant, glyph,
};
use sluis_link::{DraftSlot, Link, Sent};
use yew::prelude::*;

use super::super::{fault_line, on, unix};
use super::{Scene, draft_state};
use crate::state::Msg;
use crate::state::dossier::{DossierMsg, DraftState, stopped};

/// Bubbles and the box for a reply.
pub(super) fn view(scene: Scene<'_>) -> Html {
    let Scene { model, view, .. } = scene;
    let locale = model.locale;
    html! {
        <div class="sluis-columns">
        <section class="sluis-stack" aria-labelledby="conversation-title">
            <h2 id="conversation-title" class="sluis-hidden">{ text::conversation_title(locale) }</h2>
            if stopped(view) {
                <Alert {locale} tone={Tone::Warning} what={text::reporter_stopped(locale)} quiet=true />
            }
            if view.can_reply || !view.conversation.is_empty() {
                <p id="consent" class="desk-consent"><Icon glyph={glyph::SHARE_2} />{ match view.federation_may_read {
                    Some(true) => text::consent_yes(locale),
                    Some(false) => text::consent_no(locale),
                    None => text::consent_unknown(locale),
                } }</p>
            }
            if view.conversation.is_empty() {
                <EmptyState icon={glyph::MESSAGE_CIRCLE} title={text::conversation_empty(locale)}>
                    if !view.can_reply { <p class="utrecht-paragraph">{ text::conversation_none(locale) }</p> }
                </EmptyState>
            } else {
                { bubbles(scene) }
            }
            if view.can_reply {
                { reply(scene) }
            } else if view.share.elsewhere {
                <p class="utrecht-paragraph">{ share::reply_elsewhere(locale) }</p>
            } else if !view.conversation.is_empty() {
                <p class="utrecht-paragraph">{ text::conversation_closed(locale) }</p>
            }
        </section>
        { super::story::aside(scene) }
        </div>
    }
}

fn bubbles(scene: Scene<'_>) -> Html {
    let Scene {
        model, desk, view, ..
    } = scene;
    let locale = model.locale;
    let offline = matches!(desk.link, Some(Link::Offline(_)));
    let mut day = None;
    let items = view.conversation.iter().enumerate().map(|(index, bubble)| {
        let time = unix(bubble.time);
        let today = local_day(time);
        let new_day = day.replace(today) != Some(today);
        let author = bubble
            .staff
            .clone()
            .unwrap_or_else(|| common::role_reporter(locale).to_owned());
        let delivery = bubble.staff.is_some().then_some(match bubble.sent {
            Sent::Stored => Delivery::Sent,
            Sent::Waiting if offline => Delivery::Waiting,
            Sent::Waiting => Delivery::Sending,
        });
        html! {
            <>
                if new_day { <DaySeparator key={["day-", &index.to_string()].concat()} {locale} unix={time} now={unix(model.now)} /> }
                <Bubble key={index} {locale} {author} own={bubble.staff.is_some()} unix={time} {delivery}>{ super::involved::told(view, locale, &bubble.text) }{ super::files::named(locale, &bubble.files) }</Bubble>
            </>
        }
    });
    html! {
        <div id="conversation-list" class="desk-chat" role="log" aria-live="polite" tabindex="0" aria-label={text::conversation_title(locale)}>
            <ol class="sluis-chat">{ for items }</ol>
        </div>
    }
}

fn reply(scene: Scene<'_>) -> Html {
    let Scene {
        model, open, send, ..
    } = scene;
    let locale = model.locale;
    let draft = &open.reply;
    let busy = matches!(draft.state, DraftState::Sending(_));
    let error = match draft.state {
        DraftState::Failed(fault) => Some(fault_line(locale, fault)),
        _ => None,
    };
    let sends = on(send, Msg::Dossier(DossierMsg::Send(DraftSlot::Reply)));
    html! {
        <div class="sluis-stack desk-reply sluis-screen-only">
            <TextArea id="reply" label={text::reply(locale)} hint={text::reply_hint(locale)} rows=3 value={draft.text.clone()} {error}
                access={if busy { Access::ReadOnly } else { Access::default() }} onsend={sends.clone()}
                oninput={send.reform(|text| Msg::Dossier(DossierMsg::Drafted(DraftSlot::Reply, text)))} />
            { super::involved::offered(scene, &draft.text, |text| Msg::Dossier(DossierMsg::Drafted(DraftSlot::Reply, text))) }
            <div class="utrecht-button-group">
                <Button id="send-reply" variant={Variant::Primary} icon={glyph::SEND} {busy} onclick={sends}>{ text::send_reply(locale) }<kbd class="sluis-kbd desk-wide-only">{ text::new_save_keys(locale) }</kbd></Button>
                <span id="reply-state" class="sluis-soft">{ draft_state(scene, DraftSlot::Reply) }</span>
            </div>
        </div>
    }
}
