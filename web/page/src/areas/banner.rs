//! What threatens the text, and a newer version: across the page, above everything else.

use super::on;
use crate::state::{Action, Offline, Saved};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub saved: Saved,
    pub offline: Offline,
    pub dispatch: Callback<Action>,
}

/// The banner, if there is anything to say.
#[component]
pub fn Banner(props: &Props) -> Html {
    let button = |words: &'static str, action: Action| {
        html! { <button onclick={on(&props.dispatch, action)}>{ words }</button> }
    };
    let download = || button("Download this file", Action::Command("download".into()));
    match props.saved {
        Saved::Elsewhere => html! {
            <div class="banner" role="alert">
                <span>{ "This project is open in another tab. What you change here is not saved." }</span>
                { button("Take over", Action::TakeOver) }
                { button("Open a copy", Action::OpenCopy) }
            </div>
        },
        Saved::Blocked => html! {
            <div class="banner" role="alert">
                <span>{ "This browser isn't keeping your work (private window?)." }</span>
                { download() }
            </div>
        },
        Saved::Full => html! {
            <div class="banner" role="alert">
                <span>{ "The browser's storage is full: the latest changes are not saved. Delete old projects, or download your files." }</span>
                { download() }
            </div>
        },
        _ if props.offline.cut => html! {
            <div class="banner calm"><span>{ "Offline. Everything here still works." }</span></div>
        },
        _ => Html::default(),
    }
}
