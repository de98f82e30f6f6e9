//! The include tree: each file with its bytes, its tokens and its share of the prompt.

use super::on;
use super::prompt::hue;
use super::prose::{number, percent, share};
use crate::state::action::FileAction;
use crate::state::prompt::file_name;
use crate::state::{Action, Outcome};
use rolewright_wire::{Include, IncludeState};
use yew::prelude::*;

/// The tree.
pub fn view(outcome: &Outcome, dispatch: &Callback<Action>) -> Html {
    let nodes = &outcome.analysis.compiled.includes;
    let only = nodes.len() < 2;
    html! {
        <div class="files-of-prompt">
            <table>
                <caption class="aside">{ "Files in the prompt" }</caption>
                <thead><tr>
                    <th scope="col">{ "File" }</th><th scope="col" class="number">{ "Bytes" }</th>
                    <th scope="col" class="number">{ "~Tokens" }</th><th scope="col">{ "Share" }</th>
                </tr></thead>
                <tbody>{ for nodes.iter().enumerate().map(|(i, node)| row(dispatch, outcome, i, node)) }</tbody>
            </table>
            if only {
                <p class="empty">
                    { "This role includes no other files. To include one, put " }<code>{ "{{include:shared/style.md}}" }</code>
                    { " on its own line." }
                </p>
            }
            <p class="meta">{ "A section is counted without its subsections, a file with the files it includes. Token counts are estimates." }</p>
        </div>
    }
}

fn row(dispatch: &Callback<Action>, outcome: &Outcome, index: usize, node: &Include) -> Html {
    let stats = &outcome.analysis.compiled.stats;
    let file = stats.sources.iter().position(|source| source.path == node.path).unwrap_or(0);
    let all = stats.tokens.estimate;
    let state = match node.state {
        IncludeState::Included => None,
        IncludeState::Absent => Some((None, "optional, not found")),
        IncludeState::Missing => Some((Some("error"), "missing")),
        IncludeState::Cycle => Some((Some("error"), "includes itself")),
        IncludeState::Refused => Some((Some("error"), "path not allowed")),
    };
    let known = outcome.request.project.files.contains_key(&node.path);
    let open = if known {
        Action::File(FileAction::Open(node.path.clone()))
    } else {
        node.from.as_ref().map_or(Action::ToEditor, |from| Action::reveal(&from.path, from.range))
    };
    html! {
        <tr key={index}>
            <th scope="row" style={format!("--depth:{}", node.depth)}>
                <button class="link" onclick={on(dispatch, open)}>{ &node.path }</button>
                if let Some(from) = &node.from {
                    { " " }<span class="meta">{ format!("{}:{}", file_name(&from.path), from.range.start.line) }</span>
                }
                if let Some((class, state)) = state { <span class={classes!("chip", class)}>{ state }</span> }
            </th>
            <td class="number">{ number(node.bytes) }</td>
            <td class="number">{ number(node.tokens) }</td>
            <td>
                <span class="bar-of"><span class={hue(file as u32)} style={format!("width:{}%", percent(node.tokens, all))} /></span>
                <span class="number">{ share(node.tokens, all) }</span>
            </td>
        </tr>
    }
}
