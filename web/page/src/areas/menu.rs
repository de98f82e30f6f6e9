//! A button that opens a menu; Escape, choosing an entry or moving the focus away closes it.

use super::icon::{Icon, icon};
use crate::browser::{input, place};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The label of the button.
    pub label: AttrValue,
    /// The accessible name of the button, if the label alone is not enough.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Additional CSS classes.
    #[prop_or_default]
    pub class: Classes,
    /// Whether the menu stays open after a click inside.
    #[prop_or_default]
    pub stays: bool,
    pub children: Html,
}

/// The button and its panel.
#[component]
pub fn Menu(props: &Props) -> Html {
    let open = use_state(|| false);
    let whole = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onfocusout = {
        let (open, whole) = (open.clone(), whole.clone());
        Callback::from(move |event: FocusEvent| {
            if place::leaves(&event, &whole) {
                open.set(false);
            }
        })
    };
    let onkeydown = {
        let (open, whole) = (open.clone(), whole.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                input::take(&event);
                open.set(false);
                place::focus_first(&whole);
            }
        })
    };
    let chosen = {
        let (open, stays) = (open.clone(), props.stays);
        Callback::from(move |_: MouseEvent| {
            if !stays {
                open.set(false);
            }
        })
    };
    html! {
        <div class={classes!("menu", props.class.clone())} ref={&whole} {onfocusout} {onkeydown}>
            <button aria-expanded={open.to_string()} aria-label={props.name.clone()} onclick={toggle}>
                <span class="menu-label">{ &props.label }</span>{ icon(Icon::Chevron) }
            </button>
            if *open {
                <div class="sheet" tabindex="-1" onclick={chosen}>{ props.children.clone() }</div>
            }
        </div>
    }
}
