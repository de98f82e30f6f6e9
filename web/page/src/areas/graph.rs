//! The *Graph* panel: a picture of the files that include, link or hand off to each other, and an
//! equivalent list.

use super::on;
use super::prompt::hue;
use crate::state::action::FileAction;
use crate::state::graph::{Drawing, Line, Placed};
use crate::state::problems::count;
use crate::state::prompt::file_name;
use crate::state::{Action, State};
use rolewright_messages::{EdgeKind, GraphNode, NodeKind};
use yew::prelude::*;

/// The longest text of a box, in characters.
const FITS: usize = 19;

/// The panel.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let drawing = &*state.graph;
    if drawing.boxes.is_empty() && drawing.apart.is_empty() {
        return html! { <p class="empty">{ "The graph appears when the checker has loaded." }</p> };
    }
    html! {
        <div class="graph">
            if drawing.lines.is_empty() {
                <p class="empty">
                    { "No file refers to another one yet. Files that include, link or hand off to each other appear here. To include one, put " }
                    <code>{ "{{include:shared/style.md}}" }</code>{ " on its own line." }
                </p>
            } else {
                { picture(state, drawing, dispatch) }
                { legend(drawing) }
                { list(drawing, dispatch) }
            }
            { apart(drawing, dispatch) }
        </div>
    }
}

/// The picture. Screen readers get the list instead.
fn picture(state: &State, drawing: &Drawing, dispatch: &Callback<Action>) -> Html {
    let label = format!(
        "{} and {}, listed below",
        count(drawing.boxes.len(), "file"),
        count(drawing.lines.len(), "connection")
    );
    html! {
        <div class="picture" tabindex="0" role="group" aria-label="Graph of includes and handoffs">
            <svg role="img" aria-label={label} style={format!("--width:{}px", drawing.width)}
                viewBox={format!("0 0 {} {}", drawing.width, drawing.height)}>
                <defs>
                    <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
                        <path d="M1 1l6 3-6 3" />
                    </marker>
                </defs>
                { for drawing.lines.iter().map(|line| html! {
                    <path class={classes!("line", class(line.kind))} d={line.curve.clone()} marker-end="url(#arrow)" />
                }) }
                { for drawing.boxes.iter().map(|placed| one_box(state, placed, dispatch)) }
            </svg>
        </div>
    }
}

fn one_box(state: &State, placed: &Placed, dispatch: &Callback<Action>) -> Html {
    let Placed { node, x, y } = placed;
    let (width, height) = Placed::SIZE;
    let current = node.path == state.workspace.active;
    let source = state.analysis().and_then(|analysis| {
        analysis.compiled.stats.sources.iter().position(|source| source.path == node.path)
    });
    let classes = classes!(
        "box",
        hue(source.unwrap_or(0) as u32),
        (node.kind == NodeKind::Role).then_some("is-role"),
        (node.kind == NodeKind::Absent).then_some("is-absent"),
        (node.kind == NodeKind::Missing).then_some("is-missing"),
        current.then_some("is-current"),
    );
    let lack = lack(node.kind);
    let onclick =
        lack.is_none().then(|| on(dispatch, Action::File(FileAction::Open(node.path.clone()))));
    html! {
        <g key={node.path.clone()} class={classes} transform={format!("translate({x} {y})")} {onclick}>
            <title>{ node.path.clone() }</title>
            <rect width={width.to_string()} height={height.to_string()} rx="6" />
            <text x="14" y="19" class="box-title">{ start(&node.title) }</text>
            <text x="14" y="36" class="box-path">{ lack.map_or_else(|| end(below(node)), String::from) }</text>
        </g>
    }
}

/// The text below a box's title: the folder, if the title is already the file's name.
fn below(node: &GraphNode) -> &str {
    match node.path.rsplit_once('/') {
        Some((folder, name)) if name.starts_with(node.title.as_str()) => folder,
        _ => &node.path,
    }
}

/// Why a file cannot be opened.
fn lack(kind: NodeKind) -> Option<&'static str> {
    match kind {
        NodeKind::Role | NodeKind::File => None,
        NodeKind::Absent => Some("optional, not found"),
        NodeKind::Missing => Some("missing"),
    }
}

/// The start of a text, as much as fits in a box.
fn start(text: &str) -> String {
    match text.char_indices().nth(FITS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.into(),
    }
}

/// The end of a path, as much as fits in a box: the file name matters more than the folders.
fn end(path: &str) -> String {
    // It is smaller, but monospaced.
    let fits = FITS - 1;
    let all = path.chars().count();
    match path.char_indices().nth(all.saturating_sub(fits)) {
        Some((at, _)) if all > fits => format!("…{}", path.get(at..).unwrap_or(path)),
        _ => path.into(),
    }
}

fn class(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Includes => "includes",
        EdgeKind::Links => "links",
        EdgeKind::HandsOver => "hands-over",
    }
}

fn words(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Includes => "includes",
        EdgeKind::Links => "links to",
        EdgeKind::HandsOver => "hands off to",
    }
}

/// The legend of the lines that are drawn.
fn legend(drawing: &Drawing) -> Html {
    let kinds = [EdgeKind::Includes, EdgeKind::Links, EdgeKind::HandsOver];
    let drawn = kinds.into_iter().filter(|kind| drawing.lines.iter().any(|l| l.kind == *kind));
    html! {
        <p class="meta key-of-lines" aria-hidden="true">
            { for drawn.map(|kind| html! {
                <span><svg width="32" height="8"><path class={classes!("line", class(kind))} d="M1 4h30" /></svg>{ words(kind) }</span>
            }) }
        </p>
    }
}

fn list(drawing: &Drawing, dispatch: &Callback<Action>) -> Html {
    let row = |line: &Line| {
        let (from, to) = (drawing.boxes.get(line.from)?, drawing.boxes.get(line.to)?);
        let show = Action::reveal(&from.node.path, line.at);
        let target = match drawing.openable(line.to) {
            Some(path) => {
                html! { <button class="link" onclick={on(dispatch, Action::File(FileAction::Open(path.to_owned())))}>{ path.to_owned() }</button> }
            }
            None => {
                let class = (to.node.kind == NodeKind::Missing).then_some("error");
                html! {
                    <>
                    <code>{ &to.node.path }</code>{ " " }
                    <span class={classes!("chip", class)}>{ lack(to.node.kind).unwrap_or_default() }</span>
                    </>
                }
            }
        };
        Some(html! {
            <tr>
                <th scope="row"><button class="link" title={from.node.path.clone()} onclick={on(dispatch, show)}>
                    { format!("{}:{}", file_name(&from.node.path), line.at.start.line) }
                </button></th>
                <td>{ words(line.kind) }</td>
                <td>{ target }</td>
            </tr>
        })
    };
    html! {
        <table>
            <caption class="aside">{ "Connections between files" }</caption>
            <thead><tr><th scope="col">{ "Place" }</th><th scope="col">{ "Connection" }</th><th scope="col">{ "File" }</th></tr></thead>
            <tbody>{ for drawing.lines.iter().filter_map(row) }</tbody>
        </table>
    }
}

fn apart(drawing: &Drawing, dispatch: &Callback<Action>) -> Html {
    if drawing.apart.is_empty() || drawing.lines.is_empty() {
        return Html::default();
    }
    let one = |node: &GraphNode| {
        html! { <li><button class="link" onclick={on(dispatch, Action::File(FileAction::Open(node.path.clone())))}>{ &node.path }</button></li> }
    };
    html! {
        <section class="apart">
            <h3>{ "Not connected" }</h3>
            <ul>{ for drawing.apart.iter().map(one) }</ul>
        </section>
    }
}
