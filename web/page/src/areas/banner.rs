//! What threatens the text, and a newer version: across the page, above everything else.

use super::on;
use crate::state::{Action, Saved, State};
use yew::prelude::*;

/// The banner, if there is anything to say.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let button = |words: &'static str, action: Action| {
        html! { <button onclick={on(dispatch, action)}>{ words }</button> }
    };
    let download = || button("Download this file", Action::Command("download".into()));
    match state.saved {
        Saved::Elsewhere => html! {
            <div class="banner" role="alert">
                <span>{ "This project is open in another tab. What you change here is saved as a copy." }</span>
                { button("Take over", Action::TakeOver) }
                { button("Open a copy", Action::OpenCopy) }
            </div>
        },
        Saved::Undecided => html! {
            <div class="banner" role="alert">
                <span>{ "This project was changed in both tabs. The version you do not choose is kept as a copy." }</span>
                { button("Keep mine", Action::KeepMine) }
                { button("Load theirs", Action::LoadTheirs) }
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
        _ if state.offline.cut => html! {
            <div class="banner calm"><span>{ "Offline. Everything here still works." }</span></div>
        },
        _ => Html::default(),
    }
}
