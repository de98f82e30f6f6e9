//! The dialog with the snapshots of the project: when each was saved, and a button that restores it.

use super::icon::{Icon, icon};
use super::on;
use crate::browser::{dialog, input};
use crate::state::snapshots::{Event as SnapshotEvent, Snapshot};
use crate::state::{Action, Shared};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub open: bool,
    /// The list; `None` until it is read.
    pub list: Option<Shared<Vec<Snapshot>>>,
    pub dispatch: Callback<Action>,
}

/// The dialog.
#[component]
pub fn SnapshotDialog(props: &Props) -> Html {
    let (node, name) = (use_node_ref(), use_state(String::new));
    {
        let (node, name) = (node.clone(), name.clone());
        use_effect_with(props.open, move |open| {
            name.set(String::new());
            dialog::set_open(&node, *open);
        });
    }
    if !props.open {
        return html! { <dialog ref={node} class="help snapshots" aria-label="Snapshots" /> };
    }
    let dispatch = &props.dispatch;
    let event = |event: SnapshotEvent| on(dispatch, Action::Snapshot(event));
    let oninput = {
        let name = name.clone();
        Callback::from(move |event: InputEvent| name.set(input::value(&event)))
    };
    let onsubmit = {
        let name = name.clone();
        dispatch.reform(move |event: SubmitEvent| {
            event.prevent_default();
            let taken = (*name).clone();
            name.set(String::new());
            Action::Snapshot(SnapshotEvent::Take(taken))
        })
    };
    html! {
        <dialog ref={node} class="help snapshots" aria-labelledby="snapshots-title"
            onclose={dispatch.reform(|_: Event| Action::Snapshot(SnapshotEvent::Open(false)))}>
            <header>
                <h2 id="snapshots-title">{ "Snapshots" }</h2>
                <button class="round" aria-label="Close" onclick={event(SnapshotEvent::Open(false))}>{ icon(Icon::Cross) }</button>
            </header>
            <p>{ "Earlier versions of this project. While you edit, one is saved every ten minutes." }</p>
            <form {onsubmit}>
                <label class="field"><span>{ "Name" }</span>
                    <input value={(*name).clone()} {oninput} autocomplete="off" placeholder="Before the rewrite" />
                </label>
                <button type="submit">{ "Save a snapshot" }</button>
            </form>
            { list(props, dispatch) }
        </dialog>
    }
}

fn list(props: &Props, dispatch: &Callback<Action>) -> Html {
    let Some(list) = &props.list else { return html! { <p class="empty">{ "Loading…" }</p> } };
    if list.is_empty() {
        return html! { <p class="empty">{ "No snapshots yet." }</p> };
    }
    let rows = list.iter().map(|Snapshot { id, name, when }| {
        let title = if name.is_empty() { "Saved automatically" } else { name };
        let restore = Action::Snapshot(SnapshotEvent::Restore(id.clone()));
        html! {
            <li key={id.clone()}>
                <span>{ title.to_owned() }</span><span class="meta">{ when }</span>
                <button aria-label={format!("Restore {title}, {when}")} onclick={on(dispatch, restore)}>{ "Restore" }</button>
            </li>
        }
    });
    html! { <ul aria-label="Snapshots">{ for rows }</ul> }
}
