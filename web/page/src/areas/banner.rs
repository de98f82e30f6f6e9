//! The banner across the page: it warns about unsaved work and a lost network, and greets on a first visit.

use super::menu::Menu;
use super::{header, on};
use crate::state::action::{FileAction, TabAction};
use crate::state::{Action, Saved, State};
use yew::prelude::*;

/// The banner, if one is needed.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let button = |words: &'static str, action: Action| {
        html! { <button onclick={on(dispatch, action)}>{ words }</button> }
    };
    let download = || button("Download this file", Action::Command("download".into()));
    match state.kept.saved {
        Saved::Elsewhere => html! {
            <div class="banner" role="alert">
                <span>{ "This project is open in another tab. Changes you make here are saved as a copy." }</span>
                { button("Take over", Action::Tab(TabAction::TakeOver)) }
                { button("Open a copy", Action::Tab(TabAction::OpenCopy)) }
            </div>
        },
        Saved::Undecided => html! {
            <div class="banner" role="alert">
                <span>{ "This project was changed in both tabs. The version you don't choose is saved as a copy." }</span>
                { button("Keep this version", Action::Tab(TabAction::KeepMine)) }
                { button("Use the other tab's version", Action::Tab(TabAction::LoadTheirs)) }
            </div>
        },
        Saved::Blocked => html! {
            <div class="banner" role="alert">
                <span>{ "This browser isn't saving your work (private window?). Download your files to keep them." }</span>
                { download() }
            </div>
        },
        Saved::Full => html! {
            <div class="banner" role="alert">
                <span>{ "Browser storage is full. Your latest changes are not saved. Delete old projects or download your files." }</span>
                { download() }
            </div>
        },
        _ if state.offline.cut => html! {
            <div class="banner calm"><span>{ "You're offline. Everything still works." }</span></div>
        },
        _ if state.screen.greeting => html! {
            <aside class="banner calm greeting" aria-label="Welcome">
                <span>
                    <strong>{ "Check a role definition and see the exact prompt the model gets." }</strong>
                    { " Nothing leaves your browser. Edit this example, or bring your own:" }
                </span>
                { button("Paste", Action::File(FileAction::Paste)) }
                { button("Open", Action::File(FileAction::Pick)) }
                <Menu label="Examples" class="end">{ header::examples(dispatch) }</Menu>
            </aside>
        },
        _ => Html::default(),
    }
}
