//! The notice about the last event, with an *Undo* button where the event can be undone.

use super::icon::{Icon, icon};
use super::on;
use super::prose::prose;
use crate::state::{Action, Notice, State};
use yew::prelude::*;

/// The notice.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let Some(Notice { text, offer }) = &state.notice else { return Html::default() };
    html! {
        <div class="notice" role="group" aria-label="Notice">
            <span>{ prose(text) }</span>
            if let Some((words, action)) = offer {
                <button onclick={on(dispatch, (**action).clone())}>{ *words }</button>
            }
            <button class="round" aria-label="Dismiss" onclick={on(dispatch, Action::Dismiss)}>
                { icon(Icon::Cross) }
            </button>
        </div>
    }
}
