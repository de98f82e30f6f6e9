//! The help dialog: what the page does, its keyboard shortcuts, and its version.

use super::icon::{Icon, icon};
use super::on;
use crate::browser::{dialog, engine::build};
use crate::state::{Action, Facts, Shared};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub open: bool,
    pub facts: Shared<Facts>,
    pub dispatch: Callback<Action>,
}

/// Keys and their functions.
const KEYS: [(&str, &str); 14] = [
    ("F8", "Next problem; with Shift, the previous one"),
    ("Ctrl .", "Fixes and other actions at the cursor"),
    ("Ctrl Space", "Completions"),
    ("Shift F1", "Explanation of what is at the cursor"),
    ("F12", "Definition of an include or variable"),
    ("F2", "Rename a variable or a file"),
    ("Ctrl Enter", "Compiled prompt"),
    ("Ctrl F", "Find and replace"),
    ("Ctrl S", "Save"),
    ("Alt Z", "Wrap long lines"),
    ("F1", "All commands"),
    ("Ctrl D", "Also select the next occurrence"),
    ("Ctrl Alt ↓", "Add a cursor below; with ↑, above"),
    ("Tab", "Leave the editor; after Escape, if Tab indents"),
];

/// The dialog.
#[component]
pub fn HelpDialog(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| dialog::set_open(&node, *open));
    }
    if !props.open {
        return html! { <dialog ref={node} class="help" aria-label="Help" /> };
    }
    let Facts { version, hosts, rules } = &*props.facts;
    html! {
        <dialog ref={node} class="help" aria-labelledby="help-title"
            onclose={props.dispatch.reform(|_: Event| Action::Help(false))}>
            <header>
                <h2 id="help-title">{ "Rolewright" }</h2>
                <button class="round" aria-label="Close" onclick={on(&props.dispatch, Action::Help(false))}>{ icon(Icon::Cross) }</button>
            </header>
            <p>
                { "Rolewright checks the files that define AI agents, and shows the exact prompt that the model gets. Write on the left; the prompt follows on the right, with the source file of each part in its margin. Click a part to go to its source." }
            </p>
            <p>{ "Everything runs in this browser. Nothing is uploaded, and after the first visit the page works offline." }</p>
            <p>
                <a href="docs/index.html" target="_blank">{ "Read the manual" }</a>
                { ": rules, hosts, templates, the command line, editors and the package." }
            </p>
            <h3>{ "Keyboard shortcuts" }</h3>
            <dl>
                { for KEYS.iter().map(|(key, what)| html! { <div><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div> }) }
            </dl>
            <p class="meta">{ "On a Mac, press Command instead of Ctrl and Option instead of Alt." }</p>
            <h3>{ "About" }</h3>
            <p>
                { format!("Version {version}{}: {} rules, {} hosts. Free software under MIT or Apache 2.0. ", build(), rules.len(), hosts.len()) }
                <a href="lazy/licenses.txt" target="_blank">{ "Third-party licenses" }</a>
            </p>
        </dialog>
    }
}
