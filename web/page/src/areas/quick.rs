//! The bar above the keyboard of a narrow screen, shown while the editor has the focus.

use super::icon::{Icon, icon};
use super::on;
use crate::state::{Action, State};
use yew::prelude::*;

/// The bar.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let button = |shape, words: &'static str, command: &str| {
        // The focus stays in the editor, so the keyboard stays open.
        let keep = Callback::from(|event: PointerEvent| event.prevent_default());
        let still = Callback::from(|event: MouseEvent| event.prevent_default());
        html! {
            <button aria-label={words} onpointerdown={keep} onmousedown={still}
                onclick={on(dispatch, Action::Command(command.into()))}>{ icon(shape) }</button>
        }
    };
    let count = state.shown.len();
    html! {
        <aside class="quick" aria-label="Above the keyboard"><div role="toolbar" aria-label="Editing">
            { button(Icon::Undo, "Undo", "undo") }
            { button(Icon::Redo, "Redo", "redo") }
            <span class="space" />
            <span class="meta">{ words(count) }</span>
            { button(Icon::Next, "Next problem", "next-problem") }
            { button(Icon::Wrench, "Fixes and other actions", "actions") }
        </div></aside>
    }
}

/// How many problems there are.
fn words(count: usize) -> String {
    if count == 0 { "No problems".into() } else { crate::state::problems::count(count, "problem") }
}
