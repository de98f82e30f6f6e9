//! A field in the list of problems that gives a variable its missing value.

use crate::browser::{input, place};
use crate::state::Action;
use crate::state::action::ValueAction;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The variable.
    pub name: String,
    pub tabindex: &'static str,
    pub dispatch: Callback<Action>,
}

/// The field and its button.
#[component]
pub fn GiveValue(props: &Props) -> Html {
    let field = use_node_ref();
    let set = {
        let (dispatch, field, name) = (props.dispatch.clone(), field.clone(), props.name.clone());
        move || {
            let value = Some(input::text(&field)).filter(|value| !value.is_empty());
            if value.is_some() {
                dispatch.emit(Action::Value(ValueAction::Set { name: name.clone(), value }));
                place::focus("problems-heading");
            }
        }
    };
    let onclick = {
        let set = set.clone();
        Callback::from(move |_: MouseEvent| set())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" | "ArrowUp" | "ArrowDown" => {}
        "Enter" => {
            input::take(&event);
            set();
        }
        // The list has its own keys.
        _ => event.stop_propagation(),
    });
    html! {
        <span class="give">
            <input ref={field} tabindex={props.tabindex} aria-label={format!("Value for {}", props.name)}
                placeholder={format!("Value for {}", props.name)} autocomplete="off" {onkeydown} />
            <button tabindex={props.tabindex} {onclick}>{ "Set" }</button>
        </span>
    }
}
