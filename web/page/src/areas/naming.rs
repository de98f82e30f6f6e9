//! The dialog that renames a variable.

use super::on;
use crate::browser::{dialog, input};
use crate::state::{Action, VariableName};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The variable, while it is being renamed.
    pub variable: Option<VariableName>,
    pub dispatch: Callback<Action>,
}

/// The dialog.
#[component]
pub fn NameDialog(props: &Props) -> Html {
    let (node, field) = (use_node_ref(), use_node_ref());
    {
        let (node, field) = (node.clone(), field.clone());
        use_effect_with(props.variable.is_some(), move |open| {
            dialog::set_open(&node, *open);
            if *open {
                dialog::focus_field(&field);
            }
        });
    }
    let Some(VariableName { name, .. }) = &props.variable else {
        return html! { <dialog ref={node} class="review naming" aria-label="Rename variable" /> };
    };
    let dispatch = &props.dispatch;
    let accept = {
        let (dispatch, field) = (dispatch.clone(), field.clone());
        move || {
            let name = input::text(&field).trim().to_owned();
            dispatch.emit(Action::NameVariable(Some(name).filter(|name| !name.is_empty())));
        }
    };
    let onclick = Callback::from({
        let accept = accept.clone();
        move |_: MouseEvent| accept()
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            input::take(&event);
            accept();
        }
    });
    html! {
        <dialog ref={node} class="review naming" aria-labelledby="naming-title"
            onclose={dispatch.reform(|_: Event| Action::NameVariable(None))}>
            <h2 id="naming-title">{ "Rename " }<code>{ name }</code></h2>
            <p>{ "In every file of this project, and in the value sets." }</p>
            <input ref={field} value={name.clone()} aria-label="New name" autocomplete="off" spellcheck="false" {onkeydown} />
            <footer>
                <button onclick={on(dispatch, Action::NameVariable(None))}>{ "Cancel" }</button>
                <button class="primary" {onclick}>{ "Rename" }</button>
            </footer>
        </dialog>
    }
}
