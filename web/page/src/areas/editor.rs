//! The editor's zone: a tab for each open file, and the place the editor lives in.

use super::icon::{Icon, icon};
use super::on;
use crate::state::Action;
use crate::state::prompt::file_name;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub open: Vec<String>,
    pub active: String,
    pub entry: String,
    /// The place of the editor; nothing here touches what is in it.
    pub host: NodeRef,
    pub dispatch: Callback<Action>,
}

/// The zone.
#[component]
pub fn EditPane(props: &Props) -> Html {
    let tabs = props.open.iter().map(|path| file_tab(props, path));
    html! {
        <section class="edit" aria-label="Editor">
            <div class="tabs" role="group" aria-label="Open files">
                { for tabs }
                if props.active != props.entry {
                    <button class="quiet compile" onclick={on(&props.dispatch, Action::Compile(props.active.clone()))}>
                        { icon(Icon::Play) }{ "Compile this file" }
                    </button>
                }
            </div>
            <div class="editor" ref={&props.host} />
        </section>
    }
}

fn file_tab(props: &Props, path: &str) -> Html {
    let current = path == props.active;
    let name = file_name(path).to_owned();
    let compiled = path == props.entry;
    html! {
        <span class="file-tab" key={path.to_owned()} data-current={current.to_string()}>
            <button class="tab" aria-current={current.then_some("true")} title={path.to_owned()}
                onclick={on(&props.dispatch, Action::Open(path.to_owned()))}>
                { &name }
                if compiled { <span class="entry-mark" title="The prompt is compiled from this file">{ "compiled" }</span> }
            </button>
            if props.open.len() > 1 {
                <button class="round" aria-label={format!("Close {name}")}
                    onclick={on(&props.dispatch, Action::Close(path.to_owned()))}>
                    { icon(Icon::Cross) }
                </button>
            }
        </span>
    }
}
