//! The editor area: a tab for each open file, and the element that contains the editor.

use super::icon::{Icon, icon};
use super::on;
use crate::examples::starters::STARTERS;
use crate::state::action::{FileAction, ProjectAction};
use crate::state::prompt::file_name;
use crate::state::{Action, State};
use yew::prelude::*;

/// The area; the contents of `host` belong to the editor and are never rendered here.
pub fn view(state: &State, host: &NodeRef, dispatch: &Callback<Action>) -> Html {
    let tabs = state.workspace.open.iter().map(|path| file_tab(state, dispatch, path));
    html! {
        <section class="edit" aria-label="Editor">
            <div class="tabs" role="group" aria-label="Open files">
                { for tabs }
                if state.workspace.active != state.workspace.entry {
                    <button class="quiet compile" onclick={on(dispatch, Action::File(FileAction::MakeMain(state.workspace.active.clone())))}>
                        { icon(Icon::Flag) }{ "Make this the main file" }
                    </button>
                }
            </div>
            <div class="editor" ref={host} />
            if state.workspace.is_blank() { { starters(dispatch) } }
        </section>
    }
}

/// Ways to begin an empty project.
fn starters(dispatch: &Callback<Action>) -> Html {
    let rows = STARTERS.iter().map(|starter| {
        let begin = dispatch
            .reform(|_| Action::Project(ProjectAction::Begin(Box::new(starter.workspace()))));
        html! {
            <li><button onclick={begin}>
                <span>{ starter.name }</span>
                if starter.path != starter.name { <span class="meta">{ starter.path }</span> }
            </button></li>
        }
    });
    html! {
        <div class="starters">
            <h2>{ "Or start with" }</h2>
            <ul>{ for rows }</ul>
            <p>
                <button onclick={on(dispatch, Action::File(FileAction::Paste))}>{ "Paste" }</button>
                <button onclick={on(dispatch, Action::File(FileAction::Pick))}>{ "Open" }</button>
            </p>
        </div>
    }
}

/// The ID of a file's tab.
pub fn tab_id(path: &str) -> String {
    format!("open-{path}")
}

fn file_tab(state: &State, dispatch: &Callback<Action>, path: &str) -> Html {
    let current = path == state.workspace.active;
    let name = file_name(path).to_owned();
    let main = path == state.workspace.entry && state.workspace.files.len() > 1;
    html! {
        <span class="file-tab" id={tab_id(path)} key={path.to_owned()} data-current={current.to_string()}>
            <button class="tab" aria-current={current.then_some("true")} title={path.to_owned()}
                onclick={on(dispatch, Action::File(FileAction::Open(path.to_owned())))}>
                { &name }
                if main { <span class="entry-mark" title="The prompt is compiled from this file">{ "main" }</span> }
            </button>
            if state.workspace.open.len() > 1 {
                <button class="round" aria-label={format!("Close {name}")}
                    onclick={on(dispatch, Action::File(FileAction::Close(path.to_owned())))}>
                    { icon(Icon::Cross) }
                </button>
            }
        </span>
    }
}
