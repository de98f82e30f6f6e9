//! The status bar: problem counts, caret position, prompt size, checker, and whether the work is saved.

use super::icon::severity;
use super::on;
use super::outline::unit;
use super::prose::{counted, milliseconds, number};
use crate::browser::engine::build;
use crate::state::action::VersionAction;
use crate::state::{Action, Engine, Offline, Saved, State, problems};
use rolewright_wire::{Severity, Stats};
use yew::prelude::*;

/// The bar.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let [errors, warnings, infos] = problems::counts(&state.shown);
    let part = |s: Severity, n: usize, word: &str| {
        let word = problems::count(n, word).split_off(n.to_string().len());
        html! { <span class={classes!("tally", (n == 0).then_some("zero"))}>{ severity(s) }{ n }<span class="aside">{ word }</span></span> }
    };
    let caret = state.caret;
    html! {
        <footer class="status">
            <button onclick={on(dispatch, Action::Problems)}>
                if state.outcome.is_none() { { "Not checked yet" } } else {
                { part(Severity::Error, errors, "error") }{ part(Severity::Warning, warnings, "warning") }{ part(Severity::Info, infos, "info") }
                }
            </button>
            <span class="wide">
                { format!("Ln {}, Col {}", caret.line, caret.column) }
                if caret.to > caret.from { { format!(" ({} selected)", caret.to - caret.from) } }
            </span>
            { for state.outcome.iter().map(|o| size(&o.analysis.compiled.stats)) }
            { for state.outcome.iter().map(|o| html! {
                <span class="wide">{ format!("{} rules · {}", o.analysis.report.stats.rules_run, milliseconds(o.analysis.check_ms)) }</span>
            }) }
            <span class="wide" data-checker={format!("{:?}", state.engine)}>{ engine(state) }</span>
            <span class="space" />
            if state.embedded {
                <a href="." target="_blank">{ "Open Rolewright" }</a>
            } else {
                <span>{ kept(state.saved) }</span>
                { for state.disk.folder.iter().map(|folder| on_disk(folder, state.disk.dirty)) }
                { network(state, dispatch) }
            }
        </footer>
    }
}

fn size(stats: &Stats) -> Html {
    let tokens = stats.tokens;
    let band = format!(
        "Estimated token count: {} to {}. {} bytes, {} lines.",
        number(tokens.low),
        number(tokens.high),
        number(stats.bytes),
        number(stats.lines),
    );
    let spread = tokens.high.saturating_sub(tokens.low) / 2;
    let limit = stats.limit.as_ref().map(|limit| {
        let class = if limit.used > limit.max { "over" } else { "" };
        html! {
            <span class={classes!("wide", class)}>
                { format!("{} of {}", number(limit.used), counted(limit.max, unit(limit.unit))) }
            </span>
        }
    });
    html! {
        <>
        <span class="wide" title={band}>
            { format!("{} · ~{} ± {}", counted(stats.words, "word"), counted(tokens.estimate, "token"), number(spread)) }
        </span>
        { for limit }
        </>
    }
}

fn engine(state: &State) -> String {
    match state.engine {
        Engine::Loading => "Loading the checker…".into(),
        Engine::Ready if state.stale => "Checking…".into(),
        Engine::Ready => format!("v{}{}", state.facts.version, build()),
        Engine::Stopped(_) => "Checker restarted".into(),
        Engine::Missing => "Checker unavailable".into(),
        Engine::Outdated => "Reload needed".into(),
    }
}

fn kept(saved: Saved) -> &'static str {
    match saved {
        Saved::Yes => "Saved",
        Saved::Pending => "Saving…",
        Saved::Full | Saved::Blocked => "Not saved",
        Saved::Elsewhere => "Open in another tab",
        Saved::Undecided => "Saved as a copy",
    }
}

/// Whether the folder on disk has what the project has.
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
        (false, false) => "Online",
    };
    html! { <span>{ text }</span> }
}
