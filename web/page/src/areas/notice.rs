//! What just happened, with a way back where there is one. It stays until it is dismissed.

use super::icon::{Icon, icon};
use super::on;
use super::prose::prose;
use crate::state::Action;
use yew::prelude::*;

/// A button: its words and what it does.
type Offer = Option<(&'static str, Box<Action>)>;

#[derive(Properties)]
pub struct Props {
    /// A sentence, and perhaps a button.
    pub notice: Option<(String, Offer)>,
    pub dispatch: Callback<Action>,
}

impl PartialEq for Props {
    /// Actions cannot be compared: a notice with a button is drawn again.
    fn eq(&self, other: &Props) -> bool {
        match (&self.notice, &other.notice) {
            (None, None) => true,
            (Some((a, None)), Some((b, None))) => a == b,
            _ => false,
        }
    }
}

/// The notice.
#[component]
pub fn NoticeBar(props: &Props) -> Html {
    let Some((text, offer)) = &props.notice else { return Html::default() };
    html! {
        <div class="notice" role="group" aria-label="Notice">
            <span>{ prose(text) }</span>
            if let Some((words, action)) = offer {
                <button onclick={on(&props.dispatch, (**action).clone())}>{ *words }</button>
            }
            <button class="round" aria-label="Dismiss" onclick={on(&props.dispatch, Action::Dismiss)}>
                { icon(Icon::Cross) }
            </button>
        </div>
    }
}
