//! Dialogues: the browser's own `<dialog>`, which keeps the focus inside and gives it back afterwards.

use sluis_draw::html;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::button::{Button, Variant};
use crate::field::TextField;
use crate::i18n::Locale;
use crate::icon::glyph;
use crate::text::common;

/// Props of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Identifier in the page.
    pub id: AttrValue,
    /// The language of the close button.
    pub locale: Locale,
    /// What it is about.
    pub title: AttrValue,
    /// Whether it is shown.
    pub open: bool,
    /// Called on Escape and on the close button; the page answers by setting `open` to false.
    pub onclose: Callback<()>,
    /// What it says.
    #[prop_or_default]
    pub children: Html,
    /// The buttons at its foot.
    #[prop_or_default]
    pub actions: Html,
}

/// A dialogue over the page.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with((node.clone(), props.open), |(node, open)| {
        let Some(dialog) = node.cast::<HtmlDialogElement>() else {
            return;
        };
        if *open && !dialog.open() {
            // Fails only for an element outside the document, and this effect runs after it was put in.
            let _ = dialog.show_modal();
        } else if !*open && dialog.open() {
            dialog.close();
        }
    });
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            onclose.emit(());
        })
    };
    // A browser may close it without asking, on a second Escape; the page has to hear of that too.
    let onclose = {
        let (open, onclose) = (props.open, props.onclose.clone());
        Callback::from(move |_: Event| {
            if open {
                onclose.emit(());
            }
        })
    };
    let title = [props.id.as_str(), "-title"].concat();
    html! {
        <dialog ref={node} id={props.id.clone()} class="sluis-dialog" aria-labelledby={title.clone()} {oncancel} {onclose}>
            <div class="sluis-dialog__head">
                <h2 id={title} class="utrecht-heading-2" tabindex="-1" autofocus={true}>{ &props.title }</h2>
                <Button variant={Variant::Subtle} icon={glyph::X} label={common::close(props.locale)} onclick={props.onclose.clone()} />
            </div>
            if props.open {
                <div class="sluis-dialog__body">{ props.children.clone() }</div>
                <div class="sluis-dialog__foot utrecht-button-group">{ props.actions.clone() }</div>
            }
        </dialog>
    }
}

/// Props of [`ConfirmDialog`].
#[derive(Properties, PartialEq)]
pub struct ConfirmDialogProps {
    /// Identifier in the page.
    pub id: AttrValue,
    /// The language of its own words.
    pub locale: Locale,
    /// The question.
    pub title: AttrValue,
    /// Whether it is shown.
    pub open: bool,
    /// What will happen, in words.
    #[prop_or_default]
    pub children: Html,
    /// The words on the button that does it: a verb, not “yes”.
    pub confirm: AttrValue,
    /// Destroys or ends something.
    #[prop_or_default]
    pub danger: bool,
    /// A word that has to be typed first, for what cannot be undone.
    #[prop_or_default]
    pub word: Option<AttrValue>,
    /// It is being done.
    #[prop_or_default]
    pub busy: bool,
    /// Called when a person confirms.
    pub onconfirm: Callback<()>,
    /// Called when a person turns back.
    pub onclose: Callback<()>,
}

/// A question before something is done.
#[component]
pub fn ConfirmDialog(props: &ConfirmDialogProps) -> Html {
    let typed = use_state(String::new);
    {
        let typed = typed.clone();
        use_effect_with(props.open, move |_| typed.set(String::new()));
    }
    let missing = props
        .word
        .as_ref()
        .is_some_and(|word| !confirms(&typed, word));
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    let actions = html! {
        <>
            <Button variant={if props.danger { Variant::Danger } else { Variant::Primary }} disabled={missing} busy={props.busy} onclick={props.onconfirm.clone()}>{ &props.confirm }</Button>
            <Button onclick={props.onclose.clone()}>{ common::cancel(props.locale) }</Button>
        </>
    };
    html! {
        <Dialog id={props.id.clone()} locale={props.locale} title={props.title.clone()} open={props.open} onclose={props.onclose.clone()} {actions}>
            { props.children.clone() }
            if let Some(word) = &props.word {
                <TextField id={[props.id.as_str(), "-word"].concat()} label={common::confirm_by_typing(props.locale, word)} value={(*typed).clone()} {oninput} />
            }
        </Dialog>
    }
}

/// Whether `typed` is the asked word, whatever its case and the spaces around it.
fn confirms(typed: &str, word: &str) -> bool {
    typed.trim().to_lowercase() == word.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::confirms;

    #[test]
    fn the_asked_word_confirms_in_any_case() {
        assert!(confirms(" Verwijder ", "verwijder"));
        assert!(!confirms("verwijde", "verwijder"));
        assert!(!confirms("", "verwijder"));
    }
}
