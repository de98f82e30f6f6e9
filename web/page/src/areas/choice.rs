//! A select control that always shows the value in the state, even after the browser let the user pick
//! another option.

use crate::browser::input;
use yew::prelude::*;

/// The value and the label of an option.
pub type Choosable = (AttrValue, AttrValue);

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The value of the selected option.
    pub value: AttrValue,
    pub options: Vec<Choosable>,
    /// The accessible name, if no label contains the control.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    pub onchoose: Callback<String>,
}

/// The control.
#[component]
pub fn Choice(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let (node, value) = (node.clone(), props.value.clone());
        use_effect(move || input::choose(&node, &value));
    }
    let onchange = props.onchoose.reform(|event: Event| input::value(&event));
    html! {
        <select ref={node} {onchange} aria-label={props.name.clone()}>
            { for props.options.iter().map(|(value, words)| html! {
                <option value={value.clone()} selected={*value == props.value}>{ words }</option>
            }) }
        </select>
    }
}

/// An option with a fixed label.
pub fn option(value: &'static str, words: &'static str) -> Choosable {
    (AttrValue::Static(value), AttrValue::Static(words))
}
