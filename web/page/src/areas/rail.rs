//! The file list of the project: open, create, rename, delete, import and download files.

use super::icon::{self, Icon, icon};
use super::on;
use super::outline::Contents;
use crate::browser::{dialog, input};
use crate::state::action::FileAction;
use crate::state::{Action, State};
use yew::prelude::*;

/// The rail.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let tool = |shape, name: &'static str, action: Action| {
        html! {
            <button class="round" title={name} onclick={on(dispatch, action)}>{ icon(shape) }<span class="tool-name">{ name }</span></button>
        }
    };
    html! {
        <nav class="rail" aria-label="Files">
            <h2>{ "Files" }</h2>
            <ul>{ for state.workspace.files.keys().map(|path| row(state, dispatch, path)) }</ul>
            <div class="tools">
                { tool(Icon::Plus, "New file", Action::File(FileAction::New)) }
                { tool(Icon::Up, "Open files from this computer", Action::File(FileAction::Pick)) }
                { tool(Icon::Folder, "Open a folder from this computer", Action::File(FileAction::PickFolder)) }
                { tool(Icon::Down, "Download this file", Action::File(FileAction::Download(state.workspace.active.clone()))) }
            </div>
            <p class="meta"><span class="drop">{ "Drop files, folders or a ZIP anywhere on the page. " }</span>{ "Nothing is uploaded." }</p>
            if let Some(outcome) = &state.outcome { <Contents outcome={outcome.clone()} {dispatch} /> }
        </nav>
    }
}

fn row(state: &State, dispatch: &Callback<Action>, path: &str) -> Html {
    if state.renaming.as_deref() == Some(path) {
        return html! { <li key={path.to_owned()}><NameField path={path.to_owned()} dispatch={dispatch} /></li> };
    }
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(f, n)| (f, n));
    let current = path == state.workspace.active;
    let trouble = state.trouble(path);
    let open = on(dispatch, Action::File(FileAction::Open(path.to_owned())));
    let rename = {
        let (dispatch, path) = (dispatch.clone(), path.to_owned());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "F2" => dispatch.emit(Action::File(FileAction::Naming(Some(path.clone())))),
            "Delete" => dispatch.emit(Action::File(FileAction::Delete(path.clone()))),
            _ => {}
        })
    };
    html! {
        <li key={path.to_owned()} class="file" data-current={current.to_string()}>
            <button class="open" id={format!("file-{path}")} title={path.to_owned()} aria-current={current.then_some("true")} onclick={open} onkeydown={rename}>
                <span class="name">{ name.to_owned() }</span>
                if let Some(trouble) = trouble { { icon::severity(trouble) }<span class="aside">{ "has problems" }</span> }
                <span class="where">
                    if !folder.is_empty() { <span class="folder">{ folder.to_owned() }</span> }
                    if path == state.workspace.entry && state.workspace.files.len() > 1 { <span class="entry-mark">{ "main" }</span> }
                </span>
            </button>
            <span class="row-tools">
                if path != state.workspace.entry {
                    <button class="round" aria-label={format!("Make {path} the main file")} title="Make this the main file"
                        onclick={on(dispatch, Action::File(FileAction::MakeMain(path.to_owned())))}>{ icon(Icon::Flag) }</button>
                }
                <button class="round" aria-label={format!("Rename {path}")} onclick={on(dispatch, Action::File(FileAction::Naming(Some(path.to_owned()))))}>{ icon(Icon::Pencil) }</button>
                <button class="round" aria-label={format!("Delete {path}")} onclick={on(dispatch, Action::File(FileAction::Delete(path.to_owned())))}>{ icon(Icon::Bin) }</button>
            </span>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    path: String,
    dispatch: Callback<Action>,
}

/// The field for a new path; Enter or leaving the field accepts it, Escape discards it.
#[component]
fn NameField(props: &NameProps) -> Html {
    let field = use_node_ref();
    let first = field.clone();
    use_effect_with((), move |_| dialog::focus_field(&first));
    let keep = {
        let (dispatch, from) = (props.dispatch.clone(), props.path.clone());
        move |event: &Event| {
            dispatch.emit(Action::File(FileAction::Rename {
                from: from.clone(),
                to: input::value(event),
            }));
        }
    };
    let onblur = Callback::from({
        let keep = keep.clone();
        move |event: FocusEvent| keep(&event)
    });
    let onkeydown = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                input::take(&event);
                dispatch.emit(Action::File(FileAction::Naming(None)));
            }
            "Enter" => keep(&event),
            _ => {}
        })
    };
    html! {
        <input ref={field} value={props.path.clone()} aria-label="File path" spellcheck="false"
            autocomplete="off" {onkeydown} {onblur} />
    }
}
