//! A field for a name, which takes effect when the field is left or on Enter.

use crate::browser::input;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The current name.
    pub name: String,
    /// Receives a new name.
    pub onname: Callback<String>,
}

/// The field. It holds what is typed, because the page may be drawn again at any time, for example when the
/// project was saved, and would then show the current name again.
#[component]
pub fn NameField(props: &Props) -> Html {
    let typed = use_state(|| None::<String>);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(Some(input::value(&event))))
    };
    let onchange = {
        let (typed, onname) = (typed.clone(), props.onname.clone());
        Callback::from(move |event: Event| {
            typed.set(None);
            onname.emit(input::value(&event));
        })
    };
    // A click elsewhere in a menu closes it.
    let onclick = Callback::from(|event: MouseEvent| event.stop_propagation());
    let value = (*typed).clone().unwrap_or_else(|| props.name.clone());
    html! { <input {value} {oninput} {onchange} {onclick} autocomplete="off" /> }
}
