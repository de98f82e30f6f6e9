//! The *Host file* panel: the file for the host that the role is compiled for, and the losses on
//! that host.

use super::hosts::permissions;
use super::icon::{Icon, icon, severity};
use super::prose::prose;
use super::{on, role};
use crate::state::action::HostAction;
use crate::state::export::{self, Export};
use crate::state::hosts::Question;
use crate::state::problems::count;
use crate::state::{Action, State};
use rolewright_wire::{Compiled, Outcome, Range, Severity};
use yew::prelude::*;

/// The panel.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let Some(outcome) = &state.outcome else {
        return html! { <p class="empty">{ "The host file appears once the checker has loaded." }</p> };
    };
    let compiled = &outcome.analysis.compiled;
    let title = state.title_of(&compiled.host);
    html! {
        <div class={classes!("host-file", state.stale.then_some("stale"))}>
            <div class="tools">
                <button class="quiet" onclick={on(dispatch, Action::Host(HostAction::Ask(Some(Question::CompiledFor))))}>
                    <span class="compiled-for">{ "Compiled for " }</span><strong>{ title.to_owned() }</strong>{ icon(Icon::Chevron) }
                </button>
                { role::view(outcome, dispatch) }
                <span class="space" />
                if compiled.file.is_some() {
                    <button class="quiet" onclick={on(dispatch, Action::Export(Export::File))}>{ icon(Icon::Copy) }{ "Copy file" }</button>
                    <button class="quiet" onclick={on(dispatch, Action::Export(Export::FileToDisk))}>{ icon(Icon::Down) }{ "Download" }</button>
                }
            </div>
            { verdict(state, title) }
            { losses(compiled, compiled.host == outcome.analysis.report.host, dispatch) }
            if let Some(file) = &compiled.file {
                if !file.path.is_empty() { <p class="file-path"><code>{ &file.path }</code></p> }
                <pre tabindex="0" role="group" aria-label="Host file contents">{ &file.text }</pre>
            }
        </div>
    }
}

/// The host's use of the file, in one or two sentences.
fn verdict(state: &State, title: &str) -> Html {
    let Some(analysis) = state.analysis() else { return Html::default() };
    let (report, compiled) = (&analysis.report, &analysis.compiled);
    if report.host == compiled.host {
        let reason = if report.detected { report.host_reason.as_str() } else { "" };
        let filled = compiled.includes.len() > 1 || !compiled.variables.is_empty();
        let changed = !(compiled.losses.is_empty() && compiled.diagnostics.is_empty());
        let what = match (changed, filled) {
            (true, _) => {
                "This is the host the text is written for: nothing is converted, but not everything stays as it is written. "
            }
            (_, true) => {
                "This is the host the text is written for: only includes and variables are filled in. "
            }
            _ => "This is the host the text is written for, so nothing is converted. ",
        };
        let as_what = if reason.is_empty() { "" } else { "Detected as " };
        return html! { <p class="meta">{ what }{ as_what }{ prose(reason) }</p> };
    }
    let rights = match compiled.permissions {
        Outcome::NotApplicable => "This kind of file contains no permissions.".into(),
        other => format!("Permissions: {}.", permissions(other)),
    };
    let objects = compiled.diagnostics.iter().any(|d| d.severity == Severity::Error);
    let words = match (&compiled.file, analysis.loads) {
        (None, _) if compiled.permissions == Outcome::Widened => html! {
            <>
            { format!("Not converted: {title} would let the role do more than its source allows.") }
            { " To convert it anyway: " }<code>{ export::widening(&state.workspace) }</code>
            </>
        },
        (None, _) => format!("Not converted to {title}.").into(),
        (Some(_), loads) => {
            let verdict = match (loads, objects) {
                (true, _) => "This host loads the file.",
                (false, true) => "This host rejects the file in this form.",
                (false, false) => "The role has errors. Fix them before you use the file.",
            };
            let own = state.title_of(&report.host);
            format!("Converted from {own} to {title}. {verdict} {rights}").into()
        }
    };
    html! {
        <p class={if analysis.loads { "verdict" } else { "verdict rejected" }}>
            { icon(if analysis.loads { Icon::Tick } else { Icon::Cross }) }
            <span>{ words }</span>
        </p>
    }
}

/// The losses and the host's objections, each linked to its place.
fn losses(compiled: &Compiled, same: bool, dispatch: &Callback<Action>) -> Html {
    let line = |how: Severity, path: &str, range: Range, message: &str| {
        html! {
            <li class="loss">{ severity(how) }
                <button class="link" onclick={on(dispatch, Action::reveal(path, range))}>
                    { format!("Line {}", range.start.line) }
                </button>
                <span>{ prose(message) }</span>
            </li>
        }
    };
    let found = compiled.diagnostics.iter();
    let found = found.map(|d| line(d.severity, &d.path, d.range, &d.message));
    let lost = compiled.losses.iter().map(|l| line(l.severity, &l.path, l.range, &l.message));
    let lines: Vec<Html> = found.chain(lost).collect();
    if lines.is_empty() {
        return Html::default();
    }
    let heading = match lines.len() {
        n if same => count(n, "change"),
        1 => "1 change or loss".into(),
        _ => format!("{} changes or losses", lines.len()),
    };
    html! { <div class="losses"><h3>{ heading }</h3><ul>{ for lines }</ul></div> }
}
