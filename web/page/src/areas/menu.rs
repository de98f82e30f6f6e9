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
    /// An icon that replaces the label on a narrow screen.
    #[prop_or_default]
    pub icon: Option<Icon>,
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
        let (open, whole, stays) = (open.clone(), whole.clone(), props.stays);
        Callback::from(move |_: MouseEvent| {
            if !stays {
                open.set(false);
                place::focus_first(&whole);
            }
        })
    };
    html! {
        <div class={classes!("menu", props.class.clone())} ref={&whole} {onfocusout} {onkeydown}>
            <button aria-expanded={open.to_string()} aria-label={props.name.clone()} onclick={toggle}>
                { for props.icon.map(|shape| html! { <span class="short">{ icon(shape) }</span> }) }
                <span class={classes!("menu-label", props.icon.is_some().then_some("long"))}>{ &props.label }</span>
                <span class={props.icon.is_some().then_some("long")}>{ icon(Icon::Chevron) }</span>
            </button>
            if *open {
                <div class="sheet" tabindex="-1" onclick={chosen}>{ props.children.clone() }</div>
            }
        </div>
    }
}
