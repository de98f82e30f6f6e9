//! The status bar: problem counts, checker, caret position, and whether the work is saved.

use super::icon::severity;
use super::on;
use super::prose::milliseconds;
use crate::browser::engine::build;
use crate::state::action::VersionAction;
use crate::state::{Action, Engine, Offline, Saved, State, problems};
use rolewright_messages::Analysis;
use rolewright_wire::Severity;
use yew::prelude::*;

/// The bar.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let [errors, warnings, infos] = problems::counts(&state.shown);
    let part = |s: Severity, n: usize, word: &str| {
        let word = problems::count(n, word).split_off(n.to_string().len());
        html! { <span class={classes!("tally", (n == 0).then_some("zero"))}>{ severity(s) }{ n }<span class="aside">{ word }</span></span> }
    };
    let caret = state.spot.caret;
    // A phone has no room for an empty bar.
    let calm = matches!(state.kept.saved, Saved::Yes | Saved::Pending)
        && !state.offline.update
        && !state.screen.embedded;
    html! {
        <footer class={classes!("status", calm.then_some("calm"))}>
            <button class="tallies" onclick={on(dispatch, Action::Problems)}>
                if state.outcome.is_none() { { "Not checked yet" } } else if state.workspace.is_blank() { { "Nothing to check" } } else {
                { part(Severity::Error, errors, "error") }{ part(Severity::Warning, warnings, "warning") }{ part(Severity::Info, infos, "info") }
                }
            </button>
            <span class="wide checker" title={format!("Rolewright {}{}", state.facts.version, build())}>{ checker(state) }</span>
            <span class="wide">
                { format!("Ln {}, Col {}", caret.line, caret.column) }
                if caret.to > caret.from { { format!(" ({} selected)", caret.to - caret.from) } }
            </span>
            <span class="space" />
            if state.screen.embedded {
                <a href="." target="_blank">{ "Open Rolewright" }</a>
            } else {
                { network(state, dispatch) }
                { for state.kept.disk.folder.iter().map(|folder| on_disk(folder, state.kept.disk.dirty)) }
                <span class="kept">{ kept(state.kept.saved) }</span>
            }
        </footer>
    }
}

/// The last check and its speed, or the current state of the checker. Its width is fixed, so that
/// nothing next to it moves.
fn checker(state: &State) -> String {
    match (&state.engine, &state.outcome) {
        (Engine::Loading, None) => "Loading the checker…".into(),
        (Engine::Stopped(_), _) => "Checker restarted".into(),
        (Engine::Missing, _) => "Checker unavailable".into(),
        (Engine::Outdated, _) => "Reload needed".into(),
        (_, None) => "Checking…".into(),
        (_, Some(outcome)) => {
            let Analysis { report, check_ms, .. } = &outcome.analysis;
            let took = if state.stale { "checking…".into() } else { milliseconds(*check_ms) };
            format!("{} rules · {took}", report.stats.rules_run)
        }
    }
}

fn kept(saved: Saved) -> &'static str {
    match saved {
        Saved::Yes => "Saved",
        Saved::Pending => "Saving…",
        Saved::Full | Saved::Blocked => "Not saved",
        Saved::Elsewhere => "Also open in another tab",
        Saved::Undecided => "Saved as a copy",
    }
}

/// Whether the folder on disk has the same content as the project.
fn on_disk(folder: &str, dirty: bool) -> Html {
    let text = if dirty { "Not saved to disk" } else { "Saved to disk" };
    html! { <span class="wide" title={format!("Folder: {folder}")}>{ text }</span> }
}

fn network(state: &State, dispatch: &Callback<Action>) -> Html {
    let Offline { ready, cut, update } = state.offline;
    if update {
        return html! {
            <button onclick={on(dispatch, Action::Version(VersionAction::Update))}>{ "Update ready · Reload" }</button>
        };
    }
    let text = match (ready, cut) {
        (_, true) => "Offline",
        (true, false) => "Ready offline ✓",
        (false, false) => return Html::default(),
    };
    html! { <span>{ text }</span> }
}
