//! A choice of one among several: the browser's own control, which always shows what the state says,
//! also after the reader chose something that was then changed elsewhere.

use crate::browser::input;
use yew::prelude::*;

/// The value and the words of one option.
pub type Choosable = (AttrValue, AttrValue);

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The value of the option that is chosen.
    pub value: AttrValue,
    pub options: Vec<Choosable>,
    /// What the control is called where no label holds it.
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

/// An option of fixed words.
pub fn option(value: &'static str, words: &'static str) -> Choosable {
    (AttrValue::Static(value), AttrValue::Static(words))
}
